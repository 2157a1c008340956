"""`warmline dialplan lint`: find faults in a dialplan."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.arguments import completion
from cli.output.exit_codes import ExitCode
from cli.output.invalid_argument import InvalidArgument, with_nearest
from cli.output.json_output import Json, print_json
from cli.output.printing import console, printable
from warmline.system import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from warmline_contrib.dialplan_lint.dialplan import Dialplan
    from warmline_contrib.dialplan_lint.lint_finding import LintFinding
    from warmline_contrib.dialplan_lint.surrounding_files import Surroundings

OF_LINES = ("line_ignored", "file_rejected")  # another kind of file has these in each line
MARKS = {"error": ("✗", "red"), "warning": ("!", "yellow"), "note": ("·", "blue")}


def codes(incomplete: str) -> list[str]:
    """Return the codes of findings."""
    from warmline_contrib.dialplan_lint.lint_codes import LINT_CODES

    return completion.beginning(incomplete, LINT_CODES)


File = Annotated[
    str,
    typer.Argument(
        metavar="[FILE]",
        show_default=False,
        help="A file: extensions.conf, or the output of `dialplan show`; - for the standard input. Without it, the "
        "running Asterisk is asked.",
    ),
]
Etc = Annotated[
    Path | None,
    typer.Option(
        "--etc",
        metavar="FOLDER",
        show_default=False,
        help="Asterisk's folder of configuration, for includes, queues and music. Without it, the folder of FILE.",
    ),
]
Ignored = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="CODE",
        help="Skip findings with this code. You can repeat the option.",
        autocompletion=codes,
    ),
]


def lint(file: File = "", etc: Etc = None, ignore: Ignored = None, as_json: Json = False) -> None:
    from warmline_contrib.dialplan_lint.dialplan_lint import lint as found_in

    _check(ignore or ())
    plan, facts = _read(file, etc)
    _add_warmline(facts)
    if not plan.contexts and all(one.code in OF_LINES for one in plan.unread):
        raise InvalidArgument(
            "dialplan_empty",
            "{file} has no context of a dialplan; for AEL or Lua, check the loaded dialplan: warmline dialplan lint",
            file=file or "Asterisk",
        )
    findings = found_in(plan, facts, ignore or ())
    if as_json:
        print_json({"version": 1, "read": _read_json(plan, facts), "findings": [_as_json(one) for one in findings]})
    else:
        told: set[str] = set()
        for one in findings:
            _print(one, explained=one.code not in told)
            told.add(one.code)
        print(_summary(plan, facts, findings))
    severities = {one.severity for one in findings}
    if "error" in severities:
        raise typer.Exit(ExitCode.FAILED)
    if "warning" in severities:
        raise typer.Exit(ExitCode.DIFFERS)


def _check(ignored: "Iterable[str]") -> None:
    from warmline_contrib.dialplan_lint.lint_codes import LINT_CODES

    for code in ignored:
        if code not in LINT_CODES:
            raise with_nearest(
                InvalidArgument("lint_code_unknown", "the code {code!r} does not exist", code=code), code, LINT_CODES
            )


def _read(file: str, etc: Path | None) -> "tuple[Dialplan, Surroundings]":
    """Return the dialplan and what is around it. Raises InvalidArgument, AppAway."""
    from warmline_contrib.dialplan_lint import dialplan_reading as reading
    from warmline_contrib.dialplan_lint.surrounding_files import Surroundings

    if etc and not etc.is_dir():
        raise InvalidArgument(
            "lint_folder_missing", "--etc {folder} is not a folder; give one such as /etc/asterisk", folder=etc
        )
    if not file:
        plan, facts = reading.from_asterisk(settings.load())
        return plan, reading.around(etc) if etc else facts
    if file == "-":
        plan = reading.from_stream(sys.stdin.buffer, "-", etc or Path())
        return plan, reading.around(etc) if etc else Surroundings()
    path = Path(file)
    plan = reading.from_file(path, etc or path.parent)
    return plan, Surroundings() if plan.loaded and not etc else reading.around(etc or path.parent)


def _add_warmline(facts: "Surroundings") -> None:
    """Add what Warmline has on this machine, if it is installed and its database can be read."""
    from warmline_contrib.dialplan_lint import warmline_facts

    try:
        facts.warmline = warmline_facts.find(settings.load(servers=False))
    except settings.SettingsError:
        return
    if facts.warmline:
        facts.read.append(facts.warmline.database)


def _place(finding: "LintFinding") -> str:
    """Return file:line, and context, extension and priority, as far as they are known."""
    file, line = finding.place
    where = f"[{finding.context}]" if finding.context else ""
    if finding.extension:
        where += f" {finding.extension}"
    if finding.priority:
        where += f",{finding.priority}"
    return " ".join(filter(None, (f"{file}:{line}" if line else file, where)))


def _print(finding: "LintFinding", *, explained: bool) -> None:
    """Print a finding; `explained`: with its harm and its fix, which are the same for each finding of a code."""
    from rich.text import Text

    mark, colour = MARKS[finding.severity]
    place = f"{printable(_place(finding))}: " if _place(finding) else ""
    unsure = "" if finding.certain else " (not certain)"
    out = console()
    head = ((mark, colour), " ", (place, "bold"), printable(finding.found), (f" [{finding.code}]{unsure}", "dim"))
    out.print(Text.assemble(*head), soft_wrap=True)
    if explained:
        out.print(Text(f"    {finding.kind.harm}"))
        out.print(Text(f"    → {finding.kind.fix}", style="cyan"))


def _counts(plan: "Dialplan") -> dict[str, int]:
    extensions = list(plan.extensions())
    priorities = sum(len(one.priorities) for one in extensions)
    return {"contexts": len(plan.contexts), "extensions": len(extensions), "priorities": priorities}


def _summary(plan: "Dialplan", facts: "Surroundings", findings: "Sequence[LintFinding]") -> str:
    """Return what was read and the number of findings."""
    read = ", ".join(printable(name) for name in (*plan.files, *facts.read))
    counted = ", ".join(f"{number} {name}" for name, number in _counts(plan).items())
    severities = Counter(one.severity.value for one in findings)
    told = ", ".join(f"{severities[one]} {one}{'s' * (severities[one] != 1)}" for one in MARKS if severities[one])
    return f"read: {read}\n{counted}: {told or 'no findings'}"


def _read_json(plan: "Dialplan", facts: "Surroundings") -> dict[str, object]:
    return {
        "files": [*plan.files, *facts.read],
        **_counts(plan),
        "queues": None if facts.queues is None else len(facts.queues),
        "music_classes": None if facts.music is None else len(facts.music),
        "parking_lots": None if facts.parking is None else len(facts.parking),
    }


def _as_json(finding: "LintFinding") -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "certain": finding.certain,
        "file": finding.place.file or None,
        "line": finding.place.line or None,
        "context": finding.context or None,
        "extension": finding.extension or None,
        "priority": finding.priority or None,
        "found": finding.found,
        "harm": finding.kind.harm,
        "fix": finding.kind.fix,
    }
