import Catalogue
import Core
import Storage

/// A reason that speaks of persons is kept as private values are: sealed beside its record, which
/// has but their digest, and erased without breaking it.
extension PrivateValues {
    /// The name under which a reason stands; no private value of a kind can be called so.
    package static let reason = ".reason"
}

extension Entry {
    /// The reason that stands in the clear, and everything that is kept apart.
    func sealingReason(_ kind: Kind?) -> (reason: String?, privates: [String: String]) {
        guard let reason, kind?.sealsReasons == true else { return (reason, privates) }
        return (nil, privates.merging([PrivateValues.reason: reason]) { _, new in new })
    }
}

extension RecordStore {
    /// Why some records reverse, end or correct: in the clear, or opened for who may read it.
    /// What was erased is absent.
    package func reasons(
        of records: [Record], _ key: SecretKey
    ) throws -> [Record.ID: String] {
        var reasons: [Record.ID: String] = [:]
        for record in records {
            reasons[record.id] =
                try record.reason ?? privates(of: record.id, key)[PrivateValues.reason]
        }
        return reasons
    }

    /// Whether a record has a reason that stands apart, or stood there until it was erased.
    package func sealsReason(_ record: Record, _ kind: Kind?) throws -> Bool {
        guard record.reason == nil, kind?.sealsReasons == true else { return false }
        return try db.value(
            "SELECT 1 FROM record WHERE id = \(record.id) AND private_digest IS NOT NULL",
            as: Int.self) != nil
    }
}
