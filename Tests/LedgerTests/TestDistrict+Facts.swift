import Catalogue
import Core
import Foundation
import Ledger
import Organization
import Storage
import TestKit
import Testing

/// What these tests ask of a district again and again.
extension TestDistrict {
    func kind(_ id: String) throws -> Kind { try #require(district.catalogue.kinds[id]) }

    @discardableResult
    func post(
        _ kind: String, _ values: [Heading: String], evidence: [EvidenceFile] = []
    ) async throws -> Record.ID {
        try await district.post(
            values, kind: try self.kind(kind), evidence: evidence, in: folder.evidence,
            by: Self.actor)
    }

    /// Copies of a leaflet, the plainest record there is.
    @discardableResult
    func postLeaflet(
        _ title: String, copies: Int = 10, on day: String = "2015-03-01", ref: String? = nil
    ) async throws -> Record.ID {
        let material = try kind("material")
        var values: [Heading: String] = [
            .day: day, .unit: "BUR-EDU", .measure(0): "\(copies)", .field("title"): title,
        ]
        values[.ref] = ref
        return try await district.post(values, kind: material, by: Self.actor)
    }

    func facts(_ kind: String) async throws -> [Record] {
        try await database.read { db in
            let records = RecordStore(db: db)
            return try db.rows("SELECT id FROM fact f WHERE kind = \(kind) ORDER BY position")
                .compactMap { try records.find(try $0.at(0), in: .everything) }
        }
    }

    func count(of table: String) async throws -> Int {
        try await database.read { db in
            try db.value("SELECT count(*) FROM \(name: table)", as: Int.self) ?? 0
        }
    }

    /// Everything a refused change must leave as it was.
    func state() async throws -> [String: Int] {
        var state = ["position": try await position()]
        for table in ["record", "record_person", "record_private", "evidence", "audit", "import"] {
            state[table] = try await count(of: table)
        }
        return state
    }

    /// Runs what must be refused, and checks that it left nothing.
    @discardableResult
    func refused<T: Sendable>(
        sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> T
    ) async throws -> String {
        let before = try await state()
        let no = await #expect(throws: Refusal.self, sourceLocation: sourceLocation) {
            _ = try await body()
        }
        #expect(try await state() == before, sourceLocation: sourceLocation)
        return no?.text(.en) ?? ""
    }

    /// Imports a text that must be refused row by row, and answers what was said.
    func faults(
        _ text: String, what: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> [String] {
        let before = try await state()
        let outcome = try await importText(text, what: what)
        #expect(try await state() == before, sourceLocation: sourceLocation)
        guard case .refused(let faults) = outcome else {
            Issue.record("the file was not refused", sourceLocation: sourceLocation)
            return []
        }
        return faults.map { "\($0.row) \($0.fault.place): \($0.fault.words.en)" }
    }

    func recognizes(_ text: String, what: String) async throws -> Bool {
        if case .recognized = try await importText(text, what: what) { return true }
        return false
    }

    /// A file of leaflets, each with its own title.
    static func leaflets(_ count: Int, from first: Int = 1) -> String {
        var text = "日期,单位,份数,名称\n"
        for index in first..<(first + count) {
            text += "2015-03-01,BUR-EDU,\(index % 100 + 1),宣传页\(index)\n"
        }
        return text
    }
}
