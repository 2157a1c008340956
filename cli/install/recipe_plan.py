"""The plan of a recipe: copies of its files in Asterisk's folders, then the lines that lead calls to it.

The copies belong to the administrator, who may change them. A changed copy stays when the recipe is removed.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from cli.client.asterisk_conf import Conf
from cli.install import InstallError
from cli.install.config_lines import added, first_step, note_if_new, read_conf
from cli.install.file_changes import FILE, FileChange
from cli.install.install_paths import InstallPaths
from cli.install.install_plan import InstallPlan
from cli.install.recipes import Recipe
from cli.output.invalid_argument import InvalidArgument
from warmline.system.program_files import DIALPLAN

PYTHON = re.compile(r"#!.*\n")  # the first line of a script
NUMBER = re.compile(r"([0-9*#+]{1,32})@([A-Za-z0-9_-]{1,79})")


def make(places: InstallPaths, recipe: Recipe, number: str, done: Sequence[FileChange]) -> InstallPlan:
    """Return the plan, whose last change makes Asterisk read the recipe.

    `number` is an extension that leads to the recipe, such as 799@from-phones; "" for none. `done` are the recorded
    changes. Raises InstallError, InvalidArgument, OSError.
    """
    conf = read_conf(places.etc, "extensions.conf")
    if not conf.has(DIALPLAN, places.etc):
        raise InstallError(
            "recipe_without_warmline",
            "{file} does not include Warmline's dialplan; connect Warmline first: warmline install",
            file=places.etc / "extensions.conf",
        )
    plan = InstallPlan()
    if recipe.script:
        text = PYTHON.sub(f"#!{sys.executable} -Pmwarmline.agi\n", recipe.script.read_text(), count=1)
        plan.changes += _copy(places, places.agi / recipe.context, text, 0o750, done, plan)
    if recipe.dialplan:
        copy = places.etc / f"{recipe.context}.conf"
        plan.changes += _copy(places, copy, recipe.dialplan.read_text(), 0o640, done, plan)
    plan.changes += added(places, "extensions.conf", _lines(places, recipe, number, conf, plan))
    plan.changes = [replace(change, recipe=recipe.name) for change in plan.changes]
    return plan


def _copy(
    places: InstallPaths, path: Path, text: str, mode: int, done: Sequence[FileChange], plan: InstallPlan
) -> Iterator[FileChange]:
    """Yield the copy if it is missing, or is an older version of the recipe. A copy that was changed stays."""
    there = path.read_text(errors="surrogateescape") if path.exists() else None
    ours = [change.text for change in done if change.path == str(path)]
    if there == text:
        return
    if there is None or there in ours:
        mode &= ~0o077 if places.user < 0 else ~0o007
        yield FileChange(FILE, str(path), text, mode, places.root, places.group)
    elif ours:
        plan.notes.append(f"{path} was changed since, and stays as it is")
    else:
        raise InstallError(
            "recipe_file_taken", "{file} exists, and no recipe has written it; move the file away", file=path
        )


def _lines(places: InstallPaths, recipe: Recipe, number: str, conf: Conf, plan: InstallPlan) -> str:
    """Return the lines for extensions.conf that are missing. Raises InstallError, InvalidArgument."""
    copy = places.etc / f"{recipe.context}.conf"
    goto = f"1,Goto({recipe.context},s,1)"
    is_new = recipe.dialplan is not None and not conf.has(copy.resolve(), places.etc.resolve())
    text = f'#include "{copy.name}"\n' if is_new else ""
    for hook in recipe.hooks if is_new else ():
        place = f"{recipe.context},{hook.removeprefix('warmline-')},1"
        if first_step(conf, hook, "s"):
            plan.notes.append(f"[{hook}] has an extension s already: add the recipe there, at {place}")
        else:
            text += f"[{hook}]\nexten => s,1,Goto({place})\n"
    if number:
        text += _entry(places, number, goto, conf, plan)
    return text


def _entry(places: InstallPaths, number: str, goto: str, conf: Conf, plan: InstallPlan) -> str:
    """Return the lines of the extension that leads to the recipe, if they are missing."""
    found = NUMBER.fullmatch(number)
    if not found:
        raise InvalidArgument(
            "recipe_number_invalid", "invalid number {number!r}; allowed: EXTEN@CONTEXT, such as 799@from-phones",
            number=number,
        )  # fmt: skip
    extension, context = found.groups()
    if any(("exten", f"{extension},{goto}") in one.lines for one in conf.named(context)):
        return ""
    if taken := first_step(conf, context, extension):
        raise InstallError(
            "recipe_number_taken",
            "[{context}] has exten => {extension} already; choose another extension with --number",
            context=context,
            extension=taken,
        )
    note_if_new(places, plan, conf, context)
    return f"[{context}]\nexten => {extension},{goto}\n"
