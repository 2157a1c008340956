"""The primary answers nothing for 20 s under calls: they go on, a caller is connected, and what waited is answered."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import uvloop

from tests.postgresql.at_night import at_night
from tests.postgresql.server_site import ServerSite
from tests.scenarios.given import all_talk
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party
from tools.simulation.postgresql import cluster
from tools.simulation.postgresql.replicated import frozen
from warmline.core.messages.commands import Kind
from warmline.store.database.database import connect
from warmline.store.database.reading import keeping

pytestmark = at_night

AWAY = 20.0  # seconds
SLOWER = 1.0  # seconds, for the connection of a caller
STATUSES = "SELECT status FROM call ORDER BY arrived"


@pytest.fixture
def loop() -> Iterator[asyncio.Runner]:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        yield runner


def test_calls_go_on_while_server_is_away(loop: asyncio.Runner, tmp_path: Path) -> None:
    with cluster.server() as server, keeping():
        site = ServerSite(tmp_path, server)
        usual, late, waited = loop.run(_live(site, server))
        print(f"connected in {usual:.2f} s, and in {late:.2f} s without a database; the code waited {waited:.1f} s")
        loop.run(site.close())  # the journal is whole, replays, and has each moment of the agents
        with closing(connect(site.address)) as db:
            assert [status for (status,) in db.execute(STATUSES)] == ["SALE", "NI", "SALE"]
    assert late <= usual + SLOWER
    assert "Traceback" not in (site.folder / "log/warmline.log").read_text()


async def _live(site: ServerSite, server: cluster.DatabaseServer) -> tuple[float, float, float]:
    """Return the seconds until a caller is connected, with and without the server, and of a code that waited."""
    await site.open()
    world = RealWorld(site)
    agent = await world.agent()
    usual, customer = await _connected(world, agent)
    await world.hang_up(customer)
    assert await world.ask(Kind.STATUS, agent, status="SALE") == ""
    agent = await world.agent()
    answered: list[float] = []
    with frozen(server):
        begun = time.monotonic()
        late, customer = await _connected(world, agent)
        await all_talk(world, agent, customer)
        await world.hang_up(customer)
        asked = time.monotonic()
        code = asyncio.create_task(world.ask(Kind.STATUS, agent, status="NI"))
        code.add_done_callback(lambda _: answered.append(time.monotonic()))
        await asyncio.sleep(begun + AWAY - time.monotonic())
    assert await code == ""
    waited = answered[0] - asked
    agent = await world.agent()
    _, customer = await _connected(world, agent)
    await world.hang_up(customer)
    assert await world.ask(Kind.STATUS, agent, status="SALE") == ""
    await world.ended(customer)
    await world.close()
    return usual, late, waited


async def _connected(world: RealWorld, agent: Party) -> tuple[float, Party]:
    """Let a customer call; return the seconds until the agent hears them, and the customer."""
    begun = time.monotonic()
    customer = await world.customer()
    await world.hears(agent, customer)
    return time.monotonic() - begun, customer
