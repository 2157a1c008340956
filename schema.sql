-- Warmline's current schema. warmline/store/migrations upgrades older databases to it.
-- Every time is an INTEGER, microseconds since 1970 in UTC, by the machine's clock. Only journal.at, clock_correction.at
-- and the bodies in open_state have times of turns, which never go back: see warmline/core/moment.py. Ids are ULIDs
-- unless a comment names another form.
-- An empty text means no value.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------------------------
-- Configuration: one table for each entity, with one column for each option of warmline/options/option_table.py.
-- Change rows with `warmline campaign|ingroup|agent …`, never by hand, so that config_journal gets each change.

-- <configuration> made from warmline/options by `python -m tools.pages`
CREATE TABLE campaign (
    id TEXT PRIMARY KEY,
    -- the name that lists and reports show next to the key
    campaign_name TEXT NOT NULL DEFAULT '',
    -- N refuses the logins of its agents, gives them no further call, and lets none dial
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N')),
    -- when calls with an agent are recorded; ALLFORCE continues after the agent has left
    campaign_recording TEXT NOT NULL DEFAULT 'ONDEMAND' CHECK (campaign_recording IN ('ONDEMAND', 'NEVER', 'ALLCALLS', 'ALLFORCE')),
    -- seconds from the agent's arrival until ALLCALLS and ALLFORCE start
    allcalls_delay INTEGER NOT NULL DEFAULT 0 CHECK (allcalls_delay BETWEEN 0 AND 3600),
    -- the name of a recording; each token is replaced by its value in the call
    campaign_rec_filename TEXT NOT NULL DEFAULT 'FULLDATE_CUSTPHONE',
    -- the format to which sox or ffmpeg converts a finished recording; the wav file stays
    recording_format TEXT NOT NULL DEFAULT 'wav' CHECK (recording_format IN ('wav', 'flac', 'mp3', 'ogg')),
    -- the sound files that everyone in the call hears before each recording begins; ---NONE--- for none
    recording_notice TEXT NOT NULL DEFAULT '---NONE---',
    -- Y lets agents hear the recordings of their own calls of today, without what followed their leave
    agent_recordings TEXT NOT NULL DEFAULT 'N' CHECK (agent_recordings IN ('Y', 'N')),
    -- the third parties for whom a new recording starts when the agent leaves a three-way call
    leave_3way_start_recording TEXT NOT NULL DEFAULT 'DISABLED' CHECK (leave_3way_start_recording IN ('DISABLED', 'ALL_CALLS', 'ALL_BUT_EXCEPTIONS', 'ONLY_EXCEPTIONS')),
    -- the container of numbers that are exceptions to leave_3way_start_recording
    leave_3way_start_recording_exception TEXT REFERENCES container (id),
    -- ALL_CALLS stops recording when the agent leaves, and overrides every other recording option
    leave_3way_stop_recording TEXT NOT NULL DEFAULT 'DISABLED' CHECK (leave_3way_stop_recording IN ('DISABLED', 'ALL_CALLS')),
    -- Y stops the recording when a third party is connected
    three_way_record_stop TEXT NOT NULL DEFAULT 'N' CHECK (three_way_record_stop IN ('Y', 'N')),
    -- the container of numbers for which three_way_record_stop is reversed
    three_way_record_stop_exception TEXT REFERENCES container (id),
    -- Y starts a recording when the agent hangs up the third party
    hangup_xfer_record_start TEXT NOT NULL DEFAULT 'N' CHECK (hangup_xfer_record_start IN ('Y', 'N')),
    -- the calls whose recording stops when the customer hangs up
    dead_stop_recording TEXT NOT NULL DEFAULT 'DISABLED' CHECK (dead_stop_recording IN ('DISABLED', 'ALL_CALLS', 'INBOUND_ONLY', 'OUTBOUND_ONLY', 'AUTODIAL_ONLY', 'MANUAL_ONLY')),
    -- whether the recording continues while the customer is parked and there is no third party
    park_recording TEXT NOT NULL DEFAULT 'CONTINUE' CHECK (park_recording IN ('CONTINUE', 'STOP')),
    -- the in-group that DEFAULTINGROUP of a transfer stands for, for calls that the campaign dialled
    default_xfer_group TEXT REFERENCES ingroup (id),
    -- the transfers after which Warmline writes XFER and the agent gives no disposition
    transfer_no_dispo TEXT NOT NULL DEFAULT 'DISABLED' CHECK (transfer_no_dispo IN ('DISABLED', 'EXTERNAL_ONLY', 'LOCAL_ONLY', 'LEAVE3WAY_ONLY', 'LOCAL_AND_EXTERNAL', 'LOCAL_AND_LEAVE3WAY', 'LEAVE3WAY_AND_EXTERNAL', 'LOCAL_AND_EXTERNAL_AND_LEAVE3WAY')),
    -- the message that LEAVE_VM and amd_send_to_vmx play
    am_message_exten TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- the action for the customer if the agent has left and the third party does not answer
    leave_unanswered_action TEXT NOT NULL DEFAULT 'INGROUP' CHECK (leave_unanswered_action IN ('INGROUP', 'HANGUP', 'MESSAGE')),
    -- the action for the customer if a blind transfer is not answered
    blind_unanswered_action TEXT NOT NULL DEFAULT 'INGROUP' CHECK (blind_unanswered_action IN ('INGROUP', 'HANGUP', 'MESSAGE')),
    -- the sound file for MESSAGE of the unanswered actions
    unanswered_message TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- whether a ringing call to a third party is cancelled when the customer hangs up
    customer_gone_while_dialing TEXT NOT NULL DEFAULT 'CANCEL' CHECK (customer_gone_while_dialing IN ('CANCEL', 'KEEP')),
    -- DISPO ends a three-way call after the customer leaves it
    customer_3way_hangup_action TEXT NOT NULL DEFAULT 'NONE' CHECK (customer_3way_hangup_action IN ('NONE', 'DISPO')),
    -- seconds after the customer has left until the call ends; 0 for immediately
    customer_3way_hangup_seconds INTEGER NOT NULL DEFAULT 5 CHECK (customer_3way_hangup_seconds BETWEEN 0 AND 3600),
    -- seconds that a customer is parked before the agent hears a tone every 30 seconds; 0 for no tone
    park_max_seconds INTEGER NOT NULL DEFAULT 0 CHECK (park_max_seconds BETWEEN 0 AND 86400),
    -- the dialplan extension that PARK_IVR_CUSTOMER connects the customer to, instead of music
    park_ivr TEXT NOT NULL DEFAULT '',
    -- seconds for which a lost agent phone is called again; a failed attempt is repeated every 2 s
    agent_rescue_seconds INTEGER NOT NULL DEFAULT 20 CHECK (agent_rescue_seconds BETWEEN 5 AND 300),
    -- seconds after a page with a browser phone has gone until its line is ended; 0 for immediately
    browser_grace_seconds INTEGER NOT NULL DEFAULT 5 CHECK (browser_grace_seconds BETWEEN 0 AND 300),
    -- minutes that customer and third party may talk after the agent has left; 0 for no limit
    left_max_minutes INTEGER NOT NULL DEFAULT 240 CHECK (left_max_minutes BETWEEN 0 AND 10080),
    -- Y sends the customer to [warmline-after] of the dialplan when the agent hangs up
    continue_after_hangup TEXT NOT NULL DEFAULT 'N' CHECK (continue_after_hangup IN ('Y', 'N')),
    -- the channel that Asterisk dials; {number} is replaced by the number
    dial_template TEXT NOT NULL DEFAULT 'PJSIP/{number}@trunk',
    -- the prefix before each dialled number; empty for none
    dial_prefix TEXT NOT NULL DEFAULT '',
    -- the prefix for third parties and blind transfers; empty for dial_prefix, X for none
    three_way_dial_prefix TEXT NOT NULL DEFAULT '',
    -- seconds that a dialled number rings; 0 for 25 in automatic calls and 60 in calls that agents dial
    dial_timeout INTEGER NOT NULL DEFAULT 0 CHECK (dial_timeout BETWEEN 0 AND 300),
    -- the party whose number a third party sees; campaign_cid if it has none
    three_way_call_cid TEXT NOT NULL DEFAULT 'CAMPAIGN' CHECK (three_way_call_cid IN ('CAMPAIGN', 'CUSTOMER', 'AGENT_PHONE', 'AGENT_CHOOSE', 'CUSTOM_CID')),
    -- the campaign's own caller id
    campaign_cid TEXT NOT NULL DEFAULT '0000000000',
    -- the party whose number a customer sees when an agent dials; campaign_cid if it has none
    manual_dial_cid TEXT NOT NULL DEFAULT 'CAMPAIGN' CHECK (manual_dial_cid IN ('CAMPAIGN', 'AGENT_PHONE')),
    -- whether an agent may preview a number before it is dialled, and skip it
    manual_preview_dial TEXT NOT NULL DEFAULT 'PREVIEW_AND_SKIP' CHECK (manual_preview_dial IN ('PREVIEW_AND_SKIP', 'PREVIEW_ONLY', 'DISABLED')),
    -- the only numbers that may be dialled; a number with + needs an entry with +; empty for any
    dial_allow TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(dial_allow)),
    -- numbers that may not be dialled, even if dial_allow has them
    dial_deny TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(dial_deny)),
    -- Y refuses numbers with * or #, such as *21*… for call forwarding
    deny_star_codes TEXT NOT NULL DEFAULT 'Y' CHECK (deny_star_codes IN ('Y', 'N')),
    -- prefixes that mean + before a country code, in numbers and in dial rules; empty for + alone
    international_prefixes TEXT NOT NULL DEFAULT '["00", "011"]' CHECK (json_valid(international_prefixes)),
    -- redirects (SIP 302) of a dialled party that are followed, if the dial rules allow each; 0 for none
    follow_redirects INTEGER NOT NULL DEFAULT 0 CHECK (follow_redirects BETWEEN 0 AND 5),
    -- the hours in which the campaign's agents may dial; empty for always
    dial_call_time_id TEXT REFERENCES call_time (id),
    -- outside parties that an agent may dial in one day, skipped previews included; 0 for no limit
    daily_limit_manual INTEGER NOT NULL DEFAULT 0 CHECK (daily_limit_manual BETWEEN 0 AND 10000),
    -- outside parties that the campaign's agents may have on the line in parallel; 0 for no limit
    manual_calls_at_once INTEGER NOT NULL DEFAULT 0 CHECK (manual_calls_at_once BETWEEN 0 AND 1000),
    -- minutes after its time when one agent's callback becomes every agent's; 0 for never
    callback_useronly_move_minutes INTEGER NOT NULL DEFAULT 0 CHECK (callback_useronly_move_minutes BETWEEN 0 AND 10080),
    -- leads dialled automatically: MANUAL none; PROGRESSIVE one for each READY agent whose phone is nailed_up; RATIO auto_dial_level for each; PREDICTIVE as many as predicted
    dial_method TEXT NOT NULL DEFAULT 'MANUAL' CHECK (dial_method IN ('MANUAL', 'PROGRESSIVE', 'RATIO', 'PREDICTIVE')),
    -- lines for each READY agent with RATIO of dial_method; the drop limit may allow fewer
    auto_dial_level TEXT NOT NULL DEFAULT '1',
    -- lines in flight for each agent who is logged in, at most, with RATIO and PREDICTIVE of dial_method
    adaptive_maximum_level TEXT NOT NULL DEFAULT '20',
    -- with fewer agents who are not paused, RATIO and PREDICTIVE dial as PROGRESSIVE does; 0 for no threshold
    dial_level_threshold_agents INTEGER NOT NULL DEFAULT 1 CHECK (dial_level_threshold_agents BETWEEN 0 AND 1000),
    -- the largest percentage of dropped leads among those whom a person answered, in each limited window
    adaptive_dropped_percentage TEXT NOT NULL DEFAULT '3',
    -- the windows that adaptive_dropped_percentage limits: PERIOD of 30 days, DAY, or BOTH; AUTO is DAY with a list of the country GB, otherwise PERIOD
    drop_window TEXT NOT NULL DEFAULT 'AUTO' CHECK (drop_window IN ('AUTO', 'PERIOD', 'DAY', 'BOTH')),
    -- priority of answered leads; callers of an in-group with a higher queue_priority come first
    queue_priority INTEGER NOT NULL DEFAULT 50 CHECK (queue_priority BETWEEN -99 AND 99),
    -- how the next agent for an answered lead is chosen from the ready agents
    next_agent_call TEXT NOT NULL DEFAULT 'longest_wait_time' CHECK (next_agent_call IN ('random', 'oldest_call_start', 'oldest_call_finish', 'overall_user_level', 'campaign_rank', 'campaign_grade_random', 'fewest_calls_campaign', 'longest_wait_time')),
    -- seconds after its answer in which a lead without an agent hears the message; the drop is 0.25 seconds earlier
    drop_call_seconds INTEGER NOT NULL DEFAULT 2 CHECK (drop_call_seconds BETWEEN 1 AND 2),
    -- the action for a dropped lead: safe_harbor_audio, a place in drop_inbound_group, or a hang-up
    drop_action TEXT NOT NULL DEFAULT 'MESSAGE' CHECK (drop_action IN ('MESSAGE', 'IN_GROUP', 'HANGUP')),
    -- the in-group for IN_GROUP of drop_action; without it, dropped leads are hung up
    drop_inbound_group TEXT REFERENCES ingroup (id),
    -- the sound files for MESSAGE of drop_action: the seller and the purpose of the call; empty hangs up
    safe_harbor_audio TEXT NOT NULL DEFAULT '',
    -- the key by which a lead who hears safe_harbor_audio gets on the do-not-call list; empty for none
    safe_harbor_optout TEXT NOT NULL DEFAULT '9',
    -- answering-machine detection during an automatic call: MARK shows its verdict to the agent; TAKE also takes a machine from an agent who has not spoken
    amd TEXT NOT NULL DEFAULT 'OFF' CHECK (amd IN ('OFF', 'MARK', 'TAKE')),
    -- Y plays am_message_exten to a machine that TAKE of amd has taken, once it is silent; N hangs up
    amd_send_to_vmx TEXT NOT NULL DEFAULT 'N' CHECK (amd_send_to_vmx IN ('Y', 'N')),
    -- Y pauses the agent after each automatic call and its disposition
    pause_after_each_call TEXT NOT NULL DEFAULT 'N' CHECK (pause_after_each_call IN ('Y', 'N')),
    -- the agent's state after login
    login_state TEXT NOT NULL DEFAULT 'PAUSED' CHECK (login_state IN ('PAUSED', 'READY')),
    -- whether a login from a phone asks for the PIN, or trusts an authenticated phone
    phone_login TEXT NOT NULL DEFAULT 'PIN' CHECK (phone_login IN ('PIN', 'TRUSTED')),
    -- N accepts any pause code, Y only configured ones; FORCE also requires one
    agent_pause_codes_active TEXT NOT NULL DEFAULT 'N' CHECK (agent_pause_codes_active IN ('N', 'Y', 'FORCE')),
    -- minimum seconds between a call and the agent's next call; 0 for no minimum
    wrapup_seconds INTEGER NOT NULL DEFAULT 0 CHECK (wrapup_seconds BETWEEN 0 AND 3600),
    -- seconds without a disposition until the call gets DISMX; 0 for never
    dispo_max INTEGER NOT NULL DEFAULT 0 CHECK (dispo_max BETWEEN 0 AND 86400),
    -- PAUSE pauses the agent at dispo_max; NEXT lets them go on after wrapup_seconds, for agents who give no codes
    dispo_max_action TEXT NOT NULL DEFAULT 'PAUSE' CHECK (dispo_max_action IN ('PAUSE', 'NEXT')),
    -- seconds without a customer until the call ends with DCMX and the agent is PAUSED; 0 for never
    dead_max INTEGER NOT NULL DEFAULT 0 CHECK (dead_max BETWEEN 0 AND 86400),
    -- seconds in one pause until the agent is logged out; 0 for never
    pause_max INTEGER NOT NULL DEFAULT 0 CHECK (pause_max BETWEEN 0 AND 86400),
    -- seconds after the loss of the phone or page until the agent is logged out; 0 for never
    lost_max INTEGER NOT NULL DEFAULT 600 CHECK (lost_max BETWEEN 0 AND 86400),
    -- the caller number on an agent's phone if no customer number is known; empty for the phone's own
    phone_caller_number TEXT NOT NULL DEFAULT '',
    -- SIP headers for calls to agents' phones; Call-Info: <sip:pbx>;answer-after=0 makes many answer immediately
    phone_headers TEXT NOT NULL DEFAULT '',
    -- Y lets agents work by keys of the phone; others hear only keys sent as tones that Asterisk does not detect
    feature_keys TEXT NOT NULL DEFAULT 'N' CHECK (feature_keys IN ('Y', 'N')),
    -- the numbers that feature key *1 dials for a single digit; 1 is the first number, 9 the last that can be typed
    feature_numbers TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(feature_numbers)),
    -- the list for leads that its agents create
    manual_dial_list_id TEXT REFERENCES list (id),
    -- the script that its agents read in calls
    campaign_script TEXT REFERENCES script (id),
    -- LIVE_CALL_INBOUND lets an agent give an inbound call another lead
    agent_lead_search TEXT NOT NULL DEFAULT 'DISABLED' CHECK (agent_lead_search IN ('DISABLED', 'LIVE_CALL_INBOUND')),
    -- N hides the leads of the campaign's lists from its agents: no list, no search
    agent_lead_list TEXT NOT NULL DEFAULT 'Y' CHECK (agent_lead_list IN ('Y', 'N')),
    -- the hours, in the lead's time zones, in which leads are dialled; empty for the legal hours alone
    local_call_time TEXT REFERENCES call_time (id),
    -- the statuses of leads that are dialled once after each reset of their list
    dial_statuses TEXT NOT NULL DEFAULT '["NEW"]' CHECK (json_valid(dial_statuses)),
    -- the statuses that are dialled again, after how many minutes, and how often until the list is reset
    recycle TEXT NOT NULL DEFAULT '["NA:60:3", "AB:10:3", "ADCT:10:3", "ERI:60:3", "DROP:4320:1"]' CHECK (json_valid(recycle)),
    -- the order of leads: DOWN from the oldest or the lowest value, UP from the newest or the highest, or RANDOM
    lead_order TEXT NOT NULL DEFAULT 'DOWN' CHECK (lead_order IN ('DOWN', 'UP', 'DOWN RANK', 'UP RANK', 'DOWN COUNT', 'UP COUNT', 'DOWN LAST CALL TIME', 'UP LAST CALL TIME', 'DOWN TIMEZONE', 'UP TIMEZONE', 'DOWN OWNER', 'UP OWNER', 'DOWN LAST NAME', 'UP LAST NAME', 'DOWN PHONE', 'UP PHONE', 'RANDOM')),
    -- the order of leads that lead_order leaves equal: from the oldest or the newest; not for DOWN, UP and RANDOM
    lead_order_secondary TEXT NOT NULL DEFAULT 'LEAD_ASCEND' CHECK (lead_order_secondary IN ('LEAD_ASCEND', 'LEAD_DESCEND')),
    -- how many leads have one new lead among them while others are due again; 0 dials new leads after those
    new_lead_every INTEGER NOT NULL DEFAULT 0 CHECK (new_lead_every BETWEEN 0 AND 9),
    -- the leads that are dialled, such as state=TX|FL and (rank>=5 or last_call<-7d); empty for all
    lead_filter TEXT NOT NULL DEFAULT '',
    -- the other numbers of a lead that are dialled automatically, in the fields alt_phone and address3
    auto_alt_dial TEXT NOT NULL DEFAULT 'NONE' CHECK (auto_alt_dial IN ('NONE', 'ALT_ONLY', 'ADDR3_ONLY', 'ALT_AND_ADDR3')),
    -- the statuses of an automatic call after which auto_alt_dial dials the lead's next number
    auto_alt_dial_statuses TEXT NOT NULL DEFAULT '["NA", "AB", "ADC"]' CHECK (json_valid(auto_alt_dial_statuses)),
    -- hours after a drop in which its number is not dialled automatically; 0 for none
    drop_lockout_time INTEGER NOT NULL DEFAULT 72 CHECK (drop_lockout_time BETWEEN 0 AND 8760),
    -- days after a final code in which no other lead with the same number is dialled; 0 for none
    contacted_days INTEGER NOT NULL DEFAULT 7 CHECK (contacted_days BETWEEN 0 AND 366),
    -- the numbers of which automatic calls show one, by the lead's area or state; empty for campaign_cid
    cid_group TEXT REFERENCES cid_group (id),
    -- Y shows the number in a lead's security_phrase, if it has one, in its automatic calls
    use_custom_cid TEXT NOT NULL DEFAULT 'N' CHECK (use_custom_cid IN ('Y', 'N')),
    -- calls with a lead after which it is not dialled any more; 0 for no limit
    call_count_limit INTEGER NOT NULL DEFAULT 0 CHECK (call_count_limit BETWEEN 0 AND 1000),
    -- calls to a lead in one day of its time zone; 0 for no limit
    daily_call_count_limit INTEGER NOT NULL DEFAULT 3 CHECK (daily_call_count_limit BETWEEN 0 AND 100),
    -- calls of all campaigns to one number in 24 hours; 0 for no limit but those of the law
    call_limit_24hour INTEGER NOT NULL DEFAULT 3 CHECK (call_limit_24hour BETWEEN 0 AND 100),
    -- seconds after which the preview of a campaign's next lead ends by itself; 0 for never
    preview_seconds INTEGER NOT NULL DEFAULT 0 CHECK (preview_seconds BETWEEN 0 AND 3600),
    -- the action after preview_seconds: the lead is skipped or dialled
    preview_expiry TEXT NOT NULL DEFAULT 'SKIP' CHECK (preview_expiry IN ('SKIP', 'DIAL')),
    -- Y lets an agent who dials the next lead get the due callbacks of that agent first
    next_dial_my_callbacks TEXT NOT NULL DEFAULT 'N' CHECK (next_dial_my_callbacks IN ('Y', 'N')),
    -- the URL requested when an agent is connected to a caller
    start_call_url TEXT NOT NULL DEFAULT '',
    -- the URL requested when the agent has given a disposition
    dispo_call_url TEXT NOT NULL DEFAULT '',
    -- the URL requested when the agent has handed the call over
    transfer_url TEXT NOT NULL DEFAULT '',
    -- the page of the first web form, with data of the call; empty for none
    web_form_address TEXT NOT NULL DEFAULT '',
    -- the page of the second web form, with data of the call; empty for none
    web_form_address_two TEXT NOT NULL DEFAULT '',
    -- the page of the third web form, with data of the call; empty for none
    web_form_address_three TEXT NOT NULL DEFAULT '',
    -- the event hook whose secret signs the web form addresses of this campaign; empty leaves them unsigned
    web_form_sign TEXT REFERENCES event_hook (id),
    -- the place of open web forms: TAB for a tab of the browser, PANEL for the side of the call
    web_form_target TEXT NOT NULL DEFAULT 'TAB' CHECK (web_form_target IN ('TAB', 'PANEL')),
    -- the web form that opens by itself when a call reaches the agent; NONE leaves it to the buttons
    get_call_launch TEXT NOT NULL DEFAULT 'NONE' CHECK (get_call_launch IN ('NONE', 'WEBFORM', 'WEBFORMTWO', 'WEBFORMTHREE'))
) STRICT, WITHOUT ROWID;

CREATE TABLE ingroup (
    id TEXT PRIMARY KEY,
    -- the name that lists and reports show next to the key
    group_name TEXT NOT NULL DEFAULT '',
    -- N sends its calls to the fallback and refuses transfers to it
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N')),
    -- the in-group that DEFAULTINGROUP of a transfer stands for, for calls that came from this in-group
    default_xfer_group TEXT REFERENCES ingroup (id),
    -- overrides campaign_recording for calls of this in-group
    ingroup_recording_override TEXT NOT NULL DEFAULT 'DISABLED' CHECK (ingroup_recording_override IN ('DISABLED', 'ONDEMAND', 'NEVER', 'ALLCALLS', 'ALLFORCE')),
    -- priority of its calls; the highest is served first; AGENTDIRECT has 99
    queue_priority INTEGER NOT NULL DEFAULT 0 CHECK (queue_priority BETWEEN -99 AND 99),
    -- rules about a call's data that add a number to queue_priority; the first that matches counts
    data_priority TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(data_priority)),
    -- the item of a call's data that names the agent who is preferred for it; empty for none
    data_agent TEXT NOT NULL DEFAULT '',
    -- seconds that a call waits for the agent of data_agent who is busy; 0 for not at all
    data_agent_wait INTEGER NOT NULL DEFAULT 0 CHECK (data_agent_wait BETWEEN 0 AND 3600),
    -- Y lets a call from another in-group keep its first arrival time for its place in the queue
    keep_wait_on_transfer TEXT NOT NULL DEFAULT 'N' CHECK (keep_wait_on_transfer IN ('Y', 'N')),
    -- how the next agent is chosen from the ready agents
    next_agent_call TEXT NOT NULL DEFAULT 'longest_wait_time' CHECK (next_agent_call IN ('longest_wait_time', 'random', 'oldest_call_start', 'oldest_call_finish', 'oldest_inbound_call_start', 'oldest_inbound_call_finish', 'overall_user_level', 'inbound_group_rank', 'campaign_rank', 'ingroup_grade_random', 'campaign_grade_random', 'fewest_calls', 'fewest_calls_campaign', 'ring_all')),
    -- Y serves the highest of ingroup_ranks first; next_agent_call then chooses among agents of one rank
    rank_first TEXT NOT NULL DEFAULT 'N' CHECK (rank_first IN ('Y', 'N')),
    -- when Warmline answers the call: before any prompt, when it finds an agent, or never
    answer_signal TEXT NOT NULL DEFAULT 'START' CHECK (answer_signal IN ('START', 'ROUTE', 'NONE')),
    -- seconds within which a call must be connected to an agent to count for the service level
    answer_sec_pct_rt_stat_one INTEGER NOT NULL DEFAULT 20 CHECK (answer_sec_pct_rt_stat_one BETWEEN 1 AND 3600),
    -- seconds that an on_hook phone rings for a call of this in-group; 0 for on_hook_ring_time of the agent
    on_hook_ring_time INTEGER NOT NULL DEFAULT 0 CHECK (on_hook_ring_time BETWEEN 0 AND 300),
    -- seconds that a call waits after an unanswered phone, before phones ring for it again; 0 for not at all
    retry_seconds INTEGER NOT NULL DEFAULT 0 CHECK (retry_seconds BETWEEN 0 AND 300),
    -- the opening hours; empty for always open
    call_time_id TEXT REFERENCES call_time (id),
    -- the action for a call that arrives when the in-group is closed
    after_hours_action TEXT NOT NULL DEFAULT 'MESSAGE' CHECK (after_hours_action IN ('HANGUP', 'MESSAGE', 'EXTENSION', 'VOICEMAIL', 'IN_GROUP', 'CALLMENU')),
    -- the sound files that MESSAGE of after_hours_action plays
    after_hours_message_filename TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- the extension for after_hours_action; AGENTEXT for the agent's custom_five
    after_hours_exten TEXT NOT NULL DEFAULT '',
    -- the mailbox for after_hours_action; AGENTVMAIL for the agent's voicemail_id
    after_hours_voicemail TEXT NOT NULL DEFAULT '',
    -- the in-group for after_hours_action
    afterhours_xfer_group TEXT REFERENCES ingroup (id),
    -- the dialplan context for after_hours_action; a call enters it at extension s
    after_hours_callmenu TEXT NOT NULL DEFAULT '',
    -- turns calls away if no agent is logged in (Y), all are paused (NO_PAUSED), or none is READY
    no_agent_no_queue TEXT NOT NULL DEFAULT 'N' CHECK (no_agent_no_queue IN ('N', 'Y', 'NO_PAUSED', 'NO_READY')),
    -- sends waiting calls away if no agent is left (Y), all are paused (NO_PAUSED), or none is READY
    leave_when_empty TEXT NOT NULL DEFAULT 'N' CHECK (leave_when_empty IN ('N', 'Y', 'NO_PAUSED', 'NO_READY')),
    -- the action for a call that no_agent_no_queue or leave_when_empty turns away
    no_agent_action TEXT NOT NULL DEFAULT 'MESSAGE' CHECK (no_agent_action IN ('MESSAGE', 'HANGUP', 'EXTENSION', 'VOICEMAIL', 'INGROUP', 'CALLMENU')),
    -- the sound files, extension, mailbox, in-group or context for no_agent_action
    no_agent_action_value TEXT NOT NULL DEFAULT 'vm-nobodyavail|vm-goodbye',
    -- the calls that max_calls_count limits: none, all of the in-group, or those that wait
    max_calls_method TEXT NOT NULL DEFAULT 'DISABLED' CHECK (max_calls_method IN ('DISABLED', 'TOTAL', 'IN_QUEUE')),
    -- number of calls at which further calls are turned away; 0 turns all away
    max_calls_count INTEGER NOT NULL DEFAULT 0 CHECK (max_calls_count BETWEEN 0 AND 10000),
    -- the action for a call above max_calls_count: as without agents, at a drop, or after hours
    max_calls_action TEXT NOT NULL DEFAULT 'NO_AGENT_NO_QUEUE' CHECK (max_calls_action IN ('NO_AGENT_NO_QUEUE', 'DROP', 'AFTERHOURS')),
    -- seconds that a call waits before drop_action
    drop_call_seconds INTEGER NOT NULL DEFAULT 360 CHECK (drop_call_seconds BETWEEN 1 AND 86400),
    -- the action for a call that has waited for drop_call_seconds
    drop_action TEXT NOT NULL DEFAULT 'HANGUP' CHECK (drop_action IN ('HANGUP', 'MESSAGE', 'EXTENSION', 'VOICEMAIL', 'IN_GROUP', 'CALLMENU')),
    -- the sound file that MESSAGE of drop_action plays
    drop_message TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- the extension for drop_action; AGENTEXT for the agent's custom_five
    drop_exten TEXT NOT NULL DEFAULT '',
    -- the mailbox for drop_action; AGENTVMAIL for the agent's voicemail_id
    voicemail_ext TEXT NOT NULL DEFAULT '',
    -- the in-group for drop_action
    drop_inbound_group TEXT REFERENCES ingroup (id),
    -- the dialplan context for drop_action; a call enters it at extension s
    drop_callmenu TEXT NOT NULL DEFAULT '',
    -- the music that a waiting caller hears
    moh_context TEXT NOT NULL DEFAULT 'default',
    -- the sound files that a caller hears first
    welcome_message_filename TEXT NOT NULL DEFAULT '---NONE---',
    -- when welcome_message_filename plays: always and in full, never, or only until an agent is free
    play_welcome_message TEXT NOT NULL DEFAULT 'ALWAYS' CHECK (play_welcome_message IN ('ALWAYS', 'NEVER', 'IF_WAIT_ONLY')),
    -- the repeated prompt for a waiting caller
    onhold_prompt_filename TEXT NOT NULL DEFAULT 'queue-thankyou',
    -- seconds between repeated prompts; 0 for never
    prompt_interval INTEGER NOT NULL DEFAULT 60 CHECK (prompt_interval BETWEEN 0 AND 3600),
    -- Y announces the caller's place with each repeated prompt
    play_place_in_line TEXT NOT NULL DEFAULT 'N' CHECK (play_place_in_line IN ('Y', 'N')),
    -- Y announces the estimated wait with each repeated prompt
    play_estimate_hold_time TEXT NOT NULL DEFAULT 'N' CHECK (play_estimate_hold_time IN ('Y', 'N')),
    -- the sound files that only the agent hears when a call is connected; ---NONE--- for silence
    agent_alert_exten TEXT NOT NULL DEFAULT 'beep',
    -- the keys by which a waiting caller leaves at any time, each with its destination
    exit_keys TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(exit_keys)),
    -- the offer to a caller who has waited long; it is made once, for key 1
    wait_time_option TEXT NOT NULL DEFAULT 'NONE' CHECK (wait_time_option IN ('NONE', 'PRESS_STAY', 'PRESS_VMAIL', 'PRESS_EXTEN', 'PRESS_CALLMENU', 'PRESS_CID_CALLBACK', 'PRESS_INGROUP')),
    -- the action of key 2 in wait_time_option
    wait_time_second_option TEXT NOT NULL DEFAULT 'NONE' CHECK (wait_time_second_option IN ('NONE', 'PRESS_STAY', 'PRESS_VMAIL', 'PRESS_EXTEN', 'PRESS_CALLMENU', 'PRESS_CID_CALLBACK', 'PRESS_INGROUP')),
    -- the action of key 3 in wait_time_option
    wait_time_third_option TEXT NOT NULL DEFAULT 'NONE' CHECK (wait_time_third_option IN ('NONE', 'PRESS_STAY', 'PRESS_VMAIL', 'PRESS_EXTEN', 'PRESS_CALLMENU', 'PRESS_CID_CALLBACK', 'PRESS_INGROUP')),
    -- seconds that a caller waits before wait_time_option applies
    wait_time_option_seconds INTEGER NOT NULL DEFAULT 120 CHECK (wait_time_option_seconds BETWEEN 1 AND 86400),
    -- the sound files that offer the keys of wait_time_option
    wait_time_option_press_filename TEXT NOT NULL DEFAULT 'vm-press|digits/1',
    -- seconds that a caller has to press a key
    wait_time_option_prompt_seconds INTEGER NOT NULL DEFAULT 10 CHECK (wait_time_option_prompt_seconds BETWEEN 1 AND 60),
    -- the sound files that confirm a callback
    wait_time_option_callback_filename TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- the extension for wait_time_option; AGENTEXT for the agent's custom_five
    wait_time_option_exten TEXT NOT NULL DEFAULT '',
    -- the mailbox for wait_time_option; AGENTVMAIL for the agent's voicemail_id
    wait_time_option_voicemail TEXT NOT NULL DEFAULT '',
    -- the in-group for wait_time_option
    wait_time_option_xfer_group TEXT REFERENCES ingroup (id),
    -- the dialplan context for wait_time_option; a call enters it at extension s
    wait_time_option_callmenu TEXT NOT NULL DEFAULT '',
    -- the action for waiting calls when call_time_id closes; DISABLED lets them wait
    closing_time_action TEXT NOT NULL DEFAULT 'DISABLED' CHECK (closing_time_action IN ('DISABLED', 'MESSAGE', 'HANGUP', 'EXTENSION', 'CALLMENU', 'VOICEMAIL', 'IN_GROUP', 'CALLERID_CALLBACK')),
    -- Y carries out closing_time_action now
    closing_time_now_trigger TEXT NOT NULL DEFAULT 'N' CHECK (closing_time_now_trigger IN ('Y', 'N')),
    -- the sound files for MESSAGE and CALLERID_CALLBACK of closing_time_action
    closing_time_filename TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- the extension for closing_time_action; AGENTEXT for the agent's custom_five
    closing_time_option_exten TEXT NOT NULL DEFAULT '',
    -- the mailbox for closing_time_action; AGENTVMAIL for the agent's voicemail_id
    closing_time_option_voicemail TEXT NOT NULL DEFAULT '',
    -- the in-group for closing_time_action
    closing_time_option_xfer_group TEXT REFERENCES ingroup (id),
    -- the dialplan context for closing_time_action; a call enters it at extension s
    closing_time_option_callmenu TEXT NOT NULL DEFAULT '',
    -- a caller's lead: found by number in all lists (CIDLOOKUP) or list_id (CIDLOOKUPRL), new (CID), or NONE
    call_handle_method TEXT NOT NULL DEFAULT 'CIDLOOKUP' CHECK (call_handle_method IN ('CIDLOOKUP', 'CIDLOOKUPRL', 'CID', 'NONE')),
    -- the list for new leads of its callers
    list_id TEXT REFERENCES list (id),
    -- the URL requested when an agent is connected to a caller; empty for the campaign's URL
    start_call_url TEXT NOT NULL DEFAULT '',
    -- the URL requested when the agent has given a disposition; empty for the campaign's URL
    dispo_call_url TEXT NOT NULL DEFAULT '',
    -- the URL requested when the agent has handed the call over; empty for the campaign's URL
    transfer_url TEXT NOT NULL DEFAULT '',
    -- the page of the first web form, with data of the call; empty for that of the lead's list
    web_form_address TEXT NOT NULL DEFAULT '',
    -- the page of the second web form, with data of the call; empty for that of the lead's list
    web_form_address_two TEXT NOT NULL DEFAULT '',
    -- the page of the third web form, with data of the call; empty for that of the lead's list
    web_form_address_three TEXT NOT NULL DEFAULT '',
    -- the event hook whose secret signs the web form addresses of this in-group; empty leaves them unsigned
    web_form_sign TEXT REFERENCES event_hook (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE agent (
    id TEXT PRIMARY KEY,
    -- the agent's name, which lists and reports show next to the key; empty for that of its user
    full_name TEXT NOT NULL DEFAULT '',
    -- N refuses the agent's login and dials, and gives the agent no further call; a call in progress continues
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N')),
    -- the user group of the agent; supervisors see the agents of their groups
    user_group TEXT REFERENCES user_group (id),
    -- the PIN that the agent enters to log in from a phone
    pin TEXT NOT NULL DEFAULT '',
    -- the phone that the agent logs in from; each phone belongs to one agent
    phone TEXT REFERENCES phone (id),
    -- the campaign that the agent works in
    campaign TEXT REFERENCES campaign (id),
    -- the in-groups whose calls the agent takes
    ingroups TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ingroups)),
    -- another name for the agent; the agent API accepts it as alt_user
    custom_three TEXT NOT NULL DEFAULT '',
    -- seconds that the agent stays in DISPO after the code; -1 for wrapup_seconds of the campaign
    wrapup_seconds_override INTEGER NOT NULL DEFAULT -1 CHECK (wrapup_seconds_override BETWEEN -1 AND 3600),
    -- on_hook rings the phone for each call; nailed_up keeps it on the line
    phone_mode TEXT NOT NULL DEFAULT 'nailed_up' CHECK (phone_mode IN ('nailed_up', 'on_hook')),
    -- seconds that an on_hook phone rings for a call
    on_hook_ring_time INTEGER NOT NULL DEFAULT 15 CHECK (on_hook_ring_time BETWEEN 1 AND 300),
    -- the agent's number outside, such as a mobile, that rings in place of phone; empty for phone
    outside_number TEXT NOT NULL DEFAULT '',
    -- the key by which a person at outside_number takes the call; empty if each answer takes it
    accept_key TEXT NOT NULL DEFAULT '1',
    -- missed calls in a row after which the agent is PAUSED
    max_missed INTEGER NOT NULL DEFAULT 1 CHECK (max_missed BETWEEN 1 AND 99),
    -- overrides campaign_recording and ingroup_recording_override in this agent's calls
    recording_override TEXT NOT NULL DEFAULT 'DISABLED' CHECK (recording_override IN ('DISABLED', 'ONDEMAND', 'NEVER', 'ALLCALLS', 'ALLFORCE')),
    -- the level by which next_agent_call=overall_user_level chooses; the highest is first
    user_level INTEGER NOT NULL DEFAULT 1 CHECK (user_level BETWEEN 1 AND 9),
    -- the rank by which next_agent_call=campaign_rank chooses; the highest is first
    campaign_rank INTEGER NOT NULL DEFAULT 0 CHECK (campaign_rank BETWEEN -9 AND 9),
    -- the agent's share of the calls with next_agent_call=campaign_grade_random
    campaign_grade INTEGER NOT NULL DEFAULT 1 CHECK (campaign_grade BETWEEN 1 AND 10),
    -- ranks by which next_agent_call=inbound_group_rank and rank_first choose; the highest is first; 0 if not named
    ingroup_ranks TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ingroup_ranks)),
    -- the agent's share of an in-group's calls with next_agent_call=ingroup_grade_random; 1 if not named
    ingroup_grades TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ingroup_grades)),
    -- the extension that AGENTEXT stands for
    custom_five TEXT NOT NULL DEFAULT '',
    -- the mailbox that AGENTVMAIL stands for
    voicemail_id TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX agent_phone ON agent (phone);

CREATE TABLE user_group (
    id TEXT PRIMARY KEY,
    -- the name that lists and reports show next to the key
    group_name TEXT NOT NULL DEFAULT '',
    -- the other user groups whose agents, calls and reports its supervisors see
    agent_status_viewable_groups TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(agent_status_viewable_groups)),
    -- the campaigns whose lists, leads and figures its people see and change; empty for every campaign
    allowed_campaigns TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(allowed_campaigns))
) STRICT, WITHOUT ROWID;

CREATE TABLE user (
    id TEXT PRIMARY KEY,
    -- the password; pass=- prompts for it
    pass TEXT NOT NULL CHECK (pass <> ''),
    -- the role, which decides what the user may do
    role TEXT NOT NULL DEFAULT 'agent' CHECK (role IN ('agent', 'supervisor', 'manager', 'admin')),
    -- the agent that the user works as; each agent belongs to one user
    agent TEXT REFERENCES agent (id),
    -- the person's name, which lists show next to the key
    full_name TEXT NOT NULL DEFAULT '',
    -- the group that bounds which agents a supervisor sees; empty for all agents
    user_group TEXT REFERENCES user_group (id),
    -- Y lets the next login only choose a new password; set to Y with each pass that an administrator gives
    force_change_password TEXT NOT NULL DEFAULT 'N' CHECK (force_change_password IN ('Y', 'N')),
    -- N refuses the login, and ends the user's sessions immediately
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N'))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX user_agent ON user (agent);

CREATE TABLE phone (
    id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE did (
    id TEXT PRIMARY KEY,
    -- the name that lists and reports show next to the number
    did_description TEXT NOT NULL DEFAULT '',
    -- the destination of its calls: an in-group, agent's own queue (AGENTDIRECT), extension, mailbox or context
    route TEXT NOT NULL CHECK (route <> ''),
    -- rules about the call's data that replace route while it is open; the first that matches counts
    data_routes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(data_routes)),
    -- N disables the DID, as if it did not exist
    did_active TEXT NOT NULL DEFAULT 'Y' CHECK (did_active IN ('Y', 'N')),
    -- the opening hours; empty for always open
    call_time_id TEXT REFERENCES call_time (id),
    -- the destination of its calls when it is closed; empty for the fallback
    after_hours_route TEXT NOT NULL DEFAULT '',
    -- GROUP sends callers whose number is in filter_phone_group_id to filter_route
    filter_inbound_number TEXT NOT NULL DEFAULT 'DISABLED' CHECK (filter_inbound_number IN ('DISABLED', 'GROUP')),
    -- the container of numbers for filter_inbound_number
    filter_phone_group_id TEXT REFERENCES container (id),
    -- the destination of callers that filter_inbound_number selects
    filter_route TEXT NOT NULL DEFAULT 'hangup'
) STRICT, WITHOUT ROWID;

CREATE TABLE call_time (
    id TEXT PRIMARY KEY,
    -- opening time on days without their own times; 2400 for closed
    ct_default_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_default_start BETWEEN 0 AND 2400),
    -- closing time; a time before the start is on the next day
    ct_default_stop INTEGER NOT NULL DEFAULT 2400 CHECK (ct_default_stop BETWEEN 0 AND 2400),
    -- opening time on Sundays; ct_default applies if start and stop are both 0
    ct_sunday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_sunday_start BETWEEN 0 AND 2400),
    -- closing time on Sundays; ct_default applies if start and stop are both 0
    ct_sunday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_sunday_stop BETWEEN 0 AND 2400),
    -- opening time on Mondays; ct_default applies if start and stop are both 0
    ct_monday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_monday_start BETWEEN 0 AND 2400),
    -- closing time on Mondays; ct_default applies if start and stop are both 0
    ct_monday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_monday_stop BETWEEN 0 AND 2400),
    -- opening time on Tuesdays; ct_default applies if start and stop are both 0
    ct_tuesday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_tuesday_start BETWEEN 0 AND 2400),
    -- closing time on Tuesdays; ct_default applies if start and stop are both 0
    ct_tuesday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_tuesday_stop BETWEEN 0 AND 2400),
    -- opening time on Wednesdays; ct_default applies if start and stop are both 0
    ct_wednesday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_wednesday_start BETWEEN 0 AND 2400),
    -- closing time on Wednesdays; ct_default applies if start and stop are both 0
    ct_wednesday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_wednesday_stop BETWEEN 0 AND 2400),
    -- opening time on Thursdays; ct_default applies if start and stop are both 0
    ct_thursday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_thursday_start BETWEEN 0 AND 2400),
    -- closing time on Thursdays; ct_default applies if start and stop are both 0
    ct_thursday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_thursday_stop BETWEEN 0 AND 2400),
    -- opening time on Fridays; ct_default applies if start and stop are both 0
    ct_friday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_friday_start BETWEEN 0 AND 2400),
    -- closing time on Fridays; ct_default applies if start and stop are both 0
    ct_friday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_friday_stop BETWEEN 0 AND 2400),
    -- opening time on Saturdays; ct_default applies if start and stop are both 0
    ct_saturday_start INTEGER NOT NULL DEFAULT 0 CHECK (ct_saturday_start BETWEEN 0 AND 2400),
    -- closing time on Saturdays; ct_default applies if start and stop are both 0
    ct_saturday_stop INTEGER NOT NULL DEFAULT 0 CHECK (ct_saturday_stop BETWEEN 0 AND 2400),
    -- further opening hours of days of the week, besides those above; a holiday has none of them
    ct_more_hours TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ct_more_hours)),
    -- the days with other times
    ct_holidays TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ct_holidays)),
    -- the time zone of these times; empty for the setting timezone
    timezone TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE holiday (
    id TEXT PRIMARY KEY,
    -- the label that people see instead of the name
    holiday_name TEXT NOT NULL DEFAULT '',
    -- the date of the holiday
    holiday_date TEXT NOT NULL CHECK (holiday_date <> ''),
    -- INACTIVE treats the day like any other
    holiday_status TEXT NOT NULL DEFAULT 'ACTIVE' CHECK (holiday_status IN ('ACTIVE', 'INACTIVE')),
    -- opening time on that day; 2400 for closed
    ct_default_start INTEGER NOT NULL DEFAULT 2400 CHECK (ct_default_start BETWEEN 0 AND 2400),
    -- closing time on that day
    ct_default_stop INTEGER NOT NULL DEFAULT 2400 CHECK (ct_default_stop BETWEEN 0 AND 2400)
) STRICT, WITHOUT ROWID;

CREATE TABLE api_user (
    id TEXT PRIMARY KEY,
    -- the password; pass=- prompts for it
    pass TEXT NOT NULL CHECK (pass <> ''),
    -- the API functions that the user may call
    functions TEXT NOT NULL DEFAULT '["ALL_FUNCTIONS"]' CHECK (json_valid(functions)),
    -- the permissions of the user in the non-agent API; NONE refuses its login there
    scopes TEXT NOT NULL DEFAULT '["NONE"]' CHECK (json_valid(scopes)),
    -- N rejects the user, even with the right password
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N')),
    -- N denies the user every API function
    api_access TEXT NOT NULL DEFAULT 'Y' CHECK (api_access IN ('Y', 'N')),
    -- the user group that answers show; its allowed_campaigns bound the user
    user_group TEXT NOT NULL DEFAULT 'ADMIN',
    -- the addresses and networks that the user may connect from; empty for any
    addresses TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(addresses))
) STRICT, WITHOUT ROWID;

CREATE TABLE api_token (
    id TEXT PRIMARY KEY,
    -- the permissions of the program that holds the token
    scopes TEXT NOT NULL CHECK (scopes <> '') CHECK (json_valid(scopes)),
    -- the bearer token, which create and renew generate
    token TEXT NOT NULL CHECK (token <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE event_hook (
    id TEXT PRIMARY KEY,
    -- the address that gets the events; its host must be in webhook_hosts
    url TEXT NOT NULL CHECK (url <> ''),
    -- the types of events that are sent; ALL sends what the event stream has
    events TEXT NOT NULL DEFAULT '["ALL"]' CHECK (json_valid(events)),
    -- the campaigns whose events are sent; empty for every campaign, and for events of none
    campaigns TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(campaigns)),
    -- the in-groups whose events are sent; empty for every in-group, and for events of none
    ingroups TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ingroups)),
    -- N sends nothing; after a change to Y, only new events are sent
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N'))
) STRICT, WITHOUT ROWID;

CREATE TABLE scheduled_report (
    id TEXT PRIMARY KEY,
    -- the reports, by the names of warmline report
    reports TEXT NOT NULL DEFAULT '["day"]' CHECK (json_valid(reports)),
    -- only calls and sessions of this campaign's agents; empty for all
    campaign TEXT REFERENCES campaign (id),
    -- only calls in this in-group; empty for all
    ingroup TEXT REFERENCES ingroup (id),
    -- only agents of this user group, and their calls; empty for all
    user_group TEXT REFERENCES user_group (id),
    -- the period of the reports: the last whole day, week from Monday, or month
    period TEXT NOT NULL DEFAULT 'DAY' CHECK (period IN ('DAY', 'WEEK', 'MONTH')),
    -- the addresses that get the reports by mail, at most 20; empty sends nothing
    mail_to TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(mail_to))
) STRICT, WITHOUT ROWID;

CREATE TABLE container (
    id TEXT PRIMARY KEY,
    -- the numbers in the container
    entries TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(entries))
) STRICT, WITHOUT ROWID;

CREATE TABLE preset (
    id TEXT PRIMARY KEY,
    -- the campaign whose agents see the preset
    campaign TEXT NOT NULL REFERENCES campaign (id),
    -- the label that a toolbar shows instead of the name
    preset_name TEXT NOT NULL DEFAULT '',
    -- the number that the preset dials
    preset_number TEXT NOT NULL CHECK (preset_number <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE group_alias (
    id TEXT PRIMARY KEY,
    -- the label that a toolbar shows instead of the name
    group_alias_name TEXT NOT NULL DEFAULT '',
    -- the caller id that the third party sees
    caller_id_number TEXT NOT NULL CHECK (caller_id_number <> ''),
    -- N makes it unavailable
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N'))
) STRICT, WITHOUT ROWID;

CREATE TABLE trunk (
    id TEXT PRIMARY KEY,
    -- parallel calls, of callers and agents too, from which the dialler begins no more; VICIdial's max_vicidial_trunks
    lines INTEGER NOT NULL DEFAULT 23 CHECK (lines BETWEEN 1 AND 10000),
    -- calls that begin in one second, those of agents too, from which the dialler waits
    calls_per_second INTEGER NOT NULL DEFAULT 5 CHECK (calls_per_second BETWEEN 1 AND 1000)
) STRICT, WITHOUT ROWID;

CREATE TABLE cid_group (
    id TEXT PRIMARY KEY,
    -- a description for administrators
    cid_group_name TEXT NOT NULL DEFAULT '',
    -- the numbers: for leads whose number begins with AREA, for a STATE, or for all others
    caller_ids TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(caller_ids)),
    -- automatic calls in a day that show one number, before another of the group is shown
    calls_per_day INTEGER NOT NULL DEFAULT 100 CHECK (calls_per_day BETWEEN 1 AND 100000)
) STRICT, WITHOUT ROWID;

CREATE TABLE list (
    id TEXT PRIMARY KEY,
    -- a description for administrators
    list_name TEXT NOT NULL DEFAULT '',
    -- N excludes the list from dialling, and from the search for a caller's lead
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N')),
    -- the campaign that the leads belong to; empty for every campaign
    campaign TEXT REFERENCES campaign (id),
    -- the country of numbers without a country code, by which each number is checked; empty for no check
    country TEXT NOT NULL DEFAULT '',
    -- the hours in which its leads are dialled, besides those of the campaign; empty for no others
    local_call_time TEXT REFERENCES call_time (id),
    -- the last day on which its leads are dialled; empty for no end
    expiration_date TEXT NOT NULL DEFAULT '',
    -- its share of the campaign's new leads relative to the list_weight of other lists; 0 for the rest
    list_weight INTEGER NOT NULL DEFAULT 0 CHECK (list_weight BETWEEN 0 AND 100),
    -- the caller id of automatic calls to its leads; empty for campaign_cid
    campaign_cid_override TEXT NOT NULL DEFAULT '',
    -- the times of the day, in the setting timezone, at which the list is reset; empty for never
    reset_times TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(reset_times)),
    -- the names of further fields of its leads, in the order in which agents see them
    custom_fields TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(custom_fields)),
    -- the page of the first web form, with data of the call; empty for that of the campaign
    web_form_address TEXT NOT NULL DEFAULT '',
    -- the page of the second web form, with data of the call; empty for that of the campaign
    web_form_address_two TEXT NOT NULL DEFAULT '',
    -- the page of the third web form, with data of the call; empty for that of the campaign
    web_form_address_three TEXT NOT NULL DEFAULT '',
    -- the event hook whose secret signs the web form addresses of this list; empty leaves them unsigned
    web_form_sign TEXT REFERENCES event_hook (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE script (
    id TEXT PRIMARY KEY,
    -- a description for administrators
    script_name TEXT NOT NULL DEFAULT '',
    -- the text that agents read; --A--first_name--B-- inserts that field of the lead or the call
    script_text TEXT NOT NULL DEFAULT '',
    -- N hides the script from agents
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N'))
) STRICT, WITHOUT ROWID;

CREATE TABLE disposition (
    id TEXT PRIMARY KEY,
    -- the label next to the code
    status_name TEXT NOT NULL DEFAULT '',
    -- the category that reports count the code in
    category TEXT NOT NULL DEFAULT 'UNDEFINED',
    -- N keeps agents from choosing the code; Warmline or another program writes it
    selectable TEXT NOT NULL DEFAULT 'Y' CHECK (selectable IN ('Y', 'N')),
    -- Y if the agent spoke to a person
    human_answered TEXT NOT NULL DEFAULT 'N' CHECK (human_answered IN ('Y', 'N')),
    -- Y if something was sold
    sale TEXT NOT NULL DEFAULT 'N' CHECK (sale IN ('Y', 'N')),
    -- Y if the number must not be called again
    dnc TEXT NOT NULL DEFAULT 'N' CHECK (dnc IN ('Y', 'N')),
    -- Y if the customer must be called back
    scheduled_callback TEXT NOT NULL DEFAULT 'N' CHECK (scheduled_callback IN ('Y', 'N')),
    -- Y if the customer is not interested
    not_interested TEXT NOT NULL DEFAULT 'N' CHECK (not_interested IN ('Y', 'N')),
    -- Y if the customer was reached, or a person who decides for them
    customer_contact TEXT NOT NULL DEFAULT 'N' CHECK (customer_contact IN ('Y', 'N')),
    -- Y if nothing is left to do
    completed TEXT NOT NULL DEFAULT 'N' CHECK (completed IN ('Y', 'N')),
    -- the place in lists of agents; the same place sorts by the code
    place INTEGER NOT NULL DEFAULT 100 CHECK (place BETWEEN 0 AND 999),
    -- the digits that give the code on an agent's page, and on a phone before #; may be empty
    key TEXT NOT NULL DEFAULT '',
    -- the calls for which agents may choose the code: callers, calls to customers, or both
    direction TEXT NOT NULL DEFAULT 'BOTH' CHECK (direction IN ('BOTH', 'INBOUND', 'OUTBOUND')),
    -- YES for a call that was answered only; NO puts the code last after such a call, and first after another
    reached TEXT NOT NULL DEFAULT 'BOTH' CHECK (reached IN ('BOTH', 'YES', 'NO')),
    -- Y requires notes
    notes_required TEXT NOT NULL DEFAULT 'N' CHECK (notes_required IN ('Y', 'N')),
    -- the campaigns whose agents may choose the code; empty for all
    campaigns TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(campaigns)),
    -- the in-groups for whose calls agents may choose the code; empty for all calls
    ingroups TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ingroups))
) STRICT, WITHOUT ROWID;

CREATE TABLE pause_code (
    id TEXT PRIMARY KEY,
    -- the label next to the code
    pause_code_name TEXT NOT NULL DEFAULT '',
    -- the digits after *9 that give the code on an agent's phone; empty for none
    key TEXT NOT NULL DEFAULT '',
    -- seconds that a pause with the code may last; it goes on, and is shown as late; 0 for no limit
    time_limit INTEGER NOT NULL DEFAULT 0 CHECK (time_limit BETWEEN 0 AND 65000),
    -- whether the pause is paid; HALF for half of it
    billable TEXT NOT NULL DEFAULT 'NO' CHECK (billable IN ('NO', 'YES', 'HALF')),
    -- the campaigns whose agents may choose the code; empty for all
    campaigns TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(campaigns))
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    id TEXT PRIMARY KEY,
    -- the agent API's answer to a command that is not possible; SUCCESS as in VICIdial
    api_impossible TEXT NOT NULL DEFAULT 'ERROR' CHECK (api_impossible IN ('ERROR', 'SUCCESS')),
    -- the time zone of call times, lists and reports
    timezone TEXT NOT NULL DEFAULT 'UTC',
    -- the container of numbers whose calls are hung up
    blocklist TEXT REFERENCES container (id),
    -- the hosts that webhooks may contact; a private address must be listed itself; empty for none
    webhook_hosts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(webhook_hosts)),
    -- number of phones on the line at which callers go to the fallback and dialling stops; 0 for no limit
    max_legs INTEGER NOT NULL DEFAULT 0 CHECK (max_legs BETWEEN 0 AND 10000),
    -- the dial templates and contexts that managers may choose; empty for the default template alone
    dial_ways TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(dial_ways)),
    -- numbers that a person who types them reaches in spite of dial rules, and that no program dials
    emergency_numbers TEXT NOT NULL DEFAULT '["110", "112", "911", "999"]' CHECK (json_valid(emergency_numbers)),
    -- the names of WARMLINE_DATA_name variables of the dialplan that go with a call; empty for none
    call_data TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(call_data)),
    -- the SIP headers of a caller that go with a call; item x_ticket has the value of X-Ticket; empty for none
    call_data_headers TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(call_data_headers)),
    -- Y lets managers and administrators without a second factor only enrol one, from their next request on
    second_factor_required TEXT NOT NULL DEFAULT 'N' CHECK (second_factor_required IN ('Y', 'N')),
    -- where the agent API takes the password alone of a person whose login takes more; empty for nowhere
    password_only_addresses TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(password_only_addresses)),
    -- 0 switches the agent API off for every user
    vdc_agent_api_active TEXT NOT NULL DEFAULT '1' CHECK (vdc_agent_api_active IN ('1', '0')),
    -- days that a recording's file is kept; 0 to keep it until you delete it
    recordings_keep_days INTEGER NOT NULL DEFAULT 0 CHECK (recordings_keep_days BETWEEN 0 AND 36500),
    -- the programs (api) and roles that may make links which play a recording without a login; empty for none
    recording_links TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(recording_links)),
    -- days that a link to a recording is valid
    recording_link_days INTEGER NOT NULL DEFAULT 7 CHECK (recording_link_days BETWEEN 1 AND 7),
    -- days that the journal keeps the contents of its rows (the rows stay); 0 to keep them permanently
    journal_keep_days INTEGER NOT NULL DEFAULT 0 CHECK (journal_keep_days BETWEEN 0 AND 36500)
) STRICT, WITHOUT ROWID;
-- </configuration>

-- Logins of users. A session ends with a new password, with active=N, and with its user.
CREATE TABLE user_session (
    token TEXT PRIMARY KEY CHECK (length(token) = 64), -- SHA-256 of the token
    user TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    program TEXT NOT NULL, -- as it calls itself
    created INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    id TEXT NOT NULL DEFAULT (lower(hex(randomblob(8)))), -- by which the user names it
    address TEXT NOT NULL DEFAULT '', -- of the login
    seen INTEGER NOT NULL DEFAULT 0 -- the last request, at most 10 minutes ago; 0 before the first
) STRICT, WITHOUT ROWID;

CREATE INDEX user_session_user ON user_session (user);

-- The second factor of users. Their secrets are stored nowhere: they follow from the salt and from second_factor_key of
-- secrets.toml.
CREATE TABLE second_factor (
    user TEXT PRIMARY KEY REFERENCES user (id) ON DELETE CASCADE,
    salt TEXT NOT NULL CHECK (length(salt) = 32),
    key TEXT NOT NULL CHECK (length(key) = 16), -- a mark of second_factor_key, which does not reveal it
    begun INTEGER NOT NULL,
    enrolled INTEGER NOT NULL DEFAULT 0, -- when the first code was sent; 0 before, and no code is asked for
    last_step INTEGER NOT NULL DEFAULT 0 -- the 30 seconds from 1970 whose code was accepted last
) STRICT, WITHOUT ROWID;

-- The recovery codes that are not used yet.
CREATE TABLE recovery_code (
    user TEXT NOT NULL REFERENCES second_factor (user) ON DELETE CASCADE,
    hash TEXT NOT NULL CHECK (length(hash) = 64), -- SHA-256 of salt and code
    PRIMARY KEY (user, hash)
) STRICT, WITHOUT ROWID;

-- The agent API finds an agent by this name.
CREATE INDEX agent_custom_three ON agent (custom_three) WHERE custom_three <> '';

-- Changes of the configuration: before and after are JSON of the changed options, in which a secret is 'changed'.
-- hash is SHA-256 over the previous row's hash and this row, which reveals a changed or missing row.
CREATE TABLE config_journal (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL, -- the user's login name
    action TEXT NOT NULL CHECK (action IN ('create', 'set', 'delete')),
    entity TEXT NOT NULL,
    name TEXT NOT NULL,
    before TEXT NOT NULL CHECK (json_valid(before)),
    after TEXT NOT NULL CHECK (json_valid(after)),
    hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

-- ---------------------------------------------------------------------------------------------------------------
-- Leads of customers and callers, with VICIdial's field names. The command line, the app and the agent API write them
-- in short transactions. Leads are in no journal, so that a person can be erased.

CREATE TABLE lead (
    lead_id INTEGER PRIMARY KEY AUTOINCREMENT, -- no id is used twice
    list_id TEXT NOT NULL REFERENCES list (id),
    entry_date INTEGER NOT NULL,
    modify_date INTEGER NOT NULL,
    status TEXT NOT NULL DEFAULT 'NEW', -- the disposition of its last call
    "user" TEXT NOT NULL DEFAULT '', -- the agent of its last call, or the user who created the lead
    vendor_lead_code TEXT NOT NULL DEFAULT '', -- its id in another system
    source_id TEXT NOT NULL DEFAULT '',
    gmt_offset_now TEXT NOT NULL DEFAULT '',
    phone_code TEXT NOT NULL DEFAULT '', -- country code; empty if unknown
    phone_number TEXT NOT NULL, -- digits only
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
    last_call INTEGER, -- arrival of the last call with the lead
    rank INTEGER NOT NULL DEFAULT 0,
    owner TEXT NOT NULL DEFAULT '',
    time_zones TEXT NOT NULL DEFAULT '', -- IANA names with | between them; empty if unknown
    jurisdictions TEXT NOT NULL DEFAULT '', -- countries and states whose legal hours apply, with | between them
    passes INTEGER NOT NULL DEFAULT 0, -- outgoing calls since the last reset of its list
    next_try INTEGER, -- when its status is dialled again; empty for not before the next reset of its list
    next_number TEXT NOT NULL DEFAULT '', -- alt_phone or address3, if auto_alt_dial dials it next
    held_by TEXT NOT NULL DEFAULT '', -- the limit that kept it from being dialled when the dialler looked; empty for none
    held_until INTEGER, -- when that limit allows its next call
    custom_fields TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(custom_fields)), -- JSON: {name: value}, named by its list
    more_numbers TEXT NOT NULL DEFAULT '' -- further numbers: NUMBER:LABEL|NUMBER
) STRICT;

CREATE INDEX lead_number ON lead (list_id, phone_number);
-- A caller is found by the last digits, which are the same with and without a country code.
CREATE INDEX lead_tail ON lead (substr(phone_number, -7));
CREATE INDEX lead_vendor ON lead (vendor_lead_code, list_id) WHERE vendor_lead_code <> '';
CREATE INDEX lead_email ON lead (lower(email)) WHERE email <> '';
CREATE INDEX lead_surname ON lead (last_name COLLATE NOCASE, lead_id, list_id, first_name) WHERE last_name <> '';
CREATE INDEX lead_alt_phone ON lead (alt_phone) WHERE alt_phone <> '';
-- The hopper reads the leads of one list, status and place in the order in which they are dialled. Leads that a limit
-- holds are in an index of their own, so that they never stand in front of the others.
CREATE INDEX lead_fresh ON lead (list_id, status, jurisdictions, time_zones, lead_id, called_count) WHERE passes = 0 AND held_by = '';
CREATE INDEX lead_ranked ON lead (list_id, status, jurisdictions, time_zones, rank, lead_id, called_count) WHERE passes = 0 AND held_by = '';
CREATE INDEX lead_counted ON lead (list_id, status, jurisdictions, time_zones, called_count, lead_id) WHERE passes = 0 AND held_by = '';
CREATE INDEX lead_by_last_call ON lead (list_id, status, jurisdictions, time_zones, ifnull(last_call, 0), lead_id, called_count) WHERE passes = 0 AND held_by = '';
CREATE INDEX lead_owned ON lead (list_id, status, jurisdictions, time_zones, owner, lead_id, called_count) WHERE passes = 0 AND held_by = '';
CREATE INDEX lead_named ON lead (list_id, status, jurisdictions, time_zones, last_name, lead_id, called_count) WHERE passes = 0 AND held_by = '';
CREATE INDEX lead_by_phone ON lead (list_id, status, jurisdictions, time_zones, phone_number, lead_id, called_count) WHERE passes = 0 AND held_by = '';
CREATE INDEX lead_shuffled ON lead (list_id, status, jurisdictions, time_zones, lead_id * 2654435761 & 4294967295, lead_id, called_count) WHERE passes = 0 AND held_by = '';
CREATE INDEX lead_other_number ON lead (list_id, last_call) WHERE next_number <> '' AND held_by = '';
CREATE INDEX lead_again ON lead (list_id, status, jurisdictions, time_zones, next_try) WHERE next_try IS NOT NULL AND held_by = '';
CREATE INDEX lead_held ON lead (list_id, held_by, held_until) WHERE held_by <> '';

-- The last digits of the further numbers of leads, by which a lead is found. Triggers copy them from the lead's text.
CREATE TABLE more_number (
    lead_id INTEGER NOT NULL,
    tail TEXT NOT NULL, -- up to seven digits
    PRIMARY KEY (lead_id, tail)
) STRICT, WITHOUT ROWID;

CREATE INDEX more_number_tail ON more_number (tail);

CREATE TRIGGER more_numbers_new AFTER INSERT ON lead WHEN NEW.more_numbers <> ''
BEGIN
    INSERT OR IGNORE INTO more_number
    SELECT NEW.lead_id, substr(trim(iif(instr(value, ':'), substr(value, 1, instr(value, ':') - 1), value), '+ '), -7)
    FROM json_each('[' || replace(json_quote(NEW.more_numbers), '|', '","') || ']');
END;

CREATE TRIGGER more_numbers_changed AFTER UPDATE OF more_numbers ON lead WHEN NEW.more_numbers <> OLD.more_numbers
BEGIN
    DELETE FROM more_number WHERE lead_id = NEW.lead_id;
    INSERT OR IGNORE INTO more_number
    SELECT NEW.lead_id, substr(trim(iif(instr(value, ':'), substr(value, 1, instr(value, ':') - 1), value), '+ '), -7)
    FROM json_each('[' || replace(json_quote(NEW.more_numbers), '|', '","') || ']') WHERE NEW.more_numbers <> '';
END;

CREATE TRIGGER more_numbers_deleted AFTER DELETE ON lead WHEN OLD.more_numbers <> ''
BEGIN
    DELETE FROM more_number WHERE lead_id = OLD.lead_id;
END;

-- A lead with a status of `recycle` is dialled again after its minutes, as often as the option says. Its next number
-- follows from the number of its last call, if that was automatic and has a status of `auto_alt_dial_statuses`.
CREATE TRIGGER lead_recycled AFTER UPDATE OF status ON lead WHEN NEW.passes > 0
BEGIN
    UPDATE lead SET next_try = (
        SELECT NEW.last_call + CAST(entry ->> 1 AS INTEGER) * 60000000 FROM (
            SELECT '["' || replace(value, ':', '","') || '"]' AS entry
            FROM list JOIN campaign ON campaign.id = list.campaign, json_each(campaign.recycle)
            WHERE list.id = NEW.list_id
        )
        WHERE entry ->> 0 = NEW.status AND NEW.passes <= CAST(entry ->> 2 AS INTEGER)
    ), next_number = ifnull((
        SELECT CASE
            WHEN NEW.alt_phone <> '' AND last.source NOT IN ('alt_phone', 'address3')
                AND auto_alt_dial IN ('ALT_ONLY', 'ALT_AND_ADDR3') THEN 'alt_phone'
            WHEN NEW.address3 <> '' AND last.source <> 'address3'
                AND auto_alt_dial IN ('ADDR3_ONLY', 'ALT_AND_ADDR3') THEN 'address3'
            ELSE '' END
        FROM list JOIN campaign ON campaign.id = list.campaign, json_each(campaign.auto_alt_dial_statuses) AS wanted, (
            SELECT attempt.source FROM call LEFT JOIN attempt ON attempt.call = call.id AND attempt.origin = 'dialler'
            WHERE call.lead = NEW.lead_id AND call.lead <> 0 -- as the index call_lead, so that not all calls are read
                AND direction = 'out' AND ended_by <> 'refused' ORDER BY arrived DESC LIMIT 1
        ) AS last
        WHERE list.id = NEW.list_id AND auto_alt_dial <> 'NONE' AND wanted.value = NEW.status
    ), '')
    WHERE lead_id = NEW.lead_id;
END;

-- A call, another number and another status each end the hold: the dialler looks at the lead again.
CREATE TRIGGER lead_released
AFTER UPDATE OF list_id, status, phone_code, phone_number, alt_phone, address3, time_zones, jurisdictions, passes ON lead
WHEN OLD.held_by <> '' AND NEW.held_by = OLD.held_by
BEGIN
    UPDATE lead SET held_by = '', held_until = NULL WHERE lead_id = NEW.lead_id;
END;

CREATE TABLE list_reset ( -- the latest reset of each list at its reset_times
    list_id TEXT PRIMARY KEY REFERENCES list (id) ON DELETE CASCADE,
    moment INTEGER NOT NULL, -- the time of the day that it is for
    began INTEGER NOT NULL,
    ended INTEGER, -- NULL while it runs, also after a crash
    missed INTEGER NOT NULL DEFAULT 0, -- 1 if it was not made, because the app ran too late
    "after" INTEGER NOT NULL DEFAULT 0, -- the lead after which it goes on
    leads INTEGER NOT NULL DEFAULT 0 -- leads that were reset so far
) STRICT, WITHOUT ROWID;

CREATE TABLE lead_request ( -- requests that created leads, to detect repetitions
    "by" TEXT NOT NULL, -- the requester
    key TEXT NOT NULL, -- idempotency key
    request TEXT NOT NULL, -- fingerprint of the whole request
    lead_id INTEGER NOT NULL REFERENCES lead (lead_id) ON DELETE CASCADE,
    did TEXT NOT NULL DEFAULT 'created', -- created or updated
    PRIMARY KEY ("by", key)
) STRICT, WITHOUT ROWID;

CREATE INDEX lead_request_lead ON lead_request (lead_id);

-- Changes of leads by people and programs, without numbers, names and other texts of a person. A change of many leads has
-- one row, which grows with each part. It is not in config_journal, whose every row lets the app read the configuration.
CREATE TABLE lead_change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL, -- when it began
    last INTEGER NOT NULL, -- when its last part was made
    who TEXT NOT NULL, -- the user's login name
    action TEXT NOT NULL CHECK (action IN ('create', 'set', 'delete', 'import', 'reset', 'hopper')),
    list_id TEXT NOT NULL, -- the list of the leads before the change
    lead_id INTEGER NOT NULL, -- 0 for many leads
    leads INTEGER NOT NULL, -- how many leads it has changed so far
    what TEXT NOT NULL CHECK (json_valid(what)), -- JSON: the changed fields and the conditions
    key TEXT NOT NULL DEFAULT '' -- of a change that has parts to come; empty for a whole one
) STRICT;

CREATE INDEX lead_change_at ON lead_change (at);
CREATE INDEX lead_change_lead ON lead_change (lead_id) WHERE lead_id <> 0;
CREATE INDEX lead_change_open ON lead_change (key) WHERE key <> '';

-- Leads that programs put before the others of their campaign. A call with the lead ends that.
CREATE TABLE hopper_entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lead_id INTEGER NOT NULL UNIQUE REFERENCES lead (lead_id) ON DELETE CASCADE,
    campaign TEXT NOT NULL,
    priority INTEGER NOT NULL, -- -99 to 99; the highest is dialled first
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL -- the user of the program
) STRICT;

CREATE INDEX hopper_entry_order ON hopper_entry (campaign, priority DESC, id);

CREATE TRIGGER hopper_entry_called AFTER UPDATE OF passes, last_call ON lead
WHEN NEW.passes > OLD.passes OR NEW.last_call IS NOT OLD.last_call
BEGIN
    DELETE FROM hopper_entry WHERE lead_id = NEW.lead_id;
END;

CREATE TRIGGER hopper_entry_moved AFTER UPDATE OF list_id ON lead WHEN NEW.list_id <> OLD.list_id
BEGIN
    UPDATE hopper_entry SET campaign = ifnull((SELECT campaign FROM list WHERE id = NEW.list_id), '')
    WHERE lead_id = NEW.lead_id;
END;

CREATE TRIGGER hopper_entry_of_list AFTER UPDATE OF campaign ON list WHEN NEW.campaign IS NOT OLD.campaign
BEGIN
    UPDATE hopper_entry SET campaign = ifnull(NEW.campaign, '')
    WHERE (SELECT list_id FROM lead WHERE lead.lead_id = hopper_entry.lead_id) = NEW.id;
END;

-- Comments of supervisors and managers on calls.
CREATE TABLE call_comment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    call TEXT NOT NULL, -- also one that only the fallback had
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL, -- the user who wrote it
    mark TEXT NOT NULL, -- such as coaching, by which the call is found; empty for none
    comment TEXT NOT NULL -- empty for a mark alone
) STRICT;

CREATE INDEX call_comment_call ON call_comment (call);
CREATE INDEX call_comment_mark ON call_comment (mark) WHERE mark <> '';

-- Rows that an import brought from another system. The other tables mark such rows: a call has the origin `imported`,
-- and others have `import:vicidial` in their column `by`.
CREATE TABLE import_run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL, -- the database or the file, without a password
    who TEXT NOT NULL, -- the user's login name
    began INTEGER NOT NULL,
    ended INTEGER, -- when all was read; empty for an import that is to be continued
    undone INTEGER -- when its rows were taken back; empty while they are there
) STRICT;

CREATE TABLE import_place ( -- how far an import has read a table
    run INTEGER NOT NULL REFERENCES import_run (id) ON DELETE CASCADE,
    name TEXT NOT NULL, -- of the source's table
    "after" TEXT NOT NULL, -- the key of the last row
    read INTEGER NOT NULL, -- rows
    new INTEGER NOT NULL, -- rows that they became here
    PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE imported_lead (
    lead_id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL -- the import
) STRICT;

CREATE TABLE dnc ( -- numbers that must not be dialled
    phone_number TEXT NOT NULL, -- digits only
    campaign TEXT NOT NULL, -- the campaign whose agents must not dial it; empty for all agents
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL, -- the user who added it
    why TEXT NOT NULL, -- a disposition's code, or a reason in words
    PRIMARY KEY (phone_number, campaign)
) STRICT, WITHOUT ROWID;

CREATE INDEX dnc_number ON dnc (substr(phone_number, -7));

-- ---------------------------------------------------------------------------------------------------------------
-- The journal: every input of the app. It is append-only, and only the app writes it.

CREATE TABLE journal (
    seq INTEGER PRIMARY KEY, -- without gaps
    at INTEGER NOT NULL,
    kind TEXT NOT NULL, -- kind of input, such as leg.joined or timer.fired
    call TEXT NOT NULL DEFAULT '',
    agent TEXT NOT NULL DEFAULT '',
    payload TEXT, -- JSON of the input with every fact used for it; NULL after its erasure
    payload_hash TEXT NOT NULL CHECK (length(payload_hash) = 64), -- SHA-256
    hash TEXT NOT NULL CHECK (length(hash) = 64) -- SHA-256 over the previous row's hash and this row without its payload
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

-- How far the machine's clock is from journal.at. It is derived from the journal.
CREATE TABLE clock_correction (
    at INTEGER PRIMARY KEY, -- from this time on, until the next row; 0 before the first row
    correction INTEGER NOT NULL -- microseconds to be added to a time of the journal for the time of the machine
) STRICT;

-- Open records for the next start of the app; a record is removed when it ends.
CREATE TABLE open_state (
    kind TEXT NOT NULL, -- the name of the record's table below
    id TEXT NOT NULL,
    format INTEGER NOT NULL, -- format of the body
    body TEXT NOT NULL, -- JSON
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------------------------
-- Tables for reports, derived from the journal in the same transaction. They have no foreign keys and no checks of
-- values. Therefore no record is lost if another one is missing or has a new value.

CREATE TABLE call (
    id TEXT PRIMARY KEY,
    agc_id TEXT NOT NULL, -- the call's name in the agent API, 20 characters
    state TEXT NOT NULL,
    arrived INTEGER NOT NULL,
    number TEXT NOT NULL, -- the customer's number
    dialled TEXT NOT NULL, -- the dialled DID
    ingroup TEXT NOT NULL, -- the last in-group in which it waited
    direct TEXT NOT NULL, -- for AGENTDIRECT, the wanted agent
    agent TEXT, -- the agent who is in the call now
    last_agent TEXT NOT NULL,
    connected INTEGER, -- when customer and agent first heard each other
    "left" INTEGER, -- when the agent left customer and third party alone
    ended INTEGER,
    ended_by TEXT NOT NULL,
    status TEXT NOT NULL, -- the last agent's disposition
    why TEXT NOT NULL DEFAULT '[]', -- JSON of each routing rule with its result
    lead INTEGER NOT NULL DEFAULT 0, -- lead_id; 0 for none
    direction TEXT NOT NULL DEFAULT 'in', -- in; out if the customer was dialled
    origin TEXT NOT NULL DEFAULT 'caller', -- caller, agent (dialled by hand), callback, adopted, dialler; imported from another system
    data TEXT NOT NULL DEFAULT '[]', -- JSON of the names and values that the dialplan passed with it
    server TEXT NOT NULL DEFAULT 'main' -- the Asterisk with the customer; main without [server.*] in the settings
) STRICT, WITHOUT ROWID;

CREATE INDEX call_agc_id ON call (agc_id);
CREATE INDEX call_lead ON call (lead) WHERE lead <> 0;
CREATE INDEX call_number ON call (substr(number, -7));

-- These triggers copy facts of a call to its lead in the same transaction. A call whose beginning and end are written
-- together has only an INSERT. SQLite does not say which of two triggers is first, so no two of them fire together.
CREATE TRIGGER lead_called AFTER UPDATE OF lead ON call WHEN NEW.lead <> OLD.lead AND NEW.lead <> 0
BEGIN
    UPDATE lead SET called_count = called_count + 1, last_call = NEW.arrived, passes = passes + (NEW.direction = 'out'),
        next_try = iif(NEW.direction = 'out', NULL, next_try), next_number = iif(NEW.direction = 'out', '', next_number)
    WHERE lead_id = NEW.lead;
    UPDATE lead SET status = NEW.status, "user" = NEW.last_agent WHERE lead_id = NEW.lead AND NEW.status <> '';
END;

CREATE TRIGGER lead_called_first AFTER INSERT ON call
WHEN NEW.lead <> 0 AND NEW.origin <> 'imported'
    AND NOT (NEW.ended_by = 'refused' AND NEW.status = '' AND NEW.origin = 'dialler')
BEGIN
    UPDATE lead SET called_count = called_count + 1, last_call = NEW.arrived, passes = passes + (NEW.direction = 'out'),
        next_try = iif(NEW.direction = 'out', NULL, next_try), next_number = iif(NEW.direction = 'out', '', next_number)
    WHERE lead_id = NEW.lead;
    UPDATE lead SET status = NEW.status, "user" = NEW.last_agent WHERE lead_id = NEW.lead AND NEW.status <> '';
END;

-- A lead whom the last look has refused for now was not called. Its status is dialled again as after its last call.
CREATE TRIGGER lead_not_called AFTER UPDATE OF ended_by ON call
WHEN NEW.ended_by = 'refused' AND OLD.ended_by <> 'refused' AND NEW.lead <> 0 AND NEW.status = '' AND NEW.origin = 'dialler'
BEGIN
    UPDATE lead SET called_count = called_count - 1, passes = max(0, passes - 1), status = status
    WHERE lead_id = NEW.lead;
END;

CREATE TRIGGER lead_status AFTER UPDATE OF status, lead ON call WHEN NEW.lead <> 0 AND NEW.lead = OLD.lead
    AND NEW.status <> '' AND (NEW.status, NEW.last_agent) <> (OLD.status, OLD.last_agent)
BEGIN
    UPDATE lead SET status = NEW.status, "user" = NEW.last_agent WHERE lead_id = NEW.lead;
END;
CREATE INDEX call_arrived ON call (arrived);
CREATE INDEX call_imported ON call (id) WHERE origin = 'imported';
-- A search for past calls reads the rarest of its conditions from one of these. They have ended calls alone, so that a
-- turn of a live call writes none of them. SQLite checks `ended`, `connected` and the columns of an expression again.
-- So they are columns of an index: else it would read the row of each counted call.
CREATE INDEX call_of ON call (ifnull(agent, last_agent), ended, agent, last_agent) WHERE ended IS NOT NULL;
CREATE INDEX call_status ON call (status, ended) WHERE ended IS NOT NULL;
CREATE INDEX call_ingroup ON call (ingroup, ended) WHERE ended IS NOT NULL;
CREATE INDEX call_talk ON call (ended - connected) WHERE ended IS NOT NULL AND connected IS NOT NULL;
CREATE INDEX call_server ON call (server) WHERE ended IS NOT NULL AND server <> 'main';
CREATE INDEX call_unanswered ON call (direction, connected, ended) WHERE ended IS NOT NULL AND connected IS NULL;

CREATE TABLE leg (
    id TEXT NOT NULL, -- the channel's id
    owner TEXT NOT NULL, -- the call; for an agent's leg, the agent
    role TEXT NOT NULL, -- customer, agent, third, whisper
    number TEXT NOT NULL,
    created INTEGER NOT NULL,
    answered INTEGER,
    ended INTEGER,
    cause INTEGER, -- Q.850
    server TEXT NOT NULL DEFAULT 'main', -- the Asterisk with the channel
    PRIMARY KEY (id, owner) -- a channel that was sent into the dialplan may return with another call
) STRICT, WITHOUT ROWID;

CREATE INDEX leg_owner ON leg (owner);
CREATE INDEX leg_agent ON leg (owner, created) WHERE role = 'agent';

CREATE TABLE receipt (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL, -- the command
    agent TEXT NOT NULL,
    call TEXT NOT NULL,
    number TEXT NOT NULL,
    ingroup TEXT NOT NULL, -- of LOCAL_CLOSER or a consultation
    to_agent TEXT NOT NULL, -- the agent for AGENTDIRECT
    caller_id TEXT NOT NULL, -- the caller id in the command
    message TEXT NOT NULL, -- the sound file of VM_MESSAGE
    status TEXT NOT NULL,
    notes TEXT NOT NULL DEFAULT '', -- notes with the status
    key TEXT NOT NULL, -- idempotency key
    request TEXT NOT NULL DEFAULT '', -- fingerprint of the whole request
    "by" TEXT NOT NULL, -- the requester
    source TEXT NOT NULL, -- the program or API of the request
    requested INTEGER NOT NULL,
    ended INTEGER,
    outcome TEXT, -- completed, busy, no_answer, no_agent, declined, failed, refused, abandoned, unknown
    cause TEXT NOT NULL, -- the reason in words
    steps TEXT NOT NULL -- JSON: [[name, time], …]
) STRICT, WITHOUT ROWID;

CREATE INDEX receipt_call ON receipt (call);
CREATE INDEX receipt_requested ON receipt (requested);
CREATE INDEX receipt_transfer ON receipt (kind, call) WHERE kind IN ('DIAL_WITH_CUSTOMER', 'PARK_CUSTOMER_DIAL', 'LEAVE_3WAY_CALL', 'BLIND_TRANSFER', 'HANGUP_XFER', 'LOCAL_CLOSER', 'LEAVE_VM');
CREATE INDEX receipt_key ON receipt ("by", key) WHERE key <> ''; -- not UNIQUE, because a conflict would lose a record

CREATE TABLE recording (
    id TEXT PRIMARY KEY, -- path of the file in the folder of recordings, without .wav
    call TEXT NOT NULL,
    kind TEXT NOT NULL, -- call; handoff after the agent has left
    reason TEXT NOT NULL, -- the rule that started the recording
    agent TEXT NOT NULL,
    asked INTEGER NOT NULL,
    started INTEGER,
    ended INTEGER,
    status TEXT NOT NULL, -- running, kept, failed; expired or erased after its file was deleted
    cause TEXT NOT NULL, -- why recording or conversion failed, or the missing part of a kept file
    path TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    length INTEGER NOT NULL, -- milliseconds
    sha256 TEXT NOT NULL,
    converted_path TEXT NOT NULL, -- the file in the configured format
    converted_bytes INTEGER NOT NULL,
    converted_sha256 TEXT NOT NULL,
    notice TEXT NOT NULL DEFAULT '', -- of recording_notice: played, failed; empty if the campaign has none
    links_revoked INTEGER NOT NULL DEFAULT 0, -- how often the signed links to it were revoked
    server TEXT NOT NULL DEFAULT 'main' -- the Asterisk that wrote the file
) STRICT, WITHOUT ROWID;

CREATE INDEX recording_call ON recording (call);

CREATE TABLE agent_session (
    id TEXT PRIMARY KEY,
    agent TEXT NOT NULL,
    phone TEXT NOT NULL,
    on_hook INTEGER NOT NULL, -- 1 if the phone rings for each call
    campaign TEXT NOT NULL,
    ingroups TEXT NOT NULL, -- JSON list of names
    conf_exten TEXT NOT NULL, -- the session's room number in the agent API
    started INTEGER NOT NULL,
    ended INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX agent_session_agent ON agent_session (agent, started);
CREATE INDEX agent_session_started ON agent_session (started);
CREATE INDEX agent_session_ended ON agent_session (ended);

CREATE TABLE agent_interval ( -- the time that an agent spends in one state
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    agent TEXT NOT NULL,
    state TEXT NOT NULL,
    pause_code TEXT NOT NULL,
    hold INTEGER NOT NULL DEFAULT 0, -- 1 if the state is INCALL and the customer is parked
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
    "by" TEXT NOT NULL, -- the user who sent it
    notes TEXT NOT NULL DEFAULT '', -- notes of the agent, or the reason of a correction
    correction INTEGER NOT NULL DEFAULT 0, -- 1 for a correction after the agent's disposition
    undo_until INTEGER NOT NULL DEFAULT 0 -- until then the agent can take it back; 0 if it counts
) STRICT, WITHOUT ROWID;

CREATE INDEX disposition_entry_call ON disposition_entry (call);
CREATE INDEX disposition_entry_status ON disposition_entry (status, call);

-- A disposition with the flag dnc adds the customer's number to the system's do-not-call list.
CREATE TRIGGER dnc_disposed AFTER INSERT ON disposition_entry
WHEN NEW."by" <> 'import:vicidial' AND EXISTS (SELECT 1 FROM disposition WHERE id = NEW.status AND dnc = 'Y')
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
WHEN NEW.undo_until = 0 AND NEW."by" <> 'import:vicidial'
BEGIN
    UPDATE lead SET status = NEW.status, "user" = NEW.agent
    WHERE lead_id = (SELECT lead FROM call WHERE id = NEW.call AND lead <> 0);
END;

-- A disposition that its agent could take back counts from now on.
CREATE TRIGGER lead_disposed_later AFTER UPDATE OF undo_until ON disposition_entry
WHEN NEW.undo_until = 0 AND OLD.undo_until <> 0
BEGIN
    UPDATE lead SET status = NEW.status, "user" = NEW.agent
    WHERE lead_id = (SELECT lead FROM call WHERE id = NEW.call AND lead <> 0);
END;

CREATE TABLE queue_wait ( -- one wait of one call in one in-group
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL,
    ingroup TEXT NOT NULL,
    direct TEXT NOT NULL, -- for AGENTDIRECT, the wanted agent
    priority INTEGER NOT NULL,
    place INTEGER NOT NULL, -- place in the queue at the start
    queued_at INTEGER NOT NULL, -- the arrival time that counts for its place
    entered INTEGER NOT NULL,
    ended INTEGER,
    outcome TEXT NOT NULL, -- ANSWERED, or the status of a call that left otherwise, such as DROP or TIMEOT
    agent TEXT NOT NULL, -- the agent who answered
    why TEXT NOT NULL DEFAULT '' -- why this agent was chosen
) STRICT, WITHOUT ROWID;

CREATE INDEX queue_wait_call ON queue_wait (call, ingroup);
CREATE INDEX queue_wait_ingroup ON queue_wait (ingroup, entered, call);
CREATE INDEX queue_wait_entered ON queue_wait (entered);
CREATE INDEX queue_wait_ended ON queue_wait (ended);

CREATE TABLE line ( -- the latest waits of an in-group's queue
    id TEXT PRIMARY KEY, -- the in-group
    waits TEXT NOT NULL -- JSON list of the last answered calls' waits in microseconds
) STRICT, WITHOUT ROWID;

CREATE TABLE asterisk ( -- one run of Asterisk; its calls are over when the app finds another run
    id TEXT PRIMARY KEY,
    started INTEGER NOT NULL, -- as Asterisk reports it
    seen INTEGER NOT NULL, -- first connection of the app
    ended INTEGER, -- when the app found another run
    server TEXT NOT NULL DEFAULT 'main'
) STRICT, WITHOUT ROWID;

CREATE TABLE server ( -- the servers in the settings, if there are several
    id TEXT PRIMARY KEY, -- its name
    weight INTEGER NOT NULL, -- its share of new calls, beside the weights of the others; 0: none
    draining INTEGER NOT NULL, -- 1 if it gets no new call
    since INTEGER NOT NULL, -- when it began or ceased to drain
    "by" TEXT NOT NULL -- the user who wanted that
) STRICT, WITHOUT ROWID;

CREATE TABLE dialler ( -- the diallers of campaigns
    id TEXT PRIMARY KEY, -- the campaign
    running INTEGER NOT NULL, -- 0 after a stop
    since INTEGER NOT NULL, -- when it was started or stopped
    "by" TEXT NOT NULL, -- the user who did so
    begins_at INTEGER NOT NULL DEFAULT 0, -- it begins no call before that
    halted TEXT NOT NULL DEFAULT '' -- why it has halted until then
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt ( -- calls to leads that the hopper chose, with what was known and the outcome; `call` has the rest
    call TEXT PRIMARY KEY,
    campaign TEXT NOT NULL,
    origin TEXT NOT NULL DEFAULT 'dialler', -- that of the call: dialler (automatic), or agent and callback (an agent's next lead)
    list_id TEXT NOT NULL,
    source TEXT NOT NULL, -- list, callback, alt_phone, address3, api
    passes INTEGER NOT NULL, -- outgoing calls to the lead since the list's last reset, before this one
    zones TEXT NOT NULL, -- the lead's time zones, with | between them
    open_until INTEGER NOT NULL, -- the end of the lead's legal hours, as they were known when the call began
    caller_id TEXT NOT NULL, -- the number that the lead saw
    ready INTEGER NOT NULL, -- agents, when the pacing proposed the call; 0 in a call of an agent, as the next three
    in_flight INTEGER NOT NULL, -- calls, at that time
    threshold INTEGER NOT NULL, -- the risk that the pacing took, in thousandths of a drop
    risk INTEGER NOT NULL, -- the risk that it expected
    ringing INTEGER,
    cause INTEGER, -- by Q.850, of the end of a call that was not answered; 0 if the end was not seen
    answered INTEGER,
    agent TEXT NOT NULL, -- the first agent who had the lead; empty for none
    dropped INTEGER, -- when it counted as dropped
    by_fault INTEGER NOT NULL, -- 1 if the app or Asterisk caused the drop
    message_at INTEGER, -- when the safe harbour message began
    opted_out INTEGER NOT NULL, -- 1 if the lead pressed the key safe_harbor_optout
    amd TEXT NOT NULL DEFAULT '', -- MACHINE, HUMAN, NOTSURE, HANGUP, FAILED; empty without a verdict of AMD()
    amd_cause TEXT NOT NULL DEFAULT '', -- the AMDCAUSE of the verdict, such as MAXWORDS-3-3
    amd_at INTEGER -- when the verdict came
) STRICT, WITHOUT ROWID;

CREATE INDEX attempt_shown ON attempt (caller_id);
CREATE INDEX attempt_answered ON attempt (campaign, answered) WHERE answered IS NOT NULL;

CREATE TABLE pacing ( -- the learnt answer rate, ring times, talk times and wrap-ups of a campaign
    campaign TEXT PRIMARY KEY,
    at INTEGER NOT NULL, -- when it was kept; after a week it counts half
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;

CREATE TABLE callback ( -- customers to call back
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL, -- the call in which it was promised; empty if a program made it for a lead
    lead INTEGER NOT NULL DEFAULT 0, -- the customer; 0 for the lead of the call, or for none
    number TEXT NOT NULL,
    ingroup TEXT NOT NULL,
    campaign TEXT NOT NULL DEFAULT '', -- campaign of the agent who promised it, or that of the lead's list
    agent TEXT NOT NULL, -- the agent who must call; empty for any agent
    at INTEGER NOT NULL, -- due time
    made INTEGER NOT NULL DEFAULT 0,
    status TEXT NOT NULL DEFAULT '', -- the disposition that promised it
    comments TEXT NOT NULL DEFAULT '',
    "by" TEXT NOT NULL DEFAULT '', -- the user who changed it last
    state TEXT NOT NULL, -- pending, completed, cancelled
    ended INTEGER,
    done_in TEXT NOT NULL DEFAULT '' -- the call that completed it
) STRICT, WITHOUT ROWID;

CREATE INDEX callback_open ON callback (at) WHERE state = 'pending';
CREATE INDEX callback_of_lead ON callback (lead) WHERE lead <> 0;

-- A lead for which a program makes a callback is not dialled by its list before.
CREATE TRIGGER lead_held_for_callback AFTER INSERT ON callback
WHEN NEW.call = '' AND NEW.lead <> 0 AND NEW.state = 'pending'
BEGIN
    UPDATE lead SET status = 'CBHOLD' WHERE lead_id = NEW.lead;
END;

CREATE TABLE webhook ( -- requests to other programs about calls
    id TEXT PRIMARY KEY,
    hook TEXT NOT NULL, -- the option that holds the URL
    url TEXT NOT NULL, -- the option's value
    call TEXT NOT NULL,
    agent TEXT NOT NULL,
    facts TEXT NOT NULL, -- JSON: [[name, value], …] of the variables that are in no other table
    queued INTEGER NOT NULL,
    due INTEGER NOT NULL, -- time of the next attempt
    tries TEXT NOT NULL, -- JSON: [[time, HTTP status or 0, why it failed], …]
    ended INTEGER,
    outcome TEXT -- delivered, failed, dropped
) STRICT, WITHOUT ROWID;

CREATE INDEX webhook_queued ON webhook (queued);

-- How far each event hook has been told. No option has the secret, so no list, export or history shows it.
CREATE TABLE event_hook_state (
    hook TEXT PRIMARY KEY REFERENCES event_hook (id) ON DELETE CASCADE,
    secret TEXT NOT NULL, -- the key of the signatures
    seq INTEGER, -- all events up to this row of the journal are delivered or not wanted; empty to begin with new events
    place INTEGER NOT NULL DEFAULT 0, -- the last such event in that row
    tries INTEGER NOT NULL DEFAULT 0, -- failed attempts for the next event
    failing INTEGER, -- time of the first of them
    due INTEGER, -- time of the next attempt
    stopped INTEGER, -- when Warmline gave up; empty while events are sent
    delivered INTEGER NOT NULL DEFAULT 0, -- how many events
    test TEXT NOT NULL DEFAULT '' -- the delivery that a test waits for; empty for none
) STRICT, WITHOUT ROWID;

CREATE TABLE event_hook_delivery ( -- the latest attempts of each event hook, without the bodies
    id INTEGER PRIMARY KEY,
    hook TEXT NOT NULL REFERENCES event_hook (id) ON DELETE CASCADE,
    delivery TEXT NOT NULL, -- hook and event, the same at each attempt
    type TEXT NOT NULL,
    at INTEGER NOT NULL,
    status INTEGER NOT NULL, -- of HTTP; 0 without an answer
    why TEXT NOT NULL -- why it failed; empty if it was delivered
) STRICT;

CREATE INDEX event_hook_delivery_hook ON event_hook_delivery (hook, id);

CREATE TABLE report_mail ( -- the mail of a period of a scheduled report, written before it is sent
    report TEXT NOT NULL REFERENCES scheduled_report (id) ON DELETE CASCADE,
    first TEXT NOT NULL, -- the first and the last day of the period
    last TEXT NOT NULL,
    at INTEGER NOT NULL, -- of the last attempt
    state TEXT NOT NULL CHECK (state IN ('sending', 'sent', 'failed')),
    why TEXT NOT NULL, -- why it is not known to have gone; empty if it was sent
    PRIMARY KEY (report, first, last)
) STRICT, WITHOUT ROWID;

CREATE TABLE fallback ( -- calls that never reached the app: they took the fallback, or their DID led elsewhere
    id TEXT PRIMARY KEY, -- the call's id
    at INTEGER NOT NULL,
    number TEXT NOT NULL, -- the caller's number
    dialled TEXT NOT NULL,
    reason TEXT NOT NULL,
    goto TEXT NOT NULL DEFAULT '' -- the place in the dialplan to which its DID sent it
) STRICT, WITHOUT ROWID;

-- Each agent with one name for the person: without one of its own, that of its user.
CREATE VIEW known_agent AS
SELECT id, user_group,
    coalesce(nullif(full_name, ''), (SELECT user.full_name FROM user WHERE user.agent = agent.id), '') AS full_name
FROM agent;

-- ---------------------------------------------------------------------------------------------------------------
-- Views for analysts. docs/reference/analysis.md describes them; their columns stay.

CREATE TABLE timezone_offset ( -- the offsets of the setting's time zone, filled ten years ahead
    begins INTEGER PRIMARY KEY, -- from this time on; 0 for the first one
    seconds INTEGER NOT NULL, -- to be added to UTC
    iso TEXT NOT NULL -- the offset in ISO 8601, such as +01:00
) STRICT;

-- <views> made from tools/pages/analysis by `python -m tools.pages`
CREATE VIEW v_calls AS
SELECT
    call.id AS call,
    call.agc_id AS agc_id,
    call.direction AS direction,
    call.origin AS origin,
    CASE WHEN call.never_had <> '' THEN call.never_had ELSE CASE WHEN call.ended IS NULL THEN 'live' WHEN call.connected IS NOT NULL THEN 'answered'
    WHEN call.direction = 'out' THEN 'failed'
    WHEN EXISTS (SELECT 1 FROM fallback WHERE fallback.id = call.id AND fallback.goto = '' AND fallback.reason <> 'hung up before queue' AND NOT substr(fallback.reason, 1, 23) = 'login refused at phone ') THEN 'fallback'
    ELSE 'missed' END END AS outcome,
    call.number AS number,
    call.dialled AS dialled,
    ifnull(did.did_description, '') AS did_description,
    call.ingroup AS ingroup,
    ifnull(ingroup.group_name, '') AS group_name,
    call.direct AS direct,
    ifnull(call.agent, call.last_agent) AS agent,
    ifnull(agent.full_name, '') AS full_name,
    ifnull(agent.user_group, '') AS user_group,
    ifnull(session.campaign, '') AS campaign,
    ifnull(campaign.campaign_name, '') AS campaign_name,
    strftime('%Y-%m-%dT%H:%M:%f', call.arrived / 1000 / 1000.0, 'unixepoch') || '+00:00' AS arrived_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', call.arrived / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= call.arrived ORDER BY begins DESC LIMIT 1) AS arrived_local,
    strftime('%Y-%m-%dT%H:%M:%f', call.connected / 1000 / 1000.0, 'unixepoch') || '+00:00' AS connected_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', call.connected / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= call.connected ORDER BY begins DESC LIMIT 1) AS connected_local,
    strftime('%Y-%m-%dT%H:%M:%f', call."left" / 1000 / 1000.0, 'unixepoch') || '+00:00' AS left_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', call."left" / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= call."left" ORDER BY begins DESC LIMIT 1) AS left_local,
    strftime('%Y-%m-%dT%H:%M:%f', call.ended / 1000 / 1000.0, 'unixepoch') || '+00:00' AS ended_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', call.ended / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= call.ended ORDER BY begins DESC LIMIT 1) AS ended_local,
    (SELECT sum(ended - entered) / 1000 / 1000.0 FROM queue_wait WHERE queue_wait.call = call.id) AS wait_seconds,
    (call.ended - call.connected) / 1000 / 1000.0 AS talk_seconds,
    (call.ended - call.arrived) / 1000 / 1000.0 AS seconds,
    call.ended_by AS ended_by,
    call.code AS status,
    ifnull(disposition.status_name, '') AS status_name,
    ifnull(disposition.sale, 'N') AS sale,
    nullif(call.lead, 0) AS lead_id,
    (SELECT count(*) FROM recording WHERE recording.call = call.id) AS recordings,
    (SELECT reason FROM fallback WHERE fallback.id = call.id AND fallback.goto = '' AND fallback.reason <> 'hung up before queue' AND NOT substr(fallback.reason, 1, 23) = 'login refused at phone ') AS fallback_reason,
    call.server AS server
FROM (
    SELECT id, agc_id, direction, origin, number, dialled, ingroup, direct, agent, last_agent, arrived, connected,
        "left", ended, ended_by, lead, ifnull((
    SELECT status FROM disposition_entry AS given WHERE given.call = call.id  ORDER BY given.id DESC LIMIT 1
), call.status) AS code, server, '' AS never_had
    FROM call
    UNION ALL
    SELECT id, '', 'in', 'caller', number, dialled, '', '', NULL, '', at, NULL, NULL, at, '', 0, '', '',
        CASE WHEN fallback.goto <> '' THEN 'dialplan' WHEN substr(fallback.reason, 1, 23) = 'login refused at phone ' THEN 'login_refused'
    WHEN fallback.goto = '' AND fallback.reason <> 'hung up before queue' AND NOT substr(fallback.reason, 1, 23) = 'login refused at phone ' THEN 'fallback' ELSE 'missed' END
    FROM fallback WHERE id NOT IN (SELECT id FROM call)
) AS call
LEFT JOIN did ON did.id = call.dialled
LEFT JOIN ingroup ON ingroup.id = call.ingroup
LEFT JOIN known_agent AS agent ON agent.id = ifnull(call.agent, call.last_agent)
LEFT JOIN agent_session AS session ON session.id = (
    SELECT stretch.session FROM agent_interval AS stretch WHERE stretch.call = call.id AND stretch.call <> ''
    ORDER BY stretch.started DESC LIMIT 1
)
LEFT JOIN campaign ON campaign.id = session.campaign
LEFT JOIN disposition ON disposition.id = call.code;

CREATE VIEW v_agent_time AS
SELECT
    stretch.id AS interval,
    stretch.session AS session,
    stretch.agent AS agent,
    ifnull(agent.full_name, '') AS full_name,
    ifnull(agent.user_group, '') AS user_group,
    ifnull(session.campaign, '') AS campaign,
    ifnull(campaign.campaign_name, '') AS campaign_name,
    session.phone AS phone,
    stretch.state AS state,
    CASE WHEN stretch.hold THEN 'hold' WHEN stretch.state = 'PAUSED' AND stretch.pause_code = 'LOST' THEN 'lost' ELSE CASE stretch.state WHEN 'PAUSED' THEN 'pause' WHEN 'READY' THEN 'wait' WHEN 'QUEUE' THEN 'wait' WHEN 'INCALL' THEN 'talk' WHEN 'DEAD' THEN 'dead' WHEN 'DISPO' THEN 'dispo' ELSE stretch.state END END AS activity,
    stretch.pause_code AS pause_code,
    ifnull(pause_code.pause_code_name, '') AS pause_code_name,
    stretch.call AS call,
    strftime('%Y-%m-%dT%H:%M:%f', stretch.started / 1000 / 1000.0, 'unixepoch') || '+00:00' AS started_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', stretch.started / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= stretch.started ORDER BY begins DESC LIMIT 1) AS started_local,
    strftime('%Y-%m-%dT%H:%M:%f', stretch.ended / 1000 / 1000.0, 'unixepoch') || '+00:00' AS ended_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', stretch.ended / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= stretch.ended ORDER BY begins DESC LIMIT 1) AS ended_local,
    (stretch.ended - stretch.started) / 1000 / 1000.0 AS seconds
FROM agent_interval AS stretch
LEFT JOIN agent_session AS session ON session.id = stretch.session
LEFT JOIN known_agent AS agent ON agent.id = stretch.agent
LEFT JOIN campaign ON campaign.id = session.campaign
LEFT JOIN pause_code ON pause_code.id = stretch.pause_code;

CREATE VIEW v_transfers AS
SELECT
    moved.id AS transfer,
    moved.call AS call,
    moved.kind AS kind,
    ifnull(moved.outcome, 'pending') AS outcome,
    moved.cause AS cause,
    moved.agent AS agent,
    ifnull(agent.full_name, '') AS full_name,
    ifnull(agent.user_group, '') AS user_group,
    moved.customer AS number,
    moved.to_number AS to_number,
    moved.to_ingroup AS to_ingroup,
    ifnull(target.group_name, '') AS to_group_name,
    moved.taken_by AS to_agent,
    ifnull(taker.full_name, '') AS to_full_name,
    strftime('%Y-%m-%dT%H:%M:%f', moved.requested / 1000 / 1000.0, 'unixepoch') || '+00:00' AS requested_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', moved.requested / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= moved.requested ORDER BY begins DESC LIMIT 1) AS requested_local,
    strftime('%Y-%m-%dT%H:%M:%f', moved.ended / 1000 / 1000.0, 'unixepoch') || '+00:00' AS ended_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', moved.ended / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= moved.ended ORDER BY begins DESC LIMIT 1) AS ended_local,
    strftime('%Y-%m-%dT%H:%M:%f', moved.handed / 1000 / 1000.0, 'unixepoch') || '+00:00' AS left_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', moved.handed / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= moved.handed ORDER BY begins DESC LIMIT 1) AS left_local,
    (moved.handed_until - moved.handed) / 1000 / 1000.0 AS after_seconds,
    moved.given_by AS given_by,
    moved.source AS source
FROM (
    SELECT receipt.id, receipt.call, receipt.kind, receipt.outcome, receipt.cause, receipt.agent, receipt.requested,
        receipt.ended, receipt."by" AS given_by, receipt.source, ifnull(call.number, '') AS customer,
        ifnull(dial.number, receipt.number) AS to_number, ifnull(dial.ingroup, receipt.ingroup) AS to_ingroup,
        coalesce(closer.agent, dial.to_agent, receipt.to_agent) AS taken_by,
        iif(closer.id IS NOT NULL, receipt.ended, CASE WHEN receipt.kind IN ('LEAVE_3WAY_CALL', 'BLIND_TRANSFER') AND call."left" >= receipt.requested AND NOT EXISTS (
        SELECT 1 FROM receipt AS later WHERE later.call = receipt.call AND later.kind IN ('LEAVE_3WAY_CALL', 'BLIND_TRANSFER')
            AND later.outcome = 'completed' AND later.requested > receipt.requested
            AND later.requested <= call."left"
    ) THEN call."left" END) AS handed,
        iif(closer.id IS NOT NULL, closer.ended, call.ended) AS handed_until
    FROM receipt
    LEFT JOIN call ON call.id = receipt.call
    LEFT JOIN receipt AS dial ON dial.id = (
        SELECT earlier.id FROM receipt AS earlier
        WHERE earlier.call = receipt.call AND earlier.agent = receipt.agent AND earlier.requested < receipt.requested
            AND (earlier.outcome = 'completed' OR ifnull(earlier.ended, receipt.requested) >= receipt.requested)
            AND earlier.kind IN ('DIAL_WITH_CUSTOMER', 'PARK_CUSTOMER_DIAL') AND receipt.kind IN ('LEAVE_3WAY_CALL', 'HANGUP_XFER')
            AND receipt.outcome IS NOT 'refused' AND receipt.call <> ''
        ORDER BY earlier.requested DESC LIMIT 1
    )
    LEFT JOIN agent_interval AS closer ON closer.id = (
        SELECT stretch.id FROM agent_interval AS stretch
        WHERE stretch.call = receipt.call AND stretch.call <> '' AND stretch.agent <> receipt.agent
            AND stretch.state = 'INCALL' AND stretch.started <= receipt.ended
            AND ifnull(stretch.ended, receipt.ended) >= receipt.ended
            AND receipt.kind = 'LEAVE_3WAY_CALL' AND receipt.outcome = 'completed'
        ORDER BY stretch.started DESC LIMIT 1
    )
    WHERE receipt.kind IN ('DIAL_WITH_CUSTOMER', 'PARK_CUSTOMER_DIAL', 'LEAVE_3WAY_CALL', 'BLIND_TRANSFER', 'HANGUP_XFER', 'LOCAL_CLOSER', 'LEAVE_VM') AND NOT (receipt.kind IN ('DIAL_WITH_CUSTOMER', 'PARK_CUSTOMER_DIAL') AND EXISTS (
        SELECT 1 FROM receipt AS after
        WHERE after.call = receipt.call AND receipt.call <> '' AND receipt.id = (
        SELECT earlier.id FROM receipt AS earlier
        WHERE earlier.call = after.call AND earlier.agent = after.agent AND earlier.requested < after.requested
            AND (earlier.outcome = 'completed' OR ifnull(earlier.ended, after.requested) >= after.requested)
            AND earlier.kind IN ('DIAL_WITH_CUSTOMER', 'PARK_CUSTOMER_DIAL') AND after.kind IN ('LEAVE_3WAY_CALL', 'HANGUP_XFER')
            AND after.outcome IS NOT 'refused' AND after.call <> ''
        ORDER BY earlier.requested DESC LIMIT 1
    )
    ))
) AS moved
LEFT JOIN known_agent AS agent ON agent.id = moved.agent
LEFT JOIN ingroup AS target ON target.id = moved.to_ingroup
LEFT JOIN known_agent AS taker ON taker.id = moved.taken_by;

CREATE VIEW v_queue_waits AS
SELECT
    wait.id AS wait,
    wait.call AS call,
    ifnull(call.number, '') AS number,
    wait.ingroup AS ingroup,
    ifnull(ingroup.group_name, '') AS group_name,
    wait.direct AS direct,
    ifnull(wanted.full_name, '') AS direct_full_name,
    wait.priority AS priority,
    wait.place AS place,
    strftime('%Y-%m-%dT%H:%M:%f', wait.entered / 1000 / 1000.0, 'unixepoch') || '+00:00' AS entered_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', wait.entered / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= wait.entered ORDER BY begins DESC LIMIT 1) AS entered_local,
    strftime('%Y-%m-%dT%H:%M:%f', wait.ended / 1000 / 1000.0, 'unixepoch') || '+00:00' AS ended_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', wait.ended / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= wait.ended ORDER BY begins DESC LIMIT 1) AS ended_local,
    (wait.ended - wait.entered) / 1000 / 1000.0 AS seconds,
    wait.ended IS NOT wait.entered AS offered,
    wait.outcome AS outcome,
    iif(wait.ended IS NULL, NULL, wait.outcome = 'ANSWERED'
        AND wait.ended - wait.entered <= ingroup.answer_sec_pct_rt_stat_one * 1000000) AS in_time,
    wait.agent AS agent,
    ifnull(agent.full_name, '') AS full_name,
    ifnull(agent.user_group, '') AS user_group
FROM queue_wait AS wait
LEFT JOIN call ON call.id = wait.call
LEFT JOIN ingroup ON ingroup.id = wait.ingroup
LEFT JOIN known_agent AS wanted ON wanted.id = wait.direct
LEFT JOIN known_agent AS agent ON agent.id = wait.agent;

CREATE VIEW v_recordings AS
SELECT
    recording.id AS recording,
    recording.call AS call,
    ifnull(call.number, '') AS number,
    ifnull(call.ingroup, '') AS ingroup,
    ifnull(ingroup.group_name, '') AS group_name,
    recording.agent AS agent,
    ifnull(agent.full_name, '') AS full_name,
    ifnull(agent.user_group, '') AS user_group,
    recording.kind AS kind,
    recording.reason AS reason,
    recording.notice AS notice,
    recording.status AS status,
    recording.cause AS cause,
    strftime('%Y-%m-%dT%H:%M:%f', recording.started / 1000 / 1000.0, 'unixepoch') || '+00:00' AS started_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', recording.started / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= recording.started ORDER BY begins DESC LIMIT 1) AS started_local,
    strftime('%Y-%m-%dT%H:%M:%f', recording.ended / 1000 / 1000.0, 'unixepoch') || '+00:00' AS ended_utc,
    (SELECT strftime('%Y-%m-%dT%H:%M:%f', recording.ended / 1000 / 1000.0 + seconds, 'unixepoch') || iso FROM timezone_offset
        WHERE begins <= recording.ended ORDER BY begins DESC LIMIT 1) AS ended_local,
    recording.length / 1000.0 AS seconds,
    recording.path AS path,
    recording.bytes AS bytes,
    recording.sha256 AS sha256,
    recording.converted_path AS converted_path,
    recording.server AS server
FROM recording
LEFT JOIN call ON call.id = recording.call
LEFT JOIN ingroup ON ingroup.id = call.ingroup
LEFT JOIN known_agent AS agent ON agent.id = recording.agent;
-- </views>

-- ---------------------------------------------------------------------------------------------------------------

INSERT INTO meta (key, value) VALUES ('schema', '6');
INSERT INTO ingroup (id, queue_priority) VALUES ('AGENTDIRECT', 99); -- always exists: calls for one named agent
INSERT INTO setting (id) VALUES ('warmline'); -- the only row
INSERT INTO timezone_offset (begins, seconds, iso) VALUES (0, 0, '+00:00'); -- UTC, as the setting timezone
INSERT INTO list (id, list_name) VALUES ('998', 'made by agents'), ('999', 'callers'); -- VICIdial's two default lists
-- The codes of a new database: first those that agents choose, in their order.
INSERT INTO disposition (
    id, status_name, human_answered, sale, dnc, scheduled_callback, not_interested, customer_contact, completed,
    place, key, direction, reached
) VALUES
    ('SALE', 'Sale', 'Y', 'Y', 'N', 'N', 'N', 'Y', 'Y', 1, '1', 'BOTH', 'YES'),
    ('NI', 'Not interested', 'Y', 'N', 'N', 'N', 'Y', 'Y', 'Y', 2, '2', 'BOTH', 'YES'),
    ('CALLBK', 'Call back', 'Y', 'N', 'N', 'Y', 'N', 'Y', 'N', 3, '3', 'BOTH', 'BOTH'),
    ('XFER', 'Handed over', 'Y', 'N', 'N', 'N', 'N', 'Y', 'N', 4, '4', 'BOTH', 'YES'),
    ('DNC', 'Do not call', 'Y', 'N', 'Y', 'N', 'N', 'Y', 'Y', 5, '5', 'BOTH', 'YES'),
    ('WRONG', 'Wrong number', 'Y', 'N', 'N', 'N', 'N', 'N', 'Y', 6, '6', 'BOTH', 'YES'),
    ('OTHER', 'Other', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 7, '7', 'BOTH', 'BOTH'),
    ('NA', 'No answer', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 8, '8', 'OUTBOUND', 'NO'),
    ('A', 'Answering machine', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 9, '9', 'OUTBOUND', 'NO'),
    ('B', 'Busy', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 10, '01', 'OUTBOUND', 'NO'),
    ('DC', 'Number out of service', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 11, '02', 'OUTBOUND', 'NO');
-- Then those that Warmline or another program writes.
INSERT INTO disposition (
    id, status_name, selectable, human_answered, sale, dnc, scheduled_callback, not_interested, customer_contact, completed
) VALUES
    ('DAIR', 'Nobody spoke', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('DEC', 'Sale declined', 'N', 'Y', 'N', 'N', 'N', 'N', 'Y', 'N'),
    ('N', 'Not answered', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('NP', 'No offer made', 'N', 'Y', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('AA', 'Answering machine, found by the dialler', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('AB', 'Busy, found by the dialler', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('ADAIR', 'Nobody spoke, found by the dialler', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('ADC', 'Disconnected, found by the dialler', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('ADCT', 'Disconnected for a time', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('AFAX', 'Fax machine', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('AFTHRS', 'Came when it was closed', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('AL', 'Message played to a machine', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('ALTNUM', 'Another number of the lead is next', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('AM', 'Sent to the machine message', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('CBHOLD', 'Waits for its callback', 'N', 'Y', 'N', 'N', 'Y', 'N', 'Y', 'N'),
    ('CLOSOP', 'In-group closed while it waited', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('DCMX', 'Dead call ended by dead_max', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('DISMX', 'No code within dispo_max', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('DNCC', 'On the do-not-call list of a campaign', 'N', 'N', 'N', 'Y', 'N', 'N', 'N', 'N'),
    ('DNCL', 'On the do-not-call list', 'N', 'N', 'N', 'Y', 'N', 'N', 'N', 'N'),
    ('DROP', 'Hung up while waiting', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('ERI', 'Error on the agent''s side', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('HOLDTO', 'Left at a long estimate', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('INCALL', 'In a call', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('IQNANQ', 'No agents any more while it waited', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('IVRXFR', 'Sent to a call menu', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('LRERR', 'No line for it', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('LSMERG', 'Merged with another lead', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('MAXCAL', 'Too many calls', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('MLINAT', 'Other leads of the account set aside', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('NANQUE', 'No agents to wait for', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('NEW', 'Not called yet', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('PAUSMX', 'Paused longer than pause_max', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('PDROP', 'Dropped before it was routed', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('PM', 'Message played', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('PU', 'Answered, then dropped', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('QCFAIL', 'To be called again after a check', 'N', 'Y', 'N', 'N', 'Y', 'N', 'Y', 'N'),
    ('QUEUE', 'On its way to an agent', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('QVMAIL', 'Left a voicemail instead of waiting', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('RAXFER', 'Handed over from outside', 'N', 'Y', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('RQXFER', 'Sent back into the queue', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('SVYCLM', 'Survey led to a call menu', 'N', 'Y', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('SVYEXT', 'Survey led to an extension', 'N', 'Y', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('SVYHU', 'Survey ended by hanging up', 'N', 'Y', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('SVYREC', 'Survey was recorded', 'N', 'Y', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('SVYVM', 'Survey led to voicemail', 'N', 'Y', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('TIMEOT', 'Waited for drop_call_seconds', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('WAITTO', 'Left by wait_time_option', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N'),
    ('XDROP', 'Its one agent did not come', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'N');
