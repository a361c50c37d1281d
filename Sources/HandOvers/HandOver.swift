import Accounts
import Core
import Foundation
import Storage
import Web

/// A list of what was open of a post when somebody handed it over, as it stood then.
struct HandOver: Sendable {
    typealias ID = Core.ID<HandOver>

    /// How far it is. A list that was sent back stays as it is: its giver makes another.
    enum State: String, Sendable, CaseIterable, Storable, Readable {
        case open, signed, returned
    }

    let id: ID
    let giver: Account.ID
    let taker: Account.ID
    let madeAt: Moment
    let state: State
    let answeredAt: Moment?
    /// The list and what was said of it, sealed: lines of it may name persons.
    let sealedList: String
    /// Why it was sent back, sealed as well.
    let sealedNote: String?

    var accounts: [String] { [giver.text, taker.text] }

    /// The most lines of one part that are handed over one by one; of more, the number and the way.
    static let linesOfAPart = 200
    /// The longest remarks, in characters.
    static let remarkCharacters = 2_000

    init(_ row: Row) throws {
        id = try row.get("id")
        giver = try row.get("giver_id")
        taker = try row.get("taker_id")
        madeAt = try row.get("made_at")
        state = try row.get("state")
        answeredAt = try row.optional("answered_at")
        sealedList = try row.get("list")
        sealedNote = try row.optional("note")
    }

    static func sealName(_ id: ID) -> String { "hand-over \(id)" }
    static func noteSealName(_ id: ID) -> String { "note on hand-over \(id)" }
}

/// What is handed over: the parts of the giver's desk in both languages, and their own words on
/// what no list knows, such as keys and promises.
struct HandOverList: Codable, Sendable {
    let remarks: String
    let zh: [Part]
    let en: [Part]

    subscript(language: Language) -> [Part] { language == .zh ? zh : en }

    struct Part: Codable, Sendable {
        let heading: String
        /// How many things there are, also where only some stand here.
        let count: Int
        let lines: [Line]
        /// Where the others stand.
        let rest: Way?

        init(_ part: DeskPart) {
            heading = part.heading
            count = part.count ?? part.lines.count
            lines = part.lines.map(Line.init)
            rest = part.all.map { Way(label: $0.label, href: $0.href) }
        }
    }

    struct Line: Codable, Sendable {
        let label: String
        let note: String
        let href: String?

        init(_ line: DeskPart.Line) {
            label = line.label
            note = [line.tag, line.note].compactMap { $0 }.filter { !$0.isEmpty }
                .joined(separator: " · ")
            href = line.href
        }
    }

    struct Way: Codable, Sendable {
        let label: String
        let href: String
    }
}
