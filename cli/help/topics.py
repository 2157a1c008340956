"""The topics of `warmline help`."""

from collections.abc import Sequence

from cli.help.call_topics import CALL_TOPICS
from cli.help.system_topics import SYSTEM_TOPICS
from cli.help.topic import Topic

TOPICS = (*CALL_TOPICS, *SYSTEM_TOPICS)


def find_topic(words: Sequence[str]) -> Topic | None:
    """Return the topic with that name or other name, also in the plural; None if there is none."""
    text = " ".join(words).lower().replace("_", " ").replace("-", " ")
    wanted = {text, text.removesuffix("s")}
    for by_name in (True, False):
        for topic in TOPICS:
            known = (topic.name,) if by_name else topic.words
            if wanted & {form for one in known for form in _forms(one.lower().replace("-", " "))}:
                return topic
    return None


def _forms(name: str) -> tuple[str, str]:
    return name, name.removesuffix("s")
