extension Int {
    /// So many of the smallest part, written in wholes: 1250 with a thousand to the whole as 1.25.
    ///
    /// - Parameters:
    ///   - factor: how many of the smallest part make a whole, a power of ten.
    ///   - keepsZeros: whether every decimal stands there, rather than as many as it needs.
    ///   - whole: how the whole number is written.
    package func decimal(
        per factor: Int, keepsZeros: Bool = false, _ whole: (Int) -> String = { String($0) }
    ) -> String {
        guard factor > 1 else { return whole(self) }
        let places = String(factor).utf8.count - 1
        let rest = String(self % factor)
        var decimals = String(repeating: "0", count: places - rest.utf8.count) + rest
        while !keepsZeros, decimals.hasSuffix("0") { decimals.removeLast() }
        return whole(self / factor) + (decimals.isEmpty ? "" : ".") + decimals
    }
}
