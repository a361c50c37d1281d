import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /uploads/:id/disposal. Its own account wants nothing more of it; the file is deleted.
struct DiscardUpload: Sendable {
    let desk: UploadServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let upload = try await desk.findOwn(context)
        _ = try await context.form(request)
        let now = desk.site.now()
        let key = desk.district.key
        if upload.state != .discarded {
            try await desk.database.write { db in
                guard upload.mayBeReplaced, try UploadStore(db: db).discard(upload, at: now)
                else {
                    throw Refusal.conflict(
                        zh: "文件正在提交或已有变化，现在不能放弃。请重新打开页面核对。",
                        en: "The file is being published, or has changed: it cannot be discarded "
                            + "now. Open the page again and check.")
                }
                try Audit(db, key: key).record(
                    "upload.discarded", upload.id.text, by: context.actor, at: now,
                    quietly: true)
            }
            desk.uploads.folder.remove(upload.id)
        }
        return desk.site.redirect(to: Address.uploads.with("done", "discarded"))
    }
}
