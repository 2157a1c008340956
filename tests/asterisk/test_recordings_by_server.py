"""Recordings of several servers: each has its folder, and all that reads or deletes files knows each of them."""

import asyncio
from pathlib import Path

import pytest

from ari_app.link.work_requests import WorkResult
from ari_app.workers.journal_follower import JournalFollower
from ari_app.workers.workers import Workers
from lab import configure
from tests.asterisk.test_recording_measurement import write
from warmline.core.messages.recording_messages import MeasureRecording, RecordingMeasured
from warmline.store.recordings.recording_places import every_place
from warmline.store.reports.recording_files import RecordingFiles, open_inside
from warmline.system.settings import Settings, load

WITHIN = 20.0  # seconds for a measurement on a busy machine


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Provide settings with the folders `main` and `b`, each with a recording of its own, and a database."""
    for name in ("main", "b", "elsewhere"):
        (tmp_path / name).mkdir()
        write(tmp_path / name / f"R-{name}.wav", 10)
    configure.fill(tmp_path / "warmline.db", [])
    (tmp_path / "warmline.toml").write_text(
        f'db = "{tmp_path}/warmline.db"\nrecordings = "{tmp_path}/main"\nrun = "{tmp_path}"\n'
        f'[server.b]\nari_url = "http://127.0.0.1:1/ari"\nrecordings = "{tmp_path}/b"\n'
        '[server.c]\nari_url = "http://127.0.0.1:2/ari"\n'
    )
    return load({"WARMLINE_CONFIG": str(tmp_path / "warmline.toml")})


async def measured(settings: Settings, asked: list[MeasureRecording]) -> dict[str, str]:
    """Return the paths of measured recordings, by their names."""
    done = asyncio.Queue[WorkResult]()
    workers = Workers(settings, done.put_nowait, JournalFollower())
    parts = [asyncio.create_task(part) for part in workers.parts()]
    try:
        for one in asked:
            workers.take(one)
        async with asyncio.timeout(WITHIN):
            found = [await done.get() for _ in asked]
    finally:
        for part in parts:
            part.cancel()
        await asyncio.gather(*parts, return_exceptions=True)
    return {one.name: one.path for one in found if isinstance(one, RecordingMeasured)}


def test_a_file_is_measured_in_the_folder_of_its_server(settings: Settings, tmp_path: Path) -> None:
    asked = [
        MeasureRecording("R-b", server="b"),
        MeasureRecording("R-main"),
        MeasureRecording("R-b"),
        MeasureRecording("R-main", server="gone"),
    ]
    first = asyncio.run(measured(settings, asked[:2]))
    assert first == {"R-b": f"{tmp_path}/b/R-b.wav", "R-main": f"{tmp_path}/main/R-main.wav"}
    second = asyncio.run(measured(settings, asked[2:]))
    assert second == {"R-b": "", "R-main": f"{tmp_path}/main/R-main.wav"}


def test_files_of_each_server_are_read_and_deleted_and_no_others(settings: Settings, tmp_path: Path) -> None:
    places = every_place(settings)
    assert places.folders == (f"{tmp_path}/main", f"{tmp_path}/b") and list(places.servers) == ["c"]
    files = RecordingFiles(places, settings.db)
    for name in ("main", "b"):
        path = f"{tmp_path}/{name}/R-{name}.wav"
        with files.open(path) as mine, open_inside(places, path) as same:
            assert mine.read(4) == same.read(4) == b"RIFF"
        assert files.delete({"path": path, "converted_path": ""}) and not Path(path).exists()
    outside = f"{tmp_path}/elsewhere/R-elsewhere.wav"
    with pytest.raises(PermissionError, match=f"not in {tmp_path}/main or {tmp_path}/b"):
        files.open(outside).close()
