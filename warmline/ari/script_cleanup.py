"""Ends the channels and bridges of an ARI script that has ended, also of one that was killed.

Two parties whom it joined go on talking, and a call that it handed over belongs to it no more.
"""

import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import TypeVar

from warmline.ari import made_channels
from warmline.ari.client import json_errors
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_errors import AriError
from warmline.ari.resources import Bridge, Channel
from warmline.ari.script_name import APPLICATION_PREFIX

log = logging.getLogger("warmline.ari.script_cleanup")

MIN_TALKING_PARTIES = 2
MEDIA_PREFIXES = (
    "UnicastRTP/",
    "AudioSocket/",
    "WebSocket/",
    "Snoop/",
)  # of channels without a person
T = TypeVar("T")


async def read_channels(client: AriClient) -> dict[str, tuple[Channel, str]]:
    """Return every channel of Asterisk, with the application of the script that has it, or "". Raises AriError."""
    return {
        channel.id: (channel, _find_owner(channel))
        for channel in await _read_resources(client, "channels", list[Channel])
    }


async def read_bridges(client: AriClient) -> list[Bridge]:
    """Return every bridge of Asterisk. Raises AriError."""
    return await _read_resources(client, "bridges", list[Bridge])


async def find_ids_of_script(client: AriClient, script: str) -> set[str]:
    """Return the channels and bridges that belong to a script's application. Raises AriError."""
    bridges = {bridge.id for bridge in await read_bridges(client) if bridge.name == script}
    return bridges | {channel_id for channel_id, (_, owner) in (await read_channels(client)).items() if owner == script}


async def end_scripts(
    client: AriClient,
    scripts: Collection[str],
    only_ids: Collection[str] | None = None,
    find_dead: Callable[[], Awaitable[Collection[str]]] | None = None,
) -> set[str]:
    """End what belongs to these scripts' applications; return those of which nothing is left. Raises AriError.

    With `only_ids`, other channels and bridges belong to a new script of the same name. `find_dead` returns, after
    Asterisk was read, which scripts are still dead.
    """
    bridges = await read_bridges(client)
    channels = await read_channels(client)
    if find_dead:
        scripts = set(scripts) & set(await find_dead())
    parties_by_bridge = {bridge.id: _list_parties(bridge, channels) for bridge in bridges}
    talking_ids = {
        channel_id
        for party_ids in parties_by_bridge.values()
        if len(party_ids) >= MIN_TALKING_PARTIES
        for channel_id in party_ids
    }
    owners_by_id = {
        channel_id: owner
        for channel_id, (_, owner) in channels.items()
        if owner in scripts and (only_ids is None or channel_id in only_ids)
    }
    for channel, owner in owners_by_id.items():
        if channel not in talking_ids:
            log.info("channel %s of the script %s is ended", channel, owner)
            await _release_channel(client, channel, originated=made_channels.is_id_of(owner, channel))
    script_bridges = [
        bridge for bridge in bridges if bridge.name in scripts and (only_ids is None or bridge.id in only_ids)
    ]
    for bridge in script_bridges:
        if len(parties_by_bridge[bridge.id]) < MIN_TALKING_PARTIES:
            await _request(client, "DELETE", "bridges", bridge.id)
    return set(scripts) - set(owners_by_id.values()) - {bridge.name for bridge in script_bridges}


def _list_parties(bridge: Bridge, channels: Mapping[str, tuple[Channel, str]]) -> list[str]:
    """Return the channels in a bridge at whose other end a person is: one who is left with a bot talks with nobody."""
    return [
        channel_id
        for channel_id in bridge.channels
        if channel_id in channels and not channels[channel_id][0].name.startswith(MEDIA_PREFIXES)
    ]


async def _read_resources(client: AriClient, collection: str, resource_type: type[T]) -> T:
    return json_errors.read(await client.request("GET", collection, has_long_timeout=True), resource_type)


async def _release_channel(client: AriClient, channel: str, *, originated: bool) -> None:
    """Hang up a party whom the script called; a caller goes on in the dialplan behind Stasis()."""
    if originated:
        await _request(client, "DELETE", "channels", channel)
    else:
        await _request(client, "POST", "channels", channel, "continue")


async def _request(client: AriClient, method: str, *path: str) -> None:
    try:
        await client.request(method, *path)
    except AriError as error:
        if error.status not in (404, 409, 412):  # it has ended by itself
            log.warning("%s %s: %s", method, "/".join(path), error)


def _find_owner(channel: Channel) -> str:
    """Return the application of the script that has this channel, or ""."""
    if channel.dialplan.app_name == "Stasis":
        application = channel.dialplan.app_data.partition(",")[0]
        return application if application.startswith(APPLICATION_PREFIX) else ""
    is_ringing = channel.id.startswith(APPLICATION_PREFIX) and channel.state != "Up"  # it still rings
    return channel.id.rpartition("-")[0] if is_ringing else ""
