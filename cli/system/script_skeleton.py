"""Writes a new AGI script with a test, and with what contrib adds to both."""

import os
import re
import sys
from pathlib import Path

from cli.output.invalid_argument import InvalidArgument
from warmline.system.additions import load_additions
from warmline.system.contrib_table import NEW_SCRIPT_FILES
from warmline.text.coded_error import ScriptError

NAME = re.compile("[a-z][a-z0-9_]*")
LONGEST = 32

BODY = '''\
#!{python} -Pmwarmline.agi
"""AGI({name}): ask the caller for a ticket number, and keep it in WARMLINE_DATA_ticket."""

from warmline.agi import AGI, run, write_data


def answer(agi: AGI) -> None:
    agi.answer()
    ticket = agi.get_data("vm-enter-num-to-call", 5000, 6)
    write_data(agi, {{"ticket": ticket}})


run(answer)
'''
TEST = '''\
"""Call the script {name} without Asterisk."""

import unittest
from pathlib import Path

from warmline.agi.testing import Call, load

HERE = Path(__file__).resolve().parent
script = load(HERE / "{name}")


class CallerTest(unittest.TestCase):
    def test_the_ticket_of_the_caller_is_kept(self) -> None:
        call = Call(keys="4711#").run(script.answer)
        self.assertEqual(call.heard, ["vm-enter-num-to-call"])
        self.assertEqual(call.variables, {{"WARMLINE_DATA_ticket": "4711"}})

    def test_a_caller_who_hangs_up_has_no_ticket(self) -> None:
        call = Call(hang_up_at="GET DATA").run(script.answer)
        self.assertEqual(call.variables, {{}})


if __name__ == "__main__":
    unittest.main()
'''


def write(name: str, folder: Path) -> tuple[Path, ...]:
    """Write script, test and what contrib adds; return their paths. Raises CodedError; then nothing is written."""
    check_name(name, LONGEST)
    texts = {name: BODY.format(name=name, python=sys.executable), f"test_{name}.py": TEST.format(name=name)}
    for add_files in load_additions(NEW_SCRIPT_FILES):
        texts = add_files(name, texts)
    files = {folder / file: text for file, text in texts.items()}
    write_all(files, folder / name)
    return tuple(files)


def check_name(name: str, longest: int, *, pattern: re.Pattern[str] = NAME, signs: str = "_") -> None:
    """Raise InvalidArgument if a script cannot have this name; `signs` are those of the pattern, in words."""
    if not pattern.fullmatch(name) or len(name) > longest:
        raise InvalidArgument(
            "script_name_invalid",
            "script {name!r} is invalid; allowed: a small letter, then small letters, digits and {signs}, at most "
            "{longest}",
            name=name,
            signs=signs,
            longest=longest,
        )


def write_all(texts: dict[Path, str], program: Path) -> None:
    """Write new files and their folder; one is a program. Raises CodedError; then no file is written."""
    for file in texts:
        if os.path.lexists(file):
            raise InvalidArgument("script_exists", "{file} exists; choose another name or --to", file=file)
    written: list[Path] = []
    for file, text in texts.items():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x") as stream:
                written.append(file)
                stream.write(text)
        except OSError as error:
            for one in written:
                one.unlink()
            raise ScriptError(
                "script_not_written", "{file} cannot be written: {why}", file=file, why=error.strerror
            ) from None
    program.chmod(0o755)
