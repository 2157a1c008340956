"""Words for what Warmline has under another name, or has no command of its own for; the form is that of `guesses`."""

import re
from collections.abc import Mapping, Sequence

from cli.help.entity_verbs import HALF, words_of

STORY = ("audit call {1:CALL}", "route why {1:CALL} # Explain its way, and why this agent got it.")
PROMISE = (
    "agent dispo {--agent:USER} CALLBK --callback {--at:'tomorrow 10:00'} --mine "
    "# In or after the agent's call; no command makes a callback for a number alone."
)
WALL_WORDS = [f"wallboard {word}" for word in ("create", "token", "link", "url", "user", "login", "open", "start")]
WALLBOARD = (
    "user create wall pass=- role=supervisor force_change_password=N # Then open /workspace/?view=wall on the screen.",
    "session list --all # Open wallboards have the program `wallboard`.",
)
STOP_WORDS = ", ".join(
    (
        "emergency, emergency stop, emergency-stop, estop, e-stop, panic, halt, kill-switch, stop all, stop calls",
        "stop dialling, stop dialing, stop dialler, stop everything, stop outbound",
        "dialler halt, dialler off, dialler emergency-stop",
    )
)
STOP_ALL = ("dial stop # Stop the automatic calls of all campaigns at once. Calls in progress go on.",)
SESSION_ENDS = ("session end --user {1:LOGIN} # End all sessions of the user.", "session list --all")
SESSION_WORDS = words_of("revoke kill terminate close logout delete drop clear expire")
SECOND_OFF = ("user reset-second-factor {1:LOGIN}",)
REQUIRED = ("setting set second_factor_required=Y # Require it of all users.",)
SECOND = ("second-factor", "2fa", "mfa", "totp", "otp")
OFF_WORDS = ("reset", "disable", "remove", "delete", "off", "clear", "revoke")
OPEN = ("route simulate --ingroup {1:INGROUP} # Show whether it is open now, with the reason.", "call-time list")
CHANGES = ("audit config # List changes of the configuration, with their authors.", "config history")
LEFT = ("list counts {1:LIST}", "list list # Show the number of leads of each list.")
TRANSFERS = "campaign set CAMPAIGN transfer_url={1:URL} # Call this address when an agent hands a call over."
WEBHOOK = (
    "campaign set CAMPAIGN dispo_call_url={1:URL} # Call this address after each disposition. A missed call has none.",
    "campaign set CAMPAIGN start_call_url={1:URL} # Call this address when an agent gets a call.",
    "setting set webhook_hosts=HOST # Allow the host; without it, nothing is sent.",
)
# Words for an event, and the option with the address that is called for it.
EVENTS = {
    **dict.fromkeys(words_of("end ended hangup hungup hung-up complete completed finished closed done over stop dispo "
                             "disposition dispositioned wrapup outcome"), "dispo_call_url"),
    **dict.fromkeys(words_of("start started answer answered connect connected begin began new incoming bridge bridged "
                             "pop popup"), "start_call_url"),
    **dict.fromkeys(words_of("transfer transferred handover handed-over"), "transfer_url"),
}  # fmt: skip
MISSED = ("missed", "abandoned", "abandon", "drop", "dropped", "lost", "unanswered", "queued", "waiting")
NO_CALL = ("recording", "agent", "user", "queue", "ingroup", "lead", "campaign", "list", "voicemail")
EVENT_OPTIONS = ("--event", "--events", "--on", "--when", "--trigger", "--type", "--topic", "--hook")


def rows(guesses: str, *lines: str) -> dict[str, tuple[str, ...]]:
    """Return the lines for each of these guesses, which a comma and a space separate."""
    return dict.fromkeys(guesses.split(", "), lines)


def for_event(lines: Sequence[str], options: Mapping[str, str]) -> tuple[str, ...]:
    """Return the lines of WEBHOOK that fit the event among these options; all lines if there is none."""
    event = next((options[one] for one in EVENT_OPTIONS if options.get(one)), "")
    parts = re.split(r"[._:/, ]+", event.lower())
    fitting = {EVENTS[one] for one in parts if one in EVENTS}
    if tuple(lines) == WEBHOOK and event and (not fitting or set(parts) & {*NO_CALL}):
        missed = "report missed # No webhook is sent for a missed call." if set(parts) & {*MISSED} else ""
        return tuple(filter(None, (missed, "events tail --json # Webhooks are for answered calls, events for all.")))
    if tuple(lines) != WEBHOOK or not fitting:
        return tuple(lines)
    kept = [
        one for one in (TRANSFERS, *WEBHOOK) if "_url=" not in one or any(f" {option}=" in one for option in fitting)
    ]
    return tuple(one.replace("# Call this", f"# For {event}: call this") for one in kept)


ALERT = (
    "api-token create prometheus scopes=calls:read # Warmline sends no alerts. Prometheus does, from its metrics, "
    'such as: warmline_waiting{ingroup="SALESLINE"} > 5',
    "help metrics",
)
DRAIN = (
    "dial stop # Stop automatic calls; calls in progress drain by themselves.",
    "ingroup set INGROUP active=N # Refuse new callers, for each in-group.",
    "call list # Wait until none is left; then run: systemctl stop warmline.target",
)
CALLERS = [f"block {word}" for word in words_of("caller callers number inbound incoming calls")]
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
    "container create BLOCKED entries={1:NUMBER} # Name the callers to refuse. No entry ends by itself.",
    "setting set blocklist=BLOCKED # Hang up the calls of these numbers.",
    "dnc create {1:NUMBER} # Only for calls to that number: never dial it.",
)
CLEAR = "list change {1:LIST} --where '' --delete --dry-run # Count all; without --dry-run they are deleted."
OLD = (
    "list change {1:LIST} --where 'entry_date<-{#--older-than:365}d' --delete --dry-run "
    "# Count the old ones; without --dry-run they are deleted."
)
PURGE = (OLD, CLEAR)
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
    # recordings
    "recording purge": EXPIRED,
    "recording delete": (
        *EXPIRED,
        "privacy erase NUMBER --dry-run # Show what would be erased of a person.",
    ),
    "recording show": ("recording list", "recording save {1:CALL}", "audit call {1:CALL}"),
    **rows("recording fetch, recording download, recording listen, recording play", "recording save {1:CALL}"),
    "recording export": ("recording save {1:CALL}", "privacy export NUMBER --to DIR"),
    "recording count": ("recording list", "audit recordings"),
    "recording why": ("explain recording --campaign CAMPAIGN", "audit recordings"),
    **rows("recording check, recording status", "audit recordings", "explain recording --campaign CAMPAIGN"),
    "recording find": ("recording list --number {1:NUMBER}",),
    "recording start": ("agent record {1:USER} start",),
    "recording stop": ("agent record {1:USER} stop",),
    **{f"dnc {word}": ("dnc create {1:NUMBER}",) for word in words_of("block ban blacklist stop put register")},
    **{f"dnc {word}": ("dnc delete {1:NUMBER}",) for word in words_of("unblock allow free release clear unban")},
    "webhook": (
        "campaign set CAMPAIGN dispo_call_url=URL # Call an address after each disposition.",
        "campaign describe '*url*' # Describe all addresses.",
        "audit webhooks",
    ),
    **rows("webhook create, webhook set", *WEBHOOK),
    **dict.fromkeys([f"session {word}" for word in SESSION_WORDS], SESSION_ENDS),
    **dict.fromkeys(
        [f"user {word}" for word in words_of("logout kick signout sign-out log-out force-logout disconnect evict")],
        (*SESSION_ENDS[:1], f"agent logout {{1:USER}}{HALF}"),
    ),
    **dict.fromkeys(
        [f"report {word}" for word in words_of("schedule email mail send cron subscribe")],
        ("report day --csv # No command sends a report; cron can run this line.",),
    ),
    **dict.fromkeys(("user session", "session show", "session find"), ("session list --user {1:LOGIN}",)),
    "audit user": ("audit config --who {1:LOGIN} # List the changes that the user made.",),
    "audit login": ("session list --all", "report agents # Sum up the times of agents."),
    "recording set": ("campaign set {1:CAMPAIGN} campaign_recording={2:ALLCALLS}",),
    **{f"{noun} {word}": REQUIRED for noun in (*SECOND, "user") for word in ("require", "enforce", "mandatory")},
    **{f"user {word}-{noun}": REQUIRED for noun in SECOND for word in ("require", "enforce")},
    **rows("dial resume, dialler resume, emergency resume, emergency end, resume all", "dial allow --why REASON"),
    **{f"{noun} {word}": SECOND_OFF for noun in SECOND for word in OFF_WORDS if word != "remove"},
    **{f"user {word}-{noun}": SECOND_OFF for noun in SECOND[1:] for word in OFF_WORDS},
    **{
        f"{noun} {word}": ("second-factor enrol",)
        for noun in SECOND
        for word in ("enable", "on", "setup", "create", "set")
    },
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
        "dial allow --why REASON # Allow automatic calls again after `warmline dial stop`.",
    ),
    "transfer": (
        "agent transfer {1:USER} {2:NUMBER}",
        "agent conference {1:USER} {2:NUMBER}",
        "agent leave {1:USER}",
        "audit transfers",
    ),
    "monitor": (
        "live",
        "agent watch {1:USER}",
        "agent listen {1:USER} --phone PHONE",
        "agent whisper {1:USER} --phone PHONE",
    ),
    "whisper": ("agent whisper {1:USER} --phone PHONE",),
    **rows("alert, alert create, alert set, alarm, alarm create, notify, notification, notification create", *ALERT),
    **rows("alert list, alarm list, alerts", *ALERT),
    **rows("maintenance, maintenance on, maintenance start, drain, maintenance-mode, drain on", *DRAIN),
    **dict.fromkeys(CALLERS, BLOCK),
    "trunk failover": (
        "campaign describe dial_template # A campaign names its trunk here. Warmline takes no other one by itself.",
    ),
    **rows("group create, group add", "user-group create {1:NAME}", "ingroup create {1:NAME}"),
    **rows("passwd, password reset", "user password {1:LOGIN}", "password"),
    **rows("agent where", "agent status {1:USER}", "agent watch {1:USER}"),
    **rows(
        "script preview, script test, script render",
        "script show {1:SCRIPT} # Show its text; only the agents' page fills it in.",
        "lead show {--lead:LEAD} # Show the fields of the lead.",
    ),
    "script import": ("script create {1:NAME} script_text={2:FILE}",),
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
    **rows("audit log, audit history, audit change, audit trail, changes, change log, changelog, audit-log", *CHANGES),
    "log": (*CHANGES[:1], "audit calls", "config history", "hook log", "events tail"),
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
    **rows("recording enable, recording on", *RECORD),
    **rows("recording disable, recording off", *NO_RECORD),
    # queues
    **rows("ingroup waiting, waiting", "live", "call list"),
    "ingroup call": ("live", "report day --ingroup {1:INGROUP}", "audit calls --ingroup {1:INGROUP}"),
    "ingroup length": ("live --once", "call list"),
    "export": ("list export {1:LIST}", "config export DIR", "report day --csv"),
    "unblock": ("dnc delete {1:NUMBER}", "setting describe blocklist"),
}
