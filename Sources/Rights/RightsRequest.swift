import Core
import Organization
import Storage

/// What somebody asks about their own data, with the day by which they have an answer.
package struct RightsRequest: Sendable {
    package typealias ID = Core.ID<RightsRequest>

    package enum Kind: String, Sendable, CaseIterable, Storable, Readable {
        case copy, correct, restrict, erase, object
    }

    package enum State: String, Sendable, CaseIterable, Storable, Readable {
        case received
        case inWork = "in_work"
        case done, refused

        /// An answer was given, and the clock stands.
        var isClosed: Bool { RightsRequest.isFinal(self) }
    }

    /// Why a request can be refused: nothing else is a reason.
    package enum RefusalReason: String, Sendable, CaseIterable, Storable, Readable {
        /// Who asks could not be verified.
        case unverified
        /// A law or rule obliges the district to keep what should go.
        case duty
        /// It would show or take what belongs to somebody else.
        case others
        /// What it says of the data is not so.
        case unfounded
        /// The same was answered before and nothing has changed.
        case repeated
        /// Nothing is kept under a person's entry that could be restricted.
        case nothing
    }

    package let id: ID
    package let kind: Kind
    package let words: String
    package let subject: DataSubject
    package let unit: OrgUnit.ID
    package let channel: Channel
    package let askedAt: Moment
    package let dueOn: Day
    /// The day that was told first; nil where it never moved.
    package private(set) var dueWas: Day?
    package private(set) var state: State
    package private(set) var ground: RefusalReason?
    package private(set) var reason: String?
    package private(set) var changedAt: Moment

    package init(
        _ kind: Kind, words: String, subject: DataSubject, unit: OrgUnit.ID, channel: Channel,
        askedAt: Moment, dueOn: Day
    ) {
        id = .make()
        self.kind = kind
        self.words = words
        self.subject = subject
        self.unit = unit
        self.channel = channel
        self.askedAt = askedAt
        self.dueOn = dueOn
        state = .received
        changedAt = askedAt
    }

    /// Answered late, or not at all by now.
    func isOverdue(on day: Day) -> Bool {
        dueOn < (state.isClosed ? changedAt.day : day)
    }

    /// Whether it asks for a restriction and nobody's entry is there to be restricted.
    var restrictsNothing: Bool {
        (kind == .restrict || kind == .object) && subject.persons.isEmpty
    }

    /// Takes a step of those that lead on from its state, with what the step asks for.
    mutating func take(
        _ next: State, ground: RefusalReason?, reason: String?, at moment: Moment
    ) throws(Refusal) {
        guard !state.isClosed else {
            throw .conflict(
                zh: "这项请求已经答复。", en: "This request has been answered already.")
        }
        guard let step = Self.transition(from: state, to: next) else {
            throw .invalid("state", zh: "请选择下一步。", en: "Choose the next step.")
        }
        var faults: [Fault] = []
        if next == .done, restrictsNothing {
            faults.append(
                Fault(
                    "state", zh: "没有可以限制处理的人员登记，不能答复“已办理”；请选择“不予办理”并说明。",
                    en: "No person's entry is there to restrict: choose “refused” and say so."))
        }
        let given = [("ground", ground?.rawValue), ("reason", reason)]
        faults += step.faults(given: Set(given.filter { $0.1 != nil }.map(\.0)))
        guard faults.isEmpty else { throw .invalid(faults) }
        state = next
        self.ground = next == .refused ? ground : nil
        self.reason = reason ?? self.reason
        changedAt = moment
    }
}

/// An answer is final, and a refusal gives its ground and says it in words.
extension RightsRequest: Transitional {
    package static let table = "rights_request"

    package static func condition(_ state: State) -> SQL { "state = \(state)" }

    package static let transitions: [Transition<State>] = [
        Transition(from: [.received], to: .inWork, as: "rights.in_work", needs: .rights),
        Transition(from: [.received, .inWork], to: .done, as: "rights.done", needs: .rights),
        Transition(
            from: [.received, .inWork], to: .refused, as: "rights.refused", needs: .rights,
            asks: [
                .init("ground", zh: "拒绝须选择理由。", en: "A refusal needs its ground."),
                .init("reason", zh: "拒绝须写明理由。", en: "Say why it is refused."),
            ]),
    ]
}

extension RightsRequest {
    init(_ row: Row) throws {
        id = try row.get("id")
        kind = try row.get("kind")
        words = try row.get("words")
        subject = DataSubject(
            persons: try row.optional("person_id", as: String.self).map { [$0] } ?? [],
            account: try row.optional("account_id"),
            contacts: try row.optional("contact_id", as: String.self).map { [$0] } ?? [],
            records: try row.optional("record_id", as: String.self).map { [$0] } ?? [])
        unit = try row.get("unit_id")
        channel = try row.get("channel")
        askedAt = try row.get("asked_at")
        dueOn = try row.get("due_on")
        dueWas = try row.optional("due_was")
        state = try row.get("state")
        ground = try row.optional("reason_code")
        reason = try row.optional("reason")
        changedAt = try row.get("changed_at")
    }
}
