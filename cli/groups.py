"""The groups of commands, with what each is about: `warmline --help` is to be there before anybody waits for it.

Each is a file of this folder. Only the one that a command line names is loaded.
"""

GROUPS = {
    "campaign": "The rules an agent works under: recording, transfers, dialling.",
    "ingroup": "An inbound queue with its rules.",
    "agent": "A person who takes calls.",
    "phone": "A SIP endpoint that exists in Asterisk; Warmline writes no SIP accounts.",
    "did": "A number that callers dial, or a pattern of numbers.",
    "call-time": "The hours in which something is open.",
    "holiday": "A day on which call times are other ones.",
    "container": "A named list that options refer to.",
    "preset": "A number that a toolbar offers a campaign's agents for transfers.",
    "group-alias": "A caller id that may be chosen for a third party by its name.",
    "list": "A list of leads.",
    "lead": "Leads: whom to call, and who calls.",
    "dnc": "Numbers that must not be dialled.",
    "script": "What agents read to their customers.",
    "disposition": "A code for what came of a call.",
    "pause-code": "A code for why an agent pauses.",
    "setting": "What holds for everything.",
    "config": "The whole configuration as files, and its history.",
    "api-user": "Who may use the agent API.",
    "api-token": "A program that uses the JSON API.",
    "call": "Live calls, and the disposition of any call.",
    "callback": "Who is to be called back.",
    "audit": "What happened, and whether the records are whole.",
    "privacy": "What is kept of people, how long, and its end.",
    "events": "What happens, as it happens.",
    "route": "Where a call would go, or went, and why.",
    "explain": "What the configuration makes of a case, and why.",
    "doctor": "Look for what is wrong.",
    "db": "The database file.",
    "lab": "A private Asterisk with Warmline, to try and to test.",
}
