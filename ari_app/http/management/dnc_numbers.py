"""The do-not-call lists as JSON: list their numbers, add and remove one."""

import logging
import re
from http import HTTPStatus
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from ari_app.http.management import write_requests
from ari_app.http.server import paging
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.bearer_tokens import asker_of
from ari_app.http.server.problems import invalid_request
from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1.bodies import body_errors
from ari_app.http.v1.bodies.request_bodies import Body
from ari_app.http.v1.live_state import JsonApi
from ari_app.records.privileged_write_types import AddDncNumber, RemoveDncNumber
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.leads import phone_numbers
from warmline.leads.phone_numbers import PhoneNumberError
from warmline.operations.live_records import Time, iso
from warmline.store.database.reading import Row
from warmline.store.leads import dnc

log = logging.getLogger("warmline.api")

NUMBER = r"\+?[0-9]{2,20}"
MOST_CHECKED = 1000  # numbers in one request
CURSOR = r"[0-9]{1,40}(@[A-Za-z0-9_-]{0,40})?"


class DncEntry(Struct, frozen=True):
    """A number on a do-not-call list: the campaign's, or the system's if `campaign` is empty.

    `by` added it, and `why` is a disposition's code or a reason in words. `id` is the cursor of the list.
    """

    id: str
    phone_number: str
    campaign: str
    at: Time
    by: str
    why: str


class DncAdded(Struct, frozen=True):
    """The entry of a number; `added` is false if it was on the list before."""

    added: bool
    entry: DncEntry


class DncRemoved(Struct, frozen=True):
    """The number that was removed from the list."""

    phone_number: str
    campaign: str


class DncBody(Body):
    """The number, its list, and the reason. Without a campaign, the list is the system's."""

    phone_number: Annotated[str, Meta(max_length=40, examples=["7275551212"])]
    campaign: Annotated[str, Meta(max_length=20)] = ""
    why: Annotated[str, Meta(pattern=r"^[^\x00-\x1f\x7f]*$", max_length=200, examples=["asked by letter"])] = ""


async def listed(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the entries by number, or those of one number. Raises ProblemRaised (422, 429), StoreError."""
    number, campaign, after = (request.query.get(name) for name in ("number", "campaign", "after"))
    if number is not None and not re.fullmatch(NUMBER, number, re.ASCII):
        raise invalid_request("number", "must be 2 to 20 digits; a + may lead")
    if after and not re.fullmatch(CURSOR, after, re.ASCII):
        raise invalid_request("after", "must be the id of an entry")
    limit = paging.limit(request, paging.USUAL, paging.ROWS)
    seen = request.campaigns
    found = await api.threads.report(asker_of(request), _listed, api.db, number, campaign, after or "", limit, seen)
    return ApiAnswer(found)


def _listed(
    db: str, number: str | None, campaign: str | None, after: str, limit: int, seen: VisibleCampaigns | None
) -> bytes:
    """Return the rows as JSON. Raises StoreError."""
    if number is None:
        found = dnc.page(db, after, limit, campaign, seen)
    else:
        every = dnc.find(db, number)
        known = (row for row in every if seen is None or not row["campaign"] or seen.include(row["campaign"]))
        rows = (row for row in known if campaign in (None, row["campaign"]))
        found = [row for row in rows if dnc.entry_id(row) > after][:limit]
    return msgspec.json.encode([_entry(row) for row in found])


class DncCheckBody(Struct, frozen=True, forbid_unknown_fields=True):
    """The numbers to look up, up to 1000."""

    phone_numbers: Annotated[list[Annotated[str, Meta(max_length=40)]], Meta(max_length=MOST_CHECKED)]


async def checked(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the entries of the asked numbers, in their order. Raises ProblemRaised (422, 429), StoreError."""
    numbers = body_errors.decoded(request, DncCheckBody).phone_numbers
    try:
        wanted = list(dict.fromkeys(map(phone_numbers.checked, numbers)))
    except PhoneNumberError as error:
        raise invalid_request("phone_numbers", str(error)) from None
    return ApiAnswer(await api.threads.report(asker_of(request), _checked, api.db, wanted, request.campaigns))


def _checked(db: str, numbers: list[str], seen: VisibleCampaigns | None) -> bytes:
    """Return the rows as JSON. Raises StoreError."""
    found = (row for rows in dnc.find_all(db, numbers) for row in rows)
    known = (row for row in found if seen is None or not row["campaign"] or seen.include(row["campaign"]))
    return msgspec.json.encode(list({entry.id: entry for entry in map(_entry, known)}.values()))


async def add(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Add a number; it may be on the list already. Raises ProblemRaised (422), StoreError, CallProcessAway."""
    body = body_errors.decoded(request, DncBody)
    outcome = await write_requests.write(api, request, AddDncNumber(body.phone_number, body.campaign, body.why))
    found = [row for row in await in_time(dnc.find, api.db, body.phone_number) if row["campaign"] == body.campaign]
    if not found:
        raise invalid_request("phone_number", "was removed by another client")
    return reply(DncAdded(outcome.count > 0, _entry(found[0])))


async def remove(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Remove a number from a list. Raises ProblemRaised (404, 422), StoreError, CallProcessAway."""
    number, campaign = request.query.get("number", ""), request.query.get("campaign", "")
    if not re.fullmatch(NUMBER, number, re.ASCII):
        raise invalid_request("number", "must be 2 to 20 digits; a + may lead")
    await write_requests.write(api, request, RemoveDncNumber(number, campaign[:255]), missing=HTTPStatus.NOT_FOUND)
    log.info("%s has removed a number from the do-not-call list%s", request.by, f" of {campaign}" if campaign else "")
    return reply(DncRemoved(number, campaign))


def _entry(row: Row) -> DncEntry:
    return DncEntry(dnc.entry_id(row), row["phone_number"], row["campaign"], iso(row["at"]), row["by"], row["why"])
