/// The two languages of the interface. Chinese comes first.
package enum Language: String, Sendable, CaseIterable {
    case zh, en

    /// The BCP 47 tag for `lang` attributes.
    package var tag: String {
        switch self {
        case .zh: "zh-Hans"
        case .en: "en"
        }
    }
}

/// The same words in both languages.
package struct Wording: Sendable, Hashable {
    package let zh: String
    package let en: String

    package init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    package subscript(language: Language) -> String {
        switch language {
        case .zh: zh
        case .en: en
        }
    }
}
