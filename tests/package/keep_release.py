"""`python -m tests.package.keep_release`: keep the source of this version, and a database that it wrote.

The tests of upgrades begin with both. The database has an entry of each kind of the configuration. It also has calls
with their recordings, calls that an agent or a dialler has dialled, and calls in progress.
"""

import asyncio
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.package import kept_release
from tests.package.clone import git
from tests.package.installed_wheel import bare, environment, run
from tests.package.talking_calls import CallCentre, Room, call_centre
from tools.release import checks, wheel

HERE = Path(__file__).parent
NOT_PACKAGED = ("tests", "tools")  # folders that no package needs
LEADS = {  # by list
    "101": "phone_number,first_name,last_name\n4930555777,Grace,Hopper\n4930555778,Alan,Turing\n",
    "200": "phone_number,first_name\n0311112222,Ada\n0311113333,Emmy\n",  # in Tokyo
}


def main() -> None:
    """Keep this version: its source replaces those of former releases, whose databases stay.

    The source of the last release with an older schema stays, too: an upgrade from it migrates the database.
    """
    with TemporaryDirectory(prefix="keep-") as temporary:
        folder = Path(temporary)
        built, _ = wheel.build(folder)
        bare(folder / "bare")
        text = asyncio.run(_written(environment(folder / "env", built, folder / "bare"), folder / "lab"))
    kept = kept_release.RELEASES / checks.version(wheel.PROJECT)
    kept.mkdir(parents=True, exist_ok=True)
    (kept / "database.sql").write_text(text)
    for former in kept_release.with_source():
        if former != kept_release.migrated():
            (former / kept_release.SOURCE).unlink()
    pack(kept / kept_release.SOURCE)
    print(f"kept {kept.relative_to(wheel.PROJECT)}: {', '.join(sorted(path.name for path in kept.iterdir()))}")


def pack(target: Path) -> None:
    """Write the tracked files from which packages are made into an archive. The same commit gives the same bytes."""
    epoch = int(git(wheel.PROJECT, "log", "-1", "--format=%ct"))
    with TemporaryDirectory(prefix="keep-") as folder, tarfile.open(target, "w:xz", preset=9) as archive:
        wheel.copy_tracked(wheel.PROJECT, tree := Path(folder, "tree"))
        for file in sorted(path for path in tree.rglob("*") if path.is_file()):
            name = file.relative_to(tree)
            if name.parts[0] not in NOT_PACKAGED:
                one = archive.gettarinfo(file, str(name))
                one.mtime, one.uid, one.gid, one.uname, one.gname = epoch, 0, 0, "", ""
                with open(file, "rb") as content:
                    archive.addfile(one, content)


async def _written(warmline: Path, folder: Path) -> str:
    """Let the program write a database with calls; return it as SQL."""
    async with call_centre(warmline, folder, "--config", str(HERE / "every_kind.toml")) as centre:
        await asyncio.to_thread(_records, warmline, folder)
        await _dialled_calls(warmline, centre)
        await centre.pair("1001", "493012345671")
        await centre.three_way("1002", "493012345672")
        await _ended_call(warmline, centre)
        await asyncio.to_thread(_said, warmline, folder, "db", "backup", str(folder / "copy.db"))
        with closing(sqlite3.connect(folder / "copy.db")) as copy:
            return "\n".join(copy.iterdump()) + "\n"


def _records(warmline: Path, folder: Path) -> None:
    """Write what needs no call: leads, a number that must not be called, a token."""
    for name, leads in LEADS.items():
        (folder / f"{name}.csv").write_text(leads)
    for command in (
        *(f"lead import {name}.csv --list {name}" for name in LEADS),
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


async def _dialled_calls(warmline: Path, centre: CallCentre) -> None:
    """Let an agent dial two leads, and a dialler two others: one buys, the other is to be called again."""
    agent, folder = await centre.logged_in("1003"), Path(centre.lab.dir)

    async def said(*words: str) -> None:
        await asyncio.to_thread(_said, warmline, folder, *words)

    async def talks(status: str) -> None:
        customer = await centre.peer.next_call()
        await customer.answered()
        await Room({"agent": agent, "customer": customer}).talks()
        await customer.hang_up()
        await centre.is_in("1003", "DISPO")
        await said("agent", "dispo", "1003", status)

    for lead, status in (("1", "SALE"), ("2", "NA")):
        await said("agent", "dial", "1003", "--lead", lead)
        await talks(status)
        await centre.is_in("1003", "READY")
    await said("campaign", "start", "TESTCAMP")
    for status in ("SALE", "NA"):
        await talks(status)
    await said("campaign", "stop", "TESTCAMP")
    await said("agent", "logout", "1003")


def _said(warmline: Path, folder: Path, *words: str) -> str:
    done = run(warmline, *words, folder=folder, WARMLINE_CONFIG=f"{folder}/warmline.toml")
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout


if __name__ == "__main__":
    main()
