import Boards
import Catalogue
import Core
import Figures
import TestKit
import Testing

@Suite struct FormulaTests {
    private let catalogue: Catalogue

    init() throws {
        catalogue = try Catalogue(
            folders: [TestDistrict.home.catalogue, TestDistrict.home.exampleCatalogue])
    }

    private func sentences(_ id: String, _ language: Language) throws -> [String] {
        let indicator = try #require(catalogue.indicators[id])
        return Formula(indicator: indicator, catalogue: catalogue, language: language).sentences
    }

    @Test(arguments: Language.allCases)
    func everyDefinitionIsToldInWholeSentences(_ language: Language) throws {
        #expect(!catalogue.indicators.isEmpty)
        for id in catalogue.indicators.keys.sorted() {
            for sentence in try sentences(id, language) {
                #expect(sentence.hasSuffix(language == .zh ? "。" : "."), "\(id): \(sentence)")
                #expect(!sentence.contains("“”"), "\(id): \(sentence)")
                // An id of the catalogue is no word for a reader.
                #expect(!sentence.contains("_"), "\(id): \(sentence)")
            }
        }
    }

    @Test func aThresholdIsWrittenInTheUnitPeopleUse() throws {
        #expect(try sentences("premises.share_1000", .zh).last?.contains("1,000平方米") == true)
        #expect(try sentences("premises.share_1000", .en).last?.contains("1,000 m²") == true)
    }

    @Test func aRuleIsNamedWithItsFirstDay() throws {
        let text = try sentences("study.weekly_compliance", .zh).joined()
        #expect(text.contains("2015年3月30日") && text.contains("3小时"))
    }

    @Test(arguments: [
        ("member.count", true), ("aid_pair.in_force", true), ("staff.deployed_share", true),
        ("household_visit.monthly_kept", true), ("home_service.households", true),
        ("lecture.count", false), ("appropriation.sum", false), ("unit.communities", false),
        ("forum.person_times", false), ("talent_station.in_force", false),
    ])
    func onlyPersonsHouseholdsAndPairsAreProtected(_ id: String, _ isProtected: Bool) throws {
        #expect(catalogue.protects(try #require(catalogue.indicators[id])) == isProtected)
    }

    @Test(arguments: [
        (100_000, MeasureUnit.dm2, "1,000平方米"), (125, .dm2, "1.25平方米"), (105, .fen, "1.05元"),
        (150, .fen, "1.5元"), (0, .fen, "0元"), (90, .minute, "90分钟"),
    ])
    func anAmountIsWrittenAsPeopleWriteIt(_ value: Int, _ unit: MeasureUnit, _ text: String) {
        #expect(Amount(value: value, unit: unit).text(.zh) == text)
    }
}
