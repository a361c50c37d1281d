/// Who waits for a reader: one line for each sender, and the lines take turns.
struct ReaderLine {
    struct Place {
        let number: Int
        let turn: CheckedContinuation<Void, any Error>
    }

    private var lines: [String: ArraySlice<Place>] = [:]
    /// The senders with a line, in the order of their turns.
    private var round: [String] = []

    var isEmpty: Bool { round.isEmpty }

    mutating func add(_ place: Place, for sender: String) {
        if lines[sender] == nil { round.append(sender) }
        lines[sender, default: []].append(place)
    }

    /// The first of the next sender that may go; that sender's turn comes again behind the others.
    mutating func next(where mayGo: (String) -> Bool) -> (sender: String, place: Place)? {
        guard let index = round.firstIndex(where: mayGo) else { return nil }
        let sender = round.remove(at: index)
        guard let place = lines[sender]?.popFirst() else { return nil }
        if lines[sender]?.isEmpty == false {
            round.append(sender)
        } else {
            lines[sender] = nil
        }
        return (sender, place)
    }

    /// Takes somebody out who waits no longer.
    mutating func remove(_ number: Int, for sender: String) -> Place? {
        guard let index = lines[sender]?.firstIndex(where: { $0.number == number }) else {
            return nil
        }
        let place = lines[sender]?.remove(at: index)
        if lines[sender]?.isEmpty == true {
            lines[sender] = nil
            round.removeAll { $0 == sender }
        }
        return place
    }

    mutating func removeAll() -> [Place] {
        defer { self = ReaderLine() }
        return lines.values.flatMap { $0 }
    }
}
