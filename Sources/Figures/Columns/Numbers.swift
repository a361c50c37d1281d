/// Numbers that stand for things, in the order in which they were met: small enough for columns.
struct Numbers<Thing: Hashable & Sendable>: Sendable {
    private(set) var things: [Thing] = []
    private var known: [Thing: UInt32] = [:]

    subscript(number: Int) -> Thing { things[number] }

    func number(of thing: Thing) -> UInt32? { known[thing] }

    mutating func number(for thing: Thing) -> UInt32 {
        if let number = known[thing] { return number }
        let number = UInt32(things.count)
        things.append(thing)
        known[thing] = number
        return number
    }

    var count: Int { things.count }
}
