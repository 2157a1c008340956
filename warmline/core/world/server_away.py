"""The refusal of commands to a server that cannot be reached: one that waits would come too late."""

from warmline.core.rules import reasons
from warmline.core.world.world import World


def get_away_reason(world: World, server: str) -> str:
    """Return why nothing can be asked of a server now, or ""."""
    known_server = world.servers.get(server)
    return reasons.SERVER_AWAY.text(server=server) if known_server and known_server.away else ""
