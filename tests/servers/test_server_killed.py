"""The Asterisk of `b` is killed or freezes: its calls end soon, and a three-way on `main` loses nothing."""

import asyncio
import time
from pathlib import Path

from lab.sip import Hearing
from tests.servers.call_moments import MOMENTS, VOICES, Begin, Moment, three_way
from tests.servers.servers_stage import LOST, WITHIN, ServersStage, ThreeWay, stage
from tests.soak import soaking
from tools.bench.tools.bench_lab import until
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.journal.hash_chain import verify
from warmline.store.journal.replay import replay

LOST_AFTER = 2  # seconds, the setting
SOON = LOST_AFTER + (1.0 if soaking() else WITHIN)  # seconds; beside other tests, only the result is judged


def test_a_killed_server_ends_its_calls_and_no_other(short_path: Path) -> None:
    async def main() -> str:
        async with stage(short_path, settings=f"server_lost_seconds = {LOST_AFTER}\n") as here:
            on_main = await here.three_way(MAIN_SERVER, 0)
            for moment in MOMENTS if soaking() else [three_way]:
                await one_kill(here, moment, on_main)
            await here.finish(on_main)
            return here.lab.db

    database = asyncio.run(main())
    assert verify(database) == [] and replay(database).differences == []


async def one_kill(here: ServersStage, begin: Begin, on_main: ThreeWay) -> None:
    """Kill b at a moment of a call there; afterwards b takes a call again."""
    moment = await begin(here, "b")
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
