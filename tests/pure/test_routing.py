"""Where a call goes, from facts alone: each rule's answer, and the first no."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmline.core import routing
from warmline.core.routing import Decision, DidFacts, LoginFacts


def told(decision: Decision) -> list[tuple[str, bool]]:
    return [(step.rule, step.passed) for step in decision.steps]


def test_a_did_leads_to_its_ingroup() -> None:
    decision = routing.did(DidFacts("8005550100", "ingroup:SALES", "Y"))
    assert (decision.route, decision.reason) == ("ingroup,SALES", "")
    assert told(decision) == [("number", True), ("did", True), ("in-group", True)]


def test_a_did_leads_to_an_agent_through_agentdirect() -> None:
    decision = routing.did(DidFacts("8005550102", "agent:1000", "Y", "1000"))
    assert (decision.route, decision.reason) == ("agent,1000", "")
    assert told(decision) == [("number", True), ("did", True), ("in-group", True), ("agent", True)]


@pytest.mark.parametrize(
    ("facts", "rule", "reason"),
    [
        (DidFacts("abc"), "number", "'abc' is no number"),
        (DidFacts(""), "number", "'' is no number"),
        (DidFacts("+1"), "number", "'+1' is no number"),
        (DidFacts("9" * 41), "number", f"'{'9' * 40}' is no number"),
        (DidFacts("800"), "did", "DID 800 is not configured"),
        (DidFacts("800", "fax:1"), "did", "DID 800 has the route fax:1, which this version does not know"),
        (DidFacts("800", "ingroup:"), "did", "DID 800 has the route ingroup:, which this version does not know"),
        (DidFacts("800", "agent:", "Y"), "did", "DID 800 has the route agent:, which this version does not know"),
        (DidFacts("800", "ingroup:GONE"), "in-group", "in-group GONE does not exist"),
        (DidFacts("800", "ingroup:SALES", "N"), "in-group", "in-group SALES is not active"),
        (DidFacts("800", "agent:1000", "N", "1000"), "in-group", "in-group AGENTDIRECT is not active"),
        (DidFacts("800", "agent:1000", None, "1000"), "in-group", "in-group AGENTDIRECT does not exist"),
        (DidFacts("800", "agent:1000", "Y"), "agent", "agent 1000 does not exist"),
    ],
)
def test_the_first_no_is_the_reason(facts: DidFacts, rule: str, reason: str) -> None:
    decision = routing.did(facts)
    assert (decision.route, decision.reason) == ("", reason)
    assert told(decision)[-1] == (rule, False)
    assert all(passed for _, passed in told(decision)[:-1])


@given(
    st.builds(
        DidFacts,
        st.text(max_size=50),
        st.none() | st.sampled_from(["ingroup:A", "agent:1", ":", ""]) | st.text(),
        st.sampled_from([None, "Y", "N"]),
        st.sampled_from([None, "1"]),
    )
)
def test_a_call_has_a_route_or_a_reason(facts: DidFacts) -> None:
    decision = routing.did(facts)
    assert bool(decision.route) != bool(decision.reason)
    assert all(step.why for step in decision.steps)
    if decision.route:
        kind, name = decision.route.split(",", 1)
        assert kind in ("ingroup", "agent")
        assert name


def test_a_leading_plus_is_dropped_once() -> None:
    assert [routing.plain(text) for text in ("+800", "800", "++800", "8+00")] == ["800", "800", "+800", "8+00"]


def test_a_trusted_phone_logs_in_without_a_pin() -> None:
    decision = routing.login(LoginFacts("1000", "jo", "", "C", "TRUSTED"))
    assert (decision.route, decision.reason) == ("login,jo", "")
    assert told(decision) == [("phone", True), ("campaign", True)]


@pytest.mark.parametrize(
    ("facts", "route", "reason"),
    [
        (LoginFacts("1000", "jo", "hash", "C", "PIN"), "login,jo", ""),
        (LoginFacts("1000", "jo", "", "C", "PIN"), "", "agent jo has no pin"),
        (LoginFacts("1000", "jo", "hash"), "", "agent jo has no campaign"),
        (LoginFacts("1000"), "", "no agent has the phone '1000'"),
    ],
)
def test_who_may_log_in(facts: LoginFacts, route: str, reason: str) -> None:
    decision = routing.login(facts)
    assert (decision.route, decision.reason) == (route, reason)
