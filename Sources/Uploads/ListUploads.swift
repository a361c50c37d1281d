import Catalogue
import Core
import Hummingbird
import Ledger
import Web

/// GET /uploads. For anyone who may bring files: the kinds, and the uploads they may see. With
/// `kind=` it leads on to that kind.
struct ListUploads: Sendable {
    let desk: UploadServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        if let kind = try query.text("kind") {
            return desk.site.redirect(to: .newUpload(kind))
        }
        let keyset = try Keyset(query, parts: 1)
        let sight = try await desk.sight(context)
        let found = try await desk.database.read { db in
            try UploadStore(db: db).list(sight, keyset)
        }
        let (rows, next) = keyset.cut(found) { [$0.id.text] }
        let page = UploadsPage(
            kinds: try await desk.kinds(context), rows, desk.district.catalogue,
            pager: keyset.pager(next: next, at: context.address),
            own: context.reader.account, desk.site.words(context))
        return desk.site.show(page, context)
    }
}

/// Where a file is brought in, and what became of earlier ones.
struct UploadsPage: Page {
    static let template = "uploads/list"

    let title: String
    let action: String
    let hasKinds: Bool
    let kinds: Select
    let rows: Listed<Row>?
    let pager: Pager?

    struct Row: Sendable {
        let name: String
        let href: String
        let kind: String
        let stateTag: String
        let state: String
        let count: String
        let when: String
        let whose: String
    }

    init(
        kinds: [Kind], _ uploads: [Upload], _ catalogue: Catalogue, pager: Pager?, own: AccountID?,
        _ words: Words
    ) {
        let language = words.language
        title = words["uploads_title"]
        action = Address.uploads.text
        hasKinds = !kinds.isEmpty
        self.kinds = Select(
            name: "kind", label: words["uploads_kind"], chosen: "",
            options: kinds.map { ($0.id, $0.name[language]) })
        rows = Listed(
            uploads.map { upload in
                let state = UploadState(upload, words)
                return Row(
                    name: upload.fileName.isEmpty ? words["uploads_no_name"] : upload.fileName,
                    href: Address.upload(upload.id).text,
                    kind: catalogue.kinds[upload.kind]?.name[language] ?? upload.kind,
                    stateTag: state.tag, state: state.label,
                    count: upload.rows == 0 ? "–" : upload.rows.grouped,
                    when: upload.uploadedAt.text,
                    whose: words[upload.account == own ? "uploads_mine" : "uploads_others"])
            })
        self.pager = pager
    }
}

/// How a page says where an upload stands.
struct UploadState: Sendable {
    let tag: String
    let label: String
    let sentence: String

    init(_ upload: Upload, _ words: Words) {
        let name =
            switch upload.state {
            case .judged where upload.knownImport != nil: "known"
            case .judged where upload.wrongRows > 0: "wrong"
            default: upload.state.rawValue
            }
        tag =
            switch name {
            case "published": "tag-good"
            case "wrong", "failed": "tag-warn"
            default: "tag-seal"
            }
        label = words["upload_\(name)"]
        sentence =
            words[
                "upload_\(name)_text",
                ["rows": upload.rows.grouped, "wrong": upload.wrongRows.grouped]]
    }
}
