"""The configuration that a supervisor of a group reads: without agents, users, phones and groups of others."""

from typing import Any

import pytest

from tests.http.people.people_site import PASSWORD, PeopleSite
from warmline.store.configuration import config

OWN, OTHER, NO_ONE = "1000", "1002", "1999"  # agents of BERLIN, of HAMBURG, and one that does not exist
NAME = "Dora Delmenhorst"
HAMBURG = {"HAMBURG", "dora", NAME, OTHER}


@pytest.fixture
def site(people: PeopleSite) -> PeopleSite:
    """Provide a site in which HAMBURG has a user, and a report of its own."""
    db = people.database
    options = {"pass": PASSWORD, "role": "agent", "agent": OTHER, "full_name": NAME}
    config.create(db, "user", "dora", options, who="test")
    config.create(db, "scheduled-report", "hamburgs", {"user_group": "HAMBURG"}, who="test")
    config.set_options(db, "agent", OTHER, {"full_name": NAME}, who="test")
    return people


def names(site: PeopleSite, user: str, kind: str) -> set[str]:
    """Return the names of the entities that a user lists."""
    listed = site.as_user(user, "GET", f"/config/{kind}?limit=100").body
    return {one["name"] for one in listed}


def values(found: Any) -> set[str]:
    """Return every name and every value of an answer, as texts."""
    if isinstance(found, dict):
        return {*map(str, found)} | {text for one in found.values() for text in values(one)}
    if isinstance(found, list):
        return {text for one in found for text in values(one)}
    return {str(found)}


def test_a_supervisor_lists_people_of_the_own_group_alone(site: PeopleSite) -> None:
    assert names(site, "ben", "agent") == {OWN, "1001"}
    assert names(site, "ben", "user") == {"anna", "ben", "mia", "ada"}  # managers belong to no group
    assert names(site, "ben", "user-group") == {"BERLIN"}
    assert names(site, "ben", "scheduled-report") == set()
    assert OTHER not in names(site, "ben", "phone") and OWN in names(site, "ben", "phone")
    for kind in ("agent", "user", "user-group", "scheduled-report", "phone"):
        assert HAMBURG & names(site, "mia", kind) or kind == "scheduled-report", kind
    for query in ("limit=1", "limit=1&after=1000"):
        assert len(site.as_user("ben", "GET", f"/config/agent?{query}").body) == 1, "a page is full"
    assert names(site, "ben", "ingroup") == names(site, "mia", "ingroup")


def test_an_entry_of_another_group_is_as_one_that_does_not_exist(site: PeopleSite) -> None:
    for kind, name in (("agent", OTHER), ("user", "dora"), ("user-group", "HAMBURG")):
        told, missing = (site.as_user("ben", "GET", f"/config/{kind}/{one}") for one in (name, NO_ONE))
        assert told.status == missing.status == 404
        assert str(told.body).replace(name, NO_ONE) == str(missing.body)
        compared = site.as_user("ben", "POST", "/config/diff", {"configuration": {kind: {name: {}}}})
        assert compared.status == 404
        assert site.as_user("mia", "GET", f"/config/{kind}/{name}").status == 200


def test_a_revision_and_a_comparison_leave_other_groups_out(site: PeopleSite) -> None:
    newest = site.as_user("mia", "GET", "/config/changes?limit=1").body[0]
    assert newest["changes"][0]["name"] == OTHER
    assert site.as_user("ben", "GET", f"/config/changes/{newest['revision']}").status == 404
    last = site.as_user("ben", "GET", "/config/changes?limit=2").body
    assert len(last) == 2 and all(one["changes"] for one in last)
    compared = site.as_user("ben", "POST", "/config/diff", {"configuration": {"agent": {OWN: {}}}})
    assert [one["name"] for one in compared.body["unnamed"]] == ["1001"]


def test_groups_that_may_be_viewed_are_seen(site: PeopleSite) -> None:
    options = {"agent_status_viewable_groups": "HAMBURG"}
    config.set_options(site.database, "user-group", "BERLIN", options, who="test")
    site.forget()
    assert values(site.as_user("ben", "GET", "/config").body) >= HAMBURG


def test_a_search_finds_no_revision_by_the_part_that_is_hidden(site: PeopleSite) -> None:
    both = {OWN: {"full_name": "Olga"}, OTHER: {"full_name": "Henriette"}}
    assert site.as_user("ada", "POST", "/config/apply", {"configuration": {"agent": both}}).status == 200

    def found(user: str, asked: str) -> int:
        return len(site.as_user(user, "GET", f"/config/changes?{asked}&limit=1").body)

    for hidden in ("text=henri", f"kind=agent&name={OTHER}", f"text=agent+{OTHER}"):
        assert (found("ben", hidden), found("ada", hidden)) == (0, 1), hidden
    assert found("ben", "text=OLGA") == found("ben", f"kind=agent&name={OWN}") == 1
