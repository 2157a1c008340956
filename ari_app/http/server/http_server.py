"""The listening socket of the HTTP door."""

import errno
import logging
from ssl import SSLContext

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from ari_app.http.server.bearer_tokens import ASKERS
from ari_app.http.server.http_connection import HttpSite
from ari_app.process.log_writer import LogRateLimit, and_more
from ari_app.process.passed_sockets import PassedSockets
from warmline.text.coded_error import CodedError

LAST_ANSWERS = 2.0  # seconds that requests have to end when the door closes
TAKEN = "the port is taken; end the program that has it, or set another listen_port"

log = logging.getLogger("warmline.http")
unreadable = LogRateLimit()


class CannotListen(CodedError):
    """The address cannot be had; the text names it, the reason and the way out."""


async def listen(
    app: web.Application, host: str, port: int, tls: SSLContext | None = None, passed: PassedSockets | None = None
) -> web.AppRunner:
    """Open the door, at the socket that systemd passed for it if there is one; `runner.cleanup()` closes it.

    Raises CannotListen.
    """
    runner = web.AppRunner(app, shutdown_timeout=LAST_ANSWERS)
    await runner.setup()
    try:
        # Nothing of a request is unpacked, and its address (which may hold a password) is in no log.
        how = {"access_log": None, "auto_decompress": False, "logger": _quiet_log()}
        ours = passed.take(host, port) if passed else None
        await HttpSite(runner, host, port, tls, app[ASKERS].admit, ours, **how).start()
    except OSError as problem:
        await runner.cleanup()
        taken = problem.errno == errno.EADDRINUSE
        why = TAKEN if taken else problem.strerror
        raise CannotListen(
            "api_not_listening", "the API cannot listen on {host}:{port}: {why}", host=host, port=port, why=why
        ) from None
    return runner


def _quiet_log() -> logging.Logger:
    log.addFilter(_without_request)  # the same filter twice is one
    return log


def _without_request(record: logging.LogRecord) -> bool:
    """What is no HTTP is one line, without the trace that would quote it; a bug keeps its trace."""
    problem = record.exc_info[1] if record.exc_info else None
    if isinstance(problem, HttpProcessingError | web.RequestPayloadError | ConnectionError):
        if (held := unreadable.due()) is None:
            return False
        record.msg, record.args = "a request could not be read: %s%s", (type(problem).__name__, and_more(held))
        record.exc_info, record.levelno, record.levelname = None, logging.INFO, "INFO"
    return True
