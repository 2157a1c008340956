"""The order of actions, and the meaning of their failures."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from ari_app.asterisk import action_requests, lead_requests
from ari_app.asterisk.action_performer import ActionPerformer, meaning
from ari_app.asterisk.action_requests import REQUESTS
from tests.asterisk.fake import FakeAri, Reply, fake_ari, refuses, says, stalls
from warmline.ari.client import request_timeout
from warmline.ari.client.ari_client import AriClient, AriError
from warmline.core.calls.after_call import AFTER_CALL_CONTEXT
from warmline.core.messages import actions as a
from warmline.core.messages import events as e
from warmline.core.messages.actions import Action
from warmline.core.messages.dial_facts_messages import FindDialFacts
from warmline.core.messages.dialler_messages import DialRefused, OriginateToDialplan
from warmline.core.messages.events import Event

LIMIT = 10.0
PACKET = 0.02  # seconds


class Posted:
    """A performer on a fake, with its requests and events."""

    def __init__(self, fake: FakeAri, client: AriClient, performer_of: Callable[["Posted"], ActionPerformer]) -> None:
        self.fake, self.client = fake, client
        self.events: list[Event] = []
        self.told: list[a.Reply] = []
        self.handed_out: list[Action] = []
        self.hand_out: Callable[[a.SendWebhook | a.MeasureRecording | a.ConvertRecording], None] = (
            self.handed_out.append
        )
        self.finds: list[a.FindLead] = []
        self.reconciles: list[a.ReconcileCalls] = []
        self.checks: list[FindDialFacts] = []
        self.refused: DialRefused | None = None
        self.pressed: list[tuple[a.SendDtmf, str]] = []
        self.performer = performer_of(self)

    async def look(self, dial: OriginateToDialplan) -> DialRefused | None:
        return self.refused

    def post(self, event: Event) -> None:
        self.events.append(event)

    def do(self, lane: str, *actions: Action) -> None:
        for action in actions:
            self.performer.perform(lane, action)


@asynccontextmanager
async def performing() -> AsyncIterator[Posted]:
    async with fake_ari() as (fake, client):

        def performer_of(posted: Posted) -> ActionPerformer:
            return ActionPerformer(
                {client.server: client},
                posted.post,
                posted.told.append,
                lambda action: posted.hand_out(action),
                lambda action, call: posted.pressed.append((action, call)),
                posted.finds.append,
                posted.reconciles.append,
                posted.checks.append,
                posted.look,
            )

        posted = Posted(fake, client, performer_of)
        yield posted
        await posted.performer.close()


def test_every_action_has_its_requests() -> None:
    elsewhere = {
        a.Reply,
        a.MeasureRecording,
        a.ConvertRecording,
        a.SendDtmf,
        a.SendWebhook,
        a.FindLead,
        a.ReconcileCalls,
        FindDialFacts,
    }
    assert set(REQUESTS) | elsewhere == set(Action.__args__)


LEAD = OriginateToDialplan("V1", "PJSIP/4930@trunk", "4930999", "C", 25, "vm-nobodyavail|vm-goodbye", "4930", "9")


async def test_a_lead_is_dialled_into_the_dialplan_after_its_trunk_is_heard() -> None:
    async with performing() as posted:
        posted.do("lane", LEAD, a.HangUpLeg("V1"))
        await posted.performer.settled()
        assert posted.fake.asked == [
            "POST /applications/warmline/subscription",
            "POST /channels",
            "DELETE /channels/V1",
        ]
        assert posted.events == []


async def test_a_lead_that_the_last_look_refuses_is_not_dialled() -> None:
    async with performing() as posted:
        posted.refused = DialRefused("V1", "4930 is on the system's do-not-call list", "DNCL")
        posted.do("lane", LEAD)
        await posted.performer.settled()
        assert posted.fake.asked == []
        assert posted.events == [posted.refused]


@pytest.mark.parametrize(
    ("endpoint", "trunk"),
    [
        ("PJSIP/4930@trunk", "trunk"),
        ("PJSIP/trunk/sip:4930@example.org", "trunk"),
        ("PJSIP/trunk", "trunk"),
        ("Local/4930@dialplan", ""),
    ],
)
def test_the_trunk_of_an_endpoint(endpoint: str, trunk: str) -> None:
    assert lead_requests.trunk_of(endpoint) == trunk


async def test_lanes_go_side_by_side_but_not_on_one_leg() -> None:
    async with performing() as posted:
        go_on = asyncio.Event()
        posted.fake.replies["POST /channels/X/answer"] = stalls(go_on)
        posted.do("one", a.AnswerLeg("X"), a.AddToBridge("X", "room"))
        posted.do("two", a.HangUpLeg("Y"), a.HangUpLeg("X"))
        posted.do("two", a.HangUpLeg("Z"))
        await posted.fake.until_asked("DELETE /channels/Y")
        assert "DELETE /channels/X" not in posted.fake.asked
        go_on.set()
        await posted.performer.settled()
        order = [line for line in posted.fake.asked if line.endswith(("X/answer", "addChannel", "/X", "/Z"))]
        assert order == [
            "POST /channels/X/answer",
            "POST /bridges/room/addChannel",
            "DELETE /channels/X",
            "DELETE /channels/Z",
        ]


@pytest.mark.fault(
    "Asterisk answers that music on hold has ended, and plays on until the next request for the channel",
    "the music may play 30 ms longer, until the request is repeated",
    "the same as without the fault",
)
async def test_the_end_of_hold_music_is_requested_twice() -> None:
    """Asterisk ignores an end that comes while it makes a packet of the music, so the second one comes later."""
    async with performing() as posted:
        begun = time.monotonic()
        posted.do("call", a.StopHoldMusic("X"))
        await posted.performer.settled()
        assert time.monotonic() - begun >= PACKET
        assert posted.fake.asked == ["DELETE /channels/X/moh"] * 2
        assert posted.events == [e.ActionDone(a.StopHoldMusic("X"))]


async def test_a_music_stop_that_fails_delays_no_other_action_of_its_call() -> None:
    """After a restart it is unknown whether it plays; a new start waits for its own end alone."""
    async with performing() as posted:
        posted.fake.replies["DELETE /bridges/room/moh"] = refuses(409)
        posted.do("call", a.StopBridgeMusic("room"), a.AddToBridge("X", "room"), a.PlayBridgeMusic("room", "default"))
        await posted.fake.until_asked("POST /bridges/room/addChannel")
        await posted.fake.until_asked("DELETE /bridges/room/moh")
        posted.fake.replies["DELETE /bridges/room/moh"] = says(None, 204)
        await posted.performer.settled()
        assert posted.fake.asked.index("POST /bridges/room/addChannel") < len(posted.fake.asked) - 2
        assert posted.fake.asked[-2:] == ["DELETE /bridges/room/moh", "POST /bridges/room/moh"]


async def test_a_recording_that_is_only_beginning_is_muted_as_soon_as_it_goes() -> None:
    async with performing() as posted:
        posted.fake.replies["DELETE /recordings/live/R/mute"] = refuses(409)
        posted.do("lane", a.MuteRecording("R", True))
        await posted.fake.until_asked("DELETE /recordings/live/R/mute", 2)
        posted.fake.replies["DELETE /recordings/live/R/mute"] = says(None, 204)
        await posted.performer.settled()
        assert posted.fake.asked[-2:] == ["DELETE /recordings/live/R/mute", "POST /recordings/live/R/mute"]
        assert posted.events == [e.ActionDone(a.MuteRecording("R", True))], "it was not going yet, which is no failure"


async def told_after(refusal: Reply, request: str, action: Action) -> list[Event]:
    """Return the core's events of an action whose request is refused in three attempts."""
    async with performing() as posted:
        posted.fake.replies[request] = refusal
        posted.do("call", action)
        await posted.fake.until_asked(request, 3)
        posted.fake.replies[request] = says(None, 204)
        await posted.performer.settled()
        return posted.events


async def close(request: web.Request) -> web.Response:
    """Close the connection, as Asterisk does if it has as many as it accepts (`sessionlimit`)."""
    assert request.transport
    request.transport.abort()
    return web.Response()


async def test_an_action_that_is_refused_for_a_moment_is_retried_and_is_no_failure() -> None:
    answer, resume = "POST /channels/C/answer", "POST /channels/C/continue"
    rows: list[tuple[str, Reply, str, Action]] = [
        *((f"answer, {status}", refuses(status), answer, a.AnswerLeg("C")) for status in (409, 500, 503)),
        ("answer, no connection", close, answer, a.AnswerLeg("C")),
        ("fallback", refuses(409), resume, a.ContinueInFallback("C", "why")),
        ("dialplan", refuses(409), resume, a.ContinueInDialplan("C", "sales", "8600")),
        ("music", refuses(409), "DELETE /bridges/room/moh", a.StopBridgeMusic("room")),
        ("prompt that begins", refuses(500), "DELETE /playbacks/P", a.StopPlay("C", "P")),
        ("audio that begins", refuses(500), "DELETE /playbacks/P", a.StopBridgeAudio("P")),
    ]
    wrong = []
    for name, refusal, request, action in rows:
        if told := await told_after(refusal, request, action):
            wrong.append(f"{name}: {told}")
    assert wrong == []


@pytest.mark.parametrize(("call", "context"), [("CALL1", "warmline-fallback-app"), ("", "")])
async def test_a_caller_goes_to_the_fallback_of_the_dialplan_that_they_came_from(call: str, context: str) -> None:
    """A call without an id is not Warmline's: it continues at the next priority."""
    async with performing() as posted:
        contexts: list[str] = []

        async def goes_on(request: web.Request) -> web.Response:
            contexts.append(request.query.get("context", ""))
            return web.Response(status=204)

        posted.fake.replies["GET /channels/C"] = says({"id": "C", "channelvars": {"WARMLINE_CALL": call}})
        posted.fake.replies["POST /channels/C/continue"] = goes_on
        posted.do("lane", a.ContinueInFallback("C", "why", next=None))
        await posted.performer.settled()
        assert (contexts, posted.events) == ([context], [])


@pytest.mark.parametrize(
    ("context", "requests"),
    [
        ("sales", ["variable WARMLINE_REASON", "variable WARMLINE_GOTO", "continue warmline-exit,s"]),
        (AFTER_CALL_CONTEXT, [f"continue {AFTER_CALL_CONTEXT},8600"]),
    ],
)
async def test_the_way_after_the_call_sets_no_variable(context: str, requests: list[str]) -> None:
    """Asterisk blocks some functions on a channel after a variable by ARI."""
    async with performing() as posted:
        asked: list[str] = []

        async def noted(request: web.Request) -> web.Response:
            query = request.query
            place = query.get("variable") or f"{query['context']},{query['extension']}"
            asked.append(f"{request.path.rpartition('/')[2]} {place}")
            return web.Response(status=204)

        posted.fake.replies["POST /channels/C/variable"] = noted
        posted.fake.replies["POST /channels/C/continue"] = noted
        posted.do("lane", a.ContinueInDialplan("C", context, "8600", "drop_call_seconds"))
        await posted.performer.settled()
        assert (asked, posted.events) == (requests, [])


async def test_an_answer_that_takes_too_long_is_not_asked_again_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The request may have arrived; requests behind it wait no longer than for others."""
    for module in (request_timeout, action_requests):
        monkeypatch.setattr(module, "REQUEST_TIMEOUT_SECONDS", 0.5)
    async with performing() as posted:
        posted.fake.replies["POST /channels/C/answer"] = stalls(asyncio.Event())
        posted.do("call", a.AnswerLeg("C"))
        await posted.performer.settled()
        assert [type(event) for event in posted.events] == [e.ActionFailed]
        assert posted.fake.asked == ["POST /channels/C/answer"]


@pytest.mark.parametrize("status", [409, 500, 503])
@pytest.mark.parametrize("what", ["POST /applications/warmline/subscription", "POST /bridges/room/record"])
async def test_a_moments_refusal_ends_no_recording(what: str, status: int) -> None:
    """Nor does the previous one end too soon: it waits for the answer."""
    async with performing() as posted:
        posted.fake.replies[what] = refuses(status)
        posted.do("lane", a.StartRecording("R", "room"))
        posted.do("lane", a.StopRecording("Q"))
        await posted.fake.until_asked(what, 2)
        posted.fake.replies[what] = says(None, 204)
        await posted.performer.settled()
        assert posted.fake.asked[-2:] == ["POST /bridges/room/record", "POST /recordings/live/Q/stop"]
        assert posted.events == []


async def test_a_recording_that_never_begins_cannot_be_muted(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is sent before the recording has a second packet of 20 ms."""
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    async with performing() as posted:
        posted.fake.replies["DELETE /recordings/live/R/mute"] = refuses(409, "Recording in progress")
        posted.do("lane", a.MuteRecording("R", True))
        await posted.performer.settled()
        assert len(posted.fake.asked) == len(pauses) + 1
        assert max(pauses) < 0.01 and 0.25 < sum(pauses) < 0.35
        assert [type(event) for event in posted.events] == [e.ActionFailed]


async def test_legs_join_in_parallel_between_the_actions_before_and_after() -> None:
    async with performing() as posted:
        made, answered, joined = asyncio.Event(), asyncio.Event(), asyncio.Event()
        posted.fake.replies["POST /bridges/room"] = stalls(made)
        posted.fake.replies["POST /channels/C/answer"] = stalls(answered)
        posted.fake.replies["POST /bridges/room/addChannel"] = stalls(joined)
        posted.do(
            "call",
            a.AnswerLeg("C"),
            a.CreateMixingBridge("room"),
            a.AddToBridge("C", "room"),
            a.AddToBridge("A", "room"),
        )
        posted.do("call", a.AddToBridge("A", "spot"), a.StartRecording("R", "room"))
        await posted.fake.until_asked("POST /bridges/room")
        made.set()
        await posted.fake.until_asked("POST /bridges/room/addChannel")  # the agent, who need not be answered
        assert posted.fake.asked.count("POST /bridges/room/addChannel") == 1
        answered.set()
        joined.set()
        await posted.performer.settled()
        assert posted.fake.asked[-2:] == ["POST /applications/warmline/subscription", "POST /bridges/room/record"]
        assert "POST /bridges/spot/addChannel" in posted.fake.asked[-4:-2]


async def test_a_slow_dial_holds_back_its_own_leg_only() -> None:
    async with performing() as posted:
        go_on = asyncio.Event()
        posted.fake.replies["POST /channels/create"] = stalls(go_on)
        posted.do(
            "call",
            a.AnswerLeg("A"),
            a.CreateChannel("T", "PJSIP/1@trunk", "5", "call"),
            a.HangUpLeg("T"),
            a.HangUpLeg("A"),
        )
        posted.do("call", a.CreateChannel("U", "PJSIP/2@trunk", "5", "call"), a.HangUpLeg("B"))
        await posted.fake.until_asked("POST /channels/create")
        assert "DELETE /channels/T" not in posted.fake.asked
        posted.fake.replies["POST /channels/V/dial"] = stalls(go_on)
        posted.do("other", a.DialLeg("V", 20), a.HangUpLeg("W"))
        await posted.fake.until_asked("DELETE /channels/W")
        go_on.set()
        await posted.performer.settled()
        asked = posted.fake.asked
        assert asked.index("POST /channels/A/answer") < asked.index("POST /channels/create")
        assert asked.index("POST /channels/create") < asked.index("DELETE /channels/T")


async def test_asterisk_has_time_for_a_transfer_and_only_its_leg_waits_for_the_answer() -> None:
    async with performing() as posted:
        begun = asyncio.get_running_loop().time()
        posted.do(
            "lane", a.RemoveFromBridge("A", "room"), a.AnswerRefer("A", "declined"), a.HangUpLeg("B"), a.HangUpLeg("A")
        )
        await posted.performer.settled()
        assert posted.fake.asked == [
            "POST /bridges/room/removeChannel",
            "DELETE /channels/B",
            "POST /channels/A/transfer_progress",
            "DELETE /channels/A",
        ]
        assert asyncio.get_running_loop().time() - begun > action_requests.REFERRED


async def test_only_results_without_an_event_of_their_own_are_reported() -> None:
    async with performing() as posted:
        done = (
            a.DialLeg("T", 20),
            a.PlaySilence("A", True),
            a.PlaySilence("A", False),
            a.MuteInbound("A", True),
            a.MuteRecording("R", True),
        )
        audio = (
            a.PlayBridgeAudio("audio-call-1", "room", "sound:demo-thanks"),
            a.PlayBridgeAudio("tone", "room", "tone:0/1000"),
        )
        events = [*(e.ActionDone(action) for action in (*done, *audio)), e.BridgeDestroyed("room")]
        proved_by_events = (
            a.CreateMixingBridge("room"),
            a.CreateHoldingBridge("spot", "default"),
            a.AnswerLeg("A"),
            a.SendProgress("A"),
            a.AddToBridge("A", "room"),
            a.RemoveFromBridge("A", "room"),
            a.MuteOutbound("A", True),
            a.CreateChannel("T", "PJSIP/1@trunk", "5", "call"),
            a.HangUpLeg("A"),
            a.ContinueInFallback("A", "why"),
            a.ContinueInDialplan("A", "sales", "8600"),
            a.AnswerRefer("A", "declined"),
            a.Play("A", "sound:beep"),
            a.Play("A", "sound:one|two", "P"),
            a.StopPlay("A", "P"),
            a.PlayBridgeAudio("tone", "room", "tone:425/1000,0/4000"),
            a.PauseBridgeAudio("tone", on=True),
            a.StopBridgeAudio("tone"),
            a.CreateWhisperLeg("W", "A"),
            a.StartRecording("R", "room"),
            a.StopRecording("R"),
            a.PlayBridgeMusic("room", "default"),
            a.StopBridgeMusic("room"),
            a.PlayHoldMusic("A", "default"),
        )
        posted.do("lane", *proved_by_events, *done, *audio, a.DestroyBridge("room"))
        await posted.performer.settled()
        assert sorted(map(repr, posted.events)) == sorted(map(repr, events))


async def test_replies_and_work_on_files_wait_for_no_request() -> None:
    async with performing() as posted:
        posted.fake.replies["DELETE /channels/A"] = stalls(asyncio.Event())
        posted.do("lane", a.HangUpLeg("A"), a.Reply("receipt", "why"), a.MeasureRecording("R"))
        posted.do("lane", a.ConvertRecording("R", "mp3"), a.SendDtmf("B", "receipt"))
        assert posted.pressed == [(a.SendDtmf("B", "receipt"), "lane")]
        assert posted.told == [a.Reply("receipt", "why")]
        assert posted.handed_out == [a.MeasureRecording("R"), a.ConvertRecording("R", "mp3")]


ONLY_GONE_BY_404: tuple[Action, ...] = (
    a.StopBridgeAudio("T"),
    a.PauseBridgeAudio("T", on=True),
    a.StopPlay("A", "P"),
    a.PlayBridgeMusic("room", "default"),
    a.PlaySilence("A", False),
)


@pytest.mark.parametrize(
    ("action", "status", "event"),
    [
        (a.HangUpLeg("A"), 404, e.LegDestroyed("A", 0)),
        (a.ContinueInDialplan("A", "sales", "8600"), 404, e.LegDestroyed("A", 0)),
        (a.ContinueInDialplan("A", "sales", "8600"), 409, e.LegLeftStasis("A")),
        (a.ContinueInFallback("A", "why"), 404, e.LegDestroyed("A", 0)),
        (a.ContinueInFallback("A", "why"), 409, e.LegLeftStasis("A")),
        (a.RemoveFromBridge("A", "room"), 422, e.LegLeft("A", "room")),
        (a.RemoveFromBridge("A", "room"), 404, e.LegLeft("A", "room")),
        (a.RemoveFromBridge("A", "room"), 400, e.LegLeft("A", "room")),
        (a.DestroyBridge("room"), 404, e.BridgeDestroyed("room")),
        (a.StopRecording("R"), 404, e.RecordingFinished("R", found=True)),
        (a.StopRecording("R"), 409, e.RecordingFinished("R", found=True)),
        (a.StopBridgeAudio("T"), 404, None),
        (a.PauseBridgeAudio("T", on=True), 404, None),
        (a.PlayBridgeMusic("room", "default"), 404, None),
        (a.StopBridgeMusic("room"), 404, None),
        (a.StopBridgeMusic("room"), 409, None),
        (a.PlayHoldMusic("A", "default"), 404, None),
        (a.StopHoldMusic("A"), 404, None),
        (a.PlayHoldMusic("A", "default"), 409, e.ActionFailed(a.PlayHoldMusic("A", "default"), 409, "no")),
        (a.MuteRecording("R", False), 404, e.ActionFailed(a.MuteRecording("R", False), 404, "no")),
        (a.PlaySilence("A", False), 404, None),
        *((action, 409, e.ActionFailed(action, 409, "no")) for action in ONLY_GONE_BY_404),
        (a.PlaySilence("A", True), 404, e.ActionFailed(a.PlaySilence("A", True), 404, "no")),
        (a.HangUpLeg("A"), 0, e.ActionFailed(a.HangUpLeg("A"), 0, "no")),
        (a.AddToBridge("A", "room"), 404, e.ActionFailed(a.AddToBridge("A", "room"), 404, "no")),
        (a.StartRecording("R", "room"), 409, e.ActionFailed(a.StartRecording("R", "room"), 409, "no")),
        (a.DialLeg("T", 20), 404, e.ActionFailed(a.DialLeg("T", 20), 404, "no")),
    ],
)
def test_a_refusal_becomes_the_event_of_its_action_and_status(action: Action, status: int, event: Event | None) -> None:
    assert meaning(action, AriError(status, "ari_refused", "no")) == event


@pytest.mark.parametrize(
    ("reply", "action", "status"),
    [
        ("DELETE /channels/A", a.HangUpLeg("A"), 404),
        ("POST /bridges/room/removeChannel", a.RemoveFromBridge("A", "room"), 400),
        ("POST /recordings/live/R/stop", a.StopRecording("R"), 404),
    ],
)
async def test_a_404_without_an_event_stream_reports_no_end(reply: str, action: Action, status: int) -> None:
    async with performing() as posted:
        posted.fake.replies[reply] = refuses(status, "not found")
        posted.client.hears = False
        posted.do("lane", action)
        await posted.performer.settled()
        assert posted.events == [e.ActionFailed(action, 0, "not found")]


def stuck_stream(client: AriClient) -> list[str]:
    """Let requests go by the event stream and wait behind another one; return them."""
    waiting: list[str] = []

    async def send(text: str) -> None:
        ask = json.loads(text)
        waiting.append(f"{ask['method']} /{ask['uri']}")

    client.stream_requests.open(send)
    return waiting


@pytest.mark.fault(
    "Asterisk blocks on a request from the event stream, and performs later requests late",
    "all parties hear each other, and no sound is played twice; a beep may be missing",
    "the same as without the fault",
)
async def test_silence_that_is_late_does_not_begin_after_a_join(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_timeout, "STREAM_TIMEOUT_SECONDS", 0.01)
    async with performing() as posted:
        waiting = stuck_stream(posted.client)
        posted.do("agent", a.PlaySilence("A", True))
        posted.do("call", a.PlaySilence("A", False), a.AddToBridge("A", "room"))
        await posted.performer.settled()
        done = ["POST /channels/A/silence", "DELETE /channels/A/silence", "POST /bridges/room/addChannel"]
        assert [*posted.fake.asked, *waiting] == [*done, "DELETE /channels/A/silence"]


@pytest.mark.fault("Asterisk blocks on a request from the event stream, and performs later requests late")
async def test_a_prompt_that_is_late_does_not_begin_after_it_was_stopped() -> None:
    async with performing() as posted:
        waiting = stuck_stream(posted.client)
        posted.do("call", a.Play("C", "sound:welcome", "P"), a.StopPlay("C", "P"))
        await posted.performer.settled()
        assert [*posted.fake.asked, *waiting] == ["POST /channels/C/play/P", "DELETE /playbacks/P"]


@pytest.mark.fault("Asterisk blocks on a request from the event stream, and performs later requests late")
async def test_a_beep_that_is_late_is_not_played_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_timeout, "STREAM_TIMEOUT_SECONDS", 0.01)
    whisper, beep = a.CreateWhisperLeg("W", "A"), a.Play("V", "sound:beep")
    async with performing() as posted:
        waiting = stuck_stream(posted.client)
        posted.do("one", whisper)
        posted.do("other", beep)
        await posted.performer.settled()
        assert [line.partition("?")[0] for line in waiting] == ["POST /channels/A/snoop/W", "POST /channels/V/play"]
        assert posted.fake.asked == []
        no_answer = "no answer from Asterisk within 0.01 s"
        assert posted.events == [e.ActionFailed(action, 0, no_answer) for action in (whisper, beep)]


async def test_a_failure_does_not_stop_the_lane() -> None:
    async with performing() as posted:
        posted.fake.replies["POST /bridges/room/addChannel"] = refuses(400, "Channel not found")
        posted.do("lane", a.AddToBridge("A", "room"), a.HangUpLeg("B"))
        await posted.performer.settled()
        assert posted.events == [e.ActionFailed(a.AddToBridge("A", "room"), 400, "Channel not found")]
        assert posted.fake.asked[-1] == "DELETE /channels/B"


async def test_a_room_that_is_there_already_is_no_failure() -> None:
    async with performing() as posted:
        posted.fake.replies["POST /bridges/room"] = refuses(409, "Bridge with id 'room' already exists")
        posted.do("lane", a.CreateMixingBridge("room"))
        await posted.performer.settled()
        assert posted.events == []
        assert posted.fake.asked == ["POST /bridges/room"]


async def test_a_leg_that_was_made_although_no_answer_came_is_no_failure() -> None:
    """The request is repeated after a reconnect; the channel then already exists."""
    make = a.CreateChannel("T", "PJSIP/1@trunk", "5", "call")
    async with performing() as posted:
        posted.fake.replies["POST /channels/create"] = refuses(409, "Channel with given unique ID already exists")
        posted.fake.replies["GET /channels/T"] = says({"id": "T"})
        posted.do("lane", make)
        await posted.performer.settled()
        assert posted.events == []
        posted.fake.replies["GET /channels/T"] = refuses(404)
        posted.do("lane", make)
        await posted.performer.settled()
        assert posted.events == [e.ActionFailed(make, 409, "Asterisk knows no way to PJSIP/1@trunk")]


async def test_a_bug_in_a_request_is_an_end_too(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Otherwise its receipt or its leg would stay open without end."""
    join = a.AddToBridge("C", "room")

    async def broken(_: AriClient, __: Action) -> None:
        raise ValueError("a surrogate")

    monkeypatch.setitem(REQUESTS, a.AddToBridge, broken)
    async with performing() as posted:
        posted.do("lane", join)
        await posted.performer.settled()
        assert posted.events == [e.ActionFailed(join, 0, "ValueError")]
    assert "a surrogate" in caplog.text
