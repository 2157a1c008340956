"""Prompts for a waiting caller besides the music: the welcome, periodic prompts, and the last message."""

from collections.abc import Iterator

from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.audio_messages import Play, StopPlay
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.moment import SECOND_US
from warmline.core.queue import announcements, queue_state, wait_choices
from warmline.core.replace import replace
from warmline.core.rules.configuration import Ingroup
from warmline.core.world.campaign_and_ingroup import get_home_ingroup
from warmline.core.world.turn import Turn

PLAYBACK_PREFIX = "say-"  # of the playback ids of prompts


def enter(turn: Turn, call: Call) -> Call:
    """Put the call into a line. It is `welcoming` if the welcome message comes before its ticket."""
    call = stop(turn, call)
    ingroup = get_home_ingroup(turn, call)
    welcome_mode = ingroup.play_welcome_message
    files = () if welcome_mode == "NEVER" else announcements.split_sound_files(ingroup.welcome_message_filename)
    call = call.with_queueing(line_since=turn.now).with_prompts(
        offered=(), saying=files, welcoming=bool(files) and welcome_mode == "ALWAYS"
    )
    return set_timers(turn, _schedule_prompt(turn, call))


def restart(turn: Turn, call: Call) -> Call:
    """Let the call wait again, without a welcome. If an agent had served it, its wait begins now."""
    call = stop(turn, call)
    line_since = call.queueing.line_since if call.outcome.connected is None else turn.now
    return set_timers(turn, _schedule_prompt(turn, call.with_queueing(line_since=line_since)))


def set_timers(turn: Turn, call: Call) -> Call:
    """Set timers for the next prompts and choices of this caller."""
    offer_at = wait_choices.get_offer_time(get_home_ingroup(turn, call), call)
    for due_at in (call.prompts.prompt_at, call.prompts.offer_until, offer_at):
        if due_at is not None:
            turn.wake(due_at, TimerKind.CALL, call.id)
    return call


def _schedule_prompt(turn: Turn, call: Call) -> Call:
    interval_seconds = get_home_ingroup(turn, call).prompt_interval
    return call.with_prompts(prompt_at=turn.now + interval_seconds * SECOND_US if interval_seconds else None)


def play_periodic(turn: Turn, call: Call) -> Call:
    """Play a periodic prompt that is due, unless the caller hears something else."""
    call = turn.put(_schedule_prompt(turn, call))
    if call.prompts.prompt_at is not None:
        turn.wake(call.prompts.prompt_at, TimerKind.CALL, call.id)
    is_busy = call.prompts.saying or call.prompts.offer or call.prompts.welcoming
    if is_busy:
        return call
    return say(turn, call, tuple(_list_periodic_files(turn, call, get_home_ingroup(turn, call))))


def _list_periodic_files(turn: Turn, call: Call, ingroup: Ingroup) -> Iterator[str]:
    if ingroup.play_place_in_line == "Y":
        yield from announcements.announce_position(turn.world.matcher.get_position(call.id))
    if ingroup.play_estimate_hold_time == "Y":
        yield from announcements.announce_hold_time(estimate_wait(turn, call) // SECOND_US)
    yield from announcements.split_sound_files(ingroup.onhold_prompt_filename)


def estimate_wait(turn: Turn, call: Call) -> int:
    """Return the estimated remaining wait of this caller, in microseconds."""
    return queue_state.estimate_remaining_wait(turn.world, call, turn.now)


def say(turn: Turn, call: Call, files: tuple[str, ...]) -> Call:
    """Play these files to the caller next, instead of the current prompt."""
    call = cut(turn, call)
    return turn.put(call.with_prompts(saying=files))


def play(turn: Turn, call: Call) -> Call:
    """Start the next prompt once the caller is in the holding bridge. The music pauses and resumes by itself."""
    leg = turn.world.legs.get(call.customer or "")
    if not call.prompts.saying or call.prompts.playing or leg is None or leg.hangup_requested:
        return call
    is_in_holding_bridge = leg.target_bridge is None and leg.bridge == call.holding_bridge_id
    if call.state not in (State.WAITING, State.MESSAGE) or not is_in_holding_bridge:
        return call
    play_count = call.prompts.plays + 1
    prompts = replace(call.prompts, plays=play_count, playing=f"{PLAYBACK_PREFIX}{call.id}-{play_count}")
    call = turn.put(replace(call, prompts=prompts))
    turn.do(call.id, Play(leg.id, "sound:" + "|".join(call.prompts.saying), call.prompts.playing))
    return call


def cut(turn: Turn, call: Call) -> Call:
    """Stop the current prompt immediately; the music continues."""
    if not call.prompts.saying and not call.prompts.playing:
        return call
    if call.prompts.playing and call.customer and call.customer in turn.world.legs:
        turn.do(call.id, StopPlay(call.customer, call.prompts.playing))
    return turn.put(call.with_prompts(saying=(), playing=""))


def stop(turn: Turn, call: Call) -> Call:
    """End all prompts and choices, because the caller no longer waits here."""
    call = cut(turn, call)
    prompts = call.prompts
    if not prompts.welcoming and not prompts.offer and prompts.prompt_at is None and prompts.offer_until is None:
        return call
    return replace(call, prompts=replace(prompts, welcoming=False, prompt_at=None, offer="", offer_until=None))


def resume(turn: Turn, call: Call) -> Call:
    """Stop prompts after a restart, because Asterisk does not report which playbacks still run.

    A welcome counts as heard, an open choice is offered again, and the last message starts again.
    """
    message_files = call.prompts.saying if call.state is State.MESSAGE else ()
    offered_options = tuple(option for option in call.prompts.offered if option != call.prompts.offer)
    call = cut(turn, call)
    call = call.with_prompts(saying=message_files, welcoming=False, offer="", offer_until=None, offered=offered_options)
    return turn.put(set_timers(turn, call) if call.state is State.WAITING else call)
