"""What a journal row says was asked: the stable name of each action, and the names that older rows have for it.

A name is `object.verb`. It stands in a row's payload, which is in the row's hash: a name that is changed here gets its
old text into the column of former names. Which class reads an action is in journal_classes.py.
"""

from typing import Any

from warmline.store.wire_names.name_table import WireNames

ACTION_NAMES = WireNames(
    {
        # action: former names
        "channel.answer": ("Answer",),
        "channel.progress": ("Progress",),
        "channel.create": ("MakeLeg",),
        "channel.dial": ("Dial",),
        "channel.hang_up": ("Hangup",),
        "channel.continue": ("ToDialplan",),
        "channel.send_to_fallback": ("ToFallback",),
        "channel.answer_refer": ("AnswerTransfer",),
        "channel.play_silence": ("Silence",),
        "channel.deafen": ("Deafen",),
        "channel.mute": ("Mute",),
        "channel.play": ("Play",),
        "channel.stop_play": ("StopPlay",),
        "channel.start_music": ("PlayHoldMusic",),
        "channel.stop_music": ("StopHoldMusic",),
        "channel.send_dtmf": ("SendDigits",),
        "channel.whisper": ("Whisper",),
        "channel.snoop": ("Snoop",),
        "bridge.create": ("OpenRoom",),
        "bridge.create_holding": ("OpenSpot",),
        "bridge.destroy": ("CloseBridge",),
        "bridge.add": ("Join",),
        "bridge.remove": ("TakeOut",),
        "bridge.play": ("PlayTone",),
        "bridge.pause_play": ("PauseTone",),
        "bridge.stop_play": ("StopTone",),
        "bridge.start_music": ("RoomMusic",),
        "bridge.stop_music": ("StopMusic",),
        "recording.start": ("Record",),
        "recording.stop": ("StopRecord",),
        "recording.mute": ("MuteRecord",),
        "recording.measure": ("MeasureRecording",),
        "recording.convert": ("ConvertRecording",),
        "webhook.send": ("SendWebhook",),
        "lead.find": ("FindLead",),
        "call.reconcile": (),
        "dial.check": (),
        "command.answer": ("Tell",),
    }
)


def named_now(payload: dict[str, Any]) -> dict[str, Any]:
    """Return a row's payload, decoded, with today's names of actions; what is empty is not stored."""
    action = payload.get("action", "")
    asked = [[ACTION_NAMES.now(name), action] for name, action in payload.get("asked", ())]
    notes = [_without_class(note, action, payload) for note in payload.get("notes", ())]
    return payload | {"action": ACTION_NAMES.now(action), "asked": asked, "notes": notes}


def _without_class(note: str, action: str, payload: dict[str, Any]) -> str:
    """What a note says today that ended in the action's class and fields: the leg that it was about, if any."""
    answered, printed, _ = note.partition(f" to {action}(")
    if not printed or not answered.startswith("Asterisk answered "):
        return note
    leg = payload["input"]["action"].get("leg")
    return answered + (f" for leg {leg}" if leg else "")
