"""Comments on calls in the database: what they may be, the story and the search that have them."""

import asyncio
from pathlib import Path

import pytest

from tests.store.records import CALL, TAKEN, entry
from tests.wording.said import refused
from warmline.options.values.entity import OptionError
from warmline.store.calls import call_comments, call_story
from warmline.store.calls.call_comments import LONGEST, MARKS, MOST
from warmline.store.database.errors import Conflict, NotFound
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


@pytest.mark.parametrize(
    ("comment", "mark", "code"),
    [
        (" \n", "", "comment_empty"),
        ("x" * (LONGEST + 1), "", "comment_invalid"),
        ("a\x1b[31mb", "", "comment_invalid"),
        ("x", "coachin", "mark_unknown"),
    ],
)
def test_a_wrong_comment_is_refused(database: Path, comment: str, mark: str, code: str) -> None:
    with pytest.raises(OptionError) as error:
        call_comments.add(database, CALL.id, comment, mark, who="ben")
    assert error.value.code == code
    assert call_story.story(database, CALL.id).comments == []


def test_a_comment_takes_a_call_and_is_deleted_from_it_alone(database: Path) -> None:
    with refused(NotFound, "call_unknown", call="01GONE"):
        call_comments.add(database, "01GONE", "x", who="ben")
    number = call_comments.add(database, CALL.id, "x", MARKS[0], who="ben")
    for act in (call_comments.delete, call_comments.author):
        with refused(NotFound, "comment_unknown", call=TAKEN.call, number=number):
            act(database, TAKEN.call, number)


def test_a_call_has_a_bounded_number_of_comments(database: Path) -> None:
    numbers = [call_comments.add(database, CALL.id, "x", who="ben") for _ in range(MOST)]
    with refused(Conflict, "comments_full", call=CALL.id, most=MOST):
        call_comments.add(database, CALL.id, "one more", who="ben")
    call_comments.add(database, TAKEN.call, "another call", who="ben")
    call_comments.delete(database, CALL.id, numbers[0])
    call_comments.add(database, CALL.id, "one more", who="ben")
    assert len(call_story.story(database, CALL.id).comments) == MOST
