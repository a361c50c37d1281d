import Catalogue
import Core
import Ledger
import Organization
import Storage
import Web

extension Uploads {
    /// Reads the file of an upload and keeps a verdict over every row. Nothing of it counts.
    func judge(_ upload: Upload, _ progress: @escaping JobKind.Progress) async throws {
        let isMine = try await database.write { db in try UploadStore(db: db).begin(upload) }
        guard isMine else { return }
        var note: Wording?
        do {
            let (table, kind) = try open(upload)
            note = table.note
            let now = district.now()
            let known = try await database.read { db in
                try ImportStore(db: db).published(file: table.fingerprint(as: kind.id))
            }
            if let known {
                _ = try await database.write { db in
                    try UploadStore(db: db).recognize(
                        upload, from: .judging, as: known, at: now)
                }
                return
            }
            let bounds = try await bounds(of: upload)
            let judged = try await district.judge(
                table, kind, within: bounds, progress: progress)
            let rows = JudgedRow.all(table, judged.faults)
            try keep(rows, of: table, upload)
            let wrong = rows.count { !$0.problems.isEmpty }
            let units = Set(judged.entries.map(\.entry.unit))
            let isKept = try await database.write { db in
                try UploadStore(db: db).judge(
                    upload, rows: rows.count, wrong: wrong, units: units, at: now)
            }
            // Another file took its place meanwhile, or nobody wants it any longer.
            if !isKept {
                folder.remove(upload.id, upload.file)
                try await sweepStray(upload.id)
            }
        } catch let refusal as Refusal {
            let notes = note.map { [Fault("文件", zh: $0.zh, en: $0.en)] } ?? []
            try await fail(upload, refusal.faults + notes)
        }
    }

    /// The file of an upload as a table, and the kind it is of.
    func open(_ upload: Upload) throws -> (ImportTable, Kind) {
        guard let kind = district.catalogue.kinds[upload.kind] else {
            throw Refusal.conflict(
                zh: "配置中已没有这一填报事项。", en: "The catalogue has this kind no longer.")
        }
        guard
            let bytes = try folder.read(.file, of: upload.id, upload.file)
        else {
            throw Refusal.conflict(
                zh: "服务器上已没有这个文件，请重新上传。",
                en: "The file is no longer on the server. Upload it again.")
        }
        let table = try ImportTable(
            name: upload.fileName, bytes: bytes, rowLimit: UploadLimits.rows
        ) { kind.heading($0) != nil }
        return (table, kind)
    }

    /// What the account of an upload may bring files for, as of now.
    func bounds(of upload: Upload) async throws -> ImportBounds {
        let today = district.now().day
        return try await database.read { db in
            try ImportBounds(
                .import, of: access(upload.account, db), on: today, try district.structure(db), db)
        }
    }

    /// Keeps pages of a hundred rows: of all, and of those with problems.
    private func keep(
        _ rows: [JudgedRow], of table: ImportTable, _ upload: Upload
    ) throws {
        folder.remove(upload.id, upload.file, verdictsOnly: true)
        func keep(_ rows: [JudgedRow], as part: (Int) -> UploadFolder.Part) throws {
            for (page, start) in stride(from: 0, to: rows.count, by: Limits.rowsPerPage)
                .enumerated()
            {
                let part = part(page + 1)
                let slice = Array(rows[start..<min(start + Limits.rowsPerPage, rows.count)])
                try folder.keep(
                    try JudgedPage(headings: table.headings, rows: slice, note: table.note)
                        .bytes(), as: part, of: upload.id, upload.file)
            }
        }
        try keep(rows, as: UploadFolder.Part.rows)
        try keep(rows.filter { !$0.problems.isEmpty }, as: UploadFolder.Part.wrongRows)
    }
}
