"""The commands that read the configuration of another system."""

from cli.tree.tree_row import ANYWHERE, TreeCommand

IMPORT = (
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
    TreeCommand(
        "freepbx",
        "cli.imports.freepbx.import_freepbx:freepbx",
        "Convert a FreePBX into files.\n\n"
        "The command reads FreePBX's MariaDB, a dump of it, or a backup, and changes nothing there. It writes queues, "
        "ring groups, inbound routes, time conditions and extensions for `warmline config apply`, and a file for "
        "Asterisk. Numbers of --did go to Warmline by that file. All others stay with FreePBX. Each value is kept, "
        "changed, not needed or lost, and the command says why. A password of the database comes from the variable "
        "WARMLINE_MYSQL_PASSWORD.",
        (
            "20261128-backup.tar.gz --campaign SALES --to ./new",
            "mysql://reader@127.0.0.1/asterisk --did 5550100 --name 600=SALESLINE --to ./new --json",
        ),
        access=ANYWHERE,
    ),
)
