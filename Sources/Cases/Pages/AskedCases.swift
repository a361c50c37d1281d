import Catalogue
import Core
import Ledger
import Organization
import Web

/// What was asked of the lists of cases.
struct AskedCases: Sendable {
    static let procedure = "procedure"

    let unit: String?
    let procedure: String?
    let stage: String?
    let isLate: Bool
    let state: State?
    let all: Bool

    enum State: String, Sendable, CaseIterable { case open, closed }

    init(_ query: Query) throws(Refusal) {
        unit = try query.text("unit")
        procedure = try query.text(Self.procedure)
        stage = try query.text("stage")
        isLate = try query.text("late") == "1"
        all = try query.text("list") == "all"
        guard let text = try query.text("state") else {
            state = nil
            return
        }
        guard let read = State(rawValue: text) else {
            throw .invalid(
                "state", zh: "办件状态只有“办理中”和“已办结”。",
                en: "A case is either open or closed.")
        }
        state = read
    }

    /// Whether it is the list of what waits for its reader.
    var isMine: Bool { unit == nil && procedure == nil && !all && state != .closed }

    var narrows: Bool { stage != nil || isLate || procedure != nil || state == .closed }

    /// The address that asks for the same.
    var address: Address {
        Address.cases.with("unit", unit).with(Self.procedure, procedure).with("stage", stage)
            .with("late", isLate ? "1" : nil).with("state", state?.rawValue)
            .with("list", all ? "all" : nil)
    }
}
