"""Carries out the core's actions: in order where order matters, side by side where not, and never in anyone's way."""

import asyncio
from collections.abc import Callable

from warmline.ari_app.asterisk.client import AriError, Client
from warmline.ari_app.asterisk.requests import REQUESTS
from warmline.core import actions, events
from warmline.core.actions import Action
from warmline.core.events import Event


class Performer:
    """Turns actions into requests, and what no event of Asterisk's will tell into events.

    `post` takes the events; `tell` answers the one who asked; `measure` reads a finished file and may block: it gets
    a thread. `press` and `convert` see to it by themselves.
    """

    def __init__(
        self,
        client: Client,
        post: Callable[[Event], None],
        tell: Callable[[actions.Tell], None],
        measure: Callable[[str], events.RecordingMeasured],
        press: Callable[[actions.SendDigits], None],
        convert: Callable[[actions.ConvertRecording], None],
    ) -> None:
        self._client = client
        self._post = post
        self._tell = tell
        self._measure = measure
        self._press = press
        self._convert = convert
        self._last: dict[str, asyncio.Task[None]] = {}  # by lane and by leg: what the next one waits for
        self._running: set[asyncio.Task[None]] = set()

    def perform(self, lane: str, action: Action) -> None:
        """Begin an action; returns at once. It waits for those before it in its lane, and of its leg in any lane.

        What changes a leg where it is waits for that leg alone, and a room can be made meanwhile. To make or dial a leg
        can take seconds, so what comes after in the lane waits for it only if it touches that leg. An answer to the one
        who asked, and the reading of a file, wait for nothing.
        """
        match action:
            case actions.Tell():
                self._tell(action)
            case actions.SendDigits():
                self._press(action)
            case actions.ConvertRecording():
                self._convert(action)
            case actions.MeasureRecording():
                self._begin(action, after=(), holds=())
            case actions.Answer() | actions.Silence() | actions.Deafen():
                self._begin(action, after=(action.leg,), holds=(action.leg,))
            case actions.MakeLeg() | actions.Dial():
                self._begin(action, after=(lane, action.leg), holds=(action.leg,))
            case _:
                leg = actions.leg_of(action)
                keys = (lane, leg) if leg else (lane,)
                self._begin(action, after=keys, holds=keys)

    async def settled(self) -> None:
        """Wait until everything begun so far has been done or has failed."""
        if self._running:
            await asyncio.wait(set(self._running))

    async def close(self) -> None:
        """Give up what is not done yet."""
        for task in self._running:
            task.cancel()
        await self.settled()

    def _begin(self, action: Action, after: tuple[str, ...], holds: tuple[str, ...]) -> None:
        before = {self._last[key] for key in after if key in self._last}
        task = asyncio.create_task(self._do(action, before))
        self._running.add(task)
        for key in holds:
            self._last[key] = task
        task.add_done_callback(lambda done: self._ended(done, holds))

    def _ended(self, task: asyncio.Task[None], holds: tuple[str, ...]) -> None:
        self._running.discard(task)
        for key in holds:
            if self._last.get(key) is task:
                del self._last[key]
        if not task.cancelled():
            task.result()  # a bug in a request is the loop's to report, not to be lost

    async def _do(self, action: Action, before: set[asyncio.Task[None]]) -> None:
        if before:
            await asyncio.wait(before)
        if isinstance(action, actions.MeasureRecording):
            self._post(await asyncio.to_thread(self._measure, action.name))
            return
        try:
            await REQUESTS[type(action)](self._client, action)
        except AriError as error:
            event = meaning(action, error)
        else:
            event = proof(action)
        if event is not None:
            self._post(event)


def proof(action: Action) -> Event | None:
    """What Asterisk's consent tells the core, where it sends no event to prove it."""
    match action:
        case actions.Dial() | actions.Silence():
            return events.ActionDone(action)
        case actions.CloseBridge(bridge):  # no BridgeDestroyed comes once a leg was moved from it to another bridge
            return events.BridgeGone(bridge)
        case _:
            return None


def meaning(action: Action, error: AriError) -> Event | None:
    """What a refusal tells the core: often that what was asked for is already so."""
    match action, error.status:
        case actions.Hangup(leg), 404:
            return events.LegGone(leg, 0)
        case actions.TakeOut(leg, bridge), 400 | 404 | 422:  # no such leg, no such bridge, not in it
            return events.LegLeft(leg, bridge)
        case actions.CloseBridge(bridge), 404:
            return events.BridgeGone(bridge)
        case actions.StopRecord(name), 404:
            return events.RecordingFinished(name)
        case actions.StopTone() | actions.RoomMusic() | actions.StopMusic() | actions.MuteRecord(), 404 | 409:
            return None  # what it was about has gone meanwhile
        case actions.Silence(on=False), 404 | 409:  # no such leg, or it has left Stasis
            return None
        case _:
            return events.ActionFailed(action, error.status, error.text)
