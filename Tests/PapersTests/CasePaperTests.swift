import Cases
import Catalogue
import Core
import Foundation
import HummingbirdTesting
import Ledger
import Organization
import Papers
import TestKit
import Testing

/// The forms of a case are made of its records, for who may read them.
struct CasePaperTests {
    /// Noon of 2 March 2026.
    private static let noon = Moment(
        milliseconds: (Day(2026, 3, 2)?.start.milliseconds ?? 0) + 43_200_000)

    @Test(arguments: Engine.available)
    func aTransferHasItsLetterWithRoomForWhatIsNotKnown(on engine: Engine) async throws {
        try await TestDistrict.with(engine, now: { Self.noon }) { test in
            try await test.foundSmallDistrict()
            try await test.accept(
                "人员编号,姓名,单位\nP-1,王一新,410102001001\n", what: "persons")
            let structure = try await test.district.structure()
            let branch = try #require(structure.unit(code: "DW-1", on: Self.noon.day)).unit
            let id = try await test.district.openCase(
                "relation_transfer",
                values: [.person("member"): "P-1", .field("receiver"): "外省某党支部"],
                opening: [
                    .day: "2026-03-02", .field("distance"): "市外", .field("graduate"): "否",
                    .field("letter_number"): "试第7号", .field("dues_paid_to"): "2026-02-28",
                ], at: branch, by: .machine(TestDistrict.actor))
            let officer = try await test.account("officer", role: "organization_officer")
            let clerk = try await test.account(
                "clerk", role: "community_clerk", unit: "410102001002")
            try await test.withSite { site in
                let list = "/cases/\(id)/papers"
                #expect(try await site.page(list, as: clerk).status == 404)
                #expect(try await site.page(list + "/introduction_letter", as: clerk).status == 404)
                let page = try await site.page(list, as: officer)
                #expect(page.text.contains("党员组织关系介绍信") && page.text.contains("2处留空待填"))
                #expect(try await site.page(list + "/nothing", as: officer).status == 404)
                let file = try await site.page(list + "/introduction_letter", as: officer)
                #expect(file.status == 200 && file.headers[.contentType] == WordFile.type)
                let there = try await site.page("/cases/\(id)", as: officer)
                #expect(there.text.contains("href=\"\(list)\""))
            }
            let paper = try await test.database.read { db in
                let reading = try #require(try test.district.caseReading(id, nil, db))
                let forms = try CaseForm.load(
                    folders: [TestDistrict.home.catalogue], test.district.catalogue)
                return try CasePaperMaker(reading, test.district.catalogue, .zh, db)
                    .papers(forms)
            }
            let made = try #require(paper.first?.paper)
            #expect(made.blocks.filter { $0.style == .cut }.count == 2)
            let text = try await DocxText(try WordFile(made).bytes).text
            #expect(text.contains("王一新同志（市外）组织关系由一社区小支部转到外省某党支部。党费交至2026年2月28日"))
            #expect(text.contains("已于＿＿＿＿收到（＿＿＿＿）"))
        }
    }

    @Test func whatIsSealedOrUnknownStandsOnNoForm() async throws {
        let catalogue = try Catalogue(folders: [TestDistrict.home.catalogue])
        let sealed = try #require(
            catalogue.kinds.values.first { $0.visibility == .sealed && $0.shape == .event })
        for kind in [sealed.id, "no_such_kind"] {
            let text = """
                odd:
                  name: {zh: 表, en: Form}
                  of: [\(kind)]
                  title: {zh: 表, en: Form}
                  blocks: [{zh: "{day}", en: "{day}"}]

                """
            try await OwnFolder.with(["papers/odd.yaml": text]) { folder in
                #expect(throws: BrokenCatalogue.self) {
                    try CaseForm.load(folders: [folder], catalogue)
                }
            }
        }
    }
}
