"""Opens the HTTP server's listening socket."""

import errno
import logging
from ssl import SSLContext

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from ari_app.http.server.bearer_tokens import ASKERS
from ari_app.http.server.http_connection import HttpSite
from ari_app.process.log_writer import LogRateLimit, and_more
from ari_app.process.passed_sockets import CannotListen, PassedSockets

LAST_ANSWERS = 2.0  # seconds that requests get to end when the server closes
TAKEN = "the port is taken; end the program that has it, or set another listen_port"

log = logging.getLogger("warmline.http")
unreadable = LogRateLimit()


async def listen(
    app: web.Application, host: str, port: int, tls: SSLContext | None = None, passed: PassedSockets | None = None
) -> web.AppRunner:
    """Listen, on the sockets that were passed if there are any; `runner.cleanup()` closes the server.

    Raises CannotListen.
    """
    runner = web.AppRunner(app, shutdown_timeout=LAST_ANSWERS)
    await runner.setup()
    try:
        # Bodies are not decompressed. Addresses are not logged, because they may contain a password.
        how = {"access_log": None, "auto_decompress": False, "logger": _quiet_log()}
        ours = passed.take(host, port) if passed else []
        await HttpSite(runner, host, port, tls, app[ASKERS], ours, **how).start()
    except OSError as problem:
        await runner.cleanup()
        taken = problem.errno == errno.EADDRINUSE
        why = TAKEN if taken else problem.strerror
        raise CannotListen(
            "api_not_listening", "the API cannot listen on {host}:{port}: {why}", host=host, port=port, why=why
        ) from None
    return runner


def _quiet_log() -> logging.Logger:
    log.addFilter(_without_request)  # adding a filter twice has no effect
    return log


def _without_request(record: logging.LogRecord) -> bool:
    """Log unreadable requests as one line without a traceback, which would quote them; a bug keeps its traceback."""
    problem = record.exc_info[1] if record.exc_info else None
    if isinstance(problem, HttpProcessingError | web.RequestPayloadError | ConnectionError):
        if (held := unreadable.due()) is None:
            return False
        record.msg, record.args = "a request could not be read: %s%s", (type(problem).__name__, and_more(held))
        record.exc_info, record.levelno, record.levelname = None, logging.INFO, "INFO"
    return True
