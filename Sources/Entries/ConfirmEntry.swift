import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /confirmations/:id/posting. For whoever may decide what waits: it becomes a record of its
/// writer's, and the audit names who confirmed it.
struct ConfirmEntry: Sendable {
    let desk: EntryServices

    private var district: District { desk.district }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: PendingEntry.self)
        let form = try await context.form(request)
        return try await context.mending(form) {
            let address = try await district.database.write { db in
                let acting = try desk.accounts.acting(context, db)
                return try post(try desk.open(id, acting, db), acting, db)
            }
            return desk.site.redirect(to: address)
        } again: {
            try await ShowConfirmation(desk: desk).page(context, $0)
        }
    }

    /// Posts what waits, as its writer's record.
    private func post(
        _ waiting: PendingEntry, _ acting: ActingAccount, _ db: Connection
    ) throws -> Address {
        let proposal = try desk.proposal(waiting)
        let second = SecondPerson(acting, desk.app, db)
        guard try !second.isOrphan(proposal) else {
            throw Refusal.conflict(
                zh: "填报人已停用，或已无权在此填报这一事项，不能以其名义提交。请退回，由有权的人另行填报。",
                en: """
                    Its writer may write this here no longer, and it is not entered in their name. \
                    Send it back: somebody who may writes it anew.
                    """)
        }
        let entry = try desk.read(waiting, proposal.kind, acting, db)
        try second.requireUnbarred(proposal, entry)
        let record = try record(waiting, entry, acting, db)
        try desk.waiting(db).confirm(waiting, as: record, by: acting)
        let shown = waiting.ends ?? waiting.reverses ?? record
        return (proposal.kind.visibility == .sealed ? Address.confirmations : .record(shown))
            .with("done", "entry_confirmed")
    }

    private func record(
        _ waiting: PendingEntry, _ entry: Entry?, _ acting: ActingAccount, _ db: Connection
    ) throws -> Record.ID {
        let writer = Actor(name: waiting.account, standing: .account)
        let because = waiting.because ?? ""
        if let old = waiting.reverses {
            return try district.reverse(
                old, because: because, by: writer, confirmer: acting.actor, db: db)
        }
        guard let entry else { preconditionFailure("whatever reverses nothing is read") }
        if try entry.ends == nil && !district.rolesAtStake(entry, db).isEmpty {
            try district.warrant(entry.id, by: acting.actor, db)
        }
        let files = try desk.waiting(db).files(waiting.id)
        if let old = waiting.corrects {
            try district.correct(
                old, with: entry, because: because, evidence: files, by: writer,
                confirmer: acting.actor, db: db)
        } else {
            try district.post(
                entry, evidence: files, by: writer, confirmer: acting.actor, db: db)
        }
        return entry.id
    }
}

/// What the decisions about an entry that waits share.
extension EntryServices {
    /// What waits, as the second person's checks know it; it is not there when its kind is gone.
    func proposal(_ waiting: PendingEntry) throws(Refusal) -> Proposal {
        guard let kind = district.catalogue.kinds[waiting.kind] else { throw .notFound }
        return Proposal(
            writer: Account.ID(trusted: waiting.account), kind: kind, unit: waiting.unit,
            happenedOn: waiting.happenedOn,
            corrects: waiting.corrects, ends: waiting.ends, reverses: waiting.reverses)
    }

    /// What waits and may be decided by this account.
    ///
    /// - Throws: `Refusal.conflict` when somebody has decided it already.
    func open(
        _ id: PendingEntry.ID, _ acting: ActingAccount, _ db: Connection
    ) throws -> PendingEntry {
        guard let waiting = try waiting(db).find(id),
            try SecondPerson(acting, app, db).mayDecide(try proposal(waiting))
        else { throw Refusal.notFound }
        guard waiting.state == .waiting else { throw PendingEntry.isDecided }
        return waiting
    }

    /// What waits, read once more as the ledger stands now; nil for a reversal, which says nothing
    /// itself.
    func read(
        _ waiting: PendingEntry, _ kind: Kind, _ acting: ActingAccount, _ db: Connection
    ) throws -> Entry? {
        guard waiting.reverses == nil else { return nil }
        var values = EntrySheet(kind, said: waiting.said).values
        if let old = waiting.ends {
            values = [.ends: old.text, .day: waiting.happenedOn.description]
            values[.minute] = waiting.said[Heading.minute.name]
            values[.reason] = waiting.because
        }
        let entry = try district.read(
            values, kind: kind, db: db,
            tells: { acting.may(.read, in: $0) || acting.may(.write, in: $0) })
        guard entry.unit == waiting.unit else {
            throw Refusal.conflict(
                zh: "单位在此期间有调整，请退回重填。",
                en: "The units changed meanwhile: send it back to be written again.")
        }
        return entry
    }
}
