import Core
import Hummingbird
import Storage

/// A plain page instead of the one that was asked for: its status, and the words for it.
package struct ErrorPage {
    let status: HTTPResponse.Status
    /// The key of the heading; the sentence under it has the same key with `_text` added.
    let word: String

    static let notFound = ErrorPage(status: Refusal.notFound.status, word: "refusal_not_found")
    static let notAllowed = ErrorPage(
        status: Refusal.notAllowed.status, word: "refusal_not_allowed")
    static let conflict = ErrorPage(
        status: Refusal.conflict(Wording(zh: "", en: "")).status, word: "refusal_conflict")
    static let invalid = ErrorPage(status: Refusal.invalid([]).status, word: "refusal_invalid")
    static let unreadable = ErrorPage(status: .badRequest, word: "refusal_unreadable")
    static let tooLarge = ErrorPage(status: .contentTooLarge, word: "refusal_too_large")
    static let tooLong = ErrorPage(status: .uriTooLong, word: "refusal_too_long")
    static let signedOut = ErrorPage(status: .forbidden, word: "refusal_signed_out")
    static let forged = ErrorPage(status: .forbidden, word: "refusal_forged")
    static let tooMany = ErrorPage(status: .tooManyRequests, word: "refusal_too_many")
    static let busy = ErrorPage(status: .serviceUnavailable, word: "refusal_busy")
    static let readOnly = ErrorPage(status: .serviceUnavailable, word: "refusal_read_only")
    static let full = ErrorPage(status: .serviceUnavailable, word: "refusal_full")
    static let unknownOutcome = ErrorPage(
        status: .internalServerError, word: "refusal_unknown_outcome")
    package static let broken = ErrorPage(status: .internalServerError, word: "refusal_broken")
    /// Only programs are told these.
    static let onlyReads = ErrorPage(status: .methodNotAllowed, word: "refusal_only_reads")
    static let wrongKey = ErrorPage(status: .unauthorized, word: "refusal_wrong_key")

    static let all = [
        notFound, notAllowed, conflict, invalid, unreadable, tooLarge, tooLong, tooMany,
        signedOut, forged, busy, readOnly, full,
        unknownOutcome, broken, onlyReads, wrongKey,
    ]

    /// The faults of a catalogue that lacks one of the words an apology needs.
    package static func missingWords(in terms: Terms) -> [String] {
        all.flatMap { [$0.word, $0.word + "_text"] }.filter { terms[$0] == nil }
            .map { "the catalogue has no word “\($0)”" }
    }

    init(_ refusal: Refusal) {
        switch refusal {
        case .notFound: self = .notFound
        case .notAllowed: self = .notAllowed
        case .conflict: self = .conflict
        case .invalid: self = .invalid
        }
    }

    init(_ error: DatabaseError) {
        switch error {
        case .busy, .queueFull, .lostConnection, .statementTimeout, .closed: self = .busy
        // A folder that was opened for reading, or a database that moves to another server.
        case .readOnly: self = .readOnly
        case .diskFull: self = .full
        case .outcomeUnknown: self = .unknownOutcome
        default: self = .broken
        }
    }

    init(_ status: HTTPResponse.Status) {
        switch status.code {
        case 404, 405: self = .notFound
        case 401, 403: self = .notAllowed
        case 409: self = .conflict
        case 413: self = .tooLarge
        case 414: self = .tooLong
        case 422: self = .invalid
        case 429: self = .tooMany
        case 503: self = .busy
        case 400..<500: self = .unreadable
        default: self = .broken
        }
    }

    var isSignedOut: Bool { word == Self.signedOut.word }

    /// Whether the words above a form that comes back say all that the page has to say.
    var isSaidAboveForm: Bool { isSignedOut || word == Self.forged.word }

    /// What to do with the form that was refused, as the end of a word.
    var again: String {
        switch word {
        case Self.signedOut.word: "signed_out"
        case Self.forged.word: "forged"
        case Self.tooMany.word, Self.busy.word: "later"
        case Self.tooLarge.word: "smaller"
        case Self.notFound.word, Self.notAllowed.word: "not_allowed"
        default: "mended"
        }
    }

    private init(status: HTTPResponse.Status, word: String) {
        self.status = status
        self.word = word
    }
}

extension Refusal {
    /// What every page answers that says it, in a form shown again as on a page of its own: 409
    /// where the form is in order and what is stored says no, as when somebody was quicker, and 422
    /// where the form itself is to be mended.
    package var status: HTTPResponse.Status {
        switch self {
        case .notFound: .notFound
        case .notAllowed: .forbidden
        case .conflict: .conflict
        case .invalid: .unprocessableContent
        }
    }
}
