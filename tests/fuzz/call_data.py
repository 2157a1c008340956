"""The data of a call: hostile names, values, replies of Asterisk, words of Stasis() and rules."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from tempfile import TemporaryFile
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import msgspec
from hypothesis import strategies as st
from rich.console import Console

from ari_app.live import live_snapshot
from cli.agent import agent_view
from cli.agent.agent_watch import FIELDS
from tests.fuzz import hostile
from tests.fuzz.entry_point import Attack, Door, ForbiddenDial
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.agi import AGI, AGIException, passed_data, to_harmless_text
from warmline.core.model.call_states import State
from warmline.core.rules import call_data, routing
from warmline.core.rules.call_data import Pairs
from warmline.core.rules.routing import DidFacts
from warmline.options.option_table import ENTITIES, OptionError, check
from warmline.options.references import references
from warmline.options.values.option_types import Value, as_text
from warmline.text import webhook_url

# fmt: off
NAMES = ("ticket", "owner", "vip", "Owner", "x_ticket", "a" * 32, "language")
VALUES = (
    "1000", "1001", "1009", "de", "yes", "*", "AGENTDIRECT", "ingroup:SALESLINE", "x; number: 1; did: 2", "a->b",
    "\x1b[2J", "\u202egnp", "a\u0301", "\u00df", "\u0130", "=1+1", "x" * 500, "x" * 501, "%41%00", "../..", "a*" * 250,
)
GOOD_RULES = (
    "ticket=*", "owner=1000", "vip=y*s", "language=d*e*", "owner=*0*0*", "x_ticket=*;*", "a=b=c", "vip=*: *",
    f"ticket={'a*' * 49}b", "language=*\u0130*", "ticket=a->b",
)
RULES = (*GOOD_RULES, "vip=**", "=", "1=1")
GOOD_RESULTS = (
    "ingroup:SALESLINE", "ingroup:SUPPORTLINE", "agent:1000", "hangup", "voicemail:1", "extension:8500@x", "callmenu:m",
)
RESULTS = (*GOOD_RESULTS, "ingroup:AGENTDIRECT", "extension:1,System(x)", "", "agent:", "Local/1@x")
# fmt: on
LONGEST_WAIT = 40  # seconds
URL = "https://crm.example/x?t=--A--data_ticket--B--&o=--A--data_owner--B--"
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffd]")


def _with(rule: str, sign: str, results: Sequence[object]) -> st.SearchStrategy[str]:
    return st.sampled_from(results).map(lambda result: f"{rule}{sign}{result}")


names = st.one_of(st.sampled_from(NAMES), st.sampled_from(NAMES), hostile.texts)
values = st.one_of(st.sampled_from(VALUES), hostile.texts)
likely = st.tuples(st.sampled_from(["ticket", "owner", "vip"]), st.sampled_from(VALUES[:11]))
pairs = st.one_of(
    st.lists(likely, max_size=4, unique_by=lambda item: item[0]), st.lists(st.tuples(names, values), max_size=8)
)
good_rules = st.lists(st.sampled_from(GOOD_RULES[:-1]), max_size=4, unique=True)
good_routes = good_rules.flatmap(lambda rules: st.tuples(*(_with(rule, " -> ", GOOD_RESULTS) for rule in rules)))
good_priorities = good_rules.flatmap(lambda rules: st.tuples(*(_with(rule, ":", range(-99, 100)) for rule in rules)))
rules = st.one_of(
    st.builds("{} -> {}".format, st.sampled_from(RULES), st.sampled_from(RESULTS)),
    st.builds("{}={} -> {}".format, names, values, st.sampled_from(RESULTS)),
    st.builds("{}:{}".format, st.sampled_from(RULES), st.integers(-120, 120)),
    hostile.texts,
)
as_asterisk_says = pairs.map(
    lambda items: "&".join(f"{name}={quote(value, errors='replace')}" for name, value in items)
)
replies = st.one_of(
    as_asterisk_says.map(lambda said: f"200 result=1 ({said})".encode(errors="replace")),
    hostile.damaged(as_asterisk_says.map(lambda said: f"200 result=1 ({said})".encode(errors="replace"))),
    st.sampled_from([b"HANGUP", b"200 result=0", b"510 no", b"200 result=1 (" + b"a=%" * 20_000 + b")", b""]),
)


class Given(NamedTuple):
    """The options as texts, what Asterisk replies, items as they are, and a word as an argument of Stasis()."""

    names: tuple[str, ...]
    headers: tuple[str, ...]
    routes: str
    priority: str
    agent: str
    wait: str
    replies: list[bytes]
    items: list[tuple[str, str]]
    word: str


INPUTS = st.builds(
    Given,
    st.lists(st.sampled_from(NAMES), max_size=40).map(tuple),
    st.lists(st.sampled_from(["X-Ticket", "x-ticket", "Owner"]), max_size=4).map(tuple),
    st.one_of(good_routes, good_routes, st.lists(rules, max_size=4)).map(",".join),
    st.one_of(good_priorities, good_priorities, st.lists(rules, max_size=4)).map(",".join),
    st.one_of(st.just("owner"), st.just("owner"), names),
    st.sampled_from(["0", "5", "x", str(LONGEST_WAIT), "-1"]),
    st.lists(replies, max_size=4),
    pairs,
    st.one_of(hostile.texts, st.text("%&=!+0aZ*;\u20ac", max_size=200), as_asterisk_says),
)


def _attacked(given: Given) -> None:
    routes = _accepted("did", "data_routes", given.routes)
    priority = _accepted("ingroup", "data_priority", given.priority)
    agent = _accepted("ingroup", "data_agent", given.agent)
    wait = _accepted("ingroup", "data_agent_wait", given.wait)
    came = _read(given)
    word = call_data.encode_items(*call_data.check_items(given.items))
    assert call_data.decode_items(word)[0] == call_data.check_items(given.items)[0]
    for data in (came, call_data.decode_items(word)[0], call_data.decode_items(given.word)[0]):
        _routed(data, routes if isinstance(routes, tuple) else ())
        _served(data, {"data_priority": priority or (), "data_agent": agent or "", "data_agent_wait": wait or 0})


def _accepted(kind: str, name: str, text: str) -> Value | None:
    """Return the value of an option, None if it is refused; an accepted value is its own text."""
    try:
        value = check(kind, {name: text})[name]
    except OptionError as error:
        assert error.code == "options_invalid"
        return None
    assert check(kind, {name: as_text(value)}) == {name: value}
    assert {entity for entity, _ in references(ENTITIES[kind].option(name).type, value)} <= {"ingroup", "agent"}
    return value


def _read(given: Given) -> Pairs:
    """Return the data that a script reads from these replies, within the limits."""
    said = b"\n".join([b"agi_type: PJSIP", b"", *given.replies, b""])
    heard = StringIO()
    with TemporaryFile() as mouth:
        mouth.write(said)
        mouth.seek(0)
        try:
            items = passed_data.read_items(AGI(mouth, heard, sighup=False), given.names, given.headers)
        except AGIException:
            items = []
    assert all(len(line) < 2001 for line in heard.getvalue().split("\n"))
    kept, word = passed_data.encode_items(items)
    assert not re.search(r"""[ ,"'\\()\[\]{}$;|<>\n\r\0]""", word) and len(word.encode()) <= call_data.MAX_ENCODED_BYTES
    assert call_data.decode_items(word)[0] == kept
    return kept


def _routed(data: Pairs, routes: tuple[str, ...]) -> None:
    """Check that the data only chooses among the configured routes, and adds no step to the routing."""
    ingroups = {"SALESLINE": "Y", "SUPPORTLINE": "Y", "AGENTDIRECT": "Y"}
    facts = DidFacts("800", "800", "ingroup:SALESLINE", ingroups=ingroups, agents={"1000": "Y"}, data_routes=routes)
    results = {rule.rpartition(" -> ")[2] for rule in routes} | {facts.route}
    allowed = [routing.follow_route(route, ingroups, {"1000": "Y"}) for route in results]
    facts.data = data
    decision = routing.route_did(facts)
    if (decision.route, decision.goto) not in {(one.route, one.goto) for one in allowed}:
        raise ForbiddenDial(f"{decision.route} {decision.goto} by {data}")
    assert len(decision.told.split("; ")) == len(decision.steps), "the data adds a step"
    assert re.fullmatch("[ -~]*", to_harmless_text(decision.told))


def _served(data: Pairs, ingroup: dict[str, object]) -> None:
    """Check that a call with the data is served, and that people and programs see it without controls."""
    template = {"campaign_recording": "ALLCALLS", "campaign_rec_filename": "DATA_ticket-DATA_owner"}
    lab = Driver(demo_rules(ingroup, **template))
    lab.log_in("1000")
    lab.log_in("1001")
    lab.customer(name="first")  # agent 1000 has this one
    lab.asterisk.come_in("cust", "ingroup", "SALESLINE", data=data)
    lab.pump()
    lab.wait(2)
    if lab.call_of("cust").state is State.WAITING:
        assert lab.call_of("cust").queueing.preferred == "1000" and ingroup["data_agent_wait"]
        lab.wait(LONGEST_WAIT)
    call = lab.call_of("cust")
    assert (call.state, call.data) == (State.TALKING, data), "a READY agent serves any call"
    assert -99 <= call.queueing.priority <= 99
    assert all(not CONTROLS.search(line) for line in call.queueing.why)
    name = next(name for name in lab.asterisk.recordings if call.id in name)
    assert re.fullmatch(r"[A-Za-z0-9-]*_[0-9A-Z]{26}-1", name), name
    url = webhook_url.filled(URL, {f"data_{one.lower()}": value for one, value in data})
    assert urlsplit(url)[:3] == urlsplit(URL)[:3] and re.fullmatch("[!-~]+", url)
    shown = msgspec.to_builtins(live_snapshot.agent(lab.world.sessions[call.agent or ""], lab.world))
    shown["call"] = msgspec.to_builtins(live_snapshot.call(call, lab.world))
    page = StringIO()
    Console(width=100, file=page, color_system=None).print(agent_view.page(dict.fromkeys(FIELDS) | shown))
    assert not CONTROLS.search(page.getvalue()) and len(page.getvalue().splitlines()) < 250


@contextmanager
def opened() -> Iterator[Attack]:
    yield _attacked


DOOR = Door("data of a call", INPUTS, opened, quick=8)
