"""The commands of leads and of do-not-call lists."""

from cli.tree.tree_row import ANYWHERE, LOCAL, WHOLE, TreeCommand, operation_rows

LEAD = (
    TreeCommand(
        "import",
        "cli.leads.lead_import:import_file",
        "Import leads from a CSV or NDJSON file.\n\n"
        "The first line of a CSV file names the columns. Each line of an NDJSON file is an object. "
        "Warmline recognises a column by the name of a field or by a common name such as Telefon, Phone or "
        "Vorname. For other columns, use --columns.\n\n"
        "A lead is imported only once. A line is skipped if the list has a lead with the same "
        "vendor_lead_code. If the line has no such code, its number is compared instead. Rejected lines are "
        "written to FILE.rejected.csv or FILE.rejected.ndjson with the reason; the exit code is then 2. To continue an "
        "interrupted import, run the same command again.",
        (
            "autumn.csv --list 101 --columns Phone=phone_number --dry-run",
            "autumn.csv --campaign SALES",
        ),
        access="leads:write",
        whole=True,
    ),
    TreeCommand(
        "list",
        "cli.leads.lead:list_all",
        "List leads, the oldest first.",
        ("--list 101", "--list 101 --after 500 --limit 50"),
        access="leads:read",
        whole=True,
        table=WHOLE,
    ),
    TreeCommand(
        "show",
        "cli.leads.lead:show",
        "Show a lead and its calls.",
        ("17", "17 --json"),
        access="leads:read",
    ),
    TreeCommand(
        "create",
        "cli.leads.lead:create",
        "Create a lead.\n\nThe fields are those of `warmline lead describe`.",
        ("--list 101 phone_number=8005551234 first_name=Ada", "--list 101 phone_number=8005551234 --json"),
        access="leads:write",
    ),
    TreeCommand(
        "set",
        "cli.leads.lead:set_fields",
        "Change fields of a lead.\n\nEither all fields are changed, or none.",
        ("17 last_name=Lovelace email=ada@example.org", "17 status=NI --json"),
        access="leads:write",
    ),
    TreeCommand(
        "edit",
        "cli.leads.lead:edit",
        "Edit a lead in your editor.\n\nThe editor is $VISUAL, $EDITOR or vi.",
        ("17", "EDITOR=nano warmline lead edit 17"),
        access="leads:write",
    ),
    TreeCommand(
        "describe",
        "cli.leads.lead:describe",
        "Describe the fields of a lead.",
        ("", "phone_number"),
        access=ANYWHERE,
        table=WHOLE,
    ),
    TreeCommand(
        "delete",
        "cli.leads.lead:delete",
        "Delete a lead.\n\nThe calls with the lead are kept. A lead in a live call or with a pending callback stays.",
        ("17", "17 --json"),
        access="leads:write",
    ),
    TreeCommand(
        "move",
        "cli.leads.lead:move",
        "Move a lead to another list.\n\n"
        "Its fields are kept, and its time zones are those of its number in the country of the list.",
        ("17 102", "17 102 --json"),
        access="leads:write",
    ),
    TreeCommand(
        "find",
        "cli.leads.lead:find",
        "Find leads by number, code, e-mail or name.\n\n"
        "The command finds a number with and without its country code. The lead with the most recent contact "
        "comes first. At most 100 leads are shown.",
        ("+18005551234", "800 555 1234 --list 101", "--vendor-code A-4711", "--name 'Byron, Ada'"),
        access="leads:read",
        whole=True,
        table=WHOLE,
    ),
)

DNC = (
    *operation_rows("dnc"),
    TreeCommand(
        "import",
        "cli.leads.dnc:import_file",
        "Put every number of a file on a list.\n\n"
        "The file has one number per line, or is a CSV file. The first line of a CSV file names the column: "
        "phone_number, Telefon or Phone. Lines without a number are written to FILE.rejected.csv with the "
        "reason; the exit code is then 2. To continue an interrupted import, run the same command again.",
        ("robinson.csv --why 'list of the authority, November'", "robinson.csv --dry-run"),
        access="leads:write",
        whole=True,
    ),
)

DIAL = (
    TreeCommand(
        "status",
        "cli.leads.dial_status:status",
        "Show what the diallers of campaigns do now.\n\n"
        "The first table says whether each dialler runs, since when and by whom. It counts the READY agents, the calls "
        "that are not answered, and the answered leads who wait for an agent. `free` agents are expected to be free in "
        "ten seconds, and `leads` are at hand. The last column says why no call begins now, and until when. The second "
        "table counts the persons who answered and were dropped, in each window that the campaign must keep. Its last "
        "column says how many more may be dropped.",
        ("", "TESTCAMP --json"),
        access="calls:read",
        whole=True,
        table=WHOLE,
    ),
    TreeCommand(
        "watch",
        "cli.leads.dial_status:watch",
        "Follow what the diallers of campaigns do.\n\n"
        "The view is that of `warmline dial status`, every second, until Ctrl-C. If you pipe the output, each change "
        "is a line of text.",
        ("", "--json"),
        access="calls:read",
        whole=True,
    ),
    TreeCommand(
        "hopper",
        "cli.leads.dial:hopper",
        "Show the leads that are dialled next.\n\n"
        "The command lists the next leads of a campaign in order. Then it counts the leads of its lists by the "
        "reason that keeps them from being dialled now. `source` is the number of a lead that is next.",
        ("SALES", "SALES --limit 100 --json"),
        access="leads:read",
        whole=True,
        table="next",
    ),
    TreeCommand(
        "stop",
        "cli.leads.dial_stop:stop",
        "Stop all automatic calls at once.\n\n"
        "From now on no automatic call begins, in any campaign, until `warmline dial allow`. The command needs neither "
        "the database nor a running app. Calls in progress continue. Leads' phones that ring go on ringing, and a lead "
        "who answers is connected. With --hang-up the command waits for 15 seconds. It then hangs up the phones that "
        "have rung all the time. The page of supervisors shows who stopped, and why.",
        ("--why 'wrong list'", "--hang-up"),
        access=LOCAL,
    ),
    TreeCommand(
        "allow",
        "cli.leads.dial_stop:allow",
        "Allow automatic calls again.\n\n"
        "The command ends `warmline dial stop`, and a stop from the page or the API. It shows who stopped, when and "
        "why. `warmline config history --entity dial-stop` has both reasons. Stopped campaigns stay stopped.",
        ("--why 'list 101 is right now'", "--why 'list 101 is right now' --json"),
        access=LOCAL,
    ),
)
