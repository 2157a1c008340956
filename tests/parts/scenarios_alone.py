"""Runs the scenarios of some test files in the simulated world, one after the other: `DATABASE MODULE...`.

A scenario is a test that needs only a world. The program prints the number of those that passed.
"""

import asyncio
import inspect
import shutil
import sys
from collections.abc import Awaitable, Callable, Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tools.simulation.asterisk.recorded_driver import RecordedDriver
from tools.simulation.call_centre.simulated_world import SimulatedWorld

Scenario = Callable[[Any], Awaitable[None]]


def scenarios(module: str) -> Iterator[Scenario]:
    """Yield the tests of a module that need a world and nothing else."""
    for name, found in vars(import_module(module)).items():
        if name.startswith("test_") and list(inspect.signature(found).parameters) == ["world"]:
            yield found


async def passes(scenario: Scenario, database: Path) -> None:
    """Run a scenario in a world of its own."""
    with TemporaryDirectory() as folder:
        world = SimulatedWorld(RecordedDriver(Path(shutil.copy(database, folder))))
        await scenario(world)
        await world.close()


async def main(database: Path, *names: str) -> None:
    found = [scenario for name in names for scenario in scenarios(name)]
    for scenario in found:
        await passes(scenario, database)
    print(len(found))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), *sys.argv[2:]))
