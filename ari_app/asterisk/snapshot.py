"""Reads a snapshot of Asterisk: its current channels, bridges and recordings."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from ari_app.asterisk.ari_schemas import AriBridge, AriChannel, AriRecording, AriVariable
from ari_app.asterisk.event_decoding import ANSWERED, MESSAGE_AT, hears_harbour
from ari_app.asterisk.hold_state import holds
from warmline.ari.client import json_errors
from warmline.ari.client.ari_client import AriClient, AriError
from warmline.core.messages.values.server_action import MAIN_SERVER


@dataclass(frozen=True, slots=True)
class AsteriskSnapshot:
    """The state of `server`, requested at `at` (microseconds UTC).

    - `bridges`: ids of the bridges that no other application created
    - `places`: the bridge of each channel that is in one
    - `recordings`: names of the recordings in progress
    - `held`: of the legs that were queried, those whose phone holds the line
    """

    app: str
    at: int
    channels: Mapping[str, AriChannel]
    bridges: frozenset[str]
    places: Mapping[str, str]
    recordings: frozenset[str]
    held: frozenset[str] = frozenset()
    server: str = MAIN_SERVER

    def args_of(self, leg: str) -> tuple[str, ...] | None:
        """Return the Stasis arguments of a channel in Warmline's application, or None for any other channel."""
        channel = self.channels.get(leg)
        if channel is None or channel.dialplan.app_name != "Stasis":
            return None
        app, *args = channel.dialplan.app_data.split(",")
        return tuple(args) if app == self.app else None


async def read(
    client: AriClient, recordings: Iterable[str], at: int, held: Iterable[str] = (), *, for_client: bool = False
) -> AsteriskSnapshot:
    """Read a snapshot. Asterisk lists neither recordings nor held legs: each name is queried.

    `for_client`: a client of the APIs waits for it, so it takes no slot of the calls. Raises AriError.
    """
    ask = partial(client.request, "GET", has_long_timeout=not for_client, for_client=for_client)
    channels = json_errors.read(await ask("channels"), list[AriChannel])
    await asyncio.gather(*(_read_times(client, one) for one in channels if hears_harbour(one)))
    bridges = json_errors.read(await ask("bridges"), list[AriBridge])
    names = tuple(recordings)
    live = await asyncio.gather(*(_is_live(client, name) for name in names))
    legs = tuple(held)
    holding = await asyncio.gather(*(holds(client, leg) for leg in legs))
    return AsteriskSnapshot(
        client.app,
        at,
        {channel.id: channel for channel in channels},
        frozenset(bridge.id for bridge in bridges if bridge.name in (client.app, bridge.id, "")),
        {channel: bridge.id for bridge in bridges for channel in bridge.channels},
        frozenset(name for name, lives in zip(names, live, strict=True) if lives),
        frozenset(leg for leg, on in zip(legs, holding, strict=True) if on),
        client.server,
    )


async def _read_times(client: AriClient, lead: AriChannel) -> None:
    """Read when the dialplan got a lead, and when it began the message. The list of channels does not have them."""
    for name in (ANSWERED, MESSAGE_AT):
        try:
            answer = await client.request("GET", "channels", lead.id, "variable", query={"variable": name})
        except AriError as error:
            if error.status not in (404, 409):  # it has no time yet, or has ended
                raise
        else:
            lead.channelvars[name] = json_errors.read(answer, AriVariable).value


async def _is_live(client: AriClient, name: str) -> bool:
    try:
        answer = await client.request("GET", "recordings", "live", name, has_long_timeout=True)
    except AriError as error:
        if error.status == 404:
            return False
        raise
    return json_errors.read(answer, AriRecording).state in ("queued", "recording", "paused")
