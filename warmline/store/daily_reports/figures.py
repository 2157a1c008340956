"""Every figure of the reports: its form, its definition, how rows are added up, and how it follows from other figures.

A name means the same in every report. A figure with `above` is a quotient of sums: `above` divided by `below`. It is
never added up; it follows from the sums of its row. docs/reference/generated/report-figures.md is made from this table.
"""

from enum import StrEnum
from typing import NamedTuple


class Form(StrEnum):
    """The kind of a figure, which decides how people and programs see it."""

    TEXT = "text"
    KEY = "key"  # a name of the configuration, an id or a number; never shortened
    COUNT = "count"
    LENGTH = "length"  # microseconds
    SHARE = "share"  # 0 to 1
    TIME = "time"  # microseconds UTC
    COUNTS = "counts"  # a number for each name
    LENGTHS = "lengths"  # microseconds for each name


class Added(StrEnum):
    """How the figure of several rows becomes one."""

    SUM = "sum"
    LARGEST = "largest"
    EARLIEST = "earliest"
    LATEST = "latest"
    TOGETHER = "together"  # a percentile of the values of all calls; until then, a list of them
    NOT = "not"  # a text, or a quotient


class Figure(NamedTuple):
    """A figure. `head` is its heading for people, "" for its name. `above` and `below` name the sums of a quotient.

    A name with a minus is subtracted, and one with `total.` is that of the total row. People see `empty` in place of
    an empty key.
    """

    form: Form
    meaning: str
    head: str = ""
    added: Added = Added.NOT
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    empty: str = ""


def _key(meaning: str, head: str = "", empty: str = "") -> Figure:
    return Figure(Form.KEY, meaning, head, empty=empty)


def _text(meaning: str, head: str = "") -> Figure:
    return Figure(Form.TEXT, meaning, head)


def _count(meaning: str, head: str = "") -> Figure:
    return Figure(Form.COUNT, meaning, head, Added.SUM)


def _length(meaning: str, head: str = "", added: Added = Added.SUM) -> Figure:
    return Figure(Form.LENGTH, meaning, head, added)


def _time(meaning: str, head: str = "", added: Added = Added.NOT) -> Figure:
    return Figure(Form.TIME, meaning, head, added)


def _share(meaning: str, head: str, above: str, below: str) -> Figure:
    return Figure(Form.SHARE, meaning, head, Added.NOT, tuple(above.split()), tuple(below.split()))


def _average(meaning: str, head: str, above: str, below: str) -> Figure:
    return Figure(Form.LENGTH, meaning, head, Added.NOT, tuple(above.split()), tuple(below.split()))


HANDLING = "talk hold dead wrap_up"

FIGURES: dict[str, Figure] = {
    # keys and names
    "kind": _key("`in` for an in-group, `out` for calls that agents dialled, `adopted` or `fallback`"),
    "group": _key(
        "the in-group; for `out` and `adopted` the campaign of the agent; FALLBACK for calls that came to none"
    ),
    "ingroup": _key("the in-group", "in-group"),
    "campaign": _key("the campaign"),
    "agent": _key("the agent; empty for a callback that any agent may make", empty="any agent"),
    "closer": _key("the agent who took the call; empty if no agent took it", empty="no agent"),
    "did": _key("the number that callers dialled"),
    "status": _key("the disposition code, or the status of a call without an agent; empty for none", "code"),
    "name": _text("the name that the configuration gives to the key"),
    "begins": _time("the beginning of the interval", "from"),
    "number": _key("the number of the customer; empty if it was withheld", empty="withheld"),
    "call": _key("the id of the call"),
    "outcome": _key("how the wait ended: a status of an in-group, or FALLBACK"),
    "went": _text(
        "the next place of the call: an in-group, the value of the option, the reason of the fallback, or its end",
        "went to",
    ),
    "by": _key("the agent or the target whose transfers the row counts"),
    "skipped": _text("the option that let the agent give no disposition; empty if none did", "skipped by"),
    "arrived": _time("when the call arrived", "when"),
    "last": _time("when the caller called last", "last call"),
    "sale": _text("Y if the code is a sale"),
    "contact": _text("Y if the code is a contact (`customer_contact`)"),
    "category": _text("the category of the code"),
    # calls that come
    "calls": _count("calls; each is counted once, however often its caller came back"),
    "offered": _count(
        "calls that came into the queue of the in-group; requests for a closer count, refused calls do not"
    ),
    "answered": _count("offered calls that an agent of the in-group took"),
    "abandoned": _count("offered calls that no agent took, and whose caller hung up while waiting (DROP)", "lost"),
    "elsewhere": _count("offered calls that left the queue without an agent in another way, such as TIMEOT", "left"),
    "waiting": _count("offered calls that are still waiting"),
    "refused": _count("calls that the in-group refused at their arrival: AFTHRS, NANQUE, MAXCAL, inactive"),
    "fallback": _count("calls that took the fallback, because Warmline could not take them"),
    "dialplan": _count("calls whose DID led into your dialplan"),
    "in_time": _count("offered calls that were answered within the in-group's `answer_sec_pct_rt_stat_one`", "in time"),
    "judged": _count("offered calls that do not wait any more, in in-groups that still exist"),
    "came_over": _count(
        "offered calls that came from another in-group, from an agent, or from a call to a lead", "came over"
    ),
    "waited": _length("the time that offered calls waited until an agent took them, or until they left"),
    "longest": _length("the longest of these waits", added=Added.LARGEST),
    "wait_p90": _length("the wait that nine of ten offered calls did not exceed", "90% wait", Added.TOGETHER),
    "answer_waited": _length("the time that answered calls waited until the agent took them"),
    "level": _share("service level", "level", "in_time", "judged"),
    "lost_share": _share("share of abandoned calls (drop rate)", "lost %", "abandoned", "offered -waiting"),
    "average_wait": _average("average wait of the offered calls", "wait", "waited", "offered"),
    "answer_speed": _average("average speed of answer", "ASA", "answer_waited", "answered"),
    "average_waited": _average("average wait of the calls", "wait", "waited", "calls"),
    # calls that agents make
    "dialled": _count("calls that agents dialled"),
    "reached": _count("dialled calls that the customer answered"),
    # handling
    "handled": _count("answered offered calls, reached calls and adopted calls"),
    "talk": _length("the time of agents in calls, without hold"),
    "hold": _length("the time of agents in calls whose customer was parked"),
    "dead": _length("the time of agents in calls whose customer had left"),
    "wrap_up": _length("the time of agents in the disposition after calls (DISPO)", "wrap-up"),
    "handling": _average("average handling time", "AHT", HANDLING, "handled"),
    "length": _length("the time from the moment when agent and customer first heard each other to the end of the call"),
    "average_length": _average("average of these times, of the answered calls", "talked", "length", "answered"),
    # results
    "sales": _count(
        "dispositions with `sale=Y`: the last one of each agent for each call, or in `dids` and `dispositions` the last"
        " one of each call"
    ),
    "contacts": _count("dispositions with `customer_contact=Y`, counted in the same way"),
    "conversion": _share("conversion", "conv", "sales", "contacts"),
    "codes": Figure(Form.COUNTS, "the number of calls with each code", "", Added.SUM),
    "share": _share("share of all calls of the report", "share", "calls", "total.calls"),
    # agents
    "login": _time("the first login of the sessions in the period", "login", Added.EARLIEST),
    "logout": _time(
        "the last logout; the loss of the phone if that led to it; empty while the agent is logged in",
        "logout",
        Added.LATEST,
    ),
    "logged_in": _length("the time of the sessions in the period, without `phone_lost`", "logged in"),
    "phone_lost": _length("the time without a phone (pause code LOST), which is no pause of the agent", "no phone"),
    "wait": _length("the time in which the agent was ready for calls, and phones rang for the agent"),
    "pause": _length("the time of pauses"),
    "over_limit": _length("the time of pauses beyond the `time_limit` of their pause code", "over limit"),
    "pauses": Figure(Form.LENGTHS, "the time of pauses with each pause code", "", Added.SUM),
    "per_call": _average("average time of an agent for a call", "a call", HANDLING, "calls"),
    "occupancy": _share("share of calls in the time without pauses", "busy", HANDLING, "logged_in -pause"),
    # transfers
    "warm": _count("warm transfers: a dial to a number, and the leave of the agent; both count as one"),
    "blind": _count("blind transfers that were dialled"),
    "to_closers": _count(
        "calls that were given to a closer, by LOCAL_CLOSER or by a consultation and a leave", "closer"
    ),
    "consulted": _count("consultations without a leave: the agent took the customer back", "asked"),
    "failed": _count("transfers and consultations that were not answered, failed or were abandoned"),
    "not_accepted": _count("transfer commands that Warmline refused; they are in no other count", "refused"),
    "transfers": _count("warm and blind transfers, and calls given to closers"),
    "talked_on": _length("the time that customer and third party talked without the agent"),
    "left_alone": _count("transfers after which customer and third party talked without the agent"),
    "average_talked_on": _average(
        "average time that they talked without the agent", "talked on", "talked_on", "left_alone"
    ),
    "handed": _count("calls that were handed to closers"),
    "consultations": _count("handed calls that began as a consultation", "warm"),
    "taken": _count("handed calls that a closer took"),
    "average_handover": _average("average wait of handed calls for a closer", "wait", "waited", "handed"),
    "fronters": Figure(Form.COUNTS, "the number of handed calls from each fronter", "", Added.SUM),
    # callbacks
    "promised": _count("callbacks whose time was in the period"),
    "kept": _count("callbacks that reached the customer at most one hour after their time"),
    "late": _count("callbacks that reached the customer later"),
    "missed": _count("callbacks that are more than one hour late"),
    "due": _count("callbacks whose time comes, or has come in the last hour"),
    "cancelled": _count("callbacks that were cancelled"),
    "kept_share": _share("share of callbacks that were kept in time", "kept %", "kept", "promised -due -cancelled"),
    # callers who were not reached
    "callers": _count("numbers of customers"),
    "times": _count("calls of the customer that no agent took"),
    "reason": _text("why no agent took the last call: its status, or the reason of the fallback"),
    "callback": _time("when a callback to the customer is due; empty for none"),
}
