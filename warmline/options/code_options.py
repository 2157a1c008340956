"""Dispositions of calls and pause codes, the codes that agents give; with their options."""

from warmline.options.values.entity import Entity, Option, OptionSection, one_section
from warmline.options.values.option_forms import CODE, LABEL, NAME, YES_NO
from warmline.options.values.option_types import Choice, Number, References, Text

KEY = Text(r"[0-9]{0,3}", "up to 3 digits; may be empty")

CODE_OPTIONS = (
    Option("status_name", LABEL, "", "the label next to the code"),
    Option("category", NAME, "UNDEFINED", "the category that reports count the code in"),
    Option("selectable", YES_NO, "Y", "N keeps agents from choosing the code; Warmline or another program writes it"),
)

FLAGS = (
    ("human_answered", "Y if the agent spoke to a person"),
    ("sale", "Y if something was sold"),
    ("dnc", "Y if the number must not be called again"),
    ("scheduled_callback", "Y if the customer must be called back"),
    ("not_interested", "Y if the customer is not interested"),
    ("customer_contact", "Y if the customer was reached, or a person who decides for them"),
    ("completed", "Y if nothing is left to do"),
)

LAST = 100  # the place of a code without one of its own

USE_OPTIONS = (
    Option("place", Number(0, 999), LAST, "the place in lists of agents; the same place sorts by the code", plus=True),
    Option(
        "key",
        KEY,
        "",
        "the digits that give the code on an agent's page, and on a phone before #; may be empty",
        plus=True,
    ),
    Option(
        "direction",
        Choice(("BOTH", "INBOUND", "OUTBOUND")),
        "BOTH",
        "the calls for which agents may choose the code: callers, calls to customers, or both",
        plus=True,
    ),
    Option(
        "reached",
        Choice(("BOTH", "YES", "NO")),
        "BOTH",
        "YES for a call that was answered only; NO puts the code last after such a call, and first after another",
        plus=True,
    ),
    Option("notes_required", YES_NO, "N", "Y requires notes", plus=True),
    Option(
        "campaigns",
        References("campaign"),
        (),
        "the campaigns whose agents may choose the code; empty for all",
        plus=True,
    ),
    Option(
        "ingroups",
        References("ingroup"),
        (),
        "the in-groups for whose calls agents may choose the code; empty for all calls",
        plus=True,
    ),
)

DISPOSITION = Entity(
    "disposition",
    "a code for the outcome of a call",
    CODE,
    ("UPSELL", "status_name=Upgrade sold", "sale=Y", "campaigns=TESTCAMP"),
    (
        OptionSection("Code", CODE_OPTIONS),
        OptionSection("Meaning for the call", tuple(Option(name, YES_NO, "N", meaning) for name, meaning in FLAGS)),
        OptionSection("Use", USE_OPTIONS),
    ),
    label="status_name",
)

PAUSE_CODE = Entity(
    "pause-code",
    "a code for why an agent pauses",
    CODE,
    ("LUNCH", "pause_code_name=Lunch break", "campaigns=TESTCAMP"),
    one_section(
        Option("pause_code_name", LABEL, "", "the label next to the code"),
        Option("key", KEY, "", "the digits after *9 that give the code on an agent's phone; empty for none", plus=True),
        Option(
            "time_limit",
            Number(0, 65000, "seconds"),
            0,
            "seconds that a pause with the code may last; it goes on, and is shown as late; 0 for no limit",
        ),
        Option("billable", Choice(("NO", "YES", "HALF")), "NO", "whether the pause is paid; HALF for half of it"),
        Option(
            "campaigns",
            References("campaign"),
            (),
            "the campaigns whose agents may choose the code; empty for all",
            plus=True,
        ),
    ),
    label="pause_code_name",
)
