import Core
import Foundation
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
        return Download(
            name: kind.name[words.language] + ".xlsx", plainName: kind.id + ".xlsx",
            type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            bytes: try Work.count { try book.bytes() }
        ).response
    }
}

/// A file that a browser is to keep and not to show.
struct Download {
    let name: String
    /// The name in letters that every browser knows.
    let plainName: String
    let type: String
    let bytes: [UInt8]

    var response: Response {
        let encoded = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? plainName
        var headers = HTTPFields()
        headers[.contentType] = type
        headers[.contentDisposition] =
            "attachment; filename=\"\(plainName)\"; filename*=UTF-8''\(encoded)"
        headers[.cacheControl] = "no-store"
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
