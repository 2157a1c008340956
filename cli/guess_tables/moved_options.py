"""Options that a command seems to have, and the lines that do what they say; the form is that of `live_guesses`."""

from cli.arguments.companion_hints import READ_ONLY
from cli.arguments.period_words import PERIODS
from cli.guess_tables.live_guesses import LIVE_OPTIONS

# Options that a command had once or seems to have, and the commands that have them.
MOVED_OPTIONS = {
    ("warmline audit calls", "--days"): "warmline report interval --by 1h",
    ("warmline audit transfers", "--by"): "warmline report transfers",
    ("warmline report day", "--by"): "warmline report interval",
    ("warmline session end", "--all"): "--others for your other sessions, --user USER for those of a user",
}
MOVED = "list change {} --where status={{--status:STATUS}} --to-list {} --dry-run # Count them; without it, they move."
STATES = ("logged-in", "online", "active", "paused", "ready", "free", "available", "busy", "talking", "status", "state",
          "waiting", "queued", "now", "current", "holding")  # fmt: skip
AGENT_STATES = ("agent ready {1:USER}", "agent pause {1:USER}")
CALLBACK_STATES = ("due", "missed", "pending", "completed", "cancelled")
WATCHED = {  # commands that print once, and their lines
    "agent": "agent status",
    "agent list": "agent status",
    "agent status": "agent status",
    "ingroup": "ingroup list",
    "ingroup list": "ingroup list",
    "ingroup show": "ingroup show {1:INGROUP}",
    "call": "call list",
    "call list": "call list",
}
MOVED_LINES: dict[tuple[str, str], tuple[str, ...]] = {
    **{
        (f"warmline lead {verb}", f"--{word}"): (f"lead find --{option} {{--{word}:VALUE}}",)
        for verb in ("find", "list")
        for option, words in (("name", "name last-name lastname last surname"), ("email", "email mail"))
        for word in words.split()
        if (verb, word) not in (("find", "name"), ("find", "email"))
    },
    **dict.fromkeys(
        [("warmline lead move", one) for one in ("--list", "--status", "--to-list")],
        (MOVED.format("{--list:LIST}", "{--to-list:LIST}"),),
    ),
    **dict.fromkeys(
        [("warmline lead move", one) for one in ("--from", "--to")], (MOVED.format("{--from:LIST}", "{--to:LIST}"),)
    ),
    **{("warmline agent list", f"--{state}"): ("agent status",) for state in (*STATES, "live", "loggedin", "idle")},
    ("warmline lead list", "--campaign"): (
        "list counts --campaign {--campaign:CAMPAIGN}",
        "dial hopper {--campaign:CAMPAIGN}",
        "list list",
    ),
    ("warmline lead list", "--status"): ("list export {--list:LIST} --where status={--status:STATUS}",),
    **{
        (f"warmline {command}", f"--{word}"): ("callback list --state due", "callback list --state missed")
        for command in ("callback", "callback list")
        for word in ("overdue", "late", "past", "expired")
    },
    ("warmline history", "--last"): (
        "audit calls --agent {1:USER}",
        "audit call CALL # Tell one call step by step; the list has the ids.",
    ),
    **dict.fromkeys(
        (("warmline agent status", "--ingroup"), ("warmline agent status", "--queue")),
        ("ingroup members {--ingroup:INGROUP}", "live"),
    ),
    **{
        ("warmline agent logout", f"--{word}"): ("agent hangup {1:USER} # End its call first.", "agent logout {1:USER}")
        for word in ("force", "now", "kill")
    },
    ("warmline did list", "--unused"): (
        "did list",
        "report dids --since 30d # Compare: a number without a call in this time is not in it.",
    ),
    **{("warmline callback list", f"--{word}"): (f"callback list --state {word}",) for word in CALLBACK_STATES},
    **{
        ("warmline callback reschedule", f"--{word}"): (
            "callback list --agent {--from:USER} # Show the ids. Callbacks that all agents can dial are among them.",
            "callback take {1:ID} --agent {--to:USER} # Run it for each id.",
        )
        for word in ("from", "to")
    },
    **{
        ("warmline lead import", f"--{word}"): (
            "lead import {1:FILE} --list {--list:LIST} # An import refuses numbers that the list has; it reports them.",
        )
        for word in ("skip-duplicates", "no-duplicates", "ignore-duplicates", "skip-existing", "dedupe", "unique")
    },
    **{
        ("warmline api-token create", f"--{word}"): (
            f"api-token create {{1:NAME}} scopes={READ_ONLY} # A token does not expire; `api-token delete` ends it.",
        )
        for word in ("read-only", "readonly", "ro")
    },
    **{
        ("warmline api-token list", f"--{word}"): (
            "api-token list # Tokens do not expire; `api-token delete` ends one, and `api-token renew` replaces it.",
        )
        for word in ("expiring", "expired", "expires", "old", "stale", "unused")
    },
    **{
        ("warmline session list", f"--{word}"): (
            "agent status # Show agents' sessions, with the state of each.",
            "doctor orphans # Find channels and bridges without a call.",
            "session list --all # Show the logins of users.",
        )
        for word in ("stale", "dead", "stuck", "orphaned", "agents")
    },
    **{
        ("warmline logout", f"--{word}"): (
            "agent hangup USER # End its call first.",
            "agent logout USER",
        )
        for word in ("force", "now", "kill", "agent")
    },
    **{
        ("warmline user set", f"--{word}"): ("user reset-second-factor {1:LOGIN}",)
        for word in ("2fa", "mfa", "totp", "second-factor", "second_factor")
    },
    **dict.fromkeys((("warmline agent set", "--status"), ("warmline agent set", "--state")), AGENT_STATES),
    **{
        ("warmline call", f"--{word}"): ("audit calls --outcome missed", "report missed")
        for word in ("abandoned", "missed", "unanswered", "lost", "dropped")
    },
    ("warmline history", "--since"): (
        "audit config --who LOGIN # The changes that a user made.",
        "audit calls --agent USER # The calls of an agent.",
    ),
    **{
        (f"warmline {command}", flag): ("live # It goes on until Ctrl-C. One agent: `agent watch USER`.", shown)
        for command, shown in WATCHED.items()
        for flag in ("--watch", "--live", "--follow", "--realtime", "--real-time", "--refresh", "-f", "-w")
    },
    ("warmline call list", "--number"): ("audit calls --number {--number:NUMBER}",),
    ("warmline call list", "--day"): ("audit calls --day {--day:DAY}",),
    **{("warmline call list", flag): (f"audit calls --day {day}",) for flag, day in PERIODS.items()},
    ("warmline call list", "--since"): ("audit calls --since {--since:WHEN}",),
    ("warmline call list", "--agent"): ("audit calls --agent {--agent:USER}",),
    **LIVE_OPTIONS,
}
