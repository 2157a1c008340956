"""Carries out the core's actions: in order where order matters, side by side where not, and never in anyone's way."""

import asyncio
from collections.abc import Callable

from ari_app.asterisk.action_requests import REQUESTS
from ari_app.asterisk.ari_client import AriClient, AriError
from ari_app.asterisk.event_decoding import AUDIO
from warmline.core.media.bridge_audio import SILENCE
from warmline.core.model import actions, events
from warmline.core.model.actions import Action
from warmline.core.model.events import Event

UNKNOWN = (400, 404)  # there is no such thing, says Asterisk, or one that is only starting


class ActionPerformer:
    """Turns actions into requests, and what no event of Asterisk's will tell into events.

    `post` takes the events; `tell` answers the one who asked. `measure`, `press`, `convert`, `send`, `find`,
    `reconcile` and `check` see to it by themselves.
    """

    def __init__(
        self,
        client: AriClient,
        post: Callable[[Event], None],
        tell: Callable[[actions.Reply], None],
        measure: Callable[[actions.MeasureRecording], None],
        press: Callable[[actions.SendDtmf, str], None],
        convert: Callable[[actions.ConvertRecording], None],
        send: Callable[[actions.SendWebhook], None],
        find: Callable[[actions.FindLead], None],
        reconcile: Callable[[actions.ReconcileCalls], None],
        check: Callable[[actions.FindDialFacts], None],
    ) -> None:
        self._client = client
        self._post = post
        self._tell = tell
        self._measure = measure
        self._press = press
        self._convert = convert
        self._send = send
        self._find = find
        self._reconcile = reconcile
        self._check = check
        self._last: dict[str, set[asyncio.Task[None]]] = {}  # by lane and by leg: what the next one waits for
        self._joins: set[asyncio.Task[None]] = set()
        self._running: set[asyncio.Task[None]] = set()

    def perform(self, lane: str, action: Action) -> None:
        """Begin an action; returns at once. It waits for those before it in its lane, and of its leg in any lane.

        Legs join side by side. What changes a leg where it is waits for that leg alone, and a room can be made
        meanwhile; music of a room is waited for by what comes next about that music. To make or dial a leg can take
        seconds, so what comes after in the lane waits for it only if it touches that leg; so it is with the answer to
        a transfer. An answer to the one who asked, and work on a file, wait for nothing, and nothing waits for them.
        """
        match action:
            case actions.Reply():
                self._tell(action)
            case actions.SendDtmf():
                self._press(action, lane)
            case actions.MeasureRecording():
                self._measure(action)
            case actions.ConvertRecording():
                self._convert(action)
            case actions.SendWebhook():
                self._send(action)
            case actions.FindLead():
                self._find(action)
            case actions.ReconcileCalls():
                self._reconcile(action)
            case actions.FindDialFacts():
                self._check(action)
            case (
                actions.AnswerLeg(leg)
                | actions.SendProgress(leg)
                | actions.PlaySilence(leg)
                | actions.MuteOutbound(leg)
                | actions.MuteInbound(leg)
                | actions.PlayHoldMusic(leg)
                | actions.StopHoldMusic(leg)
            ):
                self._begin(action, self._before(leg), leg)
            case actions.PlayBridgeMusic(bridge) | actions.StopBridgeMusic(bridge):
                self._begin(action, self._before(lane, bridge), bridge)
            case actions.AnswerRefer(leg):
                self._begin(action, self._before(lane, leg), leg)
            case actions.CreateChannel() | actions.DialLeg():
                self._begin(action, self._before(lane, action.leg), action.leg)
            case actions.AddToBridge(leg):
                waited_for = self._before(lane)  # of it the joins only by what comes next
                self._begin(action, waited_for - self._joins | self._before(leg), lane, leg)
                self._last[lane] |= waited_for
            case _:
                touched = actions.leg_of(action)
                keys = (lane, touched) if touched else (lane,)
                self._begin(action, self._before(*keys), *keys)

    async def settled(self) -> None:
        """Wait until everything begun so far has been done or has failed."""
        if self._running:
            await asyncio.wait(set(self._running))

    async def close(self) -> None:
        """Give up what is not done yet."""
        for task in self._running:
            task.cancel()
        await self.settled()

    def _before(self, *keys: str) -> set[asyncio.Task[None]]:
        return {task for key in keys for task in self._last.get(key, ())}

    def _begin(self, action: Action, before: set[asyncio.Task[None]], *holds: str) -> None:
        """Do an action after those before it; the next in the lanes and of the legs that it holds wait for it."""
        task = asyncio.create_task(self._do(action, before))
        self._running.add(task)
        if isinstance(action, actions.AddToBridge):
            self._joins.add(task)
        for key in holds:
            self._last[key] = {task}
        task.add_done_callback(lambda done: self._ended(done, holds))

    def _ended(self, task: asyncio.Task[None], holds: tuple[str, ...]) -> None:
        self._running.discard(task)
        self._joins.discard(task)
        for key in holds:
            waited_for = self._last.get(key, set())
            waited_for.discard(task)
            if not waited_for:
                self._last.pop(key, None)
        if not task.cancelled():
            task.result()  # a bug in a request is the loop's to report, not to be lost

    async def _do(self, action: Action, before: set[asyncio.Task[None]]) -> None:
        if before:
            await asyncio.wait(before)
        try:
            await REQUESTS[type(action)](self._client, action)
        except AriError as error:
            told_nothing = error.status in UNKNOWN and not self._client.hears
            event = meaning(action, AriError(0, error.text) if told_nothing else error)
        except Exception as error:  # a bug: what waits for this has an end all the same
            self._post(events.ActionFailed(action, 0, type(error).__name__))
            raise
        else:
            event = proof(action)
        if event is not None:
            self._post(event)


def proof(action: Action) -> Event | None:
    """What Asterisk's consent tells the core, where it sends no event to prove it."""
    match action:
        case (
            actions.DialLeg()
            | actions.PlaySilence()
            | actions.MuteInbound()
            | actions.MuteRecording()
            | actions.StopHoldMusic()
        ):
            return events.ActionDone(action)
        case actions.PlayBridgeAudio(tone, _, media) if tone.startswith(AUDIO) or media == SILENCE:
            return events.ActionDone(action)  # a room may be mixed from now on
        case actions.DestroyBridge(bridge):  # no BridgeDestroyed comes once a leg was moved from it to another bridge
            return events.BridgeDestroyed(bridge)
        case _:
            return None


def meaning(action: Action, error: AriError) -> Event | None:
    """What a refusal tells the core: often that what was asked for is already so."""
    match action, error.status:
        case actions.HangUpLeg(leg) | actions.ContinueInDialplan(leg) | actions.ContinueInFallback(leg), 404:
            return events.LegDestroyed(leg, 0)
        case actions.ContinueInDialplan(leg) | actions.ContinueInFallback(leg), 409:  # it has left Stasis
            return events.LegLeftStasis(leg)
        case actions.RemoveFromBridge(leg, bridge), 400 | 404 | 422:  # no such leg, no such bridge, not in it
            return events.LegLeft(leg, bridge)
        case actions.DestroyBridge(bridge), 404:
            return events.BridgeDestroyed(bridge)
        case actions.StopRecording(name), 404:
            return events.RecordingFinished(name)
        case actions.StopBridgeAudio() | actions.PauseBridgeAudio() | actions.StopPlay(), 404:
            return None  # what it was about has gone meanwhile
        case actions.PlayBridgeMusic() | actions.StopBridgeMusic() | actions.PlaySilence(on=False), 404:
            return None
        case actions.PlayHoldMusic() | actions.StopHoldMusic(), 404:
            return None
        case actions.StopBridgeMusic(), 409:  # none plays
            return None
        case _:
            return events.ActionFailed(action, error.status, error.text)
