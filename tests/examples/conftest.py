"""A test that is a coroutine gets an event loop; and the made day of the reports."""

from tests.reports.conftest import day as day
from tests.store.conftest import pytest_pyfunc_call as pytest_pyfunc_call
