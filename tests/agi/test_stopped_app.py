"""FastAGI of an app that is stopped (SIGSTOP), which Asterisk would wait for without limit: the effect on callers."""

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import run

import pytest

from lab import app_parts, instance, process
from lab.description import Lab
from tests.agi.caller import LIMIT, Caller
from tests.agi.pbx import Pbx
from warmline.system import heartbeat
from warmline.system.settings import load

SCRIPT = ("AGI", "route_did,8005550100")
STASIS = ("Stasis", "warmline,ingroup,SALESLINE")
FRESH, STALE = -3600.0, 5.0  # seconds since the last heartbeat, as the dialplan sees them


class Site:
    """A lab whose dialplan asks the app by FastAGI."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        self._seen = 0
        self._age: float | None = None
        self.settings = load({"WARMLINE_CONFIG": f"{lab.dir}/warmline.toml"})
        self.beats_in = Path(self.settings.run)
        self.fastagi = ("AGI", f"agi://{self.settings.fastagi}/route_did,8005550100")
        for command in (
            f"dialplan set global WARMLINE_FASTAGI agi://{self.settings.fastagi}",
            "logger add channel steps verbose(3)",
        ):
            run([*lab.asterisk_cli, command], check=True, capture_output=True, timeout=LIMIT)

    def call(self) -> Caller:
        """Call the in-group's DID."""
        port = int(self.lab.sip.rpartition(":")[2])
        return Caller(Pbx(Path(self.lab.dir), port, 0, 0, ()), "8005550100")

    def app(self, sign: signal.Signals) -> None:
        """Send the app's only part a signal."""
        self._age = None
        os.kill(app_parts.pid_of(self.lab.pids["warmline"], "calls"), sign)

    def beats(self, age: float) -> None:
        """Write the stopped app's heartbeats, now and during waits, for scripts that must find it just stopped.

        The scripts read the clock in the file. The dialplan reads the file's time, and gets this `age` instead.
        """
        self._age = age
        for name in (heartbeat.CALLS, heartbeat.AGI):
            new, written = self.beats_in / f"{name}.new", time.time() - age
            new.write_text(f"{time.monotonic():017.3f}\n")
            os.utime(new, (written, written))
            new.replace(self.beats_in / name)

    def steps(self) -> list[tuple[str, str]]:
        """Return the dialplan's steps that callers have reached: AGI and Stasis."""
        log = (Path(self.lab.dir) / "log/steps").read_text(errors="replace")
        return re.findall(r'\] (AGI|Stasis)\("PJSIP/trunk-\w+", "(.*)"\)', log)

    def come(self, *steps: tuple[str, str]) -> None:
        """Wait until callers have reached these steps next."""
        begin, self._seen = self._seen, self._seen + len(steps)
        self._wait(lambda: tuple(self.steps()[begin : self._seen]) == steps, self.steps)

    def wait_in(self, applications: set[str]) -> None:
        """Wait until callers are in these applications of the dialplan, and in no others."""
        self._wait(lambda: self._applications() == applications, self._applications)

    def _wait(self, holds: Callable[[], bool], found: Callable[[], object]) -> None:
        limit = time.monotonic() + LIMIT
        while not holds():
            assert time.monotonic() < limit, found()
            if self._age is not None:
                self.beats(self._age)
            time.sleep(0.02)

    def _applications(self) -> set[str]:
        """Return the callers' channels; a channel that plays into a bridge is not one."""
        shown = run(
            [*self.lab.asterisk_cli, "core show channels concise"], capture_output=True, text=True, timeout=LIMIT
        )
        return {line.split("!")[5] for line in shown.stdout.splitlines() if line.startswith("PJSIP/trunk-")}


@pytest.fixture
def site(short_path: Path) -> Iterator[Site]:
    lab = instance.up(short_path / "lab")
    try:
        yield Site(lab)
    finally:
        instance.down(short_path / "lab")


def test_a_stopped_app_holds_few_callers_and_loses_none(site: Site) -> None:
    with site.call() as caller:
        caller.answered()
        site.come(site.fastagi, STASIS)
    site.wait_in(set())  # the caller's music ends with the call

    site.app(signal.SIGSTOP)
    site.beats(FRESH)
    with site.call() as early:
        site.come(site.fastagi)
        site.beats(STALE)
        with site.call() as late:
            site.come(SCRIPT, STASIS)
            site.wait_in({"AGI", "Stasis"})
            site.beats(STALE)  # otherwise it would send away a caller after 3 s
            site.app(signal.SIGCONT)
            early.answered()
            late.answered()
        site.come(STASIS)

    site.app(signal.SIGSTOP)
    site.beats(FRESH)
    with site.call() as caller:
        site.come(site.fastagi)
        process.kill(site.lab.pids["warmline"])
        site.beats(FRESH)
        site.come(SCRIPT, STASIS)
        instance.restart_app(Path(site.lab.dir))
        caller.answered()  # by the fallback or the app, whichever Stasis() reached
