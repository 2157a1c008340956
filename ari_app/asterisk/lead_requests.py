"""The requests that dial a lead, and the subscription to the events of its channel."""

import re

from warmline.ari.client.ari_client import AriClient
from warmline.core.messages.dialler_messages import OriginateToDialplan

ANSWERED: dict[str, str | int] = {"context": "warmline-answered", "extension": "s", "priority": 1}
HARBOUR: dict[str, str | int] = {**ANSWERED, "extension": "harbour"}
TECHNOLOGY = "PJSIP"
TRUNK = re.compile(rf"{TECHNOLOGY}/(?:[^@/]*@)?([^@/]+)(?:/.*)?")


async def originate(client: AriClient, dial: OriginateToDialplan) -> None:
    """Dial a lead. Asterisk runs the dialplan at the answer, with the app or without it. Raises AriError."""
    await hear(client, trunk_of(dial.endpoint))
    variables = {
        "WARMLINE_CALL": dial.call,
        "WARMLINE_NUMBER": dial.number,
        "WARMLINE_HARBOUR": dial.harbour.replace("|", "&"),
        "WARMLINE_OPTOUT": dial.optout,
    }
    if dial.endpoint.startswith(f"{TECHNOLOGY}/"):
        variables["PJSIP_TRANSFER_HANDLING()"] = "ari-only"
    channel: dict[str, str | int] = {
        "endpoint": dial.endpoint,
        "channelId": dial.leg,
        "callerId": dial.caller,
        "timeout": dial.timeout,
    }
    await client.request("POST", "channels", query=ANSWERED | channel, body={"variables": variables}, is_dial=True)


async def hear(client: AriClient, *trunks: str) -> None:
    """Subscribe to the channels of trunks, once in each connection: Asterisk forgets it with the connection.

    The channel of a lead that never answers is not in the app, so nothing else reports its end. Raises AriError.
    """
    if new := sorted({*trunks} - {""} - client.subscribed_trunks):
        sources = ",".join(f"endpoint:{TECHNOLOGY}/{name}" for name in new)
        path = ("applications", client.app, "subscription")
        await client.request("POST", *path, query={"eventSource": sources}, has_long_timeout=True)
        client.subscribed_trunks.update(new)


def trunk_of(endpoint: str) -> str:
    """Return the trunk of `PJSIP/4930123@trunk` or `PJSIP/trunk/sip:4930123@host`, "trunk"; "" for other endpoints."""
    found = TRUNK.fullmatch(endpoint)
    return found[1] if found else ""
