"""`warmline lead import` and `dnc import` after a login: the same rows and rejected lines as on the app's machine."""

import asyncio
import io
import json
import os
import shutil
import signal
import stat
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import msgspec
import pytest

from ari_app.http.imports import import_jobs, import_reader, import_run
from ari_app.http.imports.import_bodies import NewImportBody
from ari_app.http.imports.import_jobs import ImportJob, ImportJobs, ImportRefused, ImportState
from ari_app.link.call_control import CallProcessAway
from ari_app.link.requests import RequestFailed
from ari_app.records.privileged_write_types import LEADS_AT_ONCE, AddDncNumbers, AddLeads
from ari_app.records.remote_records import LARGEST_WRITE
from ari_app.records.write_results import WriteRefused
from cli.leads import import_progress, remote_import
from cli.output.exit_codes import ExitCode
from tests.cli.app import App
from tests.cli.far_app import far_app, log_in
from tests.http.people.people_site import PeopleSite
from tests.lab.warm_warmline import warm_program
from tests.wording.said import refused, says
from warmline.leads import custom_fields
from warmline.leads.lead_fields import TEXTS
from warmline.operations.live_records import iso
from warmline.options.values.entity import OptionError
from warmline.store.database.database import StoreError, connect
from warmline.store.database.errors import NotFound
from warmline.store.leads import dnc, dnc_import, lead_batches
from warmline.store.leads.duplicate_leads import USUAL_RULE
from warmline.store.leads.lead_batches import MOST_BYTES
from warmline.store.leads.lead_import import EMPTY

BEFORE = "phone_number,first_name,comments,called_count,last_call\n7275550001,Old,,4,2026-11-02T14:05:00Z\n"
LEAD_LINES = (
    "phone_number,first_name,comments",
    *(f'{7275550000 + n},Name{n},"line\nbreak {n}"' for n in range(1, 400)),
    "7275550009,Twice,",
    "letters,Bad,",
    "7275550500,Too,many,fields",
    '7275550501,"open,',
    "72755505021,Ümlaut,=1+1\n",
)
MANY = 1300  # numbers of the file, in three batches
PLAIN = "\n".join((*(f"{7275550000 + n}" for n in range(MANY)), "727 555 0009", "letters", "1", "'7275559999"))
TABLE = "name;Telefon\nAda;(727) 555-0001\nBob;7275550002\n;\nEve;\nMax;727555000x;more\n"


class ImportKind(NamedTuple):
    """A command that imports a file, and what it imports."""

    words: tuple[str, ...]
    text: str  # of the file
    said: str  # at the end of an import into an empty table
    message: type  # to the call process
    rows: str


LEADS = ImportKind(
    ("lead", "import", "--list", "998"),
    "\n".join(LEAD_LINES),
    "400 imported",
    AddLeads,
    """SELECT phone_code, phone_number, first_name, comments, status, jurisdictions, time_zones, called_count, last_call
    FROM lead ORDER BY 2""",
)
NUMBERS = ImportKind(
    ("dnc", "import"),
    PLAIN,
    f"{MANY + 1} put on the list",
    AddDncNumbers,
    "SELECT phone_number, campaign, why FROM dnc ORDER BY 1, 2",
)
KINDS = (LEADS, NUMBERS)


@pytest.fixture
def app(demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[App]:
    """Provide the app, with a folder of its own for uploads; mia, a manager, is logged in.

    The program that reads the files is a fork of a loaded one, outside of `executed`.
    """
    with far_app(demo_database, tmp_path, capsys) as made, pytest.MonkeyPatch.context() as patch:
        patch.setattr(remote_import, "LOOKS", 0.05)
        patch.setattr(remote_import, "RETRY", 0.01)
        patch.setattr(import_run, "AGAIN", 0.01)
        patch.setattr(import_run, "sys", SimpleNamespace(executable=str(warm_program(import_reader.__name__))))
        patch.setattr(import_jobs, "TEMPORARY", tmp_path / "temporary")
        (tmp_path / "temporary").mkdir()
        log_in(made, "mia")
        yield made


@contextmanager
def executed() -> Iterator[None]:
    """Let imports in the block start Python, as those of users do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_run, "sys", sys)
        yield


def left_files(app: App) -> list[str]:
    """Return the uploaded files and rejected lines on the app's machine."""
    jobs: ImportJobs = app.site.api.parts[ImportJobs]
    assert jobs._folder is not None
    return sorted(file.name for file in jobs._folder.iterdir())


def file_of(kind: ImportKind, folder: Path) -> Path:
    file = folder / f"{kind.words[0]}.csv"
    file.write_text(kind.text)
    return file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Provide a file of leads."""
    return file_of(LEADS, tmp_path)


@pytest.fixture
def numbers(tmp_path: Path) -> Path:
    """Provide a file of numbers for the do-not-call list."""
    return file_of(NUMBERS, tmp_path)


def stored(path: str | Path, kind: ImportKind = LEADS) -> list[Any]:
    with connect(path) as db:
        return db.execute(kind.rows).fetchall()


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        (LEADS, ()),
        (LEADS, ("--dry-run",)),
        (LEADS, ("--duplicates", "system", "--duplicate-days", "30")),
        (LEADS, ("--columns", "first_name=last_name")),
        (NUMBERS, ()),
        (NUMBERS, ("--dry-run",)),
        (NUMBERS._replace(text=TABLE), ("--campaign", "TESTCAMP", "--why", "list of the authority, November")),
    ],
    ids=lambda value: value.words[0] if isinstance(value, ImportKind) else " ".join(value) or "plain",
)
def test_both_places_import_the_same(
    kind: ImportKind, options: tuple[str, ...], app: App, tmp_path: Path, demo_database: Path
) -> None:
    other, file = Path(shutil.copy(demo_database, tmp_path / "other.db")), file_of(kind, tmp_path)
    before = tmp_path / "before.csv"
    before.write_text(BEFORE)
    words, results = (*kind.words, str(file), *options), []
    for path, run in ((other, partial(app.run_here, database=other)), (app.site.database, app.run)):
        dnc.add(path, "7275550001", who="test", why="before")
        assert run("lead", "import", str(before), "--list", "998")[0] == 0
        said = run(*words)
        rejects = Path(f"{file}.rejected.csv")
        lines = rejects.read_bytes()
        assert stat.S_IMODE(rejects.stat().st_mode) == 0o600
        report = json.loads(run(*words, "--json")[1])
        for name in ("seconds", "longest_held_ms"):
            report.pop(name, None)
        results.append((said, lines, report, stored(path, kind)))
    assert results[0] == results[1]
    (code, _, _), lines, _, rows = results[0]
    assert code == 2 and b"line " in lines
    assert (len(rows) == 1) is ("--dry-run" in options)
    assert left_files(app) == [], "nothing stays on the app's machine"


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


def test_the_rows_are_the_clients_and_the_roles_are_kept(app: App, tmp_path: Path) -> None:
    files = {kind: file_of(kind, tmp_path) for kind in KINDS}
    with executed():
        assert [app.run(*kind.words, str(file))[0] for kind, file in files.items()] == [2, 2]
    with connect(app.site.database) as db:
        assert {row[0] for row in db.execute("SELECT DISTINCT user FROM lead WHERE list_id = '998'")} == {"user:mia"}
    assert {row["by"] for row in dnc.page(app.site.database)} == {"user:mia"}
    for user, role in (("anna", "agent"), ("ben", "supervisor")):
        log_in(app, user)
        for kind, file in files.items():
            code, out, err = app.run(*kind.words, str(file))
            assert (code, out) == (5, "") and says(err, "role_missing", role=role)


# The words of a command, the text of its file, the exit code, and what is said.
WRONG_FILES = [
    (LEADS.words, "colour\nred\n", 1, "no column of the file is phone_number"),
    (LEADS.words, "phone_number,phone number\n1,2\n", 1, "two columns of the file"),
    (LEADS.words, "PK\x03\x04", 1, "the file is a workbook"),
    (LEADS.words, "x" * 2_000_000, 1, "the first line has more than"),
    (LEADS.words, "", 1, ""),
    ((*LEADS.words, "--columns", "mobil=phone_number"), "tel\n1\n", 1, "has no column 'mobil'"),
    ((*LEADS.words, "--columns", "tel=colour"), "tel\n1\n", 1, "a lead has no field 'colour'"),
    (("lead", "import", "--list", "NOWHERE"), "phone_number\n7275550001\n", 3, "NOWHERE"),
    (NUMBERS.words, "colour\nred\n", 1, "no column of the file is phone_number"),
    (NUMBERS.words, "7275550001;2\n", 1, "the file has several columns without names"),
    (NUMBERS.words, "727,555\n", 1, "the file has several columns without names"),
    ((*NUMBERS.words, "--why", "x" * 201), "7275550001\n", 1, ""),
    ((*NUMBERS.words, "--campaign", "NOWHERE"), "7275550001\n", 3, "NOWHERE"),
]


def test_errors_of_the_file_change_nothing(app: App, tmp_path: Path) -> None:
    before, wrong, problems = stored(app.site.database), tmp_path / "wrong.csv", []
    for words, text, code, said in WRONG_FILES:
        wrong.write_text(text)
        result = app.run(*words, str(wrong))
        if result[:2] != (code, "") or said not in result[2]:
            problems.append((words, text[:40], result))
    for kind in KINDS:
        code, _, err = app.run(*kind.words, str(tmp_path / "none.csv"))
        assert code == 1 and says(err, "file_unreadable", file=tmp_path / "none.csv")
    assert problems == []
    assert (stored(app.site.database), stored(app.site.database, NUMBERS)) == (before, []) and left_files(app) == []


FAULT = "the app has a fault"
FAULTS = (
    WriteRefused("changes_wait", FAULT),
    WriteRefused("write_not_allowed", FAULT),  # the token has lost its right
    CallProcessAway("call_process_away", FAULT),
    RequestFailed("internal_error", FAULT),
    RequestFailed("answer_unreadable", FAULT),
    StoreError("call_process_silent", FAULT),
    StoreError("write_failed", FAULT),
    StoreError("long_write_failed", FAULT),
    StoreError("database_unusable", FAULT),
    StoreError("import_interrupted", FAULT),
    StoreError("import_file_unreadable", FAULT),
    StoreError("a_code_of_a_later_release", FAULT),
)


def test_a_fault_of_the_app_is_not_one_of_the_file(app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clients = []

    async def write(wanted: Any, client: Any) -> Any:
        clients.append(client)
        raise fault

    monkeypatch.setattr(app.site.api.privileged, "write", write)
    monkeypatch.setattr(import_run, "TRIES", 1)
    file = tmp_path / "numbers.csv"
    file.write_text("phone_number\n7275550001\n")
    for kind in KINDS:
        for fault in FAULTS:
            code, out, err = app.run(*kind.words, str(file))
            assert (code, out) == (ExitCode.REFUSED, "") and FAULT in err, (kind.words, fault.code)
            assert left_files(app) == []
    assert {client.token for client in clients} == {app.site.token_of("mia")} and len(clients) == 2 * len(FAULTS)


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
    assert left_files(app) == [f"{second.body['id']}.csv"]
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


def test_an_import_outlives_the_call_process(app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer, messages = app.site.api.privileged, list[type]()
    write = writer.write

    async def away(wanted: Any, client: Any) -> Any:
        messages.append(type(wanted))
        if len(messages) % 2:
            raise CallProcessAway("call_process_away", "away", sent=True)
        return await write(wanted, client)

    monkeypatch.setattr(writer, "write", away)
    for kind in KINDS:
        messages.clear()
        assert app.run(*kind.words, str(file_of(kind, tmp_path)))[1].startswith(kind.said)
        assert set(messages) == {kind.message} and len(messages) > 3


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


def kill_reader(app: App, patch: pytest.MonkeyPatch, after: int) -> None:
    """Kill the program that reads the file after so many batches."""
    writer, begun, written = app.site.api.privileged, import_run.asyncio.create_subprocess_exec, list[object]()
    write, readers = writer.write, list[int]()

    async def spied(*words: str, **more: Any) -> Any:
        process = await begun(*words, **more)
        readers.append(process.pid)
        return process

    async def deadly(wanted: Any, client: Any) -> Any:
        done = await write(wanted, client)
        written.append(wanted)
        if len(written) == after:
            os.kill(readers[-1], signal.SIGKILL)
        return done

    patch.setattr(import_run.asyncio, "create_subprocess_exec", spied)
    patch.setattr(writer, "write", deadly)


def test_the_same_command_finishes_an_import_that_was_killed(
    app: App, numbers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with executed(), monkeypatch.context() as patch:
        kill_reader(app, patch, after=1)
        code, out, err = app.run("dnc", "import", str(numbers))
        assert code == 5 and not out and says(err, "import_ended")
    assert len(stored(app.site.database, NUMBERS)) == 500 and left_files(app) == []
    told = json.loads(app.run("dnc", "import", str(numbers), "--json")[1])
    assert (told["created"], told["there"], told["rejected"]) == (MANY + 1 - 500, 501, 2)
    assert len(stored(app.site.database, NUMBERS)) == MANY + 1


def test_an_import_can_be_ended(app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(remote_import, "time", SimpleNamespace(sleep=interrupt))
    for kind in KINDS:
        code, _, err = app.run(*kind.words, str(file_of(kind, tmp_path)))
        assert code == 130 and import_progress.GO_ON in err and left_files(app) == []


def test_a_local_import_that_was_interrupted_says_how_to_go_on(
    app: App, numbers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches, database = dnc_import.batches, Path(app.site.database)

    def interrupted(*given: Any, **more: Any) -> Any:
        yield next(iter(batches(*given, **more)))
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(dnc_import, "batches", interrupted)
        code, _, err = app.run_here("dnc", "import", str(numbers))
    assert code == 130 and import_progress.GO_ON in err
    count = len(stored(database, NUMBERS))
    assert 0 < count < MANY
    out = app.run_here("dnc", "import", str(numbers))[1]
    assert out.startswith(f"{MANY + 1 - count} put on the list, {count + 1} there already, 2 rejected\n")


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
    assert stored(app.site.database) == before and left_files(app) == []


WRONG_LEADS: tuple[dict[str, Any], ...] = (
    {"phone_number": "7275551212; DROP"},
    {"first_name": "Ada"},
    {"phone_number": "7275551212", "user": "u" * 41},
    {"phone_number": "7275551212", "entry_date": 1},
    {"phone_number": "7275551212", "called_count": "3"},
    {"phone_number": "7275551212", "first_name": "x" * 101},
    {"phone_number": "7275551212", "rank": "high"},
    {"phone_number": 7275551212},
)
WRONG_NUMBERS = ("+17275551212", "727555121x", "1", "7" * 19, "", "727 5551212")


def test_the_call_process_checks_each_row_again(demo_database: Path) -> None:
    path = str(demo_database)
    for lead in WRONG_LEADS:
        with pytest.raises(OptionError):
            lead_batches.insert(path, "998", [lead], USUAL_RULE, 0, "test")
            raise AssertionError(lead)
    for number in WRONG_NUMBERS:
        with pytest.raises(OptionError):
            dnc_import.insert(path, ["7275550001", number], "", "test", "")
            raise AssertionError(number)
    with refused(NotFound, "entity_unknown"):
        dnc_import.insert(path, ["7275550001"], "NOWHERE", "test", "")
    assert stored(path, NUMBERS) == []


def test_a_batch_fits_into_a_message_to_the_call_process() -> None:
    largest = json.dumps({"a": "x" * (custom_fields.LARGEST - 9)})
    for sign, own in ((sign, own) for sign in ("x", "é", "𝄞") for own in ("{}", largest)):
        texts = {name: sign * most for name, most in TEXTS.items() if name != "phone_number"} | {"custom_fields": own}
        leads = [EMPTY | texts | {"phone_number": str(7275550000 + n)} for n in range(450)]
        batches = list(import_reader.in_batches(iter(leads)))
        order = [lead["phone_number"] for batch in batches for lead in batch]
        assert order == [lead["phone_number"] for lead in leads]
        for batch in batches:
            assert len(msgspec.msgpack.encode(AddLeads("998", batch))) < LARGEST_WRITE and len(batch) <= LEADS_AT_ONCE
    assert max(map(len, import_reader.in_batches({"phone_number": "1"} for _ in range(500)))) == 200
    numbers = AddDncNumbers(["7" * 18] * import_reader.NUMBERS_AT_ONCE, "X" * 20, "𝄞" * 200)
    assert len(msgspec.msgpack.encode(numbers)) < LARGEST_WRITE and import_reader.NUMBERS_AT_ONCE <= LEADS_AT_ONCE
