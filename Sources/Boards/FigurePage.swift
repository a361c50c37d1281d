import Catalogue
import Core
import Figures
import Organization
import Web

/// A figure with its definition, its two standpoints, its parts and its trace.
struct FigurePage: Page {
    static let template = "boards/figure"

    let title: String
    let subtitle: String
    let number: FigureNumber
    /// What it does not count yet; nil where nothing waits or where it is not told.
    let waiting: String?
    /// Whom to ask, where the figure is of a tree on which the unit does not stand.
    let elsewhere: Elsewhere?
    let course: FigureCourse?
    let chain: ChainPart?
    let compare: Link
    let definition: String
    let formula: [String]
    let facts: Listed<FactLine>?
    let standpoints: Listed<Standpoint>?
    let ask: FigureForm
    let rule: RulePart?
    let related: Listed<Link>?
    let mechanisms: Listed<Link>?
    let fieldParts: FieldParts?
    let breakdown: BreakdownPart?
    let members: MembersPart?
    let trace: TracePart?

    /// The figure under one map of the district.
    struct Standpoint: Sendable {
        let label: String
        let explanation: String
        let pointData: String
        let pointPhrase: String
        let pointRemark: String?
        let href: String
        let isAsked: Bool
    }
}

extension FigurePage {
    /// - Parameter waiting: how many entries wait for a second person; nil where it is not told.
    init(
        _ question: Question, _ indicator: Indicator, waiting: Int?, _ snapshot: Snapshot
    ) throws {
        let (words, language) = (snapshot.words, snapshot.language)
        let answer = try snapshot.reading.answer(question)
        let told = try snapshot.disclosures.disclosure(question)
        guard
            let unit = snapshot.structure.nearestVersion(question.unit, on: question.mapDay)
        else { throw Refusal.notFound }
        title = indicator.name[language]
        subtitle =
            words[
                "figure_subtitle",
                ["unit": unit.name, "period": question.period.words[language]]]
        number = try FigureNumber(question, answer, told, unit, indicator, snapshot)
        self.waiting = waiting.flatMap { count in
            count > 0 ? words["figure_waiting_text", ["count": count.grouped]] : nil
        }
        elsewhere = Elsewhere(question, unit, indicator, snapshot)
        course = told == .open ? try FigureCourse(question, unit, indicator, snapshot) : nil
        chain = told == .open ? try ChainPart(question, unit, indicator, snapshot) : nil
        compare = Link(
            words["figure_compare"],
            Address.compare.adding("figure", indicator.id).with("of", unit.code)
                .with("period", question.period.text)
                .with("structure", question.structure.rawValue))
        definition = indicator.definition[language]
        formula =
            Formula(
                indicator: indicator,
                catalogue: try snapshot.reading.reckoner.catalogue(for: question),
                language: language, on: question.period.lastDay
            ).sentences
        facts = Listed(FigurePage.facts(question, unit, indicator, snapshot))
        let isRule = indicator.from == .rule
        standpoints =
            isRule
            ? nil
            : Listed(
                try Question.Standpoint.allCases.map { point in
                    try FigurePage.standpoint(point, question, unit, indicator, snapshot)
                })
        ask = FigureForm(question, unit, indicator, snapshot)
        rule = RulePart(question, indicator, snapshot)
        related = Listed(FigurePage.related(question, unit, indicator, snapshot))
        mechanisms = Listed(snapshot.mechanisms(indicator.serves))
        fieldParts = told == .open ? try FieldParts(question, indicator, snapshot) : nil
        breakdown = isRule ? nil : try BreakdownPart(question, indicator, snapshot)
        // Of what is not told nothing is looked at: the page is the same whatever stands behind it.
        let listing =
            isRule || told != .open ? nil : try Listing(question, answer, indicator, snapshot)
        members = listing.flatMap(MembersPart.init)
        trace = told == .open ? try listing.map(TracePart.init) : TracePart(hiddenIn: words)
    }

    private static func facts(
        _ question: Question, _ unit: UnitVersion, _ indicator: Indicator, _ snapshot: Snapshot
    ) -> [FactLine] {
        let words = snapshot.words
        let period = question.period
        let day = unit.inForce(on: question.mapDay) ? question.mapDay : unit.from
        func fact(_ word: String, _ text: String, to address: Address? = nil) -> FactLine {
            FactLine(words[word], text, to: address)
        }
        return [
            fact("figure_unit", words.withCode(unit), to: .unit(unit, on: day)),
            fact(
                "figure_period",
                words.withCode(period.words[snapshot.language], period.text)),
            fact("figure_structure", words["structure_\(question.structure.rawValue)"]),
            fact("figure_counting_unit", CountingUnit.words(indicator.unit)[snapshot.language]),
            fact("figure_version", "\(indicator.id) · \(indicator.version)"),
        ]
    }

    private static func standpoint(
        _ point: Question.Standpoint, _ question: Question, _ unit: UnitVersion,
        _ indicator: Indicator, _ snapshot: Snapshot
    ) throws -> Standpoint {
        let asked = snapshot.structure.meeting(question.asking(point), code: unit.code)
        let asks = snapshot.structure.nearestVersion(asked.unit, on: asked.mapDay) ?? unit
        let said = DisplayedAnswer(
            try snapshot.reading.answer(asked), try snapshot.disclosures.disclosure(asked),
            indicator, snapshot.words)
        return Standpoint(
            label: snapshot.words["structure_\(point.rawValue)"],
            explanation: snapshot.words["structure_\(point.rawValue)_text"],
            pointData: said.data, pointPhrase: said.phrase, pointRemark: said.remark,
            href: snapshot.figure(indicator, asks, question.period, point).text,
            isAsked: point == question.structure)
    }

    /// Figures that belong beside this one: what it is divided by, the rule it keeps, and who
    /// keeps the rule it states.
    private static func related(
        _ question: Question, _ unit: UnitVersion, _ indicator: Indicator, _ snapshot: Snapshot
    ) -> [Link] {
        let all = snapshot.publicIndicators
        let own = indicator.value.rule
        return all.filter { other in
            if other.id == indicator.id { return false }
            if other.id == indicator.over || other.id == indicator.sums { return true }
            if let own, other.since == own { return true }
            return indicator.since != nil && other.value.rule == indicator.since
        }.map { other in
            Link(
                other.name[snapshot.language],
                snapshot.figure(other, unit, question.period, question.structure))
        }
    }
}

extension Structure {
    /// The same question, of the unit that has a code on the map asked for, where this one is not
    /// on it: a reader who asks for a code means what it means there.
    func meeting(_ question: Question, code: String) -> Question {
        guard version(question.unit, on: question.mapDay) == nil,
            let other = unit(code: code, on: question.mapDay)
        else { return question }
        return question.asking(unit: other.unit)
    }
}

extension Indicator.Worth {
    /// The rule whose value this is.
    var rule: String? {
        if case .rule(let id) = self { return id }
        return nil
    }
}

extension Snapshot {
    /// The address of a figure for a unit. Its code is read on a day when it was the unit's own.
    func figure(
        _ indicator: Indicator, _ unit: UnitVersion, _ period: Period,
        _ standpoint: Question.Standpoint
    ) -> Address {
        let address = Address.figure(
            indicator.id, unit: unit.code, period: period, structure: standpoint)
        let day = standpoint == .now ? today : period.lastDay
        let holder = structure.unit(code: unit.code, nearest: day)
        return holder?.unit == unit.unit ? address : address.with("on", unit.from.description)
    }
}
