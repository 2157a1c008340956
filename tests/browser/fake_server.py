"""A server with invented screens behind the real page: each test chooses what the feed sends and what requests get.

`python -m tests.browser.fake_server 8090` serves it for a look: `/workspace/?screen=talking`.
"""

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web

from tests.browser import overviews, screens
from tests.browser.drawing.joined_modules import joined
from tests.internals.browser import policy

FOLDER = Path(__file__).parents[2] / "workspace"
MEDIA = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
ME = {"client": "user:bea", "user": "bea", "full_name": "Bea Stone", "role": "agent", "agent": "1000"}
CALLBACKS = [
    (-120, "pending", "15551230002", "Charles Babbage", "1000", "after the meeting"),
    (1800, "pending", "15551230040", "George Boole", "", ""),
    (7200, "pending", "15551230041", "Grace Hopper", "1000", "wants an offer"),
    (93_600, "missed", "15551230042", "Alan Turing", "", "asks for Bea"),
]
HISTORY = [
    ("in", "15551230001", 245_000, "answered", "SALE"),
    ("out", "15551230099", 0, "failed", "BUSY"),
    ("in", "15551230017", 0, "missed", ""),
    ("out", "15551230002", 61_000, "answered", "CB"),
    ("in", "15551230004", 400_000, "answered", "XFER"),
    ("in", "", 30_000, "answered", "OTHER"),
]
LEADS = [
    ("Ada", "Byron", "London", "NI", 2),
    ("Charles", "Babbage", "London", "CB", 1),
    ("George", "Boole", "Cork", "NEW", 0),
]
_ended: list[int] = []  # ports of ended servers: a window that has loaded the files from there has them still


class FakeServer:
    """Sends a screen to each page; `requests` has what the pages asked, and `answers` what they get by address."""

    def __init__(
        self,
        screen: str = "ready",
        *,
        overview: str = "five",
        me: Any = ME,
        logged_in: bool = True,
        frames: Sequence[str] = (),
        joins: bool = True,
    ) -> None:
        self.joins = joins  # whether a module has all that it imports in its own file
        self.policy = policy(list(frames))
        self.screen, self.overview, self.me, self.logged_in = screen, overview, me, logged_in
        self.sections: dict[str, Any] = {}  # in place of the screen's own
        self.requests: list[tuple[str, str, Any]] = []
        self.keys: list[str] = []
        self.answers: dict[str, tuple[int, Any]] = {}
        self.hellos: list[Any] = []
        self.programs: list[str] = []  # of the logins
        self.commands: dict[str, Any] = {}  # of an agent whom a supervisor has chosen
        self.broken: set[str] = set()  # addresses whose answers break off
        self.held: asyncio.Event | None = None  # set when the commands may have their answers
        self.feeds_full = False  # whether the session has too many feeds
        self.full = 0  # logins that are refused because too many wait
        self._sockets: dict[web.WebSocketResponse, str] = {}
        self._seq = 1
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> str:
        """Listen on loopback; return the address of the page."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/workspace/feed", self._feed),
                web.post("/workspace/login", self._login),
                web.post("/workspace/logout", self._logout),
                web.route("*", "/api/v1/{path:.*}", self._api),
                web.route("*", "/workspace/phone", self._api),
                web.get("/workspace/{file:.*}", self._file),
            ]
        )
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await self._listen(port or (_ended.pop() if _ended else 0))
        self._port = self._runner.addresses[0][1]
        return f"http://localhost:{self._port}/workspace/"

    async def _listen(self, port: int) -> None:
        assert self._runner
        try:
            await web.TCPSite(self._runner, "127.0.0.1", port).start()
        except OSError:  # another program has the port of an ended server by now
            await web.TCPSite(self._runner, "127.0.0.1", 0).start()

    async def stop(self) -> None:
        """Close all pages' feeds, and stop listening."""
        await self.cut()
        if self._runner:
            await self._runner.cleanup()
            _ended.append(self._port)

    def allow(self, *names: str) -> None:
        """Allow these commands for the agent whom a supervisor has chosen."""
        self.commands |= {name: {"allowed": True, "code": "", "why": ""} for name in names}

    async def show(self, screen: str, **sections: Any) -> None:
        """Send another state to all pages: a screen to those of agents, an overview to those of supervisors."""
        is_overview = screen in overviews.OVERVIEWS
        self.screen, self.overview = (self.screen, screen) if is_overview else (screen, self.overview)
        self.sections = sections
        told = overviews.message(screen) if is_overview else screens.message(screen)
        await self.send({"whole": True, **told, **sections}, "overview" if is_overview else "agent")

    @property
    def sent(self) -> int:
        """Return the number of the last message."""
        return self._seq

    async def send(self, sections: dict[str, Any], view: str = "agent") -> None:
        """Send these sections to all pages with a view."""
        self._seq += 1
        for socket in [one for one, shown in self._sockets.items() if shown == view]:
            await socket.send_json({"now": screens.at(0), **sections, "seq": self._seq})

    async def cut(self, code: int = 1001) -> None:
        """Close all feeds."""
        for socket in list(self._sockets):
            await socket.close(code=code)

    async def _file(self, request: web.Request) -> web.Response:
        if name := request.query.get("screen"):
            self.screen = name
        if name := request.query.get("overview"):
            self.overview, self.me = name, overviews.BOTH
        path = FOLDER / (request.match_info["file"] or "index.html")
        if not path.is_file():
            raise web.HTTPNotFound
        kept = "no-cache" if path.suffix == ".html" or not self.joins else "max-age=3600"
        headers = {"Content-Security-Policy": self.policy, "Cache-Control": kept}
        joins = self.joins and path.suffix == ".js"
        content = joined(FOLDER, request.match_info["file"]).encode() if joins else path.read_bytes()
        return web.Response(body=content, content_type=MEDIA[path.suffix], headers=headers)

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        if not self.logged_in:
            raise web.HTTPUnauthorized
        if self.feeds_full:
            problem = {"detail": "close a page first", "code": "too_many_feeds_of_session"}
            return web.json_response(problem, status=429)
        socket = web.WebSocketResponse(heartbeat=2)
        await socket.prepare(request)
        view = request.query.get("view", "agent")
        self._sockets[socket] = view
        told = screens.message(self.screen) if view == "agent" else overviews.message(self.overview)
        await socket.send_json(told | self.sections)
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self.hellos.append(json.loads(message.data))
        del self._sockets[socket]
        return socket

    async def _login(self, request: web.Request) -> web.Response:
        body = await request.json()
        if self.full:
            self.full -= 1
            problem = {"detail": "too many passwords wait for their check", "code": "passwords_wait"}
            return web.json_response(problem, status=503, headers={"Retry-After": "1"})
        self.logged_in = (body["user"], body["password"]) == ("bea", "secret")
        self.programs.append(body["program"])
        problem = {"detail": "user or password is wrong", "code": "login_invalid"}
        return web.json_response(self.me) if self.logged_in else web.json_response(problem, status=401)

    async def _logout(self, _request: web.Request) -> web.Response:
        self.logged_in = False
        return web.json_response({"ended": True})

    async def _api(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info.get("path", "phone")
        text = await request.text()
        body = json.loads(text) if text and request.content_type == "application/json" else text
        if request.method != "GET":
            self.requests.append((request.method, path, body))
            self.keys.append(request.headers.get("Idempotency-Key", ""))
        if self.held and request.method != "GET":
            await self.held.wait()
        if path in self.broken:
            answer = web.StreamResponse(headers={"Content-Length": "1000", "Content-Type": "application/json"})
            await answer.prepare(request)
            await answer.write(b"[")
            assert request.transport
            request.transport.close()
            return answer
        if path in self.answers:
            status, content = self.answers[path]
            return web.json_response(content, status=status)
        if path.startswith("receipts/"):
            return web.json_response({"detail": "no such receipt"}, status=404)
        if path == "me" and not self.logged_in:
            return web.json_response({"detail": "log in"}, status=401)
        return web.json_response(*self._usual(request.method, path, request))

    def _usual(self, method: str, path: str, request: web.Request) -> tuple[Any]:
        if method != "GET":
            end = {"code": "completed", "seconds": 0, "text": "done"}
            return ({"id": "R1", "outcome": "completed", "end": end},)
        if path.endswith("/screen"):
            screen = screens.SCREENS["supervised"]()
            return (screen | {"commands": screen["commands"] | self.commands},)
        found = {"me": self.me, **lists()}.get(path, {})
        if search := request.query.get("search", "").lower():
            found = [one for one in found if search in f"{one['first_name']} {one['last_name']}".lower()]
        return (found,)


def lists() -> dict[str, Any]:
    """Return the lists that pages read, by their path."""
    return {
        "agents/me/destinations": _destinations(),
        "agents/me/leads": _leads(),
        "history": _history(),
        "imports": [],
        "recordings": [],
        "callbacks": _callbacks(),
    }


def _destinations() -> Any:
    return {
        "presets": [
            {"preset": "BILLING", "name": "Billing", "number": "8501"},
            {"preset": "WARE", "name": "Warehouse", "number": "8500"},
        ],
        "ingroups": [
            {"ingroup": "SALESLINE", "group_name": "Sales", "ready": 3},
            {"ingroup": "SUPPORTLINE", "group_name": "Support", "ready": 0},
        ],
        "agents": [
            {"user": "1001", "full_name": "Ada Wolf", "state": "READY", "since": screens.at(20)},
            {"user": "1004", "full_name": "Grace Lee", "state": "INCALL", "since": screens.at(90)},
        ],
    }


def _leads() -> list[Any]:
    return [
        {
            "lead_id": 41 + n,
            "first_name": first,
            "last_name": last,
            "city": city,
            "status": status,
            "called_count": called,
            "phone_code": "1",
            "phone_number": f"555123{n:04}",
            "last_call": screens.at(90_000) if called else None,
            "do_not_call": "" if called else "the system's do-not-call list",
        }
        for n, (first, last, city, status, called) in enumerate(LEADS)
    ]


def _history() -> list[Any]:
    return [
        {
            "call": f"H{n}",
            "direction": way,
            "number": number,
            "agent": "1000",
            "full_name": "Bea Stone",
            "ingroup": "SALESLINE" if way == "in" else "",
            "group_name": "Sales" if way == "in" else "",
            "at": screens.at(600 * (n + 1)),
            "length_ms": length,
            "outcome": outcome,
            "status": status,
            "do_not_call": "the system's do-not-call list" if status == "XFER" else "",
            "customer_name": "Charles Babbage" if status == "CB" else "",
        }
        for n, (way, number, length, outcome, status) in enumerate(HISTORY)
    ]


def recordings() -> list[Any]:
    """Return the recordings of today that an agent may hear: of the first call, and one that is not complete."""
    return [
        {
            "id": f"20261120-1530_{n}",
            "call": f"H{3 * n}",
            "customer": "15551230001",
            "asked": screens.at(600),
            "status": status,
            "length_ms": 65_000,
        }
        for n, status in enumerate(("kept", "running"))
    ]


def _callbacks() -> list[Any]:
    return [
        {
            "id": f"CB{n}",
            "at": screens.at(-due),
            "state": state,
            "number": number,
            "customer_name": name,
            "agent": agent,
            "full_name": "",
            "comments": comments,
            "notes": "wants a refund",
            "ingroup": "SALESLINE",
            "group_name": "Sales",
            "made": screens.at(90_000),
            "status": "CB",
            "call": "C",
            "lead": 42,
            "do_not_call": "" if agent else "the system's do-not-call list",
        }
        for n, (due, state, number, name, agent, comments) in enumerate(CALLBACKS)
    ]


async def _serve(port: int) -> None:
    server = FakeServer(joins=False)  # a changed module is there after a reload
    sys.stdout.write(f"{await server.start(port)}?screen=talking\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
