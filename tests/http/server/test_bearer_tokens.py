"""Tokens that are looked up by themselves, beside changes of the configuration."""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ari_app.background import pollers
from ari_app.http.server.bearer_tokens import TokenAuthentication
from ari_app.http.server.limits.rate_limit import RateLimit
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.server.worker_threads import WorkerThreads
from warmline.store.configuration import config, token_holder

TOKEN = "n" * 43
HERE = "127.0.0.1"


class DeletesMeanwhile(WorkerThreads):
    """Deletes the token, and lets the tokens be read again, while the token is looked up."""

    def __init__(self, db: str) -> None:
        super().__init__()
        self._db = db

    async def look_up(self, do: Callable[..., Any], *args: Any, **more: Any) -> Any:
        found = do(*args, **more)
        if do is token_holder.of_token and found is not None:
            config.delete(self._db, "api-token", "crm", who="test")
            self.askers.clear()
            await self.askers.fill()
        return found

    askers: TokenAuthentication


def test_a_token_that_is_deleted_while_it_is_looked_up_is_not_kept(demo_database: Path, tmp_path: Path) -> None:
    db = str(shutil.copy(demo_database, tmp_path))

    async def ask_twice() -> None:
        threads = DeletesMeanwhile(db)
        threads.askers = askers = TokenAuthentication("", db, RateLimit(0), RateLimit(0), threads)
        await askers.fill()
        config.create(db, "api-token", "crm", {"scopes": "agents:read", "token": TOKEN}, who="test")
        assert (await askers.of(TOKEN, HERE)).client == "token:crm"
        with pytest.raises(ProblemRaised, match="the token is unknown"):
            await askers.of(TOKEN, HERE)
        threads.close()

    asyncio.run(ask_twice())


def test_the_holder_of_a_commands_token_is_known_until_the_tokens_are_read_again(
    demo_database: Path, tmp_path: Path
) -> None:
    """The call process calls `renew` after each change: of sessions at once, of the configuration within a second."""
    db = str(shutil.copy(demo_database, tmp_path))

    async def ask() -> None:
        threads = WorkerThreads()
        askers = TokenAuthentication("", db, RateLimit(0), RateLimit(0), threads)
        assert await askers.holder("n") is await askers.holder(TOKEN) is None
        config.create(db, "api-token", "crm", {"scopes": "agents:read", "token": TOKEN}, who="test")
        for scopes in ("agents:read", "agents:write"):
            config.set_options(db, "api-token", "crm", {"scopes": scopes}, who="test")
            askers.renew()
            found = await askers.holder(TOKEN)
            assert found and found.may(scopes)
        config.delete(db, "api-token", "crm", who="test")
        assert await askers.holder(TOKEN) == found, "no look at the database for each command"
        askers.renew()
        assert await askers.holder(TOKEN) is None
        threads.close()

    asyncio.run(ask())
    assert pollers.CONFIGURATION_EVERY < 1
