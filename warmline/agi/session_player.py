"""Plays a recorded session against a script, and reports the first difference."""

import os
import select
import signal
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from warmline.system.postponed_signals import postponed
from warmline.agi.session_file import SessionStep, same
from warmline.agi.session_link import ScriptLink, linked

WITHIN = 10.0  # seconds in which a script sends its next command, or ends
READ = 65536  # bytes
LINE_MAX = 65536  # bytes of a command; a longer one counts as a command without its rest
END = "the end of the script"


class SessionDifference(NamedTuple):
    """The first command of a script that differs from a session. `step` counts commands from 1.

    `stderr` is what the script wrote there, such as a traceback; "" for a FastAGI server.
    """

    step: int
    expected: str
    got: str
    stderr: str = ""


def play(
    steps: Sequence[SessionStep], script: str, environment: Mapping[str, str], within: float = WITHIN
) -> SessionDifference | None:
    """Play a session against a script with this environment, and return the difference, or None.

    The arguments of the script are those of the session. Raises ScriptMissing.
    """
    link, found, patience = None, None, 0.0
    try:
        with postponed(signal.SIGINT, signal.SIGTERM):  # a script that has started is always ended
            link = linked(script, _arguments(steps[0]), environment, tested=True)
        found = _compared(steps, link, within)
        patience = within if found is None or found.got == END else 0.0
    finally:
        failed = link.finish(patience) if link else ""
    if failed and patience:
        found = SessionDifference(found.step if found else len(steps), found.expected if found else END, failed)
    return found and found._replace(stderr=link.stderr)


def _compared(steps: Sequence[SessionStep], link: ScriptLink, within: float) -> SessionDifference | None:
    commands = _Commands(link.output)
    for number, step in enumerate(steps, 1):
        _send(link, step.replies, within)
        expected = steps[number].command if number < len(steps) else ""
        if number == len(steps) and not step.replies:
            link.close_input()  # the caller hung up during the last command
        got = commands.next(within)
        if got is None:
            return SessionDifference(number, expected or END, f"nothing within {within:g} s")
        if bool(expected) != bool(got) or (got and not same(expected, got)):
            return SessionDifference(number, expected or END, got or END)
    return None


def _send(link: ScriptLink, replies: Sequence[str], within: float) -> None:
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


def _arguments(first: SessionStep) -> list[str]:
    pairs = dict(line.split(": ", 1) for line in first.replies if ": " in line)
    count = sum(name.startswith("agi_arg_") for name in pairs)
    return [pairs.get(f"agi_arg_{number}", "") for number in range(1, count + 1)]


class _Commands:
    def __init__(self, output: int) -> None:
        self._output = output
        self._unread = b""

    def next(self, within: float) -> str | None:
        """Return the script's next line; "" at its end, None if it sends nothing in `within` seconds."""
        until = time.monotonic() + within
        poll = select.poll()
        poll.register(self._output, select.POLLIN)
        while b"\n" not in self._unread and len(self._unread) < LINE_MAX:
            if not poll.poll(max(0.0, until - time.monotonic()) * 1000):
                return None
            try:
                data = os.read(self._output, READ)
            except OSError:
                data = b""
            if not data:
                return ""
            self._unread += data
        line, _, self._unread = self._unread.partition(b"\n")
        return line.decode(errors="replace").rstrip("\r")
