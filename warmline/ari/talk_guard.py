"""Lets Asterisk look after the parties of a conversation when the script is killed: no process is needed for that.

Each party has a hangup handler in the context `warmline-talk` of dialplan/warmline-talk.conf, and variables that say
who the others are. The handler joins or releases who is left alone. While the script lives, the handler's helper
channel comes into the script first, and waits until the script has done its own part.
"""

import logging
from typing import TYPE_CHECKING

from warmline.ari.client.ari_errors import AriError
from warmline.system import program_files
from warmline.text.coded_error import CodedError

if TYPE_CHECKING:
    from warmline.ari.channel import Channel
    from warmline.ari.running_script import Ari

CONTEXT = "warmline-talk"
HELPER_ARGUMENT = "warmline-left"  # of Stasis() for the helper channel
OTHERS_VARIABLE, BEHIND_VARIABLE = "WARMLINE_TALK_WITH", "WARMLINE_TALK_BEHIND"
PARKED_VARIABLE, DIALLED_VARIABLE = "WARMLINE_TALK_PARKED", "WARMLINE_TALK_DIALLED"

log = logging.getLogger("warmline.ari.conversation")


def get_called_variables(ari: "Ari", peer_names: list[str]) -> dict[str, str]:
    """Return the variables of a party whom the script is about to call; `peer_names` are the channels of the others."""
    return {"CHANNEL(hangup_handler_push)": _get_handler(ari), OTHERS_VARIABLE: "&".join(peer_names)}


async def guard_party(ari: "Ari", channel: "Channel") -> str:
    """Give a party the hangup handler; return the name of its channel. Raises CodedError, AriError, ChannelGone."""
    await check_dialplan(ari, channel)
    described = await channel.describe()
    if not ari.has_called(channel):
        position = described.dialplan
        await channel.set_variable(BEHIND_VARIABLE, f"{position.context},{position.exten},{position.priority + 1}")
    if not channel.is_guarded:
        await channel.set_variable("CHANNEL(hangup_handler_push)", _get_handler(ari))
        channel.is_guarded = True
    return described.name


async def check_dialplan(ari: "Ari", channel: "Channel") -> None:
    """Check once that Asterisk has the context. Raises CodedError, AriError."""
    if ari.has_talk_dialplan:
        return
    if await channel.get_variable(f"DIALPLAN_EXISTS({CONTEXT},gone,1)") != "1":
        raise CodedError(
            "ari_no_talk_dialplan",
            "Asterisk has no context [{context}], which looks after the parties if the script is killed: add #include "
            '"{file}" to extensions.conf, and reload the dialplan',
            context=CONTEXT,
            file=program_files.TALK_DIALPLAN,
        )
    ari.has_talk_dialplan = True


async def end_helper(ari: "Ari", helper_id: str, gone_id: str) -> None:
    """Do the script's part for a party who has gone, then end the helper channel, whose dialplan looks once more."""
    if gone := ari.channels.get(gone_id):
        gone.ended("the party hung up")
    for talk in [talk for talk in ari.conversations if talk.has(gone_id)]:
        await talk.take_hangups()
    try:
        await ari.request("DELETE", "channels", helper_id)
    except AriError as error:
        log.debug("the helper channel %s has ended: %s", helper_id, error)


def _get_handler(ari: "Ari") -> str:
    return f"{CONTEXT},gone,1({ari.name})"
