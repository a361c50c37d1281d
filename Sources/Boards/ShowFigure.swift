import Catalogue
import Core
import Figures
import Hummingbird
import Ledger
import Organization
import Web

/// GET /figures/:indicator?unit=CODE&period=P&structure=then|now. For everybody: a figure, how it
/// is reckoned, what it is made of, and that it adds up. Who may read the records of the unit sees
/// small numbers of persons, too. Who may read, write or confirm in the unit is told how many
/// entries wait for a second person; a visitor is not.
struct ShowFigure: Sendable {
    let board: Board
    let waiting: CountWaiting

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.word("indicator")
        let query = Query(request)
        let asked = Asked(
            unit: try query.written("unit"), on: try query.day("on"),
            period: try query.written("period"),
            structure: try query.choice("structure", default: .then))
        let catalogue = board.figures.district.catalogue
        let indicator = try board.publicIndicator(id)
        // A file goes further than a page: it holds what everybody may know, whoever takes it.
        if let form = try TableFile.Form(query) {
            return try await board.download(context, as: form, plainly: id) { snapshot in
                try snapshot.table(try asked.question(indicator, snapshot), indicator)
            }
        }
        let access = context.reader.access
        let kind = indicator.kind.flatMap { catalogue.kinds[$0] }
        let mayWait = kind.map { $0.isConfirmed && $0.visibility != .sealed } ?? false
        guard context.reader.account != nil, mayWait || catalogue.protects(indicator) else {
            return try await board.show(context) { snapshot in
                try sheet(indicator, asked, snapshot) { _ in nil }
            }
        }
        return try await board.show(context, for: access) { snapshot in
            try sheet(indicator, asked, snapshot) { unit in
                guard mayWait, let kind else { return nil }
                let tops = Set(Self.rights.flatMap { access.units($0) })
                guard snapshot.structure.lies(unit, below: tops, on: snapshot.today) else {
                    return nil
                }
                return try waiting(kind.id, unit, snapshot.today, snapshot.db)
            }
        }
    }

    /// The rights of which one lets its holder know how much waits in their units.
    private static let rights: [Right] = [.read, .write, .confirm]

    private func sheet(
        _ indicator: Indicator, _ asked: Asked, _ snapshot: Snapshot,
        waiting: (OrgUnit.ID) throws -> Int?
    ) throws -> BoardSheet<FigurePage> {
        let question = try asked.question(indicator, snapshot)
        return BoardSheet(
            page: try FigurePage(
                question, indicator, waiting: try waiting(question.unit), snapshot),
            trail: [Link(snapshot.words["nav_figures"], .figures)], alsoReads: [])
    }
}

/// What a reader asked for. What is left out falls back to the whole district and the usual
/// period, on the day asked for.
struct Asked: Sendable {
    let unit: String?
    /// The day on which the code is read, for a code that later passed to another unit.
    let on: Day?
    let period: String?
    let structure: Question.Standpoint

    func question(_ indicator: Indicator, _ snapshot: Snapshot) throws -> Question {
        let reading = snapshot.reading
        let usual = snapshot.periods(on: on)?.period(for: indicator) ?? .day(snapshot.today)
        guard let code = unit ?? snapshot.root?.code else {
            throw Refusal.conflict(
                zh: "本区还没有任何单位，请先导入单位名册。",
                en: "The district has no units yet: import the list of units first.")
        }
        let question = try reading.question(
            indicator.id, unit: code, period: period ?? usual.text, structure: structure)
        guard let on else { return question }
        let version = try UnitReading(reading.structure, on: on).unit(code)
        return question.asking(unit: version.unit)
    }
}
