"""Moments of a call at which a fault may come: a caller rings an agent, three talk, an agent leaves, and others."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from lab.sip import SipCall
from tests.servers.servers_stage import ServersStage, ThreeWay

VOICES = 1  # of the call


class Moment(NamedTuple):
    """A call on a server at some moment: its customer, all calls of its parties, and its agent."""

    customer: SipCall
    parties: tuple[SipCall, ...]
    user: str


Begin = Callable[[ServersStage, str], Awaitable[Moment]]


async def ringing(here: ServersStage, server: str) -> Moment:
    here.auto_answer = False
    customer = await here.comes(server, VOICES)
    user, agent = await here.rung_for(customer)
    here.auto_answer = True
    return Moment(customer, (customer, agent), user)


async def talking(here: ServersStage, server: str) -> Moment:
    user, customer, agent = await here.talking(server, VOICES)
    return Moment(customer, (customer, agent), user)


async def dialling(here: ServersStage, server: str) -> Moment:
    user, customer, agent = await here.talking(server, VOICES)
    third = await here.dial_third(user, VOICES, rings=True)
    return Moment(customer, (customer, agent, third), user)


async def three_way(here: ServersStage, server: str) -> Moment:
    return in_room(await here.three_way(server, VOICES))


async def customer_parked(here: ServersStage, server: str) -> Moment:
    room = await here.three_way(server, VOICES)
    await here.command(room.user, "PARK_CUSTOMER", "park_call")
    return in_room(room)


async def third_parked(here: ServersStage, server: str) -> Moment:
    room = await here.three_way(server, VOICES)
    await here.command(room.user, "PARK_XFER", "park_call")
    return in_room(room)


async def leaving(here: ServersStage, server: str) -> Moment:
    room = await here.three_way(server, VOICES)
    asyncio.create_task(here.ask(room.user, "transfer_conference", "LEAVE_3WAY_CALL")).add_done_callback(lambda _: None)
    await asyncio.sleep(0.002)  # the request is under way
    return in_room(room)


async def handed_off(here: ServersStage, server: str) -> Moment:
    room = await here.three_way(server, VOICES)
    await here.command(room.user, "LEAVE_3WAY_CALL")
    return in_room(room)


async def in_wrap_up(here: ServersStage, server: str) -> Moment:
    user, customer, agent = await here.talking(server, VOICES)
    await customer.hang_up()
    await here.agent_is(user, "DISPO")
    return Moment(customer, (customer, agent), user)


def in_room(room: ThreeWay) -> Moment:
    """Return the moment of a call in which three talk."""
    return Moment(room.customer, (room.customer, room.agent, room.third), room.user)


MOMENTS: tuple[Begin, ...] = (
    ringing, talking, dialling, three_way, customer_parked, third_parked, leaving, handed_off, in_wrap_up,
)  # fmt: skip
