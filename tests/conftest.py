"""Fixtures for all tests."""

import fcntl
import gc
import logging
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, TextIO
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from lab import configure
from tests import audio_first, brief_documentation, copied_database, warm_app
from tests.lab import warm_warmline
from tests.soak import examples, soaking
from warmline.store.database import passwords
from warmline.store.migrations.schema_migration import migrate

COLLECTING = pytest.StashKey[TextIO]()  # the lock of a worker that collects
PROJECT = Path(__file__).parents[1]
BY_NIGHT = {PROJECT / line for line in (PROJECT / "tests/by_night.txt").read_text().splitlines() if line[:1] != "#"}

# No test asserts a duration, or fails on a machine that is briefly suspended.
settings.register_profile(
    "warmline", max_examples=examples(20, by_night=60), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("warmline")
if not soaking():
    # Hypothesis would read all modules of the product for constants that an example may be: one to three seconds of the
    # processor in each process. `tools/nightly soak`, which searches for rare examples, has them.
    providers._get_local_constants = lambda: providers._local_constants  # none


def pytest_addoption(parser: pytest.Parser) -> None:
    options = parser.getgroup("warmline")
    if options.options:  # contrib/conftest.py adds them, too, because it is also run alone
        return
    options.addoption("--by-day", action="store_true", help="leave out what tests/by_night.txt lists")
    options.addoption("--drawn-order", metavar="SEED", help="run folders and files in an order drawn with this seed")
    options.addoption(
        "--engine",
        choices=["sqlite", "postgresql"],
        default="sqlite",
        help="the engine of databases in tests/store and contrib/imports, and of the app in tests/scenarios",
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out what `tools/nightly` has."""
    return True if config.getoption("--by-day") and collection_path in BY_NIGHT else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Draw the order of folders, and of files in a folder. The tests of a file stay in their order."""
    seed = config.getoption("--drawn-order")

    def drawn(item: pytest.Item) -> list[float]:
        places = item.path.relative_to(config.rootpath).parts
        return [Random(f"{seed} {places[: depth + 1]}").random() for depth in range(len(places))]  # noqa: S311

    if seed:
        items.sort(key=drawn)


def pytest_report_header(config: pytest.Config) -> str:
    seed = config.getoption("--drawn-order")
    return f"order of files: drawn with seed {seed}" if seed else ""


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Let the workers of a run share the servers that fork for them: each takes a second or two to start."""
    node.workerinput["warm"] = warm_app.address(), str(warm_warmline.warm_warmline())


def pytest_configure(config: pytest.Config) -> None:
    os.environ.pop("PYTEST_ADDOPTS", None)  # of tests/in-memory: a pytest that a test starts has its own folder
    if hasattr(config, "workerinput"):
        # Linux shares processors among sessions first (autogroup). In a session of its own, a worker that listens is
        # woken in time beside the runs that compute, also for a user who may not give it another priority.
        os.setsid()
        warm_app.given_address, warm_warmline.given_program = config.workerinput["warm"]


def pytest_collection(session: pytest.Session) -> None:
    """Let one worker of a run collect before the others, which then read the tests that it has compiled."""
    gc.disable()
    if run := os.environ.get("PYTEST_XDIST_TESTRUNUID"):
        session.stash[COLLECTING] = lock = open(Path(tempfile.gettempdir(), f"collecting-{run}"), "w")  # noqa: SIM115
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fcntl.flock(lock, fcntl.LOCK_SH)  # with the other workers, once the first one has finished


def pytest_collection_finish(session: pytest.Session) -> None:
    """The garbage collector leaves out the thousands of collected tests, which stay until the end.

    After that it looks less often than Python's default, which takes 6 % of the processor in tests of the APIs.
    """
    if lock := session.stash.get(COLLECTING, None):
        Path(lock.name).unlink(missing_ok=True)
        lock.close()
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def pytest_sessionfinish() -> None:
    """Let pytest find what no test has closed by one collection; it makes five, which take seconds of each process."""
    gc.collect()
    gc.freeze()


def pytest_runtest_setup() -> None:
    """Nothing of an earlier test, nor of who started them, tells in this one.

    A command would act on another test's database, and fail far from where the fault is; an app sets its log and umask.
    """
    left = [name for name in os.environ if name.startswith("WARMLINE_") and name != "WARMLINE_SOAK"]
    assert not left, f"an earlier test, or your shell, has left {', '.join(left)} in the environment"
    if os.environ.pop("TZ", ""):  # of who started them: a test that wants one sets it
        time.tzset()
    logging.getLogger().setLevel(logging.WARNING)
    os.umask(0o022)


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> Iterator[None]:
    """Let the hash of a password take microseconds, not 25 ms: its text names its cost, with which it is checked."""
    with patch.object(passwords, "COST", 16):
        yield


@pytest.fixture(scope="session", autouse=True)
def warm_labs() -> Iterator[None]:
    """Let labs fork their app, which saves most of a second of the processor for each start."""
    with warm_app.forked():
        yield


@pytest.fixture(scope="session", autouse=True)
def brief_asterisks() -> Iterator[None]:
    """Let Asterisk read brief documentation, which saves more than half of the processor for each start."""
    with brief_documentation.brief(), audio_first.asterisks_first():
        yield


@pytest.fixture(scope="session", autouse=True)
def copied_demo() -> Iterator[None]:
    """Let the demo configuration be written once by each process."""
    with copied_database.copied_demo():
        yield


@pytest.fixture
def short_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for a lab with a short path, whatever the names of test and user are."""
    return tmp_path_factory.mktemp("t")


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as `warmline db migrate` makes it, to be copied: that is quicker than to make another."""
    path = tmp_path_factory.mktemp("new") / "warmline.db"
    migrate(path)
    return path


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the lab's demo configuration, to be copied."""
    path = tmp_path_factory.mktemp("demo") / "warmline.db"
    configure.fill(path, [])
    return path
