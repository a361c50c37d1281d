import Catalogue
import Core
import Figures
import Hummingbird
import Organization
import Web

/// GET /themes/:area?unit=CODE&period=P. For everybody: every figure of an area, with its past
/// and how the like units below compare.
struct ShowTheme: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let area = try context.word("area")
        let query = Query(request)
        let asked = Asked(
            unit: try query.written("unit"), on: try query.day("on"),
            period: try query.written("period"), structure: .then)
        if let form = try TableFile.Form(query) {
            return try await board.download(context, as: form, plainly: area) { snapshot in
                try ThemePage(try Theme.named(area, snapshot), asked, snapshot)
                    .table(snapshot.words)
            }
        }
        return try await board.show(context) { snapshot in
            BoardSheet(
                page: try ThemePage(try Theme.named(area, snapshot), asked, snapshot),
                trail: [Link(snapshot.words["nav_themes"], .themes)], alsoReads: [])
        }
    }
}

/// The figures of one area for a unit.
struct ThemePage: Pictured {
    static let template = "boards/theme"

    let title: String
    /// The area with what was found in it.
    let heading: String
    let subtitle: String
    let action: String
    let unitPick: Picker
    let periodPick: PeriodPicker
    /// Why there is nothing to see, and what to do.
    let empty: String?
    let lines: Listed<ThemeLine>?
    let more: String?
    /// The courses of the table as one picture, to be taken away.
    let pasts: ChartFrame?
    /// The way to the half-year under way.
    let soFarDoor: Link?
    let takeAway: TakeAway

    var frames: [ChartFrame] { [pasts].compactMap { $0 } }

    /// The most figures of one board.
    static let limit = 120

    init(_ theme: Theme, _ asked: Asked, _ snapshot: Snapshot) throws {
        let words = snapshot.words
        title = theme.name(words)
        action = Address.theme(theme.area).text
        takeAway = snapshot.takeAway
        let periods = snapshot.periods(on: asked.on)
        let period = try asked.period.map { try snapshot.reading.period($0) } ?? periods?.half
        periodPick = PeriodPicker(period, snapshot)
        guard snapshot.root != nil, snapshot.periods != nil, !theme.indicators.isEmpty else {
            subtitle = ""
            unitPick = .unit(snapshot.structure, on: snapshot.today, chosen: nil, words)
            empty =
                words[
                    snapshot.root == nil
                        ? "home_no_units"
                        : snapshot.periods == nil ? "home_no_records" : "theme_empty"]
            (lines, more, soFarDoor, pasts) = (nil, nil, nil, nil)
            heading = title
            return
        }
        let questions = try theme.indicators.prefix(Self.limit).map { indicator in
            (indicator: indicator, question: try asked.question(indicator, snapshot))
        }
        let reader = ThemeReader(snapshot: snapshot)
        let beside = asked.period == nil ? periods : nil
        let found = try questions.map {
            try reader.line($0.question, $0.indicator, beside: beside, changes: true)
        }
        lines = Listed(found)
        let finding = ThemeFinding(
            try zip(found, questions).compactMap {
                try reader.figure($0, $1.question, $1.indicator)
            }, words)
        heading =
            finding.map { words["theme_heading", ["area": theme.name(words), "finding": $0.text]] }
            ?? title
        pasts = try reader.courses(found, finding: heading)
        let unit = questions.first.flatMap {
            snapshot.structure.nearestVersion(
                $0.question.unit, on: $0.question.period.lastDay)
        }
        subtitle = unit.map { snapshot.words.withCode($0) } ?? ""
        let code = unit?.code ?? ""
        let day = questions.first?.question.period.lastDay ?? snapshot.today
        unitPick = .unit(snapshot.structure, on: day, chosen: unit, words)
        soFarDoor =
            (asked.period == nil ? periods?.soFar : nil).map { period in
                Link(
                    period.words(today: snapshot.today)[words.language],
                    .theme(theme.area).with("unit", code).with("period", period.text))
            }
        empty = nil
        more =
            words.more(of: theme.indicators.count, shown: Self.limit)
    }
}
