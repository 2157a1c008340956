"""The supervisor of `warmline serve`: how its parts start, start again and end, and what systemd hears."""

import asyncio
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ari_app.supervisor import part_process, start
from ari_app.supervisor.part_process import PartProcess
from ari_app.supervisor.parts import PARTS, Part
from lab import app_parts
from tests.system.supervised_parts import ENDS_WITHIN, NICE, STARTS_WITHIN, STUCK_AFTER
from tests.wording.said import said
from tools.proofs.chaos import program_parts
from warmline.core.rules.configuration import Campaign

WITHIN = 20.0  # seconds; only a failing test takes them


class Supervised:
    """`warmline serve` with invented parts."""

    def __init__(self, folder: Path, *targets: str, watchdog: float = 90.0) -> None:
        self.channel = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.channel.bind(str(folder / "notify"))
        self.channel.settimeout(WITHIN)
        given = {"NOTIFY_SOCKET": str(folder / "notify"), "WATCHDOG_USEC": f"{watchdog * 1e6:.0f}"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.system.supervised_parts", *targets],
            env=os.environ | given | {"WARMLINE_LISTEN_PORT": "0", "WARMLINE_CONFIG": os.devnull},
            stdout=subprocess.PIPE,
            bufsize=0,
            stderr=subprocess.PIPE,
        )
        assert self.process.stdout and self.process.stderr
        self.out, self.err = self.process.stdout, self.process.stderr

    def said(self) -> tuple[str, int, str]:
        """Return the next line of a part: its name, its pid, and what happened."""
        assert select.select([self.out], [], [], WITHIN)[0]
        name, pid, what = self.out.readline().decode().split()
        return name, int(pid), what

    def begun(self, count: int) -> dict[str, int]:
        """Wait until this many parts have begun; return their pids."""
        found = {}
        for _ in range(count):
            name, found[name], what = (said := self.said())[0], said[1], said[2]
            assert what in ("begins", "waits")
        return found

    def logged(self) -> str:
        """Return the next line of the log."""
        assert select.select([self.err], [], [], WITHIN)[0]
        return self.err.readline().decode()

    def hears(self) -> str:
        """Return the next message to systemd."""
        return self.channel.recv(4096).decode()

    def hears_nothing(self) -> bool:
        """Return whether no message came that is not read yet."""
        return not select.select([self.channel], [], [], 0)[0]

    def end(self) -> int:
        """Send SIGTERM, and return the exit code."""
        self.process.terminate()
        return self.process.wait(WITHIN)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Supervised]]:
    started: list[Supervised] = []

    def begin(*targets: str, **given: float) -> Supervised:
        started.append(Supervised(tmp_path, *targets, **given))
        return started[-1]

    yield begin
    for one in started:
        one.process.kill()
        one.process.communicate()
        one.channel.close()


Serve = Callable[..., Supervised]


def test_systemd_hears_that_all_parts_are_ready(serve: Serve) -> None:
    app = serve("steady", "slow")
    pids = app.begun(2)
    assert app.hears_nothing()
    os.kill(pids["p1"], signal.SIGUSR2)
    assert app.hears() == "READY=1"
    assert app.end() == 0
    assert app.hears() == "STOPPING=1"


def test_parts_end_one_after_the_other_the_last_one_first(serve: Serve) -> None:
    app = serve("steady", "steady", "steady")
    pids = app.begun(3)
    app.process.send_signal(signal.SIGINT)
    assert [app.said() for _ in pids] == [(name, pids[name], "ends") for name in ("p2", "p1", "p0")]
    assert app.process.wait(WITHIN) == 0
    assert app.err.read() == b""


def test_a_part_that_does_not_end_is_killed(serve: Serve) -> None:
    app = serve("steady", "stubborn")
    pids = app.begun(2)
    assert app.end() == 0
    assert app.said() == ("p0", pids["p0"], "ends")
    assert f"p1 did not end within {ENDS_WITHIN:g} s and is killed" in app.logged()


def test_a_killed_part_starts_again_and_the_others_go_on(serve: Serve) -> None:
    app = serve("steady", "steady")
    pids = app.begun(2)
    os.kill(pids["p1"], signal.SIGKILL)
    assert 'level=warning at=supervisor msg="p1 ended with signal SIGKILL; it starts again in 0.2 s"' in app.logged()
    assert app.begun(1)["p1"] != pids["p1"]
    app.process.send_signal(signal.SIGHUP)
    assert {app.said()[::2] for _ in pids} == {("p0", "reloads"), ("p1", "reloads")}


@pytest.mark.fault(
    "a process of the app is stopped (-STOP) or stuck for 10 s, or the AGI process for 3 s",
    "the same as after a kill: `warmline serve` or systemd kills it and starts it again",
    "the same as after a kill",
)
def test_a_stopped_part_is_killed_at_its_limit_and_not_before(serve: Serve) -> None:
    limit, app = STUCK_AFTER["feeding"], serve("feeding", "feeding")
    pids = app.begun(2)
    asyncio.run(program_parts.stop(app.process.pid, "p1", limit / 8))
    assert app_parts.parts(app.process.pid) == pids
    os.kill(pids["p1"], signal.SIGSTOP)  # on a busy machine the supervisor's clock falls behind
    assert f"p1 has been stuck for {limit:g} s and is killed" in app.logged()
    assert "p1 ended with signal SIGKILL; it starts again in " in app.logged()
    assert app.begun(1)["p1"] != pids["p1"]
    assert app.end() == 0
    assert app.said()[0] == "p1" and app.said() == ("p0", pids["p0"], "ends")


def test_parts_that_were_stopped_with_the_supervisor_are_not_killed(serve: Serve) -> None:
    """As in a frozen container or virtual machine, where the clock goes on."""
    app = serve("feeding", watchdog=0.9)
    part = app.begun(1)["p0"]
    assert app.hears() == "READY=1"
    while "State:\tS" not in Path(f"/proc/{app.process.pid}/status").read_text():
        time.sleep(0.01)  # it waits for its parts soon
    for pid in (app.process.pid, part):
        os.kill(pid, signal.SIGSTOP)
    time.sleep(STUCK_AFTER["feeding"] * 1.5)
    while not app.hears_nothing():
        app.hears()
    os.kill(app.process.pid, signal.SIGCONT)
    assert [app.hears() for _ in range(2)] == ["WATCHDOG=1"] * 2, "it has looked for stuck parts"
    os.kill(part, signal.SIGCONT)
    assert app.end() == 0
    assert (app.said(), app.err.read()) == (("p0", part, "ends"), b"")


def test_a_part_that_does_not_become_ready_is_killed_and_starts_again(serve: Serve) -> None:
    app = serve("hanging")
    pid = app.begun(1)["p0"]
    assert f"p0 has been stuck for {STARTS_WITHIN['hanging']:g} s and is killed" in app.logged()
    assert app.begun(1)["p0"] != pid


def test_an_error_of_a_part_that_was_ready_does_not_end_the_others(serve: Serve) -> None:
    app = serve("steady", "breaking")
    pids = app.begun(2)
    for pause in ("0.2", "0.4"):
        os.kill(pids["p1"], signal.SIGUSR1)
        assert app.logged() == "warmline serve: the part is broken\n"
        assert f"p1 ended with exit status 1; it starts again in {pause} s" in app.logged()
        pids |= app.begun(1)
    os.kill(pids["p0"], 0)


def test_a_part_that_cannot_start_ends_all(serve: Serve) -> None:
    app = serve("steady", "refusing")
    assert app.process.wait(WITHIN) == 1
    assert app.err.read() == b"warmline serve: the setting is wrong\n"


def test_parts_die_with_the_supervisor(serve: Serve) -> None:
    app = serve("steady", "stubborn")
    handles = [os.pidfd_open(pid) for pid in app.begun(2).values()]
    app.process.kill()
    for handle in handles:
        assert select.select([handle], [], [], WITHIN)[0]
        os.close(handle)


def test_systemd_hears_of_a_reload_until_all_parts_have_done_it(serve: Serve) -> None:
    app = serve("steady", "steady")
    app.begun(2)
    assert app.hears() == "READY=1"
    app.process.send_signal(signal.SIGHUP)
    assert app.hears().startswith("RELOADING=1\nMONOTONIC_USEC=")
    assert app.hears() == "READY=1"
    assert {app.said()[::2] for _ in range(2)} == {("p0", "reloads"), ("p1", "reloads")}
    assert app.hears_nothing()


def test_a_part_that_gives_way_has_a_session_of_low_priority(serve: Serve) -> None:
    pids = serve("steady", "modest").begun(2)
    assert [os.getsid(pid) == pid for pid in pids.values()] == [True, True]
    own = os.nice(0)  # `make test` itself may give way
    nice = [os.getpriority(os.PRIO_PROCESS, pids[name]) for name in ("p0", "p1")]
    assert nice == [own, min(own + NICE["modest"], 19)]
    groups = [Path(f"/proc/{pids[name]}/autogroup") for name in ("p0", "p1")]
    told = [group.read_text().rpartition("nice ")[2].strip() for group in groups if group.exists()]
    assert told in ([], ["0", str(NICE["modest"])]), "a kernel without autogroups has no such file"


def test_pauses_grow_until_a_part_has_lived(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(part_process.time, "monotonic", lambda: now)
    process = PartProcess(PARTS[0])
    process._began = now
    pauses = [process.plan_restart(1) for _ in range(10)]
    assert pauses == [0.2, 0.4, 0.8, 1.6] + 6 * [2.0]
    assert process.due == now + 2.0
    assert pauses[-1] < Campaign("").browser_grace_seconds, "a page that is loaded then keeps its phone"
    now += part_process.LIVED
    assert [process.plan_restart(-signal.SIGKILL), process.plan_restart(0)] == [0.2, 0.2]


@pytest.mark.parametrize("part", PARTS, ids=[part.name for part in PARTS])
def test_each_part_exists(part: Part) -> None:
    assert callable(part.load())
    assert len(f"warm-{part.name}") < 16, "the kernel cuts the name"


def test_a_part_that_does_not_exist_is_refused() -> None:
    known = ", ".join(part.name for part in PARTS)
    with pytest.raises(SystemExit) as refused:
        start.main("nothing")
    assert refused.value.code == f"warmline serve: {said('part_unknown', name='nothing', known=known)}"
