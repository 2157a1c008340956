"""The routes about automatic calls: counts of leads, the next ones, attempts and drops."""

from ari_app.http.outbound import outbound_answers
from ari_app.http.v1 import agent_bounds
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiParameter, ApiRoute
from warmline.store.outbound import attempts_answer, drops_answer, hopper_answer
from warmline.store.outbound.attempts_answer import AttemptsAnswer
from warmline.store.outbound.counts_answer import CampaignCountsAnswer, ListCountsAnswer
from warmline.store.outbound.drops_answer import DropsAnswer
from warmline.store.outbound.hopper_answer import HopperAnswer

TEXT = {"type": "string"}
PROBLEMS = (*READ_PROBLEMS, 404)
CAMPAIGN = ApiParameter("campaign", "query", "only this campaign", TEXT)
PERIOD = (
    ApiParameter("since", "query", "begin at this time, such as 24h, today, monday or 2026-11-20T09:00", TEXT),
    ApiParameter("day", "query", "only this day, week or month: today, monday, lastweek or 2026-11-20", TEXT),
    ApiParameter("between", "query", "begin at A and end before B, such as 2026-11-01..2026-11-08", TEXT),
    ApiParameter("timezone", "query", "time zone of days; default: the setting", TEXT),
)


def _number(name: str, meaning: str, usual: int, least: int, most: int) -> ApiParameter:
    schema = {"type": "integer", "minimum": least, "maximum": most, "default": usual}
    return ApiParameter(name, "query", meaning, schema)


OUTBOUND_ROUTES = (
    ApiRoute(
        "GET",
        "/lists/{id}/counts",
        "countLeadsOfList",
        "Count the leads of a list by status and calls, and by what keeps them from being dialled",
        "leads:read",
        agent_bounds.EVERYTHING,
        outbound_answers.counts,
        ListCountsAnswer,
        problems=PROBLEMS,
    ),
    ApiRoute(
        "GET",
        "/campaigns/{id}/counts",
        "countLeadsOfCampaign",
        "Count the leads of a campaign in all and in each of its lists, as those of one list",
        "leads:read",
        agent_bounds.EVERYTHING,
        outbound_answers.campaign_counts,
        CampaignCountsAnswer,
        problems=PROBLEMS,
    ),
    ApiRoute(
        "GET",
        "/diallers/{id}/hopper",
        "getHopper",
        "List the leads of a campaign that are dialled next, and count the others by reason",
        "leads:read",
        agent_bounds.EVERYTHING,
        outbound_answers.hopper,
        HopperAnswer,
        problems=PROBLEMS,
        parameters=(_number("limit", "maximum number of leads", hopper_answer.USUAL, 0, hopper_answer.MOST),),
    ),
    ApiRoute(
        "GET",
        "/audit/attempts",
        "auditAttempts",
        "Count calls to leads and their contacts",
        "reports:read",
        agent_bounds.EVERYTHING,
        outbound_answers.attempts,
        AttemptsAnswer,
        problems=PROBLEMS,
        parameters=(
            *PERIOD,
            CAMPAIGN,
            ApiParameter(
                "by",
                "query",
                "count by campaign, list, or hour in the lead's first time zone",
                {"enum": list(attempts_answer.WORDS), "default": attempts_answer.USUAL},
            ),
        ),
    ),
    ApiRoute(
        "GET",
        "/audit/drops",
        "auditDrops",
        "Count dropped persons by legal window",
        "reports:read",
        agent_bounds.EVERYTHING,
        outbound_answers.drops,
        DropsAnswer,
        problems=PROBLEMS,
        parameters=(
            CAMPAIGN,
            ApiParameter(
                "window",
                "query",
                "PERIOD counts 30 days, DAY one day",
                {"enum": list(drops_answer.WINDOWS), "default": drops_answer.USUAL},
            ),
        ),
    ),
)
