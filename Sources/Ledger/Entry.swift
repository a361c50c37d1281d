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
    /// Where it stands in a case; nil for what belongs to none.
    package var inCase: CasePlace?

    package struct Participant: Sendable, Hashable {
        package let role: String
        package let person: Person.ID

        package init(role: String, person: Person.ID) {
            self.role = role
            self.person = person
        }
    }

    package struct Subject: Sendable, Hashable {
        package let kind: String
        package let code: String

        package init(kind: String, code: String) {
            self.kind = kind
            self.code = code
        }
    }

    package init(id: ID<Record> = .make(), kind: String, unit: OrgUnit.ID, happenedOn: Day) {
        self.id = id
        self.kind = kind
        self.unit = unit
        self.happenedOn = happenedOn
    }

    /// What the entry says, without its identity: two entries that say the same have the same.
    package var content: String {
        var said = Fingerprint()
        for part in [
            kind, unit.text, place?.text, happenedOn.description, untilOn?.description, ref,
            reverses?.text, ends?.text,
        ] {
            said.add(part)
        }
        for index in 0..<4 {
            said.add(index < measures.count ? measures[index].map(String.init) : nil)
        }
        said.add(fieldsJSON)
        // Naming somebody twice says no more than naming them once: the tables keep one row.
        for person in distinct(persons).map({ $0.role + ":" + $0.person.text }).sorted() {
            said.add(person)
        }
        said.add("|")
        for subject in distinct(subjects).map({ $0.kind + ":" + $0.code }).sorted() {
            said.add(subject)
        }
        // Said only where it is given: what was posted before is what it was.
        if let minute { said.add(minute.said) }
        if let inCase { said.add(CasePlace.said(inCase.values)) }
        return said.half
    }

    /// The fields as a JSON object with sorted keys, every value a string.
    package var fieldsJSON: String { jsonObject(fields) }
}

/// Each of some things once; nearly always there is one at most.
func distinct<Thing: Hashable>(_ things: [Thing]) -> [Thing] {
    things.count < 2 ? things : Array(Set(things))
}

extension Minute {
    /// As the content of an entry says it: no subject, and nothing else there, begins so.
    var said: String { Minute.said(number) }

    static func said(_ number: Int) -> String { "@\(number)" }
}

/// A JSON object of strings with sorted keys, the same text for the same pairs.
package func jsonObject(_ pairs: [String: String]) -> String {
    var text = "{"
    for (key, value) in pairs.count < 2 ? Array(pairs) : pairs.sorted(by: { $0.key < $1.key }) {
        text += text.utf8.count > 1 ? ",\"" : "\""
        text += key
        text += "\":\""
        if value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) {
            text += value
        } else {
            text += escaped(value)
        }
        text += "\""
    }
    return text + "}"
}

private func escaped(_ value: String) -> String {
    var text = ""
    for scalar in value.unicodeScalars {
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
    return text
}
