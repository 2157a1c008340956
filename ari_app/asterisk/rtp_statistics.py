"""Reads Asterisk's packet counters of a channel."""

import msgspec

from warmline.ari.client import json_errors
from warmline.ari.client.ari_client import AriClient, AriError


class PacketCounts(msgspec.Struct):
    """RTP packets received from a phone, and sent to it, since its call began."""

    rxcount: int
    txcount: int


async def packets(client: AriClient, leg: str) -> PacketCounts | None:
    """Return a leg's counters; None if Asterisk has none, as for a Local channel, or does not answer."""
    try:
        return json_errors.read(await client.request("GET", "channels", leg, "rtp_statistics"), PacketCounts)
    except AriError:
        return None
