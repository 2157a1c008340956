"""The word of a script that promises a callback: a note in the spool, which the app copies into the journal.

Only the app writes callbacks, because it owns the journal. The note waits while the app is stopped.
"""

import os
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from warmline.agi import new_id, spool
from warmline.core.messages.commands import NUMBER, TextForm
from warmline.core.messages.values.callback import Callback
from warmline.options.option_table import ENTITIES
from warmline.store.agi.callback_notes import FOLDER
from warmline.store.configuration import config_rows
from warmline.store.database.reading import reading
from warmline.system import settings
from warmline.text import written_time
from warmline.text.coded_error import CodedError

AUTHOR = "script"
COMMENTS_FORM = TextForm(r"[^\x00-\x1f\x7f]*", 200, "after six")


class CallbackError(CodedError, ValueError):
    """A number, time or comment that cannot be part of a callback."""


def make_callback(
    number: str,
    at: str | datetime,
    *,
    agent: str = "",
    ingroup: str = "",
    campaign: str = "",
    comments: str = "",
    call: str = "",
) -> str:
    """Promise a callback to a number, and return its id. The app lists it about one second later.

    `at` is a future time: a `datetime` with a zone, or a text such as `18:05`, `monday 9:00` or `+2h` in the setting
    timezone. `agent` makes the callback; '' lets any agent make it. `comments` has at most 200 characters. `call` is
    the id of the call in which it was promised, WARMLINE_CALL.

    Raises CodedError if a value is not allowed, or an agent, in-group or campaign does not exist. Raises OSError if
    the note cannot be written.
    """
    known = settings.load(servers=False)
    now = time.time_ns() // 1000
    due = _compute_due_us(at, _load_zone(str(known.db), agent=agent, ingroup=ingroup, campaign=campaign), now)
    _check_text("number", number, NUMBER)
    _check_text("comments", comments, COMMENTS_FORM)
    made = new_id()
    note = Callback(
        id=made, call=call, number=number, ingroup=ingroup, campaign=campaign, agent=agent, at=due, made=now,
        comments=comments, by=AUTHOR,
    )  # fmt: skip
    spool.write_file(os.path.join(known.spool, FOLDER), made, msgspec.json.encode(note))  # noqa: PTH118 - as in spool.py
    return made


def _check_text(what: str, text: str, form: TextForm) -> None:
    if not form.is_match(text):
        raise CallbackError(
            "callback_text_invalid",
            "{what} of a callback cannot be {value!r}; allowed: at most {most} characters, such as {example}",
            what=what,
            value=text[: form.max_length],
            most=form.max_length,
            example=form.example,
        )


def _load_zone(path: str, **named: str) -> ZoneInfo:
    """Check that the named entities exist, and return the zone of times. Raises CodedError."""
    with reading(path) as db:
        for kind, name in named.items():
            if name:
                config_rows.find(db, ENTITIES[kind], name)
        return ZoneInfo(str(db.execute("SELECT timezone FROM setting").fetchone()[0]))


def _compute_due_us(at: str | datetime, zone: ZoneInfo, now: int) -> int:
    due = written_time.ahead(at, zone, now) if isinstance(at, str) else written_time.microseconds(at, zone)
    if due < now:
        raise CallbackError("callback_time_past", "callback time {time} is in the past; give a future time", time=at)
    return due
