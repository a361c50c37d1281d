import Catalogue
import Core
import Figures
import Organization
import Web

/// GET /api/v1/figures/:indicator and GET /api/v1/figures. For everybody: what the pages of a
/// figure and of a comparison say. A key tells of small numbers of persons what its account may
/// know.
struct FigureApi: Sendable {
    let board: Board

    static let indicator = ApiParameter(
        "indicator", isInPath: true, zh: "指标的标识。", en: "The id of an indicator.")

    var one: ApiRoute {
        ApiRoute(
            "figure", at: "figures/{indicator}",
            Wording(zh: "一个单位一个时段的一个数字。", en: "One figure of a unit over a period."),
            [Self.indicator, .unit, .period, .structure, .on],
            tells: [("figure", .named("Figure"))], use: tell)
    }

    @Sendable private func tell(_ ask: ApiAsk) async throws -> ApiAnswer {
        let indicator = try board.publicIndicator(ask.context.word("indicator"))
        let asked = Asked(ask)
        return try await board.answer(ask, for: board.access(ask, [indicator])) { snapshot in
            let question = try asked.question(indicator, snapshot)
            return ApiAnswer([
                JSON.Member("figure", try snapshot.figureJSON(question, indicator))
            ])
        }
    }

    var table: ApiRoute {
        ApiRoute(
            "figures", at: "figures",
            Wording(
                zh: "若干指标、若干单位、若干时段的一张表。",
                en: "A table of several figures of several units over several periods."),
            [
                ApiParameter(
                    "figure", most: AskedTable.figureLimit, zh: "指标的标识；不写时为几个常用指标。",
                    en: "The id of an indicator; a few usual ones unless given."),
                ApiParameter(
                    "of", zh: "在哪个单位之下；不写时为全区。",
                    en: "The unit below which the units stand; else the whole district."),
                ApiParameter(
                    "level", zh: "单位的形式，如 street。", en: "The form of the units, such as street."),
                ApiParameter(
                    "unit", most: AskedTable.unitLimit, zh: "逐个选定的单位。",
                    en: "Units chosen one by one."),
                .period,
                ApiParameter(
                    "by", .choice(AskedTable.Cut.allCases.map(\.rawValue)),
                    zh: "整段，还是按季度、按月分列。", en: "The whole period, or its quarters or months."),
                .structure,
            ],
            tells: [("whole", Self.row), ("rows", .list(of: Self.row))], use: tellTable)
    }

    @Sendable private func tellTable(_ ask: ApiAsk) async throws -> ApiAnswer {
        let asked = try AskedTable(ask.query)
        guard asked.part == nil else { throw AskedTable.Cut.refusal() }
        let known = board.figures.district.catalogue.indicators
        let access = board.access(ask, asked.figures.compactMap { known[$0] })
        return try await board.answer(ask, for: asked.figures.isEmpty ? ask.access : access) {
            snapshot in
            guard let chosen = try ChosenTable(asked, snapshot) else {
                throw Refusal.conflict(
                    zh: "本区台账还没有可以列表的内容。", en: "The ledger has nothing to make a table of yet.")
            }
            if let level = asked.level, !chosen.levels.contains(where: { $0.form == level }) {
                throw Refusal.invalid(
                    "level", zh: "该单位之下没有这种形式的单位。",
                    en: "No units of that form stand below this one.")
            }
            guard chosen.shown.count == chosen.rows.count else {
                throw Refusal.invalid(
                    "unit", zh: "一张表最多 \(ComparePage.cellLimit) 格，请少选一些。",
                    en: "A table has \(ComparePage.cellLimit) cells at most: choose fewer.")
            }
            let found = try FigureTable(chosen, snapshot)
            return ApiAnswer([
                JSON.Member("whole", snapshot.rowJSON(found.whole, found.columns, asked)),
                JSON.Member(
                    "rows",
                    .list(found.rows.map { snapshot.rowJSON($0, found.columns, asked) })),
            ])
        }
    }
}

// MARK: What it says

extension FigureApi {
    /// Every way in which a number may be missing, and the one in which it is there.
    private static let states = Answer.State.allCases.map(\.rawValue) + [withheld]
    /// Said of a number that is not told: with it, a small number of persons could be found.
    fileprivate static let withheld = "withheld"

    private static let state = Schema.choice(
        states,
        Wording(
            zh: "value 为有数字；其余说明为什么没有。",
            en: "`value` where there is a number; else why there is none."))
    private static let value = Schema.number(
        Wording(zh: "数字，单位见 counting_unit。", en: "The number, in its counting unit.")
    ).orNull

    static let period = Schema.object([
        "text": .text(Wording(zh: "可以再次用来提问。", en: "As it can be asked for again.")),
        "name": .text(), "from": .day().orNull, "through": .day(),
    ])

    static let schema = Schema.object([
        "indicator": .text(), "name": .text(), "counting_unit": .text(),
        "version": .text(Wording(zh: "指标含义的版本。", en: "The version of the definition.")),
        "unit": .named("Unit"), "period": .named("Period"),
        "structure": .choice(Question.Standpoint.allCases.map(\.rawValue)),
        "state": state, "value": value,
        "numerator": .number(Wording(zh: "比例的分子。", en: "Of a share, what is counted.")).orNull,
        "denominator": .number(Wording(zh: "比例的分母。", en: "Of a share, of how many.")).orNull,
        "phrase": .text(Wording(zh: "文稿中的写法。", en: "As a text says it.")),
        "remark": .text().orNull, "page": .address(), "trace": .address(),
    ])

    fileprivate static let row = Schema.object([
        ("unit", .named("Unit")),
        (
            "figures",
            .list(
                of: .object([
                    "indicator": .text(), "period": .text(), "state": state, "value": value,
                    "phrase": .text(), "page": .address(),
                ]))
        ),
    ])
}

extension Board {
    /// What the asker may do, where one of the figures is told to some alone.
    func access(_ ask: ApiAsk, _ indicators: [Indicator]) -> Access? {
        indicators.contains { figures.district.catalogue.protects($0) } ? ask.access : nil
    }
}

extension Asked {
    /// What a program asked of a figure.
    init(_ ask: ApiAsk) {
        self.init(
            unit: ask["unit"], on: ask.day("on"), period: ask["period"],
            structure: ask.choice("structure", default: .then))
    }
}

extension Period {
    /// As the interface tells it.
    func json(_ language: Language) -> JSON {
        [
            "text": .text(text), "name": .text(words[language]),
            "from": from > Day.first ? .day(from) : .null, "through": .day(lastDay),
        ]
    }
}

extension Snapshot {
    /// A figure as its page says it.
    func figureJSON(_ question: Question, _ indicator: Indicator) throws -> JSON {
        guard let unit = structure.nearestVersion(question.unit, on: question.mapDay) else {
            throw Refusal.notFound
        }
        let answer = try reading.answer(question)
        let told = try disclosures.disclosure(question)
        let said = DisplayedAnswer(answer, told, indicator, words)
        let isShare = answer.fraction(told) != nil
        let page = figure(indicator, unit, question.period, question.structure)
        return [
            "indicator": .text(indicator.id), "name": .text(indicator.name[language]),
            "counting_unit": .text(CountingUnit.words(indicator.unit)[language]),
            "version": .text(indicator.version), "unit": unit.json,
            "period": question.period.json(language),
            "structure": .text(question.structure.rawValue),
            "state": .text(told == .open ? answer.state.rawValue : FigureApi.withheld),
            "value": said.number(answer, told),
            "numerator": isShare ? .number(answer.numerator) : .null,
            "denominator": isShare ? .number(answer.denominator) : .null,
            "phrase": .text(said.phrase), "remark": .optional(said.remark),
            "page": .text(page.text),
            "trace": .text(page.moved(to: .api("figures", indicator.id, "trace")).text),
        ]
    }

    /// A row of a table of figures.
    fileprivate func rowJSON(
        _ row: FigureTable.Row, _ columns: [FigureTable.Column], _ asked: AskedTable
    ) -> JSON {
        let figures = zip(columns, row.cells).map { column, cell -> JSON in
            let said = DisplayedAnswer(cell.answer, cell.told, column.indicator, words)
            let state = cell.told == .open ? cell.answer.state.rawValue : FigureApi.withheld
            return [
                "indicator": .text(column.indicator.id), "period": .text(column.period.text),
                "state": .text(state), "value": said.number(cell.answer, cell.told),
                "phrase": .text(said.phrase),
                "page": .text(
                    figure(column.indicator, row.unit, column.period, asked.structure).text),
            ]
        }
        return ["unit": row.unit.json, "figures": .list(figures)]
    }
}

extension DisplayedAnswer {
    /// The number that a page prints for machines; null where it prints none.
    fileprivate func number(_ answer: Answer, _ told: Disclosure) -> JSON {
        told == .open && answer.hasValue ? .number(data) : .null
    }
}
