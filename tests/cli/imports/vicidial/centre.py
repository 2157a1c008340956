"""A small call centre as rows with VICIdial's names of tables and columns, and its dump."""

from collections.abc import Iterable, Mapping
from pathlib import Path

COLUMNS = {
    table: names.split()
    for table, _, names in (
        line.partition(": ")
        for line in Path(__file__).with_name("columns.txt").read_text().splitlines()
        if not line.startswith("#")
    )
}
NUMERIC = ("_id", "_count", "_epoch", "_sec", "_seconds", "rank")
Rows = Mapping[str, Iterable[Mapping[str, object]]]
STATUS = {"selectable": "Y", "human_answered": "Y", "category": "UNDEFINED", "sale": "N", "dnc": "N"}
LEAD = {
    "status": "NEW", "user": "", "called_since_last_reset": "N", "phone_code": "1", "called_count": 0,
    "entry_date": "2026-11-20 09:00:00", "modify_date": "2026-11-20 14:00:00", "date_of_birth": "0000-00-00",
    "last_local_call_time": "2008-01-01 00:00:00", "rank": 0, "country_code": "USA", "entry_list_id": 0,
}  # fmt: skip
CENTRE: Rows = {
    "vicidial_user_groups": [
        {"user_group": "AGENTS", "group_name": "Agents", "allowed_campaigns": " SALES -",
         "group_shifts": "24HRMIDNIGHT"},
        {"user_group": "ADMIN", "group_name": "Admins", "allowed_campaigns": " -ALL-CAMPAIGNS- - -",
         "agent_status_viewable_groups": " --ALL-GROUPS-- "},
    ],
    "vicidial_users": [
        {"user": "1000", "pass": "plain1", "full_name": "Ann Agent", "user_level": 1, "user_group": "AGENTS",
         "phone_login": "1000a", "closer_campaigns": " SALESLINE GONE -", "active": "Y", "hotkeys_active": "1"},
        {"user": "6666", "pass": "", "pass_hash": "abc", "full_name": "Boss", "user_level": 9, "user_group": "ADMIN"},
        {"user": "7000", "pass": "plain7", "full_name": "Sue", "user_level": 7, "user_group": "AGENTS"},
        {"user": "VDAD", "pass": "donotedit", "full_name": "Outbound", "user_level": 1, "user_group": "ADMIN"},
    ],
    "vicidial_call_time_holidays": [
        {"holiday_id": "XMAS", "holiday_name": "Christmas", "holiday_date": "2026-12-25", "holiday_status": "ACTIVE",
         "ct_default_start": 2400, "ct_default_stop": 2400},
    ],
    "vicidial_call_times": [
        {"call_time_id": "9am-9pm", "call_time_name": "9 to 9", "ct_default_start": 900, "ct_default_stop": 2100,
         "ct_holidays": "|XMAS|", "ct_sunday_start": 2400, "ct_sunday_stop": 2400},
    ],
    "vicidial_campaigns": [
        {"campaign_id": "SALES", "campaign_name": "Autumn sales", "active": "Y", "dial_method": "RATIO",
         "auto_dial_level": "2", "dial_statuses": " NEW A1 -", "local_call_time": "9am-9pm", "hopper_level": 50,
         "drop_call_seconds": 5, "campaign_cid": "3125550199", "xfer_groups": " SALESLINE -",
          "campaign_script": "HELLO",
         "web_form_address": "https://crm.example.org/?lead=--A--lead_id--B--", "survey_method": "VOICEMAIL"},
        {"campaign_id": "OTHER", "campaign_name": "Other client", "active": "Y", "dial_method": "MANUAL",
         "dial_statuses": " A1 -"},
    ],
    "vicidial_inbound_groups": [
        {"group_id": "SALESLINE", "group_name": "Sales", "active": "Y", "call_time_id": "9am-9pm",
         "drop_call_seconds": 120, "drop_action": "VMAIL_NO_INST", "voicemail_ext": "85", "group_color": "#FF0000",
         "play_welcome_message": "YES_UNLESS_NODELAY", "no_agent_action": "MESSAGE"},
    ],
    "vicidial_statuses": [
        {"status": "SALE", "status_name": "Sale made", **STATUS, "sale": "Y"},
        {"status": "DNC", "status_name": "Do not call", **STATUS, "dnc": "Y"},
        {"status": "CBHOLD", "status_name": "Call back", **STATUS},
    ],
    "vicidial_campaign_statuses": [
        {"status": "A1", "campaign_id": "OTHER", "status_name": "Angry", **STATUS},
        {"status": "A1", "campaign_id": "SALES", "status_name": "Interested", **STATUS, "min_sec": 20},
        {"status": "SALE", "campaign_id": "SALES", "status_name": "Sale made", **STATUS, "sale": "Y"},
    ],
    "vicidial_campaign_hotkeys": [{"status": "A1", "hotkey": "1", "campaign_id": "SALES"}],
    "vicidial_pause_codes": [
        {"pause_code": "LUNCH", "pause_code_name": "Lunch", "billable": "NO", "campaign_id": "SALES",
         "time_limit": 65000},
        {"pause_code": "LUNCH", "pause_code_name": "Lunch", "billable": "NO", "campaign_id": "OTHER",
         "time_limit": 65000},
    ],
    "vicidial_settings_containers": [
        {"container_id": "OURS", "container_type": "OTHER", "container_entry": "3125550100\n3125550101"},
        {"container_id": "PHONE_DEFAULTS", "container_type": "OTHER", "container_entry": "a => b"},
    ],
    "vicidial_filter_phone_groups": [{"filter_phone_group_id": "BLOCKED", "filter_phone_group_name": "Blocked"}],
    "vicidial_filter_phone_numbers": [{"phone_number": "3125550668", "filter_phone_group_id": "BLOCKED"}],
    "vicidial_inbound_dids": [
        {"did_id": 1, "did_pattern": "8005550100", "did_description": "Main", "did_active": "Y",
         "did_route": "IN_GROUP",
         "group_id": "SALESLINE", "filter_inbound_number": "GROUP", "filter_phone_group_id": "BLOCKED",
         "filter_action": "EXTEN", "filter_extension": "999", "filter_exten_context": "bye"},
        {"did_id": 2, "did_pattern": "8005550101", "did_active": "Y", "did_route": "CALLMENU", "menu_id": "main menu",
         "filter_inbound_number": "DISABLED"},
    ],
    "vicidial_call_menu": [
        {"menu_id": "main menu", "menu_name": "Main", "menu_prompt": "welcome|press-1", "menu_timeout": 10,
         "menu_repeat": 1, "menu_invalid_prompt": "invalid"},
    ],
    "vicidial_call_menu_options": [
        {"menu_id": "main menu", "option_value": "1", "option_route": "INGROUP", "option_route_value": "SALESLINE"},
        {"menu_id": "main menu", "option_value": "2", "option_route": "AGI", "option_route_value": "x.agi"},
        {"menu_id": "main menu", "option_value": "TIMEOUT", "option_route": "HANGUP",
         "option_route_value": "vm-goodbye"},
    ],
    "vicidial_xfer_presets": [
        {"campaign_id": "SALES", "preset_name": "Back office", "preset_number": "3125550111", "preset_dtmf": "12"},
    ],
    "groups_alias": [
        {"group_alias_id": "OFFICE", "group_alias_name": "Office", "caller_id_number": "3125550112", "active": "Y"},
    ],
    "vicidial_cid_groups": [{"cid_group_id": "CHICAGO", "cid_group_notes": "Chicago", "cid_group_type": "AREACODE"}],
    "vicidial_campaign_cid_areacodes": [
        {"campaign_id": "CHICAGO", "areacode": "312", "outbound_cid": "3125550113", "active": "Y"},
    ],
    "vicidial_scripts": [
        {"script_id": "HELLO", "script_name": "Hello", "script_text": "Hello <b>--A--first_name--B--</b><br>Bye",
         "active": "Y"},
    ],
    "vicidial_lists": [
        {"list_id": 101, "list_name": "Spring", "campaign_id": "SALES", "active": "Y", "reset_time": "0900-1700",
         "expiration_date": "2099-12-31", "local_call_time": "campaign"},
        {"list_id": 201, "list_name": "Others", "campaign_id": "OTHER", "active": "N"},
    ],
    "vicidial_lists_fields": [
        {"field_id": 1, "list_id": 101, "field_label": "favorite_color", "field_rank": 1, "field_type": "TEXT"},
        {"field_id": 2, "list_id": 101, "field_label": "policy", "field_rank": 2, "field_type": "TEXT"},
        {"field_id": 3, "list_id": 101, "field_label": "title_line", "field_rank": 3, "field_type": "DISPLAY"},
    ],
    "vicidial_lead_recycle": [
        {"campaign_id": "SALES", "status": "A1", "attempt_delay": 1800, "attempt_maximum": 4, "active": "Y"},
    ],
    "phones": [
        {"extension": "1000", "login": "1000a", "pass": "phonepass", "conf_secret": "secret1", "protocol": "SIP",
         "fullname": "Ann's phone", "active": "Y", "outbound_cid": "3125550100"},
    ],
    "vicidial_list": [
        {**LEAD, "lead_id": 123456, "list_id": 101, "phone_number": "3125550100", "vendor_lead_code": "V-1",
         "first_name": "Zoë", "last_name": "O'Neil", "comments": "two\nlines; (and) \\ more", "status": "A1",
         "called_count": 3, "last_local_call_time": "2026-11-20 10:00:00", "called_since_last_reset": "Y2",
         "user": "1000"},
        {**LEAD, "lead_id": 123457, "list_id": 201, "phone_number": "3125550101", "status": "A1"},
        {**LEAD, "lead_id": 123458, "list_id": 101, "phone_number": "312555x102"},
        {**LEAD, "lead_id": 123459, "list_id": 101, "phone_number": "3125550103", "status": "CBHOLD"},
        {**LEAD, "lead_id": 123460, "list_id": 101, "phone_number": "3125550100"},
    ],
    "custom_101": [
        {"lead_id": 123456, "favorite_color": "blue", "policy": "P-77"},
        {"lead_id": 123459, "favorite_color": "", "policy": "P-78"},
    ],
    "vicidial_list_alt_phones": [
        {"alt_phone_id": 1, "lead_id": 123456, "phone_code": "1", "phone_number": "3125550177",
         "alt_phone_note": "office",
         "alt_phone_count": 1, "active": "Y"},
    ],
    "vicidial_dnc": [{"phone_number": "3125550666"}],
    "vicidial_campaign_dnc": [
        {"phone_number": "3125550667", "campaign_id": "SALES"}, {"phone_number": "3125550667", "campaign_id": "OTHER"},
    ],
    "vicidial_callbacks": [
        {"callback_id": 1, "lead_id": 123459, "list_id": 101, "campaign_id": "SALES", "status": "ACTIVE",
         "entry_time": "2026-11-20 10:05:00", "callback_time": "2026-12-01 15:00:00", "user": "1000",
         "recipient": "USERONLY", "comments": "after lunch", "lead_status": "CALLBK"},
        {"callback_id": 2, "lead_id": 123457, "list_id": 201, "campaign_id": "OTHER", "status": "INACTIVE",
         "entry_time": "2026-11-20 10:05:00", "callback_time": "2026-11-21 15:00:00", "user": "1000",
         "recipient": "ANYONE"},
    ],
    "vicidial_log": [
        {"uniqueid": "1795169400.11", "lead_id": 123456, "list_id": 101, "campaign_id": "SALES",
         "call_date": "2026-11-20 05:10:00", "start_epoch": 1795169400, "end_epoch": 1795169460, "length_in_sec": 60,
         "status": "A1", "phone_number": "3125550100", "user": "1000", "term_reason": "AGENT"},
    ],
    "vicidial_closer_log": [
        {"closecallid": 77, "lead_id": 123457, "list_id": 201, "campaign_id": "SALESLINE",
         "call_date": "2026-11-20 05:20:00", "start_epoch": 1795170000, "end_epoch": 1795170145, "length_in_sec": 145,
         "status": "SALE", "phone_number": "3125550101", "user": "1000", "queue_seconds": 20, "term_reason": "CALLER",
         "uniqueid": "1795170000.22", "queue_position": 2},
        {"closecallid": 78, "lead_id": 0, "list_id": 0, "campaign_id": "SALESLINE",
         "call_date": "2026-11-20 05:30:00", "start_epoch": 1795170600, "end_epoch": 1795170640, "length_in_sec": 40,
         "status": "DROP", "phone_number": "3125550109", "user": "VDCL", "queue_seconds": 40,
          "term_reason": "QUEUETIMEOUT",
         "uniqueid": "1795170600.23", "queue_position": 1},
    ],
    "vicidial_agent_log": [
        {"agent_log_id": 1, "user": "1000", "event_time": "2026-11-20 05:09:00", "lead_id": 123456,
         "campaign_id": "SALES", "pause_epoch": 1795169340, "pause_sec": 20, "wait_epoch": 1795169360, "wait_sec": 40,
         "talk_epoch": 1795169400, "talk_sec": 60, "dispo_epoch": 1795169460, "dispo_sec": 5, "status": "A1",
         "sub_status": "LUNCH", "uniqueid": "1795169400.11"},
    ],
    "recording_log": [
        {"recording_id": 5, "start_time": "2026-11-20 05:10:02", "start_epoch": 1795169402, "end_epoch": 1795169460,
         "length_in_sec": 58, "filename": "20261120-051002_3125550100", "lead_id": 123456, "user": "1000",
         "location": "http://old.example.org/RECORDINGS/20261120-051002_3125550100.wav",
          "vicidial_id": "1795169400.11"},
    ],
}  # fmt: skip


def columns_of(table: str, rows: Iterable[Mapping[str, object]]) -> list[str]:
    """Return the names of the columns of a table; those of custom fields are the names in its rows."""
    return COLUMNS.get(table) or list(dict.fromkeys(name for row in rows for name in row))


def dump(centre: Rows = CENTRE) -> str:
    """Return the centre as mysqldump writes it."""
    lines = [
        "-- MariaDB dump 10.19  Distrib 10.11", "/*!40101 SET NAMES utf8mb4 */;", "/*!40103 SET TIME_ZONE='+00:00' */;",
    ]  # fmt: skip
    for table, rows in centre.items():
        names = columns_of(table, rows)
        lines += [f"DROP TABLE IF EXISTS `{table}`;", f"CREATE TABLE `{table}` ("]
        lines += [f"  `{name}` {kind(table, name)}," for name in names]
        lines += [f"  PRIMARY KEY (`{names[0]}`)", ") ENGINE=MyISAM DEFAULT CHARSET=utf8mb4;"]
        values = ",".join(f"({','.join(_quoted(row.get(name)) for name in names)})" for row in rows)
        lines.append(" ".join(("INSERT INTO", f"`{table}`", "VALUES", f"{values};")))
    return "\n".join((*lines, "-- Dump completed on 2026-11-28  3:00:00")) + "\n"


def kind(table: str, name: str) -> str:
    """Return the type of a column."""
    if name.endswith(NUMERIC) and not (table != "vicidial_list" and name in TEXT_IDS):
        return "int(9) NOT NULL DEFAULT 0"
    return "timestamp NULL DEFAULT NULL" if name == "modify_date" else "varchar(255) DEFAULT ''"


TEXT_IDS = (
    *("campaign_id", "group_id", "call_time_id", "menu_id", "script_id", "container_id", "holiday_id", "cid_group_id"),
    *("filter_phone_group_id", "group_alias_id", "vicidial_id", "voicemail_id", "filter_group_id", "filter_menu_id"),
)


def _quoted(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    for sign, escaped in (("\\", "\\\\"), ("'", "\\'"), ("\n", "\\n"), ('"', '\\"')):
        text = text.replace(sign, escaped)
    return f"'{text}'"


def written(folder: Path, centre: Rows = CENTRE) -> Path:
    """Write the dump of a centre into a folder, and return the file."""
    file = folder / "asterisk.sql"
    file.write_text(dump(centre), encoding="utf-8")
    return file
