"""The audio of recordings: whole, in pieces, for tokens with the scope alone."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from aiohttp import ClientError

from ari_app.process.counted_threads import CountedThreads
from ari_app.records import recording_audio
from ari_app.records.recording_audio import PIECE
from tests.http.json_site import JsonSite
from warmline.store.configuration import config
from warmline.store.database.database import connect

READS = "r" * 43
ROW = (
    "INSERT INTO recording "
    "VALUES (?, 'C1', 'call', '', '1000', 1, 1, 2, 'kept', '', ?, 0, 0, '', ?, 0, '', '', 0, 'main')"
)


@pytest.fixture(scope="module")
def database_of_player(new_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Provide a database with a token that reads recordings, to be copied."""
    database = Path(shutil.copy(new_database, tmp_path_factory.mktemp("player") / "warmline.db"))
    config.create(database, "api-token", "player", {"scopes": "recordings:read", "token": READS}, who="test")
    return database


@pytest.fixture
def site(database_of_player: Path, tmp_path: Path) -> Iterator[JsonSite]:
    made = JsonSite(tmp_path / "warmline.db", tmp_path, source=database_of_player)
    (tmp_path / "recordings").mkdir()
    yield made
    made.close()


def add(site: JsonSite, folder: Path, name: str, data: bytes) -> None:
    file = folder / "recordings" / f"{name}.wav"
    file.write_bytes(data)
    with connect(site.database) as db:
        db.execute(ROW, [name, str(file), ""])


def fetched(
    site: JsonSite, name: str, token: str = READS, method: str = "GET", **sent: str
) -> tuple[int, Mapping[str, str], bytes]:
    async def fetch() -> tuple[int, Mapping[str, str], bytes]:
        headers = {"Authorization": f"Bearer {token}"} | {one.replace("_", "-"): text for one, text in sent.items()}
        async with site.client.request(method, f"/api/v1/recordings/{name}", headers=headers) as answer:
            return answer.status, answer.headers, await answer.read()

    return site.do(fetch())


def test_a_recording_is_sent_whole(site: JsonSite, tmp_path: Path) -> None:
    data = bytes(range(256)) * 1024 + b"end"
    add(site, tmp_path, "A_1", data)
    status, headers, body = fetched(site, "A_1")
    assert (status, body == data, len(data) > 3 * PIECE) == (200, True, True)
    assert headers["Content-Type"] in ("audio/x-wav", "audio/wav") and headers["Cache-Control"] == "no-store"
    add(site, tmp_path, "empty", b"")
    assert fetched(site, "empty")[2] == b""


DATA = bytes(range(256)) * 1024 + b"end"
SIZE = len(DATA)
RANGES = {
    "bytes=0-0": DATA[:1],
    "bytes=100-199999": DATA[100:200_000],
    "bytes=262144-": DATA[262_144:],
    "bytes=-3": b"end",
    f"bytes=-{SIZE + 5}": DATA,
    f"bytes=5-{SIZE + 5}": DATA[5:],
    "Bytes=7-8": DATA[7:9],
}


@pytest.mark.parametrize("wanted", RANGES)
def test_a_range_of_a_recording_is_sent(wanted: str, site: JsonSite, tmp_path: Path) -> None:
    add(site, tmp_path, "A_1", DATA)
    status, headers, body = fetched(site, "A_1", Range=wanted)
    start = DATA.index(RANGES[wanted]) if wanted != "bytes=-3" else SIZE - 3
    assert (status, body == RANGES[wanted]) == (206, True)
    assert headers["Content-Range"] == f"bytes {start}-{start + len(body) - 1}/{SIZE}"


@pytest.mark.parametrize("wanted", ["", "bytes", "bytes=-", "bytes=5-4", "bytes=0-1,3-4", "lines=0-1", "bytes=x-1"])
def test_a_range_that_is_none_is_ignored(wanted: str, site: JsonSite, tmp_path: Path) -> None:
    add(site, tmp_path, "A_1", DATA)
    status, headers, body = fetched(site, "A_1", Range=wanted)
    assert (status, len(body), headers["Accept-Ranges"]) == (200, SIZE, "bytes")


@pytest.mark.parametrize("wanted", [f"bytes={SIZE}-", "bytes=999999999-999999999", "bytes=-0"])
def test_a_range_behind_the_end_is_refused(wanted: str, site: JsonSite, tmp_path: Path) -> None:
    add(site, tmp_path, "A_1", DATA)
    told = site.ask("GET", "/recordings/A_1", token=READS, Range=wanted)
    assert (told.status, told.body["code"]) == (416, "range_outside_file")
    assert told.headers["Content-Range"] == f"bytes */{SIZE}"


def test_a_part_of_a_changed_file_is_not_joined_to_an_old_part(site: JsonSite, tmp_path: Path) -> None:
    add(site, tmp_path, "A_1", DATA)
    tag = fetched(site, "A_1")[1]["ETag"]
    assert fetched(site, "A_1", Range="bytes=5-6", If_Range=tag)[0] == 206
    (tmp_path / "recordings/A_1.wav").write_bytes(DATA + b".")
    status, headers, body = fetched(site, "A_1", Range="bytes=5-6", If_Range=tag)
    assert (status, len(body), headers["ETag"] == tag) == (200, SIZE + 1, False)


def test_a_range_without_the_first_byte_is_logged_once(
    site: JsonSite, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "warmline.api")
    add(site, tmp_path, "A_1", DATA)
    for wanted in ("bytes=1-", "bytes=2-", "bytes=-3"):
        assert fetched(site, "A_1", Range=wanted)[0] == 206
    assert caplog.text.count("reads recording A_1") == 1


def test_head_tells_about_the_file_and_its_name(
    site: JsonSite, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "warmline.api")
    add(site, tmp_path, "A_1", DATA)
    status, headers, body = fetched(site, "A_1", method="HEAD")
    assert (status, headers["Content-Length"], body) == (200, str(SIZE), b"")
    assert headers["Content-Disposition"] == 'inline; filename="A_1.wav"'
    assert "reads recording" not in caplog.text
    assert fetched(site, "A_1", method="HEAD", Range="bytes=-3")[1]["Content-Length"] == "3"
    assert fetched(site, "NONE", method="HEAD")[0] == 404
    add(site, tmp_path, "Ü 1", DATA)
    name = fetched(site, "Ü 1", method="HEAD")[1]["Content-Disposition"]
    assert name == "inline; filename=\"__1.wav\"; filename*=UTF-8''%C3%9C%201.wav"


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

    async def cut(recording: str, token: str, offset: int, most: int) -> recording_audio.AudioPiece:
        piece = await read(recording, token, offset, most)
        if most:
            (tmp_path / "recordings/A_1.wav").write_bytes(b"")
        return piece

    object.__setattr__(site.api, "audio", type("Cut", (), {"piece": staticmethod(cut)}))
    with pytest.raises(ClientError, match=r"payload|disconnect|closed"):
        fetched(site, "A_1")
