"""Notes of what a person needs beside an entry: commands about it, and changes that act later or not at all."""

import shlex
from collections.abc import Iterable

from cli.client import config_records
from cli.output.printing import complain
from warmline.centre import app_client
from warmline.centre.place import Place
from warmline.options.option_table import Entity
from warmline.options.values.option_types import as_text
from warmline.text.coded_error import CodedError

# Commands beside a list of entries.
LISTED = {
    "phone": (
        "Whether a phone is registered, Asterisk says: asterisk -rx 'pjsip show contacts'. To check that each phone is "
        "an endpoint: warmline doctor"
    ),
    "campaign": ("Leads left to dial: warmline list counts --campaign CAMPAIGN. Dialling now: warmline dial status"),
    "ingroup": "Callers and agents now: warmline live",
    "agent": "Agents now: warmline agent status",
    "trunk": (
        "These are limits; the trunks are those of Asterisk. Whether they are registered, it says: "
        "asterisk -rx 'pjsip show registrations'"
    ),
}
# Commands for what a person may look for in place of the options of an entry.
NOW = {
    "ingroup": "Callers and agents now: warmline live. Its agents: warmline ingroup members {name}",
    "list": "Its leads: warmline list counts {name}",
    "campaign": "Its dialler now: warmline dial status {name}. Its leads: warmline list counts --campaign {name}",
    "agent": "Calls today: warmline report agents --agent {name} --today. The agent now: warmline agent status {name}",
    "did": "The way of a call now: warmline route simulate {name}",
    "trunk": "Its state and its channels, Asterisk says: asterisk -rx 'pjsip show endpoint {name}'",
    "call-time": "Whether an in-group is open now: warmline route simulate --ingroup INGROUP",
}
AT_LOGIN = ("campaign", "phone", "phone_mode", "ingroups")  # an agent's options that a session copies


def about_now(entity: Entity, name: str) -> str:
    """Return the line that follows the options of an entry; "" for kinds and names without one."""
    line = NOW.get(entity.kind, "")
    is_pattern = entity.kind == "did" and not name.removeprefix("+").isdigit()
    return "" if is_pattern else line.format(name=shlex.quote(name))


def of_login(entity: Entity, name: str, changed: Iterable[str]) -> str:
    """Return what an agent who is logged in gets with the next login only; "" if that is nothing, or not known."""
    options = ", ".join(one for one in changed if one in AT_LOGIN) if entity.kind == "agent" else ""
    try:
        agents = app_client.get(app_client.here(), "agents") if options else []
    except CodedError:  # the app is away, or the user may not see agents
        return ""
    is_here = any(one["user"] == name for one in agents)
    return f"agent {name} is logged in, and takes {options} from the next login on" if is_here else ""


def of_phone_login(where: Place, name: str, given: Iterable[str]) -> str:
    """Return what an agent lacks to log in at a phone; "" if that is nothing, or options of a login were not given."""
    options = config_records.show(where, "agent", name) if set(given) & {*AT_LOGIN, "pin"} else {}
    if not options or options["outside_number"]:
        return ""
    lacked = [] if options["phone"] else ["phone"]
    campaign = config_records.show(where, "campaign", str(options["campaign"])) if options["campaign"] else {}
    if options["pin"] == "not set" and campaign.get("phone_login") != "TRUSTED":
        lacked.append("pin")
    if not lacked:
        return ""
    values = " ".join({"phone": "phone=PHONE", "pin": "pin=-"}[one] for one in lacked)
    line = f"warmline agent set {shlex.quote(name)} {values}"
    return f"agent {name} has no {' and no '.join(lacked)}, so a login at a phone is refused; for such a login: {line}"


def warn_of_unused_holiday(where: Place, name: str) -> None:
    """Warn about a holiday that no call time names, because it changes no hours."""
    times = config_records.show_all(where, "call-time")
    if any(name in as_text(options["ct_holidays"]).split(",") for options in times.values()):
        return
    complain(
        f"no call time names holiday {name}, so it changes no hours; name it in ct_holidays: "
        f"warmline call-time set {next(iter(times), 'NAME')} ct_holidays={name}"
    )
