"""People of a group with allowed_campaigns configure and import only in these, also with a taken-over API process."""

import json
from http import HTTPStatus
from typing import Any

import pytest

from ari_app.records.privileged_write_types import (
    AddDncNumbers,
    AddLeads,
    ChangeLeads,
    PlaceLeads,
    PrivilegedWrite,
    ResetLeads,
    do,
)
from ari_app.records.privileged_writes import PrivilegedThread
from ari_app.records.write_results import WriteClient, WriteRefused
from tests.http.people.campaign_site import (
    ABSENT,
    MANAGER,
    OTHER,
    OWN,
    THINGS,
    CampaignSite,
)
from tests.http.people.people_site import PASSWORD
from tests.wording.said import refused
from warmline.operations import do_not_call, event_hooks, people
from warmline.operations.configuration import remove_entity, update_entity
from warmline.operations.configuration_documents import apply_entities, take_back
from warmline.operations.operation import Caller
from warmline.options.option_table import ENTITIES
from warmline.options.references import can_name
from warmline.options.values.option_types import References
from warmline.store.configuration import config, user_sessions, users
from warmline.store.configuration.campaign_view import HIDES
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import reading


@pytest.fixture
def site(grouped_site: CampaignSite) -> CampaignSite:
    return grouped_site


def change(site: CampaignSite, kind: str, name: str, method: str = "PATCH", **options: Any) -> tuple[int, str]:
    """Return the status and the code of a change of the configuration by the group's manager."""
    told = site.as_user(MANAGER, method, f"/config/{kind}/{name}", options)
    return told.status, told.body.get("code", "")


def test_a_manager_configures_only_the_own_campaigns(site: CampaignSite) -> None:
    own, other = site.things[OWN], site.things[OTHER]
    bound, unknown = (403, "campaigns_bound"), (422, "entity_unknown_to_group")
    assert change(site, "campaign", OWN, campaign_name="Ours") == (200, "")
    assert change(site, "list", own.list_id, list_name="Ours") == (200, "")
    assert change(site, "list", own.list_id, campaign=OTHER) == unknown
    assert change(site, "list", own.list_id, campaign=ABSENT) == unknown
    assert change(site, "list", own.list_id, campaign="") == bound
    assert change(site, "list", "205", "POST", campaign=OWN) == (201, "")
    assert change(site, "list", "206", "POST", campaign=OTHER) == unknown
    assert change(site, "list", "206", "POST") == bound
    assert change(site, "campaign", OWN, manual_dial_list_id=other.list_id) == unknown
    assert change(site, "campaign", "NEWCAMP", "POST") == change(site, "campaign", OTHER, "POST") == bound
    assert change(site, "user-group", "BERLIN", allowed_campaigns="") == bound
    assert change(site, "agent", "1000", campaign=OTHER) == unknown
    assert change(site, "disposition", own.code, status_name="Ours") == (200, "")
    assert change(site, "disposition", "SALE", status_name="Theirs") == bound, "it is of every campaign"
    assert change(site, "disposition", "NEWC", "POST") == bound
    assert change(site, "disposition", "NEWC", "POST", campaigns=OWN) == (201, "")
    copied = site.as_user(MANAGER, "POST", f"/config/list/{other.list_id}/copy", {"name": "207"})
    assert (copied.status, copied.body["code"]) == (404, "entity_unknown_to_group")
    for path, body in (("/config/apply", {"configuration": {}}), ("/config/undo", {"revision": 1})):
        told = site.as_user(MANAGER, "POST", path, body)
        assert (told.status, told.body["code"]) == bound


def test_a_code_of_several_campaigns_names_only_the_own_one(site: CampaignSite) -> None:
    both = site.things[OTHER].code
    config.set_options(site.database, "disposition", both, {"campaigns": f"{OWN},{OTHER}"}, who="test")
    assert site.as_user(MANAGER, "GET", f"/config/disposition/{both}").body["options"]["campaigns"] == [OWN]
    assert change(site, "disposition", both, status_name="Ours") == (403, "campaigns_bound")
    config.set_options(site.database, "agent", "1002", {"campaign": OTHER}, who="test")
    assert site.as_user(MANAGER, "GET", "/config/agent/1002").body["options"]["campaign"] == ""
    assert site.as_user(MANAGER, "GET", "/config/user-group/BERLIN").body["options"]["allowed_campaigns"] == [OWN]


def test_an_import_is_gone_with_its_list(site: CampaignSite) -> None:
    own, whole = site.things[OWN], {"size": 20, "sha256": "e3b0c442" * 8, "columns": {}}
    begun = site.as_user(MANAGER, "POST", f"/lists/{own.list_id}/imports", whole)
    path = f"/imports/{begun.body['id']}"
    assert begun.status == 201 and site.as_user(MANAGER, "GET", path).status == 200
    config.set_options(site.database, "list", own.list_id, {"campaign": OTHER}, who="test")
    piece = {"offset": 0, "data": "cGhvbmVfbnVtYmVyCg=="}
    for method, body in (("GET", None), ("PUT", piece), ("DELETE", None)):
        told = site.as_user(MANAGER, method, path, body)
        assert (told.status, told.body["code"]) == (404, "import_unknown")
    config.set_options(site.database, "list", own.list_id, {"campaign": OWN}, who="test")
    assert site.as_user(MANAGER, "DELETE", path).status == 200
    theirs = site.as_user("mia", "POST", f"/lists/{site.things[OTHER].list_id}/imports", whole).body["id"]
    assert site.as_user(MANAGER, "GET", f"/imports/{theirs}").body["code"] == "import_unknown"
    refused = site.as_user(MANAGER, "POST", f"/lists/{own.list_id}/imports", whole)
    assert refused.body["code"] == "import_busy" and "mia" not in refused.body["detail"]
    compared = site.as_user(MANAGER, "POST", f"/lists/{own.list_id}/imports", {**whole, "duplicates": "system"})
    assert (compared.status, compared.body["code"]) == (403, "campaigns_bound")


def test_a_refused_deletion_names_nothing_of_others(site: CampaignSite) -> None:
    config.create(site.database, "script", "SHARED", {}, who="test")
    config.set_options(site.database, "campaign", OTHER, {"campaign_script": "SHARED"}, who="test")
    told = site.as_user(MANAGER, "DELETE", "/config/script/SHARED")
    assert (told.status, told.body["code"]) == (409, "entity_in_use_elsewhere") and OTHER not in str(told.body)
    assert OTHER in site.as_user("mia", "DELETE", "/config/script/SHARED").body["detail"]


def test_who_sees_some_campaigns_has_the_event_hooks_of_these_alone(site: CampaignSite) -> None:
    """Today everybody who may see secrets sees all campaigns."""
    path = str(site.database)
    with reading(path) as db:
        kim = Caller(MANAGER, path, campaigns=users.allowed_campaigns(db, "BERLIN"))
    for operation in (
        event_hooks.get_event_hook,
        event_hooks.show_secret,
        event_hooks.renew_secret,
        event_hooks.send_sample,
    ):
        assert operation.run(kim, {"name": site.things[OWN].hook}).name == site.things[OWN].hook
        with refused(NotFound, "entity_unknown_to_group"):
            operation.run(kim, {"name": site.things[OTHER].hook})
    config.set_options(path, "event-hook", site.things[OWN].hook, {"campaigns": f"{OWN} {OTHER}"}, who="test")
    assert event_hooks.get_event_hook.run(kim, {"name": site.things[OWN].hook})
    for operation in (event_hooks.show_secret, event_hooks.renew_secret, event_hooks.send_sample):
        with refused(WriteRefused, "campaigns_bound"):
            operation.run(kim, {"name": site.things[OWN].hook})


def writes_of(campaign: str) -> list[PrivilegedWrite]:
    """Return writes about what a campaign has."""
    own, other = THINGS[OWN], THINGS[campaign]
    return [
        ResetLeads(other.list_id),
        PlaceLeads(other.list_id),
        AddLeads(other.list_id, []),
        ChangeLeads(other.list_id, "", status="X"),
        ChangeLeads(own.list_id, "", to_list=other.list_id),
        ChangeLeads(own.list_id, "", status="X", against=other.list_id),
        do(do_not_call.add_number, "7275551234", campaign),
        AddDncNumbers(["7275551234"], campaign),
        do(do_not_call.remove_number, "7275552227", campaign),
        do(update_entity, "list", other.list_id, {"list_name": "X"}),
        do(remove_entity, "list", other.list_id),
    ]


def test_the_process_of_the_calls_refuses_writes_of_others_itself(site: CampaignSite) -> None:
    """A taken-over API process sends what it likes, with a token of a person who is bound."""
    own, token, writer = site.things[OWN], site.token_of(MANAGER), PrivilegedThread(str(site.database))
    for wanted in (*writes_of(OTHER), *writes_of(ABSENT)):
        with pytest.raises(NotFound) as told:
            site.do(writer.write_for(wanted, token))
        assert told.value.code == "entity_unknown_to_group"
    for everything in (
        do(take_back, 1, dry_run=True),
        do(apply_entities, []),
        AddLeads(own.list_id, [], "system"),
        do(people.add_person, "bea", agent="1010", campaign=OWN),  # the campaign bounds nothing else of the person
        do(people.give_password, "anna"),
    ):
        with pytest.raises(WriteRefused) as refused:
            site.do(writer.write_for(everything, token))
        assert refused.value.code == "campaigns_bound"
    assert site.do(writer.write_for(do(do_not_call.add_number, "7275551234", OWN), token)).count == 1
    assert site.do(writer.write_for(do(do_not_call.add_number, "7275551235"), token)).count == 1, (
        "the system's list is everyone's"
    )
    writer.close()


def test_a_session_that_ends_while_a_write_waits_writes_nothing(site: CampaignSite) -> None:
    """Without its token nothing says which campaigns the person may change."""
    writer, gone = PrivilegedThread(str(site.database)), site.token_of(MANAGER)
    assert user_sessions.end(site.database, gone)
    theirs = do(update_entity, "list", site.things[OTHER].list_id, {"list_name": "X"})
    with pytest.raises(WriteRefused) as told:
        site.do(writer.write(theirs, WriteClient(f"user:{MANAGER}", gone)))
    assert told.value.code == "write_not_allowed"
    assert site.do(writer.write(theirs, WriteClient("local:ada", "of-the-machine"))).count == 1
    writer.close()


@pytest.mark.parametrize("after", [None, {"scopes": "config:read"}])
def test_a_token_that_ends_or_loses_a_scope_while_a_write_waits_writes_nothing(
    site: CampaignSite, after: dict[str, str] | None
) -> None:
    config.create(site.database, "api-token", "crm", {"scopes": "leads:write", "token": "c" * 43}, who="test")
    writer, client = PrivilegedThread(str(site.database)), WriteClient("token:crm (uid 1000)", "c" * 43)
    site.do(writer.write(do(do_not_call.add_number, "7275551234"), client))
    if after:
        config.set_options(site.database, "api-token", "crm", after, who="test")
    else:
        config.delete(site.database, "api-token", "crm", who="test")
    with refused(WriteRefused, "write_not_allowed"):
        site.do(writer.write(do(do_not_call.add_number, "7275551235"), client))
    writer.close()


def test_a_copy_takes_only_seen_campaigns_and_lists(site: CampaignSite) -> None:
    own, other = site.things[OWN], site.things[OTHER]
    config.set_options(site.database, "agent", "1001", {"campaign": OTHER}, who="test")
    config.set_options(site.database, "ingroup", "SALESLINE", {"list_id": other.list_id}, who="test")
    config.set_options(site.database, "disposition", own.code, {"campaigns": f"{OWN},{OTHER}"}, who="test")
    for kind, name, copy, option, kept in (
        ("agent", "1001", "7002", "campaign", ""),
        ("ingroup", "SALESLINE", "SECOND", "list_id", "999"),  # none
        ("disposition", own.code, "COPYC", "campaigns", [OWN]),
    ):
        told = site.as_user(MANAGER, "POST", f"/config/{kind}/{name}/copy", {"name": copy, "options": {}})
        assert OTHER not in str(told.body) and other.list_id not in str(told.body)
        assert (told.status, told.body["options"][option]) == (201, kept), kind
    whole = site.as_user("mia", "POST", "/config/agent/1001/copy", {"name": "7003", "options": {}})
    assert (whole.status, whole.body["options"]["campaign"]) == (201, OTHER)


def test_a_bound_manager_moves_agents_only_to_groups_of_the_own_campaigns(site: CampaignSite) -> None:
    """The group of an agent bounds that agent's user: another group would show the campaigns of others."""
    for group, campaigns in (("WIDE", f"{OWN},{OTHER}"), ("NARROW", OWN)):
        config.create(site.database, "user-group", group, {"allowed_campaigns": campaigns}, who="test")
    bound = (403, "campaigns_bound")
    for group in ("WIDE", "HAMBURG", ""):
        assert change(site, "agent", "1000", user_group=group) == bound, group
    assert change(site, "agent", "7005", "POST", user_group="HAMBURG") == bound
    assert change(site, "agent", "1000", user_group="BERLIN", full_name="A") == (200, "")
    assert change(site, "agent", "1002", user_group="HAMBURG") == (200, ""), "as it is"
    assert change(site, "agent", "1000", user_group="NARROW") == (200, "")
    assert change(site, "agent", "7005", "POST", full_name="New") == bound, "without a group, it has all campaigns"
    assert change(site, "agent", "7005", "POST", full_name="New", user_group="BERLIN") == (201, "")
    assert change(site, "agent", "7005", full_name="Newer") == (200, "")
    assert change(site, "agent", "1003", full_name="C") == (200, ""), "it has no group, and gets none"
    copied = {"7006": ("7005", (201, "")), "7007": ("1003", bound)}
    for name, (source, told) in copied.items():
        answer = site.as_user(MANAGER, "POST", f"/config/agent/{source}/copy", {"name": name, "options": {}})
        assert (answer.status, answer.body.get("code", "")) == told, name
    assert site.as_user("mia", "PATCH", "/config/agent/1000", {"user_group": "WIDE"}).status == 200


def test_a_group_that_bounds_an_api_user_is_not_deleted(site: CampaignSite) -> None:
    """The API user would see every campaign from then on, because the group's name alone bounds nothing."""
    for group, campaigns in (("BOUND", OWN), ("FREE", "")):
        config.create(site.database, "user-group", group, {"allowed_campaigns": campaigns}, who="test")
        program = {"pass": PASSWORD, "functions": "ALL_FUNCTIONS", "user_group": group}
        config.create(site.database, "api-user", f"crm{group}", program, who="test")
    told = site.as_user("mia", "DELETE", "/config/user-group/BOUND")
    assert (told.status, told.body["code"]) == (409, "entity_in_use")
    assert "api-user crmBOUND (user_group)" in told.body["detail"]
    assert site.as_user("mia", "DELETE", "/config/user-group/FREE").status == 200
    config.delete(site.database, "api-user", "crmBOUND", who="test")
    assert site.as_user("mia", "DELETE", "/config/user-group/BOUND").status == 200


def test_no_option_shows_or_takes_the_name_of_an_entry_of_others(site: CampaignSite) -> None:
    """Each option that names an entry of a hidden kind answers for one of others as for one that does not exist."""
    own, other, absent = (site.things[one] for one in (OWN, OTHER, ABSENT))
    names = {
        "campaign": [one.campaign for one in (own, other, absent)],
        "list": [one.list_id for one in (own, other, absent)],
        "event-hook": [one.hook for one in (own, other, absent)],
    }
    entries = {"campaign": OWN, "list": own.list_id, "agent": "1000", "disposition": own.code, "ingroup": "SALESLINE"}
    entries |= {"scheduled-report": own.hook}
    tried = set()
    for kind, entry in entries.items():
        for option in ENTITIES[kind].options:
            for named in [one for one in HIDES if can_name(option.type, [one])]:
                mine, theirs, nobodys = names[named]
                answers = [
                    site.as_user(MANAGER, "PATCH", f"/config/{kind}/{entry}", {option.name: name})
                    for name in (theirs, nobodys)
                ]
                told = [
                    (one.status, json.dumps(one.body).replace(name, "NAME"))
                    for one, name in zip(answers, (theirs, nobodys), strict=True)
                ]
                assert told[0] == told[1] and told[0][0] == HTTPStatus.UNPROCESSABLE_ENTITY, (kind, option.name, told)
                assert theirs not in json.dumps(answers[1].body), "an error names no entry of others"
                assert (
                    site.as_user(MANAGER, "PATCH", f"/config/{kind}/{entry}", {option.name: mine}).status
                    == HTTPStatus.OK
                )
                value = f"{theirs},{mine}" if isinstance(option.type, References) else theirs
                config.set_options(site.database, kind, entry, {option.name: value}, who="test")
                shown = site.as_user(MANAGER, "GET", f"/config/{kind}/{entry}")
                assert theirs not in json.dumps(shown.body), (kind, option.name)
                config.set_options(site.database, kind, entry, {option.name: mine}, who="test")
                tried.add((kind, option.name))
    assert {("campaign", "web_form_sign"), ("list", "web_form_sign"), ("ingroup", "list_id")} <= tried
    every = {
        (kind, one.name) for kind, entity in ENTITIES.items() for one in entity.options if can_name(one.type, HIDES)
    }
    elsewhere = {"preset", "pause-code", "user-group", "event-hook"}  # as disposition; and refused for such a manager
    assert {kind for kind, _ in every - tried} <= elsewhere
