"""Further examples like agent_api.json, from the same contract, for values and preconditions that it lacks."""

from collections.abc import Iterator

from tests.http.examples.contract import Example

USER = {"source": "test", "user": "6666", "pass": "1234", "agent_user": "1000"}

# id: precondition, parameters, answer; and why it cannot succeed, if so.
XFERS = {
    "blind": ("incall", "BLIND_TRANSFER", "phone_number=8500", "|8500|NO"),
    "blind_parked": ("incall_parked", "BLIND_TRANSFER", "phone_number=8500", "|8500|NO"),
    "blind_with_third": ("incall_third", "BLIND_TRANSFER", "phone_number=8500", "|8500|NO"),
    "closer_with_third": ("incall_third", "LOCAL_CLOSER", "ingroup_choices=SALESLINE", "SALESLINE||NO"),
    "leave_vm": ("incall", "LEAVE_VM", "", "||NO"),
    "park_dial": ("incall", "PARK_CUSTOMER_DIAL", "phone_number=8500", "|8500|NO"),
    "dial_parked": ("incall_parked", "DIAL_WITH_CUSTOMER", "phone_number=8500", "|8500|NO"),
    "hangup_both": ("incall_third", "HANGUP_BOTH", "", "||NO"),
    "hangup_both_parked": ("incall_parked", "HANGUP_BOTH", "", "||NO"),
    "closer_parked": ("incall_parked", "LOCAL_CLOSER", "ingroup_choices=SALESLINE", "SALESLINE||NO"),
    "default_ingroup": ("incall", "LOCAL_CLOSER", "ingroup_choices=DEFAULTINGROUP", "SUPPORTLINE||NO"),
    "park_dial_consult": (
        "incall",
        "PARK_CUSTOMER_DIAL",
        "ingroup_choices=SALESLINE&consultative=YES",
        "SALESLINE||YES",
    ),
}
NOWHERE = {
    "blind_without_number": ("incall", "BLIND_TRANSFER", "", "||NO", "phone_number is empty"),
    "hangup_xfer_none": ("incall", "HANGUP_XFER", "", "||NO", "no third party on this call"),
    "leave_none": ("incall", "LEAVE_3WAY_CALL", "", "||NO", "no third party on this call"),
    "direct_nobody": (
        "incall",
        "LOCAL_CLOSER",
        "ingroup_choices=AGENTDIRECT",
        "AGENTDIRECT||NO",
        "agent (none) does not exist",
    ),
    "direct_unknown": (
        "incall",
        "LOCAL_CLOSER",
        "ingroup_choices=AGENTDIRECT&phone_number=9999",
        "AGENTDIRECT|9999|NO",
        "agent 9999 does not exist",
    ),
    "consult_logged_out": (
        "incall",
        "DIAL_WITH_CUSTOMER",
        "ingroup_choices=AGENTDIRECT&phone_number=1005&consultative=YES",
        "AGENTDIRECT|1005|YES",
        "agent 1005 is not logged in",
    ),
}
XFER_ERRORS = {
    "default_none": (
        "incall_default_none",
        "LOCAL_CLOSER",
        "ingroup_choices=DEFAULTINGROUP",
        "ingroup is not valid - ---NONE---",
    ),
    "default_dead": ("dead", "LOCAL_CLOSER", "ingroup_choices=DEFAULTINGROUP", "ingroup is not valid - "),
    "closed": ("incall", "LOCAL_CLOSER", "ingroup_choices=CLOSEDLINE", "ingroup is not valid - CLOSEDLINE"),
    "bad_alias": (
        "incall",
        "BLIND_TRANSFER",
        "phone_number=8500&group_alias=BADALIAS",
        "caller_id_number from group_alias is not valid - 1000|BADALIAS|3",
    ),
    "bad_choice": (
        "incall",
        "DIAL_WITH_CUSTOMER",
        "phone_number=8500&cid_choice=NOPE",
        "cid_choice is not valid - 1000|NOPE",
    ),
    "no_such_value": ("incall", "NO_SUCH_VALUE", "", "value is not valid - NO_SUCH_VALUE|6666"),
    "ready": ("ready", "HANGUP_XFER", "", "agent_user does not have a live call - 1000"),
    "dispo": ("dispo", "HANGUP_BOTH", "", "agent_user does not have a live call - 1000"),
}
PARKS = {
    "park": ("incall", "PARK_CUSTOMER"),
    "park_with_third": ("incall_third", "PARK_CUSTOMER"),
    "grab": ("incall_parked", "GRAB_CUSTOMER"),
}
NO_PARKS = {
    "grab_unparked": ("incall", "GRAB_CUSTOMER", "the customer is not parked"),
    "grab_no_third": ("incall", "GRAB_XFER", "no third party on this call"),
    "swap_unparked": ("incall_third", "SWAP_PARK_XFER", "the customer is not parked"),
    "park_twice": ("incall_parked", "PARK_CUSTOMER", "the customer is parked already"),
    "park_dispo": ("dispo", "PARK_CUSTOMER", "the agent has no live call"),
    "grab_queue": ("queue", "GRAB_CUSTOMER", "the call has not reached the agent yet"),
    "park_ivr_without": ("incall", "PARK_IVR_CUSTOMER", "the campaign has no park IVR - set park_ivr"),
}
RECORDING = "{SERVER_IP}|{CONF_EXTEN}|INCALL\n"
ACTIVE = "NOTICE: recording active - 1000|{RECORDING_ID}|{FILENAME}|{SERVER_IP}|{DATETIME}|"
LIVE_CALL = "value=Y1120061400000123456"
PAUSE = "external_pause"
OTHERS = {
    "queue_count": ("paused_queue2", "calls_in_queue_count", "value=DISPLAY", "SUCCESS: calls_in_queue_count - 2"),
    "fronter": (
        "incall_with_fronter",
        "force_fronter_leave_3way",
        "value=LOCAL_ONLY",
        "SUCCESS: force_fronter_leave_3way SENT - 1001",
    ),
    "record": ("incall", "recording", "value=START", f"SUCCESS: recording function sent - 1000|START||||{RECORDING}"),
    "record_stop_none": ("incall", "recording", "value=STOP", f"ERROR: stop recording error - 1000|||||{RECORDING}"),
    "record_status": ("incall_recording", "recording", "value=STATUS", f"{ACTIVE}{RECORDING}"),
    "ra_hangup": (
        "incall",
        "ra_call_control",
        f"{LIVE_CALL}&stage=HANGUP",
        "SUCCESS: ra_call_control hungup - 1000|{CALLERID}|HANGUP\n",
    ),
    "ra_number": (
        "incall",
        "ra_call_control",
        f"{LIVE_CALL}&stage=EXTENSIONTRANSFER&phone_number=8500",
        "SUCCESS: ra_call_control transfer - 1000|{CALLERID}|8500\n",
    ),
    "ra_ingroup": (
        "incall",
        "ra_call_control",
        f"{LIVE_CALL}&stage=INGROUPTRANSFER&ingroup_choices=SALESLINE",
        "SUCCESS: ra_call_control transfer - 1000|{CALLERID}|\n",
    ),
    "pause_ready": ("ready", PAUSE, "value=PAUSE", "SUCCESS: external_pause function set - PAUSE|{EPOCH}|1000\n"),
    "resume": ("paused", PAUSE, "value=RESUME", "SUCCESS: external_pause function set - RESUME|{EPOCH}|1000\n"),
    "resume_ready": ("ready", PAUSE, "value=RESUME", "ERROR: external_pause agent is not paused - RESUME|1000\n"),
    "code_ready": ("ready", "pause_code", "value=BREAK", "ERROR: pause_code error - agent is not paused - 1000\n"),
    "code_long": ("paused", "pause_code", "value=LUNCHES", "ERROR: pause_code not valid - LUNCHES|1000\n"),
    "keys_third": ("incall_third", "send_dtmf", "value=1P2S", "SUCCESS: send_dtmf function set - 1P2S|1000\n"),
    "hangup_dead": ("dead", "external_hangup", "value=1", "SUCCESS: external_hangup function set - 1|1000\n"),
    "message": (
        "incall",
        "vm_message",
        "value=vm-nobodyavail",
        "SUCCESS: vm_message function set - 1000|{LEAD}|vm-nobodyavail|\n",
    ),
    "park_paused": (
        "paused",
        "park_call",
        "value=PARK_CUSTOMER",
        "ERROR: agent_user does not have a lead on their screen - 1000\n",
    ),
}
LOGINS = {
    "api_disabled": ("", "ERROR: System API NOT ACTIVE\n"),
    "bad_password": ("pass=wrong", "ERROR: Invalid Username/Password: |6666||0|1|BAD|\n"),
    "inactive_user": ("", "ERROR: Invalid Username/Password: |6666||0|1|BAD|\n"),
    "user_without_api_access": ("user=7001", "ERROR: Invalid Username/Password: |7001||1|0|GOOD|\n"),
}


def _made(name: str, setup: str, function: str, parameters: str, expect: str, why: str = "") -> Example:
    given = dict(pair.split("=", 1) for pair in parameters.split("&") if pair)
    setup = setup if setup in LOGINS else f"agent_{setup}"
    return {"id": name, "setup": setup, "query": USER | {"function": function} | given, "expect": expect, "why": why}


def _all() -> Iterator[Example]:
    transfer, park = "transfer_conference", "park_call"
    for name, (setup, value, parameters, told) in XFERS.items():
        yield _made(name, setup, transfer, f"value={value}&{parameters}", _transferred(value, told))
    for name, (setup, value, parameters, told, why) in NOWHERE.items():
        yield _made(name, setup, transfer, f"value={value}&{parameters}", _transferred(value, told), why)
    for name, (setup, value, parameters, told) in XFER_ERRORS.items():
        yield _made(name, setup, transfer, f"value={value}&{parameters}", f"ERROR: {told}\n")
    for name, (setup, value) in PARKS.items():
        yield _made(name, setup, park, f"value={value}", f"SUCCESS: park_call function set - {value}|1000\n")
    for name, (setup, value, why) in NO_PARKS.items():
        yield _made(name, setup, park, f"value={value}", f"SUCCESS: park_call function set - {value}|1000\n", why)
    for name, (setup, function, parameters, told) in OTHERS.items():
        yield _made(name, setup, function, parameters, told)
    for name, (parameters, told) in LOGINS.items():
        yield _made(name, name, "external_hangup", f"value=1&{parameters}", told)


def _transferred(value: str, told: str) -> str:
    return f"SUCCESS: transfer_conference function set - {value}|{told}|1000|{{CALLERID}}|\n"


MORE: list[Example] = list(_all())
