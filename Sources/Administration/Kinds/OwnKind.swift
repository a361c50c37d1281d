import Catalogue
import Core
import Foundation

/// A kind that is made on a page: what the officer chose so far, whole or not. The catalogue knows
/// nothing of it before its file is written.
struct OwnKind: Codable, Equatable, Sendable {
    /// What a field of the form asks for, as people choose it.
    enum Form: String, Codable, CaseIterable, Sendable {
        case text, long, choice, number, day, flag, person
    }

    /// How the first figure is reckoned.
    enum Reckoning: String, Codable, CaseIterable, Sendable { case none, count, sum }

    struct Option: Codable, Equatable, Sendable {
        let id: String
        var zh: String
        var en: String
    }

    /// One field of the form. What its form does not ask for is empty.
    struct Field: Codable, Equatable, Sendable {
        let id: String
        var zh = ""
        var en = ""
        var form = Form.text
        var isRequired = false
        var options: [Option] = []
        var unit = ""
        var register = ""
        var isMany = false
        var least = ""
        var most = ""
        /// The other fields that it may not be below or above.
        var leastOf = ""
        var mostOf = ""
        var isPast = false

        var name: Wording { Wording(zh: zh, en: en) }

        /// Whether another field can be compared with it.
        func compares(with other: Field) -> Bool {
            guard id != other.id, form == other.form else { return false }
            return form == .day
                || form == .number && isCount == other.isCount
                    && (isCount || unit == other.unit)
        }

        private var isCount: Bool {
            guard let unit = MeasureUnit(rawValue: unit) else { return false }
            return OwnKind.counts.contains(unit)
        }
    }

    var zh = ""
    var en = ""
    var area = ""
    var shape = Kind.Shape.event.rawValue
    var visibility = Visibility.internal.rawValue
    /// The forms of unit in which it is recorded; none for every form.
    var at: [String] = []
    var isConfirmed = false
    /// Whether pictures of its records stay among who may read them; nil, as in what was kept
    /// before this could be chosen, for no.
    var keepsPictures: Bool?
    var fields: [Field] = []
    var reckoning = Reckoning.count
    /// The field that is added up.
    var sumOf = ""
    var figureZh = ""
    var figureEn = ""
    /// What the figure counts, as people say it.
    var counter = "次"
    var from = ""
    var until = ""

    /// The most fields of one form; more than fit a page is two kinds.
    static let fieldLimit = 30
    /// The most numbers: a record has as many columns for them.
    static let numberLimit = 4
    /// The most options of one choice.
    static let optionLimit = 50
    /// The longest name of a kind, a field, an option or a figure, in characters.
    static let nameCharacters = 40

    /// In what a number can be written.
    static let units: [MeasureUnit] = [
        .person, .piece, .time, .copy, .household, .unit, .minute, .day, .fen, .dm2, .meter,
    ]
    /// Those that count things one by one, and compare with each other.
    static let counts: Set<MeasureUnit> = [.person, .piece, .time, .copy, .household, .unit]

    var name: Wording { Wording(zh: zh, en: en) }
    var numbers: [Field] { fields.filter { $0.form == .number } }

    func field(_ id: String) -> Field? { fields.first { $0.id == id } }

    /// The text that is kept in the database; the same for the same choices.
    var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Strings, flags and lists of them have a text always.
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    init() {}

    init(text: String) throws {
        self = try JSONDecoder().decode(OwnKind.self, from: Data(text.utf8))
    }
}
