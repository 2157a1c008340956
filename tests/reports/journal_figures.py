"""The figures of a day from the journal alone: its own reading, its own arithmetic.

Nothing here comes from the reports: only rows of the table `journal` are read. The configuration of the day and the
meaning of its codes are given. `figures` returns what each report must contain, by report and key.
"""

import json
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Fields = dict[str, Any]
Figures = dict[str, dict[Any, dict[str, Any]]]

WAITING = ("waiting", "ringing_agent")
HELD = ("parked", "consulting", "both_parked")
IN_CALL = ("INCALL", "PARK", "3-WAY", "LOST")
REFUSED = ("AFTHRS", "NANQUE", "MAXCAL")
HOUR = 3_600_000_000


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


@dataclass
class Agent:
    login: int = 0
    logout: int | None = None
    state: str = ""
    pause_code: str = ""
    call: str = ""
    since: int = 0
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

    def _event(self, at: int, name: str, fields: Fields, call: str, agent: str) -> None:
        record = name.partition(".")[0]
        if record == "call":
            self._call(at, fields, fields.get("id", call), fields.get("agent", agent) or "")
        elif record == "agent":
            self._agent(at, fields, fields.get("user", agent), call)
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
        elif agent.state == "PAUSED":
            agent.times["pause"] += took
            agent.pauses[agent.pause_code] += took
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
            promise = next(one for one in self.promises if (one.number, one.at) == (found.number, due))
            promise.kept_at = at


DIALS = ("DIAL_WITH_CUSTOMER", "PARK_CUSTOMER_DIAL")


# -- the arithmetic --


class Configured:
    """The facts that the journal does not have: the limits of in-groups, and the meaning of codes."""

    limits: dict[str, int]  # answer_sec_pct_rt_stat_one in microseconds
    sales: frozenset[str]
    contacts: frozenset[str]

    def __init__(self, limits: dict[str, int], sales: set[str], contacts: set[str]) -> None:
        self.limits, self.sales, self.contacts = limits, frozenset(sales), frozenset(contacts)


ADDED = (
    "calls offered answered abandoned elsewhere waiting refused fallback in_time judged came_over waited answer_waited"
    " dialled reached handled talk hold dead wrap_up sales contacts"
)


def ratio(above: float, below: float) -> float | None:
    return above / below if below > 0 else None


def average(above: int, below: int) -> int | None:
    return round(above / below) if below > 0 else None


def nine_of_ten(values: list[int]) -> int | None:
    """Return the least of these values that at least nine tenths of them do not exceed."""
    return next((one for one in sorted(values) if 10 * sum(other <= one for other in values) >= 9 * len(values)), None)


def with_quotients(sums: Counter[str]) -> dict[str, Any]:
    """Return the sums of a row about calls with its quotients."""
    handling = sums["talk"] + sums["hold"] + sums["dead"] + sums["wrap_up"]
    judged = sums["offered"] - sums["waiting"]
    return {name: sums[name] for name in ADDED.split()} | {
        "longest": sums["longest"],
        "level": ratio(sums["in_time"], sums["judged"]),
        "lost_share": ratio(sums["abandoned"], judged),
        "average_wait": average(sums["waited"], sums["offered"]),
        "answer_speed": average(sums["answer_waited"], sums["answered"]),
        "handling": average(handling, sums["handled"]),
        "conversion": ratio(sums["sales"], sums["contacts"]),
    }


def worked(part: Part) -> Counter[str]:
    return Counter(talk=part.talk, hold=part.hold, dead=part.dead, wrap_up=part.wrap_up)


def coded(given: Configured, code: str) -> Counter[str]:
    return Counter(sales=code in given.sales, contacts=code in given.contacts)


class DayOfCalls:
    """The calls in rows of (kind, group, time): one for each in-group that a call came to."""

    def __init__(self, day: JournalDay, given: Configured) -> None:
        self.found: list[tuple[str, str, int, Counter[str]]] = []
        for name, call in day.calls.items():
            lost = name in day.fallbacks and call.connected is None
            groups = list(dict.fromkeys(wait.ingroup for wait in call.waits))
            for ingroup in groups:
                at, sums = self._offer(call, ingroup, given)
                sums["calls"] = int(ingroup == groups[0])
                sums["came_over"] = int(ingroup != groups[0] and sums["offered"])
                self.found.append(("in", ingroup, at, sums))
            if lost and groups:
                self.found.append(("in", groups[-1], day.fallbacks[name]["at"], Counter(fallback=1)))
            if call.out or not groups:
                self.found.append(("out", "TESTCAMP", call.arrived, self._dialled(call, given)))
        for name, note in day.fallbacks.items():
            if name not in day.calls and not note["goto"]:
                self.found.append(("fallback", "FALLBACK", note["at"], Counter(calls=1, fallback=1)))

    def _offer(self, call: Call, ingroup: str, given: Configured) -> tuple[int, Counter[str]]:
        waits = [wait for wait in call.waits if wait.ingroup == ingroup]
        taken = [wait for wait in waits if wait.agent]
        before = [wait for wait in waits if not taken or wait.began < taken[0].ended]
        waited = sum(wait.ended - wait.began for wait in before)
        queued = any(wait.ended != wait.began for wait in waits)
        sums = Counter[str](
            offered=queued,
            answered=bool(taken),
            handled=bool(taken),
            abandoned=not taken and waits[-1].how == "DROP",
            elsewhere=not taken and queued and waits[-1].how != "DROP",
            refused=not queued,
            waited=waited,
            answer_waited=waited if taken else 0,
            in_time=bool(taken) and waited <= given.limits[ingroup],
            judged=queued,
        )
        for part in call.parts:
            if part.wait and part.wait.ingroup == ingroup:
                sums += worked(part)
                if part.is_last:
                    sums += coded(given, call.codes.get(part.agent, ""))
        sums["longest"] = waited
        return waits[0].began, sums

    def _dialled(self, call: Call, given: Configured) -> Counter[str]:
        sums = Counter[str](calls=1, dialled=1, reached=call.connected is not None, handled=call.connected is not None)
        for part in call.parts:
            if part.wait is None:
                sums += worked(part) + coded(given, call.codes.get(part.agent, ""))
        return sums

    def by(self, key: Any) -> dict[Any, dict[str, Any]]:
        """Return the sums by `key`, a function of (kind, group, time); and their total under ()."""
        rows: dict[Any, Counter[str]] = defaultdict(Counter)
        waits: dict[Any, list[int]] = defaultdict(list)
        for kind, group, at, sums in self.found:
            for name in (key(kind, group, at), ()):
                longest = max(rows[name]["longest"], sums["longest"])
                rows[name] += sums
                rows[name]["longest"] = longest
                waits[name] += [sums["waited"]] if sums["offered"] else []
        return {name: with_quotients(sums) | {"wait_p90": nine_of_ten(waits[name])} for name, sums in rows.items()}


def figures(path: Path, given: Configured, until: int) -> Figures:
    """Return the figures of each report by its keys; () is the total. `until` is when the day is over."""
    day = JournalDay(path)
    calls = DayOfCalls(day, given)
    return {
        "day": calls.by(lambda kind, group, _: (kind, group)),
        "interval": calls.by(lambda _kind, _group, at: at - at % (HOUR // 2)),
        "agents": agents(day, given),
        "closers": closers(day, given),
        "transfers": transfers(day),
        "dids": dids(day, given),
        "dispositions": dispositions(day, given),
        "callbacks": promises(day, until),
        "missed": missed(day),
        "drops": drops(day),
        "undispositioned": undispositioned(day),
    }


def total(rows: dict[Any, Counter[str]]) -> dict[Any, Counter[str]]:
    return rows | {(): sum(rows.values(), Counter())}


def agents(day: JournalDay, given: Configured) -> dict[Any, dict[str, Any]]:
    found = {}
    rows: dict[Any, Counter[str]] = {}
    for user, agent in day.agents.items():
        codes = Counter(day.calls[call].codes.get(user, "") for call in agent.calls)
        del codes[""]
        sold = sum((Counter({k: v * n for k, v in coded(given, code).items()}) for code, n in codes.items()), Counter())
        times = agent.times
        rows[user] = times + sold + Counter(calls=len(agent.calls), logged_in=sum(times.values()))
        found[user] = {"login": agent.login, "logout": agent.logout, "codes": dict(codes), "pauses": dict(agent.pauses)}
    for user, sums in total(rows).items():
        handling = sums["talk"] + sums["hold"] + sums["dead"] + sums["wrap_up"]
        names = ["logged_in", "calls", "talk", "hold", "dead", "wrap_up", "wait", "pause", "sales", "contacts"]
        found[user] = found.get(user, {}) | {name: sums[name] for name in names}
        found[user] |= {
            "per_call": average(handling, sums["calls"]),
            "occupancy": ratio(handling, sums["logged_in"] - sums["pause"]),
            "conversion": ratio(sums["sales"], sums["contacts"]),
        }
    return found


def hand_overs(day: JournalDay) -> list[tuple[Command, Call, Wait]]:
    """Return each call that was handed to closers: the command, the call, and the wait that followed."""
    found = []
    for one in day.commands.values():
        direct = one.kind == "LOCAL_CLOSER" and one.outcome == "completed"
        asked = one.kind in DIALS and one.ingroup and one.outcome != "refused"
        if direct or asked:
            call = day.calls[one.call]
            found.append((one, call, next(wait for wait in call.waits if wait.began >= one.at)))
    return found


def closers(day: JournalDay, given: Configured) -> dict[Any, dict[str, Any]]:
    rows: dict[Any, Counter[str]] = defaultdict(Counter)
    codes: dict[Any, Counter[str]] = defaultdict(Counter)
    fronters: dict[Any, Counter[str]] = defaultdict(Counter)
    for command, call, wait in hand_overs(day):
        row = rows[wait.agent]
        row += Counter(
            handed=1,
            consultations=command.kind in DIALS,
            taken=bool(wait.agent),
            handled=bool(wait.agent),
            abandoned=wait.how == "DROP",
            elsewhere=wait.how not in ("", "DROP"),
            waited=wait.ended - wait.began,
        )
        if wait.agent:
            part = next(one for one in call.parts if one.wait is wait)
            code = call.codes.get(wait.agent, "")
            row += worked(part) + coded(given, code)
            codes[wait.agent][code] += 1
        rows[wait.agent] = row
        fronters[wait.agent][command.agent] += 1
    found = {}
    for closer, sums in total(rows).items():
        handling = sums["talk"] + sums["hold"] + sums["dead"] + sums["wrap_up"]
        names = "handed consultations taken handled abandoned elsewhere waited talk hold dead wrap_up sales contacts"
        found[closer] = {name: sums[name] for name in names.split()} | {
            "average_handover": average(sums["waited"], sums["handed"]),
            "handling": average(handling, sums["handled"]),
            "conversion": ratio(sums["sales"], sums["contacts"]),
        }
    for closer in rows:
        found[closer] |= {"codes": dict(codes[closer]), "fronters": dict(fronters[closer])}
    return found


def transfers(day: JournalDay) -> dict[Any, dict[str, Any]]:
    rows: dict[Any, Counter[str]] = defaultdict(Counter)
    kinds = (*DIALS, "BLIND_TRANSFER", "LOCAL_CLOSER", "LEAVE_3WAY_CALL")
    ordered = sorted((one for one in day.commands.values() if one.kind in kinds), key=lambda one: one.at)
    for place, one in enumerate(ordered):
        row = rows[one.agent]
        if one.outcome == "refused":
            row["not_accepted"] += 1
            continue
        if one.kind == "LEAVE_3WAY_CALL":
            continue
        after = [other for other in ordered[place + 1 :] if other.call == one.call and other.outcome != "refused"]
        left = bool(after) and after[0].kind == "LEAVE_3WAY_CALL" and after[0].outcome == "completed"
        if one.kind in DIALS and left:
            row["to_closers" if one.ingroup else "warm"] += 1
        elif one.outcome != "completed":
            row["failed"] += 1
        elif one.kind in DIALS:
            row["consulted"] += 1
        else:
            row["blind" if one.kind == "BLIND_TRANSFER" else "to_closers"] += 1
        call = day.calls[one.call]
        if call.left is not None and one.kind != "LOCAL_CLOSER" and not one.ingroup:
            row["left_alone"] += 1
            row["talked_on"] += (call.ended or 0) - call.left
    found = {}
    for agent, sums in total(rows).items():
        names = ("warm", "blind", "to_closers", "consulted", "failed", "not_accepted", "left_alone")
        found[agent] = {name: sums[name] for name in names} | {
            "transfers": sums["warm"] + sums["blind"] + sums["to_closers"]
        }
    return found


def result_of(day: JournalDay, name: str, call: Call) -> str:
    if call.connected is not None:
        return "answered"
    if name in day.fallbacks:
        return "fallback"
    last = call.waits[-1]
    if last.how == "DROP":
        return "abandoned"
    return "refused" if last.began == last.ended else "elsewhere"


def dids(day: JournalDay, given: Configured) -> dict[Any, dict[str, Any]]:
    rows: dict[Any, Counter[str]] = defaultdict(Counter)
    for name, call in day.calls.items():
        if not call.out:
            row = rows[call.dialled]
            row += Counter({"calls": 1, result_of(day, name, call): 1})
            row["waited"] += sum(wait.ended - wait.began for wait in call.waits)
            row += coded(given, call.code)
            rows[call.dialled] = row
    for name, note in day.fallbacks.items():
        if name not in day.calls:
            rows[note["dialled"]] += Counter({"calls": 1, "dialplan" if note["goto"] else "fallback": 1})
    names = [
        "calls",
        "answered",
        "abandoned",
        "elsewhere",
        "refused",
        "fallback",
        "dialplan",
        "sales",
        "contacts",
        "waited",
    ]
    return {
        did: {name: sums[name] for name in names} | {"conversion": ratio(sums["sales"], sums["contacts"])}
        for did, sums in total(rows).items()
    }


def dispositions(day: JournalDay, given: Configured) -> dict[Any, dict[str, Any]]:
    rows: dict[Any, Counter[str]] = defaultdict(Counter)
    for call in day.calls.values():
        code = call.code or call.status
        rows[code] += Counter(calls=1, answered=call.connected is not None) + coded(given, code)
    found = {}
    for code, sums in total(rows).items():
        found[code] = {name: sums[name] for name in ("calls", "answered", "sales", "contacts")} | {
            "share": sums["calls"] / len(day.calls),
            "conversion": ratio(sums["sales"], sums["contacts"]),
        }
    return found


def promises(day: JournalDay, until: int) -> dict[Any, dict[str, Any]]:
    rows: dict[Any, Counter[str]] = defaultdict(Counter)
    for one in day.promises:
        if one.kept_at is not None:
            result = "kept" if one.kept_at - one.at <= HOUR else "late"
        else:
            result = "missed" if until - one.at >= HOUR else "due"
        rows[one.agent] += Counter({"promised": 1, result: 1})
    return {
        agent: {name: sums[name] for name in ("promised", "kept", "late", "missed", "due")}
        | {"kept_share": ratio(sums["kept"], sums["promised"] - sums["due"])}
        for agent, sums in total(rows).items()
    }


def missed(day: JournalDay) -> dict[Any, dict[str, Any]]:
    lost = [(call.arrived, call.number) for call in day.calls.values() if not call.out and call.connected is None]
    lost += [
        (note["at"], note["number"])
        for name, note in day.fallbacks.items()
        if name not in day.calls and not note["goto"]
    ]
    reached = [(call.arrived, call.number) for call in day.calls.values() if call.connected is not None]
    rows: dict[Any, dict[str, Any]] = {}
    for at, number in sorted(lost):
        if not any(later > at and other == number for later, other in reached):
            times = rows.get(number, {}).get("times", 0)
            rows[number] = {"last": at, "times": times + 1}
    return rows | {(): {"callers": len(rows), "times": sum(row["times"] for row in rows.values())}}


def drops(day: JournalDay) -> dict[Any, dict[str, Any]]:
    rows: dict[Any, Counter[str]] = defaultdict(Counter)
    for name, call in day.calls.items():
        for place, wait in enumerate(call.waits):
            if wait.agent or wait.how == "WITHDRAWN":
                continue
            later = call.waits[place + 1 :]
            went = {"DROP": "hung up", "WAITTO": "PRESS_CID_CALLBACK", "AFTHRS": "HANGUP", "TIMEOT": "HANGUP"}.get(
                wait.how, ""
            )
            if name in day.fallbacks:
                went = day.fallbacks[name]["reason"]
            went = later[0].ingroup if later else went
            row = rows[wait.ingroup, wait.how, went]
            row += Counter(calls=1, answered=any(other.agent for other in later), waited=wait.ended - wait.began)
            rows[wait.ingroup, wait.how, went] = row
    for name, note in day.fallbacks.items():
        if name not in day.calls and not note["goto"]:
            rows["", "FALLBACK", note["reason"]] += Counter(calls=1)
    return {
        key: {name: sums[name] for name in ("calls", "answered", "waited")}
        | {"average_waited": average(sums["waited"], sums["calls"])}
        for key, sums in total(rows).items()
    }


def undispositioned(day: JournalDay) -> dict[Any, dict[str, Any]]:
    rows = {}
    for name, call in day.calls.items():
        if call.connected is not None and not call.codes and not call.status:
            rows[name] = {"agent": call.parts[-1].agent, "number": call.number, "calls": 1}
    return rows | {(): {"calls": len(rows)}}
