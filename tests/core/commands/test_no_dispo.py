"""transfer_no_dispo: every value with every command that transfers a call."""

from itertools import product

import pytest

from tests.core.core_stage import SLOW, consulting, is_dispo, lab_with, talking, three_way
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState
from warmline.core.model.disposition_entry import DispositionEntry

# The commands after which the agent needs no disposition, as documented.
EXTERNAL, LOCAL, LEAVE = (Kind.BLIND_TRANSFER, Kind.LEAVE_VM), (Kind.LOCAL_CLOSER,), (Kind.LEAVE_3WAY_CALL,)
SPARED: dict[str, tuple[Kind, ...]] = {
    "DISABLED": (),
    "EXTERNAL_ONLY": EXTERNAL,
    "LOCAL_ONLY": LOCAL,
    "LEAVE3WAY_ONLY": LEAVE,
    "LOCAL_AND_EXTERNAL": LOCAL + EXTERNAL,
    "LOCAL_AND_LEAVE3WAY": LOCAL + LEAVE,
    "LEAVE3WAY_AND_EXTERNAL": LEAVE + EXTERNAL,
    "LOCAL_AND_EXTERNAL_AND_LEAVE3WAY": LOCAL + EXTERNAL + LEAVE,
}
ALWAYS = "LOCAL_AND_EXTERNAL_AND_LEAVE3WAY"


def hand_over(lab: Driver, kind: Kind, direct: bool = False) -> None:
    """Bring the call to the state for the command, and give it."""
    if kind is Kind.LEAVE_3WAY_CALL:
        three_way(lab)
    else:
        talking(lab)
    if kind is Kind.LOCAL_CLOSER:
        target = {"ingroup": "AGENTDIRECT", "to_agent": "1001"} if direct else {"ingroup": "SUPPORTLINE"}
        lab.configure("agents", "1000", ingroups=("SALESLINE",))
    else:
        target = {"number": SLOW} if kind is Kind.BLIND_TRANSFER else {}
    assert lab.ask(kind, **target) == ""


def given(lab: Driver) -> list[tuple[str, str]]:
    return [
        (disposition.agent, disposition.status)
        for disposition in lab.closed.values()
        if isinstance(disposition, DispositionEntry)
    ]


def test_value_by_command(subtests: pytest.Subtests) -> None:
    for kind, setting in product(EXTERNAL + LOCAL + LEAVE, SPARED):
        with subtests.test(setting=setting, kind=kind):
            lab = Driver()
            lab.configure("campaigns", "TESTCAMP", transfer_no_dispo=setting)
            lab.configure("agents", "1000", ingroups=("SALESLINE",))
            lab.log_in("1000")
            hand_over(lab, kind)
            if kind in SPARED[setting]:
                assert given(lab) == [("1000", "XFER")]
                assert lab.session().state is AgentState.READY
            else:
                assert is_dispo(lab) and given(lab) == []


def test_agentdirect_is_local() -> None:
    lab = lab_with(transfer_no_dispo="LOCAL_ONLY")
    lab.log_in("1001")
    hand_over(lab, Kind.LOCAL_CLOSER, direct=True)
    assert given(lab) == [("1000", "XFER")]


def test_a_code_that_was_given_before_goes_before_xfer() -> None:
    lab = lab_with(transfer_no_dispo=ALWAYS)
    three_way(lab)
    lab.ask(Kind.STATUS, status="SALE")
    assert lab.ask(Kind.LEAVE_3WAY_CALL) == ""
    assert given(lab) == [("1000", "SALE")]


def test_left_to_a_closer_the_two_dispositions_are_two_rows() -> None:
    lab = lab_with(transfer_no_dispo="LEAVE3WAY_ONLY")
    lab.configure("agents", "1001", ingroups=("SUPPORTLINE",))
    talking(lab)
    lab.log_in("1001")
    lab.ask(Kind.DIAL_WITH_CUSTOMER, ingroup="SUPPORTLINE")
    assert lab.ask(Kind.LEAVE_3WAY_CALL) == ""
    lab.ask(Kind.STATUS, agent="1001", status="SALE")
    lab.ask(Kind.HANGUP, agent="1001")
    assert given(lab) == [("1000", "XFER"), ("1001", "SALE")]


def test_an_overtaken_leave_does_not_skip_a_later_disposition() -> None:
    lab = consulting(lab_with(transfer_no_dispo=ALWAYS))
    lab.pump, pump = lambda: None, lab.pump  # type: ignore[method-assign] # the hang-up is received first
    lab.asterisk.hang_up(lab.third())
    lab.ask(Kind.LEAVE_3WAY_CALL)
    lab.pump = pump  # type: ignore[method-assign] # received again
    lab.pump()
    lab.hang_up("cust")
    assert is_dispo(lab) and given(lab) == []
