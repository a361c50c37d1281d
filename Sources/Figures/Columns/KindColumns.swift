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

    /// One record as it is read.
    struct Line: Sendable {
        let id: PackedID
        let unit: UInt32
        let place: UInt32
        let day: Int32
        let end: Int32
        let measures: [Int]
        let fields: [String?]
        let persons: [[UInt32]]
        let subjects: [[UInt32]]
    }

    /// Puts a record behind the others; `settle` brings it to its place.
    ///
    /// - Throws: `NotHeld` when it names more persons or things than a list holds.
    mutating func append(_ line: Line) throws {
        ids.append(line.id)
        units.append(line.unit)
        places.append(line.place)
        days.append(line.day)
        ends.append(line.end)
        for (index, measure) in line.measures.enumerated() { measures[index].append(measure) }
        for (index, word) in line.fields.enumerated() { fields[index].append(word) }
        for (index, list) in line.persons.enumerated() { try persons[index].append(list) }
        for (index, list) in line.subjects.enumerated() { try subjects[index].append(list) }
    }

    /// Takes a record in at its place.
    mutating func insert(_ line: Line) throws {
        let before = firstRow(from: line.day, line.id)
        try append(line)
        arrange(.lastBefore(before))
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
        let (ids, days) = (ids, days)
        let rows = ids.indices.filter { stays($0, ids[$0]) }
        arrange(
            .order(
                rows.sorted {
                    days[$0] == days[$1] ? ids[$0] < ids[$1] : days[$0] < days[$1]
                }))
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
    func firstRow(from day: Int32, _ id: PackedID? = nil) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            let isBefore =
                days[middle] == day ? id.map { ids[middle] < $0 } ?? false : days[middle] < day
            if isBefore { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
