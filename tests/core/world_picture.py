"""Everything in a World, for comparisons: its tables in their order, and their indexes."""

from typing import Any

from warmline.core.world.world import World


def picture(world: World) -> dict[str, Any]:
    """Return copies of the world's contents, without obsolete timers."""
    matcher, counts, index = world.matcher, world.call_counts, world.session_index
    return {
        "records": [(type(record).__name__, record) for record in world.iterate_open_records()],
        "rules": world.rules,
        "holding": (world.held_servers, dict(world.reconciling_calls), dict(world.failures)),
        "tickets": {queue: list(tickets) for queue, tickets in matcher._tickets.items()},
        "agents": {queue: list(users) for queue, users in matcher._agents.items()},
        "places": (
            dict(matcher._queue_of),
            dict(matcher._agent_positions),
            dict(matcher._changed_queues),
            dict(matcher._races),
        ),
        "resting": list(matcher._held_back),
        "counts": [dict(counter) for counter in (counts._calls, counts._waiting_calls, counts._dialled_parties)],
        "load": dict(world.server_load._calls),
        "callbacks": dict(counts._callbacks),
        "serving": {ingroup: dict(counter) for ingroup, counter in index._agent_counts.items()},
        "phones": ({phone: list(legs) for phone, legs in index._phone_agents.items()}, list(index._numbers)),
        "bridges": {bridge: list(legs) for bridge, legs in world.bridge_members._legs.items()},
        "alarms": ({key: set(times) for key, times in world.timers._times_us.items()}, world.timers._set_count),
        "next": world.get_next_timer_us(),
    }
