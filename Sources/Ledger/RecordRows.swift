import Catalogue
import Core
import Organization
import Storage

/// What entries are in the tables: the values of all rows of each, one row behind the other. They
/// are made before the writer is asked for, so that it only writes.
package struct RecordRows: Sendable {
    private(set) var records: [Value] = []
    /// Those of a record; what stands in a case has more.
    let columns: [String]
    private(set) var persons: [Value] = []
    private(set) var subjects: [Value] = []
    private(set) var privates: [Value] = []
    private(set) var pairs: [Value] = []
    /// The digest of each record, in order.
    package private(set) var digests: [String] = []

    /// - Parameters:
    ///   - first: the ordinal of the first: a position, or a place in an import.
    ///   - kinds: what the catalogue knows, which says what of them may be looked for.
    ///   - key: the key of what is sealed, for the private values.
    package init(
        _ entries: some Collection<FinishedEntry>, from first: Int, importID: String?,
        by actor: Actor, at moment: Moment, kinds: [String: Kind], sealedWith key: SecretKey
    ) throws {
        let isInCase = entries.contains { $0.entry.inCase != nil }
        columns = RecordRows.columns + (isInCase ? CasePlace.columns : [])
        records.reserveCapacity(entries.count * columns.count)
        var lines: [PairStore.Line] = []
        for (ordinal, finished) in zip(first..., entries) {
            let entry = finished.entry
            let kind = kinds[entry.kind]
            try add(finished, kind, ordinal, importID, actor, moment, key)
            // Nobody looks for what stands in a case by its words.
            if let kind, entry.inCase == nil {
                lines += PairStore.lines(kind, entry.fields, entry.happenedOn, entry.id)
            }
        }
        pairs = PairStore.values(lines)
    }

    static let columns = [
        "id", "import_id", "ordinal", "kind", "unit_id", "place_id", "happened_on", "until_on",
        "m1", "m2", "m3", "m4", "fields", "ref", "reverses", "ends", "reason", "content",
        "private_digest", "recorded_at", "recorded_by", "digest", "minute",
    ]

    private mutating func add(
        _ finished: FinishedEntry, _ kind: Kind?, _ ordinal: Int, _ importID: String?,
        _ actor: Actor, _ moment: Moment, _ key: SecretKey
    ) throws {
        let (entry, content) = (finished.entry, finished.content)
        let id = entry.id.storageValue
        let apart = entry.sealingReason(kind)
        let secret = apart.privates.isEmpty ? nil : PrivateValues(apart.privates)
        let digest = Record.digest(
            id: entry.id, content: content, reason: apart.reason, privates: secret?.digest,
            at: moment, by: actor.name)
        digests.append(digest)
        records += [
            id, importID.storageValue, .integer(Int64(ordinal)), .text(entry.kind),
            entry.unit.storageValue, entry.place.storageValue, entry.happenedOn.storageValue,
            entry.untilOn.storageValue, entry.measure(0), entry.measure(1), entry.measure(2),
            entry.measure(3), .text(entry.fieldsJSON), entry.ref.storageValue,
            entry.reverses.storageValue, entry.ends.storageValue, apart.reason.storageValue,
            .text(content), (secret?.digest).storageValue, moment.storageValue,
            .text(actor.name), .text(digest), entry.minute.storageValue,
        ]
        if columns.count > RecordRows.columns.count {
            records += entry.inCase?.values ?? CasePlace.columns.map { _ in .null }
        }
        for one in distinct(entry.persons) {
            persons += [id, .text(one.role), one.person.storageValue]
        }
        for one in distinct(entry.subjects) {
            subjects += [id, .text(one.kind), .text(one.code)]
        }
        if let secret {
            let sealed = try secret.sealed(key, for: entry.id)
            privates += [id, .text(sealed.salt), .text(sealed.body)]
        }
    }
}

extension Entry {
    fileprivate func measure(_ index: Int) -> Value {
        index < measures.count ? measures[index].storageValue : .null
    }
}
