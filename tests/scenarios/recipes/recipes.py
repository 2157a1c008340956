"""Puts a recipe of the cookbook into the lab, with the commands of its header, and takes it out."""

import asyncio
import re
import subprocess
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from tests.internals.scenarios import change_plan, config_history, recipes
from tools.simulation.call_centre.command_line import warmline
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party

GLOBAL = re.compile(r"([A-Z_]+) = .+")
NUMBER = re.compile(r"warmline install --recipe \S+ --number (\S+)")


@asynccontextmanager
async def recipe(world: RealWorld, name: str, values: Mapping[str, str] | None = None) -> AsyncIterator[Path]:
    """Install a recipe, and run the commands of its header. Yields the lab's folder; afterwards all is as before.

    `values` are those of the global variables that the header names, for this test.
    """
    lab = world.site.folder
    found, before, last = recipes.find(name), files(lab), revision(world)
    assert {one[1] for line in found.before if (one := GLOBAL.fullmatch(line))} == set(values or {})
    number = next((one[1] for line in found.before if (one := NUMBER.fullmatch(line))), "")
    more = ("--number", number) if number else ()
    await warmline(lab, "install", "--recipe", name, "--etc", str(lab / "etc"), "--yes", *more)
    try:
        await console(world, "dialplan reload")
        for variable, value in (values or {}).items():
            await console(world, f"dialplan set global {variable} {value}")
        for line in found.before:
            if line.startswith("warmline ") and not line.startswith("warmline install"):
                await warmline(lab, *line.split()[1:])
        await world.in_force()
        yield lab
    finally:
        undo(world, last)
        await world.in_force()
        await warmline(lab, "uninstall", "--recipe", name, "--yes")
        await console(world, "dialplan reload")
        assert files(lab) == before


def files(lab: Path) -> dict[str, bytes]:
    """Return the contents of the files in Asterisk's folders."""
    return {str(path): path.read_bytes() for name in ("etc", "agi") for path in (lab / name).iterdir()}


def revision(world: RealWorld) -> int:
    """Return the number of the last change of the configuration."""
    return config_history.newest(world.database, 1)[0].number


def undo(world: RealWorld, last: int) -> None:
    """Undo all changes of the configuration after this one, the newest first."""
    made = [one.number for one in config_history.newest(world.database, 100) if one.number > last]
    for number in made:
        wanted, _ = config_history.taken_back(world.database, number)
        change_plan.apply(world.database, change_plan.plan(world.database, wanted), who="test")


async def data(world: RealWorld, customer: Party) -> dict[str, str]:
    """Return the data of the customer's call, as the JSON API has it."""
    call = next(call["id"] for call in await world.live("calls") if call["customer"] == customer.name)
    found: dict[str, str] = (await world.site.document(f"calls/{call}"))["data"]
    return found


async def console(world: RealWorld, command: str) -> str:
    """Run a command of Asterisk's console."""
    words = [*world.site.lab.asterisk_cli, command]
    done = await asyncio.to_thread(subprocess.run, words, check=True, capture_output=True, text=True)
    return done.stdout


@contextmanager
def edited(file: Path, old: str, new: str) -> Iterator[None]:
    """Change the installed copy of a recipe within the block, as its user may."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    yield
    file.write_text(text)
