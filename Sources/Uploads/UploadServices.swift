import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// What every verb on uploads is given: what all verbs are, and where the files lie.
struct UploadServices: Sendable {
    let app: Services
    let uploads: Uploads

    init(_ uploads: Uploads, _ site: Site) {
        app = Services(uploads.district, uploads.accounts, site)
        self.uploads = uploads
    }

    var district: District { app.district }
    var database: Database { app.database }
    var site: Site { app.site }

    /// Whose uploads the reader may see.
    func sight(_ context: AppContext) async throws -> UploadVisibility {
        let structure = try await district.structure()
        return UploadVisibility(
            account: context.reader.account, access: context.reader.access,
            catalogue: district.catalogue, structure, on: site.now().day)
    }

    /// An upload that the reader may see, else it is not there.
    func find(_ context: AppContext) async throws -> Upload {
        let id = try context.id("id", of: Upload.self)
        let sight = try await sight(context)
        guard
            let upload = try await database.read({ db in
                try UploadStore(db: db).find(id, for: sight)
            })
        else { throw Refusal.notFound }
        return upload
    }

    /// An upload of the reader's own account, else it is not there.
    func findOwn(_ context: AppContext) async throws -> Upload {
        let upload = try await find(context)
        guard upload.account == context.reader.account else { throw Refusal.notFound }
        return upload
    }

    func kind(of upload: Upload) throws(Refusal) -> Kind {
        guard let kind = district.catalogue.kinds[upload.kind] else { throw .notFound }
        return kind
    }

    /// The kinds that the reader may bring files of, in the order of the catalogue: recorded in
    /// units of theirs, not sealed from them, and counted without a second person's word.
    func kinds(_ context: AppContext) async throws -> [Kind] {
        let access = context.reader.access
        let structure = try await district.structure()
        let forms = Set(structure.units(.import, access, on: site.now().day).map(\.form))
        return district.catalogue.kinds.values
            .filter { kind in
                !district.catalogue.isOfCases(kind.id) && kind.isBrought(by: access)
                    && (kind.forms.isEmpty || !forms.isDisjoint(with: kind.forms))
            }.inOrder
    }

    /// The kind in the address, when the reader may bring files of it.
    func kind(_ context: AppContext) async throws -> Kind {
        let id = try context.word("kind")
        guard let kind = try await kinds(context).first(where: { $0.id == id }) else {
            throw Refusal.notFound
        }
        return kind
    }

    /// Lets in no more than the queue holds, of one account and of all.
    func checkQueue(_ store: UploadStore, _ context: AppContext) throws {
        guard
            try store.count(Upload.working, of: context.reader.account)
                < UploadLimits.workingPerAccount
        else {
            throw Refusal.conflict(
                zh: "您已有\(UploadLimits.workingPerAccount)个文件在处理，请等其中一个完成后再试。",
                en: "\(UploadLimits.workingPerAccount) files of yours are being worked on. Wait "
                    + "until one is done.")
        }
        guard try store.count(Upload.working) < UploadLimits.queue else {
            throw Refusal.conflict(
                zh: "等待处理的文件已有\(UploadLimits.queue)个，请几分钟后再试。",
                en: "\(UploadLimits.queue) files wait to be worked on. Try again in a few minutes.")
        }
    }

    /// The file of a form, told by its content.
    ///
    /// - Throws: `Refusal.invalid` beside the field.
    func file(_ form: Form) throws(Refusal) -> UploadedFile {
        guard let sent = form.files("file").first else {
            throw .invalid("file", zh: "请选择要上传的文件。", en: "Choose the file to upload.")
        }
        return try UploadedFile(name: sent.name, bytes: sent.bytes)
    }

    /// Whether a form says of itself that it is larger than any file that is taken in.
    func isTooLarge(_ request: Request) -> Bool {
        (request.headers[.contentLength].flatMap { Int($0) } ?? 0) > Self.formBytes
    }

    /// A file with the form around it.
    static let formBytes = UploadLimits.fileBytes + Limits.bodyBytes

    /// The steps that lead down to an upload.
    func trail(_ words: Words) -> [Link] { [Link(words["nav_uploads"], .uploads)] }
}

extension Kind {
    /// Whether somebody may bring files of it at all: what a second person confirms is entered one
    /// by one, and what is sealed is for who stands on its list.
    func isBrought(by access: Access) -> Bool {
        !isConfirmed && access.maySee(self)
    }
}
