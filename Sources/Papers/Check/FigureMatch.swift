import Catalogue
import Core
import Figures
import Organization
import Reports

/// Which figure a number of a text may be, told from the words around it: as the sentences of the
/// reports have them, or by the figure's own name.
struct FigureMatch {
    /// A place in a sentence of a report at which a figure stands.
    private struct Place {
        let slot: Slot
        let before: [Character]
        let after: [Character]
    }

    /// What a number was taken for.
    struct Found {
        let indicator: String
        /// The slot of a report, which says of which part of the period it speaks.
        let slot: Slot?
    }

    enum Outcome {
        case found(Found)
        /// Two figures fit alike.
        case several
        case none
    }

    private let places: [Place]
    private let indicators: [Indicator]

    /// So many letters on both sides have to be the same.
    private static let fewestLetters = 4

    init(_ catalogue: Catalogue, _ templates: [ReportTemplate]) {
        indicators = catalogue.indicators.values.sorted { $0.id < $1.id }
        places = templates.sorted { $0.id < $1.id }.flatMap { template in
            template.sections.flatMap(\.paragraphs).flatMap(\.sentences).flatMap { sentence in
                [sentence.zh, sentence.en].flatMap(Self.places)
            }
        }
    }

    private static func places(in sentence: String) -> [Place] {
        let pieces = Piece.read(sentence)
        return pieces.enumerated().compactMap { index, piece in
            guard let slot = piece.slot, slot.form != .change else { return nil }
            let before = index > 0 ? pieces[index - 1].text ?? "" : ""
            let after = index + 1 < pieces.count ? pieces[index + 1].text ?? "" : ""
            return Place(slot: slot, before: Array(before), after: Array(after))
        }
    }

    /// What a number of a sentence may be.
    func outcome(_ number: WrittenNumber, in sentence: String) -> Outcome {
        let letters = Array(sentence)
        let before = Array(letters[..<number.range.lowerBound])
        let after = Array(letters[number.range.upperBound...])
        return best(ofPlaces(number, before, after))
            ?? best(ofNames(number, before, after)) ?? .none
    }

    private func best(_ scored: [(score: Int, found: Found)]) -> Outcome? {
        guard let most = scored.map(\.score).max() else { return nil }
        let winners = scored.filter { $0.score == most }.map(\.found)
        guard let first = winners.first else { return nil }
        let isOne = winners.allSatisfy {
            $0.indicator == first.indicator && $0.slot?.period == first.slot?.period
                && $0.slot?.unit == first.slot?.unit
        }
        return isOne ? .found(first) : .several
    }

    private func ofPlaces(
        _ number: WrittenNumber, _ before: [Character], _ after: [Character]
    ) -> [(score: Int, found: Found)] {
        places.compactMap { place in
            guard let indicator = indicator(place.slot.indicator),
                let rest = counted(indicator, after, isNumber: place.slot.form == .number)
            else { return nil }
            let score =
                zip(before.reversed(), place.before.reversed()).prefix { $0 == $1 }.count
                + zip(rest, place.after).prefix { $0 == $1 }.count
            guard score >= Self.fewestLetters, number.isPercent == (indicator.unit == "%") else {
                return nil
            }
            return (score, Found(indicator: indicator.id, slot: place.slot))
        }
    }

    private func ofNames(
        _ number: WrittenNumber, _ before: [Character], _ after: [Character]
    ) -> [(score: Int, found: Found)] {
        func clause(_ letters: some Sequence<Character>) -> [Character] {
            Array(letters.prefix { !"，；、。：,;".contains($0) })
        }
        let words = String(clause(before.reversed()).reversed() + clause(after))
        return indicators.compactMap { indicator in
            guard number.isPercent == (indicator.unit == "%"),
                counted(indicator, after, isNumber: false) != nil
            else { return nil }
            let name = indicator.name.zh
            guard name.count >= 3, words.contains(name) else { return nil }
            return (name.count, Found(indicator: indicator.id, slot: nil))
        }
    }

    private func indicator(_ id: String) -> Indicator? { indicators.first { $0.id == id } }

    /// What follows the counting unit of a figure; nil where another one is counted.
    private func counted(
        _ indicator: Indicator, _ after: [Character], isNumber: Bool
    ) -> ArraySlice<Character>? {
        if isNumber || indicator.unit == "%" { return after[...] }
        let unit = Array(indicator.unit)
        guard after.starts(with: unit) else { return nil }
        return after.dropFirst(unit.count)
    }
}
