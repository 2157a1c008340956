"""Lines of other programs for a guess: systemd's journal, the copy of recordings, the stop before a restore."""

import os
import re
import shlex
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from typing import NamedTuple

from cli.arguments.sentences import other_steps
from cli.client import systemd_service
from cli.help.foreign_options import journal_options
from cli.help.guessed_line import BACKUP, FROM_OPTIONS, option_values, positional, without_archive
from cli.tree.unknown_command import UnknownCommandError

# Programs whose commands are also tried here: the next word is the verb.
PROGRAMS = ("fwconsole", "systemctl", "service", "asterisk", "amportal", "core", "module", "docker", "kubectl")
JOURNAL = ("logs", "log", "journal", "journalctl")
SERVICES = {
    "start": "systemctl start warmline",
    "stop": "systemctl stop warmline.target",
    "restart": "systemctl restart warmline.target",
    "reload": "systemctl reload warmline",
}
OTHERS = (*JOURNAL, *SERVICES)
UNITS = {
    **dict.fromkeys(("app", "call", "calls", "warmline", "dialler", "dialer"), "warmline"),
    **dict.fromkeys(("api", "http", "web"), "warmline-api"),
    **dict.fromkeys(("worker", "workers"), "warmline-workers"),
    **{one: f"warmline-{one}" for one in ("agi", "guard")},
    "asterisk": "asterisk",
}
GENTLE = ("--graceful", "--gracefully", "--when-idle", "--idle", "--safe", "--soft", "--no-drop", "--wait")
FOLLOW = ("tail", "follow", "watch")
SHOW = ("show", "view", "list", "cat", "print", "get")
COPIES = ("backup", "archive", "copy", "tar", "zip")
UPGRADE = ("upgrade", "update", "self-update")
LOOKS = ("--check", "--check-only", "--dry-run", "--list", "check")  # at an upgrade, without one
NEWEST = ("latest", "last", "newest", "now")  # words for a backup without its name
SILENT = "--no-recordings"
GZIPPED = (".tar.gz", ".tgz")
DATABASE = re.compile(r"\w[\w.-]*\.db")
FIRST_NAMES = 4  # in an archive of a backup: the database, two files of settings, the folder of recordings
SQLITE = b"SQLite format 3"
RECORDINGS = "/var/spool/asterisk/recording"  # if the settings cannot be read


class MachineLines(NamedTuple):
    """Lines with their meanings that come before and after those of Warmline, and whether they are `alone`.

    `heard` has the options that they follow.
    """

    before: tuple[tuple[str, str], ...] = ()
    after: tuple[tuple[str, str], ...] = ()
    alone: bool = False
    heard: tuple[str, ...] = ()


def of_machine(error: UnknownCommandError) -> MachineLines:
    """Return the lines of other programs that a guess means."""
    word, rest = error.word.lower(), list(error.rest)
    if lines := other_steps.steps(error.path, word, rest, option_values(rest)):
        return MachineLines(lines, alone=True, heard=tuple(one for one in rest if one in other_steps.HEARD))
    if error.path == ("recording",) and word in COPIES:
        return MachineLines((_recordings(rest),), alone=True)
    if error.path:
        return MachineLines()
    if word in COPIES and rest[:1] in (["recording"], ["recordings"]):
        return MachineLines((_recordings(rest[1:]),), alone=True)
    if word == "backup" and rest[:1] == ["restore"]:
        file = "".join(one for one in _files(rest[1:])[:1] if one not in NEWEST)
        around = _restore(file)
        restored = (
            f"warmline db restore {shlex.quote(file) if file else 'FILE'}",
            "Replace the database by its backup.",
        )
        return around if around.alone else MachineLines((*around.before, restored, *around.after), alone=True)
    if word == "backup":
        return MachineLines(after=_beside_database(rest, silent=SILENT in error.rest), heard=(SILENT,))
    if word in UPGRADE and (looks := [one for one in rest if one in LOOKS]):
        return MachineLines((_newer(),), alone=True, heard=tuple(looks))
    if word == "restore":
        return _restore("".join(_files(rest)[:1]))
    if word in FOLLOW and {*JOURNAL} & {*positional(rest)}:
        word, rest = "logs", [word, *(one for one in rest if one not in JOURNAL)]
    if word in PROGRAMS and rest:
        about = [word] if word == "asterisk" else []
        word, rest = rest[0].lower(), [*(one for one in rest[1:] if one != "warmline"), *about]
    word = word if word in OTHERS else word.removesuffix("s")
    if word in JOURNAL and (line := _journal(rest)):
        return MachineLines(((line, ""),), alone=word != "log" or bool(rest))
    if word in SERVICES and (made := _service(word, rest)):
        return made
    again = word in error.rest[:1]  # `service restart`
    return MachineLines(((SERVICES[word], ""),)) if word in SERVICES and (again or not error.rest) else MachineLines()


def _service(word: str, rest: Sequence[str]) -> MachineLines | None:
    """Return the line that restarts a process, or all of them; None for other words."""
    names = [one for one in positional(rest) if one in UNITS]
    if word != "restart" or (not names and not any(one.startswith("-") for one in rest)):
        return None
    if names[:1] == ["asterisk"]:
        line = "asterisk -rx 'core restart gracefully'"
        return MachineLines(((line, "When no call is left; Asterisk takes no new ones."),), alone=True, heard=(*rest,))
    line = f"systemctl restart {UNITS[names[0]]}" if names else SERVICES[word]
    what = "Calls in progress go on, so it need not wait for them."
    return MachineLines(((line, what),), alone=True, heard=tuple(one for one in rest if one in GENTLE))


def stop_and_start() -> tuple[str, str]:
    """Return the lines that stop and start Warmline on this machine: those of systemd, or of the lab it runs in."""
    lab = _lab()
    if lab and not systemd_service.is_here(systemd_service.CALLS):
        return f"warmline lab down --dir {shlex.quote(lab)}", f"warmline lab up --dir {shlex.quote(lab)}"
    return SERVICES["stop"], "systemctl start warmline.target"


def _journal(rest: Sequence[str]) -> str:
    """Return the line that shows the log of the named services; "" if the words name something else."""
    names = [one for one in positional(rest) if one not in (*FOLLOW, *SHOW)]
    follows = ["-f"] if {*FOLLOW} & {*positional(rest)} and "-f" not in rest else []
    options = journal_options([*rest, *follows])
    if any(one not in UNITS for one in names):
        return ""
    if (lab := _lab()) and not systemd_service.is_here(systemd_service.CALLS) and "asterisk" not in names:
        tail, _, level = options.partition(" | ")
        kept = "".join(re.findall(r" -(?:f|n [0-9]+)", tail)) or " -n 100"
        return f"tail{kept} {shlex.quote(lab)}/log/warmline.log" + (f" | {level}" if level else "")
    units = " ".join(f"-u {UNITS[one]}" for one in names) or "-u 'warmline*'"
    return f"journalctl {units}{options}"


def _recordings(rest: Sequence[str], whole: Sequence[str] = (), *, silent: bool = False) -> tuple[str, str]:
    """Return the line that makes an archive of the recordings, beside the copy of the database, and its meaning.

    `whole` are words about what else is in it. With `silent`, no recordings are.
    """
    named = "".join(_files(rest)[:1])
    target = _copy(rest)
    archive = named if named.endswith(GZIPPED) else f"{target.with_suffix('')}.tar.gz"
    folder = PurePath(_settings()[1] or RECORDINGS)
    audio = () if silent else ("-C", str(folder.parent), folder.name)
    line = shlex.join(("tar", "czf", archive, *whole, *audio))
    what = "Put all into one archive." if whole else "Copy the recordings into an archive."
    return f"(umask 077; {line})", what


def _copy(rest: Sequence[str]) -> PurePath:
    """Return the file of the copy of the database."""
    named = "".join(_files(rest)[:1])
    file = PurePath(without_archive(named or BACKUP))
    return file / BACKUP if Path(file).is_dir() or named.endswith("/") else file


def _beside_database(rest: Sequence[str], *, silent: bool) -> tuple[tuple[str, str], ...]:
    """Return the lines after that which copies the database: a named archive gets it, the settings and the recordings.

    Otherwise the recordings get an archive of their own, and the settings file is copied beside the database.
    """
    from warmline.system.settings import DEFAULT_FILE, SECRETS_NAME

    settings = Path(os.environ.get("WARMLINE_CONFIG") or DEFAULT_FILE).absolute()
    copy, files = _copy(rest), [one for one in (settings, settings.with_name(SECRETS_NAME)) if one.is_file()]
    if without_archive(named := "".join(_files(rest)[:1])) != named:
        configured = ("-C", str(settings.parent), *(one.name for one in files)) if files else ()
        return (_recordings(rest, ("-C", str(copy.parent), copy.name, *configured), silent=silent),)
    line = shlex.join(("cp", "-p", *map(str, files), str(copy.parent)))
    copied = ((line, "Copy the settings; the database has the configuration."),) if files else ()
    return (*(() if silent else (_recordings(rest),)), *copied)


def _newer() -> tuple[str, str]:
    """Return the line that shows what the clone of this program lacks, or this version, and its meaning."""
    clone = Path(__file__).resolve().parents[2]
    if not (clone / ".git").exists():
        return "warmline version", "Show this version. No command asks for newer ones; see where you got it."
    git = shlex.join(("git", "-C", str(clone)))
    line = f"{git} fetch --quiet && {git} log --oneline 'HEAD..@{{upstream}}'"
    return line, "List the newer changes; no line means none. It installs nothing."


def _files(rest: Sequence[str]) -> list[str]:
    """Return the file that words name, alone or as the value of an option."""
    given = option_values(rest)
    named = [given[one] for mark in (BACKUP, "FILE") for one in FROM_OPTIONS[mark] if given.get(one)]
    return [*named, *(one for one in positional(rest) if one.lower() not in ("create", "now", "all", "run"))]


def _restore(file: str) -> MachineLines:
    """Return the lines around a restore; of an archive, the recordings and the copy of the database in or beside it."""
    stop, start = stop_and_start()
    first, last = (stop, "First stop Warmline."), (start, "Then start it again.")
    if not _is_archive(file):
        return MachineLines((first,), (last,))
    folder = PurePath(_settings()[1] or RECORDINGS)
    names, parent = _first_names(file), PurePath(file).parent
    # tar would take another name, such as --to-command, as an option.
    packed = next((one for one in names[:1] if DATABASE.fullmatch(one)), "")
    copy = str(parent / packed) if packed else without_archive(file)
    taken = shlex.join(("tar", "xzf", file, "-C", str(parent), packed))
    out = ((taken, "Take the copy of the database out."),) if packed else ()
    database = shlex.join(("warmline", "db", "restore", copy))
    unpacked = shlex.join(("tar", "xzf", file, "-C", str(folder.parent), folder.name))
    audio = ((unpacked, "Put the recordings back."),) if not packed or folder.name in names else ()
    return MachineLines((first, *out, (database, "Replace the database by its backup."), *audio, last), alone=True)


def _first_names(file: str) -> list[str]:
    """Return the first names in an archive: the database, the files of settings, and the folder of recordings.

    An archive that is damaged, or ends early, has those before the damage.
    """
    import tarfile

    names: list[str] = []
    with suppress(OSError, EOFError, tarfile.TarError), tarfile.open(file) as opened:
        while len(names) < FIRST_NAMES and (one := opened.next()):
            names.append(one.name.partition("/")[0])
    return names


def _is_archive(file: str) -> bool:
    """Return whether a file exists that is an archive, and no copy of a database under such a name."""
    try:
        with open(file, "rb") as opened:
            return without_archive(file) != file and not opened.read(len(SQLITE)).startswith(SQLITE)
    except (OSError, ValueError):
        return False


def _lab() -> str:
    """Return the folder of the lab whose database the commands use; "" without one."""
    folder = Path(_settings()[0]).parent
    return str(folder) if (folder / "lab.json").is_file() else ""


def _settings() -> tuple[str, str]:
    """Return the paths of the database and of the recordings' folder; "" for both if they cannot be read."""
    from warmline.system import settings
    from warmline.text.coded_error import CodedError

    try:
        found = settings.load()
    except CodedError:
        return "", ""
    return str(found.db), str(found.recordings)
