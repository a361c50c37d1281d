import Catalogue

/// What is held in memory of a kind: no more than the indicators ask of it.
struct HeldKind: Sendable {
    let kind: Kind
    private(set) var fields: [String] = [] {
        didSet { stored = StoredFields(fields) }
    }
    /// Picks the fields out of what is stored.
    private(set) var stored = StoredFields([])
    private(set) var roles: [String] = []
    private(set) var subjects: [String] = []

    private init(_ kind: Kind) { self.kind = kind }

    /// The kinds that indicators read, by their ids. What no indicator names stays out of memory.
    static func all(of catalogue: Catalogue) -> [String: HeldKind] {
        var held: [String: HeldKind] = [:]
        func hold(_ id: String?, _ add: (inout HeldKind) -> Void) {
            guard let id, let kind = catalogue.kinds[id] else { return }
            add(&held[id, default: HeldKind(kind)])
        }
        for indicator in catalogue.indicators.values.inOrder {
            hold(indicator.kind) { $0.read(indicator) }
            for had in indicator.had {
                hold(had.kind) { other in
                    other.read(had.conditions)
                    if had.by == .person { other.add(role: had.role ?? other.firstRole) }
                    if had.by == .subject { other.add(subject: had.subject) }
                }
            }
            if let follower = indicator.followedBy {
                hold(follower.kind) { $0.add(subject: follower.link) }
            }
            for case .standing(let id, let subject, let conditions) in indicator.per {
                hold(id) { thing in
                    thing.read(conditions)
                    thing.add(subject: subject)
                }
            }
        }
        return held
    }

    /// The place of what is held of a kind.
    ///
    /// - Throws: `NotHeld` for what no indicator asks for.
    func place(ofField id: String) throws(NotHeld) -> Int { try fields.place(of: id) }
    func place(ofRole id: String) throws(NotHeld) -> Int { try roles.place(of: id) }
    func place(ofSubject id: String) throws(NotHeld) -> Int { try subjects.place(of: id) }

    private mutating func read(_ indicator: Indicator) {
        read(indicator.conditions)
        add(field: indicator.by)
        add(subject: indicator.followedBy?.link)
        switch indicator.value {
        case .distinctPersons: add(role: indicator.role ?? firstRole)
        case .distinctSubjects(let id): add(subject: id ?? kind.subjects.first?.id)
        case .distinctField(let id): add(field: id)
        default: break
        }
        for had in indicator.had {
            if had.by == .person { add(role: indicator.role ?? firstRole) }
            if had.by == .subject { add(subject: had.subject) }
        }
        for case .standing(_, let subject, _) in indicator.per { add(subject: subject) }
    }

    private var firstRole: String? { kind.persons.first?.id }

    private mutating func read(_ conditions: [Indicator.Condition]) {
        for condition in conditions where kind.measure(condition.field) == nil {
            add(field: condition.field)
        }
    }

    private mutating func add(field: String?) { fields.addOnce(field) }
    private mutating func add(role: String?) { roles.addOnce(role) }
    private mutating func add(subject: String?) { subjects.addOnce(subject) }
}

extension [String] {
    fileprivate func place(of name: String) throws(NotHeld) -> Int {
        guard let place = firstIndex(of: name) else { throw NotHeld() }
        return place
    }

    fileprivate mutating func addOnce(_ name: String?) {
        if let name, !contains(name) { append(name) }
    }
}
