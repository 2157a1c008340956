"""A call reaches Stasis from Warmline's or another dialplan: it is accepted, or returned with the fix."""

import pytest

from tests.core.core_stage import lab_with
from warmline.core.messages import events as ev
from warmline.core.messages.leg_messages import ContinueInFallback
from warmline.core.model import ids

ULID = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        ((), "Stasis() names no in-group: use Stasis(warmline,ingroup,NAME) or the route_did script"),
        (("SALESLINE",), "Stasis() names no in-group: use Stasis(warmline,ingroup,NAME) or the route_did script"),
        (("ingroup",), "ingroup (none) is unknown or inactive"),
        (("ingroup", "NOLINE"), "ingroup NOLINE is unknown or inactive"),
        (("agent", "4711"), "agent 4711 is unknown or inactive"),
        (("ingroup", "AGENTDIRECT"), "AGENTDIRECT without an agent: use Stasis(warmline,agent,USER)"),
    ],
)
def test_a_call_without_a_valid_target_is_returned_with_the_fix(args: tuple[str, ...], reason: str) -> None:
    lab = lab_with()
    for call_id, destination in (("", "on in its dialplan"), (ULID, "to the fallback")):
        turn = lab.feed(ev.LegArrived("cust", args, call=call_id))
        assert turn.actions == [("cust", ContinueInFallback("cust", reason, next=not call_id))]
        assert turn.notes == [f"leg cust goes {destination}: {reason}"]
    assert not lab.world.calls


@pytest.mark.parametrize("call_id", ["", "CALL1", ULID.lower(), "../x", ULID + "0"])
def test_a_call_without_our_variables_is_accepted(call_id: str) -> None:
    lab = lab_with()
    lab.asterisk.come_in("cust", "ingroup", "SALESLINE", call=call_id)
    lab.pump()
    (call,) = lab.world.calls.values()
    assert ids.is_ulid(call.id)
    assert call.ingroup == "SALESLINE"


def test_a_call_keeps_the_id_and_the_reasons_that_it_brings_and_no_two_have_the_same() -> None:
    lab = lab_with()
    reasons = ("number: 800", "did: 800 goes to ingroup:SALESLINE")
    for channel in ("first", "second"):
        lab.asterisk.come_in(channel, "ingroup", "SALESLINE", dialled="+800", call=ULID, why=reasons)
        lab.pump()
    first_call, second_call = sorted(lab.world.calls.values(), key=lambda call: call.customer != "first")
    assert (first_call.id, first_call.dialled, first_call.queueing.why[:2]) == (ULID, "+800", reasons)
    assert ids.is_ulid(second_call.id) and second_call.id != ULID
