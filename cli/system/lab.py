"""`warmline lab`: a private Asterisk with Warmline on loopback, for trials and tests."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cli.arguments import completion
from cli.client import own_program
from cli.output.exit_codes import ExitCode
from cli.output.json_output import Json, print_json
from cli.output.printing import complain
from cli.output.table import print_table
from lab import demo_config, instance
from lab.description import Lab, read
from lab.lab_error import LabError
from warmline.core.messages.values.server_action import MAIN_SERVER

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
Servers = Annotated[
    int | None,
    typer.Option(
        metavar="NUMBER",
        help="How many Asterisks the app has, 1 to 5. Without --servers, as many as at the folder's last start, or 1.",
    ),
]
Front = Annotated[
    bool,
    typer.Option(
        "--front",
        help="Put Debian's Kamailio before the servers. Phones register there, and it shares callers out. It is there "
        "until the lab is stopped.",
    ),
]
Server = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="The server to call, such as b in a lab with several servers; or front.",
        autocompletion=completion.words("main", "b", "c", "front"),
    ),
]
Did = Annotated[str, typer.Option("--to", metavar="DID", help="The number to call, such as one that `lab up` shows.")]
Number = Annotated[str, typer.Option("--from", metavar="NUMBER", help="The customer's own number, of 7 to 15 digits.")]
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
    servers: Servers = None,
    front: Front = False,
    as_json: Json = False,
) -> None:
    def say(text: str) -> None:
        print(f"Asterisk: {text}", file=sys.stderr)

    with _clear_errors():
        lab = instance.up(directory, trunk, config, say, servers, front)
    _show(lab, as_json)


def down(directory: Folder) -> None:
    with _clear_errors():
        was_running = instance.down(directory)
    print(f"The lab in {directory} has ended." if was_running else f"The lab in {directory} was not running.")


def restart_app(directory: Folder, as_json: Json = False) -> None:
    with _clear_errors():
        lab = instance.restart_app(directory)
    _show(lab, as_json)


def call(
    directory: Folder,
    to: Did = demo_config.DID,
    number: Number = demo_config.CUSTOMER,
    server: Server = MAIN_SERVER,
) -> None:
    from lab import customer

    with _clear_errors():
        customer.call(read(directory), to, number, partial(print, flush=True), server)


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
    print("\nNext, log in as agent at the address of the workspace, or run:", *_next_commands(lab), sep="\n  ")


def _summary(lab: Lab) -> list[tuple[str, str]]:
    first, last = min(lab.phones), max(lab.phones)
    numbers = ", ".join(f"{number} {what}" for what, number in lab.numbers.items())
    phone = lab.phones[first]
    logins = [(user, f"user {user}, password {one['password']}") for user, one in lab.users.items()]
    return [
        ("workspace", f"{lab.api}/workspace/"),
        *logins,
        ("SIP", f"{lab.sip} (UDP)"),
        *((f"SIP of {name}", f"{one['sip']} (UDP)") for name, one in lab.servers.items() if name != MAIN_SERVER),
        *((("SIP of the front", f"{lab.front} (UDP)"),) if lab.front else ()),
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
    program = own_program.program()
    return [
        f"{program} lab call --dir {lab.dir}",
        f"export WARMLINE_CONFIG={lab.dir}/warmline.toml",
        f"{program} agent status",
        f"{program} call list",
        f"{program} lab down --dir {lab.dir}",
    ]
