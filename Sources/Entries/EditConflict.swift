import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Storage
import Web

/// Somebody corrected or took back a record before its reader could: who, when, why, and what the
/// record that took its place says.
struct EditConflict {
    let part: ConflictPart
    /// The record that took its place and counts; nil where there is none.
    let next: Record.ID?

    /// Nil while the record counts.
    init?(
        _ record: Record, _ desk: EntryServices, _ writer: ActingAccount, _ words: Words,
        _ db: Connection
    ) throws {
        let records = RecordStore(db: db)
        guard let reversal = try records.reversal(of: record.id),
            let kind = desk.district.catalogue.kinds[record.kind]
        else { return nil }
        let accounts = AccountStore(db)
        let name = try accounts.names([reversal.recordedBy])[reversal.recordedBy]
        let newest = try Self.newest(record.id, records)
        var values: [String: String] = [:]
        if let newest, let now = try records.find(newest, in: .everything),
            writer.may(.write, in: now.unit), kind.visibility != .sealed
        {
            let privates = try records.privates(of: newest, desk.district.sealedKey)
            values = try RecordValues(now, kind, privates: privates, writer.structure, db).said
            next = newest
        } else {
            next = nil
        }
        part = ConflictPart(
            sentence: words[
                next == nil ? "conflict_reversed" : "conflict_corrected",
                [
                    "name": name ?? words["somebody"], "time": reversal.recordedAt.text,
                    "reason": try Self.reason(reversal, kind, desk, writer, words, db),
                ]],
            recordHref: Address.record(next ?? reversal.id).text,
            lines: Listed(
                FactLine.lines(kind, values, hidesPrivate: false, writer.structure, words)),
            advice: words[next == nil ? "conflict_advice_reversed" : "conflict_advice"])
    }

    private static func reason(
        _ reversal: Record, _ kind: Kind, _ desk: EntryServices, _ writer: ActingAccount,
        _ words: Words, _ db: Connection
    ) throws -> String {
        try RecordStore(db: db).reason(
            of: reversal, kind,
            opens: kind.visibility != .sealed && writer.may(.write, in: reversal.unit),
            desk.district.sealedKey)?.text(words) ?? ""
    }

    /// The end of the row of corrections, where it counts.
    private static func newest(_ id: Record.ID, _ records: RecordStore) throws -> Record.ID? {
        var newest: Record.ID?
        var at = id
        while let correction = try records.correction(of: at) {
            newest = correction.replacement
            at = correction.replacement
        }
        return try newest.flatMap { try records.counts($0) ? $0 : nil }
    }
}
