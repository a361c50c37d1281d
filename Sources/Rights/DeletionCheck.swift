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
        Check(reading: { db in
            var proofs = try DeletionProofs(eraser, db)
            return try verifyDeletions(&proofs, district, db)
                + verifyEvidence(&proofs, evidence, db)
        }),
    ]
}

/// What is absent is absent by right: an erasure or a proof of the retention names it.
private func verifyDeletions(
    _ proofs: inout DeletionProofs, _ district: District, _ db: Connection
) throws -> [Finding] {
    var findings = proofs.changed.map { Finding("the proof of deletion \($0) was changed") }
    try db.each(
        """
        SELECT r.id, r.kind FROM record r
        WHERE r.private_digest IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM record_private k WHERE k.record_id = r.id)
        ORDER BY r.id
        """
    ) { row in
        let id = try row.at(0, as: String.self)
        let kind = try row.at(1, as: String.self)
        let entry = district.catalogue.kinds[kind]?.privates.first?.register ?? ""
        if !proofs.covers(id, entry) {
            findings.append(
                Finding("the private values of the record \(id) are gone, and nobody erased them"))
        }
    }
    try db.each("SELECT p.id FROM person p WHERE p.erased_at IS NOT NULL ORDER BY p.id") { row in
        let id = try row.at(0, as: String.self)
        if !proofs.covers(id, "person_name") {
            findings.append(Finding("the person \(id) was erased, and nothing says by whom"))
        }
    }
    return findings
}

private func verifyEvidence(
    _ proofs: inout DeletionProofs, _ folder: EvidenceFolder, _ db: Connection
) throws -> [Finding] {
    var digests: [String: String] = [:]
    for row in try db.rows(
        "SELECT subject, digest FROM audit WHERE action = 'evidence.added' ORDER BY seq")
    {
        digests[try row.at(0)] = try row.optionalAt(1, as: String.self)
    }
    var findings: [Finding] = []
    let store = EvidenceStore(db: db)
    for row in try db.rows("SELECT * FROM evidence ORDER BY id") {
        let id = try row.get("id", as: String.self)
        if try !store.isWhole(row, audited: digests[id]) {
            findings.append(Finding("the evidence \(id) differs from the audit"))
        }
        let isBlank = try row.get("file_name", as: String.self).isEmpty
        if isBlank, !proofs.covers(id, "evidence_file") {
            findings.append(Finding("the evidence \(id) was erased, and nothing says by whom"))
        }
        do throws(any Error) {
            let bytes = try folder.read(ID(trusted: id), digest: row.get("file_digest"))
            if bytes == nil, !isBlank {
                findings.append(
                    Finding("the file of the evidence \(id) is gone, and nobody erased it"))
            }
        } catch {
            findings.append(Finding("the file of the evidence \(id) was changed"))
        }
    }
    return findings
}

/// Which things erasures and the retention name as gone.
private struct DeletionProofs {
    /// Proofs that are not what the audit says of them.
    private(set) var changed: [String] = []
    private var items: Set<String> = []
    /// How many things of a register entry went by proofs of an older program, which named none:
    /// so many may be absent without a name.
    private var unnamed: [String: Int] = [:]

    init(_ eraser: Eraser, _ db: Connection) throws {
        for erasure in try eraser.named(db) { items.formUnion(erasure) }
        let proofs = try db.rows(
            """
            SELECT p.id, p.entry, p.row_count, p.digest, a.digest AS audited FROM deletion_proof p
            LEFT JOIN audit a ON a.seq = p.audit_seq AND a.subject = p.id ORDER BY p.id
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
            if named.isEmpty, isWhole {
                unnamed[entry, default: 0] += count
            } else if isWhole {
                items.formUnion(named)
            }
        }
    }

    /// Whether something absent is named, or may be one of those that an older program deleted.
    mutating func covers(_ id: String, _ entry: String) -> Bool {
        if items.contains(id) { return true }
        guard let left = unnamed[entry], left > 0 else { return false }
        unnamed[entry] = left - 1
        return true
    }
}
