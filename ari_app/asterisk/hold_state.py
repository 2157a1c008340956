"""Whether a phone has its line on hold, as Asterisk tells for a PJSIP channel."""

import msgspec

from ari_app.asterisk import json_errors
from ari_app.asterisk.ari_client import AriClient, AriError

HOLDS = "CHANNEL(rtp,hold)"


class _Variable(msgspec.Struct):
    value: str


async def holds(client: AriClient, leg: str) -> bool:
    """Ask it. False where nobody can tell, as of a Local channel, or no answer comes: no agent is kept from a call."""
    try:
        answer = await client.request("GET", "channels", leg, "variable", query={"variable": HOLDS})
        return json_errors.read(answer, _Variable).value == "1"
    except AriError:
        return False
