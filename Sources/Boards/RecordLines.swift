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

    typealias Fact = FigurePage.Fact

    private var words: Words { snapshot.words }
    private var language: Language { snapshot.language }

    func days(end: Day?) -> [Fact] {
        guard kind.shape == .standing, record.ends == nil else {
            return [fact(words["record_day"], record.happenedOn.written(record.minute))]
        }
        return [
            fact(words["record_first_day"], record.happenedOn.written(record.minute)),
            fact(words["record_last_day"], end?.description ?? words["record_open"]),
        ]
    }

    var places: [Fact] {
        var lines = [unit(words["record_unit"], record.unit)]
        if let place = record.place {
            lines.append(unit(kind.place?.label[language] ?? words["record_place"], place))
        }
        return lines
    }

    private func unit(_ name: String, _ unit: OrgUnit.ID) -> Fact {
        guard let version = snapshot.structure.nearestVersion(unit, on: record.happenedOn) else {
            return fact(name, "–")
        }
        let day = version.inForce(on: record.happenedOn) ? record.happenedOn : version.from
        return Fact(
            name: name, text: words.withCode(version),
            href: Address.unit(version, on: day).text)
    }

    var measures: [Fact] {
        zip(kind.measures, record.measures).compactMap { measure, value in
            value.map {
                fact(
                    measure.label[language], Amount(value: $0, unit: measure.unit).text(language))
            }
        }
    }

    var fields: [Fact] {
        kind.fields.compactMap { field in
            record.fields[field.id].map { fact(field.label[language], shown($0, field)) }
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
    func persons(_ persons: [Entry.Participant]) -> [Fact] {
        kind.persons.compactMap { role in
            let count = persons.filter { $0.role == role.id }.count
            guard count > 0 else { return nil }
            return fact(
                role.label[language], words["record_persons", ["count": count.grouped]])
        }
    }

    /// Households are counted; other things are named by their code.
    func subjects(_ subjects: [Entry.Subject]) -> [Fact] {
        kind.subjects.compactMap { role in
            let codes = subjects.filter { $0.kind == role.id }.map(\.code)
            guard !codes.isEmpty else { return nil }
            let text =
                role.id == "household"
                ? words["record_households", ["count": codes.count.grouped]]
                : codes.joined(separator: language == .zh ? "、" : ", ")
            return fact(role.label[language], text)
        }
    }

    /// Where in the ledger it stands, and how it came there.
    var origin: [Fact] {
        var lines = [
            fact(words["record_position"], record.position.grouped),
            fact(words["record_recorded"], record.recordedAt.text),
        ]
        if let importID = record.importID { lines.append(fact(words["record_import"], importID)) }
        return lines
    }

    private func fact(_ name: String, _ text: String) -> Fact {
        Fact(name: name, text: text, href: nil)
    }
}
