"""The mark of tests that `make acceptance-database` runs, because they take long or are drills."""

import pytest

from tests.soak import soaking

at_night = pytest.mark.skipif(not soaking(), reason="make acceptance-database")
