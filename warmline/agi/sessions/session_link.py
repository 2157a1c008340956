"""The connection to a script, which is a program of this machine or a FastAGI server."""

import errno
import os
import re
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Protocol

from warmline.agi import PROCESS_VARIABLE
from warmline.text.coded_error import ScriptError

FASTAGI_URL = re.compile(r"agi://(\[[0-9a-fA-F:]+\]|[^/:\s]+)(?::([0-9]{1,5}))?(?:/(\S*))?")
DEFAULT_PORT = 4573  # of a FastAGI URL that names none
CONNECT_TIMEOUT_SECONDS = 10.0  # seconds for a connection
STDERR_MAX_BYTES = 10_000  # bytes at the end of what a script writes to stderr
TRACEBACK_LINE = re.compile(r'^ *File "(.+?)", line (\d+)', re.MULTILINE)  # in a traceback
FIRST_LINE_MAX_BYTES = 200  # bytes of a script's first line


class ScriptMissing(ScriptError):
    """A script that cannot be started or reached."""


class ScriptLink(Protocol):
    """A script: `output` is the file number to read its commands from, `input` the one for replies.

    After `finish`, `stderr` is the end of what a tested program wrote there.
    """

    input: int
    output: int
    stderr: str

    def hang_up(self) -> None:
        """Send SIGHUP, as Asterisk does to a program."""

    def close_input(self) -> None:
        """Send no more."""

    def finish(self, within: float | None) -> str:
        """Close the connection, and return why the script failed; "" if it did not, or for a FastAGI server.

        A program is killed if it does not end in `within` seconds; None waits without limit. In a test, the programs
        that it has started are killed with it.
        """


def start_script(
    script: str, arguments: Sequence[str], environment: Mapping[str, str], *, tested: bool = False
) -> ScriptLink:
    """Start a script, or connect to it. `tested`: `finish` returns what it writes to stderr. Raises ScriptMissing."""
    try:
        return _Connection(script) if script.startswith("agi://") else _Program(script, arguments, environment, tested)
    except (OSError, ValueError) as error:  # a NUL in an argument is a ValueError
        raise ScriptMissing(
            "script_not_started",
            "script {script} cannot be started: {why}",
            script=script,
            why=_explain_start_failure(script, error),
        ) from None


def _explain_start_failure(script: str, error: Exception) -> str:
    """Return why a script cannot be started. Asterisk's own message leaves the reason open in these cases."""
    known = error.errno if isinstance(error, OSError) else None
    if known == errno.ENOEXEC:
        return "its first line must be #! and the path of a program"
    if known == errno.EACCES and Path(script).is_file():
        return f"it cannot be executed; run: chmod 755 {script}"
    if known == errno.ENOENT and Path(script).is_file():
        with suppress(OSError), Path(script).open("rb") as stream:
            first_line = stream.readline(FIRST_LINE_MAX_BYTES).decode(errors="replace").strip()
            return f"its first line names a missing program: {first_line}"
    return (isinstance(error, OSError) and error.strerror) or str(error)


def find_script_path(script: str, environment: Mapping[str, str]) -> str:
    """Return the path of a script as Asterisk finds it: a name without a slash is in its folder of AGI scripts."""
    folder = environment.get("AST_AGI_DIR", "")
    return script if "/" in script or not folder else f"{folder}/{script}"


class _Program:
    stderr = ""

    def __init__(self, script: str, arguments: Sequence[str], environment: Mapping[str, str], tested: bool) -> None:
        # A pipe could be full before the script ends.
        self._errors = TemporaryFile() if tested else None  # noqa: SIM115 - finish() closes it
        self._process = subprocess.Popen(
            [str(Path(script).absolute()), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={
                name: value for name, value in environment.items() if name != PROCESS_VARIABLE
            },  # it is a script itself
            bufsize=0,
            start_new_session=tested,
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
        self.close_input()
        if self._process.stdout:
            self._process.stdout.close()  # a script that still writes must not wait for a reader
        code = None
        with suppress(subprocess.TimeoutExpired):
            code = self._process.wait(within)
        if code is None or self._errors:
            self._kill()
        if self._errors:
            with self._errors:
                self.stderr = self._last_lines()
        if code is None:
            return f"the script did not end within {within:g} s"
        if not self._errors:
            return ""
        last = self._place() + self.stderr.rpartition("\n")[2]
        how = f"by signal {-code}" if code < 0 else f"with code {code}"
        return ": ".join(filter(None, (f"the script ended {how}", last))) if code else ""

    def _place(self) -> str:
        """Return the script's file and the line of its last error, also one of its syntax; "" without a traceback."""
        name = Path(str(self._process.args[0])).name  # type: ignore[index]  # a list
        lines = [line for file, line in TRACEBACK_LINE.findall(self.stderr) if Path(file).name == name]
        return f"{name} line {lines[-1]}: " if lines else ""

    def _kill(self) -> None:
        """Kill the script, and in a test the programs that it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL) if self._errors else self._process.kill()
        self._process.wait()

    def _last_lines(self) -> str:
        """Return the end of what the script has written to stderr."""
        assert self._errors
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - STDERR_MAX_BYTES))
        return self._errors.read().decode(errors="replace").strip()


class _Connection:
    stderr = ""

    def __init__(self, url: str) -> None:
        place = FASTAGI_URL.fullmatch(url)
        if place is None or not 0 < int(place[2] or DEFAULT_PORT) < 65536:
            raise ScriptMissing(
                "script_url_invalid", "{url!r} is not a URL of FastAGI; allowed: agi://HOST:PORT/NAME", url=url
            )
        where = (place[1].strip("[]"), int(place[2] or DEFAULT_PORT))
        self._socket = socket.create_connection(where, CONNECT_TIMEOUT_SECONDS)
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
