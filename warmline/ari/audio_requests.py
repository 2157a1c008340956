"""The requests that play sounds to a party or a bridge: each ends when Asterisk says so."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from warmline.ari import played_media
from warmline.ari.ari_exceptions import ChannelGone, NotPlayed, build_not_played
from warmline.ari.client.ari_errors import AriError

if TYPE_CHECKING:
    from warmline.ari.channel import Channel
    from warmline.ari.running_script import Ari

FIRST_CHECK_SECONDS = 2.0  # until Asterisk is asked whether a sound still lasts
CHECK_SECONDS = 10.0  # between two such questions
NAME_MAX_BYTES = 240  # of a file's name, to which Asterisk adds `.wav`
HANGUP_REPORT_SECONDS = 0.5  # from a sound that failed by a hang-up to the report of the hang-up
REPORT_TIMEOUT_SECONDS = 2.0  # in which Asterisk reports an end that it knows


@dataclass(frozen=True, slots=True)
class PlayOptions:
    """How a sound is played: `language` of the file, `offset_ms` from its beginning, `skip_ms` for forward and back."""

    language: str = ""
    offset_ms: int = 0
    skip_ms: int = 0

    def to_body(self) -> dict[str, str | int]:
        """Return the parameters of a request, without those that Asterisk chooses."""
        parameters: dict[str, str | int] = {
            "lang": self.language,
            "offsetms": self.offset_ms,
            "skipms": self.skip_ms,
        }
        return {name: value for name, value in parameters.items() if value}


async def play_to(
    ari: "Ari",
    target: tuple[str, str],
    parts: tuple[str | int, ...],
    *,
    listener: "Channel | None" = None,
    options: PlayOptions = PlayOptions(),
    on_begin: Callable[[str], None] | None = None,
) -> None:
    """Play parts on a channel or bridge until their end; cancelled, stop them. Raises NotPlayed, AriError.

    The offset is that of the first part. `on_begin` gets the id of each playback.
    """
    for part in parts:  # one by one: of a list of sounds, Asterisk reports only whether the last one was played
        media = played_media.to_media(part)
        await _play_part(ari, target, media, listener=listener, options=options, on_begin=on_begin)
        options = replace(options, offset_ms=0)


async def _play_part(
    ari: "Ari",
    target: tuple[str, str],
    media: str,
    *,
    listener: "Channel | None",
    options: PlayOptions,
    on_begin: Callable[[str], None] | None,
) -> None:
    name = ari.new_id()
    end_future = ari.script_events.expect_playback(name)
    watch_task: asyncio.Task[None] | None = None
    try:
        # In a list, because Asterisk takes a comma in a text for the end of one sound.
        await ari.request("POST", *target, "play", name, body={"media": [media], **options.to_body()})
        ari.script_events.begun.add(name)
        if on_begin:
            on_begin(name)
        if not media.startswith("tone:"):  # a tone lasts until it is stopped, and Asterisk reports a wrong one
            watch_task = asyncio.create_task(watch_end(ari, ("playbacks", name), media, end_future=end_future))
        await (listener.unless_gone(end_future) if listener else ari.wait(end_future))
    except AriError as error:
        if listener and isinstance(channel_error := listener.meant(error), ChannelGone):
            raise channel_error from None
        if not error.status:
            ari.begin(ari.stop("DELETE", "playbacks", name))
            raise
        raise build_not_played(media, error.text) from None
    except NotPlayed:
        if listener:
            await listener.check_again()
        raise
    except asyncio.CancelledError:
        await asyncio.shield(ari.begin(ari.stop("DELETE", "playbacks", name)))
        raise
    finally:
        if watch_task:
            watch_task.cancel()
        ari.script_events.forget(name)


def check_name(name: str) -> None:
    """Check the name of a recording. Raises NotPlayed.

    Asterisk records to no file for a long name, and reports nothing of a name with a NUL.
    """
    if not name.isprintable() or any(len(part.encode()) > NAME_MAX_BYTES for part in name.split("/")):
        reason = f"its name may have {NAME_MAX_BYTES} bytes, and no control characters"
        raise build_not_played(f"recording {name[:40]!r}", reason)


async def watch_end(ari: "Ari", path: tuple[str, ...], media: str, end_future: "asyncio.Future[Any]") -> None:
    """Fail a sound or a recording of which Asterisk knows nothing any more, and whose end it has not reported.

    Such as a sound `recording:NAME` without a file, or a number that is none: the party would wait in silence; and the
    recording of a bridge that is destroyed.
    """
    pause_seconds = FIRST_CHECK_SECONDS
    while True:
        await asyncio.sleep(pause_seconds)
        pause_seconds = CHECK_SECONDS
        if ari.hears and await _has_ended(ari, path):
            await fail_without_report(ari, media, end_future)


async def fail_without_report(ari: "Ari", media: str, end_future: "asyncio.Future[Any]") -> None:
    """Fail what Asterisk knows no more, if no report of its end comes in time."""
    await asyncio.wait((end_future,), timeout=REPORT_TIMEOUT_SECONDS)
    if ari.hears and not end_future.done():  # else the end was missed while the connection was lost
        end_future.set_exception(build_not_played(media, "Asterisk has ended it without a report; does it exist?"))


async def _has_ended(ari: "Ari", path: tuple[str, ...]) -> bool:
    try:
        await ari.request("GET", *path)
    except AriError as error:
        return error.status == 404
    return False
