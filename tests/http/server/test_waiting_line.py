"""The line for one resource: its order, its limits, and its fairness to addresses.

`asyncio.sleep(0)` gives each task one turn of the loop, so that it stands in the line.
"""

import asyncio
from collections.abc import Sequence

import pytest

from ari_app.http.server.limits.waiting_line import MOST, MOST_FIRST, LineFull, WaitingLine

FULL = "full"


def served(*wanted: tuple[int, str], cancelled: Sequence[int] = ()) -> list[str]:
    """Return the tasks in the order in which they were admitted, then those that were sent away.

    A task is its host and its number; the resource is taken while they come.
    """
    done: list[str] = []
    away: list[str] = []

    async def go() -> None:
        line, go_on = WaitingLine(), asyncio.Event()

        async def hold() -> None:
            async with line.place(0, "holder"):
                await go_on.wait()

        async def task(number: int, rank: int, host: str) -> None:
            try:
                async with line.place(rank, host):
                    done.append(f"{host}{number}")
            except LineFull:
                away.append(f"{host}{number} {FULL}")

        holder = asyncio.create_task(hold())
        await asyncio.sleep(0)
        tasks = [asyncio.create_task(task(number, *one)) for number, one in enumerate(wanted)]
        await asyncio.sleep(0)
        for number in cancelled:
            tasks[number].cancel()
        await asyncio.sleep(0)
        go_on.set()
        await asyncio.gather(holder, *tasks, return_exceptions=True)
        async with asyncio.timeout(1), line.place(3, "later"):  # the resource is free again
            pass

    asyncio.run(go())
    return done + away


@pytest.mark.parametrize(
    ("wanted", "order"),
    [
        ([(1, "a"), (1, "a"), (1, "b"), (1, "a"), (1, "c")], ["a0", "b2", "c4", "a1", "a3"]),
        ([(2, "a"), (1, "b"), (0, "c"), (1, "a")], ["c2", "b1", "a3", "a0"]),
    ],
    ids=["hosts take turns", "a lower rank goes first"],
)
def test_waiting_requests_are_served_in_fair_order(wanted: list[tuple[int, str]], order: list[str]) -> None:
    assert served(*wanted) == order


def test_a_full_line_sends_the_newest_away() -> None:
    told = served(*[(1, f"h{number}.") for number in range(MOST + 2)])
    assert told[-2:] == [f"h{MOST}.{MOST} {FULL}", f"h{MOST + 1}.{MOST + 1} {FULL}"] and len(told) == MOST + 2


def test_a_host_with_many_gives_way_to_one_with_none() -> None:
    told = served(*[(1, "a")] * MOST, (1, "b"))
    assert told == ["a0", f"b{MOST}", *(f"a{n}" for n in range(1, MOST - 1)), f"a{MOST - 1} {FULL}"]


def test_a_higher_rank_gives_way_and_a_lower_one_does_not() -> None:
    assert served(*[(2, f"h{n}.") for n in range(MOST)], (1, "b"))[0] == f"b{MOST}"
    assert served(*[(1, f"h{n}.") for n in range(MOST)], (2, "b"))[-1] == f"b{MOST} {FULL}"


def test_the_first_rank_has_a_limit_of_its_own() -> None:
    told = served(*[(1, f"h{n}.") for n in range(MOST)], *[(0, "a")] * (MOST_FIRST + 1))
    assert sum(FULL in one for one in told) == 1 and told[-1] == f"a{MOST + MOST_FIRST} {FULL}"


@pytest.mark.parametrize("cancelled", [[0], [1], [0, 1, 2]])
def test_a_cancelled_task_leaves_no_gap(cancelled: list[int]) -> None:
    wanted = [(1, "a"), (1, "b"), (2, "c")]
    told = served(*wanted, cancelled=cancelled)
    assert told == [f"{host}{n}" for n, (_, host) in enumerate(wanted) if n not in cancelled]


def test_a_task_that_is_cancelled_just_before_its_turn_takes_no_place() -> None:
    async def go() -> None:
        line = WaitingLine()

        async def wait() -> None:
            async with line.place(1, "a"):
                pass

        async with line.place(0, "holder"):
            tasks = [asyncio.create_task(wait()) for _ in range(2)]
            await asyncio.sleep(0)
            tasks[0].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert [task.cancelled() for task in tasks] == [True, False]
        async with asyncio.timeout(30), line.place(3, "later"):
            pass

    asyncio.run(go())
