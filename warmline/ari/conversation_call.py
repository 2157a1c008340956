"""Calls a party into the bridge of a conversation: it is in the bridge while its phone rings.

So the others hear Asterisk's own ring tone or early sound, and the answer joins them without the script.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from warmline.ari import events, outgoing_calls, talk_guard
from warmline.ari.ari_exceptions import ChannelGone, Refused
from warmline.ari.channel import Channel
from warmline.ari.client.ari_errors import AriError
from warmline.ari.outcomes import Called, DialOutcome
from warmline.ari.script_events import CALLED_ARGUMENTS

if TYPE_CHECKING:
    from warmline.ari.running_script import Ari


async def call_into(
    ari: "Ari",
    channel: Channel,
    campaign: str,
    *,
    seconds: int,
    caller_id: str,
    variables: Mapping[str, str],
    enter: Callable[[], Awaitable[None]],
) -> Called:
    """Call the channel's number or phone, and return what came of it. `enter` lets it into the bridge before it rings.

    Raises ValueError, AriError, ConnectionLost, and what `enter` raises; then the call is withdrawn.
    """
    if seconds < 1:
        raise ValueError(f"seconds is {seconds}; it must be 1 or more")
    try:
        target = await outgoing_calls.find_target(ari, channel.number, campaign, automatic=False)
    except Refused as refusal:
        return Called(DialOutcome.REFUSED, str(refusal))
    query: dict[str, str | int] = {
        "endpoint": target.endpoint,
        "app": ari.name,
        "appArgs": ",".join(CALLED_ARGUMENTS),
        "channelId": channel.id,
    }
    number = caller_id or target.caller_id
    body = {"variables": {**variables, **({"CONNECTEDLINE(num,i)": number} if number else {})}}
    ari.receive(events.ChannelStateChange)
    try:
        creation = await outgoing_calls.place(ari, channel, "channels", "create", query=query, body=body)
        if not creation:
            return creation
        return await _ring(ari, channel, seconds, enter)
    except AriError as error:
        if not error.status:
            raise
        return Called(DialOutcome.REFUSED, str(error))


async def _ring(ari: "Ari", channel: Channel, seconds: int, enter: Callable[[], Awaitable[None]]) -> Called:
    channel.rings_in_script = True
    answer = ari.script_events.expect_answer(channel)
    try:
        await enter()
        began = asyncio.get_running_loop().time()
        await ari.request("POST", "channels", channel.id, "dial", query={"timeout": seconds})
        with suppress(AriError, ChannelGone):  # one who is refused immediately
            await channel.set_variable(talk_guard.DIALLED_VARIABLE, "yes")
        await ari.wait(answer)
        return replace(answer.result(), seconds=asyncio.get_running_loop().time() - began)
    finally:
        ari.script_events.forget(channel.id)
        if not (answer.done() and answer.result()):
            await ari.finish(channel.hang_up())
