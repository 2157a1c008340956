"""Names of entities that Warmline cannot have as they are: each gets another one, and the pairs are kept."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from warmline.options.option_table import ENTITIES

LONGEST = 20  # of most names
LONGEST_CODE = 6
ALIAS = "group-alias"
CODES = ("disposition", "pause-code")


class NewName(NamedTuple):
    """A name that has changed. `scope` is the campaign whose code it is, "" for a name of the whole system."""

    kind: str
    scope: str
    old: str
    new: str


class NewNames:
    """Gives names, and knows those that it has given."""

    def __init__(self, kept: tuple[NewName, ...] = ()) -> None:
        self._given: dict[tuple[str, str, str], str] = {(one.kind, one.scope, one.old): one.new for one in kept}
        self._alike = {(one.kind, alike(one.scope), alike(one.old)): one.new for one in reversed(kept)}
        self._taken = {(one.kind, one.new.upper()) for one in kept}

    def learn(self, kind: str, names: Iterable[str]) -> None:
        """Know names that are as they were."""
        for name in names:
            self._given.setdefault((kind, "", name), name)
            self._alike.setdefault((kind, "", alike(name)), name)

    def give(self, kind: str, old: str, scope: str = "", shared: str = "") -> str:
        """Return the name of an entity: the old one if it is allowed and free, else a new one like it.

        `shared` is a name of the same kind that it has, because both are the same.
        """
        key = (kind, scope, old)
        if key not in self._given:
            self._given[key] = shared or next(
                one for one in _candidates(kind, old) if (kind, one.upper()) not in self._taken
            )
            self._taken.add((kind, self._given[key].upper()))
        self._alike.setdefault((kind, alike(scope), alike(old)), self._given[key])
        return self._given[key]

    def known(self, kind: str, old: str, scope: str = "") -> str:
        """Return the name that an old one has got; the code of a campaign comes before that of the system."""
        for place in dict.fromkeys((scope, "")):
            found = self._given.get((kind, place, old)) or self._alike.get((kind, alike(place), alike(old)))
            if found is not None:
                return found
        return old

    def changed(self) -> list[NewName]:
        """Return the names that are not as they were, in order."""
        return sorted(NewName(*key, new) for key, new in self._given.items() if key[2] != new)


def alike(name: str) -> str:
    """Return what names have in common that are one for MySQL: it ignores case, and blanks at the end."""
    return name.rstrip(" ").upper()


def is_allowed(kind: str, name: str) -> bool:
    """Return whether Warmline can have an entity of that name."""
    try:
        ENTITIES[kind].names.parse(name)
    except ValueError:
        return False
    return True


def _candidates(kind: str, old: str) -> Iterator[str]:
    longest = LONGEST_CODE if kind in CODES else LONGEST
    signs = r"[^A-Za-z0-9]" if kind == ALIAS else r"[^A-Za-z0-9_-]"
    plain = re.sub(signs, "" if kind == ALIAS else "_", old.strip()).lstrip("-")[:longest] or "X"
    yield from (one for one in (old, plain) if is_allowed(kind, one))
    for number in range(2, 100_000):
        tail = str(number)
        yield plain[: longest - len(tail)] + tail
