"""The whole configuration over HTTP: exported, compared, applied in one transaction, and undone."""

from itertools import product
from typing import Any

from tests.http.json_site import JsonSite
from tests.http.management.test_config_entities import token
from tests.rows import check_rows
from warmline.store.configuration import config, config_history


def ask(site: JsonSite, path: str, body: Any, **how: Any) -> Any:
    told = site.ask("POST", f"/config/{path}", body, **how)
    assert told.status == 200, told.body
    return told.body


def test_a_document_is_compared_applied_and_undone(site: JsonSite) -> None:
    wanted = {
        "campaign": {"TESTCAMP": {"dial_timeout": 44}},
        "agent": {"2001": {"campaign": "TESTCAMP", "ingroups": ["NIGHTLINE"]}},
        "ingroup": {"NIGHTLINE": {}},
        "setting": {"max_legs": 50},
    }
    planned = ask(site, "diff", {"configuration": wanted})
    changes = {(one["action"], one["kind"], one["name"]) for one in planned["changes"]}
    assert changes == {
        ("set", "campaign", "TESTCAMP"),
        ("create", "agent", "2001"),
        ("create", "ingroup", "NIGHTLINE"),
        ("set", "setting", "warmline"),
    }
    assert planned["revision"] == 0 and {"kind": "ingroup", "name": "SALESLINE"} in planned["unnamed"]
    made = ask(site, "apply", {"configuration": wanted})
    assert made["changes"] == planned["changes"] and made["revision"]
    assert config.show(site.database, "agent", "2001")["ingroups"] == ("NIGHTLINE",)
    assert ask(site, "apply", {"configuration": wanted})["revision"] == 0
    seen = ask(site, "undo", {"revision": made["revision"], "dry_run": True})
    assert (seen["revision"], len(seen["changes"])) == (0, 4)
    undone = ask(site, "undo", {"revision": made["revision"]})
    assert undone["changes"] == seen["changes"] and undone["revision"] > made["revision"]
    assert "2001" not in config.list_names(site.database, "agent")
    again = site.ask("POST", "/config/undo", {"revision": made["revision"]})
    assert (again.status, again.body["code"]) == (409, "changed_since_revision")
    assert site.ask("POST", "/config/undo", {"revision": 9999}).body["code"] == "revision_unknown"


def test_a_document_of_an_older_revision_is_refused(site: JsonSite) -> None:
    read = site.ask("GET", "/config").body["revision"]
    site.ask("PATCH", "/config/campaign/TESTCAMP", {"dial_timeout": 31})
    body = {"configuration": {"campaign": {"TESTCAMP": {"dial_timeout": 32}}, "container": {"A": {}}}, "revision": read}
    late = site.ask("POST", "/config/apply", body)
    assert (late.status, late.body["code"]) == (412, "config_changed_since")
    assert config.list_names(site.database, "container") == []
    assert ask(site, "apply", body | {"revision": read + 1})["revision"]


def test_a_diff_does_not_reveal_if_a_pin_is_right(site: JsonSite) -> None:
    """A reader of the configuration must not find a PIN by comparing documents."""
    site.ask("PATCH", "/config/agent/1000", {"pin": "8305"})
    reader = token(site, "config:read")
    told = [
        ask(site, "diff", {"configuration": {"agent": {"1000": {"pin": pin}}}}, token=reader)
        for pin in ("8305", "8317")
    ]
    assert told[0] == told[1] and told[0]["changes"][0]["after"] == {"pin": "changed"}


def test_users_and_settings_in_a_document_take_their_scope_too(site: JsonSite) -> None:
    manager = token(site, "config:read,config:write", "manager")
    body = {"configuration": {"setting": {"max_legs": 51}, "container": {"A": {}}}}
    assert len(ask(site, "diff", body, token=manager)["changes"]) == 2
    assert site.ask("POST", "/config/apply", body, token=manager).status == 403
    assert config.list_names(site.database, "container") == []
    revision = ask(site, "apply", body)["revision"]
    assert site.ask("POST", "/config/undo", {"revision": revision}, token=manager).status == 403
    assert config_history.newest(site.database, 1)[0].number == revision


INVALID: dict[str, tuple[Any, str]] = {
    "kind": ({"campain": {}}, "config_kind_unknown"),
    "option": ({"campaign": {"TESTCAMP": {"dial_timeou": 1}}}, "plan_invalid"),
    "value": ({"campaign": {"TESTCAMP": {"dial_timeout": None}}}, "config_value_form"),
    "name": ({"campaign": {"A B": {}}}, "plan_invalid"),
    "form": ({"campaign": {"dial_timeout": 1}}, "config_name_missing"),
    "reference": ({"agent": {"2001": {"campaign": "NONE"}}}, "entity_unknown"),
}


def test_an_invalid_document_changes_nothing(site: JsonSite) -> None:
    def check(path: str, invalid: tuple[Any, str]) -> None:
        document, code = invalid
        before = config_history.newest(site.database, 1)
        told = site.ask("POST", f"/config/{path}", {"configuration": document | {"container": {"A": {}}}})
        assert (told.status, told.body["code"]) == (422, code), told.body
        assert config_history.newest(site.database, 1) == before

    check_rows(check, product(["diff", "apply"], INVALID.values()))
