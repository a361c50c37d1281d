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
                zh: "without.yaml 去掉了填报事项“\(kind)”，而台账中有它的记录\(count.grouped)条：这些记录仍然保留，但不"
                    + "在任何网页和数字中出现。如仍需要，请从 without.yaml 中删去该事项。",
                en: "without.yaml does without the kind “\(kind)”, of which the ledger has "
                    + "\(count.grouped) records: they stay there, and are on no page and in no "
                    + "figure. Take the kind out of without.yaml if they are needed.")
            : Wording(
                zh: "配置中没有填报事项“\(kind)”，而台账中有它的记录\(count.grouped)条：这些记录仍然保留，但不在任何网页"
                    + "和数字中出现。请恢复定义它的文件。",
                en: "The catalogue has no kind “\(kind)”, of which the ledger has "
                    + "\(count.grouped) records: they stay there, and are on no page and in no "
                    + "figure. Bring back the file that defines it.")
    }
}

extension District {
    /// The kinds of records that the catalogue has not. The kinds of the ledger are stepped through
    /// by their index, so that no record is looked at unless it is of such a kind.
    package func strandedKinds(_ db: Connection) throws -> [StrandedKind] {
        let kinds = try db.rows(
            """
            WITH RECURSIVE known (kind) AS (
                SELECT MIN(r.kind) FROM record r
                UNION ALL
                SELECT (SELECT MIN(r.kind) FROM record r WHERE r.kind > k.kind)
                FROM known k WHERE k.kind IS NOT NULL
            ) SELECT kind FROM known WHERE kind IS NOT NULL
            """
        ).map { try $0.at(0, as: String.self) }
        let stranded = kinds.filter { catalogue.kinds[$0] == nil }
        guard !stranded.isEmpty else { return [] }
        return try db.rows(
            """
            SELECT kind, COUNT(*) AS number FROM posted
            WHERE kind IN (\(values: stranded)) GROUP BY kind ORDER BY kind
            """
        ).map { row in
            let kind = try row.get("kind", as: String.self)
            return StrandedKind(
                kind: kind, count: try row.get("number"),
                isAbsent: catalogue.absentKinds.contains(kind))
        }
    }
}
