"""The demo: its claims are true on a real Asterisk, and false ones are reported."""

import re
import subprocess
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from cli.main import main
from lab import demo_lab
from lab.sip import tones, wav
from tests.docs.page_blocks import commands_of
from tests.lab.page_typist import words
from tests.lab.warm_warmline import warm_warmline
from tools.simulation.call_centre.command_line import WARMLINE

LEAVE_COST = "the leave costs no packet"  # the one claim that a busy machine may spoil
LOUD = 300  # of 32767
LIMIT = 120  # seconds until a hanging demo is ended


def demo(folder: Path, *arguments: str) -> tuple[int, str]:
    """Return the exit code and the output of `warmline demo`."""
    command = [*WARMLINE, "demo", "--dir", str(folder / "lab"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT)
    assert done.stderr == ""
    return done.returncode, done.stdout


def failed(printed: str) -> list[str]:
    """Return the claims that it reports as false, without its summary."""
    return [line.removeprefix("  ✗ ") for line in printed.split("claims do not hold")[0].splitlines() if "✗" in line]


def test_every_claim_holds(short_path: Path) -> None:
    code, printed = demo(short_path)
    assert [claim for claim in failed(printed) if not claim.startswith(LEAVE_COST)] == []
    assert code == (1 if failed(printed) else 0)
    assert re.search(r"│ -\d\.\d │ third, agent   │ customer, agent │ customer, third │", printed)
    assert re.search(r"│  \d\.\d │ third          │ customer        │ -               │", printed)
    for text in (
        "ms after entering Stasis",
        "$ warmline audit call last\nCall ",
        "$ warmline audit verify\nNo problems: ",
        "$ warmline doctor orphans\nnone: ",
    ):
        assert text in printed
    assert re.search(r"To take calls in your browser, start a lab: (make lab|.*warmline lab up --dir lab)\n", printed)
    *story, last = printed.splitlines()
    assert failed(printed) or last.startswith(f"Listen to {short_path}/lab/handoff.wav: the agent goes;")
    [audit] = [line.shown for line in commands_of("README.md") if line.text == "warmline audit call last"]
    assert set(map(words, audit.splitlines())) <= {*map(words, story), "…", ""}
    [left_at] = re.findall(r"the agent leaves at ([\d.]+) s", " ".join(printed.split()))
    heard, leave = loud_sides(short_path / "lab/handoff.wav"), round(10 * float(left_at))
    assert (True, True) in heard[leave - 10 : leave], "the agent is on both sides"
    assert set(heard[leave + 3 :]) == {(True, False), (False, True), (False, False)}, "the two others talk on"
    assert not programs(short_path), "something is left running"


def loud_sides(file: Path) -> list[tuple[bool, bool]]:
    """Return which sides of a stereo file are loud, in each tenth of a second."""
    left, right = (wav.read(file, channel) for channel in (0, 1))
    size = left.rate // 10

    def loud(side: wav.WavFile, first: int) -> bool:
        return tones.power(side.samples[first : first + size]) > LOUD**2

    return [(loud(left, n), loud(right, n)) for n in range(0, len(left.samples), size)]


def test_a_third_party_who_never_answers_fails_the_demo(
    short_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The demo runs in this process, and its app and commands are forks: the other test starts all programs."""
    (short_path / "warmline").symlink_to(warm_warmline())
    monkeypatch.setattr(demo_lab, "sys", SimpleNamespace(executable=str(short_path / "python")))
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--dir", str(short_path / "lab"), "--third", "never-answers"])
    printed, complaint = capfd.readouterr()
    assert (ended.value.code, complaint) == (1, "")
    assert failed(printed) == ["the third party answers"]
    assert re.search(r"1 of \d+ claims do not hold:\n  ✗ the third party answers: ", printed)
    assert re.search(r"DIAL_WITH_CUSTOMER: \d+ did not answer after \d+ s", printed)
    assert not programs(short_path), "something is left running"
    assert not [*short_path.glob("lab/run/*.pid")], "a program was not ended"


def programs(folder: Path) -> list[str]:
    """The running programs whose command line names the folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has ended
            found.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return [line for line in found if str(folder) in line]


def test_a_demo_that_cannot_start_gives_the_cause(short_path: Path) -> None:
    (short_path / "lab").mkdir()
    (short_path / "lab/somebody's").touch()
    command = [warm_warmline(), "demo", "--dir", str(short_path / "lab")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT)
    assert done.returncode == 1
    why = f"{short_path}/lab is not empty and not a lab; choose a new folder as --dir"
    assert done.stderr == f"warmline: the demo cannot be played: {why}\n"
