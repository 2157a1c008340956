"""The options of a campaign about the numbers that its agents dial: channel, prefixes, caller ids and dial rules."""

from warmline.options.values.entity import Option
from warmline.options.values.option_forms import (
    CID,
    PREFIX,
    YES_NO,
)
from warmline.options.values.option_types import Choice, Number, Reference, Text, Texts

NUMBERS = Texts(r"\+?[0-9*#]{1,32}|_\+?[0-9*#XxZzNn.!\[\]-]{1,40}", "numbers, or patterns such as _0900X. or _+49X.")
# PJSIP takes a number only with an endpoint behind @. PJSIP/{number} is a phone of that name. The /n of Local channels,
# or a second part, fails when it is dialled.
TEMPLATE = r"(?!PJSIP/[^/@]*\{number\}(?![^/@{}]*@[^/@]+$))[A-Za-z0-9]+/[^\s,&{}]*\{number\}[^\s,&{}]*"

DIALLING_OPTIONS = (
    Option(
        "dial_template",
        Text(TEMPLATE, "TECHNOLOGY/… with {number} in it once; with PJSIP/{number}, only @TRUNK follows"),
        "PJSIP/{number}@trunk",
        "the channel that Asterisk dials; {number} is replaced by the number",
        plus=True,
    ),
    Option("dial_prefix", PREFIX, "", "the prefix before each dialled number; empty for none"),
    Option(
        "three_way_dial_prefix",
        Text(r"X|[0-9+*#]{0,20}", "up to 20 of 0-9 + * #, empty, or X"),
        "",
        "the prefix for third parties and blind transfers; empty for dial_prefix, X for none",
    ),
    Option(
        "dial_timeout",
        Number(0, 300, "seconds"),
        0,
        "seconds that a dialled number rings; 0 for 25 in automatic calls and 60 in calls that agents dial",
    ),
)

CALLER_ID_OPTIONS = (
    Option(
        "three_way_call_cid",
        Choice(("CAMPAIGN", "CUSTOMER", "AGENT_PHONE", "AGENT_CHOOSE", "CUSTOM_CID")),
        "CAMPAIGN",
        "the party whose number a third party sees; campaign_cid if it has none",
    ),
    Option("campaign_cid", CID, "0000000000", "the campaign's own caller id"),
    Option(
        "manual_dial_cid",
        Choice(("CAMPAIGN", "AGENT_PHONE")),
        "CAMPAIGN",
        "the party whose number a customer sees when an agent dials; campaign_cid if it has none",
    ),
)

MANUAL_OPTIONS = (
    Option(
        "manual_preview_dial",
        Choice(("PREVIEW_AND_SKIP", "PREVIEW_ONLY", "DISABLED")),
        "PREVIEW_AND_SKIP",
        "whether an agent may preview a number before it is dialled, and skip it",
    ),
    Option(
        "dial_allow",
        NUMBERS,
        (),
        "the only numbers that may be dialled; a number with + needs an entry with +; empty for any",
        plus=True,
    ),
    Option("dial_deny", NUMBERS, (), "numbers that may not be dialled, even if dial_allow has them", plus=True),
    Option(
        "deny_star_codes",
        YES_NO,
        "Y",
        "Y refuses numbers with * or #, such as *21*… for call forwarding",
        plus=True,
    ),
    Option(
        "international_prefixes",
        Texts(r"[0-9]{1,6}", "digits"),
        ("00", "011"),
        "prefixes that mean + before a country code, in numbers and in dial rules; empty for + alone",
        plus=True,
    ),
    Option(
        "follow_redirects",
        Number(0, 5, "redirects"),
        0,
        "redirects (SIP 302) of a dialled party that are followed, if the dial rules allow each; 0 for none",
        plus=True,
    ),
    Option(
        "dial_call_time_id",
        Reference("call-time"),
        "",
        "the hours in which the campaign's agents may dial; empty for always",
        plus=True,
    ),
    Option(
        "daily_limit_manual",
        Number(0, 10000, "calls"),
        0,
        "outside parties that an agent may dial in one day, skipped previews included; 0 for no limit",
    ),
    Option(
        "manual_calls_at_once",
        Number(0, 1000, "calls"),
        0,
        "outside parties that the campaign's agents may have on the line in parallel; 0 for no limit",
        plus=True,
    ),
    Option(
        "callback_useronly_move_minutes",
        Number(0, 10080, "minutes"),
        0,
        "minutes after its time when one agent's callback becomes every agent's; 0 for never",
    ),
)
