"""Reads whether a phone holds its line, as Asterisk reports it for a PJSIP channel."""

from ari_app.asterisk.ari_schemas import AriVariable
from warmline.ari.client import json_errors
from warmline.ari.client.ari_client import AriClient, AriError

HOLDS = "CHANNEL(rtp,hold)"


async def holds(client: AriClient, leg: str) -> bool:
    """Return whether a phone holds its line.

    Return False if Asterisk cannot know, as for a Local channel, or does not answer. The agent then still gets calls.
    """
    try:
        answer = await client.request("GET", "channels", leg, "variable", query={"variable": HOLDS})
        return json_errors.read(answer, AriVariable).value == "1"
    except AriError:
        return False
