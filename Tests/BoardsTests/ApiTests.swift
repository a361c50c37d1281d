import Core
import Hummingbird
import Ledger
import Storage
import TestKit
import Testing
import Web

/// The interface for programs, through the real router. Every answer is held against the document
/// that describes it.
struct ApiTests {
    private static func with(
        _ engine: Engine,
        _ body: @escaping @Sendable (TestDistrict, ApiClient) async throws -> Void
    ) async throws {
        try await Furnished.with(engine) { test, reader in
            try await body(test, try await ApiClient(reader.client))
        }
    }

    // MARK: Refusals

    @Test(
        arguments: [
            ("/api", 404, "not_found"), ("/api/v1/nothing", 404, "not_found"),
            ("/api/v2/figures", 404, "not_found"),
            ("/api/v1/figures/nothing", 404, "not_found"),
            ("/api/v1/indicators/nothing", 404, "not_found"),
            ("/api/v1/kinds/nothing", 404, "not_found"),
            ("/api/v1/units/nothing-at-all", 404, "not_found"),
            ("/api/v1/records/nothing", 404, "not_found"),
            ("/api/v1/kinds/lecture/records", 404, "not_found"),
            ("/api/v1/kinds/aid_pair/records", 404, "not_found"),
            ("/api/v1/figures/honor.count?unit=999", 422, "invalid"),
            ("/api/v1/figures/honor.count?unit=", 422, "invalid"),
            ("/api/v1/figures/honor.count?period=2015-13", 422, "invalid"),
            ("/api/v1/figures/honor.count?structure=later", 422, "invalid"),
            ("/api/v1/figures/honor.count?on=30.6.2015", 422, "invalid"),
            ("/api/v1/figures/honor.count?peroid=2015", 422, "invalid"),
            ("/api/v1/figures/honor.count?unit=410102&unit=410102001", 422, "invalid"),
            ("/api/v1/figures?level=planet", 422, "invalid"),
            ("/api/v1/indicators?limit=0", 422, "invalid"),
            ("/api/v1/indicators?limit=101", 422, "invalid"),
            ("/api/v1/indicators?limit=1e1", 422, "invalid"),
            ("/api/v1/units?form=planet", 422, "invalid"),
            ("/api/v1/units?lang=la", 422, "invalid"),
            ("/api/v1/kinds/honor/records?after=x", 422, "invalid"),
            ("/api/v1/kinds/honor/records?sort=title", 422, "invalid"),
            ("/api/v1/kinds/honor/records?filter=level", 422, "invalid"),
            ("/api/v1/kinds/honor/records?filter=planet:city", 422, "invalid"),
            ("/api/v1/kinds/honor/records?filter=level:planet", 422, "invalid"),
            ("/api/v1/kinds/honor/records?filter=level:city&filter=level:district", 422, "invalid"),
            ("/api/v1/kinds/material/records?filter=copies:5..3", 422, "invalid"),
            ("/api/v1/kinds/material/records?filter=copies:viel", 422, "invalid"),
            ("/api/v1/kinds/honor/records?f.level=city", 422, "invalid"),
            ("/api/v1/figures/honor.count/trace?after=x~y", 422, "invalid"),
            ("/api/v1/figures/honor.count/trace?part=nothing", 422, "invalid"),
        ])
    func aRefusalIsAProblemInTheLanguageOfTheAsker(
        _ address: String, _ status: Int, _ code: String
    ) async throws {
        try await Self.with(.sqlite) { test, api in
            let address = address.replacing("honor.count", with: Self.indicator(test))
            for (language, tag) in [("zh", "zh-Hans"), ("en", "en")] {
                let answer = try await api.answer(address, language: language)
                #expect(answer.status == status, "\(answer.text)")
                #expect(answer.headers[.contentType] == "application/problem+json")
                #expect(answer.headers[.contentLanguage] == tag)
                #expect(answer.headers[.setCookie] == nil)
                let problem = try JSON(parsing: answer.text)
                #expect(problem["status"] == .number(status) && problem["code"] == .text(code))
                #expect(problem["faults"].parts.isEmpty == (status != 422), "\(answer.text)")
                let isChinese = answer.text.unicodeScalars.contains { $0.value > 0x4E00 }
                #expect(isChinese == (language == "zh"), "\(answer.text)")
            }
        }
    }

    /// A figure of the honors that were furnished.
    static func indicator(_ test: TestDistrict) -> String {
        test.district.catalogue.indicators.values
            .filter { $0.kind == "honor" && $0.value == .count && $0.conditions.isEmpty }
            .map(\.id).sorted()[0]
    }

    @Test func nothingIsWrittenThroughTheInterface() async throws {
        try await Self.with(.sqlite) { _, api in
            for method in [HTTPRequest.Method.post, .put, .patch, .delete, .options] {
                for address in ["/api/v1/figures", "/api/v1/openapi.json", "/api/v1/nothing"] {
                    let answer = try await api.answer(address, method: method)
                    #expect(answer.status == 405, "\(method) \(address)")
                    #expect(answer.headers[.allow] == "GET, HEAD")
                    #expect(answer.headers[.contentType] == "application/problem+json")
                }
            }
        }
    }

    /// What may have been meant is named, for a unit as for a period.
    @Test func whatCannotBeReadIsToldWithWhatComesNearest() async throws {
        try await Self.with(.sqlite) { test, api in
            let id = Self.indicator(test)
            let unit = try await api.get("/api/v1/figures/\(id)?unit=41010200100", status: 422)
            let fault = try #require(unit["faults"].parts.first)
            #expect(fault["parameter"] == "unit" && !fault["nearest"].parts.isEmpty)
            let period = try await api.get("/api/v1/figures/\(id)?period=2015-H3", status: 422)
            let other = try #require(period["faults"].parts.first)
            #expect(other["parameter"] == "period" && !other["nearest"].parts.isEmpty)
        }
    }

    // MARK: Answers

    @Test(arguments: Engine.available)
    func aFigureSaysWhatItsPageSays(on engine: Engine) async throws {
        try await Self.with(engine) { test, api in
            let id = Self.indicator(test)
            let found = try await api.get("/api/v1/figures/\(id)?unit=410102&period=2015-H1")
            let figure = found["figure"]
            #expect(figure["value"] == 3 && figure["state"] == "value")
            #expect(figure["unit"]["code"] == "410102" && figure["structure"] == "then")
            #expect(figure["period"]["through"] == "2015-06-30")
            #expect(found["licence"]["stated"] == false && found["licence"]["address"] == .null)
            // By names as people write them, and by what is usual.
            let named = try await api.get(
                "/api/v1/figures/\(id)?unit=%E8%AF%95%E9%AA%8C%E5%8C%BA"
                    + "&period=2015%E5%B9%B4%E4%B8%8A%E5%8D%8A%E5%B9%B4")
            #expect(named["figure"]["value"] == 3)
            #expect(try await api.get("/api/v1/figures/\(id)")["figure"] == figure)
            let page = try await api.client.page(try #require(figure["page"].string))
            #expect(page.text.contains("data-value=\"3\""))
            let none = try await api.get("/api/v1/figures/\(id)?period=2014-H1&lang=en")
            #expect(none["figure"]["state"] == "no_data" || none["figure"]["value"] == 0)
        }
    }

    @Test(arguments: Engine.available)
    func aTraceListsTheRecordsPageByPage(on engine: Engine) async throws {
        try await Self.with(engine) { test, api in
            let address = "/api/v1/figures/\(Self.indicator(test))/trace?period=2015-H1"
            let whole = try await api.get(address)
            #expect(whole["openness"] == "records" && whole["adds_up"] == true)
            #expect(whole["parts"].parts.first?["count"] == 3 && whole["next"] == .null)
            let items = whole["items"].parts
            #expect(items.count == 3)
            for limit in 1...2 {
                #expect(try await api.all(address + "&limit=\(limit)") == items)
            }
            for item in items {
                let id = try #require(item["id"].string)
                let record = try await api.get("/api/v1/records/\(id)")
                #expect(record["record"]["id"] == item["id"] && record["counts"] == true)
                #expect(record["record"]["kind"] == "honor")
            }
        }
    }

    @Test(arguments: Engine.available)
    func everyListIsReadToItsEnd(on engine: Engine) async throws {
        try await Self.with(engine) { test, api in
            let indicators = try await api.all("/api/v1/indicators?limit=7")
            let known = test.district.catalogue.indicators.values
                .filter { ($0.visibility ?? .public) == .public }.map(\.id)
            #expect(indicators.compactMap { $0["id"].string } == known.sorted())
            let kinds = try await api.all("/api/v1/kinds?limit=9")
            #expect(
                kinds.compactMap { $0["id"].string }
                    == test.district.catalogue.kinds.keys.sorted())
            let units = try await api.all("/api/v1/units?limit=4")
            #expect(units.count == 13)
            let below = try await api.all("/api/v1/units?below=410102001&form=community")
            #expect(below.map { $0["unit"]["code"] } == ["410102001001", "410102001002"])
            #expect(below.first?["parents"]["territory"] == "410102001")
            for limit in [1, 100] {
                let address = "/api/v1/kinds/honor/records?period=all&limit=\(limit)"
                #expect(try await api.all(address).count == 3)
                #expect(try await api.get(address)["total"]["count"] == 3)
            }
            let first = try await api.all("/api/v1/kinds/honor/records?sort=oldest")[0]
            #expect(first["values"]["title"] == "文明街道" && first["values"]["level"] == "city")
            #expect(first["unit"]["code"] == "410102001")
        }
    }

    @Test(arguments: Engine.available)
    func aTableHasEveryFigureOfEveryUnitAndPeriod(on engine: Engine) async throws {
        try await Self.with(engine) { test, api in
            let id = Self.indicator(test)
            let table = try await api.get(
                "/api/v1/figures?figure=\(id)&level=community&period=2015-H1&by=quarter")
            #expect(table["rows"].parts.count == 2)
            for row in [table["whole"]] + table["rows"].parts {
                #expect(row["figures"].parts.count == 2)
                for cell in row["figures"].parts {
                    let code = try #require(row["unit"]["code"].string)
                    let period = try #require(cell["period"].string)
                    let one = try await api.get(
                        "/api/v1/figures/\(id)?unit=\(code)&period=\(period)")
                    #expect(one["figure"]["value"] == cell["value"])
                    #expect(one["figure"]["state"] == cell["state"])
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func aUnitTellsWhatItWasAndWhatItCameFrom(on engine: Engine) async throws {
        try await Self.with(engine) { test, api in
            try await test.accept(
                """
                批次,名称,文号,生效日期,类型,前身编码,后继编码,后继名称,后继形式,领土上级,依据
                R1,调整,文一号,2015-03-01,merge,410102001001,410102001009,合社区,community,410102001,whole
                R1,调整,文一号,2015-03-01,merge,410102001002,410102001009,合社区,community,410102001,whole
                R1,调整,文一号,2015-03-01,move,410102001001001,,,,410102001009,
                R1,调整,文一号,2015-03-01,move,410102001001002,,,,410102001009,
                R1,调整,文一号,2015-03-01,move,410102001002001,,,,410102001009,
                R1,调整,文一号,2015-03-01,move,410102001002002,,,,410102001009,
                R1,调整,文一号,2015-03-01,move,DW-1,,,,410102001009,
                R1,调整,文一号,2015-03-01,move,DW-2,,,,410102001009,

                """, what: "reorganizations")
            let unit = try await api.get("/api/v1/units/410102001009")
            #expect(
                unit["predecessors"].parts.map { $0["code"] } == [
                    "410102001001", "410102001002",
                ])
            #expect(unit["predecessors"].parts.first?["document"] == "文一号")
            let former = try await api.get(
                "/api/v1/units/%E4%B8%80%E7%A4%BE%E5%8C%BA?on=2015-02-28")
            #expect(former["unit"]["through"] == "2015-02-28")
            #expect(former["successors"].parts.first?["name"] == "合社区")
        }
    }

    // MARK: Headers

    @Test(arguments: Engine.available)
    func anAnswerThatIsTheSameIsNotSentAgain(on engine: Engine) async throws {
        try await Self.with(engine) { test, api in
            let address = "/api/v1/figures/\(Self.indicator(test))?period=2015-H1"
            let first = try await api.answer(address)
            let tag = try #require(first.headers[.eTag])
            for known in [tag, "\"x\", " + tag, "*"] {
                let again = try await api.answer(address, headers: [.ifNoneMatch: known])
                #expect(again.status == 304 && again.text.isEmpty)
                #expect(again.headers[.eTag] == tag)
            }
            let english = try await api.answer(
                address, language: "en", headers: [.ifNoneMatch: tag])
            #expect(english.status == 200)
            // A record of something else leaves it as it is; one of the same makes it another.
            try await test.accept(
                "编号,日期,单位,份数,名称\nM-1,2015-05-05,410102001001,3,防火\n", what: "material")
            #expect(try await api.answer(address, headers: [.ifNoneMatch: tag]).status == 304)
            try await test.accept(
                "编号,日期,单位,级别,称号,授予单位\nR-9,2015-05-09,410102001,市级,先进,市\n",
                what: "honor")
            let changed = try await api.answer(address, headers: [.ifNoneMatch: tag])
            #expect(changed.status == 200 && changed.headers[.eTag] != tag)
            let page = try await api.answer("/api/v1/units?limit=2")
            let next = try #require(try JSON(parsing: page.text)["next"].string)
            let name = try #require(HTTPFields.Element.Name("Link"))
            #expect(page.headers[name] == "<\(next)>; rel=\"next\"")
        }
    }

    /// What a browser that is signed in sends along counts for nothing: only a key does.
    @Test func aSessionReadsNoMoreThanEverybody() async throws {
        try await Self.with(.sqlite) { test, api in
            let officer = try await test.account("officer", role: "organization_officer")
            let cookie: HTTPFields = [.cookie: officer.cookie]
            let page = try await api.client.page("/kinds/lecture/records", as: officer)
            #expect(page.status == 200)
            let answer = try await api.answer("/api/v1/kinds/lecture/records", headers: cookie)
            #expect(answer.status == 404)
        }
    }

    @Test func theLicenceIsTheDistrictsOwnWord() async throws {
        let files = [
            "licence.yaml": """
            name: {zh: 开放许可, en: Open licence}
            address: https://example.org/licence
            source: {zh: 试验区, en: Trial District}

            """
        ]
        try await OwnFolder.with(files) { folder in
            try await TestDistrict.with(.sqlite, catalogue: [folder]) { test in
                try await test.foundSmallDistrict()
                try await test.withSite { client in
                    let found = try await ApiClient(client).get("/api/v1/units", language: "en")
                    #expect(found["licence"]["stated"] == true)
                    #expect(found["licence"]["name"] == "Open licence")
                    #expect(found["licence"]["address"] == "https://example.org/licence")
                    #expect(found["licence"]["source"] == "Trial District")
                }
            }
        }
    }
}
