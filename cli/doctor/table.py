"""Every check, in the order in which one builds on the other; and their run."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cli.client.running_app import AppAway
from cli.doctor import (
    of_ari,
    of_asterisk,
    of_dialling,
    of_dialplan,
    of_fallback,
    of_phones,
    of_routing,
    of_secrets,
    of_sound,
    of_warmline,
)
from cli.doctor.facts import Facts, Unknown
from cli.doctor.finding import Check, Finding, Severity

TABLE: tuple[Check, ...] = (
    *of_ari.CHECKS[:2],
    *of_asterisk.CHECKS,
    *of_ari.CHECKS[2:],
    *of_dialplan.CHECKS,
    *of_fallback.CHECKS,
    *of_phones.CHECKS,
    *of_dialling.CHECKS,
    *of_routing.CHECKS,
    *of_sound.CHECKS,
    *of_secrets.CHECKS,
    *of_warmline.CHECKS,
)


class Result(NamedTuple):
    """One check with one of the things that it found."""

    check: str
    finding: Finding


def run(facts: Facts, checks: Sequence[Check] = TABLE) -> Iterator[Result]:
    """Look at everything. What stands in a check's way is its own finding, never an exception.

    Where nothing is installed only that is said: everything else would be a consequence of it.
    """
    if len(checks) > 1 and of_warmline.is_absent(facts):
        checks = [check for check in checks if check.look is of_warmline.installation]
    for check in checks:
        try:
            for finding in check.look(facts):
                yield Result(check.name, finding)
        except (Unknown, AppAway) as reason:
            yield Result(check.name, Finding(Severity.UNKNOWN, str(reason)))
