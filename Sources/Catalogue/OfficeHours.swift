import Core

/// When an office is open on a working day. Hours change with the seasons, so they are dated.
///
/// Times are minutes from midnight in the district: 9:00 is 540.
package struct OfficeHours: Sendable, Hashable {
    /// The hours from a day on, until the next ones begin.
    package struct Season: Sendable, Hashable {
        package let from: Day
        package let open: [Range<Int>]

        package init(from: Day, open: [Range<Int>]) {
            self.from = from
            self.open = open.filter { !$0.isEmpty }.sorted { $0.lowerBound < $1.lowerBound }
        }
    }

    private let seasons: [Season]

    package init(_ seasons: [Season]) {
        self.seasons = seasons.sorted { $0.from < $1.from }
    }

    /// When it is open on a day that is worked; never before its first season.
    package func open(on day: Day) -> [Range<Int>] {
        seasons.last { $0.from <= day }?.open ?? []
    }
}
