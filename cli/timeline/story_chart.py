"""The picture of a call's story as SVG: a lane for each party over time, and who hears whom."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from cli.output.html_page import element
from cli.output.time_format import clock, exact_clock
from warmline.store.calls.call_story import CallStory, Row
from warmline.store.calls.lane_segments import LaneSegment, TalkPeriod
from warmline.store.calls.timeline_steps import ALL, CUSTOMER, FILES, THIRD, LanePlace, TimelineStep, agent_lane

TOP, LANE, LABEL, BAR = 24, 58, 16, 22  # heights in pixels: the axis, a lane, its name, its bar
NARROWEST = 0.35  # percent; a shorter part is drawn with this width
APART = 2.6  # percent between two numbers of commands, and between two times of the axis 9 times as much
MOST_TICKS = 5
STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)  # seconds between two times of the axis
HEARD = "who hears whom"
WORDS = {
    LanePlace.MUSIC: "music",
    LanePlace.DIALPLAN: "dialplan",
    LanePlace.WAITING: "waits",
    LanePlace.WRAP_UP: "wrap-up",
}
STYLE = Path(__file__).with_suffix(".css").read_text()


class TimeScale:
    """Turns times (microseconds UTC) into places from left to right, in percent."""

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, max(end, start + 1_000_000)

    def x(self, at: int) -> float:
        """Return the place of a time."""
        return 100 * (min(max(at, self.start), self.end) - self.start) / (self.end - self.start)

    def ticks(self) -> list[int]:
        """Return the times that the axis names: at most MOST_TICKS, at round seconds since the start."""
        seconds = (self.end - self.start) / 1e6
        step = next((one for one in STEPS if seconds / one <= MOST_TICKS), STEPS[-1])
        return [self.start + n * step * 1_000_000 for n in range(int(seconds / step) + 1)][: 2 * MOST_TICKS]


def draw(
    story: CallStory,
    steps: Sequence[TimelineStep],
    lanes: Sequence[str],
    parts: Sequence[LaneSegment],
    heard: Sequence[TalkPeriod],
    scale: TimeScale,
) -> Element:
    """Return the picture; its texts keep their size at any width."""
    tops = {lane: TOP + n * LANE for n, lane in enumerate((*lanes, HEARD))}
    height = TOP + len(tops) * LANE
    full_names = {agent_lane(user): name for user, name in story.full_names.items()}
    names = (
        _text(0, top + 12, " ".join(filter(None, (lane, full_names.get(lane)))), "name") for lane, top in tops.items()
    )
    return element(
        "svg",
        element("title", "The parties of the call over time"),
        *_axis(scale, height),
        *(_line(scale.x(step.at), TOP, height, "all", step.text) for step in steps if step.lane == ALL),
        *names,
        *(_part(one, scale, tops[one.lane]) for one in parts),
        *(one for n, row in enumerate(story.recordings, 1) for one in _recording(n, row, scale, tops)),
        *(_bar(scale, one.start, one.end, tops[HEARD], "heard", in_words(one)) for one in heard),
        *_commands(story, scale, tops),
        class_="story",
        height=height,
        role="img",
        xmlns="http://www.w3.org/2000/svg",
    )


def key() -> Element:
    """Return the legend."""
    samples = (
        ("room customer", "in the conversation"),
        ("music", "hears music"),
        ("dialplan customer", "in the park IVR"),
        ("waiting customer", "waits, rings or is idle"),
        ("wrap_up agent", "wrap-up"),
        ("room file", "recording"),
    )
    return element(
        "p",
        *(
            element(
                "span",
                element("svg", _rect("0", "100%", 1, 11, kind), class_="story", aria_hidden="true"),
                words,
            )
            for kind, words in samples
        ),
        element("span", "numbers: commands, in the table below"),
        class_="key",
    )


def in_words(one: TalkPeriod) -> str:
    """Return who hears whom, such as `customer, agent 1000 (muted); phone 1009 listens`."""
    talk = ", ".join(f"{lane} (muted)" if lane in one.muted else lane for lane in one.lanes)
    return "; ".join((talk, *one.listeners))


def colour(lane: str) -> str:
    """Return the class of a lane's colour."""
    return lane if lane in (CUSTOMER, THIRD, FILES) else "agent"


def _axis(scale: TimeScale, height: int) -> Iterator[Element]:
    for at in scale.ticks():
        x = scale.x(at)
        yield _line(x, TOP - 6, height, "guide", "")
        anchor = "start" if x < APART * 2 else "end" if x > 100 - APART * 3 else "middle"
        yield element("text", clock(at), x=f"{x:.3f}%", y=12, class_="axis", text_anchor=anchor)


def _part(one: LaneSegment, scale: TimeScale, top: int) -> Element:
    words = WORDS.get(one.place, "")
    return _bar(scale, one.start, one.end, top, f"{one.place} {colour(one.lane)}", words)


def _recording(number: int, row: Row, scale: TimeScale, tops: dict[str, int]) -> Iterator[Element]:
    if row["started"] is not None:
        yield _bar(
            scale, row["started"], row["ended"] or scale.end, tops[FILES], "room file", f"{number} {row['kind']}"
        )


def _commands(story: CallStory, scale: TimeScale, tops: dict[str, int]) -> Iterator[Element]:
    """Yield a mark for each command in the lane of its agent, with its number if there is room."""
    right = dict.fromkeys(tops, -APART)
    for number, row in enumerate(story.receipts, 1):
        lane = agent_lane(row["agent"])
        if lane not in tops:
            continue
        x, top = scale.x(row["requested"]), tops[lane] + LABEL
        yield _line(x, top - 2, top + BAR + 4, "command", f"{number} {row['kind']}")
        if x - right[lane] >= APART:
            right[lane] = x
            yield _text(min(max(x, 0.8), 99.2), top + BAR + 15, str(number), "mark", "middle")


def _bar(scale: TimeScale, start: int, end: int, top: int, kind: str, words: str) -> Element:
    """Return a part of a lane; words that do not fit into it are cut off."""
    left = scale.x(start)
    width = max(scale.x(end) - left, NARROWEST)
    rect = _rect("0", "100%", 0, BAR, kind)
    title = element("title", f"{words or kind.split()[0]}: {exact_clock(start)} to {exact_clock(end)}")
    inside = [_text(0, 15, words, "", dx=6)] if words else []
    return element("svg", title, rect, *inside, x=f"{left:.3f}%", y=top + LABEL, width=f"{width:.3f}%", height=BAR)


def _rect(x: str, width: str, y: int, height: int, kind: str) -> Element:
    return element("rect", x=x, width=width, y=y, height=height, rx=3, class_=kind)


def _text(x: float, y: int, words: str, kind: str, anchor: str = "start", dx: int = 0) -> Element:
    return element("text", words, x=f"{x:.3f}%", y=y, dx=dx, class_=kind, text_anchor=anchor)


def _line(x: float, top: int, bottom: int, kind: str, words: str) -> Element:
    place = f"{x:.3f}%"
    return element("line", element("title", words), x1=place, x2=place, y1=top, y2=bottom, class_=kind)
