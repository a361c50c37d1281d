import Hummingbird

extension Request {
    /// The value of a cookie; nil when the browser sent none of this name.
    ///
    /// Hummingbird reads all cookies of a request letter by letter each time one is asked for. That
    /// was a fifth of the time of a page for somebody signed in; this compares bytes.
    package func cookie(_ name: String) -> String? {
        var name = name
        return name.withUTF8 { name in
            for var header in headers[values: .cookie] {
                let value = header.withUTF8 { cookieValue(name, in: $0) }
                if let value { return value }
            }
            return nil
        }
    }
}

private func cookieValue(
    _ name: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>
) -> String? {
    var start = 0
    while start < bytes.count {
        let end = bytes[start...].firstIndex(of: UInt8(ascii: ";")) ?? bytes.count
        while start < end, bytes[start] == UInt8(ascii: " ") { start += 1 }
        let equals = start + name.count
        if equals < end, bytes[equals] == UInt8(ascii: "="),
            bytes[start..<equals].elementsEqual(name)
        {
            return String(decoding: bytes[(equals + 1)..<end], as: UTF8.self)
        }
        start = end + 1
    }
    return nil
}
