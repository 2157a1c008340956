"""The records of the Asterisk servers: their connections, and what is on each of them now."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from warmline.core.world.world import World
from warmline.operations.live_records import ServerNow, iso


class ServerReach(NamedTuple):
    """The connection to a server: whether its events arrive and its state is known.

    `since` is when that began (microseconds UTC), 0 if the server was never reached. `lost`: it has been away for so
    long that its calls have ended.
    """

    connected: bool = False
    since: int = 0
    lost: bool = False


def servers(world: World, reach: Mapping[str, ServerReach]) -> list[ServerNow]:
    """Return all servers, `main` first. `world` and `reach` are those of CallControl."""
    calls = Counter(call.server for call in world.calls.values())
    legs = Counter(leg.server for leg in world.legs.values())
    found = []
    for name, here in reach.items():
        known = world.servers.get(name)
        found.append(
            ServerNow(
                name=name,
                connected=here.connected,
                since=iso(here.since) if here.since else None,
                lost=here.lost,
                draining=known is not None and known.draining,
                drain_changed=iso(known.since) if known and known.by else None,
                by=known.by if known else "",
                weight=known.weight if known else None,
                calls=calls[name],
                legs=legs[name],
            )
        )
    return found


def several(world: World, reach: Mapping[str, ServerReach]) -> list[ServerNow]:
    """Return the same if there are several servers, otherwise nothing."""
    return servers(world, reach) if len(reach) > 1 else []


def away_in_words(world: World, reach: Mapping[str, ServerReach]) -> str:
    """Return which of several servers are away; "" if none is."""
    return "; ".join(in_words(one) for one in several(world, reach) if not one.connected)


def in_words(one: ServerNow) -> str:
    """Return what is not usual about a server, such as `b is away since …`; "" if nothing is."""
    if not one.connected:
        state = "is lost" if one.lost else "is away"
        return f"server {one.name} {state} since {one.since}" if one.since else f"server {one.name} is not reached yet"
    return f"server {one.name} drains" if one.draining else ""
