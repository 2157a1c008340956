"""The story of one call as a picture: a lane for each party over time, who heard whom, and what was recorded."""

import time
from http import HTTPStatus

from msgspec import Struct

from ari_app.http.past import call_search, comments_of_calls
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.problems import ProblemRaised, not_found
from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1 import call_agents
from ari_app.http.v1.live_state import JsonApi
from warmline.access.visible_agents import VisibleAgents
from warmline.operations.live_records import CallAgent, Time, iso
from warmline.store.calls import call_story
from warmline.store.calls.call_story import CallStory
from warmline.store.calls.lane_segments import conversations, last, segments
from warmline.store.calls.timeline_steps import LanePlace, lanes, start, steps
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.reports import calls
from warmline.store.reports.call_filter import CallFilter


class TimelinePart(Struct, frozen=True):
    """A part of a lane, in milliseconds from the beginning, and where its party was."""

    lane: str
    start_ms: float
    end_ms: float
    place: LanePlace


class TimelineTalk(Struct, frozen=True):
    """A time in which the same lanes heard each other. `muted` lanes only heard. `listeners` are texts."""

    start_ms: float
    end_ms: float
    lanes: list[str]
    muted: list[str]
    listeners: list[str]


class TimelineStepShown(Struct, frozen=True):
    """A step of the story: its time, its lane, which is empty for the whole call, and its text."""

    at: Time
    ms: float
    lane: str
    text: str


class TimelineRecording(Struct, frozen=True):
    """A recording of the call: the rule that started it, and its time. `start_ms` is null if it never began."""

    id: str
    agent: str
    kind: str
    reason: str
    notice: str
    status: str
    cause: str
    start_ms: float | None
    end_ms: float | None


class PastCallTimeline(Struct, frozen=True):
    """The story of a call from `began`, `length_ms` long. `call` is its row of the search, null for one without a row.

    `lanes` are in the order of a picture. `names` are the full names of agents and in-groups by their ids. `comments`
    are those of supervisors and managers. `agents` has each agent of the call in order, with the own code and notes.
    For a callback, those of the call that promised it come first.
    """

    id: str
    began: Time
    length_ms: float
    call: call_search.PastCallRow | None
    lanes: list[str]
    parts: list[TimelinePart]
    talks: list[TimelineTalk]
    steps: list[TimelineStepShown]
    recordings: list[TimelineRecording]
    names: dict[str, str]
    comments: list[comments_of_calls.CallComment]
    agents: list[CallAgent]


async def show(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the picture of one call. Raises ProblemRaised (404, 409), StoreError."""
    try:
        found = await in_time(_read, api.db, request.path_values["id"], request.visible)
    except NotFound as missing:
        raise not_found(missing) from None
    except Conflict as several:
        raise ProblemRaised(HTTPStatus.CONFLICT, several.code, "{why}", why=several) from None
    return reply(found)


def _read(db: str, wanted: str, visible: VisibleAgents | None) -> PastCallTimeline:
    """Return the picture of a call. Raises NotFound, Conflict, StoreError."""
    now = time.time_ns() // 1000
    story = call_story.story(db, wanted)
    row = story.call or story.fallback
    assert row is not None
    found = calls.page(db, CallFilter(start=0, end=now + 1, call=row["id"]), now, 1, "", visible)
    return _timeline(story, str(row["id"]), now, call_search.shown(found[0]) if found else None)


def _timeline(story: CallStory, call: str, now: int, row: call_search.PastCallRow | None) -> PastCallTimeline:
    began, told = start(story), steps(story)
    until = last(story, told, now)
    parts = segments(told, lanes(story), until)

    def since(at: int) -> float:
        return (at - began) / 1000

    return PastCallTimeline(
        id=call,
        began=iso(began),
        length_ms=since(until),
        call=row,
        lanes=lanes(story),
        parts=[TimelinePart(one.lane, since(one.start), since(one.end), one.place) for one in parts],
        talks=[
            TimelineTalk(since(one.start), since(one.end), list(one.lanes), list(one.muted), list(one.listeners))
            for one in conversations(story, parts, until)
        ],
        steps=[TimelineStepShown(iso(one.at), since(one.at), one.lane, one.text) for one in told],
        recordings=[
            TimelineRecording(
                *(one[name] for name in ("id", "agent", "kind", "reason", "notice", "status", "cause")),
                *(None if one[name] is None else since(one[name]) for name in ("started", "ended")),
            )
            for one in story.recordings
        ],
        names=story.full_names | story.group_names,
        comments=list(map(comments_of_calls.shown, story.comments)),
        agents=list(map(call_agents.shown, story.agents)),
    )
