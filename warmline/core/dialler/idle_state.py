"""The idle state of a dialler that begins no call although agents are READY. The app says when: idle_alarm.py."""

from warmline.core.replace import replace
from warmline.core.world.turn import Turn


def set_idle_reason(turn: Turn, campaign_id: str, reason: str) -> None:
    """Note why a dialler that runs is idle, or, with "", that it is idle no longer."""
    dialler = turn.world.diallers.get(campaign_id)
    if dialler is None or not dialler.running or bool(dialler.idle) == bool(reason):
        return
    turn.put(replace(dialler, idle=reason))
    state = f"idle: {reason}" if reason else "idle no longer"
    turn.note(f"the dialler of campaign {campaign_id} is {state}")
