import Catalogue
import Ledger
import Storage

/// What could change an answer: the records of some kinds, the map, and who was found to be whom.
/// It is kept by the newest of these changes, so that a write of another kind leaves what is kept
/// as good as it was.
final class Causes {
    private let reckoner: Reckoner
    private let district: District
    private let newest: Int
    private var known: [String: Int] = [:]

    /// - Parameter newest: the position of the snapshot.
    init(_ reckoner: Reckoner, _ district: District, at newest: Int) {
        self.reckoner = reckoner
        self.district = district
        self.newest = newest
    }

    /// The same question as it was asked when its answer could last change. What is asked of the
    /// past stays as it is.
    func question(_ question: Question) throws -> Question {
        reckoner.asked.note(question.indicator)
        guard question.position == newest else { return question }
        return question.asking(
            at: try newestChange(question.indicator), today: question.today)
    }

    private func newestChange(_ id: String) throws -> Int {
        if let position = known[id] { return position }
        let kinds = reckoner.catalogue.kindsAsked(by: [id])
        let position =
            try district.newestChange(of: kinds, at: newest, reckoner.db) ?? newest
        known[id] = position
        return position
    }
}

/// The indicators that were asked for in a snapshot: what was read depends on their kinds.
final class AskedIndicators {
    private(set) var ids: Set<String> = []

    func note(_ id: String) { ids.insert(id) }
}

extension Catalogue {
    /// Every kind whose records some indicators read, with those of what they rest on.
    func kindsAsked(by indicators: some Sequence<String>) -> Set<String> {
        var kinds: Set<String> = []
        var met: Set<String> = []
        var open = Array(indicators)
        while let next = open.popLast() {
            guard met.insert(next).inserted, let indicator = self.indicators[next] else { continue }
            kinds.formUnion(self.kinds(behind: indicator).map(\.id))
            open += [indicator.over, indicator.sums].compactMap { $0 }
        }
        return kinds
    }
}
