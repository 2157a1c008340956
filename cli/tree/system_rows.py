"""The commands of the machine: configuration as files, privacy, doctor, database, lab."""

from cli.tree.tree_row import TreeCommand

CONFIG = (
    TreeCommand(
        "export",
        "cli.system.config:export",
        "Write a file for each kind of thing. No secret is in them, unless it is asked for.",
        "/etc/warmline/config",
    ),
    TreeCommand(
        "diff",
        "cli.system.config:diff",
        "What `apply` would change; exit 0 if nothing, 2 if something.",
        "/etc/warmline/config || echo 'not as it is written'",
    ),
    TreeCommand(
        "apply",
        "cli.system.config:apply",
        "Make the configuration what the files say: all of it in one transaction, or nothing.\n\n"
        "Anything that the files do not name stays as it is. The changes are shown first, "
        "and asked about.",
        "/etc/warmline/config",
    ),
    TreeCommand(
        "history",
        "cli.system.config:history",
        "List the changes: who made them, and when. Changes made together are one revision.",
        "--entity campaign",
    ),
    TreeCommand("show", "cli.system.config:show", "What a revision changed.", "17"),
    TreeCommand(
        "undo",
        "cli.system.config:undo",
        "Take back what a revision changed, if nothing has changed it since. That is a revision too.",
        "17",
    ),
)

PRIVACY = (
    TreeCommand(
        "export",
        "cli.system.privacy:export",
        "Everything that is kept of a person, as JSON; with --to into a folder, with the recordings.",
        "+4930123456 --to /root/person",
    ),
    TreeCommand(
        "erase",
        "cli.system.privacy:erase",
        "Erase a person: number, lead, notes, recordings, the journal's payloads. That there was a call "
        "stays.\n\n"
        "Hashes stay too: `audit verify` finds the journal as whole as before. Nobody can take it back.",
        "+4930123456 --dry-run",
    ),
    TreeCommand(
        "sweep",
        "cli.system.privacy:sweep",
        "Delete and erase what recordings_keep_days and journal_keep_days no longer keep; the app does it every hour.",
        "--dry-run",
    ),
)

DOCTOR = (
    TreeCommand(
        "orphans",
        "cli.doctor.doctor:orphans",
        "What is in Asterisk under our name and belongs to no call and no agent; exit 1 if there is any.",
        "--end",
    ),
    TreeCommand(
        "sounds",
        "cli.doctor.doctor:look_for_sounds",
        "Which sound files that options name are not there: callers would not hear them; exit 1 if there is any.",
    ),
)

DB = (
    TreeCommand(
        "migrate",
        "cli.system.db:migrate",
        "Make the database, or bring it to this Warmline's schema; nothing to do is fine.",
    ),
    TreeCommand(
        "backup",
        "cli.system.db:backup",
        "Copy the database as it is now, also while the app runs; the copy is looked through before it gets its name.",
        "/var/backups/warmline-friday.db",
    ),
    TreeCommand(
        "restore",
        "cli.system.db:restore",
        "Make the database what a copy holds; what it held before is kept beside it. Not while the app runs.",
        "/var/backups/warmline-friday.db",
    ),
    TreeCommand(
        "check",
        "cli.system.db:check",
        "Look through the whole file: structure, references, both journals' chains; exit 1 if anything is wrong.",
    ),
    TreeCommand("vacuum", "cli.system.db:vacuum", "Make the file as small as what it holds. Not while the app runs."),
)

LAB = (
    TreeCommand(
        "up",
        "cli.system.lab:up",
        "Start a lab: Asterisk, the app, phones and a trunk, with a demo configuration.\n\n"
        "A folder that was a lab before keeps its database.",
        "--dir .cache/lab",
    ),
    TreeCommand(
        "down",
        "cli.system.lab:down",
        "End what `lab up` started in this folder, and nothing else.\n\nThe folder stays, to be read or started again.",
        "--dir .cache/lab",
    ),
    TreeCommand(
        "restart-app",
        "cli.system.lab:restart_app",
        "Start the app again, with the same database and ports; Asterisk and its calls go on.",
        "--dir .cache/lab",
    ),
)
