import Core

/// What every step of a case keeps of how it was judged when it was posted, in minutes: figures ask
/// for it as for any other number of its kind.
package enum JudgedField: String, Sendable, CaseIterable {
    case late, paused, held

    package var label: Wording {
        switch self {
        case .late: Wording(zh: "逾期分钟数", en: "Minutes late")
        case .paused: Wording(zh: "中止分钟数", en: "Minutes paused")
        case .held: Wording(zh: "办理用时（分钟）", en: "Minutes since it was owed")
        }
    }
}

extension Catalogue {
    /// Whether a condition on a kind asks for what its steps were judged by.
    package func isJudged(_ field: String, _ kind: Kind) -> Bool {
        JudgedField(rawValue: field) != nil && kind.measure(field) == nil
            && kind.field(field) == nil && stepKinds.contains(kind.id)
    }
}
