"""Answers about automatic calls: counts of leads, the next ones, attempts, drops and the law."""

import time

import msgspec

from ari_app.http.management.write_requests import conflict, invalid
from ari_app.http.outbound import slow_answer_program
from ari_app.http.outbound.recently_slow_questions import SlowQuestions
from ari_app.http.outbound.slow_answer_program import (
    Asked,
    Attempts,
    CampaignToCount,
    Compliance,
    Drops,
    Evidence,
    Hopper,
    ListToCount,
    OutboundQuestion,
)
from ari_app.http.server.api_request import ApiAnswer, ApiRequest
from ari_app.http.server.bearer_tokens import asker_of
from ari_app.http.server.problems import invalid_request, not_found
from ari_app.http.server.slow_process_queue import SlowProcess
from ari_app.http.v1.daily_reports import period_of, zone_of
from ari_app.http.v1.live_state import JsonApi
from warmline.options.values.entity import OptionError
from warmline.store.configuration.campaign_owners import as_json
from warmline.store.configuration.timezone import timezone
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.database.reading import ReadInterrupted, for_reader
from warmline.store.outbound import attempts_answer, drops_answer, hopper_answer
from warmline.system import database_address


async def hopper(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the leads of a campaign that are dialled next. Raises ProblemRaised (404, 422, 429, 503)."""
    limit = _number(request, "limit", hopper_answer.USUAL, 0, hopper_answer.MOST)
    return await _read(api, request, "a list of the next leads", Hopper(request.path_values["id"], limit, _now()))


async def counts(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the counts of a list. Raises ProblemRaised (404, 429, 503), StoreError."""
    return await _read(api, request, "counts of leads", ListToCount(request.path_values["id"], _now()))


async def campaign_counts(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the counts of a campaign's lists. Raises ProblemRaised (404, 429, 503), StoreError."""
    return await _read(api, request, "counts of leads", CampaignToCount(request.path_values["id"], _now()))


async def attempts(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the calls to leads of a period. Raises ProblemRaised (404, 422, 429, 503), StoreError."""
    by = _word(request, "by", attempts_answer.USUAL, attempts_answer.WORDS)
    start, end = await api.threads.look_up(_period, api.db, request, _now())
    asked = Attempts(by, request.query.get("campaign", ""), start, end, as_json(request.campaigns))
    return await _read(api, request, "a report about attempts", asked)


async def drops(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the drop rates by window. Raises ProblemRaised (404, 422, 429, 503), StoreError."""
    window = _word(request, "window", drops_answer.USUAL, drops_answer.WINDOWS)
    asked = Drops(window, request.query.get("campaign", ""), as_json(request.campaigns))
    return await _read(api, request, "a report about drops", asked)


async def compliance(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the claims about the calls of a period. Raises ProblemRaised (404, 422, 503), StoreError."""
    now, campaign = _now(), request.query.get("campaign", "")
    start, end = await api.threads.look_up(_period, api.db, request, now)
    asked = Compliance(campaign, start, end, now, as_json(request.campaigns))
    return await _made(api, request, "a report about compliance", asked)


async def evidence(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the claims about one call. Raises ProblemRaised (404, 409, 503), StoreError."""
    return await _made(api, request, "a report about compliance", Evidence(request.path_values["id"], _now()))


async def _read(api: JsonApi, request: ApiRequest, about: str, asked: Asked) -> ApiAnswer:
    """Reply with an answer that is usually fast; one that was slow lately is made in a process of its own at once."""
    slow = api.parts.setdefault(SlowQuestions, SlowQuestions())
    question = slow_answer_program.at_any_moment(asked)
    if slow.has(question):
        return await _made(api, request, about, asked)

    def made() -> bytes:
        with slow.watching(question), for_reader(request.has_gone):
            return msgspec.json.encode(slow_answer_program.answer(OutboundQuestion(api.db, asked)))

    try:
        return ApiAnswer(await api.threads.report(asker_of(request), made))
    except NotFound as missing:
        raise not_found(missing) from None
    except ReadInterrupted:
        return await _made(api, request, about, asked)


async def _made(api: JsonApi, request: ApiRequest, about: str, asked: Asked) -> ApiAnswer:
    """Reply with an answer that may take long."""
    process = api.parts.setdefault(SlowProcess, SlowProcess())
    given = msgspec.json.encode(OutboundQuestion(database_address.passed(api.db), asked))
    environment = database_address.environment(api.db)
    question = slow_answer_program.at_any_moment(asked)
    answered, output = await process.run(
        slow_answer_program.__name__, about, question, given, request.has_gone, environment
    )
    if answered:
        return ApiAnswer(output)
    match error := slow_answer_program.error_of(output):
        case NotFound():
            raise not_found(error)
        case Conflict():
            raise conflict(error)
        case OptionError():
            raise invalid(error)
    raise error


def _period(db: str, request: ApiRequest, now: int) -> tuple[int, int]:
    zone = zone_of(request.query.get("timezone") or timezone(db))
    return period_of(request.query.get, zone, now)


def _word(request: ApiRequest, name: str, usual: str, known: tuple[str, ...]) -> str:
    if (word := request.query.get(name, usual)) in known:
        return word
    raise invalid_request(name, f"allowed: {', '.join(known)}")


def _number(request: ApiRequest, name: str, usual: int, least: int, most: int) -> int:
    given = request.query.get(name, str(usual))
    if given.isascii() and given.isdigit() and len(given) <= len(str(most)) and least <= int(given) <= most:
        return int(given)
    raise invalid_request(name, f"must be a number from {least} to {most}")


def _now() -> int:
    return time.time_ns() // 1000
