"""Stable names in stored rows and for clients, each with its former names in rows of older versions."""

from collections.abc import Iterator, Mapping


class WireNames:
    """A table of names with their former names; class names have no effect on it."""

    def __init__(self, former: Mapping[str, tuple[str, ...]]) -> None:
        self.former = dict(former)
        self._now = {text: name for name, others in former.items() for text in (name, *others)}

    def __iter__(self) -> Iterator[str]:
        return iter(self.former)

    def now(self, text: str) -> str:
        """Return the current name for a stored name, which may be a former one; an unknown name stays unchanged."""
        return self._now.get(text, text)

    def stored(self, *names: str) -> tuple[str, ...]:
        """Return these names and their former ones, as rows may contain them. Raises KeyError if one is unknown."""
        return tuple(text for name in names for text in (name, *self.former[name]))

    def sql(self, *names: str) -> str:
        """Return these names and their former ones as SQL literals, for `kind IN (…)`."""
        return ", ".join(f"'{text}'" for text in self.stored(*names))
