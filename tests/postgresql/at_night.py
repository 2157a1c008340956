"""The mark of tests that `tools/nightly database` runs, because they take long or are drills."""

import pytest

from tests.soak import soaking

at_night = pytest.mark.skipif(not soaking(), reason="tools/nightly database")
