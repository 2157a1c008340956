"""FastAGI while the AGI process or the call process is killed, stopped or restarted: the effect on callers."""

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import run

import pytest

from lab import app_parts, instance
from lab.description import Lab
from tests.agi.caller import WAIT_SECONDS, Caller
from tests.agi.pbx import Pbx
from tests.agi.test_agi_process import connect_as_nobody
from warmline.system import heartbeat_file
from warmline.system.settings import load

SCRIPT = ("AGI", "route_did,8005550100")
STASIS = ("Stasis", "warmline,ingroup,SALESLINE")
FALLBACK = ("AGI", "fallback")
FRESH, STALE = -3600.0, 5.0  # seconds since the last heartbeat, as the dialplan sees them


class Site:
    """A lab whose dialplan asks the AGI process."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        self._seen = 0
        self._written: dict[str, float] = {}
        self.settings = load({"WARMLINE_CONFIG": f"{lab.dir}/warmline.toml"})
        self.fastagi = ("AGI", f"agi://{self.settings.fastagi}/route_did,8005550100")
        for command in (
            f"dialplan set global WARMLINE_FASTAGI agi://{self.settings.fastagi}",
            "logger add channel steps verbose(3)",
        ):
            run([*lab.asterisk_cli, command], check=True, capture_output=True, timeout=WAIT_SECONDS)
        self._wait(
            lambda: heartbeat_file.get_age_seconds(self.settings.run, heartbeat_file.AGI) is not None,
            lambda: heartbeat_file.AGI,
        )

    def call(self) -> Caller:
        """Call the in-group's DID."""
        port = int(self.lab.sip.rpartition(":")[2])
        return Caller(Pbx(Path(self.lab.dir), port, 0, 0, 0, ()), "8005550100")

    def supervisor(self, sign: signal.Signals) -> None:
        """Send `warmline serve` a signal; while it is stopped, it restarts no part and kills none."""
        os.kill(self.lab.pids["warmline"], sign)

    def part(self, name: str, sign: signal.Signals) -> None:
        """Send a part a signal; after a deadly one, wait until it is dead."""
        pid = app_parts.pid_of(self.lab.pids["warmline"], name)
        os.kill(pid, sign)
        if sign in (signal.SIGKILL, signal.SIGTERM):
            state = Path(f"/proc/{pid}/stat")
            self._wait(lambda: state.read_text().rpartition(")")[2].split()[0] == "Z", state.read_text)

    def write_heartbeat(self, name: str, age: float) -> None:
        """Write a process's heartbeat in its place, now and during waits.

        The scripts read the clock in the file. The dialplan reads the file's time, and gets this `age` instead.
        """
        self._written[name] = age
        file, written_at = Path(self.settings.run, name), time.time() - age
        new_file = file.with_name(f"{name}.new")
        new_file.write_text(f"{time.monotonic():017.3f}\n")
        os.utime(new_file, (written_at, written_at))
        new_file.replace(file)

    def beats_again(self, name: str) -> None:
        """Let the process write its own heartbeat; wait for the first one."""
        self._written.pop(name, None)
        Path(self.settings.run, name).unlink(missing_ok=True)
        self._wait(lambda: heartbeat_file.get_age_seconds(self.settings.run, name) is not None, lambda: name)

    def steps(self) -> list[tuple[str, str]]:
        """Return the dialplan's steps that callers have reached: AGI and Stasis."""
        log = (Path(self.lab.dir) / "log/steps").read_text(errors="replace")
        applications = re.findall(r'\] (AGI|Stasis)\("PJSIP/trunk-\w+", "(.*)"\)', log)
        return [
            FALLBACK if arguments.startswith("fallback,") else (name, arguments) for name, arguments in applications
        ]

    def wait_for_steps(self, *steps: tuple[str, str]) -> None:
        """Wait until callers have reached these steps next."""
        begin, self._seen = self._seen, self._seen + len(steps)
        self._wait(lambda: tuple(self.steps()[begin : self._seen]) == steps, self.steps)

    def wait_in(self, applications: set[str]) -> None:
        """Wait until callers are in these applications of the dialplan, and in no others."""
        self._wait(lambda: self._applications() == applications, self._applications)

    def _wait(self, condition: Callable[[], bool], describe: Callable[[], object]) -> None:
        limit = time.monotonic() + WAIT_SECONDS
        while not condition():
            assert time.monotonic() < limit, describe()
            for name, age in self._written.items():
                self.write_heartbeat(name, age)
            time.sleep(0.02)

    def _applications(self) -> set[str]:
        """Return the callers' channels; a channel that plays into a bridge is not one."""
        output = run(
            [*self.lab.asterisk_cli, "core show channels concise"], capture_output=True, text=True, timeout=WAIT_SECONDS
        )
        return {line.split("!")[5] for line in output.stdout.splitlines() if line.startswith("PJSIP/trunk-")}


@pytest.fixture
def site(short_path: Path) -> Iterator[Site]:
    lab = instance.up(short_path / "lab")
    try:
        yield Site(lab)
    finally:
        instance.down(short_path / "lab")


@pytest.mark.fault(
    "the AGI process is killed, stopped or restarted",
    "the routing of a few calls takes up to 4 s longer; the dialplan routes later calls by scripts",
    "the same as without the fault",
)
def test_callers_are_routed_without_an_agi_process_that_works(site: Site) -> None:
    with site.call() as caller:
        caller.answered()
        site.wait_for_steps(site.fastagi, STASIS)
    site.wait_in(set())  # the caller's music ends with the call

    site.supervisor(signal.SIGSTOP)
    site.part("agi", signal.SIGSTOP)
    site.write_heartbeat(heartbeat_file.AGI, FRESH)
    with site.call() as early_call:
        site.wait_for_steps(site.fastagi)
        site.write_heartbeat(heartbeat_file.AGI, STALE)
        with site.call() as late_call:
            late_call.answered()
            site.wait_for_steps(SCRIPT, STASIS)
            site.wait_in({"AGI", "Stasis"})
            site.part("agi", signal.SIGCONT)
            early_call.answered()
        site.wait_for_steps(STASIS)
    site.beats_again(heartbeat_file.AGI)

    site.part("agi", signal.SIGTERM)
    assert heartbeat_file.get_age_seconds(site.settings.run, heartbeat_file.AGI) is None
    assert "Address already in use" in connect_as_nobody(int(site.settings.fastagi.rpartition(":")[2]))
    with site.call() as caller:
        caller.answered()
        site.wait_for_steps(SCRIPT, STASIS)

    site.write_heartbeat(heartbeat_file.AGI, FRESH)  # as after kill -9
    with site.call() as caller:
        site.wait_for_steps(site.fastagi)
        site.supervisor(signal.SIGCONT)
        caller.answered()  # by the next process, because the supervisor holds the port
        site.wait_for_steps(STASIS)
    site.beats_again(heartbeat_file.AGI)

    site.part("agi", signal.SIGSTOP)
    with site.call() as caller:
        site.wait_for_steps(site.fastagi)
        caller.answered()  # after the supervisor has killed the stuck process
        site.wait_for_steps(STASIS)


def test_callers_of_a_killed_call_process_reach_the_fallback_beside_an_agi_process(site: Site) -> None:
    site.supervisor(signal.SIGSTOP)
    site.part("calls", signal.SIGKILL)
    for age, first_step in ((FRESH, site.fastagi), (STALE, SCRIPT)):
        site.write_heartbeat(heartbeat_file.CALLS_FILE, age)
        with site.call() as caller:
            caller.answered()
            site.wait_for_steps(first_step, STASIS, FALLBACK)
            site.wait_in({"Playback"})
    site.supervisor(signal.SIGCONT)
    site.beats_again(heartbeat_file.CALLS_FILE)
    with site.call() as caller:
        caller.answered()
        site.wait_for_steps(site.fastagi, STASIS)
        site.wait_in({"Stasis"})
