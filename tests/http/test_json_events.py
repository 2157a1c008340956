"""/api/v1/events: in order, without a gap, from any place; and nobody waits for a slow reader."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, closing
from typing import Any

import pytest
from aiohttp import ClientError

from tests.http.json_site import JsonSite
from warmline.ari_app.http import journal_feed, stream, stream_places
from warmline.ari_app.http.problems import Refusal
from warmline.ari_app.http.stream_places import StreamPlaces
from warmline.ari_app.http.tokens import LOCAL
from warmline.store.database import connect
from warmline.store.tokens import ApiToken

Event = dict[str, Any]


@asynccontextmanager
async def listening(site: JsonSite, query: str = "", **headers: str) -> AsyncIterator[AsyncIterator[Event]]:
    """What a reader is told, one after the other; `id` and `event` are the lines before the data."""
    sent = {"Authorization": f"Bearer {site.token}"} | {name.replace("_", "-"): text for name, text in headers.items()}
    async with site.client.get(f"/api/v1/events{query}", headers=sent) as response:
        assert (response.status, response.content_type) == (200, "text/event-stream")
        begin = await response.content.readuntil(b"\n\n")
        assert re.fullmatch(rb"retry: 2000\nid: \d+\n\n", begin)
        yield _events(response.content)


async def _events(lines: Any) -> AsyncIterator[Event]:
    fields: dict[str, str] = {}
    async for line in lines:
        name, _, value = line.decode().rstrip("\n").partition(": ")
        if name:
            fields[name] = value
        else:
            yield fields | {"data": json.loads(fields.get("data", "null"))}
            fields = {}


def all_events(site: JsonSite, query: str = "?after=0&follow=false", **headers: str) -> list[Event]:
    async def read() -> list[Event]:
        async with listening(site, query, **headers) as events:
            return [event async for event in events]

    return site.do(read())


def append_row(site: JsonSite) -> int:
    """Something happens that is nobody's; the number of its row."""
    with closing(connect(site.database)) as db:
        seq, hashed = db.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        db.execute("INSERT INTO journal VALUES (?, 1, 'LegRinging', '', '', '{}', ?, ?)", (seq + 1, hashed, hashed))
    site.board.committed.ring()
    return int(seq) + 1


def journal(site: JsonSite) -> list[tuple[int, str]]:
    with closing(connect(site.database)) as db:
        rows: list[tuple[int, str]] = db.execute("SELECT seq, kind FROM journal ORDER BY seq").fetchall()
    return rows


def test_every_row_of_the_journal_in_order(site: JsonSite) -> None:
    call = site.customer()
    site.ask("POST", f"/calls/{call}/transfers", {"kind": "DIAL_WITH_CUSTOMER", "number": "8500"})
    site.driver.wait(1)
    told = all_events(site)
    assert [(int(event["id"]), event["event"]) for event in told] == journal(site)
    assert [(event["data"]["seq"], event["data"]["kind"]) for event in told] == journal(site)
    [asked] = [event["data"] for event in told if event["event"] == "Ask"]
    assert (asked["call"], asked["agent"]) == (call, "1000")
    assert asked["data"] == {
        "receipt": site.board.given[0],
        "by": "token:local",
        "source": "api/v1",
        "command": "DIAL_WITH_CUSTOMER",
        "number": "8500",
    }
    states = [
        change["state"]
        for event in told
        for change in event["data"]["became"]
        if (change["what"], change["id"]) == ("call", call)
    ]
    assert list(dict.fromkeys(states)) == ["ringing_agent", "talking", "dialing", "three_way"]


@pytest.mark.parametrize("seen", [1, 5])
def test_go_on_behind_the_last_event(site: JsonSite, seen: int) -> None:
    site.customer()
    rows = journal(site)
    for told in (
        all_events(site, "?follow=false", Last_Event_ID=str(seen)),
        all_events(site, f"?follow=false&after={seen}"),
    ):
        assert [int(event["id"]) for event in told] == [seq for seq, _ in rows[seen:]]


def test_nothing_is_lost_between_two_connections(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader breaks off after each third event, while calls come and go."""
    monkeypatch.setattr(journal_feed, "BATCH", 4)
    first = journal(site)[-1][0]
    site.customer()

    async def read() -> list[int]:
        seen = [first]
        while seen[-1] < journal(site)[-1][0]:
            async with listening(site, Last_Event_ID=str(seen[-1])) as events:
                for _ in range(3):
                    seen.append(int((await anext(events))["id"]))
                    if seen[-1] == journal(site)[-1][0]:
                        break
            if len(seen) == 4:
                site.driver.hang_up("cust")
        return seen[1:]

    assert site.do(read()) == [seq for seq, _ in journal(site) if seq > first]


def test_new_events_come_as_they_are_committed(site: JsonSite) -> None:
    async def read() -> list[Event]:
        async with listening(site) as events:
            site.driver.customer()
            return [await anext(events) for _ in range(3)]

    before = journal(site)[-1][0]
    assert [int(event["id"]) for event in site.do(read())] == [before + 1, before + 2, before + 3]


def test_only_one_calls_or_one_agents(site: JsonSite) -> None:
    call = site.customer()
    by_call = all_events(site, f"?after=0&follow=false&call={call}")
    assert by_call and {event["data"]["call"] for event in by_call} == {call}
    assert all_events(site, "?after=0&follow=false&agent=1001") == []
    by_agent = all_events(site, "?after=0&follow=false&agent=1000")
    assert by_agent and {event["data"]["agent"] for event in by_agent} == {"1000"}


def test_a_heartbeat_carries_the_place(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT", 0.05)
    last = journal(site)[-1][0]

    async def read() -> Event:
        async with listening(site, "?call=NONE&after=0") as events:
            return await anext(events)

    assert site.do(read()) == {"id": str(last), "data": None}


def test_a_heartbeat_comes_while_others_have_events(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """It carries the place: a reader who comes back does not read again what they did not want."""
    monkeypatch.setattr(stream, "HEARTBEAT", 0.05)

    async def read() -> list[Event]:
        async with listening(site, "?agent=NONE") as events:
            found = [await anext(events)]
            while int(found[-1]["id"]) == int(found[0]["id"]):
                append_row(site)
                found.append(await anext(events))
            return found

    told = site.do(read())
    assert {event["data"] for event in told} == {None}
    assert int(told[-1]["id"]) > int(told[0]["id"])


def test_a_reader_who_has_gone_leaves_a_place_at_once(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_places, "MOST", 1)
    monkeypatch.setattr(stream, "HEARTBEAT", 1000.0)  # no word to the one who has gone shows it

    async def status() -> int:
        async with site.client.get("/api/v1/events", headers={"Authorization": f"Bearer {site.token}"}) as response:
            return response.status

    async def read() -> None:
        for _ in range(5):
            async with listening(site, "?agent=NONE"):
                append_row(site)
            while await status() != 200:  # the server has to see it go first
                append_row(site)

    site.do(asyncio.wait_for(read(), 30))


def test_the_journal_is_read_once_for_all_readers(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[int] = []

    def read(db: str, seq: int) -> list[journal_feed.Event]:
        reads.append(seq)
        return really(db, seq)

    really = journal_feed.read

    async def follow() -> list[int]:
        async with AsyncExitStack() as stack:
            readers = [await stack.enter_async_context(listening(site)) for _ in range(20)]
            seqs = []
            for reader in readers:
                append_row(site)
                seqs.append(int((await anext(reader))["id"]))  # the feed is known to all
            monkeypatch.setattr(journal_feed, "read", read)
            last = append_row(site)
            for reader in readers:
                while int((await anext(reader))["id"]) < last:
                    pass
            return seqs

    assert len(site.do(follow())) == 20
    assert 1 <= len(reads) <= 3


def test_a_reader_far_behind_misses_nothing(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the feed no longer keeps is read from the database."""
    monkeypatch.setattr(journal_feed, "KEPT", 2)
    monkeypatch.setattr(journal_feed, "BATCH", 3)

    async def read() -> list[int]:
        async with listening(site, "?after=0") as late, listening(site) as early:
            last = [append_row(site) for _ in range(20)][-1]
            for reader in (early, late):
                seen = [int((await anext(reader))["id"])]
                while seen[-1] < last:
                    seen.append(int((await anext(reader))["id"]))
                assert seen == list(range(seen[0], last + 1))
            return seen

    assert site.do(read()) == [seq for seq, _ in journal(site)]


@pytest.mark.parametrize("given", ["-1", "1.5", "x", "99999", "9" * 5000, ""])
def test_an_event_that_is_not_there(site: JsonSite, given: str) -> None:
    told = site.ask("GET", "/events", Last_Event_ID=given)
    assert (told.status, told.body["errors"][0]["field"]) == (422, "Last-Event-ID")


def test_a_slow_reader_is_cut_off_and_nobody_waits_for_him(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """He takes nothing; the journal is sent to him until his connection is full, then he is left."""
    monkeypatch.setattr(stream, "SLOW", 3.0)
    with closing(connect(site.database)) as db:
        seq, hashed = db.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        rows = [(seq + n, 1, "LegRinging", "C" * 5000, "", "{}", hashed, hashed) for n in range(1, 4000)]
        db.execute("BEGIN")
        db.executemany("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        db.execute("COMMIT")

    async def read() -> int:
        asked = 0
        async with site.client.get("/api/v1/events?after=0", headers={"Authorization": f"Bearer {site.token}"}):
            while site.api.streams:
                assert (await site.asking("GET", "/agents")).status == 200
                asked += 1
            return asked

    assert site.do(asyncio.wait_for(read(), 30)) > 10


def test_no_more_readers_than_the_app_can_serve(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_places, "MOST", 1)

    async def read() -> tuple[int, str]:
        async with listening(site):
            told = await site.asking("GET", "/events")
            return told.status, told.body["detail"]

    assert site.do(read()) == (503, "the app is full: 1 event streams are open; close some, or try again later")


def test_places_are_kept_for_the_command_line_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_places, "MOST", 12)
    monkeypatch.setattr(stream_places, "KEPT", 1)
    crm, wallboard = ApiToken("crm", frozenset({"events:read"})), ApiToken("wallboard", frozenset({"events:read"}))
    places, held = StreamPlaces(), ExitStack()
    with held:
        for _ in range(stream_places.OF_TOKEN):
            held.enter_context(places.taken(crm))
        assert refused(places, crm) == (429, "the token crm has 10 event streams open; close one first")
        held.enter_context(places.taken(wallboard))
        assert refused(places, wallboard)[0] == 503
        held.enter_context(places.taken(LOCAL))
        assert refused(places, LOCAL)[0] == 503
    held.enter_context(places.taken(crm))  # closed streams have given their places back
    held.close()


def refused(places: StreamPlaces, asker: ApiToken) -> tuple[int, str]:
    with pytest.raises(Refusal) as refusal, places.taken(asker):
        pass
    return refusal.value.problem.status, refusal.value.problem.detail


def test_no_secrets(site: JsonSite) -> None:
    """Neither keys nor messages nor the configuration nor what only Asterisk is told."""
    call = site.customer()
    site.ask("POST", f"/calls/{call}/dtmf", {"digits": "4*7#1W1*"})
    site.ask("POST", f"/calls/{call}/vm-message", {"message": "private-matter"})
    told = json.dumps(all_events(site))
    assert "SEND_DTMF" in told and "VM_MESSAGE" in told
    for secret in ("4*7#1W1*", "private-matter", "dial_template", "PJSIP/"):
        assert secret not in told


def test_an_erased_row_is_told_without_what_was_in_it(site: JsonSite) -> None:
    with closing(connect(site.database)) as db:
        db.execute("UPDATE journal SET payload = NULL WHERE kind = 'LegArrived'")
    erased = [event["data"] for event in all_events(site) if event["event"] == "LegArrived"]
    assert [(event["data"], event["became"]) for event in erased] == [({}, [])]


@pytest.mark.parametrize("payload", ["no JSON", "[]", '{"became": [1]}', '{"input": 7}'])
def test_a_row_that_somebody_wrote_over_ends_no_stream(site: JsonSite, payload: str) -> None:
    rows = [seq for seq, _ in journal(site)]
    with closing(connect(site.database)) as db:
        db.execute("DROP TRIGGER journal_unchanged")
        db.execute("UPDATE journal SET payload = ? WHERE seq = ?", (payload, rows[0]))
    told = all_events(site)
    assert [int(event["id"]) for event in told] == rows
    assert (told[0]["data"]["data"], told[0]["data"]["became"]) == ({}, [])


def test_the_app_stops_while_somebody_listens(site: JsonSite) -> None:
    async def read() -> list[Event]:
        async with listening(site) as events:
            stopping = asyncio.create_task(site.client.server.close())
            with pytest.raises(ClientError):
                return [event async for event in events]
            await asyncio.wait_for(stopping, 5.0)
        return []

    assert site.do(read()) == []
