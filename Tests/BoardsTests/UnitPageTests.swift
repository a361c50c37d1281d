import Core
import Ledger
import Storage
import TestKit
import Testing

/// The page of a unit: how it stands, what it did, and the day that governs both.
struct UnitPageTests {
    private static let contacts = """
        编号,日期,单位,地址,电话,工作日
        C-1,2014-02-03,410102001,旧街1号,0371-0000 0001,8:30至12:00
        C-2,2015-04-01,410102001,新街2号,0371-0000 0002,8:30至12:00
        """

    private static let services = """
        编号,日期,单位,服务人次,时长,服务类别
        S-1,2015-05-06,410102001001,18,90,便民维修
        S-2,2015-05-07,410102001002,7,60,心灵茶吧
        S-3,2015-06-08,410102001001,3,90,文体活动
        """

    @Test(arguments: Engine.available)
    func aUnitBeginsWithItsAddressAsItWasOnTheDay(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            let path = "/units/410102001?lang=zh&on="
            let empty = try await reader.page(path + "2015-06-30")
            #expect(empty.contains("这里将显示地址、电话、工作日"), "what would stand here")
            #expect(empty.contains("由街道工作人员"), "and who adds it")
            try await test.accept(Self.contacts, what: "contact_details")
            let now = try await reader.page(path + "2015-06-30")
            #expect(now.contains("新街2号") && !now.contains("旧街1号"))
            let before = try await reader.page(path + "2014-06-30")
            #expect(before.contains("旧街1号") && !before.contains("新街2号"))
        }
    }

    @Test(arguments: Engine.available)
    func whatAUnitDidLatelySaysWhatHappenedAndNothingOfLaterDays(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            try await test.accept(Self.services, what: "service_activity")
            let page = try await reader.page("/units/410102001?on=2015-05-31&lang=zh")
            #expect(page.contains("便民维修；服务人数 18人；时长 90分钟"))
            #expect(page.contains("文明街道"), "an honor is told by its title")
            #expect(!page.contains("文体活动；服务人数"), "what came after the day is not told")
            let later = try await reader.page("/units/410102001?on=2015-07-31&lang=zh")
            #expect(later.contains("文体活动；服务人数 3人"))
        }
    }

    @Test(arguments: Engine.available)
    func aFigureOfAUnitIsExactAndItsTraceSaysWhatHappened(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            try await test.accept(Self.services, what: "service_activity")
            let page = try await reader.page("/units/410102001?on=2015-07-31&lang=en")
            #expect(page.contains("/figures/service_activity.three_kinds?unit=410102001"))
            #expect(page.contains("data-value=\"2\""))
            let figure = try await reader.page(
                "/figures/service_activity.three_kinds?unit=410102001&period=2015-H1&lang=zh")
            #expect(figure.contains("便民维修；服务人数 18人"))
        }
    }

    @Test(arguments: Engine.available)
    func aUnitOfAFormWithFiguresIsListedWithThem(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            try await test.accept(Self.services, what: "service_activity")
            let page = try await reader.page("/units/410102001?on=2015-07-31&lang=zh")
            #expect(page.contains("2个社区"))
            #expect(
                page.contains("/figures/service_activity.three_kinds?unit=410102001001"),
                "a community stands with its own number")
        }
    }

    @Test(arguments: Engine.available)
    func aSearchShowsAllThatARecordSays(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let page = try await reader.page(
                "/search?q=%E5%B9%B3%E5%AE%89%E7%A4%BE%E5%8C%BA&lang=zh")
            #expect(page.contains("<mark>平安社区</mark>"))
            #expect(page.contains("区级"), "its level as well")
            #expect(page.contains("区综治办"))
        }
    }

    /// The strips and the lineage are pictures like all others: taken away with their numbers.
    @Test(arguments: Engine.available)
    func howAUnitStandsAndCameAboutIsTakenAway(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            try await test.accept(
                "编码,名称,形式,领土上级,起始日期\n410102001003,三社区,community,410102001,2014-01-01\n",
                what: "units")
            try await test.accept(
                """
                批次,名称,文号,生效日期,类型,前身编码,后继编码,后继名称,后继形式,领土上级,依据
                R1,调整,文一号,2015-03-01,merge,410102001002,410102001009,合社区,community,410102001,whole
                R1,调整,文一号,2015-03-01,merge,410102001003,410102001009,合社区,community,410102001,whole
                R1,调整,文一号,2015-03-01,move,410102001002001,,,,410102001009,
                R1,调整,文一号,2015-03-01,move,410102001002002,,,,410102001009,
                R1,调整,文一号,2015-03-01,move,DW-2,,,,410102001009,
                """, what: "reorganizations")
            let path = "/units/410102001009?on=2015-06-30&lang=zh"
            let page = try await reader.page(path)
            #expect(page.contains("合社区由二社区、三社区调整而来</h2>"))
            #expect(page.contains("picture=lineage"))
            let table = try await reader.page(path + "&picture=lineage&as=csv")
            #expect(table.contains("调整前单位,二社区,410102001002,"))
            let svg = try await reader.page(path + "&picture=lineage&as=svg")
            #expect(svg.contains("chart-rail") && !svg.contains("<a "))
        }
    }

    @Test(arguments: Engine.available)
    func anEnglishPageSaysHowAChineseNameSounds(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let page = try await reader.page("/units/410102001001?lang=en")
            #expect(page.contains("lang=\"zh-Latn\">yī shè qū</p>"))
            let own = try await reader.page("/units/410102001001?lang=zh")
            #expect(!own.contains("zh-Latn"))
        }
    }
}
