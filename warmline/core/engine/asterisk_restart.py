"""Another Asterisk answers than before: every call and every line that the one before had is gone."""

from warmline.core.agents import agent, phone
from warmline.core.calls.cut_off import cut_off
from warmline.core.media import recording_control
from warmline.core.model.asterisk_instance import AsteriskInstance
from warmline.core.model.leg import Leg, Phase
from warmline.core.model.receipt import Outcome
from warmline.core.model.replace import replace
from warmline.core.model.session import AgentState, Session
from warmline.core.state import receipts
from warmline.core.state.world import Turn

DIED = "Asterisk died"
BY_ASTERISK = "asterisk"  # who ended the call
JUST_LOST = 600_000_000  # microseconds: an Asterisk that is stopped in order hangs up before it ends


def seen(turn: Turn, started: int) -> None:
    """We are connected to the Asterisk that started then. That all channels are gone would not tell: the time does."""
    before = next(iter(turn.world.asterisk.values()), None)
    if not started or (before and before.started == started):
        return
    turn.put(AsteriskInstance(id=str(started), started=started, seen=turn.now))
    if before:
        turn.close(replace(before, ended=turn.now))
        turn.note(f"another Asterisk: {len(turn.world.calls)} calls and {len(turn.world.legs)} lines have ended")
        _all_over(turn)


def _all_over(turn: Turn) -> None:
    """Lines and files first: nothing is asked of what is no more."""
    for leg in turn.each(turn.world.legs):
        _leg(turn, leg)
    for file in turn.each(turn.world.recordings):
        recording_control.finished(turn, file, recording_control.CUT_OFF)
    for session in turn.each(turn.world.sessions):
        _phone(turn, session)
    for call in turn.each(turn.world.calls):
        cut_off(turn, call, BY_ASTERISK, DIED)
    for session in turn.each(turn.world.sessions):
        if session.phone_loss.recall_until:
            _until_it_is_back(turn, session)


def _leg(turn: Turn, leg: Leg) -> None:
    for receipt in leg.mute.receipts:
        receipts.finish(turn, receipt, Outcome.UNKNOWN, DIED)
    receipts.finish(turn, leg.supervision.receipt, Outcome.FAILED, DIED)
    turn.close(
        replace(
            leg,
            phase=Phase.GONE,
            bridge=None,
            target_bridge=None,
            ended=turn.now,
            cause=0,
            mute=replace(leg.mute, receipts=()),
        )
    )


def _phone(turn: Turn, session: Session) -> None:
    """A nailed_up phone that was on the line, or being called, is called back when everything has been told."""
    if session.login:
        receipts.finish(turn, session.login, Outcome.FAILED, DIED)
        agent.log_out(turn, replace(session, login=""))
    elif session.on_hook:
        agent.update_availability(
            turn,
            turn.put(
                replace(session, leg=None, phone_loss=replace(session.phone_loss, called_back=False, rescue_until=0))
            ),
        )
    elif session.leg or session.phone_loss.recall_until or session.phone_loss.rescue_until or _just_lost(turn, session):
        recall_until = turn.now + phone.RECALL
        turn.world.matcher.forget_agent(session.agent)
        turn.put(
            replace(
                session,
                leg=None,
                phone_loss=replace(session.phone_loss, called_back=True, recall_until=recall_until, rescue_until=0),
            )
        )


def _just_lost(turn: Turn, session: Session) -> bool:
    """Whether Asterisk may have hung up his phone because it was about to end."""
    lost = session.pause_code == agent.LOST_CODE and turn.now - session.since <= JUST_LOST
    return lost or session.state is AgentState.DISPO


def _until_it_is_back(turn: Turn, session: Session) -> None:
    lost = session.pause_code == agent.LOST_CODE
    if session.state is AgentState.READY or (lost and session.phone_loss.was_ready):
        agent.enter(turn, session, AgentState.PAUSED, agent.RESTART_CODE)
    elif lost:
        agent.enter(turn, session, AgentState.PAUSED, session.phone_loss.pause_code)
