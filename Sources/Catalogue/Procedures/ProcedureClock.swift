import Core

extension Procedure {
    /// A clock of a step: so long from somewhere, or so long before a day.
    package struct Clock: Sendable, Hashable {
        package let of: Length
        package let anchor: Anchor
        /// Whether a last day that is not worked moves on. Earliest days and lapses never do.
        package let rolls: Bool

        package enum Anchor: Sendable, Hashable {
            /// The newest of what the step comes after.
            case after
            /// The newest record of a step.
            case step(String)
            /// It counts backwards from a day that a step says.
            case before(FieldReference)
        }
    }

    package indirect enum Length: Sendable, Hashable {
        case fixed(Deadline.Length)
        /// The rule in force on the day that the guard or the clock asks for (docs/cases.md).
        case rule(String)
        /// A number that an earlier step says.
        case field(FieldReference, Deadline.Length.Unit)
        /// A length for each option of a field, and one for the others.
        case chosen(field: String, [Chosen], other: Length?)
    }

    package struct Chosen: Sendable, Hashable {
        package let option: String
        package let length: Length
    }

    /// A number that stands in the definition or in a rule.
    package enum Amount: Sendable, Hashable {
        case number(Int)
        case rule(String)
    }
}
