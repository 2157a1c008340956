"""Changes of records outside the journal, by name: each is made in a database of either engine.

All happen at one moment, and what is drawn at random is drawn in the same way, so that both have the same rows.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.postgresql.facts_of_history import HistoryFacts
from tests.postgresql.readers import Table
from warmline.store.calls import call_comments, call_story
from warmline.store.configuration import (
    all_sessions,
    change_plan,
    config,
    config_history,
    dial_stop_history,
    new_people,
    own_password,
    own_sessions,
    people,
    second_factors,
    user_sessions,
    users,
)
from warmline.store.configuration.new_people import NewPerson
from warmline.store.configuration.people import PeopleFilter
from warmline.store.database import leader_epoch, timezone_offsets
from warmline.store.database.database import connect
from warmline.store.database.reading import reading
from warmline.store.dialling import dial_plan, hopper, lead_marks, learnt_pacing
from warmline.store.dialling.learnt_pacing import LearntPacing
from warmline.store.event_hooks import hook_states, hook_work
from warmline.store.lead_changes import hopper_entries
from warmline.store.leads import (
    dnc,
    dnc_import,
    duplicate_leads,
    lead_batches,
    leads,
    list_change,
    list_country,
    list_reset,
    timed_resets,
)
from warmline.store.leads.duplicate_leads import DuplicateRule, NewLeadRule
from warmline.store.leads.lead_import import LeadImport
from warmline.store.leads.leads import LeadRequest
from warmline.store.leads.list_change import LeadsChange, WantedLeads
from warmline.store.lookups import signed_recording_links
from warmline.store.maintenance import table_chunks
from warmline.store.postgresql.schema import columns
from warmline.store.privacy import erasure, retention
from warmline.store.reports import calls
from warmline.store.reports.call_filter import CallFilter
from warmline.store.scheduled_reports import report_mails

NOW = 1_800_000_000_000_000_000  # ns: after both histories
MICROSECONDS = NOW // 1000
WHO = "test"
NO_FOLDER = "/nonexistent"
FILE = """phone_number,first_name,last_name,vendor_lead_code
4930123456,Ada,Byron,V1
4930123457,Grace,Hopper,V77
+49 30 123457,Grace,Again,
5550142,Bo,Diddley,V78
nonsense,X,Y,
"""
# Columns with what the engine draws, or the cost of a hash.
DRAWN = {"user_session": {"id"}, "user": {"pass"}}
BODIES = {"open_state": "body", "webhook": "facts"}  # JSON, whose form differs


def writers() -> Table:
    """Return all changes by name, in the order in which they are made."""
    return {
        "options": _options,
        "phone of another": lambda db, at: config.set_options(db, "agent", "1001", {"phone": _phone(db)}, who=WHO),
        "plan of changes": _plan,
        "users": _users,
        "people": _people,
        "mails of reports": _report_mails,
        "leads": _leads,
        "known leads": _known,
        "import of leads": _import,
        "batch of leads": lambda db, at: lead_batches.insert(
            db, "999", [{"phone_number": "4930777", "first_name": "Zoë"}], DuplicateRule("system", 3), 5, WHO, 1, "sha"
        )[:2],
        "numbers": _numbers,
        "steps of changes": lambda db, at: [
            list_change.step(db, list_id, wanted, change, dry_run=dry_run, who=WHO)
            for list_id in ("101", "999")
            for wanted in (WantedLeads("rank=1 or city=B*"), WantedLeads(numbers=("4930123456", "5550199")))
            for change in (LeadsChange(status="B"), LeadsChange(delete=True), LeadsChange(owner="zoe", to_list="998"))
            for dry_run in (True, False)
        ],
        "leads against a list": lambda db, at: list_change.step(
            db, "101", WantedLeads(against="998"), LeadsChange(status="NA"), who=WHO
        ),
        "deletion": _deletion,
        "resets": lambda db, at: [list_reset.reset(db, "101", ("B",), WHO), list_reset.reset(db, "101", (), WHO)],
        "timed resets": _timed,
        "places": lambda db, at: [list_country.place(db, "101"), list_country.place(db, "999")],
        "entries of the hopper": lambda db, at: [
            hopper_entries.add(db, at.lead, 5, WHO),
            hopper_entries.add(db, at.lead, 6, WHO),
            hopper_entries.priority_of(db, at.lead),
            hopper_entries.remove(db, at.lead, WHO),
        ],
        "marks": _marks,
        "learnt pacing": _learnt,
        "hooks": _hooks,
        "links": _links,
        "stops": _stops,
        "epochs": lambda db, at: [leader_epoch.raise_to(db, 9), leader_epoch.raise_to(db, 3), leader_epoch.of_any(db)],
        "offsets": lambda db, at: timezone_offsets.refresh(db, 2026),
        "comments": _comments,
        "erasures": lambda db, at: [
            erasure.erase(db, NO_FOLDER, number, who=WHO, dnc=True, dry_run=dry_run)
            for number in at.numbers[:6]
            if len(number) > 5
            for dry_run in (True, False)
        ],
        "days of retention": lambda db, at: config.set_options(
            db, "setting", "warmline", {"recordings_keep_days": "1"}, who=WHO
        ),
        "retention": lambda db, at: [
            retention.sweep(db, NO_FOLDER, at.end + 30 * 86_400_000_000, dry_run=dry_run) for dry_run in (True, False)
        ],
    }


def rows(database: str, table: str) -> list[object]:
    """Return the rows of a table without what is drawn, and JSON as its value."""
    with closing(connect(database)) as db:
        found = [table_chunks.storable(row) for some in table_chunks.chunks(db, table) for row in some]
    names = list(columns()[table])
    drawn, body = DRAWN.get(table, set()), BODIES.get(table)
    cells = (
        [
            json.loads(str(value)) if name == body and value else value
            for name, value in zip(names, row, strict=True)
            if name not in drawn
        ]
        for row in found
    )
    return sorted(cells, key=repr) if drawn else list(cells)


def _options(db: str, at: HistoryFacts) -> Iterator[object]:
    config.create(db, "ingroup", "NEWLINE", {"group_name": "New"}, who=WHO)
    yield config.set_options(db, "ingroup", "NEWLINE", {"queue_priority": "5", "active": "N"}, who=WHO)
    config.create(db, "list", "102", {"campaign": "TESTCAMP", "reset_times": "08:00,12:00"}, who=WHO)
    config.delete(db, "ingroup", "NEWLINE", who=WHO)
    yield config.set_options(db, "setting", "warmline", {"journal_keep_days": "1"}, who=WHO)
    yield config_history.newest(db, 1)
    config.delete(db, "campaign", "TESTCAMP", who=WHO)  # in use


def _plan(db: str, at: HistoryFacts) -> object:
    wanted = {("campaign", "SECOND"): {"campaign_name": "Second"}, ("list", "103"): {"campaign": "SECOND"}}
    made = change_plan.plan(db, wanted)
    return made, change_plan.apply(db, made, who=WHO), change_plan.unnamed(db, {("list", "103")}, {"list"})


def _numbers(db: str, at: HistoryFacts) -> list[object]:
    added = dnc_import.insert(db, ["4930555", "4930556", "4930555"], "", WHO, "why")
    once = [dnc.add(db, "4930557", "TESTCAMP", who=WHO) for _ in range(2)]
    dnc.delete(db, "4930557", "TESTCAMP", who=WHO)
    return [added, once]


def _learnt(db: str, at: HistoryFacts) -> object:
    for number in (1, 2):
        learnt_pacing.keep(db, "TESTCAMP", LearntPacing(number, {"a": number}))
    return learnt_pacing.load(db, "TESTCAMP")


def _comments(db: str, at: HistoryFacts) -> Iterator[object]:
    marks = ("coaching", "", "praise")
    made = [call_comments.add(db, at.call, "Ask first.\nThen write.", mark, who=WHO) for mark in marks]
    yield made, call_comments.author(db, at.call, made[0])
    call_comments.delete(db, at.call, made[1])
    period = CallFilter(start=0, end=2 * MICROSECONDS, mark="coaching")
    yield calls.page(db, period, MICROSECONDS, 5), list(calls.calls(db, period, MICROSECONDS))
    yield call_story.story(db, at.call).comments
    call_comments.delete(db, at.call, 99)  # there is none


def _links(db: str, at: HistoryFacts) -> None:
    signed_recording_links.revoke(db, "r-" + at.call)
    signed_recording_links.revoke(db)


def _stops(db: str, at: HistoryFacts) -> None:
    dial_stop_history.note(db, WHO, "fire drill")


def _deletion(db: str, at: HistoryFacts) -> None:
    list_change.delete_one(db, at.leads[-1], who=WHO)


def _phone(db: str) -> str:
    return str(config.show(db, "agent", "1000")["phone"])


def _users(db: str, at: HistoryFacts) -> Iterator[object]:
    config.create(db, "user", "ann", {"pass": "right-horse-battery", "role": "manager"}, who=WHO)
    begun = user_sessions.begin(db, "ann", "right-horse-battery", "test")
    yield begun
    own_sessions.note_seen(db, {"none": MICROSECONDS})
    [own] = own_sessions.of_user(db, "ann")
    yield own_sessions.end_others(db, "ann", own.id), own_sessions.end_one(db, "ann", "none")
    yield second_factors.of_user(db, "ann")
    yield all_sessions.end(db, "none", who=WHO), user_sessions.end(db, begun.token)


def _people(db: str, at: HistoryFacts) -> Iterator[object]:
    person = NewPerson("emile", full_name="Émile Äsop", agent="7001", campaign="TESTCAMP", ingroups=("SALESLINE",))
    yield new_people.add(db, person, "right-horse-battery", who=WHO)
    new_people.give_password(db, "emile", "right-horse-lorry", who=WHO)
    config.create(db, "user-group", "DAYS", {}, who=WHO)
    config.create(db, "user-group", "NIGHTS", {"agent_status_viewable_groups": "DAYS"}, who=WHO)
    config.set_options(db, "user", "emile", {"user_group": "NIGHTS"}, who=WHO)
    sue = {"pass": "right-horse-bus", "role": "supervisor", "user_group": "NIGHTS"}
    config.create(db, "user", "sue", sue, who=WHO)
    config.set_options(db, "agent", "7001", {"user_group": "DAYS"}, who=WHO)
    yield [found and found.user for found in (users.find(db, "sue"), users.find(db, "emile"))]
    begun = user_sessions.begin(db, "emile", "right-horse-lorry", "test")
    of_token = users.of_token(db, begun.token)
    yield of_token and of_token.visible
    yield own_password.change(db, begun.token, "right-horse-lorry", "wrong-horse-lorry")
    yield people.found(db, PeopleFilter(search="Émile")), people.found(db, PeopleFilter(search="é"))


def _report_mails(db: str, at: HistoryFacts) -> Iterator[object]:
    config.create(db, "scheduled-report", "morning", {"reports": "day", "mail_to": "boss@example.com"}, who=WHO)
    [due] = report_mails.due(db, MICROSECONDS)
    report_mails.failed(db, due, MICROSECONDS, "no server", taken=False)
    yield report_mails.failing(db, MICROSECONDS), report_mails.due(db, MICROSECONDS)
    yield [report_mails.take(db, due, MICROSECONDS) for _ in range(2)]
    yield report_mails.failing(db, 2 * MICROSECONDS + report_mails.LONGEST)
    report_mails.sent(db, due, MICROSECONDS)
    yield report_mails.due(db, MICROSECONDS), report_mails.mails(db, "morning")


def _leads(db: str, at: HistoryFacts) -> Iterator[object]:
    yield leads.create(db, "999", {"phone_number": "4930123456", "first_name": "Ada"}, who=WHO)
    request = LeadRequest(WHO, "key", "said")
    for _ in range(2):
        yield leads.put(db, "999", {"phone_number": "4930123499"}, who=WHO, request=request)
    yield leads.made_by(db, request)
    yield leads.update(db, at.lead, {"first_name": "Zoë", "rank": "3"}, who=WHO)
    yield leads.update(db, at.lead, {"last_name": "x"}, "998", who=WHO)
    with closing(connect(db)) as opened:
        opened.execute("BEGIN IMMEDIATE")
        yield leads.of_caller(opened, "+49 30 123456", "CIDLOOKUP", "999")
        yield leads.of_caller(opened, "+49 30 987654", "CIDLOOKUPRL", "999")
        opened.execute("COMMIT")


def _known(db: str, at: HistoryFacts) -> list[object]:
    given = {"phone_number": "4930123456", "vendor_lead_code": "V1", "email": "ada@example.com", "alt_phone": "49301"}
    return [
        leads.put(db, "999", given, who=WHO, rule=NewLeadRule(then, where, days, ((first,), ("phone_number", "email"))))
        for then in ("refuse", "update")
        for where in ("list", "campaign", "system")
        for days, first in zip((0, 3, 9, 0), duplicate_leads.CANDIDATES, strict=False)
    ]


def _import(db: str, at: HistoryFacts) -> list[object]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "leads.csv")
        file.write_text(FILE)
        rules = (duplicate_leads.USUAL_RULE, DuplicateRule("system"), DuplicateRule("campaign", 5))
        imports = [
            LeadImport(file, db, "999", WHO, dry_run=dry, duplicates=rule) for rule in rules for dry in (True, False)
        ]
        return [(done.imported, done.duplicates, done.in_database) for done in (one.run() for one in imports)]


def _timed(db: str, at: HistoryFacts) -> object:
    begun = timed_resets.begin_due(db, MICROSECONDS)
    return begun, [timed_resets.go_on(db, one, lambda: MICROSECONDS) for one in begun]


def _marks(db: str, at: HistoryFacts) -> object:
    with reading(db) as opened:
        plan = dial_plan.load(opened, "TESTCAMP")
        marks = hopper.fill(opened, plan, at.noon, 40).marks
    return lead_marks.write(db, marks.values())


def _hooks(db: str, at: HistoryFacts) -> Iterator[object]:
    config.create(db, "event-hook", "crm", {"url": "https://example.com/x"}, who=WHO)
    hook_work.make_ready(db)
    hook_states.want_test(db, "crm", "d1")
    yield hook_work.read(db).tests
    hook_work.tested(db, "crm", hook_states.HookDelivery("d1", "test", at.noon, 200, ""))
    yield hook_work.place_of(db, "crm"), hook_states.state(db, "crm"), hook_states.lags(db)
    yield len(hook_states.secret_of(db, "crm", who=WHO, renew=True))
