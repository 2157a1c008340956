"""One channel, as an AGI script controls it.

Method names, arguments, results and exceptions are those of pyst2's `asterisk.agi.AGI`. A script for pyst2 runs after a
change of its import; docs/how-to/coming-from-pyst2.md lists the differences.
"""

import os
import sys

from warmline.agi.protocol import (
    AGIAppError,
    AGIDBError,
    AGIError,
    AGIHangup,
    AGIResultHangup,
    AGISIGHUPHangup,
    AGIUsageError,
    Reply,
    Wire,
    escape,
    quote,
)

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any, ClassVar, Literal

    from warmline.agi.caller_audio import CallerAudio
    from warmline.agi.recognized_speech import RecognizedSpeech

    Signs = str | int | Iterable[object]

DEFAULT_TIMEOUT = 2000  # milliseconds
DEFAULT_RECORD = 20000  # milliseconds
DATETIME_FORMAT = "ABdY 'digits/at' IMp"  # Asterisk's default form of a spoken time
REPLY_TIMEOUT_SECONDS = 5.0  # for a command that Asterisk carries out immediately
# Asterisk carries these commands out immediately. All others last: as long as the caller, a sound, an application.
QUICK_COMMANDS = (
    "ASYNCAGI BREAK",
    "CHANNEL STATUS",
    "DATABASE",
    "GET FULL VARIABLE",
    "GET VARIABLE",
    "HANGUP",
    "NOOP",
    "SET",
    "TDD MODE",
    "VERBOSE",
)
# Commands with a file or a context, which an error names.
PROMPT_COMMANDS = ("STREAM", "CONTROL", "GET DATA", "GET OPTION", "RECORD", "GOSUB")
AUDIO_FILE_NUMBER = 3  # of a script that EAGI() has called
LOG_LINE_MAX_CHARACTERS = 400  # of a line in Asterisk's log


class AGI:
    """One channel, as its script controls it. Times are in milliseconds unless a method names seconds.

    Every method raises AGIHangup if the call is over, and AGIError if Asterisk refuses or fails.
    """

    of_process: "ClassVar[AGI | None]" = None  # the caller for whom Asterisk started this process

    def __init__(self, stdin: "Any" = None, stdout: "Any" = None, stderr: "Any" = None, sighup: bool = True) -> None:
        """Read the environment that Asterisk sends first. If `sighup`, SIGHUP means that the caller hung up."""
        self.stdin, self.stdout, self.stderr = stdin or sys.stdin, stdout or sys.stdout, stderr or sys.stderr
        if self.stdin is sys.stdin and self.stdout is sys.stdout and "AST_AGI_DIR" in os.environ:
            self.stdout = _reserve_for_commands(self.stdout)
        self._wire = Wire(self.stdin, self.stdout)
        self._last_command = ""  # the last command, for errors
        self.env: dict[str, str] = {}
        if sighup:
            self._handle_sighup()
        if self.stdin is sys.stdin:  # also if the script names it, as scripts for pyst2 may
            AGI.of_process = self
        self.env = self._wire.read_environment(REPLY_TIMEOUT_SECONDS)

    def _handle_sighup(self) -> None:
        import signal  # takes 2 ms, which Warmline's own scripts save

        def hang_up(*_: object) -> None:
            self._wire.closed_reason = "Asterisk sent SIGHUP"
            if self.env.get("agi_enhanced") == "1.0":
                _end_audio()

        try:
            signal.signal(signal.SIGHUP, hang_up)
        except ValueError:
            return  # a server's thread, which gets no SIGHUP

    # Any command

    def execute(self, command: str, *args: object) -> Reply:
        """Send a command with its words unchanged, and return the reply, `{"result": (value, text), …}`."""
        self.send_command(command, *args)
        return self.get_result(REPLY_TIMEOUT_SECONDS if _is_quick(" ".join([command, *map(str, args[:1])])) else None)

    def send_command(self, command: str, *args: object) -> None:
        """Send a command without reading the reply."""
        self.test_hangup()
        public_words = args[:1] if command.upper().startswith(PROMPT_COMMANDS) else ()  # other words may be secret
        self._last_command = " ".join([command.strip(), *map(str, public_words)])
        self._wire.send(" ".join([command.strip(), *map(str, args)]).strip())

    def get_result(self, limit: float | None = None) -> Reply:
        """Read one reply; `limit` in seconds."""
        reply = self._wire.read_reply(limit)
        result_code, text = reply["result"]
        if text == "hangup" and not (self._wire.has_value and result_code == "1"):  # else it is a variable's value
            raise AGIResultHangup("the caller hung up while the command ran")
        if result_code == "-1":
            raise AGIAppError(f"{self._last_command or 'the command'} failed, or the caller hung up")
        return reply

    def test_hangup(self) -> None:
        """Raise AGISIGHUPHangup if the call is known to be over."""
        if self._wire.closed_reason:
            raise AGISIGHUPHangup(self._wire.closed_reason)

    def _run_command(self, command: str, *words: object) -> str:
        return self.execute(command, *map(quote, words))["result"][0]

    def _read_digit(self, command: str, *words: object) -> str:
        """Return the digit that ended the command, or ''."""
        result_code = self._run_command(command, *words)
        if result_code in ("", "0"):
            return ""
        try:
            return chr(int(result_code))
        except (ValueError, OverflowError):
            raise AGIError(f"{command} ended with {result_code!r}, which is not a digit") from None

    # The channel

    def answer(self) -> None:
        """Answer the channel, if it is not answered."""
        self._run_command("ANSWER")

    def hangup(self, channel: str = "") -> None:
        """Hang up this channel, or the named one."""
        self._run_command("HANGUP", *_drop_empty_words(channel))

    def channel_status(self, channel: str = "") -> int:
        """Return the state of this channel, or of the named one.

        0 down, 1 reserved, 2 off hook, 3 dialled, 4 ringing, 5 the far end rings, 6 up, 7 busy, -1 unknown.
        """
        try:
            return int(self._run_command("CHANNEL STATUS", *_drop_empty_words(channel)))
        except AGIHangup:
            raise
        except AGIAppError:
            return -1

    def set_autohangup(self, secs: int) -> None:
        """Hang up after this many seconds; 0 cancels it."""
        self._run_command("SET AUTOHANGUP", secs)

    def set_callerid(self, number: str) -> None:
        """Change the channel's caller id."""
        self._run_command("SET CALLERID", number)

    def noop(self) -> None:
        """Do nothing."""
        self._run_command("NOOP")

    def verbose(self, message: str, level: int = 1) -> None:
        """Write to Asterisk's log at a verbosity of 1-4. A long message is cut."""
        self._run_command("VERBOSE", str(message)[:LOG_LINE_MAX_CHARACTERS], level)

    # Applications and the dialplan

    def appexec(self, application: str, options: str = "") -> str:
        """Run an application and return its result."""
        result_code = self._run_command("EXEC", application, options)
        if result_code == "-2":
            raise AGIAppError(f"application {application} does not exist")
        return result_code

    def exec_command(self, command: str, *args: object) -> Reply:
        """Run an application with its arguments, and return the whole reply."""
        return self.execute("EXEC", quote(command), quote(",".join(map(str, args))))

    def gosub(self, context: str, extension: str, priority: str | int = 1, *arguments: object) -> str:
        """Run a subroutine of the dialplan, and return what its Return() gives; '' if it gives nothing.

        It lasts as long as the subroutine does. `arguments` are ARG1, ARG2 and so on there. Raises AGIAppError if the
        dialplan has no such place, and AGIUsageError if an argument has a comma, a quote, a backslash or a bracket.
        """
        self._run_command("GOSUB", context, extension, priority, *_drop_empty_words(_join_arguments(arguments)))
        return self.get_variable("GOSUB_RETVAL")

    def asyncagi_break(self) -> None:
        """End AGI(agi:async), so that the dialplan continues. In other scripts it does nothing."""
        self._run_command("ASYNCAGI BREAK")

    def set_context(self, context: str) -> None:
        """Set where the dialplan continues; Asterisk does not check that it exists."""
        self._run_command("SET CONTEXT", context)

    def set_extension(self, extension: str) -> None:
        """Set where the dialplan continues; Asterisk does not check that it exists."""
        self._run_command("SET EXTENSION", extension)

    def set_priority(self, priority: str | int) -> None:
        """Set where the dialplan continues; Asterisk does not check that it exists."""
        self._run_command("SET PRIORITY", priority)

    def goto_on_exit(self, context: str = "", extension: str = "", priority: str | int = "") -> None:
        """Set where the dialplan continues; omitted parts stay."""
        self.set_context(context or self.env["agi_context"])
        self.set_extension(extension or self.env["agi_extension"])
        self.set_priority(priority or self.env["agi_priority"])

    def set_variable(self, name: str, value: object) -> None:
        """Set a channel variable."""
        self._run_command("SET VARIABLE", name, value)

    def set_variables(self, values: "Mapping[str, object]") -> None:
        """Set several channel variables in one command, which is as fast as setting one. pyst2 has no such method."""
        pairs = ",".join(f"{name}={escape(value)}" for name, value in values.items())
        self.send_command("EXEC", quote("MSet"), quote(pairs))
        if self.get_result(None if "(" in "".join(values) else REPLY_TIMEOUT_SECONDS)["result"][0] == "-2":
            raise AGIAppError("application MSet does not exist")

    def get_variable(self, name: str) -> str:
        """Return the value of a channel variable or function, '' if unset."""
        return self._read_text("GET VARIABLE", name)

    def get_full_variable(self, name: str, channel: str | None = None) -> str:
        """Return the value of an expression such as `${CALLERID(num)}`, on this channel or the named one."""
        return self._read_text("GET FULL VARIABLE", name, *_drop_empty_words(channel))

    def _read_text(self, command: str, *words: object) -> str:
        return self.execute(command, *map(quote, words))["result"][1]

    # Sounds and digits. `escape_digits` end a sound; the methods return the pressed one, or ''.

    def stream_file(self, filename: str, escape_digits: "Signs" = "", sample_offset: int = 0) -> str:
        """Play a sound from a sample on; name it without its extension."""
        return self._read_digit("STREAM FILE", filename, _to_digits(escape_digits), sample_offset)

    def control_stream_file(
        self,
        filename: str,
        escape_digits: "Signs" = "",
        skipms: int = 3000,
        fwd: str = "",
        rew: str = "",
        pause: str = "",
    ) -> str:
        """Play a sound that the caller controls with the keys `fwd`, `rew` and `pause`."""
        return self._read_digit("CONTROL STREAM FILE", filename, _to_digits(escape_digits), skipms, fwd, rew, pause)

    def get_option(self, filename: str, escape_digits: "Signs" = "", timeout: int = 0) -> str:
        """Play a sound and wait for a digit."""
        return self._read_digit("GET OPTION", filename, _to_digits(escape_digits), *_drop_empty_words(timeout))

    def get_data(self, filename: str, timeout: int = DEFAULT_TIMEOUT, max_digits: int = 255) -> str:
        """Play a sound, and return the pressed digits up to `#`, the timeout or `max_digits`."""
        return self._run_command("GET DATA", filename, timeout, max_digits)

    def wait_for_digit(self, timeout: int = DEFAULT_TIMEOUT) -> str:
        """Return the next digit, or ''."""
        return self._read_digit("WAIT FOR DIGIT", timeout)

    def record_file(
        self,
        filename: str,
        format: str = "gsm",
        escape_digits: "Signs" = "#",
        timeout: int = DEFAULT_RECORD,
        offset: int = 0,
        beep: str = "beep",
        silence: int = 0,
    ) -> str:
        """Record the caller until a digit, the timeout (-1 for none) or this much silence in seconds (0 for any)."""
        digits = _to_digits(escape_digits)
        return self._read_digit("RECORD FILE", filename, format, digits, timeout, offset, beep, f"s={silence}")

    def say_digits(self, digits: "Signs", escape_digits: "Signs" = "") -> str:
        """Say digits one by one."""
        return self._read_digit("SAY DIGITS", _to_digits(digits), _to_digits(escape_digits))

    def say_number(self, number: "Signs", escape_digits: "Signs" = "") -> str:
        """Say a whole number."""
        return self._read_digit("SAY NUMBER", _to_digits(number), _to_digits(escape_digits))

    def say_alpha(self, characters: "Signs", escape_digits: "Signs" = "") -> str:
        """Spell characters."""
        return self._read_digit("SAY ALPHA", _to_digits(characters), _to_digits(escape_digits))

    def say_phonetic(self, characters: "Signs", escape_digits: "Signs" = "") -> str:
        """Spell characters with a phonetic alphabet."""
        return self._read_digit("SAY PHONETIC", _to_digits(characters), _to_digits(escape_digits))

    def say_date(self, seconds: int, escape_digits: "Signs" = "") -> str:
        """Say a date, given in seconds since 1970 UTC."""
        return self._read_digit("SAY DATE", seconds, _to_digits(escape_digits))

    def say_time(self, seconds: int, escape_digits: "Signs" = "") -> str:
        """Say a time of day, given in seconds since 1970 UTC."""
        return self._read_digit("SAY TIME", seconds, _to_digits(escape_digits))

    def say_datetime(self, seconds: int, escape_digits: "Signs" = "", format: str = "", zone: str = "") -> str:
        """Say a date and time, given in seconds since 1970 UTC, in the format and zone of voicemail.conf."""
        format_and_zone = (format or DATETIME_FORMAT, zone) if zone else _drop_empty_words(format)
        return self._read_digit("SAY DATETIME", seconds, _to_digits(escape_digits), *format_and_zone)

    def set_music(self, mode: "Literal['on', 'off']" = "on", music_class: str = "") -> None:
        """Start or stop music for the caller; it plays while the script works, until the next sound."""
        self._run_command("SET MUSIC", mode, *_drop_empty_words(music_class))

    def audio(self) -> "CallerAudio":
        """Return what the caller says, as sound. The dialplan must call the script by EAGI(). Raises CodedError."""
        from warmline.agi.caller_audio import CallerAudio

        return CallerAudio(self)

    # Speech recognition, by an engine that Asterisk has loaded. `speech_create` is the first command.

    def speech_create(self, engine: str = "") -> None:
        """Open an engine, '' for Asterisk's default. Raises AGIAppError if there is none, or one is open."""
        self._use_speech("SPEECH CREATE", *_drop_empty_words(engine))

    def speech_set(self, name: str, value: object) -> None:
        """Change a setting of the engine. Raises AGIAppError."""
        self._use_speech("SPEECH SET", name, value)

    def speech_load_grammar(self, name: str, path: str) -> None:
        """Load the grammar in a file under a name. Raises AGIAppError."""
        self._use_speech("SPEECH LOAD GRAMMAR", name, path)

    def speech_unload_grammar(self, name: str) -> None:
        """Forget a grammar. Raises AGIAppError."""
        self._use_speech("SPEECH UNLOAD GRAMMAR", name)

    def speech_activate_grammar(self, name: str) -> None:
        """Use a grammar in the next recognition. Raises AGIAppError."""
        self._use_speech("SPEECH ACTIVATE GRAMMAR", name)

    def speech_deactivate_grammar(self, name: str) -> None:
        """Use a grammar no longer. Raises AGIAppError."""
        self._use_speech("SPEECH DEACTIVATE GRAMMAR", name)

    def speech_recognize(self, prompt: str, timeout_seconds: int = 5, offset: int = 0) -> "RecognizedSpeech":
        """Play a sound from a sample on, and return what the caller says, or the key that they press.

        The time begins at the end of the sound; 0 waits without limit. Raises AGIAppError without an engine.
        """
        from warmline.agi.recognized_speech import read_recognized

        words = (quote(prompt), quote(timeout_seconds), *map(quote, _drop_empty_words(offset)))
        reply = self.execute("SPEECH RECOGNIZE", *words)
        if reply["result"][0] != "1":
            raise AGIAppError("SPEECH RECOGNIZE failed: there is no speech engine; call speech_create first")
        return read_recognized(reply)

    def speech_destroy(self) -> None:
        """Close the engine. Raises AGIAppError if none is open."""
        self._use_speech("SPEECH DESTROY")

    def _use_speech(self, command: str, *words: object) -> None:
        if self._run_command(command, *words) != "1":
            raise AGIAppError(f"{command} {' '.join(map(str, words))} failed: no speech engine is open, or it refused")

    # Text, images and old telephones

    def send_text(self, text: str = "") -> None:
        """Send a text message, if the channel supports it."""
        self._run_command("SEND TEXT", text)

    def receive_char(self, timeout: int = DEFAULT_TIMEOUT) -> str:
        """Return the next character of text, or ''; timeout -1 waits without limit."""
        return self._read_digit("RECEIVE CHAR", timeout)

    def receive_text(self, timeout: int = DEFAULT_TIMEOUT) -> str:
        """Return the next text message of the caller, '' if none comes in time; timeout -1 waits without limit.

        Asterisk has no text here of a phone on PJSIP.
        """
        try:
            return self._read_text("RECEIVE TEXT", timeout)
        except AGIHangup:
            raise
        except AGIAppError:  # no text, or the caller hung up, which the next command tells
            self.channel_status()
            return ""

    def send_image(self, filename: str) -> None:
        """Send an image; name it without its extension."""
        if self._run_command("SEND IMAGE", filename) != "0":
            raise AGIAppError(f"image {filename} could not be sent on {self.env.get('agi_channel', 'this channel')}")

    def tdd_mode(self, mode: str = "off") -> None:
        """Switch a telephone for the deaf on or off."""
        if self._run_command("TDD MODE", mode) == "0":
            raise AGIAppError(f"{self.env.get('agi_channel', 'this channel')} cannot do TDD")

    # Asterisk's own database

    def database_get(self, family: str, key: str) -> str:
        """Return the value of a key. Raises AGIDBError if it does not exist."""
        result_code, text = self.execute("DATABASE GET", quote(family), quote(key))["result"]
        if result_code != "1":
            raise AGIDBError(f"{family}/{key} does not exist in Asterisk's database")
        return text

    def database_put(self, family: str, key: str, value: object) -> None:
        """Set a key. Raises AGIDBError."""
        self._change_database("DATABASE PUT", family, key, value)

    def database_del(self, family: str, key: str) -> None:
        """Delete a key. Raises AGIDBError if it does not exist."""
        self._change_database("DATABASE DEL", family, key)

    def database_deltree(self, family: str, key: str = "") -> None:
        """Delete a family, or the keys below a key. Raises AGIDBError if there is none."""
        self._change_database("DATABASE DELTREE", family, *_drop_empty_words(key))

    def _change_database(self, command: str, *words: object) -> None:
        if self._run_command(command, *words) == "0":
            raise AGIDBError(f"{command} {'/'.join(map(str, words[:2]))} changed nothing")


def _reserve_for_commands(stdout: "Any") -> "Any":
    """Return a stream of commands to Asterisk; what the script and its programs print goes to stderr from now on.

    A printed line would be a command, and the reply to it would be taken for that of the next command. The name of a
    caller, which a script prints to find a fault, could run a program.
    """
    try:
        commands_number = os.dup(stdout.fileno())
        os.dup2(2, stdout.fileno())
    except (AttributeError, OSError):  # a test's stream, or stderr is closed
        return stdout
    return os.fdopen(commands_number, "w")


def _join_arguments(arguments: "Iterable[object]") -> str:
    """Return the arguments of a subroutine. Asterisk has no way to write these letters in one. Raises AGIUsageError."""
    texts = list(map(str, arguments))
    for text in texts:
        if letters := [letter for letter in text if letter in ',"\\()[]']:
            raise AGIUsageError(
                f"an argument of a subroutine cannot have {letters[0]!r}; set a channel variable before"
            )
    return ",".join(texts)


def _is_quick(line: str) -> bool:
    """Return whether a command is quick. A dialplan function, such as CURL(), lasts as long as its work."""
    line = line.lstrip().upper()
    return line.startswith(QUICK_COMMANDS) and not ("VARIABLE" in line and "(" in line)


def _end_audio() -> None:
    """End the file of a caller's audio. A script that reads it itself would wait for more forever."""
    try:
        with open(os.devnull) as empty_file:
            os.dup2(empty_file.fileno(), AUDIO_FILE_NUMBER)
    except OSError:  # too many open files
        return


def _drop_empty_words(*words: object) -> tuple[object, ...]:
    """Return the words without empty ones at the end of a command."""
    return tuple(word for word in words if word)


def _to_digits(digits: "Signs") -> str:
    return str(digits) if isinstance(digits, str | int) else "".join(map(str, digits))
