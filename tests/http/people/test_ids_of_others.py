"""Every id of another group's agent, call, recording, lead and campaign is refused, at every route: a table."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ari_app.http.openapi.openapi_document import PREFIX
from ari_app.http.openapi.route_table import ROUTES
from ari_app.http.routes import AGENT_API, PLACES
from tests.http.people.campaign_site import MANAGER, SUPERVISOR
from tests.http.people.ids_of_others import (
    AGENTS,
    ELSEWHERE,
    ENTRIES,
    PAGE,
    IdPlace,
    SiteOfOthers,
    every,
    filled,
    places,
    site_of_others,
)
from warmline.store.lookups import signed_recording_links
from warmline_contrib.vicidial_api.non_agent_endpoint import PATH as NON_AGENT_PATH

HOOK = "event-hook"  # administrators alone change it
WHOLE = "a whole body decides it, with which tests/operations asks"
# The ids whose refusal these requests do not prove, each with the reason.
PROVED_ELSEWHERE = {
    **{(name, "name", kind): WHOLE for name in ("createEntity", "copyEntity") for kind in ENTRIES if kind != HOOK},
    ("changeLeadOfAgent", "lead_id", "lead"): "only the lead on the screen is changed: test_agent_routes.py",
    ("removeDnc", "number", "number"): "the list of the system is everyone's",
}


def _canonical(path: str) -> str:
    return re.sub(r":[^{}]*}", "}", path)


# The routes outside the JSON API, with what they have of a group.
PAGES = {
    **dict.fromkeys((*PLACES, "/healthz", f"{PREFIX}/openapi.json"), "nothing"),
    **dict.fromkeys(("/workspace", "/workspace/login", "/workspace/logout", "/workspace/{file}"), "nothing"),
    _canonical(AGENT_API): "test_agent_api.py",
    _canonical(NON_AGENT_PATH): "contrib/vicidial_api/tests/test_every_function.py",
    "/metrics": "test_rights.py and test_campaign_mixtures.py",
    "/workspace/feed": "below",
    "/workspace/phone": "the tests in tests/http/workspace/phone",
    "/workspace/phone/servers": "nothing",
    "/workspace/phone/{page}": "the page of the own session",
    signed_recording_links.PREFIX + "/{id}{name}": "a signed link plays for everyone",
}
Found = list[tuple[str, IdPlace, str, str]]


@pytest.fixture(scope="module")
def site(people_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteOfOthers]:
    with site_of_others(people_database, tmp_path_factory.mktemp("others")) as made:
        yield made


@pytest.fixture(scope="module")
def found(site: SiteOfOthers) -> Found:
    return list(every(site))


def test_each_name_in_a_request_is_known() -> None:
    """A new one fails here: say in ids_of_others.py what it names, or that it belongs to no group."""
    unknown = []
    for route in ROUTES:
        try:
            list(places(route))
        except KeyError as name:
            unknown.append((route.name, name.args[0]))
    assert unknown == []


def test_each_id_of_another_group_is_refused(site: SiteOfOthers, found: Found) -> None:
    answered = {
        (name, place.name, place.kind): seen
        for name, place, *told in found
        if (seen := [one for one in told if one in ("SEEN", ELSEWHERE)])
    }
    assert {one: answered[one] for one in answered if one not in PROVED_ELSEWHERE or "SEEN" in answered[one]} == {}
    assert set(PROVED_ELSEWHERE) <= set(answered), "these are proved now"
    assert site.site.board.given == []


def test_the_table_on_the_page_has_each_answer(found: Found) -> None:
    text = PAGE.read_text()
    assert filled(text, found) == text, "run: python -m tests.http.people.ids_of_others"


def test_each_route_outside_the_json_api_is_known(site: SiteOfOthers) -> None:
    app = site.site.client.app
    assert app
    outside = {one.canonical for one in app.router.resources() if not one.canonical.startswith(f"{PREFIX}/")}
    assert outside | {f"{PREFIX}/openapi.json"} == set(PAGES)


@pytest.mark.parametrize(("user", "is_bound"), [(SUPERVISOR, True), (MANAGER, False)])
def test_a_feed_shows_no_agent_of_another_group(site: SiteOfOthers, user: str, is_bound: bool) -> None:
    async def asked(agent: str) -> int:
        headers = {"Authorization": f"Bearer {site.site.token_of(user)}"}
        async with site.site.client.get(f"/workspace/feed?agent={agent}", headers=headers) as answer:
            return answer.status

    site.site.token_of(user)
    own, other, absent = (site.site.do(asked(one)) for one in AGENTS.values())
    assert own == 400, "it is no WebSocket"
    assert (other, absent) == ((403, 403) if is_bound else (400, 404))
