"""The requests that return a call to the dialplan, at its fallback. The guard sends them too."""

from collections.abc import Mapping
from types import MappingProxyType

from warmline.ari.client.ari_client import AriClient

FALLBACK: dict[str, str | int] = {"context": "warmline-fallback-app", "extension": "s", "priority": 1}


async def to_fallback(
    client: AriClient, leg: str, reason: str, place: Mapping[str, str | int] = MappingProxyType(FALLBACK)
) -> None:
    """Return a call to the dialplan, at the fallback or at another `place`. Raises AriError."""
    await client.request("POST", "channels", leg, "variable", query={"variable": "WARMLINE_REASON", "value": reason})
    await client.request("POST", "channels", leg, "continue", query=place)
