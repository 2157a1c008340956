"""The options that name web forms: pages of other programs with the data of a call, which the workspace opens."""

from warmline.options.values.entity import Option
from warmline.options.values.option_types import Choice, PageUrl, Reference

ADDRESSES = ("web_form_address", "web_form_address_two", "web_form_address_three")
OPENS = ("NONE", "WEBFORM", "WEBFORMTWO", "WEBFORMTHREE")  # the value of get_call_launch for each form, after NONE


def _addresses(of: str, otherwise: str) -> tuple[Option, ...]:
    places = ("first", "second", "third")
    return (
        *(
            Option(
                name, PageUrl(), "", f"the page of the {place} web form, with data of the call{otherwise}", core=False
            )
            for name, place in zip(ADDRESSES, places, strict=True)
        ),
        Option(
            "web_form_sign",
            Reference("event-hook"),
            "",
            f"the event hook whose secret signs the web form addresses of this {of}; empty leaves them unsigned",
            core=False,
            plus=True,
        ),
    )


OF_CAMPAIGN = (
    *_addresses("campaign", "; empty for none"),
    Option(
        "web_form_target",
        Choice(("TAB", "PANEL")),
        "TAB",
        "the place of open web forms: TAB for a tab of the browser, PANEL for the side of the call",
        core=False,
    ),
    Option(
        "get_call_launch",
        Choice(OPENS),
        "NONE",
        "the web form that opens by itself when a call reaches the agent; NONE leaves it to the buttons",
        core=False,
    ),
)
OF_INGROUP = _addresses("in-group", "; empty for that of the lead's list")
OF_LIST = _addresses("list", "; empty for that of the campaign")
