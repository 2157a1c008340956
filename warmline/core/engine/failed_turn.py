"""The remedy for a turn that raised an exception, so that a bug affects only one call."""

from warmline.core.engine import automatic_calls, call_removal, recovery
from warmline.core.messages.action_answers import ActionFailed
from warmline.core.messages.commands import Ask, Reply
from warmline.core.messages.dial_facts_messages import DialFactsFound
from warmline.core.messages.events import Event, Remedy, TurnFailed
from warmline.core.messages.leg_messages import ContinueInFallback, DialLeg, HangUpLeg, LegArrived
from warmline.core.messages.process_messages import CallsReconciled, Reconciled, TimerFired
from warmline.core.messages.refer_messages import AnswerRefer, ReferReceived
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.receipt import Outcome
from warmline.core.model.session import BROWSER_PHONE
from warmline.core.permission import dial_facts_queries
from warmline.core.receipts import receipts
from warmline.core.rules import reasons
from warmline.core.webhooks import webhook_triggers
from warmline.core.world import turn_scope
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

FIRST_TIMER_DELAY_US = 5_000_000  # until a failed timer fires again; it is doubled each time
MAX_TIMER_DELAY_US = 3_600_000_000
OWN_LEG_KINDS = ("login", BROWSER_PHONE, "keys", "made", "whisper")  # first argument of a leg that is not a caller
NEXT_REMEDIES = {
    Remedy.RECONCILE: Remedy.NONE,
    Remedy.FALLBACK: Remedy.REMOVE,
    Remedy.REMOVE: Remedy.GIVEN_UP,
    Remedy.NONE: Remedy.GIVEN_UP,
}
"""The next remedy if a remedy raises too. The last one changes too little to fail."""
PASSIVE_REMEDIES = (Remedy.NONE, Remedy.GIVEN_UP)  # nothing has changed, so a repetition would fail too


def make_turn_failed(world: World, core_input: Event | Ask, error: Exception, subject: str, now_us: int) -> TurnFailed:
    """Return the TurnFailed to handle instead of an input that raised `error` while the turn was at record `subject`.

    The call of that record is the failed one. The input may be about another call, which has missed its input. That
    call is compared with Asterisk too. `now_us` is in microseconds UTC.
    """
    input_subject = turn_scope.find_subject(world, core_input)
    subject = subject if turn_scope.is_open(world, subject) else input_subject
    failed_call, missed_call = turn_scope.find_call(world, subject), turn_scope.find_call(world, input_subject)
    calls = [call.id for call in (failed_call, missed_call) if call]
    legs = [leg for record in (subject, input_subject) if (leg := _find_leg(world, core_input, record))]
    if isinstance(core_input, CallsReconciled):
        calls, legs = calls + [call for call in core_input.calls if call in world.calls], legs + list(core_input.legs)
    return TurnFailed(
        failed=core_input,
        error=type(error).__name__,
        place=locate_error(error),
        remedy=_choose_remedy(
            world,
            core_input,
            failed_call.id if failed_call else "",
            subject=subject,
            reconcilable=bool(calls or legs),
            now_us=now_us,
        ),
        subject=subject,
        call=failed_call.id if failed_call else "",
        calls=tuple(dict.fromkeys(calls)),
        legs=tuple(dict.fromkeys(legs)),
    )


def _find_leg(world: World, core_input: Event | Ask, record: str) -> str:
    """Return the leg of a record's id, or the phone of an agent with this id, or "". An arriving leg counts too."""
    if record in world.legs or (isinstance(core_input, LegArrived) and record == core_input.leg):
        return record
    session = world.sessions.get(record)
    return (session.leg if session else None) or ""


def _choose_remedy(
    world: World, core_input: Event | Ask, call: str, subject: str, reconcilable: bool, now_us: int
) -> Remedy:
    has_failed_before = world.has_failed_again(call or subject, now_us)
    if has_failed_before and (call or _is_new_leg(world, core_input)):
        return Remedy.FALLBACK
    return Remedy.RECONCILE if reconcilable and not has_failed_before else Remedy.NONE


def _is_new_leg(world: World, core_input: Event | Ask) -> bool:
    return isinstance(core_input, LegArrived) and core_input.leg not in world.legs


def locate_error(error: Exception) -> str:
    """Return the file, line and function of Warmline in which an exception was raised, without its text."""
    origin, trace = "", error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        for layer in ("core", "store"):
            _, folder, path = code.co_filename.rpartition(f"/warmline/{layer}/")
            origin = f"warmline/{layer}/{path}:{trace.tb_lineno} {code.co_name}" if folder else origin
        trace = trace.tb_next
    return origin


def apply_remedy(turn: Turn, event: TurnFailed) -> None:
    """Refuse the command that failed, and apply the remedy. Other records stay as before the failed turn."""
    for record in dict.fromkeys((event.subject, event.call)):
        if record:
            turn.world.count_failure(record, turn.now)
    refused_input = _get_waiting_command(turn, event.failed)
    if event.remedy in (Remedy.REMOVE, Remedy.GIVEN_UP):
        _answer_sender(turn, refused_input)
    else:
        _refuse(turn, refused_input)
    _forget_dial(turn, event.failed)
    call = turn.world.calls.get(event.call)
    call_legs = turn_scope.list_legs(turn.world, [event.call], ())
    match event.remedy:
        case Remedy.RECONCILE:
            recovery.reconcile_calls(turn, event.calls, event.legs, server=_get_arrival_server(event))
        case Remedy.FALLBACK if call:
            call_removal.send_to_fallback(turn, call, reasons.CALL_FAILED.text())
            webhook_triggers.queue_webhooks(turn)
        case Remedy.FALLBACK if isinstance(event.failed, LegArrived):
            _send_back(turn, event.failed)
        case Remedy.REMOVE if call:
            call_removal.remove_call(turn, call, reasons.CALL_FAILED.text())
        case Remedy.REMOVE if isinstance(event.failed, LegArrived):
            _send_back(turn, event.failed)
    calls = [call_id for call_id in event.calls if call_id != event.call]
    legs = [leg for leg in event.legs if leg not in call_legs and leg in turn.world.legs]
    if event.remedy is Remedy.FALLBACK and (calls or legs):
        recovery.reconcile_calls(turn, calls, legs, server=_get_arrival_server(event))
    if isinstance(event.failed, TimerFired):
        _postpone_timers(turn, event)
    if isinstance(event.failed, Reconciled) and event.remedy in PASSIVE_REMEDIES:
        turn.world.release_server(event.failed.server)  # no other input would release the calls
    automatic_calls.count_drops(turn)


def _forget_dial(turn: Turn, failed_input: Event | Ask) -> None:
    """Let a leg be dialled again if Asterisk refused its dial. Any other dial is under way or done."""
    match failed_input:
        case ActionFailed(DialLeg(leg_id)) if leg := turn.world.legs.get(leg_id):
            turn.put(leg.with_dialling(asked=False))


def _get_arrival_server(event: TurnFailed) -> str:
    """Return the server of an arriving leg that is not on record because of the failure."""
    return event.failed.server if isinstance(event.failed, LegArrived) else MAIN_SERVER


def _get_waiting_command(turn: Turn, core_input: Event | Ask) -> Event | Ask:
    """Return the command that waited for the database, if its answer failed; else the input itself."""
    check = (
        dial_facts_queries.find_check(turn.world, core_input.agent, core_input.check)
        if isinstance(core_input, DialFactsFound)
        else None
    )
    return check.ask if check and check.ask else core_input


def _refuse(turn: Turn, refused_input: Event | Ask) -> None:
    """Refuse the command in its receipt, with the cause. A phone that sent a REFER gets an answer too."""
    if isinstance(refused_input, Ask) and refused_input.receipt not in turn.world.receipts:
        call = turn_scope.find_call(turn.world, turn_scope.find_subject(turn.world, refused_input))
        receipt = receipts.open_receipt(turn, refused_input, call.id if call else "")
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=reasons.TURN_FAILED.text())
    elif isinstance(refused_input, ReferReceived):
        turn.do(refused_input.leg, AnswerRefer(refused_input.leg, "declined", server=refused_input.server))


def _answer_sender(turn: Turn, refused_input: Event | Ask) -> None:
    """Answer the sender without a receipt, because the receipt may be the cause of the failure."""
    if isinstance(refused_input, Ask):
        turn.do(refused_input.receipt, Reply(refused_input.receipt, reasons.TURN_FAILED.text(), refused=True))
        if refused_input.refer:
            turn.do(refused_input.refer, AnswerRefer(refused_input.refer, "declined", server=MAIN_SERVER))
    elif isinstance(refused_input, ReferReceived):
        turn.do(refused_input.leg, AnswerRefer(refused_input.leg, "declined", server=refused_input.server))


def _send_back(turn: Turn, arrival: LegArrived) -> None:
    """Send an arriving caller to the fallback; hang up an agent's phone."""
    is_own_leg = (*arrival.args, "")[0] in OWN_LEG_KINDS
    action = (
        HangUpLeg(arrival.leg, server=arrival.server)
        if is_own_leg
        else ContinueInFallback(arrival.leg, reasons.CALL_FAILED.text(), next=not arrival.call, server=arrival.server)
    )
    turn.do(arrival.leg, action)


def _postpone_timers(turn: Turn, event: TurnFailed) -> None:
    """Postpone the timer that failed, twice as long each time, so that it does not fail forever.

    Other timers fire again immediately. If the failed timer is unknown, all are postponed.
    """
    for key in dict.fromkeys(turn.take_due_timers()):
        is_postponed = event.remedy in PASSIVE_REMEDIES or key.id == event.subject
        failures = turn.world.failures.get(key.id)
        pause = (
            min(FIRST_TIMER_DELAY_US << min(failures.turns - 1, 20), MAX_TIMER_DELAY_US)
            if failures
            else FIRST_TIMER_DELAY_US
        )
        turn.wake(turn.now + (pause if is_postponed else 0), key.kind, key.id)
