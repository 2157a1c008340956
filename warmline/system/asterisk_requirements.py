"""Warmline's requirements for Asterisk: its version, its modules and its ari.conf."""

import re
from collections.abc import Mapping

# The first versions in which a phone's REFER does not end Asterisk, by branch; 21 has none.
OLDEST = {20: 18, 22: 8, 23: 2}
OLDEST_TEXT = f"{', '.join(f'{major}.{minor}' for major, minor in OLDEST.items())} or newer"

CHANNELVARS = ("WARMLINE_CALL", "WARMLINE_SESSION", "WARMLINE_DIALLED", "WARMLINE_WHY")
WRITE_TIMEOUT = 5000  # milliseconds, enough for an app that stalls for a moment

MODULES = frozenset(
    f"{name}.so"
    for name in (
        "app_stasis",
        "bridge_holding",
        "bridge_simple",
        "bridge_softmix",
        "format_wav",
        "func_callerid",
        "res_ari_applications",
        "res_ari_bridges",
        "res_ari_channels",
        "res_ari_events",
        "res_ari_playbacks",
        "res_ari_recordings",
        "res_mutestream",
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    )
)

# The applications and functions in dialplan/warmline.conf; without them the app runs, but no call reaches it.
DIALPLAN_MODULES = frozenset(
    f"{name}.so"
    for name in (
        "app_exec",
        "app_playback",
        "app_read",
        "app_stack",
        "func_channel",
        "func_dialplan",
        "func_env",
        "func_logic",
        "func_strings",
        "func_uri",
        "pbx_config",
        "res_agi",
        "res_musiconhold",
    )
)

# Machine detection during automatic calls (option `amd`): what dialplan/warmline.conf runs, and talk detection.
TALK_DETECT = "func_talkdetect.so"
AMD_MODULES = frozenset(("app_amd.so", "app_waitforsilence.so", TALK_DETECT))

# Browser phones: the endpoint that pages' calls come to, and the modules that it needs.
BROWSER_ENDPOINT = "warmline-browser"
BROWSER_OPTIONS = {
    "type": "endpoint",
    "context": BROWSER_ENDPOINT,
    "identify_by": "username",
    "auth": BROWSER_ENDPOINT,
    "deny": "0.0.0.0/0",
    "permit": "127.0.0.1/32",
    "webrtc": "yes",
    "dtls_verify": "fingerprint",
    "allow": "!all,opus,ulaw",
    "dtmf_mode": "rfc4733",
    "direct_media": "no",
    "rtp_keepalive": "5",
    "rtp_timeout": "60",
    "timers": "no",
    "send_connected_line": "no",
}
BROWSER_MODULES = frozenset(("res_pjsip_sdp_rtp.so", "res_rtp_asterisk.so", "res_srtp.so"))
OPUS_MODULES = frozenset(("codec_opus.so", "codec_opus_open_source.so"))  # one of them


def new_enough(version: str, oldest: Mapping[int, int] = OLDEST) -> bool:
    """Return whether a version is one of `oldest` or newer: `22.10.1+dfsg`, `Asterisk 22.10.1` or `1:22.10.1`."""
    found = re.search(r"(?:^|[:\s])(\d+)\.(\d+)", version)
    if not found:
        return False
    major, minor = int(found[1]), int(found[2])
    return major > max(oldest) or minor >= oldest.get(major, minor + 1)
