"""The notes that an agent types are on the screens of all who are in the call, before they are saved."""

import asyncio
import json

from ari_app.http.workspace import feed
from tests.http.people.people_site import PeopleSite
from tests.http.screen.test_handed_over import Told, brief
from tests.http.workspace.test_feed import Screen, message, page, taken, until
from warmline.core.messages.commands import Kind


def test_what_is_typed_is_shown_at_most_once_a_second_and_is_nowhere_else(people: PeopleSite) -> None:
    call = people.customer()
    people.driver.log_in("1001")
    people.driver.ask(Kind.DIAL_WITH_CUSTOMER, ingroup="AGENTDIRECT", to_agent="1001")
    people.driver.wait(3)
    rows, anna = people.driver.last_row(), people.token_of("anna")

    def typed(text: str, about: str = call) -> str:
        return json.dumps({"typed": {"call": about, "notes": text}})

    async def follow() -> tuple[list[Told], Screen]:
        async with asyncio.timeout(20), page(people, "", anna) as own, page(people, "?agent=1001") as other:
            screen = taken({}, await message(other))
            begun = asyncio.get_running_loop().time()
            for count in range(1, 151):
                await own.send_str(typed("angry"[: count % 5] + "!" * count))
            await own.send_str(typed("of another call", "A" * 26))
            await other.send_str(typed("not the own page"))
            messages = 0
            while brief(screen["handed_over"]) != [("1000", "", "!" * 150)]:
                screen, messages = taken(screen, await message(other)), messages + 1
            assert messages <= 4
            assert asyncio.get_running_loop().time() - begun > 150 * feed.PACE, "a page's messages are read one by one"
            mine = await until(own, taken({}, await message(own)), lambda seen: seen["typed_notes"] == "!" * 150)
            assert mine["notes"] == "" and people.driver.last_row() == rows
            await people.asking("POST", "/agents/1000/notes", {"notes": "angry!"})
            screen = await until(other, screen, lambda seen: brief(seen["handed_over"]) == [("1000", "", "angry!")])
            return brief(screen["handed_over"]), await until(own, mine, lambda seen: seen["typed_notes"] is None)

    told, mine = people.do(follow())
    assert told == [("1000", "", "angry!")] and mine["notes"] == "angry!"
