import Boards
import Catalogue
import Core
import Figures
import Foundation
import HummingbirdTesting
import Organization
import Reports
import Storage
import TestKit
import Testing

/// Whoever reads every public page of an example district, and solves for what is not told, learns
/// no small number of persons, households or sealed records.
struct ExampleAttackTests {
    @Test func noSmallNumberOfTheFirstExampleFollowsFromItsPages() async throws {
        try await LoadedExample.zhongyuan.with(.sqlite) { test in
            let report = try await test.reports().issue(
                "organization_work", unit: "410102", period: "2015-H1", by: TestDistrict.actor)
            let periods =
                ["2014", "2014-H2", "2015-H1", "2015-Q1", "2015-Q2", "2014-Q4"]
                + months(2015, 1...6) + months(2014, 12...12)
                + ["2015-W10", "2015-02-10..2015-06-30", "before:R1", "after:R1"]
            try await attack(test, periods, half: "2015-H1", reports: [report])
        }
    }

    @Test(arguments: Engine.available)
    func noSmallNumberOfTheSecondExampleFollowsFromItsPages(on engine: Engine) async throws {
        try await LoadedExample.chenghu.with(engine) { test in
            let periods =
                ["2023", "2024", "2023-H2", "2024-H1", "2024-Q1", "2024-Q2"] + months(2024, 1...6)
                + ["2024-W16", "2024-02-10..2024-06-30", "before:Y1", "after:Y1", "@2024-05-19"]
            try await attack(test, periods, half: "2024-H1", reports: [])
        }
    }

    /// Months, up to their last days, and these days.
    private func months(_ year: Int, _ numbers: ClosedRange<Int>) -> [String] {
        numbers.compactMap { Period("\(year)-\($0 < 10 ? "0" : "")\($0)") }
            .flatMap { [$0.text, "..\($0.lastDay)", "@\($0.lastDay)"] }
    }

    private func attack(
        _ test: TestDistrict, _ periods: [String], half: String, reports: [String]
    ) async throws {
        let (figures, today) = (test.figures, test.district.now().day)
        let doors = try await test.database.read { db in
            try PublicDoors(figures.reading(db), half: half, reports: reports)
        }
        try await test.withSite { client in
            var printed: [PrintedNumber] = []
            for address in doors.addresses {
                let page = try await client.page(address, language: .en)
                #expect(page.status == 200, "\(address)")
                printed += PrintedNumber.all(on: page.text, of: address)
            }
            let found = printed
            try await test.database.read { db in
                let reading = try figures.reading(db)
                var numbers = ProtectedNumbers(reading, db, today: today)
                let protected = Set(numbers.indicators.map(\.id))
                let said = found.filter { protected.contains($0.indicator) }
                #expect(said.count > 50, "the pages still tell what is large")
                #expect(said.contains { $0.place == .records }, "and how many records it rests on")
                let untold = try said.filter { try !numbers.mayTell($0) }
                #expect(untold.isEmpty, "\(untold.prefix(8))")
                try numbers.askAll(periods)
                #expect(numbers.told.count > 100 && numbers.smallCount > 100)
                #expect(numbers.saidOutright == [])
                let leaks = numbers.leaks()
                #expect(leaks.isEmpty, "\(leaks.count): \(leaks.prefix(12))")
                // The attacker is worth the name: to hide what is small alone is not enough.
                #expect(!numbers.hidingNothingElse().leaks().isEmpty)
            }
        }
    }
}

/// The addresses of public pages that print numbers.
private struct PublicDoors {
    let addresses: [String]

    init(_ reading: Figures.Reading, half: String, reports: [String]) throws {
        guard let root = reading.structure.root(nearest: reading.today) else {
            addresses = []
            return
        }
        let period = try #require(Period(half))
        let last = Period.day(period.lastDay)
        let streets = reading.structure.children(of: root.unit, .territory, on: period.lastDay)
        let codes = [root.code] + streets.prefix(2).map(\.code)
        let catalogue = reading.reckoner.catalogue
        let areas = Set(catalogue.indicators.values.map(\.area)).sorted()
        let quarter = "\(period.from.year)-Q2"
        let month = "\(period.from.year)-05"
        var all = ["/", "/themes", "/figures", "/units", "/kinds", "/calendar", "/reports"]
        all += ["/mechanisms", "/rules", "/register", "/search?q=\(root.code)"]
        all += ["/calendar?month=\(month)", "/calendar?month=\(month)&unit=\(codes[1])"]
        for area in areas {
            all += ["/themes/\(area)", "/themes/\(area)?unit=\(root.code)&period=\(month)"]
            all.append("/themes/\(area)?unit=\(codes[1])&period=\(half)")
        }
        all += codes.map { "/units/\($0)?on=\(period.lastDay)" }
        let protected = catalogue.indicators.values.filter {
            ($0.visibility ?? .public) == .public && catalogue.protects($0)
        }.sorted { $0.id < $1.id }
        for (place, indicator) in protected.enumerated() {
            let isOfDay = indicator.when == .inForce
            let whole = isOfDay ? last.text : half
            let asked = try reading.question(indicator.id, unit: root.code, period: whole)
            guard try reading.answer(asked).hasValue else { continue }
            // Of each figure its own page, and in turn one of the others.
            let part = isOfDay ? "@\(month)-31" : quarter
            let other = [(root.code, part, "then"), (codes[1], whole, "then")]
            for (unit, time, map) in [(root.code, whole, "then"), other[place % other.count]] {
                all.append(
                    "/figures/\(indicator.id)?unit=\(unit)&period=\(time)&structure=\(map)")
            }
        }
        addresses = all + reports.flatMap { ["/reports/\($0)", "/reports/\($0)/changes"] }
    }
}

extension ProtectedNumbers {
    /// Whether a visitor may be told what a page printed. What an issued report printed is told
    /// whatever may be said today, so that it is taken in.
    fileprivate mutating func mayTell(_ printed: PrintedNumber) throws -> Bool {
        guard let question = try question(of: printed) else { return false }
        if printed.page.hasPrefix("/reports/") {
            try take(question, printed: true)
            return true
        }
        switch printed.place {
        case .whole:
            try take(question)
            return try isOpen(question)
        case .part("Recorded at this level"): return try tellsRest(question)
        case .part: return try tellsParts(question)
        case .records:
            return try isOpen(question) && indicator(of: printed).map(countsRecords) == true
        case .course:
            let half = Period.half(of: question.period.lastDay)
            let months = question.period.months.count > 1 ? question.period.months : half.months
            return try months.filter { $0 <= question.period.lastDay }.allSatisfy { first in
                let last = Period.day(min(first.nextMonth - 1, question.period.lastDay))
                let month = Period(String(first.description.prefix(7)))
                let asked = question.asking(period: isOfDay(printed) ? last : month ?? last)
                try take(asked)
                return try isOpen(asked)
            }
        }
    }

    private func isOfDay(_ printed: PrintedNumber) -> Bool {
        indicator(of: printed)?.when == .inForce
    }

    private func indicator(of printed: PrintedNumber) -> Indicator? {
        indicators.first { $0.id == printed.indicator }
    }
}
