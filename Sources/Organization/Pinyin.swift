import Core
import Foundation

/// How a name sounds, syllable by syllable, without tones: what people type who know it by ear.
package struct Pinyin: Sendable {
    /// Letters and digits that are no ideographs stand for themselves.
    private let syllables: [[[UInt8]]]

    fileprivate init(_ syllables: [[[UInt8]]]) { self.syllables = syllables }

    /// How well a text fits.
    package enum Fit: Int, Sendable { case whole, beginning, inside }

    /// How a text of Latin letters fits: `linshanzhai`, `lszjd`, `linsz`; nil where it does not.
    package func fit(_ letters: [UInt8]) -> Fit? {
        guard letters.count >= Self.fewestLetters else { return nil }
        for start in syllables.indices {
            guard let end = end(of: letters[...], from: start) else { continue }
            if start > 0 { return .inside }
            return end == syllables.count ? .whole : .beginning
        }
        return nil
    }

    /// The fewest letters that are looked for: one alone stands in nearly every name.
    static let fewestLetters = 2

    /// The pinyin as one word, of the usual readings.
    var letters: [UInt8] { syllables.flatMap { $0.first ?? [] } }

    /// The first letters of its syllables.
    var initials: [UInt8] { syllables.compactMap { $0.first?.first } }

    /// Where a text ends that begins with a syllable: each is written whole or by its first
    /// letters, the last one as far as somebody got.
    private func end(of letters: ArraySlice<UInt8>, from place: Int) -> Int? {
        if letters.isEmpty { return place }
        guard place < syllables.count else { return nil }
        for syllable in syllables[place] {
            let length = zip(letters, syllable).prefix { $0 == $1 }.count
            guard length > 0 else { continue }
            if length == letters.count { return place + 1 }
            let isWhole = length == syllable.count
            if isWhole, let end = end(of: letters.dropFirst(length), from: place + 1) {
                return end
            }
            if length >= 2, syllable.count > 2, syllable[1] == UInt8(ascii: "h"),
                let end = end(of: letters.dropFirst(2), from: place + 1)
            {
                return end
            }
            if let end = end(of: letters.dropFirst(1), from: place + 1) { return end }
        }
        return nil
    }
}

/// The pinyin of the ideographs of some texts, asked of ICU once for all of them.
package struct Spelling: Sendable {
    private let readings: [Character: [[UInt8]]]

    package init(of texts: some Sequence<String>) {
        var letters: Set<Character> = []
        for text in texts { letters.formUnion(Folding.key(text)) }
        let ideographs = letters.filter { letter in
            letter.unicodeScalars.contains { $0.properties.isIdeographic }
        }.sorted()
        let spelled =
            ideographs.map(String.init).joined(separator: "\n")
            .applyingTransform(.mandarinToLatin, reverse: false)?
            .applyingTransform(.stripDiacritics, reverse: false) ?? ""
        let lines = spelled.lowercased().split(
            separator: "\n", omittingEmptySubsequences: false)
        var readings: [Character: [[UInt8]]] = [:]
        if lines.count == ideographs.count {
            for (letter, line) in zip(ideographs, lines) {
                // ü is typed as v or as u.
                let plain = line.filter { $0.isASCII && $0.isLetter }
                guard !plain.isEmpty else { continue }
                readings[letter] = [Array(plain.utf8)]
            }
        }
        for (letter, others) in Self.others {
            readings[letter] = (readings[letter] ?? []) + others.map { Array($0.utf8) }
        }
        self.readings = readings
    }

    /// - Parameter key: a text as `Folding.key` folds it.
    package func pinyin(_ key: String) -> Pinyin {
        Pinyin(
            key.compactMap { letter in
                if let known = readings[letter] { return known }
                guard letter.isASCII, letter.isLetter || letter.isNumber else { return nil }
                return [Array(String(letter).utf8)]
            })
    }

    /// What somebody may type who knows how a name sounds: all of it, or first letters.
    package func finds(_ name: String) -> String {
        let pinyin = pinyin(Folding.key(name))
        return String(decoding: pinyin.letters, as: UTF8.self) + " "
            + String(decoding: pinyin.initials, as: UTF8.self)
    }

    /// A text of Latin letters and digits as it is looked for; nil for any other text.
    package static func letters(_ text: String) -> [UInt8]? {
        let folded = Folding.key(text).filter { $0 != " " && $0 != "'" }
        guard !folded.isEmpty, folded.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }),
            folded.contains(where: \.isLetter)
        else { return nil }
        return Array(folded.utf8)
    }

    /// Readings that names have beside the one that ICU gives.
    private static let others: [Character: [String]] = [
        "长": ["chang", "zhang"], "重": ["chong", "zhong"], "行": ["hang", "xing"],
        "乐": ["yue", "le"], "朝": ["chao", "zhao"], "厦": ["xia", "sha"], "曾": ["zeng", "ceng"],
        "单": ["shan", "dan"], "都": ["du", "dou"], "会": ["kuai", "hui"], "盛": ["sheng", "cheng"],
        "解": ["xie", "jie"], "仇": ["qiu", "chou"], "区": ["ou", "qu"], "查": ["zha", "cha"],
        "尉": ["yu", "wei"], "华": ["hua"], "绿": ["lv", "lu"], "女": ["nv", "nu"],
        "吕": ["lv", "lu"], "旅": ["lv", "lu"], "六": ["lu", "liu"], "大": ["dai", "da"],
        "降": ["jiang", "xiang"], "巷": ["hang", "xiang"], "石": ["shi", "dan"],
    ]
}
