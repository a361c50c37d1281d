import Catalogue
import Core
import Organization
import Web

/// One row of the matrix, as it is placed.
struct MatrixLine: Sendable {
    let name: String
    /// Where it unfolds or folds; nil for a leaf.
    let href: String?
    /// What the link does, for who cannot see the sign.
    let foldLabel: String?
    let sign: String?
    let isBelow: Bool
    let cells: [MatrixCell]
    /// Where the rest of what it unfolds to stands; nil where all is here.
    let rest: Link?
}

/// One cell: how many did it of how many owe it, and in a word how that stands.
struct MatrixCell: Sendable {
    let amount: String?
    let word: String
    let style: String
    /// Not called as the row's own link: a template that finds none here would take that.
    let cellHref: String?
    let cellLabel: String?
}

/// Writes the matrix in the reader's language.
struct MatrixWriter {
    private let matrix: DueMatrix
    private let asked: AskedMatrix
    private let reading: DueReading
    private let writer: DueWriter
    private var words: Words { writer.words }

    init(
        _ matrix: DueMatrix, _ asked: AskedMatrix, _ reading: DueReading, _ writer: DueWriter
    ) {
        self.matrix = matrix
        self.asked = asked
        self.reading = reading
        self.writer = writer
    }

    // MARK: Above the rows

    /// The unit that is looked at; nil where a reader has several.
    private var head: UnitVersion? {
        guard asked.unit != nil || matrix.tree.tops.count == 1 else { return nil }
        let top = asked.unit == nil ? matrix.tree.tops.first : reading.tops.first
        return top.flatMap { reading.structure.nearestVersion($0, on: reading.today) }
    }

    var scope: String { head?.name ?? words["matrix_all_units"] }

    var totalName: String { words["matrix_total"] }

    /// What was found, where it can be said in a sentence; else what is looked at.
    func title(_ rows: [MatrixRow], anchor: Day) -> String {
        guard asked.due != nil, asked.streak == nil, let column = matrix.columns.last else {
            return words["matrix_title", ["unit": scope]]
        }
        let count = MatrixRow.sums(rows, columns: matrix.columns.count)[matrix.columns.count - 1]
        return words[
            count.open == 0 ? "matrix_found_all" : "matrix_found",
            [
                "unit": scope, "due": column.due.name[words.language],
                "period": column.period?.said(words) ?? words["matrix_now"],
                "owed": count.owed.grouped, "done": count.done.grouped,
                "open": count.open.grouped,
            ]]
    }

    /// The units of the reader's that lead down to the one that is looked at.
    var way: [Link] {
        guard asked.unit != nil, var unit = head?.unit else { return [] }
        var links: [Link] = []
        while links.count < Self.longestWay,
            let above = MatrixPlace.nearest(
                above: unit, reading.mine, reading.structure, on: reading.today),
            let version = version(above)
        {
            links.insert(
                Link(version.name, asked.address.with("unit", version.code)), at: 0)
            unit = above
        }
        return [Link(words["matrix_short"], asked.address.with("unit", nil))] + links.dropFirst()
    }

    private static let longestWay = 8

    var heads: [MatrixPage.Head] {
        var heads: [(due: Due, count: Int)] = []
        for column in matrix.columns {
            if heads.last?.due.id == column.due.id {
                heads[heads.count - 1].count += 1
            } else {
                heads.append((column.due, 1))
            }
        }
        return heads.map { head in
            MatrixPage.Head(
                due: Link(
                    head.due.name[words.language],
                    asked.due == nil ? asked.address.with("due", head.due.id) : .due(head.due.id)),
                count: String(head.count))
        }
    }

    var periods: [MatrixPage.PeriodHead] {
        matrix.columns.map { column in
            guard let period = column.period else {
                return MatrixPage.PeriodHead(period: words["due_period_term"], until: "")
            }
            return MatrixPage.PeriodHead(
                period: period.said(words),
                until: words["matrix_until", ["day": column.latest.description]])
        }
    }

    var emptiness: String {
        if let streak = asked.streak {
            return words["matrix_empty_streak", ["streak": String(streak)]]
        }
        return words["matrix_empty"]
    }

    // MARK: Rows

    /// By what rows are sorted and leafed through.
    func key(_ row: MatrixRow) -> String {
        row.isOwn ? "" : version(row.unit)?.code ?? row.unit.text
    }

    /// A row, and those it is unfolded to.
    func lines(_ row: MatrixRow) -> [MatrixLine] {
        let isOpen = !row.isLeaf && asked.open == version(row.unit)?.code
        let here = line(row, isOpen: isOpen, below: nil)
        guard isOpen else { return [here] }
        return [here]
            + row.rows.prefix(MatrixPage.unfolded).map { line($0, isOpen: false, below: row) }
    }

    private func line(_ row: MatrixRow, isOpen: Bool, below parent: MatrixRow?) -> MatrixLine {
        let code = version(row.unit)?.code ?? ""
        let above = parent.flatMap { version($0.unit)?.code }
        let address =
            above.map { asked.address.with("unit", $0) } ?? asked.address
        let name = version(row.unit)?.name ?? ""
        let isOfHead = parent.map { $0.unit == row.unit } ?? (head?.unit == row.unit)
        return MatrixLine(
            name: row.isOwn && isOfHead ? words["matrix_own", ["unit": name]] : name,
            href: row.isLeaf ? nil : address.with("open", isOpen ? nil : code).text,
            foldLabel: row.isLeaf ? nil : words[isOpen ? "matrix_fold" : "matrix_unfold"],
            sign: row.isLeaf ? nil : isOpen ? "▾" : "▸", isBelow: parent != nil,
            cells: cells(row),
            rest: isOpen && row.rows.count > MatrixPage.unfolded
                ? Link(
                    words["matrix_rest", ["count": row.rows.count.grouped]],
                    asked.address.with("unit", code)) : nil)
    }

    private func cells(_ row: MatrixRow) -> [MatrixCell] {
        row.counts.enumerated().map { index, count in
            if row.isLeaf, let occurrence = matrix.occurrences[row.unit]?[index] {
                return leaf(row, index, occurrence, count)
            }
            let href =
                row.isLeaf || count.owed == 0
                ? nil : address(below: row.unit, due: matrix.columns[index].due)
            return cell(count, href: href, unit: version(row.unit)?.name ?? "", index)
        }
    }

    private func address(below unit: OrgUnit.ID, due: Due) -> String? {
        version(unit).map {
            asked.address.with("unit", $0.code).with("due", due.id).text
        }
    }

    func totals(_ rows: [MatrixRow]) -> [MatrixCell] {
        MatrixRow.sums(rows, columns: matrix.columns.count).enumerated().map { index, count in
            cell(count, href: nil, unit: totalName, index)
        }
    }

    // MARK: Cells

    private func leaf(
        _ row: MatrixRow, _ index: Int, _ occurrence: Occurrence, _ count: DueCount
    ) -> MatrixCell {
        let (unit, due) = (row.unit, matrix.columns[index].due)
        let word =
            switch occurrence.state {
            case .done: "matrix_unit_done"
            case .overdue: occurrence.done > 0 ? "matrix_unit_part" : "matrix_unit_none"
            case .soon, .open, .later: "matrix_unit_ahead"
            }
        let form = occurrence.state == .done ? nil : writer.form(due, unit)
        // A list has what is below a unit as well: of a unit's own share alone there is none.
        let target = form ?? (row.isOwn ? nil : writer.records(due, unit, occurrence))
        return MatrixCell(
            amount: writer.said(due, occurrence), word: words[word],
            style: "m-\(count.standing.rawValue)", cellHref: target?.text,
            cellLabel: target.map { _ in label(version(unit)?.name ?? "", index, words[word]) })
    }

    private func cell(
        _ count: DueCount, href: String?, unit: String, _ index: Int
    ) -> MatrixCell {
        let standing = count.standing
        let word = words[
            "matrix_standing_\(standing.rawValue)", ["open": count.open.grouped]]
        return MatrixCell(
            amount: standing == .unasked
                ? nil
                : words[
                    "matrix_amount", ["done": count.done.grouped, "owed": count.owed.grouped]],
            word: word, style: "m-\(standing.rawValue)", cellHref: href,
            cellLabel: href.map { _ in
                label(
                    unit, index,
                    words[
                        "due_done_of",
                        ["done": count.done.grouped, "owed": count.owed.grouped]]
                        + " " + word)
            })
    }

    /// What a cell that leads on says to who hears it alone.
    private func label(_ unit: String, _ index: Int, _ text: String) -> String {
        let column = matrix.columns[index]
        return words[
            "matrix_cell",
            [
                "unit": unit, "due": column.due.name[words.language],
                "period": column.period?.said(words) ?? words["due_period_term"], "text": text,
            ]]
    }

    private func version(_ unit: OrgUnit.ID) -> UnitVersion? {
        reading.structure.version(unit, on: reading.today)
    }
}
