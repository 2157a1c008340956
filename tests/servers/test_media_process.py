"""A call on `b` is recorded there, and the app reaches the file by the media process behind b's gate alone."""

import asyncio
import os
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from lab import instance
from lab.sip import wav
from tests.servers.servers_stage import TONES, WITHIN, ServersStage, stage
from tests.soak import soaking
from tests.warm_app import WARMLINE
from tools.bench.tools.bench_lab import until
from warmline.store.configuration import config
from warmline.system import media_protocol

pytestmark = pytest.mark.skipif(not soaking(), reason="tools/nightly servers; tests/media has the process alone")

TALKS = 2.0  # seconds
TOKEN = "Tk_" + "Nebelkraehe" * 3 + "-Ahorne"
CAMPAIGN = 'campaign_recording = "ALLCALLS"\nrecording_format = "flac"\n'
START = 20.0  # seconds that a process may take to start on a busy machine
SQL = "SELECT id, path, length, status, sha256, converted_path, converted_bytes FROM recording WHERE ended IS NOT NULL"
STAND_IN = 'for last; do :; done; cp "$1" "$last"'  # for a machine without sox


class Kept(NamedTuple):
    """A recording that is measured and converted, as its row names it."""

    id: str
    path: str
    length: int
    status: str
    sha256: str
    converted_path: str
    converted_bytes: int


def test_the_media_process_measures_converts_plays_and_erases(short_path: Path) -> None:
    asyncio.run(recorded(short_path))


async def recorded(folder: Path) -> None:
    """Record a call on b, and read the recording beside the media process and without it."""
    async with stage(folder, campaign=CAMPAIGN) as here:
        await without_the_folder(here)
        config.create(here.lab.db, "api-token", "player", {"scopes": "ALL", "token": TOKEN}, who="test")
        user, customer, _ = await here.talking("b", 1)
        await asyncio.sleep(TALKS)
        async with media_process(here, folder):
            await customer.hang_up()
            await here.agent_is(user, "DISPO")
            await here.wrap_up(user)
            kept = await converted(here)
            wave, flac = (Path(path.removeprefix("b:")) for path in (kept.path, kept.converted_path))
            assert kept.status == "kept" and kept.length >= 1000 * (TALKS - 0.5)
            assert kept.path.startswith("b:") and wave.is_relative_to(here.lab.servers["b"]["recordings"])
            heard = set().union(*wav.read(wave).windows(TONES[1]))
            assert heard == set(TONES[1][:2]), "customer and agent"
            assert flac.stat().st_size == kept.converted_bytes > 0
            status, content = await played(here, kept.id)
            assert status == 200 and content in (wave.read_bytes(), flac.read_bytes())
        status, _ = await played(here, kept.id)
        assert status != 200 and wave.exists(), "the app cannot read the folder by itself"
        async with media_process(here, folder):
            await erase(here.lab.dir, customer.party.user)
            assert not wave.exists() and not flac.exists()


async def without_the_folder(here: ServersStage) -> None:
    """Take b's folder of recordings out of the app's settings, and restart the app."""
    settings = Path(here.lab.dir) / "warmline.toml"
    text, count = re.subn(rf'(?m)^recordings = "{here.lab.servers["b"]["recordings"]}"\n', "", settings.read_text())
    assert count == 1
    settings.write_text(text)
    here.lab = await asyncio.to_thread(instance.restart_app, here.folder / "lab")
    await here.follows(*here.lab.servers)


@asynccontextmanager
async def media_process(here: ServersStage, folder: Path) -> AsyncIterator[None]:
    """Run `warmline serve media` with the settings of b's machine; it answers within the block."""
    server = here.lab.servers["b"]
    place = Path(server["dir"])
    environment = os.environ | {"WARMLINE_CONFIG": str(place / "warmline.toml")}
    environment |= {"WARMLINE_RECORDINGS": server["recordings"]}
    if shutil.which("sox") is None:
        (program := folder / "sox").write_text(f"#!/bin/sh\n{STAND_IN}\n")
        program.chmod(0o755)
        environment["PATH"] = f"{folder}:{environment['PATH']}"
    process = await asyncio.create_subprocess_exec(WARMLINE, "serve", "media", env=environment)
    try:

        async def listens() -> bool | None:
            try:
                _, writer = await asyncio.open_unix_connection(place / "run" / media_protocol.SOCKET)
            except OSError:  # there is no socket yet, or that of a process that has ended
                return None
            writer.close()
            return True

        await until(listens, "the media process does not listen", START)
        yield
    finally:
        process.terminate()
        await process.wait()


async def converted(here: ServersStage) -> Kept:
    """Wait until the recording is measured and converted."""

    async def look() -> Kept | None:
        found = [Kept(*row) for row in here.journal(SQL)]
        return next((one for one in found if one.converted_path), None)

    return await until(look, "the recording is not converted", WITHIN)


async def played(here: ServersStage, name: str) -> tuple[int, bytes]:
    """Ask for a recording with a token; return the status and the answer."""
    address, login = f"{here.lab.api}/api/v1/recordings/{name}", {"Authorization": f"Bearer {TOKEN}"}
    async with here.http.get(address, headers=login) as response:
        return response.status, await response.read()


async def erase(lab: str, number: str) -> None:
    """Erase the data of a caller by the command."""
    environment = os.environ | {"WARMLINE_CONFIG": f"{lab}/warmline.toml"}
    words = [WARMLINE, "privacy", "erase", number, "--yes"]
    await asyncio.to_thread(subprocess.run, words, env=environment, check=True, capture_output=True)
