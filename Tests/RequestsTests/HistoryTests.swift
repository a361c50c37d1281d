import Accounts
import Cases
import Catalogue
import Core
import Ledger
import Organization
import Requests
import Storage
import TestKit
import Testing

/// Whatever happens to a request, somebody answers for it.
@Suite struct HistoryTests {
    /// Random lawful steps, one behind the other: every open request has one owner that stands and
    /// owes something, each with one holder, and none is lost.
    @Test(arguments: 1...6)
    func noPathLosesARequest(_ seed: Int) async throws {
        try await RequestDistrict.with(.sqlite) { town in
            var dice = Dice(seed: UInt64(seed))
            for number in 0..<5 {
                let filed = try await town.filed("\(seed) \(number)")
                for _ in 0..<dice.roll(4...18) {
                    guard try await step(filed.id, town, &dice) else { break }
                    try await check(filed.id, town)
                }
            }
            let count = try await town.count("request")
            #expect(count == 5)
            let district = town.test.district
            let findings = try await district.verifyCases()
            #expect(findings.isEmpty, "\(findings)")
        }
    }

    private func check(_ id: Record.ID, _ town: RequestDistrict) async throws {
        let reading = try await town.reading(id)
        #expect(reading.structure.version(reading.row.owner, on: town.clock.moment.day) != nil)
        guard reading.state.end == nil else {
            #expect(reading.obligations.isEmpty)
            return
        }
        #expect(!reading.obligations.isEmpty, "nobody owes anything")
        let keys = reading.obligations.map { "\($0.step) \($0.round) \($0.holder)" }
        #expect(Set(keys).count == keys.count)
        for owed in reading.obligations {
            #expect(!owed.role.isEmpty)
            #expect(
                owed.hasDeadline || owed.paused != nil || owed.step == "verify"
                    || owed.step == "close" || owed.step == "decline" || owed.step == "call_back")
        }
    }

    /// Takes one of the steps that are lawful now; false where there is none.
    private func step(
        _ id: Record.ID, _ town: RequestDistrict, _ dice: inout Dice
    ) async throws -> Bool {
        town.clock.advance(Int64(dice.roll(1...300)) * 60_000)
        let district = town.test.district
        let acts = try await town.test.database.read { db in
            let reading = try #require(try district.caseReading(id, nil, db))
            return try CaseAct.all(.machine(TestDistrict.actor), in: reading, district, db)
                .filter(\.may).map { (step: $0.step.id, kind: $0.step.kind, unit: $0.unit) }
        }
        guard !acts.isEmpty else { return false }
        // An end is taken less often than what leads on.
        var act = acts[dice.roll(0...(acts.count - 1))]
        if act.step == "withdraw", dice.roll(0...3) > 0 { act = acts[0] }
        let step = act.step
        let kind = try #require(district.catalogue.kinds[act.kind])
        var values: [Heading: String] = [.minute: String(town.clock.moment.text.suffix(5))]
        for field in kind.fields where field.form == .choice {
            values[.field(field.id)] = field.options[dice.roll(0...(field.options.count - 1))].id
        }
        for field in kind.fields where field.form == .text { values[.field(field.id)] = "BUR-EDU" }
        for item in kind.privates where item.required { values[.privateValue(item.id)] = "因故" }
        if kind.place != nil {
            values[.place] = [RequestDistrict.community, RequestDistrict.street][dice.roll(0...1)]
        }
        let structure = try await district.structure()
        values[.unit] = structure.version(act.unit, on: town.clock.moment.day)?.code
        let said = values
        do {
            try await town.test.database.write { db in
                let reading = try #require(try district.caseReading(id, nil, db))
                try district.takeStep(
                    step, in: id, shown: reading.row.seq, values: said,
                    by: .machine(TestDistrict.actor), db: db)
            }
        } catch is Refusal {
            // An outcome may be out of its rounds: the request stays as it was.
        }
        return true
    }
}
