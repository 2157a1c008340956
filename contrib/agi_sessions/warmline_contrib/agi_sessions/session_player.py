"""Plays a recorded session against a script, and reports how the script's commands differ.

A command that differs gets a reply of its own, and the next equal command continues the session.
"""

import os
import select
import signal
import time
from collections.abc import Mapping, Sequence
from difflib import unified_diff
from typing import NamedTuple

from warmline.agi.protocol import build_mark_answer, parse_mark
from warmline.system.postponed_signals import postponed
from warmline_contrib.agi_sessions.session_file import SessionStep, is_same_command
from warmline_contrib.agi_sessions.session_link import ScriptLink, start_script
from warmline_contrib.agi_sessions.session_masks import mask_command

COMMAND_TIMEOUT_SECONDS = 10.0  # in which a script sends its next command, or ends
READ_BYTES = 65536
LINE_MAX_BYTES = 65536  # of a command; a longer one counts as a command without its rest
SCRIPT_END = "the end of the script"
DEFAULT_REPLIES = ("200 result=0",)  # Asterisk's reply to a command that is not in the session
MAX_SKIPPED_STEPS = 200  # steps among which the next equal command is searched
MAX_EXTRA_COMMANDS = 1000  # commands beyond those of the session
DIFF_CONTEXT_COMMANDS = 2  # commands around a difference that a diff shows


class SessionDifference(NamedTuple):
    """The first command of a script that differs from a session. `step` counts commands from 1.

    `stderr` is what the script wrote there, such as a traceback; "" for a FastAGI server.
    """

    step: int
    expected: str
    got: str
    stderr: str = ""


class PlayedSession(NamedTuple):
    """A session as a script has played it: its steps with the script's commands, and the first difference.

    A command that equals the recorded one has its text, and secrets in a new one are masked. `failure` says why the
    script did not end well, "" if it did.
    """

    steps: tuple[SessionStep, ...]
    difference: SessionDifference | None
    failure: str = ""


def play(
    steps: Sequence[SessionStep],
    script: str,
    environment: Mapping[str, str],
    timeout_seconds: float = COMMAND_TIMEOUT_SECONDS,
) -> PlayedSession:
    """Play a session against a script with this environment.

    The arguments of the script are those of the session. Raises ScriptMissing.
    """
    link, playback, end_timeout_seconds = None, _SessionPlayback(steps), 0.0
    try:
        with postponed(signal.SIGINT, signal.SIGTERM):  # a script that has started is always ended
            link = start_script(script, _read_arguments(steps[0]), environment, is_test=True)
        playback.play(link, timeout_seconds)
        end_timeout_seconds = 0.0 if playback.abort_reason else timeout_seconds
    finally:
        failure = link.finish(end_timeout_seconds) if link else ""
    difference = playback.difference
    failure = playback.abort_reason or failure
    if failure and not playback.abort_reason and (difference is None or difference.got == SCRIPT_END):
        difference = SessionDifference(
            difference.step if difference else len(steps),
            difference.expected if difference else SCRIPT_END,
            failure,
        )
    return PlayedSession(tuple(playback.played), difference and difference._replace(stderr=link.stderr), failure)


def diff(recorded_steps: Sequence[SessionStep], played_session: PlayedSession, session: str, script: str) -> list[str]:
    """Return all differences as the lines of a unified diff."""
    recorded_commands, played_commands = (
        [step.command for step in steps[1:]] for steps in (recorded_steps, played_session.steps)
    )
    return list(unified_diff(recorded_commands, played_commands, session, script, n=DIFF_CONTEXT_COMMANDS, lineterm=""))


class _SessionPlayback:
    """The steps of a session that are still to come, and those that were played."""

    def __init__(self, steps: Sequence[SessionStep]) -> None:
        self._steps = steps
        self._next_step = 1
        self._secrets: dict[str, str] = {}  # in new commands
        self.played = [steps[0]]
        self.difference: SessionDifference | None = None
        self.abort_reason = ""  # why the script was not played to its end

    def play(self, link: ScriptLink, timeout_seconds: float) -> None:
        commands = _CommandReader(link.output)
        _send_replies(link, self._steps[0].replies, timeout_seconds)
        if len(self._steps) == 1 and not self._steps[0].replies:
            link.close_input()
        while command := commands.read_command(timeout_seconds):
            if mark := parse_mark(command):
                _send_replies(link, (build_mark_answer(mark),), timeout_seconds)
                continue
            if len(self.played) >= len(self._steps) + MAX_EXTRA_COMMANDS or len(command) >= LINE_MAX_BYTES:
                reason = f"a command of more than {LINE_MAX_BYTES} bytes"
                self.abort_reason = (
                    reason
                    if len(command) >= LINE_MAX_BYTES
                    else f"more than {MAX_EXTRA_COMMANDS} commands beyond the session"
                )
                self._note_difference(command)
                return
            replies = self._find_replies(command)
            _send_replies(link, replies, timeout_seconds)
            if not replies and self._next_step == len(self._steps):
                link.close_input()  # the caller hung up during the last command
        if command is None:
            self.abort_reason = f"nothing within {timeout_seconds:g} s"
        if command is None or self._next_step < len(self._steps):
            self._note_difference(self.abort_reason or SCRIPT_END)

    def _find_replies(self, command: str) -> tuple[str, ...]:
        """Return Asterisk's lines after a command: those of the next step that has the same command."""
        step_numbers = range(self._next_step, min(len(self._steps), self._next_step + MAX_SKIPPED_STEPS))
        step_number = next(
            (number for number in step_numbers if is_same_command(self._steps[number].command, command)), None
        )
        if step_number is None:
            command = mask_command(command, self._secrets)
        if step_number != self._next_step:
            self._note_difference(command)
        if step_number is None:
            self.played.append(SessionStep(command, DEFAULT_REPLIES))
            return DEFAULT_REPLIES
        self._next_step = step_number + 1
        self.played.append(self._steps[step_number])
        return self._steps[step_number].replies

    def _note_difference(self, command: str) -> None:
        expected_command = self._steps[self._next_step].command if self._next_step < len(self._steps) else SCRIPT_END
        self.difference = self.difference or SessionDifference(self._next_step, expected_command, command)


def _send_replies(link: ScriptLink, replies: Sequence[str], timeout_seconds: float) -> None:
    """Send Asterisk's lines. A script that reads no more shows it by its next command, or its end."""
    reply_bytes = "".join(f"{line}\n" for line in replies).encode()
    deadline = time.monotonic() + timeout_seconds
    poll = select.poll()
    poll.register(link.input, select.POLLOUT)
    os.set_blocking(link.input, False)
    try:
        while reply_bytes and poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            reply_bytes = reply_bytes[os.write(link.input, reply_bytes) :]
    except OSError:
        return


def _read_arguments(first_step: SessionStep) -> list[str]:
    environment = dict(line.split(": ", 1) for line in first_step.replies if ": " in line)
    count = sum(name.startswith("agi_arg_") for name in environment)
    return [environment.get(f"agi_arg_{number}", "") for number in range(1, count + 1)]


class _CommandReader:
    def __init__(self, output: int) -> None:
        self._output = output
        self._buffer = b""

    def read_command(self, timeout_seconds: float) -> str | None:
        """Return the script's next line; "" at its end, None if it sends nothing in `timeout_seconds`."""
        deadline = time.monotonic() + timeout_seconds
        poll = select.poll()
        poll.register(self._output, select.POLLIN)
        while b"\n" not in self._buffer and len(self._buffer) < LINE_MAX_BYTES:
            if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
                return None
            try:
                chunk = os.read(self._output, READ_BYTES)
            except OSError:
                chunk = b""
            if not chunk:
                return ""
            self._buffer += chunk
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line.decode(errors="replace").rstrip("\r")
