"""The commands about calls: live calls, callbacks, events and routing."""

from cli.tree.tree_row import LOCAL, WHOLE, TreeCommand, operation_rows

CALL = (
    TreeCommand(
        "list",
        "cli.calls.call:list_all",
        "List live calls, the oldest first.\n\nFor past calls, see `warmline audit calls`.",
        ("", "--json"),
        access="calls:read",
        table=WHOLE,
    ),
    TreeCommand(
        "hangup",
        "cli.calls.call:hangup",
        "Hang up all parties of a live call.\n\nThe command also ends a call that its agent has left.",
        ("01J9ZK3T5M8Q", "01J9ZK3T5M8Q --json"),
        access="calls:write",
    ),
    TreeCommand(
        "take",
        "cli.calls.call:take",
        "Give a call to another agent.\n\nThe call may wait in a queue, or be with an agent.",
        ("01J9ZK3T5M8Q --agent 1009", "01J9ZK3T5M8Q --agent 1009 --json"),
        access="calls:write",
    ),
    TreeCommand(
        "adopt",
        "cli.calls.call:adopt",
        "Take over a call of Queue() or Dial().\n\n"
        "Asterisk's own dialplan has connected the call. Both parties continue to talk, and the call then is like any "
        "other: it can be recorded, parked, transferred and left. The agent need not be logged in. If the call cannot "
        "be adopted, nothing changes for its parties.",
        ("PJSIP/1001-0000002a", "1001", "PJSIP/trunk-00000029 --agent 1001 --json"),
        access="calls:write",
    ),
    TreeCommand(
        "set-disposition",
        "cli.calls.call:set_disposition",
        "Correct the disposition of a call.\n\n"
        "You can also correct a call that has ended. The audit stores the author and the reason of the correction.",
        ("01J9ZK3T5M8Q NI --why 'revoked by the customer'", "01J9ZK3T5M8Q SALE --why 'wrong code' --json"),
        access="calls:write",
    ),
    TreeCommand(
        "comment",
        "cli.calls.call_comment:comment",
        "Comment on a call, or mark it.\n\n"
        "Supervisors and managers read comments in the story of the call, and agents do not. A mark is found by "
        "`warmline audit calls --mark`.",
        ("last 'Ask for the number first.' --mark coaching", "01J9ZK3T5M8Q --mark praise --json"),
        access="calls:write",
        whole=True,
    ),
    TreeCommand(
        "delete-comment",
        "cli.calls.call_comment:delete_comment",
        "Delete a comment on a call.\n\n"
        "A supervisor deletes only their own comments. `warmline audit call` shows the number of each comment.",
        ("01J9ZK3T5M8Q 3", "01J9ZK3T5M8Q 3 --json"),
        access="calls:write",
        whole=True,
    ),
    TreeCommand(
        "vm-message",
        "cli.calls.call:vm_message",
        "Choose the message to leave in a call.\n\n"
        "The customer hears it after `warmline agent transfer USER --message`.",
        ("01J9ZK3T5M8Q vm-goodbye", "01J9ZK3T5M8Q vm-goodbye --json"),
        access="calls:write",
    ),
)

CALLBACK = (
    *operation_rows("callback"),
    TreeCommand(
        "dial",
        "cli.agent.agent_dial:dial_callback",
        "Dial a callback.\n\nThe callback is completed when the customer answers.",
        ("01KAFH8Y3C00 --agent 1000", "01KAFH8Y3C00 --agent 1000 --wait"),
        access="agents:write",
    ),
)

RECORDING = (
    TreeCommand(
        "list",
        "cli.calls.recording:list_all",
        "List recordings of calls, the newest first.\n\n"
        "Each recording has its call and the rule that started it. To check the files, use `warmline audit "
        "recordings` on the machine of the app.",
        ("--day today --agent 1000", "--since 7d --number 8005551234"),
        access="recordings:read",
        table=WHOLE,
    ),
    TreeCommand(
        "save",
        "cli.calls.recording:save",
        "Save the audio of a call.\n\n"
        "The command writes each recording of the call into a file. A file that exists is not replaced.",
        ("01J9ZK3T5M8Q", "01J9ZK3T5M8Q --to ~/recordings"),
        access="recordings:read",
    ),
    TreeCommand(
        "link",
        "cli.calls.recording:link",
        "Make a link that plays a recording.\n\n"
        "A browser plays the link without a login, so everyone who has it can listen. No one may make links by "
        "default: `warmline setting set recording_links=admin,api` switches them on by role. The app stores no link. "
        "`warmline recording unlink` ends them early.",
        ("01J9ZK3T5M8Q", "01J9ZK3T5M8Q --days 1 --json"),
        access="recordings:read",
    ),
    TreeCommand(
        "unlink",
        "cli.calls.recording:unlink",
        "End the links to recordings.\n\n"
        "All links to the recordings of a call end at once; new ones can be made. The option --all takes an "
        "administrator.",
        ("01J9ZK3T5M8Q", "--all"),
        access="recordings:read",
    ),
)

EVENTS = (
    TreeCommand(
        "tail",
        "cli.calls.events:tail",
        "Print each event in a line.\n\n"
        "A line has the event's id, time and type, its call and agent, and its values. The output is meant for "
        "programs and for debugging. To watch all agents and calls on a terminal, use `warmline live`; for one "
        "agent, use `warmline agent watch`.",
        ("--agent 1000", "--after 0 --no-follow --json"),
        access="events:read",
    ),
)

ROUTE = (
    TreeCommand(
        "simulate",
        "cli.route.route:simulate",
        "Show where a call would go.\n\n"
        "The command applies the rules of a real call, and names the agent who would get it. If the call would "
        "go to the fallback, the exit code is 1.",
        (
            '8005550100 --cid 493012345678 --at "2026-12-24 18:05"',
            "--did 8005550100 --data language=de --data vip=yes",
        ),
        access=LOCAL,
    ),
    TreeCommand(
        "why",
        "cli.route.route:why",
        "Explain where a past call went.\n\n"
        "The command shows the rules that were applied, the waiting times, and the reason for each decision.",
        ("last", "01J9ZK3T5M8Q"),
        access=LOCAL,
    ),
)

EXPLAIN = (
    TreeCommand(
        "recording",
        "cli.route.explain:recording",
        "Explain what is recorded, and by which rule.\n\n"
        "The command shows the rule that decides, and the rules that it overrides. It applies the current "
        "configuration to a call in which the agent gives no START or STOP.",
        ("--campaign TESTCAMP", "--campaign TESTCAMP --number 8500 --moment leave"),
        access=LOCAL,
    ),
    TreeCommand(
        "lead",
        "cli.leads.explain_lead:lead",
        "Explain whether a lead may be dialled now.\n\n"
        "The command shows the answer of each rule about each number of the lead, and when it changes. The rules are "
        "those of the campaign of the lead's list. A number names its lead, if no other lead has the number.",
        ("17", "4930555123 --campaign SALES --json"),
        access="leads:read",
    ),
)
