"""Commands over HTTP do what they do on the app's machine: the same code with another transport."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.app import App, opened
from tests.http.v1.test_json_dispositions import configure
from tests.wording.said import says
from warmline.core.model.call_states import AgentState, State
from warmline.store.configuration import config

TOKEN = "t" * 43


@pytest.fixture
def app(demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[App]:
    """Commands reach the app by its address and a token only: there is no database and no socket."""
    with opened(demo_database, tmp_path, capsys) as made, pytest.MonkeyPatch.context() as patch:
        given = {"scopes": "agents:read,agents:write,calls:read,calls:write,events:read", "token": TOKEN}
        config.create(made.site.database, "api-token", "ada", given, who="test")
        for name in ("DB", "RUN"):
            patch.setenv(f"WARMLINE_{name}", str(tmp_path / "nothing"))
        for name in ("LISTEN_HOST", "LISTEN_PORT"):
            patch.delenv(f"WARMLINE_{name}")
        patch.setenv("WARMLINE_URL", made.site.url)
        patch.setenv("WARMLINE_TOKEN", TOKEN)
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        yield made


def test_the_commands_of_agents_and_calls(app: App) -> None:
    driver = app.site.driver
    call = app.site.customer()
    assert "INCALL" in app.run("agent", "status")[1]
    assert json.loads(app.done("agent", "mute", "1000", "--json"))["by"] == "token:ada"
    assert app.done("agent", "mute", "1000", "--off") == "agent 1000: heard again\n"
    assert call[:12] in app.run("call", "list")[1]
    told = app.run("agent", "conference", "1000", "5551234", "--park", "--wait", meanwhile=lambda: driver.wait(4))
    assert told == (0, "agent 1000: has 5551234\n", "")
    assert app.done("agent", "grab", "1000") == "agent 1000: the customer is back\n"
    assert driver.call().state is State.THREE_WAY
    assert app.done("agent", "leave", "1000") == "agent 1000: left\n"
    assert app.done("agent", "dispo", "1000", "SALE") == "agent 1000: disposition SALE\n"
    assert driver.session().last.status == "SALE"
    assert app.done("call", "hangup", call[:12]) == f"call {call} hung up\n"
    assert app.done("agent", "pause", "1000") == "agent 1000: pauses\n"
    assert driver.session().state is AgentState.PAUSED


def test_what_was_is_read_there(app: App) -> None:
    call = app.site.customer()
    app.done("agent", "hangup", "1000")
    promise = ("--callback", "+1h", "--comments", "after the meeting")
    assert app.run("agent", "dispo", "1000", "CB", *promise)[0] == 0
    assert call[:12] in app.run("history", "1000")[1]
    [row] = json.loads(app.done("history", "1000", "--json"))
    assert (row["call"], row["status"], row["direction"]) == (call, "CB", "in")
    [promised] = json.loads(app.done("callback", "list", "--json"))
    assert (promised["comments"], promised["state"]) == ("after the meeting", "pending")
    assert "after the meeting" in app.run("agent", "callbacks", "1000")[1]
    assert json.loads(app.done("callback", "show", promised["id"][:12], "--json")) == promised
    assert app.done("callback", "cancel", promised["id"][:12]) == f"callback {promised['id']}: cancelled\n"
    events = app.done("events", "tail", "--no-follow", "--after", "0", "--json")
    told = [json.loads(line) for line in events.splitlines()]
    assert told[0]["type"] == "config.changed" and told[-1]["data"]["kind"] == "CALLBACK"


def test_a_refusal_over_http(app: App) -> None:
    code, _, err = app.run("agent", "pause", "1001")
    assert (code, "agent '1001' is not logged in" in err) == (3, True)
    code, _, err = app.run("agent", "listen", "1000", "--phone", "1009")
    assert code == 5 and says(err, "scope_missing", scope="agents:supervise")
    config.delete(app.site.database, "api-token", "ada", who="test")
    app.site.forget()
    code, _, err = app.run("live")
    assert code == 5 and says(err, "token_unknown_there", url=app.site.url)


def test_codes_are_chosen_over_http(app: App) -> None:
    configure(app.site, "pause-code", "LUNCH", pause_code_name="Lunch break")
    assert "LUNCH" in app.done("agent", "pause", "1000", "--codes")
    assert app.done("agent", "pause", "1000", "lunch") == "agent 1000: pauses lunch\n"
