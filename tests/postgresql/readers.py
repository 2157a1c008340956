"""Every report, list, search and story of the store, by name: each is asked of a database of either engine."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from tests.postgresql.answer_readers import answer_readers
from tests.postgresql.facts_of_history import HistoryFacts
from warmline.access.visible_agents import VisibleAgents
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.core.messages.dial_facts_messages import FindDialFacts
from warmline.options.option_table import ENTITIES
from warmline.store.agi import call_results, routing_facts
from warmline.store.asterisk_records import queue_log
from warmline.store.calls import (
    agents_of_calls,
    call_history,
    call_owners,
    call_story,
    calls_of_lead,
    cut_off_calls,
    part_end,
)
from warmline.store.configuration import (
    all_sessions,
    api_users,
    campaign_owners,
    config,
    config_changes,
    config_history,
    config_pages,
    configuration_snapshot,
    full_names,
    parts_in_use,
    second_factors,
    tokens,
    users,
    weak_secrets,
)
from warmline.store.configuration.config_history import WantedRevisions
from warmline.store.configuration.timezone import timezone
from warmline.store.daily_reports import report_table
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.database.reading import reading
from warmline.store.dialling import (
    dial_plan,
    due_callbacks,
    filter_matches,
    hopper,
    hopper_counts,
    last_lead_check,
    lead_explanation,
    lead_order,
    list_counts,
    next_lead,
)
from warmline.store.dialling.dial_plan import DialPlans
from warmline.store.dialling.last_lead_check import LookedAt
from warmline.store.dialling.lead_holds import ALWAYS
from warmline.store.event_hooks import event_facts, hook_states, hook_work
from warmline.store.events import journal_events
from warmline.store.events.event_id import EventId
from warmline.store.journal import dated_ahead, hash_chain, journal_end, journal_rows, open_state, receipt_lookup
from warmline.store.journal.replay import replay
from warmline.store.journal.replay_call import replay_call
from warmline.store.lead_changes import hopper_entries, recorded_changes
from warmline.store.leads import (
    callbacks,
    dial_counts,
    dial_facts,
    dnc,
    keyed_leads,
    lead_search,
    leads,
    list_country,
    list_export,
    list_sizes,
    number_reads,
    screen_lead,
)
from warmline.store.leads.keyed_leads import LeadKey
from warmline.store.leads.lead_search import LeadSearch
from warmline.store.outbound import counts_answer, hopper_answer
from warmline.store.privacy import subject_access
from warmline.store.reports import (
    agent_day,
    agent_today,
    calls,
    command_counts,
    contact_rates,
    drop_windows,
    failed_turns,
    fallbacks,
    ingroup_service,
    recordings,
    transfers,
    unfinished_records,
)
from warmline.store.reports.call_filter import OUTCOMES, CallFilter
from warmline_contrib.compliance.store import compliance_report
from warmline_contrib.vicidial_api.lookups import (
    agent_statistics,
    call_lookups,
    list_facts,
    recording_lookups,
    status_counts,
)
from warmline_contrib.vicidial_api.lookups.call_lookups import CallBound
from warmline_contrib.vicidial_api.lookups.recording_lookups import RecordingSearch

ALL = 1 << 61  # microseconds: later than any time of a history
ZONE = ZoneInfo("Europe/Berlin")
ORDERS = [f"{way} {by}".strip() for way in ("DOWN", "UP") for by in ("", *lead_order.INDEXES, "TIMEZONE")]
FILTERS = (
    "status=NEW|B and rank>=0",
    "last_call<-1m or last_call=",
    "city=* and last_name!=X",
    "custom.size=L* and entry_date<2030-01-01",
)

Reader = Callable[[str, HistoryFacts], object]
Table = dict[str, Reader]


def readers() -> Table:
    """Return all readers by name."""
    own = {**_reports(), **_of_calls(), **_of_leads(), **_of_dialler(), **_of_configuration(), **_of_journal()}
    return own | answer_readers()


def _reports() -> Table:
    found: Table = {}
    bounds: Mapping[str, Mapping[str, Any]] = {
        "all": {},
        "of campaign": {"campaign": "TESTCAMP"},
        "of in-group": {"ingroup": "SALESLINE"},
        "of agent": {"agent": "1000"},
        "of group": {"group": "EAST"},
        "seen": {"seen": ("1000", "1002"), "unassigned": False},
        "with campaigns": {"seen": ("1000",), "campaigns": VisibleCampaigns(frozenset({"TESTCAMP"}))},
    }
    for name in report_table.NAMES:
        report = report_table.find(name)
        for bound, values in bounds.items():
            for by in ("", *report.by):
                found[f"report {name} {bound} {by}"] = _report(name, by, values)
    return found


def _report(name: str, by: str, values: Mapping[str, Any]) -> Reader:
    def read(db: str, at: HistoryFacts) -> object:
        asked = ReportQuery(start=at.start, end=at.end, now=at.end, zone=ZONE, by=by, **values)
        return report_table.find(name).read(db, asked)

    return read


def _of_calls() -> Table:
    visible = VisibleAgents(frozenset({"1000", "1001"}), True, VisibleCampaigns(frozenset({"TESTCAMP"})))
    filters: dict[str, dict[str, Any]] = {
        "all": {},
        "campaign": {"campaign": "TESTCAMP"},
        "in-group": {"ingroup": "SALESLINE"},
        "agent": {"agent": "1000"},
        "disposition": {"disposition": "SALE"},
        "transfer": {"transfer": "LEAVE_3WAY_CALL"},
        "recorded": {"recorded": True},
        "not recorded": {"recorded": False},
        "long": {"shortest": 1, "longest": 3_600_000_000},
        "short": {"longest": 1_000_000},
        "server": {"server": "b"},
        "noted": {"noted": '["x"]'},
        "mark": {"mark": "coaching"},
        **{f"outcome {name}": {"outcome": name} for name in OUTCOMES},
    }
    found: Table = {}
    for name, values in filters.items():
        found[f"calls {name}"] = _calls(values)
        found[f"page of calls {name}"] = _page(values)
        found[f"recordings {name}"] = _recordings(values)
    return found | {
        "calls with number": lambda db, at: list(calls.calls(db, _period(at, number=at.number), at.end)),
        "calls with lead": lambda db, at: calls.page(db, _period(at, lead=at.lead), at.end, 5),
        "pages of calls": lambda db, at: [
            calls.page(db, _period(at), at.end, 7, after=at.call),
            calls.page(db, _period(at, number=at.number), at.end, 7, visible=visible),
            calls.page(db, _period(at), at.end, 50, visible=visible),
        ],
        "recordings seen": lambda db, at: [
            recordings.newest(db, _period(at), at.end, 9, visible=visible),
            recordings.newest(db, _period(at), at.end, 9, today=at.start),
            recordings.unmeasured(db),
            [recordings.find(db, one) for one in at.recordings],
        ],
        "stories": lambda db, at: [call_story.story(db, one) for one in at.calls],
        "last story": lambda db, at: [call_story.found(db, "last"), call_story.calls(db, 30)],
        "history of agents": lambda db, at: [
            call_history.of_agent(db, agent, at.end, limit=40, number=number)
            for agent in at.agents
            for number in ("", at.number)
        ],
        "history of everybody": lambda db, at: [
            call_history.of_everybody(db, at.end, 50),
            call_history.of_everybody(db, at.end, 50, visible=visible),
            call_history.of_everybody(db, at.end, 5, after=at.call),
        ],
        "history of numbers": lambda db, at: [call_history.of_number(db, one, at.end, 9) for one in at.numbers],
        "history of leads": lambda db, at: [call_history.of_lead(db, one, at.end, 9) for one in at.leads],
        "owners": lambda db, at: [call_owners.owners(db, at.calls), cut_off_calls.among(db, at.calls, "app")],
        "results of calls": lambda db, at: [
            (found.final, found.variables) for found in (call_results.result(db, one, at.end, "/r") for one in at.calls)
        ],
        "transfers": lambda db, at: [
            list(transfers.transfers(db, at.end)),
            list(transfers.transfers(db, at.end, agent="1000", outcome="completed")),
        ],
        "days of agents": lambda db, at: [agent_day.agent_day(db, one, at.start, at.end) for one in at.agents],
        "totals of agents": lambda db, at: [
            agent_today.agent_totals(db, dict.fromkeys(at.agents, at.start), at.end),
            agent_today.forced_logouts(db, at.agents),
        ],
        "waits": lambda db, at: ingroup_service.services(db, at.end),
        "commands": lambda db, at: [
            list(command_counts.command_counts(db, at.start, at.end, by=by)) for by in ("", "agent")
        ],
        "fallbacks": lambda db, at: fallbacks.reasons(db, 0, ALL),
        "failed turns": lambda db, at: failed_turns.failed_turns(db, 0),
        "loose ends": lambda db, at: list(unfinished_records.loose_ends(db)),
        "look-ups of calls": lambda db, at: [
            call_lookups.of_number(db, CallBound(at.end, None), at.number),
            call_lookups.of_number(db, CallBound(at.end, visible), at.number),
            call_lookups.of_did(db, CallBound(at.end, None), "8005550100", at.start, at.end),
            call_lookups.with_id(db, CallBound(at.end, visible), at.call),
            call_lookups.leads_of(db, at.calls),
        ],
        "look-ups of recordings": lambda db, at: [
            recording_lookups.found(db, wanted, seen)
            for wanted in (
                RecordingSearch(start=at.start, end=at.end),
                RecordingSearch(agent="1000", phone="SIP/1000"),
                RecordingSearch(lead=at.lead, channel="1"),
            )
            for seen in (None, visible)
        ],
        "sums of agents": lambda db, at: [
            agent_statistics.times(db, ReportQuery(start=at.start, end=at.end, now=at.end, by=by))
            for by in ("", "campaign")
        ],
        "counts of statuses": lambda db, at: status_counts.counts(
            db, ReportQuery(start=at.start, end=at.end, now=at.end, zone=ZONE), frozenset()
        ),
        "queue_log": lambda db, at: _queue_log(db),
    }


def _period(at: HistoryFacts, **values: Any) -> CallFilter:
    return CallFilter(start=at.start, end=at.end, **values)


def _calls(values: Mapping[str, Any]) -> Reader:
    return lambda db, at: [
        list(calls.calls(db, _period(at, **values), at.end)),
        list(calls.calls(db, _period(at, **values), at.end, 3, newest=True)),
    ]


def _page(values: Mapping[str, Any]) -> Reader:
    def read(db: str, at: HistoryFacts) -> object:
        whole = calls.page(db, _period(at, **values), at.end, 20)
        few: dict[str, Any] = {"NEWEST": 5, "READ_ON": 9, "FEW": 50}  # as if the history had a hundred thousand calls
        with patch.multiple("warmline.store.reports.call_candidates", **few):
            seen = VisibleAgents(frozenset(at.agents[:2]), True)
            return whole, [calls.page(db, _period(at, **values), at.end, 20, visible=one) for one in (None, seen)]

    return read


def _recordings(values: Mapping[str, Any]) -> Reader:
    return lambda db, at: [
        list(recordings.recordings(db, _period(at, **values), at.end)),
        recordings.newest(db, _period(at, **values), at.end, 9),
    ]


def _queue_log(db: str) -> list[object]:
    last, seq, found = queue_log.last(db), 0, list[object]()
    while seq < last:
        part = queue_log.behind(db, seq, 50)
        found.append(part)
        seq = part.seq
    return found


def _of_leads() -> Table:
    mine = VisibleCampaigns(frozenset({"TESTCAMP"}))
    return {
        "leads": lambda db, at: [leads.find(db, one) for one in at.leads],
        "leads of scripts": lambda db, at: [
            routing_facts.read_by_name(db, partial(number_reads.find_leads, number=one, own_first=True))
            for one in at.numbers
        ],
        "page of leads": lambda db, at: [
            leads.page(db, most=30),
            leads.page(db, "101", after=5, most=30, campaigns=mine),
            leads.with_vendor_code(db, "V1"),
            [leads.of_call(db, one) for one in at.calls],
        ],
        "search of leads": lambda db, at: [
            lead_search.search(db, asked, most=20, campaigns=campaigns)
            for campaigns in (None, mine)
            for asked in (
                LeadSearch(number=at.number),
                LeadSearch(number=at.number, wanted="101"),
                LeadSearch(vendor_lead_code="V1"),
                LeadSearch(email="ADA@EXAMPLE.COM"),
                LeadSearch(name="byr"),
                LeadSearch(name="Byron, a"),
                LeadSearch(name="ä"),
                LeadSearch(),
            )
        ],
        "next page of names": lambda db, at: lead_search.search(db, LeadSearch(name="b"), after=at.lead, most=20),
        "leads of a campaign": lambda db, at: [
            lead_search.of_campaign(db, "TESTCAMP", search, most=20) for search in ("", "byron", "a b", "555", "50%_")
        ],
        "leads by key": lambda db, at: [
            keyed_leads.found(db, LeadKey(by, value, where, "101"), campaigns)
            for by, value in (("lead_id", str(at.lead)), ("vendor_lead_code", "V1"), ("phone_number", at.number))
            for where in ("list", "campaign", "system")
            for campaigns in (None, mine)
        ],
        "leads by status of a call": lambda db, at: [
            keyed_leads.called(db, status, at.start, at.end, campaigns)
            for status in ("SALE", "NA", "B")
            for campaigns in (None, mine)
        ],
        "export of a list": lambda db, at: [list_export.page(db, "101", where, most=50) for where in ("", *FILTERS)],
        "lists": lambda db, at: [
            list_sizes.sizes(db),
            list_facts.found(db),
            list_facts.found(db, "101", mine),
            list_facts.last_calls(db),
            list_facts.counted(db, "101"),
            list_facts.resets_today(db, "101", at.start),
            list_country.without(db, "101"),
        ],
        "calls of leads": lambda db, at: [
            calls_of_lead.of_lead(db, leads.find(db, one), campaigns) for one in at.leads for campaigns in (None, mine)
        ],
        "agents of calls": lambda db, at: [
            agents_of_calls.of_calls(db, [row["id"] for row in call_story.calls(db, limit=200)]),
            [agents_of_calls.of_call(db, row["id"]) for row in call_story.calls(db)],
            [part_end.of_agent(db, row["id"], "1000") for row in call_story.calls(db)],
        ],
        "fields of leads": lambda db, at: [
            (screen_lead.custom_names_of(db, one), screen_lead.own_fields(db, leads.find(db, one))) for one in at.leads
        ],
        "do-not-call lists": lambda db, at: [
            dnc.page(db),
            dnc.page(db, campaign="TESTCAMP"),
            dnc.page(db, campaigns=mine),
            dnc.find_all(db, at.numbers),
            [dnc.listed(db, one, "TESTCAMP") for one in at.numbers],
        ],
        "callbacks": lambda db, at: [
            callbacks.listed(db, at.end),
            callbacks.listed(db, at.end, agent="1000", state="pending"),
            callbacks.listed(db, at.end, visible=VisibleAgents(frozenset({"1000"}), True, mine)),
            callbacks.due(db, at.end),
            [callbacks.of_lead(db, one, at.end) for one in at.leads],
            [callbacks.ended_of_lead(db, one, at.end) for one in at.leads],
            callbacks.notes(db, callbacks.listed(db, at.end)),
        ],
        "changes of leads": lambda db, at: [
            list(recorded_changes.changes(db, 0, ALL)),
            list(recorded_changes.changes(db, 0, ALL, list_id="101", lead=at.lead)),
        ],
        "counts of dials": lambda db, at: [dial_counts.since(db, one, 0, at.number) for one in at.agents],
        "persons": lambda db, at: [
            subject_access.export(db, one) for one in at.numbers if len(subject_access.digits(one)) > 5
        ],
    }


def _of_dialler() -> Table:
    found: Table = {
        f"hopper {order} {secondary}": _hopper({"order": order, "secondary": secondary})
        for order in (*ORDERS, "RANDOM")
        for secondary in ("LEAD_ASCEND", "LEAD_DESCEND")
    }
    for text in FILTERS:
        found[f"hopper with {text}"] = _hopper({"only": dial_plan._only(text, "UTC")})
    return found | {
        "hopper with shares": _hopper({"new_every": 3}),
        "whole hopper": lambda db, at: _filled(db, at, {}, wanted=500),
        "whole hopper of an agent": lambda db, at: _filled(db, at, {}, wanted=500, by_hand=True),
        "hopper with limits": _hopper({"most_calls": 3, "most_of_day": 1, "most_of_24_hours": 1}),
        "hopper of an agent": lambda db, at: _filled(db, at, {}, by_hand=True),
        "answer of the hopper": lambda db, at: hopper_answer.answer(db, "TESTCAMP", 20, at.noon),
        "counts of leads": lambda db, at: [
            counts_answer.of_list(db, "101", at.noon),
            counts_answer.of_campaign(db, "TESTCAMP", at.noon),
            list_counts.count(db, "101", at.noon),
            filter_matches.count(db, "TESTCAMP", at.noon),
            _why_none(db, at),
        ],
        "explanations": lambda db, at: [lead_explanation.explain(db, one, at.noon) for one in at.leads],
        "history of dialling": lambda db, at: _dialling(db, at),
        "looks": lambda db, at: _looks(db, at),
        "next leads": lambda db, at: [
            next_lead.find(db, DialPlans(), _wanted(at, lead, which), next_lead.LeadsInUse((), ()))
            for which in ("choose", "choose_own", "check")
            for lead in at.leads[:3]
        ],
        "facts of dials": lambda db, at: [dial_facts.find(db, _wanted(at, 0, "")) for _ in range(1)],
        "entries of the hopper": lambda db, at: [hopper_entries.priority_of(db, one) for one in at.leads],
        "rates": lambda db, at: [
            contact_rates.contact_rates(db, by, at.start, at.end, allowed=allowed)
            for by in ("campaign", "list", "hour")
            for allowed in ("", '["TESTCAMP"]')
        ],
        "drops": lambda db, at: [list(drop_windows.drop_windows(db, window=one)) for one in ("PERIOD", "DAY")],
        "compliance": lambda db, at: compliance_report.compliance(db, at.start, at.end, at.end),
        "evidence": lambda db, at: [compliance_report.evidence(db, one, at.end) for one in at.attempts],
    }


def _hopper(changes: Mapping[str, Any]) -> Reader:
    return lambda db, at: _filled(db, at, changes)


def _filled(
    db: str, at: HistoryFacts, changes: Mapping[str, Any], *, by_hand: bool = False, wanted: int = 40
) -> object:
    with reading(db) as opened:
        plan = replace(dial_plan.load(opened, "TESTCAMP"), **changes)
        use = hopper.HopperUse(by_hand=by_hand, agent="1000")
        return hopper.fill(opened, plan, at.noon, wanted, use, 7, most=60 if wanted == 40 else ALWAYS)


def _why_none(db: str, at: HistoryFacts) -> object:
    with reading(db) as opened:
        plan = dial_plan.load(opened, "TESTCAMP")
        counts = [
            hopper_counts.count(opened, plan, at.noon, without, only)
            for without in ((), (1, 2))
            for only in ("", "101")
        ]
        return counts, hopper_counts.why_none(counts[0], "TESTCAMP")


def _dialling(db: str, at: HistoryFacts) -> object:
    with reading(db) as opened:
        plan = dial_plan.load(opened, "TESTCAMP")
        return list(due_callbacks.of_campaign(opened, plan, at.end, "1000"))


def _looks(db: str, at: HistoryFacts) -> object:
    with reading(db) as opened:
        plans = DialPlans()
        return [
            last_lead_check.look(opened, plans, LookedAt("TESTCAMP", lead, number, call=call, source="list"), at.noon)
            for lead, number in at.dialled
            for call in ("", at.call)
        ]


def _wanted(at: HistoryFacts, lead: int, which: str) -> FindDialFacts:
    return FindDialFacts("BOTH", "1000", "TESTCAMP", at.number, (at.number,), at.noon, at.start, leads=which, lead=lead)


def _of_configuration() -> Table:
    return {
        "configuration": lambda db, at: [config.everything(db, secrets=True), config_pages.whole(db)[1]],
        "pages of configuration": lambda db, at: [
            config_pages.page(db, kind, after, 5, campaigns)
            for kind in ENTITIES
            for after in ("", "1000")
            for campaigns in (None, VisibleCampaigns(frozenset({"TESTCAMP"})))
        ],
        "rules": lambda db, at: _snapshot(db),
        "history of configuration": lambda db, at: [
            config_history.newest(db, 20),
            config_history.newest(db, 20, WantedRevisions("campaign")),
            list(config_changes.changes(db, 0, ALL)),
        ],
        "unknown name": lambda db, at: config.show(db, "agent", "nobody"),
        "names": lambda db, at: [full_names.full_names(db, kind) for kind in ("agent", "user", "ingroup")],
        "users": lambda db, at: [
            users.find(db, "agent"),
            users.in_session(db),
            users.of_token(db, "none"),
            second_factors.keys(db),
            tokens.read_all(db),
            all_sessions.sessions(db),
            weak_secrets.api_users(db),
            weak_secrets.users(db),
            weak_secrets.agents(db),
        ],
        "parts in use": lambda db, at: parts_in_use.count(db),
        "owners of campaigns": lambda db, at: [
            campaign_owners.of_agent(db, "1000"),
            campaign_owners.sees_list(db, VisibleCampaigns(frozenset({"TESTCAMP"})), "101"),
            campaign_owners.sees_lead(db, VisibleCampaigns(frozenset({"TESTCAMP"})), at.lead),
        ],
        "time zone": lambda db, at: timezone(db),
        "routing": lambda db, at: [routing_facts.did(db, one, at.number, at.noon) for one in ("8005550100", "999", "")],
        "targets": lambda db, at: [routing_facts.targets(db, "ingroup:SALESLINE")],
        "logins": lambda db, at: [routing_facts.login(db, phone) for phone in ("SIP/1000", "PJSIP/1000", "")],
        "hours": lambda db, at: [
            *(routing_facts.hours(db, name, at.noon) for name in ("NEVER", "BREAK")),
            routing_facts.meant(db, "agent", "100"),
        ],
    }


def _snapshot(db: str) -> object:
    with reading(db) as opened:
        return configuration_snapshot.load_rules(opened), api_users.find(opened, "6666")


def _of_journal() -> Table:
    return {
        "chains": lambda db, at: [hash_chain.heads(db), hash_chain.verify(db)],
        "clock": lambda db, at: [journal_end.last_machine_time(db), dated_ahead.spans(db)],
        "replay": lambda db, at: replay(db),
        "replay of calls": lambda db, at: [replay_call(db, one) for one in at.calls[:2]],
        "events": lambda db, at: [journal_events.last(db), list(_events(db))],
        "facts of events": lambda db, at: event_facts.of(db, list(_events(db))[:200]),
        "rows of times": lambda db, at: _rows_at(db, at),
        "open records": lambda db, at: _open(db),
        "receipts": lambda db, at: [receipt_lookup.find(db, "none"), receipt_lookup.find_by_key(db, "a", "b")],
        "hooks": lambda db, at: [hook_states.lags(db), hook_work.read(db), hook_work.place_of(db, "none")],
    }


def _events(db: str) -> Iterator[journal_events.JournalEvent]:
    place = EventId(0, 0)
    while found := journal_events.after(db, place, 300):
        yield from found
        place = found[-1].id


def _rows_at(db: str, at: HistoryFacts) -> list[int]:
    with reading(db) as opened:
        return [journal_rows.row_at(opened, one) for one in (0, at.start, at.noon, at.end)]


def _open(db: str) -> object:
    with reading(db) as opened:
        return sorted(open_state.load(opened), key=repr)
