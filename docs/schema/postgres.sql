CREATE TABLE access_key (
    key_digest text NOT NULL,
    purpose text NOT NULL,
    account_id text NOT NULL,
    made_at bigint NOT NULL,
    made_by text NOT NULL,
    ends_at bigint NOT NULL,
    used_at bigint,
    released_at bigint,
    released_by text,
    mark text,
    CONSTRAINT access_key_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT access_key_pkey PRIMARY KEY (key_digest)
);
CREATE TABLE account (
    id text NOT NULL,
    sign_in text NOT NULL,
    name text NOT NULL,
    person_id text,
    office text,
    holds_office bigint NOT NULL,
    is_demonstration bigint NOT NULL,
    created_at bigint NOT NULL,
    created_by text NOT NULL,
    disabled_at bigint,
    password text,
    password_at bigint,
    one_time_secret text,
    one_time_step bigint NOT NULL DEFAULT 0,
    must_enrol bigint NOT NULL DEFAULT 0,
    mark text,
    CONSTRAINT account_check CHECK (holds_office =
CASE
    WHEN office IS NULL THEN 0
    ELSE 1
END),
    CONSTRAINT account_id_holds_office_key UNIQUE (id, holds_office),
    CONSTRAINT account_is_demonstration_check CHECK (is_demonstration = ANY (ARRAY[0::bigint, 1::bigint])),
    CONSTRAINT account_must_enrol_check CHECK (must_enrol = ANY (ARRAY[0::bigint, 1::bigint])),
    CONSTRAINT account_office_check CHECK (office = ANY (ARRAY['system'::text, 'security'::text, 'audit'::text])),
    CONSTRAINT account_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
    CONSTRAINT account_pkey PRIMARY KEY (id),
    CONSTRAINT account_sign_in_key UNIQUE (sign_in)
);
CREATE TABLE account_identity (
    account_id text NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    linked_at bigint NOT NULL,
    mark text,
    CONSTRAINT account_identity_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT account_identity_issuer_subject_key UNIQUE (issuer, subject),
    CONSTRAINT account_identity_pkey PRIMARY KEY (account_id, issuer)
);
CREATE TABLE audit (
    seq bigint NOT NULL,
    at bigint NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    first_position bigint,
    last_position bigint,
    digest text,
    hash text NOT NULL,
    CONSTRAINT audit_pkey PRIMARY KEY (seq)
);
CREATE TABLE audit_export (
    id text NOT NULL,
    exported_by text NOT NULL,
    at bigint NOT NULL,
    recipient text NOT NULL,
    purpose text NOT NULL,
    row_count bigint NOT NULL,
    file_digest text NOT NULL,
    CONSTRAINT audit_export_exported_by_fkey FOREIGN KEY (exported_by) REFERENCES account(id),
    CONSTRAINT audit_export_pkey PRIMARY KEY (id),
    CONSTRAINT audit_export_row_count_check CHECK (row_count >= 0)
);
CREATE TABLE audit_spent (
    seq bigint NOT NULL,
    hash text NOT NULL,
    mac text NOT NULL,
    CONSTRAINT audit_spent_pkey PRIMARY KEY (seq)
);
CREATE TABLE case_number (
    unit_id text NOT NULL,
    series text NOT NULL,
    year bigint NOT NULL,
    newest bigint NOT NULL,
    CONSTRAINT case_number_newest_check CHECK (newest > 0),
    CONSTRAINT case_number_pkey PRIMARY KEY (unit_id, series, year),
    CONSTRAINT case_number_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE case_state (
    case_id text NOT NULL,
    number text NOT NULL,
    procedure text NOT NULL,
    version text NOT NULL,
    kind text NOT NULL,
    about text,
    is_single bigint NOT NULL,
    unit_id text NOT NULL,
    owner_id text NOT NULL,
    stage text NOT NULL,
    rounds bigint NOT NULL,
    opened_at bigint NOT NULL,
    closed_at bigint,
    outcome text,
    seq bigint NOT NULL,
    read_at bigint NOT NULL,
    CONSTRAINT case_state_case_id_fkey FOREIGN KEY (case_id) REFERENCES record(id),
    CONSTRAINT case_state_is_single_check CHECK (is_single = ANY (ARRAY[0::bigint, 1::bigint])),
    CONSTRAINT case_state_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES org_unit(id),
    CONSTRAINT case_state_pkey PRIMARY KEY (case_id),
    CONSTRAINT case_state_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE case_world (
    id bigint NOT NULL,
    mark text NOT NULL,
    CONSTRAINT case_world_id_check CHECK (id = 1),
    CONSTRAINT case_world_pkey PRIMARY KEY (id)
);
CREATE TABLE consent (
    id text NOT NULL,
    person_id text,
    account_id text,
    contact_id text,
    purpose text NOT NULL,
    version text NOT NULL,
    act text NOT NULL,
    channel text NOT NULL,
    recorded_at bigint NOT NULL,
    recorded_by text NOT NULL,
    CONSTRAINT consent_act_check CHECK (act = ANY (ARRAY['given'::text, 'withdrawn'::text])),
    CONSTRAINT consent_channel_check CHECK (channel = ANY (ARRAY['self'::text, 'window'::text, 'phone'::text, 'paper'::text])),
    CONSTRAINT consent_check CHECK (person_id IS NOT NULL OR account_id IS NOT NULL OR contact_id IS NOT NULL),
    CONSTRAINT consent_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
    CONSTRAINT consent_pkey PRIMARY KEY (id)
);
CREATE TABLE data_view (
    id text NOT NULL,
    person_id text,
    account_id text,
    contact_id text,
    role text NOT NULL,
    reason text NOT NULL,
    viewed_at bigint NOT NULL,
    viewed_by text NOT NULL,
    CONSTRAINT data_view_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
    CONSTRAINT data_view_pkey PRIMARY KEY (id)
);
CREATE TABLE deadline_moved (
    id text NOT NULL,
    case_id text NOT NULL,
    step text NOT NULL,
    round bigint NOT NULL,
    holder_id text NOT NULL,
    moved_from bigint NOT NULL,
    moved_to bigint NOT NULL,
    cause text NOT NULL,
    moved_at bigint NOT NULL,
    CONSTRAINT deadline_moved_case_id_fkey FOREIGN KEY (case_id) REFERENCES record(id),
    CONSTRAINT deadline_moved_holder_id_fkey FOREIGN KEY (holder_id) REFERENCES org_unit(id),
    CONSTRAINT deadline_moved_pkey PRIMARY KEY (id)
);
CREATE TABLE deletion_item (
    item text NOT NULL,
    proof_id text NOT NULL,
    CONSTRAINT deletion_item_pkey PRIMARY KEY (item, proof_id),
    CONSTRAINT deletion_item_proof_id_fkey FOREIGN KEY (proof_id) REFERENCES deletion_proof(id)
);
CREATE TABLE deletion_proof (
    id text NOT NULL,
    entry text NOT NULL,
    deleted_on text NOT NULL,
    row_count bigint NOT NULL,
    digest text NOT NULL,
    audit_seq bigint NOT NULL,
    CONSTRAINT deletion_proof_pkey PRIMARY KEY (id),
    CONSTRAINT deletion_proof_row_count_check CHECK (row_count > 0)
);
CREATE TABLE delivery (
    id text NOT NULL,
    event_key text NOT NULL,
    event text NOT NULL,
    channel text NOT NULL,
    destination text NOT NULL,
    account_id text,
    body text NOT NULL,
    state text NOT NULL,
    tries bigint NOT NULL,
    next_at bigint NOT NULL,
    made_at bigint NOT NULL,
    over_at bigint,
    fault text,
    CONSTRAINT delivery_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT delivery_channel_check CHECK (channel = ANY (ARRAY['mail'::text, 'webhook'::text])),
    CONSTRAINT delivery_event_key_destination_key UNIQUE (event_key, destination),
    CONSTRAINT delivery_pkey PRIMARY KEY (id),
    CONSTRAINT delivery_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'dead'::text, 'dropped'::text])),
    CONSTRAINT delivery_tries_check CHECK (tries >= 0)
);
CREATE TABLE demonstration (
    id bigint NOT NULL,
    mark text NOT NULL,
    CONSTRAINT demonstration_id_check CHECK (id = 1),
    CONSTRAINT demonstration_pkey PRIMARY KEY (id)
);
CREATE TABLE desk_table (
    id text NOT NULL,
    unit_id text NOT NULL,
    title text NOT NULL,
    issuer text NOT NULL,
    document text,
    basis text,
    on_list bigint NOT NULL,
    rhythm text NOT NULL,
    only_period text,
    due_days bigint NOT NULL,
    last_on text,
    state text NOT NULL,
    is_own bigint NOT NULL,
    sheet text,
    first_row bigint,
    last_row bigint,
    unit_column bigint,
    declined_for text,
    made_by text NOT NULL,
    made_at bigint NOT NULL,
    CONSTRAINT desk_table_check CHECK (last_row >= first_row),
    CONSTRAINT desk_table_check1 CHECK ((declined_for IS NOT NULL) = (state = 'declined'::text)),
    CONSTRAINT desk_table_due_days_check CHECK (due_days >= 0),
    CONSTRAINT desk_table_is_own_check CHECK (is_own = ANY (ARRAY[0::bigint, 1::bigint])),
    CONSTRAINT desk_table_on_list_check CHECK (on_list = ANY (ARRAY[0::bigint, 1::bigint])),
    CONSTRAINT desk_table_pkey PRIMARY KEY (id),
    CONSTRAINT desk_table_rhythm_check CHECK (rhythm = ANY (ARRAY['month'::text, 'quarter'::text, 'half'::text, 'year'::text, 'once'::text])),
    CONSTRAINT desk_table_state_check CHECK (state = ANY (ARRAY['marking'::text, 'filling'::text, 'declined'::text])),
    CONSTRAINT desk_table_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE desk_table_cell (
    table_id text NOT NULL,
    period text NOT NULL,
    row_number bigint NOT NULL,
    column_number bigint NOT NULL,
    value text NOT NULL,
    against text,
    reason text,
    written_by text NOT NULL,
    written_at bigint NOT NULL,
    CONSTRAINT desk_table_cell_check CHECK ((against IS NULL) = (reason IS NULL)),
    CONSTRAINT desk_table_cell_pkey PRIMARY KEY (table_id, period, row_number, column_number),
    CONSTRAINT desk_table_cell_table_id_fkey FOREIGN KEY (table_id) REFERENCES desk_table(id)
);
CREATE TABLE desk_table_column (
    table_id text NOT NULL,
    column_number bigint NOT NULL,
    heading text NOT NULL,
    source text NOT NULL,
    name text,
    term text,
    CONSTRAINT desk_table_column_column_number_check CHECK (column_number > 0),
    CONSTRAINT desk_table_column_pkey PRIMARY KEY (table_id, column_number),
    CONSTRAINT desk_table_column_source_check CHECK (source = ANY (ARRAY['figure'::text, 'list'::text, 'unit'::text, 'constant'::text, 'hand'::text])),
    CONSTRAINT desk_table_column_table_id_fkey FOREIGN KEY (table_id) REFERENCES desk_table(id)
);
CREATE TABLE desk_table_file (
    table_id text NOT NULL,
    version bigint NOT NULL,
    digest text NOT NULL,
    name text NOT NULL,
    content text NOT NULL,
    shape text NOT NULL,
    brought_by text NOT NULL,
    brought_at bigint NOT NULL,
    CONSTRAINT desk_table_file_pkey PRIMARY KEY (table_id, version),
    CONSTRAINT desk_table_file_table_id_fkey FOREIGN KEY (table_id) REFERENCES desk_table(id),
    CONSTRAINT desk_table_file_version_check CHECK (version > 0)
);
CREATE TABLE desk_table_filling (
    table_id text NOT NULL,
    period text NOT NULL,
    ends_on text NOT NULL,
    cells text NOT NULL,
    position bigint NOT NULL,
    confirmed_by text NOT NULL,
    confirmed_at bigint NOT NULL,
    CONSTRAINT desk_table_filling_pkey PRIMARY KEY (table_id, period),
    CONSTRAINT desk_table_filling_table_id_fkey FOREIGN KEY (table_id) REFERENCES desk_table(id)
);
CREATE TABLE desk_table_row (
    table_id text NOT NULL,
    row_number bigint NOT NULL,
    label text NOT NULL,
    unit_id text,
    CONSTRAINT desk_table_row_pkey PRIMARY KEY (table_id, row_number),
    CONSTRAINT desk_table_row_row_number_check CHECK (row_number > 0),
    CONSTRAINT desk_table_row_table_id_fkey FOREIGN KEY (table_id) REFERENCES desk_table(id),
    CONSTRAINT desk_table_row_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE desk_table_turn (
    table_id text NOT NULL,
    period text NOT NULL,
    unit_id text NOT NULL,
    state text NOT NULL,
    note text,
    turned_by text NOT NULL,
    turned_at bigint NOT NULL,
    CONSTRAINT desk_table_turn_pkey PRIMARY KEY (table_id, period, unit_id),
    CONSTRAINT desk_table_turn_state_check CHECK (state = ANY (ARRAY['sent'::text, 'returned'::text, 'reminded'::text])),
    CONSTRAINT desk_table_turn_table_id_fkey FOREIGN KEY (table_id) REFERENCES desk_table(id),
    CONSTRAINT desk_table_turn_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE disclosure (
    id text NOT NULL,
    number bigint NOT NULL,
    what text NOT NULL,
    recipient text NOT NULL,
    purpose text NOT NULL,
    basis text NOT NULL,
    fields text NOT NULL,
    extent text NOT NULL,
    row_count bigint NOT NULL,
    expires_on text,
    person_id text,
    account_id text,
    contact_id text,
    made_at bigint NOT NULL,
    made_by text NOT NULL,
    digest text NOT NULL,
    CONSTRAINT disclosure_number_key UNIQUE (number),
    CONSTRAINT disclosure_pkey PRIMARY KEY (id),
    CONSTRAINT disclosure_row_count_check CHECK (row_count >= 0)
);
CREATE TABLE due_feed (
    id text NOT NULL,
    account_id text NOT NULL,
    name text NOT NULL,
    language text NOT NULL,
    secret_mark text NOT NULL,
    made_at bigint NOT NULL,
    fetched_on text,
    CONSTRAINT due_feed_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT due_feed_language_check CHECK (language = ANY (ARRAY['zh'::text, 'en'::text])),
    CONSTRAINT due_feed_pkey PRIMARY KEY (id),
    CONSTRAINT due_feed_secret_mark_key UNIQUE (secret_mark)
);
CREATE TABLE due_reminder (
    unit_id text NOT NULL,
    due text NOT NULL,
    period text NOT NULL,
    sent_by text NOT NULL,
    sent_at bigint NOT NULL,
    CONSTRAINT due_reminder_pkey PRIMARY KEY (unit_id, due, period),
    CONSTRAINT due_reminder_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE entry_choice (
    account_id text NOT NULL,
    kind text NOT NULL,
    unit_id text NOT NULL,
    said json NOT NULL,
    used_at bigint NOT NULL,
    CONSTRAINT entry_choice_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT entry_choice_pkey PRIMARY KEY (account_id, kind, unit_id),
    CONSTRAINT entry_choice_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE entry_draft (
    id text NOT NULL,
    account_id text NOT NULL,
    form_key text NOT NULL,
    kind text NOT NULL,
    said json NOT NULL,
    saved_at bigint NOT NULL,
    CONSTRAINT entry_draft_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT entry_draft_account_id_form_key_key UNIQUE (account_id, form_key),
    CONSTRAINT entry_draft_pkey PRIMARY KEY (id)
);
CREATE TABLE entry_pattern (
    id text NOT NULL,
    account_id text NOT NULL,
    kind text NOT NULL,
    said json NOT NULL,
    rhythm text NOT NULL,
    started_on text NOT NULL,
    CONSTRAINT entry_pattern_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT entry_pattern_pkey PRIMARY KEY (id),
    CONSTRAINT entry_pattern_rhythm_check CHECK (rhythm = ANY (ARRAY['weekly'::text, 'monthly'::text, 'quarterly'::text]))
);
CREATE TABLE entry_pattern_day (
    pattern_id text NOT NULL,
    filled_on text NOT NULL,
    CONSTRAINT entry_pattern_day_pattern_id_fkey FOREIGN KEY (pattern_id) REFERENCES entry_pattern(id) ON DELETE CASCADE,
    CONSTRAINT entry_pattern_day_pkey PRIMARY KEY (pattern_id, filled_on)
);
CREATE TABLE entry_waiting (
    id text NOT NULL,
    account_id text NOT NULL,
    kind text NOT NULL,
    unit_id text NOT NULL,
    happened_on text NOT NULL,
    said json NOT NULL,
    corrects text,
    because text,
    asked_at bigint NOT NULL,
    decided_at bigint,
    decided_by text,
    reason text,
    record_id text,
    ends text,
    reverses text,
    CONSTRAINT entry_waiting_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT entry_waiting_check CHECK ((decided_at IS NULL) = (decided_by IS NULL)),
    CONSTRAINT entry_waiting_check1 CHECK (record_id IS NULL OR decided_at IS NOT NULL),
    CONSTRAINT entry_waiting_check2 CHECK (decided_by IS NULL OR decided_by <> account_id),
    CONSTRAINT entry_waiting_check3 CHECK ((corrects IS NULL) = (because IS NULL)),
    CONSTRAINT entry_waiting_check4 CHECK (corrects IS NULL AND ends IS NULL OR corrects IS NULL AND reverses IS NULL OR ends IS NULL AND reverses IS NULL),
    CONSTRAINT entry_waiting_corrects_fkey FOREIGN KEY (corrects) REFERENCES record(id),
    CONSTRAINT entry_waiting_ends_fkey FOREIGN KEY (ends) REFERENCES record(id),
    CONSTRAINT entry_waiting_pkey PRIMARY KEY (id),
    CONSTRAINT entry_waiting_record_id_fkey FOREIGN KEY (record_id) REFERENCES record(id),
    CONSTRAINT entry_waiting_reverses_fkey FOREIGN KEY (reverses) REFERENCES record(id),
    CONSTRAINT entry_waiting_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE entry_waiting_file (
    id text NOT NULL,
    waiting_id text NOT NULL,
    file_name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    file_digest text NOT NULL,
    CONSTRAINT entry_waiting_file_pkey PRIMARY KEY (id),
    CONSTRAINT entry_waiting_file_waiting_id_fkey FOREIGN KEY (waiting_id) REFERENCES entry_waiting(id) ON DELETE CASCADE
);
CREATE TABLE erasure (
    id text NOT NULL,
    request_id text,
    persons text NOT NULL,
    records text NOT NULL,
    evidence text NOT NULL,
    erased_at bigint NOT NULL,
    digest text NOT NULL,
    CONSTRAINT erasure_pkey PRIMARY KEY (id)
);
CREATE TABLE escalation (
    case_id text NOT NULL,
    step text NOT NULL,
    round bigint NOT NULL,
    holder_id text NOT NULL,
    threshold bigint NOT NULL,
    unit_id text NOT NULL,
    told bigint NOT NULL,
    told_at bigint NOT NULL,
    CONSTRAINT escalation_case_id_fkey FOREIGN KEY (case_id) REFERENCES record(id),
    CONSTRAINT escalation_holder_id_fkey FOREIGN KEY (holder_id) REFERENCES org_unit(id),
    CONSTRAINT escalation_pkey PRIMARY KEY (case_id, step, round, holder_id, threshold),
    CONSTRAINT escalation_threshold_check CHECK (threshold > 0),
    CONSTRAINT escalation_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE evidence (
    id text NOT NULL,
    record_id text NOT NULL,
    file_name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    file_digest text NOT NULL,
    added_at bigint NOT NULL,
    added_by text NOT NULL,
    name_mark text,
    CONSTRAINT evidence_pkey PRIMARY KEY (id),
    CONSTRAINT evidence_record_id_fkey FOREIGN KEY (record_id) REFERENCES record(id)
);
CREATE TABLE hand_over (
    id text NOT NULL,
    giver_id text NOT NULL,
    taker_id text NOT NULL,
    made_at bigint NOT NULL,
    state text NOT NULL,
    answered_at bigint,
    list text NOT NULL,
    note text,
    CONSTRAINT hand_over_check CHECK (taker_id <> giver_id),
    CONSTRAINT hand_over_check1 CHECK ((state = 'open'::text) = (answered_at IS NULL)),
    CONSTRAINT hand_over_giver_id_fkey FOREIGN KEY (giver_id) REFERENCES account(id),
    CONSTRAINT hand_over_pkey PRIMARY KEY (id),
    CONSTRAINT hand_over_state_check CHECK (state = ANY (ARRAY['open'::text, 'signed'::text, 'returned'::text])),
    CONSTRAINT hand_over_taker_id_fkey FOREIGN KEY (taker_id) REFERENCES account(id)
);
CREATE TABLE import (
    id text NOT NULL,
    what text NOT NULL,
    kind text,
    file_name text NOT NULL,
    file_digest text NOT NULL,
    row_count bigint NOT NULL,
    started_at bigint NOT NULL,
    started_by text NOT NULL,
    base bigint,
    published_at bigint,
    reversed bigint,
    reversed_at bigint,
    digest text,
    CONSTRAINT import_check CHECK ((base IS NULL) = (published_at IS NULL)),
    CONSTRAINT import_check1 CHECK (reversed IS NULL OR base IS NOT NULL),
    CONSTRAINT import_pkey PRIMARY KEY (id)
);
CREATE TABLE job (
    kind text NOT NULL,
    subject text NOT NULL,
    state text NOT NULL,
    again bigint NOT NULL,
    done bigint NOT NULL,
    total bigint NOT NULL,
    tries bigint NOT NULL,
    asked_at bigint NOT NULL,
    next_at bigint NOT NULL,
    started_at bigint,
    finished_at bigint,
    fault text,
    runner text,
    beat_at bigint,
    CONSTRAINT job_again_check CHECK (again = ANY (ARRAY[0::bigint, 1::bigint])),
    CONSTRAINT job_done_check CHECK (done >= 0),
    CONSTRAINT job_pkey PRIMARY KEY (kind, subject),
    CONSTRAINT job_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text])),
    CONSTRAINT job_total_check CHECK (total >= 0),
    CONSTRAINT job_tries_check CHECK (tries >= 0)
);
CREATE TABLE ledger_head (
    id bigint NOT NULL,
    position bigint NOT NULL,
    seq bigint NOT NULL,
    hash text NOT NULL,
    shown bigint NOT NULL DEFAULT 0,
    clock_behind bigint NOT NULL DEFAULT 0,
    turned bigint NOT NULL DEFAULT 0,
    CONSTRAINT ledger_head_id_check CHECK (id = 1),
    CONSTRAINT ledger_head_pkey PRIMARY KEY (id),
    CONSTRAINT ledger_head_position_check CHECK ("position" >= 0),
    CONSTRAINT ledger_head_seq_check CHECK (seq >= 0)
);
CREATE TABLE lineage (
    id text NOT NULL,
    reorganization_id text NOT NULL,
    predecessor_id text NOT NULL,
    successor_id text NOT NULL,
    basis text NOT NULL,
    position bigint NOT NULL,
    digest text NOT NULL,
    CONSTRAINT lineage_basis_check CHECK (basis = ANY (ARRAY['whole'::text, 'record_by_record'::text, 'not_comparable'::text])),
    CONSTRAINT lineage_pkey PRIMARY KEY (id),
    CONSTRAINT lineage_position_key UNIQUE ("position"),
    CONSTRAINT lineage_predecessor_id_fkey FOREIGN KEY (predecessor_id) REFERENCES org_unit(id),
    CONSTRAINT lineage_reorganization_id_fkey FOREIGN KEY (reorganization_id) REFERENCES reorganization(id),
    CONSTRAINT lineage_successor_id_fkey FOREIGN KEY (successor_id) REFERENCES org_unit(id)
);
CREATE TABLE mail_address (
    account_id text NOT NULL,
    address text NOT NULL,
    address_mark text NOT NULL,
    code_mark text,
    code_ends_at bigint,
    wrong_codes bigint NOT NULL,
    asked_at bigint NOT NULL,
    verified_at bigint,
    CONSTRAINT mail_address_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT mail_address_pkey PRIMARY KEY (account_id),
    CONSTRAINT mail_address_wrong_codes_check CHECK (wrong_codes >= 0)
);
CREATE TABLE message (
    id text NOT NULL,
    account_id text NOT NULL,
    event text NOT NULL,
    address text NOT NULL,
    sent_at bigint NOT NULL,
    seen_at bigint,
    CONSTRAINT message_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT message_pkey PRIMARY KEY (id)
);
CREATE TABLE message_relay (
    message_id text NOT NULL,
    for_digest bigint NOT NULL,
    relayed_at bigint NOT NULL,
    CONSTRAINT message_relay_for_digest_check CHECK (for_digest = ANY (ARRAY[0::bigint, 1::bigint])),
    CONSTRAINT message_relay_pkey PRIMARY KEY (message_id)
);
CREATE TABLE message_way (
    account_id text NOT NULL,
    topic text NOT NULL,
    way text NOT NULL,
    CONSTRAINT message_way_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT message_way_pkey PRIMARY KEY (account_id, topic),
    CONSTRAINT message_way_way_check CHECK (way = ANY (ARRAY['each'::text, 'daily'::text, 'page'::text]))
);
CREATE TABLE obligation (
    case_id text NOT NULL,
    step text NOT NULL,
    round bigint NOT NULL,
    holder_id text NOT NULL,
    role text NOT NULL,
    since bigint NOT NULL,
    earliest bigint,
    latest bigint NOT NULL,
    paused text,
    CONSTRAINT obligation_case_id_fkey FOREIGN KEY (case_id) REFERENCES record(id),
    CONSTRAINT obligation_holder_id_fkey FOREIGN KEY (holder_id) REFERENCES org_unit(id),
    CONSTRAINT obligation_pkey PRIMARY KEY (case_id, step, round, holder_id)
);
CREATE TABLE openid_attempt (
    key_digest text NOT NULL,
    account_id text,
    next_address text,
    ends_at bigint NOT NULL,
    CONSTRAINT openid_attempt_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT openid_attempt_pkey PRIMARY KEY (key_digest)
);
CREATE TABLE org_link (
    id text NOT NULL,
    child_id text NOT NULL,
    parent_id text NOT NULL,
    axis text NOT NULL,
    valid_from text NOT NULL,
    valid_to text,
    supersedes text,
    position bigint NOT NULL,
    digest text NOT NULL,
    CONSTRAINT org_link_axis_check CHECK (axis = ANY (ARRAY['territory'::text, 'party'::text, 'line'::text])),
    CONSTRAINT org_link_check CHECK (valid_to IS NULL OR valid_from < valid_to),
    CONSTRAINT org_link_check1 CHECK (child_id <> parent_id),
    CONSTRAINT org_link_child_id_fkey FOREIGN KEY (child_id) REFERENCES org_unit(id),
    CONSTRAINT org_link_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES org_unit(id),
    CONSTRAINT org_link_pkey PRIMARY KEY (id),
    CONSTRAINT org_link_position_key UNIQUE ("position"),
    CONSTRAINT org_link_supersedes_fkey FOREIGN KEY (supersedes) REFERENCES org_link(id)
);
CREATE TABLE org_unit (
    id text NOT NULL,
    position bigint NOT NULL,
    CONSTRAINT org_unit_pkey PRIMARY KEY (id)
);
CREATE TABLE org_unit_version (
    id text NOT NULL,
    unit_id text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    form text NOT NULL,
    valid_from text NOT NULL,
    valid_to text,
    supersedes text,
    reorganization_id text,
    position bigint NOT NULL,
    digest text NOT NULL,
    CONSTRAINT org_unit_version_check CHECK (valid_to IS NULL OR valid_from < valid_to),
    CONSTRAINT org_unit_version_pkey PRIMARY KEY (id),
    CONSTRAINT org_unit_version_position_key UNIQUE ("position"),
    CONSTRAINT org_unit_version_reorganization_id_fkey FOREIGN KEY (reorganization_id) REFERENCES reorganization(id),
    CONSTRAINT org_unit_version_supersedes_fkey FOREIGN KEY (supersedes) REFERENCES org_unit_version(id),
    CONSTRAINT org_unit_version_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE own_calendar (
    id text NOT NULL,
    year bigint NOT NULL,
    number bigint NOT NULL,
    said text NOT NULL,
    digest text NOT NULL,
    loaded_at bigint NOT NULL,
    loaded_by text NOT NULL,
    CONSTRAINT own_calendar_number_check CHECK (number > 0),
    CONSTRAINT own_calendar_pkey PRIMARY KEY (id),
    CONSTRAINT own_calendar_year_check CHECK (year > 0),
    CONSTRAINT own_calendar_year_number_key UNIQUE (year, number)
);
CREATE TABLE own_kind (
    id text NOT NULL,
    said text NOT NULL,
    state text NOT NULL,
    revision bigint NOT NULL,
    changed_at bigint NOT NULL,
    changed_by text NOT NULL,
    note text,
    CONSTRAINT own_kind_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES account(id),
    CONSTRAINT own_kind_pkey PRIMARY KEY (id),
    CONSTRAINT own_kind_revision_check CHECK (revision > 0),
    CONSTRAINT own_kind_state_check CHECK (state = ANY (ARRAY['draft'::text, 'waiting'::text, 'released'::text]))
);
CREATE TABLE own_kind_version (
    id text NOT NULL,
    kind_id text NOT NULL,
    number bigint NOT NULL,
    said text NOT NULL,
    digest text NOT NULL,
    sent_by text NOT NULL,
    released_at bigint NOT NULL,
    released_by text NOT NULL,
    CONSTRAINT own_kind_version_kind_id_fkey FOREIGN KEY (kind_id) REFERENCES own_kind(id),
    CONSTRAINT own_kind_version_kind_id_number_key UNIQUE (kind_id, number),
    CONSTRAINT own_kind_version_number_check CHECK (number > 0),
    CONSTRAINT own_kind_version_pkey PRIMARY KEY (id),
    CONSTRAINT own_kind_version_released_by_fkey FOREIGN KEY (released_by) REFERENCES account(id),
    CONSTRAINT own_kind_version_sent_by_fkey FOREIGN KEY (sent_by) REFERENCES account(id)
);
CREATE TABLE paper (
    id text NOT NULL,
    report_id text NOT NULL,
    kind text NOT NULL,
    unit_id text NOT NULL,
    sign text NOT NULL,
    year bigint NOT NULL,
    number bigint NOT NULL,
    body text NOT NULL,
    digest text NOT NULL,
    issued_at bigint NOT NULL,
    issued_by text NOT NULL,
    CONSTRAINT paper_kind_check CHECK (kind = ANY (ARRAY['report'::text, 'notice'::text, 'request'::text, 'reply'::text, 'letter'::text, 'minutes'::text, 'form'::text])),
    CONSTRAINT paper_number_check CHECK (number > 0),
    CONSTRAINT paper_pkey PRIMARY KEY (id),
    CONSTRAINT paper_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id),
    CONSTRAINT paper_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id),
    CONSTRAINT paper_unit_id_sign_year_number_key UNIQUE (unit_id, sign, year, number)
);
CREATE TABLE paper_file (
    paper_id text NOT NULL,
    form text NOT NULL,
    content text NOT NULL,
    digest text NOT NULL,
    fonts text NOT NULL,
    made_at bigint NOT NULL,
    CONSTRAINT paper_file_form_check CHECK (form = ANY (ARRAY['docx'::text, 'pdf'::text])),
    CONSTRAINT paper_file_paper_id_fkey FOREIGN KEY (paper_id) REFERENCES paper(id),
    CONSTRAINT paper_file_pkey PRIMARY KEY (paper_id, form)
);
CREATE TABLE paper_sequence (
    unit_id text NOT NULL,
    sign text NOT NULL,
    year bigint NOT NULL,
    newest bigint NOT NULL,
    CONSTRAINT paper_sequence_newest_check CHECK (newest > 0),
    CONSTRAINT paper_sequence_pkey PRIMARY KEY (unit_id, sign, year),
    CONSTRAINT paper_sequence_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE person (
    id text NOT NULL,
    number text,
    name text NOT NULL,
    sort_name text NOT NULL,
    unit_id text NOT NULL,
    import_id text,
    restricted_at bigint,
    erased_at bigint,
    number_mark text,
    mark text,
    CONSTRAINT person_pkey PRIMARY KEY (id),
    CONSTRAINT person_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE person_change (
    id text NOT NULL,
    person_id text NOT NULL,
    changed_on text NOT NULL,
    number text,
    name text NOT NULL,
    sort_name text NOT NULL,
    unit_id text NOT NULL,
    reason text NOT NULL,
    import_id text,
    changed_at bigint NOT NULL,
    changed_by text NOT NULL,
    number_mark text,
    mark text,
    CONSTRAINT person_change_import_id_fkey FOREIGN KEY (import_id) REFERENCES import(id),
    CONSTRAINT person_change_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
    CONSTRAINT person_change_pkey PRIMARY KEY (id),
    CONSTRAINT person_change_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE person_join (
    id text NOT NULL,
    from_person text NOT NULL,
    to_person text NOT NULL,
    joined_on text NOT NULL,
    undoes text,
    position bigint NOT NULL,
    digest text NOT NULL,
    CONSTRAINT person_join_check CHECK (from_person <> to_person),
    CONSTRAINT person_join_from_person_fkey FOREIGN KEY (from_person) REFERENCES person(id),
    CONSTRAINT person_join_pkey PRIMARY KEY (id),
    CONSTRAINT person_join_position_key UNIQUE ("position"),
    CONSTRAINT person_join_to_person_fkey FOREIGN KEY (to_person) REFERENCES person(id),
    CONSTRAINT person_join_undoes_fkey FOREIGN KEY (undoes) REFERENCES person_join(id)
);
CREATE TABLE person_join_reason (
    join_id text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT person_join_reason_join_id_fkey FOREIGN KEY (join_id) REFERENCES person_join(id),
    CONSTRAINT person_join_reason_pkey PRIMARY KEY (join_id)
);
CREATE TABLE person_proposal (
    id text NOT NULL,
    account_id text NOT NULL,
    unit_id text NOT NULL,
    said json NOT NULL,
    asked_at bigint NOT NULL,
    declined_at bigint,
    CONSTRAINT person_proposal_pkey PRIMARY KEY (id),
    CONSTRAINT person_proposal_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE pin (
    report_id text NOT NULL,
    slot text NOT NULL,
    ordinal bigint NOT NULL,
    indicator text NOT NULL,
    indicator_version text NOT NULL,
    unit_id text NOT NULL,
    period text NOT NULL,
    structure text NOT NULL,
    state text NOT NULL,
    numerator bigint NOT NULL,
    denominator bigint NOT NULL,
    is_ratio boolean NOT NULL,
    member_count bigint NOT NULL,
    member_hash text NOT NULL,
    phrase_zh text NOT NULL,
    phrase_en text NOT NULL,
    CONSTRAINT pin_denominator_check CHECK (denominator > 0),
    CONSTRAINT pin_pkey PRIMARY KEY (report_id, slot),
    CONSTRAINT pin_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id),
    CONSTRAINT pin_structure_check CHECK (structure = ANY (ARRAY['then'::text, 'now'::text])),
    CONSTRAINT pin_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE procedure_version (
    id text NOT NULL,
    version text NOT NULL,
    text text NOT NULL,
    position bigint NOT NULL,
    CONSTRAINT procedure_version_pkey PRIMARY KEY (id, version)
);
CREATE TABLE reach (
    unit_id text NOT NULL,
    axis text NOT NULL,
    ancestor_id text NOT NULL,
    form text NOT NULL,
    valid_from text NOT NULL,
    valid_to text,
    position bigint NOT NULL,
    gone bigint
);
CREATE TABLE reading_key (
    id text NOT NULL,
    account_id text NOT NULL,
    name text NOT NULL,
    reach text NOT NULL,
    secret_mark text NOT NULL,
    made_at bigint NOT NULL,
    ends_on text NOT NULL,
    used_on text,
    mark text,
    CONSTRAINT reading_key_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT reading_key_pkey PRIMARY KEY (id),
    CONSTRAINT reading_key_reach_check CHECK (reach = ANY (ARRAY['everybody'::text, 'figures'::text, 'records'::text])),
    CONSTRAINT reading_key_secret_mark_key UNIQUE (secret_mark)
);
CREATE TABLE record (
    id text NOT NULL,
    import_id text,
    ordinal bigint NOT NULL,
    kind text NOT NULL,
    unit_id text NOT NULL,
    place_id text,
    happened_on text NOT NULL,
    until_on text,
    m1 bigint,
    m2 bigint,
    m3 bigint,
    m4 bigint,
    fields json NOT NULL,
    ref text,
    reverses text,
    ends text,
    reason text,
    content text NOT NULL,
    private_digest text,
    recorded_at bigint NOT NULL,
    recorded_by text NOT NULL,
    digest text NOT NULL,
    minute bigint,
    case_id text,
    seq bigint,
    step text,
    due bigint,
    late bigint,
    paused bigint,
    held bigint,
    CONSTRAINT record_case_id_fkey FOREIGN KEY (case_id) REFERENCES record(id),
    CONSTRAINT record_check CHECK (until_on IS NULL OR until_on > happened_on),
    CONSTRAINT record_check1 CHECK (reverses IS NULL OR ends IS NULL),
    CONSTRAINT record_check2 CHECK ((seq IS NULL) = (case_id IS NULL) AND seq >= 0),
    CONSTRAINT record_check3 CHECK (step IS NULL OR case_id IS NOT NULL),
    CONSTRAINT record_check4 CHECK (held IS NULL OR step IS NOT NULL),
    CONSTRAINT record_ends_fkey FOREIGN KEY (ends) REFERENCES record(id),
    CONSTRAINT record_import_id_fkey FOREIGN KEY (import_id) REFERENCES import(id),
    CONSTRAINT record_late_check CHECK (late >= 0),
    CONSTRAINT record_m1_check CHECK (m1 >= 0),
    CONSTRAINT record_m2_check CHECK (m2 >= 0),
    CONSTRAINT record_m3_check CHECK (m3 >= 0),
    CONSTRAINT record_m4_check CHECK (m4 >= 0),
    CONSTRAINT record_minute_check CHECK (minute >= 0 AND minute < 1440),
    CONSTRAINT record_ordinal_check CHECK (ordinal > 0),
    CONSTRAINT record_paused_check CHECK (paused >= 0),
    CONSTRAINT record_pkey PRIMARY KEY (id),
    CONSTRAINT record_place_id_fkey FOREIGN KEY (place_id) REFERENCES org_unit(id),
    CONSTRAINT record_reverses_fkey FOREIGN KEY (reverses) REFERENCES record(id),
    CONSTRAINT record_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE record_pair (
    pair bigint NOT NULL,
    happened_on text NOT NULL,
    record_id text NOT NULL,
    CONSTRAINT record_pair_pkey PRIMARY KEY (pair, happened_on, record_id)
);
CREATE TABLE record_pair_kind (
    kind text NOT NULL,
    fields text NOT NULL,
    CONSTRAINT record_pair_kind_pkey PRIMARY KEY (kind)
);
CREATE TABLE record_person (
    record_id text NOT NULL,
    role text NOT NULL,
    person_id text NOT NULL,
    CONSTRAINT record_person_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
    CONSTRAINT record_person_pkey PRIMARY KEY (record_id, role, person_id),
    CONSTRAINT record_person_record_id_fkey FOREIGN KEY (record_id) REFERENCES record(id)
);
CREATE TABLE record_private (
    record_id text NOT NULL,
    salt text NOT NULL,
    body text NOT NULL,
    CONSTRAINT record_private_pkey PRIMARY KEY (record_id),
    CONSTRAINT record_private_record_id_fkey FOREIGN KEY (record_id) REFERENCES record(id)
);
CREATE TABLE record_subject (
    record_id text NOT NULL,
    kind text NOT NULL,
    code text NOT NULL,
    CONSTRAINT record_subject_pkey PRIMARY KEY (record_id, kind, code),
    CONSTRAINT record_subject_record_id_fkey FOREIGN KEY (record_id) REFERENCES record(id)
);
CREATE TABLE recovery_code (
    account_id text NOT NULL,
    code_mark text NOT NULL,
    used_at bigint,
    CONSTRAINT recovery_code_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT recovery_code_pkey PRIMARY KEY (account_id, code_mark)
);
CREATE TABLE released_picture (
    id text NOT NULL,
    evidence_id text NOT NULL,
    thumbnail text NOT NULL,
    released_at bigint NOT NULL,
    released_by text NOT NULL,
    withdrawn_at bigint,
    withdrawn_by text,
    CONSTRAINT released_picture_check CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)),
    CONSTRAINT released_picture_evidence_id_fkey FOREIGN KEY (evidence_id) REFERENCES evidence(id),
    CONSTRAINT released_picture_pkey PRIMARY KEY (id)
);
CREATE TABLE reorganization (
    id text NOT NULL,
    code text NOT NULL,
    title text NOT NULL,
    document text NOT NULL,
    effective_on text NOT NULL,
    position bigint NOT NULL,
    digest text NOT NULL,
    CONSTRAINT reorganization_pkey PRIMARY KEY (id),
    CONSTRAINT reorganization_position_key UNIQUE ("position")
);
CREATE TABLE report (
    id text NOT NULL,
    template text NOT NULL,
    template_version text NOT NULL,
    body text NOT NULL,
    unit_id text NOT NULL,
    period text NOT NULL,
    position bigint NOT NULL,
    chain_hash text NOT NULL,
    issued_at bigint NOT NULL,
    issued_by text NOT NULL,
    CONSTRAINT report_pkey PRIMARY KEY (id),
    CONSTRAINT report_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE report_comment (
    id text NOT NULL,
    writing_id text NOT NULL,
    section bigint NOT NULL,
    version bigint NOT NULL,
    text text NOT NULL,
    answers text,
    written_by text NOT NULL,
    written_at bigint NOT NULL,
    settled_by text,
    settled_at bigint,
    CONSTRAINT report_comment_answers_fkey FOREIGN KEY (answers) REFERENCES report_comment(id),
    CONSTRAINT report_comment_check CHECK ((settled_by IS NULL) = (settled_at IS NULL)),
    CONSTRAINT report_comment_pkey PRIMARY KEY (id),
    CONSTRAINT report_comment_writing_id_fkey FOREIGN KEY (writing_id) REFERENCES report_writing(id)
);
CREATE TABLE report_withdrawal (
    report_id text NOT NULL,
    why text NOT NULL,
    withdrawn_at bigint NOT NULL,
    withdrawn_by text NOT NULL,
    CONSTRAINT report_withdrawal_pkey PRIMARY KEY (report_id),
    CONSTRAINT report_withdrawal_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id)
);
CREATE TABLE report_writing (
    id text NOT NULL,
    unit_id text NOT NULL,
    period text NOT NULL,
    origin text NOT NULL,
    newest bigint NOT NULL,
    case_id text,
    report_id text,
    made_by text NOT NULL,
    made_at bigint NOT NULL,
    CONSTRAINT report_writing_case_id_fkey FOREIGN KEY (case_id) REFERENCES record(id),
    CONSTRAINT report_writing_newest_check CHECK (newest > 0),
    CONSTRAINT report_writing_pkey PRIMARY KEY (id),
    CONSTRAINT report_writing_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id),
    CONSTRAINT report_writing_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE report_writing_version (
    writing_id text NOT NULL,
    version bigint NOT NULL,
    body text NOT NULL,
    why text NOT NULL,
    position bigint NOT NULL,
    written_by text NOT NULL,
    written_at bigint NOT NULL,
    CONSTRAINT report_writing_version_pkey PRIMARY KEY (writing_id, version),
    CONSTRAINT report_writing_version_version_check CHECK (version > 0),
    CONSTRAINT report_writing_version_writing_id_fkey FOREIGN KEY (writing_id) REFERENCES report_writing(id)
);
CREATE TABLE request (
    case_id text NOT NULL,
    service text NOT NULL,
    channel text NOT NULL,
    place_id text NOT NULL,
    home_id text NOT NULL,
    filed_at bigint NOT NULL,
    form_mark text NOT NULL,
    secret_mark text NOT NULL,
    contact_mark text,
    CONSTRAINT request_case_id_fkey FOREIGN KEY (case_id) REFERENCES record(id),
    CONSTRAINT request_form_mark_key UNIQUE (form_mark),
    CONSTRAINT request_home_id_fkey FOREIGN KEY (home_id) REFERENCES org_unit(id),
    CONSTRAINT request_pkey PRIMARY KEY (case_id),
    CONSTRAINT request_place_id_fkey FOREIGN KEY (place_id) REFERENCES org_unit(id)
);
CREATE TABLE retention_confirmation (
    id text NOT NULL,
    position bigint NOT NULL,
    row_count bigint NOT NULL,
    confirmed_at bigint NOT NULL,
    confirmed_by text NOT NULL,
    CONSTRAINT retention_confirmation_pkey PRIMARY KEY (id),
    CONSTRAINT retention_confirmation_position_check CHECK ("position" >= 0),
    CONSTRAINT retention_confirmation_row_count_check CHECK (row_count >= 0)
);
CREATE TABLE retention_run (
    id text NOT NULL,
    started_at bigint NOT NULL,
    finished_at bigint NOT NULL,
    row_count bigint NOT NULL,
    settled bigint,
    waiting bigint NOT NULL DEFAULT 0,
    CONSTRAINT retention_run_pkey PRIMARY KEY (id)
);
CREATE TABLE rights_request (
    id text NOT NULL,
    kind text NOT NULL,
    words text NOT NULL,
    person_id text,
    account_id text,
    contact_id text,
    record_id text,
    unit_id text NOT NULL,
    channel text NOT NULL,
    asked_at bigint NOT NULL,
    due_on text NOT NULL,
    state text NOT NULL,
    reason_code text,
    reason text,
    changed_at bigint NOT NULL,
    changed_by text NOT NULL,
    due_was text,
    CONSTRAINT rights_request_channel_check CHECK (channel = ANY (ARRAY['self'::text, 'window'::text, 'phone'::text, 'paper'::text])),
    CONSTRAINT rights_request_check CHECK (person_id IS NOT NULL OR account_id IS NOT NULL OR contact_id IS NOT NULL),
    CONSTRAINT rights_request_check1 CHECK (state <> 'refused'::text OR reason_code IS NOT NULL AND reason IS NOT NULL),
    CONSTRAINT rights_request_kind_check CHECK (kind = ANY (ARRAY['copy'::text, 'correct'::text, 'restrict'::text, 'erase'::text, 'object'::text])),
    CONSTRAINT rights_request_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
    CONSTRAINT rights_request_pkey PRIMARY KEY (id),
    CONSTRAINT rights_request_record_id_fkey FOREIGN KEY (record_id) REFERENCES record(id),
    CONSTRAINT rights_request_state_check CHECK (state = ANY (ARRAY['received'::text, 'in_work'::text, 'done'::text, 'refused'::text])),
    CONSTRAINT rights_request_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE rights_step (
    id text NOT NULL,
    request_id text NOT NULL,
    state text NOT NULL,
    reason_code text,
    reason text,
    taken_at bigint NOT NULL,
    taken_by text NOT NULL,
    CONSTRAINT rights_step_pkey PRIMARY KEY (id),
    CONSTRAINT rights_step_request_id_fkey FOREIGN KEY (request_id) REFERENCES rights_request(id)
);
CREATE TABLE role_grant (
    id text NOT NULL,
    account_id text NOT NULL,
    holds_office bigint NOT NULL DEFAULT 0,
    role text NOT NULL,
    unit_id text NOT NULL,
    from_on text NOT NULL,
    until_on text,
    granted_at bigint NOT NULL,
    granted_by text NOT NULL,
    ended_at bigint,
    ended_by text,
    mark text,
    CONSTRAINT role_grant_account_id_holds_office_fkey FOREIGN KEY (account_id, holds_office) REFERENCES account(id, holds_office),
    CONSTRAINT role_grant_check CHECK (until_on IS NULL OR from_on < until_on),
    CONSTRAINT role_grant_check1 CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
    CONSTRAINT role_grant_holds_office_check CHECK (holds_office = 0),
    CONSTRAINT role_grant_pkey PRIMARY KEY (id),
    CONSTRAINT role_grant_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE saved_view (
    id text NOT NULL,
    account_id text NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    place text NOT NULL,
    made_at bigint NOT NULL,
    CONSTRAINT saved_view_account_id_address_key UNIQUE (account_id, address),
    CONSTRAINT saved_view_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT saved_view_pkey PRIMARY KEY (id),
    CONSTRAINT saved_view_place_check CHECK (place = ANY (ARRAY['list'::text, 'desk'::text, 'home'::text]))
);
CREATE TABLE sealed_key (
    id bigint NOT NULL,
    mark text NOT NULL,
    CONSTRAINT sealed_key_id_check CHECK (id = 1),
    CONSTRAINT sealed_key_pkey PRIMARY KEY (id)
);
CREATE TABLE sealed_name (
    id text NOT NULL,
    kind text NOT NULL,
    account_id text NOT NULL,
    holds_office bigint NOT NULL DEFAULT 0,
    from_on text NOT NULL,
    until_on text,
    listed_at bigint NOT NULL,
    listed_by text NOT NULL,
    struck_at bigint,
    struck_by text,
    mark text,
    CONSTRAINT sealed_name_account_id_holds_office_fkey FOREIGN KEY (account_id, holds_office) REFERENCES account(id, holds_office),
    CONSTRAINT sealed_name_check CHECK (until_on IS NULL OR from_on < until_on),
    CONSTRAINT sealed_name_check1 CHECK ((struck_at IS NULL) = (struck_by IS NULL)),
    CONSTRAINT sealed_name_holds_office_check CHECK (holds_office = 0),
    CONSTRAINT sealed_name_pkey PRIMARY KEY (id)
);
CREATE TABLE sealed_view (
    id text NOT NULL,
    record_id text NOT NULL,
    account_id text NOT NULL,
    reason text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT sealed_view_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT sealed_view_pkey PRIMARY KEY (id)
);
CREATE TABLE session (
    id_digest text NOT NULL,
    account_id text NOT NULL,
    opened_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    ends_at bigint NOT NULL,
    device text NOT NULL,
    mark text,
    CONSTRAINT session_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT session_pkey PRIMARY KEY (id_digest)
);
CREATE TABLE sign_in_failure (
    mark text NOT NULL,
    failures bigint NOT NULL,
    last_at bigint NOT NULL,
    blocked_until bigint NOT NULL,
    CONSTRAINT sign_in_failure_pkey PRIMARY KEY (mark)
);
CREATE TABLE storage_migration (
    id text NOT NULL,
    checksum text NOT NULL,
    position bigint NOT NULL,
    CONSTRAINT storage_migration_pkey PRIMARY KEY (id),
    CONSTRAINT storage_migration_position_key UNIQUE ("position")
);
CREATE TABLE submission (
    account_id text NOT NULL,
    form_key text NOT NULL,
    address text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT submission_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT submission_pkey PRIMARY KEY (account_id, form_key)
);
CREATE TABLE unit_outline (
    unit_id text NOT NULL,
    valid_from text NOT NULL,
    rings text NOT NULL,
    CONSTRAINT unit_outline_pkey PRIMARY KEY (unit_id, valid_from),
    CONSTRAINT unit_outline_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE upload (
    id text NOT NULL,
    account_id text NOT NULL,
    kind text NOT NULL,
    file_name text NOT NULL,
    size bigint NOT NULL,
    file_id text NOT NULL,
    state text NOT NULL,
    done bigint NOT NULL,
    row_count bigint NOT NULL,
    wrong_rows bigint NOT NULL,
    known_import text,
    import_id text,
    uploaded_at bigint NOT NULL,
    changed_at bigint NOT NULL,
    CONSTRAINT upload_check CHECK (row_count >= done),
    CONSTRAINT upload_check1 CHECK (wrong_rows <= row_count),
    CONSTRAINT upload_check2 CHECK ((import_id IS NOT NULL) = (state = ANY (ARRAY['published'::text, 'undone'::text]))),
    CONSTRAINT upload_done_check CHECK (done >= 0),
    CONSTRAINT upload_file_id_key UNIQUE (file_id),
    CONSTRAINT upload_import_id_fkey FOREIGN KEY (import_id) REFERENCES import(id),
    CONSTRAINT upload_known_import_fkey FOREIGN KEY (known_import) REFERENCES import(id),
    CONSTRAINT upload_pkey PRIMARY KEY (id),
    CONSTRAINT upload_size_check CHECK (size > 0),
    CONSTRAINT upload_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'judging'::text, 'judged'::text, 'publishing'::text, 'published'::text, 'failed'::text, 'discarded'::text, 'undone'::text]))
);
CREATE TABLE upload_unit (
    upload_id text NOT NULL,
    unit_id text NOT NULL,
    CONSTRAINT upload_unit_pkey PRIMARY KEY (upload_id, unit_id),
    CONSTRAINT upload_unit_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id),
    CONSTRAINT upload_unit_upload_id_fkey FOREIGN KEY (upload_id) REFERENCES upload(id)
);
CREATE TABLE verified_contact (
    id text NOT NULL,
    person_id text,
    record_id text,
    token_digest text NOT NULL,
    purpose text NOT NULL,
    verified_by text NOT NULL,
    issued_by text NOT NULL,
    issued_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint,
    visit_digest text,
    visit_ends_at bigint,
    CONSTRAINT verified_contact_check CHECK ((person_id IS NULL) <> (record_id IS NULL)),
    CONSTRAINT verified_contact_check1 CHECK ((used_at IS NULL) = (visit_digest IS NULL)),
    CONSTRAINT verified_contact_check2 CHECK ((used_at IS NULL) = (visit_ends_at IS NULL)),
    CONSTRAINT verified_contact_check3 CHECK (issued_at < expires_at),
    CONSTRAINT verified_contact_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
    CONSTRAINT verified_contact_pkey PRIMARY KEY (id),
    CONSTRAINT verified_contact_purpose_check CHECK (purpose = 'my_data'::text),
    CONSTRAINT verified_contact_record_id_fkey FOREIGN KEY (record_id) REFERENCES record(id),
    CONSTRAINT verified_contact_token_digest_key UNIQUE (token_digest),
    CONSTRAINT verified_contact_verified_by_check CHECK (verified_by = ANY (ARRAY['card_seen'::text, 'known'::text, 'called_back'::text])),
    CONSTRAINT verified_contact_visit_digest_key UNIQUE (visit_digest)
);
CREATE TABLE visit_booking (
    id text NOT NULL,
    number text NOT NULL,
    slot_id text NOT NULL,
    place_number bigint NOT NULL,
    agreement_id text,
    household text,
    said text,
    moves bigint NOT NULL,
    state text NOT NULL,
    confirmed text,
    reason text,
    form_mark text NOT NULL,
    secret_mark text NOT NULL,
    contact_mark text,
    booked_by text NOT NULL,
    booked_at bigint NOT NULL,
    ended_by text,
    ended_at bigint,
    CONSTRAINT visit_booking_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES record(id),
    CONSTRAINT visit_booking_check CHECK ((state = 'booked'::text) = (ended_at IS NULL)),
    CONSTRAINT visit_booking_confirmed_check CHECK (confirmed = ANY (ARRAY['code'::text, 'window'::text, 'telephone'::text])),
    CONSTRAINT visit_booking_form_mark_key UNIQUE (form_mark),
    CONSTRAINT visit_booking_number_key UNIQUE (number),
    CONSTRAINT visit_booking_pkey PRIMARY KEY (id),
    CONSTRAINT visit_booking_place_number_check CHECK (place_number > 0),
    CONSTRAINT visit_booking_slot_id_fkey FOREIGN KEY (slot_id) REFERENCES visit_slot(id),
    CONSTRAINT visit_booking_state_check CHECK (state = ANY (ARRAY['booked'::text, 'kept'::text, 'missed'::text, 'refused'::text, 'cancelled'::text, 'withdrawn'::text]))
);
CREATE TABLE visit_slot (
    id text NOT NULL,
    series_id text NOT NULL,
    unit_id text NOT NULL,
    form text NOT NULL,
    service text,
    purpose text,
    place text NOT NULL,
    place_id text,
    worker_id text NOT NULL,
    day text NOT NULL,
    starts bigint NOT NULL,
    ends bigint NOT NULL,
    capacity bigint NOT NULL,
    off_hours bigint NOT NULL,
    state text NOT NULL,
    offered_by text NOT NULL,
    offered_at bigint NOT NULL,
    CONSTRAINT visit_slot_capacity_check CHECK (capacity > 0),
    CONSTRAINT visit_slot_check CHECK (ends > starts AND ends <= 1440),
    CONSTRAINT visit_slot_off_hours_check CHECK (off_hours = ANY (ARRAY[0::bigint, 1::bigint])),
    CONSTRAINT visit_slot_pkey PRIMARY KEY (id),
    CONSTRAINT visit_slot_place_id_fkey FOREIGN KEY (place_id) REFERENCES org_unit(id),
    CONSTRAINT visit_slot_starts_check CHECK (starts >= 0),
    CONSTRAINT visit_slot_state_check CHECK (state = ANY (ARRAY['offered'::text, 'withdrawn'::text, 'closed'::text])),
    CONSTRAINT visit_slot_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id),
    CONSTRAINT visit_slot_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES account(id)
);
CREATE TABLE visit_time (
    worker_id text NOT NULL,
    day text NOT NULL,
    quarter bigint NOT NULL,
    slot_id text NOT NULL,
    CONSTRAINT visit_time_pkey PRIMARY KEY (worker_id, day, quarter),
    CONSTRAINT visit_time_slot_id_fkey FOREIGN KEY (slot_id) REFERENCES visit_slot(id),
    CONSTRAINT visit_time_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES account(id)
);
CREATE TABLE volunteer_need (
    id text NOT NULL,
    unit_id text NOT NULL,
    title text NOT NULL,
    place text NOT NULL,
    skill text NOT NULL,
    held_on text NOT NULL,
    starts_at bigint NOT NULL,
    minutes bigint NOT NULL,
    hands bigint NOT NULL,
    ended_for text,
    made_by text NOT NULL,
    made_at bigint NOT NULL,
    CONSTRAINT volunteer_need_hands_check CHECK (hands > 0),
    CONSTRAINT volunteer_need_minutes_check CHECK (minutes > 0),
    CONSTRAINT volunteer_need_pkey PRIMARY KEY (id),
    CONSTRAINT volunteer_need_starts_at_check CHECK (starts_at >= 0 AND starts_at <= 1439),
    CONSTRAINT volunteer_need_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE volunteer_offer (
    id text NOT NULL,
    person_id text NOT NULL,
    account_id text,
    contact_id text,
    unit_id text NOT NULL,
    skills text NOT NULL,
    times text NOT NULL,
    record_id text,
    offered_by text NOT NULL,
    offered_at bigint NOT NULL,
    ended_on text,
    CONSTRAINT volunteer_offer_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT volunteer_offer_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
    CONSTRAINT volunteer_offer_pkey PRIMARY KEY (id),
    CONSTRAINT volunteer_offer_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_unit(id)
);
CREATE TABLE volunteer_sign_up (
    need_id text NOT NULL,
    person_id text NOT NULL,
    account_id text,
    contact_id text,
    state text NOT NULL,
    turn bigint NOT NULL,
    changed_at bigint NOT NULL,
    organizer_minutes bigint,
    organizer_by text,
    organizer_at bigint,
    volunteer_minutes bigint,
    volunteer_at bigint,
    record_id text,
    CONSTRAINT volunteer_sign_up_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT volunteer_sign_up_need_id_fkey FOREIGN KEY (need_id) REFERENCES volunteer_need(id),
    CONSTRAINT volunteer_sign_up_organizer_minutes_check CHECK (organizer_minutes > 0),
    CONSTRAINT volunteer_sign_up_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
    CONSTRAINT volunteer_sign_up_pkey PRIMARY KEY (need_id, person_id),
    CONSTRAINT volunteer_sign_up_state_check CHECK (state = ANY (ARRAY['invited'::text, 'taken'::text, 'waiting'::text, 'left'::text])),
    CONSTRAINT volunteer_sign_up_volunteer_minutes_check CHECK (volunteer_minutes > 0)
);
CREATE TABLE webhook (
    id text NOT NULL,
    name text NOT NULL,
    url text NOT NULL,
    secret text NOT NULL,
    made_by text NOT NULL,
    made_at bigint NOT NULL,
    CONSTRAINT webhook_pkey PRIMARY KEY (id)
);
CREATE TABLE writing_key (
    id text NOT NULL,
    name text NOT NULL,
    secret_mark text NOT NULL,
    made_at bigint NOT NULL,
    ends_on text NOT NULL,
    mark text,
    CONSTRAINT writing_key_pkey PRIMARY KEY (id),
    CONSTRAINT writing_key_secret_mark_key UNIQUE (secret_mark)
);
CREATE VIEW fact AS
 SELECT r.id,
    r."position",
    r.import_id,
    r.kind,
    r.unit_id,
    r.place_id,
    r.happened_on,
        CASE
            WHEN r.until_on IS NULL THEN ( SELECT min(x.happened_on) AS min
               FROM posted x
              WHERE x.ends = r.id AND NOT (EXISTS ( SELECT 1
                       FROM posted v
                      WHERE v.reverses = x.id)))
            ELSE COALESCE(( SELECT min(x.happened_on) AS min
               FROM posted x
              WHERE x.ends = r.id AND NOT (EXISTS ( SELECT 1
                       FROM posted v
                      WHERE v.reverses = x.id)) AND x.happened_on < r.until_on), r.until_on)
        END AS last_on,
    r.m1,
    r.m2,
    r.m3,
    r.m4,
    r.fields,
    r.ref,
    r.case_id,
    r.step
   FROM posted r
  WHERE r.reverses IS NULL AND r.ends IS NULL AND NOT (EXISTS ( SELECT 1
           FROM posted v
          WHERE v.reverses = r.id));
CREATE VIEW posted AS
 SELECT r.id,
    r.import_id,
    r.ordinal,
    r.kind,
    r.unit_id,
    r.place_id,
    r.happened_on,
    r.until_on,
    r.m1,
    r.m2,
    r.m3,
    r.m4,
    r.fields,
    r.ref,
    r.reverses,
    r.ends,
    r.reason,
    r.content,
    r.private_digest,
    r.recorded_at,
    r.recorded_by,
    r.digest,
    r.minute,
    r.case_id,
    r.seq,
    r.step,
    r.due,
    r.late,
    r.paused,
    r.held,
    COALESCE(i.base, 0::bigint) + r.ordinal AS "position"
   FROM record r
     LEFT JOIN import i ON i.id = r.import_id
  WHERE r.import_id IS NULL OR i.base IS NOT NULL AND i.reversed IS NULL;
CREATE INDEX access_key_account ON access_key USING btree (account_id);
CREATE UNIQUE INDEX account_office_person ON account USING btree (person_id) WHERE ((office IS NOT NULL) AND (person_id IS NOT NULL));
CREATE INDEX account_person ON account USING btree (person_id) WHERE (person_id IS NOT NULL);
CREATE INDEX audit_actor ON audit USING btree (actor, seq);
CREATE INDEX audit_subject ON audit USING btree (subject);
CREATE INDEX case_state_board ON case_state USING btree (owner_id, procedure, kind, stage, opened_at, unit_id, closed_at) WHERE (closed_at IS NULL);
CREATE INDEX case_state_closed ON case_state USING btree (unit_id, closed_at, case_id) WHERE (closed_at IS NOT NULL);
CREATE UNIQUE INDEX case_state_number ON case_state USING btree (number);
CREATE INDEX case_state_open ON case_state USING btree (owner_id, stage, opened_at, case_id, closed_at) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX case_state_single ON case_state USING btree (kind, about) WHERE ((closed_at IS NULL) AND (is_single = 1));
CREATE INDEX consent_account ON consent USING btree (account_id) WHERE (account_id IS NOT NULL);
CREATE INDEX consent_person ON consent USING btree (person_id) WHERE (person_id IS NOT NULL);
CREATE INDEX data_view_person ON data_view USING btree (person_id, id);
CREATE INDEX deadline_moved_case ON deadline_moved USING btree (case_id);
CREATE INDEX deletion_item_proof ON deletion_item USING btree (proof_id);
CREATE INDEX deletion_proof_day ON deletion_proof USING btree (deleted_on, id);
CREATE INDEX delivery_account ON delivery USING btree (account_id);
CREATE INDEX delivery_dead ON delivery USING btree (id) WHERE (state = 'dead'::text);
CREATE INDEX delivery_destination ON delivery USING btree (destination, made_at);
CREATE INDEX delivery_made ON delivery USING btree (made_at);
CREATE INDEX delivery_next ON delivery USING btree (next_at) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]));
CREATE INDEX desk_table_row_unit ON desk_table_row USING btree (unit_id, table_id);
CREATE INDEX desk_table_unit ON desk_table USING btree (unit_id, id);
CREATE INDEX due_feed_account ON due_feed USING btree (account_id);
CREATE INDEX due_reminder_sent ON due_reminder USING btree (sent_at);
CREATE INDEX entry_draft_saved ON entry_draft USING btree (saved_at);
CREATE INDEX entry_pattern_account ON entry_pattern USING btree (account_id);
CREATE INDEX entry_waiting_account ON entry_waiting USING btree (account_id);
CREATE INDEX entry_waiting_file_waiting ON entry_waiting_file USING btree (waiting_id);
CREATE INDEX entry_waiting_kind ON entry_waiting USING btree (kind, unit_id) WHERE (decided_at IS NULL);
CREATE INDEX evidence_record ON evidence USING btree (record_id);
CREATE INDEX hand_over_giver ON hand_over USING btree (giver_id, id);
CREATE INDEX hand_over_taker ON hand_over USING btree (taker_id, id);
CREATE UNIQUE INDEX hand_over_waits ON hand_over USING btree (giver_id, taker_id) WHERE (state = 'open'::text);
CREATE INDEX import_file ON import USING btree (file_digest);
CREATE INDEX job_next ON job USING btree (next_at) WHERE (state = 'waiting'::text);
CREATE INDEX lineage_predecessor ON lineage USING btree (predecessor_id);
CREATE INDEX lineage_successor ON lineage USING btree (successor_id);
CREATE INDEX message_account ON message USING btree (account_id, id);
CREATE INDEX message_relay_at ON message_relay USING btree (relayed_at);
CREATE INDEX message_relay_digest ON message_relay USING btree (message_id) WHERE (for_digest = 1);
CREATE INDEX obligation_due ON obligation USING btree (latest, case_id, holder_id, step);
CREATE INDEX obligation_holder ON obligation USING btree (holder_id, role, latest, case_id);
CREATE INDEX openid_attempt_ends ON openid_attempt USING btree (ends_at);
CREATE INDEX org_link_child ON org_link USING btree (child_id);
CREATE INDEX org_link_parent ON org_link USING btree (parent_id);
CREATE INDEX org_link_supersedes ON org_link USING btree (supersedes);
CREATE INDEX org_unit_version_code ON org_unit_version USING btree (code);
CREATE INDEX org_unit_version_supersedes ON org_unit_version USING btree (supersedes);
CREATE INDEX org_unit_version_unit ON org_unit_version USING btree (unit_id);
CREATE INDEX paper_report ON paper USING btree (report_id, id);
CREATE INDEX person_change_import ON person_change USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX person_change_name ON person_change USING btree (sort_name);
CREATE INDEX person_change_number ON person_change USING btree (number) WHERE (number IS NOT NULL);
CREATE INDEX person_change_number_mark ON person_change USING btree (number_mark) WHERE (number_mark IS NOT NULL);
CREATE INDEX person_change_person ON person_change USING btree (person_id, changed_on);
CREATE INDEX person_import ON person USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX person_join_from ON person_join USING btree (from_person);
CREATE INDEX person_join_to ON person_join USING btree (to_person);
CREATE INDEX person_name ON person USING btree (sort_name);
CREATE INDEX person_number ON person USING btree (number) WHERE (number IS NOT NULL);
CREATE INDEX person_number_mark ON person USING btree (number_mark) WHERE (number_mark IS NOT NULL);
CREATE INDEX person_proposal_account ON person_proposal USING btree (account_id);
CREATE INDEX reach_ancestor ON reach USING btree (ancestor_id, axis, unit_id, valid_from, valid_to, "position", gone);
CREATE INDEX reach_unit ON reach USING btree (unit_id, axis, form, ancestor_id, valid_from, valid_to, "position", gone);
CREATE INDEX reading_key_account ON reading_key USING btree (account_id);
CREATE UNIQUE INDEX record_case ON record USING btree (case_id, seq) WHERE (case_id IS NOT NULL);
CREATE INDEX record_content ON record USING btree (content) WHERE (case_id IS NULL);
CREATE INDEX record_day ON record USING btree (happened_on, kind, id);
CREATE INDEX record_ends ON record USING btree (ends) WHERE (ends IS NOT NULL);
CREATE UNIQUE INDEX record_import ON record USING btree (import_id, ordinal);
CREATE INDEX record_kind ON record USING btree (kind, unit_id, happened_on, reverses, id);
CREATE INDEX record_person_person ON record_person USING btree (person_id);
CREATE UNIQUE INDEX record_position ON record USING btree (ordinal) WHERE (import_id IS NULL);
CREATE INDEX record_ref ON record USING btree (kind, ref) WHERE ((ref IS NOT NULL) AND (case_id IS NULL));
CREATE INDEX record_reverses ON record USING btree (reverses) WHERE (reverses IS NOT NULL);
CREATE INDEX record_subject_code ON record_subject USING btree (kind, code);
CREATE INDEX record_writer ON record USING btree (recorded_by, id) WHERE ((import_id IS NULL) AND (case_id IS NULL));
CREATE UNIQUE INDEX released_picture_standing ON released_picture USING btree (evidence_id) WHERE (withdrawn_at IS NULL);
CREATE INDEX report_comment_writing ON report_comment USING btree (writing_id, id);
CREATE INDEX report_period ON report USING btree (period);
CREATE INDEX report_writing_report ON report_writing USING btree (report_id);
CREATE INDEX report_writing_unit ON report_writing USING btree (unit_id, id);
CREATE INDEX request_contact ON request USING btree (contact_mark, filed_at) WHERE (contact_mark IS NOT NULL);
CREATE INDEX request_filed ON request USING btree (filed_at, case_id);
CREATE INDEX request_place ON request USING btree (place_id, filed_at, case_id);
CREATE INDEX rights_request_account ON rights_request USING btree (account_id);
CREATE INDEX rights_request_person ON rights_request USING btree (person_id);
CREATE INDEX rights_request_state ON rights_request USING btree (state, due_on, id);
CREATE INDEX rights_step_request ON rights_step USING btree (request_id, id);
CREATE INDEX role_grant_account ON role_grant USING btree (account_id);
CREATE INDEX saved_view_place ON saved_view USING btree (place, made_at);
CREATE INDEX sealed_name_account ON sealed_name USING btree (account_id);
CREATE INDEX sealed_view_record ON sealed_view USING btree (record_id);
CREATE INDEX session_account ON session USING btree (account_id);
CREATE INDEX submission_at ON submission USING btree (at);
CREATE INDEX upload_account ON upload USING btree (account_id, id);
CREATE UNIQUE INDEX upload_import ON upload USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX upload_state ON upload USING btree (state, changed_at);
CREATE INDEX verified_contact_person ON verified_contact USING btree (person_id);
CREATE INDEX visit_booking_agreement ON visit_booking USING btree (agreement_id) WHERE ((agreement_id IS NOT NULL) AND (state = 'booked'::text));
CREATE INDEX visit_booking_contact ON visit_booking USING btree (contact_mark, booked_at) WHERE (contact_mark IS NOT NULL);
CREATE UNIQUE INDEX visit_booking_place ON visit_booking USING btree (slot_id, place_number) WHERE (state = ANY (ARRAY['booked'::text, 'kept'::text, 'missed'::text, 'refused'::text]));
CREATE INDEX visit_booking_slot ON visit_booking USING btree (slot_id, booked_at);
CREATE INDEX visit_slot_free ON visit_slot USING btree (day, starts, id) WHERE (state = 'offered'::text);
CREATE INDEX visit_slot_series ON visit_slot USING btree (series_id, day);
CREATE INDEX visit_slot_unit ON visit_slot USING btree (unit_id, day, starts, id);
CREATE INDEX visit_slot_worker ON visit_slot USING btree (worker_id, day, starts);
CREATE INDEX visit_time_slot ON visit_time USING btree (slot_id);
CREATE INDEX volunteer_need_day ON volunteer_need USING btree (held_on, id);
CREATE INDEX volunteer_need_unit ON volunteer_need USING btree (unit_id, held_on, id);
CREATE UNIQUE INDEX volunteer_offer_person ON volunteer_offer USING btree (person_id) WHERE (ended_on IS NULL);
CREATE INDEX volunteer_offer_unit ON volunteer_offer USING btree (unit_id, id) WHERE (ended_on IS NULL);
CREATE INDEX volunteer_sign_up_person ON volunteer_sign_up USING btree (person_id, need_id);
CREATE OR REPLACE FUNCTION account_office_given()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    IF NEW.office IS NOT NULL AND NEW.person_id IS NULL AND NEW.is_demonstration = 0 OR EXISTS (SELECT 1 FROM account AS o WHERE o.person_id = NEW.person_id AND o.id <> NEW.id
    AND (o.office IS NOT NULL OR NEW.office IS NOT NULL)) THEN
        RAISE EXCEPTION USING
            ERRCODE = '23000', MESSAGE = 'an office is held by one person, who has no other account', TABLE = 'account';
    END IF;
    RETURN NEW;
END $function$;
CREATE OR REPLACE FUNCTION account_office_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    IF NEW.office IS DISTINCT FROM OLD.office OR NEW.is_demonstration <> OLD.is_demonstration
OR OLD.office IS NOT NULL AND OLD.person_id IS NOT NULL
    AND NEW.person_id IS DISTINCT FROM OLD.person_id
    AND (NEW.person_id IS NOT NULL OR NEW.disabled_at IS NULL)
OR OLD.disabled_at IS NOT NULL AND NEW.disabled_at IS NULL AND NEW.office IS NOT NULL AND NEW.person_id IS NULL AND NEW.is_demonstration = 0
OR NEW.person_id IS DISTINCT FROM OLD.person_id AND EXISTS (SELECT 1 FROM account AS o WHERE o.person_id = NEW.person_id AND o.id <> NEW.id
    AND (o.office IS NOT NULL OR NEW.office IS NOT NULL)) THEN
        RAISE EXCEPTION USING
            ERRCODE = '23000', MESSAGE = 'an office is held by one person, who has no other account', TABLE = 'account';
    END IF;
    RETURN NEW;
END $function$;
CREATE OR REPLACE FUNCTION audit_export_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'audit_export is append-only', TABLE = 'audit_export';
END $function$;
CREATE OR REPLACE FUNCTION audit_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT 1 FROM audit_spent s WHERE s.seq = OLD.seq AND s.hash = OLD.hash) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'audit is append-only', TABLE = 'audit';
END $function$;
CREATE OR REPLACE FUNCTION audit_spent_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'audit_spent is append-only', TABLE = 'audit_spent';
END $function$;
CREATE OR REPLACE FUNCTION consent_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'consent is append-only', TABLE = 'consent';
END $function$;
CREATE OR REPLACE FUNCTION deletion_item_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'deletion_item is append-only', TABLE = 'deletion_item';
END $function$;
CREATE OR REPLACE FUNCTION deletion_proof_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'deletion_proof is append-only', TABLE = 'deletion_proof';
END $function$;
CREATE OR REPLACE FUNCTION disclosure_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'disclosure is append-only', TABLE = 'disclosure';
END $function$;
CREATE OR REPLACE FUNCTION erasure_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'erasure is append-only', TABLE = 'erasure';
END $function$;
CREATE OR REPLACE FUNCTION evidence_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.file_name = '' AND NEW.id = OLD.id AND NEW.record_id = OLD.record_id
AND NEW.media_type = OLD.media_type AND NEW.size = OLD.size
AND NEW.file_digest = OLD.file_digest AND NEW.added_at = OLD.added_at
AND NEW.added_by = OLD.added_by
AND NEW.name_mark IS NOT DISTINCT FROM OLD.name_mark THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'evidence is append-only', TABLE = 'evidence';
END $function$;
CREATE OR REPLACE FUNCTION lineage_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'lineage is append-only', TABLE = 'lineage';
END $function$;
CREATE OR REPLACE FUNCTION org_link_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'org_link is append-only', TABLE = 'org_link';
END $function$;
CREATE OR REPLACE FUNCTION org_unit_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'org_unit is append-only', TABLE = 'org_unit';
END $function$;
CREATE OR REPLACE FUNCTION org_unit_version_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'org_unit_version is append-only', TABLE = 'org_unit_version';
END $function$;
CREATE OR REPLACE FUNCTION own_calendar_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'own_calendar is append-only', TABLE = 'own_calendar';
END $function$;
CREATE OR REPLACE FUNCTION own_kind_version_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'own_kind_version is append-only', TABLE = 'own_kind_version';
END $function$;
CREATE OR REPLACE FUNCTION paper_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'paper is append-only', TABLE = 'paper';
END $function$;
CREATE OR REPLACE FUNCTION person_join_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'person_join is append-only', TABLE = 'person_join';
END $function$;
CREATE OR REPLACE FUNCTION person_join_reason_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.reason = '' AND NEW.join_id = OLD.join_id THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'person_join_reason is append-only', TABLE = 'person_join_reason';
END $function$;
CREATE OR REPLACE FUNCTION pin_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'pin is append-only', TABLE = 'pin';
END $function$;
CREATE OR REPLACE FUNCTION procedure_version_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'procedure_version is append-only', TABLE = 'procedure_version';
END $function$;
CREATE OR REPLACE FUNCTION record_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT 1 FROM import i WHERE i.id = OLD.import_id AND i.base IS NULL) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'record is append-only', TABLE = 'record';
END $function$;
CREATE OR REPLACE FUNCTION record_person_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT 1 FROM record r JOIN import i ON i.id = r.import_id
    WHERE r.id = OLD.record_id AND i.base IS NULL) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'record_person is append-only', TABLE = 'record_person';
END $function$;
CREATE OR REPLACE FUNCTION record_subject_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT 1 FROM record r JOIN import i ON i.id = r.import_id
    WHERE r.id = OLD.record_id AND i.base IS NULL) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'record_subject is append-only', TABLE = 'record_subject';
END $function$;
CREATE OR REPLACE FUNCTION reorganization_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'reorganization is append-only', TABLE = 'reorganization';
END $function$;
CREATE OR REPLACE FUNCTION report_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'report is append-only', TABLE = 'report';
END $function$;
CREATE OR REPLACE FUNCTION report_withdrawal_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'report_withdrawal is append-only', TABLE = 'report_withdrawal';
END $function$;
CREATE OR REPLACE FUNCTION report_writing_version_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'report_writing_version is append-only', TABLE = 'report_writing_version';
END $function$;
CREATE OR REPLACE FUNCTION retention_confirmation_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'retention_confirmation is append-only', TABLE = 'retention_confirmation';
END $function$;
CREATE OR REPLACE FUNCTION sealed_view_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF NOT EXISTS (SELECT 1 FROM audit a WHERE a.subject = OLD.record_id
    AND a.action = 'sealed.viewed' AND a.at = OLD.at) THEN
            RETURN OLD;
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF NEW.reason = '' AND NEW.id = OLD.id AND NEW.record_id = OLD.record_id
AND NEW.account_id = OLD.account_id AND NEW.at = OLD.at THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION USING
        ERRCODE = '23000', MESSAGE = 'sealed_view is append-only', TABLE = 'sealed_view';
END $function$;
CREATE TRIGGER account_office_given BEFORE INSERT ON account FOR EACH ROW EXECUTE FUNCTION account_office_given();
CREATE TRIGGER account_office_kept BEFORE UPDATE ON account FOR EACH ROW EXECUTE FUNCTION account_office_kept();
CREATE TRIGGER audit_refuses_change BEFORE DELETE OR UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_refuses_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_export_refuses_change BEFORE DELETE OR UPDATE ON audit_export FOR EACH ROW EXECUTE FUNCTION audit_export_is_append_only();
CREATE TRIGGER audit_export_refuses_truncate BEFORE TRUNCATE ON audit_export FOR EACH STATEMENT EXECUTE FUNCTION audit_export_is_append_only();
CREATE TRIGGER audit_spent_refuses_change BEFORE DELETE OR UPDATE ON audit_spent FOR EACH ROW EXECUTE FUNCTION audit_spent_is_append_only();
CREATE TRIGGER audit_spent_refuses_truncate BEFORE TRUNCATE ON audit_spent FOR EACH STATEMENT EXECUTE FUNCTION audit_spent_is_append_only();
CREATE TRIGGER consent_refuses_change BEFORE DELETE OR UPDATE ON consent FOR EACH ROW EXECUTE FUNCTION consent_is_append_only();
CREATE TRIGGER consent_refuses_truncate BEFORE TRUNCATE ON consent FOR EACH STATEMENT EXECUTE FUNCTION consent_is_append_only();
CREATE TRIGGER deletion_item_refuses_change BEFORE DELETE OR UPDATE ON deletion_item FOR EACH ROW EXECUTE FUNCTION deletion_item_is_append_only();
CREATE TRIGGER deletion_item_refuses_truncate BEFORE TRUNCATE ON deletion_item FOR EACH STATEMENT EXECUTE FUNCTION deletion_item_is_append_only();
CREATE TRIGGER deletion_proof_refuses_change BEFORE DELETE OR UPDATE ON deletion_proof FOR EACH ROW EXECUTE FUNCTION deletion_proof_is_append_only();
CREATE TRIGGER deletion_proof_refuses_truncate BEFORE TRUNCATE ON deletion_proof FOR EACH STATEMENT EXECUTE FUNCTION deletion_proof_is_append_only();
CREATE TRIGGER disclosure_refuses_change BEFORE DELETE OR UPDATE ON disclosure FOR EACH ROW EXECUTE FUNCTION disclosure_is_append_only();
CREATE TRIGGER disclosure_refuses_truncate BEFORE TRUNCATE ON disclosure FOR EACH STATEMENT EXECUTE FUNCTION disclosure_is_append_only();
CREATE TRIGGER erasure_refuses_change BEFORE DELETE OR UPDATE ON erasure FOR EACH ROW EXECUTE FUNCTION erasure_is_append_only();
CREATE TRIGGER erasure_refuses_truncate BEFORE TRUNCATE ON erasure FOR EACH STATEMENT EXECUTE FUNCTION erasure_is_append_only();
CREATE TRIGGER evidence_refuses_change BEFORE DELETE OR UPDATE ON evidence FOR EACH ROW EXECUTE FUNCTION evidence_is_append_only();
CREATE TRIGGER evidence_refuses_truncate BEFORE TRUNCATE ON evidence FOR EACH STATEMENT EXECUTE FUNCTION evidence_is_append_only();
CREATE TRIGGER lineage_refuses_change BEFORE DELETE OR UPDATE ON lineage FOR EACH ROW EXECUTE FUNCTION lineage_is_append_only();
CREATE TRIGGER lineage_refuses_truncate BEFORE TRUNCATE ON lineage FOR EACH STATEMENT EXECUTE FUNCTION lineage_is_append_only();
CREATE TRIGGER org_link_refuses_change BEFORE DELETE OR UPDATE ON org_link FOR EACH ROW EXECUTE FUNCTION org_link_is_append_only();
CREATE TRIGGER org_link_refuses_truncate BEFORE TRUNCATE ON org_link FOR EACH STATEMENT EXECUTE FUNCTION org_link_is_append_only();
CREATE TRIGGER org_unit_refuses_change BEFORE DELETE OR UPDATE ON org_unit FOR EACH ROW EXECUTE FUNCTION org_unit_is_append_only();
CREATE TRIGGER org_unit_refuses_truncate BEFORE TRUNCATE ON org_unit FOR EACH STATEMENT EXECUTE FUNCTION org_unit_is_append_only();
CREATE TRIGGER org_unit_version_refuses_change BEFORE DELETE OR UPDATE ON org_unit_version FOR EACH ROW EXECUTE FUNCTION org_unit_version_is_append_only();
CREATE TRIGGER org_unit_version_refuses_truncate BEFORE TRUNCATE ON org_unit_version FOR EACH STATEMENT EXECUTE FUNCTION org_unit_version_is_append_only();
CREATE TRIGGER own_calendar_refuses_change BEFORE DELETE OR UPDATE ON own_calendar FOR EACH ROW EXECUTE FUNCTION own_calendar_is_append_only();
CREATE TRIGGER own_calendar_refuses_truncate BEFORE TRUNCATE ON own_calendar FOR EACH STATEMENT EXECUTE FUNCTION own_calendar_is_append_only();
CREATE TRIGGER own_kind_version_refuses_change BEFORE DELETE OR UPDATE ON own_kind_version FOR EACH ROW EXECUTE FUNCTION own_kind_version_is_append_only();
CREATE TRIGGER own_kind_version_refuses_truncate BEFORE TRUNCATE ON own_kind_version FOR EACH STATEMENT EXECUTE FUNCTION own_kind_version_is_append_only();
CREATE TRIGGER paper_refuses_change BEFORE DELETE OR UPDATE ON paper FOR EACH ROW EXECUTE FUNCTION paper_is_append_only();
CREATE TRIGGER paper_refuses_truncate BEFORE TRUNCATE ON paper FOR EACH STATEMENT EXECUTE FUNCTION paper_is_append_only();
CREATE TRIGGER person_join_refuses_change BEFORE DELETE OR UPDATE ON person_join FOR EACH ROW EXECUTE FUNCTION person_join_is_append_only();
CREATE TRIGGER person_join_refuses_truncate BEFORE TRUNCATE ON person_join FOR EACH STATEMENT EXECUTE FUNCTION person_join_is_append_only();
CREATE TRIGGER person_join_reason_refuses_change BEFORE DELETE OR UPDATE ON person_join_reason FOR EACH ROW EXECUTE FUNCTION person_join_reason_is_append_only();
CREATE TRIGGER person_join_reason_refuses_truncate BEFORE TRUNCATE ON person_join_reason FOR EACH STATEMENT EXECUTE FUNCTION person_join_reason_is_append_only();
CREATE TRIGGER pin_refuses_change BEFORE DELETE OR UPDATE ON pin FOR EACH ROW EXECUTE FUNCTION pin_is_append_only();
CREATE TRIGGER pin_refuses_truncate BEFORE TRUNCATE ON pin FOR EACH STATEMENT EXECUTE FUNCTION pin_is_append_only();
CREATE TRIGGER procedure_version_refuses_change BEFORE DELETE OR UPDATE ON procedure_version FOR EACH ROW EXECUTE FUNCTION procedure_version_is_append_only();
CREATE TRIGGER procedure_version_refuses_truncate BEFORE TRUNCATE ON procedure_version FOR EACH STATEMENT EXECUTE FUNCTION procedure_version_is_append_only();
CREATE TRIGGER record_refuses_change BEFORE DELETE OR UPDATE ON record FOR EACH ROW EXECUTE FUNCTION record_is_append_only();
CREATE TRIGGER record_refuses_truncate BEFORE TRUNCATE ON record FOR EACH STATEMENT EXECUTE FUNCTION record_is_append_only();
CREATE TRIGGER record_person_refuses_change BEFORE DELETE OR UPDATE ON record_person FOR EACH ROW EXECUTE FUNCTION record_person_is_append_only();
CREATE TRIGGER record_person_refuses_truncate BEFORE TRUNCATE ON record_person FOR EACH STATEMENT EXECUTE FUNCTION record_person_is_append_only();
CREATE TRIGGER record_subject_refuses_change BEFORE DELETE OR UPDATE ON record_subject FOR EACH ROW EXECUTE FUNCTION record_subject_is_append_only();
CREATE TRIGGER record_subject_refuses_truncate BEFORE TRUNCATE ON record_subject FOR EACH STATEMENT EXECUTE FUNCTION record_subject_is_append_only();
CREATE TRIGGER reorganization_refuses_change BEFORE DELETE OR UPDATE ON reorganization FOR EACH ROW EXECUTE FUNCTION reorganization_is_append_only();
CREATE TRIGGER reorganization_refuses_truncate BEFORE TRUNCATE ON reorganization FOR EACH STATEMENT EXECUTE FUNCTION reorganization_is_append_only();
CREATE TRIGGER report_refuses_change BEFORE DELETE OR UPDATE ON report FOR EACH ROW EXECUTE FUNCTION report_is_append_only();
CREATE TRIGGER report_refuses_truncate BEFORE TRUNCATE ON report FOR EACH STATEMENT EXECUTE FUNCTION report_is_append_only();
CREATE TRIGGER report_withdrawal_refuses_change BEFORE DELETE OR UPDATE ON report_withdrawal FOR EACH ROW EXECUTE FUNCTION report_withdrawal_is_append_only();
CREATE TRIGGER report_withdrawal_refuses_truncate BEFORE TRUNCATE ON report_withdrawal FOR EACH STATEMENT EXECUTE FUNCTION report_withdrawal_is_append_only();
CREATE TRIGGER report_writing_version_refuses_change BEFORE DELETE OR UPDATE ON report_writing_version FOR EACH ROW EXECUTE FUNCTION report_writing_version_is_append_only();
CREATE TRIGGER report_writing_version_refuses_truncate BEFORE TRUNCATE ON report_writing_version FOR EACH STATEMENT EXECUTE FUNCTION report_writing_version_is_append_only();
CREATE TRIGGER retention_confirmation_refuses_change BEFORE DELETE OR UPDATE ON retention_confirmation FOR EACH ROW EXECUTE FUNCTION retention_confirmation_is_append_only();
CREATE TRIGGER retention_confirmation_refuses_truncate BEFORE TRUNCATE ON retention_confirmation FOR EACH STATEMENT EXECUTE FUNCTION retention_confirmation_is_append_only();
CREATE TRIGGER sealed_view_refuses_change BEFORE DELETE OR UPDATE ON sealed_view FOR EACH ROW EXECUTE FUNCTION sealed_view_is_append_only();
CREATE TRIGGER sealed_view_refuses_truncate BEFORE TRUNCATE ON sealed_view FOR EACH STATEMENT EXECUTE FUNCTION sealed_view_is_append_only();
