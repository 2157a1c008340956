"""Records a session: stands between Asterisk and a script, passes every byte on, and keeps the lines."""

import os
import select
import signal
from collections.abc import Sequence
from contextlib import suppress

from warmline.agi.protocol import build_mark_answer, parse_mark
from warmline_contrib.agi_sessions.session_file import ASTERISK, SCRIPT, SessionLine
from warmline_contrib.agi_sessions.session_link import FASTAGI_URL, ScriptLink, find_script_path, start_script

READ_BYTES = 65536
KEPT_MAX_BYTES = 1_000_000  # of lines that are kept
ENVIRONMENT_MAX_BYTES = 100_000  # of the environment


def record(script: str, arguments: Sequence[str], stdin: int, stdout: int) -> list[SessionLine]:
    """Run a script for Asterisk, which is at the file numbers `stdin` and `stdout`, and return their lines.

    The call is served as without a recorder. Only the first megabyte of lines is kept. Raises ScriptMissing, OSError.
    """
    link = start_script(find_script_path(script, os.environ), arguments, os.environ)
    with suppress(ValueError):  # in a thread, which gets no SIGHUP
        signal.signal(signal.SIGHUP, lambda *_: link.hang_up())
    session_log = _SessionLog()
    try:
        head, later_bytes = _read_environment(stdin)
        _forward(link.input, session_log, ASTERISK, chunk=_rewrite_environment(head, script, arguments))
        _forward(link.input, session_log, ASTERISK, chunk=later_bytes)
        _relay(link, session_log, stdin, stdout=stdout)
    finally:
        link.finish(None)
    return session_log.lines


class _SessionLog:
    def __init__(self) -> None:
        self.lines: list[SessionLine] = []
        self._unfinished = {ASTERISK: b"", SCRIPT: b""}
        self._size = 0
        self._answers: set[str] = set()  # to marks, whose lines are not kept

    def add(self, sender: str, chunk: bytes) -> None:
        """Keep the whole lines of a sender, without marks and the answers to them."""
        self._size += len(chunk)
        if self._size > KEPT_MAX_BYTES:
            return
        *lines, self._unfinished[sender] = (self._unfinished[sender] + chunk).split(b"\n")
        for line in lines:
            text = line.decode(errors="replace").rstrip("\r")
            if sender == SCRIPT and (mark := parse_mark(text)):
                self._answers.add(build_mark_answer(mark))
            elif text not in self._answers:
                self.lines.append(SessionLine(sender, text))


def _read_environment(stdin: int) -> tuple[bytes, bytes]:
    """Read what Asterisk sends first, up to its empty line, and what it has sent after it."""
    received_bytes = b""
    while b"\n\n" not in received_bytes and len(received_bytes) < ENVIRONMENT_MAX_BYTES:
        chunk = os.read(stdin, READ_BYTES)
        if not chunk:
            break
        received_bytes += chunk
    head, separator, later_bytes = received_bytes.partition(b"\n\n")
    return head + separator, later_bytes


def _rewrite_environment(head: bytes, script: str, arguments: Sequence[str]) -> bytes:
    """Return the environment as Asterisk sends it to the script itself."""
    url = FASTAGI_URL.fullmatch(script)
    network_lines = [f"agi_network: yes\nagi_network_script: {url[3] or ''}\n"] if url else []
    argument_lines = [f"agi_arg_{number}: {text}\n" for number, text in enumerate(arguments, 1)]
    lines = head.decode(errors="surrogateescape").rstrip("\n").split("\n")
    other_lines = [f"{line}\n" for line in lines if not line.startswith(("agi_arg_", "agi_request:"))]
    text = "".join([*network_lines, f"agi_request: {script}\n", *other_lines, *argument_lines, "\n"])
    return text.encode(errors="surrogateescape")


def _relay(link: ScriptLink, session_log: _SessionLog, stdin: int, stdout: int) -> None:
    """Pass on what each side sends, until the script ends."""
    poll = select.poll()
    poll.register(stdin, select.POLLIN)
    poll.register(link.output, select.POLLIN)
    while True:
        for file_number, _ in poll.poll():
            try:
                chunk = os.read(file_number, READ_BYTES)
            except OSError:
                chunk = b""
            if file_number == link.output and not chunk:
                return
            if file_number == stdin and not chunk:  # the call is over; the script may have work to finish
                poll.unregister(stdin)
                link.close_input()
            elif file_number == stdin:
                _forward(link.input, session_log, ASTERISK, chunk=chunk)
            else:
                _forward(stdout, session_log, SCRIPT, chunk=chunk)


def _forward(file_number: int, session_log: _SessionLog, sender: str, chunk: bytes) -> None:
    session_log.add(sender, chunk)
    try:
        while chunk:
            chunk = chunk[os.write(file_number, chunk) :]
    except OSError:
        return  # that side has ended, which its own end shows
