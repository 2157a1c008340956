"""A VICIdial system with one campaign and one in-group, as rows: its lead list, its recycling, and a known caller."""

from tests.cli.imports.vicidial.centre import LEAD, STATUS, Rows

ZONE = "America/New_York"  # of the old server's clock
CLOCK = "America/Chicago"  # of the leads
DID, INGROUP, LIST, KNOWN = "8005550150", "SHOPLINE", 801, 900001
CALLERS = 30  # leads from KNOWN on, who may call
NUMBER = "3125550{:03}"
EPOCH = 1_795_392_000  # 2026-11-23 00:00 UTC, in seconds; the old server's clock is 5 hours behind
HOUR = 3600


def lead(number: int, **more: object) -> dict[str, object]:
    """Return the row of a lead with this id and a number in Chicago."""
    own = {"lead_id": number, "list_id": LIST, "phone_number": NUMBER.format(200 + number), "gmt_offset_now": "-6.00"}
    return LEAD | own | more


def dialled(lead_id: int, hours: float, status: str = "NA") -> dict[str, object]:
    """Return the row of a call to a lead, so many hours after 2026-11-23 00:00 UTC."""
    began = EPOCH + int(hours * HOUR)
    return {
        "uniqueid": f"{began}.{lead_id}", "lead_id": lead_id, "list_id": LIST, "campaign_id": "SALES",
        "start_epoch": began, "end_epoch": began + 20, "length_in_sec": 20, "status": status, "user": "VDAD",
        "phone_number": NUMBER.format(200 + lead_id), "phone_code": "1", "term_reason": "NONE",
        "call_date": server_clock(hours),
    }  # fmt: skip


def server_clock(hours: float) -> str:
    """Return the time of the old server's clock, so many hours after 2026-11-23 00:00 UTC."""
    minutes = round((hours - 5) * 60) + 24 * 60
    day, rest = divmod(minutes, 24 * 60)
    return f"2026-11-{22 + day} {rest // 60:02}:{rest % 60:02}:00"


def user(name: str, full_name: str) -> dict[str, object]:
    return {
        "user": name, "pass": f"plain{name}", "full_name": full_name, "user_level": 1, "user_group": "AGENTS",
        "phone_login": name, "closer_campaigns": f" {INGROUP} -", "active": "Y",
    }  # fmt: skip


SHOP: Rows = {
    "vicidial_user_groups": [{"user_group": "AGENTS", "group_name": "Agents", "allowed_campaigns": " SALES -"}],
    "vicidial_users": [user("1000", "Ann Agent"), user("1001", "Bob Agent")],
    "phones": [
        {"extension": one, "login": one, "pass": "phonepass", "conf_secret": "a;b[c]", "protocol": "SIP", "active": "Y"}
        for one in ("1000", "1001")
    ],
    "vicidial_call_times": [{"call_time_id": "24hours", "ct_default_start": 0, "ct_default_stop": 2400}],
    "vicidial_campaigns": [
        {"campaign_id": "SALES", "campaign_name": "Shop", "active": "Y", "dial_method": "RATIO", "auto_dial_level": "2",
         "dial_statuses": " NEW NA DROP -", "lead_order": "DOWN COUNT", "lead_order_secondary": "LEAD_DESCEND",
         "call_count_limit": 5, "daily_call_count_limit": 2, "call_limit_24hour": 3, "drop_lockout_time": "72",
         "local_call_time": "24hours", "campaign_cid": "3125550199", "drop_action": "MESSAGE",
         "safe_harbor_audio": "ss-noservice", "drop_call_seconds": 2, "list_order_mix": "DISABLED",
         "web_form_address": "https://crm.example.org/?lead=--A--lead_id--B--&colour=--A--favorite_color--B--"},
    ],
    "vicidial_lead_recycle": [
        {"campaign_id": "SALES", "status": "NA", "attempt_delay": 3600, "attempt_maximum": 3, "active": "Y"},
    ],
    "vicidial_inbound_groups": [
        {"group_id": INGROUP, "group_name": "Shop", "active": "Y", "next_agent_call": "inbound_group_rank",
         "drop_call_seconds": 360, "drop_action": "HANGUP"},
    ],
    "vicidial_inbound_group_agents": [
        {"user": "1000", "group_id": INGROUP, "group_rank": "0", "group_grade": "1"},
        {"user": "1001", "group_id": INGROUP, "group_rank": "5", "group_grade": "1"},
    ],
    "vicidial_inbound_dids": [
        {"did_id": 1, "did_pattern": DID, "did_description": "Shop", "did_active": "Y", "did_route": "IN_GROUP",
         "group_id": INGROUP, "filter_inbound_number": "DISABLED"},
    ],
    "vicidial_statuses": [
        {"status": "NA", "status_name": "No Answer AutoDial", **STATUS, "human_answered": "N"},
        {"status": "DROP", "status_name": "Agent Not Available", **STATUS},
        {"status": "SALE", "status_name": "Sale made", **STATUS, "sale": "Y", "completed": "Y"},
        {"status": "CALLBK", "status_name": "Call Back", **STATUS, "scheduled_callback": "Y"},
        {"status": "CBHOLD", "status_name": "Call Back Hold", **STATUS, "scheduled_callback": "Y"},
    ],
    "vicidial_lists": [{"list_id": LIST, "list_name": "Autumn", "campaign_id": "SALES", "active": "Y"}],
    "vicidial_lists_fields": [
        {"field_id": 1, "list_id": LIST, "field_label": "favorite_color", "field_rank": 1, "field_type": "TEXT"},
    ],
    "vicidial_list": [
        lead(1),
        lead(2),
        lead(3, called_count=2),
        lead(4, status="NA", called_count=2, called_since_last_reset="Y1", last_local_call_time="2026-11-23 10:30:00"),
        lead(5, status="NA", called_count=1, called_since_last_reset="Y", last_local_call_time="2026-11-23 11:30:00"),
        lead(6, status="NA", called_count=4, called_since_last_reset="Y3", last_local_call_time="2026-11-22 10:30:00"),
        lead(7, called_count=5),
        lead(8, status="NA", called_count=2),
        lead(9, status="NA", called_count=3),
        lead(10, status="DROP", called_count=1),
        lead(11, status="SALE", called_count=1),
        lead(12),
    ],
    "vicidial_campaign_dnc": [{"phone_number": NUMBER.format(212), "campaign_id": "SALES"}],
    # Twice on the day of the leads; three times within 24 hours; dropped a day ago.
    "vicidial_log": [
        *(dialled(8, hours) for hours in (15, 16)), *(dialled(9, hours) for hours in (-5, -4, 15.5)),
        dialled(10, -6, "DROP"),
    ],
}  # fmt: skip


def with_callers(first: int) -> Rows:
    """Return the shop with leads of the next numbers. Each has a call of last week, a callback and a custom field."""
    began, known = EPOCH - 72 * HOUR, [(KNOWN + place, str(first + place)) for place in range(CALLERS)]
    return {
        **SHOP,
        "vicidial_list": [
            *SHOP["vicidial_list"],
            *(lead(one, phone_number=number, first_name="Zoë", last_name="O'Neil", status="CBHOLD", called_count=1)
              for one, number in known),
        ],
        f"custom_{LIST}": [{"lead_id": one, "favorite_color": "dark blue"} for one, _ in known],
        "vicidial_closer_log": [
            {"closecallid": one, "lead_id": one, "list_id": LIST, "campaign_id": INGROUP, "start_epoch": began,
             "call_date": server_clock(-72), "end_epoch": began + 90, "length_in_sec": 90, "status": "CALLBK",
             "phone_number": number, "user": "1000", "queue_seconds": 10, "term_reason": "CALLER",
             "uniqueid": f"{began}.{one}", "queue_position": 1}
            for one, number in known
        ],
        "vicidial_callbacks": [
            {"callback_id": one, "lead_id": one, "list_id": LIST, "campaign_id": "SALES", "status": "ACTIVE",
             "entry_time": server_clock(-72), "callback_time": "2026-12-24 15:00:00", "user": "1000",
             "recipient": "USERONLY", "comments": "before Christmas", "lead_status": "CALLBK"}
            for one, _ in known
        ],
    }  # fmt: skip
