"""The checks that need the console and the files of an Asterisk, for each further server whose console is here."""

from collections.abc import Callable, Iterator

from cli.doctor.checks import (
    after_call_check,
    ari_check,
    asterisk_check,
    browser_phone_check,
    dialling_check,
    dialplan_check,
    fallback_check,
    phone_check,
    sound_check,
)
from cli.doctor.facts.check_facts import CheckFacts, FactUnknown
from cli.doctor.facts.finding import Finding, Severity, good, note
from warmline.centre.app_answer import AppAway
from warmline.system.server_settings import OF_MAIN, ServerSettings

# Those of an Asterisk alone, whose commands change nothing but that Asterisk. The check of servers has the others.
LOOKS: tuple[Callable[[CheckFacts], Iterator[Finding]], ...] = (
    asterisk_check.timing,
    asterisk_check.files,
    ari_check.write_timeout,
    ari_check.channelvars,
    ari_check.ports_of_asterisk,
    dialplan_check.included,
    dialplan_check.reached,
    dialplan_check.numbers,
    dialplan_check.transfers,
    fallback_check.away,
    after_call_check.context,
    phone_check.keys,
    phone_check.media,
    browser_phone_check.browser_media,
    dialling_check.machine_detection,
    sound_check.music,
)
BAD = (Severity.ERROR, Severity.WARNING)


def look(facts: CheckFacts, one: ServerSettings) -> Iterator[Finding]:
    """Yield the faults that console and files of a server show, or one good finding; a note if they are not here."""
    if not one.asterisk:
        found = f"server {one.name}: its dialplan, timing and files are not checked, because its console is not here"
        why = f"if this machine has that Asterisk, too, write asterisk of [server.{one.name}] into {facts.file}"
        yield note("server_console_elsewhere", found, why)
        return
    there = _facts_of(facts, one)
    try:
        etc = there.folder("Configuration directory")
    except FactUnknown as reason:
        yield Finding(Severity.UNKNOWN, f"server {one.name}: {reason}", code="not_looked_at")
        return
    faults = [*_faults(there)]
    for fault in faults:
        yield fault._replace(found=f"server {one.name}: {fault.found}")
    if not faults:
        yield good("server_files_good", f"server {one.name}: its dialplan and the files in {etc} are as they should be")


def _facts_of(facts: CheckFacts, one: ServerSettings) -> CheckFacts:
    """Return the facts of the server, as if it were the only one."""
    known = facts.settings._replace(**{key: getattr(one, key) for key in OF_MAIN})
    return CheckFacts(known, facts.file, lambda method, path: facts.at(one.name, method, path), server=one.name)


def _faults(there: CheckFacts) -> Iterator[Finding]:
    for check in LOOKS:
        try:
            yield from (finding for finding in check(there) if finding.severity in BAD)
        except (FactUnknown, AppAway) as reason:
            yield Finding(Severity.UNKNOWN, str(reason), code="not_looked_at")
