import Core
import Foundation
import Ledger
import Storage

/// Compares the chain with what the file beside the database remembers of it. The file is read
/// first: what is committed meanwhile is noted after its commit.
func headsCheck(_ heads: HeadLog) -> Check {
    Check { database in
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
        guard let finding = try compare(head, db) else { continue }
        findings.append(finding)
        break
    }
    return findings
}

enum VerifiedHeads {
    /// The most noted heads that are compared.
    static let most = 200
    /// The fewest letters of a hash that a printed head is given by.
    static let letters = 16
}

/// Holds a head that somebody kept against the chain; it may be given by the beginning of its hash.
package func verifyHead(_ head: HeadLog.Head, _ db: Connection) throws -> [Finding] {
    let newest = try HeadLog.Head(db)
    guard head.seq <= newest.seq else {
        return [
            Finding(
                "the ledger ends at the audit row \(newest.seq), and it had come to \(head.seq): "
                    + "its newest rows were cut off, or an older copy was put in its place")
        ]
    }
    return try compare(head, db).map { [$0] } ?? []
}

extension HeadLog.Head {
    /// Reads `12:0af3…`, as `verify` and issued reports print it; nil when it is no head.
    package init?(_ text: String) {
        let parts = text.split(separator: ":").map(String.init)
        guard parts.count == 2, let seq = Int(parts[0]), seq > 0,
            (VerifiedHeads.letters...64).contains(parts[1].count),
            parts[1].allSatisfy(\.isHexDigit)
        else { return nil }
        self.init(seq: seq, hash: parts[1].lowercased())
    }
}

private func compare(_ head: HeadLog.Head, _ db: Connection) throws -> Finding? {
    let kept = try db.value(
        """
        SELECT hash FROM audit WHERE seq = \(head.seq)
        UNION ALL SELECT hash FROM audit_spent WHERE seq = \(head.seq)
        """, as: String.self)
    if let kept, kept.hasPrefix(head.hash) { return nil }
    return Finding(
        "the audit row \(head.seq) is not the one that was noted when it was the newest: rows were "
            + "written anew after a tail was cut off or an older copy was put in its place")
}

extension DataFolder {
    /// What the file of heads says against a district's database, for a word at the start.
    package func headFindings(_ district: District) async throws -> [Finding] {
        try await headsCheck(try heads()).run(district.database)
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
