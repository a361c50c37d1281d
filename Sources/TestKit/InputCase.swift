import Foundation

/// A file as some program or person once made it, and what must come of it at every door. The
/// files lie in `Tests/Inputs`, and `expected.tsv` there says what is expected.
package struct InputCase: Sendable, CustomStringConvertible {
    package let file: String
    package let what: String
    /// Files that are in the ledger before, each with what it brings.
    package let needs: [Need]
    package let outcome: Outcome

    /// A file that is brought before, and what it brings.
    package struct Need: Sendable, Hashable {
        package let file: String
        package let what: String
    }

    /// What comes of a file.
    package enum Outcome: Sendable {
        /// So many rows, and what is then found.
        case kept(rows: Int, Found)
        /// Where the first fault is, such as `2 编号`, and a part of the sentence.
        case refused(place: String, String)
        /// A part of the sentence about the whole file.
        case unread(String)
        /// An old workbook, which is read where LibreOffice is.
        case old(Found)
        /// A list of figures: how many match, how many differ, and what is said of some.
        case checked(matched: Int, different: Int, [(id: String, words: String)])
    }

    /// What stands in the ledger behind an import.
    package struct Found: Sendable {
        /// What the first record says, by the names of its columns.
        package var record: [String: String] = [:]
        package var figures: [Figure] = []
    }

    /// The answer to a question: a number, or why there is none.
    package struct Figure: Sendable {
        package let indicator: String
        package let unit: String
        package let period: String
        package let structure: String
        package let answer: String
    }

    package var description: String { file }
    package var path: String { Self.folder + "/" + file }
    package var bytes: [UInt8] { FileManager.default.contents(atPath: path).map(Array.init) ?? [] }
    /// Whether it brings records of a kind, which is what a browser takes in.
    package var bringsRecords: Bool {
        !["units", "persons", "reorganizations", "figures"].contains(what)
    }

    package static let folder = TestDistrict.home.folder + "/Tests/Inputs"

    package static let all: [InputCase] = {
        let text = try? String(contentsOfFile: folder + "/expected.tsv", encoding: .utf8)
        return (text ?? "").split(separator: "\n").dropFirst().compactMap {
            InputCase($0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init))
        }
    }()

    private static let trees = [
        Need(file: "units.csv", what: "units"), Need(file: "persons.csv", what: "persons"),
    ]

    /// One line of the table: file, what it brings, what it needs, outcome, details.
    private init?(_ cells: [String]) {
        guard cells.count == 5 else { return nil }
        file = cells[0]
        what = cells[1]
        needs = cells[2].split(separator: " ").flatMap { need -> [Need] in
            if need == "trees" { return Self.trees }
            let parts = need.split(separator: ":").map(String.init)
            return parts.count == 2 ? [Need(file: parts[0], what: parts[1])] : []
        }
        let parts = cells[3].split(separator: " ", maxSplits: 1).map(String.init)
        let rest = parts.count > 1 ? parts[1] : ""
        switch parts.first {
        case "kept": outcome = .kept(rows: Int(rest) ?? 0, Found(cells[4]))
        case "refused": outcome = .refused(place: rest, cells[4])
        case "unread": outcome = .unread(cells[4])
        case "old": outcome = .old(Found(cells[4]))
        case "checked":
            let counts = rest.split(separator: " ").compactMap { Int($0) }
            guard counts.count == 2 else { return nil }
            let said = cells[4].split(separator: ";").map { one in
                let parts = one.split(separator: ":", maxSplits: 1).map(String.init)
                return (id: parts[0], words: parts.count > 1 ? parts[1] : "")
            }
            outcome = .checked(matched: counts[0], different: counts[1], said)
        default: return nil
        }
    }
}

extension InputCase.Found {
    /// As `day=2015-03-01 trees=5 figure=tree.sum/S1/2015/now/2`.
    fileprivate init(_ text: String) {
        for pair in text.split(separator: " ") {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { continue }
            let asked = parts[1].split(separator: "/").map(String.init)
            if parts[0] == "figure", asked.count == 5 {
                figures.append(
                    InputCase.Figure(
                        indicator: asked[0], unit: asked[1], period: asked[2],
                        structure: asked[3], answer: asked[4]))
            } else {
                record[parts[0]] = parts[1].replacing("\\n", with: "\n")
            }
        }
    }
}
