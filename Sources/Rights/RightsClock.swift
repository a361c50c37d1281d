import Catalogue
import Core
import Ledger
import Storage

/// By when a request is answered: by the rule in force on the day it was asked, and the calendar
/// as it is loaded now.
struct RightsClock {
    private let catalogue: Catalogue

    /// The promise where no rule is in force.
    static let promise = Deadline.Length(15, .workingDay)

    init(_ catalogue: Catalogue) { self.catalogue = catalogue }

    func deadline(askedAt moment: Moment) -> Deadline {
        let rule = catalogue.rule("personal_data.answer_days", on: moment.day)
        return Deadline(
            moment, rule.flatMap(Deadline.Length.init) ?? Self.promise,
            calendar: catalogue.calendar)
    }

    func dueOn(askedAt moment: Moment) -> Day {
        deadline(askedAt: moment).lastDay ?? .last
    }

    /// The day by which a request is answered, as a page says it: that it is provisional while a
    /// year's holidays are not loaded, and what was told before they were.
    func written(_ request: RightsRequest) -> Wording {
        var (zh, en) = ("\(request.dueOn)", "\(request.dueOn)")
        let years = deadline(askedAt: request.askedAt).unknownYears
        if !request.state.isClosed, !years.isEmpty {
            let names = years.map(String.init)
            zh += "（暂算：\(names.joined(separator: "、"))年的放假安排尚未装入）"
            en += " (provisional: the holidays of \(names.joined(separator: ", ")) are not loaded)"
        }
        if let told = request.dueWas {
            zh += "（原定\(told)，放假安排或期限规定装入后重新计算）"
            en += " (first told: \(told); calculated anew with the calendar and rules loaded since)"
        }
        return Wording(zh: zh, en: en)
    }
}

/// At each start, when calendars and rules were loaded anew, and each night.
func deadlinesJob(_ district: District) -> JobKind {
    JobKind("deadlines", schedule: Nightly.next, isAtStart: true) { _, progress in
        let moved = try await moveDeadlines(district)
        progress(moved, moved)
    }
}

/// Reckons the days of open requests anew, since a calendar or a rule may have been loaded after
/// they were told. A day that moves is written beside the one that was told first, with its row of
/// the audit; where none moves, nothing is written.
///
/// - Returns: how many moved.
@discardableResult
package func moveDeadlines(_ district: District) async throws -> Int {
    let clock = RightsClock(district.catalogue)
    let moment = district.now()
    var moved = 0
    var after = ""
    while true {
        let last = after
        let open = try await district.database.read { db in
            try RightsRequestStore(db, key: district.key).open(
                after: last, limit: RightsLimits.rowsPerBatch)
        }
        guard let newest = open.last else { return moved }
        after = newest.id.text
        let wrong = open.filter { clock.dueOn(askedAt: $0.askedAt) != $0.dueOn }
        guard !wrong.isEmpty else { continue }
        moved += try await district.database.write { db in
            let store = RightsRequestStore(db, key: district.key)
            return try wrong.reduce(0) { count, request in
                let day = clock.dueOn(askedAt: request.askedAt)
                return try store.move(request, to: day, at: moment) ? count + 1 : count
            }
        }
    }
}
