"""A guess leads to a line for its whole task, not to a help page or to a command beside the task."""

import shlex
from pathlib import Path
from unittest.mock import Mock

import pytest

from tests.cli.command_line import Run
from tests.cli.help.stranger_guesses import LED, SUGGESTED
from warmline.store.configuration import config
from warmline.store.database import reading


@pytest.mark.parametrize(
    ("guess", "lines"),
    [
        ("live --interval 5", ["live"]),
        ("lead import leads.csv --list 101 --dedupe --dry-run", ["lead import leads.csv --list 101 --dry-run"]),
        ("callback move --to 1000 --from 1001", ["callback list --agent 1001", "callback take ID --agent 1000"]),
        ("webhooks resend", ["audit webhooks"]),
        ("token revoke bi", ["api-token delete bi"]),
        ("backup ./copies/", ["db backup copies/warmline-backup.db"]),
        (
            "recordings cleanup --older-than 30",
            [
                "recording list --between 2000-01-01..30d",
                "setting set recordings_keep_days=30",
                "privacy sweep --dry-run",
            ],
        ),
        ("trunk status carrier1", ["trunk show carrier1", "trunk list", "dial status", "doctor"]),
        ("agent edit 1001 --name Ann", ["agent set 1001 full_name=Ann"]),
    ],
)
def test_a_guess_leads_to_its_whole_task(site: Path, run: Run, guess: str, lines: list[str]) -> None:
    code, out, err = run(*shlex.split(guess))
    assert (code, out) == (LED, "") and SUGGESTED.findall(err) == lines


def test_a_folder_that_exists_gets_the_file_of_the_backup(site: Path, run: Run) -> None:
    (site.parent / "copies").mkdir()
    line = SUGGESTED.findall(run("backup", "copies")[2])
    assert line == ["db backup copies/warmline-backup.db"]
    assert run(*line[0].split())[0] == 0
    assert (site.parent / "copies" / "warmline-backup.db").exists()


def test_past_calls_name_the_story_of_a_call(site: Path, run: Run) -> None:
    assert SUGGESTED.findall(run("calls", "--number", "8005551234")[2])[-1] == "audit call CALL"


def test_a_trunk_names_the_command_for_its_state(site: Path, run: Run) -> None:
    config.create(site, "trunk", "carrier1", {}, who="ada")
    assert run("trunk", "show", "carrier1")[1].endswith("asterisk -rx 'pjsip show endpoint carrier1'\n")


def test_an_answer_opens_the_database_and_reads_a_kind_once(
    site: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, kinds = Mock(wraps=reading.connect), Mock(wraps=config.list_names)
    monkeypatch.setattr(reading, "connect", opened)
    monkeypatch.setattr(config, "list_names", kinds)
    assert run("ingroup", "add-agent", "SALESLINE", "1001")[0] == LED
    read = [kind for (_, kind), _ in kinds.call_args_list]
    assert len(read) > 1 and len({*read}) == len(read) and opened.call_count == 1
