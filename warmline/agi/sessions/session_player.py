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
from warmline.agi.sessions.session_file import SessionStep, is_same_command
from warmline.agi.sessions.session_link import ScriptLink, start_script
from warmline.agi.sessions.session_masks import mask_command
from warmline.system.postponed_signals import postponed

COMMAND_TIMEOUT_SECONDS = 10.0  # seconds in which a script sends its next command, or ends
READ_BYTES = 65536  # bytes
LINE_MAX_BYTES = 65536  # bytes of a command; a longer one counts as a command without its rest
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

    A command that equals the recorded one has its text, and secrets in a new one are masked. `failed` says why the
    script did not end well, "" if it did.
    """

    steps: tuple[SessionStep, ...]
    difference: SessionDifference | None
    failed: str = ""


def play(
    steps: Sequence[SessionStep], script: str, environment: Mapping[str, str], within: float = COMMAND_TIMEOUT_SECONDS
) -> PlayedSession:
    """Play a session against a script with this environment.

    The arguments of the script are those of the session. Raises ScriptMissing.
    """
    link, game, patience = None, _SessionPlayback(steps), 0.0
    try:
        with postponed(signal.SIGINT, signal.SIGTERM):  # a script that has started is always ended
            link = start_script(script, _read_arguments(steps[0]), environment, tested=True)
        game.play(link, within)
        patience = 0.0 if game.given_up else within
    finally:
        failed = link.finish(patience) if link else ""
    found = game.difference
    failed = game.given_up or failed
    if failed and not game.given_up and (found is None or found.got == SCRIPT_END):
        found = SessionDifference(found.step if found else len(steps), found.expected if found else SCRIPT_END, failed)
    return PlayedSession(tuple(game.played), found and found._replace(stderr=link.stderr), failed)


def diff(recorded: Sequence[SessionStep], played: PlayedSession, session: str, script: str) -> list[str]:
    """Return all differences as the lines of a unified diff."""
    before, after = ([step.command for step in steps[1:]] for steps in (recorded, played.steps))
    return list(unified_diff(before, after, session, script, n=DIFF_CONTEXT_COMMANDS, lineterm=""))


class _SessionPlayback:
    """The steps of a session that are still to come, and those that were played."""

    def __init__(self, steps: Sequence[SessionStep]) -> None:
        self._steps = steps
        self._next = 1
        self._secrets: dict[str, str] = {}  # in new commands
        self.played = [steps[0]]
        self.difference: SessionDifference | None = None
        self.given_up = ""  # why the script was not played to its end

    def play(self, link: ScriptLink, within: float) -> None:
        commands = _CommandReader(link.output)
        _send_replies(link, self._steps[0].replies, within)
        if len(self._steps) == 1 and not self._steps[0].replies:
            link.close_input()
        while got := commands.next(within):
            if mark := parse_mark(got):
                _send_replies(link, (build_mark_answer(mark),), within)
                continue
            if len(self.played) >= len(self._steps) + MAX_EXTRA_COMMANDS or len(got) >= LINE_MAX_BYTES:
                long = f"a command of more than {LINE_MAX_BYTES} bytes"
                self.given_up = (
                    long
                    if len(got) >= LINE_MAX_BYTES
                    else f"more than {MAX_EXTRA_COMMANDS} commands beyond the session"
                )
                self._differs(got)
                return
            replies = self._replies(got)
            _send_replies(link, replies, within)
            if not replies and self._next == len(self._steps):
                link.close_input()  # the caller hung up during the last command
        if got is None:
            self.given_up = f"nothing within {within:g} s"
        if got is None or self._next < len(self._steps):
            self._differs(self.given_up or SCRIPT_END)

    def _replies(self, got: str) -> tuple[str, ...]:
        """Return Asterisk's lines after a command: those of the next step that has the same command."""
        coming = range(self._next, min(len(self._steps), self._next + MAX_SKIPPED_STEPS))
        found = next((number for number in coming if is_same_command(self._steps[number].command, got)), None)
        if found is None:
            got = mask_command(got, self._secrets)
        if found != self._next:
            self._differs(got)
        if found is None:
            self.played.append(SessionStep(got, DEFAULT_REPLIES))
            return DEFAULT_REPLIES
        self._next = found + 1
        self.played.append(self._steps[found])
        return self._steps[found].replies

    def _differs(self, got: str) -> None:
        expected = self._steps[self._next].command if self._next < len(self._steps) else SCRIPT_END
        self.difference = self.difference or SessionDifference(self._next, expected, got)


def _send_replies(link: ScriptLink, replies: Sequence[str], within: float) -> None:
    """Send Asterisk's lines. A script that reads no more shows it by its next command, or its end."""
    data = "".join(f"{line}\n" for line in replies).encode()
    until = time.monotonic() + within
    poll = select.poll()
    poll.register(link.input, select.POLLOUT)
    os.set_blocking(link.input, False)
    try:
        while data and poll.poll(max(0.0, until - time.monotonic()) * 1000):
            data = data[os.write(link.input, data) :]
    except OSError:
        return


def _read_arguments(first: SessionStep) -> list[str]:
    pairs = dict(line.split(": ", 1) for line in first.replies if ": " in line)
    count = sum(name.startswith("agi_arg_") for name in pairs)
    return [pairs.get(f"agi_arg_{number}", "") for number in range(1, count + 1)]


class _CommandReader:
    def __init__(self, output: int) -> None:
        self._output = output
        self._unread = b""

    def next(self, within: float) -> str | None:
        """Return the script's next line; "" at its end, None if it sends nothing in `within` seconds."""
        until = time.monotonic() + within
        poll = select.poll()
        poll.register(self._output, select.POLLIN)
        while b"\n" not in self._unread and len(self._unread) < LINE_MAX_BYTES:
            if not poll.poll(max(0.0, until - time.monotonic()) * 1000):
                return None
            try:
                data = os.read(self._output, READ_BYTES)
            except OSError:
                data = b""
            if not data:
                return ""
            self._unread += data
        line, _, self._unread = self._unread.partition(b"\n")
        return line.decode(errors="replace").rstrip("\r")
