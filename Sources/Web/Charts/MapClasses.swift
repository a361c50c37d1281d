/// How the values of a map fall into shades: in equal steps from zero, or with about as many areas
/// in each.
package struct MapClasses: Sendable {
    package enum Way: String, Sendable, CaseIterable { case equal, quantile }

    /// From where each shade begins, from the lightest on.
    package let bounds: [Int]

    /// The most shades.
    static let steps = 5

    package init(_ way: Way, of values: [Int]) {
        let values = values.map { max($0, 0) }.sorted()
        let largest = values.last ?? 0
        var bounds: [Int] = []
        for step in 0..<Self.steps {
            let bound =
                switch way {
                case .equal: (step * largest + Self.steps - 1) / Self.steps
                case .quantile: values.isEmpty ? 0 : values[step * values.count / Self.steps]
                }
            if bounds.last != bound { bounds.append(bound) }
        }
        self.bounds = bounds
    }

    /// The shade of a value, from 1 on; 0 where there is none.
    package func step(of value: Int?) -> Int {
        guard let value else { return 0 }
        return max(1, bounds.filter { $0 <= max(value, 0) }.count)
    }
}
