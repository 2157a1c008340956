"""The stable name of each action in journal rows, and the names in older rows.

A name is `object.verb`. It is in a row's payload, which the row's hash covers. If you change a name here, add its old
text to the former names. journal_classes.py has the class that reads each action.
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
        "channel.originate": (),
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
        "channel.detect_machine": (),
        "channel.detect_talking": (),
        "channel.adopt": (),
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
    """Return a row's decoded payload with the current names of actions; empty fields are not stored."""
    action = payload.get("action", "")
    asked = [[ACTION_NAMES.now(name), action] for name, action in payload.get("asked", ())]
    notes = [_without_class(note, action, payload) for note in payload.get("notes", ())]
    return payload | {"action": ACTION_NAMES.now(action), "asked": asked, "notes": notes}


def _without_class(note: str, action: str, payload: dict[str, Any]) -> str:
    """Return the current form of a note that ended in an action's class and fields: with the leg, if it had one."""
    answered, printed, _ = note.partition(f" to {action}(")
    if not printed or not answered.startswith("Asterisk answered "):
        return note
    leg = payload["input"]["action"].get("leg")
    return answered + (f" for leg {leg}" if leg else "")
