"""Takes hold of a channel that the script has not made and that no dialplan has sent to it."""

from typing import TYPE_CHECKING

from warmline.ari.channel import Channel
from warmline.ari.client.ari_errors import AriError

if TYPE_CHECKING:
    from warmline.ari.running_script import Ari


async def take_hold(ari: "Ari", id_or_name: str) -> Channel:
    """Return any channel of Asterisk: see `Ari.channel`. Raises AriError."""
    if existing_channel := ari.channels.get(id_or_name):
        return existing_channel
    resources = await ari.all_channels()
    channel_id = next((found_id for found_id, (resource, _) in resources.items() if resource.name == id_or_name), "")
    channel_id = id_or_name if id_or_name in resources else channel_id
    if not channel_id:
        raise AriError(404, "ari_channel_unknown", "Asterisk has no channel {name}", name=id_or_name)
    if existing_channel := ari.channels.get(channel_id):
        return existing_channel
    resource, owner = resources[channel_id]
    channel = Channel(ari, channel_id, resource.caller.number, resource.caller.name)
    channel.is_foreign = owner != ari.name
    ari.channels[channel_id] = channel
    try:  # to its events: keys, and its end
        subscription = {"eventSource": f"channel:{channel_id}"}
        await ari.request("POST", "applications", ari.name, "subscription", query=subscription)
    except AriError as error:
        channel.ended(str(error))
        raise
    return channel
