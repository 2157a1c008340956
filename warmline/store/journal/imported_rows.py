"""The rows that an import from another system has brought: they follow from no input of the journal."""
# ruff: noqa: S608 - only constants of the code

MARK = "import:vicidial"  # in the columns `by` of rows that an import brought; no user can have that name
PAST = "imported"  # origin of a call that an import brought
CALLS = f"SELECT id FROM call WHERE origin = '{PAST}'"
SESSIONS = f"SELECT id FROM agent_session WHERE conf_exten = '{MARK}'"
# The condition of such rows, by table.
WHERE = {
    "callback": f"\"by\" = '{MARK}'",
    "disposition_entry": f"\"by\" = '{MARK}'",
    "recording": f"reason = '{MARK}'",
    "queue_wait": f"call IN ({CALLS})",
    "agent_interval": f"session IN ({SESSIONS})",
    "agent_session": f"conf_exten = '{MARK}'",
    "leg": f"owner IN ({CALLS})",
    "call": f"origin = '{PAST}'",
}
