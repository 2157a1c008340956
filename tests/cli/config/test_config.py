"""`warmline config`: the configuration as files, its plan, its confirmation, its application, and its history."""

import io
import json
import os
import sys
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.copied_database import new_database
from tests.wording.said import said
from warmline.options.option_table import ENTITIES
from warmline.options.removed_options import REMOVED
from warmline.store.configuration import config, config_rows
from warmline.store.database.writing import writing
from warmline.store.journal import hash_chain

CENTRE = """
[did.8005550100]
route = "ingroup:SALES"
[agent.1000]
phone = "1000"
campaign = "SHOP"
ingroups = ["SALES", "LATE"]
[campaign.SHOP]
default_xfer_group = "LATE"
dial_timeout = 20
[ingroup.SALES]
default_xfer_group = "LATE"
[ingroup.LATE]
default_xfer_group = "SALES"
[phone.1000]
[api-user.6666]
functions = ["park_call"]
[script.GREETING]
script_text = '''
Hello --A--first_name--B--,
   how "are" you \\o/?
'''
[disposition.UPSELL]
status_name = "Größer verkauft"
"""


class Keyboard(io.StringIO):
    """Return a terminal on which a user types this."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    file = tmp_path / "centre.toml"
    file.write_text(CENTRE)
    return file


@pytest.fixture
def run(db: Path, run: Run) -> Run:
    """Run a command line: exit code, stdout, stderr."""

    return lambda *arguments: run(*map(str, arguments))


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize("form", ["toml", "json"])
def test_export_apply_export_gives_the_same_bytes(
    centre: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    assert run("config", "apply", centre, "--yes")[0] == 0
    assert run("api-user", "set", "6666", "pass=hunter2hunter2")[0] == 0
    written = run("config", "export", tmp_path / "one", "--format", form)[1]
    assert written == f"{len(ENTITIES)} files written into {tmp_path}/one\n"
    assert b"hunter2" not in b"".join(files(tmp_path / "one").values())
    monkeypatch.setenv("WARMLINE_DB", str(tmp_path / "other.db"))
    new_database(tmp_path / "other.db")
    assert run("config", "diff", tmp_path / "one")[0] == 2
    code, _, err = run("config", "apply", tmp_path / "one", "--yes")
    locked = "api-user 6666 is locked until it has its pass: warmline api-user set 6666 pass=-"
    assert (code, err) == (0, f"warmline: {locked}\n")
    assert run("config", "diff", tmp_path / "one") == (0, "nothing to change\n", "")
    assert run("config", "export", tmp_path / "two", "--format", form)[0] == 0
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert hash_chain.verify(tmp_path / "other.db") == []


def test_secrets_are_exported_only_if_asked_for(centre: Path, run: Run, tmp_path: Path) -> None:
    run("config", "apply", centre, "--yes")
    run("api-user", "set", "6666", "pass=hunter2hunter2")
    run("config", "export", tmp_path / "open")
    run("config", "export", tmp_path / "secret", "--secrets")
    assert "pass" not in (tmp_path / "open/api-user.toml").read_text()
    assert 'pass = "hash:scrypt$' in (tmp_path / "secret/api-user.toml").read_text()
    assert {file.stat().st_mode & 0o077 for file in (tmp_path / "secret").iterdir()} == {0}
    assert run("config", "diff", tmp_path / "secret")[0] == 0


def test_the_plan_is_shown_and_asked_about(centre: Path, run: Run, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("config", "apply", centre, "--yes")
    centre.write_text("[campaign.SHOP]\ndial_timeout = 30\n[preset.BILLING]\ncampaign = 'SHOP'\npreset_number = 8500\n")
    plan = (
        "~ campaign SHOP\n    dial_timeout: 20 → 30\n"
        "+ preset BILLING\n    campaign = SHOP\n    preset_number = 8500\n1 to create, 1 to change\n"
    )
    assert run("config", "diff", centre)[:2] == (2, plan)
    code, out, err = run("config", "apply", centre)
    assert (code, out) == (5, plan) and "there is no terminal to ask on; with --yes it is not asked" in err
    for typed, code in (("\n", 5), ("n\n", 5), ("", 5)):
        monkeypatch.setattr(sys, "stdin", Keyboard(typed))
        assert run("config", "apply", centre)[0] == code
    assert config.show(db, "campaign", "SHOP")["dial_timeout"] == 20
    monkeypatch.setattr(sys, "stdin", Keyboard("what?\ny\n"))
    code, out, err = run("config", "apply", centre)
    assert code == 0 and out.startswith(plan) and "what takes it back: warmline config undo" in out
    assert err.count("Do it? [y/N]") == 2
    assert config.show(db, "campaign", "SHOP")["dial_timeout"] == 30


def test_objects_missing_from_the_files_stay_unless_pruned(centre: Path, run: Run, db: Path) -> None:
    run("config", "apply", centre, "--yes")
    centre.write_text("[ingroup.NEW]\n")
    code, _, err = run("config", "diff", centre)
    assert code == 2 and "left alone, as the files do not name it: ingroup LATE, ingroup SALES; --prune deletes" in err
    code, _, err = run("config", "apply", centre, "--prune", "--yes")
    assert code == 1 and "ingroup LATE cannot be deleted: used by " in err
    assert "NEW" not in config.list_names(db, "ingroup")
    centre.write_text(
        "[ingroup.NEW]\n[agent.1000]\ningroups='NEW'\n[did.8005550100]\nroute='agent:1000'\n"
        "[campaign.SHOP]\ndefault_xfer_group='NEW'\n"
    )
    assert run("config", "apply", centre, "--prune", "--yes")[0] == 0
    assert config.list_names(db, "ingroup") == ["AGENTDIRECT", "NEW"]
    assert config.list_names(db, "phone") == ["1000"]  # of a kind that the files do not name


def test_everything_wrong_is_said_and_nothing_done(centre: Path, run: Run, db: Path) -> None:
    centre.write_text(CENTRE + "[holiday.XMAS]\n[call-time.DAY]\nct_default_start = 960\n")
    code, out, err = run("config", "apply", centre, "--yes")
    assert (code, out, err.count("\n")) == (1, "", 2)
    assert (
        f"holiday XMAS: {said('required_option_missing', name='holiday_date')}" in err
        and "call-time DAY: ct_default_start cannot be" in err
    )
    assert config.list_names(db, "phone") == []
    centre.write_text("[campain.X]")
    assert run("config", "apply", centre, "--yes")[2].endswith(
        f"{said('config_kind_unknown', file=centre, kind='campain', hint='did you mean campaign?')}\n"
    )
    centre.write_text("[agent.1]\ncampaign = 'NOPE'")
    assert run("config", "diff", centre)[0] == 3
    assert run("config", "diff", centre.parent / "none")[0] == 1


def test_a_file_that_is_no_text_is_refused(centre: Path, run: Run) -> None:
    for name, data, sentence in (
        ("a.toml", b"[campaign.SHOP]\nam_message_exten = '\xff'\n", said("file_unreadable", file="a.toml")),
        ("a.json", b'{"script": {"HI": {"script_text": "\\ud800"}}}', "script HI: script_text cannot be '\\ud800'"),
        ("a.json", b"[" * 100_000, said("config_file_syntax", file="a.json", form="JSON")),
        (
            "a.toml",
            b"[script.HI]\nscript_text = {a = 1}\n",
            said("config_value_form", file="a.toml", option="script_text"),
        ),
    ):
        file = centre.with_name(name)
        file.write_bytes(data)
        code, out, err = run("config", "apply", file, "--yes")
        assert (code, out, err.count("\n")) == (1, "", 1) and sentence in err, name


def test_a_schedule_of_a_former_version_that_was_not_active_sends_nothing(centre: Path, run: Run, db: Path) -> None:
    centre.write_text("[scheduled-report.off]\nactive = 'N'\nsend_time = '06:30'\nmail_to = ['boss@example.com']")
    code, _, err = run("config", "apply", centre, "--yes")
    assert (code, len(err.splitlines())) == (0, 2)
    assert config.show(db, "scheduled-report", "off")["mail_to"] == ()
    mails = {"active": "N", "mail_to": ["boss@example.com"]}
    for before, after in (({"active": "Y"}, {"active": "N"}), ({"active": "N"}, {"active": "Y"}), (mails, {})):
        with writing(db) as connection:
            action = "set" if after else "delete"
            if not after:
                config_rows.remove(connection, ENTITIES["scheduled-report"], "off")
            config_rows.note(connection, "ada", config_rows.now(), (action, "scheduled-report", "off"), before, after)
        assert run("config", "undo", "last", "--yes")[0] == 0
        assert config.show(db, "scheduled-report", "off")["mail_to"] == ()


def test_options_of_former_versions_are_skipped_with_a_sentence(centre: Path, run: Run, db: Path) -> None:
    """An undo leaves them out, too; `set` says what has their place."""
    centre.write_text("[campaign.SHOP]\ndial_timeout = 20\ndial_weight = 3\n[ingroup.LINE]\nhold_time_option = 'NONE'")
    code, _, err = run("config", "apply", centre, "--yes")
    assert (code, err.splitlines()) == (
        0,
        [
            f"warmline: {kind}: {option} skipped, as Warmline no longer has it: {REMOVED[kind, option]}"
            for kind, option in (("campaign", "dial_weight"), ("ingroup", "hold_time_option"))
        ],
    )
    assert config.show(db, "campaign", "SHOP")["dial_timeout"] == 20
    code, _, err = run("campaign", "set", "SHOP", "give_up=N")
    assert code == 1 and f"it was removed: {REMOVED['campaign', 'give_up']}" in err
    with writing(db) as connection:
        config_rows.write(connection, ENTITIES["campaign"], "SHOP", {"dial_timeout": 30})
        former = {"dial_timeout": 20, "give_up": "Y"}, {"dial_timeout": 30, "give_up": "N"}
        config_rows.note(connection, "ada", config_rows.now(), ("set", "campaign", "SHOP"), *former)
    assert run("config", "undo", "last", "--yes")[0] == 0
    assert config.show(db, "campaign", "SHOP")["dial_timeout"] == 20


def test_history_show_and_undo(centre: Path, run: Run, db: Path) -> None:
    run("config", "apply", centre, "--yes")
    run("campaign", "set", "SHOP", "dial_timeout=30", "dial_prefix=9")
    newest, first = json.loads(run("config", "history", "--json")[1])
    assert newest["changes"] == [
        {
            "action": "set",
            "kind": "campaign",
            "name": "SHOP",
            "before": {"dial_timeout": 20, "dial_prefix": ""},
            "after": {"dial_timeout": 30, "dial_prefix": "9"},
        }
    ]
    assert (newest["who"], len(first["changes"])) == (f"ada (uid {os.getuid()})", 9)
    number = newest["revision"]
    code, out, _ = run("config", "history", "--entity", "campaign", "--name", "SHOP")
    assert code == 0 and "~ campaign SHOP  dial_timeout: 20 → 30  dial_prefix: empty → 9" in out
    assert "+ did 8005550100 and 8 more" in " ".join(out.split())
    assert run("config", "show", number)[1].endswith(
        "~ campaign SHOP\n    dial_timeout: 20 → 30\n    dial_prefix: empty → 9\ntimes: UTC\n"
    )
    assert json.loads(run("config", "show", number, "--json")[1]) == newest
    undone = json.loads(run("config", "undo", number, "--yes", "--json")[1])
    assert undone["revision"] == number + 1
    assert config.show(db, "campaign", "SHOP")["dial_timeout"] == 20
    code, _, err = run("config", "undo", number, "--yes")
    assert code == 1 and said("changed_since_revision", kind="campaign", name="SHOP", number=number) in err
    assert run("config", "undo", first["revision"], "--yes")[0] == 0
    assert config.list_names(db, "campaign") == []
    assert run("config", "show", 99)[::2] == (
        3,
        f"warmline: {said('revision_unknown', number=99, hint=f'the last one is {number + 10}')}\n",
    )
    assert run("config", "history", "--entity", "campain")[0] == 1
    both = json.loads(run("config", "history", "--who", "ada", "--text", "Dial_Prefix", "--json")[1])
    assert newest in both and all("dial_prefix" in json.dumps(one) for one in both)
    assert run("config", "history", "--text", "no such text")[1] == "No change fits.\n"


def test_a_secret_that_cannot_come_back_is_said(centre: Path, run: Run) -> None:
    run("config", "apply", centre, "--yes")
    run("agent", "set", "1000", "pin=4711")
    number = json.loads(run("config", "history", "--json")[1])[0]["revision"]
    code, out, err = run("config", "undo", number, "--yes")
    assert (code, out) == (0, "nothing to change\n")
    assert err == "warmline: pin of agent 1000: what it was is not known, so that cannot be brought back\n"


def test_every_kind_is_exported(run: Run, tmp_path: Path) -> None:
    exported = json.loads(run("config", "export", tmp_path / "all", "--json")[1])
    assert exported == {"files": [str(tmp_path / f"all/{kind}.toml") for kind in ENTITIES]}
    assert run("config", "export", tmp_path / "all", "--format", "yaml")[0] == 1
    assert run("config", "export", tmp_path / "warmline.db")[0] == 1
