"""Answers about automatic calls: counts of leads, the next ones, attempts and drops."""

import time
from collections.abc import Callable
from typing import Concatenate, ParamSpec

import msgspec
from msgspec import Struct

from ari_app.http.management.write_requests import conflict, invalid
from ari_app.http.outbound import slow_answer_program
from ari_app.http.outbound.recently_slow_questions import SlowQuestions
from ari_app.http.outbound.slow_answer_program import SlowQuestion
from ari_app.http.server.api_request import ApiAnswer, ApiRequest
from ari_app.http.server.bearer_tokens import asker_of
from ari_app.http.server.problems import invalid_request, not_found
from ari_app.http.server.slow_process_queue import SlowProcess
from ari_app.http.v1.live_state import JsonApi
from warmline.operations.report_periods import read_period
from warmline.options.values.entity import OptionError
from warmline.store.configuration.campaign_owners import as_json
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.database.reading import ReadInterrupted, for_reader
from warmline.store.outbound import attempts_answer, counts_answer, drops_answer, hopper_answer
from warmline.system import database_address

P = ParamSpec("P")


async def hopper(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the leads of a campaign that are dialled next. Raises ProblemRaised (404, 422, 429, 503)."""
    limit = _number(request, "limit", hopper_answer.USUAL, 0, hopper_answer.MOST)
    campaign = request.path_values["id"]
    return await _reply(api, request, "a list of the next leads", hopper_answer.answer, campaign, limit, at=now())


async def counts(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the counts of a list. Raises ProblemRaised (404, 429, 503), StoreError."""
    list_id = request.path_values["id"]
    return await _reply(api, request, "counts of leads", counts_answer.of_list, list_id, at=now())


async def campaign_counts(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the counts of a campaign's lists. Raises ProblemRaised (404, 429, 503), StoreError."""
    campaign = request.path_values["id"]
    return await _reply(api, request, "counts of leads", counts_answer.of_campaign, campaign, at=now())


async def attempts(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the calls to leads of a period. Raises ProblemRaised (404, 422, 429, 503), StoreError."""
    by = _word(request, "by", attempts_answer.USUAL, attempts_answer.WORDS)
    start, end = await api.threads.look_up(period, api.db, request, now())
    campaign, allowed = request.query.get("campaign", ""), as_json(request.campaigns)
    about = "a report about attempts"
    return await _reply(api, request, about, attempts_answer.answer, by, start, end, campaign, allowed)


async def drops(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the drop rates by window. Raises ProblemRaised (404, 422, 429, 503), StoreError."""
    window = _word(request, "window", drops_answer.USUAL, drops_answer.WINDOWS)
    campaign, allowed = request.query.get("campaign", ""), as_json(request.campaigns)
    return await _reply(api, request, "a report about drops", drops_answer.answer, window, campaign, allowed)


async def _reply(
    api: JsonApi,
    request: ApiRequest,
    about: str,
    answer: Callable[Concatenate[str, P], Struct],
    *arguments: P.args,
    **moment: P.kwargs,
) -> ApiAnswer:
    """Reply with an answer that is usually fast; one that was slow lately is made in a process of its own at once.

    Questions that differ only in `moment` are equal.
    """
    slow = api.parts.setdefault(SlowQuestions, SlowQuestions())
    question = _named(answer), arguments
    if slow.has(question):
        return await reply_slowly(api, request, about, answer, *arguments, **moment)

    def made() -> bytes:
        with slow.watching(question), for_reader(request.has_gone):
            return msgspec.json.encode(answer(api.db, *arguments, **moment))

    try:
        return ApiAnswer(await api.threads.report(asker_of(request), made))
    except NotFound as missing:
        raise not_found(missing) from None
    except ReadInterrupted:
        return await reply_slowly(api, request, about, answer, *arguments, **moment)


async def reply_slowly(
    api: JsonApi,
    request: ApiRequest,
    about: str,
    answer: Callable[Concatenate[str, P], Struct],
    *arguments: P.args,
    **moment: P.kwargs,
) -> ApiAnswer:
    """Reply with an answer that may take long: a process makes it. `about` names it for people."""
    process = api.parts.setdefault(SlowProcess, SlowProcess())
    question = SlowQuestion(database_address.passed(api.db), _named(answer), arguments, moment)
    answered, output = await process.run(
        slow_answer_program.__name__,
        about,
        (question.function, arguments),
        msgspec.json.encode(question),
        request.has_gone,
        database_address.environment(api.db),
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


def _named(answer: Callable[..., Struct]) -> str:
    return f"{answer.__module__}:{answer.__qualname__}"


def period(db: str, request: ApiRequest, now: int) -> tuple[int, int]:
    """Return the beginning and the end of the period that a request asks for. Raises ProblemRaised (422)."""
    return read_period(db, request.query, now)[:2]


def _word(request: ApiRequest, name: str, usual: str, known: tuple[str, ...]) -> str:
    if (word := request.query.get(name, usual)) in known:
        return word
    raise invalid_request(name, f"allowed: {', '.join(known)}")


def _number(request: ApiRequest, name: str, usual: int, least: int, most: int) -> int:
    given = request.query.get(name, str(usual))
    if given.isascii() and given.isdigit() and len(given) <= len(str(most)) and least <= int(given) <= most:
        return int(given)
    raise invalid_request(name, f"must be a number from {least} to {most}")


def now() -> int:
    """Return the time in microseconds UTC."""
    return time.time_ns() // 1000
