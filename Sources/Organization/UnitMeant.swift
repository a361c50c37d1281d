import Catalogue
import Core

/// What somebody means by a text among the units of a structure.
package enum UnitMeant: Sendable {
    case one(UnitVersion)
    /// Several units that fit as well.
    case several([UnitVersion])
    /// None; what comes nearest.
    case none([UnitVersion])

    package var unit: UnitVersion? {
        if case .one(let unit) = self { return unit }
        return nil
    }
}

/// Reads a unit as people write it: by its code, by its name or a part of it, by a name that it
/// had before, and by pinyin, whole or by first letters.
package struct UnitReading {
    package let structure: Structure
    package let day: Day
    /// Whether a unit may be meant that stood on another day only.
    package var reachesBack = false
    /// The forms of unit that are asked for; empty for every form.
    package var forms: [String] = []
    /// The units that may be meant; nil for all.
    package var among: Set<OrgUnit.ID>?

    /// The most units that are offered instead of one.
    package static let nearestLimit = 8

    package init(_ structure: Structure, on day: Day) {
        self.structure = structure
        self.day = day
    }

    package func read(_ text: String) -> UnitMeant {
        let coded =
            reachesBack
            ? structure.unit(code: text, nearest: day) : structure.unit(code: text, on: day)
        if let coded, isOffered(coded) { return .one(coded) }
        if let named = structure.unit(naming: text, on: day, forms: forms), isOffered(named) {
            return .one(named)
        }
        let key = Folding.key(text)
        let letters = Spelling.letters(text)
        var ranks: [Int: [UnitVersion]] = [:]
        for name in structure.names.all {
            guard isOffered(name.version), let rank = rank(name, key, letters) else { continue }
            ranks[rank, default: []].append(name.version)
        }
        var offered: [UnitVersion] = []
        var gone = structure.history(code: text)
        for rank in ranks.keys.sorted() {
            let all = distinct(ranks[rank] ?? [])
            let found = all.filter(stands)
            gone += all.filter { !stands($0) }
            if offered.isEmpty, let one = only(found) { return .one(one) }
            offered += found
        }
        guard offered.isEmpty else { return .several(sorted(distinct(offered))) }
        let near = distinct(heirs(of: gone) + similar(key, letters))
        return .none(Array(near.prefix(Self.nearestLimit)))
    }

    /// The units that stand that day in the place of others.
    private func heirs(of gone: [UnitVersion]) -> [UnitVersion] {
        var seen = Set(gone.map(\.unit))
        var open = Array(seen)
        var found: [UnitVersion] = []
        while let unit = open.popLast() {
            for line in structure.successors[unit] ?? []
            where seen.insert(line.successor).inserted {
                open.append(line.successor)
                if let heir = structure.version(line.successor, on: day), isOffered(heir) {
                    found.append(heir)
                }
            }
        }
        return found.sorted { $0.code < $1.code }
    }

    /// A unit may be meant where it stands that day, or any day.
    private func stands(_ version: UnitVersion) -> Bool {
        reachesBack || structure.version(version.unit, on: day) != nil
    }

    private func isOffered(_ version: UnitVersion) -> Bool {
        among?.contains(version.unit) ?? true
    }

    /// The unit as it is that day, where it stands: it may have been called otherwise before.
    private func shown(_ version: UnitVersion) -> UnitVersion {
        structure.nearestVersion(version.unit, on: day) ?? version
    }

    /// How well a name fits, the best first: names of the day before former ones, whole names
    /// before their parts, and letters before sounds.
    private func rank(_ name: UnitNames.Name, _ key: String, _ letters: [UInt8]?) -> Int? {
        let isNow = name.version.inForce(on: day)
        if name.key == key { return isNow ? 0 : 1 }
        let past = isNow ? 0 : 10
        if key.count >= Self.fewestLetters {
            if name.key.hasPrefix(key) { return 2 + past }
            if name.key.contains(key) { return 3 + past }
        }
        guard let letters, let fit = name.pinyin.fit(letters) else { return nil }
        return 4 + fit.rawValue + past
    }

    /// The fewest letters of a name that are looked for.
    private static let fewestLetters = 2

    /// The one unit of several that is meant: the only one of the forms asked for, or the one with
    /// whose whole name those of all others begin, as the branches of a street are named after it.
    private func only(_ found: [UnitVersion]) -> UnitVersion? {
        if found.count == 1 { return found[0] }
        let fitting = found.filter { forms.contains($0.form) }
        if fitting.count == 1 { return fitting[0] }
        let named = (fitting.isEmpty ? found : fitting).sorted { $0.name.count < $1.name.count }
        guard let first = named.first else { return nil }
        let key = Folding.key(first.name)
        return named.dropFirst().allSatisfy {
            let other = Folding.key($0.name)
            return other != key && other.hasPrefix(key)
        } ? first : nil
    }

    /// Each unit once, the way it is that day.
    private func distinct(_ found: [UnitVersion]) -> [UnitVersion] {
        var seen: Set<OrgUnit.ID> = []
        return found.map(shown).filter { seen.insert($0.unit).inserted }
    }

    /// Those that stand that day first, then by how much they are: streets before grids.
    private func sorted(_ found: [UnitVersion]) -> [UnitVersion] {
        Array(
            found.sorted { one, other in
                let (a, b) = (one.inForce(on: day) ? 0 : 1, other.inForce(on: day) ? 0 : 1)
                return (a, one.name.count, one.code) < (b, other.name.count, other.code)
            }.prefix(Self.nearestLimit))
    }

    /// The units whose codes, names or sounds have most in common with a text.
    private func similar(_ key: String, _ letters: [UInt8]?) -> [UnitVersion] {
        let asked = Bigrams(key.utf8.map { $0 }), heard = letters.map(Bigrams.init)
        let isCode = key.utf8.contains { (48...57).contains($0) }
        var scored: [(score: Int, version: UnitVersion)] = []
        for name in structure.names.all where isOffered(name.version) && stands(name.version) {
            let score = max(
                asked.likeness(Bigrams(Array((isCode ? name.code : name.key).utf8))),
                heard?.likeness(Bigrams(name.pinyin.letters)) ?? 0)
            if score >= Self.leastLikeness { scored.append((score, name.version)) }
        }
        scored.sort { ($1.score, $0.version.code) < ($0.score, $1.version.code) }
        return Array(distinct(scored.map(\.version)).prefix(Self.nearestLimit))
    }

    /// The least that a text and a name must have in common, in hundredths.
    private static let leastLikeness = 50
}

/// The pairs of neighbouring bytes of a text: how alike two texts are, whatever was mistyped.
private struct Bigrams {
    private var pairs: [UInt16: Int] = [:]
    private let count: Int

    init(_ bytes: [UInt8]) {
        for (one, other) in zip(bytes, bytes.dropFirst()) {
            pairs[UInt16(one) << 8 | UInt16(other), default: 0] += 1
        }
        count = max(0, bytes.count - 1)
    }

    /// From 0 to 100.
    func likeness(_ other: Bigrams) -> Int {
        guard count + other.count > 0 else { return 0 }
        let common = pairs.reduce(0) { $0 + min($1.value, other.pairs[$1.key] ?? 0) }
        return common * 200 / (count + other.count)
    }
}

extension Structure {
    /// What may have been meant, each with what it is called.
    package func near(_ units: [UnitVersion], on day: Day) -> [Fault.Near] {
        units.map { unit in
            guard !unit.inForce(on: day), let end = unit.to, end <= day else {
                return Fault.Near(
                    unit.code,
                    Wording(zh: "\(unit.name)（\(unit.code)）", en: "\(unit.name) (\(unit.code))"))
            }
            return Fault.Near(
                unit.code,
                Wording(
                    zh: "原\(unit.name)（\(unit.code)，至\(end - 1)）",
                    en: "\(unit.name) (\(unit.code), until \(end - 1))"))
        }
    }
}

extension UnitReading {
    /// The unit that a text means.
    ///
    /// - Throws: what is wrong, beside the field, with what comes nearest.
    package func unit(_ text: String, at field: String = "unit") throws(Refusal) -> UnitVersion {
        switch found(text, at: field) {
        case .success(let unit): return unit
        case .failure(let fault): throw .invalid([fault])
        }
    }

    /// The same, or what is wrong, under the name that its form has for a unit.
    package func found(
        _ text: String, at field: String, _ label: Wording = Wording(zh: "单位", en: "Unit")
    ) -> Result<UnitVersion, Fault> {
        switch read(text) {
        case .one(let unit): return .success(unit)
        case .several(let units):
            return .failure(
                Fault(
                    label, at: field, zh: "“\(text)”不止一个单位，请选择其中一个。",
                    en: "“\(text)” fits more than one unit: choose one of them."
                ).near(structure.near(units, on: day)))
        case .none(let units):
            let words = RowFault.unknownUnit(0, text, day, structure).fault.words
            return .failure(
                Fault(label, at: field, zh: words.zh, en: words.en)
                    .near(structure.near(units, on: day)))
        }
    }
}
