"""The event stream: it returns after every possible fault, and ends only where it must."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from ari_app.asterisk import lead_requests
from ari_app.asterisk.event_decoding import MEANINGS
from tests.asterisk import private
from tests.asterisk.fake import fake_ari, info, late, refuses, says, stalls
from warmline.ari import ConnectionLost, connect, connection
from warmline.ari.client import ari_event_stream, request_timeout
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_event_stream import HEARTBEAT_EVENT, AriEventStream, ReplacedError

LIMIT = 5.0


class Ears:
    """The listener's output: a line "connected" for each connection, and the events, in order."""

    def __init__(self, client: AriClient, *, beat_every: float = 60.0) -> None:
        self.heard: list[str] = []
        self.changed = asyncio.Event()
        self.may_connect = asyncio.Event()
        self.may_connect.set()
        self.started: list[int] = []
        self.lost = 0
        self.listener = AriEventStream(
            client, MEANINGS, self._hear, self._connect, heartbeat_seconds=beat_every, on_lost=self._lose
        )
        self.running = asyncio.create_task(self.listener.run())

    async def until(self, count: int) -> None:
        async with asyncio.timeout(LIMIT):
            while len(self.heard) < count:
                self.changed.clear()
                await self.changed.wait()

    async def ends_with(self) -> BaseException | None:
        await asyncio.wait([self.running], timeout=LIMIT)
        assert self.running.done(), "the listener goes on"
        return self.running.exception()

    def _hear(self, text: str) -> None:
        self.heard.append(text)
        self.changed.set()

    def _lose(self) -> None:
        self.lost += 1

    async def _connect(self, started: int) -> None:
        await self.may_connect.wait()
        self.started.append(started)
        self._hear("connected")


@asynccontextmanager
async def listening(client: AriClient, *, beat_every: float = 60.0) -> AsyncIterator[Ears]:
    ears = Ears(client, beat_every=beat_every)
    try:
        yield ears
    finally:
        ears.running.cancel()
        await asyncio.wait([ears.running])


async def said(text: str) -> None:
    """Wait for a line of the listener's log with that text."""
    came = asyncio.Event()

    def look(record: logging.LogRecord) -> bool:
        if text in record.getMessage():
            came.set()
        return True

    ari_event_stream.log.addFilter(look)
    try:
        async with asyncio.timeout(LIMIT):
            await came.wait()
    finally:
        ari_event_stream.log.removeFilter(look)


def event(n: int) -> dict[str, object]:
    return {"type": "Dial", "n": n}


def texts(*numbers: int) -> list[str]:
    return [f'{{"type": "Dial", "n": {n}}}' for n in numbers]


async def test_events_during_the_picture_come_after_it() -> None:
    async with fake_ari() as (fake, client), listening(client) as ears:
        ears.may_connect.clear()
        await fake.next_connection()
        await fake.send(event(1))
        await fake.send(event(2))
        ears.may_connect.set()
        await ears.until(3)
        await fake.send(event(3))
        await ears.until(4)
        assert ears.heard == ["connected", *texts(1, 2, 3)]


@pytest.mark.fault(
    "the event stream breaks",
    "nothing: calls continue",
    "the missed changes, after Asterisk's snapshot has been read",
)
async def test_an_event_of_a_channel_and_again_of_its_trunk_is_told_once() -> None:
    async with fake_ari() as (fake, client), listening(client) as ears:
        await fake.next_connection()
        await ears.until(1)
        client.subscribed_trunks.add("trunk")
        for n in (1, 2, 1, 2, 3):
            await fake.send(event(n))
        await ears.until(4)
        assert ears.heard == ["connected", *texts(1, 2, 3)]


async def test_a_new_connection_hears_no_trunk() -> None:
    """Asterisk forgets the subscription with the connection."""
    async with fake_ari() as (fake, client), listening(client) as ears:
        await fake.next_connection()
        await lead_requests.hear(client, "trunk", "")
        await lead_requests.hear(client, "trunk")
        path = "POST /applications/warmline/subscription"
        assert [asked for asked in fake.asked if "subscription" in asked] == [path]
        assert client.subscribed_trunks == {"trunk"}
        await ears.until(1)
        await fake.sockets[-1].close()
        await ears.until(2)
        assert client.subscribed_trunks == set()


async def test_the_stream_reconnects_after_a_close_and_reads_a_new_snapshot() -> None:
    async with fake_ari() as (fake, client), listening(client) as ears:
        for n in (1, 2, 3):
            await ears.until(2 * n - 1)
            await fake.send(event(n))
            await ears.until(2 * n)
            await fake.sockets[-1].close()
        await ears.until(7)
        one, two, three = texts(1, 2, 3)
        assert ears.heard == ["connected", one, "connected", two, "connected", three, "connected"]


async def test_a_404_counts_only_after_the_snapshot_has_been_read() -> None:
    async with fake_ari() as (fake, client), listening(client) as ears:
        await ears.until(1)
        ears.may_connect.clear()
        await fake.sockets[-1].close()
        await fake.until_connections(2)
        assert not client.hears and ears.lost == 1
        ears.may_connect.set()
        await ears.until(2)
        await fake.send(event(1))
        await ears.until(3)
        assert client.hears


async def test_a_handshake_that_is_refused_is_tried_again() -> None:
    async with fake_ari() as (fake, client):
        fake.replies["GET /events"] = refuses(404)  # ARI is not loaded yet
        async with listening(client) as ears:
            await fake.until_asked("GET /events", 2)
            del fake.replies["GET /events"]
            await ears.until(1)


@pytest.mark.parametrize("answer", [[], "", {"system": 5}])
async def test_an_asterisk_with_unreadable_answers_is_tried_again(answer: object) -> None:
    async with fake_ari() as (fake, client), listening(client) as ears:
        await ears.until(1)
        fake.replies["GET /asterisk/info"] = says(answer)
        await fake.sockets[-1].close()
        await fake.until_asked("GET /asterisk/info", 2)
        fake.replies["GET /asterisk/info"] = says(info())
        await ears.until(2)
        assert ears.heard == ["connected", "connected"]


async def test_events_held_back_for_a_lost_connection_are_dropped() -> None:
    """The next snapshot has it; a late event could undo what that snapshot says."""
    async with fake_ari() as (fake, client), listening(client) as ears:
        ears.may_connect.clear()
        await fake.next_connection()
        await fake.send(event(1))
        await fake.sockets[-1].close()
        ears.may_connect.set()
        await ears.until(1)
        await fake.send(event(2))
        await ears.until(2)
        assert ears.heard == ["connected", *texts(2)]


async def test_no_more_events_wait_for_the_state_of_asterisk_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ari_event_stream, "MAX_BACKLOG_EVENTS", 100)
    async with fake_ari() as (fake, client), listening(client) as ears:
        ears.may_connect.clear()
        await fake.next_connection()
        for n in range(101):
            await fake.send(event(n))
        await fake.next_connection()
        ears.may_connect.set()
        await ears.until(1)
        assert ears.heard == ["connected"]


async def test_a_beat_that_does_not_come_back_ends_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ari_event_stream, "HEARTBEAT_TIMEOUT_SECONDS", 0.05)
    async with fake_ari() as (fake, client), listening(client, beat_every=0.01) as ears:
        await ears.until(1)
        fake.echo = False
        await fake.next_connection()
        await fake.next_connection()
        assert ears.heard == ["connected"], "a connection without a beat is no connection"
        fake.echo = True
        await ears.until(2)


@pytest.mark.fault(
    "the event stream is open but silent",
    "nothing: calls continue",
    "the same, after the app's ping has had no answer",
)
async def test_a_silent_connection_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when a cable is pulled or Asterisk is stopped: no refusal, and no answer."""
    monkeypatch.setattr(request_timeout, "REQUEST_TIMEOUT_SECONDS", 0.05)
    async with fake_ari() as (fake, client), listening(client, beat_every=0.01) as ears:
        await ears.until(1)
        fake.echo, go_on = False, asyncio.Event()
        fake.replies[f"POST /events/user/{HEARTBEAT_EVENT}"] = stalls(go_on)
        await fake.until_connections(3)
        assert ears.heard == ["connected"]
        fake.echo = True
        del fake.replies[f"POST /events/user/{HEARTBEAT_EVENT}"]
        go_on.set()
        await ears.until(2)


async def test_an_asterisk_with_late_answers_counts_as_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each answer comes after the request's time limit; events come as usual."""
    monkeypatch.setattr(request_timeout, "REQUEST_TIMEOUT_SECONDS", 0.05)
    monkeypatch.setattr(request_timeout, "PATIENT_TIMEOUT_SECONDS", 2.0)
    async with fake_ari() as (fake, client):
        for line in ("GET /asterisk/info", "GET /asterisk/modules"):
            fake.replies[line] = late(fake.replies[line], 0.1)
        fake.replies[f"POST /events/user/{HEARTBEAT_EVENT}"] = late(says({}), 0.1)
        async with listening(client, beat_every=0.01) as ears:
            await ears.until(1)
            await fake.until_asked(f"POST /events/user/{HEARTBEAT_EVENT}", 5)
            await fake.send(event(1))
            await ears.until(2)
            assert (ears.heard, len(fake.sockets)) == (["connected", *texts(1)], 1)


async def test_a_connection_reports_when_its_asterisk_started() -> None:
    async with fake_ari() as (fake, client), listening(client) as ears:
        await ears.until(1)
        fake.replies["GET /asterisk/info"] = says(info("2026-11-20T12:00:00.500+0200"))
        await fake.sockets[-1].close()
        await ears.until(2)
        fake.replies["GET /asterisk/info"] = says(info("0001-01-01T00:00:00"))  # no moment at all
        await fake.sockets[-1].close()
        await ears.until(3)
        assert ears.started == [1795168800_000_000, 1795168800_500_000, 0]


async def test_beats_are_not_told() -> None:
    async with fake_ari() as (fake, client), listening(client, beat_every=0.001) as ears:
        await ears.until(1)
        await fake.until_asked(f"POST /events/user/{HEARTBEAT_EVENT}", 5)
        await fake.send({"type": "ChannelUserevent", "eventname": "somebody else's"})
        await ears.until(2)
        assert HEARTBEAT_EVENT not in ears.heard[1]


async def test_a_message_that_is_no_event_is_ignored() -> None:
    async with fake_ari() as (fake, client), listening(client) as ears:
        await ears.until(1)
        too_deep = '{"type": "StasisStart", "x": ' + "[" * 2000 + "]" * 2000 + "}"
        no_answer = '{"type": "RESTResponse", "status_code": "x"}'
        for text in ("", "null", "[1]", '{"type": 5}', '{"type"', too_deep, no_answer):
            await fake.sockets[-1].send_str(text)
        await fake.sockets[-1].send_bytes(b"\x00\xff")
        await fake.send(event(1))
        await ears.until(2)
        assert ears.heard == ["connected", *texts(1)]


@pytest.mark.parametrize("status", [401, 403])
async def test_with_refused_rights_it_waits_until_it_has_them(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in a restart loop used a second of processor time in each round."""
    monkeypatch.setattr(ari_event_stream, "REFUSED_RETRY_SECONDS", 0.05)
    async with fake_ari() as (fake, client):
        fake.replies["GET /events"] = refuses(status)
        async with listening(client) as ears:
            await said("ARI ")
            assert not ears.running.done()
            del fake.replies["GET /events"]
            await ears.until(1)
            assert ears.heard == ["connected"]


def test_one_that_has_lost_its_name_ends_also_if_the_connection_breaks_at_once() -> None:
    async def replaced() -> str:
        raise ReplacedError("ari_app_replaced", "another program")

    async def broken() -> str:
        return "the connection was closed"

    for _ in range(20):  # they come in any order
        with pytest.raises(ReplacedError):
            asyncio.run(ari_event_stream._await_first(broken(), replaced()))


async def test_an_old_asterisk_ends_it() -> None:
    async with fake_ari() as (fake, client):
        fake.replies["GET /asterisk/info"] = says({"system": {"version": "20.12.0"}})
        async with listening(client) as ears:
            error = await ears.ends_with()
            assert "Asterisk 20.12.0 is too old" in str(error)


@pytest.mark.fault(
    "another program takes the app's name",
    "nothing: calls continue",
    "the app ends, and logs how to fix this; the other program has the calls. After 8 s, systemd restarts the app. "
    "This repeats until one of the two is stopped",
)
async def test_a_second_program_with_the_same_name_ends_the_first(asterisk: private.Private) -> None:
    client = AriClient(asterisk.url, private.USER, private.PASSWORD, "twice")
    async with client, listening(client) as first:
        await first.until(1)
        async with listening(client) as second:
            await second.until(1)
            error = await first.ends_with()
            assert isinstance(error, ReplacedError)
            assert "taken over the ARI application twice: stop one of the two" in str(error)
            assert not second.running.done()


@pytest.mark.parametrize(
    ("user", "password", "text"),
    [
        (private.USER, "wrong", "ARI does not know the user warmline or the password"),
        ("reader", private.PASSWORD, "ARI forbids the user reader to change anything; "),
    ],
)
async def test_missing_rights_in_ari_are_reported(
    asterisk: private.Private, user: str, password: str, text: str
) -> None:
    async with AriClient(asterisk.url, user, password, "rights") as client, listening(client) as ears:
        await said(text)
        assert not ears.running.done()


@pytest.mark.parametrize(
    ("user", "password", "scheme", "text"),
    [
        (private.USER, "wrong", "http", "ARI does not know the user warmline or the password at http://127"),
        ("nobody", private.PASSWORD, "http", "ARI does not know the user nobody or the password at http://127"),
        ("reader", private.PASSWORD, "http", "ARI forbids the user reader to change anything"),
        (private.USER, private.PASSWORD, "https", "WRONG_VERSION_NUMBER"),
    ],
)
async def test_a_script_that_is_refused_ends_immediately(
    asterisk: private.Private, user: str, password: str, scheme: str, text: str
) -> None:
    url = asterisk.url.replace("http", scheme, 1)
    begun_at = time.monotonic()
    with pytest.raises(ConnectionLost, match=text):
        async with connect("refused-script", url=url, user=user, password=password):
            pass
    assert time.monotonic() - begun_at < connection.CONNECT_TIMEOUT_SECONDS / 2


async def test_a_url_a_user_and_a_password_are_enough_for_a_script(asterisk: private.Private) -> None:
    async with connect("small-script", url=asterisk.url, user=private.USER, password=private.PASSWORD) as ari:
        assert "script-small-script" in {one["name"] for one in await ari.request("GET", "applications")}
