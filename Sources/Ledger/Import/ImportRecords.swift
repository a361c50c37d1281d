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
        let entries = judged.entries
        let moment = now()
        try await database.write { db in
            try ImportStore(db: db).begin(
                incoming, kind: kind.id, rows: entries.count, at: moment)
        }
        var digest = Fingerprint()
        var staged = 0
        while staged < entries.count {
            let chunk = Array(entries[staged..<min(staged + Self.stageSize, entries.count)])
            let first = staged + 1
            let digests = try await database.write { db in
                try RecordStore(db: db).insert(
                    chunk, from: first, importID: incoming.id, by: incoming.actor, at: moment,
                    kinds: catalogue.kinds, sealedWith: sealedKey)
            }
            for one in digests { digest.add(one) }
            staged += chunk.count
            progress(staged, entries.count)
        }
        let total = digest.text
        try await database.write { db in
            try checkUnchanged(judged, incoming, kind, db)
            try publish(incoming, rows: entries.count, digest: total, db)
            try publishing(db, incoming.id)
        }
        if entries.count >= Self.stageSize {
            try await database.refreshStatistics(of: [
                "import", "person", "reach", "record", "record_pair", "record_person",
                "record_subject",
            ])
        }
        return .published(id: incoming.id, rows: entries.count)
    }

    /// What was judged must still hold in the commit that publishes it.
    private func checkUnchanged(
        _ judged: Judged, _ incoming: Incoming, _ kind: Kind, _ db: Connection
    ) throws {
        try checkNotPublished(incoming, db)
        guard try StructureStore(db: db).position() == judged.structure else {
            throw Refusal.conflict(
                zh: "导入期间单位有调整，请重新导入。",
                en: "The units changed during the import: import the file again.")
        }
        let records = RecordStore(db: db)
        for target in judged.targets where try !records.counts(target) {
            throw Refusal.conflict(
                zh: "导入期间所指的记录被冲销，请重新导入。",
                en: "A record that the file refers to was reversed: import the file again.")
        }
        for target in judged.ended where try records.end(of: target) != nil {
            throw Refusal.conflict(
                zh: "导入期间所指的记录已结束，请重新导入。",
                en: "A record that the file ends has ended meanwhile: import the file again.")
        }
        if try Audit(db, key: key).position() != judged.position,
            try ImportStore(db: db).isOvertaken(incoming.id, since: judged.position)
                || (!kind.single.isEmpty
                    && records.hasGrown(kind.id, since: judged.position))
        {
            throw Refusal.conflict(
                zh: "导入期间有相同的记录入账或所涉人员被撤销，请重新导入。",
                en: "Others posted the same, or undid the persons named: import it again.")
        }
    }

    /// Somebody may have imported the same file while this one was staged.
    func checkNotPublished(_ incoming: Incoming, _ db: Connection) throws {
        if try ImportStore(db: db).published(file: incoming.mark) != nil {
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
            covering: .init(first: first, last: first + rows - 1, digest: digest))
    }

    /// What came of judging a table: its entries, and everything that is wrong with its rows.
    package struct Judged: Sendable {
        package fileprivate(set) var entries: [Entry] = []
        /// The line of each entry.
        fileprivate var lines: [Int] = []
        package fileprivate(set) var faults: [RowFault] = []
        /// The position of the structure the rows were read against.
        fileprivate var structure = 0
        /// The ledger's newest position when the rows were read.
        fileprivate var position = 0
        /// Records already in the ledger that rows end or reverse.
        fileprivate var targets: [Record.ID] = []
        /// Those of them that rows end.
        fileprivate var ended: [Record.ID] = []

        fileprivate mutating func add(_ entry: Entry, on line: Int) {
            entries.append(entry)
            lines.append(line)
        }
    }

    /// Reads every row and says what is wrong with each, without writing anything.
    ///
    /// - Throws: `Refusal.invalid` when the headings are not those of the kind.
    package func judge(
        _ table: ImportTable, _ kind: Kind, within bounds: ImportBounds,
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws -> Judged {
        let headings = try kind.headings(of: table)
        return try await database.read { db in
            try judge(table, kind, headings, bounds, db, progress)
        }
    }

    private func judge(
        _ table: ImportTable, _ kind: Kind, _ headings: [Heading], _ bounds: ImportBounds,
        _ db: Connection, _ progress: (Int, Int) -> Void
    ) throws -> Judged {
        var judged = Judged()
        judged.structure = try StructureStore(db: db).position()
        judged.position = try Audit(db, key: key).position()
        let records = RecordStore(db: db)
        let met = MetRecords(records, kind.id, bounds)
        let reader = try reader(of: kind, within: bounds, met, db)
        var (singles, twins) = (try Singles(kind, db), DuplicateRows())
        // At the machine nobody is asked: offices are given there as well.
        let isAsked = !bounds.isEverywhere && grantsRights(kind)
        let (uses, places) = (headings.map(kind.use), headings.map { kind.label($0).zh })
        func column(of fault: Fault) -> String? {
            headings.firstIndex { $0.name == fault.field || kind.label($0).zh == fault.place }
                .map { table.letters[$0] }
        }
        for (index, row) in table.rows.enumerated() {
            if index % Self.stageSize == 0 { progress(index, table.rows.count) }
            if let ragged = table.ragged(row) {
                judged.faults.append(ragged)
                continue
            }
            let (read, spoiled) = table.read(row, as: uses, places: places)
            let values = Dictionary(zip(headings, read.values).filter { !$1.isEmpty }) { $1 }
            do throws(Refusal) {
                let entry = try reader.read(values)
                guard spoiled.isEmpty else {
                    judged.faults += spoiled
                    continue
                }
                guard bounds.covers(entry.unit) else {
                    judged.faults.append(.outside(row.line, values[.unit] ?? ""))
                    continue
                }
                let roles = isAsked ? met.attempt([]) { try rolesAtStake(entry, db) } : []
                if !roles.isEmpty { judged.faults.append(.warranted(row.line, roles)) }
                judged.faults += twins.meet(entry, on: row.line)
                met.meet(entry)
                singles.meet(entry, on: row.line)
                judged.add(entry, on: row.line)
            } catch {
                // What is wrong with a cell itself is said once.
                let known = Set(spoiled.compactMap(\.column))
                judged.faults +=
                    spoiled
                    + error.faults.map { RowFault(row.line, $0, column: column(of: $0)) }
                    .filter { $0.column.map(known.contains) != true }
            }
            try met.check()
        }
        (judged.targets, judged.ended) = (Array(met.targets), met.endedTargets)
        judged.faults += try singles.faults() + known(judged, kind, records)
        judged.faults = judged.faults.map { fault in
            fault.column == nil
                ? RowFault(fault.row, fault.fault, column: column(of: fault.fault)) : fault
        }.sorted { $0.row < $1.row }
        return judged
    }

    private func reader(
        of kind: Kind, within bounds: ImportBounds, _ met: MetRecords, _ db: Connection
    ) throws -> EntryReader {
        let persons = PersonStore(db: db)
        let numbers = kind.persons.isEmpty ? [:] : try persons.numbers()
        return EntryReader(
            kind: kind, structure: try structure(db), today: now().day,
            person: { name, unit in
                if let id = numbers[Folding.key(name)] { return .one(id) }
                return met.attempt(.none) {
                    try persons.match(name, in: unit) { bounds.covers($0) }
                }
            }, record: met.target)
    }

    /// Rows that say what the ledger holds already, or take a number that is taken.
    private func known(
        _ judged: Judged, _ kind: Kind, _ records: RecordStore
    ) throws -> [RowFault] {
        let entries = judged.entries
        var found: [RowFault] = []
        for start in stride(from: 0, to: entries.count, by: Self.stageSize) {
            let chunk = entries[start..<min(start + Self.stageSize, entries.count)]
            let contents = try records.known(contents: chunk.map(\.content))
            let refs = try records.known(kind: kind.id, refs: chunk.compactMap(\.ref))
            guard !contents.isEmpty || !refs.isEmpty else { continue }
            for (index, entry) in zip(chunk.indices, chunk) {
                let line = judged.lines[index]
                if let position = contents[entry.content] {
                    found.append(
                        RowFault(
                            line, "行", zh: "第\(position)号记录内容完全相同，已在账上。",
                            en: "Record \(position) says the same and is in the ledger already."))
                } else if let ref = entry.ref, refs[ref] != nil {
                    found.append(
                        RowFault(
                            line, "编号", zh: "编号“\(ref)”已经用过。",
                            en: "The number “\(ref)” is taken."))
                }
            }
        }
        return found
    }
}

/// Finds rows of one file that say the same, or carry the same number.
private struct DuplicateRows {
    private var contents: [String: Int] = [:]
    private var refs: [String: Int] = [:]

    mutating func meet(_ entry: Entry, on line: Int) -> [RowFault] {
        if let ref = entry.ref {
            if let other = refs.updateValue(line, forKey: ref) {
                return [
                    RowFault(
                        line, "编号", zh: "与第\(other)行的编号“\(ref)”重复。",
                        en: "The number “\(ref)” is on line \(other) as well.")
                ]
            }
        } else if let other = contents.updateValue(line, forKey: entry.content) {
            return [
                RowFault(
                    line, "行", zh: "与第\(other)行完全相同；如确为两件事，请用“编号”区分。",
                    en: "Line \(other) says the same; if these are two things, give a number.")
            ]
        }
        return []
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
            + ["冲销", "理由"]
    }
}
