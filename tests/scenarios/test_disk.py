"""Nothing can be written where recordings go: people talk, and the row says why there is no file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.scenarios.given import all_talk, in_talking
from tests.worlds.real import RealWorld


@contextmanager
def in_the_way(folder: Path) -> Iterator[None]:
    """A file lies where the folder should be: nobody can make a file in it, whoever he is."""
    aside = folder.with_name("aside")
    folder.rename(aside)
    try:
        folder.touch()
        yield
    finally:
        folder.unlink()
        aside.rename(folder)


@pytest.mark.fault("the recordings' folder cannot be written", "people talk on", "the row says failed, and why")
async def test_a_recording_that_cannot_be_written(real: RealWorld) -> None:
    await real.configure("campaign", "TESTCAMP", campaign_recording="ALLCALLS")
    with in_the_way(Path(real.site.lab.recordings)):
        agent, customer = await in_talking(real)
        await all_talk(real, agent, customer)
        await real.hang_up(customer)
        [row] = (await real.ended(customer)).recordings
    assert (row["status"], row["bytes"]) == ("failed", 0)
    assert row["cause"] == "no file was written"
    await real.agent_is(agent, "DISPO")
