"""The page of `warmline agent watch`: the agent, the call, the lead, the script and previous calls."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cli.output import time_zone
from cli.output.time_format import ago, of_iso
from warmline.text.printable import without_controls

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

Picture = dict[str, Any]  # see agent_watch

SUPERVISES = {"LISTEN": "listens", "WHISPER": "whispers", "BARGE": "barges in"}
LOUD = {"READY": "green", "INCALL": "bold", "3-WAY": "bold", "PARK": "yellow"}
LOUD |= dict.fromkeys(("DEAD", "LOST", "NO PHONE"), "red")
MOST_CALLS = 5  # of the previous calls
# Fields of a lead that are shown together in one line.
NAME = ("title", "first_name", "middle_initial", "last_name")
ADDRESS = ("address1", "address2", "address3", "postal_code", "city", "state", "province", "country_code")
CONTACT = ("phone_number", "alt_phone", "more_numbers", "email", "date_of_birth", "vendor_lead_code")


def page(found: Picture) -> "Table":
    """Return the page for a terminal; its clocks run with each drawing.

    The least important part is last, because a low terminal cuts it off first.
    """
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    state = Text(stands(found), style=LOUD.get(found["state"], ""))
    table.add_row("agent", Text.assemble(called(found), "  ", state, f"  {_for(found['since'])}"))
    if here := supervised(found):
        table.add_row("supervised", Text(here))
    if found.get("preview"):
        table.add_row("looks at", Text(f"{found['preview']}  (dial or skip)"))
    for name, text in (*_call(found), *_lead(found), *_before(found)):
        table.add_row(name, text)
    if whose := time_zone.footer():
        table.add_row("times", whose.removeprefix("times: "))
    return table


def called(found: Picture) -> str:
    """Return the agent's user and name."""
    return f"{found['user']}  {found.get('full_name') or ''}".rstrip()


def stands(found: Picture) -> str:
    """Return the agent's state with the pause code, and the marks "overdue", "muted" and "asks for help"."""
    words = {"overdue": "overdue", "muted": "muted", "help_since": "asks for help"}
    marks = "".join(f" ({word})" for name, word in words.items() if found.get(name))
    return f"{found['state']} {found.get('pause_code') or ''}".rstrip() + marks


def supervised(found: Picture) -> str:
    """Return the phones and the clients' pages that supervise the agent, each with what it does."""
    there = found.get("supervisors") or ()
    return ", ".join(f"{one.get('by') or one['phone']} {SUPERVISES[one['kind']]}" for one in there)


def name_of(found: Picture) -> str:
    """Return the customer's name; "" if the lead has none."""
    return _joined((found.get("lead") or {}).get("lead") or {}, NAME, " ")


def _call(found: Picture) -> Iterator[tuple[str, "Text"]]:
    from rich.text import Text

    call = found["call"]
    if call:
        yield "call", Text(f"{call['state']}  {_for(call['connected'] or call['arrived'])}  {call['ingroup']}".rstrip())
        yield "customer", Text(f"{call['customer']}  {name_of(found)}{_place(call, 'customer')}".rstrip())
        for n, (name, value) in enumerate((call.get("data") or {}).items()):
            yield "" if n else "data", Text(f"{name}  {without_controls(value)}")
        if call["third"]:
            yield "third", Text(f"{call['third']}{_place(call, 'third')}")
        if call["recording"]:
            yield "recording", Text("on", style="red")
    elif found.get("last_call"):
        past = (one["number"] for one in found.get("history") or () if one["call"] == found["last_call"])
        number = next(past, found["last_call"])
        yield "last call", Text(f"{number}  {found['last_status'] or 'has no code yet'}")
    if codes := found.get("codes"):
        yield "codes", Text("  ".join(one["status"] + (" (--callback)" * one["scheduled_callback"]) for one in codes))


def _place(call: Picture, role: str) -> str:
    """Return what a party outside the conversation is doing: its phone rings, or it hears music or the park IVR."""
    leg = next((leg for leg in call["legs"] if leg["role"] == role), None)
    if leg is None:
        return ""
    if leg["phase"] != "up":
        return f"  {'rings' if leg['phase'] in ('ringing', 'progress') else 'is called'}  {_for(leg['since'])}"
    ivr = next((one for one in call["legs"] if one["role"] == "ivr" and one["bridge"] == leg["bridge"]), None)
    if ivr and leg["bridge"]:
        return f"  in {ivr['number']}"
    return "  hears music" if (leg["bridge"] or "").startswith("spot-") else ""


def _lead(found: Picture) -> Iterator[tuple[str, "Text"]]:
    from rich.text import Text

    shown = found.get("lead") or {}
    if lead := shown.get("lead"):
        status = lead["status"] and f"last code {lead['status']}"
        of = f"{lead['lead_id']} in list {lead['list_id']}  {status}".rstrip()
        yield "lead", Text("  ".join(filter(None, (of, _joined(lead, CONTACT, "  ")))))
        for name, text in (("address", _joined(lead, ADDRESS, ", ")), ("comments", lead["comments"])):
            if text:
                yield name, Text(text)
    if shown.get("script"):
        yield "script", Text(shown["script"])


def _before(found: Picture) -> Iterator[tuple[str, "Text"]]:
    """Yield previous calls: during a call those of the customer, otherwise those of the agent."""
    if found["call"]:
        for n, one in enumerate(((found.get("lead") or {}).get("calls") or ())[:MOST_CALLS]):
            whose = f"agent {one['agent']}" if one["agent"] else "no agent"
            yield "" if n else "before", _line(_when(one["arrived"]), whose, one["status"], one["notes"])
        return
    for n, one in enumerate(found.get("history") or ()):
        direction = one["direction"].ljust(3)
        yield "" if n else "history", _line(_when(one["at"]), direction, one["number"], one["outcome"], one["status"])


def _line(*words: str) -> "Text":
    from rich.text import Text

    return Text("  ".join(filter(None, words)))


def _joined(lead: Picture, fields: tuple[str, ...], between: str) -> str:
    return between.join(str(lead[field]) for field in fields if lead.get(field))


def _when(time: str) -> str:
    return f"{time_zone.local(of_iso(time)):%a %d %b %H:%M}"


def _for(since: str | None) -> str:
    return ago(since) if since else ""
