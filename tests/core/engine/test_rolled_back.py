"""A turn that raises at any place leaves the world unchanged."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

from tests.core.core_stage import CUSTOMER, SCENES
from tests.core.world_picture import picture
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from tools.simulation.asterisk.failing_driver import ProvokedError
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.engine import engine
from warmline.core.engine.engine import Input, handle
from warmline.core.indexes.bridge_members import BridgeMembers
from warmline.core.indexes.call_counts import CallCounts
from warmline.core.indexes.session_index import SessionIndex
from warmline.core.indexes.timers import Timers
from warmline.core.indexes.undo_log import UndoLog
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.queue.matching.call_matcher import CallMatcher
from warmline.core.rules.configuration import Rules
from warmline.core.webhooks import webhook_triggers
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

CHANGES = (
    (World, ("keep", "forget", "hold_call", "release_calls", "count_failure")),
    (CallMatcher, ("add_call", "forget_call", "add_agent", "forget_agent", "restart_races", "match", "_remove")),
    (Timers, ("set", "forget")),
    (BridgeMembers, ("change",)),
    (CallCounts, ("change",)),
    (SessionIndex, ("change",)),
    (UndoLog, ("record_slot",)),  # before the change itself: the middle of a change with several parts
)


class Breaker:
    """Raises after this many changes, or at the end of the turn; 0 for never."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left = 0
        for changed_class, names in CHANGES:
            for name in names:
                monkeypatch.setattr(changed_class, name, self._counted(getattr(changed_class, name)))
        follow = webhook_triggers.queue_webhooks

        def at_the_end(turn: Turn) -> None:
            follow(turn)
            if self.left:
                raise AtTheEndError

        monkeypatch.setattr(engine.webhook_triggers, "queue_webhooks", at_the_end)

    def _counted(self, change: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **keywords: Any) -> Any:
            outcome = change(*args, **keywords)
            if self.left:
                self.left -= 1
                if not self.left:
                    raise ProvokedError
            return outcome

        return counted


class AtTheEndError(Exception):
    """Let the turn fail after all its changes."""


class BrokenDriver(Driver):
    """Handles each input once for each of its changes with a failure after it, then once without one."""

    def __init__(self, breaker: Breaker, rules: Rules) -> None:
        self.breaker = breaker
        self.broken = 0
        super().__init__(rules)

    def _handle(self, core_input: Input) -> Turn:
        old_picture = picture(self.world)
        for changes in count(1):
            self.breaker.left = changes
            try:
                handle(self.world, core_input, self.asterisk.now + 1, "0" * 26)
            except ProvokedError:
                self.broken += 1
            except AtTheEndError:
                break
            finally:
                self.breaker.left = 0
                assert picture(self.world) == old_picture
        return super()._handle(core_input)


def some_of_the_day(lab: Driver) -> Iterator[Input | None]:
    """Two agents, three callers, a consultation, a leave, a lost phone, a restart, and a death of Asterisk."""
    lab.log_in("1000")
    SCENES["consulting_closer"](lab)
    lab.customer(name="second")
    lab.ask(Kind.LEAVE_3WAY_CALL)
    lab.ask(Kind.STATUS, status="SALE")
    lab.wait(30)
    lab.hang_up("phone-1001", 44)
    lab.wait(5)
    lab.feed(ev.ConfigurationChanged(lab.world.rules))
    lab.feed_together(difference(lab.asterisk, lab.world))
    lab.hang_up(CUSTOMER)
    lab.customer(name="third")
    yield None
    lab.feed(ev.AsteriskConnected(lab.asterisk.started + 1))


@pytest.mark.parametrize("recording", ["NEVER", "ALLCALLS"])
def test_a_turn_that_fails_after_any_of_its_changes_leaves_the_world_as_it_was(
    monkeypatch: pytest.MonkeyPatch, recording: str
) -> None:
    rules = demo_rules(campaign_recording=recording)
    broken, unbroken = BrokenDriver(Breaker(monkeypatch), rules), Driver(rules)
    for _ in zip(some_of_the_day(broken), some_of_the_day(unbroken), strict=True):
        assert broken.asked == unbroken.asked
    assert broken.asked == unbroken.asked
    assert picture(broken.world) == picture(unbroken.world)
    assert broken.broken > 900
