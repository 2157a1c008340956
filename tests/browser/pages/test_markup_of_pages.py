"""Stored names, fields and notes with markup are text on each page for those who lead, before the real API."""

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.pages.test_changing_pages import opened
from tests.browser.test_markup import shows
from tests.http.people.people_site import PeopleSite, add_people, people_site
from tests.internals.browser import ENTITIES, config, dnc, leads

MARKUP = '<img src=x onerror="document.title=1">'  # a label has at most 50 characters
LONG = f"{MARKUP}\n<b onclick=document.title=1>b</b>"
NUMBER = "4930555001"
FORMS = {"campaign": "TESTCAMP", "list": "101", "script": "MARKED", "agent": "1000"}  # with the markup in a field


@pytest.fixture
def site(demo_database: Path, tmp_path: Path) -> Iterator[PeopleSite]:
    """The app, with markup as the label of an entry of each kind, in a lead, and in a reason."""
    database = Path(shutil.copy(demo_database, tmp_path / "marked.db"))
    add_people(database)
    config.create(database, "list", "101", {"campaign": "TESTCAMP", "country": "DE"}, who="test")
    config.create(database, "script", "MARKED", {"script_text": LONG}, who="test")
    for kind in labelled():
        name = FORMS.get(kind) or next(iter(config.show_all(database, kind)), "")
        if name:
            config.set_options(database, kind, name, {ENTITIES[kind].label: MARKUP}, who=MARKUP)
    fields = {"phone_number": NUMBER, "first_name": MARKUP[:30], "comments": MARKUP, "city": "<b>x</b>"}
    leads.create(database, "101", fields, who="test")
    dnc.add(database, "4930555009", "", who="test", why=MARKUP)
    (run := tmp_path / "run").mkdir()
    with people_site(database, run) as made:
        made.api.askers.rate.a_second = 0
        with made.turning():
            yield made


def labelled() -> list[str]:
    """Return the kinds of the configuration with a label, which managers see."""
    return [kind for kind, one in ENTITIES.items() if one.label and kind not in ("api-user", "api-token")]


async def test_stored_markup_is_text_on_each_page_of_leaders(chromium: Browser, site: PeopleSite) -> None:
    lists = [f"config.html?kind={kind}" for kind in labelled() if config.show_all(site.database, kind)]
    forms = [f"config.html?kind={kind}&name={name}" for kind, name in FORMS.items()]
    others = ("people.html", "people.html?person=ben", "leads.html", "leads.html?list=101", "leads.html?part=dnc")
    found = (f"leads.html?part=find&number={NUMBER}", "leads.html?part=find&lead=1", "config.html?kind=history")
    async with opened(chromium, site, "ada", "people.html") as one:
        for address in (*others, *found, *forms, *lists):
            await one.page.goto(f"{site.url}/workspace/{address}")
            text = MARKUP[:30] if "part=find&number" in address else MARKUP
            await one.until(partial(shows, one.page, text))
            await expect(one.page.locator("img, main script, main b[onclick]")).to_have_count(0)
            await expect(one.page).not_to_have_title("1")
