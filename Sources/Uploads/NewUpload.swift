import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET and POST /uploads/kinds/:kind. For anyone who may bring files of the kind: what a file must
/// say, its template, and the way to send it.
struct NewUpload: Sendable {
    let desk: UploadServices

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        page(try await desk.kind(context), context, FormState(context))
    }

    @Sendable func take(_ request: Request, _ context: AppContext) async throws -> Response {
        let kind = try await desk.kind(context)
        if desk.isTooLarge(request) {
            return page(
                kind, context, FormState(context, nil, [UploadedFile.tooLarge]),
                status: .contentTooLarge)
        }
        let form = try await context.form(request, upTo: UploadServices.formBytes)
        return try await context.mending(form, at: "file") {
            desk.site.redirect(to: try await receive(form, kind, context))
        } again: {
            page(kind, context, $0)
        }
    }

    /// Keeps the file, encrypted, and puts it into the queue; a form sent twice counts once.
    private func receive(
        _ form: Form, _ kind: Kind, _ context: AppContext
    ) async throws -> Address {
        let account = try context.requireAccount()
        let file = try desk.file(form)
        let now = desk.site.now()
        let upload = Upload(
            id: .make(), account: account, kind: kind.id, fileName: file.name,
            size: file.bytes.count, file: file.id, state: .waiting, done: 0, rows: 0, wrongRows: 0,
            knownImport: nil, importID: nil, uploadedAt: now, changedAt: now)
        let folder = desk.uploads.folder
        do {
            try folder.keep(file.bytes, as: .file, of: upload.id, upload.file)
            let done = try await desk.uploads.accounts.once(
                form, context, needs: .right(.import)
            ) { [desk] acting, db in
                let uploads = UploadStore(db: db)
                try desk.checkQueue(uploads, context)
                guard
                    try uploads.count(Upload.kept, of: account) < UploadLimits.keptPerAccount
                else {
                    throw Refusal.conflict(
                        zh: "您有\(UploadLimits.keptPerAccount)个文件尚未提交，请先提交或放弃其中一些。",
                        en: "\(UploadLimits.keptPerAccount) files of yours are not published yet: "
                            + "publish or discard some first.")
                }
                try uploads.insert(upload)
                try Audit(db, key: desk.district.key).record(
                    "upload.received", upload.id.text, by: acting.actor, at: now,
                    evidence: hexadecimalDigest(file.bytes), quietly: true)
                return (true, .upload(upload.id))
            }
            guard done.made != nil else {
                folder.remove(upload.id)
                return done.address
            }
        } catch {
            folder.remove(upload.id)
            throw error
        }
        desk.site.bell.ring()
        return .upload(upload.id)
    }

    private func page(
        _ kind: Kind, _ context: AppContext, _ state: FormState,
        status: HTTPResponse.Status? = nil
    ) -> Response {
        let words = desk.site.words(context)
        let page = NewUploadPage(
            kind, head: context.formHead(.newUpload(kind.id), keeping: state.form), state, words)
        return desk.site.show(
            page, context, trail: desk.trail(words), status: status ?? state.status)
    }
}

/// What a file of one kind must say, and the way to send it.
struct NewUploadPage: Page {
    static let template = "uploads/new"

    let title: String
    let summary: FaultSummary?
    let templateHref: String
    let columns: [Column]
    let head: FormHead
    let file: FormField

    struct Column: Sendable {
        let heading: String
        let type: String
        let need: String
        let hint: String
    }

    init(_ kind: Kind, head: FormHead, _ state: FormState, _ words: Words) {
        let language = words.language
        let name = words["uploads_new_title", ["kind": kind.name[language]]]
        title = name
        summary = state.summary(over: ["file"])
        templateHref = Address.template(kind.id).text
        columns = TemplateColumn.all(of: kind).map { column in
            Column(
                heading: column.label[language], type: column.says(words),
                need: words[column.isRequired ? "kind_required" : "kind_optional"],
                hint: column.hint(words) ?? "")
        }
        self.head = head
        file = UploadFileField.make(words, state)
    }
}

/// The field for a file, wherever one is asked for.
enum UploadFileField {
    static func make(_ words: Words, _ state: FormState) -> FormField {
        let faults = state.sentences("file")
        return FormField(
            "file", words["uploads_file"], .line(type: "file"), isRequired: true,
            help: limits(words), faults: faults, isFirst: !faults.isEmpty)
    }

    /// How large a file may be, in words.
    static func limits(_ words: Words) -> String {
        words[
            "uploads_limits",
            ["size": "\(UploadLimits.fileBytes >> 20)", "rows": UploadLimits.rows.grouped]]
    }
}
