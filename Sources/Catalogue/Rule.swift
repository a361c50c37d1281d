import Core

/// A rule of the field as data: its value, where it comes from, and the days it is in force.
package struct Rule: Sendable {
    package let id: String
    package let name: Wording
    /// Its number; 0 where its value is a word.
    package let value: Int
    /// Its value where that is a word and no number, such as `present` for the base of a majority.
    package let word: String?
    /// How people read that word.
    package let reads: Wording?
    package let unit: MeasureUnit
    /// 一般: a step of a case that is not so is not refused, and asks for a reason.
    package let isGeneral: Bool
    /// Whether it also moves the last day of a clock that ran when it began.
    package let reachesRunning: Bool
    package let from: Day
    /// The first day it is no longer in force.
    package let until: Day?
    /// The code of the unit for which it was made, with all below it; nil for every unit.
    package let scope: String?
    /// What its value counts, as people say it: 3名, 4项; nil where the unit says it.
    package let counter: Wording?
    package let source: Wording
    /// What of it a reader should look up before resting on it.
    package let toVerify: [Open]
    /// The figure that should reach its value; nil for most rules.
    package let target: Target?
    /// Its place on the page of the rules: no other value of any rule has the same. What is left of
    /// a value beside a nearer one stands at the place of the whole.
    package let anchor: String
    package let file: String
    package let line: Int

    init(_ id: String, _ mapping: Mapping) {
        self.id = id
        file = mapping.file
        line = mapping.line
        name = mapping.wording("name")
        // What says how its value reads has a word as value; any other has a number.
        reads = mapping.has("reads") ? mapping.wording("reads") : nil
        word = reads == nil ? nil : mapping.text("value").flatMap { isName($0) ? $0 : nil }
        value = word == nil ? mapping.integer("value") ?? 0 : 0
        isGeneral = mapping.flag("generally")
        reachesRunning = mapping.says("reaches", "running", or: "new")
        unit = mapping.choice("unit", MeasureUnit.self, default: .piece)
        from = mapping.day("from") ?? .first
        until = mapping.day("until")
        scope = mapping.text("scope")
        counter = mapping.has("counter") ? mapping.wording("counter") : nil
        source = mapping.wording("source")
        toVerify = mapping.words("verify").compactMap { word in
            let open = Open(rawValue: word)
            if open == nil {
                mapping.fault("“verify” is first_day, source or both, not “\(word)”", at: "verify")
            }
            return open
        }
        target = mapping.mapping("target").map(Target.init)
        anchor = Self.anchor(id, from, scope)
        if !mapping.has("value") { mapping.fault("“value” is missing") }
        if word != nil, mapping.has("unit") || mapping.has("target") || mapping.has("counter") {
            mapping.fault("a rule whose value is a word has no unit, counter or target")
        }
        if let word, ["true", "false", "yes", "no"].contains(word) {
            mapping.fault("“\(word)” is no value of a rule: say the word that holds", at: "value")
        }
        mapping.close()
    }

    private static func anchor(_ id: String, _ from: Day, _ scope: String?) -> String {
        "\(id)-\(from)" + (scope.map { "-\($0)" } ?? "")
    }

    /// The same rule on fewer days.
    ///
    /// - Parameter isListed: whether the page of the rules lists what is left by itself.
    init(_ rule: Rule, from: Day, until: Day?, isListed: Bool) {
        id = rule.id
        name = rule.name
        value = rule.value
        word = rule.word
        reads = rule.reads
        isGeneral = rule.isGeneral
        reachesRunning = rule.reachesRunning
        unit = rule.unit
        self.from = from
        self.until = until
        scope = rule.scope
        counter = rule.counter
        source = rule.source
        toVerify = rule.toVerify
        target = rule.target
        anchor = isListed ? Self.anchor(rule.id, from, rule.scope) : rule.anchor
        file = rule.file
        line = rule.line
    }

    package func inForce(on day: Day) -> Bool {
        from <= day && (until.map { day < $0 } ?? true)
    }

    /// The value in the unit that measures are stored in.
    package var baseValue: Int { value * unit.factor }

    /// What of a rule may have to be looked up.
    package enum Open: String, Sendable {
        case firstDay = "first_day"
        case source
    }

    /// The value with its unit, as people write it.
    package var written: Wording {
        if let reads { return reads }
        let name = counter ?? (unit == .person ? Wording(zh: "人", en: "persons") : unit.name)
        return Wording(zh: "\(value)\(name.zh)", en: "\(value) \(name.en)")
    }
}

/// A form that a unit can have, and the axis it mainly stands on.
package struct UnitForm: Sendable {
    package let id: String
    package let name: Wording
    package let axis: Indicator.Axis
    package let level: Int
    /// The figures that the page of such a unit begins with; empty where nobody chose any.
    package internal(set) var figures: [String]
    let file: String
    let line: Int

    init(_ id: String, _ mapping: Mapping) {
        self.id = id
        (file, line) = (mapping.file, mapping.line)
        name = mapping.wording("name")
        axis = mapping.choice("axis", Indicator.Axis.self, default: .territory)
        level = mapping.integer("level") ?? 9
        figures = mapping.words("figures")
        mapping.close()
    }
}
