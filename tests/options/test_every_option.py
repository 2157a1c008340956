"""Every option has an effect: worlds that differ only in it have different results, or another test shows it."""

import ast
from functools import cache

import pytest

from tests.docs.page_blocks import PROJECT
from tests.options import agent_cases, campaign_cases, did_cases, ingroup_cases, value_cases
from tests.options.databases import of
from tests.options.elsewhere import BY_TEST, ELSEWHERE
from tests.options.worlds import Case, World, agent_world, campaign_world, ingroup_world
from warmline.options.option_table import ENTITIES, INGROUP
from warmline.options.values.option_types import Choice

TABLE: dict[str, tuple[World, dict[str, Case]]] = {
    "campaign": (campaign_world, campaign_cases.CASES),
    "ingroup": (ingroup_world, ingroup_cases.CASES),
    "agent": (agent_world, agent_cases.CASES),
    "did": (of("did"), did_cases.DID),
    "call-time": (of("call-time"), did_cases.CALL_TIME),
    "holiday": (of("holiday"), did_cases.HOLIDAY_CASES),
    "container": (of("container"), did_cases.CONTAINER),
    "setting": (of("setting"), did_cases.SETTING),
}
CASES = [(kind, name) for kind, (_, cases) in TABLE.items() for name in cases]
# Lists show these; tests/cli/entities/test_configuration.py tries each.
LABELS = {(kind, entity.label) for kind, entity in ENTITIES.items() if entity.label}


def differ(name: str, case: Case, world: World) -> None:
    """Fail unless the option makes the expected difference."""
    against = {name: case.against} if case.against else {}
    without, with_it = (world(case.story, {**case.given, **one}) for one in (against, {name: case.value}))
    assert with_it != without, f"{name}={case.value} does nothing"
    assert any(case.shows in text for text in with_it), f"{name}={case.value}: no {case.shows}"
    if case.shows:
        assert not any(case.shows in text for text in without), f"{case.shows} also without {name}={case.value}"


def test_every_option_has_a_case_or_a_test_elsewhere() -> None:
    options = {(kind, name) for kind, entity in ENTITIES.items() for name in entity.option_names}
    assert {*CASES, *ELSEWHERE, *LABELS} == options
    assert ELSEWHERE.keys().isdisjoint(CASES)
    assert not [f"{file}: {test}" for file, test in BY_TEST if test not in functions_of(file)]


@cache
def functions_of(file: str) -> set[str]:
    """Return the names of the functions in a file."""
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    return {one.name for one in ast.parse((PROJECT / file).read_text()).body if isinstance(one, functions)}


@pytest.mark.parametrize(("kind", "name"), CASES, ids=lambda part: part)
def test_each_option_changes_the_result(kind: str, name: str) -> None:
    world, cases = TABLE[kind]
    differ(name, cases[name], cases[name].world or world)


def test_options_with_many_values_have_a_case() -> None:
    many = {one.name for one in INGROUP.options if isinstance(one.type, Choice) and len(one.type.values) > 2}
    assert set(value_cases.CASES) == many - {"next_agent_call"}


@pytest.mark.parametrize("name", value_cases.CASES)
def test_each_value_comes_to_something_else(name: str) -> None:
    story, given = value_cases.CASES[name]
    kind = INGROUP.option(name).type
    assert isinstance(kind, Choice)
    ends: dict[tuple[str, ...], str] = {}
    for value in kind.values:
        same = ends.setdefault(tuple(ingroup_world(story, {**given, name: value})), value)
        assert same == value, f"{name}={value} does what {same} does"


def test_an_option_that_does_nothing_is_found() -> None:
    case = Case(lambda lab: lab.wait(1), "5")
    with pytest.raises(AssertionError, match="queue_priority=5 does nothing"):
        differ("queue_priority", case, ingroup_world)
