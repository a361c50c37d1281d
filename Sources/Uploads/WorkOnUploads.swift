import Core
import Ledger
import Storage

extension Uploads {
    /// The work on uploads: each is judged or published by a job of its own, and what is too old
    /// goes each night and at each start.
    package var jobs: [JobKind] {
        [
            JobKind(
                UploadStore.job, restart: restart,
                reached: { id, done, total, db in
                    try UploadStore(db: db).reach(done, of: total, Upload.ID(trusted: id))
                },
                work: { id, progress in try await work(on: Upload.ID(trusted: id), progress) }),
            JobKind("upload_sweep", schedule: Nightly.next, isAtStart: true) { _, _ in
                try await sweep()
            },
        ]
    }

    /// What a stop interrupted counts for nothing and is begun again.
    private func restart() async throws {
        let now = district.now()
        try await database.write { db in try UploadStore(db: db).restart(at: now) }
    }

    /// Judges or publishes an upload, unless nobody waits for it any longer.
    private func work(on id: Upload.ID, _ progress: @escaping JobKind.Progress) async throws {
        guard let upload = try await database.read({ try UploadStore(db: $0).find(id) }) else {
            return
        }
        do {
            switch upload.state {
            case .waiting: try await judge(upload, progress)
            case .publishing: try await publish(upload, progress)
            default: break
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            logger.error(
                "upload", metadata: ["upload": "\(upload.id)", "error": "\(error)"])
            let fault = Fault(
                "文件", zh: "系统在处理时出错，没有提交任何内容。请稍后再试。",
                en: "Something went wrong while working on the file, and nothing was posted. "
                    + "Try again later.")
            guard try await fail(upload, [fault]) else { throw error }
        }
    }

    var database: Database { district.database }

    /// Keeps why the work on an upload ended without a result; false when it is no longer at work.
    @discardableResult
    func fail(_ upload: Upload, _ faults: [Fault]) async throws -> Bool {
        let from: Upload.State = upload.state == .publishing ? .publishing : .judging
        let now = district.now()
        let isKept = try await database.write { db in
            try UploadStore(db: db).fail(upload, from: from, at: now)
        }
        if isKept { try note(faults, upload) }
        return isKept
    }

    func note(_ faults: [Fault], _ upload: Upload) throws {
        let row = JudgedRow(line: 1, values: [], problems: faults.map { .init($0) })
        try folder.keep(
            try JudgedPage(headings: [], rows: [row]).bytes(), as: .note, of: upload.id,
            upload.file)
    }
}
