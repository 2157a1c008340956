"""A third party that does not come, leaves, or stays: the effect on the others, and the receipts."""

from tests.core.core_stage import (
    CUSTOMER,
    PHONE,
    customer_gone,
    dialing,
    is_dispo,
    lab_with,
    people,
    restarted,
    set_up,
    slowly,
)
from warmline.core.messages.commands import Kind


def test_with_keep_a_third_that_never_answers_ends_it() -> None:
    lab = dialing(lab_with(customer_gone_while_dialing="KEEP"))
    lab.hang_up(CUSTOMER)
    lab.wait(21)
    assert not lab.world.calls and is_dispo(lab)


def test_the_time_limit_of_a_gone_customer_ends_a_call_with_a_command_in_progress() -> None:
    lab = set_up(lab_with(customer_3way_hangup_action="DISPO"), "both_parked")
    lab.hang_up(CUSTOMER)
    lab.wait(4.9999)
    with slowly(lab):
        lab.ask(Kind.GRAB_XFER)
        lab.wait(0.1)
    assert not lab.world.calls and is_dispo(lab) and not lab.world.receipts
    assert people(lab) == {PHONE}


def test_the_seconds_after_the_customers_end_go_on_through_a_restart() -> None:
    lab = customer_gone(lab_with(customer_3way_hangup_action="DISPO", customer_3way_hangup_seconds=7))
    restarted(lab)
    lab.wait(7.5)
    assert is_dispo(lab) and people(lab) == {PHONE}
