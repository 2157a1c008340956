"""The fixtures of all tests, for those of contrib."""

from tests.conftest import (  # noqa: F401 - pytest finds them here
    brief_asterisks,
    cheap_hashes,
    copied_demo,
    demo_database,
    new_database,
    pytest_runtest_setup,
    short_path,
    warm_labs,
)
