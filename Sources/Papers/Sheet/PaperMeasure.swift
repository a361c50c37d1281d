/// The sheet of GB/T 9704-2012 in numbers, the one place where they stand. Lengths of the page are
/// millimeters, sizes of letters points.
package enum PaperMeasure {
    package static let width = 210.0
    package static let height = 297.0
    package static let top = 37.0
    package static let left = 28.0
    /// The type area: 156 by 225.
    package static let typeWidth = 156.0
    package static let typeHeight = 225.0
    package static let lines = 22
    package static let letters = 28
    package static let pointsPerMillimeter = 72.0 / 25.4

    static var right: Double { width - left - typeWidth }
    static var bottom: Double { height - top - typeHeight }

    /// 3号, of text and headings; 2号, of the title; 4号, of page numbers and the last lines.
    static let body = 16.0
    static let title = 22.0
    static let small = 14.0
    /// The name of the issuer in red.
    static let head = 34.0
    /// How far the page number stands below the type area.
    static let numberGap = 7.0

    /// From line to line, so that 22 of them fill the type area.
    static var pitch: Double {
        (typeHeight * pointsPerMillimeter / Double(lines) * 100).rounded(.down) / 100
    }

    /// What is taken from between two letters, so that 28 of them fill a line.
    static var tightening: Double {
        let advance = typeWidth * pointsPerMillimeter / Double(letters)
        return ((body - advance) * 100).rounded(.up) / 100
    }

    /// Points in twentieths, as Word counts.
    static func twips(_ points: Double) -> Int { Int((points * 20).rounded(.down)) }

    /// Millimeters in twentieths of a point.
    static func twips(millimeters: Double) -> Int {
        Int((millimeters * pointsPerMillimeter * 20).rounded())
    }
}

/// The letters of a paper: what the standard names, and what stands for it where it is missing.
package enum PaperFace: String, Sendable, CaseIterable {
    /// 小标宋 of heads and titles, 仿宋 of the text, 楷体 and 黑体 of headings, 宋体 of page numbers.
    case titleSong, fang, kai, hei, song

    /// The name by which Word and WPS know it.
    var wordName: String {
        switch self {
        case .titleSong: "方正小标宋简体"
        case .fang: "仿宋_GB2312"
        case .kai: "楷体_GB2312"
        case .hei: "黑体"
        case .song: "宋体"
        }
    }

    /// The families that a PDF takes, the first that is installed.
    var families: [String] {
        switch self {
        case .titleSong: ["FZXiaoBiaoSong-B05S", "FandolSong", "Noto Serif CJK SC"]
        case .fang: ["FangSong", "FandolFang R", "FandolFang", "Noto Serif CJK SC"]
        case .kai: ["KaiTi", "FandolKai", "Noto Serif CJK SC"]
        case .hei: ["SimHei", "FandolHei", "Noto Sans CJK SC"]
        case .song: ["SimSun", "FandolSong", "Noto Serif CJK SC"]
        }
    }

    /// Letters of one weight are bold where another face stands for a heavy one.
    var isBold: Bool { self == .titleSong }
}
