import Storage

extension HeadLog.Head {
    /// The fewest letters of a hash that a printed head is given by.
    private static let letters = 16

    /// Reads `12:0af3…`, as `verify` and issued reports print it; nil when it is no head.
    package init?(_ text: String) {
        let parts = text.split(separator: ":").map(String.init)
        guard parts.count == 2, let seq = Int(parts[0]), seq > 0,
            (Self.letters...64).contains(parts[1].count), parts[1].allSatisfy(\.isHexDigit)
        else { return nil }
        self.init(seq: seq, hash: parts[1].lowercased())
    }

    /// The head with its whole hash, where the chain has it; it may be given by the beginning of
    /// its hash.
    package func kept(in db: Connection) throws -> HeadLog.Head? {
        let kept = try db.value(
            """
            SELECT hash FROM audit WHERE seq = \(seq)
            UNION ALL SELECT hash FROM audit_spent WHERE seq = \(seq)
            """, as: String.self)
        return kept.flatMap { $0.hasPrefix(hash) ? HeadLog.Head(seq: seq, hash: $0) : nil }
    }

    /// What is wrong with a chain that has it no longer.
    package func finding(in db: Connection) throws -> Finding? {
        let newest = try HeadLog.Head(db)
        if seq > newest.seq {
            return Finding(
                "the ledger ends at the audit row \(newest.seq), and it had come to \(seq): its "
                    + "newest rows were cut off, or an older copy was put in its place")
        }
        if try kept(in: db) != nil { return nil }
        return Finding(
            "the audit row \(seq) is not the one that was noted when it was the newest: rows were "
                + "written anew after a tail was cut off or an older copy was put in its place")
    }
}
