"""A test of this folder may be a coroutine."""

from tests.store.conftest import db as db
from tests.store.conftest import pytest_pyfunc_call as pytest_pyfunc_call
