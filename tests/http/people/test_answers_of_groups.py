"""No answer to a supervisor of a group has anything of another group: every route that reads, about both groups."""

import shutil
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest

from ari_app.http.openapi.route_table import ROUTES
from ari_app.http.v1.api_route import ApiRoute
from tests.http.people.people_site import PASSWORD, PeopleSite, people_site
from tests.http.people.rights_probe import OTHER, OWN, Subjects
from tests.http.slow_answers_here import slow_answers_here
from warmline.options.option_table import ENTITIES
from warmline.store.configuration import config

NAME, LOGIN, GROUP = "Dora Delmenhorst", "dora", "HAMBURG"
THINGS = {"agent": OTHER, "user": LOGIN, "user-group": GROUP}  # names of entries, by kind
READ = [route for route in ROUTES if route.scope and route.method == "GET"]
REFUSED = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)  # they repeat a name of the request


@pytest.fixture(scope="module")
def site(people_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PeopleSite]:
    folder = tmp_path_factory.mktemp("groups")
    database = Path(shutil.copy(people_database, folder / "warmline.db"))
    config.set_options(database, "agent", OTHER, {"full_name": NAME}, who="test")
    options = {"pass": PASSWORD, "role": "agent", "agent": OTHER, "full_name": NAME}
    config.create(database, "user", LOGIN, options, who="test")
    with people_site(database, folder) as made, slow_answers_here():
        made.api.askers.rate.a_second = 0
        yield made


@pytest.fixture(scope="module")
def subjects(site: PeopleSite) -> Subjects:
    return Subjects(site)


def paths(route: ApiRoute, subjects: Subjects) -> set[str]:
    """Return the paths of a route about each of the two agents, and about entries of every kind."""
    if "{kind}" not in route.path:
        return {subjects.path(route, agent) for agent in (OWN, OTHER)}
    return {route.path.format(kind=kind, name=THINGS.get(kind, "TESTCAMP")) for kind in ENTITIES}


@pytest.mark.parametrize("route", READ, ids=lambda route: route.name)
def test_no_answer_has_anything_of_another_group(site: PeopleSite, subjects: Subjects, route: ApiRoute) -> None:
    secrets = (NAME, f"'{LOGIN}'", GROUP, f"'{OTHER}'", subjects.calls[OTHER], f"R{OTHER}", f"CB{OTHER}")
    for path in paths(route, subjects):
        told = site.as_user("ben", "GET", path)
        found = [one for one in secrets if told.status not in REFUSED and one in str(told.body)]
        assert not found, (path, told.status, str(told.body)[:2000])


def test_the_other_group_is_seen_by_a_manager(site: PeopleSite, subjects: Subjects) -> None:
    seen = "".join(str(site.as_user("mia", "GET", path).body) for route in READ for path in paths(route, subjects))
    assert all(one in seen for one in (NAME, LOGIN, GROUP, subjects.calls[OTHER], f"R{OTHER}", f"CB{OTHER}"))
