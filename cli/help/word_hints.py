"""Hints about words that stand where a command does not take them, or that are missing: the line that was meant."""

import re
import shlex
from collections.abc import Sequence
from typing import Any

from cli.arguments import pair_hints, value_words
from cli.arguments.completion import entry_names
from cli.arguments.period_words import DAY, PERIODS
from cli.help.command_index import Path, commands
from cli.help.guessed_line import kept_options, option_names, option_values, positional
from cli.output.secret_words import HIDDEN, names_secret, without_secrets
from cli.tree.unknown_command import WORDS

ALL = ("--all", "--every", "--everyone", "--everybody")  # in place of a name
KINDS = ("agent", "ingroup", "campaign")  # kinds with names that may be given without their options
FILES = ("FILE", "DIR", "FOLDER")  # metavars of options that may be given without their names
NUMBER = re.compile(r"\+?[0-9]{6,}")


def extra_words(context: Any) -> str:
    """Return the option that a word too many is the value of, as a hint; "" if there is none."""
    command = context.command
    path = tuple(context.command_path.split()[1:])
    words = without_secrets(context.meta.get(WORDS, []))
    room = len([one for one in command.params if one.param_type_name == "argument"])
    if path[1:] == ("show",) and (fields := [one for one in positional(words)[room:] if real_name(path[0], one)]):
        kept = positional(words)[:room]
        return f"did you mean: warmline {shlex.join([*path, *kept, '--json', '--fields', ','.join(fields)])}"
    names = positional(words)[room:]
    if path[1:] == ("list",) and names and (found := _of_entry(path[0], names[0])):
        return "\n".join(("you may mean:", *(f"  warmline {line}" for line in found)))
    for word in names:
        if option := _option_of(word, command, words):
            left = [one for one in words if one != word]
            return f"did you mean: warmline {shlex.join([*path, *left, *option])}"
    return ""


def with_choice(said: str, context: Any) -> str:
    """Return the line with the value that a word means, for `agent record 1000 pause`; "" if it means none."""
    words = without_secrets(context.meta.get(WORDS, []))
    found = re.search(r": '([^']+)' is not one of (.+)\.$", said)
    allowed = tuple(re.findall(r"'([^']+)'", found[2])) if found else ()
    meant_one = value_words.of_words(allowed, found[1]) if found else ""
    if not found or not meant_one or found[1] not in words:
        return ""
    line = [meant_one if one == found[1] else one for one in words]
    return f" Did you mean:\n  warmline {shlex.join([*context.command_path.split()[1:], *line])}"


def for_each(option: str, words: Sequence[str], context: Any) -> str:
    """Return the line of the shell that runs a command for each entry, as `--all` asks; "" if it needs no name."""
    path: Path = tuple(context.command_path.split()[1:])
    rows = dict(commands())
    arguments = [one for one in context.command.params if one.param_type_name == "argument"]
    rest = [one for one in without_secrets(words) if one != option]
    names = [one for one in positional(rest) if "=" not in one]
    needs_name = arguments and arguments[0].required and not names
    if path[-1] in ("delete", "create") or not needs_name or (path[0], "list") not in rows or HIDDEN in rest:
        return ""
    listed = f"warmline {path[0]} list --csv | sed 1d | cut -d, -f1"
    line = f"{listed} | xargs -I NAME warmline {shlex.join([*path, 'NAME', *rest])}"
    return f"no option {option}; to run the command for each {path[0]}:\n  {line}"


def as_argument(context: Any) -> str:
    """Return the line for `agent pause 1000 --reason LUNCH`, whose value is an argument; "" if that is not clear."""
    path: Path = tuple(context.command_path.split()[1:])
    known = option_names(context.command)
    shown = without_secrets(context.meta.get(WORDS, []))
    arguments = [one for one in context.command.params if one.param_type_name == "argument"]
    given = {name: value for name, value in option_values(shown).items() if name not in known}
    names = positional(shown)
    kept = [word for _, one in kept_options(context.find_root().command, path, shown) for word in one]
    (name, value), *others = given.items() if given else [("", "")]
    free = arguments[len(names) :]
    if others or not value or len(free) != 1 or free[0].nargs != 1 or names_secret(name) or HIDDEN in shown:
        return ""
    return f"no option {name}; did you mean:\n  warmline {shlex.join([*path, *names, value, *kept])}"


def real_name(kind: str, name: str) -> str:
    """Return the option of a kind that a word means, or the field of a lead; "" if there is none."""
    from warmline.leads.lead_fields import field_of
    from warmline.options.option_table import ENTITIES

    if kind not in ENTITIES:
        return field_of(name)
    return pair_hints.option_of(ENTITIES[kind], name)


def _option_of(word: str, command: Any, words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of the option that a word without one is the value of; none if it is not clear."""
    options = {one.opts[0]: one for one in command.params if one.param_type_name == "option"}
    free = {name: one for name, one in options.items() if name not in words}
    files = [name for name, one in free.items() if str(one.metavar or "").startswith(FILES)]
    if DAY in free and f"--{word}" in PERIODS:
        return (f"--{word}",)
    if DAY in free and word in PERIODS.values():
        return DAY, word
    if "--number" in free and NUMBER.fullmatch(word):
        return "--number", word
    if len(files) == 1 and ("." in word or "/" in word):
        return files[0], word
    if "--list" in free and word.isdigit() and word not in entry_names("agent"):
        return "--list", word
    kinds = (kind for kind in KINDS if f"--{kind}" in free and word in entry_names(kind))
    return next(((f"--{kind}", word) for kind in kinds), ())


def _of_entry(kind: str, name: str) -> tuple[str, ...]:
    """Return the lines about one entry for `campaign list spring`; none if there is no entry of that name."""
    from cli.help.entity_verbs import STATE
    from warmline.options.option_table import ENTITIES

    if kind not in ENTITIES or name not in entry_names(kind):
        return ()
    state = (re.sub(r"\{1:[^}]*\}", name, line).partition(" # ")[0] for line in STATE.get(kind, ()))
    members = (f"{kind} members {name}",) if kind in ("campaign", "ingroup") else ()
    lists = (f"list counts --campaign {name}",) if kind == "campaign" else ()
    return (f"{kind} show {name}", *lists, *members, *state)
