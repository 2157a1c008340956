"""Run the curl lines of docs/reference/agent-api.md: six transfers, each for a customer on a real phone."""

import asyncio
import json
import os
import re
from pathlib import Path

import pytest

from tests.internals.scenarios import State
from tests.scenarios.given import all_talk, in_talking
from tools.simulation.call_centre.command_line import warmline
from tools.simulation.call_centre.lab_site import LabSite
from tools.simulation.call_centre.real_world import RealWorld

PAGE = Path(__file__).parents[3] / "docs/reference/agent-api.md"
FUNCTIONS = re.compile(r"## Six transfers.*?```sh\n(.*?)```", re.DOTALL)
WALK = re.compile(r"^### ([^\n]+)\n+[^`]*```sh\n(.*?)```\n+```text\n(.*?)```", re.DOTALL | re.MULTILINE)
WALKS = {name: (commands, answers) for name, commands, answers in WALK.findall(PAGE.read_text())}

# By heading: the customer's state at the end, the other party, and the audit's command, target and outcome.
COMES_TO = {
    "Park the customer, dial, leave": (
        (State.HANDED_OFF, "8500"),
        [("PARK_CUSTOMER_DIAL", "8500", "completed"), ("LEAVE_3WAY_CALL", "8500", "completed")],
    ),
    "Dial with the customer, leave": (
        (State.HANDED_OFF, "8500"),
        [("DIAL_WITH_CUSTOMER", "8500", "completed"), ("LEAVE_3WAY_CALL", "8500", "completed")],
    ),
    "Blind transfer to a number": ((State.HANDED_OFF, "8500"), [("BLIND_TRANSFER", "8500", "completed")]),
    "To a closer": ((State.TALKING, "1001"), [("LOCAL_CLOSER", "SUPPORTLINE", "completed")]),
    "To one agent": ((State.TALKING, "1001"), [("LOCAL_CLOSER", "agent 1001", "completed")]),
    "Consult a closer, leave": (
        (State.TALKING, "1001"),
        [("DIAL_WITH_CUSTOMER", "SUPPORTLINE", "completed"), ("LEAVE_3WAY_CALL", "SUPPORTLINE", "completed")],
    ),
}


@pytest.mark.parametrize("name", COMES_TO)
async def test_the_curl_lines_of_the_page_have_their_stated_effect(real: RealWorld, name: str) -> None:
    """Run in the lab only, because a shell cannot call a simulated call centre."""
    commands, answers = WALKS[name]
    (state, partner), transfers = COMES_TO[name]
    agent, customer = await in_talking(real)
    closer = await real.agent("1001")
    told = await run(real.site, commands)
    assert re.fullmatch(re.escape(answers).replace("…", r"\d{19}"), told), told
    await real.call_is(customer, state)
    await all_talk(real, customer, closer if partner == "1001" else await real.third(partner))
    await real.silent_to(customer, agent)
    await real.agent_is(agent, "READY")
    await real.hang_up(customer)
    await real.ended(customer)
    audit = json.loads(await warmline(real.site.folder, "audit", "transfers", "--json"))["transfers"]
    mine = [one for one in audit if one["customer"] == customer.name]
    assert [(one["kind"], one["target"], one["outcome"]) for one in mine] == transfers
    left = [(one["hung_up"], one["talked_on_ms"] > 0) for one in mine if one["left"]]
    assert left == [("customer", True) for kind, *_ in transfers if kind in ("LEAVE_3WAY_CALL", "BLIND_TRANSFER")]


def test_every_transfer_of_the_page_is_walked() -> None:
    assert list(WALKS) == list(COMES_TO)


async def run(site: LabSite, commands: str) -> str:
    """Return the output of the lines, typed into a shell one after the other."""
    found = FUNCTIONS.search(PAGE.read_text())
    assert found
    environ = {"WARMLINE": site.lab.api, "PASS": site.lab.api_user["pass"], "PATH": os.environ["PATH"]}
    process = await asyncio.create_subprocess_exec("bash", "-euc", found[1] + commands, env=environ, stdout=-1)
    out, _ = await process.communicate()
    assert process.returncode == 0
    return out.decode()
