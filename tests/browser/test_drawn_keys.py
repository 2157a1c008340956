"""Keys, commands and typing: one press is one command, and nothing that was typed is lost."""

import asyncio
import random
import re

import pytest
from playwright.async_api import Browser, expect

from tests.browser.drawn_page import drawn
from tests.browser.fake_server import lists
from tests.browser.routed import set_route
from tests.browser.screens import SCREENS, at, last

CALLS = [name for name, screen in SCREENS.items() if screen()["call"] or name.startswith("dispo")]
TYPED = "wants the blue one, with a lamp; calls again on monday"


async def test_each_key_of_a_call_gives_its_command(chromium: Browser) -> None:
    wanted = {
        "h": ("talking", "agents/me/hangup", {"kind": "HANGUP"}),
        "o": ("talking", "agents/me/hold", {}),
        "m": ("talking", "agents/me/mute", {}),
        "l": ("three-way", "agents/me/transfers", {"kind": "LEAVE_3WAY_CALL"}),
        "s": ("consulting", "agents/me/parking", {"kind": "SWAP_PARK_XFER"}),
        "x": ("three-way", "agents/me/transfers", {"kind": "HANGUP_XFER"}),
        "t": ("dispo-waits", "calls/01M7/take", {"agent": "1000"}),
        "e": ("talking", "agents/me/recording", {"kind": "RECORD_STOP"}),
        "r": ("paused", "agents/me/resume", {}),
        "g": ("paused", "agents/me/dial-next", {"preview": True}),
        "z": ("preview", "agents/me/skip", {}),
        "Z": ("undo", "agents/me/undo-disposition", {}),
    }
    async with drawn(chromium) as one:
        for n, (key, (screen, path, body)) in enumerate(wanted.items()):
            await one.show(screen)
            await one.page.keyboard.press(key)
            assert (await one.commands(n + 1))[n] == ("POST", path, body)
            await one.settles()
            await expect(one.page.locator(".receipts .ok")).to_have_count(min(n + 1, 3))
        assert len(set(one.server.keys)) == len(wanted), "each has an idempotency key of its own"


async def test_undo_counts_down_and_ends_by_itself(chromium: Browser) -> None:
    async with drawn(chromium, clock_stands=True) as one:
        await one.show("undo")
        left = one.page.locator(".undo .timer")
        await expect(left).to_have_text("9 s")
        said = one.page.locator(".call > [role=status]")
        await expect(said).to_have_text("Sale is set. You can undo it for 10 seconds.")
        await one.pass_time(1)
        await expect(left).to_have_text("8 s")
        await one.page.locator("#do-undoCode").focus()
        await one.show("undo", last=last("01M7", "SALE", "1555", undo_until=at(-1)))
        await one.pass_time(1)
        await expect(left).to_have_count(0)
        await one.has_focus("state")
        await one.page.keyboard.press("z")
        await one.show("dispo")
        await one.sends_only()


async def test_a_button_that_is_not_allowed_keeps_its_place_and_says_why(chromium: Browser) -> None:
    async with drawn(chromium, "three-way") as one:
        places = (
            "[...document.querySelectorAll('.controls button')].map(one => [one.id, one.getBoundingClientRect().y])"
        )
        before = await one.page.evaluate(places)
        await one.show("talking")
        assert await one.page.evaluate(places) == before
        await one.page.keyboard.press("l")
        await expect(one.page.locator(".receipts")).to_contain_text("no third party")
        await expect(one.page.locator("#why-leave")).to_be_visible()
        await one.sends_only()


async def test_keys_do_nothing_in_a_text_field(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        await one.page.keyboard.press("n")
        await one.has_focus("notes")
        await one.page.keyboard.type("hold on, lets mute")
        await one.page.keyboard.press("Escape")
        await expect(one.page.locator("#notes")).not_to_be_focused()
        told = await one.commands(1)
        await one.settles()
        assert {path for _, path, _ in told} == {"agents/me/notes"}


async def test_typing_during_an_arriving_call_sends_no_command(chromium: Browser) -> None:
    async with drawn(chromium, "paused", clock_stands=True) as one:
        await one.page.keyboard.press("a")
        await one.page.locator("#search").fill("")
        await one.page.keyboard.type("ho")
        await one.show("talking")
        await one.page.keyboard.type("lmhx")
        await one.sends_only()


async def test_a_success_removes_the_refusals_before_it(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        await one.page.keyboard.press("l")
        await one.page.locator(".receipts .bad").wait_for()
        await one.page.keyboard.press("o")
        await one.page.locator(".receipts .ok").wait_for()
        await expect(one.page.locator(".receipts .bad")).to_have_count(0)


async def test_keys_can_need_alt_or_be_off(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        await one.page.keyboard.press("q")
        await one.page.locator("#keys-alt").check()
        await one.page.keyboard.press("Escape")
        await one.page.locator("#state").focus()
        await one.page.keyboard.press("o")
        await one.page.keyboard.press("Alt+m")
        await one.sends_only(("POST", "agents/me/mute", {}))
        assert await one.page.evaluate("Object.keys(localStorage)") == ["warmline-keys"]


async def test_one_command_at_a_time_and_a_press_is_marked_at_once(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        one.server.held = asyncio.Event()
        await one.page.keyboard.press("o")
        await expect(one.page.locator("#do-hold.busy")).to_have_count(1)
        await one.page.keyboard.press("o")
        await one.page.keyboard.press("m")
        assert len(await one.commands(1)) == 1
        one.server.held.set()
        await one.sends_only(("POST", "agents/me/hold", {}), ("POST", "agents/me/mute", {}))
        await expect(one.page.locator(".receipts .ok")).to_have_count(2)


async def test_a_command_without_an_answer_is_repeated_with_its_key(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        await set_route(one.page, "**/hold*", lambda route: route.abort())
        await one.page.keyboard.press("o")
        await one.until(lambda: one.page.get_by_text("not known whether it arrived").count())
        await one.page.unroute("**/hold*")
        sent: list[str] = []
        one.page.on("request", lambda request: sent.append(request.headers.get("idempotency-key", "")))
        await one.page.keyboard.press("o")
        await one.commands(1)
        await one.settles()
        assert one.server.keys == [key for key in sent if key]


async def test_a_command_without_an_answer_shows_its_receipt(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        await set_route(one.page, "**/hold*", lambda route: route.abort())
        for outcome, text in (("completed", "done"), ("refused", "refused: not now")):
            async with one.page.expect_request("**/hold*") as sent:
                await one.page.keyboard.press("o")
            key = (await sent.value).headers["idempotency-key"]
            one.server.answers[f"receipts/key:{key}"] = (200, {"outcome": outcome, "end": {"code": "", "text": text}})
            await one.until(lambda: one.page.get_by_text("not known whether it arrived").count())
            await one.server.send({})
            await one.until(lambda: one.page.get_by_text(f"Hold: {text}").count())  # noqa: B023 - awaited at once


async def test_the_focus_stays_in_the_notes_while_the_screen_changes(chromium: Browser) -> None:
    chance = random.Random(22)  # noqa: S311 - the order of the screens
    async with drawn(chromium, "talking") as one:
        await one.page.keyboard.press("n")
        for letter in TYPED:
            await one.page.keyboard.type(letter)
            if chance.random() < 0.6:
                await one.show(chance.choice(CALLS))
            assert await one.focus() == "notes"
        await expect(one.page.locator("#notes")).to_have_value(TYPED)


async def test_the_focus_is_never_nowhere(chromium: Browser) -> None:
    chance = random.Random(22)  # noqa: S311 - the order of the screens
    async with drawn(chromium, "talking") as one:
        at_work = [name for name in SCREENS if not name.startswith("logged-out")]
        for _ in range(40):
            await one.page.keyboard.press(chance.choice(("Tab", "Tab", "Shift+Tab", "c", "k", "p", "n", "b", "Escape")))
            await one.is_loaded()
            before = await one.focus()
            await one.show(chance.choice(at_work))
            assert before == "BODY" or await one.focus() != "BODY", before


async def test_notes_are_the_servers_and_come_back_after_a_reload(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        await one.page.locator("#notes").fill("asks for prices")
        assert (await one.commands(1))[0] == ("POST", "agents/me/notes", {"notes": "asks for prices"})
        await expect(one.page.locator(".notes small")).to_have_text("Saved")
        await one.show("talking", notes="asks for prices, from another page")
        notes = one.page.locator("#notes")
        await expect(notes, "what has the focus is not replaced").to_have_value("asks for prices")
        await one.page.reload()
        await expect(notes).to_have_value("asks for prices, from another page")


async def test_a_digit_sets_the_code_with_the_notes(chromium: Browser) -> None:
    async with drawn(chromium, "dispo") as one:
        await one.page.keyboard.press("1")
        told = (await one.commands(1))[0]
        body = {"status": "SALE", "notes": "wants the blue one", "undo": True}
        assert told == ("POST", "agents/me/disposition", body)


async def test_a_key_stays_with_its_code_and_one_of_two_digits_is_typed(chromium: Browser) -> None:
    async with drawn(chromium, "dispo") as one:
        more, compl = one.page.locator("#do-keys-0"), one.page.locator("#code-COMPL")
        await expect(one.page.locator("#code-A")).to_have_attribute("data-key", "9")
        await expect(one.page.locator("#code-REFUND:not([data-key])")).to_have_count(1)
        await expect(compl).to_have_text("Complaint 01 COMPL · needs notes", use_inner_text=True)
        await one.page.keyboard.press("0")
        await expect(compl).to_have_attribute("data-key", "1")
        await expect(more).to_have_text("first codes 0", use_inner_text=True)
        await expect(one.page.locator('[data-key="9"]')).to_have_count(0)
        await one.page.keyboard.press("0")
        await one.page.locator('#code-A[data-key="9"]').wait_for()
        codes = [code for code in SCREENS["dispo"]()["codes"] if code["status"] != "SALE"]
        await one.show("dispo", codes=codes)
        await one.page.keyboard.press("2")
        assert (await one.commands(1))[0][2]["status"] == "NI", "its digit does not move when another code goes"


async def test_a_callback_takes_a_time_in_words_and_a_refusal_loses_nothing(chromium: Browser) -> None:
    async with drawn(chromium, "dispo") as one:
        why = {"errors": [{"field": "callback.at", "detail": "'soon' is not a time"}], "code": "body_invalid"}
        one.server.answers["agents/me/disposition"] = (422, why)
        await one.page.keyboard.press("3")
        await one.has_focus("at")
        await one.page.keyboard.type("soon")
        question = one.page.locator("label[for=at]")
        await expect(question).to_contain_text("when does anyone call the customer back?")
        await one.page.locator("#mine").check()
        await expect(question).to_contain_text("when do you call the customer back?")
        await one.page.locator("#at").press("Enter")
        await one.until(lambda: one.page.locator(".dispo").get_by_text("is not a time").count())
        await expect(one.page.locator("#at")).to_have_value("soon")
        del one.server.answers["agents/me/disposition"]
        await one.page.locator("#at").fill("tomorrow 10:00")
        await one.page.locator("#at").press("Enter")
        _, _, body = (await one.commands(2))[1]
        assert (body["status"], body["callback"]) == ("CB", {"at": "tomorrow 10:00", "whose": "USERONLY"})


async def test_a_code_that_needs_notes_asks_for_them(chromium: Browser) -> None:
    async with drawn(chromium, "dispo") as one:
        await one.page.locator("#notes").fill("")
        await one.page.keyboard.press("Escape")
        await one.page.keyboard.press("0")
        await one.page.keyboard.press("1")
        await one.has_focus("notes")
        await expect(one.page.locator(".dispo")).to_contain_text("Complaint needs notes")


async def test_a_pause_by_a_digit_and_a_transfer_by_name(chromium: Browser) -> None:
    async with drawn(chromium, "ready") as one:
        await one.page.keyboard.press("p")
        await one.page.keyboard.press("1")
        assert (await one.commands(1))[0] == ("POST", "agents/me/pause", {"pause_code": "LUNCH"})
        await one.show("talking")
        await one.page.keyboard.press("t")
        await one.page.get_by_text("Warehouse", exact=True).wait_for()
        await one.page.keyboard.type("ada")
        await one.page.keyboard.press("Enter")
        wanted = {"kind": "LOCAL_CLOSER", "ingroup": "AGENTDIRECT", "to_agent": "1001"}
        assert (await one.commands(2))[1] == ("POST", "agents/me/transfers", wanted)
        await one.page.locator("[data-panel]").wait_for(state="detached")
        await one.page.keyboard.press("c")
        await one.has_focus("to")
        await one.page.keyboard.type("(555) 123-4567")
        await one.page.keyboard.press("Enter")
        assert (await one.commands(3))[2][2] == {"kind": "DIAL_WITH_CUSTOMER", "number": "5551234567"}


@pytest.mark.parametrize("key", ["t", "c"])
async def test_enter_gives_no_customer_away_before_a_letter_or_an_arrow(chromium: Browser, key: str) -> None:
    async with drawn(chromium, "talking") as one:
        press, chosen = one.page.keyboard.press, one.page.locator("#places [aria-selected=true]")
        await press(key)
        await one.page.get_by_text("Warehouse", exact=True).wait_for()
        await expect(chosen).to_have_count(0)
        await press("Enter")
        await one.page.keyboard.type("ada")
        await expect(chosen).to_have_count(1)
        await press("Escape")
        await expect(one.page.locator("#to")).to_have_count(0)
        await press(key)
        await expect(one.page.locator("#to")).to_have_value("ada")
        await one.settles()
        await expect(chosen).to_have_count(0)
        await press("Enter")
        for _ in "ada":
            await press("Backspace")
        await expect(chosen).to_have_count(0)
        await press("Enter")
        await press("ArrowUp")
        await expect(one.page.locator("#places li").last).to_have_attribute("aria-selected", "true")
        await press("ArrowDown")
        await press("ArrowDown")
        await press("Enter")
        await one.settles()
        [given] = one.server.requests
        assert given[2]["number"] == "8500"  # the second one, Warehouse


async def test_a_conference_closes_its_panel_before_its_answer(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        await one.page.keyboard.press("c")
        await one.has_focus("to")
        one.server.held = asyncio.Event()
        await one.page.keyboard.type("5550100")
        await one.page.locator("#do-park").press("Enter")
        assert len(await one.commands(1)) == 1
        await expect(one.page.locator("[data-panel]")).to_have_count(1)
        await one.show("consulting")
        await one.page.keyboard.press("s")
        one.server.held.set()
        await one.sends_only(
            ("POST", "agents/me/transfers", {"kind": "PARK_CUSTOMER_DIAL", "number": "5550100"}),
            ("POST", "agents/me/parking", {"kind": "SWAP_PARK_XFER"}),
        )


async def test_the_keypad_sends_every_key_in_order(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        one.server.held = asyncio.Event()
        await one.page.keyboard.press("k")
        await one.page.locator("[data-panel]").wait_for()
        await one.page.keyboard.type("12#")
        one.server.held.set()
        await one.settles()
        assert [body["digits"] for _, _, body in one.server.requests] == ["1", "2", "#"]


async def test_the_page_comes_back_by_itself(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        await one.page.evaluate("window.same = true")
        one.server.screen = "parked"
        await one.server.cut()
        await one.until(lambda: one.page.get_by_text("Customer on hold").count())
        assert await one.page.evaluate("window.same") is True, "without a reload"

        async def said_hello_twice() -> bool:
            return len(one.server.hellos) >= 2

        await one.until(said_hello_twice)
        assert len({each["hello"]["page"] for each in one.server.hellos}) == 1


async def test_a_link_that_falls_silent_is_said(chromium: Browser) -> None:
    async with drawn(chromium, "talking", clock_stands=True) as one:
        await one.server.send({})  # a heartbeat; no other follows
        await expect(one.page.locator("body")).to_have_attribute("data-seq", str(one.server.sent))
        await one.pass_time(6)
        await expect(one.page.get_by_text("No link to the server").first).to_be_visible()
        await one.pass_time(0.2)  # until the page tries again
        await expect(one.page.locator(".link-state.up")).to_have_count(1)


async def test_the_end_of_the_session_asks_for_the_password(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        await one.server.cut(4001)
        await one.page.locator("[name=password]").wait_for()
        assert "Ada Byron" not in await one.page.content(), "nothing of the call stays"


async def test_a_call_is_announced_and_in_the_title(chromium: Browser) -> None:
    async with drawn(chromium, "ready") as one:
        await expect(one.page).to_have_title("Ready · Warmline")
        await one.show("queue")
        await expect(one.page.locator("[role=alert]#called")).to_have_text("Call from Ada Byron, Sales")
        await expect(one.page).to_have_title(re.compile("Ada Byron"))
        await one.show("paused")
        await expect(one.page.locator("#called")).to_have_text("")


async def test_a_dialled_call_is_not_announced_as_one_that_comes(chromium: Browser) -> None:
    async with drawn(chromium, "paused") as one:
        await one.show("calling")
        await expect(one.page.locator("#said")).to_contain_text("Call to Ada Byron")
        await expect(one.page.locator("#called")).to_have_text("")
        await one.show("ready")
        await one.show("machine")  # the dialler has connected it
        await expect(one.page.locator("#called")).to_have_text("Call to Ada Byron")


async def test_history_callbacks_and_leads_can_be_dialled(chromium: Browser) -> None:
    async with drawn(chromium, "paused") as one:
        for key, name, body in (
            ("y", "Dial 15551230099", {"number": "15551230099"}),
            ("b", "Dial Charles Babbage", {"callback": "CB0"}),
            ("a", "Dial 15551230001", {"lead": 42}),
        ):
            await one.page.keyboard.press(key)
            await one.page.get_by_role("button", name=name).click()
            await one.sends_only(("POST", "agents/me/dial", body))
            await expect(one.page.locator(".receipts .ok").first).to_be_visible()
            one.server.requests.clear()
            await one.page.locator("#state").focus()
        await one.page.keyboard.press("b")
        await one.page.locator("#show-CB0").click()
        await expect(one.page.locator("dl.data").last).to_contain_text("wants a refund")


async def test_a_refused_change_of_a_lead_keeps_the_typed_text(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        one.server.answers["agents/me/lead"] = (422, {"detail": "too long"})
        await one.page.locator("#lead-city").fill("Oxford")
        await one.page.keyboard.press("Enter")
        await one.until(lambda: one.page.get_by_text("too long").count())
        await expect(one.page.locator("#lead-city")).to_have_value("Oxford")
        one.server.answers["agents/me/lead"] = (200, {"lead_id": 41, "city": "Oxford"})
        await one.page.locator("#lead-city").press("Enter")
        assert (await one.commands(2))[1] == ("PATCH", "agents/me/lead", {"lead_id": 41, "city": "Oxford"})
        await one.until(lambda: one.page.get_by_text("Changed, not saved").is_hidden())


async def test_a_login_that_must_wait_for_others_is_repeated_by_the_page(chromium: Browser) -> None:
    async with drawn(chromium, "logged-out", logged_in=False) as one:
        one.server.full = 2
        await one.page.locator("[name=user]").fill("bea")
        await one.page.locator("[name=password]").fill("secret")
        await one.page.keyboard.press("Enter")
        await expect(one.page.get_by_text("Many people log in just now")).to_be_visible()
        await expect(one.page.locator("#do-start")).to_be_visible()
        assert one.server.full == 0


async def test_help_is_asked_for_and_taken_back_by_one_key(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        await one.page.keyboard.press("g")
        assert (await one.commands(1))[0] == ("POST", "agents/me/ask-help", {})
        await one.show("help-asked")
        await expect(one.page.locator(".after")).to_contain_text("You ask for help: your supervisors see it. 0:12")
        await expect(one.page.locator("#do-help")).to_contain_text("No help")
        await one.page.keyboard.press("g")
        assert (await one.commands(2))[1] == ("POST", "agents/me/end-help", {})
        await one.show("supervised")
        await expect(one.page.locator(".after")).to_have_count(0)
        await expect(one.page.locator(".hearing tr.supervisor")).to_contain_text("Mary")


async def test_a_pause_after_a_call_is_taken_back_in_it_and_the_keypad_shows_digits(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        asked = SCREENS["talking"]()
        commands = asked["commands"] | {"resume": {"allowed": True, "code": "", "why": ""}}
        await one.show("talking", agent=asked["agent"] | {"pause_asked": True}, commands=commands)
        await expect(one.page.locator("#do-ready")).to_contain_text("No pause after")
        assert await one.axe_in_each_scheme() == []
        await one.page.keyboard.press("r")
        assert (await one.commands(1))[0] == ("POST", "agents/me/resume", {})
        await one.show("talking")
        await expect(one.page.locator("#do-pause")).to_contain_text("Pause after")
        await one.page.keyboard.press("k")
        for key in "4711#":
            await one.page.keyboard.press(key)
        await expect(one.page.locator("#typed")).to_have_text("4711#")
        assert await one.axe_in_each_scheme() == []
        await one.commands(6)
        await one.page.keyboard.press("Escape")
        await one.page.keyboard.press("k")
        await expect(one.page.locator("#typed"), "a new keypad is empty").to_have_text("")


async def test_the_focus_stays_on_its_tab_and_many_custom_fields_leave_the_calls_in_view(chromium: Browser) -> None:
    async with drawn(chromium, "ready") as one:
        await one.page.locator("#tab-history").focus()
        lead = SCREENS["talking"]()["lead"]
        plan = {"label": "a long label that has two lines", "longest": 100, "value": "x"}
        lead |= {"custom_fields": [plan | {"name": f"plan{n}"} for n in range(60)]}
        await one.show("talking", lead=lead)
        await one.has_focus("tab-history")
        await expect(one.page.locator(".fields .field")).to_have_count(16)
        await one.page.locator("#do-fields").click()
        await expect(one.page.locator("#lead-plan59")).to_be_visible()


async def test_redial_says_that_nothing_was_dialled_before_it_is_pressed(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        one.server.answers["history"] = (200, [row for row in lists()["history"] if row["direction"] == "in"])
        await one.show("paused")
        await expect(one.page.locator("#do-redial")).to_have_attribute("aria-disabled", "true")
        await expect(one.page.locator("#why-redial")).to_have_text("no number was dialled yet")
        del one.server.answers["history"]
        await one.show("talking")
        await one.show("paused")
        await expect(one.page.locator("#do-redial"), "after a call").to_have_attribute("aria-disabled", "false")
