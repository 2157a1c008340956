"""Notes and lead edits of a page: what the server takes is on the screen again, and in the database, as it was sent."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from hypothesis import strategies as st

from tests.fuzz import hostile, workspace_site
from tests.fuzz.entry_point import Attack, Door
from warmline.leads.lead_fields import TEXTS
from warmline.store.leads import leads

MARKUP = (
    "<img src=x onerror=alert(1)>", "</textarea><script>alert(1)</script>", "${alert(1)}", "{{7*7}}",
    "javascript:alert(1)",
    "\u202eevil", "a\r\nb", "line\nline", "\u2028", "👩‍👩‍👧", "e\u0301" * 50, "\t", "<!--", "]]>", "%3Cscript%3E",
)  # fmt: skip
texts = st.one_of(st.sampled_from(MARKUP), hostile.texts, hostile.json_values)
notes = st.fixed_dictionaries({"notes": texts})
edits = st.dictionaries(st.sampled_from([*TEXTS, "lead_id", "rank", "x"]), texts, max_size=3)
inputs = st.one_of(st.tuples(st.just("notes"), notes), st.tuples(st.just("lead"), edits))


@contextmanager
def opened() -> Iterator[Attack]:
    with workspace_site.site() as site:
        site.driver.customer(name="cust", number=workspace_site.NUMBER)
        headers = {**site.own, "Content-Type": "application/json"}

        def screen() -> Any:
            status, text = site.ask("GET", "/api/v1/agents/me/screen", b"", site.own)
            assert status == 200, text
            return msgspec.json.decode(text)

        def attacked(given: tuple[str, dict[str, Any]]) -> None:
            kind, body = given
            if kind == "lead":
                body = {"lead_id": workspace_site.LEAD, **body}
            method, path = ("POST", "notes") if kind == "notes" else ("PATCH", "lead")
            status, text = site.ask(method, f"/api/v1/agents/me/{path}", hostile.written(body), headers)
            assert status in (200, 201) or status in workspace_site.BAD, (status, text)
            shown = screen()
            if status >= 400:
                return
            if kind == "notes":
                assert shown["notes"] == json.loads(hostile.written(body))["notes"]
            else:
                row = leads.find(site.driver.database, workspace_site.LEAD)
                fields = {one["name"]: one["value"] for one in shown["lead"]["fields"]}
                changed = {name: value for name, value in body.items() if name in TEXTS}
                assert {name: row[name] for name in changed} == changed == {name: fields[name] for name in changed}

        yield attacked


DOOR = Door("edits of the workspace", inputs, opened, quick=4)
