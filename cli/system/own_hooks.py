"""`warmline hook new`, `list`, `test` and `log`."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.arguments import completion
from cli.output.exit_codes import ExitCode
from cli.output.invalid_argument import InvalidArgument
from cli.output.json_output import Json, print_json
from cli.output.printing import complain, printable
from cli.output.table import print_table
from cli.output.time_format import date_and_time, iso
from warmline.system import settings
from warmline.system.server_settings import folders_by_server

Folder = Annotated[
    Path | None,
    typer.Option("--folder", metavar="FOLDER", help="The hooks folder. The default is the setting `hooks`."),
]
MEMBERS = ("at", "hook", "call", "by", "ok", "answer", "why", "ms", "printed")


def new(
    name: Annotated[
        str, typer.Argument(metavar="NAME", show_default=False, help="A word of small letters, digits and _.")
    ],
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Write the files to this folder.")] = Path(),
    as_json: Json = False,
) -> None:
    from cli.system import hook_skeleton

    hook, test_file = hook_skeleton.write(name, to)
    if as_json:
        print_json({"files": [str(hook), str(test_file)]})
        return
    print(f"{hook}: the hook")
    print(f"{test_file}: its test; run it with: {sys.executable} {test_file}")


def list_(folder: Folder = None, as_json: Json = False) -> None:
    from warmline.hooks.worker_process import own_worker
    from warmline.system import hook_request

    with own_worker(_folder(folder)) as path:
        found = _worked(hook_request.ask(path, "list", "", 5.0, {}))
    if as_json:
        functions = [{"hook": hook, "file": file, "line": line} for hook, file, line in found["functions"]]
        errors = [{"file": file, "why": why} for file, why in found["errors"].items()]
        print_json({"functions": functions, "errors": errors})
    else:
        print_table(("hook", "file", "line"), [(hook, file, str(line)) for hook, file, line in found["functions"]])
        for file, why in found["errors"].items():
            complain(f"hooks file {printable(file)} is not used: {printable(why)}")
    if found["errors"]:
        raise typer.Exit(ExitCode.FAILED)


def test(
    hook: Annotated[
        str,
        typer.Argument(
            metavar="[HOOK]",
            show_default=False,
            help="A hook, such as before_route. Without it, all hooks run.",
            autocompletion=completion.hooks,
        ),
    ] = "",
    call: Annotated[
        str,
        typer.Option(
            metavar="CALL",
            help="A past call whose records are the arguments, instead of an example: its id or `last`.",
            autocompletion=completion.calls,
        ),
    ] = "",
    folder: Folder = None,
    as_json: Json = False,
) -> None:
    from warmline.hooks.hook_points import HOOK_POINTS
    from warmline.hooks.worker_process import own_worker
    from warmline.system import hook_request

    if hook and hook not in HOOK_POINTS:
        raise InvalidArgument(
            "hook_unknown", "hook {name!r} does not exist; allowed: {known}", name=hook, known=", ".join(HOOK_POINTS)
        )
    rows: list[dict[str, Any]] = []
    with own_worker(_folder(folder)) as path:
        for one in [hook] if hook else HOOK_POINTS:
            given = _arguments(one, call)
            said = hook_request.ask(path, one, "", 5.0, given)
            if hook or not said["ok"] or said.get("functions"):
                rows.append({"hook": one, "arguments": given, **said})
    _print_tests(rows, as_json=as_json)
    if not all(row["ok"] for row in rows):
        raise typer.Exit(ExitCode.FAILED)


def log(
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=1000, help="The number of runs.")] = 20,
    failed: Annotated[bool, typer.Option("--failed", help="Show only runs that failed.")] = False,
    as_json: Json = False,
) -> None:
    from warmline.hooks import hook_log

    path = hook_log.path(settings.load().run)
    try:
        rows = [row for row in hook_log.last(path, 2 * hook_log.KEPT) if not (failed and row.get("ok"))][-limit:]
    except OSError as error:
        complain(f"{path} cannot be read: {error.strerror}")
        raise typer.Exit(ExitCode.FAILED) from None
    if as_json:
        print_json({"runs": [{name: _member(name, row.get(name)) for name in MEMBERS} for row in rows]})
        return
    heads = ("time", "hook", "call", "file", "ms", "result")
    print_table(heads, [_cells(row) for row in rows] or [("-", "-", "-", "-", "-", "no run yet")])


def _folder(given: Path | None) -> str:
    folder = str(given or settings.load().hooks)
    if not given and not folder:
        raise InvalidArgument("hooks_not_set", "the setting hooks is empty; set it, or name a folder with --folder")
    return folder


def _arguments(hook: str, call: str) -> dict[str, Any]:
    from warmline.hooks import examples

    if not call:
        return examples.arguments(hook)
    from warmline.store.calls import call_story, ended_call  # imported here because an example needs no recorded call
    from warmline.store.leads import screen_lead

    story = call_story.story(settings.load().db, call)
    if story.call is None:
        raise InvalidArgument(
            "hook_call_without_record", "call {call} took the fallback; choose another one", call=call
        )
    if hook == "after_call":
        known = settings.load()
        return {"call": ended_call.facts(known.db, story.call["id"], folders_by_server(known))}
    own_fields = screen_lead.own_fields_of(settings.load().db, story.call["lead"] or 0)
    return examples.of_call(hook, story.call, story.waits, own_fields)


def _worked(said: dict[str, Any]) -> dict[str, Any]:
    """Return the worker's answer; end the command if there is none."""
    if not said["ok"]:
        complain(f"the hooks cannot be loaded: {said['why']}")
        raise typer.Exit(ExitCode.FAILED)
    return said


def _print_tests(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    names = ("hook", "arguments", "by", "ok", "answer", "why", "ms")
    if as_json:
        print_json({"runs": [{name: row.get(name) for name in names} for row in rows]})
        return
    cells = [(row["hook"], row["by"] or "-", f"{row.get('ms', 0.0):.1f}", _result(row)) for row in rows]
    print_table(("hook", "file", "ms", "answer"), cells or [("-", "-", "-", "the folder has no hook")])


def _result(row: dict[str, Any]) -> str:
    """Return the answer, or why there is none."""
    if not row.get("ok"):
        return printable(f"failed: {row.get('why')}")
    return printable(json.dumps(row["answer"], ensure_ascii=False)) if row.get("answer") else "no answer"


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    at = date_and_time(int(row.get("at", 0) * 1_000_000))
    texts = (printable(str(row.get(name) or "-")) for name in ("hook", "call", "by"))
    return at, *texts, f"{row.get('ms', 0.0):.1f}", _result(row)


def _member(name: str, value: Any) -> Any:
    return iso(int(value * 1_000_000)) if name == "at" and value else value
