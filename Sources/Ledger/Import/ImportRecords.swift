import Catalogue
import Core
import Organization
import Storage

extension District {
    /// How many rows are staged in one commit: the writer is held for a few milliseconds.
    package static let stageSize = 500

    func importRecords(
        _ table: ImportTable, _ kind: Kind, _ incoming: Incoming, within bounds: ImportBounds,
        progress: @Sendable (Int, Int) -> Void,
        publishing: @escaping @Sendable (Connection, String) throws -> Void = { _, _ in }
    ) async throws -> ImportOutcome {
        let judged = try await judge(table, kind, within: bounds)
        guard judged.faults.isEmpty else { return .refused(judged.faults) }
        let count = judged.entries.count
        let total = try await stage(judged.entries, kind, incoming, progress)
        try await database.write { db in
            try checkNotPublished(incoming, db)
            try requireUnchanged(since: judged, kind, incoming, db)
            try publish(incoming, rows: count, digest: total, db)
            try publishing(db, incoming.id)
        }
        if count >= Self.stageSize {
            try await database.refreshStatistics(of: [
                "import", "person", "reach", "record", "record_pair", "record_person",
                "record_subject",
            ])
        }
        return .published(id: incoming.id, rows: count)
    }

    /// Writes the entries a few at a time, where nobody counts them yet; gives the digest of all.
    private func stage(
        _ entries: [FinishedEntry], _ kind: Kind, _ incoming: Incoming,
        _ progress: @Sendable (Int, Int) -> Void
    ) async throws -> String {
        let moment = now()
        try await database.write { db in
            try ImportStore(db: db).begin(
                incoming, kind: kind.id, rows: entries.count, at: moment)
        }
        func made(from start: Int) throws -> RecordRows {
            try RecordRows(
                entries.dropFirst(start).prefix(Self.stageSize), from: start + 1,
                importID: incoming.id, by: incoming.actor, at: moment, kinds: catalogue.kinds,
                sealedWith: sealedKey)
        }
        var digest = Fingerprint()
        var staged = 0
        var next = try made(from: 0)
        while staged < entries.count {
            let rows = next
            async let written: Void = database.write { try RecordStore(db: $0).insert(rows) }
            // While they are written, the next are made.
            next = try made(from: staged + rows.digests.count)
            try await written
            for one in rows.digests { digest.add(one) }
            staged += rows.digests.count
            progress(staged, entries.count)
        }
        return digest.text
    }

    /// What the rows were judged against still holds now that they are to count.
    private func requireUnchanged(
        since judged: Judged, _ kind: Kind, _ incoming: Incoming, _ db: Connection
    ) throws {
        guard try StructureStore(db: db).position() == judged.structure else {
            throw Refusal.conflict(
                zh: "导入期间单位有调整，请重新导入。",
                en: "The units changed during the import: import the file again.")
        }
        let records = RecordStore(db: db)
        for target in judged.targets where try !records.counts(target) {
            throw Refusal.conflict(
                zh: "导入期间所指的记录已作废，请重新导入。",
                en: "A record that the file refers to was voided: import the file again.")
        }
        for target in judged.ended where try records.end(of: target) != nil {
            throw Refusal.conflict(
                zh: "导入期间所指的记录已结束，请重新导入。",
                en: "A record that the file ends has ended meanwhile: import the file again.")
        }
        if try Audit(db, key: key).position() != judged.position,
            try ImportStore(db: db).isOvertaken(incoming.id, since: judged.position)
                || (!kind.single.isEmpty && records.hasGrown(kind.id, since: judged.position))
        {
            throw Refusal.conflict(
                zh: "导入期间有相同的记录提交或所涉人员被撤销，请重新导入。",
                en: "Others posted the same, or undid the persons named: import it again.")
        }
    }

    /// Somebody may have imported the same file while this one was staged.
    func checkNotPublished(_ incoming: Incoming, _ db: Connection) throws {
        if try ImportStore(db: db).published(file: incoming.fingerprint) != nil {
            throw Refusal.conflict(
                zh: "同一文件刚由他人导入。", en: "The same file has just been imported by others.")
        }
    }

    /// Publishes what is staged: claims its positions, and says so in the audit.
    func publish(_ incoming: Incoming, rows: Int, digest: String, _ db: Connection) throws {
        let audit = Audit(db, key: key)
        let moment = now()
        let first = try audit.claim(rows)
        try ImportStore(db: db).publish(incoming.id, base: first - 1, digest: digest, at: moment)
        try audit.record(
            "import.published", incoming.id, by: incoming.actor, at: moment,
            covering: .init(first: first, last: first + rows - 1, digest: digest, isOfRecords: true)
        )
    }
}

extension Refusal {
    /// The faults of an invalid thing; other refusals as one fault of the whole row.
    package var faults: [Fault] {
        if case .invalid(let faults) = self { return faults }
        return [Fault("行", zh: text(.zh), en: text(.en))]
    }
}

extension Kind {
    /// What each column of a table says, in order.
    ///
    /// - Throws: `Refusal.invalid` that names each heading that is unknown or given twice, and
    ///   each that is missing, with what is allowed.
    func headings(of table: ImportTable) throws(Refusal) -> [Heading] {
        try table.requireReadable { heading($0) != nil }
        try table.checkHeadings { heading($0) != nil }
        var headings: [Heading] = []
        var faults: [Fault] = []
        for written in table.headings {
            guard let heading = heading(written) else {
                let known = labels.joined(separator: "、")
                faults.append(
                    Fault(
                        "标题", zh: "不认识标题“\(written)”。可用的标题：\(known)。",
                        en: "The heading “\(written)” is not known. Known: \(known)."))
                continue
            }
            if headings.contains(heading) {
                faults.append(
                    Fault("标题", zh: "标题“\(written)”重复。", en: "“\(written)” is given twice."))
            }
            headings.append(heading)
        }
        for (heading, name) in [(Heading.day, "日期"), (.unit, "单位")]
        where !headings.contains(heading) {
            faults.append(
                Fault("标题", zh: "缺少标题“\(name)”。", en: "The heading “\(name)” is missing."))
        }
        guard faults.isEmpty else { throw .invalid(faults) }
        return headings
    }

    private var labels: [String] {
        ["编号", "日期"] + (shape == .standing ? ["截止日期", "结束"] : []) + ["单位"]
            + (place == nil ? [] : ["地点单位"]) + measures.map(\.label.zh) + fields.map(\.label.zh)
            + persons.map(\.label.zh) + subjects.map(\.label.zh) + privates.map(\.label.zh)
            + ["作废", "理由"]
    }
}
