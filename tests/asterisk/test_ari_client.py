"""The REST client: distinct errors, limits that apply, and slots that starve no request."""

import asyncio
import json

import pytest
from aiohttp import web

from tests.asterisk import private
from tests.asterisk.fake import fake_ari, refuses, says, stalls
from tests.free_port import free_port
from tests.wording.said import refused
from warmline.ari.client import ari_client as module
from warmline.ari.client import preflight, request_timeout
from warmline.ari.client.ari_client import AriClient, AriError
from warmline.ari.client.http_connections import MAX_OPENING_CONNECTIONS


async def test_a_refusal_brings_asterisks_words() -> None:
    async with fake_ari() as (fake, client):
        fake.replies["POST /channels/a/answer"] = refuses(404, "Channel not found")
        with pytest.raises(AriError) as caught:
            await client.request("POST", "channels", "a", "answer")
        assert (caught.value.status, caught.value.text) == (404, "Channel not found")


async def test_a_quick_request_without_an_answer_on_the_stream_is_sent_over_http(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(request_timeout, "STREAM_TIMEOUT_SECONDS", 0.01)
    async with fake_ari() as (fake, client):
        sent: list[str] = []

        async def send(text: str) -> None:
            sent.append(text)

        client.stream_requests.open(send)
        assert await client.request("DELETE", "bridges", "a", over_stream=True) == b""
        assert await client.request("DELETE", "bridges", "b", over_stream=True) == b""
        assert (len(sent), fake.asked) == (1, ["DELETE /bridges/a", "DELETE /bridges/b"])


async def test_a_request_that_must_not_repeat_is_sent_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_timeout, "STREAM_TIMEOUT_SECONDS", 0.01)
    async with fake_ari() as (fake, client):

        async def send(text: str) -> None:
            """It is stuck over there."""

        client.stream_requests.open(send)
        with pytest.raises(AriError) as caught:
            await client.request("POST", "channels", "a", "play", over_stream=True, never_repeated=True)
        assert (caught.value.status, fake.asked) == (0, [])


async def test_a_request_refused_on_the_stream_is_not_sent_again() -> None:
    async with fake_ari() as (fake, client):

        async def refuse(text: str) -> None:
            answer = {"type": "RESTResponse", "request_id": json.loads(text)["request_id"], "status_code": 404}
            client.stream_requests.take_answer(json.dumps(answer))

        client.stream_requests.open(refuse)
        with pytest.raises(AriError) as caught:
            await client.request("DELETE", "bridges", "a", over_stream=True)
        assert (caught.value.status, fake.asked) == (404, [])


async def test_no_answer_in_time_is_status_0(monkeypatch: pytest.MonkeyPatch) -> None:
    async with fake_ari() as (fake, client):
        fake.replies["GET /channels"] = stalls(asyncio.Event())
        with monkeypatch.context() as short, refused(AriError, "ari_no_answer", limit=0.05) as caught:
            short.setattr(request_timeout, "REQUEST_TIMEOUT_SECONDS", 0.05)
            await client.request("GET", "channels")
        assert isinstance(caught.value, AriError) and caught.value.status == 0
        assert await client.request("GET", "bridges") == b"", "the slot must be free again"


async def test_a_refused_connection_has_status_0() -> None:
    async with AriClient(f"http://127.0.0.1:{free_port()}/ari", "u", "p", "app") as client:
        with refused(AriError, "ari_no_connection") as caught:
            await client.request("GET", "channels")
        assert isinstance(caught.value, AriError) and caught.value.status == 0
    with refused(AriError, "ari_client_closed"):
        await client.request("GET", "channels")


async def test_path_segments_and_query_are_quoted() -> None:
    async with fake_ari() as (fake, client):
        seen: list[tuple[str, dict[str, str]]] = []

        async def keep(request: web.Request) -> web.Response:
            seen.append((request.raw_path.partition("?")[0], dict(request.query)))
            return web.Response(status=204)

        fake.replies["GET /recordings/live/a%2F..%3Fb%20c"] = keep
        await client.request("GET", "recordings", "live", "a/..?b c", query={"value": "+49 30&x=y", "n": 5})
        assert seen == [("/ari/recordings/live/a%2F..%3Fb%20c", {"value": "+49 30&x=y", "n": "5"})]


async def test_slow_dials_hold_back_no_hang_up() -> None:
    async with fake_ari() as (fake, client):
        go_on = asyncio.Event()
        fake.replies["POST /channels/create"] = stalls(go_on)
        dials = [
            asyncio.create_task(client.request("POST", "channels", "create", is_dial=True))
            for _ in range(module.MAX_PARALLEL_DIALS + 3)
        ]
        await client.request("DELETE", "channels", "a")
        assert not any(dial.done() for dial in dials)
        go_on.set()
        await asyncio.gather(*dials)
        assert fake.asked.count("POST /channels/create") == len(dials)


async def test_no_more_connections_are_opened_at_once_than_asterisk_keeps_waiting() -> None:
    async with fake_ari() as (fake, client):
        go_on = asyncio.Event()
        fake.replies["GET /slow"] = stalls(go_on)
        asked = [asyncio.create_task(client.request("GET", "slow")) for _ in range(module.MAX_PARALLEL_REQUESTS)]
        await fake.until_asked("GET /slow", MAX_OPENING_CONNECTIONS)
        assert not (await asyncio.wait(asked, timeout=0.2))[0]
        assert fake.asked.count("GET /slow") == MAX_OPENING_CONNECTIONS
        go_on.set()
        await asyncio.gather(*asked)
        assert fake.asked.count("GET /slow") == module.MAX_PARALLEL_REQUESTS


async def test_a_connection_that_is_closed_unanswered_takes_no_room_from_others() -> None:
    """aiohttp repeats the request on another connection. All are closed when Asterisk dies."""
    async with fake_ari() as (fake, client):

        async def close(request: web.Request) -> web.Response:
            assert request.transport
            request.transport.abort()
            return web.Response()

        fake.replies["GET /closed"] = close
        for _ in range(MAX_OPENING_CONNECTIONS - 1):
            with refused(AriError, "ari_no_connection"):
                await client.request("GET", "closed")
        assert fake.asked.count("GET /closed") == 2 * (MAX_OPENING_CONNECTIONS - 1)
        go_on = asyncio.Event()
        fake.replies["GET /slow"] = stalls(go_on)
        asked = [asyncio.create_task(client.request("GET", "slow")) for _ in range(MAX_OPENING_CONNECTIONS)]
        await fake.until_asked("GET /slow", MAX_OPENING_CONNECTIONS)
        go_on.set()
        await asyncio.gather(*asked)


def test_an_old_version_of_asterisk_is_refused() -> None:
    """The oldest one of each series survives a REFER. `asterisk -V` and Debian's package write it differently."""
    enough = ("22.10.1+dfsg+~cs6.17.60671434-1", "1:22.10.1+dfsg-1", "22.8.0", "Asterisk 20.18.0", "20.18.0-rc1")
    enough += ("23.2.0", "24.0.0")
    old = ("22.7.9", "21.12.3", "Asterisk 20.17.9", "18.26.4", "1:16.28.0~dfsg-0+deb11u4", "23.1.0", "GIT-master", "")
    assert [version for version in enough if not preflight.new_enough(version)] == []
    assert [version for version in old if preflight.new_enough(version)] == []


async def test_a_module_that_does_not_run_is_named() -> None:
    async with fake_ari() as (fake, client):
        modules = [{"name": name, "status": "Running"} for name in preflight.MODULES - {"res_stasis_snoop.so"}]
        modules.append({"name": "res_stasis_snoop.so", "status": "Not Running"})
        fake.replies["GET /asterisk/modules"] = says(modules)
        with refused(AriError, "asterisk_modules_missing", modules="res_stasis_snoop.so"):
            await preflight.check_asterisk(client)


async def test_the_installed_asterisk_passes_the_preflight_check(asterisk: private.Private) -> None:
    async with AriClient(asterisk.url, private.USER, private.PASSWORD, "warmline") as client:
        await preflight.check_asterisk(client)
