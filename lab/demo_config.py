"""The demo configuration in a new lab's database; each entry follows those that it refers to."""

from collections.abc import Mapping

from warmline.options.user_options import MUST_CHANGE

API_USER = {"user": "6666", "pass": "1234"}
AGENTS = tuple(str(number) for number in range(1000, 1010))
LOGIN = "700"
# The people who log in to the workspace; their passwords are made for each lab. No scenario uses the agent 1008.
USERS = {
    "agent": {"role": "agent", "agent": "1008", "full_name": "Alex Agent"},
    "supervisor": {"role": "supervisor", "full_name": "Sam Supervisor"},
    "manager": {"role": "manager", "full_name": "Mona Manager"},
    "admin": {"role": "admin", "full_name": "Ada Administrator"},
}
DIDS = {"8005550100": "SALESLINE", "8005550101": "SUPPORTLINE", "8005550102": "agent:1000"}
DID, CUSTOMER = "8005550100", "4930555777"  # of `warmline lab call`
NUMBERS = {"answer": "8500", "ring": "8501", "busy": "8502", "early": "8503", "dtmf": "8504"}

# Supervisors see this name.
FULL_NAMES = {one["agent"]: {"full_name": one["full_name"]} for one in USERS.values() if "agent" in one}
AGENT = {"campaign": "TESTCAMP", "ingroups": "SALESLINE,SUPPORTLINE,AGENTDIRECT"}
CAMPAIGN = {
    "default_xfer_group": "SUPPORTLINE",
    "dial_template": "PJSIP/{number}@trunk",
    "dial_timeout": "20",
    "login_state": "READY",
    "phone_login": "TRUSTED",
}


def users(passwords: Mapping[str, str]) -> list[tuple[str, str, dict[str, str]]]:
    """Return the entities of the users with these passwords."""
    own = {MUST_CHANGE: "N"}  # the lab prints the passwords
    return [("user", name, {**options, **own, "pass": passwords[name]}) for name, options in USERS.items()]


ENTITIES: list[tuple[str, str, dict[str, str]]] = [
    ("ingroup", "SUPPORTLINE", {}),
    ("ingroup", "SALESLINE", {"default_xfer_group": "SUPPORTLINE"}),
    ("ingroup", "CLOSEDLINE", {"active": "N"}),
    ("campaign", "TESTCAMP", CAMPAIGN),
    *(("phone", name, {}) for name in AGENTS),
    *(("agent", name, {"phone": name, **AGENT, **FULL_NAMES.get(name, {})}) for name in AGENTS),
    ("did", "8005550100", {"route": "ingroup:SALESLINE"}),
    ("did", "8005550101", {"route": "ingroup:SUPPORTLINE"}),
    ("did", "8005550102", {"route": "agent:1000"}),
    ("api-user", API_USER["user"], {"pass": API_USER["pass"], "functions": "ALL_FUNCTIONS"}),
]
