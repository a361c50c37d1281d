import Core
import Organization

/// Which units the rows of a sheet mean: by name as the superior writes it, by code, by a name that
/// a unit had before. What fits more than one unit, or none, is left to whoever marks.
package struct UnitGuess: Sendable {
    private let reading: UnitReading

    package init(_ sight: TableSight, on day: Day, among: Set<OrgUnit.ID>) {
        var reading = UnitReading(sight.structure, on: day)
        reading.reachesBack = true
        reading.among = among
        self.reading = reading
    }

    /// What one text means.
    package func meant(_ text: String) -> UnitMeant {
        let read = Self.candidates(text).map { reading.read($0) }
        return read.first { $0.unit != nil } ?? read.first ?? .none([])
    }

    /// A text without what stands around the name of a unit in lists: numbers before it, blanks in
    /// it, a remark in brackets behind it.
    static func candidates(_ text: String) -> [String] {
        let plain = String(text.filter { !$0.isWhitespace })
        // 一 is a number as well, and begins many names.
        let counted = plain.drop { $0.isASCII && $0.isNumber || ".、．)）(（".contains($0) }
        let bare = plain.prefix { !"(（".contains($0) }
        let all = [text, plain, String(counted), String(bare)]
        return all.reduce(into: []) { found, one in
            if !one.isEmpty, !found.contains(one) { found.append(one) }
        }
    }
}
