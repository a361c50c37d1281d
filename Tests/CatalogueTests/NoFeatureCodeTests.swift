import Catalogue
import Foundation
import Testing

/// Breadth is data: the program's text names no kind of record and no indicator.
@Suite struct NoFeatureCodeTests {
    /// Words that are also something else: an area of the report, a key of the log, a parameter of
    /// a content type, whether a sheet of a workbook is shown.
    private static let others: Set<String> = [
        "premises", "request", "boundary", "posting", "display",
    ]

    @Test func noLineOfTheProgramNamesAKindOrAnIndicator() throws {
        let catalogue = try Catalogue(folders: [ownCatalogue])
        let known = Set(catalogue.kinds.keys).union(catalogue.indicators.keys)
            .subtracting(Self.others)
        #expect(known.count > 300)
        let sources = URL(filePath: ownCatalogue + "/../Sources").standardizedFileURL
        let files = try #require(
            FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        var found: [String] = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /"([a-z_.0-9]+)"/) where known.contains(String(match.1)) {
                found.append("\(file.lastPathComponent): \(match.1)")
            }
        }
        #expect(found == [])
    }
}
