"""Channels that a script makes without calling anybody: to a program that hears and speaks, and beside a party."""

import uuid
from typing import TYPE_CHECKING, Literal

from warmline.ari import outgoing_calls
from warmline.ari.channel import Channel
from warmline.ari.client.ari_errors import AriError
from warmline.ari.outcomes import Called
from warmline.ari.script_events import CALLED_ARGUMENTS

if TYPE_CHECKING:
    from warmline.ari.running_script import Ari

Heard = Literal["none", "in", "out", "both"]


async def make_external_media(
    ari: "Ari", host: str, format: str, *, encapsulation: str, transport: str, is_server: bool, data: str
) -> Channel:
    """Make a channel to a program: see `Ari.external_media`. Raises AriError, ConnectionLost."""
    channel = Channel(ari, ari.new_id(), host)
    is_audiosocket = encapsulation == "audiosocket"
    query = {
        "channelId": channel.id,
        "app": ari.name,
        "external_host": host,
        "format": format,
        "encapsulation": encapsulation,
        "transport": transport or ("tcp" if is_audiosocket else "udp"),
        "connection_type": "server" if is_server else "client",
        "data": data or (str(uuid.uuid4()) if is_audiosocket else ""),
    }
    query = {name: value for name, value in query.items() if value}
    # A program that connects to Asterisk needs a variable of the channel for that.
    result = await outgoing_calls.place(
        ari, channel, "channels", "externalMedia", query=query, is_awaited=not is_server
    )
    return _check(result, f"the program at {host}")


async def make_snoop(ari: "Ari", channel: Channel, *, spy: Heard, whisper: Heard) -> Channel:
    """Make a channel that hears a party, or is heard by one: see `Ari.snoop`. Raises ChannelGone, AriError."""
    channel.check()
    snoop = Channel(ari, ari.new_id(), channel.number)
    query = {"app": ari.name, "appArgs": ",".join(CALLED_ARGUMENTS), "spy": spy, "whisper": whisper}
    try:
        result = await outgoing_calls.place(ari, snoop, "channels", channel.id, "snoop", snoop.id, query=query)
    except AriError as error:
        raise channel.meant(error) from None
    if not result:
        await channel.check_again()
    return _check(result, f"the channel beside {channel.number or channel.id}")


def _check(result: Called, description: str) -> Channel:
    """Return the channel that is in the script. Raises AriError for one that has ended before."""
    if not result:
        reason = f"{description} is not connected: {result.why}"
        raise AriError(0, "ari_media_not_connected", "{reason}", reason=reason)
    return result.channel
