"""How much something can take: steps up until it breaks, then the gap halved."""

from collections.abc import Awaitable, Callable

FIRST, GROWTH, MOST = 40, 1.4, 600
NEAR = 1.06  # so much more than what holds need not be tried
TRIES = 2  # one hiccup of the machine is not the end


async def knee(holds: Callable[[int], Awaitable[bool]]) -> int:
    """The highest that holds, 0 if not even the first does; what breaks is tried once more."""

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
