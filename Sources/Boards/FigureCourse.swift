import Catalogue
import Core
import Figures
import Organization
import Web

/// How a figure went: its months up to the period asked for, beside those of the year before.
struct FigureCourse: Sendable {
    let frame: ChartFrame
    let rows: [Row]
    /// What the columns of the table are; of the year before only where that was kept.
    let nowName: String
    let beforeName: String?
    /// Why the year before is not drawn.
    let note: String?

    struct Row: Sendable {
        let label: String
        let href: String
        let value: String
        let before: String?
    }

    /// Fewer steps than this are no course.
    static let fewest = 2

    /// Nil for what has no months, for what cannot be told month by month in one reading, and
    /// where a month may not be told.
    init?(
        _ question: Question, _ unit: UnitVersion, _ indicator: Indicator, _ snapshot: Snapshot
    ) throws {
        let words = snapshot.words
        let months = ThemeReader(snapshot: snapshot).months(question, indicator)
        guard indicator.from != .rule, months.count >= Self.fewest,
            let now = try FigureCourse.cells(question, months, indicator, snapshot),
            now.contains(where: \.hasNumber)
        else { return nil }
        let past = try FigureCourse.past(question, months, indicator, snapshot)
        let before = try past.flatMap {
            try FigureCourse.isKept($0, beside: now, question, months, snapshot) ? $0 : nil
        }
        let year = months.last?.lastDay.year ?? 0
        let numbers = now.map { ComparedNumber($0, indicator, words) }
        let steps = FigureCourse.steps(months, now, before, indicator, words) { month in
            snapshot.figure(indicator, unit, month, question.structure)
        }
        let nowName = words["course_year", ["year": String(year)]]
        let beforeName =
            before == nil ? nil : words["course_year", ["year": String(year - 1)]]
        (self.nowName, self.beforeName) = (nowName, beforeName)
        // A month of what adds up is held against no target: that is one of the whole year.
        let should =
            indicator.addsUp && !indicator.isOfDay
            ? nil : TargetLine.of([unit], question, indicator, snapshot)
        let most =
            (steps.compactMap(\.value) + steps.compactMap(\.before) + [should?.value ?? 0]).max()
            ?? 0
        let size = power(10, indicator.round)
        let chart = ColumnChart(
            title: words["theme_course", ["figure": indicator.name[words.language]]],
            steps: steps, names: beforeName.map { (now: nowName, before: $0) },
            axis: ColumnChart.ticks(to: most) { words.short($0, per: size) },
            turn: FigureCourse.turn(months, snapshot), lines: [should].compactMap { $0 })
        rows = months.indices.map { place in
            Row(
                label: months[place].words[words.language], href: steps[place].href ?? "",
                value: numbers[place].phrase,
                before: before.map { ComparedNumber($0[place], indicator, words).phrase })
        }
        let what =
            words[
                indicator.isOfDay ? "course_what_ends" : "course_what",
                [
                    "figure": indicator.name[words.language], "unit": unit.name,
                    "counted": CountingUnit.words(indicator.unit)[words.language],
                ]]
        frame = ChartFrame(
            "months", finding: FigureCourse.finding(months, now, indicator, words), what: what,
            chart.drawings,
            data: try FigureCourse.data(months, now, before, indicator, snapshot),
            snapshot.takeAway, words)
        note =
            before == nil && past != nil
            ? words["course_no_past", ["year": String(year - 1)]] : nil
    }

    /// The numbers of the columns, for whoever takes them away.
    private static func data(
        _ months: [Period], _ now: [FigureTable.Cell], _ before: [FigureTable.Cell]?,
        _ indicator: Indicator, _ snapshot: Snapshot
    ) throws -> TableFile {
        let words = snapshot.words
        func cell(_ cell: FigureTable.Cell) -> TableCell {
            let said = ComparedNumber(cell, indicator, words)
            return cell.hasNumber ? .exact(said.data) : .withheld(said.text)
        }
        let name = indicator.name[words.language]
        var table = TableFile(
            name,
            [.text(words["course_month"]), .number(name)]
                + (before == nil ? [] : [.number(words["change_year_heading"])]))
        for (place, month) in months.enumerated() {
            try table.add(
                [.text(month.words[words.language]), cell(now[place])]
                    + (before.map { [cell($0[place])] } ?? []))
        }
        return table
    }

    private static func steps(
        _ months: [Period], _ now: [FigureTable.Cell], _ before: [FigureTable.Cell]?,
        _ indicator: Indicator, _ words: Words, _ address: (Period) -> Address
    ) -> [ColumnChart.Step] {
        func value(_ cell: FigureTable.Cell) -> Int? {
            cell.hasNumber ? cell.answer.rounded(indicator) : nil
        }
        return months.indices.map { place in
            ColumnChart.Step(
                months[place].stepWords(words), value(now[place]),
                text: ComparedNumber(now[place], indicator, words).text,
                href: address(months[place]).text, before: before.flatMap { value($0[place]) },
                beforeText: before.map { ComparedNumber($0[place], indicator, words).text })
        }
    }

    /// The same months a year before; nil where they may not be told.
    private static func past(
        _ question: Question, _ months: [Period], _ indicator: Indicator, _ snapshot: Snapshot
    ) throws -> [FigureTable.Cell]? {
        let earlier = months.compactMap(\.yearEarlier)
        guard earlier.count == months.count else { return nil }
        return try cells(question, earlier, indicator, snapshot)
    }

    /// Of a year that hardly has anything nothing is learnt: it was not kept yet.
    private static func isKept(
        _ past: [FigureTable.Cell], beside now: [FigureTable.Cell], _ question: Question,
        _ months: [Period], _ snapshot: Snapshot
    ) throws -> Bool {
        func behind(_ cells: [FigureTable.Cell]) -> Answer {
            Answer(count: cells.reduce(0) { $0 + ($1.hasNumber ? $1.answer.count : 0) })
        }
        let (older, newer) = (behind(past), behind(now))
        guard older.count > 0, let first = months.first, let last = months.last else {
            return false
        }
        let span =
            last.shape == .day ? last : Period("\(first.from)..\(last.lastDay)") ?? question.period
        guard let earlier = span.yearEarlier else { return false }
        return try snapshot.reading.isKept(
            question.asking(period: earlier), older, beside: question.asking(period: span), newer)
    }

    /// The months of a figure; nil where one of them may not be told.
    private static func cells(
        _ question: Question, _ months: [Period], _ indicator: Indicator, _ snapshot: Snapshot
    ) throws -> [FigureTable.Cell]? {
        let isProtected = snapshot.catalogue.protects(indicator)
        guard !indicator.per.contains(.week), !indicator.per.contains(.month) else { return nil }
        if isProtected {
            for month in months {
                guard try snapshot.disclosures.disclosure(question.asking(period: month)) == .open
                else { return nil }
            }
        }
        let answers = try snapshot.reading.grid(
            [indicator.id], units: [question.unit], periods: months, question.structure)
        return answers[0][0].map { FigureTable.Cell(answer: $0, told: .open) }
    }

    /// The first document that changed the structure within the months.
    private static func turn(
        _ months: [Period], _ snapshot: Snapshot
    ) -> (step: Int, words: String)? {
        for reform in snapshot.structure.reorganizations.sorted(by: {
            $0.effectiveOn < $1.effectiveOn
        }) {
            let day = reform.effectiveOn
            guard
                let step = months.firstIndex(where: {
                    $0.lastDay >= day && $0.from.month == day.month
                }),
                months[step].from.year == day.year
            else { continue }
            return (
                step: step,
                words: snapshot.words["course_turn", ["day": day.description]]
            )
        }
        return nil
    }

    /// Where it stood first and last; of what adds up, which month had most.
    private static func finding(
        _ months: [Period], _ cells: [FigureTable.Cell], _ indicator: Indicator, _ words: Words
    ) -> String {
        let numbered = months.indices.filter { cells[$0].hasNumber }
        guard let first = numbered.first, let last = numbered.last else { return "" }
        func said(_ place: Int) -> String {
            ComparedNumber(cells[place], indicator, words).phrase
        }
        func name(_ place: Int) -> String { months[place].words[words.language] }
        guard indicator.addsUp, !indicator.isOfDay else {
            let (one, other) = (cells[first].answer, cells[last].answer)
            let isSame = !one.isLess(than: other) && !other.isLess(than: one)
            return words[
                isSame ? "course_finding_same" : "course_finding_moved",
                ["from": name(first), "to": name(last), "first": said(first), "last": said(last)]]
        }
        let most = numbered.max {
            (cells[$0].answer.numerator, $1) < (cells[$1].answer.numerator, $0)
        }
        return words[
            "course_finding_most", ["month": most.map(name) ?? "", "most": most.map(said) ?? ""]]
    }
}

extension Period {
    /// What stands under a column: the month, or the day on which it was counted.
    func stepWords(_ words: Words) -> String {
        shape == .day
            ? words["compare_month_end", ["month": String(from.month)]] : shortWords(words)
    }
}

extension Words {
    /// A round number in few letters, as the axis of a chart has room for: 150万, 1.5M.
    func short(_ number: Int, per size: Int) -> String {
        let units = number / size
        guard number % size == 0, units >= 10_000 else {
            return number.decimal(per: size, \.grouped)
        }
        let steps =
            language == .zh
            ? [(100_000_000, "亿"), (10_000, "万")]
            : [(1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")]
        for (step, word) in steps where units >= step && units % (step / 10) == 0 {
            return (units / step).grouped + Self.tenth(units % step / (step / 10)) + word
        }
        return units.grouped
    }

    private static func tenth(_ digit: Int) -> String { digit == 0 ? "" : ".\(digit)" }
}
