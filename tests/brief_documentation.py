"""Asterisk's documentation with names and synopses only: parsing the rest takes more than half of Asterisk's start.

Asterisk refuses to start without its documentation, because it looks up the options of its modules there.
Programs that a test executes read the whole documentation, such as `warmline lab up`.
"""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import patch
from xml.etree import ElementTree

from lab.asterisk import AsteriskProgram
from tests import needed_modules

FILE = "core-en_US.xml"  # Asterisk reads it in each language
LEFT_OUT = {"module", "managerEvent", "info"}  # for people who type a command at the console
WHOLE = {"agi"}  # Asterisk answers a wrong AGI command with its usage
TEXTS = {"description", "see-also", "since", "syntax", "responses"}


@contextmanager
def brief() -> Iterator[None]:
    """Let the configuration of each Asterisk name folders with the brief documentation and the needed modules."""
    directories = AsteriskProgram.directories

    def brief_directories(program: AsteriskProgram) -> str:
        modules = needed_modules.needed_modules(program.modules)
        return directories(program._replace(data=brief_data(program.data), modules=modules))

    with patch.object(AsteriskProgram, "directories", brief_directories):
        yield


@cache
def brief_data(data: Path) -> Path:
    """Return a folder that links all of Asterisk's data but the documentation; `data` itself if that has none."""
    if not (data / "documentation" / FILE).exists():
        return data
    folder = Path(tempfile.mkdtemp(prefix="asterisk-data-"))
    atexit.register(shutil.rmtree, folder)
    folder.chmod(0o755)  # an Asterisk of another user reads it
    for entry in data.iterdir():
        if entry.name != "documentation":
            (folder / entry.name).symlink_to(entry.resolve())
    (folder / "documentation").mkdir()
    root = ElementTree.parse(data / "documentation" / FILE).getroot()  # noqa: S314 - of the installed Asterisk
    for entry in [*root]:
        if entry.tag in LEFT_OUT:
            root.remove(entry)
        elif entry.tag not in WHOLE:
            _without_texts(entry)
    ElementTree.ElementTree(root).write(folder / "documentation" / FILE, encoding="utf-8", xml_declaration=True)
    return folder


def _without_texts(element: ElementTree.Element) -> None:
    for inner in [*element]:
        if inner.tag in TEXTS:
            element.remove(inner)
        else:
            _without_texts(inner)
