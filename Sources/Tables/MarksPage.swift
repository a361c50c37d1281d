import Core
import Organization
import Storage
import Web

/// The sheet as it is, and what is said once of its rows and columns.
struct MarksPage: Page {
    static let template = "tables/marks"

    let title: String
    let lead: String
    let remarks: [String]
    let sheetHTML: String
    let cut: String?
    let rowsSheet: FormSheet
    let rowsDone: String?
    let doubtful: Listed<Doubt>?
    let chosen: Chosen?
    let columnLines: Listed<ColumnLine>?
    let fileSheet: FormSheet
    let fillHref: String?

    /// A row of which it is not known which unit it is.
    struct Doubt: Sendable {
        let label: String
        let head: FormHead
        let rowNumber: String
        let pick: Picker
        let wrong: String?
    }

    /// The column that is looked at.
    struct Chosen: Sendable {
        let heading: String
        let ways: [Way]
        let columnSheet: FormSheet
    }

    struct Way: Sendable {
        let label: String
        let href: String
        let isChosen: Bool
    }

    struct ColumnLine: Sendable {
        let letters: String
        let href: String
        let heading: String
        let source: String
    }

    /// So many doubtful rows have a form each.
    private static let doubts = 12

    init(
        _ table: DeskTable, _ sight: TableSight, _ sent: (form: MarkTable.Sent?, state: FormState),
        _ desk: TableDesk, _ context: AppContext, _ words: Words, _ db: Connection
    ) throws {
        let store = TableStore(db)
        guard let file = try store.file(of: table.id) else { throw Refusal.notFound }
        let (shape, rows) = (file.shape, try store.rows(of: table.id))
        let columns = try store.columns(of: table.id)
        let marks = Address.table(table.id, part: "marks")
        let form = ColumnForm(desk.app.district.catalogue, words)
        let number =
            sent.form == .column
            ? sent.state.form.flatMap { Int($0.all("column").first ?? "") }
            : context.address["column"].flatMap { Int($0) }
        let chosenNumber = number.flatMap { (1...shape.columns).contains($0) ? $0 : nil }
        title = words["tables_marks_title", ["title": table.said.title]]
        lead = words["tables_marks_lead"]
        remarks = [
            shape.hasMacros ? words["tables_macros"] : nil,
            shape.hasLinks ? words["tables_links"] : nil,
        ].compactMap { $0 }
        sheetHTML = SheetView(shape).html(
            SheetView.Door(
                address: { marks.with("column", String($0)) }, chosen: chosenNumber,
                bound: Dictionary(
                    uniqueKeysWithValues: columns.map { ($0.number, form.said($0.source)) }),
                rows: table.layout?.rows))
        cut =
            shape.rows > SheetView.rowsShown
            ? words["tables_sheet_cut", ["count": "\(SheetView.rowsShown)"]] : nil
        let layout = table.layout ?? RowMarks.proposed(shape, below: table.unit, sight)
        rowsSheet = Self.rowsSheet(
            shape, layout,
            sent.form == .rows ? sent.state : nil,
            context.formHead(Address.table(table.id, part: "rows")), words)
        let open = rows.filter { $0.unit == nil }
        rowsDone =
            table.layout == nil
            ? nil
            : words[
                "tables_rows_done",
                ["count": "\(rows.count - open.count)", "open": "\(open.count)"]]
        doubtful = Listed(
            open.prefix(Self.doubts).map {
                Self.doubt($0, table, sight, sent.form == .unit ? sent.state : nil, context, words)
            })
        chosen = chosenNumber.map { number in
            Self.chosen(
                number, columns.first { $0.number == number },
                heading: shape.heading(over: number, above: layout?.rows.lowerBound ?? 1),
                sent.form == .column ? sent.state : nil, form,
                (marks, context.formHead(Address.table(table.id, part: "column")), context))
        }
        columnLines = Listed(columns.map { Self.line($0, marks, form) })
        fileSheet = Self.fileSheet(
            file, sent.form == .file ? sent.state : FormState(context),
            context.formHead(Address.table(table.id, part: "file")), words)
        fillHref = table.state == .filling ? Address.table(table.id).text : nil
    }

    private static func line(
        _ column: TableColumn, _ marks: Address, _ form: ColumnForm
    ) -> ColumnLine {
        ColumnLine(
            letters: TableColumn.letters(column.number),
            href: marks.with("column", String(column.number)).text, heading: column.heading,
            source: form.said(column.source))
    }

    private static func rowsSheet(
        _ shape: SheetShape, _ layout: DeskTable.Layout?, _ sent: FormState?, _ head: FormHead,
        _ words: Words
    ) -> FormSheet {
        let state =
            sent
            ?? FormState(
                words.language,
                offering: [
                    "sheet": shape.sheet,
                    "first_row": layout.map { "\($0.rows.lowerBound)" } ?? "",
                    "last_row": layout.map { "\($0.rows.upperBound)" } ?? "",
                    "unit_column": layout.map { TableColumn.letters($0.unitColumn) } ?? "A",
                ])
        var parts: [FormPart] = []
        if shape.sheets.count > 1 {
            parts.append(
                state.choice(
                    "sheet", words["tables_sheet"], options: shape.sheets.map { ($0, $0) }))
        }
        parts += [
            state.line(
                "first_row", words["tables_first_row"], isRequired: true, inputmode: "numeric"),
            state.line(
                "last_row", words["tables_last_row"], isRequired: true, inputmode: "numeric"),
            state.line(
                "unit_column", words["tables_unit_column"], isRequired: true,
                help: words["tables_unit_column_help"]),
        ]
        return FormSheet(
            head, state, parts, note: words["tables_rows_text"], submit: words["tables_rows_go"])
    }

    private static func doubt(
        _ row: TableRow, _ table: DeskTable, _ sight: TableSight, _ sent: FormState?,
        _ context: AppContext, _ words: Words
    ) -> Doubt {
        let below = sight.structure.below(table.unit, on: sight.today)
        let guess = UnitGuess(sight, on: sight.today, among: below)
        var near: [UnitVersion] = []
        switch guess.meant(row.label) {
        case .one(let unit): near = [unit]
        case .several(let units), .none(let units): near = units
        }
        let rest = below.compactMap { sight.structure.version($0, on: sight.today) }
            .filter { unit in !near.contains { $0.unit == unit.unit } }
            .sorted { ($0.code, $0.name) < ($1.code, $1.name) }
        let isSent = sent?.form?.all("row").first == "\(row.number)"
        return Doubt(
            label: words["tables_doubt", ["row": "\(row.number)", "label": row.label]],
            head: context.formHead(Address.table(table.id, part: "unit")),
            rowNumber: "\(row.number)",
            pick: Picker(
                "unit", words["pick_unit"],
                chosen: Picker.Option("", words["tables_doubt_none"]),
                Picker.html([
                    Picker.Group(
                        "",
                        (near + rest).map {
                            Picker.Option(
                                $0.code,
                                words["name_with_code", ["name": $0.name, "code": $0.code]],
                                finds: sight.structure.sounds($0.name))
                        })
                ]), id: "field-unit-\(row.number)", typed: nil, words),
            wrong: isSent ? sent?.sentences("unit").first : nil)
    }

    private static func chosen(
        _ number: Int, _ column: TableColumn?, heading: String, _ sent: FormState?,
        _ form: ColumnForm, _ place: (marks: Address, head: FormHead, context: AppContext)
    ) -> Chosen {
        let asked =
            sent?.form?.all("source").first ?? place.context.address["source"]
            ?? column?.source.way.rawValue
        let way = asked.flatMap(ColumnForm.Way.init) ?? .figure
        let state =
            sent
            ?? FormState(
                form.words.language, offering: form.offered(column, heading: heading))
        let ways = ColumnForm.Way.allCases.filter { $0 != .nothing || column != nil }
        return Chosen(
            heading: form.words[
                "tables_column_title",
                ["column": TableColumn.letters(number), "heading": column?.heading ?? heading]],
            ways: ways.map { one in
                Way(
                    label: form.words["tables_way_\(one.rawValue)"],
                    href: place.marks.with("column", String(number)).with("source", one.rawValue)
                        .text + "#column",
                    isChosen: one == way)
            },
            columnSheet: form.sheet(number, way, state, head: place.head))
    }

    private static func fileSheet(
        _ file: TableStore.File, _ state: FormState, _ head: FormHead, _ words: Words
    ) -> FormSheet {
        var sheet = FormSheet(
            head, state,
            [state.line("file", words["tables_file"], type: "file", isRequired: true)],
            note: words[
                "tables_file_now", ["name": file.name, "version": "\(file.version)"]],
            submit: words["tables_replace_go"])
        sheet.encoding = "multipart/form-data"
        return sheet
    }
}
