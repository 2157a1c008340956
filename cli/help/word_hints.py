"""Hints about words that stand where a command does not take them, or that are missing: the line that was meant."""

import re
import shlex
from collections.abc import Sequence
from typing import Any

from cli.arguments import code_hints, pair_hints, value_words
from cli.arguments.completion import entry_names
from cli.arguments.effect_notes import LIMIT
from cli.arguments.period_words import DAY, PERIODS, in_full
from cli.arguments.sentences.entry_first import FILLERS
from cli.guess_tables.moved_options import MOVED_LINES, STATES
from cli.help.command_index import Path, commands, meant
from cli.help.finished_lines import finished
from cli.help.guessed_line import (
    FROM_OPTIONS,
    NUMBER,
    as_typed,
    command_at,
    guessed,
    kept_options,
    left_out,
    option_names,
    option_values,
    positional,
)
from cli.help.guessed_line import KINDS as MARKED
from cli.output.secret_words import HIDDEN, names_secret, without_secrets
from cli.tree.unknown_command import WORDS

# Commands about oneself, and those that do the same for a user.
OF_A_USER: dict[Path, str] = {
    ("logout",): "session end --user",
    ("second-factor", "remove"): "user reset-second-factor",
}
ALL = ("--all", "--every", "--everyone", "--everybody")  # in place of a name
KINDS = ("agent", "ingroup", "campaign")  # kinds with names that may be given without their options
WHOLE_DAY = ("closed", "all-day", "all_day", "whole-day", "full-day")  # of a holiday, which closes all day by itself
WITHOUT_WORDS = ("log", "list", "hopper", "tail", "watch", "live")  # commands that show all, and change nothing
FILES = ("FILE", "DIR", "FOLDER")  # metavars of options that may be given without their names
HOURS = ("hours", "days", "open", "close", "from", "to", "schedule", "time", "until")  # of a call time
READY = ("ready", "available", "free", "online", "waiting", "idle", "active", "on")
AWAY = ("offline", "logged-out", "logout", "out", "gone")
OFF = {"inactive": "active", "disabled": "active", "unpaid": "billable"}  # flags that switch an option off
NAMED = "Left out:"


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
    if made := _of_two_kinds(path, positional(words), context.find_root().command):
        return "\n".join(("you may mean:", *(f"  {line}" for line in made)))
    agent = next((one for one in names if one in entry_names("agent")), "") if path == ("logout",) else ""
    if agent and {"agent", "operator"} & {*names}:
        return f"did you mean:\n  warmline agent logout {shlex.quote(agent)}"
    if path in OF_A_USER and names:
        return f"did you mean:\n  warmline {OF_A_USER[path]} {shlex.quote(names[0])}"
    if path[1:] == ("describe",) and names:
        told = (f"\n  warmline {shlex.join([*path, one])}" for one in positional(words))
        return f"one option, or a pattern such as '*record*', is described at a time:{''.join(told)}"
    if path[1:] == ("list",) and names and (found := _of_entry(path[0], names[0])):
        return "\n".join(("you may mean:", *(f"  warmline {line}" for line in found)))
    for word in names:
        if option := _option_of(word, command, words):
            fillers = (*FILLERS, option[0].strip("-")) if len(names) > 1 else ()
            left = [one for one in words if one != word and one not in fillers]
            return f"did you mean: warmline {shlex.join([*path, *left, *option])}"
    if names and not room and path[-1] in WITHOUT_WORDS:
        options = (word for _, one in kept_options(context.find_root().command, path, words) for word in one)
        return f"without it:\n  warmline {shlex.join([*path, *options])}"
    return ""


def _of_two_kinds(path: Path, words: Sequence[str], root: Any) -> list[str]:
    """Return the lines for words that a command does not take, but another one of them does; none if there are none."""
    name, more = "".join(words[:1]), words[1:]
    pairs = [one for one in more if "=" in one]
    if path[1:] == ("edit",) and pairs == more:  # `lead edit 1 status=SALE`
        return [shlex.join(("warmline", path[0], "set", *words))] if pairs else []
    if path == ("agent", "status") and more:  # `agent status 1000 busy`
        wanted = "ready" if more[0] in READY else "logout" if more[0] in AWAY else "pause"
        return [shlex.join(("warmline", "agent", wanted, name))]
    if path == ("live",) and name:
        kind = next((one for one in KINDS if name in entry_names(one)), "")
        return ["warmline live", *(f"warmline {line}" for line in (_of_entry(kind, name)[-2:] if kind else ()))]
    if path == ("ingroup", "delete") and (set(words) & {*entry_names("agent")}):  # `queue remove 1000 SALESLINE`
        user = next(one for one in words if one in entry_names("agent"))
        groups = [one for one in words if one in entry_names("ingroup")]
        lines = guessed(root, ("ingroup",), "pause", (*(groups or ["INGROUP"])[:1], user))
        return [f"{as_typed(one)}  {one.meaning}" for one in finished(root, lines, (), ())]
    return []


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


def with_one(said: str, words: Sequence[str], root: Any) -> str:
    """Return the line with the first of the options that exclude each other."""
    path = meant(words)
    params = {name: one for one in command_at(root, path).params for name in one.opts}
    rest = in_full(without_secrets(words[len(path) :]), params)
    found = [place for place, word in enumerate(rest) if word.partition("=")[0] in said.replace(";", " ").split()]
    valued = (place + 1 for place in found[1:] if not getattr(params.get(rest[place]), "is_flag", "=" in rest[place]))
    gone = {*found[1:], *valued}
    return f"\n  warmline {shlex.join([*path, *(word for place, word in enumerate(rest) if place not in gone)])}"


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
    free = arguments[len(names) :]
    place = free[0].display_name_raw.strip("[]") if free else ""
    own = {one: text for one, text in given.items() if one in FROM_OPTIONS.get(place, ())}
    out = [word for one, text in given.items() if own and one not in own for word in (one, text) if word]
    (name, value), *others = (own or given).items() if given else [("", "")]
    if others or not value or len(free) != 1 or free[0].nargs not in (1, -1) or names_secret(name) or HIDDEN in shown:
        return ""
    kind = MARKED.get(free[0].display_name_raw.strip("[]"), "")
    if kind and (there := entry_names(kind)) and value not in there:  # an in-group is no agent
        return ""
    told = code_hints.lines(shlex.join([*path, *names, value, *kept]))
    note = (f"{NAMED} {shlex.join(out)}.",) if out else ()
    return "\n".join((f"no option {name}; did you mean:", *(f"  warmline {line}" for line in told), *note))


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
    needed = [name for name, one in free.items() if one.required]
    if len(needed) == 1:
        return needed[0], word
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


def untold(told: str, option: str, context: Any) -> str:
    """Return the line that names the options of which the lines of a message have neither name nor value; "" if none.

    `option` is the one that `context`, the command's, does not have.
    """
    first, _, notes = told.partition("\n")
    lines = [line.split() for line in notes.splitlines() if line.startswith("  ")]
    if not lines:
        return ""
    notes = told.partition(NAMED)[2] if NAMED in first else notes
    flags = {name for one in context.command.params if getattr(one, "is_flag", False) for name in one.opts}
    moved = {one for about, one in MOVED_LINES if about.startswith(context.command_path)}
    words = [one for one in context.meta.get(WORDS, []) if one not in {*flags, *moved}]

    def is_meant(name: str) -> bool:
        plain = name.replace("-", "_").removeprefix("no_")
        if name in WHOLE_DAY and "holiday_date" in notes:
            return True
        if (name in HOURS and "ct_" in notes) or (LIMIT.fullmatch(plain) and "time_limit=" in notes):
            return True
        kinds = {line[1] for line in lines if line[0] == "warmline"}
        options = [real_name(kind, OFF.get(plain, plain)) for kind in kinds]
        return any(one and one in notes for one in options) or (name in STATES and hasattr(context.command, "rows"))

    out = left_out(words, [shlex.quote(notes)], is_meant)
    return f"\n{NAMED} {shlex.join(out)}." if out else ""
