"""`warmline demo`: one warm transfer on a private Asterisk, judged by its sound."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from cli.arguments import completion
from cli.output.exit_codes import ExitCode
from cli.output.invalid_argument import InvalidArgument
from cli.output.printing import complain
from cli.place import own_program

THIRDS = ("answers", "never-answers")  # of lab/demo.py

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


def demo(directory: Folder = None, third: Third = "answers") -> None:
    if third not in THIRDS:
        raise InvalidArgument(
            "demo_third_unknown", "invalid --third {value!r}; allowed: {known}", value=third, known=", ".join(THIRDS)
        )
    from lab.demo import play
    from lab.lab_error import LabError

    try:
        is_true = play(directory, third)
    except LabError as error:
        complain(f"the demo cannot be played: {error}")
        raise typer.Exit(ExitCode.FAILED) from None
    except OSError as error:
        complain(f"the demo cannot be played: {error.filename}: {error.strerror}")
        raise typer.Exit(ExitCode.FAILED) from None
    except asyncio.CancelledError:
        complain("the demo was interrupted; its lab has been ended")
        raise typer.Exit(ExitCode.FAILED) from None
    print(f"To take calls in your browser, start a lab: {own_program.starts_lab()}")
    if not is_true:
        raise typer.Exit(ExitCode.FAILED)
