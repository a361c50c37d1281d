import Catalogue
import Core
import Figures
import Organization
import Web

/// How a unit stands in a half-year, figure by figure, under a sentence that says it in short.
struct UnitFigures: Sendable {
    let figuresTitle: String
    /// Of which unit and when, and what the marks mean.
    let note: String
    /// The unit whose figures these are, where it is another that has its seat here.
    let keeper: Link?
    let lines: [UnitFigureLine]
    /// The strips of all of them as one picture, to be taken away.
    let frame: ChartFrame?

    /// So many figures are named in the sentence on either side of the middle.
    private static let namedLimit = 2

    init(
        _ lines: [UnitFigureLine], of unit: UnitVersion, isKeeper: Bool, period: Period,
        peers: [UnitVersion], on day: Day, _ snapshot: Snapshot
    ) throws {
        let words = snapshot.words
        self.lines = lines
        let name = period.words(today: snapshot.today)[words.language]
        let finding = Self.finding(lines, words)
        figuresTitle =
            isKeeper
            ? words["unit_keeper_title", ["unit": unit.name, "period": name]]
            : finding.map { words["unit_finding", ["period": name, "finding": $0]] }
                ?? words["unit_figures_title", ["period": name]]
        let form = snapshot.catalogue.forms[unit.form]?.name[words.language] ?? unit.form
        let isCompared = lines.contains { $0.place != nil }
        let said = isKeeper ? finding.map { $0 + words["sentence_end"] } ?? "" : ""
        note =
            said
            + (isCompared
                ? words["unit_strip_note", ["count": peers.count.grouped, "form": form]] : "")
        keeper = isKeeper ? Link(unit.name, .unit(unit, on: day)) : nil
        let axis = snapshot.catalogue.forms[unit.form]?.axis ?? .territory
        frame = try Self.frame(
            isKeeper ? "place\(axis.rawValue)" : "place", lines, title: figuresTitle,
            what: words["unit_strips_what", ["unit": unit.name, "note": note]], snapshot)
    }

    /// Nil where nothing is compared.
    private static func frame(
        _ name: String, _ lines: [UnitFigureLine], title: String, what: String,
        _ snapshot: Snapshot
    ) throws -> ChartFrame? {
        let words = snapshot.words
        var pictures: [(name: String, picture: Picture)] = []
        var table = TableFile(
            title,
            [.text(words["figure_name"]), .text(words["figure_value"])]
                + ["theme_lowest", "theme_middle", "theme_highest"].map { .text(words[$0]) })
        for line in lines {
            guard let place = line.place else { continue }
            pictures.append(
                (name: "\(line.name) \(line.phrase)", picture: place.strip(line.name).picture))
            try table.add(
                [line.name, line.phrase, place.lowest, place.middle, place.highest].map {
                    .text($0)
                })
        }
        guard !pictures.isEmpty else { return nil }
        return ChartFrame(
            name, finding: title, what: what,
            PictureGrid(title: title, pictures: pictures, columns: 2).drawings, data: table,
            snapshot.takeAway, words)
    }

    /// Which of the figures lie above the middle of like units, and which below.
    private static func finding(_ lines: [UnitFigureLine], _ words: Words) -> String? {
        func named(_ side: PeerPlace.Side, _ word: String) -> String? {
            let names = lines.filter { $0.place?.side == side }.map(\.name)
            guard !names.isEmpty else { return nil }
            let shown = names.prefix(namedLimit).joined(separator: words.comma)
            return words[
                names.count > namedLimit ? "\(word)_more" : word,
                ["names": shown, "count": names.count.grouped]]
        }
        let parts = [named(.above, "unit_above"), named(.below, "unit_below")].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: words["clause_end"])
    }
}

/// One figure on the page of a unit.
struct UnitFigureLine: Sendable {
    let name: String
    let href: String
    let phrase: String
    let data: String
    /// Its own day, where it is of a day and the others of the half-year.
    let when: String?
    let place: PeerPlace?
    let stripHTML: String?
    let range: String?
    let change: Change?
    let soFar: ThemeLine.SoFar?

    struct Change: Sendable {
        let changeLabel: String
        let changeHref: String
        let changeText: String

        init(_ change: FigureChange) {
            (changeLabel, changeHref) = (change.label, change.href)
            changeText = change.text
        }
    }

    /// - Parameters:
    ///   - answers: those of like units and its own, where they may be compared.
    ///   - later: its change against before, and how it stands since.
    init(
        _ cell: FigureTable.Cell, among answers: [Answer], _ indicator: Indicator,
        href: String, when: Period?, later: (change: FigureChange?, soFar: ThemeLine.SoFar?),
        _ snapshot: Snapshot
    ) {
        let words = snapshot.words
        let said = ComparedNumber(cell, indicator, words)
        name = indicator.name[words.language]
        self.href = href
        (phrase, data) = (said.phrase, said.data)
        self.when = when.map { $0.words(today: snapshot.today)[words.language] }
        place =
            cell.hasNumber ? PeerPlace(cell.answer, among: answers, indicator, words) : nil
        stripHTML = place?.strip(name).svg()
        range = place.map {
            words[
                "unit_among",
                ["lowest": $0.lowest, "middle": $0.middle, "highest": $0.highest]]
        }
        change = later.change.map(Change.init)
        soFar = later.soFar
    }
}
