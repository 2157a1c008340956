"""The arguments and answers of hooks: frozen records."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self


@dataclass(frozen=True, kw_only=True)
class Caller:
    """A caller. All texts are untrusted: a caller may have chosen them.

    - `call`: the id of the call
    - `number`: the caller's number, or ''
    - `name`: the caller's name from the trunk, or ''
    - `dialled`: the number that was dialled, or the extension
    - `data`: the data of the call, by name
    """

    call: str
    number: str = ""
    name: str = ""
    dialled: str = ""
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Route:
    """The route of a call: given to `before_route` as it is without hooks, and returned with changes.

    - `target`: ingroup:NAME, agent:USER, extension:EXTEN@CONTEXT, voicemail:BOX@CONTEXT, callmenu:CONTEXT or hangup;
      '' if the call has no route and takes the fallback
    - `priority`: -99 to 99, added to the `queue_priority` of each in-group in which the call waits
    - `data`: the data of the call, by name
    - `reason`: why the call has no route; in an answer, your reason for `warmline route why`
    """

    target: str = ""
    priority: int = 0
    data: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""

    def change(self, **fields: Any) -> Self:
        """Return a copy with changed fields: route.change(target="agent:1000", reason="a VIP")."""
        return replace(self, **fields)

    def refuse(self, reason: str) -> Self:
        """Return a copy that hangs the caller up."""
        return replace(self, target="hangup", reason=reason)


@dataclass(frozen=True, kw_only=True)
class WaitingCall:
    """A call that waits for an agent, given to `choose_agent`.

    - `caller`: the caller; `name` is empty
    - `ingroup`: the in-group in which the call waits
    - `waited`: the seconds since the call entered its line
    - `lead`: the lead_id of the caller, or 0
    - `custom_fields`: a text for each custom field of the lead, by name
    """

    caller: Caller
    ingroup: str = ""
    waited: float = 0.0
    lead: int = 0
    custom_fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AgentChoice:
    """The answer of `choose_agent`: one of the agents, and your reason for `warmline route why`."""

    agent: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class FreeAgent:
    """An agent who could take the call. The order of the agents is that of `next_agent_call`.

    - `user`: the agent
    - `ready`: the seconds for which the agent has been READY
    - `calls`: the calls of the agent since the login
    """

    user: str
    ready: float = 0.0
    calls: int = 0

    def choose(self, reason: str = "") -> AgentChoice:
        """Return the choice of this agent."""
        return AgentChoice(agent=self.user, reason=reason)


@dataclass(frozen=True, kw_only=True)
class EndedCall:
    """A call that has ended, given to `after_call`.

    - `caller`: the customer; for a call that an agent dialled, `number` is the customer's
    - `direction`: in or out
    - `result`: a word such as talked, left or abandoned; see WARMLINE_RESULT
    - `disposition`: the code of the disposition, or ''
    - `ingroup`, `agent`, `campaign`: the last ones, or ''
    - `wait`, `talk`: the seconds that the call waited, and that the customer was connected
    - `ended_by`: who or what ended the call
    - `lead`: the lead_id of the customer, or 0
    - `custom_fields`: a text for each custom field of the lead, by name
    - `recordings`: the paths of the recordings
    """

    caller: Caller
    direction: str = "in"
    result: str = ""
    disposition: str = ""
    ingroup: str = ""
    agent: str = ""
    campaign: str = ""
    wait: int = 0
    talk: int = 0
    ended_by: str = ""
    lead: int = 0
    custom_fields: Mapping[str, str] = field(default_factory=dict)
    recordings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Event:
    """An event, given to `on_event`, as `/api/v1/events` sends it.

    - `id`: the place in the journal
    - `at`: the time, ISO 8601 in UTC
    - `type`: such as call.ended
    - `call`, `agent`: the subjects, or ''
    - `data`: the public fields
    """

    id: str
    at: str
    type: str
    call: str = ""
    agent: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
