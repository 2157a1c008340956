"""Browser phones through the socket: a hostile API process gets a phone for no other person, and never the password."""

import asyncio
import hashlib
import os
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sipmessage import AuthCredentials

from ari_app.calls.browser_phones import BrowserPhones
from ari_app.calls.checked_phones import CheckedPhones
from ari_app.calls.turn_credentials import TurnCredentials
from ari_app.http.workspace.phone.remote_phones import remote_phones
from ari_app.link import unix_sockets
from ari_app.link.call_client import CallLink
from ari_app.link.call_server import CallServer, SocketRole
from ari_app.link.phone_requests import CallProcessPhones, ChallengeUnknown, PhoneRefused
from ari_app.link.record_feed import RecordFeed
from ari_app.link.requests import served
from tests.wording.said import refused
from warmline.core.messages.events import Event
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.model.session import BROWSER_PHONE
from warmline.core.world.world import World
from warmline.store.configuration import config, user_sessions
from warmline.store.journal.storage_state import GOOD

PASSWORD, SECRET = "opensesame7", "of the endpoint"
CHALLENGE = 'Digest realm="asterisk",nonce="7/8",opaque="9",algorithm=MD5,qop="auth"'
USERS = {
    "anna": {"role": "agent", "agent": "1000"},
    "bob": {"role": "agent", "agent": "1001"},
    "ben": {"role": "supervisor", "user_group": "BERLIN"},
}
Talk = Callable[[CallProcessPhones, dict[str, str]], Awaitable[None]]


@pytest.fixture
def database(demo_database: Path, tmp_path: Path) -> Path:
    """Return a database with users; agent 1000 is in the group of the supervisor."""
    path = Path(shutil.copy(demo_database, tmp_path / "warmline.db"))
    config.create(path, "user-group", "BERLIN", {}, who="test")
    config.set_options(path, "agent", "1000", {"user_group": "BERLIN"}, who="test")
    for name, options in USERS.items():
        config.create(path, "user", name, {"pass": PASSWORD, **options}, who="test")
    config.create(path, "api-token", "crm", {"scopes": "agents:write", "token": "c" * 43}, who="test")
    return path


def unused(event: Event) -> None:
    raise AssertionError(event)


def on_a_socket(database: Path, talk: Talk, phones: BrowserPhones | None = None) -> None:
    """Let an API process that has the tokens of these users talk with a call process."""

    async def run() -> None:
        made = phones or BrowserPhones(unused)
        checked = CheckedPhones(made, TurnCredentials("turn"), SECRET, str(database), str(database.parent))
        path = str(database.with_name("calls"))
        role = SocketRole("API process", lambda uid: uid == os.getuid(), served(CallProcessPhones)(checked))
        server, link = CallServer(RecordFeed(World, lambda: 0), lambda: (True, 0, {}, GOOD)), CallLink(path, "test")
        tasks = [asyncio.create_task(server.serve(role, unix_sockets.bind(path, 0o600)))]
        tasks.append(asyncio.create_task(link.run()))
        try:
            await asyncio.wait_for(talk(remote_phones(link), tokens), 20)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    tokens = {user: user_sessions.begin(database, user, PASSWORD, "").token for user in USERS} | {"crm": "c" * 43}
    asyncio.run(run())


def test_an_agent_gets_the_own_phone_only(database: Path) -> None:
    async def talk(phones: CallProcessPhones, tokens: dict[str, str]) -> None:
        assert await phones.token(tokens["anna"], "1000", "page", "offer", supervises=False)
        assert await phones.token(tokens["anna"], "1000", "page", "offer", supervises=False) == "", "made before"
        assert await phones.token(tokens["crm"], "1001", "page", "offer", supervises=False), "a program brings each"
        for session, agent in ((tokens["bob"], "1000"), (tokens["ben"], "1000"), ("no-token", "1000"), ("", "1000")):
            with refused(PhoneRefused, "phone_refused"):
                await phones.token(session, agent, "page", "another", supervises=False)

    on_a_socket(database, talk)


def test_a_supervisor_gets_a_phone_for_the_own_group_only_and_in_the_own_name(database: Path) -> None:
    made = BrowserPhones(unused)

    async def talk(phones: CallProcessPhones, tokens: dict[str, str]) -> None:
        token = await phones.token(tokens["ben"], "1000", "page", "offer", supervises=True)
        arrived = LegArrived("leg", (BROWSER_PHONE, token), dialled=token)
        assert made.redeemed(arrived) == LegArrived("leg", (BROWSER_PHONE, "1000", "page", "user:ben"))
        for user, agent in (("ben", "1001"), ("anna", "1000"), ("crm", "1000")):
            with refused(PhoneRefused, "phone_refused"):
                await phones.token(tokens[user], agent, "page", "another", supervises=True)

    on_a_socket(database, talk, made)


def test_the_password_is_proved_for_the_call_of_a_valid_token_only(database: Path) -> None:
    async def talk(phones: CallProcessPhones, tokens: dict[str, str]) -> None:
        token = await phones.token(tokens["anna"], "1000", "page", "offer", supervises=False)
        uri = f"sip:{token}@127.0.0.1:5060"
        told = await phones.proof(token, CHALLENGE, uri)
        assert SECRET not in told
        said = AuthCredentials.parse(told).parameters
        known, wanted = md5(f"warmline-browser:asterisk:{SECRET}"), md5(f"INVITE:{uri}")
        assert said["response"] == md5(f"{known}:7/8:{said['nc']}:{said['cnonce']}:auth:{wanted}")
        other = "f" * 32
        foreign = (token, "sip:8500@127.0.0.1:5060"), (other, f"sip:{other}@127.0.0.1:5060"), ("", "sip:@1:2")
        for one, place in foreign:
            with refused(ChallengeUnknown, "phone_token_unknown"):
                await phones.proof(one, CHALLENGE, place)
        for challenge in ("", "Basic realm=x", "Digest realm=x", 'Digest realm="x",nonce="y",qop="auth",algorithm=X'):
            with refused(ChallengeUnknown, "phone_challenge_unknown"):
                await phones.proof(token, challenge, uri)

    on_a_socket(database, talk)


def test_turn_servers_are_used_in_the_own_name(database: Path) -> None:
    async def talk(phones: CallProcessPhones, tokens: dict[str, str]) -> None:
        assert (await phones.turn_credential(tokens["anna"])).username.endswith(":anna")
        with refused(PhoneRefused, "phone_refused"):
            await phones.turn_credential("no-token")

    on_a_socket(database, talk)


def test_the_token_of_the_machine_counts_only_if_this_user_wrote_it(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def talk(phones: CallProcessPhones, _: dict[str, str]) -> None:
        assert await phones.token("local-token", "1000", "page", "offer", supervises=False)
        monkeypatch.setattr("warmline.system.token_file.os.geteuid", lambda: os.getuid() + 1)
        with refused(PhoneRefused, "phone_refused"):
            await phones.token("local-token", "1000", "page", "another", supervises=False)

    (database.parent / "token").write_text("local-token")
    on_a_socket(database, talk)


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
