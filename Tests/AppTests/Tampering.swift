import Testing

/// Something that somebody did to the rows by hand, and what verify must say of it.
struct Tampering: Sendable, CustomTestStringConvertible {
    let name: String
    /// The tables whose protection has to come off first.
    let tables: [String]
    let statements: String
    let finding: String

    init(_ name: String, _ tables: [String], _ statements: String, _ finding: String) {
        self.name = name
        self.tables = tables
        self.statements = statements
        self.finding = finding
    }

    var testDescription: String { name }

    static let all =
        records + beside + structure + chain + accounts + imports + reports
        + rights + persons + absent

    private static let records = [
        Tampering(
            "a measure", ["record"], "UPDATE record SET m1 = 11 WHERE ref = 'L-1'", "was changed"),
        Tampering(
            "a field", ["record"],
            "UPDATE record SET fields = '{\"title\":\"另\"}' WHERE ref = 'L-3'", "was changed"),
        Tampering(
            "a day", ["record"], "UPDATE record SET happened_on = '2015-03-11' WHERE ref = 'L-1'",
            "was changed"),
        Tampering(
            "a unit", ["record"],
            """
            UPDATE record SET unit_id = (SELECT unit_id FROM org_unit_version
                WHERE code = '410102' LIMIT 1) WHERE ref = 'L-1'
            """, "was changed"),
        Tampering(
            "a reason", ["record"], "UPDATE record SET reason = '另有原因' WHERE reason IS NOT NULL",
            "was changed"),
        Tampering(
            "who recorded it", ["record"], "UPDATE record SET recorded_by = 'x' WHERE ref = 'L-1'",
            "was changed"),
        Tampering(
            "the content mark", ["record"], "UPDATE record SET content = 'x' WHERE ref = 'L-1'",
            "was changed"),
        Tampering(
            "a record taken away", ["record", "record_subject", "record_person"],
            """
            DELETE FROM record_private; DELETE FROM record_subject;
            DELETE FROM record WHERE ref = 'Q-1'
            """, "is gone (record.posted"),
        Tampering(
            "a record of an import taken away", ["record"],
            "DELETE FROM record_pair; DELETE FROM record WHERE ref = 'L-3'",
            "is gone (import.published"),
        Tampering(
            "the only record of an import taken away", ["record"],
            "DELETE FROM record_pair; DELETE FROM record WHERE ref = 'L-4'",
            "is gone (import.published"),
        Tampering(
            "a record slipped in", [],
            """
            INSERT INTO record (id, import_id, ordinal, kind, unit_id, happened_on, m1, fields,
                content, recorded_at, recorded_by, digest)
            SELECT 'x', import_id, 7, kind, unit_id, happened_on, m1, fields, content, recorded_at,
                recorded_by, digest FROM record WHERE ref = 'L-2'
            """, "the record x was changed"),
        Tampering(
            "a record moved out of its import", ["record"],
            "UPDATE record SET import_id = NULL, ordinal = 1 WHERE ref = 'L-2'",
            "two things stand at position 1"),
    ]

    private static let beside = [
        Tampering(
            "a person", ["record_person"],
            "UPDATE record_person SET person_id = (SELECT id FROM person WHERE number = 'P-2')",
            "was changed"),
        Tampering(
            "a person taken away", ["record_person"], "DELETE FROM record_person", "was changed"),
        Tampering(
            "a subject", ["record_subject"], "UPDATE record_subject SET code = 'Q-2'", "was changed"
        ),
        Tampering(
            "a private value", [],
            "UPDATE record_private SET body = '{\"contact\":\"6810-0001\"}'",
            "the private values of the record"),
        Tampering(
            "a join of persons", ["person_join"],
            """
            UPDATE person_join SET to_person = (SELECT id FROM person WHERE number = 'P-1')
            """, "of person_join was changed"),
        Tampering(
            "the digest of a file", ["evidence"], "UPDATE evidence SET file_digest = 'x'",
            "differs from the audit"),
        Tampering(
            "evidence taken away", ["evidence"], "DELETE FROM evidence", "evidence"),
    ]

    private static let structure = [
        Tampering(
            "a link", ["org_link"],
            "UPDATE org_link SET valid_from = '2014-02-01' WHERE axis = 'party'",
            "of org_link was changed"),
        Tampering(
            "a name", ["org_unit_version"],
            "UPDATE org_unit_version SET name = '另一街道' WHERE code = '410102001'",
            "of org_unit_version was changed"),
        Tampering(
            "a line of succession", ["lineage"],
            "UPDATE lineage SET basis = 'not_comparable'", "of lineage was changed"),
        Tampering(
            "a document", ["reorganization"], "UPDATE reorganization SET document = '2号'",
            "of reorganization was changed"),
        Tampering(
            "a line of succession taken away", ["lineage"], "DELETE FROM lineage",
            "is gone (import.published"),
        Tampering(
            "reach", [], "UPDATE reach SET valid_from = '2014-02-01' WHERE form = 'street'",
            "reach does not follow from the links"),
        Tampering(
            "reach taken away", [], "DELETE FROM reach WHERE form = 'street'",
            "reach does not follow from the links"),
    ]

    private static let chain = [
        Tampering(
            "an audit row", ["audit"], "UPDATE audit SET actor = 'x' WHERE seq = 3",
            "the audit row 3 (import.published) breaks the chain"),
        Tampering(
            "an audit row taken away", ["audit"], "DELETE FROM audit WHERE seq = 3",
            "the audit row 3 is missing"),
        Tampering(
            "the newest audit row taken away", ["audit"],
            "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)",
            "not the one the ledger's head names"),
        Tampering(
            "two audit rows exchanged", ["audit"],
            """
            UPDATE audit SET seq = 1000 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 5;
            UPDATE audit SET seq = 5 WHERE seq = 1000
            """, "the audit row 3 (import.published) breaks the chain"),
        Tampering(
            "a position of the chain", ["audit"],
            "UPDATE audit SET first_position = -5 WHERE seq = 2", "begins at position -5"),
        Tampering(
            "the head", [], "UPDATE ledger_head SET position = position + 1",
            "the ledger's head is"),
    ]

    /// What was done to accounts and with sealed records stands in the chain like all else.
    private static let accounts = [
        Tampering(
            "who gave a role", ["audit"],
            "UPDATE audit SET actor = 'x' WHERE action = 'role.given'",
            "(role.given) breaks the chain"),
        Tampering(
            "whose account was disabled", ["audit"],
            "UPDATE audit SET subject = 'y' WHERE action = 'account.disabled'",
            "(account.disabled) breaks the chain"),
        Tampering(
            "a look at a sealed record taken away", ["audit"],
            "DELETE FROM audit WHERE action = 'sealed.viewed'", "is missing or out of order"),
        Tampering(
            "a look at a sealed record slipped in", ["audit"],
            """
            INSERT INTO audit (seq, at, actor, action, subject, hash)
            SELECT max(seq) + 1, max(at), 'x', 'sealed.viewed', 'x', max(hash) FROM audit
            """, "(sealed.viewed) breaks the chain"),
        Tampering(
            "a row before the first", [],
            """
            INSERT INTO audit (seq, at, actor, action, subject, hash)
            SELECT 0, 1, 'x', 'sealed.viewed', 'x', max(hash) FROM audit
            """, "(sealed.viewed) breaks the chain"),
        Tampering(
            "a redacted row past the end", [],
            "INSERT INTO audit_spent (seq, hash, mac) SELECT max(seq) + 1, 'x', 'x' FROM audit",
            "stands outside the chain"),
        Tampering(
            "a record where an undoing stands", ["record"],
            """
            UPDATE record SET import_id = NULL, ordinal = (SELECT first_position FROM audit
                WHERE action = 'import.reversed') WHERE ref = 'L-9'
            """, "where import.reversed posted nothing"),
        Tampering(
            "a record past the end", ["record"],
            "UPDATE record SET import_id = NULL, ordinal = 5000 WHERE ref = 'L-9'",
            "past the ledger's head"),
        Tampering(
            "a role given before its account was disabled", ["audit"],
            """
            UPDATE audit SET seq = 1000 WHERE action = 'role.given';
            UPDATE audit SET seq = (SELECT seq - 1 FROM audit WHERE action = 'sealed.viewed')
                WHERE action = 'account.disabled';
            UPDATE audit SET seq = (SELECT seq - 2 FROM audit WHERE action = 'sealed.viewed')
                WHERE action = 'role.given'
            """, "breaks the chain"),
    ]

    private static let imports = [
        Tampering(
            "an import published by hand", [],
            "UPDATE import SET base = 3, published_at = 1 WHERE base IS NULL",
            "is published where the audit does not say so"),
        Tampering(
            "an import undone by hand", [],
            """
            UPDATE import SET reversed = 30 WHERE what = 'material' AND row_count = 2
            """, "is undone where the audit does not say so"),
        Tampering(
            "an undone import brought back", [],
            "UPDATE import SET reversed = NULL, reversed_at = NULL",
            "is undone where the audit does not say so"),
        Tampering(
            "an import shifted", [], "UPDATE import SET base = base + 1 WHERE row_count = 2",
            "is published where the audit does not say so"),
        Tampering(
            "the mark of a file of persons", [],
            "UPDATE import SET file_digest = 'x' WHERE what = 'persons'",
            "are not what import.published posted"),
        Tampering(
            "the digest of an import", [],
            "UPDATE import SET digest = 'x' WHERE what = 'material' AND row_count = 2",
            "does not hold what the audit says"),
    ]

    private static let reports = [
        Tampering(
            "a pinned figure", ["pin"], "UPDATE pin SET numerator = numerator + 1",
            "its text or figures differ from the audit"),
        Tampering(
            "a printed phrase", ["pin"], "UPDATE pin SET phrase_zh = '9个'",
            "its text or figures differ from the audit"),
        Tampering(
            "the text of a report", ["report"],
            "UPDATE report SET body = replace(body, '概况', '全貌')",
            "its text or figures differ from the audit"),
        Tampering(
            "a report taken away", ["report", "pin"], "DELETE FROM pin; DELETE FROM report",
            "is gone"),
    ]

    /// What gives rights, written by somebody who may write to the database.
    private static let rights = [
        Tampering(
            "a role nobody gave", [],
            """
            INSERT INTO role_grant (id, account_id, role, unit_id, from_on, granted_at, granted_by)
            SELECT 'x', account_id, 'organization_officer', unit_id, from_on, granted_at, granted_by
            FROM role_grant
            """, "the row x of role_grant was written or changed by hand"),
        Tampering(
            "a wider role", [], "UPDATE role_grant SET role = 'organization_officer'",
            "of role_grant was written or changed by hand"),
        Tampering(
            "a role taken away", [], "DELETE FROM role_grant", "is gone (role.given)"),
        Tampering(
            "a name on a sealed list", [],
            """
            INSERT INTO sealed_name (id, kind, account_id, from_on, listed_at, listed_by)
            SELECT 'x', 'aid', id, '2015-01-01', 1, 'x' FROM account WHERE sign_in = 'li'
            """, "the row x of sealed_name was written or changed by hand"),
        Tampering(
            "a password", [], "UPDATE account SET password = 'x' WHERE sign_in = 'li'",
            "of account was written or changed by hand"),
        Tampering(
            "whose account it is", [],
            """
            UPDATE account SET person_id = (SELECT id FROM person WHERE number = 'P-1')
            WHERE sign_in = 'li'
            """, "of account was written or changed by hand"),
        Tampering(
            "whose session it is", [],
            """
            UPDATE session SET account_id = (SELECT id FROM account WHERE sign_in = 'wang')
            """, "of session was written or changed by hand"),
        Tampering(
            "a key to a password", [],
            """
            INSERT INTO access_key (key_digest, purpose, account_id, made_at, made_by, ends_at,
                released_at, released_by)
            SELECT 'x', 'reset', id, 1, 'x', 9000000000000, 1, 'x' FROM account
            WHERE sign_in = 'li'
            """, "the row x of access_key was written or changed by hand"),
        Tampering(
            "who wrote what waits", [],
            """
            UPDATE entry_waiting SET account_id = (SELECT id FROM account WHERE sign_in = 'wang')
            """, "which waits, was given another writer"),
    ]

    private static let persons = [
        Tampering(
            "a person's name", [], "UPDATE person SET name = '某' WHERE number = 'P-1'",
            "of person was written or changed by hand"),
        Tampering(
            "two persons exchanged", [],
            """
            UPDATE person SET number = CASE number WHEN 'P-1' THEN 'P-2' ELSE 'P-1' END
            WHERE number IN ('P-1', 'P-2')
            """, "of person was written or changed by hand"),
        Tampering(
            "a person nobody names taken away", [], "DELETE FROM person WHERE number = 'P-4'",
            "brought are not all there"),
        Tampering(
            "a person slipped in", [],
            """
            INSERT INTO person (id, number, name, sort_name, unit_id)
            SELECT 'x', 'P-9', name, sort_name, unit_id FROM person WHERE number = 'P-1'
            """, "the row x of person was written or changed by hand"),
    ]

    /// What is absent, and what of evidence says where it belongs and who added it.
    private static let absent = [
        Tampering(
            "private values taken away", [], "DELETE FROM record_private",
            "are gone, and nobody erased them"),
        Tampering(
            "a person erased by hand", [],
            "UPDATE person SET name = '＊＊＊', number = NULL, erased_at = 1 WHERE number = 'P-1'",
            "was erased, and nothing says by whom"),
        Tampering(
            "evidence erased by hand", ["evidence"], "UPDATE evidence SET file_name = ''",
            "was erased, and nothing says by whom"),
        Tampering(
            "evidence moved to another record", ["evidence"],
            "UPDATE evidence SET record_id = (SELECT id FROM record WHERE ref = 'M-1')",
            "differs from the audit"),
        Tampering(
            "evidence under another name", ["evidence"],
            "UPDATE evidence SET file_name = 'x.txt'", "differs from the audit"),
        Tampering(
            "who added evidence", ["evidence"], "UPDATE evidence SET added_by = 'x'",
            "differs from the audit"),
        Tampering(
            "when evidence was added", ["evidence"], "UPDATE evidence SET added_at = 1",
            "differs from the audit"),
    ]
}
