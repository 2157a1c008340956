"""A page of a person who leads, worked as people do: by the menu, by buttons, and by texts in fields."""

import re

from playwright.async_api import Page, expect

from tests.browser.stage import Person, Stage

PASSWORD = "a-warm-line-of-mine"  # noqa: S105 - of a test
SLOW = 30_000  # milliseconds for a change of the configuration on a busy machine
Value = str | tuple[str, ...]  # of an option; names for boxes


class LeadingPage:
    """A browser window of a person who leads."""

    def __init__(self, person: Person) -> None:
        self.person = person

    @property
    def page(self) -> Page:
        return self.person.page

    @classmethod
    async def opens(cls, stage: Stage, user: str, password: str) -> "LeadingPage":
        """Open the address that the lab prints, and log in by its form."""
        one = cls(await stage.person())
        await one.page.goto(f"{one.person.url}/")
        await one.person.log_in(user, password)
        return one

    async def chooses_password(self, given: str) -> None:
        """Replace a one-time password, which the page wants first."""
        for field, text in (("now", given), ("wanted", PASSWORD), ("again", PASSWORD)):
            await self.page.locator(f"#password-{field}").fill(text)
        await self.page.locator("#do-change-password").click()
        await expect(self.page.locator("#do-change-password")).to_have_count(0)

    async def goes(self, place: str) -> None:
        """Open a page of the menu."""
        await self.page.locator(f"#go-{place}").click()
        await expect(self.page.locator(".menu [aria-current=page]")).to_have_attribute("href", re.compile(place))

    async def kind(self, title: str) -> None:
        """Open the entries of a kind of the configuration."""
        if "config.html" not in self.page.url:
            await self.goes("config")
        await self.page.locator(".kinds").get_by_role("link", name=title, exact=True).click()
        await expect(self.page.locator(".head h2")).to_have_text(title)

    async def creates(self, title: str, name: str, **options: Value) -> None:
        """Make an entry of a kind."""
        await self.kind(title)
        await self.page.locator("#do-new").click()
        await self.makes(name, **options)

    async def makes(self, name: str, **options: Value) -> None:
        """Fill in the form of a new entry that is open, and apply it."""
        await expect(self.page.locator("#new-name")).to_be_focused()
        await self.page.locator("#new-name").fill(name)
        await self.sets(**options)
        await self.applies()
        await expect(self.page.locator(".head h2")).to_have_text(name)

    async def changes(self, title: str, name: str, **options: Value) -> None:
        """Change options of an entry."""
        await self.kind(title)
        await self.page.locator("main").get_by_role("link", name=name, exact=True).click()
        await expect(self.page.locator(".head h2")).to_have_text(name)
        await self.sets(**options)
        await self.applies()

    async def sets(self, **options: Value) -> None:
        """Fill in fields of the form."""
        for option, value in options.items():
            field = self.page.locator(f"#option-{option}")
            if isinstance(value, tuple):
                await expect(field).to_have_class("boxes")  # once the names are read
                for name in value:
                    await field.locator(f"input[value='{name}']").check()
            elif await field.evaluate("one => one.tagName") == "SELECT":
                await field.select_option(value)
            else:
                await field.fill(value)

    async def applies(self) -> None:
        """Look at the difference, and apply it."""
        await self.page.locator("#do-compare").click()
        await expect(self.page.locator("#do-apply, #why-plan").first).to_have_text("Apply", timeout=SLOW)  # or why not
        await self.page.locator("#do-apply").click()
        await expect(self.page.locator("#done-plan")).to_contain_text("Applied", timeout=SLOW)

    async def adds(self, full_name: str, user: str, role: str, group: str, campaign: str = "") -> str:
        """Make a person; return the one-time password. Without a campaign, the person takes no calls."""
        await self.goes("people")
        await self.page.locator("#do-add").click()
        await self.page.locator("#new-full_name").fill(full_name)
        await self.page.locator("#new-user").fill(user)
        await self.page.locator("#new-role").select_option(role)
        await self.page.locator("#new-user_group").fill(group)
        if campaign:
            await self.page.locator("#new-campaign").fill(campaign)
            await expect(self.page.locator("#new-agent")).not_to_have_value("")  # the next free number
        else:
            await self.page.locator("#new-calls").uncheck()
        await self.page.locator("#do-make").click()
        await expect(self.page.locator("#made")).to_have_text(f"{user} can log in")
        return await self.page.locator("#password").inner_text()
