import Catalogue
import Core
import Foundation
import Testing

/// What the project's own catalogue holds, with that of the demonstration's district behind it, and
/// what neither must ever hold.
@Suite struct OwnCatalogueTests {
    private let catalogue: Catalogue

    init() throws {
        catalogue = try Catalogue(folders: [ownCatalogue, exampleCatalogue])
    }

    @Test func itLoads() {
        #expect(catalogue.kinds.count > 20)
        #expect(catalogue.indicators.count > 50)
        #expect(!catalogue.rules.isEmpty && !catalogue.forms.isEmpty)
        #expect(catalogue.calendar.years.isSuperset(of: [2014, 2015, 2024, 2025, 2026]))
    }

    @Test func everyPersonalValueHasItsEntryInTheRegister() {
        let used = catalogue.kinds.values.flatMap {
            $0.persons.map(\.register) + $0.privates.map(\.register)
        }
        #expect(used.filter { catalogue.register[$0] == nil } == [])
        for entry in catalogue.register.values {
            for words in [
                entry.what, entry.purpose, entry.basis, entry.retention, entry.readers,
            ] {
                #expect(!words.zh.isEmpty && !words.en.isEmpty, "\(entry.id)")
            }
        }
    }

    @Test func everyWordStandsInBothLanguages() {
        let words = labels()
        #expect(words.filter { $0.words.zh.isEmpty || $0.words.en.isEmpty }.map(\.place) == [])
        let chinese = words.filter { $0.words.en.unicodeScalars.contains { $0.value >= 0x3400 } }
        #expect(chinese.map(\.place) == [])
    }

    /// The units stand in a dictionary of the sources, which a phrase in English reads.
    @Test func everyCountingUnitHasItsEnglish() throws {
        let source = try String(
            contentsOfFile: ownCatalogue + "/../Sources/Figures/Phrase.swift", encoding: .utf8)
        let missing = catalogue.indicators.values
            .filter { !source.contains("\"\($0.unit)\": \"") }
            .map { "\($0.id): \($0.unit)" }
        #expect(missing.sorted() == [])
    }

    @Test func everyIndicatorSaysWhereItsDefinitionComesFrom() {
        let silent = catalogue.indicators.values
            .filter { $0.definition.zh.isEmpty || $0.definition.en.isEmpty }
            .map(\.id)
        #expect(silent.sorted() == [])
    }

    @Test func whatReadsARuleIsKnown() {
        let used = catalogue.rulesInUse
        #expect(used.subtracting(catalogue.rules.keys) == [])
        #expect(used.isSuperset(of: ["study.weekly_hours", "life.theme_days_monthly"]))
        #expect(used.contains("life_circle.minutes") && !used.contains("petition.finish_days"))
    }

    /// A field of the rule says it, so that no wording of a source is read for it.
    @Test func whatIsToBeVerifiedIsSaidByAFieldAndNotInTheSource() {
        let rules = catalogue.rules.values.joined()
        let inWords = rules.filter {
            $0.source.zh.contains("待核实") || $0.source.en.contains("be verified")
        }
        #expect(inWords.map(\.id) == [])
        #expect(rules.contains { $0.toVerify == [.firstDay] })
        #expect(rules.contains { $0.toVerify == [.firstDay, .source] })
        #expect(rules.contains { $0.toVerify.isEmpty })
    }

    private func labels() -> [(place: String, words: Wording)] {
        var labels: [(place: String, words: Wording)] = []
        for kind in catalogue.kinds.values {
            labels.append((kind.id, kind.name))
            labels += kind.parts.map { ("\(kind.id).\($0.id)", $0.label) }
        }
        labels += catalogue.indicators.values.map { ($0.id, $0.name) }
        labels += catalogue.forms.values.map { ($0.id, $0.name) }
        labels += catalogue.rules.values.joined().map { ($0.id, $0.name) }
        return labels
    }
}
