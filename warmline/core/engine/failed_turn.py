"""The remedy for a turn that raised an exception, so that a bug affects only one call."""

from warmline.core.engine import automatic_calls, call_removal, recovery
from warmline.core.messages.action_answers import ActionFailed
from warmline.core.messages.commands import Ask, Reply
from warmline.core.messages.dial_facts_messages import DialFactsFound
from warmline.core.messages.events import Event, Remedy, TurnFailed
from warmline.core.messages.leg_messages import ContinueInFallback, DialLeg, HangUpLeg, LegArrived
from warmline.core.messages.process_messages import CallsReconciled, Reconciled, TimerFired
from warmline.core.messages.refer_messages import AnswerRefer, ReferReceived
from warmline.core.messages.values.server_action import MAIN
from warmline.core.model.receipt import Outcome
from warmline.core.model.session import BROWSER
from warmline.core.permission import dial_facts_queries
from warmline.core.receipts import receipts
from warmline.core.rules import reasons
from warmline.core.webhooks import webhook_triggers
from warmline.core.world import turn_scope
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

FIRST_TIMER_DELAY_US, MAX_TIMER_DELAY_US = (
    5_000_000,
    3_600_000_000,
)  # microseconds until a failed timer fires again, doubled each time
OWN_LEG_KINDS = ("login", BROWSER, "keys", "made", "whisper")  # first argument of a leg that is not a caller
NEXT_REMEDIES = {
    Remedy.RECONCILE: Remedy.NONE,
    Remedy.FALLBACK: Remedy.REMOVE,
    Remedy.REMOVE: Remedy.GIVEN_UP,
    Remedy.NONE: Remedy.GIVEN_UP,
}
"""The next remedy if a remedy raises too. The last one changes too little to fail."""
PASSIVE_REMEDIES = (Remedy.NONE, Remedy.GIVEN_UP)  # nothing has changed, so a repetition would fail too


def make_turn_failed(world: World, entry: Event | Ask, error: Exception, subject: str, now: int) -> TurnFailed:
    """Return the TurnFailed to handle instead of an input that raised `error` while the turn was at record `subject`.

    The call of that record is the failed one. The input may be about another call, which has missed its input. That
    call is compared with Asterisk too. `now` is in microseconds UTC.
    """
    own = turn_scope.find_subject(world, entry)
    subject = subject if turn_scope.is_open(world, subject) else own
    failed, missed = turn_scope.find_call(world, subject), turn_scope.find_call(world, own)
    calls = [call.id for call in (failed, missed) if call]
    legs = [leg for record in (subject, own) if (leg := _leg(world, entry, record))]
    if isinstance(entry, CallsReconciled):
        calls, legs = calls + [call for call in entry.calls if call in world.calls], legs + list(entry.legs)
    return TurnFailed(
        failed=entry,
        error=type(error).__name__,
        place=locate_error(error),
        remedy=_remedy(world, entry, failed.id if failed else "", subject, bool(calls or legs), now),
        subject=subject,
        call=failed.id if failed else "",
        calls=tuple(dict.fromkeys(calls)),
        legs=tuple(dict.fromkeys(legs)),
    )


def _leg(world: World, entry: Event | Ask, record: str) -> str:
    """Return the leg of a record's id, or the phone of an agent with this id, or "". An arriving leg counts too."""
    if record in world.legs or (isinstance(entry, LegArrived) and record == entry.leg):
        return record
    session = world.sessions.get(record)
    return (session.leg if session else None) or ""


def _remedy(world: World, entry: Event | Ask, call: str, subject: str, reconcilable: bool, now: int) -> Remedy:
    again = world.has_failed_again(call or subject, now)
    if again and (call or _is_stranger(world, entry)):
        return Remedy.FALLBACK
    return Remedy.RECONCILE if reconcilable and not again else Remedy.NONE


def _is_stranger(world: World, entry: Event | Ask) -> bool:
    return isinstance(entry, LegArrived) and entry.leg not in world.legs


def locate_error(error: Exception) -> str:
    """Return the file, line and function of Warmline in which an exception was raised, without its text."""
    place, trace = "", error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        for layer in ("core", "store"):
            _, found, path = code.co_filename.rpartition(f"/warmline/{layer}/")
            place = f"warmline/{layer}/{path}:{trace.tb_lineno} {code.co_name}" if found else place
        trace = trace.tb_next
    return place


def apply_remedy(turn: Turn, event: TurnFailed) -> None:
    """Refuse the command that failed, and apply the remedy. Other records stay as before the failed turn."""
    for record in dict.fromkeys((event.subject, event.call)):
        if record:
            turn.world.count_failure(record, turn.now)
    asked = _waiting(turn, event.failed)
    if event.remedy in (Remedy.REMOVE, Remedy.GIVEN_UP):
        _answer(turn, asked)
    else:
        _refuse(turn, asked)
    _forget_dial(turn, event.failed)
    call = turn.world.calls.get(event.call)
    gone = turn_scope.list_legs(turn.world, [event.call], ())
    match event.remedy:
        case Remedy.RECONCILE:
            recovery.reconcile_calls(turn, event.calls, event.legs, _server(event))
        case Remedy.FALLBACK if call:
            call_removal.send_to_fallback(turn, call, reasons.CALL_FAILED.text())
            webhook_triggers.follow(turn)
        case Remedy.FALLBACK if isinstance(event.failed, LegArrived):
            _send_back(turn, event.failed)
        case Remedy.REMOVE if call:
            call_removal.remove_call(turn, call, reasons.CALL_FAILED.text())
        case Remedy.REMOVE if isinstance(event.failed, LegArrived):
            _send_back(turn, event.failed)
    calls = [other for other in event.calls if other != event.call]
    legs = [leg for leg in event.legs if leg not in gone and leg in turn.world.legs]
    if event.remedy is Remedy.FALLBACK and (calls or legs):
        recovery.reconcile_calls(turn, calls, legs, _server(event))
    if isinstance(event.failed, TimerFired):
        _postpone(turn, event)
    if isinstance(event.failed, Reconciled) and event.remedy in PASSIVE_REMEDIES:
        turn.world.release_server(event.failed.server)  # no other input would release the calls
    automatic_calls.count_drops(turn)


def _forget_dial(turn: Turn, failed: Event | Ask) -> None:
    """Let a leg be dialled again if Asterisk refused its dial. Any other dial is under way or done."""
    match failed:
        case ActionFailed(DialLeg(name)) if leg := turn.world.legs.get(name):
            turn.put(leg.with_dialling(asked=False))


def _server(event: TurnFailed) -> str:
    """Return the server of an arriving leg that is not on record because of the failure."""
    return event.failed.server if isinstance(event.failed, LegArrived) else MAIN


def _waiting(turn: Turn, entry: Event | Ask) -> Event | Ask:
    """Return the command that waited for the database, if its answer failed; else the input itself."""
    check = dial_facts_queries.find(turn.world, entry.agent, entry.check) if isinstance(entry, DialFactsFound) else None
    return check.ask if check and check.ask else entry


def _refuse(turn: Turn, asked: Event | Ask) -> None:
    """Refuse the command in its receipt, with the cause. A phone that sent a REFER gets an answer too."""
    if isinstance(asked, Ask) and asked.receipt not in turn.world.receipts:
        call = turn_scope.find_call(turn.world, turn_scope.find_subject(turn.world, asked))
        receipt = receipts.open_receipt(turn, asked, call.id if call else "")
        receipts.finish(turn, receipt.id, Outcome.REFUSED, reasons.TURN_FAILED.text())
    elif isinstance(asked, ReferReceived):
        turn.do(asked.leg, AnswerRefer(asked.leg, "declined", server=asked.server))


def _answer(turn: Turn, asked: Event | Ask) -> None:
    """Answer the sender without a receipt, because the receipt may be the cause of the failure."""
    if isinstance(asked, Ask):
        turn.do(asked.receipt, Reply(asked.receipt, reasons.TURN_FAILED.text(), refused=True))
    refer = asked.refer if isinstance(asked, Ask) else asked.leg if isinstance(asked, ReferReceived) else ""
    if refer:
        server = asked.server if isinstance(asked, ReferReceived) else MAIN
        turn.do(refer, AnswerRefer(refer, "declined", server=server))


def _send_back(turn: Turn, came: LegArrived) -> None:
    """Send an arriving caller to the fallback; hang up an agent's phone."""
    ours = (*came.args, "")[0] in OWN_LEG_KINDS
    away = (
        HangUpLeg(came.leg, server=came.server)
        if ours
        else ContinueInFallback(came.leg, reasons.CALL_FAILED.text(), next=not came.call, server=came.server)
    )
    turn.do(came.leg, away)


def _postpone(turn: Turn, event: TurnFailed) -> None:
    """Postpone the timer that failed, twice as long each time, so that it does not fail without end.

    Other timers fire again at once. If the failed timer is unknown, all are postponed.
    """
    for key in dict.fromkeys(turn.take_due_timers()):
        later = event.remedy in PASSIVE_REMEDIES or key.id == event.subject
        failures = turn.world.failures.get(key.id)
        pause = (
            min(FIRST_TIMER_DELAY_US << min(failures.turns - 1, 20), MAX_TIMER_DELAY_US)
            if failures
            else FIRST_TIMER_DELAY_US
        )
        turn.wake(turn.now + (pause if later else 0), key.kind, key.id)
