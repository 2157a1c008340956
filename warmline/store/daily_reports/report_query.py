"""The question that a report answers: its period, and its filters as conditions in SQL."""
# ruff: noqa: S608 - only constants of the code

import json
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.core.model.call_states import AgentState
from warmline.store.configuration.campaign_owners import as_json

IN_CALL = f"""EXISTS (SELECT 1 FROM agent_interval AS had
    WHERE had.call = {{}} AND had.call <> '' AND had.state = '{AgentState.INCALL}'{{}})"""
IN_CAMPAIGN = """EXISTS (SELECT 1 FROM agent_interval AS had JOIN agent_session ON agent_session.id = had.session
    WHERE had.call = {} AND had.call <> '' AND agent_session.campaign = :campaign)"""
OF_OTHERS = """EXISTS (SELECT 1 FROM attempt WHERE attempt.call = {}
    AND attempt.campaign NOT IN (SELECT value FROM json_each(:campaigns)))"""
SEEN = "SELECT value FROM json_each(:seen)"
MEMBERS = "SELECT member.id FROM agent AS member WHERE member.user_group = :group"
SERVED = """SELECT served.value FROM agent AS member, json_each(member.ingroups) AS served
    WHERE member.user_group = :group"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportQuery:
    """A period from `start` until before `end`, filters, and a bound. Times in microseconds UTC; "" matches any value.

    `group` is a user group. `seen` are the agents whom the asker may see, None for all. `unassigned` says whether the
    asker also sees calls that no agent had. Of such calls to leads, the asker sees only those of the `campaigns`.
    `now` is the time of the report: what has not ended counts until then. `by` is one of the values of the report's
    option --by. `zone` is the time zone of intervals; None is this machine's clock.
    """

    start: int
    end: int
    now: int
    campaign: str = ""
    ingroup: str = ""
    agent: str = ""
    group: str = ""
    seen: tuple[str, ...] | None = None
    unassigned: bool = True
    campaigns: VisibleCampaigns | None = None
    by: str = ""
    zone: tzinfo | None = None

    @property
    def values(self) -> dict[str, Any]:
        """Return the parameters of the statements."""
        return {
            "start": self.start,
            "end": self.end,
            "now": self.now,
            "until": min(self.end, self.now),
            "campaign": self.campaign,
            "ingroup": self.ingroup,
            "agent": self.agent,
            "group": self.group,
            "seen": json.dumps(self.seen or ()),
            "campaigns": as_json(self.campaigns),
        }

    def of_agent(self, agent: str) -> str:
        """Return the condition for an agent; `agent` is an SQL expression."""
        found = [f"{agent} = :agent"] if self.agent else []
        found += [f"{agent} IN ({MEMBERS})"] if self.group else []
        found += [f"{agent} IN ({SEEN})"] if self.seen is not None else []
        return " AND ".join(found) or "TRUE"

    def of_call(self, call: str, ingroup: str, last_agent: str = "''") -> str:
        """Return the condition for a call; the arguments are SQL expressions for its id, in-group and last agent.

        A call is of the agents who were in it. If no agent was, it is of all user groups that serve the in-group.
        """
        nobody = f"{last_agent} = '' AND NOT {IN_CALL.format(call, '')}"
        found = []
        if self.ingroup:
            found.append(f"{ingroup} = :ingroup")
        if self.campaign:
            found.append(IN_CAMPAIGN.format(call))
        if self.agent:
            found.append(_had(call, last_agent, "= :agent"))
        if self.group:
            found.append(f"({_had(call, last_agent, f'IN ({MEMBERS})')} OR {ingroup} IN ({SERVED}) AND {nobody})")
        if self.seen is not None:
            unassigned = f" OR {nobody}" if self.unassigned else ""
            found.append(f"({_had(call, last_agent, f'IN ({SEEN})')}{unassigned})")
        if self.campaigns:
            found.append(f"NOT ({nobody} AND {OF_OTHERS.format(call)})")
        return " AND ".join(found) or "TRUE"


def _had(call: str, last_agent: str, who: str) -> str:
    """Return the condition that such an agent was in the call."""
    return f"({last_agent} {who} OR {IN_CALL.format(call, f' AND +had.agent {who}')})"
