import Catalogue
import Core
import Web

/// What a reader asked to see of what is due.
struct AskedDues: Sendable {
    let unit: String?
    let due: String?
    let state: Occurrence.State?
    let day: Day?

    init(_ query: Query) throws(Refusal) {
        try self.init(day: query.day("on")) { name throws(Refusal) in try query.written(name) }
    }

    /// - Parameter text: what stands under a name in a query or a form.
    init(
        day: Day? = nil, _ text: (String) throws(Refusal) -> String?
    ) throws(Refusal) {
        self.day = day
        unit = try text("unit")
        due = try text("due")
        guard let text = try text("state") else {
            state = nil
            return
        }
        let allowed = Occurrence.State.allCases.filter { $0 != .later }
        guard let state = allowed.first(where: { $0.rawValue == text }) else {
            let words = allowed.map(\.rawValue).joined(separator: ", ")
            throw .invalid(
                "state", zh: "只能是：\(words)。", en: "This can only be: \(words).")
        }
        self.state = state
    }

    /// Whether anything was asked beside the day.
    var narrows: Bool { unit != nil || due != nil || state != nil }

    /// The list as it was asked for.
    var address: Address {
        Address.dues.with("unit", unit).with("due", due).with("state", state?.rawValue)
            .with("on", day?.description)
    }

    /// The dues that were asked for.
    func dues(of reading: DueReading) throws(Refusal) -> [Due] {
        guard let due else { return reading.openDues }
        guard let found = reading.openDues.first(where: { $0.id == due }) else {
            throw .invalid("due", zh: "没有这种待办事项。", en: "There is no such due.")
        }
        return [found]
    }
}
