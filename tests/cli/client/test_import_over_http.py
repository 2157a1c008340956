"""`warmline lead import` after a login: the same leads, counts and rejected lines as on the app's machine."""

import asyncio
import io
import json
import shutil
import stat
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from ari_app.http.imports import import_jobs, import_reader, import_run
from ari_app.http.imports.import_bodies import NewImportBody
from ari_app.http.imports.import_jobs import ImportJob, ImportJobs, ImportRefused, ImportState
from ari_app.link.call_control import CallProcessAway
from ari_app.live.live_records import iso
from ari_app.records.privileged_write_types import LEADS_AT_ONCE, AddLeads
from ari_app.records.remote_records import LARGEST_WRITE
from ari_app.records.write_results import WriteRefused
from cli.leads import import_progress, remote_import
from tests.cli.app import App
from tests.cli.client.import_places import executed, here, importing_app, left
from tests.cli.far_app import far_app, log_in
from tests.http.people.people_site import PeopleSite
from tests.wording.said import refused, says
from warmline.leads import custom_fields
from warmline.leads.lead_fields import TEXTS
from warmline.options.values.entity import OptionError
from warmline.store.database.database import connect
from warmline.store.leads import lead_batches
from warmline.store.leads.duplicate_leads import USUAL_RULE
from warmline.store.leads.lead_batches import MOST_BYTES
from warmline.store.leads.lead_import import EMPTY

BEFORE = "phone_number,first_name,comments,called_count,last_call\n7275550001,Old,,4,2026-11-02T14:05:00Z\n"
LINES = (
    *(f'{7275550000 + n},Name{n},"line\nbreak {n}"' for n in range(1, 400)),
    "7275550009,Twice,",
    "letters,Bad,",
    "7275550500,Too,many,fields",
    '7275550501,"open,',
    "72755505021,Ümlaut,=1+1",
)
STORED = """
    SELECT phone_code, phone_number, first_name, comments, status, jurisdictions, time_zones, called_count, last_call
    FROM lead ORDER BY 2
"""


@pytest.fixture
def app(demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[App]:
    with importing_app(demo_database, tmp_path, capsys) as made:
        yield made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "leads.csv"
    path.write_text("phone_number,first_name,comments\n" + "\n".join(LINES) + "\n")
    return path


def stored(path: str | Path) -> list[Any]:
    with connect(path) as db:
        return db.execute(STORED).fetchall()


@pytest.mark.parametrize(
    "options",
    [(), ("--dry-run",), ("--duplicates", "system", "--duplicate-days", "30"), ("--columns", "first_name=last_name")],
    ids=lambda options: " ".join(options) or "plain",
)
def test_both_places_import_the_same(
    options: tuple[str, ...],
    app: App,
    file: Path,
    tmp_path: Path,
    demo_database: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = Path(shutil.copy(demo_database, tmp_path / "other.db"))
    before = tmp_path / "before.csv"
    before.write_text(BEFORE)
    words = ("lead", "import", str(file), "--list", "998", *options)
    found = []
    for path, run in ((other, lambda *words: here(monkeypatch, app, other, *words)), (app.site.database, app.run)):
        assert run("lead", "import", str(before), "--list", "998")[0] == 0
        said = run(*words)
        rejects = file.with_name("leads.csv.rejected.csv")
        lines = rejects.read_bytes()
        assert stat.S_IMODE(rejects.stat().st_mode) == 0o600
        again = json.loads(run(*words, "--json")[1])
        again = {name: value for name, value in again.items() if name not in ("seconds", "longest_held_ms")}
        found.append((said, lines, again, stored(path)))
    assert found[0] == found[1]
    assert found[0][0][0] == 2 and b"line " in found[0][1]
    assert left(app) == [], "nothing stays on the app's machine"


def test_a_file_in_another_encoding_is_imported_once_that_is_named(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    data = "phone_number,first_name\n7275550001,Größe\nletters,Bad\n".encode("cp850")
    words = ("lead", "import", "-", "--list", "998")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    code, out, err = app.run(*words)
    assert (code, out) == (1, "") and "cp850 '7275550001,Größe'" in err
    assert "text_encoding_unknown" in caplog.text and "Gr" not in caplog.text, "no line of the file is in the log"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    code, out, _ = app.run(*words, "--encoding", "cp850")
    assert (code, [row[2] for row in stored(app.site.database)]) == (2, ["Größe"])
    assert "letters,Bad" in Path("stdin.rejected.csv").read_text()


def test_the_leads_are_the_clients_and_the_roles_are_kept(app: App, file: Path) -> None:
    with executed():
        assert app.run("lead", "import", str(file), "--list", "998")[0] == 2
    with connect(app.site.database) as db:
        assert {row[0] for row in db.execute("SELECT DISTINCT user FROM lead WHERE list_id = '998'")} == {"user:mia"}
    for user in ("anna", "ben"):
        log_in(app, user)
        code, out, err = app.run("lead", "import", str(file), "--list", "998")
        assert (code, out) == (5, "") and says(err, "role_missing", role="agent" if user == "anna" else "supervisor")


def test_errors_of_the_file_change_nothing(app: App, tmp_path: Path) -> None:
    before, wrong = stored(app.site.database), tmp_path / "wrong.csv"
    wrong.write_text("colour\nred\n")
    code, out, err = app.run("lead", "import", str(wrong), "--list", "998")
    assert code == 1 and not out and "phone_number" in err
    assert app.run("lead", "import", str(wrong), "--list", "NOWHERE")[0] == 3
    code, _, err = app.run("lead", "import", str(tmp_path / "none.csv"), "--list", "998")
    assert code == 1 and "none.csv" in err
    wrong.write_text("")
    assert app.run("lead", "import", str(wrong), "--list", "998")[0] != 0
    assert stored(app.site.database) == before and left(app) == []


def test_rejected_lines_are_kept_up_to_the_size_that_the_disk_has(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_run, "OF_REJECTS", 30_000)
    file = tmp_path / "wrong.csv"
    file.write_text("phone_number\n" + "x\n" * 3000)
    code, out, _ = app.run("lead", "import", str(file), "--list", "998")
    assert code == 2 and "3000 rejected" in out
    assert file.stat().st_size + 30_000 <= file.with_name("wrong.csv.rejected.csv").stat().st_size < 60_000


def test_an_upload_goes_on_where_it_stopped(app: App, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, data = app.site, file.read_bytes()
    assert isinstance(site, PeopleSite)
    body = {"size": len(data), "sha256": sha256(data).hexdigest()}
    begun = site.as_user("mia", "POST", "/lists/998/imports", body)
    assert begun.status == 201 and begun.headers["Location"] == f"/api/v1/imports/{begun.body['id']}"
    address = f"/imports/{begun.body['id']}"
    piece = {"offset": 0, "data": b64encode(data[:100]).decode()}
    for _ in range(2):  # the answer to the first one was lost
        assert site.as_user("mia", "PUT", address, piece).body["received"] == 100
    told = site.as_user("mia", "PUT", address, {"offset": 200, "data": "AAAA"})
    assert (told.status, told.body["code"]) == (409, "import_piece_elsewhere")
    told = site.as_user("ada", "POST", "/lists/998/imports", body)
    assert (told.status, told.body["code"], told.headers["Retry-After"]) == (503, "import_runs", "5")
    jobs: ImportJobs = site.api.parts[ImportJobs]
    since = iso(next(iter(jobs._jobs.values())).began)
    assert says(told.body["detail"], "import_runs", target="list 998", by="user:mia", state="uploading", since=since)
    assert jobs._next, "the upload is deleted without another request"
    [one] = jobs._folder.iterdir() if jobs._folder else ()
    assert stat.S_IMODE(one.stat().st_mode) == 0o600 and stat.S_IMODE(one.parent.stat().st_mode) == 0o700
    offsets: list[int] = []
    send = remote_import.app_client.send

    def spied(login: Any, method: str, path: str, given: Any = None, **more: Any) -> Any:
        offsets.extend([given["offset"]] if method == "PUT" else [])
        return send(login, method, path, given, **more)

    monkeypatch.setattr(remote_import.app_client, "send", spied)
    monkeypatch.setattr(remote_import, "PIECE", 5000)
    assert app.run("lead", "import", str(file), "--list", "998")[0] == 2
    assert offsets[:2] == [100, 5100]


def test_an_upload_is_its_users_who_can_begin_another_at_once(app: App) -> None:
    site = app.site
    assert isinstance(site, PeopleSite)
    begun = site.as_user("mia", "POST", "/lists/998/imports", {"size": 3, "sha256": "0" * 64})
    address, piece = f"/imports/{begun.body['id']}", {"offset": 0, "data": b64encode(b"123").decode()}
    for method, path in (("PUT", ""), ("GET", ""), ("GET", "/rejected"), ("DELETE", "")):
        told = site.as_user("ada", method, address + path, piece if method == "PUT" else None)
        assert (told.status, told.body["code"]) == (403, "import_of_another"), method
    shown = site.as_user("mia", "GET", address).body
    assert (shown["received"], shown["dry_run"]) == (0, False)
    assert [site.as_user(user, "GET", "/imports").body for user in ("mia", "ada")] == [[shown], []]
    second = site.as_user("mia", "POST", "/lists/998/imports", {"size": 4, "sha256": "1" * 64})
    assert second.status == 201 and site.as_user("mia", "GET", address).status == 404
    assert left(app) == [f"{second.body['id']}.csv"]
    jobs: ImportJobs = site.api.parts[ImportJobs]
    jobs._jobs[second.body["id"]].state = ImportState.RUNNING
    told = site.as_user("mia", "POST", "/lists/998/imports", {"size": 3, "sha256": "0" * 64})
    assert (told.status, told.body["code"]) == (503, "import_runs"), "an import that writes is not ended"


def test_a_file_that_is_too_large_is_refused(app: App, file: Path) -> None:
    assert isinstance(app.site, PeopleSite)
    with file.open("ab") as opened:
        opened.truncate(MOST_BYTES + 1)
    code, _, err = app.run("lead", "import", str(file), "--list", "998")
    assert code and says(err, "import_too_large", size=256, most=256)
    body = {"size": MOST_BYTES + 1, "sha256": "0" * 64}
    assert app.site.as_user("mia", "POST", "/lists/998/imports", body).status == 422
    assert app.site.as_user("mia", "POST", "/lists/998/imports", {"size": 3, "sha256": "0" * 64 + "\n"}).status == 422
    told = app.site.as_user("mia", "POST", "/lists/998/imports", body | {"size": 3})
    more = {"offset": 0, "data": b64encode(b"12345").decode()}
    assert app.site.as_user("mia", "PUT", f"/imports/{told.body['id']}", more).status == 409


def test_an_import_outlives_the_call_process(app: App, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer, tries = app.site.api.privileged, []
    write = writer.write

    async def away(wanted: Any, client: Any) -> Any:
        tries.append(isinstance(wanted, AddLeads))
        if len(tries) < 4:
            raise CallProcessAway("call_process_away", "away", sent=True)
        return await write(wanted, client)

    monkeypatch.setattr(writer, "write", away)
    assert app.run("lead", "import", str(file), "--list", "998")[1].startswith("400 imported")
    monkeypatch.setattr(import_run, "TRIES", 2)
    tries.clear()
    code, _, err = app.run("lead", "import", str(file), "--list", "998")
    assert code == 5 and "away" in err


def test_leads_that_were_added_without_an_answer_count_as_imported(
    app: App, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, tries = app.site.api.privileged, []
    write = writer.write

    async def lost(wanted: Any, client: Any) -> Any:
        tries.append(wanted)
        done = await write(wanted, client)
        if len(tries) % 3:
            raise CallProcessAway("call_process_away", "away", sent=True)
        return done

    usual = json.loads(app.run("lead", "import", str(file), "--list", "998", "--json")[1])
    monkeypatch.setattr(writer, "write", lost)
    report = json.loads(app.run("lead", "import", str(file), "--list", "999", "--json")[1])
    counts = ("records", "imported", "duplicates", "in_database", "rejected")
    assert [report[name] for name in counts] == [usual[name] for name in counts]
    assert (report["imported"], report["duplicates"]) == (400, 1) and len(tries) > 6


def test_an_app_that_was_started_again_says_how_to_go_on(app: App, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(*_: object) -> None:
        app.site.api.parts[ImportJobs].close()

    monkeypatch.setattr(import_run, "run", never)
    code, _, err = app.run("lead", "import", str(file), "--list", "998")
    assert code == 4 and says(err, "import_lost", go_on=import_progress.GO_ON)
    monkeypatch.undo()
    log_in(app, "mia")


def test_an_import_can_be_ended(app: App, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(remote_import, "time", SimpleNamespace(sleep=interrupt))
    code, _, err = app.run("lead", "import", str(file), "--list", "998")
    assert code == 130 and "run the same command again" in err and left(app) == []


def test_old_uploads_are_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_jobs, "TEMPORARY", tmp_path)
    (tmp_path / f"{import_jobs.PREFIX}former").mkdir()
    now = [0.0]
    jobs, other = ImportJobs(lambda: now[0]), ImportJobs(lambda: now[0])
    body = NewImportBody(size=3, sha256="0" * 64)
    job, is_new = jobs.begin("998", body, "user:mia")
    assert is_new and [one.name for one in tmp_path.iterdir()] == [job.file.parent.name], "the former one is gone"
    other.begin("998", body, "user:mia")
    assert job.file.exists(), "the folder of a running app stays"
    with refused(ImportRefused, "import_runs"):
        jobs.begin("998", body, "user:ada")
    now[0] = import_jobs.STALLED + 1
    jobs.begin("998", body, "user:ada")
    assert not job.file.exists() and jobs.find(job.id, "user:mia") is None
    for one in (jobs, other):
        one.close()
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr(import_jobs, "SPARE", 1 << 60)
    with refused(ImportRefused, "import_without_room"):
        jobs.begin("998", body, "user:ada")
    jobs.close()


def test_files_are_deleted_without_another_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_jobs, "TEMPORARY", tmp_path)
    monkeypatch.setattr(import_jobs, "LOOKS", 0.01)
    now = [0.0]
    jobs = ImportJobs(lambda: now[0])

    async def forgotten(job: ImportJob) -> float:
        """Return the time at which the files of an import are deleted, in steps of a minute."""
        jobs.keep_tidy()
        start = now[0]
        job.rejected.touch()
        while job.file.exists() or job.rejected.exists():
            now[0] += 60
            assert now[0] - start < 2 * import_jobs.KEPT, "the files stay"
            await asyncio.sleep(0.03)  # the timer looks every 0.01 s, and tells no one
        return now[0] - start

    async def scene() -> None:
        body = NewImportBody(size=3, sha256="0" * 64)
        job, _ = jobs.begin("998", body, "user:mia")
        assert import_jobs.STALLED < await forgotten(job) < import_jobs.STALLED + 300
        job, _ = jobs.begin("998", body, "user:mia")
        job.state = ImportState.DONE
        assert 3600 < await forgotten(job) < 3900
        assert jobs._next is None, "an app without imports does not look"
        jobs.begin("998", body, "user:mia")
        jobs.keep_tidy()
        jobs.close()
        assert jobs._next and jobs._next.cancelled() and jobs._folder is None

    asyncio.run(scene())


def test_an_app_that_starts_deletes_the_files_of_a_killed_one(
    demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_jobs, "TEMPORARY", tmp_path / "temporary")
    killed = tmp_path / "temporary" / f"{import_jobs.PREFIX}killed"
    killed.mkdir(parents=True)
    (killed / "leads.csv").touch()
    with far_app(demo_database, tmp_path, capsys):
        assert not killed.exists()


def test_a_folder_that_another_app_deletes_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_jobs, "TEMPORARY", tmp_path)
    jobs, lock = ImportJobs(), import_jobs.fcntl.flock
    deleted: list[Path] = []

    def late(opened: int, how: int) -> None:
        if how == import_jobs.fcntl.LOCK_EX and not deleted:
            deleted.extend(tmp_path.iterdir())
            import_jobs.delete_former()
        lock(opened, how)

    monkeypatch.setattr(import_jobs.fcntl, "flock", late)
    job, _ = jobs.begin("998", NewImportBody(size=3, sha256="0" * 64), "user:mia")
    assert deleted and not deleted[0].exists() and job.file.exists()
    jobs.close()
    assert not list(tmp_path.iterdir())


def test_a_file_that_changes_during_its_upload_is_not_imported(
    app: App, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, send = stored(app.site.database), remote_import.app_client.send

    def changing(login: Any, method: str, path: str, given: Any = None, **more: Any) -> Any:
        if method == "PUT" and given["offset"] == 0:
            file.write_bytes(file.read_bytes().replace(b"Name399", b"Name400"))
        return send(login, method, path, given, **more)

    monkeypatch.setattr(remote_import.app_client, "send", changing)
    monkeypatch.setattr(remote_import, "PIECE", 5000)
    asked = sha256(file.read_bytes()).hexdigest()
    code, _, err = app.run("lead", "import", str(file), "--list", "998")
    assert code == 5 and says(err, "import_file_differs", sha256=asked)
    assert stored(app.site.database) == before and left(app) == []


@pytest.mark.parametrize(
    "lead",
    [
        {"phone_number": "7275551212; DROP"},
        {"first_name": "Ada"},
        {"phone_number": "7275551212", "user": "u" * 41},
        {"phone_number": "7275551212", "entry_date": 1},
        {"phone_number": "7275551212", "called_count": "3"},
        {"phone_number": "7275551212", "first_name": "x" * 101},
        {"phone_number": "7275551212", "rank": "high"},
        {"phone_number": 7275551212},
    ],
    ids=str,
)
def test_the_call_process_checks_each_lead_again(demo_database: Path, lead: dict[str, str | int]) -> None:
    with pytest.raises(OptionError):
        lead_batches.insert(str(demo_database), "998", [lead], USUAL_RULE, 0, "test")


@pytest.mark.parametrize("sign", ["x", "é", "𝄞"])
@pytest.mark.parametrize("own", ["{}", json.dumps({"a": "x" * (custom_fields.LARGEST - 9)})], ids=["none", "custom"])
def test_a_batch_fits_into_a_message_to_the_call_process(sign: str, own: str) -> None:
    texts = {name: sign * most for name, most in TEXTS.items() if name != "phone_number"} | {"custom_fields": own}
    leads = [EMPTY | texts | {"phone_number": str(7275550000 + n)} for n in range(450)]
    batches = list(import_reader.in_batches(iter(leads)))
    assert [lead["phone_number"] for batch in batches for lead in batch] == [lead["phone_number"] for lead in leads]
    for batch in batches:
        assert len(msgspec.msgpack.encode(AddLeads("998", batch))) < LARGEST_WRITE
        assert len(batch) <= LEADS_AT_ONCE
    assert max(map(len, import_reader.in_batches({"phone_number": "1"} for _ in range(500)))) == 200


def test_a_token_that_has_lost_its_right_ends_the_import(app: App, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    async def refuse(wanted: Any, client: Any) -> Any:
        tries.append(client)
        raise WriteRefused("write_not_allowed", "the token may not make this change")

    monkeypatch.setattr(app.site.api.privileged, "write", refuse)
    code, _, err = app.run("lead", "import", str(file), "--list", "998")
    assert code == 5 and "may not make this change" in err
    [client] = tries
    assert client.token == app.site.token_of("mia") and left(app) == []


def test_a_file_of_objects_is_imported_and_its_rejected_lines_come_back_in_that_form(app: App, tmp_path: Path) -> None:
    file = tmp_path / "leads.ndjson"
    file.write_text('{"phone_number": "8005550001", "last_name": "Byron"}\n{"phone_number": "none"}\n')
    told = json.loads(app.run("lead", "import", str(file), "--list", "998", "--json")[1])
    assert (told["imported"], told["rejected"], told["rejects"]) == (1, 1, f"{file}.rejected.ndjson")
    line = json.loads(file.with_name("leads.ndjson.rejected.ndjson").read_text())
    assert line["phone_number"] == "none" and line["why"].startswith("line 2: ")
