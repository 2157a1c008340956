"""The keys of an agent's phone: commands, the keys that go on to another party, and what the agent hears."""

from dataclasses import replace

import pytest

from tests.core.core_stage import (
    CUSTOMER,
    PHONE,
    QUICK,
    both_parked,
    consulting,
    consulting_closer,
    customer_gone_third_parked,
    dialing,
    dialing_parked,
    is_dispo,
    lab_with,
    parked,
    talking,
    third_parked,
    three_way,
)
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.call_command_types import ParkCustomer
from warmline.core.messages.commands import Ask, Kind
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.model.session import TypedKeys
from warmline.core.rules.configuration import Disposition, PauseCode, Rules


def lab_on(**campaign: object) -> Driver:
    """Return agent 1000 at a phone with feature keys, and codes with keys."""
    lab = lab_with(feature_keys="Y", **campaign)
    codes = [Disposition(id="SALE", key="1"), Disposition(id="NI", key="12"), Disposition(id="CALLBK", key="2")]
    dispositions = {record.id: record for record in codes} | {"CALLBK": replace(codes[2], scheduled_callback="Y")}
    pauses = {"LUNCH": PauseCode(id="LUNCH", key="1")}
    rules: Rules = replace(lab.world.rules, dispositions=dispositions, pause_codes=pauses)
    lab.feed(ev.ConfigurationChanged(rules))
    return lab


def press(lab: Driver, keys: str, leg: str = PHONE) -> None:
    for key in keys:
        lab.asterisk.press(leg, key)
        lab.pump()


def by_keys(lab: Driver) -> list[tuple[Kind, str]]:
    """Return the commands that came from the phone's keys, with the reasons for refusals."""
    records = {**lab.closed, **dict(lab.world.receipts.items())}.values()
    key_receipts = [record for record in records if isinstance(record, Receipt) and record.source == "phone"]
    assert all(record.by == record.agent for record in key_receipts)
    return [(record.kind, record.cause) for record in sorted(key_receipts, key=lambda record: record.id)]


def passed_on(lab: Driver, leg: str) -> str:
    return "".join(keys for target, keys in lab.asterisk.pressed if target == leg)


def sounds(lab: Driver) -> list[str]:
    """Return what only the agent has heard since the beep of the call's delivery."""
    lab.wait(0.1)
    return [media.removeprefix("sound:") for leg, media in lab.asterisk.played if leg == PHONE]


def fresh(lab: Driver) -> Driver:
    lab.asterisk.played.clear()
    return lab


def test_a_feature_key_gives_its_command_and_is_acknowledged(subtests: pytest.Subtests) -> None:
    for scene, keys, kind, state_after in [
        (talking, "*4", Kind.PARK_CUSTOMER, State.PARKED),
        (parked, "*4", Kind.GRAB_CUSTOMER, State.TALKING),
        (three_way, "*4", Kind.PARK_CUSTOMER, State.CONSULTING),
        (consulting, "*4", Kind.GRAB_CUSTOMER, State.THREE_WAY),
        (third_parked, "*4", Kind.GRAB_XFER, State.THREE_WAY),
        (both_parked, "*4", Kind.GRAB_CUSTOMER, State.THIRD_PARKED),
        (customer_gone_third_parked, "*4", Kind.GRAB_XFER, State.CUSTOMER_GONE),
        (consulting, "*2", Kind.SWAP_PARK_XFER, State.THIRD_PARKED),
        (third_parked, "*2", Kind.SWAP_PARK_CUSTOMER, State.CONSULTING),
        (three_way, "*3", Kind.LEAVE_3WAY_CALL, State.HANDED_OFF),
        (consulting, "*3", Kind.LEAVE_3WAY_CALL, State.HANDED_OFF),
        (three_way, "*6", Kind.HANGUP_XFER, State.TALKING),
        (dialing, "*6", Kind.HANGUP_XFER, State.TALKING),
        (dialing_parked, "*6", Kind.HANGUP_XFER_GRAB_CUSTOMER, State.TALKING),
        (consulting, "*6", Kind.HANGUP_XFER_GRAB_CUSTOMER, State.TALKING),
        (both_parked, "*6", Kind.HANGUP_XFER_GRAB_CUSTOMER, State.TALKING),
        (talking, f"*1{QUICK}#", Kind.PARK_CUSTOMER_DIAL, State.CONSULTING),
        (talking, "*5", Kind.RECORD_START, State.TALKING),
    ]:
        with subtests.test(scene=scene, keys=keys, kind=kind, state_after=state_after):
            lab = fresh(scene(lab_on()))
            press(lab, keys)
            lab.wait(0.1)
            assert by_keys(lab) == [(kind, "")]
            assert lab.call().state is state_after
            assert sounds(lab) == ["beep"]
            assert passed_on(lab, CUSTOMER) == "" and lab.session().typed == TypedKeys()


def test_a_number_passes_the_dial_gate() -> None:
    lab = talking(lab_on(dial_deny=("85",)))
    for number, list_ in (("8500", ""), ("5551234", "dnc")):
        lab.do_not_call[number] = list_
    press(lab, "*15551234#")
    [(kind, reason)] = by_keys(lab)
    assert kind is Kind.PARK_CUSTOMER_DIAL and "5551234" in reason
    assert lab.asterisk.dialled == [] and lab.call().state is State.TALKING


@pytest.mark.parametrize("keys", ["*1#", "*19#", "*1" + "5" * 40 + "#"])
def test_a_number_that_is_none_is_refused(keys: str) -> None:
    lab = fresh(talking(lab_on(feature_numbers=(QUICK,))))
    press(lab, keys)
    [(kind, reason)] = by_keys(lab)
    assert kind is Kind.PARK_CUSTOMER_DIAL and reason
    assert sounds(lab) == ["beeperr"] and lab.asterisk.dialled == []


def test_a_party_on_hold_gets_none() -> None:
    lab = parked(lab_on())
    press(lab, "5")
    assert passed_on(lab, CUSTOMER) == ""


def test_a_star_overtaken_by_the_end_of_the_call_is_not_passed_on() -> None:
    lab = talking(lab_on())
    press(lab, "*")
    lab.hang_up(CUSTOMER)
    press(lab, "4")
    assert is_dispo(lab) and by_keys(lab) == [(Kind.GRAB_CUSTOMER, "the agent has no live call")]
    lab.wait(3)
    assert lab.asterisk.pressed == []


def test_a_half_typed_number_is_not_for_the_next_customer() -> None:
    lab = talking(lab_on())
    press(lab, "*185")
    lab.hang_up(CUSTOMER)
    assert lab.ask(Kind.STATUS, status="SALE") == ""
    lab.customer(name="next")
    assert lab.call_of("next").state is State.TALKING
    press(lab, "00#")
    assert lab.call_of("next").state is State.TALKING and lab.asterisk.dialled == []
    assert passed_on(lab, "next") == "00#"


@pytest.mark.parametrize(("keys", "reason"), [("2#", "needs a time"), ("*3", "no live call")])
def test_a_key_without_a_command_after_the_call_is_refused(keys: str, reason: str) -> None:
    lab = talking(lab_on())
    lab.hang_up(CUSTOMER)
    press(fresh(lab), keys)
    assert reason in by_keys(lab)[-1][1] and sounds(lab) == ["beeperr"]
    assert is_dispo(lab)


def test_digits_that_begin_no_key_are_forgotten_and_not_recorded() -> None:
    lab = talking(lab_on())
    lab.hang_up(CUSTOMER)
    press(lab, "9871")
    assert lab.session().typed.text == "1" and by_keys(lab) == []
    key_events = [event for event, _, _ in lab.inputs if isinstance(event, ev.DtmfReceived)]
    assert [record.digit for record in key_events] == ["", "", "", "1"]


def test_no_input_has_a_key_for_another_party_or_a_digit_of_a_number() -> None:
    lab = three_way(lab_on())
    press(lab, "4111#*6")
    press(lab, f"*1{QUICK}#")
    key_events = [event for event, _, _ in lab.inputs if isinstance(event, ev.DtmfReceived)]
    assert "".join(record.digit or "." for record in key_events) == "....#*6*1....#"
    assert [record.number for record in key_events if record.number] == [QUICK]
    assert len({record.kept for record in key_events if record.kept}) == 4


def test_no_input_has_a_number_that_the_agent_gave_up() -> None:
    lab = three_way(lab_on())
    press(lab, "*1312555*")
    key_events = [event for event, _, _ in lab.inputs if isinstance(event, ev.DtmfReceived)]
    assert key_events[-1] == ev.DtmfReceived(PHONE, "*") and not any(record.number for record in key_events)
    assert lab.session().typed == TypedKeys() and sounds(lab)[-1] == "beeperr"


def test_a_closers_keys_are_passed_only_to_the_customer() -> None:
    lab = consulting_closer(lab_on())
    press(lab, "5*3", "phone-1001")
    assert lab.asterisk.pressed == []
    assert [reason for _, reason in by_keys(lab)] == ["the call is agent 1000's until he leaves it"]
    press(lab, "*4")
    press(lab, "7", "phone-1001")
    assert passed_on(lab, CUSTOMER) == "7"


def test_only_an_agents_phone_joins_with_its_keys_kept_back() -> None:
    for setting in ("Y", "N"):
        lab = three_way(lab_with(feature_keys=setting))
        joins = {record.leg: record.absorb for record in lab.asked if isinstance(record, do.AddToBridge)}
        assert joins == {CUSTOMER: False, PHONE: setting == "Y", lab.third(): False}


def test_a_phone_that_joins_again_for_its_audio_keeps_its_keys_back() -> None:
    lab = talking(lab_on())
    bridge = lab.call().mixing_bridge_id
    lab.feed(ev.LegWithoutAudio(PHONE, bridge))
    assert lab.asked[-1] == do.AddToBridge(PHONE, bridge, absorb=True)
    press(lab, "5*4")
    assert passed_on(lab, CUSTOMER) == "5" and lab.call().state is State.PARKED


def test_a_refused_command_of_another_program_is_not_heard() -> None:
    lab = fresh(talking(lab_on()))
    assert lab.ask(Kind.LEAVE_3WAY_CALL)
    assert sounds(lab) == [] and lab.receipt().outcome is Outcome.REFUSED


def test_a_client_of_the_api_that_calls_itself_phone_is_not_heard() -> None:
    lab = fresh(talking(lab_on()))
    lab.feed(Ask("01M7W0SYD3KRP8EZM7S5B7TNR1", ParkCustomer("1000"), by="crm", source="phone"))
    assert lab.call().state is State.PARKED and sounds(lab) == []
