BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'warmline','first','2026-11-24 11:07:00.681785+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'warmline','second','2026-11-24 11:07:00.711887+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'warmline','third','2026-11-24 11:07:00.792309+00:00');
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
INSERT INTO "agent_interval" VALUES('01M86KSSQYGNY1MKEKYNRAKWDH','01M86KSSQQTYABHFV2YHTW8SWV','1003','PAUSED','LOGIN',0,'',1795518424830501,1795518426578837);
INSERT INTO "agent_interval" VALUES('01M86KSVEJ83968GE763RADDXG','01M86KSSQQTYABHFV2YHTW8SWV','1003','READY','',0,'',1795518426578837,1795518426895905);
INSERT INTO "agent_interval" VALUES('01M86KSVRFYTY2V4M5TFGY036K','01M86KSSQQTYABHFV2YHTW8SWV','1003','QUEUE','',0,'01M86KSVRFYTY2V4M5TFGY036J',1795518426895905,1795518426918217);
INSERT INTO "agent_interval" VALUES('01M86KSVS6E6SP5E4T0TVAGKKX','01M86KSSQQTYABHFV2YHTW8SWV','1003','INCALL','',0,'01M86KSVRFYTY2V4M5TFGY036J',1795518426918217,1795518426992392);
INSERT INTO "agent_interval" VALUES('01M86KSVVGCZBHA6F8JRMADDFJ','01M86KSSQQTYABHFV2YHTW8SWV','1003','DISPO','',0,'01M86KSVRFYTY2V4M5TFGY036J',1795518426992392,1795518427128480);
INSERT INTO "agent_interval" VALUES('01M86KSVZR5DGXV3R5NMHDZN0K','01M86KSSQQTYABHFV2YHTW8SWV','1003','READY','',0,'',1795518427128480,1795518427500992);
INSERT INTO "agent_interval" VALUES('01M86KSWBC40ZZ0GRX3QM00BFB','01M86KSSQQTYABHFV2YHTW8SWV','1003','QUEUE','',0,'01M86KSWBC40ZZ0GRX3QM00BFA',1795518427500992,1795518427534378);
INSERT INTO "agent_interval" VALUES('01M86KSWCEH784A8V4M4HSZQP1','01M86KSSQQTYABHFV2YHTW8SWV','1003','INCALL','',0,'01M86KSWBC40ZZ0GRX3QM00BFA',1795518427534378,1795518427639068);
INSERT INTO "agent_interval" VALUES('01M86KSWFQ71A1KK5TC61KYNVE','01M86KSSQQTYABHFV2YHTW8SWV','1003','DISPO','',0,'01M86KSWBC40ZZ0GRX3QM00BFA',1795518427639068,1795518427981135);
INSERT INTO "agent_interval" VALUES('01M86KSWTD0GJKV6M5T0BG5H02','01M86KSSQQTYABHFV2YHTW8SWV','1003','READY','',0,'',1795518427981135,1795518428341566);
INSERT INTO "agent_interval" VALUES('01M86KSX7YFENGS27KW6NZHHTF','01M86KSX7PHBTBCPD6R22JPGAZ','1001','PAUSED','LOGIN',0,'',1795518428414863,1795518430163590);
INSERT INTO "agent_interval" VALUES('01M86KSYYKEAVJD3JJX20JJ7SY','01M86KSX7PHBTBCPD6R22JPGAZ','1001','READY','',0,'',1795518430163590,1795518430257181);
INSERT INTO "agent_interval" VALUES('01M86KSZ1HTHCD9SSRQQT9QD7C','01M86KSX7PHBTBCPD6R22JPGAZ','1001','QUEUE','',0,'01M86KSZ14DHA0BXZ9NP7HHT1B',1795518430257181,1795518430271029);
INSERT INTO "agent_interval" VALUES('01M86KSZ1ZC6B3BEHNGYS04QHC','01M86KSX7PHBTBCPD6R22JPGAZ','1001','INCALL','',0,'01M86KSZ14DHA0BXZ9NP7HHT1B',1795518430271029,NULL);
INSERT INTO "agent_interval" VALUES('01M86KSZ45G1RD5GAW4M7GF4SX','01M86KSZ3WPRG78GBG7FEC8EZ9','1002','PAUSED','LOGIN',0,'',1795518430341687,1795518432095360);
INSERT INTO "agent_interval" VALUES('01M86KT0TZC9P97EXT0KHBT7V8','01M86KSZ3WPRG78GBG7FEC8EZ9','1002','READY','',0,'',1795518432095360,1795518432177774);
INSERT INTO "agent_interval" VALUES('01M86KT0XHHTC3NES3WRQBBDH8','01M86KSZ3WPRG78GBG7FEC8EZ9','1002','QUEUE','',0,'01M86KT0XBKBSKF14GMC69MP34',1795518432177774,1795518432195474);
INSERT INTO "agent_interval" VALUES('01M86KT0Y3FJQF2VHT52YAQZC9','01M86KSZ3WPRG78GBG7FEC8EZ9','1002','INCALL','',0,'01M86KT0XBKBSKF14GMC69MP34',1795518432195474,NULL);
INSERT INTO "agent_interval" VALUES('01M86KT16JKBDWFZ4F845TN63J','01M86KT16DYK64RGMKD8A0ER5A','1000','PAUSED','LOGIN',0,'',1795518432466346,1795518434230894);
INSERT INTO "agent_interval" VALUES('01M86KT2XPHY8JDTCG6H4YTQZ3','01M86KT16DYK64RGMKD8A0ER5A','1000','READY','',0,'',1795518434230894,1795518434313508);
INSERT INTO "agent_interval" VALUES('01M86KT30916VERF8WGSYHYZ3R','01M86KT16DYK64RGMKD8A0ER5A','1000','QUEUE','',0,'01M86KT2ZXG9AYKN4B7WKB16Z4',1795518434313508,1795518434322914);
INSERT INTO "agent_interval" VALUES('01M86KT30JR4M1PHHKP5X7JF04','01M86KT16DYK64RGMKD8A0ER5A','1000','INCALL','',0,'01M86KT2ZXG9AYKN4B7WKB16Z4',1795518434322914,1795518434414802);
INSERT INTO "agent_interval" VALUES('01M86KT33E5J2F94156VAGS10H','01M86KT16DYK64RGMKD8A0ER5A','1000','DISPO','',0,'01M86KT2ZXG9AYKN4B7WKB16Z4',1795518434414802,1795518434596151);
INSERT INTO "agent_interval" VALUES('01M86KT394Z6Q93R3MV5JRYFGH','01M86KT16DYK64RGMKD8A0ER5A','1000','READY','',0,'',1795518434596151,1795518434782833);
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
INSERT INTO "agent_session" VALUES('01M86KSSQQTYABHFV2YHTW8SWV','1003','1003',0,'TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','8600051',1795518424830501,1795518428341566);
INSERT INTO "agent_session" VALUES('01M86KSX7PHBTBCPD6R22JPGAZ','1001','1001',0,'TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','8600051',1795518428414863,NULL);
INSERT INTO "agent_session" VALUES('01M86KSZ3WPRG78GBG7FEC8EZ9','1002','1002',0,'TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','8600052',1795518430341687,NULL);
INSERT INTO "agent_session" VALUES('01M86KT16DYK64RGMKD8A0ER5A','1000','1000',0,'TESTCAMP','["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]','8600053',1795518432466346,1795518434782833);
CREATE TABLE api_token (
    id TEXT PRIMARY KEY,
    -- what its bearer may do
    scopes TEXT NOT NULL CHECK (scopes <> '') CHECK (json_valid(scopes)),
    -- the bearer token; create and renew make it
    token TEXT NOT NULL CHECK (token <> '')
) STRICT, WITHOUT ROWID;
INSERT INTO "api_token" VALUES('crm','["agents:read", "calls:read"]','2cd0aafe5b5557abcda8105b5b52580e0dd5658a6404068608e913f3e709941d');
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
INSERT INTO "api_user" VALUES('6666','scrypt$16384$b3d99dc12241f2028b3fee6f8dea1200$e1ab845eeae53ea26e3b4b265f03b2e78a3fd04742b0b636d9b54180b98edf86a08dc29a9843ffd3a21fbb0ecb976c2f7f7925dcce1df0c1574507ad7e936260','["ALL_FUNCTIONS"]','Y','Y','ADMIN','[]');
CREATE TABLE asterisk ( -- one life of Asterisk: when another one was found in its place, its calls were over
    id TEXT PRIMARY KEY,
    started INTEGER NOT NULL, -- as it says itself
    seen INTEGER NOT NULL, -- we were first connected to it
    ended INTEGER -- another one was found
) STRICT, WITHOUT ROWID;
INSERT INTO "asterisk" VALUES('1795518421299000',1795518421299000,1795518423565845,NULL);
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
INSERT INTO "call" VALUES('01M86KSVRFYTY2V4M5TFGY036J','M0001795518426895905','ended',1795518426895905,'4930555777','','','',NULL,'1003',1795518426918217,NULL,1795518426998036,'customer','SALE','[]',1,'out','agent','[]');
INSERT INTO "call" VALUES('01M86KSWBC40ZZ0GRX3QM00BFA','M0001795518427500992','ended',1795518427500992,'4930555778','','','',NULL,'1003',1795518427534378,NULL,1795518427646513,'customer','NA','[]',2,'out','agent','[]');
INSERT INTO "call" VALUES('01M86KSZ14DHA0BXZ9NP7HHT1B','Y0001795518430257181','talking',1795518430257181,'493012345671','8005550100','SALESLINE','','1001','1001',1795518430271029,NULL,NULL,'','','["number: 8005550100", "did: 8005550100 goes to ingroup:SALESLINE", "in-group: in-group SALESLINE is active", "in-group: in-group SALESLINE is active"]',3,'in','caller','[]');
INSERT INTO "call" VALUES('01M86KT0XBKBSKF14GMC69MP34','Y0001795518432177774','three_way',1795518432177774,'493012345672','8005550100','SALESLINE','','1002','1002',1795518432195474,NULL,NULL,'','','["number: 8005550100", "did: 8005550100 goes to ingroup:SALESLINE", "in-group: in-group SALESLINE is active", "in-group: in-group SALESLINE is active"]',4,'in','caller','[]');
INSERT INTO "call" VALUES('01M86KT2ZXG9AYKN4B7WKB16Z4','Y0001795518434313508','ended',1795518434313508,'493012345670','8005550100','SALESLINE','',NULL,'1000',1795518434322914,1795518434414802,1795518434819877,'customer','LATER','["number: 8005550100", "did: 8005550100 goes to ingroup:SALESLINE", "in-group: in-group SALESLINE is active", "in-group: in-group SALESLINE is active"]',5,'in','caller','[]');
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
INSERT INTO "callback" VALUES('01M86KT394Z6Q93R3MV5JRYFGG','01M86KT2ZXG9AYKN4B7WKB16Z4','493012345670','SALESLINE','TESTCAMP','',1795522034586798,1795518434596151,'LATER','','local:root (uid 0)','pending',NULL,'');
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
INSERT INTO "config_journal" VALUES(1,1795518421006454,'lab','create','ingroup','SUPPORTLINE','{}','{}','595f989b166fddd3000cbc3e6819929a06b8e2e3a7ecfb704d80ce227acd0470');
INSERT INTO "config_journal" VALUES(2,1795518421006454,'lab','create','ingroup','SALESLINE','{}','{"default_xfer_group": "SUPPORTLINE"}','26f3428fecb0710bb2c9a7932b4c1e051ef15d5616ff4b86da249077f87d6d9d');
INSERT INTO "config_journal" VALUES(3,1795518421006454,'lab','create','ingroup','CLOSEDLINE','{}','{"active": "N"}','d49574049669e081bc005eb8798d12ea7ae95820a7fe18869888fcf96641eccb');
INSERT INTO "config_journal" VALUES(4,1795518421006454,'lab','create','campaign','TESTCAMP','{}','{"default_xfer_group": "SUPPORTLINE", "dial_template": "PJSIP/{number}@trunk", "dial_timeout": 20, "login_state": "READY", "phone_login": "TRUSTED"}','3e74f14abfe4dba442de06e129b15eeaefe35a9169cde53612b04c33b1a234be');
INSERT INTO "config_journal" VALUES(5,1795518421006454,'lab','create','phone','1000','{}','{}','28d2044ce96f65689e0dc0a98e224faf63562e4db00d649bf12065c2e7f4284d');
INSERT INTO "config_journal" VALUES(6,1795518421006454,'lab','create','phone','1001','{}','{}','191becd1aa4988928582a1c1bdf5a729d037367e326e185013878051ec66f60c');
INSERT INTO "config_journal" VALUES(7,1795518421006454,'lab','create','phone','1002','{}','{}','be5a148ee6192e792dc203754180081b5c7aa58b8318e927fe785f0d4857a452');
INSERT INTO "config_journal" VALUES(8,1795518421006454,'lab','create','phone','1003','{}','{}','d81c0a9d89a8bcb0df14d73114f7e7a6e5e5c5098c7e55e17a57df79aabda398');
INSERT INTO "config_journal" VALUES(9,1795518421006454,'lab','create','phone','1004','{}','{}','97d0402f93c86a1f0da32d4b7a8ccb917820c04741deeb5bd130986d30f1d8a7');
INSERT INTO "config_journal" VALUES(10,1795518421006454,'lab','create','phone','1005','{}','{}','67b60c3f173e11076a52c3f6dcbbace55553ceda011e0f66547e26ee5f869fc7');
INSERT INTO "config_journal" VALUES(11,1795518421006454,'lab','create','phone','1006','{}','{}','57482cc7ded6b4f8c09714e9200882249fdb1a0554b4de5372515f49c143e406');
INSERT INTO "config_journal" VALUES(12,1795518421006454,'lab','create','phone','1007','{}','{}','5a65f70edcc4cad217456072fc3f1e3cc3c3d35418566fc229d983f672b3da59');
INSERT INTO "config_journal" VALUES(13,1795518421006454,'lab','create','phone','1008','{}','{}','b012c7314aeb1a3f01481b016551fbbb4fc55035373269c3c65d74db165ea7b7');
INSERT INTO "config_journal" VALUES(14,1795518421006454,'lab','create','phone','1009','{}','{}','71a5fda75c6ac8acb578cdadedf548b2abc0461b3ff7d069c3d4f6c5ff378287');
INSERT INTO "config_journal" VALUES(15,1795518421006454,'lab','create','agent','1000','{}','{"phone": "1000", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','1d56e5cb0db637001c7d62f950e44d3f729419d0324c241132b5b625ef677321');
INSERT INTO "config_journal" VALUES(16,1795518421006454,'lab','create','agent','1001','{}','{"phone": "1001", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','df15dd6cc2cf347321976cad1c24720966aafdcb9f0a24afc0ecc41fc7063ef6');
INSERT INTO "config_journal" VALUES(17,1795518421006454,'lab','create','agent','1002','{}','{"phone": "1002", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','1a423bb99e71ce7caea06c5febbf80498f3a76f52a730743ae432b1c4f6e25ad');
INSERT INTO "config_journal" VALUES(18,1795518421006454,'lab','create','agent','1003','{}','{"phone": "1003", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','c63aac34a70b03b54c137735b0f8294231d420a9caead7fc2ee8edc2f1f9cb6c');
INSERT INTO "config_journal" VALUES(19,1795518421006454,'lab','create','agent','1004','{}','{"phone": "1004", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','bbe16da784c998d8a8569acec51b930a3ba3332895c79b95fe1dc69a1c4dbd6f');
INSERT INTO "config_journal" VALUES(20,1795518421006454,'lab','create','agent','1005','{}','{"phone": "1005", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','7ff5d8dce2209f518182b23f41fd481420f6a38b88c08d70507df67c112b3816');
INSERT INTO "config_journal" VALUES(21,1795518421006454,'lab','create','agent','1006','{}','{"phone": "1006", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','99a47f4bffb9a0053a69219827989d63b859c9e112a63ffbd227d019f5979aad');
INSERT INTO "config_journal" VALUES(22,1795518421006454,'lab','create','agent','1007','{}','{"phone": "1007", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','86cffda5119f51c270f945400b8476822c48f4c95c1810f570eaafb1e3a097ff');
INSERT INTO "config_journal" VALUES(23,1795518421006454,'lab','create','agent','1008','{}','{"phone": "1008", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','181ce14fb927a45cb6f9a3cbf796ca7d7a1b7c13dc12b762d244303364e195ba');
INSERT INTO "config_journal" VALUES(24,1795518421006454,'lab','create','agent','1009','{}','{"phone": "1009", "campaign": "TESTCAMP", "ingroups": ["SALESLINE", "SUPPORTLINE", "AGENTDIRECT"]}','c354240ca79ed3f0a63040edce5a6596801bebffa89d8c3accbbc725b06556db');
INSERT INTO "config_journal" VALUES(25,1795518421006454,'lab','create','did','8005550100','{}','{"route": "ingroup:SALESLINE"}','fd56f0f92595a94268d5f401b3a3ff9c5e0f1414fb3e92d40aa0ea5901200857');
INSERT INTO "config_journal" VALUES(26,1795518421006454,'lab','create','did','8005550101','{}','{"route": "ingroup:SUPPORTLINE"}','17aa651269d9a68fafc50010e8c501dad5b04b1fbf8f726967ed5f08bbb20c37');
INSERT INTO "config_journal" VALUES(27,1795518421006454,'lab','create','did','8005550102','{}','{"route": "agent:1000"}','7aa6abf4abd594ca2bca0962c832cd8684f8e8e86f7c15b7df691bb789345630');
INSERT INTO "config_journal" VALUES(28,1795518421006454,'lab','create','api-user','6666','{}','{"pass": "changed", "functions": ["ALL_FUNCTIONS"]}','667a029f6f59c4e3bb33bf87c47f83871dc14522bbb201fb17a5085722aff91e');
INSERT INTO "config_journal" VALUES(29,1795518421276912,'lab','create','user-group','BERLIN','{}','{"group_name": "Berlin"}','9a4b117b259c67a656eefd89c540663d1aa9d43dbf1453aceff5b7a839ec2cab');
INSERT INTO "config_journal" VALUES(30,1795518421276912,'lab','create','user','ada','{}','{"pass": "changed", "role": "admin", "full_name": "Ada"}','1fe6bf2ceda7b3156d206d2849bb4b16a83ae3abe374c221fa5c43234080f9c6');
INSERT INTO "config_journal" VALUES(31,1795518421276912,'lab','create','user','bert','{}','{"pass": "changed", "role": "agent", "agent": "1005", "user_group": "BERLIN"}','228bdfd8e8be05c2d2b018c4924a410a255f28a02923d24f5c79668479deb544');
INSERT INTO "config_journal" VALUES(32,1795518421276912,'lab','create','call-time','OFFICE','{}','{"ct_default_start": 900, "ct_default_stop": 1800}','3678afba989e73a69325d4ec2800928318c6a28b4983ed8a0a065f66d9d549e6');
INSERT INTO "config_journal" VALUES(33,1795518421276912,'lab','create','holiday','XMAS26','{}','{"holiday_date": "2026-12-25"}','c4b5ba8395ae3567ab4296b2391c379a89f3a9cee3492265c51dc008af4d03f9');
INSERT INTO "config_journal" VALUES(34,1795518421276912,'lab','create','container','PARTNERS','{}','{"type": "PHONE_NUMBERS", "entries": ["8500", "5551234"]}','876399ad1f6ac1c6eb4b6f87a76ebf0164d6fddfd139668da1bdda6a06634626');
INSERT INTO "config_journal" VALUES(35,1795518421276912,'lab','create','preset','BILLING','{}','{"campaign": "TESTCAMP", "preset_number": "4930555124"}','d17369fe85752ede5a26e31afe1c2a774691d1b28459bf661a3bdd002244b72e');
INSERT INTO "config_journal" VALUES(36,1795518421276912,'lab','create','group-alias','SALES','{}','{"caller_id_number": "8005550100"}','9d5252bd54a5e51b5806691e78e904bfe2ef7247bed3228fbe6da360531fdf40');
INSERT INTO "config_journal" VALUES(37,1795518421276912,'lab','create','list','101','{}','{"list_name": "Autumn"}','70fd3ec719266ee1232a2f114db663a70f897e896d9819dab5260cb17ca06187');
INSERT INTO "config_journal" VALUES(38,1795518421276912,'lab','create','script','GREETING','{}','{"script_text": "Hello --A--first_name--B--"}','059da0899093872035d85043b8cf75e63312a395e7f46b46d01abb38dc917557');
INSERT INTO "config_journal" VALUES(39,1795518421276912,'lab','create','disposition','LATER','{}','{"status_name": "Call later", "scheduled_callback": "Y"}','ed5b528beaf45ba04c88ac358e6ac7fae138de727484838cb18bb9044ea61fc7');
INSERT INTO "config_journal" VALUES(40,1795518421276912,'lab','create','pause-code','LUNCH','{}','{"pause_code_name": "Lunch"}','1c666f77715c842f22c7098c9aa606dbfc6f3e67de178442839e02cba50fbfe2');
INSERT INTO "config_journal" VALUES(41,1795518421276912,'lab','set','setting','warmline','{"timezone": "UTC"}','{"timezone": "Europe/Berlin"}','3f9abeb0a3e9153fae933d6d6f3b0402db0c70d5957bf5dbefdbaca992ac55bb');
INSERT INTO "config_journal" VALUES(42,1795518421276912,'lab','set','campaign','TESTCAMP','{"campaign_recording": "ONDEMAND", "leave_3way_start_recording": "DISABLED"}','{"campaign_recording": "ALLCALLS", "leave_3way_start_recording": "ALL_CALLS"}','a84fc4c07d648f2f78a3b7433f8855db10365328c236b6aa6b6194b29aa02320');
INSERT INTO "config_journal" VALUES(43,1795518424728375,'root','create','api-token','crm','{}','{"scopes": ["agents:read", "calls:read"], "token": "changed"}','7bb5410d81a450b23a352b5036b4a7c2c2d8de60b185c64e3ceca4c61203349c');
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
INSERT INTO "disposition_entry" VALUES('01M86KSVZR5DGXV3R5NMHDZN0J','01M86KSVRFYTY2V4M5TFGY036J','1003','SALE',1795518427128480,'local:root (uid 0)','',0);
INSERT INTO "disposition_entry" VALUES('01M86KSWTD0GJKV6M5T0BG5H01','01M86KSWBC40ZZ0GRX3QM00BFA','1003','NA',1795518427981135,'local:root (uid 0)','',0);
INSERT INTO "disposition_entry" VALUES('01M86KT394Z6Q93R3MV5JRYFGF','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','LATER',1795518434596151,'local:root (uid 0)','',0);
CREATE TABLE dnc ( -- numbers that must not be dialled
    phone_number TEXT NOT NULL, -- digits
    campaign TEXT NOT NULL, -- by whose agents; empty: by nobody
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL, -- who put it there
    why TEXT NOT NULL, -- a disposition's code, or what people say
    PRIMARY KEY (phone_number, campaign)
) STRICT, WITHOUT ROWID;
INSERT INTO "dnc" VALUES('8005551234','',1795518424516065,'root','');
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
INSERT INTO "journal" VALUES(1,1795518423546003,'app.started','','','{"core":10,"base":"01M86KSRFT4GACD33P4VKYDAYV","input":{}}','9cfa49c93f3b74662039e611b6cd36fdc49990999b73d6f420fdabc1fdf03ff0','0689dbd0f5f4658991acc1fe78e152d98bc82a685a3cee4982e93e1562cc7f90');
INSERT INTO "journal" VALUES(2,1795518423546724,'config.changed','','','{"core":10,"base":"01M86KSRFTPGMGPNJNKCHPCQTM","input":{"rules":{"campaigns":{"TESTCAMP":{"id":"TESTCAMP","campaign_name":"","active":"Y","campaign_recording":"ALLCALLS","allcalls_delay":0,"campaign_rec_filename":"FULLDATE_CUSTPHONE","recording_format":"wav","leave_3way_start_recording":"ALL_CALLS","leave_3way_start_recording_exception":"DISABLED","leave_3way_stop_recording":"DISABLED","three_way_record_stop":"N","three_way_record_stop_exception":"DISABLED","hangup_xfer_record_start":"N","dead_stop_recording":"DISABLED","park_recording":"CONTINUE","default_xfer_group":"SUPPORTLINE","transfer_no_dispo":"DISABLED","am_message_exten":"vm-goodbye","leave_unanswered_action":"INGROUP","blind_unanswered_action":"INGROUP","unanswered_message":"vm-goodbye","customer_gone_while_dialing":"CANCEL","customer_3way_hangup_action":"NONE","customer_3way_hangup_seconds":5,"park_max_seconds":0,"park_ivr":"","agent_rescue_seconds":20,"left_max_minutes":240,"continue_after_hangup":"N","dial_template":"PJSIP/{number}@trunk","dial_prefix":"","three_way_dial_prefix":"","dial_timeout":20,"three_way_call_cid":"CAMPAIGN","campaign_cid":"0000000000","manual_dial_cid":"CAMPAIGN","manual_preview_dial":"PREVIEW_AND_SKIP","dial_allow":[],"dial_deny":[],"international_prefixes":["00","011"],"follow_redirects":0,"dial_call_time_id":"","daily_limit_manual":0,"manual_calls_at_once":0,"callback_useronly_move_minutes":0,"login_state":"READY","phone_login":"TRUSTED","agent_pause_codes_active":"N","wrapup_seconds":0,"dispo_max":0,"dead_max":0,"pause_max":0,"phone_caller_name":"Warmline login","phone_caller_number":"","phone_headers":"","feature_keys":"N","feature_numbers":[],"manual_dial_list_id":"998","campaign_script":"","agent_lead_search":"DISABLED","start_call_url":"","dispo_call_url":"","transfer_url":""}},"ingroups":{"AGENTDIRECT":{"id":"AGENTDIRECT","group_name":"","active":"Y","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":99,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"CLOSEDLINE":{"id":"CLOSEDLINE","group_name":"","active":"N","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"SALESLINE":{"id":"SALESLINE","group_name":"","active":"Y","default_xfer_group":"SUPPORTLINE","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"SUPPORTLINE":{"id":"SUPPORTLINE","group_name":"","active":"Y","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""}},"agents":{"1000":{"id":"1000","full_name":"","active":"Y","user_group":"","phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1001":{"id":"1001","full_name":"","active":"Y","user_group":"","phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1002":{"id":"1002","full_name":"","active":"Y","user_group":"","phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1003":{"id":"1003","full_name":"","active":"Y","user_group":"","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1004":{"id":"1004","full_name":"","active":"Y","user_group":"","phone":"1004","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1005":{"id":"1005","full_name":"","active":"Y","user_group":"","phone":"1005","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1006":{"id":"1006","full_name":"","active":"Y","user_group":"","phone":"1006","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1007":{"id":"1007","full_name":"","active":"Y","user_group":"","phone":"1007","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1008":{"id":"1008","full_name":"","active":"Y","user_group":"","phone":"1008","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1009":{"id":"1009","full_name":"","active":"Y","user_group":"","phone":"1009","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""}},"call_times":{"OFFICE":{"id":"OFFICE","ct_default_start":900,"ct_default_stop":1800,"ct_sunday_start":0,"ct_sunday_stop":0,"ct_monday_start":0,"ct_monday_stop":0,"ct_tuesday_start":0,"ct_tuesday_stop":0,"ct_wednesday_start":0,"ct_wednesday_stop":0,"ct_thursday_start":0,"ct_thursday_stop":0,"ct_friday_start":0,"ct_friday_stop":0,"ct_saturday_start":0,"ct_saturday_stop":0,"ct_holidays":[],"timezone":""}},"holidays":{"XMAS26":{"id":"XMAS26","holiday_name":"","holiday_date":"2026-12-25","holiday_status":"ACTIVE","ct_default_start":2400,"ct_default_stop":2400}},"containers":{"PARTNERS":["8500","5551234"]},"group_aliases":{"SALES":{"id":"SALES","group_alias_name":"","caller_id_number":"8005550100","active":"Y"}},"dispositions":{"A":{"id":"A","status_name":"Answering machine","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AA":{"id":"AA","status_name":"Answering machine, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AB":{"id":"AB","status_name":"Busy, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"ADAIR":{"id":"ADAIR","status_name":"Nobody spoke, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"ADC":{"id":"ADC","status_name":"Disconnected, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"ADCT":{"id":"ADCT","status_name":"Disconnected for a time","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AFAX":{"id":"AFAX","status_name":"Fax machine","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AFTHRS":{"id":"AFTHRS","status_name":"Came when it was closed","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AL":{"id":"AL","status_name":"Message played to a machine","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"ALTNUM":{"id":"ALTNUM","status_name":"Another number of the lead is next","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AM":{"id":"AM","status_name":"Sent to the machine message","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"B":{"id":"B","status_name":"Busy signal","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"BUSY":{"id":"BUSY","status_name":"Busy","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"CALLBK":{"id":"CALLBK","status_name":"Call back at a set time","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"CB":{"id":"CB","status_name":"Call back","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"CBHOLD":{"id":"CBHOLD","status_name":"Waits for its callback","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"CLOSOP":{"id":"CLOSOP","status_name":"In-group closed while it waited","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DAIR":{"id":"DAIR","status_name":"Nobody spoke","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DC":{"id":"DC","status_name":"Line disconnected","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DCMX":{"id":"DCMX","status_name":"Dead call ended by dead_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DEC":{"id":"DEC","status_name":"Sale declined","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DISC":{"id":"DISC","status_name":"Number out of service","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DISMX":{"id":"DISMX","status_name":"No code within dispo_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DNC":{"id":"DNC","status_name":"Do not call","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"Y","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DNCC":{"id":"DNCC","status_name":"On the do-not-call list of a campaign","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DNCL":{"id":"DNCL","status_name":"On the do-not-call list","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DROP":{"id":"DROP","status_name":"Hung up while waiting","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"ERI":{"id":"ERI","status_name":"Error on the agent''s side","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"HOLDTO":{"id":"HOLDTO","status_name":"Left by hold_time_option","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"INCALL":{"id":"INCALL","status_name":"In a call","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"IQNANQ":{"id":"IQNANQ","status_name":"No agents any more while it waited","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"IVRXFR":{"id":"IVRXFR","status_name":"Sent to a call menu","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"LATER":{"id":"LATER","status_name":"Call later","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"LRERR":{"id":"LRERR","status_name":"No line for it","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"LSMERG":{"id":"LSMERG","status_name":"Merged with another lead","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"MAXCAL":{"id":"MAXCAL","status_name":"Too many calls","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"MLINAT":{"id":"MLINAT","status_name":"Other leads of the account set aside","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"N":{"id":"N","status_name":"Not answered","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"NA":{"id":"NA","status_name":"No answer","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"NANQUE":{"id":"NANQUE","status_name":"No agents to wait for","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"NEW":{"id":"NEW","status_name":"Not called yet","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"NI":{"id":"NI","status_name":"Not interested","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"Y","customer_contact":"Y","unworkable":"N","completed":"Y","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"NP":{"id":"NP","status_name":"No offer made","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"PAUSMX":{"id":"PAUSMX","status_name":"Paused longer than pause_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"PDROP":{"id":"PDROP","status_name":"Dropped before it was routed","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"PM":{"id":"PM","status_name":"Message played","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"PU":{"id":"PU","status_name":"Answered, then dropped","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"QCFAIL":{"id":"QCFAIL","status_name":"To be called again after a check","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"QUEUE":{"id":"QUEUE","status_name":"On its way to an agent","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"QVMAIL":{"id":"QVMAIL","status_name":"Left a voicemail instead of waiting","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"RAXFER":{"id":"RAXFER","status_name":"Handed over from outside","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"RQXFER":{"id":"RQXFER","status_name":"Sent back into the queue","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SALE":{"id":"SALE","status_name":"Sale","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"Y","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"Y","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SVYCLM":{"id":"SVYCLM","status_name":"Survey led to a call menu","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SVYEXT":{"id":"SVYEXT","status_name":"Survey led to an extension","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SVYHU":{"id":"SVYHU","status_name":"Survey ended by hanging up","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SVYREC":{"id":"SVYREC","status_name":"Survey was recorded","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SVYVM":{"id":"SVYVM","status_name":"Survey led to voicemail","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"TIMEOT":{"id":"TIMEOT","status_name":"Waited for drop_call_seconds","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"VM":{"id":"VM","status_name":"Voicemail","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"WAITTO":{"id":"WAITTO","status_name":"Left by wait_time_option","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"XDROP":{"id":"XDROP","status_name":"Its one agent did not come","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"XFER":{"id":"XFER","status_name":"Handed over","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]}},"pause_codes":{"LUNCH":{"id":"LUNCH","pause_code_name":"Lunch","key":"","billable":"NO","campaigns":[]}},"api_impossible":"ERROR","timezone":"Europe/Berlin","webhook_hosts":[],"max_legs":0,"hook_deadline":200,"vdc_agent_api_active":"1"}}}','d250391383393170958ec28c086eafc6418b5d9d6305a652bf1f0aabe3e4c488','d19093af6f3a6e74a88f00974f2f1ac09b76898962e42e2d81904bf16d376924');
INSERT INTO "journal" VALUES(3,1795518423564984,'app.reconciling','','','{"core":10,"base":"01M86KSRGC3HE9CNV6NED8BWBW","input":{}}','f37c30d86947c1f000c8a52696d58afbe15557c75cc40ac4591ce95ddff7a447','d2ae347ffc0382fb8393ae3400fbfdd47ae55e6ccaea09a72682b5cc95b0aa85');
INSERT INTO "journal" VALUES(4,1795518423565845,'asterisk.connected','','','{"core":10,"base":"01M86KSRGDTJEC72XF365HH16F","input":{"started":1795518421299000}}','da5d8b72e1cbb354a9e11b444fc2a83d6361776214a27f0ada3e9adb7074b54c','941bdb58f7b19001a2fa57b9b6de1ec64b64000a41cb9fc47c5019c29abf3955');
INSERT INTO "journal" VALUES(5,1795518423570014,'app.reconciled','','','{"core":10,"base":"01M86KSRGJTAF2SKJW08NKH0ZK","input":{}}','449f7148866329fc783f7d7c2b6991dea0a7e0705052b2a221d303ccdfd31e7e','b90f61e4de91d5331fe377a18eec6142bbe4782bf001c60c6b08efca5ea3c748');
INSERT INTO "journal" VALUES(6,1795518424818764,'config.changed','','','{"core":10,"base":"01M86KSSQJR2QKZMWB4SG9SH0W","input":{"rules":{"campaigns":{"TESTCAMP":{"id":"TESTCAMP","campaign_name":"","active":"Y","campaign_recording":"ALLCALLS","allcalls_delay":0,"campaign_rec_filename":"FULLDATE_CUSTPHONE","recording_format":"wav","leave_3way_start_recording":"ALL_CALLS","leave_3way_start_recording_exception":"DISABLED","leave_3way_stop_recording":"DISABLED","three_way_record_stop":"N","three_way_record_stop_exception":"DISABLED","hangup_xfer_record_start":"N","dead_stop_recording":"DISABLED","park_recording":"CONTINUE","default_xfer_group":"SUPPORTLINE","transfer_no_dispo":"DISABLED","am_message_exten":"vm-goodbye","leave_unanswered_action":"INGROUP","blind_unanswered_action":"INGROUP","unanswered_message":"vm-goodbye","customer_gone_while_dialing":"CANCEL","customer_3way_hangup_action":"NONE","customer_3way_hangup_seconds":5,"park_max_seconds":0,"park_ivr":"","agent_rescue_seconds":20,"left_max_minutes":240,"continue_after_hangup":"N","dial_template":"PJSIP/{number}@trunk","dial_prefix":"","three_way_dial_prefix":"","dial_timeout":20,"three_way_call_cid":"CAMPAIGN","campaign_cid":"0000000000","manual_dial_cid":"CAMPAIGN","manual_preview_dial":"PREVIEW_AND_SKIP","dial_allow":[],"dial_deny":[],"international_prefixes":["00","011"],"follow_redirects":0,"dial_call_time_id":"","daily_limit_manual":0,"manual_calls_at_once":0,"callback_useronly_move_minutes":0,"login_state":"READY","phone_login":"TRUSTED","agent_pause_codes_active":"N","wrapup_seconds":0,"dispo_max":0,"dead_max":0,"pause_max":0,"phone_caller_name":"Warmline login","phone_caller_number":"","phone_headers":"","feature_keys":"N","feature_numbers":[],"manual_dial_list_id":"998","campaign_script":"","agent_lead_search":"DISABLED","start_call_url":"","dispo_call_url":"","transfer_url":""}},"ingroups":{"AGENTDIRECT":{"id":"AGENTDIRECT","group_name":"","active":"Y","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":99,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"CLOSEDLINE":{"id":"CLOSEDLINE","group_name":"","active":"N","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"SALESLINE":{"id":"SALESLINE","group_name":"","active":"Y","default_xfer_group":"SUPPORTLINE","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""},"SUPPORTLINE":{"id":"SUPPORTLINE","group_name":"","active":"Y","default_xfer_group":"---NONE---","ingroup_recording_override":"DISABLED","queue_priority":0,"data_priority":[],"choose_agent_hook":"N","data_agent":"","data_agent_wait":0,"keep_wait_on_transfer":"N","next_agent_call":"longest_wait_time","answer_signal":"START","answer_sec_pct_rt_stat_one":20,"call_time_id":"","after_hours_action":"MESSAGE","after_hours_message_filename":"vm-goodbye","after_hours_exten":"","after_hours_voicemail":"","afterhours_xfer_group":"---NONE---","after_hours_callmenu":"","no_agent_no_queue":"N","no_agent_action":"MESSAGE","no_agent_action_value":"vm-nobodyavail|vm-goodbye","max_calls_method":"DISABLED","max_calls_count":0,"max_calls_action":"NO_AGENT_NO_QUEUE","drop_call_seconds":360,"drop_action":"HANGUP","drop_message":"vm-goodbye","drop_exten":"","voicemail_ext":"","drop_inbound_group":"---NONE---","drop_callmenu":"","moh_context":"default","welcome_message_filename":"---NONE---","play_welcome_message":"ALWAYS","onhold_prompt_filename":"queue-thankyou","prompt_interval":60,"play_place_in_line":"N","play_estimate_hold_time":"N","agent_alert_exten":"beep","hold_time_option":"NONE","hold_time_second_option":"NONE","hold_time_third_option":"NONE","hold_time_option_seconds":360,"hold_time_option_press_filename":"vm-press|digits/1","hold_time_option_prompt_seconds":10,"hold_time_option_callback_filename":"vm-goodbye","hold_time_option_exten":"","hold_time_option_voicemail":"","hold_time_option_xfer_group":"---NONE---","hold_time_option_callmenu":"","hold_time_option_minimum":0,"wait_time_option":"NONE","wait_time_second_option":"NONE","wait_time_third_option":"NONE","wait_time_option_seconds":120,"wait_time_option_press_filename":"vm-press|digits/1","wait_time_option_prompt_seconds":10,"wait_time_option_callback_filename":"vm-goodbye","wait_time_option_exten":"","wait_time_option_voicemail":"","wait_time_option_xfer_group":"---NONE---","wait_time_option_callmenu":"","wait_hold_option_priority":"WAIT","closing_time_action":"DISABLED","closing_time_now_trigger":"N","closing_time_filename":"vm-goodbye","closing_time_option_exten":"","closing_time_option_voicemail":"","closing_time_option_xfer_group":"---NONE---","closing_time_option_callmenu":"","call_handle_method":"CIDLOOKUP","list_id":"999","start_call_url":"","dispo_call_url":"","transfer_url":""}},"agents":{"1000":{"id":"1000","full_name":"","active":"Y","user_group":"","phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1001":{"id":"1001","full_name":"","active":"Y","user_group":"","phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1002":{"id":"1002","full_name":"","active":"Y","user_group":"","phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1003":{"id":"1003","full_name":"","active":"Y","user_group":"","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1004":{"id":"1004","full_name":"","active":"Y","user_group":"","phone":"1004","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1005":{"id":"1005","full_name":"","active":"Y","user_group":"","phone":"1005","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1006":{"id":"1006","full_name":"","active":"Y","user_group":"","phone":"1006","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1007":{"id":"1007","full_name":"","active":"Y","user_group":"","phone":"1007","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1008":{"id":"1008","full_name":"","active":"Y","user_group":"","phone":"1008","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""},"1009":{"id":"1009","full_name":"","active":"Y","user_group":"","phone":"1009","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"custom_three":"","phone_mode":"nailed_up","on_hook_ring_time":15,"max_missed":1,"recording_override":"DISABLED","user_level":1,"campaign_rank":0,"campaign_grade":1,"ingroup_ranks":[],"ingroup_grades":[],"custom_five":"","voicemail_id":""}},"call_times":{"OFFICE":{"id":"OFFICE","ct_default_start":900,"ct_default_stop":1800,"ct_sunday_start":0,"ct_sunday_stop":0,"ct_monday_start":0,"ct_monday_stop":0,"ct_tuesday_start":0,"ct_tuesday_stop":0,"ct_wednesday_start":0,"ct_wednesday_stop":0,"ct_thursday_start":0,"ct_thursday_stop":0,"ct_friday_start":0,"ct_friday_stop":0,"ct_saturday_start":0,"ct_saturday_stop":0,"ct_holidays":[],"timezone":""}},"holidays":{"XMAS26":{"id":"XMAS26","holiday_name":"","holiday_date":"2026-12-25","holiday_status":"ACTIVE","ct_default_start":2400,"ct_default_stop":2400}},"containers":{"PARTNERS":["8500","5551234"]},"group_aliases":{"SALES":{"id":"SALES","group_alias_name":"","caller_id_number":"8005550100","active":"Y"}},"dispositions":{"A":{"id":"A","status_name":"Answering machine","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AA":{"id":"AA","status_name":"Answering machine, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AB":{"id":"AB","status_name":"Busy, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"ADAIR":{"id":"ADAIR","status_name":"Nobody spoke, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"ADC":{"id":"ADC","status_name":"Disconnected, found by the dialler","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"ADCT":{"id":"ADCT","status_name":"Disconnected for a time","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AFAX":{"id":"AFAX","status_name":"Fax machine","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AFTHRS":{"id":"AFTHRS","status_name":"Came when it was closed","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AL":{"id":"AL","status_name":"Message played to a machine","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"ALTNUM":{"id":"ALTNUM","status_name":"Another number of the lead is next","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"AM":{"id":"AM","status_name":"Sent to the machine message","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"B":{"id":"B","status_name":"Busy signal","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"BUSY":{"id":"BUSY","status_name":"Busy","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"CALLBK":{"id":"CALLBK","status_name":"Call back at a set time","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"CB":{"id":"CB","status_name":"Call back","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"CBHOLD":{"id":"CBHOLD","status_name":"Waits for its callback","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"CLOSOP":{"id":"CLOSOP","status_name":"In-group closed while it waited","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DAIR":{"id":"DAIR","status_name":"Nobody spoke","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DC":{"id":"DC","status_name":"Line disconnected","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DCMX":{"id":"DCMX","status_name":"Dead call ended by dead_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DEC":{"id":"DEC","status_name":"Sale declined","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DISC":{"id":"DISC","status_name":"Number out of service","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"Y","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DISMX":{"id":"DISMX","status_name":"No code within dispo_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DNC":{"id":"DNC","status_name":"Do not call","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"Y","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DNCC":{"id":"DNCC","status_name":"On the do-not-call list of a campaign","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DNCL":{"id":"DNCL","status_name":"On the do-not-call list","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"Y","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"DROP":{"id":"DROP","status_name":"Hung up while waiting","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"ERI":{"id":"ERI","status_name":"Error on the agent''s side","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"HOLDTO":{"id":"HOLDTO","status_name":"Left by hold_time_option","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"INCALL":{"id":"INCALL","status_name":"In a call","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"IQNANQ":{"id":"IQNANQ","status_name":"No agents any more while it waited","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"IVRXFR":{"id":"IVRXFR","status_name":"Sent to a call menu","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"LATER":{"id":"LATER","status_name":"Call later","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"LRERR":{"id":"LRERR","status_name":"No line for it","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"LSMERG":{"id":"LSMERG","status_name":"Merged with another lead","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"MAXCAL":{"id":"MAXCAL","status_name":"Too many calls","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"MLINAT":{"id":"MLINAT","status_name":"Other leads of the account set aside","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"N":{"id":"N","status_name":"Not answered","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"NA":{"id":"NA","status_name":"No answer","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"NANQUE":{"id":"NANQUE","status_name":"No agents to wait for","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"NEW":{"id":"NEW","status_name":"Not called yet","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"NI":{"id":"NI","status_name":"Not interested","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"Y","customer_contact":"Y","unworkable":"N","completed":"Y","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"NP":{"id":"NP","status_name":"No offer made","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"PAUSMX":{"id":"PAUSMX","status_name":"Paused longer than pause_max","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"PDROP":{"id":"PDROP","status_name":"Dropped before it was routed","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"PM":{"id":"PM","status_name":"Message played","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"PU":{"id":"PU","status_name":"Answered, then dropped","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"QCFAIL":{"id":"QCFAIL","status_name":"To be called again after a check","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"Y","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"QUEUE":{"id":"QUEUE","status_name":"On its way to an agent","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"QVMAIL":{"id":"QVMAIL","status_name":"Left a voicemail instead of waiting","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"RAXFER":{"id":"RAXFER","status_name":"Handed over from outside","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"RQXFER":{"id":"RQXFER","status_name":"Sent back into the queue","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SALE":{"id":"SALE","status_name":"Sale","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"Y","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"Y","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SVYCLM":{"id":"SVYCLM","status_name":"Survey led to a call menu","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SVYEXT":{"id":"SVYEXT","status_name":"Survey led to an extension","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SVYHU":{"id":"SVYHU","status_name":"Survey ended by hanging up","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SVYREC":{"id":"SVYREC","status_name":"Survey was recorded","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"SVYVM":{"id":"SVYVM","status_name":"Survey led to voicemail","category":"UNDEFINED","selectable":"N","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"TIMEOT":{"id":"TIMEOT","status_name":"Waited for drop_call_seconds","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"VM":{"id":"VM","status_name":"Voicemail","category":"UNDEFINED","selectable":"Y","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"WAITTO":{"id":"WAITTO","status_name":"Left by wait_time_option","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"XDROP":{"id":"XDROP","status_name":"Its one agent did not come","category":"UNDEFINED","selectable":"N","human_answered":"N","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"N","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]},"XFER":{"id":"XFER","status_name":"Handed over","category":"UNDEFINED","selectable":"Y","human_answered":"Y","sale":"N","dnc":"N","scheduled_callback":"N","not_interested":"N","customer_contact":"Y","unworkable":"N","completed":"N","key":"","notes_required":"N","campaigns":[],"ingroups":[]}},"pause_codes":{"LUNCH":{"id":"LUNCH","pause_code_name":"Lunch","key":"","billable":"NO","campaigns":[]}},"api_impossible":"ERROR","timezone":"Europe/Berlin","webhook_hosts":[],"max_legs":0,"hook_deadline":200,"vdc_agent_api_active":"1"}}}','be30493496cab314b2e32810b53757eb5922c0ed3752e6174c94c268943f5f87','3e9a9d73232e523624da2974e501a40c36fa65956ec1fabfb52d68369104d6b2');
INSERT INTO "journal" VALUES(7,1795518424830501,'leg.arrived','','1003','{"core":10,"base":"01M86KSSQYGNY1MKEKYNRAKWDG","input":{"leg":"1795518424.0","args":["login","1003"],"number":"1003","dialled":"s","call":"","session":"01M86KSSQQTYABHFV2YHTW8SWV","up":false,"why":["phone: 1003 is agent 1003''s","campaign: TESTCAMP has phone_login=TRUSTED"],"data":[],"after":false,"priority":0},"asked":[["channel.answer",{"leg":"1795518424.0"}],["channel.play",{"leg":"1795518424.0","media":"sound:agent-loginok","play":"login-1795518424.0"}]],"events":[["agent.logged_in",{"state":"PAUSED","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"pause_code":"LOGIN"}]]}','62c362ba308275ed98afde6c574d9d278722ac746ae038cc9b4ad857332d808f','58bafb091207699c5687252a8dd0d057bba2cfeca524ef4c7fa2fa267d1a2b01');
INSERT INTO "journal" VALUES(8,1795518424833517,'leg.answered','','1003','{"core":10,"base":"01M86KSSR1MQEFWYZZJRJ354HJ","input":{"leg":"1795518424.0"}}','d0d19bef396fd9334dd66cdc8a9e90f03f87d9a1f71b14e64180f58fc48a9169','94947b330cfcbb88cf30878de54051b45331386c665703ea93c65da84a88d298');
INSERT INTO "journal" VALUES(9,1795518426578837,'leg.prompt_finished','','1003','{"core":10,"base":"01M86KSVEJ83968GE763RADDXF","input":{"leg":"1795518424.0","ok":true,"play":"login-1795518424.0"},"asked":[["channel.play_silence",{"leg":"1795518424.0","on":true}]],"events":[["agent.ready",{"state":"READY","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','4f4a6de8daf824c828ba2ea47b18cf16cc94de91b8fc4abf93b08124d8ee9737','7c8b6cdfa932808867e270a21f02f01de7181e1f112750032ea12f74e62cbc1e');
INSERT INTO "journal" VALUES(10,1795518426891051,'command.requested','','1003','{"core":10,"base":"01M86KSVRB6YT9ZE12174ZXWR7","input":{"receipt":"01M86KSVRAZAJNGMMXSSETZRA6","command":{"kind":"DIAL","agent":"1003","number":"4930555777","lead":1},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["dial.check",{"check":"01M86KSVRAZAJNGMMXSSETZRA6","agent":"1003","campaign":"TESTCAMP","number":"4930555777","readings":["4930555777"],"at":1795518426891051,"since":0,"callback":""}]]}','2761237c328cdb0abdd6d1eb07164fe640cf0574152f28f107b8ccc12d0acddb','aac30bbe3f9357710edb16adc200d0dad15d89646630cd3299c97cfa1adf4806');
INSERT INTO "journal" VALUES(11,1795518426895905,'dial.checked','01M86KSVRFYTY2V4M5TFGY036J','1003','{"core":10,"base":"01M86KSVRFYTY2V4M5TFGY036H","input":{"check":"01M86KSVRAZAJNGMMXSSETZRA6","agent":"1003","facts":{"listed":"","dialled":0,"callback":null,"problem":""}},"asked":[["bridge.create",{"bridge":"room-01M86KSVRFYTY2V4M5TFGY036J"}],["channel.play_silence",{"leg":"1795518424.0","on":false}],["bridge.add",{"leg":"1795518424.0","bridge":"room-01M86KSVRFYTY2V4M5TFGY036J"}]],"events":[["agent.connecting",{"state":"QUEUE","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}],["command.started",{"id":"01M86KSVRAZAJNGMMXSSETZRA6","kind":"DIAL","number":"4930555777","by":"local:root (uid 0)","source":"api/v1","step":"begun"}],["call.dialing",{"agc_id":"M0001795518426895905","state":"dialing_out","arrived":1795518426895905,"customer":"4930555777","lead":1}]]}','7a04fa7687b6f48098f8fe6cb5837abb98a600d7890731f0156bf1c397e87336','62e9a74d3b191d07c41cbde68afe675205ed8938757262409bd33c0b755d38a8');
INSERT INTO "journal" VALUES(12,1795518426901597,'leg.joined','01M86KSVRFYTY2V4M5TFGY036J','1003','{"core":10,"base":"01M86KSVRNG53WAW7T3YS44KF7","input":{"leg":"1795518424.0","bridge":"room-01M86KSVRFYTY2V4M5TFGY036J"},"asked":[["channel.create",{"leg":"01M86KSVRNG53WAW7T3YS44KF8","endpoint":"PJSIP/4930555777@trunk","caller":"0000000000","call":"01M86KSVRFYTY2V4M5TFGY036J","name":"","headers":[]}]]}','8a54fc1e1e841b3fc94936f9198d4046e54269a718f1f8b16be749f9af5d9303','fd0fba38945282954e2cdde568869d198b6fbc67b3cbddf327d3160772bee41a');
INSERT INTO "journal" VALUES(13,1795518426905644,'leg.arrived','01M86KSVRFYTY2V4M5TFGY036J','1003','{"core":10,"base":"01M86KSVRSX5QF536E1GMG70NY","input":{"leg":"01M86KSVRNG53WAW7T3YS44KF8","args":["made"],"number":"","dialled":"s","call":"01M86KSVRFYTY2V4M5TFGY036J","session":"","up":false,"why":[],"data":[],"after":false,"priority":0},"asked":[["channel.deafen",{"leg":"01M86KSVRNG53WAW7T3YS44KF8","on":true}],["bridge.add",{"leg":"01M86KSVRNG53WAW7T3YS44KF8","bridge":"room-01M86KSVRFYTY2V4M5TFGY036J"}],["channel.dial",{"leg":"01M86KSVRNG53WAW7T3YS44KF8","timeout":20}]]}','a8271fa26ca3e1f561edcdd7ece7dc4a10bf60e89be22106961a9b6af4d3dc8c','bbae3bc795c8083a4f90e0e3d65cd4981cb7f5aa92fa61c425bab1751902eb3d');
INSERT INTO "journal" VALUES(14,1795518426909395,'leg.joined','01M86KSVRFYTY2V4M5TFGY036J','1003','{"core":10,"base":"01M86KSVRXJBDBKT9P7B3EMMEC","input":{"leg":"01M86KSVRNG53WAW7T3YS44KF8","bridge":"room-01M86KSVRFYTY2V4M5TFGY036J"}}','b5535ae0a39079004c6091d32e32ef7356f3f232a40a658412a3d71eb1da65b1','95ad83671ce4d548d7b3d200ca25e4394a787d74133b3b2b20ae356e88e180a9');
INSERT INTO "journal" VALUES(15,1795518426911425,'action.completed','01M86KSVRFYTY2V4M5TFGY036J','1003','{"core":10,"base":"01M86KSVRZ6QGZZD8SX1KWSPHD","input":{"action":{"leg":"01M86KSVRNG53WAW7T3YS44KF8","timeout":20}},"action":"channel.dial","asked":[["command.answer",{"receipt":"01M86KSVRAZAJNGMMXSSETZRA6","why":"","refused":false,"of":""}]],"events":[["command.dialing",{"id":"01M86KSVRAZAJNGMMXSSETZRA6","kind":"DIAL","requested":1795518426895905,"number":"4930555777","by":"local:root (uid 0)","source":"api/v1","step":"dialling"}]]}','175f767bad38e7bf6836eb25db02b18e5845069482e5ac69d74bb7d89e429dfa','b1e72d2fcaf9864aba55689527f6924509608f0ee145eec8c65465136c8593d3');
INSERT INTO "journal" VALUES(16,1795518426918217,'leg.answered','01M86KSVRFYTY2V4M5TFGY036J','1003','{"core":10,"base":"01M86KSVS6E6SP5E4T0TVAGKKW","input":{"leg":"01M86KSVRNG53WAW7T3YS44KF8"},"asked":[["channel.deafen",{"leg":"01M86KSVRNG53WAW7T3YS44KF8","on":false}],["recording.start",{"name":"20261124-110706_4930555777_01M86KSVRFYTY2V4M5TFGY036J-1","bridge":"room-01M86KSVRFYTY2V4M5TFGY036J"}]],"events":[["command.completed",{"id":"01M86KSVRAZAJNGMMXSSETZRA6","kind":"DIAL","requested":1795518426895905,"number":"4930555777","by":"local:root (uid 0)","source":"api/v1","ended":1795518426918217,"outcome":"completed"}],["call.connected",{"agc_id":"M0001795518426895905","state":"talking","arrived":1795518426895905,"customer":"4930555777","lead":1,"connected":1795518426918217}],["agent.in_call",{"state":"INCALL","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','698fbd5d26a5bf9a30381456fbc0f4fdebf76e98bc0772b9eb522b18a603bcc2','c8989ca53ce92700e93bb6bf987605aa6ef205fb15a84a081d01ca3fb8141138');
INSERT INTO "journal" VALUES(17,1795518426924101,'recording_file.started','01M86KSVRFYTY2V4M5TFGY036J','1003','{"core":10,"base":"01M86KSVSC6HEHQCGQNAV4GRF5","input":{"name":"20261124-110706_4930555777_01M86KSVRFYTY2V4M5TFGY036J-1"},"events":[["recording.started",{"id":"20261124-110706_4930555777_01M86KSVRFYTY2V4M5TFGY036J-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795518426924101}]]}','d29bbd1f9964e6f778b451de1070f37690125a352615ac6c00cd8bc8cc0b70c9','ce0e965de8093774f893502d15f0f4e03883dedd1e08823ba127c0b39b50b10d');
INSERT INTO "journal" VALUES(18,1795518426992091,'leg.left','01M86KSVRFYTY2V4M5TFGY036J','1003','{"core":10,"base":"01M86KSVVGXMWYG6H30GZ37SKY","input":{"leg":"01M86KSVRNG53WAW7T3YS44KF8","bridge":"room-01M86KSVRFYTY2V4M5TFGY036J"}}','1595267c89d8a5ccb76b4fcb5d9808b74499c4a2203baa12dadb95809c2b1a7a','a42f216f52cd43b4c1dd33dbe4e1dc93ab754512010aa025dd0ac140d048c4b4');
INSERT INTO "journal" VALUES(19,1795518426992392,'leg.destroyed','01M86KSVRFYTY2V4M5TFGY036J','1003','{"core":10,"base":"01M86KSVVGCZBHA6F8JRMADDFH","input":{"leg":"01M86KSVRNG53WAW7T3YS44KF8","cause":16},"asked":[["recording.stop",{"name":"20261124-110706_4930555777_01M86KSVRFYTY2V4M5TFGY036J-1"}],["bridge.remove",{"leg":"1795518424.0","bridge":"room-01M86KSVRFYTY2V4M5TFGY036J"}]],"events":[["call.ended",{"agc_id":"M0001795518426895905","state":"ended","arrived":1795518426895905,"customer":"4930555777","agent":null,"lead":1,"connected":1795518426918217,"ended":1795518426992392,"ended_by":"customer"}],["agent.wrap_up",{"state":"DISPO","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','c331aada90af6c397df9d3977666a5dd854cc295e4de9f1773dbc783c9769746','21fb12b8d87615727b24b3b1e4ec24d0f51a03871551ec3be7ec91cafc2f5552');
INSERT INTO "journal" VALUES(20,1795518426995469,'recording_file.finished','01M86KSVRFYTY2V4M5TFGY036J','1003','{"core":10,"base":"01M86KSVVKAJBVMTV58KRQFD0S","input":{"name":"20261124-110706_4930555777_01M86KSVRFYTY2V4M5TFGY036J-1"},"asked":[["recording.measure",{"name":"20261124-110706_4930555777_01M86KSVRFYTY2V4M5TFGY036J-1"}]],"events":[["recording.finished",{"id":"20261124-110706_4930555777_01M86KSVRFYTY2V4M5TFGY036J-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795518426924101,"ended":1795518426995469}]]}','4484edc857960527351a28882931789b5cc797b66ac5a02d2be9fd4c8e56fc53','329cbe3caaeada46d49bc4bd1af1b054402c58750307d7247f781fbe5510ec93');
INSERT INTO "journal" VALUES(21,1795518426998036,'leg.left','01M86KSVRFYTY2V4M5TFGY036J','1003','{"core":10,"base":"01M86KSVVPRPB1B7S3PNGSS9Z3","input":{"leg":"1795518424.0","bridge":"room-01M86KSVRFYTY2V4M5TFGY036J"},"asked":[["channel.play_silence",{"leg":"1795518424.0","on":true}],["bridge.destroy",{"bridge":"room-01M86KSVRFYTY2V4M5TFGY036J"}]]}','0ecc79223b80615e1701ff396dd932710bfc2d9e63b86bea7fa53fbb5ee73d77','50a3c2bf005c226974097d84b8d7efdb807473b1da775178137bc48f5b66429b');
INSERT INTO "journal" VALUES(22,1795518427001386,'recording_file.measured','01M86KSVRFYTY2V4M5TFGY036J','1003','{"core":10,"base":"01M86KSVVSM6TSBHFG5AEDM3KS","input":{"name":"20261124-110706_4930555777_01M86KSVRFYTY2V4M5TFGY036J-1","path":"/tmp/keep-u6niystp/lab/asterisk/recording/20261124-110706_4930555777_01M86KSVRFYTY2V4M5TFGY036J-1.wav","bytes":1324,"length":80,"sha256":"463bf2da935723a6435d93a68656378e5f40b72911af91340dc885f88f0e7a8f","mended":false},"events":[["recording.kept",{"id":"20261124-110706_4930555777_01M86KSVRFYTY2V4M5TFGY036J-1","kind":"call","reason":"campaign_recording=ALLCALLS","status":"kept","started":1795518426924101,"ended":1795518426995469,"bytes":1324,"length_ms":80}]]}','39bb441713788c6870a414fcb4be9b2a89114bf94ff939c23d815bfd32c7fff7','2e74d9fe96231ee8515299bc310a31cea1a46905976a133c09418aad4bd6b89b');
INSERT INTO "journal" VALUES(23,1795518427128480,'command.requested','01M86KSVRFYTY2V4M5TFGY036J','1003','{"core":10,"base":"01M86KSVZR5DGXV3R5NMHDZN0H","input":{"receipt":"01M86KSVZRCCFVNT2RRCRPKFRM","command":{"kind":"STATUS","agent":"1003","status":"SALE","amends":true},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["command.answer",{"receipt":"01M86KSVZRCCFVNT2RRCRPKFRM","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M86KSVZRCCFVNT2RRCRPKFRM","kind":"STATUS","status":"SALE","by":"local:root (uid 0)","source":"api/v1","ended":1795518427128480,"outcome":"completed"}],["disposition.entered",{"status":"SALE","by":"local:root (uid 0)"}],["agent.ready",{"state":"READY","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"SALE"}]]}','455b631b1c65cbad220db2f1ebed5b68d4c791f3aa48cf32c5d5dc0c972934b4','f457a2027dc1afbbd487e74fe427cbcd1bcc4fc6ebf7f38372049be06a7a6664');
INSERT INTO "journal" VALUES(24,1795518427493480,'command.requested','01M86KSVRFYTY2V4M5TFGY036J','1003','{"core":10,"base":"01M86KSWB546YT793NH4F2AT93","input":{"receipt":"01M86KSWB5C9RZKWSGEZEQXQHZ","command":{"kind":"DIAL","agent":"1003","number":"4930555778","lead":2},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["dial.check",{"check":"01M86KSWB5C9RZKWSGEZEQXQHZ","agent":"1003","campaign":"TESTCAMP","number":"4930555778","readings":["4930555778"],"at":1795518427493480,"since":0,"callback":""}]]}','92367f1ed31c50ca8571321b06be292c8aae7404a289ff5717fb8754cf96723d','2fb2f32e66ebd754f2ce7cf2c629a09b4d973059c42a00cbb1ff5122ed327d77');
INSERT INTO "journal" VALUES(25,1795518427500992,'dial.checked','01M86KSWBC40ZZ0GRX3QM00BFA','1003','{"core":10,"base":"01M86KSWBC40ZZ0GRX3QM00BF9","input":{"check":"01M86KSWB5C9RZKWSGEZEQXQHZ","agent":"1003","facts":{"listed":"","dialled":0,"callback":null,"problem":""}},"asked":[["bridge.create",{"bridge":"room-01M86KSWBC40ZZ0GRX3QM00BFA"}],["channel.play_silence",{"leg":"1795518424.0","on":false}],["bridge.add",{"leg":"1795518424.0","bridge":"room-01M86KSWBC40ZZ0GRX3QM00BFA"}]],"events":[["agent.connecting",{"state":"QUEUE","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":"01M86KSVRFYTY2V4M5TFGY036J","last_status":"SALE"}],["command.started",{"id":"01M86KSWB5C9RZKWSGEZEQXQHZ","kind":"DIAL","number":"4930555778","by":"local:root (uid 0)","source":"api/v1","step":"begun"}],["call.dialing",{"agc_id":"M0001795518427500992","state":"dialing_out","arrived":1795518427500992,"customer":"4930555778","lead":2}]]}','d95be9ab5a378b0cceb2a3217bf25c338c5c8d00e211229b43c52c6f71d28f4c','7e868267982e0e446df983ab2987cf10215ef6f50e180afe6ceb4e02df5963ea');
INSERT INTO "journal" VALUES(26,1795518427514947,'leg.joined','01M86KSWBC40ZZ0GRX3QM00BFA','1003','{"core":10,"base":"01M86KSWBTWH3JY50ZFSVYB32Y","input":{"leg":"1795518424.0","bridge":"room-01M86KSWBC40ZZ0GRX3QM00BFA"},"asked":[["channel.create",{"leg":"01M86KSWBTWH3JY50ZFSVYB32Z","endpoint":"PJSIP/4930555778@trunk","caller":"0000000000","call":"01M86KSWBC40ZZ0GRX3QM00BFA","name":"","headers":[]}]]}','fee0172be18dacd949f139ff3ffb2bcc113fd227b7a8519fdb0ff5951a75313b','26a994792a811bc3bff53c540e844f7923543f6dc8f3b09d9f336a110933ed77');
INSERT INTO "journal" VALUES(27,1795518427521151,'leg.arrived','01M86KSWBC40ZZ0GRX3QM00BFA','1003','{"core":10,"base":"01M86KSWC16615PFB69MA3F5X9","input":{"leg":"01M86KSWBTWH3JY50ZFSVYB32Z","args":["made"],"number":"","dialled":"s","call":"01M86KSWBC40ZZ0GRX3QM00BFA","session":"","up":false,"why":[],"data":[],"after":false,"priority":0},"asked":[["channel.deafen",{"leg":"01M86KSWBTWH3JY50ZFSVYB32Z","on":true}],["bridge.add",{"leg":"01M86KSWBTWH3JY50ZFSVYB32Z","bridge":"room-01M86KSWBC40ZZ0GRX3QM00BFA"}],["channel.dial",{"leg":"01M86KSWBTWH3JY50ZFSVYB32Z","timeout":20}]]}','e9c313b9acfd35a2007aee670dd252b9dc58b91b2460fe5ac704115f0e21e273','08e1d1c926495918f40bdec32ca6f890181a15ee046aa1e0bf682ed9bdfc402c');
INSERT INTO "journal" VALUES(28,1795518427529716,'leg.joined','01M86KSWBC40ZZ0GRX3QM00BFA','1003','{"core":10,"base":"01M86KSWC908ZNYY18FQVRP617","input":{"leg":"01M86KSWBTWH3JY50ZFSVYB32Z","bridge":"room-01M86KSWBC40ZZ0GRX3QM00BFA"}}','65400cf4da22959e923dea29c0135a6a2047ff1dd0e8f3c1382015c3afd1a890','7c25dddfabc52ff56623cdf21a2af374b6505ad18e55abba6d867e71b6985d74');
INSERT INTO "journal" VALUES(29,1795518427533104,'action.completed','01M86KSWBC40ZZ0GRX3QM00BFA','1003','{"core":10,"base":"01M86KSWCD67B45CHSPAJ8BGEW","input":{"action":{"leg":"01M86KSWBTWH3JY50ZFSVYB32Z","timeout":20}},"action":"channel.dial","asked":[["command.answer",{"receipt":"01M86KSWB5C9RZKWSGEZEQXQHZ","why":"","refused":false,"of":""}]],"events":[["command.dialing",{"id":"01M86KSWB5C9RZKWSGEZEQXQHZ","kind":"DIAL","requested":1795518427500992,"number":"4930555778","by":"local:root (uid 0)","source":"api/v1","step":"dialling"}]]}','afda7c139c58889e6f9ac78884f08e167c863eb99b90596f2cff1ed12c822a35','2a9527605f76b8fac754eac52a386a2e9be9a7711a141ba3c077894116753f01');
INSERT INTO "journal" VALUES(30,1795518427534378,'leg.answered','01M86KSWBC40ZZ0GRX3QM00BFA','1003','{"core":10,"base":"01M86KSWCEH784A8V4M4HSZQP0","input":{"leg":"01M86KSWBTWH3JY50ZFSVYB32Z"},"asked":[["channel.deafen",{"leg":"01M86KSWBTWH3JY50ZFSVYB32Z","on":false}],["recording.start",{"name":"20261124-110707_4930555778_01M86KSWBC40ZZ0GRX3QM00BFA-1","bridge":"room-01M86KSWBC40ZZ0GRX3QM00BFA"}]],"events":[["command.completed",{"id":"01M86KSWB5C9RZKWSGEZEQXQHZ","kind":"DIAL","requested":1795518427500992,"number":"4930555778","by":"local:root (uid 0)","source":"api/v1","ended":1795518427534378,"outcome":"completed"}],["call.connected",{"agc_id":"M0001795518427500992","state":"talking","arrived":1795518427500992,"customer":"4930555778","lead":2,"connected":1795518427534378}],["agent.in_call",{"state":"INCALL","phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":"01M86KSVRFYTY2V4M5TFGY036J","last_status":"SALE"}]]}','c77097807a8a63fd571d0deb1045a410284df963a0734c68b5cfdc6b6401a6ca','8bda3152a36bfdfe3c853df932757827ec719b7e75a68c46263e68268f42525d');
INSERT INTO "journal" VALUES(31,1795518427541463,'recording_file.started','01M86KSWBC40ZZ0GRX3QM00BFA','1003','{"core":10,"base":"01M86KSWCNHVKGDPE45SZT9AXA","input":{"name":"20261124-110707_4930555778_01M86KSWBC40ZZ0GRX3QM00BFA-1"},"events":[["recording.started",{"id":"20261124-110707_4930555778_01M86KSWBC40ZZ0GRX3QM00BFA-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795518427541463}]]}','a7d43a52814df90870a48eb0e6ad2978d8c4522836f2ffc346cca1d5b08f303a','073ee9827b01fd68039b251cb75bc1632a25c80b3627fea8a020ea03461ed889');
INSERT INTO "journal" VALUES(32,1795518427632756,'leg.left','01M86KSWBC40ZZ0GRX3QM00BFA','1003','{"core":10,"base":"01M86KSWFGK9J49KF7GRF9XN97","input":{"leg":"01M86KSWBTWH3JY50ZFSVYB32Z","bridge":"room-01M86KSWBC40ZZ0GRX3QM00BFA"}}','e84a915b76d5cb53f9f76b5ff4677c7777127553e503a55efac1b676bed6528f','a97103f0aec3acc73cb53072bb53867f7405c9f62ef3badf4cd290f77f17f81d');
INSERT INTO "journal" VALUES(33,1795518427639068,'leg.destroyed','01M86KSWBC40ZZ0GRX3QM00BFA','1003','{"core":10,"base":"01M86KSWFQ71A1KK5TC61KYNVD","input":{"leg":"01M86KSWBTWH3JY50ZFSVYB32Z","cause":16},"asked":[["recording.stop",{"name":"20261124-110707_4930555778_01M86KSWBC40ZZ0GRX3QM00BFA-1"}],["bridge.remove",{"leg":"1795518424.0","bridge":"room-01M86KSWBC40ZZ0GRX3QM00BFA"}]],"events":[["call.ended",{"agc_id":"M0001795518427500992","state":"ended","arrived":1795518427500992,"customer":"4930555778","agent":null,"lead":2,"connected":1795518427534378,"ended":1795518427639068,"ended_by":"customer"}],["agent.wrap_up",{"state":"DISPO","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','ee5dfd30e31b690a07371c2fdca469ac06975ce1bcf88cf33e3f3d913680365a','1733d9819384578942e175e567f381fa352e6f4816f19941ee6d89c36ab5f8cd');
INSERT INTO "journal" VALUES(34,1795518427643211,'recording_file.finished','01M86KSWBC40ZZ0GRX3QM00BFA','1003','{"core":10,"base":"01M86KSWFV7GWSD8KVV0978AVN","input":{"name":"20261124-110707_4930555778_01M86KSWBC40ZZ0GRX3QM00BFA-1"},"asked":[["recording.measure",{"name":"20261124-110707_4930555778_01M86KSWBC40ZZ0GRX3QM00BFA-1"}]],"events":[["recording.finished",{"id":"20261124-110707_4930555778_01M86KSWBC40ZZ0GRX3QM00BFA-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795518427541463,"ended":1795518427643211}]]}','fe10a0287bb0ee0cbcf192c27dfc7f0947d9c50e6122f257055c18a6c1cea6ed','b5fe0b0ac9e6b5dd57089c92cd600698367fc8e3045d33dc8619b256a0f3f4d3');
INSERT INTO "journal" VALUES(35,1795518427646513,'leg.left','01M86KSWBC40ZZ0GRX3QM00BFA','1003','{"core":10,"base":"01M86KSWFY57BTW2S1D6QWBF25","input":{"leg":"1795518424.0","bridge":"room-01M86KSWBC40ZZ0GRX3QM00BFA"},"asked":[["channel.play_silence",{"leg":"1795518424.0","on":true}],["bridge.destroy",{"bridge":"room-01M86KSWBC40ZZ0GRX3QM00BFA"}]]}','352b510eb990f6a103ca423fad1fcf3e17db2200d50081dca6e465e1dda67f8a','74a886d643075d93d94ce34cfe3c86c96b99e76e57d15a0a21db065707a216eb');
INSERT INTO "journal" VALUES(36,1795518427650903,'recording_file.measured','01M86KSWBC40ZZ0GRX3QM00BFA','1003','{"core":10,"base":"01M86KSWG2PTYDX8WHQ9NBN1PS","input":{"name":"20261124-110707_4930555778_01M86KSWBC40ZZ0GRX3QM00BFA-1","path":"/tmp/keep-u6niystp/lab/asterisk/recording/20261124-110707_4930555778_01M86KSWBC40ZZ0GRX3QM00BFA-1.wav","bytes":1644,"length":100,"sha256":"eb455398abbf69c169b6f98b786ea22d7e3449fd57c12f1139cacfa291420b1c","mended":false},"events":[["recording.kept",{"id":"20261124-110707_4930555778_01M86KSWBC40ZZ0GRX3QM00BFA-1","kind":"call","reason":"campaign_recording=ALLCALLS","status":"kept","started":1795518427541463,"ended":1795518427643211,"bytes":1644,"length_ms":100}]]}','3a18e9027a3c7431a5b85d2604592ce59b1a732497aca5968fede3ba9b28a9c6','597ec3a4472e620de3475e3ccc6b193e1e5298277f3716a149098fc0607c4058');
INSERT INTO "journal" VALUES(37,1795518427981135,'command.requested','01M86KSWBC40ZZ0GRX3QM00BFA','1003','{"core":10,"base":"01M86KSWTD0GJKV6M5T0BG5H00","input":{"receipt":"01M86KSWTDYT39V34PGGFCS8VV","command":{"kind":"STATUS","agent":"1003","status":"NA","amends":true},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["command.answer",{"receipt":"01M86KSWTDYT39V34PGGFCS8VV","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M86KSWTDYT39V34PGGFCS8VV","kind":"STATUS","status":"NA","by":"local:root (uid 0)","source":"api/v1","ended":1795518427981135,"outcome":"completed"}],["disposition.entered",{"status":"NA","by":"local:root (uid 0)"}],["agent.ready",{"state":"READY","call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"NA"}]]}','6c1d4ec196d12c6a15deeb23a07780c83d55eb59b8c5de80a759f9b0222189f0','b36ca0b57ff04ffcfb93cbbcf8bb0a4d98d4f7aa3a46bd5c7036dd1c1b326765');
INSERT INTO "journal" VALUES(38,1795518428341566,'command.requested','01M86KSWBC40ZZ0GRX3QM00BFA','1003','{"core":10,"base":"01M86KSX5NJTTC7TZS8C601KK2","input":{"receipt":"01M86KSX5NDYE4N16DDYJH4NDA","command":{"kind":"LOGOUT","agent":"1003"},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["channel.hang_up",{"leg":"1795518424.0"}],["command.answer",{"receipt":"01M86KSX5NDYE4N16DDYJH4NDA","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M86KSX5NDYE4N16DDYJH4NDA","kind":"LOGOUT","by":"local:root (uid 0)","source":"api/v1","ended":1795518428341566,"outcome":"completed"}],["agent.logged_out",{"state":"LOGGED_OUT","since":1795518427981135,"call":null,"phone":"1003","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"NA"}]]}','94703d88f4f874e037f4ba1f3bb70e21a044da9e87af3a5a9c452b037eba6137','c5af7ce9da46e5faae369d50a6bf2e9ed23adb9a16aea137e9e20f08763b58b3');
INSERT INTO "journal" VALUES(39,1795518428344824,'leg.released','','1003','{"core":10,"base":"01M86KSX5RG0N2H8XG0FVVD6R5","input":{"leg":"1795518424.0"}}','8fae0eb2c46c39c572bd84eb78213609c784afa7503f170adaab94396141f1f0','0bc27e8ca05b710593368a1f94c0cc780189c98be86c5fe312f7ecd58a576f0f');
INSERT INTO "journal" VALUES(40,1795518428414863,'leg.arrived','','1001','{"core":10,"base":"01M86KSX7YFENGS27KW6NZHHTE","input":{"leg":"1795518428.7","args":["login","1001"],"number":"1001","dialled":"s","call":"","session":"01M86KSX7PHBTBCPD6R22JPGAZ","up":false,"why":["phone: 1001 is agent 1001''s","campaign: TESTCAMP has phone_login=TRUSTED"],"data":[],"after":false,"priority":0},"asked":[["channel.answer",{"leg":"1795518428.7"}],["channel.play",{"leg":"1795518428.7","media":"sound:agent-loginok","play":"login-1795518428.7"}]],"events":[["agent.logged_in",{"state":"PAUSED","call":null,"phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"pause_code":"LOGIN"}]]}','89d7b2cbde9b268778e747fb5ebe1bd6baa100cd7f44bac3335432e7036cd0e0','e8b992a8bef6a4493219dfb6a38d3043030c0d4e6d41b2a60f256050169f4712');
INSERT INTO "journal" VALUES(41,1795518428418086,'leg.answered','','1001','{"core":10,"base":"01M86KSX82R1NYKRRDH6G5RN26","input":{"leg":"1795518428.7"}}','b0c9f66a2f397592b59ec30dd8ad8dbcbaecab488e00a29ac715c0d2385da81d','05627a9d543c018cf10be98ac360ddc71c32d806c556bf27a4aaee3ee3eafe97');
INSERT INTO "journal" VALUES(42,1795518430163590,'leg.prompt_finished','','1001','{"core":10,"base":"01M86KSYYKEAVJD3JJX20JJ7SX","input":{"leg":"1795518428.7","ok":true,"play":"login-1795518428.7"},"asked":[["channel.play_silence",{"leg":"1795518428.7","on":true}]],"events":[["agent.ready",{"state":"READY","call":null,"phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','3da80730402dda542a3096e79ea706b4972f1c4993c5c6d50877378fbfbbc3be','45b0831f3d947e0f405af13935eb1cbf92723994aa04a6631af54a4f246db091');
INSERT INTO "journal" VALUES(43,1795518430257181,'leg.arrived','01M86KSZ14DHA0BXZ9NP7HHT1B','1001','{"core":10,"base":"01M86KSZ1HTHCD9SSRQQT9QD7A","input":{"leg":"1795518430.8","args":["ingroup","SALESLINE"],"number":"493012345671","dialled":"8005550100","call":"01M86KSZ14DHA0BXZ9NP7HHT1B","session":"","up":false,"why":["number: 8005550100","did: 8005550100 goes to ingroup:SALESLINE","in-group: in-group SALESLINE is active"],"data":[],"after":false,"priority":0},"asked":[["lead.find",{"call":"01M86KSZ14DHA0BXZ9NP7HHT1B","number":"493012345671","method":"CIDLOOKUP","list_id":"999","status":"INBND"}],["channel.answer",{"leg":"1795518430.8"}],["bridge.create",{"bridge":"room-01M86KSZ14DHA0BXZ9NP7HHT1B"}],["bridge.add",{"leg":"1795518430.8","bridge":"room-01M86KSZ14DHA0BXZ9NP7HHT1B"}],["channel.play_silence",{"leg":"1795518428.7","on":false}],["bridge.add",{"leg":"1795518428.7","bridge":"room-01M86KSZ14DHA0BXZ9NP7HHT1B"}]],"events":[["call.ringing",{"agc_id":"Y0001795518430257181","state":"ringing_agent","arrived":1795518430257181,"customer":"493012345671","ingroup":"SALESLINE","dialled":"8005550100"}],["agent.connecting",{"state":"QUEUE","phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','8f051ef5b75a8fd4dacc87eba8cc1b05eb0ab9aa80d9b5961e6063bdd9839e65','b2f2f9be196e4c947018a4faa27e9c1573a5afb56551a2692145a2356e5eeeca');
INSERT INTO "journal" VALUES(44,1795518430267083,'leg.answered','01M86KSZ14DHA0BXZ9NP7HHT1B','1001','{"core":10,"base":"01M86KSZ1VMDJEFF7Z0WJHQF87","input":{"leg":"1795518430.8"}}','d0908adefb8d21e0f605283a27d0c0d1f505dca51cb82e594d2fe367067204a7','bcf8fc6ece7df8affd9af91afa49b1cf569157919e3d951bed64033ba3f25655');
INSERT INTO "journal" VALUES(45,1795518430270836,'leg.joined','01M86KSZ14DHA0BXZ9NP7HHT1B','1001','{"core":10,"base":"01M86KSZ1YNFGW1BH31Y810VWM","input":{"leg":"1795518430.8","bridge":"room-01M86KSZ14DHA0BXZ9NP7HHT1B"}}','59e75643508a6fdba9bc1d5a80eda64fa53629d99b5a5747976c2746c69aa1c0','b0e74889f20e3a0c12f637ae93ee888aec6115981fa2509c624d671f693e81eb');
INSERT INTO "journal" VALUES(46,1795518430271029,'leg.joined','01M86KSZ14DHA0BXZ9NP7HHT1B','1001','{"core":10,"base":"01M86KSZ1ZC6B3BEHNGYS04QHB","input":{"leg":"1795518428.7","bridge":"room-01M86KSZ14DHA0BXZ9NP7HHT1B"},"asked":[["channel.whisper",{"leg":"01M86KSZ1ZC6B3BEHNGYS04QHD","to":"1795518428.7"}],["recording.start",{"name":"20261124-110710_493012345671_01M86KSZ14DHA0BXZ9NP7HHT1B-1","bridge":"room-01M86KSZ14DHA0BXZ9NP7HHT1B"}]],"events":[["call.connected",{"agc_id":"Y0001795518430257181","state":"talking","arrived":1795518430257181,"customer":"493012345671","ingroup":"SALESLINE","dialled":"8005550100","connected":1795518430271029}],["agent.in_call",{"state":"INCALL","phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','80305a152c6d93a5d5451d8d23c086ef1f922c65b628b320f0c9c8187a8021eb','002bb49ceb48d4c3552caa4a17a98138cf0c8b7ea3a018bde764366fc3db5779');
INSERT INTO "journal" VALUES(47,1795518430271510,'lead.found','01M86KSZ14DHA0BXZ9NP7HHT1B','1001','{"core":10,"base":"01M86KSZ1ZACAAFSWEXYBX0454","input":{"call":"01M86KSZ14DHA0BXZ9NP7HHT1B","lead":3},"events":[["call.updated",{"agc_id":"Y0001795518430257181","state":"talking","since":1795518430271029,"arrived":1795518430257181,"customer":"493012345671","ingroup":"SALESLINE","dialled":"8005550100","lead":3,"connected":1795518430271029}]]}','05f86e58260c6fab4c43a93b92ccbd290fcb6ff112dca6597aa8c42863fe89b0','169913a547524da1cb9e171d5374e9769f3ff26e3ea5373ebcf3600ef722c6b0');
INSERT INTO "journal" VALUES(48,1795518430280811,'leg.arrived','','1001','{"core":10,"base":"01M86KSZ28RABFVPVY3YB1YKQ7","input":{"leg":"01M86KSZ1ZC6B3BEHNGYS04QHD","args":["whisper"],"number":"","dialled":"s","call":"","session":"","up":true,"why":[],"data":[],"after":false,"priority":0},"asked":[["channel.play",{"leg":"01M86KSZ1ZC6B3BEHNGYS04QHD","media":"sound:beep","play":""}]]}','998daa7d306a7629a1d95137dfbf5c9516e3cd1c59d4185a9fdc5b588cb4a69d','770d2f5fad14d87a0f64578253df03e5fe98d632085b3d7cde8ba8a0469e5bbc');
INSERT INTO "journal" VALUES(49,1795518430287256,'recording_file.started','01M86KSZ14DHA0BXZ9NP7HHT1B','1001','{"core":10,"base":"01M86KSZ2FQNWBJZV7GE8MKR4P","input":{"name":"20261124-110710_493012345671_01M86KSZ14DHA0BXZ9NP7HHT1B-1"},"events":[["recording.started",{"id":"20261124-110710_493012345671_01M86KSZ14DHA0BXZ9NP7HHT1B-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795518430287256}]]}','b083452aacc5d7e1e8935f1b88629f0d61f7a3f2d159a23f832fecad657835e2','32ee85e51a2265f3732620a705895a16e2149b814cd19fea55afb6e7ba354d59');
INSERT INTO "journal" VALUES(50,1795518430341687,'leg.arrived','','1002','{"core":10,"base":"01M86KSZ45G1RD5GAW4M7GF4SW","input":{"leg":"1795518430.12","args":["login","1002"],"number":"1002","dialled":"s","call":"","session":"01M86KSZ3WPRG78GBG7FEC8EZ9","up":false,"why":["phone: 1002 is agent 1002''s","campaign: TESTCAMP has phone_login=TRUSTED"],"data":[],"after":false,"priority":0},"asked":[["channel.answer",{"leg":"1795518430.12"}],["channel.play",{"leg":"1795518430.12","media":"sound:agent-loginok","play":"login-1795518430.12"}]],"events":[["agent.logged_in",{"state":"PAUSED","call":null,"phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"pause_code":"LOGIN"}]]}','1782f0251587066e14852d30df8fab916c870fd33fd4d88c3b563024b684cad1','03b955a3105055ebad1aa25f23e29c8ed2e26c0ebc420eb87ac3e84091b20922');
INSERT INTO "journal" VALUES(51,1795518430348048,'leg.answered','','1002','{"core":10,"base":"01M86KSZ4C13WA7WWJET503ZM5","input":{"leg":"1795518430.12"}}','f9f3368e36f0034099e4bfc624b3fa9125ca3a0c81e84a85dca5464d67fe3a98','4066d71ff6ce6cd5d0805e9ce196ab3855eb3eda3b33d3a8a4e2ffeba9af70ce');
INSERT INTO "journal" VALUES(52,1795518430710701,'leg.prompt_finished','','1001','{"core":10,"base":"01M86KSZFPKGK6RF9FMKY1KAND","input":{"leg":"01M86KSZ1ZC6B3BEHNGYS04QHD","ok":true,"play":"e5653a87-2ce9-43e1-8cf7-97c7df34e658"},"asked":[["channel.hang_up",{"leg":"01M86KSZ1ZC6B3BEHNGYS04QHD"}]]}','7206116c44628a7ffa2f29fca21e3138275431be2b65953ba77cc4d746d146e8','880c0f58b861a095d5d7135c57bed1e8e7ba16df564d3a80b61b8697e58e897c');
INSERT INTO "journal" VALUES(53,1795518430712991,'leg.destroyed','','1001','{"core":10,"base":"01M86KSZFRZYY534SRN2GWSMEG","input":{"leg":"01M86KSZ1ZC6B3BEHNGYS04QHD","cause":0}}','937150446b90ff986fe108da9dce5fb349cafeb95dae02e5cf5d45c50aeda68c','e7f8c9bcc180e5903d4fb13608acb4b1d8904ba357f572719b94266d99e69851');
INSERT INTO "journal" VALUES(54,1795518432095360,'leg.prompt_finished','','1002','{"core":10,"base":"01M86KT0TZC9P97EXT0KHBT7V7","input":{"leg":"1795518430.12","ok":true,"play":"login-1795518430.12"},"asked":[["channel.play_silence",{"leg":"1795518430.12","on":true}]],"events":[["agent.ready",{"state":"READY","call":null,"phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','39db8b71bccaf26d0167086fb8b90154b942648059c2ba13c4aac9b3ac4ebef3','961e8a448667426785176ac26c3491a5f0a3ae3cc4d734925ec80ff27b316a09');
INSERT INTO "journal" VALUES(55,1795518432177774,'leg.arrived','01M86KT0XBKBSKF14GMC69MP34','1002','{"core":10,"base":"01M86KT0XHHTC3NES3WRQBBDH6","input":{"leg":"1795518432.13","args":["ingroup","SALESLINE"],"number":"493012345672","dialled":"8005550100","call":"01M86KT0XBKBSKF14GMC69MP34","session":"","up":false,"why":["number: 8005550100","did: 8005550100 goes to ingroup:SALESLINE","in-group: in-group SALESLINE is active"],"data":[],"after":false,"priority":0},"asked":[["lead.find",{"call":"01M86KT0XBKBSKF14GMC69MP34","number":"493012345672","method":"CIDLOOKUP","list_id":"999","status":"INBND"}],["channel.answer",{"leg":"1795518432.13"}],["bridge.create",{"bridge":"room-01M86KT0XBKBSKF14GMC69MP34"}],["bridge.add",{"leg":"1795518432.13","bridge":"room-01M86KT0XBKBSKF14GMC69MP34"}],["channel.play_silence",{"leg":"1795518430.12","on":false}],["bridge.add",{"leg":"1795518430.12","bridge":"room-01M86KT0XBKBSKF14GMC69MP34"}]],"events":[["call.ringing",{"agc_id":"Y0001795518432177774","state":"ringing_agent","arrived":1795518432177774,"customer":"493012345672","ingroup":"SALESLINE","dialled":"8005550100"}],["agent.connecting",{"state":"QUEUE","phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','152476b1a8ebf3291dce32f2b7660ad9fd80803dfdb3d875287011b171f13cca','ec399d6328df139e80468f3927aa0ea31e87cb03744f9e0925ba934b471f77cd');
INSERT INTO "journal" VALUES(56,1795518432190528,'leg.answered','01M86KT0XBKBSKF14GMC69MP34','1002','{"core":10,"base":"01M86KT0XYW99X04V69HNCSSK5","input":{"leg":"1795518432.13"}}','578f5ee78b06da6bbd026b47105a12da06d8d1b20846673b8ca166ee7bcdfa51','271596ab55045befb59dad7a21931ab19c2eab56ea84c18832b28927c67c8a10');
INSERT INTO "journal" VALUES(57,1795518432195306,'leg.joined','01M86KT0XBKBSKF14GMC69MP34','1002','{"core":10,"base":"01M86KT0Y3NZD7NYNWPHZH7R25","input":{"leg":"1795518432.13","bridge":"room-01M86KT0XBKBSKF14GMC69MP34"}}','e1ec210c62a4c41c7d439eaf61b123d03a5f233ba4c379dbe7d4b29154318f69','e3c0cf1079c5418721f1db75426252d29c8370f706003938aba0b3fdaadb3c19');
INSERT INTO "journal" VALUES(58,1795518432195474,'leg.joined','01M86KT0XBKBSKF14GMC69MP34','1002','{"core":10,"base":"01M86KT0Y3FJQF2VHT52YAQZC8","input":{"leg":"1795518430.12","bridge":"room-01M86KT0XBKBSKF14GMC69MP34"},"asked":[["channel.whisper",{"leg":"01M86KT0Y3FJQF2VHT52YAQZCA","to":"1795518430.12"}],["recording.start",{"name":"20261124-110712_493012345672_01M86KT0XBKBSKF14GMC69MP34-1","bridge":"room-01M86KT0XBKBSKF14GMC69MP34"}]],"events":[["call.connected",{"agc_id":"Y0001795518432177774","state":"talking","arrived":1795518432177774,"customer":"493012345672","ingroup":"SALESLINE","dialled":"8005550100","connected":1795518432195474}],["agent.in_call",{"state":"INCALL","phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','23272f51a65b766087c2952904de82d99397f32f618589d8792e5727c50e6e54','eb21280a34317e5f04a043054d84d12c20b7273c1e5407729e2320208f138cd9');
INSERT INTO "journal" VALUES(59,1795518432195972,'lead.found','01M86KT0XBKBSKF14GMC69MP34','1002','{"core":10,"base":"01M86KT0Y3J206FZVFZEEETN59","input":{"call":"01M86KT0XBKBSKF14GMC69MP34","lead":4},"events":[["call.updated",{"agc_id":"Y0001795518432177774","state":"talking","since":1795518432195474,"arrived":1795518432177774,"customer":"493012345672","ingroup":"SALESLINE","dialled":"8005550100","lead":4,"connected":1795518432195474}]]}','a851ed91ed2d9fb8d1660035b5addae7bcbdfb6fff7caa00bb98de93fff05a65','5d0327583a19ab86ee65ef694a65f0a7fd573acaaef383cf07889978adc889a1');
INSERT INTO "journal" VALUES(60,1795518432203640,'leg.arrived','','1002','{"core":10,"base":"01M86KT0YB32A894PT99HS3QKJ","input":{"leg":"01M86KT0Y3FJQF2VHT52YAQZCA","args":["whisper"],"number":"","dialled":"s","call":"","session":"","up":true,"why":[],"data":[],"after":false,"priority":0},"asked":[["channel.play",{"leg":"01M86KT0Y3FJQF2VHT52YAQZCA","media":"sound:beep","play":""}]]}','c30f6ab666f0e0600d4022678a9bf85352ce8395769f583ed38f804a967535fd','acbe4bd7d3ec5f40df8cb1dee6632ebe1164a5046524c8ffb4f4950e57b6d1b7');
INSERT INTO "journal" VALUES(61,1795518432208894,'recording_file.started','01M86KT0XBKBSKF14GMC69MP34','1002','{"core":10,"base":"01M86KT0YGYVDV8DGB1TQCTKGM","input":{"name":"20261124-110712_493012345672_01M86KT0XBKBSKF14GMC69MP34-1"},"events":[["recording.started",{"id":"20261124-110712_493012345672_01M86KT0XBKBSKF14GMC69MP34-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795518432208894}]]}','2060d1cb4dc439fd44818f5374d3dcf6a37dc9416b326a5f5630f9d1ea6ef022','fcf17e06bfa032f32523ec9235f8be3d2922e7bbd018fa0051479576a9538c6d');
INSERT INTO "journal" VALUES(62,1795518432360092,'command.requested','01M86KT0XBKBSKF14GMC69MP34','1002','{"core":10,"base":"01M86KT138JAVMWR9Z6NN5HA2Y","input":{"receipt":"01M86KT137DKH96DWY81CSGY0W","command":{"kind":"DIAL_WITH_CUSTOMER","agent":"1002","call":"01M86KT0XBKBSKF14GMC69MP34","number":"4930555123"},"by":"6666","source":"test"},"asked":[["dial.check",{"check":"01M86KT137DKH96DWY81CSGY0W","agent":"1002","campaign":"TESTCAMP","number":"4930555123","readings":["4930555123"],"at":1795518432360092,"since":0,"callback":""}]]}','d7b3891664a565c098c1e75d72522945dc917ebe44dcc35ccf06c58016f63707','6332e2bb4228f7f21af630fb82f394a4dcfedaa5592c2d2ea30cce75de7f6638');
INSERT INTO "journal" VALUES(63,1795518432383706,'dial.checked','01M86KT0XBKBSKF14GMC69MP34','1002','{"core":10,"base":"01M86KT13ZPRN449AGXQB4WKBH","input":{"check":"01M86KT137DKH96DWY81CSGY0W","agent":"1002","facts":{"listed":"","dialled":0,"callback":null,"problem":""}},"asked":[["channel.create",{"leg":"01M86KT13ZPRN449AGXQB4WKBJ","endpoint":"PJSIP/4930555123@trunk","caller":"0000000000","call":"01M86KT0XBKBSKF14GMC69MP34","name":"","headers":[]}]],"events":[["command.started",{"id":"01M86KT137DKH96DWY81CSGY0W","kind":"DIAL_WITH_CUSTOMER","number":"4930555123","by":"6666","source":"test","step":"begun"}],["call.updated",{"agc_id":"Y0001795518432177774","state":"talking","since":1795518432195474,"arrived":1795518432177774,"customer":"493012345672","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":4,"connected":1795518432195474}]]}','6c1521b25d73f7d112d1e77a2427567f6bc01b8245821312cd2260b69388914f','ee6b446c341c3c75a544382bb7564bd23907afa7a2a7a4f5f8363ab4e9e8b32c');
INSERT INTO "journal" VALUES(64,1795518432395317,'leg.arrived','01M86KT0XBKBSKF14GMC69MP34','1002','{"core":10,"base":"01M86KT14B9K11XW294Y44CW4K","input":{"leg":"01M86KT13ZPRN449AGXQB4WKBJ","args":["made"],"number":"","dialled":"s","call":"01M86KT0XBKBSKF14GMC69MP34","session":"","up":false,"why":[],"data":[],"after":false,"priority":0},"asked":[["channel.deafen",{"leg":"01M86KT13ZPRN449AGXQB4WKBJ","on":true}],["bridge.add",{"leg":"01M86KT13ZPRN449AGXQB4WKBJ","bridge":"room-01M86KT0XBKBSKF14GMC69MP34"}],["channel.dial",{"leg":"01M86KT13ZPRN449AGXQB4WKBJ","timeout":20}]]}','ae5a940079ff21bc67483b118249d43a8866b7bb01dc7d8286839615d8ff82b1','eb9be5dc6358b7ef9bd5f194863da4241e1ff2bb67067adf1dbd29eb2c9453e6');
INSERT INTO "journal" VALUES(65,1795518432399165,'leg.joined','01M86KT0XBKBSKF14GMC69MP34','1002','{"core":10,"base":"01M86KT14FXNZJV3FNT1H1FTN3","input":{"leg":"01M86KT13ZPRN449AGXQB4WKBJ","bridge":"room-01M86KT0XBKBSKF14GMC69MP34"}}','56c89cd70fdb96a2729b18447224328c0b1aaa6ba4baa6364e71a807832c75de','3cd035d5b906244223a731436cad7defe384f47634b27a9c893bfd8785217cd3');
INSERT INTO "journal" VALUES(66,1795518432404307,'action.completed','01M86KT0XBKBSKF14GMC69MP34','1002','{"core":10,"base":"01M86KT14M8P8FQ7NA23NV7YEP","input":{"action":{"leg":"01M86KT13ZPRN449AGXQB4WKBJ","timeout":20}},"action":"channel.dial","asked":[["command.answer",{"receipt":"01M86KT137DKH96DWY81CSGY0W","why":"","refused":false,"of":""}]],"events":[["call.third_dialing",{"agc_id":"Y0001795518432177774","state":"dialing","arrived":1795518432177774,"customer":"493012345672","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":4,"connected":1795518432195474}],["command.dialing",{"id":"01M86KT137DKH96DWY81CSGY0W","kind":"DIAL_WITH_CUSTOMER","requested":1795518432383706,"number":"4930555123","by":"6666","source":"test","step":"dialling"}]]}','586c09e5000e18d9012834053ba21ab01befd001032048210ae6dce70d0d5613','dbfa23c14b687fc8da4365148a5b0a55bd616a7cad356f9434a1117ca2e55c71');
INSERT INTO "journal" VALUES(67,1795518432405037,'leg.answered','01M86KT0XBKBSKF14GMC69MP34','1002','{"core":10,"base":"01M86KT14NB17K46GEA4MA36DK","input":{"leg":"01M86KT13ZPRN449AGXQB4WKBJ"},"asked":[["channel.deafen",{"leg":"01M86KT13ZPRN449AGXQB4WKBJ","on":false}]],"events":[["command.completed",{"id":"01M86KT137DKH96DWY81CSGY0W","kind":"DIAL_WITH_CUSTOMER","requested":1795518432383706,"number":"4930555123","by":"6666","source":"test","ended":1795518432405037,"outcome":"completed"}],["call.three_way",{"agc_id":"Y0001795518432177774","state":"three_way","arrived":1795518432177774,"customer":"493012345672","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":4,"connected":1795518432195474}],["agent.three_way",{"state":"3-WAY","since":1795518432195474,"phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','b26b659d9f829bf1d2a20579624ad39a260264e93a6428e35faab6857672f540','c54d84dc7af93be5047c994106367e4ec033f6302688c2d416b9458110bc7f8f');
INSERT INTO "journal" VALUES(68,1795518432466346,'leg.arrived','','1000','{"core":10,"base":"01M86KT16JKBDWFZ4F845TN63H","input":{"leg":"1795518432.18","args":["login","1000"],"number":"1000","dialled":"s","call":"","session":"01M86KT16DYK64RGMKD8A0ER5A","up":false,"why":["phone: 1000 is agent 1000''s","campaign: TESTCAMP has phone_login=TRUSTED"],"data":[],"after":false,"priority":0},"asked":[["channel.answer",{"leg":"1795518432.18"}],["channel.play",{"leg":"1795518432.18","media":"sound:agent-loginok","play":"login-1795518432.18"}]],"events":[["agent.logged_in",{"state":"PAUSED","call":null,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"pause_code":"LOGIN"}]]}','78a0afb325cdeb97dcc11751dd5096f9adb7ad9ee073a2d30d9adff4089a3808','215b07ef04c4fbb5b2dc05e966006ee43b21781ad0c35dd82d3dc4616098eece');
INSERT INTO "journal" VALUES(69,1795518432483578,'leg.answered','','1000','{"core":10,"base":"01M86KT17376608GKPWPZ95847","input":{"leg":"1795518432.18"}}','15c81211b468018b6acaf227f004e2bca39fd618b89ed259b9193a5de6bbca86','a6cf7ea317bed872166f6d9a41e5da4dbea7696ed0812519e7da2ffd4f421cff');
INSERT INTO "journal" VALUES(70,1795518432631799,'leg.prompt_finished','','1002','{"core":10,"base":"01M86KT1BQJ5THTSDDFPFCYZXH","input":{"leg":"01M86KT0Y3FJQF2VHT52YAQZCA","ok":true,"play":"5a77f2ca-9441-495f-8c09-ef538edbeb36"},"asked":[["channel.hang_up",{"leg":"01M86KT0Y3FJQF2VHT52YAQZCA"}]]}','4c5d30eb9b84e1892d797114540f7a9f7a4f11297404d6d42e78a18995052ee7','d279a7479c35229d189195eec959724463adec2e271101f9367cf5a2894d7de8');
INSERT INTO "journal" VALUES(71,1795518432638926,'leg.destroyed','','1002','{"core":10,"base":"01M86KT1BYMHM75N35B7DJSJS7","input":{"leg":"01M86KT0Y3FJQF2VHT52YAQZCA","cause":0}}','d4db2701e8e6ce8e12eac822d5087784f6070572528f614aba94b65f19874548','fed117e81f8c2575ad9fa70fe668f13c7fbd1ceaa24f0fdf8858d69cc511d60a');
INSERT INTO "journal" VALUES(72,1795518434230894,'leg.prompt_finished','','1000','{"core":10,"base":"01M86KT2XPHY8JDTCG6H4YTQZ2","input":{"leg":"1795518432.18","ok":true,"play":"login-1795518432.18"},"asked":[["channel.play_silence",{"leg":"1795518432.18","on":true}]],"events":[["agent.ready",{"state":"READY","call":null,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}]]}','0a4a85f133a512397c4d16c6bfef0c640d2d2dfe79394be0f109d7d50bb20bbc','ca847f68fa722521aed577c658a78b3a07a78bbc8745dfdf2bc7bcfdadbd630e');
INSERT INTO "journal" VALUES(73,1795518434313508,'leg.arrived','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT30916VERF8WGSYHYZ3P","input":{"leg":"1795518434.19","args":["ingroup","SALESLINE"],"number":"493012345670","dialled":"8005550100","call":"01M86KT2ZXG9AYKN4B7WKB16Z4","session":"","up":false,"why":["number: 8005550100","did: 8005550100 goes to ingroup:SALESLINE","in-group: in-group SALESLINE is active"],"data":[],"after":false,"priority":0},"asked":[["lead.find",{"call":"01M86KT2ZXG9AYKN4B7WKB16Z4","number":"493012345670","method":"CIDLOOKUP","list_id":"999","status":"INBND"}],["channel.answer",{"leg":"1795518434.19"}],["bridge.create",{"bridge":"room-01M86KT2ZXG9AYKN4B7WKB16Z4"}],["bridge.add",{"leg":"1795518434.19","bridge":"room-01M86KT2ZXG9AYKN4B7WKB16Z4"}],["channel.play_silence",{"leg":"1795518432.18","on":false}],["bridge.add",{"leg":"1795518432.18","bridge":"room-01M86KT2ZXG9AYKN4B7WKB16Z4"}]],"events":[["call.ringing",{"agc_id":"Y0001795518434313508","state":"ringing_agent","arrived":1795518434313508,"customer":"493012345670","ingroup":"SALESLINE","dialled":"8005550100"}],["agent.connecting",{"state":"QUEUE","phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','12448bc23b362da73ef50f02a55eda7ab872c1aa8f68c4a3b62fd79cd6a5bbb5','a872697313e5d64a1423c41d3c1317feac1dc2c3afad8e061ed9a9fd38badd45');
INSERT INTO "journal" VALUES(74,1795518434320156,'leg.answered','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT30GEKM3K54QP97ZTREH","input":{"leg":"1795518434.19"}}','41a101fbfc72ecb356baaded9c84bb850c67fac5b3b70beaa6a83c1fcf06ebed','524e25c040db04c31febd94f9f8e3ee2dcbb50da379b413114ff3d920d1d7158');
INSERT INTO "journal" VALUES(75,1795518434320412,'leg.joined','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT30GP7M154QRZW0N67N5","input":{"leg":"1795518432.18","bridge":"room-01M86KT2ZXG9AYKN4B7WKB16Z4"}}','200e1f92110a4f3a08866337783550124487c02c2c96af0f2edda917af343ce4','055d6dd219b37125cdcdcde7ed75214c4433806ed3fdf6de7958067b78fa8189');
INSERT INTO "journal" VALUES(76,1795518434322914,'leg.joined','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT30JR4M1PHHKP5X7JF03","input":{"leg":"1795518434.19","bridge":"room-01M86KT2ZXG9AYKN4B7WKB16Z4"},"asked":[["channel.whisper",{"leg":"01M86KT30JR4M1PHHKP5X7JF05","to":"1795518432.18"}],["recording.start",{"name":"20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-1","bridge":"room-01M86KT2ZXG9AYKN4B7WKB16Z4"}]],"events":[["call.connected",{"agc_id":"Y0001795518434313508","state":"talking","arrived":1795518434313508,"customer":"493012345670","ingroup":"SALESLINE","dialled":"8005550100","connected":1795518434322914}],["agent.in_call",{"state":"INCALL","phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','d8e79e35b3bf16b279b24b8038eb41cb17ff354780bcbca2bd3ca43afb1af870','89b77116ccf63fa43a2e7bd9792088656ee552aec8fb29672f363432555f5f2f');
INSERT INTO "journal" VALUES(77,1795518434323474,'lead.found','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT30KZNN90Z8PW05E1FVF","input":{"call":"01M86KT2ZXG9AYKN4B7WKB16Z4","lead":5},"events":[["call.updated",{"agc_id":"Y0001795518434313508","state":"talking","since":1795518434322914,"arrived":1795518434313508,"customer":"493012345670","ingroup":"SALESLINE","dialled":"8005550100","lead":5,"connected":1795518434322914}]]}','3b0934cf8645dd9860c7f13cced097d3834b57f2ac90a0e44defbbb5fb53e40b','f3e7270bdff37b6c6f1254507c71b5b5a5bebe5594e96ba64768a885888a379f');
INSERT INTO "journal" VALUES(78,1795518434328825,'leg.arrived','','1000','{"core":10,"base":"01M86KT30RVQ5NJJH5GK2KVPCK","input":{"leg":"01M86KT30JR4M1PHHKP5X7JF05","args":["whisper"],"number":"","dialled":"s","call":"","session":"","up":true,"why":[],"data":[],"after":false,"priority":0},"asked":[["channel.play",{"leg":"01M86KT30JR4M1PHHKP5X7JF05","media":"sound:beep","play":""}]]}','ccc3bbce8c3f212de6fb554b1b2163a65a930fb3e4c1c4707cdac9dc7772d568','4a4373a2f79c9d4133897e163f1e8ffef0b1c4872db5c4901220d9c34870b851');
INSERT INTO "journal" VALUES(79,1795518434335169,'recording_file.started','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT30ZPWZC3488FGXJRHNT","input":{"name":"20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-1"},"events":[["recording.started",{"id":"20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795518434335169}]]}','3253f8ffcffd052a44327b3cdd8a17951bcd187990bb78e74b95653500c193e1','36540ca02ab01b927d916a4ef07b51e487245a9d61ed70d6d6f0f19ee215b91a');
INSERT INTO "journal" VALUES(80,1795518434352010,'command.requested','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT31GKGV9NNWYFW57VKVF","input":{"receipt":"01M86KT31FS4H3H2RWYM3NR0GN","command":{"kind":"DIAL_WITH_CUSTOMER","agent":"1000","call":"01M86KT2ZXG9AYKN4B7WKB16Z4","number":"4930555123"},"by":"6666","source":"test"},"asked":[["dial.check",{"check":"01M86KT31FS4H3H2RWYM3NR0GN","agent":"1000","campaign":"TESTCAMP","number":"4930555123","readings":["4930555123"],"at":1795518434352010,"since":0,"callback":""}]]}','4cc289f37b95eeeeb2ddaa864332cd69a7a1b8d43a45fae70a8a428160930d7a','f007588ac20951b4e8a113bdb07aed3949359f7953735d39740f67929cf93140');
INSERT INTO "journal" VALUES(81,1795518434360819,'dial.checked','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT31RJRWGK8J2PYKDZDVR","input":{"check":"01M86KT31FS4H3H2RWYM3NR0GN","agent":"1000","facts":{"listed":"","dialled":0,"callback":null,"problem":""}},"asked":[["channel.create",{"leg":"01M86KT31RJRWGK8J2PYKDZDVS","endpoint":"PJSIP/4930555123@trunk","caller":"0000000000","call":"01M86KT2ZXG9AYKN4B7WKB16Z4","name":"","headers":[]}]],"events":[["command.started",{"id":"01M86KT31FS4H3H2RWYM3NR0GN","kind":"DIAL_WITH_CUSTOMER","number":"4930555123","by":"6666","source":"test","step":"begun"}],["call.updated",{"agc_id":"Y0001795518434313508","state":"talking","since":1795518434322914,"arrived":1795518434313508,"customer":"493012345670","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":5,"connected":1795518434322914}]]}','90bff72836860af493d76048de5e73f9aa188c07538e575c7a1706ab1f508c2e','b3747c3bef0e07b875547601c2885cccd07e704c3a8e320f4299f2dd6860c989');
INSERT INTO "journal" VALUES(82,1795518434364861,'leg.arrived','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT31W0Z68Y919FQF3MWMV","input":{"leg":"01M86KT31RJRWGK8J2PYKDZDVS","args":["made"],"number":"","dialled":"s","call":"01M86KT2ZXG9AYKN4B7WKB16Z4","session":"","up":false,"why":[],"data":[],"after":false,"priority":0},"asked":[["channel.deafen",{"leg":"01M86KT31RJRWGK8J2PYKDZDVS","on":true}],["bridge.add",{"leg":"01M86KT31RJRWGK8J2PYKDZDVS","bridge":"room-01M86KT2ZXG9AYKN4B7WKB16Z4"}],["channel.dial",{"leg":"01M86KT31RJRWGK8J2PYKDZDVS","timeout":20}]]}','feeda3f044d2ce312a05e0df2ab7a5c50ef124fb5e11b3bcc0ffbda303f9e1f6','e0ff89f58948ee6dd8ca7802b8661ecfef92505a9f3cb73a8c2c85800b41acd0');
INSERT INTO "journal" VALUES(83,1795518434368066,'leg.joined','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT320K71T1X84PY1SBHY5","input":{"leg":"01M86KT31RJRWGK8J2PYKDZDVS","bridge":"room-01M86KT2ZXG9AYKN4B7WKB16Z4"}}','8b4145d3af847b354e7c947f2f5e58330b4c611ee28458d947f8f3cbccf0ce41','688d30c7ef88e14828a628e6754c00eec25e3206d4f9c8da3314c3f5825c01c2');
INSERT INTO "journal" VALUES(84,1795518434371160,'action.completed','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT3235WJ7K21GRKCV6HNJ","input":{"action":{"leg":"01M86KT31RJRWGK8J2PYKDZDVS","timeout":20}},"action":"channel.dial","asked":[["command.answer",{"receipt":"01M86KT31FS4H3H2RWYM3NR0GN","why":"","refused":false,"of":""}]],"events":[["call.third_dialing",{"agc_id":"Y0001795518434313508","state":"dialing","arrived":1795518434313508,"customer":"493012345670","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":5,"connected":1795518434322914}],["command.dialing",{"id":"01M86KT31FS4H3H2RWYM3NR0GN","kind":"DIAL_WITH_CUSTOMER","requested":1795518434360819,"number":"4930555123","by":"6666","source":"test","step":"dialling"}]]}','fb1cc0d6a4f2d3aea1c2e0d08f66fa66a647b09efb51f5fd781ed326ca86a0b0','ff47877c49e231c6c82777615cf0245b29f02a152a62a64753bca2e87fa0813e');
INSERT INTO "journal" VALUES(85,1795518434373149,'leg.answered','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT325CF9QC2WME285S6YF","input":{"leg":"01M86KT31RJRWGK8J2PYKDZDVS"},"asked":[["channel.deafen",{"leg":"01M86KT31RJRWGK8J2PYKDZDVS","on":false}]],"events":[["command.completed",{"id":"01M86KT31FS4H3H2RWYM3NR0GN","kind":"DIAL_WITH_CUSTOMER","requested":1795518434360819,"number":"4930555123","by":"6666","source":"test","ended":1795518434373149,"outcome":"completed"}],["call.three_way",{"agc_id":"Y0001795518434313508","state":"three_way","arrived":1795518434313508,"customer":"493012345670","third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":5,"connected":1795518434322914}],["agent.three_way",{"state":"3-WAY","since":1795518434322914,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_call":""}]]}','d89138d6018938fd187d236ab885e605623cf61e6d84be459866984d416cbf94','63f66372ba40819d16a6bb99cadb25332176c51d995e75ac288ade6cd40ef2f8');
INSERT INTO "journal" VALUES(86,1795518434412211,'command.requested','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT33CFYTYFTHJ2FD0PXQV","input":{"receipt":"01M86KT33CBG265QV3R0SADCM7","command":{"kind":"LEAVE_3WAY_CALL","agent":"1000","call":"01M86KT2ZXG9AYKN4B7WKB16Z4"},"by":"6666","source":"test"},"asked":[["bridge.remove",{"leg":"1795518432.18","bridge":"room-01M86KT2ZXG9AYKN4B7WKB16Z4"}],["recording.start",{"name":"20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-2","bridge":"room-01M86KT2ZXG9AYKN4B7WKB16Z4"}],["recording.stop",{"name":"20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-1"}]],"events":[["command.started",{"id":"01M86KT33CBG265QV3R0SADCM7","kind":"LEAVE_3WAY_CALL","by":"6666","source":"test","step":"begun"}]]}','298cd8e54d00f9e596da21124f1b04ffa3913b0205d3785c5c11bbc8ab37d8d0','7ce599a73bf854fdc0452bc9e16a5e99fdd9a897670591d79c3a075d2acf3462');
INSERT INTO "journal" VALUES(87,1795518434414802,'leg.left','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT33E5J2F94156VAGS10G","input":{"leg":"1795518432.18","bridge":"room-01M86KT2ZXG9AYKN4B7WKB16Z4"},"asked":[["channel.play_silence",{"leg":"1795518432.18","on":true}],["command.answer",{"receipt":"01M86KT33CBG265QV3R0SADCM7","why":"","refused":false,"of":""}]],"events":[["call.handed_off",{"agc_id":"Y0001795518434313508","state":"handed_off","arrived":1795518434313508,"customer":"493012345670","agent":null,"third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":5,"connected":1795518434322914,"left":1795518434414802}],["agent.wrap_up",{"state":"DISPO","call":null,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"]}],["command.completed",{"id":"01M86KT33CBG265QV3R0SADCM7","kind":"LEAVE_3WAY_CALL","requested":1795518434412211,"by":"6666","source":"test","ended":1795518434414802,"outcome":"completed"}]]}','e6bb24706cabefcf8f104d3f4792a7006d51ab20ca9a9d8516837bcf336531fb','057648fe007325982f982659f0af75091cd9abb8a6d8188f0920f166c9f5d6d7');
INSERT INTO "journal" VALUES(88,1795518434419824,'recording_file.started','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT33KCZD360FNDCXXVWER","input":{"name":"20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-2"},"events":[["recording.started",{"id":"20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-2","kind":"handoff","reason":"leave_3way_start_recording=ALL_CALLS","started":1795518434419824}]]}','a6bf4e31cc7e8bbf52d4e5692c594dc7335517b3a427e6b55ce35751685c4b35','3c4400b230680ae6e0e9d8ef442c8de6a1b85ff54ae58188a93b531ec3278f3f');
INSERT INTO "journal" VALUES(89,1795518434419951,'recording_file.finished','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT33KJ9EVKZ65BTM4GW0N","input":{"name":"20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-1"},"asked":[["recording.measure",{"name":"20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-1"}]],"events":[["recording.finished",{"id":"20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-1","kind":"call","reason":"campaign_recording=ALLCALLS","started":1795518434335169,"ended":1795518434419951}]]}','e00e8fa0fe577d15991c3c2978c23cfca006b4187508e688a38512487a840957','6b0519418d5d10cc1f47ff712a5113ea4c7eec34216dfae48cc44b86feb24e0d');
INSERT INTO "journal" VALUES(90,1795518434425997,'recording_file.measured','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT33SCJNTA3KERNNZ0EMN","input":{"name":"20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-1","path":"/tmp/keep-u6niystp/lab/asterisk/recording/20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-1.wav","bytes":1644,"length":100,"sha256":"4594fe791d65ebf4bbcdb17969fb144597d9c5e40777622a252720789d89dde1","mended":false},"events":[["recording.kept",{"id":"20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-1","kind":"call","reason":"campaign_recording=ALLCALLS","status":"kept","started":1795518434335169,"ended":1795518434419951,"bytes":1644,"length_ms":100}]]}','39388ef966a214cdd288c5527caf8cd7020edea66f16220b20dc55e26aa521e3','bf2648327e800d18dc4d3b6549dc262e5b27a7b2b59ae7fc5f588db8e516101b');
INSERT INTO "journal" VALUES(91,1795518434596151,'command.requested','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT394Z6Q93R3MV5JRYFGE","input":{"receipt":"01M86KT394FF35ZN6EKJX64DB2","command":{"kind":"STATUS","agent":"1000","status":"LATER","amends":true,"callback":{"id":"","call":"","number":"","ingroup":"","campaign":"","agent":"","at":1795522034586798,"made":0,"status":"","comments":"","by":"","state":"pending","ended":null,"done_in":""}},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["command.answer",{"receipt":"01M86KT394FF35ZN6EKJX64DB2","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M86KT394FF35ZN6EKJX64DB2","kind":"STATUS","status":"LATER","by":"local:root (uid 0)","source":"api/v1","ended":1795518434596151,"outcome":"completed"}],["disposition.entered",{"status":"LATER","by":"local:root (uid 0)"}],["call.updated",{"agc_id":"Y0001795518434313508","state":"handed_off","since":1795518434414802,"arrived":1795518434313508,"customer":"493012345670","agent":null,"third":"4930555123","ingroup":"SALESLINE","dialled":"8005550100","lead":5,"connected":1795518434322914,"left":1795518434414802,"status":"LATER"}],["agent.ready",{"state":"READY","call":null,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"LATER"}]]}','cffc0dadda5c25df05aea3ceb87f7cc3f1f71801bfd987fa5e85a800d499f3ff','05ff2f7b6721e49a2f9552129acc55589f566728e85e1c171df7e47aec8108b6');
INSERT INTO "journal" VALUES(92,1795518434758493,'leg.prompt_finished','','1000','{"core":10,"base":"01M86KT3E6GQN5GXN1JRYGA3FC","input":{"leg":"01M86KT30JR4M1PHHKP5X7JF05","ok":true,"play":"40904787-7b3a-4467-af8c-76d4706272e4"},"asked":[["channel.hang_up",{"leg":"01M86KT30JR4M1PHHKP5X7JF05"}]]}','4a75a7ccf8069bde252d370b4fce8e797700ba3c244fa455e13175f1a60d5775','dc770fa5abf863ca4219bcc288eb33d5b4852cd3e750cca331b5a50574bcde9d');
INSERT INTO "journal" VALUES(93,1795518434761025,'leg.destroyed','','1000','{"core":10,"base":"01M86KT3E9EKRSC6DW70F6V7JM","input":{"leg":"01M86KT30JR4M1PHHKP5X7JF05","cause":0}}','5d4848c7c8bd89189eccb0f1c6275f66406ccc17a6484f3d24411fb72aa35616','6eff80f0751fbe5649900216caa15013707980e32529c03eddedf452ddeda110');
INSERT INTO "journal" VALUES(94,1795518434782833,'command.requested','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT3EYF6S1MCF18G41PDES","input":{"receipt":"01M86KT3EYPXFD5QEFW227DYG4","command":{"kind":"LOGOUT","agent":"1000"},"by":"local:root (uid 0)","source":"api/v1"},"asked":[["channel.hang_up",{"leg":"1795518432.18"}],["command.answer",{"receipt":"01M86KT3EYPXFD5QEFW227DYG4","why":"","refused":false,"of":""}]],"events":[["command.completed",{"id":"01M86KT3EYPXFD5QEFW227DYG4","kind":"LOGOUT","by":"local:root (uid 0)","source":"api/v1","ended":1795518434782833,"outcome":"completed"}],["agent.logged_out",{"state":"LOGGED_OUT","since":1795518434596151,"call":null,"phone":"1000","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"last_status":"LATER"}]]}','d297cfbbbf5fcc34c10bacae7f612a937a76909a8654cad36054a276f7b5a1ce','f89493b10a63838a824481a87a516d92d897acd1b1739df181f7431bb7347e8f');
INSERT INTO "journal" VALUES(95,1795518434794743,'leg.released','','1000','{"core":10,"base":"01M86KT3FAAZJQFWYX115XW1MD","input":{"leg":"1795518432.18"}}','6cead173edbba1afcd94c16e0164eac28a21d5f1879dc2cd671935cd09ea7406','547e62f52b9a568150ca784f28d987a35b917e3b6fbb6a91c49677241e4d6e39');
INSERT INTO "journal" VALUES(96,1795518434814964,'leg.left','01M86KT2ZXG9AYKN4B7WKB16Z4','','{"core":10,"base":"01M86KT3FY81VM306R9FQYGMW1","input":{"leg":"1795518434.19","bridge":"room-01M86KT2ZXG9AYKN4B7WKB16Z4"}}','5e77f802585c264728716d15d8ae7abddd85fe94e536de3a12ce7389dc23fdec','0169602ce281eac5132cd5cf608497c9dbb7e3162ba86f8ea0708190a16bd619');
INSERT INTO "journal" VALUES(97,1795518434815201,'leg.released','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT3FZAAVRMK8WBNX5FTB3","input":{"leg":"1795518434.19"},"asked":[["recording.stop",{"name":"20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-2"}],["channel.hang_up",{"leg":"01M86KT31RJRWGK8J2PYKDZDVS"}]],"events":[["call.ended",{"agc_id":"Y0001795518434313508","state":"ended","arrived":1795518434313508,"customer":"493012345670","agent":null,"ingroup":"SALESLINE","dialled":"8005550100","lead":5,"connected":1795518434322914,"left":1795518434414802,"ended":1795518434815201,"ended_by":"customer","status":"LATER"}]]}','59161ac78e26d81bc3ec39d84cc0789726c51e3348f4fd4cc10e027e5e25b8d0','f6f25f3a6e4b20f91c349156a0705479e1c604a4ca7333123a6b3044eb33b131');
INSERT INTO "journal" VALUES(98,1795518434817719,'recording_file.finished','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT3G1FFDAHG42XP9BMK97","input":{"name":"20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-2"},"asked":[["recording.measure",{"name":"20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-2"}]],"events":[["recording.finished",{"id":"20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-2","kind":"handoff","reason":"leave_3way_start_recording=ALL_CALLS","started":1795518434419824,"ended":1795518434817719}]]}','fed8c6a4702f9c83a51d06baba29fa1fb12e0857d835ea7f45c83da9e2b03b5d','b9f6e610d81aaa51442ae6bf0f639fa3ef7b464ff1302c4deba18509e6eb83da');
INSERT INTO "journal" VALUES(99,1795518434819688,'leg.left','01M86KT2ZXG9AYKN4B7WKB16Z4','','{"core":10,"base":"01M86KT3G3HQ9PH3SH21EANDNS","input":{"leg":"01M86KT31RJRWGK8J2PYKDZDVS","bridge":"room-01M86KT2ZXG9AYKN4B7WKB16Z4"}}','43ce10b9e453bee8f2646aaaaf398de9b8d4ba26bd225843fe28e3f3e84eb362','b02c7c6db440ce20c8ada38e64c75cb0f183a794de76b36f923be0210b15efb6');
INSERT INTO "journal" VALUES(100,1795518434819877,'leg.destroyed','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT3G3Y0QWYXAA09YSD1TE","input":{"leg":"01M86KT31RJRWGK8J2PYKDZDVS","cause":16},"asked":[["bridge.destroy",{"bridge":"room-01M86KT2ZXG9AYKN4B7WKB16Z4"}]]}','10faab6e4c7460390880bd10351c32af67547a29da11751daef26c8ecef69e4a','4516bf79f68535558ef0f408b27dc72a7391f38c963683ae0b24ca2f55e52789');
INSERT INTO "journal" VALUES(101,1795518434831577,'recording_file.measured','01M86KT2ZXG9AYKN4B7WKB16Z4','1000','{"core":10,"base":"01M86KT3GFWRNZG8KZ6GJAQ50T","input":{"name":"20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-2","path":"/tmp/keep-u6niystp/lab/asterisk/recording/20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-2.wav","bytes":6444,"length":400,"sha256":"e13fbd9250d27f15d463979d8558be92efa13c0ea8a929a8d93c61a0bf4e477d","mended":false},"events":[["recording.kept",{"id":"20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-2","kind":"handoff","reason":"leave_3way_start_recording=ALL_CALLS","status":"kept","started":1795518434419824,"ended":1795518434817719,"bytes":6444,"length_ms":400}]]}','45487e43833a682ca618ff07fc9c0dc78139888e86fff679a569bb243d4151a7','db8ae4f6be8c9e2cbd669bba90ad963ef07989bdcf666e6d970526f878c8cc8c');
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
INSERT INTO "lead" VALUES(1,'101',1795518424189491,1795518424189491,'SALE','1003','','','','','4930555777','','Grace','','Hopper','','','','','','','','','','','','','','',1,1795518426895905,0,'');
INSERT INTO "lead" VALUES(2,'101',1795518424189491,1795518424189491,'NA','1003','','','','','4930555778','','Alan','','Turing','','','','','','','','','','','','','','',1,1795518427500992,0,'');
INSERT INTO "lead" VALUES(3,'999',1795518430263056,1795518430263056,'INBND','','','','','','493012345671','','','','','','','','','','','','','','','','','','',1,1795518430257181,0,'');
INSERT INTO "lead" VALUES(4,'999',1795518432192527,1795518432192527,'INBND','','','','','','493012345672','','','','','','','','','','','','','','','','','','',1,1795518432177774,0,'');
INSERT INTO "lead" VALUES(5,'999',1795518434318291,1795518434318291,'LATER','1000','','','','','493012345670','','','','','','','','','','','','','','','','','','',1,1795518434313508,0,'');
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
INSERT INTO "leg" VALUES('01M86KSVRNG53WAW7T3YS44KF8','01M86KSVRFYTY2V4M5TFGY036J','customer','4930555777',1795518426901597,1795518426918217,1795518426992392,16);
INSERT INTO "leg" VALUES('01M86KSWBTWH3JY50ZFSVYB32Z','01M86KSWBC40ZZ0GRX3QM00BFA','customer','4930555778',1795518427514947,1795518427534378,1795518427639068,16);
INSERT INTO "leg" VALUES('01M86KSZ1ZC6B3BEHNGYS04QHD','1001','whisper','',1795518430271029,NULL,1795518430712991,0);
INSERT INTO "leg" VALUES('01M86KT0Y3FJQF2VHT52YAQZCA','1002','whisper','',1795518432195474,NULL,1795518432638926,0);
INSERT INTO "leg" VALUES('01M86KT13ZPRN449AGXQB4WKBJ','01M86KT0XBKBSKF14GMC69MP34','third','4930555123',1795518432383706,1795518432405037,NULL,NULL);
INSERT INTO "leg" VALUES('01M86KT30JR4M1PHHKP5X7JF05','1000','whisper','',1795518434322914,NULL,1795518434761025,0);
INSERT INTO "leg" VALUES('01M86KT31RJRWGK8J2PYKDZDVS','01M86KT2ZXG9AYKN4B7WKB16Z4','third','4930555123',1795518434360819,1795518434373149,1795518434819877,16);
INSERT INTO "leg" VALUES('1795518424.0','1003','agent','1003',1795518424830501,1795518424833517,1795518428344824,0);
INSERT INTO "leg" VALUES('1795518428.7','1001','agent','1001',1795518428414863,1795518428418086,NULL,NULL);
INSERT INTO "leg" VALUES('1795518430.12','1002','agent','1002',1795518430341687,1795518430348048,NULL,NULL);
INSERT INTO "leg" VALUES('1795518430.8','01M86KSZ14DHA0BXZ9NP7HHT1B','customer','493012345671',1795518430257181,1795518430267083,NULL,NULL);
INSERT INTO "leg" VALUES('1795518432.13','01M86KT0XBKBSKF14GMC69MP34','customer','493012345672',1795518432177774,1795518432190528,NULL,NULL);
INSERT INTO "leg" VALUES('1795518432.18','1000','agent','1000',1795518432466346,1795518432483578,1795518434794743,0);
INSERT INTO "leg" VALUES('1795518434.19','01M86KT2ZXG9AYKN4B7WKB16Z4','customer','493012345670',1795518434313508,1795518434320156,1795518434815201,0);
CREATE TABLE line ( -- what an in-group's queue remembers
    id TEXT PRIMARY KEY, -- the in-group
    waits TEXT NOT NULL -- JSON: how long the last answered calls waited, in microseconds
) STRICT, WITHOUT ROWID;
INSERT INTO "line" VALUES('SALESLINE','[13848, 17700, 9406]');
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
INSERT INTO "open_state" VALUES('agent_interval','01M86KSZ1ZC6B3BEHNGYS04QHC',4,'{"hold":false,"ended":null,"id":"01M86KSZ1ZC6B3BEHNGYS04QHC","session":"01M86KSX7PHBTBCPD6R22JPGAZ","agent":"1001","state":"INCALL","pause_code":"","call":"01M86KSZ14DHA0BXZ9NP7HHT1B","started":1795518430271029}');
INSERT INTO "open_state" VALUES('agent_interval','01M86KT0Y3FJQF2VHT52YAQZC9',4,'{"hold":false,"ended":null,"id":"01M86KT0Y3FJQF2VHT52YAQZC9","session":"01M86KSZ3WPRG78GBG7FEC8EZ9","agent":"1002","state":"INCALL","pause_code":"","call":"01M86KT0XBKBSKF14GMC69MP34","started":1795518432195474}');
INSERT INTO "open_state" VALUES('agent_session','01M86KSX7PHBTBCPD6R22JPGAZ',4,'{"id":"01M86KSX7PHBTBCPD6R22JPGAZ","agent":"1001","phone":"1001","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"conf_exten":"8600051","leg":"1795518428.7","on_hook":false,"adopted":false,"state":"INCALL","since":1795518430271029,"interval":"01M86KSZ1ZC6B3BEHNGYS04QHC","started":1795518428414863,"ended":null,"pause_code":"","after_call":{"pause":false,"pause_code":"","logout":false,"status":"","callback":null,"by":"","notes":""},"missed":0,"phone_loss":{"called_back":false,"was_ready":false,"pause_code":"","recall_until":0,"away_since":0,"rescue_until":0},"login":"","muted":false,"call":"01M86KSZ14DHA0BXZ9NP7HHT1B","last":{"call":"","status":"","promised":null,"number":"493012345671","notes":"","ingroup":"SALESLINE"},"previewed":null,"dial_checks":[],"hold":false,"ready_since":1795518430163590,"calls":1,"taken":[["SALESLINE",1]],"talk_times":{"call_started":1795518430271029,"call_finished":0,"inbound_started":1795518430271029,"inbound_finished":0},"typed":{"text":"","since":0,"line":""}}');
INSERT INTO "open_state" VALUES('agent_session','01M86KSZ3WPRG78GBG7FEC8EZ9',4,'{"id":"01M86KSZ3WPRG78GBG7FEC8EZ9","agent":"1002","phone":"1002","campaign":"TESTCAMP","ingroups":["SALESLINE","SUPPORTLINE","AGENTDIRECT"],"conf_exten":"8600052","leg":"1795518430.12","on_hook":false,"adopted":false,"state":"INCALL","since":1795518432195474,"interval":"01M86KT0Y3FJQF2VHT52YAQZC9","started":1795518430341687,"ended":null,"pause_code":"","after_call":{"pause":false,"pause_code":"","logout":false,"status":"","callback":null,"by":"","notes":""},"missed":0,"phone_loss":{"called_back":false,"was_ready":false,"pause_code":"","recall_until":0,"away_since":0,"rescue_until":0},"login":"","muted":false,"call":"01M86KT0XBKBSKF14GMC69MP34","last":{"call":"","status":"","promised":null,"number":"493012345672","notes":"","ingroup":"SALESLINE"},"previewed":null,"dial_checks":[],"hold":false,"ready_since":1795518432095360,"calls":1,"taken":[["SALESLINE",1]],"talk_times":{"call_started":1795518432195474,"call_finished":0,"inbound_started":1795518432195474,"inbound_finished":0},"typed":{"text":"","since":0,"line":""}}');
INSERT INTO "open_state" VALUES('asterisk','1795518421299000',4,'{"id":"1795518421299000","started":1795518421299000,"seen":1795518423565845,"ended":null}');
INSERT INTO "open_state" VALUES('call','01M86KSZ14DHA0BXZ9NP7HHT1B',4,'{"id":"01M86KSZ14DHA0BXZ9NP7HHT1B","agc_id":"Y0001795518430257181","direction":"in","origin":"caller","state":"talking","since":1795518430271029,"arrived":1795518430257181,"number":"493012345671","dialled":"8005550100","data":[],"lead":3,"ingroup":"SALESLINE","direct":"","customer":"1795518430.8","agent":"1001","third":null,"ivr":null,"consultation":{"closer":null,"closer_group":"","asked_group":"","asked_agent":"","asked_at":0,"unanswered":"","gone_at":null},"parking":{"customer_place":"room","third_place":"room","since":null,"remind_at":null},"commands":{"target":null,"pending":null,"dialling":null,"queue":[],"before":null,"leaving":null},"asked_bridges":{"room":true,"spot":false,"spot_music":"","third_spot":false,"ivr":false,"doubtful":[]},"audio":{"tone":null,"tone_media":"tone:425/1000,0/4000","tones":0,"music":false,"had_music":false,"files":"","plays":0,"paused":false,"playing":"","undone":[]},"prompts":{"welcoming":false,"saying":[],"playing":"","plays":0,"unplayed":"","prompt_at":null,"offer":"","offer_until":null,"offered":[],"message":"","vm_message":""},"recording":{"running":"20261124-110710_493012345671_01M86KSZ14DHA0BXZ9NP7HHT1B-1","files":1,"track":"call","track_reason":"campaign_recording=ALLCALLS","after_leave":null,"after_leave_reason":"","start_at":null,"muted":false},"queueing":{"queued_at":1795518430257181,"priority":0,"drop_at":null,"wait":null,"why":["number: 8005550100","did: 8005550100 goes to ingroup:SALESLINE","in-group: in-group SALESLINE is active","in-group: in-group SALESLINE is active"],"exit":"","after":false,"overflows":0,"rung":[],"line_since":1795518430257181,"close_at":null,"preferred":"","prefer_until":null},"outcome":{"last_agent":"1001","callback":null,"campaign":"TESTCAMP","connected":1795518430271029,"left":null,"ended_by":"","status":""},"hooks":{"priority":0,"question":"","until":null,"choice":""},"ended":null}');
INSERT INTO "open_state" VALUES('call','01M86KT0XBKBSKF14GMC69MP34',4,'{"id":"01M86KT0XBKBSKF14GMC69MP34","agc_id":"Y0001795518432177774","direction":"in","origin":"caller","state":"three_way","since":1795518432405037,"arrived":1795518432177774,"number":"493012345672","dialled":"8005550100","data":[],"lead":4,"ingroup":"SALESLINE","direct":"","customer":"1795518432.13","agent":"1002","third":"01M86KT13ZPRN449AGXQB4WKBJ","ivr":null,"consultation":{"closer":null,"closer_group":"","asked_group":"","asked_agent":"","asked_at":0,"unanswered":"","gone_at":null},"parking":{"customer_place":"room","third_place":"room","since":null,"remind_at":null},"commands":{"target":null,"pending":null,"dialling":null,"queue":[],"before":null,"leaving":null},"asked_bridges":{"room":true,"spot":false,"spot_music":"","third_spot":false,"ivr":false,"doubtful":[]},"audio":{"tone":null,"tone_media":"tone:425/1000,0/4000","tones":0,"music":false,"had_music":false,"files":"","plays":0,"paused":false,"playing":"","undone":[]},"prompts":{"welcoming":false,"saying":[],"playing":"","plays":0,"unplayed":"","prompt_at":null,"offer":"","offer_until":null,"offered":[],"message":"","vm_message":""},"recording":{"running":"20261124-110712_493012345672_01M86KT0XBKBSKF14GMC69MP34-1","files":1,"track":"call","track_reason":"campaign_recording=ALLCALLS","after_leave":null,"after_leave_reason":"","start_at":null,"muted":false},"queueing":{"queued_at":1795518432177774,"priority":0,"drop_at":null,"wait":null,"why":["number: 8005550100","did: 8005550100 goes to ingroup:SALESLINE","in-group: in-group SALESLINE is active","in-group: in-group SALESLINE is active"],"exit":"","after":false,"overflows":0,"rung":[],"line_since":1795518432177774,"close_at":null,"preferred":"","prefer_until":null},"outcome":{"last_agent":"1002","callback":null,"campaign":"TESTCAMP","connected":1795518432195474,"left":null,"ended_by":"","status":""},"hooks":{"priority":0,"question":"","until":null,"choice":""},"ended":null}');
INSERT INTO "open_state" VALUES('leg','01M86KT13ZPRN449AGXQB4WKBJ',4,'{"id":"01M86KT13ZPRN449AGXQB4WKBJ","role":"third","owner":"01M86KT0XBKBSKF14GMC69MP34","number":"4930555123","created":1795518432383706,"phase":5,"bridge":"room-01M86KT0XBKBSKF14GMC69MP34","target_bridge":null,"silence_playing":false,"held":false,"music":"","rejoining":false,"outbound_muted":false,"absorbs_keys":false,"mute":{"muted":false,"muting":null,"receipts":[]},"supervision":{"receipt":"","peer_leg":"","heard_by":[]},"prompt":false,"originated":true,"dialling":{"asked":true,"timeout":20,"redirected":"","redirects":0,"redirect_check":null,"end_held":null},"media":"","hangup_requested":false,"fallback":null,"tries":0,"wait_until":0,"answered":1795518432405037,"ended":null,"cause":null}');
INSERT INTO "open_state" VALUES('leg','1795518428.7',4,'{"id":"1795518428.7","role":"agent","owner":"1001","number":"1001","created":1795518428414863,"phase":5,"bridge":"room-01M86KSZ14DHA0BXZ9NP7HHT1B","target_bridge":null,"silence_playing":false,"held":false,"music":"","rejoining":false,"outbound_muted":false,"absorbs_keys":false,"mute":{"muted":false,"muting":null,"receipts":[]},"supervision":{"receipt":"","peer_leg":"","heard_by":[]},"prompt":false,"originated":false,"dialling":{"asked":false,"timeout":0,"redirected":"","redirects":0,"redirect_check":null,"end_held":null},"media":"","hangup_requested":false,"fallback":null,"tries":0,"wait_until":0,"answered":1795518428418086,"ended":null,"cause":null}');
INSERT INTO "open_state" VALUES('leg','1795518430.12',4,'{"id":"1795518430.12","role":"agent","owner":"1002","number":"1002","created":1795518430341687,"phase":5,"bridge":"room-01M86KT0XBKBSKF14GMC69MP34","target_bridge":null,"silence_playing":false,"held":false,"music":"","rejoining":false,"outbound_muted":false,"absorbs_keys":false,"mute":{"muted":false,"muting":null,"receipts":[]},"supervision":{"receipt":"","peer_leg":"","heard_by":[]},"prompt":false,"originated":false,"dialling":{"asked":false,"timeout":0,"redirected":"","redirects":0,"redirect_check":null,"end_held":null},"media":"","hangup_requested":false,"fallback":null,"tries":0,"wait_until":0,"answered":1795518430348048,"ended":null,"cause":null}');
INSERT INTO "open_state" VALUES('leg','1795518430.8',4,'{"id":"1795518430.8","role":"customer","owner":"01M86KSZ14DHA0BXZ9NP7HHT1B","number":"493012345671","created":1795518430257181,"phase":5,"bridge":"room-01M86KSZ14DHA0BXZ9NP7HHT1B","target_bridge":null,"silence_playing":false,"held":false,"music":"","rejoining":false,"outbound_muted":false,"absorbs_keys":false,"mute":{"muted":false,"muting":null,"receipts":[]},"supervision":{"receipt":"","peer_leg":"","heard_by":[]},"prompt":false,"originated":false,"dialling":{"asked":false,"timeout":0,"redirected":"","redirects":0,"redirect_check":null,"end_held":null},"media":"","hangup_requested":false,"fallback":null,"tries":0,"wait_until":0,"answered":1795518430267083,"ended":null,"cause":null}');
INSERT INTO "open_state" VALUES('leg','1795518432.13',4,'{"id":"1795518432.13","role":"customer","owner":"01M86KT0XBKBSKF14GMC69MP34","number":"493012345672","created":1795518432177774,"phase":5,"bridge":"room-01M86KT0XBKBSKF14GMC69MP34","target_bridge":null,"silence_playing":false,"held":false,"music":"","rejoining":false,"outbound_muted":false,"absorbs_keys":false,"mute":{"muted":false,"muting":null,"receipts":[]},"supervision":{"receipt":"","peer_leg":"","heard_by":[]},"prompt":false,"originated":false,"dialling":{"asked":false,"timeout":0,"redirected":"","redirects":0,"redirect_check":null,"end_held":null},"media":"","hangup_requested":false,"fallback":null,"tries":0,"wait_until":0,"answered":1795518432190528,"ended":null,"cause":null}');
INSERT INTO "open_state" VALUES('line','SALESLINE',4,'{"id":"SALESLINE","waits":[13848,17700,9406]}');
INSERT INTO "open_state" VALUES('recording','20261124-110710_493012345671_01M86KSZ14DHA0BXZ9NP7HHT1B-1',4,'{"id":"20261124-110710_493012345671_01M86KSZ14DHA0BXZ9NP7HHT1B-1","call":"01M86KSZ14DHA0BXZ9NP7HHT1B","kind":"call","reason":"campaign_recording=ALLCALLS","agent":"1001","asked":1795518430271029,"started":1795518430287256,"stopping":false,"muted":false,"muting":false,"mute_asks":0,"mute_receipts":[],"ended":null,"status":"running","cause":"","path":"","bytes":0,"length":0,"sha256":"","format":"wav","converted_path":"","converted_bytes":0,"converted_sha256":""}');
INSERT INTO "open_state" VALUES('recording','20261124-110712_493012345672_01M86KT0XBKBSKF14GMC69MP34-1',4,'{"id":"20261124-110712_493012345672_01M86KT0XBKBSKF14GMC69MP34-1","call":"01M86KT0XBKBSKF14GMC69MP34","kind":"call","reason":"campaign_recording=ALLCALLS","agent":"1002","asked":1795518432195474,"started":1795518432208894,"stopping":false,"muted":false,"muting":false,"mute_asks":0,"mute_receipts":[],"ended":null,"status":"running","cause":"","path":"","bytes":0,"length":0,"sha256":"","format":"wav","converted_path":"","converted_bytes":0,"converted_sha256":""}');
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
INSERT INTO "queue_wait" VALUES('01M86KSZ1HTHCD9SSRQQT9QD7B','01M86KSZ14DHA0BXZ9NP7HHT1B','SALESLINE','',0,1,1795518430257181,1795518430257181,1795518430271029,'ANSWERED','1001','next_agent_call=longest_wait_time: READY for 0 s');
INSERT INTO "queue_wait" VALUES('01M86KT0XHHTC3NES3WRQBBDH7','01M86KT0XBKBSKF14GMC69MP34','SALESLINE','',0,1,1795518432177774,1795518432177774,1795518432195474,'ANSWERED','1002','next_agent_call=longest_wait_time: READY for 0 s');
INSERT INTO "queue_wait" VALUES('01M86KT30916VERF8WGSYHYZ3Q','01M86KT2ZXG9AYKN4B7WKB16Z4','SALESLINE','',0,1,1795518434313508,1795518434313508,1795518434322914,'ANSWERED','1000','next_agent_call=longest_wait_time: READY for 0 s');
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
INSERT INTO "receipt" VALUES('01M86KSVRAZAJNGMMXSSETZRA6','DIAL','1003','01M86KSVRFYTY2V4M5TFGY036J','4930555777','','','','','','','','','local:root (uid 0)','api/v1',1795518426895905,1795518426918217,'completed','','[["requested", 1795518426895905], ["begun", 1795518426895905], ["dialling", 1795518426911425], ["completed", 1795518426918217]]');
INSERT INTO "receipt" VALUES('01M86KSVZRCCFVNT2RRCRPKFRM','STATUS','1003','01M86KSVRFYTY2V4M5TFGY036J','','','','','','SALE','','','','local:root (uid 0)','api/v1',1795518427128480,1795518427128480,'completed','','[["requested", 1795518427128480], ["completed", 1795518427128480]]');
INSERT INTO "receipt" VALUES('01M86KSWB5C9RZKWSGEZEQXQHZ','DIAL','1003','01M86KSWBC40ZZ0GRX3QM00BFA','4930555778','','','','','','','','','local:root (uid 0)','api/v1',1795518427500992,1795518427534378,'completed','','[["requested", 1795518427500992], ["begun", 1795518427500992], ["dialling", 1795518427533104], ["completed", 1795518427534378]]');
INSERT INTO "receipt" VALUES('01M86KSWTDYT39V34PGGFCS8VV','STATUS','1003','01M86KSWBC40ZZ0GRX3QM00BFA','','','','','','NA','','','','local:root (uid 0)','api/v1',1795518427981135,1795518427981135,'completed','','[["requested", 1795518427981135], ["completed", 1795518427981135]]');
INSERT INTO "receipt" VALUES('01M86KSX5NDYE4N16DDYJH4NDA','LOGOUT','1003','01M86KSWBC40ZZ0GRX3QM00BFA','','','','','','','','','','local:root (uid 0)','api/v1',1795518428341566,1795518428341566,'completed','','[["requested", 1795518428341566], ["completed", 1795518428341566]]');
INSERT INTO "receipt" VALUES('01M86KT137DKH96DWY81CSGY0W','DIAL_WITH_CUSTOMER','1002','01M86KT0XBKBSKF14GMC69MP34','4930555123','','','','','','','','','6666','test',1795518432383706,1795518432405037,'completed','','[["requested", 1795518432383706], ["begun", 1795518432383706], ["dialling", 1795518432404307], ["completed", 1795518432405037]]');
INSERT INTO "receipt" VALUES('01M86KT31FS4H3H2RWYM3NR0GN','DIAL_WITH_CUSTOMER','1000','01M86KT2ZXG9AYKN4B7WKB16Z4','4930555123','','','','','','','','','6666','test',1795518434360819,1795518434373149,'completed','','[["requested", 1795518434360819], ["begun", 1795518434360819], ["dialling", 1795518434371160], ["completed", 1795518434373149]]');
INSERT INTO "receipt" VALUES('01M86KT33CBG265QV3R0SADCM7','LEAVE_3WAY_CALL','1000','01M86KT2ZXG9AYKN4B7WKB16Z4','','','','','','','','','','6666','test',1795518434412211,1795518434414802,'completed','','[["requested", 1795518434412211], ["begun", 1795518434412211], ["completed", 1795518434414802]]');
INSERT INTO "receipt" VALUES('01M86KT394FF35ZN6EKJX64DB2','STATUS','1000','01M86KT2ZXG9AYKN4B7WKB16Z4','','','','','','LATER','','','','local:root (uid 0)','api/v1',1795518434596151,1795518434596151,'completed','','[["requested", 1795518434596151], ["completed", 1795518434596151]]');
INSERT INTO "receipt" VALUES('01M86KT3EYPXFD5QEFW227DYG4','LOGOUT','1000','01M86KT2ZXG9AYKN4B7WKB16Z4','','','','','','','','','','local:root (uid 0)','api/v1',1795518434782833,1795518434782833,'completed','','[["requested", 1795518434782833], ["completed", 1795518434782833]]');
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
INSERT INTO "recording" VALUES('20261124-110706_4930555777_01M86KSVRFYTY2V4M5TFGY036J-1','01M86KSVRFYTY2V4M5TFGY036J','call','campaign_recording=ALLCALLS','1003',1795518426918217,1795518426924101,1795518426995469,'kept','','/tmp/keep-u6niystp/lab/asterisk/recording/20261124-110706_4930555777_01M86KSVRFYTY2V4M5TFGY036J-1.wav',1324,80,'463bf2da935723a6435d93a68656378e5f40b72911af91340dc885f88f0e7a8f','',0,'');
INSERT INTO "recording" VALUES('20261124-110707_4930555778_01M86KSWBC40ZZ0GRX3QM00BFA-1','01M86KSWBC40ZZ0GRX3QM00BFA','call','campaign_recording=ALLCALLS','1003',1795518427534378,1795518427541463,1795518427643211,'kept','','/tmp/keep-u6niystp/lab/asterisk/recording/20261124-110707_4930555778_01M86KSWBC40ZZ0GRX3QM00BFA-1.wav',1644,100,'eb455398abbf69c169b6f98b786ea22d7e3449fd57c12f1139cacfa291420b1c','',0,'');
INSERT INTO "recording" VALUES('20261124-110710_493012345671_01M86KSZ14DHA0BXZ9NP7HHT1B-1','01M86KSZ14DHA0BXZ9NP7HHT1B','call','campaign_recording=ALLCALLS','1001',1795518430271029,1795518430287256,NULL,'running','','',0,0,'','',0,'');
INSERT INTO "recording" VALUES('20261124-110712_493012345672_01M86KT0XBKBSKF14GMC69MP34-1','01M86KT0XBKBSKF14GMC69MP34','call','campaign_recording=ALLCALLS','1002',1795518432195474,1795518432208894,NULL,'running','','',0,0,'','',0,'');
INSERT INTO "recording" VALUES('20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-1','01M86KT2ZXG9AYKN4B7WKB16Z4','call','campaign_recording=ALLCALLS','1000',1795518434322914,1795518434335169,1795518434419951,'kept','','/tmp/keep-u6niystp/lab/asterisk/recording/20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-1.wav',1644,100,'4594fe791d65ebf4bbcdb17969fb144597d9c5e40777622a252720789d89dde1','',0,'');
INSERT INTO "recording" VALUES('20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-2','01M86KT2ZXG9AYKN4B7WKB16Z4','handoff','leave_3way_start_recording=ALL_CALLS','1000',1795518434412211,1795518434419824,1795518434817719,'kept','','/tmp/keep-u6niystp/lab/asterisk/recording/20261124-110714_493012345670_01M86KT2ZXG9AYKN4B7WKB16Z4-2.wav',6444,400,'e13fbd9250d27f15d463979d8558be92efa13c0ea8a929a8d93c61a0bf4e477d','',0,'');
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
INSERT INTO "user" VALUES('ada','scrypt$16384$b8327e4cc222ca9e8dd37c71251738c8$7532691163a8e0893c946aa983299e72c49c0009e4a8bb29684d28cc021173b42e3e27e899ed8b3063b0054806988f2265c7e29dfca265d19b593100f646dd71','admin',NULL,'Ada',NULL,'Y');
INSERT INTO "user" VALUES('bert','scrypt$16384$bdf8e8750b86f5e214ada12d312c14a5$2ef5c8a3f53df7bbdf654c8c8f9af7ac21d9adbc99adcfd3bd61bc86382e2a0b8b4dff3857ef6eb953909e8ab335d61202c227043c95877d553235ba5862e13c','agent','1005','','BERLIN','Y');
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
