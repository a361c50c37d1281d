import Core
import Foundation
import Ledger
import Organization

/// A row of an uploaded file with its verdict: the values as they were read, and what is wrong.
package struct JudgedRow: Codable, Sendable, Hashable {
    package let line: Int
    package let values: [String]
    package let problems: [Problem]

    /// What is wrong, in both languages, under which heading, and in which column of the sheet.
    package struct Problem: Codable, Sendable, Hashable {
        package let place: String
        package let column: String?
        package let zh: String
        package let en: String

        package init(_ fault: Fault, column: String? = nil) {
            place = fault.place
            self.column = column
            zh = fault.words.zh
            en = fault.words.en
        }

        package init(_ place: String, _ words: Wording) {
            self.init(Fault(place, zh: words.zh, en: words.en))
        }

        var words: Wording { Wording(zh: zh, en: en) }
    }

    /// The rows of a table with the faults that were found in them.
    package static func all(_ table: ImportTable, _ faults: [RowFault]) -> [JudgedRow] {
        let byLine = Dictionary(grouping: faults, by: \.row)
        return table.rows.map { row in
            JudgedRow(
                line: row.line, values: row.values,
                problems: (byLine[row.line] ?? []).map {
                    Problem($0.fault, column: $0.column)
                })
        }
    }
}

/// One page of rows as it is kept: a hundred rows under the headings of their file.
package struct JudgedPage: Codable, Sendable {
    package let headings: [String]
    package let rows: [JudgedRow]
    /// What there is to say about how the file was read.
    package let note: JudgedRow.Problem?

    package init(headings: [String], rows: [JudgedRow], note: Wording? = nil) {
        self.headings = headings
        self.note = note.map { JudgedRow.Problem("文件", $0) }
        self.rows = rows
    }

    package init(_ bytes: [UInt8]) throws {
        self = try JSONDecoder().decode(JudgedPage.self, from: Data(bytes))
    }

    package func bytes() throws -> [UInt8] { Array(try JSONEncoder().encode(self)) }
}
