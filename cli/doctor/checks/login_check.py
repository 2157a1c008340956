"""Checks of logins at phones: agents who cannot log in there, and logins that were refused."""

import shlex
import time
from collections.abc import Iterator

from cli.doctor.checks.dialplan_check import leading
from cli.doctor.facts.check_facts import CheckFacts, unknown
from cli.doctor.facts.finding import Check, Finding, few, good, note, warning
from warmline.store.database.database import StoreError
from warmline.store.reports import fallbacks

LOGINS = ("warmline-login", "warmline-keys")  # contexts in which a phone logs its agent in
A_DAY = 86_400_000_000  # microseconds


def agents(facts: CheckFacts) -> Iterator[Finding]:
    """Check that each agent has what a login at a phone needs, if the dialplan has such a login."""
    if not leading(facts, LOGINS):
        yield good("phone_login_off", "no context of yours leads phones to a login")
        return
    campaigns = facts.entities("campaign")
    trusted = {name for name, one in campaigns.items() if one["phone_login"] == "TRUSTED"}
    active = [(name, one) for name, one in facts.entities("agent").items() if one["active"] == "Y"]
    without_phone = [name for name, one in active if not one["phone"] and not one["outside_number"]]
    without_pin = [
        name for name, one in active if one["phone"] and one["pin"] == "not set" and one["campaign"] not in trusted
    ]
    for names, lacked, value in ((without_phone, "phone", "PHONE"), (without_pin, "pin", "-")):
        if names:
            fix = f"warmline agent set {shlex.quote(names[0])} {lacked}={value}"
            why = "a login of such an agent at a phone is refused"
            yield note(f"agents_without_{lacked}", f"agents without a {lacked}: {few(names)}", why, fix)
    if not without_phone and not without_pin:
        yield good("phone_login_good", "each agent has what a login at a phone needs")


def refused(facts: CheckFacts) -> Iterator[Finding]:
    """Check that no login at a phone was refused since yesterday."""
    try:
        found = fallbacks.refused_logins(facts.settings.db, time.time_ns() // 1000 - A_DAY)
    except StoreError as problem:
        raise unknown(problem) from None
    if not found:
        yield good("logins_good", "no login at a phone was refused in the last day")
        return
    told = few([f"phone {reason}, {count} times" for reason, count in found.items()])
    yield warning(
        "logins_refused",
        f"logins at phones were refused in the last day, {sum(found.values())} times in all: {told}",
        "an agent could not log in, or somebody tries PINs",
        "warmline audit calls --since 1d --outcome login_refused",
    )


CHECKS = (
    Check("phone logins", agents, "each active agent has a phone and a PIN, if a context of yours leads to a login"),
    Check("refused logins", refused, "no login at a phone was refused in the last 24 hours"),
)
