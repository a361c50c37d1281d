import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /uploads/:id/publication. Its own account asks for what was judged to be published; the
/// queue does it.
struct PublishUpload: Sendable {
    let desk: UploadServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: Upload.self)
        let form = try await context.form(request)
        // What is published is the file that was looked at, and no later one.
        let file = try form.text("file")
        let now = desk.site.now()
        let sight = try await desk.sight(context)
        let isAsked = try await desk.database.write { db in
            let uploads = UploadStore(db: db)
            guard let upload = try uploads.find(id, for: sight),
                upload.account == context.reader.account
            else { throw Refusal.notFound }
            // Whoever presses twice asked once.
            if upload.state == .publishing || upload.state == .published { return false }
            guard file == upload.file.text, upload.mayBePublished else {
                throw Refusal.conflict(
                    zh: "文件在此期间已更换，或还有问题需要更正。请重新打开页面核对。",
                    en: "The file was replaced meanwhile, or has rows to be corrected. Open the "
                        + "page again and check.")
            }
            try desk.checkQueue(uploads, context)
            guard try uploads.ask(upload, at: now) else { return false }
            try Audit(db, key: desk.district.key).record(
                "upload.asked", id.text, by: context.actor, at: now, quietly: true)
            return true
        }
        if isAsked { desk.site.bell.ring() }
        return desk.site.redirect(to: .upload(id))
    }
}

extension Uploads {
    /// Publishes an upload, in the commit that makes its rows count.
    func publish(_ upload: Upload, _ progress: @escaping JobKind.Progress) async throws {
        do {
            let (table, kind) = try open(upload)
            let bounds = try await bounds(of: upload)
            let actor = Actor(name: upload.account.text, standing: .account)
            let outcome = try await district.importTable(
                table, kind: kind, by: actor, within: bounds, progress: progress
            ) { db, importID in
                try complete(upload, kind, as: importID, db)
            }
            try await settle(upload, outcome)
        } catch let refusal as Refusal {
            let now = district.now()
            let isBack = try await database.write { db in
                try UploadStore(db: db).stepBack(upload, at: now)
            }
            if isBack { try note(refusal.faults, upload) }
        }
    }

    /// What stands in the commit of the publishing itself: the account still may, and the upload
    /// is published by this import and no other.
    private func complete(
        _ upload: Upload, _ kind: Kind, as importID: String, _ db: Connection
    ) throws {
        guard try covers(upload, kind, upload.account, db) else {
            throw Refusal.conflict(
                zh: "您已不再有权导入其中的内容，没有提交任何内容。",
                en: "You may no longer import what it holds. Nothing was posted.")
        }
        guard try !district.postsOwnPost(importID, of: upload.account, db) else {
            throw Refusal.conflict(
                zh: "其中有您本人的带来权限的职务，请由他人登记。没有提交任何内容。",
                en: "It holds a post of your own that brings rights: somebody else enters it. "
                    + "Nothing was posted.")
        }
        guard try UploadStore(db: db).publish(upload, as: importID, at: district.now()) else {
            throw Refusal.conflict(
                zh: "这个文件已在别处处理。", en: "This file was dealt with elsewhere.")
        }
    }

    /// Whether an account may bring files, as of now, of the kind and for all units of an upload.
    func covers(
        _ upload: Upload, _ kind: Kind, _ account: Account.ID, _ db: Connection
    ) throws -> Bool {
        let access = try access(account, db)
        let bounds = try ImportBounds(
            .import, of: access, on: district.now().day, try district.structure(db), db)
        return try kind.isBrought(by: access) && UploadStore(db: db).covers(upload, bounds)
    }

    private func settle(_ upload: Upload, _ outcome: ImportOutcome) async throws {
        let now = district.now()
        switch outcome {
        case .published:
            folder.remove(upload.id)
        case .recognized(let known):
            _ = try await database.write { db in
                try UploadStore(db: db).recognize(
                    upload, from: .publishing, as: known, at: now)
            }
        case .refused:
            // The ledger moved on since the rows were judged: they are judged again.
            _ = try await database.write { db in
                try UploadStore(db: db).wait(upload, from: .publishing, at: now)
            }
        }
    }
}
