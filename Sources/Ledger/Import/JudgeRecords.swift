import Catalogue
import Core
import Organization
import Storage

extension District {
    /// What came of judging a table: its entries, and everything that is wrong with its rows.
    package struct Judged: Sendable {
        package fileprivate(set) var entries: [FinishedEntry] = []
        /// The line of each entry.
        fileprivate var lines: [Int] = []
        package fileprivate(set) var faults: [RowFault] = []
        /// The position of the structure the rows were read against.
        fileprivate(set) var structure = 0
        /// The ledger's newest position when the rows were read.
        fileprivate(set) var position = 0
        /// Records already in the ledger that rows end or reverse.
        fileprivate(set) var targets: [Record.ID] = []
        /// Those of them that rows end.
        fileprivate(set) var ended: [Record.ID] = []
    }

    /// Reads every row and says what is wrong with each, without writing anything.
    ///
    /// - Throws: `Refusal.invalid` when the headings are not those of the kind.
    package func judge(
        _ table: ImportTable, _ kind: Kind, within bounds: ImportBounds,
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws -> Judged {
        try requireNoCase(kind.id)
        let headings = try kind.headings(of: table)
        return try await database.read { db in
            let judge = try RecordJudge(self, table, kind, headings, bounds, db)
            for (index, row) in table.rows.enumerated() {
                if index % Self.stageSize == 0 { progress(index, table.rows.count) }
                try judge.read(row)
            }
            return try judge.judged()
        }
    }
}

/// Reads the rows of a table one after another, each against the ledger and the rows before it.
private final class RecordJudge {
    private let district: District
    private let table: ImportTable
    private let kind: Kind
    private let headings: [Heading]
    /// What each column is for, and what it is called where a cell is told of.
    private let uses: [CellUse]
    private let places: [String]
    private let bounds: ImportBounds
    private let db: Connection
    private let records: RecordStore
    private let persons: PersonStore
    private let numbers: [String: Person.ID]
    private let structure: Structure
    /// At the machine nobody is asked: offices are given there as well.
    private let isAsked: Bool

    private var result = District.Judged()
    private var singles: Singles
    private var twins = DuplicateRows()
    /// Records that rows of this file make, by their number.
    private var inFile: [String: EntryReader.Target] = [:]
    private var targets: Set<Record.ID> = []
    private var ended: [Record.ID: Day] = [:]
    private var reversed: Set<Record.ID> = []

    init(
        _ district: District, _ table: ImportTable, _ kind: Kind, _ headings: [Heading],
        _ bounds: ImportBounds, _ db: Connection
    ) throws {
        (self.district, self.table, self.kind, self.headings) = (district, table, kind, headings)
        (self.bounds, self.db) = (bounds, db)
        uses = headings.map(kind.use)
        places = headings.map { kind.label($0).zh }
        records = RecordStore(db: db)
        persons = PersonStore(db: db)
        numbers = kind.persons.isEmpty ? [:] : try persons.numbers()
        structure = try district.structure(db)
        isAsked = !bounds.isEverywhere && district.grantsRights(kind)
        singles = try Singles(kind, db)
        result.structure = try StructureStore(db: db).position()
        result.position = try Audit(db, key: district.key).position()
    }

    func read(_ row: CSV.Row) throws {
        if let ragged = table.ragged(row) {
            result.faults.append(ragged)
            return
        }
        let (read, spoiled) = table.read(row, as: uses, places: places)
        var values: [Heading: String] = [:]
        for (heading, value) in zip(headings, read.values) where !value.isEmpty {
            values[heading] = value
        }
        do {
            let entry = try reader.read(values)
            if !spoiled.isEmpty {
                result.faults += spoiled
            } else if !bounds.covers(entry.unit) {
                result.faults.append(.outside(row.line, values[.unit] ?? ""))
            } else {
                try take(entry, on: row.line)
            }
        } catch let refusal as Refusal {
            // What is wrong with a cell itself is said once.
            result.faults +=
                spoiled
                + refusal.faults.map { RowFault(row.line, $0, column: column(of: $0)) }
                .filter { fault in
                    fault.column == nil || !spoiled.contains { $0.column == fault.column }
                }
        }
    }

    /// What came of all rows, with what only the whole file can tell.
    func judged() throws -> District.Judged {
        result.targets = Array(targets)
        result.ended = ended.keys.filter(targets.contains)
        result.faults += singles.faults()
        result.faults += try known()
        result.faults = result.faults.map { fault in
            fault.column == nil
                ? RowFault(fault.row, fault.fault, column: column(of: fault.fault)) : fault
        }
        result.faults.sort { $0.row < $1.row }
        return result
    }

    private var reader: EntryReader {
        EntryReader(
            kind: kind, structure: structure, at: district.now(),
            person: { [self] name, unit in
                if let id = numbers[Folding.key(name)] { return .one(id) }
                return try persons.match(name, in: unit) { bounds.covers($0) }
            },
            record: { [self] ref in try target(ref) })
    }

    /// The record a row refers to: one of this file, or of the ledger and within the bounds.
    private func target(_ ref: String) throws -> EntryReader.Target? {
        var found = inFile[ref]
        if found == nil {
            found = try records.target(kind: kind.id, ref: ref)
            // What stands elsewhere is not there for them.
            if let known = found, !bounds.covers(known.unit) { found = nil }
            if let found { targets.insert(found.id) }
        }
        guard var target = found, !reversed.contains(target.id) else { return nil }
        target.endedOn = ended[target.id] ?? target.endedOn
        return target
    }

    private func take(_ entry: Entry, on line: Int) throws {
        if isAsked {
            let roles = try district.rolesAtStake(entry, db)
            if !roles.isEmpty { result.faults.append(.warranted(line, roles)) }
        }
        let finished = FinishedEntry(entry)
        result.faults += twins.meet(finished, on: line)
        if let ref = entry.ref {
            inFile[ref] = EntryReader.Target(
                id: entry.id, unit: entry.unit, from: entry.happenedOn,
                isEnd: entry.ends != nil)
        }
        if let target = entry.ends { ended[target] = entry.happenedOn }
        if let target = entry.reverses { reversed.insert(target) }
        singles.meet(entry, on: line)
        result.entries.append(finished)
        result.lines.append(line)
    }

    private func column(of fault: Fault) -> String? {
        headings.firstIndex { $0.name == fault.field || kind.label($0).zh == fault.place }
            .map { table.letters[$0] }
    }

    /// Rows that say what the ledger holds already, or take a number that is taken.
    private func known() throws -> [RowFault] {
        let entries = result.entries
        var found: [RowFault] = []
        for start in stride(from: 0, to: entries.count, by: District.stageSize) {
            let chunk = entries[start..<min(start + District.stageSize, entries.count)]
            let contents = try records.known(contents: chunk.map(\.content))
            let refs = try records.known(kind: kind.id, refs: chunk.compactMap(\.entry.ref))
            guard !contents.isEmpty || !refs.isEmpty else { continue }
            for (index, entry) in zip(chunk.indices, chunk) {
                let line = result.lines[index]
                if let position = contents[entry.content] {
                    found.append(
                        RowFault(
                            line, "行", zh: "第\(position)号记录内容完全相同，以前已经提交。",
                            en: "Record \(position) says the same and is in the ledger already."))
                } else if let ref = entry.entry.ref, refs[ref] != nil {
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

    mutating func meet(_ finished: FinishedEntry, on line: Int) -> [RowFault] {
        if let ref = finished.entry.ref {
            if let other = refs.updateValue(line, forKey: ref) {
                return [
                    RowFault(
                        line, "编号", zh: "与第\(other)行的编号“\(ref)”重复。",
                        en: "The number “\(ref)” is on line \(other) as well.")
                ]
            }
        } else if let other = contents.updateValue(line, forKey: finished.content) {
            return [
                RowFault(
                    line, "行", zh: "与第\(other)行完全相同；如确为两件事，请用“编号”区分。",
                    en: "Line \(other) says the same; if these are two things, give a number.")
            ]
        }
        return []
    }
}
