import App
import Core
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Organization
import Rights
import Storage
import Synchronization
import TestKit

/// A clock that a test sets to a day.
final class DayClock: Sendable {
    private let kept: Mutex<Moment>

    init(_ day: String = "2015-07-01") { kept = Mutex(DayClock.noon(day)) }

    var moment: Moment { kept.withLock { $0 } }

    func set(_ day: String) { kept.withLock { $0 = DayClock.noon(day) } }

    func advance(minutes: Int64) {
        kept.withLock { $0 = Moment(milliseconds: $0.milliseconds + minutes * 60_000) }
    }

    static func noon(_ day: String) -> Moment {
        let number = Int64(Day(day)?.number ?? 0)
        return Moment(milliseconds: number * 86_400_000 + 4 * 3_600_000)
    }
}

/// A small district with a few persons: a member who volunteers as well, a volunteer who left, a
/// job seeker whose year is over, and two requests with a telephone number.
struct RightsTown: Sendable {
    let test: TestDistrict
    let clock: DayClock

    static func with(
        _ engine: Engine, on day: String = "2015-07-01",
        _ body: @escaping @Sendable (RightsTown) async throws -> Void
    ) async throws {
        let clock = DayClock(day)
        try await TestDistrict.with(engine, now: { clock.moment }) { test in
            let town = RightsTown(test: test, clock: clock)
            try await town.found()
            try await body(town)
        }
    }

    static let gone = ["丙三", "P-3", "6810-1111"]

    private func found() async throws {
        try await test.foundSmallDistrict()
        try await test.accept(
            """
            人员编号,姓名,单位
            P-1,甲一,EDU-1
            P-2,乙二,410102001001
            P-3,丙三,410102
            P-4,丁四,EDU-2
            """, what: "persons")
        try await post(
            "membership",
            [
                .ref: "M-1", .day: "2014-02-01", .unit: "EDU-1", .field("stage"): "正式党员",
                .person("member"): "P-1",
            ])
        try await post(
            "volunteer",
            [
                .ref: "V-1", .day: "2014-03-01", .unit: "410102001001",
                .person("volunteer"): "P-1",
            ])
        try await post(
            "volunteer",
            [
                .ref: "V-2", .day: "2014-03-01", .lastDay: "2015-01-31",
                .unit: "410102001001", .person("volunteer"): "P-2",
            ])
        try await post(
            "job_intent",
            [
                .ref: "J-1", .day: "2014-05-10", .unit: "410102", .field("fair"): "春季招聘会",
                .field("consent"): "是", .person("graduate"): "P-3",
                .subject("enterprise"): "E-1",
            ], file: "登记表.txt")
        try await ask("Q-0", on: "2014-06-01", contact: "6810-1111")
        try await ask("Q-1", on: "2015-03-01", contact: "6810-0000")
    }

    private func ask(_ ref: String, on day: String, contact: String) async throws {
        try await post(
            "request",
            [
                .ref: ref, .day: day, .unit: "410102001001", .field("matter"): "咨询",
                .subject("request"): ref, .privateValue("contact"): contact,
            ])
    }

    /// Corrects the request of a number: another telephone number was meant.
    func correct(
        _ ref: String, contact: String, because reason: String = "听错了"
    ) async throws {
        let district = test.district
        guard let kind = district.catalogue.kinds["request"] else { throw Refusal.notFound }
        let values: [Heading: String] = [
            .ref: ref, .day: "2015-03-01", .unit: "410102001001", .field("matter"): "咨询",
            .subject("request"): ref, .privateValue("contact"): contact,
        ]
        try await test.database.write { db in
            let found = try db.value(
                "SELECT id FROM record WHERE ref = \(ref)", as: Record.ID.self)
            guard let old = found else { throw Refusal.notFound }
            let entry = try district.read(values, kind: kind, db: db)
            try district.correct(
                old, with: entry, because: reason, by: TestDistrict.actor, db: db)
        }
    }

    @discardableResult
    func post(
        _ kind: String, _ values: [Heading: String], file: String? = nil
    ) async throws -> Record.ID {
        guard let kind = test.district.catalogue.kinds[kind] else { throw Refusal.notFound }
        let evidence = try file.map { [try EvidenceFile(path: test.file($0, "一份登记表"))] } ?? []
        return try await test.district.post(
            values, kind: kind, evidence: evidence, in: test.folder.evidence,
            by: TestDistrict.actor)
    }

    /// Somebody looks at the record of a number as at a sealed one, and says why.
    func look(at ref: String, because reason: String) async throws {
        let viewer = try await test.account("viewer-\(ref)")
        let (key, moment) = (test.district.key, clock.moment)
        try await test.database.write { db in
            let found = try db.value("SELECT id FROM record WHERE ref = \(ref)", as: String.self)
            guard let record = found else { throw Refusal.notFound }
            try db.execute(
                """
                INSERT INTO sealed_view (id, record_id, account_id, reason, at)
                VALUES (\("look-" + ref), \(record), \(viewer.id), \(reason), \(moment))
                """)
            try Audit(db, key: key).record(
                "sealed.viewed", record, by: TestDistrict.actor, at: moment, quietly: true)
        }
    }

    var retention: Retention { App.retention(test.district, test.folder) }

    /// What the protection officer lets go, and the run that follows.
    func confirmedRun() async throws -> [Retention.Part] {
        try await retention.confirm(
            upTo: try await retention.position(), by: TestDistrict.actor)
        return try await retention.run()
    }

    var eraser: Eraser { Eraser(test.district, folder: test.folder.rights) }

    /// The id of the person of a number.
    func person(_ number: String) async throws -> Person.ID {
        let found = try await test.database.read { try PersonStore(db: $0).find(number: number) }
        guard let person = found.first else { throw Refusal.notFound }
        return person.id
    }

    /// What a statement counts.
    func count(_ statement: SQL) async throws -> Int {
        try await test.database.read { try $0.value(statement, as: Int.self) ?? 0 }
    }

    func text(_ statement: SQL) async throws -> String? {
        try await test.database.read { try $0.value(statement, as: String.self) }
    }

    /// Whether the schema refuses a statement.
    func refuses(_ statement: String) async -> Bool {
        do {
            try await test.database.write { try $0.script(statement) }
            return false
        } catch {
            return error is DatabaseError
        }
    }

    /// What verify finds in the whole district.
    func findings() async throws -> [String] {
        try await verify(test.reports(), data: test.folder).map(\.sentence)
    }

    /// The tables and columns that hold one of some words, wherever words can stand.
    func residue(of words: [String]) async throws -> [String] {
        try await test.database.read { db in
            var found: [String] = []
            for place in try RightsTown.textColumns(db) {
                let parts = place.split(separator: ".").map(String.init)
                for word in words {
                    let hit = try db.value(
                        """
                        SELECT 1 FROM \(name: parts[0])
                        WHERE CAST(\(name: parts[1]) AS TEXT) LIKE \("%\(word)%") LIMIT 1
                        """, as: Int.self)
                    if hit != nil { found.append("\(place): \(word)") }
                }
            }
            for (place, text) in try opened(db) {
                found += words.filter(text.contains).map { "\(place): \($0)" }
            }
            return found
        }
    }

    /// What is sealed, as it reads with the key: there the words would not be seen otherwise.
    private func opened(_ db: Connection) throws -> [(place: String, text: String)] {
        let key = test.district.sealedKey
        let privates = try db.rows("SELECT record_id, salt, body FROM record_private").map { row in
            (
                "record_private.body",
                try PrivateValues(
                    sealed: (salt: row.at(1), body: row.at(2)), key, for: row.at(0)
                ).body
            )
        }
        let unfinished = try ["entry_draft", "entry_pattern", "entry_waiting"].flatMap { table in
            try db.rows("SELECT said, account_id FROM \(name: table)").map { row in
                (
                    "\(table).said",
                    jsonObject(try key.fields(sealed: row.at(0), of: row.at(1)))
                )
            }
        }
        return privates + unfinished
    }

    static func textColumns(_ db: Connection) throws -> [String] {
        let sqlite: SQL = """
            SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c
            WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
                AND c.type NOT IN ('BIGINT', 'BOOLEAN') ORDER BY 1
            """
        let postgres: SQL = """
            SELECT c.table_name || '.' || c.column_name FROM information_schema.columns c
            JOIN information_schema.tables t
                ON t.table_name = c.table_name AND t.table_schema = c.table_schema
            WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
                AND c.data_type NOT IN ('bigint', 'boolean') ORDER BY 1
            """
        return try db.rows(db.dialect == .sqlite ? sqlite : postgres).map { try $0.at(0) }
    }
}

/// A browser without an account, with the cookies it was given.
struct Visitor: Sendable {
    let client: any TestClientProtocol
    var cookies = ["visit": String(repeating: "7", count: 64)]

    init(_ client: any TestClientProtocol) { self.client = client }

    private var header: String { cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }

    func page(_ address: String) async throws -> PageAnswer {
        try await client.page(address, headers: [.cookie: header])
    }

    /// Opens a page, takes the hidden fields of its form and sends it.
    mutating func submit(
        _ address: String, _ fields: [String: String], to action: String? = nil
    ) async throws -> PageAnswer {
        let path = action ?? address
        let hidden = try await page(address).hidden(for: path)
        let answer = try await client.send(
            path, hidden.merging(fields) { $1 }.map { ($0.key, $0.value) }, cookie: header)
        for cookie in answer.headers[values: .setCookie] {
            let parts = cookie.prefix { $0 != ";" }.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { cookies[String(parts[0])] = String(parts[1]) }
        }
        return answer
    }
}
