"""The simulated Asterisk with faults: any request can be lost, late, repeated or refused, and the app can die.

`plan` maps the coming requests to faults, with 0 for the next one; `first` does the same for the next request of a
kind. Requests wait for each other as in the app's performer: a request without an answer delays later ones in its lane.
"""

from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from functools import partial

from ari_app.asterisk.action_performer import meaning
from tools.simulation.asterisk.core_driver import Driver
from tools.simulation.asterisk.simulated_asterisk import SECOND
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.ari.client.ari_client import AriError
from warmline.ari.client.request_timeout import DIAL_TIMEOUT_SECONDS, REQUEST_TIMEOUT_SECONDS
from warmline.core.engine.engine import Input
from warmline.core.engine.recovery import restore
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.dial_facts_messages import FindDialFacts
from warmline.core.messages.dialler_messages import CreateDetector, DetectTalking
from warmline.core.rules.configuration import Rules
from warmline.core.world.turn import Turn
from warmline.core.world.world import OpenRecord, World

SLOW = 1.0  # seconds until a late answer
BACK = 1.0  # seconds until a dead app runs again
# These actions are not requests to Asterisk, and cannot fail there.
OURS = (
    do.Reply, do.MeasureRecording, do.ConvertRecording, do.SendWebhook, do.FindLead, FindDialFacts, do.SendDtmf,
)  # fmt: skip
OF_A_LEG = (
    do.AnswerLeg,
    do.SendProgress,
    do.PlaySilence,
    do.MuteOutbound,
    do.MuteInbound,
    do.PlayHoldMusic,
    do.StopHoldMusic,
    DetectTalking,
)
ONCE = (
    do.CreateChannel,
    do.DialLeg,
    do.CreateWhisperLeg,
    do.CreateSnoopLeg,
    CreateDetector,
    do.StartRecording,
    do.ContinueInDialplan,
    do.ContinueInFallback,
)  # Asterisk refuses a second request


class InjectedFault(StrEnum):
    """The fate of a request; `DEATH`: the app dies before it sends the request."""

    LOST = "lost"  # it never arrives, and is never answered
    ANSWER_LOST = "done, but not answered"
    LATE = "late"
    TOO_LATE = "done when it was given up"
    REPEATED = "repeated"
    OVERTAKEN = "given up, repeated, and done once more after it"
    CONFLICT = "409"
    BROKEN = "500"
    UNAVAILABLE = "503"
    DEATH = "death"


OVER = (do.ContinueInDialplan, do.ContinueInFallback, do.StopBridgeMusic, do.StopRecording)
REFUSED = {InjectedFault.CONFLICT: 409, InjectedFault.BROKEN: 500, InjectedFault.UNAVAILABLE: 503}
UNANSWERED = (InjectedFault.LOST, InjectedFault.ANSWER_LOST, InjectedFault.TOO_LATE)


class Faulty(Driver):
    """`struck` lists the faults so far, in order."""

    def __init__(self, rules: Rules | None = None) -> None:
        self.plan: dict[int, InjectedFault] = {}
        self.first: dict[type[do.Action], InjectedFault] = {}
        self.struck: list[tuple[InjectedFault, do.Action]] = []
        self._free: dict[str, int] = {}  # the time until which a lane or a leg is blocked
        self._busy: dict[str, int] = {}  # the time until which Asterisk handles another request about a leg or a bridge
        self._waiting: Counter[str] = Counter()  # how many requests about it wait
        self._lives = 0  # requests of an earlier run of the app are never sent
        self._kept: list[OpenRecord] | None = None  # the records that a dead app has written
        super().__init__(rules)

    @property
    def dead(self) -> bool:
        """Return whether the app is dead."""
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
        """Send the request now, or after the answer to the request that it waits for."""
        leg = do.get_leg(action)
        waits = [leg or lane] if isinstance(action, OF_A_LEG) else [lane, leg or lane]
        holds = [leg or lane] if isinstance(action, (*OF_A_LEG, do.CreateChannel, do.DialLeg)) else waits
        if isinstance(action, do.PlayBridgeMusic | do.StopBridgeMusic):
            waits, holds = [lane, action.bridge], [action.bridge]
        start = max(self.asterisk.now, *(self._free.get(key, 0) for key in waits))
        later = 1000 * (start > self.asterisk.now)  # and later requests after it
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
        """Perform the action at that time.

        Asterisk handles requests about the same leg or bridge one after the other.
        """
        bridge: str = getattr(action, "bridge", "")
        key = do.get_leg(action) or bridge
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
        """Perform the action twice; the second answer is ignored."""
        self.perform(action)
        if not isinstance(action, ONCE):
            self._unanswered(action)

    def _overtaken(self, life: int, action: do.Action) -> None:
        """Repeat the request; the first one is no longer waited for by requests about the same leg."""
        self.asterisk.at(self.asterisk.now + int(SLOW * SECOND), partial(self._unanswered, action))
        if life == self._lives:
            self.perform(action)

    def _unanswered(self, action: do.Action) -> None:
        """Perform the action without an answer; only Asterisk's events show it."""
        before, self.asterisk.out = self.asterisk.out, []
        self.perform(action)
        told = [event for event in self.asterisk.out if not isinstance(event, ev.ActionDone | ev.ActionFailed)]
        self.asterisk.out = [*before, *told]

    def _answer(self, life: int, action: do.Action, status: int) -> None:
        """Handle a status as the app does; 0 means no answer in time."""
        if life != self._lives:
            return
        if status == 409 and isinstance(action, OVER):
            status = 500  # 409 would mean that the leg has left, or that nothing plays or records, which is not true
        event = meaning(action, AriError(status, "ari_refused", "a fault"))
        assert event
        self.asterisk.out.append(event)

    # -- death --

    def die(self) -> None:
        """Forget everything that is not in the database; waiting requests are never sent."""
        self._kept = list(self.world.iterate_open_records())
        self._rules = self.world.rules
        self._lives += 1
        self._free.clear()
        self.world = World()

    def come_back(self) -> None:
        """Load the records, and read Asterisk's snapshot."""
        assert self._kept is not None
        kept, self._kept = self._kept, None
        self.asterisk.out.clear()
        self.world = restore(kept)
        self.feed(ev.AppStarted())
        self.feed(ev.ConfigurationChanged(self._rules))
        self.feed_together(difference(self.asterisk, self.world, start=True))

    def _turn(self, entry: Input) -> Turn:
        """Handle an input; a dead app loses it."""
        return Turn(self.world, self.asterisk.now, "") if self.dead else super()._turn(entry)

    def pump(self) -> None:
        """Feed events until there are none, or the app is dead."""
        if self.dead:
            self.asterisk.out.clear()
        else:
            super().pump()

    def wait(self, seconds: float) -> None:
        """Let time pass; a dead app restarts in it."""
        until = self.asterisk.now + int(seconds * SECOND)
        while self.asterisk.now < until:
            super().wait(min((until - self.asterisk.now) / SECOND, BACK))
            if self.dead:
                self.come_back()


def _two_ways(action: do.Action) -> bool:
    """Return whether it goes over the event stream, and also over HTTP if no answer has come."""
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
    """Return the seconds until the app has its answer, or stops waiting for it."""
    if fault in (*UNANSWERED, InjectedFault.OVERTAKEN):
        return DIAL_TIMEOUT_SECONDS if isinstance(action, do.CreateChannel | do.DialLeg) else REQUEST_TIMEOUT_SECONDS
    return SLOW if fault is InjectedFault.LATE else 0.0
