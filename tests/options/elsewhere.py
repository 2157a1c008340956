"""The options whose effect has a test beside the code that acts, by that test."""

STORE, HTTP, CORE = "tests/store/", "tests/http/", "tests/core/"
HOPPER, HOLDS = f"{STORE}dialling/test_hopper.py", f"{STORE}dialling/test_lead_holds.py"
ORDER, OTHERS = f"{STORE}dialling/test_lead_order.py", f"{STORE}dialling/test_other_numbers.py"
SHOWN, FORMS = f"{STORE}dialling/test_caller_ids.py", f"{STORE}leads/test_web_forms.py"
PEOPLE, JSON = f"{HTTP}people/", f"{HTTP}v1/"
CODES, KEYS = f"{CORE}commands/test_dispositions.py", "tests/scenarios/agents/test_phone_keys.py"
TRUNKS, HOOKS = f"{CORE}dialler/test_trunk_limits.py", f"{HTTP}test_event_hooks.py"
LINKS, RETENTION = f"{HTTP}non_agent/test_recording_links.py", f"{STORE}maintenance/test_retention.py"
FORM = "web_form_address web_form_address_two web_form_address_three"

BY_TEST: dict[tuple[str, str], dict[str, str]] = {
    (HOPPER, "test_a_status_that_is_not_dialled_is_left_out"): {"campaign": "dial_statuses"},
    (HOPPER, "test_a_lead_is_not_called_more_often_than_allowed"): {"campaign": "call_count_limit"},
    (HOPPER, "test_a_lead_is_called_so_often_in_a_day_of_its_zone"): {"campaign": "daily_call_count_limit"},
    (HOPPER, "test_only_leads_in_their_hours_are_chosen"): {"list": "country"},
    (HOPPER, "test_lists_of_others_and_lists_that_rest_are_left_out"): {"list": "active campaign expiration_date"},
    (HOPPER, "test_hours_of_campaign_and_list_narrow_those_of_the_law"): {
        "campaign": "local_call_time",
        "list": "local_call_time",
    },
    (HOLDS, "test_a_higher_limit_ends_the_hold_at_once"): {"campaign": "call_limit_24hour"},
    (HOLDS, "test_a_number_waits_after_a_call_as_another_lead"): {"campaign": "recycle"},
    (HOLDS, "test_a_person_with_a_final_code_is_not_called_as_another_lead"): {
        "campaign": "contacted_days",
        "disposition": "completed dnc not_interested",
    },
    (ORDER, "test_the_leads_of_all_cells_come_in_the_order"): {"campaign": "lead_order lead_order_secondary"},
    (ORDER, "test_a_filter_leaves_leads_out"): {"campaign": "lead_filter"},
    (ORDER, "test_lists_with_a_weight_get_their_shares_and_the_rest_comes_after"): {"list": "list_weight"},
    (f"{STORE}dialling/test_new_lead_every.py", "test_fills_of_one_lead_choose_both_kinds"): {
        "campaign": "new_lead_every"
    },
    (OTHERS, "test_each_number_is_explained_and_the_next_one_is_counted"): {"campaign": "auto_alt_dial"},
    (OTHERS, "test_a_dropped_number_is_not_dialled_automatically_for_three_days"): {"campaign": "drop_lockout_time"},
    (OTHERS, "test_only_a_status_of_the_option_and_an_automatic_call_lead_to_the_other_number"): {
        "campaign": "auto_alt_dial_statuses"
    },
    (SHOWN, "test_the_numbers_of_lead_and_list_are_shown"): {
        "campaign": "use_custom_cid",
        "list": "campaign_cid_override",
    },
    (SHOWN, "test_each_number_is_shown_so_often_a_day_and_then_the_next"): {"cid-group": "calls_per_day"},
    (SHOWN, "test_the_longest_area_comes_first_then_the_state_then_any_number"): {"cid-group": "caller_ids"},
    (FORMS, "test_the_address_of_the_ingroup_comes_before_that_of_the_list_and_of_the_campaign"): dict.fromkeys(
        ("campaign", "ingroup", "list"), FORM
    ),
    (FORMS, "test_each_place_signs_its_own_addresses"): {"campaign": "web_form_sign", "ingroup": "web_form_sign"},
    (FORMS, "test_the_signed_address_is_written_as_a_browser_sends_it"): {"list": "web_form_sign"},
    (FORMS, "test_one_form_opens_by_itself_where_the_campaign_says"): {"campaign": "get_call_launch"},
    (FORMS, "test_only_panels_need_origins_and_none_can_change_the_pages_policy"): {"campaign": "web_form_target"},
    (f"{STORE}leads/test_custom_fields.py", "test_lead_has_the_custom_fields_of_its_list"): {"list": "custom_fields"},
    (f"{STORE}leads/test_timed_resets.py", "test_a_list_is_reset_once_at_its_moment"): {"list": "reset_times"},
    (f"{JSON}test_json_leads.py", "test_switch_lead_changes_the_lead_of_the_call"): {"campaign": "agent_lead_search"},
    (f"{JSON}test_json_leads.py", "test_the_script_is_filled_in"): {
        "campaign": "campaign_script",
        "script": "script_text active",
    },
    (f"{HTTP}management/test_agent_routes.py", "test_a_campaign_can_hide_its_leads"): {"campaign": "agent_lead_list"},
    (f"{HTTP}management/test_agent_routes.py", "test_destinations_are_presets_in_groups_and_other_agents"): {
        "preset": "campaign preset_number"
    },
    (f"{PEOPLE}test_own_recordings.py", "test_an_agent_hears_own_calls_of_today_alone"): {
        "campaign": "agent_recordings"
    },
    (f"{PEOPLE}test_people.py", "test_each_role_sees_its_own_people"): {"agent": "user_group", "user": "user_group"},
    (f"{PEOPLE}test_people.py", "test_a_new_password_ends_sessions_and_works_once"): {
        "user": "pass force_change_password"
    },
    (f"{PEOPLE}test_logins.py", "test_a_path_has_me_for_the_own_agent"): {"user": "agent"},
    (f"{PEOPLE}test_logins.py", "test_another_role_is_in_effect_in_the_same_session"): {"user": "role"},
    (f"{PEOPLE}test_logins.py", "test_a_change_of_the_user_ends_the_sessions"): {"user": "active"},
    (f"{PEOPLE}test_agent_api.py", "test_another_name_of_an_agent_is_no_way_around"): {"agent": "custom_three"},
    (f"{PEOPLE}test_configuration_of_groups.py", "test_groups_that_may_be_viewed_are_seen"): {
        "user-group": "agent_status_viewable_groups"
    },
    (f"{PEOPLE}test_campaign_mixtures.py", "test_a_changed_group_takes_effect_in_open_sessions"): {
        "user-group": "allowed_campaigns"
    },
    (f"{STORE}configuration/test_api_users.py", "test_an_api_user_is_found_by_the_exact_name"): {
        "api-user": "functions"
    },
    (f"{HTTP}non_agent/test_config_functions.py", "test_config_functions_answer_as_recorded"): {"api-user": "pass"},
    (
        f"{HTTP}non_agent/test_entries_of_others.py",
        "test_the_name_of_an_entry_of_others_is_answered_as_an_unknown_one",
    ): {"api-user": "user_group"},
    (f"{HTTP}test_store_behind.py", "test_users_are_as_configured"): {"api-user": "active"},
    ("tests/link/test_agent_api_tickets.py", "test_a_ticket_ends_with_the_password_or_the_user"): {
        "api-user": "api_access"
    },
    (f"{HTTP}test_store_behind.py", "test_a_user_may_log_in_only_from_allowed_addresses"): {"api-user": "addresses"},
    (f"{HTTP}non_agent/test_history_functions.py", "test_history_functions_answer_as_recorded"): {"api-user": "scopes"},
    (f"{JSON}test_json_tokens.py", "test_a_new_token_works_before_the_configuration_is_read_again"): {
        "api-token": "scopes"
    },
    (f"{JSON}test_json_tokens.py", "test_a_renewed_token_replaces_the_old_one_at_once"): {"api-token": "token"},
    (HOOKS, "test_an_address_that_is_not_listed_gets_nothing"): {"event-hook": "url", "setting": "webhook_hosts"},
    (HOOKS, "test_types_campaigns_and_in_groups_bound_a_hook"): {"event-hook": "events campaigns ingroups"},
    (HOOKS, "test_gone_switches_the_hook_off_and_later_it_begins_with_new_events"): {"event-hook": "active"},
    (f"{JSON}test_json_commands.py", "test_no_other_caller_id_is_sent"): {"group-alias": "active"},
    (f"{JSON}test_json_commands.py", "test_the_caller_id_for_the_third_party_is_one_of_the_allowed"): {
        "group-alias": "caller_id_number"
    },
    (TRUNKS, "test_the_dialler_stops_at_the_lines_of_the_trunk"): {"trunk": "lines"},
    (TRUNKS, "test_the_dialler_begins_so_many_calls_a_second"): {"trunk": "calls_per_second"},
    (CODES, "test_an_invalid_disposition_is_refused_with_the_reason"): {
        "disposition": "notes_required scheduled_callback"
    },
    (CODES, "test_codes_fit_the_calls_direction_and_answer_in_the_order_of_place"): {
        "disposition": "direction place reached"
    },
    (CODES, "test_dispositions_depend_on_campaign_and_in_group"): {"disposition": "campaigns ingroups selectable"},
    (CODES, "test_an_invalid_pause_code_is_refused_with_the_reason"): {"pause-code": "campaigns"},
    (KEYS, "test_a_shift_by_the_phone_alone"): {"disposition": "key", "pause-code": "key"},
    (f"{CORE}dialler/test_drop_counts.py", "test_a_person_counts_by_the_code_of_the_agent"): {
        "disposition": "human_answered"
    },
    ("tests/reports/test_random_month.py", "test_every_row_is_that_of_own_queries"): {
        "disposition": "category customer_contact sale"
    },
    (f"{CORE}agents/test_pause_code_limit.py", "test_a_new_limit_applies_to_current_pauses"): {
        "pause-code": "time_limit"
    },
    (f"{JSON}test_json_dispositions.py", "test_pause_codes_are_listed_and_required"): {"pause-code": "billable"},
    (f"{CORE}dialler/test_proposals.py", "test_a_part_of_the_lines_is_left_for_callers"): {"setting": "max_legs"},
    (f"{CORE}permission/test_emergency_numbers.py", "test_the_setting_has_the_numbers"): {
        "setting": "emergency_numbers"
    },
    (f"{HTTP}agc/test_agc_functions.py", "test_an_api_that_is_not_active_does_nothing"): {
        "setting": "vdc_agent_api_active"
    },
    (f"{CORE}queue/test_queue_exit.py", "test_api_impossible_success_applies_the_exit_of_the_in_group"): {
        "setting": "api_impossible"
    },
    (LINKS, "test_a_link_ends_by_its_time"): {"setting": "recording_link_days"},
    (LINKS, "test_without_the_setting_a_location_takes_a_token"): {"setting": "recording_links"},
    (RETENTION, "test_recordings_go_when_their_time_is_over"): {"setting": "recordings_keep_days"},
    (RETENTION, "test_erased_payloads_leave_the_hash_chain_valid"): {"setting": "journal_keep_days"},
    (f"{PEOPLE}test_dial_ways.py", "test_a_manager_chooses_a_named_template_only"): {"setting": "dial_ways"},
    (f"{PEOPLE}test_second_factor_at_door.py", "test_named_sites_use_the_agent_api_with_the_password_alone"): {
        "setting": "password_only_addresses"
    },
    (
        f"{STORE}configuration/test_second_factors.py",
        "test_a_site_can_require_it_of_managers_and_administrators",
    ): {"setting": "second_factor_required"},
    ("tests/scheduled_reports/test_scheduled_reports.py", "test_each_option_changes_the_mail"): {
        "scheduled-report": "campaign ingroup mail_to period"
    },
    ("tests/scheduled_reports/test_scheduled_reports.py", "test_a_day_is_sent_once_with_the_figures_of_the_command"): {
        "scheduled-report": "reports"
    },
    ("tests/scheduled_reports/test_scheduled_reports.py", "test_the_reports_of_a_group_have_its_agents_alone"): {
        "scheduled-report": "user_group"
    },
    ("tests/ari/test_world_in_tests.py", "test_a_call_is_handed_over_with_its_data"): {"setting": "call_data"},
    ("tests/agi/test_passed_data.py", "test_the_headers_of_the_list_go_with_the_call"): {
        "setting": "call_data_headers"
    },
}

ELSEWHERE = {
    (kind, option): test
    for test, kinds in BY_TEST.items()
    for kind, options in kinds.items()
    for option in options.split()
}
