"""A script at Asterisk: what it may ask, and what it waits for."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Coroutine, Mapping
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from warmline.ari import (
    adoption,
    conversation,
    foreign_channels,
    hand_over_target,
    made_channels,
    media_channels,
    outgoing_calls,
    request_transport,
    script_cleanup,
)
from warmline.ari.ari_exceptions import ConnectionLost
from warmline.ari.bridge import Bridge, find_bridge, make_bridge
from warmline.ari.channel import Channel
from warmline.ari.client import json_errors
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_errors import AriError
from warmline.ari.client.ari_event_stream import AriEventStream, ReplacedError
from warmline.ari.conversation import Conversation
from warmline.ari.event_reader import EventReader, ScriptEvent
from warmline.ari.events import Event
from warmline.ari.media_channels import Heard
from warmline.ari.outcomes import Called
from warmline.ari.resources import Bridge as DescribedBridge
from warmline.ari.resources import Channel as Described
from warmline.ari.resources import DeviceStateState, Endpoint, Mailbox
from warmline.ari.script_events import ScriptEvents
from warmline.ari.speech_sounds import SpeechSounds
from warmline.system.settings import Settings

if TYPE_CHECKING:
    from warmline.ari.operations import Api, DeviceState
    from warmline.centre import Call, Centre

HANGUP_SECONDS = 0.2  # in which a channel ends that was hung up
MAX_CLEANUPS = 2  # at the end: the first one ends what is left, and the second one sees that nothing is

log = logging.getLogger("warmline.ari.script")

T = TypeVar("T")
K = TypeVar("K", bound=ScriptEvent)
E1 = TypeVar("E1", bound=ScriptEvent)
E2 = TypeVar("E2", bound=ScriptEvent)
E3 = TypeVar("E3", bound=ScriptEvent)
E4 = TypeVar("E4", bound=ScriptEvent)
E5 = TypeVar("E5", bound=ScriptEvent)
E6 = TypeVar("E6", bound=ScriptEvent)


class Ari:
    """A script at Asterisk. `connect` makes it.

    `channels` are the parties of the script by their ids, `bridges` its bridges.
    """

    def __init__(self, client: AriClient, settings: Settings) -> None:
        self.channels: dict[str, Channel] = {}
        self.bridges: dict[str, Bridge] = {}
        self.script_events = ScriptEvents(self)
        self.conversations: set[Conversation] = set()
        self.has_talk_dialplan = False  # whether Asterisk has the context of talk_guard.py, as far as is known
        self._client = client
        self.settings = settings
        self._stream: AriEventStream | None = None
        self._tasks: set[asyncio.Task[Any]] = set()  # requests that must end before the script does
        self._filter_task: asyncio.Task[Any] | None = None  # until Asterisk sends the types of a new reader
        self.speech_sounds = SpeechSounds()
        self.is_unsure = False  # whether Asterisk may still perform a request that had no answer

    @property
    def name(self) -> str:
        """Return the name of the script's application in Asterisk."""
        return self._client.app

    @property
    def asterisk_version(self) -> str:
        """Return the version of the connected Asterisk, such as 22.10.1, or "" until it is known."""
        return self._client.asterisk_version

    @cached_property
    def api(self) -> "Api":
        """Return every operation of ARI as a typed method, such as `ari.api.channels.mute(channel.id)`.

        Ids in the path come first, all other parameters by name; what is not given, Asterisk chooses. The names are
        those of ARI with underscores. Each raises AriError, and CodedError for what this Asterisk is too old for.
        The dial rules do not check them: do not put a number from outside into an `endpoint`.
        """
        from warmline.ari.operations import Api  # a thousand lines, which most scripts do without

        return Api(self)

    def has_called(self, channel: Channel) -> bool:
        """Return whether the script has called this party, or made this channel; else the dialplan sent it."""
        return self.script_events.is_own(channel.id)

    async def request(
        self,
        method: str,
        *path: str,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Any:
        """Send any request of ARI, and return its answer's JSON, or None. Each part of `path` is one segment.

        `api` has a typed method for each. Raises AriError: no answer in time is one, too, and so is an answer that
        cannot be read.
        """
        answer = await self.send_request(method, *path, query=query, body=body)
        return json_errors.read_any(answer) if answer else None

    def send_request(
        self,
        method: str,
        *path: str,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Awaitable[bytes]:
        """Send any request of ARI, and return its answer. Raises AriError."""
        if not path:
            raise ValueError("a request needs a path, such as ari.request('GET', 'channels')")
        if self._filter_task or request_transport.makes_channel(method, path):
            return self._send_prepared(method, path, query, body)
        over_stream = request_transport.is_for_stream(method, path, self.name)
        return self._client.request(method, *path, query=query, body=body, over_stream=over_stream)

    async def _send_prepared(
        self, method: str, path: tuple[str, ...], query: Mapping[str, str | int] | None, body: Mapping[str, Any] | None
    ) -> bytes:
        """Wait until Asterisk sends all types of events that are read, and note the channel that the request makes."""
        if self._filter_task:
            await asyncio.wait((self._filter_task,))
        own_id = ""
        if request_transport.makes_channel(method, path):
            missing, own_id = made_channels.find_own_id(self.name, path, {**(query or {}), **(body or {})})
            query = {**(query or {}), **missing}
            if own_id and not made_channels.is_id_of(self.name, own_id):
                self.script_events.own_ids.add(own_id)
        is_dial, over_stream = (
            request_transport.is_dial(method, path),
            request_transport.is_for_stream(method, path, self.name),
        )
        try:
            return await self._client.request(
                method, *path, query=query, body=body, is_dial=is_dial, over_stream=over_stream
            )
        except AriError as error:
            if error.status:  # else Asterisk may perform it later
                self.script_events.own_ids.discard(own_id)
            raise

    # mypy makes a union only of types that have names of their own.
    @overload
    def events(self, _1: type[E1], /) -> EventReader[E1]: ...

    @overload
    def events(self, _1: type[E1], _2: type[E2], /) -> EventReader[E1 | E2]: ...

    @overload
    def events(self, _1: type[E1], _2: type[E2], _3: type[E3], /) -> EventReader[E1 | E2 | E3]: ...

    @overload
    def events(self, _1: type[E1], _2: type[E2], _3: type[E3], _4: type[E4], /) -> EventReader[E1 | E2 | E3 | E4]: ...

    @overload
    def events(
        self, _1: type[E1], _2: type[E2], _3: type[E3], _4: type[E4], _5: type[E5], /
    ) -> EventReader[E1 | E2 | E3 | E4 | E5]: ...

    @overload
    def events(
        self, _1: type[E1], _2: type[E2], _3: type[E3], _4: type[E4], _5: type[E5], _6: type[E6], /
    ) -> EventReader[E1 | E2 | E3 | E4 | E5 | E6]: ...

    @overload
    def events(self, *kinds: type[K]) -> EventReader[K]: ...

    def events(self, *kinds: type[Any]) -> EventReader[Any]:
        """Return an iterator over the events of these types from now on: see `warmline.ari.events`.

        `Reconnected` and `UnknownEvent` are types too. Up to 10,000 events wait for the script, then EventsLost is
        raised. Asterisk sends the types that are read, and a request waits until it does.
        """
        kind_count = len(self.script_events.kinds)
        reader = self.script_events.add_reader(kinds)
        self._send_filter(kind_count)
        return reader

    def receive(self, kind: type[Event]) -> None:
        """Let Asterisk send this type for the library from now on; a request waits until it does."""
        kind_count = len(self.script_events.kinds)
        self.script_events.kinds.add(kind.__name__)
        self._send_filter(kind_count)

    def _send_filter(self, former_kind_count: int) -> None:
        if self._stream and len(self.script_events.kinds) > former_kind_count:
            self._filter_task = self.begin(self._widen_filter(self._stream))
            self._filter_task.add_done_callback(self._forget_filter_task)

    async def _widen_filter(self, stream: AriEventStream) -> None:
        try:
            await stream.send_filter()
        except AriError as error:
            log.warning("Asterisk does not send more types of events (%s): connecting again", error)
            await stream.reconnect()

    def _forget_filter_task(self, task: "asyncio.Task[Any]") -> None:
        if self._filter_task is task:
            self._filter_task = None

    async def arrivals(self) -> AsyncIterator[Channel]:
        """Yield each call that the dialplan sends to the script with `Stasis(script-NAME)`.

        A channel that the script makes does not arrive, also one of `request`, such as `channels/externalMedia`.
        """
        while True:
            if channel := self.script_events.take_arrival():
                yield channel
            else:
                await self.wait(self.script_events.arrival.wait())

    async def call(
        self,
        number: str,
        campaign: str = "",
        *,
        seconds: int = 0,
        caller_id: str = "",
        variables: Mapping[str, str] | None = None,
        waiting: Channel | None = None,
        detect_machine: bool = False,
    ) -> Called:
        """Call a number or a phone, and wait until a party answers, or until it is clear that none will.

        It rings for `seconds`, or as long as the campaign says. The number must pass the dial rules of the campaign,
        or of the system without one. A phone is an endpoint of Asterisk, such as `PJSIP/1000`: no dial rule holds for
        it. A refusal is a result: nothing is raised for it.

        If the party `waiting` hangs up, the call is withdrawn and ChannelGone is raised. Without one, the call is
        automatic, and `warmline dial stop` refuses it. A cancelled call is withdrawn; its phone lists no missed call if
        another has answered for the party `waiting`. With `detect_machine`, `machine` of the result says whether a
        machine has answered: see `Channel.detect_machine`.

        Raises ValueError, AriError, ConnectionLost, and CodedError for a number on a machine without Warmline's dial
        rules.
        """
        return await outgoing_calls.call(
            self,
            number,
            campaign,
            seconds=seconds,
            caller_id=caller_id,
            variables=variables or {},
            waiting=waiting,
            detect_machine=detect_machine,
        )

    async def bridge(self, *channels: Channel) -> Bridge:
        """Let these parties hear each other, in a new bridge. Raises AriError, ChannelGone; then there is no bridge."""
        return await make_bridge(self, "mixing", channels)

    async def holding_bridge(self, *channels: Channel) -> Bridge:
        """Let these parties wait with music on hold, in a new bridge: they do not hear each other.

        All of them hear a party of `bridge.add(party, role="announcer")`, and `bridge.play`. Raises as `bridge`.
        """
        return await make_bridge(self, "holding", channels)

    async def bridge_with(self, number: str) -> Bridge | None:
        """Return the bridge in which the caller with this number is, also one of another program, or None.

        Raises AriError.
        """
        return await find_bridge(self, number)

    async def conversation(
        self,
        customer: Channel,
        agent: Channel | str,
        campaign: str = "",
        *,
        seconds: int = 30,
        caller_id: str = "",
        music: str = "default",
    ) -> Conversation:
        """Let a customer and an agent talk, so that the agent can bring a third party and leave.

        An `agent` who is a number, or a phone such as PJSIP/1000, is called first, for `seconds` and by the dial rules
        of `call`; the customer hears the ring tone. If nobody answers, the result is false, and the customer is where
        they were. `music` is what a parked party hears. The parties talk on if the script is killed, which needs the
        context `warmline-talk` in the dialplan. Raises CodedError without it, AriError, ChannelGone, ConnectionLost.
        """
        return await conversation.begin(
            self, customer, agent, campaign, seconds=seconds, caller_id=caller_id, music=music
        )

    async def talk(self, one: Channel, other: Channel) -> None:
        """Let two parties talk until one of them hangs up; then hang up the other one.

        If Asterisk does not join them, a party whom the script called is hung up, and a caller stays in the script.
        Raises AriError, ChannelGone, ConnectionLost.
        """
        await outgoing_calls.talk(self, one, other)

    async def channel(self, id_or_name: str) -> Channel:
        """Take hold of any channel of Asterisk by its id or its name, also one of another program.

        A foreign channel is not the script's: it does not arrive, and neither `let_go` nor the end of the script
        changes it. `hang_up`, `mute` and `snoop` work, and what Asterisk allows for a channel that is in no program or
        in another one. Raises AriError with the status 404 if there is none.
        """
        return await foreign_channels.take_hold(self, id_or_name)

    async def external_media(
        self,
        host: str,
        format: str = "ulaw",
        *,
        encapsulation: Literal["rtp", "audiosocket", "none"] = "rtp",
        transport: Literal["udp", "tcp", "websocket", ""] = "",
        is_server: bool = False,
        data: str = "",
    ) -> Channel:
        """Return a channel whose sound goes to a program, and comes from there: put it into a bridge with a caller.

        `host` is the program's address, HOST:PORT, and `format` a codec, such as `slin16`. Without further arguments,
        the sound is RTP over UDP, and the variables UNICASTRTP_LOCAL_ADDRESS and UNICASTRTP_LOCAL_PORT have Asterisk's
        address. With `encapsulation="audiosocket"`, it is AudioSocket over TCP, and `data` is the UUID that the program
        gets first, or a new one. With `encapsulation="none", transport="websocket"`, `host` is a connection of
        websocket_client.conf. If `is_server`, it is `INCOMING`: the program connects to Asterisk, at /media/ and the
        variable MEDIA_WEBSOCKET_CONNECTION_ID, and the channel can enter a bridge from then on.

        It is hung up with the script, or when the handler of `serve` ends. Raises AriError, also if the program does
        not answer, ConnectionLost.
        """
        return await media_channels.make_external_media(
            self, host, format, encapsulation=encapsulation, transport=transport, is_server=is_server, data=data
        )

    async def snoop(self, channel: Channel, *, spy: Heard = "both", whisper: Heard = "none") -> Channel:
        """Return a channel that hears a party, or is heard by one, without being in the party's bridge.

        `spy` is what it hears: what the party says ("in"), what the party hears ("out"), or both. `whisper` is who
        hears it: the party ("out"), those who hear the party ("in"), or both. Record it, or put it into a bridge. It
        ends with the party's call. Raises ChannelGone, AriError, ConnectionLost.
        """
        return await media_channels.make_snoop(self, channel, spy=spy, whisper=whisper)

    async def endpoints(self, technology: str = "") -> tuple[Endpoint, ...]:
        """Return the endpoints of Asterisk, such as phones, with their state and channels. Raises AriError."""
        return await (self.api.endpoints.list_by_tech(technology) if technology else self.api.endpoints.list())

    async def device_state(self, name: str) -> DeviceStateState:
        """Return the state of a device, such as of `Stasis:door`; INVALID or UNKNOWN without one. Raises AriError."""
        return (await self.api.device_states.get(name)).state

    async def set_device_state(self, name: str, state: "DeviceState") -> None:
        """Set the state of a device of one's own, for hints of the dialplan: its name begins with `Stasis:`.

        Raises AriError, with the status 409 for another name.
        """
        await self.api.device_states.update(name, device_state=state)

    async def delete_device_state(self, name: str) -> None:
        """Delete a device of one's own; phones see it as unknown. Raises AriError."""
        await self.api.device_states.delete(name)

    async def mailbox(self, name: str) -> Mailbox:
        """Return the numbers of messages in a mailbox. Raises AriError, with the status 404 if it was never set.

        Mailboxes need Asterisk's modules res_mwi_external and res_ari_mailboxes, which exclude app_voicemail.
        """
        return await self.api.mailboxes.get(name)

    async def set_mailbox(self, name: str, *, new: int, old: int = 0) -> None:
        """Set the numbers of messages in a mailbox; lamps of phones show the new ones. Raises AriError."""
        await self.api.mailboxes.update(name, old_messages=old, new_messages=new)

    async def hand_over(self, channel: Channel, destination: str, data: Mapping[str, str] | None = None) -> None:
        """Hand the call to Warmline: `ingroup:SALES`, `agent:1000` or `did:8005550100`. The script has it no more.

        `data` are items that the setting `call_data` names. Raises Refused if the destination does not exist or the
        data may not go there, ChannelGone, AriError.
        """
        target = await asyncio.to_thread(hand_over_target.find_target, str(self.settings.db), destination, data or {})
        for name, value in (data or {}).items():
            await channel.set_variable(f"WARMLINE_DATA_{name}", value)
        channel.check()
        channel.leaving_reason = f"handed over to {destination}"
        query = {"context": target.context, "extension": target.extension}
        try:
            await self.request("POST", "channels", channel.id, "continue", query={**query, "priority": 1})
        except AriError as error:
            channel.leaving_reason = "" if error.status else channel.leaving_reason
            raise channel.meant(error) from None
        await channel.left()

    async def adopt(
        self, customer: Channel, agent_channel: Channel, *, agent: str, centre: "Centre | None" = None
    ) -> "Call":
        """Give a talk of two parties in one bridge to Warmline, as the call of an agent; return the call.

        Both hear each other on, and the script has them no more. From then on it is a call like any other: it can be
        recorded, parked, handed over, left. The agent need not be logged in. `centre` is one of `warmline.centre()`;
        by default it is that of this machine. Raises Refused with the centre's reason, and the two talk on in the
        script; ChannelGone, CodedError.
        """
        return await asyncio.shield(self.begin(adoption.adopt(self, customer, agent_channel, agent, centre)))

    # -- for channels and bridges --

    async def stop(self, method: str, *path: str) -> None:
        """End a sound or a recording; one that has ended by itself is passed over. Raises nothing."""
        with suppress(AriError):
            await self.request(method, *path)

    def begin(self, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        """Start a request that ends before the script does, also if the part that asked for it is cancelled."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._forget_task)
        return task

    async def finish(self, work: Coroutine[Any, Any, T]) -> T:
        """Do something to its end, also if the part that asked for it is cancelled."""
        return await asyncio.shield(self.begin(work))

    def _forget_task(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.debug("a request of the script failed: %s", error)

    async def all_channels(self) -> "dict[str, tuple[Described, str]]":
        """Return every channel of Asterisk, with the application of the script that has it. Raises AriError."""
        return await script_cleanup.read_channels(self._client)

    async def all_bridges(self) -> "list[DescribedBridge]":
        """Return every bridge of Asterisk. Raises AriError."""
        return await script_cleanup.read_bridges(self._client)

    @property
    def hears(self) -> bool:
        """Return whether Asterisk's events arrive now."""
        return self._client.hears

    def why_away(self) -> str:
        """Return why there is no connection to Asterisk, as far as is known."""
        return self._stream.absence_reason if self._stream else ""

    async def wait(self, work: Awaitable[T]) -> T:
        """Wait for something that Asterisk tells. Raises ConnectionLost if the connection has ended for good."""
        task = asyncio.ensure_future(work)
        failure_task = asyncio.ensure_future(self.script_events.has_failed.wait())
        try:
            await asyncio.wait((task, failure_task), return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise ConnectionLost("ari_connection_ended", "{reason}", reason=self.script_events.failure_reason)
            return task.result()
        finally:
            failure_task.cancel()
            if not task.done():
                task.cancel()

    async def listen(self) -> None:
        """Read the events of Asterisk until the end; note why it ended."""
        self._stream = AriEventStream(
            self._client,
            self.script_events.kinds,
            self.script_events.take_message,
            on_connect=self.script_events.read_missed_state,
            on_refused=self._end_before_start,
        )
        try:
            await self._stream.run()
        except ReplacedError:
            self.script_events.fail(
                f"another program has taken over the application {self.name}: stop one of the two, or give one of them "
                "another name in connect(…)"
            )
        except Exception as error:
            self.script_events.fail(f"{type(error).__name__}: {error}")

    def _end_before_start(self, reason: str) -> None:
        """End a script that Asterisk does not let in. One that it has let in before waits, as in an outage."""
        if not self.script_events.is_ready.is_set():
            self.script_events.fail(reason)

    async def leave(self) -> bool:
        """Hang up the script's channels and end its bridges, except those in which two parties talk.

        Callers from the dialplan go on there. Return whether nothing is left.
        """
        for talk in list(self.conversations):
            talk.stop_watching()
        while self._tasks:
            await asyncio.wait(self._tasks)
        is_empty = False
        # If another program has taken the application, the other channels are its calls.
        own_ids = (
            {*self.channels, *self.bridges, *self.script_events.former_ids}
            if self.script_events.has_failed.is_set()
            else None
        )
        for _ in range(MAX_CLEANUPS):
            try:
                is_empty = self.name in await script_cleanup.end_scripts(self._client, [self.name], own_ids)
            except AriError:
                break
            if is_empty:
                break
            await asyncio.sleep(HANGUP_SECONDS)
        for channel in list(self.channels.values()):
            channel.ended("the script has ended")
        return is_empty and not self.is_unsure

    def new_id(self) -> str:
        """Return a new id for a thing of the script in Asterisk."""
        return made_channels.new_id(self.name)
