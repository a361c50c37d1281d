import Catalogue
import Core
import Figures
import Organization
import Web

/// A figure by the units below one, drawn: a share or what stands on a day at two moments, anything
/// else at one; with the middle of the units as a line.
struct RowsOfUnits {
    private let question: Question
    private let indicator: Indicator
    private let snapshot: Snapshot
    private let order: Order
    /// The units drawn, in the order asked for.
    private let units: [Unit]
    /// All of them, from the largest down.
    private let ranked: [Unit]

    /// One of the units: only those whose number may be told are drawn.
    struct Unit {
        let version: UnitVersion
        let name: String
        let answer: Answer
    }

    /// In which order the rows stand: by what they come to, or as the units stand themselves.
    enum Order: String, CaseIterable { case value, units }

    /// What the address says of the order under this name.
    static let orderName = "order"
    /// The most units of one picture; all of them stand in the table.
    static let limit = 30

    /// Nil where there is nothing to see beside each other.
    init?(
        _ units: [Unit], _ question: Question, _ indicator: Indicator, _ snapshot: Snapshot
    ) {
        // One row alone compares nothing.
        guard units.count > 1, units.contains(where: { $0.answer.numerator > 0 }) else {
            return nil
        }
        self.question = question
        self.indicator = indicator
        self.snapshot = snapshot
        order = snapshot.address[Self.orderName].flatMap(Order.init) ?? .value
        let ranked = units.enumerated().sorted { one, other in
            let (left, right) = (one.element.answer, other.element.answer)
            if right.isLess(than: left) { return true }
            return !left.isLess(than: right) && one.offset < other.offset
        }.map(\.element)
        self.ranked = ranked
        self.units = Array((order == .value ? ranked : units).prefix(Self.limit))
    }

    /// The links that put the rows in another order.
    var orders: [Link] {
        Order.allCases.filter { $0 != order }.map {
            Link(
                snapshot.words["breakdown_by_\($0.rawValue)"],
                snapshot.address.with("lang", nil).with("mode", nil)
                    .with(Self.orderName, $0.rawValue))
        }
    }

    func frame() throws -> ChartFrame {
        let (words, language) = (snapshot.words, snapshot.language)
        let before = try self.before()
        let names = ShortNames(units.map(\.name), of: units.map(\.version), snapshot)
        let most = units.map { $0.answer.rounded(indicator) }.max() ?? 0
        let past = before?.answers.values.map { $0.rounded(indicator) }.max() ?? 0
        let should = TargetLine.of(units.map(\.version), question, indicator, snapshot)
        let middle = median.map {
            ChartLine(
                $0.rounded(indicator), words["breakdown_median", ["value": said($0)]], .median)
        }
        let chart = RowChart(
            title: words["breakdown_title"],
            rows: units.enumerated().map { place, unit in
                row(unit, names.texts[place], before?.answers[unit.version.unit])
            },
            axis: ColumnChart.ticks(
                to: indicator.wholeShare ?? max(most, past, should?.value ?? 0)
            ) {
                words.short($0, per: power(10, indicator.round))
                    + (indicator.unit == "%" && $0 > 0 ? "%" : "")
            },
            lines: [middle, should].compactMap { $0 },
            names: before.map {
                (
                    now: question.period.words(today: snapshot.today)[language],
                    before: $0.period.words[language]
                )
            })
        return ChartFrame(
            "units", finding: finding, what: what(before?.period), chart.drawings,
            data: try data(before), snapshot.takeAway, words)
    }

    private func said(_ answer: Answer) -> String {
        ComparedNumber(answer, indicator, snapshot.words).phrase
    }

    private func row(_ unit: Unit, _ name: String, _ before: Answer?) -> RowChart.Row {
        RowChart.Row(
            name, unit.answer.rounded(indicator), text: said(unit.answer),
            note: unit.answer.fraction(.open) ?? "", before: before?.rounded(indicator),
            beforeText: before.map(said),
            href: snapshot.figure(
                indicator, unit.version, question.period, question.structure
            ).text)
    }

    /// What the units came to one period earlier, where that says something of each: shares, and
    /// what stands on a day. Nil where some of it may not be told or most is missing.
    private func before() throws -> (period: Period, answers: [OrgUnit.ID: Answer])? {
        guard !indicator.addsUp || indicator.isOfDay, let period = question.periodBefore,
            !snapshot.catalogue.protects(indicator)
        else { return nil }
        let asked = indicator.asked(in: period, today: snapshot.today)
        let earlier = question.asking(period: asked)
        let reading = snapshot.reading
        guard
            try reading.isKept(
                earlier, try reading.answer(earlier), beside: question,
                try reading.answer(question))
        else { return nil }
        let found = try snapshot.reading.grid(
            [indicator.id], units: units.map(\.version.unit), periods: [asked],
            question.structure)[0]
        var answers: [OrgUnit.ID: Answer] = [:]
        for (unit, answer) in zip(units, found) where answer[0].hasValue {
            answers[unit.version.unit] = answer[0]
        }
        return answers.count * 2 > units.count ? (asked, answers) : nil
    }

    private var median: Answer? {
        guard !snapshot.catalogue.protects(indicator), ranked.count >= ThemeReader.fewest
        else { return nil }
        return ranked.reversed().map(\.answer).lowerMiddle
    }

    /// Who has most and who has least.
    var finding: String {
        let words = snapshot.words
        let name = indicator.name[words.language]
        guard let first = ranked.first, let last = ranked.last else { return name }
        // They stand in order, so nobody is between two that are the same.
        guard last.answer.isLess(than: first.answer) else {
            return words[
                "compare_finding_even",
                [
                    "period": question.period.words(today: snapshot.today)[words.language],
                    "figure": name, "most": said(first.answer),
                ]]
        }
        func named(_ one: Unit) -> String {
            let like = ranked.filter {
                !$0.answer.isLess(than: one.answer) && !one.answer.isLess(than: $0.answer)
            }
            return like.count == 1
                ? one.name
                : words[
                    "breakdown_and_others",
                    ["name": like.first?.name ?? "", "count": like.count.grouped]]
        }
        return words[
            indicator.unit == "%" ? "breakdown_finding_share" : "breakdown_finding",
            [
                "first": named(first), "most": said(first.answer), "last": named(last),
                "least": said(last.answer),
            ]]
    }

    private func what(_ before: Period?) -> String {
        let words = snapshot.words
        return words[
            before == nil ? "breakdown_what" : "breakdown_what_two",
            [
                "figure": indicator.name[words.language],
                "counted": CountingUnit.words(indicator.unit)[words.language],
                "period": question.period.words(today: snapshot.today)[words.language],
                "before": before?.words[words.language] ?? "", "shown": units.count.grouped,
            ]]
    }

    /// The numbers of the picture, for whoever takes them away.
    private func data(
        _ before: (period: Period, answers: [OrgUnit.ID: Answer])?
    ) throws -> TableFile {
        let words = snapshot.words
        func cell(_ answer: Answer?) -> TableCell {
            guard let answer else { return .text("") }
            return .exact(ComparedNumber(answer, indicator, words).data)
        }
        var table = TableFile(
            indicator.name[words.language],
            [
                .text(words["unit_name"]), .text(words["units_code"]),
                .number(question.period.words(today: snapshot.today)[words.language]),
            ] + (before.map { [.number($0.period.words[words.language])] } ?? []))
        for unit in units {
            try table.add(
                [.text(unit.name), .text(unit.version.code), cell(unit.answer)]
                    + (before.map { [cell($0.answers[unit.version.unit])] } ?? []))
        }
        return table
    }
}

/// The names of units as a picture has room for them: without the word for their form where all of
/// them end with it, as 林山寨街道 is 林山寨 among streets.
struct ShortNames {
    let texts: [String]

    init(_ names: [String], of units: [UnitVersion], _ snapshot: Snapshot) {
        let forms = Set(units.map(\.form))
        let word = forms.first.flatMap { snapshot.catalogue.forms[$0]?.name[.zh] } ?? ""
        let isShared =
            forms.count == 1 && !word.isEmpty
            && names.allSatisfy { $0.hasSuffix(word) && $0.count > word.count + 1 }
        texts = isShared ? names.map { String($0.dropLast(word.count)) } : names
    }
}
