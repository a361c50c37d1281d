/// A rectangle of cells, as `B2:C9` writes it; columns are counted from nought.
struct CellRange: Hashable {
    let left: Int
    let top: Int
    let right: Int
    let bottom: Int

    init?(_ written: String) {
        let corners = written.split(separator: ":").map { part in
            Array(part.utf8.filter { $0 != 0x24 }).withUnsafeBufferPointer(Self.place)
        }
        guard let first = corners.first, let last = corners.last, corners.count <= 2,
            let first, let last, let top = first.row, let bottom = last.row,
            first.column <= last.column, top <= bottom
        else { return nil }
        left = first.column
        self.top = top
        right = last.column
        self.bottom = bottom
    }

    /// The column of an address such as `AB12`, and its row where it names one.
    static func place(_ address: UnsafeBufferPointer<UInt8>) -> (column: Int, row: Int?)? {
        var column = 0
        var index = 0
        while index < address.count {
            let letter = address[index] & 0xDF
            guard (65...90).contains(letter) else { break }
            column = column * 26 + Int(letter) - 64
            index += 1
            guard index <= 3 else { return nil }
        }
        guard index > 0 else { return nil }
        return (column - 1, number(UnsafeBufferPointer(rebasing: address[index...])))
    }

    /// A number of digits only.
    static func number(_ digits: UnsafeBufferPointer<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.count <= 9 else { return nil }
        var number = 0
        for digit in digits {
            guard (48...57).contains(digit) else { return nil }
            number = number * 10 + Int(digit) - 48
        }
        return number
    }
}
