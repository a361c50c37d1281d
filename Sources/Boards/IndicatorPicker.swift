import Catalogue
import Core
import Figures
import Organization
import Web

extension Picker {
    /// Chooses a figure, by area.
    static func indicator(_ snapshot: Snapshot, chosen: Indicator?) -> Picker {
        let words = snapshot.words
        let (html, option) = indicators(snapshot, except: [])
        return Picker(
            "indicator", words["figure_name"], chosen: chosen.map(option), html,
            typed: words["pick_indicator_typed"], words)
    }

    /// Adds a figure to some that are chosen already, or none.
    static func indicator(
        toAdd chosen: [Indicator], _ label: String, _ snapshot: Snapshot
    ) -> Picker {
        let words = snapshot.words
        return Picker(
            "figure", label, chosen: Option("", words["compare_add_none"]),
            indicators(snapshot, except: Set(chosen.map(\.id))).html, typed: nil, words)
    }

    private static func indicators(
        _ snapshot: Snapshot, except ids: Set<String>
    ) -> (html: String, option: (Indicator) -> Option) {
        let words = snapshot.words
        let all = Array(snapshot.publicIndicators.prefix(FiguresPage.limit))
        let spelling = Spelling(of: all.map { $0.name.zh })
        func option(_ indicator: Indicator) -> Option {
            Option(
                indicator.id, indicator.name[words.language],
                finds: "\(spelling.finds(indicator.name.zh)) \(indicator.id)")
        }
        let groups = FiguresPage.areas(of: all.filter { !ids.contains($0.id) }, words)
            .map { area in Group(area.name, area.indicators.map(option)) }
        return (html(groups), option)
    }
}

/// Reads an indicator as people write it: by its name in either language, a part of it, pinyin, or
/// its identity.
struct MeantIndicator {
    let all: [Indicator]

    /// The most indicators that are offered instead of one.
    static let nearestLimit = 8

    /// - Throws: what is wrong, with what comes nearest.
    func read(_ text: String) throws(Refusal) -> Indicator {
        if let one = all.first(where: { $0.id == text }) { return one }
        let key = Folding.key(text)
        let letters = Spelling.letters(text)
        let spelling = letters == nil ? nil : Spelling(of: all.map { $0.name.zh })
        var ranks: [Int: [Indicator]] = [:]
        for indicator in all {
            let names = [indicator.name.zh, indicator.name.en].map(Folding.key)
            let rank: Int
            if names.contains(key) {
                rank = 0
            } else if names.contains(where: { $0.hasPrefix(key) }) {
                rank = 1
            } else if names.contains(where: { $0.contains(key) }) {
                rank = 2
            } else if let letters, let fit = spelling?.pinyin(names[0]).fit(letters) {
                rank = 3 + fit.rawValue
            } else {
                continue
            }
            ranks[rank, default: []].append(indicator)
        }
        let found = ranks.sorted { $0.key < $1.key }.map(\.value)
        if let best = found.first, best.count == 1 { return best[0] }
        let near = found.joined().prefix(Self.nearestLimit)
        throw .invalid([
            Fault(
                Wording(zh: "指标", en: "Figure"), at: "indicator",
                zh: near.isEmpty ? "没有名为“\(text)”的指标。" : "“\(text)”不止一个指标，请选择其中一个。",
                en: near.isEmpty
                    ? "There is no figure “\(text)”."
                    : "“\(text)” fits more than one figure: choose one of them."
            ).near(near.map { Fault.Near($0.id, $0.name) })
        ])
    }
}
