"""Options of in-groups, campaigns and agents have an effect: worlds that differ in one alone have different results."""

import re
from pathlib import Path

import pytest

from tests.options import agent_cases, campaign_cases, ingroup_cases
from tests.options.worlds import Case, World, agent_world, campaign_world, ingroup_world
from warmline.options.option_table import ENTITIES, INGROUP

TABLE: dict[str, tuple[World, dict[str, Case]]] = {
    "campaign": (campaign_world, campaign_cases.CASES),
    "ingroup": (ingroup_world, ingroup_cases.CASES),
    "agent": (agent_world, agent_cases.CASES),
}
CASES = [(kind, name) for kind, (_, cases) in TABLE.items() for name in cases]
# The name is shown in lists; tests/reports has the level, tests/store/leads/test_web_forms.py the forms.
WITHOUT = {"group_name", "answer_sec_pct_rt_stat_one", "web_form_sign"} | {
    f"web_form_address{place}" for place in ("", "_two", "_three")
}
# The days and the third form are as the others, and tests make their names; the name is shown in lists.
AS_OTHERS = re.compile(r"ct_\w+day_(start|stop)|web_form_address_three|cid_group_name")
TESTS = Path(__file__).parents[1]
BESIDE = (
    "access", "agi", "ari", "asterisk", "browser", "cli", "core", "http", "leads", "link", "reports", "scenarios",
    "scheduled_reports", "store",
)  # fmt: skip


def test_every_option_has_a_case_or_is_named_by_another_test() -> None:
    files = (file for folder in BESIDE for file in (TESTS / folder).rglob("*.py"))
    named = {word for file in files for word in re.findall(r"\w+", file.read_text())}
    options = {(kind, name) for kind, entity in ENTITIES.items() for name in entity.option_names}
    assert [(kind, name) for kind, name in options - {*CASES} if name not in named and not AS_OTHERS.match(name)] == []


def test_every_option_of_an_in_group_has_a_case() -> None:
    assert ingroup_cases.CASES.keys() == set(INGROUP.option_names) - WITHOUT


@pytest.mark.parametrize(("kind", "name"), CASES, ids=lambda part: part)
def test_each_option_changes_the_result(kind: str, name: str) -> None:
    world, cases = TABLE[kind]
    case = cases[name]
    against = {name: case.against} if case.against else {}
    options = [{**case.given, **one} for one in (against, {name: case.value})]
    without, with_it = [world(case.story, given) for given in options]
    assert with_it != without, f"{name}={case.value} does nothing"
    assert any(case.shows in text for text in with_it), f"{name}={case.value}: no {case.shows}"
    if case.shows:
        assert not any(case.shows in text for text in without), f"{case.shows} also without {name}={case.value}"
