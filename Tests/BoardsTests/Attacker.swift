/// A reader who keeps every number the public pages tell, and solves for those they do not.
///
/// What is unknown are cells: records of one unit, one day and one outcome, so that every number
/// is a sum of cells. The attacker knows which cells are empty, which is more than anybody does.
struct Attacker {
    /// Numbers are reckoned modulo this prime: a system that determines a small number does so
    /// here too.
    private static let prime = 2_147_483_647

    private let cells: Int
    /// What was told: the cells that are in it, each sum once.
    private(set) var told: [Set<Int>: Int] = [:]
    /// Reduced rows by their leading cell; the last place is the sum.
    private var rows: [Int: [Int]] = [:]

    init(cells: Int) { self.cells = cells }

    /// Takes in that these cells come to a number.
    mutating func learn(_ set: Set<Int>, comesTo sum: Int) {
        guard !set.isEmpty, told[set] == nil else { return }
        told[set] = sum
        var row = reduced(vector(set, sum))
        guard let lead = row.dropLast().firstIndex(where: { $0 != 0 }) else { return }
        let inverse = Self.power(row[lead], Self.prime - 2)
        for place in lead...cells { row[place] = row[place] * inverse % Self.prime }
        rows[lead] = row
    }

    /// What these cells come to, if what was told determines it.
    func infers(_ set: Set<Int>) -> Int? {
        let row = reduced(vector(set, 0))
        guard row.dropLast().allSatisfy({ $0 == 0 }) else { return nil }
        return (Self.prime - row[cells]) % Self.prime
    }

    private func vector(_ set: Set<Int>, _ sum: Int) -> [Int] {
        var row = [Int](repeating: 0, count: cells + 1)
        for cell in set { row[cell] = 1 }
        row[cells] = sum % Self.prime
        return row
    }

    private func reduced(_ vector: [Int]) -> [Int] {
        var row = vector
        for place in 0..<cells where row[place] != 0 {
            guard let known = rows[place] else { continue }
            let times = row[place]
            for index in place...cells where known[index] != 0 {
                row[index] = (row[index] + (Self.prime - times) * known[index]) % Self.prime
            }
        }
        return row
    }

    private static func power(_ base: Int, _ exponent: Int) -> Int {
        var (result, factor, left) = (1, base, exponent)
        while left > 0 {
            if left & 1 == 1 { result = result * factor % prime }
            factor = factor * factor % prime
            left >>= 1
        }
        return result
    }

    // MARK: Other worlds

    /// For each cell, how moving single records changes no told number: one record more or less,
    /// or one moved from a cell to another, alone or against another pair.
    ///
    /// - Parameter counts: how many records each cell holds.
    func changes(_ counts: [Int]) -> [[Int: Int]] {
        let sums = Array(told.keys)
        let marks = (0..<cells).map { cell in
            Set(sums.indices.filter { sums[$0].contains(cell) })
        }
        var found = (0..<cells).filter { marks[$0].isEmpty }.map { [$0: 1] }
        let bound = (0..<cells).filter { !marks[$0].isEmpty }
        var pairs: [[Int]: [(gains: Int, loses: Int)]] = [:]
        for gains in bound {
            for loses in bound where gains != loses && counts[loses] > 0 {
                let (with, without) = (marks[gains], marks[loses])
                if with == without {
                    found.append([gains: 1, loses: -1])
                    continue
                }
                let key =
                    with.subtracting(without).map { $0 + 1 }.sorted()
                    + without.subtracting(with).map { -$0 - 1 }.sorted()
                pairs[key, default: []].append((gains, loses))
            }
        }
        for alike in pairs.values where alike.count > 1 {
            // One pair as it is, another backwards: together nothing that was told moves.
            for one in alike {
                for other in alike where other.gains != one.gains && other.loses != one.loses {
                    guard counts[other.gains] > 0 else { continue }
                    found.append([one.gains: 1, one.loses: -1, other.gains: -1, other.loses: 1])
                }
            }
        }
        return found
    }
}
