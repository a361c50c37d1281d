import Catalogue
import Core
import Organization

/// Reads tables of units, reorganizations and persons.
struct StructureReader {
    let catalogue: Catalogue

    func units(_ table: ImportTable) throws -> (entries: [UnitEntry], faults: [RowFault]) {
        var entries: [UnitEntry] = []
        let columns = try Columns(
            table, names: Self.unitHeadings, required: ["code", "name", "form", "from"])
        var faults = columns.faults
        for row in columns.rows {
            let code = row.text("code", &faults)
            let name = row.text("name", &faults)
            let form = form(row, "form", &faults)
            let from = row.day("from", &faults)
            let last = row.optionalDay("last_day", &faults)
            if let from, let last, last < from {
                faults.append(
                    RowFault(
                        row.line, "截止日期", zh: "截止日期早于起始日期。",
                        en: "The last day is before the first."))
            }
            if let last, last >= .last {
                faults.append(
                    RowFault(
                        row.line, "截止日期", zh: "没有截止日期的，请留空。",
                        en: "Leave the last day empty where there is none."))
            }
            guard let code, let name, let form, let from else { continue }
            entries.append(
                UnitEntry(
                    row: row.line, code: code, name: name, form: form, parents: row.parents,
                    from: from, to: last.map { $0 + 1 }))
        }
        return (entries, faults)
    }

    func reorganizations(
        _ table: ImportTable
    ) throws -> (entries: [ReorganizationEntry], faults: [RowFault]) {
        var entries: [ReorganizationEntry] = []
        let columns = try Columns(
            table, names: Self.reorganizationHeadings,
            required: ["code", "title", "document", "effective_on", "action"])
        var faults = columns.faults
        for row in columns.rows {
            let code = row.text("code", &faults)
            let title = row.text("title", &faults)
            let document = row.text("document", &faults)
            let day = row.day("effective_on", &faults)
            let action = row.choice("action", ReorganizationEntry.Action.self, &faults)
            let basis =
                row.values["basis"] == nil
                ? .whole : row.choice("basis", Lineage.Basis.self, &faults)
            let form =
                row.values["successor_form"] == nil ? nil : form(row, "successor_form", &faults)
            guard let code, let title, let document, let day, let action, let basis else {
                continue
            }
            entries.append(
                ReorganizationEntry(
                    row: row.line, code: code, title: title, document: document,
                    effectiveOn: day, action: action, predecessor: row.values["predecessor"],
                    successor: row.values["successor"],
                    successorName: row.values["successor_name"], successorForm: form,
                    parents: row.parents, basis: basis))
        }
        return (entries, faults)
    }

    func persons(
        _ table: ImportTable, structure: Structure, on day: Day, known: KnownPersons
    ) throws -> (persons: [Person], changes: [District.ChangedPerson], faults: [RowFault]) {
        var persons: [Person] = []
        var changes: [District.ChangedPerson] = []
        var numbers: [String: Int] = [:]
        var unnumbered: [PersonStore.Namesake: Int] = [:]
        let columns = try Columns(
            table, names: Self.personHeadings, required: ["name", "unit"])
        var faults = columns.faults
        for row in columns.rows {
            let name = row.text("name", &faults)
            let code = row.text("unit", &faults)
            let number = row.values["number"]
            if let number {
                if let other = numbers.updateValue(row.line, forKey: Folding.key(number)) {
                    faults.append(
                        RowFault(
                            row.line, "人员编号", zh: "与第\(other)行的编号重复。",
                            en: "The number is on line \(other) as well."))
                }
            }
            guard let name, let code else { continue }
            // A file may name the unit as it was: any version of the code will do.
            guard
                let unit = structure.unit(naming: code, on: day)
                    ?? structure.history(code: code).first
            else {
                faults.append(.unknownUnit(row.line, code, day, structure))
                continue
            }
            if let was = number.flatMap({ known.persons[Folding.key($0)] }) {
                let now = Person(id: was.id, number: was.number, name: name, unit: unit.unit)
                if now.isOther(than: was) {
                    changes.append(.init(row: row.line, was: was, now: now))
                }
                continue
            }
            let namesake = PersonStore.Namesake(name, in: unit.unit)
            if number == nil, let other = unnumbered.updateValue(row.line, forKey: namesake) {
                faults.append(
                    RowFault(
                        row.line, "姓名", zh: "与第\(other)行的姓名、单位相同；如为两人，请填人员编号。",
                        en: "Line \(other) has the same name and unit; give two persons numbers."))
            } else if number == nil, let other = known.names[namesake] {
                faults.append(
                    RowFault(
                        row.line, "姓名",
                        zh: "“\(unit.name)”已有“\(name)”（\(other)）；同一人请删去本行，另一人请填人员编号。",
                        en:
                            "“\(unit.name)” has “\(name)” (\(other)) already: take the line out "
                            + "for the same person, give another one a number."))
            }
            persons.append(
                Person(id: .make(), number: number, name: name, unit: unit.unit))
        }
        return (persons, changes, faults)
    }

    private func form(
        _ row: Columns.Row, _ key: String, _ faults: inout [RowFault]
    ) -> String? {
        guard let text = row.text(key, &faults) else { return nil }
        let sought = Folding.key(text)
        let form = catalogue.forms.values.first {
            [$0.id, $0.name.zh, $0.name.en].contains { Folding.key($0) == sought }
        }
        if form == nil {
            let list = catalogue.forms.keys.sorted().joined(separator: "、")
            faults.append(
                RowFault(
                    row.line, "形式", zh: "“\(text)”不是单位类型：\(list)。",
                    en: "“\(text)” is not a type of unit: \(list)."))
        }
        return form?.id
    }

    /// Who is known already, by number and by name in a unit.
    struct KnownPersons {
        let persons: [String: Person]
        let names: [PersonStore.Namesake: String]
    }

    /// Whether a text is a heading of a file of units, reorganizations or persons.
    static func knows(_ written: String, in what: String) -> Bool {
        ["units", "reorganizations", "persons"].contains(what)
            && Columns.key(written, in: headings(of: what)) != nil
    }

    /// What each column of a file of units, reorganizations or persons may be headed.
    static func headings(of what: String) -> [String: [String]] {
        switch what {
        case "units": unitHeadings
        case "reorganizations": reorganizationHeadings
        default: personHeadings
        }
    }

    private static let unitHeadings: [String: [String]] = [
        "code": ["编码"], "name": ["名称"], "form": ["形式"], "territory_parent": ["领土上级"],
        "party_parent": ["党组织上级"], "line_parent": ["条线上级"], "from": ["起始日期"],
        "last_day": ["截止日期"],
    ]
    private static let reorganizationHeadings: [String: [String]] = [
        "code": ["批次"], "title": ["名称"], "document": ["文号"], "effective_on": ["生效日期"],
        "action": ["类型"], "predecessor": ["前身编码"], "successor": ["后继编码"],
        "successor_name": ["后继名称"], "successor_form": ["后继形式"],
        "territory_parent": ["领土上级"], "party_parent": ["党组织上级"], "line_parent": ["条线上级"],
        "basis": ["依据"],
    ]
    private static let personHeadings: [String: [String]] = [
        "number": ["人员编号"], "name": ["姓名"], "unit": ["单位"],
    ]
}
