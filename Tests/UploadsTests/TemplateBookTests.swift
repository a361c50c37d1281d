import Catalogue
import Core
import Foundation
import HummingbirdTesting
import Ledger
import Organization
import Storage
import TestKit
import Testing
import Uploads
import Web

struct TemplateBookTests {
    /// Every heading of every template, in both languages, means what it stands for, and no two
    /// mean the same.
    @Test(arguments: Language.allCases)
    func everyHeadingOfEveryKindIsUnderstood(in language: Language) throws {
        let catalogue = try Catalogue(folders: [TestDistrict.home.catalogue])
        let words = try Terms(folders: [TestDistrict.home.catalogue]).words(language)
        try #require(catalogue.kinds.count > 100)
        // What stands in cases is brought by no file.
        for kind in catalogue.kinds.values where !catalogue.isOfCases(kind.id) {
            let book = TemplateBook(kind, units: [], today: Day(2015, 7, 1)!, words)
            let meant = book.headings.map { kind.heading($0) }
            #expect(!meant.contains(nil), "\(kind.id): \(book.headings)")
            #expect(meant.compactMap { $0 } == book.meaning, "\(kind.id): \(book.headings)")
            #expect(Set(meant).count == meant.count, "\(kind.id): \(book.headings)")
            for required in [Heading.day, .unit] { #expect(meant.contains(required)) }
            for (index, measure) in kind.measures.enumerated() where measure.required {
                #expect(meant.contains(.measure(index)), "\(kind.id)")
            }
        }
    }

    @Test(arguments: Language.allCases)
    func aWorkbookIsMadeForEveryKind(in language: Language) throws {
        let catalogue = try Catalogue(folders: [TestDistrict.home.catalogue])
        let words = try Terms(folders: [TestDistrict.home.catalogue]).words(language)
        for kind in catalogue.kinds.values {
            let bytes = try TemplateBook(
                kind, units: [], today: Day(2015, 7, 1)!, words
            ).bytes()
            #expect(Workbook.isOne(bytes), "\(kind.id)")
        }
    }

    @Test(arguments: Engine.available)
    func aTemplateThatIsFilledInIsImported(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            for (language, level) in [(Language.zh, "市级"), (.en, "City")] {
                let headings = try await headings(desk, "honor", language)
                let values: [Heading: String] = [
                    .ref: "H-\(language)", .day: "2015-03-02", .unit: "410102001001",
                    .field("level"): level, .field("title"): "文明社区", .field("issuer"): "市文明办",
                ]
                let bytes = try fill(headings, values, kind: "honor", desk)
                let id = try await desk.upload(bytes, named: "荣誉.xlsx", kind: "honor")
                try await desk.work()
                let page = try await desk.page(id)
                #expect(page.text.contains("1 行都可以提交"), "\(page.text)")
                try await desk.press("publication", id)
                try await desk.work()
                #expect(try await desk.state(id) == .published)
            }
            #expect(try await desk.facts("honor") == 2)
            let days = try await desk.test.database.read { db in
                try db.rows("SELECT happened_on FROM fact WHERE kind = 'honor'")
                    .map { try $0.at(0, as: String.self) }
            }
            #expect(Set(days) == ["2015-03-02"])
        }
    }

    /// A template that nobody filled in holds no rows: its examples are never imported.
    @Test func anEmptyTemplateHasNoRows() async throws {
        try await UploadDistrict.with(.sqlite) { desk in
            let bytes = try await template(desk, "material", .zh)
            let id = try await desk.upload(bytes, named: "empty.xlsx")
            try await desk.work()
            #expect(try await desk.page(id).text.contains("文件只有标题，没有数据"))
        }
    }

    @Test func theTemplateOffersHisUnitsAndNoOthers() async throws {
        try await UploadDistrict.with(.sqlite) { desk in
            let bytes = try await template(desk, "honor", .zh)
            let path = try desk.test.file("honor.xlsx", bytes: bytes)
            let values = try sheet(3, of: path)
            #expect(values.contains("410102001001") && values.contains("一社区"))
            #expect(!values.contains("410102001002") && !values.contains("二社区"))
            for level in ["区级", "市级", "省级", "国家级"] { #expect(values.contains(level)) }
            let help = try sheet(2, of: path)
            #expect(help.contains("示例一（不会导入）") && help.contains("单位编码，见“可选值”表"))
        }
    }

    @Test(
        arguments: [
            ("=1+1", "'=1+1"), ("+8610", "'+8610"), ("-1", "'-1"), ("@x", "'@x"),
            ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("＝1", "'＝1"), ("正常", "正常"), ("", ""),
            (" =1", "' =1"), ("\u{3000}＋1", "'\u{3000}＋1"), ("\u{200B}=1", "'\u{200B}=1"),
            ("\n=1", "'\n=1"), (" a=1", " a=1"), (" ", " "),
        ])
    func whatBeginsLikeAFormulaIsKeptFromBeingOne(text: String, cell: String) {
        #expect(neutralCell(text) == cell)
    }

    private func template(
        _ desk: UploadDistrict, _ kind: String, _ language: Language
    ) async throws -> [UInt8] {
        try await desk.client.execute(
            uri: "/uploads/template/\(kind).xlsx", method: .get,
            headers: [.cookie: desk.secretary.cookie, .acceptLanguage: language.rawValue]
        ) { response in
            #expect(response.status == .ok)
            #expect(response.headers[.contentDisposition]?.contains("\(kind).xlsx") == true)
            return Array(response.body.readableBytesView)
        }
    }

    /// The headings as the import reads them.
    private func headings(
        _ desk: UploadDistrict, _ kind: String, _ language: Language
    ) async throws -> [String] {
        let bytes = try await template(desk, kind, language)
        return try #require(try Workbook.sheet(bytes).rows.first).values
    }

    /// A workbook with these headings and one row, days as spreadsheets keep them.
    private func fill(
        _ headings: [String], _ values: [Heading: String], kind id: String, _ desk: UploadDistrict
    ) throws -> [UInt8] {
        let kind = try #require(desk.test.district.catalogue.kinds[id])
        let book = try WorkbookWriter()
        let rows = try book.addSheet("Rows")
        for (column, title) in headings.enumerated() {
            try book.write(title, rows, row: 0, column: column, .heading)
            guard let heading = kind.heading(title), let value = values[heading] else { continue }
            if heading == .day, let day = Day(value) {
                try book.write(day, rows, row: 1, column: column)
            } else {
                try book.write(value, rows, row: 1, column: column, .text)
            }
        }
        return try book.finish()
    }

    /// A sheet of a workbook as text.
    private func sheet(_ number: Int, of path: String) throws -> String {
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        return try Workbook.sheet(bytes, at: number).rows
            .map { $0.values.joined(separator: ",") }.joined(separator: "\n")
    }
}
