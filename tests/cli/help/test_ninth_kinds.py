"""Lines for a guess at the machine, at sounds and at secrets do what was asked when they are pasted."""

import io
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.cli.help.stranger_guesses import LED, SUGGESTED
from tests.wording.said import said
from warmline.store.configuration import config
from warmline.store.database.leader_lock_file import hold


def shell(run: Run, *guess: str) -> list[str]:
    """Return the lines of an answer, also those of other programs."""
    return [line[2:].partition("  ")[0] for line in run(*guess)[2].splitlines() if line.startswith("  ")]


def test_a_backup_and_its_restore_have_the_database_and_the_recordings(
    site: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    recordings = site.parent / "spool/recording"
    recordings.mkdir(parents=True)
    (recordings / "one.wav").write_text("sound")
    monkeypatch.setenv("WARMLINE_RECORDINGS", str(recordings))
    copied, packed = shell(run, "backup", "friday.tar.gz")
    assert copied == "warmline db backup friday.db" and run(*copied.split()[1:])[0] == 0
    subprocess.run(["sh", "-c", packed], check=True)
    assert Path("friday.tar.gz").stat().st_mode & 0o77 == 0
    (recordings / "one.wav").unlink()
    config.create(site, "phone", "2001", {}, who="ada")
    _, taken, restored, unpacked, _ = shell(run, "restore", "friday.tar.gz")
    subprocess.run(["sh", "-c", taken], check=True)
    assert restored == "warmline db restore friday.db" and run(*restored.split()[1:], "--yes")[0] == 0
    subprocess.run(["sh", "-c", unpacked], check=True)
    assert (recordings / "one.wav").read_text() == "sound" and "2001" not in config.list_names(site, "phone")


def test_a_copy_of_the_database_under_another_name_is_restored_itself(site: Path, run: Run) -> None:
    assert run("db", "backup", "copy.tgz")[0] == 0
    assert SUGGESTED.findall(run("restore", "copy.tgz")[2]) == ["db restore copy.tgz"]


def test_a_database_in_use_names_the_lines_around_its_restore(site: Path, run: Run) -> None:
    run("db", "backup", "copy.db")
    with hold(site):
        code, _, err = run("db", "restore", "copy.db", "--yes")
    assert code == LED
    assert [line.strip() for line in err.splitlines()[1:]] == [
        "systemctl stop warmline.target", "warmline db restore copy.db", "systemctl start warmline.target",
    ]  # fmt: skip


def test_a_lab_has_lines_of_its_own(site: Path, run: Run) -> None:
    (site.parent / "lab.json").write_text("{}")
    lab = shlex.quote(str(site.parent))
    assert shell(run, "logs", "-f", "--errors") == [f"tail -f {lab}/log/warmline.log | grep level=error"]
    assert shell(run, "logs") == [f"tail -n 100 {lab}/log/warmline.log"]
    first, _, last = shell(run, "restore", "copy.db")
    assert (first, last) == (f"warmline lab down --dir {lab}", f"warmline lab up --dir {lab}")


def test_a_password_that_the_rule_refuses_is_typed_once(site: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("sys.stdin", terminal := io.StringIO())
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or "Winter2025!")
    code, _, err = run("user", "create", "jsmith", "role=supervisor", "pass=-")
    assert code == 1 and asked == ["pass: "] and "pass cannot be this value; allowed: 1 to 100 letters" in err


@pytest.mark.parametrize("guess", ["user create jsmith --password 'Winter2025!'", "agent set 1001 --pin '12 34!'"])
def test_the_note_about_a_secret_does_not_show_it(site: Path, run: Run, guess: str) -> None:
    err = run(*shlex.split(guess))[2]
    assert "would be refused" in err and not any(word in err for word in ("Winter", "12 34"))
    assert "would be refused" not in run("user", "create", "jsmith", "--password", "Winter2025")[2]


def test_a_level_that_acts_needs_no_note(site: Path, run: Run) -> None:
    _, _, err = run("campaign", "set", "spring", "auto_dial_level=3")
    line = err.rpartition("warmline ")[2]
    assert run(*shlex.split(line))[0] == 0
    assert run("campaign", "set", "spring", "auto_dial_level=2") == (0, "campaign spring: auto_dial_level=2\n", "")


def test_a_sound_with_its_ending_is_not_stored(site: Path, run: Run) -> None:
    pair = "welcome_message_filename=hello.wav"
    _, _, err = run("ingroup", "set", "SALESLINE", pair)
    assert said("sound_with_ending", pair=pair) in err
    assert run(*shlex.split(SUGGESTED.findall(err)[0]))[0] == 0
    assert config.show(site, "ingroup", "SALESLINE")["welcome_message_filename"] == "hello"


def test_the_script_of_a_new_campaign_is_used_by_it(site: Path, run: Run) -> None:
    lines = SUGGESTED.findall(run("script", "add", "INTRO", "--text", "Hello", "--campaign", "autumn")[2])
    assert [run(*shlex.split(line))[0] for line in lines] == [0] * 3
    assert config.show(site, "campaign", "autumn")["campaign_script"] == "INTRO"


def test_the_line_about_now_is_the_last_one(site: Path, run: Run) -> None:
    for kind, name in (("queue", "SALESLINE"), ("campaign", "spring"), ("did", "8005550100")):
        assert "warmline " in run(kind, "show", name)[1].splitlines()[-1]
    assert "warmline live" not in run("queue", "show", "SALESLINE", "--json")[1]
