/// The records of a kind that count, column by column, in the order of their days and identities.
struct KindColumns: Sendable {
    let held: HeldKind
    private(set) var ids: [PackedID] = []
    private(set) var units: [UInt32] = []
    private(set) var places: [UInt32] = []
    private(set) var days: [Int32] = []
    /// The first day a record is no longer in force.
    private(set) var ends: [Int32] = []
    private(set) var measures: [[Int]]
    private(set) var fields: [FieldColumn]
    private(set) var persons: [ListColumn]
    private(set) var subjects: [ListColumn]

    /// Stands where a record has no place.
    static let nowhere = UInt32.max
    /// Stands for the last day of what has none.
    static let open = Int32.max
    /// Stands where a measure is not given: none is below zero.
    static let absent = Int.min

    init(_ held: HeldKind) {
        self.held = held
        measures = held.kind.measures.map { _ in [] }
        fields = held.fields.map { _ in FieldColumn() }
        persons = held.roles.map { _ in ListColumn() }
        subjects = held.subjects.map { _ in ListColumn() }
    }

    var count: Int { ids.count }

    /// About what a record of a kind takes, with one person or thing in each of its lists.
    static func rowBytes(_ held: HeldKind) -> Int {
        keyBytes + held.kind.measures.count * 8 + held.fields.count * 4
            + (held.roles.count + held.subjects.count) * 10
    }

    /// Identity, unit, place and two days.
    private static let keyBytes = 32

    /// What tells a record and its place in the order, and what is held of every record.
    struct Key: Sendable {
        let id: PackedID
        let unit: UInt32
        let place: UInt32
        let day: Int32
        let end: Int32
    }

    /// Puts a record behind the others, before what it names; `settle` or `place` brings it to its
    /// place.
    ///
    /// - Parameters:
    ///   - letters: its fields as they are stored.
    ///   - measure: what it says for the measure of a place.
    mutating func append(
        _ key: Key, fields letters: UnsafeBufferPointer<UInt8>, measure: (Int) throws -> Int
    ) rethrows {
        ids.append(key.id)
        units.append(key.unit)
        places.append(key.place)
        days.append(key.day)
        ends.append(key.end)
        for index in measures.indices { measures[index].append(try measure(index)) }
        held.stored.read(letters) { index, word in fields[index].append(letters: word) }
        for index in persons.indices { persons[index].append() }
        for index in subjects.indices { subjects[index].append() }
    }

    /// - Throws: `NotHeld` when a record names more persons than a list holds.
    mutating func add(person: UInt32, to row: Int, _ list: Int) throws(NotHeld) {
        try persons[list].add(person, to: row)
    }

    /// - Throws: `NotHeld` likewise.
    mutating func add(subject: UInt32, to row: Int, _ list: Int) throws(NotHeld) {
        try subjects[list].add(subject, to: row)
    }

    /// Brings the last rows to their places among the others, one by one.
    mutating func place(last added: Int) {
        for settled in (count - added)..<count {
            let row = count - 1
            arrange(.lastBefore(firstRow(from: days[row], ids[row], among: settled)))
        }
    }

    /// Ends standing things that are no longer in force from a day on.
    mutating func end(_ lasts: [PackedID: Int32]) {
        guard !lasts.isEmpty else { return }
        for row in ids.indices {
            if let last = lasts[ids[row]] { ends[row] = min(ends[row], last) }
        }
    }

    /// Takes out a record, where it is there.
    mutating func remove(_ id: PackedID, on day: Int32) {
        let row = firstRow(from: day, id)
        if row < count, ids[row] == id { arrange(.without(row)) }
    }

    /// Brings what was appended to its place, and takes out what does not stay.
    mutating func settle(keeping stays: (Int, PackedID) -> Bool) {
        arrange(.order(inOrder(ids.indices.filter { stays($0, ids[$0]) })))
    }

    /// Rows by their days, and within a day by their identities: first each goes to its day, since
    /// there are few days for so many rows.
    private func inOrder(_ rows: [Int]) -> [Int] {
        guard let first = rows.lazy.map({ days[$0] }).min(),
            let last = rows.lazy.map({ days[$0] }).max()
        else { return [] }
        var starts = [Int](repeating: 0, count: Int(last - first) + 2)
        for row in rows { starts[Int(days[row] - first) + 1] += 1 }
        for day in 1..<starts.count { starts[day] += starts[day - 1] }
        var next = starts
        var ordered = [Int](repeating: 0, count: rows.count)
        for row in rows {
            let day = Int(days[row] - first)
            ordered[next[day]] = row
            next[day] += 1
        }
        for day in 1..<starts.count {
            let span = starts[day - 1]..<starts[day]
            // As they are read they mostly are in order already.
            let isSorted = zip(ordered[span], ordered[span].dropFirst()).allSatisfy {
                ids[$0] < ids[$1]
            }
            if !isSorted { ordered[span].sort { ids[$0] < ids[$1] } }
        }
        return ordered
    }

    private mutating func arrange(_ change: Arrangement) {
        change.apply(to: &ids)
        change.apply(to: &units)
        change.apply(to: &places)
        change.apply(to: &days)
        change.apply(to: &ends)
        for index in measures.indices { change.apply(to: &measures[index]) }
        for index in fields.indices { fields[index].arrange(change) }
        for index in persons.indices { persons[index].arrange(change) }
        for index in subjects.indices { subjects[index].arrange(change) }
    }

    /// The first row that is not before a day or, on that day, before an identity.
    ///
    /// - Parameter settled: how many rows are in order; all unless it is given.
    func firstRow(from day: Int32, _ id: PackedID? = nil, among settled: Int? = nil) -> Int {
        var (low, high) = (0, settled ?? count)
        while low < high {
            let middle = (low + high) / 2
            let isBefore =
                days[middle] == day ? id.map { ids[middle] < $0 } ?? false : days[middle] < day
            if isBefore { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
