"""`warmline privacy`: a person's data is exported and erased; the journal's chain stays valid."""

import asyncio
import errno
import json
import os
import queue
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ari_app.background import pollers
from tests.begun_drivers import BegunDriver
from tests.cli.command_line import Run
from tests.wording.said import said, says
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.agi import spool as notes
from warmline.core.messages.commands import Kind
from warmline.core.messages.dialler_messages import LeadAnsweredAway
from warmline.core.messages.events import ConfigurationChanged
from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.core.messages.values.callback import CANCELLED, Callback
from warmline.core.messages.webhook_messages import WebhookTried
from warmline.core.model import ids
from warmline.store.agi import callback_notes, failed_scripts
from warmline.store.agi import spool as agi_spool
from warmline.store.agi.spool import CallNote
from warmline.store.configuration import config
from warmline.store.database.database import connect
from warmline.store.database.reading import reading
from warmline.store.journal import hash_chain
from warmline.store.leads import leads
from warmline.store.privacy import subject_access, waiting_notes
from warmline.store.privacy.subject_access import SubjectRecords
from warmline.store.privacy.waiting_notes import WaitingNotes
from warmline.store.privacy.waiting_records import ErasedWaiting
from warmline.store.reports.recording_files import RecordingFiles
from warmline.store.reports.unfinished_records import loose_ends

NUMBER, OTHER = "4930123456", "4930999888"


@pytest.fixture(scope="module")
def recording_database(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Provide a database whose campaign records, to be copied."""
    path = Path(shutil.copy(demo_database, tmp_path_factory.mktemp("records") / "warmline.db"))
    options = {"campaign_recording": "ALLCALLS", "campaign_rec_filename": "FULLDATE_CUSTPHONE"}
    config.set_options(path, "campaign", "TESTCAMP", options, who="ada")
    return path


@pytest.fixture
def lab(recording_database: Path, tmp_path: Path) -> Iterator[RecordedDriver]:
    driver = BegunDriver.copy(recording_database, tmp_path / recording_database.name, lives=calls_of_a_person)
    for number, (name,) in enumerate(driver.journal.execute("SELECT id FROM recording ORDER BY asked").fetchall()):
        file = tmp_path / f"{number}.wav"
        file.write_bytes(b"talk")
        driver.journal.execute(
            "UPDATE recording SET path = ?, bytes = 4, status = 'kept' WHERE id = ?", (str(file), name)
        )
    yield driver
    driver.close()


def calls_of_a_person(driver: RecordedDriver) -> None:
    """Record a person's calls: one with notes, one as the third party of another, one in the fallback."""
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


def call(driver: RecordedDriver, name: str, number: str, status: str, notes: str) -> None:
    driver.asterisk.come_in(name, "ingroup", "SALESLINE", number=number, data=(("ticket", f"T{status}"),))
    driver.pump()
    driver.wait(3)
    driver.hang_up(name)
    driver.ask(Kind.STATUS, status=status, notes=notes)


@pytest.fixture
def run(lab: RecordedDriver, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """Run `warmline …`: exit code, stdout, stderr."""
    monkeypatch.setenv("WARMLINE_DB", str(lab.database))
    monkeypatch.setenv("WARMLINE_RECORDINGS", str(lab.database.parent))
    monkeypatch.setenv("WARMLINE_SPOOL", str(lab.database.parent / "spool"))

    return run


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
    assert [(lead["phone_code"], lead["phone_number"]) for lead in told["leads"]] == [("49", NUMBER[2:])]
    assert told["fallbacks"][0]["number"] == NUMBER


@pytest.mark.parametrize(
    "fields",
    [
        {"phone_code": "1", "phone_number": "2125550199"},
        {"phone_code": "1", "phone_number": "2125550188", "alt_phone": "(212) 555-0199"},
        {"phone_code": "44", "phone_number": "2079460018", "address3": "+1 212 555 0199"},
        {"phone_code": "44", "phone_number": "2079460018", "more_numbers": "2079460019|+1 212 555 0199: sister"},
        {"phone_code": "1", "phone_number": "2125550188", "more_numbers": "(212) 555-0199"},
    ],
    ids=["main", "alt_phone", "address3", "further", "further without its code"],
)
def test_each_number_of_a_lead_leads_to_it(run: Run, lab: RecordedDriver, fields: dict[str, str]) -> None:
    config.set_options(lab.database, "list", "999", {"custom_fields": "plan"}, who="test")
    leads.create(lab.database, "999", fields | {"plan": "gold plan"}, who="test")
    [found] = json.loads(run("privacy", "export", "+1 212 555 0199")[1])["leads"]
    assert (found["phone_number"], found["custom_fields"]) == (fields["phone_number"], {"plan": "gold plan"})
    assert run("privacy", "erase", "12125550199", "--yes")[0] == 0
    assert fields["phone_number"] not in dump(lab.database) and "gold plan" not in dump(lab.database)


def test_an_export_to_a_folder_has_the_recordings(run: Run, tmp_path: Path) -> None:
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


def test_an_erased_person_is_gone_and_the_chain_is_valid(
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
    ends = loose_ends(lab.database, RecordingFiles(lab.database.parent, lab.database))
    assert ["2.wav cannot be heard" in one.text for one in ends] == [True], "the file of the test has no sound"
    assert [file.name for file in tmp_path.glob("*.wav")] == ["2.wav"]
    [row] = lab.journal.execute("SELECT entity, who, before FROM config_journal ORDER BY seq DESC LIMIT 1").fetchall()
    assert row[:2] == ("privacy", f"ada (uid {os.getuid()})") and json.loads(row[2])["journal"] == told["journal"] > 0
    assert run("privacy", "erase", NUMBER, "--yes")[::2] == (
        3,
        f"warmline: {said('person_unknown', number=NUMBER, kept='')}\n",
    )
    assert run("audit", "calls")[0] == run("audit", "call", "last")[0] == run("config", "history")[0] == 0


def test_comments_are_exported_and_erased_with_the_calls_of_the_person(run: Run, lab: RecordedDriver) -> None:
    query = "SELECT id FROM call WHERE number = ? ORDER BY arrived"
    [(mine,)] = lab.journal.execute(query, [f"+{NUMBER}"]).fetchall()
    theirs = lab.journal.execute(query, [OTHER]).fetchall()[-1][0]
    away = "01M7W0SYD3KRP8EZM7S5B7TNR1"  # the call in the fallback
    for of, text in ((mine, "asks for Mr Smith"), (away, "Mr Smith again"), (theirs, "well said")):
        assert run("call", "comment", of, text, "--mark", "coaching")[0] == 0
    told = json.loads(run("privacy", "export", NUMBER)[1])
    assert [one["comment"] for one in told["calls"][0]["comments"]] == ["asks for Mr Smith"]
    assert [one["comment"] for one in told["fallbacks"][0]["comments"]] == ["Mr Smith again"]
    assert run("privacy", "erase", NUMBER, "--yes")[0] == 0
    after = dump(lab.database)
    assert "Mr Smith" not in after and "well said" in after
    marked = json.loads(run("audit", "calls", "--mark", "coaching", "--since", "2000-01-01", "--json")[1])["calls"]
    assert [one["call"] for one in marked] == [theirs]


def test_a_person_is_not_erased_while_the_code_of_a_call_can_be_taken_back(run: Run, lab: RecordedDriver) -> None:
    lab.configure("campaigns", "TESTCAMP", campaign_recording="NEVER")
    lab.asterisk.come_in("four", "ingroup", "SALESLINE", number=NUMBER)
    lab.pump()
    lab.hang_up("four")
    lab.ask(Kind.STATUS, status="SALE", notes="likes red", undo=True)
    code, _, err = run("privacy", "erase", NUMBER, "--yes")
    assert code == 1 and says(err, "person_disposition_undoable", call=lab.session().last.call, done="nothing"), err
    lab.wait(11)
    assert run("privacy", "erase", NUMBER, "--yes")[0] == 0
    notes = lab.journal.execute("SELECT notes FROM disposition_entry").fetchall()
    assert ("likes red",) not in notes and ("likes blue",) in notes


PERSON, PEER = "4930777777", "4930888888"
CALLED, LEAD, PROMISED = (ids.encode(number << 80) for number in (1, 2, 3))


@pytest.fixture
def spool(lab: RecordedDriver) -> Path:
    """Fill the spool, as scripts do, with notes of a person who has no row in the database, and of another one."""
    folder = lab.database.parent / "spool"
    for number, more in ((PERSON, ""), (PEER, "Z")):
        one, two, three = (f"{note[:-1]}{more}" if more else note for note in (CALLED, LEAD, PROMISED))
        notes.put_note(str(folder), one, 7, f"+{number[:4]} {number[4:]}", "8005550100", f"busy: {number}")
        notes.put_lead_note(str(folder), two, 8, number, "away", opted_out=True)
        note = Callback(id=three, call="", number=number, at=4_000_000_000_000_000, comments="secret", by="script")
        notes.write_file(str(folder / "callbacks"), three, msgspec.json.encode(note))
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def imported(folder: Path) -> tuple[list[CallNote], list[Callback]]:
    """Return what the app would copy now."""
    failed: list[OSError] = []
    found = agi_spool.read_all(folder), callback_notes.read_all(folder, failed.append)
    assert failed == []
    return found


def test_notes_that_wait_lose_the_person_and_are_copied(run: Run, spool: Path) -> None:
    before = files(spool)
    code, out, _ = run("privacy", "erase", PERSON, "--dry-run", "--json")
    assert (code, json.loads(out)["notes"], files(spool)) == (0, 3, before)
    code, out, _ = run("privacy", "erase", PERSON, "--yes", "--json")
    assert (code, json.loads(out)["notes"], json.loads(out)["left"]) == (0, 3, [])
    assert not [name for name, content in files(spool).items() if PERSON.encode() in content or PERSON in name]
    calls, promises = imported(spool)
    assert FallbackTaken(CALLED, 7, "", "8005550100", "") in calls
    assert LeadAnsweredAway(LEAD, 8, "", "away", opted_out=True) in calls
    [mine] = [one for one in promises if one.id == PROMISED]
    assert (mine.number, mine.comments, mine.state, mine.at) == ("", "", CANCELLED, 4_000_000_000_000_000)
    assert [one.number for one in promises if one.id != PROMISED] == [PEER]
    assert sum(content == before[name] for name, content in files(spool).items()) == 3, "those of the other person"
    assert run("privacy", "erase", PERSON, "--yes")[0] == 3, "nothing is left"


def test_rejected_and_unfinished_notes_lose_the_person(run: Run, spool: Path) -> None:
    whole = (spool / f"{CALLED}.json").read_bytes()
    for file in spool.rglob("*.json"):
        file.unlink()
    old = time.time() - 3600
    contents = {
        "a.bad": b'{"number": "4930777777", "comments": "secret", "at": "never"}',
        "b.bad": b"\xff{ 49 (30) 777-777 secret",
        "c.bad": b'{"number": 4930777777, "who": {"name": "Mr Smith", "phone": "+4930777777"}}',
        f".{LEAD}.new": whole[: whole.index(b"777") + 2],  # in the middle of the number
        f".{CALLED}.new": whole,
        "d.bad": b'{"at": 14930777777, "number": "493077777"}',  # other numbers
        ".e.json.erased": b'{"comments": "secret"',
    }
    for name, content in contents.items():
        (spool / name).write_bytes(content)
        os.utime(spool / name, (old, old))
    code, out, _ = run("privacy", "erase", PERSON, "--yes", "--json")
    assert (code, json.loads(out)["notes"]) == (0, 5)
    after = files(spool)
    assert json.loads(after.pop("a.bad")) == {"number": "", "comments": "", "at": "never"}
    assert json.loads(after.pop("c.bad")) == {"number": "", "who": ""}
    assert json.loads(after.pop(f".{CALLED}.new")) | {"reason": ""} == json.loads(whole) | {"number": "", "reason": ""}
    assert after == {"b.bad": b"", f".{LEAD}.new": b"", "d.bad": contents["d.bad"]}


def test_a_note_that_a_script_is_writing_is_waited_for(run: Run, spool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The script has written half of it when the erasure begins."""
    whole = (spool / f"{CALLED}.json").read_bytes()
    unfinished = spool / f".{CALLED}.new"
    (spool / f"{CALLED}.json").unlink()
    unfinished.write_bytes(whole[: whole.index(b"777")])

    def finish(_: float) -> None:
        if unfinished.exists():
            unfinished.write_bytes(whole)
            unfinished.rename(spool / f"{CALLED}.json")

    monkeypatch.setattr(waiting_notes.time, "sleep", finish)
    assert run("privacy", "erase", PERSON, "--yes")[0] == 0
    assert imported(spool)[0][0] == FallbackTaken(CALLED, 7, "", "8005550100", "")


def test_an_erasure_beside_an_import_misses_no_number(
    run: Run, spool: Path, lab: RecordedDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The app has read a note and not written its row yet; a second erasure comes after the row."""
    monkeypatch.setattr(waiting_notes, "IMPORTED_WITHIN", 0.1)
    with agi_spool.held(spool) as is_free:
        assert is_free
        [note] = [one for one in imported(spool)[0] if one.call == CALLED]
        code, _, err = run("privacy", "erase", PERSON, "--yes")
        assert code == 1 and says(err, "spool_in_use", spool=spool)
        lab.feed(note)
        agi_spool.remove(spool, note.call)
    assert PERSON in dump(lab.database)
    code, out, _ = run("privacy", "erase", PERSON, "--yes", "--json")
    assert (code, json.loads(out)["fallbacks"], json.loads(out)["notes"]) == (0, 1, 2)
    assert PERSON not in dump(lab.database) and PERSON.encode() not in b"".join(files(spool).values())


def test_a_note_that_is_copied_after_the_count_is_found_in_the_database(
    run: Run, spool: Path, lab: RecordedDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    erase = WaitingNotes.erase

    def copied_first(self: WaitingNotes, person: SubjectRecords) -> ErasedWaiting:
        for note in imported(spool)[0]:
            if note.call == CALLED:
                lab.feed(note)
                agi_spool.remove(spool, note.call)
        return erase(self, person)

    monkeypatch.setattr(WaitingNotes, "erase", copied_first)
    assert run("privacy", "erase", PERSON, "--yes")[0] == 0
    assert PERSON not in dump(lab.database) and PERSON.encode() not in b"".join(files(spool).values())


def test_an_app_that_imports_waits_for_an_erasure(spool: Path) -> None:
    async def main() -> None:
        taken: asyncio.Queue[CallNote] = asyncio.Queue()
        with agi_spool.held(spool, alone=True) as is_free:
            assert is_free
            following = asyncio.create_task(pollers.spool(str(spool), taken.put))
            for _ in range(3):
                await asyncio.to_thread(looks.get, timeout=10)
            assert taken.empty()
        assert (await asyncio.wait_for(taken.get(), 10)).call
        following.cancel()

    looks: queue.SimpleQueue[None] = queue.SimpleQueue()
    held = agi_spool.held

    def seen(*of: Any, **more: Any) -> Any:
        looks.put(None)
        return held(*of, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pollers, "SPOOL_EVERY", 0.0)
        patch.setattr(agi_spool, "held", seen)
        asyncio.run(main())


@pytest.mark.parametrize("name", ["os.fsync", "pathlib.Path.replace"])
def test_a_note_that_cannot_be_written_stays_whole_and_is_named(
    run: Run, spool: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before = files(spool)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(name, full)
        code, _, err = run("privacy", "erase", PERSON, "--yes")
    assert code == 1 and f"{spool}/{CALLED}.json could not be erased; delete it, or free space" in err
    assert files(spool) == before
    assert run("privacy", "erase", PERSON, "--yes")[0] == 0


def killed_at(nth: int, spool: Path, database: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Erase the notes in a process that kills itself before its n-th fsync; return whether this happened."""
    child = os.fork()
    if child == 0:
        left, fsync = nth, os.fsync

        def sync(number: int) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            fsync(number)

        try:
            monkeypatch.setattr(os, "fsync", sync)
            with reading(database) as db:
                person = subject_access.find(db, PERSON)
            WaitingNotes(spool).erase(person)
            os._exit(0)
        finally:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, -signal.SIGKILL)
    return code != 0


def test_an_erasure_that_is_killed_leaves_each_note_whole(
    spool: Path, lab: RecordedDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, kills = files(spool), 0
    while killed_at(kills % 2 + 1, spool, lab.database, monkeypatch):  # before a note is replaced, and after it
        kills += 1
        assert {name for name in files(spool) if not name.endswith(".erased")} == set(whole)
        assert (len(imported(spool)[0]), len(imported(spool)[1])) == (4, 2)
    assert kills >= 6
    assert PERSON.encode() not in b"".join(files(spool).values()) and len(files(spool)) == len(whole)


def test_pending_notes_are_in_the_export(run: Run, spool: Path) -> None:
    (spool / "b.bad").write_bytes(b"{ 4930777777")
    told = json.loads(run("privacy", "export", PERSON)[1])["notes"]
    assert [one.get("comments", one.get("text", one.get("reason"))) for one in told] == [
        f"busy: {PERSON}", "away", "{ 4930777777", "secret",
    ]  # fmt: skip
    assert told[0]["file"] == str(spool / f"{CALLED}.json") and PEER not in json.dumps(told)


def test_each_note_of_a_failed_script_is_that_of_one_caller(run: Run, spool: Path) -> None:
    """The file has a line for each call; an export has no other caller's, and an erasure leaves them."""
    mine = json.dumps([1, "pin", "pin line 7: a bug", "Traceback", f"+{PERSON}"]).encode()
    reason = json.dumps([2, "vip", "ValueError: 49 30 777-777", "x"]).encode()  # as earlier versions have written it
    other = json.dumps([3, "vip", f"KeyError: '{PEER}'", "x", PEER]).encode()
    cut = b'[4, "vip", "why", "trace", "49307'  # in the middle of the number
    cut_other = f'[5, "vip", "why", "trace", "{PEER[:-2]}'.encode()
    contents = {
        failed_scripts.NAME: b"\n".join([b"", mine, b"", other, b"", cut, cut_other, b""]),
        failed_scripts.OLDER: b"\n".join([other, reason, b""]),
    }
    for name, content in contents.items():
        (spool / name).write_bytes(content)
    told = json.loads(run("privacy", "export", PERSON)[1])["notes"]
    failures = [one for one in told if Path(one["file"]).name in contents]
    assert [(Path(one["file"]).name, one["reason"], one["caller"]) for one in failures] == [
        (failed_scripts.NAME, "pin line 7: a bug", f"+{PERSON}"),
        (failed_scripts.OLDER, "ValueError: 49 30 777-777", ""),
    ]
    assert PEER not in json.dumps(told)
    assert run("privacy", "erase", PERSON, "--yes")[0] == 0
    after = files(spool)
    assert after[failed_scripts.NAME] == b"\n".join([b"", b"", other, b"", cut_other, b""])
    assert after[failed_scripts.OLDER] == other + b"\n"
    assert run("privacy", "erase", PERSON, "--yes")[0] == 3, "nothing is left"


def test_a_link_in_the_spool_is_not_followed(run: Run, spool: Path, tmp_path: Path) -> None:
    """The user of the app could place it, and the command runs as root."""
    treasure = tmp_path / "treasure"
    treasure.write_text('{"number": "4930777777"}')
    (spool / "link.json").symlink_to(treasure)
    os.mkfifo(spool / "pipe.json")
    assert run("privacy", "erase", PERSON, "--yes")[0] == 0
    assert treasure.read_text() == '{"number": "4930777777"}' and (spool / "link.json").is_symlink()


def test_a_number_on_the_do_not_call_list_stays_there(run: Run, lab: RecordedDriver) -> None:
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


def test_a_person_in_a_call_is_not_erased(run: Run, lab: RecordedDriver) -> None:
    lab.asterisk.come_in("now", "ingroup", "SALESLINE", number=NUMBER)
    lab.pump()
    before = dump(lab.database)
    code, _, err = run("privacy", "erase", NUMBER, "--yes")
    assert code == 1 and says(err, "person_in_call", number=NUMBER)
    assert dump(lab.database) == before


def test_a_person_with_a_recording_in_progress_is_not_erased(run: Run, lab: RecordedDriver) -> None:
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


def test_a_webhook_about_a_third_party_loses_the_number(run: Run, lab: RecordedDriver) -> None:
    """Also one that waits: the app would send it, and write its row again."""
    url = "http://crm.example.com/x?to=--A--transfer_number--B--"
    config.set_options(lab.database, "campaign", "TESTCAMP", {"transfer_url": url}, who="ada")
    lab.feed(ConfigurationChanged(lab.rules()))
    lab.asterisk.receiver = None
    lab.ask(Kind.RESUME)
    lab.asterisk.come_in("four", "ingroup", "SALESLINE", number=OTHER)
    lab.pump()
    lab.wait(3)
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, number=NUMBER) == ""
    lab.wait(2)
    assert lab.ask(Kind.LEAVE_3WAY_CALL) == ""
    lab.hang_up("four")
    lab.wait(2)
    lab.ask(Kind.STATUS, status="SALE")
    [(webhook, facts, ended)] = lab.journal.execute("SELECT id, facts, ended FROM webhook").fetchall()
    assert NUMBER in facts and ended is None
    before = dump(lab.database)
    code, _, err = run("privacy", "erase", NUMBER, "--yes")
    assert code == 1 and "webhook" in err and dump(lab.database) == before
    lab.feed(WebhookTried(webhook, 200))
    assert run("privacy", "erase", NUMBER, "--yes")[0] == 0
    [(facts,)] = lab.journal.execute("SELECT facts FROM webhook").fetchall()
    assert ["transfer", "LEAVE_3WAY_CALL"] in json.loads(facts)
    assert NUMBER not in dump(lab.database)


def test_an_invalid_number_is_refused(run: Run) -> None:
    for number in ("", "12345", "somebody", "4930123456x"):
        code, out, err = run("privacy", "erase", number, "--yes")
        assert (code, out) == (1, "") and said("person_number_invalid", number=number, shortest=6) in err, number


def test_an_interrupted_erasure_continues(run: Run, lab: RecordedDriver, monkeypatch: pytest.MonkeyPatch) -> None:
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
    for text in ("old", "new"):
        run("call", "comment", "last", text)
    lab.journal.execute("UPDATE call_comment SET at = 1 WHERE comment = 'old'")
    config.set_options(lab.database, "setting", "warmline", {"recordings_keep_days": "1"}, who="ada")
    (text := tmp_path / "spool/speech/text.wav").parent.mkdir(parents=True)
    text.touch()
    os.utime(text, (0, 0))
    code, out, _ = run("privacy", "sweep", "--dry-run")
    assert text.exists() and code == 0 and out.startswith("3 recordings (0.0 MB) would be deleted\n")
    swept = json.loads(run("privacy", "sweep", "--json")[1])
    assert (swept["recordings"], swept["comments"]) == (3, 1)
    assert lab.journal.execute("SELECT comment FROM call_comment").fetchall() == [("new",)]
    assert list(tmp_path.glob("*.wav")) == [] and not text.exists()
