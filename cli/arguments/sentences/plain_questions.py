"""Questions and wishes in natural words: the command lines that answer them, with the entries that they name.

The lines have the form of those in `cli.help.guesses`, with the names of entries and amounts filled in already.
"""

import re
import shlex
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from cli.arguments import free_words, list_hints
from cli.arguments.completion import entry_names
from cli.arguments.period_words import PERIODS

# Kinds whose names are known in a sentence, and what stands for them in a line.
MARKS = {
    "USER": "agent", "LOGIN": "user", "CAMPAIGN": "campaign", "INGROUP": "ingroup", "LIST": "list", "DID": "did",
}  # fmt: skip
AMOUNT = re.compile(r"([0-9]+) ?(s|m|h|d|w|sec|min|days?|hours?|seconds|minutes)?")
SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
SOUND = re.compile(r"([\w.-]+)\.(?:wav|gsm|ulaw|alaw|sln16|g722|mp3|ogg)")
STATUS = re.compile(r"[A-Z][A-Z0-9]{0,5}(?:,[A-Z][A-Z0-9]{0,5})*")
STATUSES = {"no-answer": "NA", "noanswer": "NA", "unanswered": "NA", "busy": "AB", "dropped": "DROP"}
TIMES = ("--max", "--times", "--attempts", "--max-attempts", "--tries", "--count", "--limit", "--retries")
PLACE = re.compile(r"\{([A-Z]+)\}")
WHY = "why|reason|explain|cause|whats-wrong|wrong"
STORY = ("audit call {CALL} # Its story shows each party's end, each transfer and its outcome.",)
WAY = ("route why {CALL} # Explain which hours, queue or limit led it there.",)
OPEN = ("route simulate --ingroup {INGROUP} # Show whether it is open now, with the reason.", "call-time list")
RIGHTS = ("user show {LOGIN} # Show the role.", "help rights # Tell the roles, and the work of each.", "user list")
LEFT = "lead|leads|contacts|number|numbers|records|left|remaining|dialable|remain"
DROPS = "drop-rate|abandon-rate|abandonment|abandonment-rate|abandoned-rate|dropped-rate|droprate|drop-percentage"
FORGOTTEN = "^passwd|^reset-password|^resetpw|^reset-passwd"  # at the start
UNDO = "revert|rollback|roll-back"
ASK = ("doctor", "route why CALL", "explain lead LEAD", "dial status")  # for a question that names nothing known
LONG = 2  # words of a question that is no sentence
UNDONE = ("config undo REVISION # Take back the change of this revision.",)
CHANGED = ("campaign", "ingroup", "agent", "did", "list", "user", "call-time", "setting")
LOG_IN = "login|log|signin|sign|sign-in|log-in|logon|password|locked|lockout|locked-out"
RETRY = "recycle|recycling|retry|retries|redial|retry-rule"
KEEP = "retention|retain|keep|expire|expiry|purge-after"
AUDIO = "recording|recordings|audio"
IDLE = "idle|inactivity|idle-timeout|session-timeout|idle-logout|auto-logout"
MACHINE = "amd|answering-machine|machine-detection|voicemail-detection|answerphone"
PLACE_WORDS = "position|place|place-in-line|queue-position"


class Question(NamedTuple):
    """Words of which each group must have one in a sentence, the entries and amounts that it must name, its lines."""

    words: str
    named: str
    lines: tuple[str, ...]


QUESTIONS = (
    Question(f"{WHY} transfer|transferred|handoff|handover|conference|ended|end|hung|hang|dropped|drop", "CALL", (
        *STORY, *WAY,
    )),
    Question(WHY, "CALL", (*WAY, *STORY)),
    Question("who|how hung|hang|hangup|hung-up|ended|end|disconnected|dropped", "CALL", STORY),
    Question(f"{WHY} {LOG_IN}", "LOGIN", (
        "user show {LOGIN} # Look at active, role and agent.",
        "user unlock {LOGIN} # After wrong passwords, the next one has to wait.",
        "user password {LOGIN} # Set a new one.",
    )),
    Question(f"{WHY} {LOG_IN}", "USER", (
        "agent show {USER} # Look at active, phone and campaign.",
        "agent login {USER} # A refusal says why; a login rings the phone.",
        "doctor --only phones",
    )),
    Question(WHY, "CAMPAIGN", (
        "dial status {CAMPAIGN} # The last column says why no call begins now, and until when.",
        "dial hopper {CAMPAIGN}",
        "list counts --campaign {CAMPAIGN}",
    )),
    Question(WHY, "INGROUP", (*OPEN[:1], "ingroup members {INGROUP}", "report drops --ingroup {INGROUP}")),
    Question(WHY, "USER", (
        "agent status {USER} # Only READY gets calls.",
        "agent show {USER} # Look at campaign, in-groups and phone.",
        "route simulate --ingroup {OWN} # Say which agent the next call gets, and why.",
        "audit agent {USER} # Account for the day.",
    )),
    Question(WHY, "DID", ("route simulate {DID}", "did show {DID}")),
    Question(WHY, "NUMBER", ("explain lead {NUMBER}", "dnc find {NUMBER}", "audit calls --number {NUMBER}")),
    Question(WHY, "LOGIN", RIGHTS),
    Question(f"{WHY} {LEFT}", "LIST", ("list counts {LIST}", "list show {LIST}")),
    Question("is|when|open?|closed?|are|does open|opened|opens|closed|closes|close|open?|closed?", "INGROUP", OPEN),
    Question("is locked|locked-out|lockedout|blocked", "LOGIN", (
        "user unlock {LOGIN} # Let the next password be checked at once.", "user show {LOGIN} # Look at active.",
    )),
    Question("what|whats doing|happening|status|state|up", "CAMPAIGN", ("dial status {CAMPAIGN}",)),
    Question("what|whats doing|happening|status|state|up", "INGROUP", ("live --once",)),
    Question("what|whats|where doing|happening|status|state|up|is", "USER", ("agent status {USER}",)),
    Question("how long|many|much wait|waiting|queue|waits", "INGROUP", (
        "live --once # Show who waits now, and how long.", "report day --ingroup {INGROUP}",
    )),
    Question("who|whos in|has|on|works|can|takes|answers", "INGROUP", ("ingroup members {INGROUP}", "live --once")),
    Question("who|whos in|has|on|works|can|logged|logged-in", "CAMPAIGN", ("campaign members {CAMPAIGN}",)),
    Question(UNDO, "CAMPAIGN", ("config history --entity campaign --name {CAMPAIGN}", *UNDONE)),
    Question(UNDO, "INGROUP", ("config history --entity ingroup --name {INGROUP}", *UNDONE)),
    Question(f"how|count many|much|left {LEFT}", "CAMPAIGN", ("list counts --campaign {CAMPAIGN}",)),
    Question(f"how|count many|much|left {LEFT}", "LIST", ("list counts {LIST}",)),
    Question("how many agent|agents|operators|people", "", ("agent status", "live --once")),
    Question("how many waiting|queued|queue|holding", "", ("live --once", "call list")),
    Question("how many sale|sales|sold", "", ("report agents", "report dispositions")),
    Question("how many call|calls", "", ("report day", "report interval")),
    Question("can|may|allowed|permitted|permission|permissions|privileges", "LOGIN", RIGHTS),
    Question(DROPS, "CAMPAIGN", (
        "audit drops --campaign {CAMPAIGN} --window DAY # Count the dropped of each day, with their rate.",
        "dial status {CAMPAIGN}",
    )),
    Question(DROPS, "INGROUP", ("report day --ingroup {INGROUP}", "report drops --ingroup {INGROUP}")),
    Question("where does|do|goes|go|lead|leads", "DID", ("route simulate {DID}", "did show {DID}")),
    Question(FORGOTTEN, "LOGIN", ("user password {LOGIN}", "password")),
    Question(FORGOTTEN, "USER", (
        "agent set {USER} pin=- # No user has this name. The agent gets a new PIN.", "password",
    )),
    Question("dnc who|when|why|by", "NUMBER", ("dnc find {NUMBER} # Show each list with the time and the author.",)),
    Question("who|when|how called|call|talked|spoke|rang|dialled|last|answered|contacted", "NUMBER", (
        "history --number {NUMBER}", "audit calls --number {NUMBER}",
    )),
    # wishes
    Question(RETRY, "CALLED STATUS MINUTES TIMES", (
        "campaign set {CALLED} recycle={RECYCLE}", "campaign describe recycle",
    )),
    Question(f"{PLACE_WORDS} announce|announcement|every|say|tell|interval", "INGROUP SECONDS", (
        "ingroup set {INGROUP} play_place_in_line=Y prompt_interval={SECONDS}",
    )),
    Question("wrapup|wrap-up|acw|set-wrapup|after-call|wrapup-time", "INGROUP SECONDS", (
        "campaign set {OF} wrapup_seconds={SECONDS} # An in-group has none; that of the agents' campaign counts.",
    )),
    Question(f"{KEEP} {AUDIO}", "DAYS", (
        "setting set recordings_keep_days={DAYS} # Set the age limit; the app deletes older ones hourly.",
        "privacy sweep --dry-run # Show what has reached the age limit that is set.",
    )),
    Question(IDLE, "SECONDS", (
        "campaign set CAMPAIGN pause_max={SECONDS} # Log out an agent whose pause is longer.",
        "campaign set CAMPAIGN lost_max={SECONDS} # Log out an agent whose phone or page is lost.",
    )),
    Question(MACHINE, "CAMPAIGN SOUND", (
        "campaign set {CAMPAIGN} amd=TAKE amd_send_to_vmx=Y am_message_exten={SOUND} # Leave this message.",
    )),
    Question(f"{MACHINE} on|enable|enabled|detect|y|yes|true", "CAMPAIGN", (
        "campaign set {CAMPAIGN} amd=TAKE # Take a machine from the agent.", "campaign describe amd",
    )),
    Question(f"{MACHINE} off|disable|disabled|n|no|false", "CAMPAIGN", ("campaign set {CAMPAIGN} amd=OFF",)),
    Question("sla|service-level|sl|svl threshold|within|--threshold|--within", "INGROUP SECONDS", (
        "ingroup set {INGROUP} answer_sec_pct_rt_stat_one={SECONDS} # Count calls within these seconds.",
        "report interval --by 1h --ingroup {INGROUP}",
    )),
)  # fmt: skip


def asked(words: Sequence[str]) -> tuple[str, ...]:
    """Return the lines for a sentence with these words; none if it is none of the questions and wishes."""
    plain = _plain(words)
    found = _named(words)
    if line := changed(words):
        return (line,)
    for one in QUESTIONS:
        groups = [set(group.split("|")) for group in one.words.split()]
        if all(group & plain for group in groups) and all(mark in found for mark in one.named.split()):
            lines = [line for line in one.lines if all(mark in found for mark in PLACE.findall(line))]
            return tuple(PLACE.sub(lambda place: shlex.quote(found[place[1]]), line) for line in lines)
    return rated(words) or (ASK if words[:1] == ["why"] and len(words) > LONG else ())


def entries(words: Sequence[str]) -> list[str]:
    """Return the words, with `ingroup/SALESLINE` as two words if that entry exists."""
    from warmline.options.option_table import ENTITIES

    found: list[str] = []
    for word in words:
        kind, slash, name = word.partition("/")
        single = kind if kind in ENTITIES else kind.removesuffix("s")
        found += [single, name] if slash and single in ENTITIES and name in entry_names(single) else [word]
    return found


def changed(words: Sequence[str]) -> str:
    """Return the line that tells who changed an entry, for `who changed spring`; "" if the words do not ask that."""
    plain = _plain(words)
    asks = {"who", "when", "author", "what"}
    did = {"changed", "change", "edited", "modified", "set", "added", "created", "deleted", "broke"}
    if "--who-changed" not in plain and not (plain & asks and plain & did):
        return ""
    typed = entries(words)
    there = ((kind, word) for word in typed for kind in CHANGED if word in entry_names(kind))
    gone = ((kind, word) for kind, word in pairwise(typed) if kind in CHANGED and word not in did)
    kind, name = next(there, None) or next(gone, ("", ""))
    about = f" --entity {kind} --name {shlex.quote(name)}" if kind else ""
    return "" if "dnc" in plain else f"audit config{about}{_since(words)}"


def rated(words: Sequence[str]) -> tuple[str, ...]:
    """Return the lines that give an agent a rating in an in-group, for `agent skill 1000 SALESLINE=9`."""
    parts = [part for word in words for part in re.split("[=:]", word) if part]
    rate = next((one for one in (word.lower() for word in parts) if one in list_hints.RATED or one == "skill"), "")
    agent = next((one for one in parts if one in entry_names("agent")), "")
    ingroup = next((one for one in parts if one in entry_names("ingroup")), "")
    value = next((one for one in parts if re.fullmatch("-?[0-9]", one) and one not in (agent, ingroup)), "")
    others = [one for one in parts[1:] if one not in (rate, ingroup, value, "agent", "set", "add", "to", "in")]
    if rate and ingroup and value and not agent and parts[0] in ("agent", rate) and len(others) == 1:
        lines = (
            f"ingroups={ingroup},OTHERS",
            f"{list_hints.RATED.get(rate, 'ingroup_ranks')}={ingroup}:{value},OTHERS",
        )
        return tuple(f"agent set {shlex.quote(others[0])} {line}" for line in lines)
    if not (rate and agent and ingroup and value):
        return ()
    return free_words.of_rating(ingroup, ("agent", agent, "rank" if rate == "skill" else rate, value))


def _plain(words: Sequence[str]) -> set[str]:
    """Return the words in small letters, without marks, and a word such as `drop rate` in one."""
    plain = [re.sub(r"[?!.,']+$|'", "", word.lower()).replace("_", "-") for word in words]
    plain = [part for word in plain for part in (word, *re.split(r"[=.]", word), *_asking(word))]
    return {
        "^" + "".join(plain[:1]),
        *map(str.lower, words),
        *plain,
        *(f"{one}-{other}" for one, other in pairwise(plain)),
    }


def _asking(word: str) -> list[str]:
    """Return the parts of a question in one word, such as `who-hung-up`; none of another word."""
    parts = word.split("-")
    return parts if parts[0] in ("why", "who", "how", "what", "when") else []


def _named(words: Sequence[str]) -> Mapping[str, str]:
    """Return the entries and amounts that words name, by what stands for each in a line."""
    words = [part for word in entries(words) for part in word.partition("=")[::2]]
    words = [word.rstrip("?") for word in words if word]
    found = {mark: next((one for one in words if one in entry_names(kind)), "") for mark, kind in MARKS.items()}
    loose = [one for one in words if one not in found.values()]
    found["CALL"] = next((one for one in loose if free_words.CALL.fullmatch(one)), "")
    found["NUMBER"] = next((one for one in loose if free_words.LONG_NUMBER.fullmatch(one)), "")
    found |= _amounts(loose) | _sounds(loose)
    if found["USER"]:
        found["OWN"] = next(iter(list_hints.current("agent", found["USER"], "ingroups") or ()), "")
    if found["INGROUP"]:
        found["OF"] = list_hints.related("ingroup", found["INGROUP"], "campaign") or "CAMPAIGN"
    found["CALLED"] = found["CAMPAIGN"] or _campaign_of(found["LIST"])
    if found["CALLED"] and found.get("MINUTES"):
        limits = ":".join(found.get(one, "") for one in ("MINUTES", "TIMES"))
        items = [f"{one}:{limits}" for one in found.get("STATUS", "").split(",")]
        found["RECYCLE"] = list_hints.with_items("campaign", found["CALLED"], "recycle", items)
    return {mark: text for mark, text in found.items() if text}


def _campaign_of(name: str) -> str:
    """Return the campaign that dials a list, or ""."""
    return str(list_hints.named("list").get(name, {}).get("campaign", "")) if name else ""


def _sounds(words: Sequence[str]) -> dict[str, str]:
    """Return the name of a sound file without its ending, and the statuses of a lead, joined by commas."""
    sound = next((one for word in words if (one := SOUND.fullmatch(word))), None)
    status = next((STATUSES.get(one.lower()) or one for one in words if one.lower() in STATUSES), "")
    status = status or next((one for one in words if STATUS.fullmatch(one)), "")
    return {"SOUND": sound[1] if sound else "", "STATUS": status}


def _amounts(words: Sequence[str]) -> dict[str, str]:
    """Return the first length of time in seconds, minutes and days, and the number of times."""
    values = [part for word in words for part in (word, word.partition("=")[2])]
    counts = [values[place + 2] for place, one in enumerate(values[:-2]) if one in TIMES]
    lengths = [one for one in values if (found := AMOUNT.fullmatch(one)) and found[2]]
    numbers = [one for one in values if one.isdigit() and len(one) < len("100000")]
    length = AMOUNT.fullmatch("".join([*lengths, *(one for one in numbers if one not in counts)][:1]))
    times = next((one for one in counts if one.isdigit()), "") or (numbers[-1] if numbers and lengths else "")
    if not length:
        return {"TIMES": times}
    unit = (length[2] or "")[:1]
    seconds = int(length[1]) * SECONDS[unit]
    minutes = seconds // 60 if unit else int(length[1])
    days = seconds // SECONDS["d"] if unit else int(length[1])
    return {"SECONDS": str(seconds), "MINUTES": str(minutes or 1), "DAYS": str(days or ""), "TIMES": times}


def _since(words: Sequence[str]) -> str:
    """Return the option for how far back a question looks: the time after an option, or a month; "" for a day."""
    if {*words} & {*PERIODS, *PERIODS.values()}:
        return ""
    given = (words[place + 1] for place, one in enumerate(words[:-1]) if one in ("--last", "--since", "--from"))
    return f" --since {shlex.quote(next(given, '30d'))}"
