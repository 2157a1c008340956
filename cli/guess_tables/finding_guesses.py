"""Words for what people look for in calls, changes, leads and reports; the form is that of `live_guesses`."""

CHANGED = "audit config --since {--since:30d} # Each change with its time, its author, and the values before and after."
WORKED = (
    "report agents --agent {1:USER} # First login, last logout, and the time in each state.",
    "audit agent {1:USER} # Account for one day, with each pause.",
)
MISSED = (
    "report missed # Callers whom no agent has reached.",
    "audit calls --outcome missed # Each call that no agent answered.",
    "report day # Count them by in-group.",
)
LAST = ("audit calls --limit {1:20} # The newest calls, the newest first.",)
ANYWHERE = (
    "lead find {1:NUMBER}",
    "audit calls --number {1:NUMBER} --since 365d",
    "dnc find {1:NUMBER}",
    "! warmline callback list | grep {1:NUMBER} # The callbacks to it.",
)
LEVEL = (
    "report day # With the share that was answered in time.",
    "report interval",
    "ingroup set {1:INGROUP} answer_sec_pct_rt_stat_one={#--threshold:SECONDS} "
    "# The seconds that count as in time; only calls from then on.",
)
WOULD_GO = "route simulate NUMBER # Show where a call to it would go now, and by which rule."
OPEN_NOW = "route simulate --ingroup INGROUP # Show whether it is open now, with the reason."
BY_NUMBER = "audit calls --number NUMBER # A call from the lead's number."

FINDING_GUESSES: dict[str, tuple[str, ...]] = {
    "who": ("agent status", "live"),
    **{f"who {verb}": (CHANGED,) for verb in ("changed", "edited", "modified", "did", "set", "deleted", "created")},
    "changed, last change, what changed, changes, recent change, last edit, diff": (CHANGED,),
    "audit log, audit history, audit change, audit trail, change log, changelog, audit-log": (
        CHANGED,
        "config history",
    ),
    "undo last": ("config undo last # It shows the change, and asks first.", "config history"),
    "missed, missed call, call missed, call abandoned, abandoned, call lost, call unanswered": MISSED,
    "report missed-call, report lost, report unanswered": MISSED,
    "call last, last call, last, recent call, call recent, call newest, recent": LAST,
    "search, find, search number, find number, number find, whois, who is-number": ANYWHERE,
    "describe call, call describe, call detail, call info, call story": (
        "audit call {1:CALL}",
        "route why {1:CALL} # Explain its way, and why this agent got it.",
    ),
    "lead history, lead call, lead note": (
        "lead show {1:LEAD} # The lead with its status, comments and calls.",
        BY_NUMBER,
    ),
    "timesheet, attendance, timecard, time-sheet, agent timesheet, agent attendance, report timesheet, "
    "report attendance, report adherence, agent time, agent hours, agent login-time, logins, login-time": WORKED,
    "report sla, sla, report service-level, service-level, report servicelevel": LEVEL,
    **dict.fromkeys(("where", "where does", "where would", "where do"), (WOULD_GO, "did list")),
    "is": (OPEN_NOW, "call-time list"),
    "simulate call": ("route simulate {1:}",),
    "list import, list load": (
        "lead import {--file:FILE.csv} --list {--into:LIST} --dry-run # Show what would be imported; without "
        "--dry-run it is. A number that the list has is refused. Numbers on a do-not-call list are never dialled.",
    ),
    "lead recycle, list recycle, lead redial, list redial, lead retry, list retry": (
        "campaign describe recycle # Describe which statuses are dialled again, after how many minutes.",
        "list reset LIST # Dial them again now.",
    ),
}
