"""The guard: while the application is stopped or stuck, who waits for it in Stasis goes to the fallback.

A process of its own, which knows the beat and ARI's REST side and nothing else. Rooms and seats it never touches:
in a room people talk on, and a seat is an agent's.
"""

import asyncio
import logging
import signal
import sys
from collections.abc import Iterator

from warmline import beat
from warmline.ari_app import logs
from warmline.ari_app.asterisk import picture
from warmline.ari_app.asterisk.client import AriError, Client
from warmline.ari_app.asterisk.picture import Picture
from warmline.ari_app.asterisk.requests import to_fallback
from warmline.ari_app.logs import about
from warmline.settings import Settings, SettingsError, load

EVERY = 0.5  # seconds between two looks at the beat
OURS = (("made",), ("whisper",))  # the Stasis arguments of who was called by the application, and of its beeps

log = logging.getLogger("warmline.guard")


def main() -> None:
    """Guard until SIGTERM or SIGINT."""
    try:
        settings = load()
        logs.begin(settings.log)
        asyncio.run(_run(settings))
    except SettingsError as error:
        sys.exit(f"warmline guard: {error}")


def waiting(now: Picture, seconds: float, spot_seconds: int) -> Iterator[str]:
    """The legs that are to go to the fallback, when the application has been stopped for so many `seconds`.

    Callers who are in no bridge: nobody has taken care of them, they hear nothing. Those who hear music in a spot
    have `spot_seconds`. Whom the application has called itself is left to it, and so is an agent.
    """
    for leg, channel in now.channels.items():
        args = now.args_of(leg)
        if args is None or args in OURS or channel.channelvars.get("WARMLINE_SESSION"):
            continue
        place = now.places.get(leg)
        if place is None or (place.startswith("spot-") and seconds > spot_seconds):
            yield leg


async def _run(settings: Settings) -> None:
    guarding = asyncio.create_task(_guard(settings))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, guarding.cancel)
    await asyncio.wait({guarding})
    if not guarding.cancelled():
        guarding.result()


async def _guard(settings: Settings) -> None:
    reach = (settings.ari_url, settings.ari_user, settings.ari_password, settings.ari_app)
    was_stopped = False
    async with Client(*reach) as client:
        log.info("guards the application whose beat is %s/beat", settings.run)
        while True:
            seconds = beat.stopped(settings.run)
            if bool(seconds) != was_stopped:
                was_stopped = bool(seconds)
                log.warning("the application %s", f"has stood still for {seconds:.1f} s" if seconds else "is back")
            if seconds:
                await _send_away(client, seconds, settings.guard_spot_seconds)
            await asyncio.sleep(EVERY)


async def _send_away(client: Client, seconds: float, spot_seconds: int) -> None:
    try:
        now = await picture.read(client, (), 0)
    except AriError as error:
        log.warning("Asterisk cannot be asked who waits: %s", error)
        return
    for leg in waiting(now, seconds, spot_seconds):
        call = about(now.channels[leg].channelvars.get("WARMLINE_CALL", ""))
        try:
            await to_fallback(client, leg, "the application is stopped")
        except AriError as error:  # he may have hung up; if not, he is asked for again in a moment
            log.warning("channel %s cannot be sent to the fallback: %s", leg, error, extra=call)
        else:
            log.warning("channel %s goes to the fallback", leg, extra=call)


if __name__ == "__main__":
    main()
