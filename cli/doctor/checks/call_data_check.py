"""Check that data of calls is named in `call_data`: what the dialplan sets, and what rules use."""

import re
from collections.abc import Iterator

from cli.doctor.facts.check_facts import CheckFacts
from cli.doctor.facts.finding import Check, Finding, few, good, warning
from warmline.core.rules import call_data
from warmline.options.option_table import ENTITIES
from warmline.options.route_types import DataRules
from warmline.options.values.option_types import Value

SET = re.compile(r"(?<![A-Za-z0-9_])_{0,2}WARMLINE_DATA_([A-Za-z][A-Za-z0-9_]{0,31})=")
OWN = "warmline-"  # begins the names of Warmline's contexts


def named(facts: CheckFacts) -> Iterator[Finding]:
    """Check that `call_data` names each variable that the dialplan sets, and each item that a rule uses."""
    [setting] = facts.entities("setting").values()
    names, headers = _words(setting["call_data"]), _words(setting["call_data_headers"])
    steps = [step.text for context, found in facts.dialplan.items() if not context.startswith(OWN) for step in found]
    unread = sorted({name for text in steps for name in SET.findall(text)} - set(names))
    known = {name.lower() for name in (*names, *map(call_data.to_item_name, headers))}
    unknown = {name: where for name, where in _used(facts).items() if name.lower() not in known}
    missing = {name.lower(): name for name in (*unknown, *unread)}
    fix = f"warmline setting set call_data={','.join((*names, *missing.values()))}"
    if unknown:
        used = few([f"{name} in {where}" for name, where in unknown.items()])
        why = "no call has this item, so the rule never applies"
        yield warning("data_of_rules_unnamed", f"call_data does not name {used}", why, fix)
    if unread:
        why = "these items do not go with a call; capital and small letters of a variable make a difference"
        found = f"the dialplan sets {few([f'WARMLINE_DATA_{name}' for name in unread])}, not named in call_data"
        yield warning("data_of_dialplan_unnamed", found, why, fix)
    if not unknown and not unread:
        yield good("call_data_good", "call_data names all data that the dialplan sets and that rules use")


def _used(facts: CheckFacts) -> dict[str, str]:
    """Return the items that rules use, each with the first entity and option that does."""
    used: dict[str, str] = {}
    for kind in ("did", "ingroup"):
        rules = [option.name for option in ENTITIES[kind].options if isinstance(option.type, DataRules)]
        for name, options in facts.entities(kind).items():
            items = {rule.partition("=")[0]: option for option in rules for rule in _words(options[option])}
            if agent := options.get("data_agent"):
                items.setdefault(str(agent), "data_agent")
            for item, option in items.items():
                used.setdefault(item, f"{kind} {name} ({option})")
    return used


def _words(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


CHECKS = (Check("data of calls", named, "`call_data` names the data that the dialplan sets and that rules use"),)
