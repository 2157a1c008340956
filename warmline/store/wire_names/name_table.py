"""Stable names of what a stored row or a client may see, with the names that rows of older versions have for each."""

from collections.abc import Iterator, Mapping


class WireNames:
    """A table of names with their former ones. What a class is called has nothing to do with it."""

    def __init__(self, former: Mapping[str, tuple[str, ...]]) -> None:
        self.former = dict(former)
        self._now = {text: name for name, others in former.items() for text in (name, *others)}

    def __iter__(self) -> Iterator[str]:
        return iter(self.former)

    def now(self, text: str) -> str:
        """Return today's name for a name that was stored, which may be a former one; an unknown one is as it is."""
        return self._now.get(text, text)

    def stored(self, *names: str) -> tuple[str, ...]:
        """Return these names and their former ones: all that rows may have. Raises KeyError if one is unknown."""
        return tuple(text for name in names for text in (name, *self.former[name]))

    def sql(self, *names: str) -> str:
        """Return the same as a list of SQL literals, for `kind IN (…)`."""
        return ", ".join(f"'{text}'" for text in self.stored(*names))
