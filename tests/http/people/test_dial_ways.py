"""Managers choose among the ways to dial that an administrator has named in the setting dial_ways."""

from typing import Any

import pytest

from tests.http.people.people_site import PeopleSite
from tests.rows import check_each
from warmline.store.configuration import config

OWN, NAMED, OTHER = "PJSIP/{number}@own", "PJSIP/{number}@named", "Local/{number}@from-phones"
CAMPAIGN, DID = "/config/campaign/TESTCAMP", "/config/did/8005550100"
INGROUP = "/config/ingroup/SALESLINE"


@pytest.fixture
def site(people: PeopleSite) -> PeopleSite:
    """Provide a site from before the setting, whose campaign and DID have ways of their own."""
    config.set_options(people.database, "campaign", "TESTCAMP", {"dial_template": OWN}, who="test")
    config.set_options(people.database, "did", "8005550100", {"route": "extension:100@own"}, who="test")
    people.forget()
    return people


def change(site: PeopleSite, user: str, path: str, **options: Any) -> tuple[int, str]:
    told = site.as_user(user, "PATCH", path, options)
    return told.status, "" if told.status == 200 else told.body["detail"]


def refused(option: str, way: str, allowed: str) -> tuple[int, str]:
    return 422, (
        f"{option}: {way} is not named in the setting dial_ways; allowed: {allowed}; an administrator can name another"
    )


def test_a_manager_chooses_a_named_template_only(site: PeopleSite) -> None:
    usual = "PJSIP/{number}@trunk"
    assert change(site, "mia", CAMPAIGN, dial_template=OTHER) == refused("dial_template", OTHER, usual)
    assert change(site, "mia", CAMPAIGN, dial_template=NAMED) == refused("dial_template", NAMED, usual)
    assert config.show(site.database, "campaign", "TESTCAMP")["dial_template"] == OWN
    assert change(site, "ada", "/config/setting/warmline", dial_ways=[NAMED, "@sales"])[0] == 200
    assert change(site, "mia", CAMPAIGN, dial_template=OTHER) == refused("dial_template", OTHER, f"{usual}, {NAMED}")
    assert change(site, "mia", CAMPAIGN, dial_template=NAMED) == (200, "")
    assert change(site, "mia", CAMPAIGN, dial_template=usual) == (200, "")


def test_an_entity_keeps_its_own_way(site: PeopleSite) -> None:
    assert change(site, "mia", CAMPAIGN, dial_template=OWN, dial_timeout=33) == (200, "")
    assert change(site, "mia", DID, route="extension:101@own") == (200, "")


@pytest.mark.parametrize(
    ("options", "option", "way"),
    [
        ({"route": "extension:100@from-phones"}, "route", "@from-phones"),
        ({"route": "extension:100"}, "route", "@default"),
        ({"after_hours_route": "callmenu:menu"}, "after_hours_route", "@menu"),
        ({"filter_route": "extension:1@sales"}, "filter_route", "@sales"),
        ({"data_routes": ["vip=y -> extension:1@sales"]}, "data_routes", "@sales"),
    ],
)
def test_a_manager_chooses_a_named_context_only(
    site: PeopleSite, options: dict[str, Any], option: str, way: str
) -> None:
    assert change(site, "mia", DID, **options) == refused(option, way, "no context")
    assert change(site, "ada", DID, **options) == (200, ""), "an administrator names another one by using it"
    assert change(site, "mia", DID, route="ingroup:SALESLINE") == (200, "")
    assert change(site, "mia", DID, route="voicemail:100") == (200, "")


@pytest.mark.parametrize(
    ("path", "options", "option", "way"),
    [
        (CAMPAIGN, {"park_ivr": "0900123456@from-phones"}, "park_ivr", "@from-phones"),
        (INGROUP, {"drop_exten": "0900123456@from-phones"}, "drop_exten", "@from-phones"),
        (INGROUP, {"drop_action": "EXTENSION", "drop_exten": "0900123456"}, "drop_exten", "@default"),
        (INGROUP, {"wait_time_option_callmenu": "menu"}, "wait_time_option_callmenu", "@menu"),
        (
            INGROUP,
            {"no_agent_action": "EXTENSION", "no_agent_action_value": "0900123456@from-phones"},
            "no_agent_action_value",
            "@from-phones",
        ),
        (INGROUP, {"no_agent_action": "CALLMENU", "no_agent_action_value": "menu"}, "no_agent_action_value", "@menu"),
        ("/config/agent/1000", {"custom_five": "0900123456@from-phones"}, "custom_five", "@from-phones"),
    ],
)
def test_a_manager_sends_calls_to_a_named_context_only(
    site: PeopleSite, path: str, options: dict[str, Any], option: str, way: str
) -> None:
    assert change(site, "mia", path, **options) == refused(option, way, "no context")
    assert change(site, "ada", "/config/setting/warmline", dial_ways=[way])[0] == 200
    assert change(site, "mia", path, **options) == (200, "")


def test_a_manager_cannot_make_a_way_of_a_value_by_its_action(site: PeopleSite) -> None:
    of_message = {"no_agent_action": "MESSAGE", "no_agent_action_value": "0900123456@from-phones"}
    assert change(site, "mia", INGROUP, **of_message) == (200, ""), "a sound file"
    expected = refused("no_agent_action_value", "@from-phones", "no context")
    assert change(site, "mia", INGROUP, no_agent_action="EXTENSION") == expected
    assert change(site, "mia", INGROUP, no_agent_action="VOICEMAIL") == (200, "")


@pytest.mark.parametrize("user", ["mia", "ada"])
def test_no_other_write_goes_round_it(site: PeopleSite, user: str) -> None:
    may = user == "ada"
    made = site.as_user(user, "POST", "/config/campaign/NEW", {"dial_template": OTHER})
    assert made.status == (201 if may else 422)
    copied = site.as_user(user, "POST", "/config/campaign/TESTCAMP/copy", {"name": "COPY"})
    assert copied.status == (201 if may else 422), "the copy is another campaign"
    document = {"configuration": {"campaign": {"TESTCAMP": {"dial_template": OTHER}}}}
    assert site.as_user(user, "POST", "/config/apply", document).status == (200 if may else 422)
    assert site.as_user(user, "POST", "/config/diff", document).status == 200
    config.set_options(site.database, "campaign", "TESTCAMP", {"dial_template": OTHER}, who="test")
    config.set_options(site.database, "campaign", "TESTCAMP", {"dial_template": NAMED}, who="test")
    last = site.as_user(user, "GET", "/config/changes").body[0]["revision"]
    undone = site.as_user(user, "POST", "/config/undo", {"revision": last})
    assert undone.status == (200 if may else 422), "the former way is no longer its own"


def test_a_manager_cannot_name_a_way(site: PeopleSite) -> None:
    assert change(site, "mia", "/config/setting/warmline", dial_ways=[OTHER])[0] == 403


def test_a_template_that_cannot_work_is_refused(site: PeopleSite) -> None:
    def check(template: str) -> None:
        status, why = change(site, "ada", CAMPAIGN, dial_template=template)
        assert status == 422 and "with PJSIP/{number}, only @TRUNK follows" in why

    check_each(
        check,
        [
            "PJSIP/{number}",
            "PJSIP/00{number}",
            "PJSIP/{number}@trunk/n",
            "PJSIP/{number}@trunk@other",
            "PJSIP/{number}/sip:x@10.0.0.1",
            "PJSIP/{number}@",
        ],
    )
