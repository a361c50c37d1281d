import Core

/// A kind of record: what a district writes down, and what each entry must say.
package struct Kind: Sendable {
    package enum Shape: String, Sendable, CaseIterable { case event, standing }

    /// Whether an entry says beside its day the minute of the day.
    package enum Minute: String, Sendable, CaseIterable { case none, optional, required }

    package let id: String
    package let name: Wording
    package let shape: Shape
    package let minute: Minute
    package let visibility: Visibility
    package let serves: [String]
    /// The forms of unit it may be recorded in; empty allows every form.
    package let forms: [String]
    package let place: Place?
    /// At most four, stored in the columns m1 to m4 in this order.
    package let measures: [Measure]
    package let fields: [Field]
    package let persons: [PersonRole]
    package let subjects: [SubjectRole]
    package let privates: [PrivateField]
    /// The roles and subjects that stand in at most one record of this kind at a time.
    package let single: [String]
    /// What the numbers and days of an entry must be to each other.
    package let checks: [KindCheck]
    /// Whether the page of a unit lists what of this kind is in force there.
    package let showsOnUnit: Bool
    /// Whether the page of a unit begins with what the newest of it says: its address, its hours.
    package let isUnitCard: Bool
    /// The field that holds the outline of the unit on a map.
    package let map: String?
    /// Whether entry forms offer it first, among the day's common kinds.
    package let isQuick: Bool
    /// Whether what one person entered waits until a second one confirms it.
    package let isConfirmed: Bool
    /// Whether pictures among the evidence of its records may be released for everybody, one by
    /// one. Of a kind that keeps them none is ever shown.
    package let releasesPictures: Bool
    /// How many days after the end of a month its entries close; what comes later says so.
    package let closesAfter: Int?
    /// The first day that its entries may carry, and the first that they may carry no longer.
    /// Records that are there stay what they are.
    package let from: Day?
    package let until: Day?
    /// Whether the reason of a reversal or an end is sealed as private values are, because it
    /// speaks of persons.
    package let sealsReasons: Bool
    /// What a record of this kind belongs to.
    package let belonging: Belonging?
    /// What its record does to a case, where it is no step of a procedure; nil for most kinds.
    package let caseAct: CaseAct?
    package let file: String
    package let line: Int
    /// The fingerprint of the kind as it is written.
    package let version: String

    /// A record of another kind, told by a person or a subject that both name.
    package struct Belonging: Sendable, Hashable {
        package let kind: String
        package let by: String
    }

    /// What may be done with any case beside its steps. Each is a record of a kind that says so.
    package enum CaseAct: String, Sendable, CaseIterable {
        case handOn = "hand_on"
        case deputize, claim, pause, resume, remind, deliver, overturn, merge, unmerge, link
        case handOver = "hand_over"
        case note
    }

    /// A second unit, where the place differs from the doer.
    package struct Place: Sendable {
        package let label: Wording
        package let required: Bool
        package let forms: [String]
    }

    /// A whole number that figures may sum.
    package struct Measure: Sendable {
        package let id: String
        package let label: Wording
        package let unit: MeasureUnit
        /// What it counts, as people say it: 名, 家; nil where the unit says it. Of one occasion
        /// heads are 人; only sums over occasions are 人次.
        package let counter: Wording?
        package let required: Bool
        package let help: Wording?
    }

    /// A value that says more about a record. Stored as text.
    package struct Field: Sendable {
        package enum Form: String, Sendable, CaseIterable { case text, choice, number, day, flag }
        package let id: String
        package let label: Wording
        package let form: Form
        /// What a number counts, as people say it.
        package let counter: Wording?
        package let required: Bool
        package let ordered: Bool
        package let options: [Option]
        package let help: Wording?
        /// Whether a text may have several lines.
        package let isLong: Bool
    }

    package struct Option: Sendable {
        package let id: String
        package let name: Wording
    }

    /// What a person is in a record of this kind.
    package struct PersonRole: Sendable {
        package let id: String
        package let label: Wording
        package let required: Bool
        package let many: Bool
        package let register: String
        package let help: Wording?
    }

    /// A household, firm, vehicle, work or case that a record is about: a code, no personal data.
    package struct SubjectRole: Sendable {
        package let id: String
        package let label: Wording
        package let required: Bool
        package let many: Bool
        package let help: Wording?
    }

    /// A value kept beside the record with a salt, so that erasing it leaves the chain whole.
    package struct PrivateField: Sendable {
        package let id: String
        package let label: Wording
        package let required: Bool
        package let register: String
        package let help: Wording?
    }

    package static let minuteName = "minute"
    package static let minuteLabel = Wording(zh: "时间", en: "Time")

    /// The register entry that says how long what is sealed beside a record is kept; nil where
    /// nothing is.
    package var privateEntry: String? {
        privates.first?.register ?? (sealsReasons ? RegisterEntry.reasons : nil)
    }

    /// The register entries of what is sealed beside its records.
    package var privateEntries: [String] {
        privates.isEmpty ? [privateEntry].compactMap { $0 } : privates.map(\.register)
    }

    package func measure(_ id: String) -> (index: Int, measure: Measure)? {
        measures.firstIndex { $0.id == id }.map { ($0 + 1, measures[$0]) }
    }

    package func field(_ id: String) -> Field? { fields.first { $0.id == id } }
}

extension Kind {
    init(_ id: String, _ mapping: Mapping, checklists: [String: Checklist]) {
        self.id = id
        file = mapping.file
        line = mapping.line
        version = mapping.version(of: id)
        if !isName(id) { mapping.fault("a kind is named with a-z, 0-9 and _, not “\(id)”") }
        name = mapping.wording("name")
        shape = mapping.choice("shape", Shape.self, default: .event)
        minute = mapping.choice("minute", Minute.self, default: .none)
        let visibility = mapping.choice("visibility", Visibility.self, default: .internal)
        self.visibility = visibility
        serves = mapping.words("serves")
        forms = mapping.words("at")
        place = mapping.mapping("place").map(Place.init)
        measures = mapping.entries("measures").map(Measure.init)
        if measures.count > 4 { mapping.fault("a kind has at most four measures", at: "measures") }
        fields = mapping.entries("fields").map { Field($0, $1, checklists: checklists) }
        persons = mapping.entries("persons").map(PersonRole.init)
        subjects = mapping.entries("subjects").map(SubjectRole.init)
        privates = mapping.entries("private").map(PrivateField.init)
        single = mapping.words("single")
        checks = mapping.items("checks").map(KindCheck.init)
        showsOnUnit = mapping.flag("on_unit_page")
        isUnitCard = mapping.flag("unit_card")
        map = mapping.text("map")
        isQuick = mapping.flag("quick")
        isConfirmed = mapping.flag("confirm")
        releasesPictures = !mapping.flag("keeps_pictures") && visibility == .public
        closesAfter = mapping.integer("closes_after")
        from = mapping.day("from")
        until = mapping.day("until")
        if let from, let until, until <= from {
            mapping.fault("“until” is the first day without entries, and comes after “from”")
        }
        sealsReasons = mapping.says("reason", "private") || visibility == .sealed
        belonging = mapping.mapping("belongs_to").map(Belonging.init)
        caseAct =
            mapping.has("case_act")
            ? mapping.choice("case_act", CaseAct.self, default: .note) : nil
        let names =
            measures.map(\.id) + fields.map(\.id) + persons.map(\.id) + subjects.map(\.id)
            + privates.map(\.id)
        for name in Set(names) where names.filter({ $0 == name }).count > 1 {
            mapping.fault("“\(name)” names two things of “\(id)”")
        }
        for name in names where !isName(name) {
            mapping.fault("“\(name)” must be named with a-z, 0-9 and _")
        }
        checkChecks(mapping)
        for heading in twiceUsed { mapping.fault("two columns can be headed “\(heading)”") }
        mapping.close()
    }

    /// What a column may be headed, in either language or by its id, that means two things.
    private var twiceUsed: [String] {
        let labels =
            measures.map { ($0.id, $0.label) } + fields.map { ($0.id, $0.label) }
            + persons.map { ($0.id, $0.label) } + subjects.map { ($0.id, $0.label) }
            + privates.map { ($0.id, $0.label) }
            + (minute == .none ? [] : [(Kind.minuteName, Kind.minuteLabel)])
        var holders: [String: Set<String>] = [:]
        for (id, label) in labels {
            for word in [id, label.zh, label.en] {
                holders[word.lowercased(), default: []].insert(id)
            }
        }
        return holders.filter { $0.value.count > 1 }.keys.sorted()
    }
}

/// Whether a text can name a kind, field or role: a-z, 0-9 and _, beginning with a letter.
package func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, first >= 97, first <= 122, text.utf8.count <= 40 else {
        return false
    }
    return text.utf8.allSatisfy { ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 95 }
}

extension Kind.Belonging {
    init(_ mapping: Mapping) {
        kind = mapping.requiredText("kind")
        by = mapping.requiredText("by")
        mapping.close()
    }
}

extension Kind.Place {
    init(_ mapping: Mapping) {
        label = mapping.wording("label")
        required = mapping.flag("required")
        forms = mapping.words("at")
        mapping.close()
    }
}

extension Kind.Measure {
    init(_ id: String, _ mapping: Mapping) {
        self.id = id
        label = mapping.wording("label")
        unit = mapping.choice("unit", MeasureUnit.self, default: .piece)
        let heads = unit == .person ? Wording(zh: "人", en: "persons") : nil
        counter = mapping.has("counter") ? mapping.wording("counter") : heads
        required = mapping.flag("required")
        help = mapping.has("help") ? mapping.wording("help") : nil
        mapping.close()
    }
}

extension Kind.Field {
    init(_ id: String, _ mapping: Mapping, checklists: [String: Checklist]) {
        self.id = id
        label = mapping.wording("label")
        form = mapping.choice("type", Form.self, default: .text)
        counter = mapping.has("counter") ? mapping.wording("counter") : nil
        if counter != nil, form != .number {
            mapping.fault("only a number has a “counter”", at: "counter")
        }
        required = mapping.flag("required")
        ordered = mapping.flag("ordered")
        options =
            mapping.node("options")?.scalar == nil
            ? mapping.options("options") : Self.listed(mapping, checklists)
        if (form == .choice) == options.isEmpty {
            mapping.fault("“options” belong to a choice, and a choice needs them")
        }
        help = mapping.has("help") ? mapping.wording("help") : nil
        isLong = mapping.flag("long")
        if isLong, form != .text { mapping.fault("only a text is “long”", at: "long") }
        mapping.close()
    }

    /// `checklist(ID)` offers the items of that checklist, `checklists` the checklists whose items
    /// the units write themselves.
    private static func listed(
        _ mapping: Mapping, _ checklists: [String: Checklist]
    ) -> [Kind.Option] {
        let text = mapping.requiredText("options")
        if text == "checklists" {
            return checklists.values.filter(\.isWrittenByUnits).sorted { $0.id < $1.id }
                .map { Kind.Option(id: $0.id, name: $0.name) }
        }
        guard text.hasPrefix("checklist("), text.hasSuffix(")"),
            let found = checklists[String(text.dropFirst(10).dropLast())]
        else {
            mapping.fault("“\(text)” is no checklist of the catalogue", at: "options")
            return []
        }
        return found.items
    }
}

extension Kind.PersonRole {
    init(_ id: String, _ mapping: Mapping) {
        self.id = id
        label = mapping.wording("label")
        required = mapping.flag("required")
        many = mapping.flag("many")
        register = mapping.requiredText("register")
        help = mapping.has("help") ? mapping.wording("help") : nil
        mapping.close()
    }
}

extension Kind.SubjectRole {
    init(_ id: String, _ mapping: Mapping) {
        self.id = id
        label = mapping.wording("label")
        required = mapping.flag("required")
        many = mapping.flag("many")
        help = mapping.has("help") ? mapping.wording("help") : nil
        mapping.close()
    }
}

extension Kind.PrivateField {
    init(_ id: String, _ mapping: Mapping) {
        self.id = id
        label = mapping.wording("label")
        required = mapping.flag("required")
        register = mapping.requiredText("register")
        help = mapping.has("help") ? mapping.wording("help") : nil
        mapping.close()
    }
}
