"""A browser as the server sees it: it keeps the cookie of its session, and says from which page a request comes."""

import json
from http.cookies import Morsel, SimpleCookie
from typing import Any

from tests.http.json_site import Told
from tests.http.people.people_site import PASSWORD, PeopleSite


class Browser:
    """A browser with a page of `site` at this host and scheme; by default the site's own, over plain HTTP."""

    def __init__(self, site: PeopleSite, host: str = "", scheme: str = "http") -> None:
        self.site = site
        self.host = host or site.url.removeprefix("http://")
        self.origin = f"{scheme}://{self.host}"
        self.cookies: SimpleCookie = SimpleCookie()

    def ask(self, method: str, path: str, body: object = None, **headers: str | None) -> Told:
        """Send a request as a page does. A header of None is left out; underlines in names become hyphens."""
        return self.site.do(self.asking(method, path, body, **headers))

    async def asking(self, method: str, path: str, body: object = None, **headers: str | None) -> Told:
        """The same on the loop."""
        usual: dict[str, str | None] = {"Host": self.host, "Origin": self.origin, "X-Warmline": "1"}
        if self.cookies:
            usual["Cookie"] = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
        usual |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = None if body is None else json.dumps(body)
        if data is not None:
            usual.setdefault("Content-Type", "application/json")
        sent = {name: value for name, value in usual.items() if value is not None}
        answer = await self.site.client.request(method, path, data=data, headers=sent)
        text = await answer.read()
        self.site.client.session.cookie_jar.clear()
        for line in answer.headers.getall("Set-Cookie", []):
            self.cookies.load(line.removesuffix("; Partitioned"))  # Python 3.11 does not know it
        for name in [name for name, one in self.cookies.items() if one["max-age"] == "0"]:
            del self.cookies[name]
        read: Any = json.loads(text) if "json" in answer.content_type else text.decode()
        return Told(answer.status, read, answer.headers)

    def log_in(self, user: str = "anna", password: str = PASSWORD, program: str = "", **headers: str | None) -> Told:
        """Log in at the page."""
        body = {"user": user, "password": password, "program": program}
        return self.ask("POST", "/workspace/login", body, **headers)

    @property
    def cookie(self) -> "Morsel[str]":
        """Return the cookie of the session."""
        [found] = [one for name, one in self.cookies.items() if not name.endswith("-device")]
        return found
