"""Words that people try for an option, in the language of queues, PBXs and VICIdial, and the names that it may have."""

# Names → words. A word may stand in several rows; the first name that a kind has is meant first.
ROWS: tuple[tuple[tuple[str, ...], str], ...] = (
    # waiting
    (
        ("drop_call_seconds", "wait_time_option_seconds"),
        "max_wait max_wait_time maximum_wait wait wait_time wait_timeout max_queue_time queue_timeout queue_time "
        "queue_wait max_hold max_hold_time abandon_after give_up_after overflow_after overflow_time overflow_seconds "
        "drop_after drop_time drop_seconds drop_timeout",
    ),
    (("dial_timeout", "drop_call_seconds"), "timeout"),
    (
        ("drop_action", "drop_message", "drop_inbound_group"),
        "overflow overflow_action timeout_action timeout_destination failover fail_over failover_destination fallback "
        "on_timeout drop no_answer_action",
    ),
    (("drop_inbound_group", "drop_action"), "overflow_queue overflow_group overflow_ingroup failover_queue"),
    (
        (
            "max_calls_count",
            "max_calls_method",
            "call_count_limit",
            "lines",
            "daily_call_count_limit",
            "daily_limit_manual",
        ),
        "limit max_calls max_callers max_waiting max_waiting_calls max_len max_length max_queue queue_size "
        "queue_length queue_limit capacity size call_limit",
    ),
    (("no_agent_no_queue", "no_agent_action"), "join_empty empty no_agents no_agent if_empty"),
    (
        ("answer_sec_pct_rt_stat_one",),
        "service_level sla sla_seconds service_level_seconds service_level_threshold target_answer_time answer_within",
    ),
    (
        ("wait_time_option", "hold_time_option"),
        "callback callback_offer queue_callback offer_callback call_back callback_in_queue virtual_hold",
    ),
    (("scheduled_callback",), "callback call_back is_callback schedule_callback callback_code"),
    # order
    (
        ("next_agent_call",),
        "strategy ring_strategy queue_strategy distribution acd acd_method routing routing_strategy call_distribution "
        "agent_selection agent_order round_robin ring_all",
    ),
    (("second_factor_required",), "2fa mfa totp two_factor second_factor require_2fa"),
    (("pause_max",), "max_pause pause_limit max_pause_time pause_timeout longest_pause"),
    (("queue_priority", "dial_weight", "list_weight"), "priority weight"),
    # hours
    (
        ("call_time_id", "local_call_time", "dial_call_time_id"),
        "hours opening_hours business_hours open_hours office_hours opening_times service_hours call_time schedule "
        "time_condition calendar",
    ),
    (("local_call_time", "dial_call_time_id"), "calling_hours call_hours dial_hours dialing_hours dialling_hours"),
    (
        ("after_hours_action", "after_hours_route"),
        "after_hours closed closed_action out_of_hours outside_hours night night_mode closed_destination",
    ),
    (
        ("after_hours_message_filename",),
        "after_hours_message closed_message closed_prompt closed_greeting night_message after_hours_greeting",
    ),
    (("closing_time_action",), "closing closing_time at_closing"),
    (("ct_default_start",), "start start_time open opens opening open_time from begin"),
    (("ct_default_stop",), "stop end end_time close closes close_time until till extend"),
    (("ct_default_stop", "route"), "to"),
    (("ct_more_hours",), "more_hours windows second_window afternoon breaks"),
    (("ct_holidays",), "holidays holiday"),
    (("holiday_date",), "date day"),
    # music and prompts
    (
        ("moh_context", "park_ivr"),
        "moh music music_on_hold music_class moh_class moh_music hold_music waiting_music queue_music",
    ),
    (
        ("welcome_message_filename", "play_welcome_message"),
        "greeting welcome welcome_message greeting_message intro introduction welcome_prompt welcome_sound "
        "join_message greeting_file hello",
    ),
    (
        ("onhold_prompt_filename", "prompt_interval"),
        "announce announcement announcements announce_message periodic_announce periodic_announcement hold_message "
        "on_hold_message comfort_message waiting_message prompt prompts message queue_message",
    ),
    (
        ("prompt_interval",),
        "announce_frequency announcement_interval announce_interval periodic_announce_frequency prompt_frequency "
        "announcement_frequency announce_every prompt_every",
    ),
    (
        ("play_place_in_line",),
        "position announce_position queue_position place place_in_line place_in_queue announce_place tell_position",
    ),
    (
        ("play_estimate_hold_time", "hold_time_option"),
        "announce_hold_time hold_time estimated_wait estimate estimated_hold_time ewt announce_wait expected_wait",
    ),
    (
        ("agent_alert_exten",),
        "whisper agent_announce agent_announcement agent_alert agent_beep beep agent_whisper alert",
    ),
    (("voicemail_ext", "voicemail_id"), "voicemail mailbox vm voicemail_box"),
    # work of agents
    (
        ("wrapup_seconds",),
        "wrapup wrap_up wrap wrapup_time wrap_up_time acw acw_time after_call_work after_call_work_time wrapup_timeout "
        "wrap_time wrapup_limit",
    ),
    (("dispo_max",), "dispo_timeout disposition_timeout dispo_seconds dispo_time"),
    (
        ("on_hook_ring_time", "dial_timeout"),
        "ring_time ring_timeout ring_seconds ringing_time no_answer no_answer_timeout agent_timeout "
        "agent_ring_time",
    ),
    (("retry_seconds",), "retry retry_time retry_interval retry_delay retry_pause retry_after"),
    (("max_missed",), "max_miss auto_pause autopause max_no_answer"),
    (("phone",), "extension exten sip_extension device endpoint"),
    (("ingroups", "route"), "queues skills skill in_groups inbound_groups closer_campaigns groups ingroup queue"),
    (("ingroup_ranks", "ingroup_grades"), "ranks penalty penalties skill_level skill_levels"),
    (("user_group",), "group team department"),
    (("pin",), "agent_pin"),
    (("pass", "pin"), "password"),
    (("role",), "permission permissions rights access"),
    (("agent_pause_codes_active",), "pause_codes pausecodes"),
    (("pause_after_each_call",), "pause_after_call auto_pause_after_call"),
    (("park_max_seconds",), "park_timeout hold_timeout park_time max_park"),
    # dialling
    (
        ("auto_dial_level", "user_level"),
        "level ratio dial_level dial_ratio calls_per_agent pacing power speed dial_speed",
    ),
    (("auto_dial_level",), "lines lines_per_agent"),
    (("lines",), "channels max_channels max_lines concurrent_calls"),
    (("billable",), "paid pay billed"),
    (("adaptive_maximum_level",), "max_level max_ratio max_dial_level maximum_level maximum_ratio"),
    (
        ("adaptive_dropped_percentage",),
        "drop_rate max_drop_rate drop_percentage abandon_rate max_abandon_rate abandon_percentage drop_percent "
        "drop_limit max_drops abandon_limit max_abandon max_abandoned",
    ),
    (
        ("daily_call_count_limit",),
        "max_attempts_per_day attempts_per_day calls_per_day daily_attempts max_calls_per_day max_per_day daily_limit",
    ),
    (("completed",), "final finished terminal is_final"),
    (("dial_method", "phone_mode"), "method mode dialer_mode dialing_mode dial_mode dialler_mode"),
    (("dial_template",), "trunk carrier gateway provider outbound_trunk route_out outbound_route"),
    (("dial_prefix",), "prefix outbound_prefix dialing_prefix"),
    (
        ("call_count_limit", "daily_call_count_limit", "recycle"),
        "max_attempts attempts attempt_limit max_tries tries max_retries",
    ),
    (("recycle",), "retry retries retry_time retry_delay redial recycling recycle_delay retry_minutes"),
    (("dial_statuses",), "statuses redial_statuses dialable_statuses"),
    (("lead_order",), "order list_order dial_order sort"),
    (("lead_filter",), "filter filters"),
    (("dial_allow",), "allow allowed whitelist allow_list"),
    (("dial_deny", "blocklist"), "deny denied blacklist block_list blocked block"),
    (("amd",), "answering_machine answering_machine_detection machine_detection amd_detection"),
    (("am_message_exten",), "voicemail_message vm_message am_message machine_message answering_machine_message"),
    (("safe_harbor_audio",), "safe_harbor safe_harbour drop_audio abandon_message safe_harbor_message"),
    (
        ("campaign_cid", "campaign_cid_override", "caller_id_number", "caller_ids", "phone_caller_number"),
        "cid callerid caller_id caller_id_num clid outbound_cid outbound_caller_id outbound_callerid caller_number "
        "calling_number",
    ),
    (("expiration_date",), "expires expiry expiration expire end_date"),
    (("reset_times",), "reset reset_time"),
    # recordings
    (
        ("campaign_recording", "ingroup_recording_override", "recording_override"),
        "recording record record_calls record_call call_recording recordings record_all",
    ),
    (("recording_format",), "record_format format audio_format"),
    (("recording_notice",), "notice disclaimer consent recording_announcement recording_consent"),
    (("campaign_rec_filename",), "recording_filename record_filename filename recording_name"),
    (
        ("recordings_keep_days",),
        "retention keep_days keep recording_days keep_recordings recordings_retention recordings_expire "
        "recordings_expiry recordings_age recordings_lifetime",
    ),
    (("wait_time_option_seconds",), "callback_after offer_after callback_seconds offer_callback_after"),
    (("journal_keep_days",), "journal keep_history journal_retention audit_retention log_retention keep_journal"),
    # names, texts, places
    (
        (
            "status_name", "group_name", "campaign_name", "list_name", "full_name", "pause_code_name",
            "did_description", "holiday_name", "preset_name", "group_alias_name", "cid_group_name", "script_name",
        ),
        "name label title display_name",
    ),
    (("did_description", "campaign_name", "group_name", "list_name", "status_name"), "description desc comment"),
    (("preset_number", "caller_id_number"), "number phone_no phone_number"),
    (("route",), "destination dest target ingroup queue forward forward_to"),
    (("script_text",), "text body content"),
    (("campaign_script",), "script agent_script"),
    (("timezone",), "tz time_zone zone"),
    (("active", "did_active"), "enabled enable"),
    (("scopes",), "scope permissions rights role access"),
    # addresses
    (("dispo_call_url",), "webhook url webhook_url dispo_url callback_url hook disposition_url"),
    (("start_call_url",), "screen_pop screenpop popup pop_url start_url crm_url"),
    (("webhook_hosts",), "hosts allowed_hosts"),
    (("addresses",), "ip ips address allowed_ips ip_address"),
)  # fmt: skip


def _squeezed(word: str) -> str:
    """Return a word in lower case without the signs between its parts: maxwait for Max-Wait."""
    return word.lower().replace("_", "").replace("-", "")


def _by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for names, words in ROWS:
        for word in words.split():
            found[_squeezed(word)] = tuple(dict.fromkeys((*found.get(_squeezed(word), ()), *names)))
    return found


BY_WORD = _by_word()


def named_by(word: str) -> tuple[str, ...]:
    """Return the options that a word may name, the most likely first; none for a word that is not known.

    `max_wait`, `max-wait` and `maxwait` are the same word.
    """
    return BY_WORD.get(_squeezed(word), ())
