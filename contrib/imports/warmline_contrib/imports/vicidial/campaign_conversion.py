"""Campaigns, in-groups, lists and the hours in which they are open."""

from warmline_contrib.imports.converted_value import Fate
from warmline_contrib.imports.vicidial import code_conversion, column_conversion, list_mixes, numbers
from warmline_contrib.imports.vicidial.column_conversion import CALL_TIMES, CAMPAIGNS, LISTS, RECYCLE, REFUSED
from warmline_contrib.imports.vicidial.conversion import UNSET, Row, VicidialConversion, same_named, words

HOLIDAYS, IN_GROUPS, FIELDS = "vicidial_call_time_holidays", "vicidial_inbound_groups", "vicidial_lists_fields"
NO_VALUE = ("DISPLAY", "SCRIPT", "SWITCH", "BUTTON", "SOURCESELECT")  # types of fields without a value of the lead
SILENCE = "---NONE---"
NO_INSTRUCTIONS = ("VMAIL_NO_INST", "VOICEMAIL", "the mailbox may say instructions")
ACTIONS = (*("drop_action", "after_hours_action", "no_agent_action", "closing_time_action", "wait_time_option"),)
# A value of a column: the text of the option, and the difference.
OF_CAMPAIGN = {
    ("daily_limit_manual", "DISABLED"): ("0", ""),
    ("manual_dial_cid", "AGENT_PHONE_OVERRIDE"): ("AGENT_PHONE", "a number of the lead's area is not preferred"),
    ("next_dial_my_callbacks", "DISABLED"): ("N", ""),
    ("next_dial_my_callbacks", "ENABLED"): ("Y", ""),
    ("use_custom_cid", "AREACODE"): ("Y", "cid_group has a number for each area"),
    ("auto_alt_dial", "ALT_AND_EXTENDED"): ("ALT_ONLY", "more_numbers are not dialled automatically"),
    ("auto_alt_dial", "ALT_AND_ADDR3_AND_EXTENDED"): ("ALT_AND_ADDR3", "more_numbers are not dialled automatically"),
    ("auto_alt_dial", "ADDR3_AND_EXTENDED"): ("ADDR3_ONLY", "more_numbers are not dialled automatically"),
    ("web_form_target", "vdcwebform"): ("TAB", ""),
    ("drop_call_seconds", "5"): ("2", "the law allows 2 seconds"),
}
OF_IN_GROUP = {
    ("drop_action", "MESSAGE"): ("EXTENSION", "it is the extension drop_exten, which the dialplan must have"),
    ("play_welcome_message", "YES_UNLESS_NODELAY"): ("ALWAYS", "callers who do not wait hear it, too"),
    ("agent_alert_exten", "X"): (SILENCE, ""),
}


def hours(into: VicidialConversion) -> None:
    """Convert holidays, and then call times, which name them."""
    for row in into.rows(HOLIDAYS):
        name = into.names.give("holiday", row["holiday_id"])
        given = same_named("holiday", row)
        given["holiday_status"] = "ACTIVE" if row["holiday_status"] == "ACTIVE" else "INACTIVE"
        if row.get("holiday_date", "").startswith("0000") or not row.get("holiday_date"):
            into.told(HOLIDAYS, name, "holiday_date", row.get("holiday_date", ""), Fate.LOST, "it has no day")
            continue
        into.read(HOLIDAYS, "holiday", name, row, given)
    for row in into.rows(CALL_TIMES):
        name = into.names.give("call-time", row["call_time_id"])
        given = same_named("call-time", row)
        given["ct_holidays"] = ",".join(into.names.known("holiday", one) for one in words(row.get("ct_holidays", "")))
        into.read(CALL_TIMES, "call-time", name, row, given)


def campaigns(into: VicidialConversion) -> None:
    """Convert campaigns. Their in-groups, call times, scripts and codes are known before."""
    recycle = column_conversion.recycling(_coded(into, into.rows(RECYCLE)))
    for row in into.rows(CAMPAIGNS):
        old = row["campaign_id"]
        name = into.names.known("campaign", old)
        given, why = _of_campaign(into, row, old)
        given["recycle"] = recycle.get(name, "")
        _check_method(given, why)
        for column, (fine, reason) in REFUSED.items():
            value = row.get(column, "")
            if column != list_mixes.COLUMN and value and value != fine and not (value in UNSET and not fine):
                into.told(CAMPAIGNS, name, column, value, Fate.LOST, reason)
        into.read(CAMPAIGNS, "campaign", name, row, given, why)


def _coded(into: VicidialConversion, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [
        row
        | {
            "campaign_id": into.names.known("campaign", row["campaign_id"]),
            "status": into.names.known(code_conversion.CODE, row["status"], row["campaign_id"]),
        }
        for row in rows
        if row.get("attempt_delay", "").isdecimal()
    ]


def _of_campaign(into: VicidialConversion, row: Row, old: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the options of a campaign as texts, and why some are not those of their columns."""
    given = same_named("campaign", column_conversion.adapted(CAMPAIGNS, row))
    why: dict[str, str] = {}
    _replaced(given, OF_CAMPAIGN, why)
    for column in ("dial_statuses", "auto_alt_dial_statuses"):
        given[column] = ",".join(code_conversion.statuses(into, given.get(column, "").split(","), old)).strip(",")
    for column in ("default_xfer_group", "drop_inbound_group"):
        given[column] = into.names.known("ingroup", row.get(column, "")) or SILENCE
    given["campaign_script"] = into.names.known("script", _or_empty(row.get("campaign_script", "")))
    given["local_call_time"] = into.names.known("call-time", _or_empty(row.get("local_call_time", "")))
    if row.get("cid_group_id", "") not in UNSET:
        given["cid_group"] = into.names.known("cid-group", row["cid_group_id"])
    elif row.get("use_custom_cid", "") == "AREACODE":
        given["cid_group"] = into.names.known("cid-group", old)
    if row.get("get_call_launch", "") not in ("WEBFORM", "WEBFORMTWO", "WEBFORMTHREE"):
        given.pop("get_call_launch", None)
    for column in ("leave_3way_start_recording_exception", "three_way_record_stop_exception"):
        if row.get(column, "") not in UNSET:
            given[column] = into.names.known("container", row[column], numbers.CONTAINERS)
        else:
            given.pop(column, None)
    return given, why


def _check_method(given: dict[str, str], why: dict[str, str]) -> None:
    """Let a campaign that would drop leads without a word be dialled by hand."""
    method = given.get("dial_method", "MANUAL")
    if method in ("MANUAL", "INBOUND_MAN"):
        return
    heard = given.get("drop_action") == "MESSAGE" and given.get("safe_harbor_audio")
    queued = given.get("drop_action") == "IN_GROUP" and given.get("drop_inbound_group", SILENCE) != SILENCE
    if given.get("auto_dial_level", "") in ("0", "0.0"):
        given["dial_method"], given["auto_dial_level"] = "MANUAL", "1"
        why["dial_method"] = "its auto_dial_level is 0"
    elif not heard and not queued:
        given["dial_method"] = "MANUAL"
        why["dial_method"] = f"dropped leads would hear nothing; set safe_harbor_audio, then dial_method={method}"


def in_groups(into: VicidialConversion) -> None:
    """Convert in-groups."""
    for row in into.rows(IN_GROUPS):
        name = into.names.known("ingroup", row["group_id"])
        given, why = same_named("ingroup", row), dict[str, str]()
        for action in ACTIONS:
            if given.get(action) == NO_INSTRUCTIONS[0]:
                given[action], why[action] = NO_INSTRUCTIONS[1:]
        if given.get("no_agent_action") == "IN_GROUP":
            given["no_agent_action"] = "INGROUP"
        _replaced(given, OF_IN_GROUP, why)
        for column in given:
            if column.endswith(("_xfer_group", "drop_inbound_group")) and given[column] not in UNSET:
                given[column] = into.names.known("ingroup", given[column])
        given["call_time_id"] = into.names.known("call-time", _or_empty(row.get("call_time_id", "")))
        into.read(IN_GROUPS, "ingroup", name, row, given, why)


def lists(into: VicidialConversion) -> None:
    """Convert lists with the names of their custom fields."""
    fields: dict[str, list[str]] = {}
    for row in into.rows(FIELDS, "field_rank"):
        into.unread(FIELDS, row["list_id"], row)
        if row.get("field_type", "").upper() not in NO_VALUE:
            fields.setdefault(row["list_id"], []).append(row["field_label"])
    shares = list_mixes.shares(into)
    for row in into.rows(LISTS):
        old = row["list_id"]
        name, given = into.names.known("list", old), column_conversion.adapted(LISTS, row)
        given = same_named("list", given)
        given["campaign"] = into.names.known("campaign", given.get("campaign", ""))
        given["local_call_time"] = into.names.known("call-time", _or_empty(given.get("local_call_time", "")))
        if given.get("campaign_cid_override", "") in UNSET:
            given.pop("campaign_cid_override", None)
        given["custom_fields"] = ",".join(fields.get(old, ()))
        if share := shares.get((row["campaign_id"], old)):
            given["list_weight"] = str(share)
        into.read(LISTS, "list", name, row, given, {"list_weight": list_mixes.SHARE} if share else {})


def _replaced(given: dict[str, str], same: dict[tuple[str, str], tuple[str, str]], why: dict[str, str]) -> None:
    for (column, value), (text, difference) in same.items():
        if given.get(column) == value:
            given[column] = text
            if difference:
                why[column] = difference


def _or_empty(text: str) -> str:
    return "" if text in UNSET else text
