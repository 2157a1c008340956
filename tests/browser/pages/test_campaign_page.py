"""The form of a campaign, with invented answers: its dialler in each state, and its calls against the law."""

from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.browser.overviews import dialler
from tests.browser.pages.test_manager_pages import MARKUP, NARROW, WIDE, opened
from tests.browser.screens import at

NAME = "AUTUMN"
QUERY = f"?kind=campaign&name={NAME}"
KIND: dict[str, Any] = {
    "kind": "campaign",
    "meaning": "campaigns",
    "names": {"allowed": "a name"},
    "only": None,
    "scope": "config:write",
    "options": [],
}
LATE = "no call was dialled in time"
# The fields of a dialler, its state in words, the sentence of what comes next, and the word of the button.
STATES: tuple[tuple[dict[str, Any], str, str, str], ...] = (
    ({"running": False, "why": "it is not running"}, "ratio, stopped", "Start says at once", "Start dialling"),
    ({}, "ratio, runs", "After Stop, no call is begun", "Stop dialling"),
    ({"why": "no lead is left", "idle": True}, "ratio, runs, dials nothing", "calls again by itself", "Stop dialling"),
    (
        {"why": LATE, "until": at(-90), "halted_until": at(-90)},
        "ratio, halted",
        "begins calls again by itself once this reason has passed",
        "Stop dialling",
    ),
)


def answers(**fields: Any) -> dict[str, tuple[int, Any]]:
    """Return what the API says about the campaign, whose dialler has these fields."""
    return {
        "config/kinds": (200, [KIND]),
        "config/kinds/campaign": (200, KIND),
        f"config/campaign/{NAME}": (200, {"name": NAME, "options": {}}),
        f"diallers/{NAME}": (200, dialler(NAME, "Autumn care", "RATIO", **fields)),
    }


async def test_a_dialler_has_a_sentence_for_each_state(chromium: Browser) -> None:
    async with opened(chromium, QUERY, file="config.html", told=answers()) as one:
        for fields, state, following, word in STATES:
            one.server.answers |= answers(**fields)
            await one.page.reload()
            await expect(one.page.locator(".dialler p").first).to_contain_text(state)
            await expect(one.page.locator("#dialler-next")).to_contain_text(following)
            await expect(one.page.locator("#do-dialler")).to_have_text(f"{word}: {NAME}")
        await expect(one.page.locator(".dialler p").first).to_contain_text(f"{LATE}, until 20")


async def test_the_calls_of_a_campaign_are_checked_against_the_law(
    chromium: Browser, request: pytest.FixtureRequest
) -> None:
    kept = {
        "claim": "legal_hours",
        "checked": 412,
        "broken": 0,
        "undecided": 3,
        "first": "",
        "first_at": None,
        "why": "",
    }
    broken = kept | {"claim": "ring_time", "broken": 2, "first": "01JD0", "first_at": at(600), "why": MARKUP}
    rate = kept | {"claim": "drop_rate", "broken": 1, "first_at": at(900), "why": "5 of 80 dropped"}
    told = {"audit/compliance": (200, {"campaign": NAME, "claims": [kept, broken, rate], "broken": 2})}
    async with opened(chromium, QUERY, file="config.html", told=answers() | told) as one:
        page, command = one.page, one.page.locator("#law-command")
        await expect(command).to_have_text(f"warmline audit compliance --campaign {NAME} --day today")
        await page.locator("#law-period").select_option("7d")
        await expect(command).to_have_text(f"warmline audit compliance --campaign {NAME} --since 7d")
        async with page.expect_request(lambda asked: "audit/compliance" in asked.url) as sent:
            await page.locator("#do-law").click()
        assert (await sent.value).url.endswith(f"?campaign={NAME}&since=7d")
        await expect(page.locator("#law-said")).to_have_text("2 of 3 claims are broken.")
        await expect(page.locator("#law tbody tr").nth(1)).to_contain_text(MARKUP)
        await expect(page.locator("#law a")).to_have_attribute("href", "calls.html?call=01JD0")
        await expect(page.locator("img")).to_have_count(0)
        assert await one.axe() == []
        if folder := request.config.getoption("--shots"):
            await page.screenshot(path=folder / "campaign-law.png", animations="disabled", full_page=True)
        await page.set_viewport_size(NARROW)
        assert not await page.evaluate(WIDE)
        one.server.answers["audit/compliance"] = (
            503,
            {"detail": "a list of the next leads is being made", "code": "slow_answer_runs"},
        )
        await page.locator("#do-law").click()
        await expect(page.get_by_role("alert")).to_have_text("a list of the next leads is being made")
        await expect(page.locator("#law")).to_have_count(0)
