import Catalogue
import Core
import Foundation
import Testing

/// The example of docs/cases.md, as somebody would copy it into a district's folder.
@Suite struct WorkedExampleTests {
    private func blocks() throws -> [String] {
        let path = ownCatalogue + "/../docs/cases.md"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return text.components(separatedBy: "```yaml\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
    }

    private func own() throws -> [String: String] {
        let blocks = try blocks()
        try #require(blocks.count == 2)
        return ["kinds/hall.yaml": blocks[0], "procedures/hall.yaml": blocks[1]]
    }

    @Test func itComesOutInADistrictsOwnFolder() throws {
        let draft = try ProcedureDraft()
        var spoiled = try own()
        spoiled["procedures/hall.yaml"]?.replace("within: 3 day", with: "within: 4 day")
        let faults = try draft.faults(under: spoiled)
        #expect(faults.count == 2)
        #expect(faults.contains { $0.contains("the last day of “give_back” is 2026-03-17") })
        #expect(try draft.faults(under: own()) == [])
    }

    @Test func itsTableSaysWhoWhenAndWhereTo() throws {
        let catalogue = try ProcedureDraft().load(under: own())
        let procedure = try #require(catalogue.procedures["hall_loan"]?.first)
        let table = ProcedureTable(procedure, in: catalogue, language: .en)
        let rows = table.rows
        #expect(rows.map(\.step) == ["ask", "look", "answer", "hand_out", "give_back"])
        #expect(rows[0].who == ["public", "unit.community_clerk"])
        #expect(rows[2].byWhen == ["≤ 5 working_day"])
        #expect(rows[2].ways == ["→ hand_out (lent)", "■ refused (refused)"])
        #expect(rows[3].byWhen == ["≥ 2 day from answer"])
        #expect(rows[4].ways == ["↩ hand_out (to_clean)", "■ returned (in_order)"])
        #expect(table.drawing.contains("      ● hand_out  Key handed out"))
    }
}
