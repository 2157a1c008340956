"""The web forms of a call: whose address counts, its values, and the origins that a page may show in a panel."""

from pathlib import Path

import pytest

from warmline.options.values.entity import OptionError
from warmline.store.configuration import config
from warmline.store.lookups import web_forms

CAMPAIGN = {"web_form_address": "https://crm.example/c?id=--A--lead_id--B--&n=--A--first_name--B--"}


@pytest.fixture
def forms_db(db: Path) -> Path:
    """Provide a database with a campaign, an in-group and a list."""
    config.create(db, "campaign", "SALES", CAMPAIGN, who="test")
    config.create(db, "ingroup", "LINE", {}, who="test")
    config.create(db, "list", "102", {"campaign": "SALES"}, who="test")
    return db


def addresses(db: Path, **facts: object) -> list[str]:
    return [one.address for one in web_forms.of_call(db, "SALES", "LINE", "102", facts)]


def test_the_address_of_the_ingroup_comes_before_that_of_the_list_and_of_the_campaign(forms_db: Path) -> None:
    assert addresses(forms_db) == ["https://crm.example/c?id=&n="]
    config.set_options(forms_db, "list", "102", {"web_form_address": "http://list.example/"}, who="test")
    assert addresses(forms_db) == ["http://list.example/"]
    config.set_options(forms_db, "ingroup", "LINE", {"web_form_address": "http://line.example/"}, who="test")
    config.set_options(forms_db, "list", "102", {"web_form_address_three": "http://third.example/"}, who="test")
    found = web_forms.of_call(forms_db, "SALES", "LINE", "102", {})
    assert [(one.option, one.address) for one in found] == [
        ("web_form_address", "http://line.example/"),
        ("web_form_address_three", "http://third.example/"),
    ]


def test_a_hostile_value_stays_one_value(forms_db: Path) -> None:
    found = addresses(forms_db, lead_id=7, first_name="A&b=\"c'<d>#e/../{secret:x} --A--lead_id--B--")
    assert found == [
        "https://crm.example/c?id=7&n=A%26b%3D%22c%27%3Cd%3E%23e%2F..%2F%7Bsecret%3Ax%7D%20--A--lead_id--B--"
    ]


def test_one_form_opens_by_itself_where_the_campaign_says(forms_db: Path) -> None:
    given = {"web_form_address_two": "http://two.example/", "get_call_launch": "WEBFORMTWO", "web_form_target": "PANEL"}
    config.set_options(forms_db, "campaign", "SALES", given, who="test")
    found = web_forms.of_call(forms_db, "SALES", "", "", {})
    assert [(one.opens, one.target) for one in found] == [(False, "PANEL"), (True, "PANEL")]


def test_a_call_of_no_campaign_has_no_form(forms_db: Path) -> None:
    assert web_forms.of_call(forms_db, "", "", "", {}) == []


def test_only_panels_need_origins_and_none_can_change_the_pages_policy(forms_db: Path) -> None:
    assert web_forms.panel_origins(forms_db) == []
    given = {"web_form_target": "PANEL", "web_form_address_two": "https://a.example;script-src/x"}
    config.set_options(forms_db, "campaign", "SALES", given, who="test")
    config.set_options(forms_db, "ingroup", "LINE", {"web_form_address": "http://127.0.0.1:8090/x"}, who="test")
    assert web_forms.panel_origins(forms_db) == ["http://127.0.0.1:8090", "https://crm.example"]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "https://--A--first_name--B--/", "https://x.example/?k={secret:crm}", "VARhttp://x"],
)
def test_an_address_that_is_no_page_or_has_a_secret_is_refused(forms_db: Path, address: str) -> None:
    with pytest.raises(OptionError):
        config.set_options(forms_db, "campaign", "SALES", {"web_form_address": address}, who="test")
