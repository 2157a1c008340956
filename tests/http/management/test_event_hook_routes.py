"""Event hooks over HTTP: the secret, which only administrators see, the state, and a test."""

import logging
from typing import Any

import pytest

from tests.http.json_site import JsonSite
from tests.http.management.test_config_entities import token
from warmline.store.configuration import config_history
from warmline.store.configuration.config_history import WantedRevisions
from warmline.store.database.reading import reading
from warmline.store.event_hooks import hook_states

CRM = "/config/event-hook/crm"
URL = {"url": "https://crm.example.com/events", "events": "call.ended"}


def made(site: JsonSite) -> Any:
    """Create an event hook; return the answer."""
    return site.ask("POST", CRM, URL)


def test_the_answer_to_the_creation_has_the_secret_and_no_later_list_has_it(site: JsonSite) -> None:
    answer = made(site)
    secret = answer.body["secret"]
    assert (answer.status, answer.body["options"]["events"]) == (201, ["call.ended"]) and len(secret) >= 43
    site.ask("PATCH", CRM, {"active": "N"})
    shown = [
        site.ask("GET", path).body
        for path in (CRM, "/config/event-hook", "/config", "/config/changes", "/event-hooks/crm")
    ]
    assert secret not in str(shown) and secret not in str(site.ask("POST", f"{CRM}/copy", {"name": "crm2"}).body)


def test_a_secret_is_shown_and_renewed_and_the_history_names_the_client(
    site: JsonSite, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    first = made(site).body["secret"]
    boss = token(site, "config:read,users:write")
    assert site.ask("POST", "/event-hooks/crm/secret", token=boss).body == {"name": "crm", "secret": first}
    renewed = site.ask("POST", "/event-hooks/crm/renew", token=boss).body["secret"]
    assert renewed != first and hook_states.read_secret(site.database, "crm") == renewed
    newest = config_history.newest(site.database, 2, WantedRevisions("event-hook-secret"))
    assert [(one.who, one.changes[0].after["secret"]) for one in newest] == [
        ("token:crm", "renewed"),
        ("token:crm", "shown"),
    ]
    with reading(site.database) as db:
        places = [line.split()[2] for line in db.iterdump() if first in line or renewed in line]
    assert places == ['"event_hook_state"'] and first not in caplog.text and renewed not in caplog.text


def test_only_administrators_change_event_hooks_or_see_a_secret(site: JsonSite) -> None:
    made(site)
    manager = token(site, "config:read,config:write", "office")
    asked = [("PATCH", CRM), *(("POST", f"/event-hooks/crm/{what}") for what in ("secret", "renew", "test"))]
    for method, path in asked:
        assert site.ask(method, path, {"active": "N"} if method == "PATCH" else None, token=manager).status == 403
    assert site.ask("GET", "/event-hooks/crm", token=manager).status == 200
