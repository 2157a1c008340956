"""Lists the ARI scripts: those with a lock in the spool, and those that Asterisk knows besides."""

from typing import NamedTuple

import msgspec

from warmline.ari import script_cleanup, script_lock
from warmline.ari.client import json_errors
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_errors import AriError
from warmline.ari.script_name import APPLICATION_PREFIX
from warmline.system.ari_listener import asterisks_users
from warmline.system.settings import Settings

RUNNING, DEAD, ELSEWHERE = "running", "dead", "elsewhere"


class ScriptState(NamedTuple):
    """A script: its state, the start in microseconds UTC, and its channels in Asterisk; None for what is not known.

    A dead one was killed, and something of it may be left. One that is `elsewhere` has no lock in this spool: it runs
    on another machine, or was connected with `url=…`.
    """

    application: str
    state: str
    started_us: int | None
    channels: int | None


class _Application(msgspec.Struct):
    name: str


async def list_scripts(config: Settings) -> tuple[list[ScriptState], str]:
    """Return the scripts by their names, and why Asterisk tells nothing of them, or "". Raises OSError."""
    locks = {lock.application: lock for lock in script_lock.list_locks(config.spool)}
    counts: dict[str, int] = {}
    error_text = ""
    try:
        counts = await _count_channels(config)
    except AriError as error:
        error_text = str(error)
    scripts = []
    for application in sorted({*locks, *counts}):
        channels = None if error_text else counts.get(application, 0)
        if lock := locks.get(application):
            state = DEAD if lock.is_dead else RUNNING
            scripts.append(ScriptState(application, state, lock.started_us, channels))
        else:
            scripts.append(ScriptState(application, ELSEWHERE, None, channels))
    return scripts, error_text


async def _count_channels(config: Settings) -> dict[str, int]:
    """Return how many channels each script's application has, of those that Asterisk knows. Raises AriError."""
    login = config.ari_url, config.ari_user, config.ari_password
    async with AriClient(*login, app="", trusted_user_ids=asterisks_users(config)) as client:
        answer = await client.request("GET", "applications", has_long_timeout=True)
        names = [application.name for application in json_errors.read(answer, list[_Application])]
        counts = {name: 0 for name in names if name.startswith(APPLICATION_PREFIX)}
        for _, owner in (await script_cleanup.read_channels(client)).values():
            if owner:
                counts[owner] = counts.get(owner, 0) + 1
    return counts
