"""A supervisor listens to an agent with a nailed-up phone, and follows when the next call is on the other server."""

import asyncio
from pathlib import Path

import pytest

from lab.sip import Hearing, IncomingCall, answer
from tests.servers.servers_stage import TONES, ServersStage, stage
from tests.soak import soaking
from tools.bench.tools.bench_lab import until

pytestmark = pytest.mark.skipif(not soaking(), reason="tools/nightly servers; tests/core/servers has it simulated")

AGENT, SUPERVISOR, OWN = "1000", "1009", 3550  # Hz, of the supervisor's phone
SPAN = 0.6  # seconds


def test_a_supervisor_hears_the_customer_of_the_other_server(short_path: Path) -> None:
    asyncio.run(followed(short_path))


async def followed(folder: Path) -> None:
    """Let the supervisor listen on main, and a customer come on b."""
    async with stage(folder, agents=0) as here:
        agent, supervisor = await phone(here, AGENT, TONES[0][1]), await phone(here, SUPERVISOR, OWN)
        assert await here.order(f"agents/{AGENT}/login") == ""
        await here.agent_is(AGENT, "READY")
        assert await here.order(f"agents/{AGENT}/listen", phone=SUPERVISOR) == ""
        await until(lambda: calls(supervisor, 1), "the supervisor's phone is not called")
        customer = await here.comes("b", 0)
        await until(lambda: calls(agent, 2), "the agent's phone is not called from b")
        await until(lambda: calls(supervisor, 2), "the supervisor's phone is not called from b")
        await supervisor[0].ended()
        ear = Hearing({"customer": customer, "agent": agent[1], "supervisor": supervisor[1]})
        for speaker in (customer, agent[1]):
            await ear.heard(supervisor[1], speaker, supervisor[1].began)
        span = await ear.listen(SPAN)
        for listener, speaker in ((customer, agent[1]), (agent[1], customer)):
            assert ear.hears(listener, speaker, *span) and ear.silent_of(listener, supervisor[1], *span)
        await customer.hang_up()


async def phone(here: ServersStage, user: str, tone: int) -> list[IncomingCall]:
    """Register a phone at both servers, which answers at once; return its calls, as they come."""
    came: list[IncomingCall] = []

    async def behave(call: IncomingCall) -> None:
        await answer(tone)(call)
        came.append(call)

    main, *others = [one["sip"] for one in here.lab.servers.values()]
    await here.parties.phone(user, here.lab.phones[user]["password"], main, behave=behave, also=others)
    return came


async def calls(came: list[IncomingCall], number: int) -> bool | None:
    """Return True once so many calls have come."""
    return len(came) >= number or None
