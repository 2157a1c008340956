"""One call's timeline as steps, each in the lane of a party."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from warmline.core.calls import after_call
from warmline.core.model.call_states import AgentState
from warmline.core.model.receipt import Outcome
from warmline.core.receipts import command_ends
from warmline.core.rules import reasons
from warmline.store.calls.call_story import CallStory, Row
from warmline.store.reports import fallbacks

CUSTOMER, THIRD, IVR, FILES, ALL = "customer", "third", "ivr", "file", ""
TO_ALL = {
    "app.started": "the app has restarted",
    "asterisk.connected": "another Asterisk answers than before",
    "asterisk.away": "no events of a server arrive",
    "asterisk.lost": "the server was away for too long",
    "app.reconciled": "the app has read Asterisk's calls",
}
BESIDE = ("whisper", "ear", "supervisor")  # roles of legs outside the conversation, next to an agent
SUPERVISES = {"LISTEN": "listens", "WHISPER": "whispers", "BARGE": "barges in"}
MOVE = 1_000_000  # microseconds within which a leg that left a bridge joins the next one or ends


class LanePlace(StrEnum):
    """The place of a lane's leg."""

    NOWHERE = "nowhere"
    WAITING = "waiting"  # in no conversation: the customer's holding bridge, an idle agent, a leg that is not answered
    MUSIC = "music"  # on hold, parked, or in a queue
    DIALPLAN = "dialplan"  # parked, in the IVR or with the bot of park_ivr
    ROOM = "room"
    WRAP_UP = "wrap_up"  # an agent after the call


# The place of an agent by state; in other states, the leg decides.
PLACES = {
    AgentState.QUEUE: LanePlace.WAITING,
    AgentState.DISPO: LanePlace.WRAP_UP,
    AgentState.READY: LanePlace.NOWHERE,
    AgentState.PAUSED: LanePlace.NOWHERE,
}


class TimelineStep(NamedTuple):
    """One step: its time (microseconds UTC), lane and text, and the place of the lane's leg after it.

    The lane ALL is for steps of the whole call.
    """

    at: int
    lane: str
    text: str
    place: LanePlace | None = None


def steps(story: CallStory) -> list[TimelineStep]:
    """Return all steps in order; at one time, movements come before their effects."""
    parts = (_fallback, _moves, _legs, _supervised, _commands, _agents, _files)
    return sorted((step for part in parts for step in part(story)), key=lambda step: step.at)


def lanes(story: CallStory) -> list[str]:
    """Return the lanes in their order on the page: customer, each agent, third party, recordings."""
    agents = dict.fromkeys(agent_lane(row["agent"]) for row in story.intervals)
    asked = dict.fromkeys(agent_lane(row["agent"]) for row in story.receipts)
    third = [THIRD] if any(leg["role"] == "third" for leg in story.legs) else []
    return [CUSTOMER, *(agents | asked), *third, *([FILES] if story.recordings else [])]


def start(story: CallStory) -> int:
    """Return the time of the call's arrival."""
    row = story.call or story.fallback
    assert row is not None
    return int(row["arrived"] if story.call else row["at"])


def agent_lane(user: str) -> str:
    """Return the lane of an agent."""
    return f"agent {user}"


def _fallback(story: CallStory) -> Iterator[TimelineStep]:
    if note := story.fallback:
        text = f"to the fallback: {note['reason']}" if fallbacks.took_fallback(note) else note["reason"]
        yield TimelineStep(note["at"], CUSTOMER, text, LanePlace.NOWHERE)


def _legs(story: CallStory) -> Iterator[TimelineStep]:
    asked, sent_on = _hangups_asked(story), _sent_on(story)
    for leg in story.legs:
        if leg["role"] == "customer":
            dialled = story.call["dialled"] if story.call else ""
            yield TimelineStep(leg["created"], CUSTOMER, f"calls {dialled}", LanePlace.WAITING)
        elif leg["role"] == "third":
            yield TimelineStep(leg["created"], THIRD, f"dialled: {leg['number']}", LanePlace.WAITING)
        elif leg["role"] == "whisper":
            yield TimelineStep(leg["created"], agent_lane(leg["owner"]), "beep")
        if leg["answered"] and leg["role"] == "customer":
            yield TimelineStep(leg["answered"], CUSTOMER, "answered")
        elif leg["answered"] and leg["role"] == "third":
            yield TimelineStep(leg["answered"], THIRD, "answers", LanePlace.ROOM)
        lane = _lane(leg)
        if leg["role"] == IVR and leg["ended"]:
            how = "has ended" if leg["answered"] else "cannot be reached"
            yield TimelineStep(leg["ended"], CUSTOMER, f"{leg['number']} {how}")
        elif leg["ended"] and leg["role"] not in BESIDE and _concerns(story, leg, leg["ended"]):
            end = sent_on.get(leg["id"]) or _how_it_ended(leg, leg["id"] in asked)
            yield TimelineStep(leg["ended"], lane, end, LanePlace.NOWHERE)


def _supervised(story: CallStory) -> Iterator[TimelineStep]:
    """Yield the steps of supervision that took place during this call."""
    for leg in story.legs:
        if leg["role"] == "supervisor" and leg["answered"]:
            for at, text in (supervision(story, leg) | {leg["ended"]: "supervises no more"}).items():
                if at and _concerns(story, leg, at):
                    yield TimelineStep(at, agent_lane(leg["owner"]), f"{supervisor(leg)} {text}")


def supervision(story: CallStory, leg: Row) -> dict[int, str]:
    """Return what an answered supervisor's leg does, by the time from which on it does so, in order."""
    does = {row["ended"]: SUPERVISES[row["kind"]] for row in _supervising(story, leg)}
    return dict(sorted(({leg["answered"]: "listens"} | does).items()))


def supervisor(leg: Row) -> str:
    """Return the name of a supervisor's leg: its phone, or the client whose page brought it, such as user:ben."""
    return leg["number"] if ":" in leg["number"] else f"phone {leg['number']}"


def _supervising(story: CallStory, leg: Row) -> list[Row]:
    """Return the commands by which a phone began to supervise this agent, or changed how."""
    own = [
        row for row in story.receipts if row["agent"] == leg["owner"] and leg["number"] in (row["number"], row["by"])
    ]
    return [row for row in own if row["kind"] in SUPERVISES and row["outcome"] == Outcome.COMPLETED]


def _how_it_ended(leg: Row, asked: bool) -> str:
    if leg["role"] == "third" and not leg["answered"]:
        return "ringing cancelled" if asked else reasons.get_for_cause(leg["cause"]).text(cause=leg["cause"])
    return "is hung up" if asked else "hangs up"


def _moves(story: CallStory) -> Iterator[TimelineStep]:
    """Yield what Asterisk reported about legs and bridges, if the rows of legs do not show it."""
    legs = {leg["id"]: leg for leg in story.legs}
    told = [(row["at"], row["kind"], row["payload"]["input"]) for row in story.journal if row["payload"]]
    for at, kind, said in told:
        leg = legs.get(said.get("leg", ""))
        if kind in TO_ALL and not _after_end(story, at):
            yield TimelineStep(at, ALL, TO_ALL[kind])
        elif kind == "leg.arrived" and said.get("args", [])[:1] == ["amd"]:
            yield from _detection(at, said["args"])
        elif leg is None and kind == "leg.joined":
            yield TimelineStep(at, ALL, f"channel {said['leg']} arrives unexpectedly, and is hung up")
        elif leg is None or leg["role"] in (*BESIDE, IVR):
            continue
        elif kind == "leg.talking":
            yield TimelineStep(at, _lane(leg), "speaks before the verdict")
        elif kind == "leg.ringing":
            yield TimelineStep(at, _lane(leg), "rings")
        elif kind == "leg.hold":
            yield TimelineStep(at, _lane(leg), "holds the line" if said["on"] else "takes the line back")
        elif kind == "leg.silent":
            yield TimelineStep(at, _lane(leg), "gets no audio, and joins again")
        elif kind == "leg.progress":
            yield TimelineStep(at, _lane(leg), "early media")
        elif kind == "leg.joined" and said["bridge"].startswith("spot-") and said["bridge"].endswith("-i"):
            yield TimelineStep(at, _lane(leg), f"in {_ivr(story, at)}", LanePlace.DIALPLAN)
        elif kind == "leg.joined" and said["bridge"].startswith("spot-"):
            yield TimelineStep(at, _lane(leg), "hears music", LanePlace.MUSIC)
        elif kind == "leg.joined" and (leg["role"] != "third" or _answered_before(leg, at)):
            yield TimelineStep(at, _lane(leg), "in the room", LanePlace.ROOM)
        elif kind == "leg.left" and not _moves_on(leg, at, told):
            yield TimelineStep(at, _lane(leg), "out of the room", LanePlace.WAITING)


def _ivr(story: CallStory, at: int) -> str:
    """Return the place in the dialplan that a customer parked at that time is connected with."""
    asked = [leg for leg in story.legs if leg["role"] == IVR and leg["created"] <= at]
    return str(max(asked, key=lambda leg: leg["created"])["number"]) if asked else "the park IVR"


def _detection(at: int, args: list[str]) -> Iterator[TimelineStep]:
    """Yield the result of machine detection, or of the wait for a machine's silence: "amd", call, result, cause."""
    _, _, result, cause, *_ = (*args, "", "")
    if result:
        yield TimelineStep(at, CUSTOMER, f"machine detection: {' '.join(filter(None, (result, cause)))}")


def _answered_before(leg: Row, at: int) -> bool:
    return leg["answered"] is not None and leg["answered"] <= at


def _moves_on(leg: Row, at: int, told: list[tuple[int, str, dict[str, Any]]]) -> bool:
    """Return whether a leg that left a bridge joins the next one within a second, or ends.

    That step is then shown instead.
    """
    if leg["ended"] is not None and leg["ended"] - at < MOVE:
        return True
    joins = (when for when, kind, said in told if kind == "leg.joined" and said["leg"] == leg["id"])
    return any(0 < when - at < MOVE for when in joins)


def _agents(story: CallStory) -> Iterator[TimelineStep]:
    for row in story.intervals:
        code = f" {row['pause_code']}" if row["pause_code"] else ""
        place = PLACES.get(row["state"])
        yield TimelineStep(row["started"], agent_lane(row["agent"]), f"{row['state']}{code}", place)


def _commands(story: CallStory) -> Iterator[TimelineStep]:
    for row in story.receipts:
        lane, what = agent_lane(row["agent"]), command_of(row)
        if row["ended"] == row["requested"]:
            yield TimelineStep(row["ended"], lane, f"{what}: {_outcome(row)}")
            continue
        yield TimelineStep(row["requested"], lane, f"{what} …")
        if row["ended"] is not None:
            yield TimelineStep(row["ended"], lane, f"{row['kind']}: {_outcome(row)}")


def command_of(receipt: Row) -> str:
    """Return a command and its target."""
    to_agent = f"agent {receipt['to_agent']}" if receipt["to_agent"] else ""
    words = (receipt["kind"], receipt["number"], receipt["ingroup"], to_agent, receipt["status"])
    return " ".join(filter(None, words))


def _outcome(row: Row) -> str:
    called = command_ends.name_called_party(row["number"], row["to_agent"], row["ingroup"])
    seconds = command_ends.count_seconds(row["requested"], row["steps"], row["ended"])
    ended = command_ends.EndedCommand(row["kind"], called, Outcome(row["outcome"]), row["cause"], seconds)
    return command_ends.describe_end(ended).text


def _files(story: CallStory) -> Iterator[TimelineStep]:
    for number, row in enumerate(story.recordings, 1):
        if row["started"] is not None:
            yield TimelineStep(row["started"], FILES, f"{number} on", LanePlace.ROOM)
        if row["ended"] is not None:
            end = "failed" if row["status"] == "failed" else "off"
            runs_on = any(_runs(other, row["ended"]) for other in story.recordings)
            yield TimelineStep(row["ended"], FILES, f"{number} {end}", LanePlace.ROOM if runs_on else LanePlace.NOWHERE)


def _runs(recording: Row, at: int) -> bool:
    """Return whether the file is being written just after that time."""
    started, ended = recording["started"], recording["ended"]
    return started is not None and started <= at and (ended is None or ended > at)


def _lane(leg: Row) -> str:
    return agent_lane(leg["owner"]) if leg["role"] in ("agent", *BESIDE) else str(leg["role"])


def _concerns(story: CallStory, leg: Row, at: int) -> bool:
    """Return whether an event of a leg belongs to the call; an agent's leg continues with the next call."""
    if leg["role"] not in ("agent", "supervisor"):
        return True
    own = [row for row in story.intervals if row["call"] and row["agent"] == leg["owner"]]
    return any(row["started"] <= at and (row["ended"] is None or at <= row["ended"]) for row in own)


def _after_end(story: CallStory, at: int) -> bool:
    ended = story.call["ended"] if story.call else None
    return ended is not None and at > ended


def _hangups_asked(story: CallStory) -> set[str]:
    """Return the legs that Warmline told Asterisk to hang up."""
    asked = (asked for row in story.journal if row["payload"] for asked in row["payload"]["asked"])
    return {action["leg"] for name, action in asked if name == "channel.hang_up"}


def _sent_on(story: CallStory) -> dict[str, str]:
    """Return the legs that Warmline sent into the dialplan, with their targets."""
    asked = (asked for row in story.journal if row["payload"] for asked in row["payload"]["asked"])
    ways = (action for name, action in asked if name == "channel.continue")
    return {way["leg"]: _way(way["context"], way["exten"]) for way in ways}


def _way(context: str, exten: str) -> str:
    """Return the step of a leg that goes there."""
    after = context == after_call.AFTER_CALL_CONTEXT  # the extension is the call
    return "continues after the call: [warmline-after]" if after else f"continues in the dialplan: {exten}@{context}"
