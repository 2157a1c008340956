"""A call on `b` is recorded there: the app measures, plays and erases the file in the folder of its server."""

import asyncio
import os
import subprocess
from pathlib import Path

import pytest

from lab.sip import wav
from tests.servers.servers_stage import TONES, WITHIN, stage
from tests.soak import soaking
from tests.warm_app import WARMLINE
from tools.bench.tools.bench_lab import until
from warmline.store.configuration import config

pytestmark = pytest.mark.skipif(not soaking(), reason="tools/nightly servers; tests/asterisk has the folders")

TALKS = 2.0  # seconds
TOKEN = "Tk_" + "Nebelkraehe" * 3 + "-Ahorne"
SQL = "SELECT id, path, length, status FROM recording WHERE ended IS NOT NULL AND length > 0"


def test_a_recording_of_another_server_is_measured_played_and_erased(short_path: Path) -> None:
    asyncio.run(recorded(short_path))


async def recorded(folder: Path) -> None:
    """Record a call on b, and read the recording in each way that a person has."""
    async with stage(folder, campaign='campaign_recording = "ALLCALLS"\n') as here:
        config.create(here.lab.db, "api-token", "player", {"scopes": "ALL", "token": TOKEN}, who="test")
        user, customer, _ = await here.talking("b", 1)
        await asyncio.sleep(TALKS)
        await customer.hang_up()
        await here.agent_is(user, "DISPO")
        await here.wrap_up(user)

        async def measured() -> tuple[str, str, int, str] | None:
            return next(iter(here.journal(SQL)), None)

        name, path, length, status = await until(measured, "the recording is not measured", WITHIN)
        assert status == "kept" and length >= 1000 * (TALKS - 0.5)
        file = Path(path)
        assert file.is_relative_to(here.lab.servers["b"]["recordings"])
        content = await asyncio.to_thread(file.read_bytes)
        heard = set().union(*wav.read(file).windows(TONES[1]))
        assert heard == set(TONES[1][:2]), "customer and agent"
        address, login = f"{here.lab.api}/api/v1/recordings/{name}", {"Authorization": f"Bearer {TOKEN}"}
        async with here.http.get(address, headers=login) as response:
            assert response.status == 200 and await response.read() == content
        await erase(here.lab.dir, customer.party.user)
        assert not await asyncio.to_thread(file.exists)


async def erase(lab: str, number: str) -> None:
    """Erase the data of a caller by the command."""
    environment = os.environ | {"WARMLINE_CONFIG": f"{lab}/warmline.toml"}
    words = [WARMLINE, "privacy", "erase", number, "--yes"]
    await asyncio.to_thread(subprocess.run, words, env=environment, check=True, capture_output=True)
