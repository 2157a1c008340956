"""The audio of recordings: whole, in pieces, for tokens with the scope alone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import ClientError

from ari_app.link import recording_audio
from ari_app.link.counted_threads import CountedThreads
from ari_app.link.recording_audio import PIECE
from tests.http.json_site import JsonSite
from warmline.store.configuration import config
from warmline.store.database.database import connect

READS = "r" * 43
ROW = "INSERT INTO recording VALUES (?, 'C1', 'call', '', '1000', 1, 1, 2, 'kept', '', ?, 0, 0, '', ?, 0, '')"


@pytest.fixture
def site(new_database: Path, tmp_path: Path) -> Iterator[JsonSite]:
    database = Path(shutil.copy(new_database, tmp_path / "warmline.db"))
    config.create(database, "api-token", "player", {"scopes": "recordings:read", "token": READS}, who="test")
    made = JsonSite(database, tmp_path)
    (tmp_path / "recordings").mkdir()
    yield made
    made.close()


def add(site: JsonSite, folder: Path, name: str, data: bytes) -> None:
    file = folder / "recordings" / f"{name}.wav"
    file.write_bytes(data)
    with connect(site.database) as db:
        db.execute(ROW, [name, str(file), ""])


def fetched(site: JsonSite, name: str, token: str = READS) -> tuple[int, dict[str, str], bytes]:
    async def fetch() -> tuple[int, dict[str, str], bytes]:
        headers = {"Authorization": f"Bearer {token}"}
        async with site.client.get(f"/api/v1/recordings/{name}", headers=headers) as answer:
            return answer.status, dict(answer.headers), await answer.read()

    return site.do(fetch())


def test_a_recording_is_sent_whole(site: JsonSite, tmp_path: Path) -> None:
    data = bytes(range(256)) * 1024 + b"end"
    add(site, tmp_path, "A_1", data)
    status, headers, body = fetched(site, "A_1")
    assert (status, body == data, len(data) > 3 * PIECE) == (200, True, True)
    assert headers["Content-Type"] in ("audio/x-wav", "audio/wav") and headers["Cache-Control"] == "no-store"
    add(site, tmp_path, "empty", b"")
    assert fetched(site, "empty")[2] == b""


async def _full(threads: CountedThreads, *_: object) -> None:
    raise threads._full(recording_audio.WAITING)


def test_other_programs_get_problems(site: JsonSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(site, tmp_path, "A_1", b"said")
    local = site.ask("GET", "/recordings/A_1")
    assert (local.status, local.body["code"]) == (403, "recording_needs_token")
    assert site.ask("GET", "/recordings/A_2", token=READS).body["code"] == "recording_unknown"
    (tmp_path / "recordings/A_1.wav").unlink()
    assert site.ask("GET", "/recordings/A_1", token=READS).body["code"] == "recording_unreadable"
    monkeypatch.setattr(CountedThreads, "run", _full)
    busy = site.ask("GET", "/recordings/A_1", token=READS)
    assert (busy.status, busy.headers["Retry-After"]) == (503, "1")


def test_a_file_that_becomes_shorter_is_not_taken_for_whole(site: JsonSite, tmp_path: Path) -> None:
    add(site, tmp_path, "A_1", bytes(PIECE * 2))
    read = site.api.audio.piece

    async def cut(recording: str, token: str, offset: int) -> recording_audio.AudioPiece:
        piece = await read(recording, token, offset)
        (tmp_path / "recordings/A_1.wav").write_bytes(b"")
        return piece

    object.__setattr__(site.api, "audio", type("Cut", (), {"piece": staticmethod(cut)}))
    with pytest.raises(ClientError, match=r"payload|disconnect|closed"):
        fetched(site, "A_1")
