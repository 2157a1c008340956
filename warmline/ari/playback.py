"""A playback while it is heard: it pauses, goes on, moves forward and back, until it ends or is stopped."""

import asyncio
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from warmline.ari import audio_requests
from warmline.ari.audio_requests import PlayOptions
from warmline.ari.client.ari_errors import AriError

if TYPE_CHECKING:
    from warmline.ari.channel import Channel
    from warmline.ari.running_script import Ari

QUEUED_SECONDS = 0.05  # between two tries of an operation, until Asterisk has begun the sound


class Playback:
    """Sounds that a party or a bridge hears: `async with channel.playback("demo-congrats") as playback`.

    They end with the block at the latest. An operation on sounds that have ended is passed over.
    """

    def __init__(
        self,
        ari: "Ari",
        target: tuple[str, str],
        parts: tuple[str | int, ...],
        options: PlayOptions,
        party: "Channel | None" = None,
    ) -> None:
        self._ari, self._target, self._parts, self._options, self._party = ari, target, parts, options, party
        self._task: asyncio.Task[None] | None = None
        self._playback_id = ""  # of the part that is heard
        self._change = asyncio.Event()  # of the part, or the end of all
        self._has_reported = False  # whether the script knows the error with which the sounds ended

    async def __aenter__(self) -> Self:
        """Begin the sounds."""
        if self._party:
            self._party.check()
        self._task = asyncio.create_task(
            audio_requests.play_to(
                self._ari,
                self._target,
                self._parts,
                listener=self._party,
                options=self._options,
                on_begin=self._note_part,
            )
        )
        self._task.add_done_callback(lambda _: self._change.set())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the sounds. Raises NotPlayed, ChannelGone or AriError with which they ended, unless the block raised."""
        await self.stop()
        if error is None and not self._has_reported and self._task and not self._task.cancelled():
            self._task.result()

    @property
    def has_ended(self) -> bool:
        """Return whether all sounds have ended."""
        return self._task is not None and self._task.done()

    async def pause(self) -> None:
        """Let the sound stand still until `resume`."""
        await self._control("pause")

    async def resume(self) -> None:
        """Go on after `pause`."""
        await self._control("unpause")

    async def forward(self) -> None:
        """Move forward by `skip_ms`, 3 seconds unless another number was given."""
        await self._control("forward")

    async def reverse(self) -> None:
        """Move back by `skip_ms`."""
        await self._control("reverse")

    async def restart(self) -> None:
        """Play the sound that is heard from its beginning again."""
        await self._control("restart")

    async def stop(self) -> None:
        """End all sounds."""
        if self._task and not self._task.done():
            self._task.cancel()
            await asyncio.wait((self._task,))

    async def until_end(self) -> None:
        """Wait until all sounds have been heard, or were stopped. Raises NotPlayed, ChannelGone, AriError."""
        if self._task is None:
            raise RuntimeError("the playback has not begun: enter it with `async with`")
        await asyncio.wait((self._task,))
        self._has_reported = True
        if not self._task.cancelled():
            self._task.result()

    def _note_part(self, playback_id: str) -> None:
        self._playback_id = playback_id
        self._change.set()

    async def _control(self, operation: Literal["restart", "pause", "unpause", "reverse", "forward"]) -> None:
        """Control the part that is heard. If it ends meanwhile, control the next one. Raises AriError."""
        ended_id = ""
        while playback_id := await self._find_part(ended_id):
            try:
                await self._ari.request("POST", "playbacks", playback_id, "control", query={"operation": operation})
                return
            except AriError as error:
                if error.status == 404:
                    ended_id = playback_id
                elif not (error.status == 409 and await self._is_queued(playback_id)):
                    raise

    async def _find_part(self, ended_id: str) -> str:
        """Return the part that is heard, and that is not the ended one; "" if all have ended."""
        while not self.has_ended and self._playback_id in ("", ended_id):
            self._change.clear()
            await self._change.wait()
        return "" if self.has_ended else self._playback_id

    async def _is_queued(self, playback_id: str) -> bool:
        """Return whether Asterisk has not begun the sound yet: then it takes no operation."""
        playback = await self._ari.request("GET", "playbacks", playback_id)
        if playback["state"] != "queued":
            return False
        await asyncio.sleep(QUEUED_SECONDS)
        return True
