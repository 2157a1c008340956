"""A proposed line has all that it needs for its effect, and a command beside the typed one is the last line."""

import gzip
import shlex
import subprocess
import tarfile
from pathlib import Path

import pytest

from cli.arguments import list_hints
from tests.cli.command_line import Run
from tests.cli.help.stranger_guesses import SUGGESTED
from tests.cli.help.test_ninth_kinds import shell
from warmline.store.configuration import config


def test_a_holiday_closes_each_ingroup(site: Path, run: Run) -> None:
    lines = SUGGESTED.findall(run("holiday", "add", "2026-12-25", "Christmas Day")[2])
    assert [run(*shlex.split(line))[0] for line in lines] == [0] * len(lines)
    closed = run("route", "simulate", "8005550101", "--at", "2026-12-25 10:00")[1]
    assert "holiday Christmas Day closed" in closed
    config.set_options(site, "ingroup", "SUPPORTLINE", {"call_time_id": ""}, who="ada")
    err = run("holiday", "add", "2026-12-26", "Boxing Day")[2]
    assert SUGGESTED.findall(err)[1:] == [
        "call-time set ALWAYS ct_holidays=CHRISTMASDAY,BOXINGDAY", "ingroup set SUPPORTLINE call_time_id=ALWAYS",
    ]  # fmt: skip
    assert "Without a call time, these never close: SUPPORTLINE. " in err and "SALESLINE" not in err


def test_a_rank_that_acts_needs_no_further_line(site: Path, run: Run) -> None:
    config.set_options(site, "ingroup", "SALESLINE", {"next_agent_call": "inbound_group_rank"}, who="ada")
    assert "next_agent_call" not in run("queue", "add-member", "SALESLINE", "1001", "--penalty", "2")[2]


@pytest.mark.parametrize(("penalty", "rank"), [("2", "-2"), ("²", "²"), ("9" * 5000, "9" * 5000), ("-1", "-1")])
def test_a_penalty_of_digits_becomes_a_rank(penalty: str, rank: str) -> None:
    assert list_hints.rate("penalty", penalty) == rank


def test_a_member_of_an_archive_is_no_option(site: Path, run: Run) -> None:
    Path("--to-command=x.db").write_text("x")
    subprocess.run(["tar", "czf", "odd.tar.gz", "--", "--to-command=x.db"], check=True)
    assert "to-command" not in run("restore", "odd.tar.gz")[2]


def test_an_archive_that_ends_early_is_no_traceback(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "part.tar.gz").write_bytes(gzip.compress(b"x" * 100_000)[:40])
    assert "warmline db restore" in run("restore", "part.tar.gz")[2]


def test_recordings_are_taken_out_of_an_archive_that_has_them(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("warmline.db", "warmline.toml"):
        (tmp_path / name).write_text("x")
    (folder := tmp_path / "recording").mkdir()
    (folder / "a.wav").touch()
    for last, has in (("recording", True), ("warmline.toml", False)):
        with tarfile.open(tmp_path / f"{last}.tar.gz", "w:gz") as archive:
            for name in ("warmline.db", last):
                archive.add(tmp_path / name, name)
        assert ("Put the recordings back" in run("restore", f"{last}.tar.gz")[2]) is has


def test_an_archive_has_the_whole_backup(site: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    recordings = site.parent / "spool/recording"
    recordings.mkdir(parents=True)
    (recordings / "one.wav").write_text("sound")
    settings = site.parent / "warmline.toml"
    settings.write_text(f"db = '{site}'\nrecordings = '{recordings}'\n")
    (site.parent / "secrets.toml").write_text("")
    monkeypatch.setenv("WARMLINE_CONFIG", str(settings))
    Path("copies").mkdir()
    copied, packed = shell(run, "backup", "copies/friday.tar.gz")
    assert copied == "warmline db backup copies/friday.db" and run(*copied.split()[1:])[0] == 0
    subprocess.run(["sh", "-c", packed], check=True)
    Path("copies/friday.db").unlink()  # only the archive is kept
    (recordings / "one.wav").unlink()
    config.create(site, "phone", "2001", {}, who="ada")
    _, whole, database, recorded, _ = shell(run, "restore", "copies/friday.tar.gz")
    for line in (whole, recorded):
        subprocess.run(["sh", "-c", line], check=True)
    assert run(*database.split()[1:], "--yes")[0] == 0
    assert (recordings / "one.wav").read_text() == "sound" and "2001" not in config.list_names(site, "phone")
    names = subprocess.run(["tar", "tzf", "copies/friday.tar.gz"], check=True, capture_output=True, text=True).stdout
    assert {"friday.db", "warmline.toml", "secrets.toml", "recording/one.wav"} <= {*names.split()}


@pytest.mark.parametrize(("group", "line"), [("queue", "warmline live"), ("campaign", "warmline dial status")])
def test_the_help_of_a_kind_ends_with_the_line_about_now(run: Run, group: str, line: str) -> None:
    _, out, err = run(group)
    assert (out + err).split("\nExamples:\n")[1].splitlines()[-1].strip() == line
