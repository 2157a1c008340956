"""One call's timeline as JSON: times in ISO 8601 UTC, and each step's milliseconds from the arrival."""

from cli.output.time_format import iso
from warmline.store.calls.call_story import CallStory, Row
from warmline.store.calls.timeline_steps import start, steps

# The columns of each table that are times.
TIMES = {
    *("arrived", "connected", "left", "ended", "created", "answered", "requested", "asked", "started", "at"),
    *("queued_at", "entered"),
}


def document(story: CallStory) -> dict[str, object]:
    """Return the whole document.

    `call` is null for a call that only the fallback had; otherwise `fallback` mostly is. `full_names` and
    `group_names` are the names of its agents and in-groups that have one.
    """
    began = start(story)
    return {
        "call": story.call and _row(story.call) | {"data": dict(story.call["data"])},
        "fallback": story.fallback and _row(story.fallback),
        "legs": [_row(row) for row in story.legs],
        "waits": [_row(row) for row in story.waits],
        "steps": [
            {"at": iso(step.at), "ms": (step.at - began) / 1000, "lane": step.lane or "all", "text": step.text}
            for step in steps(story)
        ],
        "receipts": [_receipt(row) for row in story.receipts],
        "recordings": [_row(row) for row in story.recordings],
        "agent_intervals": [_row(row) for row in story.intervals],
        "dispositions": [_row(row) for row in story.dispositions],
        "full_names": story.full_names,
        "group_names": story.group_names,
        "comments": [_row(row) for row in story.comments],
    }


def _row(row: Row) -> Row:
    return {name: iso(value) if name in TIMES else value for name, value in row.items()}


def _receipt(row: Row) -> Row:
    return _row(row) | {"steps": [{"name": name, "at": iso(at)} for name, at in row["steps"]]}
