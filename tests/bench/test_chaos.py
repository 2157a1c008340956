"""A short run of the chaos on a real Asterisk, always the same; and that what it looks for would be found."""

import asyncio
from collections.abc import Iterator
from random import Random

import pytest

from bench.chaos import faults, result
from bench.chaos.centre import Centre, centre
from bench.chaos.findings import Findings
from bench.chaos.trial import trial

SHORT = {"app killed": "three-way and leave", "events cut": "consult and leave", "app stopped": "park and grab"}


async def muted(here: Centre, _: Random) -> None:
    """What the customer says is lost for 0.3 s."""
    channels = await here.stage.ari.request("GET", "channels")
    leg = next(one["id"] for one in channels if one["caller"]["number"].startswith("555777"))
    await here.stage.ari.request("POST", f"channels/{leg}/mute", direction="in")
    await asyncio.sleep(0.3)
    await here.stage.ari.request("DELETE", f"channels/{leg}/mute", direction="in")


@pytest.fixture(scope="module")
def found() -> Iterator[list[Findings]]:
    """What came of the short run, and of a scenario whose customer lost something, in one lab."""

    async def played() -> list[Findings]:
        plots = {**SHORT, "muted": "three-way and back"}
        async with centre() as here:
            return [await trial(here, f"short:{fault}", fault, plot) for fault, plot in plots.items()]

    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(faults.FAULTS, "muted", muted)
        yield asyncio.run(played())


@pytest.mark.fault(
    "any of these, at random, on a real Asterisk",
    "no call is lost, and not a packet of who talks",
    "no receipt without an end, no orphan",
)
def test_nobody_loses_anything(found: list[Findings]) -> None:
    assert [(one.fault, one.scenario) for one in found[:-1]] == list(SHORT.items())
    assert [one.wrong for one in found[:-1]] == [[], [], []]


def test_packets_that_are_lost_are_found(found: list[Findings]) -> None:
    assert found[-1].packets - found[-1].control >= 10 and found[-1].lost == []


@pytest.mark.parametrize("what", ["lost", "receipts", "untrue", "orphans"])
def test_anything_wrong_fails_the_run(what: str) -> None:
    well, badly = Findings("inbound", "app killed"), Findings("inbound", "app killed", **{what: ["something"]})
    assert result([well]).met
    assert not result([well, badly]).met and "chaos: " in result([badly]).line()


def test_a_packet_counts_where_the_machine_did_not_lose_others() -> None:
    well, lost = Findings("inbound", "app killed"), Findings("inbound", "app killed", packets=1)
    assert not result([well] * 10 + [lost]).met
    for too_busy in ({"control": 1}, {"still": 0.03}):
        untold = Findings("inbound", "app killed", packets=10, **too_busy)
        assert result([well] * 10 + [untold]).met and not result([well] * 9 + [untold] * 2).met


def test_a_run_that_could_hardly_be_measured_is_short() -> None:
    well = Findings("inbound", "app killed")
    assert result([well] * 10, unmeasured=1).met
    assert not result([well] * 9, unmeasured=1).met and not result([]).met
