import Core
import Foundation
import Ledger
import Storage

/// Compares the chain with what the file beside the database remembers of it. The file is read
/// first: what is committed meanwhile is noted after its commit.
func headsCheck(_ heads: HeadLog) -> Check {
    Check { database, _ in
        let kept = heads.exists ? heads.read() : nil
        return try await database.read { db in
            try verifyHeads(kept, of: (heads.path as NSString).lastPathComponent, db)
        }
    }
}

private func verifyHeads(
    _ kept: (lines: [HeadLog.Line], foreign: [Int])?, of file: String, _ db: Connection
) throws -> [Finding] {
    let newest = try HeadLog.Head(db)
    guard let (lines, foreign) = kept else {
        guard newest.seq > 0 else { return [] }
        return [
            Finding(
                "\(file), which remembers how far the ledger had come, is gone: put it back, or "
                    + "say with verify --accept that the ledger is as it should be")
        ]
    }
    var findings = foreign.prefix(5).map {
        Finding("line \($0) of \(file) was not written by the holder of the key")
    }
    if let begun = lines.first(where: { $0.word == .begun && $0.head.seq > 1 }) {
        findings.append(
            Finding(
                "\(file) was gone when the ledger came to the audit row \(begun.head.seq): what it "
                    + "remembered is lost; say with verify --accept that the ledger is as it "
                    + "should be"))
    }
    // The hash of a row stands for all before it, so the newest lines are enough.
    let heads = lines.map(\.head).sorted { $0.seq > $1.seq }
    if let far = heads.first, far.seq > newest.seq {
        findings.append(
            Finding(
                "the ledger ends at the audit row \(newest.seq), and it had come to "
                    + "\(far.seq): its newest rows were cut off, or an older copy was put in its "
                    + "place. If you put a backup back, say so with verify --accept"))
    }
    for head in heads.filter({ $0.seq <= newest.seq }).prefix(VerifiedHeads.most) {
        guard let finding = try head.finding(in: db) else { continue }
        findings.append(finding)
        break
    }
    return findings
}

private enum VerifiedHeads {
    /// The most noted heads that are compared.
    static let most = 200
}

/// Holds a head that somebody kept against the chain; it may be given by the beginning of its hash.
package func verifyHead(_ head: HeadLog.Head, _ db: Connection) throws -> [Finding] {
    try head.finding(in: db).map { [$0] } ?? []
}

extension DataFolder {
    /// What the file of heads says against a district's database, for a word at the start.
    package func headFindings(_ district: District) async throws -> [Finding] {
        try await headsCheck(try heads()).run(district.database, nil)
    }

    /// Takes the ledger as it should be: after a backup was put back, or the clock was set. The
    /// audit says who did, and the file begins anew.
    package func accept(_ district: District, by actor: Actor) async throws -> HeadLog.Head {
        let heads = try heads()
        let head = try await district.database.write { db in
            try Audit(db, key: district.key).record(
                "ledger.accepted", "ledger", by: actor, at: district.now(),
                evidence: Fingerprint(["ledger.accepted"]).text, quietly: true)
            return try HeadLog.Head(db)
        }
        try heads.note(head, as: .accepted)
        return head
    }
}
