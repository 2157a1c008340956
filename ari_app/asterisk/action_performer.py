"""Performs the core's actions: in order where order matters, concurrently otherwise."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

from ari_app.asterisk.action_requests import REQUESTS
from ari_app.asterisk.event_decoding import AUDIO
from ari_app.asterisk.request_order import RequestOrder
from ari_app.asterisk.server_clients import client_of
from warmline.ari.client.ari_client import AriClient, AriError
from warmline.core.media.bridge_audio import SILENCE_TONE
from warmline.core.messages import actions, events
from warmline.core.messages.actions import Action
from warmline.core.messages.dial_facts_messages import FindDialFacts
from warmline.core.messages.dialler_messages import CreateDetector, DetectTalking, DialRefused, OriginateToDialplan
from warmline.core.messages.events import Event
from warmline.core.messages.values.server_action import ServerAction

UNKNOWN = (400, 404)  # statuses of Asterisk for an object that does not exist, or is only starting


class ActionPerformer:
    """Turns actions into ARI requests, and results that Asterisk sends no event for into events.

    `clients` are those of the servers, by name. An action for a server that is not among them fails.
    `post` receives the events, and `tell` receives the answers to commands. `hand_out`, `press`, `find`, `reconcile`,
    `check` and `choose` receive the actions that are not ARI requests, and report their own results. `look` returns why
    a lead must not be dialled, or None.
    """

    def __init__(
        self,
        clients: Mapping[str, AriClient],
        post: Callable[[Event], None],
        tell: Callable[[actions.Reply], None],
        hand_out: Callable[[actions.SendWebhook | actions.MeasureRecording | actions.ConvertRecording], None],
        press: Callable[[actions.SendDtmf, str], None],
        find: Callable[[actions.FindLead], None],
        reconcile: Callable[[actions.ReconcileCalls], None],
        check: Callable[[FindDialFacts], None],
        look: Callable[[OriginateToDialplan], Awaitable[DialRefused | None]],
    ) -> None:
        self._clients = clients
        self._post = post
        self._tell = tell
        self._hand_out = hand_out
        self._press = press
        self._find = find
        self._reconcile = reconcile
        self._check = check
        self._look = look
        self._orders = {name: RequestOrder() for name in clients}

    def perform(self, lane: str, action: Action) -> None:
        """Begin an action and return at once. `lane` names a sequence of actions, such as the actions of one call.

        An action waits for earlier actions of its lane, and for earlier actions of its leg in any lane, on the same
        server. Exceptions:

        - Legs join a bridge concurrently.
        - An action that changes a leg in place, such as a mute, waits for that leg alone.
        - Only the next music action of a bridge waits for music of that bridge.
        - Creating or dialling a leg can take seconds. A later action of the lane waits for it only if it touches
          that leg. The same applies to the answer to a REFER.
        - Replies to commands and work on files wait for no action, and no action waits for them.
        """
        match action:
            case actions.Reply():
                self._tell(action)
            case actions.SendDtmf():
                self._press(action, lane)
            case actions.SendWebhook() | actions.MeasureRecording() | actions.ConvertRecording():
                self._hand_out(action)
            case actions.FindLead():
                self._find(action)
            case actions.ReconcileCalls():
                self._reconcile(action)
            case FindDialFacts():
                self._check(action)
            case _:
                self._request(lane, action, self._order_of(action))

    def _request(self, lane: str, action: Action, order: RequestOrder) -> None:
        match action:
            case (
                actions.AnswerLeg(leg)
                | actions.SendProgress(leg)
                | actions.PlaySilence(leg)
                | actions.MuteOutbound(leg)
                | actions.MuteInbound(leg)
                | actions.PlayHoldMusic(leg)
                | actions.StopHoldMusic(leg)
                | DetectTalking(leg)
            ):
                order.begin(self._do(action, order.before(leg)), leg)
            case actions.PlayBridgeMusic(bridge) | actions.StopBridgeMusic(bridge):
                order.begin(self._do(action, order.before(lane, bridge)), bridge)
            case CreateDetector(leg, detector):
                order.begin(self._do(action, order.before(lane, leg)), detector)
            case actions.AnswerRefer(leg):
                order.begin(self._do(action, order.before(lane, leg)), leg)
            case actions.CreateChannel() | actions.DialLeg() | OriginateToDialplan():
                order.begin(self._do(action, order.before(lane, action.leg)), action.leg)
            case actions.AddToBridge(leg):
                waited_for = order.before(lane)  # earlier joins delay only the action after this one
                before = order.without_joins(waited_for) | order.before(leg)
                order.begin_join(self._do(action, before), waited_for, lane, leg)
            case _:
                touched = actions.get_leg(action)
                keys = (lane, touched) if touched else (lane,)
                order.begin(self._do(action, order.before(*keys)), *keys)

    def end_stranger(self, channel: str, server: str) -> None:
        """Hang up a channel with the id of another server's leg. No event follows: it would be about that leg."""
        action = actions.HangUpLeg(channel, server=server)
        self._order_of(action).begin(self._untold(action))

    async def _untold(self, action: actions.HangUpLeg) -> None:
        with suppress(AriError):  # it has ended, or the next comparison finds it
            await REQUESTS[type(action)](client_of(self._clients, action), action)

    async def settled(self, *servers: str) -> None:
        """Wait until every request to these servers that began so far is done or has failed; without names, to all."""
        orders = [order for name, order in self._orders.items() if not servers or name in servers]
        await asyncio.gather(*(order.settled() for order in orders))

    async def close(self) -> None:
        """Cancel all unfinished actions."""
        for order in self._orders.values():
            order.cancel()
        await self.settled()

    def _order_of(self, action: Action) -> RequestOrder:
        assert isinstance(action, ServerAction)
        if (order := self._orders.get(action.server)) is None:
            order = self._orders[action.server] = RequestOrder()  # such a request fails at once
        return order

    async def _do(self, action: Action, before: set[asyncio.Task[None]]) -> None:
        if before:
            await asyncio.wait(before)
        try:
            if isinstance(action, OriginateToDialplan) and (refused := await self._look(action)):
                self._post(refused)
                return
            client = client_of(self._clients, action)
            await REQUESTS[type(action)](client, action)
        except AriError as error:
            told_nothing = error.status in UNKNOWN and not client.hears
            event = meaning(action, AriError(0, error.code, "{why}", why=error.text) if told_nothing else error)
        except Exception as error:  # a bug: actions that wait for this one must not wait forever
            self._post(events.ActionFailed(action, 0, type(error).__name__))
            raise
        else:
            event = proof(action)
        if event is not None:
            self._post(event)


def proof(action: Action) -> Event | None:
    """Return the event for a successful action, if Asterisk sends no event of its own; otherwise None."""
    match action:
        case (
            actions.DialLeg()
            | actions.PlaySilence()
            | actions.MuteInbound()
            | actions.MuteRecording()
            | actions.StopHoldMusic()
            | DetectTalking()
        ):
            return events.ActionDone(action)
        case actions.PlayBridgeAudio(tone, _, media) if tone.startswith(AUDIO) or media == SILENCE_TONE:
            return events.ActionDone(action)  # the bridge may be mixed from now on
        case actions.DestroyBridge(bridge):  # Asterisk sends no BridgeDestroyed if a leg moved to another bridge
            return events.BridgeDestroyed(bridge)
        case _:
            return None


def meaning(action: Action, error: AriError) -> Event | None:
    """Return the event for a failed action, or None if the failure does not matter.

    A refusal often means that the requested state already exists.
    """
    match action, error.status:
        case actions.HangUpLeg(leg) | actions.ContinueInDialplan(leg) | actions.ContinueInFallback(leg), 404:
            return events.LegDestroyed(leg, 0)
        case actions.ContinueInDialplan(leg) | actions.ContinueInFallback(leg), 409:  # the leg has left Stasis
            return events.LegLeftStasis(leg)
        case actions.RemoveFromBridge(leg, bridge), 400 | 404 | 422:  # no such leg, no such bridge, not in it
            return events.LegLeft(leg, bridge)
        case actions.DestroyBridge(bridge), 404:
            return events.BridgeDestroyed(bridge)
        case actions.StopRecording(name), 404 | 409:  # 409: it has just ended, and Asterisk still knows it
            return events.RecordingFinished(name, found=True)
        case actions.StopBridgeAudio() | actions.PauseBridgeAudio() | actions.StopPlay(), 404:
            return None  # the playback has ended
        case actions.PlayBridgeMusic() | actions.StopBridgeMusic() | actions.PlaySilence(on=False), 404:
            return None
        case actions.PlayHoldMusic() | actions.StopHoldMusic(), 404:
            return None
        case actions.StopBridgeMusic(), 409:  # no music plays
            return None
        case _:
            return events.ActionFailed(action, error.status, error.text)
