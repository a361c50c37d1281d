import Core
import Hummingbird
import NIOCore
import Synchronization

/// What a request sent in a form, as far as it was read: whoever wrote it gets it back, filled in,
/// when it is refused.
///
/// All copies of one request's context share it, and it lives no longer than the request: nothing
/// of a refused form is kept on the server.
package final class SentForm: Sendable {
    private struct State {
        var isRead = false
        var form: Form?
    }

    private let state = Mutex(State())

    /// The form as far as it is known; nil when nothing could be read.
    var form: Form? { state.withLock { $0.form } }

    func keep(_ form: Form) { state.withLock { $0.form = form } }

    /// The bytes of a body, which can be read once. Of one that is too long its beginning is kept.
    ///
    /// - Throws: `HTTPError` for a body that is too long or does not arrive.
    func body(of request: Request, upTo limit: Int) async throws -> [UInt8] {
        state.withLock { $0.isRead = true }
        var bytes: [UInt8] = []
        do {
            for try await part in request.body {
                bytes += part.readableBytesView
                guard bytes.count <= limit else {
                    keepBeginning(bytes, request)
                    throw HTTPError(.contentTooLarge)
                }
            }
        } catch let error as HTTPError {
            throw error
        } catch is NIOTooManyBytesError {
            throw HTTPError(.contentTooLarge)
        } catch let error as CancellationError {
            throw error
        } catch {
            // Whatever is wrong with it is the sender's fault and not the program's.
            throw HTTPError(.badRequest)
        }
        return bytes
    }

    /// The beginning of a form that nobody has read, for one that was refused before that.
    func readBeginning(of request: Request) async {
        let wasRead = state.withLock { state in
            defer { state.isRead = true }
            return state.isRead
        }
        guard !wasRead else { return }
        var bytes: [UInt8] = []
        do {
            for try await part in request.body {
                bytes += part.readableBytesView
                if bytes.count > Limits.keptFormBytes { break }
            }
        } catch {
            // What did not arrive cannot be shown again.
            return
        }
        keepBeginning(bytes, request)
    }

    private func keepBeginning(_ bytes: [UInt8], _ request: Request) {
        let beginning = Array(bytes.prefix(Limits.keptFormBytes))
        let type = request.headers[.contentType] ?? ""
        if let form = Form(beginning: beginning, isWhole: beginning.count == bytes.count, type) {
            keep(form)
        }
    }
}

extension Form {
    /// The fields of a body, those alone of which all has arrived; nil for another type of body.
    fileprivate init?(beginning bytes: [UInt8], isWhole: Bool, _ type: String) {
        if type.lowercased().hasPrefix("application/x-www-form-urlencoded") {
            let end = isWhole ? bytes.endIndex : bytes.lastIndex(of: UInt8(ascii: "&")) ?? 0
            self.init(
                sent: Query.pairs(of: String(decoding: bytes[..<end], as: UTF8.self)), uploads: [])
        } else if let boundary = Multipart.boundary(of: type) {
            let parts = Multipart(beginning: bytes, boundary: boundary)
            self.init(sent: parts.pairs, uploads: parts.uploads)
        } else {
            return nil
        }
    }
}
