"""The keys of queues.conf, each with what it becomes in an in-group.

The keys and their defaults are those of app_queue (apps/app_queue.c of Asterisk 22). Keys that only count together are
in queue_conversion.py.
"""

from collections.abc import Callable, Collection, Mapping

from warmline.options.option_table import INGROUP
from warmline.options.values.option_types import Value
from warmline_contrib.imports.converted_value import Reading, changed, kept, lost, not_needed

TRUE = frozenset(("yes", "true", "y", "t", "1", "on"))
FALSE = frozenset(("no", "false", "n", "f", "0", "off"))
ANNOUNCED = ("announce-frequency", "announce-position", "announce-holdtime", "periodic-announce")
OF_MEMBERS = ("wrapuptime", "autopause")  # options of agents
# Keys whose default in app_queue is another one than that of the option.
DEFAULTS = {"timeout": "15", "retry": "5"}
TOGETHER = frozenset((*ANNOUNCED, *OF_MEMBERS, *DEFAULTS, "periodic-announce-frequency", "strategy", "context"))
LONGEST_RING = 300  # seconds

AFTER_REFUSAL = "no_agent_action follows, in place of the next line of the dialplan"
VARIABLES = "no channel variables are set; scripts read the call's data"
TO_EACH = "prompts play for each caller, also for the first"
PLAYED = "Asterisk's own sound file is played"
FOR_BOTH = ("autofill", "log-restricted-caller-id")
OF_ALL = {
    "persistentmembers": not_needed("a login outlives a restart"),
    "shared-lastcall": not_needed("an agent has one wrap-up for all in-groups"),
    "log-membername-as-agent": not_needed("queue_log has the agent's name"),
    "negative-penalty-invalid": lost("a penalty below 0 counts as 0"),
    "monitor-type": not_needed("campaign_recording and ingroup_recording_override decide about recordings"),
    "force-longest-waiting-caller": not_needed("an agent gets the longest waiting caller of the best queue_priority"),
    "log-unpause-on-reason-change": not_needed("each change of a pause code is recorded"),
    **dict.fromkeys(("updatecdr", "keepstats"), not_needed("Asterisk has removed it")),
    "log-caller-id-name": not_needed("each call keeps its number and name"),
}


def is_on(text: str) -> bool:
    """Return whether Asterisk reads the text as yes (ast_true)."""
    return text.lower() in TRUE


def number(text: str) -> int:
    """Return the number at the beginning of a text, as atoi() does; 0 without one."""
    sign, digits = (-1, text[1:]) if text[:1] == "-" else (1, text)
    found = len(digits) - len(digits.lstrip("0123456789"))
    return sign * int(digits[:found] or 0)


def option(name: str, text: str) -> Reading:
    """Return the reading of a value that an option of in-groups takes as it is."""
    found = INGROUP.option(name)
    try:
        value: Value = found.type.parse(text)
    except ValueError:
        return lost(f"allowed for {name}: {found.type.allowed}")
    return kept(**{name: value})


def of_all(key: str, text: str) -> Reading:
    """Return what a value of the section `general` becomes. Other keys count in the section of a queue alone."""
    if found := OF_ALL.get(key.replace("_", "-")):
        return found
    return of_key(key, text) if key in FOR_BOTH else lost("not a key of all queues")


def of_key(key: str, text: str) -> Reading:
    """Return what a value of a queue becomes."""
    if found := KEYS.get(key):
        return found(text)
    return lost("not a key of app_queue")


def _unset_or(why: str) -> Callable[[str], Reading]:
    """Return the reader of a number that is lost unless it is 0."""
    return lambda text: lost(why) if number(text) else not_needed("0 is what Warmline does")


def _off_or(why: str) -> Callable[[str], Reading]:
    """Return the reader of a switch that is lost if it is on."""
    return lambda text: lost(why) if is_on(text) else not_needed("off is what Warmline does")


def _empty_or(why: str) -> Callable[[str], Reading]:
    return lambda text: lost(why) if text else not_needed("nothing is set")


def _sound(own: str) -> Callable[[str], Reading]:
    return lambda text: not_needed(PLAYED) if text in ("", own) else lost(PLAYED)


def _when_empty(name: str, text: str, never: Collection[str]) -> Reading:
    """Read a key whose words add up as the option `name`, as parse_empty_options of app_queue does.

    The words `never` stand for a queue that is never empty.
    """
    found: set[str] = set()
    for word in text.lower().replace(" ", "").split(","):
        if word in never:
            found = set()
        elif word in TRUE | FALSE or word == "strict":
            found = {"paused", "invalid"}
        elif word == "loose":
            found = {"invalid"}
        else:
            found.add(word)
    if not found:
        return kept(**{name: "N"})
    if found & {"inuse", "ringing", "wrapup"}:
        return changed(AFTER_REFUSAL, **{name: "NO_READY"})
    return changed(AFTER_REFUSAL, **{name: "NO_PAUSED" if "paused" in found else "Y"})


def _most(text: str) -> Reading:
    if (most := number(text)) <= 0:
        return not_needed("any number of callers may wait")
    counted = option("max_calls_count", str(most))
    return kept(max_calls_method="IN_QUEUE", **counted.options) if counted.options else counted


def rings(text: str) -> Reading:
    """Return what `timeout` becomes: 0 has no end, and app_queue takes its default for a number below."""
    seconds = number(text)
    return _at_most("on_hook_ring_time", (seconds or LONGEST_RING + 1) if seconds >= 0 else int(DEFAULTS["timeout"]))


def retries(text: str) -> Reading:
    """Return what `retry` becomes; below 1, app_queue takes its default."""
    seconds = number(text)
    return _at_most("retry_seconds", seconds if seconds > 0 else int(DEFAULTS["retry"]))


def _at_most(name: str, seconds: int) -> Reading:
    if seconds > LONGEST_RING:
        return changed(f"{LONGEST_RING} s is the most", **{name: LONGEST_RING})
    return kept(**{name: seconds})


def _level(text: str) -> Reading:
    return option("answer_sec_pct_rt_stat_one", str(number(text))) if number(text) > 0 else not_needed("none is set")


KEYS: Mapping[str, Callable[[str], Reading]] = {
    **dict.fromkeys(("musicclass", "music", "musiconhold"), lambda text: option("moh_context", text or "default")),
    "announce": lambda text: option("agent_alert_exten", text or "---NONE---"),
    "weight": lambda text: option("queue_priority", str(number(text))),
    "maxlen": _most,
    "servicelevel": _level,
    "joinempty": lambda text: _when_empty("no_agent_no_queue", text, TRUE),
    "leavewhenempty": lambda text: _when_empty("leave_when_empty", text, FALSE),
    "ringinuse": _off_or("an agent in a call gets no second one"),
    "autofill": lambda text: (
        not_needed("callers are connected side by side")
        if is_on(text)
        else changed("callers are always connected side by side")
    ),
    "autopausedelay": _unset_or("an agent is paused at once"),
    "autopausebusy": _off_or("max_missed counts a busy phone as any missed call"),
    "autopauseunavail": _off_or("max_missed counts a phone that is not reached as any missed call"),
    "penaltymemberslimit": _unset_or("ranks count with any number of agents"),
    "defaultrule": _empty_or("ranks do not change while a caller waits"),
    "memberdelay": _unset_or("agent and caller are connected at once"),
    "reportholdtime": _off_or("the agent sees the wait on the screen, and does not hear it"),
    "timeoutrestart": lambda text: not_needed("on_hook_ring_time counts for each phone"),
    "timeoutpriority": lambda text: not_needed("on_hook_ring_time and drop_call_seconds count apart"),
    "log-restricted-caller-id": lambda text: not_needed("a withheld number stays withheld"),
    "monitor-format": lambda text: (
        changed("conversations are recorded as files of Warmline", ingroup_recording_override="ALLCALLS")
        if text
        else not_needed("nothing is set")
    ),
    "monitor-type": lambda text: OF_ALL["monitor-type"],
    **dict.fromkeys(("setinterfacevar", "setqueuevar", "setqueueentryvar"), _off_or(VARIABLES)),
    **dict.fromkeys(("membergosub", "membermacro"), _empty_or("nothing runs on the agent's channel; see event hooks")),
    **dict.fromkeys(("eventwhencalled", "eventmemberstatus"), lambda text: not_needed("Asterisk has removed it")),
    "min-announce-frequency": lambda text: not_needed("place and wait are announced with the prompt alone"),
    "announce-round-seconds": _unset_or("the estimated wait is announced in minutes"),
    "announce-position-limit": lambda text: lost("each place is announced"),
    "announce-position-only-up": _off_or("the place is announced with each prompt"),
    "announce-to-first-user": lambda text: not_needed(TO_EACH) if is_on(text) else changed(TO_EACH),
    "periodic-announce-startdelay": lambda text: lost("the first prompt plays after prompt_interval"),
    "random-periodic-announce": _off_or("several prompts play one after the other"),
    "relative-periodic-announce": lambda text: not_needed("prompt_interval counts from the end of a prompt"),
    "queue-callerannounce": _empty_or("nothing is played to the caller at the connection"),
    **{
        name: _sound(name)
        for name in (
            *("queue-youarenext", "queue-thereare", "queue-callswaiting", "queue-quantity1", "queue-quantity2"),
            *("queue-holdtime", "queue-minutes", "queue-minute", "queue-seconds", "queue-thankyou", "queue-reporthold"),
        )
    },
}
