import Accounts
import Core
import Hummingbird
import Ledger
import Web

/// Entries: writing records in the browser, from forms that the catalogue makes. Quick entry,
/// drafts, patterns, confirmation by a second person, correction, and the files of evidence.
///
/// - Parameter evidence: the folder in which files of evidence lie.
package func entries(_ district: District, _ accounts: Accounts, evidence: EvidenceFolder)
    -> Feature
{
    let badges = EntryBadges(district: district, accounts: accounts)
    return Feature(
        name: "entries",
        navigation: [
            Destination(
                "nav_entries", .entries, path: Address.entries.text, needs: .right(.write),
                waiting: Waiting(count: badges.sentBack)),
            Destination(
                "nav_confirmations", .confirmations, path: Address.confirmations.text,
                needs: .right(.confirm), waiting: Waiting(count: badges.toConfirm)),
        ],
        templates: .module,
        pages: [
            EntriesPage.self, EntryFormPage.self, StepPage.self,
            ConfirmationsPage.self, ConfirmationPage.self, ReleasePage.self,
        ],
        checks: [Check(reading: verifyWriters)],
        routes: { router, site in
            let desk = EntryServices(
                app: Services(district, accounts, site), folder: evidence, pictures: Pictures())
            routeWriting(router, desk)
            routeConfirming(router, desk)
        },
        desk: { site in
            EntryServices(
                app: Services(district, accounts, site), folder: evidence, pictures: Pictures()
            ).deskParts
        })
}

/// Writing: entries, drafts, patterns, corrections, ends, reversals, and files of evidence.
private func routeWriting(_ router: Routes, _ desk: EntryServices) {
    let list = ListEntries(desk: desk)
    router.get("entries", needs: .right(.write), use: list.handle)
    let write = WriteEntry(desk: desk)
    router.get("entries/new/:kind", needs: .right(.write), use: write.show)
    let label: @Sendable (AppContext, String) -> Wording? = { context, name in
        desk.district.catalogue.label(ofField: name, kind: context.parameters.get("kind"))
    }
    router.post(
        "entries/new/:kind", needs: .right(.write), fields: FormPrefill.fields, label: label,
        use: write.handle)
    router.post(
        "entries/drafts/:id/removal", needs: .right(.write),
        use: RemoveDraft(desk: desk).handle)
    router.post(
        "entries/patterns/:id/end", needs: .right(.write),
        use: StopPattern(desk: desk).handle)
    let correct = CorrectEntry(desk: desk)
    router.get("entries/records/:id/correct", needs: .right(.write), use: correct.show)
    router.post(
        "entries/records/:id/correct", needs: .right(.write), fields: FormPrefill.fields,
        label: label,
        use: correct.handle)
    let reverse = ReverseEntry(desk: desk)
    router.get("entries/records/:id/reverse", needs: .right(.write), use: reverse.show)
    router.post("entries/records/:id/reverse", needs: .right(.write), use: reverse.handle)
    let end = EndEntry(desk: desk)
    router.get("entries/records/:id/end", needs: .right(.write), use: end.show)
    router.post("entries/records/:id/end", needs: .right(.write), use: end.handle)
    router.get(
        "records/:id/evidence/:evidence", needs: .signedIn,
        use: ShowEvidence(desk: desk).handle)
    let release = ReleasePicture(desk: desk)
    router.get(
        "records/:id/evidence/:evidence/release", needs: .right(.confirm), use: release.show)
    router.post(
        "records/:id/evidence/:evidence/release", needs: .right(.confirm),
        use: release.handle)
    router.post(
        "records/:id/evidence/:evidence/withdrawal", needs: .right(.confirm),
        use: release.withdraw)
    let picture = ShowPicture(desk: desk)
    router.get("photos/:picture", needs: .everybody, use: picture.large)
    router.get("photos/:picture/small", needs: .everybody, use: picture.small)
}

/// What waits for a second person.
private func routeConfirming(_ router: Routes, _ desk: EntryServices) {
    router.get(
        "confirmations", needs: .right(.confirm),
        use: ListConfirmations(desk: desk).handle)
    router.get(
        "confirmations/:id", needs: .signedIn, use: ShowConfirmation(desk: desk).handle)
    router.post(
        "confirmations/:id/posting", needs: .right(.confirm),
        use: ConfirmEntry(desk: desk).handle)
    router.post(
        "confirmations/:id/return", needs: .right(.confirm),
        use: SendBack(desk: desk).handle)
    router.post(
        "confirmations/:id/withdrawal", needs: .right(.write),
        use: WithdrawEntry(desk: desk).handle)
    router.get(
        "confirmations/:id/evidence/:evidence", needs: .signedIn,
        use: ShowEvidence(desk: desk).waiting)
}

/// Where the pages of the entries are.
extension Address {
    static let entries = Address("entries")
    static let confirmations = Address("confirmations")

    static func newEntry(_ kind: String) -> Address { Address("entries", "new", kind) }

    static func record(_ id: Record.ID) -> Address { Address("records", id.text) }

    static func pictureRelease(_ record: Record.ID, _ file: Evidence.ID) -> Address {
        Address("records", record.text, "evidence", file.text, "release")
    }

    static func pictureWithdrawal(_ record: Record.ID, _ file: Evidence.ID) -> Address {
        Address("records", record.text, "evidence", file.text, "withdrawal")
    }

    static func correct(_ id: Record.ID) -> Address {
        Address("entries", "records", id.text, "correct")
    }

    static func reverse(_ id: Record.ID) -> Address {
        Address("entries", "records", id.text, "reverse")
    }

    static func end(_ id: Record.ID) -> Address { Address("entries", "records", id.text, "end") }

    static func confirmation(_ id: PendingEntry.ID) -> Address { Address("confirmations", id.text) }
}

extension EntryServices {
    /// The links that lead down to a page of the entries.
    func trail(_ words: Words) -> [Link] {
        [Link(words["nav_entries"], .entries)]
    }
}
