"""/api/v1/live: the whole state at once, then each change; a slow reader gets the newest state."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from ari_app.http.streams import sse_response
from tests.http.json_site import JsonSite
from warmline.core.messages.commands import Kind
from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.store.configuration import config

Event = dict[str, Any]


@asynccontextmanager
async def watching(site: JsonSite, query: str = "", **headers: str) -> AsyncIterator[AsyncIterator[Event]]:
    """Yield a reader's events: `id`, `event` and `data`, None in a heartbeat."""
    sent = {"Authorization": f"Bearer {site.token}"} | {name.replace("_", "-"): text for name, text in headers.items()}
    async with site.client.get(f"/api/v1/live{query}", headers=sent) as response:
        assert (response.status, response.content_type) == (200, "text/event-stream")
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


def once(site: JsonSite, query: str = "", **headers: str) -> Event:
    """Return the first event of a stream that then ends."""

    async def read() -> Event:
        async with watching(site, f"?follow=false{query}", **headers) as events:
            return await anext(events)

    return site.do(read())


def names(message: Event) -> tuple[list[str], list[str]]:
    return [one["user"] for one in message["agents"]], [one["state"] for one in message["calls"]]


def test_the_whole_state_equals_the_lists(site: JsonSite) -> None:
    call = site.customer()
    told = once(site)
    of_one = site.ask("GET", f"/calls/{call}").body
    assert [one["user"] for one in of_one.pop("agents")] == ["1000"], "they are read from the database"
    assert told["event"] == "whole"
    assert told["data"] == {
        "agents": site.ask("GET", "/agents").body,
        "calls": [of_one],
        "gone": {"agents": [], "calls": []},
        "fallback": False,
    }


def test_each_change_is_told_until_the_call_is_gone(site: JsonSite) -> None:
    async def read() -> list[Event]:
        async with watching(site) as events:
            await anext(events)
            site.driver.customer()
            told = [await anext(events)]
            site.driver.hang_up("cust")
            return [*told, await anext(events)]

    began, ended = site.do(read())
    assert (began["event"], names(began["data"])) == ("changes", (["1000"], ["talking"]))
    assert ended["data"]["agents"][0]["state"] == "DISPO" and len(ended["data"]["gone"]["calls"]) == 1


def test_a_topic_has_its_own_records_only(site: JsonSite) -> None:
    site.driver.log_in("1001")
    call = site.customer()
    agent = site.driver.call().agent
    other = {"1000": "1001", "1001": "1000"}[agent or ""]
    assert names(once(site, f"&agent={agent}")["data"]) == ([agent], ["talking"])
    assert names(once(site, f"&agent={other}")["data"]) == ([other], [])
    assert names(once(site, f"&call={call}")["data"]) == ([], ["talking"])
    assert names(once(site, "&ingroup=SALESLINE")["data"]) == (["1000", "1001"], ["talking"])
    assert names(once(site, "&ingroup=NONE")["data"]) == ([], [])
    refused = site.ask("GET", "/live?agent=1000&call=X")
    assert (refused.status, refused.body["errors"][0]["field"]) == (422, "call")


def test_a_resuming_reader_gets_the_missed_changes_once(site: JsonSite) -> None:
    """Another reader keeps the copy; after a restart, and with any other id, the whole state follows."""

    async def read() -> list[Event]:
        async with watching(site) as lasting:
            seen = (await anext(lasting))["id"]
            site.driver.ask(Kind.PAUSE, "1000")
            site.driver.ask(Kind.RESUME, "1000")
            told = []
            for place in (seen, "", "x", "x-1", f"{seen}9", seen.partition("-")[0] + "-"):
                async with watching(site, Last_Event_ID=place) as events:
                    told.append(await anext(events))
            return told

    missed, *others = site.do(read())
    assert (missed["event"], [one["state"] for one in missed["data"]["agents"]]) == ("changes", ["READY"])
    assert {one["event"] for one in others} == {"whole"}


def test_a_slow_reader_gets_the_newest_state_only(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse_response, "PACE", 0.3)

    async def read() -> list[Event]:
        async with watching(site) as events:
            await anext(events)
            for number in range(20):
                site.driver.ask(Kind.RESUME if number % 2 else Kind.PAUSE, "1000")
                await asyncio.sleep(0)
            site.driver.ask(Kind.PAUSE, "1000")
            return [await anext(events)]

    [told] = site.do(read())
    assert [one["state"] for one in told["data"]["agents"]] == ["PAUSED"]


def token(site: JsonSite, scopes: str) -> str:
    """Return a new token with these scopes."""
    made = secrets.token_urlsafe(32)
    config.create(site.database, "api-token", f"T{made[:6]}", {"token": made, "scopes": scopes}, who="test")
    site.forget()
    return made


def test_a_token_sees_the_records_of_its_scopes(site: JsonSite) -> None:
    site.customer()
    tokens = {
        "all": token(site, "agents:read,calls:read"),
        "agents": token(site, "agents:read"),
        "calls": token(site, "calls:read,events:read"),
    }

    def status(name: str, query: str = "") -> int:
        return site.ask("GET", f"/live?follow=false{query}", token=tokens[name]).status

    def seen(name: str, query: str = "") -> tuple[list[str], list[str]]:
        body = site.ask("GET", f"/live?follow=false{query}", token=tokens[name]).body
        return names(json.loads(next(line[6:] for line in body.splitlines() if line.startswith("data: "))))

    assert seen("all") == seen("all", "&ingroup=SALESLINE") == (["1000"], ["talking"])
    assert seen("agents") == seen("agents", "&agent=1000") == (["1000"], [])
    assert [status("calls"), status("agents", "&call=X"), status("all", "&call=X")] == [403, 403, 200]


def test_a_token_without_calls_is_told_nothing_of_their_end(site: JsonSite) -> None:
    agents_only = token(site, "agents:read")

    async def read() -> list[Event]:
        async with watching(site, "?details=true&agent=1000", Authorization=f"Bearer {agents_only}") as events:
            told = [await anext(events)]
            for happens in (site.driver.customer, lambda: site.driver.hang_up("cust")):
                happens()
                told.append(await anext(events))
            return told

    told = [one["data"] for one in site.do(read())]
    assert [one["agents"][0]["state"] for one in told] == ["READY", "INCALL", "DISPO"]
    assert [(one["calls"], one["gone"]["calls"]) for one in told] == [([], [])] * 3
    assert {(one["details"]["lead"], one["details"]["history"]) for one in told} == {(None, None)}


def test_details_of_an_agents_page(site: JsonSite) -> None:
    """The lead in a call, the codes after it, the history without one; once each, as long as they do not change."""

    async def read() -> list[Event]:
        async with watching(site, "?agent=1000&details=true") as events:
            told = [(await anext(events))["data"]]
            steps: tuple[Callable[[], object], ...] = (
                site.driver.customer,
                lambda: site.driver.ask(Kind.MUTE),
                lambda: site.driver.hang_up("cust"),
            )
            for step in steps:
                step()
                told.append((await anext(events))["data"])
            return told

    idle, talking, muted, over = site.do(read())
    assert idle["details"] == {"lead": None, "history": [], "codes": None}
    assert talking["details"]["lead"]["calls"] == [] and talking["details"]["history"] is None
    assert "SALE" in [one["status"] for one in over["details"]["codes"]]
    assert [one["number"] for one in over["details"]["history"]] == ["3125550100"]
    assert "details" not in muted and "details" not in once(site, "&agent=1000")["data"]


def test_a_call_that_took_the_fallback_is_told(site: JsonSite) -> None:
    async def read() -> Event:
        async with watching(site) as events:
            await anext(events)
            site.driver.feed(FallbackTaken("C9", 1, "4930111", "4930222", "the app is away"))
            return await anext(events)

    told = site.do(read())
    assert told["data"] == {"agents": [], "calls": [], "gone": {"agents": [], "calls": []}, "fallback": True}
