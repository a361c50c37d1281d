import Catalogue
import Core
import Figures
import Ledger
import Organization
import Storage
import Web

/// Fills tables from the ledger: every column once for all rows, in one snapshot, with what the
/// reader may know.
package struct FillingReader {
    private let district: District
    private let db: Connection
    private let sight: TableSight
    private let words: Words
    let reading: Figures.Reading
    private let disclosures: Disclosures

    package init(
        _ figures: Figures, _ sight: TableSight, _ words: Words, _ db: Connection
    ) throws {
        district = figures.district
        self.db = db
        self.sight = sight
        self.words = words
        let reading = try figures.reading(db)
        self.reading = reading
        let catalogue = figures.district.catalogue
        disclosures = Disclosures(reading, today: sight.today) { unit, indicator in
            sight.access.opens(indicator, catalogue) && sight.sees(unit)
        }
    }

    /// The table for a period, as far as the reader sees its rows.
    package func filling(_ table: DeskTable, _ period: Period) throws -> TableFilling {
        let store = TableStore(db)
        let fillings = FillingStore(db)
        let rows = try store.rows(of: table.id).compactMap { row -> TableFilling.Row? in
            guard let unit = row.unit, sight.sees(unit),
                let version = sight.structure.nearestVersion(unit, on: period.lastDay)
            else { return nil }
            return TableFilling.Row(number: row.number, label: row.label, unit: version)
        }
        let columns = try store.columns(of: table.id)
        let written = try fillings.written(in: table.id, period)
        let last = try fillings.last(in: table.id, before: period)
        let formulas = Set(
            try store.file(of: table.id)?.shape.cells.filter(\.isFormula).map(\.place) ?? [])
        var lines: [Place: TableFilling.Line] = [:]
        for column in columns {
            let said = try said(column, table, rows, period)
            for (index, row) in rows.enumerated() {
                let place = Place(row: row.number, column: column.number)
                // What the sheet reckons itself is the sheet's own.
                guard !formulas.contains(place) else { continue }
                lines[place] = line(
                    place, ledger: said?[index], written[place], before: last?.cells[place],
                    isFirst: last == nil)
            }
        }
        return TableFilling(
            table: table, period: period, rows: rows, columns: columns, lines: lines, last: last,
            kept: try fillings.kept(in: table.id, period),
            turns: try fillings.turns(in: table.id, period), position: reading.position)
    }

    private func line(
        _ place: Place, ledger: CellValue?, _ written: WrittenCell?, before: CellValue?,
        isFirst: Bool
    ) -> TableFilling.Line {
        let before = isFirst ? nil : before ?? .empty
        guard let ledger else {
            return TableFilling.Line(
                place: place, value: written.map { CellValue(written: $0.value) } ?? .empty,
                ledger: nil, origin: written == nil ? .missing : .hand, before: before)
        }
        guard let written, written.reason != nil else {
            return TableFilling.Line(
                place: place, value: ledger, ledger: ledger, origin: .ledger, before: before)
        }
        let plain = CellValue(written: written.value)
        let value =
            plain.kind == .number && ledger.kind == .share ? CellValue(.share, plain.text) : plain
        return TableFilling.Line(
            place: place, value: value, ledger: ledger, origin: .override(written),
            before: before)
    }

    /// What a column says of each row; nil for one that is filled by hand.
    private func said(
        _ column: TableColumn, _ table: DeskTable, _ rows: [TableFilling.Row], _ period: Period
    ) throws -> [CellValue]? {
        switch column.source {
        case .hand: return nil
        case .constant(let text):
            let said = text.replacing("{period}", with: period.words[words.language])
                .replacing("{year}", with: "\(period.lastDay.year)")
            return rows.map { _ in CellValue(written: said) }
        case .unit(let fact): return rows.map { self.fact(fact, $0.unit, period) }
        case .figure(let id, let term): return try figure(id, term, rows, period)
        case .list(let kind, let field):
            return try RecordsInCells(district, reading, sight, words, db)
                .said(kind, field, rows, period, below: table.unit)
        }
    }

    private func fact(
        _ fact: TableColumn.UnitFact, _ unit: UnitVersion, _ period: Period
    ) -> CellValue {
        switch fact {
        case .name: return CellValue(.text, unit.name)
        // A code is no number, however it looks.
        case .code: return CellValue(.text, unit.code)
        case .form:
            return CellValue(
                .text, district.catalogue.forms[unit.form]?.name[words.language] ?? unit.form)
        case .above:
            let links = sight.structure.parents[unit.unit] ?? []
            let standing = links.filter { $0.inForce(on: period.lastDay) }
            let link = standing.first { $0.axis == .territory } ?? standing.first
            let above = link.flatMap {
                sight.structure.nearestVersion($0.parent, on: period.lastDay)
            }
            return above.map { CellValue(.text, $0.name) } ?? .empty
        }
    }

    private func figure(
        _ id: String, _ term: TableColumn.Term, _ rows: [TableFilling.Row], _ period: Period
    ) throws -> [CellValue] {
        guard let indicator = district.catalogue.indicators[id],
            let asked = term.period(of: period)
        else { return rows.map { _ in CellValue(.none, words["tables_no_source"]) } }
        let answers = try reading.grid([id], units: rows.map(\.unit.unit), periods: [asked])
        let isProtected = district.catalogue.protects(indicator)
        return try zip(rows, answers.first ?? []).map { row, answers in
            guard let answer = answers.first else { return .empty }
            if isProtected {
                let told = try disclosures.disclosure(
                    reading.question(id, unit: row.unit.unit, asked))
                guard told == .open else { return CellValue(.none, words["figure_withheld"]) }
            }
            guard answer.hasValue else {
                return CellValue(.none, Phrase(answer, indicator, words.language).text)
            }
            return CellValue(
                indicator.unit == "%" ? .share : .number,
                answer.rounded(indicator).decimal(per: power(10, indicator.round)))
        }
    }
}
