"""The former fields of calls, sessions and legs in open_state, and the parts that hold them now."""

from collections.abc import Mapping
from typing import Any

Parts = Mapping[str, Mapping[str, str]]  # by part of a record: the former name of each field, and its name now

CALL_PARTS_3: Parts = {
    "audio": {
        "tone": "tone",
        "tone_media": "tone_media",
        "tones": "tones",
        "music": "music",
        "had_music": "had_music",
        "audio": "files",
        "audios": "plays",
        "audio_paused": "paused",
        "playing_audio": "playing",
        "undone": "undone",
    },
    "recording": {
        "recording": "running",
        "files": "files",
        "track": "track",
        "track_reason": "track_reason",
        "after_leave": "after_leave",
        "after_leave_reason": "after_leave_reason",
        "record_at": "start_at",
        "record_muted": "muted",
    },
    "prompts": {
        "welcoming": "welcoming",
        "saying": "saying",
        "playing": "playing",
        "plays": "plays",
        "unplayed": "unplayed",
        "prompt_at": "prompt_at",
        "offer": "offer",
        "offer_until": "offer_until",
        "offered": "offered",
        "message": "message",
        "vm_message": "vm_message",
    },
    "queueing": {
        "queued_at": "queued_at",
        "priority": "priority",
        "drop_at": "drop_at",
        "wait": "wait",
        "why": "why",
        "exit": "exit",
        "overflows": "overflows",
        "rung": "rung",
        "line_since": "line_since",
        "close_at": "close_at",
    },
    "asked_bridges": {
        "room": "room",
        "spot": "spot",
        "spot_music": "spot_music",
        "third_spot": "third_spot",
        "ivr_room": "ivr",
        "doubtful": "doubtful",
    },
    "parking": {
        "customer_place": "customer_place",
        "third_place": "third_place",
        "parked": "since",
        "remind_at": "remind_at",
    },
    "consultation": {
        "closer": "closer",
        "closer_group": "closer_group",
        "asked_group": "asked_group",
        "asked_agent": "asked_agent",
        "asked_at": "asked_at",
        "unanswered": "unanswered",
        "gone_at": "gone_at",
    },
    "commands": {
        "target": "target",
        "pending": "pending",
        "dialling": "dialling",
        "queue": "queue",
        "before": "before",
        "leaving": "leaving",
    },
    "outcome": {
        "last_agent": "last_agent",
        "callback": "callback",
        "campaign": "campaign",
        "connected": "connected",
        "left": "left",
        "ended_by": "ended_by",
        "status": "status",
    },
}

SESSION_PARTS_3: Parts = {
    "after_call": {
        "pause_asked": "pause",
        "pause_code_asked": "pause_code",
        "logout_asked": "logout",
        "status_asked": "status",
        "callback_asked": "callback",
        "by_asked": "by",
        "notes_asked": "notes",
    },
    "phone_loss": {
        "called_back": "called_back",
        "was_ready": "was_ready",
        "lost_pause": "pause_code",
        "recall_until": "recall_until",
        "phone_away": "away_since",
        "rescue_until": "rescue_until",
    },
    "last": {
        "last_call": "call",
        "last_status": "status",
        "promised": "promised",
        "last_number": "number",
        "last_notes": "notes",
        "last_ingroup": "ingroup",
    },
    "talk_times": {
        "call_started": "call_started",
        "call_finished": "call_finished",
        "inbound_started": "inbound_started",
        "inbound_finished": "inbound_finished",
    },
}

LEG_PARTS_3: Parts = {
    "mute": {"muted": "muted", "muting": "muting", "mute_receipts": "receipts"},
    "dialling": {
        "dial_asked": "asked",
        "timeout": "timeout",
        "redirected": "redirected",
        "redirects": "redirects",
        "redirect_check": "redirect_check",
        "end_held": "end_held",
    },
    "supervision": {"receipt": "receipt", "peer_leg": "peer_leg", "heard_by": "heard_by"},
}

PARTS_3 = {"call": CALL_PARTS_3, "agent_session": SESSION_PARTS_3, "leg": LEG_PARTS_3}
"""By the table of a record: the fields that were in the record itself up to format 3."""


def nested(body: dict[str, Any], parts: Parts) -> dict[str, Any]:
    """Return a stored record with fields moved into its parts."""
    gone = {former for names in parts.values() for former in names}
    rest = {name: value for name, value in body.items() if name not in gone}
    return rest | {
        part: {name: body[former] for former, name in names.items() if former in body} for part, names in parts.items()
    }
