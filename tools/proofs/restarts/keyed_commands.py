"""Commands that are sent with a key of their own, and whose effects can be counted in the database."""

import itertools
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

from warmline.store.database.database import connect

CAMPAIGN_CALLBACK = "CALLBK"  # the disposition that asks for a callback
DUE = "2036-12-24 18:05:00"  # of all callbacks: none becomes due in a run
AGC = "/agc/api.php"
# For each effect the rows that name their command: the key of the command, and what has this effect.
EFFECTS = {
    "pause": "SELECT pause_code, id FROM agent_interval WHERE state = 'PAUSED'",
    "correction": "SELECT notes, id FROM disposition_entry WHERE correction",
    "callback": "SELECT comments, id FROM callback",
    "lead": "SELECT vendor_lead_code, lead_id FROM lead",
}
RECEIPTS = "SELECT key, id FROM receipt"
REQUESTED = "SELECT payload ->> '$.input.key', seq FROM journal WHERE kind = 'command.requested'"


class KeyedCommand(NamedTuple):
    """A command as a client sends it. `body` are the fields of a form for AGC, else of a JSON object.

    `effect` is the name of its effect in EFFECTS, "" if it cannot be counted. `receipt`: it has a receipt.
    """

    key: str
    path: str
    body: dict[str, str]
    effect: str = ""
    receipt: bool = True


Commands = Iterator[KeyedCommand]


def agent_api(key: str, user: str, function: str, value: str, **fields: str) -> KeyedCommand:
    """Return a command of the agent API about agent `user`; its effect is not counted."""
    return KeyedCommand(key, AGC, {"agent_user": user, "function": function, "value": value} | fields)


def pauses_as_json(name: str, user: str) -> Commands:
    """Yield pauses of an agent, each with a code of its own, and the end of each pause. `name`: one letter."""
    for key in _keys(name):
        yield KeyedCommand(key, f"/api/v1/agents/{user}/pause", {"pause_code": key}, "pause")
        yield KeyedCommand(f"{key}-end", f"/api/v1/agents/{user}/resume", {})


def pauses_as_form(name: str, user: str) -> Commands:
    """Yield the same by the agent API, which gives the code of a pause after its beginning."""
    for key in _keys(name):
        yield agent_api(f"{key}-begin", user, "external_pause", "PAUSE")
        yield agent_api(key, user, "pause_code", key)._replace(effect="pause")
        yield agent_api(f"{key}-end", user, "external_pause", "RESUME")


def corrections(name: str, call: str) -> Commands:
    """Yield corrections of the disposition of a call that has ended, each with notes of its own."""
    for key in _keys(name):
        yield KeyedCommand(key, f"/api/v1/calls/{call}/disposition", {"status": "NI", "why": key}, "correction")


def new_leads(name: str, user: str) -> Commands:
    """Yield leads that an agent adds, each with a code of its own."""
    for key in _keys(name):
        number = f"8005{int(key[1:]):06}"
        sent = agent_api(key, user, "external_add_lead", number, phone_code="1", vendor_lead_code=key)
        yield sent._replace(effect="lead", receipt=False)


def promise(key: str, user: str) -> KeyedCommand:
    """Return the disposition of an agent's call that promises a callback."""
    fields = {"callback_datetime": DUE, "callback_type": "ANYONE", "callback_comments": key}
    return agent_api(key, user, "external_status", CAMPAIGN_CALLBACK, **fields)._replace(effect="callback")


def _keys(name: str) -> Iterator[str]:
    return (f"{name}{number:05}" for number in itertools.count(1))  # a pause code has at most six characters


def wrong_effects(db: str, given: list[KeyedCommand]) -> list[str]:
    """Return every command whose key is not exactly once in the journal, among the receipts and in its effect.

    `given` are all commands that succeeded. A pause that is repeated would not count twice, but its receipt would.
    """
    found: list[str] = []
    with closing(connect(db)) as connection:

        def check(what: str, sql: str, commands: list[KeyedCommand]) -> None:
            where: dict[str, set[object]] = {}
            for key, row in connection.execute(sql):
                where.setdefault(key, set()).add(row)
            times = ((one.key, len(where.get(one.key, ()))) for one in commands)
            found.extend(f"{key} is {count} times in {what}" for key, count in times if count != 1)

        with_receipt = [one for one in given if one.receipt]
        check("the journal", REQUESTED, with_receipt)
        check("the receipts", RECEIPTS, with_receipt)
        for effect, sql in EFFECTS.items():
            check(f"the effect {effect}", sql, [one for one in given if one.effect == effect])
    return found
