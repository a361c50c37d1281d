import Core
import Organization

/// The records that the rows of a file refer to, as far as it was read: those of the ledger, and
/// those of the rows before.
final class MetRecords {
    /// Records already in the ledger that rows end or reverse.
    private(set) var targets: Set<Record.ID> = []
    private var ended: [Record.ID: Day] = [:]
    private var reversed: Set<Record.ID> = []
    private var inFile: [String: EntryReader.Target] = [:]
    /// What failed while a row was read: an answer to a reader of entries carries no such thing.
    private var failure: (any Error)?

    private let store: RecordStore
    private let kind: String
    private let bounds: ImportBounds

    init(_ store: RecordStore, _ kind: String, _ bounds: ImportBounds) {
        self.store = store
        self.kind = kind
        self.bounds = bounds
    }

    /// The targets that rows end.
    var endedTargets: [Record.ID] { ended.keys.filter(targets.contains) }

    /// The record that a number means, as the rows so far leave it; nil where there is none, or
    /// they took it back.
    func target(_ ref: String) -> EntryReader.Target? {
        attempt(nil) {
            var found = inFile[ref]
            if found == nil {
                found = try store.target(kind: kind, ref: ref)
                // What stands elsewhere is not there for them.
                if let known = found, !bounds.covers(known.unit) { found = nil }
                if let found { targets.insert(found.id) }
            }
            guard var target = found, !reversed.contains(target.id) else { return nil }
            target.endedOn = ended[target.id] ?? target.endedOn
            return target
        }
    }

    func meet(_ entry: Entry) {
        if let ref = entry.ref {
            inFile[ref] = EntryReader.Target(
                id: entry.id, unit: entry.unit, from: entry.happenedOn)
        }
        if let target = entry.ends { ended[target] = entry.happenedOn }
        if let target = entry.reverses { reversed.insert(target) }
    }

    /// Asks what may fail; `check` tells that it did.
    func attempt<Found>(_ nothing: Found, _ ask: () throws -> Found) -> Found {
        do {
            return try ask()
        } catch {
            failure = error
            return nothing
        }
    }

    /// Ends the judging where something failed.
    func check() throws {
        if let failure { throw failure }
    }
}
