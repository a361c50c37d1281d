import Foundation
import Hummingbird

extension Site {
    /// Answers with a file that the browser keeps and does not show. Nothing keeps it on its way.
    ///
    /// - Parameters:
    ///   - name: what the file is called, in any letters.
    ///   - plainName: the same in letters that every browser knows; none unless given.
    ///   - isShown: whether the browser may show it by itself.
    package func download(
        _ bytes: [UInt8], as type: String, named name: String, plainly plainName: String? = nil,
        isShown: Bool = false
    ) -> Response {
        // As RFC 8187 writes it: nothing in it can end the header or begin another.
        let encoded = name.addingPercentEncoding(withAllowedCharacters: plainCharacters) ?? "file"
        let plain = plainName.map { "filename=\"\($0)\"; " } ?? ""
        var headers = HTTPFields()
        headers[.contentType] = type
        headers[.contentDisposition] =
            "\(isShown ? "inline" : "attachment"); \(plain)filename*=UTF-8''\(encoded)"
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        ).unkept
    }
}

private let plainCharacters = CharacterSet(
    charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._")

extension Response {
    /// The same, kept by no cache.
    package var unkept: Response {
        var response = self
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
