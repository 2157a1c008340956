"""The options that select calls, the same in every report about calls."""

import json
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from cli.arguments import completion
from cli.arguments.completion import names
from cli.arguments.time_options import Period
from cli.output.invalid_argument import InvalidArgument, with_nearest
from warmline.text.written_time import durations

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
        help="Only calls with this outcome: answered, missed, failed, fallback, dialplan, login_refused or live.",
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
Server = Annotated[
    str,
    typer.Option(
        "--server",
        metavar="SERVER",
        help="Only calls on this Asterisk server, such as main.",
        autocompletion=completion.servers,
    ),
]
OfLead = Annotated[
    int | None, typer.Option("--lead", metavar="LEAD", min=1, max=2**63 - 1, help="Only calls with this lead.")
]
Notes = Annotated[
    str,
    typer.Option(
        "--notes",
        metavar="WORDS",
        help="Only calls with all of these words in the agent's notes. A word also finds longer ones.",
    ),
]

Marked = Annotated[
    str,
    typer.Option(
        "--mark",
        metavar="MARK",
        autocompletion=completion.marks,
        help="Only calls with this mark: coaching, praise, complaint or followup.",
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
    lead: int | None = None,
    notes: str = "",
    server: str = "",
    mark: str = "",
) -> "CallFilter":
    """Return the filter that the options describe.

    Raises typer.BadParameter; NotFound for a name that does not exist and never existed; StoreError.
    """
    from warmline.store.reports.call_filter import CallFilter

    shortest, longest = check_words(transfer, outcome, length, mark)
    check(campaign=campaign, ingroup=ingroup, agent=agent, disposition=disposition, server=server)
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
        lead=lead,
        noted=_with_notes(notes) if notes else "",
        server=server,
        mark=mark,
    )


def check_words(transfer: str, outcome: str, length: str, mark: str = "") -> tuple[int | None, int | None]:
    """Check the options with words of their own; return the shortest and the longest talk time in microseconds.

    Raises typer.BadParameter.
    """
    from warmline.store.calls.call_comments import MARKS
    from warmline.store.reports.call_filter import OUTCOMES
    from warmline.store.reports.transfers import KINDS

    one_of("--mark", mark, MARKS)
    one_of("--transfer", transfer, KINDS)
    one_of("--outcome", outcome, OUTCOMES)
    return _lengths(length)


def _with_notes(words: str) -> str:
    """Return the calls with these words in their notes, as JSON, also of notes of the last seconds."""
    from warmline.store.database.database import StoreError
    from warmline.store.notes import note_index
    from warmline.system import settings

    path = settings.load().db
    with suppress(StoreError):  # a user who may only read searches what the app has indexed
        note_index.fill(path, time.time_ns() // 1000)
    return json.dumps(note_index.search(path, words))


def check(**named: str) -> None:
    """Check that each name exists or existed; the keyword is its kind. Raises NotFound, StoreError."""
    from warmline.store.reports import filter_names_check
    from warmline.system import settings

    filter_names_check.check(settings.load().db, **named)


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
    try:
        return durations(text)
    except ValueError:
        raise InvalidArgument(
            "length_invalid", "--length cannot be {value!r}; allowed: 10s..2m, 1h.. or ..5s", value=text
        ) from None
