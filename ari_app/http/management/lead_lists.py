"""Lists of leads by JSON: their leads, and changes of many leads."""

import logging
from http import HTTPStatus
from typing import Annotated

import msgspec
from msgspec import Meta, Struct, defstruct

from ari_app.http.management import write_requests
from ari_app.http.server import paging
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.bearer_tokens import asker_of
from ari_app.http.server.problems import not_found
from ari_app.http.v1 import leads
from ari_app.http.v1.bodies import body_errors
from ari_app.http.v1.live_state import JsonApi
from ari_app.records.privileged_write_types import LEADS_OF_STEP, ChangeLeads
from warmline.options.campaign.lead_dialling_options import LONGEST
from warmline.options.values.entity import OptionError
from warmline.store.database.errors import NotFound
from warmline.store.leads import list_change, list_export
from warmline.store.leads.list_change import LeadsChange, WantedLeads

OneNumber = Annotated[str, Meta(max_length=40, pattern=r"^[0-9 +()./-]+$")]
OF_DRY_RUN = 20_000  # leads of a step that changes nothing

log = logging.getLogger("warmline.http")


class LeadsChangeBody(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A change of the leads of a list that match the filter `where`, an empty one all leads.

    Give `delete` alone, or one or more of `status`, `to_list` and `owner`. The list `to_list` has the same country.
    With `against`, only leads whose number is in that list are changed; with `numbers`, only leads with one of them.
    Numbers are the same with and without a country code.
    """

    where: Annotated[str, Meta(max_length=LONGEST, examples=["status=NA and called_count>=5"])] = ""
    status: Annotated[str, Meta(max_length=20)] | None = None
    to_list: Annotated[str, Meta(max_length=20)] | None = None
    owner: Annotated[str, Meta(max_length=100)] | None = None
    delete: bool = False
    dry_run: bool = False
    after: Annotated[float, Meta(ge=0, le=2**53 - 1, multiple_of=1)] = 0  # 7.0 is an integer too
    against: Annotated[str, Meta(max_length=20)] = ""
    numbers: Annotated[list[OneNumber], Meta(max_length=LEADS_OF_STEP)] | None = None


class LeadsChangedNow(Struct, frozen=True):
    """The result of a step. `changed` of the `matching` leads were changed, or would be with `dry_run`.

    `in_call` leads are in a live call, and `with_callback` leads have a pending callback and are not deleted. Send the
    same request with this `after` to continue; null says that the change is complete. `unsure` leads are not deleted
    because their number, or the one that it is compared with, may lack its area code.
    """

    matching: int
    changed: int
    in_call: int
    with_callback: int
    after: int | None
    unsure: int


async def change(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Change the next leads of a list that match. Raises ProblemRaised (404, 422, 429, 503), StoreError."""
    body, name = body_errors.decoded(request, LeadsChangeBody), request.path_values["id"]
    leads_of = WantedLeads(body.where, body.against, None if body.numbers is None else tuple(body.numbers))
    wanted = LeadsChange(body.status, body.to_list, body.owner, body.delete)
    if body.dry_run:
        try:
            step = await api.threads.report(
                asker_of(request),
                list_change.step,
                api.db,
                name,
                leads_of,
                wanted,
                int(body.after),
                dry_run=True,
                most=OF_DRY_RUN,
            )
        except NotFound as missing:
            raise not_found(missing) from None
        except OptionError as error:
            raise write_requests.invalid(error) from None
        return reply(LeadsChangedNow(**step._asdict()))
    asked = ChangeLeads(
        name[:255],
        body.where,
        wanted.status,
        wanted.to_list,
        wanted.owner,
        wanted.delete,
        int(body.after),
        body.against,
        body.numbers,
    )
    outcome = await write_requests.write(api, request, asked, missing=HTTPStatus.NOT_FOUND)
    assert outcome.leads is not None
    log.info("%s has %s %d leads of list %s", request.by, "deleted" if body.delete else "changed", outcome.count, name)
    return reply(LeadsChangedNow(**outcome.leads._asdict()))


LeadOfList = defstruct(
    "LeadOfList",
    [("call", str), ("agent", str), ("call_number", str), ("talk_time", int | None)],
    bases=(leads.LeadNow,),
    namespace={
        "__doc__": "A lead and its last call: its id, agent, number, and `talk_time` in seconds. The texts are empty "
        "for a lead that was never called, and the time is null without an answer."
    },
    frozen=True,
    kw_only=True,
)


async def listed(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the leads of a list that match, page by page. Raises ProblemRaised (404, 422, 429), StoreError."""
    name, where = request.path_values["id"], request.query.get("where", "")
    after, limit = leads.after_lead(request), paging.limit(request, paging.USUAL, paging.ROWS)
    try:
        told = await api.threads.report(asker_of(request), _listed, api.db, name, where, after, limit)
    except NotFound as missing:
        raise not_found(missing) from None
    except OptionError as error:
        raise write_requests.invalid(error) from None
    return ApiAnswer(told)


def _listed(db: str, name: str, where: str, after: int, limit: int) -> bytes:
    found = list_export.page(db, name, where, after, limit)
    return msgspec.json.encode([leads.shown(row, LeadOfList) for row in found])
