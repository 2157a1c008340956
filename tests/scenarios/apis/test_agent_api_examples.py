"""VICIdial's own answers on a lab: each request in its precondition, and what must have happened after SUCCESS."""

import asyncio
import re
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import aiohttp
import pytest

from tests.http.examples.contract import EXAMPLES, Example, expected, impossible, query_of, supported
from tests.http.examples.more import MORE, USER
from tests.lab.warm_warmline import warm_warmline
from tests.scenarios.apis.agent_api_checks import check
from tests.scenarios.apis.agent_api_stage import Stage
from tests.soak import a_share, soaking
from tools.simulation.call_centre import command_line
from tools.simulation.call_centre.call_records import Row
from tools.simulation.call_centre.lab_site import LabSite
from tools.simulation.call_centre.real_world import RealWorld

MODES = ("SUCCESS", "ERROR")
QUESTIONS = ("calls_in_queue_count", "st_get_agent_active_lead")  # these change nothing


def _each() -> Iterator[Any]:
    """Return the examples of each precondition together, those that do not change it first.

    Of those without an effect there is a share: the tests of HTTP have each of them before a simulated Asterisk. The
    mode ERROR differs for impossible requests alone: test_mode_error_differs_only_for_impossible_requests. The soak
    has all requests of VICIdial's examples in both modes.
    """
    refused = [one for one in (*EXAMPLES, *MORE) if "SUCCESS" not in str(one) or impossible(one)]
    chosen = a_share(refused, lambda one: str(one["id"]))
    for mode in MODES:
        for example in sorted((*EXAMPLES, *MORE), key=lambda one: (one["setup"], "SUCCESS" in str(one), one["id"])):
            if example in refused:
                is_here = example in chosen and (mode == "SUCCESS" or impossible(example))
            else:
                is_here = mode == "SUCCESS"
            if is_here or (soaking() and supported(example) and example in EXAMPLES):
                yield pytest.param(example, mode, id=f"{mode}-{example['id']}")


@pytest.fixture(scope="module")
def stage(runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Provide a separate lab, because the examples need another configuration than the scenarios."""
    made = Stage(LabSite(tmp_path_factory.mktemp("examples")))
    with patch.object(command_line, "WARMLINE", (str(warm_warmline()),)):
        try:
            runner.run(made.open())
            yield made
        finally:
            runner.run(made.close())


@pytest.mark.parametrize(("example", "mode"), [*_each()])
async def test_a_request_has_the_answer_and_effect_of_vicidial(stage: Stage, example: Example, mode: str) -> None:
    scene = await stage.bring_about(example["setup"], mode)
    world = scene.world
    calls, before = await world.live("calls"), await receipts(world)
    states = await world.call_state(scene.customer), await world.agent_state(scene.agent)
    stage.spoiled()
    call = next((call["agc_id"] for call in calls if call["agent"] == "1000"), "")
    query = query_of(example, call)
    status, body = await ask(stage.site, query, mode)
    new = [row for name, row in (await receipts(world)).items() if name not in before]
    assert status == example.get("http_status", 200)
    assert re.search(expected(example, mode, CALLERID=call), body), body
    refused = [row["cause"] for row in new if row["outcome"] == "refused"]
    assert refused == [why for why in [impossible(example)] if why]
    if "SUCCESS: " in body and not refused and query["function"] not in QUESTIONS:
        assert new
        await check(scene, query)
    else:
        assert len(new) == len(refused)
        assert (await world.call_state(scene.customer), await world.agent_state(scene.agent)) == states
        stage.unharmed(example["setup"], mode)


async def test_wrong_passwords_slow_only_the_guessing_address(stage: Stage) -> None:
    """A program whose correct password is cached continues, also at a slowed address; VICIdial locks it out."""
    await stage.bring_about("agent_incall", MODES[-1])
    query = USER | {"function": "recording", "value": "STATUS"}
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(local_addr=("127.0.0.2", 0))) as elsewhere:
        url = f"{stage.site.lab.api}/agc/api.php"
        async with elsewhere.get(url, params=query) as answer:
            assert (await answer.text()).startswith("NOTICE: not recording - 1000|")
        for number in range(6):
            async with elsewhere.get(url, params=query | {"pass": "wrong"}) as answer:
                told = await answer.text()
            assert told == f"ERROR: Invalid Username/Password: |6666||0|1|{'BAD' if number < 5 else 'LOCK'}|\n"
        async with elsewhere.get(url, params=query) as answer:
            assert (await answer.text()).startswith("NOTICE: not recording - 1000|")
    _, told = await ask(stage.site, query, MODES[-1])
    assert told.startswith("NOTICE: not recording - 1000|")


async def ask(site: LabSite, query: dict[str, str], mode: str) -> tuple[int, str]:
    """Return the status and the page; with GET in one mode, with POST in the other."""
    url = f"{site.lab.api}/agc/api.php"
    asking = site.http.get(url, params=query) if mode == "SUCCESS" else site.http.post(url, data=query)
    async with asking as answer:
        return answer.status, await answer.text()


async def receipts(world: RealWorld) -> dict[str, Row]:
    """Return all receipts by their ids."""
    found = await world.rows("SELECT id, outcome, cause FROM receipt")
    return {row[0]: dict(zip(("id", "outcome", "cause"), row, strict=True)) for row in found}
