import Catalogue
import Core
import Foundation
import Organization
import Storage

/// What somebody wants to write down: checked against its kind, not yet a record.
package struct Entry: Sendable {
    package let id: ID<Record>
    package let kind: String
    package let unit: OrgUnit.ID
    package var place: OrgUnit.ID?
    package let happenedOn: Day
    package var minute: Minute?
    package var untilOn: Day?
    /// In the base units and the order of the kind's measures.
    package var measures: [Int?] = []
    package var fields: [String: String] = [:]
    package var persons: [Participant] = []
    package var subjects: [Subject] = []
    package var privates: [String: String] = [:]
    package var ref: String?
    package var reverses: ID<Record>?
    package var ends: ID<Record>?
    package var reason: String?

    package struct Participant: Sendable, Hashable {
        package let role: String
        package let person: Person.ID
    }

    package struct Subject: Sendable, Hashable {
        package let kind: String
        package let code: String
    }

    package init(id: ID<Record> = .make(), kind: String, unit: OrgUnit.ID, happenedOn: Day) {
        self.id = id
        self.kind = kind
        self.unit = unit
        self.happenedOn = happenedOn
    }

    /// What the entry says, without its identity: two entries that say the same have the same.
    package var content: String {
        var fingerprint = Fingerprint()
        for part in said { fingerprint.add(part) }
        return String(fingerprint.text.prefix(32))
    }

    /// Everything the entry says, in a fixed order.
    private var said: [String?] {
        var parts: [String?] = [
            kind, unit.text, place?.text, happenedOn.description, untilOn?.description, ref,
            reverses?.text, ends?.text,
        ]
        parts += (0..<4).map { index in
            index < measures.count ? measures[index].map(String.init) : nil
        }
        parts.append(fieldsJSON)
        // Naming somebody twice says no more than naming them once: the tables keep one row.
        parts += Set(persons).map { $0.role + ":" + $0.person.text }.sorted()
        parts.append("|")
        parts += Set(subjects).map { $0.kind + ":" + $0.code }.sorted()
        // Said only where it is given: what was posted before is what it was.
        if let minute { parts.append(minute.said) }
        return parts
    }

    /// The fields as a JSON object with sorted keys, every value a string.
    package var fieldsJSON: String { jsonObject(fields) }
}

extension Minute {
    /// As the content of an entry says it: no subject, and nothing else there, begins so.
    var said: String { "@\(number)" }
}

/// A JSON object of strings with sorted keys, the same text for the same pairs.
package func jsonObject(_ pairs: [String: String]) -> String {
    if pairs.isEmpty { return "{}" }
    var text = "{"
    for (index, key) in pairs.keys.sorted().enumerated() {
        if index > 0 { text += "," }
        text += "\"\(key)\":\""
        for scalar in pairs[key]!.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                let code = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - code.count) + code
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
    return text + "}"
}
