import Catalogue
import Core
import Foundation
import Organization
import Storage

/// What happened, on a day, in a unit, of a kind that the catalogue defines.
///
/// A record is posted once and never changes. A correction is a reversing record and a new one;
/// a standing thing ends by a day it was given or by a later record.
package struct Record: Sendable {
    package typealias ID = Core.ID<Record>

    package let id: ID
    package let importID: String?
    package let position: Int
    package let kind: String
    package let unit: OrgUnit.ID
    package let place: OrgUnit.ID?
    package let happenedOn: Day
    package let minute: Minute?
    package let untilOn: Day?
    package let measures: [Int?]
    package let fields: [String: String]
    package let ref: String?
    package let reverses: ID?
    package let ends: ID?
    /// Nil where it is sealed.
    package let reason: String?
    package let recordedAt: Moment
    package let recordedBy: String
    /// Where it stands in a case; nil for what belongs to none.
    package let inCase: CasePlace?

    package static func path(_ id: ID) -> String { "/records/\(id)" }
}

extension Record {
    /// That nothing which is posted reverses it: a condition over an alias of `record` or `posted`.
    package static func isUnreversed(_ alias: String) -> SQL {
        "NOT EXISTS (SELECT 1 FROM posted v WHERE v.reverses = \(name: alias).id)"
    }

    /// The fields of a record as they are stored: a JSON object of strings.
    package static func fields(_ text: String) -> [String: String] {
        let object = try? JSONSerialization.jsonObject(with: Data(text.utf8))
        return object as? [String: String] ?? [:]
    }

    package init(_ row: Row) throws {
        id = try row.get("id")
        importID = try row.optional("import_id")
        position = try row.get("position")
        kind = try row.get("kind")
        unit = try row.get("unit_id")
        place = try row.optional("place_id")
        happenedOn = try row.get("happened_on")
        minute = try row.optional("minute")
        untilOn = try row.optional("until_on")
        measures = try ["m1", "m2", "m3", "m4"].map { try row.optional($0, as: Int.self) }
        fields = Record.fields(try row.get("fields"))
        ref = try row.optional("ref")
        reverses = try row.optional("reverses")
        ends = try row.optional("ends")
        reason = try row.optional("reason")
        recordedAt = try row.get("recorded_at")
        recordedBy = try row.get("recorded_by")
        inCase = try CasePlace(row)
    }
}

extension Record {
    /// An entry as the record it will be, for who judges what has not been posted yet.
    package init(_ entry: Entry, by actor: Actor, at moment: Moment) {
        id = entry.id
        importID = nil
        position = 0
        kind = entry.kind
        unit = entry.unit
        place = entry.place
        happenedOn = entry.happenedOn
        minute = entry.minute
        untilOn = entry.untilOn
        measures = entry.measures
        fields = entry.fields
        ref = entry.ref
        reverses = entry.reverses
        ends = entry.ends
        reason = nil
        recordedAt = moment
        recordedBy = actor.name
        inCase = entry.inCase
    }
}
