"""Options of in-groups, campaigns and agents have an effect: worlds that differ in one alone have different results."""

import pytest

from tests.options import agent_cases, campaign_cases, ingroup_cases
from tests.options.worlds import Case, World, agent_world, campaign_world, ingroup_world
from warmline.options.option_table import INGROUP

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
