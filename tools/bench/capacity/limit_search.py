"""Finds the highest load that works: steps up until one fails, then halves the gap."""

from collections.abc import Awaitable, Callable

FIRST, GROWTH, MOST = 40, 1.4, 600
NEAR = 1.06  # a load less than this factor above a working one is not tried
TRIES = 2  # one failure may be caused by the machine


async def knee(holds: Callable[[int], Awaitable[bool]]) -> int:
    """Return the highest load that works, 0 if the first one fails; a failing load is tried a second time."""

    async def does(load: int) -> bool:
        for _ in range(TRIES):
            if await holds(load):
                return True
        return False

    good, load = 0, FIRST
    while load <= MOST and await does(load):
        good, load = load, round(load * GROWTH)
    broken = load
    while good and broken <= MOST and (middle := round((good + broken) / 2)) > good * NEAR:
        good, broken = (middle, broken) if await does(middle) else (good, middle)
    return good
