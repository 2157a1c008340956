"""Hints about options and words that a command does not take: the command line that was meant."""

import shlex
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from cli.arguments import companion_hints, entry_owners, hours_hints, pair_hints, secret_hints
from cli.arguments.completion import entry_names
from cli.arguments.entry_hints import CALL_TIME
from cli.arguments.period_words import PERIODS, in_full
from cli.arguments.sentences.plain_questions import changed
from cli.guess_tables.moved_options import MOVED_LINES, MOVED_OPTIONS, STATES
from cli.help.command_index import Path, commands, meant
from cli.help.foreign_options import in_own_words
from cli.help.guessed_line import (
    GuessedLine,
    as_typed,
    command_at,
    filled,
    kept_options,
    option_names,
    option_values,
    positional,
    value_after,
)
from cli.help.suggestions import CLOSER
from cli.help.word_hints import ALL, OFF, WHOLE_DAY, as_argument, extra_words, for_each, real_name, untold, with_choice
from cli.output.secret_words import HIDDEN, names_secret, without_secrets
from cli.tree.tree_row import TreeGroup, summary
from cli.tree.unknown_command import WORDS

MOST = 4  # commands of a group that are named for its option
# Commands for the options that a group is given, the most likely first, if it is not those of its own that have them.
FOR_GROUP: dict[Path, tuple[str, ...]] = {
    ("call",): ("audit calls", "call list", "recording list"),
    ("callback",): ("callback list", "report callbacks"),
    ("recording",): ("recording list", "audit recordings"),
    ("audit",): ("audit calls", "audit config", "audit transfers", "report day"),
    ("report",): ("report day", "report agents", "report missed"),
    ("agent",): ("agent list", "agent status", "report agents"),
    ("ingroup",): ("ingroup list", "report day"),
    ("campaign",): ("campaign list", "report day"),
    ("lead",): ("lead list", "lead find"),
    ("dial",): ("dial status", "audit attempts"),
}
# Groups whose entries have a state, and the commands that show it.
NOW: dict[Path, tuple[str, ...]] = {
    ("agent",): ("agent status", "live"),
    ("call",): ("call list", "live"),
    ("ingroup",): ("live", "call list"),
    ("campaign",): ("dial status",),
    ("dial",): ("dial status",),
}
# Commands whose name is also expected to show something without a name: what they may be meant for.
WITHOUT_NAME: dict[Path, tuple[str, ...]] = {
    ("config", "show"): ("setting show", "config history", "config export ./config", "campaign list"),
    ("ingroup", "show"): ("live --once", "ingroup list", "report day --day today"),
    ("agent", "show"): ("agent status", "agent list"),
    ("campaign", "show"): ("campaign list", "dial status"),
    ("list", "show"): ("list list", "lead list"),
    ("lead", "show"): ("lead list", "lead find NUMBER", "list list"),
    ("callback", "show"): ("callback list",),
    ("list", "export"): ("list list",),
}
READS, READING_GROUPS = ("live", "list", "show", "find", "status", "describe"), ("audit", "report")
SIP = dict.fromkeys(("phone", "trunk"), " Passwords and hosts stay in Asterisk; see: warmline help phones and trunks")
INVALID = "Invalid value for"
UNKNOWN, TOO_MANY = "No such option", "Got unexpected extra argument"  # of the framework
TAKES_SECRET = ("password", "login")  # commands after which a word too many may be a secret
ASKED = "-"  # the value of a secret that is asked for


def explained(said: str, option: str, context: Any) -> str:
    """Return the message about a command line that its command does not take, with what was meant.

    `said` is the framework's message, `option` the option that does not exist or "", and `context` the command's.
    The options that no proposed line has are named.
    """
    told = _told(said, option, context)
    return told if told == as_argument(context) else told + untold(told, option, context)


def _told(said: str, option: str, context: Any) -> str:
    if said.startswith(UNKNOWN):
        return _unknown_option(option, context)
    if said.startswith(INVALID):
        return said + with_choice(said, context)
    usage = " ".join(context.get_usage().split())
    if not said.startswith(TOO_MANY):
        hint = extra_words(context)
        return f"{said} {usage}; {hint}" if hint else f"{said} {usage}{_example(context)}{_without_name(context)}"
    said = _shown(said, context)
    hint = extra_words(context)
    return f"{said}; {hint}" if hint else f"{said} {usage}"


def _shown(said: str, context: Any) -> str:
    """Return the framework's message about words too many, without secrets."""
    if context.command.name in TAKES_SECRET:
        return f"{TOO_MANY} ({HIDDEN})"
    words = context.meta.get(WORDS, [])
    secrets = {word for word, shown in zip(words, without_secrets(words), strict=True) if shown == HIDDEN}
    begun, between, extra = said.partition(" (")
    return begun + between + " ".join(HIDDEN if word in secrets else word for word in extra[:-1].split(" ")) + ")"


def _unknown_option(option: str, context: Any) -> str:
    if moved := MOVED_OPTIONS.get((context.command_path, option)):
        return f"no option {option}: use {moved}"
    command = context.command
    words = context.meta.get(WORDS, [])
    typed = (option, *(one.partition("=")[0] for one in words))
    moved_lines = next((known for one in typed if (known := MOVED_LINES.get((context.command_path, one)))), ())
    counted = context.command_path == "warmline history" and option_values(words).get("--last", "").isdigit()
    if moved_lines and not counted:
        return _as_lines(option, [filled(context.find_root().command, line, words) for line in moved_lines])
    if hasattr(command, "rows"):
        return _of_group(option, words, context) or _unknown(option, context)
    if option in ALL and (each := for_each(option, words, context)):
        return each
    edits = command.name == "edit" and positional(words)
    if edits or {"options", "fields"} & {one.name for one in command.params if one.param_type_name == "argument"}:
        return _as_pairs(option, words, context)
    return _unknown(option, context)


def _as_lines(option: str, found: Sequence[GuessedLine]) -> str:
    """Return the message about an option that stands for these lines."""
    told = (f"  {as_typed(one)}  {one.meaning}".rstrip() for one in found)
    return "\n".join((f"no option {option}; you may mean:", *told))


def _example(context: Any) -> str:
    """Return the first example of a command, as a hint; "" if it has none."""
    found = context.command.examples() if hasattr(context.command, "examples") else ()
    return f"; for example: {found[0]}" if found else ""


def _without_name(context: Any) -> str:
    """Return the lines for a command that was given no name, if another one needs none; "" otherwise."""
    path: Path = tuple(context.command_path.split()[1:])
    known = WITHOUT_NAME.get(path, (f"{path[0]} list",) if path[1:] in (("show",), ("set",), ("edit",)) else ())
    rows = dict(commands())
    found = [line for line in known if not isinstance(rows[meant(line.split())], TreeGroup)]
    lines = found if positional(context.meta.get(WORDS, [])) == [] else []
    width = max((len(line) for line in lines), default=0)
    told = [f"  warmline {line:{width}}  {summary(rows[meant(line.split())])}" for line in lines]
    return "\n".join(("\nWithout a name:", *told)) if told else ""


def _in_own_words(option: str, context: Any) -> str:
    """Return the message about options of other programs, with the line that was meant; "" if some have no other."""
    path: Path = tuple(context.command_path.split()[1:])
    known = option_names(context.command)
    shown = without_secrets(context.meta.get(WORDS, []))
    words = in_full(in_own_words(shown, context.command), known)
    left_out = _strange(words, known)
    kept = [word for place, word in enumerate(words) if place not in left_out]
    same = " ".join(words).replace("=", " ") == " ".join(shown).replace("=", " ")
    if same or not (path or kept):  # nothing is in other words, or nothing is left
        return ""
    out = " ".join(words[place] for place in left_out)
    note = (
        "\n--between ends before its second day, so the last day that you named is in it."
        if "--between" in kept
        else ""
    )
    if out:
        note = f"\nLeft out: {out}; {context.command_path} has no such option.{note}"
    return f"no option {option}; did you mean:\n  warmline {shlex.join([*path, *kept])}{note}"


def _strange(words: Sequence[str], known: set[str]) -> list[int]:
    """Return the places of the options that a command does not have, and of their values."""
    found: list[int] = []
    for place, word in enumerate(words):
        if word[:1] == "-" and word != "-" and word.partition("=")[0] not in known:
            found.append(place)
            found += [place + 1] if "=" not in word and value_after(words, place) else []
    return found


def _unknown(option: str, context: Any) -> str:
    path: Path = tuple(context.command_path.split()[1:])
    if path[1:] == ("password",) and names_secret(option):
        from warmline.options.option_table import ENTITIES

        words = context.meta.get(WORDS, [])
        line = shlex.join([*path, *positional(without_secrets(words))[:1]])
        told = secret_hints.refused(ENTITIES[path[0]], words)
        return f"no option {option}; the command asks for it:\n  warmline {line}{told}"
    if own := _in_own_words(option, context) or as_argument(context):
        return own
    without = _without_strange(option, context)
    known = [name for one in context.command.get_params(context) for name in (*one.opts, *one.secondary_opts)]
    if option in PERIODS and "--since" in known:
        meant_one = f"did you mean --since {PERIODS[option]}?"
    elif same := [name for name in known if name.startswith(option)] or get_close_matches(option, known, 1, CLOSER):
        meant_one = f"did you mean {same[0]}?"
    else:
        meant_one = f"options: {', '.join(name for name in known if name[:2] == '--')}."
    return f"no option {option}: {meant_one} See: {context.command_path} -h{without}"


def _without_strange(option: str, context: Any) -> str:
    """Return the line without the options that a command does not have, as a hint; "" if the command changes data."""
    path: Path = tuple(context.command_path.split()[1:])
    reads = path and (path[-1] in READS or path[0] in READING_GROUPS)
    if not reads or names_secret(option):
        return ""
    known = option_names(context.command)
    words = in_full(without_secrets(context.meta.get(WORDS, [])), known)
    left_out = _strange(words, known)
    kept = [word for place, word in enumerate(words) if place not in left_out]
    out = shlex.join(words[place] for place in left_out)
    return f". Left out: {out}. Without it:\n  warmline {shlex.join([*path, *kept])}"


def _of_group(option: str, words: Sequence[str], context: Any) -> str:
    """Return the message about an option that a group was given in place of a command; "" if none has it."""
    path: Path = context.command.path
    root = context.find_root().command
    if line := changed(words):
        return _as_lines(option, [filled(root, line, ())])
    rest = [word for word in words if word.partition("=")[0] != option]
    if not path and (command := meant(rest)):
        if option not in words or option not in option_names(command_at(root, command)):
            return ""
        line = shlex.join([*without_secrets(rest), option])
        return f"no option {option}; an option stands behind its command:\n  warmline {line}"
    rows = dict(commands())
    own = (" ".join(one) for one, row in rows.items() if one[:-1] == path and not isinstance(row, TreeGroup))
    lines: list[GuessedLine] = []
    for line in dict.fromkeys((*FOR_GROUP.get(path, ()), *own)):
        if lines and line not in FOR_GROUP.get(path, ()):
            break  # other commands of the group, if none of the usual ones has it
        command = command_at(root, tuple(line.split()))
        known = option_names(command)
        place = words.index(option) if option in words else -1
        in_words = in_own_words([option, *(words[place + 1 : place + 2] if place >= 0 else ())], command)
        if in_full(in_words, known)[:1] and in_full(in_words, known)[0] in known:
            lines.append(filled(root, line, words))
    keys = [(f"warmline {' '.join(one.path)}", word) for one in lines for word in words]
    if moved := next((MOVED_LINES[key] for key in keys if key in MOVED_LINES), ()):
        return _as_lines(option, [filled(root, line, words) for line in moved])
    if not lines and option.strip("-") in STATES and path in NOW:
        lines = [filled(root, line, ()) for line in NOW[path]]
    if not lines:
        return ""
    agents = entry_names("agent")
    lines = [one for one in lines if not agents or _agent_in(one.text) in ("", *agents)] or lines
    shown = lines[:MOST]
    if path == ("call",) and shown[0].path == ("audit", "calls"):
        shown.append(GuessedLine("audit call CALL", ("audit", "call")))
    width = max(len(one.text) for one in shown)
    told = (f"  warmline {one.text:{width}}  {summary(rows[one.path])}" for one in shown)
    asked = "you may mean" if len(shown) > 1 else "did you mean"
    return "\n".join((f"no option {option}; {asked}:", *told, f"All commands: {context.command_path} -h."))


def _agent_in(line: str) -> str:
    """Return the agent that a line names in `--agent`; "" without one."""
    return next(iter(value_after(words := shlex.split(line), words.index("--agent"))), "") if "--agent" in line else ""


def _as_pairs(option: str, words: Sequence[str], context: Any) -> str:
    """Return the message about `--role supervisor` of a command whose options are written role=supervisor."""
    from warmline.options.option_table import ENTITIES

    path = tuple(context.command_path.split()[1:])
    path = (path[0], "set") if path[1:] == ("edit",) else path  # an editor has no options
    shown = without_secrets(words)
    given: dict[str, str] = {}
    typed = [f"{name}={value}" for name, value in _pairs(words, option_names(context.command))]
    typed = [one for one in typed if path[0] != "holiday" or one.partition("=")[0].replace("_", "-") not in WHOLE_DAY]
    typed = companion_hints.with_overflow(ENTITIES[path[0]], typed) if path[0] in ENTITIES else typed
    for name, _, value in (one.partition("=") for one in typed):
        day = path[0] == CALL_TIME and hours_hints.days_of(name)
        real = name if day or entry_owners.is_used(path[0], name, value) else real_name(path[0], name) or name
        given[name if real in given else real] = value
    names = [word for word in positional(shown) if word != HIDDEN and not names_secret(word)]
    pairs = [f"{name}={value}" for name, value in given.items()]
    found = _with_fields(path, names, given)
    if path[0] in ENTITIES and path[1:] != ("copy",):
        first = [] if ENTITIES[path[0]].only else names[:1]
        found = pair_hints.understood(ENTITIES[path[0]], path[1], "".join(first), [*names[len(first) :], *pairs])
    if not found.lines and found.refused:
        return f"no option {option}; options are written OPTION=VALUE.{found.remarks}"
    if not found.lines and found.unclear:
        return f"no option {option}; options are written OPTION=VALUE. {found.unclear}"
    needed = {one.name for one in ENTITIES[path[0]].options if one.required} if path[0] in ENTITIES else {""}
    if not found.lines and path[0] in SIP and path[1:] == ("create",) and len(names) == 1 and not needed:
        hidden = (ASKED, HIDDEN)
        out = " ".join(f"--{name}" + (f" {text}" if text not in hidden else "") for name, text in given.items())
        left = f"Left out: {out}; {path[0]} has no such option.{SIP.get(path[0], '')}"
        return f"no option {option}; did you mean:\n  warmline {shlex.join([*path, *names])}\n{left}"
    if not found.lines:
        unknown = next((name for name in given if not real_name(path[0], name)), option.strip("-"))
        hint = f"the options of {path[0]} are written OPTION=VALUE. To list them: warmline {path[0]} describe"
        return f"no option --{unknown}; {hint}"
    kept = [word for _, one in kept_options(context.find_root().command, path, shown) for word in one]
    line = next((one for one in reversed(found.lines) if one.startswith(f"{path[0]} ")), found.lines[-1])
    told = [f"no option {option}; options are written OPTION=VALUE. Did you mean:"]
    told += [f"  warmline {' '.join((one, shlex.join(kept))).rstrip() if one == line else one}" for one in found.lines]
    told[-1] += found.remarks + (secret_hints.refused(ENTITIES[path[0]], words) if path[0] in ENTITIES else "")
    kind, *words_of_line = shlex.split(line)
    set_options = [one.partition("=")[0] for one in words_of_line if "=" in one]
    about = f" {set_options[0]}" if len(set_options) == 1 else ""
    return "\n".join((*told, f"To explain it: warmline {kind} describe{about}"))


def _with_fields(path: Path, names: Sequence[str], given: dict[str, str]) -> pair_hints.MeantLines:
    """Return the line that gives a lead its fields; none if no field is known."""
    known = [f"{name}={value}" for name, value in given.items() if real_name(path[0], name)]
    left_out = tuple(f"{name}={value}" for name, value in given.items() if not real_name(path[0], name))
    return pair_hints.MeantLines((shlex.join([*path, *names, *known]),) if known else (), left_out, kind=path[0])


def _pairs(words: Sequence[str], known: set[str]) -> Iterator[tuple[str, str]]:
    """Yield name and value of each option that the command does not have; the value of a secret is asked for."""
    given = {name: value for name, value in option_values(words).items() if name not in known}
    for name, value in given.items():
        plain = name.strip("-").replace("-", "_")
        if (
            not value and (off := OFF.get(plain) or plain.removeprefix("no_")) != plain
        ):  # `--inactive`, `--no-recording`
            plain, value = off, "no"
        yield plain, ASKED if value == HIDDEN or names_secret(plain) else value or HIDDEN
