import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /cases?unit=CODE&procedure=ID&stage=ID&late=1&state=closed. For whoever reads: what waits
/// for them, late first; or the cases of a unit and below, or of a procedure.
struct ListCases: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let asked = try AskedCases(query)
        let words = app.site.words(context)
        if let form = try TableFile.Form(query) {
            let table = try await app.database.read { [app] db in
                try CaseList(asked, app, context, words, db).table()
            }
            return try app.site.download(
                table, as: form, named: words["nav_cases"], plainly: "cases")
        }
        let page = try await app.database.read { [app] db in
            let list = try CaseList(asked, app, context, words, db)
            return try list.page(try list.keyset(query))
        }
        return app.site.show(page, context)
    }
}

/// One list of cases as its reader may have it.
struct CaseList {
    let asked: AskedCases
    let district: District
    let acting: ActingAccount
    let words: Words
    let db: Connection
    let unit: UnitVersion?
    let filter: CaseFilter
    private let accounts: Accounts

    /// So near a last day is soon.
    static let soonDays = 7

    init(
        _ asked: AskedCases, _ app: Services, _ context: AppContext, _ words: Words,
        _ db: Connection
    ) throws {
        self.asked = asked
        self.words = words
        self.db = db
        district = app.district
        accounts = app.accounts
        acting = try app.accounts.acting(context, db)
        unit = try asked.unit.map { [acting] text in
            let unit = try UnitReading(acting.structure, on: acting.today).unit(text)
            guard acting.may(.read, in: unit.unit) || acting.may(.write, in: unit.unit) else {
                throw Refusal.notFound
            }
            return unit
        }
        filter = try Self.filter(asked, unit, acting, district, db)
    }

    private static func filter(
        _ asked: AskedCases, _ unit: UnitVersion?, _ acting: ActingAccount, _ district: District,
        _ db: Connection
    ) throws -> CaseFilter {
        let structure = acting.structure
        var filter = CaseFilter(
            in: asked.isMine ? .everything : district.caseScope(of: acting.access, structure))
        filter.procedure = asked.procedure
        filter.stage = asked.stage
        filter.standing = asked.state == .closed ? .closed : .open
        if asked.isLate { filter.lateAt = district.now() }
        if asked.isMine {
            let own = try CaseFilter.waiting(for: acting.account, acting.access, district, db)
            (filter.holders, filter.persons) = (own.holders, own.persons)
        } else if let unit {
            filter.units = structure.below(unit.unit, on: acting.today)
        }
        return filter
    }

    func keyset(_ query: Query) throws -> Keyset {
        let isOwed = filter.holders != nil || filter.lateAt != nil
        return try Keyset(query, parts: isOwed ? 5 : 2, limit: Limits.rowsPerPage)
    }

    // MARK: The page

    func page(_ keyset: Keyset) throws -> CasesPage {
        let store = CaseStore(db)
        let count = try store.count(filter)
        let found = try store.list(filter, after: keyset.after?.parts, limit: keyset.fetch)
        let (shown, next) = keyset.cut(found) { $0.place }
        let rows = CaseRows(try reader(shown))
        let today = acting.today
        let late = asked.isMine ? try lateCount() : 0
        return CasesPage(
            title: title(count, late), lead: words["cases_lead", ["day": today.description]],
            action: Address.cases.text, unitCode: asked.unit ?? "", selects: selects,
            chips: chips, count: words.counted(count, "cases_count"),
            groups: rows.groups(shown, isClosed: filter.standing == .closed),
            empty: count == 0 ? emptiness : nil,
            pager: keyset.pager(next: next, at: asked.address),
            takeAway: count == 0 ? nil : TakeAway(asked.address, on: today),
            doors: Listed(acting.may(.write) ? [Link(words["cases_new"], .newCase)] : []))
    }

    private func lateCount() throws -> Int {
        var late = filter
        late.lateAt = district.now()
        return try CaseStore(db).count(late)
    }

    func reader(_ lines: [CaseLine]) throws -> CaseRows.Reader {
        try CaseRows.Reader(lines, acting, district, words, db)
    }

    private func title(_ count: Int, _ late: Int) -> String {
        if asked.isMine {
            let values = ["count": count.grouped, "late": late.grouped]
            if count == 0 { return words["cases_title"] }
            let word = late == 0 ? "cases_title_count" : "cases_title_late"
            return words[count == 1 ? word + "_one" : word, values]
        }
        if let unit { return words["cases_title_unit", ["unit": unit.name]] }
        if let name = asked.procedure.flatMap(procedureName) {
            return words["cases_title_procedure", ["procedure": name]]
        }
        return words["cases_title_all"]
    }

    private func procedureName(_ id: String) -> String? {
        district.catalogue.procedures[id]?.last?.name[words.language]
    }

    private var emptiness: String {
        if district.catalogue.procedures.isEmpty { return words["cases_empty_procedures"] }
        if asked.narrows { return words["cases_empty_asked"] }
        return words[asked.isMine ? "cases_empty_mine" : "cases_empty_unit"]
    }

    private var chips: [CasesPage.Chip] {
        let own = acting.structure.units(.read, acting.access, on: acting.today).first
        let list: [(String, Address, Bool)] =
            [(words["cases_mine"], .cases, asked.isMine && !asked.isLate)]
            + (own.map {
                [
                    (
                        words["cases_of_unit"], Address.cases.with("unit", $0.code),
                        asked.unit == $0.code
                    )
                ]
            } ?? [])
            + [
                (words["cases_all"], Address.cases.with("list", "all"), asked.all),
                (
                    words["cases_closed"], Address.cases.with("state", "closed"),
                    asked.state == .closed && asked.unit == nil
                ), (words["nav_my_cases"], .myCases, false),
            ]
        return list.map {
            CasesPage.Chip(chipLabel: $0.0, chipHref: $0.1.text, isChosen: $0.2)
        }
    }

    private var selects: [Select] {
        let any = [(value: "", label: words["cases_any"])]
        let known = visible.compactMap { id in procedureName(id).map { (value: id, label: $0) } }
        let stages = (asked.procedure ?? "").isEmpty ? [] : stageOptions
        return [
            Select(
                name: AskedCases.procedure, label: words["cases_procedure"],
                chosen: asked.procedure ?? "", options: any + known),
            Select(
                name: "stage", label: words["cases_stage_select"], chosen: asked.stage ?? "",
                options: any + stages),
            Select(
                name: "late", label: words["cases_late"], chosen: asked.isLate ? "1" : "",
                options: any + [(value: "1", label: words["cases_late_only"])]),
            Select(
                name: "state", label: words["cases_state"], chosen: asked.state?.rawValue ?? "",
                options: [
                    (value: "", label: words["cases_open"]),
                    (value: "closed", label: words["cases_closed"]),
                ]),
        ]
    }

    /// The procedures of which the reader may know.
    private var visible: [String] {
        district.catalogue.proceduresInOrder.filter { id in
            guard let kind = district.catalogue.procedures[id]?.last?.subject.kind else {
                return false
            }
            return district.catalogue.isSeen(kind, by: acting.access)
        }
    }

    private var stageOptions: [(value: String, label: String)] {
        let stages = asked.procedure.flatMap { district.catalogue.procedures[$0]?.last?.stages }
        return (stages ?? []).map { (value: $0.id, label: $0.name[words.language]) }
    }

    // MARK: Taking it away

    /// All of it, without the names of persons.
    func table() throws -> TableFile {
        let lines = try CaseStore(db).list(filter, limit: Limits.tableRows + 1)
        guard lines.count <= Limits.tableRows else { throw TableFile.tooMany }
        var table = TableFile(
            words["nav_cases"],
            [
                .text(words["cases_number"]), .text(words["cases_procedure"]),
                .text(words["cases_unit_column"]), .text(words["cases_stage"]),
                .text(words["cases_turn"]), .day(words["cases_due"]),
                .day(words["cases_opened"]),
            ])
        let reader = try reader(lines)
        for line in lines { try table.add(reader.cells(line)) }
        return table
    }
}

extension Structure {
    /// A unit and every one below it on a day.
    fileprivate func below(_ top: OrgUnit.ID, on day: Day) -> [OrgUnit.ID] {
        var met: Set<OrgUnit.ID> = []
        var open = [top]
        while let next = open.popLast() {
            guard met.insert(next).inserted else { continue }
            for link in children[next] ?? [] where link.inForce(on: day) { open.append(link.child) }
        }
        return met.sorted()
    }
}
