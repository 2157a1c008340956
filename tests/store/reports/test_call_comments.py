"""Comments on calls in the database: what they may be, the story and the search that have them."""

import asyncio
from pathlib import Path

import pytest

from tests.store.records import CALL, TAKEN, entry
from tests.wording.said import refused
from warmline.store.calls import call_comments, call_story
from warmline.store.calls.call_comments import MARKS
from warmline.store.database.errors import NotFound
from warmline.store.journal.journal_writer import JournalWriter
from warmline.store.reports import calls
from warmline.store.reports.call_filter import CallFilter

NOW = 1000


@pytest.fixture
def database(db: Path) -> Path:
    """A call of the app, and one that only the fallback had."""

    async def write() -> None:
        journal = JournalWriter(db)
        journal.open()
        await journal.record([entry(100, (CALL, False)), entry(400, (TAKEN, False), call=TAKEN.call)])
        journal.close()

    asyncio.run(write())
    return db


def found(database: Path, mark: str = "") -> dict[str, str | None]:
    rows = calls.calls(database, CallFilter(start=0, end=NOW, mark=mark), NOW)
    whole = {row["call"]: row["marks"] for row in rows}
    page = calls.page(database, CallFilter(start=0, end=NOW, mark=mark), NOW, 10)
    assert {row["call"]: row["marks"] for row in page} == whole
    return whole


def test_a_comment_is_in_the_story_and_its_mark_in_the_search(database: Path) -> None:
    first = call_comments.add(database, CALL.id, "  Ask first.\nThen write.  ", "praise", who="user:ben")
    for mark in ("coaching", "praise", ""):
        call_comments.add(database, CALL.id, "more", mark, who="user:mia")
    call_comments.add(database, TAKEN.call, "", "complaint", who="user:mia")
    told = call_story.story(database, CALL.id).comments
    assert [(one["by"], one["mark"], one["comment"]) for one in told][:2] == [
        ("user:ben", "praise", "Ask first.\nThen write."),
        ("user:mia", "coaching", "more"),
    ]
    assert found(database) == {CALL.id: "coaching praise", TAKEN.call: "complaint"}
    assert found(database, "coaching") == {CALL.id: "coaching praise"}
    assert found(database, "complaint") == {TAKEN.call: "complaint"}
    assert found(database, "followup") == {}
    assert call_comments.author(database, CALL.id, first) == "user:ben"
    call_comments.delete(database, CALL.id, first)
    assert [one["id"] for one in call_story.story(database, CALL.id).comments] == [one["id"] for one in told[1:]]


def test_a_comment_takes_a_call_and_is_deleted_from_it_alone(database: Path) -> None:
    with refused(NotFound, "call_unknown", call="01GONE"):
        call_comments.add(database, "01GONE", "x", who="ben")
    number = call_comments.add(database, CALL.id, "x", MARKS[0], who="ben")
    for act in (call_comments.delete, call_comments.author):
        with refused(NotFound, "comment_unknown", call=TAKEN.call, number=number):
            act(database, TAKEN.call, number)
