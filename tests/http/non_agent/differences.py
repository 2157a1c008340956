"""The recorded answers from which Warmline differs on purpose, and why; docs/reference/non-agent-api.md shows them."""

DIFFERENCES = {
    "unknown_user": "the password is not repeated",
    "add_lead_no_list": "the list 999 of callers always exists, so lead_field_info finds it",
    "update_lead_callback_change": "a callback for anyone has no user, and keeps the time at which it was made",
}
