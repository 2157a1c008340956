"""A day on a Debian with the package of any version, and what Warmline has on record of it."""

import json
from typing import Any

from lab.sip import SipCall
from tests.package.deb_machine import DebMachine
from tests.package.debian_root import DebianRoot
from warmline.options.removed_options import REMOVED

USER, PASSWORD = "ada", "one-Long-passw0rd-for-tests"
RECORDS = f"""warmline user create {USER} role=admin pass={PASSWORD} full_name=Ada force_change_password=N
warmline api-user create crm pass={PASSWORD}
warmline list create 101 list_name=Autumn campaign=SALES
printf 'phone_number,first_name\\n4930555777,Grace\\n4930555778,Alan\\n' >leads.csv
warmline lead import leads.csv --list 101
warmline dnc create 8005551234
warmline campaign set SALES campaign_recording=ALLCALLS"""
AGC = "http://127.0.0.1:8089/agc/api.php?source=test&function=version&user=crm&pass="
# The user logs in with the password, apart from root's own way in.
LOGIN = f"echo {PASSWORD} | HOME=$(mktemp -d) warmline login http://127.0.0.1:8089 --user {USER}"
REPORTS = "day interval agents closers transfers dids dispositions callbacks missed drops undispositioned"
LISTS = ("campaign", "ingroup", "agent", "user", "list", "did", "disposition", "dnc", "api-user", "callback")


async def a_day(machine: DebMachine, agent: SipCall) -> str:
    """Let the agent, who is READY, have a caller and dial two leads, all recorded; return the time of the end.

    The agent sells to the caller, promises a callback to one lead, and is READY again.
    """
    for line in RECORDS.splitlines():
        await machine.type(line)
    customer = await machine.customer_calls()
    await customer.hang_up()
    await _disposes(machine, "SALE --notes paid")
    for lead, code in (("1", "NA"), ("2", "CALLBK --callback +1d")):
        await machine.type(f"warmline agent dial 1000 --lead {lead}")
        dialled = await machine.peer.next_call()
        await dialled.answered()
        await machine.has_state("INCALL")
        await dialled.hang_up()
        await _disposes(machine, code)
    return machine.debian.type("date -u +%FT%T.%6N").strip()


async def _disposes(machine: DebMachine, words: str) -> None:
    await machine.has_state("DISPO")
    await machine.type(f"warmline agent dispo 1000 {words}")
    await machine.has_state("READY")


def on_record(debian: DebianRoot, until: str) -> dict[str, Any]:
    """Return what each command prints as JSON about the time until then, and the sums of the recordings of the day."""
    between = f"--between 2026-01-01..{until} --json"
    lines = [f"report {name} {between}" for name in REPORTS.split()]
    lines += [f"audit {name} {between}" for name in ("calls", "transfers", "recordings", "config")]
    lines += [f"{name} list --json" for name in LISTS]
    lines += [f"lead show {lead} --json" for lead in (1, 2)]
    found = {line: json.loads(debian.type(f"warmline {line}")) for line in lines}
    for call in found[f"audit calls {between}"]["calls"]:
        line = f"audit call {call['call']} --json"
        found[line] = json.loads(debian.type(f"warmline {line}"))
    paths = [one["path"] for one in found[f"audit recordings {between}"]["recordings"]]
    found["sha256sum"] = debian.type(f"sha256sum {' '.join(paths)}")
    return found


def faults(debian: DebianRoot) -> set[str]:
    """Return the codes of the faults that doctor finds."""
    found = json.loads(debian.run("warmline doctor --json").stdout)
    return {one["code"] for one in found if one["severity"] not in ("good", "note")}


def logins(debian: DebianRoot) -> None:
    """Log a user in by the password, and a client of the agent API. Raises AssertionError."""
    debian.type(LOGIN)
    asked = f"python3 -c 'from urllib.request import urlopen; print(urlopen(\"{AGC}{PASSWORD}\").read().decode())'"
    assert "VERSION" in debian.type(asked)


def differences(before: Any, after: Any, place: str = "") -> list[str]:
    """Return the places at which a JSON value lacks or changes what another one has.

    New fields are no difference, and neither are options that were taken out, the sentences of a story, which each
    version makes of the records, and the end of the agent's line, which was still open.
    """
    if isinstance(before, dict) and isinstance(after, dict):
        kind = place.lstrip("/").split(" ")[0]
        lost = [f"{place}/{name} is gone" for name in before if name not in after and (kind, name) not in REMOVED]
        both = [name for name in before if name in after]  # a set's order differs from run to run
        return lost + [one for name in both for one in differences(before[name], after[name], f"{place}/{name}")]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = enumerate(zip(before, after, strict=True))
        return [one for number, (old, new) in pairs for one in differences(old, new, f"{place}/{number}")]
    if place.endswith("/text"):
        return []
    is_open = before is None and place.endswith(("/ended", "/cause"))
    return [] if before == after or is_open else [f"{place}: {before!r} became {after!r}"]
