"""An agent hears the own calls of today, if the campaign allows it, and no other recording."""

import time
from pathlib import Path

import pytest

from tests.http.people.people_site import PeopleSite
from tests.http.people.rights_probe import OTHER, OWN, SAME, SESSION
from warmline.store.configuration import config
from warmline.store.database.database import connect

DAY = 86_400_000_000  # microseconds
ROW = "INSERT INTO recording VALUES (?, ?, ?, '', ?, ?, ?, ?, 'kept', '', ?, 4, 1000, '', '', 0, '', '', 0, 'main')"
CALL = """
    INSERT INTO call (id, agc_id, state, arrived, number, dialled, ingroup, direct, last_agent, ended_by, status)
    VALUES (?, ?, 'ended', ?, '15550001', '', 'SALESLINE', '', ?, '', '')
"""
IN_CALL = "INSERT INTO agent_interval VALUES (?, ?, ?, 'INCALL', '', 0, ?, ?, ?)"


@pytest.fixture
def site(people: PeopleSite, tmp_path: Path) -> PeopleSite:
    """Each of three agents with a recording of today; anna's agent with one of yesterday and one after the leave."""
    config.set_options(people.database, "campaign", "TESTCAMP", {"agent_recordings": "Y"}, who="test")
    folder, now = tmp_path / "recordings", time.time_ns() // 1000
    folder.mkdir(exist_ok=True)
    made = [(f"R{agent}", "call", agent, now) for agent in (OWN, SAME, OTHER)]
    made += [("OLD", "call", OWN, now - DAY), ("LEFT", "handoff", OWN, now)]
    with connect(people.database) as db:
        for name, kind, agent, at in made:
            file = folder / f"{name}.wav"
            file.write_bytes(b"said")
            db.execute(ROW, [name, f"C{name}", kind, agent, at, at, at, str(file)])
            db.execute(CALL, [f"C{name}", f"Y{name}", at, agent])
            db.execute(SESSION, [f"S{name}", agent])
            db.execute(IN_CALL, [f"I{name}", f"S{name}", agent, f"C{name}", at, at])
    return people


def heard(site: PeopleSite, user: str, recording: str) -> tuple[int, str]:
    """Return how a user's request for a recording ends: its status, and the code of a refusal."""
    told = site.as_user(user, "GET", f"/recordings/{recording}")
    return told.status, "" if told.status == 200 else told.body["code"]


def test_an_agent_hears_own_calls_of_today_alone(site: PeopleSite, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "warmline.api")
    assert heard(site, "anna", f"R{OWN}") == (200, "")
    assert "user:anna reads recording R1000" in caplog.text
    assert heard(site, "anna", "OLD") == heard(site, "anna", "LEFT") == (403, "recording_not_offered")
    assert heard(site, "anna", f"R{SAME}") == heard(site, "anna", f"R{OTHER}") == (403, "recording_of_other_agent")
    assert "reads recording R1001" not in caplog.text and "reads recording OLD" not in caplog.text
    assert [heard(site, "ben", one)[0] for one in (f"R{OWN}", "OLD", "LEFT", f"R{OTHER}")] == [200, 200, 200, 403]


def test_the_list_of_an_agent_has_only_own_recordings_of_today(site: PeopleSite) -> None:
    def listed(user: str, query: str) -> list[str]:
        return sorted(one["id"] for one in site.as_user(user, "GET", f"/recordings?since=7d{query}").body)

    assert listed("anna", "") == listed("anna", "&agent=me") == [f"R{OWN}"]
    assert site.as_user("anna", "GET", f"/recordings?agent={SAME}").status == 403
    assert site.as_user("anna", "GET", f"/recordings/R{OWN}/details").body["file"] == "whole"
    for name, code in (("OLD", "recording_not_offered"), (f"R{SAME}", "agent_out_of_reach")):
        told = site.as_user("anna", "GET", f"/recordings/{name}/details")
        assert (told.status, told.body["code"]) == (403, code)
    assert listed("ben", "") == ["LEFT", "OLD", f"R{OWN}", f"R{SAME}"]


def test_without_the_option_an_agent_hears_nothing(site: PeopleSite) -> None:
    config.set_options(site.database, "campaign", "TESTCAMP", {"agent_recordings": "N"}, who="test")
    assert site.as_user("anna", "GET", "/recordings?since=7d").body == []
    told = site.as_user("anna", "GET", f"/recordings/R{OWN}")
    assert told.body["detail"] == (
        "agents hear their own calls of today alone, and only if their campaign allows it; an administrator does with: "
        "warmline campaign set NAME agent_recordings=Y"
    )
    assert heard(site, "ben", f"R{OWN}") == (200, "")
