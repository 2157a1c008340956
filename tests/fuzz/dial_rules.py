"""The dial rules: any campaign, any number, by every command that dials; judged by an oracle."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import NamedTuple

from hypothesis import strategies as st

from tests.fuzz.dial_oracle import denied, has_a_number, shows_a_number
from tests.fuzz.entry_point import Attack, Door, ForbiddenDial
from tools.simulation.asterisk.core_driver import FAR_ENDS, Driver, demo_rules
from warmline.core.calls.sip.sip_redirect import SEPARATOR_REMOVAL
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.values.callback import Callback
from warmline.core.model.leg import Role
from warmline.core.rules import dial_rules
from warmline.core.rules.configuration import Campaign
from warmline.options.option_table import CAMPAIGN

WAYS = (
    Kind.DIAL_WITH_CUSTOMER,
    Kind.PARK_CUSTOMER_DIAL,
    Kind.BLIND_TRANSFER,
    Kind.DIAL,
    Kind.PREVIEW,
    "REFER",
    "DIAL what is looked at",
    "DIAL a callback",
    "REDIRECT",
)
LOOKED_AT, CALLED_BACK, _ = WAYS[-3:]
RINGS = "8501"
PHONES = {"PJSIP/1000", "PJSIP/1001", "PJSIP/1002"}
OPTIONS = {option.name: option.type for option in CAMPAIGN.options}
SIGNS = "0123456789*#"
# fmt: off
NUMBERS = (
    "8500", "+8500", "0900123", "+0900123", "900", "+900", "++900", "9+00", "", "+", "*21*8500#", "#31#0900",
    "+490900123456", "004909001234567",
    "8" * 32, "8" * 33, "49900123", "+49900123", "0049900123", "01149900123", "900123", "٣٣٣", "98500", "90900123",
    "8500@evil", "8500/n", "8500&PJSIP/1", "8500,x", "8500|x", " 8500", "8500 ", "85\n00", "8500\0", "PJSIP/8500",
    "{number}", "X8500",
    "${EVAL(1)}", "8500;user=phone", "%2B900", "\uff11\uff12", "0x10", "8500\u200b", "default", "_X.",
)
PATTERNS = (
    "900", "0900", "_0900.", "_900!", "_X.", "_NXX", "_[0-8]XXX", "_[8-]5.", "_*.", "_#31#.", "_Z-XXX", "_.",
    "_!", "_9", "8500", "_[", "_[]X", "+8500", "_+8.", "_+.", "_+", "_00.", "_011!", "_00[8-9]XX", "_+49900X.",
    "_0049900X.", "_1900.", "_49900X.",
)
# fmt: on
numbers = st.one_of(
    st.sampled_from(NUMBERS),
    st.text(alphabet=SIGNS + "+", max_size=34),
    st.text(alphabet=SIGNS + "+/@&,;| \n{}XxNz_.-", max_size=12),
    st.text(max_size=8),
)
patterns = st.lists(
    st.one_of(
        st.sampled_from(PATTERNS),
        st.text(alphabet=SIGNS, min_size=1, max_size=4),
        st.text(alphabet=SIGNS + "XxZzNn.![]-", max_size=6).map("_{}".format),
    ),
    max_size=3,
)
templates = st.sampled_from(
    [
        "PJSIP/{number}@trunk",
        "PJSIP/trunk/sip:{number}@10.0.0.1",
        "Local/{number}@out/n",
        "DAHDI/g0/w{number}",
        "SIP/{number}",
        "PJSIP/00{number}@trunk",
        "PJSIP/trunk/sip:+{number}@10.0.0.1",
    ]
)
prefixes = st.one_of(
    st.sampled_from(["", "", "9", "1", "0", "00", "+", "49", "+49", "0049", "X", "#31#"]),
    st.text(alphabet=SIGNS + "+", max_size=6),
)


class Given(NamedTuple):
    """A campaign's options as texts; then commands, each with its kind, number, override and caller id."""

    options: dict[str, str]
    later: dict[str, str]  # changes while a phone still rings
    on_hook: bool
    asked: list[tuple[str, str, bool, str]]
    numbers: list[str]  # numbers that are only checked


def _options() -> st.SearchStrategy[dict[str, str]]:
    lists = patterns.map(",".join)
    return st.fixed_dictionaries(
        {"dial_template": templates},
        optional={
            "dial_prefix": prefixes,
            "three_way_dial_prefix": prefixes,
            "dial_allow": lists,
            "dial_deny": lists,
            "deny_star_codes": st.sampled_from(["Y", "N"]),
            "follow_redirects": st.sampled_from(["1", "5"]),
            "international_prefixes": st.sampled_from(["", "00", "0011,810", "0,00", "011"]),
        },
    )


INPUTS = st.builds(
    Given,
    _options(),
    st.one_of(st.just({}), _options()),
    st.booleans(),
    st.lists(
        st.tuples(st.sampled_from(WAYS), numbers, st.booleans(), st.sampled_from(["", "5551234"])),
        min_size=1,
        max_size=3,
    ),
    st.lists(st.text(alphabet=SIGNS, min_size=1, max_size=5), max_size=30),
)


class _Watched(Driver):
    """Judges each channel when it is requested, by the current rules."""

    number = ""

    def perform(self, action: do.Action) -> None:
        if isinstance(action, do.CreateChannel) and action.endpoint not in PHONES:
            self._judge(action)
        super().perform(action)

    def _judge(self, made: do.CreateChannel) -> None:
        campaign = self.world.rules.campaigns["TESTCAMP"]
        first, _, last = campaign.dial_template.partition("{number}")
        dialled = made.endpoint.removeprefix(first).removesuffix(last)
        before = dialled.removesuffix(self.number)
        good = (
            made.endpoint == f"{first}{dialled}{last}"
            and dialled == before + self.number
            and before in {"", campaign.dial_prefix, campaign.three_way_dial_prefix} - {"X"}
            and has_a_number(campaign, made.endpoint)
            and not denied(campaign, made.endpoint)
            and shows_a_number(made)
        )
        if not good:
            raise ForbiddenDial(f"{made.endpoint} as {made.caller!r} for {self.number!r} with {campaign}")


def _attacked(given: Given) -> None:
    options = _read(given.options)
    lab = _Watched(demo_rules(**options))
    _agrees(lab.world.rules.campaigns["TESTCAMP"], [*NUMBERS, *given.numbers])
    lab.asterisk.far_ends = FAR_ENDS | {"1000": [(0.1, "ringing"), (1.0, "up")]}
    if given.on_hook:
        lab.configure("agents", "1000", phone_mode="on_hook")
    for way, number, override, caller in given.asked:
        _come(lab, way)
        lab.number = number
        _ask(lab, way, number, override, caller)
        if given.later:
            lab.configure("campaigns", "TESTCAMP", **_read(given.later))
        lab.wait(3)


def _agrees(campaign: Campaign, many: list[str]) -> None:
    """Check that an allowed number is not denied, and that without rules every number is allowed."""
    for number, override in product(many, (False, True)):
        for dialled in dial_rules.build_customer_endpoint, dial_rules.build_third_endpoint:
            endpoint, why = dialled(campaign, number, skips_prefix=override)
            if endpoint and (not has_a_number(campaign, endpoint) or denied(campaign, endpoint)):
                raise ForbiddenDial(f"{endpoint} for {number!r} with {campaign}")
            fits = re.fullmatch(r"\+?[0-9*#]{1,31}", number, re.ASCII)
            starred = campaign.deny_star_codes == "Y" and re.search("[*#]", number)
            assert not (fits and why) or starred or campaign.dial_allow or campaign.dial_deny, f"{why}: {campaign}"


def _read(options: dict[str, str]) -> dict[str, object]:
    """Return the options that the configuration accepts."""
    found: dict[str, object] = {}
    for name, text in options.items():
        try:
            found[name] = OPTIONS[name].parse(text)
        except ValueError:
            continue
    return found


def _come(lab: Driver, way: str) -> None:
    """Log in agent 1000, with or without a customer, as the command needs it."""
    for channel in sorted(lab.asterisk.channels):
        lab.hang_up(channel)
    lab.wait(5)
    if "1000" not in lab.world.sessions:
        lab.log_in("1000") if lab.world.rules.agents["1000"].phone_mode != "on_hook" else lab.ask(Kind.LOGIN)
    lab.ask(Kind.STATUS, status="A")
    dials = way in (Kind.DIAL, Kind.PREVIEW, LOOKED_AT, CALLED_BACK)
    lab.ask(Kind.PAUSE if dials else Kind.RESUME)
    if not dials:
        lab.customer()
        lab.wait(2)


def _ask(lab: _Watched, way: str, number: str, override: bool, caller: str) -> None:
    match way:
        case "REFER":
            leg = lab.world.sessions["1000"].leg if "1000" in lab.world.sessions else None
            lab.feed(ev.ReferReceived(leg or "nobody", number))
        case "DIAL what is looked at":
            lab.ask(Kind.PREVIEW, number=number, caller_id=caller)
            _dial_what_is_looked_at(lab, override)
        case "REDIRECT":
            _redirected(lab, number)
        case "DIAL a callback":
            lab.number = number or "8500"
            lab.ask(Kind.DIAL, number=lab.number, dial_override=override, callback=_promised(lab.number))
        case Kind.DIAL if not number:
            _dial_what_is_looked_at(lab, override)
        case _:
            lab.ask(Kind(way), number=number, dial_override=override, caller_id=caller)


def _redirected(lab: _Watched, number: str) -> None:
    """Let a third party, if the rules allow one, redirect to this number."""
    lab.number = RINGS
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=RINGS)
    lab.wait(1)
    for leg in [leg.id for leg in lab.world.legs.values() if leg.role is Role.THIRD]:
        lab.number = number.translate(SEPARATOR_REMOVAL)
        lab.feed(ev.LegRedirected(leg, number))
        lab.hang_up(leg, 23)


def _promised(number: str) -> Callback:
    return Callback(id="C1", call="", campaign="TESTCAMP", number=number, at=0)


def _dial_what_is_looked_at(lab: _Watched, override: bool) -> None:
    session = lab.world.sessions.get("1000")
    lab.number = session.previewed_number if session else ""
    lab.ask(Kind.DIAL, dial_override=override)


@contextmanager
def opened() -> Iterator[Attack]:
    yield _attacked


DOOR = Door("dial rules", INPUTS, opened, quick=8)
