"""Checks of the phones: each is an endpoint, with the parameters that calls need."""

import re
import shlex
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from cli.doctor.facts.check_facts import CheckFacts
from cli.doctor.facts.finding import Check, Finding, Severity, error, few, good

LONGEST_KEEPALIVE = 10  # seconds
TRUNK = re.compile(r"PJSIP/[^@]*@([^/@]+)")  # in a dial_template
RELOAD = "module reload res_pjsip.so"


class EndpointRequirement(NamedTuple):
    """The value that a parameter of an endpoint must have."""

    key: str
    right: Callable[[str], bool]
    wanted: str
    why: str
    severity: Severity = Severity.WARNING


def _within(last: int) -> Callable[[str], bool]:
    return lambda text: text.isdigit() and 0 < int(text) <= last


NEEDS = (
    EndpointRequirement(
        "direct_media",
        lambda text: text == "false",
        "no",
        "sound that does not pass through Asterisk is not recorded, and keys are not seen",
        Severity.ERROR,
    ),
    EndpointRequirement(
        "rtp_keepalive",
        _within(LONGEST_KEEPALIVE),
        "5",
        "a caller in silence gets no packets: a phone or firewall may end the call",
    ),
    EndpointRequirement(
        "rtp_timeout", _within(300), "30", "a phone that is gone without a word stays in its call for ever"
    ),
    EndpointRequirement(
        "redirect_method",
        lambda text: text != "uri_pjsip",
        "user",
        "Asterisk follows a redirect (SIP 302) by itself then: no dial rule and no limit sees the number",
        Severity.ERROR,
    ),
    EndpointRequirement(
        "rtp_timeout_hold", _within(3600), "300", "a phone that is gone while on hold stays in its call for ever"
    ),
)


def endpoints(facts: CheckFacts) -> Iterator[Finding]:
    """Check that each configured phone is an endpoint, and each trunk that a campaign dials through."""
    phones = list(facts.entities("phone"))
    faults = [*_missing_phones(facts, phones), *_missing_trunks(facts)]
    yield from faults or [
        good("phones_good", f"{len(phones)}, each an endpoint of Asterisk; so is every campaign's trunk")
    ]


def _missing_phones(facts: CheckFacts, phones: Sequence[str]) -> Iterator[Finding]:
    missing = [phone for phone in phones if not facts.endpoint(phone)]
    if missing:
        fix = " && ".join(f"warmline phone delete {shlex.quote(phone)}" for phone in missing)
        why = "agents at these phones cannot log in: create the endpoint in pjsip.conf, or delete the phone"
        yield error("endpoints_missing", f"Asterisk has no endpoint {few(missing)}", why, fix)


def _missing_trunks(facts: CheckFacts) -> Iterator[Finding]:
    for trunk, campaigns in trunks(facts).items():
        if not facts.endpoint(trunk):
            found = f"Asterisk has no endpoint {trunk}, by which {few(campaigns)} {_dials(campaigns)}"
            new = "dial_template='PJSIP/{number}@YOURTRUNK' campaign_cid=YOURNUMBER"
            fix = " && ".join(f"warmline campaign set {shlex.quote(campaign)} {new}" for campaign in campaigns)
            yield error("trunk_missing", found, "no third party and no customer can be dialled", fix)


def _dials(campaigns: Sequence[str]) -> str:
    return "dial" if len(campaigns) > 1 else "dials"


def media(facts: CheckFacts) -> Iterator[Finding]:
    """Check the sound parameters of each endpoint, trunks included."""
    known = {name: told for name in (*facts.entities("phone"), *trunks(facts)) if (told := facts.endpoint(name))}
    faults = []
    for need in NEEDS:
        wrong = [phone for phone, told in known.items() if not need.right(told.get(need.key, ""))]
        if wrong:
            said = known[wrong[0]].get(need.key, "")
            found = f"{need.key} is {said} for {few(wrong)}"
            fix = add_lines(facts, wrong, {need.key: need.wanted})
            faults.append(Finding(need.severity, found, need.why, fix, code="endpoint_option_wrong"))
    yield from faults or [
        good("endpoint_options_good", f"{', '.join(need.key for need in NEEDS)} of {len(known)} phones and trunks")
    ]


def trunks(facts: CheckFacts) -> dict[str, list[str]]:
    """Return the trunks that campaigns dial through, each with its campaigns."""
    found: dict[str, list[str]] = {}
    for name, campaign in facts.entities("campaign").items():
        if way := TRUNK.fullmatch(str(campaign["dial_template"])):
            found.setdefault(way[1], []).append(name)
    return found


def add_lines(facts: CheckFacts, phones: Sequence[str], lines: dict[str, str], of: str = "type=endpoint") -> str:
    """Return the command that adds lines to those phones' sections of pjsip.conf. Raises FactUnknown."""
    text = "".join(facts.section("pjsip.conf", phone, lines, of=of) for phone in phones)
    return facts.add_text("pjsip.conf", text, RELOAD)


KEYLESS = {
    "none": EndpointRequirement(
        "dtmf_mode", bool, "rfc4733", "Asterisk does not see the keys, so they do nothing", Severity.ERROR
    ),
    "inband": EndpointRequirement(
        "dtmf_mode", bool, "rfc4733", "the others hear the beginning of each key, and the tone of a key can be imitated"
    ),
}
"""The values of dtmf_mode that do not fit feature keys."""


def keys(facts: CheckFacts) -> Iterator[Finding]:
    """Check that Asterisk sees the keys of phones with feature keys, and can keep them from the others."""
    campaigns = [name for name, one in facts.entities("campaign").items() if one["feature_keys"] == "Y"]
    agents = [one for one in facts.entities("agent").values() if one["campaign"] in campaigns and one["phone"]]
    modes = {
        phone: facts.endpoint(phone).get("dtmf_mode", "") for phone in sorted({str(one["phone"]) for one in agents})
    }
    faults = []
    for mode, need in KEYLESS.items():
        if wrong := [phone for phone in modes if modes[phone] == mode]:
            fix = add_lines(facts, wrong, {need.key: need.wanted})
            found = f"{need.key} is {mode} for {few(wrong)}"
            faults.append(Finding(need.severity, found, need.why, fix, code="endpoint_option_wrong"))
    phones = f"dtmf_mode of {len(modes)} phones" if campaigns else "no campaign has feature_keys=Y"
    yield from faults or [good("phone_keys_good", phones)]


CHECKS = (
    Check("phones' keys", keys, "`dtmf_mode` of agents' phones fits, if their campaign has `feature_keys=Y`"),
    Check(
        "phones", endpoints, "each configured phone is an endpoint, and so is each trunk that a campaign dials through"
    ),
    Check(
        "phones' sound",
        media,
        "`direct_media`, `rtp_keepalive`, `rtp_timeout`, `rtp_timeout_hold` and `redirect_method` fit, for trunks too",
    ),
)
