import Core

/// What the numbers or days of one entry must be to each other: no more present than entitled, no
/// more hours than a day has. An entry that is otherwise is refused, beside the field, at every
/// door.
package struct KindCheck: Sendable {
    /// Where a bound comes from: another field of the entry, or the catalogue itself.
    package enum Bound: Sendable, Hashable {
        case field(String)
        /// A number in the unit in which people write the field.
        case number(Int)
        /// The day on which the entry is written: what has not come yet cannot be told.
        case today
    }

    package let field: String
    package let atMost: Bound?
    package let atLeast: Bound?

    init(_ mapping: Mapping) {
        field = mapping.requiredText("field")
        atMost = Self.bound("at_most", mapping)
        atLeast = Self.bound("at_least", mapping)
        if atMost == nil, atLeast == nil {
            mapping.fault("a check has “at_most” or “at_least”: a number, or another field")
        }
        mapping.close()
    }

    private static func bound(_ key: String, _ mapping: Mapping) -> Bound? {
        guard let text = mapping.text(key) else { return nil }
        if let number = Int(text), number.magnitude <= Mapping.largest { return .number(number) }
        return text == "today" ? .today : .field(text)
    }
}

extension Kind {
    /// What a check can compare.
    enum Comparable: Equatable {
        /// A number in this unit.
        case number(MeasureUnit)
        case day
    }

    private func comparable(_ id: String) -> Comparable? {
        if let (_, measure) = measure(id) { return .number(measure.unit.base) }
        switch field(id)?.form {
        case .number: return .number(.piece)
        case .day: return .day
        default: return nil
        }
    }

    /// A check compares numbers with numbers and days with days. What is counted in 件 and in 人
    /// is a number all the same; money, areas and minutes stay among themselves.
    func checkChecks(_ mapping: Mapping) {
        for check in checks {
            guard let own = comparable(check.field) else {
                mapping.fault(
                    "“\(check.field)” of a check is no number or day of “\(id)”", at: "checks")
                continue
            }
            for bound in [check.atMost, check.atLeast].compactMap({ $0 }) {
                switch bound {
                case .number:
                    if own == .day {
                        mapping.fault(
                            "“\(check.field)” is a day, and its check names a number", at: "checks")
                    }
                case .today:
                    if own != .day {
                        mapping.fault(
                            "“\(check.field)” is no day, and its check names today", at: "checks")
                    }
                case .field(let other):
                    guard let bound = comparable(other) else {
                        mapping.fault(
                            "“\(other)” of a check is no number or day of “\(id)”", at: "checks")
                        continue
                    }
                    if !own.comparesWith(bound) {
                        mapping.fault(
                            "“\(check.field)” and “\(other)” are not in one unit", at: "checks")
                    }
                }
            }
        }
    }
}

extension Kind.Comparable {
    fileprivate func comparesWith(_ other: Self) -> Bool {
        switch (self, other) {
        case (.day, .day): true
        case (.number(let own), .number(let bound)): own == bound || own.isCount && bound.isCount
        default: false
        }
    }
}

extension MeasureUnit {
    /// Whether it counts things one by one, whatever the things are.
    fileprivate var isCount: Bool {
        switch self {
        case .person, .copy, .text, .piece, .time, .household, .unit: true
        default: false
        }
    }
}
