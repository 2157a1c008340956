"""Writes a new AGI script with a recorded session and a test."""

import os
import re
import sys
from pathlib import Path

from cli.output.invalid_argument import InvalidArgument
from warmline.text.coded_error import ScriptError
from warmline_contrib.agi_sessions import session_file
from warmline_contrib.agi_sessions.session_file import ASTERISK, SCRIPT, SessionLine

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
"""Call the script {name} without Asterisk, and play its recorded session."""

import subprocess
import sys
import unittest
from pathlib import Path

from warmline.agi.testing import Call, load

HERE = Path(__file__).resolve().parent
WARMLINE = Path(sys.executable).with_name("warmline")
script = load(HERE / "{name}")


class CallerTest(unittest.TestCase):
    def test_the_ticket_of_the_caller_is_kept(self) -> None:
        call = Call(keys="4711#").run(script.answer)
        self.assertEqual(call.heard, ["vm-enter-num-to-call"])
        self.assertEqual(call.variables, {{"WARMLINE_DATA_ticket": "4711"}})

    def test_a_caller_who_hangs_up_has_no_ticket(self) -> None:
        call = Call(hang_up_at="GET DATA").run(script.answer)
        self.assertEqual(call.variables, {{}})


class SessionTest(unittest.TestCase):
    def test_the_script_answers_as_recorded(self) -> None:
        command = [str(WARMLINE), "own-script", "test", str(HERE / "{name}.session"), str(HERE / "{name}")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
'''
ENVIRONMENT = """\
agi_request: {name}
agi_channel: PJSIP/trunk-00000001
agi_language: en
agi_type: PJSIP
agi_uniqueid: 1.1
agi_callerid: 15551234
agi_calleridname: Caller
agi_dnid: 8005550150
agi_context: from-trunk
agi_extension: 8005550150
agi_priority: 3
agi_threadid: 1
"""
TALK = (
    ("ANSWER", "200 result=0"),
    ('GET DATA "vm-enter-num-to-call" "5000" "6"', "200 result=4711"),
    ('SET VARIABLE "WARMLINE_DATA_ticket" "4711"', "200 result=1"),
)
NOTES = (
    'A script that calls enter_ingroup(agi, "SALESLINE") sends these lines at its end:',
    '> SET CONTEXT "warmline-ingroup"',
    "< 200 result=0",
    '> SET EXTENSION "SALESLINE"',
    "< 200 result=0",
    '> SET PRIORITY "1"',
    "< 200 result=0",
    "The context of enter_agent() is warmline-agent, and that of enter_did() is warmline-from-trunk.",
)


def write(name: str, folder: Path) -> tuple[Path, Path, Path]:
    """Write the script, a session and a test, and return their paths. Raises CodedError; then nothing is written."""
    check_name(name, LONGEST)
    texts = {
        folder / name: BODY.format(name=name, python=sys.executable),
        folder / f"{name}.session": session_file.to_text(_session(name), NOTES),
        folder / f"test_{name}.py": TEST.format(name=name),
    }
    script, session, test = texts
    write_all(texts, script)
    return script, session, test


def check_name(name: str, longest: int) -> None:
    """Raise InvalidArgument if a script cannot have this name."""
    if not NAME.fullmatch(name) or len(name) > longest:
        raise InvalidArgument(
            "script_name_invalid",
            "script {name!r} is invalid; allowed: a small letter, then small letters, digits and _, at most {longest}",
            name=name,
            longest=longest,
        )


def write_all(texts: dict[Path, str], program: Path) -> None:
    """Write these new files, of which one is a program. Raises CodedError; then nothing is written."""
    for file in texts:
        if os.path.lexists(file):
            raise InvalidArgument("script_exists", "{file} exists; choose another name or --to", file=file)
    written: list[Path] = []
    for file, text in texts.items():
        try:
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


def _session(name: str) -> list[SessionLine]:
    lines = [SessionLine(ASTERISK, line) for line in ENVIRONMENT.format(name=name).split("\n")]
    for command, reply in TALK:
        lines += [SessionLine(SCRIPT, command), SessionLine(ASTERISK, reply)]
    return lines
