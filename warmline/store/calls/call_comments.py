"""Comments of supervisors and managers on calls. A comment can mark its call, so that a search finds the call."""

import time
from pathlib import Path

from warmline.options.values.entity import OptionError
from warmline.options.values.option_types import nearest
from warmline.store.database.errors import Conflict, NotFound, unknown_call
from warmline.store.database.reading import reading, rows
from warmline.store.database.writing import writing
from warmline.text.printable import without_controls

MARKS = ("coaching", "praise", "complaint", "followup")
LONGEST = 2000  # characters of a comment
MOST = 100  # comments on a call; the page and the story show them all

OF_CALL = """
    SELECT call_comment.*, ifnull((
        SELECT full_name FROM user WHERE user.id = replace("by", 'user:', '')
    ), '') AS full_name
    FROM call_comment WHERE call = :call ORDER BY at, id
"""
ONE = "SELECT * FROM call_comment WHERE id = :number AND call = :call"
KNOWN = "SELECT id FROM call WHERE id = :call UNION ALL SELECT id FROM fallback WHERE id = :call"
COUNT = "SELECT count(*) FROM call_comment WHERE call = ?"
ADD = 'INSERT INTO call_comment (call, at, "by", mark, comment) VALUES (?, ?, ?, ?, ?) RETURNING id'
DELETE = "DELETE FROM call_comment WHERE id = ? AND call = ?"


def add(path: str | Path, call: str, comment: str, mark: str = "", *, who: str) -> int:
    """Write a comment on the call with this id, and return the comment's number.

    Raises OptionError (comment, mark), NotFound (call), Conflict (the call has too many), StoreError.
    """
    comment = checked(comment, mark)
    with writing(path) as db:
        if db.execute(KNOWN, {"call": call}).fetchone() is None:
            raise unknown_call(call)
        if db.execute(COUNT, (call,)).fetchone()[0] >= MOST:
            raise Conflict(
                "comments_full",
                "call {call} has {most} comments, the most that a call can have; delete one, then write the new one",
                call=call,
                most=MOST,
            )
        written = db.execute(ADD, (call, time.time_ns() // 1000, who, mark, comment)).fetchone()
        return int(written[0])


def author(path: str | Path, call: str, number: int) -> str:
    """Return the user who wrote a comment. Raises NotFound, StoreError."""
    with reading(path) as db:
        found = rows(db, ONE, number=number, call=call)
    if not found:
        raise unknown_comment(call, number)
    return str(found[0]["by"])


def delete(path: str | Path, call: str, number: int) -> None:
    """Delete a comment of a call. Raises NotFound, StoreError."""
    with writing(path) as db:
        if not db.execute(DELETE, (number, call)).rowcount:
            raise unknown_comment(call, number)


def checked(comment: str, mark: str) -> str:
    """Return a comment without blank space around it. Raises OptionError for a wrong comment or mark."""
    if mark and mark not in MARKS:
        raise OptionError(
            "mark_unknown",
            "mark: {mark!r} is not a mark; {allowed}",
            mark=mark,
            allowed=nearest(mark, MARKS) or f"allowed: {', '.join(MARKS)}",
        )
    comment = comment.strip()
    if len(comment) > LONGEST or without_controls(comment) != comment:
        raise OptionError(
            "comment_invalid",
            "comment: allowed are at most {longest} characters, with line breaks and without other control characters",
            longest=LONGEST,
        )
    if not comment and not mark:
        raise OptionError("comment_empty", "comment: give a text, or a mark: {marks}", marks=", ".join(MARKS))
    return comment


def unknown_comment(call: str, number: int) -> NotFound:
    """Return the error for a comment that the call does not have."""
    return NotFound(
        "comment_unknown",
        "call {call} has no comment {number}; to list them: warmline audit call {call}",
        call=call,
        number=number,
    )
