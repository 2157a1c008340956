"""A party of a script: each method is one thing that is done with the party, and returns when it is done."""

import asyncio
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from warmline.ari import audio_requests
from warmline.ari.ari_exceptions import ChannelGone
from warmline.ari.audio_requests import HANGUP_REPORT_SECONDS, PlayOptions
from warmline.ari.client.ari_errors import AriError
from warmline.ari.playback import Playback
from warmline.ari.recording import IfExists, Recording
from warmline.ari.resources import Channel as Described
from warmline.system import speech_files

if TYPE_CHECKING:
    from warmline.ari.outcomes import Recorded
    from warmline.ari.running_script import Ari

GONE_STATUSES = (404, 409, 412)  # Asterisk's answers about a channel that has ended, or has left the script
LEAVE_TIMEOUT_SECONDS = 2.0  # until Asterisk has taken a call out of the script, which takes it milliseconds
MAX_END_REQUESTS, RETRY_SECONDS = (
    3,
    1.0,
)  # requests that end a party's stay in the script, and the seconds between two of them
MAX_UNREAD_KEYS = 100  # pressed keys that the script has not read

Direction = Literal["in", "out", "both"]


def _check_keys(keys: str) -> None:
    """Check the keys before a person presses one. Raises TypeError."""
    if not isinstance(keys, str):
        raise TypeError(f"keys {keys!r} are an {type(keys).__name__}; give a text such as {str(keys)!r}")


class Channel:
    """A party on the line.

    `id` is Asterisk's, `number` and `name` are those of the party, `arguments` those of Stasis() in the dialplan.
    Each method raises ChannelGone if the party has hung up, AriError if Asterisk refuses a request, and ConnectionLost.
    """

    def __init__(self, ari: "Ari", channel_id: str, number: str = "", name: str = "", *arguments: str) -> None:
        self.id = channel_id
        self.number = number
        self.name = name
        self.arguments = arguments
        self.why_gone = ""
        self.leaving_reason = ""  # why the party will be gone, once the script has sent the call away
        self.leaves_with: Channel | None = None  # the other party of a talk that the script is giving away
        self.has_answer = False  # a party has answered who was called while this one waited
        self.is_foreign = False  # it is another program's, or in the dialplan: the script has taken hold of it
        self.is_placed = True  # in Asterisk; a call is not, until Asterisk has taken the request
        self.rings_in_script = False  # it was in the script before its phone was answered
        self.rings = asyncio.Event()  # the phone of such a one rings
        self.is_guarded = False  # by the hangup handler of a conversation: see talk_guard.py
        self.talks_on = False  # in a conversation that the agent has left, so that the script does not end the call
        self._ari = ari
        self._gone_event = asyncio.Event()
        self._keys: deque[str] = deque(maxlen=MAX_UNREAD_KEYS)
        self._key_pressed = asyncio.Event()

    def __repr__(self) -> str:
        """Return the id and the number, for a log."""
        return f"<Channel {self.id} {self.number}>"

    @property
    def gone(self) -> bool:
        """Return whether the party has hung up, or was handed over."""
        return self._gone_event.is_set()

    def check(self) -> None:
        """Raise ChannelGone if the party has gone."""
        if self.gone:
            raise self._gone_error()

    async def answer(self) -> None:
        """Answer a call that came from the dialplan."""
        await self._request("POST", "answer")

    async def ring(self, *, on: bool = True) -> None:
        """Let the party hear the ring tone, or end it."""
        await self._request("POST" if on else "DELETE", "ring")

    async def play(self, *parts: str | int, keys: str = "", language: str = "", offset_ms: int = 0) -> str:
        """Play sounds, numbers and signs in order; return the key that ended it, or "".

        Only `keys` end it. A text is the name of a sound file, an `int` a whole number, `Digits` and `Letters` are
        said one by one. `language` is that of the sound files, such as `de`, and the first one begins at `offset_ms`.
        Also raises NotPlayed, for a file that does not exist.
        """
        self.check()
        _check_keys(keys)
        options = PlayOptions(language, offset_ms)
        play_task = asyncio.create_task(
            audio_requests.play_to(self._ari, ("channels", self.id), parts, listener=self, options=options)
        )
        if not keys:
            await play_task
            return ""
        key_task = asyncio.create_task(self._wait_for_key(keys))
        try:
            await asyncio.wait((play_task, key_task), return_when=asyncio.FIRST_COMPLETED)
            if key_task.done() and not key_task.exception():
                return key_task.result()
            await play_task
            return ""
        finally:
            for task in (play_task, key_task):
                task.cancel()
            await asyncio.gather(play_task, key_task, return_exceptions=True)

    async def say(self, *parts: str | int, keys: str = "0123456789*#") -> str:
        """Play the parts until any key ends it; return the key, or "". See `play`."""
        return await self.play(*parts, keys=keys)

    async def say_text(self, text: str, voice: str = "", *, keys: str = "0123456789*#", private: bool = False) -> str:
        """Say a text until one of these keys ends it; return the key, or "".

        A program makes a sound file of the text: `espeak-ng`, or that of the setting `speech_command`. The file is
        kept, so that the same text with the same voice is played immediately the next time; it is deleted after 30 days
        without use. Give `private=True` for a text about a person: its file is deleted when it was played.

        `voice` is a voice of the program, such as `en-us`; "" is that of the setting `speech_voice`. A text has at most
        10,000 characters. Asterisk must run on the machine of the script. Raises CodedError if the text cannot be said,
        such as without a program, and NotPlayed.
        """
        self.check()
        _check_keys(keys)
        spoken_text = speech_files.find(text, voice, private=private, config=self._ari.settings)
        if spoken_text is None:
            return ""
        async with self._ari.speech_sounds.provide(spoken_text, private=private):
            return await self.play(spoken_text.path, keys=keys)

    def playback(self, *parts: str | int, language: str = "", offset_ms: int = 0, skip_ms: int = 3000) -> Playback:
        """Return sounds for `async with`, in which the script pauses them, or moves forward and back by `skip_ms`.

        The other arguments are those of `play`.
        """
        options = PlayOptions(language, offset_ms, skip_ms)
        return Playback(self._ari, ("channels", self.id), parts, options, self)

    async def get_key(self, seconds: float = 5.0, keys: str = "0123456789*#") -> str:
        """Return the next of these keys, also one pressed during the last sound; "" if none comes in time."""
        _check_keys(keys)
        try:
            async with asyncio.timeout(seconds):
                return await self._wait_for_key(keys)
        except TimeoutError:
            return ""

    async def get_keys(self, most: int, *parts: str | int, seconds: float = 5.0, end: str = "#") -> str:
        """Play a prompt, and return up to `most` keys; the first one ends the prompt.

        `end` ends the entry and is left out, and so does a pause of `seconds`.
        """
        keys = await self.play(*parts, keys="0123456789*#") if parts else ""
        if keys == end and keys:
            return ""
        while len(keys) < most:
            key = await self.get_key(seconds)
            if not key or key == end:
                break
            keys += key
        return keys

    def forget_keys(self) -> None:
        """Forget the keys that were pressed and not read."""
        self._keys.clear()

    async def record(
        self,
        name: str,
        most: int = 60,
        silence: int = 0,
        *,
        beep: bool = True,
        keys: str = "#",
        file_format: str = "wav",
        if_exists: IfExists = "fail",
    ) -> "Recorded":
        """Record the party, until a pause of `silence` seconds (0: none counts), a key of "#", "*" or "any", or `most`.

        `name` is that of a file in Asterisk's folder of recordings. If it exists, NotPlayed is raised, unless
        `if_exists` is "overwrite" or "append". `file_format` is a format of Asterisk's files, such as `wav16`. The key
        that ends it is not kept for the script.
        """
        read_count = len(self._keys)
        async with self.recording(
            name, most, silence, beep=beep, keys=keys, file_format=file_format, if_exists=if_exists
        ) as recording:
            recorded = await recording.until_end()
        new_keys = list(self._keys)[read_count:]
        key_number = next((number for number, key in enumerate(new_keys, read_count) if keys in ("any", key)), None)
        if key_number is not None:
            del self._keys[key_number]
        return recorded

    def recording(
        self,
        name: str,
        most: int = 0,
        silence: int = 0,
        *,
        beep: bool = False,
        keys: str = "",
        file_format: str = "wav",
        if_exists: IfExists = "fail",
    ) -> Recording:
        """Return a recording for `async with`: it runs within the block, in which the script pauses or mutes it.

        It has no limit of time unless `most` seconds are given. The other arguments are those of `record`. Asterisk
        records no channel that is in a bridge: record the bridge.
        """
        return Recording(
            self._ari,
            ("channels", self.id),
            name,
            max_seconds=most,
            silence_seconds=silence,
            beep=beep,
            keys=keys,
            file_format=file_format,
            if_exists=if_exists,
            party=self,
        )

    async def detect_machine(self) -> bool | None:
        """Return whether an answering machine speaks; None if Asterisk's AMD() is not sure.

        The party must have just answered. AMD() judges within 5 seconds, as amd.conf says, and it errs: up to a quarter
        of the persons count as machines. The party hears nothing, unless the script plays something meanwhile. It runs
        in the context `warmline-amd` of the dialplan. Raises CodedError if that is missing, or AMD() did not run.
        """
        from warmline.ari import machine_detection

        return await machine_detection.detect_machine(self._ari, self)

    async def music(self, name: str = "default", *, on: bool = True) -> None:
        """Start music on hold for this party, or end it."""
        await self._request("POST" if on else "DELETE", "moh", **({"mohClass": name} if on else {}))

    async def mute(self, direction: Direction = "both") -> None:
        """Let nobody hear the party ("in"), let the party hear nobody ("out"), or both."""
        await self._request("POST", "mute", direction=direction)

    async def unmute(self, direction: Direction = "both") -> None:
        """End `mute`."""
        await self._request("DELETE", "mute", direction=direction)

    async def hold(self) -> None:
        """Tell the party's phone that the call is on hold. What the party hears stays: see `music`."""
        await self._request("POST", "hold")

    async def unhold(self) -> None:
        """Tell the party's phone that the call is on hold no more."""
        await self._request("DELETE", "hold")

    async def send_dtmf(self, keys: str, *, between_ms: int = 100, duration_ms: int = 100) -> None:
        """Press these keys at the party's end, such as for a menu there. The method does not wait for them."""
        await self._request("POST", "dtmf", dtmf=keys, between=str(between_ms), duration=str(duration_ms))

    async def get_variable(self, name: str) -> str:
        """Return a variable of the channel, or a function such as CALLERID(num); "" if it is not set."""
        self.check()
        try:
            answer = await self._ari.request("GET", "channels", self.id, "variable", query={"variable": name})
        except AriError as error:
            if error.status == 404 and not error.text.startswith("Channel"):
                return ""
            raise self.meant(error) from None
        return str(answer["value"])

    async def set_variable(self, name: str, value: str) -> None:
        """Set a variable of the channel."""
        self.check()
        try:
            await self._ari.request(
                "POST", "channels", self.id, "variable", query={"variable": name}, body={"value": value}
            )
        except AriError as error:
            raise self.meant(error) from None

    async def describe(self) -> "Described":
        """Return Asterisk's description of the channel."""
        self.check()
        try:
            return msgspec.convert(await self._ari.request("GET", "channels", self.id), Described)
        except AriError as error:
            raise self.meant(error) from None

    async def hang_up(self) -> None:
        """End the call. A party who has gone, or whom the script has handed over, is passed over."""
        if self.gone:
            return
        try:
            await self._ari.request("DELETE", "channels", self.id)
        except AriError as error:
            if error.status not in GONE_STATUSES:
                raise
        self.ended("the script hung up")

    async def let_go(self) -> None:
        """Let a caller go on in the dialplan, behind Stasis(); hang up a party whom the script called.

        A party who has gone is passed over, and so is a channel of another program. If Asterisk does not answer, it is
        asked again, so that no party stays in silence after an error; AriError is raised at last.
        """
        for _ in range(MAX_END_REQUESTS - 1):
            try:
                await self._let_go()
                return
            except AriError as error:
                if error.status:
                    raise
                await asyncio.sleep(RETRY_SECONDS)
        await self._let_go()

    async def _let_go(self) -> None:
        if self.is_foreign:
            self.ended("the script has let it go")
            return
        if self._ari.has_called(self):
            await self.hang_up()
            return
        with suppress(ChannelGone):
            await self._request("POST", "continue")
            self.leaving_reason = "the call goes on in the dialplan"
            await self.left()

    async def left(self) -> None:
        """Wait until Asterisk has taken the call out of the script: one whose script ends before can be lost."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._gone_event.wait(), LEAVE_TIMEOUT_SECONDS)
        self.ended(self.leaving_reason)

    async def until_hangup(self) -> str:
        """Wait until the party has gone; return why. Raises ConnectionLost."""
        await self._ari.wait(self._gone_event.wait())
        return self.why_gone

    # -- what the connection tells --

    def ended(self, reason: str) -> None:
        """Note that the channel has ended, or has left the script."""
        if not self.gone:
            self.why_gone = self.leaving_reason or reason
            self._gone_event.set()
            if self.leaves_with:
                self.leaves_with.ended(self.why_gone)
        if self._ari.channels.get(self.id) is self:  # a call that came back has another object
            del self._ari.channels[self.id]

    def pressed(self, key: str) -> None:
        """Note a key."""
        self._keys.append(key)
        self._key_pressed.set()

    async def unless_gone(self, work: "asyncio.Future[Any]", grace: float = 0.0) -> None:
        """Wait for the end of `work`, and `grace` seconds longer if the party goes. Raises its error, ChannelGone.

        Also raises ConnectionLost.
        """
        end_task = asyncio.ensure_future(self._gone_event.wait())
        try:
            await self._ari.wait(asyncio.wait((work, end_task), return_when=asyncio.FIRST_COMPLETED))
            if not work.done() and grace:
                await asyncio.wait((work,), timeout=grace)
        finally:
            end_task.cancel()
        if not work.done():
            self.check()
        work.result()

    async def check_again(self) -> None:
        """Raise ChannelGone if the party goes now: a hang-up fails a sound before Asterisk reports it."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._gone_event.wait(), HANGUP_REPORT_SECONDS)
        self.check()

    async def _wait_for_key(self, keys: str) -> str:
        while True:
            while self._keys:
                if (key := self._keys.popleft()) in keys:
                    return key
            self.check()
            self._key_pressed.clear()
            key_task = asyncio.ensure_future(self._key_pressed.wait())
            try:
                await self.unless_gone(key_task)
            finally:
                key_task.cancel()

    async def _request(self, method: str, operation: str, **query: str) -> None:
        self.check()
        try:
            await self._ari.request(method, "channels", self.id, operation, query=query or None)
        except AriError as error:
            raise self.meant(error) from None

    def meant(self, error: AriError) -> Exception:
        """Return ChannelGone if Asterisk's answer means that, else the error."""
        if error.status not in GONE_STATUSES or (self.is_foreign and error.status != GONE_STATUSES[0]):
            return error
        self.ended(self.why_gone or f"Asterisk has no such channel ({error.text})")
        return self._gone_error()

    def _gone_error(self) -> ChannelGone:
        party_name = self.number or self.id
        return ChannelGone("ari_channel_gone", "{number} is gone: {reason}", number=party_name, reason=self.why_gone)
