import Mustache

/// Text made safe to stand in HTML and SVG, between tags and inside quoted attributes.
///
/// It goes by bytes: an escaper that goes by characters lets a quotation mark through when a
/// combining accent follows it, because the two are one character and no longer the mark.
package struct Markup: MustacheContentType {
    package init() {}

    package func escapeText(_ text: String) -> String { Markup.escape(text) }

    package static func escape(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
