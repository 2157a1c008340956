"""An ARI script with nothing but the URL of ARI, a user and a password; and what it is told if it is refused."""

import logging
import os
import time
from pathlib import Path
from typing import Any, TypedDict

import pytest
from aiohttp import web

from tests.ari.script_asterisk import ScriptAsterisk, asterisk, channel
from tests.asterisk.fake import refuses
from warmline.ari import (
    Ari,
    Channel,
    CodedError,
    ConnectionLost,
    Reconnected,
    connect,
    script_lock,
    serve,
    testing,
)
from warmline.ari.client import ari_event_stream
from warmline.ari.script_name import to_application
from warmline.system import settings

PASSWORD = "-".join(("s3cr3t", "of", "the", "script"))
REFUSALS = {
    401: "ARI does not know the user bell or the password at {url}; ",
    403: "ARI forbids the user bell to change anything; ",
    200: "{url}/events answers 200, which ARI does not",
    301: "{url}/events answers 301, which ARI does not",
    404: "{url}/events answers 404: the path is not that of ARI",
}
"""The statuses that do not change by waiting, and what is told."""


@pytest.fixture(autouse=True)
def no_centre(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let this machine have neither settings nor a spool."""
    monkeypatch.setattr(settings, "DEFAULT_FILE", str(tmp_path / "warmline.toml"))
    monkeypatch.setitem(settings.DEFAULTS, "spool", str(tmp_path / "spool"))
    monkeypatch.setattr(ari_event_stream, "NOT_FOUND_SECONDS", 0.05)
    for name in ("CONFIG", "SPOOL", "DB"):
        monkeypatch.delenv(f"WARMLINE_{name}", raising=False)


class Login(TypedDict):
    """The arguments of `connect`."""

    url: str
    user: str
    password: str


def login(fake: ScriptAsterisk) -> Login:
    return {"url": fake.url, "user": "bell", "password": PASSWORD}


def refuse_in_turn(fake: ScriptAsterisk, *statuses: int) -> None:
    """Refuse the next connections with these statuses, and let the one after them in."""
    next_statuses = list(statuses)

    async def answer(request: web.Request) -> Any:
        return await (refuses(next_statuses.pop(0))(request) if next_statuses else fake._listen(request))

    fake.replies["GET /events"] = answer


async def hang_up(_: Ari, caller: Channel) -> None:
    await caller.hang_up()


async def test_a_url_a_user_and_a_password_are_enough() -> None:
    async with asterisk() as fake:
        dialplan = {"context": "", "exten": "", "priority": 1, "app_name": "", "app_data": ""}
        left_id, other_id = "script-my-bell-0123456789abcdef", "script-my-bell-two-0123456789abcdef"
        for channel_id in (left_id, other_id):
            fake.channels[channel_id] = channel(channel_id) | {"state": "Ringing", "dialplan": dialplan}
        async with connect("my-bell", **login(fake)) as ari:
            assert ari.name == "script-my-bell"
            await fake.wait_until(lambda: left_id not in fake.channels)  # that of a script which was killed
            with pytest.raises(ConnectionLost, match="script-my-bell runs already"):
                async with connect("my-bell", **login(fake)):
                    pass
            for refused in (ari.call("8005550123"), ari.hand_over(Channel(ari, "1"), "ingroup:SALES")):
                with pytest.raises(CodedError, match="and this script has none, because it was connected with url=…"):
                    await refused
        async with connect("my-bell", **login(fake)):
            pass
        assert list(fake.channels) == [other_id]


async def test_the_environment_is_enough(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with asterisk() as fake:
        for name, value in login(fake).items():
            monkeypatch.setenv(f"WARMLINE_ARI_{name.upper()}", str(value))
        async with connect("bell"):
            with pytest.raises(ConnectionLost, match="runs already"):
                async with connect("bell"):
                    pass
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - a test may wait for the disk


async def test_a_spool_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.DEFAULTS, "spool", str(tmp_path / "file" / "spool"))
    (tmp_path / "file").touch()
    with pytest.raises(ConnectionLost, match="cannot be written"):
        async with connect("bell"):
            pass


@pytest.mark.parametrize("status", REFUSALS)
async def test_what_waiting_does_not_change_is_told_immediately(status: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with asterisk() as fake:
        fake.replies["GET /events"] = refuses(status)
        begun_at = time.monotonic()
        with pytest.raises(ConnectionLost) as raised:
            async with connect("bell", **login(fake)):
                pass
        assert str(raised.value).startswith(REFUSALS[status].format(url=fake.url))
        assert time.monotonic() - begun_at < ari_event_stream.REFUSED_RETRY_SECONDS / 2
        assert fake.came.count("GET /events") == 1 or status == 404
    assert PASSWORD not in caplog.text + str(raised.value)


@pytest.mark.parametrize("status", [404, 429, 502, 503])
async def test_an_asterisk_that_starts_is_waited_for(status: int) -> None:
    async with asterisk() as fake:
        refuse_in_turn(fake, status, 503, status)
        async with connect("bell", **login(fake)):
            assert fake.came.count("GET /events") == 4


async def test_a_script_that_was_let_in_waits_when_it_is_refused_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ari_event_stream, "REFUSED_RETRY_SECONDS", 0.05)
    async with asterisk() as fake, connect("bell", **login(fake)) as ari:
        reader = ari.events(Reconnected)
        refuse_in_turn(fake, 401, 400, 401)
        fake.cut()
        assert await anext(reader) == Reconnected((), restarted=False)


async def test_a_world_in_a_test_is_reached_by_any_url(capsys: pytest.CaptureFixture[str]) -> None:
    url = "http://pbx.example/ari"
    with script_lock.hold_lock("", "script-bell", url):  # of another test, at the same time
        async with testing.world() as world:
            world.start(serve("bell", hang_up, url=url, user="bell", password=PASSWORD))
            caller = world.caller("8005550123")
            await world.until(lambda: not caller.on_line)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("127.0.0.1:8088/ari", "'127.0.0.1:8088/ari' is no address of ARI"),
        ("ftp://127.0.0.1/ari", "'ftp://127.0.0.1/ari' is no address of ARI"),
        ("https://{host}/ari", "WRONG_VERSION_NUMBER"),
        (f"http://bell:{PASSWORD}@{{host}}/ari", "the URL of ARI has a user in it: give user and password apart"),
        ("", "give url, user and password together"),
    ],
)
async def test_a_wrong_url_is_told(url: str, text: str) -> None:
    async with asterisk() as fake:
        host = fake.url.split("/")[2]
        with pytest.raises((ConnectionLost, ValueError), match=text) as raised:
            async with connect("bell", url=url.format(host=host), user="bell", password=PASSWORD):
                pass
    assert PASSWORD not in str(raised.value)


@pytest.mark.parametrize("name", ["", "-a", "A", "a b", "a.b", "a" * 31])
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="use 1 to 30 small letters, digits, _ and -"):
        to_application(name)
