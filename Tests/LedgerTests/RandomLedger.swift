import Core
import Ledger
import Storage
import TestKit

/// Does one thing after another to a district, some of which it refuses.
struct RandomLedger {
    let test: TestDistrict
    private var records: [String] = []
    private var imports: [String] = []
    private var counter = 0
    private(set) var undone = 0
    private(set) var reversed = 0

    init(test: TestDistrict) { self.test = test }

    mutating func act(_ chance: inout Dice) async throws {
        do {
            switch chance.roll(0...9) {
            case 0, 1: records.append(try await test.postLeaflet(title(), on: day(&chance)).text)
            case 2, 3: records.append(try await brand(&chance))
            case 4: try await end(&chance)
            case 5: try await reverse(&chance)
            case 6, 7: try await load(&chance)
            default:
                guard let id = imports.randomElement(using: &chance) else { return }
                try await test.district.reverseImport(id, by: TestDistrict.actor)
                imports.removeAll { $0 == id }
                undone += 1
            }
            try await collect()
        } catch is Refusal {
            // A random act may well be refused; that leaves nothing, as other tests show.
            return
        }
    }

    private mutating func title() -> String {
        counter += 1
        return "第\(counter)件"
    }

    private func day(_ chance: inout Dice) -> String {
        "\(Day(2015, 1, 1)! + chance.roll(0...180))"
    }

    private mutating func brand(_ chance: inout Dice) async throws -> String {
        var values: [Heading: String] = [
            .day: day(&chance), .unit: "410102001001", .field("title"): title(),
        ]
        if chance.flip() { values[.lastDay] = day(&chance) }
        return try await test.post("brand", values).text
    }

    private mutating func end(_ chance: inout Dice) async throws {
        guard let id = records.randomElement(using: &chance) else { return }
        records.append(try await test.post("brand", [.day: day(&chance), .ends: id]).text)
    }

    private mutating func reverse(_ chance: inout Dice) async throws {
        guard let id = records.randomElement(using: &chance).flatMap({ Record.ID($0) })
        else { return }
        _ = try await test.district.reverse(id, because: "误", by: TestDistrict.actor)
        reversed += 1
    }

    /// A file of brands, of which some end or reverse what stands.
    private mutating func load(_ chance: inout Dice) async throws {
        var text = "编号,日期,截止日期,单位,品牌名称,结束,冲销,理由\n"
        for row in 0..<chance.roll(1...5) {
            let old = records.randomElement(using: &chance)
            switch (chance.roll(0...5), old) {
            case (0, let old?): text += ",\(day(&chance)),,410102001001,,\(old),,\n"
            case (1, let old?): text += ",\(day(&chance)),,410102001001,,,\(old),误\n"
            case (2, _) where row > 0:
                text += ",2015-06-30,,410102001001,,F\(counter),,\n"
            default:
                let name = title()
                text += "F\(counter),\(day(&chance)),,410102001001,\(name),,,\n"
            }
        }
        if case .published(let id, _) = try await test.importText(text, what: "brand") {
            imports.append(id)
        }
    }

    private mutating func collect() async throws {
        records = try await test.database.read { db in
            try db.rows("SELECT id FROM posted WHERE reverses IS NULL ORDER BY position").map {
                try $0.at(0)
            }
        }
    }
}
