import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /uploads/:id/reversal. For anyone who brought it, and who may bring files for all its
/// units: what was published counts no longer, as a whole.
struct UndoUpload: Sendable {
    let desk: UploadServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let upload = try await desk.find(context)
        let form = try await context.form(request)
        if upload.state == .undone { return desk.site.redirect(to: .upload(upload.id)) }
        guard upload.state == .published, let importID = upload.importID else {
            throw Refusal.conflict(
                zh: "这个文件没有提交，不需要撤销。", en: "The file was not published: there is nothing to undo.")
        }
        let kind = try desk.kind(of: upload)
        let account = try context.requireAccount()
        return try await context.mending(form) {
            do {
                try await desk.district.reverseImport(importID, by: context.actor) { db in
                    try check(upload, kind, importID, account, db)
                    guard try UploadStore(db: db).undo(upload, at: desk.site.now()) else {
                        throw Refusal.notFound
                    }
                }
            } catch Refusal.notFound {
                // Somebody undid it meanwhile, here or at the terminal.
            }
            return desk.site.redirect(to: .upload(upload.id))
        } again: {
            try await ShowUpload(desk: desk).page(upload, context, $0)
        }
    }

    /// What must still hold in the commit that undoes it.
    private func check(
        _ upload: Upload, _ kind: Kind, _ importID: String, _ account: Account.ID, _ db: Connection
    ) throws {
        guard try desk.uploads.covers(upload, kind, account, db) else {
            throw Refusal.conflict(
                zh: "您已不再有权导入其中的内容，不能撤销。",
                en: "You may no longer import what it holds, and cannot undo it.")
        }
        guard try !desk.district.endsOwnPost(importID, of: account, db) else {
            throw Refusal.conflict(
                zh: "其中有您本人职务的结束，撤销会恢复您的权限，请由他人撤销。",
                en: "It ends a post of your own: undone, it would bring your rights again. "
                    + "Somebody else undoes it.")
        }
        guard try !desk.district.touchesPosts(importID, db) else {
            throw Refusal.conflict(
                zh: "其中的职务带来权限，撤销会改变他人的权限；请逐条填写，由上级复核。",
                en: "Posts in it bring rights: undone, it would change them. Enter each change by "
                    + "itself, and somebody higher up confirms it.")
        }
    }
}
