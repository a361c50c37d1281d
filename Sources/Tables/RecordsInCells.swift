import Catalogue
import Core
import Figures
import Ledger
import Organization
import Storage
import Web

/// What the records of a kind say in one of their fields, unit by unit, for the cells of a column:
/// of standing things those in force on the last day, of events those of the period. Persons are
/// never told.
struct RecordsInCells {
    private let district: District
    private let reading: Figures.Reading
    private let sight: TableSight
    private let words: Words
    private let db: Connection

    init(
        _ district: District, _ reading: Figures.Reading, _ sight: TableSight, _ words: Words,
        _ db: Connection
    ) {
        self.district = district
        self.reading = reading
        self.sight = sight
        self.words = words
        self.db = db
    }

    /// The fields and measures of a kind that a column can show, each with its label.
    static func fields(of kind: Kind, _ language: Language) -> [(id: String, label: String)] {
        kind.fields.map { ($0.id, $0.label[language]) }
            + kind.measures.map { ($0.id, $0.label[language]) }
    }

    func said(
        _ kindID: String, _ field: String, _ rows: [TableFilling.Row], _ period: Period,
        below unit: OrgUnit.ID
    ) throws -> [CellValue] {
        guard let kind = district.catalogue.kinds[kindID],
            let scope = district.listScope(kind, of: sight.access, sight.structure)
        else {
            return rows.map { _ in CellValue(.none, words["tables_no_source"]) }
        }
        let list = RecordList(
            RecordList.Asked(
                kind, in: scope, period: period,
                units: UnitsBelow(unit, sight.structure, on: period.lastDay),
                order: .day(newestFirst: true)),
            asOf: reading.position, db)
        let wanted = Set(rows.map(\.unit.unit))
        var found: [OrgUnit.ID: [String]] = [:]
        try list.each(limit: TableLimits.listRecords) { record in
            guard wanted.contains(record.unit), let text = text(field, kind, record),
                found[record.unit, default: []].count < TableLimits.joinedRecords,
                found[record.unit]?.contains(text) != true
            else { return }
            found[record.unit, default: []].append(text)
        }
        return rows.map { row in
            let texts = found[row.unit.unit] ?? []
            return texts.count == 1
                ? CellValue(written: texts[0])
                : texts.isEmpty
                    ? .empty : CellValue(.text, texts.joined(separator: words.comma))
        }
    }

    private func text(_ name: String, _ kind: Kind, _ record: Record) -> String? {
        if let index = kind.measures.firstIndex(where: { $0.id == name }) {
            return record.measures[index].map { Reading.written($0, kind.measures[index].unit) }
        }
        guard let field = kind.fields.first(where: { $0.id == name }),
            let value = record.fields[name], !value.isEmpty
        else { return nil }
        switch field.form {
        case .choice:
            return field.options.first { $0.id == value }?.name[words.language] ?? value
        case .flag: return words[value == "true" ? "yes" : "no"]
        case .text, .number, .day: return value
        }
    }
}
