CREATE TABLE access_key (
    key_digest TEXT PRIMARY KEY,
    purpose TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    ends_at BIGINT NOT NULL,
    used_at BIGINT
, released_at BIGINT, released_by TEXT, mark TEXT);
CREATE TABLE account (
    id TEXT PRIMARY KEY,
    sign_in TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    person_id TEXT REFERENCES person (id),
    office TEXT CHECK (office IN ('system', 'security', 'audit')),
    holds_office BIGINT NOT NULL
        CHECK (holds_office = CASE WHEN office IS NULL THEN 0 ELSE 1 END),
    is_demonstration BIGINT NOT NULL CHECK (is_demonstration IN (0, 1)),
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    disabled_at BIGINT,
    password TEXT,
    password_at BIGINT,
    one_time_secret TEXT,
    one_time_step BIGINT NOT NULL DEFAULT 0, must_enrol BIGINT NOT NULL DEFAULT 0
    CHECK (must_enrol IN (0, 1)), mark TEXT,
    UNIQUE (id, holds_office)
);
CREATE TABLE account_identity (
    account_id TEXT NOT NULL REFERENCES account (id),
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    linked_at BIGINT NOT NULL, mark TEXT,
    PRIMARY KEY (account_id, issuer),
    UNIQUE (issuer, subject)
);
CREATE TABLE audit (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    first_position BIGINT,
    last_position BIGINT,
    digest TEXT,
    hash TEXT NOT NULL
);
CREATE TABLE audit_export (
    id TEXT PRIMARY KEY,
    exported_by TEXT NOT NULL REFERENCES account (id),
    at BIGINT NOT NULL,
    recipient TEXT NOT NULL,
    purpose TEXT NOT NULL,
    row_count BIGINT NOT NULL CHECK (row_count >= 0),
    file_digest TEXT NOT NULL
);
CREATE TABLE audit_spent (
    seq BIGINT PRIMARY KEY,
    hash TEXT NOT NULL,
    mac TEXT NOT NULL
);
CREATE TABLE case_number (
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    series TEXT NOT NULL,
    year BIGINT NOT NULL,
    newest BIGINT NOT NULL CHECK (newest > 0),
    PRIMARY KEY (unit_id, series, year)
);
CREATE TABLE case_state (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES record (id),
    number TEXT NOT NULL,
    procedure TEXT NOT NULL,
    version TEXT NOT NULL,
    kind TEXT NOT NULL,
    about TEXT,
    is_single BIGINT NOT NULL CHECK (is_single IN (0, 1)),
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    owner_id TEXT NOT NULL REFERENCES org_unit (id),
    stage TEXT NOT NULL,
    rounds BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    outcome TEXT,
    seq BIGINT NOT NULL,
    read_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE TABLE case_world (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    mark TEXT NOT NULL
);
CREATE TABLE consent (
    id TEXT PRIMARY KEY,
    person_id TEXT REFERENCES person (id),
    account_id TEXT,
    contact_id TEXT,
    purpose TEXT NOT NULL,
    version TEXT NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('given', 'withdrawn')),
    channel TEXT NOT NULL CHECK (channel IN ('self', 'window', 'phone', 'paper')),
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    CHECK (person_id IS NOT NULL OR account_id IS NOT NULL OR contact_id IS NOT NULL)
);
CREATE TABLE data_view (
    id TEXT PRIMARY KEY,
    person_id TEXT REFERENCES person (id),
    account_id TEXT,
    contact_id TEXT,
    role TEXT NOT NULL,
    reason TEXT NOT NULL,
    viewed_at BIGINT NOT NULL,
    viewed_by TEXT NOT NULL
);
CREATE TABLE deadline_moved (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES record (id),
    step TEXT NOT NULL,
    round BIGINT NOT NULL,
    holder_id TEXT NOT NULL REFERENCES org_unit (id),
    moved_from BIGINT NOT NULL,
    moved_to BIGINT NOT NULL,
    cause TEXT NOT NULL,
    moved_at BIGINT NOT NULL
);
CREATE TABLE deletion_item (
    item TEXT NOT NULL,
    proof_id TEXT NOT NULL REFERENCES deletion_proof (id),
    PRIMARY KEY (item, proof_id)
);
CREATE TABLE deletion_proof (
    id TEXT PRIMARY KEY,
    entry TEXT NOT NULL,
    deleted_on TEXT NOT NULL,
    row_count BIGINT NOT NULL CHECK (row_count > 0),
    digest TEXT NOT NULL,
    audit_seq BIGINT NOT NULL
);
CREATE TABLE delivery (
    id TEXT PRIMARY KEY,
    event_key TEXT NOT NULL,
    event TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('mail', 'webhook')),
    destination TEXT NOT NULL,
    account_id TEXT REFERENCES account (id),
    body TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('waiting', 'sending', 'sent', 'dead', 'dropped')),
    tries BIGINT NOT NULL CHECK (tries >= 0),
    next_at BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    over_at BIGINT,
    fault TEXT,
    UNIQUE (event_key, destination)
);
CREATE TABLE demonstration (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    mark TEXT NOT NULL
);
CREATE TABLE desk_table (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    title TEXT NOT NULL,
    issuer TEXT NOT NULL,
    document TEXT,
    basis TEXT,
    on_list BIGINT NOT NULL CHECK (on_list IN (0, 1)),
    rhythm TEXT NOT NULL CHECK (rhythm IN ('month', 'quarter', 'half', 'year', 'once')),
    only_period TEXT,
    due_days BIGINT NOT NULL CHECK (due_days >= 0),
    last_on TEXT,
    state TEXT NOT NULL CHECK (state IN ('marking', 'filling', 'declined')),
    is_own BIGINT NOT NULL CHECK (is_own IN (0, 1)),
    sheet TEXT,
    first_row BIGINT,
    last_row BIGINT CHECK (last_row >= first_row),
    unit_column BIGINT,
    declined_for TEXT,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    CHECK ((declined_for IS NOT NULL) = (state = 'declined'))
);
CREATE TABLE desk_table_cell (
    table_id TEXT NOT NULL REFERENCES desk_table (id),
    period TEXT NOT NULL,
    row_number BIGINT NOT NULL,
    column_number BIGINT NOT NULL,
    value TEXT NOT NULL,
    against TEXT,
    reason TEXT,
    written_by TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    PRIMARY KEY (table_id, period, row_number, column_number),
    CHECK ((against IS NULL) = (reason IS NULL))
);
CREATE TABLE desk_table_column (
    table_id TEXT NOT NULL REFERENCES desk_table (id),
    column_number BIGINT NOT NULL CHECK (column_number > 0),
    heading TEXT NOT NULL,
    source TEXT NOT NULL
        CHECK (source IN ('figure', 'list', 'unit', 'constant', 'hand')),
    name TEXT,
    term TEXT,
    PRIMARY KEY (table_id, column_number)
);
CREATE TABLE desk_table_file (
    table_id TEXT NOT NULL REFERENCES desk_table (id),
    version BIGINT NOT NULL CHECK (version > 0),
    digest TEXT NOT NULL,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    shape TEXT NOT NULL,
    brought_by TEXT NOT NULL,
    brought_at BIGINT NOT NULL,
    PRIMARY KEY (table_id, version)
);
CREATE TABLE desk_table_filling (
    table_id TEXT NOT NULL REFERENCES desk_table (id),
    period TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    cells TEXT NOT NULL,
    position BIGINT NOT NULL,
    confirmed_by TEXT NOT NULL,
    confirmed_at BIGINT NOT NULL,
    PRIMARY KEY (table_id, period)
);
CREATE TABLE desk_table_row (
    table_id TEXT NOT NULL REFERENCES desk_table (id),
    row_number BIGINT NOT NULL CHECK (row_number > 0),
    label TEXT NOT NULL,
    unit_id TEXT REFERENCES org_unit (id),
    PRIMARY KEY (table_id, row_number)
);
CREATE TABLE desk_table_turn (
    table_id TEXT NOT NULL REFERENCES desk_table (id),
    period TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    state TEXT NOT NULL CHECK (state IN ('sent', 'returned', 'reminded')),
    note TEXT,
    turned_by TEXT NOT NULL,
    turned_at BIGINT NOT NULL,
    PRIMARY KEY (table_id, period, unit_id)
);
CREATE TABLE disclosure (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    what TEXT NOT NULL,
    recipient TEXT NOT NULL,
    purpose TEXT NOT NULL,
    basis TEXT NOT NULL,
    fields TEXT NOT NULL,
    extent TEXT NOT NULL,
    row_count BIGINT NOT NULL CHECK (row_count >= 0),
    expires_on TEXT,
    person_id TEXT,
    account_id TEXT,
    contact_id TEXT,
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    digest TEXT NOT NULL
);
CREATE TABLE due_feed (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('zh', 'en')),
    secret_mark TEXT NOT NULL UNIQUE,
    made_at BIGINT NOT NULL,
    fetched_on TEXT
);
CREATE TABLE due_reminder (
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    due TEXT NOT NULL,
    period TEXT NOT NULL,
    sent_by TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    PRIMARY KEY (unit_id, due, period)
);
CREATE TABLE entry_choice (
    account_id TEXT NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    said JSON NOT NULL,
    used_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, kind, unit_id)
);
CREATE TABLE entry_draft (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    form_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    said JSON NOT NULL,
    saved_at BIGINT NOT NULL,
    UNIQUE (account_id, form_key)
);
CREATE TABLE entry_pattern (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL,
    said JSON NOT NULL,
    rhythm TEXT NOT NULL CHECK (rhythm IN ('weekly', 'monthly', 'quarterly')),
    started_on TEXT NOT NULL
);
CREATE TABLE entry_pattern_day (
    pattern_id TEXT NOT NULL REFERENCES entry_pattern (id) ON DELETE CASCADE,
    filled_on TEXT NOT NULL,
    PRIMARY KEY (pattern_id, filled_on)
);
CREATE TABLE entry_waiting (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    happened_on TEXT NOT NULL,
    said JSON NOT NULL,
    corrects TEXT REFERENCES record (id),
    because TEXT,
    asked_at BIGINT NOT NULL,
    decided_at BIGINT,
    decided_by TEXT,
    reason TEXT,
    record_id TEXT REFERENCES record (id), ends TEXT REFERENCES record (id), reverses TEXT REFERENCES record (id)
    CHECK ((corrects IS NULL AND ends IS NULL) OR (corrects IS NULL AND reverses IS NULL)
        OR (ends IS NULL AND reverses IS NULL)),
    CHECK ((decided_at IS NULL) = (decided_by IS NULL)),
    CHECK (record_id IS NULL OR decided_at IS NOT NULL),
    CHECK (decided_by IS NULL OR decided_by <> account_id),
    CHECK ((corrects IS NULL) = (because IS NULL))
);
CREATE TABLE entry_waiting_file (
    id TEXT PRIMARY KEY,
    waiting_id TEXT NOT NULL REFERENCES entry_waiting (id) ON DELETE CASCADE,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    file_digest TEXT NOT NULL
);
CREATE TABLE erasure (
    id TEXT PRIMARY KEY,
    request_id TEXT,
    persons TEXT NOT NULL,
    records TEXT NOT NULL,
    evidence TEXT NOT NULL,
    erased_at BIGINT NOT NULL,
    digest TEXT NOT NULL
);
CREATE TABLE escalation (
    case_id TEXT NOT NULL REFERENCES record (id),
    step TEXT NOT NULL,
    round BIGINT NOT NULL,
    holder_id TEXT NOT NULL REFERENCES org_unit (id),
    threshold BIGINT NOT NULL CHECK (threshold > 0),
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    told BIGINT NOT NULL,
    told_at BIGINT NOT NULL,
    PRIMARY KEY (case_id, step, round, holder_id, threshold)
) WITHOUT ROWID;
CREATE TABLE evidence (
    id TEXT PRIMARY KEY,
    record_id TEXT NOT NULL REFERENCES record (id),
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    file_digest TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    added_by TEXT NOT NULL
, name_mark TEXT);
CREATE TABLE hand_over (
    id TEXT PRIMARY KEY,
    giver_id TEXT NOT NULL REFERENCES account (id),
    taker_id TEXT NOT NULL REFERENCES account (id) CHECK (taker_id <> giver_id),
    made_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'signed', 'returned')),
    answered_at BIGINT,
    list TEXT NOT NULL,
    note TEXT,
    CHECK ((state = 'open') = (answered_at IS NULL))
);
CREATE TABLE import (
    id TEXT PRIMARY KEY,
    what TEXT NOT NULL,
    kind TEXT,
    file_name TEXT NOT NULL,
    file_digest TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    started_by TEXT NOT NULL,
    base BIGINT,
    published_at BIGINT,
    reversed BIGINT,
    reversed_at BIGINT,
    digest TEXT,
    CHECK ((base IS NULL) = (published_at IS NULL)),
    CHECK (reversed IS NULL OR base IS NOT NULL)
);
CREATE TABLE job (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    again BIGINT NOT NULL CHECK (again IN (0, 1)),
    done BIGINT NOT NULL CHECK (done >= 0),
    total BIGINT NOT NULL CHECK (total >= 0),
    tries BIGINT NOT NULL CHECK (tries >= 0),
    asked_at BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT,
    fault TEXT, runner TEXT, beat_at BIGINT,
    PRIMARY KEY (kind, subject)
);
CREATE TABLE ledger_head (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    position BIGINT NOT NULL CHECK (position >= 0),
    seq BIGINT NOT NULL CHECK (seq >= 0),
    hash TEXT NOT NULL
, shown BIGINT NOT NULL DEFAULT 0, clock_behind BIGINT NOT NULL DEFAULT 0, turned BIGINT NOT NULL DEFAULT 0);
CREATE TABLE lineage (
    id TEXT PRIMARY KEY,
    reorganization_id TEXT NOT NULL REFERENCES reorganization (id),
    predecessor_id TEXT NOT NULL REFERENCES org_unit (id),
    successor_id TEXT NOT NULL REFERENCES org_unit (id),
    basis TEXT NOT NULL
        CHECK (basis IN ('whole', 'record_by_record', 'not_comparable')),
    position BIGINT NOT NULL UNIQUE,
    digest TEXT NOT NULL
);
CREATE TABLE mail_address (
    account_id TEXT PRIMARY KEY REFERENCES account (id),
    address TEXT NOT NULL,
    address_mark TEXT NOT NULL,
    code_mark TEXT,
    code_ends_at BIGINT,
    wrong_codes BIGINT NOT NULL CHECK (wrong_codes >= 0),
    asked_at BIGINT NOT NULL,
    verified_at BIGINT
);
CREATE TABLE message (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    event TEXT NOT NULL,
    address TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    seen_at BIGINT
);
CREATE TABLE message_relay (
    message_id TEXT PRIMARY KEY,
    for_digest BIGINT NOT NULL CHECK (for_digest IN (0, 1)),
    relayed_at BIGINT NOT NULL
);
CREATE TABLE message_way (
    account_id TEXT NOT NULL REFERENCES account (id),
    topic TEXT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('each', 'daily', 'page')),
    PRIMARY KEY (account_id, topic)
);
CREATE TABLE obligation (
    case_id TEXT NOT NULL REFERENCES record (id),
    step TEXT NOT NULL,
    round BIGINT NOT NULL,
    holder_id TEXT NOT NULL REFERENCES org_unit (id),
    role TEXT NOT NULL,
    since BIGINT NOT NULL,
    earliest BIGINT,
    latest BIGINT NOT NULL,
    paused TEXT,
    PRIMARY KEY (case_id, step, round, holder_id)
) WITHOUT ROWID;
CREATE TABLE openid_attempt (
    key_digest TEXT PRIMARY KEY,
    account_id TEXT REFERENCES account (id),
    next_address TEXT,
    ends_at BIGINT NOT NULL
);
CREATE TABLE org_link (
    id TEXT PRIMARY KEY,
    child_id TEXT NOT NULL REFERENCES org_unit (id),
    parent_id TEXT NOT NULL REFERENCES org_unit (id),
    axis TEXT NOT NULL CHECK (axis IN ('territory', 'party', 'line')),
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    supersedes TEXT REFERENCES org_link (id),
    position BIGINT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    CHECK (valid_to IS NULL OR valid_from < valid_to),
    CHECK (child_id <> parent_id)
);
CREATE TABLE org_unit (
    id TEXT PRIMARY KEY,
    position BIGINT NOT NULL
);
CREATE TABLE org_unit_version (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    form TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    supersedes TEXT REFERENCES org_unit_version (id),
    reorganization_id TEXT REFERENCES reorganization (id),
    position BIGINT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    CHECK (valid_to IS NULL OR valid_from < valid_to)
);
CREATE TABLE own_calendar (
    id TEXT PRIMARY KEY,
    year BIGINT NOT NULL CHECK (year > 0),
    number BIGINT NOT NULL CHECK (number > 0),
    said TEXT NOT NULL,
    digest TEXT NOT NULL,
    loaded_at BIGINT NOT NULL,
    loaded_by TEXT NOT NULL,
    UNIQUE (year, number)
);
CREATE TABLE own_kind (
    id TEXT PRIMARY KEY,
    said TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'waiting', 'released')),
    revision BIGINT NOT NULL CHECK (revision > 0),
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL REFERENCES account (id),
    note TEXT
);
CREATE TABLE own_kind_version (
    id TEXT PRIMARY KEY,
    kind_id TEXT NOT NULL REFERENCES own_kind (id),
    number BIGINT NOT NULL CHECK (number > 0),
    said TEXT NOT NULL,
    digest TEXT NOT NULL,
    sent_by TEXT NOT NULL REFERENCES account (id),
    released_at BIGINT NOT NULL,
    released_by TEXT NOT NULL REFERENCES account (id),
    UNIQUE (kind_id, number)
);
CREATE TABLE paper (
    id TEXT PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES report (id),
    kind TEXT NOT NULL CHECK (kind IN ('report', 'notice', 'request', 'reply', 'letter',
        'minutes', 'form')),
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    sign TEXT NOT NULL,
    year BIGINT NOT NULL,
    number BIGINT NOT NULL CHECK (number > 0),
    body TEXT NOT NULL,
    digest TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    issued_by TEXT NOT NULL,
    UNIQUE (unit_id, sign, year, number)
);
CREATE TABLE paper_file (
    paper_id TEXT NOT NULL REFERENCES paper (id),
    form TEXT NOT NULL CHECK (form IN ('docx', 'pdf')),
    content TEXT NOT NULL,
    digest TEXT NOT NULL,
    fonts TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (paper_id, form)
);
CREATE TABLE paper_sequence (
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    sign TEXT NOT NULL,
    year BIGINT NOT NULL,
    newest BIGINT NOT NULL CHECK (newest > 0),
    PRIMARY KEY (unit_id, sign, year)
);
CREATE TABLE person (
    id TEXT PRIMARY KEY,
    number TEXT,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    import_id TEXT
, restricted_at BIGINT, erased_at BIGINT, number_mark TEXT, mark TEXT);
CREATE TABLE person_change (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    changed_on TEXT NOT NULL,
    number TEXT,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    reason TEXT NOT NULL,
    import_id TEXT REFERENCES import (id),
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL,
    number_mark TEXT,
    mark TEXT
);
CREATE TABLE person_join (
    id TEXT PRIMARY KEY,
    from_person TEXT NOT NULL REFERENCES person (id),
    to_person TEXT NOT NULL REFERENCES person (id),
    joined_on TEXT NOT NULL,
    undoes TEXT REFERENCES person_join (id),
    position BIGINT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    CHECK (from_person <> to_person)
);
CREATE TABLE person_join_reason (
    join_id TEXT PRIMARY KEY REFERENCES person_join (id),
    reason TEXT NOT NULL
);
CREATE TABLE person_proposal (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    said JSON NOT NULL,
    asked_at BIGINT NOT NULL,
    declined_at BIGINT
);
CREATE TABLE pin (
    report_id TEXT NOT NULL REFERENCES report (id),
    slot TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    indicator TEXT NOT NULL,
    indicator_version TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    period TEXT NOT NULL,
    structure TEXT NOT NULL CHECK (structure IN ('then', 'now')),
    state TEXT NOT NULL,
    numerator BIGINT NOT NULL,
    denominator BIGINT NOT NULL CHECK (denominator > 0),
    is_ratio BOOLEAN NOT NULL,
    member_count BIGINT NOT NULL,
    member_hash TEXT NOT NULL,
    phrase_zh TEXT NOT NULL,
    phrase_en TEXT NOT NULL,
    PRIMARY KEY (report_id, slot)
);
CREATE TABLE procedure_version (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    text TEXT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (id, version)
);
CREATE TABLE reach (
    unit_id TEXT NOT NULL,
    axis TEXT NOT NULL,
    ancestor_id TEXT NOT NULL,
    form TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    position BIGINT NOT NULL,
    gone BIGINT
);
CREATE TABLE reading_key (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    reach TEXT NOT NULL CHECK (reach IN ('everybody', 'figures', 'records')),
    secret_mark TEXT NOT NULL UNIQUE,
    made_at BIGINT NOT NULL,
    ends_on TEXT NOT NULL,
    used_on TEXT,
    mark TEXT
);
CREATE TABLE record (
    id TEXT PRIMARY KEY,
    import_id TEXT REFERENCES import (id),
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    kind TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    place_id TEXT REFERENCES org_unit (id),
    happened_on TEXT NOT NULL,
    until_on TEXT,
    m1 BIGINT CHECK (m1 >= 0),
    m2 BIGINT CHECK (m2 >= 0),
    m3 BIGINT CHECK (m3 >= 0),
    m4 BIGINT CHECK (m4 >= 0),
    fields JSON NOT NULL,
    ref TEXT,
    reverses TEXT REFERENCES record (id),
    ends TEXT REFERENCES record (id),
    reason TEXT,
    content TEXT NOT NULL,
    private_digest TEXT,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    digest TEXT NOT NULL, minute BIGINT CHECK (minute >= 0 AND minute < 1440), case_id TEXT REFERENCES record (id), seq BIGINT
    CHECK ((seq IS NULL) = (case_id IS NULL) AND seq >= 0), step TEXT CHECK (step IS NULL OR case_id IS NOT NULL), due BIGINT, late BIGINT CHECK (late >= 0), paused BIGINT CHECK (paused >= 0), held BIGINT CHECK (held IS NULL OR step IS NOT NULL),
    CHECK (until_on IS NULL OR until_on > happened_on),
    CHECK (reverses IS NULL OR ends IS NULL)
);
CREATE TABLE record_pair (
    pair BIGINT NOT NULL,
    happened_on TEXT NOT NULL,
    record_id TEXT NOT NULL,
    PRIMARY KEY (pair, happened_on, record_id)
) WITHOUT ROWID;
CREATE TABLE record_pair_kind (
    kind TEXT PRIMARY KEY,
    fields TEXT NOT NULL
);
CREATE TABLE record_person (
    record_id TEXT NOT NULL REFERENCES record (id),
    role TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    PRIMARY KEY (record_id, role, person_id)
);
CREATE TABLE record_private (
    record_id TEXT PRIMARY KEY REFERENCES record (id),
    salt TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE TABLE record_subject (
    record_id TEXT NOT NULL REFERENCES record (id),
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (record_id, kind, code)
);
CREATE TABLE recovery_code (
    account_id TEXT NOT NULL REFERENCES account (id),
    code_mark TEXT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (account_id, code_mark)
);
CREATE TABLE released_picture (
    id TEXT NOT NULL PRIMARY KEY,
    evidence_id TEXT NOT NULL REFERENCES evidence (id),
    thumbnail TEXT NOT NULL,
    released_at BIGINT NOT NULL,
    released_by TEXT NOT NULL,
    withdrawn_at BIGINT,
    withdrawn_by TEXT,
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
);
CREATE TABLE reorganization (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    document TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    position BIGINT NOT NULL UNIQUE,
    digest TEXT NOT NULL
);
CREATE TABLE report (
    id TEXT PRIMARY KEY,
    template TEXT NOT NULL,
    template_version TEXT NOT NULL,
    body TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    period TEXT NOT NULL,
    position BIGINT NOT NULL,
    chain_hash TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    issued_by TEXT NOT NULL
);
CREATE TABLE report_comment (
    id TEXT PRIMARY KEY,
    writing_id TEXT NOT NULL REFERENCES report_writing (id),
    section BIGINT NOT NULL,
    version BIGINT NOT NULL,
    text TEXT NOT NULL,
    answers TEXT REFERENCES report_comment (id),
    written_by TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    settled_by TEXT,
    settled_at BIGINT,
    CHECK ((settled_by IS NULL) = (settled_at IS NULL))
);
CREATE TABLE report_withdrawal (
    report_id TEXT PRIMARY KEY REFERENCES report (id),
    why TEXT NOT NULL,
    withdrawn_at BIGINT NOT NULL,
    withdrawn_by TEXT NOT NULL
);
CREATE TABLE report_writing (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    period TEXT NOT NULL,
    origin TEXT NOT NULL,
    newest BIGINT NOT NULL CHECK (newest > 0),
    case_id TEXT REFERENCES record (id),
    report_id TEXT REFERENCES report (id),
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE TABLE report_writing_version (
    writing_id TEXT NOT NULL REFERENCES report_writing (id),
    version BIGINT NOT NULL CHECK (version > 0),
    body TEXT NOT NULL,
    why TEXT NOT NULL,
    position BIGINT NOT NULL,
    written_by TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    PRIMARY KEY (writing_id, version)
);
CREATE TABLE request (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES record (id),
    service TEXT NOT NULL,
    channel TEXT NOT NULL,
    place_id TEXT NOT NULL REFERENCES org_unit (id),
    home_id TEXT NOT NULL REFERENCES org_unit (id),
    filed_at BIGINT NOT NULL,
    form_mark TEXT NOT NULL UNIQUE,
    secret_mark TEXT NOT NULL,
    contact_mark TEXT
) WITHOUT ROWID;
CREATE TABLE retention_confirmation (
    id TEXT PRIMARY KEY,
    position BIGINT NOT NULL CHECK (position >= 0),
    row_count BIGINT NOT NULL CHECK (row_count >= 0),
    confirmed_at BIGINT NOT NULL,
    confirmed_by TEXT NOT NULL
);
CREATE TABLE retention_run (
    id TEXT PRIMARY KEY,
    started_at BIGINT NOT NULL,
    finished_at BIGINT NOT NULL,
    row_count BIGINT NOT NULL
, settled BIGINT, waiting BIGINT NOT NULL DEFAULT 0);
CREATE TABLE rights_request (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('copy', 'correct', 'restrict', 'erase', 'object')),
    words TEXT NOT NULL,
    person_id TEXT REFERENCES person (id),
    account_id TEXT,
    contact_id TEXT,
    record_id TEXT REFERENCES record (id),
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    channel TEXT NOT NULL CHECK (channel IN ('self', 'window', 'phone', 'paper')),
    asked_at BIGINT NOT NULL,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('received', 'in_work', 'done', 'refused')),
    reason_code TEXT,
    reason TEXT,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL, due_was TEXT,
    CHECK (person_id IS NOT NULL OR account_id IS NOT NULL OR contact_id IS NOT NULL),
    CHECK (state <> 'refused' OR (reason_code IS NOT NULL AND reason IS NOT NULL))
);
CREATE TABLE rights_step (
    id TEXT PRIMARY KEY,
    request_id TEXT NOT NULL REFERENCES rights_request (id),
    state TEXT NOT NULL,
    reason_code TEXT,
    reason TEXT,
    taken_at BIGINT NOT NULL,
    taken_by TEXT NOT NULL
);
CREATE TABLE role_grant (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    holds_office BIGINT NOT NULL DEFAULT 0 CHECK (holds_office = 0),
    role TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    from_on TEXT NOT NULL,
    until_on TEXT,
    granted_at BIGINT NOT NULL,
    granted_by TEXT NOT NULL,
    ended_at BIGINT,
    ended_by TEXT, mark TEXT,
    FOREIGN KEY (account_id, holds_office) REFERENCES account (id, holds_office),
    CHECK (until_on IS NULL OR from_on < until_on),
    CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE TABLE saved_view (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    place TEXT NOT NULL CHECK (place IN ('list', 'desk', 'home')),
    made_at BIGINT NOT NULL,
    UNIQUE (account_id, address)
);
CREATE TABLE sealed_key (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    mark TEXT NOT NULL
);
CREATE TABLE sealed_name (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    account_id TEXT NOT NULL,
    holds_office BIGINT NOT NULL DEFAULT 0 CHECK (holds_office = 0),
    from_on TEXT NOT NULL,
    until_on TEXT,
    listed_at BIGINT NOT NULL,
    listed_by TEXT NOT NULL,
    struck_at BIGINT,
    struck_by TEXT, mark TEXT,
    FOREIGN KEY (account_id, holds_office) REFERENCES account (id, holds_office),
    CHECK (until_on IS NULL OR from_on < until_on),
    CHECK ((struck_at IS NULL) = (struck_by IS NULL))
);
CREATE TABLE sealed_view (
    id TEXT PRIMARY KEY,
    record_id TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    reason TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE TABLE session (
    id_digest TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    opened_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    device TEXT NOT NULL
, mark TEXT);
CREATE TABLE sign_in_failure (
    mark TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL
);
CREATE TABLE storage_migration (
    id TEXT NOT NULL PRIMARY KEY,
    checksum TEXT NOT NULL,
    position BIGINT NOT NULL UNIQUE
);
CREATE TABLE submission (
    account_id TEXT NOT NULL REFERENCES account (id),
    form_key TEXT NOT NULL,
    address TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account_id, form_key)
);
CREATE TABLE unit_outline (
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    valid_from TEXT NOT NULL,
    rings TEXT NOT NULL,
    PRIMARY KEY (unit_id, valid_from)
);
CREATE TABLE upload (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    size BIGINT NOT NULL CHECK (size > 0),
    file_id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'judging', 'judged', 'publishing',
        'published', 'failed', 'discarded', 'undone')),
    done BIGINT NOT NULL CHECK (done >= 0),
    row_count BIGINT NOT NULL CHECK (row_count >= done),
    wrong_rows BIGINT NOT NULL CHECK (wrong_rows <= row_count),
    known_import TEXT REFERENCES import (id),
    import_id TEXT REFERENCES import (id),
    uploaded_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    CHECK ((import_id IS NOT NULL) = (state IN ('published', 'undone')))
);
CREATE TABLE upload_unit (
    upload_id TEXT NOT NULL REFERENCES upload (id),
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    PRIMARY KEY (upload_id, unit_id)
);
CREATE TABLE verified_contact (
    id TEXT PRIMARY KEY,
    person_id TEXT REFERENCES person (id),
    record_id TEXT REFERENCES record (id),
    token_digest TEXT NOT NULL UNIQUE,
    purpose TEXT NOT NULL CHECK (purpose IN ('my_data')),
    verified_by TEXT NOT NULL CHECK (verified_by IN ('card_seen', 'known', 'called_back')),
    issued_by TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    visit_digest TEXT UNIQUE,
    visit_ends_at BIGINT,
    CHECK ((person_id IS NULL) <> (record_id IS NULL)),
    CHECK ((used_at IS NULL) = (visit_digest IS NULL)),
    CHECK ((used_at IS NULL) = (visit_ends_at IS NULL)),
    CHECK (issued_at < expires_at)
);
CREATE TABLE visit_booking (
    id TEXT PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    slot_id TEXT NOT NULL REFERENCES visit_slot (id),
    place_number BIGINT NOT NULL CHECK (place_number > 0),
    agreement_id TEXT REFERENCES record (id),
    household TEXT,
    said TEXT,
    moves BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN
        ('booked', 'kept', 'missed', 'refused', 'cancelled', 'withdrawn')),
    confirmed TEXT CHECK (confirmed IN ('code', 'window', 'telephone')),
    reason TEXT,
    form_mark TEXT NOT NULL UNIQUE,
    secret_mark TEXT NOT NULL,
    contact_mark TEXT,
    booked_by TEXT NOT NULL,
    booked_at BIGINT NOT NULL,
    ended_by TEXT,
    ended_at BIGINT,
    CHECK ((state = 'booked') = (ended_at IS NULL))
);
CREATE TABLE visit_slot (
    id TEXT PRIMARY KEY,
    series_id TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    form TEXT NOT NULL,
    service TEXT,
    purpose TEXT,
    place TEXT NOT NULL,
    place_id TEXT REFERENCES org_unit (id),
    worker_id TEXT NOT NULL REFERENCES account (id),
    day TEXT NOT NULL,
    starts BIGINT NOT NULL CHECK (starts >= 0),
    ends BIGINT NOT NULL CHECK (ends > starts AND ends <= 1440),
    capacity BIGINT NOT NULL CHECK (capacity > 0),
    off_hours BIGINT NOT NULL CHECK (off_hours IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('offered', 'withdrawn', 'closed')),
    offered_by TEXT NOT NULL,
    offered_at BIGINT NOT NULL
);
CREATE TABLE visit_time (
    worker_id TEXT NOT NULL REFERENCES account (id),
    day TEXT NOT NULL,
    quarter BIGINT NOT NULL,
    slot_id TEXT NOT NULL REFERENCES visit_slot (id),
    PRIMARY KEY (worker_id, day, quarter)
) WITHOUT ROWID;
CREATE TABLE volunteer_need (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    skill TEXT NOT NULL,
    held_on TEXT NOT NULL,
    starts_at BIGINT NOT NULL CHECK (starts_at BETWEEN 0 AND 1439),
    minutes BIGINT NOT NULL CHECK (minutes > 0),
    hands BIGINT NOT NULL CHECK (hands > 0),
    ended_for TEXT,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE TABLE volunteer_offer (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    account_id TEXT REFERENCES account (id),
    contact_id TEXT,
    unit_id TEXT NOT NULL REFERENCES org_unit (id),
    skills TEXT NOT NULL,
    times TEXT NOT NULL,
    record_id TEXT,
    offered_by TEXT NOT NULL,
    offered_at BIGINT NOT NULL,
    ended_on TEXT
);
CREATE TABLE volunteer_sign_up (
    need_id TEXT NOT NULL REFERENCES volunteer_need (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    account_id TEXT REFERENCES account (id),
    contact_id TEXT,
    state TEXT NOT NULL CHECK (state IN ('invited', 'taken', 'waiting', 'left')),
    turn BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    organizer_minutes BIGINT CHECK (organizer_minutes > 0),
    organizer_by TEXT,
    organizer_at BIGINT,
    volunteer_minutes BIGINT CHECK (volunteer_minutes > 0),
    volunteer_at BIGINT,
    record_id TEXT,
    PRIMARY KEY (need_id, person_id)
);
CREATE TABLE webhook (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE TABLE writing_key (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    secret_mark TEXT NOT NULL UNIQUE,
    made_at BIGINT NOT NULL,
    ends_on TEXT NOT NULL,
    mark TEXT
);
CREATE VIEW fact AS
    SELECT r.id, r.position, r.import_id, r.kind, r.unit_id, r.place_id, r.happened_on,
        CASE WHEN r.until_on IS NULL THEN (SELECT MIN(x.happened_on) FROM posted x
WHERE x.ends = r.id AND NOT EXISTS (SELECT 1 FROM posted v WHERE v.reverses = x.id))
            ELSE COALESCE((SELECT MIN(x.happened_on) FROM posted x
WHERE x.ends = r.id AND NOT EXISTS (SELECT 1 FROM posted v WHERE v.reverses = x.id) AND x.happened_on < r.until_on), r.until_on)
            END AS last_on,
        r.m1, r.m2, r.m3, r.m4, r.fields, r.ref, r.case_id, r.step
    FROM posted r
    WHERE r.reverses IS NULL AND r.ends IS NULL
        AND NOT EXISTS (SELECT 1 FROM posted v WHERE v.reverses = r.id);
CREATE VIEW posted AS
    SELECT r.*, COALESCE(i.base, 0) + r.ordinal AS position
    FROM record r LEFT JOIN import i ON i.id = r.import_id
    WHERE r.import_id IS NULL OR (i.base IS NOT NULL AND i.reversed IS NULL);
CREATE INDEX access_key_account ON access_key (account_id);
CREATE UNIQUE INDEX account_office_person ON account (person_id)
    WHERE office IS NOT NULL AND person_id IS NOT NULL;
CREATE INDEX account_person ON account (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX audit_actor ON audit (actor, seq);
CREATE INDEX audit_subject ON audit (subject);
CREATE INDEX case_state_board
    ON case_state (owner_id, procedure, kind, stage, opened_at, unit_id, closed_at)
    WHERE closed_at IS NULL;
CREATE INDEX case_state_closed ON case_state (unit_id, closed_at, case_id)
    WHERE closed_at IS NOT NULL;
CREATE UNIQUE INDEX case_state_number ON case_state (number);
CREATE INDEX case_state_open
    ON case_state (owner_id, stage, opened_at, case_id, closed_at) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX case_state_single ON case_state (kind, about)
    WHERE closed_at IS NULL AND is_single = 1;
CREATE INDEX consent_account ON consent (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX consent_person ON consent (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX data_view_person ON data_view (person_id, id);
CREATE INDEX deadline_moved_case ON deadline_moved (case_id);
CREATE INDEX deletion_item_proof ON deletion_item (proof_id);
CREATE INDEX deletion_proof_day ON deletion_proof (deleted_on, id);
CREATE INDEX delivery_account ON delivery (account_id);
CREATE INDEX delivery_dead ON delivery (id) WHERE state = 'dead';
CREATE INDEX delivery_destination ON delivery (destination, made_at);
CREATE INDEX delivery_made ON delivery (made_at);
CREATE INDEX delivery_next ON delivery (next_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX desk_table_row_unit ON desk_table_row (unit_id, table_id);
CREATE INDEX desk_table_unit ON desk_table (unit_id, id);
CREATE INDEX due_feed_account ON due_feed (account_id);
CREATE INDEX due_reminder_sent ON due_reminder (sent_at);
CREATE INDEX entry_draft_saved ON entry_draft (saved_at);
CREATE INDEX entry_pattern_account ON entry_pattern (account_id);
CREATE INDEX entry_waiting_account ON entry_waiting (account_id);
CREATE INDEX entry_waiting_file_waiting ON entry_waiting_file (waiting_id);
CREATE INDEX entry_waiting_kind ON entry_waiting (kind, unit_id)
    WHERE decided_at IS NULL;
CREATE INDEX evidence_record ON evidence (record_id);
CREATE INDEX hand_over_giver ON hand_over (giver_id, id);
CREATE INDEX hand_over_taker ON hand_over (taker_id, id);
CREATE UNIQUE INDEX hand_over_waits ON hand_over (giver_id, taker_id)
    WHERE state = 'open';
CREATE INDEX import_file ON import (file_digest);
CREATE INDEX job_next ON job (next_at) WHERE state = 'waiting';
CREATE INDEX lineage_predecessor ON lineage (predecessor_id);
CREATE INDEX lineage_successor ON lineage (successor_id);
CREATE INDEX message_account ON message (account_id, id);
CREATE INDEX message_relay_at ON message_relay (relayed_at);
CREATE INDEX message_relay_digest ON message_relay (message_id) WHERE for_digest = 1;
CREATE INDEX obligation_due ON obligation (latest, case_id, holder_id, step);
CREATE INDEX obligation_holder ON obligation (holder_id, role, latest, case_id);
CREATE INDEX openid_attempt_ends ON openid_attempt (ends_at);
CREATE INDEX org_link_child ON org_link (child_id);
CREATE INDEX org_link_parent ON org_link (parent_id);
CREATE INDEX org_link_supersedes ON org_link (supersedes);
CREATE INDEX org_unit_version_code ON org_unit_version (code);
CREATE INDEX org_unit_version_supersedes ON org_unit_version (supersedes);
CREATE INDEX org_unit_version_unit ON org_unit_version (unit_id);
CREATE INDEX paper_report ON paper (report_id, id);
CREATE INDEX person_change_import ON person_change (import_id)
    WHERE import_id IS NOT NULL;
CREATE INDEX person_change_name ON person_change (sort_name);
CREATE INDEX person_change_number ON person_change (number) WHERE number IS NOT NULL;
CREATE INDEX person_change_number_mark ON person_change (number_mark)
    WHERE number_mark IS NOT NULL;
CREATE INDEX person_change_person ON person_change (person_id, changed_on);
CREATE INDEX person_import ON person (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX person_join_from ON person_join (from_person);
CREATE INDEX person_join_to ON person_join (to_person);
CREATE INDEX person_name ON person (sort_name);
CREATE INDEX person_number ON person (number) WHERE number IS NOT NULL;
CREATE INDEX person_number_mark ON person (number_mark) WHERE number_mark IS NOT NULL;
CREATE INDEX person_proposal_account ON person_proposal (account_id);
CREATE INDEX reach_ancestor
    ON reach (ancestor_id, axis, unit_id, valid_from, valid_to, position, gone);
CREATE INDEX reach_unit
    ON reach (unit_id, axis, form, ancestor_id, valid_from, valid_to, position, gone);
CREATE INDEX reading_key_account ON reading_key (account_id);
CREATE UNIQUE INDEX record_case ON record (case_id, seq) WHERE case_id IS NOT NULL;
CREATE INDEX record_content ON record (content) WHERE case_id IS NULL;
CREATE INDEX record_day ON record (happened_on, kind, id);
CREATE INDEX record_ends ON record (ends) WHERE ends IS NOT NULL;
CREATE UNIQUE INDEX record_import ON record (import_id, ordinal);
CREATE INDEX record_kind ON record (kind, unit_id, happened_on, reverses, id);
CREATE INDEX record_person_person ON record_person (person_id);
CREATE UNIQUE INDEX record_position ON record (ordinal) WHERE import_id IS NULL;
CREATE INDEX record_ref ON record (kind, ref)
    WHERE ref IS NOT NULL AND case_id IS NULL;
CREATE INDEX record_reverses ON record (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX record_subject_code ON record_subject (kind, code);
CREATE INDEX record_writer ON record (recorded_by, id)
    WHERE import_id IS NULL AND case_id IS NULL;
CREATE UNIQUE INDEX released_picture_standing ON released_picture (evidence_id)
    WHERE withdrawn_at IS NULL;
CREATE INDEX report_comment_writing ON report_comment (writing_id, id);
CREATE INDEX report_period ON report (period);
CREATE INDEX report_writing_report ON report_writing (report_id);
CREATE INDEX report_writing_unit ON report_writing (unit_id, id);
CREATE INDEX request_contact ON request (contact_mark, filed_at)
    WHERE contact_mark IS NOT NULL;
CREATE INDEX request_filed ON request (filed_at, case_id);
CREATE INDEX request_place ON request (place_id, filed_at, case_id);
CREATE INDEX rights_request_account ON rights_request (account_id);
CREATE INDEX rights_request_person ON rights_request (person_id);
CREATE INDEX rights_request_state ON rights_request (state, due_on, id);
CREATE INDEX rights_step_request ON rights_step (request_id, id);
CREATE INDEX role_grant_account ON role_grant (account_id);
CREATE INDEX saved_view_place ON saved_view (place, made_at);
CREATE INDEX sealed_name_account ON sealed_name (account_id);
CREATE INDEX sealed_view_record ON sealed_view (record_id);
CREATE INDEX session_account ON session (account_id);
CREATE INDEX submission_at ON submission (at);
CREATE INDEX upload_account ON upload (account_id, id);
CREATE UNIQUE INDEX upload_import ON upload (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX upload_state ON upload (state, changed_at);
CREATE INDEX verified_contact_person ON verified_contact (person_id);
CREATE INDEX visit_booking_agreement ON visit_booking (agreement_id)
    WHERE agreement_id IS NOT NULL AND state = 'booked';
CREATE INDEX visit_booking_contact ON visit_booking (contact_mark, booked_at)
    WHERE contact_mark IS NOT NULL;
CREATE UNIQUE INDEX visit_booking_place ON visit_booking (slot_id, place_number)
    WHERE state IN ('booked', 'kept', 'missed', 'refused');
CREATE INDEX visit_booking_slot ON visit_booking (slot_id, booked_at);
CREATE INDEX visit_slot_free ON visit_slot (day, starts, id) WHERE state = 'offered';
CREATE INDEX visit_slot_series ON visit_slot (series_id, day);
CREATE INDEX visit_slot_unit ON visit_slot (unit_id, day, starts, id);
CREATE INDEX visit_slot_worker ON visit_slot (worker_id, day, starts);
CREATE INDEX visit_time_slot ON visit_time (slot_id);
CREATE INDEX volunteer_need_day ON volunteer_need (held_on, id);
CREATE INDEX volunteer_need_unit ON volunteer_need (unit_id, held_on, id);
CREATE UNIQUE INDEX volunteer_offer_person ON volunteer_offer (person_id)
    WHERE ended_on IS NULL;
CREATE INDEX volunteer_offer_unit ON volunteer_offer (unit_id, id) WHERE ended_on IS NULL;
CREATE INDEX volunteer_sign_up_person ON volunteer_sign_up (person_id, need_id);
CREATE TRIGGER account_office_given BEFORE INSERT ON account
WHEN NEW.office IS NOT NULL AND NEW.person_id IS NULL AND NEW.is_demonstration = 0 OR EXISTS (SELECT 1 FROM account AS o WHERE o.person_id = NEW.person_id AND o.id <> NEW.id
    AND (o.office IS NOT NULL OR NEW.office IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'an office is held by one person, who has no other account'); END;
CREATE TRIGGER account_office_kept BEFORE UPDATE ON account
WHEN NEW.office IS DISTINCT FROM OLD.office OR NEW.is_demonstration <> OLD.is_demonstration
OR OLD.office IS NOT NULL AND OLD.person_id IS NOT NULL
    AND NEW.person_id IS DISTINCT FROM OLD.person_id
    AND (NEW.person_id IS NOT NULL OR NEW.disabled_at IS NULL)
OR OLD.disabled_at IS NOT NULL AND NEW.disabled_at IS NULL AND NEW.office IS NOT NULL AND NEW.person_id IS NULL AND NEW.is_demonstration = 0
OR NEW.person_id IS DISTINCT FROM OLD.person_id AND EXISTS (SELECT 1 FROM account AS o WHERE o.person_id = NEW.person_id AND o.id <> NEW.id
    AND (o.office IS NOT NULL OR NEW.office IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'an office is held by one person, who has no other account'); END;
CREATE TRIGGER audit_export_refuses_delete BEFORE DELETE ON audit_export
BEGIN SELECT RAISE(ABORT, 'audit_export is append-only'); END;
CREATE TRIGGER audit_export_refuses_update BEFORE UPDATE ON audit_export
BEGIN SELECT RAISE(ABORT, 'audit_export is append-only'); END;
CREATE TRIGGER audit_refuses_delete BEFORE DELETE ON audit
WHEN NOT (EXISTS (SELECT 1 FROM audit_spent s WHERE s.seq = OLD.seq AND s.hash = OLD.hash))
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_refuses_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_spent_refuses_delete BEFORE DELETE ON audit_spent
BEGIN SELECT RAISE(ABORT, 'audit_spent is append-only'); END;
CREATE TRIGGER audit_spent_refuses_update BEFORE UPDATE ON audit_spent
BEGIN SELECT RAISE(ABORT, 'audit_spent is append-only'); END;
CREATE TRIGGER consent_refuses_delete BEFORE DELETE ON consent
BEGIN SELECT RAISE(ABORT, 'consent is append-only'); END;
CREATE TRIGGER consent_refuses_update BEFORE UPDATE ON consent
BEGIN SELECT RAISE(ABORT, 'consent is append-only'); END;
CREATE TRIGGER deletion_item_refuses_delete BEFORE DELETE ON deletion_item
BEGIN SELECT RAISE(ABORT, 'deletion_item is append-only'); END;
CREATE TRIGGER deletion_item_refuses_update BEFORE UPDATE ON deletion_item
BEGIN SELECT RAISE(ABORT, 'deletion_item is append-only'); END;
CREATE TRIGGER deletion_proof_refuses_delete BEFORE DELETE ON deletion_proof
BEGIN SELECT RAISE(ABORT, 'deletion_proof is append-only'); END;
CREATE TRIGGER deletion_proof_refuses_update BEFORE UPDATE ON deletion_proof
BEGIN SELECT RAISE(ABORT, 'deletion_proof is append-only'); END;
CREATE TRIGGER disclosure_refuses_delete BEFORE DELETE ON disclosure
BEGIN SELECT RAISE(ABORT, 'disclosure is append-only'); END;
CREATE TRIGGER disclosure_refuses_update BEFORE UPDATE ON disclosure
BEGIN SELECT RAISE(ABORT, 'disclosure is append-only'); END;
CREATE TRIGGER erasure_refuses_delete BEFORE DELETE ON erasure
BEGIN SELECT RAISE(ABORT, 'erasure is append-only'); END;
CREATE TRIGGER erasure_refuses_update BEFORE UPDATE ON erasure
BEGIN SELECT RAISE(ABORT, 'erasure is append-only'); END;
CREATE TRIGGER evidence_refuses_delete BEFORE DELETE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER evidence_refuses_update BEFORE UPDATE ON evidence
WHEN NOT (NEW.file_name = '' AND NEW.id = OLD.id AND NEW.record_id = OLD.record_id
AND NEW.media_type = OLD.media_type AND NEW.size = OLD.size
AND NEW.file_digest = OLD.file_digest AND NEW.added_at = OLD.added_at
AND NEW.added_by = OLD.added_by
AND NEW.name_mark IS NOT DISTINCT FROM OLD.name_mark)
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER lineage_refuses_delete BEFORE DELETE ON lineage
BEGIN SELECT RAISE(ABORT, 'lineage is append-only'); END;
CREATE TRIGGER lineage_refuses_update BEFORE UPDATE ON lineage
BEGIN SELECT RAISE(ABORT, 'lineage is append-only'); END;
CREATE TRIGGER org_link_refuses_delete BEFORE DELETE ON org_link
BEGIN SELECT RAISE(ABORT, 'org_link is append-only'); END;
CREATE TRIGGER org_link_refuses_update BEFORE UPDATE ON org_link
BEGIN SELECT RAISE(ABORT, 'org_link is append-only'); END;
CREATE TRIGGER org_unit_refuses_delete BEFORE DELETE ON org_unit
BEGIN SELECT RAISE(ABORT, 'org_unit is append-only'); END;
CREATE TRIGGER org_unit_refuses_update BEFORE UPDATE ON org_unit
BEGIN SELECT RAISE(ABORT, 'org_unit is append-only'); END;
CREATE TRIGGER org_unit_version_refuses_delete BEFORE DELETE ON org_unit_version
BEGIN SELECT RAISE(ABORT, 'org_unit_version is append-only'); END;
CREATE TRIGGER org_unit_version_refuses_update BEFORE UPDATE ON org_unit_version
BEGIN SELECT RAISE(ABORT, 'org_unit_version is append-only'); END;
CREATE TRIGGER own_calendar_refuses_delete BEFORE DELETE ON own_calendar
BEGIN SELECT RAISE(ABORT, 'own_calendar is append-only'); END;
CREATE TRIGGER own_calendar_refuses_update BEFORE UPDATE ON own_calendar
BEGIN SELECT RAISE(ABORT, 'own_calendar is append-only'); END;
CREATE TRIGGER own_kind_version_refuses_delete BEFORE DELETE ON own_kind_version
BEGIN SELECT RAISE(ABORT, 'own_kind_version is append-only'); END;
CREATE TRIGGER own_kind_version_refuses_update BEFORE UPDATE ON own_kind_version
BEGIN SELECT RAISE(ABORT, 'own_kind_version is append-only'); END;
CREATE TRIGGER paper_refuses_delete BEFORE DELETE ON paper
BEGIN SELECT RAISE(ABORT, 'paper is append-only'); END;
CREATE TRIGGER paper_refuses_update BEFORE UPDATE ON paper
BEGIN SELECT RAISE(ABORT, 'paper is append-only'); END;
CREATE TRIGGER person_join_reason_refuses_delete BEFORE DELETE ON person_join_reason
BEGIN SELECT RAISE(ABORT, 'person_join_reason is append-only'); END;
CREATE TRIGGER person_join_reason_refuses_update BEFORE UPDATE ON person_join_reason
WHEN NOT (NEW.reason = '' AND NEW.join_id = OLD.join_id)
BEGIN SELECT RAISE(ABORT, 'person_join_reason is append-only'); END;
CREATE TRIGGER person_join_refuses_delete BEFORE DELETE ON person_join
BEGIN SELECT RAISE(ABORT, 'person_join is append-only'); END;
CREATE TRIGGER person_join_refuses_update BEFORE UPDATE ON person_join
BEGIN SELECT RAISE(ABORT, 'person_join is append-only'); END;
CREATE TRIGGER pin_refuses_delete BEFORE DELETE ON pin
BEGIN SELECT RAISE(ABORT, 'pin is append-only'); END;
CREATE TRIGGER pin_refuses_update BEFORE UPDATE ON pin
BEGIN SELECT RAISE(ABORT, 'pin is append-only'); END;
CREATE TRIGGER procedure_version_refuses_delete BEFORE DELETE ON procedure_version
BEGIN SELECT RAISE(ABORT, 'procedure_version is append-only'); END;
CREATE TRIGGER procedure_version_refuses_update BEFORE UPDATE ON procedure_version
BEGIN SELECT RAISE(ABORT, 'procedure_version is append-only'); END;
CREATE TRIGGER record_person_refuses_delete BEFORE DELETE ON record_person
WHEN NOT (EXISTS (SELECT 1 FROM record r JOIN import i ON i.id = r.import_id
    WHERE r.id = OLD.record_id AND i.base IS NULL))
BEGIN SELECT RAISE(ABORT, 'record_person is append-only'); END;
CREATE TRIGGER record_person_refuses_update BEFORE UPDATE ON record_person
BEGIN SELECT RAISE(ABORT, 'record_person is append-only'); END;
CREATE TRIGGER record_refuses_delete BEFORE DELETE ON record
WHEN NOT (EXISTS (SELECT 1 FROM import i WHERE i.id = OLD.import_id AND i.base IS NULL))
BEGIN SELECT RAISE(ABORT, 'record is append-only'); END;
CREATE TRIGGER record_refuses_update BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'record is append-only'); END;
CREATE TRIGGER record_subject_refuses_delete BEFORE DELETE ON record_subject
WHEN NOT (EXISTS (SELECT 1 FROM record r JOIN import i ON i.id = r.import_id
    WHERE r.id = OLD.record_id AND i.base IS NULL))
BEGIN SELECT RAISE(ABORT, 'record_subject is append-only'); END;
CREATE TRIGGER record_subject_refuses_update BEFORE UPDATE ON record_subject
BEGIN SELECT RAISE(ABORT, 'record_subject is append-only'); END;
CREATE TRIGGER reorganization_refuses_delete BEFORE DELETE ON reorganization
BEGIN SELECT RAISE(ABORT, 'reorganization is append-only'); END;
CREATE TRIGGER reorganization_refuses_update BEFORE UPDATE ON reorganization
BEGIN SELECT RAISE(ABORT, 'reorganization is append-only'); END;
CREATE TRIGGER report_refuses_delete BEFORE DELETE ON report
BEGIN SELECT RAISE(ABORT, 'report is append-only'); END;
CREATE TRIGGER report_refuses_update BEFORE UPDATE ON report
BEGIN SELECT RAISE(ABORT, 'report is append-only'); END;
CREATE TRIGGER report_withdrawal_refuses_delete BEFORE DELETE ON report_withdrawal
BEGIN SELECT RAISE(ABORT, 'report_withdrawal is append-only'); END;
CREATE TRIGGER report_withdrawal_refuses_update BEFORE UPDATE ON report_withdrawal
BEGIN SELECT RAISE(ABORT, 'report_withdrawal is append-only'); END;
CREATE TRIGGER report_writing_version_refuses_delete BEFORE DELETE ON report_writing_version
BEGIN SELECT RAISE(ABORT, 'report_writing_version is append-only'); END;
CREATE TRIGGER report_writing_version_refuses_update BEFORE UPDATE ON report_writing_version
BEGIN SELECT RAISE(ABORT, 'report_writing_version is append-only'); END;
CREATE TRIGGER retention_confirmation_refuses_delete BEFORE DELETE ON retention_confirmation
BEGIN SELECT RAISE(ABORT, 'retention_confirmation is append-only'); END;
CREATE TRIGGER retention_confirmation_refuses_update BEFORE UPDATE ON retention_confirmation
BEGIN SELECT RAISE(ABORT, 'retention_confirmation is append-only'); END;
CREATE TRIGGER sealed_view_refuses_delete BEFORE DELETE ON sealed_view
WHEN NOT (NOT EXISTS (SELECT 1 FROM audit a WHERE a.subject = OLD.record_id
    AND a.action = 'sealed.viewed' AND a.at = OLD.at))
BEGIN SELECT RAISE(ABORT, 'sealed_view is append-only'); END;
CREATE TRIGGER sealed_view_refuses_update BEFORE UPDATE ON sealed_view
WHEN NOT (NEW.reason = '' AND NEW.id = OLD.id AND NEW.record_id = OLD.record_id
AND NEW.account_id = OLD.account_id AND NEW.at = OLD.at)
BEGIN SELECT RAISE(ABORT, 'sealed_view is append-only'); END;
