"""FastAGI of an app that is stopped (SIGSTOP), for which Asterisk would wait for ever: who waits, and what of him?"""

import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import run

import pytest

from tests.agi.caller import LIMIT, Caller
from tests.agi.pbx import Pbx
from warmline import beat
from warmline.lab import instance
from warmline.lab.description import Lab
from warmline.settings import load

SCRIPT = ("AGI", "route_did,8005550100")
STASIS = ("Stasis", "warmline,ingroup,SALESLINE")


class Site:
    """A lab whose dialplan asks the app by FastAGI."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        self._seen = 0
        self.settings = load({"WARMLINE_CONFIG": f"{lab.dir}/warmline.toml"})
        self.beat = Path(self.settings.run) / "beat"
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
        """Send the app a signal."""
        os.kill(self.lab.pids["warmline"], sign)

    def steps(self) -> list[tuple[str, str]]:
        """What callers have come to in the dialplan, the AGI and Stasis of it."""
        log = (Path(self.lab.dir) / "log/steps").read_text(errors="replace")
        return re.findall(r'\] (AGI|Stasis)\("PJSIP/trunk-\w+", "(.*)"\)', log)

    def come(self, *steps: tuple[str, str]) -> None:
        """Wait until callers have come to these steps next."""
        limit = time.monotonic() + LIMIT
        begin, self._seen = self._seen, self._seen + len(steps)
        while tuple(self.steps()[begin : self._seen]) != steps:
            assert time.monotonic() < limit, self.steps()
            time.sleep(0.02)

    def wait_in(self, applications: set[str]) -> None:
        """Wait until callers are in these applications of the dialplan, and in no others."""
        limit = time.monotonic() + LIMIT
        while (found := self._applications()) != applications:
            assert time.monotonic() < limit, found
            time.sleep(0.02)

    def _applications(self) -> set[str]:
        shown = run(
            [*self.lab.asterisk_cli, "core show channels concise"], capture_output=True, text=True, timeout=LIMIT
        )
        return {line.split("!")[5] for line in shown.stdout.splitlines() if "!" in line}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    lab = instance.up(tmp_path / "lab")
    try:
        yield Site(lab)
    finally:
        instance.down(tmp_path / "lab")


def test_a_stopped_app_holds_few_callers_and_loses_none(site: Site) -> None:
    with site.call() as caller:
        caller.answered()
        site.come(site.fastagi, STASIS)
    site.wait_in(set())  # what played him music ends with his call

    site.app(signal.SIGSTOP)
    beat.Beat(site.settings.run).give()  # it has only just stopped
    with site.call() as early:
        site.come(site.fastagi)
        beat.Beat(site.settings.run).give()
        stale = time.time() - 5  # for the dialplan, but not for the scripts
        os.utime(site.beat, (stale, stale))
        with site.call() as late:
            site.come(SCRIPT, STASIS)
            site.wait_in({"AGI", "Stasis"})
            beat.Beat(site.settings.run).give()  # else it would turn away whom it has kept for 3 s
            site.app(signal.SIGCONT)
            early.answered()
            late.answered()
        site.come(STASIS)

    site.app(signal.SIGSTOP)
    beat.Beat(site.settings.run).give()
    with site.call() as caller:
        site.come(site.fastagi)
        site.app(signal.SIGKILL)
        site.come(SCRIPT, STASIS)
        instance.restart_app(Path(site.lab.dir))
        caller.answered()  # by the fallback, or by the app, whichever Stasis() found
