import Catalogue
import Core

extension Figures.Reading {
    /// Whether entries were kept for an older answer as fully as for a newer one, so that the two
    /// may be compared. Of numbers of persons what is told decides: how many entries there are
    /// would tell more.
    package func isKept(
        _ past: Question, _ old: Answer, beside now: Question, _ new: Answer
    ) throws -> Bool {
        let catalogue = reckoner.catalogue
        guard let indicator = catalogue.indicators[now.indicator], !catalogue.protects(indicator)
        else { return Answer.isKept(old.count, beside: new.count) }
        return Answer.isKept(
            try entriesBehind(past, old), beside: try entriesBehind(now, new))
    }

    /// How many entries stand behind a figure. Where it asks each of its members, such as every
    /// community, these are as many where nobody wrote anything down: then it is the entries that
    /// they were asked about.
    package func entriesBehind(_ question: Question, _ answer: Answer) throws -> Int {
        try reckoner.entriesBehind(question) ?? answer.count
    }
}

extension Reckoner {
    /// The entries about which the members of a figure were asked; nil where it asks no members,
    /// or each entry by itself.
    fileprivate func entriesBehind(_ question: Question) throws -> Int? {
        let indicator = try indicator(question.indicator)
        guard indicator.kind != nil, !indicator.per.isEmpty, indicator.per != [.record] else {
            return nil
        }
        let counting = indicator.countingEntries
        return try added(members(question, counting)).first?.added.records ?? 0
    }
}
