"""The server of a new call: the one with the fewest open calls for its weight.

A call that has begun stays on its server. So nothing is recorded here until its first leg is.
"""

from collections.abc import Collection

from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.server import MediaServer
from warmline.core.world.world import World


def choose_server(world: World, unreachable_servers: Collection[str] = ()) -> str:
    """Return the server for a new call, or "" if none takes calls. It costs the same with any number of calls.

    A server takes calls if it is reached, does not drain and has a weight above 0. Of servers with as many calls for
    their weight, the first one by name is returned. `unreachable_servers` are servers that the caller cannot reach,
    whatever the world knows of them. A server that takes no calls still serves a call that arrives there.
    """
    if not world.servers:
        return "" if MAIN_SERVER in world.held_servers or MAIN_SERVER in unreachable_servers else MAIN_SERVER
    best_name, least_load = "", 0.0
    for server in world.servers.values():
        if can_take_calls(world, server) and server.id not in unreachable_servers:
            load = world.server_load.count_calls(server.id) / server.weight
            if not best_name or (load, server.id) < (least_load, best_name):
                best_name, least_load = server.id, load
    return best_name


def can_take_calls(world: World, server: MediaServer) -> bool:
    """Return whether a server gets new calls."""
    is_reached = not server.away and server.id not in world.held_servers
    return is_reached and not server.draining and server.weight > 0


def can_place_call(world: World) -> bool:
    """Return whether a new call has a server."""
    if not world.servers:
        return MAIN_SERVER not in world.held_servers
    return any(can_take_calls(world, server) for server in world.servers.values())
