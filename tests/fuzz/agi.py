"""The scripts of agi-bin, and one of an administrator's own, with an Asterisk at the other end that sends anything."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

from tests.agi.conftest import make_database
from tests.agi.other_end import ENVIRONMENT
from tests.fuzz import hostile
from tests.fuzz.agi_lines import judge
from tests.fuzz.entry_point import Attack, Door
from warmline import agi
from warmline.agi import decisions
from warmline.agi import spool as notes
from warmline.agi.result_variables import call_result
from warmline.store.agi import callback_notes, spool


def own(channel: agi.AGI, text: str) -> None:
    """Give a caller's text to each word of the library."""
    words: list[Callable[[], object]] = [
        lambda: agi.write_data(channel, {"said": text, "other": 1}),
        lambda: agi.write_data(channel, {text: "name"}),
        lambda: agi.read_data(channel, "said"),
        lambda: agi.say(channel, text, 7, agi.Digits(text), agi.Letters(text), keys=text),
        lambda: agi.explain(text, text, data={text: text, "said": text}),
        lambda: agi.find_leads(text),
        lambda: agi.find_dnc(text),
        lambda: agi.add_dnc(text, why=text),
        lambda: agi.make_callback(text, "+2h", comments=text),
        lambda: agi.make_callback("5550000", text),
        lambda: agi.enter_did(channel, text),
        lambda: agi.enter_ingroup(channel, text),
        lambda: agi.enter_agent(channel, text),
    ]
    for word in words:
        with suppress(agi.CodedError):
            word()


SCRIPTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "route_did": (decisions.route_did, ("NUMBER",)),
    "enter_ingroup": (decisions.enter_ingroup, ("INGROUP",)),
    "enter_agentdirect": (decisions.enter_agentdirect, ("AGENT",)),
    "agent_login": (decisions.agent_login, ("ENDPOINT",)),
    "call_result": (partial(call_result, limit_seconds=0), ("CALL",)),
    "fallback": (notes.leave_note, ("CALL", "NUMBER", "DIALLED", "REASON")),
    "own": (own, ("TEXT",)),
}
# fmt: off
KNOWN = (
    b"8005550100", b"+8005550102", b"8005550103", b"8005550104", b"8005550110", b"8005550111", b"8005550112",
    b"8005550113",
    b"8005550120", b"8005550121", b"80055502AB", b"8005550299", b"SALESLINE", b"CLOSEDLINE", b"AGENTDIRECT",
    b"1000", b"1001",
    b"1002", b"4711", b"01KAFH8Y3C0000000000000001", b"NO_ROUTE", b"ingroup:SALESLINE", b"SALESLINE,1000",
)
ANSWERS = (
    b"200 result=1", b"200 result=0", b"200 result=-1", b"200 result=1 (2468)", b"200 result=2468",
    b"200 result=1 (a\nb)",
    b"200 result=0 (hangup)", b"200 result=35 (dtmf) endpos=8000", b"200 result=-2", b"HANGUP", b"100 Trying...",
    b"200", b"",
    b"510 Invalid or unknown command", b"511 Command Not Permitted on a dead channel", b"520-Invalid command syntax.",
    b"520 End of proper usage.", b"520 ", b"404 not AGI", b"200 result=" + b"9" * 5000,
    b"200 result=1 (" + b"x" * 70_000,
)
# fmt: on
LIKELY = {
    "route_did": [name.decode() for name in KNOWN if name[-1:].isdigit()],
    "enter_ingroup": ["SALESLINE", "CLOSEDLINE", "AGENTDIRECT"],
    "enter_agentdirect": ["1000", "1001", "4711"],
    "agent_login": ["1000", "1001", "1002", "1003", "4711"],
    "own": ["8005550100", "8005550110", "SALESLINE", "1000", "a%0Ab", "said"],
}
anything = st.one_of(st.sampled_from(KNOWN), st.binary(max_size=60), hostile.texts.map(hostile.as_bytes))
arguments = st.one_of(
    anything.map(lambda data: quote_from_bytes(data).encode()),  # as the dialplan's URIENCODE() encodes it
    anything,
).map(lambda data: os.fsdecode(data.replace(b"\0", b"")))  # no argument of a process has a NUL
environment_lines = st.one_of(
    st.sampled_from([line.encode() for line in ENVIRONMENT.splitlines()]),
    st.builds(
        b"%b: %b".__mod__,
        st.tuples(st.sampled_from([b"agi_callerid", b"agi_extension", b"agi_arg_1", b"agi_channel", b"x"]), anything),
    ),
    anything,
)
answers = st.one_of(st.sampled_from(ANSWERS), anything, st.builds(b"200 result=1 (%b)".__mod__, anything))


class Talk(NamedTuple):
    """One run of a script: its input, Asterisk's replies, and the number of lines that Asterisk reads."""

    script: str
    given: list[str]
    said: bytes
    deaf_after: int


@st.composite
def talks(draw: st.DrawFn) -> Talk:
    script = draw(st.sampled_from(sorted(SCRIPTS)))
    usual = len(SCRIPTS[script][1])
    count = draw(st.sampled_from([usual] * 8 + [0, usual + 1]))
    environment = [line.encode() for line in ENVIRONMENT.splitlines()] if draw(st.booleans()) else []
    environment += draw(st.lists(environment_lines, max_size=6))
    replies = draw(st.one_of(st.just([b"200 result=1"] * 12), st.lists(answers, max_size=14)))
    end = draw(st.sampled_from([b"\n", b"\n", b"\n", b"\r\n", b""]))
    said = end.join([*environment, b"", *replies, b""])
    if draw(st.booleans()):
        said = draw(hostile.damaged(st.just(said)))
    likely = st.sampled_from(LIKELY[script]) if script in LIKELY and draw(st.booleans()) else arguments
    given = draw(st.lists(likely, min_size=count, max_size=count))
    return Talk(script, given, said, draw(st.sampled_from([99, 99, 99, 0, 1, 2, 3])))


class _Ear:
    """Standard output to an Asterisk that stops reading after this many lines, without a buffer."""

    def __init__(self, deaf_after: int) -> None:
        self.said = b""
        self._lines = deaf_after

    def write(self, text: str) -> None:
        if not self._lines:
            raise BrokenPipeError
        self._lines -= 1
        self.said += text.encode()

    def flush(self) -> None:
        pass


@contextmanager
def opened() -> Iterator[Attack]:
    with tempfile.TemporaryDirectory() as folder:
        database = make_database(Path(folder, "warmline.db"))
        places = {"WARMLINE_DB": str(database), "WARMLINE_RUN": folder, "WARMLINE_SPOOL": f"{folder}/spool"}
        with patch.dict(os.environ, places):
            yield lambda talk: _run(talk, Path(folder, "spool"))


def _run(talk: Talk, folder: Path) -> None:
    decide, words = SCRIPTS[talk.script]
    shutil.rmtree(folder / "pins", ignore_errors=True)  # otherwise most logins are soon refused
    ear = _Ear(talk.deaf_after)
    with tempfile.TemporaryFile() as mouth:
        mouth.write(talk.said)
        mouth.seek(0)
        with (
            patch.object(sys, "argv", [f"/agi-bin/{talk.script}", *talk.given]),
            patch.object(sys, "stdin", mouth),
            patch.object(sys, "stdout", ear),
        ):
            agi.run(decide, *words)
    variables = judge(talk.script, ear.said, talk.said)
    assert "WARMLINE_ROUTE" not in variables or {"WARMLINE_CALL", "WARMLINE_SESSION"} & set(variables)
    if folder.exists():
        left = spool.read_all(folder)
        assert not list(folder.glob("*.bad")) and not list(folder.glob(".*")), "the note cannot be read"
        for note in left:
            spool.remove(folder, note.call)
    for callback in callback_notes.read_all(folder, _unreadable):
        callback_notes.remove(folder, callback.id)
    assert not list(folder.glob("callbacks/*")), "the note of a callback cannot be read"


def _unreadable(error: OSError) -> None:
    raise AssertionError(f"a note cannot be read: {error}")


DOOR = Door("agi", talks(), opened, quick=8)
