import Catalogue
import Core
import Figures
import Hummingbird
import Ledger
import Organization
import Requests
import Storage
import Web

/// GET /requests/board?unit=CODE&period=2026-H1. For everybody: what requests came to in a
/// half-year, by matter and by unit, with small numbers withheld, and at which tier they wait now.
struct ShowRequestBoard: Sendable {
    let requests: Requests
    let figures: Figures
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let asked = AskedBoard(
            unit: try query.text("unit"), period: try query.text("period"))
        let (words, now) = (site.words(context), requests.district.now())
        if let form = try TableFile.Form(query) {
            let table = try await site.database.read { [requests, figures] db in
                try RequestBoard(asked, requests, figures.reading(db), words, db).table()
            }
            return try site.download(
                table, as: form, named: words["request_board_title"], plainly: "requests")
        }
        return try await site.show(context) { [requests, figures] db in
            let reading = try figures.reading(db)
            let board = try RequestBoard(asked, requests, reading, words, db)
            return Sheet(
                page: try board.page(context.address),
                stamp: Stamp(position: reading.position, at: now))
        }
    }
}

/// What the board is asked for.
struct AskedBoard: Sendable {
    let unit: String?
    let period: String?
}

/// The board that everybody reads, in one snapshot. Its numbers are figures like any other, told as
/// everybody may know them; what waits now is told with its small parts withheld.
struct RequestBoard {
    private let requests: Requests
    private let reading: Figures.Reading
    private let disclosures: Disclosures
    private let words: Words
    private let db: Connection
    private let unit: UnitVersion?
    private let period: Period
    private let isWhole: Bool

    /// So many finished half-years may be chosen.
    static let halves = 6

    init(
        _ asked: AskedBoard, _ requests: Requests, _ reading: Figures.Reading, _ words: Words,
        _ db: Connection
    ) throws {
        self.requests = requests
        self.reading = reading
        self.words = words
        self.db = db
        // Whoever reads: the page is one for everybody.
        disclosures = Disclosures(reading, today: reading.today)
        let known = Self.periods(before: reading.today)
        let period = asked.period.map { text in known.first { $0.text == text } } ?? known.first
        guard let period else {
            throw Refusal.invalid(
                "period", zh: "请选择一个已经结束的半年。", en: "Choose a half-year that is over.")
        }
        self.period = period
        let root = reading.structure.root(nearest: period.lastDay)
        let units = UnitReading(reading.structure, on: reading.today)
        unit = try asked.unit.map { try units.unit($0) } ?? root
        isWhole = unit?.unit == root?.unit
    }

    /// The half-years that are over, the newest first.
    static func periods(before today: Day) -> [Period] {
        var (year, half) = (today.year, today.month <= 6 ? 1 : 2)
        var found: [Period] = []
        while found.count < halves {
            (year, half) = half == 1 ? (year - 1, 2) : (year, 1)
            guard let period = Period("\(year)-H\(half)") else { break }
            found.append(period)
        }
        return found
    }

    private var catalogue: Catalogue { requests.district.catalogue }
    private var language: Language { words.language }

    /// The figures everybody may ask for that count what the procedure of requests posts.
    private var indicators: [Indicator] {
        let texts = catalogue.procedures[requests.services.desk.procedure] ?? []
        let kinds = Set(texts.flatMap(\.steps).map(\.kind))
        let found = catalogue.indicators.values.filter { indicator in
            (indicator.visibility ?? .public) == .public
                && indicator.kind.map(kinds.contains) ?? false
        }
        return found.inOrder
    }

    // MARK: Parts

    private func question(_ indicator: Indicator, _ unit: UnitVersion) -> Question {
        reading.question(indicator.id, unit: unit.unit, period)
    }

    /// A number as everybody may know it.
    private func told(_ question: Question, _ indicator: Indicator) throws -> String {
        guard try disclosures.disclosure(question) == .open else {
            return words["request_board_withheld"]
        }
        return Phrase(try reading.answer(question), indicator, language).text
    }

    private func lines() throws -> [RequestBoardPage.Line] {
        guard let unit else { return [] }
        return try indicators.map { indicator in
            RequestBoardPage.Line(
                figureName: indicator.name[language],
                figureHref: Address("figures", indicator.id).with("unit", unit.code)
                    .with("period", period.text).text,
                figureValue: try told(question(indicator, unit), indicator))
        }
    }

    /// The parts of what was filed, by matter: told all together or not at all.
    private func matters() throws -> [RequestBoardPage.Part] {
        guard let unit, let filed, let by = filed.by,
            let field = filed.kind.flatMap({ catalogue.kinds[$0]?.field(by) })
        else { return [] }
        let question = question(filed, unit)
        guard try disclosures.tellsParts(question) else { return [] }
        return try reading.parts(question).map { part in
            let option = field.options.first { $0.id == part.value }
            return RequestBoardPage.Part(
                partName: option?.name[language] ?? words["request_board_no_matter"],
                partHref: nil, partValue: Phrase(part.answer, filed, language).text)
        }
    }

    /// What was filed in each unit directly below.
    private func units() throws -> [RequestBoardPage.Part] {
        guard let unit, let filed else { return [] }
        return try disclosures.breakdown(question(filed, unit)).units.map { below in
            RequestBoardPage.Part(
                partName: below.unit.name,
                partHref: Address.requestBoard.with("unit", below.unit.code)
                    .with("period", period.text).text,
                partValue: try told(question(filed, below.unit), filed))
        }
    }

    /// The figure of what was filed: of the step that opens a request, without conditions.
    private var filed: Indicator? {
        let texts = catalogue.procedures[requests.services.desk.procedure] ?? []
        let kinds = Set(texts.compactMap { $0.opening?.kind })
        return indicators.first { indicator in
            indicator.addsUp && indicator.kind.map(kinds.contains) ?? false
        }
    }

    /// At which tier requests wait now: of the whole district, small parts withheld.
    private func tiers() throws -> [RequestBoardPage.Part] {
        guard isWhole else { return [] }
        var counts: [String: Int] = [:]
        for (owner, count) in try WaitingCounts(db: db).owners(requests.services.desk.procedure) {
            guard let form = reading.structure.nearestVersion(owner, on: reading.today)?.form else {
                continue
            }
            counts[form, default: 0] += count
        }
        let forms = counts.keys.sorted { one, other in
            (counts[other] ?? 0, one) < (counts[one] ?? 0, other)
        }
        let may = Suppression.disclose(forms.map { counts[$0] ?? 0 })
        return zip(forms, may).map { form, told in
            RequestBoardPage.Part(
                partName: catalogue.forms[form]?.name[language] ?? form, partHref: nil,
                partValue: told == .open
                    ? (counts[form] ?? 0).grouped : words["request_board_withheld"])
        }
    }

    // MARK: The page

    func page(_ address: Address) throws -> RequestBoardPage {
        let lines = try lines()
        return RequestBoardPage(
            title: words["request_board_title"],
            lead: words[
                "request_board_lead",
                ["unit": unit?.name ?? "", "period": period.words[language]]],
            action: Address.requestBoard.text, unitCode: isWhole ? "" : unit?.code ?? "",
            selects: [
                Select(
                    name: "period", label: words["request_board_period"], chosen: period.text,
                    options: Self.periods(before: reading.today).map {
                        (value: $0.text, label: $0.words[language])
                    })
            ],
            empty: lines.isEmpty ? words["request_board_empty"] : nil,
            lines: Listed(lines), matters: Listed(try matters()), units: Listed(try units()),
            tiers: Listed(try tiers()), map: map,
            takeAway: TakeAway(address, on: reading.today))
    }

    /// The same on the map of communities, with the same numbers withheld.
    private var map: Link? {
        guard let filed, let unit else { return nil }
        let below = reading.structure.unitsBelow(question(filed, unit), filed)
        guard !below.isEmpty else { return nil }
        return Link(
            words["request_board_map"],
            Address("map").with("indicator", filed.id).with("of", unit.code)
                .with("level", requests.services.desk.placeForm).with("period", period.text))
    }

    func table() throws -> TableFile {
        var table = TableFile(
            words["request_board_title"],
            [
                .text(words["request_board_part"]), .text(words["request_board_what"]),
                .text(words["request_board_value"]),
            ], note: period.words[language])
        func add(_ part: String, _ rows: [(name: String, value: String)]) throws {
            for row in rows { try table.add([.text(part), .text(row.name), .text(row.value)]) }
        }
        try add(words["request_board_figures"], lines().map { ($0.figureName, $0.figureValue) })
        try add(words["request_board_matters"], matters().map { ($0.partName, $0.partValue) })
        try add(words["request_board_units"], units().map { ($0.partName, $0.partValue) })
        try add(words["request_board_tiers"], tiers().map { ($0.partName, $0.partValue) })
        return table
    }
}

/// The board of requests that everybody reads.
struct RequestBoardPage: Page {
    static let template = "request_boards/public"

    let title: String
    let lead: String
    let action: String
    let unitCode: String
    let selects: [Select]
    let empty: String?
    let lines: Listed<Line>?
    let matters: Listed<Part>?
    let units: Listed<Part>?
    let tiers: Listed<Part>?
    let map: Link?
    let takeAway: TakeAway

    struct Line: Sendable {
        let figureName: String
        let figureHref: String
        let figureValue: String
    }

    struct Part: Sendable {
        let partName: String
        let partHref: String?
        let partValue: String
    }
}
