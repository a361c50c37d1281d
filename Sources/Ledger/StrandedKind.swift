import Core
import Storage
import Web

/// A kind that records of the ledger have and the catalogue has not, since the district does
/// without it or its file is gone: the records stand, and are on no page and in no figure.
package struct StrandedKind: Sendable, Hashable {
    package let kind: String
    package let count: Int
    let isAbsent: Bool

    package var words: Wording {
        isAbsent
            ? Wording(
                zh: "without.yaml 去掉了种类“\(kind)”，而账上有它的登记\(count.grouped)条：这些登记仍然保留，但不"
                    + "在任何网页和数字中出现。如仍需要，请从 without.yaml 中删去该种类。",
                en: "without.yaml does without the kind “\(kind)”, of which the ledger has "
                    + "\(count.grouped) records: they stay there, and are on no page and in no "
                    + "figure. Take the kind out of without.yaml if they are needed.")
            : Wording(
                zh: "目录中没有种类“\(kind)”，而账上有它的登记\(count.grouped)条：这些登记仍然保留，但不在任何网页"
                    + "和数字中出现。请恢复定义它的文件。",
                en: "The catalogue has no kind “\(kind)”, of which the ledger has "
                    + "\(count.grouped) records: they stay there, and are on no page and in no "
                    + "figure. Bring back the file that defines it.")
    }
}

extension District {
    /// The kinds of records that the catalogue has not.
    package func strandedKinds(_ db: Connection) throws -> [StrandedKind] {
        try db.rows(
            """
            SELECT kind, COUNT(*) AS number FROM posted
            WHERE kind NOT IN (\(values: catalogue.kinds.keys.sorted()))
            GROUP BY kind ORDER BY kind
            """
        ).map { row in
            let kind = try row.get("kind", as: String.self)
            return StrandedKind(
                kind: kind, count: try row.get("number"),
                isAbsent: catalogue.absentKinds.contains(kind))
        }
    }
}
