import Core
import Foundation
import Ledger
import Storage
import TestKit
import Testing

struct ThemeTests {
    @Test(arguments: Engine.available)
    func everyAreaHasABoardWithTheSameNumbersAsTheFigurePages(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let list = try await reader.page("/themes?lang=zh")
            for area in ["education", "premises", "cadres", "talent", "department", "highlight"] {
                #expect(list.contains("href=\"/themes/\(area)\""))
                let board = try await reader.page("/themes/\(area)?lang=zh")
                // Behind the form, which lists the units to choose from.
                let told = board.components(separatedBy: "</form>").last ?? ""
                #expect(told.contains("甲街道") == false, "no unit is named beside a number")
                for line in board.matches(of: /href="(\/figures\/[^"]+)">/) {
                    let path = String(line.1).replacing("&amp;", with: "&")
                    let row = String(board[line.range.upperBound...].prefix(400))
                    let told = try #require(row.firstMatch(of: /data-value="([^"]*)"/)?.1)
                    let page = try await reader.page("\(path)&lang=zh")
                    #expect(page.contains("data-value=\"\(told)\""), "\(path) \(told)")
                }
            }
            _ = try await reader.page("/themes/nothing", status: 404)
        }
    }

    @Test(arguments: Engine.available)
    func aLineShowsThePastAndTheRangeOfLikeUnits(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let more = (2...4).map { "41010200\($0),\($0)街道,street,410102,410102,,2014-01-01," }
            try await test.accept(
                (["编码,名称,形式,领土上级,党组织上级,条线上级,起始日期,截止日期"] + more)
                    .joined(separator: "\n"), what: "units")
            let rows = (1...6).map {
                "R-\($0),2015-0\($0)-02,41010200\($0 < 4 ? 1 : $0 < 6 ? 2 : 3),市级,称号\($0)"
            }
            try await test.accept(
                (["编号,日期,单位,级别,称号"] + rows).joined(separator: "\n"), what: "honor")
            try await test.withSite { client in
                let reader = Reader(client: client, test: test)
                let board = try await reader.page("/themes/highlight?lang=zh")
                #expect(board.contains("2015年1月 1项; 2015年2月 1项"))
                let range = board.replacing(/<[^>]+>|\s/, with: "")
                #expect(range.contains("4个街道：最低0项·中位1项·最高3项"))
                let quarter = try await reader.page(
                    "/themes/highlight?unit=410102001&period=2015-Q2&lang=zh")
                #expect(quarter.contains("2015年第2季度"))
                _ = try await reader.page("/themes/highlight?unit=9", status: 422)
                _ = try await reader.page("/themes/highlight?period=x", status: 422)
            }
        }
    }

    /// What moved most stands in the heading; the small courses are taken away as one picture.
    @Test(arguments: Engine.available)
    func aThemeBeginsWithWhatItFound(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let days = ["2014-08-01", "2014-09-01"] + (1...6).map { "2015-0\($0)-02" }
            let rows = days.enumerated().map { "R-\($0),\($1),410102001,市级,称号\($0)" }
            try await test.accept(
                (["编号,日期,单位,级别,称号"] + rows).joined(separator: "\n"), what: "honor")
            try await test.withSite { client in
                let reader = Reader(client: client, test: test)
                let path = "/themes/highlight?period=2015-H1&lang=zh"
                let board = try await reader.page(path)
                #expect(board.contains("：荣誉称号6项，比2014年下半年增加4项"))
                #expect(board.contains("picture=past"))
                let table = try await reader.page(path + "&picture=past&as=csv")
                #expect(table.contains("荣誉称号,2015年1月,1项"))
                let svg = try await reader.page(path + "&picture=past&as=svg")
                #expect(svg.contains("chart-line"))
                let quiet = try await reader.page("/themes/talent?period=2015-H1&lang=zh")
                #expect(quiet.contains("<h1>人才"))
            }
        }
    }

    /// Of persons neither the parts nor a month with few of them are told.
    @Test(arguments: Engine.available)
    func numbersOfPersonsAreNotComparedNorDrawnWhereSmall(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let board = try await reader.page("/themes/highlight?lang=zh")
            let start = try #require(board.range(of: "/figures/aid_pair.in_force"))
            let row = board[start.lowerBound...].prefix(while: { $0 != "\u{0}" })
            let line = try #require(row.range(of: "</tr>"))
            let told = String(row[..<line.lowerBound])
            #expect(told.contains("data-value=\"withheld\"") && !told.contains("<svg"))
            #expect(!told.contains("最低"))
        }
    }

    @Test(arguments: Engine.available)
    func anEmptyDistrictSaysWhatToDo(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.withSite { client in
                let reader = Reader(client: client, test: test)
                for path in ["/themes", "/themes/talent", "/calendar", "/search"] {
                    _ = try await reader.page(path)
                }
            }
        }
    }

    /// Three statements for a figure that is added up, however many months and units it shows.
    @Test(arguments: Engine.available)
    func aBoardTakesAFewStatementsForEachFigure(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            _ = try await reader.page("/figures")
            let count = test.district.catalogue.indicators.values
                .filter { $0.area == "highlight" }.count
            let statements = try await reader.statements("/themes/highlight")
            #expect(statements < 8 * count, "\(statements) for \(count)")
        }
    }
}
