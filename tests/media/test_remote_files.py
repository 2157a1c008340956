"""Recordings of another machine: the app reads, measures, converts and deletes them there, and nothing else."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from ari_app.recordings import media_answers, recording_conversion
from ari_app.recordings.file_work import FileWork
from ari_app.recordings.media_answers import MediaAnswers
from lab import configure
from tests.asterisk.test_recording_measurement import broken, write
from warmline.core.messages.recording_messages import (
    ConvertRecording,
    MeasureRecording,
    RecordingConverted,
    RecordingMeasured,
)
from warmline.store.recordings import remote_files
from warmline.store.recordings.recording_places import every_place
from warmline.store.reports import recordings
from warmline.store.reports.recording_files import RecordingFiles
from warmline.system import media_protocol
from warmline.system.settings import Settings, load

WITHIN = 20.0  # seconds for work on a busy machine
LONG = media_protocol.PIECE + 1000  # bytes of a file that takes two pieces


def settings_of(app: Path, port: int) -> Settings:
    """Return the settings of an app whose server b is at this port."""
    (app / "warmline.toml").write_text(
        f'db = "{app}/warmline.db"\nrecordings = "{app}/recordings"\n[server.b]\nari_url = "http://127.0.0.1:{port}/ari"\n'
    )
    return load({"WARMLINE_CONFIG": str(app / "warmline.toml")})


@asynccontextmanager
async def media(folder: Path) -> AsyncIterator[Settings]:
    """Serve the recordings below `folder` of another machine; provide the settings of the app."""
    app = folder / "app"
    (app / "recordings").mkdir(parents=True, exist_ok=True)
    (folder / "b").mkdir(exist_ok=True)
    if not (app / "warmline.db").exists():
        configure.fill(app / "warmline.db", [])
    async with TestServer(MediaAnswers(str(folder / "b")).application()) as server:
        yield settings_of(app, server.port or 0)


def answer_of(folder: Path, ask: Callable[[Settings], Any]) -> Any:
    """Return what `ask` returns or raises beside a server with media."""

    async def run() -> Any:
        async with media(folder) as settings:
            return await asyncio.to_thread(ask, settings)

    return asyncio.run(run())


def files(settings: Settings) -> RecordingFiles:
    return RecordingFiles(every_place(settings), settings.db)


async def results_of(settings: Settings, asked: Sequence[MeasureRecording | ConvertRecording]) -> list[Any]:
    """Return the results of the work, in the order of the pieces."""
    done = asyncio.Queue[Any]()
    work = FileWork(settings, done.put_nowait)
    parts = [asyncio.create_task(part) for part in work.parts()]
    try:
        for one in asked:
            work.take(one)
        async with asyncio.timeout(WITHIN):
            found = {result.name: result for result in [await done.get() for _ in asked]}
    finally:
        for part in parts:
            part.cancel()
        await asyncio.gather(*parts, return_exceptions=True)
    return [found[one.name] for one in asked]


def test_a_recording_is_measured_there_and_its_row_names_the_server(tmp_path: Path) -> None:
    async def measured() -> list[Any]:
        async with media(tmp_path) as settings:
            write(tmp_path / "b/R.wav", 100)
            (tmp_path / "b/cut.wav").write_bytes(broken(write(tmp_path / "whole.wav", 50)))
            return await results_of(settings, [MeasureRecording(name, server="b") for name in ("R", "cut", "none")])

    whole, cut, none = asyncio.run(measured())
    path = tmp_path / "b/R.wav"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert whole == RecordingMeasured("R", f"b:{path}", path.stat().st_size, 100, digest)
    assert (cut.path, cut.length, cut.mended) == (f"b:{tmp_path}/b/cut.wav", 50, True)
    assert none == RecordingMeasured("none", "", 0, 0, "")


def test_a_file_is_played_in_pieces_and_copied_whole(tmp_path: Path) -> None:
    content = bytes(range(256)) * (LONG // 256)

    def read(settings: Settings) -> tuple[Any, ...]:
        (tmp_path / "b/R.wav").write_bytes(content)
        path = f"b:{tmp_path}/b/R.wav"
        found, data = recordings.piece(every_place(settings), path, 256, 512)
        beyond = recordings.piece(every_place(settings), path, len(content) + 7, 512)[1]
        with files(settings).open(path) as copy:
            whole = copy.read()
        return found.name, found.size, data, beyond, whole, files(settings).size(path), files(settings).sha256(path)

    name, size, data, beyond, whole, told, digest = answer_of(tmp_path, read)
    assert (name, size, told) == ("R.wav", len(content), len(content))
    assert (data, beyond, whole == content) == (content[256:768], b"", True)
    assert digest == hashlib.sha256(content).hexdigest()


def test_a_deleted_file_is_gone_and_may_be_deleted_again(tmp_path: Path) -> None:
    def delete(settings: Settings) -> list[bool]:
        (tmp_path / "b/R.wav").write_bytes(b"talk")
        row = {"path": f"b:{tmp_path}/b/R.wav", "converted_path": f"b:{tmp_path}/b/R.flac"}
        return [files(settings).delete(row), (tmp_path / "b/R.wav").exists(), files(settings).delete(row)]

    assert answer_of(tmp_path, delete) == [True, False, True]


@pytest.mark.parametrize("name", ["../app/secret.wav", "x/../../app/secret.wav", "link.wav", "\0"])
def test_files_outside_the_folder_stay_closed(tmp_path: Path, name: str) -> None:
    secret = tmp_path / "app/secret.wav"

    def attack(settings: Settings) -> list[type[Exception]]:
        write(secret, 10)
        (tmp_path / "b/link.wav").symlink_to(secret)
        found = []
        path = f"b:{tmp_path}/b/{name}"
        for ask in (files(settings).open, files(settings).size, files(settings).sha256):
            try:
                ask(path)
            except OSError as error:
                found.append(type(error))
        files(settings).delete({"path": path, "converted_path": ""})
        return found

    found = answer_of(tmp_path, attack)
    assert len(found) == 3 and set(found) <= {PermissionError, OSError}
    assert secret.exists()


def test_a_name_outside_the_folder_gets_no_work(tmp_path: Path) -> None:
    def attack(settings: Settings) -> None:
        before = write(tmp_path / "app/secret.wav", 10)[:40] + bytes(4)
        (tmp_path / "app/secret.wav").write_bytes(before)
        server = every_place(settings).servers["b"]
        for name in ("../app/secret", str(tmp_path / "app/secret")):
            for ask in (partial(server.measured, name), partial(server.converted, name, "flac")):
                with pytest.raises(PermissionError):
                    ask()
        assert (tmp_path / "app/secret.wav").read_bytes() == before

    answer_of(tmp_path, attack)


def test_a_conversion_names_the_new_file_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "b/R.wav", 100)
    copy = ["sh", "-c", 'cp "$0" "$1"']
    monkeypatch.setattr(
        recording_conversion.recording_formats,
        "commands",
        lambda _, source, target: [[*copy, str(source), str(target)]],
    )

    async def converted() -> list[Any]:
        async with media(tmp_path) as settings:
            return await results_of(settings, [ConvertRecording(name, "flac", server="b") for name in ("R", "none")])

    done, failed = asyncio.run(converted())
    path = tmp_path / "b/R.flac"
    assert (done.path, done.bytes, done.cause) == (f"b:{path}", path.stat().st_size, "")
    assert (failed.path, failed.bytes) == ("", 0) and failed.cause


def test_an_app_that_asks_again_waits_for_the_conversion_in_progress(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first app was killed. Two conversions would write one file, and one would name half of the other."""
    begun, asked, may_end = list[str](), asyncio.Queue[str](), asyncio.Event()

    async def converted(_: Path, name: str, form: str) -> RecordingConverted:
        begun.append(name)
        await may_end.wait()
        return RecordingConverted(name, f"/{name}.{form}", 8, "abc")

    def conversion(name: str, form: str) -> "asyncio.Task[RecordingConverted]":
        asked.put_nowait(name)
        return made(name, form)

    monkeypatch.setattr(media_answers, "converted", converted)
    answers = MediaAnswers(str(tmp_path))
    made = answers._conversion
    monkeypatch.setattr(answers, "_conversion", conversion)
    headers = {media_protocol.VERSION_HEADER: media_protocol.VERSION}

    async def main() -> None:
        async with TestServer(answers.application()) as server, ClientSession(headers=headers) as client:
            url = server.make_url(f"{media_protocol.CONVERT}?name=R&format=flac")
            first = asyncio.create_task(client.post(url))
            await asked.get()
            first.cancel()
            second = asyncio.create_task(client.post(url))
            await asked.get()
            may_end.set()
            answer = await (await second).json()
            assert (answer["path"], begun) == ("/R.flac", ["R"])
            await (await client.post(url)).read()
        assert begun == ["R", "R"], "a conversion that has ended is made again"

    asyncio.run(main())


def test_a_program_of_another_version_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(settings: Settings) -> None:
        server = every_place(settings).servers["b"]
        monkeypatch.setattr(remote_files.media_protocol, "VERSION", "0")
        headers = server._headers()
        monkeypatch.undo()
        monkeypatch.setattr(server, "_headers", lambda: headers)
        server.delete(f"{tmp_path}/b/R.wav")

    with pytest.raises(
        OSError, match="version 0 of these requests, and this server 2; install the same Warmline on both"
    ):
        answer_of(tmp_path, ask)


def test_a_server_that_is_away_delays_a_sweep_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file is kept, and only the first one waits for the network."""
    settings = answer_of(tmp_path, lambda settings: settings)  # the server has ended
    place, tried = files(settings), []
    connect = remote_files.RemoteFiles._connection

    def counted(server: remote_files.RemoteFiles, within: float) -> Any:
        tried.append(within)
        return connect(server, within)

    monkeypatch.setattr(remote_files.RemoteFiles, "_connection", counted)
    rows = [{"path": f"b:/R{number}.wav", "converted_path": ""} for number in range(50)]
    assert not any(place.delete(row) for row in rows)
    assert len(tried) == 1


def test_a_server_that_never_answers_delays_no_other(tmp_path: Path) -> None:
    """All other work of the process shares one thread here."""
    write(tmp_path / "app/recordings/R.wav", 10)

    came = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        came.set()
        await reader.read()

    async def measured() -> Any:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
        async with media(tmp_path):
            server = await asyncio.start_server(silent, "127.0.0.1", 0)
            frozen = settings_of(tmp_path / "app", server.sockets[0].getsockname()[1])
            done = asyncio.Queue[Any]()
            work = FileWork(frozen, done.put_nowait)
            parts = [asyncio.create_task(part) for part in work.parts()]
            work.take(MeasureRecording("B", server="b"))
            await came.wait()
            work.take(MeasureRecording("R"))
            async with asyncio.timeout(WITHIN):
                found = await done.get()
            for one in (*parts, *asyncio.all_tasks() - {asyncio.current_task(), *parts}):
                one.cancel()
            server.close()
            return found

    found = asyncio.run(measured())
    assert found.path == str(tmp_path / "app/recordings/R.wav")
