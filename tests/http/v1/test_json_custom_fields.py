"""Custom fields of leads over HTTP: given by name, refused by name, and shown in scripts and on the agent's screen."""

import pytest

from tests.http.json_site import JsonSite
from tests.http.v1.test_json_leads import CALLER, agc, configure
from warmline.store.configuration import config
from warmline.store.leads import leads

NAMES = "favorite_color,plan"


@pytest.fixture
def lists(site: JsonSite) -> JsonSite:
    """Provide a site whose lists 998 and 999 have custom fields."""
    for name in ("998", "999"):
        configure(site, "list", name, custom_fields=NAMES)
    return site


def test_lead_is_created_and_changed_with_custom_fields(lists: JsonSite) -> None:
    given = {"list_id": "998", "phone_number": CALLER, "custom_fields": {"favorite_color": "red", "plan": ""}}
    made = lists.ask("POST", "/leads", given)
    assert (made.status, made.body["custom_fields"]) == (201, {"favorite_color": "red"})
    where = f"/leads/{made.body['lead_id']}"
    told = lists.ask("PATCH", where, {"last_name": "Byron", "custom_fields": {"plan": "gold"}})
    assert (told.status, told.body["last_name"]) == (200, "Byron")
    assert told.body["custom_fields"] == {"favorite_color": "red", "plan": "gold"}
    assert lists.ask("PATCH", where, {"custom_fields": {"plan": ""}}).body["custom_fields"] == {"favorite_color": "red"}
    assert lists.ask("GET", where).body["lead"]["custom_fields"] == {"favorite_color": "red"}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("favourite_color", "custom fields of its list: favorite_color, plan; did you mean favorite_color?"),
        ("list_id", "a lead has no field 'list_id'"),
        ("first_name", "first_name is a field of every lead: give it beside custom_fields"),
        ("plan\x07", "custom fields of its list"),
    ],
)
def test_unknown_custom_field_is_refused_with_the_names_of_the_list(lists: JsonSite, name: str, sentence: str) -> None:
    lead = leads.create(lists.database, "998", {"phone_number": CALLER}, who="test")
    for method, path, more in [
        ("POST", "/leads", {"list_id": "998", "phone_number": CALLER}),
        ("PATCH", f"/leads/{lead}", {}),
    ]:
        told = lists.ask(method, path, {**more, "custom_fields": {name: "999"}})
        assert told.status == 422 and sentence in str(told.body)
    assert [one["list_id"] for one in leads.page(lists.database)] == ["998"]


def test_agent_reads_and_changes_custom_fields_of_the_lead_on_the_screen(lists: JsonSite) -> None:
    text = "Colour: --A--favorite_color--B--, plan: --A--plan--B--, --A--other--B--, --A--campaign--B--"
    config.create(lists.database, "script", "HI", {"script_text": text}, who="test")
    configure(lists, "campaign", "TESTCAMP", campaign_script="HI")
    lead = leads.create(lists.database, "998", {"phone_number": CALLER, "favorite_color": "red"}, who="test")
    lists.customer()
    assert lists.ask("GET", "/agents/1000/lead").body["script"] == "Colour: red, plan:,, TESTCAMP"
    shown = lists.ask("GET", "/agents/1000/screen").body["lead"]["custom_fields"]
    assert [(one["name"], one["label"], one["value"], one["longest"]) for one in shown] == [
        ("favorite_color", "favorite color", "red", 4000),
        ("plan", "plan", "", 4000),
    ]
    told = lists.ask("PATCH", "/agents/1000/lead", {"lead_id": lead, "custom_fields": {"plan": "gold"}})
    assert told.body["custom_fields"] == {"favorite_color": "red", "plan": "gold"}
    assert "plan: gold" in lists.ask("GET", "/agents/1000/lead").body["script"]


def test_agent_api_changes_custom_fields_by_their_names(lists: JsonSite) -> None:
    lead = leads.create(lists.database, "998", {"phone_number": CALLER, "plan": "gold"}, who="test")
    lists.customer()
    assert agc(lists, "update_fields", nocache="1") == "ERROR: no fields have been defined - 1000\n"
    said = agc(lists, "update_fields", favorite_color="light+blue; #1", city="Oslo", plan="", nocache="1")
    assert said == (
        f"SUCCESS: update_fields lead updated - 6666|1000|{lead}|1|1|city,favorite_color,plan"
        '|city="Oslo",favorite_color="light blue 1",plan=""|\n'
    )
    row = leads.find(lists.database, lead)
    assert (row["city"], row["custom_fields"]) == ("Oslo", '{"favorite_color": "light blue 1"}')
    assert "plan has 4001 characters, more than 4000" in agc(lists, "update_fields", plan="x" * 5000)
