import CLibPQ

/// The one row of a result of PostgreSQL in single-row mode.
struct PostgresCells: Cells {
    let result: OpaquePointer

    func isNull(_ index: Int) -> Bool { PQgetisnull(result, 0, CInt(index)) != 0 }

    func integer(_ index: Int) throws -> Int {
        guard !isNull(index), let integer = Int(text(index)) else {
            throw DatabaseError.noInteger(in: index)
        }
        return integer
    }

    func letters(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        let count = Int(PQgetlength(result, 0, CInt(index)))
        let start = PQgetvalue(result, 0, CInt(index)).map {
            UnsafeRawPointer($0).assumingMemoryBound(to: UInt8.self)
        }
        return UnsafeBufferPointer(start: start, count: start == nil ? 0 : count)
    }
}
