/// Between which numbers each cell must lie, given that no cell is less than nothing and what
/// some of them come to together. It is not the whole of what inequalities tell, but what a
/// patient reader finds.
struct Bounds {
    private var lows: [Int]
    private var highs: [Int]
    private let told: [Set<Int>: Int]

    private static let rounds = 12

    init(cells: Int, told: [Set<Int>: Int]) {
        self.told = told
        let most = told.values.max() ?? 0
        lows = [Int](repeating: 0, count: cells)
        highs = [Int](repeating: most, count: cells)
        // A cell that is in no number may be anything.
        let bound = told.keys.reduce(into: Set<Int>()) { $0.formUnion($1) }
        for cell in 0..<cells where !bound.contains(cell) { highs[cell] = Int.max / 1_000_000 }
        for _ in 0..<Self.rounds where !narrow() { break }
    }

    /// - Returns: whether anything became narrower.
    private mutating func narrow() -> Bool {
        var moved = false
        for (cells, sum) in told {
            let low = cells.reduce(0) { $0 + lows[$1] }
            let high = cells.reduce(0) { $0 + highs[$1] }
            for cell in cells {
                let most = min(highs[cell], sum - (low - lows[cell]))
                let least = max(lows[cell], sum - (high - highs[cell]))
                moved = moved || most < highs[cell] || least > lows[cell]
                (lows[cell], highs[cell]) = (least, most)
            }
        }
        return moved
    }

    func least(_ cells: Set<Int>) -> Int {
        let within = told.filter { $0.key.isSubset(of: cells) }.values.max() ?? 0
        return max(within, cells.reduce(0) { $0 + lows[$1] })
    }

    func most(_ cells: Set<Int>) -> Int {
        let around = told.filter { $0.key.isSuperset(of: cells) }.values.min()
        return min(around ?? Int.max, cells.reduce(0) { $0 + highs[$1] })
    }
}
