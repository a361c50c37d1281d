import Catalogue
import Core
import Ledger
import Organization
import Web

/// What was found for some words.
struct SearchPage: Page {
    static let template = "boards/search"

    let title: String
    let action: String
    let sought: String
    let longest: String
    /// Why nothing was looked for, or that nothing was found, and what to do.
    let remark: String?
    let groups: [Group]
    let records: Listed<EntryLine>?
    let common: String?
    let closed: String?
    let pager: Pager?

    /// Hits of one sort.
    struct Group: Sendable {
        let groupName: String
        let hits: [Hit]
        let more: String?
    }

    struct Hit: Sendable {
        let label: String
        let href: String
        let says: String?
    }

    /// The most units, kinds and figures, and the most entries of one page.
    static let hitLimit = 20
    static let recordLimit = 20

    init(
        _ sought: Sought, _ keyset: Keyset, after place: RecordSearch.Place?, _ snapshot: Snapshot
    ) throws {
        let words = snapshot.words
        title = words["search_title"]
        action = Address.search.text
        self.sought = sought.text
        longest = String(Sought.longest)
        if let fault = sought.fault {
            remark =
                words[
                    "search_\(fault.rawValue)",
                    [
                        "limit": String(Sought.longest), "words": String(Sought.mostWords),
                    ]]
            groups = []
            (records, common, closed, pager) = (nil, nil, nil, nil)
            return
        }
        let hits = SearchHits(words: sought.words, snapshot: snapshot)
        // Later pages go on with the entries alone.
        groups = place == nil ? hits.groups : []
        let found = try RecordSearch(
            sought.words, in: snapshot.district, asOf: snapshot.reading.position
        ).page(after: place, limit: keyset.limit, snapshot.db)
        let lines = found.records.map { EntryLine($0, snapshot, looking: sought.words) }
        records = Listed(lines)
        common =
            found.isCommon
            ? words["search_common", ["limit": RecordSearch.commonLimit.grouped]] : nil
        closed = lines.contains { $0.href == nil } ? words["entries_closed"] : nil
        let here = Address.search.with("q", sought.text)
        let next = found.next.map { Cursor([$0.day.description, $0.id.text]) }
        pager = keyset.pager(next: next, at: here)
        remark =
            groups.isEmpty && lines.isEmpty
            ? words[found.next == nil ? "search_none" : "search_go_on"] : nil
    }
}

/// Units, kinds and figures that hold every word: there are few enough to look at each.
private struct SearchHits {
    let words: [FoldedText]
    let snapshot: Snapshot

    var groups: [SearchPage.Group] {
        [
            ("search_pairs", pairs), ("search_units", units), ("nav_kinds", kinds),
            ("nav_figures", figures),
        ].compactMap {
            name, hits in
            guard !hits.isEmpty else { return nil }
            return SearchPage.Group(
                groupName: snapshot.words[name], hits: Array(hits.prefix(SearchPage.hitLimit)),
                more: snapshot.words.more(of: hits.count, shown: SearchPage.hitLimit))
        }
    }

    /// Lists of a kind in a unit, where some of the words mean the one and the others the other:
    /// “桐柏路 荣誉”. Only of kinds that everybody may list, in units that stand.
    private var pairs: [SearchPage.Hit] {
        guard words.count > 1 else { return [] }
        let (all, day) = ((1 << words.count) - 1, snapshot.today)
        let kinds = snapshot.catalogue.kinds.values.inOrder.filter(\.isListed)
            .map { (kind: $0, mask: mask([$0.name.zh, $0.name.en])) }.filter { $0.mask != 0 }
        guard !kinds.isEmpty else { return [] }
        let units = snapshot.structure.versions.values.joined()
            .filter { $0.from <= day && ($0.to.map { day < $0 } ?? true) }
            .map { (version: $0, mask: mask([$0.name, $0.code])) }
            .filter { $0.mask != 0 && $0.mask != all }
            .sorted { $0.version.code < $1.version.code }
        return units.flatMap { unit in
            kinds.filter { $0.mask | unit.mask == all && $0.mask != all }.map { kind, _ in
                SearchPage.Hit(
                    label: snapshot.words[
                        "search_pair",
                        ["unit": unit.version.name, "kind": kind.name[snapshot.language]]],
                    href: Address.records(of: kind.id)
                        .with(AskedRecords.unit, unit.version.code)
                        .with(AskedRecords.period, AskedRecords.always).text,
                    says: nil)
            }
        }
    }

    /// Which of the words stand in any of some texts, one bit for each.
    private func mask(_ texts: [String]) -> Int {
        let folded = FoldedText(texts.joined(separator: "\n"))
        return words.enumerated().reduce(0) { mask, word in
            folded.holds([word.element]) ? mask | 1 << word.offset : mask
        }
    }

    private func holds(_ texts: [String]) -> Bool {
        FoldedText(texts.joined(separator: "\n")).holds(words)
    }

    /// Every name and code that any unit ever had; those in force come first.
    private var units: [SearchPage.Hit] {
        let reader = { UnitReader(version: $0, day: $0.from, snapshot: snapshot) }
        return snapshot.structure.versions.values.joined()
            .filter { holds([$0.name, $0.code]) }
            .sorted { left, right in
                (left.to == nil ? 0 : 1, left.code, left.from)
                    < (right.to == nil ? 0 : 1, right.code, right.from)
            }
            .map { version in
                let form = reader(version).formName(version)
                return SearchPage.Hit(
                    label: snapshot.words.withCode(version),
                    href: Address.unit(version, on: version.from).text,
                    says: "\(form) · \(reader(version).days(version))")
            }
    }

    /// Kinds by their names and the names of their options.
    private var kinds: [SearchPage.Hit] {
        snapshot.catalogue.kinds.values.inOrder
            .compactMap { kind in
                let options = kind.fields.flatMap(\.options)
                guard holds(([kind.name] + options.map(\.name)).flatMap { [$0.zh, $0.en] })
                else { return nil }
                let named = options.filter { holds([$0.name.zh, $0.name.en]) }
                    .map { $0.name[snapshot.language] }
                let list = named.joined(separator: snapshot.words.comma)
                return SearchPage.Hit(
                    label: kind.name[snapshot.language], href: Address.kind(kind.id).text,
                    says: list.isEmpty ? nil : list)
            }
    }

    private var figures: [SearchPage.Hit] {
        snapshot.publicIndicators.compactMap { indicator in
            guard
                holds([
                    indicator.name.zh, indicator.name.en, indicator.definition.zh,
                    indicator.definition.en,
                ])
            else { return nil }
            return SearchPage.Hit(
                label: indicator.name[snapshot.language],
                href: snapshot.usualAddress(of: indicator).text,
                says: indicator.definition[snapshot.language])
        }
    }
}

extension Snapshot {
    /// A figure for the whole district and the usual period.
    func usualAddress(of indicator: Indicator) -> Address {
        let period = periods?.period(for: indicator) ?? .day(today)
        return root.map { Address.figure(indicator.id, unit: $0.code, period: period) }
            ?? Address("figures", indicator.id)
    }
}
