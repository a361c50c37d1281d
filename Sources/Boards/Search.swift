import Core
import Hummingbird
import Ledger
import Web

/// GET /search?q=WORDS. For everybody: units, kinds, figures and public entries that hold every
/// word, anywhere in a text.
struct Search: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let sought = Sought(try query.text("q") ?? "")
        let keyset = try Keyset(query, parts: 2, limit: SearchPage.recordLimit)
        let place = try keyset.after.map { cursor throws(Refusal) in
            guard let day = Day(cursor.parts[0]), let id = Record.ID(cursor.parts[1]) else {
                throw .noSuchPage
            }
            return RecordSearch.Place(day: day, id: id)
        }
        return try await board.show(context) { snapshot in
            BoardSheet(page: try SearchPage(sought, keyset, after: place, snapshot), trail: [])
        }
    }
}

/// What a reader typed, as words to look for.
struct Sought: Sendable {
    let text: String
    let words: [FoldedText]
    let fault: Fault?

    /// Why nothing is looked for; each has its sentence.
    enum Fault: String {
        case empty, short, long
    }

    /// The longest text that is looked for, in characters, and the most words in it.
    static let longest = 40
    static let mostWords = 6

    init(_ text: String) {
        self.text = text
        words = FoldedText(text).text.split(separator: " ").map { FoldedText(String($0)) }
        if words.isEmpty {
            fault = .empty
        } else if text.count > Self.longest || words.count > Self.mostWords {
            fault = .long
        } else {
            // A sign alone stands in nearly every text.
            fault = words.allSatisfy { $0.needed.isEmpty && $0.lone.isEmpty } ? .short : nil
        }
    }
}
