import Core

/// One cell of a workbook that holds something: what is stored in it, never what it looks like.
package struct Cell: Sendable, Hashable {
    /// What a cell holds. Its text is canonical: days as `2015-03-01`, numbers in plain digits.
    package enum Kind: UInt8, Sendable, Hashable {
        case empty
        case text
        /// A number of at most 15 significant digits, which is all that a spreadsheet keeps.
        case number
        /// A number of more than 15 digits: the last ones were lost when it was typed.
        case longNumber
        /// A number whose leading zeros are only shown.
        case paddedNumber
        /// A number that is shown a hundredfold, with a percent sign.
        case percent
        case day
        /// A day with a time: `2015-03-01 14:30`.
        case moment
        /// A time or a length of time: `14:30`.
        case time
        case boolean
        case error
        /// Covered by a merged cell that holds something: only its top left cell has the value.
        case merged
    }

    package let kind: Kind
    package let text: String

    package init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }

    /// The letters of a column counted from nought: A, B … Z, AA.
    package static func letters(_ column: Int) -> String {
        let letter = String(UnicodeScalar(UInt8(65 + column % 26)))
        return column < 26 ? letter : letters(column / 26 - 1) + letter
    }
}
