"""The options of a campaign about an agent's work: pause and wrap-up, calls to the phone, feature keys."""

from warmline.options.values.entity import Option
from warmline.options.values.option_forms import (
    YES_NO,
)
from warmline.options.values.option_types import Choice, Number, Text, Texts

HEADER = r"(Call-Info|Alert-Info|Answer-Mode|[XP]-[A-Za-z0-9-]{1,40}): ?[\x21-\x7b\x7d\x7e][\x20-\x7b\x7d\x7e]{0,200}"
HEADERS = rf"|{HEADER}(\|{HEADER}){{0,7}}"

WORK_OPTIONS = (
    Option("login_state", Choice(("PAUSED", "READY")), "PAUSED", "the agent's state after login", plus=True),
    Option(
        "phone_login",
        Choice(("PIN", "TRUSTED")),
        "PIN",
        "whether a login from a phone asks for the PIN, or trusts an authenticated phone",
        plus=True,
    ),
    Option(
        "agent_pause_codes_active",
        Choice(("N", "Y", "FORCE")),
        "N",
        "N accepts any pause code, Y only configured ones; FORCE also requires one",
    ),
    Option(
        "wrapup_seconds",
        Number(0, 3600, "seconds"),
        0,
        "minimum seconds between a call and the agent's next call; 0 for no minimum",
    ),
    Option(
        "dispo_max",
        Number(0, 86400, "seconds"),
        0,
        "seconds without a disposition until the call gets DISMX; 0 for never",
    ),
    Option(
        "dispo_max_action",
        Choice(("PAUSE", "NEXT")),
        "PAUSE",
        "PAUSE pauses the agent at dispo_max; NEXT lets them go on after wrapup_seconds, for agents who give no codes",
        plus=True,
    ),
    Option(
        "dead_max",
        Number(0, 86400, "seconds"),
        0,
        "seconds without a customer until the call ends with DCMX and the agent is PAUSED; 0 for never",
    ),
    Option(
        "pause_max", Number(0, 86400, "seconds"), 0, "seconds in one pause until the agent is logged out; 0 for never"
    ),
    Option(
        "lost_max",
        Number(0, 86400, "seconds"),
        600,
        "seconds after the loss of the phone or page until the agent is logged out; 0 for never",
        plus=True,
    ),
)

PHONE_OPTIONS = (
    Option(
        "phone_caller_number",
        Text(r"\+?[0-9]{0,20}", "up to 20 digits, with or without a leading +; may be empty"),
        "",
        "the caller number on an agent's phone if no customer number is known; empty for the phone's own",
        plus=True,
    ),
    Option(
        "phone_headers",
        Text(HEADERS, "Call-Info, Alert-Info, Answer-Mode, X-… or P-… as NAME: TEXT, separated by |; may be empty"),
        "",
        "SIP headers for calls to agents' phones; Call-Info: <sip:pbx>;answer-after=0 makes many answer immediately",
        plus=True,
    ),
)

FEATURE_KEY_OPTIONS = (
    Option(
        "feature_keys",
        YES_NO,
        "N",
        "Y lets agents work by keys of the phone; others hear only keys sent as tones that Asterisk does not detect",
        plus=True,
    ),
    Option(
        "feature_numbers",
        Texts(r"\+?[0-9*#]{1,32}", "numbers to dial"),
        (),
        "the numbers that feature key *1 dials for a single digit; 1 is the first number, 9 the last that can be typed",
        plus=True,
    ),
)
