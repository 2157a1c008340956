"""Creates and changes leads by JSON, with VICIdial's names of the fields."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, defstruct

from ari_app.http.management import agent_leads, new_lead_parameters
from ari_app.http.management.write_requests import invalid
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.problems import ProblemRaised, not_found
from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1 import leads
from ari_app.http.v1.bodies import body_errors, request_bodies
from ari_app.http.v1.commands import idempotency_key
from ari_app.http.v1.live_state import JsonApi
from ari_app.link.command_rights import ClientUnknown
from ari_app.link.idempotency import fingerprint
from ari_app.records import write_results
from ari_app.records.record_writes import CreateLead, DeleteLead, RecordWrite, UpdateLead
from ari_app.records.write_results import WriteRefused
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.leads import custom_fields, more_numbers
from warmline.leads.lead_fields import FIELDS as USUAL
from warmline.leads.lead_fields import HIGHEST, LONGEST_CUSTOM, TEXTS, allowed
from warmline.operations import argument_types
from warmline.options.values.entity import OptionError
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.leads import dnc
from warmline.store.leads import leads as stored_leads
from warmline.store.leads.leads import LeadOutcome

PHONE_NUMBER = Annotated[request_bodies.LeadText, Meta(max_length=TEXTS["phone_number"], examples=["7275551212"])]
RANK = Annotated[float, Meta(ge=-HIGHEST, le=HIGHEST, multiple_of=1)]  # 7.0 is an integer too
FORMS = {more_numbers.FIELD: f"The further numbers: {allowed(more_numbers.FIELD)}"}
FIELDS: list[tuple[str, Any, Any]] = [
    *(
        (name, Annotated[request_bodies.LeadText, Meta(max_length=most, description=FORMS.get(name))] | None, None)
        for name, most in TEXTS.items()
    ),
    ("rank", RANK | None, None),
    (
        custom_fields.COLUMN,
        Annotated[
            dict[str, Annotated[request_bodies.LeadText, Meta(max_length=LONGEST_CUSTOM)]],
            Meta(
                description="Texts by the names of the list's `custom_fields`; the others stay. An empty text is none."
            ),
        ]
        | None,
        None,
    ),
]
LIST = Annotated[str, Meta(max_length=20, examples=["101"])]
LeadFieldsBody = defstruct(
    "LeadFieldsBody",
    [("list_id", LIST | None, None), *FIELDS],
    namespace={"__doc__": "The fields to change; the others stay. With `list_id`, the lead moves to that list."},
    forbid_unknown_fields=True,
    omit_defaults=True,
)
NewLeadBody = defstruct(
    "NewLeadBody",
    [
        ("list_id", LIST),
        (
            "phone_number",
            PHONE_NUMBER,
        ),
        *(field for field in FIELDS if field[0] != "phone_number"),
    ],
    namespace={"__doc__": "The list and the number of a new lead, and its other fields."},
    forbid_unknown_fields=True,
    omit_defaults=True,
)


AgentLeadBody = defstruct(
    "AgentLeadBody",
    [("lead_id", argument_types.LeadId), *FIELDS],
    namespace={"__doc__": "The lead that the agent has on the screen, and its fields to change; the others stay."},
    forbid_unknown_fields=True,
    omit_defaults=True,
)


class LeadDeleted(Struct, frozen=True):
    """The lead that was deleted."""

    lead_id: int


async def create(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Create a lead, once for each idempotency key, or update the one that is known; reply with it.

    Raises ProblemRaised (409, 422), StoreError.
    """
    body = body_errors.decoded(request, NewLeadBody)
    given = _given(body)
    key = idempotency_key(request)
    rule, dnc_check = new_lead_parameters.new_lead_rule(request), new_lead_parameters.dnc_check(request)
    said = fingerprint((request.path, given, *(request.query.items()))) if key else ""
    wanted = CreateLead(given["list_id"], _fields(given), request.by[:255], key, said, rule, dnc_check)
    try:
        made = await _written(api, request, wanted)
    except (OptionError, NotFound) as error:
        raise invalid(error) from None
    except Conflict as error:
        status = HTTPStatus.CONFLICT if error.code == dnc.LEAD_LISTED else HTTPStatus.UNPROCESSABLE_ENTITY
        raise ProblemRaised(status, error.code, "{why}", why=error) from None
    if made.did == "refused":
        raise ProblemRaised(
            HTTPStatus.CONFLICT,
            "lead_known",
            "the lead is known already: it is lead {lead}",
            lead=made.lead,
            headers={"Location": f"/api/v1/leads/{made.lead}"},
        )
    if made.did == "updated":
        return await _shown(api, made.lead, request.campaigns)
    return await _shown(api, made.lead, request.campaigns, HTTPStatus.CREATED, Location=f"/api/v1/leads/{made.lead}")


async def change(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Change fields of a lead, all or none; reply with it. Raises ProblemRaised (404, 422), StoreError."""
    return await _change(api, request, leads.number_in_path(request), body_errors.decoded(request, LeadFieldsBody))


async def delete(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Delete a lead that is in no call and on no screen. Raises ProblemRaised (404, 409), StoreError."""
    lead = leads.number_in_path(request)
    try:
        await _written(api, request, DeleteLead(lead, request.by[:255]))
    except NotFound as missing:
        raise not_found(missing) from None
    except Conflict as error:
        raise ProblemRaised(HTTPStatus.CONFLICT, error.code, "{why}", why=error) from None
    return reply(LeadDeleted(lead))


async def _change(api: JsonApi, request: ApiRequest, lead: int, body: Struct) -> ApiAnswer:
    given = _given(body)
    to_list = given.get("list_id", "")
    try:
        await _written(api, request, UpdateLead(lead, _fields(given), request.path_values.get("user", ""), to_list))
    except NotFound as missing:
        raise (not_found if missing.code == "lead_unknown" else invalid)(missing) from None
    except OptionError as error:
        raise invalid(error) from None
    return await _shown(api, lead, request.campaigns if "lead_id" in request.path_values else None)


async def change_of_agent(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Change fields of the lead that an agent has on the screen; reply with it.

    Raises ProblemRaised (404, 409 if the agent has another lead by now, 422), StoreError.
    """
    body, user = body_errors.decoded(request, AgentLeadBody), request.path_values["user"]
    wanted = int(body.lead_id)
    if await agent_leads.on_screen(api, user) != wanted:
        raise _problem(write_results.not_on_screen(user, wanted))
    return await _change(api, request, wanted, body)


async def _written(api: JsonApi, request: ApiRequest, wanted: RecordWrite) -> LeadOutcome:
    """Write a lead. Raises ProblemRaised (401, 403, 409), OptionError, NotFound, Conflict, StoreError."""
    try:
        return await api.records.write(wanted, request.token)
    except ClientUnknown as error:
        raise ProblemRaised(HTTPStatus.UNAUTHORIZED, error.code, "{why}", why=error) from None
    except WriteRefused as error:
        raise _problem(error) from None


def _problem(error: WriteRefused) -> ProblemRaised:
    status = HTTPStatus.CONFLICT if error.code == write_results.NOT_ON_SCREEN else HTTPStatus.FORBIDDEN
    return ProblemRaised(status, error.code, "{why}", why=error)


async def _shown(
    api: JsonApi,
    lead: int,
    campaigns: VisibleCampaigns | None,
    status: HTTPStatus = HTTPStatus.OK,
    **headers: str,
) -> ApiAnswer:
    """Reply with a lead of these campaigns, None for all: it may have moved since."""
    try:
        row = await in_time(stored_leads.find, api.db, lead, campaigns)
    except NotFound as missing:
        raise not_found(missing) from None
    return reply(leads.shown(row), status, **headers)


def _given(body: Struct) -> dict[str, Any]:
    """Return the given fields, those of a lead as texts, as the command line takes them."""
    given = {name: value for name, value in msgspec.structs.asdict(body).items() if value is not None}
    return {name: str(int(value)) if isinstance(value, float) else value for name, value in given.items()}


def _fields(given: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of a lead with the custom ones beside the others. Raises ProblemRaised (422)."""
    own: dict[str, str] = given.get(custom_fields.COLUMN, {})
    if inside := next((name for name in own if name in USUAL), ""):
        why = "{name} is a field of every lead: give it beside custom_fields, not in it"
        raise invalid(OptionError("lead_field_not_custom", why, name=inside))
    return {name: given[name] for name in USUAL if name in given} | own
