import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// What waits for a second person: GET /confirmations for who may confirm, GET /confirmations/:id
/// for them and the writer, POST …/posting and …/return for them, POST …/withdrawal for the writer.
///
/// The second person is never the writer, under whatever account, and a post that brings rights is
/// neither's own. What is confirmed becomes a record of the writer's, who must still be allowed to
/// write it; the audit names who confirmed it.
struct ConfirmEntry: Sendable {
    let desk: EntryServices

    private var district: District { desk.district }

    @Sendable func list(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = desk.site.words(context)
        let keyset = try Keyset(Query(request), parts: 1)
        let page = try await district.database.read { db in
            let reader = try desk.accounts.acting(context, db)
            let found = try reader.confirmable(
                desk, db, after: keyset.after, limit: keyset.fetch)
            let (list, next) = keyset.cut(found) { [$0.id.text] }
            return ConfirmationsPage(
                list, orphans: try orphans(list, db),
                names: try AccountStore(db).names(list.map(\.account)),
                pager: keyset.pager(next: next, at: context.address), district.catalogue, reader,
                words)
        }
        return desk.site.show(page, context, trail: desk.trail(words))
    }

    /// Those whose writers may write them no longer.
    private func orphans(_ list: [PendingEntry], _ db: Connection) throws -> Set<PendingEntry.ID> {
        var writers: [String: ActingAccount] = [:]
        for account in Set(list.map(\.account)) {
            writers[account] = try desk.accounts.acting(Account.ID(trusted: account), db)
        }
        return Set(
            try list.filter { waiting in
                try writers[waiting.account]?.mayStillWrite(waiting, desk, db) != true
            }.map(\.id))
    }

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await answer(context, reason: "", faults: [], form: nil, status: .ok)
    }

    @Sendable func confirm(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: PendingEntry.self)
        let form = try await context.form(request)
        do {
            let address = try await district.database.write { db in
                let second = try desk.accounts.acting(context, db)
                let waiting = try open(id, second, db)
                return try post(waiting, second, db)
            }
            return desk.site.redirect(to: address)
        } catch Refusal.invalid(let faults) {
            return try await answer(
                context, reason: "", faults: faults, form: form, status: .unprocessableContent)
        } catch Refusal.conflict(let words) {
            return try await answer(
                context, reason: "", faults: [Fault("", zh: words.zh, en: words.en)], form: form,
                status: .conflict)
        }
    }

    /// Posts what waits, as its writer's record.
    private func post(
        _ waiting: PendingEntry, _ second: ActingAccount, _ db: Connection
    ) throws -> Address {
        guard let kind = district.catalogue.kinds[waiting.kind] else { throw Refusal.notFound }
        guard try orphans([waiting], db).isEmpty else {
            throw Refusal.conflict(
                zh: "填写人已停用，或已无权在此填写这一种类，不能以其名义入账。请退回，由有权的人另行填写。",
                en: """
                    Its writer may write this here no longer, and it is not entered in his name. \
                    Send it back: somebody who may writes it anew.
                    """)
        }
        try requireOthers(waiting, kind, second, db)
        let store = desk.waiting(db)
        let writer = Actor(name: waiting.account, standing: .account)
        let because = waiting.because ?? ""
        let record: Record.ID
        if let old = waiting.reverses {
            record = try district.reverse(
                old, because: because, by: writer, confirmer: second.actor, db: db)
        } else {
            let entry = try read(waiting, kind, second, db)
            if try entry.ends == nil && !district.rolesAtStake(entry, db).isEmpty {
                try district.warrant(entry.id, by: second.actor, db)
            }
            let files = try store.files(waiting.id)
            if let old = waiting.corrects {
                try district.correct(
                    old, with: entry, because: because, evidence: files, by: writer,
                    confirmer: second.actor, db: db)
            } else {
                try district.post(
                    entry, evidence: files, by: writer, confirmer: second.actor, db: db)
            }
            record = entry.id
        }
        try store.confirm(waiting, as: record, by: second)
        let shown = waiting.ends ?? waiting.reverses ?? record
        return (kind.visibility == .sealed ? Address.confirmations : .record(shown))
            .with("done", "entry_confirmed")
    }

    /// Lets nobody confirm what brings rights to themselves or to its writer, for since it was
    /// written an account may have been given its person, or two persons found to be one; nor a
    /// peer of the post, who does not hold above its unit what it brings.
    private func requireOthers(
        _ waiting: PendingEntry, _ kind: Kind, _ second: ActingAccount, _ db: Connection
    ) throws {
        guard try !isOwnPost(waiting, kind, of: second.account, second, db) else {
            throw Refusal.conflict(
                zh: "这是您本人的职务，会带来权限，请由他人复核。",
                en: "This post is your own and brings rights: somebody else confirms it.")
        }
        let writer = Account.ID(trusted: waiting.account)
        guard try !isOwnPost(waiting, kind, of: writer, second, db) else {
            throw Refusal.conflict(
                zh: "这是填写人本人的职务，会带来权限。请退回，由他人另行填写。",
                en: """
                    This post is its writer's own and brings rights. Send it back: somebody else \
                    writes it anew.
                    """)
        }
        guard try isHighEnough(waiting, kind, second, db) else {
            throw Refusal.conflict(
                zh: "这一职务带来权限，须由上级单位有同样权限的人复核。",
                en: """
                    This post brings rights: somebody who holds them in a unit above confirms it.
                    """)
        }
    }

    /// Whether what waits gives the holder of an account a post that brings rights, or takes its
    /// end back. To end a post of one's own is anybody's.
    private func isOwnPost(
        _ waiting: PendingEntry, _ kind: Kind, of account: Account.ID, _ reader: ActingAccount,
        _ db: Connection
    ) throws -> Bool {
        guard waiting.ends == nil else { return false }
        if let old = waiting.reverses {
            let end = try RecordStore(db: db).find(old, in: .everything)
            return try end.map { try desk.reopensOwnPost($0, of: account, db) } ?? false
        }
        let entry = try read(waiting, kind, reader, db)
        return try district.ownPost(entry.fields, entry.persons, kind.id, of: account, db) != nil
    }

    /// Whether somebody holds, above the unit of the post, what is given or taken by it.
    private func isHighEnough(
        _ waiting: PendingEntry, _ kind: Kind, _ second: ActingAccount, _ db: Connection
    ) throws -> Bool {
        let entry = try waiting.reverses == nil ? read(waiting, kind, second, db) : nil
        return try desk.mayWarrant(
            try desk.atStake(waiting, entry, db), waiting, second, db)
    }

    /// Why the reader may not confirm: it is their own post or its writer's, or they do not stand
    /// high enough.
    private func own(
        _ waiting: PendingEntry, _ kind: Kind, _ reader: ActingAccount, _ db: Connection
    ) throws -> ConfirmationPage.Own? {
        do {
            if try isOwnPost(waiting, kind, of: reader.account, reader, db) { return .readers }
            let writer = Account.ID(trusted: waiting.account)
            if try isOwnPost(waiting, kind, of: writer, reader, db) { return .writers }
            return try isHighEnough(waiting, kind, reader, db) ? nil : .higher
        } catch is Refusal {
            // What cannot be read any more is refused in words when it is confirmed.
            return nil
        }
    }

    /// What waits, read once more as the ledger stands now.
    private func read(
        _ waiting: PendingEntry, _ kind: Kind, _ second: ActingAccount, _ db: Connection
    ) throws -> Entry {
        var values = EntrySheet(kind, said: waiting.said).values
        if let old = waiting.ends {
            values = [.ends: old.text, .day: waiting.happenedOn.description]
            values[.reason] = waiting.because
        }
        let entry = try district.read(
            values, kind: kind, db: db,
            tells: { second.may(.read, in: $0) || second.may(.write, in: $0) })
        guard entry.unit == waiting.unit else {
            throw Refusal.conflict(
                zh: "单位在此期间有调整，请退回重填。",
                en: "The units changed meanwhile: send it back to be written again.")
        }
        return entry
    }

    /// What is to be entered, or what the record says that is to be ended or reversed. Each view of
    /// a sealed record is asked for by itself, so that of it only unit and day are told.
    private func said(
        _ waiting: PendingEntry, _ kind: Kind, _ reader: ActingAccount, _ db: Connection
    ) throws -> [String: String] {
        guard let id = waiting.ends ?? waiting.reverses,
            let record = try RecordStore(db: db).find(id, in: .everything)
        else { return waiting.said }
        let said = try RecordValues(record, kind, privates: [:], reader.structure, db).said
        guard kind.visibility == .sealed else { return said }
        return said.filter { [Heading.unit.name, Heading.day.name].contains($0.key) }
    }

    @Sendable func sendBack(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: PendingEntry.self)
        let form = try await context.form(request)
        let typed = form.all(Heading.reason.name).first ?? ""
        do {
            guard let reason = try form.text(Heading.reason.name) else {
                let step = PendingEntry.transition(from: .waiting, to: .sentBack)
                throw Refusal.invalid(step?.faults(given: []) ?? [])
            }
            try await district.database.write { db in
                let second = try desk.accounts.acting(context, db)
                let waiting = try open(id, second, db)
                try desk.waiting(db).sendBack(waiting, because: reason, by: second)
            }
            return desk.site.redirect(
                to: Address.confirmations.with("done", "entry_sent_back"))
        } catch Refusal.invalid(let faults) {
            return try await answer(
                context, reason: typed, faults: faults, form: form, status: .unprocessableContent)
        } catch Refusal.conflict(let words) {
            return try await answer(
                context, reason: typed, faults: [Fault("", zh: words.zh, en: words.en)],
                form: form, status: .conflict)
        }
    }

    /// What waits and may be decided by this reader.
    ///
    /// - Throws: `Refusal.conflict` when somebody has decided it already.
    private func open(_ id: PendingEntry.ID, _ second: ActingAccount, _ db: Connection) throws
        -> PendingEntry
    {
        guard let waiting = try desk.waiting(db).find(id),
            try second.mayConfirm(waiting, desk, db)
        else { throw Refusal.notFound }
        guard waiting.state == .waiting else {
            throw PendingEntry.isDecided
        }
        return waiting
    }

    @Sendable func withdraw(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: PendingEntry.self)
        _ = try await context.form(request)
        let files = try await district.database.write { db in
            let writer = try desk.accounts.acting(context, db)
            let store = desk.waiting(db)
            guard let waiting = try store.find(id), waiting.account == writer.account.text else {
                throw Refusal.notFound
            }
            guard waiting.state != .confirmed else {
                throw Refusal.conflict(
                    zh: "这条记录已经复核入账，请在记录页更正或撤回。",
                    en: "It was confirmed and is a record now: correct it or take it back there.")
            }
            let files = try store.files(id)
            try store.remove(id)
            try Audit(db, key: district.key).record(
                "entry.withdrawn", id.text, by: writer.actor, at: district.now(), quietly: true)
            return files
        }
        desk.folder.remove(files)
        return desk.site.redirect(to: Address.entries.with("done", "entry_withdrawn"))
    }

    private func answer(
        _ context: AppContext, reason: String, faults: [Fault], form: Form?,
        status: HTTPResponse.Status
    ) async throws -> Response {
        let id = try context.id("id", of: PendingEntry.self)
        let words = desk.site.words(context)
        let heads = ConfirmationPage.Heads(
            posting: context.formHead(Address("confirmations", id.text, "posting")),
            sendingBack: context.formHead(Address("confirmations", id.text, "return")),
            withdrawal: context.formHead(Address("confirmations", id.text, "withdrawal")))
        let page = try await district.database.read { db in
            let reader = try desk.accounts.acting(context, db)
            guard let waiting = try desk.waiting(db).find(id),
                try reader.mayOpen(waiting, desk, db),
                let kind = district.catalogue.kinds[waiting.kind]
            else { throw Refusal.notFound }
            let names = try AccountStore(db).names(
                [waiting.account, waiting.decidedBy].compactMap { $0 })
            let isOpen =
                try waiting.state == .waiting && reader.mayConfirm(waiting, desk, db)
            let own = try isOpen ? own(waiting, kind, reader, db) : nil
            return ConfirmationPage(
                waiting, kind, said: try said(waiting, kind, reader, db),
                files: try desk.waiting(db).files(id), names: names,
                isOpen: isOpen, own: own,
                isOrphan: try isOpen && !orphans([waiting], db).isEmpty, reason: reason,
                faults: faults, heads: heads, reader, words)
        }
        return desk.site.show(page, context, trail: desk.trail(words), status: status)
    }
}

extension ActingAccount {
    /// Their account, and every other that was ever made for the same person.
    private func ownAccounts(_ db: Connection) throws -> Set<String> {
        let accounts = AccountStore(db)
        guard let person = try accounts.person(of: account) else { return [account.text] }
        let others = try accounts.accounts(of: person, beside: account)
        return Set(others.map(\.id.text) + [account.text])
    }

    /// Whether they may decide what waits: another person wrote it, in a unit where they confirm.
    func mayConfirm(_ waiting: PendingEntry, _ desk: EntryServices, _ db: Connection) throws -> Bool
    {
        guard let kind = desk.district.catalogue.kinds[waiting.kind],
            may(.confirm, in: waiting.unit),
            kind.visibility != .sealed || access.sealedKinds.contains(kind.id)
        else { return false }
        return try !ownAccounts(db).contains(waiting.account)
    }

    /// Whether they may look at what waits: they wrote it and were not struck from the list of its
    /// kind, or may decide it.
    func mayOpen(_ waiting: PendingEntry, _ desk: EntryServices, _ db: Connection) throws -> Bool {
        if waiting.account == account.text {
            return kinds(desk.district.catalogue).contains(waiting.kind)
        }
        return try mayConfirm(waiting, desk, db)
    }

    /// Whether they, who wrote what waits, could write it today.
    func mayStillWrite(_ waiting: PendingEntry, _ desk: EntryServices, _ db: Connection) throws
        -> Bool
    {
        guard let kind = desk.district.catalogue.kinds[waiting.kind], mayWrite(kind),
            may(.write, in: waiting.unit)
        else { return false }
        guard let old = waiting.about else { return true }
        return try RecordStore(db: db).find(old, in: .everything)
            .map { may(.write, in: $0.unit) } ?? false
    }

    /// What waits for them, the longest waiting first.
    func confirmable(
        _ desk: EntryServices, _ db: Connection, after: Cursor? = nil, limit: Int
    ) throws -> [PendingEntry] {
        let units = try desk.district.structure(db).heads(access.units(.confirm), on: today)
        return try desk.waiting(db).list(
            excluding: ownAccounts(db), below: units,
            kinds: kinds(desk.district.catalogue), on: today, after: after, limit: limit)
    }
}
