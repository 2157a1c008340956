"""May this number be dialled, and as what? A number from outside reaches Asterisk only through the dial template."""

from warmline.core.rules import Campaign

ALLOWED = frozenset("0123456789+*#")
MAX_LENGTH = 32


def endpoint(campaign: Campaign, number: str, *, override: bool = False) -> tuple[str, str]:
    """The endpoint to dial for a third party and "", or "" and why not.

    `three_way_dial_prefix` goes before the number instead of `dial_prefix`; X stands for none, and so does `override`.
    """
    if not number:
        return "", "phone_number is empty"
    if not ALLOWED.issuperset(number) or "+" in number[1:]:
        return "", "phone_number may have digits, *, # and a leading + only"
    if len(number) > MAX_LENGTH:
        return "", f"phone_number is longer than {MAX_LENGTH} characters"
    prefix = campaign.three_way_dial_prefix or campaign.dial_prefix
    return campaign.dial_template.replace("{number}", ("" if override or prefix == "X" else prefix) + number), ""


def caller_id(campaign: Campaign, customer: str, phone: str) -> str:
    """The number the third party sees (`three_way_call_cid`), if the command names none.

    CUSTOMER: the customer's digits; AGENT_PHONE: the agent's phone, if its name is a number. AGENT_CHOOSE and
    CUSTOM_CID without a choice, and what has no digits: `campaign_cid`.
    """
    shown = {"CUSTOMER": customer, "AGENT_PHONE": phone}.get(campaign.three_way_call_cid, "")
    return "".join(letter for letter in shown if letter in "+0123456789") or campaign.campaign_cid
