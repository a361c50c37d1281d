import Catalogue
import Core
import Figures
import Organization
import Web

/// One figure of a board: what it comes to, how it moved, and how the like units below compare.
struct ThemeLine: Sendable {
    let name: String
    let href: String
    let phrase: String
    let data: String
    let when: String
    let chartHTML: String?
    /// The same drawing, for a picture of several.
    let course: Sparkline?
    let range: Range?
    let soFar: SoFar?
    /// How it differs from before, where that is asked for and may be said.
    let change: UnitFigureLine.Change?
    let movement: FigureChange?

    /// The same figure in the half-year under way.
    struct SoFar: Sendable {
        let soFarPhrase: String
        let soFarHref: String
        let soFarWhen: String
    }

    /// The smallest, middle and largest among the like units below, none of them named.
    struct Range: Sendable {
        let level: String
        let lowest: String
        let middle: String
        let highest: String
    }
}

/// Reads the lines of a board.
struct ThemeReader {
    let snapshot: Snapshot

    /// Fewer units than this are not compared: two of them would know of each other.
    static let fewest = 3

    /// - Parameters:
    ///   - peers: the units it is compared among, rather than those below.
    ///   - periods: where it is also told how the half-year under way stands.
    ///   - changes: whether it is compared with before; never a number of persons.
    func line(
        _ question: Question, _ indicator: Indicator, among peers: [UnitVersion]? = nil,
        beside periods: UsualPeriods? = nil, changes: Bool = false
    ) throws -> ThemeLine {
        let (words, reading) = (snapshot.words, snapshot.reading)
        let unit = snapshot.structure.nearestVersion(question.unit, on: question.mapDay)
        let isProtected = snapshot.catalogue.protects(indicator)
        // Numbers of persons are not compared between units, so their parts are not asked for.
        let likes = isProtected ? [] : peers ?? self.likes(question, indicator)
        let months = self.months(question, indicator)
        let unfolding = try reading.unfold(
            question, months: isProtected && !isWhole(question, indicator) ? [] : months,
            units: likes.map(\.unit))
        let answer = try unfolding?.whole ?? reading.answer(question)
        let told = try snapshot.disclosures.disclosure(question)
        let tellsMonths =
            try told == .open
            && (!isProtected
                || months.allSatisfy {
                    try snapshot.disclosures.disclosure(question.asking(period: $0)) == .open
                })
        let said = DisplayedAnswer(answer, told, indicator, words)
        let course = tellsMonths ? chart(months, unfolding?.months, indicator) : nil
        let movement = try unit.flatMap { unit in
            changes && !isProtected
                ? try FigureChange.first(question, answer, unit, indicator, snapshot) : nil
        }
        return ThemeLine(
            name: indicator.name[words.language],
            href: unit.map {
                snapshot.figure(indicator, $0, question.period, question.structure).text
            }
                ?? Address("figures", indicator.id).text,
            phrase: said.phrase, data: said.data,
            when: question.period.words(today: snapshot.today)[words.language],
            chartHTML: course?.svg(), course: course,
            range: range(likes, unfolding?.units ?? [:], indicator),
            soFar: try periods?.soFar(for: indicator).flatMap {
                try soFar(question.asking(period: $0), indicator)
            },
            change: movement.map(UnitFigureLine.Change.init), movement: movement)
    }

    /// Nil where the number may not be told or there is none.
    func soFar(_ question: Question, _ indicator: Indicator) throws -> ThemeLine.SoFar? {
        let words = snapshot.words
        let answer = try snapshot.reading.answer(question)
        let unit = snapshot.structure.nearestVersion(question.unit, on: question.period.lastDay)
        guard answer.hasValue, let unit,
            try snapshot.disclosures.disclosure(question) == .open
        else { return nil }
        return ThemeLine.SoFar(
            soFarPhrase: answer.numerator == 0 && indicator.unit != "%"
                ? words["so_far_none"] : DisplayedAnswer(answer, .open, indicator, words).phrase,
            soFarHref: snapshot.figure(indicator, unit, question.period, .then).text,
            soFarWhen: question.period.words(today: snapshot.today)[words.language])
    }

    /// Whether nothing stands above the unit: what is told of it stands in no other breakdown.
    private func isWhole(_ question: Question, _ indicator: Indicator) -> Bool {
        snapshot.structure.unitsAbove(question, indicator).isEmpty
    }

    // MARK: Its own past

    /// The months of the period, or of the half-year of its last day up to that day.
    func months(_ question: Question, _ indicator: Indicator) -> [Period] {
        let period = question.period
        var span = period
        if period.months.count < 2 {
            let last = period.lastDay
            span = Period("\(last.year)-H\(last.month <= 6 ? 1 : 2)") ?? period
        }
        return span.months.prefix(Self.monthLimit).compactMap { first in
            let last = min(period.lastDay, snapshot.today)
            guard first <= last else { return nil }
            guard indicator.when == .inForce else { return AskedMonth.month(of: first) }
            return .day(min(first.nextMonth - 1, last))
        }
    }

    /// The most months of one line: two years.
    static let monthLimit = 24

    /// A line needs two points. Of persons it is drawn only where each month is told.
    private func chart(
        _ months: [Period], _ answers: [Answer]?, _ indicator: Indicator
    ) -> Sparkline? {
        guard let answers, answers.filter(\.hasValue).count > 1 else { return nil }
        let words = snapshot.words
        let points = zip(months, answers).map { month, answer in
            ChartPoint(
                month.words[words.language], answer.hasValue ? answer.rounded(indicator) : nil,
                text: DisplayedAnswer(answer, .open, indicator, words).phrase)
        }
        return Sparkline(
            title: words["theme_course", ["figure": indicator.name[words.language]]],
            points: Array(points))
    }

    // MARK: Like units

    /// The units below of the form that most of them have, standing on the last day.
    private func likes(_ question: Question, _ indicator: Indicator) -> [UnitVersion] {
        guard indicator.from != .rule else { return [] }
        let below = snapshot.structure.unitsBelow(question, indicator).filter {
            $0.inForce(on: question.mapDay)
        }
        return below.ofMostCommonForm
    }

    private func range(
        _ likes: [UnitVersion], _ answers: [OrgUnit.ID: Answer], _ indicator: Indicator
    ) -> ThemeLine.Range? {
        let values = likes.compactMap { answers[$0.unit] }.filter(\.hasValue)
            .sorted { $0.isLess(than: $1) }
        guard values.count >= Self.fewest, let form = likes.first?.form,
            let lowest = values.first, let middle = values.lowerMiddle, let highest = values.last
        else { return nil }
        let words = snapshot.words
        func phrase(_ answer: Answer) -> String {
            DisplayedAnswer(answer, .open, indicator, words).phrase
        }
        let name = snapshot.catalogue.forms[form]?.name[words.language] ?? form
        return ThemeLine.Range(
            level: words["theme_level", ["count": values.count.grouped, "form": name]],
            lowest: phrase(lowest), middle: phrase(middle), highest: phrase(highest))
    }
}

extension Array {
    /// The middle one of what stands in order, of two the lower.
    var lowerMiddle: Element? { isEmpty ? nil : self[(count - 1) / 2] }
}

extension [UnitVersion] {
    /// Those of the form that most of them have; of two such forms the one whose name comes first.
    var ofMostCommonForm: [UnitVersion] {
        Dictionary(grouping: self, by: \.form)
            .max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.value ?? []
    }
}
