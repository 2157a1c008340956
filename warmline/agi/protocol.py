"""The AGI protocol: one command line is sent, one reply is read.

Text from a caller cannot end a line or a quoted word, and cannot answer a command. Every wait, line and reply has a
limit. A hang-up, a closed pipe and each code of Asterisk has its own exception, with the names of pyst2.

The end of a value. Asterisk puts a value into its reply as it is, such as `200 result=1 (VALUE)`, and a value may have
lines that look like replies. Asterisk writes a reply immediately, and nothing else until the next command, but for
HANGUP. So a short reply after which nothing has arrived is whole: the first packet of a connection, or write to a pipe,
has all of it. After any other reply, the script sends a mark: GET FULL VARIABLE of a random text, which Asterisk
answers with that text. All that comes before this answer is the reply.
"""

import os
import select
import stat
import time

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

COMMAND_MAX_BYTES = 2000  # Asterisk cuts a line at 2047 and reads the rest as another command
LINE_MAX_BYTES = 65536
MAX_LINES = 1000  # of one reply, or of the environment
PACKET_MIN_BYTES = 500  # a first packet always has them
MARK_TIMEOUT_SECONDS = 5.0  # for the answer to a mark
MARK_COMMAND = 'GET FULL VARIABLE "warmline-mark-'
ARGUMENT_FIELDS = {"agi_threadid", "agi_arg_1"}  # in Asterisk's environment; only an argument may have line breaks
VALUE_COMMANDS = ("GET VARIABLE", "GET FULL VARIABLE", "DATABASE GET", "RECEIVE TEXT")  # commands that return any text

Reply = dict[str, tuple[str, str]]  # key → (value, text in parentheses)


class AGIException(Exception):
    """The base of all AGI errors."""


class AGIError(AGIException):
    """Asterisk refused or failed a command."""


class AGIUnknownError(AGIError):
    """Asterisk sent an unknown reply."""


class AGITimeout(AGIError):
    """Asterisk did not reply in time. A late reply would look like that of a later command, so the script must end."""


class AGIUsageError(AGIError):
    """520: the arguments of a command are invalid, or the command is too long or has several lines."""


class AGIInvalidCommand(AGIError):
    """510: Asterisk does not know the command."""


class AGIAppError(AGIError):
    """The application or command failed."""


class AGIDBError(AGIAppError):
    """The key is not in Asterisk's database, or could not be written."""


class AGIHangup(AGIAppError):
    """The call is over."""


class AGISIGHUPHangup(AGIHangup):
    """Asterisk reported the hang-up, by SIGHUP or a HANGUP line, before the command was sent."""


class AGISIGPIPEHangup(AGIHangup):
    """Asterisk closed the connection."""


class AGIResultHangup(AGIHangup):
    """The caller hung up while the command ran."""


class AGIDeadChannel(AGIHangup):
    """511: the command cannot be used on a channel that has hung up."""


def quote(value: object) -> str:
    """Return the value as one word of a command; control characters become spaces, so that none ends the command."""
    text = "".join(letter if " " <= letter != "\x7f" else " " for letter in str(value))
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def escape(value: object) -> str:
    """Return the value as one argument of an application; no character in it can end the argument."""
    return "".join("\\" + letter if letter in "\\,\"'()[]" else letter for letter in str(value))


def parse_mark(command: str) -> str:
    """Return the text of a mark, or "" if the command is none. Marks are no part of a session."""
    return command.strip().partition('"')[2].rstrip('"') if command.startswith(MARK_COMMAND) else ""


def build_mark_answer(mark: str) -> str:
    """Return Asterisk's answer to a mark."""
    return f"200 result=1 ({mark})"


class Wire:
    """The two streams to Asterisk. Waits have a limit only on streams with a file number."""

    def __init__(self, stdin: "Any", stdout: "Any") -> None:
        self._read, self._input_number = _build_reader(stdin)
        self._write = _build_writer(stdout)
        self._output_number = _get_file_number(stdout)
        self._buffer = b""
        self._pending: list[bool] = []  # commands without a reply: whether each returns any text
        self.has_value = False  # whether the last reply is that of a command that returns any text
        self.closed_reason = ""  # why no more commands can be sent

    def send(self, line: str) -> None:
        """Send one command. Raises AGIUsageError if it is not a single short line, AGISIGPIPEHangup."""
        line_bytes = line.encode(errors="replace")
        if len(line_bytes) > COMMAND_MAX_BYTES or any(character in line for character in "\n\r\0"):
            raise AGIUsageError(
                f"command {line[:40]!r}… is {len(line_bytes)} bytes; it must be one line of {COMMAND_MAX_BYTES}"
            )
        self._write_line(line_bytes)
        self._pending.append(" ".join(line.upper().split()).startswith(VALUE_COMMANDS))

    def _write_line(self, line_bytes: bytes) -> None:
        try:
            self._write(line_bytes + b"\n")
        except (BrokenPipeError, ConnectionError):
            self.closed_reason = "Asterisk does not listen any more"
            raise AGISIGPIPEHangup(self.closed_reason) from None

    def read_environment(self, limit_seconds: float) -> dict[str, str]:
        """Read the `agi_…` lines at the start; `limit` is in seconds. Raises AGITimeout, AGIHangup, AGIError."""
        deadline = time.monotonic() + limit_seconds
        env: dict[str, str] = {}
        for _ in range(MAX_LINES):
            line = self._read_line(deadline)
            if not line.strip():
                if env.keys() >= ARGUMENT_FIELDS and self._buffer not in (b"", b"HANGUP\n"):
                    self._skip_forged_lines()
                return env
            key, _, value = line.partition(":")
            if key.strip():  # the first of two wins; the script's name comes before values that a caller can choose
                env.setdefault(key.strip(), value.strip())
        raise AGIError(f"the environment has more than {MAX_LINES} lines")

    def _skip_forged_lines(self) -> None:
        """Skip what an argument of the dialplan has behind a blank line; it would answer the first commands."""
        self._buffer = b"\n" + self._buffer
        try:
            self._read_to_mark()
        except AGIHangup:
            if not self._is_written_before():
                raise
            self.closed_reason = ""
            self._buffer = self._buffer[1:]

    def read_reply(self, limit_seconds: float | None) -> Reply:
        """Return the next reply with code 200; `limit` is in seconds. Other codes raise their exception.

        HANGUP, `100 Trying` and lines that are not replies are skipped.
        """
        deadline = None if limit_seconds is None else time.monotonic() + limit_seconds
        is_alone = len(self._pending) == 1
        self.has_value = self._pending.pop(0) if self._pending else True
        for _ in range(MAX_LINES):
            raw_line = self._read_raw_line(deadline)
            line = _decode_line(raw_line)
            code, text = line[:3], line[4:]
            if line.strip() == "HANGUP":
                self.closed_reason = "Asterisk said HANGUP"
            if not (code.isascii() and code.isdigit() and len(code) == 3 and line[3:4] in ("", " ", "-")):
                continue
            if code == "200":
                text = (
                    self._read_continuation(text, deadline)
                    if not is_alone or self._is_complete(text, raw_line)
                    else self._read_value(raw_line)
                )
                return _parse_fields(text, has_value=self.has_value)
            if code != "100":
                raise self._build_refusal(code, line, deadline)
        raise self._refuse_length(f"a reply has more than {MAX_LINES} lines")

    def _is_complete(self, text: str, raw_line: bytes) -> bool:
        """Return whether the line is surely all of a reply."""
        if "(" not in text:
            return True  # it has no text from outside
        has_end = text.endswith(")") or ") endpos=" in text
        return has_end and len(raw_line) < PACKET_MIN_BYTES and self._buffer in (b"", b"HANGUP\n")

    def _read_value(self, raw_line: bytes) -> str:
        """Return the text of a reply that may have further lines than its first one, `raw`."""
        self._buffer = raw_line + b"\n" + self._buffer
        try:
            reply = self._read_to_mark()
        except AGIHangup:
            if not self._is_written_before():
                raise
            self.closed_reason = ""
            return self._read_continuation(self._read_line(None)[4:], time.monotonic() + MARK_TIMEOUT_SECONDS)
        return _decode_line(reply)[4:]

    def _read_to_mark(self) -> bytes:
        """Send a mark, and return all that comes before its answer. Raises AGIHangup; then all of it is unread."""
        mark = f"warmline-mark-{os.urandom(8).hex()}"
        self._write_line(f'GET FULL VARIABLE "{mark}"'.encode())
        mark_answer, deadline = f"\n{build_mark_answer(mark)}\n".encode(), time.monotonic() + MARK_TIMEOUT_SECONDS
        while mark_answer not in self._buffer:
            if len(self._buffer) > LINE_MAX_BYTES:
                raise self._refuse_length(f"a reply has more than {LINE_MAX_BYTES} bytes")
            self._buffer += self._read_chunk(deadline)
        text, _, self._buffer = self._buffer.partition(mark_answer)
        while text.endswith(b"\nHANGUP"):  # before the mark was read
            self.closed_reason = "Asterisk said HANGUP"
            text = text.removesuffix(b"\nHANGUP")
        return text

    def _is_written_before(self) -> bool:
        """Return whether the replies were written before the commands, by a person or a test, and a mark has none."""
        if self._input_number is None:
            return True
        if not stat.S_ISFIFO(os.fstat(self._input_number).st_mode) and not stat.S_ISREG(
            os.fstat(self._input_number).st_mode
        ):
            return False  # a connection
        if self._output_number is None:
            return True
        poll = select.poll()
        poll.register(self._output_number, 0)
        return not poll.poll(0)  # else Asterisk has closed the other pipe, too

    def _refuse_length(self, reason: str) -> AGIError:
        """Return the error for a reply that is not read to its end: the rest would answer the next command."""
        self.closed_reason = reason
        return AGIError(reason)

    def _read_continuation(self, text: str, deadline: float | None) -> str:
        """Read on if a value in parentheses has line breaks, and return the whole line."""
        while "(" in text and not text.endswith(")") and ") endpos=" not in text:
            text += "\n" + self._read_line(deadline)
            if len(text) > LINE_MAX_BYTES:
                raise self._refuse_length(f"a reply has more than {LINE_MAX_BYTES} bytes")
        return text

    def _build_refusal(self, code: str, line: str, deadline: float | None) -> AGIError:
        if code == "510":
            return AGIInvalidCommand(line[4:])
        if code == "511":
            return AGIDeadChannel(line[4:])
        if code == "520":
            return AGIUsageError("\n".join(self._read_usage(line, deadline)))
        return AGIUnknownError(int(code), line[4:])

    def _read_usage(self, line: str, deadline: float | None) -> list[str]:
        """Read the text of a 520: `520-` begins several lines, which a line with `520 ` ends."""
        lines = [line]
        while line[:4] == "520-" or line[:3] != "520":
            line = self._read_line(deadline)
            lines.append(line)
            if len(lines) > MAX_LINES:
                raise self._refuse_length(f"a reply has more than {MAX_LINES} lines")
        return lines

    def _read_line(self, deadline: float | None) -> str:
        return _decode_line(self._read_raw_line(deadline))

    def _read_raw_line(self, deadline: float | None) -> bytes:
        while b"\n" not in self._buffer:
            if len(self._buffer) > LINE_MAX_BYTES:
                raise self._refuse_length(f"a line has more than {LINE_MAX_BYTES} bytes")
            self._buffer += self._read_chunk(deadline)
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line

    def _read_chunk(self, deadline: float | None) -> bytes:
        self._wait_for_input(deadline)
        chunk = self._read()
        if not chunk:
            self.closed_reason = "Asterisk closed the connection"
            raise AGIHangup(self.closed_reason)
        return chunk

    def _wait_for_input(self, deadline: float | None) -> None:
        if deadline is None or self._input_number is None:
            return
        poll = select.poll()
        poll.register(self._input_number, select.POLLIN)
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            self.closed_reason = "Asterisk did not reply in time"
            raise AGITimeout(self.closed_reason)


def _build_reader(stream: "Any") -> "tuple[Callable[[], bytes], int | None]":
    """Return a function that reads available bytes, and the file number to wait on, None for other streams."""
    file_number = _get_file_number(stream)
    if file_number is not None:
        return lambda: os.read(file_number, LINE_MAX_BYTES), file_number

    def read() -> bytes:
        line = stream.readline()
        return line.encode() if isinstance(line, str) else bytes(line)

    return read, None


def _build_writer(stream: "Any") -> "Callable[[bytes], object]":
    file_number = _get_file_number(stream)
    if file_number is None:
        return lambda command_bytes: (stream.write(command_bytes.decode()), stream.flush())

    def write(command_bytes: bytes) -> None:
        while command_bytes:
            command_bytes = command_bytes[os.write(file_number, command_bytes) :]

    return write


def _get_file_number(stream: "Any") -> int | None:
    try:
        return int(stream.fileno())
    except (AttributeError, OSError):  # io.UnsupportedOperation is an OSError
        return None


def _decode_line(line: bytes) -> str:
    return line.decode(errors="replace").rstrip("\r")


def _parse_fields(text: str, *, has_value: bool) -> Reply:
    """`result=1 (text) endpos=80` → {"result": ("1", "text"), "endpos": ("80", "")}.

    With `has_value`, the text in parentheses may be any, and goes up to the last one. The first of two equal keys wins,
    because a recognized speech is at the end.
    """
    fields: Reply = {}
    while "=" in text:
        key, _, text = text.partition("=")
        if text.startswith('"') and '"' in text[1:]:
            value, text = text[: text.index('"', 1) + 1], text[text.index('"', 1) + 1 :]
        else:
            value, _, text = text.partition(" ")
        remark, text = "", text.lstrip(" ")
        if text.startswith("("):
            remark_end = (text.rfind if has_value else text.find)(")")
            remark, text = (text[1:remark_end], text[remark_end + 1 :]) if remark_end > 0 else (text[1:], "")
        fields.setdefault(key.strip(), (value, remark))
    fields.setdefault("result", ("", ""))
    return fields
