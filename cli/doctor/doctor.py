"""`warmline doctor`: check the installation, and print how to fix each fault."""

import os
import subprocess
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer

from cli.arguments import completion
from cli.client import ari_console
from cli.output.exit_codes import ExitCode
from cli.output.invalid_argument import with_nearest
from cli.output.json_output import Json, print_json
from cli.output.printing import complain, console, printable
from cli.output.table import print_table
from warmline.centre import app_client
from warmline.centre.app_answer import AppAway
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.database.errors import NotFound, unknown
from warmline.system import settings
from warmline.system.server_settings import every_server

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cli.doctor.check_list import CheckResult
    from cli.doctor.facts.finding import Check

MARKS = {"good": "✓", "note": "·", "warning": "!", "error": "✗"}
COLOURS = {"good": "green", "note": "blue", "warning": "yellow", "error": "red"}


def checks(incomplete: str) -> list[str]:
    """Return the names of the checks."""
    from cli.doctor.check_list import TABLE

    return completion.beginning(incomplete, (one.name for one in TABLE))


Fix = Annotated[
    bool,
    typer.Option("--fix", help="Run the safe commands: they create what is missing, or restrict the access to files."),
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only", metavar="CHECK", help="Run only this check. You can repeat the option.", autocompletion=checks
    ),
]

OfServer = Annotated[
    str,
    typer.Option(
        "--server",
        metavar="SERVER",
        help="Check only this Asterisk server, such as main. The default is all of them.",
        autocompletion=completion.servers,
    ),
]
End = Annotated[bool, typer.Option("--end", help="Hang up the channels, and destroy the bridges.")]


def doctor(
    context: typer.Context, fix: Fix = False, only: Only = None, server: OfServer = "", as_json: Json = False
) -> None:
    if context.invoked_subcommand:
        return
    checks = _of_server(_chosen(only), server)
    results = _look(checks, server, shown=not (as_json or fix))
    if fix and _fix(results):
        results = _look(checks, server, shown=False)
    if as_json:
        print_json([_as_json(result) for result in results])
    else:
        _print_rest(results, all_of_it=fix)
    worst = {result.finding.severity for result in results}
    if "error" in worst:
        raise typer.Exit(ExitCode.FAILED)
    if worst & {"warning", "unknown"}:
        raise typer.Exit(ExitCode.DIFFERS)


def _chosen(only: "Sequence[str] | None") -> "list[Check]":
    from cli.doctor.check_list import TABLE

    names = [check.name for check in TABLE]
    if unknown := [name for name in only or () if name not in names]:
        raise with_nearest(
            NotFound(
                "check_unknown",
                "check {check!r} does not exist; allowed: {known}",
                check=unknown[0],
                known=", ".join(names),
            ),
            unknown[0],
            names,
        )
    return [check for check in TABLE if not only or check.name in only]


def _of_server(checks: "list[Check]", server: str) -> "list[Check]":
    """Return the checks about a server; all of them for "". Raises NotFound for an unknown server."""
    from cli.doctor import server_check

    if not server:
        return checks
    known = [one.name for one in every_server(settings.load())]
    if server not in known:
        raise unknown("server", server, known)
    return [check for check in checks if (check.name == server_check.NAME) is (server != MAIN_SERVER)]


def _look(checks: "Sequence[Check]", server: str, *, shown: bool) -> "list[CheckResult]":
    """Run the checks. With `shown`, print each good result at once."""
    from cli.doctor.check_list import run
    from cli.doctor.facts.check_facts import CheckFacts

    file = Path(os.environ.get("WARMLINE_CONFIG", settings.DEFAULT_FILE)).absolute()
    results, known = [], settings.load()
    with suppress(FileNotFoundError):
        open(known.db, "rb").close()  # a user without this right learns so at once, and not from half of the checks
    for result in run(CheckFacts(known, file, server=server), checks):
        results.append(result)
        if shown and not _is_to_fix(result):
            _print(result)
    return results


def _is_to_fix(result: "CheckResult") -> bool:
    return result.finding.severity in ("error", "warning")


def _print_rest(results: "Sequence[CheckResult]", *, all_of_it: bool) -> None:
    """Print the faults below the good results, and the number of each."""
    bad = [result for result in results if _is_to_fix(result)]
    fine = [result for result in results if result.finding.severity in ("good", "note")]
    for result in (*(fine if all_of_it else ()), *bad):
        _print(result)
    unknown = _print_unknown(results)
    parts = [(len(bad), "to fix"), (unknown, "not checked"), (len(fine), "ok")]
    console().print("\n" + ", ".join(f"{number} {what}" for number, what in parts if number))


def _fix(results: "Iterable[CheckResult]") -> bool:
    """Run the safe commands; return whether there was one."""
    safe = dict.fromkeys(one.finding.fix for one in results if one.finding.safe)
    for command in safe:
        complain(f"$ {command}")
        subprocess.run(command, shell=True, check=False)  # noqa: S602 - our own commands, their words quoted
    return bool(safe)


def _print(result: "CheckResult") -> None:
    from rich.text import Text

    name, finding = result
    if finding.severity == "unknown":
        return
    out = console()
    colour = COLOURS[finding.severity]
    out.print(Text.assemble((MARKS[finding.severity], colour), " ", (f"{name}: ", "bold"), printable(finding.found)))
    if finding.why:
        out.print(Text(printable(f"    {finding.why}")))
    if finding.fix:
        mark = "→" if finding.by_hand else "$"
        out.print(Text(printable(f"    {mark} {finding.fix}", "\n\t"), style="cyan"), soft_wrap=True)


def _print_unknown(results: "Iterable[CheckResult]") -> int:
    """Print, for each reason once, the checks that could not run; return how many. The reason is another finding."""
    from rich.text import Text

    reasons: dict[str, list[str]] = {}
    for name, finding in results:
        if finding.severity == "unknown":
            reasons.setdefault(finding.found, []).append(name)
    for reason, names in reasons.items():
        console().print(Text.assemble(("?", "dim"), " ", (f"{', '.join(names)}: ", "bold"), f"not checked: {reason}"))
    return sum(map(len, reasons.values()))


def _as_json(result: "CheckResult") -> dict[str, object]:
    return {"check": result.check, **result.finding._asdict()}


def _end_orphan(path: str) -> None:
    """End a channel or bridge on the server that has it; the others do not know its id. Raises AppAway.

    A server that does not answer keeps none from being ended on another one.
    """
    known, silent = settings.load(), list[AppAway]()
    for server in every_server(known):
        try:
            status, _ = ari_console.ask(known, "DELETE", path, server.name)
        except AppAway as problem:
            silent.append(problem)
        else:
            if status < HTTPStatus.BAD_REQUEST:
                return
    if silent:
        raise silent[0]


def orphans(end: End = False, as_json: Json = False) -> None:
    found = app_client.get(settings.load(), "orphans")
    if end:
        for kind, names in found.items():
            for name in names:
                _end_orphan(f"{kind}/{quote(name)}")
                complain(f"{kind[:-1]} {name} has been ended")
        found = app_client.get(settings.load(), "orphans")
    if as_json:
        print_json(found)
    elif any(found.values()):
        print_table(("orphan", "id"), [(kind[:-1], name) for kind, names in found.items() for name in names])
    else:
        print("none: every channel and bridge belongs to a call or an agent")
    if any(found.values()):
        raise typer.Exit(ExitCode.FAILED)


def look_for_sounds(as_json: Json = False) -> None:
    from cli.doctor.facts import sound_files

    known = settings.load()
    folder = sound_files.folder(known)
    try:
        found = sound_files.missing(known.db, folder)
    except OSError as error:
        complain(f"{error.filename}, Asterisk's folder of sounds, cannot be read: {error.strerror}")
        raise typer.Exit(ExitCode.FAILED) from None
    if as_json:
        print_json([one._asdict() for one in found])
    elif found:
        print_table(("of", "option", "file"), [(f"{one.kind} {one.name}", one.option, one.file) for one in found])
        print(f"\nMissing in {folder}; put them there, or name others.")
    else:
        print(f"none is missing in {folder}")
    if found:
        raise typer.Exit(ExitCode.FAILED)
