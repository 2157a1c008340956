"""Verbs that mean the same, or that do the same kind of thing."""

EXPORTS = ("export", "csv", "download", "dump", "print-all", "summary", "overview")
VERB_PARTS = ("add", "remove", "set", "change", "reset", "delete", "show", "list", "get", "edit", "update", "new")
SETS = ("set", "change", "update", "modify", "configure")
READING = ("check", "show", "find", "list")  # of a group, for a word that names no command

# Verbs for which the table has one row, with the verb of that row.
SAME = dict.fromkeys(("search", "lookup", "look-up", "query", "grep", "filter", "locate"), "find") | {
    "get": "show",
    "view": "show",
    "info": "show",
    "details": "show",
    "detail": "show",
    "display": "show",
    "print": "show",
    "inspect": "show",
    "add": "create",
    "new": "create",
    "make": "create",
    "remove": "delete",
    "rm": "delete",
    "del": "delete",
    "explain": "why",
    "reason": "why",
    **dict.fromkeys(("redirect", "handover", "hand-over", "give", "reassign", "xfer", "send", "forward"), "transfer"),
    **dict.fromkeys(("test", "verify", "validate", "lint", "syntax"), "check"),
    **dict.fromkeys(("save", "dump", "backup", "download", "write"), "export"),
    **dict.fromkeys(("clear", "wipe", "truncate", "empty", "flush", "prune", "cleanup", "clean", "erase"), "purge"),
    **dict.fromkeys(("dedup", "deduplicate", "duplicates", "unique"), "dedupe"),
    **dict.fromkeys(("upload", "load", "put"), "import"),
    **dict.fromkeys(("notify", "announce", "msg", "tell", "sms", "chat"), "message"),
}
