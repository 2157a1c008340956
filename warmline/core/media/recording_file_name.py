"""The name of a recording's file: `campaign_rec_filename` with its tokens filled in."""

import re
from datetime import UTC, datetime

from warmline.core.model.call import Call
from warmline.core.rules import number_text
from warmline.core.world.campaign_and_ingroup import get_campaign
from warmline.core.world.turn import Turn

MAX_VALUE_CHARACTERS = 40  # of a value from the dialplan


def make_file_name(turn: Turn, call: Call) -> str:
    """Return the name of the call's next recording, without .wav. Its end makes the name unique."""
    recorded_at = datetime.fromtimestamp(turn.machine_time / 1e6, UTC)
    user = call.agent or call.outcome.last_agent
    session = turn.world.sessions.get(user)
    tokens = {
        "CAMPAIGN": session.campaign if session else "",
        "INGROUP": call.ingroup,
        "CUSTPHONE": number_text.to_dialled_digits(call.number) or "unknown",
        "FULLDATE": recorded_at.strftime("%Y%m%d-%H%M%S"),
        "TINYDATE": recorded_at.strftime("%y%m%d%H%M%S"),
        "EPOCH": str(turn.machine_time // 1_000_000),
        "AGENT": user,
        "CALLID": call.agc_id,
    } | {f"DATA_{name}": _to_safe_text(data_text) for name, data_text in call.data}
    template = get_campaign(turn, call).campaign_rec_filename
    # One pass: tokens in the values stay as they are.
    name = re.sub("DATA_[A-Za-z][A-Za-z0-9_]*|" + "|".join(tokens), lambda token: tokens.get(token[0], ""), template)
    return f"{name}_{call.id}-{call.recording.files + 1}"


def _to_safe_text(dialplan_text: str) -> str:
    """Return a value from the dialplan as letters and digits; each row of other characters becomes one -."""
    return re.sub("[^A-Za-z0-9]+", "-", dialplan_text)[:MAX_VALUE_CHARACTERS].strip("-")
