import Core
import Figures
import Foundation
import HummingbirdTesting
import Ledger
import Storage
import TestKit
import Testing

/// A district adds a kind of record and a figure in a few lines of its own folder: both are
/// there in import, figures and pages at once, and no program is changed.
struct OwnKindTests {
    /// The ten lines of the user guide.
    private static let kind = """
        tree_planting:
          name: {zh: 植树, en: Tree planting}
          visibility: public
          at: [street, community]
          measures:
            trees: {label: {zh: 棵数, en: Trees}, unit: piece, required: true}
          fields:
            species: {type: text, label: {zh: 树种, en: Species}, required: false}
        """

    private static let indicator = """
        tree.sum:
          name: {zh: 植树, en: Trees planted}
          area: premises
          source: {zh: 植树登记, en: Register of trees planted}
          from: tree_planting
          value: sum(trees)
          by: species
          unit: 个
        """

    @Test(arguments: Engine.available)
    func tenLinesOfDataMakeAKindWithItsFigureAndItsPages(on engine: Engine) async throws {
        #expect(Self.kind.split(separator: "\n").count <= 10)
        let files = ["kinds/trees.yaml": Self.kind, "indicators/trees.yaml": Self.indicator]
        try await OwnFolder.with(files) { try await check(engine, $0) }
    }

    private func check(_ engine: Engine, _ folder: String) async throws {
        try await TestDistrict.with(engine, catalogue: [folder]) { test in
            try await test.foundSmallDistrict()
            try await test.accept(
                "日期,单位,棵数,树种\n2015-03-12,410102001,40,国槐\n2015-03-13,410102001001,25,法桐\n",
                what: "tree_planting")
            #expect(try await test.answer("tree.sum", "410102", "2015-H1").numerator == 65)
            try await test.withSite { client in
                for (path, words) in [
                    ("/kinds/tree_planting?lang=zh", "棵数"),
                    ("/figures/tree.sum?unit=410102&period=2015-H1&lang=zh", "data-value=\"65\""),
                    ("/figures/tree.sum?unit=410102&period=2015-H1&lang=zh", "国槐"),
                    ("/kinds?lang=en", "Tree planting"), ("/figures?lang=en", "Trees planted"),
                ] {
                    try await client.execute(uri: path, method: .get) { response in
                        #expect(response.status == .ok, "\(path)")
                        #expect(String(buffer: response.body).contains(words), "\(path)")
                    }
                }
            }
        }
    }

    /// The guide shows what this test does, so that whoever copies it is not misled.
    @Test(arguments: ["zh", "en"])
    func theUserGuideShowsTheSameLines(language: String) throws {
        let guide = TestDistrict.home.folder + "/docs/user-guide/\(language).md"
        let text = try String(contentsOfFile: guide, encoding: .utf8)
        #expect(text.contains(Self.kind))
        #expect(text.contains(Self.indicator))
    }
}
