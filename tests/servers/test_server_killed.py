"""The Asterisk of `b` is killed or freezes: its calls end soon, and a three-way on `main` loses nothing."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

from lab.sip import Hearing, SipCall
from tests.servers.servers_stage import LOST, WITHIN, ServersStage, ThreeWay, stage
from tests.soak import soaking
from tools.bench.tools.bench_lab import until
from warmline.core.messages.values.server_action import MAIN
from warmline.store.journal.hash_chain import verify
from warmline.store.journal.replay import replay

LOST_AFTER = 2  # seconds, the setting
SOON = LOST_AFTER + (1.0 if soaking() else WITHIN)  # seconds; beside other tests, only the result is judged
CUT_OFF = "asterisk"  # the call's ended_by
VOICES = 1  # of the call on b


class Moment(NamedTuple):
    """A call on b at some moment: its customer, all calls of its parties, its agent and the state they get."""

    customer: SipCall
    parties: tuple[SipCall, ...]
    user: str = ""
    state: str = "DISPO"
    ended_by: str = CUT_OFF


async def waiting(here: ServersStage) -> Moment:
    agents = {one["user"]: one["state"] for one in await here.document("agents")}
    [ready] = [user for user, state in agents.items() if state == "READY"]
    await here.command(ready, "PAUSE", "external_pause")
    customer = await here.comes("b", VOICES)
    await customer.answered(WITHIN)
    return Moment(customer, (customer,), ready, "PAUSED")


async def ringing(here: ServersStage) -> Moment:
    here.auto_answer = False
    customer = await here.comes("b", VOICES)
    user, agent = await here.rung_for(customer)
    here.auto_answer = True
    return Moment(customer, (customer, agent), user, "READY")


async def talking(here: ServersStage) -> Moment:
    user, customer, agent = await here.talking("b", VOICES)
    return Moment(customer, (customer, agent), user)


async def dialling(here: ServersStage) -> Moment:
    user, customer, agent = await here.talking("b", VOICES)
    third = await here.dial_third(user, VOICES, rings=True)
    return Moment(customer, (customer, agent, third), user)


async def three_way(here: ServersStage) -> Moment:
    return _in(await here.three_way("b", VOICES))


async def customer_parked(here: ServersStage) -> Moment:
    room = await here.three_way("b", VOICES)
    await here.command(room.user, "PARK_CUSTOMER", "park_call")
    return _in(room)


async def third_parked(here: ServersStage) -> Moment:
    room = await here.three_way("b", VOICES)
    await here.command(room.user, "PARK_XFER", "park_call")
    return _in(room)


async def leaving(here: ServersStage) -> Moment:
    room = await here.three_way("b", VOICES)
    asyncio.create_task(here.ask(room.user, "transfer_conference", "LEAVE_3WAY_CALL")).add_done_callback(lambda _: None)
    await asyncio.sleep(0.002)  # the request is under way
    return _in(room)


async def handed_off(here: ServersStage) -> Moment:
    room = await here.three_way("b", VOICES)
    await here.command(room.user, "LEAVE_3WAY_CALL")
    return _in(room)


async def in_wrap_up(here: ServersStage) -> Moment:
    user, customer, agent = await here.talking("b", VOICES)
    await customer.hang_up()
    await here.agent_is(user, "DISPO")
    return Moment(customer, (customer, agent), user, ended_by="customer")


def _in(room: ThreeWay) -> Moment:
    return Moment(room.customer, (room.customer, room.agent, room.third), room.user)


MOMENTS: tuple[Callable[[ServersStage], Awaitable[Moment]], ...] = (
    waiting, ringing, talking, dialling, three_way, customer_parked, third_parked, leaving, handed_off, in_wrap_up,
)  # fmt: skip


def test_a_killed_server_ends_its_calls_and_no_other(short_path: Path) -> None:
    async def main() -> str:
        async with stage(short_path, settings=f"server_lost_seconds = {LOST_AFTER}\n") as here:
            on_main = await here.three_way(MAIN, 0)
            for moment in MOMENTS if soaking() else [three_way]:
                await one_kill(here, moment, on_main)
            await here.finish(on_main)
            return here.lab.db

    database = asyncio.run(main())
    assert verify(database) == [] and replay(database).differences == []


async def one_kill(here: ServersStage, begin: Callable[[ServersStage], Awaitable[Moment]], on_main: ThreeWay) -> None:
    """Kill b at a moment of a call there; afterwards b takes a call again."""
    moment = await begin(here)
    killed = await here.kill_server("b")
    found = await _ended(here, moment, on_main, killed)
    print(f"b killed, the call {begin.__name__}: {found}")
    for call in (*moment.parties, *here.controls["b"]):
        call.end("them")  # a dead server sends no BYE
    await here.restart_server("b")
    await _ready_again(here, moment)


async def _ended(here: ServersStage, moment: Moment, on_main: ThreeWay, since: float) -> str:
    """Wait for the end of a call on b; check the records, and that the call on main lost nothing beside it."""
    ear = Hearing(on_main.parties)
    listening = asyncio.create_task(ear.listen(SOON, since))
    number = moment.customer.party.user

    async def over() -> float | None:
        rows = here.journal("SELECT ended_by FROM call WHERE number = ? AND ended IS NOT NULL", number)
        return time.monotonic() - since if rows == [(moment.ended_by,)] else None

    ended = await until(over, f"the call of {number} is not over", SOON)
    state = await here.agent_is(moment.user, moment.state, SOON) - since
    assert state <= SOON
    assert here.journal("SELECT kind FROM receipt WHERE outcome IS NULL") == []
    assert await here.state(on_main) == "three_way"
    span = await listening
    pairs = ((on_main.customer, on_main.agent), (on_main.customer, on_main.third))
    lost = await here.lost(on_main, span, *pairs)
    assert lost.call <= lost.control + LOST, f"main: {lost}"
    return f"over after {ended:.2f} s, the agent {moment.state} after {state:.2f} s; on main {lost}"


async def _ready_again(here: ServersStage, moment: Moment) -> None:
    """Let the agent of the lost call become READY, and take a call of the server again."""
    if moment.state == "DISPO":
        await here.wrap_up(moment.user)
    elif moment.state == "PAUSED":
        await here.command(moment.user, "RESUME", "external_pause")
        await here.agent_is(moment.user, "READY")
    await here.finish(await here.three_way("b", VOICES))
