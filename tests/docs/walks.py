"""Run the two walks of docs/explanation/architecture.md on the simulated Asterisk, traced."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.docs.file_trace import file_trace
from tests.docs.walk_site import run_agi_script, walk_site
from warmline.core.messages.actions import Action
from warmline.core.model.call_states import AgentState, State
from warmline.store.configuration import config

DID = "8005550100"
OPTIONS = {"campaign_recording": "ALLCALLS", "leave_3way_start_recording": "ALL_CALLS", "login_state": "READY"}


# The API process copies the changes beside the call, so their place in the order varies.
COPIES = ("ari_app/link/call_client.py", "ari_app/link/remote_calls.py", "ari_app/link/replica.py")


@dataclass
class Walk:
    """The files in the order of their first call, and the actions in the order in which the core returned them."""

    files: list[str]
    actions: list[Action]


async def walks(database: Path, run: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Walk, Walk]:
    """An inbound call from the AGI script until both talk and are recorded; then a leave until its answer."""
    config.set_options(database, "campaign", "TESTCAMP", OPTIONS, who="test")
    with file_trace() as trace:
        async with walk_site(database, run, monkeypatch) as site:
            await site.come_in("phone-1000", "login", "1000")
            await site.wait(3.0)
            assert site.world.sessions["1000"].state is AgentState.READY
            site.asked.clear()
            with trace.recording() as files:
                env = {"callerid": "3125550100", "extension": DID}
                site.variables = run_agi_script("route_did", DID, env=env)
                await site.come_in("customer", *site.variables["WARMLINE_ROUTE"].split(","))
            inbound = Walk([file for file in files if file not in COPIES], [*site.asked])
            [call] = site.world.calls.values()
            assert (call.state, bool(call.recording.running)) == (State.TALKING, True)
            dial = {"function": "transfer_conference", "agent_user": "1000", "phone_number": "8500"}
            said = await site.ask(**dial, value="DIAL_WITH_CUSTOMER", ingroup_choices="", consultative="NO")
            assert said.startswith("SUCCESS"), said
            await site.wait(1.0)
            [call] = site.world.calls.values()
            assert call.state is State.THREE_WAY
            said = await site.ask(function="calls_in_queue_count", agent_user="1000", value="DISPLAY")
            assert said.startswith("SUCCESS"), said  # the API process has read the live state up to here
            site.asked.clear()
            with trace.recording() as files:
                said = await site.ask(function="transfer_conference", agent_user="1000", value="LEAVE_3WAY_CALL")
            assert said.startswith("SUCCESS"), said
            [call] = site.world.calls.values()
            assert call.state is State.HANDED_OFF
            return inbound, Walk([file for file in files if file != COPIES[-1]], [*site.asked])
