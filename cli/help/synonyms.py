"""Words that people try for the name of a command: those that run it.

A word runs a command only if it can mean no other one of its group. `cli.help.suggestions` answers any other word.
"""

from collections.abc import Container

from cli.tree.tree_row import Row, TreeGroup, rows_of

# Words for a command of any group that has it; the first existing command is used.
VERBS: dict[str, tuple[str, ...]] = {
    "add": ("create",),
    "new": ("create",),
    "make": ("create",),
    "rm": ("delete",),
    "remove": ("delete",),
    "del": ("delete",),
    "update": ("set",),
    "change": ("set",),
    "modify": ("set",),
    "ls": ("list",),
    "get": ("show",),
    "view": ("show",),
    "info": ("show",),
    "details": ("show",),
    "display": ("show",),
    "print": ("show",),
    "cat": ("show",),
    "inspect": ("show",),
    "vi": ("edit",),
    "vim": ("edit",),
    "nano": ("edit",),
    "define": ("create",),
    "insert": ("create",),
    "configure": ("set",),
    "adjust": ("set",),
    "lookup": ("find",),
    "clone": ("copy",),
    "cp": ("copy",),
    "duplicate": ("copy",),
    "options": ("describe",),
    "explain": ("describe",),
    "search": ("find",),
    "load": ("import",),
    "upload": ("import",),
    "ingest": ("import",),
    "export": ("backup",),
    "verify": ("check", "lint"),
    "check": ("lint", "find"),
    "dump": ("backup",),
    "pull": ("export",),
    "push": ("apply",),
    "compare": ("diff",),
    "differences": ("diff",),
    "validate": ("check", "diff", "lint"),
    "analyse": ("lint",),
    "analyze": ("lint",),
    "revisions": ("history",),
    "log": ("history",),
    "revert": ("undo",),
    "rollback": ("undo",),
    "start": ("up",),
    "stop": ("down",),
    "follow": ("tail",),
    "assign": ("take",),
    "postpone": ("reschedule",),
    "move": ("reschedule",),
    "disposition": ("dispo", "set-disposition"),
    "unpause": ("ready",),
    "resume": ("ready",),
    "signin": ("login",),
    "signout": ("logout",),
    "unhold": ("grab",),
    "unpark": ("grab",),
    "consult": ("conference",),
    "recording": ("record",),
    "spy": ("listen",),
    "monitor": ("listen",),
    "passwd": ("password",),
}

# Words for a group or a command of `warmline`.
NOUNS = {
    "queue": "ingroup",
    "in-group": "ingroup",
    "skill": "ingroup",
    "inbound-group": "ingroup",
    "operator": "agent",
    "number": "did",
    "extension": "phone",
    "endpoint": "phone",
    "hours": "call-time",
    "opening-hours": "call-time",
    "calltime": "call-time",
    "office-hours": "call-time",
    "business-hours": "call-time",
    "schedule": "call-time",
    "transfer-preset": "preset",
    "transfer-target": "preset",
    "phonebook": "preset",
    "phone-book": "preset",
    "speed-dial": "preset",
    "speeddial": "preset",
    "status-code": "disposition",
    "pausecode": "pause-code",
    "alias": "group-alias",
    "carrier": "trunk",
    "caller-id-group": "cid-group",
    "conf": "config",
    "configuration": "config",
    "revision": "config",
    "apiuser": "api-user",
    "token": "api-token",
    **dict.fromkeys(("usergroup", "team"), "user-group"),
    "apitoken": "api-token",
    "apikey": "api-token",
    "api-key": "api-token",
    "stats": "audit",
    "statistics": "audit",
    "contact": "lead",
    "do-not-call": "dnc",
    "dashboard": "live",
    "top": "live",
    "realtime": "live",
    "real-time": "live",
    "watch": "live",
    "event": "events",
    "dial-plan": "dialplan",
    "lint": "dialplan",
    "diagnose": "doctor",
    "health": "doctor",
    "check": "doctor",
    "database": "db",
    "gdpr": "privacy",
    "sandbox": "lab",
    "rec": "recording",
    **dict.fromkeys(("cert", "tls", "ssl"), "certificate"),
    **dict.fromkeys(("2fa", "mfa", "totp", "otp", "two-factor"), "second-factor"),
    "setup": "install",
    "run": "serve",
    "topics": "help",
    "doc": "help",
    "example": "help",
    "tutorial": "help",
    "manual": "help",
}

# Words of one group only.
OF_GROUP: dict[tuple[str, ...], str] = {("setting", "list"): "show", ("route", "explain"): "simulate"}

# Commands that show all of a group, where that is not `list`.
LISTING = {"agent": "status", "setting": "show"}

# Former commands whose singular is another command: cli.help.suggestions names the new ones.
NO_PLURALS = (("audit", "agents"),)

# Words that are no kind, and the kind that they are about.
NEAR_KINDS = {"dialler": "campaign", "dial": "campaign", "autodial": "campaign", "transfer": "preset", "route": "did"}


def synonym(path: tuple[str, ...], word: str, known: Container[str]) -> str | None:
    """Return the name that a word stands for in the group `path`, whose names are `known`; None if there is none.

    A plural stands for its singular.
    """
    word = word.lower().replace("_", "-")
    acts = path == ("agent",) and word != "lists"  # `agent pauses 1000` asks about pauses, and starts none
    single = word if acts or (*path, word) in NO_PLURALS else word.removesuffix("s")
    if path:
        wanted = (word, single, OF_GROUP.get((*path, word), ""), *VERBS.get(word, ()))
    else:
        wanted = (word, single, NOUNS.get(word, ""), NOUNS.get(single, ""))
    return next((name for name in wanted if name in known), None)


def listing(word: str, row: Row) -> list[str]:
    """Return the command that a plural alone means: `list` for `users`, `status` for `agents`; none for a singular."""
    if not word.lower().endswith("s") or not isinstance(row, TreeGroup) or row.target:
        return []
    wanted = LISTING.get(row.name, "list")
    return [one.name for one in rows_of(row) if one.name == wanted]


def is_slip(word: str, name: str) -> bool:
    """Return whether a word is a beginning of a name, or the name with a wrong, missing, double or swapped letter.

    A beginning has at least half of the letters. Names with eight letters or more may have two such faults.
    """
    if name.startswith(word):
        return 2 * len(word) >= len(name)
    return _faults(word, name) <= (2 if len(name) >= 8 else 1)


def _faults(word: str, name: str) -> int:
    """Return the number of letters to insert, remove, replace or swap with the next one, until both words are equal."""
    before: list[int] = []
    last = list(range(len(name) + 1))
    for place, letter in enumerate(word, 1):
        row = [place]
        for other, wanted in enumerate(name, 1):
            least = min(last[other] + 1, row[other - 1] + 1, last[other - 1] + (letter != wanted))
            swapped = place > 1 and other > 1 and (letter, word[place - 2]) == (name[other - 2], wanted)
            row.append(min(least, before[other - 2] + 1) if swapped else least)
        before, last = last, row
    return last[-1]
