"""The commands of the machine: configuration as files, privacy, doctor, database, lab."""

from cli.tree.tree_row import TreeCommand

CONFIG = (
    TreeCommand(
        "export",
        "cli.system.config:export",
        "Write the configuration into files.\n\n"
        "There is one file for each kind. Secrets are left out; with --secrets their hashes are included.",
        ("/etc/warmline/config", "/etc/warmline/config --changed"),
    ),
    TreeCommand(
        "diff",
        "cli.system.config:diff",
        "Show what `warmline config apply` changes.\n\nExit code 0 if nothing differs, 2 if something does.",
        ("/etc/warmline/config", "/etc/warmline/config --prune"),
    ),
    TreeCommand(
        "apply",
        "cli.system.config:apply",
        "Apply configuration files.\n\n"
        "Everything is changed in one transaction, or nothing. Anything that the files do not name stays as it is. "
        "The changes are shown first, and must be confirmed.",
        ("/etc/warmline/config", "/etc/warmline/config --prune --yes"),
    ),
    TreeCommand(
        "history",
        "cli.system.config:history",
        "List the revisions, the newest first.\n\n"
        "A revision has its number, its time and its person. Changes made together are one revision.",
        ("", "--entity campaign --name TESTCAMP"),
    ),
    TreeCommand("show", "cli.system.config:show", "Show what a revision changed.", ("17", "17 --json")),
    TreeCommand(
        "undo",
        "cli.system.config:undo",
        "Undo a revision.\n\nThis is refused if one of its options has changed since. The undo is a revision as well.",
        ("17", "17 --yes"),
    ),
)

PRIVACY = (
    TreeCommand(
        "export",
        "cli.system.privacy:export",
        "Export the data kept about a person.\n\nThe data is JSON. With --to the recordings are copied as well.",
        ("+4930123456", "+4930123456 --to /root/person"),
    ),
    TreeCommand(
        "erase",
        "cli.system.privacy:erase",
        "Erase the data kept about a person.\n\n"
        "The number, the lead, notes, recordings and the payloads of the journal are erased. The fact that there was "
        "a call is kept. Hashes are kept too, so `audit verify` still finds the journal complete. Erased data cannot "
        "be restored.",
        ("+4930123456 --dry-run", "+4930123456 --dnc --yes"),
    ),
    TreeCommand(
        "sweep",
        "cli.system.privacy:sweep",
        "Delete data older than it is to be kept.\n\n"
        "The settings recordings_keep_days and journal_keep_days decide. The app does the same every hour.",
        ("--dry-run", "--json"),
    ),
)

DOCTOR = (
    TreeCommand(
        "orphans",
        "cli.doctor.doctor:orphans",
        "Find channels and bridges without a call.\n\n"
        "These are in Asterisk under Warmline's name, and belong to no call and no agent. Exit code 1 if there are "
        "any.",
        ("", "--end"),
    ),
    TreeCommand(
        "sounds",
        "cli.doctor.doctor:look_for_sounds",
        "Find missing sound files.\n\n"
        "These are named by options, and callers would not hear them. Exit code 1 if there are any.",
        ("", "--json"),
    ),
)

DB = (
    TreeCommand(
        "migrate",
        "cli.system.db:migrate",
        "Create or update the database.\n\nA database with the current schema stays as it is.",
        ("", "--json"),
    ),
    TreeCommand(
        "backup",
        "cli.system.db:backup",
        "Copy the database.\n\nThe app may run. The copy is checked before it gets its name.",
        ("/var/backups/warmline-friday.db", "/var/backups/warmline-friday.db --json"),
    ),
    TreeCommand(
        "restore",
        "cli.system.db:restore",
        "Replace the database by a copy.\n\nThe app must be stopped. The present database is kept beside it.",
        ("/var/backups/warmline-friday.db", "/var/backups/warmline-friday.db --yes"),
    ),
    TreeCommand(
        "check",
        "cli.system.db:check",
        "Check the whole database file.\n\n"
        "The structure, the references and the chains of both journals are checked. Exit code 1 if anything is wrong.",
        ("", "--json"),
    ),
    TreeCommand(
        "vacuum",
        "cli.system.db:vacuum",
        "Release unused space of the database file.\n\nThe app must be stopped.",
        ("", "--json"),
    ),
)

LAB = (
    TreeCommand(
        "up",
        "cli.system.lab:up",
        "Start a lab.\n\n"
        "A lab has an Asterisk, the app, phones, a trunk and a demo configuration. A folder that was a lab before "
        "keeps its database.",
        ("--dir .cache/lab", "--dir .cache/lab --config changes.toml"),
    ),
    TreeCommand(
        "down",
        "cli.system.lab:down",
        "Stop the lab of a folder.\n\nThe folder is kept, to be read or started again.",
        ("--dir .cache/lab", "--dir /tmp/lab"),
    ),
    TreeCommand(
        "restart-app",
        "cli.system.lab:restart_app",
        "Restart the app of a lab.\n\nThe database and the ports stay the same. Asterisk and its calls go on.",
        ("--dir .cache/lab", "--dir .cache/lab --json"),
    ),
)
