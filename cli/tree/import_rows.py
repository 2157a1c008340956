"""The commands that read the configuration of another system."""

from cli.tree.tree_row import ANYWHERE, TreeCommand

IMPORT = (
    TreeCommand(
        "vicidial",
        "cli.imports.vicidial.import_vicidial:vicidial",
        "Convert VICIdial's configuration into files.\n\n"
        "The command reads a MariaDB or MySQL server, or a dump, and changes nothing there. It writes files for "
        "`warmline config apply`, phones to include in pjsip.conf, call menus to include in extensions.conf, and a "
        "file with the fate of each value: kept, changed, not needed or lost, and why. Codes of two campaigns that "
        "differ get other names, and a file keeps these. The command changes nothing in Warmline, so it is the dry "
        "run of a move. WARMLINE_MYSQL_PASSWORD has the password of a server.",
        ("mysql://reader@db.example.org/asterisk --to ./converted", "asterisk.sql.gz --to ./converted --json"),
        access=ANYWHERE,
    ),
    TreeCommand(
        "queues",
        "cli.imports.import_queues:queues",
        "Convert queues of app_queue into files.\n\n"
        "The command reads queues.conf with its templates and included files, or the tables of realtime that "
        "`mysql --batch` has written: queues.tsv and queue_members.tsv. With extensions.conf, it finds the keys by "
        "which callers leave a queue. It writes in-groups, agents and phones for "
        "`warmline config apply`, and changes nothing else. Each value has a line: kept, changed, not needed or lost, "
        "and why.",
        (
            "/etc/asterisk/queues.conf /etc/asterisk/extensions.conf --campaign SALES --to ./converted",
            "queues.tsv queue_members.tsv --name support=SUPPORTLINE --to ./new --json",
        ),
        access=ANYWHERE,
    ),
)
