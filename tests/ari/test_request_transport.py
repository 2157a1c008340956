"""Requests of a script over the event stream: which they are, and that none is repeated that could do harm."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web

from tests.ari import script_asterisk
from tests.ari.left_tasks import no_task_left
from tests.ari.script_asterisk import APP, ScriptAsterisk, channel, script
from tests.ari.test_faults import OF_STREAM, begin, outcome, requests, wait_for_outcomes
from warmline.ari import Ari, AriError, CodedError, Reconnected
from warmline.ari.client import http_connections, request_timeout
from warmline.ari.request_transport import is_for_stream

CALLER = "1764143221.7"  # a channel whose id Asterisk has made
OWN = f"{APP}-0123456789abcdef"
WAIT_SECONDS = 40.0  # seconds: a wait that never ends fails
Test = Callable[[ScriptAsterisk, Ari], Awaitable[None]]


@pytest.fixture
def play(tmp_path: Path, demo_database: Path) -> Callable[[Test], None]:
    """Return a function that runs a test with a script, and checks that the script leaves no task."""

    async def main(test: Test) -> None:
        async with script_asterisk.asterisk() as fake:
            fake.channels[CALLER] = channel(CALLER) | {"dialplan": {**channel(CALLER)["dialplan"], "app_name": "Queue"}}
            with no_task_left():
                async with script(fake, tmp_path, demo_database) as ari, asyncio.timeout(WAIT_SECONDS):
                    await test(fake, ari)

    return lambda test: asyncio.run(main(test))


@pytest.mark.parametrize(
    "line",
    [
        f"GET channels/{CALLER}",
        f"GET bridges/{OWN}",
        f"GET playbacks/{OWN}",
        "GET recordings/live/survey",
        f"DELETE channels/{OWN}",
        f"DELETE bridges/{OWN}",
        f"DELETE playbacks/{OWN}",
    ],
)
def test_reads_and_ends_of_one_thing_go_over_the_event_stream(line: str) -> None:
    method, path = line.split()
    assert is_for_stream(method, tuple(path.split("/")), APP)


@pytest.mark.parametrize(
    "line",
    [
        "GET channels",  # a long answer
        f"GET channels/{OWN}/variable",  # it waits for the channel's thread
        "GET recordings/stored/survey/file",  # Asterisk refuses it there
        f"DELETE channels/{CALLER}",  # an id that the library has not made
        "DELETE bridges/conference",
        f"DELETE channels/{OWN}/moh",  # harmful after a later POST
        "DELETE recordings/live/survey",
        f"DELETE channels/{APP}2-0123456789abcdef",
        f"POST channels/{OWN}",
        f"POST channels/{OWN}/play/{OWN}",
        f"POST bridges/{OWN}/addChannel",
    ],
)
def test_other_requests_go_over_http(line: str) -> None:
    method, path = line.split()
    assert not is_for_stream(method, tuple(path.split("/")), APP)


def test_a_refusal_over_the_event_stream_is_not_repeated(play: Callable[[Test], None]) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        with pytest.raises(AriError) as refusal:
            await ari.request("GET", "channels", "none")
        assert (refusal.value.status, fake.came.count("GET /channels/none")) == (404, 1)

    play(test)


def test_a_channel_of_an_operation_has_an_id_of_the_script(play: Callable[[Test], None]) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        fake.replies[f"POST /channels/{CALLER}/snoop"] = fake.replies["POST /channels/externalMedia"] = echo_query
        snoop = await ari.api.channels.snoop_channel(CALLER, app=ari.name)
        media = await ari.api.channels.external_media(app=ari.name, format="slin16")
        assert snoop.id != media.id and snoop.id.startswith(f"{APP}-") and media.id.startswith(f"{APP}-")

    play(test)


async def echo_query(request: web.Request) -> web.Response:
    """Answer with a channel that has the id of the request."""
    return web.json_response(channel(request.query.get("channelId") or request.query["snoopId"]))


def test_what_the_connected_asterisk_lacks_is_not_sent(play: Callable[[Test], None]) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        assert ari.asterisk_version
        fake.replies["GET /asterisk/info"] = older_info
        fake.cut()
        await anext(ari.events(Reconnected))
        with pytest.raises(
            CodedError, match=r"variables of ari\.api\.bridges\.create needs .*22\.10.*; this one is 22\.9\.0"
        ):
            await ari.api.bridges.create(variables={"SHOE": "46"})
        assert "POST /bridges" not in fake.came
        await ari.api.channels.mute(CALLER)
        assert fake.came[-1] == f"POST /channels/{CALLER}/mute"

    play(test)


async def older_info(_: web.Request) -> web.Response:
    return web.json_response({"system": {"version": "22.9.0"}})


def test_after_a_cut_no_request_that_makes_something_is_repeated(
    play: Callable[[Test], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Else the last ones come when the first ones have failed.
    monkeypatch.setattr(http_connections, "MAX_OPENING_CONNECTIONS", 20)
    for module, name in (
        (request_timeout, "REQUEST_TIMEOUT_SECONDS"),
        (request_timeout, "DIAL_TIMEOUT_SECONDS"),
        (request_timeout, "STREAM_TIMEOUT_SECONDS"),
    ):
        monkeypatch.setattr(module, name, WAIT_SECONDS)

    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        coroutines = await requests(ari)
        fake.freeze(*OF_STREAM)
        fake.came.clear()
        tasks = begin(coroutines)
        await fake.wait_until(lambda: len(fake.in_hand) == len(tasks))
        fake.cut()
        assert await wait_for_outcomes(tasks) == dict.fromkeys(tasks, "AriError 0")
        fake.thawed.set()
        reconnect_reader = ari.events(Reconnected)
        assert not (await anext(reconnect_reader)).restarted
        posts = Counter(line for line in fake.came if line.startswith("POST /") and "beat" not in line)
        assert len(posts) >= len(tasks) - 2 and set(posts.values()) == {1}

    play(test)


def test_an_asterisk_that_does_not_answer_there_is_asked_over_http(
    play: Callable[[Test], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request_timeout, "STREAM_TIMEOUT_SECONDS", 0.1)

    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        fake.answers_there = False
        for _ in range(3):
            assert (await ari.request("GET", "channels", CALLER))["id"] == CALLER
        assert (fake.over_stream, fake.came.count(f"GET /channels/{CALLER}")) == ([f"GET /channels/{CALLER}"], 4)
        assert await outcome(ari.request("GET", "channels", "none")) == "AriError 404"

    play(test)
