import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET and POST /records/:id/evidence/:evidence/release. For whoever confirms entries in the
/// unit of a public record: shows one of its pictures to everybody, once they confirmed the rule
/// about faces, minors and consent. POST /records/:id/evidence/:evidence/withdrawal takes it back.
struct ReleasePicture: Sendable {
    let desk: EntryServices

    /// The field by which the rule is confirmed.
    static let agreed = "agreed"

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, FormState(context))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let asked = try Asked(context)
        return try await context.mending(form, at: Self.agreed) {
            try Self.requireAgreed(form)
            // The small picture takes a while: it is made before the write begins.
            let thumbnail = try await thumbnail(asked, context)
            let done = try await desk.accounts.once(form, context, needs: .right(.confirm)) {
                acting, db in
                (true, try release(asked, thumbnail, acting, db))
            }
            return desk.site.redirect(to: done.address)
        } again: {
            try await page(context, $0)
        }
    }

    @Sendable func withdraw(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let asked = try Asked(context)
        return try await desk.app.submit(form, context, needs: .right(.confirm)) { acting, db in
            let (record, file) = try picture(asked, acting, db)
            let store = ReleasedPictureStore(db: db)
            guard let id = try store.standing(file.id) else { throw Refusal.notFound }
            let moment = desk.district.now()
            try store.withdraw(id, by: acting.actor, at: moment)
            try Audit(db, key: desk.district.key).record(
                "picture.withdrawn", file.id.text, by: acting.actor, at: moment)
            return Address.record(record.id).with("done", "picture_withdrawn")
        }
    }

    /// What the address names.
    private struct Asked: Sendable {
        let record: Record.ID
        let evidence: Evidence.ID

        init(_ context: AppContext) throws {
            record = try context.id("id", of: Record.self)
            evidence = try context.id("evidence", of: Evidence.self)
        }
    }

    /// A picture of a record that is for everybody to read, in a unit where it may be released.
    private func picture(
        _ asked: Asked, _ acting: ActingAccount, _ db: Connection
    ) throws -> (record: Record, file: Evidence) {
        guard
            let record = try RecordStore(db: db).find(
                asked.record, in: desk.district.pictureScope),
            acting.may(.confirm, in: record.unit),
            let file = try EvidenceStore(db: db).find(asked.evidence, of: record.id),
            Pictures.types[file.mediaType] != nil
        else { throw Refusal.notFound }
        return (record, file)
    }

    private static func requireAgreed(_ form: Form) throws(Refusal) {
        guard try form.text(agreed) == nil else { return }
        throw .invalid(
            agreed, zh: "请确认以上各项，再公开图片。",
            en: "Confirm the rule before the picture is released.")
    }

    private func thumbnail(_ asked: Asked, _ context: AppContext) async throws -> [UInt8] {
        let file = try await desk.district.database.read { db in
            try picture(asked, desk.accounts.acting(context, db), db).file
        }
        let bytes = try Work.count { try desk.folder.read(file.id, digest: file.digest) }
        guard let bytes, PictureParts.bare(bytes, file.mediaType) != nil else {
            throw Refusal.notFound
        }
        return try await desk.pictures.thumbnail(
            of: EvidenceFile(name: file.fileName, bytes: bytes))
    }

    private func release(
        _ asked: Asked, _ thumbnail: [UInt8], _ acting: ActingAccount, _ db: Connection
    ) throws -> Address {
        let (record, file) = try picture(asked, acting, db)
        let store = ReleasedPictureStore(db: db)
        guard try store.standing(file.id) == nil else {
            throw Refusal.conflict(zh: "这张图片已经公开。", en: "The picture is released already.")
        }
        let moment = desk.district.now()
        try store.insert(.make(), of: file.id, thumbnail: thumbnail, by: acting.actor, at: moment)
        try Audit(db, key: desk.district.key).record(
            "picture.released", file.id.text, by: acting.actor, at: moment)
        return Address.record(record.id).with("done", "picture_released")
    }

    private func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let words = desk.site.words(context)
        let asked = try Asked(context)
        let head = context.formHead(
            .pictureRelease(asked.record, asked.evidence), keeping: state.form)
        let back = context.formHead(.pictureWithdrawal(asked.record, asked.evidence))
        let page = try await desk.district.database.read { db in
            let acting = try desk.accounts.acting(context, db)
            let (record, file) = try picture(asked, acting, db)
            let isReleased = try ReleasedPictureStore(db: db).standing(file.id) != nil
            return ReleasePage(
                record, file, release: isReleased ? nil : head, back: isReleased ? back : nil,
                state, desk.district.catalogue, words)
        }
        return desk.site.show(page, context, status: state.status)
    }
}
