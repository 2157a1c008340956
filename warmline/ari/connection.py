"""The connection of an ARI script: `connect` makes it, and it survives restarts of Asterisk and cut networks."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

import msgspec

from warmline.ari import hand_over as handing
from warmline.ari import left_overs, number_gate, script_lock, spoken
from warmline.ari.ari_exceptions import ConnectionLost, NotPlayed, Refused
from warmline.ari.bridge import Bridge
from warmline.ari.channel import Channel, not_played
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_errors import AriError
from warmline.ari.client.event_stream import AriEventStream
from warmline.ari.event_reader import EventReader, Heard
from warmline.ari.outcomes import Called, DialOutcome, Recorded
from warmline.ari.script_events import KINDS, ScriptEvents
from warmline.ari.script_name import application
from warmline.system import settings as settings_file
from warmline.system.settings import Settings

CONNECTED_WITHIN = 10.0  # seconds
CLEAR_EVERY = 2.0

T = TypeVar("T")
K = TypeVar("K", bound=Heard)


@asynccontextmanager
async def connect(name: str, settings: Settings | None = None) -> "AsyncIterator[Ari]":
    """Connect to Asterisk as the script `name`, with Warmline's settings.

    At the end of the block, the script's own channels are hung up. Two parties whom it joined go on talking, and a
    call that it handed over is untouched. Raises ValueError, SettingsError, ConnectionLost.
    """
    known = settings or settings_file.load_with_secrets()
    client = AriClient(known.ari_url, known.ari_user, known.ari_password, application(name))
    with script_lock.held(known.spool, client.app) as lock:
        async with client:
            ari = Ari(client, known)
            former: set[str] = set()
            if lock.again:
                with suppress(AriError):  # Asterisk is away, and so is what was left there
                    former = await left_overs.of(client, client.app)
            listening = asyncio.create_task(ari.listen())
            clearing = asyncio.create_task(_end_former(client, former))
            try:
                await _connected(ari, known)
                yield ari
            finally:
                nothing_left = await ari.leave() and clearing.done()
                for task in (listening, clearing):
                    task.cancel()
                await asyncio.gather(listening, clearing, return_exceptions=True)
        if nothing_left:
            lock.free()


async def _end_former(client: AriClient, former: set[str]) -> None:
    """End what a former script of this name left, until nothing of it is there."""
    while former:
        with suppress(AriError):
            if await left_overs.end(client, [client.app], former):
                return
        await asyncio.sleep(CLEAR_EVERY)


async def _connected(ari: "Ari", known: Settings) -> None:
    try:
        await ari.wait(asyncio.wait_for(ari.heard.ready.wait(), CONNECTED_WITHIN))
    except TimeoutError:
        raise ConnectionLost(
            "ari_not_connected",
            "no connection to Asterisk at {url} within {limit:g} s; `warmline doctor` names the cause",
            url=known.ari_url,
            limit=CONNECTED_WITHIN,
        ) from None


class Ari:
    """A script at Asterisk. `connect` makes it.

    `channels` are the parties of the script by their ids, `bridges` its bridges.
    """

    def __init__(self, client: AriClient, settings: Settings) -> None:
        self.channels: dict[str, Channel] = {}
        self.bridges: dict[str, Bridge] = {}
        self.heard = ScriptEvents(self)
        self._client = client
        self._settings = settings

    @property
    def name(self) -> str:
        """Return the name of the script's application in Asterisk."""
        return self._client.app

    async def request(
        self,
        method: str,
        *path: str,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Any:
        """Send any request of ARI, and return its answer's JSON, or None. Each part of `path` is one segment.

        Raises AriError: 2 s without an answer are one, too.
        """
        dials = path[0] == "channels" and len(path) <= 2 and method == "POST"
        answer = await self._client.request(method, *path, query=query, body=body, dial=dials)
        return msgspec.json.decode(answer) if answer else None

    def events(self, *kinds: type[K]) -> EventReader[K]:
        """Return an iterator over the events of these types from now on: see `warmline.ari.events`.

        `Reconnected` and `UnknownEvent` are types too. Up to 10,000 events wait for the script, then EventsLost is
        raised.
        """
        return self.heard.reader(kinds)

    async def arrivals(self) -> AsyncIterator[Channel]:
        """Yield each call that the dialplan sends to the script with `Stasis(script-NAME)`."""
        while True:
            yield await self.wait(self.heard.arrived.get())

    async def call(
        self,
        number: str,
        campaign: str = "",
        *,
        seconds: int = 0,
        caller_id: str = "",
        variables: Mapping[str, str] | None = None,
    ) -> Called:
        """Call a number, and wait until a party answers, or until it is clear that none will.

        It rings for `seconds`, or as long as the campaign says. The number must pass the dial rules of the campaign,
        or of the system without one. A refusal is a result: nothing is raised for it.
        """
        try:
            place = await asyncio.to_thread(number_gate.permitted, str(self._settings.db), number, campaign)
        except Refused as refused:
            return Called(DialOutcome.REFUSED, str(refused))
        channel = Channel(self, self._new_id(), number)
        self.channels[channel.id] = channel
        came = self.heard.expect(channel)
        query: dict[str, str | int] = {
            "endpoint": place.endpoint,
            "app": self.name,
            "appArgs": "called",
            "timeout": seconds or place.seconds,
            "callerId": caller_id or place.caller_id,
        }
        try:
            await self.request("POST", "channels", channel.id, query=query, body={"variables": dict(variables or {})})
        except AriError as error:
            channel.ended(str(error))
            if error.status:
                return Called(DialOutcome.REFUSED, str(error))
            raise
        try:
            return await self.wait(came)
        except asyncio.CancelledError:
            await asyncio.shield(channel.hang_up())
            raise

    async def bridge(self, *channels: Channel) -> Bridge:
        """Let these parties hear each other, in a new bridge. Raises AriError, ChannelGone."""
        room = Bridge(self, self._new_id())
        await self.request("POST", "bridges", room.id, query={"type": "mixing", "name": self.name})
        self.bridges[room.id] = room
        await room.add(*channels)
        return room

    async def hand_over(self, channel: Channel, destination: str, data: Mapping[str, str] | None = None) -> None:
        """Hand the call to Warmline: `ingroup:SALES`, `agent:1000` or `did:8005550100`. The script has it no more.

        `data` are items that the setting `call_data` names. Raises Refused if the destination does not exist or the
        data may not go there, ChannelGone, AriError.
        """
        place = await asyncio.to_thread(handing.place, str(self._settings.db), destination, data or {})
        for item, value in (data or {}).items():
            await channel.set_variable(f"WARMLINE_DATA_{item}", value)
        channel.check()
        channel.leaving = f"handed over to {destination}"
        query = {"context": place.context, "extension": place.extension}
        await self.request("POST", "channels", channel.id, "continue", query={**query, "priority": 1})
        channel.ended(channel.leaving)

    # -- for channels and bridges --

    async def play_to(
        self, target: tuple[str, str], parts: tuple[str | int, ...], listener: Channel | None = None
    ) -> None:
        """Play parts on a channel or bridge until their end; cancelled, stop them. Raises NotPlayed, AriError."""
        for part in parts:  # one by one: of a list of sounds, Asterisk reports only whether the last one was played
            await self._play_one(target, spoken.media(part), listener)

    async def _play_one(self, target: tuple[str, str], media: str, listener: Channel | None) -> None:
        name = self._new_id()
        done = self.heard.playback(name)
        try:
            await self.request("POST", *target, "play", name, query={"media": media})
            await (listener.unless_gone(done) if listener else self.wait(done))
        except AriError as error:
            if listener and error.status in (404, 409, 412):
                listener.ended(listener.why_gone or error.text)
                listener.check()
            raise not_played(media, error.text) if error.status else error from None
        except NotPlayed:
            if listener:
                await listener.check_again()
            raise
        except asyncio.CancelledError:
            await asyncio.shield(self._stop(name))
            raise
        finally:
            self.heard.forget(name)

    async def _stop(self, playback: str) -> None:
        with suppress(AriError):  # it has ended by itself
            await self.request("DELETE", "playbacks", playback)

    async def record_from(
        self, channel: Channel, name: str, most: int, silence: int, *, beep: bool, keys: str
    ) -> Recorded:
        """Record a channel until the end. Raises NotPlayed, ChannelGone, AriError."""
        done = self.heard.recording(name)
        query: dict[str, str | int] = {
            "name": name,
            "format": "wav",
            "maxDurationSeconds": most,
            "maxSilenceSeconds": silence,
            "beep": "true" if beep else "false",
            "terminateOn": keys or "none",
            "ifExists": "fail",
        }
        try:
            await self.request("POST", "channels", channel.id, "record", query=query)
            return await self.wait(done)
        except AriError as error:
            raise not_played(f"recording {name}", error.text) if error.status else error from None
        finally:
            self.heard.forget(name)

    async def wait(self, work: Awaitable[T]) -> T:
        """Wait for something that Asterisk tells. Raises ConnectionLost if the connection has ended for good."""
        task = asyncio.ensure_future(work)
        ending = asyncio.ensure_future(self.heard.failed.wait())
        try:
            await asyncio.wait((task, ending), return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise ConnectionLost("ari_connection_ended", "{why}", why=self.heard.why_failed)
            return task.result()
        finally:
            ending.cancel()
            if not task.done():
                task.cancel()

    async def listen(self) -> None:
        """Read the events of Asterisk until the end; note why it ended."""
        stream = AriEventStream(self._client, KINDS, self.heard.take, self.heard.connected)
        try:
            await stream.run()
        except Exception as error:
            self.heard.fail(f"{type(error).__name__}: {error}")

    async def leave(self) -> bool:
        """Hang up the script's channels and end its bridges, except those in which two parties talk.

        Return whether nothing is left.
        """
        kept = await self._talking()
        ending = [channel for channel in self.channels.values() if channel.id not in kept]
        rooms = [room for room in self.bridges.values() if room.id not in kept]
        work = [*(one.hang_up() for one in ending), *(one.close() for one in rooms)]
        failed = await asyncio.gather(*work, return_exceptions=True)
        return not kept and not any(failed)

    async def _talking(self) -> set[str]:
        """Return the bridges of the script with two parties or more, and those parties."""
        kept: set[str] = set()
        for room in self.bridges.values():
            try:
                found = await self.request("GET", "bridges", room.id)
            except AriError:
                continue
            if len(found["channels"]) > 1:
                kept |= {room.id, *found["channels"]}
        return kept

    def _new_id(self) -> str:
        return f"{self.name}-{secrets.token_hex(8)}"
