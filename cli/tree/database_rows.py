"""The commands of `warmline db`."""

from cli.tree.tree_row import LOCAL, WHOLE, TreeCommand

DB = (
    TreeCommand(
        "migrate",
        "cli.system.db:migrate",
        "Create or update the database.\n\n"
        "The app must be stopped. The command makes a backup before it changes a database, and checks the result. A "
        "database with the current schema stays as it is.",
        ("", "--backup /var/backups/warmline-friday.db"),
        access=LOCAL,
    ),
    TreeCommand(
        "backup",
        "cli.system.db:backup",
        "Copy the database.\n\n"
        "You can do this while the app runs. The command checks the copy before it gives the copy its name.",
        ("/var/backups/warmline-friday.db", "/var/backups/warmline-friday.db --json"),
        access=LOCAL,
    ),
    TreeCommand(
        "restore",
        "cli.system.db:restore",
        "Replace the database by a backup.\n\n"
        "The app must be stopped. The previous database is kept beside the restored one. The command says which period "
        "the backup does not have. The sessions of users in the backup end, so each user logs in again.",
        ("/var/backups/warmline-friday.db", "/var/backups/warmline-friday.db --yes"),
        access=LOCAL,
    ),
    TreeCommand(
        "check",
        "cli.system.db:check",
        "Check the whole database file.\n\n"
        "The command checks the structure and the references. It also checks the hash chains of the call "
        "journal and of the history of the configuration. If anything is wrong, the exit code is 1.",
        ("", "--json"),
        access=LOCAL,
    ),
    TreeCommand(
        "spill",
        "cli.system.db:spill",
        "Show journal entries outside the database.\n\n"
        "While the database cannot be written, the app stores entries in a spill file beside it. The app writes them "
        "into the database as soon as it can. FILE is a spill file that was set aside, whose entries are in no "
        "database. If a file is damaged, the command says what is lost, and the exit code is 1.",
        ("", "/var/lib/warmline/warmline.db-spill.1790000000000000 --write"),
        access=LOCAL,
        table=WHOLE,
    ),
    TreeCommand(
        "export-analysis",
        "cli.system.db:export_analysis",
        "Copy the views for analysts.\n\n"
        "The file has calls, times of agents, transfers, waits and recordings, with names and local times. It has no "
        "secrets, no leads and no journal. You can do this while the app runs.",
        ("/var/backups/analysis.db", "/var/backups/analysis.db --json"),
        access=LOCAL,
    ),
    TreeCommand(
        "index-notes",
        "cli.system.db:index_notes",
        "Make the index of agents' notes again.\n\n"
        "The app fills the index, a file beside the database. `warmline audit calls --notes` reads it. The file is no "
        "record: you can remove it at any time.",
        ("", "--json"),
        access=LOCAL,
    ),
    TreeCommand(
        "move",
        "cli.system.db:move",
        "Copy the database to PostgreSQL, or back.\n\n"
        "The app must be stopped. The command compares every row, and checks the hash chains. A command that was "
        "interrupted continues when it is repeated. Warmline works with the database that `db` in the settings names. "
        "Other copies are for your own tools. They have secrets and personal data, which `privacy erase` leaves. "
        "Name no password in the address; PGPASSWORD or ~/.pgpass has it.",
        (
            "postgresql://warmline@localhost/warmline",
            "/var/backups/back.db --from postgresql://warmline@localhost/warmline",
        ),
        access=LOCAL,
    ),
    TreeCommand(
        "vacuum",
        "cli.system.db:vacuum",
        "Release unused space of the database file.\n\nThe app must be stopped.",
        ("", "--json"),
        access=LOCAL,
    ),
)
