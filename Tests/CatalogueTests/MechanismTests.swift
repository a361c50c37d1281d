import Catalogue
import Core
import Foundation
import Testing

/// Every mechanism of the district is served by an indicator, or says what it waits for.
@Suite struct MechanismTests {
    private func draft(_ mechanisms: String, serves: String) -> DraftCatalogue {
        var draft = DraftCatalogue()
        draft.files["mechanisms/all.yaml"] = mechanisms
        draft.files["indicators/talks.yaml"] = DraftCatalogue.indicator("serves: [\(serves)]")
        return draft
    }

    @Test(arguments: [
        ("A-1: {zh: 甲, en: A}", "", "mechanisms/all.yaml:1: “A-1” is served by no indicator"),
        (
            "A-1: {zh: 甲, en: A, waits: casework}", "A-1",
            "1: “A-1” waits, and yet an indicator serves it"
        ),
        ("A-1: {zh: 甲, en: A, waits: luck}", "", "1: “waits” is “luck”; it can be casework"),
        ("A-1: {zh: 甲, en: A}", "A-1, A-2", "“serves” names the unknown mechanism “A-2”"),
        ("A-1: {zh: 甲}", "A-1", "1: “en” is missing"),
    ])
    func oneThatIsNeitherServedNorWaitingIsAFault(
        mechanisms: String, serves: String, fault: String
    ) throws {
        let faults = try draft(mechanisms, serves: serves).faults()
        #expect(faults.contains { $0.contains(fault) }, "\(faults)")
    }

    @Test func theRowsSayWhatServesEach() throws {
        let catalogue = try draft(
            "A-1: {zh: 甲, en: A}\nA-2: {zh: 乙, en: B, waits: evaluation}", serves: "A-1"
        ).load()
        #expect(
            catalogue.services.map(\.line) == ["A-1 served talk.count", "A-2 waiting evaluation"])
    }

    /// The mechanisms are a district's: one that lists its own, or none, has nothing to mend in the
    /// program's files, which name those of others too.
    @Test func aDistrictListsItsOwnMechanismsOnly() throws {
        #expect(try Catalogue(folders: [ownCatalogue]).services.isEmpty)
        var own = DraftCatalogue()
        own.files = [
            "mechanisms/own.yaml": "X-1: {zh: 甲, en: A}",
            "indicators/own.yaml": DraftCatalogue.indicator(
                id: "tree.count", from: "lecture", "serves: [X-1]"),
        ]
        #expect(
            try own.load(behind: [ownCatalogue]).services.map(\.line) == ["X-1 served tree.count"])
        own.files["indicators/own.yaml"] = DraftCatalogue.indicator(
            id: "tree.count", from: "lecture", "serves: [X-1, X-2]")
        let broken = #expect(throws: BrokenCatalogue.self) {
            try own.load(behind: [ownCatalogue])
        }
        #expect(broken?.description.contains("the unknown mechanism “X-2”") == true)
    }

    /// docs/mechanisms.md is for people, the catalogue for the program: they say the same.
    @Test func theDocumentListsEveryMechanismAsTheCatalogueServesIt() throws {
        let path = ownCatalogue + "/../docs/mechanisms.md"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.contains(/^\| [A-Z]\d+-\d+ \|/) }
        let services = try Catalogue(folders: [ownCatalogue, exampleCatalogue]).services
        #expect(services.count == 155)
        #expect(rows.map(String.init) == services.map(\.tableRow))
    }
}
