"""What an in-group would do with a caller that comes to nothing: an action whose option names no place."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from warmline.core.rules import exit_actions
from warmline.core.rules.configuration import Agent, Ingroup

ANYBODY = Agent("anybody", custom_five="1", voicemail_id="1")  # whether an agent has them is his affair
OFFERED = ("hold_time_option", "wait_time_option")  # each with a second and a third


def of_ingroup(name: str, options: Mapping[str, Any], ingroups: Collection[str]) -> Iterator[str]:
    """A line for each action that leads nowhere, given the in-group's options and the names of all in-groups."""
    rules = Ingroup(name, **options)
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
