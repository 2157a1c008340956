"""All checks, in an order in which each relies on those before it, and the function that runs them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cli.doctor import database_server_check, gate_check, server_check
from cli.doctor.checks import (
    after_call_check,
    api_process_check,
    ari_check,
    asterisk_check,
    browser_phone_check,
    call_data_check,
    data_files_check,
    dialling_check,
    dialplan_check,
    disposition_check,
    fallback_check,
    fastagi_check,
    lead_choice_check,
    login_check,
    phone_check,
    process_check,
    routing_check,
    script_check,
    secrets_check,
    sound_check,
    storage_check,
    warmline_check,
)
from cli.doctor.facts.check_facts import CheckFacts, FactUnknown
from cli.doctor.facts.finding import Check, Finding, Severity
from warmline.centre.app_answer import AppAway
from warmline.system.additions import load_additions
from warmline.system.contrib_table import DOCTOR_CHECKS

TABLE: tuple[Check, ...] = (
    *ari_check.CHECKS[:2],
    *asterisk_check.CHECKS,
    *ari_check.CHECKS[2:],
    *data_files_check.CHECKS,
    *server_check.CHECKS,
    *dialplan_check.CHECKS,
    *script_check.CHECKS,
    *fallback_check.CHECKS,
    *fastagi_check.CHECKS,
    *gate_check.CHECKS,
    *(check for checks in load_additions(DOCTOR_CHECKS) for check in checks),
    *phone_check.CHECKS,
    *login_check.CHECKS,
    *browser_phone_check.CHECKS,
    *dialling_check.CHECKS,
    *lead_choice_check.CHECKS,
    *routing_check.CHECKS,
    *disposition_check.CHECKS,
    *call_data_check.CHECKS,
    *after_call_check.CHECKS,
    *sound_check.CHECKS,
    *secrets_check.CHECKS,
    *api_process_check.CHECKS,
    *process_check.CHECKS,
    *storage_check.CHECKS,
    *database_server_check.CHECKS,
    *warmline_check.CHECKS,
)


class CheckResult(NamedTuple):
    """One finding of a check."""

    check: str
    finding: Finding


def run(facts: CheckFacts, checks: Sequence[Check] = TABLE) -> Iterator[CheckResult]:
    """Run all checks. If a check cannot read a fact, that is a finding, never an exception.

    If nothing is installed, that is the only finding, because all others would follow from it.
    """
    if len(checks) > 1 and warmline_check.is_absent(facts):
        checks = [check for check in checks if check.look is warmline_check.installation]
    for check in checks:
        try:
            for finding in check.look(facts):
                yield CheckResult(check.name, finding)
        except (FactUnknown, AppAway) as reason:
            yield CheckResult(check.name, Finding(Severity.UNKNOWN, str(reason), code="not_looked_at"))
