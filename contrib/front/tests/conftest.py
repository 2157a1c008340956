"""A test of the front may be a coroutine."""

from tests.store.conftest import pytest_pyfunc_call as pytest_pyfunc_call
