"""The configuration commands: their output, their errors, and their exit codes."""

import io
import json
import os
import pty
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.wording.said import said
from warmline.options.option_table import ENTITIES
from warmline.store.configuration import config
from warmline.store.database import database, passwords

WARMLINE = [sys.executable, "-c", "from cli.main import main; main()"]


@pytest.fixture
def db(db: Path) -> Path:
    """Provide a database with a campaign."""
    config.create(db, "campaign", "SHOP", {"dial_timeout": "20"}, who="ada")
    return db


def lines(text: str) -> list[list[str]]:
    """Return the words of each line."""
    return [line.split() for line in text.splitlines()]


def test_a_new_administrator_starts_from_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    path = tmp_path / "new.db"
    monkeypatch.setenv("WARMLINE_DB", str(path))
    code, out, err = run("campaign", "list")
    assert (code, out) == (1, "")
    assert err == f"warmline: {said('database_missing', path=path)}\n"
    assert run("db", "migrate") == (0, f"{path}: third, fourth, fifth, sixth applied\n", "")
    assert run("db", "migrate") == (0, f"{path} is up to date\n", "")
    assert json.loads(run("db", "migrate", "--json")[1]) == {"db": str(path), "applied": [], "backup": None}
    assert run("campaign", "list", "--json") == (0, "[]\n", "")


def test_make_show_change_and_delete(db: Path, run: Run) -> None:
    assert run("ingroup", "create", "SALES", "drop_call_seconds=120") == (0, "ingroup SALES created\n", "")
    assert run("did", "create", "+8005550100", "route=ingroup:SALES")[0] == 0
    defaults = {option.name: option.default for option in ENTITIES["ingroup"].options}
    shown = json.loads(run("ingroup", "show", "SALES", "--json")[1])
    assert shown == {"name": "SALES"} | defaults | {"drop_call_seconds": 120, "data_priority": [], "exit_keys": []}
    assert (
        run("ingroup", "set", "SALES", "queue_priority=-5", "active=N")[1]
        == "ingroup SALES: queue_priority=-5, active=N\n"
    )
    assert run("ingroup", "set", "SALES", "active=N")[1] == "ingroup SALES: already set\n"
    changed = json.loads(run("ingroup", "set", "SALES", "active=Y", "--json")[1])
    assert (changed["name"], changed["active"], changed["queue_priority"]) == ("SALES", "Y", -5)
    options = {option.name: option.default for option in ENTITIES["did"].options}
    shown = json.loads(run("did", "show", "+8005550100", "--json")[1])
    assert shown == {"name": "8005550100"} | options | {"route": "ingroup:SALES", "data_routes": []}
    assert run("did", "delete", "8005550100") == (0, "did 8005550100 deleted\n", "")
    assert json.loads(run("ingroup", "delete", "SALES", "--json")[1]) == {"name": "SALES", "deleted": True}
    with closing(database.connect(db)) as connection:
        notes = connection.execute("SELECT DISTINCT who FROM config_journal").fetchall()
    assert set(notes) <= {("ada",), (f"ada (uid {os.getuid()})",)}, "anybody may set SUDO_USER"


def test_an_action_that_leads_nowhere_is_taken_with_a_warning(db: Path, run: Run) -> None:
    for number, (options, harm) in enumerate(
        {
            "drop_action=EXTENSION": "drop_action=EXTENSION leads nowhere: drop_exten names nothing",
            "after_hours_action=IN_GROUP": "leads nowhere: afterhours_xfer_group names no in-g",
            "no_agent_action=VOICEMAIL": "leads nowhere: no_agent_action_value names nothing",
            "no_agent_action=INGROUP no_agent_action_value=NOPE": "leads nowhere: in-group NOPE does not exist",
            "wait_time_second_option=PRESS_INGROUP": "leads nowhere: wait_time_opti",
        }.items()
    ):
        code, out, err = run("ingroup", "create", f"SALES{number}", *options.split())
        assert (code, out, err.count("\n")) == (0, f"ingroup SALES{number} created\n", 1), options
        assert harm in err and err.endswith("; its callers are hung up\n"), options
        code, _, err = run("ingroup", "set", f"SALES{number}", "active=N")
        assert code == 0 and harm in err, options


def test_recording_that_starts_and_stops_at_a_leave_is_taken_with_a_warning(db: Path, run: Run) -> None:
    both = "leave_3way_stop_recording=ALL_CALLS overrides leave_3way_start_recording=ONLY_EXCEPTIONS"
    assert run("campaign", "set", "SHOP", "leave_3way_stop_recording=ALL_CALLS")[2] == ""
    code, _, err = run("campaign", "set", "SHOP", "leave_3way_start_recording=ONLY_EXCEPTIONS")
    assert code == 0 and both in err and "set one of them to DISABLED" in err
    assert both in run("campaign", "copy", "SHOP", "SHIP")[2]
    assert run("campaign", "set", "SHOP", "leave_3way_stop_recording=DISABLED")[2] == ""


def test_an_agent_without_phone_or_pin_is_made_with_the_line_that_gives_both(db: Path, run: Run) -> None:
    code, _, err = run("agent", "create", "7001", "campaign=SHOP")
    assert code == 0 and "agent 7001 has no phone and no pin" in err and "agent set 7001 phone=PHONE pin=-" in err
    run("phone", "create", "7001")
    assert "agent 7001 has no pin, so" in run("agent", "set", "7001", "phone=7001")[2]
    assert run("agent", "set", "7001", "full_name=Ada")[2] == ""
    assert run("agent", "set", "7001", "phone=7001", "--json")[2] == ""
    run("campaign", "set", "SHOP", "phone_login=TRUSTED")
    assert run("agent", "set", "7001", "phone=7001")[2] == ""


def test_an_action_that_leads_somewhere_is_taken_without_a_word(db: Path, run: Run) -> None:
    assert run("ingroup", "create", "LATE")[2] == ""
    agents = ["drop_action=EXTENSION", "drop_exten=AGENTEXT", "closing_time_action=VOICEMAIL"]
    places = ["closing_time_option_voicemail=AGENTVMAIL", "no_agent_action=INGROUP", "no_agent_action_value=LATE"]
    assert run("ingroup", "create", "SALES", *agents, *places)[2] == ""


def test_a_list_has_the_name_beside_the_key(db: Path, run: Run) -> None:
    needed = {
        "did": {"route": "hangup"},
        "user": {"pass": "opensesame7"},
        "holiday": {"holiday_date": "2026-12-25"},
        "preset": {"campaign": "SHOP", "preset_number": "8500"},
        "group-alias": {"caller_id_number": "8005550199"},
    }
    for kind, entity in ENTITIES.items():
        if entity.label:
            name = "8005550123" if kind == "did" else "GREEN"
            assert entity.option(entity.label).default == ""
            config.create(db, kind, name, needed.get(kind, {}) | {entity.label: "Grüne Wiese"}, who="test")
            _, out, _ = run(kind, "list")
            [row] = [line for line in out.splitlines() if line.startswith(f"{name} ")]
            assert row.split()[1:3] == ["Grüne", "Wiese"] and entity.label not in row, kind


def test_a_container_is_made_used_and_kept_while_it_is_used(db: Path, run: Run) -> None:
    assert run("container", "create", "PARTNERS", "entries=8500, 5551234")[0] == 0
    assert json.loads(run("container", "show", "PARTNERS", "--json")[1]) == {
        "name": "PARTNERS",
        "entries": ["8500", "5551234"],
    }
    use = "leave_3way_start_recording_exception=PARTNERS"
    assert run("campaign", "set", "SHOP", use)[1] == f"campaign SHOP: {use}\n"
    code, _, err = run("container", "delete", "PARTNERS")
    assert code == 1 and "used by campaign SHOP (leave_3way_start_recording_exception)" in err
    code, _, err = run("container", "set", "PARTNERS", "entries=8500,bob")
    assert code == 1 and "bob is invalid" in err
    assert run("container", "set", "PARTNERS", "entries=")[1] == (
        "container PARTNERS: entries= (removed: 8500, 5551234)\n"
    )
    assert run("campaign", "set", "SHOP", "leave_3way_start_recording_exception=DISABLED")[0] == 0
    assert run("container", "delete", "PARTNERS")[0] == 0


def test_a_setting_has_no_name(db: Path, run: Run) -> None:
    settings = {"api_impossible": "ERROR", "timezone": "UTC", "blocklist": "", "vdc_agent_api_active": "1"} | {
        "webhook_hosts": [],
        "max_legs": 0,
        "recordings_keep_days": 0,
        "journal_keep_days": 0,
        "call_data": [],
        "call_data_headers": [],
        "dial_ways": [],
        "emergency_numbers": ["110", "112", "911", "999"],
        "second_factor_required": "N",
        "password_only_addresses": [],
        "recording_links": [],
        "recording_link_days": 7,
    }
    assert json.loads(run("setting", "show", "--json")[1]) == settings
    assert run("setting", "set", "api_impossible=SUCCESS") == (0, "setting: api_impossible=SUCCESS\n", "")
    assert run("setting", "set", "api_impossible=SUCCESS")[1] == "setting: already set\n"
    assert json.loads(run("setting", "set", "api_impossible=ERROR", "--json")[1]) == settings
    assert ["api_impossible", "ERROR", "default"] in lines(run("setting", "show")[1])
    code, _, err = run("setting", "set", "api_imposible=SUCCESS")
    assert code == 1 and "did you mean api_impossible?" in err


def test_people_see_which_options_are_at_their_default(db: Path, run: Run) -> None:
    code, out, _ = run("campaign", "show", "SHOP")
    assert code == 0
    *table, note = lines(out)
    assert "warmline dial status SHOP" in " ".join(note)
    shown = {words[0]: words[1:] for words in table}
    assert shown["dial_timeout"] == ["20", "(default:", "0)"]
    assert shown["campaign_recording"] == ["ONDEMAND", "default"]
    assert set(shown) == {"campaign", *ENTITIES["campaign"].option_names}
    assert ["SHOP", "active=Y", "dial_timeout=20", "dial_method=MANUAL"] in lines(run("campaign", "list")[1])
    assert ["AGENTDIRECT"] in lines(run("ingroup", "list")[1])


def test_describe_shows_the_meaning_of_an_option(run: Run) -> None:
    for kind, entity in ENTITIES.items():
        described = json.loads(run(kind, "describe", "--json")[1])
        assert [one["option"] for one in described] == list(entity.option_names)
    (one,) = json.loads(run("campaign", "describe", "login_state", "--json")[1])
    assert one == {
        "option": "login_state",
        "section": "Login, pause and wrap-up",
        "default": "PAUSED",
        "meaning": "the agent's state after login",
        "allowed": "PAUSED, READY",
        "from": "+",
    }
    code, out, _ = run("campaign", "describe", "dial_timeout")
    assert code == 0 and "seconds that a dialled number rings" in out and "0 to 300 seconds" in out


def test_a_secret_may_come_from_stdin_and_is_never_shown(db: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("opensesame\n"))
    assert run("api-user", "create", "6666", "pass=-")[0] == 0
    assert run("api-user", "set", "6666", "pass=opensesame2")[1] == "api-user 6666: pass changed\n"
    shown = json.loads(run("api-user", "show", "6666", "--json")[1])
    assert [shown[option] for option in ("pass", "functions")] == ["set", ["ALL_FUNCTIONS"]]
    with closing(database.connect(db)) as connection:
        (stored,) = connection.execute("SELECT pass FROM api_user").fetchone()
    assert passwords.matches("opensesame2", stored)


REFUSALS = (  # the command, its exit code, and what it says
    ("campaign set SHOP dial_timeout=301", 1, "dial_timeout cannot be '301'; allowed: 0 to 300 seconds"),
    (
        "campaign set SHOP dial_prefix=9 dial_tiemout=5",
        1,
        said("option_unknown", kind="campaign", name="dial_tiemout", hint="did you mean dial_timeout?"),
    ),
    ("campaign set SHOP drop_guard=WORST", 1, "it was removed: each campaign dials as with drop_guard=MODEL"),
    ("campaign set SHOP dial_prefix=9 dial_prefix=8", 1, said("pair_twice", name="dial_prefix")),
    ("campaign set SHOP dial_prefix", 1, said("pair_form", pair="dial_prefix", form="option=value")),
    ("campaign set SHOP", 1, said("nothing_to_set", kind="campaign")),
    (
        "campaign set SHIP dial_prefix=9",
        3,
        said("entity_unknown", kind="campaign", name="SHIP", hint="did you mean SHOP?"),
    ),
    ("campaign set SHOP default_xfer_group=AGENTDIRCT", 3, "did you mean AGENTDIRECT?"),
    ("campaign show NOPE", 3, "does not exist"),
    ("campaign delete NOPE", 3, "does not exist"),
    ("campaign create SHOP", 1, said("entity_exists", kind="campaign", name="SHOP")),
    ("campaign create a/b", 1, said("name_invalid", name="a/b", kind="a campaign")),
    ("campaign describe dial_tmeout", 1, "did you mean dial_timeout?"),
    ("did create 1", 1, said("create_option_missing", kind="did", name="1", option="route")),
    ("agent create 1 pin=secret", 1, "pin cannot be this value; allowed: up to 20 digits"),
    ("ingroup delete AGENTDIRECT", 1, said("entity_permanent", kind="ingroup", name="AGENTDIRECT")),
    ("campaign list --jsn", 1, "--json"),
    ("campaign show", 1, "Missing argument 'NAME'"),
    ("campaign list all of them", 1, "unexpected extra arguments"),
)


def test_a_refusal_is_one_line_and_changes_nothing(db: Path, run: Run) -> None:
    before = config.show_all(db, "campaign")
    for command, code, sentence in REFUSALS:
        found, out, err = run(*command.split())
        assert (found, out) == (code, ""), command
        assert sentence.lower() in err.lower().replace("argument(s)", "arguments"), command
        told = [line for line in err.splitlines() if not line.startswith("  warmline ") and line != "Without a name:"]
        assert len(told) == 1 and "Traceback" not in err, "lines to copy may follow the sentence"
    assert config.show_all(db, "campaign") == before


def test_a_bad_settings_file_or_database_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setenv("WARMLINE_DB", str(tmp_path))
    assert run("campaign", "list")[::2] == (
        1,
        f"warmline: database {tmp_path} cannot be opened: unable to open database file (it is a folder)\n",
    )
    monkeypatch.setenv("WARMLINE_CONFIG", str(tmp_path / "none.toml"))
    code, _, err = run("campaign", "list")
    assert code == 1 and "none.toml" in err and err.count("\n") == 1


def test_every_example_of_create_is_allowed(db: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("1234\n"))
    for kind, name in [("ingroup", "SUPPORTLINE"), ("campaign", "SHOP2")]:
        assert run(kind, "create", name)[0] == 0
    kinds = "ingroup campaign phone agent did api-user container preset group-alias"
    for kind in kinds.split():
        code, out, err = run(kind, "create", *ENTITIES[kind].example)
        assert (code, out) == (0, f"{kind} {ENTITIES[kind].example[0]} created\n")
        assert err == "" or "is easy to guess" in err or "has no pin" in err  # 1234, which is typed above


def in_a_terminal(*arguments: str, **environment: str) -> bytes:
    """Return the command's output on a terminal."""
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [*WARMLINE, *arguments], stdout=follower, env=os.environ | {"TERM": "xterm"} | environment
    ) as child:
        os.close(follower)
        written = b""
        try:
            while block := os.read(leader, 4096):
                written += block
        except OSError:  # the terminal is closed, because the command has ended
            pass
        os.close(leader)
    assert child.returncode == 0
    return written


def test_colours_are_for_terminals_only(db: Path) -> None:
    assert b"\x1b[" in in_a_terminal("campaign", "show", "SHOP")
    assert b"\x1b[3" not in in_a_terminal("campaign", "show", "SHOP", NO_COLOR="1")
    piped = subprocess.run([*WARMLINE, "campaign", "show", "SHOP"], capture_output=True, check=True)
    assert b"\x1b" not in piped.stdout
    assert b"dial_template" in piped.stdout


def test_two_at_once_both_succeed(db: Path) -> None:
    both = [
        subprocess.Popen([*WARMLINE, "campaign", "set", "SHOP", pair], stdout=subprocess.DEVNULL)
        for pair in ("dial_prefix=9", "campaign_cid=123")
    ]
    assert [one.wait(30) for one in both] == [0, 0]
    shown = config.show(db, "campaign", "SHOP")
    assert (shown["dial_prefix"], shown["campaign_cid"]) == ("9", "123")


def test_variables_that_are_always_empty_are_said_when_their_address_is_set(db: Path, run: Run) -> None:
    url = "dispo_call_url=VARhttp://crm/?--A--agent_email--B--&--A--user--B--"
    said = "warmline: dispo_call_url: empty, because Warmline has no such value: agent_email\n"
    assert run("campaign", "set", "SHOP", url) == (0, f"campaign SHOP: {url}\n", said)
    assert run("campaign", "set", "SHOP", "dial_timeout=21")[2] == "", "not again"
    assert run("ingroup", "create", "SALES", url)[2] == said


def test_a_secret_on_the_command_line_is_warned_of(db: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a terminal gets the warning; a program's stderr stays empty."""
    assert run("api-user", "create", "crm", "pass=kept-for-ever") == (0, "api-user crm created\n", "")
    monkeypatch.setattr(sys, "stderr", Terminal())
    run("api-user", "set", "crm", "pass=another-one")
    told = " ".join(sys.stderr.getvalue().split())  # type: ignore[attr-defined]  # a Terminal
    assert "every user of this machine can read a command line; pass=- asks without showing it" in told
    assert "another-one" not in told


class Terminal(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("encoding", "shown"), [("ascii", b"Z\\xfcrich"), ("latin-1", b"Z\xfcrich"), ("utf-8", b"Z\xc3\xbcrich")]
)
def test_letters_that_a_terminal_has_not_are_shown_by_their_numbers(db: Path, encoding: str, shown: bytes) -> None:
    config.create(
        db, "group-alias", "ALIAS", {"caller_id_number": "7275551212", "group_alias_name": "Zürich"}, who="ada"
    )
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    told = subprocess.run([*WARMLINE, "group-alias", "show", "ALIAS"], env=environment, capture_output=True, check=True)
    assert shown in told.stdout and told.stderr == b""
