"""Faults of the protocol: hang-ups, broken replies, floods, silence, and text that looks like a command."""

import io
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.agi.other_end import split
from warmline.agi import (
    AGI,
    AGIAppError,
    AGIDeadChannel,
    AGIError,
    AGIHangup,
    AGIInvalidCommand,
    AGIResultHangup,
    AGISIGHUPHangup,
    AGISIGPIPEHangup,
    AGITimeout,
    AGIUnknownError,
    AGIUsageError,
    caller_audio,
)
from warmline.agi.protocol import COMMAND_MAX_BYTES, LINE_MAX_BYTES, MAX_LINES, Wire, quote

SPACES = dict.fromkeys([*range(32), 127], " ")


class Ends(NamedTuple):
    wire: Wire
    asterisk: socket.socket

    def send(self, text: str | bytes) -> None:
        self.asterisk.sendall(text if isinstance(text, bytes) else text.encode())


@pytest.fixture
def wire_ends() -> Iterator[Ends]:
    script_socket, asterisk_socket = socket.socketpair()
    with script_socket, asterisk_socket:
        yield Ends(Wire(asterisk_socket, asterisk_socket), script_socket)


@given(st.text())
def test_any_text_is_one_word_of_one_line(text: str) -> None:
    word = quote(text)
    assert not any(letter < " " or letter == "\x7f" for letter in word)
    assert split(f"SET VARIABLE X {word} after") == ["SET", "VARIABLE", "X", text.translate(SPACES), "after"]


def test_a_command_of_two_lines_or_too_long_is_not_sent(wire_ends: Ends) -> None:
    for line in ("NOOP\nHANGUP", "NOOP\rHANGUP", "NOOP \0", "x" * (COMMAND_MAX_BYTES + 1), "é" * COMMAND_MAX_BYTES):
        with pytest.raises(AGIUsageError, match="must be one line"):
            wire_ends.wire.send(line)
    wire_ends.wire.send("NOOP")
    assert wire_ends.asterisk.recv(4096) == b"NOOP\n"


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("result=1", {"result": ("1", "")}),
        ("result=0 endpos=160", {"result": ("0", ""), "endpos": ("160", "")}),
        ("result=1 (a value)", {"result": ("1", "a value")}),
        ("result=1 (a=b (c) d)", {"result": ("1", "a=b (c) d")}),
        ("result=1 ()", {"result": ("1", "")}),
        ("result= (timeout)", {"result": ("", "timeout")}),
        ("result=35 (dtmf) endpos=8000", {"result": ("35", "dtmf"), "endpos": ("8000", "")}),
        ("result=1 (two\nlines (2))", {"result": ("1", "two\nlines (2)")}),
        ("", {"result": ("", "")}),
        ("nonsense", {"result": ("", "")}),
    ],
)
def test_a_reply_is_read(wire_ends: Ends, text: str, fields: object) -> None:
    wire_ends.send(f"200 {text}\n")
    assert wire_ends.wire.read_reply(1) == fields


@given(st.binary(max_size=300))
def test_no_reply_is_too_strange(data: bytes) -> None:
    script_socket, asterisk_socket = socket.socketpair()
    with script_socket, asterisk_socket:
        wire = Wire(asterisk_socket, asterisk_socket)
        script_socket.sendall(data)
        script_socket.shutdown(socket.SHUT_WR)
        with suppress(AGIError):  # no other exception is allowed
            assert "result" in wire.read_reply(1)


@pytest.mark.parametrize(
    ("text", "exception"),
    [
        ("510 Invalid or unknown command", AGIInvalidCommand),
        ("511 Command Not Permitted on a dead channel or intercept routine", AGIDeadChannel),
        ("520 Invalid command syntax.  Proper usage not available.", AGIUsageError),
        ("520-Proper usage follows:\n511 is only text here\n520 End of proper usage.", AGIUsageError),
        ("404 not AGI", AGIUnknownError),
    ],
)
def test_each_code_has_its_exception_and_the_next_reply_is_the_next(
    wire_ends: Ends, text: str, exception: type
) -> None:
    wire_ends.send(f"{text}\n200 result=7\n")
    with pytest.raises(exception):
        wire_ends.wire.read_reply(1)
    assert wire_ends.wire.read_reply(1)["result"] == ("7", "")


def test_lines_that_are_no_reply_are_skipped(wire_ends: Ends) -> None:
    wire_ends.send("100 Trying...\n\nagi_rest: of a broken environment\r\n2000 is no code\n200 result=7\r\n")
    assert wire_ends.wire.read_reply(1)["result"] == ("7", "")


def test_a_reply_in_pieces_is_one(wire_ends: Ends) -> None:
    wire_ends.send("200 res")
    with pytest.raises(AGITimeout):
        wire_ends.wire.read_reply(0.01)
    wire_ends.send(b"ult=1 (caf\xc3\xa9 \xff)\n")
    assert wire_ends.wire.read_reply(1)["result"] == ("1", "café \N{REPLACEMENT CHARACTER}")


@pytest.mark.parametrize("text", ["", "200 result=1 (no end", "520-Usage follows\nand the end"])
def test_the_end_of_the_stream_is_a_hangup(wire_ends: Ends, text: str) -> None:
    wire_ends.send(text)
    wire_ends.asterisk.shutdown(socket.SHUT_WR)
    with pytest.raises(AGIHangup, match="closed"):
        wire_ends.wire.read_reply(1)


def test_a_closed_pipe_is_a_hangup() -> None:
    read_number, write_number = os.pipe()
    os.close(read_number)
    with open(write_number, "wb", buffering=0) as stdout, pytest.raises(AGISIGPIPEHangup):
        Wire(io.BytesIO(), stdout).send("NOOP")


@pytest.mark.parametrize(
    "flood",
    [
        b"x" * (LINE_MAX_BYTES * 2),
        b"agi_x: y\n" * (MAX_LINES + 1),
        b"520-" + b"usage\n" * (MAX_LINES + 1),
        b"200 result=1 (" + b"line\n" * LINE_MAX_BYTES,
    ],
)
def test_a_flood_has_an_end(flood: bytes) -> None:
    with pytest.raises(AGIError, match="more than"):
        Wire(io.BytesIO(flood), io.BytesIO()).read_reply(1)


def test_a_flood_of_an_environment_has_an_end() -> None:
    with pytest.raises(AGIError, match="more than"):
        AGI(io.BytesIO(b"agi_x: y\n" * (MAX_LINES + 1)), io.BytesIO(), sighup=False)


def agi_hearing(*replies: str) -> tuple[AGI, io.StringIO]:
    """Return an AGI on streams without files, and its output."""
    command_stream = io.StringIO()
    return AGI(
        io.StringIO("agi_request: x\n\n" + "\n".join(replies) + "\n"), command_stream, sighup=False
    ), command_stream


def test_streams_that_are_no_files_will_do() -> None:
    agi, command_stream = agi_hearing("200 result=1 (value)")
    assert agi.env == {"agi_request": "x"}
    assert agi.get_variable("X") == "value"
    assert command_stream.getvalue() == 'GET VARIABLE "X"\n'


def test_after_a_hangup_line_no_command_is_sent() -> None:
    agi, command_stream = agi_hearing("HANGUP", "200 result=1")
    agi.noop()
    with pytest.raises(AGISIGHUPHangup):
        agi.noop()
    assert command_stream.getvalue() == "NOOP\n"


def test_after_a_missing_reply_no_command_is_sent() -> None:
    asterisk, script = socket.socketpair()
    with asterisk, script:
        asterisk.sendall(b"agi_request: x\n\n")
        agi = AGI(script, script, sighup=False)
        agi.send_command("NOOP")
        with pytest.raises(AGITimeout):
            agi.get_result(0.01)
        with pytest.raises(AGIHangup):
            agi.noop()
        assert asterisk.recv(100) == b"NOOP\n"


def test_results_that_are_failures() -> None:
    with pytest.raises(AGIAppError):
        agi_hearing("200 result=-1")[0].noop()
    with pytest.raises(AGIResultHangup):
        agi_hearing("200 result=0 (hangup)")[0].record_file("x")
    with pytest.raises(AGIError, match="not a digit"):
        agi_hearing("200 result=many")[0].wait_for_digit()
    assert agi_hearing("200 result=-1")[0].channel_status() == -1
    with pytest.raises(AGIDeadChannel):
        agi_hearing("511 dead")[0].channel_status()


@pytest.mark.parametrize(
    ("command", "has_limit"),
    [
        (("NOOP",), True),
        (("set variable", '"A"', '"a (b)"'), True),
        (("SET VARIABLE", '"ODBC_PRICE(7)"', '"1"'), False),
        (('GET VARIABLE "CURL(https://example.com)"',), False),
        (("GET FULL VARIABLE", '"${SHELL(slow)}"'), False),
        (("DATABASE GET", '"a"', '"b"'), True),
        (("GOSUB", '"slow"', '"s"', '"1"'), False),
        (("SPEECH RECOGNIZE", '"beep"', '"9"'), False),
        (("SOMETHING NEW",), False),
    ],
)
def test_a_limit_of_time_is_for_commands_that_asterisk_carries_out_immediately(
    command: tuple[str, ...], has_limit: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    agi, _ = agi_hearing()
    limits: list[float | None] = []
    monkeypatch.setattr(agi._wire, "read_reply", lambda limit: limits.append(limit) or {"result": ("0", "")})
    agi.execute(*command)
    assert limits == [5.0 if has_limit else None]


@pytest.mark.parametrize(("name", "limit"), [("PRICE", 5.0), ("ODBC_PRICE(7)", None)])
def test_several_variables_have_a_limit_of_time_unless_one_is_a_function(
    name: str, limit: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    agi, _ = agi_hearing()
    limits: list[float | None] = []
    monkeypatch.setattr(agi._wire, "read_reply", lambda limit: limits.append(limit) or {"result": ("0", "")})
    agi.set_variables({"LEAD": "a (b)", name: "1"})
    assert limits == [limit]


def test_what_a_caller_says_during_a_prompt_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    read_end, write_end = os.pipe()
    monkeypatch.setattr(caller_audio, "AUDIO_FILE_NUMBER", read_end)
    agi, _ = agi_hearing("200 result=0")
    agi.env["agi_enhanced"] = "1.0"
    audio = agi.audio()
    os.write(write_end, b"\1\0" * 1600)
    audio.skip()
    os.write(write_end, b"\2\0" * 160)
    assert audio.read(20) == b"\2\0" * 160
    os.close(write_end)
    os.close(read_end)


def test_a_time_zone_needs_a_form() -> None:
    agi, command_stream = agi_hearing("200 result=0")
    agi.say_datetime(0, zone="UTC")
    assert split(command_stream.getvalue())[-2:] == ["ABdY 'digits/at' IMp", "UTC\n"]


def test_after_sighup_no_command_is_sent() -> None:
    previous_handler = signal.getsignal(signal.SIGHUP)
    command_stream = io.StringIO()
    try:
        agi = AGI(io.StringIO("\n200 result=1\n200 result=1\n"), command_stream)
        agi.noop()
        os.kill(os.getpid(), signal.SIGHUP)
        with pytest.raises(AGISIGHUPHangup, match="SIGHUP"):
            agi.noop()
        with pytest.raises(AGISIGHUPHangup):
            agi.test_hangup()
    finally:
        signal.signal(signal.SIGHUP, previous_handler)
    assert command_stream.getvalue() == "NOOP\n"
