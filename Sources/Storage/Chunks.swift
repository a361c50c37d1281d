extension Array {
    /// The elements in order, in pieces of at most this many: a long list goes to the database in
    /// several statements.
    package func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
