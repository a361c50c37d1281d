import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /uploads/template/{kind}.xlsx. For anyone who may bring files of the kind: the workbook to
/// fill in, in their language and with their units.
struct DownloadTemplate: Sendable {
    let desk: UploadServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let kind = try await desk.kind(context)
        let today = desk.site.now().day
        let structure = try await desk.district.structure()
        let words = desk.site.words(context)
        let book = TemplateBook(
            kind, units: structure.units(.import, context.reader.access, on: today), today: today,
            words)
        return desk.site.download(
            try Work.count { try book.bytes() },
            as: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            named: kind.name[words.language] + ".xlsx", plainly: kind.id + ".xlsx")
    }
}
