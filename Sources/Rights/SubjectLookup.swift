import Core
import Ledger
import Storage
import Web

/// Whom the staff mean at the window: a person by their number, or whoever made the request of a
/// number.
struct SubjectLookup: Sendable {
    private let number: String?
    private let ref: String?

    /// It is a fault unless exactly one of the two is given.
    init(_ reader: inout FormReader) {
        number = reader.optional("number")
        ref = reader.optional("ref")
        guard (number == nil) == (ref == nil) else { return }
        reader.fault(
            "number", zh: "请填写人员编号或诉求编号，二者填一项。",
            en: "Give the number of the person or of the request, one of the two.")
    }

    /// The fields that ask for one of the two.
    static func fields(_ state: FormState, _ words: Words) -> [FormPart] {
        [
            state.line("number", words["issue_number"], help: words["issue_help"]),
            state.line("ref", words["issue_ref"]),
        ]
    }

    /// The subject, where they stand in the reader's units; else as if they were not.
    func subject(
        _ app: Services, _ context: AppContext, _ db: Connection
    ) throws -> DataSubject {
        let units = try app.units(context, db)
        let found = try found(db).filter { subject in
            try !subject.isNobody && units.contains(app.unit(of: subject, db))
        }
        guard found.count < 2 else {
            throw Refusal.invalid(
                "ref", zh: "不止一种记录用这个编号，请改填记录的标识。",
                en: "More than one kind of record has this number: give the record's identity.")
        }
        guard let subject = found.first else {
            throw number == nil
                ? Refusal.invalid(
                    "ref", zh: "没有这个编号的诉求，或其中没有个人信息。",
                    en: "There is no such request, or it keeps nothing personal.")
                : Refusal.invalid(
                    "number", zh: "没有这个人员编号。", en: "There is no person of this number.")
        }
        return subject
    }

    /// The person of the number, or the matters of the number, one of each kind at the most.
    private func found(_ db: Connection) throws -> [DataSubject] {
        if let number {
            let person = try db.value(
                """
                SELECT p.id FROM person p LEFT JOIN import i ON i.id = p.import_id
                WHERE p.number = \(number) AND p.erased_at IS NULL
                    AND (p.import_id IS NULL OR (i.base IS NOT NULL AND i.reversed IS NULL))
                ORDER BY p.id LIMIT 1
                """, as: String.self)
            return try person.map { [DataSubject(persons: try DataSubject.entries(of: $0, db))] }
                ?? []
        }
        // A number is free again once its record was reversed: the one that counts has it.
        let records = try db.rows(
            """
            SELECT r.id, r.kind FROM posted r JOIN record_private k ON k.record_id = r.id
            WHERE r.ref = \(ref) OR r.id = \(ref)
            ORDER BY (SELECT COUNT(*) FROM posted v WHERE v.reverses = r.id), r.id DESC
            LIMIT \(RightsLimits.recordsPerSubject)
            """
        ).map { (id: try $0.at(0, as: String.self), kind: try $0.at(1, as: String.self)) }
        var kinds: Set<String> = []
        return records.filter { kinds.insert($0.kind).inserted }
            .map { DataSubject(records: [$0.id]) }
    }
}
