"""Finds options of an entry that are allowed together, but probably not meant."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import fields
from typing import Any

from warmline.core.rules import exit_actions
from warmline.core.rules.configuration import Agent, Ingroup
from warmline.options.values.option_types import Value

Entries = Mapping[str, Mapping[str, Value]]  # the options of each entry of a kind, by its name

CAMPAIGN, INGROUP = "campaign", "ingroup"
KINDS = (CAMPAIGN, INGROUP)  # that have such warnings
RULES = {one.name for one in fields(Ingroup)}  # the options that rules decide by
ANYBODY = Agent("anybody", custom_five="1", voicemail_id="1")  # each agent decides whether they have these
MORE = {"wait_time_option": ("wait_time_second_option", "wait_time_third_option")}  # options with the same targets


def of_entry(kind: str, name: str, entries_of: Callable[[str], Entries]) -> Iterator[str]:
    """Yield the warnings about all options of an entry; none for one that has been deleted since.

    `entries_of` returns the entries of a kind, as they are or will be.
    """
    entries = entries_of(kind) if kind in KINDS else {}
    if name not in entries:
        return
    if kind == INGROUP:
        yield from _dead_ends(name, entries[name], entries)
    else:
        yield from _of_leave(entries[name])


def _of_leave(campaign: Mapping[str, Value]) -> Iterator[str]:
    start = campaign["leave_3way_start_recording"]
    if campaign["leave_3way_stop_recording"] != "DISABLED" and start != "DISABLED":
        yield (
            f"leave_3way_stop_recording={campaign['leave_3way_stop_recording']} overrides "
            f"leave_3way_start_recording={start}: a leave starts no recording; set one of them to DISABLED"
        )


def _dead_ends(name: str, options: Mapping[str, Any], ingroups: Collection[str]) -> Iterator[str]:
    """Yield a line for each action of an in-group without a target, which hangs callers up.

    `ingroups` are the names of all in-groups.
    """
    rules = Ingroup(name, **{one: value for one, value in options.items() if one in RULES})
    for base in exit_actions.TARGET_OPTIONS:
        for option in (base, *MORE.get(base, ())):
            action = getattr(rules, option)
            if action not in exit_actions.ACTIONS:  # NONE, DISABLED, PRESS_STAY
                continue
            exit_ = exit_actions.read_exit(rules, base, action, ANYBODY)
            missing = exit_.missing_target
            if exit_.group and not missing and exit_.group not in ingroups:
                missing = f"in-group {exit_.group} does not exist"
            if missing:
                yield f"{option}={action} leads nowhere: {missing}; its callers are hung up"
