"""Draws a call's steps side by side: a lane for each party shows where the party is and what happens to it."""

from collections.abc import Sequence
from itertools import groupby
from textwrap import wrap

from rich.text import Text

from cli.output.time_format import milliseconds
from warmline.store.calls.timeline_steps import ALL, FILES, LanePlace, TimelineStep

NARROWEST = 14  # letters of the narrowest text of a lane
GAP, MARK = 2, 2  # columns before a lane, and columns of its mark
LINE = {
    LanePlace.NOWHERE: " ",
    LanePlace.WAITING: "┊",
    LanePlace.MUSIC: "┊",
    LanePlace.DIALPLAN: "┊",
    LanePlace.ROOM: "┃",
    LanePlace.WRAP_UP: "┊",
}
HAPPENS = {
    LanePlace.NOWHERE: "○",
    LanePlace.WAITING: "◌",
    LanePlace.MUSIC: "◌",
    LanePlace.DIALPLAN: "◌",
    LanePlace.ROOM: "●",
    LanePlace.WRAP_UP: "◌",
}
COLOURS = {"customer": "cyan", "third": "magenta", FILES: "red"}  # all other lanes are agents
AGENT_COLOUR = "green"
Parts = list[tuple[str, str]]  # pieces of text with their styles, side by side
LEGEND = "┊ waiting, ringing or seated   ┃ in the room"


def draw(steps: Sequence[TimelineStep], lanes: Sequence[str], start: int, width: int) -> list[Text]:
    """Return the lines to print, at most `width` columns wide if the lanes fit; times in milliseconds from `start`."""
    steps = [step for step in steps if step.lane in (ALL, *lanes)]
    time_width = max(map(len, ("ms", *(milliseconds(step.at - start) for step in steps))))
    widths = _widths(steps, lanes, width - time_width)
    rows: list[tuple[str, Parts]] = [("ms", [_head(lane, widths[lane]) for lane in lanes])]
    where = dict.fromkeys(lanes, LanePlace.NOWHERE)
    for time, together in groupby(steps, key=lambda step: milliseconds(step.at - start)):
        first, *others = _row(list(together), lanes, widths, where)
        rows += [(time, first), *(("", parts) for parts in others)]
    lines = [Text.assemble((f"{time:>{time_width}}", "dim"), *parts) for time, parts in rows]
    for line in lines:
        line.rstrip()
    return lines


def _widths(steps: Sequence[TimelineStep], lanes: Sequence[str], width: int) -> dict[str, int]:
    """Return the width of each lane's text: that of its longest text, or less if `width` is not enough for all."""
    widths = {lane: max(map(len, (lane, *(step.text for step in steps if step.lane == lane)))) for lane in lanes}
    while sum(widths.values()) + len(lanes) * (GAP + MARK) > width:
        widest = max(widths, key=lambda lane: widths[lane])
        if widths[widest] <= NARROWEST:
            break
        widths[widest] -= 1
    return widths


def _head(lane: str, width: int) -> tuple[str, str]:
    return f"{'':{GAP}}{lane:<{width + MARK}}", f"bold {colour(lane)}"


def colour(lane: str) -> str:
    """Return the colour of a lane."""
    return COLOURS.get(lane, AGENT_COLOUR)


def _row(
    together: Sequence[TimelineStep], lanes: Sequence[str], widths: dict[str, int], where: dict[str, LanePlace]
) -> list[Parts]:
    """Return the lines of all steps within one millisecond, and update `where`."""
    texts: dict[str, list[str]] = {lane: [] for lane in lanes}
    notes: list[str] = []
    for step in together:
        if step.lane == ALL:
            notes.append(step.text)
        else:
            texts[step.lane] += wrap(step.text, widths[step.lane])
            where[step.lane] = step.place or where[step.lane]
    height = max(map(len, texts.values()))
    rows = [
        [part for lane in lanes for part in _cell(lane, widths[lane], texts[lane][n : n + 1], n == 0, where[lane])]
        for n in range(height)
    ]
    return [[(f"{'':{GAP}}── {note} ──", "yellow")] for note in notes] + rows


def _cell(lane: str, width: int, text: list[str], first: bool, place: LanePlace) -> Parts:
    """Return a lane's mark and one line of its text."""
    mark = HAPPENS[place] if text and first else LINE[place]
    words = text[0] if text else ""
    return [(f"{'':{GAP}}{mark} ", colour(lane)), (f"{words:<{width}}", "")]
