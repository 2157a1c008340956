"""The worker: answers, and hooks that sleep, raise, fork, eat memory, end, print, close files or answer nonsense."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hooks.folder import ROUTE, Hooks, hooks_in, started_hooks_in, until
from warmline.hooks import hook_log
from warmline.hooks.open_run import ANSWER_MAX
from warmline.hooks.worker import RUNS_MAX


@pytest.fixture
def hooks(tmp_path: Path) -> Iterator[Hooks]:
    with hooks_in(tmp_path) as found:
        yield found


@pytest.fixture
def started_hooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hooks]:
    """Provide a worker that is a program of its own. The environment that it is started in has a setting."""
    monkeypatch.setenv("WARMLINE_DB", "secret")
    with started_hooks_in(tmp_path) as found:
        yield found


def test_an_empty_folder_answers_nothing(hooks: Hooks) -> None:
    said = hooks.ask()
    assert (said["ok"], said["answer"], said["functions"]) == (True, None, 0)


def test_a_route_is_changed(hooks: Hooks) -> None:
    hooks.body('return route.change(target="agent:1000", priority=5, reason="VIP " + caller.data["ticket"])')
    said = hooks.ask()
    assert (said["ok"], said["by"]) == (True, "mine.py")
    assert said["answer"] == ROUTE | {"target": "agent:1000", "priority": 5, "reason": "VIP 4711"}


def test_the_first_answer_counts(hooks: Hooks) -> None:
    hooks.body('return route.change(reason="b")', name="b.py")
    hooks.body('return route.change(reason="c")', name="c.py")
    hooks.body("return None", name="a.py")
    assert hooks.ask()["by"] == "b.py"


def test_changed_files_are_loaded_again(started_hooks: Hooks) -> None:
    hooks = started_hooks
    hooks.body('return route.change(reason="first")')
    assert hooks.ask()["answer"]["reason"] == "first"
    hooks.body('return route.change(reason="second, longer")')
    assert hooks.ask()["answer"]["reason"] == "second, longer"


FAILURES = {
    "sleep": (("time.sleep(60)",), "no answer within 100 ms"),
    "loop": (("while True:", "    pass"), "no answer within 100 ms"),
    "raise": (('raise ValueError("no CRM")',), "raised ValueError: no CRM (mine.py:6)"),
    "exit": (("raise SystemExit(3)",), "raised SystemExit: 3 (mine.py:6)"),
    "end": (("os._exit(3)",), "the process ended without an answer, exit code 3"),
    "signal": (("os.kill(os.getpid(), 11)",), "the process was ended by signal 11"),
    "memory": (("x = bytearray(1 << 30)", "return route"), "raised MemoryError (mine.py:6)"),
    "memory by and by": (("x = []", "while True:", "    x.append(bytearray(1 << 22))"), "raised MemoryError"),
    "text": (('return "agent:1000"',), "the answer is of type str (allowed: Route or None)"),
    "wrong field": (("return route.change(priority='high')",), "the answer is not valid: "),
    "odd object": (("return route.change(data={1: object()})",), "the answer is not valid: "),
    "long": ((f'return route.change(reason="x" * {ANSWER_MAX})',), f"the answer is longer than {ANSWER_MAX} bytes"),
    "closed files": (("os.closerange(0, 256)", "return route"), "the process ended without an answer, exit code 1"),
    "deep": (("return before_route(caller, route)",), "raised RecursionError"),
    "argument changed": (('caller.number = "1"',), "raised FrozenInstanceError"),
}


@pytest.mark.parametrize(("lines", "why"), FAILURES.values(), ids=FAILURES)
def test_a_failed_hook_is_an_answer_in_time(hooks: Hooks, lines: tuple[str, ...], why: str) -> None:
    hooks.body(*lines)
    assert hooks.ask(0.1 if "within" in why else 5.0)["ok"] is False
    rows = until(lambda: hook_log.last(str(hooks.log), 10))
    assert rows[-1]["why"].startswith(why)
    assert rows[-1]["by"] == "mine.py"
    hooks.body('return route.change(reason="it works again now")')
    assert hooks.ask(5.0)["ok"] is True


def test_one_that_sleeps_delays_no_other(hooks: Hooks) -> None:
    released = hooks.folder.parent / "released"
    waits = f'while caller.number == "slow" and not os.path.exists({str(released)!r}):'
    hooks.body(waits, "    time.sleep(0.01)", "return route")
    answers: list[bool] = []
    slow = [
        threading.Thread(
            target=lambda: answers.append(hooks.ask(30, caller={"call": "1", "number": "slow"}, route={})["ok"])
        )
        for _ in range(5)
    ]
    for thread in slow:
        thread.start()
    assert all(hooks.ask(4.0)["ok"] for _ in range(10))
    assert answers == []
    released.touch()
    for thread in slow:
        thread.join()
    assert answers == [True] * 5


def test_hooks_above_the_limit_are_refused_at_once(hooks: Hooks) -> None:
    released = hooks.folder.parent / "released"
    hooks.body(f"while not os.path.exists({str(released)!r}):", "    time.sleep(0.01)", "return route")
    said: list[str] = []
    threads = [
        threading.Thread(target=lambda: said.append(hooks.ask(30.0).get("why", ""))) for _ in range(RUNS_MAX + 4)
    ]
    for thread in threads:
        thread.start()
    until(lambda: len(said) >= 4)
    assert said == [f"{RUNS_MAX} hooks run already"] * 4
    released.touch()
    for thread in threads:
        thread.join()
    assert said[4:] == [""] * RUNS_MAX


@pytest.mark.parametrize(
    "leaves", ["", "os.setsid()", "os.setsid(); os.fork() and os._exit(0)"], ids=["", "group", "twice"]
)
def test_processes_of_a_hook_end_with_it(hooks: Hooks, leaves: str) -> None:
    pids = hooks.folder.parent / "pids"
    hooks.body(
        "for _ in range(5):",
        "    if not os.fork():",
        f"        {leaves or 'pass'}",
        f"        open({str(pids)!r}, 'a').write(f'{{os.getpid()}}\\n')",
        "        time.sleep(60)",
        "        os._exit(0)",
        f"while not os.path.exists({str(pids)!r}) or len(open({str(pids)!r}).readlines()) < 5:",
        "    time.sleep(0.001)",
        "return route",
    )
    assert hooks.ask(5.0)["ok"]
    until(lambda: not any(_lives(int(one)) for one in pids.read_text().split()))


def _lives(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def test_the_printed_output_of_a_hook_is_bounded(hooks: Hooks) -> None:
    hooks.body('print("x" * 3_000_000)', 'print("the end")', "return route")
    assert hooks.ask(5.0)["ok"]
    [row] = until(lambda: hook_log.last(str(hooks.log), 10))
    assert row["printed"].endswith("the end") or len(row["printed"]) <= 2000
    assert len(row["printed"]) <= 2000


def test_a_file_that_cannot_be_loaded_is_an_answer(hooks: Hooks) -> None:
    hooks.write("mine.py", "def before_route(caller):\n    pass\n")
    assert hooks.ask()["why"] == (
        "cannot be loaded: before_route in mine.py has other arguments; allowed: before_route(caller, route)"
    )
    hooks.write("mine.py", "import nothing_of_this_name\n")
    assert (
        hooks.ask()["why"]
        == "cannot be loaded: ModuleNotFoundError: No module named 'nothing_of_this_name' (mine.py:1)"
    )
    hooks.body("return route", name="other.py")
    assert hooks.ask()["by"] == "other.py"


def test_a_file_that_others_can_change_is_not_loaded(hooks: Hooks) -> None:
    hooks.body('return route.change(reason="mine")')
    assert hooks.ask()["ok"]
    for path, mode in ((hooks.folder / "mine.py", 0o664), (hooks.folder, 0o757)):
        before = path.stat().st_mode
        path.chmod(mode)
        assert "can be changed by other users" in hooks.ask()["why"]
        path.chmod(before)
        assert hooks.ask()["ok"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another user")
def test_a_file_of_another_user_is_not_loaded(hooks: Hooks) -> None:
    hooks.body("return route")
    os.chown(hooks.folder / "mine.py", 65534, 65534)
    assert "can be changed by other users" in hooks.ask()["why"]


def test_a_hook_has_no_secret_in_its_environment(started_hooks: Hooks) -> None:
    started_hooks.body('return route.change(reason=" ".join(sorted(os.environ)))')
    assert "WARMLINE" not in started_hooks.ask()["answer"]["reason"]


def test_no_worker_is_an_answer_in_time(tmp_path: Path) -> None:
    hooks = Hooks(tmp_path, tmp_path / "log")
    hooks.path = str(tmp_path / "none")
    assert hooks.ask()["why"] == "the hooks of the app cannot be reached: No such file or directory"


def test_the_log_is_bounded(tmp_path: Path) -> None:
    kept = hook_log.HookLog(str(tmp_path / "log"))
    for number in range(2 * hook_log.KEPT + 5):
        kept.add({"n": number})
    rows = hook_log.last(str(tmp_path / "log"), 5000)
    assert rows[-1] == {"n": 2 * hook_log.KEPT + 4}
    assert len(rows) == hook_log.KEPT + 5


def test_deadlines_hold_while_all_places_are_taken(hooks: Hooks) -> None:
    """The time of a refusal is compared with that of the deadline; the machine may be slow."""
    hooks.body("time.sleep(60)")
    begun = time.monotonic()
    assert hooks.ask(0.2)["why"] == "no answer within 200 ms"
    assert time.monotonic() - begun < 5


def test_many_runs_leave_no_open_file_and_no_process_behind(started_hooks: Hooks) -> None:
    hooks = started_hooks
    hooks.body("os.fork() or time.sleep(60)", "return os.getpid() % 2 and route or [].pop()")
    assert hooks.ask(5.0)["by"] == "mine.py"
    [worker] = until(lambda: found if len(found := _workers_of(hooks)) == 1 else [])  # the forked child is still ending
    before = len(list(Path(f"/proc/{worker}/fd").iterdir()))
    for _ in range(40):
        hooks.ask(5.0)
    until(lambda: not Path(f"/proc/{worker}/task/{worker}/children").read_text().split())
    until(lambda: len(list(Path(f"/proc/{worker}/fd").iterdir())) <= before)  # the first run may not have been closed


def _workers_of(hooks: Hooks) -> list[int]:
    """Return the processes of the worker, without runs."""
    found = []
    for one in Path("/proc").iterdir():
        if one.name.isdigit() and (command := _read(one / "cmdline")) and str(hooks.folder) in command:
            found.append(int(one.name))
    return [one for one in found if (parent := _parent(one)) and parent not in found]


def _parent(process: int) -> int:
    """Return the parent of a process; 0 if the process has ended."""
    fields = _read(Path(f"/proc/{process}/stat")).rpartition(")")[2].split()
    return int(fields[1]) if fields else 0


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
