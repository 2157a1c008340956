"""People, configuration and leads in Chromium, before the real API: forms, differences, Undo, files, and commands.

Each command that a page shows is run on a copy of the database from before, and has the same effect.
"""

import csv
import shlex
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.browser.drawing.kept_window import window
from tests.browser.drawn_page import DrawnPage
from tests.browser.fake_server import FakeServer
from tests.http.people.people_site import PASSWORD, PeopleSite, add_people, people_site
from tests.internals.browser import MUST_CHANGE, config, connect, dnc, leads, main, reading, report_mails

MARKUP = '<img src=x onerror="alert(1)">'
USUAL: ViewportSize = {"width": 1280, "height": 720}
NARROW: ViewportSize = {"width": 360, "height": 740}
WIDE = "document.documentElement.scrollWidth > innerWidth"
LEADS = "Telefon;Vorname;Kunde seit\n4930555001;Ada;1999\nno number;Bob;2001\n4930555002;=Cyd;2005\n"


@pytest.fixture(scope="module")
def prepared(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with users of each role, and markup in stored names."""
    database = Path(shutil.copy(demo_database, tmp_path_factory.mktemp("pages") / "before.db"))
    add_people(database)
    config.set_options(database, "user", "ben", {"full_name": MARKUP}, who="test")
    config.set_options(database, "ingroup", "SUPPORTLINE", {"group_name": MARKUP}, who="test")
    config.create(database, "list", "101", {"campaign": "TESTCAMP", "country": "DE", "list_name": MARKUP}, who="test")
    return database


@pytest.fixture
def site(prepared: Path, tmp_path: Path) -> Iterator[PeopleSite]:
    """The app, on a copy of this database."""
    shutil.copy(prepared, tmp_path)
    with people_site(Path(shutil.copy(prepared, tmp_path / "warmline.db")), tmp_path) as made:
        made.api.askers.rate.a_second = 0
        with made.turning():
            yield made


@asynccontextmanager
async def opened(browser: Browser, site: PeopleSite, user: str, address: str, **how: Any) -> AsyncIterator[DrawnPage]:
    """Log a user in, which leads to the page of the address. At the end, the page may have had no fault."""
    async with window(browser, **how) as page:
        one = DrawnPage(page, FakeServer())
        await page.goto(f"{site.url}/workspace/?to={address}")
        await page.locator("#user").fill(user)
        await page.locator("#password").fill(PASSWORD)
        await page.keyboard.press("Enter")
        await expect(page.locator(".bar h1")).to_be_visible()
        yield one
        await expect(page.locator("img")).to_have_count(0)
        await one.ends()


def run(site: PeopleSite, monkeypatch: pytest.MonkeyPatch, *commands: str) -> Path:
    """Run commands that a page has shown, on a copy of the database from before; return the copy."""
    copied = Path(shutil.copy(site.database.with_name("before.db"), site.database.with_name("typed.db")))
    for command in commands:
        run_on(copied, monkeypatch, command)
    return copied


def run_on(database: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """Run a command on a database."""
    with monkeypatch.context() as patch:
        patch.setenv("WARMLINE_DB", str(database))
        program, *words = shlex.split(command)
        assert program == "warmline"
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert not ended.value.code, command


def same(site: PeopleSite, copied: Path, *kinds: str) -> bool:
    """Return whether the page and the command led to the same entries of these kinds."""
    return all(config.show_all(site.database, kind) == config.show_all(copied, kind) for kind in kinds)


async def faults(one: DrawnPage, *, schemes: bool = False) -> list[str]:
    """Return the faults of the page as it is now: for axe, and on a telephone. `schemes`: in each color scheme."""
    found = await one.axe_in_each_scheme() if schemes else await one.axe()
    await one.page.set_viewport_size(NARROW)
    found += ["too wide"] if await one.page.evaluate(WIDE) else []
    await one.page.set_viewport_size(USUAL)
    return found


async def shot(request: pytest.FixtureRequest, page: Page, name: str) -> None:
    """Write a screenshot, wide and on a telephone, if the run wants some."""
    if folder := request.config.getoption("--shots"):
        for size in (USUAL, NARROW):
            await page.set_viewport_size(size)
            await page.screenshot(path=folder / f"{name}-{size['width']}.png", animations="disabled", full_page=True)
        await page.set_viewport_size(USUAL)


async def undone(page: Page) -> None:
    """Undo what was made last: the page first shows the changes."""
    await page.get_by_role("button", name="Undo revision").first.click()
    await page.get_by_role("button", name="Undo now").click()
    await expect(page.locator(".undone, #done-plan").first).to_be_attached()


async def test_a_person_is_made_gets_a_password_and_is_undone(
    chromium: Browser, site: PeopleSite, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    async with opened(chromium, site, "ada", "people.html") as one:
        page = one.page
        await expect(page.locator("tbody")).to_contain_text(MARKUP)
        await shot(request, page, "people")
        await page.keyboard.press("a")
        await expect(page.locator("#new-full_name")).to_be_focused()
        await page.locator("#new-full_name").fill("Bea O'Stone")
        await page.locator("#new-user").fill("bea")
        await expect(page.locator("#new-agent")).to_have_value("1010")  # the next free number
        await page.locator("#new-agent").fill("1000")
        await page.locator("#do-make").click()
        await expect(page.locator("#why-new")).to_contain_text("1000")  # it is anna's
        await expect(page.locator("#new-user")).to_be_focused()  # a text that is filled in before would go there
        await page.locator("#new-agent").fill("1010")
        await page.locator("#new-phone").fill("1010")
        await page.get_by_label("SALESLINE").check()
        await expect(page.locator("#command")).to_contain_text("SALESLINE")
        command = await page.locator("#command").inner_text()
        await shot(request, page, "people-new")
        assert await faults(one) == []
        await page.locator("#do-make").click()
        await expect(page.locator("#made")).to_have_text("bea can log in")
        await expect(page.locator("#address")).to_have_text(f"{site.url}/workspace/")
        first = await page.locator("#password").inner_text()
        await shot(request, page, "people-made")
        assert same(site, run(site, monkeypatch, command), "user", "agent", "phone")
        await page.get_by_role("link", name="Show the person").click()
        await page.locator("#do-password").click()
        await page.locator("#really-password").click()
        await expect(page.locator("#password")).not_to_have_text(first)
        assert config.show(site.database, "user", "bea")[MUST_CHANGE] == "Y"
        await page.locator("#person-group").fill("BERLIN")
        await page.locator("#do-group").click()
        await expect(page.locator(".said")).to_contain_text("revision")
        assert config.show(site.database, "agent", "1010")["user_group"] == "BERLIN"
        await shot(request, page, "people-one")
        assert await faults(one) == []
        await undone(page)
        assert config.show(site.database, "agent", "1010")["user_group"] == ""
    async with opened(chromium, site, "mia", "people.html") as one:
        await one.page.keyboard.press("a")
        await one.page.locator("#new-full_name").fill("Cal Hill")
        await one.page.locator("#new-user").fill("cal")
        await one.page.locator("#do-make").click()
        await expect(one.page.locator("#made")).to_have_text("cal can log in")
        await undone(one.page)
        assert "cal" not in config.list_names(site.database, "user")
    async with opened(chromium, site, "ben", "people.html", viewport=NARROW, color_scheme="dark") as one:
        await expect(one.page.locator("tbody tr")).to_have_count(2)  # the agents of the group alone
        await expect(one.page.locator("#do-add")).to_have_count(0)
        await one.page.goto(f"{site.url}/workspace/config.html")
        await expect(one.page.locator("main")).to_contain_text("Your role does not include this page.")
        await expect(one.page.locator("#go-back")).to_have_attribute("href", "./")


async def test_an_in_group_is_changed_after_its_difference_and_undone(
    chromium: Browser, site: PeopleSite, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    async with opened(chromium, site, "mia", "config.html") as one:
        page = one.page
        await expect(page.locator("tbody")).to_contain_text(MARKUP)
        await shot(request, page, "config")
        await page.get_by_role("link", name="SALESLINE").click()
        await page.locator("#find").fill("drop")
        await expect(page.locator("#option-next_agent_call")).to_have_count(0)
        await page.locator("#option-drop_exten").fill("not an extension")
        await page.locator("#do-compare").click()
        await expect(page.locator("#why-plan")).to_contain_text("drop_exten")
        await page.locator("#do-discard").click()
        await page.locator("#option-drop_call_seconds").fill("77")
        await page.locator("#option-drop_action").select_option("EXTENSION")
        await page.locator("#do-compare").click()
        await expect(page.locator(".changes tbody tr")).to_have_count(2)
        await expect(page.locator(".plan-card .notice")).to_contain_text("leads nowhere")
        assert await faults(one, schemes=True) == []
        await shot(request, page, "config-plan")
        command = await page.locator("#plan-command").inner_text()
        config.set_options(site.database, "ingroup", "SALESLINE", {"queue_priority": "9"}, who="another")
        await page.locator("#do-apply").click()
        await expect(page.locator("#why-plan")).to_contain_text("changed")
        await page.locator("#do-read").click()  # keeps what is typed
        await page.locator("#find").fill("")
        await expect(page.locator("#option-queue_priority")).to_have_value("9")
        await page.locator("#do-compare").click()
        await page.locator("#do-apply").click()
        await expect(page.locator("#done-plan")).to_contain_text("Applied: revision")
        typed = config.show(run(site, monkeypatch, command), "ingroup", "SALESLINE")
        assert config.show(site.database, "ingroup", "SALESLINE") == typed | {"queue_priority": 9}
        await page.locator("summary").click()
        await expect(page.locator(".revisions li").first).to_contain_text("user:mia")
        await page.locator(".plan-card").get_by_role("button", name="Undo").click()
        await page.get_by_role("button", name="Undo now").click()
        await expect(page.locator("#option-drop_call_seconds")).not_to_have_value("77")
        await page.get_by_role("link", name="Holidays").click()
        await expect(page.locator(".head h2")).to_have_text("Holidays")
        await page.locator("#do-new").click()  # a key soon after the field that was emptied counts as typed
        await expect(page.locator("#new-name")).to_be_focused()
        await page.locator("#new-name").fill("NEWYEAR")
        await page.locator("#option-holiday_date").fill("2027-01-01")
        await page.locator("#do-compare").click()
        await expect(page.locator("#plan-command")).to_be_visible()
        command = await page.locator("#plan-command").inner_text()
        await page.locator("#do-apply").click()
        await expect(page.locator(".head h2")).to_have_text("NEWYEAR")
        assert same(site, run(site, monkeypatch, command), "holiday")
        await page.locator("#do-delete").click()
        await page.locator("#do-apply").click()
        await expect(page.locator(".none-yet")).to_be_visible()
        await page.get_by_role("link", name="Settings").click()
        await expect(page.locator("#do-compare")).to_have_count(0)  # a manager reads them
        await page.get_by_role("link", name="History").click()
        await expect(page.locator(".revisions li").first).to_contain_text("NEWYEAR")
        await page.locator("#text").fill("drop_call_seconds")
        await page.keyboard.press("Enter")
        await expect(page.locator(".revisions li").first).to_contain_text("SALESLINE")
        await expect(page.locator("#command")).to_have_text("warmline config history --text drop_call_seconds")
        assert await faults(one) == []
        await page.locator("#who").fill("user:nobody")
        await page.keyboard.press("Enter")
        await expect(page.locator(".empty")).to_have_text("No change fits.")


async def test_a_manager_of_some_campaigns_changes_one_of_them_alone(
    chromium: Browser, site: PeopleSite, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """The whole configuration is closed to this manager, so the page sends the change of the one entry."""
    config.create(site.database, "user-group", "AUTUMN", {"allowed_campaigns": "TESTCAMP"}, who="test")
    options = {"pass": PASSWORD, "role": "manager", "user_group": "AUTUMN"}
    config.create(site.database, "user", "max", options, who="test")
    async with opened(chromium, site, "max", "config.html?kind=campaign%26name=TESTCAMP") as one:
        page, sent = one.page, list[str]()
        page.on("request", lambda request: sent.append(f"{request.method} {urlsplit(request.url).path}"))
        await page.locator("#do-dialler").click()
        await expect(page.locator(".dialler [role=alert]")).to_contain_text("a caller id")
        await page.locator("#go-campaign_cid").click()
        await expect(page.locator("#option-campaign_cid")).to_be_focused()
        assert await faults(one) == []
        await shot(request, page, "campaign-refused")
        await page.locator("#option-dial_timeout").fill("33")
        await page.locator("#do-compare").click()
        await expect(page.locator(".changes tbody tr")).to_have_count(1)
        command = await page.locator("#plan-command").inner_text()
        config.set_options(site.database, "campaign", "TESTCAMP", {"campaign_name": "Later"}, who="another")
        await page.locator("#do-apply").click()
        await expect(page.locator("#why-plan")).to_contain_text("changed")
        await page.locator("#do-read").click()
        await page.locator("#do-compare").click()
        await page.locator("#do-apply").click()
        await expect(page.locator("#done-plan")).to_contain_text("Applied")
        changed = [one for one in sent if one.startswith(("PATCH", "POST /api/v1/config/apply"))]
        assert changed == ["PATCH /api/v1/config/campaign/TESTCAMP"] * 2
        typed = config.show(run(site, monkeypatch, command), "campaign", "TESTCAMP")
        assert config.show(site.database, "campaign", "TESTCAMP") == typed | {"campaign_name": "Later"}
        assert typed["dial_timeout"] == 33
        await expect(page.locator("summary")).to_have_count(0)
        await expect(page.get_by_role("link", name="History")).to_have_count(0)
        await page.goto(f"{site.url}/workspace/people.html?person=anna")
        await expect(page.locator("#do-password")).to_have_count(0)
        await expect(page.get_by_role("link", name="1000")).to_have_attribute(
            "href", "config.html?kind=agent&name=1000"
        )
        await page.locator("#person-group").fill("AUTUMN")
        command = "warmline agent set 1000 user_group=AUTUMN"
        await expect(page.locator("#command-group-agent")).to_have_text(command)
        await page.locator("#do-group").click()
        await expect(page.locator(".said")).to_have_text("The group is changed.")
        assert config.show(site.database, "agent", "1000")["user_group"] == "AUTUMN"


async def test_a_scheduled_report_is_made_and_its_failure_is_shown(
    chromium: Browser, site: PeopleSite, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    async with opened(chromium, site, "mia", "config.html?kind=scheduled-report") as one:
        page = one.page
        await expect(page.locator("#do-new")).to_be_visible()
        await page.keyboard.press("a")
        await expect(page.locator("#new-name")).to_be_focused()
        await page.locator("#new-name").fill("morning")
        await page.locator("#option-mail_to").fill("boss@example.com")
        await page.locator("#do-compare").click()
        await expect(page.locator("#plan-command")).to_be_visible()
        command = await page.locator("#plan-command").inner_text()
        await page.locator("#do-apply").click()
        await expect(page.locator(".sending")).to_contain_text("Nothing was sent yet.")
        assert same(site, run(site, monkeypatch, command), "scheduled-report")
        now = time.time_ns() // 1000
        [due] = report_mails.due(site.database, now)
        report_mails.failed(site.database, due, now, f"mail.example.com:25 refused {MARKUP}", taken=False)
        await page.reload()
        await expect(page.locator("#mails li")).to_contain_text("failed, tried again")
        await expect(page.locator("#mails li")).to_contain_text(MARKUP)
        assert await faults(one, schemes=True) == []
        await shot(request, page, "scheduled-report")


async def test_leads_and_numbers_are_uploaded_after_a_dry_run(
    chromium: Browser,
    site: PeopleSite,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    file, numbers, rejected = (tmp_path / name for name in ("autumn.csv", "numbers.txt", "rejected.csv"))
    file.write_text(LEADS)
    numbers.write_text("4930555001\nnone\n")
    monkeypatch.chdir(tmp_path)  # the command names the file alone
    async with opened(chromium, site, "mia", "leads.html") as one:
        page = one.page
        await expect(page.locator("tbody")).to_contain_text(MARKUP)
        await shot(request, page, "leads")
        await page.get_by_role("link", name="101").click()
        await expect(page.locator("#go-campaign")).to_have_attribute("href", "config.html?kind=campaign&name=TESTCAMP")
        await page.locator("#go-settings").click()
        await page.locator("#go-list").click()
        await page.locator("#file").set_input_files(file)
        await page.get_by_label("Field of the column Kunde seit").select_option("comments")
        await page.locator("#do-try").click()
        await expect(page.locator("#tried-upload")).to_be_visible()
        await expect(page.locator(".report dd")).to_have_text(["2", "0", "1", "0"])
        await expect(page.locator("#column-1 option").first).to_have_text("by its name: First name")
        assert await faults(one) == []
        await shot(request, page, "leads-upload")
        async with page.expect_download() as saved:
            await page.locator("#get-rejected").click()
        await (await saved.value).save_as(rejected)
        assert "no number" in _text(rejected)
        imports = await page.locator("#upload-command").inner_text()
        await page.locator("#do-import").click()
        await expect(page.locator("#done-upload")).to_be_visible()
        await page.reload()
        await expect(page.locator("#done-upload")).to_be_visible()  # it is found again
        await page.locator("#change-where").fill("comments=1999")
        await page.locator("#change-value").fill("NI")
        await page.locator("#try-change").click()
        await page.locator("#do-change").click()
        await expect(page.locator("#done-change")).to_be_visible()
        changes = await page.locator("#change-command").inner_text()
        file.write_text("\n".join(one for one in LEADS.splitlines() if "no number" not in one))
        assert changes.endswith(" --dry-run")
        commands = imports, changes.removesuffix(" --dry-run")
        assert _leads(run(site, monkeypatch, *commands)) == _leads(site.database)
        await exported(one, site, monkeypatch)
        await page.get_by_role("link", name="Find a lead").click()
        await page.locator("#text").fill("4930555001")
        await page.keyboard.press("Enter")
        await page.locator("tbody a").click()
        await page.locator("#field-last_name").fill(MARKUP)
        await page.locator("#do-save").click()
        await expect(page.locator(".said:not(#callback-said)")).to_contain_text("Saved")
        await page.get_by_role("link", name="Do not call").click()
        await page.locator("#dnc-phone_number").fill("4930555009")
        await page.locator("#dnc-why").fill(MARKUP)
        await expect(page.locator("#dnc-command")).to_contain_text("onerror")
        command = await page.locator("#dnc-command").inner_text()
        await page.locator("#do-add").click()
        await expect(page.locator("tbody")).to_contain_text(MARKUP)
        copied = run(site, monkeypatch, command)
        assert [row["why"] for row in dnc.find(str(copied), "4930555009")] == [MARKUP]
        await shot(request, page, "leads-dnc")
        assert await faults(one) == []
        await page.locator("#do-undo").click()
        await expect(page.locator(".said:not(#callback-said)")).to_contain_text("may be dialled again")
        await page.locator("#file").set_input_files(numbers)
        await page.locator("#do-try").click()
        await page.locator("#do-import").click()
        await expect(page.locator("#done-upload")).to_be_visible()
        assert [row["phone_number"] for row in dnc.page(site.database)] == ["4930555001"]


PROMISE = """async body => {
  const headers = {'X-Warmline': '1', 'Content-Type': 'application/json'};
  const sent = {method: 'POST', headers, body: JSON.stringify({...body, at: '2099-12-24T18:05'})};
  return (await (await fetch('../api/v1/callbacks', sent)).json()).id;
}"""


async def test_callbacks_are_seen_moved_given_and_cancelled(
    chromium: Browser, site: PeopleSite, request: pytest.FixtureRequest
) -> None:
    lead = leads.create(site.database, "101", {"phone_number": "4930555001", "last_name": "Byron"}, who="test")
    async with opened(chromium, site, "mia", "callbacks.html") as one:
        page, rows = one.page, one.page.locator("tbody tr")
        await expect(page.locator(".empty")).to_have_text("There is no callback.")
        callers: list[dict[str, str]] = [{"agent": "1000"}, {"agent": "1002"}, {}]
        ids = [await page.evaluate(PROMISE, {"lead": lead, "comments": "after six"} | caller) for caller in callers]
        with closing(connect(site.database)) as db, db:
            db.execute("UPDATE callback SET call = 'CALL', status = 'CALLBK' WHERE id = ?", (ids[0],))
            values = "VALUES ('D', 'CALL', '1000', 'CALLBK', 1, 'test', ?)"
            db.execute(f'INSERT INTO disposition_entry (id, call, agent, status, at, "by", notes) {values}', (MARKUP,))
        await page.keyboard.press("r")
        await expect(rows).to_have_count(3)
        await expect(rows.first).to_contain_text(f"after six · {MARKUP}")
        assert await faults(one, schemes=True) == []
        await shot(request, page, "callbacks")
        await rows.first.locator("a").click()
        await page.locator(f"#move-{ids[0]}").click()
        await expect(page.locator("#callback-text")).to_be_focused()
        await page.keyboard.type("soon")
        await page.keyboard.press("Enter")
        await expect(page.locator("[role=alert]").last).to_contain_text("tomorrow 10:00")
        await page.locator("#callback-text").fill("2098-01-02 09:00")
        command = f"warmline callback reschedule {ids[0]} '2098-01-02 09:00'"
        await expect(page.locator("#callback-command")).to_have_text(command)
        assert await faults(one) == []
        await shot(request, page, "lead-callbacks")
        await page.keyboard.press("Enter")
        await expect(page.locator("#callback-said")).to_be_focused()
        await expect(rows.first).to_contain_text("2098-01-02 09:00")
        await expect(rows).to_have_count(3)
    async with opened(chromium, site, "ben", "callbacks.html") as one:
        page, rows = one.page, one.page.locator("tbody tr")
        await expect(rows).to_have_count(2)  # that of the other group's agent is not shown
        await expect(rows.locator("a")).to_have_count(0)
        await page.locator(f"#give-{ids[2]}").click()
        await expect(page.locator("#names-agent option")).to_have_count(2)  # the agents of the group
        for agent, why in (("1002", "agents of other groups"), ("nobody", "nobody")):
            await page.locator("#callback-text").fill(agent)
            await page.keyboard.press("Enter")
            await expect(page.locator("[role=alert]").last).to_contain_text(why)
        await shot(request, page, "callbacks-give")
        assert await faults(one) == []
        await page.locator("#callback-text").fill("1001")
        await page.keyboard.press("Enter")
        await expect(rows.last).not_to_contain_text("anyone")
        await page.locator(f"#cancel-{ids[2]}").click()
        await expect(page.locator("#callback-command")).to_have_text(f"warmline callback cancel {ids[2]}")
        await page.locator("#do-change").click()
        await expect(rows).to_have_count(1)
        await page.locator("#show").select_option("cancelled")
        await expect(rows.first).to_contain_text("cancelled")
        await expect(rows.locator("button")).to_have_count(0)
        await expect(page.locator("#command")).to_have_text("warmline callback list --state cancelled")


async def exported(one: DrawnPage, site: PeopleSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Save the leads of the list; the file has what that of the shown command has, and no formula."""
    page = one.page
    with closing(connect(site.database)) as db, db:
        db.execute("UPDATE lead SET comments = '=1+1;@x', city = 'Köln', last_name = ?", (f'"{MARKUP}"\n-2',))
    await page.locator("#export-where").fill("status=NI")
    await expect(page.locator("#export-command")).to_contain_text("status=NI")
    command = await page.locator("#export-command").inner_text()
    async with page.expect_download() as saved:
        await page.locator("#do-export").click()
    await (await saved.value).save_as("saved.csv")
    await expect(page.locator("#exported")).to_have_text("1 lead is in the file.")
    assert await faults(one) == []
    run_on(site.database, monkeypatch, command)
    [found], [typed] = table("saved.csv"), table(shlex.split(command)[-1])
    assert found.keys() == typed.keys() and found["comments"] == "'=1+1;'@x"
    for time_ in ("entry_date", "modify_date"):  # the API has milliseconds, the database microseconds
        assert found.pop(time_)[:23] == typed.pop(time_)[:23]
    assert found == typed


def table(file: str | Path) -> list[dict[str, str]]:
    with Path(file).open(newline="") as opened_file:
        return list(csv.DictReader(opened_file))


def _text(file: Path) -> str:
    return file.read_text()


def _leads(database: Path) -> list[tuple[Any, ...]]:
    with reading(database) as db:
        sql = "SELECT list_id, phone_number, first_name, comments, status FROM lead ORDER BY phone_number"
        return [tuple(row) for row in db.execute(sql)]
