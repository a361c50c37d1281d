import Catalogue
import Core

/// Something that people ask for: what it is called, what is asked back, how urgent it is, and
/// where it begins.
package struct Service: Sendable {
    package let id: String
    /// The id of the group it stands in.
    package let group: String
    /// The coarse matter that the record of a filing says.
    package let category: String
    package let name: Wording
    /// What belongs to it, in a sentence; nil where the name says it.
    package let about: Wording?
    /// Words that people use for it.
    package let said: [String]
    package let severity: String
    /// Whether nothing can be done without a way to reach whoever asks.
    package let needsContact: Bool
    /// Whether everybody may see each request of it, with its community and its day: what is
    /// wrong with a place, never what somebody needs or is said to do.
    package let isListed: Bool
    /// The first day on which it is offered, and the first on which it no longer is.
    package let from: Day
    package let until: Day?
    package let questions: [ServiceQuestion]
    package internal(set) var routes: [ServiceRoute]
    let file: String
    let line: Int

    /// Whether it is offered on a day.
    package func isOffered(on day: Day) -> Bool {
        from <= day && (until.map { day < $0 } ?? true)
    }

    /// Whether somebody who uses these words may mean it.
    package func isMeant(by words: String) -> Bool {
        SaidWords(words).meets([name.zh, name.en] + said)
    }
}

/// What is asked back of whoever asks for a service.
package struct ServiceQuestion: Sendable {
    package enum Form: String, Sendable, CaseIterable { case text, number, choice }

    /// One answer of several.
    package struct Option: Sendable {
        package let id: String
        package let name: Wording
        /// How urgent it makes the request; nil where it changes nothing.
        package let severity: String?
        /// The id of what is to be called instead of asking here; nil where nothing is.
        package let stops: String?
    }

    package let id: String
    package let ask: Wording
    package let form: Form
    package let isRequired: Bool
    package let options: [Option]
}

/// From which day a service begins at a tier, and where.
package struct ServiceRoute: Sendable, Hashable {
    package let from: Day
    package let until: Day?
    package let tier: String
    /// The code of the unit that begins, where the tier does not tell it from the place.
    package let unit: String?
    /// The codes of the units below which it holds; empty for the whole district.
    package let places: [String]
    let file: String
    let line: Int

    package func inForce(on day: Day) -> Bool {
        from <= day && (until.map { day < $0 } ?? true)
    }
}

/// Several services that stand together on the page.
package struct ServiceGroup: Sendable {
    package let id: String
    package let name: Wording
}

/// What no request is made of: emergencies, courts, petitions and discipline have their own ways.
package struct Stopper: Sendable {
    package let id: String
    package let name: Wording
    /// Whom to turn to.
    package let tells: Wording
    /// Words that people use for it.
    package let said: [String]

    /// Whether somebody who uses these words may mean it.
    package func isMeant(by words: String) -> Bool {
        SaidWords(words).meets([name.zh, name.en] + said)
    }
}

/// Words as somebody typed them, compared with what things are called.
struct SaidWords {
    private let folded: String

    init(_ words: String) { folded = Folding.key(words) }

    /// Whether one is part of the other; a single Latin letter says too little.
    func meets(_ names: [String]) -> Bool {
        guard folded.count > 1 || folded.unicodeScalars.contains(where: { !$0.isASCII }) else {
            return false
        }
        return names.map(Folding.key).contains { name in
            !name.isEmpty && (name.contains(folded) || name.count > 1 && folded.contains(name))
        }
    }
}
