"""Readers of what APIs and commands answer: people, names, web forms, webhooks, own recordings, and dialling."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from tests.postgresql.facts_of_history import HistoryFacts
from warmline.access.rights import UserRole
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.core.model.webhook import Webhook, WebhookTrigger
from warmline.store.calls import call_history, last_agent
from warmline.store.configuration import campaign_owners, config_history, new_people, people, token_holder
from warmline.store.configuration.config_history import WantedRevisions
from warmline.store.configuration.people import PeopleFilter
from warmline.store.database import id_prefix
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import reading, rows
from warmline.store.leads import callbacks, lead_search
from warmline.store.leads.lead_search import LeadSearch
from warmline.store.lookups import web_forms, webhook_values
from warmline.store.outbound import attempts_answer, drops_answer
from warmline.store.reports import filter_names_check, own_recordings, recordings, webhook_attempts
from warmline.store.scheduled_reports import report_mails
from warmline_contrib.compliance import compliance_answer

URL = "https://example.com/?at=--A--callback_datetime--B--"
LETTERS = ("É", "é", "ann", "ANN", "%_", "1000")  # a part of a name in each case

Reader = Callable[[str, HistoryFacts], object]


def answer_readers() -> dict[str, Reader]:
    """Return these readers by name."""
    return {**_of_people(), **_of_records(), **_of_dialling()}


def _of_people() -> dict[str, Reader]:
    wanted = (
        *(PeopleFilter(search=part) for part in LETTERS),
        *(PeopleFilter(role=role) for role in UserRole),
        PeopleFilter(agent="1000"),
        PeopleFilter(user_group="EAST"),
    )
    searched = (
        *(WantedRevisions(text=text) for text in ("testcamp", "é", 'na"me', "list_weight")),
        WantedRevisions(who="test"),
        WantedRevisions("list", "201"),
        WantedRevisions("agent", who="nobody"),
    )
    return {
        "people": lambda db, at: [people.found(db, one, after) for one in wanted for after in ("", "1001")],
        "role": lambda db, at: new_people.role_of(db, "agent"),
        "client": lambda db, at: token_holder.of_token(db, "none"),
        "searched history": lambda db, at: [
            config_history.newest(db, 20, one, before) for one in searched for before in (0, 5)
        ],
        "revision": lambda db, at: [config_history.revision(db, 3), config_history.taken_back(db, 3)],
        "unknown revision": lambda db, at: config_history.revision(db, 1 << 62),
        "leads by letters": lambda db, at: [
            lead_search.search(db, LeadSearch(name=names), most=20) for names in ("Ä, É", "ä, é", "ÄSOP, É", "b, a")
        ],
    } | {f"checked {kind}": _checked(kind) for kind in filter_names_check.RECORDS}


def _checked(kind: str) -> Reader:
    return lambda db, at: filter_names_check.check(db, **{kind: "1000"})


def _of_records() -> dict[str, Reader]:
    def of_webhooks(db: str, at: HistoryFacts) -> object:
        facts = [
            webhook_values.webhook_facts(db, _webhook(trigger, call, agent, at))
            for trigger in WebhookTrigger
            for call in at.calls[:9]
            for agent in at.agents[:2]
        ]
        return (
            facts,
            webhook_attempts.tried(db, 0),
            webhook_attempts.tried(db, 0, at.call),
            webhook_values.webhook_hosts(db),
        )

    def of_recordings(db: str, at: HistoryFacts) -> object:
        with reading(db) as opened:
            return [rows(opened, own_recordings.ONE, recording=one, today=at.start) for one in at.recordings]

    def of_own_calls(db: str, at: HistoryFacts) -> object:
        found = []
        for agent in at.agents:
            first = call_history.of_agent(db, agent, at.end, limit=3)
            more = [call_history.of_agent(db, agent, at.end, after=one.call, limit=3) for one in first[-1:]]
            found += [first, more, [recording_of(db, one) for one in at.recordings]]
        return found

    def recording_of(db: str, recording: str) -> object:
        with suppress(NotFound):
            return recordings.file_of(db, recording)
        return None

    def of_callbacks(db: str, at: HistoryFacts) -> object:
        found = callbacks.listed(db, at.end)
        return [
            [callbacks.find(db, one.id, at.end) for one in found],
            callbacks.customers(db, found),
            [callbacks.listed(db, at.end, after=one.id) for one in found],
            callbacks.listed(db, at.end, state="completed"),
        ]

    return {
        "own calls": of_own_calls,
        "callbacks by id": of_callbacks,
        "beginnings of ids": lambda db, at: [id_prefix.whole_id(db, "call", one[:25]) for one in at.calls],
        "short beginning of an id": lambda db, at: id_prefix.whole_id(db, "call", at.call[:4]),
        "attempts seen": lambda db, at: [
            campaign_owners.sees_attempt(db, VisibleCampaigns(frozenset({"TESTCAMP"})), one) for one in at.calls
        ],
        "webhooks": of_webhooks,
        "own recordings": of_recordings,
        "last agents": lambda db, at: [last_agent.last_agent(db, one) for one in (*at.calls, "none")],
        "web forms": lambda db, at: [
            web_forms.of_call(db, campaign, ingroup, "101", {"user": "1000"}, at.end // 1_000_000)
            for campaign in ("TESTCAMP", "")
            for ingroup in ("SALESLINE", "")
        ],
        "panels": lambda db, at: web_forms.panel_origins(db),
        "mails of reports": lambda db, at: [report_mails.failing(db, at.end), report_mails.mails(db, "none")],
    }


def _webhook(trigger: WebhookTrigger, call: str, agent: str, at: HistoryFacts) -> Webhook:
    given: dict[str, Any] = {"facts": (("campaign", "TESTCAMP"),), "queued": at.end, "due": at.end}
    return Webhook(id="w", hook=trigger, url=URL, call=call, agent=agent, **given)


def _of_dialling() -> dict[str, Reader]:
    allowed = ("", '["TESTCAMP"]', "[]")
    return {
        "answer about attempts": lambda db, at: [
            attempts_answer.answer(db, by, at.start, at.end, campaign, bound)
            for by in attempts_answer.WORDS
            for campaign in ("", "TESTCAMP")
            for bound in allowed
        ],
        "answer about drops": lambda db, at: [
            drops_answer.answer(db, window, allowed=bound) for window in drops_answer.WINDOWS for bound in allowed
        ],
        "answer about compliance": lambda db, at: [
            compliance_answer.answer(db, at.start, at.end, campaign, bound, now=at.end)
            for campaign in ("", "TESTCAMP")
            for bound in allowed
        ],
        "evidence of the last call": lambda db, at: compliance_answer.of_call(db, "last", at.end),
    }
