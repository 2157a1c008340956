"""The check of scripts that have failed, by their notes in the spool."""

import time
from collections import Counter
from collections.abc import Iterator

from cli.doctor.facts.check_facts import CheckFacts, unreadable
from cli.doctor.facts.finding import Check, Finding, few, good, warning
from warmline.store.agi import failed_scripts
from warmline.system import systemd_service

A_DAY = 86_400_000_000  # microseconds


def failed(facts: CheckFacts) -> Iterator[Finding]:
    """Check that no AGI or ARI script has failed since yesterday."""
    try:
        notes = failed_scripts.read(facts.settings.spool, time.time_ns() // 1000 - A_DAY)
    except OSError as problem:
        raise unreadable(problem.filename, problem) from None
    if not notes:
        yield good("scripts_good", "no script failed in the last day")
        return
    counted = Counter((note.script, note.reason) for note in reversed(notes))  # the last failure is the first of equals
    told = few([f"{script}: {reason}, {count} times" for (script, reason), count in counted.most_common()])
    yield warning(
        "scripts_failed",
        f"scripts failed in the last day, {len(notes)} times in all: {told}",
        "the callers continued in the dialplan after the script; the log has each traceback",
        systemd_service.log(systemd_service.CALLS),
    )


CHECKS = (Check("failed scripts", failed, "no script has failed in the last 24 hours"),)
