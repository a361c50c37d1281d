import Core
import Figures
import Ledger
import Storage
import TestKit

/// The codes of the small district.
enum At {
    static let district = "410102"
    static let street = "410102001"
    static let one = "410102001001"
    static let two = "410102001002"
    static let grid11 = "410102001001001"
    static let grid12 = "410102001001002"
    static let grid21 = "410102001002001"
    static let grid22 = "410102001002002"
    /// What reorganizations of the tests found.
    static let merged = "410102001009"
    static let splitA = "410102001011"
    static let splitB = "410102001012"
}

extension TestDistrict {
    /// What the answer to a question comes to: `3`, `2/4` for a ratio, or why there is none.
    func said(
        _ indicator: String, _ unit: String, _ period: String,
        _ structure: Question.Standpoint = .then, at position: Int? = nil
    ) async throws -> String {
        try await answer(indicator, unit, period, structure, at: position).said
    }

    /// The parts of a figure of the street in 2015, by the field its indicator names.
    func parts(_ indicator: String) async throws -> [String] {
        let figures = figures
        return try await database.read { db in
            let reading = try figures.reading(db)
            let question = try reading.question(indicator, unit: At.street, period: "2015")
            return try reading.parts(question).map {
                "\($0.value ?? "–") \($0.answer.said)"
            }
        }
    }

    /// Imports rows under headings.
    @discardableResult
    func take(_ kind: String, _ headings: String, _ rows: String...) async throws -> String {
        try await accept(([headings] + rows).joined(separator: "\n") + "\n", what: kind)
    }

    /// Visits with a number, a day and a unit.
    @discardableResult
    func visits(_ rows: String...) async throws -> String {
        try await accept((["编号,日期,单位"] + rows).joined(separator: "\n") + "\n", what: "visit")
    }

    func persons(_ rows: String...) async throws {
        try await accept(
            (["人员编号,姓名,单位"] + rows).joined(separator: "\n") + "\n", what: "persons")
    }

    /// Posts one record from written values.
    @discardableResult
    func post(_ kind: String, _ values: [Heading: String]) async throws -> Record.ID {
        guard let known = district.catalogue.kinds[kind] else { throw Refusal.notFound }
        return try await district.post(values, kind: known, by: Self.actor)
    }

    /// The identity of a record with a number.
    func record(_ kind: String, _ ref: String) async throws -> Record.ID {
        let found = try await database.read { db in
            try RecordStore(db: db).find(kind: kind, ref: ref)
        }
        guard let found else { throw Refusal.notFound }
        return found
    }

    func reverse(_ kind: String, _ ref: String) async throws {
        let id = try await record(kind, ref)
        _ = try await district.reverse(id, because: "录入有误", by: Self.actor)
    }

    /// Both communities become one, whole, on 1 March 2015.
    @discardableResult
    func merge() async throws -> String {
        let lines = [At.one, At.two].map {
            "merge,\($0),\(At.merged),合社区,community,\(At.street),whole"
        }
        let moves = [At.grid11, At.grid12, At.grid21, At.grid22, "DW-1", "DW-2"].map {
            "move,\($0),,,,\(At.merged),"
        }
        return try await reorganize("R1", lines + moves)
    }

    /// The first community becomes two, one for each of its grids, on 1 March 2015.
    @discardableResult
    func split() async throws -> String {
        try await reorganize(
            "R2",
            [
                "split,\(At.one),\(At.splitA),甲社区,community,\(At.street),record_by_record",
                "split,\(At.one),\(At.splitB),乙社区,community,\(At.street),record_by_record",
                "move,\(At.grid11),,,,\(At.splitA),", "move,\(At.grid12),,,,\(At.splitB),",
                "move,DW-1,,,,\(At.splitA),",
            ])
    }

    private func reorganize(_ code: String, _ rows: [String]) async throws -> String {
        let head = "批次,名称,文号,生效日期,类型,前身编码,后继编码,后继名称,后继形式,领土上级,依据"
        let lines = rows.map { "\(code),调整,文一号,2015-03-01,\($0)" }
        return try await accept(
            ([head] + lines).joined(separator: "\n") + "\n", what: "reorganizations")
    }

    /// Whether the records listed behind a figure come to it.
    func addsUp(_ indicator: String, _ unit: String, _ period: String) async throws -> Bool {
        let figures = figures
        return try await database.read { db in
            let reading = try figures.reading(db)
            let question = try reading.question(indicator, unit: unit, period: period)
            let answer = try reading.answer(question)
            return try reading.reckoner.trace(question, answer: answer).addsUp
        }
    }
}

extension Answer {
    var said: String {
        guard hasValue else { return state.rawValue }
        return isRatio || denominator != 1 ? "\(numerator)/\(denominator)" : "\(numerator)"
    }
}
