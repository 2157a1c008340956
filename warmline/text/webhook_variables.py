"""The variables of a webhook's URL and their meanings; docs/reference/webhook-variables.md is generated from them.

The names are VICIdial's, except those in `OURS`.
"""

OF_CALL = {
    "user": "the agent",
    "fullname": "the agent's `full_name`",
    "user_group": "the agent's `user_group`",
    "campaign": "the agent's campaign",
    "group": "the in-group that the call came from",
    "channel_group": "the in-group that the call came from; for an outbound call, the campaign",
    "phone": "the agent's phone",
    "phone_login": "the agent's phone",
    "original_phone_login": "the agent's phone",
    "SIPexten": "the agent's phone",
    "session_id": "the agent's room number in the agent API",
    "phone_number": "the customer's number",
    "dialed_number": "the customer's number",
    "call_id": "the call's name in the agent API",
    "uniqueid": "the customer's channel",
    "did_pattern": "the number that the caller dialled",
    "did_extension": "the number that the caller dialled",
    "did_description": "the `did_description` of the number that the caller dialled, unless only a pattern matches it",
    "server_ip": "the setting `server_ip`",
    "recording_filename": "the call's last recording, without `.wav`",
    "recording_id": "the call's last recording, without `.wav`",
    "talk_time": "the time that this agent had the call so far, with parks, in whole seconds",
    "talk_time_min": "the same in minutes, rounded up",
    "dispo": "the disposition's code; in `dispo_call_url` only",
    "dispo_name": "the disposition's name; in `dispo_call_url` only",
    "call_notes": "the agent's notes; in `dispo_call_url` only",
    "term_reason": "CALLER, AGENT or SYSTEM ended the call; NONE while it is in progress",
    "callback_datetime": "the due time of the callback that was promised, in the time zone of the setting `timezone`",
    "callback_lead_status": "the code of the disposition that promised the callback",
    "callback_comments": "the comments on the callback",
    "camp_script": "the campaign's script",
    "user_custom_three": "the agent's `custom_three`",
    "user_custom_five": "the agent's `custom_five`",
    "epoch": "the time of the event, in seconds since 1970",
    "SQLdate": "the time of the event on the machine's clock, such as `2026-01-31 09:30:00`",
}
OF_LEAD = {
    "lead_id": "the number of the call's lead",
    "vendor_id": "the lead's `vendor_lead_code`",
    "vendor_lead_code": "the lead's id in another system",
    "list_id": "the list that holds the lead",
    "source_id": "the lead's source",
    "phone_code": "the country code of the lead's number",
    "title": "the person's title",
    "first_name": "the person's first name",
    "middle_initial": "the initial of the middle name",
    "last_name": "the person's last name",
    "address1": "the first line of the address",
    "address2": "the second line of the address",
    "address3": "the third line of the address",
    "city": "the city",
    "state": "the state",
    "province": "the province",
    "postal_code": "the postal code",
    "country_code": "the country's code of three letters",
    "gender": "the person's gender",
    "date_of_birth": "the date of birth",
    "alt_phone": "another number of the person",
    "more_numbers": "the further numbers of the person, each with its label",
    "email": "the e-mail address",
    "security_phrase": "the security phrase",
    "comments": "the comments on the lead",
    "called_count": "the number of calls with the lead",
    "rank": "the lead's rank",
    "owner": "the lead's owner",
    "status": "the last disposition of the lead",
    "gmt_offset_now": "the lead's offset from GMT, in hours",
    "entry_date": "the time when the lead was created, on the machine's clock",
    "list_name": "the name of the list that holds the lead",
}
OURS = {
    "talk_time_ms": "the time that this agent had the call so far, with parks, in milliseconds",
    "transfer": "the command that handed the call over; in `transfer_url` only",
    "transfer_number": "the number to which the call was handed over; in `transfer_url` only",
    "transfer_group": "the in-group to which the call was handed over; in `transfer_url` only",
    "transfer_agent": "the agent to whom the call was handed over; in `transfer_url` only",
    "warmline_call": "the call's id in Warmline",
    "webhook_id": "the id of this webhook: the same at every try",
}
# fmt: off
_NUMBERS = ("one", "two", "three", "four", "five")
_CUSTOM = tuple(f"{whose}_custom_{number}" for whose in ("user", "camp", "ig", "did") for number in _NUMBERS)
VICIDIALS = (  # names without a value in Warmline
    *_CUSTOM, "agent_email", "agent_log_id", "call_date", "called_since_last_reset", "closecallid", "closer", "counter",
    "customer_server_ip", "customer_zap_channel", "dialed_label", "did_carrier_description", "did_id",
    "entry_list_id", "event", "fronter", "in_script", "list_description", "message", "parked_by",
    "pass", "phone_pass", "preset_dtmf_a", "preset_dtmf_b", "preset_number_a", "preset_number_b", "preset_number_c",
    "preset_number_d", "preset_number_e", "preset_number_f", "script_height", "script_width", "tsr", "xfercallid",
)
# fmt: on
NAMES = (*OF_CALL, *OF_LEAD, *OURS)
EMPTY = tuple(name for name in VICIDIALS if name not in NAMES)
