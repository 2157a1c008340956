"""Lines of the shell and of Asterisk for what Warmline has no command of its own for: music, mailboxes, timers."""

import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from cli.arguments import list_hints
from cli.arguments.completion import entry_names
from cli.arguments.free_words import LONG_NUMBER

Line = tuple[str, str]  # a line for the shell, and its meaning
MUSIC = ("moh", "music", "music-on-hold", "hold-music")
AUDIO = re.compile(r".+\.(?:wav|mp3|ogg|gsm|ulaw|alaw|flac|m4a|opus)", re.IGNORECASE)
MUSIC_FOLDER = "/var/lib/asterisk/moh"
MAILBOXES = ("voicemail", "voicemails", "vm", "mailbox", "mailboxes")
SCHEDULE = ("schedule", "cron", "daily", "nightly", "hourly", "weekly", "auto", "automatic", "every", "at", "crontab")
VERIFY = ("verify", "check", "validate", "test")
COMPARE = ("diff", "compare", "differences", "difference")
TEST_CALLS = ("originate", "test-call", "testcall", "call")
FILES = "/var/backups/warmline"
CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
KEPT = ("--keep", "--retain", "--keep-days", "--days", "--rotate")
HEARD = (*KEPT, "--echo", "--only", "--entity", "--until", "--unheard", "--new", "--daily", "--nightly", "--weekly")
NEW_CLASS = "printf '\\n[{name}]\\nmode=files\\ndirectory={folder}\\n' >> /etc/asterisk/musiconhold.conf"
NO_PART = "A backup is restored as a whole. Its changes can be undone one by one."


def steps(path: Sequence[str], word: str, rest: Sequence[str], options: Mapping[str, str]) -> tuple[Line, ...]:
    """Return the lines for a guess that names a thing outside Warmline; none for another guess.

    `options` are the options among `rest`, with their values.
    """
    words = [word.lower(), *rest]
    if (not path or tuple(path) == ("ingroup",)) and word.lower() in MUSIC:
        return _music(words, options)
    if not path and word.lower() in MAILBOXES:
        return _mailbox(words, options)
    if not path and word.lower() == "backup":
        return _verified(rest) or _scheduled(rest, options) or _copies(rest, options)
    if not path and word.lower() == "restore" and (names := options.get("--only") or options.get("--entity")):
        return _undone(names)
    if len(path) < 2 and word.lower() in COMPARE and not options:
        return _compared(rest)
    trunk = options.get("--trunk", "")
    number = options.get("--call") or next((one for one in rest if LONG_NUMBER.fullmatch(one)), "")
    if trunk and number and word.lower() in (*TEST_CALLS, *VERIFY):
        return _test_call(trunk, number)
    if tuple(path) == ("campaign",) and word.lower() in ("pause", "stop") and rest and options.get("--until"):
        return _paused(rest[0], options["--until"])
    return ()


def _music(words: Sequence[str], options: Mapping[str, str]) -> tuple[Line, ...]:
    """Return the lines that make a class of music of a file, and give it to the in-group."""
    file = next((one for one in (*words, *options.values()) if AUDIO.fullmatch(one)), "")
    if not file:
        listed = {"list", "ls", "show", "classes", "files", "status"} & {*words}
        return (("asterisk -rx 'moh show classes'", "Classes of music are Asterisk's."),) if listed else ()
    name = re.sub(r"[^\w-]+", "-", PurePath(file).stem)
    folder = f"{MUSIC_FOLDER}/{name}"
    made = shlex.join(("ffmpeg", "-i", file, "-ar", "8000", "-ac", "1", f"{folder}/{name}.wav"))
    named = [options.get("--ingroup", ""), options.get("--queue", ""), *words]
    ingroup = next((one for one in named if one in entry_names("ingroup")), "INGROUP")
    new = NEW_CLASS.format(name=name, folder=folder)
    return (
        (f"mkdir -p {folder} && {made}", "Put the music into a folder of its own."),
        (f"{new} && asterisk -rx 'moh reload'", "Make a class of music of it, once."),
        (shlex.join(("warmline", "ingroup", "set", ingroup, f"moh_context={name}")), "Play it to waiting callers."),
        ("warmline doctor --only music", "Check that the class has files."),
    )


def _mailbox(words: Sequence[str], options: Mapping[str, str]) -> tuple[Line, ...]:
    """Return the lines about a mailbox of Asterisk, and those by which an in-group leads to it."""
    pairs = {one.partition("=")[0].strip("-"): one.partition("=")[2] for one in words if "=" in one}
    pairs |= {name.strip("-"): value for name, value in options.items()}
    mail = next((one for one in pairs.values() if EMAIL.fullmatch(one)), "")
    ingroup = next((one for one in (*words, *pairs.values()) if one in entry_names("ingroup")), "")
    listed = {"list", "ls", "show", "unheard", "new", "count", "messages", "status"} & {*words, *pairs}
    shown = ("asterisk -rx 'voicemail show users'", "Mailboxes are Asterisk's; this counts their new messages.")
    if listed or not (mail or ingroup):
        return (shown,) if listed else ()
    box = str(list_hints.value_now("ingroup", ingroup, "voicemail_ext") or "") or "1000@default"
    limit = next((pairs[one] for one in ("maxlen", "max", "maxsecs", "max-length", "limit") if pairs.get(one)), "")
    entry = f"{box.partition('@')[0]} => PIN,{ingroup or 'Mailbox'},{mail}" + (f",,maxsecs={limit}" if limit else "")
    line = shlex.join(("warmline", "ingroup", "set", ingroup or "INGROUP", "drop_action=VOICEMAIL"))
    return (
        (f"echo {shlex.quote(entry)} >> /etc/asterisk/voicemail.conf", "Choose PIN. A mailbox is Asterisk's."),
        ("asterisk -rx 'voicemail reload'", "Let Asterisk read it."),
        (f"{line} voicemail_ext={box}", "Lead callers there who waited for drop_call_seconds."),
    )


def _scheduled(rest: Sequence[str], options: Mapping[str, str]) -> tuple[Line, ...]:
    """Return the line for a crontab that backs up by itself; none if the words name no time."""
    if not {one.lower() for one in rest} & {*SCHEDULE}:
        return ()
    clock = next((found for one in rest if (found := CLOCK.fullmatch(one))), None)
    minute, hour = (int(clock[2]), int(clock[1])) if clock else (30, 2)
    when = f"{minute} {'*' if 'hourly' in rest else hour} * * {'0' if 'weekly' in rest else '*'}"
    kept = next((options[one] for one in KEPT if options.get(one, "").rstrip("d").isdigit()), "14").rstrip("d")
    folder = next((options[one] for one in ("--to", "--dest", "--dir", "--path") if options.get(one)), FILES)
    line = f"{when} root warmline db backup {folder}/warmline-$(date +\\%F-\\%H\\%M).db"
    deleted = f" && find {folder} -name 'warmline-*.db' -mtime +{kept} -delete"
    return (
        (f"mkdir -p -m 700 {folder}", "Backups hold personal data."),
        (f"echo {shlex.quote(line + deleted)} > /etc/cron.d/warmline-backup", f"Keep {kept} days. cron runs it."),
    )


def _copies(rest: Sequence[str], options: Mapping[str, str]) -> tuple[Line, ...]:
    """Return the line that lists or deletes former backups; none if the words ask for something else."""
    verb = rest[0].lower() if rest else ""
    if verb in ("list", "ls", "show"):
        return ((f"ls -lt {FILES}", "Warmline keeps no list of backups; this is a usual folder of them."),)
    kept = next((options[one] for one in KEPT if options.get(one, "").rstrip("d").isdigit()), "").rstrip("d")
    if verb in ("prune", "purge", "rotate", "clean", "cleanup", "expire") and kept:
        line = f"find {FILES} -name '*.db' -mtime +{kept}"
        return ((line, f"List the copies older than {kept} days."), (f"{line} -delete", "Delete them."))
    return ()


def _verified(rest: Sequence[str]) -> tuple[Line, ...]:
    """Return the lines that check a copy; none if the words ask for something else."""
    if not rest or rest[0].lower() not in VERIFY:
        return ()
    named = next((one for one in rest[1:] if "/" in one or "." in one), "")
    newest = f'"$(ls -t {FILES}/*.db | head -1)"'
    file = shlex.quote(named) if named else newest
    return (
        (f"sqlite3 -readonly {file} 'PRAGMA integrity_check'", "`ok` means whole; `db backup` also checks each copy."),
        ("warmline db check", "Check the database in use, with its hash chains."),
    )


def _undone(names: str) -> tuple[Line, ...]:
    """Return the lines that bring back former settings of an entry."""
    kind, _, name = names.partition("/")
    kind = kind.removesuffix("s")
    about = ("--entity", kind, *(("--name", name) if name else ()))
    return (
        (shlex.join(("warmline", "config", "history", *about)), NO_PART),
        ("warmline config undo REVISION", "Take back the change of this revision."),
    )


def _compared(rest: Sequence[str]) -> tuple[Line, ...]:
    """Return the line that compares two entries of a kind; none if the words name no two."""
    for kind in ("campaign", "ingroup", "agent", "did", "list", "user", "call-time"):
        names = [one for one in rest if one in entry_names(kind)]
        others = [one for one in rest if one[:1] != "-" and one.rstrip("s") != kind and one not in names]
        if names and len(names) + len(others) == 2:
            shown = [f"<(warmline {kind} show {shlex.quote(one)})" for one in (*names, *others)]
            return ((f"diff {' '.join(shown)}", "Print the options that differ."),)
    return ()


def _test_call(trunk: str, number: str) -> tuple[Line, ...]:
    """Return the lines that show a trunk's registration, and call a number through it."""
    shown = ("asterisk -rx 'pjsip show registrations'", "Show whether the trunk is registered.")
    call = f"channel originate PJSIP/{number}@{trunk} application Echo"
    return (
        shown,
        (
            f"asterisk -rx {shlex.quote(call)}",
            "Call the number; it hears itself. No command of Warmline makes such a call.",
        ),
    )


def _paused(campaign: str, time: str) -> tuple[Line, ...]:
    """Return the lines that stop a dialler, and start it again at a time."""
    name = shlex.quote(campaign)
    start = shlex.quote(f"warmline campaign start {name}")
    return (
        (f"warmline campaign stop {name}", "Agents stay logged in. It does not start again by itself."),
        (f"echo {start} | at {shlex.quote(time)}", "Let `at` start it."),
    )
