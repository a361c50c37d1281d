import Core
import Foundation
import HummingbirdTesting
import Reports
import Storage
import TestKit
import Testing

/// Drafts in the browser: who reads them, what they tell, and for which unit and period.
struct DraftPageTests {
    private static let roles =
        "issuer: {name: {zh: 签发, en: Issuer}, may: [report], at: [district]}\n"

    private static let template = """
        brief:
          name: {zh: 简报, en: Brief}
          title: {zh: "{unit}{period}简报", en: "Brief of {unit} for {period}"}
          forms: [district]
          periods: [half, month]
          sections:
            - heading: {zh: "{span}的人员", en: "Staff of {span}"}
              paragraphs:
                - sentences:
                    - zh: "抽调[[secondment.in_force||@]]。"
                      en: "There were [[secondment.in_force||@]]."
                    - zh: "{last month}有荣誉[[honor.count||last month]]。"
                      en: "Honors in {last month}: [[honor.count||last month]]."
                      zero: {zh: "{last month}没有荣誉。", en: "No honor in {last month}."}
        """

    private static let secondment = """
        编号,起始日期,单位,抽调去向,抽调人员
        C-1,2015-01-05,410102,campaign_office,T-1
        """

    /// The district with one who is seconded, and the issuer, who may read no record, and the
    /// officer.
    private func with(
        _ engine: Engine,
        _ body:
            @escaping @Sendable (any TestClientProtocol, SignedIn, SignedIn) async throws -> Void
    ) async throws {
        try await OwnFolder.with(["roles.yaml": Self.roles]) { folder in
            try await TestDistrict.with(engine, catalogue: [folder]) { test in
                try await test.foundSmallDistrict()
                try await test.accept(Furnished.persons, what: "persons")
                try await test.accept(Self.secondment, what: "secondment")
                try await test.accept(Furnished.honors, what: "honor")
                let reports = test.folder.catalogue + "/reports"
                try FileManager.default.createDirectory(
                    atPath: reports, withIntermediateDirectories: true)
                try Data(Self.template.utf8).write(
                    to: URL(fileURLWithPath: reports + "/brief.yaml"))
                let issuer = try await test.account("issuer", role: "issuer")
                let officer = try await test.account("officer", role: "organization_officer")
                try await test.withSite { try await body($0, issuer, officer) }
            }
        }
    }

    private static let draft = "/reports/drafts/brief?unit=410102&period=2015-H1"

    @Test(arguments: Engine.available)
    func aDraftIsForWhoeverMayIssueReports(on engine: Engine) async throws {
        try await with(engine) { client, _, officer in
            let visitor = try await client.page(Self.draft)
            #expect(visitor.status == 303 && visitor.location?.hasPrefix("/sign-in") == true)
            let list = try await client.page("/reports")
            #expect(list.status == 200 && !list.text.contains("/reports/drafts"))
            let own = try await client.page("/reports", as: officer)
            #expect(own.text.contains("/reports/drafts/brief"))
            #expect(own.text.contains("适用时段：半年（如 2015-H1）、月份（如 2015-06）"))
            #expect(try await client.page("/reports").text.contains("/reports/drafts") == false)
        }
    }

    @Test(arguments: Engine.available)
    func aStreetDraftsItsOwnHalfYearAndNoOther(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            let client = reader.client
            let street = try await test.account("zhao", role: "street_lead", unit: "410102001")
            let staff = try await test.account("wu", role: "street_staff", unit: "410102001")
            let own = "/reports/drafts/street_work?unit=410102001&period=2015-H1"
            #expect(try await client.page(own, as: staff).status == 404)
            let above = try await client.page(
                "/reports/drafts/organization_work?unit=410102&period=2015-H1", as: street)
            #expect(above.status != 200)
            let draft = try await client.page(own, as: street)
            #expect(draft.status == 200 && draft.text.contains("甲街道"))
            let list = try await client.page("/reports", as: street)
            #expect(list.text.contains("/reports/drafts/street_work"))
            #expect(!list.text.contains("/reports/drafts/organization_work"))
            // What goes on the home page stays with who issues for the whole district.
            let view = try await client.page("/my/views?address=%2Fthemes", as: street)
            #expect(!view.text.contains("value=\"home\""))
        }
    }

    @Test(arguments: Engine.available)
    func titleAndMonthsAreThoseOfTheReport(on engine: Engine) async throws {
        try await with(engine) { client, _, officer in
            let half = try await client.page(Self.draft, as: officer)
            #expect(half.text.contains("试验区2015年上半年简报"))
            #expect(half.text.contains("上半年的人员") && half.text.contains("6月没有荣誉。"))
            let may = try await client.page(
                "/reports/drafts/brief?unit=410102&period=2015-05", as: officer, language: .en)
            #expect(may.text.contains("Brief of 试验区 for 2015-05"))
            #expect(may.text.contains("Honors in May: <a"))
        }
    }

    @Test(arguments: Engine.available)
    func aSmallNumberIsToldToWhoeverMayReadTheRecordsAndToNobodyElse(
        on engine: Engine
    ) async throws {
        try await with(engine) { client, issuer, officer in
            #expect(try await client.page(Self.draft, as: officer).text.contains(">1名</a>"))
            let page = try await client.page(Self.draft, as: issuer)
            #expect(page.status == 200 && !page.text.contains("抽调"))
        }
    }

    @Test(
        arguments: [
            ("unit=410102001&period=2015-H1", "甲街道是街道"), ("unit=X-9&period=2015-H1", "X-9"),
            ("unit=410102&period=2015-Q1", "不用于“2015-Q1”"),
            ("unit=410102&period=2015-02-01..2015-02-03", "不用于"),
            ("unit=410102&period=..2015-06-30", "不用于"),
            ("unit=410102&period=2015-H2", "2015年下半年"),
            ("unit=410102&period=2016-H1", "还没有开始"), ("unit=410102", "时段"),
            ("period=2015-H1", "单位"), ("unit=410102&period=2013-H1", "410102"),
        ])
    func aDraftForAnythingElseIsRefusedInWords(_ asked: String, _ word: String) async throws {
        try await with(.sqlite) { client, _, officer in
            let page = try await client.page("/reports/drafts/brief?" + asked, as: officer)
            #expect(page.status == (word == "2015年下半年" ? 200 : 422), "\(asked)")
            #expect(page.text.contains(word), "\(asked)")
        }
    }

    /// The project's own template names units that this district does not have.
    @Test func aTemplateOfAnotherDistrictIsRefusedWithTheUnitsItNames() async throws {
        try await with(.sqlite) { client, _, officer in
            let page = try await client.page(
                "/reports/drafts/organization_work?unit=410102&period=2015-H1", as: officer)
            #expect(page.status != 200 && !page.text.contains("无数据"))
        }
    }
}
