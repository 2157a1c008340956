"""`warmline privacy`: a person's data is exported and erased; the journal's chain stays valid."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cli.main import main
from simulation.asterisk.recorded_driver import RecordedDriver
from tests.cli.command_line import Run
from tests.wording.said import said, says
from warmline.core.model.commands import Kind
from warmline.core.model.events import FallbackTaken
from warmline.core.model.queue_wait import AgentChosen, AskAgentChoice
from warmline.store.configuration import config
from warmline.store.database.database import connect
from warmline.store.journal import hash_chain
from warmline.store.reports.recording_files import RecordingFiles
from warmline.store.reports.unfinished_records import loose_ends

NUMBER, OTHER = "4930123456", "4930999888"


@pytest.fixture
def lab(demo_database: Path, tmp_path: Path) -> Iterator[RecordedDriver]:
    """Record a person's calls: one with notes, one as the third party of another, one in the fallback."""
    path = Path(shutil.copy(demo_database, tmp_path))
    options = {"campaign_recording": "ALLCALLS", "campaign_rec_filename": "FULLDATE_CUSTPHONE"}
    config.set_options(path, "campaign", "TESTCAMP", options, who="ada")
    driver = RecordedDriver(path)
    driver.asterisk.far_ends[NUMBER] = [(0.0, "up")]
    driver.log_in("1000")
    call(driver, "one", f"+{NUMBER}", "CB", "wants to be called on Monday")
    driver.asterisk.come_in("two", "ingroup", "SALESLINE", number=OTHER)
    driver.pump()
    driver.wait(1)
    driver.ask(Kind.DIAL_WITH_CUSTOMER, number=NUMBER)
    driver.wait(2)
    driver.hang_up("two")
    driver.ask(Kind.HANGUP)
    driver.ask(Kind.STATUS, status="DNC")
    call(driver, "three", OTHER, "SALE", "likes blue")
    driver.feed(FallbackTaken("01M7W0SYD3KRP8EZM7S5B7TNR1", driver.asterisk.now, NUMBER, "8005550100", "away"))
    for number, (name,) in enumerate(driver.journal.execute("SELECT id FROM recording ORDER BY asked").fetchall()):
        file = tmp_path / f"{number}.wav"
        file.write_bytes(b"talk")
        driver.journal.execute(
            "UPDATE recording SET path = ?, bytes = 4, status = 'kept' WHERE id = ?", (str(file), name)
        )
    yield driver
    driver.close()


def call(driver: RecordedDriver, name: str, number: str, status: str, notes: str) -> None:
    driver.asterisk.come_in(name, "ingroup", "SALESLINE", number=number, data=(("ticket", f"T{status}"),))
    driver.pump()
    driver.wait(3)
    driver.hang_up(name)
    driver.ask(Kind.STATUS, status=status, notes=notes)


@pytest.fixture
def run(lab: RecordedDriver, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `warmline …`: exit code, stdout, stderr."""
    monkeypatch.setenv("WARMLINE_DB", str(lab.database))
    monkeypatch.setenv("WARMLINE_RECORDINGS", str(lab.database.parent))
    monkeypatch.setenv("WARMLINE_SPOOL", str(lab.database.parent / "spool"))

    def go(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return go


def dump(path: Path) -> str:
    """Return the whole database as text."""
    with closing(connect(path)) as db:
        return "\n".join(db.iterdump())


def test_everything_that_is_kept_is_told(run: Run) -> None:
    code, out, _ = run("privacy", "export", "+49 (30) 123456")
    told = json.loads(out)
    assert code == 0
    [his] = told["calls"]
    assert his["data"] == '[["ticket", "TCB"]]'
    assert his["number"] == f"+{NUMBER}" and his["dispositions"][0]["notes"] == "wants to be called on Monday"
    [third] = told["third_party_in"]
    assert {command["number"] for command in third["commands"]} == {NUMBER}
    assert OTHER not in out and "likes blue" not in out
    assert [lead["phone_number"] for lead in told["leads"]] == [NUMBER]
    assert told["fallbacks"][0]["number"] == NUMBER


def test_with_his_recordings_in_a_folder_of_ones_own(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "person"
    code, out, _ = run("privacy", "export", NUMBER, "--to", str(folder))
    files = sorted(path.name for path in folder.iterdir())
    assert code == 0 and out.startswith(f"{folder}: person.json, ")
    assert "person.json" in files and len(files) >= 2 and folder.stat().st_mode & 0o777 == 0o700
    code, _, err = run("privacy", "export", NUMBER, "--to", str(folder))
    assert code == 1 and says(err, "folder_not_created", folder=folder)
    told = json.loads(run("privacy", "export", NUMBER, "--to", str(tmp_path / "other"), "--json")[1])
    assert told == {"folder": str(tmp_path / "other"), "recordings": len(files) - 1, "missing": []}
    assert list(json.loads(run("privacy", "export", NUMBER, "--json", "--fields", "leads")[1])) == ["leads"]


def test_rows_name_no_files_outside(
    run: Run, lab: RecordedDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An intruder in the app can write these rows; the command runs as root."""
    folder = tmp_path / "recordings"
    folder.mkdir()
    monkeypatch.setenv("WARMLINE_RECORDINGS", str(folder))
    (folder / "good.wav").write_bytes(b"his")
    treasure = tmp_path / "treasure"
    treasure.write_text("root's")
    (folder / "link.wav").symlink_to(treasure)
    db = lab.journal
    db.execute("PRAGMA foreign_keys = OFF")
    [call] = db.execute("SELECT id FROM call WHERE number = ?", (f"+{NUMBER}",)).fetchone()
    db.execute("UPDATE recording SET path = ? WHERE call = ?", (str(treasure), call))
    columns = [row[1] for row in db.execute("PRAGMA table_info(recording)") if row[1] not in ("id", "call", "path")]
    same = ", ".join(columns)
    for name, where in ("a", folder / "good.wav"), ("b", folder / "link.wav"):
        row = f"INSERT INTO recording (id, call, path, {same}) SELECT ?, call, ?, {same} FROM recording WHERE call = ?"  # noqa: S608
        db.execute(row + " LIMIT 1", (name, str(where), call))
    for table, column in ("recording", "call"), ("call", "id"):
        db.execute(f"UPDATE {table} SET {column} = '../../up' WHERE {column} = ?", (call,))  # noqa: S608
    code, _, err = run("privacy", "export", NUMBER, "--to", str(tmp_path / "person"))
    assert code == 1 and f"{treasure} cannot be copied: it is not in {folder} (setting recordings)\n" in err
    assert f"{folder / 'link.wav'} cannot be copied\n" in err
    copies = {file.name: file.read_bytes() for file in tmp_path.joinpath("person").iterdir()}
    del copies["person.json"]
    assert list(copies.values()) == [b"his"] and next(iter(copies)).endswith("-good.wav")
    assert not [*tmp_path.glob("up*")]
    code, _, err = run("privacy", "erase", NUMBER, "--yes")
    assert code == 1 and f"{treasure} could not be deleted: it is not in {folder} (setting recordings)" in err
    assert treasure.exists() and not [*folder.iterdir()]


def test_he_is_gone_and_the_chain_holds(
    run: Run, lab: RecordedDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUDO_USER", "ada")
    heads = hash_chain.heads(lab.database)
    assert NUMBER in dump(lab.database)
    code, out, _ = run("privacy", "erase", NUMBER, "--yes", "--json")
    told = json.loads(out)
    assert (code, told["calls"], told["third_party_in"], told["leads"], told["fallbacks"]) == (0, 1, 1, 1, 1)
    after = dump(lab.database)
    assert NUMBER not in after and "wants to be called" not in after
    assert OTHER in after and "likes blue" in after
    for file in (lab.database, lab.database.with_name("warmline.db-wal")):
        assert NUMBER.encode() not in (file.read_bytes() if file.exists() else b""), file
    assert hash_chain.verify(lab.database, heads[0]) == []
    assert list(loose_ends(lab.database, RecordingFiles(lab.database.parent, lab.database))) == []
    assert [file.name for file in tmp_path.glob("*.wav")] == ["2.wav"]
    [row] = lab.journal.execute("SELECT entity, who, before FROM config_journal ORDER BY seq DESC LIMIT 1").fetchall()
    assert row[:2] == ("privacy", f"ada (uid {os.getuid()})") and json.loads(row[2])["journal"] == told["journal"] > 0
    assert run("privacy", "erase", NUMBER, "--yes")[::2] == (
        3,
        f"warmline: {said('person_unknown', number=NUMBER, kept='')}\n",
    )
    assert run("audit", "calls")[0] == run("audit", "call", "last")[0] == run("config", "history")[0] == 0


def test_the_reason_of_a_hook_is_erased(run: Run, lab: RecordedDriver) -> None:
    def choose(asked: AskAgentChoice) -> AgentChosen:
        return AgentChosen(asked.call, asked.question, "1000", "crm.py", "is a friend of Mr Smith")

    lab.choose = choose  # type: ignore[method-assign]
    lab.configure("ingroups", "SALESLINE", choose_agent_hook="Y")
    call(lab, "four", NUMBER, "SALE", "")
    assert dump(lab.database).count("Mr Smith") == 2  # in the wait, and in the journal
    assert run("privacy", "erase", NUMBER, "--yes")[0] == 0
    assert "Mr Smith" not in dump(lab.database)


def test_notes_that_wait_for_a_stopped_app_are_erased(run: Run, lab: RecordedDriver) -> None:
    spool = lab.database.parent / "spool"
    (spool / "callbacks").mkdir(parents=True)
    his, others = "4930777777", "4930888888"
    notes = {}
    for number in (his, others):
        for folder in (spool, spool / "callbacks"):
            notes[number, folder] = folder / f"{number}.json"
            notes[number, folder].write_text(
                json.dumps({"number": f"+{number[:4]} {number[4:]}", "comments": "secret"})
            )
    (spool / "broken.json").write_bytes(b"\xff{" * 10)
    code, out, _ = run("privacy", "erase", his, "--dry-run", "--json")
    assert (code, json.loads(out)["notes"]) == (0, 2) and notes[his, spool].exists()
    code, out, _ = run("privacy", "erase", his, "--yes", "--json")
    assert (code, json.loads(out)["notes"], json.loads(out)["left"]) == (0, 2, [])
    left = sorted(file.name for file in spool.rglob("*.json"))
    assert left == [f"{others}.json", f"{others}.json", "broken.json"]
    assert run("privacy", "erase", his, "--yes")[0] == 3


def test_who_must_not_be_called_stays_so(run: Run, lab: RecordedDriver) -> None:
    assert run("privacy", "erase", OTHER, "--yes")[0] == 0
    assert lab.journal.execute("SELECT phone_number FROM dnc").fetchall() == [(OTHER,)]
    code, _, err = run("privacy", "erase", OTHER, "--yes")
    assert code == 3 and err.endswith("--dnc\n")
    assert run("privacy", "erase", OTHER, "--yes", "--dnc")[0] == 0
    assert OTHER not in dump(lab.database)


def test_nothing_goes_unasked(run: Run, lab: RecordedDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(lab.database)
    code, out, _ = run("privacy", "erase", NUMBER, "--dry-run")
    assert code == 0 and "there is" in out
    with open(os.devnull) as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        code, _, err = run("privacy", "erase", NUMBER)
    assert code == 5 and "there is no terminal to ask on" in err
    assert dump(lab.database) == before


def test_nobody_is_erased_while_he_talks(run: Run, lab: RecordedDriver) -> None:
    lab.asterisk.come_in("now", "ingroup", "SALESLINE", number=NUMBER)
    lab.pump()
    before = dump(lab.database)
    code, _, err = run("privacy", "erase", NUMBER, "--yes")
    assert code == 1 and says(err, "person_in_call", number=NUMBER)
    assert dump(lab.database) == before


def test_nobody_is_erased_while_his_recording_is_worked_on(run: Run, lab: RecordedDriver) -> None:
    """The app would otherwise write its row again, with the number in its name."""
    [call] = lab.journal.execute("SELECT id FROM call WHERE number = ?", (f"+{NUMBER}",)).fetchone()
    body = json.dumps({"call": call})
    lab.journal.execute("INSERT INTO open_state (kind, id, format, body) VALUES ('recording', 'R', 1, ?)", (body,))
    before = dump(lab.database)
    code, _, err = run("privacy", "erase", NUMBER, "--yes")
    assert code == 1 and said("person_recording_unfinished", call=call) in err
    assert dump(lab.database) == before
    lab.journal.execute("DELETE FROM open_state WHERE id = 'R'")
    assert run("privacy", "erase", NUMBER, "--yes")[0] == 0


@pytest.mark.parametrize("number", ["", "12345", "somebody", "4930123456x"])
def test_what_is_no_number(run: Run, number: str) -> None:
    code, out, err = run("privacy", "erase", number, "--yes")
    assert (code, out) == (1, "") and said("person_number_invalid", number=number, shortest=6) in err


def test_who_is_cut_off_half_way_goes_on(run: Run, lab: RecordedDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    from warmline.store.privacy import erasure

    def cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(erasure, "_statements", cut)
        with pytest.raises(KeyboardInterrupt):
            erasure.erase(lab.database, lab.database.parent, NUMBER, who="ada")
    assert run("privacy", "erase", NUMBER, "--yes")[0] == 0
    assert NUMBER not in dump(lab.database)


def test_sweeping_by_hand(run: Run, lab: RecordedDriver, tmp_path: Path) -> None:
    config.set_options(lab.database, "setting", "warmline", {"journal_keep_days": "1"}, who="ada")
    lab.journal.execute("UPDATE recording SET asked = 1")
    config.set_options(lab.database, "setting", "warmline", {"recordings_keep_days": "1"}, who="ada")
    code, out, _ = run("privacy", "sweep", "--dry-run")
    assert code == 0 and out.startswith("3 recordings (0.0 MB) would be deleted\n")
    assert json.loads(run("privacy", "sweep", "--json")[1])["recordings"] == 3
    assert list(tmp_path.glob("*.wav")) == []
