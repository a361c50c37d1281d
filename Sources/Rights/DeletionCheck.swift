import Core
import Ledger
import Storage

/// What `verify` looks at for rights: disclosures and erasures are what the audit says, and nothing
/// else is gone.
func rightsChecks(_ district: District, _ folder: RightsFolder) -> [Check] {
    let eraser = Eraser(district, folder: folder)
    let evidence = EvidenceFolder(folder.evidence, key: district.sealedKey)
    return [
        Check(reading: { db in
            try DisclosureLedger(db, key: district.key).changed().map {
                Finding("the disclosure \($0) differs from the audit")
            }
        }),
        Check(reading: { db in
            try eraser.changed(db).map { Finding("the erasure \($0) differs from the audit") }
        }),
        Check { database, _ in
            var proofs = try await DeletionProofs.read(eraser, database)
            return try await proofs.changed.map {
                Finding("the proof of deletion \($0) was changed")
            }
                + verifyPrivates(&proofs, district) + verifyPersons(&proofs, database)
                + verifyEvidence(&proofs, evidence, database)
        },
    ]
}

/// Rows that one statement looks at.
private let rowsAtOnce = 5_000
private let filesAtOnce = 200

/// What is absent is absent by right: an erasure or a proof of the retention names it.
///
/// - Parameters:
///   - sentence: what is found of a thing that nothing names.
///   - step: reads a little from an id on: what is absent there, and where to go on; nil at the
///     end.
private func verifyAbsent(
    _ proofs: inout DeletionProofs, _ database: Database, _ sentence: (String) -> String,
    _ step:
        @escaping @Sendable (String, Connection) throws -> (
            gone: [DeletionProofs.Gone], last: String?
        )
) async throws -> [Finding] {
    var findings: [Finding] = []
    var last: String? = ""
    while let first = last {
        let (unproven, next) = try await database.read { [proofs] db in
            let (gone, next) = try step(first, db)
            return (try proofs.unproven(gone, db), next)
        }
        for one in unproven where !proofs.takesUnnamed(one.entry) {
            findings.append(Finding(sentence(one.id)))
        }
        last = next
    }
    return findings
}

private func verifyPrivates(
    _ proofs: inout DeletionProofs, _ district: District
) async throws -> [Finding] {
    try await verifyAbsent(&proofs, district.database) {
        "the private values of the record \($0) are gone, and nobody erased them"
    } _: { first, db in
        let next = try db.value(
            """
            SELECT id FROM record WHERE id > \(first)
            ORDER BY id LIMIT 1 OFFSET \(rowsAtOnce - 1)
            """, as: String.self)
        let within: SQL = next.map { "AND r.id <= \($0)" } ?? ""
        let gone = try db.rows(
            """
            SELECT r.id, r.kind FROM record r
            WHERE r.id > \(first) \(within) AND r.private_digest IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM record_private k WHERE k.record_id = r.id)
            ORDER BY r.id
            """
        ).map { row in
            let kind = district.catalogue.kinds[try row.at(1, as: String.self)]
            return DeletionProofs.Gone(id: try row.at(0), entry: kind?.privateEntry ?? "")
        }
        return (gone, next)
    }
}

private func verifyPersons(
    _ proofs: inout DeletionProofs, _ database: Database
) async throws -> [Finding] {
    try await verifyAbsent(&proofs, database) {
        "the person \($0) was erased, and nothing says by whom"
    } _: { first, db in
        let erased = try db.rows(
            """
            SELECT p.id FROM person p WHERE p.erased_at IS NOT NULL AND p.id > \(first)
            ORDER BY p.id LIMIT \(rowsAtOnce)
            """
        ).map { DeletionProofs.Gone(id: try $0.at(0), entry: "person_name") }
        return (erased, erased.last?.id)
    }
}

/// What a row of evidence says, read before its file is.
private struct KeptEvidence: Sendable {
    let id: String
    let digest: String
    let isBlank: Bool
    let isWhole: Bool
    /// Whether it was erased, and nothing names it.
    let isUnproven: Bool
}

private func verifyEvidence(
    _ proofs: inout DeletionProofs, _ folder: EvidenceFolder, _ database: Database
) async throws -> [Finding] {
    var findings: [Finding] = []
    var last = ""
    while true {
        let kept = try await database.read { [last, proofs] db in
            let store = EvidenceStore(db: db)
            let rows = try db.rows(
                """
                SELECT e.*, (SELECT MAX(a.digest) FROM audit a WHERE a.subject = e.id
                    AND a.action = 'evidence.added') AS audited
                FROM evidence e WHERE e.id > \(last) ORDER BY e.id LIMIT \(filesAtOnce)
                """)
            let blank = try rows.filter { try $0.get("file_name", as: String.self).isEmpty }
                .map { DeletionProofs.Gone(id: try $0.get("id"), entry: "evidence_file") }
            let unproven = Set(try proofs.unproven(blank, db).map(\.id))
            return try rows.map { row in
                let id = try row.get("id", as: String.self)
                return KeptEvidence(
                    id: id, digest: try row.get("file_digest"),
                    isBlank: blank.contains { $0.id == id },
                    isWhole: try store.isWhole(row, audited: row.optional("audited")),
                    isUnproven: unproven.contains(id))
            }
        }
        for one in kept {
            if !one.isWhole {
                findings.append(Finding("the evidence \(one.id) differs from the audit"))
            }
            if one.isUnproven, !proofs.takesUnnamed("evidence_file") {
                findings.append(
                    Finding("the evidence \(one.id) was erased, and nothing says by whom"))
            }
            do throws(any Error) {
                let bytes = try folder.read(ID(trusted: one.id), digest: one.digest)
                if bytes == nil, !one.isBlank {
                    findings.append(
                        Finding(
                            "the file of the evidence \(one.id) is gone, and nobody erased it"))
                }
            } catch {
                findings.append(Finding("the file of the evidence \(one.id) was changed"))
            }
        }
        guard let newest = kept.last else { return findings }
        last = newest.id
    }
}

/// Which things erasures and the retention name as gone. What they name is looked up with what is
/// absent, in one snapshot: what goes meanwhile is no finding, and nothing is held here that grows.
private struct DeletionProofs: Sendable {
    /// Something that is absent, and the register entry it was kept under.
    struct Gone: Sendable {
        let id: String
        let entry: String
    }

    /// Proofs that are not what the audit says of them.
    private(set) var changed: [String] = []
    private let eraser: Eraser
    /// How many things of a register entry went by proofs of an older program, which named none:
    /// so many may be absent without a name.
    private var unnamed: [String: Int] = [:]

    private static let proofsAtOnce = 100

    private init(_ eraser: Eraser) { self.eraser = eraser }

    static func read(_ eraser: Eraser, _ database: Database) async throws -> DeletionProofs {
        var proofs = DeletionProofs(eraser)
        var last: String? = ""
        while let first = last {
            (proofs, last) = try await database.read { [proofs] db in
                var next = proofs
                let last = try next.read(after: first, db)
                return (next, last)
            }
        }
        return proofs
    }

    /// Reads some proofs; answers the last of them, nil at the end.
    private mutating func read(after first: String, _ db: Connection) throws -> String? {
        let proofs = try db.rows(
            """
            SELECT p.id, p.entry, p.row_count, p.digest, a.digest AS audited FROM deletion_proof p
            LEFT JOIN audit a ON a.seq = p.audit_seq AND a.subject = p.id
            WHERE p.id > \(first) ORDER BY p.id LIMIT \(Self.proofsAtOnce)
            """)
        for proof in proofs {
            let id = try proof.get("id", as: String.self)
            let entry = try proof.get("entry", as: String.self)
            let count = try proof.get("row_count", as: Int.self)
            let digest = try proof.get("digest", as: String.self)
            let named = try db.rows(
                "SELECT item FROM deletion_item WHERE proof_id = \(id)"
            ).map { try $0.at(0, as: String.self) }.sorted()
            let said = Fingerprint([id, entry, String(count), digest]).text
            let audited = try proof.optional("audited", as: String.self)
            let isWhole =
                audited == said && (named.isEmpty || Fingerprint(named).text == digest)
            if !isWhole { changed.append(id) }
            if named.isEmpty, isWhole { unnamed[entry, default: 0] += count }
        }
        return try proofs.last?.get("id")
    }

    /// Those that no whole proof and no erasure names.
    func unproven(_ gone: [Gone], _ db: Connection) throws -> [Gone] {
        guard !gone.isEmpty else { return [] }
        let broken = Set(changed)
        let named = Set(
            try db.rows(
                """
                SELECT item, proof_id FROM deletion_item WHERE item IN (\(values: gone.map(\.id)))
                """
            ).filter { try !broken.contains($0.at(1, as: String.self)) }
                .map { try $0.at(0, as: String.self) })
        let rest = gone.filter { !named.contains($0.id) }
        guard !rest.isEmpty else { return [] }
        let erased = Set(try eraser.named(db).joined())
        return rest.filter { !erased.contains($0.id) }
    }

    /// Takes one of those that an older program deleted without a name.
    mutating func takesUnnamed(_ entry: String) -> Bool {
        guard let left = unnamed[entry], left > 0 else { return false }
        unnamed[entry] = left - 1
        return true
    }
}
