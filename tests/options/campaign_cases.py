"""For each option of a campaign about recording, dialling, agents and webhooks, a case in which it matters."""

from dataclasses import replace

from tests.core.agents.test_browser_phone import offers
from tests.core.agents.test_callback_promise import recorded, wish
from tests.core.core_stage import (
    CUSTOMER,
    PHONE,
    SILENT,
    SLOW,
    customer_gone,
    parked,
    talking,
    three_way,
)
from tests.core.dialler.lead_stage import ANSWERS, HOUR_US, called, goes, list_calls
from tests.options.worlds import FIRST, Case, Story, is_sent_on
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.dial_facts_messages import DialFacts
from warmline.core.messages.dialler_messages import DialLead, PacingDecided
from warmline.core.messages.page_messages import PageAway
from warmline.core.model.dialler import DropBudget, DropWindow, WindowCount
from warmline.core.model.webhook import WebhookTrigger
from warmline.core.rules.configuration import CidGroup

ALWAYS = {"campaign_recording": "ALLCALLS"}
AUTOMATIC = {"dial_method": "PROGRESSIVE", "campaign_cid": "3125550199", "safe_harbor_audio": "sorry-nobody"}
RATIO = AUTOMATIC | {
    "dial_method": "RATIO",
    "auto_dial_level": "20",
    "adaptive_maximum_level": "20",
    "dial_level_threshold_agents": "0",
}
KEYS = {"feature_keys": "Y"}
STARTS, STOPS = "StartRecording(", "StopRecording("


def states(lab: Driver) -> list[str]:
    """Return the states of agents and calls."""
    agents = [f"{one.agent} {one.state} {one.pause_code}" for one in lab.world.sessions.values()]
    return [*agents, *(f"call {call.state}" for call in lab.world.calls.values())]


def ready(scene: Story, seconds: float = 1) -> Story:
    """Return the story of agent 1000, who is READY, in a scene, and some seconds after it."""

    def told(lab: Driver) -> list[str]:
        lab.log_in("1000")
        scene(lab)
        lab.wait(seconds)
        return states(lab)

    return told


def nothing(lab: Driver) -> None:
    """The agent does nothing."""


def then(scene: Story, kind: Kind, **arguments: str) -> Story:
    """Return a scene with a command after it."""

    def told(lab: Driver) -> None:
        scene(lab)
        lab.ask(kind, **arguments)

    return told


def hangs_up(scene: Story, channel: str, cause: int = 16) -> Story:
    """Return a scene at whose end a party hangs up."""

    def told(lab: Driver) -> None:
        scene(lab)
        lab.hang_up(channel, cause)

    return told


def loses_the_phone(scene: Story) -> Story:
    """Return a scene at whose end the agent's phone is lost, and does not answer any more."""

    def told(lab: Driver) -> None:
        scene(lab)
        lab.asterisk.far_ends["1000"] = [(0.1, "ringing")]
        lab.hang_up(PHONE, 44)

    return told


def dials(number: str = SLOW, kind: Kind = Kind.DIAL, seconds: float = 3) -> Story:
    """Return the story of an agent who dials a number."""

    def told(lab: Driver) -> list[str]:
        lab.log_in("1000")
        lab.asterisk.far_ends |= {"4930": [(0.1, "redirects to 8500")], f"9{number}": [(0.1, "ringing")]}
        lab.facts = lambda asked: DialFacts(dialled=5 if asked.since else 0)  # type: ignore[method-assign] # of today
        if kind is Kind.DIAL_WITH_CUSTOMER:
            talking(lab)
        lab.ask(kind, number=number)
        lab.wait(seconds)
        return [*states(lab), *lab.asterisk.dialled]

    return told


def two_dial(lab: Driver) -> None:
    """Agents 1000 and 1001 dial outside parties at the same time."""
    for user in ("1000", "1001"):
        lab.log_in(user)
        lab.ask(Kind.DIAL, user, number=SLOW)


def previews(lab: Driver) -> list[str]:
    """The agent looks at the campaign's next lead for 30 seconds."""
    lab.log_in("1000")
    lab.next_leads.append(DialLead(17, "101", SLOW))
    lab.ask(Kind.PAUSE)
    lab.ask(Kind.DIAL_NEXT, preview=True)
    lab.wait(30)
    return [*states(lab), f"looks at {lab.session().previewed_number}"]


def promised_by_another(lab: Driver) -> None:
    """Agent 1000 promises a callback in an hour; agent 1001 wants to dial it 11 minutes after its time."""
    lab.log_in("1000")
    hangs_up(talking, CUSTOMER)(lab)
    lab.ask(Kind.STATUS, status="CALLBK", callback=wish(lab, "1000"))
    lab.log_in("1001")
    lab.wait(3600 + 660)
    lab.ask(Kind.DIAL, "1001", number=SLOW, callback=recorded(lab))


def begins(lab: Driver, *agents: str) -> None:
    """Start the dialler of the campaign, with these agents READY."""
    for user in agents:
        lab.log_in(user)
    lab.ask(Kind.DIALLER_START, agent="", campaign="TESTCAMP")


def may_begin(persons: int = 10_000, persons_of_day: int = 10_000) -> Story:
    """Return the story of a proposal of 100 calls: how many begin, after so many persons have answered?"""

    def told(lab: Driver) -> str:
        begins(lab, "1000", "1001")
        kinds = {DropWindow.PERIOD: persons, DropWindow.DAY: persons_of_day}
        windows = tuple(WindowCount(kind, 0, 2 * lab.asterisk.now, count, 0) for kind, count in kinds.items())
        lab.world.keep(replace(lab.world.diallers["TESTCAMP"], drops=DropBudget("2026-01-01", windows)))
        numbers = [f"312555{number:04}" for number in range(100)]
        lab.asterisk.far_ends |= {number: [(0.1, "ringing")] for number in numbers}
        until = lab.asterisk.now + HOUR_US
        leads = (DialLead(serial + 1, "101", number, open_until=until) for serial, number in enumerate(numbers))
        lab.feed(PacingDecided("TESTCAMP", tuple(leads), ready=2, risk=10**9))
        return f"{len(list_calls(lab))} begin"

    return told


def a_lead(seconds: float = 3, *, agents: tuple[str, ...] = ("1000",), leaves: bool = False, key: str = "") -> Story:
    """Return the story of a lead who answers after two seconds. If the agent leaves before, the lead is dropped."""

    def told(lab: Driver) -> list[str]:
        begins(lab, *agents)
        call = called(lab)
        if leaves:
            goes(lab)
        lab.wait(seconds)
        if key:
            lab.feed(ev.DtmfReceived(call.customer or "", key))
            lab.wait(0.1)
        return [*states(lab), *(f"{one.outcome.status} {one.outcome.ended_by}" for one in list_calls(lab))]

    return told


def a_better_agent(lab: Driver) -> list[str]:
    """Agents 1000, longer, and 1001 are READY: who gets the lead?"""
    lab.configure("agents", "1001", campaign_rank=9)
    a_lead(agents=("1000", "1001"))(lab)
    return [f"taken by {user}" for user, session in lab.world.sessions.items() if session.call]


def a_caller_waits_too(lab: Driver) -> list[str]:
    """A caller and then a lead wait for the agent."""
    a_lead(0.5, leaves=True)(lab)
    lab.customer(name=FIRST)
    lab.wait(1.7)
    lab.ask(Kind.RESUME)
    lab.wait(0.5)
    served = [lab.world.calls[session.call] for session in lab.world.sessions.values() if session.call]
    return [f"{'lead' if call.is_automatic else 'caller'} is served" for call in served]


def a_machine(lab: Driver) -> object:
    """A machine answers, and is silent after some seconds."""
    lab.asterisk.machines[ANSWERS] = (2.5, "MACHINE MAXWORDS-3-3")
    return a_lead(12)(lab)


def gives_the_code(lab: Driver) -> list[str]:
    """The agent ends the call with a lead, and gives its code."""
    a_lead()(lab)
    lab.ask(Kind.HANGUP)
    lab.ask(Kind.STATUS, status="SALE")
    lab.wait(1)
    return states(lab)


def has_only_a_group_of_numbers(lab: Driver) -> None:
    """The campaign has a group of caller ids."""
    groups = {"EAST": CidGroup(id="EAST", caller_ids=("18005550199",))}
    lab.feed(ev.ConfigurationChanged(replace(lab.world.rules, cid_groups=groups)))
    begins(lab, "1000")


def types(digits: str, *, in_call: bool = True) -> Story:
    """Return the story of an agent who types on the phone."""

    def told(lab: Driver) -> list[str]:
        lab.log_in("1000")
        if in_call:
            talking(lab)
        lab.asterisk.press(PHONE, digits)
        lab.pump()
        lab.wait(1)
        return [*states(lab), *lab.asterisk.dialled]

    return told


def page_goes(lab: Driver) -> list[str]:
    """The page of a browser phone is closed, and 8 seconds pass."""
    lab.configure("agents", "1000", phone="")
    lab.ask(Kind.LOGIN, "1000", phone="browser")
    offers(lab, PHONE)
    lab.wait(1.5)
    lab.feed(PageAway("1000", "page-1"))
    lab.wait(8)
    return [f"the line is {'there' if PHONE in lab.asterisk.channels else 'gone'}"]


def wraps_up(lab: Driver) -> list[str]:
    """The customer hangs up, and the agent gives the code."""
    lab.log_in("1000")
    hangs_up(talking, CUSTOMER)(lab)
    lab.ask(Kind.STATUS, status="SALE")
    lab.wait(1)
    return states(lab)


def is_called(lab: Driver) -> None:
    """The agent's phone is called for the login."""
    lab.ask(Kind.LOGIN, "1000")
    lab.wait(3)


LEAVES = ready(then(three_way, Kind.LEAVE_3WAY_CALL))
ENDS = hangs_up(talking, CUSTOMER)

RECORDING = {
    "campaign_recording": Case(ready(talking), "ALLCALLS", shows=STARTS),
    "allcalls_delay": Case(ready(talking), "0", ALWAYS, shows=STARTS, against="10"),
    "campaign_rec_filename": Case(ready(talking), "of_AGENT", ALWAYS, shows="of_1000"),
    "recording_format": Case(ready(ENDS), "mp3", ALWAYS, shows="mp3"),
    "recording_notice": Case(ready(talking), "we-record", ALWAYS, shows="we-record"),
    "leave_3way_start_recording": Case(LEAVES, "ALL_CALLS", shows=STARTS),
    "leave_3way_start_recording_exception": Case(
        LEAVES, "PARTNERS", {"leave_3way_start_recording": "ONLY_EXCEPTIONS"}, shows=STARTS
    ),
    "leave_3way_stop_recording": Case(LEAVES, "ALL_CALLS", {"campaign_recording": "ALLFORCE"}, shows=STOPS),
    "three_way_record_stop": Case(ready(three_way), "Y", ALWAYS, shows=STOPS),
    "three_way_record_stop_exception": Case(ready(three_way), "PARTNERS", ALWAYS, shows=STOPS),
    "hangup_xfer_record_start": Case(ready(then(three_way, Kind.HANGUP_XFER)), "Y", shows=STARTS),
    "dead_stop_recording": Case(ready(customer_gone), "ALL_CALLS", ALWAYS, shows=STOPS),
    "park_recording": Case(ready(parked), "STOP", ALWAYS, shows=STOPS),
}

DIALLING = {
    "dial_template": Case(dials(), "PJSIP/{number}@other", shows=f"PJSIP/{SLOW}@other"),
    "dial_prefix": Case(dials(), "9", shows=f"9{SLOW}"),
    "three_way_dial_prefix": Case(dials(kind=Kind.DIAL_WITH_CUSTOMER), "9", shows=f"9{SLOW}"),
    "dial_timeout": Case(dials(SILENT, seconds=12), "10", shows="DISPO"),
    "three_way_call_cid": Case(dials(kind=Kind.DIAL_WITH_CUSTOMER), "AGENT_PHONE", shows="caller='1000'"),
    "campaign_cid": Case(dials(), "8005550111", shows="8005550111"),
    "manual_dial_cid": Case(dials(), "AGENT_PHONE", shows="caller='1000'"),
    "manual_preview_dial": Case(dials(kind=Kind.PREVIEW), "DISABLED", shows="the campaign has no preview"),
    "dial_allow": Case(dials(), "_49X.", shows="dial_allow has nothing for it"),
    "dial_deny": Case(dials(), "_555X.", shows="dial_deny has _555X."),
    "deny_star_codes": Case(dials("*21*4930"), "Y", shows="deny_star_codes=Y", against="N"),
    "international_prefixes": Case(dials("7449"), "7", {"dial_deny": "_+44."}, shows="dial_deny has _+44."),
    "follow_redirects": Case(dials("4930"), "1", shows="8500@"),
    "dial_call_time_id": Case(dials(), "NEVER", shows="NEVER is closed"),
    "daily_limit_manual": Case(dials(), "5", shows="daily_limit_manual"),
    "manual_calls_at_once": Case(two_dial, "1", shows="manual_calls_at_once"),
    "callback_useronly_move_minutes": Case(promised_by_another, "0", shows="is agent 1000's", against="10"),
    "manual_dial_list_id": Case(dials(), "777", shows="777"),
    "preview_seconds": Case(previews, "0", shows=f"looks at {SLOW}", against="20"),
    "preview_expiry": Case(previews, "DIAL", {"preview_seconds": "20"}, shows="call talking"),
    "next_dial_my_callbacks": Case(previews, "Y", shows="own"),
}

OF_DIALLER = {
    "dial_method": Case(may_begin(), "RATIO", RATIO, shows="40 begin", against="PROGRESSIVE"),
    "auto_dial_level": Case(may_begin(), "3", RATIO, shows="6 begin"),
    "adaptive_maximum_level": Case(may_begin(), "4", RATIO, shows="8 begin"),
    "dial_level_threshold_agents": Case(may_begin(), "10", RATIO, shows="2 begin"),
    "adaptive_dropped_percentage": Case(may_begin(100, 100), "1", RATIO, shows="3 begin"),
    "drop_window": Case(may_begin(10_000, 100), "DAY", RATIO, shows="5 begin"),
    "queue_priority": Case(a_caller_waits_too, "-5", AUTOMATIC, shows="caller is served"),
    "next_agent_call": Case(a_better_agent, "campaign_rank", AUTOMATIC, shows="taken by 1001"),
    "drop_call_seconds": Case(a_lead(3.2, leaves=True), "1", AUTOMATIC, shows="sound:sorry-nobody"),
    "drop_action": Case(a_lead(5, leaves=True), "HANGUP", AUTOMATIC),
    "drop_inbound_group": Case(
        a_lead(5, leaves=True),
        "SUPPORTLINE",
        AUTOMATIC | {"drop_action": "IN_GROUP"},
        shows="SUPPORTLINE",
        against="SALESLINE",
    ),
    "safe_harbor_audio": Case(a_lead(5, leaves=True), "we-are-acme", AUTOMATIC, shows="we-are-acme"),
    "safe_harbor_optout": Case(a_lead(4.2, leaves=True, key="8"), "8", AUTOMATIC, shows="StopPlay("),
    "amd": Case(a_machine, "MARK", AUTOMATIC, shows="CreateDetector("),
    "amd_send_to_vmx": Case(a_machine, "Y", AUTOMATIC | {"amd": "TAKE"}, shows="sound:vm-goodbye"),
    "pause_after_each_call": Case(gives_the_code, "Y", AUTOMATIC, shows="PAUSED"),
    "cid_group": Case(has_only_a_group_of_numbers, "EAST", AUTOMATIC | {"campaign_cid": "0000000000"}),
}

WORK = {
    "active": Case(ready(nothing), "N"),
    "login_state": Case(ready(nothing), "READY", shows="1000 READY", against="PAUSED"),
    "agent_pause_codes_active": Case(types("*9#", in_call=False), "N", KEYS, shows="PAUSED", against="FORCE"),
    "wrapup_seconds": Case(wraps_up, "10", shows="DISPO"),
    "dispo_max": Case(ready(ENDS, 10), "5", shows="PAUSED"),
    "dispo_max_action": Case(ready(ENDS, 10), "NEXT", {"dispo_max": "5"}, shows="1000 READY"),
    "dead_max": Case(ready(customer_gone, 10), "5", shows="PAUSED"),
    "pause_max": Case(ready(then(nothing, Kind.PAUSE), 10), "5", shows="[]"),
    "browser_grace_seconds": Case(page_goes, "20", shows="there"),
    "lost_max": Case(ready(loses_the_phone(nothing), 60), "30", shows="[]"),
    "phone_caller_number": Case(is_called, "4930700", shows="4930700"),
    "phone_headers": Case(is_called, "Alert-Info: ring", shows="Alert-Info: ring"),
    "feature_keys": Case(types("*8"), "Y"),
    "feature_numbers": Case(types("*11#"), "8501", KEYS, shows="8501"),
}

ADDRESS = "http://crm/--A--user--B--"
WEBHOOKS = {str(hook): Case(is_sent_on, ADDRESS, shows=f"{hook} {ADDRESS}") for hook in WebhookTrigger}

CASES = {**RECORDING, **DIALLING, **OF_DIALLER, **WORK, **WEBHOOKS}
