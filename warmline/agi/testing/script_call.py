"""A caller for unit tests of AGI scripts: answers each command in the process of the test, as Asterisk does."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from pathlib import Path
from typing import Self

from warmline.agi.caller_audio import FORMAT_VARIABLE
from warmline.agi.channel import AGI
from warmline.agi.protocol import AGIAppError, AGIHangup, build_mark_answer, parse_mark
from warmline.agi.questions.queues_and_agents import AgentAnswer, QueueAnswer
from warmline.agi.script_routing import CONTEXTS
from warmline.agi.testing import agi_commands, isolated_settings
from warmline.agi.testing.applications import HUNG_UP, Applications, MissingAnswer
from warmline.agi.testing.caller_side import ALL_KEYS, CallerSide, SpokenAudio
from warmline.agi.testing.isolated_settings import to_agent_json, to_queue_json
from warmline.agi.testing.known_sounds import MissingSound
from warmline.agi.testing.loaded_scripts import run_file

ANSWERED_STATE = 6  # the state of an answered channel
RECOGNIZE_COMMAND = "SPEECH RECOGNIZE"
BEST_SCORE = 1000  # of a recognized speech

TRUE_WORDS = ("yes", "true", "y", "t", "1", "on")  # of Asterisk

Answer = str | Mapping[str, str]  # what a caller says or writes, or the variables that are set


# `warmline.agi.testing` exports it as `Call`.
class ScriptCall:
    """A caller in a test. After `run`, these attributes say what the script has done with the call:

    - `heard`: the sounds in their order; numbers, dates and others as `say number 3`
    - `entered`: where the call goes in Warmline, such as `ingroup:SALES`, `agent:1000` or `did:8005550100`, or ''
    - `continues`: where the dialplan continues: `context`, `extension` and `priority`, if the script has set them
    - `variables`: the channel variables
    - `astdb`: Asterisk's database: values by family and key
    - `said`: the lines for Asterisk's log
    - `executed`: applications, each with the list of its arguments
    - `recorded`: the files of recordings; those that did not exist are empty
    - `callbacks`: the numbers to which the script has promised a callback
    - `answered`: whether the script has answered the call
    - `hung_up`: by whom the call was ended, `caller` or `script`, or ''
    - `commands`: all lines of the script, as in a recorded session
    - `keys_left`: the keys that no prompt has taken
    """

    def __init__(
        self,
        number: str = "15551234",
        dialled: str = "8005550100",
        keys: str = "",
        *,
        name: str = "",
        variables: Mapping[str, str] | None = None,
        astdb: Mapping[tuple[str, str], str] | None = None,
        db: str | Path = "",
        sounds: Iterable[str] | Path = (),
        hang_up_at: int | str = 0,
        environment: Mapping[str, str] | None = None,
        queues: Mapping[str, QueueAnswer] | None = None,
        agents: Mapping[str, AgentAnswer] | None = None,
        answers: Mapping[str, Answer | Sequence[Answer]] | None = None,
        audio: bytes | str | Path = b"",
    ) -> None:
        """Prepare a call from `number` and `name` to `dialled`. The other arguments:

        - `keys`: what the caller presses, in order. A prompt takes as many as it needs. A `,` does not end a prompt: it
          is the caller's silence, which lets one prompt run into its timeout.
        - `variables`, `astdb`: channel variables, and values of Asterisk's database by family and key
        - `db`: Warmline's database, such as one of `new_database`; without it, functions that read it fail
        - `sounds`: sound files besides the English core sounds of Asterisk: names, or a folder with files
        - `hang_up_at`: where the caller hangs up: the number of a command, from 1, or a command such as `GET DATA` or
          `STREAM FILE vm-goodbye`
        - `environment`: more lines of Asterisk, such as `agi_channel`
        - `queues`: what `queue` returns for an in-group, such as `{"SALES": QueueAnswer(waiting=4, estimate=420)}`;
          None for all others, as without the app
        - `agents`: what `agent` returns for a user, such as `{"1000": AgentAnswer("READY", since)}`
        - `answers`: what a test cannot know, by command. An application or a subroutine sets variables:
          `{"EXEC Dial": {"DIALSTATUS": "BUSY"}, "GOSUB price": {"GOSUB_RETVAL": "12"}}`. The caller says or writes a
          text: `{"SPEECH RECOGNIZE": "yes", "RECEIVE TEXT": "hello"}`. A list has one answer for each time.
        - `audio`: what the caller says to a script of EAGI(): a file of wav, or bytes of 16-bit samples, 8000 a second.
          Where it ends, the caller hangs up.
        """
        self.number, self.dialled = number, dialled
        self.variables, self.astdb = dict(variables or {}), dict(astdb or {})
        self._caller = CallerSide(keys, sounds)
        self._applications = Applications(self._caller, self.variables)
        self.heard, self.recorded = self._caller.heard, self._caller.recorded
        self.said: list[str] = []
        self.commands: list[str] = []
        self.executed: list[tuple[str, list[str]]] = []
        self.callbacks: list[str] = []
        self.answered = False
        self.hung_up = ""
        self.continues: dict[str, str] = {}
        self._db, self._hang_up_at = db, hang_up_at
        self._app_answers = {("ingroups", name): to_queue_json(answer) for name, answer in (queues or {}).items()}
        self._app_answers |= {("agents", name): to_agent_json(answer) for name, answer in (agents or {}).items()}
        self._answers: dict[str, Iterator[Answer]] = {}
        for command, answer in (answers or {}).items():
            self._answers[command.lower()] = repeat(answer) if isinstance(answer, str | Mapping) else iter(answer)
        self._missing_answer = ""
        self._has_engine = RECOGNIZE_COMMAND.lower() in self._answers
        self._is_engine_open = False
        self._audio = SpokenAudio(audio) if audio else None
        if self._audio and self._audio.format_name:
            self.variables.setdefault(FORMAT_VARIABLE, self._audio.format_name)
        self._replies: deque[str] = deque()
        self._unfinished_line = ""  # what the script has written of its next command
        self._environment = {
            "agi_request": "test", "agi_channel": "PJSIP/test-00000001", "agi_language": "en", "agi_type": "PJSIP",
            "agi_uniqueid": "1.1", "agi_callerid": number, "agi_calleridname": name, "agi_dnid": dialled,
            "agi_context": "from-trunk", "agi_extension": dialled, "agi_priority": "1",
            "agi_enhanced": "1.0" if audio else "0.0", **(environment or {}),
        }  # fmt: skip

    def __repr__(self) -> str:
        """Say in a failed assertion what the call has left behind."""
        ending = f"hung_up={self.hung_up!r}, keys_left={self.keys_left!r}"
        return f"<Call of {self.number}: {len(self.commands)} commands, {ending}>"

    @property
    def entered(self) -> str:
        """Return where the call goes in Warmline, or ''."""
        kinds = {context: kind for kind, context in CONTEXTS.items()}
        kind = kinds.get(self.continues.get("context", ""), "")
        return f"{kind}:{self.continues.get('extension', '')}" if kind else ""

    @property
    def keys_left(self) -> str:
        """Return the keys that no prompt has taken."""
        return "".join(self._caller.keys)

    def run(self, script: Callable[..., object] | Path, *arguments: str) -> Self:
        """Run a script's function for this caller, or the whole file of a script, and return the call.

        A hang-up ends the script, as it does in Asterisk, and so does `sys.exit()`. Every other exception is raised.
        Raises MissingSound for a sound that does not exist, and MissingAnswer for what a test cannot play, also if the
        script has caught them.
        """
        self._replies.extend(f"{name}: {value}" for name, value in self._environment.items())
        self._replies.extend(f"agi_arg_{number}: {text}" for number, text in enumerate(arguments, 1))
        self._replies.append("")
        with isolated_settings.isolate_settings(self._db), isolated_settings.answer_questions(self._app_answers):
            earlier_ids = isolated_settings.read_promised_callbacks()
            try:
                if isinstance(script, Path):
                    run_file(script, self, arguments)
                else:
                    script(AGI(self, self, sighup=False), *arguments)
            except AGIHangup:
                pass
            except AGIAppError:
                if not self.hung_up:
                    raise
            except SystemExit as end:
                if end.code:
                    raise
            self.callbacks = [
                number
                for callback_id, number in isolated_settings.read_promised_callbacks().items()
                if callback_id not in earlier_ids
            ]
        if self._caller.missing_sound:
            raise MissingSound(self._caller.missing_sound)
        if self._missing_answer:
            raise MissingAnswer(self._missing_answer)
        return self

    # The stream of the script

    def readline(self) -> str:
        """Return Asterisk's next line, '' if the script reads without a command."""
        return f"{self._replies.popleft()}\n" if self._replies else ""

    def write(self, text: str) -> None:
        """Take commands of the script, and prepare the replies; `print` writes the end of its line separately."""
        *lines, self._unfinished_line = (self._unfinished_line + text).split("\n")
        for line in lines:
            self._take_line(line)

    def _take_line(self, line: str) -> None:
        if mark := parse_mark(line):
            self._replies.append(build_mark_answer(mark))
            return
        words = agi_commands.split_words(line)
        command, arguments = agi_commands.parse_command(words)
        self.commands.append(line.strip())
        self._replies.append(self._build_reply(command, arguments))

    def flush(self) -> None:
        """Do nothing: a command is answered as it is written."""

    def receive_audio(self) -> bytes:
        """Return the next block of what the caller says, for `AGI.audio`; b"" where the caller hangs up."""
        block = self._audio.take_block() if self._audio and not self.hung_up else b""
        if not block:
            self.hung_up = self.hung_up or "caller"
        return block

    # Asterisk

    # `_build_reply` finds the method of a command by its name: `_get_data` is GET DATA. Each returns Asterisk's reply
    # without its code. `*_` are arguments that a test does not need.

    def _build_reply(self, command: str, arguments: list[str]) -> str:
        is_hang_up = not self.hung_up and self._hangs_up_before(command, arguments)
        if is_hang_up:
            self.hung_up = "caller"
        if command not in agi_commands.ARGUMENT_COUNTS:
            return agi_commands.UNKNOWN_COMMAND_REPLY
        if is_hang_up and command == RECOGNIZE_COMMAND:
            return "200 result=1 (hangup) endpos=0"
        if is_hang_up and command.startswith(agi_commands.INTERRUPTED_COMMANDS):
            return "200 result=-1"
        if self.hung_up and not command.startswith(agi_commands.HANGUP_SAFE_COMMANDS):
            return agi_commands.DEAD_CHANNEL_REPLY
        min_arguments, max_arguments = agi_commands.ARGUMENT_COUNTS[command]
        if not min_arguments <= len(arguments) <= max_arguments:
            return agi_commands.USAGE_REPLY
        if command.startswith("SAY "):
            return f"200 {self._say(command, *arguments)}"
        if command.startswith("SPEECH ") and command != RECOGNIZE_COMMAND:
            return f"200 result={int(self._use_engine(command))}"
        handler = getattr(self, f"_{command.replace(' ', '_').lower()}")
        return f"200 {handler(*arguments)}"

    def _hangs_up_before(self, command: str, arguments: list[str]) -> bool:
        if isinstance(self._hang_up_at, int):
            return len(self.commands) == self._hang_up_at
        return self._hang_up_at.lower() in (command.lower(), " ".join([command, *arguments[:1]]).lower())

    def _take_answer(self, command: str, argument: str = "") -> Answer | None:
        """Return what the test answers to a command, with its first argument or without it; None for nothing."""
        answers = self._answers.get(f"{command} {argument}".lower()) or self._answers.get(command.lower())
        return next(answers, None) if answers else None

    def _set_answered_variables(self, command: str, argument: str) -> None:
        """Set the variables that the test gives. Raises MissingAnswer if it gives none."""
        answer = self._take_answer(command, argument)
        if not isinstance(answer, Mapping):
            example = '{"DIALSTATUS": "ANSWER"}' if command == "EXEC" else '{"GOSUB_RETVAL": "12"}'
            self._missing_answer = (
                f"a test cannot play {command} {argument}; say which variables it sets: "
                f'Call(answers={{"{command} {argument}": {example}}})'
            )
            raise MissingAnswer(self._missing_answer)
        self._applications.set_variables(answer)

    def _say(self, command: str, text: str, escape_digits: str, *_: str) -> str:
        self.heard.append(f"{command.lower()} {text}")
        return f"result={self._caller.take_key(escape_digits)}"

    def _stream_file(self, sound: str, escape_digits: str, *_: str) -> str:
        self._caller.play(sound)
        return f"result={self._caller.take_key(escape_digits)} endpos=8000"

    _control_stream_file = _get_option = _stream_file

    def _get_data(self, sound: str, _timeout: str = "", max_digits_text: str = "1024", *_: str) -> str:
        self._caller.play(sound)
        max_digits = agi_commands.parse_integer(max_digits_text)
        if max_digits == 0:
            return "result=-1"
        digits, is_late = self._caller.take_keys(max_digits)
        return f"result={digits} (timeout)" if is_late else f"result={digits}"

    def _wait_for_digit(self, *_: str) -> str:
        return f"result={self._caller.take_key(ALL_KEYS)}"

    def _record_file(self, file: str, file_format: str, escape_digits: str, *_: str) -> str:
        self._caller.record(file, file_format)
        key = self._caller.take_key(escape_digits)
        return f"result={key} ({'dtmf' if key else 'timeout'}) endpos=8000"

    def _answer(self, *_: str) -> str:
        self.answered = True
        return "result=0"

    def _hangup(self, *_: str) -> str:
        self.hung_up = "script"
        return "result=1"

    def _channel_status(self, *_: str) -> str:
        return f"result={ANSWERED_STATE}"

    def _verbose(self, text: str, *_: str) -> str:
        self.said.append(text)
        return "result=1"

    def _noop(self, *_: str) -> str:
        return "result=0"

    _set_autohangup = _send_text = _send_image = _receive_char = _tdd_mode = _set_music = _asyncagi_break = _noop

    def _receive_text(self, _timeout: str) -> str:
        text = self._take_answer("RECEIVE TEXT")
        return f"result=1 ({text})" if isinstance(text, str) else "result=-1"

    def _gosub(self, context: str, *_: str) -> str:
        self._set_answered_variables("GOSUB", context)
        return "result=0 Gosub complete"

    def _use_engine(self, command: str) -> bool:
        """Return whether a command of a speech engine succeeds. There is one if the test has an answer for it."""
        if command == "SPEECH CREATE":
            is_done, self._is_engine_open = self._has_engine and not self._is_engine_open, self._has_engine
            return is_done
        is_done = self._is_engine_open
        if command == "SPEECH DESTROY":
            self._is_engine_open = False
        return is_done

    def _speech_recognize(self, prompt: str, *_: str) -> str:
        if not self._is_engine_open:
            return "result=0"
        self._caller.play(prompt)
        if key := self._caller.take_key(ALL_KEYS):
            return f"result=1 (digit) digit={chr(key)} endpos=0"
        text = self._take_answer(RECOGNIZE_COMMAND)
        if not text:
            return "result=1 (timeout) endpos=0"
        return f'result=1 (speech) endpos=0 results=1 score0={BEST_SCORE} text0="{text}" grammar0=test'

    def _set_callerid(self, *_: str) -> str:
        return "result=1"

    def _set_context(self, text: str) -> str:
        self.continues["context"] = text
        return "result=0"

    def _set_extension(self, text: str) -> str:
        self.continues["extension"] = text
        return "result=0"

    def _set_priority(self, text: str) -> str:
        self.continues["priority"] = text
        return "result=0"

    def _set_variable(self, name: str, value: str = "") -> str:
        self._applications.set_variables({name: value})
        return "result=1"

    def _get_variable(self, name: str) -> str:
        value = self._all_variables.get(name)
        if value is None and name.endswith(")"):
            if name.startswith("DB("):
                return "result=0"
            self._missing_answer = (
                f'a test cannot play the function {name}; give its value: Call(variables={{"{name}": "…"}})'
            )
            raise MissingAnswer(self._missing_answer)
        return "result=0" if value is None else f"result=1 ({value})"  # Asterisk 22 says so for an empty value, too

    def _get_full_variable(self, expression: str, *_: str) -> str:
        return f"result=1 ({agi_commands.evaluate(expression, self._all_variables)})"

    @property
    def _all_variables(self) -> dict[str, str]:
        database = {f"DB({family}/{key})": value for (family, key), value in self.astdb.items()}
        return {"CALLERID(num)": self.number, "EXTEN": self.dialled, **database, **self.variables}

    def _database_get(self, family: str, key: str) -> str:
        value = self.astdb.get((family, key), "")
        return f"result=1 ({value})" if value else "result=0"

    def _database_put(self, family: str, key: str, value: str) -> str:
        self.astdb[family, key] = value
        return "result=1"

    def _database_del(self, family: str, key: str) -> str:
        self.astdb.pop((family, key), None)
        return "result=1"  # Asterisk 22 says so for a missing key, too

    def _database_deltree(self, family: str, key: str = "") -> str:
        deleted_keys = [
            database_key
            for database_key in self.astdb
            if database_key[0] == family and f"{database_key[1]}/".startswith(f"{key}/" if key else "")
        ]
        for database_key in deleted_keys:
            del self.astdb[database_key]
        return f"result={int(not deleted_keys)}"  # Asterisk 22 answers 0 if it has deleted something

    def _exec(self, application: str, *arguments: str) -> str:
        text = ",".join(arguments)
        if self.variables.get("AGIEXECFULL", "").lower() in TRUE_WORDS:
            text = agi_commands.evaluate(text, self._all_variables)
        options = agi_commands.split_arguments(text)
        self.executed.append((application, options))
        name = application.lower()
        if f"exec {name}" in self._answers or "exec" in self._answers:
            result = None
        elif name == "answer":
            self.answered, result = True, 0
        elif name == "goto":
            self.continues.update(zip(("priority", "extension", "context"), reversed(options), strict=False))
            result = 0
        elif name in ("log", "verbose"):
            self.said.append(options[-1] if options else "")
            result = 0
        else:
            result = self._applications.run(name, text)
        if result is None:
            self._set_answered_variables("EXEC", application)
        if result == HUNG_UP:
            self.hung_up = "caller"
        return f"result={result or 0}"
