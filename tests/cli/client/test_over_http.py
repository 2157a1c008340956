"""Commands over HTTP do what they do on the app's machine: the same code with another transport."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.app import App, opened
from tests.leads.dialled_leads import writing
from tests.wording.said import says
from warmline.core.model.call_states import AgentState, State
from warmline.store.configuration import config

TOKEN = "t" * 43
SCOPES = (
    "agents:read,agents:write,calls:read,calls:write,events:read,config:read,config:write,users:write,leads:read,"
    "leads:write,reports:read"
)


@pytest.fixture
def app(demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[App]:
    """Commands reach the app by its address and a token only: there is no database and no socket."""
    with opened(demo_database, tmp_path, capsys) as made, pytest.MonkeyPatch.context() as patch:
        given = {"scopes": SCOPES, "token": TOKEN}
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


def test_past_calls_are_read_over_http(app: App) -> None:
    call = app.site.customer()
    app.done("agent", "hangup", "1000")
    promise = ("--callback", "+1h", "--comments", "after the meeting")
    assert app.run("agent", "dispo", "1000", "CALLBK", *promise)[0] == 0
    assert call[:12] in app.run("history", "1000")[1]
    [row] = json.loads(app.done("history", "1000", "--json"))
    assert (row["call"], row["status"], row["direction"]) == (call, "CALLBK", "in")
    [promised] = json.loads(app.done("callback", "list", "--json"))
    assert (promised["comments"], promised["state"]) == ("after the meeting", "pending")
    assert "after the meeting" in app.run("agent", "callbacks", "1000")[1]
    assert json.loads(app.done("callback", "show", promised["id"][:12], "--json")) == promised
    assert app.done("callback", "cancel", promised["id"][:12]) == f"callback {promised['id']}: cancelled\n"
    events = app.done("events", "tail", "--no-follow", "--after", "0", "--json")
    told = [json.loads(line) for line in events.splitlines()]
    assert told[0]["type"] == "config.changed" and told[-1]["data"]["kind"] == "CALLBACK"


def test_stories_and_filtered_calls_are_read_over_http(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    call = app.site.customer()
    app.site.driver.wait(2)
    app.done("agent", "hangup", "1000")
    app.done("agent", "dispo", "1000", "SALE", "--notes", "wants a table")
    app.site.driver.wait(1)
    asked = ("--since", "2020-01-01", "--agent", "1000", "--outcome", "answered", "--length", "1s..", "--json")
    far = json.loads(app.done("audit", "calls", *asked)), json.loads(app.done("audit", "call", call[:12], "--json"))
    assert [one["call"] for one in far[0]["calls"]] == [call]
    assert app.run("audit", "calls", "--since", "2020-01-01", "--outcome", "lost")[0] == 1
    told = app.done("call", "comment", call[:12], "=Ask\nfirst.", "--mark", "coaching")
    assert told == f"call {call[:12]} has comment 1, and the mark coaching\n"
    assert app.run("call", "comment", call, "x", "--mark", "coachin")[0] == 1
    app.done("call", "comment", call, "soon deleted")
    assert app.done("call", "delete-comment", call, "2") == f"call {call} no longer has comment 2\n"
    story = app.done("audit", "call", call)
    assert "1   coaching   by token:" in story and "    =Ask\n    first.\n" in story and "soon deleted" not in story
    marked = app.done("audit", "calls", "--since", "2020-01-01", "--mark", "coaching", "--csv")
    assert marked.splitlines()[0].endswith(",marks") and marked.splitlines()[1].endswith(",coaching")
    far = far[0], json.loads(app.done("audit", "call", call[:12], "--json"))
    far[0]["calls"][0]["marks"] = "coaching"
    for name in ("URL", "TOKEN"):
        monkeypatch.delenv(f"WARMLINE_{name}")
    monkeypatch.setenv("WARMLINE_DB", str(app.site.database))
    here = json.loads(app.done("audit", "calls", *asked)), json.loads(app.done("audit", "call", call, "--json"))
    assert far[1] == here[1]
    rounded = ("arrived", "waited_ms", "length_ms")  # the API has no microseconds
    [[row], [same]] = ([{**one, **dict.fromkeys(rounded)} for one in told[0]["calls"]] for told in (far, here))
    assert row == same
    noted = app.done("audit", "calls", "--since", "2020-01-01", "--notes", "table", "--fields", "call", "--csv")
    assert noted.splitlines() in (["call"], ["call", call]), "notes of the last minute may still change"


def test_a_refusal_over_http(app: App) -> None:
    code, _, err = app.run("agent", "pause", "1001")
    assert (code, "agent '1001' is not logged in" in err) == (3, True)
    code, _, err = app.run("agent", "listen", "1000", "--phone", "1009")
    assert code == 5 and says(err, "scope_missing", scope="agents:supervise")
    config.delete(app.site.database, "api-token", "ada", who="test")
    app.site.forget()
    code, _, err = app.run("live")
    assert code == 5 and says(err, "token_unknown_there", url=app.site.url)


def test_the_configuration_over_http(app: App, tmp_path: Path) -> None:
    assert app.done("campaign", "create", "AUTUMN", "dial_timeout=25") == "campaign AUTUMN created\n"
    assert app.done("campaign", "set", "AUTUMN", "dial_timeout=30", "dial_prefix=9").startswith(
        "campaign AUTUMN: dial_timeout=30"
    )
    assert "dial_timeout=30" in app.done("campaign", "list")
    assert json.loads(app.done("campaign", "show", "AUTUMN", "--json"))["dial_timeout"] == 30
    assert app.done("campaign", "copy", "AUTUMN", "WINTER") == "campaign WINTER created\n"
    assert app.run("campaign", "set", "AUTUMN", "dial_timeout=301")[0] == 1
    code, _, err = app.run("campaign", "show", "SPRING")
    assert code == 3 and "SPRING" in err
    assert app.done("campaign", "delete", "WINTER") == "campaign WINTER deleted\n"
    [newest, *_] = json.loads(app.done("config", "history", "--entity", "campaign", "--json"))
    assert [change["name"] for change in newest["changes"]] == ["WINTER"] and newest["who"] == "token:ada"
    undone = app.done("config", "undo", str(newest["revision"]), "--yes")
    assert "+ campaign WINTER" in undone and "done, as revision" in undone
    assert json.loads(app.done("config", "show", str(newest["revision"]), "--json")) == newest


def test_files_of_the_configuration_over_http(app: App, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    assert "files written" in app.done("config", "export", str(folder), "--changed")
    assert app.done("config", "diff", str(folder)) == "nothing to change\n"
    file = folder / "campaign.toml"
    file.write_text(file.read_text() + "\n[campaign.AUTUMN]\ndial_timeout = 25\n")
    code, out, _ = app.run("config", "diff", str(folder))
    assert code == 2 and "+ campaign AUTUMN" in out
    assert "done, as revision" in app.done("config", "apply", str(folder), "--yes")
    assert app.run("config", "diff", str(folder))[0] == 0
    code, _, err = app.run("config", "export", str(folder), "--secrets")
    assert code == 1 and says(err, "config_secrets_local")


def test_tokens_and_secrets_over_http(app: App) -> None:
    code, token, _ = app.run("api-token", "create", "crm", "scopes=calls:read")
    assert code == 0 and len(token.strip()) == 43
    code, renewed, _ = app.run("api-token", "renew", "crm")
    assert code == 0 and len(renewed.strip()) == 43 and renewed != token
    assert app.run("agent", "set", "1000", "pin=4711")[:2] == (0, "agent 1000: pin changed\n")


def test_leads_and_blocked_numbers_over_http(app: App) -> None:
    lead = json.loads(app.done("lead", "create", "--list", "998", "phone_number=8005551234", "rank=2", "--json"))
    number = str(lead["lead_id"])
    assert app.done("lead", "set", number, "last_name=Byron", "rank=2") == f"lead {number}: last_name changed\n"
    assert "Byron" in app.done("lead", "find", "800 555 1234")
    assert "Byron" in app.done("lead", "list", "--list", "998")
    assert json.loads(app.done("lead", "show", number, "--json"))["last_name"] == "Byron"
    changed = app.done("lead", "set", number, "more_numbers=212 5550187:office")
    assert changed == f"lead {number}: more_numbers changed\n"
    assert "Byron" in app.done("lead", "find", "212 555 0187")
    assert "2125550187:office" in app.done("lead", "show", number)
    put = app.done("dnc", "create", "8005551234", "--why", "asked by letter")
    assert put == "8005551234 is on the list now\n"
    assert (
        "asked by letter" in app.run("dnc", "list")[1] and "asked by letter" in app.run("dnc", "find", "8005551234")[1]
    )
    assert "is on the system's do-not-call list" in app.done("lead", "find", "8005551234")
    assert app.done("dnc", "delete", "8005551234") == "8005551234 may be dialled again\n"
    code, _, err = app.run("dnc", "delete", "8005551234")
    assert code == 3 and "8005551234" in err
    assert app.done("lead", "move", number, "999") == f"lead {number} moved to list 999\n"
    assert app.done("lead", "move", number, "999") == f"lead {number} is already in list 999\n"
    code, _, err = app.run("lead", "move", number, "12345")
    assert code != 0 and "12345" in err
    for words in (("--name", "byr"), ("--email", "ADA@example.org"), ("--vendor-code", "V 1")):
        app.done("lead", "set", number, "email=ada@example.org", "vendor_lead_code=V 1")
        assert "Byron" in app.done("lead", "find", *words), words
    assert app.done("lead", "delete", number) == f"lead {number} deleted\n"
    assert app.run("lead", "delete", number)[0] == 3


def test_a_list_over_http(app: App) -> None:
    app.done("lead", "create", "--list", "998", "phone_number=8005551234", "status=NA")
    assert app.done("list", "counts", "998").startswith("list 998: 1 leads, 0 called since the last reset (0 %)")
    assert json.loads(app.done("list", "counts", "998", "--json"))["statuses"] == [
        {"status": "NA", "called_count": 0, "leads": 1}
    ]
    assert app.run("list", "counts", "12345")[0] == 3
    assert app.done("list", "set", "998", "reset_times=0900-1700") == "list 998: reset_times=0900-1700\n"
    with writing(app.site.database) as db:
        db.execute("INSERT INTO list_reset VALUES ('998', 1000000, 2000000, 3000000, 0, 0, 7)")
    told = json.loads(app.done("list", "counts", "998", "--json"))
    assert told["last_reset"]["leads"] == 7 and told["last_reset"]["ended"] == "1970-01-01T00:00:03.000000+00:00"
    assert told["next_reset"].endswith(":00:00.000000+00:00") and "; last " in app.done("list", "counts", "998")
    changed = app.done("list", "change", "998", "--where", "status=NA", "--status", "NI", "--owner", "anna")
    assert changed == "list 998: 1 leads match, 1 changed\n"
    assert app.done("list", "change", "998", "--where", "owner=anna", "--delete", "--dry-run").endswith(
        "1 leads match, 1 would be deleted\n"
    )
    told = app.done("list", "export", "998", "--where", "owner=anna")
    assert told.splitlines()[0].startswith("lead_id,list_id,status,") and ",8005551234," in told
    [lead] = json.loads(app.done("list", "export", "998", "--json"))["leads"]
    assert lead["owner"] == "anna" and lead["talk_time"] is None
    assert app.done("list", "scrub", "998", "--against", "999", "--status", "DUP").endswith(
        "0 leads match, 0 changed\n"
    )
    numbers = app.site.database.parent / "numbers.csv"
    numbers.write_text("800 555 1234\n")
    scrubbed = app.done("list", "scrub", "998", "--file", str(numbers), "--status", "DUP")
    assert scrubbed == "list 998: 1 leads match, 1 changed\n"
    assert app.done("list", "change", "998", "--where", "", "--delete") == "list 998: 1 leads match, 1 deleted\n"
