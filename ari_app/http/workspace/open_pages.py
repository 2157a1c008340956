"""The open pages of agents and supervisors, and whether each offers a browser phone, which follows their changes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from aiohttp import web


class OpenPage(NamedTuple):
    """A page: the id that it has drawn, and whether it has a browser phone."""

    page: str
    phone: bool


Changed = Callable[[str, tuple[OpenPage, ...]], None]
"""Takes an agent, and the pages that the agent has open now."""


class OpenPages:
    """Knows the pages by agent; those of the overview have the agent "".

    A page that connects again before its old connection is found dead stays one page.
    """

    def __init__(self) -> None:
        self.followers: list[Changed] = []
        self._open: dict[str, dict[object, OpenPage]] = {}  # by agent and connection

    def of(self, user: str) -> tuple[OpenPage, ...]:
        """Return the agent's pages, the oldest first."""
        return tuple(dict.fromkeys(self._open.get(user, {}).values()))

    def ids(self) -> set[str]:
        """Return the id of each open page."""
        return {one.page for pages in self._open.values() for one in pages.values()}

    @contextmanager
    def opened(self, user: str, page: OpenPage) -> Iterator[None]:
        """Count a page as open."""
        connection = object()
        self._change(user, connection, page)
        try:
            yield
        finally:
            self._change(user, connection, None)

    def _change(self, user: str, connection: object, page: OpenPage | None) -> None:
        before = self.of(user)
        pages = self._open.setdefault(user, {})
        if page:
            pages[connection] = page
        else:
            del pages[connection]
        if not pages:
            del self._open[user]
        if (now := self.of(user)) != before:
            for tell in self.followers:
                tell(user, now)


PAGES = web.AppKey("open_pages", OpenPages)
