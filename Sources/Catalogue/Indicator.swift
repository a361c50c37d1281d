import Core

/// The definition of a figure, in the small language of docs/figures.md.
package struct Indicator: Sendable {
    package let id: String
    package let name: Wording
    package let area: String
    package let serves: [String]
    package let definition: Wording
    package let from: Source
    package internal(set) var when: When
    package let at: At
    package let conditions: [Condition]
    package let role: String?
    package let had: [Had]
    package let followedBy: Follower?
    package internal(set) var value: Worth
    package internal(set) var per: [Member]
    package let onlyPresent: Bool
    package let having: Comparison?
    package let answer: Answer
    package let by: String?
    package let over: String?
    package let part: Bool
    package let sums: String?
    package let since: String?
    package let unit: String
    package let scale: MeasureUnit?
    package let round: Int
    package let qualifier: Qualifier
    package let step: Int
    package let word: String?
    package let fold: Bool
    package let axis: Axis
    package let visibility: Visibility?
    /// Whether the home page shows it, in the order of the catalogue.
    package let headline: Bool
    /// The figures that say, step by step, what became of what this one counts.
    package let chain: [String]
    package let file: String
    package let line: Int
    /// The fingerprint of the definition as it is written, pinned with every issued figure.
    package var version: String

    package enum Source: Sendable, Hashable {
        case kind(String)
        case units(forms: [String], seat: String?)
        case rule
    }

    package enum When: String, Sendable, CaseIterable {
        case happened, started
        case inForce = "in_force"
    }

    package enum At: String, Sendable, CaseIterable { case doer, place }

    package enum Axis: String, Sendable, CaseIterable { case territory, party, line }

    /// A comparison of one field or measure.
    package struct Condition: Sendable, Hashable {
        package let field: String
        package let comparison: Comparison
    }

    package enum Comparison: Sendable, Hashable {
        case `is`(Threshold)
        case `in`([String])
        case atLeast(Threshold)
        case moreThan(Threshold)
        case atMost(Threshold)
        case lessThan(Threshold)
        case set(Bool)
    }

    package enum Threshold: Sendable, Hashable {
        case text(String)
        /// In base units.
        case number(Int)
        case rule(String)
    }

    /// Also in force that day, of another kind.
    package struct Had: Sendable, Hashable {
        package enum By: String, Sendable, CaseIterable { case person, unit, subject }
        package enum On: String, Sendable, CaseIterable { case record, asked }
        package let wanted: Bool
        package let kind: String
        package let by: By
        package let subject: String?
        package let role: String?
        package let conditions: [Condition]
        package let on: On
    }

    /// A later record of the same thing, whose day is the one that must lie in the period.
    package struct Follower: Sendable, Hashable {
        package let kind: String
        package let link: String
        package let countsFirstDay: Bool
    }

    package enum Worth: Sendable, Hashable {
        case count
        case sum(String)
        case max(String)
        case distinctPersons
        /// Units rolled up to a form; `now` counts them as organized today; `places` counts where
        /// things happened while the doer rolls up.
        case distinctUnits(level: String?, now: Bool, places: Bool)
        case distinctSubjects(String?)
        case distinctField(String)
        case streak
        case rule(String)
        case pick(Pick)
    }

    package struct Pick: Sendable, Hashable {
        package enum Order: Sendable, Hashable { case largest(measure: String), earliest }
        package enum Then: Sendable, Hashable {
            case value
            case liesInUnit
            case divide(kind: String, above: String, below: String, conditions: [Condition])
        }
        package let order: Order
        package let within: String?
        package let allowsTie: Bool
        package let then: Then
    }

    /// What a `per` ranges over.
    package enum Member: Sendable, Hashable {
        case week, month, record
        case form(String)
        case standing(kind: String, subject: String?, conditions: [Condition])
    }

    package enum Answer: String, Sendable, CaseIterable { case share, count, each, value }

    package enum Qualifier: String, Sendable, CaseIterable {
        case exact, over, each, share, multiple, streak, first
        case moreThan = "more_than"
    }

    /// The kind its records are of, when it reads records.
    package var kind: String? {
        if case .kind(let kind) = from { return kind }
        return nil
    }
}

extension Indicator {
    /// A bare indicator of the standing things of a kind, for what a `per` ranges over.
    package init(standing kind: String, conditions: [Condition], axis: Axis) {
        self.init(
            id: "", name: Wording(zh: "", en: ""), area: "", serves: [],
            definition: Wording(zh: "", en: ""), from: .kind(kind), when: .inForce, at: .doer,
            conditions: conditions, role: nil, had: [], followedBy: nil, value: .count, per: [],
            onlyPresent: false, having: nil, answer: .value, by: nil, over: nil, part: false,
            sums: nil, since: nil, unit: "", scale: nil, round: 0, qualifier: .exact, step: 1,
            word: nil, fold: false, axis: axis, visibility: nil, headline: false, chain: [],
            file: "",
            line: 0, version: "")
    }

    /// Reads events by their day, where the bare indicator reads standing things.
    package mutating func countsOnItsDay() { when = .happened }

    /// The same records, each counted, whatever they are told apart by.
    package var countingRecords: Indicator {
        var counting = self
        counting.value = .count
        return counting
    }

    /// The same records, each counted, where its members are asked one by one: of those there are
    /// as many where nobody wrote anything down.
    package var countingEntries: Indicator {
        var counting = countingRecords
        counting.per = []
        return counting
    }
}
