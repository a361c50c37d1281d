import CExpat
import Core
import Foundation

/// Who is told what stands in XML, in its order.
protocol XMLVisitor: AnyObject {
    func begin(_ tag: XMLTag) throws
    func end(_ tag: XMLTag) throws
    func text(_ bytes: UnsafeBufferPointer<UInt8>)
}

extension XMLVisitor {
    func end(_ tag: XMLTag) throws {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// A tag while it is read; it must not be kept.
struct XMLTag {
    /// The name behind its name space.
    fileprivate let local: UnsafePointer<CChar>
    fileprivate let attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?

    fileprivate init(
        _ name: UnsafePointer<CChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    ) {
        local = Self.local(name)
        self.attributes = attributes
    }

    private static func local(_ name: UnsafePointer<CChar>) -> UnsafePointer<CChar> {
        guard let mark = strrchr(name, XMLReader.separator) else { return name }
        return UnsafePointer(mark + 1)
    }

    func isNamed(_ name: StaticString) -> Bool {
        Self.isSame(local, name)
    }

    private static func isSame(_ text: UnsafePointer<CChar>, _ name: StaticString) -> Bool {
        strcmp(text, UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
    }

    /// The value of an attribute, whatever its name space.
    func bytes(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
        guard let attributes else { return nil }
        var index = 0
        while let key = attributes[index], let value = attributes[index + 1] {
            if Self.isSame(Self.local(key), name) {
                let count = strlen(value)
                return value.withMemoryRebound(to: UInt8.self, capacity: count) {
                    UnsafeBufferPointer(start: $0, count: count)
                }
            }
            index += 2
        }
        return nil
    }

    subscript(_ name: StaticString) -> String? {
        bytes(name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether an attribute is true, in any of the ways XML writes it.
    func isTrue(_ name: StaticString) -> Bool {
        guard let value = self[name] else { return false }
        return ["1", "true", "on"].contains(value.trimmed.lowercased())
    }
}

/// Reads a part of an archive as XML, through expat, which keeps nothing of what it has passed.
/// A document type is refused where it begins: only there could entities be declared.
enum XMLReader {
    static let separator: Int32 = 0x7C
    /// How deep tags may stand in each other; the formats need no more than ten.
    static let depthLimit = 64
    /// How long one tag or comment may be, in bytes.
    static let tagLimit = 1 << 20

    static func read(_ part: Archive.Part, of archive: Archive, _ visitor: any XMLVisitor) throws {
        guard let parser = XML_ParserCreateNS(nil, CChar(separator)) else {
            throw Refusal.unreadableWorkbook
        }
        let reading = Reading(parser, visitor)
        defer {
            XML_ParserFree(parser)
            withExtendedLifetime(reading) {}
        }
        XML_SetUserData(parser, Unmanaged.passUnretained(reading).toOpaque())
        XML_SetElementHandler(
            parser,
            { data, name, attributes in
                guard let data, let name else { return }
                Reading.of(data).begin(XMLTag(name, attributes))
            },
            { data, name in
                guard let data, let name else { return }
                Reading.of(data).end(XMLTag(name, nil))
            })
        XML_SetCharacterDataHandler(parser) { data, text, count in
            guard let data, let text else { return }
            Reading.of(data).text(text, Int(count))
        }
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
            guard let data else { return }
            Reading.of(data).fail(Refusal.declaringWorkbook)
        }
        var fed = 0
        try archive.unpack(part) { piece in
            fed += piece.count
            try reading.feed(piece, isLast: false)
            if fed - Int(XML_GetCurrentByteIndex(parser)) > tagLimit {
                throw Refusal.unreadableWorkbook
            }
            return true
        }
        try reading.feed(UnsafeBufferPointer(start: nil, count: 0), isLast: true)
    }

    private final class Reading {
        private let parser: XML_Parser
        private let visitor: any XMLVisitor
        private var depth = 0
        private var failure: (any Error)?

        init(_ parser: XML_Parser, _ visitor: any XMLVisitor) {
            self.parser = parser
            self.visitor = visitor
        }

        static func of(_ data: UnsafeMutableRawPointer) -> Reading {
            Unmanaged<Reading>.fromOpaque(data).takeUnretainedValue()
        }

        func feed(_ piece: UnsafeBufferPointer<UInt8>, isLast: Bool) throws {
            let status = piece.withMemoryRebound(to: CChar.self) { bytes in
                XML_Parse(parser, bytes.baseAddress, Int32(bytes.count), isLast ? 1 : 0)
            }
            if let failure { throw failure }
            guard status == XML_STATUS_OK else { throw Refusal.unreadableWorkbook }
        }

        func fail(_ error: any Error) {
            guard failure == nil else { return }
            failure = error
            XML_StopParser(parser, 0)
        }

        func begin(_ tag: XMLTag) {
            depth += 1
            if depth > depthLimit { return fail(Refusal.unreadableWorkbook) }
            guard failure == nil else { return }
            do { try visitor.begin(tag) } catch { fail(error) }
        }

        func end(_ tag: XMLTag) {
            depth -= 1
            guard failure == nil else { return }
            do { try visitor.end(tag) } catch { fail(error) }
        }

        func text(_ text: UnsafePointer<CChar>, _ count: Int) {
            text.withMemoryRebound(to: UInt8.self, capacity: count) {
                visitor.text(UnsafeBufferPointer(start: $0, count: count))
            }
        }
    }
}

extension Refusal {
    static let declaringWorkbook = Refusal.invalid(
        "文件", zh: "工作簿内有不允许的声明（DTD），没有读取。请在 Excel 中打开后另存。",
        en:
            "The workbook declares a document type, which is not allowed, and was not read. Open "
            + "it in Excel and save it anew.")
}
