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
        unit = try query.written("unit")
        due = try query.text("due")
        day = try query.day("on")
        guard let text = try query.text("state") else {
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
