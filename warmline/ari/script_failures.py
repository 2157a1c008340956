"""Tells why an ARI script failed: on stderr, in a note for `warmline doctor`, the metrics and the app, and to callers.

A party who hangs up is no failure in a task of one call. If it ends the script, it is.
"""

import asyncio
import sys
import traceback
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from warmline.agi import script_errors
from warmline.agi.channel import LOG_LINE_MAX_CHARACTERS
from warmline.ari.ari_exceptions import ChannelGone, ConnectionLost
from warmline.ari.channel import Channel
from warmline.ari.client.ari_errors import AriError
from warmline.store.agi import failed_scripts

if TYPE_CHECKING:
    from warmline.ari.running_script import Ari

REASON_VARIABLE = "WARMLINE_REASON"


def report_failure(script: str, spool: str, error: BaseException, caller: Channel | None = None) -> str:
    """Write why a script, or the call of a caller, failed to stderr, and keep a note in the spool; return the reason.

    Each error of a group, such as that of `asyncio.TaskGroup`, is reported; the first one is returned.
    """
    reasons = []
    for leaf_error in _list_errors(error):
        reason = " ".join(script_errors.describe_error(leaf_error).split())
        print(f"warmline: script {script} failed: {reason}", file=sys.stderr, flush=True)
        party = caller or _find_party(leaf_error)
        number = party.number if party else ""
        failed_scripts.keep(script, reason, "".join(traceback.format_exception(leaf_error)), caller=number, spool=spool)
        reasons.append(reason)
    return reasons[0]


async def set_reason_of_callers(ari: "Ari", reason: str) -> None:
    """Set WARMLINE_REASON of each caller, who goes on in the dialplan when the script has ended."""
    callers = [channel for channel in ari.channels.values() if not (channel.is_foreign or ari.has_called(channel))]
    await asyncio.gather(*(_set_reason(channel, reason) for channel in callers))


@contextmanager
def report_task_failures(ari: "Ari", script: str, spool: str) -> Iterator[None]:
    """Report also a task that fails and for which the script does not wait: its caller goes on in the dialplan."""
    loop = asyncio.get_running_loop()
    previous_handler = loop.get_exception_handler()

    def handle_exception(failed_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, ChannelGone) and "future" in context:
            return
        if isinstance(error, Exception) and "future" in context:
            reason, party = report_failure(script, spool, error), _find_party(error)
            if party and not (party.gone or party.is_foreign or ari.has_called(party)):
                ari.begin(_release_caller(party, reason))
        _call_handler(failed_loop, previous_handler, context)

    loop.set_exception_handler(handle_exception)
    try:
        yield
    finally:
        loop.set_exception_handler(previous_handler)


def _call_handler(
    loop: asyncio.AbstractEventLoop,
    handler: Callable[[asyncio.AbstractEventLoop, dict[str, Any]], object] | None,
    context: dict[str, Any],
) -> None:
    """Call the handler of errors that the script has set, or that of asyncio."""
    if handler:
        handler(loop, context)
    else:
        loop.default_exception_handler(context)


async def release_parties(caller: Channel, called_parties: Iterable[Channel], reason: str) -> None:
    """Let a caller go on in the dialplan, with the reason if there is one, and hang up those who were called for it."""
    releases = [
        _await_unless_gone(channel.let_go()) for channel in called_parties if not (channel.gone or channel.talks_on)
    ]
    if not (caller.gone or caller.talks_on):
        releases.append(_release_caller(caller, reason))
    await asyncio.gather(*releases)


async def _release_caller(caller: Channel, reason: str) -> None:
    if reason:
        await _set_reason(caller, reason)
    await _await_unless_gone(caller.let_go())


async def _set_reason(caller: Channel, reason: str) -> None:
    await _await_unless_gone(caller.set_variable(REASON_VARIABLE, reason[:LOG_LINE_MAX_CHARACTERS]))


async def _await_unless_gone(awaitable: Awaitable[None]) -> None:
    with suppress(AriError, ChannelGone, ConnectionLost):
        await awaitable


def _list_errors(error: BaseException) -> Iterable[BaseException]:
    """Return the errors in a group, or the error itself."""
    if not isinstance(error, BaseExceptionGroup):
        return [error]
    return [leaf_error for inner_error in error.exceptions for leaf_error in _list_errors(inner_error)]


def _find_party(error: BaseException) -> Channel | None:
    """Return the party of the call in which an error occurred: the innermost one in a variable."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    local_objects = (value for frame in reversed(frames) for value in frame.f_locals.values())
    return next((value for value in local_objects if isinstance(value, Channel)), None)
