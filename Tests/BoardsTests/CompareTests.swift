import Core
import Foundation
import Storage
import TestKit
import Testing

struct CompareTests {
    private static let figures = "figure=honor.count&figure=lecture.count&figure=aid_pair.in_force"

    /// Every number of the table stands on the page of its figure as well, and what that page does
    /// not tell the table does not tell either.
    @Test(
        arguments: Engine.available,
        [
            "level=community", "level=community&by=month", "level=community&by=quarter",
            "level=community&structure=now", "level=small_branch", "level=grid&sort=1",
            "of=410102001&level=community&unit=410102001002&sort=2",
        ])
    func everyCellSaysWhatThePageOfItsFigureSays(on engine: Engine, asked: String) async throws {
        try await Furnished.with(engine) { _, reader in
            let table = try await reader.page(
                "/compare?\(Self.figures)&period=2015-H1&\(asked)&lang=zh")
            var cells = 0
            for cell in table.matches(
                of: /<a href="(\/figures\/[^"]+)" data-value="([^"]*)">([^<]*)</)
            {
                let path = String(cell.1).replacing("&amp;", with: "&")
                let page = try await reader.page("\(path)&lang=zh")
                #expect(page.contains("data-value=\"\(cell.2)\""), "\(path) \(cell.2)")
                if cell.2 == "withheld" { #expect(cell.3 == "不予公开") }
                cells += 1
            }
            #expect(cells >= 6)
            #expect(table.contains("data-value=\"withheld\""), "one pair is too few to tell")
        }
    }

    @Test(arguments: Engine.available)
    func aFileHasTheSameNumbersAndLeavesOutTheSame(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let path = "/compare?\(Self.figures)&period=2015-H1&level=community&sort=1&lang=zh"
            let lines = try await reader.page("\(path)&as=csv").split(separator: "\r\n")
            #expect(lines.count == 4)
            #expect(lines[0].contains("荣誉称号（项），2015年上半年"))
            #expect(lines[1].hasPrefix("一社区,410102001001,1,"))
            #expect(lines[2].hasPrefix("二社区,410102001002,1,"))
            #expect(lines[3].hasPrefix("试验区,410102,3,1,"))
            #expect(lines[1...].allSatisfy { $0.hasSuffix(",不予公开") })
            _ = try await reader.page("\(path)&as=pdf", status: 422)
        }
    }

    @Test(arguments: Engine.available)
    func rowsComeInTheOrderOfAColumnAndWhatIsNotToldComesLastAsItWas(
        on engine: Engine
    ) async throws {
        try await TestDistrict.with(engine, example: true) { test in
            try await test.foundSmallDistrict()
            let rows = (1...5).map {
                "R-\($0),2015-0\($0)-02,41010200100\($0 < 2 ? 1 : 2),市级,称号\($0)"
            }
            try await test.accept(
                (["编号,日期,单位,级别,称号"] + rows).joined(separator: "\n"), what: "honor")
            try await test.withSite { client in
                let reader = Reader(client: client, test: test)
                let path =
                    "/compare?figure=honor.count&figure=aid_pair.in_force"
                    + "&period=2015-H1&level=community&lang=zh"
                func order(_ sort: String) async throws -> [String] {
                    let page = try await reader.page(path + sort)
                    return page.matches(of: /<th scope="row"><a href="[^"]*">([^<]*)</)
                        .map { String($0.1) }
                }
                #expect(try await order("") == ["一社区", "二社区"])
                #expect(try await order("&sort=1") == ["二社区", "一社区"])
                #expect(try await order("&sort=2") == ["一社区", "二社区"])
                #expect(try await order("&sort=9") == ["一社区", "二社区"])
                let months = try await reader.page(path + "&by=month&sort=1")
                #expect(months.contains("<th scope=\"col\" class=\"number\" aria-sort"))
            }
        }
    }

    /// By a field of its records a figure has a column for each part, and what it all comes to.
    @Test(arguments: Engine.available)
    func aFigureIsTakenApartByAFieldOfItsRecords(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let path =
                "/compare?figure=honor.count&figure=lecture.count&period=2015-H1"
                + "&level=community&lang=zh"
            let page = try await reader.page(path + "&by=level")
            #expect(page.contains("<option value=\"level\" selected>按级别</option>"))
            for part in ["省级", "市级", "区级", "合计"] { #expect(page.contains(">\(part)</a>")) }
            let lines = try await reader.page(path + "&by=level&as=csv").split(separator: "\r\n")
            #expect(lines[0].contains("荣誉称号·省级（项），2015年上半年"))
            let one = try #require(lines.first { $0.hasPrefix("一社区") })
            #expect(one.split(separator: ",").dropFirst(2).map(String.init).contains("1"))
            let whole = try #require(lines.first { $0.hasPrefix("试验区") })
            let numbers = whole.split(separator: ",").dropFirst(2).compactMap { Int($0) }
            #expect(numbers.dropLast().dropLast().reduce(0, +) == numbers[numbers.count - 2])
            #expect(page.contains("/compare?figure=honor.count"), "and sorted by any of them")
            let sorted = try await reader.page(path + "&by=level&sort=1")
            #expect(sorted.contains("aria-sort=\"descending\""))
            let other = try await reader.page("/compare?figure=lecture.count&by=level&lang=zh")
            #expect(!other.contains("合计"), "a field of another figure takes nothing apart")
        }
    }

    /// Parts of a guarded number are told where the page of the figure tells them, nowhere else.
    @Test(arguments: [1, 2, 3])
    func whatIsNotToldIsNotTakenApart(seed: UInt64) async throws {
        try await CareDistrict.with(seed: seed) { town in
            // Of sealed entries alone no page says that there are any.
            try await town.test.accept(
                "编号,日期,单位,级别,称号\nR-1,2014-09-02,410102001,市级,文明街道\n"
                    + "R-2,2015-03-02,410102001,市级,平安街道\n", what: "honor")
            try await town.test.withSite { client in
                let reader = Reader(client: client, test: town.test)
                var hidden = 0
                for (period, level) in [
                    ("2014-H2", "community"), ("2015-H1", "street"), ("2015-Q1", "grid"),
                    ("2015", "street"),
                ] {
                    let page = try await reader.page(
                        "/compare?figure=care.count&by=outcome&period=\(period)&level=\(level)"
                            + "&lang=zh")
                    let cells = page.matches(
                        of: /<a href="(\/figures\/[^"]+)" data-value="([^"]*)">/)
                    #expect(cells.count >= 3)
                    for cell in cells {
                        guard cell.2 != "withheld" else {
                            hidden += 1
                            continue
                        }
                        let path = String(cell.1).replacing("&amp;", with: "&")
                        let own = try await reader.page("\(path)&lang=zh")
                        // A unit without any of a part has no line for it.
                        #expect(
                            own.contains("data-value=\"\(cell.2)\"") || cell.2 == "0",
                            "\(path) \(cell.2)")
                    }
                }
                #expect(hidden > 0)
            }
        }
    }

    @Test(arguments: Engine.available)
    func whatCannotBeMeantIsSaidAndWhatIsLeftOutIsTheUsual(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let many = (1...9).map { "figure=f\($0)" }.joined(separator: "&")
            for (query, words) in [
                ("figure=nothing.here", "没有名为“nothing.here”的指标"),
                (many, "最多选 8 项"), ("period=x", "“x”不是时段"),
                ("of=9", "没有编码为 9 的单位"), ("unit=9", "没有编码为 9 的单位"),
                ("by=century", "只能是"), ("structure=never", "只能是"),
            ] {
                let page = try await reader.page("/compare?\(query)&lang=zh", status: 422)
                #expect(page.contains(words), "\(query)")
            }
            let usual = try await reader.page("/compare?lang=zh")
            #expect(usual.contains("data-find=\"2015-h1\" selected>2015年上半年</option>"))
            #expect(usual.contains("领导干部党课"))
            let other = try await reader.page("/compare?level=moon&lang=zh")
            #expect(other.contains("<option value=\"community\" selected>社区（2个）</option>"))
            let leaf = try await reader.page("/compare?of=DW-1&lang=zh")
            #expect(leaf.contains("没有可以对比的下级单位"))
            let named = try await reader.page("/compare?of=甲街道&lang=zh")
            #expect(named.contains("甲街道，2015年上半年"))
        }
    }

    @Test(arguments: Engine.available)
    func anEmptyDistrictSaysWhatToDo(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.withSite { client in
                let reader = Reader(client: client, test: test)
                #expect(try await reader.page("/compare?lang=zh").contains("台账还是空的"))
                _ = try await reader.page("/compare?as=csv", status: 404)
            }
        }
    }

    /// A figure takes the same few statements however many units and months its table has.
    @Test(arguments: Engine.available)
    func aTableTakesAFewStatementsForEachFigure(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            _ = try await reader.page("/figures")
            let path = "/compare?figure=honor.count&figure=lecture.count&period=2015"
            let whole = try await reader.statements("\(path)&level=community")
            let months = try await reader.statements("\(path)&level=grid&by=month")
            #expect(whole <= 12 && months <= 12, "\(whole) and \(months)")
        }
    }

    /// What stands for too little is not compared, and a month with none is not left out.
    @Test(arguments: Engine.available)
    func aFigureShowsItsMonthsAndHowItChanged(on engine: Engine) async throws {
        try await TestDistrict.with(engine, example: true) { test in
            try await test.foundSmallDistrict()
            let rows = [
                "R-1,2014-03-02", "R-2,2014-09-02", "R-3,2015-01-02", "R-4,2015-01-03",
                "R-5,2015-06-03",
            ].map { "\($0),410102001001,市级,称号" }
            try await test.accept(
                (["编号,日期,单位,级别,称号"] + rows).joined(separator: "\n"), what: "honor")
            try await test.withSite { client in
                let reader = Reader(client: client, test: test)
                let page = try await reader.page(
                    "/figures/honor.count?unit=410102&period=2015-H1&lang=zh")
                #expect(page.contains("增加2项（原为1项）"))
                #expect(page.contains("<h2>2015年1月最多，2项</h2>"))
                #expect(page.contains("1月 2 (2014年 0); 2月 0 (2014年 0); 3月 0 (2014年 1)"))
                let before = try await reader.page(
                    "/figures/honor.count?unit=410102&period=2014-H1&lang=zh")
                #expect(!before.contains("增加") && before.contains("2013年同期没有登记"))
                let english = try await reader.page(
                    "/figures/honor.count?unit=410102&period=2015-H1&lang=en")
                #expect(english.contains("2 items more (from 1 item)"))
            }
        }
    }
}
