"""A day of calls, read from the journal alone: calls with their waits, agents, commands and promised callbacks."""

import json
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Fields = dict[str, Any]

WAITING = ("waiting", "ringing_agent")
HELD = ("parked", "consulting", "both_parked")
IN_CALL = ("INCALL", "PARK", "3-WAY", "LOST")
REFUSED = ("AFTHRS", "NANQUE", "MAXCAL")
DIALS = ("DIAL_WITH_CUSTOMER", "PARK_CUSTOMER_DIAL")


@dataclass
class Wait:
    """One wait of a call in an in-group, for a caller or for an agent's request for a closer."""

    ingroup: str
    began: int
    asked_by: str = ""
    ended: int = 0
    agent: str = ""
    how: str = ""  # of a wait without an agent


@dataclass
class Part:
    """The part of an agent in a call, since the agent got it from a wait, or dialled it."""

    agent: str
    wait: Wait | None
    talk: int = 0
    hold: int = 0
    dead: int = 0
    wrap_up: int = 0
    is_last: bool = True  # of this agent in this call


@dataclass
class Call:
    number: str = ""
    dialled: str = ""
    arrived: int = 0
    out: bool = False
    state: str = ""
    connected: int | None = None
    left: int | None = None
    ended: int | None = None
    status: str = ""
    fronter: str = ""
    waits: list[Wait] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)  # the last one of each agent
    code: str = ""  # the last one
    held: bool = False  # the customer is parked
    parks_and_dials: bool = False  # by the command in progress

    @property
    def part_of(self) -> dict[str, Part]:
        return {part.agent: part for part in self.parts}


LIMIT = 300_000_000  # microseconds, of the pause code LUNCH


@dataclass
class Agent:
    login: int = 0
    logout: int | None = None
    state: str = ""
    pause_code: str = ""
    call: str = ""
    since: int = 0
    overdue: bool = False
    over_limit: int = 0
    times: Counter[str] = field(default_factory=Counter)
    pauses: Counter[str] = field(default_factory=Counter)
    calls: set[str] = field(default_factory=set)


@dataclass
class Command:
    at: int
    kind: str
    agent: str
    call: str
    number: str
    ingroup: str
    outcome: str


@dataclass
class Promise:
    at: int
    number: str
    agent: str
    kept_at: int | None = None
    cancelled: bool = False


class JournalDay:
    """Reads the journal from its first row to its last one."""

    def __init__(self, path: Path) -> None:
        self.calls: dict[str, Call] = {}
        self.agents: dict[str, Agent] = defaultdict(Agent)
        self.commands: dict[str, Command] = {}
        self.fallbacks: dict[str, Fields] = {}
        self.promises: list[Promise] = []
        self.by_callback: dict[str, Promise] = {}  # calls that are made because of a promise
        self.asked: dict[str, Fields] = {}  # requests of commands by receipt
        with closing(sqlite3.connect(path)) as db:
            for at, kind, call, agent, payload in db.execute(
                "SELECT at, kind, call, agent, payload FROM journal ORDER BY seq"
            ):
                said = json.loads(payload)
                self._input(at, kind, said["input"])
                events = sorted(said.get("events", ()), key=lambda one: not one[0].startswith("call."))
                for name, fields in events:
                    self._event(at, name, fields, call, agent)
                for name, fields in said.get("asked", ()):
                    self._asked(at, name, fields)

    def _input(self, at: int, kind: str, said: Fields) -> None:
        if kind == "call.fallback":
            self.fallbacks[said["call"]] = said
        if kind == "command.requested":
            wanted = said["command"]
            self.asked[said["receipt"]] = wanted
            promised = wanted.get("callback")
            if wanted["kind"] == "STATUS" and promised:
                number = self.calls[self.agents[wanted["agent"]].call].number
                self.promises.append(Promise(promised["at"], number, promised.get("agent", "")))
            if wanted["kind"] == "CALLBACK" and promised["state"] == "cancelled":
                self._promise(promised["number"], promised["at"]).cancelled = True

    def _promise(self, number: str, at: int) -> Promise:
        return next(one for one in self.promises if (one.number, one.at) == (number, at))

    def _asked(self, at: int, name: str, fields: Fields) -> None:
        """The room of a call is closed when its last leg has left: that is the end of the call."""
        kind, _, call = str(fields.get("bridge", "")).partition("-")
        if name == "bridge.destroy" and kind == "room":
            self.calls[call].ended = at

    def _event(self, at: int, name: str, fields: Fields, call: str, agent: str) -> None:
        record = name.partition(".")[0]
        if record == "call":
            self._call(at, fields, fields.get("id", call), fields.get("agent", agent) or "")
        elif record == "agent":
            self._agent(at, fields, user := fields.get("user", agent), call)
            if overdue := name == "agent.pause_overdue":
                self.agents[user].over_limit += at - fields["since"] - LIMIT
            self.agents[user].overdue = overdue
        elif record == "command":
            self._command(at, fields, fields.get("call", call), fields.get("agent", agent))
        elif record == "disposition":
            of, user = self.calls[fields.get("call", call)], fields.get("agent", agent)
            of.codes[user] = of.code = fields["status"]

    # -- calls --

    def _call(self, at: int, fields: Fields, name: str, agent: str) -> None:
        call = self.calls.setdefault(name, Call(arrived=fields["arrived"], number=fields["customer"]))
        self._spend_all(call, name, at)
        before, call.state = call.state, fields["state"]
        call.held = call.state in HELD or (call.state == "dialing" and (call.held or call.parks_and_dials))
        ingroup, status = fields.get("ingroup", ""), fields.get("status", "")
        call.out = call.out or call.state == "dialing_out"
        call.dialled = fields.get("dialled", "")
        call.connected, call.left = fields.get("connected"), fields.get("left", call.left)
        if call.state == "dialing_out" and not call.parts:
            call.parts.append(Part(agent, None))
        if call.state in WAITING:
            self._waits(at, call, ingroup, before)
        elif before in WAITING:
            wait = call.waits[-1]
            wait.ended = at
            if call.state == "talking":
                wait.agent = agent
                self._gets(call, agent, wait)
            else:
                wait.how = "DROP" if fields.get("ended_by") == "customer" else status
        if call.state == "ended" and call.ended is None:
            call.ended, call.status = at, status
            if before == "" and status in REFUSED:
                call.waits.append(Wait(ingroup, at, ended=at, how=status))
        if call.state == "message" and status == "WAITTO":  # the caller pressed the key for a callback
            self.promises.append(Promise(at, call.number, ""))

    def _waits(self, at: int, call: Call, ingroup: str, before: str) -> None:
        if before in WAITING and call.waits[-1].ingroup == ingroup:
            return
        if before in WAITING:  # the time was over, and the in-group passed the call on
            call.waits[-1].ended, call.waits[-1].how = at, "TIMEOT"
        call.waits.append(Wait(ingroup, at, asked_by=call.parts[-1].agent if call.parts else ""))

    def _gets(self, call: Call, agent: str, wait: Wait | None) -> None:
        for part in call.parts:
            part.is_last = part.is_last and part.agent != agent
        call.parts.append(Part(agent, wait))

    # -- agents --

    def _spend_all(self, call: Call, name: str, at: int) -> None:
        """Add up the time of the call's agents: the customer may be parked now, which is no event of theirs."""
        for user, agent in self.agents.items():
            if agent.call == name and user in call.part_of and agent.state in IN_CALL:
                self._spend(agent, user, at)
                agent.since = at

    def _agent(self, at: int, fields: Fields, user: str, call: str) -> None:
        agent = self.agents[user]
        self._spend(agent, user, at)
        state = fields["state"]
        if state == "LOGGED_OUT":
            agent.logout = at
        elif not agent.login:
            agent.login = at
        if state in (*IN_CALL, "QUEUE", "DEAD"):
            agent.call = fields.get("call", call) or ""
        if state in (*IN_CALL, "DISPO"):
            agent.calls.add(agent.call)
        self._answers_request(at, user, state, agent.call)
        agent.state, agent.pause_code, agent.since = state, fields.get("pause_code", ""), at

    def _answers_request(self, at: int, user: str, state: str, name: str) -> None:
        """An agent who comes into a call in which another one has asked for a closer answers that request."""
        call = self.calls.get(name)
        if call and state in ("3-WAY", "INCALL", "PARK") and call.waits and not call.waits[-1].ended:
            wait = call.waits[-1]
            if wait.asked_by and wait.asked_by != user and call.state not in WAITING:
                wait.ended, wait.agent = at, user
                self._gets(call, user, wait)

    def _spend(self, agent: Agent, user: str, at: int) -> None:
        """Add up the time since the agent's last event."""
        took = at - agent.since
        call = self.calls.get(agent.call)
        part = call.part_of.get(user) if call else None
        if agent.state in ("READY", "QUEUE", "NO PHONE"):
            agent.times["wait"] += took
        elif (agent.state, agent.pause_code) == ("PAUSED", "LOST"):
            agent.times["phone_lost"] += took
        elif agent.state == "PAUSED":
            agent.times["pause"] += took
            agent.pauses[agent.pause_code] += took
            agent.over_limit += took if agent.overdue else 0
        elif agent.state == "DISPO":
            agent.times["wrap_up"] += took
            if part:
                part.wrap_up += took
        elif agent.state == "DEAD":
            agent.times["dead"] += took
            if part:
                part.dead += took
        elif agent.state in IN_CALL and part:
            kind = "hold" if call and call.held else "talk"
            agent.times[kind] += took
            setattr(part, kind, getattr(part, kind) + took)

    # -- commands --

    def _command(self, at: int, fields: Fields, call: str, agent: str) -> None:
        name, outcome = fields["id"], fields.get("outcome") or ""
        found = self.commands.setdefault(
            name,
            Command(
                fields.get("requested", at),
                fields["kind"],
                agent,
                call,
                fields.get("number", ""),
                fields.get("ingroup", ""),
                outcome,
            ),
        )
        found.outcome = outcome or found.outcome
        found.call = found.call or call
        of = self.calls.get(call)
        if of and found.kind in DIALS:
            of.parks_and_dials = found.kind == "PARK_CUSTOMER_DIAL" and not found.outcome
        if of and found.ingroup and found.kind in DIALS:
            if fields.get("step") == "dialling":
                of.waits.append(Wait(found.ingroup, at, asked_by=agent))
            elif outcome == "abandoned" and of.waits and not of.waits[-1].ended:
                of.waits[-1].ended, of.waits[-1].how = at, "WITHDRAWN"
        if found.kind == "DIAL" and outcome == "completed" and self.asked.get(name, {}).get("callback"):
            due = self.asked[name]["callback"]["at"]
            self._promise(found.number, due).kept_at = at
