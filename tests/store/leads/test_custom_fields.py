"""Custom fields of leads: named by their list, and set, emptied and kept with each lead."""

import json
import re
from functools import partial
from pathlib import Path

import pytest

from warmline.leads import custom_fields
from warmline.options.values.entity import OptionError
from warmline.store.configuration import config
from warmline.store.database.reading import reading
from warmline.store.dialling import dial_plan, filter_matches, hopper_counts, lead_explanation
from warmline.store.leads import lead_batches, leads, list_export
from warmline.store.leads.duplicate_leads import USUAL_RULE

NAMES = ("favorite_color", "plan", "Renewal")


@pytest.fixture
def own(db: Path) -> Path:
    """Provide a database whose list 999 has custom fields."""
    config.set_options(db, "list", "999", {"custom_fields": ",".join(NAMES)}, who="test")
    return db


def values(db: Path, lead: int) -> dict[str, str]:
    return custom_fields.read(leads.find(db, lead)["custom_fields"])


def test_lead_has_the_custom_fields_of_its_list(own: Path) -> None:
    given = {"phone_number": "8005551234", "plan": " gold\nyearly ", "favorite_color": ""}
    lead = leads.create(own, "999", given, who="test")
    assert json.loads(leads.find(own, lead)["custom_fields"]) == {"plan": "gold\nyearly"}
    assert leads.update(own, lead, {"first_name": "Ada", "favorite_color": "grün"}) == ["first_name", "favorite_color"]
    assert values(own, lead) == {"plan": "gold\nyearly", "favorite_color": "grün"}
    assert leads.update(own, lead, {"favorite_color": "grün"}) == []
    assert leads.update(own, lead, {"plan": "  "}) == ["plan"] and values(own, lead) == {"favorite_color": "grün"}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"favourite_color": "x"}, "'favourite_color'; custom fields of its list: favorite_color, plan, Renewal;"),
        ({"favourite_color": "x"}, "; did you mean favorite_color?"),
        ({"phone_nmber": "x"}, "; did you mean phone_number?"),
        ({"custom_fields": "{}"}, "a lead has no field 'custom_fields'; custom fields of its list: "),
        ({"plan": "x" * 4001}, "plan has 4001 characters, more than 4000"),
        ({"plan": "a\x07b"}, "plan has a control character in it"),
    ],
)
def test_wrong_custom_field_changes_nothing(own: Path, given: dict[str, str], sentence: str) -> None:
    lead = leads.create(own, "999", {"phone_number": "8005551234", "plan": "gold"}, who="test")
    before = leads.find(own, lead)
    with pytest.raises(OptionError) as error:
        leads.update(own, lead, {"first_name": "Ada"} | given)
    assert sentence in str(error.value)
    with pytest.raises(OptionError):
        leads.create(own, "999", {"phone_number": "8005551235"} | given, who="test")
    assert leads.find(own, lead) == before and len(leads.page(own)) == 1


def test_value_for_a_former_name_is_kept_until_it_is_emptied(own: Path) -> None:
    lead = leads.create(own, "999", {"phone_number": "8005551234", "plan": "gold", "Renewal": "May"}, who="test")
    config.set_options(own, "list", "999", {"custom_fields": "favorite_color"}, who="test")
    leads.update(own, lead, {"favorite_color": "red"})
    kept = {"favorite_color": "red", "plan": "gold", "Renewal": "May"}
    assert values(own, lead) == kept == custom_fields.whole(leads.find(own, lead)["custom_fields"], ["favorite_color"])
    with pytest.raises(OptionError, match="no field 'plan'"):
        leads.update(own, lead, {"plan": "silver"})
    assert leads.update(own, lead, {"plan": ""}) == ["plan"]
    assert values(own, lead) == {"favorite_color": "red", "Renewal": "May"}
    with pytest.raises(OptionError, match="no field 'plan'"):
        leads.create(own, "998", {"phone_number": "8005551234", "plan": "gold"}, who="test")


def test_custom_fields_that_another_process_has_read_are_checked_again(own: Path) -> None:
    for stored in ("[]", "{", '{"other": "x"}', '{"first_name": "x"}', json.dumps({"plan": "x" * 4001})):
        with pytest.raises(OptionError):
            lead_batches.insert(
                str(own), "999", [{"phone_number": "1", "custom_fields": stored}], USUAL_RULE, 0, "test"
            )
    lead = {"phone_number": "8005551234", "custom_fields": '{"plan": "gold"}'}
    assert lead_batches.insert(str(own), "999", [lead], USUAL_RULE, 0, "test").imported == 1
    assert values(own, leads.page(own)[0]["lead_id"]) == {"plan": "gold"}


def _matching(own: Path, where: str) -> list[int]:
    return [row["lead_id"] for row in list_export.page(own, "999", where)]


def test_filter_finds_a_custom_field_with_any_signs(own: Path) -> None:
    signs = ['say "yes"', "a\\b", "100%", "100 percent", "5_6", "5x6", "Übung", "a/b", "|", "'"]
    given = ({"phone_number": f"80055513{place:02d}", "plan": one} for place, one in enumerate(signs))
    made = [leads.create(own, "999", one, who="test") for one in given]
    for lead, value in zip(made, signs, strict=True):
        quoted = value.replace('"', '""')
        assert _matching(own, f'custom.plan="{quoted}"') == [lead], value
        assert lead not in _matching(own, f'custom.plan!="{quoted}"')


def test_filter_names_a_custom_field(own: Path) -> None:
    for number, plan in enumerate(["gold", "Gold plus", "", "silver"]):
        leads.create(own, "999", {"phone_number": f"800555123{number}", "plan": plan}, who="test")
    matching = partial(_matching, own)
    assert matching("custom.plan=GOLD") == [1] and matching("custom.plan=gold*") == [1, 2]
    assert matching("custom.plan=") == [3] and matching("custom.plan!=gold|silver and rank=0") == [2, 3]
    for where, why in [
        ("custom.plam=x", "no list has the custom field 'plam'; did you mean plan?"),
        ("plan=x", "and custom.NAME for a custom field"),
        ("custom.a'b=x", "unknown field"),
        ("custom.plan>x", "its operators are = and !="),
    ]:
        with pytest.raises(OptionError, match=re.escape(why)):
            matching(where)
    config.create(own, "campaign", "SALES", {"lead_filter": "custom.plan=gold  and rank=0"}, who="test")
    assert config.show(own, "campaign", "SALES")["lead_filter"] == "custom.plan=gold and rank=0"
    config.set_options(own, "list", "999", {"campaign": "SALES"}, who="test")
    assert filter_matches.count(own, "SALES", 0) == (1, 4)
    assert {rule.rule: rule.why for rule in lead_explanation.explain(own, 2, 0).main.rules}["lead filter"]
    with reading(own) as db:
        hopper_counts.count(db, dial_plan.load(db, "SALES"), 0)
