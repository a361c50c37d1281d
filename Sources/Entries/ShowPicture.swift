import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET /photos/:picture and /photos/:picture/small. For everybody, while the release of the
/// picture stands: asked anew each time, so that one that was taken back is gone at once, from
/// caches as well.
struct ShowPicture: Sendable {
    let desk: EntryServices

    /// The picture as it was kept, and without anything but the picture once more.
    @Sendable func large(_ request: Request, _ context: AppContext) async throws -> Response {
        let picture = try await find(context, small: false).picture
        let mark = "\"\(picture.evidence.digest)\""
        if let same = unchanged(request, mark) { return same }
        let bytes = try Work.count {
            try desk.folder.read(picture.evidence.id, digest: picture.evidence.digest)
        }
        guard let bytes, let bare = PictureParts.bare(bytes, picture.evidence.mediaType) else {
            throw Refusal.notFound
        }
        return answer(bare, picture.evidence.mediaType, mark)
    }

    @Sendable func small(_ request: Request, _ context: AppContext) async throws -> Response {
        let (picture, thumbnail) = try await find(context, small: true)
        let mark = "\"\(picture.id.text)\""
        if let same = unchanged(request, mark) { return same }
        guard let thumbnail else { throw Refusal.notFound }
        return answer(thumbnail, "image/jpeg", mark)
    }

    /// - Parameter small: whether the small picture is wanted with it, read in the same snapshot.
    private func find(
        _ context: AppContext, small: Bool
    ) async throws -> (picture: ReleasedPicture, thumbnail: [UInt8]?) {
        let id = try context.id("picture", of: ReleasedPicture.self)
        let district = desk.district
        return try await district.database.read { db in
            let store = ReleasedPictureStore(db: db)
            guard let picture = try store.find(id, in: district.pictureScope) else {
                throw Refusal.notFound
            }
            return (picture, small ? try store.thumbnail(id) : nil)
        }
    }

    /// Nothing new to a browser that has it: said only after the release was looked up.
    private func unchanged(_ request: Request, _ mark: String) -> Response? {
        guard request.headers[.ifNoneMatch] == mark else { return nil }
        return Response(status: .notModified, headers: headers(mark))
    }

    private func answer(_ bytes: [UInt8], _ type: String, _ mark: String) -> Response {
        var headers = headers(mark)
        headers[.contentType] = type
        headers[.contentDisposition] = "inline"
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func headers(_ mark: String) -> HTTPFields {
        [.cacheControl: "private, no-cache", .eTag: mark]
    }
}
