"""The answer to an unknown command: suggestions of similar commands."""

import shlex
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from cli.arguments.completion import entry_names
from cli.arguments.option_owners import of_option
from cli.arguments.sentences import entry_first
from cli.arguments.sentences.plain_questions import asked
from cli.guess_tables.same_verbs import EXPORTS, READING, SETS, VERB_PARTS
from cli.help.command_index import Path, commands, meant
from cli.help.entity_verbs import of_entity, words_of
from cli.help.finished_lines import finished, names_of, of_call
from cli.help.foreign_options import without_levels
from cli.help.guessed_line import (
    GuessedLine,
    as_typed,
    command_at,
    filled,
    guessed,
    left_out,
    of_kind,
    option_names,
    option_values,
    positional,
    repeated,
    without_verb,
    words_in_table,
)
from cli.help.machine_lines import OTHERS, of_machine
from cli.help.part_guesses import in_commands, in_order, of_entry, of_named, of_parts, of_two_parts, with_field
from cli.help.synonyms import NEAR_KINDS, NOUNS, VERBS, is_slip
from cli.help.topics import Topic, find_topic
from cli.output.secret_words import HIDDEN, without_secrets
from cli.tree.tree_row import Row, TreeGroup, summary
from cli.tree.unknown_command import UnknownCommandError

MOST = 6  # suggestions at most
CLOSE, CLOSER = 0.7, 0.8  # similarity of a word, in its group and elsewhere: 1 is equal, 0 has no letter in common

# Commands that change leads, data or all calls, and groups whose commands act on calls. A line may be copied without a
# thought, so only a synonym of their own or a slip of the keys leads to them.
SERIOUS = words_of(
    "allow apply change delete dial dial-next erase import migrate reset restore scrub stop sweep undo vacuum"
)
ACTING = ("agent", "call", "callback", "dial", "privacy", "db")

ENTITY_PATHS = ("dial", "dnc", "lead", "config", "help")  # groups whose words are no options of other kinds


def answer(error: UnknownCommandError, root: Any) -> str:
    """Return the message about an unknown command, with a line to copy for each suggestion.

    `root` is the command `warmline`.
    """
    error.rest = entry_first.as_words(error.path, error.rest)
    begun = " ".join(("warmline", *error.path))
    rows = dict(commands())
    typed = (*error.path, error.word, *error.rest)
    suggested = [line for one in _one_by_one(error) for line in _suggested(one, root, rows)]
    done: dict[str, GuessedLine] = {}
    machine = of_machine(error)
    for one in () if machine.alone else finished(root, suggested, without_secrets(error.rest), typed):
        done.setdefault(one.text, one)
    other = " ".join(line for line, _ in (*machine.before, *machine.after))
    meanings = " ".join(one.meaning for one in done.values())  # may name what is left out
    said = [*(one.text for one in done.values()), shlex.quote(meanings), other]
    rest = [one for one in error.rest if one not in machine.heard]
    out = left_out(without_levels(rest) if other else rest, said)
    kept = [one for one in done.values() if not out or _harmless(one)]
    found = kept[:MOST]
    lines = [(as_typed(one), one.meaning or (summary(rows[one.path]) if one.path in rows else "")) for one in found]
    lines = [*machine.before, *lines, *machine.after]
    topic = _topic(error)
    more = (
        f"All commands: {begun} -h. {'More' if topic else 'Topics'}: warmline help{f' {topic.name}' if topic else ''}."
    )
    notes = (f"Left out: {shlex.join(out)}.",) if out else ()
    notes = (*notes, *names_of(" ".join(line for line, _ in lines)), *of_call(typed, [line for line, _ in lines]))
    if not lines:
        return " ".join((f"{error}.", *notes, more))
    width = max(len(line) for line, _ in lines)
    asked = "you may mean" if len(lines) > 1 else "did you mean"
    told = (f"  {line:{width}}  {what}".rstrip() for line, what in lines)
    return "\n".join((f"{error}; {asked}:", *told, *notes, more))


def _harmless(line: GuessedLine) -> bool:
    """Return whether a line does not change many entries; without one of its options, it may change more than asked."""
    return line.path[-1] not in SERIOUS or line.path == ("agent", "dial") or "--dry-run" in line.text


def _one_by_one(error: UnknownCommandError) -> list[UnknownCommandError]:
    """Return the error for each of the agents that a word such as `1001,1002` names, or the error itself."""
    for place, word in enumerate(error.rest):
        names = word.split(",")
        if len(names) > 1 and set(names) <= {*entry_names("agent")}:
            rests = ([*error.rest[:place], name, *error.rest[place + 1 :]] for name in names)
            return [UnknownCommandError("", "", path=error.path, word=error.word, rest=rest) for rest in rests]
    return [error]


def _suggested(error: UnknownCommandError, root: Any, rows: dict[Path, Row]) -> Iterator[GuessedLine]:
    """Yield the command lines that may be meant, the most likely first."""
    error = in_order(error)
    if lines := in_commands(error, root):
        yield from lines
        return
    if answers := asked((*error.path, error.word, *error.rest)):
        yield from (filled(root, line, error.rest) for line in answers)
        return
    if turned := _turned_around(error.word.lower(), error):
        yield from _written(turned, error.rest[1:], root) or [
            repeated(root, _for_names(turned, error.rest[1:]), error.rest[1:])
        ]
        return
    if named := of_named(error, root):
        yield from named
        return
    in_middle = meant((*error.path, *error.rest[:1])) if error.path else ()
    if in_middle[len(error.path) :] and not of_entity(error.path[0], error.word):  # `agent 1001 logout`
        yield repeated(root, in_middle, (error.word, *error.rest[1:]))
        return
    is_listed = error.word.lower().endswith("s") and not words_in_table(error.path, (error.word, *error.rest))
    if is_listed and len(positional(error.rest)) == 1 and (ours := of_entry(error, root, rows)):
        yield ours  # `campaign recordings spring`
        return
    if known := _of_entry(error, root, later=True) or _in_tables(error, root):
        yield from known
        return
    if ours := of_entry(error, root, rows):
        yield ours
        return
    if named := _of_entry(error, root):
        yield from named
        return
    found = list(dict.fromkeys(_candidates(error, rows)))
    if not found and error.path and (lines := _written((*error.path, "set"), error.rest, root)):
        yield from lines  # an unknown verb with options and their values
        return
    if not found:
        yield from of_parts(error, root, rows) or _reading(error, root, rows)
    for path in found:
        if len(found) == 1 and path[:-1] == error.path:  # a misspelled word
            whole = meant((*path, *error.rest))
            yield repeated(root, whole, error.rest[len(whole) - len(path) :])
        elif path[-1] == error.word.lower() and not isinstance(rows[path], TreeGroup):
            yield repeated(root, path, of_kind(root, path, error.rest))
        elif isinstance(rows[path], TreeGroup):
            yield GuessedLine(" ".join(path), path)
        elif positional(error.rest):
            yield repeated(root, path, of_kind(root, path, without_verb(error.rest)))
        else:  # with the options that it has
            yield filled(root, " ".join(path), error.rest)


def _in_tables(error: UnknownCommandError, root: Any) -> list[GuessedLine]:
    """Return the lines of the tables: of the words in this order, then of a verb before or after the name."""
    path, word, rest = error.path, error.word, error.rest
    if near := _of_near_kind(error, root):
        return near
    if path in ((), ("config",)) and word in SETS and (lines := of_option(without_secrets(rest))):
        return [filled(root, line, rest) for line in lines]
    listed = rest == ["list"] and words_in_table(path, (word, "list"))
    turned = meant(rest[:1]) if rest and not path and not listed else ()  # `disable agent 1001`
    orders: list[tuple[Path, str, Sequence[str]]] = [(turned, word, rest[1:])] if len(turned) == 1 else []
    if path and rest and rest[0] in VERB_PARTS:  # `agent skill remove 1000 SALESLINE`
        orders.append((path, f"{rest[0]}-{word}", rest[1:]))
    orders.append((path, word, rest))
    if path and rest:  # `agent 1001 disable`
        orders.append((path, rest[0], (word, *rest[1:])))
    for kind, verb, left in orders:
        if verb == word and (found := guessed(root, kind, verb, left)):
            return found
        if kind == ("lead",) and (line := with_field(verb, left)):
            return [filled(root, line, left)]
        if len(kind) == 1 and (lines := of_entity(kind[0], verb)):
            is_open = any("=VALUE" in line or "}" in line.partition("=")[2] for line in lines)
            whole = _written((*kind, "set"), left, root) if is_open and option_values(left) else []
            return whole or [filled(root, line, without_verb(left)) for line in lines]
    if path == ("agent",) and word.endswith("s") and meant((*path, word[:-1]))[1:]:  # the past, not the command
        return [filled(root, line, rest) for line in ("audit agent {1:USER}", "history {1:USER}", "report agents")]
    if path and path[0] not in ENTITY_PATHS and positional(rest):  # `recordings retention 60`
        named = (f"{path[0]}s_{word}", f"{path[0]}_{word}", word)
        valued = next((made for one in named if (made := of_option(without_secrets([one, *rest])))), ())
        if valued:
            return [filled(root, line, ()) for line in valued]
    if not path and not turned and not _topic_command(word) and (values := [one for one in rest if one not in SETS]):
        return [filled(root, line, ()) for line in of_option(without_secrets([word, *values]))]  # `timezone set UTC`
    return of_two_parts(error, root)


def _of_entry(error: UnknownCommandError, root: Any, *, later: bool = False) -> list[GuessedLine]:
    """Return the lines of `ingroup SALESLINE maxwait=180` or, with `later`, of `priority SALESLINE 10`."""
    if later and (error.path or _topic_command(error.word)):
        return []
    kind, words = entry_first.pairs(error.path, error.word, error.rest, later=later)
    return _written((kind, "set"), words, root) if kind else []


def _topic_command(word: str) -> bool:
    """Return whether a word, or its singular, stands for a command or a group."""
    return bool(meant((word.lower(),)))


def _of_near_kind(error: UnknownCommandError, root: Any) -> list[GuessedLine]:
    """Return the lines for a word that is no kind, in place of the kind: `dialer level` is about a campaign."""
    path, word, rest = error.path, error.word, error.rest
    noun = _single((path or (word,))[0]).replace("dialer", "dialler")
    kind = NEAR_KINDS.get(noun, "")
    words = (word, *rest) if path else tuple(rest)
    if not kind or not words or len(path) > 1 or words_in_table(path, (word, *rest)) > (0 if path else 1):
        return []
    orders = [(words[0], words[1:]), *((one, (words[0], *words[2:])) for one in words[1:2])]  # or the name first
    for verb, left in orders:
        command = meant((kind, verb))
        if len(command) == 2:
            return _written(command, left, root) or [repeated(root, command, left)]
        if lines := words_in_table((kind,), (verb,)) and guessed(root, (kind,), verb, left):
            return lines
        if found := of_entity(kind, verb):
            return [filled(root, line, left) for line in found]
    return []


def _written(path: Path, rest: Sequence[str], root: Any) -> list[GuessedLine]:
    """Return the lines of `set agent 1000 pin 1234`, with its options as option=value; none if they are not clear."""
    from cli.arguments import pair_hints
    from warmline.options.option_table import ENTITIES

    entity = ENTITIES.get(path[0])
    if not entity or path[1:] not in (("set",), ("create",)) or entity.only:
        return []
    known = option_names(command_at(root, path))
    given = option_values(rest)  # the value of a secret is hidden
    pairs = [f"{name.strip('-')}={value or HIDDEN}" for name, value in given.items() if name not in known]
    words = [*positional(without_secrets(rest)), *pairs]
    if len(words) < 2 or "=" in words[0]:
        return []
    found = pair_hints.understood(entity, path[1], words[0], words[1:])
    if not found.lines:
        return []
    out = (*found.left_out, *(one.partition(";")[0] for one in found.refused))
    meaning = (
        f"Left out, because {path[0]} has no such option: {' '.join(out)}. {found.note}".strip() if out else found.note
    )
    meanings = [*("" for _ in found.lines[1:]), meaning]
    return [GuessedLine(line, meant(line.split()), one) for line, one in zip(found.lines, meanings, strict=True)]


def _for_names(path: Path, rest: Sequence[str]) -> Path:
    """Return `agent list` for `get agents`, and `agent show 1000` for `describe agent 1000`."""
    from warmline.options.option_table import ENTITIES

    names = positional(rest)
    listed = meant((*path[:-1], "list"))
    if path[-1] == "show" and not names and listed[-1] == "list":
        return listed
    entity = ENTITIES.get(path[0])
    is_name = entity and not entity.only and names and "*" not in names[0] and names[0] not in entity.option_names
    return (*path[:-1], "show") if path[-1] == "describe" and is_name else path


def _candidates(error: UnknownCommandError, rows: dict[Path, Row]) -> Iterator[Path]:
    """Yield the words of commands that may be meant, the most likely first; some may not exist."""
    sure = [path for path in _known(error, rows) if path in rows and path != error.path]
    here = [path for path in rows if path[:-1] == error.path]
    word = error.word.lower()
    elsewhere = [path for path in rows if _telling(path) and path[-1] not in SERIOUS]
    near = list(_close(word, here, CLOSE)) or _misspelled_synonyms(error)
    yield from _joined(error) or sure or near or _of_next_words(error) or _close(word, elsewhere, CLOSER)


def _joined(error: UnknownCommandError) -> list[Path]:
    """Return the command of two words in one: `list-leads` is `lead list`. To export entries is to list them."""
    listed = meant((*error.path, "list"))
    if error.word.lower() in EXPORTS and len(listed) == len(error.path) + 1 and error.path:
        return [listed]
    verb, dash, noun = error.word.lower().partition("-")
    path = meant((noun, verb)) if dash and verb in ("list", "show", "get", "export", "import") else ()
    return [path] if len(path) > 1 else []


def _reading(error: UnknownCommandError, root: Any, rows: dict[Path, Row]) -> Iterator[GuessedLine]:
    """Yield the line of the group that reads, for a word that is no command: `dnc NUMBER` is `dnc check NUMBER`."""
    listed = (*error.path, "list")
    known = option_names(command_at(root, listed)) if listed in rows else set()
    for kind in ("agent", "campaign", "ingroup", "list"):  # `callbacks 1000`
        if f"--{kind}" in known and error.word in entry_names(kind):
            yield repeated(root, listed, (f"--{kind}", error.word, *error.rest))
            return
    paths = [(*error.path, verb) for verb in READING if error.path and (*error.path, verb) in rows]
    is_name = any(letter.isdigit() for letter in error.word)
    for path in [path for path in paths if is_name == (path[-1] != "list")][:1]:
        yield repeated(root, path, (error.word, *error.rest) if is_name else ())


def _known(error: UnknownCommandError, rows: dict[Path, Row]) -> Iterator[Path]:
    """Yield the commands that a word is known to mean: by the tables, by its name in other groups, or by a topic."""
    word = error.word.lower()
    yield from (path for path in rows if path[:-1] == error.path and _single(path[-1]) == _single(word))
    names = {word, _single(word), *VERBS.get(word, ()), NOUNS.get(_single(word), "")}
    same = [path for path in rows if path[-1] in names and not isinstance(rows[path], TreeGroup) and _telling(path)]
    yield from (path for path in same if not error.path or path[-1] not in SERIOUS)
    if topic := _topic(error):
        yield from (meant(command.split()) for command, _ in topic.commands)


def _topic(error: UnknownCommandError) -> Topic | None:
    """Return the topic of the word, alone, after its group, or without its verb: `add-skill` is about `skill`."""
    word = error.word.lower().replace("_", "-")
    what = word.rpartition("-")[2] if word.partition("-")[0] in VERB_PARTS else ""
    return find_topic((word,)) or find_topic((*error.path, word)) or (find_topic((what,)) if what else None)


def _of_next_words(error: UnknownCommandError) -> list[Path]:
    """Return the commands of the topic that the word names together with the next one, or that the next one names."""
    asked = ((error.word, *error.rest[:1]), error.rest[:1])
    topic = next((topic for words in asked if words and (topic := find_topic(words))), None)
    return [meant(command.split()) for command, _ in topic.commands] if topic else []


def _turned_around(word: str, error: UnknownCommandError) -> Path:
    """Return `campaign create` for `create campaign NAME`, the order of other programs; an empty path otherwise."""
    if error.path == ("list",):
        listed = meant((word, "list"))
        return listed if len(listed) > 1 else ()
    if error.rest == ["list"] and words_in_table(error.path, (word, "list")):  # no list of leads
        return ()
    path = meant((error.rest[0], word)) if error.rest and not error.path else ()
    return path if len(path) > 1 else ()


def _misspelled_synonyms(error: UnknownCommandError) -> list[Path]:
    """Return the commands of synonyms in the group that are similar to the word."""
    word = error.word.lower()
    near = get_close_matches(word, [*NOUNS, *VERBS], MOST, CLOSE)
    paths = {meant((*error.path, name)): name for name in reversed(near)}
    found = [path for path in reversed(paths) if len(path) > len(error.path)]
    acts = {path for path in found if path[-1] in SERIOUS or path[0] in ACTING}
    return [path for path in found if path not in acts or is_slip(word, paths[path])]


def _telling(path: Path) -> bool:
    """Return whether a command's last word names its subject: `park` does, `create` does not."""
    return path[-1] not in {"list", "show", "create", "copy", "set", "edit", "delete", "describe", "find", "import"}


def _close(word: str, paths: Sequence[Path], cutoff: float) -> Iterator[Path]:
    """Yield the commands whose last words are similar to this one, or begin like it.

    A command that acts on calls or data is only yielded for a slip of the keys: `disable` is not `dial`.
    """
    names = [path[-1] for path in paths]
    begun = (name for name in names if name.startswith(word))
    near = dict.fromkeys([*begun, *get_close_matches(word, names, MOST, cutoff)])
    acts = {path for path in paths if path[-1] in SERIOUS or path[0] in ACTING}
    for name in near:
        slip = is_slip(word, name)
        yield from (path for path in paths if path[-1] == name and (slip or path not in acts))


def _single(word: str) -> str:
    return word if word in OTHERS else word.lower().removesuffix("s")
