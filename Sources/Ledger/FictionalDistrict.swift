import Core
import Storage

/// Whether a district is the demonstration: its data are fictional and old, so nothing of them goes
/// by itself, and its passwords are known to everybody. The database knows it, not a command, and
/// by a keyed mark, so that a real district never becomes one.
extension District {
    package static func isDemonstration(_ db: Connection) throws -> Bool {
        let kept = try db.value("SELECT mark FROM demonstration WHERE id = 1", as: String.self)
        return kept == db.mac(["demonstration"])
    }

    package func isDemonstration() async throws -> Bool {
        try await database.read { try Self.isDemonstration($0) }
    }

    /// Makes the demonstration of an empty district; one that is it already stays so.
    ///
    /// - Throws: `Refusal.conflict` when anything happened in it before: it is a district of its
    ///   own.
    package func becomeDemonstration() async throws {
        try await database.write { db in
            guard try !Self.isDemonstration(db) else { return }
            let hasPosted = try Audit(db, key: key).position() > 0
            let hasAccount = try db.value("SELECT 1 FROM account LIMIT 1", as: Int.self) != nil
            guard !hasPosted, !hasAccount else {
                throw Refusal.conflict(
                    zh: "这个目录是一个已有数据的区，不能改作演示区。请另选目录；"
                        + "如是旧版程序建的演示区，请删除该目录后重新运行 demo。",
                    en: """
                        This folder is a district with data of its own, and the demonstration \
                        does not touch it: name another folder. If an older program made it as \
                        its demonstration, delete the folder and run demo again.
                        """)
            }
            try db.execute(
                """
                INSERT INTO demonstration (id, mark) VALUES (1, \(db.mac(["demonstration"])))
                """)
        }
    }
}
