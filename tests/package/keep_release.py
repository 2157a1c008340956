"""`python -m tests.package.keep_release`: keep the wheel of this version, and a database that it wrote.

The tests of upgrades begin with both. The database has an entry of each kind of the configuration, a call that has
ended with its recordings, and calls in progress.
"""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from release import wheel
from tests.package.installed_wheel import environment, run
from tests.package.talking_calls import CallCentre, call_centre

HERE = Path(__file__).parent
RELEASES = HERE / "releases"
LEADS = "phone_number,first_name,last_name\n4930555777,Grace,Hopper\n4930555778,Alan,Turing\n"


def main() -> None:
    """Replace the folder `releases`."""
    with TemporaryDirectory(prefix="keep-") as temporary:
        folder = Path(temporary)
        built, _ = wheel.build(folder)
        text = asyncio.run(_written(environment(folder / "env", built), folder / "lab"))
        shutil.rmtree(RELEASES, ignore_errors=True)
        kept = RELEASES / built.name.split("-")[1]
        kept.mkdir(parents=True)
        shutil.copy(built, kept)
        (kept / "database.sql").write_text(text)
    print(f"kept {kept.relative_to(wheel.PROJECT)}: {', '.join(sorted(path.name for path in kept.iterdir()))}")


async def _written(warmline: Path, folder: Path) -> str:
    """Let the program write a database with calls; return it as SQL."""
    async with call_centre(warmline, folder, "--config", str(HERE / "every_kind.toml")) as centre:
        await asyncio.to_thread(_records, warmline, folder)
        await centre.pair("1001", "493012345671")
        await centre.three_way("1002", "493012345672")
        await _ended_call(warmline, centre)
        await asyncio.to_thread(_said, warmline, folder, "db", "backup", str(folder / "copy.db"))
        with closing(sqlite3.connect(folder / "copy.db")) as copy:
            return "\n".join(copy.iterdump()) + "\n"


def _records(warmline: Path, folder: Path) -> None:
    """Write what needs no call: leads, a number that must not be called, a token."""
    (folder / "leads.csv").write_text(LEADS)
    for command in (
        "lead import leads.csv --list 101",
        "dnc create 8005551234",
        "api-token create crm scopes=agents:read,calls:read",
    ):
        _said(warmline, folder, *command.split())


async def _ended_call(warmline: Path, centre: CallCentre) -> None:
    """Let an agent leave a three-way and promise a callback; then all hang up."""
    room = await centre.three_way("1000", "493012345670")
    said = await centre.ask("1000", "transfer_conference", value="LEAVE_3WAY_CALL")
    assert said.startswith("SUCCESS"), said
    for words in ("agent dispo 1000 LATER --callback +1h", "agent logout 1000"):
        await asyncio.to_thread(_said, warmline, Path(centre.lab.dir), *words.split())
    for name in ("customer", "third"):
        await room.lines[name].hang_up()
    centre.rooms.remove(room)


def _said(warmline: Path, folder: Path, *words: str) -> str:
    done = run(warmline, *words, folder=folder, WARMLINE_CONFIG=f"{folder}/warmline.toml")
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout


if __name__ == "__main__":
    main()
