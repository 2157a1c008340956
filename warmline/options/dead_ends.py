"""Finds actions of an in-group whose target does not exist: they hang callers up."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from typing import Any

from warmline.core.rules import exit_actions
from warmline.core.rules.configuration import Agent, Ingroup

RULES = {one.name for one in fields(Ingroup)}  # the options that rules decide by
ANYBODY = Agent("anybody", custom_five="1", voicemail_id="1")  # each agent decides whether they have these
OFFERED = ("hold_time_option", "wait_time_option")  # each also has a second and a third


def of_ingroup(name: str, options: Mapping[str, Any], ingroups: Collection[str]) -> Iterator[str]:
    """Yield a line for each action without a target; `ingroups` are the names of all in-groups."""
    rules = Ingroup(name, **{one: value for one, value in options.items() if one in RULES})
    for base in exit_actions.TARGETS:
        others = [base.replace("option", f"{place}_option") for place in ("second", "third") if base in OFFERED]
        for option in (base, *others):
            action = getattr(rules, option)
            if action not in exit_actions.ACTIONS:  # NONE, DISABLED, PRESS_STAY, DROP_ACTION
                continue
            exit_ = exit_actions.read(rules, base, action, ANYBODY)
            missing = exit_.missing
            if exit_.group and not missing and exit_.group not in ingroups:
                missing = f"in-group {exit_.group} does not exist"
            if missing:
                yield f"{option}={action} leads nowhere: {missing}; its callers are hung up"
