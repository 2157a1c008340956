"""Keeps connections between the reads of a test, as the app does: SQLite parses the whole schema at each opening."""

from collections.abc import Iterator

import pytest

from warmline.store.database.reading import keeping


@pytest.fixture(autouse=True)
def kept_connections() -> Iterator[None]:
    """Provide connections that stay open until the test ends."""
    with keeping():
        yield
