"""The revisions of the configuration: who changed what. See configuration_documents for their undo."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta, Struct

from warmline.operations.configuration import READ
from warmline.operations.operation import FIRST_PAGE, Caller, Field, Page, invalid, operation
from warmline.operations.times import Time, iso
from warmline.options.option_table import spelled
from warmline.store.configuration import config_history
from warmline.store.configuration.config_history import KINDS, ConfigRevision, WantedRevisions
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import reading

if TYPE_CHECKING:
    from warmline.store.configuration.change_plan import ConfigChange
    from warmline.store.configuration.config_history import ConfigJournalRow
    from warmline.store.configuration.users import User

BOUNDS: dict[str, Any] = {"agents": "EVERYTHING", "campaigns": "ALL"}
NUMBER: dict[str, Any] = {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}
NUMBER_DIGITS = 18  # of a revision, at most


class ConfigurationChange(Struct, frozen=True):
    """The change of one entity: create, set or delete, with the changed options before and after.

    `locked` are required secrets that a new entity lacks. It cannot be used until they are set.
    """

    action: str
    kind: str
    name: str
    before: dict[str, Any]
    after: dict[str, Any]
    locked: list[str] = []


class ConfigurationRevision(Struct, frozen=True):
    """The changes of one transaction: its number, when and by whom."""

    revision: int
    at: Time
    who: str
    changes: list[ConfigurationChange]


@operation("GET /config/changes", "listRevisions", READ, **BOUNDS, cursor_field="revision", cursor=NUMBER)
def list_revisions(
    caller: Caller,
    kind: Annotated[
        str,
        Meta(extra_json_schema={"enum": list(KINDS)}),
        Field("Only revisions that changed an entity of this kind.", "KIND"),
    ] = "",
    name: Annotated[str, Field("Only revisions that changed the entity of this name.", "NAME")] = "",
    who: Annotated[str, Field("Only revisions of this person.", "LOGIN")] = "",
    text: Annotated[
        str,
        Meta(max_length=100),
        Field(
            "Only revisions with this text in a changed entity's name, options or values; secrets are not stored.",
            "TEXT",
        ),
    ] = "",
    page: Page = FIRST_PAGE,
) -> list[ConfigurationRevision]:
    """List the revisions of the configuration, newest first: who changed what."""
    if kind and kind not in KINDS:
        raise invalid("kind", f"must be one of {', '.join(KINDS)}")
    if not _is_number(page.after or "0"):
        raise invalid("after", "must be the number of a revision")
    wanted, after = WantedRevisions(kind, spelled(kind, name), who, text), int(page.after or "0")
    if (user := caller.viewer) is None:
        return [_shown(row) for row in config_history.newest(caller.db, page.limit, wanted, after)]
    found: list[ConfigRevision] = []
    while len(found) < page.limit and (read := config_history.newest(caller.db, page.limit, wanted, after)):
        # A change that the user does not see must not be found by its text either.
        seen = _visible(caller.db, read, user)
        found += (row for row in seen if any(config_history.fits(change, wanted) for change in row.changes))
        after = read[-1].number
    return [_shown(row) for row in found[: page.limit]]


@operation("GET /config/changes/{revision}", "getRevision", READ, **BOUNDS)
def get_revision(
    caller: Caller, revision: Annotated[str, Field("The number of the revision, or of a change in it.", "REV")]
) -> ConfigurationRevision:
    """Show a revision of the configuration."""
    found = config_history.revision(caller.db, int(revision) if _is_number(revision) else 0)
    if (user := caller.viewer) is None:
        return _shown(found)
    if seen := _visible(caller.db, [found], user):
        return _shown(seen[0])
    raise NotFound(
        "revision_of_other_groups", "revision {number} is about people of other groups", number=int(revision)
    )


def _visible(db: str, found: Iterable[ConfigRevision], user: "User") -> list[ConfigRevision]:
    """Return revisions without changes about people of other groups; one that only has these is left out."""
    from warmline.store.configuration.group_view import GroupView

    with reading(db) as opened:
        view = GroupView(opened, user)
        parts = [replace(row, changes=tuple(c for c in row.changes if view.includes(c.kind, c.name))) for row in found]
        return [row for row in parts if row.changes]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS


def _shown(row: ConfigRevision) -> ConfigurationRevision:
    return ConfigurationRevision(row.number, iso(row.at), row.who, [change_of(change) for change in row.changes])


def change_of(row: "ConfigChange | ConfigJournalRow", locked: Sequence[str] = ()) -> ConfigurationChange:
    """Return a change as answers have it; `locked` are secrets that a new entity lacks."""
    return ConfigurationChange(row.action, row.kind, row.name, row.before, row.after, list(locked))
