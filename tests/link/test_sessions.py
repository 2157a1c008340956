"""Sessions of users over the call process's socket: the call process checks the password itself."""

import asyncio
import os
import shutil
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from ari_app.link import unix_sockets
from ari_app.link.call_client import CallLink
from ari_app.link.call_server import CallServer, SocketRole
from ari_app.link.record_feed import RecordFeed
from ari_app.records import session_writes
from ari_app.records.privileged_writes import PrivilegedThread
from ari_app.records.record_writes import RecordThreads
from ari_app.records.recording_audio import AudioThreads
from ari_app.records.remote_records import Records, remote_records
from ari_app.records.session_writes import SessionThreads
from tests.link.sent_requests import record_handlers
from tests.wording.said import refused
from warmline.access.login_delays import OF_SOURCE
from warmline.core.world.world import World
from warmline.options.password_rules import PasswordRefused
from warmline.store.configuration import config, own_sessions, users
from warmline.store.configuration.wallboards import WallboardRefused
from warmline.store.database.database import StoreError
from warmline.store.database.login_refusals import LoginDelayed, LoginRefused
from warmline.store.journal.storage_state import GOOD

PASSWORD = "opensesame7"  # noqa: S105 - of a test
Talk = Callable[[Records], Awaitable[None]]


@pytest.fixture
def database(new_database: Path, tmp_path: Path) -> Path:
    path = Path(shutil.copy(new_database, tmp_path / "warmline.db"))
    config.create(path, "user", "mia", {"pass": PASSWORD, "role": "manager"}, who="test")
    return path


def served(
    database: Path,
    talk: Talk,
    changed: Callable[[], None] = lambda: None,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Let an API process talk with a call process."""

    async def run() -> None:
        db, path = str(database), str(database.with_name("calls"))
        records, audio, privileged = RecordThreads(db), AudioThreads(".", db), PrivilegedThread(db)
        sessions = SessionThreads(db, changed, clock)
        handlers = record_handlers(records, audio, privileged, sessions)
        role = SocketRole("API process", lambda uid: uid == os.getuid(), handlers)
        server = CallServer(RecordFeed(World, lambda: 0), lambda: (True, 0, {}, GOOD))
        link = CallLink(path, "test")
        tasks = [asyncio.create_task(server.serve(role, unix_sockets.bind(path, 0o600)))]
        tasks.append(asyncio.create_task(link.run()))
        try:
            await asyncio.wait_for(talk(remote_records(link)), 20)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
            for one in (records, audio, privileged, sessions):
                one.close()

    asyncio.run(run())


def test_a_session_begins_with_the_password_and_ends(database: Path) -> None:
    changes: list[int] = []

    async def talk(remote: Records) -> None:
        made = await remote.begin("mia", PASSWORD, "a laptop")
        found = users.of_token(database, made.token)
        assert found and (found.name, found.program, found.ends) == ("mia", "a laptop", made.ends)
        assert await remote.end(made.token)
        assert not await remote.end(made.token)

    served(database, talk, lambda: changes.append(1))
    assert len(changes) == 3


@pytest.mark.parametrize(("user", "password"), [("mia", "wrong"), ("mia", ""), ("nobody", PASSWORD)])
def test_an_api_process_that_does_not_know_the_password_gets_no_session(
    database: Path, user: str, password: str
) -> None:
    async def talk(remote: Records) -> None:
        with pytest.raises(LoginRefused):
            await remote.begin(user, password, "")

    served(database, talk)
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("SELECT count(*) FROM user_session").fetchone() == (0,)


def test_wrong_passwords_slow_the_user_down(database: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Also if the API process has been taken over, and checks none."""
    config.create(database, "user", "ada", {"pass": PASSWORD, "role": "admin"}, who="test")
    now = 1000.0

    async def code(remote: Records, password: str = "wrong", user: str = "mia") -> str:  # noqa: S107
        try:
            await remote.begin(user, password, "")
        except LoginRefused as error:
            return error.code
        return ""

    async def talk(remote: Records) -> None:
        nonlocal now
        assert [await code(remote) for _ in range(OF_SOURCE.free)] == ["login_refused"] * OF_SOURCE.free
        with pytest.raises(LoginDelayed):
            await remote.begin("mia", PASSWORD, "")
        assert await code(remote, PASSWORD, "ada") == "", "another user"
        now += 1
        assert [await code(remote, PASSWORD), await code(remote)] == ["", "login_refused"], "after the delay"
        assert [await code(remote) for _ in range(OF_SOURCE.free)][-1] == "session_delayed"
        config.set_options(database, "user", "mia", {"pass": "another-one7"}, who="test")
        assert await code(remote, "another-one7") == "", "a new password ends the delay"

    served(database, talk, clock=lambda: now)
    assert len([one for one in caplog.messages if "wrong passwords or codes for user mia" in one]) == 2


def test_a_password_is_changed_with_a_session_and_the_former_one(database: Path) -> None:
    """Also if the API process has been taken over: it has tokens of sessions, but no passwords."""
    now = 1000.0

    async def code(remote: Records, token: str, former: str, new: str = "another-one7") -> str:
        try:
            await remote.change_password(token, former, new)
        except (LoginRefused, PasswordRefused) as error:
            return error.code
        return ""

    async def talk(remote: Records) -> None:
        nonlocal now
        made, other = await remote.begin("mia", PASSWORD, "", address="::1"), await remote.begin("mia", PASSWORD, "")
        assert await code(remote, "no-token", PASSWORD) == "login_refused"
        assert await code(remote, made.token, PASSWORD, "short") == "new_password_weak"
        guesses = [await code(remote, made.token, "wrong") for _ in range(OF_SOURCE.free + 1)]
        assert guesses == [*["login_refused"] * OF_SOURCE.free, "session_delayed"]
        now += 1
        assert await code(remote, made.token, PASSWORD) == ""
        assert users.of_token(database, made.token) and not users.of_token(database, other.token)
        (own,) = own_sessions.of_user(database, "mia")
        assert own.address == "::1"
        await remote.note_seen({own.token: own.created + 5, "unknown": 7})
        assert own_sessions.of_user(database, "mia")[0].seen == own.created + 5

    served(database, talk, clock=lambda: now)


def test_a_hostile_api_process_begins_no_wallboard_for_an_agent(database: Path) -> None:
    config.create(database, "user", "anna", {"pass": PASSWORD, "role": "agent"}, who="test")

    async def talk(remote: Records) -> None:
        with refused(WallboardRefused, "wallboard_role"):
            await remote.begin("anna", PASSWORD, "wallboard")
        with refused(LoginRefused, "login_refused"):
            await remote.begin("anna", "wrong", "wallboard")
        assert own_sessions.of_user(database, "anna") == []

    served(database, talk)


def test_a_flood_of_logins_is_bounded(database: Path) -> None:
    async def talk(remote: Records) -> None:
        asked = [remote.begin("mia", "wrong", "") for _ in range(3 * session_writes.LOGINS_WAITING)]
        told = await asyncio.gather(*asked, return_exceptions=True)
        assert {type(one) for one in told} == {LoginRefused, LoginDelayed, StoreError}
        assert sum(isinstance(one, StoreError) for one in told) >= session_writes.LOGINS_WAITING

    served(database, talk)
