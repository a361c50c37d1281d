import Core
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import Tables
import TestKit
import Testing
import Web

/// A small district whose street is asked for a table, with people who fill it.
struct DeskDistrict: Sendable {
    let test: TestDistrict
    let client: any TestClientProtocol
    /// Keeps the tables of the street.
    let street: SignedIn
    /// Write for the first community, and for the second.
    let first: SignedIn
    let second: SignedIn

    /// Leaflets: 41 in June in the first community and 12 in May; 7 in June in the second.
    static let leaflets = """
        日期,单位,份数,名称
        2015-05-04,410102001001,12,五月传单
        2015-06-03,410102001001,41,六月传单
        2015-06-04,410102001002,7,六月传单
        """

    static func with(
        _ engine: Engine, _ body: @escaping @Sendable (DeskDistrict) async throws -> Void
    ) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.accept(leaflets, what: "material")
            let street = try await test.account("jie", role: "street_staff", unit: "410102001")
            let first = try await test.account(
                "yi", role: "community_clerk", unit: "410102001001")
            let second = try await test.account(
                "er", role: "community_clerk", unit: "410102001002")
            try await test.withSite { client in
                try await body(
                    DeskDistrict(
                        test: test, client: client, street: street, first: first, second: second))
            }
        }
    }

    /// The superior's form: a title, headings, two communities as it calls them, and a sum.
    static func form() throws -> [UInt8] {
        let book = try WorkbookWriter()
        let sheet = try book.addSheet("表1", frozenRows: 2)
        let rows = [
            ["宣传品发放统计表", "", "", "", ""], ["社区", "发放份数", "编码", "备注", "年份"],
            ["1.一社区", "", "", "", ""], ["二社区（代管）", "", "", "", ""], ["合计", "", "", "", ""],
        ]
        for (row, texts) in rows.enumerated() {
            for (column, text) in texts.enumerated() where !text.isEmpty {
                try book.write(text, sheet, row: row, column: column, .text)
            }
        }
        return try book.finish()
    }

    static let head = [
        "title": "宣传品发放统计表", "issuer": "区委宣传部", "document": "区宣〔2015〕3号",
        "listed": "no", "rhythm": "month", "due_days": "5",
    ]

    /// Sends a form with a file.
    func send(
        _ bytes: [UInt8], _ fields: [String: String] = [:], from page: String,
        to action: String? = nil, as reader: SignedIn
    ) async throws -> PageAnswer {
        let action = action ?? page
        let hidden = try await client.page(page, as: reader).hidden(for: action)
        let boundary = "----edge"
        var body = ByteBuffer()
        for (name, value) in hidden.merging(fields, uniquingKeysWith: { $1 }) {
            body.writeString(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n"
                    + "\(value)\r\n")
        }
        body.writeString(
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; "
                + "filename=\"form.xlsx\"\r\nContent-Type: application/octet-stream\r\n\r\n")
        body.writeBytes(bytes)
        body.writeString("\r\n--\(boundary)--\r\n")
        return try await client.execute(
            uri: action, method: .post,
            headers: [
                .contentType: "multipart/form-data; boundary=\(boundary)",
                .cookie: reader.cookie, .acceptLanguage: "zh",
            ], body: body
        ) {
            PageAnswer(
                status: Int($0.status.code), text: String(buffer: $0.body), headers: $0.headers)
        }
    }

    /// Brings the form; answers the id of its table.
    func bring() async throws -> String {
        let answer = try await send(try Self.form(), Self.head, from: "/tables/new", as: street)
        #expect(answer.status == 303, "\(answer.text)")
        let parts = try #require(answer.location).split(separator: "/")
        return String(try #require(parts.dropFirst().first))
    }

    /// Brings the form and says what its rows and columns are.
    func mark() async throws -> String {
        let id = try await bring()
        let marks = "/tables/\(id)/marks"
        let rows = try await client.submit(
            marks, ["first_row": "3", "last_row": "5", "unit_column": "A"],
            to: "/tables/\(id)/rows", as: street)
        #expect(rows.status == 303, "\(rows.text)")
        let columns: [(String, String, [String: String])] = [
            ("2", "figure", ["figure": "印制发放宣传页", "term": "own", "heading": "发放份数"]),
            ("3", "unit", ["fact": "code", "heading": "编码"]),
            ("4", "hand", ["heading": "备注"]),
            ("5", "constant", ["text": "{year}", "heading": "年份"]),
        ]
        for (column, way, fields) in columns {
            let answer = try await client.submit(
                "\(marks)?column=\(column)&source=\(way)", fields, to: "/tables/\(id)/column",
                as: street)
            #expect(answer.status == 303, "\(answer.text)")
        }
        return id
    }

    /// Confirms what is shown for a period.
    func confirm(_ id: String, _ period: String) async throws -> PageAnswer {
        try await client.submit(
            "/tables/\(id)?period=\(period)", [:], to: "/tables/\(id)/confirmation", as: street)
    }

    /// What openpyxl finds in the first sheet and the last of a file.
    func cells(_ bytes: [UInt8]) throws -> String {
        let path = try test.file("filled.xlsx", bytes: bytes)
        return try Python.run(
            """
            import sys, openpyxl
            book = openpyxl.load_workbook(sys.argv[1])
            for page in (book.worksheets[0], book.worksheets[-1]):
                for row in page.iter_rows():
                    print("|".join("" if c.value is None else repr(c.value) for c in row))
            """, [path])
    }

    func file(_ address: String, as reader: SignedIn) async throws -> (Int, [UInt8]) {
        try await client.execute(
            uri: address, method: .get,
            headers: [.cookie: reader.cookie, .acceptLanguage: "zh"]
        ) { (Int($0.status.code), Array($0.body.readableBytesView)) }
    }
}

/// Debian's Python, with which the tests look at files as other programs do.
enum Python {
    static func run(_ script: String, _ arguments: [String]) throws -> String {
        try run(["-c", script] + arguments)
    }

    static func run(_ arguments: [String]) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = String(
            decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(said: said) }
        return said
    }

    struct Failed: Error { let said: String }
}
