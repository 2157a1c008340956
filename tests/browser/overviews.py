"""Invented overviews, as the feed of the supervisor view sends them."""

from collections.abc import Callable
from typing import Any

from tests.browser.screens import at

Overview = dict[str, Any]
SCOPES = ("agents:read", "agents:supervise", "agents:write", "calls:read", "calls:write", "reports:read")
REACHES = dict.fromkeys(SCOPES, "group")
ME = {
    "client": "user:ben",
    "user": "ben",
    "full_name": "Ben Ott",
    "role": "supervisor",
    "agent": "",
    "user_group": "BERLIN",
    "program": "",
    "timezone": "UTC",
    "rights": REACHES,
}
BOTH = ME | {"user": "bea", "full_name": "Bea Stone", "agent": "1000"}
WALLBOARD = ME | {"program": "wallboard", "rights": {"wallboard:read": "group"}}
PATIENCE = {"NO PHONE": (0, 60), "LOST": (0, 60), "DEAD": (10, 60), "PARK": (60, 180), "QUEUE": (15, 30)} | {
    "DISPO": (60, 300),
    "PAUSED": (900, 1800),
}
NAMES = (
    *("Anna Berg", "Cem Kaya", "Dora Lenz", "Emil Sand", "Fay Wong", "Gus Holm", "Hedy Roth", "Ivo Petrov"),
    *("Jana Novak", "Karl Voss", "Lea Brandt", "Mia Haas", "Nils Falk", "Olga Stern", "Paul Ernst", "Rosa Lind"),
)
FAMILIES = ("Adler", "Busch", "Conrad", "Dietz", "Engel", "Frank", "Graf", "Horn", "Jung", "Kern", "Lang", "Moser")
LUNCH = {"pause_code": "LUNCH", "pause_code_name": "Lunch break"}
DAY = (4, 9, 14, 22, 31, 38, 35, 29, 27, 33, 36, 30, 24, 26, 19, 11)


def agent(user: str, name: str, state: str, seconds: float, **fields: Any) -> Overview:
    """Return an agent who has been in a state for so many seconds."""
    long, late = PATIENCE.get(state, (None, None))
    return {
        "user": user,
        "full_name": name,
        "state": state,
        "since": at(seconds),
        "long": None if long is None else at(seconds - long),
        "late": None if late is None else at(seconds - late),
        "campaign": "TESTCAMP",
        "campaign_name": "Autumn care",
        "ingroups": ["SALESLINE", "SUPPORTLINE"],
        "pause_code": "",
        "pause_code_name": "",
        "call": None,
        "customer": None,
        "third": None,
        "muted": False,
        "help_since": None,
        "supervisors": [],
    } | fields


def talking(user: str, name: str, state: str, seconds: float, customer: str, **fields: Any) -> Overview:
    """Return an agent with a call."""
    return agent(user, name, state, seconds, call=f"C{user}", customer=customer, **fields)


def caller(n: int, seconds: float, ingroup: str = "SALESLINE", name: str = "Sales", **fields: Any) -> Overview:
    """Return a caller who has waited for so many seconds."""
    stamps = {"since": at(seconds), "long": at(seconds - 20), "late": at(seconds - 60)}
    number = f"155512300{70 + n}"
    where = {"ingroup": ingroup, "group_name": name, "direct": ""}
    return {"call": f"W{n}", "customer": number, **where, **stamps} | fields


def ingroup(name: str, title: str, waiting: list[float], ready: int, agents: int, counts: tuple[int, ...]) -> Overview:
    """Return an in-group with these waits in seconds; counts are offered, answered, abandoned and answered in time."""
    offered, answered, abandoned, in_time = counts
    longest = max(waiting, default=None)
    stamps = {"longest_since": None, "long": None, "late": None} if longest is None else {}
    if longest is not None:
        stamps = {"longest_since": at(longest), "long": at(longest - 20), "late": at(longest - 60)}
    return {
        "ingroup": name,
        "group_name": title,
        "waiting": len(waiting),
        **stamps,
        "agents": agents,
        "ready": ready,
        "within": 20,
        "offered": offered,
        "answered": answered,
        "abandoned": abandoned,
        "lost_share": abandoned / offered if offered else None,
        "service_level": in_time / (offered - len(waiting)) if offered else None,
    }


def call_of(one: Overview) -> Overview:
    """Return the call of an agent."""
    states = {"INCALL": "talking", "3-WAY": "three_way", "PARK": "parked", "QUEUE": "ringing_agent", "LOST": "rescue"}
    return {
        "id": one["call"],
        "agc_id": f"M{one['user']}",
        "state": states.get(one["state"], "customer_gone"),
        "since": one["since"],
        "customer": one["customer"],
        "agent": one["user"],
        "full_name": one["full_name"],
        "third": one["third"],
        "ingroup": "SALESLINE",
        "group_name": "Sales",
        "direct": "",
    }


def today(*offered: int) -> Overview:
    """Return the day: half hours from 08:00 with so many calls."""
    rows = [
        {
            "begins": f"2026-11-20T{8 + n // 2:02}:{30 * (n % 2):02}:00.000+00:00",
            "offered": count,
            "answered": count - count // 9 - count // 15,
            "abandoned": count // 9,
            "elsewhere": count // 15,
        }
        for n, count in enumerate(offered)
    ]
    sums = {name: sum(row[name] for row in rows) for name in ("offered", "answered", "abandoned", "elsewhere")}
    in_time = round(sums["answered"] * 0.91)
    totals = {**sums, "waiting": 0, "in_time": in_time, "fallback": {}}
    del totals["elsewhere"]
    totals["level"] = in_time / sums["offered"] if sums["offered"] else None
    lost = sums["abandoned"] / sums["offered"] if sums["offered"] else None
    return {"totals": totals, "lost_share": lost, "intervals": rows}


def dialler(name: str, title: str, method: str, **fields: Any) -> Overview:
    """Return a dialler that runs, in a window of 30 days."""
    window = {"kind": "PERIOD", "begins": at(864_000), "ends": at(-1_728_000), "answered": 412, "dropped": 5}
    return {
        "campaign": name,
        "campaign_name": title,
        "dial_method": method,
        "running": True,
        "since": at(3700),
        "by": "user:ben",
        "why": "",
        "until": None,
        "halted_until": None,
        "ready": 3,
        "in_flight": 5,
        "waiting": 0,
        "leads": 50,
        "free_soon": None,
        "idle": False,
        "drop_windows": [window | {"by_fault": 0, "limit": 3.0, "may_drop": 7, "above": False}],
    } | fields


STOPS = [
    {"by": "user:ben", "at": at(60), "why": "wrong list"},
    {"by": "", "at": None, "why": ""},
]


def diallers() -> Overview:
    """Return diallers in each state."""
    late = "no call was dialled in time: the disk is late"
    runs = dialler("AUTUMN", "Autumn care", "PREDICTIVE", free_soon=4.2, in_flight=9, waiting=1)
    windows = [one | {"kind": kind} for kind in ("PERIOD", "DAY") for one in runs["drop_windows"]]
    halted = dialler("WINTER", "", "PROGRESSIVE", why=late, until=at(-9), halted_until=at(-9), drop_windows=windows)
    stopped = dialler("SPRING", "Spring", "RATIO", running=False, why="stopped", leads=None)
    stopped["drop_windows"][0] |= {"dropped": 14, "may_drop": 0, "above": True}
    idle = dialler("SUMMER", "Summer", "RATIO", why="no lead is left", leads=0, idle=True)
    return {"stopped": False, "stops": [], "campaigns": [runs, idle, halted, stopped]}


def overview(agents: list[Overview], waiting: list[Overview], groups: list[Overview], **sections: Any) -> Overview:
    """Return a whole overview; other sections replace these."""
    calls = [call_of(one) for one in agents if one["call"]]
    for one in waiting:
        state = {"state": "waiting", "agent": None, "full_name": "", "third": None, "agc_id": one["call"]}
        calls.append({"id": one["call"], **{k: one[k] for k in one.keys() - {"call", "long", "late"}}, **state})
    day = {"today": today(*DAY), "server": {"connected": True, "asterisk": True}}
    none = {"stopped": False, "stops": [], "campaigns": []}
    live = {"ingroups": groups, "agents": agents, "calls": calls, "waiting": waiting, "dialling": none}
    return live | day | sections


def empty() -> Overview:
    """Return the overview before the first agent and the first call."""
    groups = [ingroup("SALESLINE", "Sales", [], 0, 0, (0, 0, 0, 0)), ingroup("SUPPORTLINE", "", [], 0, 0, (0, 0, 0, 0))]
    return overview([], [], groups, today=today())


def five() -> Overview:
    """Return a calm office: five agents, one waiting caller."""
    agents = [
        talking("1000", "Anna Berg", "INCALL", 252, "15551230001"),
        talking("1001", "Cem Kaya", "3-WAY", 71, "15551230044", third="8500"),
        agent("1002", "Dora Lenz", "READY", 12),
        agent("1003", "Emil Sand", "DISPO", 24),
        agent("1004", "Fay Wong", "PAUSED", 420, **LUNCH),
    ]
    groups = [
        ingroup("SALESLINE", "Sales", [8], 1, 5, (311, 288, 14, 262)),
        ingroup("SUPPORTLINE", "Support", [], 1, 5, (140, 133, 3, 127)),
    ]
    return overview(agents, [caller(1, 8)], groups)


def busy() -> Overview:
    """Return an office with everything that a supervisor must find: late ones, supervision, a call without an agent."""
    agents = [
        talking("1000", "Anna Berg", "INCALL", 252, "15551230001", supervisors=[{"phone": "1009", "kind": "LISTEN"}]),
        talking("1001", "Cem Kaya", "3-WAY", 71, "15551230044", third="8500"),
        agent("1002", "Dora Lenz", "READY", 12),
        agent("1003", "Emil Sand", "READY", 44),
        agent("1004", "Fay Wong", "DISPO", 335),
        agent("1005", "Gus Holm", "PAUSED", 1920, **LUNCH),
        talking("1006", "Hedy Roth", "PARK", 96, "15551230050", third="8501"),
        talking("1007", "Ivo Petrov", "QUEUE", 2, "15551230061"),
        talking("1008", "Jana Novak", "INCALL", 610, "15551230062", muted=True),
        agent("1009", "Karl Voss", "NO PHONE", 31),
        agent("1010", "Lea Brandt", "PAUSED", 305, pause_code="COFFEE", pause_code_name="Coffee"),
        agent("1011", "", "READY", 3, ingroups=["SUPPORTLINE"], campaign="WINTER", campaign_name="Winter offers"),
    ]
    groups = [
        ingroup("SALESLINE", "Sales", [74, 34, 8], 2, 11, (311, 281, 19, 244)),
        ingroup("SUPPORTLINE", "Support", [11], 3, 12, (140, 133, 3, 127)),
        ingroup("VIPLINE", "Gold customers", [], 2, 4, (22, 22, 0, 22)),
        ingroup("CLOSEDLINE", "", [], 0, 0, (0, 0, 0, 0)),
    ]
    waiting = [caller(1, 74), caller(2, 34), caller(3, 11, "SUPPORTLINE", "Support"), caller(4, 8)]
    found = overview(agents, waiting, groups)
    left = call_of(agents[0]) | {"id": "C9", "agent": None, "full_name": "", "customer": "15551230093", "third": "8500"}
    found["calls"].append(left | {"state": "left", "since": at(125)})
    return found


def many(count: int = 200) -> Overview:
    """Return an office of many agents."""
    agents = []
    for n in range(count):
        user = str(2000 + n)
        name = f"{NAMES[n % len(NAMES)].split()[0]} {FAMILIES[n // 5 % len(FAMILIES)]}"
        state = ("INCALL", "READY", "INCALL", "DISPO", "INCALL", "PAUSED", "INCALL", "3-WAY", "PARK", "INCALL")[n % 10]
        seconds = n * 37 % 400 + 5
        more = {"campaign": "WINTER", "campaign_name": "Winter offers"} if n % 3 == 0 else {}
        if state in ("INCALL", "3-WAY", "PARK"):
            more |= {"call": f"C{user}", "customer": f"1555123{n:04}"}
        agents.append(agent(user, name, state, seconds, **more))
    groups = [
        ingroup(f"LINE{n}", f"Line {n}", [5.0 * n] * (n % 3), n % 7, 20 + n, (90 + n, 80 + n, 5, 70 + n))
        for n in range(1, 13)
    ]
    waiting = [caller(n, 90 - 9 * n, "LINE1", "Line 1") for n in range(9)]
    return overview(agents, waiting, groups)


OVERVIEWS: dict[str, Callable[[], Overview]] = {
    "empty": empty,
    "five": five,
    "busy": busy,
    "many": many,
    "asterisk-away": lambda: five() | {"server": {"connected": True, "asterisk": False}},
    "dialling": lambda: busy() | {"dialling": diallers()},
    "dialling-stopped": lambda: five() | {"dialling": diallers() | {"stopped": True, "stops": STOPS}},
    "figures-unread": lambda: five() | {"today": None},
}


def message(name: str) -> Overview:
    """Return the first message of the feed in a state."""
    return {"seq": 1, "now": at(0), "whole": True, **OVERVIEWS[name]()}
