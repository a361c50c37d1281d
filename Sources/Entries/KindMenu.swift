import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Web

/// The forms that somebody may fill in: those of their post first, then all by area of work.
///
/// The area of a kind is that of the first indicator that counts it. What no indicator counts, such
/// as outlines and other groundwork of the district, comes last and folded.
struct KindMenu {
    /// The kinds of one area.
    struct Group: Sendable {
        let heading: String
        let kinds: [Link]
        let isOpen: Bool
    }

    /// So many forms come first.
    static let first = 10

    private let kinds: [Kind]
    private let forms: Set<String>
    private let catalogue: Catalogue
    private let words: Words

    init(_ writer: ActingAccount, _ catalogue: Catalogue, _ words: Words) {
        let forms = Set(
            writer.structure.units(.write, writer.access, on: writer.today).map(\.form))
        self.forms = forms
        self.catalogue = catalogue
        self.words = words
        kinds =
            catalogue.kinds.values.filter {
                !catalogue.isOfCases($0.id) && writer.mayWrite($0)
                    && $0.isInForce(on: writer.today)
                    && ($0.forms.isEmpty ? !forms.isEmpty : !forms.isDisjoint(with: $0.forms))
            }.inOrder
    }

    var isEmpty: Bool { kinds.isEmpty }

    /// What somebody in this post writes most: by how often they did, then what their units owe,
    /// then the day's common kinds, then the others that are counted.
    ///
    /// - Parameter used: how often they wrote each kind lately.
    func usual(_ used: [String: Int]) -> [Link] {
        let owed = Set(
            catalogue.dues.values.filter { !$0.ends && !forms.isDisjoint(with: $0.forms) }
                .map(\.kind))
        let areas = areas
        func rank(_ kind: Kind) -> (Int, Int) {
            let likely =
                owed.contains(kind.id)
                ? 0 : kind.isQuick ? 1 : areas[kind.id] == nil ? 3 : kind.shape == .event ? 2 : 3
            return (-(used[kind.id] ?? 0), likely)
        }
        // Sorting keeps the order of the catalogue among those of one rank.
        return kinds.enumerated().map { (rank: rank($1), place: $0, kind: $1) }
            .sorted { ($0.rank.0, $0.rank.1, $0.place) < ($1.rank.0, $1.rank.1, $1.place) }
            .prefix(Self.first).map { link($0.kind) }
    }

    /// All of them, or those that a text is found in: by a part of the name or by its pinyin.
    func groups(_ query: String) -> [Group] {
        let found = found(query)
        let areas = areas
        var order: [String] = []
        for indicator in catalogue.indicators.values.inOrder
        where !order.contains(indicator.area) {
            order.append(indicator.area)
        }
        let isSearch = !query.isEmpty
        var groups = order.compactMap { area -> Group? in
            let links = found.filter { areas[$0.id] == area }.map(link)
            guard !links.isEmpty else { return nil }
            let heading = words["area_\(area)"]
            return Group(
                heading: heading.hasPrefix("[") ? area : heading, kinds: links, isOpen: true)
        }
        let rest = found.filter { areas[$0.id] == nil }.map(link)
        if !rest.isEmpty {
            groups.append(
                Group(
                    heading: words["entries_other_kinds"], kinds: rest,
                    isOpen: isSearch || groups.isEmpty))
        }
        return groups
    }

    private func link(_ kind: Kind) -> Link {
        Link(kind.name[words.language], .newEntry(kind.id))
    }

    /// The area of each kind that is counted.
    private var areas: [String: String] {
        var areas: [String: String] = [:]
        for indicator in catalogue.indicators.values.inOrder {
            guard let kind = indicator.kind, areas[kind] == nil else { continue }
            areas[kind] = indicator.area
        }
        return areas
    }

    private func found(_ query: String) -> [Kind] {
        let folded = FoldedText(query).text
        guard !folded.isEmpty else { return kinds }
        let letters = Spelling.letters(query)
        let spelling = letters.map { _ in Spelling(of: kinds.map(\.name.zh)) }
        return kinds.filter { kind in
            if [kind.name.zh, kind.name.en, kind.id].contains(where: {
                FoldedText($0).text.contains(folded)
            }) {
                return true
            }
            guard let letters, let spelling else { return false }
            return spelling.pinyin(Folding.key(kind.name.zh)).fit(letters) != nil
        }
    }
}
