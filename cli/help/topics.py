"""The topics of `warmline help`, read from the Markdown files of this folder.

A topic is a section with five paragraphs. They are its name, `Also:` with other names that people try, a text, a list
of commands, and `More:` with a page.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILES = ("call_topics.md", "system_topics.md")
COMMAND = re.compile(r"^- `(.+?)`: (.+)$", re.MULTILINE)


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


@cache
def all_topics() -> tuple[Topic, ...]:
    """Read the topics, in the order of the files."""
    texts = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in FILES)
    return tuple(_topic(section) for text in texts for section in text.split("\n## ")[1:])


def _topic(section: str) -> Topic:
    name, also, text, commands, more = section.strip().split("\n\n")
    words = also.removeprefix("Also: ").split(", ")
    found = [(command, what) for command, what in COMMAND.findall(commands)]
    return Topic(name, tuple(words), " ".join(text.split("\n")), tuple(found), more.removeprefix("More: "))


def find_topic(words: Sequence[str]) -> Topic | None:
    """Return the topic with that name or other name, also in the plural; None if there is none."""
    text = " ".join(words).lower().replace("_", " ").replace("-", " ")
    wanted = {text, text.removesuffix("s")}
    for by_name in (True, False):
        for topic in all_topics():
            known = (topic.name,) if by_name else topic.words
            if wanted & {form for one in known for form in _forms(one.lower().replace("-", " "))}:
                return topic
    return None


def _forms(name: str) -> tuple[str, str]:
    return name, name.removesuffix("s")
