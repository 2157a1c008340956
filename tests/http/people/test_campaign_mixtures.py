"""Groups with allowed_campaigns beside each other: lists and leads that move, people in no group, writes, programs."""

import time
from dataclasses import replace
from http import HTTPStatus

import pytest

from ari_app.records.recording_audio import AudioThreads
from tests.http.people.campaign_site import (
    ABSENT,
    AGENT,
    MANAGER,
    OTHER,
    OWN,
    SUPERVISOR,
    CampaignSite,
)
from tests.http.people.people_site import PASSWORD
from tests.http.people.test_agent_api import asked
from warmline.core.messages.commands import Kind
from warmline.store.configuration import config
from warmline.store.database.database import connect
from warmline.store.leads import callbacks
from warmline.text.coded_error import CodedError

WAIT = """
    INSERT INTO queue_wait VALUES (?, ?, 'SALESLINE', '', 0, 1, 1700000000000000, 1700000000000000, 1700000001000000,
        'DROP', '', '')
"""
FREE = ("mia", "ada")  # a manager in no group, and an administrator
GIVES = [
    "/leads/{lead}", "/leads/{lead}/explanation", "/lists/{list_id}/counts", "/lists/{list_id}/leads",
    "/diallers/{campaign}", "/diallers/{campaign}/hopper", "/campaigns/{campaign}/counts",
    "/config/campaign/{campaign}", "/config/list/{list_id}", "/config/disposition/{code}",
    "/audit/attempts?campaign={campaign}", "/reports/day?campaign={campaign}", "/audit/compliance/{call}",
    "/reports/sheets/day?campaign={campaign}",
]  # fmt: skip


@pytest.fixture
def site(grouped_site: CampaignSite) -> CampaignSite:
    return grouped_site


def statuses(site: CampaignSite, user: str, campaign: str) -> dict[str, int]:
    """Return the status of each address for what a campaign has."""
    return {one: site.as_user(user, "GET", one.format(**site.things[campaign]._asdict())).status for one in GIVES}


def test_each_sees_the_own_campaign_and_the_others_see_both(site: CampaignSite) -> None:
    every = dict.fromkeys(GIVES, 200)
    for user in (MANAGER, SUPERVISOR):
        assert statuses(site, user, OWN) == every
        assert set(statuses(site, user, OTHER).values()) == {404}
    for user in FREE:
        assert statuses(site, user, OWN) == statuses(site, user, OTHER) == every


def test_lists_show_only_rows_of_the_own_campaign(site: CampaignSite) -> None:
    def found(user: str, path: str, field: str) -> set[str]:
        return {str(row[field]) for row in site.as_user(user, "GET", path).body}

    own, other = site.things[OWN], site.things[OTHER]
    for path, field, mine, theirs in (
        ("/leads", "lead_id", own.lead, other.lead),
        ("/diallers", "campaign", own.campaign, other.campaign),
        ("/history", "call", own.call, other.call),
        ("/config/campaign", "name", own.campaign, other.campaign),
        ("/config/list", "name", own.list_id, other.list_id),
        ("/config/disposition", "name", own.code, other.code),
    ):
        assert {mine, theirs} <= found("mia", path, field), path
        seen = found(MANAGER, path, field)
        assert mine in seen and theirs not in seen, path
    for path in ("/audit/attempts?since=2023-01-01T00:00", "/audit/attempts?since=2023-01-01T00:00&by=list"):
        names = {row["name"] for row in site.as_user(MANAGER, "GET", path).body["attempts"]}
        assert names in ({OWN}, {own.list_id})
        assert len(site.as_user("mia", "GET", path).body["attempts"]) == 2
    claims = "/audit/compliance?since=2023-01-01T00:00"
    checked = {
        user: max(one["checked"] + one["undecided"] for one in site.as_user(user, "GET", claims).body["claims"])
        for user in (MANAGER, "mia")
    }
    assert checked == {MANAGER: 1, "mia": 2}


def test_a_page_is_full_although_others_have_rows_between(site: CampaignSite) -> None:
    for name in ("301", "302", "303"):
        config.create(site.database, "list", name, {"campaign": OTHER}, who="test")
    config.create(site.database, "list", "304", {"campaign": OWN}, who="test")
    pages = [site.as_user(MANAGER, "GET", f"/config/list?limit=1&after={after}").body for after in ("", "201", "304")]
    assert [[row["name"] for row in page] for page in pages] == [["201"], ["304"], []]


def test_a_list_that_moves_takes_its_leads_along(site: CampaignSite) -> None:
    own, lead = site.things[OWN], f"/leads/{site.things[OWN].lead}"
    assert site.as_user(SUPERVISOR, "GET", lead).status == 200
    assert site.as_user("mia", "PATCH", f"/config/list/{own.list_id}", {"campaign": OTHER}).status == 200
    for path in (lead, f"/lists/{own.list_id}/leads", f"/config/list/{own.list_id}"):
        assert site.as_user(SUPERVISOR, "GET", path).status == 404, "the session is the same as before"
    assert site.as_user(MANAGER, "PATCH", lead, {"last_name": "Byron"}).status == 404
    config.set_options(site.database, "list", site.things[OTHER].list_id, {"campaign": OWN}, who="test")
    assert site.as_user(SUPERVISOR, "GET", f"/leads/{site.things[OTHER].lead}").status == 200
    config.set_options(site.database, "list", own.list_id, {"campaign": ""}, who="test")
    assert site.as_user(SUPERVISOR, "GET", lead).status == 404, "a list for every campaign is of none of them"


def test_a_lead_that_moves_to_another_list_is_gone(site: CampaignSite) -> None:
    own, other = site.things[OWN], site.things[OTHER]
    move = {"to_list": other.list_id}
    told = site.as_user(MANAGER, "POST", f"/lists/{own.list_id}/change", move)
    assert (told.status, told.body["code"]) == (422, "entity_unknown_to_group"), "the target is of others"
    assert site.as_user("mia", "POST", f"/lists/{own.list_id}/change", move).body["changed"] == 1
    assert site.as_user(MANAGER, "GET", f"/leads/{own.lead}").status == 404
    assert site.as_user(MANAGER, "GET", f"/leads?number={own.number}").body == []
    told = site.as_user(MANAGER, "GET", f"/leads?number={own.number}&after={own.lead}")
    assert told.body["code"] == "lead_unknown"


def test_a_repeated_creation_does_not_show_a_lead_that_has_moved(site: CampaignSite) -> None:
    own, other = site.things[OWN], site.things[OTHER]
    body, token = {"list_id": own.list_id, "phone_number": "7275553333"}, site.token_of(MANAGER)
    made = site.ask("POST", "/leads", body, token=token, Idempotency_Key="k1")
    assert made.status == 201
    assert site.ask("POST", "/leads", body, token=token, Idempotency_Key="k1").body == made.body
    with connect(site.database) as db:
        db.execute("UPDATE lead SET list_id = ? WHERE lead_id = ?", [other.list_id, made.body["lead_id"]])
    assert site.ask("POST", "/leads", body, token=token, Idempotency_Key="k1").body["code"] == "lead_unknown"


def test_a_changed_group_takes_effect_in_open_sessions(site: CampaignSite) -> None:
    lead = f"/leads/{site.things[OTHER].lead}"
    assert site.as_user(SUPERVISOR, "GET", lead).status == 404
    config.set_options(site.database, "user-group", "BERLIN", {"allowed_campaigns": f"{OWN},{OTHER}"}, who="test")
    site.forget()
    assert site.as_user(SUPERVISOR, "GET", lead).status == 200
    config.set_options(site.database, "user-group", "BERLIN", {"allowed_campaigns": OTHER}, who="test")
    site.forget()
    assert site.as_user(SUPERVISOR, "GET", f"/leads/{site.things[OWN].lead}").status == 404
    config.set_options(site.database, "user-group", "BERLIN", {"allowed_campaigns": ""}, who="test")
    site.forget()
    assert statuses(site, SUPERVISOR, OWN) == statuses(site, SUPERVISOR, OTHER) == dict.fromkeys(GIVES, 200)


def test_the_agent_api_knows_no_lead_of_others(site: CampaignSite) -> None:
    own, other, absent = site.things[OWN], site.things[OTHER], site.things[ABSENT]
    program = {"pass": PASSWORD, "functions": "ALL_FUNCTIONS", "user_group": "BERLIN"}
    config.create(site.database, "api-user", "crm", program, who="test")
    site.forget()
    site.driver.ask(Kind.PAUSE, "1000")

    def dial(user: str, lead: str) -> str:
        given = {"value": "", "phone_code": "1", "search": "YES", "preview": "YES", "focus": "YES"}
        return asked(site, user, "1000", function="external_dial", lead_id=lead, **given).replace(lead, "X")

    for user in (MANAGER, AGENT, "crm"):
        assert dial(user, other.lead) == dial(user, absent.lead)
        assert "lead_id is not valid" in dial(user, other.lead) and "lead_id is not valid" not in dial(user, own.lead)
    assert "lead_id is not valid" not in dial("mia", other.lead)


def test_the_agent_api_adds_no_lead_to_a_campaign_of_others(site: CampaignSite) -> None:
    """Also its checks of do-not-call lists would tell what another campaign has."""
    program = {"pass": PASSWORD, "functions": "ALL_FUNCTIONS", "user_group": "BERLIN"}
    config.create(site.database, "api-user", "crm", program, who="test")
    site.forget()
    driver = site.driver
    for campaign in (OTHER, OWN):
        driver.world.keep(replace(driver.session("1000"), campaign=campaign))
        for user in (MANAGER, "crm", "mia"):
            given = {"phone_code": "1", "campaign_dnc_check": "YES"}
            known = site.things[campaign].number[:-1] + "7"
            told = [asked(site, user, "1000", function="external_add_lead", value=one, **given)
                    for one in ("7275557777", known)]  # fmt: skip
            if campaign == OTHER and user != "mia":
                undefined = f"ERROR: campaign manual dial list undefined - {{}}|{OTHER}|1000"
                assert [one.strip() for one in told] == [undefined.format(one) for one in ("7275557777", known)]
            else:
                assert "SUCCESS" in told[0] and "IN CAMPAIGN DNC" in told[1]


def test_events_of_a_dialler_are_those_of_its_campaign(site: CampaignSite) -> None:
    for campaign in (OWN, OTHER):
        site.as_user("mia", "POST", f"/diallers/{campaign}/start", {})
    whole = "/events?follow=false&after=0"
    every, seen = (site.as_user(user, "GET", whole).body for user in ("mia", MANAGER))
    assert f'"campaign":"{OTHER}"' in every and f'"campaign":"{OWN}"' in every
    assert OTHER not in seen and f'"campaign":"{OWN}"' in seen
    assert OTHER not in str(site.as_user(SUPERVISOR, "GET", "/overview").body)
    assert OTHER in str(site.as_user("mia", "GET", "/overview").body)


def test_a_bound_person_reads_no_metrics(site: CampaignSite) -> None:
    async def fetched(user: str) -> tuple[int, str]:
        headers = {"Authorization": f"Bearer {site.token_of(user)}"}
        async with site.client.get("/metrics", headers=headers) as answer:
            return answer.status, await answer.text()

    for user in (MANAGER, "mia"):
        site.token_of(user)
    status, text = site.do(fetched(MANAGER))
    assert status == 403 and "campaigns_bound" in text
    assert site.do(fetched("mia"))[0] == 200


def test_a_call_without_an_agent_is_that_of_its_campaign(site: CampaignSite) -> None:
    driver = site.driver
    driver.ask(Kind.PAUSE, "1000")
    driver.customer(name="waits")
    driver.wait(1)
    [live] = driver.world.calls.values()
    paths = ("/calls", "/live?follow=false", "/overview", f"/calls/{live.id}")
    for campaign, hidden in ((OWN, False), (OTHER, True), ("", False)):
        driver.world.keep(live.with_outcome(campaign=campaign))
        for user in (MANAGER, SUPERVISOR):
            seen = [live.id in str(site.as_user(user, "GET", path).body.get("id", "")) if path == paths[-1]
                    else live.id in str(site.as_user(user, "GET", path).body) for path in paths]  # fmt: skip
            assert seen == [not hidden] * len(paths), (user, campaign)
            status = site.as_user(user, "POST", f"/calls/{live.id}/hangup", {"nonsense": 1}).status
            assert (status == HTTPStatus.NOT_FOUND) is hidden
        assert live.id in str(site.as_user("mia", "GET", "/calls").body)


def test_a_call_is_seen_with_its_agent_in_a_campaign_of_others(site: CampaignSite) -> None:
    driver, lead = site.driver, site.things[OTHER].lead
    for agent in ("1000", "1002"):
        driver.log_in(agent) if agent != "1000" else None
        driver.customer("agent", agent, name=f"for-{agent}")
        driver.wait(1)
        live = driver.world.calls[driver.session(agent).call or ""]
        driver.world.keep(replace(live.with_outcome(campaign=OTHER), lead=int(lead)))
    for user in (MANAGER, SUPERVISOR, AGENT):
        shown = site.as_user(user, "GET", "/agents/1000/lead")
        assert (shown.status, shown.body["lead"]["lead_id"]) == (200, int(lead))
        assert "1000" in str(site.as_user(user, "GET", "/calls").body)
    assert site.as_user(SUPERVISOR, "GET", "/agents/1002/lead").status == 404, "an agent of another group"
    assert site.as_user(SUPERVISOR, "GET", f"/leads/{lead}").status == 404, "the lead itself is of others"
    assert site.as_user(AGENT, "GET", f"/leads/{lead}").status == 200, "the lead of the own call"


def test_a_typed_number_shows_no_lead_of_others(site: CampaignSite) -> None:
    site.driver.ask(Kind.PAUSE, "1000")
    for campaign, found in ((OTHER, None), (OWN, int(site.things[OWN].lead))):
        number = site.things[campaign].number
        assert site.as_user(AGENT, "POST", "/agents/1000/preview", {"number": number}).status == 201
        lead = site.as_user(AGENT, "GET", "/agents/1000/lead").body["lead"]
        assert (lead and lead["lead_id"]) == found
        assert site.as_user(AGENT, "POST", "/agents/1000/skip", {}).status == 201


def test_a_typed_number_is_previewed_for_agents_of_the_own_campaigns_alone(site: CampaignSite) -> None:
    """Otherwise, a bound person sees and changes the leads of others on the screen of an agent without a group."""
    own, other = site.things[OWN], site.things[OTHER]
    config.set_options(site.database, "user-group", "BERLIN", {"agent_status_viewable_groups": "HAMBURG"}, who="test")
    program = {"pass": PASSWORD, "functions": "ALL_FUNCTIONS", "user_group": "BERLIN"}
    config.create(site.database, "api-user", "crm", program, who="test")
    site.forget()
    site.driver.log_in("1002")
    site.driver.ask(Kind.PAUSE, "1002")
    for user in (MANAGER, SUPERVISOR):
        told = site.as_user(user, "POST", "/agents/1002/preview", {"number": other.number})
        assert (told.status, told.body["code"]) == (403, "command_forbidden")
        assert site.as_user(user, "GET", "/agents/1002/lead").body["code"] == "no_customer"
    given = {"function": "external_dial", "phone_code": "1", "search": "NO", "preview": "YES", "focus": "YES"}
    for user in (MANAGER, SUPERVISOR, "crm"):
        assert "leads of other campaigns" in asked(site, user, "1002", value=other.number, **given)
    assert site.driver.session("1002").previewed is None
    seen = {"lead": int(own.lead)}
    assert site.as_user(MANAGER, "POST", "/agents/1002/preview", seen).body.get("code") != "command_forbidden"
    site.driver.ask(Kind.PAUSE, "1000")
    assert site.as_user(SUPERVISOR, "POST", "/agents/1000/preview", {"number": other.number}).status == 201
    assert site.as_user(SUPERVISOR, "GET", "/agents/1000/lead").body["lead"] is None


def test_the_next_lead_of_others_is_not_shown_to_a_bound_person(site: CampaignSite) -> None:
    """By previews of one lead after the other, a manager could read a list of others on an agent's screen."""
    site.driver.log_in("1002")
    for agent in ("1000", "1002"):
        site.driver.ask(Kind.PAUSE, agent)
        site.driver.world.keep(replace(site.driver.session(agent), campaign=OTHER))

    def next_lead(user: str, agent: str) -> str:
        return str(site.as_user(user, "POST", f"/agents/{agent}/dial-next", {"preview": True}).body.get("code"))

    assert next_lead(MANAGER, "1002") == "command_forbidden"
    for user, agent in ((AGENT, "1000"), (SUPERVISOR, "1000"), (MANAGER, "1000"), ("mia", "1002")):
        assert next_lead(user, agent) != "command_forbidden", "the group's own agent, or a person who sees all"
    site.driver.world.keep(replace(site.driver.session("1002"), campaign=OWN))
    assert next_lead(MANAGER, "1002") != "command_forbidden"


def test_a_lead_of_others_that_is_on_the_screen_is_dialled(site: CampaignSite) -> None:
    other = site.things[OTHER]
    site.driver.ask(Kind.PAUSE, "1000")
    assert site.as_user(AGENT, "POST", "/agents/1000/dial", {"lead": int(other.lead)}).body["code"] == "lead_unknown"
    assert site.driver.ask(Kind.PREVIEW, "1000", lead=int(other.lead), number=other.number) == ""
    assert site.as_user(AGENT, "POST", "/agents/1000/dial", {"lead": int(other.lead)}).body["code"] != "lead_unknown"
    assert site.driver.receipt(site.board.given[-1]).command.lead == int(other.lead), "the call process took it, too"


def test_the_group_of_an_agents_user_bounds_a_typed_number(site: CampaignSite) -> None:
    config.set_options(site.database, "agent", "1000", {"user_group": ""}, who="test")
    config.set_options(site.database, "user", AGENT, {"user_group": "BERLIN"}, who="test")
    site.forget()
    site.driver.ask(Kind.PAUSE, "1000")
    assert site.as_user(AGENT, "POST", "/agents/1000/preview", {"number": site.things[OTHER].number}).status == 201
    assert site.as_user(AGENT, "GET", "/agents/1000/lead").body["lead"] is None


def test_a_lead_shows_no_calls_to_the_same_person_as_a_lead_of_others(site: CampaignSite) -> None:
    own, other = site.things[OWN], site.things[OTHER]
    with connect(site.database) as db:
        db.execute("UPDATE lead SET phone_number = ?", [own.number])
        db.execute("UPDATE call SET number = ?", [own.number])
    calls = {
        user: {one["id"] for one in site.as_user(user, "GET", f"/leads/{own.lead}").body["calls"]}
        for user in (MANAGER, SUPERVISOR, "mia")
    }
    assert calls == {MANAGER: {own.call}, SUPERVISOR: {own.call}, "mia": {own.call, other.call}}


def test_an_agent_is_shown_the_number_of_due_callbacks_in_the_own_campaigns(site: CampaignSite) -> None:
    with connect(site.database) as db:
        db.execute("UPDATE callback SET at = 1700000000000000")  # one of no agent in each campaign
    listed = [one["id"] for one in site.as_user(AGENT, "GET", "/callbacks").body]
    assert listed == [site.things[OWN].callback]
    assert site.as_user(AGENT, "GET", "/agents/1000/screen").body["callbacks_due"] == 1
    site.driver.log_in("1002")
    assert site.as_user("mia", "GET", "/agents/1002/screen").body["callbacks_due"] == 2, "HAMBURG sees all"
    with connect(site.database) as db:
        found = callbacks.due(site.database, 1_700_000_000_000_001)
        assert (found.of("1000"), found.of("1002"), found.of("1003")) == (1, 2, 2)
        db.execute("UPDATE callback SET agent = '1000' WHERE campaign = ?", [OTHER])
    assert callbacks.due(site.database, 1_700_000_000_000_001).of("1000") == 2, "an agent's own are seen with the agent"
    config.set_options(site.database, "agent", "1000", {"user_group": ""}, who="test")
    config.set_options(site.database, "user", AGENT, {"user_group": "BERLIN"}, who="test")
    with connect(site.database) as db:
        db.execute("UPDATE callback SET agent = ''")
    assert callbacks.due(site.database, 1_700_000_000_000_001).of("1000") == 1, "the group of the agent's user"


def test_a_report_counts_calls_without_an_agent_in_the_own_campaign(site: CampaignSite) -> None:
    with connect(site.database) as db:
        for one in (site.things[OWN], site.things[OTHER]):
            db.execute(WAIT, [one.call, one.call])
    counted = {
        user: sum(row["calls"] for row in site.as_user(user, "GET", "/reports/drops?day=2023-11-14").body["rows"])
        for user in (MANAGER, SUPERVISOR, "mia", "ada")
    }
    assert counted == {MANAGER: 1, SUPERVISOR: 1, "mia": 2, "ada": 2}


def test_a_recording_without_an_agent_is_that_of_the_calls_campaign(site: CampaignSite) -> None:
    whole = "/recordings?since=2023-01-01T00:00"
    for user, seen in ((MANAGER, ["R1"]), (SUPERVISOR, ["R1"]), ("mia", ["R2", "R1"])):
        assert [row["id"] for row in site.as_user(user, "GET", whole).body] == seen
        details = [site.as_user(user, "GET", f"/recordings/{name}/details") for name in ("R2", "R9")]
        audio = [site.do(_no_audio(site, user, name)) for name in ("R2", "R9")]
        assert (details[0].body.get("code") == details[1].body["code"] == "recording_missing") is (user != "mia")
        assert audio == ["recording_unreadable" if user == "mia" else "recording_unknown", "recording_unknown"]
    with connect(site.database) as db:
        db.execute("UPDATE recording SET agent = '1000'")
    assert [row["id"] for row in site.as_user(SUPERVISOR, "GET", whole).body] == ["R2", "R1"], "it is the agent's"


async def _no_audio(site: CampaignSite, user: str, name: str) -> str:
    """Return why the process of the calls gives no audio, which has no file here."""
    threads = AudioThreads(str(site.database.parent), str(site.database))
    try:
        with pytest.raises(CodedError) as told:
            await threads.piece(name, site.token_of(user), 0)
        return told.value.code
    finally:
        threads.close()


def test_a_call_is_corrected_with_no_code_of_others(site: CampaignSite) -> None:
    path, other = f"/calls/{site.things[OWN].call}/disposition", site.things[OTHER].code

    def corrected(user: str, code: str) -> tuple[int, str]:
        told = site.as_user(user, "POST", path, {"status": code, "why": "w"})
        return told.status, str(told.body.get("detail", "")).replace(code, "X")

    for user in (MANAGER, SUPERVISOR):
        assert corrected(user, other) == corrected(user, "QQQQ") == (409, "there is no disposition X"), user
        assert other not in corrected(user, f"{other}Q")[1], "no hint either"
        assert corrected(user, site.things[OWN].code)[0] == corrected(user, "SALE")[0] == 201
    assert corrected("mia", other)[0] == 201
    assert other in corrected("mia", f"{other}Q")[1]


def test_an_explanation_names_no_lead_of_others(site: CampaignSite) -> None:
    own, other = site.things[OWN], site.things[OTHER]
    config.set_options(site.database, "campaign", OWN, {"contacted_days": "30"}, who="test")
    with connect(site.database) as db:
        now = time.time_ns() // 1000
        db.execute("UPDATE call SET number = ?, arrived = ?, ended = ?", [own.number, now - 9, now])
    told = {user: str(site.as_user(user, "GET", f"/leads/{own.lead}/explanation").body) for user in (MANAGER, "mia")}
    assert f"as lead {other.lead} less than" in told["mia"]
    assert other.lead not in told[MANAGER] and "another lead of the number was called lately" in told[MANAGER]
