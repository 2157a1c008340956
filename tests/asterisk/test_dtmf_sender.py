"""Keys are pressed one by one, in order for each leg."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from ari_app.asterisk import dtmf_sender
from ari_app.asterisk.dtmf_sender import DtmfSender
from tests.asterisk.fake import FakeAri, fake_ari, refuses, stalls
from warmline.core.messages.audio_messages import SendDtmf

DIGITS = {"one": "1*W#", "two": "2", "late": "W1"}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("UP", "WAITS"):
        monkeypatch.setattr(dtmf_sender, name, 0.001)


@asynccontextmanager
async def with_keys(gone: str = "") -> AsyncIterator[tuple[FakeAri, DtmfSender, list[tuple[str, str]]]]:
    async with fake_ari() as (fake, client):
        pressed: list[tuple[str, str]] = []

        async def press(request: web.Request) -> web.Response:
            pressed.append((request.path.split("/")[-2], request.query["dtmf"]))
            return web.Response(status=204)

        for leg in ("A", "B"):
            fake.replies[f"POST /channels/{leg}/dtmf"] = press
        made = DtmfSender({client.server: client}, DIGITS.__getitem__, lambda leg: leg != gone)
        yield fake, made, pressed
        await made.close()


async def until(fake: FakeAri, leg: str, times: int) -> None:
    await fake.until_asked(f"POST /channels/{leg}/dtmf", times)


async def test_keys_of_one_leg_are_pressed_in_order_and_a_wait_is_no_key() -> None:
    async with with_keys() as (fake, made, pressed):
        made.press(SendDtmf("A", "one"), "CALL")
        made.press(SendDtmf("A", "two"), "CALL")
        made.press(SendDtmf("A", "two"), "CALL")
        await until(fake, "A", 5)
        assert pressed == [("A", key) for key in "1*#22"]


async def test_legs_do_not_wait_for_each_other() -> None:
    async with with_keys() as (fake, made, pressed):
        fake.replies["POST /channels/A/dtmf"] = stalls(asyncio.Event())
        made.press(SendDtmf("A", "one"), "CALL")
        await until(fake, "A", 1)
        made.press(SendDtmf("B", "two"), "CALL")
        await until(fake, "B", 1)
        assert pressed == [("B", "2")]


async def test_a_leg_that_has_gone_gets_no_more_keys_and_the_log_none_at_all(caplog: pytest.LogCaptureFixture) -> None:
    async with with_keys() as (fake, made, _):
        fake.replies["POST /channels/A/dtmf"] = refuses(404, "Channel not found")
        made.press(SendDtmf("A", "one"), "CALL")
        made.press(SendDtmf("A", "two"), "CALL")
        await until(fake, "A", 2)
        await made.close()
        assert fake.asked.count("POST /channels/A/dtmf") == 2, "one for each command"
        [told] = caplog.records
        assert told.getMessage() == "leg A: 0 of 4 keys were sent: Channel not found (404)"
        assert told.__dict__["call"] == "CALL"
        assert "1*" not in caplog.text


async def test_a_leg_that_is_known_to_have_gone_is_not_waited_for(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dtmf_sender, "WAITS", 3600)

    async with with_keys(gone="A") as (fake, made, pressed):
        made.press(SendDtmf("A", "late"), "CALL")
        made.press(SendDtmf("A", "one"), "CALL")
        made.press(SendDtmf("B", "two"), "CALL")
        await until(fake, "B", 1)
        assert pressed == [("B", "2")]
        assert [one.getMessage() for one in caplog.records] == [
            f"leg A: 0 of {many} keys were sent: the leg has ended" for many in (2, 4)
        ]
