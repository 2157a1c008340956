"""The configuration for commands, at the file or after a login: entities, and changes that are planned first."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from warmline.centre import operation_calls
from warmline.centre.place import Place
from warmline.operations import configuration
from warmline.operations.configuration import ConfigurationEntry
from warmline.operations.operation import Operation, Page
from warmline.options.option_table import ENTITIES, SETTING
from warmline.options.values.option_types import Value

if TYPE_CHECKING:
    from warmline.operations.configuration_documents import ConfigurationPlan

Wanted = Mapping[tuple[str, str], Mapping[str, str]]  # options as texts by (kind, name)


def show(place: Place, kind: str, name: str) -> dict[str, Value]:
    """Return the options of an entity. Raises NotFound, StoreError, AppAway, AppRefused."""
    found: ConfigurationEntry = operation_calls.do(configuration.get_entity, place, {"kind": kind, "name": name})
    return found.options


def show_all(place: Place, kind: str) -> dict[str, dict[str, Value]]:
    """Return each name of a kind with its options, in order of name. Raises StoreError, AppAway, AppRefused."""
    found = operation_calls.do(configuration.list_entities, place, {"kind": kind}, Page(limit=sys.maxsize))
    return {entry.name: entry.options for entry in found}


def change(place: Place, operation: "Operation[..., Any]", **arguments: Any) -> Any:
    """Do an operation that reads, changes and reads; a command at the file opens it once for these steps."""
    from warmline.store.database.reading import keeping

    with keeping():
        return operation_calls.do(operation, place, arguments)


class PlannedChanges(NamedTuple):
    """A plan, and what makes its changes, all or none."""

    plan: "ConfigurationPlan"
    operation: Operation[..., Any]
    arguments: Mapping[str, Any]

    def make(self, place: Place) -> int:
        """Make the changes; return the number of their revision, 0 without changes. Raises Conflict."""
        if not self.plan.changes:
            return 0
        return int(change(place, self.operation, **self.arguments).revision)


def plan(place: Place, wanted: Wanted, kinds: set[str] | None = None, *, prune: bool = False) -> PlannedChanges:
    """Plan the changes that lead to the wanted options.

    `kinds` are those whose other entities the plan names as `unnamed`; `prune` deletes these. Raises OptionError,
    NotFound, Conflict, StoreError, AppAway, AppRefused.
    """
    from warmline.operations.configuration_documents import apply_configuration, compare_configuration

    setting = {"kind": SETTING.kind, "name": SETTING.only}
    since = operation_calls.do(configuration.get_entity, place, setting).revision  # refused if an entity changed since
    document: dict[str, dict[str, Any]] = {}
    for (kind, name), options in wanted.items():
        if ENTITIES[kind].only:
            document[kind] = dict(options)
        else:
            document.setdefault(kind, {})[name] = dict(options)
    document |= {kind: {} for kind in kinds or () if kind not in document}
    arguments = {"configuration": document, "prune": prune}
    found = change(place, compare_configuration, **arguments)
    return PlannedChanges(found, apply_configuration, arguments | {"revision": since})


def plan_undo(place: Place, number: int) -> PlannedChanges:
    """Plan the changes that undo a revision. Raises what `plan` raises."""
    from warmline.operations.configuration_documents import undo_revision

    found = change(place, undo_revision, revision=number, dry_run=True)
    return PlannedChanges(found, undo_revision, {"revision": number})
