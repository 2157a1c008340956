"""Options of former versions that were taken out, and what applies without them.

`set` refuses such an option and says this. A configuration file may still have it: it is skipped with a sentence. The
migration that drops its column says which values were not the default.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

ESTIMATE = "wait_time_option makes an offer after a time, and exit_keys has keys for every waiting caller"
OF_OFFER = (
    *("exten", "voicemail", "xfer_group", "callmenu", "seconds", "minimum", "prompt_seconds"),
    *("press_filename", "callback_filename"),
)

# By kind and name, what applies now.
REMOVED = {
    ("campaign", "drop_guard"): "each campaign dials as with drop_guard=MODEL",
    ("campaign", "dial_weight"): "campaigns have equal shares of a trunk; another trunk has lines of its own",
    ("campaign", "give_up"): "a call that has rung for 15 seconds and would find no agent is always hung up",
    ("campaign", "phone_caller_name"): "an agent's phone shows `Warmline login` if no customer number is known",
    ("campaign", "xfer_groups"): "it had no effect, and a toolbar offers every active in-group",
    **{
        ("ingroup", f"hold_time{part}"): ESTIMATE
        for part in ("_option", "_second_option", "_third_option", *(f"_option_{one}" for one in OF_OFFER))
    },
    ("ingroup", "wait_hold_option_priority"): ESTIMATE,
    ("ingroup", "choose_agent_hook"): "Python hooks are gone; data_agent prefers the agent whom the call's data names",
    ("container", "type"): "it had one value: every container has phone numbers",
    ("disposition", "unworkable"): "it had no effect, and no report counted it",
    ("scheduled-report", "send_time"): "reports are sent at six, after the end of their period",
    ("scheduled-report", "mail_numbers"): "mails never have numbers of customers",
    ("scheduled-report", "keep_days"): "no copy of a report is stored; warmline report NAME --csv writes one",
    ("scheduled-report", "active"): "one without mail_to sends nothing; an inactive one loses its mail_to",
    ("setting", "dial_reserve"): "automatic calls leave 15 percent of max_legs free",
    ("setting", "hook_deadline"): "Python hooks are gone, and nothing waits for one",
}


def without(kind: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of an entity without those that were removed. An inactive schedule still sends nothing."""
    left = {name: text for name, text in options.items() if (kind, name) not in REMOVED}
    return left | {"mail_to": ""} if kind == "scheduled-report" and options.get("active") == "N" else left


def sentences(found: Mapping[tuple[str, str], Mapping[str, Any]]) -> Iterator[str]:
    """Yield what is skipped in the options of entities, by (kind, name): a sentence for each thing that applies now."""
    skipped = defaultdict[tuple[str, str], dict[str, None]](dict)
    for (kind, _), options in found.items():
        for name in options:
            if instead := REMOVED.get((kind, name)):
                skipped[kind, instead][name] = None
    for (kind, instead), names in skipped.items():
        yield f"{kind}: {', '.join(names)} skipped, as Warmline no longer has it: {instead}"
