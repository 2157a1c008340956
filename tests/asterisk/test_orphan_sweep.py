"""Orphans are removed: after a grace period, or at once if Asterisk refused to remove them before."""

import asyncio
from typing import NamedTuple

import pytest

from ari_app.link.call_control import Orphans
from ari_app.servers.orphan_sweep import OrphanSweep
from tests.asterisk import jumping
from warmline.ari.client.ari_client import AriError
from warmline.core.messages import actions as do
from warmline.core.messages.action_answers import ActionFailed
from warmline.core.messages.values.server_action import MAIN_SERVER

ROOM, LEG = do.DestroyBridge("room-1"), do.HangUpLeg("leg-1")
NOBODY, BOTH = Orphans((), ()), Orphans(("leg-1",), ("room-1",))


class Swept(NamedTuple):
    """The orphans that the last check removed, and the second of each check."""

    ended: list[do.Action]
    looked: list[float]


def swept(looks: list[Orphans | None], *refused: tuple[float, do.Action], stuck: do.Action | None = None) -> Swept:
    """`refused` has the second of each refusal; None is a check that Asterisk refuses; `stuck` ones never end."""
    ended: list[do.Action] = []
    looked: list[float] = []
    to_come = list(looks)

    async def main() -> None:
        loop, enough = asyncio.get_running_loop(), asyncio.Event()

        async def find() -> Orphans:
            if not to_come:
                await asyncio.Event().wait()
            looked.append(loop.time())
            found = to_come.pop(0)
            if not to_come:
                enough.set()  # the waiting test continues when the sweep has done all that is due
            if found is None:
                raise AriError(500, "ari_refused", "no")
            return found

        def perform(_: str, action: do.Action) -> None:
            ended.append(action)
            if action == stuck:
                one.heard(ActionFailed(action, 500, "no"))

        one = OrphanSweep(MAIN_SERVER, find, perform)
        running = asyncio.create_task(one.run())
        for second, action in refused:
            await asyncio.sleep(second - loop.time())
            one.heard(ActionFailed(action, 500, "no"))
        await asyncio.wait_for(enough.wait(), 3600)
        running.cancel()

    jumping.run(main())
    return Swept(ended, looked)


def test_an_orphan_is_removed_after_the_grace_period() -> None:
    assert swept([BOTH]) == ([], [60])
    assert swept([BOTH, Orphans((), ("room-1",))]) == ([ROOM], [60, 120])
    assert swept([BOTH, None, BOTH]) == ([LEG, ROOM], [60, 120, 180])


def test_an_orphan_is_ended_on_its_server() -> None:
    found = Orphans(("leg-1",), ("room-1",), "b")
    assert swept([found, found]).ended == [do.HangUpLeg("leg-1", server="b"), do.DestroyBridge("room-1", server="b")]


def test_a_refusal_of_another_server_is_left_to_its_sweep() -> None:
    elsewhere = do.HangUpLeg("leg-1", server="b")
    assert swept([BOTH], (5, elsewhere)) == ([], [60])


@pytest.mark.fault(
    "Asterisk refuses to end a channel or a bridge of a call that has ended",
    "nothing",
    "nothing; the app retries after a second, then at growing intervals, and logs this",
)
def test_a_refused_end_is_retried_at_once() -> None:
    found = Orphans(("leg-1", "just-arrived"), ("room-1", "room-2"))
    assert swept([found], (0, ROOM), (0, LEG)) == ([LEG, ROOM], [1])
    assert swept([None, found], (0, ROOM)) == ([ROOM], [1, 3])
    assert swept([NOBODY], (0, ROOM), (0, LEG)) == ([], [1])
    assert swept([found], (0, do.RemoveFromBridge("leg-1", "room-1")), (5, ROOM)) == ([ROOM], [6])


@pytest.mark.fault("Asterisk refuses to end a channel or a bridge of a call that has ended")
def test_an_orphan_that_stays_is_retried_at_growing_intervals_and_delays_no_other() -> None:
    looked = [1, 2, 4, 8, 16, 32, 60, 64, 120, 124, 180, 184]
    ended = [LEG] * 7 + [LEG, ROOM] + [LEG] * 3
    found = [BOTH] * 9 + [Orphans(("leg-1",), ())] * 3
    assert swept([*found], (0, LEG), stuck=LEG) == (ended, looked)


def test_looks_that_find_nothing_are_soon_seldom_until_all_is_quiet() -> None:
    refused = [(second, LEG) for second in (0, 1.5, 4.5, 30)]
    assert swept([NOBODY] * 4, *refused) == ([], [1, 3.5, 8.5, 31])
