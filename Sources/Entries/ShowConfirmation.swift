import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET /confirmations/:id. For whoever may decide what waits, and for its writer.
struct ShowConfirmation: Sendable {
    let desk: EntryServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, FormState(context))
    }

    /// The page, or the page again with what was wrong with a decision.
    func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let id = try context.id("id", of: PendingEntry.self)
        let words = desk.site.words(context)
        let heads = ConfirmationPage.Heads(
            posting: context.formHead(Address("confirmations", id.text, "posting")),
            sendingBack: context.formHead(Address("confirmations", id.text, "return")),
            withdrawal: context.formHead(Address("confirmations", id.text, "withdrawal")))
        let page = try await desk.district.database.read { db in
            let acting = try desk.accounts.acting(context, db)
            let second = SecondPerson(acting, desk.app, db)
            guard let waiting = try desk.waiting(db).find(id) else { throw Refusal.notFound }
            let proposal = try desk.proposal(waiting)
            guard try second.mayOpen(proposal) else { throw Refusal.notFound }
            let isOpen = try waiting.state == .waiting && second.mayDecide(proposal)
            let content = ConfirmationPage.Content(
                waiting: waiting, kind: proposal.kind,
                said: try said(waiting, proposal.kind, acting, db),
                files: try desk.waiting(db).files(id),
                names: try AccountStore(db).names(
                    [waiting.account, waiting.decidedBy].compactMap { $0 }),
                isOpen: isOpen, isOrphan: try isOpen && second.isOrphan(proposal),
                bar: try isOpen ? bar(waiting, proposal, second, db) : nil)
            return ConfirmationPage(content, state, heads: heads, acting, words)
        }
        return desk.site.show(
            page, context, trail: desk.trail(words), status: state.status)
    }

    private func bar(
        _ waiting: PendingEntry, _ proposal: Proposal, _ second: SecondPerson, _ db: Connection
    ) throws -> SecondPerson.Bar? {
        do {
            return try second.bar(
                proposal, desk.read(waiting, proposal.kind, second.acting, db))
        } catch is Refusal {
            // What cannot be read any more is refused in words when it is confirmed.
            return nil
        }
    }

    /// What is to be entered, or what the record says that is to be ended or reversed. Each view of
    /// a sealed record is asked for by itself, so that of it only unit and day are told.
    private func said(
        _ waiting: PendingEntry, _ kind: Kind, _ acting: ActingAccount, _ db: Connection
    ) throws -> [String: String] {
        guard let id = waiting.ends ?? waiting.reverses,
            let record = try RecordStore(db: db).find(id, in: .everything)
        else { return waiting.said }
        let said = try RecordValues(record, kind, privates: [:], acting.structure, db).said
        guard kind.visibility == .sealed else { return said }
        return said.filter { [Heading.unit.name, Heading.day.name].contains($0.key) }
    }
}
