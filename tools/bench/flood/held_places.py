"""W3 and W8: connections and event streams that are opened and held."""

from tools.bench.flood.attack_plan import Attack, AttackPlan, get, read_as

HEALTH = get("/healthz")
THREE = ("127.0.1.1", "127.0.1.2", "127.0.1.3")


def streams(token: str) -> AttackPlan:
    """Return 104 readers of all events from the beginning, with one token."""
    return AttackPlan(104, 0, (read_as(token, "/events?after=0"),))


ATTACKS = (
    Attack("W3", "500 held connections of three addresses", 500, lambda _: AttackPlan(500, 0, (HEALTH,), THREE)),
    Attack("W8", "104 event streams of one token", 104, streams),
)
