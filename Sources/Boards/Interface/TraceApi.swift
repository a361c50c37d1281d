import Catalogue
import Core
import Figures
import Ledger
import Organization
import Web

/// GET /api/v1/figures/:indicator/trace. For everybody: what stands behind a figure, as far as its
/// page shows it, page by page. Where the page lists no records, this lists none.
struct TraceApi: Sendable {
    let board: Board

    static let part = "part"

    var route: ApiRoute {
        ApiRoute(
            "trace", at: "figures/{indicator}/trace",
            Wording(zh: "一个数字由哪些记录得出。", en: "What records a figure comes from."),
            [
                FigureApi.indicator, .unit, .period, .structure, .on,
                ApiParameter(
                    Self.part, zh: "比例的分子或分母，写指标的标识；不写时为分子。",
                    en: "Of a share, which list: the id of its indicator; else what is counted."),
            ], isPaged: true,
            tells: [
                ("figure", .named("Figure")),
                (
                    "openness",
                    .choice(
                        Openness.allCases.map(\.rawValue),
                        Wording(
                            zh: "公开到什么程度：记录、条数和指纹、是否相符、不公开、无可列。",
                            en: """
                                How much is told: records, their count and fingerprint, that it \
                                adds up, nothing as the number is not told, or nothing to list.
                                """))
                ),
                ("closed", .text(Wording(zh: "为什么不列记录。", en: "Why none are listed.")).orNull),
                ("adds_up", .flag().orNull),
                (
                    "parts",
                    .list(
                        of: .object([
                            "indicator": .text(), "name": .text(),
                            "lists": .choice(["records", "units"]), "count": .count(),
                            "fingerprint": .text(),
                        ]))
                ),
                ("items", .list(of: Self.item)),
            ], use: tell)
    }

    private static let item = Schema.object([
        "id": .text(), "day": .day(), "unit": Schema.named("Unit").orNull,
        "amount": .number().orNull, "page": .address(),
    ])

    /// How much of a trace is told.
    private enum Openness: String, CaseIterable {
        case records, fingerprint, sum, withheld, nothing
    }

    @Sendable private func tell(_ ask: ApiAsk) async throws -> ApiAnswer {
        let indicator = try board.publicIndicator(ask.context.word("indicator"))
        let asked = Asked(ask)
        let keyset = try ask.keyset(parts: 2)
        let after = try Self.place(keyset.after)
        return try await board.answer(ask, for: board.access(ask, [indicator])) { snapshot in
            let question = try asked.question(indicator, snapshot)
            let answer = try snapshot.reading.answer(question)
            let figure = JSON.Member("figure", try snapshot.figureJSON(question, indicator))
            // Of what is not told nothing is looked at: the answer is the same whatever it is.
            guard try snapshot.disclosures.disclosure(question) == .open else {
                return Self.closed(.withheld, snapshot.words["trace_hidden"], figure)
            }
            guard indicator.from != .rule,
                let listing = try Listing(
                    question, answer, indicator, snapshot, lines: keyset.fetch, after: after)
            else { return Self.closed(.nothing, nil, figure) }
            return try Self.told(listing, ask[Self.part], keyset, figure)
        }
    }

    private static func place(_ cursor: Cursor?) throws(Refusal) -> Trace.Place? {
        guard let parts = cursor?.parts else { return nil }
        guard let day = Day(parts[0]) else {
            throw .noSuchPage
        }
        return Trace.Place(day: day, id: parts[1])
    }

    private static func closed(
        _ openness: Openness, _ why: String?, _ figure: JSON.Member
    ) -> ApiAnswer {
        ApiAnswer([
            figure, JSON.Member("openness", .text(openness.rawValue)),
            JSON.Member("closed", .optional(why)), JSON.Member("adds_up", .null),
            JSON.Member("parts", []), JSON.Member("items", []),
        ])
    }

    private static func told(
        _ listing: Listing, _ part: String?, _ keyset: Keyset, _ figure: JSON.Member
    ) throws -> ApiAnswer {
        let words = listing.snapshot.words
        let all = listing.trace.parts
        guard let chosen = part.map({ id in all.first { $0.indicator == id } }) ?? all.first else {
            throw Refusal.invalid(
                Self.part, zh: "只能是：\(all.map(\.indicator).joined(separator: "、"))。",
                en: "This can only be: \(all.map(\.indicator).joined(separator: ", ")).")
        }
        let (openness, closed): (Openness, String?) =
            switch listing.openness {
            case .sum: (.sum, words["trace_sealed"])
            case .fingerprint: (.fingerprint, words["trace_fingerprint"])
            case .records: (.records, nil)
            }
        let lines = openness == .records ? chosen.lines : []
        let (shown, next) = keyset.cut(lines) { [$0.day.description, $0.id] }
        return ApiAnswer(
            [
                figure, JSON.Member("openness", .text(openness.rawValue)),
                JSON.Member("closed", .optional(closed)),
                JSON.Member("adds_up", .flag(listing.trace.addsUp)),
                JSON.Member(
                    "parts",
                    .list(openness == .sum ? [] : all.map { json($0, listing.snapshot) })),
                JSON.Member("items", .list(shown.map { json($0, chosen, listing) })),
            ], next: next)
    }

    private static func json(_ part: Trace.Part, _ snapshot: Snapshot) -> JSON {
        let indicator = snapshot.catalogue.indicators[part.indicator]
        return [
            "indicator": .text(part.indicator),
            "name": .text(indicator?.name[snapshot.language] ?? part.indicator),
            "lists": part.listsUnits ? "units" : "records", "count": .number(part.count),
            "fingerprint": .text(part.hash),
        ]
    }

    private static func json(
        _ line: Trace.Line, _ part: Trace.Part, _ listing: Listing
    ) -> JSON {
        let snapshot = listing.snapshot
        let indicator = snapshot.catalogue.indicators[part.indicator] ?? listing.indicator
        let day = part.listsUnits ? listing.question.mapDay : line.day
        let version = line.unit.flatMap { snapshot.structure.nearestVersion($0, on: day) }
        let page =
            part.listsUnits
            ? version.map { Address.unit($0, on: $0.from) } : Address("records", line.id)
        let amount = snapshot.catalogue.measureUnit(of: indicator).flatMap { unit in
            line.amount.map { JSON.number(Reading.written($0, unit)) }
        }
        return [
            "id": .text(part.listsUnits ? version?.code ?? "" : line.id), "day": .day(line.day),
            "unit": version?.json ?? .null,
            "amount": amount ?? .null, "page": .text(page?.text ?? ""),
        ]
    }
}
