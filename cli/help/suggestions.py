"""The answer to an unknown command: suggestions of similar commands."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from cli.help.command_index import Path, commands, meant
from cli.help.guessed_line import GuessedLine, guessed, repeated
from cli.help.synonyms import NOUNS, VERBS
from cli.help.topic import Topic
from cli.help.topics import all_topics, find_topic
from cli.tree.tree_row import Row, TreeGroup, summary
from cli.tree.unknown_command import UnknownCommandError

MOST = 6  # suggestions at most
CLOSE, CLOSER = 0.7, 0.8  # similarity of a word, in its group and elsewhere: 1 is equal, 0 has no letter in common

# Commands of other programs.
OTHERS = {
    "logs": "journalctl -u warmline",
    "start": "systemctl start warmline",
    "stop": "systemctl stop warmline.target",
    "restart": "systemctl restart warmline.target",
    "reload": "systemctl reload warmline",
}


def answer(error: UnknownCommandError, root: Any) -> str:
    """Return the message about an unknown command, with a line to copy for each suggestion.

    `root` is the command `warmline`.
    """
    begun = " ".join(("warmline", *error.path))
    rows = dict(commands())
    found = list(dict.fromkeys(_suggested(error, root, rows)))[:MOST]
    lines = [(f"warmline {one.text}", one.meaning or summary(rows[one.path])) for one in found]
    if not error.path and _single(error.word) in OTHERS and not error.rest:
        lines.insert(0, (OTHERS[_single(error.word)], ""))
    topic = _topic(error)
    more = (
        f"All commands: {begun} -h. {'More' if topic else 'Topics'}: warmline help{f' {topic.name}' if topic else ''}."
    )
    if not lines:
        return f"{error}. {more}"
    width = max(len(line) for line, _ in lines)
    asked = "you may mean" if len(lines) > 1 else "did you mean"
    return "\n".join((f"{error}; {asked}:", *(f"  {line:{width}}  {what}".rstrip() for line, what in lines), more))


def _suggested(error: UnknownCommandError, root: Any, rows: dict[Path, Row]) -> Iterator[GuessedLine]:
    """Yield the command lines that may be meant, the most likely first."""
    if turned := _turned_around(error.word.lower(), error):
        yield repeated(root, turned, error.rest[1:])
        return
    in_middle = meant((*error.path, *error.rest[:1])) if error.path else ()
    if in_middle[len(error.path) :]:  # `agent 1001 logout`
        yield repeated(root, in_middle, (error.word, *error.rest[1:]))
        return
    if in_table := guessed(root, error.path, error.word, error.rest):
        yield from in_table
        return
    found = list(dict.fromkeys(_candidates(error, rows)))
    for path in found:
        if len(found) == 1 and path[:-1] == error.path:  # a misspelled word
            whole = meant((*path, *error.rest))
            yield repeated(root, whole, error.rest[len(whole) - len(path) :])
        elif path[-1] == error.word.lower() and not isinstance(rows[path], TreeGroup):
            yield repeated(root, path, error.rest)
        else:
            yield GuessedLine(" ".join(path), path)


def _candidates(error: UnknownCommandError, rows: dict[Path, Row]) -> Iterator[Path]:
    """Yield the words of commands that may be meant, the most likely first; some may not exist."""
    sure = [path for path in _known(error, rows) if path in rows and path != error.path]
    here = [path for path in rows if path[:-1] == error.path]
    word = error.word.lower()
    elsewhere = [path for path in rows if _telling(path)]
    near = list(_close(word, here, CLOSE)) or _misspelled_synonyms(error)
    yield from sure or near or _of_next_words(error) or _close(word, elsewhere, CLOSER)


def _known(error: UnknownCommandError, rows: dict[Path, Row]) -> Iterator[Path]:
    """Yield the commands that a word is known to mean: by the tables, by its name in other groups, or by a topic."""
    word = error.word.lower()
    yield from (path for path in rows if path[:-1] == error.path and _single(path[-1]) == _single(word))
    names = {word, _single(word), *VERBS.get(word, ()), NOUNS.get(_single(word), "")}
    yield from (path for path in rows if path[-1] in names and not isinstance(rows[path], TreeGroup) and _telling(path))
    if topic := _topic(error):
        yield from (meant(command.split()) for command, _ in topic.commands)


def _topic(error: UnknownCommandError) -> Topic | None:
    """Return the topic of the word, alone or after its group."""
    return find_topic((error.word,)) or find_topic((*error.path, error.word))


def _of_next_words(error: UnknownCommandError) -> list[Path]:
    """Return the commands of the topic that the word names together with the next one, or that the next one names."""
    asked = ((error.word, *error.rest[:1]), error.rest[:1])
    topic = next((topic for words in asked if words and (topic := find_topic(words))), None)
    return [meant(command.split()) for command, _ in topic.commands] if topic else []


def _turned_around(word: str, error: UnknownCommandError) -> Path:
    """Return `campaign create` for `create campaign NAME`, the order of other programs; an empty path otherwise."""
    if error.path == ("list",):
        return meant((word, "list"))
    path = meant((error.rest[0], word)) if error.rest and not error.path else ()
    return path if len(path) > 1 else ()


def _misspelled_synonyms(error: UnknownCommandError) -> list[Path]:
    """Return the commands of synonyms in the group that are similar to the word."""
    near = get_close_matches(error.word.lower(), [*NOUNS, *VERBS], MOST, CLOSE)
    paths = (meant((*error.path, name)) for name in near)
    return [path for path in dict.fromkeys(paths) if len(path) > len(error.path)]


def _telling(path: Path) -> bool:
    """Return whether a command's last word names its subject: `park` does, `create` does not."""
    return path[-1] not in {"list", "show", "create", "copy", "set", "edit", "delete", "describe", "find", "import"}


def _close(word: str, paths: Sequence[Path], cutoff: float) -> Iterator[Path]:
    """Yield the commands whose last words are similar to this one, or begin like it."""
    names = [path[-1] for path in paths]
    begun = (name for name in names if name.startswith(word))
    near = dict.fromkeys([*begun, *get_close_matches(word, names, MOST, cutoff)])
    return (path for name in near for path in paths if path[-1] == name)


def _single(word: str) -> str:
    return word if word in OTHERS else word.lower().removesuffix("s")


def unknown_topic(words: Sequence[str]) -> str:
    """Return the message about words that name neither a topic nor a command."""
    text = " ".join(words)
    known = {name: topic for topic in all_topics() for name in (topic.name, *topic.words)}
    near = [known[one].name for one in get_close_matches(text.lower(), known, MOST, CLOSE)]
    begun = [topic.name for topic in all_topics() if any(word.lower() in topic.text.lower() for word in words)]
    found = list(dict.fromkeys((*near, *begun)))[:MOST]
    said = [f"there is no topic {text!r}{'; you may mean:' if found else ''}"]
    said += [f"  warmline help {name}" for name in found]
    return "\n".join([*said, "All topics: warmline help. All commands: warmline -h."])
