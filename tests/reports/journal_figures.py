"""The figures of a day from the journal alone: its own reading, its own arithmetic.

Nothing here comes from the reports: only rows of the table `journal` are read, by journal_day.py. The configuration of
the day and the meaning of its codes are given. `figures` returns what each report must contain, by report and key.
"""

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from tests.reports.journal_day import DIALS, Call, Command, JournalDay, Part, Wait

Figures = dict[str, dict[Any, dict[str, Any]]]

HOUR = 3_600_000_000


class Configured:
    """The facts that the journal does not have: the limits of in-groups, and the meaning of codes."""

    limits: dict[str, int]  # answer_sec_pct_rt_stat_one in microseconds
    sales: frozenset[str]
    contacts: frozenset[str]
    categories: dict[str, str]  # of the codes that have another one than the usual one

    def __init__(self, limits: dict[str, int], sales: set[str], contacts: set[str], categories: dict[str, str]) -> None:
        self.limits, self.categories = limits, categories
        self.sales, self.contacts = frozenset(sales), frozenset(contacts)


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
                sums["calls"] = int(ingroup == groups[0] and not call.out)
                sums["came_over"] = int(not sums["calls"] and sums["offered"])
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
        "transfers by target": transfers(day, by_target=True),
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
        own = {"calls": len(agent.calls), "logged_in": times.total() - times["phone_lost"]}
        rows[user] = times + sold + Counter(own, over_limit=agent.over_limit)
        found[user] = {"login": agent.login, "logout": agent.logout, "codes": dict(codes), "pauses": dict(agent.pauses)}
    for user, sums in total(rows).items():
        handling = sums["talk"] + sums["hold"] + sums["dead"] + sums["wrap_up"]
        names = ["logged_in", "calls", "talk", "hold", "dead", "wrap_up", "wait", "pause", "over_limit", "phone_lost"]
        found[user] = found.get(user, {}) | {name: sums[name] for name in (*names, "sales", "contacts")}
        found[user] |= {
            "per_call": average(handling, sums["calls"]),
            "occupancy": ratio(handling, sums["logged_in"] - sums["pause"]),
            "conversion": ratio(sums["sales"], sums["contacts"]),
        }
    found[()] |= {
        "login": min(agent.login for agent in day.agents.values()),
        "logout": max(agent.logout or 0 for agent in day.agents.values()),
        "codes": dict(sum((Counter(found[user]["codes"]) for user in day.agents), Counter())),
        "pauses": dict(sum((Counter(found[user]["pauses"]) for user in day.agents), Counter())),
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


OF_CLOSERS = (
    "handed consultations taken handled abandoned elsewhere waiting waited talk hold dead wrap_up sales contacts"
)


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
        found[closer] = {name: sums[name] for name in OF_CLOSERS.split()} | {
            "average_handover": average(sums["waited"], sums["handed"]),
            "handling": average(handling, sums["handled"]),
            "conversion": ratio(sums["sales"], sums["contacts"]),
        }
    for closer in found:
        found[closer] |= {"codes": dict(total(codes)[closer]), "fronters": dict(total(fronters)[closer])}
    return found


def transfers(day: JournalDay, by_target: bool = False) -> dict[Any, dict[str, Any]]:
    rows: dict[Any, Counter[str]] = defaultdict(Counter)
    kinds = (*DIALS, "BLIND_TRANSFER", "LOCAL_CLOSER", "LEAVE_3WAY_CALL")
    ordered = sorted((one for one in day.commands.values() if one.kind in kinds), key=lambda one: one.at)
    for place, one in enumerate(ordered):
        row = rows[(one.ingroup or one.number) if by_target else one.agent]
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
        names = ("warm", "blind", "to_closers", "consulted", "failed", "not_accepted", "left_alone", "talked_on")
        found[agent] = {name: sums[name] for name in names} | {
            "transfers": sums["warm"] + sums["blind"] + sums["to_closers"],
            "average_talked_on": average(sums["talked_on"], sums["left_alone"]),
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


def length(call: Call) -> int:
    return 0 if call.connected is None else (call.ended or 0) - call.connected


def dids(day: JournalDay, given: Configured) -> dict[Any, dict[str, Any]]:
    rows: dict[Any, Counter[str]] = defaultdict(Counter)
    for name, call in day.calls.items():
        if not call.out:
            row = rows[call.dialled]
            row += Counter({"calls": 1, result_of(day, name, call): 1})
            row["waited"] += sum(wait.ended - wait.began for wait in call.waits)
            row["length"] += length(call)
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
        "waiting",
        "sales",
        "contacts",
        "waited",
        "length",
    ]
    return {
        did: {name: sums[name] for name in names}
        | {
            "conversion": ratio(sums["sales"], sums["contacts"]),
            "average_waited": average(sums["waited"], sums["calls"]),
            "average_length": average(sums["length"], sums["answered"]),
        }
        for did, sums in total(rows).items()
    }


def dispositions(day: JournalDay, given: Configured) -> dict[Any, dict[str, Any]]:
    rows: dict[Any, Counter[str]] = defaultdict(Counter)
    for call in day.calls.values():
        code = call.code or call.status
        rows[code] += Counter(calls=1, answered=call.connected is not None, length=length(call)) + coded(given, code)
    found = {}
    for code, sums in total(rows).items():
        found[code] = {name: sums[name] for name in ("calls", "answered", "sales", "contacts", "length")} | {
            "share": sums["calls"] / len(day.calls),
            "conversion": ratio(sums["sales"], sums["contacts"]),
            "average_length": average(sums["length"], sums["answered"]),
        }
        if code != ():
            found[code] |= meaning(given, code)
    return found


def meaning(given: Configured, code: str) -> dict[str, str]:
    """Return the meaning of a code; calls without one have none."""
    if not code:
        return dict.fromkeys(("category", "sale", "contact"), "")
    flags = {"sale": code in given.sales, "contact": code in given.contacts}
    return {name: "Y" if flag else "N" for name, flag in flags.items()} | {
        "category": given.categories.get(code, "UNDEFINED")
    }


def promises(day: JournalDay, until: int) -> dict[Any, dict[str, Any]]:
    rows: dict[Any, Counter[str]] = defaultdict(Counter)
    for one in day.promises:
        if one.cancelled:
            result = "cancelled"
        elif one.kept_at is not None:
            result = "kept" if one.kept_at - one.at <= HOUR else "late"
        else:
            result = "missed" if until - one.at >= HOUR else "due"
        rows[one.agent] += Counter({"promised": 1, result: 1})
    return {
        agent: {name: sums[name] for name in ("promised", "kept", "late", "missed", "due", "cancelled")}
        | {"kept_share": ratio(sums["kept"], sums["promised"] - sums["due"] - sums["cancelled"])}
        for agent, sums in total(rows).items()
    }


def missed(day: JournalDay) -> dict[Any, dict[str, Any]]:
    lost = []
    for name, call in day.calls.items():
        if not call.out and call.connected is None:
            note = day.fallbacks.get(name, {})
            last = {"ingroup": call.waits[-1].ingroup, "did": call.dialled, "reason": note.get("reason") or call.status}
            waited = sum(wait.ended - wait.began for wait in call.waits)
            lost.append((call.arrived, call.number, waited, last | {"call": name}))
    for name, note in day.fallbacks.items():
        if name not in day.calls and not note["goto"]:
            last = {"ingroup": "", "did": note["dialled"], "reason": note["reason"], "call": name}
            lost.append((note["at"], note["number"], 0, last))
    reached = [(call.arrived, call.number) for call in day.calls.values() if call.connected is not None]
    open_ones = [one for one in day.promises if one.kept_at is None and not one.cancelled]
    rows: dict[Any, dict[str, Any]] = {}
    for at, number, waited, last in sorted(lost, key=lambda one: one[0]):
        if not any(later > at and other == number for later, other in reached):
            before = rows.get(number, {"times": 0, "waited": 0})
            sums = {"times": before["times"] + 1, "waited": before["waited"] + waited, "callers": 1}
            due = min((one.at for one in open_ones if one.number == number), default=None)
            rows[number] = {"last": at, "callback": due} | sums | last
    added = ("callers", "times", "waited")
    return rows | {(): {name: sum(row[name] for row in rows.values()) for name in added}}


def drops(day: JournalDay) -> dict[Any, dict[str, Any]]:
    rows: dict[Any, Counter[str]] = defaultdict(Counter)
    longest: Counter[Any] = Counter()
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
            waited = wait.ended - wait.began
            row += Counter(calls=1, answered=any(other.agent for other in later), waited=waited)
            rows[wait.ingroup, wait.how, went] = row
            longest |= {key: max(longest[key], waited) for key in ((wait.ingroup, wait.how, went), ())}
    for name, note in day.fallbacks.items():
        if name not in day.calls and not note["goto"]:
            rows["", "FALLBACK", note["reason"]] += Counter(calls=1)
    return {
        key: {name: sums[name] for name in ("calls", "answered", "waited")}
        | {"average_waited": average(sums["waited"], sums["calls"]), "longest": longest[key]}
        for key, sums in total(rows).items()
    }


def undispositioned(day: JournalDay) -> dict[Any, dict[str, Any]]:
    rows = {}
    for name, call in day.calls.items():
        if call.connected is not None and not call.codes and not call.status:
            rows[name] = {
                "agent": call.parts[-1].agent,
                "arrived": call.arrived,
                "number": call.number,
                "ingroup": call.waits[-1].ingroup if call.waits else "",
                "skipped": "",  # no campaign of the day has transfer_no_dispo
                "calls": 1,
                "length": length(call),
            }
    return rows | {(): {"calls": len(rows), "length": sum(row["length"] for row in rows.values())}}
