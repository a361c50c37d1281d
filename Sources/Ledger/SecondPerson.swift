import Accounts
import Catalogue
import Core
import Organization
import Storage

/// What one person wrote and another one decides: it is no record yet.
package struct Proposal: Sendable {
    package let writer: Account.ID
    package let kind: Kind
    package let unit: OrgUnit.ID
    package let happenedOn: Day
    /// The record whose place it is to take, that it is to end, or that it is to reverse.
    package let corrects: Record.ID?
    package let ends: Record.ID?
    package let reverses: Record.ID?

    package init(
        writer: Account.ID, kind: Kind, unit: OrgUnit.ID, happenedOn: Day, corrects: Record.ID?,
        ends: Record.ID?, reverses: Record.ID?
    ) {
        self.writer = writer
        self.kind = kind
        self.unit = unit
        self.happenedOn = happenedOn
        self.corrects = corrects
        self.ends = ends
        self.reverses = reverses
    }

    /// The record that stands already.
    var about: Record.ID? { corrects ?? ends ?? reverses }
}

/// Whoever decides what somebody else wrote.
///
/// They are never the writer, under whatever account; a post that brings rights is neither's own,
/// and is confirmed by somebody who holds those rights in a unit above. The writer must still be
/// allowed to write it, since it becomes a record of theirs.
package struct SecondPerson {
    package let acting: ActingAccount
    let services: Services
    let db: Connection

    package init(_ acting: ActingAccount, _ services: Services, _ db: Connection) {
        self.acting = acting
        self.services = services
        self.db = db
    }

    private var district: District { services.district }

    /// Why they may not confirm something, although they may decide it.
    package enum Bar: String, Sendable {
        /// It is a post of their own, or of its writer.
        case readers, writers
        /// They do not hold above its unit what it brings.
        case higher
    }

    /// Their account, and every other that was ever made for the same person.
    package func ownAccounts() throws -> Set<String> {
        let accounts = AccountStore(db)
        let own = acting.account
        guard let person = try accounts.person(of: own) else { return [own.text] }
        return Set(try accounts.accounts(of: person, beside: own).map(\.id.text) + [own.text])
    }

    /// Whether they may decide it: another person wrote it, in a unit where they confirm.
    package func mayDecide(_ proposal: Proposal) throws -> Bool {
        guard acting.may(.confirm, in: proposal.unit), acting.maySee(proposal.kind) else {
            return false
        }
        return try !ownAccounts().contains(proposal.writer.text)
    }

    /// Whether they may look at it: they wrote it and were not struck from the list of its kind, or
    /// may decide it.
    package func mayOpen(_ proposal: Proposal) throws -> Bool {
        proposal.writer == acting.account
            ? acting.maySee(proposal.kind) : try mayDecide(proposal)
    }

    /// Whether its writer could write it today no longer, so that it can only go back.
    package func isOrphan(_ proposal: Proposal) throws -> Bool {
        try isOrphan(proposal, writer: services.accounts.acting(proposal.writer, db))
    }

    /// - Parameter writer: who wrote it; nil for somebody who may sign in no longer.
    package func isOrphan(_ proposal: Proposal, writer: ActingAccount?) throws -> Bool {
        guard let writer, writer.mayWrite(proposal.kind), writer.may(.write, in: proposal.unit)
        else { return true }
        guard let old = proposal.about else { return false }
        let record = try RecordStore(db: db).find(old, in: .everything)
        return record.map { !writer.may(.write, in: $0.unit) } ?? true
    }

    /// What keeps them from confirming it; nil where nothing does.
    ///
    /// Since it was written an account may have been given its person, or two persons found to be
    /// one.
    /// - Parameter entry: what it says as the ledger stands now; nil for a reversal.
    package func bar(_ proposal: Proposal, _ entry: Entry?) throws -> Bar? {
        if try isOwnPost(proposal, entry, of: acting.account) { return .readers }
        if try isOwnPost(proposal, entry, of: proposal.writer) { return .writers }
        return try isHighEnough(proposal, entry) ? nil : .higher
    }

    /// - Throws: `Refusal.conflict` in words that say who may instead.
    package func requireUnbarred(_ proposal: Proposal, _ entry: Entry?) throws {
        switch try bar(proposal, entry) {
        case nil: return
        case .readers:
            throw Refusal.conflict(
                zh: "这是您本人的职务，会带来权限，请由他人复核。",
                en: "This post is your own and brings rights: somebody else confirms it.")
        case .writers:
            throw Refusal.conflict(
                zh: "这是填报人本人的职务，会带来权限。请退回，由他人另行填报。",
                en: """
                    This post is its writer's own and brings rights. Send it back: somebody else \
                    writes it anew.
                    """)
        case .higher:
            throw Refusal.conflict(
                zh: "这一职务带来权限，须由上级单位有同样权限的人复核。",
                en: """
                    This post brings rights: somebody who holds them in a unit above confirms it.
                    """)
        }
    }

    /// Whether it gives the holder of an account a post that brings rights, or takes its end back.
    /// To end a post of one's own is anybody's.
    private func isOwnPost(
        _ proposal: Proposal, _ entry: Entry?, of account: Account.ID
    ) throws -> Bool {
        guard proposal.ends == nil else { return false }
        if let old = proposal.reverses {
            let end = try RecordStore(db: db).find(old, in: .everything)
            return try end.map { try district.reopensOwnPost($0, of: account, db) } ?? false
        }
        guard let entry else { return false }
        return try district.ownPost(
            entry.fields, entry.persons, entry.kind, of: account, db) != nil
    }

    /// Whether they hold, above the unit of the post, what is given or taken by it.
    private func isHighEnough(_ proposal: Proposal, _ entry: Entry?) throws -> Bool {
        var step = Entry(
            kind: proposal.kind.id, unit: proposal.unit, happenedOn: proposal.happenedOn)
        step.reverses = proposal.reverses
        let roles = try district.rolesAtStake(
            entry ?? step, correcting: entry == nil ? nil : proposal.corrects, db)
        guard !roles.isEmpty else { return true }
        var units: Set<OrgUnit.ID> = [proposal.unit]
        if let old = proposal.about,
            let record = try RecordStore(db: db).find(old, in: .everything)
        {
            units.insert(record.unit)
        }
        return units.allSatisfy {
            district.mayWarrant(roles, in: $0, acting.access, acting.structure)
        }
    }
}

extension District {
    /// Whether a record ends a post of somebody's own that brings rights.
    package func reopensOwnPost(
        _ end: Record, of account: Account.ID, _ db: Connection
    ) throws -> Bool {
        let records = RecordStore(db: db)
        guard let id = end.ends, let post = try records.find(id, in: .everything) else {
            return false
        }
        return try ownPost(
            post.fields, try records.persons(of: id), post.kind, of: account, db) != nil
    }
}
