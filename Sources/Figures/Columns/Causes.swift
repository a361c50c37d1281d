import Catalogue

/// What could change an answer: the records of some kinds, the map, and who was found to be whom.
/// Columns know when each of them changed last, so that a write of another kind leaves what is kept
/// as good as it was.
final class Causes {
    private let columns: LedgerColumns?
    private let catalogue: Catalogue
    private let newest: Int
    private var known: [String: Int] = [:]

    init(_ reckoner: Reckoner, at newest: Int) {
        columns = reckoner.columns
        catalogue = reckoner.catalogue
        self.newest = newest
    }

    /// The same question as it was asked when its answer could last change. What is asked of the
    /// past, or of what columns do not hold, stays as it is.
    func question(_ question: Question) -> Question {
        guard question.position == newest else { return question }
        return question.asking(at: changedAt(question.indicator), today: question.today)
    }

    private func changedAt(_ id: String) -> Int {
        if let position = known[id] { return position }
        let position = newestChange(id)
        known[id] = position
        return position
    }

    private func newestChange(_ id: String) -> Int {
        guard let columns else { return newest }
        var newestChange = max(columns.placedAt, columns.joinedAt)
        for kind in catalogue.kindsAsked(by: id) {
            guard let changed = columns.changedAt[kind] else { return newest }
            newestChange = max(newestChange, changed)
        }
        return newestChange
    }
}

extension Catalogue {
    /// Every kind whose records an indicator reads, those of the indicators it rests on included.
    fileprivate func kindsAsked(by id: String) -> Set<String> {
        var kinds: Set<String> = []
        var met: Set<String> = []
        var open = [id]
        while let next = open.popLast() {
            guard met.insert(next).inserted, let indicator = indicators[next] else { continue }
            kinds.formUnion(self.kinds(behind: indicator).map(\.id))
            open += [indicator.over, indicator.sums].compactMap { $0 }
        }
        return kinds
    }
}
