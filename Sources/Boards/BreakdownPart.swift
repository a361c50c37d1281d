import Catalogue
import Core
import Figures
import Organization
import Web

/// A figure by the units directly below, as a picture and as a table.
struct BreakdownPart: Sendable {
    let frame: ChartFrame?
    let orders: Listed<Link>?
    let map: DistrictMap?
    let rows: [Row]
    let heading: String
    let hasFractions: Bool
    /// Whether some numbers are hidden because they are small.
    let hidden: String?
    /// How many units are not shown.
    let more: String?
    let takeAway: TakeAway

    /// The most units of one table.
    static let limit = 100

    struct Row: Sendable {
        let name: String
        /// Nil for what is no unit.
        var code: String?
        let href: String?
        let form: String
        let rowPhrase: String
        let rowData: String
        let rowFraction: String
        let ended: String?

        /// - Parameter end: the first day on which the unit is no more.
        init(
            name: String, href: String? = nil, form: String = "",
            _ said: DisplayedAnswer, fraction: String? = nil, ended end: Day? = nil,
            _ words: Words
        ) {
            self.name = name
            self.href = href
            self.form = form
            rowPhrase = said.phrase
            rowData = said.data
            rowFraction = fraction ?? ""
            ended = end.map { words["until_day", ["day": ($0 - 1).description]] }
        }
    }

    /// Nil for a unit with nothing below it on the axis of the indicator.
    init?(
        _ question: Question, _ indicator: Indicator, _ snapshot: Snapshot,
        limit: Int = Self.limit
    ) throws {
        let (words, language) = (snapshot.words, snapshot.language)
        let parts = try snapshot.disclosures.breakdown(question)
        guard !parts.units.isEmpty else { return nil }
        let isProtected = snapshot.catalogue.protects(indicator)
        var rows: [Row] = []
        var drawn: [RowsOfUnits.Unit] = []
        var hidesSome = false
        var onMap: [DistrictMap.Part] = []
        for (version, answer) in parts.units.prefix(limit) {
            // A unit's own page must say the same, whichever way the reader came to it.
            let asked = question.asking(unit: version.unit)
            let may = isProtected ? try snapshot.disclosures.disclosure(asked) : .open
            hidesSome = hidesSome || may != .open
            onMap.append((version, answer, may))
            let said = DisplayedAnswer(answer, may, indicator, words)
            let href = snapshot.figure(indicator, version, question.period, question.structure)
            let isThere = version.inForce(on: question.mapDay)
            let name = isThere ? version.name : words["unit_former", ["name": version.name]]
            var row = Row(
                name: name, href: href.text,
                form: snapshot.catalogue.forms[version.form]?.name[language] ?? version.form,
                said, fraction: answer.fraction(may), ended: isThere ? nil : version.to, words)
            row.code = version.code
            rows.append(row)
            // Who did nothing is drawn as well; an ended unit without anything says nothing.
            if may == .open, answer.hasValue, isThere || answer.numerator > 0 {
                drawn.append(RowsOfUnits.Unit(version: version, name: name, answer: answer))
            }
        }
        let restTold = try snapshot.disclosures.restDisclosure(question)
        hidesSome = hidesSome || restTold != .open
        if let rest = parts.rest, rest > 0, restTold == .open {
            let said = DisplayedAnswer(
                Answer(numerator: rest, denominator: indicator.scale?.factor ?? 1), .open,
                indicator, words)
            rows.append(Row(name: words["breakdown_rest"], said, words))
        }
        let below = RowsOfUnits(drawn, question, indicator, snapshot)
        frame = try below?.frame()
        orders = Listed(below?.orders ?? [])
        // A map is drawn where it shows most of the whole, which must be told for that.
        let isWholeTold = try snapshot.disclosures.disclosure(question) == .open
        map =
            isWholeTold
            ? try DistrictMap(
                onMap, question, indicator, snapshot,
                own: BreakdownPart.map(question, indicator, parts.units.first?.unit, snapshot))
            : nil
        self.rows = rows
        hasFractions = rows.contains { !$0.rowFraction.isEmpty }
        heading = indicator.name[language]
        hidden = hidesSome ? words["breakdown_hidden"] : nil
        more = words.more(of: parts.units.count, shown: limit)
        takeAway = snapshot.takeAway
    }

    /// The same on a map of its own.
    private static func map(
        _ question: Question, _ indicator: Indicator, _ first: UnitVersion?, _ snapshot: Snapshot
    ) -> Link? {
        let unit = snapshot.structure.nearestVersion(question.unit, on: question.mapDay)
        guard let unit, let first else { return nil }
        return Link(
            snapshot.words["map_own"],
            Address.map.with("indicator", indicator.id).with("of", unit.code)
                .with("level", first.form).with("period", question.period.text)
                .with("structure", question.structure.rawValue))
    }
}

extension Indicator {
    /// What 100 % is in the digits a share is drawn with; nil for what is no share.
    var wholeShare: Int? {
        guard unit == "%", qualifier == .share || qualifier == .exact else { return nil }
        return (0..<round).reduce(100) { whole, _ in whole * 10 }
    }
}
