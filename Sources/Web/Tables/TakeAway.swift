import Core
import Hummingbird
import Storage

/// The links under a table to take it away, for the partial `take_away`.
package struct TakeAway: Sendable {
    let csvHref: String
    let xlsxHref: String
    /// The page's own address, without what leads to a part of a list.
    private let whole: Address
    /// The day up to which what is taken away goes.
    package let day: Day

    /// - Parameters:
    ///   - address: the page's own, with whatever was asked of it.
    ///   - day: the day on which it is read.
    package init(_ address: Address, on day: Day) {
        let whole = address.with("after", nil).with(ReaderChoice.languageName, nil)
            .with(ReaderChoice.modeName, nil)
        self.whole = whole.with(TableFile.name, nil).with(AskedPicture.name, nil)
        self.day = day
        csvHref = whole.with(TableFile.name, TableFile.Form.csv.rawValue).text
        xlsxHref = whole.with(TableFile.name, TableFile.Form.xlsx.rawValue).text
    }

    /// Where one picture of the page is, or the numbers in it.
    func picture(_ name: String, as form: AskedPicture.Form) -> Address {
        whole.with(AskedPicture.name, name).with(TableFile.name, form.rawValue)
    }
}

extension TableFile {
    /// What a page's address carries to be taken away as a file.
    package static let name = "as"
}

extension TableFile.Form {
    /// What a request asks for; nil for the page itself.
    package init?(_ query: Query) throws(Refusal) {
        guard let text = try query.text(TableFile.name) else { return nil }
        // What names a picture asks for no table.
        if try query.text(AskedPicture.name) != nil { return nil }
        guard AskedPicture.Form(rawValue: text.lowercased())?.isDrawn != true else { return nil }
        guard let form = Self(rawValue: text.lowercased()) else {
            throw .invalid(
                TableFile.name, zh: "表格可以下载为 csv 或 xlsx。",
                en: "A table can be taken away as csv or xlsx.")
        }
        self = form
    }

    package var contentType: String {
        switch self {
        case .csv: "text/csv; charset=utf-8"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
    }
}

extension Site {
    /// Answers with a table as a file.
    ///
    /// - Parameters:
    ///   - name: what the file is called, without its ending.
    ///   - plainName: the same in letters that every browser knows.
    package func download(
        _ table: TableFile, as form: TableFile.Form, named name: String,
        plainly plainName: String? = nil
    ) throws -> Response {
        let bytes = try Work.count { try table.bytes(as: form) }
        return download(
            bytes, as: form.contentType, named: "\(name).\(form.rawValue)",
            plainly: plainName.map { "\($0).\(form.rawValue)" }
        ).licensed(table.licence?.link)
    }
}
