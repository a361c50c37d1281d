import Core
import Figures
import Organization
import Web

/// The interface for programs: what the pages of the boards say, as JSON, to whoever may read them.
///
/// It asks through the same readers and tells by the same rules as the pages do, so that it never
/// says more; see docs/decisions/0040.
struct BoardApi {
    let board: Board

    /// What its document calls it.
    static let title = Wording(zh: "筑基数据接口", en: "Groundwork data interface")

    var api: Api {
        Api(
            Self.title,
            [
                FigureApi(board: board).one, FigureApi(board: board).table,
                TraceApi(board: board).route, IndicatorApi(board: board).list,
                IndicatorApi(board: board).one, UnitApi(board: board).list,
                UnitApi(board: board).one, KindApi(board: board).list,
                KindApi(board: board).one, RecordApi(board: board).list,
                RecordApi(board: board).one,
            ],
            components: [
                "Unit": UnitApi.named, "Period": FigureApi.period, "Figure": FigureApi.schema,
                "Indicator": IndicatorApi.schema, "Kind": KindApi.schema,
                "Record": RecordApi.schema, "UnitVersion": UnitApi.version,
                "AsOf": Self.asOf, "Licence": Self.licence,
            ])
    }

    private static let asOf = Schema.object(
        ["position": .count(), "day": .day()],
        Wording(zh: "读取时台账的位置和当日日期。", en: "How far the ledger had come, and which day it was."))

    private static let licence = Schema.object(
        [
            "stated": .flag(), "name": .text(), "address": .address().orNull,
            "source": .text().orNull,
        ], Wording(zh: "数据的使用许可。", en: "Under which terms the data may be used."))
}

extension ApiRoute {
    /// A route of the boards: each of them also says under which terms its answer may be used, and
    /// how far the ledger had come.
    init(
        _ name: String, at path: String, _ words: Wording,
        _ parameters: [ApiParameter] = [], isPaged: Bool = false,
        tells members: [(name: String, schema: Schema)],
        use verb: @escaping @Sendable (ApiAsk) async throws -> ApiAnswer
    ) {
        self.init(
            name, at: path, words, parameters, isPaged: isPaged,
            answers: members + [("licence", .named("Licence")), ("as_of", .named("AsOf"))],
            use: verb)
    }
}

extension ApiParameter {
    static let unit = ApiParameter(
        "unit", zh: "单位：编码、名称、名称的一部分、原名或拼音；不写时为全区。",
        en:
            "A unit: its code, name, a part of it, a former one or pinyin; else the whole district."
    )
    static let period = ApiParameter(
        "period", zh: "时段，如 2015-H1、2015年上半年、2015-06、..2015-06-30；不写时为最近完整的半年。",
        en: "A period, like 2015-H1, 2015-06 or ..2015-06-30; else the latest finished half-year.")
    static let structure = ApiParameter(
        "structure", .choice(Question.Standpoint.allCases.map(\.rawValue)),
        zh: "按当时（then）还是按现在（now）的区划。",
        en: "By the map of the time (then) or of today (now).")
    static let on = ApiParameter(
        "on", .day, zh: "按哪一天理解编码和名称。", en: "The day on which codes and names are read.")
}

extension Board {
    /// Reads an answer in one snapshot, with the terms and the state of the ledger beside it.
    ///
    /// - Parameter access: what the asker may do, where that makes a difference.
    func answer(
        _ ask: ApiAsk, for access: Access? = nil,
        _ find: @escaping @Sendable (Snapshot) throws -> ApiAnswer
    ) async throws -> ApiAnswer {
        try await read(ask.context, for: access) { snapshot in
            let asOf: JSON = [
                "position": .number(snapshot.reading.position), "day": .day(snapshot.today),
            ]
            return try find(snapshot).with(
                [JSON.Member("licence", snapshot.licence)], asOf: asOf)
        }
    }
}

extension Snapshot {
    /// Under which terms what is told may be used.
    var licence: JSON {
        let licence = catalogue.licence
        return [
            "stated": .flag(licence != nil),
            "name": .text(licence?.name[language] ?? words["licence_none"]),
            "address": .optional(licence?.address),
            "source": .optional(licence?.source?[language]),
        ]
    }
}

extension ApiAsk {
    /// What the asker may do, for numbers that not everybody is told; nil for a visitor.
    var access: Access? { context.reader.account == nil ? nil : context.reader.access }

    /// The same for records; nil for a key that was made for figures alone.
    var recordAccess: Access? { context.readsRecords ? access : nil }
}

extension Address {
    /// A route of the interface.
    static func api(_ segments: String...) -> Address {
        segments.reduce(Address("api", "v1")) { $0.below($1) }
    }
}

extension Snapshot {
    /// Under which terms a table of this district may be used further; nil where it says nothing.
    var tableLicence: TableLicence? {
        guard let licence = catalogue.licence else { return nil }
        var lines = [[words["developers_licence"], licence.name[language]]]
        if let address = licence.address { lines.append([words["licence_address"], address]) }
        lines.append([
            words["licence_source"], licence.source?[language] ?? words["site_name"],
        ])
        return TableLicence(words["developers_licence"], lines, address: licence.address)
    }
}
