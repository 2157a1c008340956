"""Finds out by requests how far the right of each role reaches at each route of the JSON API."""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from ari_app.http.v1 import agent_bounds
from ari_app.http.v1.api_route import ApiRoute
from ari_app.http.v1.bodies import request_bodies
from tests.http.json_site import Told
from tests.http.people.people_site import GROUPS, PeopleSite
from warmline.core.messages.commands import Kind
from warmline.store.database.database import connect

Ask = Callable[..., Told]  # asks as a user: user, method, path, body
OWN, SAME, OTHER = GROUPS  # anna's agent, one of ben's other agents, and an agent of another group
RECORDING = (
    "INSERT INTO recording "
    "VALUES (?, 'C', 'call', '', ?, ?, 1, 2, 'kept', '', 'none', 0, 0, '', '', 0, '', '', 0, 'main')"
)
SESSION = "INSERT INTO agent_session VALUES (?, ?, '', 0, 'TESTCAMP', '[]', '', 0, NULL)"
CALLBACK = """
    INSERT INTO callback (id, call, number, ingroup, agent, at, state)
    VALUES (?, '', '15550001', '', ?, 4000000000000000, 'pending')
"""
NOT_READ = {"nonsense": 1}  # a body that every route refuses, after the check of rights


class Subjects:
    """For each of three agents: a live call with its lead, a receipt, a callback and a recording."""

    def __init__(self, site: PeopleSite) -> None:
        self.calls: dict[str, str] = {}
        self.leads: dict[str, str] = {}
        self.receipts: dict[str, str] = {}
        driver = site.driver
        for agent in (SAME, OTHER):
            driver.log_in(agent)
        for agent in GROUPS:
            driver.customer("agent", agent, name=f"customer-{agent}")
            driver.wait(1)
            live = driver.world.calls[driver.session(agent).call or ""]
            driver.world.keep(replace(live, lead=int(agent)))
            self.calls[agent], self.leads[agent] = live.id, agent
            driver.ask(Kind.MUTE, agent)
            self.receipts[agent] = driver.last_receipt
        with connect(site.database) as db:
            db.execute("UPDATE campaign SET agent_recordings = 'Y'")
            for agent in GROUPS:
                db.execute(RECORDING, [f"R{agent}", agent, time.time_ns() // 1000])
                db.execute(SESSION, [f"S{agent}", agent])
                db.execute(CALLBACK, [f"CB{agent}", agent])

    def path(self, route: ApiRoute, agent: str) -> str:
        """Return the path of a route about something of this agent."""
        subject = route.path.split("/")[1]
        ids = {"calls": self.calls, "past-calls": self.calls, "receipts": self.receipts}.get(subject, {})
        known = {"recordings": f"R{agent}", "callbacks": f"CB{agent}"}.get(subject, ids.get(agent))
        names = {"user": agent, "id": known, "lead_id": self.leads[agent], "kind": "campaign", "number": "15550001"}
        path = route.path.format_map(defaultdict(lambda: "1", names, name="TESTCAMP"))
        follows = "?follow=false" if route.media == "text/event-stream" else ""
        return path + (f"?after=0&{follows[1:]}" if route.name == "followEvents" else follows)


def agents_at(ask: Ask, subjects: Subjects, route: ApiRoute, user: str) -> set[str]:
    """Return the agents whom a user reaches at a route: a status of 403 is a refusal, any other is none."""
    if any(one.name == "agent" for one in route.parameters):
        told = {agent: ask(user, route.method, _asking(route, agent)).status for agent in GROUPS}
        return {agent for agent, status in told.items() if status != 403}
    if route.bound in (agent_bounds.ROWS, agent_bounds.EVERYTHING):
        answer = ask(user, route.method, subjects.path(route, OWN), _body(route, OWN))
        if answer.status == 403 or route.bound is agent_bounds.EVERYTHING:
            return set() if answer.status == 403 else {*GROUPS}
        return {agent for agent in GROUPS if _mentions(answer.body, agent)}
    return {
        agent
        for agent in GROUPS
        if ask(user, route.method, subjects.path(route, agent), _body(route, agent)).status != 403
    }


def _asking(route: ApiRoute, agent: str) -> str:
    """Return the path of a list, a stream or a report's sheet that is asked for one agent."""
    follow = "&follow=false" if route.media == "text/event-stream" else ""
    return f"{route.path.replace('{id}', 'day')}?agent={agent}{follow}"


def _body(route: ApiRoute, agent: str) -> Mapping[str, Any] | None:
    if route.takes is None:
        return None
    named = {
        agent_bounds.CONVERSATION: request_bodies.AdoptBody(channel="PJSIP/unknown", agent=agent),
        agent_bounds.CALL_AND_TAKER: request_bodies.CallTakerBody(to_agent=agent),
    }
    return {**NOT_READ, **msgspec.to_builtins(named.get(route.bound, {}))}


def _mentions(body: object, agent: str) -> bool:
    """Return whether an answer has something of this agent."""
    return f"'{agent}'" in repr(body) or f'"{agent}"' in repr(body)
