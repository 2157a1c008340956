"""Fills the lines of `cli.help.guesses` with the words that a person typed."""

import re
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path as FilePath
from pathlib import PurePath
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from cli.arguments import hours_hints, value_words
from cli.arguments.completion import entry_names
from cli.arguments.free_words import CALL
from cli.arguments.period_words import DAY, PERIODS, in_full
from cli.guess_tables.same_verbs import SAME
from cli.help.command_index import Path, meant
from cli.help.entity_verbs import words_of
from cli.help.foreign_options import DEVICES, END, FORMAT, IDLE, START, YES, in_own_words
from cli.help.guesses import GUESSES
from cli.help.noun_guesses import for_event
from cli.output.secret_words import HIDDEN, without_secrets

PLACE = re.compile(r"\{(?P<days>#?)(?P<word>[0-9]|--[a-z-]+):(?P<name>[^}]*)\}")
DAYS = re.compile(r"([0-9]+)[ds]?")
PARTS = re.compile(r"[\s=,:/_@]+")
NUMBER = re.compile(r"\+?[0-9]{6,}")  # of a telephone
FOREIGN, FOREIGN_PATH = "! ", ("!",)  # begins a line of another program; its words of a command
OF_WARMLINE = "! warmline "
PLAIN_TEXT = re.compile(r"[\w.+@:/-]+")  # needs no quotes, also within those of a foreign line
OPTIONS_HERE = "{*}"
VARIED = frozenset(key.partition(" +")[0] for key in GUESSES if " +" in key)
TARGETS = ("--to", "--into", "--queue", "--ingroup")  # options that name where something goes
MOST_WORDS = 3  # of a group, in a key of the table
OPEN_OPTION = re.compile(r" --(?:agent|ingroup|campaign|number) (?:USER|INGROUP|CAMPAIGN|NUMBER)(?= |$)")
LONGER = tuple(one for one in PERIODS.values() if one not in ("today", "yesterday"))
WRITTEN = (".csv", ".json", ".txt", ".wav", ".html")  # files that commands write
READING = ("audit", "route", "explain")  # groups whose commands accept `last` for the last call
LAST = "last"
# Verbs that may stand before the name, and that no line of the table has.
USUAL_VERBS = {*SAME, *SAME.values(), *words_of("list ls set update change start run now all take logout")}
MEANING = " # "
ARCHIVE = re.compile(r"\.(tar(\.\w+)?|tgz|zip|7z|t[bx]z)$", re.IGNORECASE)
BACKUP = "warmline-backup.db"  # the file of a backup if only its folder is named
# Names in a line that stand for a value, and the options that give it.
FROM_OPTIONS = {
    "USER": ("--agent", "--user", "--operator", "--member", "--as"),
    "CAMPAIGN": ("--campaign", "--campaign-id"),
    "INGROUP": ("--ingroup", "--queue", "--in-group", "--group", "--skill"),
    "LIST": ("--list", "--list-id", "--into"),
    "LEAD": ("--lead", "--lead-id"),
    "CALL": ("--call", "--call-id"),
    "NUMBER": ("--number", "--phone-number", "--phone", "--caller", "--to"),
    "PHONE": ("--phone", "--from", "--on", *DEVICES),
    "LOGIN": ("--user", "--agent", "--username", "--operator"),
    "NAME": ("--name", "--title", "--label", "--description"),
    "URL": ("--url", "--address", "--endpoint"),
    "FILE": ("--file", "--output", "--from", "--input", "--path"),
    BACKUP: ("--to", "--file", "--output", "--out", "--dest", "--path"),
    "recording-files": ("--to", "--dest", "--dir", "--folder", "--output", "--out", "--path", "--into"),
    "DIR": ("--dir", "--folder", "--output"),
    "CALL-TIME": ("--hours", "--call-time", "--schedule"),
    "ROLE": ("--role",),
    "CODE": ("--code", "--status"),
    "DID": ("--did", "--number"),
}
# Kinds whose existing names, typed anywhere, are meant by a name in a line.
KINDS = {
    "USER": "agent",
    "CAMPAIGN": "campaign",
    "INGROUP": "ingroup",
    "LIST": "list",
    "DID": "did",
    "PHONE": "phone",
    "LOGIN": "user",
    "CALL-TIME": "call-time",
}
SHAPES = {"NUMBER": NUMBER, "FILE.csv": re.compile(r".+\.csv", re.IGNORECASE), "CALL": CALL}  # of words
STANDS = re.compile(rf"(?<![\w{{-])({'|'.join(sorted((*FROM_OPTIONS, 'HOST'), key=len, reverse=True))})(?![\w}}.-])")
FLAGS = {"--json", "--csv", "--ndjson", "--dry-run", "--yes", "--help", "-h", *YES, *IDLE} - {
    *FORMAT
}  # without a value
SAYS_MORE = ("-v", "--verbose")


class GuessedLine(NamedTuple):
    """A command line without `warmline`, the words of its command, and a meaning of its own or ""."""

    text: str
    path: Path
    meaning: str = ""


def guessed(root: Any, path: Path, word: str, rest: Sequence[str]) -> list[GuessedLine]:
    """Return the lines of the table for a word of a group that is no command, with `rest`, the words after it.

    `root` is the command `warmline`, here and in the other functions.
    """
    found, left = _row(path, (word, *rest[: MOST_WORDS - 1]), rest)
    found = for_event(found, option_values(rest))
    if path == ("user",) and set(rest) & {*entry_names("ingroup")}:  # no group of people
        found = tuple(line for line in found if "ingroups=" in line) or found
    return [filled(root, line, without_verb(rest[left - 1 :])) for line in found]


def words_in_table(path: Path, words: Sequence[str]) -> int:
    """Return how many of these words the key of the table has that takes precedence; 0 without one."""
    return _row(path, words[:MOST_WORDS])[1]


def _row(path: Path, words: Sequence[str], rest: Sequence[str] = ()) -> tuple[tuple[str, ...], int]:
    """Return the lines of the longest key that the words begin with, and its number of words.

    A key for a kind of entry among `rest` takes precedence over the same key without one.
    """
    keys = [path]
    found: tuple[str, ...] = ()
    length = 0
    for place, one in enumerate(words, 1):
        keys = [(*key, form) for key in keys for form in _forms(one)]
        plain = [" ".join(key) for key in keys]
        variants = _variants(rest) if rest and {*plain} & VARIED else []
        wanted = [key + variant for variant in (*variants, "") for key in plain]
        if lines := next((GUESSES[key] for key in wanted if key in GUESSES), None):
            found, length = lines, place
    return found, length


def _variants(rest: Sequence[str]) -> list[str]:
    """Return ` +ingroup` if words name an in-group, and so on: what something goes to comes first."""
    options, words = with_pairs(rest), positional(rest)
    named = [*(options[one] for one in TARGETS if one in options), *reversed(words), *options.values()]
    kinds = ("ingroup", "campaign", "user-group", "agent")
    found = [f" +{kind}" for one in named for kind in kinds if one in entry_names(kind)]
    found += [" +number"] if any(map(NUMBER.fullmatch, words)) else []
    found += [" +until"] if {"--until", "--till", "--for"} & {*options} else []
    found += [" +agent"] if {*FROM_OPTIONS["USER"]} & {*options} else []
    return [*dict.fromkeys(found), *([] if words else [" +none"])]


def with_pairs(rest: Sequence[str]) -> dict[str, str]:
    """Return the options among these words with their values; `member=eve` is `--member eve`."""
    pairs = (one.partition("=") for one in positional(without_secrets(rest)))
    return {f"--{name.lower()}": value for name, equals, value in pairs if equals} | option_values(rest)


def without_verb(rest: Sequence[str]) -> Sequence[str]:
    """Return words without a first one that is a verb: `create` of `backup create` is no name of a file."""
    return rest[1:] if rest and rest[0].lower() in USUAL_VERBS else rest


def filled(root: Any, line: str, rest: Sequence[str]) -> GuessedLine:
    """Return a line of the table with the words of a guess in its places."""
    text, _, meaning = line.partition(MEANING)
    is_foreign = text.startswith(FOREIGN)
    path = meant(text.removeprefix(OF_WARMLINE).split()) or FOREIGN_PATH
    shown = without_secrets(rest)
    options = with_pairs(rest)
    words = [one for one in positional(shown) if one != HIDDEN]

    used = {int(one["word"]) for one in PLACE.finditer(text) if one["word"].isdigit()}
    loose = [one for place, one in enumerate(words, 1) if place not in used]

    def typed(name: str) -> str:
        if name == "HOST":
            return next((host for one in shown if (host := _host(one))), "")
        given = next((value_of(name, options[one]) for one in FROM_OPTIONS.get(name, ()) if options.get(one)), "")
        known = entry_names(KINDS[name]) if name in KINDS and loose and not given else []
        shape = SHAPES.get(name)
        return given or next((one for one in loose if one in known or (shape and shape.fullmatch(one))), "")

    def of(place: re.Match[str]) -> str:
        key = place["word"]
        given = options.get(key, "") if key.startswith("-") else "".join(words[int(key) - 1 : int(key)])
        if place["name"] == "VALUE" and key == "2" and hours_hints.options(" ".join(words[1:])):
            given = " ".join(words[1:])
        if path[:1] == ("dial",) and not place["name"] and given not in (known := entry_names("campaign")) and known:
            given = next((one for one in words if one in known), "")
        if place["days"]:
            days = DAYS.fullmatch(given)
            given = days[1] if days else ""
        if given == LAST and path[0] not in READING:  # the last call may be another one by the time it is copied
            given = ""
        if place["name"] == "USER" and CALL.fullmatch(given):
            given = ""
        given = value_of(place["name"], given) or typed(place["name"])
        return quoted(given) or place["name"]

    def quoted(given: str) -> str:
        return ("" if is_foreign and not PLAIN_TEXT.fullmatch(given) else given) and shlex.quote(given)

    done = STANDS.sub(lambda one: quoted(typed(one[1])) or one[1], text)
    done = PLACE.sub(of, done).strip()
    if path[0] in ("report", "audit", "recording"):  # without a name, they are about all
        done = OPEN_OPTION.sub(lambda one: one[0] if one[0] in text else "", done)
    written = {*(one["word"] for one in PLACE.finditer(text)), *text.split()}
    of_command = path != FOREIGN_PATH and (OPTIONS_HERE in text or not is_foreign)
    kept = kept_options(root, path, shown) if of_command else []
    added = [shlex.join(one) for name, one in kept if name not in written]
    if OPTIONS_HERE in done:
        done = " ".join(done.replace(OPTIONS_HERE, " ".join(added)).split())
        return GuessedLine(done, FOREIGN_PATH if is_foreign else path, meaning)
    if is_foreign:
        return GuessedLine(done, FOREIGN_PATH, meaning)
    added += _to_file(root, path, loose, [done, *added])
    return GuessedLine(" ".join((done, *added)), path, meaning)


def as_typed(line: GuessedLine) -> str:
    """Return a line as it is typed in a shell."""
    return line.text.removeprefix(FOREIGN) if line.path == FOREIGN_PATH else f"warmline {line.text}"


def _to_file(root: Any, path: Path, words: Sequence[str], line: Sequence[str]) -> list[str]:
    """Return `--to leads.csv` for a typed file, if the command writes one and the line has none."""
    known = {name: str(one.metavar or "") for one in command_at(root, path).params for name in one.opts}
    file = next((one for one in words if PurePath(one).suffix.lower() in WRITTEN), "")
    takes = known.get("--to", "") == "FILE" and file and not any("--to" in one for one in line)
    return [f"--to {shlex.quote(file)}"] if takes else []


def value_of(name: str, text: str) -> str:
    """Return a value for a place of that name: a phone without its technology, a file in the folder of a backup."""
    text = without_archive(text) if name == BACKUP else text
    if name == BACKUP and text and (text.endswith("/") or FilePath(text).is_dir()):
        return str(PurePath(text, BACKUP))
    return value_words.plain_name(text) if name == "PHONE" else text


def without_archive(file: str) -> str:
    """Return the file of a database beside an archive: warmline.db for warmline.tar.gz."""
    return ARCHIVE.sub(".db", file)


def _host(text: str) -> str:
    """Return the host of an address; "" if the text is none."""
    return (urlsplit(text).hostname or "") if "://" in text else ""


def repeated(root: Any, path: Path, rest: Sequence[str]) -> GuessedLine:
    """Return the line of a command that was meant, with the words of the guess that the command takes.

    Names stand for words and options that the command needs besides them.
    """
    command, words = command_at(root, path), without_secrets(rest)
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    room = None if any(one.nargs != 1 for one in arguments) else len(arguments)
    typed = [one for one in positional(words) if one != HIDDEN and (one != LAST or path[0] in READING)]
    given, more = typed[:room], iter(typed[len(typed[:room]) :])
    missing = [one.display_name_raw.strip("[]") for one in arguments[len(given) :] if one.required]
    options = kept_options(root, path, words)
    names = {name for name, _ in options}
    needed = [one for one in command.params if one.param_type_name == "option" and one.required]
    added = [f"{one.opts[0]} {shlex.quote(next(more, one.metavar))}" for one in needed if not names & set(one.opts)]
    text = shlex.join([*path, *given, *(word for _, one in options for word in one)])
    return GuessedLine(" ".join((text, *missing, *added)), path)


def of_kind(root: Any, path: Path, words: Sequence[str]) -> Sequence[str]:
    """Return words without the first one, if the command is about an entry of a kind and the word names none."""
    arguments = [one for one in command_at(root, path).params if one.param_type_name == "argument"]
    kind = KINDS.get(arguments[0].display_name_raw.strip("[]"), "") if arguments else ""
    known = entry_names(kind) if kind else []
    return words[1:] if known and words and words[0] not in known and not words[0].startswith("-") else words


def command_at(root: Any, path: Path) -> Any:
    """Load a command by its words."""
    command = root
    for word in path:
        command = command.load(word)
    return command


def option_names(command: Any) -> set[str]:
    """Return the options of a command."""
    return {name for one in command.params for name in (*one.opts, *one.secondary_opts) if name.startswith("-")}


def kept_options(root: Any, path: Path, rest: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the options among these words that the command has: the name of each, and its words."""
    command = command_at(root, path)
    known = option_names(command)
    flags = {name for one in command.params if getattr(one, "is_flag", False) for name in one.opts}
    metavars = {name: str(one.metavar or "") for one in command.params for name in one.opts}
    kept: list[tuple[str, tuple[str, ...]]] = []
    words = in_full(in_own_words(rest, command), known)
    period = next((one for one in positional(rest) if one in PERIODS.values()), "")
    if period and DAY in known and not {DAY, "--since", "--between"} & set(words):
        words += [DAY, period]
    for place, word in enumerate(words):
        name = word.partition("=")[0]
        if path == ("audit", "agent") and "".join(words[place + 1 : place + 2]) in LONGER:
            continue  # it accounts for one day
        if word.startswith("-") and name in known:
            value = value_after(words, place) if word == name and name not in flags else []
            kept.append((name, (word, *(value_of(metavars.get(name, ""), one) for one in value))))
    return kept


def option_values(rest: Sequence[str]) -> dict[str, str]:
    """Return the options among these words, each with its value, without secrets."""
    words = without_secrets(rest)
    pairs = ((one.partition("="), value_after(words, place)) for place, one in enumerate(words) if one[:2] == "--")
    return {name: value if equals else "".join(after) for (name, equals, value), after in pairs}


def left_out(rest: Sequence[str], lines: Sequence[str], is_meant: Callable[[str], bool] = lambda _: False) -> list[str]:
    """Return the options among these words, with their values, of which no line has the name or the value.

    A telephone number that no line has is among them.
    `is_meant` returns whether a line has what a typed name means, in other words.
    """
    words = without_secrets(rest)
    said = {part for line in lines for word in shlex.split(line) for part in (word, *PARTS.split(word))}
    said |= {one.strip("'\".,;()$-") for one in said}
    if {"--between", "--since", DAY} & said:
        said |= {*START, *END}
    found: list[str] = []
    for place, word in enumerate(words):
        name, _, value = word.partition("=")
        after = value or "".join(value_after(words, place)) if name not in FLAGS else ""
        is_option = word[:1] == "-" and word not in ("-", "--")
        is_format = name in FORMAT and PurePath(after).suffix == ""  # `-o complaint.wav` names a file
        if not is_option or is_format or name in (*(FLAGS - {*SAYS_MORE}), *PERIODS) or HIDDEN in (word, after):
            continue
        plain = name.strip("-")
        parts = {
            name,
            plain,
            plain.replace("-", "_"),
            after,
            after.lower().replace("-", ""),
            after.rstrip("smhd%"),
            *PARTS.split(after),
        } - {""}
        if not parts & said and not is_meant(plain):
            found += [word, *([after] if after and not value else [])]
    return [*found, *(one for one in positional(words) if NUMBER.fullmatch(one) and one not in said)]


def value_after(words: Sequence[str], place: int) -> list[str]:
    """Return the value of the option at this place: the next word, if that is no option."""
    return [word for word in words[place + 1 : place + 2] if word == "-" or not word.startswith("-")]


def positional(rest: Sequence[str]) -> list[str]:
    """Return the words that are neither options nor, as far as known, their values."""
    found: list[str] = []
    is_value = False
    for place, word in enumerate(rest):
        if word.startswith("-") and word != "-":
            dated = word in PERIODS and "".join(rest[place + 1 : place + 2])[:1].isdigit()  # `--month 2026-10`
            is_value = "=" not in word and (word not in PERIODS or dated) and word not in FLAGS
        elif is_value:
            is_value = False
        else:
            found.append(word)
    return found


def _forms(word: str) -> tuple[str, ...]:
    """Return a word as the table may have it: as it is, in the singular, and as the verb of the same meaning.

    American words are also returned in British spelling.
    """
    plain = word.lower().replace("_", "-")
    forms: tuple[str, ...] = (plain, plain.removesuffix("s"))
    forms = (*forms, *(SAME[one] for one in forms[:1] if one in SAME))
    return (*forms, *(one.replace("dialer", "dialler") for one in forms if "dialer" in one))
