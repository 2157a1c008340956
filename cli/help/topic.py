"""A topic of `warmline help`."""

from typing import NamedTuple


class Topic(NamedTuple):
    """A topic: its name, what it is about, and the commands for it.

    `words` are other names that people try. `commands` are command lines without `warmline`, each with what it does.
    `page` is the page of the documentation that has more, below docs/.
    """

    name: str
    words: tuple[str, ...]
    text: str
    commands: tuple[tuple[str, str], ...]
    page: str
