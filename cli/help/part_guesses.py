"""Lines for a word that has a command or a field as a part: `start-recording`, `set-status`, `drop-rate`."""

from collections.abc import Sequence
from typing import Any

from cli.arguments.completion import entry_names
from cli.arguments.free_words import CALL
from cli.arguments.sentences import entry_first
from cli.arguments.sentences.plain_questions import entries
from cli.help.command_index import Path, meant
from cli.help.entity_verbs import SETTING_VERB, of_entity
from cli.help.guessed_line import (
    KINDS,
    NUMBER,
    GuessedLine,
    command_at,
    filled,
    guessed,
    of_kind,
    option_names,
    positional,
    repeated,
    words_in_table,
)
from cli.tree.tree_row import Row, TreeGroup
from cli.tree.unknown_command import UnknownCommandError

LISTING = ("list", "recording", "callback", "report", "audit", "lead")  # groups whose commands list or count
READING = ("report", "audit", "recording")  # groups whose commands change nothing
OUTCOMES = ("disposition", "dispo", "mark", "code", "result", "outcome")  # of a lead: its status
LEAST = 3  # letters of a part; shorter ones tell nothing


def with_field(verb: str, rest: Sequence[str]) -> str:
    """Return the line for `lead set-status 1 DNC`; "" if the verb names no field, or no value follows."""
    from warmline.leads.lead_fields import FIELDS, field_of

    what = SETTING_VERB.sub("", verb.lower().replace("_", "-"), count=1).replace("-", "_")
    field = "status" if what in OUTCOMES else what if what in FIELDS else field_of(what)
    return f"lead set {{1:LEAD}} {field}={{2:VALUE}}" if field and len(positional(rest)) > 1 else ""


def in_order(error: UnknownCommandError) -> UnknownCommandError:
    """Return a guess with the kind before an entry that stands alone: `campaign pause spring` for `pause spring`.

    Words that name nothing are left out.
    """
    path, word = error.path, error.word
    rest = entry_first.without_fillers(path, entries(error.rest))
    if found := entry_first.shifted(path, word, rest):
        kind, verb, *others = found
        known = verb == word or meant((verb.lower(),)) or words_in_table((kind,), (verb,))
        if known or (len(others) == 1 and of_entity(kind, verb)):
            path, word, rest = (kind,), verb, others
    return UnknownCommandError("", "", path=path, word=word, rest=rest)


def in_commands(error: UnknownCommandError, root: Any) -> list[GuessedLine]:
    """Return the line of a command that a guess has with its words in another order, such as `spring stop`."""
    whole = meant((*error.path, error.word))
    if error.path and len(whole) > len(error.path):
        return [repeated(root, whole, error.rest)]
    checked = meant((error.word.lower(), "check")) if error.path == ("doctor",) and error.rest else ()
    if len(checked) == 2:  # `check dnc NUMBER`
        return [repeated(root, checked, error.rest)]
    turned = entry_first.command(error.path, error.word, error.rest)
    return [repeated(root, meant(turned), turned[2:])] if turned else []


def of_two_parts(error: UnknownCommandError, root: Any) -> list[GuessedLine]:
    """Return `agent record 1000 start` for `agent start-recording 1000`: a verb and a command in one word."""
    verb, dash, noun = error.word.lower().partition("-")
    path = meant((*error.path, noun))
    if not dash or not error.path or len(path) != len(error.path) + 1:
        return []
    metavars = [str(one.metavar or "") for one in getattr(command_at(root, path), "params", ())]
    takes = any(verb in one.split("|") for one in metavars)
    return [repeated(root, path, (*error.rest, *([verb] if takes else [])))]


def of_entry(error: UnknownCommandError, root: Any, rows: dict[Path, Row]) -> GuessedLine | None:
    """Return `recording list --campaign spring` for `campaign recordings spring`; None if no command has the option."""
    names = positional(error.rest)
    if len(error.path) != 1 or error.path[0] not in KINDS.values() or not names:
        return None
    option = f"--{error.path[0]}"
    if names[0] not in entry_names(error.path[0]):
        return None
    same = [path for path in rows if len(path) == 2 and path[1] == error.word.lower() and path[0] in LISTING]
    for path in (meant((error.word, "list")), *same):
        if len(path) == 2 and path in rows and option in option_names(command_at(root, path)):
            rest = [one for one in error.rest if one != names[0]]
            return repeated(root, path, (option, names[0], *rest))
    return None


def of_named(error: UnknownCommandError, root: Any) -> list[GuessedLine]:
    """Return the lines that a name or an id among the words decides; none if there is none."""
    if not error.path:
        return _of_call(error, root)
    if error.path in (("dial",), ("call",)) and NUMBER.fullmatch(error.word):  # `dial 8005551234 --as 1000`
        return [filled(root, "agent dial USER NUMBER", (error.word, *error.rest))]
    return _of_report(error, root) if error.path == ("report",) else _of_value(error)


def _of_call(error: UnknownCommandError, root: Any) -> list[GuessedLine]:
    """Return `call take CALL --agent 1002` for `transfer CALL 1002`; no line takes the id of a call for an agent."""
    call, *others = positional(error.rest) or [""]
    if not CALL.fullmatch(call) or meant(("call", error.word))[1:]:  # `hangup` has its own lines
        return []
    to_agent = not others or others[0] in entry_names("agent")
    lines = guessed(root, ("call" if to_agent else "channel",), error.word, error.rest)
    return [one for one in lines if one.path[0] != "agent" or call not in one.text.split()]


def _of_report(error: UnknownCommandError, root: Any) -> list[GuessedLine]:
    """Return `report day --ingroup SALES` for `report SALES`: the name of an entry in place of a report's."""
    kind = next((one for one in ("ingroup", "campaign", "agent") if error.word in entry_names(one)), "")
    if kind == "agent":
        return [repeated(root, ("report", "agents"), ("--agent", error.word, *error.rest))]
    return guessed(root, ("report",), kind, (error.word, *error.rest)) if kind else []


def _of_value(error: UnknownCommandError) -> list[GuessedLine]:
    """Return `ingroup set SALES ingroup_recording_override=ALLCALLS` for `recording policy SALES always`."""
    from cli.arguments import pair_hints
    from warmline.options.option_table import ENTITIES

    words = (error.word, *positional(error.rest))
    if error.path != ("recording",):
        return []
    for kind in ("ingroup", "campaign"):
        name = next((one for one in words if one in entry_names(kind)), "")
        for value in (one for one in words if name and one != name):
            lines = pair_hints.understood(ENTITIES[kind], "set", name, [f"recording={value}"]).lines
            if len(lines) == 1:  # more: the value is not clear
                return [GuessedLine(lines[0], meant(lines[0].split()))]
    return []


def of_parts(error: UnknownCommandError, root: Any, rows: dict[Path, Row]) -> list[GuessedLine]:
    """Return the lines of commands that share a part with the word: `report drop-rate` is about `report drops`."""
    if not error.path or error.path[0] not in READING:
        return []
    parts = {part.removesuffix("s") for part in error.word.lower().replace("_", "-").split("-") if len(part) > LEAST}
    here = [path for path in rows if path[:-1] == error.path and not isinstance(rows[path], TreeGroup)]
    found = [path for path in here if parts & {one.removesuffix("s") for one in path[-1].split("-")}]
    if not found and error.path == ("report",):
        found = [("report", one) for one in ("day", "agents", "interval")]
    return [repeated(root, path, of_kind(root, path, error.rest)) for path in found]
