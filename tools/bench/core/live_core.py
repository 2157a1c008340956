"""The core alone: its requests to Asterisk succeed at once, and cost nothing."""

from collections.abc import Iterator
from time import perf_counter_ns, thread_time_ns
from typing import Any, NamedTuple

from ari_app.switchboard.clock import new_ulid
from warmline.core.engine.engine import Input, handle
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.command_shapes import new
from warmline.core.messages.commands import Ask, Kind
from warmline.core.messages.dial_facts_messages import DialFacts, FindDialFacts
from warmline.core.rules.configuration import Rules
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

START = 1_790_000_000_000_000
MILLISECOND = 1000


class Took(NamedTuple):
    """Microseconds of processor time for one input, and by the clock, which includes the machine's other work."""

    work: float
    clock: float


class LiveCore:
    """A world whose time advances with each input."""

    def __init__(self, rules: Rules) -> None:
        self.world = World()
        self.rules = rules
        self.now = START
        self.handled: list[tuple[Input, Took]] = []  # the last input and its results, each with its cost
        self.tell(ev.ConfigurationChanged(rules))

    def tell(self, entry: Input) -> None:
        """Handle an input, and all inputs that follow from it."""
        self.handled.clear()
        turns = [self._handle(entry)]
        while turns:
            for _, action in turns.pop(0).actions:
                turns += map(self._handle, proof(self.world, action))

    def ask(self, kind: Kind, user: str, **arguments: Any) -> Ask:
        """Give a command of this agent."""
        self.now += MILLISECOND
        return Ask(new_ulid(self.now), new(kind, user, **arguments), by="bench", source="bench")

    def _handle(self, entry: Input) -> Turn:
        self.now += MILLISECOND
        base = new_ulid(self.now)
        begun, work = perf_counter_ns(), thread_time_ns()
        turn = handle(self.world, entry, self.now, base)
        took = Took((thread_time_ns() - work) / 1000, (perf_counter_ns() - begun) / 1000)
        self.handled.append((entry, took))
        return turn


def proof(world: World, action: do.Action) -> Iterator[ev.Event]:
    """Yield Asterisk's events after an action. Each party that is dialled answers."""
    match action:
        case do.AnswerLeg(leg):
            yield ev.LegAnswered(leg)
        case do.CreateChannel(leg):
            yield ev.LegArrived(leg, ("made",))
        case do.DialLeg(leg):
            yield ev.LegAnswered(leg)
        case do.AddToBridge(leg, bridge):
            if before := world.legs[leg].bridge:
                yield ev.LegLeft(leg, before)
            yield ev.LegJoined(leg, bridge)
        case do.RemoveFromBridge(leg, bridge):
            yield ev.LegLeft(leg, bridge)
        case do.DestroyBridge(bridge):
            yield from (ev.LegLeft(leg, bridge) for leg in world.bridge_members.in_bridge(bridge))
        case do.HangUpLeg(leg):
            yield ev.LegDestroyed(leg, 16)
        case do.CreateWhisperLeg(leg):
            yield ev.LegArrived(leg, ("whisper",))
        case FindDialFacts(check, agent):
            yield ev.DialFactsFound(check, agent, DialFacts())
        case do.Play(leg, _, play):
            yield ev.PlayFinished(leg, True, play)
