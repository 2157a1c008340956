"""The configuration: in the database of this machine, or over the API at the app of a login."""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote

from cli.client import app_client
from cli.client.app_answer import NOTHING
from cli.client.app_client import Place
from cli.output.change_plan_page import ChangedEntity
from cli.output.current_user import login_name
from cli.output.time_format import of_iso
from cli.place.login_file import AppLogin
from warmline.options.api_access_options import API_TOKEN
from warmline.options.option_table import ENTITIES
from warmline.options.values.option_types import Secret, Value
from warmline.store.configuration import change_plan, config, config_history

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


def show_all(where: Place, kind: str) -> dict[str, dict[str, Value]]:
    """Return each name of a kind with its options, in order of name. Raises StoreError, AppAway, AppRefused."""
    if isinstance(where, AppLogin):
        rows = app_client.pages(where, f"config/{kind}", NOTHING, "name", sys.maxsize)
        return {row["name"]: _values(row["options"]) for row in rows}
    return config.show_all(where.db, kind)


def show(where: Place, kind: str, name: str) -> dict[str, Value]:
    """Return every option of an entity; a secret is `set` or `not set`. Raises NotFound, and as `show_all`."""
    if isinstance(where, AppLogin):
        return _values(app_client.get(where, _path(kind, name))["options"])
    return config.show(where.db, kind, name)


def create(where: Place, kind: str, name: str, options: Mapping[str, str]) -> None:
    """Create an entity. Raises OptionError, NotFound, Conflict, StoreError, AppAway, AppRefused."""
    if isinstance(where, AppLogin):
        app_client.send(where, "POST", _path(kind, name), options)
    else:
        config.create(where.db, kind, name, options, who=login_name())


def create_token(where: Place, name: str, options: Mapping[str, str]) -> str:
    """Create an API token with these options, and return its text. Raises what `create` raises."""
    if isinstance(where, AppLogin):
        return str(app_client.send(where, "POST", _path(API_TOKEN.kind, name), options)["token"])
    token = _new_token()
    config.create(where.db, API_TOKEN.kind, name, {**options, "token": token}, who=login_name())
    return token


def renew_token(where: Place, name: str) -> str:
    """Replace an API token, and return the new text. Raises what `create` raises."""
    if isinstance(where, AppLogin):
        return str(app_client.send(where, "POST", f"api-tokens/{quote(name, safe='')}/renew")["token"])
    token = _new_token()
    config.set_options(where.db, API_TOKEN.kind, name, {"token": token}, who=login_name())
    return token


def set_options(where: Place, kind: str, name: str, options: Mapping[str, str]) -> list[str]:
    """Change options of an entity; return the names of those that changed. Raises what `create` raises."""
    if not isinstance(where, AppLogin):
        return config.set_options(where.db, kind, name, options, who=login_name())
    before = show(where, kind, name)
    after = _values(app_client.send(where, "PATCH", _path(kind, name), options)["options"])
    secret = [one.name for one in ENTITIES[kind].options if isinstance(one.type, Secret)]
    return [option for option in options if option in secret or before[option] != after[option]]


def delete(where: Place, kind: str, name: str) -> None:
    """Delete an entity. Raises what `create` raises."""
    if isinstance(where, AppLogin):
        app_client.send(where, "DELETE", _path(kind, name))
    else:
        config.delete(where.db, kind, name, who=login_name())


def everything(where: Place, *, changed: bool) -> config.Everything:
    """Return the whole configuration without secrets, with `changed` only what differs from the defaults."""
    if not isinstance(where, AppLogin):
        found = config.everything(where.db)
        return config.set_apart(found) if changed else found
    told = app_client.get(where, "config", {"changed": str(changed).lower()})["configuration"]
    named = {kind: {only: told[kind]} if (only := ENTITIES[kind].only) else told[kind] for kind in told}
    return {kind: {name: _values(one) for name, one in entities.items()} for kind, entities in named.items()}


def plan(where: Place, wanted: Wanted, kinds: set[str] | None = None, *, prune: bool = False) -> PlannedChanges:
    """Plan the changes that lead to the wanted options.

    `kinds`: the kinds of which `unnamed` names the other entities; None for none. `prune` deletes these.
    Raises OptionError, NotFound, Conflict, StoreError, AppAway, AppRefused.
    """
    if isinstance(where, AppLogin):
        return _remote_plan(where, _document(wanted, kinds or set()), prune=prune)
    others = change_plan.unnamed(where.db, wanted, kinds) if kinds else []
    changes = change_plan.plan(where.db, {**wanted, **(dict.fromkeys(others) if prune else {})})
    path = where.db
    return PlannedChanges(
        changes, lambda: change_plan.apply(path, changes, who=login_name()), () if prune else tuple(others)
    )


def plan_undo(where: Place, number: int) -> PlannedChanges:
    """Plan the changes that undo a revision. Raises what `plan` raises."""
    if isinstance(where, AppLogin):
        asked = {"revision": number}
        told = app_client.send(where, "POST", "config/undo", asked | {"dry_run": True})
        return _planned(told, lambda: int(app_client.send(where, "POST", "config/undo", asked)["revision"]))
    path = where.db
    wanted, lost = config_history.taken_back(path, number)
    changes = change_plan.plan(path, wanted)
    return PlannedChanges(changes, lambda: change_plan.apply(path, changes, who=login_name()), lost=lost)


def revisions(where: Place, most: int, kind: str = "", name: str = "") -> list[config_history.ConfigRevision]:
    """Return the last revisions, newest first. Raises StoreError, AppAway, AppRefused."""
    if not isinstance(where, AppLogin):
        return config_history.newest(where.db, most, kind, name)
    asked = {field: value for field, value in (("kind", kind), ("name", name)) if value}
    return list(map(_revision, app_client.pages(where, "config/changes", asked, "revision", most)))


def revision(where: Place, number: int) -> config_history.ConfigRevision:
    """Return the revision that a change belongs to. Raises NotFound, StoreError, AppAway, AppRefused."""
    if isinstance(where, AppLogin):
        return _revision(app_client.get(where, f"config/changes/{number}"))
    return config_history.revision(where.db, number)


def _remote_plan(where: AppLogin, document: Mapping[str, Mapping[str, Any]], *, prune: bool) -> PlannedChanges:
    """Plan a document; it is refused later if an entity changed since."""
    newest = app_client.get(where, "config/changes", {"limit": "1"})
    asked = {"configuration": document, "prune": prune}
    since = {"revision": newest[0]["revision"] if newest else 0}
    told = app_client.send(where, "POST", "config/diff", asked)
    return _planned(told, lambda: int(app_client.send(where, "POST", "config/apply", asked | since)["revision"]))


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


def _revision(row: Mapping[str, Any]) -> config_history.ConfigRevision:
    changes = tuple(
        config_history.ConfigJournalRow(one["action"], one["kind"], one["name"], one["before"], one["after"])
        for one in row["changes"]
    )
    return config_history.ConfigRevision(row["revision"], of_iso(row["at"]), row["who"], changes)


def _values(options: Mapping[str, Any]) -> dict[str, Value]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in options.items()}


def _path(kind: str, name: str) -> str:
    return f"config/{kind}/{quote(name, safe='')}"


def _new_token() -> str:
    import secrets

    return secrets.token_urlsafe(32)
