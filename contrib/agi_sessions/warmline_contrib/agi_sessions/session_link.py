"""The connection to a script, which is a program of this machine or a FastAGI server."""

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
from warmline.agi.script_file import check_script_file
from warmline.text.coded_error import ScriptError

FASTAGI_URL = re.compile(r"agi://(\[[0-9a-fA-F:]+\]|[^/:\s]+)(?::([0-9]{1,5}))?(?:/(\S*))?")
DEFAULT_PORT = 4573  # of a FastAGI URL that names none
CONNECT_TIMEOUT_SECONDS = 10.0  # for a connection
STDERR_MAX_BYTES = 10_000  # at the end of what a script writes to stderr
TRACEBACK_LINE = re.compile(r'^ *File "(.+?)", line (\d+)', re.MULTILINE)  # in a traceback


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

    def finish(self, timeout_seconds: float | None) -> str:
        """Close the connection, and return why the script failed; "" if it did not, or for a FastAGI server.

        A program is killed if it does not end in `timeout_seconds`; None waits without limit. In a test, the programs
        that it has started are killed with it.
        """


def start_script(
    script: str, arguments: Sequence[str], environment: Mapping[str, str], *, is_test: bool = False
) -> ScriptLink:
    """Start a script, or connect to it. `is_test`: `finish` returns what it writes to stderr. Raises ScriptMissing."""
    problems = [] if script.startswith("agi://") else check_script_file(script)
    system_text = ""
    if not (is_test and problems):  # a first line that ends with CR can start Python, which then finds no such module
        try:
            if script.startswith("agi://"):
                return _Connection(script)
            return _Program(script, arguments, environment, is_test=is_test)
        except (OSError, ValueError) as error:  # a NUL in an argument is a ValueError
            system_text = (isinstance(error, OSError) and error.strerror) or str(error)
    raise ScriptMissing(
        "script_not_started",
        "script {script} cannot be started: {reason}",
        script=script,
        reason="; ".join(problem.text for problem in problems) or system_text,
    )


def find_script_path(script: str, environment: Mapping[str, str]) -> str:
    """Return the path of a script as Asterisk finds it: a name without a slash is in its folder of AGI scripts."""
    folder = environment.get("AST_AGI_DIR", "")
    return script if "/" in script or not folder else f"{folder}/{script}"


class _Program:
    stderr = ""

    def __init__(self, script: str, arguments: Sequence[str], environment: Mapping[str, str], is_test: bool) -> None:
        # A pipe could be full before the script ends.
        self._errors = TemporaryFile() if is_test else None  # noqa: SIM115 - finish() closes it
        self._process = subprocess.Popen(
            [str(Path(script).absolute()), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={
                name: value for name, value in environment.items() if name != PROCESS_VARIABLE
            },  # it is a script itself
            bufsize=0,
            start_new_session=is_test,
        )
        assert self._process.stdin and self._process.stdout
        self.input, self.output = self._process.stdin.fileno(), self._process.stdout.fileno()

    def hang_up(self) -> None:
        self._process.send_signal(signal.SIGHUP)

    def close_input(self) -> None:
        if self._process.stdin:
            self._process.stdin.close()
            self._process.stdin = None

    def finish(self, timeout_seconds: float | None) -> str:
        self.close_input()
        if self._process.stdout:
            self._process.stdout.close()  # a script that still writes must not wait for a reader
        exit_code = None
        with suppress(subprocess.TimeoutExpired):
            exit_code = self._process.wait(timeout_seconds)
        if exit_code is None or self._errors:
            self._kill()
        if self._errors:
            with self._errors:
                self.stderr = self._read_stderr()
        if exit_code is None:
            return f"the script did not end within {timeout_seconds:g} s"
        if not self._errors:
            return ""
        last_line = self._locate_error() + self.stderr.rpartition("\n")[2]
        ending = f"by signal {-exit_code}" if exit_code < 0 else f"with code {exit_code}"
        return ": ".join(filter(None, (f"the script ended {ending}", last_line))) if exit_code else ""

    def _locate_error(self) -> str:
        """Return the script's file and the line of its last error, also one of its syntax; "" without a traceback."""
        name = Path(str(self._process.args[0])).name  # type: ignore[index]  # a list
        line_numbers = [line for file, line in TRACEBACK_LINE.findall(self.stderr) if Path(file).name == name]
        return f"{name} line {line_numbers[-1]}: " if line_numbers else ""

    def _kill(self) -> None:
        """Kill the script, and in a test the programs that it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL) if self._errors else self._process.kill()
        self._process.wait()

    def _read_stderr(self) -> str:
        """Return the end of what the script has written to stderr."""
        assert self._errors
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - STDERR_MAX_BYTES))
        return self._errors.read().decode(errors="replace").strip()


class _Connection:
    stderr = ""

    def __init__(self, url: str) -> None:
        match = FASTAGI_URL.fullmatch(url)
        if match is None or not 0 < int(match[2] or DEFAULT_PORT) < 65536:
            raise ScriptMissing(
                "script_url_invalid", "{url!r} is not a URL of FastAGI; allowed: agi://HOST:PORT/NAME", url=url
            )
        address = (match[1].strip("[]"), int(match[2] or DEFAULT_PORT))
        self._socket = socket.create_connection(address, CONNECT_TIMEOUT_SECONDS)
        self._socket.settimeout(None)
        self.input = self.output = self._socket.fileno()

    def hang_up(self) -> None:
        with suppress(OSError):
            self._socket.sendall(b"HANGUP\n")

    def close_input(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)

    def finish(self, _timeout_seconds: float | None) -> str:
        self._socket.close()
        return ""
