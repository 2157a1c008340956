"""A database of each test's own; a test that is a coroutine gets an event loop."""

import asyncio
import inspect
from pathlib import Path

import pytest

from warmline.store.migrations import migrate


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A new database: the schema, and nothing but AGENTDIRECT in it."""
    path = tmp_path / "warmline.db"
    migrate(path)
    return path


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True
