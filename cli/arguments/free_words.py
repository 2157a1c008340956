"""Words of a guess without an option: those that can be a label, the entries and ranks among them, closed hours."""

import re
import shlex
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from cli.arguments import companion_hints, hours_hints, list_hints, value_words
from cli.arguments.completion import entry_names
from cli.arguments.list_hints import RATED

if TYPE_CHECKING:
    from warmline.options.values.entity import Entity

SMALL = ("to", "in", "on", "from", "of", "as", "for", "queue")
MEMBER = ("member", "agent", "user")  # of an in-group, in place of its name
# Words that ask for something; a label with one of them is given in quotes.
ASKING = (
    "add create new set change update edit modify put move assign remove delete del rm clear show list get copy rename",
    "enable disable activate deactivate start stop pause resume open close reset import export send yes no off",
)
VERBS = frozenset(word for line in ASKING for word in line.split())
KINDS = ("agent", "ingroup", "campaign", "list", "did", "user")  # kinds whose names are no labels
CODE = re.compile(r"(?=.*[A-Z0-9_-])[A-Z0-9_-]+")
NUMBER = re.compile(r"[+(]?[0-9][0-9 ():./+-]*[0-9%smhd]?|[0-9]")
LONG_NUMBER = re.compile(r"\+?[0-9]{6,}")  # of a telephone
# Ids of a call: that of an Asterisk channel, of `call list`, or of the agent API.
CALL = re.compile(r"[0-9]{9,}\.[0-9]+|01(?=[0-9]*[A-Z])[0-9A-Z]{6,}|[A-Z][0-9]{15,}")
WRAP_UP = ("wrapup", "wrap-up", "wrapup-time", "acw", "after-call-work", "wrap")  # words for the wrap-up
LAST_MINUTE = 2359
CLOSED = 2400
FEW = 5  # values of an option that are each proposed


def without_label(entity: "Entity", words: Sequence[str]) -> list[str]:
    """Return the words that cannot be part of a label: names of entries, numbers, times, options, kinds and verbs.

    A text in quotes is one word with spaces, and is only refused if it is a time. It takes no other word with it.
    """
    quoted = [one for one in words if " " in one]
    if quoted:
        return [one for one in words if one not in quoted[:1] or _is_time(one)]
    known = {name for kind in (*KINDS, entity.kind) for name in entry_names(kind)}
    return [one for one in words if one in known or _is_time(one) or _asks(entity, one)]


def _is_time(word: str) -> bool:
    """Return whether a word is a number, a time or hours."""
    return bool(NUMBER.fullmatch(word) or hours_hints.options(word))


def _asks(entity: "Entity", word: str) -> bool:
    """Return whether a word in small letters names an option or a kind, or asks for something."""
    from warmline.options.option_table import ENTITIES

    plain = word.replace("-", "_")
    return (
        word in (*VERBS, *ENTITIES, *MEMBER, *RATED)
        or plain in entity.option_names
        or bool(word.islower() and entity.named_by(plain))
    )


def of_another(entity: "Entity", command: str, name: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return the lines about another kind than the named one: a member, a rating, the disposition of a call."""
    if entity.kind == "ingroup" and name.lower() in MEMBER:
        return of_member(words)
    if (entity.kind, command) == ("ingroup", "set"):
        return of_rating(name, words) or _of_wrapup(name, words)
    if (entity.kind, command) == ("disposition", "set") and CALL.fullmatch(name) and words:
        return (shlex.join(("call", "set-disposition", name, words[0].rpartition("=")[2], "--why", "TEXT")),)
    return ()


def _of_wrapup(ingroup: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return the line of `ingroup set SALESLINE wrapup 20s`: the wrap-up is that of the agents' campaign."""
    seconds = re.fullmatch("([0-9]+) ?(?:s|sec|secs|seconds)?", words[1]) if len(words) == 2 else None
    if not seconds or words[0].lower().replace("_", "-") not in WRAP_UP:
        return ()
    campaign = list_hints.related("ingroup", ingroup, "campaign") or "CAMPAIGN"
    return (shlex.join(("campaign", "set", campaign, f"wrapup_seconds={seconds[1]}")),)


def of_member(words: Sequence[str]) -> tuple[str, ...]:
    """Return the lines of `queue add member 1000 to SALESLINE`."""
    plain = [one for one in words if one.lower() not in SMALL and "=" not in one]
    user, ingroup = (*plain, "USER", "INGROUP")[:2] if len(plain) != 1 else (plain[0], "INGROUP")
    pair = f"ingroups={list_hints.with_item('agent', user, 'ingroups', ingroup)}"
    rated = [(name, text) for name, text in pairwise(plain) if name in RATED and text.isdigit()]
    pairs = [pair, *(f"{RATED[name]}={_rate(user, name, ingroup, text)}" for name, text in rated)]
    return f"agent show {shlex.quote(user)}", shlex.join(("agent", "set", user, *pairs))


def _rate(user: str, name: str, ingroup: str, text: str) -> str:
    """Return the ranks or grades of an agent with a new one, for `penalty 5`."""
    item = f"{ingroup}:{list_hints.rate(name, text)}"
    return list_hints.with_item("agent", user, RATED[name], item).removesuffix(f",{list_hints.OTHERS}")


def of_rating(ingroup: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return the lines that give an agent a rank in an in-group, for `agent 1000 rank 9`; none for other words."""
    parts = [part for one in words for part in one.strip("-").split("=") if part]
    plain = [one for one in parts if one.lower() not in (*SMALL, *MEMBER)]
    agents = [one for one in plain if one in entry_names("agent")]
    rated = [one for one in plain if one.lower() in RATED]
    values = [one for one in plain if one not in (*agents[:1], *rated) and one.isdigit()]
    if not (len(agents) >= 1 and len(rated) == len(values) == 1) or len(plain) != len(agents) + 2:
        return ()
    option = RATED[rated[0].lower()]
    rate = list_hints.rate(rated[0].lower(), values[0])
    given = [(one, list_hints.with_item("agent", one, option, f"{ingroup}:{rate}")) for one in agents]
    lines = [shlex.join(("agent", "set", one, f"{option}={value}")) for one, value in given]
    return (*lines, *companion_hints.chosen_by(agents[0], option, given[0][1]))


def paired(words: Sequence[str]) -> list[str]:
    """Return `lines 20 attempts 3` as pairs, if each second word is a number; other words as they are."""
    names, values = words[::2], words[1::2]
    is_row = len(names) == len(values) and not any(NUMBER.fullmatch(one) or "=" in one for one in names)
    if not is_row or not all(NUMBER.fullmatch(one) for one in values):
        return [*words]
    return [f"{name}={value}" for name, value in zip(names, values, strict=True)]


def code_in(entity: "Entity", name: str, words: Sequence[str]) -> tuple[str, str]:
    """Return the option that names a campaign, and the key, of `disposition create CAMPAIGN KEY`; "" twice if unclear.

    The key is the first word in capital letters and digits; the entry must be able to belong to a campaign.
    """
    option = next((one for one in ("campaigns", "campaign") if one in entity.option_names), "")
    code = next((one for one in words if CODE.fullmatch(one) and not LONG_NUMBER.fullmatch(one)), "")
    belongs = option and name in entry_names("campaign") and name not in entry_names(entity.kind)
    return (option, code) if belongs and code else ("", "")


def open_hours(words: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Return the hours of a holiday that is closed for part of the day, and the words that are left.

    A holiday has the hours in which it is open. Only a closed time that touches the end or the start of the day leaves
    one such period; the words of any other stay.
    """
    for word in words:
        made = dict(one.split("=") for one in hours_hints.options(word))
        if set(made) != {"ct_default_start", "ct_default_stop"}:
            continue
        start, stop = (int(made[f"ct_default_{end}"]) for end in ("start", "stop"))
        left = [one for one in words if one is not word]
        whole = stop >= LAST_MINUTE
        if whole and start:
            return {"ct_default_start": "0", "ct_default_stop": str(start)}, left
        if whole:
            return {}, left
        if not start:
            return {"ct_default_start": str(stop), "ct_default_stop": str(CLOSED)}, left
    return {}, list(words)


def too_long(entity: "Entity", name: str) -> str:
    """Return why a code cannot name a new entry; "" if it can, or if it is a label of which a code is made."""
    from warmline.options.option_table import OptionError, check_name

    if not CODE.fullmatch(name):
        return ""
    try:
        check_name(entity.kind, name)
    except OptionError as error:
        return str(error)
    return ""


def with_options(said: str, found: dict[str, str]) -> str:
    """Return the message about a name that is not allowed, with the options that go with another name."""
    pairs = shlex.join(f"{name}={text}" for name, text in found.items())
    return f"{said}. Choose another name" + (f", with: {pairs}" if pairs else ".")


def not_understood(entity: "Entity", words: Sequence[str]) -> str:
    """Return the message about words that have no place in a line."""
    about = f"To list the options: warmline {entity.kind} describe"
    if entity.kind == "holiday" and any(map(hours_hints.options, words)):
        about = "A holiday has one period in which it is open, such as ct_default_start=800 ct_default_stop=1200."
    return f"Not understood: {shlex.join(words)}. {about}"


def each_value(entity: "Entity", name: str, refused: Sequence[str]) -> tuple[str, ...]:
    """Return a line for each value of the only option of a line, if the typed value is none of its few."""
    from warmline.options.values.option_types import Choice

    option, _, said = refused[0].partition("=") if len(refused) == 1 else ("", "", "")
    type_ = entity.option(option).type if option else None
    if not isinstance(type_, Choice) or len(type_.values) > FEW or not (name or entity.only):
        return ()
    on = said.partition(";")[0].lower() in value_words.YES
    values = [one for one in type_.values if not on or one.lower() not in (*value_words.NO, "disabled", "never")]
    named = () if entity.only else (name,)
    return tuple(shlex.join((entity.kind, "set", *named, f"{option}={one}")) for one in values)
