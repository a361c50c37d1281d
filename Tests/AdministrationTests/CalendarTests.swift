import Catalogue
import Core
import Foundation
import HummingbirdTesting
import Ledger
import Storage
import TestKit
import Testing

/// Public holidays loaded on a page, from a notice to the deadlines they move.
@Suite struct CalendarTests {
    private static let table = """
        日期,类型,节日
        2027-01-01,放假,元旦
        2027-01-02,放假,元旦
        2027-01-03,放假,元旦
        2027-02-20,上班,春节
        """

    private static let events = """
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20271001
        DTEND;VALUE=DATE:20271006
        SUMMARY:国庆节（休）
        END:VEVENT
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20271009
        SUMMARY:国庆节
         （班）
        END:VEVENT
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20271001
        SUMMARY:国庆节
        END:VEVENT
        END:VCALENDAR
        """

    /// Sends what was pasted and answers the page that shows what it changes.
    private func read(_ text: String, _ maker: KindMaker) async throws -> PageAnswer {
        try await maker.client.submit(
            "/admin/calendars", ["pasted": text], as: maker.officer)
    }

    /// Puts a year in force that a page shows.
    private func load(
        _ year: Int, from page: PageAnswer, _ maker: KindMaker
    ) async throws -> PageAnswer {
        let address = "/admin/calendars/\(year)"
        let fields = page.hidden(for: address).map { name, value in
            (
                name,
                value.replacing("&quot;", with: "\"").replacing("&#39;", with: "'")
                    .replacing("&amp;", with: "&")
            )
        }
        return try await maker.client.send(address, fields, as: maker.officer)
    }

    @Test(arguments: Engine.available)
    func nobodyButTheOfficerLoadsACalendar(on engine: Engine) async throws {
        try await KindMaker.with(engine) { maker in
            let page = try await read(Self.table, maker)
            for one in [maker.clerk, maker.security] {
                for address in ["/admin/calendars", "/admin/calendars/2026"] {
                    #expect(try await maker.client.page(address, as: one).status == 404)
                }
                let fields = page.hidden(for: "/admin/calendars/2027").map { ($0.key, $0.value) }
                let answer = try await maker.client.send(
                    "/admin/calendars/2027", fields, as: one)
                #expect(answer.status != 303)
            }
            #expect(try await maker.count("SELECT COUNT(*) FROM own_calendar") == 0)
        }
    }

    @Test(arguments: [
        ("", "请选择文件"),
        ("随便写的", "文件只有标题"),
        ("日期,节日\n2027-01-01,元旦", "“日期”“类型”两列"),
        ("日期,类型\n2027-13-01,放假", "不是日期"),
        ("日期,类型\n2027-01-01,开会", "应为“放假”或“上班”"),
        ("日期,类型\n2027-01-01,放假\n2027-01-01,放假", "写了两次"),
        ("日期,类型\n2027-01-01,放假\n2027-01-01,上班", "既写放假又写上班"),
        ("日期,类型\n2027-01-04,上班", "不是周末"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270101\nSUMMARY:元旦\nEND:VEVENT", "无法判断"),
        ("year: 2027\ndays:\n  - {day: 2026-01-01, kind: holiday}", "文件有误"),
    ])
    func whatCannotBeToldApartIsRefusedBesideItsField(
        _ text: String, _ sentence: String
    ) async throws {
        try await KindMaker.with(.sqlite) { maker in
            let page = try await read(text, maker)
            #expect(page.status == 422)
            #expect(page.text.contains(sentence), "\(page.text.suffix(3_000))")
            if let line = text.split(separator: "\n").last { #expect(page.text.contains(line)) }
        }
    }

    @Test(arguments: Engine.available)
    func aYearIsShownBeforeItIsLoadedAndInForceWithTheNextStart(on engine: Engine) async throws {
        try await KindMaker.with(engine) { maker in
            let page = try await read(Self.table, maker)
            #expect(page.status == 200)
            for word in ["2027年节假日安排", "放假3天", "调休上班1天", "2027-02-20", "春节调休上班"] {
                #expect(page.text.contains(word), "\(word)")
            }
            #expect(try await maker.count("SELECT COUNT(*) FROM own_calendar") == 0)
            #expect(try await load(2027, from: page, maker).status == 303)
            let list = try await maker.client.page("/admin/calendars", as: maker.officer)
            #expect(list.text.contains("下次启动程序时生效"))

            let term = Deadline.Length(5, .workingDay)
            let began = try #require(Day("2026-12-29")).start
            let old = maker.district.district.catalogue.calendar
            let new = try maker.restarted().district.catalogue.calendar
            #expect(Deadline(began, term, calendar: old).unknownYears == [2027])
            #expect(Deadline(began, term, calendar: old).lastDay?.description == "2027-01-05")
            #expect(Deadline(began, term, calendar: new).unknownYears == [])
            #expect(Deadline(began, term, calendar: new).lastDay?.description == "2027-01-06")
        }
    }

    @Test(arguments: Engine.available)
    func aCalendarFileCanBeLoadedAndEachVersionSaysWhatItChanged(
        on engine: Engine
    ) async throws {
        try await KindMaker.with(engine) { maker in
            let first = try await read(Self.events, maker)
            #expect(first.text.contains("放假5天"), "\(first.text.suffix(3_000))")
            #expect(try await load(2027, from: first, maker).status == 303)
            // The same again is no new version; another one says what it changes.
            let again = try await read(Self.events, maker)
            #expect(again.text.contains("与现有安排完全相同"))
            let second = try await read(
                Self.events.replacing("20271006", with: "20271008"), maker)
            #expect(second.text.contains("2027-10-07"))
            #expect(!second.text.contains("2027-10-03 周日"))
            // Two pages of the same moment: the later one is asked to look again.
            let stale = try await read(
                Self.events.replacing("20271006", with: "20271007"), maker)
            #expect(try await load(2027, from: second, maker).status == 303)
            #expect(try await load(2027, from: stale, maker).status == 409)
            let page = try await maker.client.page("/admin/calendars/2027", as: maker.officer)
            #expect(page.text.contains("第2版") && page.text.contains("第1版"))
            #expect(
                try await maker.count(
                    "SELECT COUNT(*) FROM audit WHERE action = 'calendar.loaded'") == 2)
        }
    }

    @Test func aFileThatIsGoneIsMissedAndWrittenAgain() async throws {
        try await KindMaker.with(.sqlite) { maker in
            #expect(
                try await load(2027, from: try await read(Self.table, maker), maker).status
                    == 303)
            let file = "\(maker.district.folder.catalogue)/calendars/own_2027.yaml"
            try FileManager.default.removeItem(atPath: file)
            let page = try await maker.client.page("/admin/calendars/2027", as: maker.officer)
            #expect(page.text.contains("文件没有写成或已删除"))
            #expect(try await load(2027, from: page, maker).status == 303)
            #expect(FileManager.default.fileExists(atPath: file))
        }
    }
}
