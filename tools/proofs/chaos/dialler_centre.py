"""The call centre of the dialler's chaos: agents who work, and a campaign that dials leads by itself."""

import asyncio
import time
from contextlib import suppress
from random import Random

import aiohttp

from lab.sip import Behaviour, CallRefused, IncomingCall, SipCall, SipPhone, WaitTimeout, tones
from tools.proofs.chaos import dialler_leads
from tools.proofs.chaos.chaos_centre import AGAIN, ChaosCentre, soon
from warmline.leads.lead_fields import checked
from warmline.store.configuration import config
from warmline.store.database.writing import writing
from warmline.store.leads import leads

CAMPAIGN, LIST = "TESTCAMP", "977"
AGENTS = {
    "1000": tones.AGENT,
    "1001": tones.CLOSER,
    "1002": tones.CONTROL_A,
    "1003": tones.CONTROL_B,
    "1004": tones.CONTROL_THIRD,
}
MESSAGE = "vm-nobodyavail"
OPTIONS = {
    "dial_method": "PREDICTIVE",
    "dial_level_threshold_agents": "0",
    "campaign_cid": "4930999888",
    "safe_harbor_audio": MESSAGE,
    "local_call_time": "ALLDAY",
    "recycle": "ERI:60:3,ADCT:10:3",
}
JAPAN = "81312"  # a country without legal hours in Warmline: the campaign's own hold, at any time of the day
FIRST = 341000
LEADS = 1000
TALKS, WRAPS_UP, PAUSES = (0.5, 4.0), (0.1, 0.5), (0.5, 2.0)  # seconds
PAUSE_SHARE = 0.1  # of the wrap-ups


class DiallerCentre(ChaosCentre):
    """One lab with its agents. While `nobody_ready`, all agents log out as soon as they can.

    A pause would wait for the end of the ring, so that no lead is without an agent. `lines_of_agents` has every line.
    """

    nobody_ready = False

    def behave(self, random: Random) -> None:
        """Draw the behaviour of agents and leads from these random numbers."""
        self._random = random
        self._treatments: dict[str, Behaviour] = {}

    async def open(self) -> None:
        """Bring the agents on the line, and fill the campaign's list."""
        self.behave(Random(0))  # noqa: S311 - chance that can be had again
        self.stage.peer.decide = self._treat
        await asyncio.to_thread(self._fill)
        self._phones: dict[str, SipPhone] = {}
        self.lines_of_agents: list[SipCall] = []
        for user, hz in AGENTS.items():
            account = self.lab.phones[user]
            self._phones[user] = await self.stage.parties.phone(user, account["password"], self.lab.sip, hz)
            await self._comes(user)
            await self.agent_is(user, "READY")

    async def _comes(self, user: str) -> None:
        """Bring an agent on the line. Raises WaitTimeout, CallRefused."""
        line = await self._phones[user].call(self.lab.phones[user]["login"])
        self.seats[user] = line
        self.lines_of_agents.append(line)
        await line.answered()

    def _fill(self) -> None:
        db = self.lab.db
        config.create(db, "call-time", "ALLDAY", {"ct_default_start": "0", "ct_default_stop": "2400"}, who="chaos")
        config.create(db, "list", LIST, {"campaign": CAMPAIGN, "country": "JP"}, who="chaos")
        config.set_options(db, "campaign", CAMPAIGN, OPTIONS, who="chaos")
        with writing(db) as opened:
            for serial in range(FIRST, FIRST + LEADS):
                leads.insert(opened, LIST, checked({"phone_number": f"+{JAPAN}{serial:06}"}, "JP"), "chaos")

    def _treat(self, number: str) -> Behaviour:
        if number not in self._treatments:
            self._treatments[number] = dialler_leads.draw(self._random)
        return self._treatments[number]

    def calls(self) -> list[IncomingCall]:
        """Return every call to a lead's phone, oldest first."""
        return [
            call for call in self.stage.peer.calls if isinstance(call, IncomingCall) and call.number.startswith(JAPAN)
        ]

    def lines(self) -> list[SipCall]:
        """Return the lines of the agents and the calls to leads that are not over."""
        return [call for call in (*self.seats.values(), *self.calls()) if call.ended.at is None]

    async def dialler(self, order: str, within: float = 20.0) -> None:
        """Start or stop the dialler, repeatedly until the app has done it. Raises WaitTimeout."""
        if not await soon(lambda: self._order(order), within):
            raise WaitTimeout(f"the dialler does not {order} within {within:g} s")

    async def _order(self, order: str) -> bool:
        login = {"Authorization": f"Bearer {(self.folder / 'run/token').read_text().strip()}"}
        url = f"{self.lab.api}/api/v1/diallers/{CAMPAIGN}/{order}"
        with suppress(aiohttp.ClientError, TimeoutError):
            async with self._http.post(url, json={}, headers=login) as answer:
                return answer.status < 300
        return False

    async def work(self) -> None:
        """Let the agents work without end: each ends its calls after some seconds, and pauses now and then.

        An agent who has logged out, or lost the line, comes back.
        """
        due: dict[str, tuple[str, float]] = {}
        while True:
            agents = await self.live("agents")
            states = {one["user"]: one["state"] for one in agents or ()}
            for user in AGENTS if agents is not None and not self.nobody_ready else ():
                if user not in states and self.seats[user].ended.at is not None:
                    with suppress(WaitTimeout, CallRefused):
                        await self._comes(user)
            for user, state in states.items():
                if user not in due or due[user][0] != state:
                    due[user] = (state, time.monotonic() + self._random.uniform(*self._takes(state)))
                if time.monotonic() >= due[user][1] or (state == "READY" and self.nobody_ready):
                    await self._act(user, state)
            await asyncio.sleep(AGAIN)

    @staticmethod
    def _takes(state: str) -> tuple[float, float]:
        return {"INCALL": TALKS, "PAUSED": PAUSES}.get(state, WRAPS_UP)

    async def _act(self, user: str, state: str) -> None:
        match state:
            case "INCALL" | "DEAD":
                await self.ask("external_hangup", "1", user)
            case "DISPO":
                if self._random.random() < PAUSE_SHARE:
                    await self.ask("external_pause", "PAUSE", user)
                await self.ask("external_status", "SALE", user)
            case "READY" if self.nobody_ready:
                await self.ask("logout", "LOGOUT", user)
            case "PAUSED" if not self.nobody_ready:
                await self.ask("external_pause", "RESUME", user)
