import Core
import Figures
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Reports
import TestKit
import Testing

/// The pages through the real router, over a small district.
struct SiteTests {
    private static let honors = """
        编号,日期,单位,级别,称号,授予单位
        R-1,2015-03-02,410102001,市级,文明街道,市文明办
        R-2,2015-04-02,410102001001,区级,平安社区,区综治办
        R-3,2015-05-02,410102001002,省级,科普社区,省科协
        """

    private static let persons = """
        人员编号,姓名,单位
        T-1,王试甲,410102001
        T-2,李试乙,410102001
        """

    private static let pairs = """
        编号,起始日期,单位,家庭同意,帮扶党员,家庭代码
        D-1,2015-02-02,410102001,是,T-1,H-1
        """

    private static let lectures = """
        编号,日期,单位,主题,授课人
        L-1,2015-04-10,410102,作风建设,T-1
        """

    private static let template = """
        small:
          title: {zh: 小报告, en: A small report}
          forms: [district]
          periods: [half]
          sections:
            - heading: {zh: 一、概况, en: 1. Overview}
              paragraphs:
                - zh: "党课[[lecture.count||..]]，荣誉[[honor.count||..]]。"
                  en: "[[lecture.count||..]] and [[honor.count||..]]."
        """

    /// Issues a report of a template that only this district has.
    private func issue(_ test: TestDistrict) async throws -> String {
        let folder = test.folder.catalogue + "/reports"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        try Self.template.write(
            toFile: folder + "/small.yaml", atomically: true, encoding: .utf8)
        let reports = try Reports(
            test.figures, folders: [TestDistrict.home.catalogue, test.folder.catalogue])
        return try await reports.issue(
            "small", unit: "410102", period: "2015-H1", by: TestDistrict.actor)
    }

    private func furnish(_ test: TestDistrict) async throws {
        try await test.foundSmallDistrict()
        try await test.accept(Self.persons, what: "persons")
        try await test.accept(Self.honors, what: "honor")
        try await test.accept(Self.pairs, what: "aid_pair")
        try await test.accept(Self.lectures, what: "lecture")
    }

    @Test(arguments: Engine.available)
    func everyLinkLeadsToAPageWithATitleInBothLanguages(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await furnish(test)
            let report = try await issue(test)
            try await test.withSite { client in
                for language in ["zh", "en"] {
                    var waiting = ["/", "/reports/\(report)", "/reports/\(report)/changes"]
                    var seen: Set<String> = []
                    while let path = waiting.popLast(), seen.count < 250 {
                        guard seen.insert(path).inserted else { continue }
                        let mark = path.contains("?") ? "&" : "?"
                        try await client.execute(
                            uri: "\(path)\(mark)lang=\(language)", method: .get
                        ) { response in
                            // The door of whoever is not signed in yet.
                            if ["/desk", "/my/keys"].contains(path) {
                                #expect(response.status == .seeOther)
                                return
                            }
                            #expect(response.status == .ok, "\(path)")
                            // What programs read is no page, and neither is a table as a file.
                            let isRead = [
                                "/api/", "/feeds/", "/sitemap.xml", "/volunteers/keys.txt",
                            ].contains { path.hasPrefix($0) }
                            if isRead { return }
                            let isTaken = ["as=csv", "as=xlsx", "as=svg", "as=png"].contains {
                                path.contains($0)
                            }
                            if isTaken {
                                let kept = response.headers[.contentDisposition]
                                #expect(kept?.hasPrefix("attachment") == true, "\(path)")
                                return
                            }
                            let html = String(buffer: response.body)
                            #expect(html.contains("<title>"), "\(path)")
                            let tag = language == "zh" ? "zh-Hans" : "en"
                            #expect(html.contains("<html lang=\"\(tag)\""), "\(path)")
                            #expect(!lacksWord(html), "\(path) lacks a word")
                            let isHome = path.prefix { $0 != "?" } == "/"
                            #expect(trail(html).first == (isHome ? nil : "/"), "\(path)")
                            waiting += links(html)
                        }
                    }
                    #expect(seen.count > 30)
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func everyPageBelowTheHomePageLeadsBackToItOnce(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await furnish(test)
            let officer = try await test.account("officer", role: "organization_officer")
            let protection = try await test.account("protection", role: "protection_officer")
            let system = try await test.account("system", office: .system)
            try await test.withSite { client in
                let home = try await client.page("/")
                #expect(trail(home.text) == [])
                let expected: [(String, SignedIn?, [String])] = [
                    ("/kinds", nil, ["/"]), ("/rules", nil, ["/", "/kinds"]),
                    ("/reports", nil, ["/"]), ("/sign-in", nil, ["/"]),
                    ("/nowhere", nil, ["/"]),
                    ("/my", officer, ["/"]), ("/dues", officer, ["/"]),
                    ("/dues/calendar", officer, ["/", "/dues"]),
                    ("/entries", officer, ["/"]),
                    ("/entries/new/post", officer, ["/", "/entries"]),
                    ("/uploads", officer, ["/"]),
                    ("/uploads/kinds/post", officer, ["/", "/uploads"]),
                    ("/rights/requests", protection, ["/"]),
                    ("/rights/intake", protection, ["/", "/rights/requests"]),
                    ("/admin/accounts", system, ["/"]),
                    ("/admin/accounts/new", system, ["/", "/admin/accounts"]),
                ]
                for (path, reader, links) in expected {
                    let page = try await client.page(path, as: reader)
                    #expect(trail(page.text) == links, "\(path)")
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func aRecordThatIsPostedMovesTheFigureAndLeavesTheIssuedReport(on engine: Engine)
        async throws
    {
        try await TestDistrict.with(engine) { test in
            try await furnish(test)
            let report = try await issue(test)
            let figure = "/figures/honor.count?unit=410102&period=..2015-06-30&lang=zh"
            try await test.withSite { client in
                try await client.execute(uri: figure, method: .get) { response in
                    #expect(String(buffer: response.body).contains("data-value=\"3\""))
                }
                let kind = test.district.catalogue.kinds["lecture"]!
                _ = try await test.district.post(
                    [
                        .day: "2015-06-01", .unit: "410102", .field("theme"): "党史",
                        .person("lecturer"): "T-2", .ref: "L-2",
                    ], kind: kind, by: TestDistrict.actor)
                _ = try await test.accept(
                    "编号,日期,单位,级别,称号,授予单位\nR-4,2015-06-02,410102001,国家级,示范街道,民政部门",
                    what: "honor")
                try await client.execute(uri: figure, method: .get) { response in
                    #expect(String(buffer: response.body).contains("data-value=\"4\""))
                }
                try await client.execute(
                    uri: "/reports/\(report)?lang=zh", method: .get
                ) { response in
                    let html = String(buffer: response.body)
                    #expect(html.contains(">1节</a><span class=\"figure-now\">（现为2节）"))
                }
                try await client.execute(
                    uri: "/reports/\(report)/changes?lang=zh", method: .get
                ) { response in
                    #expect(String(buffer: response.body).contains("新增1条"))
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func sealedRecordsAreNotFoundAndNoPageNamesAPerson(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await furnish(test)
            let ids = try await test.database.read { db in
                try db.rows("SELECT kind, id FROM fact").map {
                    (try $0.at(0, as: String.self), try $0.at(1, as: String.self))
                }
            }
            try await test.withSite { client in
                for (kind, id) in ids {
                    try await client.execute(uri: "/records/\(id)", method: .get) { response in
                        let html = String(buffer: response.body)
                        #expect(response.status == (kind == "aid_pair" ? .notFound : .ok))
                        #expect(!html.contains("王试甲") && !html.contains("T-1"))
                        #expect(!html.contains("H-1"))
                    }
                }
                let pairs = "/figures/aid_pair.in_force?unit=410102001&period=@2015-06-30"
                try await client.execute(uri: pairs, method: .get) { response in
                    #expect(response.status == .ok)
                    #expect(!String(buffer: response.body).contains("href=\"/records/"))
                }
                let lecture = "/figures/lecture.count?unit=410102&period=..2015-06-30"
                try await client.execute(uri: lecture, method: .get) { response in
                    #expect(!String(buffer: response.body).contains("href=\"/records/"))
                }
            }
        }
    }

    @Test(arguments: [
        ("/figures/honor.count?unit=410102&period=%3Cscript%3Ealert(1)%3C/script%3E", 422),
        ("/figures/honor.count?unit=%27%20OR%201=1&period=2015-H1", 422),
        ("/figures/no.such?unit=410102&period=2015-H1", 404),
        ("/figures/honor.count?unit=410102&period=2015-H1&structure=%22%3E", 422),
        ("/records/00000000000000000000000000", 404),
        ("/records/..%2F..%2Fetc%2Fpasswd", 404),
        ("/units/999999", 404),
        ("/units/410102?on=2015-02-30", 422),
        ("/reports/nothing", 404),
        ("/reports/drafts/organization_work?unit=410102&period=2015-13", 303),
    ])
    func aHostileAddressGetsAPlainRefusal(_ address: String, status: Int) async throws {
        try await TestDistrict.with(.sqlite, example: true) { test in
            try await test.foundSmallDistrict()
            try await test.withSite { client in
                try await client.execute(uri: address, method: .get) { response in
                    let html = String(buffer: response.body)
                    #expect(response.status.code == status)
                    #expect(!html.contains("<script>"))
                    #expect(!html.contains("SELECT"))
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func anEmptyDistrictSaysWhatToDo(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.withSite { client in
                for path in ["/", "/figures", "/units", "/kinds", "/reports", "/register"] {
                    try await client.execute(uri: path, method: .get) { response in
                        #expect(response.status == .ok, "\(path)")
                    }
                }
            }
        }
    }
}

/// Whether a page shows the key of a word that the catalogue lacks, in square brackets.
private func lacksWord(_ html: String) -> Bool {
    html.contains(/\[[a-z]+(_[a-z0-9]+)+\]/)
}

/// The links that lead down to a page, from the home page.
private func trail(_ html: String) -> [String] {
    let parts = html.components(separatedBy: "<nav class=\"trail\"")
    guard parts.count == 2 else { return [] }
    return parts[1].components(separatedBy: "</nav>")[0]
        .matches(of: /href="([^"]*)"/).map { String($0.1) }
}

/// The addresses on this site that a page links to.
private func links(_ html: String) -> [String] {
    html.matches(of: /href="(\/[^"#]*)"/).map { match in
        String(match.1).replacing("&amp;", with: "&")
    }.filter { !$0.hasPrefix("/assets/") && !$0.contains("lang=") && !$0.contains("mode=") }
}
