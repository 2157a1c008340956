"""The figures of an attack beside those of its control, and whether the goals are met."""

from statistics import median

from tools.bench.flood.attack_block import AttackBlock
from tools.bench.flood.attack_plan import Attack
from tools.bench.tools.result import Figures, ResultRow, percentile

RATIO = 1.5
OLDEST = 1000.0  # ms of the heartbeat


def rows(attack: Attack, ours: AttackBlock, control: AttackBlock) -> list[ResultRow]:
    """Return the rows of one attack: the commands first, and its own rate last."""
    times = (
        ("command, local", ours.commands, control.commands, True),
        ("command over HTTP", ours.probes.http, control.probes.http, True),
        ("caller → agent", ours.connects, control.connects, True),
        ("new connection", ours.probes.newcomers, control.probes.newcomers, False),
        ("first login", ours.probes.logins, control.probes.logins, False),
    )
    found = [
        _times(f"{attack.name}: {what}", mine, theirs, judged=judged) for what, mine, theirs, judged in times if mine
    ]
    counts = (
        ("callers at the fallback", ours.fallbacks, control.fallbacks),
        ("callers without an agent", ours.made - len(ours.connects), control.made - len(control.connects)),
        ("lines of the guard", len(ours.guard), len(control.guard)),
    )
    found += [_none(f"{attack.name}: {what}", mine, theirs) for what, mine, theirs in counts]
    beat, theirs = ours.probes.beat, control.probes.beat
    goal = f"{OLDEST:g} or less"
    found.append(
        ResultRow(f"{attack.name}: heartbeat", "ms", {"largest": beat}, {"largest": theirs}, goal, beat <= OLDEST)
    )
    found.append(ResultRow(f"{attack.name}: memory", "MB", {"count": ours.memory}, {"count": control.memory}))
    found.append(_rate(attack, ours, control))
    return found


def _times(what: str, mine: list[float], theirs: list[float], *, judged: bool) -> ResultRow:
    ours, control = _spread(mine), _spread(theirs)
    met = ours["p99"] <= RATIO * control["p99"]
    return ResultRow(what, "ms", ours, control, f"{RATIO:g} or less" if judged else "", met if judged else None)


def _spread(times: list[float]) -> Figures:
    """Return the 99th percentile, the median, the largest and the number."""
    if not times:
        return {"p99": 0.0, "median": 0.0, "largest": 0.0, "n": 0}
    return {"p99": percentile(times, 0.99), "median": median(times), "largest": max(times), "n": len(times)}


def _none(what: str, mine: int, theirs: int) -> ResultRow:
    return ResultRow(what, "", {"count": float(mine)}, {"count": float(theirs)}, "0", mine == 0)


def _rate(attack: Attack, ours: AttackBlock, control: AttackBlock) -> ResultRow:
    """Return the attack's rate; that of the report is the goal."""
    (mine, unit), (theirs, _) = rate(ours), rate(control)
    goal = f"the report's {attack.least:g} or more"
    what = f"{attack.name}: {attack.what}"
    return ResultRow(what, unit, {"count": mine}, {"count": theirs}, goal, mine >= attack.least)


def rate(one: AttackBlock) -> tuple[float, str]:
    """Return requests a second, or the connections that were opened if the attack holds them."""
    if one.sent["rate"]:
        return one.sent["requests"] / one.sent["seconds"], "requests/s"
    return float(one.sent["opened"]), "connections"
