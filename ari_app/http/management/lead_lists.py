"""Lists of leads by JSON: their counts."""

import time

from msgspec import Struct

from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.bearer_tokens import asker_of
from ari_app.http.server.problems import not_found
from ari_app.http.v1.live_state import JsonApi
from ari_app.live.live_records import Time, iso
from warmline.store.database.errors import NotFound
from warmline.store.dialling import list_counts


class LeadsOfStatus(Struct, frozen=True):
    """How many leads have a status after so many calls."""

    status: str
    called_count: int
    leads: int


class LeadsNow(Struct, frozen=True):
    """How many leads may be dialled now, if `why` is empty, or why they are not, and when that changes.

    `source` is the number that is next: list (the main one), alt_phone or address3.
    """

    source: str
    why: str
    leads: int
    until: Time | None


class ListCountsNow(Struct, frozen=True):
    """The leads of a list. `penetration` is the share that was called since the last reset, in percent.

    `called` leads were ever called. `now` is empty for a list without a campaign.
    """

    list_id: str
    campaign: str
    leads: int
    called: int
    called_since_reset: int
    penetration: float
    statuses: list[LeadsOfStatus]
    now: list[LeadsNow]


async def counts(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the counts of a list. Raises ProblemRaised (404, 429), ReadInterrupted, StoreError."""
    name, at = request.path_values["list"], time.time_ns() // 1000
    try:
        found = await api.threads.report(asker_of(request), list_counts.count, api.db, name, at)
    except NotFound as missing:
        raise not_found(missing) from None
    now = [LeadsNow(one.source, one.why, one.leads, None if one.until is None else iso(one.until)) for one in found.now]
    statuses = [LeadsOfStatus(*one) for one in found.statuses]
    return reply(
        ListCountsNow(**found._asdict() | {"penetration": found.penetration(), "statuses": statuses, "now": now})
    )
