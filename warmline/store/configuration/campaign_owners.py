"""Finds the campaign of a list, a lead or a call, to decide who may see it."""

import json
import sqlite3
from pathlib import Path

from warmline.access import visible_campaigns
from warmline.access.rights import UserRole
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import reading, rows

OF_LIST = "SELECT campaign FROM list WHERE id = :list"
OF_LEAD = "SELECT campaign FROM lead JOIN list ON list.id = lead.list_id WHERE lead_id = :lead"
OF_CALL = "SELECT campaign FROM attempt WHERE call = :call"
# An agent's user may be in a group of their own.
OF_AGENTS = """
    SELECT agent.id, allowed_campaigns AS campaigns FROM agent
    LEFT JOIN user ON user.agent = agent.id AND role = 'agent'
    JOIN user_group ON user_group.id = coalesce(user.user_group, agent.user_group)
"""
# The condition for a lead; no index is chosen by it, so that a page is read in the order of its ids.
IN_LISTS = "+lead.list_id IN (SELECT id FROM list WHERE campaign IN (SELECT value FROM json_each(:campaigns)))"
# The condition for a call with a lead of these campaigns, or of none. It is true for all if :of_leads is "".
OF_CALLS_LEAD = """(:of_leads = '' OR NOT EXISTS (
    SELECT 1 FROM lead AS own JOIN list ON list.id = own.list_id WHERE own.lead_id = call.lead AND call.lead <> 0
        AND list.campaign NOT IN (SELECT value FROM json_each(iif(:of_leads = '', '[]', :of_leads)))
))"""
LISTS = "SELECT id FROM list WHERE campaign IN (SELECT value FROM json_each(:campaigns)) ORDER BY id"
LONGEST = 2**63 - 1
# A campaign whose creation is no longer in the journal is older than the others.
AS_MADE = """
    SELECT id FROM campaign
    LEFT JOIN (SELECT name, max(seq) AS made FROM config_journal WHERE entity = 'campaign' AND action = 'create'
        GROUP BY name) ON name = id
    ORDER BY ifnull(made, 0), id
"""


def sees_list(path: str | Path, campaigns: VisibleCampaigns, wanted: str) -> bool:
    """Return whether a list exists and belongs to one of the campaigns. Raises StoreError."""
    with reading(path) as db:
        return sees_list_in(db, campaigns, wanted)


def sees_list_in(db: sqlite3.Connection, campaigns: VisibleCampaigns, wanted: str) -> bool:
    """Return the same from an open database."""
    return any(campaigns.include(row["campaign"]) for row in rows(db, OF_LIST, list=wanted))


def sees_lead(path: str | Path, campaigns: VisibleCampaigns, lead: int) -> bool:
    """Return whether a lead exists and is in a list of one of the campaigns. Raises StoreError."""
    with reading(path) as db:
        return sees_lead_in(db, campaigns, lead)


def sees_lead_in(db: sqlite3.Connection, campaigns: VisibleCampaigns, lead: int) -> bool:
    """Return the same from an open database."""
    return any(campaigns.include(row["campaign"]) for row in rows(db, OF_LEAD, lead=min(lead, LONGEST)))


def sees_attempt(path: str | Path, campaigns: VisibleCampaigns, call: str) -> bool:
    """Return whether a call was a call to a lead for one of the campaigns. Raises StoreError."""
    with reading(path) as db:
        return any(campaigns.include(row["campaign"]) for row in rows(db, OF_CALL, call=call))


def as_made(path: str | Path) -> list[str]:
    """Return the names of the campaigns, the oldest first. Raises StoreError."""
    with reading(path) as db:
        return [str(row["id"]) for row in rows(db, AS_MADE)]


def of_agent(path: str | Path, agent: str) -> VisibleCampaigns | None:
    """Return the campaigns that the user group of an agent, or of the agent's user, allows; None for all.

    Raises StoreError.
    """
    with reading(path) as db:
        return of_agents(db).get(agent)


def of_agents(db: sqlite3.Connection) -> dict[str, VisibleCampaigns]:
    """Return the campaigns of each agent whose user group, or that of the agent's user, allows only some.

    Two users of one agent have the same screen, and so only the campaigns of both.
    """
    found: dict[str, VisibleCampaigns] = {}
    for row in rows(db, OF_AGENTS):
        if bound := visible_campaigns.of_group(UserRole.AGENT, json.loads(row["campaigns"])):
            other = found.get(row["id"], bound)
            found[row["id"]] = VisibleCampaigns(bound.campaigns & other.campaigns)
    return found


def lists_of(db: sqlite3.Connection, campaigns: VisibleCampaigns) -> list[str]:
    """Return the lists of the campaigns."""
    return [str(row["id"]) for row in rows(db, LISTS, campaigns=as_json(campaigns))]


def as_json(campaigns: VisibleCampaigns | None) -> str:
    """Return the campaigns for a condition in SQL; "" for all."""
    return "" if campaigns is None else json.dumps(sorted(campaigns.campaigns))


def unknown_to(campaigns: VisibleCampaigns, kind: str, name: str) -> NotFound:
    """Make the error for a name that does not exist, or that the person may not see: it is the same for both."""
    where = ", ".join(sorted(campaigns.campaigns))
    return NotFound(
        "entity_unknown_to_group",
        "{kind} {name!r} does not exist in the campaigns of your group: {where}",
        kind=kind,
        name=name,
        where=where,
    )
