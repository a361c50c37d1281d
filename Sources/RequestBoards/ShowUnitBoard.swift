import Accounts
import Cases
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /cases/board?unit=CODE&procedure=ID. For whoever reads: what is open in a unit and in those
/// directly below it, late first, by stage and by how long it is open.
struct ShowUnitBoard: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let asked = AskedUnitBoard(
            unit: try query.text("unit"), procedure: try query.text(AskedUnitBoard.procedure))
        let words = app.site.words(context)
        if let form = try TableFile.Form(query) {
            let table = try await app.database.read { [app] db in
                try UnitBoard(asked, app, context, words, db).table()
            }
            return try app.site.download(
                table, as: form, named: words["unit_board_title"], plainly: "board")
        }
        let page = try await app.database.read { [app] db in
            try UnitBoard(asked, app, context, words, db).page(context.address)
        }
        return app.site.show(
            page, context, trail: [Link(words["nav_cases"], Address("cases"))])
    }
}

/// What the board of a unit is asked for.
struct AskedUnitBoard: Sendable {
    static let procedure = "procedure"

    let unit: String?
    let procedure: String?
}

/// The board of a unit as its reader may have it.
struct UnitBoard {
    private let asked: AskedUnitBoard
    private let catalogue: Catalogue
    private let words: Words
    private let acting: ActingAccount
    private let unit: UnitVersion?
    private let lines: [Line]
    private let open: [WaitingCounts.Open]

    /// A unit with everything below it, or the unit alone.
    struct Line: Sendable {
        let unit: UnitVersion
        /// The unit and all below it; the unit alone in the first line.
        let units: Set<OrgUnit.ID>
        let open: [WaitingCounts.Open]
        let due: [WaitingCounts.Due]

        func count(_ age: WaitingCounts.Age) -> Int {
            open.filter { $0.age == age }.reduce(0) { $0 + $1.count }
        }

        func count(_ time: WaitingCounts.Time) -> Int {
            due.filter { $0.time == time }.reduce(0) { $0 + $1.count }
        }

        var all: Int { open.reduce(0) { $0 + $1.count } }
    }

    init(
        _ asked: AskedUnitBoard, _ app: Services, _ context: AppContext, _ words: Words,
        _ db: Connection
    ) throws {
        let acting = try app.accounts.acting(context, db)
        let (structure, today) = (acting.structure, acting.today)
        self.asked = asked
        self.words = words
        self.acting = acting
        catalogue = app.district.catalogue
        let own = structure.units(.read, acting.access, on: today).first
        let top = try asked.unit.map { text in
            let unit = try UnitReading(structure, on: today).unit(text)
            guard acting.may(.read, in: unit.unit) else { throw Refusal.notFound }
            return unit
        }
        guard let unit = top ?? own else {
            (self.unit, lines, open) = (nil, [], [])
            return
        }
        self.unit = unit
        let parts = structure.partsOfBoard(unit, on: today)
        let all = Set(parts.flatMap(\.units)).sorted()
        let scope = app.district.caseScope(of: acting.access, structure)
        let (counts, now) = (WaitingCounts(db: db), app.district.now())
        let open = try counts.open(all, in: scope, procedure: asked.procedure, at: now)
        let due = try counts.due(all, in: scope, procedure: asked.procedure, at: now)
        self.open = open
        lines = parts.map { part in
            Line(
                unit: part.unit, units: part.units,
                open: open.filter { part.units.contains($0.owner) },
                due: due.filter { part.units.contains($0.holder) })
        }.filter { $0.all > 0 || !$0.due.isEmpty }
            .sorted { one, other in
                let (left, right) = (one.count(.late), other.count(.late))
                return left == right ? one.unit.code < other.unit.code : left > right
            }
    }

    // MARK: The page

    func page(_ address: Address) -> UnitBoardPage {
        let total = open.reduce(0) { $0 + $1.count }
        let late = lines.reduce(0) { $0 + $1.count(.late) }
        let name = unit?.name ?? ""
        return UnitBoardPage(
            title: words["unit_board_of", ["unit": name]],
            lead: words[
                "unit_board_lead",
                ["count": total.grouped, "late": late.grouped, "day": acting.today.description]],
            action: Address.unitBoard.text, unitCode: asked.unit ?? "",
            selects: [procedures],
            empty: lines.isEmpty ? words["unit_board_empty"] : nil,
            units: Listed(lines.map(row)), stages: Listed(stages),
            takeAway: lines.isEmpty ? nil : TakeAway(address, on: acting.today))
    }

    private var procedures: Select {
        Select(
            name: AskedUnitBoard.procedure, label: words["cases_procedure"],
            chosen: asked.procedure ?? "",
            options: [(value: "", label: words["cases_any"])]
                + catalogue.proceduresInOrder.filter(isSeen).compactMap { id in
                    catalogue.procedures[id]?.last.map {
                        (value: id, label: $0.name[words.language])
                    }
                })
    }

    private func isSeen(_ procedure: String) -> Bool {
        catalogue.procedures[procedure]?.last
            .flatMap { catalogue.kinds[$0.subject.kind] }.map { acting.access.maySee($0) } ?? false
    }

    private func row(_ line: Line) -> UnitBoardPage.UnitRow {
        let isWhole = line.unit.unit == unit?.unit
        let list = Address("cases").with("unit", line.unit.code)
            .with(AskedUnitBoard.procedure, asked.procedure)
        let board = Address.unitBoard.with("unit", line.unit.code)
            .with(AskedUnitBoard.procedure, asked.procedure)
        return UnitBoardPage.UnitRow(
            unitName: isWhole ? words["unit_board_own", ["unit": line.unit.name]] : line.unit.name,
            unitHref: (isWhole ? list : board).text,
            lateCount: line.count(.late).grouped,
            lateHref: line.count(.late) > 0 ? list.with("late", "1").text : nil,
            todayCount: line.count(.today).grouped, tomorrowCount: line.count(.tomorrow).grouped,
            openCount: line.all.grouped, weekCount: line.count(.week).grouped,
            monthCount: line.count(.month).grouped, longerCount: line.count(.longer).grouped)
    }

    private var stages: [UnitBoardPage.StageRow] {
        struct Key: Hashable {
            let procedure: String
            let stage: String
        }
        let groups = Dictionary(grouping: open) { Key(procedure: $0.procedure, stage: $0.stage) }
        func place(_ key: Key) -> Int {
            let text = catalogue.procedures[key.procedure]?.last
            return text?.stages.firstIndex { $0.id == key.stage } ?? -1
        }
        let order = groups.keys.sorted {
            ($0.procedure, place($0), $0.stage) < ($1.procedure, place($1), $1.stage)
        }
        return order.map { key in
            let text = catalogue.procedures[key.procedure]?.last
            let found = groups[key] ?? []
            func count(_ age: WaitingCounts.Age) -> String {
                found.filter { $0.age == age }.reduce(0) { $0 + $1.count }.grouped
            }
            return UnitBoardPage.StageRow(
                procedureName: text?.name[words.language] ?? key.procedure,
                stageName: text?.stage(key.stage)?[words.language] ?? words["unit_board_no_stage"],
                stageHref: Address("cases").with("unit", unit?.code)
                    .with(AskedUnitBoard.procedure, key.procedure).with("stage", key.stage).text,
                stageCount: found.reduce(0) { $0 + $1.count }.grouped, stageWeek: count(.week),
                stageMonth: count(.month), stageLonger: count(.longer))
        }
    }

    // MARK: Taking it away

    func table() throws -> TableFile {
        var table = TableFile(
            words["unit_board_title"],
            [
                .text(words["unit_board_unit"]), .text(words["unit_board_code"]),
                .number(words["unit_board_late"]), .number(words["unit_board_today"]),
                .number(words["unit_board_tomorrow"]), .number(words["unit_board_open"]),
                .number(words["unit_board_week"]), .number(words["unit_board_month"]),
                .number(words["unit_board_longer"]),
            ])
        for line in lines {
            let counts =
                WaitingCounts.Time.allCases.map(line.count) + [line.all]
                + WaitingCounts.Age.allCases.map(line.count)
            try table.add(
                [.text(line.unit.name), .text(line.unit.code)]
                    + counts.map { .exact(String($0)) })
        }
        return table
    }
}

extension Structure {
    /// A unit alone, and each directly below it with everything below that; whatever lies below
    /// two of them is counted with the first.
    fileprivate func partsOfBoard(
        _ top: UnitVersion, on day: Day
    ) -> [(unit: UnitVersion, units: Set<OrgUnit.ID>)] {
        var met: Set<OrgUnit.ID> = [top.unit]
        var parts: [(unit: UnitVersion, units: Set<OrgUnit.ID>)] = [(top, [top.unit])]
        let below = directlyBelow(top.unit, on: day).compactMap { version($0, on: day) }
        for child in below.sorted(by: { $0.code < $1.code }) {
            var units: Set<OrgUnit.ID> = []
            var left = [child.unit]
            while let next = left.popLast() {
                guard met.insert(next).inserted else { continue }
                units.insert(next)
                left += directlyBelow(next, on: day)
            }
            if !units.isEmpty { parts.append((child, units)) }
        }
        return parts
    }

    private func directlyBelow(_ unit: OrgUnit.ID, on day: Day) -> [OrgUnit.ID] {
        (children[unit] ?? []).filter { $0.inForce(on: day) }.map(\.child)
    }
}

/// The board of a unit.
struct UnitBoardPage: Page {
    static let template = "request_boards/unit"

    let title: String
    let lead: String
    let action: String
    let unitCode: String
    let selects: [Select]
    let empty: String?
    let units: Listed<UnitRow>?
    let stages: Listed<StageRow>?
    let takeAway: TakeAway?

    struct UnitRow: Sendable {
        let unitName: String
        let unitHref: String
        let lateCount: String
        let lateHref: String?
        let todayCount: String
        let tomorrowCount: String
        let openCount: String
        let weekCount: String
        let monthCount: String
        let longerCount: String
    }

    struct StageRow: Sendable {
        let procedureName: String
        let stageName: String
        let stageHref: String
        let stageCount: String
        let stageWeek: String
        let stageMonth: String
        let stageLonger: String
    }
}
