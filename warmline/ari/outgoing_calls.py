"""Calls of a script, and other channels that it makes: each is awaited until Asterisk says what came of it."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from warmline.ari import endpoint_gate
from warmline.ari.ari_exceptions import ChannelGone, Refused, build_no_centre_error
from warmline.ari.channel import Channel
from warmline.ari.client.ari_errors import AriError
from warmline.ari.endpoint_gate import DialTarget
from warmline.ari.outcomes import Called, DialOutcome
from warmline.ari.script_events import CALLED_ARGUMENTS
from warmline.system.settings import Settings
from warmline.text.coded_error import CodedError

if TYPE_CHECKING:
    from warmline.ari.running_script import Ari

parties_of_call: ContextVar[set[Channel] | None] = ContextVar("parties_of_call", default=None)
"""The channels that the handler of a call has made, in its task and those that it begins: see call_server.py."""


async def call(
    ari: "Ari",
    number: str,
    campaign: str,
    *,
    seconds: int,
    caller_id: str,
    variables: Mapping[str, str],
    waiting: Channel | None,
    detect_machine: bool,
) -> Called:
    """Call a number or a phone: see `Ari.call`."""
    if not isinstance(number, str):
        raise TypeError(f"the number {number} is an {type(number).__name__}; give a text such as {str(number)!r}")
    if seconds < 0:
        raise ValueError(f"seconds is {seconds}; it must be 0 or more")
    if waiting:
        waiting.check()
        waiting.has_answer = False
    try:
        target = await find_target(ari, number, campaign, automatic=waiting is None)
    except Refused as refusal:
        return Called(DialOutcome.REFUSED, str(refusal))
    query: dict[str, str | int] = {
        "endpoint": target.endpoint,
        "app": ari.name,
        "appArgs": ",".join(CALLED_ARGUMENTS),
        "timeout": seconds or target.seconds,
        "callerId": caller_id or target.caller_id,
    }
    channel = Channel(ari, ari.new_id(), number)
    began = asyncio.get_running_loop().time()
    try:
        result = await place(
            ari, channel, "channels", channel.id, query=query, body={"variables": dict(variables)}, waiting=waiting
        )
    except AriError as error:
        if not error.status:
            raise
        return Called(DialOutcome.REFUSED, str(error))
    if waiting and result:
        waiting.has_answer = True
    result = replace(result, seconds=asyncio.get_running_loop().time() - began)
    if result and detect_machine:
        return replace(result, machine=await _detect_machine(ari, channel, waiting))
    return result


async def _detect_machine(ari: "Ari", channel: Channel, waiting: Channel | None) -> bool | None:
    """Return whether a machine has answered; None if the party has hung up. Raises as `call`, and ends the call."""
    detection_task = asyncio.create_task(channel.detect_machine())
    try:
        await (waiting.unless_gone(detection_task) if waiting else detection_task)
        return detection_task.result()
    except BaseException as error:
        if isinstance(error, ChannelGone) and channel.gone:
            return None
        ari.begin(channel.let_go())
        raise
    finally:
        detection_task.cancel()


async def place(
    ari: "Ari",
    channel: Channel,
    *path: str,
    query: Mapping[str, str | int],
    body: Mapping[str, Any] | None = None,
    waiting: Channel | None = None,
    is_awaited: bool = True,
) -> Called:
    """Make a channel by this request, and wait until it is in the script, or until it is clear that it will not be.

    One that is not awaited is in the script later. If nobody waits any more, it is withdrawn. Raises AriError,
    ChannelGone (of the party `waiting`), ConnectionLost.
    """
    channel.is_placed = False
    ari.channels[channel.id] = channel
    if (parties := parties_of_call.get()) is not None:
        parties.add(channel)
    answer = ari.script_events.expect_answer(channel)
    dial_task = ari.begin(ari.request("POST", *path, query=query, body=body))
    try:
        await asyncio.shield(dial_task)
        channel.is_placed = True
        if not is_awaited:
            return Called(DialOutcome.ANSWERED, answered_by=channel)
        await (waiting.unless_gone(answer) if waiting else ari.wait(answer))
        return answer.result()
    except AriError as error:
        if error.status:
            channel.ended(str(error))
        else:
            ari.is_unsure = True
            ari.begin(_withdraw(ari, dial_task, channel, waiting))
        raise
    except BaseException:
        ari.begin(_withdraw(ari, dial_task, channel, waiting))
        raise
    finally:
        ari.script_events.forget(channel.id)


async def find_target(ari: "Ari", number: str, campaign: str, *, automatic: bool) -> DialTarget:
    """Return where a number or a phone is called. Raises Refused with the reason, CodedError, ValueError."""
    return await asyncio.to_thread(_find_target, ari.settings, number, campaign, automatic=automatic)


def _find_target(settings: Settings, number: str, campaign: str, *, automatic: bool) -> DialTarget:
    if endpoint_gate.is_endpoint(number):
        return endpoint_gate.check_endpoint(settings, number, campaign, automatic=automatic)
    if not settings.db:
        raise build_no_centre_error("the dial rules for numbers")
    try:
        # It reads the centre's database, with half of all modules: a script that serves callers does without them.
        from warmline.ari import number_gate
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("warmline."):
            raise
        raise CodedError(
            "ari_no_dial_rules",
            "the number {number} is not called: warmline-scripts has no dial rules; call a phone such as PJSIP/1000, "
            "or install warmline, which has them",
            number=number,
        ) from error
    return number_gate.check_number(settings, number, campaign, automatic=automatic)


async def _withdraw(
    ari: "Ari", dial_task: "asyncio.Task[Any]", channel: Channel, waiting_caller: Channel | None
) -> None:
    """Hang up a party for whom the script does not wait any more, perhaps because another has answered."""
    is_answered_elsewhere = waiting_caller is not None and waiting_caller.has_answer and not waiting_caller.gone
    await asyncio.wait((dial_task,))
    with suppress(AriError):
        query = {"reason": "answered_elsewhere"} if is_answered_elsewhere else None
        await ari.request("DELETE", "channels", channel.id, query=query)
    channel.ended("the script withdrew the call")


async def talk(ari: "Ari", first_party: Channel, second_party: Channel) -> None:
    """Let two parties talk until one of them hangs up: see `Ari.talk`."""
    try:
        bridge = await ari.bridge(first_party, second_party)
    except (AriError, ChannelGone) as error:
        remaining_parties = [
            party for party in (first_party, second_party) if isinstance(error, ChannelGone) or ari.has_called(party)
        ]
        await asyncio.gather(*(_end_party(ari, party) for party in remaining_parties), return_exceptions=True)
        raise
    hangup_tasks = [asyncio.ensure_future(party.until_hangup()) for party in (first_party, second_party)]
    try:
        ended_tasks, _ = await asyncio.wait(hangup_tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in hangup_tasks:
            task.cancel()
        await asyncio.gather(*hangup_tasks, return_exceptions=True)
    ended_tasks.pop().result()  # else the connection has ended, and the two go on talking
    await asyncio.gather(_end_party(ari, first_party), _end_party(ari, second_party), bridge.close())


async def _end_party(ari: "Ari", party: Channel) -> None:
    """Hang up a party; one whom the script called, surely."""
    await (party.let_go() if ari.has_called(party) else party.hang_up())
