"""The connection to a script, which is a program of this machine or a FastAGI server."""

import re
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from warmline.text.coded_error import ScriptError

URL = re.compile(r"agi://(\[[0-9a-fA-F:]+\]|[^/:\s]+)(?::([0-9]{1,5}))?(?:/(\S*))?")
PORT = 4573  # of a FastAGI URL that names none
WITHIN = 10.0  # seconds for a connection


class ScriptMissing(ScriptError):
    """A script that cannot be started or reached."""


class ScriptLink(Protocol):
    """A script: `output` is the file number to read its commands from, `input` the one for replies."""

    input: int
    output: int

    def hang_up(self) -> None:
        """Send SIGHUP, as Asterisk does to a program."""

    def close_input(self) -> None:
        """Send no more."""

    def finish(self, within: float | None) -> str:
        """Close the connection, and return why the script failed; "" if it did not, or for a FastAGI server.

        A program is killed if it does not end in `within` seconds; None waits without limit.
        """


def linked(
    script: str, arguments: Sequence[str], environment: Mapping[str, str], *, errors: bool = False
) -> ScriptLink:
    """Start a script, or connect to it. `errors`: return what it writes to stderr in `finish`. Raises ScriptMissing."""
    try:
        return _Connection(script) if script.startswith("agi://") else _Program(script, arguments, environment, errors)
    except OSError as error:
        raise ScriptMissing(
            "script_not_started", "script {script} cannot be started: {why}", script=script, why=error.strerror or error
        ) from None


def path_of(script: str, environment: Mapping[str, str]) -> str:
    """Return the path of a script as Asterisk finds it: a name without a slash is in its folder of AGI scripts."""
    folder = environment.get("AST_AGI_DIR", "")
    return script if "/" in script or not folder else f"{folder}/{script}"


class _Program:
    def __init__(self, script: str, arguments: Sequence[str], environment: Mapping[str, str], errors: bool) -> None:
        self._process = subprocess.Popen(
            [str(Path(script).absolute()), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if errors else None,
            env=dict(environment),
            bufsize=0,
        )
        assert self._process.stdin and self._process.stdout
        self.input, self.output = self._process.stdin.fileno(), self._process.stdout.fileno()

    def hang_up(self) -> None:
        self._process.send_signal(signal.SIGHUP)

    def close_input(self) -> None:
        if self._process.stdin:
            self._process.stdin.close()
            self._process.stdin = None

    def finish(self, within: float | None) -> str:
        process = self._process
        self.close_input()
        try:
            _, said = process.communicate(timeout=within)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return f"the script did not end within {within:g} s"
        last = (said or b"").decode(errors="replace").strip().rpartition("\n")[2]
        return f"the script ended with code {process.returncode}: {last}" if process.returncode else ""


class _Connection:
    def __init__(self, url: str) -> None:
        place = URL.fullmatch(url)
        if place is None:
            raise ScriptMissing(
                "script_url_invalid", "{url!r} is not a URL of FastAGI; allowed: agi://HOST:PORT/NAME", url=url
            )
        where = (place[1].strip("[]"), int(place[2] or PORT))
        self._socket = socket.create_connection(where, WITHIN)
        self._socket.settimeout(None)
        self.input = self.output = self._socket.fileno()

    def hang_up(self) -> None:
        with suppress(OSError):
            self._socket.sendall(b"HANGUP\n")

    def close_input(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)

    def finish(self, _within: float | None) -> str:
        self._socket.close()
        return ""
