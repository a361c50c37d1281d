import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /uploads/:id/file. Its own account sends a corrected file in the place of the first.
struct ReplaceUpload: Sendable {
    let desk: UploadServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let upload = try await desk.findOwn(context)
        let show = ShowUpload(desk: desk)
        if desk.isTooLarge(request) {
            return try await show.page(
                upload, context, FormState(context, nil, [UploadedFile.tooLarge]),
                status: .contentTooLarge)
        }
        let form = try await context.form(request, upTo: UploadServices.formBytes)
        return try await context.mending(form, at: "file") {
            try await replace(upload, with: try desk.file(form), context)
            desk.site.bell.ring()
            return desk.site.redirect(to: .upload(upload.id))
        } again: {
            try await show.page(upload, context, $0)
        }
    }

    private func replace(
        _ upload: Upload, with file: UploadedFile, _ context: AppContext
    ) async throws {
        let folder = desk.uploads.folder
        let now = desk.site.now()
        let key = desk.district.key
        guard upload.mayBeReplaced else { throw Self.tooLate }
        do {
            try folder.keep(file.bytes, as: .file, of: upload.id, file.id)
            try await desk.database.write { db in
                let uploads = UploadStore(db: db)
                if !upload.isAtWork { try desk.checkQueue(uploads, context) }
                guard try uploads.replace(upload, with: file, at: now) else {
                    throw Self.tooLate
                }
                try Audit(db, key: key).record(
                    "upload.replaced", upload.id.text, by: context.actor, at: now,
                    evidence: hexadecimalDigest(file.bytes), quietly: true)
            }
        } catch {
            folder.remove(upload.id, file.id)
            throw error
        }
        folder.remove(upload.id, upload.file)
    }

    private static let tooLate = Refusal.conflict(
        zh: "这个文件在此期间已更换、放弃或正在提交。请重新打开页面核对。",
        en: "The file was replaced, discarded or is being published. Open the page again and check."
    )
}
