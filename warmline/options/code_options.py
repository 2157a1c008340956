"""The codes that agents give: dispositions for calls, pause codes for pauses; and their options."""

from warmline.options.entity import Entity, Option, OptionSection, one_section
from warmline.options.option_forms import LABEL, NAME, YES_NO
from warmline.options.option_types import Choice, References, Text

CODE = Text(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,5}", "1 to 6 letters, digits, _ and -, - not first")

CODE_OPTIONS = (
    Option("status_name", LABEL, "", "what people see beside the code"),
    Option("category", NAME, "UNDEFINED", "what reports count it under"),
    Option("selectable", YES_NO, "Y", "N: no agent chooses it; it is written by Warmline, or from outside"),
)

FLAGS = (
    ("human_answered", "Y: a person was spoken to"),
    ("sale", "Y: something was sold"),
    ("dnc", "Y: the number is not to be called any more"),
    ("scheduled_callback", "Y: the customer is to be called back"),
    ("not_interested", "Y: the customer does not want it"),
    ("customer_contact", "Y: the customer was reached, or a person who decides for them"),
    ("unworkable", "Y: nobody can be reached at this number"),
    ("completed", "Y: there is nothing left to do"),
)

USE_OPTIONS = (
    Option("notes_required", YES_NO, "N", "Y: it needs notes", plus=True),
    Option("campaigns", References("campaign"), (), "whose agents may choose it; empty: all", plus=True),
    Option("ingroups", References("ingroup"), (), "for whose calls it may be chosen; empty: all calls", plus=True),
)

DISPOSITION = Entity(
    "disposition",
    "a code for the outcome of a call",
    CODE,
    ("UPSELL", "status_name=Upgrade sold", "sale=Y", "campaigns=TESTCAMP"),
    (
        OptionSection("Code", CODE_OPTIONS),
        OptionSection("What it says of a call", tuple(Option(name, YES_NO, "N", meaning) for name, meaning in FLAGS)),
        OptionSection("Use", USE_OPTIONS),
    ),
)

PAUSE_CODE = Entity(
    "pause-code",
    "a code for why an agent pauses",
    CODE,
    ("LUNCH", "pause_code_name=Lunch break", "campaigns=TESTCAMP"),
    one_section(
        Option("pause_code_name", LABEL, "", "what people see beside the code"),
        Option("billable", Choice(("NO", "YES", "HALF")), "NO", "whether the pause is paid time"),
        Option("campaigns", References("campaign"), (), "whose agents may choose it; empty: all", plus=True),
    ),
)
