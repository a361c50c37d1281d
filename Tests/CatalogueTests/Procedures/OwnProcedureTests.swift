import Catalogue
import Core
import Foundation
import Testing

/// The procedures that come along: whatever they promise must hold in both example districts.
@Suite struct OwnProcedureTests {
    private static let districts = ["zhongyuan", "chenghu"]

    private static func place(_ district: String) -> String {
        ownCatalogue + "/../Examples/\(district)"
    }

    private static func catalogue(_ district: String) throws -> Catalogue {
        try Catalogue(folders: [ownCatalogue, place(district) + "/catalogue"])
    }

    @Test(arguments: districts)
    func everyExampleComesOut(in district: String) throws {
        let procedures = try Self.catalogue(district).procedures.values.joined()
        #expect(Set(procedures.map(\.id)).count >= 16)
        for procedure in procedures {
            #expect(!procedure.examples.isEmpty, "\(procedure.id)")
            // What is refused says more of a procedure than what it lets through.
            #expect(procedure.examples.contains { !$0.refused.isEmpty }, "\(procedure.id)")
        }
    }

    /// A kind of a step is in no form and no file: none may be one that the district's files bring.
    @Test(arguments: districts)
    func noRecordOfTheFilesIsAStep(in district: String) throws {
        let catalogue = try Self.catalogue(district)
        let list = try String(
            contentsOfFile: Self.place(district) + "/data/load.txt", encoding: .utf8)
        let brought = Set(list.split(separator: "\n").compactMap { $0.split(separator: " ").first })
        #expect(brought.count > 20)
        let steps = catalogue.stepKinds.union(catalogue.caseKinds)
        #expect(steps.filter { brought.contains(Substring($0)) }.sorted() == [])
    }

    /// Reasons, notes and words of a case stand in the clear nowhere.
    @Test(arguments: districts)
    func noStepSaysMuchInTheClear(in district: String) throws {
        let catalogue = try Self.catalogue(district)
        let steps = catalogue.stepKinds.union(catalogue.caseKinds)
        let told = steps.sorted().compactMap { catalogue.kinds[$0] }.flatMap { kind in
            kind.fields.filter { $0.form == .text && $0.isLong }.map { "\(kind.id).\($0.id)" }
                + (kind.sealsReasons ? [] : [kind.id])
        }
        #expect(told == [])
    }

    @Test func aDistrictLaysItsOwnStepsOverAdmission() throws {
        let day = try #require(Day(2026, 7, 1))
        let common = try #require(
            try Self.catalogue("zhongyuan").procedure("admission", openedOn: day))
        let own = try #require(
            try Self.catalogue("chenghu").procedure("admission", openedOn: day))
        #expect(common.step("report") == nil && own.step("report") != nil)
        #expect(own.steps.count == common.steps.count + 1)
        #expect(own.version != common.version)
    }
}
