"""A customer with a voice calls a lab by one command, and an agent's phone hears it."""

import asyncio
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlencode
from urllib.request import urlopen

from lab import asterisk, customer
from lab.description import Lab
from lab.sip import Parties, SipCall, tones
from tests.lab.warm_warmline import warm_warmline
from tests.wording.said import said

WITHIN = 15.0  # seconds


def test_an_agent_hears_it_until_it_hangs_up(lab: Lab) -> None:
    async def play() -> list[str]:
        async with agent(lab, "1000") as phone, called(lab) as command:
            await phone.audio.until(lambda: speaks(phone), WITHIN, "no voice")
            command.send_signal(signal.SIGINT)
            return await lines(command)

    assert asyncio.run(play())[-1] == "The customer hangs up."


def test_the_customers_call_ends_when_the_agent_hangs_up(lab: Lab) -> None:
    async def play() -> list[str]:
        async with agent(lab, "1001") as phone, called(lab, "--from", "4930555888") as command:
            await phone.audio.until(lambda: speaks(phone), WITHIN, "no voice")
            await asyncio.to_thread(hang_up, lab, "1001")
            return await lines(command)

    assert asyncio.run(play()) == [
        "Casey Customer (4930555888) calls 8005550100. Ctrl-C hangs up.",
        "Warmline has answered. The customer speaks, and waits for a ready agent.",
        "Agent 1001 has the customer.",
        "The call has ended.",
    ]


def test_a_number_that_the_trunk_does_not_know_is_refused(lab: Lab) -> None:
    async def play() -> str:
        async with called(lab, "--to", "nobody") as command:
            _, complaint = await command.communicate()
            assert command.returncode == 1
            return complaint.decode()

    assert said("lab_call_failed", did="nobody") in asyncio.run(play())


@asynccontextmanager
async def agent(lab: Lab, user: str) -> AsyncIterator[SipCall]:
    """Provide the phone of an agent who is logged in and ready."""
    async with Parties() as parties:
        account = lab.phones[user]
        phone = await parties.phone(account["user"], account["password"], lab.sip)
        call = await phone.call(account["login"])
        await call.answered()
        yield call


@asynccontextmanager
async def called(lab: Lab, *words: str) -> AsyncIterator[Process]:
    """Provide the command that calls the lab; it has ended at the end."""
    command = await asyncio.create_subprocess_exec(
        warm_warmline(), "lab", "call", "--dir", lab.dir, *words, stdout=PIPE, stderr=PIPE
    )
    try:
        yield command
    finally:
        if command.returncode is None:
            command.terminate()  # which the forked command gets, too; it has the pipes
            await command.wait()


async def lines(command: Process) -> list[str]:
    """Wait for the end of the command, which must succeed; return what it has printed."""
    printed, complaint = await asyncio.wait_for(command.communicate(), WITHIN)
    assert (command.returncode, complaint) == (0, b"")
    return printed.decode().splitlines()


def hang_up(lab: Lab, user: str) -> None:
    """Let the agent end the call by the agent API."""
    query = {**lab.api_user, "source": "test", "agent_user": user, "function": "external_hangup", "value": "1"}
    with urlopen(f"{lab.api}/agc/api.php?{urlencode(query)}", timeout=10) as answer:  # noqa: S310 - of the lab
        assert answer.read().startswith(b"SUCCESS")


def speaks(phone: SipCall) -> bool | None:
    """Return whether the phone has got the customer's words; a bridge of two passes packets on as they are."""
    found = asterisk.find()
    assert found
    words = {packet for packet in customer.voice(found.data) if packet != tones.SILENCE}
    return sum(packet.payload in words for packet in phone.audio.received) > 20 or None
