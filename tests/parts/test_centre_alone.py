"""The centre without the modules of the dialler: simulated scenarios of agents, transfers, parking and recording."""

import shutil
from pathlib import Path

import pytest

from tests.parts import barred
from tests.soak import soaking
from tests.tree.parts import Part, modules_of

PROGRAM = str(Path(__file__).with_name("scenarios_alone.py"))
FILES = (
    "calls.test_three_way",
    "calls.test_parking",
    "calls.test_hold",
    "transfers.test_leave",
    "transfers.test_consulting",
    "transfers.test_closers",
    "recording.test_recording_by_hand",
    "queue.test_waiting",
    "queue.test_adopted_calls",
    "agents.test_disposition",
)
PLAYED, LEAST = (FILES, 35) if soaking() else (FILES[::2], 18)  # files, and the scenarios in them at least
HALTED = """
import sys
from pathlib import Path
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.dialler_messages import DialHalted
driver = RecordedDriver(Path(sys.argv[1]))
print("ready", flush=True)
driver.feed(DialHalted("a test"))
"""


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The names of the modules of the dialler, as a file."""
    file: Path = tmp_path_factory.mktemp("barred") / "names"
    file.write_text("\n".join(modules_of(Part.DIALLER)))
    return file


def test_scenarios_without_automatic_calls_pass(names: Path, demo_database: Path) -> None:
    done = barred.run(names, PROGRAM, str(demo_database), *(f"tests.scenarios.{name}" for name in PLAYED))
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= LEAST


def test_an_event_of_the_dialler_is_barred(names: Path, demo_database: Path, tmp_path: Path) -> None:
    program, database = tmp_path / "halted.py", shutil.copy(demo_database, tmp_path)
    program.write_text(HALTED)
    done = barred.run(names, str(program), database)
    assert (done.stdout, done.returncode) == ("ready\n", 1)
    assert "cannot import name 'dialler_halts' from 'warmline.core.dialler'" in done.stderr
