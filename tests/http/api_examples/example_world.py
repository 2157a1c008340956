"""A world in which the example of each operation of the JSON API succeeds: people, leads, calls, and its own clock."""

import json
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch
from urllib.parse import urlencode

import msgspec

from tests.http import own_app
from tests.http.json_site import Told
from tests.http.people.people_site import PASSWORD, PeopleSite, add_people
from tests.http.slow_answers_here import slow_answers_here
from tests.internals.json_api import AgentState, ApiRoute, Kind, OutsideLeg, OutsideTalk, config, connect, lead_history
from tests.leads import dialled_leads
from tests.leads.dialled_leads import FLORIDA, TEXAS
from tools.simulation.asterisk.simulated_asterisk import SECOND, SimulatedAsterisk

LIST, CAMPAIGN, HOOK = "102", "TESTCAMP", "crm"
DIALS, DIALLED_LIST, DIALLED = "SALES", "101", f"01M{7:023}"  # a campaign with a dialler, its list, and a call of it
OUTSIDE = (
    "1790000000.2",
    "1790000000.1",
)  # the channels of a phone and of a customer in a conversation of the dialplan
BEGUN = SimulatedAsterisk().now  # when the world begins
AUDIO = b"RIFF"
RECORDING = """
    INSERT OR REPLACE INTO recording
    VALUES (?, ?, 'call', 'ALLCALLS', '1000', ?, ?, ?, 'kept', '', ?, 4, 65000, '', '', 0, '', '', 0, 'main')
"""


class Sent(NamedTuple):
    """The parts of a request besides the body of its route: `instead` has the fields that a secret replaces in it.

    `user` sends it; without one, a program of this machine does.
    """

    path: Mapping[str, str] = {}
    query: Mapping[str, Any] = {}
    instead: Mapping[str, Any] = {}
    user: str = ""


class ExampleWorld:
    """The API of `site`, whose agent 1000 serves callers one after the other."""

    def __init__(self, site: PeopleSite) -> None:
        self.site, self.driver = site, site.driver
        self._customers = count(1)
        self.timeout = 20  # of the campaign, in seconds
        self.imported = ""  # the id of an import that is done

    def ask(self, route: ApiRoute, sent: Sent) -> Told:
        """Send the example of a route, a moment later: changes at the same time would be one revision."""
        self.driver.wait(0.1)
        body = msgspec.to_builtins(route.example) if route.takes else None
        if isinstance(body, dict):
            body |= sent.instead
        token = self.site.token_of(sent.user) if sent.user else "" if route.is_open else None
        query = urlencode(
            {name: value if isinstance(value, str) else json.dumps(value) for name, value in sent.query.items()}
        )
        path = route.path.format(**sent.path) + (f"?{query}" if query else "")
        return self.site.ask(route.method, path, body, token=token)

    def free(self, agent: str = "1000") -> None:
        """Let an agent be ready, whatever was before."""
        if agent not in self.driver.world.sessions:
            self.driver.log_in(agent)
        for kind, more in ((Kind.SKIP, {}), (Kind.HANGUP_BOTH, {}), (Kind.STATUS, {"status": "A"}), (Kind.RESUME, {})):
            self.driver.ask(kind, agent, **more)
            self.driver.wait(0.5)
        assert self.driver.session(agent).state is AgentState.READY

    def call(self) -> str:
        """Let agent 1000 serve a new caller; return the call's id."""
        self.free()
        self.driver.customer(name=f"customer-{next(self._customers)}")
        self.driver.wait(1)
        return self.driver.session().call or ""

    def end_call(self, call: str) -> None:
        """Let the customer hang up."""
        self.driver.hang_up(self.driver.world.calls[call].customer or "")
        self.driver.wait(1)

    def past_call(self) -> str:
        """Let agent 1000 serve a caller to the end; return the call's id."""
        call = self.call()
        self.driver.wait(60)
        self.driver.ask(Kind.STATUS, status="SALE", notes="wants an offer")
        self.end_call(call)
        return call

    def done(self, method: str, path: str, body: object = None) -> Any:
        """Send a request that succeeds, and return the JSON of the answer."""
        self.driver.wait(0.1)
        told = self.site.ask(method, path, body)
        assert told.status < 400, (path, told.body)
        return told.body

    def person(self, user: str) -> None:
        """Create a user with the role manager, if there is none."""
        if user not in config.list_names(self.site.database, "user"):
            config.create(self.site.database, "user", user, {"pass": PASSWORD, "role": "manager"}, who="test")
            self.site.forget()

    def recording(self, name: str) -> str:
        """Keep a recording under this name, and return it."""
        file = self.site.database.parent / "run" / "recordings" / f"{name}.wav"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(AUDIO)
        with connect(self.site.database) as db:
            times = [self.driver.asterisk.now] * 3
            db.execute(RECORDING, [name, self.past_call(), *times, str(file)])
        return name


def configure(database: Path) -> None:
    """Add what the examples name to the demo configuration."""
    add_people(database)
    config.set_options(database, "setting", "warmline", {"recording_links": "api,admin", "timezone": "UTC"}, who="test")
    config.create(database, "list", LIST, {"campaign": CAMPAIGN, "country": "US"}, who="test")
    dials = {"dial_method": "PREDICTIVE", "safe_harbor_audio": "sorry"}
    dialled_leads.prepare(database, **dials)
    config.create(
        database, "event-hook", HOOK, {"url": "https://crm.example/events", "events": "call.ended"}, who="test"
    )
    config.create(database, "scheduled-report", HOOK, {"mail_to": "boss@crm.example"}, who="test")
    config.create(database, "pause-code", "LUNCH", {}, who="test")
    config.create(database, "user", "kim", {"pass": PASSWORD, "role": "manager"}, who="test")
    dialled_leads.add(database, f"{FLORIDA}5550100", LIST, first_name="Ada", last_name="Byron")
    for place, area in enumerate((FLORIDA, TEXAS)):
        dialled_leads.add(database, f"{area}555011{place}", DIALLED_LIST, first_name="Charles", last_name="Babbage")
    number = f"1{FLORIDA}5550110"
    at = BEGUN - 3600 * SECOND
    dialled_leads.automatic_call(database, 2, number, at, "SALE", name=DIALLED, ended=at + 15 * SECOND)


async def _talking(channel: str) -> OutsideTalk:
    """Find a conversation of the phone 1001 with a customer."""
    phone, trunk = OUTSIDE
    customer = OutsideLeg(id=trunk, name="PJSIP/trunk-0000002b", phone="trunk", number="13055550100")
    agent = OutsideLeg(id=phone, name=channel, phone="1001", number="1001")
    return OutsideTalk(named=agent, other=customer, caller=trunk, dialled="8005550100")


@contextmanager
def example_world(demo_database: Path, folder: Path) -> Iterator[ExampleWorld]:
    """Provide the world with a database in this folder; all times in it are those of the simulated Asterisk."""
    database = Path(shutil.copy(demo_database, folder / "warmline.db"))
    configure(database)
    (run := folder / "run").mkdir()
    with patch.object(own_app, "no_conversation", _talking):
        site = PeopleSite(database, run)
    site.api.askers.rate.a_second = site.api.login_rate.a_second = 0
    clock = {"time_ns": lambda: site.driver.asterisk.now * 1000, "time": lambda: site.driver.asterisk.now / 1e6}
    any_age = patch.object(lead_history, "is_usable", return_value=True)  # an import's process has the time of the day
    try:
        with slow_answers_here(), any_age, patch.multiple(time, **clock):
            yield ExampleWorld(site)
    finally:
        site.close()
