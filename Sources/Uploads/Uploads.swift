import Accounts
import Core
import Hummingbird
import Ledger
import Logging
import Storage
import Web

/// Files that are brought in the browser: where they lie, and what their accounts may do.
package struct Uploads: Sendable {
    package let district: District
    package let folder: UploadFolder
    let logger: Logger
    let accounts: Accounts

    package init(
        _ district: District, _ accounts: Accounts, folder: String, logger: Logger
    ) {
        self.district = district
        self.folder = UploadFolder(folder, key: district.key.derived("uploads"))
        self.logger = logger
        self.accounts = accounts
    }

    /// What an account may do today, for work that goes on after its request.
    func access(_ account: Account.ID, _ db: Connection) throws -> Access {
        try accounts.acting(account, db)?.access ?? .none
    }
}

/// Import in the browser, for who holds the right to bring files: templates, uploads with their
/// verdicts, publishing and undoing.
package func uploads(_ uploads: Uploads) -> Feature {
    Feature(
        name: "uploads",
        navigation: [
            Destination("nav_uploads", .uploads, path: Address.uploads.text, needs: .right(.import))
        ],
        templates: .module,
        pages: [UploadsPage.self, NewUploadPage.self, UploadPage.self],
        jobs: uploads.jobs,
        routes: { router, site in
            let desk = UploadServices(uploads, site)
            let bring = Need.right(.import)
            router.get("uploads", needs: bring, use: ListUploads(desk: desk).handle)
            router.get("uploads/kinds/:kind", needs: bring, use: NewUpload(desk: desk).show)
            router.post("uploads/kinds/:kind", needs: bring, use: NewUpload(desk: desk).take)
            router.get(
                "uploads/template/{kind}.xlsx", needs: bring,
                use: DownloadTemplate(desk: desk).handle)
            router.get("uploads/:id", needs: bring, use: ShowUpload(desk: desk).handle)
            router.get(
                "uploads/:id/faults.csv", needs: bring, use: DownloadFaults(desk: desk).handle)
            router.post("uploads/:id/file", needs: bring, use: ReplaceUpload(desk: desk).handle)
            router.post(
                "uploads/:id/judgement", needs: bring, use: JudgeAgain(desk: desk).handle)
            router.post(
                "uploads/:id/publication", needs: bring, fields: ["file": .carried],
                use: PublishUpload(desk: desk).handle)
            router.post(
                "uploads/:id/disposal", needs: bring, use: DiscardUpload(desk: desk).handle)
            router.post("uploads/:id/reversal", needs: bring, use: UndoUpload(desk: desk).handle)
        })
}

extension Address {
    /// The list of uploads.
    package static let uploads = Address("uploads")

    /// One upload.
    package static func upload(_ id: Upload.ID) -> Address { Address("uploads", id.text) }

    /// What to fill in for a kind, and where to send it.
    package static func newUpload(_ kind: String) -> Address { Address("uploads", "kinds", kind) }

    static func template(_ kind: String) -> Address {
        Address("uploads", "template", kind + ".xlsx")
    }
}
