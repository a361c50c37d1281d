import Foundation

/// A number in a document that says where it comes from, in a comment the reader does not see:
///
///     at most 50<!-- value: Sources/Storage/DatabaseOptions.swift batchLimit --> writes
///     74<!-- rows: Examples/zhongyuan/figures.csv --> printed figures
///     7<!-- files: Catalogue/kinds .yaml --> files of kinds
///     31<!-- keys: Catalogue/kinds --> kinds of record
struct QuotedNumber {
    let path: String
    let line: Int
    let said: Int
    let source: String
    let arguments: [String]

    /// All of them in one document, in order.
    static func all(in file: SourceFile) -> [QuotedNumber] {
        file.lines.enumerated().flatMap { index, line in
            matches(#"([0-9][0-9,]*)<!-- (\w+): (.+?) -->"#, in: line).map { groups in
                QuotedNumber(
                    path: file.path, line: index + 1, said: number(groups[1]) ?? 0,
                    source: groups[2],
                    arguments: groups[3].split(separator: " ").map(String.init))
            }
        }
    }

    /// What is wrong with it; nil when the source says the same.
    var fault: Fault? {
        guard let actual else {
            return Fault(
                path: path, line: line,
                message: "\(source): \(arguments.joined(separator: " ")) names no number")
        }
        guard actual != said else { return nil }
        return Fault(path: path, line: line, message: "says \(said), but it is \(actual)")
    }

    private var actual: Int? {
        guard let place = arguments.first else { return nil }
        switch source {
        case "value": return arguments.last.flatMap { QuotedNumber.value($0, in: place) }
        case "rows":
            return House.file(place).map { $0.text.split(whereSeparator: \.isNewline).count - 1 }
        case "files":
            return House.paths(under: place).count { $0.hasSuffix(arguments.last ?? "") }
        case "keys":
            return House.paths(under: place).filter { $0.hasSuffix(".yaml") }
                .compactMap(House.file).reduce(0) { $0 + QuotedNumber.keys(in: $1) }
        default: return nil
        }
    }

    /// The first number that is given to a name: `limit = 50`, `limit: Int = 200_000`.
    private static func value(_ name: String, in path: String) -> Int? {
        guard let file = House.file(path) else { return nil }
        let pattern = #"\b"# + name + #"\b(?:: \w+)?(?: =|:) ([0-9][0-9_]*)"#
        return matches(pattern, in: file.text).first.flatMap { number($0[1]) }
    }

    private static func keys(in file: SourceFile) -> Int {
        file.lines.count { !matches(#"^[a-z][a-z0-9_.]*:"#, in: $0).isEmpty }
    }

    private static func number(_ text: String) -> Int? {
        Int(text.filter { $0 != "," && $0 != "_" })
    }
}
