"""Rules about the data of a call: patterns, the order of rules, and hostile texts."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmline.core.rules import data_rules, routing
from warmline.core.rules.data_rules import PRIORITY_SIGN, ROUTE_SIGN
from warmline.core.rules.routing import DidFacts

DATA = (("Language", "DE"), ("vip", "yes"), ("ticket", "A-4711"))


@given(st.text("ab*", max_size=12), st.text("abAB*", max_size=12))
def test_a_pattern_matches_like_its_regular_expression(pattern: str, value: str) -> None:
    expression = ".*".join(re.escape(fragment) for fragment in pattern.split("*"))
    assert data_rules.is_match(pattern, value) == bool(re.fullmatch(expression, value, re.IGNORECASE))


def test_the_longest_pattern_and_value_take_no_time() -> None:
    start_seconds = process_time()
    for _ in range(100):
        assert not data_rules.is_match("a*" * 49 + "b", "a" * 500)
    assert process_time() - start_seconds < 1  # a pattern with backtracking would take years


@pytest.mark.parametrize(
    ("rules", "sign", "rule_and_result"),
    [
        (
            ("language=en -> ingroup:A", "LANGUAGE=de -> ingroup:B"),
            ROUTE_SIGN,
            ("LANGUAGE=de -> ingroup:B", "ingroup:B"),
        ),
        (("language=d* -> agent:1", "language=de -> agent:2"), ROUTE_SIGN, ("language=d* -> agent:1", "agent:1")),
        (("none=* -> hangup",), ROUTE_SIGN, ("", "")),
        (("vip=no:+5", "ticket=*:-3", "vip=yes:+5"), PRIORITY_SIGN, ("ticket=*:-3", "-3")),
        (("ticket=a:4711:9",), PRIORITY_SIGN, ("", "")),
        ((), ROUTE_SIGN, ("", "")),
    ],
)
def test_the_first_rule_that_fits_counts(rules: tuple[str, ...], sign: str, rule_and_result: tuple[str, str]) -> None:
    assert data_rules.find_rule(rules, sign, DATA) == rule_and_result


def test_a_value_is_found_by_its_name_in_any_letters() -> None:
    assert (data_rules.get_value(DATA, "language"), data_rules.get_value(DATA, "none")) == ("DE", "")


def test_a_long_value_is_cut_in_a_sentence() -> None:
    assert data_rules.quote_value("x" * 40) == f'"{"x" * 40}"'
    assert data_rules.quote_value("x" * 41) == f'"{"x" * 40}…"'


RULES = st.builds(
    "{} -> {}".format,
    st.sampled_from(["ticket=*", "owner=1000", "vip=y*s", "ticket=*;*", "owner=a->b", "vip=*: *"]),
    st.sampled_from(["ingroup:SALESLINE", "agent:1000", "hangup", "voicemail:1", "extension:8500@x", "callmenu:m"]),
)
VALUES = st.sampled_from(["1000", "yes", "ingroup:SALESLINE", "x; number: 1; did: 2", "a->b", "*"]) | st.text(
    max_size=40
)


@given(
    st.lists(RULES, max_size=4), st.lists(st.tuples(st.sampled_from(["ticket", "owner", "vip"]), VALUES), max_size=4)
)
def test_any_data_only_chooses_among_the_configured_routes(rules: list[str], data: list[tuple[str, str]]) -> None:
    ingroups, agents = {"SALESLINE": "Y", "SUPPORTLINE": "Y"}, {"1000": "Y"}
    facts = DidFacts("800", "800", "ingroup:SUPPORTLINE", ingroups=ingroups, agents=agents, data_routes=tuple(rules))
    facts.call_data = tuple(data)
    allowed = [
        routing.follow_route(route, ingroups, agents)
        for route in (facts.route, *(rule.rpartition(" -> ")[2] for rule in rules))
    ]
    decision = routing.route_did(facts)
    assert (decision.route, decision.goto) in {(choice.route, choice.goto) for choice in allowed}
    assert len(decision.told.split("; ")) == len(decision.steps), "the data adds a step"
