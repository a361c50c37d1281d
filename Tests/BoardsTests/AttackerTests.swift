import Figures
import Foundation
import TestKit
import Testing

/// Whoever reads every public page and solves for what they do not tell learns no small number.
struct AttackerTests {
    @Test func noSmallNumberFollowsFromAllThePages() async throws {
        try await CareDistrict.with(seed: 1) { town in
            let sets = try await town.sets()
            try await town.test.withSite { client in
                let reader = PublicReader(
                    town: town, reader: Reader(client: client, test: town.test), sets: sets)
                check(try await reader.readAll(), town, sets)
            }
        }
    }

    @Test(arguments: [UInt64(2), 6])
    func noSmallNumberFollowsFromAllThatMayBeTold(seed: UInt64) async throws {
        try await CareDistrict.with(seed: seed) { town in
            let sets = try await town.sets()
            check(try await town.attacked(sets), town, sets)
        }
    }

    /// What is told is decided in Swift from what a statement found, and statements differ.
    @Test(arguments: Engine.available)
    func noSmallNumberFollowsFromAllThatEitherEngineTells(on engine: Engine) async throws {
        try await CareDistrict.with(seed: 3, on: engine) { town in
            let sets = try await town.sets()
            check(try await town.attacked(sets), town, sets)
        }
    }

    private func check(
        _ attackers: [String: Attacker], _ town: CareDistrict,
        _ sets: [String: [CareDistrict.Asked: Set<Int>]]
    ) {
        for (system, attacker) in attackers { check(attacker, system, town, sets) }
        let told = attackers["care"]?.told.count ?? 0
        #expect(told > 20, "the pages still tell what is large")
    }

    private func check(
        _ attacker: Attacker, _ system: String, _ town: CareDistrict,
        _ sets: [String: [CareDistrict.Asked: Set<Int>]]
    ) {
        let small = 1..<Suppression.threshold
        // What was said to be small, or not said at all, and comes out all the same.
        var asked: [Set<Int>: String] = [:]
        for (indicator, answers) in sets {
            for (question, cells) in answers
            where CareDistrict.system(indicator, question.period) == system {
                asked[cells] = "\(indicator) \(question.unit) \(question.period) \(question.map)"
                guard indicator == "care.kept", let all = sets["care.count"]?[question] else {
                    continue
                }
                asked[all.subtracting(cells)] = "care missed \(question.unit) \(question.period)"
            }
        }
        for cell in town.counts.indices { asked[[cell]] = "cell \(cell)" }
        let hidden = asked.filter { small.contains(town.count($0.key)) }
        let found = hidden.compactMap { cells, name in
            attacker.infers(cells).map { "\(name) = \($0), truly \(town.count(cells))" }
        }.sorted()
        #expect(found.isEmpty, "\(found.count) of \(hidden.count): \(found.prefix(6))")
        // Each could be another number in a district whose pages say the very same.
        let changes = attacker.changes(town.counts)
        let fixed = hidden.filter { cells, _ in
            !changes.contains { change in
                change.filter { cells.contains($0.key) }.values.reduce(0, +) != 0
            }
        }
        #expect(fixed.isEmpty, "\(fixed.count) of \(hidden.count) in \(system)")
    }
}

/// Reads the pages of a district as a visitor does.
struct PublicReader {
    let town: CareDistrict
    let reader: Reader
    let sets: [String: [CareDistrict.Asked: Set<Int>]]

    /// Some of the periods: a page costs more than a question.
    private var periods: [String] {
        CareDistrict.periods.enumerated().filter { $0.offset < 8 || $0.offset % 3 == 0 }
            .map(\.element)
    }

    func readAll() async throws -> [String: Attacker] {
        var attackers: [String: Attacker] = [:]
        for indicator in ["care.count", "care.kept", "care.kept_share", "stay.count"] {
            for unit in CareDistrict.units {
                for period in periods {
                    let system = CareDistrict.system(indicator, period)
                    let page = try await reader.page(
                        "/figures/\(indicator)?unit=\(unit)&period=\(period)&lang=en")
                    read(
                        page, indicator, unit, period,
                        &attackers[system, default: Attacker(cells: town.counts.count)])
                }
            }
        }
        return attackers
    }

    private func read(
        _ page: String, _ indicator: String, _ unit: String, _ period: String,
        _ attacker: inout Attacker
    ) {
        let isShare = indicator == "care.kept_share"
        let pieces = page.components(separatedBy: "data-value=\"")
        for (place, piece) in pieces.enumerated().dropFirst() {
            // What stands before a number says what it is of.
            let before = pieces[place - 1]
            let row = before.range(of: "<tr>", options: .backwards).map { before[$0.upperBound...] }
            let said =
                isShare
                ? place == 1 ? numbers(piece[...]) : row.map { numbers($0) } ?? []
                : [Int(piece.prefix { $0 != "\"" })].compactMap { $0 }
            guard !said.isEmpty else { continue }
            if place == 1 {
                learn(said, indicator, unit, period, .then, &attacker)
            } else if let row, !row.contains("</tr>") {
                if let code = code(row) {
                    learn(said, indicator, code, period, .then, &attacker)
                } else {
                    learn(part: row, said, unit, period, &attacker)
                }
            } else if let link = before.range(of: "<a href", options: .backwards) {
                let map: Question.Standpoint =
                    before[link.upperBound...].contains("structure=now") ? .now : .then
                learn(said, indicator, unit, period, map, &attacker)
            }
        }
    }

    /// The two numbers of `3 ÷ 8`.
    private func numbers(_ text: Substring) -> [Int] {
        guard let sign = text.range(of: " ÷ ") else { return [] }
        let above = text[..<sign.lowerBound].reversed().prefix { $0.isNumber || $0 == "," }
        let below = text[sign.upperBound...].prefix { $0.isNumber || $0 == "," }
        return [String(above.reversed()), String(below)].compactMap { Int($0.filter(\.isNumber)) }
    }

    private func code(_ row: Substring) -> String? {
        row.range(of: "unit=").map { String(row[$0.upperBound...].prefix { $0 != "&" }) }
    }

    private func learn(
        _ said: [Int], _ indicator: String, _ unit: String, _ period: String,
        _ map: Question.Standpoint, _ attacker: inout Attacker
    ) {
        let asked = CareDistrict.Asked(unit: unit, period: period, map: map)
        let above = indicator == "care.kept_share" ? "care.kept" : indicator
        if let cells = sets[above]?[asked] { attacker.learn(cells, comesTo: said[0]) }
        if said.count > 1, let cells = sets["care.count"]?[asked] {
            attacker.learn(cells, comesTo: said[1])
        }
    }

    private func learn(
        part row: Substring, _ said: [Int], _ unit: String, _ period: String,
        _ attacker: inout Attacker
    ) {
        let asked = CareDistrict.Asked(unit: unit, period: period, map: .then)
        guard let all = sets["care.count"]?[asked], let kept = sets["care.kept"]?[asked] else {
            return
        }
        if row.contains(">Kept<") { attacker.learn(kept, comesTo: said[0]) }
        if row.contains(">Missed<") { attacker.learn(all.subtracting(kept), comesTo: said[0]) }
    }
}
