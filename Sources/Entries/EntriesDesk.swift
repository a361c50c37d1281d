import Accounts
import Catalogue
import Core
import Ledger
import Storage
import Web

/// What writing and confirming lay on somebody's desk: what waits for their word, what was sent
/// back, the forms of their post, their drafts, and what they wrote this month.
extension EntryServices {
    func deskParts(
        _ context: AppContext, _ words: Words, _ db: Connection
    ) throws -> [DeskPart] {
        guard let acting = try accounts.acting(context.reader, db) else { return [] }
        var parts: [DeskPart] = []
        if acting.may(.confirm) { parts.append(try confirmationsOnDesk(acting, words, db)) }
        guard acting.may(.write) else { return parts }
        let kinds = acting.kinds(district.catalogue)
        parts += try returnedOnDesk(acting, kinds, words, db)
        let menu = KindMenu(acting, district.catalogue, words)
        parts.append(
            DeskPart(
                .quick, words["entries_quick"],
                doors: menu.usual(try WrittenStore(db).usual(by: acting.account.text)),
                all: Link(words["desk_all_kinds"], .entries),
                sentence: menu.isEmpty ? words["entries_no_units"] : nil))
        parts += try draftsOnDesk(acting, kinds, words, db)
        parts.append(try monthOnDesk(acting, kinds, words, db))
        return parts
    }

    private func name(_ kind: String, _ words: Words) -> String {
        district.catalogue.kinds[kind]?.name[words.language] ?? kind
    }

    private func confirmationsOnDesk(
        _ acting: ActingAccount, _ words: Words, _ db: Connection
    ) throws -> DeskPart {
        let count = try countConfirmable(acting, db)
        let list =
            count == 0 ? [] : try confirmable(acting, db, limit: DeskPart.lineLimit)
        return DeskPart(
            .confirmations, words["nav_confirmations"], count: count,
            lines: list.map { waiting in
                let unit = acting.structure.nearestVersion(waiting.unit, on: waiting.happenedOn)
                return DeskPart.Line(
                    label: waiting.title(name(waiting.kind, words), words),
                    note: words[
                        "desk_waiting",
                        [
                            "unit": unit?.name ?? "", "day": waiting.happenedOn.description,
                            "since": waiting.askedAt.text,
                        ]],
                    href: Address.confirmation(waiting.id).text)
            },
            all: count == 0 ? nil : Link(words["desk_all_confirmations"], .confirmations),
            sentence: count == 0 ? words["confirmations_none"] : nil)
    }

    private func returnedOnDesk(
        _ acting: ActingAccount, _ kinds: [String], _ words: Words, _ db: Connection
    ) throws -> [DeskPart] {
        let returned = try waiting(db).list(of: acting.account.text, kinds: kinds)
            .filter { $0.state == .sentBack }
        guard !returned.isEmpty else { return [] }
        return [
            DeskPart(
                .returned, words["entries_returned"], count: returned.count,
                lines: returned.map { waiting in
                    DeskPart.Line(
                        tag: words["desk_returned"], style: "tag-warn",
                        label: waiting.title(name(waiting.kind, words), words),
                        note: words[
                            "desk_returned_note",
                            [
                                "day": waiting.happenedOn.description,
                                "reason": waiting.reason ?? "",
                            ]],
                        href: Address.confirmation(waiting.id).text,
                        act: Link(words["desk_mend"], waiting.again))
                },
                all: Link(words["desk_all_mine"], .entries))
        ]
    }

    private func draftsOnDesk(
        _ acting: ActingAccount, _ kinds: [String], _ words: Words, _ db: Connection
    ) throws -> [DeskPart] {
        let drafts = try drafts(db, of: acting.account.text).list(kinds: kinds, at: acting.moment)
        guard !drafts.isEmpty else { return [] }
        return [
            DeskPart(
                .drafts, words["entries_drafts"], count: drafts.count,
                lines: drafts.map { draft in
                    DeskPart.Line(
                        label: name(draft.kind, words),
                        note: words["desk_saved", ["time": draft.savedAt.text]],
                        act: Link(
                            words["desk_go_on"],
                            Address.newEntry(draft.kind)
                                .with(FormPrefill.draftName, draft.id.text)))
                },
                all: Link(words["desk_all_mine"], .entries))
        ]
    }

    private func monthOnDesk(
        _ acting: ActingAccount, _ kinds: [String], _ words: Words, _ db: Connection
    ) throws -> DeskPart {
        let first = Due.Cycle.month.period(on: acting.today).from
        let store = WrittenStore(db)
        let mine = try store.counts(by: acting.account.text, kinds: kinds, from: first)
        let ours = try store.count(
            below: acting.structure.heads(acting.access.units(.write), on: acting.today),
            kinds: kinds, from: first, through: acting.today)
        let total = mine.values.reduce(0, +)
        let values = ["mine": total.grouped, "ours": ours.grouped]
        return DeskPart(
            .month, words["desk_month", ["month": String(acting.today.month)]],
            lines: mine.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.map {
                DeskPart.Line(
                    label: name($0.key, words),
                    note: words["desk_records", ["count": $0.value.grouped]])
            },
            all: Link(words["desk_all_mine"], .entries),
            sentence: words[total == 0 ? "desk_month_none" : "desk_month_text", values])
    }
}
