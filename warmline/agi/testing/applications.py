"""The applications of Asterisk that a test plays: what the caller hears and presses, and the variables that they set.

An application whose end a test cannot know, such as Dial, is refused until the test says it in `answers`.
"""

import re
from collections.abc import Callable, Mapping

from warmline.agi.testing.agi_commands import evaluate, parse_integer, split_arguments
from warmline.agi.testing.caller_side import ALL_KEYS, END_KEY, CallerSide

READ_MAX_KEYS = 255
HUNG_UP = -1  # the result of an application during which the caller hangs up
NESTED_PATTERN = re.compile(r"\s*(\w+)\((.*)\)\s*", re.DOTALL)  # of Exec and TryExec
TERMINATOR_PATTERN = re.compile(r"t\((.?)\)|t")  # among the options of Read
# These change nothing that a script can see.
SILENT = {
    "celgenuserevent", "echo", "flash", "forkcdr", "musiconhold", "noop", "playtones", "proceeding", "progress",
    "resetcdr", "ringing", "senddtmf", "sendtext", "setamaflags", "startmusiconhold", "stopmixmonitor",
    "stopmusiconhold", "stopplaytones", "userevent", "wait", "waitexten",
}  # fmt: skip


class MissingAnswer(AssertionError):
    """A script used what a test cannot play, and the test has not said what it does."""


class Applications:
    """Runs applications for a caller. `variables` are those of the channel."""

    def __init__(self, caller: CallerSide, variables: dict[str, str]) -> None:
        self._caller, self._variables = caller, variables
        self._say = {f"say{name}": f"say {name}" for name in ("alpha", "digits", "number", "phonetic", "unixtime")}
        self._played: dict[str, Callable[[list[str]], int]] = {
            "background": self._background,
            "mixmonitor": self._mix_monitor,
            "playback": self._playback,
            "read": self._read,
            "record": self._record,
        }

    def set_variables(self, values: Mapping[str, str]) -> None:
        """Set variables. A `_` or two before the name lets other channels inherit it, and is no part of it."""
        self._variables.update({name.removeprefix("_").removeprefix("_"): value for name, value in values.items()})

    def run(self, application: str, text: str) -> int | None:
        """Run an application with its arguments, and return its result; None if a test cannot play it."""
        name, options = application.lower(), split_arguments(text)
        if name in self._played:
            return self._played[name](options)
        if name in self._say:
            spoken, keys = [*options, "", ""][:2]
            self._caller.heard.append(f"{self._say[name]} {spoken}")
            return self._caller.take_key(keys) if name == "saynumber" else 0
        if name in ("set", "mset"):
            for pair in options if name == "mset" else [text]:
                variable, equals_sign, value = pair.partition("=")
                if equals_sign:  # Asterisk passes over others with a warning
                    self.set_variables({variable: value})
            return 0
        if name in ("exec", "tryexec") and (nested := NESTED_PATTERN.fullmatch(text)):
            return self.run(nested[1], evaluate(nested[2], self._variables))
        return 0 if name in SILENT else None

    def _playback(self, options: list[str]) -> int:
        self._hear(options[0] if options else "")
        self.set_variables({"PLAYBACKSTATUS": "SUCCESS"})
        return 0

    def _background(self, options: list[str]) -> int:
        self._hear(options[0] if options else "")
        return self._caller.take_key(ALL_KEYS)

    def _read(self, options: list[str]) -> int:
        variable, prompt, max_keys, flags, attempts, *_ = [*options, *[""] * 5]
        terminator = TERMINATOR_PATTERN.search(flags)
        end_key = (terminator[1] or "") if terminator else END_KEY
        keys, is_late = "", True
        for _ in range(max(1, parse_integer(attempts))):
            self._hear(prompt)
            keys, is_late = self._caller.take_keys(parse_integer(max_keys) or READ_MAX_KEYS, end_key)
            if keys:
                break
        self.set_variables({variable: keys, "READSTATUS": "TIMEOUT" if is_late else "OK"})
        return 0

    def _record(self, options: list[str]) -> int:
        name, silence, max_seconds, flags, *_ = [*options, *[""] * 4]
        file, _, file_format = name.rpartition(":" if ":" in name else ".")
        file = re.sub(r"%d", "0", file)
        self._caller.record(file, file_format)
        end_keys = ALL_KEYS if "y" in flags else "*" if "t" in flags else END_KEY
        ends = {"DTMF": self._caller.take_key(end_keys), "SILENCE": parse_integer(silence)}
        ends |= {"TIMEOUT": parse_integer(max_seconds)}
        status = next((end for end, value in ends.items() if value > 0), "HANGUP")
        self.set_variables({"RECORDED_FILE": file, "RECORD_STATUS": status})
        return HUNG_UP if status == "HANGUP" else 0

    def _mix_monitor(self, options: list[str]) -> int:
        file, _, file_format = options[0].rpartition(".")
        self._caller.record(file, file_format)
        self.set_variables({"MIXMONITOR_FILENAME": options[0]})
        return 0

    def _hear(self, sounds: str) -> None:
        for sound in filter(None, sounds.split("&")):
            self._caller.play(sound)
