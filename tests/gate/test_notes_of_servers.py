"""The notes of scripts on another machine: failed scripts are fetched, and an erasure tells what it cannot reach."""

import asyncio
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ari_app.gate import spool_notes
from ari_app.servers import note_fetch
from cli.main import main
from tests.cli.command_line import Run
from tests.gate.gate_site import PASSWORD, USER, gate_site
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.store.agi import failed_scripts
from warmline.store.database import leader_epoch
from warmline.store.privacy import remote_notes
from warmline.system import gate_protocol

NOTE, NUMBER = "01M7W0SYD3KRP8EZM7S5B7TNR1", "4930123456"


async def test_failed_scripts_of_another_machine_are_told_here_once(tmp_path: Path) -> None:
    there, here = tmp_path / "spool", tmp_path / "here"
    there.mkdir()
    here.mkdir()
    failed_scripts.keep("route", "KeyError: 'x'", "trace", NUMBER, str(there))
    async with gate_site(tmp_path) as site:
        gate = (await site.client(1)).gate_connections()
        answer = await gate.request("GET", gate_protocol.NOTES)
        failed_scripts.keep("route", "later", "trace", NUMBER, str(there))  # after the first ones were set aside
        for _ in range(3):
            await note_fetch.fetch(gate, str(here), "b")
        gate.close()
    assert NUMBER in json.loads(answer.body)[failed_scripts.NAME]
    found = [(note.script, note.reason) for note in failed_scripts.read(here, 0)]
    assert found == [("route on server b", "KeyError: 'x'"), ("route on server b", "later")]
    assert list(there.iterdir()) == []


async def test_notes_without_a_name_keep_no_other_note_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_protocol, "NOTES_MOST", 2)
    (tmp_path / "spool").mkdir()
    for number in range(3):
        (tmp_path / f"spool/0-{number}.json").write_text("{}")
        (tmp_path / f"spool/0{number}.json").write_text("x" * (spool_notes.LARGEST + 1))
    (tmp_path / "spool" / f"{NOTE}.json").write_text("{}")
    async with gate_site(tmp_path) as site:
        gate = (await site.client(1)).gate_connections()
        assert json.loads((await gate.request("GET", gate_protocol.NOTES)).body) == {f"{NOTE}.json": "{}"}
        gate.close()


@pytest.fixture
def run(
    demo_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], Run]:
    """Return a command line of an app with the server b at an address. Its records have a call of NUMBER."""
    database = Path(shutil.copy(demo_database, tmp_path))
    driver = RecordedDriver(database)
    driver.asterisk.come_in("one", "ingroup", "SALESLINE", number=NUMBER)
    driver.pump()
    driver.hang_up("one")
    driver.close()
    leader_epoch.begin_next(database)
    (tmp_path / "here").mkdir()
    monkeypatch.setattr(remote_notes, "FETCHED_WITHIN", 0.1)

    def at(url: str) -> Run:
        text = f'db = "{database}"\nspool = "{tmp_path}/here"\nrecordings = "{tmp_path}"\n'
        table = f'[server.b]\nari_url = "{url}"\nari_user = "{USER}"\nari_password = "{PASSWORD}"\n'
        (tmp_path / "warmline.toml").write_text(text + table)
        monkeypatch.setenv("WARMLINE_CONFIG", str(tmp_path / "warmline.toml"))

        def go(*arguments: str) -> tuple[int, str, str]:
            with pytest.raises(SystemExit) as ended:
                main(arguments)
            out, err = capsys.readouterr()
            return int(ended.value.code or 0), out, err

        return go

    return at


def test_an_erasure_names_a_note_that_waits_on_another_machine(run: Callable[[str], Run], tmp_path: Path) -> None:
    (tmp_path / "b/spool").mkdir(parents=True)
    (tmp_path / f"b/spool/{NOTE}.json").write_text(json.dumps({"call": NOTE, "number": NUMBER}))
    spoken_texts = [tmp_path / place / "speech" for place in ("b/spool", "here")]
    for folder in spoken_texts:
        folder.mkdir(parents=True)
        (folder / "text.wav").touch()

    async def both() -> tuple[tuple[int, str, str], tuple[int, str, str]]:
        async with gate_site(tmp_path / "b") as site:
            command = "privacy", "erase", NUMBER, "--yes"
            first = await asyncio.to_thread(run(site.gate.url), *command)
            gate = (await site.client(1)).gate_connections()
            await note_fetch.fetch(gate, str(tmp_path / "here"), "b")
            gate.close()
            return first, await asyncio.to_thread(run(site.gate.url), *command)

    (code, _, told), (again, _, error) = asyncio.run(both())
    assert code == 1
    assert f"b:{NOTE}.json waits until the app fetches it: start Warmline, and do this again" in told
    assert (again, error) == (0, "")
    assert not any([*folder.iterdir()] for folder in spoken_texts)
    assert NUMBER not in (tmp_path / f"here/{NOTE}.json").read_text()


@pytest.mark.parametrize(
    ("command", "ends"),
    [(("erase", NUMBER, "--yes"), 1), (("export", NUMBER), 1), (("erase", "4930999000", "--yes"), 3)],
    ids=["erase", "export", "erase a number that is on no record here"],
)
def test_a_server_that_is_away_is_named(run: Callable[[str], Run], command: tuple[str, ...], ends: int) -> None:
    code, _, error = run("http://127.0.0.1:9/ari")("privacy", *command)
    assert code == ends and "the notes of scripts on server b are left out" in error
