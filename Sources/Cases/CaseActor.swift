import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Storage

/// Who writes in a case: somebody with an account, or whoever sits at the machine, where nobody is
/// asked for posts.
package enum CaseActor: Sendable {
    case account(ActingAccount)
    case machine(Actor)

    package var actor: Actor {
        switch self {
        case .account(let acting): acting.actor
        case .machine(let actor): actor
        }
    }

    package var acting: ActingAccount? {
        if case .account(let acting) = self { acting } else { nil }
    }
}

/// Why somebody may not take a step.
package enum CaseBar: Sendable, Hashable {
    /// Another takes it: this role in this unit.
    case others(unit: OrgUnit.ID, role: String)
    /// The case is about them.
    case ownCase
    /// They wrote a step that another person has to have written.
    case wrote(step: String)

    /// In words.
    package func words(_ catalogue: Catalogue, _ structure: Structure, _ day: Day) -> Wording {
        switch self {
        case .others(let unit, let role):
            let name = structure.nearestVersion(unit, on: day)?.name ?? unit.text
            let roles = CaseRole.roles(role).map { catalogue.roles[$0]?.name }
            let zh = roles.compactMap { $0?.zh }.joined(separator: "、")
            let en = roles.compactMap { $0?.en }.joined(separator: ", ")
            return Wording(
                zh: "这一步由“\(name)”\(zh)办理。",
                en: "This step is taken by \(name)\(en.isEmpty ? "" : ": " + en).")
        case .ownCase:
            return Wording(
                zh: "这件办件是关于您本人的，须由他人办理。",
                en: "This case is about yourself: somebody else takes this step.")
        case .wrote:
            return Wording(
                zh: "前一步是您办理的，这一步须由他人办理。",
                en: "You took the step before: somebody else takes this one.")
        }
    }
}

/// Who may take which step of one case.
struct CasePermission {
    let district: District
    let folded: FoldedCase
    let db: Connection

    /// What keeps somebody from a step; nil where nothing does.
    ///
    /// - Parameter each: the unit for which it would be taken.
    func bar(
        _ actor: CaseActor, _ step: Procedure.Step, each: OrgUnit.ID?, on day: Day
    ) throws -> CaseBar? {
        guard let acting = actor.acting else { return nil }
        let own = try Own(acting, db)
        let isOwn = folded.about.map { own.persons.contains($0) } ?? false
        if isOwn, step.by.contains(.about) { return nil }
        if try isNamed(own, step.by) { return try separated(step, own) }
        let others = folded.holder(of: step, each: each, on: day)
        let bar = CaseBar.others(unit: others.unit, role: others.role)
        // Anybody may have a case opened for them; what only they can say nobody says for them.
        let named = step.entry == .opens ? step.by : step.by.filter { $0 != .anybody }
        let may =
            try holds(acting, named, each: each, on: day)
            || (step.elseBy.isEmpty
                ? false
                : holds(acting, step.elseBy, each: each, on: day)
                    && isVacant(step, each: each, on: day))
        guard may else { return bar }
        if isOwn { return .ownCase }
        return try separated(step, own)
    }

    /// Nobody takes a step after their own where the definition parts the two.
    private func separated(_ step: Procedure.Step, _ own: Own) throws -> CaseBar? {
        guard !step.notBy.isEmpty else { return nil }
        if let about = folded.about, own.persons.contains(about) { return .ownCase }
        let mine = folded.records.first { record in
            record.stands && record.place.step.map(step.notBy.contains) == true
                && own.accounts.contains(record.record.recordedBy)
        }
        return mine?.place.step.map { .wrote(step: $0) }
    }

    private func isNamed(_ own: Own, _ actors: [Procedure.Actor]) throws -> Bool {
        actors.contains { actor in
            guard case .persons(let role) = actor else { return false }
            return folded.records.contains { record in
                record.stands
                    && record.persons.contains {
                        $0.role == role && own.persons.contains($0.person.text)
                    }
            }
        }
    }

    /// Whether somebody may act as one of some actors: by name, or by a role they hold.
    func mayAct(_ actor: CaseActor, as actors: [Procedure.Actor], on day: Day) throws -> Bool {
        guard let acting = actor.acting else { return true }
        let own = try Own(acting, db)
        if let about = folded.about, own.persons.contains(about) { return false }
        return try isNamed(own, actors) || holds(acting, actors, each: nil, on: day)
    }

    /// Whether they hold one of some roles where it is asked for.
    private func holds(
        _ acting: ActingAccount, _ actors: [Procedure.Actor], each: OrgUnit.ID?, on day: Day
    ) -> Bool {
        actors.contains { actor in
            switch actor {
            case .role(let name, let role):
                guard let unit = unit(name, each: each, on: day) else { return false }
                return acting.access.holdings.contains { $0.role == role && $0.unit == unit }
            case .anybody:
                return acting.may(.write, in: folded.units.owner)
                    || acting.may(.write, in: folded.units.home)
            case .about, .persons: return false
            }
        }
    }

    private func unit(_ name: Procedure.UnitName, each: OrgUnit.ID?, on day: Day) -> OrgUnit.ID? {
        folded.units.unit(name, on: day, each: each)
            .map { folded.structure.standing(for: $0, on: district.now().day) }
    }

    /// Whether nobody with an account holds what a step asks for.
    private func isVacant(_ step: Procedure.Step, each: OrgUnit.ID?, on day: Day) throws -> Bool {
        for actor in step.by {
            guard case .role(let name, let role) = actor,
                let unit = unit(name, each: each, on: day)
            else { continue }
            let holders = try district.holders(
                of: [role], in: [unit], on: district.now().day, db)
            if holders[unit]?.isEmpty == false { return false }
        }
        return true
    }

    /// Every account of the person who acts, and every entry of theirs.
    private struct Own {
        let accounts: Set<String>
        let persons: Set<String>

        init(_ acting: ActingAccount, _ db: Connection) throws {
            let store = AccountStore(db)
            guard let person = try store.person(of: acting.account) else {
                (accounts, persons) = ([acting.account.text], [])
                return
            }
            accounts = Set(
                try store.accounts(of: person, beside: acting.account).map(\.id.text)
                    + [acting.account.text])
            persons = Set(try PersonStore(db: db).entries(of: person).map(\.text))
        }
    }
}

/// A step of a case, and whether somebody may take it now.
package struct CaseAct: Sendable {
    package let step: Procedure.Step
    /// The unit for which it is owed, where several owe the same.
    package let each: OrgUnit.ID?
    /// The unit whose record it would be.
    package let unit: OrgUnit.ID
    /// Whether the case owes it; what is permitted is owed by nobody.
    package let isOwed: Bool
    /// What keeps them from it; nil where they may.
    package let bar: CaseBar?
    /// Why it would be refused today, as far as the case alone tells.
    package let refused: [CaseRefusal]
    /// What asks for a reason.
    package let softened: [CaseRefusal]

    package var may: Bool { bar == nil && refused.isEmpty }

    /// Every step that a case owes or permits now, and which of them somebody may take.
    package static func all(
        _ actor: CaseActor, in reading: CaseReading, _ district: District, _ db: Connection
    ) throws -> [CaseAct] {
        let folded = reading.folded
        let permission = CasePermission(district: district, folded: folded, db: db)
        let today = reading.moment.day
        let owed = reading.state.obligations.map { ($0.step, $0.each, true) }
        let free = reading.state.permitted.map { ($0, String?.none, false) }
        return try (owed + free).compactMap { id, each, isOwed in
            guard let step = reading.procedure.step(id) else { return nil }
            let unit = each.map { OrgUnit.ID(trusted: $0) }
            let at = folded.standsAt(step, each: unit, on: today)
            let asked = CaseStep(
                step: id, at: CaseTime(today, minute: reading.moment.minute.number),
                each: each, unit: at.text)
            let (refused, softened) = reading.fold.refusals(of: asked)
            return CaseAct(
                step: step, each: unit, unit: at, isOwed: isOwed,
                bar: try permission.bar(actor, step, each: unit, on: today),
                // What a form still asks for is no reason to keep it away.
                refused: refused.filter { !$0.because.isOfForm },
                softened: softened.filter { !$0.because.isOfForm })
        }
    }
}

extension CaseRefusal.Guard {
    /// Whether it is about what is written, and not about the case.
    var isOfForm: Bool {
        switch self {
        case .needs, .quorum, .ballots, .majority, .roll, .lasts: true
        default: false
        }
    }
}

extension FoldedCase {
    /// The unit in which the record of a step stands.
    func standsAt(_ step: Procedure.Step, each: OrgUnit.ID?, on day: Day) -> OrgUnit.ID {
        let unit = each ?? step.at.flatMap { units.unit($0, on: day, each: each) } ?? units.home
        return structure.standing(for: unit, on: day)
    }
}
