"""The connection of an ARI script: `connect` makes it, and it survives restarts of Asterisk and cut networks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from warmline.ari import script_cleanup, script_failures, script_lock
from warmline.ari.ari_exceptions import ConnectionLost
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_errors import AriError
from warmline.ari.running_script import Ari
from warmline.ari.script_name import to_application
from warmline.system import settings as settings_file
from warmline.system.ari_listener import asterisks_users
from warmline.system.settings import Settings

CONNECT_TIMEOUT_SECONDS = 10.0
CLEANUP_SECONDS = 2.0


@asynccontextmanager
async def connect(
    name: str, settings: Settings | None = None, *, url: str = "", user: str = "", password: str = ""
) -> "AsyncIterator[Ari]":
    """Connect to Asterisk as the script `name`, with Warmline's settings, or to the ARI at `url`.

    `url` is that of ARI, such as `http://127.0.0.1:8088/ari`; `user` and `password` are those of a section in
    `ari.conf`. With them, no settings file, spool, database or centre is needed, and none is read. Without them, the
    settings may be in the environment: `WARMLINE_ARI_URL`, `WARMLINE_ARI_USER` and `WARMLINE_ARI_PASSWORD`.

    At the end of the block, the parties whom the script called are hung up, and callers continue in the dialplan. Two
    parties whom it joined go on talking, and a call that it handed over is untouched. An error that leaves the block
    goes to stderr, to a note for `warmline doctor`, and into WARMLINE_REASON of callers.

    Raises ValueError, SettingsError, ConnectionLost: immediately if Asterisk refuses the user, after 3 s if nothing is
    at the path of the URL, and after 10 s if there is no answer.
    """
    config = find_settings(settings, url=url, user=user, password=password)
    client = AriClient(
        config.ari_url,
        config.ari_user,
        config.ari_password,
        app=to_application(name),
        trusted_user_ids=asterisks_users(config),
    )
    with script_lock.hold_lock(config.spool, client.app, client.url) as lock:
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
                is_empty = False
                try:
                    is_empty = await ari.leave()
                finally:
                    for task in (listen_task, cleanup_task):
                        task.cancel()
                    await asyncio.gather(listen_task, cleanup_task, return_exceptions=True)
                if is_empty and not is_unsure:
                    lock.remove_file()


def find_settings(settings: Settings | None, url: str, user: str, password: str) -> Settings:
    """Return the settings of a script, whose `spool` and `db` are "" if it has no centre. Raises ValueError.

    They are those of the arguments, or of the settings file and the environment. Raises SettingsError, too.
    """
    login = {"ari_url": url, "ari_user": user, "ari_password": password}
    if any(login.values()):
        if settings or not all(login.values()):
            raise ValueError("give url, user and password together and no settings, or none of the three")
        config = Settings(**{**settings_file.DEFAULTS, **login, "spool": "", "db": ""})
    else:
        config = settings or settings_file.load_with_secrets()
    if "@" in urlsplit(config.ari_url).netloc:
        raise ValueError("the URL of ARI has a user in it: give user and password apart from it")
    if config.spool == settings_file.DEFAULTS["spool"]:
        try:
            Path(config.spool).stat()
        except FileNotFoundError:  # no centre is here
            return config._replace(spool="")
        except OSError:
            pass  # the lock tells it
    return config


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
            "no connection to Asterisk within {limit:g} s: {reason}{hint}",
            limit=CONNECT_TIMEOUT_SECONDS,
            reason=ari.why_away() or "no answer",
            hint="; `warmline doctor` checks the settings" if config.spool else "",
        ) from None
