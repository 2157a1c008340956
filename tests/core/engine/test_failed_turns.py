"""An exception in a turn: the command is refused or the event dropped, and one call is reconciled, no other."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from tests.core.core_stage import QUICK, SCENES, in_seat, is_dispo, phone_of, together
from tests.core.world_picture import picture
from tools.simulation.asterisk.core_driver import demo_rules
from tools.simulation.asterisk.failing_driver import FailingDriver, ProvokedError
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.calls import converge
from warmline.core.engine import call_removal, engine, recovery
from warmline.core.engine.engine import Input
from warmline.core.indexes.timers import TimerKey, TimerKind
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.command_classes import make_command
from warmline.core.messages.commands import Ask, Kind
from warmline.core.messages.dial_facts_messages import DialFacts
from warmline.core.messages.dialler_messages import (
    DialHalted,
    DialIdle,
    DialRefused,
    LeadAnsweredAway,
    LeadFound,
    LegTalking,
    PacingDecided,
)
from warmline.core.messages.events import Remedy
from warmline.core.messages.page_messages import PageAway, PageBack
from warmline.core.messages.process_messages import ServerWeight
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.receipt import Outcome
from warmline.core.model.session import Session
from warmline.core.model.webhook import Webhook
from warmline.core.receipts import receipts
from warmline.core.rules.reasons import CALL_FAILED, TURN_FAILED
from warmline.core.webhooks import webhook_retries
from warmline.core.world.turn import Turn
from warmline.store.wire_names.journal_classes import INPUTS

UNFAILED_CALLER, UNFAILED_PHONE = "other", "phone-1001"  # a call without a fault
FELLOW = "cust"


def two_calls() -> FailingDriver:
    """Return agent 1000 with a customer and a third party, and agent 1001 with another customer; both are recorded."""
    lab = FailingDriver(demo_rules(campaign_recording="ALLCALLS"))
    lab.log_in("1000")
    SCENES["three_way"](lab)
    lab.log_in("1001")
    lab.customer(name=UNFAILED_CALLER)
    lab.wait(2)
    assert together(lab, UNFAILED_CALLER, UNFAILED_PHONE)
    return lab


def failed_call(lab: FailingDriver) -> Call:
    return lab.call_of(FELLOW)


def the_other(lab: FailingDriver) -> list[object]:
    """Return each record of the other call."""
    call = lab.call_of(UNFAILED_CALLER)
    files = [file for file in lab.world.recordings.values() if file.call == call.id]
    return [call, lab.session("1001"), lab.world.legs[UNFAILED_CALLER], lab.world.legs[UNFAILED_PHONE], *files]


def file_of(lab: FailingDriver) -> str:
    return failed_call(lab).recording.running or ""


# An input of each class that is about the call, and of those that are about all calls.
OF_THE_CALL: dict[type, Callable[[FailingDriver], Input]] = {
    Ask: lambda lab: Ask(
        f"receipt-{lab.asterisk.now}", make_command(Kind.PARK_CUSTOMER, "1000"), by="6666", source="test"
    ),
    ev.LegArrived: lambda lab: ev.LegArrived(FELLOW, ("ingroup", "SALESLINE")),
    ev.LegRinging: lambda lab: ev.LegRinging(FELLOW),
    ev.LegProgress: lambda lab: ev.LegProgress(FELLOW),
    ev.LegAnswered: lambda lab: ev.LegAnswered(FELLOW),
    ev.LegJoined: lambda lab: ev.LegJoined(FELLOW, failed_call(lab).mixing_bridge_id),
    ev.LegLeft: lambda lab: ev.LegLeft(FELLOW, "somewhere"),
    ev.LegLeftStasis: lambda lab: ev.LegLeftStasis(phone_of(lab, "1000")),
    ev.LegDestroyed: lambda lab: ev.LegDestroyed(phone_of(lab, "1000"), 16),
    ev.LegHoldChanged: lambda lab: ev.LegHoldChanged(FELLOW, on=True),
    ev.LegWithoutAudio: lambda lab: ev.LegWithoutAudio(FELLOW, failed_call(lab).mixing_bridge_id),
    ev.LegRedirected: lambda lab: ev.LegRedirected(failed_call(lab).third or "", "8500"),
    LegTalking: lambda lab: LegTalking(phone_of(lab, "1000")),
    ev.DtmfReceived: lambda lab: ev.DtmfReceived(FELLOW),
    ev.ReferReceived: lambda lab: ev.ReferReceived(phone_of(lab, "1000"), "8500"),
    ev.PlayFinished: lambda lab: ev.PlayFinished(FELLOW),
    ev.PhoneUnreachable: lambda lab: ev.PhoneUnreachable("1000"),
    PageAway: lambda lab: PageAway("1000", "page"),
    PageBack: lambda lab: PageBack("1000", "page"),
    ev.PhoneReachable: lambda lab: ev.PhoneReachable("1000"),
    ev.BridgeDestroyed: lambda lab: ev.BridgeDestroyed(failed_call(lab).mixing_bridge_id),
    ev.AudioEnded: lambda lab: ev.AudioEnded(failed_call(lab).last_audio_id),
    ev.RecordingStarted: lambda lab: ev.RecordingStarted(file_of(lab)),
    ev.RecordingFinished: lambda lab: ev.RecordingFinished(file_of(lab)),
    ev.RecordingFailed: lambda lab: ev.RecordingFailed(file_of(lab), "no room"),
    ev.RecordingMeasured: lambda lab: ev.RecordingMeasured(file_of(lab), "/file.wav", 44, 0, "0"),
    ev.RecordingConverted: lambda lab: ev.RecordingConverted(file_of(lab)),
    DialRefused: lambda lab: DialRefused(FELLOW, "listed"),
    LeadFound: lambda lab: LeadFound(failed_call(lab).id, 1),
    ev.DialFactsFound: lambda lab: ev.DialFactsFound("receipt", "1000", DialFacts()),
    ev.ActionDone: lambda lab: ev.ActionDone(do.MuteInbound(FELLOW, on=False)),
    ev.ActionFailed: lambda lab: ev.ActionFailed(do.AddToBridge(FELLOW, failed_call(lab).mixing_bridge_id), 500, "no"),
    ev.CallsReconciled: lambda lab: ev.CallsReconciled((failed_call(lab).id,), (FELLOW, FELLOW)),
}
OF_ALL: dict[type, Callable[[FailingDriver], Input]] = {
    ev.WebhookTried: lambda lab: ev.WebhookTried("webhook", 200),
    DialHalted: lambda lab: DialHalted("the disk is late"),
    DialIdle: lambda lab: DialIdle("TESTCAMP", "no lead is left"),
    PacingDecided: lambda lab: PacingDecided("TESTCAMP"),
    ev.FallbackTaken: lambda lab: ev.FallbackTaken("01AWAY", 1, "5550000", "800", "away"),
    LeadAnsweredAway: lambda lab: LeadAnsweredAway("01AWAY", 1, "5550000", "away", opted_out=True),
    ev.TimerFired: lambda lab: ev.TimerFired(),
    ev.ConfigurationChanged: lambda lab: ev.ConfigurationChanged(demo_rules(park_max_seconds=7)),
    ev.AppStarted: lambda lab: ev.AppStarted(),
    ev.ClockCorrected: lambda lab: ev.ClockCorrected(-7_200_000_000),
    ev.Reconciling: lambda lab: ev.Reconciling(),
    ev.Reconciled: lambda lab: ev.Reconciled(),
    ev.AsteriskConnected: lambda lab: ev.AsteriskConnected(lab.asterisk.started + 1),
    ev.ServerLost: lambda lab: ev.ServerLost(MAIN_SERVER),
    ev.ServerAway: lambda lab: ev.ServerAway(MAIN_SERVER),
    ev.ServersKnown: lambda lab: ev.ServersKnown((ServerWeight(MAIN_SERVER, 10), ServerWeight("b", 5))),
}


def test_every_input_is_tried() -> None:
    assert {*OF_THE_CALL, *OF_ALL, ev.TurnFailed} == set(INPUTS.values())


class Watch:
    """Check that each failed turn is rolled back."""

    def __init__(self, lab: FailingDriver) -> None:
        self.lab = lab
        self.before = picture(lab.world)
        self.seen = 0
        lab.rolled_back = self

    def __call__(self) -> None:
        self.seen += 1
        assert picture(self.lab.world) == self.before


def fail_once(lab: FailingDriver, core_input: Input) -> None:
    """Let the turn of this input fail; its replacement runs as usual."""
    lab.fails = lambda handled_input: handled_input == core_input
    lab.feed(core_input)
    lab.fails = lambda _: False


def test_an_input_that_fails_harms_its_call_alone(subtests: pytest.Subtests) -> None:
    for input_class in OF_THE_CALL:
        with subtests.test(input_class=input_class):
            lab = two_calls()
            call, other_call, action_count = failed_call(lab), the_other(lab), len(lab.asked)
            watch, core_input = Watch(lab), OF_THE_CALL[input_class](lab)
            fail_once(lab, core_input)
            failure, *_ = lab.failures
            assert watch.seen == len(lab.failures)
            assert (failure.failed, failure.error, failure.call) == (core_input, "ProvokedError", call.id)
            assert failure.remedy is Remedy.RECONCILE and do.ReconcileCalls(failure.calls, failure.legs) in lab.asked
            assert the_other(lab) == other_call and together(lab, UNFAILED_CALLER, UNFAILED_PHONE)
            assert not {do.get_leg(action) for action in lab.asked[action_count:]} & {UNFAILED_CALLER, UNFAILED_PHONE}
            if isinstance(core_input, Ask):
                assert lab.told[core_input.receipt] == TURN_FAILED.text()
                assert (
                    lab.receipt(core_input.receipt).outcome is Outcome.REFUSED
                    and lab.receipt(core_input.receipt).cause == TURN_FAILED.text()
                )


def test_the_second_failure_within_ten_seconds_puts_the_caller_into_the_fallback(subtests: pytest.Subtests) -> None:
    for input_class in OF_THE_CALL:
        with subtests.test(input_class=input_class):
            lab = two_calls()
            other_call, call = the_other(lab), failed_call(lab)
            for _ in range(2):
                if call.id in lab.world.calls:
                    fail_once(lab, OF_THE_CALL[input_class](lab))
            closed = lab.closed[call.id]
            assert isinstance(closed, Call)
            assert (closed.state, closed.outcome.ended_by, closed.queueing.why[-1]) == (
                State.ENDED,
                "error",
                f"fallback: {CALL_FAILED.text()}",
            )
            assert do.ContinueInFallback(FELLOW, CALL_FAILED.text(), next=None) in lab.asked
            lab.wait(3)
            assert FELLOW not in lab.asterisk.channels and FELLOW not in lab.world.legs
            assert is_dispo(lab) and in_seat(lab)
            assert the_other(lab) == other_call and together(lab, UNFAILED_CALLER, UNFAILED_PHONE)


def test_a_failure_after_more_than_ten_seconds_is_a_first_one() -> None:
    lab = two_calls()
    for _ in range(3):
        fail_once(lab, ev.LegRinging(FELLOW))
        lab.wait(10.1)
    assert [failure.remedy for failure in lab.failures] == [Remedy.RECONCILE] * 3
    assert together(lab, FELLOW, phone_of(lab, "1000"), failed_call(lab).third or "")


@pytest.mark.parametrize("input_class", OF_ALL, ids=lambda input_class: input_class.__name__)
def test_a_failing_input_about_all_calls_affects_no_call(input_class: type) -> None:
    lab = two_calls()
    lab.world.keep(Webhook(id="webhook", hook="dispo", url="http://x", call="", agent="", facts=(), queued=1, due=1))
    lab.fails = lambda core_input: type(core_input) is input_class
    lab.feed(OF_ALL[input_class](lab))
    assert lab.failures and all(failure.remedy is Remedy.NONE for failure in lab.failures)
    assert len(lab.failures) <= 2
    lab.fails = lambda _: False
    lab.feed(ev.TimerFired())
    assert (
        not lab.world.held_servers
        and together(lab, UNFAILED_CALLER, UNFAILED_PHONE)
        and together(lab, FELLOW, "phone-1000")
    )
    assert lab.ask(Kind.HANGUP, "1001") == "" and UNFAILED_CALLER not in lab.asterisk.channels


# -- the call that failed --


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Return the customers whose calls every turn fails on."""
    poisoned_calls: set[str] = set()
    real_converge = converge.converge

    def fails(turn: Turn, call: Call) -> Call:
        if call.customer in poisoned_calls:
            raise ProvokedError
        return real_converge(turn, call)

    monkeypatch.setattr(engine, "converge", fails)
    yield poisoned_calls


def test_a_waiting_call_that_no_agent_can_be_given_does_not_keep_the_others_waiting(poisoned: set[str]) -> None:
    lab = FailingDriver(demo_rules())
    for name in ("first", "second"):
        lab.customer(name=name)
    poisoned.add("first")
    lab.log_in("1000")
    lab.wait(3)
    assert (
        "first" not in lab.asterisk.channels
        and do.ContinueInFallback("first", CALL_FAILED.text(), next=None) in lab.asked
    )
    assert [failure.remedy for failure in lab.failures] == [Remedy.RECONCILE, Remedy.FALLBACK]
    assert lab.failures[0].calls[0] == lab.failures[0].call and together(lab, "second", "phone-1000")


def test_a_caller_who_cannot_be_taken_in_is_at_the_fallback_at_once(poisoned: set[str]) -> None:
    lab = two_calls()
    other_call = the_other(lab)
    poisoned.add("new")
    lab.customer(name="new")
    assert [failure.remedy for failure in lab.failures] == [Remedy.RECONCILE, Remedy.FALLBACK]
    assert "new" not in lab.asterisk.channels and "new" not in lab.world.legs
    assert do.ContinueInFallback("new", CALL_FAILED.text(), next=True) in lab.asked and the_other(lab) == other_call


def test_a_phone_that_cannot_be_logged_in_is_hung_up() -> None:
    lab = two_calls()
    lab.fails = lambda core_input: isinstance(core_input, ev.LegArrived) and core_input.leg == "phone-1002"
    lab.asterisk.come_in("phone-1002", "login", "1002")
    lab.pump()
    assert do.HangUpLeg("phone-1002") in lab.asked and "phone-1002" not in lab.asterisk.channels


def test_after_a_restart_the_others_are_taken_over_and_the_failed_call_alone_is_not(poisoned: set[str]) -> None:
    lab = two_calls()
    lab.customer(name="third")
    poisoned.add(FELLOW)
    lab.feed_together(difference(lab.asterisk, lab.world))
    lab.wait(3)
    assert FELLOW not in lab.asterisk.channels and not lab.world.held_servers
    assert together(lab, UNFAILED_CALLER, UNFAILED_PHONE)
    assert lab.ask(Kind.STATUS, "1000", status="A") == ""
    lab.wait(1)
    assert together(lab, "third", "phone-1000")


def test_an_agents_record_that_fails_is_left_out_when_all_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    lab = two_calls()
    lab.ask(Kind.HANGUP_BOTH)
    looked = recovery._resume_session

    def fails(turn: Turn, session: Session) -> None:
        if session.agent == "1000":
            raise ProvokedError
        looked(turn, session)

    monkeypatch.setattr(recovery, "_resume_session", fails)
    lab.feed_together(difference(lab.asterisk, lab.world))
    assert not lab.world.held_servers and together(lab, UNFAILED_CALLER, UNFAILED_PHONE)
    assert {failure.subject for failure in lab.failures} == {"1000"}


# -- what must not repeat without end --


def test_an_alarm_that_fails_rings_ever_more_seldom_and_the_others_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    lab = two_calls()
    due = lab.asterisk.now + 1_000_000
    for name in ("bad", "good"):
        lab.world.keep(Webhook(id=name, hook="dispo", url="http://x", call="", agent="", facts=(), queued=1, due=due))
        lab.world.timers.set(due, TimerKey(name, TimerKind.WEBHOOK))
    real_send, ring_times = webhook_retries.send, list[int]()

    def fails(turn: Turn, webhook: Webhook) -> None:
        if webhook.id == "bad":
            ring_times.append(turn.now)
            raise ProvokedError
        real_send(turn, webhook)

    monkeypatch.setattr(webhook_retries, "send", fails)
    lab.wait(3600)
    assert do.SendWebhook("good") in lab.asked
    assert len(ring_times) < 15 and all(
        next_ring_time - ring_time >= 5_000_000 for ring_time, next_ring_time in pairwise(ring_times)
    )
    assert together(lab, UNFAILED_CALLER, UNFAILED_PHONE)


def test_a_call_of_which_every_step_fails_is_out_after_two(poisoned: set[str]) -> None:
    lab = two_calls()
    other_call = the_other(lab)
    poisoned.add(FELLOW)
    lab.hang_up(failed_call(lab).third or "")
    lab.wait(3)
    assert [failure.remedy for failure in lab.failures] == [Remedy.RECONCILE, Remedy.FALLBACK]
    assert FELLOW not in lab.asterisk.channels and the_other(lab) == other_call


def test_a_call_is_removed_even_where_the_rules_of_agents_fail(
    poisoned: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lab = two_calls()
    other_call, call = the_other(lab), failed_call(lab)

    def fails(*_: object) -> None:
        raise ProvokedError

    monkeypatch.setattr(call_removal, "cut_off", fails)
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")  # a receipt that stays open
    poisoned.add(FELLOW)
    lab.hang_up(call.third or "")
    lab.wait(3)
    closed = lab.closed[call.id]
    assert isinstance(closed, Call) and closed.outcome.ended_by == "error" and FELLOW not in lab.asterisk.channels
    assert not [receipt for receipt in lab.world.receipts.values() if receipt.call == call.id]
    assert (lab.session().state, lab.session().pause_code, lab.session().call) == (AgentState.PAUSED, "ERROR", None)
    assert in_seat(lab) and the_other(lab) == other_call
    assert lab.ask(Kind.RESUME) == ""
    lab.customer(name="next")
    assert together(lab, "next", "phone-1000")


def test_an_input_that_fails_in_every_way_is_set_aside_and_calls_continue(monkeypatch: pytest.MonkeyPatch) -> None:
    lab = two_calls()
    old_picture = picture(lab.world)

    def fails(*_: object) -> None:
        raise ProvokedError

    for name in ("send_to_fallback", "remove_call"):
        monkeypatch.setattr(call_removal, name, fails)
    monkeypatch.setattr(recovery, "reconcile_calls", fails)
    monkeypatch.setattr(receipts, "open_receipt", fails)
    for _ in range(3):
        fail_once(lab, ev.LegRinging(FELLOW))
    core_input = OF_THE_CALL[Ask](lab)
    fail_once(lab, core_input)
    assert isinstance(core_input, Ask) and lab.told[core_input.receipt] == TURN_FAILED.text()
    assert picture(lab.world) | {"holding": old_picture["holding"]} == old_picture
    assert together(lab, UNFAILED_CALLER, UNFAILED_PHONE) and together(lab, FELLOW, "phone-1000")


@pytest.mark.parametrize("is_repeated", [False, True])
def test_a_dial_with_failing_facts_is_refused(is_repeated: bool) -> None:
    lab = two_calls()
    lab.ask(Kind.HANGUP_XFER)
    lab.wait(1)
    lab.fails = lambda core_input: isinstance(core_input, ev.DialFactsFound)
    for _ in range(1 + is_repeated):
        assert lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8501") == TURN_FAILED.text()
    assert lab.session().dial_checks == ()
    assert "8501" not in lab.asterisk.dialled and together(lab, UNFAILED_CALLER, UNFAILED_PHONE)


def test_a_dial_with_a_failing_acceptance_is_not_repeated() -> None:
    lab = two_calls()
    lab.ask(Kind.HANGUP_XFER)
    lab.wait(1)
    lab.asterisk.dialled.clear()
    lab.fails = lambda core_input: isinstance(core_input, ev.ActionDone) and isinstance(core_input.action, do.DialLeg)
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=QUICK)
    lab.wait(5)
    assert lab.asterisk.dialled == [QUICK] and len(lab.failures) == 1
    assert failed_call(lab).state is State.THREE_WAY
