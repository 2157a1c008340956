"""A lab with two Asterisks behind a real Kamailio: a phone that is registered at the front alone is rung by either."""

import asyncio
import socket
from pathlib import Path

import aiohttp
import pytest

from contrib.front.tests.kamailio.kamailio_stage import KAMAILIO
from lab import instance
from lab.sip import Hearing, IncomingCall, Parties, SipCall
from lab.sip.sip_messages import address
from tests.servers.servers_stage import CHANGES, ServersStage
from warmline.core.messages.values.server_action import MAIN_SERVER

pytestmark = pytest.mark.skipif(KAMAILIO is None, reason="needs Kamailio: apt install kamailio kamailio-extra-modules")


def test_a_lab_with_a_front_rings_phones_that_are_registered_there_alone(short_path: Path) -> None:
    async def main() -> None:
        async with Parties(turning=True) as parties, aiohttp.ClientSession() as http:
            here = ServersStage(short_path, parties, http)
            changes = short_path / "changes.toml"
            changes.write_text(CHANGES + '[agent.1000]\nphone_mode = "on_hook"\n')
            here.lab = await asyncio.to_thread(instance.up, short_path / "lab", "", changes, servers=2, front=True)
            try:
                sips = {one["sip"] for one in here.lab.servers.values()}
                front = here.lab.servers[MAIN_SERVER] | {"sip": here.lab.front}
                here.lab.servers.clear()
                here.lab.servers["front"] = front
                await here.log_in("1000")
                user, customer, agent = await talk(here, 0)
                assert user == "1000" and contact(agent) in sips
                await customer.hang_up()
            finally:
                await asyncio.to_thread(instance.down, short_path / "lab")
                parties.server_ended()
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
                udp.bind(address(here.lab.front))  # Kamailio has ended

    asyncio.run(main())


async def talk(here: ServersStage, voices: int) -> tuple[str, SipCall, IncomingCall]:
    """Let a customer call the front until they and an agent hear each other; return the agent and both calls."""
    customer = await here.comes("front", voices)
    user, agent = await here.rung_for(customer)
    ear = Hearing({"customer": customer, "agent": agent})
    await ear.heard(customer, agent, customer.began)
    await ear.heard(agent, customer, customer.began)
    return user, customer, agent


def contact(call: IncomingCall) -> str:
    """Return HOST:PORT of the server that calls."""
    uri = call.invite.contact[0].uri
    return f"{uri.host}:{uri.port}"
