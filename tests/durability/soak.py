"""Plays scenes with successive seeds, starts the app from each crash, and prints one line of counts."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.durability.crash_judge import Death, Verdict, judge
from tests.durability.crash_scene import Scene
from tests.durability.simulated_app import simulated_machine


@dataclass
class Result:
    """The counts of several scenes; `failures` name the seed, the number of the crash, and what is wrong."""

    scenes: int = 0
    turns: int = 0
    answered: int = 0
    verdict: Verdict = field(default_factory=Verdict)
    failures: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        found = self.verdict
        return (
            f"{self.scenes} scenes, {self.turns} turns, {found.restarts} restarts, {self.answered} successes answered "
            f"({found.confirmed} judged after a restart): undone {len(found.undone)}, "
            f"without receipt {len(found.without_receipt)}, in silence {len(found.silent)}, "
            f"acted twice {len(found.twice)}; followers repeated {found.followers}, rerouted {found.rerouted}"
        )


def play(seeds: Iterable[int], every: int = 1) -> Result:
    """Play the scenes, and judge each crash whose number is a multiple of `every`."""
    result = Result()
    with simulated_machine():
        for seed in seeds:
            scene = Scene(seed)
            scene.play()
            result.scenes, result.turns = result.scenes + 1, result.turns + scene.turns
            result.answered += scene.answered
            for number, crash in list(enumerate(scene.crashes))[::every]:
                for death in Death:
                    verdict = judge(crash, death, number)
                    result.verdict.add(verdict)
                    result.failures += [f"seed {seed} crash {number} {death}: {text}" for text in verdict.wrong]
    return result


def play_all(seeds: Iterable[int]) -> int:
    """Play the scenes with all crashes, print the result, and return the exit status."""
    result = play(seeds)
    print(*dict.fromkeys(result.failures), result, sep="\n")
    return 1 if result.failures else 0
