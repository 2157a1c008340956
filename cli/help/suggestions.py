"""The answer to an unknown command: suggestions of similar commands."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from cli.help.command_index import Path, commands, meant
from cli.help.synonyms import NOUNS, VERBS
from cli.help.topic import Topic
from cli.help.topics import all_topics, find_topic
from cli.tree.tree_row import Row, TreeGroup, summary
from cli.tree.unknown_command import UnknownCommandError

MOST = 6  # suggestions at most
CLOSE, CLOSER = 0.7, 0.8  # similarity of a word, in its group and elsewhere: 1 is equal, 0 has no letter in common

# Commands that a word means in one place of the tree; the command may be in another place, or missing.
ELSEWHERE: dict[str, tuple[str, ...]] = {
    "call show": ("audit call", "call list"),
    "call ended": ("audit calls", "history"),
    "callback create": ("agent dispo",),
    "callback add": ("agent dispo",),
    "callback set": ("callback take", "callback reschedule"),
    "list import": ("lead import",),
    "list load": ("lead import",),
    "recording purge": ("setting set", "setting describe"),
    "recording delete": ("setting set", "setting describe", "privacy erase"),
    "route test": ("route simulate",),
    "kick": ("agent logout",),
    "service": ("report day", "doctor"),
    "call status": ("call list", "audit call"),
    "call history": ("audit calls", "history"),
    "call transfer": ("agent transfer", "agent conference", "call take"),
    "config edit": ("campaign edit", "setting edit", "config apply"),
    "config set": ("setting set", "campaign set"),
    "config list": ("config export", "setting show", "campaign list"),
    "config import": ("config apply",),
    "config check": ("config diff", "doctor"),
    "config reload": ("config apply",),
    "ingroup agents": ("ingroup members", "agent set"),
    "ingroup status": ("live", "report day"),
    "ingroup stats": ("report day", "report interval"),
    "agent unmute": ("agent mute",),
    "agent call": ("agent dial",),
    "agent kick": ("agent logout",),
    "agent online": ("agent status", "live"),
    "agent who": ("agent status", "live"),
    "agent stats": ("report agents", "audit agent"),
    "agent history": ("history", "audit agent"),
    "agent calls": ("history", "audit calls"),
    "agent play": ("agent audio-play",),
    "agent code": ("agent dispo", "disposition list", "pause-code list"),
    "audit agents": ("report agents", "audit agent"),
    "audit ingroups": ("report day", "report interval"),
    "audit dispositions": ("report dispositions",),
    "audit report": ("report day", "report agents", "audit calls"),
    "report calls": ("report day", "report interval", "audit calls"),
    "report ingroups": ("report day", "report interval"),
    "report recordings": ("recording list", "audit recordings"),
    "report call": ("audit call",),
    "report hours": ("report interval",),
    "report codes": ("report dispositions",),
    "report queue": ("report day", "report interval"),
    "status": ("agent status", "live", "call list", "doctor"),
    "who": ("agent status", "live"),
    "ps": ("agent status", "call list"),
    "ls": ("agent list", "campaign list", "ingroup list"),
    "add": ("agent create", "campaign create", "ingroup create"),
    "start": ("serve", "install", "lab up"),
    "stop": ("agent logout", "lab down"),
    "restart": ("doctor", "lab restart-app"),
    "reload": ("config apply", "setting set"),
    "upgrade": ("db migrate", "db backup"),
    "test": ("doctor", "route simulate", "lab up"),
    "debug": ("doctor", "events tail", "audit call"),
    "edit": ("campaign edit", "ingroup edit", "setting edit"),
    "set": ("setting set", "campaign set", "agent set"),
    "get": ("setting show", "campaign show", "agent show"),
    "transfer": ("agent transfer", "agent conference", "agent leave", "audit transfers"),
    "create": ("agent create", "campaign create", "ingroup create"),
    "delete": ("agent delete", "campaign delete", "config undo"),
    "rm": ("agent delete", "campaign delete", "config undo"),
    "show": ("agent show", "campaign show", "config show"),
    "undo": ("config undo", "config history"),
    "import": ("lead import", "config apply", "dnc import"),
    "find": ("lead find", "audit calls"),
    "search": ("lead find", "audit calls", "campaign describe"),
    "block": ("setting describe", "dnc create"),
    "channel": ("call list", "doctor orphans"),
    "init": ("install", "db migrate", "lab up"),
    "update": ("campaign set", "agent set", "db migrate"),
    "copy": ("campaign copy", "db backup"),
    "describe": ("campaign describe", "setting describe"),
    "originate": ("agent dial",),
    "music": ("campaign describe", "doctor"),
    "webhook": ("campaign set", "ingroup set", "setting describe", "audit webhooks"),
    "sound": ("doctor sounds", "agent audio-play"),
}
# Options that a command had once or seems to have, and the commands that have them.
MOVED_OPTIONS = {
    ("warmline audit calls", "--days"): "warmline report interval --by 1h",
    ("warmline audit transfers", "--by"): "warmline report transfers",
    ("warmline report day", "--by"): "warmline report interval",
    ("warmline route simulate", "--from"): "--cid",
}
# Commands of other programs.
OTHERS = {
    "logs": "journalctl -u warmline",
    "start": "systemctl start warmline",
    "stop": "systemctl stop warmline.target",
    "restart": "systemctl restart warmline.target",
    "reload": "systemctl reload warmline",
}


def answer(error: UnknownCommandError) -> str:
    """Return the message about an unknown command: one line, or a line for each of several suggestions."""
    begun = " ".join(("warmline", *error.path))
    rows = dict(commands())
    found = list(dict.fromkeys(_candidates(error, rows)))
    lines = [(f"warmline {' '.join(path)}", summary(rows[path])) for path in found[:MOST]]
    if not error.path and _single(error.word) in OTHERS:
        lines.insert(0, (OTHERS[_single(error.word)], ""))
    topic = _topic(error)
    more = (
        f"All commands: {begun} -h. {'More' if topic else 'Topics'}: warmline help{f' {topic.name}' if topic else ''}."
    )
    if len(lines) <= 1:
        return f"{error}{''.join(f': did you mean {line}?' for line, _ in lines) or '.'} {more}"
    width = max(len(line) for line, _ in lines)
    return "\n".join((f"{error}; you may mean:", *(f"  {line:{width}}  {what}".rstrip() for line, what in lines), more))


def unknown_option(said: str, option: str, context: Any) -> str:
    """Return the message about an unknown option.

    `said` is the framework's text; "" is returned if it is about another error. `context` is the command's.
    """
    if not said.startswith("No such option"):
        return ""
    if moved := MOVED_OPTIONS.get((context.command_path, option)):
        return f"no option {option}: use {moved}"
    known = [name for one in context.command.get_params(context) for name in (*one.opts, *one.secondary_opts)]
    same = [name for name in known if name.startswith(option)] or get_close_matches(option, known, 1, CLOSE)
    meant_one = (
        f"did you mean {same[0]}?" if same else f"options: {', '.join(name for name in known if name[:2] == '--')}"
    )
    return f"no option {option}: {meant_one} See: {context.command_path} -h"


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
    if turned := _turned_around(word, error):
        yield turned
        return
    yield from _elsewhere(" ".join((*error.path, word)))
    yield from _elsewhere(" ".join((*error.path, _single(word))))
    yield from (path for path in rows if path[:-1] == error.path and _single(path[-1]) == _single(word))
    names = {word, _single(word), *VERBS.get(word, ()), NOUNS.get(_single(word), "")}
    yield from (path for path in rows if path[-1] in names and not isinstance(rows[path], TreeGroup) and _telling(path))
    if topic := _topic(error):
        yield from (meant(command.split()) for command, _ in topic.commands)


def _elsewhere(words: str) -> Iterator[Path]:
    return (tuple(one.split()) for one in ELSEWHERE.get(words, ()))


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
