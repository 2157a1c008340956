"""`warmline event-hook`: on this machine and over HTTP."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.entities import event_hook
from tests.cli.app import App, opened
from warmline.store.configuration import config
from warmline.store.event_hooks import hook_states, hook_work

TOKEN = "t" * 43
URL = "url=https://crm.example.com/events"


@pytest.fixture(params=["machine", "http"])
def app(
    request: pytest.FixtureRequest, demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Iterator[App]:
    """Provide an app on this machine, and one that commands reach by its address and a token only."""
    with opened(demo_database, tmp_path, capsys) as made, pytest.MonkeyPatch.context() as patch:
        config.create(made.site.database, "api-token", "ada", {"scopes": "ALL", "token": TOKEN}, who="test")
        if request.param == "http":
            patch.setenv("WARMLINE_DB", str(tmp_path / "nothing"))
            patch.setenv("WARMLINE_URL", made.site.url)
            patch.setenv("WARMLINE_TOKEN", TOKEN)
            patch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        yield made


def test_the_secret_is_shown_at_creation_and_on_request_and_renewed(app: App) -> None:
    code, first, err = app.run("event-hook", "create", "crm", URL, "events=call.ended")
    assert code == 0 and len(first.strip()) == 43 and "the secret of its signatures" in err
    assert app.run("event-hook", "secret", "crm")[1] == first
    code, renewed, _ = app.run("event-hook", "renew", "crm")
    assert code == 0 and renewed != first
    assert json.loads(app.done("event-hook", "secret", "crm", "--json"))["secret"] == renewed.strip()
    for words in (("show", "crm"), ("list",), ("deliveries", "crm")):
        assert renewed.strip() not in app.done("event-hook", *words)
    assert app.run("event-hook", "secret", "nothing")[0] == 3


def test_a_test_says_how_the_receiver_answered(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    path = app.site.database
    app.run("event-hook", "create", "crm", URL)
    answers = [(200, ""), (0, "no answer within 10 s")]

    def send(_seconds: float) -> None:
        """Do what the worker process does."""
        [(hook, delivery)] = hook_work.read(path).tests
        hook_work.tested(path, hook.name, hook_states.HookDelivery(delivery, "event_hook.test", 1, *answers.pop(0)))

    monkeypatch.setattr(event_hook, "sleep", send)
    assert app.done("event-hook", "test", "crm") == "event-hook crm: the receiver took the sample and answered 200\n"
    code, out, _ = app.run("event-hook", "test", "crm")
    assert (code, out) == (1, "event-hook crm: the sample was not delivered: no answer within 10 s\n")
    assert "no answer within 10 s" in app.done("event-hook", "deliveries", "crm")
    document = json.loads(app.done("event-hook", "deliveries", "crm", "--json"))
    assert [one["status"] for one in document["deliveries"]] == [None, 200]
    monkeypatch.setattr(event_hook, "WITHIN", 0)
    code, out, _ = app.run("event-hook", "test", "crm")
    assert code == 1 and "the worker process must run" in out
