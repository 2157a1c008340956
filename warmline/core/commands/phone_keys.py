"""The keys of an agent's phone: feature keys become commands, other keys go on to the party that the agent talks to.

A feature key is * and a digit. A number or a code after it ends with #. After a call, the key of a disposition and #
give the disposition. The agent hears a sound for each command, and another one if it is refused.
"""

from warmline.core.agents import agent_sounds, agent_states, key_line
from warmline.core.calls.leg_placement import is_in_bridge
from warmline.core.commands import command_dispatch, key_presses
from warmline.core.commands.feature_keys import (
    END_KEY,
    FEATURES,
    NUMBER_ARGUMENT,
    START_KEY,
    find_call,
    is_key_prefix,
    list_dispositions,
    list_pause_codes,
    to_disposition_command,
)
from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.audio_messages import DtmfReceived, SendDtmf
from warmline.core.messages.commands import Ask, CommandFields, Kind, Reply
from warmline.core.model.call_states import AgentState
from warmline.core.model.receipt import Receipt
from warmline.core.model.session import Session
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

COMMAND_SOURCE = "phone"
STAR_TIMEOUT_US = 2_000_000  # until a lone * is passed on
TYPING_TIMEOUT_US = 10_000_000  # until an incomplete number or code is forgotten
SOUND_BY_KIND = {Kind.RESUME: "sound:activated", Kind.PAUSE: "sound:de-activated"}


def find_key_session(world: World, leg_id: str) -> Session | None:
    """Return the session whose phone this is, if its keys are feature keys now, else None.

    In a bridge, they are if the others do not get them.
    """
    leg = world.legs.get(leg_id)
    session = world.sessions.get(leg.owner) if leg else None
    if leg is None or session is None or leg_id not in (session.leg, session.typed.line):
        return None
    has_feature_keys = leg.absorbs_keys if leg.bridge else world.rules.campaign(session.campaign).feature_keys == "Y"
    return session if has_feature_keys else None


def is_typing_number(session: Session) -> bool:
    """Return whether the next digits belong to a number to dial."""
    typed_keys = session.typed.text
    return len(typed_keys) == 2 and FEATURES[typed_keys[1]].argument == NUMBER_ARGUMENT


def has_meaning(world: World, session: Session, digit: str) -> bool:
    """Return whether the key means something to Warmline. Other keys, such as those of a card, are not recorded."""
    typed_keys = session.typed.text
    if digit in (START_KEY, END_KEY) or typed_keys == START_KEY:
        return True
    if typed_keys.startswith(START_KEY):
        return not is_typing_number(session) and is_key_prefix(list_pause_codes(world, session), typed_keys[2:] + digit)
    gives_code = session.state is AgentState.DISPO and not session.call
    return gives_code and is_key_prefix(list_dispositions(world, session), typed_keys + digit)


def handle_key(turn: Turn, event: DtmfReceived) -> None:
    """Handle a key of an agent's phone."""
    session = find_key_session(turn.world, event.leg)
    if session is None:
        return
    typed_keys, digit = session.typed.text, event.digit
    if typed_keys == START_KEY:
        _handle_key_after_star(turn, session, event)
    elif typed_keys.startswith(START_KEY):
        _handle_key_after_feature(turn, session, event)
    elif digit == START_KEY:
        _store_typed(turn, session, START_KEY)
    elif session.call:
        _pass_on(turn, session, digit, key_id=event.kept)
    elif digit == END_KEY and typed_keys:
        _give_command(turn, session, to_disposition_command(turn.world, session, typed_keys))
    elif digit and digit != END_KEY:
        _store_typed(turn, session, typed_keys + digit)
    else:
        _reject_typed(turn, session)


def _handle_key_after_star(turn: Turn, session: Session, event: DtmfReceived) -> None:
    digit = event.digit
    feature = FEATURES.get(digit)
    if feature is None:
        session = _store_typed(turn, session, "")
        _pass_on(turn, session, START_KEY, key_id="")
        if digit != START_KEY:
            _pass_on(turn, session, digit, key_id=event.kept)
    elif feature.argument:
        _store_typed(turn, session, START_KEY + digit)
    else:
        _give_command(turn, session, feature.command(turn.world, session, ""))


def _handle_key_after_feature(turn: Turn, session: Session, event: DtmfReceived) -> None:
    """Handle a key of a number or a code. The app has the digits of a number until END_KEY, so that no row has them."""
    typed_keys, digit = session.typed.text, event.digit
    if digit == END_KEY:
        feature = FEATURES[typed_keys[1]]
        text = event.number if feature.argument == NUMBER_ARGUMENT else typed_keys[2:]
        _give_command(turn, session, feature.command(turn.world, session, text))
    elif digit == START_KEY or (not digit and not is_typing_number(session)):
        _reject_typed(turn, session)
    else:
        _store_typed(turn, session, typed_keys + digit)


def _store_typed(turn: Turn, session: Session, text: str) -> Session:
    """Store what is typed and not complete, and set its time limit."""
    since_us = turn.now if text or session.typed.line else 0
    session = turn.put(session.with_typed_keys(text=text, since=since_us))
    if text:
        turn.wake(_find_time_limit_us(session), TimerKind.SESSION, session.agent)
    return session


def _find_time_limit_us(session: Session) -> int:
    return session.typed.since + (STAR_TIMEOUT_US if session.typed.text == START_KEY else TYPING_TIMEOUT_US)


def _reject_typed(turn: Turn, session: Session) -> None:
    """Forget what is typed, and let the agent hear that nothing was done."""
    _play_sound(turn, _store_typed(turn, session, ""), agent_sounds.ALERT_SOUND)


def _play_sound(turn: Turn, session: Session, media: str) -> None:
    """Play a sound that only the agent hears. The line of an on_hook agent ends with it."""
    if not key_line.play_answer(turn, session, media):
        agent_sounds.play_whisper(turn, session.agent, media)


def _pass_on(turn: Turn, session: Session, digit: str, key_id: str) -> None:
    """Send a key to the party that the agent talks to. A key that is a secret has only the id that the app knows."""
    call, leg = find_call(turn.world, session), agent_states.find_agent_leg(turn, session.agent)
    if call is None or leg is None or not is_in_bridge(turn, leg.id, call.mixing_bridge_id) or not (digit or key_id):
        return
    target = key_presses.find_listener(turn, call)
    if target == leg.id:  # a closer's keys are for the customer
        target = call.customer
    if target and is_in_bridge(turn, target, call.mixing_bridge_id):
        turn.do(call.id, SendDtmf(target, key_id, digit))


def _give_command(turn: Turn, session: Session, command: CommandFields) -> None:
    session = _store_typed(turn, session, "")
    if command.kind is Kind.DIAL:  # the phone is about to be called
        key_line.hang_up_line(turn, session)
    command_dispatch.dispatch(turn, Ask(turn.new_id(), command, by=session.agent, source=COMMAND_SOURCE))


def forget_typed_keys(turn: Turn, server: str = "") -> None:
    """Forget what agents have typed, because keys may be missing: the app has started, or this server was away.

    A line for keys stays on record until it is gone, because its end lets the agent have calls again.
    """
    for session in turn.iterate(turn.world.sessions):
        leg = turn.world.legs.get(session.typed.line or session.leg or "")
        if session.typed.text and (not server or leg is None or leg.server == server):
            _store_typed(turn, session, "")


def handle_timer(turn: Turn, session: Session) -> None:
    """Pass on a lone *, and forget an incomplete number or code, when no key has followed in time."""
    key_line.handle_timer(turn, session)
    if not session.typed.text or _find_time_limit_us(session) > turn.now:
        return
    if session.typed.text == START_KEY and session.call:
        _pass_on(turn, _store_typed(turn, session, ""), START_KEY, key_id="")
    else:
        _reject_typed(turn, session)


def acknowledge_commands(turn: Turn) -> None:
    """Let agents hear which of the commands that they gave by keys were answered in this turn, and how."""
    answers = {action.receipt: action for _, action in turn.actions if isinstance(action, Reply)}
    if not answers:
        return
    changed_receipts = (record for record, _ in turn.changes if isinstance(record, Receipt))
    receipts_by_id = {receipt.id: receipt for receipt in changed_receipts if receipt.id in answers}
    for receipt_id, answer in answers.items():
        receipt = receipts_by_id.get(receipt_id)
        session = turn.world.sessions.get(receipt.agent) if receipt else None
        # A client of the API may claim this source, but its command is not by the agent.
        is_by_keys = receipt and receipt.source == COMMAND_SOURCE and receipt.by == receipt.agent
        if receipt and session and is_by_keys and not receipt.refer:
            accepted_sound = SOUND_BY_KIND.get(receipt.kind, agent_sounds.BEEP_SOUND)
            _play_sound(turn, session, agent_sounds.ALERT_SOUND if answer.why else accepted_sound)
