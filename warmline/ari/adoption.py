"""A script gives a talk of two of its channels to the centre, as the call of an agent."""

import asyncio
from typing import TYPE_CHECKING

from warmline.ari.ari_exceptions import Refused, build_no_centre_error
from warmline.ari.channel import Channel
from warmline.text.coded_error import CodedError

if TYPE_CHECKING:
    from warmline.ari.running_script import Ari
    from warmline.centre import Call, Centre

UNSURE_CODE = "command_not_done_yet"  # the app goes on with the command
UNSURE_SECONDS = 3.0  # after an answer that was lost or late, the app has moved the channels by then, or never does


async def adopt(ari: "Ari", customer: Channel, agent_channel: Channel, agent: str, centre: "Centre | None") -> "Call":
    """Give the talk away: see `Ari.adopt`.

    Asterisk reports the two channels one after the other. Both count as gone with the first report, so that nothing in
    the script hangs up the other one for it.
    """
    customer.check()
    agent_channel.check()
    opened_centre = centre or find_centre(ari)
    for party, counterpart in ((customer, agent_channel), (agent_channel, customer)):
        party.leaving_reason, party.leaves_with = f"adopted as a call of agent {agent}", counterpart
    try:
        call = await opened_centre.adopt(agent_channel.id, agent, app=ari.name)
    except CodedError as error:
        if type(error).__name__ != "AppRefused" or error.code == UNSURE_CODE:
            await asyncio.sleep(UNSURE_SECONDS)
        await _take_back(ari, customer, agent_channel)
        raise Refused(error.code, "{reason}", reason=error) from None
    await asyncio.gather(customer.left(), agent_channel.left())
    return call


def find_centre(ari: "Ari") -> "Centre":
    """Return the centre of this machine. Raises CodedError if there is none."""
    if not ari.settings.db:
        raise build_no_centre_error("agents")
    from warmline.centre import Centre

    return Centre(ari.settings)


async def _take_back(ari: "Ari", *parties: Channel) -> None:
    """Let parties who have not moved be those of the script again; end one whose talk has ended meanwhile."""
    for party in parties:
        party.leaves_with = None
        party.leaving_reason = "" if not party.gone else party.leaving_reason
    if gone_ids := [party.id for party in parties if party.gone]:
        channels = await ari.all_channels()
        for channel_id in gone_ids:
            resource, owner = channels.get(channel_id, (None, ""))
            if resource and owner == ari.name:
                await Channel(ari, channel_id).let_go()
