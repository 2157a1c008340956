"""Twenty recordings on a disk that fills at a random moment: each row equals what a reader of the files finds.

Run by `tools/nightly durability`, as root in a mount namespace of its own. The reader is Python's wave module.
"""

import asyncio
import hashlib
import os
import random
import subprocess
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.internals.scenarios import State
from tests.scenarios.given import all_talk
from tools.simulation.call_centre.real_world import RealWorld

TIMES = 20
LASTS = 6.0  # seconds of a call
MAY_LEAVE = 30_000  # bytes
BLOCK = 1024  # bytes
MISSING = "{:.1f} s are missing"
MAY_LACK = 1000  # milliseconds


@contextmanager
def own_disk(folder: Path) -> Iterator[None]:
    """Let the folder be a file system of 4 MB."""
    image = folder.with_name("disk.img")
    owner = folder.stat()
    with open(image, "wb") as file:
        file.truncate(4 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-b", str(BLOCK), "-m", "0", image], check=True)
    subprocess.run(["mount", "-o", "loop", image, folder], check=True)
    try:
        subprocess.run(["chown", f"{owner.st_uid}:{owner.st_gid}", folder], check=True)
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path, left: int) -> None:
    """Fill the disk up to the last `left` bytes."""
    filler = folder / "filler"
    with suppress(OSError), open(filler, "wb", buffering=0) as file:
        while file.write(bytes(BLOCK)):
            pass
    os.truncate(filler, max(0, filler.stat().st_size - left))


def read_alone(path: Path) -> tuple[int, int, str]:
    """Return milliseconds of sound, bytes and SHA-256 of a file; zeros if it has no sound that can be played."""
    if not path.exists():
        return 0, 0, ""
    content = path.read_bytes()
    try:
        with wave.open(str(path)) as file:
            length = len(file.readframes(file.getnframes())) * 1000 // (file.getframerate() * file.getsampwidth())
    except (wave.Error, EOFError):
        length = 0
    return length, len(content), hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("number", range(TIMES))
async def test_each_row_is_what_its_file_is(real: RealWorld, number: int) -> None:
    dice = random.Random(number)  # noqa: S311 - moments, no secrets
    fills_after = 0.0 if number % 4 == 0 else dice.uniform(0, LASTS)
    left = dice.randrange(MAY_LEAVE if fills_after else BLOCK)
    await real.configure("campaign", "TESTCAMP", campaign_recording="ALLCALLS")
    folder = Path(real.site.lab.recordings)
    with own_disk(folder):
        agent = await real.agent()
        if not fills_after:
            fill(folder, left)
        began = time.monotonic()
        customer = await real.customer()
        await real.call_is(customer, State.TALKING)
        await all_talk(real, agent, customer)
        await asyncio.sleep(fills_after)
        if fills_after:
            fill(folder, left)
        await asyncio.sleep(LASTS - fills_after)
        await real.hang_up(customer)
        lasted = int((time.monotonic() - began) * 1000)
        rows = (await real.ended(customer)).recordings
        assert rows
        for row in rows:
            length, size, digest = read_alone(folder / f"{row['id']}.wav")
            span = (row["ended"] - row["started"]) // 1000 if row["started"] else 0
            missing = span - length if length and span - length > MAY_LACK else 0
            print(
                f"\nfull after {fills_after:.1f} s, {left} bytes left; row {row['status']} {span} ms, "
                f"{row['length']} ms, {row['bytes']} bytes, {row['cause']!r}; file {length} ms, {size} bytes",
                end="",
            )
            assert (row["status"] == "kept") is (length > 0), row
            assert (row["length"], row["bytes"], row["sha256"]) == (length, size, digest), row
            assert span <= lasted, "the row claims no time that the call did not have"
            assert MISSING.format(missing / 1000) in row["cause"] if missing else "missing" not in row["cause"], row
            assert row["status"] == "kept" or row["cause"], row
