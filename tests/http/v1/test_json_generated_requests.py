"""The API answers any request as its OpenAPI document says; `tools/nightly properties` sends the requests."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from schemathesis.transport.requests import ManagedCookiesSession

from ari_app.http.openapi import openapi_document
from ari_app.http.v1.commands import KEY_HEADER
from tests.http.json_site import JsonSite, json_site
from tests.http.slow_answers_here import slow_answers_here
from tests.soak import examples
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState
from warmline.store.daily_reports import report_table

DOCUMENT = openapi_document.document()
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)  # with the examples of the document, and random cases
AT_LIMITS = schemathesis.openapi.from_dict(DOCUMENT)  # with a case for each limit in the document
SCHEMA.config.phases.coverage.enabled = False
AT_LIMITS.config.phases.examples.enabled = AT_LIMITS.config.phases.fuzzing.enabled = False
CASES = examples(5)  # random cases for each address
TURN = count()
# Requests that name something of the configuration, such as its last revision, and numbers: the document cannot say
# which of them are valid.
LEADS = ("leads", "leads/{lead_id}", "agents/{user}/lead")
CONFIG = ("diff", "apply", "{kind}/{name}", "{kind}/{name}/copy")
CALLS = ("past-calls/{id}/comments", "past-calls/{id}/comments/{comment}")  # an empty comment takes a mark
DEPENDENT = {f"/api/v1/{path}" for path in (*LEADS, *CALLS, "dnc", "dnc/check", *(f"config/{one}" for one in CONFIG))}


class Served:
    """Provide a site whose loop runs in a thread, so that schemathesis can send requests."""

    def __init__(self, site: JsonSite) -> None:
        self.site = site
        self.answers: Counter[int] = Counter()
        self.session = ManagedCookiesSession()  # one connection for thousands of requests; each begins without cookies
        self.session.headers.clear()
        self.session.trust_env = False

    def in_a_call(self) -> str:
        """Put agent 1000 into a call, whatever happened before; return its id."""
        driver = self.site.driver
        session = driver.world.sessions.get("1000")
        if session and session.state is AgentState.DISPO:
            driver.ask(Kind.STATUS, status="A")
        if "1000" not in driver.world.sessions:  # a logout was waiting for the disposition
            driver.log_in("1000")
        if not driver.session().call:
            driver.ask(Kind.RESUME)
            driver.customer(name=f"customer-{next(TURN)}")
        driver.wait(0.5)
        return driver.session().call or "NONE"


ALL = 500  # requests; fewer when only some tests were chosen


@pytest.fixture(scope="module")
def served(
    demo_database: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    with json_site(Path(shutil.copy(demo_database, folder)), folder) as site, site.turning():
        made = Served(site)
        with made.session, slow_answers_here():
            yield made
    answers = ", ".join(f"{number} times {status}" for status, number in sorted(made.answers.items()))
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled() if capture else nullcontext():
        print(f"\nschemathesis: {made.answers.total()} requests to /api/v1 ({answers})")
    assert not [status for status in made.answers if status >= 500]
    if made.answers.total() >= ALL:  # enough for every kind of answer
        assert {200, 201, 400, 401, 404, 405, 409, 415, 422} <= set(made.answers)


# All reports have the same handler; one of them is enough.
REPORTS = [f"/api/v1/reports/{name}" for name in report_table.NAMES if name != "interval"]
UNTRIED = ["/api/v1/events", "/api/v1/live", *REPORTS]


@SCHEMA.exclude(path=UNTRIED).parametrize()
@settings(max_examples=CASES, suppress_health_check=list(HealthCheck))
def test_each_answer_to_any_request_is_in_the_document(case: schemathesis.Case[Any], served: Served) -> None:
    answer_is_in_the_document(case, served)


@AT_LIMITS.exclude(path=UNTRIED).parametrize()
@settings(suppress_health_check=list(HealthCheck))
def test_each_answer_at_a_limit_is_in_the_document(case: schemathesis.Case[Any], served: Served) -> None:
    answer_is_in_the_document(case, served)


def answer_is_in_the_document(case: schemathesis.Case[Any], served: Served) -> None:
    """Send the request; every other one uses an existing agent and call.

    The checks are schemathesis's own: no 5xx; status, headers and body as documented; bad bodies refused, good ones
    accepted, nothing without a token.
    """
    if next(TURN) % 2 and case.path_parameters:
        there = {"user": "1000", "id": served.in_a_call()}
        case.path_parameters |= {name: there[name] for name in case.path_parameters if name in there}
    key = case.headers.get(KEY_HEADER, "")
    if key and key.isascii() and key.isprintable():  # another key of that length, because a new command needs a new key
        case.headers[KEY_HEADER] = f"{next(TURN):0{max(8, len(key))}}"
    answer = case.call(served.site.url, served.session, {"Authorization": f"Bearer {served.site.token}"})
    served.answers[answer.status_code] += 1
    # An empty list as a parameter is missing in an address, so that an invalid value was never sent.
    sent = parse_qs(urlsplit(answer.request.url).query, keep_blank_values=True)
    query = case.query or {}
    unsent = query.keys() - sent.keys()
    plain = [name for name, value in query.items() if isinstance(value, list) and len(value) == 1]  # sent as one value
    excluded = [negative_data_rejection] if unsent or plain else []
    # A schema cannot say which texts are times, that a period must not end first, nor that one value is searched for.
    if (
        "/reports/" in case.path
        or "/audit/" in case.path
        or case.path.endswith(("/recordings", "/past-calls", "/history"))
        or (case.method == "GET" and case.path == "/api/v1/leads")
        or (case.method != "GET" and case.path in DEPENDENT)
    ):
        excluded.append(positive_data_acceptance)
    case.validate_response(answer, excluded_checks=excluded)
    for begun in answer.headers.get("location", ()) if case.path.endswith("/imports") else ():
        token = {"Authorization": f"Bearer {served.site.token}"}  # only one import runs at a time
        assert served.session.delete(served.site.url + begun, headers=token).ok
