"""Calls to an agent's phone: for each call (on_hook), at a login, and when its agent asks for it (nailed_up)."""

from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.leg_messages import DialLeg
from warmline.core.model.leg import Leg, Role
from warmline.core.model.session import Session
from warmline.core.moment import SECOND_US
from warmline.core.permission import dial_gate
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.servers.reach import choose_phone_server
from warmline.core.world.originate import make_phone_presentation, originate
from warmline.core.world.turn import Turn

RING_SECONDS = 30


def ring_phone(turn: Turn, session: Session, *, seconds: int, caller: str, order_key: str) -> Session:
    """Call the agent's phone, for at most `seconds`. `caller` is the customer's number, or "".

    The server of the agent's call calls it; see `choose_phone_server` for an agent without one. A browser phone is not
    dialled: its page sees that it is wanted, and has as long to offer it. A number outside rings through the dial gate;
    one that the gate refuses counts as missed a second later.
    """
    if session.browser:
        turn.wake(turn.now + seconds * SECOND_US, TimerKind.SESSION, session.agent)
        return turn.put(session)
    server = choose_phone_server(turn.world, session)
    if session.outside:
        leg = dial_gate.dial_agent(turn, session, server, seconds=seconds, customer=caller, order_key=order_key)
        return _skip_ring(turn, session, leg) if isinstance(leg, str) else turn.put(replace(session, leg=leg.id))
    display = make_phone_presentation(turn.world.rules.campaign(session.campaign), session.phone, caller)
    leg = originate(
        turn,
        role=Role.AGENT,
        owner=session.agent,
        number=session.phone,
        endpoint=f"PJSIP/{session.phone}",
        server=server,
        seconds=seconds,
        call=session.call or "",
        order_key=order_key,
        **display,
    )
    return turn.put(replace(session, leg=leg.id))


def _skip_ring(turn: Turn, session: Session, reason: str) -> Session:
    """Let the time of a phone end that is not called: see `core/calls/rescue.py`. A rescue keeps its time.

    A server that is back is away until its state is known, so that the next try of a rescue may reach the phone.
    """
    turn.note(f"the outside number of agent {session.agent} is not dialled: {reason}")
    retry_at_us = turn.now + SECOND_US
    rescue_until_us = max(retry_at_us, session.phone_loss.rescue_until)
    turn.wake(retry_at_us, TimerKind.SESSION, session.agent)
    return turn.put(session.with_phone_loss(rescue_until=rescue_until_us))


def dial_phone(turn: Turn, leg: Leg) -> None:
    """Dial the phone after its channel has been created."""
    turn.put(leg.with_dialling(asked=True))
    turn.do(leg.owner, DialLeg(leg.id, leg.dialling.timeout))


def find_call_refusal(_turn: Turn, session: Session) -> str:
    """Return why the agent's phone is not called, or "" for a nailed-up phone that is not on the line."""
    return reasons.PHONE_NEEDS_NO_CALL.text() if session.leg is not None or session.on_hook else ""


def call_phone(turn: Turn, session: Session) -> str:
    """Call a nailed-up phone that is not on the line. Return "": `find_call_refusal` has refused."""
    session = session.with_phone_loss(called_back=True)
    ring_phone(turn, session, seconds=RING_SECONDS, caller="", order_key=session.agent)
    return ""
