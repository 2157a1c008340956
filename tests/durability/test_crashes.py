"""A kill or a loss of power at any turn, beside a faulty disk: nothing confirmed is undone or without a receipt.

Plays random scenes, and starts the app from each crash; `tools/nightly killed` plays 200.
"""

import pytest

from tests.durability.crash_judge import Death, Verdict, judge
from tests.durability.crash_scene import Scene
from tests.durability.simulated_app import simulated_machine
from tests.soak import examples, soaking


def play(seed: int, every: int) -> tuple[list[str], Verdict]:
    """Play a scene, and judge each crash whose number is a multiple of `every`; return what is wrong, and counts."""
    wrong, counts = list[str](), Verdict()
    with simulated_machine():
        scene = Scene(seed)
        scene.play()
        for number, crash in list(enumerate(scene.crashes))[::every]:
            for death in Death:
                verdict = judge(crash, death, number)
                counts.add(verdict)
                wrong += [f"crash {number} {death}: {text}" for text in verdict.wrong]
    return wrong, counts


@pytest.mark.parametrize("seed", range(examples(1, by_night=2)))
def test_nothing_confirmed_is_lost_in_a_crash(seed: int) -> None:
    wrong, counts = play(seed, every=1 if soaking() else 6)
    print(counts)
    assert wrong == []
    assert seed or (counts.restarts > 10 and counts.confirmed > 0)


def test_frames_after_a_clear_that_failed_survive_a_crash() -> None:
    """The scene of a fault that was found so."""
    assert play(333, every=4)[0] == []
