import Catalogue
import Core
import Web

/// What a reader asked the matrix of who did what.
struct AskedMatrix: Sendable {
    let unit: String?
    let due: String?
    let period: Period?
    /// Only units that did not do something in so many periods one after another.
    let streak: Int?
    /// The row that is unfolded.
    let open: String?

    /// How many periods may be asked for.
    static let streaks = 2...6
    /// How many of them a page offers first.
    static let usualStreak = 3

    init(_ query: Query) throws(Refusal) {
        try self.init { name throws(Refusal) in try query.written(name) }
    }

    /// - Parameter text: what stands under a name in a query or a form.
    init(_ text: (String) throws(Refusal) -> String?) throws(Refusal) {
        unit = try text("unit")
        due = try text("due")
        open = try text("open")
        period = try Self.period(text("period"))
        streak = try Self.streak(text("streak"))
    }

    private static func period(_ text: String?) throws(Refusal) -> Period? {
        guard let text else { return nil }
        guard let period = Period(text) else {
            throw .invalid(
                "period", zh: "没有“\(text)”这一期，请从列表中选择。",
                en: "There is no period “\(text)”: choose one from the list.")
        }
        return period
    }

    private static func streak(_ text: String?) throws(Refusal) -> Int? {
        guard let text else { return nil }
        guard let count = Int(text), streaks.contains(count) else {
            throw .invalid(
                "streak", zh: "只能是 \(streaks.lowerBound) 到 \(streaks.upperBound) 期。",
                en: "This can be \(streaks.lowerBound) to \(streaks.upperBound) periods.")
        }
        return count
    }

    /// The day whose periods are shown: the last of the period that was asked for, else today.
    func anchor(today: Day) throws(Refusal) -> Day {
        guard let period else { return today }
        guard period.from <= today else {
            throw .invalid(
                "period", zh: "这一期还没有开始。", en: "This period has not begun yet.")
        }
        return min(period.lastDay, today)
    }

    /// The dues that were asked for.
    func dues(of reading: DueReading) throws(Refusal) -> [Due] {
        guard let due else { return reading.openDues }
        guard let found = reading.openDues.first(where: { $0.id == due }) else {
            throw .invalid("due", zh: "没有这种待办事项。", en: "There is no such duty.")
        }
        return [found]
    }

    /// What it asks of a reading.
    func question(of reading: DueReading) throws(Refusal) -> DueMatrix.Question {
        DueMatrix.Question(
            dues: try dues(of: reading), anchor: try anchor(today: reading.today),
            periods: due == nil ? 1 : MatrixPage.periodsOfOne, streak: streak,
            hasEndings: streak == nil && (period == nil || due != nil))
    }

    /// The matrix as it was asked for, without a row unfolded.
    var address: Address {
        Address.matrix.with("unit", unit).with("due", due).with("period", period?.text)
            .with("streak", streak.map(String.init))
    }
}
