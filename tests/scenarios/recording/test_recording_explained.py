"""`warmline explain recording` and the files of a real call in the same case, checked by their sound."""

import json
from contextlib import redirect_stdout
from io import StringIO
from itertools import product
from typing import Any

import pytest

from tests.internals.scenarios import Kind, State, config, main
from tests.scenarios.given import THIRD, all_talk, in_talking
from tests.soak import soaking
from tools.simulation.call_centre.far_ends import answers
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld

SPEECH = 0.2  # seconds that parties talk once all have heard each other
LISTED, OTHERS = f"+{THIRD[:2]}-{THIRD[2:]}", "12345678"

START = product(
    ("NEVER", "ONDEMAND", "ALLCALLS", "ALLFORCE"),
    ("leave_3way_start_recording",),
    ("ALL_BUT_EXCEPTIONS", "ONLY_EXCEPTIONS"),
    (LISTED, OTHERS),
)
STOP = product(("ALLCALLS", "ALLFORCE"), ("three_way_record_stop",), ("Y", "N"), (LISTED, OTHERS))
Case = tuple[str, str, str, str]
CASES: list[Case] = [*START, *STOP]


def is_first(case: Case) -> bool:
    """Return whether this is the first case with its moments of recording and their reasons."""
    policy, option, value, entries = case
    if option == "three_way_record_stop":
        return (value, entries) == ("Y", OTHERS)
    return policy != "ONDEMAND" and (value, entries) != ("ONLY_EXCEPTIONS", OTHERS)


# `tools/nightly soak` hears each case on Asterisk.
HEARD = [case for case in CASES if soaking() or is_first(case)]


def explained(world: ScenarioWorld) -> dict[str, dict[str, Any]]:
    """Return by moment what the command says about a call of SALESLINE that agent 1000 leaves to THIRD."""
    case = ("--campaign", "TESTCAMP", "--ingroup", "SALESLINE", "--agent", "1000", "--number", THIRD, "--json")
    with pytest.MonkeyPatch.context() as patched, redirect_stdout(StringIO()) as out:
        patched.setenv("WARMLINE_DB", getattr(world.database, "whole", str(world.database)))
        with pytest.raises(SystemExit) as ended:
            main(("explain", "recording", *case))
    assert not ended.value.code
    return {said["moment"]: said for said in json.loads(out.getvalue())}


def expected(said: dict[str, dict[str, Any]], agent: Party, customer: Party, third: Party) -> list[tuple[str, ...]]:
    """Return the expected files: kind, reason, and the parties heard in it, by name."""
    files: list[tuple[str, ...]] = []
    if said["call"]["recorded"]:
        heard = (agent, customer, third) if said["third"]["recorded"] else (agent, customer)
        files.append(("call", said["call"]["reason"], *sorted(party.name for party in heard)))
    if said["leave"]["recorded"] == "handoff":
        files.append(("handoff", said["leave"]["reason"], *sorted(party.name for party in (customer, third))))
    return files


async def recorded_no_more(world: ScenarioWorld, customer: Party) -> None:
    """Wait until the recordings of the customer's call have ended."""

    async def find() -> bool | None:
        return all(row["status"] != "running" for row in (await world.story(customer)).recordings) or None

    await world.until(find, "the recording is to end")


@pytest.mark.parametrize(
    ("world", "policy", "option", "value", "entries"),
    [*(("simulated", *case) for case in CASES), *(("real", *case) for case in HEARD)],
    indirect=["world"],
)
async def test_the_files_equal_the_explanation(
    world: ScenarioWorld, policy: str, option: str, value: str, entries: str
) -> None:
    if "PARTNERS" not in config.list_names(world.database, "container"):
        config.create(world.database, "container", "PARTNERS", {}, who="test")
    await world.configure("container", "PARTNERS", entries=entries)
    rules = {"campaign_recording": policy, option: value, f"{option}_exception": "PARTNERS"}
    await world.configure("campaign", "TESTCAMP", **rules)
    said = explained(world)

    agent, customer = await in_talking(world)
    await all_talk(world, agent, customer)
    await world.talk(SPEECH)
    world.far_end(THIRD, answers(silent=True))
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, THIRD) == ""
    third = await world.third(THIRD)
    await world.call_is(customer, State.THREE_WAY)
    if not said["third"]["recorded"]:
        await recorded_no_more(world, customer)  # Asterisk ends it after the answer (docs/reference/behaviour.md)
    await world.speaks(third)
    await all_talk(world, agent, customer, third)
    await world.talk(SPEECH)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await all_talk(world, customer, third)
    await world.talk(SPEECH)
    await world.hang_up(third)
    await world.is_gone(customer)

    tapes = await world.tapes(customer, agent, customer, third)
    found = [(tape.row["kind"], tape.row["reason"], *sorted(tape.voices)) for tape in tapes]
    assert found == expected(said, agent, customer, third)
    if said["leave"]["recorded"] == "call":
        assert tapes[0].row["length"] >= 3 * SPEECH * 1000, "the agent's file continues without the agent"
