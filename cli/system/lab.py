"""`warmline lab`: a private Asterisk with Warmline on loopback, for trials and tests."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cli.output.exit_codes import ExitCode
from cli.output.json_output import Json, print_json
from cli.output.printing import complain
from cli.output.table import print_table
from lab import instance
from lab.description import Lab
from lab.lab_error import LabError

Folder = Annotated[
    Path,
    typer.Option("--dir", metavar="DIR", readable=False, help="The folder of the lab; all of its files are below it."),
]
Trunk = Annotated[
    str,
    typer.Option(
        metavar="HOST:PORT",
        help="The address of a SIP peer on loopback for outgoing calls. Without --trunk, these calls reach the "
        "lab's own numbers.",
    ),
]
Changes = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="A TOML file of configuration changes, such as campaign_recording = 'ALLCALLS' below [campaign.TESTCAMP].",
    ),
]


def up(
    directory: Folder,
    trunk: Trunk = "",
    config: Changes = None,
    as_json: Json = False,
) -> None:
    with _clear_errors():
        lab = instance.up(directory, trunk, config, lambda text: print(f"Asterisk: {text}", file=sys.stderr))
    _show(lab, as_json)


def down(directory: Folder) -> None:
    with _clear_errors():
        was_running = instance.down(directory)
    print(f"The lab in {directory} has ended." if was_running else f"The lab in {directory} was not running.")


def restart_app(directory: Folder, as_json: Json = False) -> None:
    with _clear_errors():
        lab = instance.restart_app(directory)
    _show(lab, as_json)


@contextmanager
def _clear_errors() -> Iterator[None]:
    try:
        yield
    except LabError as error:
        complain(error)
        raise typer.Exit(ExitCode.FAILED) from None


def _show(lab: Lab, as_json: bool) -> None:
    if as_json:
        print_json(asdict(lab))
        return
    print_table(("lab", lab.dir), _summary(lab))
    print("\nNext, for example:", *_next_commands(lab), sep="\n  ")


def _summary(lab: Lab) -> list[tuple[str, str]]:
    first, last = min(lab.phones), max(lab.phones)
    numbers = ", ".join(f"{number} {what}" for what, number in lab.numbers.items())
    phone = lab.phones[first]
    return [
        ("SIP", f"{lab.sip} (UDP)"),
        ("phones", f"{first} to {last}; password of {first}: {phone['password']}; all: {lab.dir}/lab.json"),
        ("log in", f"dial {phone['login']} on a phone"),
        ("call in", ", ".join(f"{did} → {route}" for did, route in lab.dids.items())),
        ("call out", numbers),
        ("agent API", f"{lab.api}/agc/api.php, user {lab.api_user['user']}, pass {lab.api_user['pass']}"),
        ("database", lab.db),
        ("recordings", lab.recordings),
        ("logs", f"{lab.dir}/log"),
    ]


def _next_commands(lab: Lab) -> list[str]:
    return [
        f"export WARMLINE_CONFIG={lab.dir}/warmline.toml",
        "warmline agent status",
        "warmline call list",
        f"warmline lab down --dir {lab.dir}",
    ]
