"""The configuration commands: their output, their errors, and their exit codes."""

import io
import json
import os
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


def test_two_at_once_both_succeed(db: Path) -> None:
    both = [
        subprocess.Popen([*WARMLINE, "campaign", "set", "SHOP", pair], stdout=subprocess.DEVNULL)
        for pair in ("dial_prefix=9", "campaign_cid=123")
    ]
    assert [one.wait(30) for one in both] == [0, 0]
    shown = config.show(db, "campaign", "SHOP")
    assert (shown["dial_prefix"], shown["campaign_cid"]) == ("9", "123")


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
