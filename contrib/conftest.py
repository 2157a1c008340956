"""The fixtures and options of all tests, and those of command lines, for the tests of contrib."""

from tests.cli.conftest import app, box, db, demo_db, kept_connections, run  # noqa: F401 - pytest finds them here
from tests.conftest import (  # noqa: F401
    brief_asterisks,
    cheap_hashes,
    copied_demo,
    demo_database,
    new_database,
    pytest_addoption,
    pytest_ignore_collect,
    pytest_runtest_setup,
    short_path,
    warm_labs,
)
