/// Letters that stand where they do not belong: in the private area that GBK and the first
/// GB18030 lent them, or among the radicals that PDF files yield in place of characters.
enum PrivateLetters {
    /// The letter that a private character of GBK or GB18030 stands for.
    static func own(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        let value = scalar.value
        guard (0xE000...0xF8FF).contains(value) else { return nil }
        if let other = others[value] { return Unicode.Scalar(other) }
        guard value >= first, Int(value - first) < letters.count else { return nil }
        return Unicode.Scalar(letters[Int(value - first)])
    }

    /// The letters of FE50 to FEA0, in order from U+E815 on.
    private static let first: UInt32 = 0xE815
    private static let letters: [UInt32] = [
        0x2E81, 0x20087, 0x20089, 0x200CC, 0x2E84, 0x3473, 0x3447, 0x2E88, 0x2E8B, 0x9FB4, 0x359E,
        0x361A, 0x360E, 0x2E8C, 0x2E97, 0x396E, 0x3918, 0x9FB5, 0x39CF, 0x39DF, 0x3A73, 0x39D0,
        0x9FB6, 0x9FB7, 0x3B4E, 0x3C6E, 0x3CE0, 0x2EA7, 0x215D7, 0x9FB8, 0x2EAA, 0x4056, 0x415F,
        0x2EAE, 0x4337, 0x2EB3, 0x2EB6, 0x2EB7, 0x2298F, 0x43B1, 0x43AC, 0x2EBB, 0x43DD, 0x44D6,
        0x4661, 0x464C, 0x9FB9, 0x4723, 0x4729, 0x477C, 0x478D, 0x2ECA, 0x4947, 0x497A, 0x497D,
        0x4982, 0x4983, 0x4985, 0x4986, 0x499F, 0x499B, 0x49B7, 0x49B6, 0x9FBA, 0x241FE, 0x4CA3,
        0x4C9F, 0x4CA0, 0x4CA1, 0x4C77, 0x4CA2, 0x4D13, 0x4D14, 0x4D15, 0x4D16, 0x4D17, 0x4D18,
        0x4D19, 0x4DAE, 0x9FBB,
    ]

    /// The blank of GBK at A3A0, and signs that GB18030 found a place for later.
    private static let others: [UInt32: UInt32] = [
        0xE5E5: 0x3000, 0xE76C: 0x20AC, 0xE78D: 0xFE10, 0xE78E: 0xFE12, 0xE78F: 0xFE11,
        0xE790: 0xFE13, 0xE791: 0xFE14, 0xE792: 0xFE15, 0xE793: 0xFE16, 0xE794: 0xFE17,
        0xE795: 0xFE18, 0xE796: 0xFE19, 0xE7C7: 0x1E3F, 0xE7C8: 0x01F9, 0xE7E7: 0x303E,
    ]

    /// Radicals that Unicode keeps apart from the characters they are, with no mapping of its own.
    static let radicals: [Unicode.Scalar: Unicode.Scalar] = [
        "⺠": "民", "⻄": "西", "⻅": "见", "⻆": "角", "⻉": "贝", "⻋": "车", "⻓": "长", "⻔": "门",
        "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻢": "马", "⻣": "骨",
        "⻤": "鬼", "⻥": "鱼", "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻪": "黾", "⻬": "齐",
        "⻮": "齿", "⻰": "龙", "⻳": "龟", "⻁": "虎", "⻑": "长", "⻒": "长", "⻖": "阜",
    ]
}
