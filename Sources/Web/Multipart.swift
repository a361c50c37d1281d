import Foundation

/// The parts of a `multipart/form-data` body (RFC 7578), taken apart in memory.
struct Multipart {
    private(set) var pairs: [(name: String, value: String)] = []
    private(set) var uploads: [Form.Upload] = []

    /// The boundary that a content type names; nil when it is another type.
    static func boundary(of type: String) -> String? {
        guard type.lowercased().hasPrefix("multipart/form-data") else { return nil }
        return parameter("boundary", of: type).flatMap {
            (1...70).contains($0.utf8.count) ? $0 : nil
        }
    }

    /// Nil when the body does not keep to the format: nothing of it is used then.
    init?(_ bytes: [UInt8], boundary: String) {
        let delimiter = Array("--\(boundary)".utf8)
        guard bytes.starts(with: delimiter) else { return nil }
        var start = delimiter.count
        while true {
            if bytes[start...].starts(with: Array("--".utf8)) { return }
            guard bytes[start...].starts(with: Self.newline),
                let end = Self.find(Self.newline + delimiter, in: bytes, from: start + 2)
            else { return nil }
            guard add(bytes[(start + 2)..<end]), pairs.count + uploads.count <= Limits.formFields
            else { return nil }
            start = end + 2 + delimiter.count
        }
    }

    /// The parts that arrived whole, and of one that did not, what field it is a file of.
    init(beginning bytes: [UInt8], boundary: String) {
        let delimiter = Array("--\(boundary)".utf8)
        guard bytes.starts(with: delimiter) else { return }
        var start = delimiter.count
        while bytes[start...].starts(with: Self.newline), pairs.count < Limits.formFields {
            guard let end = Self.find(Self.newline + delimiter, in: bytes, from: start + 2) else {
                let head = String(
                    decoding: bytes[start...].prefix(Limits.partHeadBytes), as: UTF8.self)
                if Self.parameter("filename", of: head) != nil,
                    let name = Self.parameter("name", of: head)
                {
                    uploads.append(Form.Upload(field: name, name: "", bytes: []))
                }
                return
            }
            _ = add(bytes[(start + 2)..<end])
            start = end + 2 + delimiter.count
        }
    }

    private mutating func add(_ part: ArraySlice<UInt8>) -> Bool {
        let gap = Self.newline + Self.newline
        guard let split = Self.find(gap, in: part, from: part.startIndex),
            split - part.startIndex <= Limits.partHeadBytes
        else { return false }
        let heads = String(decoding: part[..<split], as: UTF8.self)
            .split(separator: "\r\n").map(String.init)
        guard
            let head = heads.first(where: {
                $0.lowercased().hasPrefix("content-disposition:")
            }), let name = Self.parameter("name", of: head)
        else { return false }
        let body = Array(part[(split + gap.count)...])
        if let file = Self.parameter("filename", of: head) {
            uploads.append(Form.Upload(field: name, name: Self.plainName(file), bytes: body))
        } else {
            guard let text = String(validating: body, as: UTF8.self) else { return false }
            pairs.append((name, text))
        }
        return true
    }

    /// A file's name without folders and control characters, and not too long.
    static func plainName(_ raw: String) -> String {
        let last = raw.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        let scalars = last.unicodeScalars.filter(Query.isPlain)
        return String(String(String.UnicodeScalarView(scalars)).suffix(Limits.fileNameCharacters))
    }

    /// A quoted or plain parameter behind a semicolon.
    private static func parameter(_ name: String, of head: String) -> String? {
        var rest = Substring(head)
        while let semicolon = rest.firstIndex(of: ";") {
            rest = rest[rest.index(after: semicolon)...].drop { $0 == " " }
            guard let equals = rest.firstIndex(of: "=") else { return nil }
            let key = rest[..<equals].lowercased()
            rest = rest[rest.index(after: equals)...]
            var value = ""
            if rest.first == "\"" {
                rest = rest.dropFirst()
                while let letter = rest.first, letter != "\"" {
                    // Browsers write a quotation mark in a name as %22 and nothing else so.
                    value.append(letter)
                    rest = rest.dropFirst()
                }
                rest = rest.dropFirst()
            } else {
                let end = rest.firstIndex(of: ";") ?? rest.endIndex
                value = String(rest[..<end]).trimmingCharacters(in: .whitespaces)
                rest = rest[end...]
            }
            if key == name { return value.replacing("%22", with: "\"") }
        }
        return nil
    }

    private static let newline = Array("\r\n".utf8)

    /// Where some bytes stand next; a search by their first byte, which is rare in most files.
    private static func find<Bytes: RandomAccessCollection>(
        _ wanted: [UInt8], in bytes: Bytes, from start: Int
    ) -> Int? where Bytes.Element == UInt8, Bytes.Index == Int {
        bytes.withContiguousStorageIfAvailable { buffer in
            let offset = bytes.startIndex
            var at = start - offset
            let last = buffer.count - wanted.count
            while at <= last {
                guard let base = buffer.baseAddress,
                    let hit = memchr(base + at, Int32(wanted[0]), last - at + 1)
                else { return nil }
                at = base.distance(to: hit.assumingMemoryBound(to: UInt8.self))
                if memcmp(base + at, wanted, wanted.count) == 0 { return at + offset }
                at += 1
            }
            return nil
        } ?? nil
    }
}
