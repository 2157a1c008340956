"""Guesses in which an entry comes before its kind, or after the option that it gets: `spring stop`, `priority X 10`."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from cli.arguments import free_words, hours_hints
from cli.arguments.completion import entry_names
from cli.tree.root_rows import ROOT
from cli.tree.tree_row import TreeGroup, rows_of

if TYPE_CHECKING:
    from warmline.options.values.entity import Entity

KINDS = ("ingroup", "campaign", "list", "agent", "did", "user", "user-group", "disposition", "trunk")
ALONE = ("ingroup", "campaign", "agent")  # kinds whose names are known without their kind
HASTE = ("--now", "--immediately", "--at-once", "--urgent", "--emergency")  # an order is carried out at once anyway
FILLERS = ("to", "into", "in", "on", "from")  # before a name
# Verbs that many kinds have.
VERBS = ("delete", "remove", "rm", "copy", "clone", "duplicate", "rename", "pause", "unpause", "resume", "close",
         "disable", "enable", "edit", "show", "activate", "deactivate")  # fmt: skip
SETTING = ("set", "change", "update", "modify", "configure", "to")
# Commands that are about an entry of another word for its kind: `spring status`.
COMMANDS = {("campaign", "status"): ("dial", "status"), ("campaign", "hopper"): ("dial", "hopper")}


def without_fillers(path: Sequence[str], words: Sequence[str]) -> list[str]:
    """Return the words of `agent assign 1000 to campaign spring` without `to` and the kind, which name nothing."""
    if not path:
        return [*words]
    kinds = [one for one in words[:-1] if one in ALONE]
    named = {kind: word for kind, word in pairwise(words) if kind in kinds and word in entry_names(kind)}
    kept = [one for one in words if one not in named]
    places = enumerate(kept)
    known = {name for kind in ALONE for name in entry_names(kind)} if {*FILLERS} & {*kept} else set()
    return [one for place, one in places if one not in FILLERS or not {*kept[place + 1 : place + 2]} & known]


def as_words(path: Sequence[str], words: Sequence[str]) -> list[str]:
    """Return `--mon-fri 9-17` as `mon-fri 9-17`, and the new way of a DID without `--to`; haste is left out."""
    found: list[str] = []
    skipped = False
    for word, after in pairwise((*words, "")):
        name, equals, value = word.partition("=")
        text = value if equals else after
        if skipped or word in HASTE:
            skipped = False
        elif (
            name.startswith("--") and hours_hints.is_day(name.strip("-")) and hours_hints.options(f"{name[2:]} {text}")
        ):
            found += [name[2:], text]
            skipped = not equals
        elif tuple(path) == ("did",) and name == "--to":
            found += [text]
            skipped = not equals
        else:
            found.append(word)
    return found


def command(path: Sequence[str], word: str, rest: Sequence[str]) -> tuple[str, ...]:
    """Return the words of `spring stop` in the order of commands: `campaign stop spring`; none of another guess."""
    kind = next((one for one in ALONE if word in entry_names(one)), "") if not path and rest else ""
    named = {one.name: one for one in ROOT}.get(kind)
    known = [one.name for one in rows_of(named)] if isinstance(named, TreeGroup) else []
    verb = rest[0].lower() if rest else ""
    if kind and verb in known:
        return (*COMMANDS.get((kind, verb), (kind, verb)), word, *rest[1:])
    return (*COMMANDS[kind, verb], word, *rest[1:]) if (kind, verb) in COMMANDS else ()


def shifted(path: Sequence[str], word: str, rest: Sequence[str]) -> tuple[str, ...]:
    """Return the kind, a word and an entry, for `pause spring` and `spring report`; none for another guess."""
    if path or not rest:
        return ()
    for kind in ALONE:
        if word in entry_names(kind):
            return (kind, rest[0], word, *rest[1:])
        if kind != "agent" and word.lower() in VERBS and rest[0] in entry_names(kind):
            return (kind, word, *rest)
    return ()


def pairs(path: Sequence[str], word: str, rest: Sequence[str], *, later: bool) -> tuple[str, list[str]]:
    """Return the kind of the entry among these words, and its name before the options that it gets; "" if unclear.

    With `later`, the option comes first.
    """
    from warmline.options.option_table import ENTITIES

    if later and any(one.startswith("--") for one in rest):
        return "", []
    words = [one for one in (word, *rest) if one.lower() not in SETTING]
    for kind in path[:1] or (ALONE[:2] if later else ALONE):
        name = next((one for one in (words if later else words[:1]) if kind in KINDS and one in entry_names(kind)), "")
        values = free_words.paired([one for one in words if one != name])
        entity = ENTITIES.get(kind) if name and values else None
        if entity and any(_is_option(entity, one) for one in values[: None if "=" in values[0] else 1]):
            return (kind, [name, *values]) if not later or len(values) + ("=" in values[0]) > 1 else ("", [])
    return "", []


def _is_option(entity: "Entity", word: str) -> bool:
    """Return whether a word, or the name in a pair, is an option of a kind or stands for one."""
    name = word.partition("=")[0].strip("-").replace("-", "_")
    return name in entity.option_names or bool(entity.named_by(name))
