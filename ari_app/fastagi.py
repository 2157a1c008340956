"""The FastAGI server: decides as the scripts of agi-bin do, without a process per call.

The dialplan calls it with `AGI(agi://127.0.0.1:4573/route_did,…)`. Asterisk waits for a FastAGI server without limit.
The event loop therefore limits each request, then closes the connection, and the dialplan continues. A thread answers
each request. If all threads are busy, a connection without a request makes room, or an address with two more than the
new one. Otherwise the new request is refused, and the dialplan runs the script.
"""

import asyncio
import errno
import logging
import socket
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from ari_app.process.listening_sockets import listen
from ari_app.process.log_writer import LogRateLimit, and_more
from ari_app.process.passed_sockets import CannotListen, PassedSockets
from warmline.agi import AGI, AGIException, attempt, decisions, refuse
from warmline.agi.result_variables import call_result
from warmline.store.agi.routing_facts import KeptDatabase
from warmline.system.loopback import is_local

LIMIT = 2.0  # seconds that a request may take
OPEN_MAX = 32  # requests at once; one more is cut off
LAST_ANSWERS = 0.5  # seconds that open requests get when the server closes; they take milliseconds
TAKE_AGAIN = 0.1  # seconds until the next accept after a failed one; other files may be closed by then

Decision = tuple[Callable[..., None], tuple[str, ...]]
"""A function that takes an AGI object and arguments, and the names of the arguments."""

log = logging.getLogger("warmline.fastagi")


def scripts(db: KeptDatabase, run: str = "", results: KeptDatabase | None = None) -> dict[str, Decision]:
    """Return the decisions that end at once; `run` is the heartbeat's folder.

    The results of calls are read from `results`, if it is given: a copy for routing does not have them.

    A login may prompt for a PIN, and the fallback must work without the app.
    """
    return {
        "route_did": (partial(decisions.route_did, db=db, run_folder=run), ("NUMBER",)),
        "enter_ingroup": (partial(decisions.enter_ingroup, db=db, run_folder=run), ("INGROUP",)),
        "enter_agentdirect": (partial(decisions.enter_agentdirect, db=db, run_folder=run), ("AGENT",)),
        "call_result": (partial(call_result, db=results or db), ("CALL",)),
    }


@dataclass(slots=True)
class OpenRequest:
    """A connection at `host`. `is_read`: its request has come; `is_cut`: it makes room for another one."""

    host: str
    is_read: bool = False
    is_cut: bool = False


class FastAgiServer:
    """Answers requests at HOST:PORT, on the sockets that were passed for it if there are any.

    `known` maps the path of a request to its decision. Raises CannotListen.
    """

    def __init__(self, where: str, known: Mapping[str, Decision], passed: PassedSockets | None = None) -> None:
        self._listeners = _listeners(where, passed)
        self._known = known
        self._threads = ThreadPoolExecutor(OPEN_MAX, "fastagi")
        self._requests: dict[socket.socket, OpenRequest] = {}  # the oldest first
        self._answers: set[asyncio.Future[None]] = set()
        self._refused = LogRateLimit()

    async def run(self) -> None:
        """Answer requests without end."""
        await asyncio.gather(*map(self._run, self._listeners))

    async def _run(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            connection, host = await _next(listener)
            if not self._has_room(host):
                if (held := self._refused.due()) is not None:
                    text = "%d FastAGI requests are open; one more is refused, and its script runs%s"
                    log.warning(text, OPEN_MAX, and_more(held))
                connection.close()
                continue
            self._requests[connection] = request = OpenRequest(host)
            answer = loop.run_in_executor(self._threads, _answer, connection, self._known, request)
            self._answers.add(answer)
            answer.add_done_callback(partial(self._end, connection))
            loop.call_later(LIMIT, self._overdue, connection)

    def _has_room(self, host: str) -> bool:
        """Return whether a request of this host may begin, also in place of another one, which is cut then.

        A host is an address of this machine: Asterisk has one, and a flood from others must not take all places.
        """
        kept = {connection: one for connection, one in self._requests.items() if not one.is_cut}
        if len(kept) < OPEN_MAX:
            return True
        of_host = Counter(one.host for one in kept.values())
        fewer = [one for one in kept if not kept[one].is_read or of_host[kept[one].host] >= of_host[host] + 2]
        if not fewer or len(self._requests) >= 2 * OPEN_MAX:  # those that were cut still hold their threads
            return False
        victim = max(fewer, key=lambda one: (of_host[kept[one].host], not kept[one].is_read))
        kept[victim].is_cut = True
        _cut(victim)
        return True

    async def turned(self) -> None:
        """Wait until a thread is free for a request; a connection without a request makes room."""
        silent = [connection for connection, one in self._requests.items() if not one.is_read]
        if silent and len(self._requests) >= OPEN_MAX:
            _cut(silent[0])
        await asyncio.get_running_loop().run_in_executor(self._threads, _nothing)

    async def close(self) -> None:
        """Accept no more requests, and end the open ones; `run` must have ended."""
        for listener in self._listeners:
            listener.close()
        if self._answers:
            await asyncio.wait(self._answers, timeout=LAST_ANSWERS)
        for connection in self._requests:
            _cut(connection)
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _end(self, connection: socket.socket, answer: asyncio.Future[None]) -> None:
        """Close a connection, only in the event loop, because its file number may then belong to a new connection."""
        self._answers.discard(answer)
        del self._requests[connection]
        connection.close()

    def _overdue(self, connection: socket.socket) -> None:
        if connection in self._requests:
            log.warning("a FastAGI request is closed after %g s; the dialplan continues", LIMIT)
            _cut(connection)


def _nothing() -> None:
    """Use a thread for a moment."""


def _listeners(where: str, passed: PassedSockets | None) -> list[socket.socket]:
    host, _, port = where.rpartition(":")
    if not host or not port.isdecimal() or not 0 <= int(port) < 65536:
        raise CannotListen(
            "setting_fastagi_invalid",
            "setting fastagi cannot be {value!r}; allowed: HOST:PORT, such as 127.0.0.1:4573, or empty",
            value=where,
        )
    if not is_local(host):
        way_out = "FastAGI has no password; listen on this machine only, such as 127.0.0.1:4573"
        raise CannotListen(
            "setting_fastagi_not_local", "setting fastagi cannot be {value!r}: {hint}", value=where, hint=way_out
        )
    try:
        address = host.strip("[]"), int(port)
        listeners = (passed.take(*address) if passed else []) or listen(*address)
    except OSError as problem:
        taken = problem.errno == errno.EADDRINUSE
        why = "the port is taken; end the program that has it, or set another" if taken else problem.strerror
        raise CannotListen(
            "fastagi_not_listening", "FastAGI cannot listen on {where}: {why} (setting fastagi)", where=where, why=why
        ) from None
    for listener in listeners:
        listener.setblocking(False)
    return listeners


async def _next(listener: socket.socket) -> tuple[socket.socket, str]:
    """Return the next connection with its host."""
    is_logged = False
    while True:
        try:
            connection, address = await asyncio.get_running_loop().sock_accept(listener)
        except OSError as problem:  # too many open files, or the client disconnected
            if not is_logged:
                log.warning("a FastAGI request cannot be taken: %s", problem.strerror)
            is_logged = True
            await asyncio.sleep(TAKE_AGAIN)
        else:
            connection.setblocking(True)
            return connection, str(address[0])


def _answer(connection: socket.socket, known: Mapping[str, Decision], request: OpenRequest) -> None:
    """Answer a request in a thread, which may wait for Asterisk until the event loop closes the connection."""
    try:
        with connection.makefile("rwb", buffering=0) as stream:
            agi = AGI(stream, stream, sighup=False)
            request.is_read = True
            name = agi.env.get("agi_network_script", "")
            if name not in known:
                refuse(agi, f"FastAGI has no {name[:40]!r}; there are: {', '.join(known)}")
                return
            given = [agi.env[f"agi_arg_{n}"] for n in range(1, len(agi.env)) if f"agi_arg_{n}" in agi.env]
            attempt(agi, *known[name], [name, *given])
    except (AGIException, OSError) as problem:
        log.info("a FastAGI request ended early: %s", problem)
    finally:
        _cut(connection)  # Asterisk continues before the event loop handles the end


def _cut(connection: socket.socket) -> None:
    """Shut a connection down, even for a thread that waits on it."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
