import Catalogue
import Core
import Hummingbird
import Ledger
import Web

/// GET /uploads/:id/faults.csv. For whoever may see the upload: line, heading and how to mend, as a
/// spreadsheet opens it. It names no person and repeats no private value, so it discloses nothing.
struct DownloadFaults: Sendable {
    let desk: UploadServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let upload = try await desk.find(context)
        let kind = try desk.kind(of: upload)
        let words = desk.site.words(context)
        let places = Places(kind, words)
        var lines = [
            ["upload_faults_line", "upload_faults_place", "upload_faults_mend"].map { words[$0] }
        ]
        func add(_ page: JudgedPage) {
            for row in page.rows {
                for problem in row.problems {
                    lines.append([
                        String(row.line), places.label(problem),
                        places.isPersonal(problem.place)
                            ? words["upload_fault_person"] : problem.words[words.language],
                    ])
                }
            }
        }
        // What is wrong with the whole file, such as its headings: then no row was judged.
        if let note = try desk.uploads.folder.read(.note, of: upload.id, upload.file) {
            add(try JudgedPage(note))
        }
        var page = 1
        while lines.count <= UploadLimits.listedFaults,
            let bytes = try desk.uploads.folder.read(
                .wrongRows(page), of: upload.id, upload.file)
        {
            add(try JudgedPage(bytes))
            page += 1
        }
        if lines.count > UploadLimits.listedFaults + 1 {
            lines = Array(lines.prefix(UploadLimits.listedFaults + 1))
            lines.append(["", "", words["upload_faults_more"]])
        }
        // The mark at the beginning tells spreadsheets that this is UTF-8.
        let bytes = Array(("\u{FEFF}" + lines.map(csvLine).joined()).utf8)
        return desk.site.download(
            bytes, as: "text/csv; charset=utf-8", named: words["upload_faults_name"] + ".csv",
            plainly: "faults.csv")
    }
}

/// The places of faults in the reader's language.
struct Places {
    private let columns: [TemplateColumn]
    private let words: Words

    init(_ kind: Kind, _ words: Words) {
        columns = TemplateColumn.all(of: kind)
        self.words = words
    }

    private func column(_ place: String) -> TemplateColumn? {
        columns.first { $0.label.zh == place }
            ?? columns.first { column in
                (place == "日期" && column.heading == .day)
                    || (place == "地点单位" && column.heading == .place)
            }
    }

    /// The place of a problem with the letters of its column.
    func label(_ problem: JudgedRow.Problem) -> String {
        let label = label(problem.place)
        guard let column = problem.column else { return label }
        return words["upload_place_column", ["place": label, "column": column]]
    }

    private func label(_ place: String) -> String {
        if let column = column(place) { return column.label[words.language] }
        switch place {
        case "行": return words["upload_place_row"]
        case "标题": return words["upload_place_headings"]
        case "文件", "file": return words["upload_place_file"]
        default: return place
        }
    }

    func isPersonal(_ place: String) -> Bool { column(place)?.isPersonal ?? false }
}
