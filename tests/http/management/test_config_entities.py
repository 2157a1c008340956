"""The configuration over HTTP: each entity is listed, made, changed and deleted in the client's name."""

from typing import Any
from urllib.parse import urlencode

import pytest

from tests.http.json_site import JsonSite
from tests.rows import check_each
from tests.wording.said import says
from warmline.options.option_table import ALL, ENTITIES
from warmline.store.configuration import config, config_history

CAMPAIGN = "/config/campaign/TESTCAMP"


def token(site: JsonSite, scopes: str, name: str = "crm") -> str:
    """A token with these scopes."""
    text = (name * 43)[:43]
    config.create(site.database, "api-token", name, {"scopes": scopes, "token": text}, who="test")
    site.forget()
    return text


def test_each_kind_is_listed_and_shown_as_the_command_line_shows_it(site: JsonSite) -> None:
    def check(kind: str) -> None:
        listed = site.ask("GET", f"/config/{kind}?limit=1000").body
        assert {one["name"]: one["options"] for one in listed} == {
            name: {option: list(value) if isinstance(value, tuple) else value for option, value in options.items()}
            for name, options in config.show_all(site.database, kind).items()
        }
        for one in listed[:1]:
            assert site.ask("GET", f"/config/{kind}/{one['name']}").body == one

    check_each(check, ENTITIES)


def test_an_entity_is_created_changed_copied_and_deleted_in_the_tokens_name(site: JsonSite) -> None:
    crm = token(site, "config:read,config:write")
    made = site.ask(
        "POST", "/config/campaign/AUTUMN", {"dial_timeout": 25, "campaign_recording": "ALLCALLS"}, token=crm
    )
    assert (made.status, made.headers["Location"]) == (201, "/api/v1/config/campaign/AUTUMN")
    assert made.body["options"]["dial_timeout"] == 25
    changed = site.ask("PATCH", "/config/campaign/AUTUMN", {"dial_timeout": "26"}, token=crm)
    assert (changed.status, changed.body["options"]["dial_timeout"]) == (200, 26)
    assert changed.headers["ETag"] == f'"{changed.body["revision"]}"'
    copy = site.ask(
        "POST", "/config/campaign/AUTUMN/copy", {"name": "WINTER", "options": {"dial_timeout": 20}}, token=crm
    )
    assert (copy.body["name"], copy.body["options"]["campaign_recording"], copy.body["options"]["dial_timeout"]) == (
        "WINTER",
        "ALLCALLS",
        20,
    )
    gone = site.ask("DELETE", "/config/campaign/AUTUMN", token=crm)
    assert (gone.status, gone.body) == (200, {"kind": "campaign", "name": "AUTUMN"})
    assert site.ask("GET", "/config/campaign/AUTUMN").status == 404
    history = config_history.newest(site.database, 4)
    assert [one.changes[0].action for one in history] == ["delete", "create", "set", "create"]
    assert {one.who for one in history} == {"token:crm"}


@pytest.mark.parametrize("by_header", [True, False])
def test_a_change_of_another_client_is_not_overwritten(by_header: bool, site: JsonSite) -> None:
    ada, bob = token(site, "config:read,config:write", "ada"), token(site, "config:write", "bob")
    read = site.ask("GET", CAMPAIGN, token=ada)
    first = site.ask("PATCH", CAMPAIGN, {"dial_timeout": 31}, token=bob)

    def again(method: str, revision: int, body: Any = None) -> Any:
        if by_header:
            return site.ask(method, CAMPAIGN, body, token=ada, If_Match=f'"{revision}"')
        return site.ask(method, f"{CAMPAIGN}?revision={revision}", body, token=ada)

    for late in (again("PATCH", read.body["revision"], {"dial_timeout": 32}), again("DELETE", read.body["revision"])):
        assert (late.status, late.body["code"]) == (412, "config_changed_since")
        assert "dial_timeout" in late.body["detail"] and "token:bob" in late.body["detail"]
    assert config.show(site.database, "campaign", "TESTCAMP")["dial_timeout"] == 31
    assert site.ask("POST", "/config/campaign/OTHER", {}, token=bob).status == 201  # not this entity
    assert again("PATCH", first.body["revision"], {"dial_timeout": 33}).status == 200


def test_each_invalid_option_is_named(site: JsonSite) -> None:
    told = site.ask("PATCH", CAMPAIGN, {"dial_timeou": 1, "campaign_recording": "MAYBE", "dial_timeout": 25})
    assert (told.status, told.body["code"]) == (422, "options_invalid")
    assert [one["field"] for one in told.body["errors"]] == ["dial_timeou", "campaign_recording"]
    assert "did you mean dial_timeout?" in told.body["errors"][0]["detail"]
    one = site.ask("PATCH", CAMPAIGN, {"campaign_recording": "MAYBE"})
    assert (one.body["code"], [fault["field"] for fault in one.body["errors"]]) == (
        "options_invalid",
        ["campaign_recording"],
    )


REFUSALS: dict[str, tuple[str, str, Any, int, str]] = {
    "an unknown kind": ("GET", "/config/campain", None, 404, "kind_unknown"),
    "an unknown entity": ("PATCH", "/config/campaign/NONE", {}, 404, "entity_unknown"),
    "a deleted entity": ("DELETE", "/config/campaign/NONE", None, 404, "entity_unknown"),
    "a copy of nothing": ("POST", "/config/campaign/NONE/copy", {"name": "NEW"}, 404, "entity_unknown"),
    "a name that exists": ("POST", CAMPAIGN, {}, 409, "entity_exists"),
    "an entity in use": ("DELETE", CAMPAIGN, None, 409, "entity_in_use"),
    "the only setting": ("DELETE", "/config/setting/warmline", None, 409, "kind_permanent"),
    "a bad name": ("POST", "/config/campaign/A%20B", {}, 422, "name_invalid"),
    "a missing option": ("POST", "/config/preset/ONE", {"campaign": "TESTCAMP"}, 422, "create_option_missing"),
    "a missing entity": ("PATCH", "/config/agent/1000", {"campaign": "NONE"}, 422, "entity_unknown"),
    "a chosen token": ("POST", "/config/api-token/x", {"scopes": "ALL", "token": "a" * 43}, 422, "token_not_given"),
    "a form of a value": ("PATCH", CAMPAIGN, {"dial_timeout": {"a": 1}}, 422, "body_invalid"),
    "a revision": ("PATCH", f"{CAMPAIGN}?revision=x", {}, 422, "request_invalid"),
    "an unknown parameter": ("GET", f"{CAMPAIGN}?revision=1", None, 422, "parameter_unknown"),
}


def test_a_refused_request_changes_nothing(site: JsonSite) -> None:
    def check(refusal: tuple[str, str, Any, int, str]) -> None:
        method, path, body, status, code = refusal
        before = config_history.newest(site.database, 1)
        told = site.ask(method, path, body)
        assert (told.status, told.body["code"]) == (status, code), told.body
        assert config_history.newest(site.database, 1) == before

    check_each(check, REFUSALS.values())


def test_no_secret_is_given_out_and_each_can_be_set(site: JsonSite) -> None:
    site.ask("PATCH", "/config/agent/1000", {"pin": "4711"})
    made = site.ask("POST", "/config/api-user/toolbar", {"pass": "a-good-password"})
    assert (made.status, made.body["options"]["pass"]) == (201, "set")
    program = site.ask("POST", "/config/api-token/crm", {"scopes": ["calls:read"]}).body
    assert site.ask("GET", "/calls", token=program["token"]).status in (200, 401)
    site.forget()
    assert site.ask("GET", "/calls", token=program["token"]).status == 200
    renewed = site.ask("POST", "/api-tokens/crm/renew").body
    assert renewed["token"] != program["token"] and len(renewed["token"]) == 43
    paths = ["/config", "/config/changes", *(f"/config/{entity.kind}" for entity in ALL), "/config/agent/1000"]
    told = "".join(str(site.ask("GET", path).body) for path in paths)
    hidden = [
        text for text in ("4711", "a-good-password", program["token"], renewed["token"], "scrypt") if text in told
    ]
    assert hidden == []


def test_kinds_of_users_and_settings_take_another_scope(site: JsonSite) -> None:
    manager, admin = token(site, "config:write", "manager"), token(site, "users:write", "admin")
    for kind, name, options in (("setting", "warmline", {"max_legs": 9}), ("api-user", "6666", {"active": "N"})):
        path = f"/config/{kind}/{name}"
        refused = site.ask("PATCH", path, options, token=manager)
        assert (refused.status, says(refused.body["detail"], "scope_missing", scope="users:write")) == (403, True)
        assert site.ask("DELETE", path, token=manager).status == 403
        assert site.ask("POST", f"{path}/copy", {"name": "x"}, token=manager).status == 403
        assert site.ask("PATCH", path, options, token=admin).status in (200, 404)
    assert site.ask("PATCH", CAMPAIGN, {"dial_timeout": 9}, token=admin).status == 403
    assert site.ask("PATCH", CAMPAIGN, {"dial_timeout": 9}, token=manager).status == 200


def test_the_history_names_the_client_of_each_change(site: JsonSite) -> None:
    crm = token(site, "config:read,config:write")
    for timeout in (11, 12, 13):
        site.ask("PATCH", CAMPAIGN, {"dial_timeout": timeout}, token=crm)
    newest, *others = site.ask("GET", "/config/changes?kind=campaign&name=TESTCAMP&limit=3", token=crm).body
    assert (newest["who"], newest["changes"][0]["before"], newest["changes"][0]["after"]) == (
        "token:crm",
        {"dial_timeout": 12},
        {"dial_timeout": 13},
    )
    page = site.ask("GET", f"/config/changes?kind=campaign&name=TESTCAMP&limit=2&after={newest['revision']}").body
    assert page == others and len(page) == 2
    assert site.ask("GET", f"/config/changes/{newest['revision']}").body == newest
    whole = []
    while page := site.ask("GET", "/config/changes?limit=2" + (f"&after={whole[-1]}" if whole else "")).body:
        whole += [one["revision"] for one in page]
    assert whole == [one.number for one in config_history.newest(site.database, 1000)]
    assert site.ask("GET", "/config/changes/999999").body["code"] == "revision_unknown"


def test_the_history_is_searched_by_person_and_text(site: JsonSite) -> None:
    crm = token(site, "config:read,config:write")
    site.ask("PATCH", CAMPAIGN, {"dial_timeout": 37}, token=crm)
    site.ask("PATCH", CAMPAIGN, {"campaign_name": 'Äpfel "süß" 100%'}, token=crm)
    site.ask("PATCH", "/config/ingroup/SALESLINE", {"group_name": "Äpfel"})

    def found(**asked: str) -> list[str]:
        told = site.ask("GET", f"/config/changes?{urlencode(asked)}")
        assert told.status == 200, told.body
        return [change["name"] for one in told.body for change in one["changes"]]

    assert found(who="token:crm") == ["TESTCAMP", "TESTCAMP"]
    assert found(who="token:other") == found(text="no such text") == []
    assert found(text="DIAL_TIMEOUT", who="token:crm") == found(text="37", kind="campaign")[:1] == ["TESTCAMP"]
    assert found(text='"süß" 100%') == ["TESTCAMP"] and found(text="%üß") == []
    assert found(text="pfel") == ["SALESLINE", "TESTCAMP"]
    assert site.ask("GET", f"/config/changes?text={'a' * 101}").status == 422


WARNED: dict[str, tuple[str, dict[str, Any], str]] = {
    "a short password": ("api-user/toolbar", {"pass": "x"}, "pass is easy to guess"),
    "a usual PIN": ("agent/2001", {"campaign": "TESTCAMP", "pin": "1234"}, "pin is easy to guess"),
    "an empty variable": ("campaign/AUTUMN", {"dispo_call_url": "http://crm/?--A--usr--B--"}, "usr is empty unless"),
    "a NULL of another program": ("ingroup/LATE", {"moh_context": "NULL"}, "moh_context=NULL is a text here"),
}


@pytest.mark.parametrize("warned", WARNED.values(), ids=WARNED)
def test_options_that_are_probably_wrong_are_taken_with_a_warning(
    warned: tuple[str, dict[str, Any], str], site: JsonSite
) -> None:
    path, options, warning = warned
    made = site.ask("POST", f"/config/{path}", options)
    [said] = made.body["warnings"]
    assert made.status == 201 and warning in said
    assert "warnings" not in site.ask("GET", f"/config/{path}").body
    kind, name = path.split("/")
    site.ask("DELETE", f"/config/{path}")
    document = {"configuration": {kind: {name: options}}}
    planned = site.ask("POST", "/config/diff", document).body
    applied = site.ask("POST", "/config/apply", document).body
    assert planned["warnings"] == applied["warnings"]
    assert applied["warnings"] == [f"{kind} {name}: {said}"] and applied["revision"]


def test_the_answer_to_a_lead_filter_has_the_leads_that_match(site: JsonSite) -> None:
    site.ask("POST", "/config/list/901", {"campaign": "TESTCAMP"})
    for city in ("Tokyo", "Osaka", "Kyoto"):
        lead = {"list_id": "901", "phone_number": "0312340001", "city": city}
        assert site.ask("POST", "/leads", lead).status == 201
    changed = site.ask("PATCH", CAMPAIGN, {"lead_filter": "city=Tokyo or city=Osaka"}).body
    assert changed["lead_filter_matches"]["matching"] == 2 and changed["lead_filter_matches"]["leads"] >= 3
    assert "lead_filter_matches" not in site.ask("GET", CAMPAIGN).body
    refused = site.ask("PATCH", CAMPAIGN, {"lead_filter": "city=Tokyo, rank=0"})
    assert refused.status == 422 and "at character 11" in refused.body["errors"][0]["detail"]
    assert "lead_filter_matches" not in site.ask("PATCH", CAMPAIGN, {"lead_filter": ""}).body
