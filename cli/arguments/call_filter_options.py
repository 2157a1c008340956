"""The options that select calls, the same in every report about calls."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from cli.arguments import completion
from cli.arguments.completion import names
from cli.arguments.time_options import Period
from cli.output.invalid_argument import InvalidArgument, with_nearest
from warmline.text.written_time import duration

if TYPE_CHECKING:
    from warmline.store.reports.call_filter import CallFilter

Campaign = Annotated[
    str,
    typer.Option(
        "--campaign", metavar="NAME", help="Only calls of this campaign's agents.", autocompletion=names("campaign")
    ),
]
Ingroup = Annotated[
    str,
    typer.Option(
        "--ingroup", metavar="NAME", help="Only calls that waited in this in-group.", autocompletion=names("ingroup")
    ),
]
Agent = Annotated[
    str,
    typer.Option("--agent", metavar="USER", help="Only calls that this agent was in.", autocompletion=names("agent")),
]
Number = Annotated[str, typer.Option("--number", metavar="N", help="Only calls from or to this number.")]
Code = Annotated[
    str,
    typer.Option(
        "--disposition", metavar="CODE", help="Only calls with this disposition.", autocompletion=names("disposition")
    ),
]
Transferred = Annotated[
    str,
    typer.Option(
        "--transfer",
        metavar="COMMAND",
        autocompletion=completion.transfers,
        help="Only calls with this transfer, such as LEAVE_3WAY_CALL.",
    ),
]
OfOutcome = Annotated[
    str,
    typer.Option(
        "--outcome",
        metavar="OUTCOME",
        autocompletion=completion.outcomes,
        help="Only calls with this outcome: answered, missed, failed, fallback or live.",
    ),
]
Recorded = Annotated[
    bool | None,
    typer.Option(
        "--recorded/--not-recorded", help="Only calls with a recording. With --not-recorded, only calls without one."
    ),
]
Length = Annotated[
    str,
    typer.Option(
        "--length",
        metavar="A..B",
        help="Only calls with a talk time of at least A and less than B, such as 10s..2m, 1h.. or ..5s.",
    ),
]


def asked_calls(
    of: Period,
    campaign: str = "",
    ingroup: str = "",
    agent: str = "",
    number: str = "",
    disposition: str = "",
    transfer: str = "",
    outcome: str = "",
    recorded: bool | None = None,
    length: str = "",
) -> "CallFilter":
    """Return the filter that the options describe.

    Raises typer.BadParameter; NotFound for a name that does not exist and never existed.
    """
    from warmline.store.reports.call_filter import OUTCOMES, CallFilter
    from warmline.store.reports.transfers import KINDS

    one_of("--transfer", transfer, KINDS)
    one_of("--outcome", outcome, OUTCOMES)
    shortest, longest = _lengths(length)
    check(campaign=campaign, ingroup=ingroup, agent=agent, disposition=disposition)
    return CallFilter(
        start=of.start,
        end=of.end,
        campaign=campaign,
        ingroup=ingroup,
        agent=agent,
        number=number,
        disposition=disposition,
        transfer=transfer,
        outcome=outcome,
        recorded=recorded,
        shortest=shortest,
        longest=longest,
    )


def check(**named: str) -> None:
    """Check that each name exists or existed; the keyword is its kind. Raises NotFound, StoreError."""
    from warmline.store.reports import name_check
    from warmline.system import settings

    name_check.check(settings.load().db, **named)


def one_of(option: str, value: str, known: Iterable[str]) -> None:
    """Check that a word is a known one. Raises typer.BadParameter."""
    if value and value not in known:
        raise with_nearest(
            InvalidArgument(
                "filter_word_unknown",
                "{option} cannot be {value!r}; allowed: {allowed}",
                option=option,
                value=value,
                allowed=", ".join(known),
            ),
            value,
            known,
        )


def _lengths(text: str) -> tuple[int | None, int | None]:
    """Return the shortest and the longest length in microseconds; None for no limit."""
    first, dots, last = text.partition("..")
    try:
        if text and not (dots and (first or last)):
            raise ValueError
        return (duration(first) if first else None), (duration(last) if last else None)
    except ValueError:
        raise InvalidArgument(
            "length_invalid", "--length cannot be {value!r}; allowed: 10s..2m, 1h.. or ..5s", value=text
        ) from None
