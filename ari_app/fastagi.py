"""FastAGI: what agi-bin's scripts decide, without a process for each call: `AGI(agi://127.0.0.1:4573/route_did,…)`.

Asterisk waits for a FastAGI server for ever. So each request has a limit; then the connection is cut, and the dialplan
goes on. The loop takes the connection and what Asterisk says first; a thread decides, with AGI as the scripts have it.
"""

import asyncio
import errno
import logging
import socket
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial

from warmline.agi import AGI, AGIException, attempt, decisions, refuse
from warmline.ari_app.http.server import CannotListen
from warmline.store.facts import Kept

LIMIT = 2.0  # seconds that a request may take
OPEN_MAX = 100  # requests at once; one more is cut off
THREADS = 4
FIRST_MAX = 65536  # bytes of what Asterisk says first

Decision = tuple[Callable[..., None], tuple[str, ...]]
"""What to call with an AGI object and its arguments, and what the arguments are called."""

log = logging.getLogger("warmline.fastagi")


def scripts(db: Kept) -> dict[str, Decision]:
    """Those of agi-bin that are over at once. A login may ask a PIN; the fallback is for when there is no app."""
    return {
        "route_did": (partial(decisions.route_did, db=db), ("NUMBER",)),
        "enter_ingroup": (partial(decisions.enter_ingroup, db=db), ("INGROUP",)),
        "enter_agentdirect": (partial(decisions.enter_agentdirect, db=db), ("AGENT",)),
    }


async def serve(where: str, known: Mapping[str, Decision]) -> None:
    """Answer requests at HOST:PORT for ever. `known` decisions go by the path of the request. Raises CannotListen."""
    listener = _listener(where)
    threads = ThreadPoolExecutor(THREADS, "fastagi")
    requests: set[asyncio.Task[None]] = set()
    try:
        while True:
            connection = await _next(listener)
            if len(requests) == OPEN_MAX:
                log.warning("%d FastAGI requests are open; one more is left to the dialplan", OPEN_MAX)
                connection.close()
                continue
            request = asyncio.create_task(_answer(connection, threads, known))
            requests.add(request)
            request.add_done_callback(requests.discard)
    finally:
        listener.close()
        for request in requests:
            request.cancel()
        threads.shutdown(wait=False, cancel_futures=True)


def _listener(where: str) -> socket.socket:
    host, _, port = where.rpartition(":")
    if not host or not port.isdecimal() or not 0 <= int(port) < 65536:
        raise CannotListen(f"setting fastagi is {where!r}; it must be HOST:PORT, such as 127.0.0.1:4573, or empty")
    try:
        listener = socket.create_server((host, int(port)), backlog=OPEN_MAX)
    except OSError as problem:
        taken = problem.errno == errno.EADDRINUSE
        why = "the port is taken; end the program that has it, or set another" if taken else problem.strerror
        raise CannotListen(f"FastAGI cannot listen on {where}: {why} (setting fastagi)") from None
    listener.setblocking(False)
    return listener


async def _next(listener: socket.socket) -> socket.socket:
    while True:
        try:
            connection, _ = await asyncio.get_running_loop().sock_accept(listener)
        except OSError as problem:  # too many files are open, or he has gone again
            log.warning("a FastAGI request cannot be taken: %s", problem.strerror)
            await asyncio.sleep(0.1)
        else:
            return connection


async def _answer(connection: socket.socket, threads: ThreadPoolExecutor, known: Mapping[str, Decision]) -> None:
    with connection:
        try:
            async with asyncio.timeout(LIMIT):
                said = await _environment(connection)
                connection.setblocking(True)
                stream = connection.makefile("rwb", buffering=0)
                decided = threads.submit(_decide, stream, said, known)
                decided.add_done_callback(partial(_end, connection, stream))
                await asyncio.wrap_future(decided)
        except TimeoutError:
            log.warning("a FastAGI request is cut off after %g s; the dialplan goes on", LIMIT)
        except ConnectionError as problem:
            log.info("a FastAGI request has gone: %s", problem)
        finally:
            _cut(connection)  # wakes a thread that still waits for Asterisk


async def _environment(connection: socket.socket) -> bytes:
    """All up to the empty line, so that no thread waits for it. Raises ConnectionError."""
    said = b""
    while b"\n\n" not in said:
        data = await asyncio.get_running_loop().sock_recv(connection, FIRST_MAX)
        said += data
        if not data or len(said) > FIRST_MAX:
            raise ConnectionError(f"it ended after {len(said)} bytes without an empty line")
    return said


def _decide(stream: socket.SocketIO, said: bytes, known: Mapping[str, Decision]) -> None:
    try:
        agi = AGI(stream, stream, sighup=False, unread=said)
        name = agi.env.get("agi_network_script", "")
        if name not in known:
            refuse(agi, f"FastAGI has no {name[:40]!r}; there are: {', '.join(known)}")
            return
        given = [agi.env[f"agi_arg_{n}"] for n in range(1, len(agi.env)) if f"agi_arg_{n}" in agi.env]
        attempt(agi, *known[name], [name, *given])
    except AGIException as problem:
        log.info("a FastAGI request ended early: %s", problem)


def _end(connection: socket.socket, stream: socket.SocketIO, _: "Future[None]") -> None:
    """The thread needs it no more: Asterisk goes on without waiting for the loop."""
    _cut(connection)
    stream.close()


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
