"""People whose logins take more than a password are refused by the non-agent API, which sees no more than that."""

import asyncio

import pytest

from ari_app.records.privileged_write_types import AddDncNumber
from ari_app.records.privileged_writes import PrivilegedThread
from ari_app.records.recording_audio import AudioRefused, AudioThreads
from ari_app.records.write_results import WriteRefused
from tests.http.non_agent import vector_site
from tests.http.people.people_site import PASSWORD, PeopleSite
from tests.wording.said import refused
from warmline.store.configuration import api_users, config, users
from warmline.store.configuration.api_users import ApiUser
from warmline.store.database.database import connect
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


@pytest.mark.parametrize("more", [enrol, require, set_password])
def test_a_password_alone_is_not_enough_where_a_login_takes_more(people: PeopleSite, more: object) -> None:
    assert add(people).startswith("SUCCESS: add_dnc_phone DNC NUMBER HAS BEEN ADDED - mia|")
    assert callable(more)
    more(people)
    people.forget()
    assert add(people) == "ERROR: Login incorrect, please try again: |mia||BAD|\n"
    assert add(people, "6666", "1234").startswith("ERROR: Login incorrect"), "it has no scope"


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
        asyncio.run(writer.write_for(AddDncNumber("3125550199"), "ticket"))
    with refused(AudioRefused, "recording_not_allowed"):
        asyncio.run(audio.links(["R1"], "ticket"))
    writer.close()
    audio.close()
    assert dnc.page(people.database) == []
