-- Warmline's whole schema, as it is now. Older databases are brought to it by warmline/store/migrations.
-- Every time is an INTEGER: microseconds since 1970, UTC. Ids are ULIDs unless said otherwise; '' means none.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------------------------
-- Configuration: one table per entity, one column per option of warmline/options/option_table.py, in its order. Rows are changed
-- by `warmline campaign|ingroup|agent …`, never by hand: each change is a row of config_journal.

-- <configuration> made from warmline/options by `python -m pages`
CREATE TABLE campaign (
    id TEXT PRIMARY KEY,
    -- what is recorded while an agent is in the call; ALLFORCE goes on after the agent has left
    campaign_recording TEXT NOT NULL DEFAULT 'ONDEMAND' CHECK (campaign_recording IN ('ONDEMAND', 'NEVER', 'ALLCALLS', 'ALLFORCE')),
    -- how long after the agent came ALLCALLS and ALLFORCE start
    allcalls_delay INTEGER NOT NULL DEFAULT 0 CHECK (allcalls_delay BETWEEN 0 AND 3600),
    -- the names of recordings; each token is filled in
    campaign_rec_filename TEXT NOT NULL DEFAULT 'FULLDATE_CUSTPHONE',
    -- what else a finished recording is converted to, beside its wav, by sox or ffmpeg
    recording_format TEXT NOT NULL DEFAULT 'wav' CHECK (recording_format IN ('wav', 'flac', 'mp3', 'ogg')),
    -- for which third parties a new recording starts when the agent leaves a three-way call
    leave_3way_start_recording TEXT NOT NULL DEFAULT 'DISABLED' CHECK (leave_3way_start_recording IN ('DISABLED', 'ALL_CALLS', 'ALL_BUT_EXCEPTIONS', 'ONLY_EXCEPTIONS')),
    -- the numbers that leave_3way_start_recording excepts
    leave_3way_start_recording_exception TEXT REFERENCES container (id),
    -- ALL_CALLS: nothing is recorded once the agent has left; overrides every other recording option
    leave_3way_stop_recording TEXT NOT NULL DEFAULT 'DISABLED' CHECK (leave_3way_stop_recording IN ('DISABLED', 'ALL_CALLS')),
    -- Y: the recording stops when a third party is connected
    three_way_record_stop TEXT NOT NULL DEFAULT 'N' CHECK (three_way_record_stop IN ('Y', 'N')),
    -- the numbers for which three_way_record_stop means the opposite
    three_way_record_stop_exception TEXT REFERENCES container (id),
    -- Y: a recording starts when the agent hangs the third party up
    hangup_xfer_record_start TEXT NOT NULL DEFAULT 'N' CHECK (hangup_xfer_record_start IN ('Y', 'N')),
    -- in which calls the recording stops when the customer is gone
    dead_stop_recording TEXT NOT NULL DEFAULT 'DISABLED' CHECK (dead_stop_recording IN ('DISABLED', 'ALL_CALLS', 'INBOUND_ONLY', 'OUTBOUND_ONLY', 'AUTODIAL_ONLY', 'MANUAL_ONLY')),
    -- whether the recording goes on while the customer is parked and no third party is there
    park_recording TEXT NOT NULL DEFAULT 'CONTINUE' CHECK (park_recording IN ('CONTINUE', 'STOP')),
    -- where DEFAULTINGROUP of a transfer leads, for calls the campaign dialled
    default_xfer_group TEXT REFERENCES ingroup (id),
    -- the in-groups that a toolbar offers for transfers; empty: all; Warmline itself refuses none
    xfer_groups TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(xfer_groups)),
    -- after which transfers the agent gives no disposition: XFER is written instead
    transfer_no_dispo TEXT NOT NULL DEFAULT 'DISABLED' CHECK (transfer_no_dispo IN ('DISABLED', 'EXTERNAL_ONLY', 'LOCAL_ONLY', 'LEAVE3WAY_ONLY', 'LOCAL_AND_EXTERNAL', 'LOCAL_AND_LEAVE3WAY', 'LEAVE3WAY_AND_EXTERNAL', 'LOCAL_AND_EXTERNAL_AND_LEAVE3WAY')),
    -- the message that LEAVE_VM plays to the customer
    am_message_exten TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- where the customer goes if the third party does not answer after the agent has left
    leave_unanswered_action TEXT NOT NULL DEFAULT 'INGROUP' CHECK (leave_unanswered_action IN ('INGROUP', 'HANGUP', 'MESSAGE')),
    -- where the customer goes if a blind transfer is not answered
    blind_unanswered_action TEXT NOT NULL DEFAULT 'INGROUP' CHECK (blind_unanswered_action IN ('INGROUP', 'HANGUP', 'MESSAGE')),
    -- what MESSAGE of the two unanswered actions plays
    unanswered_message TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- whether the third party's ringing is cancelled when the customer hangs up
    customer_gone_while_dialing TEXT NOT NULL DEFAULT 'CANCEL' CHECK (customer_gone_while_dialing IN ('CANCEL', 'KEEP')),
    -- DISPO: when the customer has left agent and third party alone, the call ends after a while
    customer_3way_hangup_action TEXT NOT NULL DEFAULT 'NONE' CHECK (customer_3way_hangup_action IN ('NONE', 'DISPO')),
    -- the while of customer_3way_hangup_action
    customer_3way_hangup_seconds INTEGER NOT NULL DEFAULT 5 CHECK (customer_3way_hangup_seconds BETWEEN 0 AND 3600),
    -- how long a customer is parked before the agent hears a tone each 30 seconds; 0: never
    park_max_seconds INTEGER NOT NULL DEFAULT 0 CHECK (park_max_seconds BETWEEN 0 AND 86400),
    -- what PARK_IVR_CUSTOMER lets the customer hear instead of music
    park_ivr TEXT NOT NULL DEFAULT '',
    -- how long an agent's phone that was lost is called back; a try that fails is repeated every 2 s
    agent_rescue_seconds INTEGER NOT NULL DEFAULT 20 CHECK (agent_rescue_seconds BETWEEN 5 AND 300),
    -- how long customer and third party may talk on after the agent has left; 0: without end
    left_max_minutes INTEGER NOT NULL DEFAULT 240 CHECK (left_max_minutes BETWEEN 0 AND 10080),
    -- how a number becomes a channel
    dial_template TEXT NOT NULL DEFAULT 'PJSIP/{number}@trunk',
    -- put before a number that is dialled
    dial_prefix TEXT NOT NULL DEFAULT '',
    -- the same for third parties and blind transfers; empty: dial_prefix, X: none
    three_way_dial_prefix TEXT NOT NULL DEFAULT '',
    -- how long a number is let ring
    dial_timeout INTEGER NOT NULL DEFAULT 60 CHECK (dial_timeout BETWEEN 1 AND 300),
    -- whose number a third party sees; what has none: campaign_cid
    three_way_call_cid TEXT NOT NULL DEFAULT 'CAMPAIGN' CHECK (three_way_call_cid IN ('CAMPAIGN', 'CUSTOMER', 'AGENT_PHONE', 'AGENT_CHOOSE', 'CUSTOM_CID')),
    -- the campaign's own caller id
    campaign_cid TEXT NOT NULL DEFAULT '0000000000',
    -- whose number a customer sees whom an agent dials; what has none: campaign_cid
    manual_dial_cid TEXT NOT NULL DEFAULT 'CAMPAIGN' CHECK (manual_dial_cid IN ('CAMPAIGN', 'AGENT_PHONE')),
    -- whether an agent may look at a number before it is dialled, and leave it
    manual_preview_dial TEXT NOT NULL DEFAULT 'PREVIEW_AND_SKIP' CHECK (manual_preview_dial IN ('PREVIEW_AND_SKIP', 'PREVIEW_ONLY', 'DISABLED')),
    -- the only numbers that may be dialled, one with + only by an entry with +; empty: any
    dial_allow TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(dial_allow)),
    -- numbers that may not be dialled, also if dial_allow has them
    dial_deny TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(dial_deny)),
    -- what stands for + before a country's code, in numbers and in the entries of the dial rules; empty: only +
    international_prefixes TEXT NOT NULL DEFAULT '["00", "011"]' CHECK (json_valid(international_prefixes)),
    -- how many redirects (SIP 302) of a dialled party are followed, each by the dial rules; 0: none
    follow_redirects INTEGER NOT NULL DEFAULT 0 CHECK (follow_redirects BETWEEN 0 AND 5),
    -- the hours in which the campaign's agents may dial numbers; empty: always
    dial_call_time_id TEXT REFERENCES call_time (id),
    -- how many outside parties an agent may dial on one day, previews that were not dialled included; 0: any number
    daily_limit_manual INTEGER NOT NULL DEFAULT 0 CHECK (daily_limit_manual BETWEEN 0 AND 10000),
    -- how many outside parties that the campaign's agents have dialled may be on the line at once; 0: any number
    manual_calls_at_once INTEGER NOT NULL DEFAULT 0 CHECK (manual_calls_at_once BETWEEN 0 AND 1000),
    -- one agent's callback is anybody's so long after its time; 0: never
    callback_useronly_move_minutes INTEGER NOT NULL DEFAULT 0 CHECK (callback_useronly_move_minutes BETWEEN 0 AND 10080),
    -- the state after login
    login_state TEXT NOT NULL DEFAULT 'PAUSED' CHECK (login_state IN ('PAUSED', 'READY')),
    -- login from a phone asks the agent's PIN, or trusts an authenticated phone
    phone_login TEXT NOT NULL DEFAULT 'PIN' CHECK (phone_login IN ('PIN', 'TRUSTED')),
    -- N: any pause code will do; Y: those that are configured; FORCE: one of them must be given
    agent_pause_codes_active TEXT NOT NULL DEFAULT 'N' CHECK (agent_pause_codes_active IN ('N', 'Y', 'FORCE')),
    -- how long the agent has at least after a call before the next one
    wrapup_seconds INTEGER NOT NULL DEFAULT 0 CHECK (wrapup_seconds BETWEEN 0 AND 3600),
    -- after so long without a code the call gets DISMX and the agent is PAUSED; 0: never
    dispo_max INTEGER NOT NULL DEFAULT 0 CHECK (dispo_max BETWEEN 0 AND 86400),
    -- so long after the customer has gone the call ends with DCMX and the agent is PAUSED; 0: never
    dead_max INTEGER NOT NULL DEFAULT 0 CHECK (dead_max BETWEEN 0 AND 86400),
    -- after so long in one pause the agent is logged out; 0: never
    pause_max INTEGER NOT NULL DEFAULT 0 CHECK (pause_max BETWEEN 0 AND 86400),
    -- the caller's name that an agent's phone shows when it is called and no customer's number is known
    phone_caller_name TEXT NOT NULL DEFAULT 'Warmline login',
    -- the caller's number that it shows then; empty: the phone's own
    phone_caller_number TEXT NOT NULL DEFAULT '',
    -- SIP headers of calls to agents' phones; with Call-Info: <sip:pbx>;answer-after=0 many answer at once
    phone_headers TEXT NOT NULL DEFAULT '',
    -- the list of the leads that its agents make
    manual_dial_list_id TEXT REFERENCES list (id),
    -- what its agents read in their calls
    campaign_script TEXT REFERENCES script (id),
    -- LIVE_CALL_INBOUND: an inbound call may be given another lead
    agent_lead_search TEXT NOT NULL DEFAULT 'DISABLED' CHECK (agent_lead_search IN ('DISABLED', 'LIVE_CALL_INBOUND')),
    -- what is called when an agent is connected to a caller
    start_call_url TEXT NOT NULL DEFAULT '',
    -- what is called when the agent has given the call its disposition
    dispo_call_url TEXT NOT NULL DEFAULT '',
    -- what is called when the agent has handed the call over
    transfer_url TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE ingroup (
    id TEXT PRIMARY KEY,
    -- N: calls for it go to the fallback, transfers to it are refused
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N')),
    -- where DEFAULTINGROUP of a transfer leads, for calls that came from this in-group
    default_xfer_group TEXT REFERENCES ingroup (id),
    -- goes before campaign_recording for calls of this in-group
    ingroup_recording_override TEXT NOT NULL DEFAULT 'DISABLED' CHECK (ingroup_recording_override IN ('DISABLED', 'ONDEMAND', 'NEVER', 'ALLCALLS', 'ALLFORCE')),
    -- higher is served first; AGENTDIRECT has 99
    queue_priority INTEGER NOT NULL DEFAULT 0 CHECK (queue_priority BETWEEN -99 AND 99),
    -- Y: a call that comes from another in-group keeps the time of its first arrival in the order
    keep_wait_on_transfer TEXT NOT NULL DEFAULT 'N' CHECK (keep_wait_on_transfer IN ('Y', 'N')),
    -- which of the ready agents gets the call
    next_agent_call TEXT NOT NULL DEFAULT 'longest_wait_time' CHECK (next_agent_call IN ('longest_wait_time', 'random', 'oldest_call_start', 'oldest_call_finish', 'oldest_inbound_call_start', 'oldest_inbound_call_finish', 'overall_user_level', 'inbound_group_rank', 'campaign_rank', 'ingroup_grade_random', 'campaign_grade_random', 'fewest_calls', 'fewest_calls_campaign', 'ring_all')),
    -- when the call is answered: before anything is played, when an agent is found, or never by Warmline
    answer_signal TEXT NOT NULL DEFAULT 'START' CHECK (answer_signal IN ('START', 'ROUTE', 'NONE')),
    -- the service level: the share of calls that got their agent within this time
    answer_sec_pct_rt_stat_one INTEGER NOT NULL DEFAULT 20 CHECK (answer_sec_pct_rt_stat_one BETWEEN 1 AND 3600),
    -- when it is open; empty: always
    call_time_id TEXT REFERENCES call_time (id),
    -- what happens to a call that comes when it is closed
    after_hours_action TEXT NOT NULL DEFAULT 'MESSAGE' CHECK (after_hours_action IN ('HANGUP', 'MESSAGE', 'EXTENSION', 'VOICEMAIL', 'IN_GROUP', 'CALLMENU')),
    -- what MESSAGE of after_hours_action plays
    after_hours_message_filename TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- where EXTENSION of after_hours_action leads; AGENTEXT: the agent's custom_five
    after_hours_exten TEXT NOT NULL DEFAULT '',
    -- the mailbox of VOICEMAIL of after_hours_action; AGENTVMAIL: the agent's voicemail_id
    after_hours_voicemail TEXT NOT NULL DEFAULT '',
    -- the in-group of after_hours_action
    afterhours_xfer_group TEXT REFERENCES ingroup (id),
    -- the dialplan context in which CALLMENU of after_hours_action begins at s
    after_hours_callmenu TEXT NOT NULL DEFAULT '',
    -- nobody may wait when no agent is logged in (Y), none but paused ones are, or none is READY
    no_agent_no_queue TEXT NOT NULL DEFAULT 'N' CHECK (no_agent_no_queue IN ('N', 'Y', 'NO_PAUSED', 'NO_READY')),
    -- what happens to a call that no_agent_no_queue turns away
    no_agent_action TEXT NOT NULL DEFAULT 'MESSAGE' CHECK (no_agent_action IN ('MESSAGE', 'HANGUP', 'EXTENSION', 'VOICEMAIL', 'INGROUP', 'CALLMENU')),
    -- the sound files, extension, mailbox, in-group or context of no_agent_action
    no_agent_action_value TEXT NOT NULL DEFAULT 'vm-nobodyavail|vm-goodbye',
    -- which calls max_calls_count limits: all of this in-group's, or those that wait
    max_calls_method TEXT NOT NULL DEFAULT 'DISABLED' CHECK (max_calls_method IN ('DISABLED', 'TOTAL', 'IN_QUEUE')),
    -- how many calls there may be; further ones are turned away
    max_calls_count INTEGER NOT NULL DEFAULT 0 CHECK (max_calls_count BETWEEN 0 AND 10000),
    -- whose action a call gets that max_calls_count turns away
    max_calls_action TEXT NOT NULL DEFAULT 'NO_AGENT_NO_QUEUE' CHECK (max_calls_action IN ('NO_AGENT_NO_QUEUE', 'DROP', 'AFTERHOURS')),
    -- a call that has waited so long is dropped
    drop_call_seconds INTEGER NOT NULL DEFAULT 360 CHECK (drop_call_seconds BETWEEN 1 AND 86400),
    -- what happens to a call that is dropped
    drop_action TEXT NOT NULL DEFAULT 'HANGUP' CHECK (drop_action IN ('HANGUP', 'MESSAGE', 'EXTENSION', 'VOICEMAIL', 'IN_GROUP', 'CALLMENU')),
    -- what drop_action=MESSAGE plays
    drop_message TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- where EXTENSION of drop_action leads; AGENTEXT: the agent's custom_five
    drop_exten TEXT NOT NULL DEFAULT '',
    -- the mailbox of VOICEMAIL of drop_action; AGENTVMAIL: the agent's voicemail_id
    voicemail_ext TEXT NOT NULL DEFAULT '',
    -- the in-group of drop_action
    drop_inbound_group TEXT REFERENCES ingroup (id),
    -- the dialplan context in which CALLMENU of drop_action begins at s
    drop_callmenu TEXT NOT NULL DEFAULT '',
    -- the music a waiting caller hears
    moh_context TEXT NOT NULL DEFAULT 'default',
    -- what a caller hears first
    welcome_message_filename TEXT NOT NULL DEFAULT '---NONE---',
    -- when callers hear it: always and to its end before an agent, never, or only while they wait
    play_welcome_message TEXT NOT NULL DEFAULT 'ALWAYS' CHECK (play_welcome_message IN ('ALWAYS', 'NEVER', 'IF_WAIT_ONLY')),
    -- what a waiting caller hears now and then
    onhold_prompt_filename TEXT NOT NULL DEFAULT 'queue-thankyou',
    -- how often; 0: never
    prompt_interval INTEGER NOT NULL DEFAULT 60 CHECK (prompt_interval BETWEEN 0 AND 3600),
    -- Y: callers hear their place in the queue with onhold_prompt_filename
    play_place_in_line TEXT NOT NULL DEFAULT 'N' CHECK (play_place_in_line IN ('Y', 'N')),
    -- Y: callers hear their estimated wait with onhold_prompt_filename
    play_estimate_hold_time TEXT NOT NULL DEFAULT 'N' CHECK (play_estimate_hold_time IN ('Y', 'N')),
    -- what a caller is offered, once, whose estimated wait is long; the key is 1
    hold_time_option TEXT NOT NULL DEFAULT 'NONE' CHECK (hold_time_option IN ('NONE', 'EXTENSION', 'CALL_MENU', 'VOICEMAIL', 'IN_GROUP', 'CALLERID_CALLBACK', 'DROP_ACTION', 'PRESS_STAY', 'PRESS_VMAIL', 'PRESS_EXTEN', 'PRESS_CALLMENU', 'PRESS_CID_CALLBACK', 'PRESS_INGROUP')),
    -- what key 2 does in hold_time_option
    hold_time_second_option TEXT NOT NULL DEFAULT 'NONE' CHECK (hold_time_second_option IN ('NONE', 'PRESS_STAY', 'PRESS_VMAIL', 'PRESS_EXTEN', 'PRESS_CALLMENU', 'PRESS_CID_CALLBACK', 'PRESS_INGROUP')),
    -- what key 3 does in hold_time_option
    hold_time_third_option TEXT NOT NULL DEFAULT 'NONE' CHECK (hold_time_third_option IN ('NONE', 'PRESS_STAY', 'PRESS_VMAIL', 'PRESS_EXTEN', 'PRESS_CALLMENU', 'PRESS_CID_CALLBACK', 'PRESS_INGROUP')),
    -- the estimate from which on hold_time_option is offered
    hold_time_option_seconds INTEGER NOT NULL DEFAULT 360 CHECK (hold_time_option_seconds BETWEEN 1 AND 86400),
    -- what the caller hears when hold_time_option offers a key
    hold_time_option_press_filename TEXT NOT NULL DEFAULT 'vm-press|digits/1',
    -- how long a key is waited for after that
    hold_time_option_prompt_seconds INTEGER NOT NULL DEFAULT 10 CHECK (hold_time_option_prompt_seconds BETWEEN 1 AND 60),
    -- what a caller hears who will be called back
    hold_time_option_callback_filename TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- where EXTENSION of hold_time_option leads; AGENTEXT: the agent's custom_five
    hold_time_option_exten TEXT NOT NULL DEFAULT '',
    -- the mailbox of VOICEMAIL of hold_time_option; AGENTVMAIL: the agent's voicemail_id
    hold_time_option_voicemail TEXT NOT NULL DEFAULT '',
    -- the in-group of hold_time_option
    hold_time_option_xfer_group TEXT REFERENCES ingroup (id),
    -- the dialplan context in which CALLMENU of hold_time_option begins at s
    hold_time_option_callmenu TEXT NOT NULL DEFAULT '',
    -- how long a caller waits before the choice is offered
    hold_time_option_minimum INTEGER NOT NULL DEFAULT 0 CHECK (hold_time_option_minimum BETWEEN 0 AND 86400),
    -- what a caller is offered, once, who has waited long; the key is 1
    wait_time_option TEXT NOT NULL DEFAULT 'NONE' CHECK (wait_time_option IN ('NONE', 'PRESS_STAY', 'PRESS_VMAIL', 'PRESS_EXTEN', 'PRESS_CALLMENU', 'PRESS_CID_CALLBACK', 'PRESS_INGROUP')),
    -- what key 2 does in wait_time_option
    wait_time_second_option TEXT NOT NULL DEFAULT 'NONE' CHECK (wait_time_second_option IN ('NONE', 'PRESS_STAY', 'PRESS_VMAIL', 'PRESS_EXTEN', 'PRESS_CALLMENU', 'PRESS_CID_CALLBACK', 'PRESS_INGROUP')),
    -- what key 3 does in wait_time_option
    wait_time_third_option TEXT NOT NULL DEFAULT 'NONE' CHECK (wait_time_third_option IN ('NONE', 'PRESS_STAY', 'PRESS_VMAIL', 'PRESS_EXTEN', 'PRESS_CALLMENU', 'PRESS_CID_CALLBACK', 'PRESS_INGROUP')),
    -- the wait after which wait_time_option is offered
    wait_time_option_seconds INTEGER NOT NULL DEFAULT 120 CHECK (wait_time_option_seconds BETWEEN 1 AND 86400),
    -- what the caller hears when wait_time_option offers a key
    wait_time_option_press_filename TEXT NOT NULL DEFAULT 'vm-press|digits/1',
    -- how long a key is waited for after that
    wait_time_option_prompt_seconds INTEGER NOT NULL DEFAULT 10 CHECK (wait_time_option_prompt_seconds BETWEEN 1 AND 60),
    -- what a caller hears who will be called back
    wait_time_option_callback_filename TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- where EXTENSION of wait_time_option leads; AGENTEXT: the agent's custom_five
    wait_time_option_exten TEXT NOT NULL DEFAULT '',
    -- the mailbox of VOICEMAIL of wait_time_option; AGENTVMAIL: the agent's voicemail_id
    wait_time_option_voicemail TEXT NOT NULL DEFAULT '',
    -- the in-group of wait_time_option
    wait_time_option_xfer_group TEXT REFERENCES ingroup (id),
    -- the dialplan context in which CALLMENU of wait_time_option begins at s
    wait_time_option_callmenu TEXT NOT NULL DEFAULT '',
    -- which of the two a caller is offered; the other one then never
    wait_hold_option_priority TEXT NOT NULL DEFAULT 'WAIT' CHECK (wait_hold_option_priority IN ('WAIT', 'HOLD', 'BOTH')),
    -- what happens to the calls that wait when call_time_id closes; DISABLED: they wait on
    closing_time_action TEXT NOT NULL DEFAULT 'DISABLED' CHECK (closing_time_action IN ('DISABLED', 'MESSAGE', 'HANGUP', 'EXTENSION', 'CALLMENU', 'VOICEMAIL', 'IN_GROUP', 'CALLERID_CALLBACK')),
    -- Y: does it now
    closing_time_now_trigger TEXT NOT NULL DEFAULT 'N' CHECK (closing_time_now_trigger IN ('Y', 'N')),
    -- what MESSAGE and CALLERID_CALLBACK of it play
    closing_time_filename TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- where EXTENSION of closing_time_action leads; AGENTEXT: the agent's custom_five
    closing_time_option_exten TEXT NOT NULL DEFAULT '',
    -- the mailbox of VOICEMAIL of closing_time_action; AGENTVMAIL: the agent's voicemail_id
    closing_time_option_voicemail TEXT NOT NULL DEFAULT '',
    -- the in-group of closing_time_action
    closing_time_option_xfer_group TEXT REFERENCES ingroup (id),
    -- the dialplan context in which CALLMENU of closing_time_action begins at s
    closing_time_option_callmenu TEXT NOT NULL DEFAULT '',
    -- which lead a caller is: found by number in any list, or in list_id alone, else made; a new one; none
    call_handle_method TEXT NOT NULL DEFAULT 'CIDLOOKUP' CHECK (call_handle_method IN ('CIDLOOKUP', 'CIDLOOKUPRL', 'CID', 'NONE')),
    -- the list of the leads that its callers make
    list_id TEXT REFERENCES list (id),
    -- what is called when an agent is connected to a caller; empty: the campaign's
    start_call_url TEXT NOT NULL DEFAULT '',
    -- what is called when the agent has given the call its disposition; empty: the campaign's
    dispo_call_url TEXT NOT NULL DEFAULT '',
    -- what is called when the agent has handed the call over; empty: the campaign's
    transfer_url TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE agent (
    id TEXT PRIMARY KEY,
    -- asked when the agent logs in from a phone
    pin TEXT NOT NULL DEFAULT '',
    -- the phone the agent logs in from; no other agent may have it
    phone TEXT REFERENCES phone (id),
    -- the campaign the agent works in
    campaign TEXT REFERENCES campaign (id),
    -- the in-groups whose calls the agent takes
    ingroups TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ingroups)),
    -- another name for the agent, which the agent API finds as alt_user
    custom_three TEXT NOT NULL DEFAULT '',
    -- on_hook: the phone rings for each call, instead of staying on the line
    phone_mode TEXT NOT NULL DEFAULT 'nailed_up' CHECK (phone_mode IN ('nailed_up', 'on_hook')),
    -- how long an on_hook phone rings for a call
    on_hook_ring_time INTEGER NOT NULL DEFAULT 15 CHECK (on_hook_ring_time BETWEEN 1 AND 300),
    -- after so many calls in a row that were not taken: PAUSED
    max_missed INTEGER NOT NULL DEFAULT 1 CHECK (max_missed BETWEEN 1 AND 99),
    -- goes before campaign_recording and ingroup_recording_override in this agent's calls
    recording_override TEXT NOT NULL DEFAULT 'DISABLED' CHECK (recording_override IN ('DISABLED', 'ONDEMAND', 'NEVER', 'ALLCALLS', 'ALLFORCE')),
    -- for next_agent_call=overall_user_level: higher is first
    user_level INTEGER NOT NULL DEFAULT 1 CHECK (user_level BETWEEN 1 AND 9),
    -- for next_agent_call=campaign_rank: higher is first
    campaign_rank INTEGER NOT NULL DEFAULT 0 CHECK (campaign_rank BETWEEN -9 AND 9),
    -- the agent's share of the calls with next_agent_call=campaign_grade_random
    campaign_grade INTEGER NOT NULL DEFAULT 1 CHECK (campaign_grade BETWEEN 1 AND 10),
    -- for next_agent_call=inbound_group_rank: higher is first; 0 where an in-group is not named
    ingroup_ranks TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ingroup_ranks)),
    -- the agent's share of an in-group's calls with next_agent_call=ingroup_grade_random; 1 if it is not named
    ingroup_grades TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ingroup_grades)),
    -- the extension that AGENTEXT stands for
    custom_five TEXT NOT NULL DEFAULT '',
    -- the mailbox that AGENTVMAIL stands for
    voicemail_id TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX agent_phone ON agent (phone);

CREATE TABLE phone (
    id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE did (
    id TEXT PRIMARY KEY,
    -- where its calls go: an in-group, one agent's own queue (AGENTDIRECT), an extension, a mailbox, a context
    route TEXT NOT NULL CHECK (route <> ''),
    -- N: as if there were no such DID
    did_active TEXT NOT NULL DEFAULT 'Y' CHECK (did_active IN ('Y', 'N')),
    -- when it is open; empty: always
    call_time_id TEXT REFERENCES call_time (id),
    -- where its calls go when it is closed; empty: to the fallback
    after_hours_route TEXT NOT NULL DEFAULT '',
    -- GROUP: callers whose number is in filter_phone_group_id go to filter_route
    filter_inbound_number TEXT NOT NULL DEFAULT 'DISABLED' CHECK (filter_inbound_number IN ('DISABLED', 'GROUP')),
    -- the list of those callers
    filter_phone_group_id TEXT REFERENCES container (id),
    -- where those callers go
    filter_route TEXT NOT NULL DEFAULT 'hangup'
) STRICT, WITHOUT ROWID;

CREATE TABLE call_time (
    id TEXT PRIMARY KEY,
    -- when it opens, on days without a time of their own; 2400: it does not
    ct_default_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_default_start BETWEEN 0 AND 2400),
    -- when it closes; earlier than the start: on the next day
    ct_default_stop INTEGER NOT NULL DEFAULT 2400 CHECK (ct_default_stop BETWEEN 0 AND 2400),
    -- the same on sundays; 0 and 0: as ct_default
    ct_sunday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_sunday_start BETWEEN 0 AND 2400),
    -- the same on sundays; 0 and 0: as ct_default
    ct_sunday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_sunday_stop BETWEEN 0 AND 2400),
    -- the same on mondays; 0 and 0: as ct_default
    ct_monday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_monday_start BETWEEN 0 AND 2400),
    -- the same on mondays; 0 and 0: as ct_default
    ct_monday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_monday_stop BETWEEN 0 AND 2400),
    -- the same on tuesdays; 0 and 0: as ct_default
    ct_tuesday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_tuesday_start BETWEEN 0 AND 2400),
    -- the same on tuesdays; 0 and 0: as ct_default
    ct_tuesday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_tuesday_stop BETWEEN 0 AND 2400),
    -- the same on wednesdays; 0 and 0: as ct_default
    ct_wednesday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_wednesday_start BETWEEN 0 AND 2400),
    -- the same on wednesdays; 0 and 0: as ct_default
    ct_wednesday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_wednesday_stop BETWEEN 0 AND 2400),
    -- the same on thursdays; 0 and 0: as ct_default
    ct_thursday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_thursday_start BETWEEN 0 AND 2400),
    -- the same on thursdays; 0 and 0: as ct_default
    ct_thursday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_thursday_stop BETWEEN 0 AND 2400),
    -- the same on fridays; 0 and 0: as ct_default
    ct_friday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_friday_start BETWEEN 0 AND 2400),
    -- the same on fridays; 0 and 0: as ct_default
    ct_friday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_friday_stop BETWEEN 0 AND 2400),
    -- the same on saturdays; 0 and 0: as ct_default
    ct_saturday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_saturday_start BETWEEN 0 AND 2400),
    -- the same on saturdays; 0 and 0: as ct_default
    ct_saturday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_saturday_stop BETWEEN 0 AND 2400),
    -- the days that have other times
    ct_holidays TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ct_holidays)),
    -- where these times are those of the clock; empty: the setting's
    timezone TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE holiday (
    id TEXT PRIMARY KEY,
    -- what people see instead of its name
    holiday_name TEXT NOT NULL DEFAULT '',
    -- the day, as 2026-12-25
    holiday_date TEXT NOT NULL CHECK (holiday_date <> ''),
    -- INACTIVE: the day is as any other
    holiday_status TEXT NOT NULL DEFAULT 'ACTIVE' CHECK (holiday_status IN ('ACTIVE', 'INACTIVE')),
    -- when it opens on that day; 2400: it does not
    ct_default_start INTEGER NOT NULL DEFAULT 2400 CHECK (ct_default_start BETWEEN 0 AND 2400),
    -- when it closes on that day
    ct_default_stop INTEGER NOT NULL DEFAULT 2400 CHECK (ct_default_stop BETWEEN 0 AND 2400)
) STRICT, WITHOUT ROWID;

CREATE TABLE api_user (
    id TEXT PRIMARY KEY,
    -- the password; pass=- asks for it
    pass TEXT NOT NULL CHECK (pass <> ''),
    -- the API functions the user may call
    functions TEXT NOT NULL DEFAULT '["ALL_FUNCTIONS"]' CHECK (json_valid(functions)),
    -- N: no password of this user is right
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N')),
    -- N: the user may not use the API at all
    api_access TEXT NOT NULL DEFAULT 'Y' CHECK (api_access IN ('Y', 'N')),
    -- shown in the API's answers
    user_group TEXT NOT NULL DEFAULT 'ADMIN',
    -- where the user may come from; empty: from anywhere
    addresses TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(addresses))
) STRICT, WITHOUT ROWID;

CREATE TABLE api_token (
    id TEXT PRIMARY KEY,
    -- what its bearer may do
    scopes TEXT NOT NULL CHECK (scopes <> '') CHECK (json_valid(scopes)),
    -- the bearer token; create and renew make it
    token TEXT NOT NULL CHECK (token <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE container (
    id TEXT PRIMARY KEY,
    -- what its entries are
    type TEXT NOT NULL DEFAULT 'PHONE_NUMBERS' CHECK (type IN ('PHONE_NUMBERS')),
    -- what is in the list
    entries TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(entries))
) STRICT, WITHOUT ROWID;

CREATE TABLE preset (
    id TEXT PRIMARY KEY,
    -- whose agents are offered it
    campaign TEXT NOT NULL REFERENCES campaign (id),
    -- what a toolbar shows instead of its name
    preset_name TEXT NOT NULL DEFAULT '',
    -- the number it dials
    preset_number TEXT NOT NULL CHECK (preset_number <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE group_alias (
    id TEXT PRIMARY KEY,
    -- what a toolbar shows instead of its name
    group_alias_name TEXT NOT NULL DEFAULT '',
    -- the caller id
    caller_id_number TEXT NOT NULL CHECK (caller_id_number <> ''),
    -- N: it cannot be chosen
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N'))
) STRICT, WITHOUT ROWID;

CREATE TABLE list (
    id TEXT PRIMARY KEY,
    -- what is in it, for people who configure
    list_name TEXT NOT NULL DEFAULT '',
    -- N: no caller is looked for in it
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N')),
    -- whose leads they are; empty: nobody's alone
    campaign TEXT REFERENCES campaign (id),
    -- where numbers without a country code are from; with it each number is checked; empty: taken as it is
    country TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE script (
    id TEXT PRIMARY KEY,
    -- what it is about, for people who configure
    script_name TEXT NOT NULL DEFAULT '',
    -- what the agent reads; --A--first_name--B-- is filled in with that field of the lead or of the call
    script_text TEXT NOT NULL DEFAULT '',
    -- N: agents are not shown it
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N'))
) STRICT, WITHOUT ROWID;

CREATE TABLE disposition (
    id TEXT PRIMARY KEY,
    -- what people see beside the code
    status_name TEXT NOT NULL DEFAULT '',
    -- what reports count it under
    category TEXT NOT NULL DEFAULT 'UNDEFINED',
    -- N: no agent chooses it; it is written by Warmline, or from outside
    selectable TEXT NOT NULL DEFAULT 'Y' CHECK (selectable IN ('Y', 'N')),
    -- Y: a person was spoken to
    human_answered TEXT NOT NULL DEFAULT 'N' CHECK (human_answered IN ('Y', 'N')),
    -- Y: something was sold
    sale TEXT NOT NULL DEFAULT 'N' CHECK (sale IN ('Y', 'N')),
    -- Y: the number is not to be called any more
    dnc TEXT NOT NULL DEFAULT 'N' CHECK (dnc IN ('Y', 'N')),
    -- Y: the customer is to be called back
    scheduled_callback TEXT NOT NULL DEFAULT 'N' CHECK (scheduled_callback IN ('Y', 'N')),
    -- Y: the customer does not want it
    not_interested TEXT NOT NULL DEFAULT 'N' CHECK (not_interested IN ('Y', 'N')),
    -- Y: the customer was reached, or a person who decides for them
    customer_contact TEXT NOT NULL DEFAULT 'N' CHECK (customer_contact IN ('Y', 'N')),
    -- Y: nobody can be reached at this number
    unworkable TEXT NOT NULL DEFAULT 'N' CHECK (unworkable IN ('Y', 'N')),
    -- Y: there is nothing left to do
    completed TEXT NOT NULL DEFAULT 'N' CHECK (completed IN ('Y', 'N')),
    -- Y: it needs notes
    notes_required TEXT NOT NULL DEFAULT 'N' CHECK (notes_required IN ('Y', 'N')),
    -- whose agents may choose it; empty: all
    campaigns TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(campaigns)),
    -- for whose calls it may be chosen; empty: all calls
    ingroups TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ingroups))
) STRICT, WITHOUT ROWID;

CREATE TABLE pause_code (
    id TEXT PRIMARY KEY,
    -- what people see beside the code
    pause_code_name TEXT NOT NULL DEFAULT '',
    -- whether the pause is paid time
    billable TEXT NOT NULL DEFAULT 'NO' CHECK (billable IN ('NO', 'YES', 'HALF')),
    -- whose agents may choose it; empty: all
    campaigns TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(campaigns))
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    id TEXT PRIMARY KEY,
    -- how the agent API answers what cannot be done; SUCCESS: as VICIdial does
    api_impossible TEXT NOT NULL DEFAULT 'ERROR' CHECK (api_impossible IN ('ERROR', 'SUCCESS')),
    -- where call times are those of the clock
    timezone TEXT NOT NULL DEFAULT 'UTC',
    -- callers whose number is in it are hung up
    blocklist TEXT REFERENCES container (id),
    -- where webhooks may go; an address that is not public must be in it itself
    webhook_hosts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(webhook_hosts)),
    -- with so many phones on the line callers go to the fallback and nobody is dialled; 0: any number
    max_legs INTEGER NOT NULL DEFAULT 0 CHECK (max_legs BETWEEN 0 AND 10000),
    -- 0: the agent API does nothing for anybody
    vdc_agent_api_active TEXT NOT NULL DEFAULT '1' CHECK (vdc_agent_api_active IN ('1', '0')),
    -- how long a recording's file is kept; 0: until somebody deletes it
    recordings_keep_days INTEGER NOT NULL DEFAULT 0 CHECK (recordings_keep_days BETWEEN 0 AND 36500),
    -- how long the journal keeps what was in its rows, which stay; 0: for ever
    journal_keep_days INTEGER NOT NULL DEFAULT 0 CHECK (journal_keep_days BETWEEN 0 AND 36500)
) STRICT, WITHOUT ROWID;
-- </configuration>

-- The agent API finds an agent by it.
CREATE INDEX agent_custom_three ON agent (custom_three) WHERE custom_three <> '';

-- Who changed which option of what, before and after (JSON of the changed options; a secret is 'changed').
-- hash: SHA-256 over the row before's hash and this row, so that a changed or missing row shows.
CREATE TABLE config_journal (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL, -- login name
    action TEXT NOT NULL CHECK (action IN ('create', 'set', 'delete')),
    entity TEXT NOT NULL,
    name TEXT NOT NULL,
    before TEXT NOT NULL CHECK (json_valid(before)),
    after TEXT NOT NULL CHECK (json_valid(after)),
    hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

-- ---------------------------------------------------------------------------------------------------------------
-- Leads: whom to call, and who calls. VICIdial's field names. Written in short transactions by whoever has them: the
-- command line, the app, the agent API. In no journal, so that a person can be forgotten.

CREATE TABLE lead (
    lead_id INTEGER PRIMARY KEY AUTOINCREMENT, -- none is used twice
    list_id TEXT NOT NULL REFERENCES list (id),
    entry_date INTEGER NOT NULL,
    modify_date INTEGER NOT NULL,
    status TEXT NOT NULL DEFAULT 'NEW', -- that of its last call
    "user" TEXT NOT NULL DEFAULT '', -- the agent of its last call, or who made it
    vendor_lead_code TEXT NOT NULL DEFAULT '', -- its name where it comes from
    source_id TEXT NOT NULL DEFAULT '',
    gmt_offset_now TEXT NOT NULL DEFAULT '',
    phone_code TEXT NOT NULL DEFAULT '', -- of the country; empty: unknown
    phone_number TEXT NOT NULL, -- digits
    title TEXT NOT NULL DEFAULT '',
    first_name TEXT NOT NULL DEFAULT '',
    middle_initial TEXT NOT NULL DEFAULT '',
    last_name TEXT NOT NULL DEFAULT '',
    address1 TEXT NOT NULL DEFAULT '',
    address2 TEXT NOT NULL DEFAULT '',
    address3 TEXT NOT NULL DEFAULT '',
    city TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT '',
    province TEXT NOT NULL DEFAULT '',
    postal_code TEXT NOT NULL DEFAULT '',
    country_code TEXT NOT NULL DEFAULT '',
    gender TEXT NOT NULL DEFAULT '',
    date_of_birth TEXT NOT NULL DEFAULT '',
    alt_phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    security_phrase TEXT NOT NULL DEFAULT '',
    comments TEXT NOT NULL DEFAULT '',
    called_count INTEGER NOT NULL DEFAULT 0,
    last_call INTEGER, -- when the last one with it arrived
    rank INTEGER NOT NULL DEFAULT 0,
    owner TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX lead_number ON lead (list_id, phone_number);
-- A caller is found by how his number ends: with a country's code or without, it ends alike.
CREATE INDEX lead_tail ON lead (substr(phone_number, -7));
CREATE INDEX lead_vendor ON lead (vendor_lead_code, list_id) WHERE vendor_lead_code <> '';

CREATE TABLE lead_request ( -- the one that made a lead: it may come again
    "by" TEXT NOT NULL, -- who asked
    key TEXT NOT NULL, -- idempotency
    request TEXT NOT NULL, -- a fingerprint of all that came with the key
    lead_id INTEGER NOT NULL REFERENCES lead (lead_id) ON DELETE CASCADE,
    PRIMARY KEY ("by", key)
) STRICT, WITHOUT ROWID;

CREATE INDEX lead_request_lead ON lead_request (lead_id);

CREATE TABLE dnc ( -- numbers that must not be dialled
    phone_number TEXT NOT NULL, -- digits
    campaign TEXT NOT NULL, -- by whose agents; empty: by nobody
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL, -- who put it there
    why TEXT NOT NULL, -- a disposition's code, or what people say
    PRIMARY KEY (phone_number, campaign)
) STRICT, WITHOUT ROWID;

CREATE INDEX dnc_number ON dnc (substr(phone_number, -7));

-- ---------------------------------------------------------------------------------------------------------------
-- The journal: every input of the app, append-only; written by the app alone.

CREATE TABLE journal (
    seq INTEGER PRIMARY KEY, -- without gaps
    at INTEGER NOT NULL,
    kind TEXT NOT NULL, -- of the input: leg.joined, timer.fired …
    call TEXT NOT NULL DEFAULT '',
    agent TEXT NOT NULL DEFAULT '',
    payload TEXT, -- JSON: the input with every fact used for it; NULL: erased on a person's request
    payload_hash TEXT NOT NULL CHECK (length(payload_hash) = 64), -- SHA-256
    hash TEXT NOT NULL CHECK (length(hash) = 64) -- SHA-256 over the row before's hash and this row but its payload
) STRICT;

CREATE INDEX journal_call ON journal (call) WHERE call <> '';
CREATE INDEX journal_failed ON journal (at) WHERE kind = 'turn.failed';

CREATE TRIGGER journal_stays BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;

CREATE TRIGGER journal_unchanged BEFORE UPDATE ON journal
WHEN NEW.payload IS NOT NULL OR 
    (NEW.seq, NEW.at, NEW.kind, NEW.call, NEW.agent, NEW.payload_hash, NEW.hash)
    <> (OLD.seq, OLD.at, OLD.kind, OLD.call, OLD.agent, OLD.payload_hash, OLD.hash)
BEGIN SELECT RAISE(ABORT, 'journal is append-only; only a payload may be erased (set to NULL)'); END;

-- What is open now, whole, for the next start: removed when it ends.
CREATE TABLE open_state (
    kind TEXT NOT NULL, -- the table below it belongs to
    id TEXT NOT NULL,
    format INTEGER NOT NULL, -- of the body
    body TEXT NOT NULL, -- JSON
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------------------------
-- Derived from the journal in the same transaction: what reports read. No foreign keys and no checks of values
-- here: a record must never be lost because another one is missing or new.

CREATE TABLE call (
    id TEXT PRIMARY KEY,
    agc_id TEXT NOT NULL, -- its name in the agent API, 20 characters
    state TEXT NOT NULL,
    arrived INTEGER NOT NULL,
    number TEXT NOT NULL, -- the customer's
    dialled TEXT NOT NULL, -- the DID
    ingroup TEXT NOT NULL, -- the in-group it last waited in
    direct TEXT NOT NULL, -- AGENTDIRECT: the agent it was for
    agent TEXT, -- the agent in it now
    last_agent TEXT NOT NULL,
    connected INTEGER, -- customer and agent first heard each other
    "left" INTEGER, -- the agent left customer and third to each other
    ended INTEGER,
    ended_by TEXT NOT NULL,
    status TEXT NOT NULL, -- the last agent's disposition
    why TEXT NOT NULL DEFAULT '[]', -- JSON: each rule that was asked about where it goes, with its answer
    lead INTEGER NOT NULL DEFAULT 0, -- lead_id; 0: none
    direction TEXT NOT NULL DEFAULT 'in', -- in, or out: the customer was dialled
    origin TEXT NOT NULL DEFAULT 'caller' -- who began it: caller, agent (dialled by hand), callback
) STRICT, WITHOUT ROWID;

CREATE INDEX call_agc_id ON call (agc_id);
CREATE INDEX call_lead ON call (lead) WHERE lead <> 0;
CREATE INDEX call_number ON call (substr(number, -7));

-- What a lead says of its calls follows from them, in the same transaction.
CREATE TRIGGER lead_called AFTER UPDATE OF lead ON call WHEN NEW.lead <> OLD.lead AND NEW.lead <> 0
BEGIN
    UPDATE lead SET called_count = called_count + 1, last_call = NEW.arrived WHERE lead_id = NEW.lead;
END;

CREATE TRIGGER lead_called_first AFTER INSERT ON call WHEN NEW.lead <> 0
BEGIN
    UPDATE lead SET called_count = called_count + 1, last_call = NEW.arrived WHERE lead_id = NEW.lead;
END;

CREATE TRIGGER lead_status AFTER UPDATE OF status, lead ON call WHEN NEW.lead <> 0 AND NEW.status <> ''
BEGIN
    UPDATE lead SET status = NEW.status, "user" = NEW.last_agent
    WHERE lead_id = NEW.lead AND (status, "user") <> (NEW.status, NEW.last_agent);
END;
CREATE INDEX call_arrived ON call (arrived);

CREATE TABLE leg (
    id TEXT NOT NULL, -- the channel's id
    owner TEXT NOT NULL, -- the call, or for an agent's leg the agent
    role TEXT NOT NULL, -- customer, agent, third, whisper
    number TEXT NOT NULL,
    created INTEGER NOT NULL,
    answered INTEGER,
    ended INTEGER,
    cause INTEGER, -- Q.850
    PRIMARY KEY (id, owner) -- a channel that a call has sent into the dialplan may come back with another call
) STRICT, WITHOUT ROWID;

CREATE INDEX leg_owner ON leg (owner);
CREATE INDEX leg_agent ON leg (owner, created) WHERE role = 'agent';

CREATE TABLE receipt (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL, -- the command
    agent TEXT NOT NULL,
    call TEXT NOT NULL,
    number TEXT NOT NULL,
    ingroup TEXT NOT NULL, -- LOCAL_CLOSER, or consultative
    to_agent TEXT NOT NULL, -- with AGENTDIRECT
    caller_id TEXT NOT NULL, -- that the command named
    message TEXT NOT NULL, -- VM_MESSAGE
    status TEXT NOT NULL,
    notes TEXT NOT NULL DEFAULT '', -- with status
    key TEXT NOT NULL, -- idempotency
    request TEXT NOT NULL DEFAULT '', -- a fingerprint of all that came with the key
    "by" TEXT NOT NULL, -- who asked
    source TEXT NOT NULL, -- and through what program
    requested INTEGER NOT NULL,
    ended INTEGER,
    outcome TEXT, -- completed, busy, no_answer, no_agent, declined, failed, refused, abandoned, unknown
    cause TEXT NOT NULL, -- for people
    steps TEXT NOT NULL -- JSON: [[name, time], …]
) STRICT, WITHOUT ROWID;

CREATE INDEX receipt_call ON receipt (call);
CREATE INDEX receipt_requested ON receipt (requested);
CREATE INDEX receipt_key ON receipt ("by", key) WHERE key <> ''; -- not UNIQUE: that could lose a record

CREATE TABLE recording (
    id TEXT PRIMARY KEY, -- the file's name below the recordings folder, without .wav
    call TEXT NOT NULL,
    kind TEXT NOT NULL, -- call, or handoff: after the agent has left
    reason TEXT NOT NULL, -- the rule that decided
    agent TEXT NOT NULL,
    asked INTEGER NOT NULL,
    started INTEGER,
    ended INTEGER,
    status TEXT NOT NULL, -- running, kept, failed; expired, erased: its file was deleted
    cause TEXT NOT NULL, -- of the failure, also to convert it; or what of a kept file is missing
    path TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    length INTEGER NOT NULL, -- milliseconds
    sha256 TEXT NOT NULL,
    converted_path TEXT NOT NULL, -- the same in the format that was configured
    converted_bytes INTEGER NOT NULL,
    converted_sha256 TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX recording_call ON recording (call);

CREATE TABLE agent_session (
    id TEXT PRIMARY KEY,
    agent TEXT NOT NULL,
    phone TEXT NOT NULL,
    on_hook INTEGER NOT NULL, -- 1: the phone rang for each call
    campaign TEXT NOT NULL,
    ingroups TEXT NOT NULL, -- JSON: names
    conf_exten TEXT NOT NULL, -- its room number in the agent API
    started INTEGER NOT NULL,
    ended INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX agent_session_agent ON agent_session (agent, started);
CREATE INDEX agent_session_started ON agent_session (started);
CREATE INDEX agent_session_ended ON agent_session (ended);

CREATE TABLE agent_interval ( -- one stretch of one state
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    agent TEXT NOT NULL,
    state TEXT NOT NULL,
    pause_code TEXT NOT NULL,
    hold INTEGER NOT NULL DEFAULT 0, -- 1: INCALL, and the customer is parked
    call TEXT NOT NULL,
    started INTEGER NOT NULL,
    ended INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX agent_interval_session ON agent_interval (session, ended);
CREATE INDEX agent_interval_started ON agent_interval (started);
CREATE INDEX agent_interval_call ON agent_interval (call) WHERE call <> '';
CREATE INDEX agent_interval_agent ON agent_interval (agent, started) WHERE call <> '';

CREATE TABLE disposition_entry (
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL,
    agent TEXT NOT NULL,
    status TEXT NOT NULL, -- the code
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL, -- who sent it
    notes TEXT NOT NULL DEFAULT '', -- of a correction: why
    correction INTEGER NOT NULL DEFAULT 0 -- 1: made by somebody else, after the agent had given his code
) STRICT, WITHOUT ROWID;

CREATE INDEX disposition_entry_call ON disposition_entry (call);

-- A code whose flag says so puts the customer's number on the system's do-not-call list.
CREATE TRIGGER dnc_disposed AFTER INSERT ON disposition_entry
WHEN EXISTS (SELECT 1 FROM disposition WHERE id = NEW.status AND dnc = 'Y')
BEGIN
    INSERT INTO dnc (phone_number, campaign, at, "by", why)
    SELECT digits, '', NEW.at, NEW.agent, NEW.status FROM (
        SELECT replace(replace(replace(replace(replace(replace(number, '+', ''), '-', ''), ' ', ''), '(', ''), ')', ''), '.', '')
        AS digits FROM call WHERE id = NEW.call
    )
    WHERE digits <> '' AND digits NOT GLOB '*[^0-9]*'
    ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER lead_disposed AFTER INSERT ON disposition_entry
BEGIN
    UPDATE lead SET status = NEW.status, "user" = NEW.agent
    WHERE lead_id = (SELECT lead FROM call WHERE id = NEW.call AND lead <> 0);
END;

CREATE TABLE queue_wait ( -- one wait of one call in one in-group
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL,
    ingroup TEXT NOT NULL,
    direct TEXT NOT NULL, -- AGENTDIRECT: the agent it was for
    priority INTEGER NOT NULL,
    place INTEGER NOT NULL, -- in line, when it came
    queued_at INTEGER NOT NULL, -- arrived_at of its ticket
    entered INTEGER NOT NULL,
    ended INTEGER,
    outcome TEXT NOT NULL, -- ANSWERED, or the status of a call that went elsewhere: DROP, TIMEOT …
    agent TEXT NOT NULL, -- who took it
    why TEXT NOT NULL DEFAULT '' -- what made it his
) STRICT, WITHOUT ROWID;

CREATE INDEX queue_wait_call ON queue_wait (call);
CREATE INDEX queue_wait_ingroup ON queue_wait (ingroup, entered);
CREATE INDEX queue_wait_entered ON queue_wait (entered);
CREATE INDEX queue_wait_ended ON queue_wait (ended);

CREATE TABLE line ( -- what an in-group's queue remembers
    id TEXT PRIMARY KEY, -- the in-group
    waits TEXT NOT NULL -- JSON: how long the last answered calls waited, in microseconds
) STRICT, WITHOUT ROWID;

CREATE TABLE asterisk ( -- one life of Asterisk: when another one was found in its place, its calls were over
    id TEXT PRIMARY KEY,
    started INTEGER NOT NULL, -- as it says itself
    seen INTEGER NOT NULL, -- we were first connected to it
    ended INTEGER -- another one was found
) STRICT, WITHOUT ROWID;

CREATE TABLE callback ( -- who is to be called back
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL, -- in which it was asked for
    number TEXT NOT NULL,
    ingroup TEXT NOT NULL,
    campaign TEXT NOT NULL DEFAULT '', -- of the agent who promised it
    agent TEXT NOT NULL, -- by whom; empty: by anybody
    at INTEGER NOT NULL, -- when it is due
    made INTEGER NOT NULL DEFAULT 0,
    status TEXT NOT NULL DEFAULT '', -- the disposition that asked for it
    comments TEXT NOT NULL DEFAULT '',
    "by" TEXT NOT NULL DEFAULT '', -- who last said something about it
    state TEXT NOT NULL, -- pending, completed, cancelled
    ended INTEGER,
    done_in TEXT NOT NULL DEFAULT '' -- the call in which it was done
) STRICT, WITHOUT ROWID;

CREATE INDEX callback_open ON callback (at) WHERE state = 'pending';

CREATE TABLE webhook ( -- what another program is told of a call
    id TEXT PRIMARY KEY,
    hook TEXT NOT NULL, -- the option that holds the address
    url TEXT NOT NULL, -- the option's value
    call TEXT NOT NULL,
    agent TEXT NOT NULL,
    facts TEXT NOT NULL, -- JSON: [[name, value], …] of the variables that this table's neighbours do not know
    queued INTEGER NOT NULL,
    due INTEGER NOT NULL, -- when the next try is to be
    tries TEXT NOT NULL, -- JSON: [[time, HTTP status or 0, why it failed], …]
    ended INTEGER,
    outcome TEXT -- delivered, failed, dropped
) STRICT, WITHOUT ROWID;

CREATE INDEX webhook_queued ON webhook (queued);

CREATE TABLE fallback ( -- calls that the app never had: they took the dialplan's fallback, or their DID led elsewhere
    id TEXT PRIMARY KEY, -- the call's
    at INTEGER NOT NULL,
    number TEXT NOT NULL, -- the caller's
    dialled TEXT NOT NULL,
    reason TEXT NOT NULL,
    goto TEXT NOT NULL DEFAULT '' -- the place in the dialplan that its DID sent it to
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------------------------

INSERT INTO meta (key, value) VALUES ('schema', '3');
INSERT INTO ingroup (id, queue_priority) VALUES ('AGENTDIRECT', 99); -- always there: calls for one named agent
INSERT INTO setting (id) VALUES ('warmline'); -- its one row
INSERT INTO list (id, list_name) VALUES ('998', 'made by agents'), ('999', 'callers'); -- VICIdial's two
-- The codes that are there from the start: first what agents choose, then what is written by itself.
INSERT INTO disposition (
    id, status_name, selectable, human_answered, sale, dnc, scheduled_callback, not_interested, customer_contact, unworkable, completed
) VALUES
    ('SALE', 'Sale', 'Y', 'Y', 'Y', 'N', 'N', 'N', 'Y', 'N', 'Y'),
    ('NI', 'Not interested', 'Y', 'Y', 'N', 'N', 'N', 'Y', 'Y', 'N', 'Y'),
    ('CB', 'Call back', 'Y', 'Y', 'N', 'N', 'Y', 'N', 'Y', 'N', 'N'),
    ('NA', 'No answer', 'Y', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('BUSY', 'Busy', 'Y', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('DNC', 'Do not call', 'Y', 'Y', 'N', 'Y', 'N', 'N', 'Y', 'N', 'Y'),
    ('XFER', 'Handed over', 'Y', 'Y', 'N', 'N', 'N', 'N', 'Y', 'N', 'N'),
    ('VM', 'Voicemail', 'Y', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('DISC', 'Number out of service', 'Y', 'N', 'N', 'N', 'N', 'N', 'N', 'Y', 'N'),
    ('A', 'Answering machine', 'Y', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('B', 'Busy signal', 'Y', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('CALLBK', 'Call back at a set time', 'Y', 'Y', 'N', 'N', 'Y', 'N', 'Y', 'N', 'N'),
    ('DAIR', 'Nobody spoke', 'Y', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('DC', 'Line disconnected', 'Y', 'N', 'N', 'N', 'N', 'N', 'N', 'Y', 'N'),
    ('DEC', 'Sale declined', 'Y', 'Y', 'N', 'N', 'N', 'N', 'Y', 'N', 'N'),
    ('N', 'Not answered', 'Y', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('NP', 'No offer made', 'Y', 'Y', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('AA', 'Answering machine, found by the dialler', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('AB', 'Busy, found by the dialler', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('ADAIR', 'Nobody spoke, found by the dialler', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('ADC', 'Disconnected, found by the dialler', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'Y', 'N'),
    ('ADCT', 'Disconnected for a time', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('AFAX', 'Fax machine', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'Y', 'N'),
    ('AFTHRS', 'Came when it was closed', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('AL', 'Message played to a machine', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('ALTNUM', 'Another number of the lead is next', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('AM', 'Sent to the machine message', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('CBHOLD', 'Waits for its callback', 'N', 'Y', 'N', 'N', 'Y', 'N', 'Y', 'N', 'N'),
    ('CLOSOP', 'In-group closed while it waited', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('DCMX', 'Dead call ended by dead_max', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('DISMX', 'No code within dispo_max', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('DNCC', 'On the do-not-call list of a campaign', 'N', 'N', 'N', 'Y', 'N', 'N', 'N', 'N', 'N'),
    ('DNCL', 'On the do-not-call list', 'N', 'N', 'N', 'Y', 'N', 'N', 'N', 'N', 'N'),
    ('DROP', 'Hung up while waiting', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('ERI', 'Error on the agent''s side', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('HOLDTO', 'Left by hold_time_option', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('INCALL', 'In a call', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('IQNANQ', 'No agents any more while it waited', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('IVRXFR', 'Sent to a call menu', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('LRERR', 'No line for it', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('LSMERG', 'Merged with another lead', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('MAXCAL', 'Too many calls', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('MLINAT', 'Other leads of the account set aside', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('NANQUE', 'No agents to wait for', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('NEW', 'Not called yet', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('PAUSMX', 'Paused longer than pause_max', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('PDROP', 'Dropped before it was routed', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('PM', 'Message played', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('PU', 'Answered, then dropped', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('QCFAIL', 'To be called again after a check', 'N', 'Y', 'N', 'N', 'Y', 'N', 'Y', 'N', 'N'),
    ('QUEUE', 'On its way to an agent', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('QVMAIL', 'Left a voicemail instead of waiting', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('RAXFER', 'Handed over from outside', 'N', 'Y', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('RQXFER', 'Sent back into the queue', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('SVYCLM', 'Survey led to a call menu', 'N', 'Y', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('SVYEXT', 'Survey led to an extension', 'N', 'Y', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('SVYHU', 'Survey ended by hanging up', 'N', 'Y', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('SVYREC', 'Survey was recorded', 'N', 'Y', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('SVYVM', 'Survey led to voicemail', 'N', 'Y', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('TIMEOT', 'Waited for drop_call_seconds', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('WAITTO', 'Left by wait_time_option', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('XDROP', 'Its one agent did not come', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N');
