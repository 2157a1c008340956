"""The commands of leads, and of numbers that must not be dialled."""

from cli.tree.tree_row import TreeCommand

LEAD = (
    TreeCommand(
        "import",
        "cli.leads.lead_import:import_file",
        "Import leads from a CSV file, whose first line names the columns.\n\n"
        "Columns are known by the fields of a lead, by usual names such as Telefon, Phone or Vorname, and "
        "by --columns.\n\n"
        "Each lead once: with the same vendor_lead_code in the list, or without one the same number, it is "
        "there already. A line that cannot be imported stops nothing: FILE.csv.rejected.csv has it, with "
        "the reason in front, and can be corrected and imported; exit 2 then. Calls go on meanwhile. Broken "
        "off, the same import goes on where it was.",
        "autumn.csv --list 101 --columns Phone=phone_number --dry-run",
    ),
    TreeCommand(
        "list",
        "cli.leads.lead:list_all",
        "Leads of a list, or of all, in the order in which they came.",
        "--list 101 --after 500",
    ),
    TreeCommand("show", "cli.leads.lead:show", "Everything about a lead, and the calls there were with it.", "17"),
    TreeCommand("create", "cli.leads.lead:create", "Make a lead.", "--list 101 phone_number=8005551234 first_name=Ada"),
    TreeCommand(
        "set",
        "cli.leads.lead:set_fields",
        "Change fields of a lead: all of them, or none.",
        "17 last_name=Lovelace email=ada@example.org",
    ),
    TreeCommand("edit", "cli.leads.lead:edit", "Change fields of a lead in your editor.", "17"),
    TreeCommand(
        "describe", "cli.leads.lead:describe", "Describe the fields of a lead and their values.", "phone_number"
    ),
    TreeCommand("delete", "cli.leads.lead:delete", "Forget a lead. The calls there were with it stay.", "17"),
    TreeCommand(
        "find",
        "cli.leads.lead:find",
        "The leads with that number, with or without its country's code; the one last talked to first.",
        "+18005551234",
    ),
)

DNC = (
    TreeCommand("list", "cli.leads.dnc:list_all", "Numbers on every list, in their order.", "--after 8005550000"),
    TreeCommand(
        "create",
        "cli.leads.dnc:create",
        "Put a number on a list.",
        "8005551234 --campaign TESTCAMP --why 'asked by letter'",
    ),
    TreeCommand(
        "import",
        "cli.leads.dnc:import_file",
        "Put every number of a file on a list.\n\n"
        "The file has one number a line, or is CSV whose first line names the column: phone_number, "
        "Telefon, Phone. Lines without a number are skipped: FILE.rejected.csv has them with the reason, and the "
        "command ends with 2.",
        "robinson.csv --why 'list of the authority, November'",
    ),
    TreeCommand("delete", "cli.leads.dnc:delete", "Take a number from a list.", "8005551234"),
    TreeCommand(
        "find", "cli.leads.dnc:find", "On which lists a number is, with or without its country's code.", "+18005551234"
    ),
)
