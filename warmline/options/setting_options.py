"""The options of the whole system, stored in the database; `warmline setting` shows and changes them.

The settings of one machine, in its TOML file, are in warmline/system/setting_table.py.
"""

from warmline.options.campaign.manual_dialling_options import TEMPLATE
from warmline.options.values.entity import Entity, Option, one_section
from warmline.options.values.option_forms import NAME, YES_NO
from warmline.options.values.option_types import Addresses, Choice, Number, Reference, Texts, Zone

SETTING = Entity(
    "setting",
    "an option of the whole system",
    NAME,
    ("api_impossible=SUCCESS",),
    one_section(
        Option(
            "api_impossible",
            Choice(("ERROR", "SUCCESS")),
            "ERROR",
            "the agent API's answer to a command that is not possible; SUCCESS as in VICIdial",
            plus=True,
        ),
        Option(
            "timezone",
            Zone(required=True),
            "UTC",
            "the time zone of call times, lists and reports",
            plus=True,
        ),
        Option(
            "blocklist",
            Reference("container"),
            "",
            "the container of numbers whose calls are hung up",
            plus=True,
            core=False,
        ),
        Option(
            "webhook_hosts",
            Texts(r"[0-9A-Za-z.:_-]+(/[0-9]{1,3})?", "host names, addresses and networks"),
            (),
            "the hosts that webhooks may contact; a private address must be listed itself; empty for none",
            plus=True,
        ),
        Option(
            "max_legs",
            Number(0, 10_000, "phones"),
            0,
            "number of phones on the line at which callers go to the fallback and dialling stops; 0 for no limit",
            plus=True,
        ),
        Option(
            "dial_ways",
            Texts(rf"{TEMPLATE}|@[A-Za-z0-9_.-]{{1,60}}", "dial templates, and contexts such as @from-phones"),
            (),
            "the dial templates and contexts that managers may choose; empty for the default template alone",
            plus=True,
            core=False,
        ),
        Option(
            "emergency_numbers",
            Texts(r"[0-9]{2,5}", "numbers of 2 to 5 digits"),
            ("110", "112", "911", "999"),
            "numbers that a person who types them reaches in spite of dial rules, and that no program dials",
            plus=True,
        ),
        Option(
            "call_data",
            Texts(r"[A-Za-z][A-Za-z0-9_]{0,31}", "names of 1 to 32 letters, digits and _, a letter first"),
            (),
            "the names of WARMLINE_DATA_name variables of the dialplan that go with a call; empty for none",
            plus=True,
            core=False,
        ),
        Option(
            "call_data_headers",
            Texts(r"[A-Za-z][A-Za-z0-9-]{0,31}", "names of SIP headers: 1 to 32 letters, digits and -, a letter first"),
            (),
            "the SIP headers of a caller that go with a call; item x_ticket has the value of X-Ticket; empty for none",
            plus=True,
            core=False,
        ),
        Option(
            "second_factor_required",
            YES_NO,
            "N",
            "Y lets managers and administrators without a second factor only enrol one, from their next request on",
            plus=True,
            core=False,
        ),
        Option(
            "password_only_addresses",
            Addresses(),
            (),
            "where the agent API takes the password alone of a person whose login takes more; empty for nowhere",
            plus=True,
            core=False,
        ),
        Option("vdc_agent_api_active", Choice(("1", "0")), "1", "0 switches the agent API off for every user"),
        Option(
            "recordings_keep_days",
            Number(0, 36500, "days"),
            0,
            "days that a recording's file is kept; 0 to keep it until you delete it",
            plus=True,
            core=False,
        ),
        Option(
            "recording_links",
            Texts("api|agent|supervisor|manager|admin", "api and the roles agent, supervisor, manager and admin"),
            (),
            "the programs (api) and roles that may make links which play a recording without a login; empty for none",
            plus=True,
            core=False,
        ),
        Option(
            "recording_link_days",
            Number(1, 7, "days"),
            7,
            "days that a link to a recording is valid",
            plus=True,
            core=False,
        ),
        Option(
            "journal_keep_days",
            Number(0, 36500, "days"),
            0,
            "days that the journal keeps the contents of its rows (the rows stay); 0 to keep them permanently",
            plus=True,
            core=False,
        ),
    ),
    only="warmline",
)
