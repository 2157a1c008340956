"""What Asterisk counts of a channel's packets."""

import msgspec

from ari_app.asterisk import json_errors
from ari_app.asterisk.ari_client import AriClient, AriError


class PacketCounts(msgspec.Struct):
    """How many have come of a phone, and how many were sent to it, since its call began."""

    rxcount: int
    txcount: int


async def packets(client: AriClient, leg: str) -> PacketCounts | None:
    """What is counted of a leg; None where nobody counts, as of a Local channel, or no answer comes."""
    try:
        return json_errors.read(await client.request("GET", "channels", leg, "rtp_statistics"), PacketCounts)
    except AriError:
        return None
