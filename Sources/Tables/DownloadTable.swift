import Core
import Figures
import Hummingbird
import Storage
import Web

/// GET /tables/:id/filled.xlsx?period=2015-Q2. For who reads the whole table: the same file,
/// filled, with a second sheet that says where each number comes from.
struct DownloadTable: Sendable {
    let desk: TableDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: DeskTable.self)
        let words = desk.site.words(context)
        let asked = context.address["period"]
        let (filling, file) = try await desk.database.read { [desk] db in
            let sight = try desk.sight(context.reader.access, db)
            let table = try desk.find(id, sight, db)
            guard sight.reads(table), table.state == .filling else { throw Refusal.notFound }
            let filling = try FillingReader(desk.figures, sight, words, db)
                .filling(table, try desk.period(asked, of: table))
            return (filling, table.isOwn ? [] : try TableStore(db).content(of: id))
        }
        let bytes = try await FilledFile(
            desk.program, ColumnForm(desk.app.district.catalogue, words), words
        ) {
            desk.site.absolute($0, request) ?? $0.text
        }.bytes(filling, file)
        return desk.site.download(
            bytes, as: TableFile.Form.xlsx.contentType,
            named: "\(filling.table.said.title) \(filling.period.text).xlsx",
            plainly: "table-\(filling.period.text.replacing("..", with: "-")).xlsx")
    }
}

/// The file of a table, filled for a period.
struct FilledFile {
    private let program: SheetProgram
    private let columns: ColumnForm
    private let words: Words
    private let absolute: (Address) -> String

    init(
        _ program: SheetProgram, _ columns: ColumnForm, _ words: Words,
        absolute: @escaping (Address) -> String
    ) {
        self.program = program
        self.columns = columns
        self.words = words
        self.absolute = absolute
    }

    func bytes(_ filling: TableFilling, _ file: [UInt8]) async throws -> [UInt8] {
        guard !filling.table.isOwn else { return try own(filling) }
        return try await program.fill(
            file, sheet: filling.table.layout?.sheet ?? "",
            filling.ordered.map { SheetProgram.Written(place: $0.place, value: $0.value) },
            source: sources(filling))
    }

    /// A table of one's own units has no file of somebody else: it is written anew.
    private func own(_ filling: TableFilling) throws -> [UInt8] {
        var table = TableFile(
            filling.table.said.title,
            [.text(words["pick_unit"])] + filling.columns.map { .text($0.heading) })
        for row in filling.rows {
            try table.add(
                [.text(row.unit.name)]
                    + filling.columns.map { column in
                        let line = filling.lines[Place(row: row.number, column: column.number)]
                        return Self.cell(line?.value ?? .empty)
                    })
        }
        return try table.bytes(as: .xlsx)
    }

    private static func cell(_ value: CellValue) -> TableCell {
        switch value.kind {
        case .number, .share: .exact(value.text)
        case .text: .text(value.text)
        case .empty: .empty
        case .none: .withheld(value.text)
        }
    }

    // MARK: The second sheet

    private static let widths = [8, 18, 22, 14, 30, 40, 46]

    private func sources(_ filling: TableFilling) -> SheetProgram.SourceSheet {
        let writer = FillingWriter(filling, columns, words)
        let heads = ["cell", "unit", "heading", "value", "from", "remark", "address"]
        var lines = [heads.map { words["tables_source_\($0)"] }]
        lines += filling.ordered.map { line in
            [
                line.place.text, filling.row(line.place.row)?.unit.name ?? "",
                filling.column(line.place.column)?.heading ?? "", writer.text(line.value),
                writer.source(of: line), remark(line, writer),
                writer.address(of: line).map(absolute) ?? "",
            ]
        }
        return SheetProgram.SourceSheet(
            title: words["tables_source_sheet"], lines: lines, widths: Self.widths)
    }

    private func remark(_ line: TableFilling.Line, _ writer: FillingWriter) -> String {
        switch line.origin {
        case .ledger: return ""
        case .hand: return words["tables_remark_hand"]
        case .missing: return words["tables_tag_missing"]
        case .override(let written):
            return words[
                "tables_overridden",
                [
                    "value": writer.text(line.value),
                    "ledger": line.ledger.map(writer.text) ?? "", "reason": written.reason ?? "",
                ]]
        }
    }
}
