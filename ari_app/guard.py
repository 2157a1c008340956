"""The guard: while the application is stopped or stuck, who waits for it in Stasis goes to the fallback.

A process of its own, which knows the beat and ARI's REST side and nothing else. Rooms and seats it never touches:
in a room people talk on, and a seat is an agent's.
"""

import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path

from ari_app.asterisk import preflight, snapshot
from ari_app.asterisk.action_requests import to_fallback
from ari_app.asterisk.ari_client import AriClient, AriError
from ari_app.asterisk.snapshot import AsteriskSnapshot
from ari_app.process import liveness_probe, logs
from ari_app.process.logs import about
from warmline.system import heartbeat
from warmline.system.ari_listener import asterisks_users
from warmline.system.guard_lock import mark
from warmline.system.settings import DEFAULT_FILE, Settings, SettingsError, load

EVERY = 0.5  # seconds between two looks at the beat
LATE = 2.5  # seconds without a beat after which the application is asked by a request
EXCUSED = 2.0  # seconds for which an answer stands for a beat
HUNG = 6.0  # seconds without a beat after which no answer does
MINUTE = 60.0  # seconds with the same settings
AGAIN = 2.0  # seconds until ARI is asked again after it has refused us
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


def waiting(now: AsteriskSnapshot, seconds: float, spot_seconds: int) -> Iterator[str]:
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


class AppMonitor:
    """How long the application has stood still, or been gone: systemd takes its folder, and the beat, with it.

    So what counts is the last beat that was seen. Before the first one nothing does: an application that was never
    there has no callers.
    """

    def __init__(self, run: str) -> None:
        self.run = run
        self._last: float | None = None  # on the machine's monotonic clock
        self._answered = float("-inf")  # when it last answered a request while its beat was late
        self._was_still = False

    async def look_again(self, answers: Callable[[], Awaitable[bool]]) -> None:
        """Where the beat is late, ask the application itself: a loop that is slow but turns is not stopped."""
        if LATE < self._past() < HUNG and not self._was_still and await answers():
            self._answered = time.monotonic()

    def still(self) -> float:
        """Seconds without a beat; 0 while it turns, or if it was never there."""
        past = self._past()
        answered = time.monotonic() - self._answered < EXCUSED and past < HUNG
        if (past > heartbeat.STOPPED and not answered) != self._was_still:
            self._was_still = not self._was_still
            log.warning("the application %s", f"has stood still for {past:.1f} s" if self._was_still else "is back")
        return past if self._was_still else 0.0

    def _past(self) -> float:
        now = time.monotonic()
        if (age := heartbeat.age(self.run)) is not None:
            self._last = now - age
        return now - self._last if self._last is not None else 0.0


async def _run(settings: Settings) -> None:
    guarding = asyncio.create_task(_guard(settings))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, guarding.cancel)
    await asyncio.wait({guarding})
    if not guarding.cancelled():
        guarding.result()


async def _guard(settings: Settings) -> None:
    """Guard for ever, each minute with the settings as they are then: of a new password nobody tells the guard."""
    pulse = AppMonitor(settings.run)
    file = Path(os.environ.get("WARMLINE_CONFIG", DEFAULT_FILE))
    log.info("guarding the application with the heartbeat %s/beat", settings.run)
    while True:
        reach = (settings.ari_url, settings.ari_user, settings.ari_password, settings.ari_app)
        with mark(file):
            async with AriClient(*reach, trusted=asterisks_users(settings)) as client:
                try:
                    await _watch(client, pulse, settings)
                except AriError as error:
                    log.error("%s", preflight.refused(settings.ari_user, error.status))
                    await asyncio.sleep(AGAIN)
        try:
            settings = load()
        except SettingsError as error:
            log.error("the settings stay as they were: %s", error)
        if settings.run != pulse.run:
            pulse = AppMonitor(settings.run)


async def _watch(client: AriClient, pulse: AppMonitor, settings: Settings) -> None:
    """Send away who waits while the application stands still, for a minute. Raises AriError if ARI refuses us."""
    until, answers = time.monotonic() + MINUTE, partial(liveness_probe.answers, settings)
    ping = client.request("GET", "asterisk", "ping")  # else a wrong password would show when it is needed
    trouble = await _ask(ping)
    while time.monotonic() < until:
        await pulse.look_again(answers)
        if pulse.still():
            trouble = await _ask(_send_away(client, pulse, settings.guard_spot_seconds), trouble)
        await asyncio.sleep(EVERY)


async def _ask(asked: Awaitable[object], said: str = "") -> str:
    """Returns what is wrong, which is logged unless it has been `said`: nobody waits there, or will, without Asterisk.

    Raises AriError if ARI refuses us.
    """
    try:
        await asked
    except AriError as error:
        if error.status in (401, 403):
            raise
        if str(error) != said:
            log.warning("the waiting callers cannot be read from Asterisk: %s", error)
        return str(error)
    return ""


async def _send_away(client: AriClient, pulse: AppMonitor, spot_seconds: int) -> None:
    """Until the application is back: then who waited may talk already. Raises AriError if Asterisk does not tell."""
    now = await snapshot.read(client, (), 0)
    for leg in waiting(now, pulse.still(), spot_seconds):
        if not pulse.still():
            return
        call = about(now.channels[leg].channelvars.get("WARMLINE_CALL", ""))
        try:
            await to_fallback(client, leg, "the application is stopped")
        except AriError as error:  # he may have hung up; if not, he is asked for again in a moment
            log.warning("channel %s cannot be sent to the fallback: %s", leg, error, extra=call)
        else:
            log.warning("channel %s goes to the fallback", leg, extra=call)


if __name__ == "__main__":
    main()
