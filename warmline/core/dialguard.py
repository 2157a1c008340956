"""May this number be dialled, and as what? A number from outside reaches Asterisk only through the dial template."""

from warmline.core.rules import Campaign

ALLOWED = frozenset("0123456789+*#")
MAX_LENGTH = 32


def endpoint(campaign: Campaign, number: str) -> tuple[str, str]:
    """The endpoint to dial and "", or "" and why not."""
    if not number:
        return "", "phone_number is empty"
    if not ALLOWED.issuperset(number) or "+" in number[1:]:
        return "", "phone_number may have digits, *, # and a leading + only"
    if len(number) > MAX_LENGTH:
        return "", f"phone_number is longer than {MAX_LENGTH} characters"
    return campaign.dial_template.replace("{number}", campaign.dial_prefix + number), ""


def caller_id(campaign: Campaign, customer: str) -> str:
    """The number the third party sees (`three_way_call_cid`): the campaign's, or the customer's digits."""
    if campaign.three_way_call_cid == "CUSTOMER":
        digits = "".join(letter for letter in customer if letter in "+0123456789")
        return digits or campaign.campaign_cid
    return campaign.campaign_cid
