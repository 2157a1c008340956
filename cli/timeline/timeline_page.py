"""One call's timeline as a page for people."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from cli.output.time_format import day, exact_clock, milliseconds, span
from cli.timeline.timeline_drawing import LEGEND, draw
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.call_states import Direction
from warmline.core.model.queue_wait import ANSWERED_OUTCOME
from warmline.store.calls.call_story import CallStory, Row
from warmline.store.calls.timeline_steps import command_of, lanes, start, steps
from warmline.store.events.event_fields import Row as EventRow
from warmline.store.events.event_fields import whole
from warmline.store.events.event_types import HANDOVER_RECEIVED
from warmline.store.reports import fallbacks
from warmline.text.printable import is_shown

SECOND = 1_000_000  # microseconds
WIDEST = 160  # columns; a wider terminal is not used
COLOURS = {
    "completed": "green",
    "kept": "green",
    ANSWERED_OUTCOME: "green",
    "running": "yellow",
    "goes on": "yellow",
}  # all other outcomes are errors


class Fact(NamedTuple):
    """A line about the whole call."""

    label: str
    text: str
    style: str = ""


def print_page(story: CallStory, console: Console) -> None:
    """Print parties, times, each party's lane, commands, recordings and disposition; nothing is cut off."""
    for line in _page(story, min(console.width, WIDEST)):
        line.plain = "".join(letter if is_shown(letter) else "\ufffd" for letter in line.plain)
        console.print(line, soft_wrap=True)


def _page(story: CallStory, width: int) -> Iterator[Text]:
    yield from _about(story)
    yield Text()
    yield from draw(steps(story), lanes(story), start(story), width)
    yield Text()
    yield Text(LEGEND, "dim")
    yield from _waits(story)
    yield from _commands(story)
    yield from _recordings(story)
    yield from _comments(story)


def _about(story: CallStory) -> Iterator[Text]:
    call = story.call
    about = call or story.fallback or {}
    title = Text.assemble("Call ", (about["id"], "bold"))
    yield title.append(f"   agent API: {call['agc_id']}") if call else title
    for fact in (Fact("when", when(story)), *facts(story)):
        yield Text.assemble((f"  {fact.label:<12}", "dim"), (fact.text, fact.style))


def when(story: CallStory) -> str:
    """Return the day, the beginning and the end of the call."""
    began = start(story)
    text = f"{day(began)} {exact_clock(began)}"
    if story.call is None:
        return text
    ended = story.call["ended"]
    return f"{text} to {exact_clock(ended)} ({span(ended - began)})" if ended else f"{text}, in progress"


def facts(story: CallStory) -> Iterator[Fact]:
    """Yield what was said and decided about the call as a whole."""
    call, fallback = story.call, story.fallback
    about = call or fallback or {}
    how = f"called {about['dialled'] or 'unknown'}"
    if call and call["direction"] == Direction.OUT:
        how = f"dialled by agent {call['last_agent']}"
    yield Fact("customer", f"{about['number'] or 'unknown'}, {how}")
    if fallback:
        yield Fact("fallback" if fallbacks.took_fallback(fallback) else "dialplan", fallback["reason"], "yellow")
    if call:
        yield from _about_handling(story, call)


def _about_handling(story: CallStory, call: Row) -> Iterator[Fact]:
    if servers := _elsewhere(story, call):
        yield Fact("server", servers)
    direct = f" for agent {call['direct']}" if call["direct"] else ""
    if call["ingroup"] or direct:
        name = story.group_names.get(call["ingroup"], "")
        yield Fact("in-group", " ".join(filter(None, (f"{call['ingroup']}{direct}", name))))
    for name, value in call["data"]:
        yield Fact("data", f"{name} = {value}")
    if call["connected"]:
        joined = f"with the customer after {span(call['connected'] - call['arrived'])}"
        left = f", left after {span(call['left'] - call['arrived'])}" if call["left"] else ""
        name = story.full_names.get(call["last_agent"], "")
        yield Fact(f"agent {call['last_agent']}", ", ".join(filter(None, (name, joined + left))))
    for user, name in story.full_names.items():
        if not (user == call["last_agent"] and call["connected"]):
            yield Fact(f"agent {user}", name)
    yield Fact("ended by", call["ended_by"]) if call["ended"] else Fact("state", call["state"], "yellow")
    for row in story.dispositions:
        yield Fact("disposition", _code(row))
    yield from _handed_over(story, call)


def _handed_over(story: CallStory, call: Row) -> Iterator[Fact]:
    """Yield what each agent was shown of those who had the customer before, when they joined."""
    for one in story.agents:
        if one.call != call["id"]:
            yield Fact("promised", f"by agent {one.user} in call {one.call}{_said(one.status, one.notes)}")
    for row in story.journal:
        for kind, told in (row["payload"] or {}).get("events", ()):
            if kind == HANDOVER_RECEIVED:
                known = whole(kind, told, EventRow(row["call"], row["agent"], row["at"]))
                had, said = span(known["seconds"] * SECOND), _said(known["status"], known["notes"])
                sender = f"agent {known['from_agent']} had the call for {had}{said}"
                yield Fact("handed over", f"to agent {known['agent']} at {exact_clock(row['at'])}: {sender}")


def _said(status: str, notes: str) -> str:
    """Return the code and the notes of an agent behind a sentence, in one line."""
    return f"; {status or 'no code'}" + (f": {' '.join(notes.split())}" if notes else "")


def _elsewhere(story: CallStory, call: Row) -> str:
    """Return the server of the call, and those of legs elsewhere; "" if all are on the server `main`."""
    legs = sorted({leg["server"] for leg in story.legs} - {call["server"]})
    if call["server"] == MAIN_SERVER and not legs:
        return ""
    return f"{call['server']}, with a leg on {', '.join(legs)}" if legs else str(call["server"])


def _code(row: Row) -> str:
    if row["correction"]:
        return f"{row['status']}, corrected at {exact_clock(row['at'])} ({row['by']}): {row['notes']}"
    notes = f": {' '.join(row['notes'].split())}" if row["notes"] else ""
    return f"{row['status']} by agent {row['agent']} at {exact_clock(row['at'])} ({row['by']}){notes}"


def _waits(story: CallStory) -> Iterator[Text]:
    """Yield each wait in an in-group's queue.

    A caller who was turned away has a wait without length. A caller who still hears the welcome has no place yet.
    """
    if story.waits:
        yield from (Text(), Text("Waits", "bold"))
    for row in story.waits:
        direct = f" for agent {row['direct']}" if row["direct"] else ""
        taken = f" by agent {row['agent']}" if row["agent"] else ""
        lasted = "" if row["ended"] is None else f" after {span(row['ended'] - row['entered'])}"
        place = f"   place {row['place']} in line, priority {row['priority']}" if row["place"] else ""
        place = "   turned away" if row["ended"] == row["entered"] else place
        outcome = row["outcome"] or "goes on"
        yield Text.assemble(
            f"  {row['ingroup']}{direct}   ", (outcome, _colour(outcome)), taken + lasted, (place, "dim")
        )


def _commands(story: CallStory) -> Iterator[Text]:
    if story.receipts:
        yield from (Text(), Text("Commands", "bold"))
    for row in story.receipts:
        outcome = row["outcome"] or "not done yet"
        by = f"   for agent {row['agent']}, by {row['by']} ({row['source']})"
        yield Text.assemble(f"  {command_of(row)}   ", (outcome, _colour(outcome)), (by, "dim"))
        if row["cause"]:
            yield Text(f"    {row['cause']}")
        yield Text(f"    {_steps_of(story, row)}", "dim")


def _steps_of(story: CallStory, receipt: Row) -> str:
    """Return the receipt's steps: the first from the call's arrival, the others from the first, in milliseconds."""
    (first, began), *rest = receipt["steps"] or [["requested", receipt["requested"]]]
    others = [f"{name} +{(at - began) / 1000:.1f}" for name, at in rest]
    return " → ".join([f"{first} at {milliseconds(began - start(story))}", *others]) + " ms"


def _recordings(story: CallStory) -> Iterator[Text]:
    if story.recordings:
        yield from (Text(), Text("Recordings", "bold"))
    for number, row in enumerate(story.recordings, 1):
        length = f"   {row['length'] / 1000:.3f} s, {row['bytes']:,} bytes" if row["bytes"] else ""
        yield Text.assemble(f"  {number} {row['kind']}   ", (row["status"], _colour(row["status"])), length)
        if row["cause"]:
            yield Text(f"    {row['cause']}")
        yield Text(f"    why     {row['reason']}")
        if row["notice"]:
            yield Text(f"    notice  {row['notice']}")
        yield Text(f"    file    {row['path'] or row['id'] + '.wav'}")
        if row["sha256"]:
            yield Text(f"    sha256  {row['sha256']}", "dim")
        if row["converted_path"]:
            yield Text(f"    also    {row['converted_path']}")
            yield Text(f"    sha256  {row['converted_sha256']}", "dim")


def _comments(story: CallStory) -> Iterator[Text]:
    """Yield the comments of supervisors and managers. The page that can be sent leaves them out."""
    if story.comments:
        yield from (Text(), Text("Comments", "bold"))
    for row in story.comments:
        mark = f"   {row['mark']}" if row["mark"] else ""
        yield Text.assemble(
            f"  {row['id']}", (mark, "yellow"), (f"   by {row['by']}, {day(row['at'])} {exact_clock(row['at'])}", "dim")
        )
        yield from (Text(f"    {line}") for line in row["comment"].splitlines())


def _colour(outcome: str) -> str:
    return COLOURS.get(outcome, "red")
