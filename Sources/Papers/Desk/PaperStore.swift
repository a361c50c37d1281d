import Core
import Foundation
import Organization
import Storage

/// A paper that was issued: its value with its number, and by whom and when.
package struct IssuedPaper: Sendable {
    package let id: ID<IssuedPaper>
    package let report: String
    package let unit: OrgUnit.ID
    package let paper: Paper
    package let issuedAt: Moment
    package let issuedBy: String

    package init(
        id: ID<IssuedPaper>, report: String, unit: OrgUnit.ID, paper: Paper, issuedAt: Moment,
        issuedBy: String
    ) {
        self.id = id
        self.report = report
        self.unit = unit
        self.paper = paper
        self.issuedAt = issuedAt
        self.issuedBy = issuedBy
    }
}

/// The forms in which a paper is taken along.
package enum PaperForm: String, Sendable, CaseIterable {
    case docx, pdf

    package var type: String {
        switch self {
        case .docx: WordFile.type
        case .pdf: PaperPrinter.type
        }
    }
}

/// A file that was made of a paper.
package struct PaperFile: Sendable {
    package let form: PaperForm
    package let bytes: [UInt8]
    /// The letters that stand in it for those that the standard names.
    package let fonts: [Substitute]

    /// A face that the standard names, and what stands for it.
    package struct Substitute: Sendable, Codable, Hashable {
        package let named: String
        package let taken: String
    }

    package init(form: PaperForm, bytes: [UInt8], fonts: [Substitute] = []) {
        self.form = form
        self.bytes = bytes
        self.fonts = fonts
    }
}

/// What a page says of a file without reading it.
struct PaperFileFacts: Sendable {
    let digest: String
    let fonts: [PaperFile.Substitute]
}

/// Every statement on papers, their numbers and their files.
package struct PaperStore {
    private let db: Connection

    package init(_ db: Connection) { self.db = db }

    /// So many papers of one report are listed.
    package static let listLimit = 50

    /// The next number of an issuer's sign in a year, taken with the commit in which it is asked.
    package func nextNumber(_ sign: String, of unit: OrgUnit.ID, in year: Int) throws
        -> DocumentNumber
    {
        // All rows are taken, and not only the first: the statement has to come to its end.
        let rows = try db.rows(
            """
            INSERT INTO paper_sequence (unit_id, sign, year, newest)
            VALUES (\(unit), \(sign), \(year), 1)
            ON CONFLICT (unit_id, sign, year) DO UPDATE SET newest = paper_sequence.newest + 1
            RETURNING newest
            """)
        guard let row = rows.first else { throw Refusal.notFound }
        return DocumentNumber(sign: sign, year: year, count: try row.at(0))
    }

    /// The sign under which a unit issued its newest paper; nil where it has none.
    func newestSign(of unit: OrgUnit.ID) throws -> String? {
        try db.value(
            "SELECT sign FROM paper WHERE unit_id = \(unit) ORDER BY id DESC LIMIT 1",
            as: String.self)
    }

    func insert(_ issued: IssuedPaper) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = try encoder.encode(issued.paper)
        let digest = hexadecimalDigest(Array(body))
        guard let number = issued.paper.number else { throw Refusal.notFound }
        try db.execute(
            """
            INSERT INTO paper (id, report_id, kind, unit_id, sign, year, number, body, digest,
                issued_at, issued_by)
            VALUES (\(issued.id), \(issued.report), \(issued.paper.kind.rawValue),
                \(issued.unit), \(number.sign), \(number.year), \(number.count),
                \(String(decoding: body, as: UTF8.self)), \(digest), \(issued.issuedAt),
                \(issued.issuedBy))
            """)
        return digest
    }

    package func find(_ id: ID<IssuedPaper>) throws -> IssuedPaper? {
        try db.first("SELECT * FROM paper WHERE id = \(id)").map(issued)
    }

    /// The papers of a report, the newest first.
    package func list(of report: String) throws -> [IssuedPaper] {
        try db.rows(
            """
            SELECT * FROM paper WHERE report_id = \(report) ORDER BY id DESC
            LIMIT \(Self.listLimit)
            """
        ).map(issued)
    }

    private func issued(_ row: Row) throws -> IssuedPaper {
        let body = try row.get("body", as: String.self)
        return IssuedPaper(
            id: try row.get("id"), report: try row.get("report_id"), unit: try row.get("unit_id"),
            paper: try JSONDecoder().decode(Paper.self, from: Data(body.utf8)),
            issuedAt: try row.get("issued_at"), issuedBy: try row.get("issued_by"))
    }

    // MARK: Files

    func keep(_ file: PaperFile, of id: ID<IssuedPaper>, at moment: Moment) throws {
        let fonts = String(decoding: try JSONEncoder().encode(file.fonts), as: UTF8.self)
        try db.execute(
            """
            INSERT INTO paper_file (paper_id, form, content, digest, fonts, made_at)
            VALUES (\(id), \(file.form.rawValue), \(Data(file.bytes).base64EncodedString()),
                \(hexadecimalDigest(file.bytes)), \(fonts), \(moment))
            ON CONFLICT (paper_id, form) DO NOTHING
            """)
    }

    /// A file of a paper.
    ///
    /// - Throws: `Refusal.conflict` where it is not what was kept.
    package func file(_ form: PaperForm, of id: ID<IssuedPaper>) throws -> PaperFile? {
        let row = try db.first(
            """
            SELECT content, digest FROM paper_file
            WHERE paper_id = \(id) AND form = \(form.rawValue)
            """)
        guard let row else { return nil }
        let text = try row.get("content", as: String.self)
        guard let data = Data(base64Encoded: text),
            hexadecimalDigest(Array(data)) == (try row.get("digest", as: String.self))
        else {
            throw Refusal.conflict(
                zh: "服务器上保存的文件已损坏，请告知系统管理员。",
                en: "The file kept on the server is damaged: tell the administrator.")
        }
        return PaperFile(form: form, bytes: Array(data))
    }

    /// The forms of a paper that are made.
    func made(of id: ID<IssuedPaper>) throws -> [PaperForm: PaperFileFacts] {
        var made: [PaperForm: PaperFileFacts] = [:]
        for row in try db.rows(
            "SELECT form, digest, fonts FROM paper_file WHERE paper_id = \(id) ORDER BY form")
        {
            if let form = PaperForm(rawValue: try row.get("form")) {
                let fonts = Data(try row.get("fonts", as: String.self).utf8)
                made[form] = PaperFileFacts(
                    digest: try row.get("digest"),
                    fonts: try JSONDecoder().decode([PaperFile.Substitute].self, from: fonts))
            }
        }
        return made
    }
}
