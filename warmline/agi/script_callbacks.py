"""The word of a script that promises a callback: a note in the spool, which the app copies into the journal.

Only the app writes callbacks, because it owns the journal. The note waits while the app is stopped.
"""

import json
import os
import time
from datetime import datetime
from zoneinfo import ZoneInfo

from warmline.agi import new_id, spool
from warmline.core.messages.text_form import NUMBER, TextForm
from warmline.store.agi import routing_facts
from warmline.system import settings
from warmline.text import written_time
from warmline.text.coded_error import CodedError

AUTHOR = "script"
FOLDER = "callbacks"  # in the spool; `warmline.store.agi.callback_notes` reads it
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
    config = settings.load(servers=False)
    now_us = time.time_ns() // 1000
    due_us = _compute_due_us(at, _load_zone(str(config.db), agent=agent, ingroup=ingroup, campaign=campaign), now_us)
    _check_text("number", number, NUMBER)
    _check_text("comments", comments, COMMENTS_FORM)
    callback_id = new_id()
    note = {  # fields of the Callback as which it is read, whose module takes 10 ms to load
        "id": callback_id, "call": call, "number": number, "ingroup": ingroup, "campaign": campaign, "agent": agent,
        "at": due_us, "made": now_us, "comments": comments, "by": AUTHOR,
    }  # fmt: skip
    spool.write_file(os.path.join(config.spool, FOLDER), callback_id, json.dumps(note, ensure_ascii=False).encode())  # noqa: PTH118 - as in spool.py
    return callback_id


def _check_text(field: str, text: str, form: TextForm) -> None:
    if not form.is_match(text):
        raise CallbackError(
            "callback_text_invalid",
            "{what} of a callback cannot be {value!r}; allowed: at most {most} characters, such as {example}",
            what=field,
            value=text[: form.max_length],
            most=form.max_length,
            example=form.example,
        )


def _load_zone(path: str, **entities: str) -> ZoneInfo:
    """Check that the named entities exist, and return the zone of times. Raises CodedError."""
    for kind, name in entities.items():
        if name:
            routing_facts.check_known(path, kind, name)
    return ZoneInfo(routing_facts.timezone(path))


def _compute_due_us(callback_time: str | datetime, zone: ZoneInfo, now_us: int) -> int:
    due_us = (
        written_time.ahead(callback_time, zone, now_us)
        if isinstance(callback_time, str)
        else written_time.microseconds(callback_time, zone)
    )
    if due_us < now_us:
        raise CallbackError(
            "callback_time_past", "callback time {time} is in the past; give a future time", time=callback_time
        )
    return due_us
