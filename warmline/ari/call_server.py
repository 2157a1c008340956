"""Serve the calls that the dialplan sends to an ARI script, each in a task of its own: an error ends one call."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from functools import partial

from warmline.ari import script_failures
from warmline.ari.ari_exceptions import ChannelGone, ConnectionLost
from warmline.ari.channel import Channel
from warmline.ari.connection import connect, find_settings
from warmline.ari.outgoing_calls import parties_of_call
from warmline.ari.running_script import Ari
from warmline.system.settings import Settings

Handler = Callable[[Ari, Channel], Awaitable[object]]
FailureReporter = Callable[[BaseException, Channel], str]


async def serve(
    name: str, handler: Handler, settings: Settings | None = None, *, url: str = "", user: str = "", password: str = ""
) -> None:
    """Serve each call that the dialplan sends to the script `name` by `handler(ari, caller)`, forever.

    The arguments are those of `connect`. When the script is connected, it writes a line to stderr.

    Each call has a task of its own. When its handler ends, the parties whom it called are hung up, and the caller goes
    on in the dialplan, unless the handler hung up or handed over. An error ends its own call alone: the error goes to
    stderr, to a note for `warmline doctor`, and into the caller's WARMLINE_REASON. So does `sys.exit` with a text; a
    party who hangs up is no error. Cancel the task of `serve` to end the script, as that of `connect`.

    Raises ValueError, SettingsError, ConnectionLost.
    """
    config = find_settings(settings, url=url, user=user, password=password)
    async with connect(name, config) as ari:
        print_ready(f"script {name} serves Stasis({ari.name}) at {config.ari_url}")
        calls: set[asyncio.Task[None]] = set()
        ending = asyncio.Event()  # set when the script ends, which cancels its calls
        report_failure = partial(script_failures.report_failure, name, config.spool)
        try:
            async for caller in ari.arrivals():
                task = asyncio.create_task(
                    _serve_call(ari, caller, handler, report_failure=report_failure, ending=ending)
                )
                calls.add(task)
                task.add_done_callback(calls.discard)
        finally:
            ending.set()
            for task in calls:
                task.cancel()
            await asyncio.gather(*calls, return_exceptions=True)


def print_ready(line: str) -> None:
    """Write to stderr that the script is ready: to the journal, if systemd has started it."""
    print(f"warmline: {line}", file=sys.stderr, flush=True)


async def _serve_call(
    ari: Ari, caller: Channel, handler: Handler, report_failure: FailureReporter, ending: asyncio.Event
) -> None:
    """Let the handler serve one call, report its error, and hang up its parties; `connect` does that at the end."""
    called_parties: set[Channel] = set()
    parties_of_call.set(called_parties)
    reason = ""
    try:
        await handler(ari, caller)
    except ChannelGone as error:
        reason = str(error)
    except ConnectionLost:
        pass  # `arrivals` raises it, too, and ends the script
    except asyncio.CancelledError as error:
        if ending.is_set():
            raise
        failure = RuntimeError("a task for which the call waited was cancelled").with_traceback(error.__traceback__)
        reason = report_failure(failure, caller)
        _log_failure(caller, failure)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # also a group of errors that are no Exception
        if call_failure := _find_failure(error):
            reason = report_failure(call_failure, caller)
            _log_failure(caller, call_failure)
    for talk in [talk for talk in ari.conversations if talk.has(caller.id)]:
        await talk.take_hangups()  # after the agent's hang-up, the two others talk on
    await script_failures.release_parties(caller, called_parties, reason)


def _find_failure(error: BaseException) -> BaseException | None:
    """Return what failed, or None: parties who hung up and `sys.exit()` are no failures, also in a group."""
    if isinstance(error, BaseExceptionGroup):
        failures = error.split((ChannelGone, ConnectionLost))[1]
        return failures.with_traceback(error.__traceback__) if failures else None
    return None if isinstance(error, SystemExit) and not error.code else error


def _log_failure(caller: Channel, failure: BaseException) -> None:
    """Print the traceback of a failure, as asyncio does with that of a task."""
    context = {"message": f"the call of {caller.number} failed", "exception": failure, "caller": caller}
    asyncio.get_running_loop().call_exception_handler(context)
