"""One call's story as an HTML page that needs no other file, to send to a colleague."""

import base64
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from cli.output import time_zone
from cli.output.html_page import Content, element, page, table
from cli.output.time_format import day, exact_clock, length, milliseconds, span
from cli.timeline import story_chart, timeline_page
from cli.timeline.story_chart import TimeScale, in_words
from cli.timeline.timeline_page import Fact
from warmline.store.calls.call_story import CallStory, Row
from warmline.store.calls.lane_segments import TalkPeriod, conversations, last, segments
from warmline.store.calls.timeline_steps import TimelineStep, command_of, lanes, start, steps

STYLE = (
    story_chart.STYLE
    + """
audio { width: 100%; max-width: 30rem; display: block; margin: .3rem 0; }
"""
)
SOUNDS = {".wav": "audio/wav", ".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".opus": "audio/ogg", ".flac": "audio/flac"}
MILLISECONDS = element("th", "ms", class_="number")
GOOD, BAD, OPEN = "good", "bad", "open"  # classes of outcomes

ReadAudio = Callable[[str], bytes]  # the file at a path; raises OSError


def document(story: CallStory, audio: ReadAudio | None = None) -> str:
    """Return the page; with `audio`, it contains the recordings, otherwise links to their files."""
    told = steps(story)
    end = last(story, told, time.time_ns() // 1000)
    parts = segments(told, lanes(story), end)
    heard = conversations(story, parts, end)
    about = story.call or story.fallback or {}
    picture = story_chart.draw(story, told, lanes(story), parts, heard, TimeScale(start(story), end))
    return page(
        f"Call {about['id']}",
        STYLE,
        element("header", element("h1", f"Call {about['id']}"), element("p", _when(story), class_="faint")),
        element("dl", *(part for fact in timeline_page.facts(story) for part in _fact(fact))),
        element("figure", picture, story_chart.key()),
        *_section("Who heard whom", ("from", "to", "length", "parties"), (_conversation(one) for one in heard)),
        *_section("Waits", ("in-group", "outcome", "waited", "place"), map(_wait, story.waits)),
        *_section(
            "Commands",
            ("", "time", "command", "outcome", "given by"),
            (_command(number, row) for number, row in enumerate(story.receipts, 1)),
        ),
        *_recordings(story, audio),
        *_section("Every step", ("time", MILLISECONDS, "party", "step"), _steps(told, start(story))),
    )


def _when(story: CallStory) -> str:
    return f"{timeline_page.when(story)} · times: {time_zone.name()}"


def _fact(fact: Fact) -> Iterator[Element]:
    yield element("dt", fact.label)
    yield element("dd", fact.text)


def _section(title: str, heads: Sequence[Content], rows: Iterator[Sequence[Content]]) -> list[Element]:
    """Return a table below its title; nothing without rows."""
    found = list(rows)
    if not found:
        return []
    return [element("section", element("h2", title), element("div", table(heads, found), class_="scroll"))]


def _conversation(one: TalkPeriod) -> Sequence[Content]:
    return _time(one.start), _time(one.end), length(one.end - one.start), in_words(one)


def _wait(row: Row) -> Sequence[Content]:
    direct = f" for agent {row['direct']}" if row["direct"] else ""
    outcome = row["outcome"] or "goes on"
    taken = f" by agent {row['agent']}" if row["agent"] else ""
    waited = "" if row["ended"] is None else length(row["ended"] - row["entered"])
    return row["ingroup"] + direct, element("td", outcome + taken, class_=_class(outcome)), waited, str(row["place"])


def _command(number: int, row: Row) -> Sequence[Content]:
    outcome = row["outcome"] or "not done yet"
    cause = [element("br"), element("span", row["cause"], class_="faint")] if row["cause"] else []
    by = f"{row['by']} ({row['source']}), for agent {row['agent']}"
    return str(number), _time(row["requested"]), command_of(row), _outcome(outcome, cause), by


def _outcome(outcome: str, more: Sequence[Element] = ()) -> Element:
    return element("td", element("span", outcome, class_=_class(outcome)), *more)


def _class(outcome: str) -> str:
    """Return the class of an outcome, as the page for terminals colours it."""
    return {"green": GOOD, "yellow": OPEN}.get(timeline_page.COLOURS.get(outcome, ""), BAD)


def _recordings(story: CallStory, audio: ReadAudio | None) -> Iterator[Element]:
    if story.recordings:
        yield element("h2", "Recordings")
    for number, row in enumerate(story.recordings, 1):
        size = f", {span(row['length'] * 1000)}, {row['bytes']:,} bytes" if row["bytes"] else ""
        yield element(
            "section",
            element(
                "p", f"{number} {row['kind']}: ", element("span", row["status"], class_=_class(row["status"])), size
            ),
            *([element("p", row["cause"], class_=BAD)] if row["cause"] else ()),
            element("p", f"why: {row['reason']}", class_="faint"),
            *([element("p", f"notice: {row['notice']}", class_="faint")] if row["notice"] else ()),
            *_sound(row, audio),
        )


def _sound(row: Row, audio: ReadAudio | None) -> Iterator[Element]:
    """Yield the player of a recording's file, or the link to the file."""
    path = str(row["converted_path"] or row["path"])
    if row["status"] != "kept" or not path:
        return
    if audio is None:
        yield element("p", element("a", path, href=Path(path).absolute().as_uri()))
        return
    try:
        sound = base64.b64encode(audio(path)).decode()
    except OSError as error:
        yield element("p", f"{path} cannot be read: {error.strerror}", class_=BAD)
        return
    kind = SOUNDS.get(Path(path).suffix.lower(), "application/octet-stream")
    yield element("audio", src=f"data:{kind};base64,{sound}", controls="controls", preload="none")
    yield element("p", f"sha256 {row['converted_sha256'] or row['sha256']}", class_="faint")


def _steps(told: Sequence[TimelineStep], began: int) -> Iterator[Sequence[Content]]:
    for step in told:
        yield (
            _time(step.at),
            element("td", milliseconds(step.at - began), class_="number"),
            step.lane or "all",
            step.text,
        )


def _time(at: int) -> Element:
    return element("td", element("time", exact_clock(at), title=day(at)), class_="nowrap")
