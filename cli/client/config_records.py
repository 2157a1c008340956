"""The configuration: in the database of this machine, or over the API at the app of a login."""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast
from urllib.parse import quote

from cli.output.change_plan_page import ChangedEntity
from warmline.centre import app_client, operation_calls
from warmline.centre.login_file import AppLogin
from warmline.centre.place import Place, choose
from warmline.operations import configuration
from warmline.operations.configuration import ConfigurationEntry
from warmline.operations.operation import Page
from warmline.options.api_access_options import API_TOKEN
from warmline.options.option_table import ENTITIES
from warmline.options.user_options import by_administrator
from warmline.options.values.option_types import Secret, Value
from warmline.store.configuration import change_plan, config, config_history
from warmline.system.current_user import login_name
from warmline.system.settings import Settings

if TYPE_CHECKING:
    from warmline.store.dialling.filter_matches import FilterMatches

Wanted = Mapping[tuple[str, str], Mapping[str, str]]  # options as texts by (kind, name)


class PlannedEntity(ChangedEntity, Protocol):
    """The planned change of one entity; `locked` are required secrets that it does not get."""

    @property
    def locked(self) -> Sequence[str]: ...


class RemoteChange(NamedTuple):
    """A change of one entity as the API describes it."""

    action: str
    kind: str
    name: str
    before: Mapping[str, Value]
    after: Mapping[str, Value]
    locked: Sequence[str]


class PlannedChanges(NamedTuple):
    """Changes that `make` makes, all or none; it returns the number of their revision, 0 without changes.

    `unnamed` are entities of the same kinds that stay, and `lost` secrets that an undo cannot restore.
    """

    changes: Sequence[PlannedEntity]
    make: Callable[[], int]
    unnamed: Sequence[tuple[str, str]] = ()
    lost: Sequence[str] = ()


class ChangedOptions(NamedTuple):
    """The names of the options that changed, and how many leads a given `lead_filter` matches, or None."""

    names: list[str]
    matches: "FilterMatches | None" = None


class ConfigRecords(Protocol):
    """The configuration of a place. Each method raises StoreError, AppAway, AppRefused.

    Methods with a name raise NotFound, too; methods that change or plan raise OptionError and Conflict.
    """

    def create(self, kind: str, name: str, options: Mapping[str, str]) -> None:
        """Create an entity."""

    def create_token(self, name: str, options: Mapping[str, str]) -> str:
        """Create an API token with these options, and return its text."""

    def renew_token(self, name: str) -> str:
        """Replace an API token, and return the new text."""

    def set_options(self, kind: str, name: str, options: Mapping[str, str]) -> ChangedOptions:
        """Change options of an entity, all or none."""

    def delete(self, kind: str, name: str) -> None:
        """Delete an entity."""

    def plan(self, wanted: Wanted, kinds: set[str] | None = None, *, prune: bool = False) -> PlannedChanges:
        """Plan the changes that lead to the wanted options.

        `kinds`: the kinds of which `unnamed` names the other entities; None for none. `prune` deletes these.
        """

    def plan_undo(self, number: int) -> PlannedChanges:
        """Plan the changes that undo a revision."""


def show(where: Place, kind: str, name: str) -> dict[str, Value]:
    """Return the options of an entity. Raises NotFound, StoreError, AppAway, AppRefused."""
    found = operation_calls.do(configuration.get_entity, where, {"kind": kind, "name": name})
    return cast(ConfigurationEntry, found).options


def show_all(where: Place, kind: str) -> dict[str, dict[str, Value]]:
    """Return each name of a kind with its options, in order of name. Raises StoreError, AppAway, AppRefused."""
    found = operation_calls.do(configuration.list_entities, where, {"kind": kind}, Page(limit=sys.maxsize))
    return {entry.name: entry.options for entry in found}


def at(where: Place) -> ConfigRecords:
    """Return the configuration of a place."""
    return choose(where, DatabaseConfig, AppConfig)


class DatabaseConfig:
    """The configuration in the database of this machine."""

    def __init__(self, settings: Settings) -> None:
        self.path = settings.db

    def create(self, kind: str, name: str, options: Mapping[str, str]) -> None:
        config.create(self.path, kind, name, by_administrator(kind, options), who=login_name())

    def create_token(self, name: str, options: Mapping[str, str]) -> str:
        token = _new_token()
        self.create(API_TOKEN.kind, name, {**options, "token": token})
        return token

    def renew_token(self, name: str) -> str:
        token = _new_token()
        self.set_options(API_TOKEN.kind, name, {"token": token})
        return token

    def set_options(self, kind: str, name: str, options: Mapping[str, str]) -> ChangedOptions:
        given = by_administrator(kind, options)
        changed = config.set_options(self.path, kind, name, given, who=login_name())
        return ChangedOptions(changed, self._matches(name) if options.get("lead_filter") else None)

    def _matches(self, campaign: str) -> "FilterMatches":
        from warmline.store.dialling import filter_matches

        return filter_matches.count(self.path, campaign, time.time_ns() // 1000)

    def delete(self, kind: str, name: str) -> None:
        config.delete(self.path, kind, name, who=login_name())

    def plan(self, wanted: Wanted, kinds: set[str] | None = None, *, prune: bool = False) -> PlannedChanges:
        others = change_plan.unnamed(self.path, wanted, kinds) if kinds else []
        changes = change_plan.plan(self.path, {**wanted, **(dict.fromkeys(others) if prune else {})})
        return PlannedChanges(changes, lambda: self._apply(changes), () if prune else tuple(others))

    def plan_undo(self, number: int) -> PlannedChanges:
        wanted, lost = config_history.taken_back(self.path, number)
        changes = change_plan.plan(self.path, wanted)
        return PlannedChanges(changes, lambda: self._apply(changes), lost=lost)

    def _apply(self, changes: Sequence[change_plan.ConfigChange]) -> int:
        return change_plan.apply(self.path, changes, who=login_name())


class AppConfig:
    """The configuration over the API, at the app of a login."""

    def __init__(self, login: AppLogin) -> None:
        self.login = login

    def create(self, kind: str, name: str, options: Mapping[str, str]) -> None:
        app_client.send(self.login, "POST", _path(kind, name), options)

    def create_token(self, name: str, options: Mapping[str, str]) -> str:
        return str(app_client.send(self.login, "POST", _path(API_TOKEN.kind, name), options)["token"])

    def renew_token(self, name: str) -> str:
        return str(app_client.send(self.login, "POST", f"api-tokens/{quote(name, safe='')}/renew")["token"])

    def set_options(self, kind: str, name: str, options: Mapping[str, str]) -> ChangedOptions:
        before = show(self.login, kind, name)
        told = app_client.send(self.login, "PATCH", _path(kind, name), options)
        after = _values(told["options"])
        secret = [one.name for one in ENTITIES[kind].options if isinstance(one.type, Secret)]
        changed = [option for option in options if option in secret or before[option] != after[option]]
        return ChangedOptions(changed, _matches(told.get("lead_filter_matches")))

    def delete(self, kind: str, name: str) -> None:
        app_client.send(self.login, "DELETE", _path(kind, name))

    def plan(self, wanted: Wanted, kinds: set[str] | None = None, *, prune: bool = False) -> PlannedChanges:
        newest = app_client.get(self.login, "config/changes", {"limit": "1"})
        asked = {"configuration": _document(wanted, kinds or set()), "prune": prune}
        since = {"revision": newest[0]["revision"] if newest else 0}  # refused if an entity changed since
        told = app_client.send(self.login, "POST", "config/diff", asked)
        return _planned(told, lambda: self._revision_of("apply", asked | since))

    def plan_undo(self, number: int) -> PlannedChanges:
        asked = {"revision": number}
        told = app_client.send(self.login, "POST", "config/undo", asked | {"dry_run": True})
        return _planned(told, lambda: self._revision_of("undo", asked))

    def _revision_of(self, what: str, asked: Mapping[str, object]) -> int:
        return int(app_client.send(self.login, "POST", f"config/{what}", asked)["revision"])


def _planned(told: Mapping[str, Any], make: Callable[[], int]) -> PlannedChanges:
    changes = [RemoteChange(**one | {"locked": one.get("locked", ())}) for one in told["changes"]]
    unnamed = [(one["kind"], one["name"]) for one in told["unnamed"]]
    return PlannedChanges(changes, make if changes else lambda: 0, unnamed, told["lost"])


def _document(wanted: Wanted, kinds: set[str]) -> dict[str, dict[str, Any]]:
    """Return the wanted options by kind and name; a kind with one entity has no names."""
    found: dict[str, dict[str, Any]] = {kind: {} for kind in kinds}
    for (kind, name), options in wanted.items():
        if ENTITIES[kind].only:
            found[kind] = dict(options)
        else:
            found.setdefault(kind, {})[name] = dict(options)
    return found


def _matches(told: Mapping[str, int] | None) -> "FilterMatches | None":
    from warmline.store.dialling.filter_matches import FilterMatches

    return FilterMatches(**told) if told else None


def _values(options: Mapping[str, Any]) -> dict[str, Value]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in options.items()}


def _path(kind: str, name: str) -> str:
    return f"config/{kind}/{quote(name, safe='')}"


def _new_token() -> str:
    import secrets

    return secrets.token_urlsafe(32)
