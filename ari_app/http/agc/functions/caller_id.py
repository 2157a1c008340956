"""The caller id that a request chooses for a third party: group_alias, cid_choice."""

from dataclasses import replace

from ari_app.http.agc.requests.answers import AgcAnswer, cannot_be, error
from ari_app.http.agc.requests.request_context import RequestContext
from warmline.core.rules import dial_rules

CHOICES = {
    "CAMPAIGN": "the campaign's `campaign_cid`",
    "AGENT_PHONE": "the number of the agent's phone",
    "CUSTOMER": "the customer's number",
    "CUSTOM_CID": "`campaign_cid`, because leads have no caller id of their own",
}
SHORTEST = 4  # a smaller number is no caller id


def problem(asked: RequestContext) -> AgcAnswer | None:
    """Return the error of group_alias or cid_choice, or None."""
    alias, choice = asked.fields["group_alias"], asked.fields["cid_choice"]
    if len(alias) > 1:
        found = asked.world.rules.group_aliases.get(alias)
        if found is None or found.active != "Y":
            return error(f"group_alias is not valid - {asked.agent}|{alias}", bare=True)
        number = found.caller_id_number
        if int(number.strip("+") or 0) < SHORTEST:
            about = f"{asked.agent}|{alias}|{number}"
            return error(f"caller_id_number from group_alias is not valid - {about}", bare=True)
    if len(choice) > 1 and not any(known in choice for known in CHOICES):
        return error(f"cid_choice is not valid - {asked.agent}|{choice}", bare=True)
    return None


def unclear(asked: RequestContext) -> str:
    """Return why a cid_choice that VICIdial accepts has no meaning, or ""."""
    choice = asked.fields["cid_choice"]
    if len(choice) < 2 or choice in CHOICES:
        return ""
    return cannot_be("cid_choice", choice, *CHOICES)


def chosen(asked: RequestContext, customer: str) -> str:
    """Return the caller id, or "" if the campaign's rule decides. group_alias comes before cid_choice."""
    alias, choice = asked.fields["group_alias"], asked.fields["cid_choice"]
    if len(alias) > 1:
        return asked.world.rules.group_aliases[alias].caller_id_number
    if choice not in CHOICES:
        return ""
    return dial_rules.choose_third_caller_id(
        replace(asked.campaign, three_way_call_cid=choice), customer, asked.session.phone
    )
