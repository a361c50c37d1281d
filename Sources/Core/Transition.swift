import Storage

/// A step from state to state of what is no record: a request, an entry that waits, an upload, an
/// address that was given out. What is a record has no states; its chain says where it stands.
///
/// ```
/// Transition(from: [.received, .inWork], to: .refused, as: "rights.refused", needs: .rights,
///     asks: [.ground, .reason])
/// ```
package struct Transition<State: Hashable & Sendable>: Sendable {
    package let from: Set<State>
    package let to: State
    /// What the audit calls it; nil for steps of the program's own work, which no audit needs.
    package let action: String?
    /// The right by which somebody takes it; nil where it is the program's, or its owner's own.
    package let right: Right?
    /// What must be given with it.
    package let asks: [Ask]

    /// A value that must be given, and what its absence is called beside its field.
    package struct Ask: Sendable {
        package let field: String
        package let missing: Wording

        package init(_ field: String, zh: String, en: String) {
            self.field = field
            missing = Wording(zh: zh, en: en)
        }
    }

    package init(
        from: Set<State>, to: State, as action: String? = nil, needs right: Right? = nil,
        asks: [Ask] = []
    ) {
        self.from = from
        self.to = to
        self.action = action
        self.right = right
        self.asks = asks
    }

    /// What of that which it asks for is missing, each beside its field.
    ///
    /// - Parameter given: the fields that have a value.
    package func faults(given: Set<String>) -> [Fault] {
        asks.filter { !given.contains($0.field) }
            .map { Fault($0.field, zh: $0.missing.zh, en: $0.missing.en) }
    }
}

/// What is no record and goes from state to state by steps that it names.
package protocol Transitional: Sendable {
    associatedtype State: Hashable & Sendable

    /// Every step there is; a state from which none leads is final.
    static var transitions: [Transition<State>] { get }

    /// The table in which it lies, and the column that tells one from another.
    static var table: String { get }
    static var key: String { get }

    /// The rows that are in a state, as a condition.
    static func condition(_ state: State) -> SQL

    /// How its rows are sealed against changes by hand; nil where they are not.
    static var marked: MarkedTable? { get }
}

extension Transitional {
    package static var key: String { "id" }
    package static var marked: MarkedTable? { nil }

    /// The step between two states; nil where there is none.
    package static func transition(
        from old: State, to new: State
    ) -> Transition<State>? {
        transitions.first { $0.to == new && $0.from.contains(old) }
    }

    /// The states to which a step leads from one, in the order in which they are declared.
    package static func next(after state: State) -> [State] {
        transitions.filter { $0.from.contains(state) }.map(\.to)
    }

    /// Whether no step leads on.
    package static func isFinal(_ state: State) -> Bool { next(after: state).isEmpty }
}

/// Takes steps in the database: each from the state that was read, so that of two who take one at
/// once the second changes nothing, with its row of the audit in the same commit.
package struct TransitionStore<Thing: Transitional> {
    private let db: Connection
    private let auditKey: AuditKey?

    /// - Parameter key: the key of the audit; nil where no step has a row of it.
    package init(_ db: Connection, key: AuditKey?) {
        self.db = db
        auditKey = key
    }

    /// Takes a step.
    ///
    /// - Parameters:
    ///   - values: what else the row says from now on, such as `reason = …`; never empty.
    ///   - condition: what must hold of the row beside its state.
    ///   - access: what whoever takes it may do now; nil for the program itself.
    ///   - subject: what the row of the audit is about, where it is not the thing itself.
    /// - Returns: false when somebody else was faster and nothing was changed.
    /// - Throws: `Refusal.notFound` for who has not the right, `Refusal.conflict` where no such
    ///   step leads from its state.
    @discardableResult
    package func take(
        _ id: some Storable, from old: Thing.State, to new: Thing.State, setting values: SQL,
        where condition: SQL = "TRUE", access: Access? = nil, by actor: Actor, at moment: Moment,
        about subject: String? = nil
    ) throws -> Bool {
        guard let step = Thing.transition(from: old, to: new) else {
            throw Refusal.conflict(
                zh: "当前状态下不能这样办理，请重新查看。",
                en: "This cannot be done as it stands now: look at it again.")
        }
        if let right = step.right, let access, !access.may(right) { throw Refusal.notFound }
        let row: SQL = "\(name: Thing.key) = \(id)"
        let changed = try db.execute(
            """
            UPDATE \(name: Thing.table) SET \(values)
            WHERE \(row) AND (\(Thing.condition(old))) AND (\(condition))
            """)
        guard changed == 1 else { return false }
        if let marked = Thing.marked { try db.seal(marked, where: row) }
        if let action = step.action {
            guard let auditKey else { preconditionFailure("\(action) needs the audit's key") }
            try Audit(db, key: auditKey).record(
                action, subject ?? text(id), by: actor, at: moment, quietly: true)
        }
        return true
    }

    private func text(_ id: some Storable) -> String {
        if case .text(let text) = id.storageValue { return text }
        return "\(id)"
    }
}
