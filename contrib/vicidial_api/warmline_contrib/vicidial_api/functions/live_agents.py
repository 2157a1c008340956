"""The functions about agents who are logged in: one agent, all of them, and sums by in-group and by user group."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.session import Session
from warmline.core.model.shown_state import SHOWN_STATE_IN_CALL
from warmline.core.rules.configuration import Agent
from warmline.store.database.errors import NotFound
from warmline.store.leads import leads
from warmline_contrib.vicidial_api.lookups import call_lookups
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentRequest

SCOPE = "agents:read"
OF_CALLS, OF_LEADS = "calls:read", "leads:read"

IN_CALL, WAITING, PAUSED, DEAD, WRAP_UP, DIALS = "in call", "waits", "paused", "dead", "wrap-up", "dials"
PARKED, THREE_WAY = "PARK", "3-WAY"  # sub-states of INCALL, beside DEAD
OF_ONE = (
    *("status", "callerid", "lead_id", "campaign_id", "calls_today", "full_name", "user_group", "user_level"),
    *("pause_code", "real_time_sub_status", "phone_number", "vendor_lead_code", "session_id"),
)
OF_ALL = (
    *("user", "campaign_id", "session_id", "status", "lead_id", "callerid", "calls_today", "full_name"),
    *("user_group", "user_level"),
)
OF_GROUPS = (
    *("total_calls", "calls_waiting", "agents_logged_in", "agents_in_calls", "agents_waiting", "agents_paused"),
    *("agents_in_dispo", "agents_in_dial"),
)
OF_USER_GROUPS = (
    *("usergroups", "calls_waiting", "agents_logged_in", "agents_in_calls", "agents_waiting", "agents_paused"),
    *("agents_in_dead_calls", "agents_in_dispo", "agents_in_dial"),
)


class AnswerAgent(NamedTuple):
    """An agent as answers print one. `kind` is what sums count the agent as."""

    session: Session
    agent: Agent
    status: str
    sub_status: str
    kind: str
    call_id: str
    lead: int
    number: str

    @property
    def pause_code(self) -> str:
        """Return the pause code; empty outside a pause."""
        return self.session.pause_code if self.session.state is AgentState.PAUSED else ""


async def agent_status(asked: NonAgentRequest) -> str:
    """Answer with the state of one agent, and with the lead of the agent's call."""
    session = _session_of(asked)
    if isinstance(session, str):
        return session
    [now] = await _with_leads(asked, [_now(asked, session)])
    number, code = await _lead_of(asked, now)
    values = [now.status, now.call_id, now.lead, session.campaign, session.calls, *_person(now), now.pause_code]
    values += [now.sub_status, number, code, session.conf_exten]
    names = list(OF_ONE)
    if asked.shows("include_ip"):
        names.append("computer_ip")  # no address is known, and VICIdial then prints no value
    return asked.separators.page(names, [values])


async def logged_in_agents(asked: NonAgentRequest) -> str:
    """Answer with a row for each agent who is logged in, by user."""
    campaigns, groups = _named(asked["campaigns"]), _named(asked["user_groups"])
    found = [
        now
        for now in _everyone(asked)
        if (not campaigns or now.session.campaign in campaigns) and (not groups or now.agent.user_group in groups)
    ]
    if not found:
        return asked.error(f"NO LOGGED IN AGENTS: {asked.by}|")
    found = await _with_leads(asked, found)
    names, with_codes = list(OF_ALL), asked.shows("show_sub_status")
    names += ["pause_code", "sub_status"] if with_codes else []
    return asked.separators.page(names, (_row(now, with_codes=with_codes) for now in found))


def _row(now: AnswerAgent, *, with_codes: bool) -> list[object]:
    one = now.session
    row = [one.agent, one.campaign, one.conf_exten, now.status, now.lead, now.call_id, one.calls, *_person(now)]
    return [*row, now.pause_code, now.sub_status] if with_codes else row


async def in_group_status(asked: NonAgentRequest) -> str:
    """Answer with sums of the calls in some in-groups, and of the agents who serve at least one of these."""
    wanted = _named(asked["in_groups"])
    if not wanted:
        return asked.error(f"INVALID SEARCH PARAMETERS: {asked.by}|{asked['in_groups']}")
    seen = asked.visible(OF_CALLS)
    left = {one.call for one in asked.world.sessions.values() if one.state is AgentState.DEAD}  # by the customer
    calls = [
        call
        for call in asked.world.calls.values()
        if call.ingroup in wanted
        and call.state is not State.ENDED
        and call.id not in left
        and (seen is None or seen.include(call.agent, call.direct, campaign=call.outcome.campaign))
    ]
    kinds = Counter(now.kind for now in _everyone(asked) if wanted & set(now.session.ingroups))
    sums = (kinds[IN_CALL] + kinds[DEAD], kinds[WAITING], kinds[PAUSED], kinds[WRAP_UP], kinds[DIALS])
    row = (asked["in_groups"], len(calls), _waiting(calls), kinds.total(), *sums)
    return asked.separators.page(("ingroups", *OF_GROUPS), [row])


async def user_group_status(asked: NonAgentRequest) -> str:
    """Answer with sums of the agents of some user groups, and of all calls that wait and that the user may see."""
    wanted = _named(asked["user_groups"])
    if not wanted:
        return asked.error(f"INVALID SEARCH PARAMETERS: {asked.by}|{asked['user_groups']}")
    seen = asked.visible(OF_CALLS)
    waiting = _waiting(
        call
        for call in asked.world.calls.values()
        if seen is None or seen.include(call.agent, call.direct, campaign=call.outcome.campaign)
    )
    kinds = Counter(now.kind for now in _everyone(asked) if now.agent.user_group in wanted)
    sums = (kinds[kind] for kind in (IN_CALL, WAITING, PAUSED, DEAD, WRAP_UP, DIALS))
    return asked.separators.page(OF_USER_GROUPS, [(asked["user_groups"], waiting, kinds.total(), *sums)])


async def agent_ingroup_info(asked: NonAgentRequest) -> str:
    """Answer with the in-groups that an agent serves now, and whether the agent's campaign dials leads."""
    session = _session_of(asked)
    if isinstance(session, str):
        return asked.error(f"INVALID USER ID - {asked['agent_user']}|{asked.by}")
    campaign = asked.world.rules.campaigns.get(session.campaign)
    dials = campaign is not None and campaign.dial_method != "MANUAL" and session.campaign in asked.world.diallers
    running = dials and asked.world.diallers[session.campaign].running
    return (
        f"SUCCESS:  - {session.agent}|{asked['stage']}\n"
        f"SELECTED INGROUPS:  {' '.join((*session.ingroups, '-'))}\n"
        f"OUTBOUND AUTODIAL: {'Y' if running else 'N'}\n"
        "MANAGER OVERRIDE: N\n"
        "MANAGER: \n\n"
    )


def _session_of(asked: NonAgentRequest) -> Session | str:
    """Return the session of the agent in `agent_user`, or the error's line."""
    agent = asked["agent_user"]
    if not agent:
        return asked.error(f"INVALID SEARCH PARAMETERS: {asked.by}|{agent}")
    if agent not in asked.world.rules.agents or not asked.sees_agent(SCOPE, agent):
        return asked.error(f"AGENT NOT FOUND: {asked.by}|{agent}")
    session = asked.world.sessions.get(agent)
    if session is None or not asked.sees_campaign(session.campaign):
        return asked.error(f"AGENT NOT LOGGED IN: {asked.by}|{agent}")
    return session


def _everyone(asked: NonAgentRequest) -> Iterator[AnswerAgent]:
    """Yield the agents who are logged in and whom the user may see, by user."""
    seen = asked.visible(SCOPE)
    for user, session in sorted(asked.world.sessions.items()):
        if (seen is None or seen.include(user)) and asked.sees_campaign(session.campaign):
            yield _now(asked, session)


def _now(asked: NonAgentRequest, session: Session) -> AnswerAgent:
    """Return how answers print an agent.

    After a call the agent is PAUSED with the call's lead, until the disposition. An agent who waits is CLOSER if the
    agent serves an in-group, and READY if not.
    """
    world = asked.world
    agent = world.rules.agents.get(session.agent) or Agent(id=session.agent)
    call = world.calls.get(session.call or "")
    status, sub, kind = _states(session, call)
    number = session.last.number if session.state is AgentState.DISPO else ""
    if call:
        return AnswerAgent(session, agent, status, sub, kind, call.agc_id, call.lead, call.number)
    return AnswerAgent(session, agent, status, sub, kind, "", 0, number)


async def _with_leads(asked: NonAgentRequest, agents: list[AnswerAgent]) -> list[AnswerAgent]:
    """Return agents with the leads of calls that wait for their disposition."""
    ended = {now.session.agent: now.session.last.call for now in agents if now.kind == WRAP_UP}
    if not ended:
        return agents
    found = await asked.look(call_lookups.leads_of, ended.values())
    return [now._replace(lead=found.get(ended.get(now.session.agent, ""), now.lead)) for now in agents]


def _states(session: Session, call: Call | None) -> tuple[str, str, str]:
    """Return status, sub-status, and what sums count the agent as."""
    match session.state:
        case AgentState.INCALL:
            shown = SHOWN_STATE_IN_CALL.get(call.state, "") if call else ""
            return "INCALL", shown if shown in (PARKED, THREE_WAY) else "", IN_CALL
        case AgentState.DEAD:
            return "INCALL", "DEAD", DEAD
        case AgentState.DISPO:
            return "PAUSED", "DISPO", WRAP_UP
        case AgentState.QUEUE:
            return "QUEUE", "", DIALS if call and call.state is State.DIALING_OUT else IN_CALL
        case AgentState.READY:
            return "CLOSER" if session.ingroups else "READY", "", WAITING
    return "PAUSED", "", PAUSED


def _person(now: AnswerAgent) -> tuple[str, str, int]:
    return now.agent.full_name, now.agent.user_group, now.agent.user_level


async def _lead_of(asked: NonAgentRequest, now: AnswerAgent) -> tuple[str, str]:
    """Return the number and the vendor code of an agent's lead, as far as the user may read calls and leads."""
    number = now.number if asked.user.may(OF_CALLS) else ""
    if not now.lead or not asked.user.may(OF_LEADS):
        return number, ""
    try:
        lead = await asked.look(leads.find, now.lead, asked.campaigns)
    except NotFound:
        return number, ""
    return str(lead["phone_number"]), str(lead["vendor_lead_code"])


def _waiting(calls: Iterable[Call]) -> int:
    """Return how many calls wait for an agent."""
    return sum(call.state in (State.WAITING, State.RINGING_AGENT, State.ANSWERED) for call in calls)


def _named(text: str) -> set[str]:
    """Return the names in a field, which have bars between them."""
    return {name for name in text.split("|") if name}
