import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /my/data/copy. For whoever may read the page: everything that is held about them as a file,
/// entered in the ledger of disclosures in the same commit.
struct CopyMyData: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        guard let kind = try form.text("as").flatMap(DataCopy.Form.init) else {
            throw Refusal.notFound
        }
        let words = app.site.words(context)
        let district = app.district
        let moment = district.now()
        let text = try await district.database.write { [app] db in
            guard let asker = try app.asker(request, context, db) else { throw Refusal.notFound }
            let ledger = DisclosureLedger(db, key: district.key)
            let data = try HeldReader(
                db, district, words.language, limit: RightsLimits.recordsPerSubject
            ).read(asker.subject)
            let disclosure = try DataDisclosure(
                what: "my_data", recipient: words["copy_recipient"],
                purpose: words["copy_purpose"], basis: words["copy_basis"],
                fields: data.parts.map(\.id).joined(separator: ", "), extent: "–",
                rows: data.rowCount, expiresOn: nil, person: asker.subject.person,
                account: asker.subject.account, contact: asker.subject.contact)
            let number = try ledger.nextNumber()
            let text = try DataCopy(
                data: data, catalogue: district.catalogue, language: words.language,
                watermark: disclosure.watermark(number, on: moment.day)
            ).text(kind)
            try ledger.record(
                disclosure, digest: hexadecimalDigest(Array(text.utf8)), by: asker.actor,
                at: moment)
            return text
        }
        let name = "my-data.\(kind.rawValue)"
        return app.site.download(
            Array(text.utf8),
            as: kind == .json ? "application/json; charset=utf-8" : "text/csv; charset=utf-8",
            named: name, plainly: name)
    }
}
