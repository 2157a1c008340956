"""Options of other programs, in Warmline's words: `--format csv` is `--csv`, `--from A --to B` is `--between A..B`."""

import re
import shlex
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from pathlib import PurePath
from typing import Any

DEVICES = ("--extension", "--exten", "--ext", "--device", "--my-phone", "--via", "--with")  # words for a phone
# Options with a value, and those that they may be; the first one that the command has is meant.
SAME: dict[str, tuple[str, ...]] = {
    "--date": ("--day", "--at"),
    "--on": ("--day", "--at", "--phone"),
    "--when": ("--at",),
    "--time": ("--at",),
    "--from": ("--cid", "--phone"),
    **dict.fromkeys(DEVICES, ("--phone",)),
    "--number": ("--cid",),
    "--clid": ("--cid",),
    "--caller-id": ("--number", "--cid"),
    "--period": ("--day",),
    "--queue": ("--ingroup",),
    "--in-group": ("--ingroup",),
    "--skill": ("--ingroup",),
    "-q": ("--ingroup",),
    "--group": ("--ingroup",),
    "--user": ("--agent", "--who"),
    "--operator": ("--agent",),
    "--by-user": ("--who",),
    "--phone-number": ("--number",),
    "--phone": ("--number", "--cid"),
    "--caller": ("--number", "--cid"),
    "--callerid": ("--number", "--cid"),
    "--output": ("--to", "--html"),
    "-o": ("--to", "--html"),
    "--out": ("--to", "--html"),
    "--file": ("--to", "--html"),
    "--outfile": ("--to", "--html"),
    "--dir": ("--to",),
    "-n": ("--limit",),
    "--max": ("--limit",),
    "--count": ("--limit",),
    "--head": ("--limit",),
    "--last": ("--since", "--limit"),
    "--age": ("--since",),
    "--newer-than": ("--since",),
    "--columns": ("--fields",),
    "--select": ("--fields",),
    "--reason": ("--why",),
    "--comment": ("--why",),
    "--interval": ("--by",),
    "--per": ("--by",),
    "--group-by": ("--by",),
    "--result": ("--outcome",),
    "--list-id": ("--list",),
    "--campaign-id": ("--campaign",),
    "--tz": ("--timezone",),
}
# Options that need no confirmation in Warmline, and what they are called.
YES = ("-y", "--force", "--assume-yes", "--no-confirm", "--confirm", "--no-input")
# Options that change nothing that Warmline's commands would not do anyway.
IDLE = (
    "--live",
    "--follow",
    "-f",
    "--watch",
    "-w",
    "--all",
    "-a",
    "--verbose",
    "-v",
    "--wide",
    "--pretty",
    "--long",
    "-l",
)
FORMAT = ("--format", "--output", "-o", "--output-format", "--as", "-F")
SHEETS = ("xlsx", "xls", "excel", "ods", "spreadsheet")
FORMATS = {
    "csv": "--csv",
    "json": "--json",
    "ndjson": "--ndjson",
    "jsonl": "--ndjson",
    "yaml": "--json",
} | dict.fromkeys(SHEETS, "--csv")
PLAIN = ("wide", "table", "text", "plain")  # forms of what is printed without an option
START = ("--from", "--start", "--begin", "--start-date", "--from-date", "--after", "--since")
END = ("--to", "--until", "--till", "--end", "--end-date", "--to-date")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
SPACED = re.compile(r"(this|last|next)[-_ ](week|month)", re.IGNORECASE)
OPEN_END = ("now", "today", "")
INTERVALS = {
    **dict.fromkeys(("hour", "hourly", "hours", "60m", "60", "60min"), "1h"),
    **dict.fromkeys(("day", "daily", "days", "24h"), "1d"),
    **dict.fromkeys(("half-hour", "halfhour", "half", "30", "30min"), "30m"),
    **dict.fromkeys(("quarter", "15", "15min", "quarter-hour"), "15m"),
}
NO_FIELDS = ("--list", "--campaign", "--state")  # words for a field of a lead that are also those of something else
VALUES = re.compile(r"[\w+@.][\w+@.,|-]*")
FOLDERS = ("FOLDER", "DIR")  # metavars of options to which a file is not to be given

LEVELS = {  # words for the levels of the log
    **dict.fromkeys(("error", "errors", "err", "fatal", "critical"), "error"),
    **dict.fromkeys(("warning", "warnings", "warn"), "warning"),
    **{one: one for one in ("info", "debug")},
}


def in_own_words(words: Sequence[str], command: Any, today: date | None = None) -> list[str]:
    """Return a command line in which the options that the command does not have are those that it has instead.

    `today` is the day of the command. A last day named by its date is included, as people expect.
    """
    options = {name: one for one in command.params for name in (*one.opts, *one.secondary_opts) if name[:1] == "-"}
    found = _period(_months(_split(words, options), options), options, today or date.today())
    found = _filtered(found, options)
    done: list[str] = []
    skipped = False
    for place, word in enumerate(found):
        value = found[place + 1] if place + 1 < len(found) and found[place + 1][:1] != "-" else ""
        if skipped or word in options or not word.startswith("-") or word == "-":
            done += [] if skipped else [_in_units(done[-1] if done else "", word)]
            skipped = False
        elif word in FORMAT and (value in PLAIN or FORMATS.get(value) in options or _is_csv(value, command)):
            done += [FORMATS[value]] if FORMATS.get(value) in options else []
            skipped = True
        elif word in YES and "--yes" in options:
            done.append("--yes")
        elif word in IDLE:
            continue
        elif value and (same := next((one for one in SAME.get(word, ()) if one in options and _suits(one, value)), "")):
            done += [same, _in_units(same, _fitting(value, options[same]))]
            skipped = True
        else:
            done.append(word)
    return done


def _is_csv(value: str, command: Any) -> bool:
    """Return whether a command that writes nothing but CSV is asked for it, or for a spreadsheet."""
    return getattr(command, "name", "") == "export" and FORMATS.get(value) == "--csv"


def _in_units(option: str, value: str) -> str:
    """Return the length of an interval as reports have it: 1h for `hour`."""
    if option == "--day" and (whole := SPACED.fullmatch(value)):  # `last-week`
        return (whole[1] + whole[2]).lower()
    return INTERVALS.get(value.lower(), value) if option == "--by" else value


def _suits(option: str, value: str) -> bool:
    """Return whether an option may have this value: `call.wav` is no HTML page, and `7d` is no number of calls."""
    if option == "--html":
        return PurePath(value).suffix.lower() in ("", ".html", ".htm")
    if option == "--since":
        return not value.isdigit()
    return value.isdigit() or option != "--limit"


def _split(words: Sequence[str], known: Collection[str]) -> list[str]:
    """Return the words, with `--date=yesterday` as two words if the command does not have `--date`."""
    pairs = ((word, word.partition("=")) for word in words)
    return [
        part
        for word, (name, equals, value) in pairs
        for part in ((name, value) if equals and word[:2] == "--" and name not in known else (word,))
    ]


def _months(words: list[str], known: Collection[str]) -> list[str]:
    """Return the words with `--between 2026-10-01..2026-11-01` for a month such as `--month 2026-10`."""
    for place, word in enumerate(words[:-1]):
        month = MONTH.fullmatch(words[place + 1])
        if word in ("--month", "--date", "--period", "--day", "--in") and month and "--between" in known:
            year, number = int(month[1]), int(month[2])
            after = date(year + number // 12, number % 12 + 1, 1)
            return [*words[:place], "--between", f"{month[0]}-01..{after.isoformat()}", *words[place + 2 :]]
    return words


def _filtered(words: list[str], known: Collection[str]) -> list[str]:
    """Return the words with `--where status=SALE` for `--status SALE`, if the command filters leads by their fields."""
    if "--where" not in known:
        return words
    names = {
        place: field
        for place, word in enumerate(words[:-1])
        if word[:2] == "--" and word not in (*known, *NO_FIELDS)
        if VALUES.fullmatch(words[place + 1]) and (field := _field(word))
    }
    asked = [f"{name}={words[place + 1].replace(',', '|')}" for place, name in names.items()]
    if not asked:
        return words
    gone = {at for place in names for at in (place, place + 1)}
    kept = [word for place, word in enumerate(words) if place not in gone]
    if "--where" not in kept[:-1]:
        return [*kept, "--where", " and ".join(asked)]
    at = kept.index("--where") + 1
    typed = f"({kept[at]})" if " or " in kept[at] else kept[at]  # `and` binds more strongly
    return [*kept[:at], " and ".join((typed, *asked)), *kept[at + 1 :]]


def _field(option: str) -> str:
    """Return the field of a lead that an option is named after; "" if there is none."""
    from warmline.leads.foreign_field_names import FIELD_OF, plain
    from warmline.leads.lead_fields import FIELDS

    name = plain(option.strip("-"))
    return next((one for one in (name, FIELD_OF.get(name, "")) if one in FIELDS), "")


def _period(words: list[str], known: Collection[str], today: date) -> list[str]:
    """Return the words with `--between A..B` or `--since A` for the first and the last day of a period."""
    starts = [
        place for place, word in enumerate(words[:-1]) if word in START and (word not in known or word == "--since")
    ]
    ends = [place for place, word in enumerate(words[:-1]) if word in END and word not in known]
    if "--between" not in known or len(starts) != 1 or len(ends) > 1 or (not ends and words[starts[0]] == "--since"):
        return words
    first = words[starts[0] + 1]
    last = _day_after(words[ends[0] + 1], today) if ends else ""
    gone = {at for place in (*starts, *ends) for at in (place, place + 1)}
    period = ["--since", first] if last in OPEN_END else ["--between", f"{first}..{last}"]
    return [*(word for place, word in enumerate(words) if place not in gone), *period]


def _day_after(text: str, today: date) -> str:
    """Return the day before whose start a period ends that includes the day of this text."""
    if text == "yesterday":
        return today.isoformat()
    if not DAY.fullmatch(text):
        return text
    try:
        following = date.fromisoformat(text) + timedelta(days=1)
    except ValueError:
        return text
    return following.isoformat()


def _fitting(value: str, option: Any) -> str:
    """Return a value for an option; the folder of a file, if the option takes a folder."""
    file = PurePath(value)
    return str(file.parent) if str(option.metavar or "").startswith(FOLDERS) and file.suffix else value


def journal_options(rest: Sequence[str]) -> str:
    """Return what follows `journalctl` for these words: how much it shows, since when, of which level."""
    options, filters = "", ""
    for place, word in enumerate(rest):
        name, _, value = word.partition("=")
        value = value or "".join(one for one in rest[place + 1 : place + 2] if not one.startswith("-"))
        if name in ("-f", "--follow", "--tail") and not value.isdigit():
            options += " -f"
        elif name in ("-n", "--lines", "--last", "--tail") and value.isdigit():
            options += f" -n {value}"
        elif name in ("--since", "--until") and value:
            options += f" {name} {shlex.quote(f'-{value}' if value[0].isdigit() and value[-1].isalpha() else value)}"
        elif name in ("-g", "--grep", "--call", "--search", "--filter", "--match") and value:
            options += f" --grep {shlex.quote(value)}"
        elif level := LEVELS.get(name.strip("-")) or LEVELS.get(value):
            filters = f" | grep level={level}"
    return options + filters


def without_levels(rest: Sequence[str]) -> list[str]:
    """Return the words that name no level of the log."""
    return [word for word in rest if word.strip("-") not in LEVELS]
