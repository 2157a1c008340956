"""Every routing option has an effect: two worlds that differ only in it have different results."""

import pytest

from tests.options import agent_cases, did_cases, ingroup_cases, value_cases
from tests.options.databases import of
from tests.options.worlds import Case, World, agent_world, ingroup_world
from tools.pages.routing_page import TABLES
from warmline.options.campaign.web_form_options import ADDRESSES
from warmline.options.option_table import ENTITIES, INGROUP
from warmline.options.values.option_types import Choice

TABLE: dict[str, tuple[World, dict[str, Case]]] = {
    "ingroup": (ingroup_world, ingroup_cases.CASES),
    "agent": (agent_world, agent_cases.CASES),
    "did": (of("did"), did_cases.DID),
    "call-time": (of("call-time"), did_cases.CALL_TIME),
    "holiday": (of("holiday"), did_cases.HOLIDAY_CASES),
    "setting": (of("setting"), did_cases.SETTING),
}
# Names are only for lists and reports, and web forms only for the agent's screen.
NAMES = {"group_name", "did_description", *ADDRESSES, "web_form_sign"}
OPTIONS = {kind: set(ENTITIES[kind].option_names) - NAMES for kind in ("ingroup", "did", "call-time", "holiday")} | {
    kind: {option.name for section in TABLES[kind] for option in section.options} for kind in ("agent", "setting")
}


def differ(name: str, case: Case, world: World) -> None:
    """Fail unless the option makes the expected difference."""
    against = {name: case.against} if case.against else {}
    without, with_it = (world(case.story, {**case.given, **one}) for one in (against, {name: case.value}))
    assert with_it != without, f"{name}={case.value} does nothing"
    assert any(case.shows in text for text in with_it), f"{name}={case.value}: no {case.shows}"
    if case.shows:
        assert not any(case.shows in text for text in without), f"{case.shows} also without {name}={case.value}"


@pytest.mark.parametrize("kind", TABLE)
def test_every_option_has_a_case(kind: str) -> None:
    assert set(TABLE[kind][1]) == OPTIONS[kind]


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, (_, cases) in TABLE.items() for name in cases], ids=lambda part: part
)
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
