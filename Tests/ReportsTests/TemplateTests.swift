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

    private func report(_ zh: String, _ en: String, more: String = "", periods: String = "H1")
        -> String
    {
        """
        small:
          title: {zh: 小结, en: Brief}
          forms: [street]
          periods: [\(periods)]
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
        #expect(faults.map(\.line) == [8])
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
        #expect(faults.map(\.line) == [8])
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
        #expect(faults.contains { $0.line == 10 && $0.sentence.contains("colour") })
    }

    @Test(
        arguments: [
            ("half", "走访[[visit.count||05]]", "does not lie in every period"),
            ("half", "走访[[visit.count||Q1]]", "does not lie in every period"),
            ("H1", "走访[[visit.count||Q3]]", "does not lie in every period"),
            ("half", "走访[[visit.count||month 7]]", "does not lie in every period"),
            ("quarter", "走访[[visit.count||quarter 2]]", "does not lie in every period"),
            ("half", "走访[[visit.count||2014]]", "one period"),
            ("half", "走访[[visit.count||@2015-03-01]]", "one period"),
            ("2015-H1", "走访[[visit.count||2015-13]]", "not a period"),
            ("half", "走访[[visit.count||last week]]", "not a period"),
            ("half", "上半年走访[[visit.count]]", "not said of every period"),
            ("half", "5月走访[[visit.count]]", "not said of every period"),
            ("quarter", "一季度走访[[visit.count]]", "not said of every period"),
            ("half", "{month 7}走访[[visit.count]]", "no word of this report"),
            ("half", "{monat}走访[[visit.count]]", "no word of this report"),
            ("week", "走访[[visit.count]]", "no period of reports"),
            ("2015-H3", "走访[[visit.count]]", "no period of reports"),
        ])
    func whatIsNotTrueOfEveryPeriodIsRefused(
        periods: String, text: String, fault: String
    ) async throws {
        let slot = Piece.read(text).compactMap(\.slot).first
        let faults = try await faults(
            report(text, "[[\(slot?.key ?? "")]] visits", periods: periods))
        #expect(!faults.isEmpty, "\(text)")
        #expect(faults.contains { $0.sentence.contains(fault) }, "\(faults)")
    }

    @Test(
        arguments: [
            ("half", "走访[[visit.count||last month]]，{quarter 1}"),
            ("half", "2015年3月1日起，每月逐月走访[[visit.count||month 6]]"),
            ("H1", "上半年走访[[visit.count||05]]，5月"), ("2015-Q1", "2015年走访[[visit.count||2014]]"),
            ("half, quarter", "{last day}走访[[visit.count||before:R1]]"),
        ])
    func whatIsTrueOfEveryPeriodIsTaken(periods: String, text: String) async throws {
        let slot = Piece.read(text).compactMap(\.slot).first
        let faults = try await faults(
            report(text, "[[\(slot?.key ?? "")]] visits", periods: periods))
        #expect(faults == [])
    }

    @Test func aTemplateSaysForWhomItHoldsAndItsTitleHoldsAlways() async throws {
        let text = """
            small:
              title: {zh: "2024年上半年小结[[visit.count]]", en: Brief}
              forms: [village]
              sections: []

            """
        let sentences = try await faults(text).map(\.sentence)
        #expect(sentences.contains { $0.contains("“village” is not known") })
        #expect(sentences.contains { $0.contains("“periods” is missing") })
        #expect(sentences.contains { $0.contains("no figures") })
        let dated = report("走访[[visit.count]]", "[[visit.count]]", periods: "half")
            .replacing("zh: 小结", with: "zh: 2024年小结")
        #expect(try await faults(dated).contains { $0.sentence.contains("“2024”") })
    }

    @Test func wordsForZeroStandInBothLanguagesAndElseHoldsNoFigure() async throws {
        #expect(
            try await faults(report("[[visit.count|||没有]]", "[[visit.count]]"))
                .contains { $0.sentence.contains("only one language") })
        let other = report("[[visit.count]]", "[[visit.count]]").replacing(
            "en: \"[[visit.count]]\"",
            with: "en: \"[[visit.count]]\"\n          else: {zh: \"[[visit.count]]\", en: none}")
        #expect(
            try await faults(other).contains { $0.sentence.contains("instead of figures") })
    }

    /// What the district printed of its half-year is printed of it here, each number checked.
    @Test func everyPrintedFigureOfTheFirstExampleStandsInItsReport() async throws {
        try await TestDistrict.with(.sqlite, example: true) { district in
            let template = try #require(try district.reports().templates["organization_work"])
            let report = try #require(Period("2015-H1"))
            let slots = Set(
                template.slots.filter { $0.form == .phrase }.map {
                    [$0.indicator, $0.unit ?? "410102", $0.period(in: report)]
                })
            let file = try String(
                contentsOfFile: TestDistrict.home.demonstration + "/figures.csv", encoding: .utf8)
            let printed = file.split(whereSeparator: \.isNewline).dropFirst().map { line in
                line.split(separator: ",", omittingEmptySubsequences: false)[1...3].map(String.init)
            }
            #expect(printed.count == 74)
            #expect(printed.filter { !slots.contains($0) } == [])
        }
    }

    @Test func theTemplateOfTheFirstExampleIsWhole() async throws {
        try await TestDistrict.with(.sqlite, example: true) { district in
            let templates = try district.reports().templates
            #expect(!templates.isEmpty)
        }
    }
}
