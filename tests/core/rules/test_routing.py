"""The route of a call, from facts alone: each rule's answer in order, and which rule decides."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmline.core.rules import login_rules, routing
from warmline.core.rules.call_data import CallData
from warmline.core.rules.call_times import CallTimeCheck
from warmline.core.rules.extension_pattern import list_matches
from warmline.core.rules.login_rules import LoginFacts
from warmline.core.rules.routing import DidFacts, RoutingDecision

OPEN, CLOSED = CallTimeCheck(True, "call time OFFICE is open"), CallTimeCheck(False, "call time OFFICE is closed")
INGROUPS = {"SALES": "Y", "NIGHT": "Y", "OLD": "N", "AGENTDIRECT": "Y"}


def told(decision: RoutingDecision) -> list[tuple[str, bool]]:
    return [(step.rule, step.passed) for step in decision.steps]


def known(did: str | None = "800", route: str = "ingroup:SALES", **facts: Any) -> DidFacts:
    """Return the facts about 800: only the given ones."""
    return DidFacts("800", did, route, **{"ingroups": INGROUPS, "agents": {"1000": "Y"}, "caller": "555"} | facts)


@pytest.mark.parametrize(
    ("route", "goto"),
    [
        ("extension:8500", "default,8500,1"),
        ("extension:8500@sales", "sales,8500,1"),
        ("extension:*98@sales-1.x", "sales-1.x,*98,1"),
        ("voicemail:100", "warmline-voicemail,100,1"),
        ("voicemail:100@other", "warmline-voicemail,100@other,1"),
        ("callmenu:main-menu", "main-menu,s,1"),
        ("hangup", "warmline-hangup,s,1"),
    ],
)
def test_a_did_leads_elsewhere_in_the_dialplan(route: str, goto: str) -> None:
    decision = routing.route_did(known(route=route))
    assert (decision.route, decision.goto, decision.reason) == ("", goto, f"sent to {route}")
    assert told(decision)[-1] == ("route", True)


def test_a_no_without_a_way_out_is_the_reason(subtests: pytest.Subtests) -> None:
    for facts, rule, reason in [
        (DidFacts("abc"), "number", "'abc' is no number"),
        (DidFacts(""), "number", "'' is no number"),
        (DidFacts("+1"), "number", "'+1' is no number"),
        (DidFacts("9" * 41), "number", f"'{'9' * 40}' is no number"),
        (DidFacts("800"), "did", "DID 800 is not configured"),
        (DidFacts("800", inactive_dids=("800",)), "did_active", "DID 800 is not active"),
        (known(route="fax:1"), "route", "the route fax:1 is none that this version knows"),
        (known(route="ingroup:"), "route", "the route ingroup: is none that this version knows"),
        (known(route="agent:"), "route", "the route agent: is none that this version knows"),
        (
            known(route="extension:1,System(x)"),
            "route",
            "the route extension:1,System(x) is none that this version knows",
        ),
        (known(route="extension:@sales"), "route", "the route extension:@sales is none that this version knows"),
        (known(route="ingroup:GONE"), "in-group", "in-group GONE does not exist"),
        (known(route="ingroup:OLD"), "in-group", "in-group OLD is not active"),
        (known(route="agent:1000", ingroups={"AGENTDIRECT": "N"}), "in-group", "in-group AGENTDIRECT is not active"),
        (known(route="agent:1000", ingroups={}), "in-group", "in-group AGENTDIRECT does not exist"),
        (known(route="agent:1001"), "agent", "agent 1001 does not exist"),
        (known(route="ingroup:AGENTDIRECT"), "agent", "the route ingroup:AGENTDIRECT names no agent; use agent:USER"),
        (known(hours=CLOSED), "call_time_id", "call time OFFICE is closed"),
    ]:
        with subtests.test(facts=facts, rule=rule, reason=reason):
            decision = routing.route_did(facts)
            assert (decision.route, decision.goto, decision.reason) == ("", "", reason)
            assert told(decision)[-1] == (rule, False)
            assert all(passed for _, passed in told(decision)[:-1])


def test_an_inactive_did_is_passed_over() -> None:
    decision = routing.route_did(known(did="_80X", inactive_dids=("800", "_8XX")))
    assert decision.route == "ingroup,SALES"
    assert told(decision)[1:4] == [("did_active", False), ("did_active", False), ("did", True)]
    assert decision.steps[3].why == "800 is _80X, which goes to ingroup:SALES"


def test_a_did_that_is_closed_has_another_route() -> None:
    decision = routing.route_did(known(hours=CLOSED, after_hours_route="ingroup:NIGHT"))
    assert decision.route == "ingroup,NIGHT"
    assert told(decision)[2:] == [("call_time_id", False), ("in-group", True)]
    decision = routing.route_did(known(hours=CLOSED, after_hours_route="voicemail:100"))
    assert decision.goto == "warmline-voicemail,100,1"
    assert decision.reason == "sent to voicemail:100 because call time OFFICE is closed"
    decision = routing.route_did(known(hours=OPEN, after_hours_route="ingroup:NIGHT"))
    assert decision.route == "ingroup,SALES"
    assert told(decision)[2] == ("call_time_id", True)


RULES = ("language=de -> ingroup:GERMAN", "vip=* -> agent:1000", "language=d* -> voicemail:100")
GERMAN = INGROUPS | {"GERMAN": "Y"}


@pytest.mark.parametrize(
    ("pairs", "destination", "explanation"),
    [
        ((("Language", "DE"),), "ingroup,GERMAN", 'language is "DE": language=de -> ingroup:GERMAN'),
        ((("vip", "no"), ("language", "de")), "ingroup,GERMAN", 'language is "de": language=de -> ingroup:GERMAN'),
        ((("vip", "a; number: x"),), "agent,1000", 'vip is "a, number: x": vip=* -> agent:1000'),
        ((("language", "da"),), "warmline-voicemail,100,1", 'language is "da": language=d* -> voicemail:100'),
        ((("language", "en"),), "ingroup,SALES", "no rule fits the call's data"),
        ((), "ingroup,SALES", "no rule fits the call's data"),
    ],
)
def test_the_first_rule_that_fits_the_data_decides(pairs: CallData, destination: str, explanation: str) -> None:
    decision = routing.route_did(known(data_routes=RULES, call_data=pairs, ingroups=GERMAN, agents={"1000": "Y"}))
    assert (decision.route or decision.goto) == destination
    [step] = [step for step in decision.steps if step.rule == "data_routes"]
    assert (step.why, step.passed) == (explanation, destination == "ingroup,SALES")
    if decision.goto:
        assert decision.reason == f"sent to voicemail:100 because {explanation}"


@pytest.mark.parametrize(
    "closing_facts",
    [
        {"hours": CLOSED, "after_hours_route": "ingroup:SALES"},
        {"filter_group": "VIP", "is_filtered": True, "filter_route": "ingroup:SALES"},
    ],
)
def test_the_data_opens_no_door_that_is_closed(closing_facts: dict[str, Any]) -> None:
    facts = {"ingroups": GERMAN, "agents": {"1000": "Y"}} | closing_facts
    decision = routing.route_did(known(data_routes=RULES, call_data=(("vip", "1"),), **facts))
    assert decision.route == "ingroup,SALES"
    blocked = known(data_routes=RULES, call_data=(("vip", "1"),), blocklist="SPAM", is_blocked=True)
    assert routing.route_did(blocked).goto == "warmline-hangup,s,1"


def test_a_rule_to_an_ingroup_that_is_not_active_takes_the_fallback() -> None:
    decision = routing.route_did(
        known(data_routes=RULES, call_data=(("language", "de"),), ingroups=GERMAN | {"GERMAN": "N"})
    )
    assert (decision.route, decision.reason) == ("", "in-group GERMAN is not active")


@pytest.mark.parametrize("hours", [None, OPEN, CLOSED])
def test_a_caller_on_the_blocklist_is_hung_up_at_any_time(hours: CallTimeCheck | None) -> None:
    facts = known(hours=hours, after_hours_route="ingroup:NIGHT", blocklist="SPAM", is_blocked=True, filter_group="VIP")
    decision = routing.route_did(facts)
    assert (decision.route, decision.goto) == ("", "warmline-hangup,s,1")
    assert decision.reason == "sent to hangup because caller 555 is in SPAM"
    assert told(decision)[-2:] == [("blocklist", False), ("route", True)]


def test_a_caller_filtered_by_the_did_has_a_separate_route() -> None:
    facts = known(blocklist="SPAM", filter_group="VIP", is_filtered=True, filter_route="ingroup:NIGHT")
    decision = routing.route_did(facts)
    assert decision.route == "ingroup,NIGHT"
    assert told(decision)[2:] == [("blocklist", True), ("filter_phone_group_id", False), ("in-group", True)]
    facts_after_hours = known(hours=CLOSED, filter_group="VIP", is_filtered=True, filter_route="ingroup:NIGHT")
    assert routing.route_did(facts_after_hours).route == "ingroup,NIGHT"
    unfiltered_facts = known(filter_group="VIP", filter_route="ingroup:NIGHT", caller="")
    assert routing.route_did(unfiltered_facts).route == "ingroup,SALES"
    assert routing.route_did(unfiltered_facts).steps[2].why == "caller (no number) is not in VIP"


ROUTES = st.sampled_from(["ingroup:SALES", "ingroup:OLD", "agent:1000", "hangup", "extension:1", ":", ""]) | st.text()


@given(
    st.builds(
        DidFacts,
        st.text(max_size=50) | st.just("800"),
        st.none() | st.just("800"),
        ROUTES,
        hours=st.sampled_from([None, OPEN, CLOSED]),
        after_hours_route=ROUTES,
        blocklist=st.sampled_from(["", "SPAM"]),
        is_blocked=st.booleans(),
        filter_group=st.sampled_from(["", "VIP"]),
        is_filtered=st.booleans(),
        filter_route=ROUTES,
        ingroups=st.just(INGROUPS),
        agents=st.just({"1000": "Y"}),
    )
)
def test_a_call_has_one_way_to_go_or_a_reason(facts: DidFacts) -> None:
    decision = routing.route_did(facts)
    assert not (decision.route and decision.goto)
    assert bool(decision.route) != bool(decision.reason)
    assert all(step.why for step in decision.steps)
    if decision.route:
        assert decision.route in ("ingroup,SALES", "agent,1000")
    if decision.goto:
        context, exten, priority = decision.goto.split(",")
        assert context and exten and priority == "1"
        assert routing.DIALPLAN_CHARACTERS.issuperset(context + exten)


def test_a_script_names_where_a_call_goes() -> None:
    assert routing.follow_route("ingroup:SALES", INGROUPS, {}).route == "ingroup,SALES"
    assert routing.follow_route("ingroup:OLD", INGROUPS, {}).reason == "in-group OLD is not active"
    assert routing.follow_route("agent:1000", INGROUPS, {"1000": "Y"}).route == "agent,1000"
    assert routing.follow_route("agent:1001", INGROUPS, {}).reason == "agent 1001 does not exist"
    assert routing.follow_route("agent:1001", INGROUPS, {"1001": "N"}).reason == "agent 1001 is not active"


def test_a_leading_plus_is_dropped_once() -> None:
    assert [routing.strip_plus(text) for text in ("+800", "800", "++800", "8+00")] == ["800", "800", "+800", "8+00"]


# The answers of a real Asterisk to `dialplan show 8005@…`.
PATTERNS = [
    "_8005",
    "_800[56]",
    "_800[5-9]",
    "_800N",
    "_800Z",
    "_800X",
    "_800.",
    "_800!",
    "_[78]005",
    "_N005",
    "_.",
    "_!",
]


def test_patterns_are_asked_as_in_asterisk() -> None:
    assert list_matches("8005", ["default", "8006", *reversed(PATTERNS), "8005"]) == ["8005", *PATTERNS, "default"]
    assert list_matches("8005", ["_800[56]", "_800[5-6]"]) == list_matches("8005", ["_800[5-6]", "_800[56]"])


def test_a_dial_pattern_matches_its_numbers_only(subtests: pytest.Subtests) -> None:
    for pattern, yes, no in [
        ("_80X", ["800", "809"], ["80", "8000", "80*", "80a"]),
        ("_80Z", ["801"], ["800"]),
        ("_80N", ["802"], ["800", "801"]),
        ("_8[0-24]", ["80", "82", "84"], ["83", "85"]),
        ("_8.", ["80", "8005"], ["8", "90"]),
        ("_8!", ["8", "8005"], ["90"]),
        ("_*9X", ["*98"], ["98"]),
        ("_8-0-x", ["805"], ["8-0-5"]),
        ("_8[]", [], ["8", "85"]),
        ("_8[5", ["85"], ["8"]),
        ("_8[-]", [], ["85"]),
        ("_8[.]", [], ["8", "85", "855"]),
        ("_8[]5", [], ["85", "8"]),
        ("_8[]X", [], ["85", "8"]),
        ("_0900[5", ["09005"], ["09006", "0900"]),
        ("_[!", [], ["8", "85"]),
        ("_", [], ["8"]),
    ]:
        with subtests.test(pattern=pattern, yes=yes, no=no):
            assert [number for number in yes + no if list_matches(number, [pattern])] == yes


@given(st.lists(st.from_regex(r"_[0-9XxZzNn.!\[\]-]{1,12}", fullmatch=True), max_size=9), st.from_regex("[0-9]{1,9}"))
def test_any_pattern_has_its_place(patterns: list[str], number: str) -> None:
    matches = list_matches(number, patterns)
    assert set(matches) <= set(patterns)
    assert list_matches(number, reversed(patterns)) == matches


def test_a_trusted_phone_logs_in_without_a_pin() -> None:
    decision = login_rules.decide_login(LoginFacts("1000", "jo", "", "C", "TRUSTED"))
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
def test_a_login_is_decided_by_the_facts_of_the_phone(facts: LoginFacts, route: str, reason: str) -> None:
    decision = login_rules.decide_login(facts)
    assert (decision.route, decision.reason) == (route, reason)
