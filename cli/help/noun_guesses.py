"""Words for what Warmline has under another name, or has no command of its own for; the form is that of `guesses`."""

from cli.help.entity_verbs import words_of

OPEN = ("route simulate --ingroup {1:INGROUP} # Show whether it is open now, with the reason.", "call-time list")
CHANGES = ("audit config # List changes of the configuration, with their authors.", "config history")
LEFT = ("list counts {1:LIST}", "list list # Show the number of leads of each list.")
WEBHOOK = (
    "campaign set CAMPAIGN dispo_call_url={1:URL} # Call this address after each disposition.",
    "campaign set CAMPAIGN start_call_url={1:URL} # Call this address when an agent gets a call.",
    "setting set webhook_hosts=HOST # Allow the host; without it, nothing is sent.",
)
FAILED = (
    "audit webhooks # Show each failure. Warmline retries 5xx and silence by itself; no command sends one again.",
)
EXPIRED = (
    "recording list --between 2000-01-01..{#--older-than:90}d # List the older ones; it changes nothing.",
    "setting set recordings_keep_days={#--older-than:DAYS} # Set the age limit; the app deletes older ones hourly.",
    "privacy sweep --dry-run # Show what has reached the age limit that is set.",
)
RECORD = (
    "campaign set {1:CAMPAIGN} campaign_recording=ALLCALLS # Record all calls of the campaign.",
    "campaign describe campaign_recording",
)
NO_RECORD = ("campaign set {1:CAMPAIGN} campaign_recording=NEVER # Record no call of the campaign.",)

BLOCK = (
    "container create BLOCKED entries={1:NUMBER} # Name the callers to refuse.",
    "setting set blocklist=BLOCKED # Hang up the calls of these numbers.",
    "dnc create {1:NUMBER} # Only for calls to that number: never dial it.",
)
CLEAR = "list change {1:LIST} --where '' --delete --dry-run # Count all; without --dry-run they are deleted."
OLD = (
    "list change {1:LIST} --where 'entry_date<-{#--older-than:365}d' --delete --dry-run "
    "# Count the old ones; without --dry-run they are deleted."
)
PURGE = (OLD, CLEAR)
MOVED = "list change {} --where status={{--status:STATUS}} --to-list {} --dry-run # Count them; without it, they move."
DEDUPE = (
    "list scrub {1:LIST} --against {2:LIST} --status DUP --dry-run # An import refuses a number twice in its list.",
    "lead import FILE.csv --list {1:LIST}",
)
SOUNDS = ("doctor sounds # Name sounds that lack. Files belong to Asterisk's folder of sounds.", "help sound files")
# Words for agents in a state.
STATES = words_of("paused online available free idle busy talking logged-in waiting working active now")
ERASING = [f"privacy {word}" for word in words_of("anonymize anonymise pseudonymize pseudonymise forget remove wipe")]
# Words for figures of waiting, and of agents' work.
WAITS = [
    f"report {word}"
    for word in words_of(
        "wait waiting wait-time waiting-time asa queue-time service-level answer-time hold-time abandon-rate "
        "longest-wait volume summary performance kpi overview total totals"
    )
]
TIMES = [
    f"report {word}"
    for word in words_of(
        "aht handle-time handling talk talk-time talktime occupancy utilization utilisation productivity acw wrapup "
        "wrap-up time times break breaks idle staff operator user payroll shift shifts"
    )
]

NOUN_GUESSES: dict[str, tuple[str, ...]] = {
    **{f"dnc {word}": ("dnc create {1:NUMBER}",) for word in words_of("block ban blacklist stop put register")},
    **{f"dnc {word}": ("dnc delete {1:NUMBER}",) for word in words_of("unblock allow free release clear unban")},
    "webhook": (
        "campaign set CAMPAIGN dispo_call_url=URL # Call an address after each disposition.",
        "campaign describe '*url*' # Describe all addresses.",
        "audit webhooks",
    ),
    "webhook create": WEBHOOK,
    "webhook set": WEBHOOK,
    "webhook test": (
        "audit webhooks --since 1h # Show what was sent. Calls send webhooks; no command sends one for a test.",
        "campaign describe '*url*' # Describe the addresses.",
    ),
    **{f"webhook {word}": FAILED for word in words_of("failed failure error retry resend redeliver replay repeat")},
    "webhook list": ("audit webhooks", "campaign describe '*url*'"),
    "webhook delete": ("campaign set CAMPAIGN dispo_call_url= # Call no address after a disposition.",),
    "dialler": ("dial status {1:}", "campaign describe auto_dial_level"),
    "dialler status": ("dial status {1:}",),
    "dialler stop": (
        "campaign stop {1:CAMPAIGN}",
        "dial stop # Stop the automatic calls of all campaigns at once.",
    ),
    "dialler start": (
        "campaign start {1:CAMPAIGN}",
        "dial allow # Allow automatic calls again after `warmline dial stop`.",
    ),
    "transfer": (
        "agent transfer {1:USER} {2:NUMBER}",
        "agent conference {1:USER} {2:NUMBER}",
        "agent leave {1:USER}",
        "audit transfers",
    ),
    "monitor": ("live", "agent watch {1:USER}", "agent listen {1:USER} --phone PHONE"),
    # opening hours
    "call-time check": OPEN,
    "call-time status": OPEN,
    "call-time now": OPEN,
    "call-time test": OPEN,
    "call-time open": OPEN,
    "call-time is-open": OPEN,
    "open": OPEN,
    "is open": OPEN,
    "is-open": OPEN,
    "closed": OPEN,
    # changes of the configuration
    "audit log": CHANGES,
    "audit history": CHANGES,
    "audit change": CHANGES,
    "audit trail": CHANGES,
    "changes": CHANGES,
    "log": (*CHANGES[:1], "audit calls", "config history", "hook log", "events tail"),
    "change log": CHANGES,
    "changelog": CHANGES,
    "audit-log": CHANGES,
    # leads of a list
    "list left": LEFT,
    "list count": LEFT,
    "lead left": LEFT,
    "list remaining": LEFT,
    "list size": LEFT,
    "list stat": LEFT,
    "list status": LEFT,
    "list progress": LEFT,
    "list penetration": LEFT,
    # recording
    "recording enable": RECORD,
    "recording on": RECORD,
    "recording disable": NO_RECORD,
    "recording off": NO_RECORD,
    # queues
    "ingroup waiting": ("live", "call list"),
    "ingroup call": ("live", "report day --ingroup {1:INGROUP}", "audit calls --ingroup {1:INGROUP}"),
    "ingroup length": ("live --once", "call list"),
    "waiting": ("live", "call list"),
    "export": ("list export {1:LIST}", "config export DIR", "report day --csv"),
    "unblock": ("dnc delete {1:NUMBER}", "setting describe blocklist"),
}
