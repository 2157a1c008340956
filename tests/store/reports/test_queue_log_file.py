"""The file of queue_log lines: each line once, even if the app dies or another program moves the file."""

import asyncio
from pathlib import Path

import pytest

from ari_app.process.broadcast import Broadcast
from ari_app.workers import queue_log_file
from tests.store.busy_ingroups import SECOND, START, fill, record, wait
from tests.store.records import entry
from warmline.store.asterisk_records import queue_log as lines


@pytest.fixture
def file(db: Path) -> Path:
    """The future file, and a database with rows for it."""
    path = db.with_name("queue_log")
    queue_log_file.advance(str(db), path)
    fill(db)
    return path


def catch_up(db: Path, file: Path, most: int = 100) -> None:
    while queue_log_file.advance(str(db), file, most):
        pass


def everything(db: Path) -> str:
    found = lines.behind(db, 0, 1000).lines
    assert len(found) > 10
    return "".join(f"{line}\n" for line in found)


def test_events_before_the_file_was_configured_are_not_written(db: Path) -> None:
    fill(db)
    file = db.with_name("queue_log")
    file.write_text("of somebody else\n")
    catch_up(db, file)
    assert file.read_text() == "of somebody else\n"


def test_each_line_comes_once(db: Path, file: Path) -> None:
    catch_up(db, file)
    catch_up(db, file)
    assert file.read_text() == everything(db)
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("written", [0, 1, 30, 31, 500])
def test_a_crash_between_the_lines_and_the_mark_loses_and_doubles_nothing(db: Path, file: Path, written: int) -> None:
    """Also in the middle of a line, and with Asterisk's own lines in between."""
    begun = everything(db).encode()[:written]
    file.write_bytes(begun)
    catch_up(db, file)
    assert file.read_text() == everything(db)
    other = "1|NONE|NONE|NONE|QUEUESTART|\n"
    file.write_text(other + everything(db))
    file.with_name("queue_log.mark").write_text("0 0\n")
    catch_up(db, file)
    assert file.read_text() == other + everything(db)


def test_a_line_torn_by_others_stays_alone(db: Path, file: Path) -> None:
    file.write_text("1|NONE|NO")
    catch_up(db, file)
    assert file.read_text() == "1|NONE|NO\n" + everything(db)


def test_a_file_that_was_moved_away_is_begun_again(db: Path, file: Path) -> None:
    catch_up(db, file)
    file.rename(file.with_name("queue_log.1"))
    late = START + 2000 * SECOND
    record(db, entry(late, (wait(late, None), True)))
    catch_up(db, file)
    assert file.with_name("queue_log.1").read_text() + file.read_text() == everything(db)
    assert file.read_text()


def test_a_mark_of_another_database_or_none_at_all_begins_now(
    db: Path, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for text in ("1000 0\n", "what is this", ""):
        file.with_name("queue_log.mark").write_text(text)
        catch_up(db, file)
        assert file.with_name("queue_log.mark").read_text() == f"{lines.last(db)} 0\n"
    assert caplog.text.count("queue_log.mark is damaged: lines may be missing") == 2


def test_the_app_tells_each_commit_and_tries_again(db: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_log_file, "PACE", 0.0)
    monkeypatch.setattr(queue_log_file, "RETRY", 0.0)
    late = START + 2000 * SECOND
    advance = queue_log_file.advance
    file.mkdir()  # it cannot be written

    async def run() -> None:
        loop, committed = asyncio.get_running_loop(), Broadcast()
        looks: asyncio.Queue[str] = asyncio.Queue()

        def look(*arguments: str | Path) -> bool:
            """Run the app's step; return its result."""
            told = "failed"
            try:
                more = advance(str(arguments[0]), Path(arguments[1]))
                told = "told" if more else "nothing new"
            finally:
                loop.call_soon_threadsafe(looks.put_nowait, told)
            return more

        monkeypatch.setattr(queue_log_file, "advance", look)
        following = asyncio.create_task(queue_log_file.follow(str(db), file, committed))
        assert await looks.get() == "failed"
        await asyncio.to_thread(file.rmdir)
        while await looks.get() != "nothing new":
            pass
        await asyncio.to_thread(record, db, entry(late, (wait(late, None), True)))
        committed.ring()
        assert [await looks.get(), await looks.get()] == ["told", "nothing new"]
        following.cancel()

    asyncio.run(asyncio.wait_for(run(), 10))
    assert file.read_text() == everything(db)
