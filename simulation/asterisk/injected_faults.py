"""The simulated Asterisk when things go wrong: any request lost, late, repeated or refused, and the app dying.

`plan` says which of the requests to come has which fault, 0 is the next one; `first` the same of the next of a kind.
Requests wait for each other as in the
app's performer, so one that has no answer yet holds up what comes after it in its lane.
"""

from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from functools import partial

from ari_app.asterisk.action_performer import meaning
from ari_app.asterisk.ari_client import DIAL_LIMIT, LIMIT, AriError
from simulation.asterisk.core_driver import Driver
from simulation.asterisk.simulated_asterisk import SECOND
from simulation.asterisk.simulated_snapshot import difference
from warmline.core.engine.engine import Input
from warmline.core.engine.recovery import restore
from warmline.core.model import actions as do
from warmline.core.model import events as ev
from warmline.core.rules.configuration import Rules
from warmline.core.state.world import OpenRecord, Turn, World

SLOW = 1.0  # seconds that a late answer takes
BACK = 1.0  # seconds until a dead app runs again
# What is no request to Asterisk cannot go wrong there.
OURS = (do.Reply, do.MeasureRecording, do.ConvertRecording, do.SendWebhook, do.FindLead, do.FindDialFacts, do.SendDtmf)
OF_A_LEG = (
    do.AnswerLeg,
    do.SendProgress,
    do.PlaySilence,
    do.MuteOutbound,
    do.MuteInbound,
    do.PlayHoldMusic,
    do.StopHoldMusic,
)
ONCE = (
    do.CreateChannel,
    do.DialLeg,
    do.CreateWhisperLeg,
    do.CreateSnoopLeg,
    do.StartRecording,
    do.ContinueInDialplan,
    do.ContinueInFallback,
)  # a second one is refused


class InjectedFault(StrEnum):
    """What becomes of a request; `DEATH`: the app dies before it sends it."""

    LOST = "lost"  # it never arrives, and nobody answers
    ANSWER_LOST = "done, but not answered"
    LATE = "late"
    TOO_LATE = "done when it was given up"
    REPEATED = "repeated"
    OVERTAKEN = "given up, repeated, and done once more after it"
    CONFLICT = "409"
    BROKEN = "500"
    UNAVAILABLE = "503"
    DEATH = "death"


REFUSED = {InjectedFault.CONFLICT: 409, InjectedFault.BROKEN: 500, InjectedFault.UNAVAILABLE: 503}
UNANSWERED = (InjectedFault.LOST, InjectedFault.ANSWER_LOST, InjectedFault.TOO_LATE)


class Faulty(Driver):
    """`struck` has what went wrong, in order."""

    def __init__(self, rules: Rules | None = None) -> None:
        self.plan: dict[int, InjectedFault] = {}
        self.first: dict[type[do.Action], InjectedFault] = {}
        self.struck: list[tuple[InjectedFault, do.Action]] = []
        self._free: dict[str, int] = {}  # until when a lane or a leg is held up
        self._busy: dict[str, int] = {}  # until when Asterisk itself does nothing else with a leg or a bridge
        self._waiting: Counter[str] = Counter()  # how many requests about it wait there
        self._lives = 0  # requests of an earlier life are never sent
        self._kept: list[OpenRecord] | None = None  # what a dead app has written down
        super().__init__(rules)

    @property
    def dead(self) -> bool:
        """Whether the app does not run."""
        return self._kept is not None

    # -- requests --

    def _begin(self, lane: str, action: do.Action) -> None:
        if self.dead:
            return
        fault = None if isinstance(action, OURS) else self._next_fault(action)
        if fault is InjectedFault.DEATH:
            self.struck.append((fault, action))
            self.die()
        elif isinstance(action, OURS):
            super()._begin(lane, action)
        else:
            self._send(lane, action, fault)

    def _next_fault(self, action: do.Action) -> InjectedFault | None:
        fault = self.first.pop(type(action), None) or self.plan.get(0)
        if fault is InjectedFault.OVERTAKEN and not _two_ways(action):
            fault = InjectedFault.TOO_LATE
        self.plan = {number - 1: planned for number, planned in self.plan.items() if number}
        return fault

    def _send(self, lane: str, action: do.Action, fault: InjectedFault | None) -> None:
        """Now, or when what it waits for has had its answer."""
        leg = do.leg_of(action)
        waits = [leg or lane] if isinstance(action, OF_A_LEG) else [lane, leg or lane]
        holds = [leg or lane] if isinstance(action, (*OF_A_LEG, do.CreateChannel, do.DialLeg)) else waits
        if isinstance(action, do.PlayBridgeMusic | do.StopBridgeMusic):
            waits, holds = [lane, action.bridge], [action.bridge]
        start = max(self.asterisk.now, *(self._free.get(key, 0) for key in waits))
        later = 1000 * (start > self.asterisk.now)  # and whatever comes next, after it
        for key in holds:
            self._free[key] = start + int(_lasts(action, fault) * SECOND) + later
        if start == self.asterisk.now:
            self._arrive(self._lives, action, fault)
        else:
            self.asterisk.at(start, partial(self._arrive, self._lives, action, fault))

    def _arrive(self, life: int, action: do.Action, fault: InjectedFault | None) -> None:
        if life != self._lives:
            return
        if fault:
            self.struck.append((fault, action))
        answered = self.asterisk.now + int(_lasts(action, fault) * SECOND)
        match fault:
            case None:
                self._once_free(action, partial(self.perform, action))
            case InjectedFault.LATE:
                self._once_free(action, partial(self.perform, action), answered)
            case InjectedFault.REPEATED:
                self._once_free(action, partial(self._twice, action))
            case InjectedFault.OVERTAKEN:
                self.asterisk.at(answered, partial(self._overtaken, life, action))
            case InjectedFault.ANSWER_LOST:
                self._once_free(action, partial(self._unanswered, action))
            case InjectedFault.TOO_LATE:
                self._once_free(action, partial(self._unanswered, action), answered + int(SLOW * SECOND))
        if status := REFUSED.get(fault) if fault else None:
            self._answer(life, action, status)
        elif fault in UNANSWERED:
            self.asterisk.at(answered, partial(self._answer, life, action, 0))

    def _once_free(self, action: do.Action, do_it: Callable[[], None], when: int = 0) -> None:
        """At that time; Asterisk takes one request after the other about the same leg or bridge."""
        bridge: str = getattr(action, "bridge", "")
        key = do.leg_of(action) or bridge
        when = max(when, self._busy.get(key, 0), self.asterisk.now)
        if when == self.asterisk.now and not self._waiting[key]:
            do_it()
        else:
            self._busy[key] = when
            self._waiting[key] += 1
            self.asterisk.at(when, partial(self._in_its_turn, key, do_it))

    def _in_its_turn(self, key: str, do_it: Callable[[], None]) -> None:
        self._waiting[key] -= 1
        do_it()

    def _twice(self, action: do.Action) -> None:
        """Nobody waits for the second one's answer."""
        self.perform(action)
        if not isinstance(action, ONCE):
            self._unanswered(action)

    def _overtaken(self, life: int, action: do.Action) -> None:
        """Asked again; the first one waits behind other requests, and no more for what comes about the same leg."""
        self.asterisk.at(self.asterisk.now + int(SLOW * SECOND), partial(self._unanswered, action))
        if life == self._lives:
            self.perform(action)

    def _unanswered(self, action: do.Action) -> None:
        """It is done, and only Asterisk's events tell so."""
        before, self.asterisk.out = self.asterisk.out, []
        self.perform(action)
        told = [event for event in self.asterisk.out if not isinstance(event, ev.ActionDone | ev.ActionFailed)]
        self.asterisk.out = [*before, *told]

    def _answer(self, life: int, action: do.Action, status: int) -> None:
        """What the app makes of a status; 0 is no answer in time."""
        if life != self._lives:
            return
        if status == 409 and isinstance(action, (do.ContinueInDialplan, do.ContinueInFallback, do.StopBridgeMusic)):
            status = 500  # the other one says that the leg has left, that none plays: it would be a lie
        event = meaning(action, AriError(status, "a fault"))
        assert event
        self.asterisk.out.append(event)

    # -- death --

    def die(self) -> None:
        """Forget everything that is not written down; requests that wait for others are never sent."""
        self._kept = list(self.world.open_entities())
        self._rules = self.world.rules
        self._lives += 1
        self._free.clear()
        self.world = World()

    def come_back(self) -> None:
        """Read what was written down, and Asterisk's picture."""
        assert self._kept is not None
        kept, self._kept = self._kept, None
        self.asterisk.out.clear()
        self.world = restore(kept)
        self.feed(ev.AppStarted())
        self.feed(ev.ConfigurationChanged(self._rules))
        self.feed_together(difference(self.asterisk, self.world))

    def _turn(self, entry: Input) -> Turn:
        """What is said to a dead app is lost."""
        return Turn(self.world, self.asterisk.now, "") if self.dead else super()._turn(entry)

    def pump(self) -> None:
        """Hand over events until there are none, or nobody hears them."""
        if self.dead:
            self.asterisk.out.clear()
        else:
            super().pump()

    def wait(self, seconds: float) -> None:
        """Let time pass; an app that is dead comes back meanwhile."""
        until = self.asterisk.now + int(seconds * SECOND)
        while self.asterisk.now < until:
            super().wait(min((until - self.asterisk.now) / SECOND, BACK))
            if self.dead:
                self.come_back()


def _two_ways(action: do.Action) -> bool:
    """Whether it goes over the event stream, and over HTTP as well when no answer has come."""
    match action:
        case do.PlaySilence(on=on):
            return not on
        case (
            do.CreateMixingBridge()
            | do.CreateHoldingBridge()
            | do.DestroyBridge()
            | do.RemoveFromBridge()
            | do.HangUpLeg()
        ):
            return True
    return False


def _lasts(action: do.Action, fault: InjectedFault | None) -> float:
    """Seconds until the app has its answer, or waits no longer for it."""
    if fault in (*UNANSWERED, InjectedFault.OVERTAKEN):
        return DIAL_LIMIT if isinstance(action, do.CreateChannel | do.DialLeg) else LIMIT
    return SLOW if fault is InjectedFault.LATE else 0.0
