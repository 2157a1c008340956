"""Every check, in the order in which one builds on the other; and their run."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cli.client.app_client import AppAway
from cli.doctor import (
    ari_check,
    asterisk_check,
    dialling_check,
    dialplan_check,
    fallback_check,
    phone_check,
    routing_check,
    secrets_check,
    sound_check,
    warmline_check,
)
from cli.doctor.check_facts import CheckFacts, FactUnknown
from cli.doctor.finding import Check, Finding, Severity

TABLE: tuple[Check, ...] = (
    *ari_check.CHECKS[:2],
    *asterisk_check.CHECKS,
    *ari_check.CHECKS[2:],
    *dialplan_check.CHECKS,
    *fallback_check.CHECKS,
    *phone_check.CHECKS,
    *dialling_check.CHECKS,
    *routing_check.CHECKS,
    *sound_check.CHECKS,
    *secrets_check.CHECKS,
    *warmline_check.CHECKS,
)


class CheckResult(NamedTuple):
    """One check with one of the things that it found."""

    check: str
    finding: Finding


def run(facts: CheckFacts, checks: Sequence[Check] = TABLE) -> Iterator[CheckResult]:
    """Look at everything. An obstacle of a check is a finding of its own, never an exception.

    If nothing is installed, only that is found: everything else would follow from it.
    """
    if len(checks) > 1 and warmline_check.is_absent(facts):
        checks = [check for check in checks if check.look is warmline_check.installation]
    for check in checks:
        try:
            for finding in check.look(facts):
                yield CheckResult(check.name, finding)
        except (FactUnknown, AppAway) as reason:
            yield CheckResult(check.name, Finding(Severity.UNKNOWN, str(reason), code="not_looked_at"))
