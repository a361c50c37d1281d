import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /uploads/:id/judgement. Its own account asks for the rows to be judged once more: the work
/// failed, or what was wrong is in order now.
struct JudgeAgain: Sendable {
    let desk: UploadServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let upload = try await desk.findOwn(context)
        _ = try await context.form(request)
        let now = desk.site.now()
        if upload.state == .failed || upload.state == .judged {
            try await desk.database.write { db in
                let uploads = UploadStore(db: db)
                try desk.checkQueue(uploads, context)
                _ = try uploads.wait(upload, from: upload.state, at: now)
            }
            desk.site.bell.ring()
        }
        return desk.site.redirect(to: .upload(upload.id))
    }
}
