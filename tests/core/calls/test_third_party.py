"""A third party that does not come, leaves, or stays: the effect on the others, and the receipts."""

import pytest

from tests.core.core_stage import (
    CUSTOMER,
    PHONE,
    all_receipts,
    customer_gone,
    dialing,
    dialing_parked,
    heard,
    is_dispo,
    lab_with,
    outcome,
    people,
    set_up,
    slowly,
    then,
    together,
)
from tests.core.packed_scene import plain_scene
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome

ALERT_SOUND = "beeperr"


@pytest.mark.parametrize(
    ("scene", "next_state"),
    [
        ("three_way", State.TALKING),
        ("consulting", State.PARKED),
        ("third_parked", State.TALKING),
        ("both_parked", State.PARKED),
    ],
)
def test_a_hangup_of_the_third_party_leads_to_the_next_state(scene: str, next_state: State) -> None:
    lab = plain_scene(scene)
    lab.hang_up(lab.third())
    then(lab, next_state)


# -- the customer hangs up --


@pytest.mark.parametrize("scene", ["dialing", "dialing_parked"])
def test_the_customer_hangs_up_while_the_third_rings(scene: str) -> None:
    lab = plain_scene(scene)
    third = lab.third()
    lab.hang_up(CUSTOMER)
    assert third not in lab.asterisk.channels
    assert not lab.world.calls and is_dispo(lab)
    assert not lab.world.receipts
    kind = Kind.DIAL_WITH_CUSTOMER if scene == "dialing" else Kind.PARK_CUSTOMER_DIAL
    assert outcome(lab, kind) is Outcome.ABANDONED


def test_with_keep_a_third_that_never_answers_ends_it() -> None:
    lab = dialing(lab_with(customer_gone_while_dialing="KEEP"))
    lab.hang_up(CUSTOMER)
    lab.wait(21)
    assert not lab.world.calls and is_dispo(lab)


@pytest.mark.parametrize("scene", ["three_way", "consulting", "third_parked", "both_parked"])
def test_with_a_third_there_the_agent_hears_that_the_customer_is_gone_and_stays(scene: str) -> None:
    lab = plain_scene(scene)
    lab.wait(1.1)
    lab.hang_up(CUSTOMER)
    then(lab, State.CUSTOMER_GONE)
    lab.wait(1.1)
    assert heard(lab, PHONE, ALERT_SOUND) == 1
    is_third_parked = scene in ("third_parked", "both_parked")
    assert lab.asterisk.hears_music(lab.third()) == is_third_parked
    assert together(lab, PHONE, lab.third()) != is_third_parked


@pytest.mark.parametrize("scene", ["three_way", "both_parked"])
def test_customer_3way_hangup_action_dispo_ends_it_after_its_seconds(scene: str) -> None:
    lab = set_up(lab_with(customer_3way_hangup_action="DISPO", customer_3way_hangup_seconds=7), scene)
    lab.hang_up(CUSTOMER)
    lab.wait(6.5)
    then(lab, State.CUSTOMER_GONE)
    call_id = lab.call().id
    lab.wait(1)
    assert is_dispo(lab)
    ended_call = lab.closed[call_id]
    assert isinstance(ended_call, Call) and ended_call.outcome.ended_by == "customer"
    assert people(lab) == {PHONE}


def test_the_time_limit_of_a_gone_customer_ends_a_call_with_a_command_in_progress() -> None:
    lab = set_up(lab_with(customer_3way_hangup_action="DISPO"), "both_parked")
    lab.hang_up(CUSTOMER)
    lab.wait(4.9999)
    with slowly(lab):
        lab.ask(Kind.GRAB_XFER)
        lab.wait(0.1)
    assert not lab.world.calls and is_dispo(lab) and not lab.world.receipts
    assert people(lab) == {PHONE}


def test_customer_3way_hangup_action_none_waits_for_the_agent() -> None:
    lab = customer_gone(lab_with())
    lab.wait(600)
    then(lab, State.CUSTOMER_GONE)
    assert lab.ask(Kind.HANGUP_XFER) == ""
    assert not lab.world.calls and is_dispo(lab)


def test_hanging_up_a_ringing_third_is_no_failure_of_the_third() -> None:
    for scene in (dialing, dialing_parked):
        lab = scene(lab_with())
        assert lab.ask(Kind.HANGUP_XFER) == ""
        receipts = all_receipts(lab, Kind.DIAL_WITH_CUSTOMER) + all_receipts(lab, Kind.PARK_CUSTOMER_DIAL)
        assert [receipt.outcome for receipt in receipts] == [Outcome.ABANDONED]
        assert not lab.world.receipts and not lab.asterisk.tones
