import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET /uploads/:id. For its own account, and who may bring files for all its units: where it
/// stands, every row with its verdict, and what can be done next.
struct ShowUpload: Sendable {
    let desk: UploadServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(try await desk.find(context), context, FormState(context))
    }

    /// The page of an upload as it stands now.
    func page(
        _ known: Upload, _ context: AppContext, _ state: FormState,
        status: HTTPResponse.Status? = nil
    ) async throws -> Response {
        let sight = try await desk.sight(context)
        guard
            let upload = try await desk.database.read({ db in
                try UploadStore(db: db).find(known.id, for: sight)
            })
        else { throw Refusal.notFound }
        let words = desk.site.words(context)
        let view = try UploadView(upload, context.address)
        let folder = desk.uploads.folder
        let rows =
            upload.isKept
            ? try folder.read(view.part, of: upload.id, upload.file).map { try JudgedPage($0) }
            : nil
        let note =
            upload.isKept
            ? try folder.read(.note, of: upload.id, upload.file).map { try JudgedPage($0) } : nil
        let page = UploadPage(
            upload, try desk.kind(of: upload), view: view, .init(rows: rows, note: note), state,
            context, words)
        var response = desk.site.show(
            page, context, trail: desk.trail(words), status: status ?? state.status)
        if upload.isAtWork, state.faults.isEmpty {
            response.headers[.init("Refresh")!] = String(UploadLimits.refreshSeconds)
        }
        return response
    }
}

/// Which rows of an upload are looked at.
struct UploadView: Sendable {
    let page: Int
    let isWrongOnly: Bool
    let address: Address

    init(_ upload: Upload, _ asked: Address) throws(Refusal) {
        isWrongOnly = asked["only"] == "wrong"
        let base = Address.upload(upload.id)
        address = isWrongOnly ? base.with("only", "wrong") : base
        guard let text = asked["page"] else {
            page = 1
            return
        }
        guard let page = Int(text), page >= 1, page <= UploadLimits.rows else {
            throw .invalid(
                "page", zh: "没有这一页，请从第一页开始翻阅。",
                en: "There is no such page; begin again with the first.")
        }
        self.page = page
    }

    var part: UploadFolder.Part { isWrongOnly ? .wrongRows(page) : .rows(page) }

    func count(_ upload: Upload) -> Int { isWrongOnly ? upload.wrongRows : upload.rows }
}
