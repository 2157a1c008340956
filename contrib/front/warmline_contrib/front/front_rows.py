"""The command of `warmline front`."""

from cli.tree.tree_row import LOCAL, TreeCommand

FRONT = (
    TreeCommand(
        "config",
        "warmline_contrib.front.front_command:config",
        "Print Kamailio's configuration.\n\n"
        "The front is a Kamailio 5.6 or newer before several Asterisk servers. The text is made from the settings of "
        "the servers. With --dispatcher, the command prints the list of servers instead.",
        (
            "--listen 10.0.0.2:5060 --trunk 203.0.113.10 > /etc/kamailio/kamailio.cfg",
            "--dispatcher > /etc/kamailio/dispatcher.list",
        ),
        access=LOCAL,
    ),
)
