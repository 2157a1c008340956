"""The commands about calls: live calls, callbacks, events, and where a call goes."""

from cli.tree.tree_row import TreeCommand

CALL = (
    TreeCommand("list", "cli.calls.call:list_all", "Every live call, the oldest first, from the running app."),
    TreeCommand(
        "hangup",
        "cli.calls.call:hangup",
        "Hang up everybody in a live call, also one that its agent has left.",
        "01J9ZK3T5M8Q",
    ),
    TreeCommand(
        "take",
        "cli.calls.call:take",
        "Take a call out of its line, or from the agent who has it.",
        "01J9ZK3T5M8Q --agent 1009",
    ),
    TreeCommand(
        "set-disposition",
        "cli.calls.call:set_disposition",
        "Give a call another code than its agent did, also long after it is over; the audit keeps who and why.",
        "01J9ZK3T5M8Q NI --why 'taken back'",
    ),
    TreeCommand(
        "vm-message",
        "cli.calls.call:vm_message",
        "Choose what a call's customer hears when the agent leaves a message.",
        "01J9ZK3T5M8Q vm-goodbye",
    ),
)

CALLBACK = (
    TreeCommand(
        "list",
        "cli.agent.callback:list_all",
        "List pending callbacks, earliest first.",
        "--agent 1000",
    ),
    TreeCommand("show", "cli.agent.callback:show", "All that is known of one callback.", "01KAFH8Y3C00"),
    TreeCommand(
        "dial",
        "cli.agent.callback:dial",
        "Let an agent call back now. It is completed when the customer answers.",
        "01KAFH8Y3C00 --agent 1000",
    ),
    TreeCommand(
        "take", "cli.agent.callback:take", "Make it an agent's own, whose ever it was.", "01KAFH8Y3C00 --agent 1000"
    ),
    TreeCommand(
        "reschedule", "cli.agent.callback:reschedule", "Put it to another time.", '01KAFH8Y3C00 "tomorrow 10:00"'
    ),
    TreeCommand("cancel", "cli.agent.callback:cancel", "Nobody is to be called back any more.", "01KAFH8Y3C00"),
)

EVENTS = (
    TreeCommand(
        "tail",
        "cli.calls.events:tail",
        "Print each event in a line: its id, the time, its type, whom it is about, and what it says.\n\n"
        "This is for programs and for the search for a fault. People watch a floor with `warmline live`, "
        "and one agent with `warmline agent watch`.",
        "--agent 1000",
    ),
)

ROUTE = (
    TreeCommand(
        "simulate",
        "cli.route.route:simulate",
        "Where a call would go, by the rules that a call which comes is asked, and which agent would get "
        "it.\n\n"
        "Exit code 1 if it would go to the fallback.",
        '--did 8005550100 --cid 493012345678 --at "2026-12-24 18:05"',
    ),
    TreeCommand(
        "why",
        "cli.route.route:why",
        "Why a call went where it went: the rules that were asked, its waits, and who took it because of what.",
        "last",
    ),
)

EXPLAIN = (
    TreeCommand(
        "recording",
        "cli.route.explain:recording",
        "What is recorded, the rule that decides, and the rules that lose and why.\n\n"
        "As the configuration is now, if nobody says START or STOP.",
        "--campaign TESTCAMP --number 8500 --moment leave",
    ),
)
