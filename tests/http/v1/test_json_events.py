"""/api/v1/events: in order, without a gap, from any place; a slow reader delays no other program."""

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager, closing
from typing import Any

import pytest
from aiohttp import ClientSession, TCPConnector

from ari_app.http.server.bearer_tokens import LOCAL
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.streams import sse_response, stream_readers
from ari_app.http.streams.stream_readers import StreamPlaces
from ari_app.live import event_feed
from ari_app.switchboard.turn_feed import TurnFeed
from tests.http.json_site import JsonSite
from tests.rows import check_each
from warmline.store.configuration.tokens import ApiToken
from warmline.store.database.database import connect
from warmline.store.events import event_id, journal_events
from warmline.store.events.event_id import EventId
from warmline.store.journal.journal_entry import JournalEntry, append, head

Event = dict[str, Any]


@asynccontextmanager
async def listening(site: JsonSite, query: str = "", **headers: str) -> AsyncIterator[AsyncIterator[Event]]:
    """Yield a reader's events, one after the other; `id` and `event` are the lines before the data."""
    sent = {"Authorization": f"Bearer {site.token}"} | {name.replace("_", "-"): text for name, text in headers.items()}
    async with site.client.get(f"/api/v1/events{query}", headers=sent) as response:
        assert (response.status, response.content_type) == (200, "text/event-stream")
        begin = await response.content.readuntil(b"\n\n")
        assert re.fullmatch(rb"retry: 2000\nid: \d+(-\d+)?\n\n", begin)
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
    """Write a row that belongs to no call or agent; return its number."""
    row, tell = untold_row(site)
    tell()
    return row


def untold_row(site: JsonSite) -> tuple[int, Callable[[], None]]:
    """Write a row that belongs to no call or agent; return its number, and the function that tells the server of it."""
    entry = JournalEntry(1, "leg.ringing", payload={})
    tell = site.board.turns.prepared([], [entry])
    return append(site.driver.journal, head(site.driver.journal), [entry], {}).seq, tell


def place(event: Event) -> EventId:
    found = event_id.read(event["id"])
    assert found and str(found) == event["id"]
    return found


def inputs(events: list[Event]) -> list[tuple[int, str]]:
    """Return the row and type of the events of rows."""
    return [(place(event).row, event["event"]) for event in events if place(event).place == 0]


def journal(site: JsonSite) -> list[tuple[int, str]]:
    with closing(connect(site.database)) as db:
        rows: list[tuple[int, str]] = db.execute("SELECT seq, kind FROM journal ORDER BY seq").fetchall()
    return rows


def test_every_row_of_the_journal_in_order(site: JsonSite) -> None:
    call = site.customer()
    site.ask("POST", f"/calls/{call}/transfers", {"kind": "DIAL_WITH_CUSTOMER", "number": "8500"})
    site.driver.wait(1)
    told = all_events(site)
    assert inputs(told) == journal(site)
    assert [(event["data"]["id"], event["data"]["type"]) for event in told] == [
        (event["id"], event["event"]) for event in told
    ]
    [asked] = [event["data"] for event in told if event["event"] == "command.requested"]
    assert (asked["call"], asked["agent"]) == (call, "1000")
    assert asked["data"] == {
        "receipt": site.board.given[0],
        "by": "token:local",
        "source": "api/v1",
        "command": "DIAL_WITH_CUSTOMER",
        "number": "8500",
    }


def test_each_change_of_a_call_has_a_type_and_the_whole_call(site: JsonSite) -> None:
    call = site.customer()
    site.ask("POST", f"/calls/{call}/transfers", {"kind": "DIAL_WITH_CUSTOMER", "number": "8500"})
    site.driver.wait(1)
    told = [event["data"] for event in all_events(site) if event["event"].startswith("call.")]
    types = [event["type"] for event in told if event["type"] != "call.updated"]
    assert types == ["call.ringing", "call.connected", "call.third_dialing", "call.three_way"]
    last = told[-1]
    live = site.ask("GET", f"/calls/{call}").body
    assert (last["call"], last["agent"]) == (call, "1000")
    assert last["data"] == {name: live.get(name) for name in last["data"]} | {"ended_by": "", "status": ""}
    assert {"id", "agc_id", "state", "customer", "agent", "third", "ingroup", "dialled", "lead"} < last["data"].keys()


def test_a_command_is_told_from_its_start_to_its_outcome(site: JsonSite) -> None:
    call = site.customer()
    receipt = site.ask("POST", f"/calls/{call}/transfers", {"kind": "DIAL_WITH_CUSTOMER", "number": "8500"}).body["id"]
    site.driver.wait(1)
    told = [
        one["data"] for one in all_events(site) if one["event"].startswith("command.") and one["data"]["data"].get("id")
    ]
    types = ["command.started", "command.dialing", "command.completed"]
    assert [(event["type"], event["data"]["id"]) for event in told] == [(of, receipt) for of in types]
    known = site.ask("GET", f"/receipts/{receipt}").body
    last = told[-1]["data"]
    assert last == {name: known.get(name) for name in last} | {"step": ""}


def test_a_disposition_is_told_without_its_notes(site: JsonSite) -> None:
    call = site.customer()
    site.driver.hang_up("cust")
    site.ask("POST", "/agents/1000/disposition", {"status": "SALE", "notes": "a private matter"})
    told = all_events(site)
    [given] = [event["data"] for event in told if event["event"] == "disposition.entered"]
    assert given["data"] == {"call": call, "agent": "1000", "status": "SALE", "by": "token:local", "correction": False}
    assert "a private matter" not in json.dumps(told)


def test_go_on_in_the_middle_of_a_row(site: JsonSite) -> None:
    """After each existing event, with the header and with the parameter."""
    site.customer()
    every = [event["id"] for event in all_events(site)]
    for number, seen in enumerate(every, 1):
        for told in (
            all_events(site, "?follow=false", Last_Event_ID=seen),
            all_events(site, f"?follow=false&after={seen}"),
        ):
            assert [event["id"] for event in told] == every[number:]


def test_nothing_is_lost_between_two_connections(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader reconnects after each third event, while calls come and go."""
    monkeypatch.setattr(event_feed, "BATCH", 4)
    first = all_events(site)[-1]["id"]
    site.customer()

    async def read() -> list[str]:
        seen = [first]
        while seen[-1] != str(journal_events.last(site.database)):
            async with listening(site, Last_Event_ID=seen[-1]) as told:
                for _ in range(3):
                    seen.append((await anext(told))["id"])
                    if seen[-1] == str(journal_events.last(site.database)):
                        break
            if len(seen) == 4:
                site.driver.hang_up("cust")
        return seen[1:]

    assert site.do(read()) == [event["id"] for event in all_events(site, f"?after={first}&follow=false")]


def test_a_reader_gets_rows_that_the_live_state_did_not_have_yet(
    site: JsonSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row is in the database a moment before the server knows of it: no reader may begin behind such a row."""
    monkeypatch.setattr(TurnFeed, "told_row", append_row(site))

    async def read() -> Event:
        _, tell = untold_row(site)
        async with listening(site) as events:
            tell()
            return await anext(events)

    before = journal(site)[-1][0]
    assert site.do(asyncio.wait_for(read(), 10))["id"] == f"{before + 1}-0"


def test_a_position_ahead_of_the_live_state_is_known(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that read the database can be ahead of the readers that are told."""
    monkeypatch.setattr(TurnFeed, "told_row", append_row(site))

    async def read() -> Event:
        row, tell = untold_row(site)
        async with listening(site), listening(site, f"?after={row}") as events:
            tell()
            append_row(site)
            return await anext(events)

    before = journal(site)[-1][0]
    assert site.do(asyncio.wait_for(read(), 10))["id"] == f"{before + 2}-0"


def test_only_one_calls_or_one_agents(site: JsonSite) -> None:
    call = site.customer()
    by_call = all_events(site, f"?after=0&follow=false&call={call}")
    assert by_call and {event["data"]["call"] for event in by_call} == {call}
    assert all_events(site, "?after=0&follow=false&agent=1001") == []
    by_agent = all_events(site, "?after=0&follow=false&agent=1000")
    assert by_agent and {event["data"]["agent"] for event in by_agent} == {"1000"}


def test_a_heartbeat_comes_while_others_have_events(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has the position, so that a reader who reconnects does not get unwanted events again."""
    monkeypatch.setattr(sse_response, "HEARTBEAT", 0.05)

    async def read() -> list[Event]:
        async with listening(site, "?agent=NONE") as events:
            found = [await anext(events)]
            while found[-1]["id"] == found[0]["id"]:
                append_row(site)
                found.append(await anext(events))
            return found

    told = site.do(read())
    assert {event["data"] for event in told} == {None}
    assert place(told[-1]) > place(told[0])


def test_a_reader_far_behind_misses_nothing(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Events that the feed no longer has are read from the database."""
    monkeypatch.setattr(event_feed, "KEPT", 2)
    monkeypatch.setattr(event_feed, "BATCH", 3)

    async def read() -> list[str]:
        async with listening(site, "?after=0") as late, listening(site) as early:
            last = [f"{append_row(site)}-0" for _ in range(20)][-1]
            for reader, rows in ((early, 20), (late, None)):
                seen = [(await anext(reader))["id"]]
                while seen[-1] != last:
                    seen.append((await anext(reader))["id"])
                assert rows in (None, len(seen))
            return seen

    assert site.do(read()) == [event["id"] for event in all_events(site)]


def test_an_event_that_is_not_there(site: JsonSite) -> None:
    def check(given: str) -> None:
        told = site.ask("GET", "/events", Last_Event_ID=given)
        assert (told.status, told.body["errors"][0]["field"]) == (422, "Last-Event-ID")

    check_each(
        check, ["-1", "1.5", "x", "99999", "99999-0", "1-", "1-x", "1-1-1", "1" * 19, "1-" + "1" * 10, "9" * 5000, ""]
    )


def small(address: tuple[Any, ...]) -> socket.socket:
    """Return a socket that keeps little of what its program does not take: others keep megabytes."""
    made = socket.socket(address[0], address[1], address[2])
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    return made


def test_a_slow_reader_is_disconnected_and_delays_no_other(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader who takes nothing gets the journal until the connection is full, then it is closed."""
    monkeypatch.setattr(sse_response, "SLOW", 0.5)
    with closing(connect(site.database)) as db:
        seq, hashed = db.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        rows = [(seq + n, 1, "leg.ringing", "C" * 50_000, "", "{}", hashed, hashed) for n in range(1, 300)]
        db.execute("BEGIN")
        db.executemany("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        db.execute("COMMIT")

    async def read() -> int:
        asked, url, headers = 0, f"{site.url}/api/v1/events?after=0", {"Authorization": f"Bearer {site.token}"}
        async with ClientSession(connector=TCPConnector(socket_factory=small)) as slow, slow.get(url, headers=headers):
            while site.api.readers.open:
                assert (await site.asking("GET", "/agents")).status == 200
                asked += 1
            return asked

    assert site.do(asyncio.wait_for(read(), 30)) > 10


def test_places_are_kept_for_the_command_line_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_readers, "MOST", 12)
    monkeypatch.setattr(stream_readers, "KEPT", 1)
    crm, wallboard = ApiToken("crm", frozenset({"events:read"})), ApiToken("wallboard", frozenset({"events:read"}))
    places, held = StreamPlaces(), ExitStack()
    with held:
        for _ in range(stream_readers.OF_TOKEN):
            held.enter_context(places.taken(crm))
        assert refused(places, crm) == (429, "token:crm has 10 event streams open; close one first")
        held.enter_context(places.taken(wallboard))
        assert refused(places, wallboard)[0] == 503
        held.enter_context(places.taken(LOCAL))
        assert refused(places, LOCAL)[0] == 503
    held.enter_context(places.taken(crm))  # closed streams have released their places
    held.close()


def refused(places: StreamPlaces, asker: ApiToken) -> tuple[int, str]:
    with pytest.raises(ProblemRaised) as refusal, places.taken(asker):
        pass
    return refusal.value.problem.status, refusal.value.problem.detail


def test_the_event_stream_contains_no_secrets(site: JsonSite) -> None:
    """No keys, messages, configuration or requests to Asterisk."""
    call = site.customer()
    site.ask("POST", f"/calls/{call}/dtmf", {"digits": "4*7#1W1*"})
    site.ask("POST", f"/calls/{call}/vm-message", {"message": "private-matter"})
    told = json.dumps(all_events(site))
    assert "SEND_DTMF" in told and "VM_MESSAGE" in told
    for secret in ("4*7#1W1*", "private-matter", "dial_template", "PJSIP/"):
        assert secret not in told


def test_an_erased_row_is_an_event_without_its_data(site: JsonSite) -> None:
    site.customer()
    with closing(connect(site.database)) as db:
        db.execute("UPDATE journal SET payload = NULL WHERE kind = 'leg.arrived'")
        rows = {seq for (seq,) in db.execute("SELECT seq FROM journal WHERE payload IS NULL")}
    erased = [event for event in all_events(site) if place(event).row in rows]
    assert [(event["id"], event["event"], event["data"]["data"]) for event in erased] == [
        (f"{row}-0", "leg.arrived", {}) for row in sorted(rows)
    ]


@pytest.mark.parametrize(
    "payload",
    ["no JSON", "[]", '{"became": [1]}', '{"input": 7}', '{"events": [["call.gone"]]}', '{"events": [["x.y", {}]]}'],
)
def test_an_overwritten_row_does_not_end_the_stream(site: JsonSite, payload: str) -> None:
    rows = journal(site)
    with closing(connect(site.database)) as db:
        db.execute("DROP TRIGGER journal_unchanged")
        db.execute("UPDATE journal SET payload = ? WHERE seq = ?", (payload, rows[0][0]))
    told = all_events(site)
    assert inputs(told) == rows
    assert (told[0]["data"]["data"], told[1]["id"]) == ({}, f"{rows[1][0]}-0")
