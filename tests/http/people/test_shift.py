"""A shift logs in behind one address in one instant, while a stranger at that address guesses passwords.

The soak has a shift of 50, and judges the seconds. On a busy machine they are compared with a control: the same
checks of passwords without anything beside them. `make test` counts what a login costs.
"""

import asyncio
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from unittest.mock import patch

import pytest

from ari_app.http.server.client_address import PROXIES, TrustedProxies
from ari_app.process import password_threads
from tests.http.people.people_site import PASSWORD, PeopleSite
from tests.soak import soaking
from warmline.store.database import passwords

SHIFT = [f"agent{number}" for number in range(50 if soaking() else 12)]
GUESSES_A_SECOND = 10
WITHIN = 3.0 if soaking() else 60.0  # seconds
OF_CONTROL = 2.0  # times the control: the guesses are checked, too
COST = passwords.COST  # as it is without the tests' cheap hashes


def hire(people: PeopleSite) -> None:
    """Add the users of the shift, with the same password."""
    with closing(sqlite3.connect(people.database)) as db, db:
        db.execute("CREATE TEMP TABLE one AS SELECT * FROM user WHERE id = 'mia'")
        if soaking():  # the seconds are judged, so a check costs what it costs an installation
            with patch.object(passwords, "COST", COST):
                db.execute("UPDATE one SET pass = ?", [passwords.hashed(PASSWORD)])
        for name in SHIFT:
            db.execute("UPDATE one SET id = ?", [name])
            db.execute("INSERT INTO user SELECT * FROM one")
    people.forget()


async def login(people: PeopleSite, user: str, password: str, device: str = "", address: str = "") -> tuple[int, str]:
    """Log in, and return the status and the token of the device."""
    body = {"user": user, "password": password, "device": device}
    headers = {"X_Forwarded_For": address} if address else {}
    told = await people.asking("POST", "/login", body, token="", **headers)
    return told.status, told.body.get("device", "")


async def guessing(people: PeopleSite, address: str = "") -> None:
    """Send ten wrong passwords a second, for a name of the shift each."""
    number = 0
    while True:
        await login(people, SHIFT[number % len(SHIFT)], "wrong", address=address)
        number += 1
        await asyncio.sleep(1 / GUESSES_A_SECOND)


async def slowest(people: PeopleSite, devices: list[str], stranger: str = "", office: str = "") -> float:
    """Let the shift log in during guesses, after many; return the seconds of the slowest."""
    assert people.api.users
    people.api.users._clock = lambda: 0.0  # no delay ends
    for number in range(60):
        await login(people, SHIFT[number % 6], "wrong", address=stranger)

    async def seconds(user: str, device: str) -> float:
        began = time.monotonic()
        status, _ = await login(people, user, PASSWORD, device, office)
        assert status == 201, user
        return time.monotonic() - began

    guesses = asyncio.create_task(guessing(people, stranger))
    try:
        told = sorted(await asyncio.gather(*map(seconds, SHIFT, devices)))
        print(f"{len(told)} logins: median {told[len(told) // 2]:.2f} s, slowest {told[-1]:.2f} s")
        return told[-1]
    finally:
        guesses.cancel()


def limit(checks: int) -> float:
    """Return the seconds that the slowest of the shift may take, if each login costs so many checks of a password."""
    if not soaking():
        return WITHIN
    with patch.object(passwords, "COST", COST):
        stored = passwords.hashed(PASSWORD)
    began = time.monotonic()
    with ThreadPoolExecutor(password_threads.AT_ONCE) as threads:
        assert all(threads.map(passwords.matches, [PASSWORD] * len(SHIFT) * checks, [stored] * len(SHIFT) * checks))
    control = time.monotonic() - began
    print(f"control: {len(SHIFT) * checks} checks in {control:.2f} s")
    return max(WITHIN, OF_CONTROL * control)


@pytest.fixture(autouse=True)
def _unhurried(people: PeopleSite) -> None:
    people.api.askers.rate.a_second = 0
    hire(people)


def test_known_devices_get_in_beside_a_stranger_at_the_same_address(people: PeopleSite) -> None:
    async def yesterday() -> list[str]:
        return [(await login(people, user, PASSWORD))[1] for user in SHIFT]

    devices = people.do(yesterday())
    people.stop()
    people.start()  # nothing is in memory
    people.api.askers.rate.a_second = 0
    most = limit(checks=1)
    assert people.do(slowest(people, devices)) < most
    assert people.do(login(people, SHIFT[0], PASSWORD))[0] == 429, "a new device waits"


def test_a_login_of_a_known_device_costs_one_check(people: PeopleSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """The call process makes it; for a new device and after a wrong password, the API process makes one before."""
    costs: list[str] = []
    plain = passwords._scrypt
    monkeypatch.setattr(passwords, "_scrypt", lambda *args: (costs.append(args[0]), plain(*args))[1])
    user = SHIFT[0]
    _, device = people.do(login(people, user, PASSWORD))
    assert costs == [PASSWORD] * 2
    people.stop()
    people.start()
    costs.clear()
    assert people.do(login(people, user, PASSWORD, device))[0] == 201 and costs == [PASSWORD]
    people.forget()
    assert [people.do(login(people, user, "wrong", device))[0] for _ in range(3)] == [401] * 3
    assert costs == [PASSWORD, "wrong", "wrong", "wrong"]
    assert people.do(login(people, user, PASSWORD, device))[0] == 201 and costs[4:] == [PASSWORD] * 2


def test_new_devices_get_in_behind_a_trusted_proxy(people: PeopleSite, monkeypatch: pytest.MonkeyPatch) -> None:
    proxies = people.client.app[PROXIES]
    monkeypatch.setattr(proxies, "_networks", TrustedProxies.of_setting("127.0.0.1")._networks)
    most = limit(checks=2)
    assert people.do(slowest(people, [""] * len(SHIFT), "192.0.2.1", "198.51.100.7")) < most


def test_without_a_trusted_proxy_the_header_is_not_believed(people: PeopleSite) -> None:
    async def told() -> list[int]:
        return [(await login(people, SHIFT[0], "wrong", address=f"192.0.2.{one}"))[0] for one in range(6)]

    assert people.api.users
    people.api.users._clock = lambda: 0.0
    assert people.do(told()) == [401] * 5 + [429]
