import Catalogue
import Core
import Figures
import Reports
import TestKit
import Testing

/// A report template that is wrong is refused with the file and the line of each fault.
struct TemplateTests {
    private func faults(_ report: String) async throws -> [CatalogueFault] {
        var found: [CatalogueFault] = []
        let files = ReportDistrict.files.merging(["reports/small.yaml": report]) { $1 }
        try await ReportDistrict.withFolder(files) { folder in
            try await TestDistrict.with(.sqlite, catalogue: [folder]) { district in
                do {
                    _ = try Reports(district.figures, folders: [folder])
                } catch let broken as BrokenCatalogue {
                    found = broken.faults
                }
            }
        }
        return found
    }

    private func report(_ zh: String, _ en: String, more: String = "") -> String {
        """
        small:
          title: {zh: 小结, en: Brief}
          sections:
            - heading: {zh: 走访, en: Visits}
              paragraphs:
                - zh: "\(zh)"
                  en: "\(en)"
        \(more)
        """
    }

    @Test func anUnknownIndicatorIsAFaultOfItsParagraph() async throws {
        let faults = try await faults(report("走访[[visit.none]]", "[[visit.none]] visits"))
        #expect(faults.map(\.file) == ["reports/small.yaml"])
        #expect(faults.map(\.line) == [6])
        #expect(faults.first?.sentence.contains("visit.none") == true)
    }

    @Test(
        arguments: [
            ("走访[[visit.count]]", "visits"), ("走访", "[[visit.count]] visits"),
            ("[[visit.count]]", "[[visit.minutes]]"),
            ("[[visit.count||Q1]]", "[[visit.count||Q2]]"),
            ("[[visit.count|A]]", "[[visit.count]]"),
            ("[[visit.count]][[visit.count]]", "[[visit.count]]"),
        ])
    func theTwoLanguagesMustAskTheSame(zh: String, en: String) async throws {
        let faults = try await faults(report(zh, en))
        #expect(faults.map(\.line) == [6])
        #expect(faults.first?.sentence.contains("different figures") == true)
    }

    @Test func theOrderAndTheZeroSentenceMayDiffer() async throws {
        let zh = "[[visit.count||Q1|没有]]和[[visit.minutes]]"
        let en = "[[visit.minutes]] and [[visit.count||Q1|none]]"
        #expect(try await faults(report(zh, en)) == [])
    }

    @Test func everyFaultIsSaidAtOnce() async throws {
        let faults = try await faults(
            report("[[visit.none]]", "[[visit.none]]", more: "  colour: red\n"))
        #expect(faults.count == 2)
        #expect(faults.contains { $0.line == 8 && $0.sentence.contains("colour") })
    }

    @Test func theProjectsOwnTemplatesAreWhole() async throws {
        try await TestDistrict.with(.sqlite) { district in
            let templates = try district.reports().templates
            #expect(!templates.isEmpty)
        }
    }
}
