/// The parts that files of pictures are made of, and those among them that are the picture.
///
/// Programs that write pictures keep what they think useful, such as the texts of a PNG; so what
/// they wrote is taken apart once more and only named parts go on.
package enum PictureParts {
    /// The picture without any other part; nil when the file does not keep to its format.
    package static func bare(_ bytes: [UInt8], _ mediaType: String) -> [UInt8]? {
        switch mediaType {
        case "image/jpeg": jpeg(bytes)
        case "image/png": png(bytes)
        default: nil
        }
    }

    /// Every segment but comments and the application's own: of those only JFIF's sizes and Adobe's
    /// note of how colors are kept stay.
    private static func jpeg(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.starts(with: [0xFF, 0xD8]) else { return nil }
        var kept: [UInt8] = [0xFF, 0xD8]
        var at = 2
        while at + 4 <= bytes.count {
            guard bytes[at] == 0xFF else { return nil }
            let marker = bytes[at + 1]
            let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
            let end = at + 2 + length
            guard length >= 2, end <= bytes.count else { return nil }
            switch marker {
            case 0xDA:
                // The scan: what follows is the picture up to its end mark, and nothing behind it.
                guard let last = lastMark(bytes, from: end) else { return nil }
                return kept + bytes[at..<last]
            case 0xE0, 0xEE:
                if marker == 0xEE || bytes[(at + 4)..<end].starts(with: Array("JFIF".utf8)) {
                    kept += bytes[at..<end]
                }
            case 0xE1...0xEF, 0xFE: break
            default: kept += bytes[at..<end]
            }
            at = end
        }
        return nil
    }

    /// Where the end mark of a JPEG ends; tables and scans of a progressive one lie before it.
    private static func lastMark(_ bytes: [UInt8], from start: Int) -> Int? {
        var at = start
        while at + 1 < bytes.count {
            if bytes[at] == 0xFF {
                switch bytes[at + 1] {
                case 0xD9: return at + 2
                case 0xE1...0xEF, 0xFE: return nil
                default: break
                }
            }
            at += 1
        }
        return nil
    }

    private static let chunks: Set<String> = [
        "IHDR", "PLTE", "tRNS", "gAMA", "cHRM", "sRGB", "IDAT", "IEND",
    ]

    private static func png(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count > 8 else { return nil }
        var kept = Array(bytes[..<8])
        var at = 8
        while at + 12 <= bytes.count {
            let length = bytes[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) }
            let end = at + 12 + length
            guard end <= bytes.count else { return nil }
            let name = String(decoding: bytes[(at + 4)..<(at + 8)], as: UTF8.self)
            if chunks.contains(name) { kept += bytes[at..<end] }
            if name == "IEND" { return kept }
            at = end
        }
        return nil
    }
}
