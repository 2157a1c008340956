import asyncio
import sqlite3
import threading
from dataclasses import replace
from typing import Any

import pytest

from ari_app.http.server.limits import waiting_line
from ari_app.http.server.password_check import ApiUsers, may_come_from
from tests.http.agent_api import USERS, FakeBoard, get, verify, visit, world
from warmline.access import known_device
from warmline.access.login_delays import Delay
from warmline.store.configuration.api_users import ApiUser
from warmline.store.database.database import StatementFailed

HANGUP = {"source": "test", "user": "6666", "pass": "1234", "agent_user": "1000", "function": "external_hangup"}


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Store:
    """Counts how often it is read."""

    def __init__(self) -> None:
        self.reads = 0

    def verify(self, user: str, password: str) -> tuple[ApiUser | None, bool]:
        self.reads += 1
        return verify(user, password)


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_checked_password_is_remembered_for_five_minutes(store: Store, clock: Clock) -> None:
    async def talk() -> None:
        users = ApiUsers(store.verify, clock)
        for _ in range(3):
            assert (await users.check("6666", "1234", "a")).good
        assert store.reads == 1
        clock.now = 301
        assert (await users.check("6666", "1234", "a")).good
        assert store.reads == 2

    asyncio.run(talk())


def test_a_wrong_password_is_never_remembered(store: Store, clock: Clock) -> None:
    async def talk() -> None:
        users = ApiUsers(store.verify, clock)
        assert (await users.check("6666", "1234", "a")).good
        assert (await users.check("6666", "4321", "a")).message == "BAD"
        assert (await users.check("6666", "4321", "a")).message == "BAD"
        assert store.reads == 3

    asyncio.run(talk())


def test_a_read_before_a_change_is_not_cached_after_it(clock: Clock) -> None:
    reading, go_on = threading.Event(), threading.Event()
    reads = []

    def slow(user: str, password: str) -> tuple[ApiUser | None, bool]:
        reads.append(user)
        reading.set()
        assert go_on.wait(5)
        return verify(user, password)

    async def talk() -> None:
        users = ApiUsers(slow, clock)
        first = asyncio.create_task(users.check("6666", "1234", "a"))
        assert await asyncio.to_thread(reading.wait, 5)
        users.clear()
        go_on.set()
        assert (await first).good
        await users.check("6666", "1234", "a")
        assert len(reads) == 2

    asyncio.run(talk())


def test_after_five_failures_user_and_address_wait_longer_and_longer(
    store: Store, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    async def talk() -> None:
        users = ApiUsers(store.verify, clock)
        for number in range(5):
            assert (await users.check("6666", "4321", f"2001:db8::{number}")).message == "BAD"
        assert "wrong passwords for user 6666 from 2001:db8::/64: the next one has to wait 1 s" in caplog.text
        assert users.delays() == [Delay("6666", "2001:db8::/64", 1.0)]
        assert (await users.check("6666", "1234", "2001:db8::77")).message == "LOCK", "one host has many addresses"
        assert (await users.check("6666", "1234", "192.0.2.1")).good, "another address"
        assert (await users.check("7002", "1234", "2001:db8::77")).good
        for wait in (1, 2, 4, 8, 16, 32, 64, 120, 120):
            assert users.delays() == [Delay("6666", "2001:db8::/64", wait)]
            clock.now += wait - 0.5
            assert (await users.check("6666", "1234", "2001:db8::77")).message == "LOCK"
            clock.now += 0.5
            assert (await users.check("6666", "4321", "2001:db8::77")).message == "BAD"
        clock.now += 120
        assert (await users.check("6666", "1234", "2001:db8::77")).good
        assert users.delays() == []

    asyncio.run(talk())


def test_a_program_that_was_right_before_from_there_does_not_wait(store: Store, clock: Clock) -> None:
    """Other users at the same address may send any number of wrong passwords."""

    async def talk() -> None:
        users = ApiUsers(store.verify, clock)
        assert (await users.check("6666", "1234", "a")).good
        for _ in range(12):
            await users.check("6666", "4321", "a")
        assert (await users.check("6666", "4321", "a")).message == "LOCK"
        assert (await users.check("6666", "1234", "a")).good
        clock.now = 301
        for _ in range(12):
            await users.check("6666", "4321", "a")
        assert (await users.check("6666", "4321", "a")).message == "LOCK"
        assert (await users.check("6666", "1234", "a")).good, "no longer remembered, but checked"

    asyncio.run(talk())


def test_a_person_without_a_known_device_cannot_guess_a_remembered_password(store: Store, clock: Clock) -> None:
    async def talk() -> None:
        users = ApiUsers(store.verify, clock, find=USERS.get)
        assert (await users.check("6666", "1234", "a", ())).good
        for _ in range(6):
            await users.check("6666", "4321", "a", ())
        assert (await users.check("6666", "1234", "a", ())).message == "LOCK"

    asyncio.run(talk())


def test_a_known_device_waits_only_for_its_own_failures(store: Store, clock: Clock) -> None:
    found = {"6666": replace(USERS["6666"], pass_hash="a hash")}  # noqa: S106 - a stand-in
    mine = known_device.token("d" * 16, "6666", "a hash", 20_000)
    older = known_device.token("d" * 16, "6666", "another hash", 20_000)

    async def talk() -> None:
        users = ApiUsers(store.verify, clock, find=found.get, today=lambda: 20_001)
        for _ in range(12):
            await users.check("6666", "4321", "a", ())
        users.clear()  # the user is not in memory
        assert (await users.check("6666", "1234", "a", [older])).message == "LOCK", "of an earlier password"
        users.clear()
        told = await users.check("6666", "1234", "a", [mine])
        assert (told.message, told.device) == ("GOOD", "d" * 16)
        answers = [(await users.check("6666", "4321", where, [mine])).message for where in "abcdef"]
        assert answers == ["BAD"] * 5 + ["LOCK"], "a stolen device may not guess, from any address"
        assert users.delays()[-1] == Delay("6666", "", 1.0)

    asyncio.run(talk())


def test_a_new_password_ends_the_delay(store: Store, clock: Clock) -> None:
    users = ApiUsers(store.verify, clock, find=lambda user: found[user])
    found = dict(USERS)

    async def talk() -> None:
        for _ in range(10):
            await users.check("6666", "4321", "a")
        users.clear()
        assert (await users.check("6666", "1234", "a")).message == "LOCK", "another change"
        found["6666"] = replace(found["6666"], pass_hash="another")  # noqa: S106 - a stand-in
        users.clear()
        assert (await users.check("6666", "1234", "a")).good

    asyncio.run(talk())


def test_an_address_is_looked_at_before_the_password(store: Store, clock: Clock) -> None:
    found = {"6666": replace(USERS["6666"], addresses=("10.0.0.0/8",))}

    async def talk() -> None:
        users = ApiUsers(store.verify, clock, find=found.get)
        for password in ("4321", "1234", "1234"):
            assert (await users.check("6666", password, "127.0.88.1")).message == "IPBLOCK"
        assert store.reads == 0

    asyncio.run(talk())


def test_few_wait_for_a_check_and_users_who_were_right_before_go_first(clock: Clock) -> None:
    reading, go_on, checked = threading.Event(), threading.Event(), []

    def slow(user: str, password: str) -> tuple[ApiUser | None, bool]:
        checked.append(user)
        if user == "slow":
            reading.set()
            assert go_on.wait(30)
        return verify(user, password)

    async def talk() -> None:
        users = ApiUsers(slow, clock, at_once=1)
        assert (await users.check("6666", "1234", "a")).good
        users.clear()
        first = asyncio.create_task(users.check("slow", "x", "a"))
        assert await asyncio.to_thread(reading.wait, 30)
        others = [asyncio.create_task(users.check(f"other{n}", "x", f"a{n}")) for n in range(waiting_line.MOST + 1)]
        await asyncio.sleep(0)
        known = asyncio.create_task(users.check("6666", "1234", "b"))
        await asyncio.sleep(0)
        go_on.set()
        told = await asyncio.gather(*others, return_exceptions=True)
        assert [isinstance(one, waiting_line.LineFull) for one in told] == [False] * waiting_line.MOST + [True]
        assert (await known).good and (await first).message == "BAD"
        assert checked[:3] == ["6666", "slow", "6666"]

    asyncio.run(talk())


def test_a_login_of_a_known_device_waits_for_no_guess(clock: Clock) -> None:
    """Guesses that wait for their check take one of two threads, and the password is checked elsewhere, once."""
    reading, go_on = threading.Event(), threading.Event()
    found = {"6666": replace(USERS["6666"], pass_hash="a hash")}  # noqa: S106 - a stand-in
    mine = known_device.token("d" * 16, "6666", "a hash", 20_000)
    proved: list[str] = []

    def slow(user: str, password: str) -> tuple[ApiUser | None, bool]:
        if clock.now:
            reading.set()
            assert go_on.wait(30)
        return found.get(user), password == "1234"  # noqa: S105 - of a test

    async def proof() -> bool:
        proved.append("asked")
        return len(proved) == 1

    async def talk() -> None:
        users = ApiUsers(slow, clock, find=found.get, today=lambda: 20_000, at_once=2)
        for number in range(4):
            assert (await users.check(f"name{number}", "wrong", "a", ())).message == "BAD"
        users.clear()  # no user is in memory
        clock.now = 1.0
        guesses = [asyncio.create_task(users.check(f"other{n}", "wrong", "a", ())) for n in range(40)]
        assert await asyncio.to_thread(reading.wait, 30)
        try:
            told = await asyncio.wait_for(users.check("6666", "1234", "a", [mine], proof), 30)
            assert (told.message, told.device, proved) == ("GOOD", "d" * 16, ["asked"])
            assert not any(one.done() for one in guesses)
        finally:
            go_on.set()
        await asyncio.gather(*guesses)
        assert (await users.check("6666", "4321", "a", [mine], proof)).message == "BAD"
        assert (await users.check("6666", "4321", "a", [mine], proof)).message == "BAD"
        assert proved == ["asked"] * 2, "after a wrong one, a password is checked here first"

    asyncio.run(talk())


def test_guesses_for_a_user_count_one_by_one(store: Store, clock: Clock) -> None:
    async def talk() -> None:
        users = ApiUsers(store.verify, clock, at_once=4)
        told = await asyncio.gather(*(users.check("6666", "4321", "a") for _ in range(20)))
        assert sorted(one.message for one in told) == ["BAD"] * 5 + ["LOCK"] * 15
        assert store.reads == 5

    asyncio.run(talk())


def test_a_checked_success_forgets_the_failures(store: Store, clock: Clock) -> None:
    async def talk() -> None:
        users = ApiUsers(store.verify, clock)
        for _ in range(3):
            for _ in range(4):
                assert (await users.check("6666", "4321", "a")).message == "BAD"
            users.clear()
            assert (await users.check("6666", "1234", "a")).good

    asyncio.run(talk())


@pytest.mark.parametrize(
    ("address", "allowed", "may"),
    [
        ("192.0.2.7", (), True),
        ("192.0.2.7", ("192.0.2.7",), True),
        ("192.0.2.8", ("192.0.2.7",), False),
        ("192.0.2.8", ("10.0.0.0/8", "192.0.2.1/24"), True),
        ("::ffff:192.0.2.8", ("192.0.2.0/24",), True),
        ("2001:db8::1", ("192.0.2.0/24", "2001:db8::/32"), True),
        ("2001:db9::1", ("192.0.2.0/24", "2001:db8::/32"), False),
        ("", ("0.0.0.0/0",), False),
    ],
)
def test_addresses_restrict_the_logins_of_a_user(address: str, allowed: tuple[str, ...], may: bool) -> None:
    assert may_come_from(address, allowed) is may


def test_an_unknown_name_waits_like_a_known_one(store: Store, clock: Clock) -> None:
    async def talk() -> None:
        users = ApiUsers(store.verify, clock)
        told = [(await users.check("nobody", "4321", "a")).message for _ in range(6)]
        assert told == ["BAD"] * 5 + ["LOCK"]

    asyncio.run(talk())


def test_a_store_that_cannot_be_read_is_said_without_a_trace(caplog: pytest.LogCaptureFixture) -> None:
    def broken(user: str, password: str) -> tuple[ApiUser | None, bool]:
        raise StatementFailed(sqlite3.OperationalError("unable to open database file"))

    async def talk(client: Any, _token: str) -> tuple[int, str]:
        response = await client.get("/agc/api.php", params=HANGUP | {"value": "1"})
        return response.status, await response.text()

    assert visit(FakeBoard(world()), talk, broken) == (200, "ERROR: API users cannot be read - 6666\n")
    assert "unable to open database file" in caplog.text


def test_the_log_has_each_call_and_no_password(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "warmline.api")
    get(FakeBoard(world()), HANGUP | {"value": "1"})
    get(FakeBoard(world()), HANGUP | {"value": "1", "pass": "geheim99"})
    calls = [record.getMessage() for record in caplog.records if record.name == "warmline.api"]
    assert len(calls) == 2
    assert "external_hangup by 6666 for 1000 value 1: SUCCESS: external_hangup function set - 1|1000" in calls[0]
    assert "1234" not in caplog.text
    assert "geheim99" not in caplog.text
