"""The table of rights: each cell as the issue decided it, and what holds for the whole table."""

from warmline.access.rights import (
    RIGHTS,
    SCOPES,
    WIDTH,
    Reach,
    UserRole,
    reach,
    reach_of_whole,
    scope_to_change,
)
from warmline.options.option_table import ENTITIES

DECIDED = """
    agents:read       own   group all   all
    agents:supervise  none  group all   all
    agents:write      own   group all   all
    calls:read        own   group all   all
    calls:write       own   group all   all
    config:read       none  all   all   all
    config:write      none  none  all   all
    events:read       own   group all   all
    leads:read        own   all   all   all
    leads:write       none  none  all   all
    recordings:read   own   group all   all
    reports:read      own   group all   all
    users:write       none  none  none  all
    wallboard:read    none  group all   all
"""


def test_each_cell_is_as_decided() -> None:
    rows = [line.split() for line in DECIDED.split("\n") if line.strip()]
    assert {scope: [str(reach(role, scope)) for role in UserRole] for scope in SCOPES} == {
        scope: cells for scope, *cells in rows
    }


def test_a_role_may_all_that_the_role_before_it_may() -> None:
    widths = {scope: [WIDTH[RIGHTS[scope][role]] for role in UserRole] for scope in SCOPES}
    assert widths == {scope: sorted(row) for scope, row in widths.items()}
    assert {RIGHTS[scope][UserRole.ADMIN] for scope in SCOPES} == {Reach.ALL}


def test_users_tokens_and_settings_take_their_own_scope() -> None:
    assert scope_to_change("api-token") == scope_to_change("setting") == "users:write"
    assert {kind for kind in ENTITIES if scope_to_change(kind) == "users:write"} <= {
        "api-token",
        "api-user",
        "event-hook",
        "setting",
        "user",
    }
    assert scope_to_change("campaign") == scope_to_change("agent") == "config:write"


def test_own_agent_rights_do_not_reach_objects_without_an_agent() -> None:
    assert [reach_of_whole(role, "leads:read") for role in UserRole] == [Reach.NONE, *[Reach.ALL] * 3]
    assert [reach_of_whole(role, "leads:write") for role in UserRole] == [
        reach(role, "leads:write") for role in UserRole
    ]
