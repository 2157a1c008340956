"""The place of a benchmark: its own lab, parties on real SIP and RTP, a trunk to one of them, a bare ARI client."""

import asyncio
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

from lab import folder, instance
from lab.description import Lab
from lab.sip import Parties, TrunkPeer
from tools.bench.tools import bench_dialplan
from tools.bench.tools.ari_script import AriScript
from tools.bench.tools.result import CannotMeasureError
from warmline.store.notes import note_index
from warmline.system.program_files import DIALPLAN

WITHIN = 10.0  # seconds
PAUSE = 0.02

T = TypeVar("T")


class BenchLab(NamedTuple):
    """A lab with its parties; `peer` is the far end of its trunk, and answers at once."""

    lab: Lab
    parties: Parties
    peer: TrunkPeer
    ari: AriScript


@asynccontextmanager
async def stage(
    changes: str = "",
    *,
    trunk: str = "",
    turning: bool = False,
    database: Path | None = None,
) -> AsyncIterator[BenchLab]:
    """Start a lab in a new folder, with configuration changes as TOML; at the end, stop it and all calls.

    Its outgoing calls go to `trunk`, or to the peer. `turning` lets `Hearing.unheard` count packets that never arrived.
    The lab works with a copy of `database`. Raises LabError,
    CannotMeasureError.
    """
    with TemporaryDirectory(prefix="warmline-bench-") as made:
        directory = Path(made)
        (directory / "changes.toml").write_text(changes)
        async with Parties(turning) as parties:
            peer = await parties.peer()
            if database:
                await asyncio.to_thread(_copy, database, directory / "lab")
            wanted = (trunk or peer.trunk, directory / "changes.toml")
            lab = await asyncio.to_thread(instance.up, directory / "lab", *wanted)
            try:
                await asyncio.to_thread(_add_dialplan, lab)
                async with AriScript(lab) as ari:
                    yield BenchLab(lab, parties, peer, ari)
            finally:
                await asyncio.to_thread(instance.down, directory / "lab")
                parties.server_ended()


def _copy(database: Path, directory: Path) -> None:
    """Make the folder of a previous lab, whose database the next one keeps."""
    (folder.claim(directory) / folder.SETTINGS).touch()
    shutil.copyfile(database, copy := folder.database(directory))
    if (index := note_index.place(database)).exists():
        shutil.copyfile(index, note_index.place(copy))


def _add_dialplan(lab: Lab) -> None:
    bench_dialplan.add(Path(lab.dir) / "etc", DIALPLAN)
    reload(lab, "pbx_config.so", "app_queue.so")


def reload(lab: Lab, *modules: str) -> None:
    """Let Asterisk read the configuration of these modules again. Raises CannotMeasureError."""
    for module in modules:
        console = [*lab.asterisk_cli, f"module reload {module}"]
        done = subprocess.run(console, capture_output=True, text=True, timeout=WITHIN)
        if "reloaded successfully" not in done.stdout:
            raise CannotMeasureError(f"{module} is not reloaded: {done.stdout.strip()} {done.stderr.strip()}")


async def until(look: Callable[[], Awaitable[T | None]], what: str, within: float = WITHIN) -> T:
    """Repeat `look` until it returns a value, because no event reports it.

    Raises CannotMeasureError after `within` seconds.
    """
    limit = time.monotonic() + within
    while time.monotonic() < limit:
        if (found := await look()) is not None:
            return found
        await asyncio.sleep(PAUSE)
    raise CannotMeasureError(f"{what} within {within:g} s")
