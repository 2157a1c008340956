"""Why a call went where it went, from the records, for people and as JSON."""

from itertools import groupby

from cli.output.table import print_table
from cli.output.time_format import clock, day, iso, length
from warmline.store.calls.call_story import CallStory, Row
from warmline.store.reports import fallbacks


def print_page(story: CallStory) -> None:
    """Print each rule with its answer, each wait, and how the call ended."""
    about = story.call or story.fallback or {}
    print(f"Call {about['id']} from {_said(about['number'])} to {_said(about['dialled'])}")
    if story.fallback:
        took_fallback = fallbacks.took_fallback(story.fallback)
        print(f"{'It took the fallback:' if took_fallback else 'It was'} {story.fallback['reason']}")
    if story.call:
        print()
        print_table(("rule", "answer"), _steps(story.call) or [("none", "nothing was recorded")])
        if story.waits:
            print()
            heads = ("in-group", "came", "place", "waited", "outcome", "why")
            print_table(heads, [_wait(row) for row in story.waits])
        print(f"\n{_end(story.call)}")


def document(story: CallStory) -> dict[str, object]:
    """Return the reasons for programs."""
    call = story.call or {}
    return {
        "call": (story.call or story.fallback or {})["id"],
        "fallback": story.fallback and story.fallback["reason"],
        "goto": story.fallback["goto"] if story.fallback else "",
        "steps": [{"rule": rule, "why": why} for rule, why in _steps(call)],
        "waits": [_wait_document(row) for row in story.waits],
        "agent": call.get("last_agent", ""),
        "status": call.get("status", ""),
        "ended_by": call.get("ended_by", ""),
    }


def _said(number: str) -> str:
    """Return the caller's number, without characters that could control a terminal."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in number) or "unknown"


def _steps(call: Row) -> list[tuple[str, str]]:
    """Return the rules with their answers.

    The last rule of the number may also be the first of the in-group; it is then listed once.
    """
    return [_apart(line) for line, _ in groupby(call.get("why", ()))]


def _apart(line: str) -> tuple[str, str]:
    """Split `rule: why` in two."""
    rule, colon, why = line.partition(": ")
    return (rule, why) if colon else ("", line)


def _wait(row: Row) -> tuple[str, ...]:
    """Return the row of one wait in an in-group's queue; a caller who was turned away has no place."""
    ended = row["ended"]
    return (
        f"{row['ingroup']} for agent {row['direct']}" if row["direct"] else row["ingroup"],
        clock(row["entered"]),
        str(row["place"] or "-"),
        "" if ended is None else length(ended - row["entered"]),
        " ".join(filter(None, (row["outcome"] or "waits", row["agent"]))),
        row["why"],
    )


def _wait_document(row: Row) -> Row:
    times = ("queued_at", "entered", "ended")
    return {name: iso(value) if name in times else value for name, value in row.items()}


def _end(call: Row) -> str:
    """Return one line about the end of the call."""
    status = f", status {call['status']}" if call["status"] else ""
    taken = f"agent {call['last_agent']} had it" if call["connected"] else "no agent had it"
    over = f"ended by {call['ended_by']}" if call["ended"] else f"it is in the state {call['state']}"
    return f"{day(call['arrived'])}: {taken}, {over}{status}"
