"""A recording while it runs: it pauses, goes on, and is silenced, until it is stopped."""

import asyncio
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from warmline.ari import audio_requests
from warmline.ari.ari_exceptions import NotPlayed, build_not_played
from warmline.ari.audio_requests import HANGUP_REPORT_SECONDS, check_name
from warmline.ari.client.ari_errors import AriError

if TYPE_CHECKING:
    from warmline.ari.channel import Channel
    from warmline.ari.outcomes import Recorded
    from warmline.ari.running_script import Ari

IfExists = Literal["fail", "overwrite", "append"]
GONE_STATUSES = 404, 412  # Asterisk's answers for a channel that is gone; a channel in a bridge is 409


class Recording:
    """A recording that runs: `async with channel.recording("talk") as recording`, or that of a bridge.

    It ends with the block at the latest, or with the party's call. `name` is that of the file.
    """

    def __init__(
        self,
        ari: "Ari",
        target: tuple[str, str],
        name: str,
        *,
        max_seconds: int,
        silence_seconds: int,
        beep: bool,
        keys: str,
        file_format: str,
        if_exists: IfExists,
        party: "Channel | None" = None,
    ) -> None:
        self.name = name
        self._ari, self._target, self._party = ari, target, party
        self._path = "recordings", "live", name
        self._measures_silence = silence_seconds > 0
        self._query: dict[str, str | int] = {
            "name": name,
            "format": file_format,
            "maxDurationSeconds": max_seconds,
            "maxSilenceSeconds": silence_seconds,
            "beep": "true" if beep else "false",
            "terminateOn": keys or "none",
            "ifExists": if_exists,
        }
        self._end: asyncio.Future[Recorded] | None = None
        self._watch_task: asyncio.Task[None] | None = None  # whether a bridge is still recorded

    async def __aenter__(self) -> Self:
        """Start to record. Raises NotPlayed, ChannelGone, AriError."""
        if self._party:
            self._party.check()
        check_name(self.name)
        self._end = self._ari.script_events.expect_recording(self.name)
        try:
            await self._ari.request("POST", *self._target, "record", query=self._query)
        except asyncio.CancelledError:
            await asyncio.shield(self._begin_stop())
            self._forget()
            raise
        except AriError as error:
            self._forget()
            if not error.status:  # Asterisk may begin it later
                self._begin_stop()
                raise
            if self._party and error.status in GONE_STATUSES:
                raise self._party.meant(error) from None
            raise build_not_played(f"recording {self.name}", error.text) from None
        self._ari.script_events.begun.add(self.name)
        if not self._party:
            self._watch_task = asyncio.create_task(
                audio_requests.watch_end(self._ari, self._path, f"recording {self.name}", end_future=self._end)
            )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the recording. Raises NotPlayed if Asterisk could not write it, unless the block has raised."""
        try:
            if error is None:
                await self.stop()
            elif self.is_running:
                await asyncio.shield(self._begin_stop())
        finally:
            self._forget()

    @property
    def is_running(self) -> bool:
        """Return whether it has begun and has not ended, also while it is paused."""
        return self._end is not None and not self._end.done()

    async def pause(self) -> None:
        """Write nothing until `resume`: what is said meanwhile is left out of the file."""
        await self._change("POST", "pause")

    async def resume(self) -> None:
        """Go on after `pause`."""
        await self._change("DELETE", "pause")

    async def mute(self) -> None:
        """Write silence until `unmute`: the file keeps its time."""
        await self._change("POST", "mute")

    async def unmute(self) -> None:
        """Write what is said again, after `mute`."""
        await self._change("DELETE", "mute")

    async def stop(self) -> "Recorded":
        """End the recording, and return what was recorded, also if it has ended before. Raises as `until_end`."""
        if self._end and not self._end.done() and not await self._change("POST", "stop"):
            await audio_requests.fail_without_report(self._ari, f"recording {self.name}", self._end)
        return await self.until_end()

    async def until_end(self) -> "Recorded":
        """Wait until the recording has ended by itself. Raises NotPlayed, ChannelGone, ConnectionLost."""
        if self._end is None:
            raise RuntimeError(f"the recording {self.name} has not begun: enter it with `async with`")
        try:
            if self._party:
                await self._party.unless_gone(self._end, HANGUP_REPORT_SECONDS)
            else:
                await self._ari.wait(asyncio.wait((self._end,)))
            recorded = self._end.result()
        except NotPlayed:
            if self._party:
                self._party.check()
            raise
        return recorded if self._measures_silence else replace(recorded, silent=None)

    def _begin_stop(self) -> "asyncio.Task[None]":
        return self._ari.begin(self._ari.stop("POST", *self._path, "stop"))

    def _forget(self) -> None:
        if self._watch_task:
            self._watch_task.cancel()
        self._ari.script_events.forget(self.name)

    async def _change(self, method: str, operation: str) -> bool:
        """Change how the recording goes on; return whether it has not ended. Raises AriError."""
        try:
            await self._ari.request(method, *self._path, operation)
        except AriError as error:
            if error.status != 404:
                raise
            return False
        return True
