"""`warmline route …`: where a call would go, or went, with each rule, its answer and the reason."""

from pathlib import Path
from typing import Annotated

import typer

from cli.arguments import completion
from cli.arguments.completion import names
from cli.arguments.time_options import Precise
from cli.output import time_format, time_zone
from cli.output.exit_codes import ExitCode
from cli.output.invalid_argument import InvalidArgument
from cli.output.json_output import Json, print_json
from warmline.core.rules import call_data
from warmline.system import settings

Number = Annotated[
    str,
    typer.Argument(
        metavar="[NUMBER]",
        show_default=False,
        help="The number that the caller dials, as with --did.",
        autocompletion=names("did"),
    ),
]
Did = Annotated[
    str,
    typer.Option(metavar="NUMBER", help="The number that the caller dials.", autocompletion=names("did")),
]
InGroup = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="The in-group in which the call begins, instead of a dialled number.",
        autocompletion=names("ingroup"),
    ),
]
Cid = Annotated[str, typer.Option(metavar="NUMBER", help="The caller's number.")]
At = Annotated[
    str,
    typer.Option(
        metavar="TIME",
        help='The time of the call, such as "2026-12-24 18:05", "sunday 10:00" or +2h. The default is now.',
    ),
]
Data = Annotated[
    list[str] | None,
    typer.Option(
        "--data",
        metavar="NAME=VALUE",
        help="An item of the call's data, as if the dialplan had set WARMLINE_DATA_name. The option can be repeated.",
    ),
]
Agents = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="A file with the agents who are logged in: TOML, or JSON of `agent status --json`. Without --agents, "
        "the running app names them.",
    ),
]
Wanted = Annotated[
    str,
    typer.Argument(
        metavar="CALL",
        help="A call's id, the beginning of its id, its agent API id, Asterisk's id of its channel, or `last`.",
        autocompletion=completion.calls,
    ),
]


def simulate(
    number: Number = "",
    did: Did = "",
    ingroup: InGroup = "",
    cid: Cid = "",
    at: At = "",
    data: Data = None,
    agents: Agents = None,
    as_json: Json = False,
) -> None:
    from cli.arguments.time_options import call_time
    from cli.route import route_page, route_simulation

    if sum(map(bool, (number, did, ingroup))) != 1:
        raise InvalidArgument("route_target_not_one", "give one of NUMBER, --did and --ingroup")
    did = did or number
    database = str(settings.load().db)
    rules = route_simulation.load(database)
    zone = time_zone.named(rules.timezone)
    when = call_time(at, "--at", zone)
    asked = route_simulation.SimulatedCall(did, ingroup, cid, when.at, agents, _items(data or []))
    found = route_simulation.simulate(database, rules, asked)
    if as_json:
        print_json(route_page.document(asked, found, when, rules.timezone))
    else:
        route_page.print_page(asked, found, when, zone)
    if not found.routed:
        raise typer.Exit(ExitCode.FAILED)


def _items(texts: list[str]) -> tuple[tuple[str, str], ...]:
    """Return the names and values of `--data`. Raises InvalidArgument."""
    for text in texts:
        if not call_data.is_name(text.partition("=")[0]) or "=" not in text:
            raise InvalidArgument(
                "data_item_invalid",
                "--data {text!r} is not an item of data; allowed: NAME=VALUE, a name of 1 to 32 letters, digits and _",
                text=text,
            )
    return tuple((name, value) for name, _, value in (text.partition("=") for text in texts))


def why(wanted: Wanted, precise: Precise = False, as_json: Json = False) -> None:
    from cli.route import route_reasons
    from warmline.store.calls import call_story

    time_format.precise = precise
    story = call_story.story(settings.load().db, wanted)
    if as_json:
        print_json(route_reasons.document(story))
    else:
        route_reasons.print_page(story)
