"""All rules of `warmline dialplan lint`, applied to a dialplan."""

from collections.abc import Container, Iterator

from warmline_contrib.dialplan_lint import (
    call_rules,
    matching_rules,
    priority_rules,
    queue_rules,
    removed_rules,
    script_rules,
    sound_rules,
    target_rules,
    untrusted_rules,
    warmline_rules,
)
from warmline_contrib.dialplan_lint.dialplan import Dialplan, DialplanPlace
from warmline_contrib.dialplan_lint.lint_finding import LintFinding
from warmline_contrib.dialplan_lint.surrounding_files import Surroundings

OF_PLAN = (
    priority_rules.unread,
    priority_rules.numbering,
    priority_rules.ends,
    matching_rules.names,
    matching_rules.special,
    matching_rules.patterns,
    matching_rules.includes,
    target_rules.targets,
    target_rules.local_channels,
    target_rules.menus,
    untrusted_rules.untrusted,
    removed_rules.removed,
    call_rules.results,
    call_rules.transfers,
    warmline_rules.warmline,
)
OF_SURROUNDINGS = (
    queue_rules.queues,
    queue_rules.music,
    queue_rules.parking,
    sound_rules.sounds,
    script_rules.scripts,
    script_rules.fastagi,
    script_rules.stasis,
    warmline_rules.names,
)


def lint(plan: Dialplan, facts: Surroundings, ignored: Container[str] = ()) -> list[LintFinding]:
    """Return the findings without the ignored codes, in the order of files and lines, each once."""
    plan.made_elsewhere |= {lot.context for lot in (facts.parking or {}).values() if lot.context}
    found = dict.fromkeys(one for one in _all(plan, facts) if one.code not in ignored)
    files = {name: at for at, name in enumerate(plan.files)}

    def place(one: LintFinding) -> tuple[int, DialplanPlace, str, int]:
        after = len(files) if one.place.file else -1  # queues.conf and others
        return files.get(one.place.file, after), one.place, one.context, one.priority

    return sorted(found, key=place)


def _all(plan: Dialplan, facts: Surroundings) -> Iterator[LintFinding]:
    for rule in OF_PLAN:
        yield from rule(plan)
    for outer in OF_SURROUNDINGS:
        yield from outer(plan, facts)
