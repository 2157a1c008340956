"""A site for each recorded answer, on a copy of one database."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.http.json_site import JsonSite
from tests.http.non_agent import lead_setups, vector_site
from tests.http.non_agent.vector_site import USUAL, Ask, Ids, SetUps


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Provide the database that every answer rests on."""
    return vector_site.base(tmp_path_factory.mktemp("non-agent") / "base.db")


@pytest.fixture(scope="module")
def lead_site(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[JsonSite]:
    """Provide one site for requests that do not change the configuration; see lead_setups.restore."""
    folder = tmp_path_factory.mktemp("leads")
    database = folder / "warmline.db"
    shutil.copy(base, database)
    with vector_site.site(database, folder / "run", [], SetUps()) as (made, _):
        yield made


@pytest.fixture
def ask(lead_site: JsonSite, base: Path) -> Ask:
    """Provide a function that sends a request about the leads of the base."""
    lead_setups.restore(lead_site, base)

    def send(function: str, **fields: str) -> str:
        return vector_site.ask(lead_site, USUAL | {"function": function} | fields, post=True)

    return send


@pytest.fixture
def replay(base: Path, tmp_path: Path) -> Iterator[Callable[[Mapping[str, Any], SetUps], None]]:
    """Replay a vector on a site of its own."""
    with ExitStack() as stack:

        def go(vector: Mapping[str, Any], setups: SetUps) -> None:
            database = tmp_path / "warmline.db"
            shutil.copy(base, database)
            made, ids = stack.enter_context(
                vector_site.site(database, tmp_path / "run", vector.get("setup", []), setups)
            )
            vector_site.answered(made, vector, ids)

        yield go


@pytest.fixture(scope="module")
def shared(
    base: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[list[str], SetUps], tuple[JsonSite, Ids]]]:
    """Provide a site with some set-ups for all tests of a module that change nothing."""
    found: dict[tuple[str, ...], tuple[JsonSite, Ids]] = {}
    with ExitStack() as stack:

        def of(names: list[str], setups: SetUps) -> tuple[JsonSite, Ids]:
            if tuple(names) not in found:
                folder = tmp_path_factory.mktemp("shared")
                database = Path(shutil.copy(base, folder / "warmline.db"))
                found[tuple(names)] = stack.enter_context(vector_site.site(database, folder / "run", names, setups))
            return found[tuple(names)]

        yield of
