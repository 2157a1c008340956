"""The history of the configuration as JSON: its revisions, with who changed what."""

from collections.abc import Iterable
from dataclasses import replace

import msgspec

from ari_app.http.management.config_shapes import ConfigChangeShown, ConfigRevisionShown
from ari_app.http.server import paging
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.bearer_tokens import asker_of
from ari_app.http.server.problems import invalid_request, not_found
from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1.live_state import JsonApi
from warmline.operations.live_records import iso
from warmline.options.option_table import spelled
from warmline.store.configuration import config_history
from warmline.store.configuration.config_history import ConfigRevision, WantedRevisions
from warmline.store.configuration.group_view import GroupView, viewer
from warmline.store.configuration.users import User
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import reading

NUMBER_DIGITS = 18  # of a revision, at most
LONGEST_SEARCH = 100  # characters


async def listed(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the revisions, newest first. Raises ProblemRaised (422, 429), StoreError."""
    kind, name, who, text = (request.query.get(one, "") for one in ("kind", "name", "who", "text"))
    if len(text) > LONGEST_SEARCH:
        raise invalid_request("text", f"must have at most {LONGEST_SEARCH} characters")
    if "kind" in request.query and kind not in config_history.KINDS:
        raise invalid_request("kind", f"must be one of {', '.join(config_history.KINDS)}")
    after = request.query.get("after", "0")
    if not _is_number(after):
        raise invalid_request("after", "must be the number of a revision")
    limit = paging.limit(request, paging.USUAL, paging.ROWS)
    name = spelled(kind, name) if kind else name
    wanted = WantedRevisions(kind, name, who, text)
    user = viewer(request.asker)
    return ApiAnswer(await api.threads.report(asker_of(request), _listed, api.db, limit, wanted, int(after), user))


def _listed(db: str, limit: int, wanted: WantedRevisions, after: int, user: User | None) -> bytes:
    """Return the rows as JSON. Raises StoreError."""
    if user is None:
        return msgspec.json.encode([_shown(one) for one in config_history.newest(db, limit, wanted, after)])
    found: list[ConfigRevision] = []
    while len(found) < limit and (read := config_history.newest(db, limit, wanted, after)):
        # A change that the user does not see must not be found by its text either.
        seen = (one for one in _seen(db, read, user) if any(config_history.fits(c, wanted) for c in one.changes))
        found += seen
        after = read[-1].number
    return msgspec.json.encode([_shown(one) for one in found[:limit]])


def _seen(db: str, found: Iterable[ConfigRevision], user: User) -> list[ConfigRevision]:
    """Return revisions without changes about people of other groups; one that only has these is left out."""
    with reading(db) as opened:
        view = GroupView(opened, user)
        parts = [replace(one, changes=tuple(c for c in one.changes if view.includes(c.kind, c.name))) for one in found]
        return [one for one in parts if one.changes]


def _one(db: str, number: int, user: User | None) -> ConfigRevision:
    """Return a revision, as the client sees it. Raises NotFound, StoreError."""
    found = config_history.revision(db, number)
    if user is None:
        return found
    if seen := _seen(db, [found], user):
        return seen[0]
    raise NotFound("revision_of_other_groups", "revision {number} is about people of other groups", number=number)


async def one(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the revision of that number, or the one that this change is part of. Raises ProblemRaised (404)."""
    wanted = request.path_values["revision"]
    try:
        number = int(wanted) if _is_number(wanted) else 0
        return reply(_shown(await in_time(_one, api.db, number, viewer(request.asker))))
    except NotFound as missing:
        raise not_found(missing) from None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS


def _shown(one: ConfigRevision) -> ConfigRevisionShown:
    changes = [ConfigChangeShown(row.action, row.kind, row.name, row.before, row.after) for row in one.changes]
    return ConfigRevisionShown(one.number, iso(one.at), one.who, changes)
