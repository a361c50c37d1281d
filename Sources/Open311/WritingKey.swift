import Core
import Ledger
import Storage

/// A key with which a program files requests. It reads nothing that is not everybody's, and it is
/// made at the machine, for a program that the district has agreed with.
package struct WritingKey: Sendable {
    package typealias ID = Core.ID<WritingKey>

    package let id: ID
    /// What the district calls the program.
    package let name: String
    package let madeAt: Moment
    /// The first day on which it is good no longer.
    package let endsOn: Day

    /// The longest name, in characters.
    package static let nameCharacters = 40
    /// The most days for which a key is good.
    package static let mostDays = 366
    /// The letters of a key.
    static let letters = 64

    /// Who files, as the audit names them.
    var actor: Actor { Actor(name: "open311 \(id)", standing: .system) }

    init(_ row: Row) throws {
        id = try row.get("id")
        name = try row.get("name")
        madeAt = try row.get("made_at")
        endsOn = try row.get("ends_on")
    }

    /// What is kept of a key.
    static func mac(of secret: String, _ key: AuditKey) -> String {
        key.derived("writing key").mac([secret])
    }
}

/// Every statement on the keys with which programs file.
struct WritingKeyStore {
    let db: Connection

    static let marked = MarkedTable(
        "writing_key", ["name", "secret_mark", "made_at", "ends_on"])
    /// The most keys of a district.
    static let limit = 100

    func list() throws -> [WritingKey] {
        try db.rows("SELECT * FROM writing_key ORDER BY made_at, id LIMIT \(Self.limit)")
            .map(WritingKey.init)
    }

    /// A key that is good on a day. One that was written by hand is none.
    func find(mac: String, on day: Day) throws -> WritingKey? {
        let row = try db.first(
            "SELECT * FROM writing_key WHERE secret_mark = \(mac) AND ends_on > \(day)")
        guard let row, db.isMarked(row, of: Self.marked) else { return nil }
        return try WritingKey(row)
    }

    func insert(_ id: WritingKey.ID, name: String, mac: String, until day: Day, at moment: Moment)
        throws
    {
        try db.execute(
            """
            INSERT INTO writing_key (id, name, secret_mark, made_at, ends_on)
            VALUES (\(id), \(name), \(mac), \(moment), \(day))
            """)
        try db.seal(Self.marked, where: "id = \(id)")
    }

    func remove(_ id: WritingKey.ID) throws -> Bool {
        try db.execute("DELETE FROM writing_key WHERE id = \(id)") == 1
    }

    /// Takes away what is good no longer, and says how many there were.
    func sweep(on day: Day) throws -> Int {
        try db.execute("DELETE FROM writing_key WHERE ends_on <= \(day)")
    }
}

extension District {
    /// Makes a key for a program; its secret is known this once.
    package func makeWritingKey(
        named name: String, days: Int, by actor: Actor
    ) async throws -> (id: WritingKey.ID, secret: String) {
        let name = try Refusal.cleaned(name, at: "name").trimmed
        guard !name.isEmpty, name.unicodeScalars.count <= WritingKey.nameCharacters else {
            throw Refusal.invalid(
                "name", zh: "请写明给哪个程序使用，最多\(WritingKey.nameCharacters)个字符。",
                en: "Say which program it is for, in \(WritingKey.nameCharacters) characters.")
        }
        guard (1...WritingKey.mostDays).contains(days) else {
            throw Refusal.invalid(
                "days", zh: "有效期为1至\(WritingKey.mostDays)天。",
                en: "A key is good for 1 to \(WritingKey.mostDays) days.")
        }
        let (id, secret, moment) = (WritingKey.ID.make(), freshSecret(), now())
        try await database.write { [self] db in
            let store = WritingKeyStore(db: db)
            guard try store.list().count < WritingKeyStore.limit else {
                throw Refusal.conflict(
                    zh: "最多可有\(WritingKeyStore.limit)个密钥，请先停用一个。",
                    en: "There can be \(WritingKeyStore.limit) keys: end one first.")
            }
            try store.insert(
                id, name: name, mac: WritingKey.mac(of: secret, key), until: moment.day + days,
                at: moment)
            _ = try Audit(db, key: key).record(
                "writing_key.made", id.text, by: actor, at: moment, quietly: true)
        }
        return (id, secret)
    }

    /// Ends a key at once.
    package func endWritingKey(_ id: WritingKey.ID, by actor: Actor) async throws {
        let moment = now()
        try await database.write { [self] db in
            guard try WritingKeyStore(db: db).remove(id) else { throw Refusal.notFound }
            _ = try Audit(db, key: key).record(
                "writing_key.ended", id.text, by: actor, at: moment, quietly: true)
        }
    }

    /// The keys there are.
    package func writingKeys() async throws -> [WritingKey] {
        try await database.read { db in try WritingKeyStore(db: db).list() }
    }
}

extension GeoReport {
    /// - Throws: `GeoErrors` for a key that is missing or none. Which of them is not told.
    func key(_ secret: String?) async throws -> WritingKey {
        let today = today
        let wrong = GeoErrors(
            .forbidden, "api_key_invalid", zh: "须有有效的 api_key。",
            en: "A valid api_key is required.")
        guard let secret, secret.utf8.count == WritingKey.letters else { throw wrong }
        let mac = WritingKey.mac(of: secret, district.key)
        let found = try await district.database.read { db in
            try WritingKeyStore(db: db).find(mac: mac, on: today)
        }
        guard let found else { throw wrong }
        return found
    }
}
