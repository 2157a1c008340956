"""The places of each party of a call over time, and who hears whom: the content of the picture."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from warmline.core.messages.commands import Kind
from warmline.core.model.receipt import Outcome
from warmline.store.calls.call_story import CallStory
from warmline.store.calls.timeline_steps import FILES, LanePlace, TimelineStep, agent_lane, supervision, supervisor

SHORTEST = 1000  # microseconds of what is shown; Asterisk reports the parties one after the other
MICROPHONE = {Kind.MUTE: True, Kind.UNMUTE: False}


class LaneSegment(NamedTuple):
    """A part of a lane, from `start` to `end` (microseconds UTC)."""

    lane: str
    start: int
    end: int
    place: LanePlace


class TalkPeriod(NamedTuple):
    """A time in which the same parties heard each other.

    `muted` lanes only hear, and so do `listeners`, which are texts such as `phone 1009 listens`.
    """

    start: int
    end: int
    lanes: tuple[str, ...]
    muted: tuple[str, ...]
    listeners: tuple[str, ...]


Period = tuple[int, int]


def segments(steps: Sequence[TimelineStep], lanes: Sequence[str], until: int) -> list[LaneSegment]:
    """Return the parts of all lanes in which their party is somewhere, up to `until`, by lane and time."""
    found = []
    for lane in lanes:
        place, since = LanePlace.NOWHERE, 0
        for step in (*steps, TimelineStep(until, lane, "", LanePlace.NOWHERE)):
            if step.lane != lane or step.place in (None, place) or lane == FILES:
                continue
            if place is not LanePlace.NOWHERE and step.at - since >= SHORTEST:
                found.append(LaneSegment(lane, since, step.at, place))
            place, since = step.place or place, step.at
    return found


def conversations(story: CallStory, parts: Sequence[LaneSegment], until: int) -> list[TalkPeriod]:
    """Return who heard whom, in order of time."""
    rooms = [part for part in parts if part.place is LanePlace.ROOM]
    muted = list(_muted(story, until))
    ears = list(_listeners(story, until))
    edges = sorted(
        {edge for part in rooms for edge in part[1:3]} | {edge for _, *period in (*muted, *ears) for edge in period}
    )
    found: list[TalkPeriod] = []
    for start, end in pairwise(edges):
        lanes = tuple(dict.fromkeys(part.lane for part in rooms if part.start <= start < part.end))
        silent = tuple(lane for lane, begun, ended in muted if lane in lanes and begun <= start < ended)
        hidden = tuple(dict.fromkeys(text for text, begun, ended in ears if begun <= start < ended))
        if found and found[-1].end == start and found[-1][2:] == (lanes, silent, hidden):
            found[-1] = found[-1]._replace(end=end)
        elif len(lanes) > 1:
            found.append(TalkPeriod(start, end, lanes, silent, hidden))
    return [one for one in found if one.end - one.start >= SHORTEST]


def _muted(story: CallStory, until: int) -> Iterator[tuple[str, int, int]]:
    """Yield each time in which an agent's microphone is off."""
    since: dict[str, int] = {}
    for row in story.receipts:
        if row["outcome"] == Outcome.COMPLETED and (off := MICROPHONE.get(row["kind"])) is not None:
            lane = agent_lane(row["agent"])
            if off:
                since.setdefault(lane, row["ended"])
            elif lane in since:
                yield lane, since.pop(lane), row["ended"]
    yield from ((lane, begun, until) for lane, begun in since.items())


def _listeners(story: CallStory, until: int) -> Iterator[tuple[str, int, int]]:
    """Yield each time in which a supervisor's phone listens, whispers or barges in."""
    for leg in story.legs:
        if leg["role"] == "supervisor" and leg["answered"]:
            does = list(supervision(story, leg).items())
            ends = [at for at, _ in does[1:]] + [leg["ended"] or until]
            for (begun, text), ended in zip(does, ends, strict=True):
                yield f"{supervisor(leg)} {text}", begun, ended


def last(story: CallStory, steps: Sequence[TimelineStep], now: int) -> int:
    """Return the end of the picture: the last step; for a call in progress, now. A call may have no step."""
    ended = story.call["ended"] if story.call else 0
    return max([now if ended is None else int(ended), *(step.at for step in steps)])
