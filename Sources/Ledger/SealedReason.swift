import Catalogue
import Core
import Storage
import Web

/// A reason that speaks of persons is kept as private values are: sealed beside its record, which
/// has but their digest, and erased without breaking it.
extension PrivateValues {
    /// The name under which a reason stands; no private value of a kind can be called so.
    package static let reason = ".reason"
}

extension Entry {
    /// The reason that stands in the clear, and everything that is kept apart.
    func sealingReason(_ kind: Kind?) -> (reason: String?, privates: [String: String]) {
        // Every word of a case is kept apart.
        guard let reason, inCase != nil || kind?.sealsReasons == true else {
            return (reason, privates)
        }
        return (nil, privates.merging([PrivateValues.reason: reason]) { _, new in new })
    }
}

/// Why a record reverses, ends or corrects another, as somebody may know it.
package enum KnownReason: Sendable {
    case clear(String)
    /// Kept apart, and opened for whoever may read it.
    case opened(String)
    case sealed, erased

    /// The reason itself; nil where it is not to be read.
    package var text: String? {
        switch self {
        case .clear(let text), .opened(let text): text
        case .sealed, .erased: nil
        }
    }

    /// The reason, or why it is not to be read.
    package func text(_ words: Words) -> String {
        switch self {
        case .clear(let text), .opened(let text): text
        case .sealed: words["record_reason_sealed"]
        case .erased: words["record_reason_erased"]
        }
    }
}

extension RecordStore {
    /// Why a record was written; nil where it says nothing of it.
    ///
    /// - Parameter opens: whether whoever asks may read what is kept apart.
    package func reason(
        of record: Record, _ kind: Kind, opens: Bool, _ key: SecretKey
    ) throws -> KnownReason? {
        if let reason = record.reason { return .clear(reason) }
        guard kind.sealsReasons || record.inCase != nil, record.reverses ?? record.ends != nil,
            try hasPrivates(record.id)
        else { return nil }
        guard opens else { return .sealed }
        return try privates(of: record.id, key)[PrivateValues.reason].map(KnownReason.opened)
            ?? .erased
    }

    /// Whether something stands apart from a record, or stood there until it was erased.
    private func hasPrivates(_ id: Record.ID) throws -> Bool {
        try db.value(
            "SELECT 1 FROM record WHERE id = \(id) AND private_digest IS NOT NULL",
            as: Int.self) != nil
    }
}
