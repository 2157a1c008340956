"""The fate of each column of FreePBX's tables that are imported, without the columns whose rows count together.

The columns are those of FreePBX 16 and 17, from the file module.xml of its modules. A column of another release is
reported as lost.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from warmline_contrib.imports.converted_value import ConvertedValue, Reading, changed, kept, lost, not_needed

Rule = Callable[[str], Reading]
OFF = ("", "0", "no", "none", "default", "dontcare", "novm", "disabled")
# Names of values with a secret. The value of `register` is that of a trunk: USER:SECRET@HOST.
SECRETS = re.compile("pass|secret|cred|auth|register", re.IGNORECASE)
HIDDEN = "(not shown)"
LONGEST_LABEL = 50  # characters
OF_PHONE = "calls to the extension itself stay with FreePBX"
NO_PREFIX = "no text is put before the caller's name; the agent's page names in-group and number"
NO_ALERT = "phones ring without Alert-Info"
NO_VOLUME = "calls keep their volume"
RECORDED = "campaign_recording and ingroup_recording_override decide about recordings"
NO_ZONE = "the tones are those of Asterisk"


def together(text: str) -> Reading:
    """Stand for a column whose value the converter of its table reads. The converter gives its fate."""
    raise LookupError(text)


def _if_set(why: str) -> Rule:
    """Return the rule of a column that is lost if it has a value other than the usual one."""
    return lambda text: not_needed("nothing is set") if text.lower() in OFF else lost(why)


def _never(why: str) -> Rule:
    return lambda text: not_needed(why)


COLUMNS: Mapping[str, Mapping[str, Rule]] = {
    "queues_config": {
        **dict.fromkeys(
            (
                *("extension", "descr", "maxwait", "dest", "ivr_id", "use_queue_context", "qnoanswer", "callconfirm"),
                *("agentannounce_id", "joinannounce_id"),
            ),
            together,
        ),
        "grppre": _if_set(NO_PREFIX),
        "alertinfo": _if_set(NO_ALERT),
        "ringing": _if_set("a waiting caller hears music of moh_context, and no ringing tone"),
        "password": _if_set("an agent logs in with their own PIN or on their page"),
        "cwignore": _never("an agent in a call gets no second one"),
        "queuewait": _if_set(NO_PREFIX),
        "togglehint": _never("the agent's page shows the state; a phone needs no key for it"),
        "callconfirm_id": _if_set("accept_key has its own prompt"),
        "qregex": _if_set("the option ingroups of an agent says who may take calls"),
        "monitor_type": _never("a recording begins with the conversation"),
        "monitor_heard": _if_set(NO_VOLUME),
        "monitor_spoken": _if_set(NO_VOLUME),
        "callback_id": _if_set("set wait_time_option=PRESS_CID_CALLBACK for a callback"),
    },
    "queues_details": dict.fromkeys(("id", "keyword", "data", "flags"), together),
    "ringgroups": {
        **dict.fromkeys(
            (
                *("grpnum", "strategy", "grptime", "grplist", "postdest", "description", "ringing", "recording"),
                *("annmsg_id", "needsconf", "cfignore"),
            ),
            together,
        ),
        "grppre": _if_set(NO_PREFIX),
        "alertinfo": _if_set(NO_ALERT),
        "remotealert_id": _if_set("accept_key has its own prompt"),
        "toolate_id": _if_set("accept_key has its own prompt"),
        "cwignore": _never("an agent in a call gets no second one"),
        "cpickup": _if_set("no other phone can pick the call up"),
        "progress": _never("the call is answered before it waits"),
        "elsewhere": _never("Asterisk tells the other phones how the ringing ended"),
        "rvolume": _if_set(NO_VOLUME),
    },
    "incoming": {
        **dict.fromkeys(("cidnum", "extension", "destination", "description"), together),
        "privacyman": _if_set("a caller without a number is not asked for one"),
        "alertinfo": _if_set(NO_ALERT),
        "ringing": _never("an in-group answers the call; another destination is FreePBX's"),
        "fanswer": _never("an in-group answers the call; another destination is FreePBX's"),
        "mohclass": _if_set("moh_context of the in-group has the music"),
        "grppre": _if_set(NO_PREFIX),
        "delay_answer": _if_set("calls are answered at once"),
        "pricid": _never("a rule for callers counts before the number's own route"),
        "pmmaxretries": _never("it belongs to privacyman"),
        "pmminlength": _never("it belongs to privacyman"),
        "reversal": _if_set("calls at the called party's cost are not refused"),
        "rvolume": _if_set(NO_VOLUME),
        "indication_zone": _if_set(NO_ZONE),
    },
    "timeconditions": {
        **dict.fromkeys(
            (
                *("timeconditions_id", "displayname", "time", "truegoto", "falsegoto", "timezone", "mode"),
                *("calendar_id", "calendar_group_id"),
            ),
            together,
        ),
        "deptname": _if_set("a call time has no department"),
        "generate_hint": _never("no lamp of a phone shows a call time"),
        "invert_hint": _never("no lamp of a phone shows a call time"),
        "fcc_password": _if_set("no code of a phone switches a call time"),
        "priority": _never("FreePBX does not use it"),
    },
    "timegroups_groups": dict.fromkeys(("id", "description"), together),
    "timegroups_details": dict.fromkeys(("id", "timegroupid", "time"), together),
    "users": {
        **dict.fromkeys(("extension", "name", "voicemail"), together),
        "password": _never(OF_PHONE),
        "ringtimer": _never("on_hook_ring_time of the in-group says how long a phone rings"),
        "recording": _if_set(RECORDED),
        "outboundcid": _if_set("campaign_cid is the number of calls to customers"),
        "sipname": _never(OF_PHONE),
        "mohclass": _never(OF_PHONE),
        **dict.fromkeys(("noanswer", "noanswer_cid", "busy_cid", "chanunavail_cid"), _never(OF_PHONE)),
        **dict.fromkeys(("noanswer_dest", "busy_dest", "chanunavail_dest"), _never(OF_PHONE)),
    },
    "devices": {
        **dict.fromkeys(("id", "tech", "dial", "devicetype", "user"), together),
        "description": _never("the name of the extension counts"),
        "emergency_cid": _never("FreePBX dials emergency numbers of the phone"),
        "hint_override": _never(OF_PHONE),
    },
    "sip": dict.fromkeys(("id", "keyword", "data", "flags"), together),
}
# Values of Asterisk's own database in a backup: columns beside those of a table, and the settings of extensions.
OF_BACKUPS: Mapping[str, Mapping[str, Rule]] = {
    "ringgroups": {
        "changecid": _if_set("phones show the caller's own number"),
        "fixedcid": _never("it counts with changecid"),
    },
    "astdb": {
        "extension": _never("it is the name of the agent"),
        **dict.fromkeys(
            (
                *("answermode", "intercom", "callwaiting", "cwtone", "cid_masquerade", "call_screen", "pinless"),
                *("ringtimer", "cfringtimer", "concurrency_limit", "dialopts", "recording_priority", "rvolume"),
                "novmpw",
            ),
            _never(OF_PHONE),
        ),
        **dict.fromkeys(
            (
                *("recording_in_external", "recording_out_external", "recording_in_internal"),
                *("recording_out_internal", "recording_ondemand"),
            ),
            _if_set(RECORDED),
        ),
        "dynmemberonly": _never("the option ingroups of an agent says who may take calls"),
    },
}
# Tables that only give names to values of the others.
NAMES = ("recordings", "ivr_entries")


def label(text: str) -> str:
    """Return a name in the form that options with names take."""
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text).strip()[:LONGEST_LABEL]


def named(option: str, text: str) -> Reading:
    """Return what a name becomes, as the value of an option with a name."""
    name = label(text)
    if not name:
        return not_needed("nothing is set")
    if name != text.strip():
        return changed(f"{LONGEST_LABEL} characters are the most", **{option: name})
    return kept(**{option: name})


def shown(name: str, text: str) -> str:
    """Return the value of a column or setting as it may be shown."""
    return HIDDEN if text and SECRETS.search(name) else text


def fates(table: str, place: str, row: Mapping[str, str], special: Mapping[str, Reading]) -> Iterator[ConvertedValue]:
    """Yield the fate of each column of a row. `special` has those of columns that count together."""
    for column, text in row.items():
        rule = COLUMNS.get(table, {}).get(column) or OF_BACKUPS.get(table, {}).get(column)
        if column in special:
            reading = special[column]
        elif rule is None:
            reading = lost("this release does not know the column")
        else:
            reading = rule(text)
        yield ConvertedValue(place, f"{table}.{column}", shown(column, text), reading.fate, reading.why)
