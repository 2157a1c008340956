"""A database for each test; a test that is a coroutine gets an event loop."""

import asyncio
import inspect
import shutil
from pathlib import Path

import pytest


@pytest.fixture
def db(tmp_path: Path, new_database: Path) -> Path:
    """Provide a new database with the schema and its fixed rows."""
    return Path(shutil.copy(new_database, tmp_path))


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True
