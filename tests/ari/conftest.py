"""A test that is a coroutine gets an event loop."""

from tests.store.conftest import pytest_pyfunc_call as pytest_pyfunc_call
