"""A person whose login takes more than a password is refused by each interface that sees no more than that."""

import asyncio
import base64
from collections.abc import Callable

import pytest

from ari_app.records.agent_api_tickets import AgentApiTickets
from ari_app.records.privileged_write_types import do
from ari_app.records.privileged_writes import PrivilegedThread
from ari_app.records.recording_audio import AudioRefused, AudioThreads
from ari_app.records.write_results import WriteRefused
from tests.http.non_agent import vector_site
from tests.http.people.people_site import PASSWORD, PeopleSite
from tests.wording.said import refused
from warmline.operations import do_not_call
from warmline.store.configuration import api_users, config, users
from warmline.store.configuration.api_users import ApiUser
from warmline.store.configuration.wallboards import WALLBOARD
from warmline.store.database.database import connect
from warmline.store.database.login_refusals import LoginRefused
from warmline.store.leads import dnc

ENROLLED = "INSERT INTO second_factor (user, salt, key, begun, enrolled) VALUES ('mia', ?, '0123456789abcdef', 1, 1)"


def add(site: PeopleSite, user: str = "mia", password: str = PASSWORD) -> str:
    fields = {"function": "add_dnc_phone", "phone_number": "3125550199", "campaign_id": "SYSTEM_INTERNAL"}
    return vector_site.ask(site, {"source": "test", "user": user, "pass": password} | fields)


def enrol(site: PeopleSite) -> None:
    with connect(site.database) as db:
        db.execute(ENROLLED, ["s" * 32])


def require(site: PeopleSite) -> None:
    config.set_options(site.database, "setting", "warmline", {"second_factor_required": "Y"}, who="test")


def set_password(site: PeopleSite) -> None:
    with connect(site.database) as db:
        db.execute("UPDATE user SET force_change_password = 'Y' WHERE id = 'mia'")


def raw(site: PeopleSite, path: str, headers: dict[str, str]) -> int:
    """Return the status of a request without a session."""

    async def send() -> int:
        response = await site.client.get(path, headers=headers)
        return response.status

    return site.do(send())


def by_agent_api(site: PeopleSite) -> bool:
    fields = {"function": "external_pause", "value": "PAUSE", "agent_user": "1000"}
    return ask_agent_api(site, fields).startswith("SUCCESS")


def ask_agent_api(site: PeopleSite, fields: dict[str, str]) -> str:
    async def send() -> str:
        given = {"source": "test", "user": "mia", "pass": PASSWORD} | fields
        response = await site.client.post("/agc/api.php", data=given)
        return await response.text()

    return site.do(send())


def by_login(site: PeopleSite, program: str = "") -> bool:
    """Return whether a login with the password alone gives a session that may read calls."""
    told = site.log_in("mia", program=program)
    path = "/wallboard" if program else "/calls"
    return told.status == 201 and site.ask("GET", path, token=told.body["token"]).status == 200


def by_basic_authorization(site: PeopleSite) -> bool:
    login = base64.b64encode(f"mia:{PASSWORD}".encode()).decode()
    return raw(site, "/api/v1/calls", {"Authorization": f"Basic {login}"}) == 200


def by_bearer(site: PeopleSite) -> bool:
    return raw(site, "/api/v1/calls", {"Authorization": f"Bearer {PASSWORD}"}) == 200


def by_ticket_of_the_call_process(site: PeopleSite) -> bool:
    tickets = AgentApiTickets(str(site.database))
    try:
        asyncio.run(tickets.ticket("mia", PASSWORD))
    except LoginRefused:
        return False
    finally:
        tickets.close()
    return True


# Every interface that takes a password, or could: a phone takes an agent's PIN, and the others take tokens of sessions
# and programs alone. The second column says whether it takes the password of a person whose login asks for no more.
DOORS: dict[Callable[[PeopleSite], bool], bool] = {
    by_agent_api: True,
    lambda site: add(site).startswith("SUCCESS"): True,
    by_login: True,
    lambda site: by_login(site, WALLBOARD): True,
    by_ticket_of_the_call_process: True,
    by_basic_authorization: False,
    by_bearer: False,
}


@pytest.mark.parametrize("more", [enrol, require, set_password])
def test_a_password_alone_is_not_enough_where_a_login_takes_more(
    people: PeopleSite, more: Callable[[PeopleSite], None], caplog: pytest.LogCaptureFixture
) -> None:
    people.api.login_rate.a_second = 0
    assert [enters(people) for enters in DOORS] == [*DOORS.values()]
    more(people)
    people.forget()
    assert [enters(people) for enters in DOORS] == [False] * len(DOORS)
    assert add(people) == "ERROR: Login incorrect, please try again: |mia||BAD|\n"
    assert ask_agent_api(people, {"function": "webserver"}) == "ERROR: Invalid Username/Password: |mia||1|0|GOOD|\n"
    assert "programs need an API user" in caplog.text and PASSWORD not in caplog.text
    assert add(people, "6666", "1234").startswith("ERROR: Login incorrect"), "it has no scope"


def test_named_sites_use_the_agent_api_with_the_password_alone(people: PeopleSite) -> None:
    enrol(people)
    for addresses, enters in (("192.0.2.7", False), ("192.0.2.7,127.0.0.0/8", True), ("", False)):
        config.set_options(people.database, "setting", "warmline", {"password_only_addresses": addresses}, who="test")
        people.forget()
        assert by_agent_api(people) is enters, addresses
        assert by_ticket_of_the_call_process(people) is bool(addresses)
        assert not add(people).startswith("SUCCESS") and not by_login(people), "nothing else takes it"


def holder_of(site: PeopleSite) -> ApiUser:
    found = api_users.of_person(users.find(site.database, "mia"))
    assert found
    return found


def test_the_call_process_gives_such_a_person_nothing_either(people: PeopleSite) -> None:
    enrol(people)

    async def holder(_: str) -> ApiUser:
        return holder_of(people)

    db = str(people.database)
    writer, audio = PrivilegedThread(db, holder), AudioThreads("", db, holder)
    with refused(WriteRefused, "write_not_allowed"):
        asyncio.run(writer.write_for(do(do_not_call.add_number, "3125550199"), "ticket"))
    with refused(AudioRefused, "recording_not_allowed"):
        asyncio.run(audio.links(["R1"], "ticket"))
    writer.close()
    audio.close()
    assert dnc.page(people.database) == []
