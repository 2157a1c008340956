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
_PAST_CALL = f"FROM call AS past WHERE past.origin = '{PAST}' AND past.id"
_PAST_SESSION = f"FROM agent_session AS past WHERE past.conf_exten = '{MARK}' AND past.id"
# The condition of all other rows, by table. PostgreSQL would read a million ids again for each row of NOT IN.
OTHERS = {table: f"NOT ({where})" for table, where in WHERE.items()} | {
    "queue_wait": f"NOT EXISTS (SELECT 1 {_PAST_CALL} = queue_wait.call)",
    "leg": f"NOT EXISTS (SELECT 1 {_PAST_CALL} = leg.owner)",
    "agent_interval": f"NOT EXISTS (SELECT 1 {_PAST_SESSION} = agent_interval.session)",
}
