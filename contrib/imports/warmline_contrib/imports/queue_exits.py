"""The keys by which a caller leaves a queue of app_queue: its `context`, and the extensions of that in the dialplan."""

from warmline.core.rules.data_rules import ROUTE_SIGN
from warmline.core.rules.extension_pattern import compile_pattern
from warmline.options.option_table import INGROUP
from warmline_contrib.dialplan_lint.dialplan import Dialplan
from warmline_contrib.imports.converted_value import Reading, changed, kept, lost, not_needed

KEYS = "0123456789*#"
OPTION = "exit_keys"


def exits(context: str, plan: Dialplan | None) -> Reading:
    """Return what the key `context` becomes: one destination for each key that is an extension of the context.

    `plan` is None if no dialplan was given.
    """
    if not context:
        return not_needed("nothing is set")
    if plan is None:
        return lost(f"the keys are extensions of [{context}]; name extensions.conf as a further FILE")
    keys = [key for key in KEYS if plan.find(context, key)]
    others = _others(plan, context, keys)
    if not keys:
        return lost(f"[{context}] of the dialplan has no extension of one key" + f"; {others}" * bool(others))
    try:
        rules = INGROUP.option(OPTION).type.parse(
            ",".join(f"{key}{ROUTE_SIGN}extension:{key}@{context}" for key in keys)
        )
    except ValueError as error:
        return lost(str(error))
    return changed(others, **{OPTION: rules}) if others else kept(**{OPTION: rules})


def _others(plan: Dialplan, context: str, keys: list[str]) -> str:
    """Return what a caller could reach beside these keys, or ""."""
    names = [one.name for found in plan.reached(context) for one in found.extensions.values()]
    longer = [name for name in names if name not in keys and _is_longer(name)]
    if longer:
        return f"one key leaves, so {', '.join(sorted(longer)[:3])} cannot be dialled"
    return "a switch or another file may have further keys" if plan.is_open(context) else ""


def _is_longer(name: str) -> bool:
    """Return whether an extension is dialled with several keys, for at least one number."""
    if not name.startswith("_"):
        return len(name) > 1 and not set(name) - set(KEYS)
    pattern = compile_pattern(name)
    return not pattern.is_broken and (len(pattern.letter_sets) > 1 or bool(pattern.tail and pattern.letter_sets))
