"""Finds the conversation of a channel or a phone in Asterisk: the two channels of one bridge, outside Warmline."""

import re
from collections.abc import Mapping

from ari_app.asterisk import snapshot
from ari_app.asterisk.ari_schemas import AriChannel
from ari_app.asterisk.snapshot import AsteriskSnapshot
from warmline.ari.client.ari_client import AriClient
from warmline.core.messages.values.outside_talk import OutsideLeg, OutsideTalk
from warmline.core.rules import reasons

PHONE = re.compile(r"PJSIP/(.+)-[0-9a-f]{8}")  # the endpoint in a channel's name
STASIS = "Stasis"


async def find(client: AriClient, wanted: str) -> OutsideTalk | str:
    """Return the conversation of a channel (by name or id) or a phone, or why there is none to adopt. Raises AriError.

    Nothing is changed in Asterisk.
    """
    return in_snapshot(await snapshot.read(client, (), 0), wanted)


def in_snapshot(picture: AsteriskSnapshot, wanted: str) -> OutsideTalk | str:
    """Return the conversation of a channel or a phone in a snapshot, or why there is none to adopt."""
    rooms: dict[str, tuple[str, ...]] = {}
    for channel, bridge in picture.places.items():
        rooms[bridge] = (*rooms.get(bridge, ()), channel)
    members = {channel: rooms[bridge] for channel, bridge in picture.places.items()}
    return conversation(picture.channels, members, wanted, picture.app, picture.server)


def conversation(
    channels: Mapping[str, AriChannel],
    members: Mapping[str, tuple[str, ...]],
    wanted: str,
    app: str,
    server: str,
) -> OutsideTalk | str:
    """Return the conversation of `wanted`, or a reason. `members` are the channels in the bridge of each channel."""
    named = _named(channels, members, wanted)
    if isinstance(named, str):
        return named
    if why := _in_warmline(named, app):
        return why
    others = [channels[one] for one in members.get(named.id, ()) if one != named.id and one in channels]
    if not others:
        return reasons.CONVERSATION_ALONE.text(channel=named.name)
    if len(others) > 1:
        return reasons.CONVERSATION_OF_SEVERAL.text(channel=named.name, number=len(others) + 1)
    [other] = others
    if why := _in_warmline(other, app):
        return why
    owner = _owner(named)
    if owner != _owner(other):
        of_app = named if owner else other
        return reasons.CHANNEL_IN_STASIS.text(channel=of_app.name, app=_owner(of_app))
    caller = min(named, other, key=lambda channel: channel.creationtime)
    return OutsideTalk(
        named=_leg(named), other=_leg(other), caller=caller.id, dialled=caller.dialplan.exten, server=server, app=owner
    )


def _named(channels: Mapping[str, AriChannel], members: Mapping[str, tuple[str, ...]], wanted: str) -> AriChannel | str:
    """Return the channel with this id or name, or the only one of this phone that talks; otherwise a reason."""
    if found := [channel for channel in channels.values() if wanted in (channel.id, channel.name)]:
        return found[0]
    of_phone = [channel for channel in channels.values() if _phone(channel) == wanted and channel.id in members]
    if not of_phone:
        return reasons.CHANNEL_UNKNOWN.text(channel=wanted)
    if len(of_phone) > 1:
        names = ", ".join(channel.name for channel in of_phone)
        return reasons.PHONE_SEVERAL_CALLS.text(phone=wanted, channels=names)
    return of_phone[0]


def _in_warmline(channel: AriChannel, app: str) -> str:
    return reasons.CHANNEL_IN_WARMLINE.text(channel=channel.name) if _owner(channel) == app else ""


def _owner(channel: AriChannel) -> str:
    """Return the ARI application that has a channel, or ""."""
    return channel.dialplan.app_data.partition(",")[0] if channel.dialplan.app_name == STASIS else ""


def _leg(channel: AriChannel) -> OutsideLeg:
    return OutsideLeg(
        id=channel.id,
        name=channel.name,
        phone=_phone(channel),
        number=channel.caller.number,
        up=channel.state == "Up",
    )


def _phone(channel: AriChannel) -> str:
    found = PHONE.fullmatch(channel.name)
    return found[1] if found else ""
