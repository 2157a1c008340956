"""Completes suggested lines: values that are allowed, whole lists, missing entries, and the most likely line first."""

import re
import shlex
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cli.arguments import agent_half, code_hints, companion_hints, list_hints, pair_hints, text_files, value_words
from cli.arguments.completion import entry_names
from cli.arguments.free_words import CALL
from cli.arguments.list_hints import RATED
from cli.help.command_index import meant
from cli.help.entity_verbs import DELETE, HALF, LEAVE, OF_PERSON, OFF, words_of
from cli.help.guessed_line import (
    FOREIGN_PATH,
    FROM_OPTIONS,
    KINDS,
    NUMBER,
    STANDS,
    GuessedLine,
    command_at,
    option_names,
    option_values,
    positional,
)
from cli.help.synonyms import is_slip
from cli.output.secret_words import HIDDEN

if TYPE_CHECKING:
    from warmline.options.values.entity import Entity

# Commands that end or remove something: only a guess with a word for that leads to them.
ENDING = ("stop", "delete", "hangup", "logout", "down", "erase")
CALLING = ("dial", "dial-next")  # a line that calls a customer does not go first for the words that it has
ENDS = OFF.union(
    DELETE,
    LEAVE,
    words_of("stop delete hangup logout down erase kill kick force force-logout remove"),
    words_of("rm del end finish terminate cut reset cancel abort quit exit"),
    words_of("logoff log-off log-out signout sign-out out forget clear abandon hang hang-up"),
    words_of("undo revert restart unblock allow release unban free anonymize anonymise pseudonymize"),
    words_of("pseudonymise wipe panic emergency halt estop e-stop kill-switch maintenance drain"),
)
# Names that stand for a value in a line.
MARKS = {*FROM_OPTIONS, HIDDEN, "HOST", "NEW", "OPTION", "AGENT", "TRUNK", "SCRIPT", "USER-GROUP", list_hints.OTHERS}
ABOUT = ("password", "unlock", "renew")  # commands about an entry that another kind may have
KEYED = ("user", "api-user", "api-token")
MOST_NAMES = 8  # of a kind that are listed
LACKING = "-"  # in a list: without the item after it
ALL_ITEMS = "*"
SOLE = {"CAMPAIGN": "campaign", "INGROUP": "ingroup"}  # names in a line that one entry has, if there is only one
FEW = 5  # lines with addresses at most, if each campaign gets one
READS = ("audit", "report", "recording", "callback")
PEOPLE = ("--who", "--user", "--by", "--by-user")  # options that name who changed something
CONFIGURED = ("campaign", "ingroup", "agent", "list", "did", "user", "call-time")
PARTS = re.compile(r"[\s=,:/_]+|\.\.")


def finished(root: Any, lines: Sequence[GuessedLine], rest: Sequence[str], words: Sequence[str]) -> list[GuessedLine]:
    """Return lines that work: the one with most of the typed words comes first, after those that it needs.

    `root` is the command `warmline`, `rest` are the words after the guessed command, and `words` all words.
    """
    groups: list[list[GuessedLine]] = []
    before: list[GuessedLine] = []
    addresses = sum("_url=" in one.text for one in lines)
    lines = [one for line in lines for one in _of_each_campaign(line, addresses)]
    for place, line in enumerate(lines):
        if not _is_meant(line, words) or not (line := _of_person(line)).text:
            continue
        made = _valid(_with_names(root, line, rest), rest)
        created = {tuple(one.text.split()[:3]) for one in before}
        made = [one for one in made if one is made[-1] or tuple(one.text.split()[:3]) not in created]
        before += made
        if not _is_for(line, lines[place + 1 : place + 2]):
            groups.append(before)
            before = []
    groups = [group for group in groups if group[-1].text != "history"]  # it needs an agent or a number
    groups = [group for group in groups if not _is_absent(group)] or groups
    if not any(one.path == FOREIGN_PATH for one in lines):  # lines of other programs are steps in their order
        groups.sort(key=lambda group: -max(_kept(one, rest) for one in group))
    return [one for group in groups for one in group]


def names_of(text: str) -> Iterator[str]:
    """Yield a sentence with the entries that each name in lines may stand for, if they are not too many."""
    for mark in dict.fromkeys(STANDS.findall(text)):
        known = entry_names(KINDS[mark]) if mark in KINDS else []
        if 1 < len(known) <= MOST_NAMES:
            yield f"{mark} is one of: {', '.join(known)}."


def _of_each_campaign(line: GuessedLine, addresses: int) -> list[GuessedLine]:
    """Return the line of each campaign for an address of a webhook, which is about the calls of all campaigns."""
    known = entry_names("campaign")
    if "set CAMPAIGN " not in line.text or "_url=" not in line.text or not 0 < len(known) * addresses <= FEW:
        return [line]
    return [line._replace(text=line.text.replace("CAMPAIGN", shlex.quote(one), 1)) for one in known]


def _of_person(line: GuessedLine) -> GuessedLine:
    """Return the line about a person's other entry with its name; an empty line if there is no such entry."""
    if not HALF.endswith(line.meaning) or not line.meaning:
        return line
    kind, verb, name, *pairs = shlex.split(line.text)
    other = agent_half.other(OF_PERSON[kind], name)
    return line._replace(text=shlex.join((kind, verb, other, *pairs)) if other else "")


def _is_absent(lines: Sequence[GuessedLine]) -> bool:
    """Return whether the last line is about an entry that does not exist, and that no other line creates."""
    kind, *rest = shlex.split(lines[-1].text)
    known = entry_names(kind) if rest[:1] and rest[0] in ABOUT and kind in KEYED else []
    name = "".join(rest[1:2])
    return bool(known and name and name not in (*MARKS, *known) and len(lines) == 1)


def _is_for(line: GuessedLine, following: Sequence[GuessedLine]) -> bool:
    """Return whether a line creates what the following one names."""
    name = line.text.split()[2:3]
    return line.path[1:] == ("create",) and any(set(name) & {*PARTS.split(one.text)} for one in following)


def _with_names(root: Any, line: GuessedLine, rest: Sequence[str]) -> GuessedLine:
    """Return a line that reads, with the typed names of in-groups, campaigns and agents that it does not have yet."""
    if line.path[0] not in READS:
        return line
    words = shlex.split(line.text)
    known = option_names(command_at(root, line.path))
    of_options = [part for name, one in option_values(rest).items() if name not in PEOPLE for part in PARTS.split(one)]
    for word in (*positional(rest), *(of_options if line.path == ("audit", "config") else ())):
        if word in words:
            continue
        if line.path == ("audit", "config"):
            kind = next((one for one in CONFIGURED if word in entry_names(one)), "")
            named = ["--entity", kind, "--name", word] if kind and "--name" not in words else []
            words += named
            line = line._replace(text=shlex.join((*shlex.split(line.text), *named)))
            continue
        kinds = (kind for kind in ("ingroup", "campaign", "agent") if word in entry_names(kind))
        option = next((f"--{kind}" for kind in kinds), "--number" if NUMBER.fullmatch(word) else "")
        if option in known and option not in words:
            words += [option, word]
            line = line._replace(text=f"{line.text} {option} {shlex.quote(word)}")
    return line


def _is_meant(line: GuessedLine, words: Sequence[str]) -> bool:
    """Return whether a line ends or removes nothing, or the guess says so; a guess about the past acts on no call."""
    last = line.path[-1]
    if words[:1] and words[0] in ("report", "audit") and last in (*CALLING, "transfer", "conference", "leave"):
        return False
    typed = [one.lower() for one in words]
    return last not in ENDING or any(
        one in ENDS or one.partition("-")[0] in ENDS or is_slip(one, last) for one in typed
    )


def _kept(line: GuessedLine, rest: Sequence[str]) -> int:
    """Return how many of the typed words a line has; a line that ends something does not go first for them."""
    if line.path[-1] in (*ENDING, *CALLING):
        return 0
    parts = [one.removesuffix("d") for word in rest for one in PARTS.split(word)]
    typed = {one for part in parts for one in (part, f"{part}d") if part}  # `90` is `90d`
    typed |= {one.strip("-") for one in rest if one.startswith("--")}  # `monitor 1000 --whisper`
    return len(typed & {*PARTS.split(line.text), *shlex.split(line.text)})


def _valid(line: GuessedLine, rest: Sequence[str]) -> list[GuessedLine]:
    """Return a line with values that are allowed, after those that create what it names."""
    from warmline.options.option_table import ENTITIES

    words = shlex.split(line.text)
    entity = ENTITIES.get(words[0])
    if line.path in code_hints.CODED:
        *new, coded = code_hints.lines(code_hints.with_reason(line.text, option_values(rest)))
        return [*(GuessedLine(one, meant(one.split())) for one in new), line._replace(text=coded)]
    if words[:3] == ["route", "simulate", "--ingroup"] and len(words) == 4:
        return [line._replace(text=shlex.join(("route", "simulate", *_start(words[3]))))]
    if not entity or words[1:2] not in (["set"], ["create"]):
        return [line]
    named = [] if entity.only else words[2:3]
    pairs, others = _divided(words[2 + len(named) :])
    if named and named[0] in SOLE and len(known := entry_names(SOLE[named[0]])) == 1 and words[1] == "set":
        named = known
    if named and named[0] in MARKS and words[1] == "create":
        return [line]
    name = "".join(named)
    pairs = {option: _whole(entity, name, option, _without_kind(text)) for option, text in pairs.items()}
    pairs |= _rated(entity, name, pairs, rest)
    pairs = {option: _switched_on(entity, option, text) for option, text in pairs.items()}
    marks = {option: text for option, text in pairs.items() if set(PARTS.split(text)) & MARKS}
    found = pair_hints.understood(
        entity, words[1], name, [f"{option}={text}" for option, text in pairs.items() if option not in marks]
    )
    if not found.lines and not marks and pairs:
        return [_explained(entity, found.refused, option) for option in pairs]
    if not found.lines and not marks:
        return [line]
    made = found.lines or (shlex.join((*words[:2], *named)),)
    at = max((place for place, one in enumerate(made) if one.split()[:2] == words[:2]), default=len(made) - 1)
    before, main, after = made[:at], made[at], made[at + 1 :]
    done = shlex.split(main)
    there = {one.partition("=")[0] for one in done}
    done += [*(f"{one}={text}" for one, text in marks.items() if one not in there), *others]
    whole = line._replace(meaning=line.meaning or found.note)
    whole = whole if done == words else whole._replace(text=text_files.quoted(shlex.join(done)), path=meant(done))
    read = [f"{entity.kind} show {shlex.join(named)}".strip()] if HIDDEN in marks.values() and _is_known(words) else []
    beside = [[GuessedLine(one, meant(one.split())) for one in lines] for lines in ((*read, *before), after)]
    return [*beside[0], whole, *beside[1]]


def _switched_on(entity: "Entity", option: str, text: str) -> str:
    """Return the value that switches an option on, if a verb such as `record` names one without a value."""
    is_open = text == HIDDEN and option in entity.option_names
    return (value_words.switched_on(entity.option(option)) if is_open else text) or text


def _is_known(words: Sequence[str]) -> bool:
    """Return whether a line changes an entry that has a name."""
    return words[1] == "set" and words[2] not in MARKS


def _divided(words: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Return the pairs option=value of a line, and its other words."""
    pairs = [one for one in words if "=" in one and not one.startswith("-")]
    return dict(one.split("=", 1) for one in pairs), [one for one in words if one not in pairs]


def _without_kind(text: str) -> str:
    """Return a destination without the kind that the table gives it, if it is none of that kind."""
    kind, colon, name = text.partition(":")
    is_other = colon and kind == "ingroup" and name not in MARKS and name not in entry_names("ingroup")
    return name if is_other else text


def _explained(entity: "Entity", refused: Sequence[str], option: str) -> GuessedLine:
    """Return the line that explains an option whose value is not allowed."""
    line = f"{entity.kind} describe {option}"
    said = next((one for one in refused if one.startswith(f"{option}=")), "")
    return GuessedLine(line, meant(line.split()), said and f"{said.partition('; ')[2]}.")


def _whole(entity: "Entity", name: str, option: str, text: str) -> str:
    """Return the value of a list with the items that the entry has, in place of OTHERS."""
    key = entity.only or name
    if text.endswith(f",{list_hints.OTHERS}"):
        item = text.removesuffix(f",{list_hints.OTHERS}")
        return text if item in MARKS else list_hints.with_item(entity.kind, key, option, item)
    if text.startswith(f"{list_hints.OTHERS}{LACKING}"):
        item = text.partition(LACKING)[2]
        if item == ALL_ITEMS:
            return ""
        return list_hints.without_item(entity.kind, key, option, "" if item in MARKS else item)
    if option == "webhook_hosts" and text not in MARKS:
        return ",".join(dict.fromkeys((*(list_hints.current(entity.kind, key, option) or ()), text)))
    return text


def _rated(entity: "Entity", name: str, pairs: dict[str, str], rest: Sequence[str]) -> dict[str, str]:
    """Return the rank and the grade that the guess gives an agent in the new in-group."""
    given = option_values(rest)
    new = next((one for one in rest if one in pairs.get("ingroups", "").split(",")), "")
    if entity.kind != "agent" or not new:
        return {}
    typed = {one.strip("-"): text for one, text in given.items() if text}
    rates = {RATED[one]: list_hints.rate(one, text) for one, text in typed.items() if one in RATED}
    return {
        option: list_hints.with_item("agent", name, option, f"{new}:{rate}").removesuffix(f",{list_hints.OTHERS}")
        for option, rate in rates.items()
    }


def _start(name: str) -> tuple[str, ...]:
    """Return the words that tell where a simulated call begins: an in-group, a number, or one with a call time."""
    from cli.client import app_client, config_records
    from warmline.text.coded_error import CodedError

    known = entry_names("ingroup")
    if name in known or name in MARKS:
        return "--ingroup", name if name in known else companion_hints.served("") or name
    if name in entry_names("did") or name.removeprefix("+").isdigit():
        return (name,)
    for kind, begun in (("ingroup", ("--ingroup",)), ("did", ())):
        try:
            entries = config_records.at(app_client.records()).show_all(kind)
        except CodedError:
            break
        if found := next((one for one, options in entries.items() if options["call_time_id"] == name), ""):
            return *begun, found
    return "--ingroup", "INGROUP"


def of_call(typed: Sequence[str], lines: Sequence[str]) -> list[str]:
    """Return a sentence about the agent whom a line names for the id of a call, unless a line shows it."""
    is_open = any(" USER" in line for line in lines) and "warmline call list" not in lines
    return ["USER is the agent in the call: warmline call list"] if is_open and any(map(CALL.fullmatch, typed)) else []
