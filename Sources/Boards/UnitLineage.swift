import Core
import Organization
import Web

extension UnitReader {
    /// Names of so many units stand in the finding.
    private static let namedLimit = 3

    /// Where the unit came from and what became of it, drawn.
    func lineageFrame() throws -> ChartFrame {
        let words = snapshot.words
        let (before, after) = (predecessors, successors)
        let finding = [
            ("lineage_from", before), ("lineage_to", after),
        ].compactMap { word, relatives in
            relatives.isEmpty
                ? nil : words[word, ["name": version.name, "names": named(relatives)]]
        }.joined(separator: words["clause_end"])
        func stops(_ relatives: [UnitPage.Relative]) -> [LineageChart.Stop] {
            relatives.map {
                LineageChart.Stop($0.name, text: $0.basis, href: $0.href, isWhole: $0.isWhole)
            }
        }
        let chart = LineageChart(
            title: words["unit_lineage"], before: stops(before), name: version.name,
            after: stops(after))
        var table = TableFile(
            words["unit_lineage"],
            [
                .text(words["unit_lineage"]), .text(words["unit_name"]),
                .text(words["units_code"]), .text(words["reform_basis"]),
            ])
        for (word, relatives) in [("unit_predecessors", before), ("unit_successors", after)] {
            for one in relatives {
                try table.add([words[word], one.name, one.code, one.basis].map { .text($0) })
            }
        }
        return ChartFrame(
            "lineage", finding: finding, what: words["lineage_what"], chart.drawings,
            data: table, snapshot.takeAway, words)
    }

    private func named(_ relatives: [UnitPage.Relative]) -> String {
        let names = relatives.prefix(Self.namedLimit).map(\.name)
            .joined(separator: snapshot.words.comma)
        return relatives.count > Self.namedLimit
            ? snapshot.words[
                "breakdown_and_others", ["name": names, "count": relatives.count.grouped]]
            : names
    }
}
