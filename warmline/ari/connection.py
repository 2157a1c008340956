"""The connection of an ARI script: `connect` makes it, and it survives restarts of Asterisk and cut networks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from warmline.ari import script_cleanup, script_failures, script_lock
from warmline.ari.ari_exceptions import ConnectionLost
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_errors import AriError
from warmline.ari.running_script import Ari
from warmline.ari.script_name import to_application
from warmline.system import settings as settings_file
from warmline.system.settings import Settings

CONNECT_TIMEOUT_SECONDS = 10.0
CLEANUP_SECONDS = 2.0


@asynccontextmanager
async def connect(name: str, settings: Settings | None = None) -> "AsyncIterator[Ari]":
    """Connect to Asterisk as the script `name`, with Warmline's settings.

    At the end of the block, the parties whom the script called are hung up, and callers continue in the dialplan. Two
    parties whom it joined go on talking, and a call that it handed over is untouched. An error that leaves the block
    goes to stderr, to a note for `warmline doctor`, and into WARMLINE_REASON of callers.

    Raises ValueError, SettingsError, ConnectionLost.
    """
    config = settings or settings_file.load_with_secrets()
    client = AriClient(config.ari_url, config.ari_user, config.ari_password, app=to_application(name))
    with script_lock.hold_lock(config.spool, client.app) as lock:
        async with client:
            ari = Ari(client, config)
            is_unsure = False  # whether a former script of this name may have left something
            if lock.has_leftovers:
                try:
                    ari.script_events.former_ids = await script_cleanup.find_ids_of_script(client, client.app)
                except AriError:
                    is_unsure = True
            listen_task = asyncio.create_task(ari.listen())
            cleanup_task = asyncio.create_task(_end_former_script(client, ari.script_events.former_ids))
            try:
                await _wait_for_connection(ari, config)
                with script_failures.report_task_failures(ari, name, config.spool):
                    yield ari
            except (Exception, SystemExit) as error:
                if isinstance(error, SystemExit) and not error.code:
                    raise
                await script_failures.set_reason_of_callers(
                    ari, script_failures.report_failure(name, config.spool, error)
                )
                raise
            finally:
                try:
                    is_empty = await ari.leave()
                finally:
                    for task in (listen_task, cleanup_task):
                        task.cancel()
                    await asyncio.gather(listen_task, cleanup_task, return_exceptions=True)
        if is_empty and not is_unsure:
            lock.remove_file()


async def _end_former_script(client: AriClient, former_ids: set[str]) -> None:
    """End what a former script of this name left, until nothing of it is there."""
    while former_ids:
        with suppress(AriError):
            if await script_cleanup.end_scripts(client, [client.app], former_ids):
                return
        await asyncio.sleep(CLEANUP_SECONDS)


async def _wait_for_connection(ari: "Ari", config: Settings) -> None:
    try:
        await ari.wait(asyncio.wait_for(ari.script_events.is_ready.wait(), CONNECT_TIMEOUT_SECONDS))
    except TimeoutError:
        raise ConnectionLost(
            "ari_not_connected",
            "no connection to Asterisk within {limit:g} s: {reason}; `warmline doctor` checks the settings",
            limit=CONNECT_TIMEOUT_SECONDS,
            reason=ari.why_away() or "no answer",
        ) from None
