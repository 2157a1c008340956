"""Command lines of newcomers, the answers, and the exit codes."""

import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.wording.said import said, says
from warmline.options.option_table import ENTITIES


@pytest.fixture
def run(demo_db: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """Run a command line on the lab's configuration: exit code, stdout, stderr."""
    monkeypatch.setenv("SUDO_USER", "ada")

    return run


def test_a_file_that_is_no_configuration(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sim.py"
    file.write_text("import os")
    assert run("config", "diff", str(file))[2] == (
        f"warmline: {said('config_file_form_unknown', file=file, forms='toml or .json')}\n"
    )


def test_options_are_searched_for(run: Run) -> None:
    found = [one["option"] for one in json.loads(run("campaign", "describe", "*record*", "--json")[1])]
    assert "campaign_recording" in found and len(found) > 3 and all("record" in one for one in found)
    code, _, err = run("campaign", "describe", "record")
    assert code == 1 and says(err, "option_unknown_but_alike", count=len(found), part="record")
    nothing = f"warmline: {said('option_pattern_unmatched', kind='campaign', pattern='x*y', others='')}\n"
    assert run("campaign", "describe", "x*y") == run("campaign", "describe", "x*y", "--json") == (1, "", nothing)
    assert "; kinds that have one: ingroup; " in run("campaign", "describe", "wait_time_*")[2]
    assert run("campaign", "describe", "*RECORD[I]*")[1] == run("campaign", "describe", "*recordi*")[1] != ""
    assert "VICIdial)" not in run("campaign", "describe", "campaign_recording")[1]
    assert "; not in VICIdial)" in run("campaign", "describe")[1]


def test_options_are_described_section_by_section(run: Run) -> None:
    shown = [line.rstrip() for line in run("campaign", "describe", "*_cid")[1].splitlines()]
    assert shown[1:3] == ["", "Caller ids"] and shown[3].startswith("three_way_call_cid  the party")
    listed = json.loads(run("campaign", "describe", "--json")[1])
    titles = [section.title for section in ENTITIES["campaign"].sections]
    assert list(dict.fromkeys(one["section"] for one in listed)) == titles and len(titles) > 5
    assert run("holiday", "describe")[1].splitlines()[1].startswith("holiday_name")


def test_all_that_is_wrong_is_told_at_once(run: Run) -> None:
    code, _, err = run("campaign", "set", "TESTCAMP", "dial_timeout=999", "nonsense=1", "campaign_recording=X")
    assert code == 1 and err.count("\n") == 1
    for part in ("dial_timeout cannot be '999'", "no option 'nonsense'", "campaign_recording cannot be 'X'"):
        assert part in err


def test_unchanged_options_are_named_beside_changed_ones(run: Run) -> None:
    run("campaign", "set", "TESTCAMP", "dial_timeout=25")
    _, out, _ = run("campaign", "set", "TESTCAMP", "dial_timeout=25", "campaign_cid=8005550199")
    assert out == "campaign TESTCAMP: campaign_cid=8005550199, dial_timeout: already set\n"


def test_items_that_a_new_list_leaves_out_are_named(run: Run) -> None:
    run("setting", "set", "call_data=order,account")
    assert (
        run("setting", "set", "call_data=account,ticket")[1] == "setting: call_data=account,ticket (removed: order)\n"
    )
    run("agent", "set", "1000", "ingroup_ranks=SALESLINE:1,SUPPORTLINE:2")
    assert run("agent", "set", "1000", "ingroup_ranks=SALESLINE:9")[1] == (
        "agent 1000: ingroup_ranks=SALESLINE:9 (removed: SUPPORTLINE:2)\n"
    ), "another rank removes nothing"


def test_an_empty_list_says_how_to_begin(run: Run) -> None:
    code, out, err = run("user", "list")
    assert (code, err) == (0, "") and out.startswith("There is no user yet. ")
    assert "warmline user create anna " in out and "pass=- " in out
    assert json.loads(run("user", "list", "--json")[1]) == []


def test_a_secret_that_is_soon_guessed_is_named(run: Run) -> None:
    code, out, err = run("api-user", "create", "crm", "pass=x")
    assert (code, out) == (0, "api-user crm created\n")
    assert err == "warmline: the pass of api-user crm is easy to guess: warmline api-user set crm pass=-\n"
    assert "the pin of agent 1000 is easy to guess" in run("agent", "set", "1000", "pin=4711")[2]
    assert run("agent", "set", "1000", "pin=8362")[2] == ""


def test_a_secret_is_typed_twice(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["8362", "8326", "8362", "8362"])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    code, _, err = run("agent", "set", "1000", "pin=-")
    assert code == 1 and said("secret_repeated_differently", name="pin") in err
    assert run("agent", "set", "1000", "pin=-") == (0, "agent 1000: pin changed\n", "")


def test_an_empty_pipe_does_not_remove_a_secret(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("agent", "set", "1000", "pin=8362")[0] == 0
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    code, _, err = run("agent", "set", "1000", "pin=-")
    assert code == 1 and said("secret_not_given", name="pin") in err
    assert run("agent", "set", "1000", "pin=") == (0, "agent 1000: pin changed\n", "")


def test_a_password_that_is_not_given_is_required(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("long-enough-77\n"))
    assert run("user", "create", "sue", "pass=-")[0] == 0
    code, _, err = run("user", "password", "sue")
    assert code == 1 and said("secret_not_given", name="pass") in err
    assert "pass is required" in err and "To remove it" not in err


def test_a_password_of_an_unknown_user_is_not_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or "long-enough-77")
    code, _, err = run("user", "password", "nobody")
    assert code == 3 and "nobody" in err and asked == []


def test_an_export_with_changed_writes_only_differing_options(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "conf"
    run("campaign", "set", "TESTCAMP", "dial_timeout=25")
    assert run("config", "export", str(folder), "--changed")[0] == 0
    text = (folder / "campaign.toml").read_text()
    assert "dial_timeout = 25" in text and "xferconf_a_number" not in text and len(text.splitlines()) < 12
    assert run("config", "diff", str(folder))[0] == 0, "omitted options keep their values"


def test_a_row_of_a_revision_names_its_revision(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "conf"
    run("config", "export", str(folder))
    for kind in ("campaign", "ingroup"):
        file = folder / f"{kind}.toml"
        file.write_text(
            file.read_text()
            .replace("dial_timeout = ", "dial_timeout = 1")
            .replace("answer_sec_pct_rt_stat_one = ", "answer_sec_pct_rt_stat_one = 1")
        )
    out = run("config", "apply", str(folder), "--yes")[1]
    number = int(out.rpartition(" ")[2])
    assert run("config", "show", str(number))[1].startswith(f"revision {number}, ")
    assert run("config", "show", str(number - 1))[1].startswith(f"change {number - 1} is part of revision {number}\n")


@pytest.mark.parametrize("width", [80, 100])
def test_changes_fit_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    run("ingroup", "create", "A_LONG_NAME_OF_20_LT", "drop_call_seconds=120")
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    out = run("audit", "config", "--since", "1h")[1]
    assert "A_LONG_NA" in out and max(map(len, out.splitlines())) <= width


def test_a_number_with_blanks_is_found_and_its_lists_named(run: Run) -> None:
    run("lead", "create", "--list", "999", "phone_number=0305312019", "first_name=Ada")
    run("dnc", "create", "030 5312019")
    code, out, err = run("lead", "find", "030", "5312019")
    assert (code, err) == (0, "") and "Ada" in out
    assert "0305312019 is on the system's do-not-call list." in out


def test_a_list_says_that_there_is_more(run: Run) -> None:
    for last in range(3):
        run("lead", "create", "--list", "999", f"phone_number=800555000{last}")
    more = "There are more: --after 2 shows the next ones, --limit sets how many at once."
    assert more in run("lead", "list", "--limit", "2")[1]
    assert "There are more" not in run("lead", "list", "--limit", "3")[1]


def test_a_simulation_names_the_next_in_group_and_missing_agents(run: Run) -> None:
    run("ingroup", "create", "OVER")
    run("ingroup", "create", "ORDERS", "drop_call_seconds=20", "drop_action=IN_GROUP", "drop_inbound_group=OVER")
    out = run("route", "simulate", "--ingroup", "ORDERS")[1]
    assert "after 20 s drop_action=IN_GROUP: on to in-group OVER, which no active agent takes; no active agent" in out
    run("agent", "set", "1000", "ingroups=OVER,ORDERS")
    assert (
        "on to in-group OVER; no agent who takes it is logged in" in run("route", "simulate", "--ingroup", "ORDERS")[1]
    )
    out = run("route", "simulate", "--ingroup", "SALESLINE")[1]
    assert "; no agent who takes it is logged in" in out


def test_doctor_names_in_groups_without_agents(run: Run) -> None:
    run("ingroup", "create", "ORDERS")
    code, out, _ = run("doctor", "--only", "in-groups")
    assert code == 0 and "ORDERS" in out and "drop_call_seconds" in " ".join(out.split())
    run("agent", "set", "1000", "ingroups=ORDERS", "active=N")
    assert "ORDERS" in run("doctor", "--only", "in-groups")[1]
    run("agent", "set", "1000", "active=Y")
    assert "each in-group has an active agent" in run("doctor", "--only", "in-groups")[1]
