"""The commands of configured entities, the same for all kinds with names."""

from functools import partial

from cli.tree.tree_row import ANYWHERE, WHOLE, Row, TreeCommand, operation_rows
from warmline.access.rights import scope_to_change
from warmline.text.article import article

NOUNS = {"ingroup": "in-group", "did": "DID", "api-user": "API user", "api-token": "API token"}  # others: the kind
CREATE, COPY = "cli.entities.entity:create_one", "cli.entities.entity:copy_one"
IN_USE = ("agent", "ingroup")  # kinds that are shown with their state
NOW = "\n\nThe state now is below the options, if the app runs."


def entity(kind: str, create: str = CREATE, copy: str = COPY) -> tuple[TreeCommand, ...]:
    """Return the rows of a kind; `create` and `copy` name functions for kinds that need special ones."""
    show, more = ("cli.agent.show_with_state:show", NOW) if kind in IN_USE else ("cli.entities.entity:show", "")
    every = ("cli.agent.show_with_state:list_all", NOW) if kind == "ingroup" else ("cli.entities.entity:list_all", "")
    noun = NOUNS.get(kind, kind.replace("-", " "))
    one, options = article(noun), f"`warmline {kind} describe` lists the options."
    table = (
        (
            "list",
            every[0],
            f"List every {noun}.\n\nThe list omits options that have their default.{every[1]}",
        ),
        ("show", show, f"Show every option of {one}.{more}"),
        ("create", create, f"Create {one}.\n\nOptions that you do not give have their default. {options}"),
        ("copy", copy, f"Copy {one} under a new name.\n\nPasswords, PINs and tokens are not copied."),
        (
            "set",
            "cli.entities.entity:set_options",
            f"Change options of {one}.\n\nThe command changes all given options, or none. {options}",
        ),
        (
            "edit",
            "cli.entities.entity_edit:edit",
            f"Edit {one} in your editor.\n\nThe editor is $VISUAL, $EDITOR or vi. The command shows your changes and "
            "asks before it stores them.",
        ),
        (
            "delete",
            "cli.entities.entity:delete",
            f"Delete {one}.\n\nThe command is refused while another entry refers to this {noun}.",
        ),
        (
            "describe",
            "cli.entities.entity_describe:describe",
            f"Describe the options of {one}.\n\nThe command shows the meaning, the allowed values and the default of "
            "each option.",
        ),
    )
    return tuple(
        TreeCommand(
            name,
            target,
            help_,
            partial(_examples, kind, name),
            access=_access(kind, name),
            table=WHOLE if name in ("list", "describe") else "",
        )
        for name, target, help_ in table
    )


DIALLER = (
    TreeCommand(
        "start",
        "cli.agent.campaign_dialler:start",
        "Start the dialler of a campaign.\n\n"
        "It calls leads for the READY agents of the campaign. The option `dial_method` says how many.",
        ("TESTCAMP", "TESTCAMP --json"),
        access="agents:supervise",
    ),
    TreeCommand(
        "stop",
        "cli.agent.campaign_dialler:stop",
        "Stop the dialler of a campaign.\n\nIt begins no more calls. Calls that ring continue.",
        ("TESTCAMP", "TESTCAMP --json"),
        access="agents:supervise",
    ),
)


def with_members(kind: str) -> tuple[TreeCommand, ...]:
    """Return the rows of a kind that agents belong to."""
    noun, example = NOUNS.get(kind, kind), {"ingroup": "SALESLINE", "campaign": "TESTCAMP"}[kind]
    members = TreeCommand(
        "members",
        "cli.agent.members:members",
        f"List the agents of {article(noun)}.\n\n"
        "Each agent has their name, rank and grade. An agent who is logged in also has their state.",
        (example, f"{example} --json"),
        access="config:read",
        table=WHOLE,
    )
    return (*entity(kind), members, *(DIALLER if kind == "campaign" else ()))


def _access(kind: str, command: str) -> str:
    if command == "describe":
        return ANYWHERE
    return "config:read" if command in ("list", "show") else scope_to_change(kind)


def lead_list(kind: str) -> tuple[TreeCommand, ...]:
    """Return the rows of lists of leads."""
    reset = TreeCommand(
        "reset",
        "cli.leads.dial:reset",
        "Dial the leads of a list again.\n\n"
        "A lead with a status of the campaign's dial_statuses is dialled once after each reset.",
        ("101", "101 --status NA,B --json"),
        access="leads:write",
        whole=True,
    )
    counts = TreeCommand(
        "counts",
        "cli.leads.list_counts:counts",
        "Count the leads of a list or a campaign.\n\n"
        "The first table has the leads by status and number of calls. The second one says how many may be dialled now, "
        "and why the others are not. The penetration is the share of leads that were called since the last reset. "
        "If the list has reset_times, a line has the next and the last reset at these times.\n\n"
        "With --campaign, another table comes first: each list of the campaign, and their total. The other tables have "
        "the counts of each list and the total.",
        ("101", "101 --json", "--campaign TESTCAMP"),
        access="leads:read",
        whole=True,
        table="statuses",
    )
    change = TreeCommand(
        "change",
        "cli.leads.list_change:change",
        "Change or delete many leads of a list.\n\n"
        "A filter says which leads. The command leaves out leads in a live call. It does not delete leads with a "
        "pending callback. After an interruption, run the same command again.",
        (
            "101 --where 'status=NA and called_count>=5' --status DEAD --dry-run",
            "101 --where 'state=TX' --to-list 102 --owner anna",
            "101 --where 'entry_date<-365d' --delete",
        ),
        access="leads:write",
    )
    export = TreeCommand(
        "export",
        "cli.leads.list_export:export",
        "Export the leads of a list as CSV.\n\n"
        "Each lead has its status, and the time, agent, number and talk time of its last call. An apostrophe protects "
        "a text that a spreadsheet would read as a formula.",
        ("101 --to 101.csv", "101 --where 'status=SALE and last_call>-7d' --to sales.csv"),
        access="leads:read",
        whole=True,
    )
    scrub = TreeCommand(
        "scrub",
        "cli.leads.list_change:scrub",
        "Change leads whose number is elsewhere.\n\n"
        "The command compares the numbers of a list with those of another list or of a file. Matching leads get a "
        "status, or are deleted. A number counts with and without its country code.",
        ("101 --against 102 --status DUP --dry-run", "101 --file customers.csv --delete"),
        access="leads:write",
    )
    return *entity(kind), counts, change, scrub, export, reset


def _unlock(example: str) -> TreeCommand:
    return TreeCommand(
        "unlock",
        "cli.entities.user_passwords:unlock",
        "Unlock a user after wrong passwords.\n\nA new password also unlocks the user.",
        (example, f"{example} --json"),
        access="users:write",
    )


def api_user(kind: str) -> tuple[TreeCommand, ...]:
    """Return the rows of API users."""
    return *entity(kind), _unlock("6666")


def user(kind: str) -> tuple[Row, ...]:
    """Return the rows of users."""
    onboard, reset = operation_rows(kind)
    password = TreeCommand(
        "password",
        "cli.entities.user_passwords:password",
        "Set the password of a user.\n\n"
        "The command asks for the password, or reads a line of stdin. With --one-time, it makes a password and prints "
        "it. The user's sessions end at once, and the next login asks for a new password. A manager may give a "
        "one-time password to users with the role agent.",
        ("anna", "anna --one-time --json"),
        access="users:write",
    )
    return *entity(kind), onboard, password, _unlock("anna"), reset


def api_token(kind: str) -> tuple[TreeCommand, ...]:
    """Return the rows of API tokens."""
    renew = TreeCommand(
        "renew",
        "cli.entities.api_token:renew",
        "Replace a token.\n\n"
        "The previous token stops working at once. The command prints the new token; it cannot be shown again.",
        ("crm", "crm --json"),
        access="users:write",
    )
    return *entity(kind, "cli.entities.api_token:create", "cli.entities.api_token:copy"), renew


def event_hook(kind: str) -> tuple[Row, ...]:
    """Return the rows of event hooks."""
    test = TreeCommand(
        "test",
        "cli.entities.event_hook:test",
        "Send a sample to an event hook.\n\n"
        "The command prints the answer of the receiver. If the sample was delivered, an event hook that has failed or "
        "stopped goes on at once.",
        ("crm", "crm --json"),
        access="users:write",
    )
    deliveries = TreeCommand(
        "deliveries",
        "cli.entities.event_hook:deliveries",
        "Show the latest attempts of an event hook.\n\nThe first lines say whether it works, and how far it is behind.",
        ("crm", "crm --json"),
        access="config:read",
        table="deliveries",
    )
    rows = entity(kind, "cli.entities.event_hook:create", "cli.entities.event_hook:copy")
    return *rows, *operation_rows(kind), test, deliveries


def _examples(kind: str, command: str) -> tuple[str, ...]:
    """Return the arguments of a command's examples; only they need the option table."""
    import shlex

    from warmline.options.option_table import ENTITIES

    name, *pairs = ENTITIES[kind].example
    option = pairs[0].partition("=")[0] if pairs else ""
    full = shlex.join((name, *pairs))
    copied = shlex.join((name, f"{name[:5]}2", *(pair for pair in pairs if pair.endswith("=-"))))
    changed = shlex.join((name, *pairs[:1]))
    return {
        "list": ("", "--json"),
        "show": (name, f"{name} --json"),
        "create": (full, f"{full} --json"),
        "copy": (copied, f"{copied} --json"),
        "set": (changed, f"{changed} --json"),
        "edit": (name, f"EDITOR=nano warmline {kind} edit {name}"),
        "delete": (name, f"{name} --json"),
        "describe": ("", option or "--json"),
    }[command]


SETTING = (
    TreeCommand("show", "cli.entities.setting:show", "Show every setting.", ("", "--json"), access="config:read"),
    TreeCommand(
        "set",
        "cli.entities.setting:set_options",
        "Change settings.\n\n"
        "The command changes all given settings, or none. `warmline setting describe` lists the settings.",
        ("timezone=Europe/Berlin", "blocklist=BLOCKED recordings_keep_days=90"),
        access="users:write",
    ),
    TreeCommand(
        "edit",
        "cli.entities.setting:edit",
        "Edit the settings in your editor.\n\n"
        "The editor is $VISUAL, $EDITOR or vi. The command shows your changes and asks before it stores them.",
        ("", "EDITOR=nano warmline setting edit"),
        access="users:write",
    ),
    TreeCommand(
        "describe",
        "cli.entities.entity_describe:describe",
        "Describe the settings.\n\nThe command shows the meaning, the allowed values and the default of each setting.",
        ("", "'*keep*'"),
        access=ANYWHERE,
        table=WHOLE,
    ),
)
