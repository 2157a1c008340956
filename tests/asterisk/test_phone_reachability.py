"""A phone is reachable or not, by Asterisk's report of its registration and by the packets of its line."""

import asyncio
import json
from typing import Any, cast

import pytest

from ari_app.asterisk import endpoint_reachability
from ari_app.asterisk.endpoint_reachability import EndpointChange
from ari_app.servers.phone_reachability_monitor import ReachabilityMonitor
from tools.simulation.asterisk.core_driver import Driver
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_errors import AriError
from warmline.core.messages.events import Event
from warmline.core.messages.phone_messages import PhoneReachable, PhoneUnreachable
from warmline.core.messages.values.server_action import MAIN_SERVER


def contact(status: str, phone: str = "1000") -> str:
    return json.dumps(
        {
            "type": "ContactStatusChange",
            "endpoint": {"technology": "PJSIP", "resource": phone, "state": "offline"},
            "contact_info": {"uri": "sip:1000@192.0.2.1", "aor": phone, "contact_status": status},
        }
    )


def peer(status: str, phone: str = "1000") -> str:
    return json.dumps(
        {
            "type": "PeerStatusChange",
            "endpoint": {"technology": "PJSIP", "resource": phone, "state": "online"},
            "peer": {"peer_status": status},
        }
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (contact("Reachable"), EndpointChange("1000", True, False)),
        (contact("NonQualified"), EndpointChange("1000", True, False)),
        (contact("Removed"), EndpointChange("1000", False, False)),
        (contact("Unreachable"), EndpointChange("1000", False, False)),
        (peer("Reachable"), EndpointChange("1000", True, True)),
        (peer("Unreachable"), EndpointChange("1000", False, True)),
        ('{"type": "PeerStatusChange"}', None),
        ('{"type": "ContactStatusChange", "endpoint": {"technology": "PJSIP", "resource": "1000"}}', None),
        ('{"type": "ContactStatusChange", "endpoint": {"technology": "IAX2", "resource": "1000"}}', None),
        ('{"type": "ChannelCreated"}', None),
        ('{"type": 7}', None),
        ("[]", None),
        ("", None),
    ],
)
def test_an_endpoint_event_becomes_a_change_of_reachability(text: str, said: EndpointChange | None) -> None:
    assert endpoint_reachability.change(text) == said


class Lines:
    """An Asterisk that counts packets: of each line, the number at each check."""

    def __init__(self) -> None:
        self.app, self.url = "warmline", ""
        self.counted: dict[str, list[int]] = {}
        self.asked: list[str] = []

    async def request(self, method: str, *path: str, **how: Any) -> bytes:
        leg = path[1]
        self.asked.append(leg)
        if leg not in self.counted:
            raise AriError(404, "ari_refused", "nobody counts")
        left = self.counted[leg]
        return json.dumps({"rxcount": left.pop(0) if len(left) > 1 else left[0], "txcount": 0}).encode()


class Site:
    """Agents 1000 (nailed up) and 1002 (on_hook) are logged in; the events also go to the core."""

    def __init__(self) -> None:
        self.lab = Driver()
        self.lab.log_in("1000")
        self.lab.log_in("1002")
        self.lines = Lines()
        self.told: list[Event] = []
        self.reachable = ReachabilityMonitor(
            {MAIN_SERVER: cast(AriClient, self.lines)}, lambda: self.lab.world, self.post
        )

    def post(self, event: Event) -> None:
        self.told.append(event)
        self.lab.feed(event)

    def look(self, times: int = 1) -> list[Event]:
        """Return the events of this many checks."""
        before = len(self.told)
        for _ in range(times):
            asyncio.run(self.reachable.look())
        return self.told[before:]


@pytest.fixture
def site() -> Site:
    site = Site()
    site.reachable.registrations[MAIN_SERVER].picture({"1000": "online", "1002": "online"})
    return site


def test_phones_that_answer_are_not_looked_at(site: Site) -> None:
    assert site.look(3) == [] and site.lines.asked == []


def test_a_line_that_sends_nothing_is_dead_once_its_registration_has_changed(site: Site) -> None:
    site.lines.counted["phone-1000"] = [500]
    site.reachable.changed(MAIN_SERVER, EndpointChange("1000", reachable=False, endpoint=False))
    assert site.look() == []  # it is not known yet
    assert site.look() == [PhoneUnreachable("1000")]
    site.reachable.changed(MAIN_SERVER, EndpointChange("1000", reachable=True, endpoint=True))
    assert site.look(5) == []  # it has registered again; its line is still dead


def test_a_phone_that_sends_packets_is_reachable_despite_its_registration(site: Site) -> None:
    site.lines.counted["phone-1000"] = list(range(0, 1000, 50))
    site.reachable.changed(MAIN_SERVER, EndpointChange("1000", reachable=False, endpoint=True))
    assert site.look(10) == []
    assert len(site.lines.asked) == 2  # then seldom


def test_a_line_that_sends_again_is_back(site: Site) -> None:
    site.lines.counted["phone-1000"] = [500, 500, 500, 550, 600]
    site.reachable.changed(MAIN_SERVER, EndpointChange("1000", reachable=False, endpoint=True))
    assert site.look(2) == [PhoneUnreachable("1000")]
    assert site.look(3) == [PhoneReachable("1000")]


def test_a_phone_without_packet_counters_is_reachable(site: Site) -> None:
    site.reachable.changed(MAIN_SERVER, EndpointChange("1000", reachable=False, endpoint=True))
    assert site.look(3) == []


def test_a_line_on_hold_is_not_judged(site: Site) -> None:
    site.lines.counted["phone-1000"] = [500]
    site.lab.asterisk.hold("phone-1000", on=True)
    site.lab.pump()
    site.reachable.changed(MAIN_SERVER, EndpointChange("1000", reachable=False, endpoint=True))
    assert site.look(5) == []


def test_without_a_picture_nothing_changes(site: Site) -> None:
    site.reachable.changed(MAIN_SERVER, EndpointChange("1002", reachable=False, endpoint=True))
    assert site.look() == [PhoneUnreachable("1002")]
    site.reachable.registrations[MAIN_SERVER].lost()
    assert site.look(3) == []
    site.reachable.registrations[MAIN_SERVER].picture({"1000": "online", "1002": "online"})
    assert site.look() == [PhoneReachable("1002")]
