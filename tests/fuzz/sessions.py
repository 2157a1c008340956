"""Sessions of AGI scripts: recorded, masked, changed by hand and played, with scripts that send anything."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from tests.fuzz import hostile
from tests.fuzz.entry_point import Attack, Door
from warmline.agi.sessions import session_file, session_masks, session_player, session_recorder
from warmline.agi.sessions.session_file import SCRIPT, SessionError, SessionLine
from warmline.agi.sessions.session_link import ScriptMissing

PIN = "86420975"
PIPE = 60_000  # bytes; Asterisk sends no more before it has read a command
COMMANDS = (
    "ANSWER",
    'GET DATA "agent-pass" "5000" "8"',
    "get data agent-pass",
    'WAIT FOR DIGIT "2000"',
    'STREAM FILE "menu" "0123456789"',
    'SAY NUMBER "1" "12"',
    'VERBOSE "a" "1"',
    'GET VARIABLE "USER_PIN"',
    'GET FULL VARIABLE "${PIN}"',
    'DATABASE GET "pins" "1000"',
    'DATABASE PUT "cards" "1000" "x"',
    f'SET VARIABLE "TYPED" "{PIN}"',
    f'SET VARIABLE "A_PIN" "{PIN}"',
    f'EXEC "MSet" "USER_PIN={PIN},B=c"',
    f'VERBOSE "{PIN}{PIN}***" "1"',
    "EXEC x " + "PIN" * 600,
    "GET VARIABLE " + "PI" * 900,
    "SET VARIABLE " + "PIN " * 400,
    "***" * 300,
    "",
)
REPLIES = (
    f"200 result={PIN}",
    f"200 result=1 ({PIN})",
    f"200 result=1 ({PIN}",
    "two)",
    "200 result=49 endpos=80",
    "200 result=0",
    "200 result=-1",
    "HANGUP",
    "510 Invalid or unknown command",
    "520-Invalid",
    "",
    "agi_arg_1: a\0b",
    "agi_arg_2: x",
)
texts = hostile.texts.map(lambda text: text.replace("\n", " ").replace("\r", " "))
lines = st.one_of(
    st.builds(SessionLine, st.just(SCRIPT), st.sampled_from(COMMANDS) | texts),
    st.builds(SessionLine, st.just("<"), st.sampled_from(REPLIES) | texts),
)


class Session(NamedTuple):
    """Lines of a session, and its file after a change by hand."""

    lines: list[SessionLine]
    file: bytes


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    given = draw(st.lists(lines, max_size=20))
    text = session_file.dumped(given).encode(errors="replace")
    return Session(given, draw(hostile.damaged(st.just(text)) | st.just(text)))


def _attacked(folder: Path, script: str, given: Session) -> None:
    masked, notes = session_masks.masked(given.lines)
    assert len(masked) == len(given.lines)
    for before, after in zip(given.lines, masked, strict=True):
        assert before.sender != SCRIPT or session_file.same(after.text, before.text), "the script would differ"
    typed = [
        SessionLine(SCRIPT, COMMANDS[1]), SessionLine("<", REPLIES[0]), SessionLine(SCRIPT, "NOOP"), *given.lines
    ]  # fmt: skip
    shown = session_masks.masked(typed)
    assert PIN not in "\n".join([*(line.text for line in shown[0]), *shown[1]]), "a PIN is shown"

    session_file.write(folder / "session", masked, notes)
    with suppress(SessionError):
        session_file.read(folder / "session")
    (folder / "session").write_bytes(given.file)
    try:
        steps = session_file.read(folder / "session")
    except SessionError:
        return
    with suppress(ScriptMissing):
        session_player.play(steps, script, os.environ, within=0.3)
    if len(given.file) < PIPE:
        _recorded(folder, script, given)
    assert [one.name for one in folder.iterdir()] == ["session"]


def _recorded(folder: Path, script: str, given: Session) -> None:
    """Record a script that repeats what Asterisk sends: each byte after the environment must come back."""
    said = b"agi_request: x\n\n" + given.file
    with tempfile.TemporaryFile() as asterisk, tempfile.TemporaryFile() as heard:
        asterisk.write(said)
        asterisk.seek(0)
        session_recorder.record(script, [], asterisk.fileno(), heard.fileno())
        heard.seek(0)
        assert heard.read() == f"agi_request: {script}\n\n".encode() + given.file


@contextmanager
def opened() -> Iterator[Attack]:
    with tempfile.TemporaryDirectory() as folder:
        yield lambda given: _attacked(Path(folder), "/bin/cat", given)


DOOR = Door("sessions", sessions(), opened, quick=5)
