"""The routes of the JSON API about compliance: all calls of a period against the law, and one with its evidence."""

from ari_app.http.openapi.added_api import AddedApi
from ari_app.http.outbound import outbound_answers
from ari_app.http.outbound.outbound_routes import CAMPAIGN, PERIOD, PROBLEMS
from ari_app.http.server.api_request import ApiAnswer, ApiRequest
from ari_app.http.v1 import agent_bounds, campaign_bounds
from ari_app.http.v1.api_route import ApiRoute
from ari_app.http.v1.live_state import JsonApi
from warmline.store.configuration.campaign_owners import as_json
from warmline_contrib.compliance import compliance_answer

ABOUT = "a report about compliance"


async def compliance(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the claims about the calls of a period. Raises ProblemRaised (404, 422, 503), StoreError."""
    now, campaign, allowed = outbound_answers.now(), request.query.get("campaign", ""), as_json(request.campaigns)
    start, end = await api.threads.look_up(outbound_answers.period, api.db, request, now)
    return await outbound_answers.reply_slowly(
        api, request, ABOUT, compliance_answer.answer, start, end, campaign, allowed, now=now
    )


async def evidence(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the claims about one call. Raises ProblemRaised (404, 409, 503), StoreError."""
    call, now = request.path_values["id"], outbound_answers.now()
    return await outbound_answers.reply_slowly(api, request, ABOUT, compliance_answer.of_call, call, now=now)


API = AddedApi(
    (
        ApiRoute(
            "GET",
            "/audit/compliance",
            "auditCompliance",
            "Check calls to leads against the law; one slow answer at a time",
            "reports:read",
            agent_bounds.EVERYTHING,
            compliance,
            compliance_answer.ComplianceAnswer,
            problems=PROBLEMS,
            parameters=(*PERIOD, CAMPAIGN),
            campaign_bound=campaign_bounds.ROWS,
        ),
        ApiRoute(
            "GET",
            "/audit/compliance/{id}",
            "auditComplianceOfCall",
            "Check one call to a lead against the law, with its evidence",
            "reports:read",
            agent_bounds.EVERYTHING,
            evidence,
            compliance_answer.EvidenceAnswer,
            problems=(*PROBLEMS, 409),
            campaign_bound=campaign_bounds.ATTEMPT,
        ),
    ),
    {
        compliance_answer.ComplianceAnswer: "ComplianceAudit",
        compliance_answer.ClaimRow: "ComplianceAuditRow",
        compliance_answer.EvidenceAnswer: "ComplianceOfCall",
        compliance_answer.ClaimOfCall: "ComplianceOfCallRow",
    },
)
