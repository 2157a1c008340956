"""A JSON API with users."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.http.people.campaign_site import CampaignSite, campaign_site
from tests.http.people.people_site import PeopleSite, add_people, people_site


@pytest.fixture(scope="session")
def people_database(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with users, to be copied."""
    path = Path(shutil.copy(demo_database, tmp_path_factory.mktemp("people") / "warmline.db"))
    add_people(path)
    return path


@pytest.fixture
def people(people_database: Path, tmp_path: Path) -> Iterator[PeopleSite]:
    with people_site(tmp_path / "warmline.db", tmp_path, people_database) as made:
        yield made


@pytest.fixture
def grouped_site(people_database: Path, tmp_path: Path) -> Iterator[CampaignSite]:
    """Two groups with campaigns of their own."""
    with campaign_site(people_database, tmp_path) as made:
        yield made
