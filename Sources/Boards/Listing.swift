import Catalogue
import Core
import Figures
import Ledger

/// The trace of a figure that is told, and how much of it everybody may see.
struct Listing {
    let trace: Trace
    let question: Question
    let indicator: Indicator
    let snapshot: Snapshot

    /// Nil when there is nothing that a list could explain.
    ///
    /// - Parameters:
    ///   - lines: how many lines are shown of each list, from behind the place `after` on.
    init?(
        _ question: Question, _ answer: Answer, _ indicator: Indicator, _ snapshot: Snapshot,
        lines: Int = Trace.lineLimit, after: Trace.Place? = nil
    ) throws {
        guard answer.hasValue || answer.state == .differs else { return nil }
        trace = try snapshot.reading.reckoner.trace(
            question, answer: answer, lines: lines, after: after)
        guard !trace.parts.isEmpty else { return nil }
        self.question = question
        self.indicator = indicator
        self.snapshot = snapshot
    }

    /// The listed records, where they are for everybody to read one by one.
    func records() throws -> [Record.ID: Record] {
        guard openness == .records else { return [:] }
        let ids = trace.parts.filter { !$0.listsUnits }.flatMap(\.lines)
            .compactMap { Record.ID($0.id) }
        return try RecordStore(db: snapshot.db).find(
            ids, in: .kinds(snapshot.catalogue.kindsListed))
    }

    /// How much of a list is public.
    enum Openness: Int, Comparable {
        /// Only that it adds up: something behind it is sealed, or how many records there are is
        /// a number of persons that the figure itself does not guard.
        case sum
        /// Count and fingerprint: something behind it concerns persons or is internal.
        case fingerprint
        case records

        static func < (left: Openness, right: Openness) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    /// How much of the list of one indicator is public.
    func openness(_ indicator: Indicator) -> Openness {
        let isCounted = indicator.per.isEmpty || !snapshot.catalogue.protects(indicator)
        guard isCounted else { return .sum }
        return snapshot.catalogue.kinds(behind: indicator).map { kind in
            switch kind.visibility {
            case .sealed: .sum
            case .internal: .fingerprint
            case .public: kind.persons.isEmpty ? .records : .fingerprint
            }
        }.min() ?? .records
    }

    /// How much is public of all the lists together: one that is closed closes the others,
    /// because they stand beside the same number.
    var openness: Openness {
        trace.parts.compactMap { snapshot.catalogue.indicators[$0.indicator] }
            .map { openness($0) }.min() ?? .records
    }
}
