"""Answers of the API for the page of the calls: invented calls, and the story of one with a leave and a recording."""

from typing import Any

import msgspec

from tests.internals.browser import (
    CallComment,
    LanePlace,
    PastCallRow,
    PastCallTimeline,
    TimelinePart,
    TimelineRecording,
    TimelineStepShown,
    TimelineTalk,
)

CALL = "01KB3W0000000000000000001"
CUSTOMER, AGENT, THIRD = "customer", "agent 1000", "third"
PARTS = (
    (CUSTOMER, 0, 14_000, LanePlace.MUSIC),
    (CUSTOMER, 14_000, 95_000, LanePlace.ROOM),
    (CUSTOMER, 95_000, 128_000, LanePlace.MUSIC),
    (CUSTOMER, 128_000, 334_000, LanePlace.ROOM),
    (AGENT, 9_000, 14_000, LanePlace.WAITING),
    (AGENT, 14_000, 171_000, LanePlace.ROOM),
    (AGENT, 171_000, 196_000, LanePlace.WRAP_UP),
    (THIRD, 97_000, 109_000, LanePlace.WAITING),
    (THIRD, 109_000, 334_000, LanePlace.ROOM),
)
TALKS: tuple[tuple[float, float, list[str], list[str], list[str]], ...] = (
    (14_000, 95_000, [CUSTOMER, AGENT], [], []),
    (109_000, 128_000, [AGENT, THIRD], [], []),
    (128_000, 171_000, [CUSTOMER, AGENT, THIRD], [AGENT], ["user:ben listens"]),
    (171_000, 334_000, [CUSTOMER, THIRD], [], []),
)
STEPS = (
    (0, CUSTOMER, "calls 8005550100"),
    (9_000, AGENT, "rings"),
    (14_000, AGENT, "talks"),
    (95_000, AGENT, "PARK_CUSTOMER completed"),
    (97_000, THIRD, "dialled: 8500"),
    (109_000, THIRD, "answers"),
    (128_000, AGENT, "GRAB_CUSTOMER completed"),
    (171_000, AGENT, "LEAVE_3WAY_CALL completed"),
    (334_000, CUSTOMER, "hangs up"),
)
OUTCOMES = ("answered", "answered", "missed", "answered", "failed", "fallback", "answered", "live")


def answers(markup: str = "") -> dict[str, tuple[int, Any]]:
    """Return what the API answers by path. `markup` stands in place of every stored name and text."""
    rows = [_row(n, outcome, markup) for n, outcome in enumerate(OUTCOMES)]
    told = {"past-calls": rows, f"past-calls/{CALL}/timeline": _timeline(rows[0], markup)}
    return {path: (200, msgspec.to_builtins(body)) for path, body in told.items()}


def _row(n: int, outcome: Any, markup: str) -> PastCallRow:
    talked = outcome in ("answered", "live")
    return PastCallRow(
        call=CALL if not n else f"01KB3W000000000000000000{n + 10}",
        agc_id=f"M{n}",
        arrived=f"2026-11-20T{15 - n // 3:02}:{50 - 7 * n % 50:02}:00.000+00:00",
        direction="out" if outcome == "failed" else "in",
        number=markup or f"4930555{1000 + 37 * n}",
        dialled="8005550100",
        ingroup="" if outcome == "failed" else "SALESLINE",
        group_name=markup or ("" if outcome == "failed" else "Sales"),
        agent="1000" if talked else "",
        full_name=markup or ("Anna Berg" if talked else ""),
        waited_ms=None if outcome == "failed" else 14_000.0 + 3000 * n,
        length_ms=320_000.0 - 21_000 * n if talked else 0.0,
        outcome=outcome,
        ended_by="customer",
        code=markup or ("SALE" if talked else ""),
        transfers="",
        recorded=n % 2 == 0,
        lead=None,
        fallback="",
        server="main",
        marks="coaching" if not n else "",
    )


def _timeline(row: PastCallRow, markup: str) -> PastCallTimeline:
    return PastCallTimeline(
        id=CALL,
        began=row.arrived,
        length_ms=334_000.0,
        call=row,
        lanes=[CUSTOMER, AGENT, THIRD, "file"],
        parts=[TimelinePart(*one) for one in PARTS],
        talks=[TimelineTalk(*one) for one in TALKS],
        steps=[TimelineStepShown(row.arrived, ms, lane, markup or text) for ms, lane, text in STEPS],
        recordings=[
            TimelineRecording(
                "20261120-155000_1",
                "1000",
                "conversation",
                markup or "campaign_recording=ALLCALLS",
                "",
                "kept",
                "",
                14_000.0,
                171_000.0,
            ),
            TimelineRecording(
                "20261120-155000_2",
                "",
                "leave",
                markup or "recording_after_leave=Y",
                "",
                "expired",
                "",
                171_000.0,
                334_000.0,
            ),
        ],
        names={"1000": markup or "Anna Berg", "SALESLINE": markup or "Sales"},
        agents=[],
        comments=[
            CallComment(
                *(3, row.arrived, "user:ben", markup or "Ben Ott"), "coaching", markup or "Ask for the number\nfirst."
            ),
            CallComment(4, row.arrived, "user:mia", "", "", markup or "Well said."),
        ],
    )
