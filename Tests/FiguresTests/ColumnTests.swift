import Catalogue
import Core
import Figures
import Ledger
import Organization
import Storage
import TestKit
import Testing

/// Records in memory say what the ledger says: of every indicator, after every kind of write, under
/// both maps; with the same records behind it, in the same order.
struct ColumnTests {
    @Test(arguments: Engine.available, [5, 23] as [UInt64])
    func columnsSayWhatTheLedgerSaysAfterEachOfManyWrites(
        on engine: Engine, seed: UInt64
    ) async throws {
        try await SmallCatalogue.with(engine) { district in
            var writes = RandomWrites(district, seed: seed)
            try await writes.begin()
            var asked = 0
            var found = 0
            // What was answered before the writes is asked again after each of them.
            let again = try await writes.questions(60)
            for _ in 0..<RandomWrites.steps {
                let said = try await writes.next()
                let stale = try await ColumnFaults(district).faultsOfKept(again)
                #expect(stale == [], "\(said)")
                let questions = try await writes.questions(60)
                asked += questions.count
                found += try await ColumnFaults(district).answeredByColumns(questions)
                let faults = try await ColumnFaults(district).faults(questions)
                #expect(faults == [], "\(said)")
            }
            #expect(asked == RandomWrites.steps * 60)
            // What they do not hold is asked of the ledger, and would say the same in any case.
            #expect(found > asked * 9 / 10)
        }
    }

    @Test(arguments: Engine.available)
    func anOlderReaderIsNeverToldWhatCameAfterIt(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.visits("V1,2015-02-10,\(At.grid11)")
            let before = try await district.database.read { db in
                let reading = try district.readingOfColumns(db)
                return try reading.question("visit.count", unit: At.street, period: "2015")
            }
            try await district.visits("V2,2015-02-11,\(At.grid11)")
            try await district.visits("V3,2015-02-12,\(At.grid12)")
            let told = try await district.database.read { db in
                let reading = try district.readingOfColumns(db)
                let now = try reading.question("visit.count", unit: At.street, period: "2015")
                return try [before, now].map { try reading.reckoner.answer($0).numerator }
            }
            #expect(told == [1, 3])
        }
    }

    @Test(arguments: Engine.available)
    func whatThereIsNoRoomForIsAskedOfTheLedger(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.visits("V1,2015-02-10,\(At.grid11)", "V2,2015-02-10,\(At.grid12)")
            let shelf = ColumnShelf(district.district.catalogue, limit: 0)
            let told = try await district.database.read { db in
                try shelf.load(db, at: Audit(db, key: district.district.key).position())
                let reading = try Figures(district.district, columns: shelf).reading(db)
                let asked = try reading.question("visit.count", unit: At.street, period: "2015")
                return try reading.answer(asked).numerator
            }
            #expect(told == 2)
        }
    }
}

/// Where columns say something else than the ledger.
struct ColumnFaults {
    private let district: TestDistrict

    init(_ district: TestDistrict) { self.district = district }

    /// A question as a person writes it.
    struct Asked: Sendable {
        let indicator: String
        let unit: String
        let period: String
        let structure: Question.Standpoint
    }

    /// Every indicator asked of some units and periods, under both maps.
    func faultsOfAll(_ units: [String], _ periods: [String]) async throws -> [String] {
        let ids = district.district.catalogue.indicators.keys.sorted()
        return try await faults(
            ids.flatMap { id in
                units.flatMap { unit in
                    periods.flatMap { period in
                        Question.Standpoint.allCases.map {
                            Asked(indicator: id, unit: unit, period: period, structure: $0)
                        }
                    }
                }
            })
    }

    func faults(_ asked: [Asked]) async throws -> [String] {
        let (figures, district) = (district.figures, district)
        return try await district.database.read { db in
            let ledger = try figures.reading(db)
            let columns = try district.readingOfColumns(db)
            return try asked.flatMap { one -> [String] in
                let question = try ledger.question(
                    one.indicator, unit: one.unit, period: one.period, structure: one.structure)
                return try differences(question, ledger.reckoner, columns.reckoner).map {
                    "\(one.indicator) of \(one.unit) in \(one.period) \(one.structure): \($0)"
                }
            }
        }
    }

    /// Where an answer that was kept says something else than a fresh one.
    func faultsOfKept(_ asked: [Asked]) async throws -> [String] {
        let (figures, kept) = (district.figures, district.keptFigures)
        return try await district.database.read { db in
            let (ledger, reading) = (try figures.reading(db), try kept.reading(db))
            return try asked.compactMap { one -> String? in
                let question = try ledger.question(
                    one.indicator, unit: one.unit, period: one.period, structure: one.structure)
                let (fresh, known) = (
                    try ledger.reckoner.answer(question), try reading.answer(question)
                )
                return fresh == known
                    ? nil : "\(one.indicator) of \(one.unit) in \(one.period): \(known)"
            }
        }
    }

    /// How many of some questions columns answer, rather than the ledger.
    func answeredByColumns(_ asked: [Asked]) async throws -> Int {
        let district = district
        return try await district.database.read { db in
            let columns = try district.readingOfColumns(db)
            return try asked.filter { one in
                try columns.reckoner.asksColumns(
                    columns.question(
                        one.indicator, unit: one.unit, period: one.period,
                        structure: one.structure))
            }.count
        }
    }

    private func differences(
        _ question: Question, _ ledger: Reckoner, _ columns: Reckoner
    ) throws -> [String] {
        var faults: [String] = []
        let (answer, same) = (try ledger.answer(question), try columns.answer(question))
        if answer != same { faults.append("\(same) for \(answer)") }
        let (told, listed) = (
            try ledger.trace(question, answer: answer), try columns.trace(question, answer: answer)
        )
        for (one, other) in zip(told.parts, listed.parts) {
            if one.count != other.count { faults.append("\(other.count) for \(one.count) rows") }
            if one.hash != other.hash { faults.append("another fingerprint") }
            if one.lines != other.lines { faults.append("other lines") }
            if one.total != other.total { faults.append("total \(other.total) for \(one.total)") }
            let members = one.members.map { "\($0.names) \($0.value) \($0.isMet)" }
            if Set(members) != Set(other.members.map { "\($0.names) \($0.value) \($0.isMet)" }) {
                faults.append("other members")
            }
        }
        if told.addsUp != listed.addsUp { faults.append("adds up: \(listed.addsUp)") }
        let parts = try [ledger, columns].map { reckoner in
            try reckoner.parts(question, of: answer).map { "\($0.value ?? "–") \($0.answer)" }
        }
        if parts[0] != parts[1] { faults.append("other parts") }
        return faults + (try unfolded(question, ledger, columns))
    }

    private func unfolded(
        _ question: Question, _ ledger: Reckoner, _ columns: Reckoner
    ) throws -> [String] {
        let indicator = try ledger.indicator(question.indicator)
        let below = ledger.structure.unitsBelow(question, indicator).map(\.unit)
        let year = question.period.lastDay.year
        let months = (1...6).compactMap { Period("\(year)-0\($0)") }
            .map { indicator.when == .inForce ? Period.day($0.lastDay) : $0 }
        let one = try ledger.unfold(question, months: months, units: below)
        let other = try columns.unfold(question, months: months, units: below)
        var faults: [String] = []
        if one?.whole != other?.whole { faults.append("another whole") }
        if one?.months != other?.months { faults.append("other months") }
        if one?.units != other?.units { faults.append("other units") }
        return faults
    }
}

/// Writes of every kind in the small district, by dice.
private struct RandomWrites {
    static let steps = 18

    private let district: TestDistrict
    private var dice: Dice
    private var number = 0
    private var imports: [String] = []
    private var visits: [String] = []
    private var duties: [String] = []
    private var join: String?
    private var isMerged = false

    init(_ district: TestDistrict, seed: UInt64) {
        self.district = district
        dice = Dice(seed: seed)
    }

    private static let grids = [At.grid11, At.grid12, At.grid21, At.grid22]
    private static let people = (1...5).map { "A\($0)" }

    mutating func begin() async throws {
        try await district.persons(
            "A1,丁一,\(At.grid11)", "A2,牛二,\(At.grid11)", "A3,张三,\(At.grid21)",
            "A4,李四,\(At.grid22)", "A5,王五,\(At.two)")
    }

    /// - Returns: what was written.
    mutating func next() async throws -> String {
        switch dice.roll(0...11) {
        case 0...2: try await bringVisits(dice.roll(1...40))
        case 3: try await bringVisits(1)
        case 4: try await bringDuties()
        case 5: return try await endDuty()
        case 6: try await settle()
        case 7: try await build()
        case 8: return try await reverse()
        case 9: return try await undo()
        case 10: return try await joinOrPart()
        default: return try await merge()
        }
        return "an import"
    }

    mutating func questions(_ count: Int) async throws -> [ColumnFaults.Asked] {
        let indicators = district.district.catalogue.indicators.keys
            .filter { $0.hasPrefix("visit.") || $0.hasPrefix("duty.") || $0.hasPrefix("house.") }
            .sorted()
        let units = [At.district, At.street, At.one, At.two] + Self.grids
        let periods = [
            "2014", "2015", "2015-H1", "2015-02", "2015-W10", "2015-02-15..2015-05-03",
            "@2015-06-30", "..2015-04-30",
        ]
        return (0..<count).map { _ in
            ColumnFaults.Asked(
                indicator: indicators.randomElement(using: &dice) ?? "visit.count",
                unit: units.randomElement(using: &dice) ?? At.street,
                period: periods.randomElement(using: &dice) ?? "2015",
                structure: dice.flip() ? .then : .now)
        }
    }

    private mutating func day() -> Day { Day(2014, 12, 15)! + dice.roll(0...180) }

    private mutating func one(of list: [String]) -> String {
        list.randomElement(using: &dice) ?? ""
    }

    private mutating func fresh(_ letter: String) -> String {
        number += 1
        return "\(letter)\(number)"
    }

    private mutating func bringVisits(_ count: Int) async throws {
        var lines = ["编号,日期,单位,地点,时长,轻重,主题,走访人,事项"]
        for _ in 0..<count {
            let ref = fresh("V")
            visits.append(ref)
            let people = Set((0..<dice.roll(0...3)).map { _ in one(of: Self.people) }).sorted()
            let matters = Set((0..<dice.roll(0...2)).map { _ in "S\(dice.roll(1...9))" }).sorted()
            lines.append(
                [
                    ref, day().description, one(of: Self.grids),
                    one(of: ["", At.grid11, At.grid22]),
                    one(of: ["", "0", "15", "30", "45", "120"]), one(of: ["", "轻", "中", "重"]),
                    one(of: ["", "消防", "养老"]), people.joined(separator: "；"),
                    matters.joined(separator: "；"),
                ].joined(separator: ","))
        }
        imports.append(
            try await district.accept(lines.joined(separator: "\n") + "\n", what: "visit"))
    }

    private mutating func bringDuties() async throws {
        var lines = ["编号,起始日期,截止日期,单位,职级,值守人,事项"]
        for _ in 0..<dice.roll(1...6) {
            let (ref, first) = (fresh("D"), day())
            duties.append(ref)
            let last = dice.flip() ? "" : (first + dice.roll(1...90)).description
            lines.append(
                "\(ref),\(first),\(last),\(one(of: Self.grids)),\(one(of: ["职员", "领导"])),"
                    + "\(one(of: Self.people)),S\(dice.roll(1...9))")
        }
        imports.append(
            try await district.accept(lines.joined(separator: "\n") + "\n", what: "duty"))
    }

    private mutating func endDuty() async throws -> String {
        guard let ref = duties.randomElement(using: &dice) else { return "nothing" }
        let end = try? await district.post(
            "duty", [.day: day().description, .ends: ref])
        if let end, dice.flip() {
            _ = try await district.district.reverse(
                end, because: "没有结束", by: TestDistrict.actor)
            return "an end, taken back"
        }
        return "an end"
    }

    private mutating func settle() async throws {
        try await district.post(
            "settled",
            [
                .ref: fresh("E"), .day: day().description, .unit: At.street,
                .subject("matter"): "S\(dice.roll(1...9))",
            ])
    }

    private mutating func build() async throws {
        try await district.take(
            "house", "编号,起始日期,单位,面积",
            "\(fresh("H")),\(day()),\(one(of: Self.grids)),\(dice.roll(1...400))")
    }

    private mutating func reverse() async throws -> String {
        // The same may come up twice; it is reversed once.
        let ref = one(of: visits)
        try? await district.reverse("visit", ref)
        return "a reversal of \(ref)"
    }

    private mutating func undo() async throws -> String {
        guard let id = imports.randomElement(using: &dice) else { return "nothing" }
        // What something rests on stays.
        try? await district.district.reverseImport(id, by: TestDistrict.actor)
        imports.removeAll { $0 == id }
        return "an import undone"
    }

    private mutating func joinOrPart() async throws -> String {
        if let standing = join {
            try await district.district.undoJoin(
                standing, on: TestDistrict.moment.day, by: TestDistrict.actor)
            join = nil
            return "a join undone"
        }
        join = try await district.district.join(
            "A2", into: "A1", on: TestDistrict.moment.day, by: TestDistrict.actor)
        return "a join"
    }

    private mutating func merge() async throws -> String {
        guard !isMerged else { return "nothing" }
        isMerged = true
        if dice.flip() {
            try await district.merge()
            return "a merger"
        }
        try await district.split()
        return "a division"
    }
}
