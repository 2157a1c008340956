"""The worker: it has loaded the files of the hooks folder, and starts a process for each run of a hook.

`python -m warmline.hooks.worker FOLDER SOCKET LOG` serves the listening socket with the file number SOCKET. A client
sends one line of JSON, {"hook", "call", "deadline", "arguments"}, and gets one: {"ok", "by", "answer" or "why", "ms"}.

No hook runs in this process. Therefore no hook can block, crash or change it, and a slow one delays no other. The
worker ends when its standard input does, so it does not survive the program that started it.
"""

import json
import os
import selectors
import signal
import socket
import sys
import time
from contextlib import suppress
from typing import Any

from warmline.hooks import hook_files, hook_run
from warmline.hooks.hook_log import HookLog
from warmline.hooks.hook_points import HOOK_POINTS
from warmline.hooks.open_run import OpenRun

RUNS_MAX = 16  # at once; one more is refused, and its caller continues without the hook
CLIENTS_MAX = 64
REQUEST_MAX = 1 << 20  # bytes
REQUEST_WITHIN = 1.0  # seconds
LOOK = 1.0  # seconds between two looks at the files while nothing runs
TICK = 0.02  # seconds between two looks at deadlines while hooks run
LONGEST = 60.0  # seconds: a deadline of a client


class Worker:
    """The loop of the worker."""

    def __init__(self, folder: str, listener: socket.socket, log: HookLog) -> None:
        self._folder, self._listener, self._log = folder, listener, log
        self._seen = hook_files.fingerprint(folder)
        self.hooks = hook_files.load(folder)
        for file, why in self.hooks.errors.items():
            log.add({"at": time.time(), "hook": "load", "call": "", "ok": False, "by": file, "why": why, "ms": 0.0})
        self._selector = selectors.DefaultSelector()
        self._clients: dict[socket.socket, tuple[bytearray, float]] = {}
        self._runs: dict[int, OpenRun] = {}

    def serve(self) -> bool:
        """Answer requests until the standard input ends, or until the files have changed. Return whether they have."""
        self._listener.setblocking(False)
        woken, wakes = socket.socketpair()
        for end in (woken, wakes):
            end.setblocking(False)
        signal.set_wakeup_fd(wakes.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        for one in (self._listener, woken, sys.stdin.fileno()):
            self._selector.register(one, selectors.EVENT_READ)
        while not self._outdated():
            busy = self._runs or self._clients
            for key, _ in self._selector.select(TICK if busy else LOOK):
                if key.fileobj is self._listener:
                    self._accept()
                elif key.fileobj is woken:
                    with suppress(BlockingIOError):
                        woken.recv(4096)
                elif key.fd == sys.stdin.fileno():
                    return False
                elif isinstance(key.data, OpenRun):
                    self._read_run(key.data, key.fd)
                elif isinstance(key.fileobj, socket.socket):
                    self._read(key.fileobj)
            self._reap()
            self._overdue()
        return True

    def close(self) -> None:
        """End all runs."""
        for run in list(self._runs.values()):
            run.kill()

    # -- clients --

    def _outdated(self) -> bool:
        """Return whether the files have changed, while nothing runs."""
        if self._runs or self._clients:
            return False
        return hook_files.fingerprint(self._folder) != self._seen

    def _accept(self) -> None:
        if self._outdated():
            return  # the worker that loads the changed files takes the request
        with suppress(OSError):
            client, _ = self._listener.accept()
            client.setblocking(False)
            if len(self._clients) >= CLIENTS_MAX:
                client.close()
                return
            self._clients[client] = bytearray(), time.monotonic()
            self._selector.register(client, selectors.EVENT_READ)

    def _read(self, client: socket.socket) -> None:
        """Take a part of a request. A whole one begins a run."""
        data, _ = self._clients[client]
        try:
            piece = client.recv(65536)
        except OSError:
            piece = b""
        data += piece
        if piece and not data.endswith(b"\n") and len(data) <= REQUEST_MAX:
            return
        self._forget(client)
        asked = _request(bytes(data))
        if not piece or asked is None:
            client.close()
        elif asked["hook"] == "list":
            self._reply(client, self._listed())
        else:
            self._begin(client, asked)

    def _forget(self, client: socket.socket) -> None:
        del self._clients[client]
        self._selector.unregister(client)

    def _listed(self) -> dict[str, Any]:
        functions = [[one.hook, one.file, one.line] for one in self.hooks.functions]
        return {"ok": True, "by": "", "functions": functions, "errors": self.hooks.errors}

    @staticmethod
    def _reply(client: socket.socket, said: dict[str, Any]) -> None:
        with suppress(OSError), client:
            client.settimeout(0.1)  # the answer fits into the socket's buffer, unless the client does not read
            client.sendall(json.dumps(said).encode() + b"\n")

    # -- runs --

    def _begin(self, client: socket.socket, asked: dict[str, Any]) -> None:
        hook = asked["hook"]
        if not self.hooks.of(hook):
            self._reply(client, self._without(hook))
            return
        if len(self._runs) >= RUNS_MAX:
            said = {"ok": False, "by": "", "why": f"{RUNS_MAX} hooks run already", "ms": 0.0}
            self._note(asked, said, "")
            self._reply(client, said)
            return
        others = [self._listener.fileno(), self._selector.fileno(), *(one.fileno() for one in self._clients)]
        others += [file for run in self._runs.values() for file in run.files()]
        try:
            run = OpenRun(client, asked, self.hooks, others)
        except OSError as error:
            self._reply(
                client, {"ok": False, "by": "", "why": f"no process can be started: {error.strerror}", "ms": 0.0}
            )
            return
        self._runs[run.process] = run
        for file in run.pipes:
            self._selector.register(file, selectors.EVENT_READ, run)

    def _without(self, hook: str) -> dict[str, Any]:
        """Return the answer for a hook without functions: none, or the failure of a file that may have it."""
        for file, why in self.hooks.errors.items():
            if HOOK_POINTS[hook].answer:
                return {"ok": False, "by": file, "why": f"cannot be loaded: {why}", "ms": 0.0}
        return {"ok": True, "by": "", "answer": None, "functions": 0, "ms": 0.0}

    def _read_run(self, run: OpenRun, file: int) -> None:
        if file not in run.pipes:  # the run ended by an event of the same moment
            return
        if not run.read(file):
            self._selector.unregister(file)
            run.pipes.discard(file)
        if run.has_answered() or run.is_too_long():
            self._end(run)

    def _reap(self) -> None:
        """Collect processes that have ended, with those that a hook left behind."""
        ended = 0
        with suppress(ChildProcessError):
            while True:
                process, status = os.waitpid(-1, os.WNOHANG)
                if not process:
                    break
                ended += 1
                if run := self._runs.get(process):
                    run.status = status
                    self._end(run)
        if ended:  # its children are now those of this process
            _end_orphans(self._runs)

    def _overdue(self) -> None:
        now = time.monotonic()
        for run in [one for one in self._runs.values() if one.until <= now]:
            self._end(run)
        for client, (_, since) in list(self._clients.items()):
            if since + REQUEST_WITHIN <= now:
                self._forget(client)
                client.close()

    def _end(self, run: OpenRun) -> None:
        """End the processes of a run, and answer its client."""
        run.kill()
        run.drain()
        del self._runs[run.process]
        said = run.result()
        for file in run.pipes:
            self._selector.unregister(file)
        run.pipes.clear()
        self._reply(run.client, said)
        self._note(run.asked, said, run.printed())
        run.close()

    def _note(self, asked: dict[str, Any], said: dict[str, Any], printed: str) -> None:
        if asked["hook"] == "on_event" and said["ok"]:
            return
        row = {"at": time.time(), "hook": asked["hook"], "call": asked["call"], **said}
        self._log.add(row | ({"printed": printed} if printed else {}))


def _request(line: bytes) -> dict[str, Any] | None:
    """Return a request, or None if it is none."""
    try:
        asked = json.loads(line)
        known = asked["hook"] == "list" or asked["hook"] in HOOK_POINTS
        deadline = float(asked.get("deadline", 0))
        if not known or not 0 <= deadline <= LONGEST:
            return None
        return {
            "hook": asked["hook"],
            "call": str(asked.get("call", ""))[:64],
            "deadline": deadline,
            "arguments": dict(asked.get("arguments", {})),
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _end_orphans(runs: dict[int, OpenRun]) -> None:
    """Kill processes that left the group of their run. The kernel gives them to this process when their parent ends."""
    with suppress(OSError, ValueError):
        me = os.getpid()
        with open(f"/proc/{me}/task/{me}/children") as file:
            children = [int(one) for one in file.read().split()]
        for child in set(children) - set(runs):
            os.kill(child, signal.SIGKILL)


def main(folder: str, number: str, log: str) -> None:
    """Serve until the standard input ends; start again if the files have changed."""
    hook_run.prctl(hook_run.SUBREAPER, 1)
    hook_run.limit_memory()
    listener = socket.socket(fileno=int(number))
    worker = Worker(folder, listener, HookLog(log))
    try:
        changed = worker.serve()
    finally:
        worker.close()
    if not changed:
        return
    os.set_inheritable(listener.fileno(), True)
    os.execv(sys.executable, [sys.executable, "-I", "-m", "warmline.hooks.worker", folder, number, log])  # noqa: S606


if __name__ == "__main__":
    main(*sys.argv[1:])
