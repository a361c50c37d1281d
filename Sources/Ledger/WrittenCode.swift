import Core

/// Codes and numbers by which things are known, as people and spreadsheets write them.
package enum WrittenCode {
    /// What is wrong with a code, in words for its reader.
    package struct Fault: Error, Sendable {
        package let words: Wording

        fileprivate init(zh: String, en: String) { words = Wording(zh: zh, en: en) }
    }

    /// A code in its one form.
    ///
    /// - Throws: `Fault` for one that a spreadsheet has spoiled, that is too long, or that leads
    ///   out of a folder.
    package static func read(_ text: String) throws(Fault) -> String {
        let code = Folding.identifier(unguarded(text))
        if isSpoiled(code) {
            throw Fault(
                zh: "“\(code)”：长编号被 Excel 改成了数字或科学计数，末尾数字已丢失；请把该列设为“文本”后重新填写。",
                en: "“\(code)”: Excel made a number of this long code and lost its last digits. "
                    + "Set the column to “Text” and write the code again.")
        }
        if code.unicodeScalars.count > Folding.codeCharacters {
            throw Fault(
                zh: "编号过长（最多\(Folding.codeCharacters)个字符）。",
                en: "The code is too long (at most \(Folding.codeCharacters) characters).")
        }
        guard code.utf8.contains(where: { $0 == 0x2E || $0 == 0x2F || $0 == 0x5C }) else {
            return code
        }
        let parts = code.split { "/\\".contains($0) }
        if code.contains("\\") || parts.contains(where: { $0.allSatisfy { $0 == "." } })
            || code.hasPrefix("/")
        {
            throw Fault(
                zh: "“\(code)”不能作编号：不要用路径的写法。", en: "“\(code)” is a path and no code.")
        }
        return code
    }

    /// Without the guards by which spreadsheets keep a text as it is: `="00123"` and `'00123`.
    package static func unguarded(_ text: String) -> String {
        let plain = text.trimmed
        if plain.hasPrefix("=\""), plain.hasSuffix("\""), plain.count > 3 {
            return String(plain.dropFirst(2).dropLast())
        }
        if plain.hasPrefix("'") || plain.hasPrefix("＇") { return String(plain.dropFirst()) }
        return plain
    }

    /// `4.10102E+17` and `410102199003080000.000000`: what a spreadsheet shows of a long number.
    private static func isSpoiled(_ code: String) -> Bool {
        guard let first = code.utf8.first, first >= 48, first <= 57,
            code.utf8.contains(where: { $0 == 43 || $0 == 46 })
        else { return false }
        return code.wholeMatch(of: /[0-9]+(?:[.][0-9]+)?[Ee][+][0-9]+/) != nil
            || code.wholeMatch(of: /[0-9][.][0-9]+[Ee]-?[0-9]+/) != nil
            || code.wholeMatch(of: /[0-9]{2,}[.]0+/) != nil
    }

    /// The code of a unit: letters, digits and a few signs between them.
    package static func unit(_ text: String) throws(Fault) -> String {
        let code = try read(text)
        let isPlain = code.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || "-_.·()#".unicodeScalars.contains(scalar)
        }
        let first = code.unicodeScalars.first?.properties
        guard isPlain, first?.isAlphabetic == true || first?.numericType != nil,
            !code.contains("..")
        else {
            throw Fault(
                zh: "“\(code)”不能作单位编码：只用字母、汉字、数字和 - _ . ( )，并以字母、汉字或数字开头。",
                en: "“\(code)” cannot be the code of a unit: use letters, digits and - _ . ( ), "
                    + "beginning with a letter or digit.")
        }
        return code
    }
}

/// What a cell holds when a formula failed, or when it is too narrow.
package enum SpoiledCell {
    private static let errors: Set<String> = [
        "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
        "#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#UNKNOWN!", "#CONNECT!",
    ]

    /// What is wrong with the cell; nil when it is in order.
    package static func words(_ text: String) -> Wording? {
        // Letters are looked for only where one of their bytes is.
        guard text.utf8.contains(where: { $0 == 0x23 || $0 == 0xEF }) else { return nil }
        guard text.contains("#") || text.contains("＃") else { return nil }
        let plain = Folding.letters(text).uppercased()
        if errors.contains(plain) {
            return Wording(
                zh: "该格公式出错（\(plain)），请在表中改正后重新上传。",
                en: "The formula of this cell failed (\(plain)): correct it in the sheet.")
        }
        if plain.count > 2, plain.allSatisfy({ $0 == "#" }) {
            return Wording(
                zh: "“\(plain)”是列宽不够时的显示，请加宽该列后重新保存。",
                en: "“\(plain)” is shown where a column is too narrow: widen it and save again.")
        }
        return nil
    }
}
