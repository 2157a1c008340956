"""Rules about scripts: AGI scripts that can run, what must come before them, and programs of ARI scripts."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from warmline.agi.script_file import check_script_file
from warmline.ari.script_name import APPLICATION_PREFIX
from warmline_contrib.dialplan_lint.application_data import arguments, calls, is_fixed, targets
from warmline_contrib.dialplan_lint.call_preparation import find_prepared
from warmline_contrib.dialplan_lint.dialplan import Dialplan, DialplanExtension, DialplanPriority
from warmline_contrib.dialplan_lint.lint_finding import LintFinding, at, nearest_name
from warmline_contrib.dialplan_lint.surrounding_files import Surroundings
from warmline_contrib.dialplan_lint.warmline_facts import WarmlineFacts

APPLICATIONS = ("agi", "eagi", "deadagi")
FASTAGI = ("agi:", "hagi:")
ELSEWHERE = (*FASTAGI, "async", "agi_")  # no file of this machine
SIGHUP = re.compile(r"AGISIGHUP\s*=\s*(?:no|false|n|f|0|off)\b", re.IGNORECASE)
CLEAN, TALK = "warmline-clean", "warmline-talk"
CONVERSATION = ".conversation("
OF_WARMLINE = re.compile(rb"^\s*(?:from|import) +warmline\b", re.MULTILINE)
LARGEST = 1_000_000  # bytes of a script that are read
PYTHON = re.compile(rb"#!.*\bpython(?!2)")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DEFINITIONS = (*FUNCTIONS, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)

Steps = Iterator[tuple[DialplanExtension, DialplanPriority, list[str]]]


def scripts(plan: Dialplan, facts: Surroundings) -> Iterator[LintFinding]:
    """Report AGI scripts that cannot run, at their first place, and scripts of Warmline that a hang-up would kill."""
    if facts.agi is None:
        return
    is_prepared = find_prepared(plan, lambda priority: bool(SIGHUP.search(priority.data)))
    has_sighup = "AGISIGHUP" in {name.lstrip("_") for name in plan.variables}
    texts: dict[str, bytes | None] = {}
    for extension, priority, (name, *_) in _steps(plan):
        if not name or not is_fixed(name) or name.startswith(ELSEWHERE):
            continue
        if name not in texts:
            texts[name] = text = _read(facts.agi / name)
            for fault in () if text is None else _find_faults(facts.agi / name, text):
                yield at("script_faulty", f"{name}: {fault}", extension, priority)
        if (text := texts[name]) is None:
            found = f"there is no file {facts.agi / name}"
            hint = nearest_name(name, (script.name for script in facts.agi.iterdir()))
            yield at("script_missing", f"{found}; {hint}" if hint else found, extension, priority)
        elif OF_WARMLINE.search(text) and not has_sighup and not is_prepared(extension, priority):
            yield at("sighup_missing", f"{name} is called without AGISIGHUP=no", extension, priority, certain=False)


def _read(file: Path) -> bytes | None:
    """Return the text of a script; None if there is no file, and b"" if this user may not read it."""
    try:
        if not file.is_file():
            return None
        with file.open("rb") as stream:
            return stream.read(LARGEST)
    except PermissionError:
        return b""
    except OSError:  # such as for a long name
        return None


def _find_faults(file: Path, text: bytes) -> list[str]:
    try:
        return [problem.text for problem in check_script_file(file)] or list(_check_python(text))
    except PermissionError:
        return []


def _check_python(text: bytes) -> Iterator[str]:
    """Yield what is wrong with the code of a script in Python 3: its syntax, or that it calls nothing of Warmline."""
    if not PYTHON.match(text):
        return
    try:
        statements = ast.parse(text).body
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        yield f"{f'line {line}: ' if line else ''}{getattr(error, 'msg', error)}"
        return
    functions = [one.name for one in statements if isinstance(one, FUNCTIONS)]
    is_idle = all(isinstance(one, DEFINITIONS) or _is_text(one) for one in statements)
    if functions and is_idle and OF_WARMLINE.search(text):
        yield f"it calls no function; end it with: run({functions[-1]})"


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def fastagi(plan: Dialplan, _: Surroundings) -> Iterator[LintFinding]:
    """Report FastAGI with arguments without a cleaned caller id, in a dialplan with Warmline's contexts."""
    if CLEAN not in plan.contexts:
        return
    is_prepared = find_prepared(plan, _cleans)
    for extension, priority, (name, *rest) in _steps(plan):
        if name.startswith(FASTAGI) and any(rest) and not is_prepared(extension, priority):
            yield at("fastagi_unclean", f"{name} gets arguments", extension, priority, certain=False)


def stasis(plan: Dialplan, facts: Surroundings) -> Iterator[LintFinding]:
    """Report ARI scripts without a next line for their callers, and those whose program lacks something here."""
    for extension in plan.extensions():
        for priority in extension.in_order():
            for name, data in calls(priority.application, priority.data):
                application = arguments(data)[0]
                if name == "stasis" and application.startswith(APPLICATION_PREFIX) and is_fixed(application):
                    if priority.number + 1 not in extension.priorities:
                        yield at("stasis_last", f"no line follows Stasis({application})", extension, priority)
                    if facts.warmline:
                        yield from _program(plan, facts, facts.warmline, application, extension, priority)


def _program(
    plan: Dialplan,
    facts: Surroundings,
    warmline: WarmlineFacts,
    application: str,
    extension: DialplanExtension,
    priority: DialplanPriority,
) -> Iterator[LintFinding]:
    if not warmline.has_program(application, facts.agi):
        found = f"no program {application.removeprefix(APPLICATION_PREFIX)} is known on this machine"
        yield at("stasis_unknown", found, extension, priority, certain=False)
    if TALK not in plan.contexts and CONVERSATION in warmline.read_program(application):
        yield at("talk_missing", f"{application} has conversations, and there is no [{TALK}]", extension, priority)


def _cleans(priority: DialplanPriority) -> bool:
    return any(target.context == CLEAN for target in targets(priority.application, priority.data))


def _steps(plan: Dialplan) -> Steps:
    """Yield each call of a script with its arguments; the first is its name."""
    for extension in plan.extensions():
        for priority in extension.in_order():
            for name, data in calls(priority.application, priority.data):
                if name in APPLICATIONS:
                    yield extension, priority, arguments(data)
