"""`warmline dnc import` after a login: the same numbers, counts and rejected lines as on the app's machine."""

import json
import os
import shutil
import signal
import stat
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from ari_app.http.imports import import_reader, import_run
from ari_app.http.imports.import_jobs import ImportJobs
from ari_app.link.call_control import CallProcessAway
from ari_app.records.privileged_write_types import LEADS_AT_ONCE, AddDncNumbers
from ari_app.records.remote_records import LARGEST_WRITE
from cli.leads import import_progress, remote_import
from tests.cli.app import App
from tests.cli.client.import_places import executed, here, importing_app, left
from tests.cli.far_app import log_in
from tests.http.people.people_site import PeopleSite
from tests.wording.said import refused, says
from warmline.options.values.entity import OptionError
from warmline.store.database.database import connect
from warmline.store.database.errors import NotFound
from warmline.store.leads import dnc, dnc_import

MANY = 1300  # numbers of the file, in three batches
PLAIN = "\n".join((*(f"{7275550000 + n}" for n in range(MANY)), "727 555 0009", "letters", "1", "'7275559999"))
TABLE = "name;Telefon\nAda;(727) 555-0001\nBob;7275550002\n;\nEve;\nMax;727555000x;more\n"
STORED = "SELECT phone_number, campaign, why FROM dnc ORDER BY 1, 2"


@pytest.fixture
def app(demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[App]:
    with importing_app(demo_database, tmp_path, capsys) as made:
        yield made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "robinson.csv"
    path.write_text(PLAIN)
    return path


def stored(path: str | Path) -> list[Any]:
    with connect(path) as db:
        return db.execute(STORED).fetchall()


@pytest.mark.parametrize("text", [PLAIN, TABLE], ids=["one column", "several columns"])
@pytest.mark.parametrize(
    "options",
    [(), ("--dry-run",), ("--campaign", "TESTCAMP", "--why", "list of the authority, November")],
    ids=lambda options: " ".join(options[:1]) or "plain",
)
def test_both_places_import_the_same_numbers(
    options: tuple[str, ...],
    text: str,
    app: App,
    file: Path,
    tmp_path: Path,
    demo_database: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file.write_text(text)
    other = Path(shutil.copy(demo_database, tmp_path / "other.db"))
    for path in (other, app.site.database):
        dnc.add(path, "7275550001", who="test", why="before")
    words, found = ("dnc", "import", str(file), *options), []
    for path, run in ((other, lambda *words: here(monkeypatch, app, other, *words)), (app.site.database, app.run)):
        said = run(*words)
        rejects = file.with_name("robinson.csv.rejected.csv")
        lines = rejects.read_bytes()
        assert stat.S_IMODE(rejects.stat().st_mode) == 0o600
        found.append((said, lines, run(*words, "--json"), stored(path)))
    assert found[0] == found[1]
    assert found[0][0][0] == 2 and b"line " in found[0][1]
    new = len(found[0][3]) - 1
    assert new == 0 if "--dry-run" in options else new > 0
    assert left(app) == [], "nothing stays on the app's machine"


def test_the_numbers_are_the_clients_and_the_roles_are_kept(app: App, file: Path) -> None:
    file.write_text("7275550001\n")
    assert app.run("dnc", "import", str(file))[:2] == (0, "1 put on the list, 0 there already, 0 rejected\n")
    assert [row["by"] for row in dnc.page(app.site.database)] == ["user:mia"]
    for user, role in (("anna", "agent"), ("ben", "supervisor")):
        log_in(app, user)
        code, out, err = app.run("dnc", "import", str(file))
        assert (code, out) == (5, "") and says(err, "role_missing", role=role)


def test_errors_of_a_file_of_numbers_change_nothing(app: App, file: Path, tmp_path: Path) -> None:
    assert app.run("dnc", "import", str(file), "--campaign", "NOWHERE")[0] == 3
    code, _, err = app.run("dnc", "import", str(tmp_path / "none.csv"))
    assert code == 1 and says(err, "file_unreadable", file=tmp_path / "none.csv")
    file.write_text("727,555\n")
    code, out, err = app.run("dnc", "import", str(file))
    assert code == 1 and not out and says(err, "dnc_no_number_column")
    assert app.run("dnc", "import", str(file), "--why", "x" * 201)[0] == 1
    assert stored(app.site.database) == [] and left(app) == []


def test_an_upload_of_numbers_goes_on_where_it_stopped(app: App, file: Path) -> None:
    site, data = app.site, file.read_bytes()
    assert isinstance(site, PeopleSite)
    body = {"size": len(data), "sha256": sha256(data).hexdigest()}
    begun = site.as_user("mia", "POST", "/dnc/imports", body)
    assert begun.status == 201 and (begun.body["state"], begun.body["list"]) == ("uploading", "")
    piece = {"offset": 0, "data": b64encode(data[:5000]).decode()}
    assert site.as_user("mia", "PUT", f"/imports/{begun.body['id']}", piece).body["received"] == 5000
    for path, other in (("/dnc/imports", body | {"campaign": "TESTCAMP"}), ("/lists/998/imports", body)):
        told = site.as_user("ada", "POST", path, other)
        assert (told.status, told.body["code"]) == (503, "import_runs"), "one file at a time"
        assert "the system's do-not-call list" in told.body["detail"]
    assert app.run("dnc", "import", str(file))[1].startswith(f"{MANY + 1} put on the list")
    assert site.as_user("mia", "GET", f"/imports/{begun.body['id']}").status == 404, "the same upload went on"
    for wrong in ({"campaign": 7}, {"why": "a\nb"}, {"columns": {}}):
        assert site.as_user("mia", "POST", "/dnc/imports", body | wrong).status == 422


def killed(app: App, patch: pytest.MonkeyPatch, after: int) -> None:
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
    app: App, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with executed(), monkeypatch.context() as patch:
        killed(app, patch, after=1)
        code, out, err = app.run("dnc", "import", str(file))
        assert code == 5 and not out and says(err, "import_ended")
    assert len(stored(app.site.database)) == 500 and left(app) == []
    told = json.loads(app.run("dnc", "import", str(file), "--json")[1])
    assert (told["created"], told["there"], told["rejected"]) == (MANY + 1 - 500, 501, 2)
    assert len(stored(app.site.database)) == MANY + 1


def test_an_import_of_numbers_outlives_the_call_process(app: App, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer, tries = app.site.api.privileged, list[bool]()
    write = writer.write

    async def away(wanted: Any, client: Any) -> Any:
        tries.append(isinstance(wanted, AddDncNumbers))
        if len(tries) % 2:
            raise CallProcessAway("call_process_away", "away", sent=True)
        return await write(wanted, client)

    monkeypatch.setattr(writer, "write", away)
    assert app.run("dnc", "import", str(file))[1].startswith(f"{MANY + 1} put on the list")
    assert tries == [True] * 6


def test_an_import_of_numbers_can_be_ended(app: App, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(remote_import, "time", SimpleNamespace(sleep=interrupt))
    code, _, err = app.run("dnc", "import", str(file))
    assert code == 130 and import_progress.GO_ON in err and left(app) == []


def test_a_local_import_that_was_interrupted_says_how_to_go_on(
    app: App, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches = dnc_import.batches

    def interrupted(*given: Any, **more: Any) -> Any:
        yield next(iter(batches(*given, **more)))
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(dnc_import, "batches", interrupted)
        code, _, err = here(monkeypatch, app, Path(app.site.database), "dnc", "import", str(file))
    assert code == 130 and import_progress.GO_ON in err
    some = len(stored(app.site.database))
    assert 0 < some < MANY
    out = here(monkeypatch, app, Path(app.site.database), "dnc", "import", str(file))[1]
    assert out.startswith(f"{MANY + 1 - some} put on the list, {some + 1} there already, 2 rejected\n")


@pytest.mark.parametrize("number", ["+17275551212", "727555121x", "1", "7" * 19, "", "727 5551212"])
def test_the_call_process_checks_each_number_again(demo_database: Path, number: str) -> None:
    with pytest.raises(OptionError):
        dnc_import.insert(str(demo_database), ["7275550001", number], "", "test", "")
    assert stored(demo_database) == []


def test_the_campaign_of_a_batch_of_numbers_must_exist(demo_database: Path) -> None:
    with refused(NotFound, "entity_unknown"):
        dnc_import.insert(str(demo_database), ["7275550001"], "NOWHERE", "test", "")


def test_a_batch_of_numbers_fits_into_a_message_to_the_call_process() -> None:
    batch = AddDncNumbers(["7" * 18] * import_reader.NUMBERS_AT_ONCE, "X" * 20, "𝄞" * 200)
    assert len(msgspec.msgpack.encode(batch)) < LARGEST_WRITE
    assert import_reader.NUMBERS_AT_ONCE <= LEADS_AT_ONCE


def test_an_upload_of_numbers_is_deleted_with_the_app(app: App, file: Path) -> None:
    assert isinstance(app.site, PeopleSite)
    assert app.site.as_user("mia", "POST", "/dnc/imports", {"size": 3, "sha256": "0" * 64}).status == 201
    jobs: ImportJobs = app.site.api.parts[ImportJobs]
    [one] = jobs._folder.iterdir() if jobs._folder else ()
    assert stat.S_IMODE(one.stat().st_mode) == 0o600 and stat.S_IMODE(one.parent.stat().st_mode) == 0o700
    jobs.close()
    assert not one.exists()
