import Accounts
import Catalogue
import Core
import Hummingbird
import Organization
import Storage
import Web

/// GET and POST /tables/own. For who writes for a unit that has others below it: a table that these
/// fill, each its own row. Columns that the ledger answers are not asked of anybody.
struct MakeOwnTable: Sendable {
    let desk: TableDesk

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, FormState(context, offering: ["due_days": "7"]))
    }

    @Sendable func take(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let words = desk.site.words(context)
        return try await context.mending(form, at: "columns") {
            let sight = try await desk.database.read { [desk] db in
                try desk.sight(context.reader.access, db)
            }
            let columns = ColumnForm(desk.app.district.catalogue, words)
            let (table, made, level) = try OwnTableForm(sight, columns, desk.site.now()).read(form)
            return try await desk.write(form, context) { [desk] acting, db in
                try desk.ask(table, made, of: level, acting, db)
                return Address.table(table.id).with("done", "table_asked")
            }
        } again: {
            try await page(context, $0)
        }
    }

    private func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let sight = try await desk.database.read { [desk] db in
            try desk.sight(context.reader.access, db)
        }
        let words = desk.site.words(context)
        let form = OwnTableForm(
            sight, ColumnForm(desk.app.district.catalogue, words), desk.site.now())
        return desk.site.show(
            FormPage(
                words["tables_own"], lead: words["tables_own_lead"],
                form.sheet(state, context.formHead(.ownTable, keeping: state.form), words)),
            context, trail: desk.trail(words), status: state.status)
    }
}

extension TableDesk {
    /// Asks a table of the units of a form below a unit, and tells those who fill it.
    fileprivate func ask(
        _ table: DeskTable, _ columns: [TableColumn], of form: String, _ acting: ActingAccount,
        _ db: Connection
    ) throws {
        let store = TableStore(db)
        try requireRoom(for: table, acting, store)
        let units = acting.structure.below(table.unit, on: acting.today)
            .compactMap { acting.structure.version($0, on: acting.today) }
            .filter { $0.form == form && $0.unit != table.unit }
            .sorted { ($0.code, $0.name) < ($1.code, $1.name) }
        guard !units.isEmpty, units.count <= TableLimits.units else {
            throw Refusal.invalid(
                "level", zh: "没有这类下级单位，或者超过\(TableLimits.units)个。",
                en: "There are no such units below, or more than \(TableLimits.units).")
        }
        try store.insert(table, by: acting.actor)
        let rows = units.enumerated().map {
            TableRow(number: $0 + 2, label: $1.name, unit: $1.unit)
        }
        for column in columns { try store.bind(column, in: table.id) }
        try store.lay(nil, rows, in: table.id)
        try note("table.asked", table.id, acting, db)
        if let period = table.period(today: acting.today), columns.contains(where: { !$0.isBound })
        {
            try tell(units.map(\.unit), .tableAsked, table, period, acting, db)
        }
    }
}

/// The form of a table for one's own units: one line for each column.
struct OwnTableForm {
    private let sight: TableSight
    private let columns: ColumnForm
    private let moment: Moment

    init(_ sight: TableSight, _ columns: ColumnForm, _ moment: Moment) {
        self.sight = sight
        self.columns = columns
        self.moment = moment
    }

    /// The forms of unit that stand below one's own, the largest first.
    private func levels() -> [String] {
        let offices = sight.offices()
        let below = offices.reduce(into: Set<OrgUnit.ID>()) { found, office in
            found.formUnion(
                sight.structure.below(office.unit, on: sight.today).subtracting([office.unit]))
        }
        let forms = Set(below.compactMap { sight.structure.version($0, on: sight.today)?.form })
        return columns.forms.filter { forms.contains($0) }
    }

    func sheet(_ state: FormState, _ head: FormHead, _ words: Words) -> FormSheet {
        let offices = sight.offices()
        var parts: [FormPart] = []
        if offices.count > 1 {
            parts.append(
                state.choice(
                    "unit", words["tables_own_office"], options: offices.map { ($0.code, $0.name) },
                    isRequired: true))
        }
        parts += [
            state.line("title", words["tables_name"], isRequired: true),
            state.line("basis", words["tables_basis"], help: words["tables_basis_help"]),
            state.choice(
                "level", words["tables_level"],
                options: levels().map { ($0, columns.name(form: $0)) }, isRequired: true),
            state.lines(
                "columns", words["tables_own_columns"], rows: 6, isRequired: true,
                help: words["tables_own_columns_help", ["count": "\(TableLimits.ownColumns)"]]),
            state.choice(
                "rhythm", words["tables_rhythm"],
                options: words.options(Rhythm.allCases.reversed(), "tables_rhythm"),
                isRequired: true),
            state.line(
                "due_days", words["tables_due_days"], isRequired: true,
                help: words["tables_due_days_help"], inputmode: "numeric"),
        ]
        return FormSheet(head, state, parts, submit: words["tables_own_go"])
    }

    /// What was asked: the table, its columns, and the form of the units that fill it.
    func read(
        _ form: Form
    ) throws(Refusal) -> (table: DeskTable, columns: [TableColumn], level: String) {
        var reader = FormReader(form)
        let title = reader.line("title", upTo: TableLimits.titleCharacters)
        let basis = reader.optional("basis", upTo: TableLimits.titleCharacters)
        let rhythm = reader.choice(
            "rhythm", as: Rhythm.self,
            missing: Wording(zh: "请选择多久填报一次。", en: "Choose how often it is filled."))
        let days = Int(reader.line("due_days"))
        if days.map({ (0...366).contains($0) }) != true {
            reader.fault("due_days", zh: "请填天数。", en: "Write a number of days.")
        }
        let asked = reader.optional("level")
        let level = reader.given(levels().first { $0 == asked }, "level")
        let lines = reader.lines("columns", atLeast: 1, upTo: 2_000)
            .split(separator: "\n").map(\.trimmed).filter { !$0.isEmpty }
        if lines.count > TableLimits.ownColumns {
            reader.fault(
                "columns", zh: "最多 \(TableLimits.ownColumns) 列。",
                en: "\(TableLimits.ownColumns) columns at most.")
        }
        let office = TableHead.office(&reader, sight.offices())
        try reader.check()
        guard let rhythm, let level, let office, let days else { throw .notFound }
        let once = Rhythm.month.period(of: moment.day)?.text
        let table = DeskTable(
            unit: office.unit,
            said: DeskTable.Said(
                title: title, issuer: office.name, basis: basis, isListed: false),
            DeskTable.Terms(
                rhythm, onlyPeriod: rhythm == .once ? once : nil, dueDays: days),
            isOwn: true, at: moment)
        let made = lines.enumerated().map { index, line in
            TableColumn(number: index + 2, heading: line, source: columns.known(line) ?? .hand)
        }
        return (table, made, level)
    }
}

extension ColumnForm {
    /// The forms of unit in the order of the catalogue.
    fileprivate var forms: [String] {
        catalogue.forms.values.sorted {
            ($0.level, $0.id) < ($1.level, $1.id)
        }.map(\.id)
    }

    fileprivate func name(form: String) -> String {
        catalogue.forms[form]?.name[words.language] ?? form
    }

    /// The figure that a heading names, so that nobody is asked what the ledger knows.
    fileprivate func known(_ heading: String) -> TableColumn.Source? {
        let key = Folding.key(heading)
        let found = indicators.filter {
            Folding.key($0.name.zh) == key || Folding.key($0.name.en) == key
        }
        return found.count == 1 ? .figure(found[0].id, .own) : nil
    }
}
