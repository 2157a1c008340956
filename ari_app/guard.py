"""The guard: while the app is stopped or stuck, it sends callers who wait in Stasis to the fallback.

The guard is a separate process that uses only the heartbeat and ARI's REST interface. It leaves parties in a call's
bridge alone, because they can keep talking, and idle agents' phones too. A lead who has answered hears the safe harbour
message, and a lead's phone does not ring on for an app that is gone.

With the setting `gate`, the guard is also the gate by which an app on another machine reaches this Asterisk.
"""

import asyncio
import contextlib
import logging
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import uvloop

from ari_app.asterisk import snapshot
from ari_app.asterisk.ari_schemas import AriChannel
from ari_app.asterisk.fallback_requests import FALLBACK, to_fallback
from ari_app.asterisk.lead_requests import HARBOUR
from ari_app.asterisk.snapshot import AsteriskSnapshot
from ari_app.gate.gate import Gate
from ari_app.link import liveness_probe
from ari_app.process import logs
from ari_app.process.logs import about
from ari_app.process.passed_sockets import CannotListen
from warmline.ari.client import preflight
from warmline.ari.client.ari_client import AriClient, AriError
from warmline.system import heartbeat_file
from warmline.system.ari_listener import asterisks_users
from warmline.system.guard_lock import mark
from warmline.system.settings import DEFAULT_FILE, Settings, SettingsError, load_with_secrets

EVERY = 0.5  # seconds between two checks of the heartbeat
LATE = 2.5  # seconds without a heartbeat until the guard sends the app a request
EXCUSED = 2.0  # seconds for which an answer replaces a heartbeat
HUNG = 6.0  # seconds without a heartbeat until answers no longer count
LEAD_WAITS = 1.5  # seconds without a heartbeat that an answered lead waits: no silence may last 2 s longer than usual
MINUTE = 60.0  # seconds between two reads of the settings
AGAIN = 2.0  # seconds until the guard retries after ARI rejected its user
RINGS = 15.0  # seconds that an unanswered lead's phone rings at least: 47 CFR 64.1200(a)(6)
# First Stasis arguments of channels that are no callers: what the app dialled, beeps, detectors, and those of agents.
OURS = (("made",), ("whisper",), ("amd",), ("browser",), ("keys",), ("handoff",))
LEAD = ("auto",)  # those of a lead who answered

log = logging.getLogger("warmline.guard")


def main() -> None:
    """Guard until SIGTERM or SIGINT."""
    try:
        settings = load_with_secrets()
        logs.begin(settings.log)
        uvloop.run(_run(settings))
    except (SettingsError, CannotListen) as error:
        sys.exit(f"warmline guard: {error}")


def waiting(now: AsteriskSnapshot, seconds: float, spot_seconds: int) -> Iterator[str]:
    """Yield the legs to send to the fallback after the app has given no heartbeat for `seconds`.

    These are leads in no bridge, who hear nothing, and once the app counts as stopped callers there. After
    `spot_seconds` callers in a holding bridge follow, who hear music. Legs that the app dialled and agents' legs stay.
    """
    for leg, channel in now.channels.items():
        args = now.args_of(leg)
        if args is None or args[:1] in OURS or channel.channelvars.get("WARMLINE_SESSION"):
            continue
        place = now.places.get(leg)
        limit = LEAD_WAITS if args == LEAD else heartbeat_file.STOPPED_SECONDS
        if (place is None and seconds > limit) or (place and place.startswith("spot-") and seconds > spot_seconds):
            yield leg


def place_of(now: AsteriskSnapshot, leg: str) -> Mapping[str, str | int]:
    """Return where a waiting leg goes: a lead in no bridge to the safe harbour message, another to the fallback."""
    return HARBOUR if now.args_of(leg) == LEAD and leg not in now.places else FALLBACK


class RingingLeads:
    """Knows since when each lead's phone has rung without an app, by the guard's own clock."""

    def __init__(self) -> None:
        self._since: dict[str, float] = {}

    def due(self, now: AsteriskSnapshot, at: float) -> list[str]:
        """Note the phones that ring at `at` (seconds); return those that have rung for RINGS seconds."""
        ringing = [leg for leg, channel in now.channels.items() if _is_ringing_lead(now, leg, channel)]
        self._since = {leg: self._since.get(leg, at) for leg in ringing}
        return [leg for leg in ringing if at - self._since[leg] >= RINGS]

    def forget(self) -> None:
        """Begin again: the app is back."""
        self._since.clear()


def _is_ringing_lead(now: AsteriskSnapshot, leg: str, channel: AriChannel) -> bool:
    """Return whether a channel is an automatic call that rings. The app's other dialled legs are in Stasis."""
    return channel.state == "Ringing" and now.args_of(leg) is None and bool(channel.channelvars.get("WARMLINE_CALL"))


class AppMonitor:
    """Measures how long the app has been stopped, from the last heartbeat that was seen.

    The app removes its heartbeat when it ends, so the time of the last one is remembered here. Before the first
    heartbeat, the app does not count as stopped: an app that never ran has no callers.
    """

    def __init__(self, run: str) -> None:
        self.run = run
        self._last: float | None = None  # on the machine's monotonic clock
        self._answered = float("-inf")  # when the app last answered a request while its heartbeat was late
        self._was_still = False

    async def look_again(self, answers: Callable[[], Awaitable[bool]]) -> None:
        """Send the app a request if the heartbeat is late, because a slow event loop is not a stopped one."""
        if LATE < self._past() < HUNG and not self._was_still and await answers():
            self._answered = time.monotonic()

    def still(self) -> float:
        """Return the seconds without a heartbeat; 0 while the app runs, or if it never ran."""
        past = self._past()
        answered = time.monotonic() - self._answered < EXCUSED and past < HUNG
        if (past > heartbeat_file.STOPPED_SECONDS and not answered) != self._was_still:
            self._was_still = not self._was_still
            log.warning("the app %s", f"has been stopped for {past:.1f} s" if self._was_still else "is back")
        return past if self._was_still else 0.0

    def late(self) -> float:
        """Return the seconds without a heartbeat if an answered lead must not wait for the app any longer, or 0."""
        past = self._past()
        return past if self.still() or past > LEAD_WAITS else 0.0

    def _past(self) -> float:
        now = time.monotonic()
        if (age := heartbeat_file.get_age_seconds(self.run)) is not None:
            self._last = now - age
        return now - self._last if self._last is not None else 0.0


async def _run(settings: Settings) -> None:
    gate = Gate(settings) if settings.gate else None
    works = {asyncio.create_task(_guard(settings, gate.renew if gate else _ignored))}
    if gate:
        works.add(asyncio.create_task(gate.run()))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, _cancel, works)
    done, others = await asyncio.wait(works, return_when=asyncio.FIRST_COMPLETED)
    _cancel(others)
    if others:
        await asyncio.wait(others)
    for work in done:
        if not work.cancelled():
            work.result()


def _cancel(works: "set[asyncio.Task[None]]") -> None:
    for work in works:
        work.cancel()


def _ignored(_: Settings) -> None:
    """Do nothing: the machine has no gate."""


async def _guard(settings: Settings, renewed: Callable[[Settings], None] = _ignored) -> None:
    """Guard without end; read the settings again each minute, because no program reports a new password.

    `renewed` receives them.
    """
    pulse, leads = AppMonitor(settings.run), RingingLeads()
    file = Path(os.environ.get("WARMLINE_CONFIG", DEFAULT_FILE))
    log.info("guarding the app with the heartbeat %s/beat", settings.run)
    while True:
        reach = (settings.ari_url, settings.ari_user, settings.ari_password, settings.ari_app)
        with mark(file):
            async with AriClient(*reach, trusted_user_ids=asterisks_users(settings)) as client:
                try:
                    await _watch(client, pulse, leads, settings)
                except AriError as error:
                    log.error("%s", preflight.build_refusal(settings.ari_url, settings.ari_user, error.status))
                    await asyncio.sleep(AGAIN)
        try:
            settings = load_with_secrets()
            renewed(settings)
        except SettingsError as error:
            log.error("the previous settings stay in effect: %s", error)
        if settings.run != pulse.run:
            pulse = AppMonitor(settings.run)


async def _watch(client: AriClient, pulse: AppMonitor, leads: RingingLeads, settings: Settings) -> None:
    """Send waiting callers away while the app is stopped, for one minute. Raises AriError if ARI rejects the user."""
    until, answers = time.monotonic() + MINUTE, partial(liveness_probe.answers, settings)
    ping = client.request("GET", "asterisk", "ping")  # a wrong password must show before the guard is needed
    trouble = await _ask(ping)
    while time.monotonic() < until:
        await pulse.look_again(answers)
        if not pulse.still():
            leads.forget()
        if pulse.late():
            trouble = await _ask(_send_away(client, pulse, settings.guard_spot_seconds, leads), trouble)
        await asyncio.sleep(EVERY)


async def _ask(asked: Awaitable[object], said: str = "") -> str:
    """Await a request; log and return its error, or return "". An error equal to `said` is not logged again.

    Without Asterisk no caller waits, so the error is harmless. Raises AriError if ARI rejects the user.
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


async def _send_away(client: AriClient, pulse: AppMonitor, spot_seconds: int, leads: RingingLeads) -> None:
    """Send waiting leads and callers away, and hang up leads that rang, until the app is back. Raises AriError."""
    now = await snapshot.read(client, (), 0)
    for leg in waiting(now, pulse.still() or min(pulse.late(), heartbeat_file.STOPPED_SECONDS), spot_seconds):
        if not pulse.late():
            return
        call = about(now.channels[leg].channelvars.get("WARMLINE_CALL", ""))
        try:
            await to_fallback(client, leg, "the application is stopped", place := place_of(now, leg))
        except AriError as error:  # the caller may have hung up; if not, the next check tries again
            log.warning("channel %s cannot be sent to the fallback: %s", leg, error, extra=call)
        else:
            there = "safe harbour message" if place is HARBOUR else "fallback"
            log.warning("channel %s goes to the %s", leg, there, extra=call)
    for leg in leads.due(now, time.monotonic()) if pulse.still() else ():
        if not pulse.still():
            return
        with contextlib.suppress(AriError):  # it ended in between; if not, the next check tries again
            await client.request("DELETE", "channels", leg)
            log.warning("channel %s rang for %d s without the app; it is hung up", leg, RINGS)


if __name__ == "__main__":
    main()
