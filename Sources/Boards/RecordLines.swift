import Catalogue
import Core
import Ledger
import Organization
import Web

/// What a record says, line by line, with the words that were true on its day.
struct RecordLines {
    let record: Record
    let kind: Kind
    let snapshot: Snapshot

    private var words: Words { snapshot.words }
    private var language: Language { snapshot.language }

    func days(end: Day?) -> [FactLine] {
        guard kind.shape == .standing, record.ends == nil else {
            return [FactLine(words["record_day"], record.happenedOn.written(record.minute))]
        }
        return [
            FactLine(words["record_first_day"], record.happenedOn.written(record.minute)),
            FactLine(words["record_last_day"], end?.description ?? words["record_open"]),
        ]
    }

    var places: [FactLine] {
        var lines = [unit(words["record_unit"], record.unit)]
        if let place = record.place {
            lines.append(unit(kind.place?.label[language] ?? words["record_place"], place))
        }
        return lines
    }

    private func unit(_ name: String, _ unit: OrgUnit.ID) -> FactLine {
        guard let version = snapshot.structure.nearestVersion(unit, on: record.happenedOn) else {
            return FactLine(name, "–")
        }
        let day = version.inForce(on: record.happenedOn) ? record.happenedOn : version.from
        return FactLine(name, words.withCode(version), to: .unit(version, on: day))
    }

    var measures: [FactLine] {
        zip(kind.measures, record.measures).compactMap { measure, value in
            value.map {
                FactLine(
                    measure.label[language],
                    Amount(value: $0, unit: measure.unit).text(language, measure.counter))
            }
        }
    }

    var fields: [FactLine] {
        kind.fields.compactMap { field in
            record.fields[field.id].map { FactLine(field.label[language], shown($0, field)) }
        }
    }

    /// All of it in one line: texts and choices, where it was, and the numbers with their names.
    /// Of a kind that names persons or households only the texts: from its numbers somebody could
    /// add up small ones.
    ///
    /// - Parameter isWhole: whether long texts stay as they are.
    func line(isWhole: Bool = false) -> String {
        guard kind.isListed else {
            return joined(kind.searched.compactMap { record.fields[$0.id] })
        }
        let said = kind.said(record.fields, words, isWhole: isWhole)
        return joined(said + [placed].compactMap { $0 } + amounts)
    }

    private func joined(_ parts: [String]) -> String {
        parts.joined(separator: words["clause_end"])
    }

    private var placed: String? {
        record.place.flatMap { snapshot.structure.nearestVersion($0, on: record.happenedOn) }
            .map { "\(kind.place?.label[language] ?? words["record_place"]) \($0.name)" }
    }

    private var amounts: [String] {
        zip(kind.measures, record.measures).compactMap { measure, value in
            value.map {
                let amount = Amount(value: $0, unit: measure.unit).text(language, measure.counter)
                return "\(measure.label[language]) \(amount)"
            }
        }
    }

    private func shown(_ value: String, _ field: Kind.Field) -> String {
        switch field.form {
        case .choice: field.options.first { $0.id == value }?.name[language] ?? value
        case .flag: words[value == "true" ? "yes" : "no"]
        case .text, .number, .day: value
        }
    }

    /// Persons are counted and never named.
    func persons(_ persons: [Entry.Participant]) -> [FactLine] {
        kind.persons.compactMap { role in
            let count = persons.filter { $0.role == role.id }.count
            guard count > 0 else { return nil }
            return FactLine(
                role.label[language], words["record_persons", ["count": count.grouped]])
        }
    }

    /// Households are counted, where they may be; other things are named by their code.
    func subjects(_ subjects: [Entry.Subject], countsHouseholds: Bool) -> [FactLine] {
        kind.subjects.filter { countsHouseholds || $0.id != "household" }.compactMap { role in
            let codes = subjects.filter { $0.kind == role.id }.map(\.code)
            guard !codes.isEmpty else { return nil }
            let text =
                role.id == "household"
                ? words["record_households", ["count": codes.count.grouped]]
                : codes.joined(separator: words.comma)
            return FactLine(role.label[language], text)
        }
    }

    /// Where in the ledger it stands, and how it came there.
    var origin: [FactLine] {
        var lines = [
            FactLine(words["record_position"], record.position.grouped),
            FactLine(words["record_recorded"], record.recordedAt.text),
        ]
        if let importID = record.importID {
            lines.append(FactLine(words["record_import"], importID))
        }
        return lines
    }
}

extension Kind {
    /// What the fields of a record say one after another, without their names where these are
    /// plain; a corner of a map says nothing to anybody.
    func said(_ fields: [String: String], _ words: Words, isWhole: Bool = false) -> [String] {
        self.fields.compactMap { field in
            guard let value = fields[field.id], !value.isEmpty, field.id != map else { return nil }
            return field.said(value, words, isWhole: isWhole)
        }
    }
}

extension Kind.Field {
    fileprivate func said(_ value: String, _ words: Words, isWhole: Bool) -> String? {
        let name = label[words.language]
        switch form {
        case .choice: return options.first { $0.id == value }?.name[words.language] ?? value
        case .text:
            return value.count > EntryLine.partLimit && !isWhole
                ? value.prefix(EntryLine.partLimit) + "…" : value
        case .flag: return value == "true" ? name : nil
        case .number, .day: return "\(name) \(value)\(counter?[words.language] ?? "")"
        }
    }
}
