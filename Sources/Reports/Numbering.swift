import Core

/// The numbers of what is told: a section that is left out leaves no gap.
///
/// `{number}` in a heading counts sections, 一 二 三; `{item}` counts paragraphs within a section,
/// （一）（二）; `{point}` counts sentences within one, 一是 二是.
enum Numbering {
    static let names = ["number", "item", "point"]

    static func word(_ name: String, _ count: Int, _ language: Language) -> String {
        switch (name, language) {
        case ("number", .zh): chinese(count)
        case ("item", .zh): "（\(chinese(count))）"
        case ("point", .zh): "\(chinese(count))是"
        case ("point", .en): count <= english.count ? english[count - 1] : "\(count)."
        case ("item", .en): "(\(count))"
        default: String(count)
        }
    }

    private static let english = [
        "First,", "Second,", "Third,", "Fourth,", "Fifth,", "Sixth,", "Seventh,", "Eighth,",
    ]

    /// 1 to 99 as they number the parts of a text.
    static func chinese(_ number: Int) -> String {
        let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        guard (1...99).contains(number) else { return String(number) }
        let tens = number / 10
        return (tens > 1 ? digits[tens] : "") + (tens > 0 ? "十" : "") + digits[number % 10]
    }
}

extension ReportTemplate {
    /// What is told, with the number of each part in its place.
    func numbered(_ sections: [ToldSection]) -> [ToldSection] {
        var number = 0
        return sections.map { section in
            var (item, point) = (0, 0)
            return ToldSection(
                heading: section.heading.map { $0.numbered("number", &number) },
                paragraphs: section.paragraphs.map { paragraph in
                    paragraph.map {
                        $0.numbered("item", &item).numbered("point", &point)
                    }
                }, isNote: section.isNote)
        }
    }
}

extension ReportTemplate.Words {
    /// The words with the next number in the place of its name, where they have it.
    fileprivate func numbered(_ name: String, _ count: inout Int) -> Self {
        let place = "{\(name)}"
        guard zh.contains(place) || en.contains(place) else { return self }
        count += 1
        return Self(
            zh: zh.replacing(place, with: Numbering.word(name, count, .zh)),
            en: en.replacing(place, with: Numbering.word(name, count, .en)))
    }
}
