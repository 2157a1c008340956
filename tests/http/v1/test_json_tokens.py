"""Bearer tokens: created once, stored as a hash, valid for their scopes only."""

import json
import logging
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest

from ari_app.http.openapi.route_table import ROUTES
from cli.main import main
from tests.http.json_site import JsonSite, json_site
from tests.http.slow_answers_here import slow_answers_here
from tests.wording.said import said
from warmline.access.rights import SCOPES
from warmline.store.configuration import config
from warmline.store.database.database import connect

Make = Callable[..., str]
NAMED = defaultdict(lambda: "NONE", user="1000", lead_id="0", kind="campaign", revision="1", comment="1")


@pytest.fixture
def make(site: JsonSite, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Make:
    """Run `warmline api-token`; its stdout."""
    monkeypatch.setenv("WARMLINE_DB", str(site.database))

    def run(*arguments: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as ended:
            main(["api-token", *arguments])
        site.forget()
        said = capsys.readouterr()
        assert (ended.value.code or 0) == code, said.err
        return said.err if code else said.out.strip()

    return run


def test_a_new_token_is_shown_once_and_kept_as_a_hash(site: JsonSite, make: Make) -> None:
    token = make("create", "crm", "scopes=agents:read")
    assert len(token) == 43
    assert json.loads(make("show", "crm", "--json")) == {"name": "crm", "scopes": ["agents:read"], "token": "set"}
    assert site.ask("GET", "/agents", token=token).status == 200
    with closing(connect(site.database)) as db:
        assert token not in "\n".join(db.iterdump())


def test_a_new_token_works_before_the_configuration_is_read_again(site: JsonSite) -> None:
    token = "n" * 43
    assert site.ask("GET", "/agents", token=token).status == 401
    config.create(site.database, "api-token", "crm", {"scopes": "agents:read", "token": token}, who="test")
    assert [site.ask("GET", "/agents", token=token).status for _ in range(2)] == [200, 200]
    assert site.ask("POST", "/agents/1000/pause", token=token).status == 403


def test_a_renewed_token_replaces_the_old_one_at_once(site: JsonSite, make: Make) -> None:
    old = make("create", "crm", "scopes=ALL")
    new = json.loads(make("renew", "crm", "--json"))["token"]
    assert [site.ask("GET", "/agents", token=token).status for token in (old, new)] == [401, 200]
    make("delete", "crm")
    assert site.ask("GET", "/agents", token=new).status == 401


def test_a_token_is_not_chosen_and_needs_scopes(make: Make) -> None:
    assert said("token_not_chosen") in make("create", "crm", "scopes=ALL", f"token={'a' * 43}", code=1)
    assert "scopes" in make("create", "crm", code=1)
    assert "did you mean calls:read?" in make("create", "crm", "scopes=call:read", code=1)
    assert "does not exist" in make("renew", "crm", code=3)


def has(scope: str) -> str:
    """Return the token with this scope only."""
    return f"has-{scope.replace(':', '-')}".ljust(43, "-")


def lacks(scope: str) -> str:
    """Return the token with all other scopes."""
    return f"lacks-{scope.replace(':', '-')}".ljust(43, "-")


@pytest.fixture(scope="module")
def guarded(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[JsonSite]:
    """Provide one site for all addresses, with the tokens of `has` and `lacks`."""
    folder = tmp_path_factory.mktemp("guarded")
    database = Path(shutil.copy(demo_database, folder))
    for number, scope in enumerate(SCOPES):
        others = ",".join(other for other in SCOPES if other != scope)
        config.create(database, "api-token", f"has{number}", {"scopes": scope, "token": has(scope)}, who="test")
        config.create(database, "api-token", f"lacks{number}", {"scopes": others, "token": lacks(scope)}, who="test")
    with json_site(database, folder) as site, slow_answers_here():
        site.api.askers.rate.a_second = 0
        yield site


def test_each_address_wants_its_scope_and_no_other(guarded: JsonSite) -> None:
    wrong = []
    for route in [route for route in ROUTES if route.scope]:
        path = route.path.format_map(NAMED) + ("?follow=false" if route.media == "text/event-stream" else "")
        before = len(guarded.board.given)
        refused = guarded.ask(route.method, path, token=lacks(route.scope))
        told = (refused.status, refused.body["title"], f'scope="{route.scope}"' in refused.headers["WWW-Authenticate"])
        is_given = len(guarded.board.given) > before
        status = guarded.ask(route.method, path, token=has(route.scope)).status
        if told != (403, "Forbidden", True) or is_given or status in (401, 403):
            wrong.append((route.name, told, is_given, status))
    assert wrong == []


INVALID = ("", "Bearer", "Bearer ", "Bearer wrong", f"Bearer {'x' * 43}", "Bearer é", "Basic NjY2NjoxMjM0", "x")


def test_a_request_without_a_valid_token_is_refused(guarded: JsonSite) -> None:
    before, wrong = len(guarded.board.given), []
    for route, header in product([route for route in ROUTES if not route.is_open], INVALID):
        told = guarded.ask(route.method, route.path.format_map(NAMED), Authorization=header)
        asked_for = told.headers.get("WWW-Authenticate", "")
        if (told.status, told.body["title"]) != (401, "Unauthorized") or not asked_for.startswith("Bearer"):
            wrong.append((route.name, header, told.status))
    assert wrong == []
    assert len(guarded.board.given) == before


def test_a_token_is_in_no_log(site: JsonSite, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    site.ask("GET", "/agents", token="s" * 43)
    site.ask("GET", "/agents")
    assert "s" * 43 not in caplog.text
    assert site.token not in caplog.text
