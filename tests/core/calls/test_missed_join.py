"""Two parties were connected, the app died before it recorded this, and one hung up before the app was back."""

import pytest

from tests.core.core_stage import CUSTOMER, PHONE, in_seat, is_dispo
from tools.simulation.asterisk.core_driver import demo_rules
from tools.simulation.asterisk.injected_faults import Faulty
from warmline.core.engine.engine import Input
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.queue_wait import ANSWERED_OUTCOME, QueueWait
from warmline.core.world.turn import Turn


class DyingDriver(Faulty):
    """Let the app die as it receives that `fatal_leg` has joined a bridge."""

    fatal_leg = ""

    def _turn(self, entry: Input) -> Turn:
        if isinstance(entry, ev.LegJoined) and entry.leg == self.fatal_leg and not self.dead:
            self.die()
        return super()._turn(entry)


def create_lab(*users: str) -> DyingDriver:
    """Let these agents be READY."""
    lab = DyingDriver(demo_rules(campaign_recording="ALLFORCE"))
    for user in users:
        lab.log_in(user)
    return lab


def hang_up_during_absence(lab: DyingDriver, channel: str) -> DyingDriver:
    """Hang up while the app is away."""
    assert lab.dead
    lab.hang_up(channel)
    lab.come_back()
    lab.fatal_leg = ""
    return lab


@pytest.mark.fault("the app is killed (-9)")
def test_a_customer_who_was_connected_did_not_abandon_the_queue() -> None:
    lab = create_lab("1000")
    lab.fatal_leg = PHONE
    lab.customer()
    action_count = len(hang_up_during_absence(lab, CUSTOMER).asked)
    assert is_dispo(lab) and in_seat(lab)
    [call] = [record for record in lab.closed.values() if isinstance(record, Call)]
    assert (call.outcome.ended_by, call.outcome.status, call.outcome.last_agent) == (
        "customer",
        "",
        "1000",
    ) and call.outcome.connected
    [wait] = [record for record in lab.closed.values() if isinstance(record, QueueWait)]
    assert (wait.outcome, wait.agent) == (ANSWERED_OUTCOME, "1000")
    assert not any(
        isinstance(action, do.CreateWhisperLeg | do.StartRecording) for action in lab.asked[action_count:]
    ), "the bridge has no other party"


def test_a_closer_who_had_come_has_had_the_call() -> None:
    lab = create_lab("1000")
    lab.customer()
    lab.wait(2.5)
    lab.fatal_leg = lab.log_in("1001")
    lab.ask(Kind.DIAL_WITH_CUSTOMER, ingroup="SUPPORTLINE")
    hang_up_during_absence(lab, CUSTOMER)
    assert is_dispo(lab) and is_dispo(lab, "1001") and in_seat(lab, "1001")
    assert [record.outcome for record in lab.closed.values() if isinstance(record, QueueWait)] == [
        ANSWERED_OUTCOME,
        ANSWERED_OUTCOME,
    ]
