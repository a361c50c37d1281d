import Catalogue
import Core
import Ledger
import Organization
import Web

/// What a signed-in reader sees of a record beside what everybody sees: its files, what is kept
/// apart, and what they may do with it. Each depends on their rights in the unit of the record.
struct RecordWork: Sendable {
    let steps: Listed<Link>?
    let files: Listed<File>?
    let kept: Listed<FactLine>?
    /// Whether they read the records of this unit.
    let reads: Bool
    /// Whether they read what is sealed beside them.
    let opens: Bool

    /// One file of evidence.
    struct File: Sendable {
        let name: String
        let href: String
        let size: String
        /// Where a picture of a public record is released or taken back, by who may.
        let release: String?
    }

    init(_ record: Record, _ kind: Kind, _ access: Access, _ snapshot: Snapshot) throws {
        let (words, language, db) = (snapshot.words, snapshot.language, snapshot.db)
        func may(_ right: Right) -> Bool {
            snapshot.structure.lies(record.unit, below: access.units(right), on: snapshot.today)
        }
        let (mayRead, mayWrite) = (may(.read) || may(.write), may(.write))
        let records = RecordStore(db: db)
        // What stands in a case is changed there.
        let isOpen = try mayWrite && record.inCase == nil && records.counts(record.id)
        func step(_ word: String, _ verb: String) -> Link {
            Link(words[word], Address("entries", "records", record.id.text, verb))
        }
        var steps: [Link] = []
        if isOpen, record.ends == nil { steps.append(step("record_correct", "correct")) }
        if isOpen { steps.append(step("record_take_back", "reverse")) }
        if isOpen, record.ends == nil, kind.shape == .standing,
            try record.untilOn == nil && records.end(of: record.id) == nil
        {
            steps.append(step("record_end", "end"))
        }
        if let place = record.inCase, let address = Address(local: CasePlace.path(place.caseID)) {
            steps.append(Link(words["record_case"], address))
        } else if mayWrite {
            steps.append(Link(words["record_write_next"], Address("entries", "new", kind.id)))
        }
        self.steps = Listed(steps)
        let releases = kind.releasesPictures && may(.confirm)
        files = Listed(
            mayRead
                ? try EvidenceStore(db: db).list(record.id).map {
                    File(
                        name: $0.fileName,
                        href: Address("records", record.id.text, "evidence", $0.id.text).text,
                        size: words[
                            "record_files_size", ["size": (($0.size + 1_023) / 1_024).grouped]],
                        release: releases && $0.mediaType.hasPrefix("image/")
                            ? Address(
                                "records", record.id.text, "evidence", $0.id.text, "release"
                            ).text : nil)
                } : [])
        let privates =
            mayWrite ? try records.privates(of: record.id, snapshot.district.sealedKey) : [:]
        kept = Listed(
            kind.privates.compactMap { item in
                privates[item.id].map { FactLine(item.label[language], $0) }
            })
        reads = mayRead
        opens = mayWrite
    }
}
