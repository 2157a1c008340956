"""Custom fields of leads: named by their list, and set, emptied and kept with each lead."""

import json
from pathlib import Path

import pytest

from warmline.leads import custom_fields
from warmline.options.values.entity import OptionError
from warmline.store.configuration import config
from warmline.store.leads import leads

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
