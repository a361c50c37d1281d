import Core
import Storage

/// A file that somebody brought in the browser: looked at first, published once, undone as a whole.
package struct Upload: Sendable {
    package typealias ID = Core.ID<Upload>

    package enum State: String, Sendable, CaseIterable {
        /// Its rows are to be judged.
        case waiting
        case judging
        /// Every row has its verdict; nothing counts yet.
        case judged
        /// To be published, or being published.
        case publishing
        case published
        /// It could not be read or worked on; the note says why.
        case failed
        case discarded
        case undone
    }

    package let id: ID
    package let account: AccountID
    package let kind: String
    package let fileName: String
    package let size: Int
    /// The file it has now: each correction is another.
    package let file: UploadedFile.ID
    package let state: State
    package let done: Int
    package let rows: Int
    package let wrongRows: Int
    /// The import that brought this very content before.
    package let knownImport: String?
    package let importID: String?
    package let uploadedAt: Moment
    package let changedAt: Moment

    /// Somebody waits for it.
    package var isAtWork: Bool { Self.working.contains(state) }

    /// Its file is still there.
    package var isKept: Bool { Self.kept.contains(state) }

    package var mayBePublished: Bool {
        state == .judged && wrongRows == 0 && rows > 0 && knownImport == nil
    }

    /// Another file may take the place of this one.
    package var mayBeReplaced: Bool { isKept && state != .publishing }

    /// The states in which an upload takes a place in the queue.
    package static let working: [State] = [.waiting, .judging, .publishing]

    /// The states in which the file is there.
    package static let kept: [State] = [.waiting, .judging, .judged, .publishing, .failed]
}

/// Each step is taken from the state and the file that were read: a worker that was overtaken by a
/// correction, and a button that was pressed twice, change nothing.
extension Upload: Transitional {
    package static let table = "upload"

    package static func condition(_ state: State) -> SQL { "state = \(state.rawValue)" }

    package static let transitions: [Transition<State>] = [
        Transition(from: [.waiting], to: .judging),
        Transition(from: [.judging, .publishing], to: .judged),
        Transition(from: [.judging, .publishing], to: .failed),
        // Another file took its place, or the ledger moved on since it was judged.
        Transition(from: Set(kept), to: .waiting),
        Transition(from: [.judged], to: .publishing, needs: .import),
        Transition(from: [.publishing], to: .published),
        Transition(from: Set(kept).subtracting([.publishing]), to: .discarded),
        Transition(from: [.published], to: .undone, needs: .import),
    ]
}

extension Upload {
    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), account: try row.get("account_id"), kind: try row.get("kind"),
            fileName: try row.get("file_name"), size: try row.get("size"),
            file: try row.get("file_id"),
            state: State(rawValue: try row.get("state")) ?? .failed, done: try row.get("done"),
            rows: try row.get("row_count"), wrongRows: try row.get("wrong_rows"),
            knownImport: try row.optional("known_import"),
            importID: try row.optional("import_id"), uploadedAt: try row.get("uploaded_at"),
            changedAt: try row.get("changed_at"))
    }
}
