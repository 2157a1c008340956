"""One channel, as an AGI script sees it.

Method names, arguments, results and exceptions are those of pyst2's `asterisk.agi.AGI`: a script written for that
runs on this one.
"""

import sys

from warmline.agi.protocol import (
    AGIAppError,
    AGIDBError,
    AGIError,
    AGIHangup,
    AGIResultHangup,
    AGISIGHUPHangup,
    Reply,
    Wire,
    escaped,
    quote,
)

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    Digits = str | int | Iterable[object]

DEFAULT_TIMEOUT = 2000  # milliseconds
DEFAULT_RECORD = 20000  # milliseconds
DATETIME = "ABdY 'digits/at' IMp"  # how Asterisk says a time unless told otherwise
REPLY_LIMIT = 5.0  # seconds for a command that Asterisk does at once
# These last as long as a caller, a sound or an application does.
LASTING = ("EXEC", "STREAM", "CONTROL", "GET DATA", "GET OPTION", "RECORD", "WAIT", "RECEIVE", "SAY", "SEND", "ANSWER")
TEXT_MAX = 400  # letters that a line in Asterisk's log may have


class AGI:
    """One channel, as the script it runs sees it. Times are in milliseconds unless a method says seconds.

    Every method raises AGIHangup when the call is over and AGIError when Asterisk refuses or fails.
    """

    def __init__(self, stdin: "Any" = None, stdout: "Any" = None, stderr: "Any" = None, sighup: bool = True) -> None:
        """Read the environment that Asterisk sends first. `sighup`: take SIGHUP for "the caller has hung up"."""
        self.stdin, self.stdout, self.stderr = stdin or sys.stdin, stdout or sys.stdout, stderr or sys.stderr
        self._wire = Wire(self.stdin, self.stdout)
        if sighup:
            self._take_sighup()
        self.env = self._wire.environment(REPLY_LIMIT)

    def _take_sighup(self) -> None:
        import signal  # 2 ms that our own scripts do without

        def hang_up(*_: object) -> None:
            self._wire.hung_up = "Asterisk sent SIGHUP"

        try:
            signal.signal(signal.SIGHUP, hang_up)
        except ValueError:
            return  # not the main thread: a server's, which gets no SIGHUP

    # Any command

    def execute(self, command: str, *args: object) -> Reply:
        """Send a command with its words as they are, and return the reply, `{"result": (value, text), …}`."""
        self.send_command(command, *args)
        return self.get_result(None if command.upper().startswith(LASTING) else REPLY_LIMIT)

    def send_command(self, command: str, *args: object) -> None:
        """Send a command without reading the reply."""
        self.test_hangup()
        self._wire.send(" ".join([command.strip(), *map(str, args)]).strip())

    def get_result(self, limit: float | None = None) -> Reply:
        """Read one reply; `limit` in seconds."""
        reply = self._wire.reply(limit)
        value, text = reply["result"]
        if text == "hangup":
            raise AGIResultHangup("the caller hung up while the command ran")
        if value == "-1":
            raise AGIAppError("the command failed, or the caller hung up")
        return reply

    def test_hangup(self) -> None:
        """Raise AGISIGHUPHangup if the call is known to be over."""
        if self._wire.hung_up:
            raise AGISIGHUPHangup(self._wire.hung_up)

    def _do(self, command: str, *words: object) -> str:
        return self.execute(command, *map(quote, words))["result"][0]

    def _digit(self, command: str, *words: object) -> str:
        """The digit that ended the command, or ''."""
        value = self._do(command, *words)
        if value in ("", "0"):
            return ""
        try:
            return chr(int(value))
        except (ValueError, OverflowError):
            raise AGIError(f"{command} ended with {value!r}, which is no digit") from None

    # The channel

    def answer(self) -> None:
        """Answer, if that has not been done."""
        self._do("ANSWER")

    def hangup(self, channel: str = "") -> None:
        """Hang up this channel, or the named one."""
        self._do("HANGUP", *_given(channel))

    def channel_status(self, channel: str = "") -> int:
        """0 down, 1 reserved, 2 off hook, 3 dialled, 4 ringing, 5 the far end rings, 6 up, 7 busy, -1 unknown."""
        try:
            return int(self._do("CHANNEL STATUS", *_given(channel)))
        except AGIHangup:
            raise
        except AGIAppError:
            return -1

    def set_autohangup(self, secs: int) -> None:
        """Hang up in so many seconds; 0 takes it back."""
        self._do("SET AUTOHANGUP", secs)

    def set_callerid(self, number: str) -> None:
        """Change the channel's caller id."""
        self._do("SET CALLERID", number)

    def noop(self) -> None:
        """Do nothing."""
        self._do("NOOP")

    def verbose(self, message: str, level: int = 1) -> None:
        """Write to Asterisk's log at a verbosity of 1-4. A long message is cut."""
        self._do("VERBOSE", str(message)[:TEXT_MAX], level)

    # Applications and the dialplan

    def appexec(self, application: str, options: str = "") -> str:
        """Run an application and return its result."""
        value = self._do("EXEC", application, options)
        if value == "-2":
            raise AGIAppError(f"there is no application {application}")
        return value

    def exec_command(self, command: str, *args: object) -> Reply:
        """Run an application with its arguments, and return the whole reply."""
        return self.execute("EXEC", quote(command), quote(",".join(map(str, args))))

    def set_context(self, context: str) -> None:
        """Where the dialplan goes on; nothing checks that it exists."""
        self._do("SET CONTEXT", context)

    def set_extension(self, extension: str) -> None:
        """Where the dialplan goes on; nothing checks that it exists."""
        self._do("SET EXTENSION", extension)

    def set_priority(self, priority: str | int) -> None:
        """Where the dialplan goes on; nothing checks that it exists."""
        self._do("SET PRIORITY", priority)

    def goto_on_exit(self, context: str = "", extension: str = "", priority: str | int = "") -> None:
        """Where the dialplan goes on; what is left out stays."""
        self.set_context(context or self.env["agi_context"])
        self.set_extension(extension or self.env["agi_extension"])
        self.set_priority(priority or self.env["agi_priority"])

    def set_variable(self, name: str, value: object) -> None:
        """Set a channel variable."""
        self._do("SET VARIABLE", name, value)

    def set_variables(self, values: "Mapping[str, object]") -> None:
        """Set several channel variables at once, which is as quick as one. pyst2 has no such method."""
        pairs = ",".join(f"{name}={escaped(value)}" for name, value in values.items())
        self.send_command("EXEC", quote("MSet"), quote(pairs))
        if self.get_result(REPLY_LIMIT)["result"][0] == "-2":
            raise AGIAppError("there is no application MSet")

    def get_variable(self, name: str) -> str:
        """The value of a channel variable or function, '' when unset."""
        return self._text("GET VARIABLE", name)

    def get_full_variable(self, name: str, channel: str | None = None) -> str:
        """The value of an expression such as `${CALLERID(num)}`, on this channel or the named one."""
        return self._text("GET FULL VARIABLE", name, *_given(channel))

    def _text(self, command: str, *words: object) -> str:
        try:
            return self.execute(command, *map(quote, words))["result"][1]
        except AGIResultHangup:
            return "hangup"  # no hang-up: that is the variable's value

    # Sounds and digits. `escape_digits` end a sound; the one pressed is returned, or ''.

    def stream_file(self, filename: str, escape_digits: "Digits" = "", sample_offset: int = 0) -> str:
        """Play a sound, named without its extension, from a sample on."""
        return self._digit("STREAM FILE", filename, _digits(escape_digits), sample_offset)

    def control_stream_file(
        self,
        filename: str,
        escape_digits: "Digits" = "",
        skipms: int = 3000,
        fwd: str = "",
        rew: str = "",
        pause: str = "",
    ) -> str:
        """Play a sound in which the caller can move with the keys `fwd`, `rew` and `pause`."""
        return self._digit("CONTROL STREAM FILE", filename, _digits(escape_digits), skipms, fwd, rew, pause)

    def get_option(self, filename: str, escape_digits: "Digits" = "", timeout: int = 0) -> str:
        """Play a sound and wait for a digit."""
        return self._digit("GET OPTION", filename, _digits(escape_digits), *_given(timeout))

    def get_data(self, filename: str, timeout: int = DEFAULT_TIMEOUT, max_digits: int = 255) -> str:
        """Play a sound and return the digits pressed, up to `#`, the time-out or the most allowed."""
        return self._do("GET DATA", filename, timeout, max_digits)

    def wait_for_digit(self, timeout: int = DEFAULT_TIMEOUT) -> str:
        """The next digit, or ''."""
        return self._digit("WAIT FOR DIGIT", timeout)

    def record_file(
        self,
        filename: str,
        format: str = "gsm",
        escape_digits: "Digits" = "#",
        timeout: int = DEFAULT_RECORD,
        offset: int = 0,
        beep: str = "beep",
        silence: int = 0,
    ) -> str:
        """Record the caller, until a digit, the time-out (-1: none) or so many seconds of silence (0: any)."""
        digits = _digits(escape_digits)
        return self._digit("RECORD FILE", filename, format, digits, timeout, offset, beep, f"s={silence}")

    def say_digits(self, digits: "Digits", escape_digits: "Digits" = "") -> str:
        """Say digits one by one."""
        return self._digit("SAY DIGITS", _digits(digits), _digits(escape_digits))

    def say_number(self, number: "Digits", escape_digits: "Digits" = "") -> str:
        """Say a whole number."""
        return self._digit("SAY NUMBER", _digits(number), _digits(escape_digits))

    def say_alpha(self, characters: "Digits", escape_digits: "Digits" = "") -> str:
        """Spell."""
        return self._digit("SAY ALPHA", _digits(characters), _digits(escape_digits))

    def say_phonetic(self, characters: "Digits", escape_digits: "Digits" = "") -> str:
        """Spell with a spelling alphabet."""
        return self._digit("SAY PHONETIC", _digits(characters), _digits(escape_digits))

    def say_date(self, seconds: int, escape_digits: "Digits" = "") -> str:
        """Say a date, given in seconds since 1970 UTC."""
        return self._digit("SAY DATE", seconds, _digits(escape_digits))

    def say_time(self, seconds: int, escape_digits: "Digits" = "") -> str:
        """Say a time of day, given in seconds since 1970 UTC."""
        return self._digit("SAY TIME", seconds, _digits(escape_digits))

    def say_datetime(self, seconds: int, escape_digits: "Digits" = "", format: str = "", zone: str = "") -> str:
        """Say a moment, given in seconds since 1970 UTC, in the form and time zone of voicemail.conf."""
        form = (format or DATETIME, zone) if zone else _given(format)
        return self._digit("SAY DATETIME", seconds, _digits(escape_digits), *form)

    # Text, images and old telephones

    def send_text(self, text: str = "") -> None:
        """Send a text message, where the channel can."""
        self._do("SEND TEXT", text)

    def receive_char(self, timeout: int = DEFAULT_TIMEOUT) -> str:
        """The next character of text (timeout 0: wait for ever), or ''."""
        return self._digit("RECEIVE CHAR", timeout)

    def send_image(self, filename: str) -> None:
        """Send an image, named without its extension."""
        if self._do("SEND IMAGE", filename) != "0":
            raise AGIAppError(f"image {filename} could not be sent on {self.env.get('agi_channel', 'this channel')}")

    def tdd_mode(self, mode: str = "off") -> None:
        """Switch a telephone for the deaf on or off."""
        if self._do("TDD MODE", mode) == "0":
            raise AGIAppError(f"{self.env.get('agi_channel', 'this channel')} cannot do TDD")

    # Asterisk's own database

    def database_get(self, family: str, key: str) -> str:
        """The value of a key. Raises AGIDBError when it is not there."""
        value, text = self.execute("DATABASE GET", quote(family), quote(key))["result"]
        if value != "1":
            raise AGIDBError(f"there is no {family}/{key} in Asterisk's database")
        return text

    def database_put(self, family: str, key: str, value: object) -> None:
        """Set a key. Raises AGIDBError."""
        self._database("DATABASE PUT", family, key, value)

    def database_del(self, family: str, key: str) -> None:
        """Delete a key. Raises AGIDBError when it is not there."""
        self._database("DATABASE DEL", family, key)

    def database_deltree(self, family: str, key: str = "") -> None:
        """Delete a family, or the keys below one. Raises AGIDBError when there is none."""
        self._database("DATABASE DELTREE", family, *_given(key))

    def _database(self, command: str, *words: object) -> None:
        if self._do(command, *words) == "0":
            raise AGIDBError(f"{command} {'/'.join(map(str, words[:2]))} changed nothing")


def _given(*words: object) -> tuple[object, ...]:
    """The words that are there: an empty one at the end of a command is left out."""
    return tuple(word for word in words if word)


def _digits(digits: "Digits") -> str:
    return str(digits) if isinstance(digits, str | int) else "".join(map(str, digits))
