"""Lines that an installation adds to Asterisk's configuration, and what stands in its way there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cli.client import asterisk_conf
from cli.client.asterisk_conf import Conf
from cli.install import file_changes, freepbx_custom_files
from cli.install.file_changes import FILE, FileChange
from cli.install.install_paths import InstallPaths
from warmline.options.values.option_types import nearest

if TYPE_CHECKING:
    from cli.install.install_plan import InstallPlan

ALIKE = 0.8  # of 1; any two names of contexts are a little similar
MARK = "; added by `warmline install`; `warmline uninstall` takes it out\n"


def read_conf(etc: Path, name: str) -> Conf:
    """Return a file of Asterisk's configuration; a missing file is empty. Raises OSError."""
    return asterisk_conf.read(etc, name) if (etc / name).exists() else Conf()


def first_step(conf: Conf, context: str, extension: str) -> str:
    """Return the first step of an extension in the context itself.

    Asterisk ignores a second step with the same number.
    """
    steps = (value for one in conf.named(context) for key, value in one.lines if key == "exten")
    return next((step for step in steps if re.match(rf"{re.escape(extension)}\s*,\s*1\s*[,(]", step)), "")


def note_if_new(places: InstallPaths, plan: "InstallPlan", conf: Conf, context: str) -> None:
    """Add a note about a context that nothing leads to, because its name may be misspelled."""
    known = {one.name for one in conf.sections}
    phones = read_conf(places.etc, "pjsip.conf")
    used = {value for one in phones.sections for key, value in one.lines if key == "context"}
    if context in known | used:
        return
    if near := nearest(context, known | used, ALIKE):
        plan.notes.append(f"[{context}] is new, and no endpoint of pjsip.conf has context={context}: {near}")
    else:
        plan.later.append(f"[{context}] is new: an endpoint of pjsip.conf needs context = {context}")


def added(places: InstallPaths, name: str, text: str) -> Iterator[FileChange]:
    """Yield the change that adds lines to a user's file, or creates it."""
    path = freepbx_custom_files.own_file(places.etc, name)
    if text and path.exists():
        yield file_changes.lines(path, MARK + text)
    elif text:
        yield FileChange(FILE, str(path), MARK + text, 0o600, places.user, places.group)
