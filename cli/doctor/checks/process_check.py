"""Checks of Warmline's processes that doctor can ask: the app, the API process and the worker process."""

import shlex
import time
from collections.abc import Iterator
from itertools import count

from cli.doctor.facts import data_files
from cli.doctor.facts.check_facts import CheckFacts, FactUnknown, unknown
from cli.doctor.facts.finding import Check, Finding, error, good, warning
from cli.doctor.facts.settings_command import change
from cli.output.time_format import length
from warmline.centre import api_port, app_client
from warmline.centre.api_port import PortTaken
from warmline.centre.app_answer import AppAway
from warmline.store.database.database import StoreError
from warmline.store.event_hooks import hook_states
from warmline.store.event_hooks.hook_states import HookLag
from warmline.store.scheduled_reports import report_mails
from warmline.system import systemd_service
from warmline.system.systemd_service import API, CALLS, WORKERS

CONNECTS_WITHIN = 3.0  # seconds; a worker process that was just started is connected by then
BEHIND = 60.0  # seconds for which an event may wait; the place of a hook is written every 10 s
OLD = 10.0  # seconds; the age of figures of a call process that is away or stuck


def app(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the app, which is the call process, answers."""
    try:
        app_client.get(facts.settings, "agents")
    except AppAway as problem:
        data_files.need(facts)
        why = "new callers take the dialplan's fallback; calls in progress continue"
        if number := systemd_service.restarts(CALLS):
            found = f"the app ends as soon as it is started; systemd has started it {number} times"
            yield error("app_ends", found, why, systemd_service.log(CALLS))
        else:
            yield error("app_away", f"{problem}{systemd_service.log_hint(CALLS)}", why, systemd_service.start())
        return
    yield good("app_good", "the app answers commands")


def api(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the API process answers at its port."""
    where = f"{facts.settings.listen_host}:{facts.settings.listen_port}"
    why = "calls do not need it; a CRM and other programs get no answer"
    try:
        api_port.figures(facts.settings)
    except PortTaken as problem:
        ports = (facts.settings._replace(listen_port=one) for one in count(facts.settings.listen_port + 1))
        free = next(one.listen_port for one in ports if not api_port.answers(one))
        again = "warmline install && systemctl daemon-reload && systemctl restart warmline.target"
        fix = f"{change(facts, 'listen_port', free)} && {again}"
        yield error("app_port_taken", str(problem), why, fix)
    except AppAway as problem:
        data_files.need(facts)
        if number := systemd_service.restarts(API):
            found = f"the API process ends as soon as it is started; systemd has started it {number} times"
            yield error("api_process_ends", found, why, systemd_service.log(API))
        else:
            fix = systemd_service.start_again(API)
            yield error("api_process_away", f"{problem}{systemd_service.log_hint(API)}", why, fix)
    else:
        yield good("api_process_answers", f"the API process answers at {where}")


def workers(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the worker process is connected to the app."""
    if _works(facts):
        yield good("workers_good", "the worker process is connected to the app")
        return
    why = "calls do not need it, but hooks are not asked; webhooks, recordings' files and queue_log wait"
    if number := systemd_service.restarts(WORKERS):
        found = f"the worker process ends as soon as it is started; systemd has started it {number} times"
        yield error("workers_end", found, why, systemd_service.log(WORKERS))
    else:
        found = f"the worker process is not connected to the app{systemd_service.log_hint(WORKERS)}"
        yield error("workers_away", found, why, systemd_service.start_again(WORKERS))


def _works(facts: CheckFacts) -> bool:
    """Return whether the call process gives work to a worker process. Raises FactUnknown."""
    ends = time.monotonic() + CONNECTS_WITHIN
    while True:
        try:
            figures = api_port.figures(facts.settings)
        except AppAway as problem:
            data_files.need(facts)
            raise unknown(problem) from None
        if "workers_connected" not in figures or figures.get("figures_age_seconds", 0) > OLD:
            raise FactUnknown("figures_old", "the API process has no current figures of the app")
        if figures["workers_connected"]:
            return True
        if time.monotonic() > ends:
            data_files.need(facts)
            return False
        time.sleep(0.2)


def event_hooks(facts: CheckFacts) -> Iterator[Finding]:
    """Check that each event hook gets its events soon."""
    try:
        lags = hook_states.lags(facts.settings.db)
    except StoreError as problem:
        raise unknown(problem) from None
    found = [finding for one in lags for finding in _of_hook(one)]
    yield from found or [good("event_hooks_good", "no event hook fails or falls behind")]


def _of_hook(one: HookLag) -> Iterator[Finding]:
    waits = one.waits(time.time_ns() // 1000)
    rows = f"{one.behind} rows of the journal wait, the oldest for {length(int(waits * 1_000_000))}"
    fix = f"warmline event-hook test {shlex.quote(one.hook)}"
    if one.stopped:
        text = f"event hook {one.hook} has stopped after a day of failed attempts: {one.answer}; {rows}"
        yield error("event_hook_stopped", text, "its receiver gets no event until a test is delivered", fix)
    elif one.tries:
        text = f"the last attempt of event hook {one.hook} failed: {one.answer}; {rows}"
        yield warning("event_hook_failing", text, "its events wait, and it stops after a day", fix)
    elif waits > BEHIND:
        answer = f"; the last answer of its receiver: {one.answer}" if one.answer else ""
        text = f"event hook {one.hook} falls behind: {rows}{answer}"
        why = "its receiver answers more slowly than events come, or the worker process is away"
        fewer = f"warmline event-hook set {shlex.quote(one.hook)} events=call.ended"
        fix = f"let the receiver answer first and work later, or choose fewer events, such as: {fewer}"
        yield warning("event_hook_behind", text, why, fix, by_hand=True)


def scheduled_reports(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the newest mail of each scheduled report has gone."""
    try:
        failing = report_mails.failing(facts.settings.db, time.time_ns() // 1000)
    except StoreError as problem:
        raise unknown(problem) from None
    for one in failing:
        again = one.state == report_mails.FAILED
        text = f"scheduled report {one.report} was not sent: {one.why}"
        why = "it is sent again each 5 minutes" if again else "its readers may have got nothing of the last period"
        fix = "mend what the text names" if again else "write the report and send it: warmline report day --html FILE"
        yield warning("scheduled_report_failing", text, why, fix, by_hand=True)
    if not failing:
        yield good("scheduled_reports_good", "no scheduled report fails")


CHECKS = (
    Check("app", app, "the app, which controls the calls, answers and stays up"),
    Check("api port", api, "the API process answers, stays up, and has its port for itself"),
    Check("worker process", workers, "the worker process is connected to the app"),
    Check("scheduled reports", scheduled_reports, "the newest mail of each scheduled report was sent"),
    Check("event hooks", event_hooks, "the receivers of event hooks take their events"),
)
