"""A caller for unit tests of AGI scripts: answers each command in the process of the test, as Asterisk does."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

from warmline.agi.channel import AGI
from warmline.agi.protocol import AGIAppError, AGIHangup, build_mark_answer, parse_mark
from warmline.agi.questions.queues_and_agents import AgentAnswer, QueueAnswer
from warmline.agi.script_routing import CONTEXTS
from warmline.agi.testing import agi_commands, isolated_settings
from warmline.agi.testing.isolated_settings import to_agent_json, to_queue_json
from warmline.agi.testing.known_sounds import KnownSounds, MissingSound

PAUSE_KEY = ","  # in keys
ALL_KEYS = "0123456789*#"
ANSWERED_STATE = 6  # the state of an answered channel


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
    ) -> None:
        """Prepare a call from `number` and `name` to `dialled`. The other arguments:

        - `keys`: what the caller presses, in order. A `,` is a prompt at which the caller presses nothing more.
        - `variables`, `astdb`: channel variables, and values of Asterisk's database by family and key
        - `db`: Warmline's database, such as one of `new_database`; without it, functions that read it fail
        - `sounds`: sound files besides the English core sounds of Asterisk: names, or a folder with files
        - `hang_up_at`: where the caller hangs up: the number of a command, from 1, or a command such as `GET DATA` or
          `STREAM FILE vm-goodbye`
        - `environment`: more lines of Asterisk, such as `agi_channel`
        - `queues`: what `queue` returns for an in-group, such as `{"SALES": QueueAnswer(waiting=4, estimate=420)}`;
          None for all others, as without the app
        - `agents`: what `agent` returns for a user, such as `{"1000": AgentAnswer("READY", since)}`
        """
        self.number, self.dialled = number, dialled
        self.variables, self.astdb = dict(variables or {}), dict(astdb or {})
        self.heard: list[str] = []
        self.said: list[str] = []
        self.commands: list[str] = []
        self.executed: list[tuple[str, list[str]]] = []
        self.recorded: list[str] = []
        self.callbacks: list[str] = []
        self.answered = False
        self.hung_up = ""
        self.continues: dict[str, str] = {}
        self._keys = deque(keys.replace(" ", ""))
        self._db, self._hang_up_at = db, hang_up_at
        self._app_answers = {("ingroups", name): to_queue_json(answer) for name, answer in (queues or {}).items()}
        self._app_answers |= {("agents", name): to_agent_json(answer) for name, answer in (agents or {}).items()}
        self._sounds = KnownSounds(sounds)
        self._missing_sound = ""
        self._replies: deque[str] = deque()
        self._unfinished_line = ""  # what the script has written of its next command
        self._environment = {
            "agi_request": "test", "agi_channel": "PJSIP/test-00000001", "agi_language": "en", "agi_type": "PJSIP",
            "agi_uniqueid": "1.1", "agi_callerid": number, "agi_calleridname": name, "agi_dnid": dialled,
            "agi_context": "from-trunk", "agi_extension": dialled, "agi_priority": "1", **(environment or {}),
        }  # fmt: skip

    @property
    def entered(self) -> str:
        """Return where the call goes in Warmline, or ''."""
        kinds = {context: kind for kind, context in CONTEXTS.items()}
        kind = kinds.get(self.continues.get("context", ""), "")
        return f"{kind}:{self.continues.get('extension', '')}" if kind else ""

    @property
    def keys_left(self) -> str:
        """Return the keys that no prompt has taken."""
        return "".join(self._keys)

    def run(self, script: Callable[..., object], *arguments: str) -> Self:
        """Run a script's function for this caller, and return the call.

        A hang-up ends the script, as it does in Asterisk. Every other exception is raised. Raises MissingSound, also
        if the script has caught it.
        """
        self._replies.extend(f"{name}: {value}" for name, value in self._environment.items())
        self._replies.extend(f"agi_arg_{number}: {text}" for number, text in enumerate(arguments, 1))
        self._replies.append("")
        with isolated_settings.isolate_settings(self._db), isolated_settings.answer_questions(self._app_answers):
            earlier_ids = isolated_settings.read_promised_callbacks()
            try:
                script(AGI(self, self, sighup=False), *arguments)
            except AGIHangup:
                pass
            except AGIAppError:
                if not self.hung_up:
                    raise
            self.callbacks = [
                number
                for callback_id, number in isolated_settings.read_promised_callbacks().items()
                if callback_id not in earlier_ids
            ]
        if self._missing_sound:
            raise MissingSound(self._missing_sound)
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

    # Asterisk

    # `_build_reply` finds the method of a command by its name: `_get_data` is GET DATA. Each returns Asterisk's reply
    # without its code. `*_` are arguments that a test does not need.

    def _build_reply(self, command: str, arguments: list[str]) -> str:
        is_hang_up = not self.hung_up and self._hangs_up_before(command, arguments)
        if is_hang_up:
            self.hung_up = "caller"
        if command not in agi_commands.ARGUMENT_COUNTS:
            return agi_commands.UNKNOWN_COMMAND_REPLY
        if is_hang_up and command.startswith(agi_commands.INTERRUPTED_COMMANDS):
            return "200 result=-1"
        if self.hung_up and not command.startswith(agi_commands.HANGUP_SAFE_COMMANDS):
            return agi_commands.DEAD_CHANNEL_REPLY
        min_arguments, max_arguments = agi_commands.ARGUMENT_COUNTS[command]
        if not min_arguments <= len(arguments) <= max_arguments:
            return agi_commands.USAGE_REPLY
        if command.startswith("SAY "):
            return f"200 {self._say(command, *arguments)}"
        handler = getattr(self, f"_{command.replace(' ', '_').lower()}")
        return f"200 {handler(*arguments)}"

    def _hangs_up_before(self, command: str, arguments: list[str]) -> bool:
        if isinstance(self._hang_up_at, int):
            return len(self.commands) == self._hang_up_at
        return self._hang_up_at.lower() in (command.lower(), " ".join([command, *arguments[:1]]).lower())

    def _take_key(self, allowed_keys: str) -> int:
        """Return the code of the key that ends a prompt, 0 for none. A key that the prompt does not take stays."""
        if allowed_keys and self._keys and self._keys[0] in allowed_keys + PAUSE_KEY:
            key = self._keys.popleft()
            return 0 if key == PAUSE_KEY else ord(key)
        return 0

    def _play(self, sound: str) -> None:
        if sound and sound not in self._sounds:
            self._missing_sound = f"there is no sound {sound!r}; give its name in Call(sounds=…) if it is your own"
            raise MissingSound(self._missing_sound)
        if sound:
            self.heard.append(sound)

    def _say(self, command: str, text: str, escape_digits: str, *_: str) -> str:
        self.heard.append(f"{command.lower()} {text}")
        return f"result={self._take_key(escape_digits)}"

    def _stream_file(self, sound: str, escape_digits: str, *_: str) -> str:
        self._play(sound)
        return f"result={self._take_key(escape_digits)} endpos=8000"

    _control_stream_file = _get_option = _stream_file

    def _get_data(self, sound: str, _timeout: str = "", max_digits_text: str = "1024", *_: str) -> str:
        self._play(sound)
        max_digits = agi_commands.parse_integer(max_digits_text)
        if max_digits == 0:
            return "result=-1"
        digits = ""
        while self._keys and len(digits) < max_digits:
            key = self._keys.popleft()
            if key == PAUSE_KEY:
                break
            if key == "#":
                return f"result={digits}"
            digits += key
        return f"result={digits}" if len(digits) == max_digits else f"result={digits} (timeout)"

    def _wait_for_digit(self, *_: str) -> str:
        return f"result={self._take_key(ALL_KEYS)}"

    def _record_file(self, file: str, file_format: str, escape_digits: str, *_: str) -> str:
        self.recorded.append(file)
        if file.startswith("/"):
            with suppress(OSError):  # Asterisk, too, answers without a folder
                Path(f"{file}.{file_format}").touch()  # a sound that exists stays as it is
        key = self._take_key(escape_digits)
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

    _set_autohangup = _send_text = _send_image = _receive_char = _tdd_mode = _set_music = _noop

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
        self.variables[name] = value
        return "result=1"

    def _get_variable(self, name: str) -> str:
        return self._to_value_reply(self._all_variables.get(name, ""))

    def _get_full_variable(self, expression: str, *_: str) -> str:
        return f"result=1 ({agi_commands.evaluate(expression, self._all_variables)})"

    @property
    def _all_variables(self) -> dict[str, str]:
        return {"CALLERID(num)": self.number, "EXTEN": self.dialled, **self.variables}

    def _to_value_reply(self, value: str) -> str:
        return f"result=1 ({value})" if value else "result=0"

    def _database_get(self, family: str, key: str) -> str:
        return self._to_value_reply(self.astdb.get((family, key), ""))

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
        options = agi_commands.split_arguments(",".join(arguments))
        self.executed.append((application, options))
        pairs = {"mset": options, "set": [",".join(arguments)]}.get(application.lower(), [])
        for pair in pairs:
            name, equals_sign, value = pair.partition("=")
            if equals_sign:  # Asterisk passes over others with a warning
                self.variables[name] = value
        return "result=0"
