"""`warmline demo`: warm transfers or a campaign on private Asterisk servers, judged by their sound."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from cli.arguments import completion
from cli.client import own_program
from cli.output.exit_codes import ExitCode
from cli.output.invalid_argument import InvalidArgument
from cli.output.json_output import Json, print_json
from cli.output.printing import complain

THIRDS = ("answers", "never-answers")  # of lab/demo.py
FEWEST, MOST = 8, 20  # of lab/outbound

Folder = Annotated[
    Path | None,
    typer.Option(
        "--dir",
        metavar="DIR",
        readable=False,
        help="A new folder for the lab, which keeps recordings and logs. Without --dir, the lab is removed.",
    ),
]
Third = Annotated[
    str,
    typer.Option(
        "--third",
        metavar="BEHAVIOUR",
        help="Behaviour of the third party: answers or never-answers.",
        autocompletion=completion.words(*THIRDS),
    ),
]


FewerLeads = Annotated[
    int,
    typer.Option(
        "--leads",
        metavar="N",
        help=f"How many leads are called: {FEWEST} to {MOST}. The first {FEWEST} show each behaviour once.",
    ),
]


def demo(context: typer.Context, directory: Folder = None, third: Third = "answers") -> None:
    if context.invoked_subcommand:
        return
    if third not in THIRDS:
        raise InvalidArgument(
            "demo_third_unknown", "invalid --third {value!r}; allowed: {known}", value=third, known=", ".join(THIRDS)
        )
    from lab.demo import play, sound_file

    with _explained():
        is_true = play(directory, third)
    print(f"To take calls in your browser, start a lab: {own_program.starts_lab()}")
    if not is_true:
        raise typer.Exit(ExitCode.FAILED)
    print(f"Listen to {sound_file(directory)}: the agent goes; customer (left) and third party (right) talk on.")


def outbound(directory: Folder = None, leads: FewerLeads = MOST, as_json: Json = False) -> None:
    if not FEWEST <= leads <= MOST:
        raise InvalidArgument(
            "demo_leads_range",
            "invalid --leads {value}; allowed: {fewest} to {most}",
            value=leads,
            fewest=FEWEST,
            most=MOST,
        )
    from lab.outbound.outbound_demo import play

    with _explained():
        document = play(directory, leads, as_json=as_json)
    if as_json:
        print_json(document)
    if not document["holds"]:
        raise typer.Exit(ExitCode.FAILED)


def servers(directory: Folder = None, as_json: Json = False) -> None:
    from lab.servers.servers_demo import play

    with _explained():
        document = play(directory, as_json=as_json)
    if as_json:
        print_json(document)
    if not document["holds"]:
        raise typer.Exit(ExitCode.FAILED)


@contextmanager
def _explained() -> Iterator[None]:
    """Say why a demo cannot be played, and exit."""
    from lab.lab_error import LabError

    try:
        yield
    except LabError as error:
        complain(f"the demo cannot be played: {error}")
    except OSError as error:
        complain(f"the demo cannot be played: {error.filename}: {error.strerror}")
    except asyncio.CancelledError:
        complain("the demo was interrupted; its lab has been ended")
    else:
        return
    raise typer.Exit(ExitCode.FAILED)
