"""The states of an agent session: ready, in a call, wrap-up, paused."""

from warmline.core.agents import agent_mute, agent_time_limits, callback_promise, drop_counts, supervisor_page
from warmline.core.model.actions import HangUpLeg, PlaySilence
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState
from warmline.core.model.callback import Callback
from warmline.core.model.disposition import DispositionEntry
from warmline.core.model.leg import Leg, Role
from warmline.core.model.receipt import Outcome
from warmline.core.model.replace import new, replace
from warmline.core.model.session import AgentInterval, Session
from warmline.core.queue import agent_ranking
from warmline.core.queue.matching.call_matcher import DIRECT
from warmline.core.receipts import receipts
from warmline.core.rules import activity, reasons
from warmline.core.webhooks import webhook_triggers
from warmline.core.world.world import Turn

LOST_CODE = "LOST"
NO_PHONE_CODE = "NOPHONE"  # in a READY agent's interval: the phone could not be reached
RESTART_CODE = "RESTART"  # Asterisk died; the agent is READY again when the phone is back
NO_ANSWER_CODE = "NOANSW"
INACTIVE_CODE = "INACTIVE"  # the agent or the campaign has active=N
XFER = "XFER"  # the disposition that transfer_no_dispo writes


def by_leg(turn: Turn, leg: Leg) -> Session | None:
    """Return the session whose phone this leg is, or None."""
    session = turn.world.sessions.get(leg.owner)
    return session if session and session.leg == leg.id else None


def leg_of(turn: Turn, user: str | None) -> Leg | None:
    """Return the leg of an agent's phone if it is on the line or rings, else None."""
    session = turn.world.sessions.get(user or "")
    return turn.world.legs.get(session.leg or "") if session else None


def has_feature_keys(turn: Turn, leg: Leg) -> bool:
    """Return whether the leg is an agent's phone, whose campaign has feature keys."""
    session = by_leg(turn, leg) if leg.role is Role.AGENT else None
    return session is not None and turn.world.rules.campaign(session.campaign).feature_keys == "Y"


def to_idle(turn: Turn, leg: Leg) -> None:
    """Play silence to an idle agent's leg, so that the phone gets packets while it is in no bridge."""
    if leg.idle and not leg.silence_playing and leg.server not in turn.world.holding:
        turn.put(replace(leg, silence_playing=True))
        turn.do(leg.owner, PlaySilence(leg.id, on=True))
    if session := by_leg(turn, leg):
        update_availability(turn, session)


def update_availability(turn: Turn, session: Session) -> None:
    """Put the agent into the queues, or remove the agent from them.

    The agent can take a call if READY and the phone is idle or on the hook. An agent whose phone holds the line or
    cannot be reached takes no call, because agent and caller would not hear each other. Neither does an agent whose
    browser phone has lost its page.
    """
    leg = turn.world.legs.get(session.leg or "")
    free = leg is None and not session.typed.line if session.on_hook else leg is not None and leg.idle and not leg.held
    away = session.phone_loss.away_since or session.phone_loss.page_away_since
    if session.state is AgentState.READY and free and not away:
        agent_ranking.update_queues(turn, session)
    else:
        _not_ready(turn, session)


def _not_ready(turn: Turn, session: Session) -> None:
    """Remove the agent from the queues. Calls that prefer this agent check whether they still wait for them."""
    turn.world.matcher.forget_agent(session.agent)
    for call in turn.world.matcher.waiting(DIRECT + session.agent):
        turn.touch(call)


def enter(turn: Turn, session: Session, state: AgentState, pause_code: str = "", *, hold: bool = False) -> Session:
    """Enter a state, or a hold within it. The current interval ends and the next one starts.

    An agent who is not active is PAUSED in place of READY.
    """
    if state is AgentState.READY and activity.why_not(turn.world.rules, session.agent, session.campaign):
        state, pause_code = AgentState.PAUSED, INACTIVE_CODE
    same = session.state is state and session.pause_code == pause_code
    if same and session.hold == hold:
        session = turn.put(session)
        update_availability(turn, session)
        return session
    if state is AgentState.READY and session.state is not AgentState.QUEUE:
        session = replace(session, ready_since=turn.now)
    since = session.since if same else turn.now
    return begin_interval(turn, replace(session, state=state, pause_code=pause_code, hold=hold, since=since))


def begin_interval(turn: Turn, session: Session) -> Session:
    """Store a session with a new state, hold or reachability, and start its interval."""
    running = turn.world.intervals.get(session.interval)
    if running:
        turn.close(replace(running, ended=turn.now))
    without = session.state is AgentState.READY and session.phone_loss.away_since
    interval = new(
        AgentInterval,
        id=turn.new_id(),
        session=session.id,
        agent=session.agent,
        state=session.state,
        pause_code=NO_PHONE_CODE if without else session.pause_code,
        hold=session.hold,
        call=session.call or (session.last.call if session.state is AgentState.DISPO else ""),
        started=turn.now,
    )
    turn.put(interval)
    session = turn.put(replace(session, interval=interval.id))
    agent_time_limits.watch(turn, session)
    update_availability(turn, session)
    return session


def set_phone_away(turn: Turn, session: Session, since: int) -> Session:
    """Store since when the phone cannot be reached; 0 if it can. READY without a phone is a separate interval."""
    if bool(session.phone_loss.away_since) == bool(since):
        return session
    session = replace(session, phone_loss=replace(session.phone_loss, away_since=since))
    if session.state is AgentState.READY:
        return begin_interval(turn, session)
    session = turn.put(session)
    update_availability(turn, session)
    return session


def take_call(turn: Turn, user: str, call: Call) -> Session:
    """Give the agent a matched call."""
    session = turn.world.sessions[user]
    after_call = replace(session.after_call, status="", by="", notes="", draft="", callback=None)
    ingroup = call.consultation.asked_group or call.ingroup
    last = replace(session.last, ingroup=ingroup, number=call.number, promised=None)
    if session.typed.text:  # half-typed keys were meant for the time before this call
        session = replace(session, typed=replace(session.typed, text=""))
    return enter(turn, replace(session, call=call.id, after_call=after_call, last=last), AgentState.QUEUE)


def has_call(turn: Turn, user: str, ingroup: str) -> None:
    """Count a connected call of this in-group for the agent's rank."""
    session = turn.world.sessions[user]
    taken = dict(session.taken)
    taken[ingroup] = taken.get(ingroup, 0) + 1
    session = replace(session, calls=session.calls + 1, taken=tuple(taken.items()))
    session = turn.put(
        replace(session, talk_times=replace(session.talk_times, call_started=turn.now, inbound_started=turn.now))
    )
    webhook_triggers.started(turn, session)


def has_dialled(turn: Turn, user: str) -> None:
    """Count a connected call that the agent has dialled."""
    session = turn.world.sessions[user]
    session = turn.put(
        replace(session, calls=session.calls + 1, talk_times=replace(session.talk_times, call_started=turn.now))
    )
    webhook_triggers.started(turn, session)


def release(turn: Turn, user: str, *, untouched: bool, no_dispo: bool = False, no_code: bool = False) -> None:
    """End the call for this agent: DISPO, or the previous state if the call never reached the agent (`untouched`).

    `no_dispo` writes the disposition XFER at once (transfer_no_dispo). `no_code` skips disposition and wrap-up.
    """
    session = turn.world.sessions[user]
    if untouched:
        session = replace(session, call=None, muted=False)
    else:
        session = _had(turn, session)
        last = replace(session.last, call=session.call or "", status="", notes="")
        session = replace(session, call=None, missed=0, muted=False, last=last)
    leg = turn.world.legs.get(session.leg or "")
    if session.on_hook and leg and not leg.hangup_requested:
        turn.put(replace(leg, hangup_requested=True))
        turn.do(user, HangUpLeg(leg.id))
    agent_mute.call_over(turn, session)
    if untouched:
        after_wrapup(turn, session)
        return
    session = enter(turn, session, AgentState.DISPO)
    if (asked := session.after_call).status:
        dispose(turn, session, asked.status, asked.by, asked.notes, asked.callback, at_once=no_dispo)
    elif no_dispo:
        dispose(turn, session, XFER, "transfer_no_dispo", at_once=True)
    elif session.adopted or no_code:
        after_wrapup(turn, session)


def _had(turn: Turn, session: Session) -> Session:
    """Return the session with the end of its call, which counts for the rank if agent and caller were connected."""
    if session.state is AgentState.QUEUE:
        return session
    times = session.talk_times
    inbound = times.inbound_started == times.call_started
    finished = turn.now if inbound else times.inbound_finished
    return replace(session, talk_times=replace(times, call_finished=turn.now, inbound_finished=finished))


def after_wrapup(turn: Turn, session: Session) -> None:
    """Enter the state after a call and its disposition: logged out, PAUSED or READY. A lost phone leads to PAUSED."""
    if session.after_call.logout:
        log_out(turn, session)
    elif session.phone_loss.recall_until and not session.after_call.pause:
        enter(turn, session, AgentState.PAUSED, RESTART_CODE)
    elif _is_without_phone(turn, session):
        ready, code = not session.after_call.pause, session.after_call.pause_code
        lost(
            turn,
            replace(session, after_call=replace(session.after_call, pause=False, pause_code="")),
            ready=ready,
            code=code,
        )
    elif session.after_call.pause:
        code = session.after_call.pause_code
        enter(
            turn,
            replace(session, after_call=replace(session.after_call, pause=False, pause_code="")),
            AgentState.PAUSED,
            code,
        )
    else:
        enter(turn, session, AgentState.READY)


def _is_without_phone(turn: Turn, session: Session) -> bool:
    """Return whether the agent's phone is off the line and is not being called back."""
    nailed_up = session.phone_loss.called_back or not session.on_hook
    return (
        session.leg is None
        and nailed_up
        and not session.phone_loss.recall_until
        and session.phone_loss.rescue_until <= turn.now
    )


def lost(turn: Turn, session: Session, *, ready: bool, code: str) -> None:
    """Pause an agent whose phone is lost permanently.

    The previous state is kept, because the cause may turn out to be a restart of Asterisk.
    """
    session = replace(session, phone_loss=replace(session.phone_loss, called_back=False, rescue_until=0))
    if code != LOST_CODE:
        session = replace(
            session, phone_loss=replace(session.phone_loss, was_ready=ready or code == RESTART_CODE, pause_code=code)
        )
    enter(turn, session, AgentState.PAUSED, LOST_CODE)


def dispose(
    turn: Turn,
    session: Session,
    status: str,
    by: str,
    notes: str = "",
    wanted: Callback | None = None,
    *,
    at_once: bool = False,
) -> None:
    """Write the disposition of the agent's last call, and the callback that it promises.

    The agent enters the next state at the end of the wrap-up, or `at_once`.
    """
    session = _write_code(turn, session, status, by, notes, wanted)
    over = agent_time_limits.ends_at(session, turn.world.rules.campaign(session.campaign))
    if at_once or session.after_call.pause or session.after_call.logout or (over or 0) <= turn.now:
        after_wrapup(turn, session)
    else:
        agent_time_limits.watch(turn, turn.put(session))


def _write_code(turn: Turn, session: Session, status: str, by: str, notes: str, wanted: Callback | None) -> Session:
    """Write the code of the agent's last call and its callback. Return the changed session."""
    call, user, notes = session.last.call, session.agent, notes or session.after_call.draft
    turn.close(
        DispositionEntry(id=turn.new_id(), call=call, agent=user, status=status, at=turn.now, by=by, notes=notes)
    )
    if (live := turn.world.calls.get(call)) and live.outcome.last_agent == user:
        turn.put(replace(live, outcome=replace(live.outcome, status=status)))
    session = callback_promise.settle(turn, session, wanted, status, by)
    return replace(
        session,
        after_call=replace(session.after_call, status="", by="", notes="", draft=""),
        last=replace(session.last, status=status, notes=notes, lead_call=drop_counts.judged(turn, session, status)),
    )


def log_out(turn: Turn, session: Session) -> None:
    """End the session, and hang up its phone."""
    receipts.finish(turn, session.login, Outcome.ABANDONED, reasons.LOGGED_OUT.text())
    for leg in filter(None, map(turn.world.legs.get, (session.leg or "", session.typed.line))):
        if not leg.hangup_requested:
            turn.put(replace(leg, hangup_requested=True))
            turn.do(session.agent, HangUpLeg(leg.id))
    if running := turn.world.intervals.get(session.interval):
        turn.close(replace(running, ended=turn.now))
    _not_ready(turn, session)
    turn.close(replace(session, ended=turn.now, leg=None))
    supervisor_page.agent_left(turn, session.agent, reasons.AGENT_LOGGED_OUT.text())
    for check in session.dial_checks:
        if check.ask:
            receipts.open_receipt(turn, check.ask, "")
            receipts.finish(turn, check.id, Outcome.REFUSED, reasons.AGENT_LOGGED_OUT.text())


def set_status(
    turn: Turn,
    session: Session,
    status: str,
    by: str,
    notes: str = "",
    wanted: Callback | None = None,
    *,
    amends: bool = False,
) -> str:
    """Set a disposition code from a command: at once in DISPO, at the end of the call during a call.

    Another code replaces it until the end of the wrap-up; with `amends`, until the next call. Return the reason for a
    refusal, or "".
    """
    if session.call:
        given = replace(session.after_call, status=status, by=by, notes=notes, callback=wanted)
        turn.put(replace(session, after_call=given))
        return ""
    if session.last.status == status and notes in ("", session.last.notes) and wanted is None:
        return ""
    if session.state is AgentState.DISPO:
        dispose(turn, session, status, by, notes, wanted)
        return ""
    if not amends:
        return reasons.DISPOSITION_SET.text(status=session.last.status)
    turn.put(_write_code(turn, session, status, by, notes, wanted))
    return ""


def _end_wrap_up(turn: Turn, session: Session) -> None:
    """End the wrap-up early, because the agent has given the code and chosen the next state."""
    if agent_time_limits.wraps_up(session):
        after_wrapup(turn, session)


def pause(turn: Turn, session: Session, code: str = "") -> str:
    """Pause the agent at once, or after the call and its disposition. Return the reason for a refusal, or ""."""
    if session.call or session.state is AgentState.DISPO:
        session = turn.put(
            replace(
                session,
                after_call=replace(session.after_call, pause=True, pause_code=code or session.after_call.pause_code),
            )
        )
        _end_wrap_up(turn, session)
    elif session.state is AgentState.READY or code or session.pause_code == RESTART_CODE:
        enter(turn, session, AgentState.PAUSED, code)
    return ""


def check_active(turn: Turn, session: Session) -> None:
    """Pause a READY agent who may take no further call."""
    if session.state is AgentState.READY and activity.why_not(turn.world.rules, session.agent, session.campaign):
        enter(turn, session, AgentState.PAUSED, INACTIVE_CODE)


def why_not_resume(turn: Turn, session: Session) -> str:
    """Return why the agent cannot be READY, now or after the call, or ""."""
    if session.call or session.state is AgentState.DISPO:
        return ""
    if session.leg is None and not session.on_hook and session.phone_loss.rescue_until <= turn.now:
        return reasons.LOGIN_NEEDED.text()
    return activity.why_not(turn.world.rules, session.agent, session.campaign)


def resume(turn: Turn, session: Session) -> str:
    """Make the agent READY, now or after the call and its disposition. Return ""."""
    if session.call or session.state is AgentState.DISPO:
        session = turn.put(replace(session, after_call=replace(session.after_call, pause=False, pause_code="")))
        _end_wrap_up(turn, session)
    else:
        enter(turn, replace(session, missed=0, previewed=None), AgentState.READY)
    return ""


def change_ingroups(turn: Turn, session: Session, names: tuple[str, ...]) -> str:
    """Change the in-groups of the agent; a current call stays. Return the reason for a refusal, or ""."""
    for name in names:
        if name not in turn.world.rules.ingroups:
            return reasons.INGROUP_UNKNOWN.text(ingroup=name)
    update_availability(turn, turn.put(replace(session, ingroups=names)))
    return ""


def ask_logout(turn: Turn, session: Session) -> str:
    """Log the agent out at once, or after the call and its disposition. Return ""."""
    if session.call or session.state is AgentState.DISPO:
        session = turn.put(replace(session, after_call=replace(session.after_call, logout=True)))
        _end_wrap_up(turn, session)
    else:
        log_out(turn, session)
    return ""
