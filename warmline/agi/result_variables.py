"""AGI(call_result,CALL): the result of a call as channel variables, for the dialplan after the call.

A caller's hang-up starts the script at the same moment as the app's last record of the call. The script therefore waits
for that record, for a bounded time. If the app does not run, the variables are those of the moment.

With a database of PostgreSQL, a script that the dialplan runs as a process asks the AGI process first.
"""

import time

from warmline.agi.channel import AGI
from warmline.store.agi import call_results
from warmline.store.agi.routing_facts import KeptDatabase
from warmline.system import settings

RESULT_TIMEOUT_SECONDS = 1.5  # a FastAGI request may take 2 s
POLL_SECONDS = 0.01  # between two looks
COMMAND_MAX_BYTES = 1900  # of values in one command


def call_result(
    channel: AGI, call: str, db: "str | KeptDatabase | None" = None, limit_seconds: float = RESULT_TIMEOUT_SECONDS
) -> None:
    """Set the variables of warmline.core.rules.call_result; wait at most `limit` seconds for the app.

    Raises FactsError, SettingsError and the channel's errors.
    """
    config = settings.load(servers=False)
    if db is None and type(config.db) is not str:  # the address of a server
        from warmline.agi import fastagi_answer  # a script of a database in a file saves the time

        if fastagi_answer.relay_answer(channel, config, "call_result", argument=call):
            return
    deadline = time.monotonic() + limit_seconds
    while True:
        stored_result = call_results.result(
            db or str(config.db), call, time.time_ns() // 1000, folder=str(config.recordings)
        )
        if stored_result.final or time.monotonic() >= deadline:
            break
        time.sleep(POLL_SECONDS)
    for variables in _group_variables(stored_result.variables):
        channel.set_variables(variables)


def _group_variables(variables: "dict[str, str]") -> "list[dict[str, str]]":
    """Return the variables in groups that are short enough for one command each."""
    groups: list[dict[str, str]] = [{}]
    group_bytes = 0
    for name, value in variables.items():
        pair_bytes = len(f"{name}={value},".encode())
        if group_bytes + pair_bytes > COMMAND_MAX_BYTES:
            groups.append({})
            group_bytes = 0
        groups[-1][name] = value
        group_bytes += pair_bytes
    return groups
