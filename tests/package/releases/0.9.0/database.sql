BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'warmline','first','2026-11-22 21:13:33.591488+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'warmline','second','2026-11-22 21:13:33.650276+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'warmline','third','2026-11-22 21:13:33.776315+00:00');
CREATE TABLE agent (
    id TEXT PRIMARY KEY,
    -- the agent's name, which lists and reports show beside the key
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
    -- on_hook rings the phone for each call; nailed_up keeps it on the line
    phone_mode TEXT NOT NULL DEFAULT 'nailed_up' CHECK (phone_mode IN ('nailed_up', 'on_hook')),
    -- seconds that an on_hook phone rings for a call
    on_hook_ring_time INTEGER NOT NULL DEFAULT 15 CHECK (on_hook_ring_time BETWEEN 1 AND 300),
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
    -- ranks by which next_agent_call=inbound_group_rank chooses; the highest is first; 0 if not named
    ingroup_ranks TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ingroup_ranks)),
    -- the agent's share of an in-group's calls with next_agent_call=ingroup_grade_random; 1 if not named
    ingroup_grades TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ingroup_grades)),
    -- the extension that AGENTEXT stands for
    custom_five TEXT NOT NULL DEFAULT '',
    -- the mailbox that AGENTVMAIL stands for
    voicemail_id TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
INSERT INTO "agent" VALUES('1000','','Y',NULL,'','1000','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','','nailed_up',15,1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1001','','Y',NULL,'','1001','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','','nailed_up',15,1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1002','','Y',NULL,'','1002','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','','nailed_up',15,1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1003','','Y',NULL,'','1003','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','','nailed_up',15,1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1004','','Y',NULL,'','1004','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','','nailed_up',15,1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1005','','Y',NULL,'','1005','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','','nailed_up',15,1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1006','','Y',NULL,'','1006','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','','nailed_up',15,1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1007','','Y',NULL,'','1007','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','','nailed_up',15,1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1008','','Y',NULL,'','1008','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','','nailed_up',15,1,'DISABLED',1,0,1,'[]','[]','','');
INSERT INTO "agent" VALUES('1009','','Y',NULL,'','1009','TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','','nailed_up',15,1,'DISABLED',1,0,1,'[]','[]','','');
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
INSERT INTO "agent_interval" VALUES('01M82HQ22K1R9NRKY9KG7VPMVF','01M82HQ2231BFJ4ARPD7Z5V3V0','1001','PAUSED','LOGIN',0,'',1795382020179360,1795382021935907);
INSERT INTO "agent_interval" VALUES('01M82HQ3SFMC8JPZFKFY8Q8KJE','01M82HQ2231BFJ4ARPD7Z5V3V0','1001','READY','',0,'',1795382021935907,1795382022134739);
INSERT INTO "agent_interval" VALUES('01M82HQ3ZPAPDT9ZRD9MCN0PMX','01M82HQ2231BFJ4ARPD7Z5V3V0','1001','QUEUE','',0,'01M82HQ3YR3QN0E3XVC1R23TKE',1795382022134739,1795382022147026);
INSERT INTO "agent_interval" VALUES('01M82HQ403EVMBG4E8NVJEJ2NH','01M82HQ2231BFJ4ARPD7Z5V3V0','1001','INCALL','',0,'01M82HQ3YR3QN0E3XVC1R23TKE',1795382022147026,NULL);
INSERT INTO "agent_interval" VALUES('01M82HQ44B8XMMBWXR15K34642','01M82HQ444M0K967TS62NE4J2J','1002','PAUSED','LOGIN',0,'',1795382022283192,1795382024032746);
INSERT INTO "agent_interval" VALUES('01M82HQ5V0CM0X1GEE9WJJRW0B','01M82HQ444M0K967TS62NE4J2J','1002','READY','',0,'',1795382024032746,1795382024220296);
INSERT INTO "agent_interval" VALUES('01M82HQ60WA8SMEY1FM9HPXDFQ','01M82HQ444M0K967TS62NE4J2J','1002','QUEUE','',0,'01M82HQ5ZMRXXY43H23RDTEVKV',1795382024220296,1795382024236237);
INSERT INTO "agent_interval" VALUES('01M82HQ61CCRH046ACPZV48ZJ9','01M82HQ444M0K967TS62NE4J2J','1002','INCALL','',0,'01M82HQ5ZMRXXY43H23RDTEVKV',1795382024236237,NULL);
INSERT INTO "agent_interval" VALUES('01M82HQ6DPMR667HZJD4FYP6RF','01M82HQ6DHM7REP6T2JSS5X9E3','1000','PAUSED','LOGIN',0,'',1795382024630306,1795382026404031);
INSERT INTO "agent_interval" VALUES('01M82HQ854DK90PCGE9RD6XTRC','01M82HQ6DHM7REP6T2JSS5X9E3','1000','READY','',0,'',1795382026404031,1795382026472667);
INSERT INTO "agent_interval" VALUES('01M82HQ878K45ZDMZ9GYB41TWZ','01M82HQ6DHM7REP6T2JSS5X9E3','1000','QUEUE','',0,'01M82HQ86WPFKRJPKAD80FQYN6',1795382026472667,1795382026483538);
INSERT INTO "agent_interval" VALUES('01M82HQ87K7SJ2DRMEXJFDKGXD','01M82HQ6DHM7REP6T2JSS5X9E3','1000','INCALL','',0,'01M82HQ86WPFKRJPKAD80FQYN6',1795382026483538,1795382026576047);
INSERT INTO "agent_interval" VALUES('01M82HQ8AGJX2RCZXTAT19NSA0','01M82HQ6DHM7REP6T2JSS5X9E3','1000','DISPO','',0,'01M82HQ86WPFKRJPKAD80FQYN6',1795382026576047,1795382027164737);
INSERT INTO "agent_interval" VALUES('01M82HQ8WW8X25TF5KE5KBNN1P','01M82HQ6DHM7REP6T2JSS5X9E3','1000','READY','',0,'',1795382027164737,1795382027602876);
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
INSERT INTO "agent_session" VALUES('01M82HQ2231BFJ4ARPD7Z5V3V0','1001','1001',0,'TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','8600051',1795382020179360,NULL);
INSERT INTO "agent_session" VALUES('01M82HQ444M0K967TS62NE4J2J','1002','1002',0,'TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','8600052',1795382022283192,NULL);
INSERT INTO "agent_session" VALUES('01M82HQ6DHM7REP6T2JSS5X9E3','1000','1000',0,'TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','8600053',1795382024630306,1795382027602876);
CREATE TABLE api_token (
    id TEXT PRIMARY KEY,
    -- what its bearer may do
    scopes TEXT NOT NULL CHECK (scopes <> '') CHECK (json_valid(scopes)),
    -- the bearer token; create and renew make it
    token TEXT NOT NULL CHECK (token <> '')
) STRICT, WITHOUT ROWID;
INSERT INTO "api_token" VALUES('crm','["agents:read", "calls:read"]','30fe317c8e7f0c56273be9406a63da399a48bc9fd9d49f97f5a1b798e1a25e58');
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
INSERT INTO "api_user" VALUES('6666','scrypt$16384$4f11ad24897e4c2472580d6fc5175480$f0a1d744cd8d7768c56a777c64ae7d522e4c7a82652eaccc85c168c8330fb01f86f5e0181a67e49810fd14b8620fb436edd3fb280b49b5df015a62413c3d26a5','["ALL_FUNCTIONS"]','Y','Y','ADMIN','[]');
CREATE TABLE asterisk ( -- one life of Asterisk: when another one was found in its place, its calls were over
    id TEXT PRIMARY KEY,
    started INTEGER NOT NULL, -- as it says itself
    seen INTEGER NOT NULL, -- we were first connected to it
    ended INTEGER -- another one was found
) STRICT, WITHOUT ROWID;
INSERT INTO "asterisk" VALUES('1795382014331000',1795382014331000,1795382017248711,NULL);
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
    origin TEXT NOT NULL DEFAULT 'caller', -- caller, agent (dialled by hand), callback
    data TEXT NOT NULL DEFAULT '[]' -- JSON of the names and values that the dialplan passed with it
) STRICT, WITHOUT ROWID;
INSERT INTO "call" VALUES('01M82HQ3YR3QN0E3XVC1R23TKE','Y0001795382022134739','talking',1795382022134739,'493012345671','8005550100','SALESLINE','','1001','1001',1795382022147026,NULL,NULL,'','','["number: 8005550100", "did: 8005550100 goes to ingroup:SALESLINE", "in-group: in-group SALESLINE is active", "in-group: in-group SALESLINE is active"]',3,'in','caller','[]');
INSERT INTO "call" VALUES('01M82HQ5ZMRXXY43H23RDTEVKV','Y0001795382024220296','three_way',1795382024220296,'493012345672','8005550100','SALESLINE','','1002','1002',1795382024236237,NULL,NULL,'','','["number: 8005550100", "did: 8005550100 goes to ingroup:SALESLINE", "in-group: in-group SALESLINE is active", "in-group: in-group SALESLINE is active"]',4,'in','caller','[]');
INSERT INTO "call" VALUES('01M82HQ86WPFKRJPKAD80FQYN6','Y0001795382026472667','ended',1795382026472667,'493012345670','8005550100','SALESLINE','',NULL,'1000',1795382026483538,1795382026576047,1795382027766201,'customer','LATER','["number: 8005550100", "did: 8005550100 goes to ingroup:SALESLINE", "in-group: in-group SALESLINE is active", "in-group: in-group SALESLINE is active"]',5,'in','caller','[]');
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
INSERT INTO "call_time" VALUES('OFFICE',900,1800,0,0,0,0,0,0,0,0,0,0,0,0,0,0,'[]','');
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
INSERT INTO "callback" VALUES('01M82HQ8WW8X25TF5KE5KBNN1N','01M82HQ86WPFKRJPKAD80FQYN6','493012345670','SALESLINE','TESTCAMP','',1795385627126196,1795382027164737,'LATER','','local:root (uid 0)','pending',NULL,'');
CREATE TABLE campaign (
    id TEXT PRIMARY KEY,
    -- the name that lists and reports show beside the key
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
    -- the in-groups that a toolbar offers for transfers, empty for all; Warmline refuses none
    xfer_groups TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(xfer_groups)),
    -- the transfers after which Warmline writes XFER and the agent gives no disposition
    transfer_no_dispo TEXT NOT NULL DEFAULT 'DISABLED' CHECK (transfer_no_dispo IN ('DISABLED', 'EXTERNAL_ONLY', 'LOCAL_ONLY', 'LEAVE3WAY_ONLY', 'LOCAL_AND_EXTERNAL', 'LOCAL_AND_LEAVE3WAY', 'LEAVE3WAY_AND_EXTERNAL', 'LOCAL_AND_EXTERNAL_AND_LEAVE3WAY')),
    -- the message that LEAVE_VM plays to the customer
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
    -- seconds after the customer has left until the call ends; 0 for at once
    customer_3way_hangup_seconds INTEGER NOT NULL DEFAULT 5 CHECK (customer_3way_hangup_seconds BETWEEN 0 AND 3600),
    -- seconds that a customer is parked before the agent hears a tone every 30 seconds; 0 for no tone
    park_max_seconds INTEGER NOT NULL DEFAULT 0 CHECK (park_max_seconds BETWEEN 0 AND 86400),
    -- the dialplan extension that PARK_IVR_CUSTOMER connects the customer to, instead of music
    park_ivr TEXT NOT NULL DEFAULT '',
    -- seconds for which a lost agent phone is called again; a failed attempt is repeated every 2 s
    agent_rescue_seconds INTEGER NOT NULL DEFAULT 20 CHECK (agent_rescue_seconds BETWEEN 5 AND 300),
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
    -- seconds that a dialled number rings
    dial_timeout INTEGER NOT NULL DEFAULT 60 CHECK (dial_timeout BETWEEN 1 AND 300),
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
    -- prefixes that mean + before a country code, in numbers and in dial rules; empty for + alone
    international_prefixes TEXT NOT NULL DEFAULT '["00", "011"]' CHECK (json_valid(international_prefixes)),
    -- redirects (SIP 302) of a dialled party that are followed, if the dial rules allow each; 0 for none
    follow_redirects INTEGER NOT NULL DEFAULT 0 CHECK (follow_redirects BETWEEN 0 AND 5),
    -- the hours in which the campaign's agents may dial; empty for always
    dial_call_time_id TEXT REFERENCES call_time (id),
    -- outside parties that an agent may dial in one day, skipped previews included; 0 for no limit
    daily_limit_manual INTEGER NOT NULL DEFAULT 0 CHECK (daily_limit_manual BETWEEN 0 AND 10000),
    -- outside parties that the campaign's agents may have on the line at once; 0 for no limit
    manual_calls_at_once INTEGER NOT NULL DEFAULT 0 CHECK (manual_calls_at_once BETWEEN 0 AND 1000),
    -- minutes after its time when one agent's callback becomes every agent's; 0 for never
    callback_useronly_move_minutes INTEGER NOT NULL DEFAULT 0 CHECK (callback_useronly_move_minutes BETWEEN 0 AND 10080),
    -- the agent's state after login
    login_state TEXT NOT NULL DEFAULT 'PAUSED' CHECK (login_state IN ('PAUSED', 'READY')),
    -- whether a login from a phone asks for the PIN, or trusts an authenticated phone
    phone_login TEXT NOT NULL DEFAULT 'PIN' CHECK (phone_login IN ('PIN', 'TRUSTED')),
    -- N accepts any pause code, Y only configured ones; FORCE also requires one
    agent_pause_codes_active TEXT NOT NULL DEFAULT 'N' CHECK (agent_pause_codes_active IN ('N', 'Y', 'FORCE')),
    -- minimum seconds between a call and the agent's next call; 0 for no minimum
    wrapup_seconds INTEGER NOT NULL DEFAULT 0 CHECK (wrapup_seconds BETWEEN 0 AND 3600),
    -- seconds without a disposition until the call gets DISMX and the agent is PAUSED; 0 for never
    dispo_max INTEGER NOT NULL DEFAULT 0 CHECK (dispo_max BETWEEN 0 AND 86400),
    -- seconds without a customer until the call ends with DCMX and the agent is PAUSED; 0 for never
    dead_max INTEGER NOT NULL DEFAULT 0 CHECK (dead_max BETWEEN 0 AND 86400),
    -- seconds in one pause until the agent is logged out; 0 for never
    pause_max INTEGER NOT NULL DEFAULT 0 CHECK (pause_max BETWEEN 0 AND 86400),
    -- the caller name on an agent's phone if no customer number is known
    phone_caller_name TEXT NOT NULL DEFAULT 'Warmline login',
    -- the caller number on an agent's phone if no customer number is known; empty for the phone's own
    phone_caller_number TEXT NOT NULL DEFAULT '',
    -- SIP headers for calls to agents' phones; Call-Info: <sip:pbx>;answer-after=0 makes many answer at once
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
    -- the URL requested when an agent is connected to a caller
    start_call_url TEXT NOT NULL DEFAULT '',
    -- the URL requested when the agent has given a disposition
    dispo_call_url TEXT NOT NULL DEFAULT '',
    -- the URL requested when the agent has handed the call over
    transfer_url TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
INSERT INTO "campaign" VALUES('TESTCAMP','','Y','ALLCALLS',0,'FULLDATE_CUSTPHONE','wav','ALL_CALLS',NULL,'DISABLED','N',NULL,'N','DISABLED','CONTINUE','SUPPORTLINE','[]','DISABLED','vm-goodbye','INGROUP','INGROUP','vm-goodbye','CANCEL','NONE',5,0,'',20,240,'N','PJSIP/{number}@trunk','','',20,'CAMPAIGN','0000000000','CAMPAIGN','PREVIEW_AND_SKIP','[]','[]','["00", "011"]',0,NULL,0,0,0,'READY','TRUSTED','N',0,0,0,0,'Warmline login','','','N','[]',NULL,NULL,'DISABLED','','','');
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
INSERT INTO "config_journal" VALUES(1,1795382013972017,'lab','create','ingroup','SUPPORTLINE','{}','{}','8b4f638d1e636f23c2376ba067c6be7551a901279494fb2cb979207dc15aaf4b');
INSERT INTO "config_journal" VALUES(2,1795382013972017,'lab','create','ingroup','SALESLINE','{}','{"default_xfer_group": "SUPPORTLINE"}','feb63068c1dc8c6af0f576f5488e0ffeb42db1b9ca6e0a854dbc12dc658c4b34');
INSERT INTO "config_journal" VALUES(3,1795382013972017,'lab','create','ingroup','CLOSEDLINE','{}','{"active": "N"}','164b99e7ed9c6c56c5fa89cf7e926808e7f779b4f3e84be56ec1530a304e9286');
INSERT INTO "config_journal" VALUES(4,1795382013972017,'lab','create','campaign','TESTCAMP','{}','{"default_xfer_group": "SUPPORTLINE", "dial_template": "PJSIP/{number}@trunk", "dial_timeout": 20, "login_state": "READY", "phone_login": "TRUSTED"}','b68d596435811468cf97c7b813e21e7b1c6bf7e42c32fadde9942daeea333ccc');
INSERT INTO "config_journal" VALUES(5,1795382013972017,'lab','create','phone','1000','{}','{}','feccadc76154f2c6b5c3dc1a09c4bcc69c4aab08d514282a6fbc06227850f703');
INSERT INTO "config_journal" VALUES(6,1795382013972017,'lab','create','phone','1001','{}','{}','71da01ad05bda7f45068a06804e3b80f0703146dcbdc08e0a0fb8eb892e5cb9b');
INSERT INTO "config_journal" VALUES(7,1795382013972017,'lab','create','phone','1002','{}','{}','9aa05353c0a408e4f2ec44764470f4c5772fc1290a143732b117678603c2adae');
INSERT INTO "config_journal" VALUES(8,1795382013972017,'lab','create','phone','1003','{}','{}','755f710c4d5ca0bdf4e2e9c8cae2b5a35243c6090d61aff0695c24cd1b7170c1');
INSERT INTO "config_journal" VALUES(9,1795382013972017,'lab','create','phone','1004','{}','{}','60f316f8a9d552586da9314cd0675f0f1775f6398ac7e3b5c815ed9477795756');
INSERT INTO "config_journal" VALUES(10,1795382013972017,'lab','create','phone','1005','{}','{}','41613968c7248bb1b29f472a33116e0f5fe3fd690039fe47e6c61516b520927e');
INSERT INTO "config_journal" VALUES(11,1795382013972017,'lab','create','phone','1006','{}','{}','52d6f61d6f46f39583bca47101e6c4cbdc014c37f3131125d9ccfbd3dceeee83');
INSERT INTO "config_journal" VALUES(12,1795382013972017,'lab','create','phone','1007','{}','{}','7554037f628951f684aa6c98bf49d57cd218d6c2d62826eb65998470c0567899');
INSERT INTO "config_journal" VALUES(13,1795382013972017,'lab','create','phone','1008','{}','{}','816887c603a6da471a3fd6903429be17eb3bb8faccbd932c27a6a23fe7886b61');
INSERT INTO "config_journal" VALUES(14,1795382013972017,'lab','create','phone','1009','{}','{}','5e52b0628c0ac1ca225932187420ca2c005770f2992143127beffb892d75817a');
INSERT INTO "config_journal" VALUES(15,1795382013972017,'lab','create','agent','1000','{}','{"phone": "1000", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','a55375e491e76c76da30a87932e9d41d8f9726cf194f06c28d3be4a7e74637c8');
INSERT INTO "config_journal" VALUES(16,1795382013972017,'lab','create','agent','1001','{}','{"phone": "1001", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','ae06b21ea0c424155ecb26a4b9d53d02e8b2fc2fca6e4baba8190f12db5ae47e');
INSERT INTO "config_journal" VALUES(17,1795382013972017,'lab','create','agent','1002','{}','{"phone": "1002", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','e5ebb211579100f4200d7468fe3ad41d981cdf47adcb39e37377ad7ff42d6a8e');
INSERT INTO "config_journal" VALUES(18,1795382013972017,'lab','create','agent','1003','{}','{"phone": "1003", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','14078c7080c25161f5ff0e0b0178e0a6fc79804feb9ed2c5f4cbd2a69c14ec12');
INSERT INTO "config_journal" VALUES(19,1795382013972017,'lab','create','agent','1004','{}','{"phone": "1004", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','39982e763f9d1148abd017006009451e2f81d08c1e43e5a745502c363356d493');
INSERT INTO "config_journal" VALUES(20,1795382013972017,'lab','create','agent','1005','{}','{"phone": "1005", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','3aece5d6544cd751be390f76e2e24b5502f7340e296e725fdd59ea1575375e17');
INSERT INTO "config_journal" VALUES(21,1795382013972017,'lab','create','agent','1006','{}','{"phone": "1006", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','945fe17a99b0d338a43c7f8bf2584a5a0515be0cf4c9ec0586ffa55eca875910');
INSERT INTO "config_journal" VALUES(22,1795382013972017,'lab','create','agent','1007','{}','{"phone": "1007", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','309a136ff6281ffc01a4907d1aa2756cb6f92405420e8759edaaf41d275886f2');
INSERT INTO "config_journal" VALUES(23,1795382013972017,'lab','create','agent','1008','{}','{"phone": "1008", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','06afd5c927d471d206185ae06b56676e0c1fb3e3b21f8e7b2b0cba2f521827f7');
INSERT INTO "config_journal" VALUES(24,1795382013972017,'lab','create','agent','1009','{}','{"phone": "1009", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','def0504b376918c487252cc53521878681f6e434fb5f61aacaf56da1c6303ef1');
INSERT INTO "config_journal" VALUES(25,1795382013972017,'lab','create','did','8005550100','{}','{"route": "ingroup:SALESLINE"}','90c22a35d4cd19d72fac69a195c16ced5c10d86ca7a36bab1890ddce9d789bba');
INSERT INTO "config_journal" VALUES(26,1795382013972017,'lab','create','did','8005550101','{}','{"route": "ingroup:SUPPORTLINE"}','4dfd567927dc59e0c27e45cc81d44a1c1990bb0ae66be2a7762f16be2830adfe');
INSERT INTO "config_journal" VALUES(27,1795382013972017,'lab','create','did','8005550102','{}','{"route": "agent:1000"}','44a49e7dc975d5551713c51fa14b8813f7c001123e5aeb5d42d361bbea325ca7');
INSERT INTO "config_journal" VALUES(28,1795382013972017,'lab','create','api-user','6666','{}','{"pass": "changed", "functions": ["ALL_FUNCTIONS"]}','9f9bbd297e60475fe6956050654fab84d2be05b7e26665188f0238f322e9027a');
INSERT INTO "config_journal" VALUES(29,1795382014298874,'lab','create','user-group','BERLIN','{}','{"group_name": "Berlin"}','c8e8c7f8fb775ebb0c270a01261cb2b5351c5aa5d3ab7f30299328ac751152ec');
INSERT INTO "config_journal" VALUES(30,1795382014298874,'lab','create','user','ada','{}','{"pass": "changed", "role": "admin", "full_name": "Ada"}','ebc3debd57fa9b2de982e867638028005509dab1656a27c666952e27bd211073');
INSERT INTO "config_journal" VALUES(31,1795382014298874,'lab','create','user','bert','{}','{"pass": "changed", "role": "agent", "agent": "1005", "user_group": "BERLIN"}','cdfdb57ce7b6bf6257e700246e306d42769c2d14fcde207d3b3c44b4235dcc13');
INSERT INTO "config_journal" VALUES(32,1795382014298874,'lab','create','call-time','OFFICE','{}','{"ct_default_start": 900, "ct_default_stop": 1800}','06d91bf82e214eb608c80eb33e97fe700c1b05885a1ee07840c357ffeb615d4b');
INSERT INTO "config_journal" VALUES(33,1795382014298874,'lab','create','holiday','XMAS26','{}','{"holiday_date": "2026-12-25"}','c359d75b87ded8026abe63be8fea5a5860493fa2edd8714c0dae391e69ae8c18');
INSERT INTO "config_journal" VALUES(34,1795382014298874,'lab','create','container','PARTNERS','{}','{"type": "PHONE_NUMBERS", "entries": ["8500", "5551234"]}','0d15c5578a40ce14105ca3908244068365c1b614b7aa5a794c87059e3fedc499');
INSERT INTO "config_journal" VALUES(35,1795382014298874,'lab','create','preset','BILLING','{}','{"campaign": "TESTCAMP", "preset_number": "4930555124"}','ab8fb5fcf25fe25eb4818d0d81cbe87259a1b7134e5b5e3f52a526c7e703c2a0');
INSERT INTO "config_journal" VALUES(36,1795382014298874,'lab','create','group-alias','SALES','{}','{"caller_id_number": "8005550100"}','1b3701a3945d590b09d1369244b194ea07f5c166da9d31e1748d0523bd1ffabc');
INSERT INTO "config_journal" VALUES(37,1795382014298874,'lab','create','list','101','{}','{"list_name": "Autumn"}','3749c79b56abffa0c487a240250ce9cfe901086f1e21ca74260246643cbf680e');
INSERT INTO "config_journal" VALUES(38,1795382014298874,'lab','create','script','GREETING','{}','{"script_text": "Hello --A--first_name--B--"}','e2717995711eec4aee23655c60a84763a832769c55e6f094d0baa692c9965fd6');
INSERT INTO "config_journal" VALUES(39,1795382014298874,'lab','create','disposition','LATER','{}','{"status_name": "Call later", "scheduled_callback": "Y"}','c6ad295e92d8429a7553bcf9d04d7cb1f1e8178b90c3ab4067b25cdd74a3bc70');
INSERT INTO "config_journal" VALUES(40,1795382014298874,'lab','create','pause-code','LUNCH','{}','{"pause_code_name": "Lunch"}','a34100d3d6ed5f939768300968a761904e9e014759a05239cf545d131dd7531e');
INSERT INTO "config_journal" VALUES(41,1795382014298874,'lab','set','setting','warmline','{"timezone": "UTC"}','{"timezone": "Europe/Berlin"}','d50cb201388a707f3e06519b7df6b8e0e5477687ee58ee8095c167754fe4be7b');
INSERT INTO "config_journal" VALUES(42,1795382014298874,'lab','set','campaign','TESTCAMP','{"campaign_recording": "ONDEMAND", "leave_3way_start_recording": "DISABLED"}','{"campaign_recording": "ALLCALLS", "leave_3way_start_recording": "ALL_CALLS"}','471d0d3de6ffc04276fbbabbcaeb69baddc32dcf13af37d6610ba5d642702908');
INSERT INTO "config_journal" VALUES(43,1795382019968669,'root','create','api-token','crm','{}','{"scopes": ["agents:read", "calls:read"], "token": "changed"}','d9b0ff88b13e2a7506e58a20a896d28d4fc63ef6c32748f7f38a19eb437c6c3b');
CREATE TABLE container (
    id TEXT PRIMARY KEY,
    -- what its entries are
    type TEXT NOT NULL DEFAULT 'PHONE_NUMBERS' CHECK (type IN ('PHONE_NUMBERS')),
    -- what is in the list
    entries TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(entries))
) STRICT, WITHOUT ROWID;
INSERT INTO "container" VALUES('PARTNERS','PHONE_NUMBERS','["8500", "5551234"]');
CREATE TABLE did (
    id TEXT PRIMARY KEY,
    -- the name that lists and reports show beside the number
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
INSERT INTO "did" VALUES('8005550100','','ingroup:SALESLINE','[]','Y',NULL,'','DISABLED',NULL,'hangup');
INSERT INTO "did" VALUES('8005550101','','ingroup:SUPPORTLINE','[]','Y',NULL,'','DISABLED',NULL,'hangup');
INSERT INTO "did" VALUES('8005550102','','agent:1000','[]','Y',NULL,'','DISABLED',NULL,'hangup');
CREATE TABLE disposition (
    id TEXT PRIMARY KEY,
    -- the label beside the code
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
    -- Y if the number reaches no person
    unworkable TEXT NOT NULL DEFAULT 'N' CHECK (unworkable IN ('Y', 'N')),
    -- Y if nothing is left to do
    completed TEXT NOT NULL DEFAULT 'N' CHECK (completed IN ('Y', 'N')),
    -- the digits that give the code on an agent's phone, before #; empty for none
    key TEXT NOT NULL DEFAULT '',
    -- Y requires notes
    notes_required TEXT NOT NULL DEFAULT 'N' CHECK (notes_required IN ('Y', 'N')),
    -- the campaigns whose agents may choose the code; empty for all
    campaigns TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(campaigns)),
    -- the in-groups for whose calls agents may choose the code; empty for all calls
    ingroups TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ingroups))
) STRICT, WITHOUT ROWID;
INSERT INTO "disposition" VALUES('A','Answering machine','UNDEFINED','Y','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('AA','Answering machine, found by the dialler','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('AB','Busy, found by the dialler','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('ADAIR','Nobody spoke, found by the dialler','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('ADC','Disconnected, found by the dialler','UNDEFINED','N','N','N','N','N','N','N','Y','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('ADCT','Disconnected for a time','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('AFAX','Fax machine','UNDEFINED','N','N','N','N','N','N','N','Y','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('AFTHRS','Came when it was closed','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('AL','Message played to a machine','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('ALTNUM','Another number of the lead is next','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('AM','Sent to the machine message','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('B','Busy signal','UNDEFINED','Y','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('BUSY','Busy','UNDEFINED','Y','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('CALLBK','Call back at a set time','UNDEFINED','Y','Y','N','N','Y','N','Y','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('CB','Call back','UNDEFINED','Y','Y','N','N','Y','N','Y','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('CBHOLD','Waits for its callback','UNDEFINED','N','Y','N','N','Y','N','Y','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('CLOSOP','In-group closed while it waited','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('DAIR','Nobody spoke','UNDEFINED','Y','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('DC','Line disconnected','UNDEFINED','Y','N','N','N','N','N','N','Y','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('DCMX','Dead call ended by dead_max','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('DEC','Sale declined','UNDEFINED','Y','Y','N','N','N','N','Y','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('DISC','Number out of service','UNDEFINED','Y','N','N','N','N','N','N','Y','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('DISMX','No code within dispo_max','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('DNC','Do not call','UNDEFINED','Y','Y','N','Y','N','N','Y','N','Y','','N','[]','[]');
INSERT INTO "disposition" VALUES('DNCC','On the do-not-call list of a campaign','UNDEFINED','N','N','N','Y','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('DNCL','On the do-not-call list','UNDEFINED','N','N','N','Y','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('DROP','Hung up while waiting','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('ERI','Error on the agent''s side','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('HOLDTO','Left by hold_time_option','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('INCALL','In a call','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('IQNANQ','No agents any more while it waited','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('IVRXFR','Sent to a call menu','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('LATER','Call later','UNDEFINED','Y','N','N','N','Y','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('LRERR','No line for it','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('LSMERG','Merged with another lead','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('MAXCAL','Too many calls','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('MLINAT','Other leads of the account set aside','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('N','Not answered','UNDEFINED','Y','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('NA','No answer','UNDEFINED','Y','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('NANQUE','No agents to wait for','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('NEW','Not called yet','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('NI','Not interested','UNDEFINED','Y','Y','N','N','N','Y','Y','N','Y','','N','[]','[]');
INSERT INTO "disposition" VALUES('NP','No offer made','UNDEFINED','Y','Y','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('PAUSMX','Paused longer than pause_max','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('PDROP','Dropped before it was routed','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('PM','Message played','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('PU','Answered, then dropped','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('QCFAIL','To be called again after a check','UNDEFINED','N','Y','N','N','Y','N','Y','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('QUEUE','On its way to an agent','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('QVMAIL','Left a voicemail instead of waiting','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('RAXFER','Handed over from outside','UNDEFINED','N','Y','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('RQXFER','Sent back into the queue','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('SALE','Sale','UNDEFINED','Y','Y','Y','N','N','N','Y','N','Y','','N','[]','[]');
INSERT INTO "disposition" VALUES('SVYCLM','Survey led to a call menu','UNDEFINED','N','Y','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('SVYEXT','Survey led to an extension','UNDEFINED','N','Y','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('SVYHU','Survey ended by hanging up','UNDEFINED','N','Y','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('SVYREC','Survey was recorded','UNDEFINED','N','Y','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('SVYVM','Survey led to voicemail','UNDEFINED','N','Y','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('TIMEOT','Waited for drop_call_seconds','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('VM','Voicemail','UNDEFINED','Y','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('WAITTO','Left by wait_time_option','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('XDROP','Its one agent did not come','UNDEFINED','N','N','N','N','N','N','N','N','N','','N','[]','[]');
INSERT INTO "disposition" VALUES('XFER','Handed over','UNDEFINED','Y','Y','N','N','N','N','Y','N','N','','N','[]','[]');
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
INSERT INTO "disposition_entry" VALUES('01M82HQ8WW8X25TF5KE5KBNN1M','01M82HQ86WPFKRJPKAD80FQYN6','1000','LATER',1795382027164737,'local:root (uid 0)','',0);
CREATE TABLE dnc ( -- numbers that must not be dialled
    phone_number TEXT NOT NULL, -- digits
    campaign TEXT NOT NULL, -- by whose agents; empty: by nobody
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL, -- who put it there
    why TEXT NOT NULL, -- a disposition's code, or what people say
    PRIMARY KEY (phone_number, campaign)
) STRICT, WITHOUT ROWID;
INSERT INTO "dnc" VALUES('8005551234','',1795382019398145,'root','');
CREATE TABLE fallback ( -- calls that the app never had: they took the dialplan's fallback, or their DID led elsewhere
    id TEXT PRIMARY KEY, -- the call's
    at INTEGER NOT NULL,
    number TEXT NOT NULL, -- the caller's
    dialled TEXT NOT NULL,
    reason TEXT NOT NULL,
    goto TEXT NOT NULL DEFAULT '' -- the place in the dialplan that its DID sent it to
) STRICT, WITHOUT ROWID;
CREATE TABLE group_alias (
    id TEXT PRIMARY KEY,
    -- what people see instead of its name
    group_alias_name TEXT NOT NULL DEFAULT '',
    -- the caller id
    caller_id_number TEXT NOT NULL CHECK (caller_id_number <> ''),
    -- N: it cannot be chosen
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N'))
) STRICT, WITHOUT ROWID;
INSERT INTO "group_alias" VALUES('SALES','','8005550100','Y');
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
INSERT INTO "holiday" VALUES('XMAS26','','2026-12-25','ACTIVE',2400,2400);
CREATE TABLE ingroup (
    id TEXT PRIMARY KEY,
    -- the name that lists and reports show beside the key
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
    -- Y asks the hook choose_agent which ready agent gets the next call
    choose_agent_hook TEXT NOT NULL DEFAULT 'N' CHECK (choose_agent_hook IN ('Y', 'N')),
    -- the item of a call's data that names the agent who is preferred for it; empty for none
    data_agent TEXT NOT NULL DEFAULT '',
    -- seconds that a call waits for the agent of data_agent who is busy; 0 for not at all
    data_agent_wait INTEGER NOT NULL DEFAULT 0 CHECK (data_agent_wait BETWEEN 0 AND 3600),
    -- Y lets a call from another in-group keep its first arrival time for its place in the queue
    keep_wait_on_transfer TEXT NOT NULL DEFAULT 'N' CHECK (keep_wait_on_transfer IN ('Y', 'N')),
    -- how the next agent is chosen from the ready agents
    next_agent_call TEXT NOT NULL DEFAULT 'longest_wait_time' CHECK (next_agent_call IN ('longest_wait_time', 'random', 'oldest_call_start', 'oldest_call_finish', 'oldest_inbound_call_start', 'oldest_inbound_call_finish', 'overall_user_level', 'inbound_group_rank', 'campaign_rank', 'ingroup_grade_random', 'campaign_grade_random', 'fewest_calls', 'fewest_calls_campaign', 'ring_all')),
    -- when Warmline answers the call: before any prompt, when it finds an agent, or never
    answer_signal TEXT NOT NULL DEFAULT 'START' CHECK (answer_signal IN ('START', 'ROUTE', 'NONE')),
    -- seconds within which a call must be connected to an agent to count for the service level
    answer_sec_pct_rt_stat_one INTEGER NOT NULL DEFAULT 20 CHECK (answer_sec_pct_rt_stat_one BETWEEN 1 AND 3600),
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
    -- the action for a call that no_agent_no_queue turns away
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
    -- the action for a caller with a long estimated wait; a PRESS value offers it once, for key 1
    hold_time_option TEXT NOT NULL DEFAULT 'NONE' CHECK (hold_time_option IN ('NONE', 'EXTENSION', 'CALL_MENU', 'VOICEMAIL', 'IN_GROUP', 'CALLERID_CALLBACK', 'DROP_ACTION', 'PRESS_STAY', 'PRESS_VMAIL', 'PRESS_EXTEN', 'PRESS_CALLMENU', 'PRESS_CID_CALLBACK', 'PRESS_INGROUP')),
    -- the action of key 2 in hold_time_option
    hold_time_second_option TEXT NOT NULL DEFAULT 'NONE' CHECK (hold_time_second_option IN ('NONE', 'PRESS_STAY', 'PRESS_VMAIL', 'PRESS_EXTEN', 'PRESS_CALLMENU', 'PRESS_CID_CALLBACK', 'PRESS_INGROUP')),
    -- the action of key 3 in hold_time_option
    hold_time_third_option TEXT NOT NULL DEFAULT 'NONE' CHECK (hold_time_third_option IN ('NONE', 'PRESS_STAY', 'PRESS_VMAIL', 'PRESS_EXTEN', 'PRESS_CALLMENU', 'PRESS_CID_CALLBACK', 'PRESS_INGROUP')),
    -- estimated wait, in seconds, from which hold_time_option applies
    hold_time_option_seconds INTEGER NOT NULL DEFAULT 360 CHECK (hold_time_option_seconds BETWEEN 1 AND 86400),
    -- the sound files that offer the keys of hold_time_option
    hold_time_option_press_filename TEXT NOT NULL DEFAULT 'vm-press|digits/1',
    -- seconds that a caller has to press a key
    hold_time_option_prompt_seconds INTEGER NOT NULL DEFAULT 10 CHECK (hold_time_option_prompt_seconds BETWEEN 1 AND 60),
    -- the sound files that confirm a callback
    hold_time_option_callback_filename TEXT NOT NULL DEFAULT 'vm-goodbye',
    -- the extension for hold_time_option; AGENTEXT for the agent's custom_five
    hold_time_option_exten TEXT NOT NULL DEFAULT '',
    -- the mailbox for hold_time_option; AGENTVMAIL for the agent's voicemail_id
    hold_time_option_voicemail TEXT NOT NULL DEFAULT '',
    -- the in-group for hold_time_option
    hold_time_option_xfer_group TEXT REFERENCES ingroup (id),
    -- the dialplan context for hold_time_option; a call enters it at extension s
    hold_time_option_callmenu TEXT NOT NULL DEFAULT '',
    -- seconds that a caller waits before hold_time_option applies
    hold_time_option_minimum INTEGER NOT NULL DEFAULT 0 CHECK (hold_time_option_minimum BETWEEN 0 AND 86400),
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
    -- the offer to make if both are set: WAIT for wait_time_option, HOLD for hold_time_option, or BOTH
    wait_hold_option_priority TEXT NOT NULL DEFAULT 'WAIT' CHECK (wait_hold_option_priority IN ('WAIT', 'HOLD', 'BOTH')),
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
    transfer_url TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
INSERT INTO "ingroup" VALUES('AGENTDIRECT','','Y',NULL,'DISABLED',99,'[]','N','',0,'N','longest_wait_time','START',20,NULL,'MESSAGE','vm-goodbye','','',NULL,'','N','MESSAGE','vm-nobodyavail|vm-goodbye','DISABLED',0,'NO_AGENT_NO_QUEUE',360,'HANGUP','vm-goodbye','','',NULL,'','default','---NONE---','ALWAYS','queue-thankyou',60,'N','N','beep','NONE','NONE','NONE',360,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'',0,'NONE','NONE','NONE',120,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'','WAIT','DISABLED','N','vm-goodbye','','',NULL,'','CIDLOOKUP',NULL,'','','');
INSERT INTO "ingroup" VALUES('CLOSEDLINE','','N',NULL,'DISABLED',0,'[]','N','',0,'N','longest_wait_time','START',20,NULL,'MESSAGE','vm-goodbye','','',NULL,'','N','MESSAGE','vm-nobodyavail|vm-goodbye','DISABLED',0,'NO_AGENT_NO_QUEUE',360,'HANGUP','vm-goodbye','','',NULL,'','default','---NONE---','ALWAYS','queue-thankyou',60,'N','N','beep','NONE','NONE','NONE',360,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'',0,'NONE','NONE','NONE',120,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'','WAIT','DISABLED','N','vm-goodbye','','',NULL,'','CIDLOOKUP',NULL,'','','');
INSERT INTO "ingroup" VALUES('SALESLINE','','Y','SUPPORTLINE','DISABLED',0,'[]','N','',0,'N','longest_wait_time','START',20,NULL,'MESSAGE','vm-goodbye','','',NULL,'','N','MESSAGE','vm-nobodyavail|vm-goodbye','DISABLED',0,'NO_AGENT_NO_QUEUE',360,'HANGUP','vm-goodbye','','',NULL,'','default','---NONE---','ALWAYS','queue-thankyou',60,'N','N','beep','NONE','NONE','NONE',360,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'',0,'NONE','NONE','NONE',120,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'','WAIT','DISABLED','N','vm-goodbye','','',NULL,'','CIDLOOKUP',NULL,'','','');
INSERT INTO "ingroup" VALUES('SUPPORTLINE','','Y',NULL,'DISABLED',0,'[]','N','',0,'N','longest_wait_time','START',20,NULL,'MESSAGE','vm-goodbye','','',NULL,'','N','MESSAGE','vm-nobodyavail|vm-goodbye','DISABLED',0,'NO_AGENT_NO_QUEUE',360,'HANGUP','vm-goodbye','','',NULL,'','default','---NONE---','ALWAYS','queue-thankyou',60,'N','N','beep','NONE','NONE','NONE',360,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'',0,'NONE','NONE','NONE',120,'vm-press|digits/1',10,'vm-goodbye','','',NULL,'','WAIT','DISABLED','N','vm-goodbye','','',NULL,'','CIDLOOKUP',NULL,'','','');
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY, -- without gaps
    at INTEGER NOT NULL,
    kind TEXT NOT NULL, -- of the input: LegJoined, TimeCame …
    call TEXT NOT NULL DEFAULT '',
    agent TEXT NOT NULL DEFAULT '',
    payload TEXT, -- JSON: the input with every fact used for it; NULL: erased on a person's request
    payload_hash TEXT NOT NULL CHECK (length(payload_hash) = 64), -- SHA-256
    hash TEXT NOT NULL CHECK (length(hash) = 64) -- SHA-256 over the row before's hash and this row but its payload
) STRICT;
INSERT INTO "journal" VALUES(1,1795382017148890,'app.started','','','{"core":10,"base":"01M82HPZ3W8X6XTZB0DMSBCMVQ","input":{}}','e37e362428425031f4f4de6feb6c7e4890e6ed2d35ca41495fbefb6f01d660ab','2ca37ab6ed42e3cdefc6f712934d51c13ab86168676bbf1c45bea6e04922b29d');
INSERT INTO "journal" VALUES(2,1795382017153715,'config.changed','','','{"core":10,"base":"01M82HPZ41FVGP0Z7PMJCEMVQG","input":{"rules":{"campaigns":{"TESTCAMP":{"id":"TESTCAMP","campaign_name":"","active":"Y","campaign_recording":"ALLCALLS","allcalls_delay":0,"campaign_rec_filename":"FULLDATE_CUSTPHONE","recording_format":"wav","leave_3way_start_recording":"ALL_CALLS","leave_3way_start_recording_exception":"DISABLED","leave_3way_stop_recording":"DISABLED","three_way_record_stop":"N","three_way_record_stop_exception":"DISABLED","hangup_xfer_record_start":"N","dead_stop_recording":"DISABLED","park_recording":"CONTINUE","default_xfer_group":"SUPPORTLINE","transfer_no_dispo":"DISABLED","am_message_exten":"vm-goodbye","leave_unanswered_action":"INGROUP","blind_unanswered_action":"INGROUP","unanswered_message":"vm-goodbye","customer_gone_while_dialing":"CANCEL","customer_3way_hangup_action":"NONE","customer_3way_hangup_seconds":5,"park_max_seconds":0,"park_ivr":"","agent_rescue_seconds":20,"left_max_minutes":240,"continue_after_hangup":"N","dial_template":"PJSIP/{number}@trunk","dial_prefix":"","three_way_dial_prefix":"","dial_timeout":20,"three_way_call_cid":"CAMPAIGN","campaign_cid":"0000000000","manual_dial_cid":"CAMPAIGN","manual_preview_dial":"PREVIEW_AND_SKIP","dial_allow":[],"dial_deny":[],"international_prefixes":["00","011"],"follow_redirects":0,"dial_call_time_id":"","daily_limit_manual":0,"manual_calls_at_once":0,"callback_useronly_move_minutes":0,"login_state":"READY","phone_login":"TRUSTED","agent_pause_codes_active":"N","wrapup_seconds":0,"dispo_max":0,"dead_max":0,"pause_max":0,"phone_caller_name":"Warmline login","phone_caller_number":"","phone_headers":"","feature_keys":"N","feature_numbers":[],"manual_dial_list_id":"998","campaign_script":"","agent_lead_search":"DISABLED","start_call_url":"","dispo_call_url":"","transfer_url":""}},"ingroups":{"AGENTDIRECT":{"id":"AGENTDIRECT","group_name":"","active":"Y","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":99,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"CLOSEDLINE":{"id":"CLOSEDLINE","group_name":"","active":"N","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"SALESLINE":{"id":"SALESLINE","group_name":"","active":"Y","default_xfer_group":"SUPPORTLINE","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"SUPPORTLINE":{"id":"SUPPORTLINE","group_name":"","active":"Y","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""}},"agents":{"1000":{"id":"1000","full_name":"","active":"Y","user_group":"","phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1001":{"id":"1001","full_name":"","active":"Y","user_group":"","phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1002":{"id":"1002","full_name":"","active":"Y","user_group":"","phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1003":{"id":"1003","full_name":"","active":"Y","user_group":"","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1004":{"id":"1004","full_name":"","active":"Y","user_group":"","phone":"1004","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1005":{"id":"1005","full_name":"","active":"Y","user_group":"","phone":"1005","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1006":{"id":"1006","full_name":"","active":"Y","user_group":"","phone":"1006","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1007":{"id":"1007","full_name":"","active":"Y","user_group":"","phone":"1007","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1008":{"id":"1008","full_name":"","active":"Y","user_group":"","phone":"1008","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1009":{"id":"1009","full_name":"","active":"Y","user_group":"","phone":"1009","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""}},"call_times":{"OFFICE":{"id":"OFFICE","ct_default_start":900,"ct_default_stop":1800,"ct_sunday_start":0,"ct_sunday_stop":0,"ct_monday_start":0,"ct_monday_stop":0,"ct_tuesday_start":0,"ct_tuesday_stop":0,"ct_wednesday_start":0,"ct_wednesday_stop":0,"ct_thursday_start":0,"ct_thursday_stop":0,"ct_friday_start":0,"ct_friday_stop":0,"ct_saturday_start":0,"ct_saturday_stop":0,"ct_holidays":[],"timezone":""}},"holidays":{"XMAS26":{"id":"XMAS26","holiday_name":"","holiday_date":"2026-12-25","holiday_status":"ACTIVE","ct_default_start":2400,"ct_default_stop":2400}},"containers":{"PARTNERS":["8500","5551234"]},"group_aliases":{"SALES":{"id":"SALES","group_alias_name":"","caller_id_number":"8005550100","active":"Y"}},"dispositions":{"A":{"id":"A","status_name":"Answering machine","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AA":{"id":"AA","status_name":"Answering machine, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AB":{"id":"AB","status_name":"Busy, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"ADAIR":{"id":"ADAIR","status_name":"Nobody spoke, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"ADC":{"id":"ADC","status_name":"Disconnected, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"ADCT":{"id":"ADCT","status_name":"Disconnected for a time","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AFAX":{"id":"AFAX","status_name":"Fax machine","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AFTHRS":{"id":"AFTHRS","status_name":"Came when it was closed","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AL":{"id":"AL","status_name":"Message played to a machine","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"ALTNUM":{"id":"ALTNUM","status_name":"Another number of the lead is next","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AM":{"id":"AM","status_name":"Sent to the machine message","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"B":{"id":"B","status_name":"Busy signal","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"BUSY":{"id":"BUSY","status_name":"Busy","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"CALLBK":{"id":"CALLBK","status_name":"Call back at a set time","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"CB":{"id":"CB","status_name":"Call back","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"CBHOLD":{"id":"CBHOLD","status_name":"Waits for its callback","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"CLOSOP":{"id":"CLOSOP","status_name":"In-group closed while it waited","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DAIR":{"id":"DAIR","status_name":"Nobody spoke","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DC":{"id":"DC","status_name":"Line disconnected","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DCMX":{"id":"DCMX","status_name":"Dead call ended by dead_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DEC":{"id":"DEC","status_name":"Sale declined","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DISC":{"id":"DISC","status_name":"Number out of service","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DISMX":{"id":"DISMX","status_name":"No code within dispo_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DNC":{"id":"DNC","status_name":"Do not call","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"Y","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DNCC":{"id":"DNCC","status_name":"On the do-not-call list of a campaign","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DNCL":{"id":"DNCL","status_name":"On the do-not-call list","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DROP":{"id":"DROP","status_name":"Hung up while waiting","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"ERI":{"id":"ERI","status_name":"Error on the agent''s side","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"HOLDTO":{"id":"HOLDTO","status_name":"Left by hold_time_option","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"INCALL":{"id":"INCALL","status_name":"In a call","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"IQNANQ":{"id":"IQNANQ","status_name":"No agents any more while it waited","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"IVRXFR":{"id":"IVRXFR","status_name":"Sent to a call menu","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"LATER":{"id":"LATER","status_name":"Call later","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"LRERR":{"id":"LRERR","status_name":"No line for it","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"LSMERG":{"id":"LSMERG","status_name":"Merged with another lead","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"MAXCAL":{"id":"MAXCAL","status_name":"Too many calls","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"MLINAT":{"id":"MLINAT","status_name":"Other leads of the account set aside","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"N":{"id":"N","status_name":"Not answered","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"NA":{"id":"NA","status_name":"No answer","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"NANQUE":{"id":"NANQUE","status_name":"No agents to wait for","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"NEW":{"id":"NEW","status_name":"Not called yet","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"NI":{"id":"NI","status_name":"Not interested","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"Y","customer_contact":"Y","unworkable":"N","completed":"Y","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"NP":{"id":"NP","status_name":"No offer made","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"PAUSMX":{"id":"PAUSMX","status_name":"Paused longer than pause_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"PDROP":{"id":"PDROP","status_name":"Dropped before it was routed","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"PM":{"id":"PM","status_name":"Message played","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"PU":{"id":"PU","status_name":"Answered, then dropped","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"QCFAIL":{"id":"QCFAIL","status_name":"To be called again after a check","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"QUEUE":{"id":"QUEUE","status_name":"On its way to an agent","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"QVMAIL":{"id":"QVMAIL","status_name":"Left a voicemail instead of waiting","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"RAXFER":{"id":"RAXFER","status_name":"Handed over from outside","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"RQXFER":{"id":"RQXFER","status_name":"Sent back into the queue","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SALE":{"id":"SALE","status_name":"Sale","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"Y","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"Y","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SVYCLM":{"id":"SVYCLM","status_name":"Survey led to a call menu","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SVYEXT":{"id":"SVYEXT","status_name":"Survey led to an extension","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SVYHU":{"id":"SVYHU","status_name":"Survey ended by hanging up","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SVYREC":{"id":"SVYREC","status_name":"Survey was recorded","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SVYVM":{"id":"SVYVM","status_name":"Survey led to voicemail","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"TIMEOT":{"id":"TIMEOT","status_name":"Waited for drop_call_seconds","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"VM":{"id":"VM","status_name":"Voicemail","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"WAITTO":{"id":"WAITTO","status_name":"Left by wait_time_option","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"XDROP":{"id":"XDROP","status_name":"Its one agent did not come","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"XFER":{"id":"XFER","status_name":"Handed over","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]}},"pause_codes":{"LUNCH":{"id":"LUNCH","pause_code_name":"Lunch","key":"","billable":"NO","campaigns":[]}},"api_impossible":"ERROR","timezone":"Europe/Berlin","webhook_hosts":[],"max_legs":0,"hook_deadline":200,"vdc_agent_api_active":"1"}}}','5b34dfd2a3d1c6c3651e612261b01d1fe79960c940c8ae6f50eb2c78866f0a7a','4ca56208931ee9ef796121bae75fd9890e0352be4ce4e36e42c5b74674bb8f1f');
INSERT INTO "journal" VALUES(3,1795382017244222,'app.reconciling','','','{"core":10,"base":"01M82HPZ6WX05GN33E5B43SK78","input":{}}','2fa0ff0017d51657ab3acef041817500efa7bf9f61085a30c3d433868f97ff40','f7fabeab85df6502028f2e4c2281ff877621b38f96400c4bc809941d34311aa9');
INSERT INTO "journal" VALUES(4,1795382017248711,'asterisk.connected','','','{"core":10,"base":"01M82HPZ70R9FM4MJ6Z0V63YTR","input":{"started":1795382014331000}}','6583d68d6a55203c9029646a551140a1361dadc01b5cf294a7f4aa1bce48c0e8','e95ffb1d81b1a8b65af5fa1930f43219b425db24ab750adf28be974799c01ad8');
INSERT INTO "journal" VALUES(5,1795382017261351,'app.reconciled','','','{"core":10,"base":"01M82HPZ7DW4BQEVX8GHNXX4RM","input":{}}','b8cabac1fda2220b67156d2a1dc90de25f1f197f3a3efbbb01ddd1c52992f364','7aad8250eb0f8570fa8426d231cd57478f5981f7297457d5b270322363822ce2');
INSERT INTO "journal" VALUES(6,1795382020179360,'leg.arrived','','1001','{"core":10,"base":"01M82HQ22K1R9NRKY9KG7VPMVE","input":{"leg":"1795382020.0","args":["login","1001"],"number":"1001","dialled":"s","call":"","session":"01M82HQ2231BFJ4ARPD7Z5V3V0","up":false,"why":["phone: 1001 is agent 1001''s","campaign: TESTCAMP has phone_login=TRUSTED"],"data":[],"after":false,"priority":0},"asked":[["channel.answer",{"leg":"1795382020.0"}],["channel.play",{"leg":"1795382020.0","media":"sound:agent-loginok","play":"login-1795382020.0"}]],"events":[["agent.logged_in",{"state":"PAUSED","call":null,"phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"pause_code":"LOGIN"}]]}','53b4a2582a7354455355e3f639092a20e0840f36e8337613bab0e4e6afe514a2','a161a99d7e84cf5b81b8a63e2301b134ba8982242e9c7231940323327a441c21');
INSERT INTO "journal" VALUES(7,1795382020190577,'leg.answered','','1001','{"core":10,"base":"01M82HQ22Y3TMG9185PH3QCTPF","input":{"leg":"1795382020.0"}}','abf640f1ab121eb0e6b92ce0ecff7500d2235025fcec0efe1ec426702c2565b7','1142967682ec62694ab2873a4ab39f0bc6b4d131c43f1ebeb7e0b5079b05a775');
INSERT INTO "journal" VALUES(8,1795382020206902,'config.changed','','','{"core":10,"base":"01M82HQ23E7XAMHFKQ1N4VX42T","input":{"rules":{"campaigns":{"TESTCAMP":{"id":"TESTCAMP","campaign_name":"","active":"Y","campaign_recording":"ALLCALLS","allcalls_delay":0,"campaign_rec_filename":"FULLDATE_CUSTPHONE","recording_format":"wav","leave_3way_start_recording":"ALL_CALLS","leave_3way_start_recording_exception":"DISABLED","leave_3way_stop_recording":"DISABLED","three_way_record_stop":"N","three_way_record_stop_exception":"DISABLED","hangup_xfer_record_start":"N","dead_stop_recording":"DISABLED","park_recording":"CONTINUE","default_xfer_group":"SUPPORTLINE","transfer_no_dispo":"DISABLED","am_message_exten":"vm-goodbye","leave_unanswered_action":"INGROUP","blind_unanswered_action":"INGROUP","unanswered_message":"vm-goodbye","customer_gone_while_dialing":"CANCEL","customer_3way_hangup_action":"NONE","customer_3way_hangup_seconds":5,"park_max_seconds":0,"park_ivr":"","agent_rescue_seconds":20,"left_max_minutes":240,"continue_after_hangup":"N","dial_template":"PJSIP/{number}@trunk","dial_prefix":"","three_way_dial_prefix":"","dial_timeout":20,"three_way_call_cid":"CAMPAIGN","campaign_cid":"0000000000","manual_dial_cid":"CAMPAIGN","manual_preview_dial":"PREVIEW_AND_SKIP","dial_allow":[],"dial_deny":[],"international_prefixes":["00","011"],"follow_redirects":0,"dial_call_time_id":"","daily_limit_manual":0,"manual_calls_at_once":0,"callback_useronly_move_minutes":0,"login_state":"READY","phone_login":"TRUSTED","agent_pause_codes_active":"N","wrapup_seconds":0,"dispo_max":0,"dead_max":0,"pause_max":0,"phone_caller_name":"Warmline login","phone_caller_number":"","phone_headers":"","feature_keys":"N","feature_numbers":[],"manual_dial_list_id":"998","campaign_script":"","agent_lead_search":"DISABLED","start_call_url":"","dispo_call_url":"","transfer_url":""}},"ingroups":{"AGENTDIRECT":{"id":"AGENTDIRECT","group_name":"","active":"Y","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":99,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"CLOSEDLINE":{"id":"CLOSEDLINE","group_name":"","active":"N","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"SALESLINE":{"id":"SALESLINE","group_name":"","active":"Y","default_xfer_group":"SUPPORTLINE","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"SUPPORTLINE":{"id":"SUPPORTLINE","group_name":"","active":"Y","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""}},"agents":{"1000":{"id":"1000","full_name":"","active":"Y","user_group":"","phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1001":{"id":"1001","full_name":"","active":"Y","user_group":"","phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1002":{"id":"1002","full_name":"","active":"Y","user_group":"","phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1003":{"id":"1003","full_name":"","active":"Y","user_group":"","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1004":{"id":"1004","full_name":"","active":"Y","user_group":"","phone":"1004","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1005":{"id":"1005","full_name":"","active":"Y","user_group":"","phone":"1005","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1006":{"id":"1006","full_name":"","active":"Y","user_group":"","phone":"1006","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1007":{"id":"1007","full_name":"","active":"Y","user_group":"","phone":"1007","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1008":{"id":"1008","full_name":"","active":"Y","user_group":"","phone":"1008","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1009":{"id":"1009","full_name":"","active":"Y","user_group":"","phone":"1009","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""}},"call_times":{"OFFICE":{"id":"OFFICE","ct_default_start":900,"ct_default_stop":1800,"ct_sunday_start":0,"ct_sunday_stop":0,"ct_monday_start":0,"ct_monday_stop":0,"ct_tuesday_start":0,"ct_tuesday_stop":0,"ct_wednesday_start":0,"ct_wednesday_stop":0,"ct_thursday_start":0,"ct_thursday_stop":0,"ct_friday_start":0,"ct_friday_stop":0,"ct_saturday_start":0,"ct_saturday_stop":0,"ct_holidays":[],"timezone":""}},"holidays":{"XMAS26":{"id":"XMAS26","holiday_name":"","holiday_date":"2026-12-25","holiday_status":"ACTIVE","ct_default_start":2400,"ct_default_stop":2400}},"containers":{"PARTNERS":["8500","5551234"]},"group_aliases":{"SALES":{"id":"SALES","group_alias_name":"","caller_id_number":"8005550100","active":"Y"}},"dispositions":{"A":{"id":"A","status_name":"Answering machine","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AA":{"id":"AA","status_name":"Answering machine, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AB":{"id":"AB","status_name":"Busy, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"ADAIR":{"id":"ADAIR","status_name":"Nobody spoke, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"ADC":{"id":"ADC","status_name":"Disconnected, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"ADCT":{"id":"ADCT","status_name":"Disconnected for a time","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AFAX":{"id":"AFAX","status_name":"Fax machine","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AFTHRS":{"id":"AFTHRS","status_name":"Came when it was closed","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AL":{"id":"AL","status_name":"Message played to a machine","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"ALTNUM":{"id":"ALTNUM","status_name":"Another number of the lead is next","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AM":{"id":"AM","status_name":"Sent to the machine message","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"B":{"id":"B","status_name":"Busy signal","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"BUSY":{"id":"BUSY","status_name":"Busy","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"CALLBK":{"id":"CALLBK","status_name":"Call back at a set time","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"CB":{"id":"CB","status_name":"Call back","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"CBHOLD":{"id":"CBHOLD","status_name":"Waits for its callback","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"CLOSOP":{"id":"CLOSOP","status_name":"In-group closed while it waited","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DAIR":{"id":"DAIR","status_name":"Nobody spoke","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DC":{"id":"DC","status_name":"Line disconnected","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DCMX":{"id":"DCMX","status_name":"Dead call ended by dead_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DEC":{"id":"DEC","status_name":"Sale declined","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DISC":{"id":"DISC","status_name":"Number out of service","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DISMX":{"id":"DISMX","status_name":"No code within dispo_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DNC":{"id":"DNC","status_name":"Do not call","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"Y","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DNCC":{"id":"DNCC","status_name":"On the do-not-call list of a campaign","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DNCL":{"id":"DNCL","status_name":"On the do-not-call list","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DROP":{"id":"DROP","status_name":"Hung up while waiting","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"ERI":{"id":"ERI","status_name":"Error on the agent''s side","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"HOLDTO":{"id":"HOLDTO","status_name":"Left by hold_time_option","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"INCALL":{"id":"INCALL","status_name":"In a call","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"IQNANQ":{"id":"IQNANQ","status_name":"No agents any more while it waited","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"IVRXFR":{"id":"IVRXFR","status_name":"Sent to a call menu","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"LATER":{"id":"LATER","status_name":"Call later","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"LRERR":{"id":"LRERR","status_name":"No line for it","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"LSMERG":{"id":"LSMERG","status_name":"Merged with another lead","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"MAXCAL":{"id":"MAXCAL","status_name":"Too many calls","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"MLINAT":{"id":"MLINAT","status_name":"Other leads of the account set aside","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"N":{"id":"N","status_name":"Not answered","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"NA":{"id":"NA","status_name":"No answer","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"NANQUE":{"id":"NANQUE","status_name":"No agents to wait for","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"NEW":{"id":"NEW","status_name":"Not called yet","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"NI":{"id":"NI","status_name":"Not interested","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"Y","customer_contact":"Y","unworkable":"N","completed":"Y","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"NP":{"id":"NP","status_name":"No offer made","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"PAUSMX":{"id":"PAUSMX","status_name":"Paused longer than pause_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"PDROP":{"id":"PDROP","status_name":"Dropped before it was routed","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"PM":{"id":"PM","status_name":"Message played","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"PU":{"id":"PU","status_name":"Answered, then dropped","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"QCFAIL":{"id":"QCFAIL","status_name":"To be called again after a check","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"QUEUE":{"id":"QUEUE","status_name":"On its way to an agent","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"QVMAIL":{"id":"QVMAIL","status_name":"Left a voicemail instead of waiting","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"RAXFER":{"id":"RAXFER","status_name":"Handed over from outside","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"RQXFER":{"id":"RQXFER","status_name":"Sent back into the queue","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SALE":{"id":"SALE","status_name":"Sale","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"Y","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"Y","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SVYCLM":{"id":"SVYCLM","status_name":"Survey led to a call menu","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SVYEXT":{"id":"SVYEXT","status_name":"Survey led to an extension","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SVYHU":{"id":"SVYHU","status_name":"Survey ended by hanging up","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SVYREC":{"id":"SVYREC","status_name":"Survey was recorded","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SVYVM":{"id":"SVYVM","status_name":"Survey led to voicemail","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"TIMEOT":{"id":"TIMEOT","status_name":"Waited for drop_call_seconds","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"VM":{"id":"VM","status_name":"Voicemail","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"WAITTO":{"id":"WAITTO","status_name":"Left by wait_time_option","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"XDROP":{"id":"XDROP","status_name":"Its one agent did not come","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"XFER":{"id":"XFER","status_name":"Handed over","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]}},"pause_codes":{"LUNCH":{"id":"LUNCH","pause_code_name":"Lunch","key":"","billable":"NO","campaigns":[]}},"api_impossible":"ERROR","timezone":"Europe/Berlin","webhook_hosts":[],"max_legs":0,"hook_deadline":200,"vdc_agent_api_active":"1"}}}','6cf33d36f3406cd4ae854179188cae42b7d15ff1674fc127ce05a4df66636031','ab3b168c6b62c466a9c59c4e09757b68a0deeeedc2758870a7e7a82630f0699d');
INSERT INTO "journal" VALUES(9,1795382021935907,'leg.prompt_finished','','1001','{"core":10,"base":"01M82HQ3SFMC8JPZFKFY8Q8KJD","input":{"leg":"1795382020.0","ok":true,"play":"login-1795382020.0"},"asked":[["channel.play_silence",{"leg":"1795382020.0","on":true}]],"events":[["agent.ready",{"state":"READY","call":null,"phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','4e4c2a01e70eb8761a84ee25b6e7dfa58fe8944ea8d306cd2bcd820828fbea6a','246dd26e511cef24189b30a5bad98bf9420428f9dc5af813459f0e0815ef1d1b');
INSERT INTO "journal" VALUES(10,1795382022134739,'leg.arrived','01M82HQ3YR3QN0E3XVC1R23TKE','1001','{"core":10,"base":"01M82HQ3ZPAPDT9ZRD9MCN0PMV","input":{"leg":"1795382021.1","args":["ingroup","SALESLINE"],"number":"493012345671","dialled":"8005550100","call":"01M82HQ3YR3QN0E3XVC1R23TKE","session":"","up":false,"why":["number: 8005550100","did: 8005550100 goes to ingroup:SALESLINE","in-group: in-group SALESLINE is active"],"data":[],"after":false,"priority":0},"asked":[["lead.find",{"call":"01M82HQ3YR3QN0E3XVC1R23TKE","number":"493012345671","method":"CIDLOOKUP","list_id":"999","status":"INBND"}],["channel.answer",{"leg":"1795382021.1"}],["bridge.create",{"bridge":"room-01M82HQ3YR3QN0E3XVC1R23TKE"}],["bridge.add",{"leg":"1795382021.1","bridge":"room-01M82HQ3YR3QN0E3XVC1R23TKE"}],["channel.play_silence",{"leg":"1795382020.0","on":false}],["bridge.add",{"leg":"1795382020.0","bridge":"room-01M82HQ3YR3QN0E3XVC1R23TKE"}]],"events":[["call.ringing",{"agc_id":"Y0001795382022134739","state":"ringing_agent","arrived":1795382022134739,"customer":"493012345671","ingroup":"SALESLINE","dialled":"8005550100"}],["agent.connecting",{"state":"QUEUE","phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','e6ec28d2f5ba809193fb625b3103f3b89277b86f36ecd8f91e9437ccb9d3c3dc','16303488a22deeaef557e37dee43455e70ff0104763a716867996f23017f7ab2');
INSERT INTO "journal" VALUES(11,1795382022142487,'leg.answered','01M82HQ3YR3QN0E3XVC1R23TKE','1001','{"core":10,"base":"01M82HQ3ZY5E8SN32N8DJH71VA","input":{"leg":"1795382021.1"}}','d33594f9e35932796cf6b202cf8574d8fa8b1ee386f7a8c12c3c0c720a2c225e','0c17109ab1fdb0248117267791e72d16fbedd3077a8017a33b58f509e4675211');
INSERT INTO "journal" VALUES(12,1795382022145094,'lead.found','01M82HQ3YR3QN0E3XVC1R23TKE','1001','{"core":10,"base":"01M82HQ4015KMQX69Q0FEXW1T0","input":{"call":"01M82HQ3YR3QN0E3XVC1R23TKE","lead":3},"events":[["call.updated",{"agc_id":"Y0001795382022134739","state":"ringing_agent","since":1795382022134739,"arrived":1795382022134739,"customer":"493012345671","ingroup":"SALESLINE","dialled":"8005550100","lead":3}]]}','67eea71c70b25ae065d653b347983816c5e1466df49753c3abc2daa2589c2667','b71288f18f84a8d2bb23a12d35d22b2cb3a458f9282c8e2db8b2d12904a71649');
INSERT INTO "journal" VALUES(13,1795382022146843,'leg.joined','01M82HQ3YR3QN0E3XVC1R23TKE','1001','{"core":10,"base":"01M82HQ402JZ7V32VPC2YC4CD7","input":{"leg":"1795382020.0","bridge":"room-01M82HQ3YR3QN0E3XVC1R23TKE"}}','3e584ff5672bf0ccbffa54ad72bf7529c9f77ad5d79fff7887572e34809c5a96','d2cddab2a66409fd55d849c1ebc0fb183e648477bbb9ed70037ddfd3780b741d');
INSERT INTO "journal" VALUES(14,1795382022147026,'leg.joined','01M82HQ3YR3QN0E3XVC1R23TKE','1001','{"core":10,"base":"01M82HQ403EVMBG4E8NVJEJ2NG","input":{"leg":"1795382021.1","bridge":"room-01M82HQ3YR3QN0E3XVC1R23TKE"},"asked":[["channel.whisper",{"leg":"01M82HQ403EVMBG4E8NVJEJ2NJ","to":"1795382020.0"}],["recording.start",{"name":"20261122-211342_493012345671_01M82HQ3YR3QN0E3XVC1R23TKE-1","bridge":"room-01M82HQ3YR3QN0E3XVC1R23TKE"}]],"events":[["call.connected",{"agc_id":"Y0001795382022134739","state":"talking","arrived":1795382022134739,"customer":"493012345671","ingroup":"SALESLINE","dialled":"8005550100","lead":3,"connected":1795382022147026}],["agent.in_call",{"state":"INCALL","phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','13624ca33e7a4015d5e92555e34c985db9ec3f37be7c030b5e70fe504cfc2a7a','e639bd8ac0633fe8cd785e570f2b6fd4211e93f79442bd596218293ab67b1b7b');
INSERT INTO "journal" VALUES(15,1795382022151014,'leg.arrived','','1001','{"core":10,"base":"01M82HQ407KQMCYGWVR3VNF53S","input":{"leg":"01M82HQ403EVMBG4E8NVJEJ2NJ","args":["whisper"],"number":"","dialled":"s","call":"","session":"","up":true,"why":[],"data":[],"after":false,"priority":0},"asked":[["channel.play",{"leg":"01M82HQ403EVMBG4E8NVJEJ2NJ","media":"sound:beep","play":""}]]}','554553d4952a29bd55763920d0fab73f41664a3f6f1a2d51cbc853277d7af4f2','af1c58c8c8097729046dbcef8c07af8d0a46c281cdb62046365a8ad729d1d948');
INSERT INTO "journal" VALUES(16,1795382022155170,'recording_file.started','01M82HQ3YR3QN0E3XVC1R23TKE','1001','{"core":10,"base":"01M82HQ40BPPQT04X7JS33E4KF","input":{"name":"20261122-211342_493012345671_01M82HQ3YR3QN0E3XVC1R23TKE-1"},"events":[["recording.started",{"id":"20261122-211342_493012345671_01M82HQ3YR3QN0E3XVC1R23TKE-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795382022155170}]]}','090c5e58dfee2bf4d384078ebbcd1e4f9564f506afed4fbc0bc2d41f41144f05','d101cb682c15de1378fb9bb21de73d487ed58f293329a8ffb28a02bbcd41deb5');
INSERT INTO "journal" VALUES(17,1795382022283192,'leg.arrived','','1002','{"core":10,"base":"01M82HQ44B8XMMBWXR15K34641","input":{"leg":"1795382022.5","args":["login","1002"],"number":"1002","dialled":"s","call":"","session":"01M82HQ444M0K967TS62NE4J2J","up":false,"why":["phone: 1002 is agent 1002''s","campaign: TESTCAMP has phone_login=TRUSTED"],"data":[],"after":false,"priority":0},"asked":[["channel.answer",{"leg":"1795382022.5"}],["channel.play",{"leg":"1795382022.5","media":"sound:agent-loginok","play":"login-1795382022.5"}]],"events":[["agent.logged_in",{"state":"PAUSED","call":null,"phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"pause_code":"LOGIN"}]]}','d9dfe309e4c3a2ec684fc7ebda4ede8bad500b9fc3f1daf4fe6cb692c9a365ac','37baa9cee2e609c397b56ea0a38531a5f18ffb0042fea539a0198b4fdb2dac94');
INSERT INTO "journal" VALUES(18,1795382022287367,'leg.answered','','1002','{"core":10,"base":"01M82HQ44FR6VV24ABD4S9N7Q7","input":{"leg":"1795382022.5"}}','981bcbbe119f74e313c7185a8c0d6410d39ee3162165ee791dabef137c81221b','5a52c2f087dd62a3b1cf565c076dd0afe8759c6892e41146296cc270a7cc704b');
INSERT INTO "journal" VALUES(19,1795382022577661,'leg.prompt_finished','','1001','{"core":10,"base":"01M82HQ4DH38ZCH9R48W9YMM0J","input":{"leg":"01M82HQ403EVMBG4E8NVJEJ2NJ","ok":true,"play":"3759c8c9-6d0d-4f11-8edf-2515cb8d1028"},"asked":[["channel.hang_up",{"leg":"01M82HQ403EVMBG4E8NVJEJ2NJ"}]]}','e8cf246b1beb8ceb478ebeecff111a248f6bcb9d90dc2156e9b9e2ef2f523438','4f5baf55f45b26b5facdf35a6bbd10adf5bb215cfea7935b0b7ee1008dd0112f');
INSERT INTO "journal" VALUES(20,1795382022579989,'leg.destroyed','','1001','{"core":10,"base":"01M82HQ4DKNFJ6TX77PH5M0756","input":{"leg":"01M82HQ403EVMBG4E8NVJEJ2NJ","cause":0}}','4ed5e5d8c91aca098d584b6be83c56244712e926d4700a9cb6f2682faa91967f','3e0b6779545cda950c4f45bd050a4bb508e4aa7d00aa77fbd36ca38764e79219');
INSERT INTO "journal" VALUES(21,1795382024032746,'leg.prompt_finished','','1002','{"core":10,"base":"01M82HQ5V0CM0X1GEE9WJJRW0A","input":{"leg":"1795382022.5","ok":true,"play":"login-1795382022.5"},"asked":[["channel.play_silence",{"leg":"1795382022.5","on":true}]],"events":[["agent.ready",{"state":"READY","call":null,"phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','eefacffcbdacfde550c444986f88d5c53dddcd36c956b963aef4ec3cffaca1fb','75df7df353694c2d1d6a794a1f518e5a0257f1d96efe1a9e47345c42da5e6ce2');
INSERT INTO "journal" VALUES(22,1795382024220296,'leg.arrived','01M82HQ5ZMRXXY43H23RDTEVKV','1002','{"core":10,"base":"01M82HQ60WA8SMEY1FM9HPXDFN","input":{"leg":"1795382024.6","args":["ingroup","SALESLINE"],"number":"493012345672","dialled":"8005550100","call":"01M82HQ5ZMRXXY43H23RDTEVKV","session":"","up":false,"why":["number: 8005550100","did: 8005550100 goes to ingroup:SALESLINE","in-group: in-group SALESLINE is active"],"data":[],"after":false,"priority":0},"asked":[["lead.find",{"call":"01M82HQ5ZMRXXY43H23RDTEVKV","number":"493012345672","method":"CIDLOOKUP","list_id":"999","status":"INBND"}],["channel.answer",{"leg":"1795382024.6"}],["bridge.create",{"bridge":"room-01M82HQ5ZMRXXY43H23RDTEVKV"}],["bridge.add",{"leg":"1795382024.6","bridge":"room-01M82HQ5ZMRXXY43H23RDTEVKV"}],["channel.play_silence",{"leg":"1795382022.5","on":false}],["bridge.add",{"leg":"1795382022.5","bridge":"room-01M82HQ5ZMRXXY43H23RDTEVKV"}]],"events":[["call.ringing",{"agc_id":"Y0001795382024220296","state":"ringing_agent","arrived":1795382024220296,"customer":"493012345672","ingroup":"SALESLINE","dialled":"8005550100"}],["agent.connecting",{"state":"QUEUE","phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','b8f064c9e22773e4d552c5e8f7d8d6f3c9e665b106c259091f471efa91819f83','76cb4fd68af02c49ac1a7c62dacf87bc2471899377648d3314845017213a4b5e');
INSERT INTO "journal" VALUES(23,1795382024224836,'lead.found','01M82HQ5ZMRXXY43H23RDTEVKV','1002','{"core":10,"base":"01M82HQ610NMEAWAVXNKRFCQEJ","input":{"call":"01M82HQ5ZMRXXY43H23RDTEVKV","lead":4},"events":[["call.updated",{"agc_id":"Y0001795382024220296","state":"ringing_agent","since":1795382024220296,"arrived":1795382024220296,"customer":"493012345672","ingroup":"SALESLINE","dialled":"8005550100","lead":4}]]}','c040c96b04fa6b91b1879b58823d6c6d5237ebc94608fa5b4533f5581c86ed8d','96294c5e381ce7d9f2e7832cbf4eb390b0e0e659d604abddcc2b559fb7ce430c');
INSERT INTO "journal" VALUES(24,1795382024231760,'leg.answered','01M82HQ5ZMRXXY43H23RDTEVKV','1002','{"core":10,"base":"01M82HQ617BJ4WKR7JEE8PDRKE","input":{"leg":"1795382024.6"}}','c911da693d111d3561c74f26297d99b59e88a74764025c38978c26cd08550af6','1517f15cfa34f476d7f658228f9270254a20eeb83fb6bbaf231ed8d7a9e1e077');
INSERT INTO "journal" VALUES(25,1795382024233144,'leg.joined','01M82HQ5ZMRXXY43H23RDTEVKV','1002','{"core":10,"base":"01M82HQ6190BBYWZ445F8065Z7","input":{"leg":"1795382022.5","bridge":"room-01M82HQ5ZMRXXY43H23RDTEVKV"}}','2635f90c85b3df175a2b40190452ac9df447976b9aa3ede5e6fd227f2bfae4ed','dc7bf905fccf1de816ce775e5986cf2825edd9d5c4b31a2e6946ba9e23c21ece');
INSERT INTO "journal" VALUES(26,1795382024236237,'leg.joined','01M82HQ5ZMRXXY43H23RDTEVKV','1002','{"core":10,"base":"01M82HQ61CCRH046ACPZV48ZJ8","input":{"leg":"1795382024.6","bridge":"room-01M82HQ5ZMRXXY43H23RDTEVKV"},"asked":[["channel.whisper",{"leg":"01M82HQ61CCRH046ACPZV48ZJA","to":"1795382022.5"}],["recording.start",{"name":"20261122-211344_493012345672_01M82HQ5ZMRXXY43H23RDTEVKV-1","bridge":"room-01M82HQ5ZMRXXY43H23RDTEVKV"}]],"events":[["call.connected",{"agc_id":"Y0001795382024220296","state":"talking","arrived":1795382024220296,"customer":"493012345672","ingroup":"SALESLINE","dialled":"8005550100","lead":4,"connected":1795382024236237}],["agent.in_call",{"state":"INCALL","phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','0865bb6ea749ecbcb9091fc6eb5b9441d5c000a9799380deb02b24ba05c4524b','c2b787eab63d838f29eb1002ff5726860c3341f0d20fda18c9d95f6c5b517fec');
INSERT INTO "journal" VALUES(27,1795382024241447,'leg.arrived','','1002','{"core":10,"base":"01M82HQ61HGE9C7XC42QRCA71K","input":{"leg":"01M82HQ61CCRH046ACPZV48ZJA","args":["whisper"],"number":"","dialled":"s","call":"","session":"","up":true,"why":[],"data":[],"after":false,"priority":0},"asked":[["channel.play",{"leg":"01M82HQ61CCRH046ACPZV48ZJA","media":"sound:beep","play":""}]]}','47c0d1ef31a6980e24eed8bc83f03fecff8f6fb163740096f39de5c049de8e43','d280eb2e751458fb3b27208e58b8f932ba3812a37e23656181cf363e78ecd071');
INSERT INTO "journal" VALUES(28,1795382024244199,'recording_file.started','01M82HQ5ZMRXXY43H23RDTEVKV','1002','{"core":10,"base":"01M82HQ61MMMXVTP8Z3NRPHRQ4","input":{"name":"20261122-211344_493012345672_01M82HQ5ZMRXXY43H23RDTEVKV-1"},"events":[["recording.started",{"id":"20261122-211344_493012345672_01M82HQ5ZMRXXY43H23RDTEVKV-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795382024244199}]]}','fbe1ee5e1f069fdadac05c9e07c9859230a1891df7fb229b1e83ecca61cd3c4c','47359b39c416906868554041688bac5250bef87eb9d242da51683667cdf9552f');
INSERT INTO "journal" VALUES(29,1795382024529635,'command.requested','01M82HQ5ZMRXXY43H23RDTEVKV','1002','{"core":10,"base":"01M82HQ6AHH6T8HK2WJF53P39Z","input":{"receipt":"01M82HQ6AHW4Y30ZNXQH0V9T98","command":{"kind":"DIAL_WITH_CUSTOMER","agent":"1002","call":"01M82HQ5ZMRXXY43H23RDTEVKV","number":"4930555123"},"by":"6666","source":"test"},"asked":[["dial.check",{"check":"01M82HQ6AHW4Y30ZNXQH0V9T98","agent":"1002","campaign":"TESTCAMP","number":"4930555123","readings":["4930555123"],"at":1795382024529635,"since":0,"callback":""}]]}','d62bd0384a84de1647ecc1a6a236b005563f5c5cc1090c6e644ef1f73840b8ec','e5126bbbf2d76f909ba72c359f655d4e2d910be48aa70d66952ca0a15f33fcf7');
INSERT INTO "journal" VALUES(30,1795382024534364,'dial.checked','01M82HQ5ZMRXXY43H23RDTEVKV','1002','{"core":10,"base":"01M82HQ6APXQTXF6B2CB3NVY6Y","input":{"check":"01M82HQ6AHW4Y30ZNXQH0V9T98","agent":"1002","facts":{"listed":"","dialled":0,"callback":null,"problem":""}},"asked":[["channel.create",{"leg":"01M82HQ6APXQTXF6B2CB3NVY6Z","endpoint":"PJSIP/4930555123@trunk","caller":"0000000000","call":"01M82HQ5ZMRXXY43H23RDTEVKV","name":"","headers":[]}]],"events":[["command.started",{"id":"01M82HQ6AHW4Y30ZNXQH0V9T98","kind":"DIAL_WITH_CUSTOMER","number":"4930555123","by":"6666","source":"test","step":"begun"}],["call.updated",{"agc_id":"Y0001795382024220296","state":"talking","since":1795382024236237,"arrived":1795382024220296,"customer":"493012345672","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":4,"connected":1795382024236237}]]}','a8710a35689020665155de78902fb9e06c40ed536dfd530abefab98069e0dda6','3acf5d3eca990ae0798d147105cf0cb5f28d3f11462b1d6f91933ef25c0146ff');
INSERT INTO "journal" VALUES(31,1795382024538861,'leg.arrived','01M82HQ5ZMRXXY43H23RDTEVKV','1002','{"core":10,"base":"01M82HQ6ATAKV386W28EWV61BN","input":{"leg":"01M82HQ6APXQTXF6B2CB3NVY6Z","args":["made"],"number":"","dialled":"s","call":"01M82HQ5ZMRXXY43H23RDTEVKV","session":"","up":false,"why":[],"data":[],"after":false,"priority":0},"asked":[["channel.deafen",{"leg":"01M82HQ6APXQTXF6B2CB3NVY6Z","on":true}],["bridge.add",{"leg":"01M82HQ6APXQTXF6B2CB3NVY6Z","bridge":"room-01M82HQ5ZMRXXY43H23RDTEVKV"}],["channel.dial",{"leg":"01M82HQ6APXQTXF6B2CB3NVY6Z","timeout":20}]]}','8191b5a4c4e3dcf505f2fee136c25981bf4325b06f767ad2dd578b58c6fb7dbc','c6e31dfeda51d849714dad117d3ab0f706cff35156512fd370c7197b261c873c');
INSERT INTO "journal" VALUES(32,1795382024541484,'leg.joined','01M82HQ5ZMRXXY43H23RDTEVKV','1002','{"core":10,"base":"01M82HQ6AXZV7DBR97HF7H13BZ","input":{"leg":"01M82HQ6APXQTXF6B2CB3NVY6Z","bridge":"room-01M82HQ5ZMRXXY43H23RDTEVKV"}}','f33622c5aa999b4d17952988bdf194d401c9062589b2fbe4e4dc84ab2fbf0646','3bcee18539fab1e7ab1c0c7b7faf83655c403367b9aebfe09930fbbfc5b6231d');
INSERT INTO "journal" VALUES(33,1795382024543507,'action.completed','01M82HQ5ZMRXXY43H23RDTEVKV','1002','{"core":10,"base":"01M82HQ6AZN99CZCVHPER524H9","input":{"action":{"leg":"01M82HQ6APXQTXF6B2CB3NVY6Z","timeout":20}},"action":"channel.dial","asked":[["command.answer",{"receipt":"01M82HQ6AHW4Y30ZNXQH0V9T98","why":"","refused":false,"of":""}]],"events":[["call.third_dialing",{"agc_id":"Y0001795382024220296","state":"dialing","arrived":1795382024220296,"customer":"493012345672","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":4,"connected":1795382024236237}],["command.dialing",{"id":"01M82HQ6AHW4Y30ZNXQH0V9T98","kind":"DIAL_WITH_CUSTOMER","requested":1795382024534364,"number":"4930555123","by":"6666","source":"test","step":"dialling"}]]}','894b71097bbf91ad4f9186079e2e9dca63e592f7df642aa380d1b0f7d9fc80d0','259dee689f8cf1138f310945aa8b659993bdd318583b291a71169a9449e8f23a');
INSERT INTO "journal" VALUES(34,1795382024548270,'leg.answered','01M82HQ5ZMRXXY43H23RDTEVKV','1002','{"core":10,"base":"01M82HQ6B4CD62BZB0VRNXA55D","input":{"leg":"01M82HQ6APXQTXF6B2CB3NVY6Z"},"asked":[["channel.deafen",{"leg":"01M82HQ6APXQTXF6B2CB3NVY6Z","on":false}]],"events":[["command.completed",{"id":"01M82HQ6AHW4Y30ZNXQH0V9T98","kind":"DIAL_WITH_CUSTOMER","requested":1795382024534364,"number":"4930555123","by":"6666","source":"test","ended":1795382024548270,"outcome":"completed"}],["call.three_way",{"agc_id":"Y0001795382024220296","state":"three_way","arrived":1795382024220296,"customer":"493012345672","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":4,"connected":1795382024236237}],["agent.three_way",{"state":"3-WAY","since":1795382024236237,"phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','8f9f4505df0798bd147c81c6af0ba911b50deb63589ac904ae6cca678b05a006','3cefe6e57e81d0f1deec8ec539ecc383c82da9ae8ecc549bfd866c478c3994d3');
INSERT INTO "journal" VALUES(35,1795382024630306,'leg.arrived','','1000','{"core":10,"base":"01M82HQ6DPMR667HZJD4FYP6RE","input":{"leg":"1795382024.11","args":["login","1000"],"number":"1000","dialled":"s","call":"","session":"01M82HQ6DHM7REP6T2JSS5X9E3","up":false,"why":["phone: 1000 is agent 1000''s","campaign: TESTCAMP has phone_login=TRUSTED"],"data":[],"after":false,"priority":0},"asked":[["channel.answer",{"leg":"1795382024.11"}],["channel.play",{"leg":"1795382024.11","media":"sound:agent-loginok","play":"login-1795382024.11"}]],"events":[["agent.logged_in",{"state":"PAUSED","call":null,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"pause_code":"LOGIN"}]]}','65a80e3314aa9878c34ca9f66c1f67dd44a1f05f389777eddec4f7c650d136e3','f81d75b10e5980e3b329581f04add4b7fdc7f274193da95cb0876b374319c540');
INSERT INTO "journal" VALUES(36,1795382024634884,'leg.answered','','1000','{"core":10,"base":"01M82HQ6DT2PZSDCM187VHCXGK","input":{"leg":"1795382024.11"}}','df4dbcc4974eb564dfcb350f600a3193904934029facb50c71a8b4f50674d126','8682919ff6695c93c498c71b67f90d3ea8f5c9c03382f6eb82f256a973c25e97');
INSERT INTO "journal" VALUES(37,1795382024673112,'leg.prompt_finished','','1002','{"core":10,"base":"01M82HQ6F160QCTZJYZCRQB7RF","input":{"leg":"01M82HQ61CCRH046ACPZV48ZJA","ok":true,"play":"0ac8ee65-3b65-4116-a0f7-fe96d3f29612"},"asked":[["channel.hang_up",{"leg":"01M82HQ61CCRH046ACPZV48ZJA"}]]}','6db11cf90ce10c4be0b8bb1276f8b68e59a8983e0715230dbe98c476cafb1a15','263dc744c5365a1a2e91d782ad65010252919b6e900a7cd202d3a33d8f1061b5');
INSERT INTO "journal" VALUES(38,1795382024675352,'leg.destroyed','','1002','{"core":10,"base":"01M82HQ6F3QEFBT5P8RS2723ZF","input":{"leg":"01M82HQ61CCRH046ACPZV48ZJA","cause":0}}','fc7822d96d79047b4cdcc3fcf5c26198418bff15e51443f8667b3ec066688750','7d2cf5738f951f8bda11da95917029c8101e326fa60ffc3045849e214f00475e');
INSERT INTO "journal" VALUES(39,1795382026404031,'leg.prompt_finished','','1000','{"core":10,"base":"01M82HQ854DK90PCGE9RD6XTRB","input":{"leg":"1795382024.11","ok":true,"play":"login-1795382024.11"},"asked":[["channel.play_silence",{"leg":"1795382024.11","on":true}]],"events":[["agent.ready",{"state":"READY","call":null,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','18cd57a7326f0cc06f81c4cc2ea978273e7e51a681e580198dc273e352dcd4b3','fc5eb273694607f19a22be97cf2cd0561aac974bb6db67dfefd45ec209169742');
INSERT INTO "journal" VALUES(40,1795382026472667,'leg.arrived','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ878K45ZDMZ9GYB41TWX","input":{"leg":"1795382026.12","args":["ingroup","SALESLINE"],"number":"493012345670","dialled":"8005550100","call":"01M82HQ86WPFKRJPKAD80FQYN6","session":"","up":false,"why":["number: 8005550100","did: 8005550100 goes to ingroup:SALESLINE","in-group: in-group SALESLINE is active"],"data":[],"after":false,"priority":0},"asked":[["lead.find",{"call":"01M82HQ86WPFKRJPKAD80FQYN6","number":"493012345670","method":"CIDLOOKUP","list_id":"999","status":"INBND"}],["channel.answer",{"leg":"1795382026.12"}],["bridge.create",{"bridge":"room-01M82HQ86WPFKRJPKAD80FQYN6"}],["bridge.add",{"leg":"1795382026.12","bridge":"room-01M82HQ86WPFKRJPKAD80FQYN6"}],["channel.play_silence",{"leg":"1795382024.11","on":false}],["bridge.add",{"leg":"1795382024.11","bridge":"room-01M82HQ86WPFKRJPKAD80FQYN6"}]],"events":[["call.ringing",{"agc_id":"Y0001795382026472667","state":"ringing_agent","arrived":1795382026472667,"customer":"493012345670","ingroup":"SALESLINE","dialled":"8005550100"}],["agent.connecting",{"state":"QUEUE","phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','680bbd9c742a2d0c91dd0ed55180e3750d50cef97b0f1e2b0b3862c4d43160e2','25bec97dfa835cb0569c2df00956be34641c3683a6bdc738eed9e0e2e4adf753');
INSERT INTO "journal" VALUES(41,1795382026477696,'leg.answered','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ87DZ328SZ1N9FWDG87M","input":{"leg":"1795382026.12"}}','466cd8d0b05ed0f30449c309463c8ff89e6d4d287f32fab6bcec534021a0e78f','e1e5b826d5ced8792921ad386024f207ffb8318acb32ed5549375d723144c2d7');
INSERT INTO "journal" VALUES(42,1795382026483315,'leg.joined','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ87K73H2DQNABE5FQ17N","input":{"leg":"1795382026.12","bridge":"room-01M82HQ86WPFKRJPKAD80FQYN6"}}','11f84f96e9e935f34a66132a5599282c8720cf835fb8979e3ec7775236d07305','419fda11488ae8d052d9d8b309655fb6606fb9f7f3f983c8257cc3f0e961ae19');
INSERT INTO "journal" VALUES(43,1795382026483538,'leg.joined','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ87K7SJ2DRMEXJFDKGXC","input":{"leg":"1795382024.11","bridge":"room-01M82HQ86WPFKRJPKAD80FQYN6"},"asked":[["channel.whisper",{"leg":"01M82HQ87K7SJ2DRMEXJFDKGXE","to":"1795382024.11"}],["recording.start",{"name":"20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-1","bridge":"room-01M82HQ86WPFKRJPKAD80FQYN6"}]],"events":[["call.connected",{"agc_id":"Y0001795382026472667","state":"talking","arrived":1795382026472667,"customer":"493012345670","ingroup":"SALESLINE","dialled":"8005550100","connected":1795382026483538}],["agent.in_call",{"state":"INCALL","phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','503d584c0339c8ccedac0577870c00febb6683ca3f0b30bb6827dbb802facc9c','1bf3c25d1ebfa4c6674773228ed493519a0b888a7eee6637c56db2a9ab1c9680');
INSERT INTO "journal" VALUES(44,1795382026484036,'lead.found','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ87MZFX3WN8FBKVMZACT","input":{"call":"01M82HQ86WPFKRJPKAD80FQYN6","lead":5},"events":[["call.updated",{"agc_id":"Y0001795382026472667","state":"talking","since":1795382026483538,"arrived":1795382026472667,"customer":"493012345670","ingroup":"SALESLINE","dialled":"8005550100","lead":5,"connected":1795382026483538}]]}','6de7eda6a0e795404a849ce984aa8303e9695e251eece750f2ca113ca14c9498','4823bd4aa6f55f60b1a6152d87a511e6bc24fcb21684bf39c7c58a4c4876e867');
INSERT INTO "journal" VALUES(45,1795382026489797,'leg.arrived','','1000','{"core":10,"base":"01M82HQ87SKDZCKKR3VN52G6RH","input":{"leg":"01M82HQ87K7SJ2DRMEXJFDKGXE","args":["whisper"],"number":"","dialled":"s","call":"","session":"","up":true,"why":[],"data":[],"after":false,"priority":0},"asked":[["channel.play",{"leg":"01M82HQ87K7SJ2DRMEXJFDKGXE","media":"sound:beep","play":""}]]}','4ef0c8bbba68892ef5d2c2440474da7faaafd3c7455b24cc429f2df1d2816f9b','f5c36130b8066c2841890ce4d5311e10ebc000177a5bb347acd4ac0c4cb1a33f');
INSERT INTO "journal" VALUES(46,1795382026489894,'recording_file.started','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ87SH42GHD7FVXANAS7D","input":{"name":"20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-1"},"events":[["recording.started",{"id":"20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795382026489894}]]}','387d7da4fa83708e3f417cfcb1ed8af9e67506c61b6b6e600a3d17ae579876f1','c28124b6463754ad9f35f7a98f3f5a48cf1a04ec108a7894d5ec54052aafdc93');
INSERT INTO "journal" VALUES(47,1795382026511942,'command.requested','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ88FB3CJY888ZSD77F3V","input":{"receipt":"01M82HQ88F6KVJ3F7QXS3HJH7B","command":{"kind":"DIAL_WITH_CUSTOMER","agent":"1000","call":"01M82HQ86WPFKRJPKAD80FQYN6","number":"4930555123"},"by":"6666","source":"test"},"asked":[["dial.check",{"check":"01M82HQ88F6KVJ3F7QXS3HJH7B","agent":"1000","campaign":"TESTCAMP","number":"4930555123","readings":["4930555123"],"at":1795382026511942,"since":0,"callback":""}]]}','fa92086d18591ca7c22b90a742f09ec83b6d5372b72ad0a2185f567e8c644ce7','526cda3b14065d0d6860ca869c1ab48103bdca5ddeb4fd978ef5296875042e82');
INSERT INTO "journal" VALUES(48,1795382026521607,'dial.checked','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ88SJ2D5SPJDM5YBW7YH","input":{"check":"01M82HQ88F6KVJ3F7QXS3HJH7B","agent":"1000","facts":{"listed":"","dialled":0,"callback":null,"problem":""}},"asked":[["channel.create",{"leg":"01M82HQ88SJ2D5SPJDM5YBW7YJ","endpoint":"PJSIP/4930555123@trunk","caller":"0000000000","call":"01M82HQ86WPFKRJPKAD80FQYN6","name":"","headers":[]}]],"events":[["command.started",{"id":"01M82HQ88F6KVJ3F7QXS3HJH7B","kind":"DIAL_WITH_CUSTOMER","number":"4930555123","by":"6666","source":"test","step":"begun"}],["call.updated",{"agc_id":"Y0001795382026472667","state":"talking","since":1795382026483538,"arrived":1795382026472667,"customer":"493012345670","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":5,"connected":1795382026483538}]]}','d96ef6d69e0a2df0c0f4decbea890914b8c10cfcdc736948d44fb4aad5cdbce9','7792fa9e55e4359475c3dbac82857ff2b4907f7611a7dfa7280ff3007530db05');
INSERT INTO "journal" VALUES(49,1795382026527624,'leg.arrived','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ88ZAG7GJDHFF75B74VD","input":{"leg":"01M82HQ88SJ2D5SPJDM5YBW7YJ","args":["made"],"number":"","dialled":"s","call":"01M82HQ86WPFKRJPKAD80FQYN6","session":"","up":false,"why":[],"data":[],"after":false,"priority":0},"asked":[["channel.deafen",{"leg":"01M82HQ88SJ2D5SPJDM5YBW7YJ","on":true}],["bridge.add",{"leg":"01M82HQ88SJ2D5SPJDM5YBW7YJ","bridge":"room-01M82HQ86WPFKRJPKAD80FQYN6"}],["channel.dial",{"leg":"01M82HQ88SJ2D5SPJDM5YBW7YJ","timeout":20}]]}','8dec0d08b5147795f7cb373efa190f0d2f43de859ac06e4bcfbdd94ac870eef4','7ee036aad67d39183e9cf527c01c4a277d27a0e6f6e121740030d4f80d432065');
INSERT INTO "journal" VALUES(50,1795382026530267,'leg.joined','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ892NPZYS07FK81CY0GK","input":{"leg":"01M82HQ88SJ2D5SPJDM5YBW7YJ","bridge":"room-01M82HQ86WPFKRJPKAD80FQYN6"}}','356f399438c034fdeb366e13ba4970391aa0c70e2274fe4a918a6bacfa939ad1','4680cc10359903266d465433eac1c88bb6a933fe248f557a633ce678614a67c5');
INSERT INTO "journal" VALUES(51,1795382026531739,'action.completed','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ893VCA8Q3M432T5N5ZF","input":{"action":{"leg":"01M82HQ88SJ2D5SPJDM5YBW7YJ","timeout":20}},"action":"channel.dial","asked":[["command.answer",{"receipt":"01M82HQ88F6KVJ3F7QXS3HJH7B","why":"","refused":false,"of":""}]],"events":[["call.third_dialing",{"agc_id":"Y0001795382026472667","state":"dialing","arrived":1795382026472667,"customer":"493012345670","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":5,"connected":1795382026483538}],["command.dialing",{"id":"01M82HQ88F6KVJ3F7QXS3HJH7B","kind":"DIAL_WITH_CUSTOMER","requested":1795382026521607,"number":"4930555123","by":"6666","source":"test","step":"dialling"}]]}','8be559b768d8f3627042507612de0d5238de9f7f5a627e5f7c04395dc1232343','9f82a1785f1888ee3fcc1daf979c4ce35c4cd8d33a4bbf80c1b0ccc07da5f0f3');
INSERT INTO "journal" VALUES(52,1795382026535314,'leg.answered','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ897T65SVPQAT9Z5NAFC","input":{"leg":"01M82HQ88SJ2D5SPJDM5YBW7YJ"},"asked":[["channel.deafen",{"leg":"01M82HQ88SJ2D5SPJDM5YBW7YJ","on":false}]],"events":[["command.completed",{"id":"01M82HQ88F6KVJ3F7QXS3HJH7B","kind":"DIAL_WITH_CUSTOMER","requested":1795382026521607,"number":"4930555123","by":"6666","source":"test","ended":1795382026535314,"outcome":"completed"}],["call.three_way",{"agc_id":"Y0001795382026472667","state":"three_way","arrived":1795382026472667,"customer":"493012345670","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":5,"connected":1795382026483538}],["agent.three_way",{"state":"3-WAY","since":1795382026483538,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','f941dfc2ddbd348308ceb6e3a84c746eeb22076b80066f05b28022838a5bcf1f','f54f44ee33347ee5449e45bf1403647dcdb0cc895abf3bb7ed19d7ad84206d22');
INSERT INTO "journal" VALUES(53,1795382026572032,'command.requested','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ8ACYA84NFR1PBXGXGPV","input":{"receipt":"01M82HQ8ABC0RB6F445Y1G3RRA","command":{"kind":"LEAVE_3WAY_CALL","agent":"1000","call":"01M82HQ86WPFKRJPKAD80FQYN6"},"by":"6666","source":"test"},"asked":[["bridge.remove",{"leg":"1795382024.11","bridge":"room-01M82HQ86WPFKRJPKAD80FQYN6"}],["recording.start",{"name":"20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-2","bridge":"room-01M82HQ86WPFKRJPKAD80FQYN6"}],["recording.stop",{"name":"20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-1"}]],"events":[["command.started",{"id":"01M82HQ8ABC0RB6F445Y1G3RRA","kind":"LEAVE_3WAY_CALL","by":"6666","source":"test","step":"begun"}]]}','d48d82be4488823f439508020b804b91bedffd335d3906304fe3a32e43f05122','d44b47e5912ac8b3525e5ad64bd43afdf55b3165daf7e6b2a995002b597fac19');
INSERT INTO "journal" VALUES(54,1795382026576047,'leg.left','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ8AGJX2RCZXTAT19NS9Z","input":{"leg":"1795382024.11","bridge":"room-01M82HQ86WPFKRJPKAD80FQYN6"},"asked":[["channel.play_silence",{"leg":"1795382024.11","on":true}],["command.answer",{"receipt":"01M82HQ8ABC0RB6F445Y1G3RRA","why":"","refused":false,"of":""}]],"events":[["call.handed_off",{"agc_id":"Y0001795382026472667","state":"handed_off","arrived":1795382026472667,"customer":"493012345670","agent":null,"third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":5,"connected":1795382026483538,"left":1795382026576047}],["agent.wrap_up",{"state":"DISPO","call":null,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}],["command.completed",{"id":"01M82HQ8ABC0RB6F445Y1G3RRA","kind":"LEAVE_3WAY_CALL","requested":1795382026572032,"by":"6666","source":"test","ended":1795382026576047,"outcome":"completed"}]]}','0889f9b695eba7ea3ba914a01f310fdfffa7c44610a4cb100487ab161b5a9939','3b904d75c63df15d4e811a8419e03d59aac3b87f691a41d0d407d35c0eabc381');
INSERT INTO "journal" VALUES(55,1795382026579927,'recording_file.started','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ8AKRVKQ4QQJ3NC9X7EZ","input":{"name":"20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-2"},"events":[["recording.started",{"id":"20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-2","kind":"handoff","reason":"leave_3way_start_recording=ALL_CALLS","started":1795382026579927}]]}','67369d7b080ecc0d2d74b9d6b62c21e986315634bd60dbc232ec9243de7eb452','8eaead69658150c0d598ef554730bf04d3b9150e720bcfb8d8ccdea2671eb3db');
INSERT INTO "journal" VALUES(56,1795382026583111,'recording_file.finished','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ8AQGRH8D26SXPA4P09D","input":{"name":"20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-1"},"asked":[["recording.measure",{"name":"20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-1"}]],"events":[["recording.finished",{"id":"20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795382026489894,"ended":1795382026583111}]]}','b4090e598fb038441b09ba6e413f5c6159399ac7e60396aa47530bc1d3e3cad7','d4300ee4d7177ed8464d17f0da6b95ffb607bf5925c8469916092ac01fa310bf');
INSERT INTO "journal" VALUES(57,1795382026586798,'recording_file.measured','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ8ATXWWB61RTS5YWGDP1","input":{"name":"20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-1","path":"/tmp/keep-a4_extxi/lab/asterisk/recording/20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-1.wav","bytes":1644,"length":100,"sha256":"a13baa21e4a34c522b2365ab3770185f5a4cb38013cff17733f5e6320641f489","mended":false},"events":[["recording.kept",{"id":"20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-1","kind":"call","reason":"campaign_recording=ALLCALLS","status":"kept","started":1795382026489894,"ended":1795382026583111,"bytes":1644,"length_ms":100}]]}','0f024a359b5de1f0f194d14341540ceb3077ef2c66d604131426dbea1b90b73a','57682a821b8a0399f7ce2603b2a7a07b7c5e76ca6a255bbf9418072bef92a013');
INSERT INTO "journal" VALUES(58,1795382026916696,'leg.prompt_finished','','1000','{"core":10,"base":"01M82HQ8N4PYBGBZD8M8HMY56T","input":{"leg":"01M82HQ87K7SJ2DRMEXJFDKGXE","ok":true,"play":"e3aff9b5-93f0-4c3c-beed-c02c172f8d90"},"asked":[["channel.hang_up",{"leg":"01M82HQ87K7SJ2DRMEXJFDKGXE"}]]}','b0cb8cb7a9548ecb09be4342e0aef5fba82e97f8fbf26032a17f7ca51353ff52','9c19697a9bc8431d9c1c9dff5a30db5448d7e9fc98a53c4513b0c52252501ece');
INSERT INTO "journal" VALUES(59,1795382026919827,'leg.destroyed','','1000','{"core":10,"base":"01M82HQ8N79TWTXDP8MVFR3M64","input":{"leg":"01M82HQ87K7SJ2DRMEXJFDKGXE","cause":0}}','81da503676b32c6f053a08150b705bfda80c97339437955332d5526f0871ac63','5a74ea780bcb405bb9ae46408c463d3decced6638fb5cc196ebf43d622934387');
INSERT INTO "journal" VALUES(60,1795382027164737,'command.requested','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ8WW8X25TF5KE5KBNN1K","input":{"receipt":"01M82HQ8WSYNM1JZ3QKC7V35DE","command":{"kind":"STATUS","agent":"1000","status":"LATER","amends":true,"callback":{"id":"","call":"","number":"","ingroup":"","campaign":"","agent":"","at":1795385627126196,"made":0,"status":"","comments":"","by":"","state":"pending","ended":null,"done_in":""}},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["command.answer",{"receipt":"01M82HQ8WSYNM1JZ3QKC7V35DE","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M82HQ8WSYNM1JZ3QKC7V35DE","kind":"STATUS","status":"LATER","by":"local:root (uid 0)","source":"api/v1","ended":1795382027164737,"outcome":"completed"}],["disposition.entered",{"status":"LATER","by":"local:root (uid 0)"}],["call.updated",{"agc_id":"Y0001795382026472667","state":"handed_off","since":1795382026576047,"arrived":1795382026472667,"customer":"493012345670","agent":null,"third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":5,"connected":1795382026483538,"left":1795382026576047,"status":"LATER"}],["agent.ready",{"state":"READY","call":null,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"LATER"}]]}','11bae63c25a4bc435ef2342b0ae68a483338167a8750371f7f86598edc6e5f99','32f30c7d0651b8e50e8965175d5c8d19c96142e81544aec08183b3daed95467d');
INSERT INTO "journal" VALUES(61,1795382027602876,'command.requested','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ9AJF3RAWQ6F8RK06H3A","input":{"receipt":"01M82HQ9AJ2G33JACVDFQX1XT4","command":{"kind":"LOGOUT","agent":"1000"},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["channel.hang_up",{"leg":"1795382024.11"}],["command.answer",{"receipt":"01M82HQ9AJ2G33JACVDFQX1XT4","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M82HQ9AJ2G33JACVDFQX1XT4","kind":"LOGOUT","by":"local:root (uid 0)","source":"api/v1","ended":1795382027602876,"outcome":"completed"}],["agent.logged_out",{"state":"LOGGED_OUT","since":1795382027164737,"call":null,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"LATER"}]]}','963e3182860f5ec363dc8321aee38bb9485b02deb0743af04a8c5508f5fb4133','b7b2ae9a757eeb9d90989ea1fbbc7cbef9d38c01c66e4139bd8f4c0e9cacfbeb');
INSERT INTO "journal" VALUES(62,1795382027622255,'leg.released','','1000','{"core":10,"base":"01M82HQ9B6NX6BDKBJWRQAE49Y","input":{"leg":"1795382024.11"}}','671e2075512af00d607f8b0aab0490d03929689411547bbe4bfa913350b3f9ba','f97d8f004d6cc635b0cb2e440edc2e3ff1d382594d1dbc738382df0d3b9eefdc');
INSERT INTO "journal" VALUES(63,1795382027727879,'leg.left','01M82HQ86WPFKRJPKAD80FQYN6','','{"core":10,"base":"01M82HQ9EFK4Y01K4N390J9E46","input":{"leg":"1795382026.12","bridge":"room-01M82HQ86WPFKRJPKAD80FQYN6"}}','256cd1b0c985ae9c472df5ccd4d211e376bbe48e8d6cdb69a4881f1f7ec625a2','33ca0afa7ab65d5b61796443d23f0b2e1412079d76e99ea43e65d1b702f1dd0c');
INSERT INTO "journal" VALUES(64,1795382027728184,'leg.released','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ9EGFDYBAHP9Q8K0S0AK","input":{"leg":"1795382026.12"},"asked":[["recording.stop",{"name":"20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-2"}],["channel.hang_up",{"leg":"01M82HQ88SJ2D5SPJDM5YBW7YJ"}]],"events":[["call.ended",{"agc_id":"Y0001795382026472667","state":"ended","arrived":1795382026472667,"customer":"493012345670","agent":null,"ingroup":"SALESLINE","dialled":"8005550100","lead":5,"connected":1795382026483538,"left":1795382026576047,"ended":1795382027728184,"ended_by":"customer","status":"LATER"}]]}','9cffd98511ff9ed46c541f1e8ea11cd8262362b06b259879e3631550fdfccc12','a7814112d2b863ae273dbb7d079d86573b3226ffd9fefc7b3a7c83141e40d6d9');
INSERT INTO "journal" VALUES(65,1795382027760284,'leg.left','01M82HQ86WPFKRJPKAD80FQYN6','','{"core":10,"base":"01M82HQ9FGZM388D315AWCDA3A","input":{"leg":"01M82HQ88SJ2D5SPJDM5YBW7YJ","bridge":"room-01M82HQ86WPFKRJPKAD80FQYN6"}}','0f06b1c982e944e0f126199c6ddb1e2effbd7370cc563dfe8898d3b2b567ab19','8136610555f522ccddd2cae6950d30d9dfb1916a6c414f0b1f34f7e34469cb96');
INSERT INTO "journal" VALUES(66,1795382027762974,'recording_file.finished','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ9FJHVM45AKW36NV5HN7","input":{"name":"20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-2"},"asked":[["recording.measure",{"name":"20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-2"}]],"events":[["recording.finished",{"id":"20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-2","kind":"handoff","reason":"leave_3way_start_recording=ALL_CALLS","started":1795382026579927,"ended":1795382027762974}]]}','5202666b26c9baa2ba54b9e44a9daec785ee2dac5b8e0848afbdb513c2f3ba13','628ad6fe978ff0f138947efaa1833eddca89649f43ffb523bf8b912dba25c37e');
INSERT INTO "journal" VALUES(67,1795382027766201,'leg.destroyed','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ9FPBDTZTVFQYPQXSBV4","input":{"leg":"01M82HQ88SJ2D5SPJDM5YBW7YJ","cause":16},"asked":[["bridge.destroy",{"bridge":"room-01M82HQ86WPFKRJPKAD80FQYN6"}]]}','bdf0c137bc4e80c4601d03e6e81906b510f3a1e381518e2cc7a0e17beb1a56ff','7e61e3ac4e44a2585b493646f4c4faeba4770505d53d1a75a4c9b908f540ea22');
INSERT INTO "journal" VALUES(68,1795382027796179,'recording_file.measured','01M82HQ86WPFKRJPKAD80FQYN6','1000','{"core":10,"base":"01M82HQ9GM9R43SP7CZE9XE1JR","input":{"name":"20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-2","path":"/tmp/keep-a4_extxi/lab/asterisk/recording/20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-2.wav","bytes":18604,"length":1160,"sha256":"bf8bb1d87f73edf8a223bca885a03547074bf4eb66a08e7c946c253ce8897063","mended":false},"events":[["recording.kept",{"id":"20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-2","kind":"handoff","reason":"leave_3way_start_recording=ALL_CALLS","status":"kept","started":1795382026579927,"ended":1795382027762974,"bytes":18604,"length_ms":1160}]]}','344f315b663b5c3b74141b2b392fca86581b65db04eae28e0843618ed40a441c','ba6eb10d4f50bf8672f1ba978043ac6d26413cab30d72e42628692329c1ca5e8');
INSERT INTO "journal" VALUES(69,1795382028529636,'timer.fired','','','{"core":10,"base":"01M82HQA7H4NN9Z86BXZ5GNG2G","input":{}}','78fc7fb0330feedbea3b9a384b1edd3570adfa017da7474258f4a2abab1a64d1','8f4f565e9722246095cc030cc42c934cebe9a357372bbba3a8d0ca21f74ed09d');
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
INSERT INTO "lead" VALUES(1,'101',1795382018587128,1795382018587128,'NEW','root','','','','','4930555777','','Grace','','Hopper','','','','','','','','','','','','','','',0,NULL,0,'');
INSERT INTO "lead" VALUES(2,'101',1795382018587128,1795382018587128,'NEW','root','','','','','4930555778','','Alan','','Turing','','','','','','','','','','','','','','',0,NULL,0,'');
INSERT INTO "lead" VALUES(3,'999',1795382022143039,1795382022143039,'INBND','','','','','','493012345671','','','','','','','','','','','','','','','','','','',1,1795382022134739,0,'');
INSERT INTO "lead" VALUES(4,'999',1795382024222785,1795382024222785,'INBND','','','','','','493012345672','','','','','','','','','','','','','','','','','','',1,1795382024220296,0,'');
INSERT INTO "lead" VALUES(5,'999',1795382026479599,1795382026479599,'LATER','1000','','','','','493012345670','','','','','','','','','','','','','','','','','','',1,1795382026472667,0,'');
CREATE TABLE lead_request ( -- the one that made a lead: it may come again
    "by" TEXT NOT NULL, -- who asked
    key TEXT NOT NULL, -- idempotency
    request TEXT NOT NULL, -- a fingerprint of all that came with the key
    lead_id INTEGER NOT NULL REFERENCES lead (lead_id) ON DELETE CASCADE,
    PRIMARY KEY ("by", key)
) STRICT, WITHOUT ROWID;
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
INSERT INTO "leg" VALUES('01M82HQ403EVMBG4E8NVJEJ2NJ','1001','whisper','',1795382022147026,NULL,1795382022579989,0);
INSERT INTO "leg" VALUES('01M82HQ61CCRH046ACPZV48ZJA','1002','whisper','',1795382024236237,NULL,1795382024675352,0);
INSERT INTO "leg" VALUES('01M82HQ6APXQTXF6B2CB3NVY6Z','01M82HQ5ZMRXXY43H23RDTEVKV','third','4930555123',1795382024534364,1795382024548270,NULL,NULL);
INSERT INTO "leg" VALUES('01M82HQ87K7SJ2DRMEXJFDKGXE','1000','whisper','',1795382026483538,NULL,1795382026919827,0);
INSERT INTO "leg" VALUES('01M82HQ88SJ2D5SPJDM5YBW7YJ','01M82HQ86WPFKRJPKAD80FQYN6','third','4930555123',1795382026521607,1795382026535314,1795382027766201,16);
INSERT INTO "leg" VALUES('1795382020.0','1001','agent','1001',1795382020179360,1795382020190577,NULL,NULL);
INSERT INTO "leg" VALUES('1795382021.1','01M82HQ3YR3QN0E3XVC1R23TKE','customer','493012345671',1795382022134739,1795382022142487,NULL,NULL);
INSERT INTO "leg" VALUES('1795382022.5','1002','agent','1002',1795382022283192,1795382022287367,NULL,NULL);
INSERT INTO "leg" VALUES('1795382024.11','1000','agent','1000',1795382024630306,1795382024634884,1795382027622255,0);
INSERT INTO "leg" VALUES('1795382024.6','01M82HQ5ZMRXXY43H23RDTEVKV','customer','493012345672',1795382024220296,1795382024231760,NULL,NULL);
INSERT INTO "leg" VALUES('1795382026.12','01M82HQ86WPFKRJPKAD80FQYN6','customer','493012345670',1795382026472667,1795382026477696,1795382027728184,0);
CREATE TABLE line ( -- what an in-group's queue remembers
    id TEXT PRIMARY KEY, -- the in-group
    waits TEXT NOT NULL -- JSON: how long the last answered calls waited, in microseconds
) STRICT, WITHOUT ROWID;
INSERT INTO "line" VALUES('SALESLINE','[12287, 15941, 10871]');
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
INSERT INTO "list" VALUES('101','Autumn','Y',NULL,'');
INSERT INTO "list" VALUES('998','made by agents','Y',NULL,'');
INSERT INTO "list" VALUES('999','callers','Y',NULL,'');
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "meta" VALUES('schema','3');
CREATE TABLE open_state (
    kind TEXT NOT NULL, -- the table below it belongs to
    id TEXT NOT NULL,
    format INTEGER NOT NULL, -- of the body
    body TEXT NOT NULL, -- JSON
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
INSERT INTO "open_state" VALUES('agent_interval','01M82HQ403EVMBG4E8NVJEJ2NH',4,'{"hold":false,"ended":null,"id":"01M82HQ403EVMBG4E8NVJEJ2NH","session":"01M82HQ2231BFJ4ARPD7Z5V3V0","agent":"1001","state":"INCALL","pause_code":"","call":"01M82HQ3YR3QN0E3XVC1R23TKE","started":1795382022147026}');
INSERT INTO "open_state" VALUES('agent_interval','01M82HQ61CCRH046ACPZV48ZJ9',4,'{"hold":false,"ended":null,"id":"01M82HQ61CCRH046ACPZV48ZJ9","session":"01M82HQ444M0K967TS62NE4J2J","agent":"1002","state":"INCALL","pause_code":"","call":"01M82HQ5ZMRXXY43H23RDTEVKV","started":1795382024236237}');
INSERT INTO "open_state" VALUES('agent_session','01M82HQ2231BFJ4ARPD7Z5V3V0',4,'{"id":"01M82HQ2231BFJ4ARPD7Z5V3V0","agent":"1001","phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"conf_exten":"8600051","leg":"1795382020.0","on_hook":false,"adopted":false,"state":"INCALL","since":1795382022147026,"interval":"01M82HQ403EVMBG4E8NVJEJ2NH","started":1795382020179360,"ended":null,"pause_code":"","after_call":{"pause":false,"pause_code":"","logout":false,"status":"","callback":null,"by":"","notes":""},"missed":0,"phone_loss":{"called_back":false,"was_ready":false,"pause_code":"","recall_until":0,"away_since":0,"rescue_until":0},"login":"","muted":false,"call":"01M82HQ3YR3QN0E3XVC1R23TKE","last":{"call":"","status":"","promised":null,"number":"493012345671","notes":"","ingroup":"SALESLINE"},"previewed":null,"dial_checks":[],"hold":false,"ready_since":1795382021935907,"calls":1,"taken":[["SALESLINE",1]],"talk_times":{"call_started":1795382022147026,"call_finished":0,"inbound_started":1795382022147026,"inbound_finished":0},"typed":{"text":"","since":0,"line":""}}');
INSERT INTO "open_state" VALUES('agent_session','01M82HQ444M0K967TS62NE4J2J',4,'{"id":"01M82HQ444M0K967TS62NE4J2J","agent":"1002","phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"conf_exten":"8600052","leg":"1795382022.5","on_hook":false,"adopted":false,"state":"INCALL","since":1795382024236237,"interval":"01M82HQ61CCRH046ACPZV48ZJ9","started":1795382022283192,"ended":null,"pause_code":"","after_call":{"pause":false,"pause_code":"","logout":false,"status":"","callback":null,"by":"","notes":""},"missed":0,"phone_loss":{"called_back":false,"was_ready":false,"pause_code":"","recall_until":0,"away_since":0,"rescue_until":0},"login":"","muted":false,"call":"01M82HQ5ZMRXXY43H23RDTEVKV","last":{"call":"","status":"","promised":null,"number":"493012345672","notes":"","ingroup":"SALESLINE"},"previewed":null,"dial_checks":[],"hold":false,"ready_since":1795382024032746,"calls":1,"taken":[["SALESLINE",1]],"talk_times":{"call_started":1795382024236237,"call_finished":0,"inbound_started":1795382024236237,"inbound_finished":0},"typed":{"text":"","since":0,"line":""}}');
INSERT INTO "open_state" VALUES('asterisk','1795382014331000',4,'{"id":"1795382014331000","started":1795382014331000,"seen":1795382017248711,"ended":null}');
INSERT INTO "open_state" VALUES('call','01M82HQ3YR3QN0E3XVC1R23TKE',4,'{"id":"01M82HQ3YR3QN0E3XVC1R23TKE","agc_id":"Y0001795382022134739","direction":"in","origin":"caller","state":"talking","since":1795382022147026,"arrived":1795382022134739,"number":"493012345671","dialled":"8005550100","data":[],"lead":3,"ingroup":"SALESLINE","direct":"","customer":"1795382021.1","agent":"1001","third":null,"ivr":null,"consultation":{"closer":null,"closer_group":"","asked_group":"","asked_agent":"","asked_at":0,"unanswered":"","gone_at":null},"parking":{"customer_place":"room","third_place":"room","since":null,"remind_at":null},"commands":{"target":null,"pending":null,"dialling":null,"queue":[],"before":null,"leaving":null},"asked_bridges":{"room":true,"spot":false,"spot_music":"","third_spot":false,"ivr":false,"doubtful":[]},"audio":{"tone":null,"tone_media":"tone:425/1000,0/4000","tones":0,"music":false,"had_music":false,"files":"","plays":0,"paused":false,"playing":"","undone":[]},"prompts":{"welcoming":false,"saying":[],"playing":"","plays":0,"unplayed":"","prompt_at":null,"offer":"","offer_until":null,"offered":[],"message":"","vm_message":""},"recording":{"running":"20261122-211342_493012345671_01M82HQ3YR3QN0E3XVC1R23TKE-1","files":1,"track":"call","track_reason":"campaign_recording=ALLCALLS","after_leave":null,"after_leave_reason":"","start_at":null,"muted":false},"queueing":{"queued_at":1795382022134739,"priority":0,"drop_at":null,"wait":null,"why":["number: 8005550100","did: 8005550100 goes to ingroup:SALESLINE","in-group: in-group SALESLINE is active","in-group: in-group SALESLINE is active"],"exit":"","after":false,"overflows":0,"rung":[],"line_since":1795382022134739,"close_at":null,"preferred":"","prefer_until":null},"outcome":{"last_agent":"1001","callback":null,"campaign":"TESTCAMP","connected":1795382022147026,"left":null,"ended_by":"","status":""},"hooks":{"priority":0,"question":"","until":null,"choice":""},"ended":null}');
INSERT INTO "open_state" VALUES('call','01M82HQ5ZMRXXY43H23RDTEVKV',4,'{"id":"01M82HQ5ZMRXXY43H23RDTEVKV","agc_id":"Y0001795382024220296","direction":"in","origin":"caller","state":"three_way","since":1795382024548270,"arrived":1795382024220296,"number":"493012345672","dialled":"8005550100","data":[],"lead":4,"ingroup":"SALESLINE","direct":"","customer":"1795382024.6","agent":"1002","third":"01M82HQ6APXQTXF6B2CB3NVY6Z","ivr":null,"consultation":{"closer":null,"closer_group":"","asked_group":"","asked_agent":"","asked_at":0,"unanswered":"","gone_at":null},"parking":{"customer_place":"room","third_place":"room","since":null,"remind_at":null},"commands":{"target":null,"pending":null,"dialling":null,"queue":[],"before":null,"leaving":null},"asked_bridges":{"room":true,"spot":false,"spot_music":"","third_spot":false,"ivr":false,"doubtful":[]},"audio":{"tone":null,"tone_media":"tone:425/1000,0/4000","tones":0,"music":false,"had_music":false,"files":"","plays":0,"paused":false,"playing":"","undone":[]},"prompts":{"welcoming":false,"saying":[],"playing":"","plays":0,"unplayed":"","prompt_at":null,"offer":"","offer_until":null,"offered":[],"message":"","vm_message":""},"recording":{"running":"20261122-211344_493012345672_01M82HQ5ZMRXXY43H23RDTEVKV-1","files":1,"track":"call","track_reason":"campaign_recording=ALLCALLS","after_leave":null,"after_leave_reason":"","start_at":null,"muted":false},"queueing":{"queued_at":1795382024220296,"priority":0,"drop_at":null,"wait":null,"why":["number: 8005550100","did: 8005550100 goes to ingroup:SALESLINE","in-group: in-group SALESLINE is active","in-group: in-group SALESLINE is active"],"exit":"","after":false,"overflows":0,"rung":[],"line_since":1795382024220296,"close_at":null,"preferred":"","prefer_until":null},"outcome":{"last_agent":"1002","callback":null,"campaign":"TESTCAMP","connected":1795382024236237,"left":null,"ended_by":"","status":""},"hooks":{"priority":0,"question":"","until":null,"choice":""},"ended":null}');
INSERT INTO "open_state" VALUES('leg','01M82HQ6APXQTXF6B2CB3NVY6Z',4,'{"id":"01M82HQ6APXQTXF6B2CB3NVY6Z","role":"third","owner":"01M82HQ5ZMRXXY43H23RDTEVKV","number":"4930555123","created":1795382024534364,"phase":5,"bridge":"room-01M82HQ5ZMRXXY43H23RDTEVKV","target_bridge":null,"silence_playing":false,"held":false,"music":"","rejoining":false,"outbound_muted":false,"absorbs_keys":false,"mute":{"muted":false,"muting":null,"receipts":[]},"supervision":{"receipt":"","peer_leg":"","heard_by":[]},"prompt":false,"originated":true,"dialling":{"asked":true,"timeout":20,"redirected":"","redirects":0,"redirect_check":null,"end_held":null},"media":"","hangup_requested":false,"fallback":null,"tries":0,"wait_until":0,"answered":1795382024548270,"ended":null,"cause":null}');
INSERT INTO "open_state" VALUES('leg','1795382020.0',4,'{"id":"1795382020.0","role":"agent","owner":"1001","number":"1001","created":1795382020179360,"phase":5,"bridge":"room-01M82HQ3YR3QN0E3XVC1R23TKE","target_bridge":null,"silence_playing":false,"held":false,"music":"","rejoining":false,"outbound_muted":false,"absorbs_keys":false,"mute":{"muted":false,"muting":null,"receipts":[]},"supervision":{"receipt":"","peer_leg":"","heard_by":[]},"prompt":false,"originated":false,"dialling":{"asked":false,"timeout":0,"redirected":"","redirects":0,"redirect_check":null,"end_held":null},"media":"","hangup_requested":false,"fallback":null,"tries":0,"wait_until":0,"answered":1795382020190577,"ended":null,"cause":null}');
INSERT INTO "open_state" VALUES('leg','1795382021.1',4,'{"id":"1795382021.1","role":"customer","owner":"01M82HQ3YR3QN0E3XVC1R23TKE","number":"493012345671","created":1795382022134739,"phase":5,"bridge":"room-01M82HQ3YR3QN0E3XVC1R23TKE","target_bridge":null,"silence_playing":false,"held":false,"music":"","rejoining":false,"outbound_muted":false,"absorbs_keys":false,"mute":{"muted":false,"muting":null,"receipts":[]},"supervision":{"receipt":"","peer_leg":"","heard_by":[]},"prompt":false,"originated":false,"dialling":{"asked":false,"timeout":0,"redirected":"","redirects":0,"redirect_check":null,"end_held":null},"media":"","hangup_requested":false,"fallback":null,"tries":0,"wait_until":0,"answered":1795382022142487,"ended":null,"cause":null}');
INSERT INTO "open_state" VALUES('leg','1795382022.5',4,'{"id":"1795382022.5","role":"agent","owner":"1002","number":"1002","created":1795382022283192,"phase":5,"bridge":"room-01M82HQ5ZMRXXY43H23RDTEVKV","target_bridge":null,"silence_playing":false,"held":false,"music":"","rejoining":false,"outbound_muted":false,"absorbs_keys":false,"mute":{"muted":false,"muting":null,"receipts":[]},"supervision":{"receipt":"","peer_leg":"","heard_by":[]},"prompt":false,"originated":false,"dialling":{"asked":false,"timeout":0,"redirected":"","redirects":0,"redirect_check":null,"end_held":null},"media":"","hangup_requested":false,"fallback":null,"tries":0,"wait_until":0,"answered":1795382022287367,"ended":null,"cause":null}');
INSERT INTO "open_state" VALUES('leg','1795382024.6',4,'{"id":"1795382024.6","role":"customer","owner":"01M82HQ5ZMRXXY43H23RDTEVKV","number":"493012345672","created":1795382024220296,"phase":5,"bridge":"room-01M82HQ5ZMRXXY43H23RDTEVKV","target_bridge":null,"silence_playing":false,"held":false,"music":"","rejoining":false,"outbound_muted":false,"absorbs_keys":false,"mute":{"muted":false,"muting":null,"receipts":[]},"supervision":{"receipt":"","peer_leg":"","heard_by":[]},"prompt":false,"originated":false,"dialling":{"asked":false,"timeout":0,"redirected":"","redirects":0,"redirect_check":null,"end_held":null},"media":"","hangup_requested":false,"fallback":null,"tries":0,"wait_until":0,"answered":1795382024231760,"ended":null,"cause":null}');
INSERT INTO "open_state" VALUES('line','SALESLINE',4,'{"id":"SALESLINE","waits":[12287,15941,10871]}');
INSERT INTO "open_state" VALUES('recording','20261122-211342_493012345671_01M82HQ3YR3QN0E3XVC1R23TKE-1',4,'{"id":"20261122-211342_493012345671_01M82HQ3YR3QN0E3XVC1R23TKE-1","call":"01M82HQ3YR3QN0E3XVC1R23TKE","kind":"call","reason":"campaign_recording=ALLCALLS","agent":"1001","asked":1795382022147026,"started":1795382022155170,"stopping":false,"muted":false,"muting":false,"mute_asks":0,"mute_receipts":[],"ended":null,"status":"running","cause":"","path":"","bytes":0,"length":0,"sha256":"","format":"wav","converted_path":"","converted_bytes":0,"converted_sha256":""}');
INSERT INTO "open_state" VALUES('recording','20261122-211344_493012345672_01M82HQ5ZMRXXY43H23RDTEVKV-1',4,'{"id":"20261122-211344_493012345672_01M82HQ5ZMRXXY43H23RDTEVKV-1","call":"01M82HQ5ZMRXXY43H23RDTEVKV","kind":"call","reason":"campaign_recording=ALLCALLS","agent":"1002","asked":1795382024236237,"started":1795382024244199,"stopping":false,"muted":false,"muting":false,"mute_asks":0,"mute_receipts":[],"ended":null,"status":"running","cause":"","path":"","bytes":0,"length":0,"sha256":"","format":"wav","converted_path":"","converted_bytes":0,"converted_sha256":""}');
CREATE TABLE pause_code (
    id TEXT PRIMARY KEY,
    -- the label beside the code
    pause_code_name TEXT NOT NULL DEFAULT '',
    -- the digits after *9 that give the code on an agent's phone; empty for none
    key TEXT NOT NULL DEFAULT '',
    -- whether the pause is paid; HALF for half of it
    billable TEXT NOT NULL DEFAULT 'NO' CHECK (billable IN ('NO', 'YES', 'HALF')),
    -- the campaigns whose agents may choose the code; empty for all
    campaigns TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(campaigns))
) STRICT, WITHOUT ROWID;
INSERT INTO "pause_code" VALUES('LUNCH','Lunch','','NO','[]');
CREATE TABLE phone (
    id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO "phone" VALUES('1000');
INSERT INTO "phone" VALUES('1001');
INSERT INTO "phone" VALUES('1002');
INSERT INTO "phone" VALUES('1003');
INSERT INTO "phone" VALUES('1004');
INSERT INTO "phone" VALUES('1005');
INSERT INTO "phone" VALUES('1006');
INSERT INTO "phone" VALUES('1007');
INSERT INTO "phone" VALUES('1008');
INSERT INTO "phone" VALUES('1009');
CREATE TABLE preset (
    id TEXT PRIMARY KEY,
    -- whose agents are offered it
    campaign TEXT NOT NULL REFERENCES campaign (id),
    -- what they see instead of its name
    preset_name TEXT NOT NULL DEFAULT '',
    -- the number it dials
    preset_number TEXT NOT NULL CHECK (preset_number <> '')
) STRICT, WITHOUT ROWID;
INSERT INTO "preset" VALUES('BILLING','TESTCAMP','','4930555124');
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
INSERT INTO "queue_wait" VALUES('01M82HQ3ZPAPDT9ZRD9MCN0PMW','01M82HQ3YR3QN0E3XVC1R23TKE','SALESLINE','',0,1,1795382022134739,1795382022134739,1795382022147026,'ANSWERED','1001','next_agent_call=longest_wait_time: READY for 0 s');
INSERT INTO "queue_wait" VALUES('01M82HQ60WA8SMEY1FM9HPXDFP','01M82HQ5ZMRXXY43H23RDTEVKV','SALESLINE','',0,1,1795382024220296,1795382024220296,1795382024236237,'ANSWERED','1002','next_agent_call=longest_wait_time: READY for 0 s');
INSERT INTO "queue_wait" VALUES('01M82HQ878K45ZDMZ9GYB41TWY','01M82HQ86WPFKRJPKAD80FQYN6','SALESLINE','',0,1,1795382026472667,1795382026472667,1795382026483538,'ANSWERED','1000','next_agent_call=longest_wait_time: READY for 0 s');
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
INSERT INTO "receipt" VALUES('01M82HQ6AHW4Y30ZNXQH0V9T98','DIAL_WITH_CUSTOMER','1002','01M82HQ5ZMRXXY43H23RDTEVKV','4930555123','','','','','','','','','6666','test',1795382024534364,1795382024548270,'completed','','[["requested", 1795382024534364], ["begun", 1795382024534364], ["dialling", 1795382024543507], ["completed", 1795382024548270]]');
INSERT INTO "receipt" VALUES('01M82HQ88F6KVJ3F7QXS3HJH7B','DIAL_WITH_CUSTOMER','1000','01M82HQ86WPFKRJPKAD80FQYN6','4930555123','','','','','','','','','6666','test',1795382026521607,1795382026535314,'completed','','[["requested", 1795382026521607], ["begun", 1795382026521607], ["dialling", 1795382026531739], ["completed", 1795382026535314]]');
INSERT INTO "receipt" VALUES('01M82HQ8ABC0RB6F445Y1G3RRA','LEAVE_3WAY_CALL','1000','01M82HQ86WPFKRJPKAD80FQYN6','','','','','','','','','','6666','test',1795382026572032,1795382026576047,'completed','','[["requested", 1795382026572032], ["begun", 1795382026572032], ["completed", 1795382026576047]]');
INSERT INTO "receipt" VALUES('01M82HQ8WSYNM1JZ3QKC7V35DE','STATUS','1000','01M82HQ86WPFKRJPKAD80FQYN6','','','','','','LATER','','','','local:root (uid 0)','api/v1',1795382027164737,1795382027164737,'completed','','[["requested", 1795382027164737], ["completed", 1795382027164737]]');
INSERT INTO "receipt" VALUES('01M82HQ9AJ2G33JACVDFQX1XT4','LOGOUT','1000','01M82HQ86WPFKRJPKAD80FQYN6','','','','','','','','','','local:root (uid 0)','api/v1',1795382027602876,1795382027602876,'completed','','[["requested", 1795382027602876], ["completed", 1795382027602876]]');
CREATE TABLE recording (
    id TEXT PRIMARY KEY, -- the file's name below the recordings folder, without .wav
    call TEXT NOT NULL,
    kind TEXT NOT NULL, -- call, or handoff: after the agent has left
    reason TEXT NOT NULL, -- the rule that decided
    agent TEXT NOT NULL,
    asked INTEGER NOT NULL,
    started INTEGER,
    ended INTEGER,
    status TEXT NOT NULL, -- running, kept, failed
    cause TEXT NOT NULL, -- of the failure, also to convert it
    path TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    length INTEGER NOT NULL, -- milliseconds
    sha256 TEXT NOT NULL,
    converted_path TEXT NOT NULL, -- the same in the format that was configured
    converted_bytes INTEGER NOT NULL,
    converted_sha256 TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "recording" VALUES('20261122-211342_493012345671_01M82HQ3YR3QN0E3XVC1R23TKE-1','01M82HQ3YR3QN0E3XVC1R23TKE','call','campaign_recording=ALLCALLS','1001',1795382022147026,1795382022155170,NULL,'running','','',0,0,'','',0,'');
INSERT INTO "recording" VALUES('20261122-211344_493012345672_01M82HQ5ZMRXXY43H23RDTEVKV-1','01M82HQ5ZMRXXY43H23RDTEVKV','call','campaign_recording=ALLCALLS','1002',1795382024236237,1795382024244199,NULL,'running','','',0,0,'','',0,'');
INSERT INTO "recording" VALUES('20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-1','01M82HQ86WPFKRJPKAD80FQYN6','call','campaign_recording=ALLCALLS','1000',1795382026483538,1795382026489894,1795382026583111,'kept','','/tmp/keep-a4_extxi/lab/asterisk/recording/20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-1.wav',1644,100,'a13baa21e4a34c522b2365ab3770185f5a4cb38013cff17733f5e6320641f489','',0,'');
INSERT INTO "recording" VALUES('20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-2','01M82HQ86WPFKRJPKAD80FQYN6','handoff','leave_3way_start_recording=ALL_CALLS','1000',1795382026572032,1795382026579927,1795382027762974,'kept','','/tmp/keep-a4_extxi/lab/asterisk/recording/20261122-211346_493012345670_01M82HQ86WPFKRJPKAD80FQYN6-2.wav',18604,1160,'bf8bb1d87f73edf8a223bca885a03547074bf4eb66a08e7c946c253ce8897063','',0,'');
CREATE TABLE script (
    id TEXT PRIMARY KEY,
    -- what it is about, for people who configure
    script_name TEXT NOT NULL DEFAULT '',
    -- what the agent reads; --A--first_name--B-- is filled in with that field of the lead or of the call
    script_text TEXT NOT NULL DEFAULT '',
    -- N: agents are not shown it
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N'))
) STRICT, WITHOUT ROWID;
INSERT INTO "script" VALUES('GREETING','','Hello --A--first_name--B--','Y');
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
    -- the names of WARMLINE_DATA_name variables of the dialplan that go with a call; empty for none
    call_data TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(call_data)),
    -- the SIP headers of a caller that go with a call; item x_ticket has the value of X-Ticket; empty for none
    call_data_headers TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(call_data_headers)),
    -- milliseconds that a hook has for its decision; after that, the call continues without the hook
    hook_deadline INTEGER NOT NULL DEFAULT 200 CHECK (hook_deadline BETWEEN 10 AND 1000),
    -- 0 switches the agent API off for every user
    vdc_agent_api_active TEXT NOT NULL DEFAULT '1' CHECK (vdc_agent_api_active IN ('1', '0')),
    -- days that a recording's file is kept; 0 to keep it until you delete it
    recordings_keep_days INTEGER NOT NULL DEFAULT 0 CHECK (recordings_keep_days BETWEEN 0 AND 36500),
    -- days that the journal keeps the contents of its rows (the rows stay); 0 to keep them permanently
    journal_keep_days INTEGER NOT NULL DEFAULT 0 CHECK (journal_keep_days BETWEEN 0 AND 36500)
) STRICT, WITHOUT ROWID;
INSERT INTO "setting" VALUES('warmline','ERROR','Europe/Berlin',NULL,'[]',0,'[]','[]',200,'1',0,0);
CREATE TABLE timezone_offset ( -- the offsets of the setting's time zone, filled ten years ahead
    begins INTEGER PRIMARY KEY, -- from this time on; 0 for the first one
    seconds INTEGER NOT NULL, -- to be added to UTC
    iso TEXT NOT NULL -- the offset in ISO 8601, such as +01:00
) STRICT;
INSERT INTO "timezone_offset" VALUES(0,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(954032400000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(972781200000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(985482000000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1004230800000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1017536400000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1035680400000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1048986000000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1067130000000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1080435600000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1099184400000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1111885200000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1130634000000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1143334800000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1162083600000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1174784400000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1193533200000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1206838800000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1224982800000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1238288400000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1256432400000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1269738000000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1288486800000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1301187600000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1319936400000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1332637200000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1351386000000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1364691600000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1382835600000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1396141200000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1414285200000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1427590800000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1445734800000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1459040400000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1477789200000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1490490000000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1509238800000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1521939600000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1540688400000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1553994000000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1572138000000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1585443600000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1603587600000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1616893200000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1635642000000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1648342800000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1667091600000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1679792400000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1698541200000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1711846800000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1729990800000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1743296400000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1761440400000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1774746000000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1792890000000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1806195600000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1824944400000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1837645200000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1856394000000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1869094800000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1887843600000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1901149200000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1919293200000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1932598800000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1950742800000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1964048400000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(1982797200000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(1995498000000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(2014246800000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(2026947600000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(2045696400000000,3600,'+01:00');
INSERT INTO "timezone_offset" VALUES(2058397200000000,7200,'+02:00');
INSERT INTO "timezone_offset" VALUES(2077146000000000,3600,'+01:00');
CREATE TABLE user (
    id TEXT PRIMARY KEY,
    -- the password; pass=- prompts for it
    pass TEXT NOT NULL CHECK (pass <> ''),
    -- the role, which decides what the user may do
    role TEXT NOT NULL DEFAULT 'agent' CHECK (role IN ('agent', 'supervisor', 'manager', 'admin')),
    -- the agent that the user works as; each agent belongs to one user
    agent TEXT REFERENCES agent (id),
    -- the person's name, which lists show beside the key
    full_name TEXT NOT NULL DEFAULT '',
    -- the group that bounds which agents a supervisor sees; empty for all agents
    user_group TEXT REFERENCES user_group (id),
    -- N refuses the login, and ends the user's sessions at once
    active TEXT NOT NULL DEFAULT 'Y' CHECK (active IN ('Y', 'N'))
) STRICT, WITHOUT ROWID;
INSERT INTO "user" VALUES('ada','scrypt$16384$3fcb33b0546ca8da55f095578ed8df00$d40139a5ef59c6814b6df035ed4b2bd2c9a5a4ff5d22c51fd870b5bc89fa79fe28748128d5576c8bc0bd4818d914edb64fc8b31ae85816164d1b2af544791bd9','admin',NULL,'Ada',NULL,'Y');
INSERT INTO "user" VALUES('bert','scrypt$16384$2f8573c7a00393721b5899a669743ae3$39bca3df3053d53109f22bcdcffd79b3c6bf1307823bcbc906473ea7a9b56de7c26f558c546c86aab94e1ac0c0f834a1b48979ab8c6c276d1382ce74d5216986','agent','1005','','BERLIN','Y');
CREATE TABLE user_group (
    id TEXT PRIMARY KEY,
    -- the name that lists and reports show beside the key
    group_name TEXT NOT NULL DEFAULT '',
    -- the other user groups whose agents, calls and reports its supervisors see
    agent_status_viewable_groups TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(agent_status_viewable_groups))
) STRICT, WITHOUT ROWID;
INSERT INTO "user_group" VALUES('BERLIN','Berlin','[]');
CREATE TABLE user_session (
    token TEXT PRIMARY KEY CHECK (length(token) = 64), -- SHA-256 of the token
    user TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    program TEXT NOT NULL, -- as it calls itself
    created INTEGER NOT NULL,
    ends INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
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
CREATE INDEX journal_call ON journal (call) WHERE call <> '';
CREATE TRIGGER journal_stays BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER journal_unchanged BEFORE UPDATE ON journal
WHEN NEW.payload IS NOT NULL OR 
    (NEW.seq, NEW.at, NEW.kind, NEW.call, NEW.agent, NEW.payload_hash, NEW.hash)
    <> (OLD.seq, OLD.at, OLD.kind, OLD.call, OLD.agent, OLD.payload_hash, OLD.hash)
BEGIN SELECT RAISE(ABORT, 'journal is append-only; only a payload may be erased (set to NULL)'); END;
CREATE INDEX recording_call ON recording (call);
CREATE INDEX agent_session_agent ON agent_session (agent, started);
CREATE INDEX lead_number ON lead (list_id, phone_number);
CREATE INDEX lead_tail ON lead (substr(phone_number, -7));
CREATE INDEX lead_vendor ON lead (vendor_lead_code, list_id) WHERE vendor_lead_code <> '';
CREATE INDEX lead_request_lead ON lead_request (lead_id);
CREATE INDEX dnc_number ON dnc (substr(phone_number, -7));
CREATE INDEX leg_owner ON leg (owner);
CREATE INDEX leg_agent ON leg (owner, created) WHERE role = 'agent';
CREATE INDEX receipt_call ON receipt (call);
CREATE INDEX receipt_requested ON receipt (requested);
CREATE INDEX receipt_key ON receipt ("by", key) WHERE key <> '';
CREATE INDEX agent_session_started ON agent_session (started);
CREATE INDEX agent_session_ended ON agent_session (ended);
CREATE INDEX agent_interval_session ON agent_interval (session, ended);
CREATE INDEX agent_interval_started ON agent_interval (started);
CREATE INDEX agent_interval_call ON agent_interval (call) WHERE call <> '';
CREATE INDEX disposition_entry_call ON disposition_entry (call);
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
CREATE INDEX queue_wait_call ON queue_wait (call);
CREATE INDEX queue_wait_ingroup ON queue_wait (ingroup, entered);
CREATE INDEX queue_wait_entered ON queue_wait (entered);
CREATE INDEX queue_wait_ended ON queue_wait (ended);
CREATE INDEX callback_open ON callback (at) WHERE state = 'pending';
CREATE INDEX webhook_queued ON webhook (queued);
CREATE UNIQUE INDEX agent_phone ON agent (phone);
CREATE UNIQUE INDEX user_agent ON user (agent);
CREATE INDEX user_session_user ON user_session (user);
CREATE INDEX agent_custom_three ON agent (custom_three) WHERE custom_three <> '';
CREATE INDEX journal_failed ON journal (at) WHERE kind = 'turn.failed';
CREATE INDEX call_agc_id ON call (agc_id);
CREATE INDEX call_lead ON call (lead) WHERE lead <> 0;
CREATE INDEX call_number ON call (substr(number, -7));
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
CREATE INDEX agent_interval_agent ON agent_interval (agent, started) WHERE call <> '';
CREATE VIEW v_calls AS
SELECT
    call.id AS call,
    call.agc_id AS agc_id,
    call.direction AS direction,
    call.origin AS origin,
    CASE WHEN call.ended IS NULL THEN 'live' WHEN call.connected IS NOT NULL THEN 'answered'
    WHEN call.direction = 'out' THEN 'failed'
    WHEN EXISTS (SELECT 1 FROM fallback WHERE fallback.id = call.id AND fallback.goto = '' AND fallback.reason <> 'hung up before queue') THEN 'fallback'
    ELSE 'missed' END AS outcome,
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
    (SELECT reason FROM fallback WHERE fallback.id = call.id AND fallback.goto = '' AND fallback.reason <> 'hung up before queue') AS fallback_reason
FROM (
    SELECT id, agc_id, direction, origin, number, dialled, ingroup, direct, agent, last_agent, arrived, connected,
        "left", ended, ended_by, lead, ifnull((
    SELECT status FROM disposition_entry AS given WHERE given.call = call.id  ORDER BY given.id DESC LIMIT 1
), call.status) AS code
    FROM call
    UNION ALL
    SELECT id, '', 'in', 'caller', number, dialled, '', '', NULL, '', at, NULL, NULL, at, '', 0, ''
    FROM fallback WHERE fallback.goto = '' AND fallback.reason <> 'hung up before queue' AND id NOT IN (SELECT id FROM call)
) AS call
LEFT JOIN did ON did.id = call.dialled
LEFT JOIN ingroup ON ingroup.id = call.ingroup
LEFT JOIN agent ON agent.id = ifnull(call.agent, call.last_agent)
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
    CASE WHEN stretch.hold THEN 'hold' ELSE CASE stretch.state WHEN 'PAUSED' THEN 'pause' WHEN 'READY' THEN 'wait' WHEN 'QUEUE' THEN 'wait' WHEN 'INCALL' THEN 'talk' WHEN 'DEAD' THEN 'dead' WHEN 'DISPO' THEN 'dispo' ELSE stretch.state END END AS activity,
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
LEFT JOIN agent ON agent.id = stretch.agent
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
        CASE WHEN closer.id IS NOT NULL THEN receipt.ended
            WHEN receipt.kind IN ('LEAVE_3WAY_CALL', 'BLIND_TRANSFER') AND call."left" >= receipt.requested AND NOT EXISTS (
                SELECT 1 FROM receipt AS later WHERE later.call = receipt.call AND later.kind IN ('LEAVE_3WAY_CALL', 'BLIND_TRANSFER')
                AND later.outcome = 'completed' AND later.requested > receipt.requested
                AND later.requested <= call."left"
            ) THEN call."left" END AS handed,
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
        WHERE receipt.call = after.call AND receipt.agent = after.agent AND receipt.requested < after.requested
            AND (receipt.outcome = 'completed' OR ifnull(receipt.ended, after.requested) >= after.requested)
            AND after.kind IN ('LEAVE_3WAY_CALL', 'HANGUP_XFER') AND after.outcome IS NOT 'refused' AND receipt.call <> ''
            AND NOT EXISTS (
                SELECT 1 FROM receipt AS nearer
                WHERE nearer.call = after.call AND nearer.agent = after.agent AND nearer.requested < after.requested
            AND (nearer.outcome = 'completed' OR ifnull(nearer.ended, after.requested) >= after.requested)
                    AND nearer.kind IN ('DIAL_WITH_CUSTOMER', 'PARK_CUSTOMER_DIAL') AND nearer.requested > receipt.requested
            )
    ))
) AS moved
LEFT JOIN agent ON agent.id = moved.agent
LEFT JOIN ingroup AS target ON target.id = moved.to_ingroup
LEFT JOIN agent AS taker ON taker.id = moved.taken_by;
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
LEFT JOIN agent AS wanted ON wanted.id = wait.direct
LEFT JOIN agent ON agent.id = wait.agent;
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
    recording.converted_path AS converted_path
FROM recording
LEFT JOIN call ON call.id = recording.call
LEFT JOIN ingroup ON ingroup.id = call.ingroup
LEFT JOIN agent ON agent.id = recording.agent;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('lead',5);
COMMIT;
